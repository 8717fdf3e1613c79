//! `\1Ole10Native`, and the native data of a `Package` object → the file that was dragged into a document
//! ([MS-OLEDS] 2.3.6 for the stream; what Packager writes into it has been public knowledge since Windows 3.1).

use crate::number::{place as number, slice, u16_le, u32_le};
use crate::office::told::{Sign, tell};
use crate::open::{Hold, Look, Member};
use crate::{Danger, DeedKind, Family, Unread};

/// A packed file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Packed<'b> {
    names: Vec<String>,
    content: &'b [u8],
    /// Its size as stated.
    size: usize,
}

/// Looks at the stream: its size, then the native data.
pub(super) fn look(look: &mut Look<'_>, place: &str, stream: &[u8]) -> bool {
    let native = stream.get(4..).unwrap_or_default();
    let stated = number(stream, 0).unwrap_or(0);
    // A size that says less than there is hides the rest from those who believe it.
    let native = if stated > 0 && stated < native.len() && native.len() - stated < 4096 {
        slice(native, 0, stated)
    } else {
        native
    };
    package(look, place, native);
    true
}

/// Looks at what Packager wrote, or hands out the data as they are where something else did.
pub(crate) fn package(look: &mut Look<'_>, place: &str, native: &[u8]) {
    let Some(packed) = Packed::parse(native) else {
        let kind = crate::kind(native);
        if !native.is_empty() && kind.family() != Family::Image {
            let extension = kind.extensions().first().copied().unwrap_or("bin");
            let base = place.rsplit('/').next().unwrap_or(place);
            look.hand(Member::whole(vec![format!("{base}.{extension}")], native, Hold::Embedded));
        }
        return;
    };
    if packed.size == 0 {
        let command = packed.names.join(" ");
        tell(
            look.opened,
            &Sign {
                kind: DeedKind::Command,
                danger: if is_program(&command) { Danger::Dangerous } else { Danger::Active },
                place,
                start: "",
                does: "Package",
                link: "",
                string: &command,
            },
        );
        return;
    }
    let mut member = Member::whole(packed.names, packed.content, Hold::Embedded);
    if packed.content.len() < packed.size {
        member.unread = Some(Unread::Damaged);
        member.size_bytes = packed.size as u64;
    }
    look.hand(member);
}

/// Whether a packed command, without a file, starts a program.
fn is_program(command: &str) -> bool {
    let lower = command.to_ascii_lowercase();
    [
        ".exe",
        ".bat",
        ".cmd",
        ".vbs",
        ".js",
        ".hta",
        ".scr",
        ".ps1",
        ".lnk",
        "cmd",
        "powershell",
        "mshta",
        "\\\\",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
}

impl<'b> Packed<'b> {
    /// Two (0x0002), label, path, two numbers, a length and the path it is unpacked to, size and content; newer writers
    /// add the three names in UTF-16.
    fn parse(native: &'b [u8]) -> Option<Packed<'b>> {
        if u16_le(native, 0)? != 2 {
            return None;
        }
        let (label, at) = string(native, 2)?;
        let (path, at) = string(native, at)?;
        // Flags and the kind of what is packed: 3 is a file, 1 is a link or a command.
        let kind = u16_le(native, at + 2)?;
        let (command, at) = if kind == 1 {
            (Vec::new(), at + 4)
        } else {
            let length = number(native, at + 4)?;
            let text = slice(native, at + 8, length);
            (
                text.split(|byte| *byte == 0).next().unwrap_or_default().to_vec(),
                at.checked_add(8)?.checked_add(length)?,
            )
        };
        let size = number(native, at).unwrap_or(0);
        let content = slice(native, at.checked_add(4)?, size);
        let mut packed = Packed { names: Vec::new(), content, size };
        if kind == 1 {
            packed.size = 0;
        }
        let (command_wide, behind) = wide(native, at.saturating_add(4).saturating_add(size));
        let (label_wide, behind) = wide(native, behind);
        let (path_wide, _) = wide(native, behind);
        let narrow = [label, path, &command].map(decoded);
        let names = [label_wide, path_wide].into_iter().chain(narrow).chain([command_wide]);
        for name in names {
            packed.add(&name, kind);
        }
        Some(packed)
    }

    /// A label as it is; of a path its last part, but whole where it is all there is.
    fn add(&mut self, name: &str, kind: u16) {
        let name = name.trim().trim_end_matches('\0');
        let name = if kind == 1 { name } else { name.rsplit(['\\', '/']).next().unwrap_or(name) };
        if !name.is_empty() && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }
}

/// A string that ends with a zero byte, and where it ends.
fn string(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    const NAME_BYTES_MAX: usize = 1024;
    let rest = bytes.get(at..)?;
    let length = memchr::memchr(0, slice(rest, 0, NAME_BYTES_MAX))?;
    Some((slice(rest, 0, length), at + length + 1))
}

/// A string of UTF-16 behind the number of its characters.
fn wide(bytes: &[u8], at: usize) -> (String, usize) {
    const CHARACTERS_MAX: usize = 1024;
    let length = u32_le(bytes, at).and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    if length > CHARACTERS_MAX {
        return (String::new(), bytes.len());
    }
    let text = slice(bytes, at.saturating_add(4), length * 2);
    let text = encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned();
    (text, at.saturating_add(4).saturating_add(length * 2))
}

/// A name in the code page of the machine that packed it: UTF-8, Shift_JIS or Western, whichever fits.
pub(crate) fn decoded(name: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(name) {
        return name.to_owned();
    }
    let (text, wrong) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(name);
    if wrong {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(name).0.into_owned()
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn packed(label: &[u8], path: &[u8], content: &[u8], wide: &[&str]) -> Vec<u8> {
        let mut bytes = vec![2, 0];
        for name in [label, path] {
            bytes.extend_from_slice(name);
            bytes.push(0);
        }
        bytes.extend([0, 0, 3, 0]);
        bytes.extend((path.len() as u32 + 1).to_le_bytes());
        bytes.extend_from_slice(path);
        bytes.push(0);
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend_from_slice(content);
        for name in wide {
            bytes.extend((name.encode_utf16().count() as u32).to_le_bytes());
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        }
        bytes
    }

    #[test]
    fn a_packed_file_has_all_its_names() {
        let (label, _, _) = encoding_rs::SHIFT_JIS.encode("請求書.pdf");
        let wide = ["C:\\Temp\\請求書.exe", "請求書.pdf", "C:\\a\\請求書.exe"];
        let bytes = packed(&label, b"C:\\a\\inv.exe", b"MZ", &wide);
        let packed = Packed::parse(&bytes).unwrap();
        assert_eq!(packed.names, ["請求書.pdf", "請求書.exe", "inv.exe"]);
        assert_eq!(packed.content, b"MZ");
    }

    #[test]
    fn cut_packages_end() {
        let bytes = packed(b"a.txt", b"C:\\a.txt", b"content", &["a", "b", "c"]);
        for end in 0..bytes.len() {
            let _ = Packed::parse(&bytes[..end]);
        }
        assert_eq!(Packed::parse(&bytes[..bytes.len() - 24]).map(|packed| packed.size), Some(7));
    }
}
