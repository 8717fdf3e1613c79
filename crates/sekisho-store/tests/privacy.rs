//! No text of a mail lies anywhere in the home after learning: every file of it is searched for pieces of every text, in every charset
//! that a copy of a text could be in. Addresses and names are kept, and are what shows that the search finds what is there.
#![allow(clippy::print_stderr, clippy::unwrap_used)] // A test without its data says so; a failed step of a test is its failure.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use sekisho_facts::Sender;
use sekisho_mail::{Address, Limits, Message};
use sekisho_store::{Direction, Learnt, Letters, ReadMail, Secret, Store, Trust};

/// Characters of a piece: long enough that no bytes look like it by chance, short enough that no kept sentence is missed.
const PIECE_CHARS: usize = 12;
/// Characters of a name that is looked for.
const SIGNED_CHARS_MIN: usize = 8;
/// Pieces of one mail, spread over it.
const PIECES_MAX: usize = 40;

#[test]
fn no_text_of_the_sample_mails_is_in_the_home() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/inbox");
    let files = files(&folder, usize::MAX);
    assert!(files.len() >= 10, "{files:?}");
    nothing_is_kept_of(&files);
}

#[test]
fn no_text_of_real_mails_is_in_the_home() {
    const MAILS: usize = 300;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/spam-assassin");
    let mut some = Vec::new();
    for kind in ["easy-ham-1", "hard-ham-1", "spam-2"] {
        some.extend(files(&folder.join(kind), MAILS / 3));
    }
    if some.is_empty() {
        eprintln!("data/spam-assassin is not there (make data): no real mail was tested");
        return;
    }
    nothing_is_kept_of(&some);
}

fn nothing_is_kept_of(files: &[PathBuf]) {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open("sqlite", home.path(), Secret::from_bytes([9; 32])).unwrap();
    let learnt: Vec<Learnt> = files.iter().enumerate().map(|(number, file)| learnt(file, number)).collect();
    let kept = kept(&learnt);
    let mut pieces = pieces(&learnt, &kept);
    assert!(pieces.len() > files.len(), "there is something to look for");
    // The names of our own tables are no text of a mail.
    let own = Search::of(&pieces).found(home.path());
    assert!(own.len() < 5, "{own:?}");
    pieces.retain(|piece| !own.contains(piece));
    let search = Search::of(&pieces);
    // While the store is open most of it is in the log beside the database; afterwards it is in the database.
    store.learn(&learnt).unwrap();
    let open = names(home.path());
    assert!(open.iter().any(|name| name.ends_with("-wal")), "{open:?}");
    assert_eq!(search.found(home.path()), BTreeSet::new());
    // The search finds what is kept, in the way in which it is kept.
    let address = learnt.iter().find_map(|mail| Some(mail.sender.as_ref()?.address.to_string())).unwrap();
    let of_address = BTreeSet::from([address.clone()]);
    assert_eq!(Search::of(&of_address).found(home.path()), of_address);
    for mail in learnt.iter().step_by(3) {
        store.unlearn(&mail.mailbox, &mail.key).unwrap();
    }
    drop(store);
    assert_eq!(search.found(home.path()), BTreeSet::new());
}

fn learnt(file: &Path, number: usize) -> Learnt {
    let bytes = fs::read(file).unwrap();
    let message: Message = sekisho_mail::read(&bytes, &Limits::default());
    let mailbox = Address::parse("sato@midori.example").unwrap();
    let (direction, trust) = match number % 3 {
        0 => (Direction::Sent, Trust::Unproven),
        1 => (Direction::Received, Trust::Authenticated),
        _ => (Direction::Received, Trust::Unproven),
    };
    let sender = Sender::default();
    ReadMail { mailbox: &mailbox, message: &message, sender: &sender, direction, trust, now: 1_790_000_000 }
        .learnt()
}

/// What may be kept: addresses, names beside them, domains, mail programs.
fn kept(learnt: &[Learnt]) -> String {
    let mut kept = Vec::new();
    for mail in learnt {
        for party in mail.sender.iter().chain(&mail.receivers) {
            kept.extend([party.address.to_string(), party.name.clone()]);
        }
        kept.extend(mail.announces.iter().map(ToString::to_string));
        kept.extend(mail.ways.domains.iter().cloned());
        kept.extend([mail.list.clone(), mail.ways.mailer.clone(), mail.ways.network.clone()]);
    }
    kept.join("\n").to_lowercase()
}

/// Pieces of the texts as they stand, and of their letters; names in signatures whole.
fn pieces(learnt: &[Learnt], kept: &str) -> BTreeSet<String> {
    let mut pieces = BTreeSet::new();
    for mail in learnt {
        let signed = mail.signed.iter().filter(|name| name.chars().count() >= SIGNED_CHARS_MIN);
        pieces.extend(signed.filter(|name| !kept.contains(&name.to_lowercase())).cloned());
        for text in std::iter::once(&mail.own_text).chain(&mail.quoted) {
            let letters: String = Letters::of(text).all().iter().map(|letter| letter.letter).collect();
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for text in [words, letters] {
                let chars: Vec<char> = text.chars().collect();
                let step = (chars.len() / PIECES_MAX).max(PIECE_CHARS);
                let all =
                    chars.windows(PIECE_CHARS).step_by(step).map(|piece| piece.iter().collect::<String>());
                pieces.extend(
                    all.filter(|piece| says_something(piece) && !kept.contains(&piece.to_lowercase())),
                );
            }
        }
    }
    pieces
}

/// A line of one character says nothing, and databases have such lines of their own.
fn says_something(piece: &str) -> bool {
    piece.chars().collect::<BTreeSet<char>>().len() >= 5
}

/// A search for all pieces at once, each in every charset.
struct Search<'a> {
    needles: AhoCorasick,
    of_piece: Vec<&'a String>,
}

impl<'a> Search<'a> {
    fn of(pieces: &'a BTreeSet<String>) -> Self {
        let (mut needles, mut of_piece) = (Vec::new(), Vec::new());
        for piece in pieces {
            let all = copies(piece);
            of_piece.extend(all.iter().map(|_| piece));
            needles.extend(all);
        }
        let needles = AhoCorasick::builder().ascii_case_insensitive(true).build(needles).unwrap();
        Self { needles, of_piece }
    }

    /// Which pieces are in a file of the home, or in a file's name.
    fn found(&self, home: &Path) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for name in names(home) {
            let bytes = [name.as_bytes(), b"\n", &fs::read(home.join(&name)).unwrap()].concat();
            for hit in self.needles.find_overlapping_iter(&bytes) {
                found.insert(self.of_piece[hit.pattern().as_usize()].clone());
            }
        }
        found
    }
}

/// A text as its copy could stand in a file.
fn copies(text: &str) -> BTreeSet<Vec<u8>> {
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let mut copies = BTreeSet::from([
        text.as_bytes().to_vec(),
        utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
    ]);
    for charset in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
        let (bytes, _, has_unmappable) = charset.encode(text);
        copies.extend((!has_unmappable).then(|| bytes.into_owned()));
    }
    for form in
        [data_encoding::BASE64.encode(text.as_bytes()), data_encoding::HEXLOWER.encode(text.as_bytes())]
    {
        // What stands behind it changes its last letters.
        copies.insert(form.as_bytes()[..form.len() - 4].to_vec());
    }
    copies
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn files(folder: &Path, count: usize) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files.truncate(count);
    files
}
