//! Compiled HTML help (`.chm`) → its topics, and the commands and scripts that showing them runs (the ITSF format as
//! published by those who took it apart; HTML Help ActiveX control, command `ShortCut`).

mod content;
mod directory;
mod topic;

use content::Content;
use directory::{Directory, Entry};

use crate::limits::CHM_TOPIC_BYTES_MAX;
use crate::open::{Look, Unpacked};
use crate::{Cost, Hold, Kind, Member, Unread};

/// Looks at compiled help.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::Chm {
        return;
    }
    let Some(directory) = Directory::read(look.bytes) else {
        look.opened.note(Unread::Damaged, look.kind.id());
        return;
    };
    if !directory.whole {
        look.opened.note(Unread::Damaged, "directory");
    }
    let mut content = Content::of(look.bytes, &directory);
    let mut entries: Vec<&Entry> = directory.entries.iter().filter(|entry| !entry.is_internal()).collect();
    // In the order of the content, so that it is unpacked once.
    entries.sort_by_key(|entry| (entry.section, entry.offset));
    for entry in entries {
        if !look.pays(Cost::Work(1)) || !member(entry, &mut content, look) {
            return;
        }
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    kind == Kind::Chm
}

/// Hands out one file, and says what it does if it is a topic; says whether more may follow.
fn member(entry: &Entry, content: &mut Content<'_>, look: &mut Look<'_>) -> bool {
    let names = vec![entry.name.trim_start_matches('/').to_owned()];
    let unpacked = match entry.section {
        0 => Unpacked::read(&mut content.plain(entry), look.budget),
        1 => Unpacked::read(&mut content.packed(entry), look.budget),
        _ => {
            look.opened.note(Unread::Unsupported, &entry.name);
            return look.hand(Member::unread(names, entry.length, Unread::Unsupported, Hold::Archived));
        }
    };
    let whole = unpacked.size_bytes() == entry.length;
    let topic = unpacked.bytes().get(..CHM_TOPIC_BYTES_MAX).unwrap_or(unpacked.bytes());
    if matches!(crate::kind(topic), Kind::Html | Kind::Hta | Kind::Text | Kind::Xml)
        && let Err(unread) = topic::judge(topic, &entry.name, look)
    {
        look.opened.note(unread, "topics");
    }
    let mut member = unpacked.member(names, Hold::Archived);
    if !whole {
        member.unread = member.unread.or(Some(Unread::Damaged));
    }
    if let Some(unread) = member.unread {
        look.opened.note(unread, &entry.name);
    }
    look.hand(member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Danger, Keys, Opened, open};
    use std::io::Read;

    /// Made with a free help compiler: a topic with a shortcut, and a long one of pseudo-random words.
    fn sample() -> Vec<u8> {
        let text = include_str!("../tests/help/shortcut.chm.gz.b64");
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&*crate::base64::decode(text.as_ref())).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn opened(bytes: &[u8]) -> (Opened, Vec<String>) {
        let mut members = Vec::new();
        let opened = open(bytes, Kind::Chm, &Keys::default(), &mut Budget::default(), &mut |member| {
            let end = member.bytes.get(member.bytes.len().saturating_sub(9)..).unwrap_or_default();
            members.push(format!(
                "{} {} {}",
                member.names.join("|"),
                member.size_bytes,
                String::from_utf8_lossy(end).trim()
            ));
        });
        (opened, members)
    }

    #[test]
    fn topics_are_members_and_shortcuts_are_commands() {
        let bytes = sample();
        assert_eq!(crate::kind(&bytes), Kind::Chm);
        let (told, members) = opened(&bytes);
        assert_eq!(told.unread, []);
        assert!(members.iter().any(|member| member.starts_with("index.html 396 ")), "{members:?}");
        assert!(
            members.iter().any(|member| member.starts_with("big.html ") && member.ends_with("</html>")),
            "{members:?}"
        );
        let deed = &told.deeds[0];
        assert_eq!((deed.danger, deed.place.as_str()), (Danger::Dangerous, "/index.html"), "{told:?}");
        assert_eq!(deed.links, ["http://bad.example/a"]);
    }

    #[test]
    fn cut_and_changed_help_ends_and_is_never_clean() {
        let whole = sample();
        for end in (0..whole.len()).step_by(211) {
            assert!(!opened(&whole[..end]).0.unread.is_empty(), "{end}");
        }
        let mut seed = 7_u32;
        for _ in 0..200 {
            let mut changed = whole.clone();
            for _ in 0..6 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % changed.len();
                changed[at] = (seed & 0xff) as u8;
            }
            let _ = opened(&changed);
        }
    }
}
