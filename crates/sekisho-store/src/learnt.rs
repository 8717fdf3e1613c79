//! A mail as one mailbox has it: what is learned from it, before anything of it is forgotten again.

use sekisho_mail::Address;

/// A mail as one mailbox has it. Texts are only fingerprinted; names, addresses and habits are kept as they stand.
#[derive(Clone, Debug)]
pub struct Learnt {
    /// The mailbox's owner.
    pub mailbox: Address,
    /// The mail's digest (`mail.key` of its case): the same mail has the same key.
    pub key: String,
    /// Its Message-ID without angle brackets; empty where it has none.
    pub message_id: String,
    /// What it says it answers (`References`, then `In-Reply-To`), the first mail of the thread first.
    pub references: Vec<String>,
    /// Whether its subject says that it answers, though it may name no mail: many telephones and web mailers write no `In-Reply-To`.
    pub is_answer: bool,
    /// When it was sent, in seconds since 1970.
    pub at: i64,
    /// Whether the owner sent or received it.
    pub direction: Direction,
    /// What proves who sent it.
    pub trust: Trust,
    /// Who sent it.
    pub sender: Option<Correspondent>,
    /// Everybody else who is named as a receiver.
    pub receivers: Vec<Correspondent>,
    /// The mailing list that passed it on (`List-Id`); empty where none did.
    pub list: String,
    /// The text that its sender wrote.
    pub own_text: String,
    /// The quoted texts in it.
    pub quoted: Vec<String>,
    /// Names in the signature block below its own text: a person's, an organisation's.
    pub signed: Vec<String>,
    /// Addresses that its own text announces as new ones of the sender or of a colleague.
    pub announces: Vec<Address>,
    /// How it came.
    pub ways: Ways,
}

impl Learnt {
    /// A mail of which nothing else is known.
    pub fn bare(mailbox: &Address, key: &str, at: i64, direction: Direction) -> Self {
        Self {
            mailbox: mailbox.clone(),
            key: key.to_owned(),
            message_id: String::new(),
            references: Vec::new(),
            is_answer: false,
            at,
            direction,
            trust: Trust::Unproven,
            sender: None,
            receivers: Vec::new(),
            list: String::new(),
            own_text: String::new(),
            quoted: Vec::new(),
            signed: Vec::new(),
            announces: Vec::new(),
            ways: Ways::default(),
        }
    }
}

/// An address with the name shown for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondent {
    /// The address.
    pub address: Address,
    /// The name shown, decoded; empty where there is none.
    pub name: String,
}

/// How a mail came: what becomes its sender's habits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Domains that authenticated it.
    pub domains: Vec<String>,
    /// The network that handed it over to our border: the first three numbers of an IPv4 address, the first 48 bits of an IPv6 one.
    pub network: String,
    /// The mail program, without its version.
    pub mailer: String,
    /// The language of its own text: `ja`, `en`, …; empty where it is too short to tell.
    pub language: String,
    /// Kinds of attached files (ids of `sekisho_content::Kind`), each once.
    pub files: Vec<String>,
    /// Whether a file is locked with a password.
    pub has_locked_file: bool,
    /// Whether its own text has a link.
    pub has_link: bool,
}

/// Whether a mail was sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Received by the mailbox's owner.
    Received,
    /// Sent by the mailbox's owner.
    Sent,
}

/// What proves who sent a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Nothing: an old archive, or a mail without authentication. It only raises suspicion against others.
    Unproven,
    /// It was authenticated as what it shows.
    Authenticated,
    /// It was judged above `deliver`: nothing is learned of it but that it was there.
    Suspicious,
}

/// What learning a mail did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learning {
    /// It was learned.
    New,
    /// It had been learned from this mailbox before; nothing changed.
    Known,
    /// Whoever wrote it was forgotten: nothing was learned of it but that it was there.
    Forgotten,
    /// It had only been noted before that it came, since it is suspicious, as it still is; nothing changed.
    Noted,
}
