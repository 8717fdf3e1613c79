//! Folders and mails → a data file of Outlook ([MS-PST]), in the old form (ANSI) or the new (Unicode), with any of its encodings.
//!
//! It is written after the specification and apart from the reader. Outlook would miss tables that only Outlook needs (lists of folders and
//! of their contents, the map of free space).

mod heap;

use sekisho_mail::pst::Encoding;

use crate::files::crc_from;

pub use heap::Value;

/// Which numbers a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Of 4 bytes (Outlook 97 to 2002).
    Ansi,
    /// Of 8 bytes (since Outlook 2003).
    Unicode,
}

/// A property: its number and its value.
pub type Property = (u16, Value);

/// A mail.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// What the message says of itself.
    pub properties: Vec<Property>,
    /// What it says of each receiver.
    pub receivers: Vec<Vec<Property>>,
    /// What is attached.
    pub attachments: Vec<Attachment>,
}

/// Something attached.
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    /// What it says of itself, its content included.
    pub properties: Vec<Property>,
    /// The message attached, where it is one.
    pub inside: Option<Box<Letter>>,
}

/// A file being written.
pub struct DataFile {
    form: Form,
    encoding: Encoding,
    bytes: Vec<u8>,
    nodes: Vec<[u64; 4]>,
    blocks: Vec<(u64, u64, u16)>,
    last_index: u32,
    last_block: u64,
}

/// The number of the store.
const STORE: u32 = 0x21;

/// The number of the folder at the root.
pub const ROOT: u32 = 0x122;

/// Kinds of nodes ([MS-PST] section 2.2.2.1).
const FOLDER: u32 = 0x02;
const MESSAGE: u32 = 0x04;
const ATTACHMENT: u32 = 0x05;
const LARGE_VALUE: u32 = 0x1f;
const RECEIVERS: u32 = 0x692;

/// Bytes of data in one block.
const BLOCK_BYTES: usize = 8_176;
/// Where the first block may be.
const FIRST_PLACE: usize = 0x400;

impl DataFile {
    /// An empty one.
    pub fn new(form: Form, encoding: Encoding) -> Self {
        Self {
            form,
            encoding,
            bytes: vec![0; FIRST_PLACE],
            nodes: Vec::new(),
            blocks: Vec::new(),
            last_index: 0x1_0000,
            last_block: 0,
        }
    }

    /// Describes the store.
    pub fn store(&mut self, properties: &[Property]) {
        let (data, inside) = self.properties(properties, Vec::new());
        self.nodes.push([u64::from(STORE), data, inside, 0]);
    }

    /// Adds the folder at the root.
    pub fn root(&mut self, properties: &[Property]) {
        let (data, inside) = self.properties(properties, Vec::new());
        self.nodes.push([u64::from(ROOT), data, inside, u64::from(ROOT)]);
    }

    /// Adds a folder; its number.
    pub fn folder(&mut self, parent: u32, properties: &[Property]) -> u32 {
        let number = self.number(FOLDER);
        let (data, inside) = self.properties(properties, Vec::new());
        self.nodes.push([u64::from(number), data, inside, u64::from(parent)]);
        number
    }

    /// Adds a mail; its number.
    pub fn mail(&mut self, folder: u32, letter: &Letter) -> u32 {
        let number = self.number(MESSAGE);
        let (data, inside) = self.letter(letter);
        self.nodes.push([u64::from(number), data, inside, u64::from(folder)]);
        number
    }

    /// The entry id by which the store names a folder.
    pub fn entry(folder: u32) -> Vec<u8> {
        [vec![0; 20], folder.to_le_bytes().to_vec()].concat()
    }

    /// The whole file.
    pub fn finish(mut self) -> Vec<u8> {
        let step = self.step();
        self.nodes.sort_unstable();
        let nodes = self.nodes.clone();
        let mut entries = Vec::new();
        for [number, data, inside, parent] in nodes {
            let mut entry = Vec::new();
            self.id(&mut entry, number);
            self.id(&mut entry, data);
            self.id(&mut entry, inside);
            self.id(&mut entry, parent);
            entries.push(entry);
        }
        let (nodes_id, nodes_at) = self.tree(0x81, entries);
        let mut blocks = self.blocks.clone();
        blocks.sort_unstable();
        let mut entries = Vec::new();
        for (id, at, size) in blocks {
            let mut entry = Vec::new();
            self.id(&mut entry, id);
            self.id(&mut entry, at);
            entry.extend(size.to_le_bytes());
            entry.extend(2_u16.to_le_bytes());
            entry.resize(3 * step, 0);
            entries.push(entry);
        }
        let (blocks_id, blocks_at) = self.tree(0x80, entries);
        self.header([nodes_id, nodes_at, blocks_id, blocks_at]);
        self.bytes
    }

    fn header(&mut self, roots: [u64; 4]) {
        let (version, roots_at, encoding_at) = match self.form {
            Form::Ansi => (15_u16, 184, 461),
            Form::Unicode => (23, 216, 513),
        };
        let number = match self.encoding {
            Encoding::None => 0,
            Encoding::Permute => 1,
            Encoding::Cyclic => 2,
        };
        self.bytes[..4].copy_from_slice(b"!BDN");
        self.bytes[8..10].copy_from_slice(b"SM");
        self.bytes[10..12].copy_from_slice(&version.to_le_bytes());
        let mut root = Vec::new();
        roots.iter().for_each(|one| self.id(&mut root, *one));
        self.bytes[roots_at..roots_at + root.len()].copy_from_slice(&root);
        self.bytes[encoding_at - 1] = 0x80;
        self.bytes[encoding_at] = number;
    }

    fn letter(&mut self, letter: &Letter) -> (u64, u64) {
        let mut inner = Vec::new();
        if !letter.receivers.is_empty() {
            let (heap, within) = heap::table(&letter.receivers, self.form);
            let inside = self.large(within, Vec::new());
            let data = self.data(&heap);
            inner.push((RECEIVERS, data, inside));
        }
        for (at, attachment) in (1_u32..).zip(&letter.attachments) {
            let mut properties = attachment.properties.clone();
            let mut within = Vec::new();
            if let Some(inside) = &attachment.inside {
                let number = 0x8000 << 5 | MESSAGE;
                let (data, inner) = self.letter(inside);
                within.push((number, data, inner));
                properties.push((0x3705, Value::Number(5)));
                properties.push((0x3701, Value::Object(number)));
            }
            let (data, inside) = self.properties(&properties, within);
            inner.push((at << 5 | ATTACHMENT, data, inside));
        }
        self.properties(&letter.properties, inner)
    }

    /// Writes properties; what is too large for a heap goes into nodes beside `inner`.
    fn properties(&mut self, properties: &[Property], inner: Vec<(u32, u64, u64)>) -> (u64, u64) {
        let (heap, large) = heap::properties(properties);
        let inside = self.large(large, inner);
        (self.data(&heap), inside)
    }

    /// Writes values as nodes; the block that lists them together with `inner`.
    fn large(&mut self, values: Vec<Vec<u8>>, mut inner: Vec<(u32, u64, u64)>) -> u64 {
        for (at, value) in (0_u32..).zip(values) {
            let data = self.data(&value);
            inner.push((heap::large_number(at), data, 0));
        }
        if inner.is_empty() {
            return 0;
        }
        inner.sort_unstable();
        let mut list = vec![2, 0];
        list.extend(u16::try_from(inner.len()).expect("few").to_le_bytes());
        if self.form == Form::Unicode {
            list.extend([0; 4]);
        }
        for (number, data, inside) in inner {
            self.id(&mut list, u64::from(number));
            self.id(&mut list, data);
            self.id(&mut list, inside);
        }
        self.block(&list, true)
    }

    /// Writes data in as many blocks as it needs; the number of the one to begin with.
    fn data(&mut self, bytes: &[u8]) -> u64 {
        if bytes.len() <= BLOCK_BYTES {
            return self.block(bytes, false);
        }
        let blocks: Vec<u64> = bytes.chunks(BLOCK_BYTES).map(|piece| self.block(piece, false)).collect();
        let mut list = vec![1, 1];
        list.extend(u16::try_from(blocks.len()).expect("few").to_le_bytes());
        list.extend(u32::try_from(bytes.len()).expect("small").to_le_bytes());
        blocks.iter().for_each(|id| self.id(&mut list, *id));
        self.block(&list, true)
    }

    fn block(&mut self, bytes: &[u8], is_internal: bool) -> u64 {
        self.last_block += 4;
        let id = self.last_block | if is_internal { 2 } else { 0 };
        let mut block = bytes.to_vec();
        if !is_internal {
            self.encoding.encode(&mut block, id);
        }
        let size = u16::try_from(block.len()).expect("a block is small");
        let trailer = self.trailer(&size.to_le_bytes(), checksum(&block), id);
        let whole = (block.len() + trailer.len()).next_multiple_of(64);
        block.resize(whole - trailer.len(), 0);
        block.extend(trailer);
        self.bytes.resize(self.bytes.len().next_multiple_of(64), 0);
        self.blocks.push((id, self.bytes.len() as u64, size));
        self.bytes.extend(block);
        id
    }

    /// Writes a tree of pages; the number and the place of its root.
    fn tree(&mut self, kind: u8, entries: Vec<Vec<u8>>) -> (u64, u64) {
        let room = if self.form == Form::Ansi { 496 } else { 488 };
        let mut level = 0;
        let mut entries = entries;
        loop {
            let entry_bytes = entries.first().map_or(4 * self.step(), Vec::len);
            let mut above = Vec::new();
            for some in entries.chunks(room / entry_bytes) {
                let mut page = some.concat();
                page.resize(room, 0);
                let count = u8::try_from(some.len()).expect("a page is small");
                page.extend([count, 0, u8::try_from(entry_bytes).expect("small"), level]);
                page.resize(if self.form == Form::Ansi { 500 } else { 496 }, 0);
                self.last_block += 4;
                let id = self.last_block;
                let trailer = self.trailer(&[kind, kind], checksum(&page), id);
                page.extend(trailer);
                self.bytes.resize(self.bytes.len().next_multiple_of(512), 0);
                let at = self.bytes.len() as u64;
                self.bytes.extend(page);
                let mut entry: Vec<u8> =
                    some.first().map(|first| first[..self.step()].to_vec()).unwrap_or_default();
                self.id(&mut entry, id);
                self.id(&mut entry, at);
                above.push((entry, id, at));
            }
            if let [(_, id, at)] = &above[..] {
                return (*id, *at);
            }
            level += 1;
            entries = above.into_iter().map(|(entry, _, _)| entry).collect();
        }
    }

    fn trailer(&self, start: &[u8; 2], checksum: u32, id: u64) -> Vec<u8> {
        let mut trailer = [start, &[0; 2][..]].concat();
        if self.form == Form::Ansi {
            self.id(&mut trailer, id);
            trailer.extend(checksum.to_le_bytes());
        } else {
            trailer.extend(checksum.to_le_bytes());
            self.id(&mut trailer, id);
        }
        trailer
    }

    fn number(&mut self, kind: u32) -> u32 {
        self.last_index += 1;
        self.last_index << 5 | kind
    }

    fn step(&self) -> usize {
        if self.form == Form::Ansi { 4 } else { 8 }
    }

    fn id(&self, into: &mut Vec<u8>, id: u64) {
        into.extend(&id.to_le_bytes()[..self.step()]);
    }
}

/// CRC-32 that begins at 0 and is not turned ([MS-PST] section 5.3).
fn checksum(bytes: &[u8]) -> u32 {
    crc_from(0, bytes)
}
