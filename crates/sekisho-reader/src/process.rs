//! One child: started, asked, given up.

use std::io::{self, BufReader};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sekisho_content::Unread;

use crate::limits::{BUSY_TIME_MAX, MAILS_A_READER_MAX, ONE_PIECE_BYTES, START_TIME_MAX};
use crate::watch::{Watch, Watched};
use crate::wire::{self, Hello};
use crate::{Answer, Confinement, Request, ended};

/// A child that waits for a request.
pub(crate) struct Process {
    watched: Arc<Watched>,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    mails: u32,
    busy: Duration,
    /// What it said of itself.
    pub confinement: Confinement,
}

impl Process {
    /// Starts one and waits until it is confined. It inherits two pipes and nothing else: no environment, no messages.
    pub fn start(program: &Path, arguments: &[&str], watch: &Watch) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let watched = Arc::new(Watched::new(child));
        watch.over(&watched);
        let mut output = BufReader::with_capacity(ONE_PIECE_BYTES, output);
        watched.allow(START_TIME_MAX);
        let hello = wire::hear::<Hello>(&mut output);
        if !watched.answered() || hello.is_err() {
            watched.end();
        }
        let confinement = hello?.confinement;
        Ok(Self { watched, input, output, mails: 0, busy: Duration::ZERO, confinement })
    }

    /// Asks it one thing. Without an answer in time, why there is none; then it has ended.
    pub fn ask(&mut self, request: Request<'_>, time: Duration) -> Result<Answer, Unread> {
        let started = Instant::now();
        self.watched.allow(time);
        let answer = wire::send(&mut self.input, request).and_then(|()| wire::hear(&mut self.output));
        self.mails += 1;
        self.busy += started.elapsed();
        match answer {
            Ok(answer) if self.watched.answered() => Ok(answer),
            Ok(_) => Err(ended::why(None, true)),
            // What it said is no answer: it may have been taken over.
            Err(error)
                if error.kind() == io::ErrorKind::InvalidData || error.kind() == io::ErrorKind::Other =>
            {
                let (_, late) = self.watched.end();
                Err(ended::why(None, late))
            }
            Err(_) => {
                let (status, late) = self.watched.ended();
                Err(ended::why(status, late))
            }
        }
    }

    /// Whether it may take another request.
    pub fn goes_on(&self) -> bool {
        self.mails < MAILS_A_READER_MAX && self.busy < BUSY_TIME_MAX
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.watched.end();
    }
}
