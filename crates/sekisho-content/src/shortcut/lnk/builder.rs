//! Shortcuts for tests, written field by field ([MS-SHLLINK] section 2). They lead nowhere.

/// What is to be written; empty fields are left out.
#[derive(Default)]
pub(super) struct Shape<'a> {
    /// A local path, or a UNC path as share and rest.
    pub(super) local: &'a str,
    /// A share and what follows it.
    pub(super) share: (&'a str, &'a str),
    /// Folders and a file as items behind the root and a drive.
    pub(super) items: &'a [&'a str],
    pub(super) name: &'a str,
    pub(super) relative: &'a str,
    pub(super) working: &'a str,
    pub(super) arguments: &'a str,
    pub(super) icon: &'a str,
    pub(super) environment: &'a str,
    /// Whether strings are in the code page instead of UTF-16.
    pub(super) ansi: bool,
    /// Behind the end.
    pub(super) appended: &'a [u8],
}

pub(super) fn build(shape: &Shape<'_>) -> Vec<u8> {
    let mut flags = if shape.ansi { 0_u32 } else { 1 << 7 };
    let mut body = Vec::new();
    if !shape.items.is_empty() {
        flags |= 1;
        let list = items(shape.items);
        body.extend_from_slice(&(list.len() as u16).to_le_bytes());
        body.extend_from_slice(&list);
    }
    if !shape.local.is_empty() || !shape.share.0.is_empty() {
        flags |= 1 << 1;
        body.extend_from_slice(&information(shape));
    }
    let strings =
        [(2, shape.name), (3, shape.relative), (4, shape.working), (5, shape.arguments), (6, shape.icon)];
    for (bit, text) in strings {
        if text.is_empty() {
            continue;
        }
        flags |= 1 << bit;
        let (content, count) = if shape.ansi {
            let content = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
            (content.clone(), content.len())
        } else {
            (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), text.encode_utf16().count())
        };
        body.extend_from_slice(&(count as u16).to_le_bytes());
        body.extend_from_slice(&content);
    }
    if !shape.environment.is_empty() {
        flags |= 1 << 9;
        body.extend_from_slice(&0x314_u32.to_le_bytes());
        body.extend_from_slice(&0xa000_0001_u32.to_le_bytes());
        body.extend_from_slice(&field(shape.environment.as_bytes(), 260));
        let wide: Vec<u8> = shape.environment.encode_utf16().flat_map(u16::to_le_bytes).collect();
        body.extend_from_slice(&field(&wide, 520));
    }
    let mut bytes = vec![0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
    bytes.extend_from_slice(&flags.to_le_bytes());
    bytes.resize(0x3c, 0);
    bytes.extend_from_slice(&1_u32.to_le_bytes());
    bytes.resize(0x4c, 0);
    bytes.extend_from_slice(&body);
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(shape.appended);
    bytes
}

fn field(text: &[u8], size: usize) -> Vec<u8> {
    let mut field = text.to_vec();
    field.resize(size, 0);
    field
}

fn items(names: &[&str]) -> Vec<u8> {
    let mut list = vec![
        0x14, 0, 0x1f, 0x50, 0xe0, 0x4f, 0xd0, 0x20, 0xea, 0x3a, 0x69, 0x10, 0xa2, 0xd8, 8, 0, 0x2b, 0x30,
    ];
    list.extend_from_slice(&[0x30, 0x9d, 0x19, 0, 0x2f, b'C', b':', b'\\']);
    list.resize(0x14 + 0x19, 0);
    for name in names {
        let long: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let mut item = vec![0, 0, 0x32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        item.extend_from_slice(b"SHORT~1\0");
        let block = item.len();
        item.extend_from_slice(&((20 + long.len() + 2) as u16).to_le_bytes());
        item.extend_from_slice(&[3, 0, 4, 0, 0xef, 0xbe]);
        item.resize(block + 20, 0);
        item.extend_from_slice(&long);
        item.extend_from_slice(&(block as u16).to_le_bytes());
        let size = (item.len() as u16).to_le_bytes();
        item[..2].copy_from_slice(&size);
        list.extend_from_slice(&item);
    }
    list.extend_from_slice(&[0, 0]);
    list
}

fn information(shape: &Shape<'_>) -> Vec<u8> {
    const HEADER: usize = 0x1c;
    let ansi = |text: &str| [encoding_rs::SHIFT_JIS.encode(text).0.as_ref(), &[0]].concat();
    let is_local = !shape.local.is_empty();
    let (first, suffix) = if is_local {
        (ansi(shape.local), ansi(""))
    } else {
        let name = ansi(shape.share.0);
        let mut network = vec![0; 0x14];
        network[0] = (0x14 + name.len()) as u8;
        network[8] = 0x14;
        (network.into_iter().chain(name).collect(), ansi(shape.share.1))
    };
    let suffix_at = HEADER + first.len();
    let size = suffix_at + suffix.len();
    let (local_at, network_at) = if is_local { (HEADER, 0) } else { (0, HEADER) };
    let header = [size, HEADER, if is_local { 1 } else { 2 }, 0, local_at, network_at, suffix_at];
    let mut bytes: Vec<u8> = header.iter().flat_map(|number| (*number as u32).to_le_bytes()).collect();
    bytes.extend_from_slice(&first);
    bytes.extend_from_slice(&suffix);
    bytes
}
