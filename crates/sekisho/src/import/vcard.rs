//! vCards (2.1, RFC 2426, RFC 6350), one after another → entries. A property says its own character set, so that lines are read as bytes.

use super::book::Entry;
use super::charset;

/// Whether bytes begin as a vCard.
pub fn is_one(bytes: &[u8]) -> bool {
    let text = charset::text(bytes.get(..bytes.len().min(200)).unwrap_or(bytes));
    text.trim_start_matches('\u{feff}').trim_start().to_ascii_uppercase().starts_with("BEGIN:VCARD")
}

/// What a file of vCards holds.
pub struct Cards {
    /// The whole ones.
    pub entries: Vec<Entry>,
    /// How many are not whole: nobody can tell whose the addresses in them are.
    pub cut: u64,
}

/// Reads all of them.
pub fn read(bytes: &[u8]) -> Cards {
    // Only a card in UTF-16 cannot be divided into lines as it stands.
    let whole = if bytes.contains(&0) { charset::text(bytes).into_bytes() } else { bytes.to_vec() };
    let whole = whole.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&whole);
    let mut cards = Cards { entries: Vec::new(), cut: 0 };
    let mut card: Option<Card> = None;
    let mut is_agent = false;
    for line in lines(whole) {
        let Some(property) = Property::of(&line) else { continue };
        let is_behind_agent = std::mem::replace(&mut is_agent, property.name == "AGENT");
        match (property.name.as_str(), &mut card) {
            // A secretary's card inside the card (vCard 2.1, section 2.4.4).
            ("BEGIN", Some(card)) if is_behind_agent => card.agents += 1,
            ("BEGIN", card) => {
                cards.cut += u64::from(card.replace(Card::default()).is_some());
            }
            ("END", Some(card)) if card.agents > 0 => card.agents -= 1,
            ("END", card) => match card.take() {
                Some(Card { entry, versions: 0 | 1, .. }) => cards.entries.push(entry),
                _ => cards.cut += 1,
            },
            (_, Some(card)) if card.agents == 0 => card.take(&property),
            _ => {}
        }
    }
    cards.cut += u64::from(card.is_some());
    cards
}

/// A card that is not read to its end.
#[derive(Default)]
struct Card {
    entry: Entry,
    /// How often it says its version: twice where two cards run into one another.
    versions: u32,
    agents: u32,
}

impl Card {
    fn take(&mut self, property: &Property<'_>) {
        let entry = &mut self.entry;
        match property.name.as_str() {
            "VERSION" => self.versions += 1,
            "FN" if entry.shown.is_empty() => entry.shown = unescaped(&property.value()),
            "N" if entry.family.is_empty() && entry.given.is_empty() => {
                let value = property.value();
                let mut parts = divided(&value).into_iter();
                entry.family = parts.next().unwrap_or_default();
                entry.given = parts.next().unwrap_or_default();
            }
            "ORG" if entry.organisation.is_empty() => {
                entry.organisation = divided(&property.value()).into_iter().next().unwrap_or_default();
            }
            "EMAIL" => entry.add_addresses(&unescaped(&property.value())),
            _ => {}
        }
    }
}

struct Property<'a> {
    name: String,
    charset: String,
    is_quoted_printable: bool,
    raw: &'a [u8],
}

impl<'a> Property<'a> {
    /// `item1.EMAIL;TYPE=INTERNET;CHARSET=SHIFT_JIS:value`.
    fn of(line: &'a [u8]) -> Option<Self> {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let head = String::from_utf8_lossy(line.get(..colon)?).into_owned();
        let mut words = head.split(';');
        let name = words.next()?.rsplit('.').next()?.trim().to_ascii_uppercase();
        let mut property =
            Self { name, charset: String::new(), is_quoted_printable: false, raw: line.get(colon + 1..)? };
        for word in words {
            let upper = word.to_ascii_uppercase();
            if let Some(label) = upper.strip_prefix("CHARSET=") {
                property.charset = label.to_owned();
            }
            property.is_quoted_printable |=
                upper == "QUOTED-PRINTABLE" || upper == "ENCODING=QUOTED-PRINTABLE";
        }
        Some(property)
    }

    fn value(&self) -> String {
        let bytes = if self.is_quoted_printable { quoted_printable(self.raw) } else { self.raw.to_vec() };
        let text = if self.charset.is_empty() {
            charset::text(&bytes)
        } else {
            charset::named(&bytes, &self.charset)
        };
        text.trim().to_owned()
    }
}

/// Lines, those that go on joined: behind `=` at the end of a quoted-printable one, and before white space at the beginning of the next.
fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut goes_on = false;
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
        match lines.last_mut() {
            Some(last) if goes_on => last.extend_from_slice(line),
            Some(last) if is_folded => last.extend_from_slice(line.get(1..).unwrap_or_default()),
            _ => lines.push(line.to_vec()),
        }
        goes_on = lines.last_mut().is_some_and(|last| {
            let is_quoted = last.windows(16).any(|part| part.eq_ignore_ascii_case(b"QUOTED-PRINTABLE"));
            let is_soft = is_quoted && last.ends_with(b"=");
            if is_soft {
                last.pop();
            }
            is_soft
        });
    }
    lines
}

fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let digit = |at: usize| raw.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(byte) = raw.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push(u8::try_from(high << 4 | low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// The parts of a value between `;` that no `\` stands before.
fn divided(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in value.chars() {
        if c == ';' && !is_escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            if is_escaped && !matches!(c, ';' | ',' | '\\') {
                part.push('\\');
            }
            if c != '\\' || is_escaped {
                part.push(c);
            }
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

fn unescaped(value: &str) -> String {
    value.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}
