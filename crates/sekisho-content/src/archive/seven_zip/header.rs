//! The header of a 7z archive → its folders (packed streams with their coders) and its files (`7zFormat.txt`, "Header").
//!
//! Every list is as long as the bytes that describe it: what is stated without bytes (streams of a folder, files
//! without names) has a limit.

use crate::limits::{SEVEN_ZIP_CODERS_MAX, SEVEN_ZIP_FILES_MAX};
use crate::number::seven_zip_number;

/// What a header says.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) folders: Vec<Folder>,
    pub(super) files: Vec<File>,
}

/// Streams packed together, in the order of their files.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) coders: Vec<Coder>,
    /// Which input is fed by which output; inputs and outputs are counted through all coders.
    pub(super) bonds: Vec<(usize, usize)>,
    /// Inputs fed by packed streams, in the order of `packed`.
    pub(super) packed_inputs: Vec<usize>,
    /// Place and length of the packed streams, from the end of the signature header.
    pub(super) packed: Vec<(u64, u64)>,
    /// Size of each output.
    pub(super) sizes: Vec<u64>,
    pub(super) crc: Option<u32>,
    /// The files' streams.
    pub(super) streams: Vec<Stream>,
}

/// One step of unpacking. It has one output: those of later formats never had more.
#[derive(Debug)]
pub(super) struct Coder {
    pub(super) id: Vec<u8>,
    pub(super) inputs: usize,
    pub(super) properties: Vec<u8>,
}

/// The content of one file within a folder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub(super) size_bytes: u64,
    pub(super) crc: Option<u32>,
}

/// A file, folder of files or mark of deletion.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) content: Content,
}

/// Whether a file has a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Content {
    /// The next one.
    #[default]
    Stream,
    /// None: it is empty.
    Empty,
    /// None: it is a directory, or a mark that a file is to be deleted.
    Nothing,
}

impl Folder {
    /// The size of what comes out at the end: of the output that feeds no input.
    pub(super) fn size_bytes(&self) -> u64 {
        self.last().and_then(|output| self.sizes.get(output)).copied().unwrap_or(0)
    }

    /// Work for setting its coders up: LZMA fills a table whose size its properties choose.
    pub(super) fn work(&self) -> u64 {
        const SETUP: u64 = 200;
        const LZMA: &[u8] = &[0x03, 0x01, 0x01];
        let table = |coder: &Coder| match coder.properties.first() {
            Some(packed) if coder.id == LZMA => {
                let (literal_context, literal_position) = (packed % 9, packed / 9 % 5);
                12_u64 << (literal_context + literal_position)
            }
            _ => 0,
        };
        SETUP + self.coders.iter().map(table).sum::<u64>()
    }

    /// The output that feeds no input.
    pub(super) fn last(&self) -> Option<usize> {
        (0..self.coders.len()).find(|output| !self.bonds.iter().any(|(_, fed_by)| fed_by == output))
    }
}

mod id {
    pub(super) const END: u64 = 0x00;
    pub(super) const HEADER: u64 = 0x01;
    pub(super) const ARCHIVE_PROPERTIES: u64 = 0x02;
    pub(super) const ADDITIONAL_STREAMS: u64 = 0x03;
    pub(super) const MAIN_STREAMS: u64 = 0x04;
    pub(super) const FILES: u64 = 0x05;
    pub(super) const PACK_INFO: u64 = 0x06;
    pub(super) const UNPACK_INFO: u64 = 0x07;
    pub(super) const SUB_STREAMS: u64 = 0x08;
    pub(super) const SIZE: u64 = 0x09;
    pub(super) const CRC: u64 = 0x0a;
    pub(super) const FOLDER: u64 = 0x0b;
    pub(super) const CODERS_UNPACK_SIZE: u64 = 0x0c;
    pub(super) const NUM_UNPACK_STREAM: u64 = 0x0d;
    pub(super) const EMPTY_STREAM: u64 = 0x0e;
    pub(super) const EMPTY_FILE: u64 = 0x0f;
    pub(super) const ANTI: u64 = 0x10;
    pub(super) const NAMES: u64 = 0x11;
    pub(super) const ENCODED_HEADER: u64 = 0x17;
}

/// A header is there, or packed in a folder of its own.
pub(super) enum Parsed {
    Header(Header),
    /// The folders whose content is the header.
    Encoded(Vec<Folder>),
}

/// Reads a header. `None` where it makes no sense.
pub(super) fn parse(bytes: &[u8]) -> Option<Parsed> {
    let mut from = Bytes { rest: bytes };
    match from.number()? {
        id::HEADER => header(&mut from).map(Parsed::Header),
        id::ENCODED_HEADER => streams(&mut from).map(Parsed::Encoded),
        _ => None,
    }
}

fn header(from: &mut Bytes<'_>) -> Option<Header> {
    let mut header = Header::default();
    loop {
        match from.number()? {
            id::END => return Some(header),
            id::ARCHIVE_PROPERTIES => {
                while from.number()? != id::END {
                    let size = from.size()?;
                    from.take(size)?;
                }
            }
            id::ADDITIONAL_STREAMS => drop(streams(from)?),
            id::MAIN_STREAMS => header.folders = streams(from)?,
            id::FILES => header.files = files(from)?,
            _ => return None,
        }
    }
}

fn streams(from: &mut Bytes<'_>) -> Option<Vec<Folder>> {
    let mut packed = Vec::new();
    let mut folders = Vec::new();
    let mut divided = false;
    loop {
        match from.number()? {
            id::END => break,
            id::PACK_INFO => packed = pack_info(from)?,
            id::UNPACK_INFO => folders = unpack_info(from)?,
            id::SUB_STREAMS => {
                sub_streams(from, &mut folders)?;
                divided = true;
            }
            _ => return None,
        }
    }
    let mut packed = packed.into_iter();
    for folder in &mut folders {
        folder.packed = packed.by_ref().take(folder.packed_inputs.len()).collect();
        if !divided {
            folder.streams = vec![Stream { size_bytes: folder.size_bytes(), crc: folder.crc }];
        }
    }
    Some(folders)
}

/// Place and length of each packed stream.
fn pack_info(from: &mut Bytes<'_>) -> Option<Vec<(u64, u64)>> {
    let mut position = from.number()?;
    let count = from.count()?;
    let mut packed = Vec::new();
    loop {
        match from.number()? {
            id::END => return Some(packed),
            id::SIZE => {
                for _ in 0..count {
                    let size = from.number()?;
                    packed.push((position, size));
                    position = position.checked_add(size)?;
                }
            }
            id::CRC => drop(digests(from, count)?),
            _ => return None,
        }
    }
}

fn unpack_info(from: &mut Bytes<'_>) -> Option<Vec<Folder>> {
    if from.number()? != id::FOLDER {
        return None;
    }
    let count = from.count()?;
    if from.byte()? != 0 {
        return None;
    }
    let mut folders = (0..count).map(|_| folder(from)).collect::<Option<Vec<_>>>()?;
    if from.number()? != id::CODERS_UNPACK_SIZE {
        return None;
    }
    for folder in &mut folders {
        folder.sizes = (0..folder.coders.len()).map(|_| from.number()).collect::<Option<_>>()?;
    }
    loop {
        match from.number()? {
            id::END => return Some(folders),
            id::CRC => {
                for (folder, crc) in folders.iter_mut().zip(digests(from, count)?) {
                    folder.crc = crc;
                }
            }
            _ => return None,
        }
    }
}

fn folder(from: &mut Bytes<'_>) -> Option<Folder> {
    const ID_BYTES: u8 = 0x0f;
    const COMPLEX: u8 = 0x10;
    const PROPERTIES: u8 = 0x20;
    const RESERVED: u8 = 0xc0;
    let mut folder = Folder::default();
    let coders = from.size()?;
    if coders == 0 || coders > SEVEN_ZIP_CODERS_MAX {
        return None;
    }
    let mut inputs = 0;
    for _ in 0..coders {
        let flags = from.byte()?;
        if flags & RESERVED != 0 {
            return None;
        }
        let id = from.take(usize::from(flags & ID_BYTES))?.to_vec();
        let (its_inputs, outputs) = if flags & COMPLEX == 0 { (1, 1) } else { (from.size()?, from.size()?) };
        if its_inputs == 0 || its_inputs > SEVEN_ZIP_CODERS_MAX || outputs != 1 {
            return None;
        }
        let length = if flags & PROPERTIES == 0 { 0 } else { from.size()? };
        let properties = from.take(length)?.to_vec();
        inputs += its_inputs;
        folder.coders.push(Coder { id, inputs: its_inputs, properties });
    }
    for _ in 1..coders {
        folder.bonds.push((from.size()?, from.size()?));
    }
    let packed = inputs.checked_sub(folder.bonds.len())?;
    folder.packed_inputs = if packed == 1 {
        let free = |input: &usize| !folder.bonds.iter().any(|(fed, _)| fed == input);
        vec![(0..inputs).find(free)?]
    } else {
        (0..packed).map(|_| from.size()).collect::<Option<_>>()?
    };
    Some(folder)
}

fn sub_streams(from: &mut Bytes<'_>, folders: &mut [Folder]) -> Option<()> {
    let mut counts = vec![1; folders.len()];
    let mut id = from.number()?;
    if id == id::NUM_UNPACK_STREAM {
        for count in &mut counts {
            *count = from.size()?;
        }
        id = from.number()?;
    }
    if counts.iter().try_fold(0_usize, |sum, count| sum.checked_add(*count))? > SEVEN_ZIP_FILES_MAX {
        return None;
    }
    let has_sizes = id == id::SIZE;
    for (folder, count) in folders.iter_mut().zip(&counts) {
        let mut left = folder.size_bytes();
        for index in 0..*count {
            // The last size is what is left; it stands nowhere.
            let size_bytes = match index + 1 == *count {
                true => left,
                false if has_sizes => from.number()?,
                false => return None,
            };
            left = left.checked_sub(size_bytes)?;
            folder.streams.push(Stream { size_bytes, crc: None });
        }
    }
    if has_sizes {
        id = from.number()?;
    }
    for folder in folders.iter_mut().filter(|folder| folder.crc.is_some()) {
        if let [stream] = folder.streams.as_mut_slice() {
            stream.crc = folder.crc;
        }
    }
    loop {
        match id {
            id::END => return Some(()),
            id::CRC => {
                let mut unknown: Vec<&mut Stream> = folders
                    .iter_mut()
                    .flat_map(|folder| &mut folder.streams)
                    .filter(|stream| stream.crc.is_none())
                    .collect();
                let digests = digests(from, unknown.len())?;
                unknown.iter_mut().zip(digests).for_each(|(stream, crc)| stream.crc = crc);
            }
            _ => {
                let size = from.size()?;
                from.take(size)?;
            }
        }
        id = from.number()?;
    }
}

fn files(from: &mut Bytes<'_>) -> Option<Vec<File>> {
    let count = from.size()?;
    if count > SEVEN_ZIP_FILES_MAX {
        return None;
    }
    let mut files = vec![File::default(); count];
    let mut without_stream = Vec::new();
    loop {
        let id = from.number()?;
        if id == id::END {
            return Some(files);
        }
        let size = from.size()?;
        let mut property = Bytes { rest: from.take(size)? };
        match id {
            id::EMPTY_STREAM => {
                let flags = property.bits(count)?;
                without_stream = (0..count).filter(|at| flags.get(*at) == Some(&true)).collect();
                set(&mut files, &without_stream, Content::Nothing);
            }
            id::EMPTY_FILE => {
                let flags = property.bits(without_stream.len())?;
                let empty = chosen(&without_stream, &flags);
                set(&mut files, &empty, Content::Empty);
            }
            id::ANTI => {
                let flags = property.bits(without_stream.len())?;
                let marks = chosen(&without_stream, &flags);
                set(&mut files, &marks, Content::Nothing);
            }
            id::NAMES => {
                if property.byte()? != 0 {
                    return None;
                }
                for file in &mut files {
                    file.name = property.name()?;
                }
            }
            _ => {}
        }
    }
}

fn chosen(from: &[usize], flags: &[bool]) -> Vec<usize> {
    from.iter().zip(flags).filter(|(_, flag)| **flag).map(|(at, _)| *at).collect()
}

fn set(files: &mut [File], at: &[usize], content: Content) {
    for at in at {
        if let Some(file) = files.get_mut(*at) {
            file.content = content;
        }
    }
}

fn digests(from: &mut Bytes<'_>, count: usize) -> Option<Vec<Option<u32>>> {
    let all = from.byte()? != 0;
    let defined = if all { vec![true; count] } else { from.bits(count)? };
    defined
        .into_iter()
        .map(|is| {
            if is { from.take(4).and_then(|crc| crate::number::u32_le(crc, 0)).map(Some) } else { Some(None) }
        })
        .collect()
}

/// What has not been read yet of a header.
struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let (number, rest) = seven_zip_number(self.rest)?;
        self.rest = rest;
        Some(number)
    }

    fn size(&mut self) -> Option<usize> {
        self.number().and_then(|number| usize::try_from(number).ok())
    }

    /// How many things follow that have one byte at least.
    fn count(&mut self) -> Option<usize> {
        self.size().filter(|count| *count <= self.rest.len())
    }

    /// Flags, the highest bit first.
    fn bits(&mut self, count: usize) -> Option<Vec<bool>> {
        let bytes = self.take(count.div_ceil(8))?;
        Some(
            bytes
                .iter()
                .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
                .take(count)
                .collect(),
        )
    }

    /// UTF-16 up to a zero.
    fn name(&mut self) -> Option<String> {
        let length = self.rest.chunks_exact(2).position(|unit| unit == [0, 0])?;
        let units = self.take(length * 2)?.chunks_exact(2);
        let units = units.filter_map(|unit| unit.try_into().ok().map(u16::from_le_bytes));
        let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.take(2)?;
        Some(name)
    }
}
