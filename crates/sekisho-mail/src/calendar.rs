//! A calendar entry → the words of it that mail programs show (RFC 5545 sections 3.1, 3.3.11 and 3.8.1).

/// Lines read of one entry; an invitation has some hundred.
const LINES_MAX: usize = 20_000;

/// What an entry says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Its title, place, description and comments, a line each at least, decoded by the charset of the part.
    pub(crate) plain: Vec<u8>,
    /// The description as a page, as Outlook writes and shows it.
    pub(crate) html: Vec<u8>,
}

/// The words of an entry. Lines are unfolded as bytes, since folding may divide a character.
pub(crate) fn words(bytes: &[u8]) -> Words {
    let mut words = Words::default();
    let mut components: Vec<Vec<u8>> = Vec::new();
    for line in unfolded(bytes).split(|byte| *byte == b'\n').take(LINES_MAX) {
        let Some((name, value)) = property(line) else { continue };
        match name.as_slice() {
            b"BEGIN" if components.len() < 16 => components.push(value.to_ascii_uppercase()),
            b"END" => {
                components.pop();
            }
            b"SUMMARY" | b"DESCRIPTION" | b"LOCATION" | b"COMMENT" if is_shown(&components) => {
                unescape(value, &mut words.plain);
                words.plain.push(b'\n');
            }
            b"X-ALT-DESC" if is_shown(&components) => {
                unescape(value, &mut words.html);
                words.html.push(b'\n');
            }
            _ => {}
        }
    }
    words
}

/// Alarms speak later, and zones of time to nobody.
fn is_shown(components: &[Vec<u8>]) -> bool {
    !matches!(
        components.last().map(Vec::as_slice),
        Some(b"VALARM" | b"VTIMEZONE" | b"STANDARD" | b"DAYLIGHT")
    )
}

/// A line that begins with white space goes on with the one before.
fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<u8> = Vec::with_capacity(bytes.len());
    for (nth, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match line {
            [b' ' | b'\t', rest @ ..] => lines.extend(rest),
            _ => {
                if nth > 0 {
                    lines.push(b'\n');
                }
                lines.extend(line);
            }
        }
    }
    lines
}

/// The name of a property in upper case, and its value: what stands behind the first colon outside quotation marks.
fn property(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut is_quoted = false;
    let colon = line.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b':' && !is_quoted
    })?;
    let (before, value) = line.split_at(colon);
    let name = before.split(|byte| *byte == b';').next().unwrap_or_default();
    // Groups stand before a dot in old entries.
    let name = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    Some((name.trim_ascii().to_ascii_uppercase(), value.get(1..).unwrap_or_default()))
}

fn unescape(value: &[u8], into: &mut Vec<u8>) {
    let mut bytes = value.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => match bytes.next() {
                Some(b'n' | b'N') => into.push(b'\n'),
                Some(other) => into.push(other),
                None => {}
            },
            _ => into.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn plain(entry: &str) -> String {
        String::from_utf8(words(entry.as_bytes()).plain).unwrap()
    }

    #[test]
    fn the_words_that_are_shown_are_taken_unfolded_and_unescaped() {
        let entry = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261201T010000Z\r\nSUMMARY;LANGUAGE=ja:打合\r\n せ\r\n\
                     description;ALTREP=\"cid:a:b\":一\\n二\\, 三\\\\\r\nLOCATION:会議室\r\nUID:SUMMARY:no\r\n\
                     BEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nCOMMENT:四\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(plain(entry), "打合せ\n一\n二, 三\\\n会議室\n四\n");
    }

    #[test]
    fn a_character_divided_by_folding_is_whole() {
        let mut entry = b"SUMMARY:".to_vec();
        let [first, second, third] = *"あ".as_bytes() else { unreachable!() };
        entry.extend([first, b'\n', b' ', second, third]);
        assert_eq!(words(&entry).plain, "あ\n".as_bytes());
    }

    #[test]
    fn what_is_no_entry_has_no_words() {
        assert_eq!(plain(""), "");
        assert_eq!(plain("BEGIN:VCALENDAR\nEND:VCALENDAR"), "");
        assert_eq!(plain("END:VEVENT\n:\n\\\n;;;:x"), "");
    }
}
