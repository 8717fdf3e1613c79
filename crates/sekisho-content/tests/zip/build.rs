//! Parts of ZIP archives → bytes, with headers that may say what is not true (PKWARE APPNOTE 4.3).

use std::io::Write;

/// One header's view of a member, and its packed bytes.
#[derive(Clone)]
pub struct Part {
    pub name: Vec<u8>,
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    pub compressed: u32,
    pub size: u32,
    pub extra: Vec<u8>,
    pub packed: Vec<u8>,
}

impl Part {
    /// A member kept as it is.
    pub fn stored(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Part {
        let content = content.as_ref();
        Part {
            name: name.as_ref().to_vec(),
            flags: 0,
            method: 0,
            crc: crc32fast::hash(content),
            compressed: content.len() as u32,
            size: content.len() as u32,
            extra: Vec::new(),
            packed: content.to_vec(),
        }
    }

    /// A deflated member.
    pub fn deflated(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Part {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content.as_ref()).expect("memory takes all");
        let packed = encoder.finish().expect("memory takes all");
        Part { method: 8, compressed: packed.len() as u32, packed, ..Part::stored(name, content) }
    }

    pub fn named(&self, name: impl AsRef<[u8]>) -> Part {
        Part { name: name.as_ref().to_vec(), ..self.clone() }
    }

    pub fn flagged(self, flags: u16) -> Part {
        Part { flags, ..self }
    }

    pub fn with_extra(self, id: u16, field: &[u8]) -> Part {
        let length = (field.len() as u16).to_le_bytes();
        Part { extra: [&id.to_le_bytes()[..], &length, field].concat(), ..self }
    }

    /// The local header and the packed bytes.
    pub fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04", &self.fields()[..], &self.name, &self.extra, &self.packed].concat()
    }

    /// The central header for a member at this place.
    pub fn central(&self, at: usize) -> Vec<u8> {
        let at = (at as u32).to_le_bytes();
        [b"PK\x01\x02\x14\0", &self.fields()[..], &[0; 10], &at, &self.name, &self.extra].concat()
    }

    fn fields(&self) -> Vec<u8> {
        let mut fields = vec![20, 0];
        for number in [self.flags, self.method, 0, 0x5021] {
            fields.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.crc, self.compressed, self.size] {
            fields.extend_from_slice(&number.to_le_bytes());
        }
        for length in [self.name.len(), self.extra.len()] {
            fields.extend_from_slice(&(length as u16).to_le_bytes());
        }
        fields
    }
}

/// An end record.
pub fn end(count: usize, directory_bytes: usize, directory: usize, comment: &[u8]) -> Vec<u8> {
    let count = (count as u16).to_le_bytes();
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    end.extend_from_slice(&[count, count].concat());
    end.extend_from_slice(&(directory_bytes as u32).to_le_bytes());
    end.extend_from_slice(&(directory as u32).to_le_bytes());
    end.extend_from_slice(&(comment.len() as u16).to_le_bytes());
    end.extend_from_slice(comment);
    end
}

/// An archive whose headers agree.
pub fn archive(parts: &[Part]) -> Vec<u8> {
    let pairs: Vec<_> = parts.iter().map(|part| (part.clone(), Some(part.clone()))).collect();
    disagreeing(&pairs, b"")
}

/// An archive of members by their local header, and by their central one if the directory lists them.
pub fn disagreeing(parts: &[(Part, Option<Part>)], comment: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (local, central) in parts {
        directory.extend(central.iter().flat_map(|central| central.central(bytes.len())));
        bytes.extend(local.local());
    }
    let count = parts.iter().filter(|(_, central)| central.is_some()).count();
    let end = end(count, directory.len(), bytes.len(), comment);
    [bytes, directory, end].concat()
}
