//! A list of people in a CSV file → people (RFC 4180; UTF-8, or Shift_JIS as Excel writes it in Japan).

use std::path::Path;

use sekisho_facts::Person;
use sekisho_mail::Address;

use super::ConfigError;

/// A list of people over this size is not one: 5,000 people need some hundred kilobytes.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Reads a list of people: name, address, other spellings. A first line without an address is the heading.
///
/// # Errors
/// A file that cannot be read, or the first line that is no person.
pub fn read_file(file: &Path) -> Result<Vec<Person>, ConfigError> {
    let error =
        |line: usize, what: String| ConfigError { file: file.to_string_lossy().into_owned(), line, what };
    let size = std::fs::metadata(file)
        .map_err(|cause| error(1, format!("cannot be read ({cause}); check people_file")))?
        .len();
    if size > FILE_BYTES_MAX {
        return Err(error(1, format!("{size} bytes are no list of people; the limit is {FILE_BYTES_MAX}")));
    }
    let bytes = std::fs::read(file)
        .map_err(|cause| error(1, format!("cannot be read ({cause}); check people_file")))?;
    people(&decoded(&bytes)).map_err(|(line, what)| error(line, what))
}

/// A person written as `NAME <ADDRESS>`.
pub fn person(text: &str) -> Option<(String, Address)> {
    let (name, address) = text.rsplit_once('<')?;
    let name = name.trim().trim_matches('"').trim();
    let address = Address::parse(address.trim().strip_suffix('>')?)?;
    (!name.is_empty()).then(|| (name.to_owned(), address))
}

/// A person as the configuration writes one.
pub fn person_text(name: &str, address: &Address) -> String {
    format!(
        "{{ name = {}, address = {} }}",
        super::sample::quoted(name),
        super::sample::quoted(&address.to_string())
    )
}

fn decoded(bytes: &[u8]) -> String {
    let (text, _, _) = match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8.decode(bytes),
        Err(_) => encoding_rs::SHIFT_JIS.decode(bytes),
    };
    text.into_owned()
}

fn people(text: &str) -> Result<Vec<Person>, (usize, String)> {
    let mut people = Vec::new();
    for (at, (line, cells)) in records(text).into_iter().enumerate() {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match Address::parse(cell(1)) {
            Some(address) if !cell(0).is_empty() => {
                let also: Vec<String> = cells
                    .iter()
                    .skip(2)
                    .map(|cell| cell.trim().to_owned())
                    .filter(|cell| !cell.is_empty())
                    .collect();
                people.push(Person::new(cell(0), address, &also));
            }
            _ if at == 0 => {}
            _ => {
                return Err((
                    line,
                    format!("no name and address in \"{}\"; write NAME,ADDRESS", cells.join(",")),
                ));
            }
        }
    }
    Ok(people)
}

/// The records with the lines they begin in. A quoted cell may hold commas, doubled quotes and line ends.
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut records = Vec::new();
    let mut cells = vec![String::new()];
    let (mut line, mut begun, mut in_quotes) = (1, 1, false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if in_quotes && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut cells, '"');
            }
            '"' => in_quotes = !in_quotes,
            ',' | '\t' if !in_quotes => cells.push(String::new()),
            '\n' if !in_quotes => {
                records.push((begun, std::mem::replace(&mut cells, vec![String::new()])));
                begun = line;
            }
            '\r' => {}
            c => push(&mut cells, c),
        }
    }
    records.push((begun, cells));
    records
}

fn push(cells: &mut [String], c: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_excel_writes_them() {
        let text = "氏名,メールアドレス,別名\r\n佐藤 花子,sato@midori.example,Hanako Sato\r\n\"鈴木, 一郎\",suzuki@midori.example\r\n\r\n";
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        for bytes in [text.as_bytes(), &sjis, &[b"\xef\xbb\xbf", text.as_bytes()].concat()] {
            let people = people(&decoded(bytes)).unwrap();
            assert_eq!(
                people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(),
                ["佐藤 花子", "鈴木, 一郎"]
            );
            assert_eq!(people[0].keys.len(), 2);
        }
    }

    #[test]
    fn a_line_that_is_no_person_is_told() {
        let error = people("佐藤,sato@midori.example\n鈴木,suzuki\n").err().unwrap();
        assert_eq!(error, (2, "no name and address in \"鈴木,suzuki\"; write NAME,ADDRESS".to_owned()));
    }

    #[test]
    fn people_on_the_command_line() {
        let (name, address) = person("佐藤 花子 <sato@midori.example>").unwrap();
        assert_eq!((name.as_str(), address.to_string().as_str()), ("佐藤 花子", "sato@midori.example"));
        assert_eq!(person("sato@midori.example"), None);
        assert_eq!(person("<sato@midori.example>"), None);
    }
}
