//! A mail of an mbox, and what comes behind it → whether the file was cut off in the mail.
//!
//! Whoever writes an mbox puts an empty line behind each mail (RFC 4155, appendix A), so such a mail is whole. Not every program does: a text that ends with a
//! line, and parts that end with their closing line, are taken for whole, too. So is a file of one mail that ends with a line: every tenth spam
//! never closes its parts.

use super::spliced::{boundary, divided, is_end_of, lines, unfolded};

/// What comes behind a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// The next mail.
    Mail,
    /// The end of the file, in the middle of a line.
    EndInLine,
    /// The end of the file, behind a line.
    EndOfLine,
    /// The end of the file, behind an empty line.
    EmptyLine,
    /// Nobody knows: the file could not be read any further.
    Unread,
}

impl Behind {
    /// What comes behind the last mail of a file.
    pub fn last(ends_line: bool, is_empty_line: bool) -> Self {
        match (ends_line, is_empty_line) {
            (false, _) => Behind::EndInLine,
            (true, false) => Behind::EndOfLine,
            (true, true) => Behind::EmptyLine,
        }
    }
}

/// Whether more of the mail is missing; `is_only` where there is no other mail in the file.
pub fn is_cut_off(mail: &[u8], behind: Behind, is_only: bool) -> bool {
    let (header, body) = divided(mail);
    let boundary = boundary(&unfolded(lines(header)));
    let closes = |line: &[u8]| boundary.as_ref().is_some_and(|boundary| is_end_of(line, boundary));
    match behind {
        Behind::Mail | Behind::EmptyLine => false,
        Behind::Unread => true,
        Behind::EndInLine => !lines(body).last().is_some_and(closes),
        Behind::EndOfLine if is_only => false,
        Behind::EndOfLine => header.len() == mail.len() || boundary.is_some() && !lines(body).any(closes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_cut_off_where_its_end_is_missing() {
        let text = "From: a@kita.example\nSubject: estimate\n\nIt comes by post.";
        let header = "From: a@kita.example\nSubject: est";
        let parts = "Content-Type: multipart/mixed; boundary=\"=_12\"\n\n--=_12\n\nIt comes by post.\n--=_12";
        // The mail, and whether it is cut off where the file ends in a line, with a line, with an empty line, and with a line behind an only mail.
        for (what, mail, expected) in [
            ("a text", text, [true, false, false, false]),
            ("a header", header, [true, true, false, false]),
            ("open parts", parts, [true, true, false, false]),
            ("closed parts", &format!("{parts}--"), [false, false, false, false]),
            ("closed parts, and more", &format!("{parts}--\nFrom - Tue"), [true, false, false, false]),
            ("nothing", "", [true, true, false, false]),
        ] {
            for mail in [mail.to_owned(), mail.replace('\n', "\r\n")] {
                let found = [
                    is_cut_off(mail.as_bytes(), Behind::EndInLine, false),
                    is_cut_off(mail.as_bytes(), Behind::EndOfLine, false),
                    is_cut_off(mail.as_bytes(), Behind::EmptyLine, false),
                    is_cut_off(mail.as_bytes(), Behind::EndOfLine, true),
                ];
                assert_eq!(found, expected, "{what}");
            }
        }
    }
}
