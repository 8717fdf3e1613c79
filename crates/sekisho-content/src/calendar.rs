//! A calendar entry → its links, its attached files, and what its alarms do (RFC 5545; vCalendar 1.0).

use crate::limits::{CALENDAR_LINES_MAX, CALENDAR_LINKS_MAX};
use crate::open::{Cost, Deeds, Done, Hold, Look};
use crate::page::constants::{Base64, Stream};
use crate::{Danger, DeedKind, Kind, Unread};

/// Looks at a calendar entry.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::Ics {
        return;
    }
    if !look.pays(Cost::Work(1 + look.bytes.len() as u64 / 8)) {
        return;
    }
    let (text, _, _) = encoding_rs::UTF_8.decode(look.bytes);
    let mut deeds = Deeds::default();
    let mut links: Vec<String> = Vec::new();
    let mut alarm = Alarm::None;
    let mut is_ended = false;
    for (at, line) in unfolded(&text).enumerate() {
        if at >= CALENDAR_LINES_MAX {
            look.opened.note(Unread::TooLarge, "lines");
            break;
        }
        let Some(property) = Property::read(&line) else { continue };
        match property.name.as_str() {
            "BEGIN" if property.value.eq_ignore_ascii_case("VALARM") => alarm = Alarm::Other,
            "END" if property.value.eq_ignore_ascii_case("VALARM") => alarm = Alarm::None,
            "END" if property.value.eq_ignore_ascii_case("VCALENDAR") => is_ended = true,
            "ACTION" if property.value.eq_ignore_ascii_case("PROCEDURE") && alarm != Alarm::None => {
                alarm = Alarm::Procedure;
            }
            // Version 1.0: when; how long; how often; what.
            "PALARM" => command(&mut deeds, property.value.rsplit(';').next().unwrap_or_default()),
            "ATTACH" if !attach(look, &property, alarm, &mut deeds) => break,
            _ => {}
        }
        links.extend(addresses(&property.text()));
        links.extend(property.parameter("ALTREP").into_iter().flat_map(|value| addresses(&value)));
    }
    if alarm == Alarm::Procedure && deeds.is_empty() {
        command(&mut deeds, "");
    }
    links.sort_unstable();
    links.dedup();
    if !links.is_empty() {
        deeds.add(DeedKind::Link, Danger::Harmless, "", Done { links, ..Done::default() });
    }
    if !is_ended {
        look.opened.note(Unread::Damaged, "calendar");
    }
    look.opened.deeds.extend(deeds.list());
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alarm {
    /// The line stands in no alarm.
    None,
    /// In an alarm that shows, sounds or writes.
    Other,
    /// In an alarm that runs a program.
    Procedure,
}

/// Takes an attachment; `false` where no more may follow.
fn attach(look: &mut Look<'_>, property: &Property<'_>, alarm: Alarm, deeds: &mut Deeds) -> bool {
    let is_binary = property.parameter("ENCODING").is_some_and(|value| value.eq_ignore_ascii_case("BASE64"))
        || property.parameter("VALUE").is_some_and(|value| value.eq_ignore_ascii_case("BINARY"));
    let packed = match property.value.split_once(";base64,") {
        Some((_, packed)) if property.value.starts_with("data:") => Some(packed),
        _ => is_binary.then_some(property.value),
    };
    if let Some(packed) = packed {
        let names = ["X-FILENAME", "FILENAME", "X-APPLE-FILENAME", "X-LABEL", "X-ORACLE-FILENAME"];
        let names = names.iter().filter_map(|name| property.parameter(name)).collect();
        return look.unpack(names, &mut Stream(Base64::new(packed.bytes())), Hold::Embedded);
    }
    let target = property.text();
    if alarm == Alarm::Procedure {
        command(deeds, &target);
    } else if is_share(&target) {
        // A reminder fetches its sound by itself, and shows the other side who asks.
        let danger = if alarm == Alarm::None { Danger::Active } else { Danger::Dangerous };
        let starts = if alarm == Alarm::None { Vec::new() } else { vec!["reminder".to_owned()] };
        let done = Done { starts, does: vec!["ATTACH".to_owned()], links: vec![target], ..Done::default() };
        deeds.add(DeedKind::ExternalObject, danger, "", done);
    }
    true
}

fn command(deeds: &mut Deeds, line: &str) {
    let done = Done {
        starts: vec!["reminder".to_owned()],
        does: vec!["PROCEDURE".to_owned()],
        strings: vec![line.to_owned()],
        ..Done::default()
    };
    deeds.add(DeedKind::Command, Danger::Dangerous, "VALARM", done);
}

fn is_share(target: &str) -> bool {
    let lower: String = target.trim().chars().take(8).flat_map(char::to_lowercase).collect();
    lower.starts_with("\\\\") || lower.starts_with("file:") || lower.starts_with("smb:")
}

/// One line: `NAME;PARAMETER=value:value`.
struct Property<'l> {
    name: String,
    parameters: &'l str,
    value: &'l str,
}

impl<'l> Property<'l> {
    fn read(line: &'l str) -> Option<Self> {
        // A colon in quotes belongs to a parameter.
        let mut is_quoted = false;
        let colon = line.char_indices().find(|(_, letter)| {
            is_quoted ^= *letter == '"';
            *letter == ':' && !is_quoted
        });
        let (head, value) = line.split_at(colon?.0);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        // `item1.URL` is `URL` of a group.
        let name = name.rsplit('.').next().unwrap_or(name).trim().to_ascii_uppercase();
        Some(Self { name, parameters, value: value.get(1..).unwrap_or_default().trim() })
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let mut is_quoted = false;
        let parts = self.parameters.split(|letter| {
            is_quoted ^= letter == '"';
            letter == ';' && !is_quoted
        });
        parts
            .filter_map(|part| part.split_once('='))
            .find(|(known, _)| known.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().trim_matches('"').to_owned())
    }

    /// The value with its escapes undone (3.3.11).
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut letters = self.value.chars().peekable();
        while let Some(letter) = letters.next() {
            match (letter, letters.peek()) {
                ('\\', Some('n' | 'N')) => {
                    letters.next();
                    text.push('\n');
                }
                ('\\', Some(';' | ',')) => {}
                _ => text.push(letter),
            }
        }
        text
    }
}

/// Lines whose continuations are put together again (3.1).
fn unfolded(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut line = lines.next()?.to_owned();
        while let Some(more) = lines.peek().and_then(|next| next.strip_prefix([' ', '\t'])) {
            line.push_str(more);
            lines.next();
        }
        Some(line)
    })
}

/// Addresses in a text.
fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("http").filter(|_| found.len() < CALENDAR_LINKS_MAX) {
        let from = rest.get(at..).unwrap_or_default();
        let end = from
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')' | '」' | '）' | '　')
            })
            .unwrap_or(from.len());
        let (address, behind) = from.split_at(end);
        if address.starts_with("http://") || address.starts_with("https://") {
            found.push(address.trim_end_matches(['.', ',', ';']).to_owned());
        }
        rest = if end == 0 { from.get(4..).unwrap_or_default() } else { behind };
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::{Budget, Keys, Kind, Unread, open};

    fn told(lines: &str) -> String {
        let text = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        told_of(text.as_bytes())
    }

    fn told_of(bytes: &[u8]) -> String {
        let mut words = Vec::new();
        let opened = open(bytes, Kind::Ics, &Keys::default(), &mut Budget::default(), &mut |member| {
            words.push(format!("+{:?} {}", member.names, String::from_utf8_lossy(&member.bytes)));
        });
        words.extend(opened.deeds.iter().map(|deed| {
            let what = deed.links.iter().chain(&deed.strings).cloned().collect::<Vec<_>>().join(" ");
            format!("{:?} {:?} {what}", deed.kind, deed.danger)
        }));
        words.extend(opened.unread.iter().map(|(unread, _)| format!("!{}", unread.id())));
        words.join(", ")
    }

    #[test]
    fn invitations() {
        let table = [
            ("SUMMARY:meeting", ""),
            (
                "DESCRIPTION:Join: https://meet.a.example/x\\, or call\\nhttps://a.exa\r\n mple/y.",
                "Link Harmless https://a.example/y https://meet.a.example/x",
            ),
            ("ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=\"a;b.txt\":aGVsbG8=", "+[\"a;b.txt\"] hello"),
            ("ATTACH;FMTTYPE=text/plain:data:text/plain;base64,aGVsbG8=", "+[] hello"),
            (
                "ATTACH:file://host.example/share/a.exe",
                "ExternalObject Active file://host.example/share/a.exe",
            ),
            ("ATTACH:\\\\host.example\\share", "ExternalObject Active \\\\host.example\\share"),
            ("ATTACH:https://a.example/b.pdf", "Link Harmless https://a.example/b.pdf"),
            ("ATTACH:CID:a@b.example", ""),
            ("BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:soon\r\nEND:VALARM", ""),
            (
                "BEGIN:VALARM\r\nACTION:AUDIO\r\nATTACH;FMTTYPE=audio/basic:file://host.example/a.wav\r\nEND:VALARM",
                "ExternalObject Dangerous file://host.example/a.wav",
            ),
            (
                "BEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:file:///c:/windows/a.exe\r\nEND:VALARM",
                "Command Dangerous file:///c:/windows/a.exe",
            ),
            ("PALARM:19980101T090000;;;c:\\a.exe", "Command Dangerous c:\\a.exe"),
        ];
        for (lines, expected) in table {
            assert_eq!(told(lines), expected, "{lines}");
        }
    }

    #[test]
    fn cut_entries_are_damaged() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH;ENCODING=BASE64:aGVsbG8=\r\nDESCRIPTION;X=\"a:b\":\\\r\nEND:VEVENT\r\nEND:VCALENDAR";
        for end in 0..text.len() {
            assert!(told_of(&text.as_bytes()[..end]).contains(Unread::Damaged.id()), "{end}");
            let mut flipped = text.as_bytes().to_vec();
            flipped[end] ^= 0x13;
            let _ = told_of(&flipped);
        }
    }
}
