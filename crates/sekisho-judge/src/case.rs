//! One judged mail as programs read it: `sekisho.case/1`. Version 1 may gain fields, never change them.

mod relations;

use std::collections::BTreeMap;

use serde::Serialize;

use sekisho_content::{Danger, Deed, DeedKind, Hold, Unread};
use sekisho_facts::{Envelope, Fact, Sender};
use sekisho_mail::{FoundIn, Mailbox, Message, Part};

use crate::{Action, Arguments, Finding, Input, Judgement, Lang, NotLookedAt, Policy};
use relations::CaseRelations;

/// The JSON object of one mail.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    schema: &'static str,
    id: String,
    judged_at: String,
    program: &'static str,
    lists: BTreeMap<&'static str, String>,
    policy: String,
    source: Source,
    envelope: Envelope,
    mail: CaseMail,
    sender: Sender,
    relations: Fact<CaseRelations>,
    parts: Vec<CasePart>,
    links: Vec<CaseLink>,
    findings: Vec<CaseFinding>,
    verdict: CaseVerdict,
    verdicts: Vec<CaseVerdict>,
    not_looked_at: Vec<NotLookedAt>,
}

/// Where a mail came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The channel: `file`.
    pub channel: &'static str,
    /// The file, as given.
    pub path: String,
    /// The number of the mail in the file, from 0; `null` where the file is one mail.
    pub index: Option<u64>,
    /// Whose mailbox it is, where that is known.
    pub mailbox: Option<String>,
    /// `in`: received by us.
    pub direction: &'static str,
}

/// What the channel adds to a judgement: chance and the clock are its business.
#[derive(Clone, Debug)]
pub struct Judged {
    /// A random id.
    pub id: String,
    /// The moment of judging, RFC 3339.
    pub judged_at: String,
    /// Where the mail came from.
    pub source: Source,
}

#[derive(Clone, Debug, Serialize)]
struct CaseMail {
    key: String,
    message_id: String,
    date: Option<String>,
    date_raw: String,
    subject: String,
    from: Vec<CaseMailbox>,
    reply_to: Vec<CaseMailbox>,
    to: Vec<CaseMailbox>,
    cc: Vec<CaseMailbox>,
    sha256: String,
    size_bytes: u64,
    defects: Vec<CaseDefect>,
}

#[derive(Clone, Debug, Serialize)]
struct CaseMailbox {
    name: String,
    address: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct CaseDefect {
    kind: &'static str,
    part: String,
    seen: String,
}

/// A part as programs read it, in the case of a mail and in that of a file.
#[derive(Clone, Debug, Serialize)]
pub struct CasePart {
    path: String,
    name: String,
    claims: Option<String>,
    kind: Option<&'static str>,
    size_bytes: u64,
    sha256: String,
    opened_with: Option<OpenedWith>,
    unread: Option<&'static str>,
    unread_details: Vec<CaseUnread>,
    hold: Option<Hold>,
    deeds: Vec<CaseDeed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<CaseSource>,
}

/// One reason why a part, or something in it, was not read.
#[derive(Clone, Debug, Serialize)]
struct CaseUnread {
    why: &'static str,
    what: String,
}

/// What a part does when it is opened; its words are a stranger's, and cut.
#[derive(Clone, Debug, Serialize)]
struct CaseDeed {
    kind: DeedKind,
    danger: Danger,
    place: String,
    starts: Vec<String>,
    does: Vec<String>,
    links: Vec<String>,
    strings: Vec<String>,
}

/// The source of a macro or script, where it was asked for.
#[derive(Clone, Debug, Serialize)]
struct CaseSource {
    name: String,
    text: String,
}

/// Where the password stood; never the password.
#[derive(Clone, Debug, Serialize)]
struct OpenedWith {
    found_in: FoundIn,
}

#[derive(Clone, Debug, Serialize)]
struct CaseLink {
    part: String,
    text: String,
    target: String,
}

/// A finding as programs read it.
#[derive(Clone, Debug, Serialize)]
pub struct CaseFinding {
    id: String,
    grade: crate::Grade,
    part: Option<String>,
    arguments: Arguments,
    ja: String,
    en: String,
}

#[derive(Clone, Debug, Serialize)]
struct CaseVerdict {
    action: Action,
    rules: Vec<String>,
    reasons: Vec<CaseReason>,
}

#[derive(Clone, Debug, Serialize)]
struct CaseReason {
    rule: String,
    arguments: Arguments,
    ja: String,
    en: String,
}

/// Texts of links and other snippets are kept to this many characters.
const SNIPPET_CHARS_MAX: usize = 80;

/// At most this many links are told in a case.
const LINKS_MAX: usize = 200;

impl Case {
    /// The case of one judged mail.
    pub fn new(judged: Judged, input: &Input<'_>, judgement: &Judgement, policy: &Policy) -> Self {
        let message = input.message;
        Self {
            schema: "sekisho.case/1",
            id: judged.id,
            judged_at: judged.judged_at,
            program: env!("CARGO_PKG_VERSION"),
            lists: input.lists.dates().into_iter().map(|(name, date)| (name, date.to_string())).collect(),
            policy: policy.sha256().to_owned(),
            source: judged.source,
            envelope: input.facts.envelope.clone(),
            mail: mail(message),
            sender: input.facts.sender.clone(),
            relations: relations::relations(&input.facts.relations, &judgement.findings),
            parts: message.parts_all().into_iter().map(CasePart::of).collect(),
            links: input.links().iter().take(LINKS_MAX).map(link).collect(),
            findings: judgement.findings.iter().map(CaseFinding::of).collect(),
            verdict: verdict(judgement),
            verdicts: Vec::new(),
            not_looked_at: judgement.not_looked_at.clone(),
        }
    }
}

fn mail(message: &Message) -> CaseMail {
    CaseMail {
        key: message.key(),
        message_id: message.message_id.clone(),
        date: message.date.map(|date| date.rfc3339()),
        date_raw: message.date_raw.clone(),
        subject: message.subject.clone(),
        from: mailboxes(&message.from),
        reply_to: mailboxes(&message.reply_to),
        to: mailboxes(&message.to),
        cc: mailboxes(&message.cc),
        sha256: message.sha256.clone(),
        size_bytes: message.size_bytes,
        defects: message
            .defects
            .iter()
            .map(|defect| CaseDefect {
                kind: defect.kind.id(),
                part: defect.part.clone(),
                seen: defect.seen.clone(),
            })
            .collect(),
    }
}

fn mailboxes(mailboxes: &[Mailbox]) -> Vec<CaseMailbox> {
    let one = |mailbox: &Mailbox| CaseMailbox {
        name: mailbox.name.clone(),
        address: mailbox.address.as_ref().map(ToString::to_string),
    };
    mailboxes.iter().map(one).collect()
}

impl CasePart {
    /// The part in a case.
    pub fn of(part: &Part) -> Self {
        let file = part.file();
        Self {
            path: part.path.clone(),
            name: part.name().to_owned(),
            claims: file.and_then(|file| file.claim.as_ref()).map(|claim| claim.extension.clone()),
            kind: file.map(|file| file.kind.id()),
            size_bytes: part.size_bytes,
            sha256: part.sha256.clone(),
            opened_with: part.opened_with.map(|found_in| OpenedWith { found_in }),
            unread: part.unread.map(Unread::id),
            unread_details: part.unread_details.iter().map(unread).collect(),
            hold: part.hold,
            deeds: part.deeds.iter().map(deed).collect(),
            sources: part.sources.iter().map(source).collect(),
        }
    }
}

impl CaseFinding {
    /// The finding in a case.
    pub fn of(finding: &Finding) -> Self {
        Self {
            id: finding.id.clone(),
            grade: finding.grade,
            part: finding.part.clone(),
            arguments: finding.arguments.clone(),
            ja: finding.sentence(Lang::Ja),
            en: finding.sentence(Lang::En),
        }
    }
}

fn unread((why, what): &(Unread, String)) -> CaseUnread {
    CaseUnread { why: why.id(), what: cut(what) }
}

fn deed(deed: &Deed) -> CaseDeed {
    let cut_all = |texts: &[String]| texts.iter().map(|text| cut(text)).collect();
    CaseDeed {
        kind: deed.kind,
        danger: deed.danger,
        place: cut(&deed.place),
        starts: cut_all(&deed.starts),
        does: cut_all(&deed.does),
        links: deed.links.clone(),
        strings: cut_all(&deed.strings),
    }
}

fn source((name, text): &(String, String)) -> CaseSource {
    CaseSource { name: name.clone(), text: text.clone() }
}

/// A snippet has at most 80 characters.
fn cut(text: &str) -> String {
    text.chars().take(SNIPPET_CHARS_MAX).collect()
}

fn link(link: &crate::SeenLink<'_>) -> CaseLink {
    CaseLink { part: link.part.path.clone(), text: cut(&link.link.text), target: link.target.clone() }
}

fn verdict(judgement: &Judgement) -> CaseVerdict {
    let reason = |reason: &crate::Reason| CaseReason {
        rule: reason.rule.clone(),
        arguments: reason.findings.first().map(|finding| finding.arguments.clone()).unwrap_or_default(),
        ja: reason.words(Lang::Ja),
        en: reason.words(Lang::En),
    };
    CaseVerdict {
        action: judgement.verdict.action,
        rules: judgement.verdict.reasons.iter().map(|reason| reason.rule.clone()).collect(),
        reasons: judgement.verdict.reasons.iter().map(reason).collect(),
    }
}
