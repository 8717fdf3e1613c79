//! Installer databases of Windows (`.msi`, `.msp`, `.mst`, `.msm`) → the files in them, and what they run while they
//! install ([MS-CFB] for the container; the Windows Installer database as documented by its tables).

mod actions;
mod names;
mod tables;

use crate::office::compound::{Compound, Entry, Object, State};
use crate::open::{Look, Unpacked};
use crate::{Cost, Hold, Kind, Member, Unread};

/// Looks at installer databases.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::Msi {
        return;
    }
    let Some(compound) = look.compound() else {
        look.opened.note(Unread::Damaged, look.kind.id());
        return;
    };
    // A patch keeps one database for each version that it changes, in a storage of its own.
    let mut storages: Vec<&str> = vec![""];
    storages.extend(
        compound
            .entries()
            .iter()
            .filter(|entry| entry.object == Object::Storage)
            .map(|entry| entry.path.as_str()),
    );
    let mut found = false;
    for storage in storages {
        match tables::Database::read(&compound, storage, look.budget) {
            Ok(Some(database)) => {
                found = true;
                actions::judge(&database, storage, look);
            }
            Ok(None) => {}
            Err(unread) => look.opened.note(unread, "tables"),
        }
    }
    if !found {
        look.opened.note(Unread::Damaged, "tables");
    }
    for entry in compound.entries().iter().filter(|entry| entry.object == Object::Stream) {
        if !member(&compound, entry, look) {
            return;
        }
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    kind == Kind::Msi
}

/// Hands out a stream that is no table; says whether more may follow.
fn member(compound: &Compound<'_>, entry: &Entry, look: &mut Look<'_>) -> bool {
    let (name, is_table) = names::decoded(&entry.name);
    // What the installer itself keeps beside its tables: properties and signatures.
    if is_table || name.starts_with('\u{5}') {
        return true;
    }
    if !look.pays(Cost::Work(1)) {
        return false;
    }
    let stream = match compound.read(entry, look.budget) {
        Ok(stream) => stream,
        Err(unread) => {
            look.opened.note(unread, &name);
            return look.hand(Member::unread(vec![name], entry.size_bytes, unread, Hold::Archived));
        }
    };
    let damaged = stream.state == State::Mended;
    let mut member = if stream.bytes.len() <= look.budget.member_bytes_kept_max {
        Member::whole(vec![name], stream.bytes, Hold::Archived)
    } else {
        Unpacked::read(&mut stream.bytes.as_slice(), look.budget).member(vec![name], Hold::Archived)
    };
    if damaged {
        member.unread = member.unread.or(Some(Unread::Damaged));
    }
    look.hand(member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Danger, Keys, Opened, open};
    use std::io::Read;

    /// Made with a free builder of installers: six custom actions, one of them in the sequence.
    fn sample() -> Vec<u8> {
        let text = include_str!("../tests/installer/actions.msi.gz.b64");
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&*crate::base64::decode(text.as_ref())).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn opened(bytes: &[u8]) -> (Opened, Vec<String>) {
        let mut members = Vec::new();
        let opened = open(bytes, Kind::Msi, &Keys::default(), &mut Budget::default(), &mut |member| {
            members.push(format!("{} {}", member.names.join("|"), member.size_bytes));
        });
        (opened, members)
    }

    #[test]
    fn actions_are_graded_and_streams_are_members() {
        let bytes = sample();
        assert_eq!(crate::kind(&bytes), Kind::Msi);
        let (told, members) = opened(&bytes);
        assert_eq!(told.unread, []);
        assert_eq!(members, ["Binary.Bin1 6", "product.cab 81"]);
        let lines: Vec<String> = told
            .deeds
            .iter()
            .map(|deed| {
                format!(
                    "{:?} {:?} {} {:?} {:?} {:?}",
                    deed.kind, deed.danger, deed.place, deed.starts, deed.does, deed.links
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn ordinary_actions_are_active() {
        let mut bytes = sample();
        for (old, new) in [
            ("powershell.exe -w hidden", "notepad.exe /A    hidden"),
            ("-c iwr http", "-c xyz http"),
            ("WScript.Shell\").Run", "WScript.Other\").Ask"),
        ] {
            let at = memchr::memmem::find(&bytes, old.as_bytes()).unwrap();
            bytes[at..at + old.len()].copy_from_slice(new.as_bytes());
        }
        let (told, _) = opened(&bytes);
        assert_eq!(
            told.deeds.iter().map(|deed| deed.danger).collect::<Vec<_>>(),
            [Danger::Active],
            "{told:?}"
        );
    }

    #[test]
    fn strings_tell_where_the_table_is_out_of_place() {
        let mut bytes = sample();
        let name: Vec<u8> =
            names::encoded("CustomAction").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let at = memchr::memmem::find(&bytes, &name).unwrap();
        bytes[at + 4] ^= 1;
        let (told, _) = opened(&bytes);
        assert_eq!(told.deeds.iter().map(|deed| deed.danger).max(), Some(Danger::Dangerous), "{told:?}");
    }

    #[test]
    fn cut_and_changed_installers_end_and_are_never_clean() {
        let whole = sample();
        for end in (0..whole.len()).step_by(97) {
            let (told, _) = opened(&whole[..end]);
            assert!(
                !told.unread.is_empty() || told.deeds.iter().any(|deed| deed.danger > Danger::Harmless),
                "{end}"
            );
        }
        let mut seed = 7_u32;
        for _ in 0..300 {
            let mut changed = whole.clone();
            for _ in 0..8 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % changed.len();
                changed[at] = (seed & 0xff) as u8;
            }
            let _ = opened(&changed);
        }
    }
}
