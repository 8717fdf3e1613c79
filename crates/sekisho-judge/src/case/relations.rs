//! What is remembered about a mail, as programs read it in its case.
//!
//! A case is shown to receivers too: of conversations that only others' mailboxes hold it says that they are there, and no more.

use jiff::Timestamp;
use serde::Serialize;

use sekisho_facts::{
    Answered, Contact, Exception, Fact, Habits, HeldBy, Learned, NameKind, NamePlace, Quoted, Region,
    Relations, ShownName, Standing, Tie,
};

use super::cut;
use crate::words::{defang_links, harmless};
use crate::{Finding, Value};

/// What is remembered.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CaseRelations {
    mailbox: Learned,
    sender: Option<CaseContact>,
    organisation: Vec<String>,
    names: Vec<CaseName>,
    quoted: Vec<CaseQuoted>,
    answered: Vec<CaseAnswered>,
    exceptions: Vec<CaseException>,
}

#[derive(Clone, Debug, Serialize)]
struct CaseContact {
    address: String,
    names: Vec<String>,
    standing: Standing,
    received: u32,
    authenticated: u32,
    sent: u32,
    first_at: Option<String>,
    last_at: Option<String>,
    habits: Habits,
}

#[derive(Clone, Debug, Serialize)]
struct CaseName {
    name: String,
    place: NamePlace,
    kind: NameKind,
    belongs_to: Vec<String>,
    tie: Tie,
    abused_lately: u32,
}

#[derive(Clone, Debug, Serialize)]
struct CaseQuoted {
    excerpt: String,
    region: Region,
    weight: u32,
    weight_of_language: u32,
    held_by: HeldBy,
    parties: Option<Vec<String>>,
    parties_total: Option<u32>,
    sender_was_party: bool,
    sender_may_know: bool,
    sender_was_prompt: bool,
    from_at: Option<String>,
    until_at: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct CaseAnswered {
    message_id: String,
    is_ours: bool,
    held_by: HeldBy,
    parties: Option<Vec<String>>,
    sender_was_party: bool,
    sender_may_know: bool,
    sender_was_prompt: bool,
    at: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct CaseException {
    id: i64,
    sender: String,
    checks: Vec<String>,
    reason: String,
    author: String,
    made_at: Option<String>,
    until_at: Option<String>,
    is_applied: bool,
}

/// At most this many values of each list are told in a case.
const LIST_MAX: usize = 50;

/// The relations in a case.
pub(super) fn relations(relations: &Fact<Relations>, findings: &[Finding]) -> Fact<CaseRelations> {
    match relations {
        Fact::Unknown { unknown } => Fact::Unknown { unknown: *unknown },
        Fact::Known(relations) => Fact::Known(CaseRelations {
            mailbox: relations.mailbox,
            sender: relations.sender.as_ref().map(contact),
            organisation: addresses(&relations.organisation),
            names: relations.names.iter().take(LIST_MAX).map(name).collect(),
            quoted: relations.quoted.iter().take(LIST_MAX).map(quoted).collect(),
            answered: relations.answered.iter().take(LIST_MAX).map(answered).collect(),
            exceptions: relations
                .exceptions
                .iter()
                .take(LIST_MAX)
                .map(|made| exception(made, findings))
                .collect(),
        }),
    }
}

fn contact(contact: &Contact) -> CaseContact {
    CaseContact {
        address: contact.address.clone(),
        names: contact.names.iter().take(LIST_MAX).map(|name| cut(name)).collect(),
        standing: contact.standing,
        received: contact.received,
        authenticated: contact.authenticated,
        sent: contact.sent,
        first_at: moment(contact.first_at),
        last_at: moment(contact.last_at),
        habits: contact.habits.clone(),
    }
}

fn name(shown: &ShownName) -> CaseName {
    CaseName {
        name: cut(&shown.name),
        place: shown.place,
        kind: shown.kind,
        belongs_to: addresses(&shown.belongs_to),
        tie: shown.tie,
        abused_lately: shown.abused_lately,
    }
}

fn quoted(quoted: &Quoted) -> CaseQuoted {
    let is_told = quoted.held_by == HeldBy::Receiver;
    CaseQuoted {
        // Words of the mail itself; nobody shall follow a link out of them.
        excerpt: cut(&harmless(&defang_links(&quoted.excerpt))),
        region: quoted.region,
        weight: quoted.weight,
        weight_of_language: quoted.weight_of_language,
        held_by: quoted.held_by,
        parties: is_told.then(|| quoted.parties.iter().take(LIST_MAX).cloned().collect()),
        parties_total: is_told.then_some(quoted.parties_total),
        sender_was_party: quoted.sender_was_party,
        sender_may_know: quoted.sender_may_know,
        sender_was_prompt: quoted.sender_was_prompt,
        from_at: moment(quoted.from_at).filter(|_| is_told),
        until_at: moment(quoted.until_at).filter(|_| is_told),
    }
}

fn answered(answered: &Answered) -> CaseAnswered {
    let is_told = answered.held_by == HeldBy::Receiver;
    CaseAnswered {
        message_id: cut(&answered.message_id),
        is_ours: answered.is_ours,
        held_by: answered.held_by,
        parties: is_told.then(|| answered.parties.iter().take(LIST_MAX).cloned().collect()),
        sender_was_party: answered.sender_was_party,
        sender_may_know: answered.sender_may_know,
        sender_was_prompt: answered.sender_was_prompt,
        at: moment(answered.at).filter(|_| is_told),
    }
}

fn exception(exception: &Exception, findings: &[Finding]) -> CaseException {
    let number = Value::Own(exception.id.to_string());
    let told = |finding: &Finding| {
        finding.id == "exception-applied" && finding.arguments.get("number") == Some(&number)
    };
    CaseException {
        id: exception.id,
        sender: exception.sender.clone(),
        checks: exception.checks.clone(),
        reason: cut(&exception.reason),
        author: cut(&exception.author),
        made_at: moment(exception.made_at),
        until_at: moment(exception.until_at.min(Timestamp::MAX.as_second())),
        is_applied: findings.iter().any(told),
    }
}

fn addresses(contacts: &[Contact]) -> Vec<String> {
    contacts.iter().take(LIST_MAX).map(|contact| contact.address.clone()).collect()
}

/// RFC 3339, UTC.
fn moment(at: i64) -> Option<String> {
    Timestamp::from_second(at).ok().map(|at| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;
    use crate::{Input, Policy, Profile, judge, trials};

    #[test]
    fn what_only_others_hold_is_there_and_no_more() {
        let case = "
== fires: x
own: midori.example
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
quoted: 1200 parties=yamada@partner.example,ito@midori.example held=others
quoted: 1000 parties=yamada@partner.example,sato@midori.example
exception: 7 taro@other.example checks=known-name-from-elsewhere
dmarc: pass other.example
From: 山田太郎 <taro@other.example>
";
        let trial = trials(case).unwrap().remove(0);
        let message = trial.message();
        let input = Input::new(
            &message,
            &trial.facts,
            &trial.own,
            Lists::built_in(),
            jiff::civil::date(2026, 11, 24),
        );
        let judgement = judge(&input, &Policy::built_in(Profile::Balanced).unwrap());
        assert!(
            judgement.findings.iter().all(|finding| finding.id != "known-name-from-elsewhere"),
            "{judgement:#?}"
        );
        let json = serde_json::to_value(relations(&trial.facts.relations, &judgement.findings)).unwrap();
        assert_eq!(json["names"][0]["belongs_to"][0], "yamada@partner.example");
        assert_eq!(json["quoted"][0]["held_by"], "others");
        assert!(json["quoted"][0]["parties"].is_null() && json["quoted"][0]["until_at"].is_null());
        assert_eq!(json["quoted"][1]["parties"][1], "sato@midori.example");
        assert_eq!(json["exceptions"][0]["is_applied"], true);
        assert!(!json.to_string().contains("ito@midori.example"));
        let words: String =
            judgement.findings.iter().map(|finding| finding.sentence(crate::Lang::Ja)).collect();
        assert!(!words.contains("ito@midori.example"), "{words}");
    }
}
