//! The members of a ZIP archive, from its central directories and from the local headers that these do not list
//! (PKWARE APPNOTE 4.3). Packages are asked for a part by its name; archives are read member by member.

mod directory;
mod header;
mod implode;
mod local;
pub(crate) mod method;
mod name;
mod shrink;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::ops::Range;
use std::rc::Rc;

use memchr::memmem;

use crate::inflate::{Content, inflated};
use crate::limits::{ZIP_MEMBER_BYTES_MAX, ZIP_MEMBERS_MAX, ZIP_PREFIX_BYTES_MAX};
use crate::number::slice;
use crate::{Budget, Cost, Unread};
use directory::{Directory, END};
pub(crate) use header::{Aes, Header};
use header::{CENTRAL_BYTES, LOCAL};

/// A ZIP archive with its members listed.
pub(crate) struct Zip<'a> {
    bytes: &'a [u8],
    /// The members, at most `ZIP_MEMBERS_MAX`.
    pub(crate) members: Vec<Member>,
    /// What is wrong with the archive as a whole.
    pub(crate) faults: Faults,
    /// From the first member that is listed to the end that the end record gives; `None` where nothing is listed.
    pub(crate) listed: Option<Range<usize>>,
    /// The first bytes of members, as far as they were asked for.
    starts: RefCell<BTreeMap<usize, Option<Rc<Content>>>>,
}

/// First bytes of a member that tell what it is: XML names its root within them, most files their kind.
const START_BYTES: usize = 4096;

/// A member of no more than this is read whole at once: most parts of a document are so short, and opening them twice
/// would cost as much again.
const SHORT_BYTES_MAX: usize = 8192;

/// Members whose first bytes are kept: some megabytes in all. The largest workbooks have some thousand parts.
const STARTS_KEPT_MAX: usize = 2_048;

/// What is wrong with an archive as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults {
    /// No end record, or one whose directory is not there or lists too few.
    pub(crate) is_damaged: bool,
    /// It is one volume of several.
    pub(crate) is_split: bool,
    /// It has more members than are looked at.
    pub(crate) is_cut: bool,
    /// Its directory is encrypted.
    pub(crate) is_masked: bool,
}

/// What headers say of a member.
pub(crate) struct Member {
    /// The name that most programs show, backslashes turned.
    pub(crate) name: String,
    /// Whether it is encrypted.
    pub(crate) cipher: Cipher,
    central: Option<Header>,
    local: Option<Header>,
}

/// Whether a member can be read without a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cipher {
    /// It can.
    Clear,
    /// Bit 0 of its flags is set.
    Encrypted,
}

/// One way to read a member: its header, and its bytes as they are packed.
pub(crate) struct Reading<'a, 'm> {
    /// What is believed.
    pub(crate) header: &'m Header,
    /// Its packed bytes, as many as there are.
    pub(crate) packed: &'a [u8],
    /// The same and what follows them, to the end of the file.
    pub(crate) packed_and_rest: &'a [u8],
    /// Whether it is encrypted.
    pub(crate) cipher: Cipher,
    /// Whether the header gives sizes and CRC.
    pub(crate) is_measured: bool,
}

impl<'a> Zip<'a> {
    /// The archive that begins with the first byte, or behind a short prefix.
    pub(crate) fn at_start(bytes: &'a [u8]) -> Option<Zip<'a>> {
        Zip::is_at_start(bytes).then(|| Zip::read(bytes))
    }

    /// Whether an archive begins with the first byte.
    pub(crate) fn is_at_start(bytes: &[u8]) -> bool {
        bytes.starts_with(LOCAL) || bytes.starts_with(END) || bytes.starts_with(b"PK00PK")
    }

    /// An archive behind other bytes: programs find it by the record at its end.
    pub(crate) fn behind_prefix(bytes: &'a [u8]) -> Option<Zip<'a>> {
        let early = slice(bytes, 0, ZIP_PREFIX_BYTES_MAX);
        let starts_early = memmem::find(early, LOCAL).is_some();
        // The end record is looked for first: most files that are asked have none.
        let directories = Directory::all(bytes);
        if !starts_early && directories.iter().all(|directory| directory.headers.is_empty()) {
            return None;
        }
        let zip = Zip::with(bytes, directories);
        (!zip.members.is_empty()).then_some(zip)
    }

    /// Whatever of an archive there is.
    pub(crate) fn read(bytes: &'a [u8]) -> Zip<'a> {
        Zip::with(bytes, Directory::all(bytes))
    }

    /// Takes the members that are listed, then those that only a local header names: programs differ in which of the
    /// two they believe.
    fn with(bytes: &'a [u8], directories: Vec<Directory>) -> Zip<'a> {
        let mut zip = Zip {
            bytes,
            members: Vec::new(),
            faults: Faults::default(),
            listed: None,
            starts: RefCell::default(),
        };
        let mut known: Vec<Range<usize>> = Vec::new();
        let mut seen = HashSet::new();
        zip.faults.is_damaged = directories.is_empty();
        zip.faults.is_split = bytes.starts_with(SPLIT) && directories.is_empty();
        for directory in directories {
            // The directory of an archive that is a member is that member's business.
            if known.iter().any(|range| range.contains(&directory.end)) {
                continue;
            }
            zip.faults.is_split |= directory.is_split;
            zip.faults.is_cut |= directory.is_cut;
            zip.faults.is_damaged |= directory.is_short
                || directory.archive_end > bytes.len()
                || directory.headers.is_empty() && !directory.is_of_nothing;
            for (header, prefix) in directory.headers {
                let record = slice(bytes, header.at + 4, CENTRAL_BYTES - 4);
                if seen.insert((record, slice(bytes, header.name.start, header.name.len()), prefix)) {
                    let local = local_of(bytes, &header, prefix);
                    known.extend(local.as_ref().map(|local| covered(&header, local)));
                    zip.members.push(Member::of(bytes, Some(header), local));
                }
            }
            let first = known.iter().map(|range| range.start).min();
            zip.listed = zip.listed.or_else(|| first.map(|start| start..directory.archive_end));
        }
        let room = ZIP_MEMBERS_MAX.saturating_sub(zip.members.len());
        let (unlisted, is_cut) = local::unlisted(bytes, known, room);
        zip.members.extend(unlisted.into_iter().map(|local| Member::of(bytes, None, Some(local))));
        zip.faults.is_cut |= is_cut;
        // The volumes of a split archive may stand in one file, one behind the other.
        let is_missed = |member: &Member| member.local.is_none();
        zip.faults.is_split &=
            zip.listed.is_none() || zip.faults.is_damaged || zip.members.iter().any(is_missed);
        zip.faults.is_masked =
            zip.members.iter().filter_map(|member| member.local.as_ref()).any(Header::is_masked);
        zip
    }

    /// Every name of a member, the likeliest first.
    pub(crate) fn names(&self, member: &Member) -> Vec<String> {
        name::all(self.bytes, member.central.iter().chain(&member.local))
    }

    /// The ways to read a member: by the central directory, then by the local header where that says otherwise.
    pub(crate) fn readings<'m>(&self, member: &'m Member) -> Vec<Reading<'a, 'm>> {
        let Some(local) = &member.local else { return Vec::new() };
        let by = |header: &'m Header| {
            let packed_and_rest = self.bytes.get(local.extra.end..).unwrap_or_default();
            let length = usize::try_from(header.compressed).unwrap_or(usize::MAX);
            let is_measured = !(header.at == local.at
                && local.is_followed_by_sizes()
                && local.compressed == 0
                && local.crc == 0);
            let packed = if is_measured { slice(packed_and_rest, 0, length) } else { packed_and_rest };
            Reading { header, packed, packed_and_rest, cipher: cipher(header), is_measured }
        };
        match &member.central {
            None => vec![by(local)],
            Some(central) if differ(central, local) => vec![by(central), by(local)],
            Some(central) => vec![by(central)],
        }
    }

    /// Whether a member has this name, written in any case.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name.eq_ignore_ascii_case(name))
    }

    /// Whether the name of any member passes.
    pub(crate) fn any(&self, passes: impl Fn(&str) -> bool) -> bool {
        self.members.iter().any(|member| passes(&member.name))
    }

    /// The first bytes of a member as it stands, by its number; all of a short one. `None` where its header or its method
    /// cannot be read.
    ///
    /// Several rooms ask for them, so they are kept.
    pub(crate) fn start(&self, at: usize) -> Option<Rc<Content>> {
        if let Some(known) = self.starts.borrow().get(&at) {
            return known.clone();
        }
        let member = self.members.get(at)?;
        let is_short = member.stated_bytes() <= SHORT_BYTES_MAX as u64;
        let most = if is_short { SHORT_BYTES_MAX } else { START_BYTES };
        let start = self.unpacked(member, most, &mut |_| true).map(Rc::new);
        if at < STARTS_KEPT_MAX {
            self.starts.borrow_mut().insert(at, start.clone());
        }
        start
    }

    /// A member by its number, at most `most` bytes of it, paid from the budget while it is unpacked; `None` where its
    /// header or its method cannot be read.
    pub(crate) fn content_of(&self, at: usize, most: usize, budget: &mut Budget) -> Option<Content> {
        let mut pays = |count: usize| budget.pay(Cost::Bytes(count as u64)).is_ok();
        if let Some(Some(known)) = self.starts.borrow().get(&at)
            && known.unread.is_none()
            && known.bytes.len() <= most
        {
            let unread = if pays(known.bytes.len()) { None } else { Some(Unread::TooLarge) };
            return Some(Content { bytes: known.bytes.clone(), unread });
        }
        self.unpacked(self.members.get(at)?, most, &mut pays)
    }

    /// A whole member by its number, paid from the budget while it is unpacked. A damaged end loses only the end.
    pub(crate) fn unpack(&self, at: usize, budget: &mut Budget) -> Result<Vec<u8>, Unread> {
        match self.content_of(at, usize::MAX, budget) {
            Some(Content { unread: Some(Unread::TooLarge), .. }) => Err(Unread::TooLarge),
            Some(content) => Ok(content.bytes),
            None => Err(Unread::Damaged),
        }
    }

    /// The content of a small member; as much of it as can be read within the limit.
    pub(crate) fn content(&self, name: &str) -> Option<Vec<u8>> {
        let member = self.members.iter().find(|member| member.name.eq_ignore_ascii_case(name))?;
        self.unpacked(member, ZIP_MEMBER_BYTES_MAX, &mut |_| true).map(|content| content.bytes)
    }

    fn unpacked(&self, member: &Member, most: usize, pays: &mut dyn FnMut(usize) -> bool) -> Option<Content> {
        let reading = self.readings(member).into_iter().next()?;
        match reading.header.method {
            method::DEFLATED => Some(inflated(reading.packed_and_rest, reading.header.size, most, pays)),
            _ => self.open(member).map(|from| method::drained(from, most, pays)),
        }
    }

    pub(crate) fn open(&self, member: &Member) -> Option<Box<dyn Read + 'a>> {
        let reading = self.readings(member).into_iter().next()?;
        let packed = match reading.header.method {
            method::STORED => reading.packed,
            _ => reading.packed_and_rest,
        };
        method::unpacked_bytes(reading.header, packed).ok()
    }
}

/// Mark of a volume of several, in front of its first member (APPNOTE 8.5.4).
const SPLIT: &[u8] = b"PK\x07\x08";

impl Member {
    fn of(bytes: &[u8], central: Option<Header>, local: Option<Header>) -> Member {
        let shown = central.as_ref().or(local.as_ref());
        Member {
            name: shown.map(|header| name::likeliest(bytes, header)).unwrap_or_default(),
            cipher: shown.map_or(Cipher::Clear, cipher),
            central,
            local,
        }
    }

    /// Its size as stated.
    pub(crate) fn stated_bytes(&self) -> u64 {
        self.central.as_ref().or(self.local.as_ref()).map_or(0, |header| header.size)
    }

    /// Whether it is a folder: it is named as one and holds nothing.
    pub(crate) fn is_folder(&self) -> bool {
        let is_empty = |header: &Header| header.size == 0 && header.compressed == 0;
        let is_named =
            self.name.ends_with('/') || self.central.as_ref().is_some_and(|header| header.is_folder);
        is_named && self.central.iter().chain(&self.local).all(is_empty)
    }
}

fn cipher(header: &Header) -> Cipher {
    if header.is_encrypted() { Cipher::Encrypted } else { Cipher::Clear }
}

/// The local header that a central one leads to.
fn local_of(bytes: &[u8], central: &Header, prefix: isize) -> Option<Header> {
    let stated = usize::try_from(central.local).ok()?;
    let places = [stated.checked_add_signed(prefix), Some(stated)];
    let is_there = |at: &usize| slice(bytes, *at, LOCAL.len()) == LOCAL;
    let header = Header::local(bytes, places.into_iter().flatten().find(is_there)?)?;
    (header.extra.end <= bytes.len()).then_some(header)
}

/// The bytes of a member that both headers grant it: what lies beyond is searched for further headers.
fn covered(central: &Header, local: &Header) -> Range<usize> {
    let length = if local.is_followed_by_sizes() && local.compressed == 0 {
        central.compressed
    } else {
        central.compressed.min(local.compressed)
    };
    let end = usize::try_from(length).ok().and_then(|length| local.extra.end.checked_add(length));
    local.at..end.unwrap_or(local.extra.end)
}

/// Whether a program that believes the local header would read something else.
fn differ(central: &Header, local: &Header) -> bool {
    // Some writers leave all three empty without saying that they follow.
    let is_measured = !local.is_followed_by_sizes() && (local.crc, local.compressed, local.size) != (0, 0, 0);
    let measured_otherwise = is_measured
        && (local.crc, local.compressed, local.size) != (central.crc, central.compressed, central.size);
    (central.method, central.aes, central.is_encrypted()) != (local.method, local.aes, local.is_encrypted())
        || measured_otherwise
}
