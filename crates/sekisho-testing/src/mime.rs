//! Parts → the bytes of one MIME entity: text, files and multiparts (RFC 2045, RFC 2046, RFC 2183).

use crate::Rng;
use crate::encode::{Charset, Transfer, WordForm, header_text, rfc2231};

/// How a mail program writes the name of an attached file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// `filename*=UTF-8''…`
    Rfc2231,
    /// `filename="=?…?="`, against RFC 2047 but usual.
    Rfc2047,
    /// RFC 2047 in Content-Type, RFC 2231 in Content-Disposition.
    Both,
    /// The bytes as they are.
    Raw,
}

/// One entity: its own header fields and its body, already encoded.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) fields: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Entity {
    /// A text part; the charset falls back to UTF-8 when the text does not fit into it.
    pub(crate) fn text(subtype: &str, text: &str, charset: Charset, transfer: Transfer) -> Self {
        let lines = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let used = charset.for_text(&lines);
        let transfer = match (used, transfer) {
            (Charset::Iso2022Jp, Transfer::EightBit) => Transfer::SevenBit,
            (Charset::Iso2022Jp, other) => other,
            (_, Transfer::SevenBit) if !lines.is_ascii() => Transfer::Base64,
            (_, other) => other,
        };
        let body = transfer.apply(&used.encode(&lines).unwrap_or_default());
        let kind = format!("text/{subtype}; charset={}", quoted_label(used, subtype));
        Self { fields: vec![field("Content-Type", kind), field(TRANSFER, transfer.label())], body }
    }

    /// An attached file in base64.
    pub(crate) fn file(name: &str, media: &str, bytes: &[u8], naming: Naming) -> Self {
        let kind =
            [format!("{media};\r\n ").into_bytes(), name_parameter("name", name, naming, true)].concat();
        let place = [b"attachment;\r\n ".to_vec(), name_parameter("filename", name, naming, false)].concat();
        Self {
            fields: vec![
                ("Content-Type".into(), kind),
                field(TRANSFER, "base64"),
                ("Content-Disposition".into(), place),
            ],
            body: Transfer::Base64.apply(bytes),
        }
    }

    /// A picture shown inside HTML through `cid:`.
    pub(crate) fn inline(name: &str, media: &str, bytes: &[u8], content_id: &str) -> Self {
        let mut entity = Self::file(name, media, bytes, Naming::Rfc2047);
        entity.fields.retain(|(field, _)| field != "Content-Disposition");
        entity.fields.push(field("Content-ID", format!("<{content_id}>")));
        entity.fields.push(field("Content-Disposition", format!("inline; filename=\"{name}\"")));
        entity
    }

    /// A part whose body is given as it is.
    pub(crate) fn plain(media: &str, body: &[u8]) -> Self {
        Self { fields: vec![field("Content-Type", media)], body: body.to_vec() }
    }

    /// `multipart/SUBTYPE` of the given parts; a single part stays alone.
    pub(crate) fn multipart(subtype: &str, mut parts: Vec<Self>, boundary: &str) -> Self {
        if parts.len() == 1 && !subtype.starts_with("report") {
            return parts.remove(0);
        }
        let (subtype, rest) = subtype.split_once(';').unwrap_or((subtype, ""));
        let extra = if rest.is_empty() { String::new() } else { format!(" {};", rest.trim()) };
        let kind = format!("multipart/{subtype};{extra}\r\n boundary=\"{boundary}\"");
        let mut body = Vec::new();
        for part in &parts {
            body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            part.write(&mut body);
            if !body.ends_with(b"\r\n") {
                body.extend_from_slice(b"\r\n");
            }
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Self { fields: vec![field("Content-Type", kind)], body }
    }

    /// Appends header fields, the empty line and the body.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for (name, value) in &self.fields {
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(&self.body);
    }
}

/// A header field with an ASCII value.
pub(crate) fn field(name: &str, value: impl AsRef<str>) -> (String, Vec<u8>) {
    (name.to_owned(), value.as_ref().as_bytes().to_vec())
}

/// A boundary as good as unique.
pub(crate) fn boundary(rng: &mut Rng, style: &str) -> String {
    format!("{style}{}", rng.hex(24))
}

/// The media type that mail programs write for the extension of a name.
pub(crate) fn media_of(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    MEDIA.iter().find(|(known, _)| *known == extension).map_or("application/octet-stream", |(_, media)| media)
}

const TRANSFER: &str = "Content-Transfer-Encoding";

const MEDIA: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("zip", "application/x-zip-compressed"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("ics", "text/calendar"),
    ("vcf", "text/vcard"),
    ("eml", "message/rfc822"),
];

fn quoted_label(charset: Charset, subtype: &str) -> String {
    // Both forms are usual; which one is bound to the part so that the bytes stay the same.
    if subtype == "html" { format!("\"{}\"", charset.label().to_lowercase()) } else { charset.label().into() }
}

fn name_parameter(parameter: &str, name: &str, naming: Naming, in_type: bool) -> Vec<u8> {
    let old = || {
        let value = header_text(name, Charset::Iso2022Jp, WordForm::B);
        [format!("{parameter}=\"").as_bytes(), &value, b"\""].concat()
    };
    match naming {
        Naming::Rfc2231 => rfc2231(parameter, name).into_bytes(),
        Naming::Both if !in_type => rfc2231(parameter, name).into_bytes(),
        Naming::Rfc2047 | Naming::Both => old(),
        Naming::Raw => format!("{parameter}=\"{name}\"").into_bytes(),
    }
}
