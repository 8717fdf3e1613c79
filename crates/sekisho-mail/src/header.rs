//! A header block → fields, in order, unfolded and decoded, with the raw bytes kept (RFC 5322 section 2.2).
//!
//! One pass. Where mail programs differ about a line that is no field (some end the header there, some skip it), the
//! header goes on as long as a well-known field follows, and the defect says so.

use serde::{Deserialize, Serialize};

use crate::{DefectKind, Limits, words};

/// One header field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name as written, without white space around it.
    pub name: String,
    /// The value, unfolded, raw (8-bit bytes as lossless Latin-1 would show them are not decoded here).
    #[serde(skip)]
    pub raw: Vec<u8>,
    /// The value as a person sees it: unfolded, encoded words and 8-bit text decoded.
    pub text: String,
}

/// A header block taken apart.
pub(crate) struct Block {
    /// The fields in order.
    pub fields: Vec<Field>,
    /// Where the body begins in the bytes given.
    pub body_at: usize,
    /// What is doubtful about the block.
    pub defects: Vec<DefectKind>,
}

/// Splits a header block off the bytes of an entity: unfolds, decodes, tolerates bare CR and LF, broken lines,
/// a mbox `From ` line and a missing empty line. An entity that begins with an empty line has no fields; one that
/// begins with text that is no header has none either, and its body begins at 0.
pub(crate) fn split(bytes: &[u8], limits: &Limits) -> Block {
    let mut splitter = Splitter::new(bytes, limits);
    splitter.run();
    let mut defects = splitter.defects;
    if splitter.ends == Ends::Mixed {
        words::add(&mut defects, DefectKind::MixedLineEnds);
    }
    let fields = splitter
        .open
        .into_iter()
        .map(|open| {
            let text = words::decode(&open.value, &mut defects).trim().to_owned();
            Field { name: open.name, raw: open.value, text }
        })
        .collect();
    Block { fields, body_at: splitter.body_at, defects }
}

impl Field {
    /// Whether this is the field `name`, without regard to case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The line ends met so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    None,
    Crlf,
    Lf,
    Mixed,
}

/// A field that may still be continued.
struct Open {
    name: String,
    value: Vec<u8>,
}

struct Splitter<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    open: Vec<Open>,
    /// Whether the field last begun is kept; continuations of one beyond the limit are not.
    keeps: bool,
    /// Whether any field was seen, kept or not.
    seen: bool,
    body_at: usize,
    ends: Ends,
    defects: Vec<DefectKind>,
}

impl<'a> Splitter<'a> {
    fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        Self {
            bytes,
            limits,
            open: Vec::new(),
            keeps: false,
            seen: false,
            body_at: bytes.len(),
            ends: Ends::None,
            defects: Vec::new(),
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            let line = Line::at(self.bytes, at, self.ends == Ends::None);
            self.note_end(line.end);
            let first = at == 0;
            let start = at;
            at = line.next;
            if line.text.is_empty() {
                self.body_at = at;
                return;
            }
            if self.take(&line, first) == Goes::Ends {
                self.body_at = start;
                return;
            }
        }
    }

    fn take(&mut self, line: &Line<'a>, first: bool) -> Goes {
        if line.text.contains(&0) {
            words::add(&mut self.defects, DefectKind::Nul);
        }
        if matches!(line.text.first(), Some(b' ' | b'\t')) && self.seen {
            let blank = line.text.iter().all(|b| matches!(b, b' ' | b'\t'));
            if blank && !self.header_goes_on(line.next) {
                words::add(&mut self.defects, DefectKind::HeaderLineBroken);
                return Goes::Ends;
            }
            self.continue_field(line.text);
            return Goes::On;
        }
        if let Some((name, value, spaced)) = name_and_value(line.text) {
            if spaced {
                words::add(&mut self.defects, DefectKind::SpaceBeforeColon);
            }
            self.begin_field(name, value);
            return Goes::On;
        }
        let mbox = line.text.starts_with(b"From ") || line.text.starts_with(b">From ");
        if mbox && first {
            return Goes::On;
        }
        if mbox || self.header_goes_on(line.next) {
            words::add(&mut self.defects, DefectKind::HeaderLineBroken);
            // What follows belongs to the line that is no field.
            self.keeps = false;
            return Goes::On;
        }
        if self.seen {
            words::add(&mut self.defects, DefectKind::HeaderLineBroken);
        }
        Goes::Ends
    }

    fn begin_field(&mut self, name: &[u8], value: &[u8]) {
        self.seen = true;
        self.keeps = self.open.len() < self.limits.fields_max;
        if !self.keeps {
            words::add(&mut self.defects, DefectKind::LimitReached);
            return;
        }
        let name = name.iter().map(|&b| char::from(b)).collect();
        self.open.push(Open { name, value: Vec::new() });
        self.continue_field(value);
    }

    fn continue_field(&mut self, text: &[u8]) {
        let Some(open) = self.open.last_mut().filter(|_| self.keeps) else { return };
        let room = self.limits.field_bytes_max.saturating_sub(open.value.len());
        let taken = text.get(..room).unwrap_or(text);
        open.value.extend_from_slice(taken);
        if taken.len() < text.len() {
            words::add(&mut self.defects, DefectKind::LimitReached);
        }
    }

    /// Whether a well-known field stands at `at`: then a line that is none was an accident within the header.
    fn header_goes_on(&self, at: usize) -> bool {
        let line = Line::at(self.bytes, at, false);
        name_and_value(line.text).is_some_and(|(name, _, _)| is_well_known(name))
    }

    fn note_end(&mut self, end: End) {
        let now = match end {
            End::Crlf => Ends::Crlf,
            End::Lf => Ends::Lf,
            End::Cr => {
                words::add(&mut self.defects, DefectKind::BareCr);
                return;
            }
            End::CrCrlf => {
                words::add(&mut self.defects, DefectKind::BareCr);
                Ends::Crlf
            }
            End::None => return,
        };
        self.ends = if self.ends == Ends::None || self.ends == now { now } else { Ends::Mixed };
    }
}

#[derive(PartialEq, Eq)]
enum Goes {
    On,
    Ends,
}

#[derive(Clone, Copy)]
enum End {
    Crlf,
    Lf,
    /// CR alone.
    Cr,
    /// Several CR before the LF, as a double conversion leaves them.
    CrCrlf,
    /// The end of the bytes.
    None,
}

struct Line<'a> {
    text: &'a [u8],
    end: End,
    next: usize,
}

impl<'a> Line<'a> {
    /// The line that begins at `at`. A CR alone ends it where a field, a continuation or (as long as no LF was
    /// seen) an empty line follows; elsewhere it is part of the value.
    fn at(bytes: &'a [u8], at: usize, only_cr_so_far: bool) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        for found in memchr::memchr2_iter(b'\r', b'\n', rest) {
            let text = rest.get(..found).unwrap_or_default();
            let after = rest.get(found + 1..).unwrap_or_default();
            if rest.get(found) == Some(&b'\n') {
                return Self { text, end: End::Lf, next: at + found + 1 };
            }
            let more = after.iter().take(CR_RUN_MAX).take_while(|&&b| b == b'\r').count();
            if after.get(more) == Some(&b'\n') {
                let end = if more == 0 { End::Crlf } else { End::CrCrlf };
                return Self { text, end, next: at + found + 2 + more };
            }
            let empty = text.is_empty() || after.first() == Some(&b'\r');
            let window = after.get(..NAME_BYTES_MAX + 2).unwrap_or(after);
            if (only_cr_so_far && empty)
                || matches!(after.first(), Some(b' ' | b'\t'))
                || name_and_value(window).is_some()
            {
                return Self { text, end: End::Cr, next: at + found + 1 };
            }
        }
        Self { text: rest, end: End::None, next: bytes.len() }
    }
}

/// CRs before one LF that are taken as one line end.
const CR_RUN_MAX: usize = 4;
/// Longest field name, in bytes. Real ones stay below 80.
const NAME_BYTES_MAX: usize = 128;

/// Name and value of a field line, and whether white space stands before the colon.
fn name_and_value(line: &[u8]) -> Option<(&[u8], &[u8], bool)> {
    let window = line.get(..NAME_BYTES_MAX).unwrap_or(line);
    let colon = window.iter().position(|&b| b == b':')?;
    let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let bare = name.trim_ascii_end();
    // A web address at the start of a text is no field.
    let fits =
        !bare.is_empty() && bare.iter().all(|b| (b'!'..=b'~').contains(b)) && !value.starts_with(b"//");
    fits.then_some((bare, value.strip_prefix(b" ").unwrap_or(value), bare.len() < name.len()))
}

/// Fields that no text happens to look like.
fn is_well_known(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "From",
        "To",
        "Cc",
        "Bcc",
        "Subject",
        "Date",
        "Sender",
        "Reply-To",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Received",
        "Return-Path",
        "Delivered-To",
        "MIME-Version",
        "DKIM-Signature",
        "DomainKey-Signature",
        "Authentication-Results",
        "Received-SPF",
        "Errors-To",
        "Precedence",
        "Importance",
        "Priority",
        "User-Agent",
        "Organization",
        "Lines",
        "Status",
        "Mailing-List",
        "Thread-Topic",
        "Thread-Index",
        "Auto-Submitted",
        "Disposition-Notification-To",
        "Feedback-ID",
        "Envelope-To",
        "Old-Return-Path",
        "Posted-Date",
    ];
    const STEMS: &[&str] = &["X-", "Content-", "ARC-", "List-", "Resent-", "Delivery-"];
    let Ok(name) = std::str::from_utf8(name) else { return false };
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
        || STEMS
            .iter()
            .any(|stem| name.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem)))
}

#[cfg(test)]
mod tests;
