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
    started: Started,
    input: ChildStdin,
    mails: u32,
    busy: Duration,
}

/// A child that is confined, and what it says.
pub(crate) struct Started {
    pub watched: Arc<Watched>,
    pub output: BufReader<ChildStdout>,
    /// What it said of itself.
    pub confinement: Confinement,
}

impl Started {
    /// Starts one and waits until it is confined. It inherits its input, a pipe for its output and nothing else: no environment, no messages.
    pub fn start(
        program: &Path,
        arguments: &[&str],
        input: Stdio,
        watch: &Watch,
    ) -> io::Result<(Self, Option<ChildStdin>)> {
        let mut child = Command::new(program)
            .args(arguments)
            .env_clear()
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take();
        let Some(output) = child.stdout.take() else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let watched = Arc::new(Watched::new(child));
        watch.over(&watched);
        let mut output = BufReader::with_capacity(ONE_PIECE_BYTES, output);
        watched.allow(START_TIME_MAX);
        let hello = wire::hear::<Hello>(&mut output);
        if !watched.answered() || hello.is_err() {
            watched.end();
        }
        let confinement = hello?.confinement;
        Ok((Self { watched, output, confinement }, input))
    }

    /// Why there is no answer, where hearing one failed so. The child has ended then.
    pub fn why(&self, error: &io::Error) -> Unread {
        match error.kind() {
            // What it said is no answer: it may have been taken over.
            io::ErrorKind::InvalidData | io::ErrorKind::Other => {
                let (_, late) = self.watched.end();
                ended::why(None, late)
            }
            _ => {
                let (status, late) = self.watched.ended();
                ended::why(status, late)
            }
        }
    }
}

impl Process {
    /// Starts one that takes requests over a pipe.
    pub fn start(program: &Path, arguments: &[&str], watch: &Watch) -> io::Result<Self> {
        let (started, input) = Started::start(program, arguments, Stdio::piped(), watch)?;
        let input = input.ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self { started, input, mails: 0, busy: Duration::ZERO })
    }

    /// What it said of itself.
    pub fn confinement(&self) -> Confinement {
        self.started.confinement
    }

    /// Asks it one thing. Without an answer in time, why there is none; then it has ended.
    pub fn ask(&mut self, request: Request<'_>, time: Duration) -> Result<Answer, Unread> {
        let began = Instant::now();
        let Started { watched, output, .. } = &mut self.started;
        watched.allow(time);
        let answer = wire::send(&mut self.input, request).and_then(|()| wire::hear(output));
        self.mails += 1;
        self.busy += began.elapsed();
        match answer {
            Ok(answer) if self.started.watched.answered() => Ok(answer),
            Ok(_) => Err(ended::why(None, true)),
            Err(error) => Err(self.started.why(&error)),
        }
    }

    /// Whether it may take another request.
    pub fn goes_on(&self) -> bool {
        self.mails < MAILS_A_READER_MAX && self.busy < BUSY_TIME_MAX
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.watched.end();
    }
}
