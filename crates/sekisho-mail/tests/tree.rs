//! Small mails of every structure and defect → their trees, drawn one line a part, against `mails/*.tree`. Renew them with
//! `UPDATE_TREES=1 cargo test -p sekisho-mail --test tree` and read what changed.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use sekisho_mail::{Body, DefectKind, Limits, Message, Source};

#[test]
fn every_mail_has_the_tree_that_is_drawn() {
    let update = std::env::var_os("UPDATE_TREES").is_some();
    let mut different = Vec::new();
    for (path, bytes) in mails() {
        let drawing = draw(&sekisho_mail::read(&bytes, &Limits::default()));
        let expected = path.with_extension("tree");
        if update {
            std::fs::write(&expected, &drawing).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != drawing {
            different.push(format!("{}:\n{drawing}", path.display()));
        }
    }
    assert!(different.is_empty(), "UPDATE_TREES=1 renews them:\n{}", different.join("\n"));
}

#[test]
fn every_kind_of_defect_is_in_some_mail() {
    let mut seen = BTreeSet::new();
    for (_, bytes) in mails() {
        gather(&sekisho_mail::read(&bytes, &Limits::default()), &mut seen);
    }
    let missing: Vec<_> = DefectKind::ALL.iter().filter(|kind| !seen.contains(kind)).collect();
    assert!(missing.is_empty(), "no mail shows {missing:?}");
}

#[test]
fn paths_are_unique_and_bytes_are_shown_in_order() {
    for (path, bytes) in mails() {
        let mut shown = Vec::new();
        let message = sekisho_mail::read_with(&bytes, &Limits::default(), &mut |part, bytes| {
            assert_eq!(part.size_bytes, bytes.len() as u64);
            shown.push(part.path.clone());
        });
        let all: Vec<String> = message.parts_all().iter().map(|part| part.path.clone()).collect();
        let distinct: BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{}: {all:?}", path.display());
        let in_order: Vec<String> = all.into_iter().filter(|path| shown.contains(path)).collect();
        // What files hold comes when the texts have been read; each level keeps its order.
        let (held, own): (Vec<String>, Vec<String>) =
            shown.into_iter().partition(|path| is_held(&message, path));
        let (held_in_order, own_in_order): (Vec<String>, Vec<String>) =
            in_order.into_iter().partition(|path| is_held(&message, path));
        assert_eq!((own, held), (own_in_order, held_in_order), "{}", path.display());
    }
}

/// Whether a part stands in a file that was opened, at any depth.
fn is_held(message: &sekisho_mail::Message, path: &str) -> bool {
    let above = |part: &sekisho_mail::Part| path == part.path || path.starts_with(&format!("{}.", part.path));
    message.parts_all().into_iter().any(|part| part.hold.is_some() && above(part))
}

/// Samples of which mail-parser makes something that is not in our tree, and what.
const READ_OTHERWISE: &[&str] = &[
    // The text before decoding, where the encoding is broken, unknown, or its part not closed.
    "base64_foreign",
    "base64_rest",
    "not_closed",
    "uuencode_as_encoding",
    // One text, boundary lines included, where we divide.
    "boundary_of_another_multipart",
    "boundary_with_spaces",
    "multipart_in_base64",
    "parameter_with_comment",
    // A file, where we read a mail.
    "mail_named_eml",
    "partial",
    // The body without the line that ended the header.
    "header_line_broken",
    // A level deeper than our limit.
    "too_deep",
];

#[test]
fn every_part_that_mail_parser_sees_is_in_the_tree() {
    let mut missing = BTreeSet::new();
    for (path, bytes) in mails() {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut ours = BTreeSet::new();
        sekisho_mail::read_with(&bytes, &Limits::default(), &mut |_, bytes| {
            ours.insert(key(bytes));
        });
        let Some(theirs) = mail_parser::MessageParser::default().parse(&bytes) else { continue };
        let mut parts = Vec::new();
        flatten(&theirs, &mut parts);
        if parts.iter().any(|part| !part.is_empty() && !ours.contains(part)) {
            missing.insert(stem);
        }
    }
    let explained: BTreeSet<String> = READ_OTHERWISE.iter().map(|stem| (*stem).to_owned()).collect();
    assert_eq!(missing, explained);
}

fn flatten(message: &mail_parser::Message<'_>, into: &mut Vec<Vec<u8>>) {
    use mail_parser::PartType;
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) | PartType::Html(text) => into.push(key(text.as_bytes())),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => into.push(key(bytes)),
            PartType::Message(inner) => flatten(inner, into),
            PartType::Multipart(_) => {}
        }
    }
}

/// The ASCII letters and digits: charsets and line ends do not count.
fn key(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(u8::is_ascii_alphanumeric).collect()
}

fn gather(message: &Message, seen: &mut BTreeSet<DefectKind>) {
    seen.extend(message.defects.iter().map(|defect| defect.kind));
    for part in &message.parts {
        if let Body::Message(inner) = &part.body {
            gather(inner, seen);
        }
    }
}

/// The mails in order of their names.
fn mails() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/mails");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 45);
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

fn draw(message: &Message) -> String {
    let mut drawing = String::new();
    draw_into(message, "", &mut drawing);
    drawing
}

fn draw_into(message: &Message, indent: &str, drawing: &mut String) {
    let from: Vec<String> =
        message.from.iter().filter_map(|mailbox| mailbox.address.as_ref()).map(ToString::to_string).collect();
    let type_ = &message.media_type;
    writeln!(drawing, "{indent}mail {type_} from [{}] subject {:?}", from.join(" "), message.subject)
        .unwrap();
    for defect in &message.defects {
        let place = if defect.part.is_empty() { "mail" } else { &defect.part };
        writeln!(drawing, "{indent}! {} in {place} {:?}", defect.kind.id(), defect.seen).unwrap();
    }
    for part in &message.parts {
        let names: Vec<&str> = part.names.iter().map(|name| name.value.as_str()).collect();
        let role = format!("{:?}", part.role).to_lowercase();
        write!(drawing, "{indent}{} {role} {} {names:?}", part.path, part.media_type).unwrap();
        if let Some(unread) = part.unread {
            write!(drawing, " unread:{}", unread.id()).unwrap();
        }
        match &part.body {
            Body::Container => writeln!(drawing, " holds").unwrap(),
            Body::File(file) => writeln!(drawing, " {} {}", file.kind.id(), part.size_bytes).unwrap(),
            Body::Text(view, _) => {
                let form = if view.source == Source::Html { "html" } else { "plain" };
                let start: String = view.text.chars().take(50).collect();
                writeln!(drawing, " {form} {} links:{} {start:?}", part.size_bytes, view.links.len())
                    .unwrap();
            }
            Body::Message(inner) => {
                writeln!(drawing).unwrap();
                draw_into(inner, &format!("{indent}    "), drawing);
            }
        }
    }
}
