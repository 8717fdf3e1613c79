//! An mbox → its mails, one at a time (RFC 4155 and the variants in use).
//!
//! A mail begins at a `From ` line at the beginning of the file (a byte order mark and empty lines may stand before it) or behind an empty line. Quoted lines (`>From `, mboxo;
//! `>>From `, mboxrd) lose one `>`. `Content-Length` (mboxcl) is written by whoever wrote the mail and is not believed.
//! Places where mail was lost are counted: a `From ` line with nothing behind it, one that stands where none may, a hole of zeros,
//! a mail whose end is of another one. Where the file ends in the middle of its last mail, that is told, too.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::cut_off::{Behind, is_cut_off};
use super::gaps::Gaps;
use super::{MAIL_BYTES_MAX, Met, Obstacle, Problem, RawMail, Sink, looks, problem, spliced};

/// A line longer than this is handled in pieces; only the beginning of a line can be a `From ` line.
const LINE_PIECE_BYTES: usize = 64 * 1024;

/// Hands over the mails of an mbox. A mail over the limit is told and skipped, without being held in memory.
pub fn split(path: &str, mut reader: impl BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut mails = Mails {
        path,
        index: 0,
        open: false,
        bytes: Vec::new(),
        size_bytes: 0,
        after_empty_line: true,
        gaps: Gaps::default(),
        places: 0,
    };
    let mut line = Vec::with_capacity(256);
    let mut begins_line = true;
    let mut begins_file = true;
    loop {
        line.clear();
        match read_piece(&mut reader, &mut line) {
            Ok(0) => return mails.end(Behind::last(begins_line, mails.after_empty_line), sink),
            Ok(_) if std::mem::take(&mut begins_file) => {
                mails.take(looks::without_mark(&line), begins_line, sink)?;
            }
            Ok(_) => mails.take(&line, begins_line, sink)?,
            Err(error) => {
                mails.end(Behind::Unread, sink)?;
                return sink(Met::Problem(Problem::new(path, Obstacle::of(&error))));
            }
        }
        begins_line = line.ends_with(b"\n");
    }
}

/// The mail being collected.
struct Mails<'a> {
    path: &'a str,
    index: u64,
    open: bool,
    bytes: Vec<u8>,
    size_bytes: usize,
    after_empty_line: bool,
    gaps: Gaps,
    /// Places where mail was lost before it.
    places: u64,
}

impl Mails<'_> {
    fn take(&mut self, line: &[u8], begins_line: bool, sink: &mut Sink<'_>) -> ControlFlow<()> {
        // Behind another `From ` line there is no mail yet that could have such a line in its text.
        let may_begin = self.after_empty_line || self.open && self.gaps.nothing_yet();
        if begins_line && may_begin && looks::is_from_line(line) {
            self.close(Behind::Mail, sink)?;
            self.open = true;
            self.places = self.gaps.places();
            self.after_empty_line = false;
            return ControlFlow::Continue(());
        }
        if self.index == 0 && !self.open && line.trim_ascii().is_empty() {
            return ControlFlow::Continue(());
        }
        self.after_empty_line = begins_line && matches!(line, b"\n" | b"\r\n");
        self.gaps.look(line, begins_line);
        if !self.gaps.is_of_mail(line) {
            return ControlFlow::Continue(());
        }
        let content = if begins_line && is_quoted(line) { line.get(1..).unwrap_or_default() } else { line };
        self.size_bytes = self.size_bytes.saturating_add(content.len());
        if self.size_bytes <= MAIL_BYTES_MAX {
            self.bytes.extend_from_slice(content);
        } else {
            self.bytes = Vec::new();
        }
        ControlFlow::Continue(())
    }

    /// Ends the mail being collected: the empty line before the next one belongs to the mbox.
    fn close(&mut self, behind: Behind, sink: &mut Sink<'_>) -> ControlFlow<()> {
        if !std::mem::take(&mut self.open) {
            return ControlFlow::Continue(());
        }
        let mut bytes = std::mem::take(&mut self.bytes);
        let size_bytes = std::mem::take(&mut self.size_bytes);
        if !self.gaps.end_of_mail() {
            return ControlFlow::Continue(());
        }
        let index = self.index;
        self.index += 1;
        if size_bytes > MAIL_BYTES_MAX {
            return sink(Met::Problem(Problem::of_mail(self.path, Some(index), problem::mail_too_large())));
        }
        for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
            if bytes.ends_with(end) {
                bytes.truncate(bytes.len() - end.len() / 2);
                break;
            }
        }
        if spliced::is_spliced(&bytes) {
            self.gaps.add_place();
        }
        let is_cut_off = is_cut_off(&bytes, behind, index == 0);
        let is_whole = !is_cut_off && self.gaps.places() == self.places;
        let path = self.path.to_owned();
        sink(Met::Mail(RawMail { path, index: Some(index), purpose: None, is_whole, bytes }))?;
        if is_cut_off && behind != Behind::Unread {
            return sink(Met::Problem(Problem::of_mail(self.path, Some(index), Obstacle::CutOff)));
        }
        ControlFlow::Continue(())
    }

    /// Ends the file, and tells in how many places mail was lost.
    fn end(&mut self, behind: Behind, sink: &mut Sink<'_>) -> ControlFlow<()> {
        self.close(behind, sink)?;
        match self.gaps.places() {
            0 => ControlFlow::Continue(()),
            places => sink(Met::Problem(Problem::new(self.path, Obstacle::Gaps(places)))),
        }
    }
}

fn is_quoted(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "))
}

/// Appends up to the next line end, or a bounded piece of a longer line; the number of bytes read, 0 at the end.
fn read_piece(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    while line.len() < LINE_PIECE_BYTES {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        let end = memchr::memchr(b'\n', buffer);
        let taken = end.map_or(buffer.len(), |at| at + 1);
        line.extend(buffer.iter().take(taken));
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(text: &str) -> Vec<String> {
        let mut mails = Vec::new();
        let flow = split("a.mbox", text.as_bytes(), &mut |met| {
            if let Met::Mail(mail) = met {
                assert_eq!(mail.index, Some(mails.len() as u64));
                mails.push(String::from_utf8(mail.bytes).unwrap());
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        mails
    }

    #[test]
    fn divides_at_from_lines_behind_empty_lines() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\n";
        assert_eq!(mails(&format!("{from}A: 1\n\nx\n\n{from}B: 2\n\ny\n")), ["A: 1\n\nx\n", "B: 2\n\ny\n"]);
        assert_eq!(mails(&format!("{from}A: 1\n\nx\n{from}y\n")), [format!("A: 1\n\nx\n{from}y\n")]);
        assert_eq!(mails(&format!("{from}{from}A: 1\n")).len(), 1);
        assert_eq!(mails(""), Vec::<String>::new());
    }

    #[test]
    fn a_mark_and_empty_lines_may_come_before_the_first_mail() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\n";
        for before in ["\u{feff}", "\n\r\n", "\u{feff}\r\n \n"] {
            let text = format!("{before}{from}A: 1\n\nx\n\n{from}B: 2\n\ny\n");
            assert_eq!(mails(&text), ["A: 1\n\nx\n", "B: 2\n\ny\n"], "{before:?}");
        }
    }

    #[test]
    fn where_mail_was_lost_is_told_and_nothing_else_is_a_mail() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\n";
        let hole = "\0".repeat(30 * LINE_PIECE_BYTES);
        let text =
            format!("{from}A: 1\n\nx{hole}y\n\n{from}\n{from}{from}B: 2\n\ny\n\n{from}{hole}z\n\n{from}");
        let mut mails = Vec::new();
        let mut told = Vec::new();
        let reader = io::BufReader::with_capacity(LINE_PIECE_BYTES, text.as_bytes());
        let _ = split("a.mbox", reader, &mut |met| {
            match met {
                Met::Mail(mail) => mails.push((mail.index, mail.bytes.len())),
                Met::Problem(problem) => told.push(problem.obstacle),
                _ => {}
            }
            ControlFlow::Continue(())
        });
        let [(Some(0), first), (Some(1), 8)] = mails[..] else { panic!("{mails:?}") };
        assert!(first > 8 && first <= 4 * LINE_PIECE_BYTES, "{first}");
        assert_eq!(told, [Obstacle::Gaps(5)]);
    }

    #[test]
    fn quoted_from_lines_lose_one_mark() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\r\n";
        let text = format!("{from}A: 1\r\n\r\n>From here\r\n>>From there\r\n> From no\r\n\r\n");
        assert_eq!(mails(&text), ["A: 1\r\n\r\nFrom here\r\n>From there\r\n> From no\r\n"]);
    }

    #[test]
    fn content_length_is_not_believed() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\n";
        assert_eq!(mails(&format!("{from}Content-Length: 9999\n\nx\n\n{from}B: 2\n\ny\n")).len(), 2);
    }

    #[test]
    fn long_lines_come_whole() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\n";
        let long = "x".repeat(3 * LINE_PIECE_BYTES + 5);
        assert_eq!(mails(&format!("{from}A: 1\n\n{long}\n")), [format!("A: 1\n\n{long}\n")]);
    }

    #[test]
    fn a_mail_over_the_limit_is_told_and_the_next_one_is_read() {
        let from = "From a@b.example Thu Sep 17 11:02:03 2020\n";
        let large = format!(
            "{from}A: 1\n\n{}\n\n{from}B: 2\n\ny\n",
            format!("{}\n", "x".repeat(4095)).repeat(MAIL_BYTES_MAX / 4096 + 1)
        );
        let mut problems = 0;
        let mut mails = 0;
        let _ = split("a.mbox", large.as_bytes(), &mut |met| {
            match met {
                Met::Problem(problem) => {
                    assert_eq!(problem.input, "a.mbox[0]");
                    problems += 1;
                }
                _ => mails += 1,
            }
            ControlFlow::Continue(())
        });
        assert_eq!((problems, mails), (1, 1));
    }
}
