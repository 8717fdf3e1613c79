//! A mail → how it was made and came: the program that wrote it, the language of a text, the network of a host. What a
//! correspondent's habits are made of, and what a mail is compared with them by.

use std::net::IpAddr;

use crate::{Date, Message, Received, Trace};

/// Letters that a text needs before its language is told.
const LETTERS_MIN: usize = 20;

/// Letters looked at: the beginning of a text tells its language.
const LETTERS_MAX: usize = 4_000;

/// A program's name is kept to this many characters.
const PROGRAM_CHARS_MAX: usize = 40;

impl Message {
    /// The program that wrote the mail (`X-Mailer`, else `User-Agent`), without its version: `Becky! ver. 2.80` → `becky!`; where none
    /// names itself, the service whose Message-IDs have an unmistakable shape. Its sender wrote that field, so it is a habit and no proof.
    pub fn mail_program(&self) -> Option<String> {
        let Some(named) = self.field("X-Mailer").or_else(|| self.field("User-Agent")) else {
            return by_message_id(&self.message_id).map(str::to_owned);
        };
        if let Some(last) = NAMED_LAST.iter().find(|name| named.to_lowercase().contains(**name)) {
            return Some((*last).to_owned());
        }
        let words = named.split([' ', '/', '(', ',', '\t']).map(str::trim);
        let is_name = |word: &&str| {
            let is_version =
                word.chars().any(|c| c.is_ascii_digit()) || matches!(*word, "ver." | "ver" | "version" | "v");
            !word.is_empty() && !is_version
        };
        let name: Vec<&str> = words.take_while(is_name).collect();
        let name: String = name.join(" ").to_lowercase().chars().take(PROGRAM_CHARS_MAX).collect();
        (!name.is_empty()).then_some(name)
    }

    /// The network that handed the mail over from outside, as the first host of our side wrote it: `192.0.2`, or `2001:db8:7` of IPv6; `None`
    /// where no `Received` tells.
    ///
    /// From the top, the first client is meant that has an address of the open Internet and is not of the organisation of the host that wrote
    /// the field: hosts inside a provider hand mails on among themselves. What is learned and what is judged are told by this one function.
    pub fn sending_network(&self) -> Option<String> {
        let outside = self.received().filter(|received| !is_inside(received));
        let client = outside.filter_map(|received| received.client).find(|address| is_open(*address))?;
        Some(network_of_address(client))
    }

    /// Whether the mail was handed in from the open Internet, or from where nobody says. What its client calls itself is not believed.
    pub fn came_from_outside(&self) -> bool {
        self.received().any(|received| received.from && received.client.is_none_or(is_open))
    }

    /// When the side that has the mail took it, as the topmost `Received` that has a date says, which that side wrote itself.
    pub fn taken_at(&self) -> Option<Date> {
        self.received().find_map(|received| received.date)
    }

    fn received(&self) -> impl Iterator<Item = &Received> {
        self.trace.iter().filter_map(|field| match &field.says {
            Trace::Received(received) => Some(&**received),
            _ => None,
        })
    }
}

/// Programs that name themselves behind what they are built on (`Mozilla/5.0 (X11; …) Gecko/… Thunderbird/…`).
const NAMED_LAST: &[&str] = &["thunderbird", "seamonkey", "k-9 mail", "roundcube"];

fn by_message_id(id: &str) -> Option<&'static str> {
    const SHAPES: &[(&str, &str)] = &[
        ("@mail.gmail.com", "gmail"),
        (".prod.outlook.com", "microsoft 365"),
        ("@email.android.com", "android"),
    ];
    let id = id.to_ascii_lowercase();
    SHAPES.iter().find(|(end, _)| id.ends_with(end)).map(|(_, name)| *name)
}

/// Of the words of an English text, so many in a hundred are among them.
const ENGLISH_PERCENT: usize = 12;

/// The language of a text by its letters: `ja` (kana), `ko`, `zh` (kanji and no kana), `ru` (Cyrillic); of Latin letters `en` where the words
/// are English, else `latin`. `None` where there are too few.
pub fn language_of(text: &str) -> Option<&'static str> {
    let (mut kana, mut kanji, mut hangul, mut cyrillic, mut latin) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MAX) {
        match c {
            '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => kana += 1,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => kanji += 1,
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            _ => latin += 1,
        }
    }
    let all = kana + kanji + hangul + cyrillic + latin;
    if all < LETTERS_MIN {
        return None;
    }
    // A kana among ten letters is Japanese; names and addresses in Latin letters stand in every Japanese mail.
    if kana * 10 >= all {
        Some("ja")
    } else if hangul * 10 >= all {
        Some("ko")
    } else if kanji * 5 >= all {
        Some("zh")
    } else if cyrillic * 2 >= all {
        Some("ru")
    } else {
        Some(of_latin(text))
    }
}

fn of_latin(text: &str) -> &'static str {
    let lower = text.chars().take(LETTERS_MAX).collect::<String>().to_lowercase();
    let (mut common, mut all) = (0, 0);
    for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        common += usize::from(is_common_english(word));
    }
    if common * 100 >= all * ENGLISH_PERCENT { "en" } else { "latin" }
}

/// Whether it is one of the commonest words of English.
#[rustfmt::skip]
fn is_common_english(word: &str) -> bool {
    matches!(
        word,
        "the" | "and" | "to" | "of" | "a" | "in" | "is" | "for" | "you" | "that" | "it" | "on" | "with" | "this" | "be" | "are" | "as" | "have" | "we" | "i" | "your" | "will" | "not" | "at" | "or" | "if" | "from" | "please" | "can" | "our"
    )
}

/// The network of an address: the first three numbers of an IPv4 address, the first 48 bits of an IPv6 one. Hosts of one
/// sender change; their networks rarely.
pub fn network_of(client: &str) -> Option<String> {
    client.trim_matches(['[', ']']).parse().ok().map(network_of_address)
}

fn network_of_address(client: IpAddr) -> String {
    match client.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}")
        }
    }
}

/// Whether a mail was handed on within one organisation.
fn is_inside(received: &Received) -> bool {
    let by = received.by.as_deref().map(organisation);
    let client = received.client_name.as_deref().or(received.helo.as_deref()).map(organisation);
    by.is_some() && by == client
}

/// The registered part of a host's name, nearly: the last two labels, three below short second levels (`co.jp`).
fn organisation(host: &str) -> String {
    let host = host.trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = host.rsplit('.').collect();
    let count = match labels.as_slice() {
        [top, second, _, ..] if top.len() == 2 && second.len() <= 3 => 3,
        _ => 2,
    };
    labels.into_iter().take(count).collect::<Vec<_>>().join(".")
}

/// Whether an address is of the open Internet.
fn is_open(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified())
        }
        IpAddr::V6(address) => {
            !(address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_unspecified())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read};

    #[test]
    fn programs_are_told_without_their_versions() {
        for (header, expected) in [
            ("X-Mailer: Becky! ver. 2.80.03 [ja]", Some("becky!")),
            ("X-Mailer: Microsoft Outlook 16.0", Some("microsoft outlook")),
            ("User-Agent: Mozilla Thunderbird", Some("thunderbird")),
            ("User-Agent: Mutt/1.5.20 (2009-12-10)", Some("mutt")),
            ("X-Mailer: iPhone Mail (20A362)", Some("iphone mail")),
            ("X-Mailer: 1.0", None),
            (
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Gecko/20100101 Thunderbird/91.2",
                Some("thunderbird"),
            ),
            ("Message-ID: <CAabc@mail.gmail.com>", Some("gmail")),
            ("Message-ID: <TY0@TY0PR.apcprd01.prod.outlook.com>", Some("microsoft 365")),
            ("Message-ID: <1@kita.example>", None),
            ("Subject: x", None),
        ] {
            let message = read(format!("{header}\r\n\r\n").as_bytes(), &Limits::default());
            assert_eq!(message.mail_program().as_deref(), expected, "{header}");
        }
    }

    #[test]
    fn languages_are_told_by_letters() {
        for (text, expected) in [
            ("いつもお世話になっております。見積書をお送りいたします。", Some("ja")),
            ("Please find attached the quotation for your project.", Some("en")),
            ("您好，附件是我们公司的报价单，请您查收并尽快回复，谢谢。", Some("zh")),
            ("안녕하세요. 견적서를 첨부하여 보내드립니다. 확인 부탁드립니다.", Some("ko")),
            ("Добрый день, высылаю вам счёт за октябрь.", Some("ru")),
            ("Anbei erhalten Sie das Angebot, um das Sie uns gebeten haben.", Some("latin")),
            ("了解です", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), expected, "{text}");
        }
    }

    #[test]
    fn networks_are_the_beginnings_of_addresses() {
        for (client, expected) in [
            ("203.0.113.9", Some("203.0.113")),
            ("[203.0.113.9]", Some("203.0.113")),
            ("::ffff:203.0.113.9", Some("203.0.113")),
            ("2001:db8:7::1", Some("2001:db8:7")),
            ("mx.partner.example", None),
        ] {
            assert_eq!(network_of(client).as_deref(), expected, "{client}");
        }
    }

    #[test]
    fn the_sending_network_is_the_first_outside() {
        for (trace, expected) in [
            (
                "from mail.kita.example (mail.kita.example [203.0.113.5]) by mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0900",
                Some("203.0.113"),
            ),
            (
                "from a.kita.example (a.kita.example [2001:db8:7:1::5]) by mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0900",
                Some("2001:db8:7"),
            ),
            (
                "from localhost (localhost [127.0.0.1]) by mx.midori.example with LMTP; Tue, 24 Nov 2026 10:00:00 +0900\nReceived: from gw.midori.example (gw.midori.example [203.0.113.99]) by mx.midori.example with ESMTP; Tue, 24 Nov 2026 10:00:00 +0900\nReceived: from mail.kita.example (mail.kita.example [198.51.100.7]) by gw.midori.example with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0900",
                Some("198.51.100"),
            ),
            (
                "from pc (pc [192.168.0.5]) by mx.midori.example with ESMTPA; Tue, 24 Nov 2026 10:00:00 +0900",
                None,
            ),
        ] {
            let mail = format!("Received: {trace}\nFrom: a@b.example\n\nx\n");
            let message = read(mail.as_bytes(), &Limits::default());
            assert_eq!(message.sending_network().as_deref(), expected, "{trace}");
        }
    }
}
