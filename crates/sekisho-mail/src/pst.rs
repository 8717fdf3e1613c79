//! A data file of Outlook (`.pst`, `.ost`; [MS-PST]) → its mails, one after another, in memory that does not grow with the file.
//!
//! The file has two trees: nodes by number, and blocks by number. A folder, a message, an attachment is a node; its properties lie in
//! a heap in its blocks (`heap`), and what is too large for that in nodes within it. Messages are found by walking the nodes, each of
//! which names the folder that it lies in; so nothing depends on the folders' own lists, and nothing is met twice.
//!
//! | layer | reads |
//! |---|---|
//! | `layout` | the header: which form, which encoding, where the trees begin |
//! | `pages` | the trees |
//! | `blocks` | checked, decoded blocks; data divided into several; nodes within nodes |
//! | `heap`, `objects` | properties and rows of tables |
//! | `folders`, `letters` | folders and messages |
//!
//! What is damaged costs itself: a block is believed only with its checksum, a mail without a part of it says so, a mail of which nothing
//! can be read is told as lost, and a page of a tree that cannot be read is told too.

mod blocks;
mod checksum;
mod encoding;
mod folders;
mod heap;
mod layout;
mod letters;
mod limits;
mod objects;
mod pages;
mod source;

use std::ops::ControlFlow;
use std::rc::Rc;

use sekisho_content::Unread;
use serde::{Deserialize, Serialize};

use crate::tnef;
use blocks::{Blocks, Missing};
use folders::Folders;
use layout::Layout;
use limits::{MAIL_BYTES_MAX, TELL_EVERY};
use pages::{Met, Node};

pub use encoding::Encoding;
pub use folders::Folder;
pub use layout::{Refused, SIGNATURE};
pub use source::ReadAt;

/// What a folder is for, where the file says so whatever its name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Mail that was sent.
    Sent,
    /// Mail that is about to be sent.
    Outbox,
    /// Mail that was deleted.
    Deleted,
    /// Mail that is being written.
    Drafts,
    /// Mail taken for junk.
    Junk,
}

/// A mail of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PstMail {
    /// The number of its node, which it keeps as long as it is in the file.
    pub number: u32,
    /// Where it lies.
    pub folder: Rc<Folder>,
    /// The mail as a TNEF stream, which [`crate::read`] reads. The same mail gives the same bytes, whether it was read or flagged since.
    pub bytes: Vec<u8>,
}

/// What is met on the way through a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The message with this number comes next.
    Next(u32),
    /// A mail.
    Mail(PstMail),
    /// A message that is no mail, such as a contact.
    NotMail,
    /// A message that cannot be read, and where it lies.
    Lost(Rc<Folder>, Unread),
    /// A page of the tree of nodes that cannot be read: messages may be missing.
    IndexDamaged,
    /// Reading goes on.
    Going,
}

/// Where steps are handed to. `Break` ends the walk.
pub type Steps<'s> = dyn FnMut(Step) -> ControlFlow<()> + 's;

/// The kind of node that a message is ([MS-PST] section 2.2.2.1).
const MESSAGE: u32 = 0x04;

/// Hands over every mail of the file whose number is not below `from`.
///
/// # Errors
/// It is no data file, or one that is not read; nothing was handed over.
pub fn walk(source: &dyn ReadAt, from: u32, steps: &mut Steps<'_>) -> Result<(), Refused> {
    let layout = Layout::of(source)?;
    let mut walk = Walk { blocks: Blocks::new(source, &layout), folders: Folders::default(), passed: 0 };
    let _ = walk.all(from, steps);
    Ok(())
}

struct Walk<'s> {
    blocks: Blocks<'s>,
    folders: Folders,
    passed: u64,
}

impl<'s> Walk<'s> {
    fn all(&mut self, from: u32, steps: &mut Steps<'_>) -> ControlFlow<()> {
        let mut nodes = self.blocks.another_tree();
        nodes.walk(0, &mut |met| match met {
            Met::Node(node) => {
                self.folders.keep(node);
                ControlFlow::Continue(())
            }
            Met::Page => self.going(steps),
            // It is told once, when the messages are walked.
            Met::Unreadable => ControlFlow::Continue(()),
        })?;
        self.folders.ask(&mut self.blocks);
        nodes.walk(from, &mut |met| match met {
            Met::Node(node) if node.number & 0x1f == MESSAGE => self.message(node, steps),
            Met::Node(_) => ControlFlow::Continue(()),
            Met::Page => self.going(steps),
            Met::Unreadable => steps(Step::IndexDamaged),
        })
    }

    fn going(&mut self, steps: &mut Steps<'_>) -> ControlFlow<()> {
        self.passed += 1;
        if self.passed.is_multiple_of(TELL_EVERY) { steps(Step::Going) } else { ControlFlow::Continue(()) }
    }

    fn message(&mut self, node: Node, steps: &mut Steps<'_>) -> ControlFlow<()> {
        steps(Step::Next(node.number))?;
        let folder = self.folders.folder(node.parent, &mut self.blocks);
        self.blocks.allow(MAIL_BYTES_MAX);
        let letter = letters::letter(&mut self.blocks, node.data, node.inside, self.folders.codepage, 0);
        steps(match letter {
            Ok(letter) if letters::is_mail(&letter) => {
                Step::Mail(PstMail { number: node.number, folder, bytes: tnef::write(&letter) })
            }
            Ok(_) => Step::NotMail,
            Err(Missing::Damaged) => Step::Lost(folder, Unread::Damaged),
            Err(Missing::TooLarge) => Step::Lost(folder, Unread::TooLarge),
        })
    }
}
