//! Storages that are documents of their own (`ObjectPool/_123`, `MBD0000ABCD`) → compound files, as if they had been saved
//! alone, so that their own kind's readers see them.

use super::super::classes::{self, Role};
use crate::office::compound::{Compound, Object, rebuild};
use crate::open::{Hold, Look, Member};
use crate::{Cost, Unread};

/// Streams that make a storage a document.
const DOCUMENT_STREAMS: &[&str] =
    &["worddocument", "workbook", "book", "powerpoint document", "visiodocument", "encryptedpackage"];

/// Streams that the reader of objects understands, in lower case, control characters taken off.
const OBJECT_STREAMS: &[&str] = &["ole10native", "equation native", "package", "package_stream", "contents"];

/// The outermost storages, other than the root, that are documents, or objects that only their own program knows.
pub(super) fn documents(look: &mut Look<'_>, compound: &Compound<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for entry in compound.entries() {
        if entry.object != Object::Storage
            || found.iter().any(|storage| super::is_below(&entry.path, storage))
        {
            continue;
        }
        if !look.pays(Cost::Work(compound.entries().len() as u64)) {
            break;
        }
        let names: Vec<&str> = children(compound, &entry.path);
        let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
        let parent = entry.path.rsplit_once('/').map_or("", |(parent, _)| parent).to_lowercase();
        let pooled = parent == "objectpool" || entry.key.starts_with("mbd");
        let form = classes::by_id(&entry.class).is_some_and(|class| class.role == Role::Form);
        let linked = names.contains(&"ole") && names.len() <= 3 && !names.contains(&"compobj");
        let unknown =
            pooled && !form && !has(OBJECT_STREAMS) && !linked && names.iter().any(|name| !is_frame(name));
        if has(DOCUMENT_STREAMS) || unknown {
            found.push(entry.path.clone());
        }
    }
    found
}

/// Streams that every object has around its data.
fn is_frame(name: &str) -> bool {
    matches!(
        name,
        "ole"
            | "compobj"
            | "objinfo"
            | "epsprint"
            | "print"
            | "olepres000"
            | "olepres001"
            | "ocxname"
            | "ocxdata"
            | "linkinfo"
            | "accessobjsiteinfo"
            | "summaryinformation"
            | "documentsummaryinformation"
    )
}

fn children<'c>(compound: &'c Compound<'_>, storage: &str) -> Vec<&'c str> {
    compound
        .entries()
        .iter()
        .filter(|entry| {
            let rest = entry.path.strip_prefix(storage).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| !rest.contains('/'))
        })
        .map(|entry| entry.key.trim_start_matches(char::is_control))
        .collect()
}

/// Hands out a storage as a file. Says whether more may follow.
pub(super) fn hand(look: &mut Look<'_>, compound: &Compound<'_>, storage: &str, place: &str) -> bool {
    let name = place.rsplit('/').next().unwrap_or(place);
    match rebuild(compound, storage, look.budget) {
        Ok(bytes) => look.hand(Member::whole(vec![super::named(name, &bytes)], bytes, Hold::Embedded)),
        Err(unread) => {
            look.opened.note(unread, place);
            look.hand(Member::unread(vec![name.to_owned()], 0, unread, Hold::Embedded))
                && unread != Unread::TooLarge
        }
    }
}
