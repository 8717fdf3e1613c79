//! The files under `texts/` → business texts with their subjects and what belongs to them.
//!
//! A text begins with `== kind | from | option; option`, then a line of subjects divided by ` || `, then the body.
//! `from` names trades of the world (`builder,maker`), a role, or one fixed sender. Tests hold every file to this.

use std::sync::LazyLock;

/// Who writes a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum From {
    /// Somebody of a company of one of these trades.
    Trades(Vec<&'static str>),
    /// One of the office's people to another.
    Colleague,
    /// One of the office's people to somebody outside.
    Outgoing,
    /// A private person with an address at a carrier or a free mail service.
    Personal,
    /// A partner abroad who writes English.
    Foreign,
    /// A partner whose first language is Chinese or Korean.
    Neighbour,
    /// A fixed sender: display name and address.
    Fixed(&'static str, &'static str),
}

/// What the mail looks like beyond its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// As the sender's mail program does it.
    ByClient,
    /// Always plain text.
    Plain,
    /// HTML with pictures, buttons and counting links.
    Newsletter,
}

/// How the mail stands to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thread {
    /// Now and then an answer, else new.
    Either,
    New,
    Reply,
    Forward,
}

/// How much is put around the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// Salutation, greeting, introduction, ending, signature.
    Full,
    /// A signature only.
    Signed,
    /// Nothing.
    Raw,
}

/// One text of the office's mail.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) about: &'static str,
    pub(crate) from: From,
    pub(crate) subjects: Vec<&'static str>,
    pub(crate) body: String,
    pub(crate) shape: Shape,
    pub(crate) thread: Thread,
    pub(crate) frame: Frame,
    pub(crate) attachments: Vec<&'static str>,
    /// Months (1–12) in which such a mail is sent; empty for all.
    pub(crate) months: Vec<i8>,
    /// The mailing list that it goes through.
    pub(crate) list: Option<&'static str>,
    /// The sending service that carries it.
    pub(crate) via: Option<&'static str>,
    pub(crate) reply_to: Option<&'static str>,
    pub(crate) special: Option<&'static str>,
}

/// All texts, in a fixed order.
pub(crate) fn texts() -> &'static [Text] {
    static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| FILES.iter().flat_map(|file| parse(file)).collect());
    &TEXTS
}

/// The values under `[name]` in a file of lists, and nothing for an unknown name.
pub(crate) fn section(file: &'static str, name: &str) -> Vec<&'static str> {
    file.lines()
        .skip_while(|line| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) != Some(name))
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

const FILES: &[&str] = &[
    include_str!("../../texts/estimates.txt"),
    include_str!("../../texts/meetings.txt"),
    include_str!("../../texts/courtesy.txt"),
    include_str!("../../texts/general_notices.txt"),
    include_str!("../../texts/daily.txt"),
    include_str!("../../texts/files_sent.txt"),
    include_str!("../../texts/people.txt"),
    include_str!("../../texts/outgoing.txt"),
    include_str!("../../texts/services.txt"),
    include_str!("../../texts/newsletters.txt"),
    include_str!("../../texts/systems.txt"),
];

fn parse(file: &'static str) -> Vec<Text> {
    file.split("\n== ").skip(1).filter_map(parse_one).collect()
}

fn parse_one(block: &'static str) -> Option<Text> {
    let (head, rest) = block.split_once('\n')?;
    let (subjects, body) = rest.split_once('\n')?;
    let mut columns = head.split('|').map(str::trim);
    let mut text = Text {
        about: columns.next()?,
        from: parse_from(columns.next()?),
        subjects: subjects.split(" || ").map(str::trim).collect(),
        body: body.trim().to_owned(),
        shape: Shape::ByClient,
        thread: Thread::Either,
        frame: Frame::Full,
        attachments: Vec::new(),
        months: Vec::new(),
        list: None,
        via: None,
        reply_to: None,
        special: None,
    };
    if matches!(text.from, From::Fixed(..)) {
        text.frame = Frame::Raw;
        text.thread = Thread::New;
    }
    for option in columns.next().unwrap_or("").split(';').map(str::trim).filter(|o| !o.is_empty()) {
        apply(&mut text, option);
    }
    Some(text)
}

fn parse_from(word: &'static str) -> From {
    match word {
        "colleague" => From::Colleague,
        "outgoing" => From::Outgoing,
        "personal" => From::Personal,
        "foreign" => From::Foreign,
        "neighbour" => From::Neighbour,
        "partner" => From::Trades(vec!["builder", "maker", "owner", "public", "printer", "realestate"]),
        _ => match word.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, address)) => From::Fixed(name.trim(), address),
            None => From::Trades(word.split(',').map(str::trim).collect()),
        },
    }
}

/// # Panics
/// On an option that does not exist: a misspelt text must not silently become another mail.
fn apply(text: &mut Text, option: &'static str) {
    let (key, value) = option.split_once('=').unwrap_or((option, ""));
    match key {
        "plain" => text.shape = Shape::Plain,
        "news" => {
            text.shape = Shape::Newsletter;
            text.thread = Thread::New;
            text.frame = Frame::Raw;
        }
        "new" => text.thread = Thread::New,
        "reply" => text.thread = Thread::Reply,
        "forward" => text.thread = Thread::Forward,
        "signed" => text.frame = Frame::Signed,
        "raw" => text.frame = Frame::Raw,
        "attach" => text.attachments.push(value),
        "month" => text.months = value.split(',').filter_map(|month| month.trim().parse().ok()).collect(),
        "list" => text.list = Some(value),
        "via" => text.via = Some(value),
        "replyto" => text.reply_to = Some(value),
        "special" => text.special = Some(value),
        _ => panic!("unknown option {option:?} of the text {:?}", text.about),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn texts_are_many_and_distinct() {
        let bodies: BTreeSet<&str> = texts().iter().map(|text| text.body.as_str()).collect();
        assert_eq!(bodies.len(), texts().len(), "a text stands there twice");
        assert!(bodies.len() >= 300, "only {} texts", bodies.len());
    }

    #[test]
    fn every_text_is_whole() {
        for text in texts() {
            assert!(text.body.chars().count() >= 8, "{} {:?}", text.about, text.subjects);
            assert!(text.months.iter().all(|month| (1..=12).contains(month)), "{}", text.about);
        }
    }

    #[test]
    fn every_block_of_every_file_is_read() {
        let heads: usize = FILES.iter().map(|file| file.matches("\n== ").count()).sum();
        assert_eq!(heads, texts().len());
    }
}
