//! Extended headers → the next file's name, size and holes (POSIX.1-2017, `pax`, "pax Extended Header"; GNU's `L`).

use super::header::text;
use super::sparse::Told;
use crate::archive::foreign_name;

/// What extended headers say of the next file.
#[derive(Default)]
pub(super) struct Extension<'a> {
    name: Option<&'a [u8]>,
    pub(super) size: Option<u64>,
    pub(super) sparse: Option<Told<'a>>,
    /// Whether a record makes no sense.
    pub(super) is_damaged: bool,
}

impl<'a> Extension<'a> {
    pub(super) fn names(&self) -> Option<Vec<String>> {
        self.sparse.as_ref().and_then(|told| told.name).or(self.name).map(foreign_name::names)
    }

    /// Takes the data of an extended header in.
    pub(super) fn take(&mut self, kind: u8, data: &'a [u8]) {
        match kind {
            b'L' | b'N' => self.name = Some(text(data)),
            b'x' | b'X' => records(data).for_each(|(key, value)| self.record(key, value)),
            // A link's target, or what is common to all files: nothing that is used here.
            _ => {}
        }
    }

    fn record(&mut self, key: &'a [u8], value: &'a [u8]) {
        match key {
            b"path" => self.name = Some(value),
            b"size" => {
                self.size = decimal(value);
                self.is_damaged |= self.size.is_none();
            }
            b"GNU.sparse.name" => self.told().name = Some(value),
            b"GNU.sparse.size" | b"GNU.sparse.realsize" => self.told().size_bytes = decimal(value),
            b"GNU.sparse.major" => self.told().in_data = decimal(value) == Some(1),
            b"GNU.sparse.map" => self.told().take_pairs(value, b','),
            b"GNU.sparse.offset" => self.told().offset = decimal(value),
            b"GNU.sparse.numbytes" => self.told().take_length(decimal(value)),
            b"SUN.holesdata" => self.told().take_borders(value),
            _ => {}
        }
    }

    fn told(&mut self) -> &mut Told<'a> {
        self.sparse.get_or_insert_default()
    }
}

/// `length key=value\n`, the length in decimal digits and counting itself.
fn records(data: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let space = memchr::memchr(b' ', rest)?;
        let length = usize::try_from(decimal(rest.get(..space)?)?).ok()?;
        let record = rest.get(space + 1..length)?;
        rest = rest.get(length..)?;
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let equals = memchr::memchr(b'=', record)?;
        Some((record.get(..equals)?, record.get(equals + 1..)?))
    })
}

pub(super) fn decimal(digits: &[u8]) -> Option<u64> {
    std::str::from_utf8(digits).ok()?.trim().parse().ok()
}
