//! A OneNote section → the files in it and its words ([MS-ONESTORE] 2.6.13 for the files, [MS-ONE] 2.1.12 for their names).
//!
//! OneNote runs an embedded file at a double click, behind a question that most people answer with yes; a picture laid
//! over its icon hides what is clicked. The store is not walked: files, declarations and properties are found by the
//! numbers that mark them, so that a revision that was cut off or an index that is false hides nothing.

mod properties;
mod stored;

use std::collections::BTreeSet;

use crate::limits::LURE_TEXT_BYTES_MAX;
use crate::number::slice;
use crate::office::lure;
use crate::office::told::{Sign, tell};
use crate::open::{Hold, Look, Member};
use crate::{Cost, Danger, DeedKind, Family, Kind, Opening, Unread, claim};
use stored::Stored;

/// Looks at a section.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::OneNote || !look.pays(Cost::Bytes(look.bytes.len() as u64)) {
        return;
    }
    let bytes = look.bytes;
    if !is_store(bytes) {
        look.opened.note(Unread::Unsupported, look.kind.id());
    }
    if bytes.len() < HEADER_BYTES || stated_bytes(bytes).is_some_and(|stated| stated > bytes.len() as u64) {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    let mut files = stored::files(bytes);
    name(bytes, &mut files);
    for file in &files {
        if !hand(look, file) {
            break;
        }
    }
    lure::judge(&words(bytes), look.opened);
}

/// Whether sections are looked at whole.
pub(crate) fn reads(kind: Kind) -> bool {
    kind == Kind::OneNote
}

/// The header of a store has this size.
const HEADER_BYTES: usize = 1024;

/// A store keeps revisions of its own; sections fetched from a server may be packed in another way, without file objects.
fn is_store(bytes: &[u8]) -> bool {
    const STORE: [u8; 16] =
        [0x3f, 0xdd, 0x9a, 0x10, 0x1b, 0x91, 0xf5, 0x49, 0xa5, 0xd0, 0x17, 0x91, 0xed, 0xc8, 0xae, 0xd8];
    slice(bytes, 48, 16) == STORE
}

/// The length of the file that the header expects.
fn stated_bytes(bytes: &[u8]) -> Option<u64> {
    crate::number::u64_le(bytes, 196)
}

/// Gives the files their names: by the extension that the store keeps for each, then in order.
fn name(bytes: &[u8], files: &mut [Stored<'_>]) {
    let mut names: Vec<(String, String)> = Vec::new();
    let mut known = BTreeSet::new();
    for id in [properties::EMBEDDED_FILE_NAME, properties::IMAGE_FILE_NAME] {
        for name in properties::texts(bytes, id) {
            let name = name.trim_end_matches('\0').to_owned();
            if !name.is_empty() && known.insert(name.clone()) {
                let extension = claim(&name).map(|claim| claim.extension).unwrap_or_default();
                names.push((extension, name));
            }
        }
    }
    for file in files.iter_mut().filter(|file| !file.extension.is_empty()) {
        if let Some(at) = names.iter().position(|(extension, _)| *extension == file.extension) {
            file.names.push(names.remove(at).1);
        }
    }
    let is_picture = |file: &Stored<'_>| crate::kind(file.content).family() == Family::Image;
    for file in files.iter_mut().filter(|file| file.names.is_empty() && !is_picture(file)) {
        if !names.is_empty() {
            file.names.push(names.remove(0).1);
        }
    }
    for (number, file) in files.iter_mut().enumerate() {
        if file.names.is_empty() && !file.extension.is_empty() {
            file.names.push(format!("{}.{}", number + 1, file.extension));
        }
    }
}

fn hand(look: &mut Look<'_>, file: &Stored<'_>) -> bool {
    // Files may lie over each other, so that their sum is no measure of the section.
    if !look.pays(Cost::Bytes(file.content.len() as u64)) {
        return false;
    }
    let kind = crate::kind(file.content);
    let by_name = file.names.iter().filter_map(|name| claim(name)?.opening()).max();
    if kind.opening() == Opening::Runs || by_name == Some(Opening::Runs) {
        let shown = file.names.first().map(String::as_str).unwrap_or_default();
        tell(
            look.opened,
            &Sign {
                kind: DeedKind::Command,
                danger: Danger::Dangerous,
                place: "",
                start: "Click",
                does: kind.id(),
                link: "",
                string: shown,
            },
        );
    }
    let mut member = Member::whole(file.names.clone(), file.content, Hold::Embedded);
    if (file.content.len() as u64) < file.size_bytes {
        member.size_bytes = file.size_bytes;
        member.unread = Some(Unread::Damaged);
    }
    look.hand(member)
}

/// The words of its pages.
fn words(bytes: &[u8]) -> String {
    let mut words = String::new();
    for id in [properties::TEXT, properties::TEXT_ASCII] {
        for text in properties::texts(bytes, id) {
            if words.len() + text.len() > LURE_TEXT_BYTES_MAX {
                return words;
            }
            words.push_str(&text);
            words.push('\n');
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Keys, kind, open, sample};

    fn guid(seed: u8) -> [u8; 16] {
        std::array::from_fn(|at| seed.wrapping_mul(17).wrapping_add(at as u8))
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// A store with files, each declared with its extension and named in a property set.
    fn section(files: &[(&str, &str, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![
            0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d, 0xae, 0xb1, 0x53, 0x78, 0xd0, 0x29, 0x96, 0xd3,
        ];
        bytes.resize(48, 0);
        bytes.extend([
            0x3f, 0xdd, 0x9a, 0x10, 0x1b, 0x91, 0xf5, 0x49, 0xa5, 0xd0, 0x17, 0x91, 0xed, 0xc8, 0xae, 0xd8,
        ]);
        bytes.resize(HEADER_BYTES, 0);
        for (number, (name, extension, content)) in files.iter().enumerate() {
            let id = guid(number as u8 + 1);
            let at = bytes.len() as u32;
            bytes.extend(stored::HEADER);
            bytes.extend((content.len() as u64).to_le_bytes());
            bytes.extend([0; 12]);
            bytes.extend(*content);
            bytes.resize(bytes.len().next_multiple_of(8), 0);
            bytes.extend([
                0x22, 0xa7, 0xfb, 0x71, 0x79, 0x0f, 0x0b, 0x4a, 0xbb, 0x13, 0x89, 0x92, 0x56, 0x42, 0x6b,
                0x24,
            ]);
            // A reference with places of four bytes and sizes of four bytes.
            let header = 0x94_u32 | (28 << 10) | (1 << 23);
            bytes.extend(header.to_le_bytes());
            bytes.extend(at.to_le_bytes());
            bytes.extend(64_u32.to_le_bytes());
            bytes.extend(id);
            let declared = wide(&format!("<ifndf>{{{}}}", stored::guid_text(&id)));
            bytes.extend((declared.len() as u32 / 2).to_le_bytes());
            bytes.extend(declared);
            let extension = wide(extension);
            bytes.extend((extension.len() as u32 / 2).to_le_bytes());
            bytes.extend(extension);
            // Two properties: a number and the name.
            bytes.extend([2, 0, 0x14, 0x1c, 0, 0x14]);
            bytes.extend(properties::EMBEDDED_FILE_NAME.to_le_bytes());
            bytes.extend([9, 9, 9, 9]);
            let name = wide(&format!("{name}\0"));
            bytes.extend((name.len() as u32).to_le_bytes());
            bytes.extend(name);
        }
        bytes
    }

    fn told(bytes: &[u8]) -> (String, Vec<(Unread, String)>) {
        let mut members = Vec::new();
        let opened = open(bytes, Kind::OneNote, &Keys::default(), &mut Budget::default(), &mut |member| {
            members.push(format!("{}={}", member.names.join("|"), kind(&member.bytes).id()));
        });
        let deeds = opened
            .deeds
            .iter()
            .map(|deed| format!("{:?} {:?} {}", deed.kind, deed.danger, deed.strings.join("")));
        (deeds.chain(members).collect::<Vec<_>>().join(", "), opened.unread)
    }

    #[test]
    fn files_have_their_names_and_those_that_run_are_told() {
        let picture = sample(Kind::Png).unwrap();
        let program = sample(Kind::WindowsProgram).unwrap();
        let bytes = section(&[
            ("画面.png", ".png", &picture),
            ("開く.hta", ".hta", b"<hta:application><script></script>"),
            ("見積.pdf", ".pdf", b"%PDF-1.7"),
            ("start.bat", ".bat", b"rem nothing"),
            ("notes.pdf.exe", ".exe", &program),
        ]);
        let (text, unread) = told(&bytes);
        assert_eq!(
            text,
            "Command Dangerous 開く.htastart.batnotes.pdf.exe, 画面.png=png, 開く.hta=hta, 見積.pdf=pdf, \
             start.bat=text, notes.pdf.exe=windows-program"
        );
        assert_eq!(unread, []);
        assert_eq!(
            told(&section(&[("会議.png", ".png", &picture), ("議事録.docx", ".docx", b"PK\x03\x04")])).0,
            "会議.png=png, 議事録.docx=zip"
        );
    }

    #[test]
    fn cut_and_changed_sections_end() {
        let bytes = section(&[("a.hta", ".hta", b"<hta:application>"), ("b.txt", ".txt", b"words")]);
        for end in 64..bytes.len() {
            let _ = told(&bytes[..end]);
        }
        let mut seed = 9_u32;
        for _ in 0..3000 {
            let mut changed = bytes.clone();
            for _ in 0..4 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = 64 + (seed >> 8) as usize % (changed.len() - 64);
                changed[at] = (seed & 0xff) as u8;
            }
            let _ = told(&changed);
        }
        assert!(told(&bytes[..200]).1.iter().any(|(unread, _)| *unread == Unread::Damaged));
        let cut = told(&bytes[..1024 + 40]);
        assert!(cut.0.contains('='), "{cut:?}");
    }
}
