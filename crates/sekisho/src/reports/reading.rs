//! A mail or file → the reports in it, read and parsed by a child that gave up every right. Only what reports say comes back:
//! no text of a mail, and no more than a [`Taken`] can hold.

use std::process::ExitCode;

use sekisho_content::Unread;
use sekisho_mail::{Body, Limits, Message, Part};
use sekisho_reader::{Answer, Pool, Request, What, Wishes};
use sekisho_sender::reports::{Doubt, Failure, Report, failure};

use crate::files::{Met, Obstacle, Problem};
use crate::readers;

/// The command by which this program becomes a reader of reports.
const COMMAND: &str = "report-reader";

/// Reports taken from one mail or file. Archives of years of reports hold some thousand.
const REPORTS_MAX: usize = 20_000;

/// Bytes of all reports of one input, as they are handed over; the pool takes 64 MiB.
const ANSWER_BYTES_MAX: usize = 48 * 1024 * 1024;

/// Bytes of one unpacked report; what is beyond is not read, and said. The largest receivers' reports have some ten.
const REPORT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Bytes kept of a part that tells about one mail.
const FEEDBACK_BYTES_MAX: usize = 64 * 1024;

/// What was found in one input.
#[derive(Debug, Default)]
pub struct Taken {
    /// The reports.
    pub reports: Vec<Report>,
    /// Why something in it was not read.
    pub unread: Option<Unread>,
}

/// What became of one input.
pub enum Reading {
    /// It was read; its place, and what was found.
    Taken(String, Taken),
    /// It could not be used.
    Problem(Problem),
}

/// Those who read.
pub struct Readers(Pool);

impl Readers {
    /// Prepares them; none is started yet.
    ///
    /// # Errors
    /// They cannot be prepared; the system's own words.
    pub fn start() -> Result<Self, String> {
        readers::start(&[COMMAND]).map(Self)
    }

    /// Reads one input; this runs on many threads.
    pub fn read(&self, met: Met) -> Reading {
        let wishes = Wishes::default();
        let (input, answer) = match met {
            Met::Mail(raw) => {
                let input =
                    raw.index.map_or_else(|| raw.path.clone(), |index| format!("{}[{index}]", raw.path));
                (input, self.0.mail(&raw.bytes, &wishes))
            }
            Met::File(raw) => {
                let answer = self.0.file(&raw.bytes, &raw.path, &wishes);
                (raw.path, answer)
            }
            Met::Problem(problem) => return Reading::Problem(problem),
            Met::NotMail => return Reading::Taken(String::new(), Taken::default()),
        };
        match answer {
            Ok(reading) => {
                let taken = taken(&reading);
                Reading::Taken(input, taken)
            }
            Err(error) => Reading::Problem(Problem::new(input, Obstacle::NoReader(error.to_string()))),
        }
    }
}

/// What a child handed over. Without an answer of its own, its message says why there is none.
pub fn taken(reading: &sekisho_reader::Reading) -> Taken {
    let Some(((_, unread), reports)) = reading.contents.split_first() else {
        return Taken { reports: Vec::new(), unread: unread(&reading.message).or(Some(Unread::Damaged)) };
    };
    let mut taken =
        Taken { reports: Vec::new(), unread: postcard::from_bytes(unread).unwrap_or(Some(Unread::Damaged)) };
    for (_, bytes) in reports {
        match postcard::from_bytes(bytes) {
            Ok(report) => taken.reports.push(report),
            Err(_) => taken.unread = Some(Unread::Damaged),
        }
    }
    taken
}

/// The life of a reader of reports.
pub fn serve() -> ExitCode {
    sekisho_reader::serve_with(answer)
}

/// Reads one mail or file, in this process.
pub fn answer(request: Request<'_>) -> Answer {
    let mut found = Found::default();
    let mut message = Message::default();
    let direct = matches!(request.what, What::File(_)) && found.report("1", request.bytes);
    if !direct {
        let mut limits = Limits::default();
        limits.opening.member_bytes_kept_max = REPORT_BYTES_MAX;
        let asked = sekisho_mail::Request::new(&limits);
        let mut see = |part: &Part, bytes: &[u8]| found.see(part, bytes);
        message = match request.what {
            What::Mail => asked.read_with(request.bytes, &mut see),
            What::File(name) => asked.read_file_with(request.bytes, name, &mut see),
        };
    }
    let contents = found.finish(&message);
    let message = Message { size_bytes: request.bytes.len() as u64, ..Message::default() };
    Answer::Read(Box::new(sekisho_reader::Reading { message, contents }))
}

/// Reports found so far, each with the path of its part.
#[derive(Default)]
struct Found {
    reports: Vec<(String, Report)>,
    /// Parts that tell about one mail, by path.
    feedback: Vec<(String, Vec<u8>)>,
    /// Headers of mails that they are about.
    headers: Vec<Vec<u8>>,
    too_many: bool,
}

impl Found {
    fn see(&mut self, part: &Part, bytes: &[u8]) {
        if self.report(&part.path, bytes) {
            return;
        }
        let start = bytes.get(..FEEDBACK_BYTES_MAX).unwrap_or(bytes);
        if failure::is_feedback(&part.media_type, bytes) && self.feedback.len() < REPORTS_MAX {
            self.feedback.push((part.path.clone(), start.to_vec()));
        } else if part.media_type == "text/rfc822-headers" && self.headers.is_empty() {
            self.headers.push(start.to_vec());
        }
    }

    /// Takes a report; whether the bytes are one.
    fn report(&mut self, path: &str, bytes: &[u8]) -> bool {
        let bytes = bytes.get(..REPORT_BYTES_MAX).unwrap_or(bytes);
        if self.reports.len() >= REPORTS_MAX {
            self.too_many = true;
            return false;
        }
        let Some(report) = sekisho_sender::reports::read(bytes) else { return false };
        self.reports.push((path.to_owned(), report));
        true
    }

    /// What is handed over: why something was not read, then each report.
    fn finish(mut self, message: &Message) -> Vec<(String, Vec<u8>)> {
        let mails: Vec<&Message> = inner(message);
        let headers = self.headers.first().map(|bytes| sekisho_mail::read(bytes, &Limits::default()));
        for (path, bytes) in std::mem::take(&mut self.feedback) {
            // The mail that it is about stands beside it, or in the same mail inside.
            let original = mails.first().copied().or(headers.as_ref());
            let failure: Failure = failure::read(&bytes, original);
            self.reports.push((path, Report::Failure(Box::new(failure))));
        }
        let mut unread = None;
        for part in message.parts_all() {
            let Some(why) = part.unread else { continue };
            let mut holds = false;
            for (path, report) in &mut self.reports {
                if *path == part.path
                    || path.strip_prefix(&part.path).is_some_and(|rest| rest.starts_with('.'))
                {
                    holds = true;
                    report.note(Doubt::ContainerBroken);
                }
            }
            if !holds {
                unread = super::worse(unread, Some(why));
            }
        }
        if self.too_many {
            unread = Some(Unread::TooLarge);
        }
        let mut room = ANSWER_BYTES_MAX;
        let mut contents = vec![(String::new(), Vec::new())];
        for (path, report) in self.reports {
            let Ok(bytes) = postcard::to_stdvec(&report) else { continue };
            match room.checked_sub(bytes.len()) {
                Some(rest) => room = rest,
                None => {
                    unread = Some(Unread::TooLarge);
                    break;
                }
            }
            contents.push((path, bytes));
        }
        if let (Some((_, first)), Ok(bytes)) = (contents.first_mut(), postcard::to_stdvec(&unread)) {
            *first = bytes;
        }
        contents
    }
}

/// Mails inside, without those inside them.
fn inner(message: &Message) -> Vec<&Message> {
    let inside = |part: &Part| matches!(part.body, Body::Message(_));
    let parts = message.parts.iter().filter(|part| inside(part));
    parts
        .filter_map(|part| match &part.body {
            Body::Message(inner) => Some(&**inner),
            _ => None,
        })
        .collect()
}

/// Why the whole mail or file was not read.
fn unread(message: &Message) -> Option<Unread> {
    message.parts_all().iter().filter_map(|part| part.unread).max()
}
