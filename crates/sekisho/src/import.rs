//! `import`: address books and lists → contacts that count as confirmed, because a person of ours keeps them.
//!
//! What a file is, is told by its content: vCards, LDIF, or a table. A mail is none of these, though addresses stand in it.

mod book;
mod charset;
mod ldif;
mod mail;
mod quotes;
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
use sekisho_store::{Correspondent, Store, Vouched};
use serde::Serialize;

use crate::files::{Obstacle, Problem};
use crate::flags::Import;
use crate::judging::json_line;
use crate::memory;
use crate::scan::{EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::{either, harmless, harmless_address};
use book::Entry;
use quotes::Unclosed;

/// An address book over this size is none: 100,000 people need some ten megabytes.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Lines named where quotation marks are not closed.
const PLACES_TOLD_MAX: usize = 5;
/// People named who are left out since they were forgotten.
const FORGOTTEN_TOLD_MAX: usize = 5;

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
            Ok(done) => {
                if !done.unclosed.is_empty() {
                    terminal::complain(&not_closed(&done, setup.lang));
                    unusable = true;
                }
                if done.cut > 0 {
                    terminal::complain(&cut(&done, setup.lang));
                    unusable = true;
                }
                imported.push(done);
            }
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
    forgotten: usize,
    lines_left_out: u64,
    cut: u64,
    #[serde(skip)]
    unclosed: Vec<Unclosed>,
    #[serde(skip)]
    readmittable: Vec<Address>,
}

fn one(file: &Path, import: &Import, store: &mut Store, setup: &Setup) -> Result<Imported, String> {
    let shown = file.to_string_lossy().into_owned();
    let bytes = bytes_of(file).map_err(|obstacle| Problem::new(shown.clone(), obstacle).words(setup.lang))?;
    let Book { format, entries, unclosed, cut } = read(&shown, &bytes).map_err(|other| match other {
        NoBook::Mail => is_mail(&shown, setup.lang),
        NoBook::Other => no_book(&shown, setup.lang),
    })?;
    let lines_left_out = unclosed.iter().map(|lines| lines.last - lines.first + 1).sum();
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
    let Vouched { new, forgotten } = take(&people)?;
    take(&firms)?;
    let is_taken = |person: &&Correspondent| !forgotten.iter().any(|one| one.same_mailbox(&person.address));
    let contacts = people.iter().filter(is_taken).count();
    Ok(Imported {
        file: shown,
        format,
        entries: count,
        without_address,
        contacts,
        new,
        forgotten: forgotten.len(),
        lines_left_out,
        cut,
        unclosed,
        readmittable: forgotten,
    })
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

/// What was read of an address book.
struct Book {
    format: &'static str,
    entries: Vec<Entry>,
    unclosed: Vec<Unclosed>,
    cut: u64,
}

/// What is no address book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoBook {
    /// A mail, or many.
    Mail,
    /// Anything else.
    Other,
}

/// Reads an address book from a file called `name`.
fn read(name: &str, bytes: &[u8]) -> Result<Book, NoBook> {
    if mail::is_one(name, bytes) {
        return Err(NoBook::Mail);
    }
    if vcard::is_one(bytes) {
        let vcard::Cards { entries, cut } = vcard::read(bytes);
        return Ok(Book { format: "vcard", entries, unclosed: Vec::new(), cut });
    }
    let text = charset::text(bytes);
    if ldif::is_one(&text) {
        return Ok(Book { format: "ldif", entries: ldif::read(&text), unclosed: Vec::new(), cut: 0 });
    }
    let table::Table { entries, unclosed, has_headings } = table::read(&text).ok_or(NoBook::Other)?;
    if !has_headings && mail::is_in(&text) {
        return Err(NoBook::Mail);
    }
    Ok(Book { format: "csv", entries, unclosed, cut: 0 })
}

/// Where quotation marks that nothing closes stand, and what they cost.
fn not_closed(done: &Imported, lang: Lang) -> String {
    let Imported { entries, lines_left_out, .. } = done;
    let file = harmless(&done.file);
    let at: Vec<String> =
        done.unclosed.iter().take(PLACES_TOLD_MAX).map(|lines| lines.first.to_string()).collect();
    let more = done.unclosed.len() - at.len();
    let (lines_ja, lines_en) = (at.join("、"), at.join(", "));
    let (more_ja, more_en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!("ほか {more} か所"), format!(" and {more} more")),
    };
    either(
        lang,
        format!(
            "{file}: {lines_ja} 行目{more_ja}で始まる引用符（\"）が閉じられていないため、{lines_left_out} 行を取り込んでいません（読み取れたのは {entries} 件）。その行の引用符を直して、もう一度取り込んでください"
        ),
        format!(
            "{file}: the quotation mark (\") that begins in line {lines_en}{more_en} is not closed; lines left out: {lines_left_out}, entries read: {entries}; mend it there and import the file again"
        ),
    )
}

/// That vCards in it are not whole, and how many are.
fn cut(done: &Imported, lang: Lang) -> String {
    let Imported { entries, cut, .. } = done;
    let file = harmless(&done.file);
    either(
        lang,
        format!(
            "{file}: 途中が欠けている vCard（BEGIN:VCARD と END:VCARD が対になっていないもの）が {cut} 件あり、取り込んでいません（読み取れたのは {entries} 件）。アドレス帳を書き出し直して、もう一度取り込んでください"
        ),
        format!(
            "{file}: vCards of which a part is missing (BEGIN:VCARD without END:VCARD, or the other way round): {cut}; they were left out, entries read: {entries}; export the address book again and import it"
        ),
    )
}

fn is_mail(file: &str, lang: Lang) -> String {
    let file = harmless(file);
    either(
        lang,
        format!(
            "{file}: アドレス帳ではなくメールです。取り込むと、書かれているアドレスがすべて担当者の確認した相手になるため、取り込んでいません。メールから学習するには `sekisho learn`、相手を確認したことを登録するには `sekisho contacts confirm アドレス --name 名前 --by 担当者` を使ってください"
        ),
        format!(
            "{file}: is a mail and no address book; everybody named in it would count as confirmed by a person, so nothing was taken; to learn from mail use `sekisho learn`, to confirm somebody `sekisho contacts confirm ADDRESS --name NAME --by WHO`"
        ),
    )
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
        if done.forgotten > 0 {
            words.push_str(&left_out(done, setup.lang));
        }
        let _ = terminal::print(&setup.page.paragraph("", &words));
    }
}

/// Who stays forgotten, and the way back.
fn left_out(done: &Imported, lang: Lang) -> String {
    let count = done.forgotten;
    let named = done.readmittable.iter().take(FORGOTTEN_TOLD_MAX);
    let mut names: Vec<String> = named.map(|address| harmless_address(&address.to_string())).collect();
    if count > names.len() {
        names.push("…".to_owned());
    }
    either(
        lang,
        format!(
            "忘れた方 {count} 件は登録していません（{}）。戻すには `sekisho contacts readmit アドレス` を実行してから、もう一度取り込んでください。",
            names.join("、")
        ),
        format!(
            " People who were forgotten: {count}; they were left out ({}). `sekisho contacts readmit ADDRESS` lets them return; then import the file again.",
            names.join(", ")
        ),
    )
}
