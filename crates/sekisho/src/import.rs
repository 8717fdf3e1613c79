//! `import`: address books and lists → contacts that count as confirmed, because a person of ours keeps them.
//!
//! What a file is, is told by its content: vCards, LDIF, or a table.

mod book;
mod charset;
mod ldif;
mod table;
#[cfg(test)]
mod tests;
mod vcard;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use sekisho_judge::Lang;
use sekisho_mail::Address;
use sekisho_store::{Correspondent, Store};
use serde::Serialize;

use crate::files::{Obstacle, Problem};
use crate::flags::Import;
use crate::judging::json_line;
use crate::memory;
use crate::scan::{EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::{either, harmless};
use book::Entry;

/// An address book over this size is none: 100,000 people need some ten megabytes.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Takes every file into the memory.
pub fn run(import: &Import, setup: &Setup) -> ExitCode {
    let mut unusable = setup.complain();
    let mut store = match memory::open(setup) {
        Ok(store) => store,
        Err(error) => {
            terminal::complain(&error.words(setup.lang));
            return ExitCode::from(EXIT_UNUSABLE);
        }
    };
    let mut imported = Vec::new();
    for file in &import.files {
        match one(file, import, &mut store, setup) {
            Ok(done) => imported.push(done),
            Err(line) => {
                terminal::complain(&line);
                unusable = true;
            }
        }
    }
    tell(&imported, import, setup);
    ExitCode::from(if unusable { EXIT_UNUSABLE } else { EXIT_NOTHING })
}

/// What was taken from one file.
#[derive(Serialize)]
struct Imported {
    file: String,
    format: &'static str,
    entries: usize,
    without_address: usize,
    contacts: usize,
    new: u64,
}

fn one(file: &Path, import: &Import, store: &mut Store, setup: &Setup) -> Result<Imported, String> {
    let shown = file.to_string_lossy().into_owned();
    let bytes = bytes_of(file).map_err(|obstacle| Problem::new(shown.clone(), obstacle).words(setup.lang))?;
    let Some((format, entries)) = read(&bytes) else {
        return Err(no_book(&shown, setup.lang));
    };
    let entries: Vec<Entry> = entries.into_iter().filter(|entry| *entry != Entry::default()).collect();
    let without_address = entries.iter().filter(|entry| entry.addresses.is_empty()).count();
    let count = entries.len();
    // In a list of partners, a firm's name is as well kept as a person's; an address at a provider for everybody is not the firm's.
    let lists = setup.lists();
    let is_firms = |address: &Address| import.partners && !lists.freemail.holds(address.domain());
    let firms: Vec<Correspondent> = entries.iter().flat_map(|entry| entry.organisations(is_firms)).collect();
    let people: Vec<Correspondent> = entries.into_iter().flat_map(Entry::correspondents).collect();
    let kind = match (import.staff, import.partners) {
        (true, _) => "staff",
        (_, true) => "partners",
        _ => "address book",
    };
    let name = file.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let list = format!("{kind}: {name}");
    let mut take = |some: &[Correspondent]| {
        let new = store.import(some, &list, Timestamp::now().as_second());
        new.map_err(|error| memory::words(&error, setup.lang))
    };
    let new = take(&people)?;
    take(&firms)?;
    Ok(Imported { file: shown, format, entries: count, without_address, contacts: people.len(), new })
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Obstacle> {
    let mut bytes = Vec::new();
    let read = |input: &mut dyn Read, bytes: &mut Vec<u8>| input.take(FILE_BYTES_MAX + 1).read_to_end(bytes);
    let result = if file == Path::new("-") {
        read(&mut io::stdin().lock(), &mut bytes)
    } else {
        File::open(file).and_then(|mut opened| read(&mut opened, &mut bytes))
    };
    match result {
        Err(error) => Err(Obstacle::of(&error)),
        Ok(_) if bytes.len() as u64 > FILE_BYTES_MAX => Err(Obstacle::TooLarge(FILE_BYTES_MAX)),
        Ok(_) if bytes.is_empty() => Err(Obstacle::Empty),
        Ok(_) => Ok(bytes),
    }
}

/// The format and the entries; `None` where it is no address book.
fn read(bytes: &[u8]) -> Option<(&'static str, Vec<Entry>)> {
    if vcard::is_one(bytes) {
        return Some(("vcard", vcard::read(bytes)));
    }
    let text = charset::text(bytes);
    if ldif::is_one(&text) {
        return Some(("ldif", ldif::read(&text)));
    }
    table::read(&text).map(|entries| ("csv", entries))
}

fn no_book(file: &str, lang: Lang) -> String {
    let file = harmless(file);
    either(
        lang,
        format!(
            "{file}: アドレス帳として読めません。Outlook か Google の CSV、vCard（.vcf）、LDIF で書き出してください"
        ),
        format!("{file}: is no address book; export it as CSV (Outlook, Google), vCard (.vcf) or LDIF"),
    )
}

fn tell(imported: &[Imported], import: &Import, setup: &Setup) {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        files: &'a [Imported],
    }
    if import.json {
        let _ = terminal::print(&json_line(&Answer { schema: "sekisho.imported/1", files: imported }));
        return;
    }
    if setup.speech == Speech::Quiet {
        return;
    }
    for done in imported {
        let file = harmless(&done.file);
        let (contacts, new, without) = (done.contacts, done.new, done.without_address);
        let mut words = either(
            setup.lang,
            format!("{file}: 連絡先 {contacts} 件のうち {new} 件を新しく登録しました。"),
            format!("{file}: {contacts} contacts, {new} of them new."),
        );
        if without > 0 {
            words.push_str(&either(
                setup.lang,
                format!("メールアドレスのない {without} 件は登録していません。"),
                format!(" Entries without a mail address: {without}; they were left out."),
            ));
        }
        let _ = terminal::print(&setup.page.paragraph("", &words));
    }
}
