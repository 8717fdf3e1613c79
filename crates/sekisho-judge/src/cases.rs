//! A check's cases: text in the check's own file → mails to try it on. The same text shows up in the reference page.
//!
//! A case begins with `== fires: title`, `== fires info: title`, `== fires weak: title`, `== fires strong: title` or `== quiet: title`. Then come lines for the
//! surroundings (`own: DOMAIN`, `own service: DOMAIN`, `partner: DOMAIN`, `person: NAME <ADDRESS>`, `now: 2026-11-24`, `ended: REASON` where the
//! mail ended its reader, what is known of the sender, see `cases/sender.rs`, and what is remembered, see `cases/memory.rs`), header
//! fields, an empty line and the text. Sections may follow: `--- html` with HTML, `--- attach NAME as KIND` (an inert sample of that
//! kind), `--- attach NAME locked KIND`, `--- attach NAME text` with its text, `--- attach NAME padded KIND`; or, instead
//! of header and text, `--- raw` with a whole mail. `{U+202E}` stands for that character. Missing `From`, `To`, `Date`,
//! `Message-ID` and `MIME-Version` are filled in, except in raw mails.
//!
//! Under an attachment as, locked or padded, `deed: KIND DANGER STARTS, … > DOES, … | LINK …` says that opening it does
//! that (whether bytes really do is tested where they are read), and `opened with: PLACE` that a password opened it.

mod memory;
mod sender;

use data_encoding::BASE64;
use jiff::civil::Date;
use sekisho_content::{Deed, Kind, Unread};
use sekisho_facts::{Facts, Own, Person};
use sekisho_mail::{Address, FoundIn, Limits, Message};
use serde::de::DeserializeOwned;

/// What a check must do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// At least one finding of the check's own grade.
    Fires,
    /// At least one finding, and none above info.
    FiresInfo,
    /// At least one finding, and none above weak.
    FiresWeak,
    /// At least one strong finding, although the check's own grade is less.
    FiresStrong,
    /// No finding.
    Quiet,
}

/// One case, ready to be judged.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What the check must do.
    pub expected: Expected,
    /// What the case is about.
    pub title: String,
    /// The mail.
    pub mail: Vec<u8>,
    /// The organisation it comes to.
    pub own: Own,
    /// What was gathered about it.
    pub facts: Facts,
    /// The moment of judging, where the case names one.
    pub today: Option<Date>,
    ended: Option<Unread>,
    said: Vec<Said>,
}

/// What a case says of an attachment beyond its bytes.
#[derive(Clone, Debug)]
struct Said {
    name: String,
    deeds: Vec<Deed>,
    opened_with: Option<FoundIn>,
}

impl Trial {
    /// The mail, read, with what the case says of its attachments.
    pub fn message(&self) -> Message {
        let mut message = sekisho_mail::read(&self.mail, &Limits::default());
        if let Some(why) = self.ended {
            return Message::not_read(&self.mail, Some(message), why);
        }
        for part in &mut message.parts {
            let name = part.name().to_owned();
            for said in self.said.iter().filter(|said| said.name == name) {
                part.deeds.extend(said.deeds.iter().cloned());
                part.opened_with = said.opened_with.or(part.opened_with);
            }
        }
        message
    }
}

/// Reads a check's cases. The error says which line is wrong.
pub fn trials(cases: &str) -> Result<Vec<Trial>, String> {
    let mut trials = Vec::new();
    for block in cases.split("\n== ").skip(1) {
        let (heading, rest) = block.split_once('\n').unwrap_or((block, ""));
        let (word, title) =
            heading.split_once(": ").ok_or_else(|| format!("no title in \"== {heading}\""))?;
        let expected = match word {
            "fires" => Expected::Fires,
            "fires info" => Expected::FiresInfo,
            "fires weak" => Expected::FiresWeak,
            "fires strong" => Expected::FiresStrong,
            "quiet" => Expected::Quiet,
            other => {
                return Err(format!(
                    "unknown heading \"== {other}\"; write fires, fires info, fires weak, fires strong or quiet"
                ));
            }
        };
        trials.push(trial(expected, title, rest).map_err(|error| format!("{title}: {error}"))?);
    }
    if trials.is_empty() { Err("no case found".to_owned()) } else { Ok(trials) }
}

fn trial(expected: Expected, title: &str, text: &str) -> Result<Trial, String> {
    let text = characters(text)?;
    let mut domains = Vec::new();
    let mut services = Vec::new();
    let mut partners = Vec::new();
    let mut people = Vec::new();
    let mut told = sender::Told::default();
    let mut remembered = memory::Remembered::default();
    let mut today = None;
    let mut ended = None;
    let mut rest = text.as_str();
    while let Some((line, after)) = rest.split_once('\n') {
        let Some((key, value)) = line.split_once(": ") else { break };
        match key {
            "own" => domains.push(value.to_owned()),
            "person" => people.push(person(value)?),
            "own service" => services.push(value.to_owned()),
            "partner" => partners.push(value.to_owned()),
            "now" => today = Some(day(value)?),
            "ended" => ended = Some(word(value)?),
            _ if told.take(key, value)? || remembered.take(key, value)? => {}
            _ if key.starts_with(|c: char| c.is_ascii_lowercase()) => {
                return Err(format!("unknown line \"{line}\""));
            }
            _ => break,
        }
        rest = after;
    }
    let own = Own::new("みどり設計事務所", domains, people).with_services(services).with_partners(partners);
    let mail = mail(rest)?;
    Ok(Trial {
        expected,
        title: title.to_owned(),
        facts: Facts { relations: remembered.relations(&mail)?, ..told.facts(&mail) },
        mail,
        own,
        today,
        ended,
        said: said(rest)?,
    })
}

/// What stands under the headings of attachments.
fn said(text: &str) -> Result<Vec<Said>, String> {
    let sections =
        text.split("\n--- attach ").skip(1).map(|piece| piece.split("\n--- ").next().unwrap_or(piece));
    let mut all = Vec::new();
    for section in sections {
        let mut lines = section.lines();
        let heading = lines.next().unwrap_or_default();
        let name = [" as ", " locked ", " padded "].iter().find_map(|word| heading.rsplit_once(word));
        let Some((name, _)) = name else { continue };
        let mut said = Said { name: name.to_owned(), deeds: Vec::new(), opened_with: None };
        for line in lines.filter(|line| !line.is_empty()) {
            match line.split_once(": ") {
                Some(("deed", value)) => said.deeds.push(deed(value)?),
                Some(("opened with", place)) => said.opened_with = Some(word(place)?),
                _ => return Err(format!("unknown line \"{line}\" under an attachment")),
            }
        }
        all.push(said);
    }
    Ok(all)
}

fn deed(value: &str) -> Result<Deed, String> {
    let (value, links) = value.split_once(" | ").unwrap_or((value, ""));
    let (head, does) = value.split_once(" > ").unwrap_or((value, ""));
    let mut head = head.splitn(3, ' ');
    let (kind, danger) = (head.next().unwrap_or_default(), head.next().unwrap_or_default());
    let listed = |text: &str| text.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Ok(Deed {
        kind: word(kind)?,
        danger: word(danger)?,
        place: String::new(),
        starts: listed(head.next().unwrap_or_default()),
        does: listed(does),
        links: links.split_whitespace().map(str::to_owned).collect(),
        strings: Vec::new(),
    })
}

/// A word as it stands in JSON.
fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(text.into()).map_err(|_| format!("unknown word \"{text}\""))
}

fn person(value: &str) -> Result<Person, String> {
    let (name, address) = value.split_once('<').ok_or_else(|| format!("no address in \"{value}\""))?;
    let address = Address::parse(address).ok_or_else(|| format!("no address in \"{value}\""))?;
    Ok(Person::new(name.trim(), address, &[]))
}

fn day(value: &str) -> Result<Date, String> {
    value.parse().map_err(|_| format!("no day: \"{value}\""))
}

/// Replaces `{U+XXXX}` by the character.
fn characters(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{U+") {
        let (number, after) = after.split_once('}').ok_or("a {U+ without its }")?;
        let character = u32::from_str_radix(number, 16).ok().and_then(char::from_u32);
        out.push_str(before);
        out.push(character.ok_or_else(|| format!("no character: U+{number}"))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// A section of a case after the mail's own text.
struct Section<'a> {
    heading: &'a str,
    text: &'a str,
}

fn mail(text: &str) -> Result<Vec<u8>, String> {
    let text = format!("\n{}\n", text.trim_end_matches('\n'));
    let mut pieces = text.split("\n--- ");
    let own = pieces.next().unwrap_or_default().trim_start_matches('\n');
    let sections: Vec<Section<'_>> = pieces
        .map(|piece| {
            let (heading, text) = piece.split_once('\n').unwrap_or((piece, ""));
            Section { heading: heading.trim(), text }
        })
        .collect();
    if let Some(raw) = sections.iter().find(|section| section.heading == "raw") {
        return Ok(raw.text.trim_end_matches('\n').replace('\n', "\r\n").into_bytes());
    }
    let (header, body) = match own.split_once("\n\n") {
        Some((header, body)) => (header, body),
        None if own.starts_with('\n') || own.is_empty() => ("", own),
        None => (own.trim_end_matches('\n'), ""),
    };
    let mut mail = filled_in(header);
    let parts = parts(body, &sections)?;
    if let [only] = parts.as_slice() {
        mail.push_str(only);
    } else {
        mail.push_str("Content-Type: multipart/mixed; boundary=\"=_case\"\n\n");
        for part in &parts {
            mail.push_str(&format!("--=_case\n{part}\n"));
        }
        mail.push_str("--=_case--\n");
    }
    Ok(mail.replace('\n', "\r\n").into_bytes())
}

fn filled_in(header: &str) -> String {
    let mut mail = String::from(header);
    if !mail.is_empty() {
        mail.push('\n');
    }
    for (name, value) in [
        ("From", "=?utf-8?B?5bGx55Sw5aSq6YOO?= <yamada@partner.example>"),
        ("To", "sato@midori.example"),
        ("Date", "Tue, 24 Nov 2026 10:00:00 +0900"),
        ("Message-ID", "<case@partner.example>"),
        ("MIME-Version", "1.0"),
    ] {
        let there = header
            .lines()
            .any(|line| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        if !there {
            mail.push_str(&format!("{name}: {value}\n"));
        }
    }
    mail
}

/// The parts of the mail, each with its own fields: text, HTML, attachments.
fn parts(body: &str, sections: &[Section<'_>]) -> Result<Vec<String>, String> {
    let html = sections.iter().find(|section| section.heading == "html");
    let mut texts = Vec::new();
    if !body.trim().is_empty() || html.is_none() {
        texts.push(format!(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
        ));
    }
    if let Some(html) = html {
        texts.push(format!(
            "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}",
            html.text
        ));
    }
    let mut parts = match texts.as_slice() {
        [plain, html] => vec![format!(
            "Content-Type: multipart/alternative; boundary=\"=_alt\"\n\n--=_alt\n{plain}\n--=_alt\n{html}\n--=_alt--\n"
        )],
        _ => texts,
    };
    for section in sections.iter().filter(|section| section.heading != "html") {
        parts.push(attachment(section)?);
    }
    Ok(parts)
}

fn attachment(section: &Section<'_>) -> Result<String, String> {
    let wrong = || format!("unknown section \"--- {}\"", section.heading);
    let heading = section.heading.strip_prefix("attach ").ok_or_else(wrong)?;
    let kind_named = |id: &str| {
        Kind::ALL.iter().copied().find(|kind| kind.id() == id).ok_or_else(|| format!("unknown kind \"{id}\""))
    };
    let (name, content) = if let Some(name) = heading.strip_suffix(" text") {
        (name, section.text.as_bytes().to_vec())
    } else if let Some((name, kind)) = heading.rsplit_once(" as ") {
        (
            name,
            sekisho_content::sample(kind_named(kind)?)
                .ok_or_else(|| format!("no sample of kind \"{kind}\""))?,
        )
    } else if let Some((name, kind)) = heading.rsplit_once(" locked ") {
        (
            name,
            sekisho_content::locked_sample(kind_named(kind)?)
                .ok_or_else(|| format!("no locked sample of kind \"{kind}\""))?,
        )
    } else if let Some((name, kind)) = heading.rsplit_once(" padded ") {
        let mut bytes = sekisho_content::sample(kind_named(kind)?)
            .ok_or_else(|| format!("no sample of kind \"{kind}\""))?;
        bytes.resize(bytes.len() + PADDING_BYTES, 0);
        (name, bytes)
    } else {
        return Err(wrong());
    };
    let word = BASE64.encode(name.as_bytes());
    let encoded = BASE64.encode(&content);
    Ok(format!(
        "Content-Type: application/octet-stream; name=\"=?utf-8?B?{word}?=\"\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"=?utf-8?B?{word}?=\"\n\n{encoded}\n"
    ))
}

/// How much padding a `padded` section adds.
const PADDING_BYTES: usize = 8 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ALL, Grade, Input, Registered, checks, lists::Lists};

    /// The built-in lists are in date.
    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    fn failures(registered: &Registered) -> Vec<String> {
        let trials = match trials(registered.check.cases) {
            Ok(trials) => trials,
            Err(error) => return vec![format!("{}: {error}", registered.id)],
        };
        let lists = Lists::built_in();
        let mut failures = Vec::new();
        for trial in &trials {
            let message = trial.message();
            let today = trial.today.unwrap_or(TODAY);
            let input = Input::new(&message, &trial.facts, &trial.own, lists, today);
            let unmet: Vec<_> =
                registered.check.needs.iter().filter(|need| input.unmet(**need).is_some()).collect();
            let found = if unmet.is_empty() { checks::run_one(registered, &input) } else { Vec::new() };
            let highest = found.iter().map(|finding| finding.grade).max();
            let fine = match trial.expected {
                Expected::Fires => highest == Some(registered.check.grade),
                Expected::FiresInfo => highest == Some(Grade::Info),
                Expected::FiresWeak => highest == Some(Grade::Weak),
                Expected::FiresStrong => highest == Some(Grade::Strong),
                Expected::Quiet => highest.is_none(),
            };
            if !fine {
                failures.push(format!(
                    "{}: {}: expected {:?}, found {found:#?}",
                    registered.id, trial.title, trial.expected
                ));
            }
        }
        for wanted in [Expected::Fires, Expected::Quiet] {
            if !trials.iter().any(|trial| trial.expected == wanted) {
                failures.push(format!("{}: no case that is {wanted:?}", registered.id));
            }
        }
        failures
    }

    #[test]
    fn every_case_of_every_check_holds() {
        let failures: Vec<String> = ALL.iter().flat_map(failures).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn sentences_name_only_arguments_that_every_finding_has() {
        let lists = Lists::built_in();
        for registered in ALL {
            for trial in trials(registered.check.cases).unwrap() {
                let message = trial.message();
                let input = Input::new(&message, &trial.facts, &trial.own, lists, TODAY);
                if registered.check.needs.iter().any(|need| input.unmet(*need).is_some()) {
                    continue;
                }
                for finding in checks::run_one(registered, &input) {
                    for text in [&registered.check.says.ja, &registered.check.says.en] {
                        for name in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
                            assert!(
                                finding.arguments.contains_key(name.0),
                                "{}: {{{}}} is missing",
                                registered.id,
                                name.0
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_misspelt_heading_is_refused() {
        assert!(trials("\n== fire: x\nFrom: a@b.example\n").unwrap_err().contains("fire"));
        assert!(trials("\n== quiet x\n").is_err());
        assert!(trials("\n== quiet: x\n\ntext\n--- attch a as pdf\n").unwrap_err().contains("attch"));
        let misspelt = "\n== quiet: x\n\ntext\n--- attach a as pdf\ndeed: makro active\n";
        assert!(trials(misspelt).unwrap_err().contains("makro"));
    }
}
