//! The folders of a data file ([MS-PST] section 2.4.4) → the path of each, and what it is for where the file says so by itself.

use std::collections::HashMap;
use std::rc::Rc;

use super::Purpose;
use super::blocks::Blocks;
use super::limits::{
    FOLDER_BYTES_MAX, FOLDER_DEPTH_MAX, FOLDER_NAME_CHARS_MAX, FOLDERS_ASKED_MAX, FOLDERS_MAX,
};
use super::objects::Object;
use super::pages::Node;
use crate::mapi::{Properties, id};
use crate::ole::u32_at;

/// Numbers of nodes that every file has ([MS-PST] section 2.4.1).
const STORE: u32 = 0x21;
const ROOT: u32 = 0x122;
/// The kind of node that a folder is.
const FOLDER: u32 = 0x02;

/// What the store and some folders say of other folders ([MS-OXOSFLD] section 2.2).
mod told {
    pub(super) const CODEPAGE: u16 = 0x66c3;
    pub(super) const TOP: u16 = 0x35e0;
    pub(super) const OUTBOX: u16 = 0x35e2;
    pub(super) const DELETED: u16 = 0x35e3;
    pub(super) const SENT: u16 = 0x35e4;
    pub(super) const DRAFTS: u16 = 0x36d7;
    /// Several; the fifth names the folder of junk.
    pub(super) const ADDITIONAL: u16 = 0x36d8;
}

/// Where a mail lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Names from the top down.
    pub names: Vec<String>,
    /// What it or a folder above it is for.
    pub purpose: Option<Purpose>,
}

/// The folders of a file.
#[derive(Default)]
pub(super) struct Folders {
    nodes: HashMap<u32, Node>,
    purposes: HashMap<u32, Purpose>,
    /// Where the folders begin that a person sees.
    top: u32,
    /// The code page of text that has none of its own.
    pub(super) codepage: u32,
    known: HashMap<u32, Rc<Folder>>,
    names: HashMap<u32, String>,
}

impl Folders {
    /// Keeps a node, if it is a folder.
    pub(super) fn keep(&mut self, node: Node) {
        if node.number & 0x1f == FOLDER && self.nodes.len() < FOLDERS_MAX {
            self.nodes.insert(node.number, node);
        }
    }

    /// Asks the store and the folders at the top which folder is for what.
    pub(super) fn ask(&mut self, blocks: &mut Blocks<'_>) {
        let store = blocks.pages.node(STORE);
        let store = store.and_then(|store| {
            let wanted = [told::CODEPAGE, told::TOP, told::OUTBOX, told::DELETED, told::SENT];
            properties(blocks, store, &wanted)
        });
        if let Some(store) = store {
            self.codepage =
                store.number(told::CODEPAGE).and_then(|page| u32::try_from(page).ok()).unwrap_or(0);
            self.top = store.bytes(told::TOP).and_then(entry).unwrap_or(0);
            for (told, purpose) in [
                (told::OUTBOX, Purpose::Outbox),
                (told::DELETED, Purpose::Deleted),
                (told::SENT, Purpose::Sent),
            ] {
                self.note(store.bytes(told).and_then(entry), purpose);
            }
        }
        let parent = |number: u32| self.nodes.get(&number).map_or(0, |node| node.parent);
        let is_near_the_top = |node: &&Node| {
            node.number == ROOT
                || [node.parent, parent(node.parent)].iter().any(|at| *at == ROOT || *at == self.top)
        };
        let mut asked: Vec<Node> = self.nodes.values().filter(is_near_the_top).copied().collect();
        asked.sort_unstable_by_key(|node| node.number);
        for node in asked.into_iter().take(FOLDERS_ASKED_MAX) {
            let Some(folder) = properties(blocks, node, &[told::DRAFTS, told::ADDITIONAL]) else { continue };
            self.note(folder.bytes(told::DRAFTS).and_then(entry), Purpose::Drafts);
            self.note(folder.bytes(told::ADDITIONAL).and_then(junk), Purpose::Junk);
        }
    }

    fn note(&mut self, folder: Option<u32>, purpose: Purpose) {
        if let Some(folder) = folder.filter(|folder| self.nodes.contains_key(folder)) {
            self.purposes.entry(folder).or_insert(purpose);
        }
    }

    /// The folder with this number.
    pub(super) fn folder(&mut self, number: u32, blocks: &mut Blocks<'_>) -> Rc<Folder> {
        if let Some(known) = self.known.get(&number) {
            return Rc::clone(known);
        }
        let mut folder = Folder::default();
        let mut at = number;
        // Folders that lie in each other in a circle end at the depth.
        for _ in 0..FOLDER_DEPTH_MAX {
            let Some(node) = self.nodes.get(&at).copied() else { break };
            if at == ROOT || at == self.top || node.parent == at {
                break;
            }
            folder.purpose = folder.purpose.or(self.purposes.get(&at).copied());
            folder.names.push(self.name(node, blocks));
            at = node.parent;
        }
        folder.names.reverse();
        let folder = Rc::new(folder);
        self.known.insert(number, Rc::clone(&folder));
        folder
    }

    /// A folder's name; its number where that cannot be read.
    fn name(&mut self, node: Node, blocks: &mut Blocks<'_>) -> String {
        if let Some(name) = self.names.get(&node.number) {
            return name.clone();
        }
        let named = properties(blocks, node, &[id::DISPLAY_NAME]).and_then(|mut folder| {
            folder.codepage = self.codepage;
            folder.text(id::DISPLAY_NAME)
        });
        let name: String = match named {
            Some(name) => name.chars().take(FOLDER_NAME_CHARS_MAX).collect(),
            None => format!("#{}", node.number),
        };
        self.names.insert(node.number, name.clone());
        name
    }
}

fn properties(blocks: &mut Blocks<'_>, node: Node, wanted: &[u16]) -> Option<Properties> {
    blocks.allow(FOLDER_BYTES_MAX);
    let object = Object::open(blocks, node.data, node.inside).ok()?;
    Some(object.read(blocks, wanted).ok()?.properties)
}

/// The number of a folder's node in its entry id ([MS-PST] section 2.4.3.2).
fn entry(id: &[u8]) -> Option<u32> {
    const NUMBER_AT: usize = 20;
    u32_at(id, NUMBER_AT).filter(|number| number & 0x1f == FOLDER)
}

/// The folder of junk among several entry ids: their count, where each begins, then all of them.
fn junk(ids: &[u8]) -> Option<u32> {
    const JUNK: usize = 4;
    let count = u32_at(ids, 0)? as usize;
    let from = u32_at(ids, 4 + 4 * JUNK).filter(|_| count > JUNK)? as usize;
    entry(ids.get(from..)?)
}
