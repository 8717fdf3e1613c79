//! `PowerPoint Document` → the objects kept in it ([MS-PPT] 2.10.34 ExOleObjStg): compound files, mostly deflated.

use memchr::memmem;

use super::SIGNATURE;
use crate::number::{place as number, slice};
use crate::open::Look;
use crate::{Cost, Unread};

/// Objects looked at in one presentation.
const OBJECTS_MAX: usize = 4096;

/// Looks at each object. The record type is searched for, since a damaged record in front must not hide those behind.
pub(super) fn look(look: &mut Look<'_>, place: &str, stream: &[u8]) -> bool {
    for at in memmem::find_iter(stream, &[0x11, 0x10]).take(OBJECTS_MAX) {
        let Some(size) = number(stream, at + 2) else { continue };
        let record = slice(stream, at + 6, size);
        let place = format!("{place}/{at:x}");
        if record.starts_with(&SIGNATURE) {
            if !look.pays(Cost::Bytes(record.len() as u64)) || !super::object(look, &place, record) {
                return true;
            }
        } else if record.get(4) == Some(&0x78) && super::behind_its_size(look, &place, record) == Some(false)
        {
            return true;
        }
        if record.len() < size && record.starts_with(&SIGNATURE) {
            look.opened.note(Unread::Damaged, &place);
        }
    }
    true
}
