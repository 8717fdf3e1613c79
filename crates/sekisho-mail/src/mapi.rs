//! Outlook's properties ([MS-OXPROPS]) → a letter: what `.msg` files and TNEF streams hold alike.

use std::collections::HashMap;

use crate::{Address, Mailbox, charset};

/// Property numbers that are read, by their names in [MS-OXPROPS].
pub(crate) mod id {
    pub(crate) const MESSAGE_CLASS: u16 = 0x001a;
    pub(crate) const SUBJECT: u16 = 0x0037;
    pub(crate) const SUBMIT_TIME: u16 = 0x0039;
    pub(crate) const REPRESENTING_NAME: u16 = 0x0042;
    pub(crate) const REPRESENTING_ADDRESS: u16 = 0x0065;
    pub(crate) const TRANSPORT_HEADERS: u16 = 0x007d;
    pub(crate) const RECIPIENT_TYPE: u16 = 0x0c15;
    pub(crate) const SENDER_NAME: u16 = 0x0c1a;
    pub(crate) const SENDER_ADDRESS: u16 = 0x0c1f;
    pub(crate) const DELIVERY_TIME: u16 = 0x0e06;
    pub(crate) const BODY: u16 = 0x1000;
    pub(crate) const RTF_COMPRESSED: u16 = 0x1009;
    pub(crate) const HTML: u16 = 0x1013;
    pub(crate) const MESSAGE_ID: u16 = 0x1035;
    pub(crate) const REFERENCES: u16 = 0x1039;
    pub(crate) const IN_REPLY_TO: u16 = 0x1042;
    pub(crate) const DISPLAY_NAME: u16 = 0x3001;
    pub(crate) const ADDRESS: u16 = 0x3003;
    pub(crate) const ATTACH_DATA: u16 = 0x3701;
    pub(crate) const ATTACH_SHORT_NAME: u16 = 0x3704;
    pub(crate) const ATTACH_METHOD: u16 = 0x3705;
    pub(crate) const ATTACH_LONG_NAME: u16 = 0x3707;
    pub(crate) const ATTACH_TYPE: u16 = 0x370e;
    pub(crate) const ATTACH_CONTENT_ID: u16 = 0x3712;
    pub(crate) const SMTP_ADDRESS: u16 = 0x39fe;
    pub(crate) const INTERNET_CODEPAGE: u16 = 0x3fde;
    pub(crate) const MESSAGE_CODEPAGE: u16 = 0x3ffd;
    pub(crate) const SENDER_SMTP: u16 = 0x5d01;
    pub(crate) const REPRESENTING_SMTP: u16 = 0x5d02;

    /// Those of a message.
    pub(crate) const OF_MESSAGE: &[u16] = &[
        MESSAGE_CLASS,
        SUBJECT,
        SUBMIT_TIME,
        REPRESENTING_NAME,
        REPRESENTING_ADDRESS,
        TRANSPORT_HEADERS,
        SENDER_NAME,
        SENDER_ADDRESS,
        DELIVERY_TIME,
        BODY,
        RTF_COMPRESSED,
        HTML,
        MESSAGE_ID,
        REFERENCES,
        IN_REPLY_TO,
        INTERNET_CODEPAGE,
        MESSAGE_CODEPAGE,
        SENDER_SMTP,
        REPRESENTING_SMTP,
    ];

    /// Those of a receiver.
    pub(crate) const OF_RECEIVER: &[u16] = &[RECIPIENT_TYPE, DISPLAY_NAME, ADDRESS, SMTP_ADDRESS];

    /// Those of an attachment.
    pub(crate) const OF_ATTACHMENT: &[u16] = &[
        DISPLAY_NAME,
        ATTACH_DATA,
        ATTACH_SHORT_NAME,
        ATTACH_METHOD,
        ATTACH_LONG_NAME,
        ATTACH_TYPE,
        ATTACH_CONTENT_ID,
    ];
}

/// A property's value.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// UTF-16, little-endian.
    Wide(Vec<u8>),
    /// Text in the message's code page.
    Narrow(Vec<u8>),
    /// Bytes.
    Binary(Vec<u8>),
    /// Numbers, truth values and times (100 ns since 1601).
    Number(i64),
}

/// The properties of a message, an attachment or a recipient.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties {
    values: HashMap<u16, Value>,
    /// The code page of narrow text, 0 where none is known.
    pub(crate) codepage: u32,
}

/// A message of Outlook.
#[derive(Default)]
pub(crate) struct Letter {
    pub(crate) properties: Properties,
    /// Receivers: 1 for `To`, 2 for `Cc`, 3 for `Bcc`.
    pub(crate) recipients: Vec<(i64, Mailbox)>,
    pub(crate) attachments: Vec<Attachment>,
    /// Something could not be read.
    pub(crate) broken: bool,
    /// There is more than may be read.
    pub(crate) too_large: bool,
}

/// A file or message attached.
#[derive(Default)]
pub(crate) struct Attachment {
    pub(crate) properties: Properties,
    /// A name from outside the properties (TNEF's title).
    pub(crate) title: String,
    pub(crate) data: Vec<u8>,
    /// The message inside, where it is one.
    pub(crate) inside: Option<Box<Letter>>,
}

impl Properties {
    /// None yet, in something whose narrow text has this code page.
    pub(crate) fn within(codepage: u32) -> Self {
        Self { values: HashMap::new(), codepage }
    }

    /// Keeps a value; the first one stays, as programs take it.
    pub(crate) fn put(&mut self, id: u16, value: Value) {
        self.values.entry(id).or_insert(value);
    }

    /// Takes the code page from the properties themselves, or from what they are in.
    pub(crate) fn settle_codepage(&mut self, outer: u32) {
        let page = |id| self.number(id).and_then(|page| u32::try_from(page).ok()).filter(|page| *page != 0);
        let sent_in = page(id::INTERNET_CODEPAGE).and_then(|page| kept_in(page, outer));
        self.codepage = page(id::MESSAGE_CODEPAGE).or(sent_in).unwrap_or(outer);
    }

    /// A text property, decoded; `None` where it is missing or empty.
    pub(crate) fn text(&self, id: u16) -> Option<String> {
        let text = match self.values.get(&id)? {
            Value::Wide(bytes) => wide(bytes),
            Value::Narrow(bytes) => narrow(bytes, self.codepage),
            Value::Binary(_) | Value::Number(_) => return None,
        };
        let text = text.trim_end_matches('\0');
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A property's bytes, narrow text as it stands.
    pub(crate) fn bytes(&self, id: u16) -> Option<&[u8]> {
        match self.values.get(&id)? {
            Value::Binary(bytes) | Value::Narrow(bytes) => Some(bytes),
            Value::Wide(_) | Value::Number(_) => None,
        }
    }

    /// A number.
    pub(crate) fn number(&self, id: u16) -> Option<i64> {
        match self.values.get(&id)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The value, which is taken out.
    pub(crate) fn take(&mut self, id: u16) -> Option<Value> {
        self.values.remove(&id)
    }

    /// All values in the order of their numbers.
    pub(crate) fn all(&self) -> Vec<(u16, &Value)> {
        let mut all: Vec<_> = self.values.iter().map(|(id, value)| (*id, value)).collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        all
    }

    /// The receiver that these describe, and whether by `To` (1), `Cc` (2) or `Bcc` (3).
    pub(crate) fn receiver(&self) -> Option<(i64, Mailbox)> {
        let kind = self.number(id::RECIPIENT_TYPE).unwrap_or(1);
        Some((kind, self.person(id::DISPLAY_NAME, &[id::SMTP_ADDRESS, id::ADDRESS])?))
    }

    /// A person: name, and the first of `addresses` that is one on the Internet.
    pub(crate) fn person(&self, name: u16, addresses: &[u16]) -> Option<Mailbox> {
        let address = addresses.iter().find_map(|id| Address::parse(&self.text(*id)?));
        let name = self.text(name).unwrap_or_default();
        (address.is_some() || !name.is_empty()).then(|| Mailbox { name, address, group: String::new() })
    }
}

/// The code page in which Outlook keeps narrow text of a mail that came in another one; `None` where that says nothing.
fn kept_in(sent_in: u32, outer: u32) -> Option<u32> {
    Some(match sent_in {
        50_220..=50_222 | 51_932 | 20_932 => 932,
        50_225 | 51_949 => 949,
        51_936 | 52_936 => 936,
        28_591 => 1252,
        // Whatever came in Unicode is kept in the code page of the whole file.
        65_001 if outer != 0 => return None,
        page => page,
    })
}

/// The charset label of a Windows code page, where there is one.
pub(crate) fn charset_label(codepage: u32) -> Option<String> {
    Some(match codepage {
        65001 => "utf-8".to_owned(),
        932 => "cp932".to_owned(),
        50220..=50222 => "iso-2022-jp".to_owned(),
        51932 | 20932 => "euc-jp".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        1250..=1258 => format!("windows-{codepage}"),
        28591..=28605 => format!("iso-8859-{}", codepage - 28590),
        20866 => "koi8-r".to_owned(),
        _ => return None,
    })
}

/// Narrow text by its code page.
pub(crate) fn narrow(bytes: &[u8], codepage: u32) -> String {
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    charset::decode(bytes, charset_label(codepage).as_deref()).text
}

fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
    String::from_utf16_lossy(&units)
}
