//! A storage of a compound file → a compound file with this storage as its root ([MS-CFB] version 4: sectors of 4 KiB,
//! so that the header alone lists the allocation table of anything that fits into memory).

use super::{Compound, Entry, Object, SIGNATURE};
use crate::{Budget, Unread};

const SECTOR_BYTES: usize = 4096;
const SHORT_SECTOR_BYTES: usize = 64;
const SHORT_BELOW_BYTES: usize = 4096;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const TABLE: u32 = 0xffff_fffd;

/// Sectors of allocation table that the header lists.
const TABLE_SECTORS_MAX: usize = 109;

/// The compound file that the storage at `path` would be, saved alone.
pub(crate) fn rebuild(compound: &Compound<'_>, path: &str, budget: &mut Budget) -> Result<Vec<u8>, Unread> {
    let mut nodes: Vec<Node> = Vec::new();
    for entry in compound.entries() {
        let Some(relative) = entry.path.strip_prefix(path) else { continue };
        let relative = match relative.strip_prefix('/') {
            Some(relative) => relative,
            None if relative.is_empty() && entry.object == Object::Storage => "",
            None => continue,
        };
        nodes.push(Node::of(compound, entry, relative, budget)?);
    }
    nodes.sort_by_cached_key(|node| {
        (node.parent().to_owned(), node.name.encode_utf16().count(), node.name.to_uppercase())
    });
    match nodes.iter().position(|node| node.path.is_empty()) {
        Some(at) => nodes.swap(0, at),
        None => return Err(Unread::Damaged),
    }
    File::of(&nodes)
}

/// A compound file with these streams, the storages that their paths name, and this class at its root.
#[cfg(test)]
pub(crate) fn written(streams: &[(&str, &[u8])], class: [u8; 16]) -> Vec<u8> {
    let node = |path: &str, object, class, content: &[u8]| Node {
        path: path.to_owned(),
        name: path.rsplit('/').next().unwrap_or_default().to_owned(),
        object,
        class,
        content: content.to_vec(),
    };
    let mut nodes = vec![node("", Object::Root, class, &[])];
    for (path, content) in streams {
        for (at, _) in path.match_indices('/') {
            if !nodes.iter().any(|node| node.path == path[..at]) {
                nodes.push(node(&path[..at], Object::Storage, [0; 16], &[]));
            }
        }
        nodes.push(node(path, Object::Stream, [0; 16], content));
    }
    File::of(&nodes).unwrap()
}

struct Node {
    /// Its path below the new root; empty for the root.
    path: String,
    name: String,
    object: Object,
    class: [u8; 16],
    content: Vec<u8>,
}

impl Node {
    fn of(compound: &Compound<'_>, entry: &Entry, path: &str, budget: &mut Budget) -> Result<Node, Unread> {
        let content = match entry.object {
            Object::Stream => compound.read(entry, budget)?.bytes,
            Object::Root | Object::Storage => Vec::new(),
        };
        Ok(Node {
            path: path.to_owned(),
            name: entry.name.clone(),
            object: if path.is_empty() { Object::Root } else { entry.object },
            class: entry.class,
            content,
        })
    }

    fn parent(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(parent, _)| parent)
    }
}

/// Sectors behind the allocation table, and the table.
struct File {
    sectors: Vec<u8>,
    table: Vec<u32>,
}

impl File {
    fn of(nodes: &[Node]) -> Result<Vec<u8>, Unread> {
        let mut file = File { sectors: Vec::new(), table: Vec::new() };
        let mut short = (Vec::new(), Vec::new());
        let starts: Vec<u32> = nodes.iter().map(|node| file.add_stream(node, &mut short)).collect();
        let (short_bytes, short_table) = short;
        let short_size = short_bytes.len();
        let short_start = file.add(&short_bytes);
        let short_table_start = file.add(&numbers(&short_table, SECTOR_BYTES));
        let directory = directory(nodes, &starts, (short_start, short_size));
        let directory_start = file.add(&directory);
        file.finished(directory_start, short_table_start)
    }

    fn add_stream(&mut self, node: &Node, short: &mut (Vec<u8>, Vec<u32>)) -> u32 {
        if node.content.is_empty() {
            return END;
        }
        if node.content.len() >= SHORT_BELOW_BYTES {
            return self.add(&node.content);
        }
        let (bytes, table) = short;
        let start = table.len() as u32;
        chain(table, node.content.len().div_ceil(SHORT_SECTOR_BYTES));
        bytes.extend_from_slice(&node.content);
        bytes.resize(table.len() * SHORT_SECTOR_BYTES, 0);
        start
    }

    /// Adds sectors and says where they begin, counted without the allocation table.
    fn add(&mut self, bytes: &[u8]) -> u32 {
        if bytes.is_empty() {
            return END;
        }
        let start = self.table.len() as u32;
        chain(&mut self.table, bytes.len().div_ceil(SECTOR_BYTES));
        self.sectors.extend_from_slice(bytes);
        self.sectors.resize(self.table.len() * SECTOR_BYTES, 0);
        start
    }

    /// The allocation table stands behind everything else, so that nothing has to be counted twice.
    fn finished(mut self, directory: u32, short_table: u32) -> Result<Vec<u8>, Unread> {
        const EACH: usize = SECTOR_BYTES / 4;
        let content = self.table.len();
        let own = (content + content.div_ceil(EACH - 1) + 1).div_ceil(EACH);
        if own > TABLE_SECTORS_MAX {
            return Err(Unread::TooLarge);
        }
        self.table.extend(std::iter::repeat_n(TABLE, own));
        let mut header = SIGNATURE.to_vec();
        header.extend([0; 16]);
        header.extend([0x3e, 0, 0x04, 0, 0xfe, 0xff, 12, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
        let short_sectors = u32::from(short_table != END);
        for number in
            [1, own as u32, directory, 0, SHORT_BELOW_BYTES as u32, short_table, short_sectors, END, 0]
        {
            header.extend(number.to_le_bytes());
        }
        for at in 0..TABLE_SECTORS_MAX {
            let number = if at < own { (content + at) as u32 } else { FREE };
            header.extend(number.to_le_bytes());
        }
        header.resize(SECTOR_BYTES, 0);
        Ok([header, self.sectors, numbers(&self.table, own * SECTOR_BYTES)].concat())
    }
}

/// Adds a chain of this length.
fn chain(table: &mut Vec<u32>, length: usize) {
    let start = table.len();
    table.extend((1..=length).map(|step| if step == length { END } else { (start + step) as u32 }));
}

/// Numbers as bytes, filled up with the number for free.
fn numbers(table: &[u32], bytes: usize) -> Vec<u8> {
    if table.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<u8> = table.iter().flat_map(|number| number.to_le_bytes()).collect();
    let full = out.len().div_ceil(bytes.max(1)) * bytes;
    out.resize(full.max(bytes), 0xff);
    out
}

/// Entries; the children of a storage are a chain to the right.
fn directory(nodes: &[Node], starts: &[u32], short: (u32, usize)) -> Vec<u8> {
    let mut first_child = vec![FREE; nodes.len()];
    let mut right = vec![FREE; nodes.len()];
    let by_path: std::collections::BTreeMap<&str, usize> =
        nodes.iter().enumerate().map(|(at, node)| (node.path.as_str(), at)).collect();
    let mut last_child: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for (at, node) in nodes.iter().enumerate().skip(1) {
        let parent = by_path.get(node.parent()).copied().unwrap_or(0);
        match last_child.insert(node.parent(), at) {
            Some(before) => right.iter_mut().skip(before).take(1).for_each(|link| *link = at as u32),
            None => first_child.iter_mut().skip(parent).take(1).for_each(|link| *link = at as u32),
        }
    }
    let mut bytes = Vec::new();
    let links = first_child.into_iter().zip(right).zip(starts);
    for (node, ((child, right), start)) in nodes.iter().zip(links) {
        let (start, size) = if node.object == Object::Root { short } else { (*start, node.content.len()) };
        bytes.extend(entry(node, child, right, start, size));
    }
    bytes
}

fn entry(node: &Node, child: u32, right: u32, start: u32, size: usize) -> Vec<u8> {
    let name = if node.object == Object::Root { "Root Entry" } else { &node.name };
    let mut bytes: Vec<u8> = name.encode_utf16().take(31).flat_map(u16::to_le_bytes).collect();
    let name_bytes = bytes.len() as u16 + 2;
    bytes.resize(64, 0);
    bytes.extend(name_bytes.to_le_bytes());
    let object = match node.object {
        Object::Root => 5,
        Object::Storage => 1,
        Object::Stream => 2,
    };
    bytes.extend([object, 1]);
    for link in [FREE, right, child] {
        bytes.extend(link.to_le_bytes());
    }
    bytes.extend(node.class);
    bytes.extend([0; 20]);
    bytes.extend(start.to_le_bytes());
    bytes.extend((size as u64).to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rebuilt_reads_like_what_it_was() {
        let node = |path: &str, object, content: &[u8]| Node {
            path: path.to_owned(),
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            object,
            class: [7; 16],
            content: content.to_vec(),
        };
        let large: Vec<u8> = (0..100_000_u32).map(|number| (number % 251) as u8).collect();
        let nodes = [
            node("", Object::Root, &[]),
            node("A", Object::Storage, &[]),
            node("Long", Object::Stream, &large),
            node("A/B", Object::Storage, &[]),
            node("A/Short", Object::Stream, b"short"),
            node("A/B/C", Object::Stream, &[9; 200]),
        ];
        let bytes = File::of(&nodes).unwrap();
        let compound = Compound::parse(&bytes).unwrap();
        let mut budget = Budget::default();
        for (path, content) in [("Long", &large[..]), ("A/Short", b"short"), ("A/B/C", &[9; 200])] {
            assert_eq!(compound.stream(path, &mut budget).unwrap().unwrap().bytes, content, "{path}");
        }
        let inner = rebuild(&compound, "A", &mut budget).unwrap();
        let inner = Compound::parse(&inner).unwrap();
        assert_eq!(inner.stream("Short", &mut budget).unwrap().unwrap().bytes, b"short");
        assert_eq!(inner.stream("B/C", &mut budget).unwrap().unwrap().bytes, [9; 200]);
        assert_eq!(inner.root().unwrap().class, [7; 16]);
        assert!(rebuild(&compound, "Nothing", &mut budget).is_err());
    }
}
