//! The table of contents of a XAR → its files. As much XML as the format uses: elements, attributes, text, entities.

use crate::archive::uuencode::base64_line;
use crate::limits::{NAME_CHARACTERS_MAX, XAR_DEPTH_MAX};

/// A file with content.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: String,
    /// Where its content stands in the heap, and how much it is there.
    pub(super) offset: usize,
    pub(super) length: usize,
    pub(super) size_bytes: u64,
    /// How it is packed, as a media type.
    pub(super) encoding: String,
}

/// A `file` element that is open, and what stood in it so far.
#[derive(Default)]
struct Open {
    name: String,
    /// Whether the name is written in base64, as those beyond ASCII are.
    is_coded: bool,
    entry: Entry,
    has_data: bool,
}

/// Gives each file in the order in which their elements end, until it is told to stop; `None` where the elements make no
/// sense.
pub(super) fn entries(table: &str, see: &mut dyn FnMut(Entry) -> bool) -> Option<()> {
    let mut elements: Vec<&str> = Vec::new();
    let mut files: Vec<Open> = Vec::new();
    let mut rest = table;
    while let Some((text, behind)) = rest.split_once('<') {
        if let (Some(file), [.., parent, element]) = (files.last_mut(), elements.as_slice()) {
            file.take(parent, element, text.trim());
        }
        let (tag, behind) = behind.split_once('>')?;
        rest = behind;
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if elements.pop()? != name.trim() {
                return None;
            }
            if name.trim() == "file" {
                let entry = close(&mut files);
                if entry.is_some_and(|entry| !see(entry)) {
                    return Some(());
                }
            }
            continue;
        }
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        if let ("encoding", Some(file), Some(&"data")) = (name, files.last_mut(), elements.last()) {
            file.entry.encoding = attribute(tag, "style").unwrap_or_default().to_owned();
        }
        if let ("name", Some(file), Some(&"file")) = (name, files.last_mut(), elements.last()) {
            file.is_coded = attribute(tag, "enctype") == Some("base64");
        }
        if tag.ends_with('/') {
            continue;
        }
        if name == "file" {
            files.push(Open::default());
        }
        elements.push(name);
        if elements.len() > XAR_DEPTH_MAX {
            return None;
        }
    }
    elements.is_empty().then_some(())
}

/// The innermost file ends; its path is made of the names of all that are open.
fn close(files: &mut Vec<Open>) -> Option<Entry> {
    let file = files.pop()?;
    let folders = files.iter().map(|folder| folder.name.as_str());
    if !file.has_data {
        return None;
    }
    let path = folders.chain([file.name.as_str()]).collect::<Vec<_>>().join("/");
    Some(Entry { path, ..file.entry })
}

impl Open {
    fn take(&mut self, parent: &str, element: &str, text: &str) {
        if text.is_empty() || element == "name" && text.len() > NAME_CHARACTERS_MAX {
            return;
        }
        match (parent, element) {
            ("file", "name") if self.is_coded => {
                let mut name = Vec::new();
                base64_line(text.as_bytes(), &mut name);
                self.name = String::from_utf8_lossy(&name).into_owned();
            }
            ("file", "name") => self.name = unescaped(text),
            ("data", "offset") => self.entry.offset = text.parse().unwrap_or(usize::MAX),
            ("data", "length") => {
                self.has_data = true;
                self.entry.length = text.parse().unwrap_or(usize::MAX);
            }
            ("data", "size") => self.entry.size_bytes = text.parse().unwrap_or(0),
            _ => {}
        }
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = tag.split_once(name)?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_path_of_their_folders() {
        let table = "<?xml version=\"1.0\"?><xar><toc><checksum style=\"sha1\"><offset>0</offset></checksum>\
            <file id=\"1\"><name>folder</name><type>directory</type><file id=\"2\"><data><length>5</length>\
            <offset>20</offset><size>9</size><encoding style=\"application/x-gzip\"/></data>\
            <name>a &amp; b.txt</name></file></file></toc></xar>";
        let entry = Entry {
            path: "folder/a & b.txt".to_owned(),
            offset: 20,
            length: 5,
            size_bytes: 9,
            encoding: "application/x-gzip".to_owned(),
        };
        let list = |table: &str| {
            let mut all = Vec::new();
            let outcome = entries(table, &mut |entry| {
                all.push(entry);
                true
            });
            outcome.map(|()| all)
        };
        assert_eq!(list(table), Some(vec![entry]));
        assert_eq!(list("<xar><toc></xar>"), None);
        assert_eq!(list("<xar><toc"), None);
    }
}
