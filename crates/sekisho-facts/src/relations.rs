//! What the memory says about one mail: whom its sender is known as, whose names it shows, which conversations it quotes or answers.
//!
//! Everything here is as the receivers' own mailboxes and the shared list know it; what only somebody else's mailbox knows is marked, so
//! that a receiver is never told who wrote with whom elsewhere. Moments are in seconds since 1970.

use serde::{Deserialize, Serialize};

/// What is remembered about one mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations {
    /// Whether the receiver's mailbox has learned enough for a first contact to mean anything.
    pub mailbox: Learned,
    /// Whom the address of the first sender belongs to; `None` where it was never seen.
    pub sender: Option<Contact>,
    /// What is known of the sender's organisation: contacts whom we answered at least, with addresses of the same domain, never of a free
    /// mail service.
    pub organisation: Vec<Contact>,
    /// Names in the mail that belong to contacts with other addresses. A name of the sender's own is not among them.
    pub names: Vec<ShownName>,
    /// Conversations that the mail quotes, the heaviest first.
    pub quoted: Vec<Quoted>,
    /// Mails that it says it answers (`In-Reply-To`, `References`) and that are remembered.
    pub answered: Vec<Answered>,
    /// Exceptions that a person made and that cover this mail; they count only while it is authenticated.
    pub exceptions: Vec<Exception>,
}

/// Whether enough was learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Learned {
    /// It was.
    Enough,
    /// Too little yet: that somebody is new says nothing.
    #[default]
    TooLittle,
}

/// An address with the names and habits that truly went with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The address, in lower case.
    pub address: String,
    /// Names that it showed, the most frequent first.
    pub names: Vec<String>,
    /// How far it is trusted.
    pub standing: Standing,
    /// Mails from it.
    pub received: u32,
    /// Mails from it that were authenticated as it.
    pub authenticated: u32,
    /// Mails that we sent to it.
    pub sent: u32,
    /// The first mail in either direction.
    pub first_at: i64,
    /// The last.
    pub last_at: i64,
    /// How its mail usually comes.
    pub habits: Habits,
}

/// How far a contact is trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It wrote to us, and nothing proves anything: nothing milder follows from it.
    #[default]
    Met,
    /// It wrote to us, proven or of an old archive, and we answered: its names are its own, so that others who use them are told of. Nothing
    /// milder follows from it: a stranger is answered too.
    Answered,
    /// Correspondence in both directions in at least two threads of an old archive.
    Historic,
    /// We write to it of our own accord, or have long answered its authenticated mail in several threads.
    Known,
    /// A person confirmed it, or it stands on an imported list.
    Confirmed,
}

/// How a contact's mail usually comes: each list the most frequent first, with how many of the mails looked at had it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habits {
    /// Mails looked at: the newest ones.
    pub mails: u32,
    /// Domains that authenticated it.
    pub domains: Vec<Habit>,
    /// Networks that handed it over: the first two or three numbers of the address.
    pub networks: Vec<Habit>,
    /// Mail programs.
    pub mailers: Vec<Habit>,
    /// Languages of its own text: `ja`, `en`, ….
    pub languages: Vec<Habit>,
    /// Kinds of attached files (ids of `sekisho_content::Kind`).
    pub files: Vec<Habit>,
    /// Mails with a file locked with a password.
    pub locked: u32,
    /// Mails with a link in their own text.
    pub links: u32,
}

/// One habit and how often it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habit {
    /// The value.
    pub value: String,
    /// Mails that had it.
    pub mails: u32,
}

/// A name in the mail that belongs to somebody known by another address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownName {
    /// The name as the mail shows it.
    pub name: String,
    /// Where.
    pub place: NamePlace,
    /// What kind of name it is.
    pub kind: NameKind,
    /// The contacts that it belongs to, the most trusted first.
    pub belongs_to: Vec<Contact>,
    /// What ties the name to the sender's address.
    pub tie: Tie,
    /// Other addresses of the sender's organisation that showed it and to which we wrote: a help desk answers from one a question.
    pub shown_beside: u32,
    /// Other mails of the last days that showed this name from addresses it does not belong to.
    pub abused_lately: u32,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamePlace {
    /// The sender's display name.
    Sender,
    /// The signature block below the mail's own text.
    Signature,
    /// The first sentences of the mail's own text, in which its writer says who they are.
    Opening,
    /// The subject.
    Subject,
    /// The `From` of a quoted header block, or who is said to have written the quoted words.
    Quotation,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A person's full name. A surname or a role alone binds nobody and is never here.
    Person,
    /// An organisation's name.
    Organisation,
    /// An address written out in the place of a name.
    Address,
    /// The registered domain of the sender's address, which looks like that of somebody to whom we write.
    Domain,
}

/// What ties a name that belongs to another address to the sender's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// Nothing.
    #[default]
    None,
    /// The sender's address showed it before, and nobody but the sender said so.
    Disputed,
    /// The known address announced the new one in an authenticated mail, or a person confirmed it.
    Announced,
    /// Both addresses are of one organisation's domain, or of our own.
    Colleague,
    /// The sender's address bore the name in old correspondence of ours in both directions, as the known one did: two people of one
    /// name, or two addresses of one person.
    Namesake,
}

/// A remembered conversation that the mail quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// The beginning of the stretch in this mail, for showing.
    pub excerpt: String,
    /// Whether it stands in a region marked as quoted, or among the mail's own words.
    pub region: Region,
    /// How much it says, in tenths of a Latin letter (kana 15, kanji 25).
    pub weight: u32,
    /// The same of what is natural language, and not logs, addresses or boilerplate.
    pub weight_of_language: u32,
    /// Everybody who wrote or received it, by address in lower case; cut at 50.
    pub parties: Vec<String>,
    /// How many they are.
    pub parties_total: u32,
    /// Where it is remembered.
    pub held_by: HeldBy,
    /// Whether the sender's address, or another of its organisation's domain, is a party.
    pub sender_was_party: bool,
    /// Whether the sender is a party by an announced address, through a list whose member they are, or by a forwarding that we saw.
    pub sender_may_know: bool,
    /// Whether one of ours wrote it first, and this mail, or an earlier one of the sender's address that has it, came within two hours of that.
    pub sender_was_prompt: bool,
    /// The first and the last mail that holds it.
    pub from_at: i64,
    /// The last.
    pub until_at: i64,
}

/// Where a quoted stretch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// In a quoted region.
    Quotation,
    /// Among the mail's own words.
    Unmarked,
}

/// Whose mailbox remembers a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldBy {
    /// One of the receivers': they may be told who took part.
    Receiver,
    /// Only others': they may be told that it is somebody's in the organisation, and no more.
    Others,
}

/// A remembered mail that this one says it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Its Message-ID.
    pub message_id: String,
    /// When it was sent.
    pub at: i64,
    /// Whether one of ours wrote it.
    pub is_ours: bool,
    /// Everybody who wrote or received it, by address in lower case; cut at 50.
    pub parties: Vec<String>,
    /// Where it is remembered.
    pub held_by: HeldBy,
    /// Whether the sender's address, or another of its organisation's domain, is a party.
    pub sender_was_party: bool,
    /// As with a quoted conversation.
    pub sender_may_know: bool,
    /// Whether this mail, or an earlier one of the sender's address in the thread, came within two hours of the remembered one.
    pub sender_was_prompt: bool,
}

/// What a person decided about a sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Its number.
    pub id: i64,
    /// The address, or `@domain`, that it covers.
    pub sender: String,
    /// The checks that it silences for that sender; empty for all that may be silenced.
    pub checks: Vec<String>,
    /// Why, in that person's words.
    pub reason: String,
    /// Who decided.
    pub author: String,
    /// When.
    pub made_at: i64,
    /// Until when it holds.
    pub until_at: i64,
}
