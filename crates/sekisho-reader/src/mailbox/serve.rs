//! The child: takes the mails out of the mailbox that is its standard input.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use sekisho_content::Unread;
use sekisho_mail::pst::{self, ReadAt, Step};

use super::{Place, Told};
use crate::Confinement;
use crate::child;
use crate::limits::{MAILBOX_BYTES_MAX, MAILBOX_MAIL_BYTES_MAX, MAILBOX_MAILS_MAX, ONE_PIECE_BYTES};
use crate::wire::{self, Hello};

/// A file on the disk, which is read only where it is asked for.
#[derive(Debug)]
pub struct OnDisk {
    file: File,
    size_bytes: u64,
}

impl OnDisk {
    /// The open file.
    ///
    /// # Errors
    /// Its size cannot be told.
    pub fn new(file: File) -> io::Result<Self> {
        let size_bytes = file.metadata()?.len();
        Ok(Self { file, size_bytes })
    }
}

impl ReadAt for OnDisk {
    #[cfg(unix)]
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, into, place)
    }

    #[cfg(windows)]
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, into, place)
    }

    fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

/// The life of a child: it hands over the mails whose number is not below `from`.
pub fn serve_mailbox(from: u32) -> ExitCode {
    serve_mailbox_with(from, |_| {})
}

/// The same, with something done before each message: for tests, whose children try to do harm.
pub fn serve_mailbox_with(from: u32, before: impl Fn(u32) + Send) -> ExitCode {
    // While everything is still allowed: its size, and its number among the open files.
    let Ok((source, number)) = standard_input() else { return ExitCode::FAILURE };
    child::confined(number, move |confinement| {
        let output = BufWriter::with_capacity(ONE_PIECE_BYTES, io::stdout().lock());
        Speaker { output, before, mails: 0, bytes: 0, failed: None }.all(&source, from, confinement)
    })
}

/// The file that is our standard input, with its number where the system counts open files.
fn standard_input() -> io::Result<(OnDisk, Option<u32>)> {
    #[cfg(unix)]
    {
        use std::os::fd::{AsFd, AsRawFd};
        let file = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        let number = u32::try_from(file.as_raw_fd()).ok();
        Ok((OnDisk::new(file)?, number))
    }
    #[cfg(windows)]
    {
        use std::os::windows::io::AsHandle;
        let file = File::from(io::stdin().as_handle().try_clone_to_owned()?);
        Ok((OnDisk::new(file)?, None))
    }
}

struct Speaker<W, B> {
    output: W,
    before: B,
    mails: u32,
    bytes: u64,
    failed: Option<io::Error>,
}

impl<W: Write, B: Fn(u32)> Speaker<W, B> {
    fn all(mut self, source: &OnDisk, from: u32, confinement: Confinement) -> io::Result<()> {
        wire::say(&mut self.output, &Hello { confinement })?;
        let walked = panic::catch_unwind(AssertUnwindSafe(|| {
            pst::walk(source, from, &mut |step| match self.step(step) {
                Ok(flow) => flow,
                Err(error) => {
                    self.failed = Some(error);
                    ControlFlow::Break(())
                }
            })
        }));
        if let Some(error) = self.failed {
            return Err(error);
        }
        let told = match walked {
            Ok(Ok(())) if self.has_enough() => Told::Enough,
            Ok(Ok(())) => Told::End,
            Ok(Err(refused)) => Told::Refused(refused),
            // A fault of our own, on the mail that was named last; another child goes on behind it.
            Err(_) => return Err(io::ErrorKind::Other.into()),
        };
        wire::say(&mut self.output, &told)?;
        self.output.flush()
    }

    fn has_enough(&self) -> bool {
        self.mails >= MAILBOX_MAILS_MAX || self.bytes >= MAILBOX_BYTES_MAX
    }

    fn step(&mut self, step: Step) -> io::Result<ControlFlow<()>> {
        let told = match step {
            // Here only, so that nothing is begun that another child would begin again.
            Step::Next(_) if self.has_enough() => return Ok(ControlFlow::Break(())),
            Step::Next(number) => {
                wire::say(&mut self.output, &Told::Next(number))?;
                (self.before)(number);
                return Ok(ControlFlow::Continue(()));
            }
            Step::Mail(mail) if mail.bytes.len() as u64 > MAILBOX_MAIL_BYTES_MAX => {
                Told::Lost(Unread::TooLarge)
            }
            Step::Mail(mail) => {
                self.mails += 1;
                self.bytes += mail.bytes.len() as u64;
                let place = Place { folders: mail.folder.names.clone(), purpose: mail.folder.purpose };
                wire::say(&mut self.output, &Told::Mail(place))?;
                wire::say_bytes(&mut self.output, &mail.bytes)?;
                return Ok(ControlFlow::Continue(()));
            }
            Step::NotMail => Told::NotMail,
            Step::Lost(_, why) => Told::Lost(why),
            Step::IndexDamaged => Told::IndexDamaged,
            Step::Going => Told::Going,
        };
        wire::say(&mut self.output, &told)?;
        Ok(ControlFlow::Continue(()))
    }
}
