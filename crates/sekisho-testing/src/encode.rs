//! Text → the bytes of a mail: charsets, transfer encodings, encoded words, file names.
//!
//! RFC 2045 (transfer encodings), RFC 2047 (encoded words), RFC 2231 (parameters), RFC 1468 (ISO-2022-JP).

use data_encoding::BASE64;

/// A charset that Japanese mail is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    Iso2022Jp,
    ShiftJis,
    EucJp,
    Utf8,
}

/// How the bytes of a part are carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transfer {
    SevenBit,
    EightBit,
    Base64,
    QuotedPrintable,
}

/// How a header field shows characters beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordForm {
    B,
    Q,
    /// The bytes of the charset as they are, against RFC 5322, as some form mailers do.
    Raw,
}

impl Charset {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Iso2022Jp => "ISO-2022-JP",
            Self::ShiftJis => "Shift_JIS",
            Self::EucJp => "EUC-JP",
            Self::Utf8 => "UTF-8",
        }
    }

    /// The text in this charset, lines apart so that each ends in ASCII (RFC 1468); `None` when a character has no
    /// place in it.
    pub(crate) fn encode(self, text: &str) -> Option<Vec<u8>> {
        let encoding = match self {
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
            Self::EucJp => encoding_rs::EUC_JP,
            Self::Utf8 => return Some(text.as_bytes().to_vec()),
        };
        let mut bytes = Vec::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let (encoded, _, unmappable) = encoding.encode(line);
            if unmappable {
                return None;
            }
            bytes.extend_from_slice(&encoded);
        }
        Some(bytes)
    }

    /// This charset when it holds the whole text, else UTF-8.
    pub(crate) fn for_text(self, text: &str) -> Self {
        if self.encode(text).is_some() { self } else { Self::Utf8 }
    }
}

impl Transfer {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::SevenBit => "7bit",
            Self::EightBit => "8bit",
            Self::Base64 => "base64",
            Self::QuotedPrintable => "quoted-printable",
        }
    }

    pub(crate) fn apply(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::SevenBit | Self::EightBit => bytes.to_vec(),
            Self::Base64 => base64_lines(bytes),
            Self::QuotedPrintable => quoted_printable(bytes),
        }
    }
}

/// Header text: ASCII as it is, everything else as encoded words folded at 75 characters.
pub(crate) fn header_text(text: &str, charset: Charset, form: WordForm) -> Vec<u8> {
    if text.is_ascii() {
        return text.as_bytes().to_vec();
    }
    let charset = charset.for_text(text);
    match form {
        WordForm::Raw => charset.encode(text).unwrap_or_default(),
        WordForm::B | WordForm::Q => encoded_words(text, charset, form).into_bytes(),
    }
}

/// A display name: quoted when it holds specials, encoded when it is not ASCII, nothing when empty.
pub(crate) fn mailbox(name: &str, address: &str, charset: Charset, form: WordForm) -> Vec<u8> {
    let mut bytes = Vec::new();
    if name.is_empty() {
        bytes.extend_from_slice(address.as_bytes());
        return bytes;
    }
    if name.is_ascii() && name.bytes().any(|b| b"()<>[]:;@\\,.\"/".contains(&b)) {
        bytes.extend_from_slice(format!("\"{}\"", name.replace(['\\', '"'], "")).as_bytes());
    } else if form == WordForm::Raw && !name.is_ascii() {
        bytes.push(b'"');
        bytes.extend(header_text(name, charset, form));
        bytes.push(b'"');
    } else {
        bytes.extend(header_text(name, charset, form));
    }
    bytes.extend_from_slice(format!(" <{address}>").as_bytes());
    bytes
}

/// A parameter by RFC 2231: `name*=UTF-8''…`.
pub(crate) fn rfc2231(parameter: &str, value: &str) -> String {
    if value.is_ascii() {
        return format!("{parameter}=\"{value}\"");
    }
    let mut percent = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            percent.push(char::from(byte));
        } else {
            percent.push_str(&format!("%{byte:02X}"));
        }
    }
    if percent.len() <= 60 {
        return format!("{parameter}*=UTF-8''{percent}");
    }
    let mut pieces = Vec::new();
    let mut rest = percent.as_str();
    let mut lead = "UTF-8''";
    while !rest.is_empty() {
        // A cut inside %XX would still be legal but no mail program writes it.
        let mut cut = rest.len().min(54);
        while cut < rest.len() && rest[..cut].rfind('%').is_some_and(|at| at + 3 > cut) {
            cut -= 1;
        }
        pieces.push(format!("{parameter}*{}*={lead}{}", pieces.len(), &rest[..cut]));
        rest = &rest[cut..];
        lead = "";
    }
    pieces.join(";\r\n ")
}

fn encoded_words(text: &str, charset: Charset, form: WordForm) -> String {
    let label = charset.label();
    let letter = if form == WordForm::Q { 'Q' } else { 'B' };
    let room = 75 - label.len() - 7;
    let mut words: Vec<String> = Vec::new();
    let mut chunk = String::new();
    let mut payload = String::new();
    for character in text.chars() {
        chunk.push(character);
        let longer = word_payload(&chunk, charset, form);
        if longer.len() > room && chunk.chars().count() > 1 {
            words.push(format!("=?{label}?{letter}?{payload}?="));
            chunk = character.to_string();
            payload = word_payload(&chunk, charset, form);
        } else {
            payload = longer;
        }
    }
    words.push(format!("=?{label}?{letter}?{payload}?="));
    words.join("\r\n ")
}

fn word_payload(chunk: &str, charset: Charset, form: WordForm) -> String {
    let bytes = charset.encode(chunk).unwrap_or_default();
    if form == WordForm::B {
        return BASE64.encode(&bytes);
    }
    let mut out = String::new();
    for byte in bytes {
        match byte {
            b' ' => out.push('_'),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("={byte:02X}")),
        }
    }
    out
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let encoded = BASE64.encode(bytes);
    let mut out = Vec::with_capacity(encoded.len() + encoded.len() / 38 + 2);
    for line in encoded.as_bytes().chunks(76) {
        out.extend_from_slice(line);
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 2);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let content = line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n")).unwrap_or(line);
        let mut width = 0;
        for (at, byte) in content.iter().enumerate() {
            let last = at + 1 == content.len();
            let plain = (33..=126).contains(byte) && *byte != b'=' || (*byte == b' ' && !last);
            let cost = if plain { 1 } else { 3 };
            if width + cost > 75 {
                out.extend_from_slice(b"=\r\n");
                width = 0;
            }
            if plain {
                out.push(*byte);
            } else {
                out.extend_from_slice(format!("={byte:02X}").as_bytes());
            }
            width += cost;
        }
        if content.len() < line.len() {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}
