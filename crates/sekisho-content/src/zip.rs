//! The members of a ZIP archive, from its central directory or, where that is missing or false, from the local headers
//! (PKWARE APPNOTE 4.3). Nothing is extracted but small members that describe the archive.

use std::collections::BTreeSet;
use std::io::Read;

use memchr::memmem;

use crate::limits::{ZIP_END_WITHIN_BYTES, ZIP_MEMBER_BYTES_MAX, ZIP_MEMBERS_MAX, ZIP_PREFIX_BYTES_MAX};
use crate::number::{place, slice, u16_le};
use crate::{Budget, Cost, Unread};

/// A ZIP archive with its members listed.
pub(crate) struct Zip<'a> {
    bytes: &'a [u8],
    /// The members, at most `ZIP_MEMBERS_MAX`.
    pub(crate) members: Vec<Member>,
}

/// What a header says of a member.
pub(crate) struct Member {
    /// Its name, backslashes turned.
    pub(crate) name: String,
    /// Whether it is encrypted.
    pub(crate) cipher: Cipher,
    method: u16,
    compressed_bytes: usize,
    local_header: usize,
}

/// Whether a member can be read without a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cipher {
    /// It can.
    Clear,
    /// Bit 0 of its flags is set.
    Encrypted,
}

impl<'a> Zip<'a> {
    /// The archive that begins with the first byte, or behind a short prefix.
    pub(crate) fn at_start(bytes: &'a [u8]) -> Option<Zip<'a>> {
        let begins =
            bytes.starts_with(LOCAL) || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK00PK");
        if !begins {
            return None;
        }
        Some(Zip::read(bytes))
    }

    /// An archive behind other bytes: programs find it by the record at its end.
    pub(crate) fn behind_prefix(bytes: &'a [u8]) -> Option<Zip<'a>> {
        let early = slice(bytes, 0, ZIP_PREFIX_BYTES_MAX);
        let starts_early = memmem::find(early, LOCAL).is_some();
        let zip = Zip::read(bytes);
        let listed = central_directory(bytes).is_some_and(|(start, _)| slice(bytes, start, 4) == CENTRAL);
        (!zip.members.is_empty() && (listed || starts_early)).then_some(zip)
    }

    /// Reads the members by the central directory, then adds those that only a local header names: programs differ in
    /// which of the two they believe.
    fn read(bytes: &'a [u8]) -> Zip<'a> {
        let mut members =
            central_directory(bytes).map(|(at, prefix)| central(bytes, at, prefix)).unwrap_or_default();
        let known: BTreeSet<usize> = members.iter().map(|member| member.local_header).collect();
        members.extend(local(bytes).into_iter().filter(|member| !known.contains(&member.local_header)));
        members.truncate(ZIP_MEMBERS_MAX);
        Zip { bytes, members }
    }

    /// Whether a member has this name, written in any case.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name.eq_ignore_ascii_case(name))
    }

    /// Whether the name of any member passes.
    pub(crate) fn any(&self, passes: impl Fn(&str) -> bool) -> bool {
        self.members.iter().any(|member| passes(&member.name))
    }

    /// The first bytes of a member, unencrypted; as many of them as can be read.
    pub(crate) fn beginning(&self, member: &Member, length: usize) -> Vec<u8> {
        let mut content = Vec::new();
        if let Some(mut from) = self.open(member) {
            let _ = from.by_ref().take(length as u64).read_to_end(&mut content);
        }
        content
    }

    /// A whole member, paid from the budget while it is unpacked.
    pub(crate) fn unpack(&self, member: &Member, budget: &mut Budget) -> Result<Vec<u8>, Unread> {
        const STEP_BYTES: u64 = 64 * 1024;
        let mut content = Vec::new();
        let Some(mut from) = self.open(member) else { return Err(Unread::Damaged) };
        loop {
            budget.pay(Cost::Bytes(STEP_BYTES)).map_err(|_| Unread::TooLarge)?;
            let before = content.len() as u64;
            // A damaged end loses only the end: what came out before it stands.
            let _ = from.by_ref().take(STEP_BYTES).read_to_end(&mut content);
            if content.len() as u64 - before < STEP_BYTES {
                return Ok(content);
            }
        }
    }

    fn open(&self, member: &Member) -> Option<Box<dyn Read + 'a>> {
        let header = member.local_header;
        let name_bytes = usize::from(u16_le(self.bytes, header.checked_add(26)?)?);
        let extra_bytes = usize::from(u16_le(self.bytes, header.checked_add(28)?)?);
        let data = self.bytes.get(header + 30 + name_bytes + extra_bytes..)?;
        match member.method {
            0 => Some(Box::new(slice(data, 0, member.compressed_bytes))),
            8 => Some(Box::new(flate2::read::DeflateDecoder::new(data))),
            _ => None,
        }
    }

    /// The content of a small member; as much of it as can be read within the limit.
    pub(crate) fn content(&self, name: &str) -> Option<Vec<u8>> {
        let member = self.members.iter().find(|member| member.name.eq_ignore_ascii_case(name))?;
        let header = member.local_header;
        let name_bytes = usize::from(u16_le(self.bytes, header.checked_add(26)?)?);
        let extra_bytes = usize::from(u16_le(self.bytes, header.checked_add(28)?)?);
        let data = header + 30 + name_bytes + extra_bytes;
        // A header that is followed by its sizes has none itself; deflate ends by itself.
        let length =
            if member.compressed_bytes == 0 { ZIP_MEMBER_BYTES_MAX } else { member.compressed_bytes };
        let stored = slice(self.bytes, data, length.min(ZIP_MEMBER_BYTES_MAX));
        match member.method {
            0 => Some(stored.to_vec()),
            8 => Some(inflate(stored)),
            _ => None,
        }
    }
}

fn inflate(deflated: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    let limit = ZIP_MEMBER_BYTES_MAX as u64;
    // A damaged end loses only the end: what came out before it stands.
    let _ = flate2::read::DeflateDecoder::new(deflated).take(limit).read_to_end(&mut content);
    content
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// Where the central directory stands, and how many bytes stand in front of the archive.
fn central_directory(bytes: &[u8]) -> Option<(usize, usize)> {
    let tail_at = bytes.len().saturating_sub(ZIP_END_WITHIN_BYTES);
    let end = tail_at + memmem::rfind(bytes.get(tail_at..)?, END)?;
    let size = place(bytes, end + 12)?;
    let offset = place(bytes, end + 16)?;
    let start = end.checked_sub(size)?;
    if slice(bytes, start, 4) == CENTRAL {
        return Some((start, start.saturating_sub(offset)));
    }
    (slice(bytes, offset, 4) == CENTRAL).then_some((offset, 0))
}

fn central(bytes: &[u8], start: usize, prefix: usize) -> Vec<Member> {
    let mut members = Vec::new();
    let mut at = start;
    while members.len() < ZIP_MEMBERS_MAX && slice(bytes, at, 4) == CENTRAL {
        let Some(member) = Member::parse(bytes, at, &CENTRAL_LAYOUT) else { break };
        let lengths = [28, 30, 32].map(|field| usize::from(u16_le(bytes, at + field).unwrap_or(0)));
        at += 46 + lengths.iter().sum::<usize>();
        members.push(Member { local_header: member.local_header.saturating_add(prefix), ..member });
    }
    members
}

fn local(bytes: &[u8]) -> Vec<Member> {
    let mut members = Vec::new();
    let mut at = 0_usize;
    while members.len() < ZIP_MEMBERS_MAX {
        // The next header is searched for, since a member's size may stand only behind it.
        let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, LOCAL)) else { break };
        let header = at + found;
        let Some(member) = Member::parse(bytes, header, &LOCAL_LAYOUT) else { break };
        let skipped = 30 + member.compressed_bytes;
        at = header.saturating_add(skipped.min(bytes.len()));
        members.push(Member { local_header: header, ..member });
    }
    members
}

/// Where the fields of a header stand.
struct Layout {
    flags: usize,
    method: usize,
    compressed: usize,
    name_length: usize,
    local_header: Option<usize>,
    name: usize,
}

const LOCAL_LAYOUT: Layout =
    Layout { flags: 6, method: 8, compressed: 18, name_length: 26, local_header: None, name: 30 };
const CENTRAL_LAYOUT: Layout =
    Layout { flags: 8, method: 10, compressed: 20, name_length: 28, local_header: Some(42), name: 46 };

impl Member {
    fn parse(bytes: &[u8], at: usize, layout: &Layout) -> Option<Member> {
        let name_bytes = usize::from(u16_le(bytes, at.checked_add(layout.name_length)?)?);
        let name = slice(bytes, at + layout.name, name_bytes);
        let encrypted = u16_le(bytes, at + layout.flags)? & 1 != 0;
        Some(Member {
            name: String::from_utf8_lossy(name).replace('\\', "/"),
            cipher: if encrypted { Cipher::Encrypted } else { Cipher::Clear },
            method: u16_le(bytes, at + layout.method)?,
            compressed_bytes: place(bytes, at + layout.compressed)?,
            local_header: layout.local_header.map_or(Some(0), |field| place(bytes, at + field))?,
        })
    }
}
