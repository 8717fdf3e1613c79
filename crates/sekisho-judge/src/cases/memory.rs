//! Lines of a case that say what is remembered → the relations of its mail.
//!
//! - `known: NAME <ADDRESS> sent=5 received=9 authenticated=9 standing=known`: somebody known (`standing`: met, historic, known, confirmed).
//!   Who has the sender's address is the sender's contact, who has another of its domain is of its organisation.
//! - `habits: ADDRESS mails=12 domains=partner.example:12 networks=203.0.113:12 mailers=becky!:12 languages=ja:12 files=pdf:9,zip:3 locked=0 links=2`:
//!   how the mail of somebody named before comes.
//! - `name: NAME of ADDRESS,… place=sender kind=person tie=none beside=0 abused=0`: a name in the mail that belongs to others.
//! - `quoted: WEIGHT parties=ADDRESS,… total=2 region=quotation held=receiver sender=outsider script=japanese`: a conversation that it
//!   quotes, with the weight of its language; `sender` is `party`, `may-know` or `outsider`, `script` is `japanese` or `latin`.
//! - `answered: MESSAGE-ID parties=ADDRESS,… held=receiver sender=outsider by=us prompt=0`: a remembered mail that it says it
//!   answers; `prompt=1`: at once.
//! - `exception: NUMBER SENDER checks=ID,… author=NAME reason=WORDS`: what a person decided.
//! - `mailbox: enough`, or `too-little`: whether the receiver's mailbox has learned enough (it has, where nothing is said).
//!
//! Each `KEY=VALUE` may be left out and then is as above; values have no spaces, but for the reason, which comes last. Without any such
//! line nothing is remembered at all.

use std::collections::BTreeMap;

use sekisho_facts::{Answered, Contact, Exception, Fact, Habit, Learned, Quoted, Relations, ShownName, Why};
use sekisho_mail::{Address, Limits};

use super::word;
use crate::domain;

/// A day before that of all cases: 1 September 2026.
const FROM_AT: i64 = 1_788_220_800;

/// Another: 20 November 2026.
const UNTIL_AT: i64 = 1_795_132_800;

/// What the lines of one case said.
#[derive(Default)]
pub(super) struct Remembered {
    relations: Relations,
    known: Vec<Contact>,
    is_told: bool,
}

/// `KEY=VALUE` words of a line; taken out one by one, so that a misspelt one is left over.
struct Words<'a>(BTreeMap<&'a str, &'a str>);

impl Remembered {
    /// Takes a line; `false` where it says nothing of the memory.
    pub(super) fn take(&mut self, key: &str, value: &str) -> Result<bool, String> {
        let relations = &mut self.relations;
        match key {
            "known" => self.known.push(contact(value)?),
            "habits" => self.habits(value)?,
            "name" => relations.names.push(name(value, &self.known)?),
            "quoted" => relations.quoted.push(quoted(value)?),
            "answered" => relations.answered.push(answered(value)?),
            "exception" => relations.exceptions.push(exception(value)?),
            "mailbox" => relations.mailbox = word(value)?,
            _ => return Ok(false),
        }
        if !self.is_told && key != "mailbox" {
            self.relations.mailbox = Learned::Enough;
        }
        self.is_told = true;
        Ok(true)
    }

    /// The relations of a mail.
    pub(super) fn relations(mut self, mail: &[u8]) -> Result<Fact<Relations>, String> {
        if !self.is_told {
            return Ok(Fact::Unknown { unknown: Why::NotAsked });
        }
        let message = sekisho_mail::read(mail, &Limits::default());
        let sender = message.from.iter().find_map(|mailbox| mailbox.address.as_ref());
        for contact in self.known {
            let address =
                Address::parse(&contact.address).ok_or_else(|| format!("no address: {}", contact.address))?;
            match sender {
                Some(sender) if sender.same_mailbox(&address) => self.relations.sender = Some(contact),
                Some(sender) if domain::same_organisation(sender.domain(), address.domain()) => {
                    self.relations.organisation.push(contact)
                }
                _ => {}
            }
        }
        Ok(Fact::Known(self.relations))
    }

    fn habits(&mut self, value: &str) -> Result<(), String> {
        let (address, rest) = value.split_once(' ').unwrap_or((value, ""));
        let mut words = Words::of(rest)?;
        let contact = self.known.iter_mut().find(|contact| contact.address == address);
        let habits = &mut contact.ok_or_else(|| format!("nobody known has the address {address}"))?.habits;
        habits.mails = words.number("mails", 12)?;
        habits.locked = words.number("locked", 0)?;
        habits.links = words.number("links", 0)?;
        for (key, place) in [
            ("domains", &mut habits.domains),
            ("networks", &mut habits.networks),
            ("mailers", &mut habits.mailers),
            ("languages", &mut habits.languages),
            ("files", &mut habits.files),
        ] {
            *place = words.list(key).into_iter().map(habit).collect::<Result<_, _>>()?;
        }
        words.end()
    }
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Result<Self, String> {
        let pair = |word: &'a str| word.split_once('=').ok_or_else(|| format!("no KEY=VALUE: \"{word}\""));
        text.split_whitespace().map(pair).collect::<Result<_, _>>().map(Self)
    }

    fn number<T: std::str::FromStr>(&mut self, key: &str, otherwise: T) -> Result<T, String> {
        let Some(value) = self.0.remove(key) else { return Ok(otherwise) };
        value.parse().map_err(|_| format!("no number: {key}={value}"))
    }

    fn word<T: serde::de::DeserializeOwned>(&mut self, key: &str, otherwise: &str) -> Result<T, String> {
        word(self.0.remove(key).unwrap_or(otherwise))
    }

    fn list(&mut self, key: &str) -> Vec<&'a str> {
        self.0.remove(key).into_iter().flat_map(|value| value.split(',')).collect()
    }

    fn strings(&mut self, key: &str) -> Vec<String> {
        self.list(key).into_iter().map(str::to_owned).collect()
    }

    /// Whether the sender is a party, and whether the sender may know.
    fn sender(&mut self) -> Result<(bool, bool), String> {
        match self.0.remove("sender").unwrap_or("outsider") {
            "party" => Ok((true, false)),
            "may-know" => Ok((false, true)),
            "outsider" => Ok((false, false)),
            other => Err(format!("unknown word \"{other}\"; write party, may-know or outsider")),
        }
    }

    fn end(self) -> Result<(), String> {
        self.0.keys().next().map_or(Ok(()), |key| Err(format!("unknown word \"{key}\"")))
    }
}

fn contact(value: &str) -> Result<Contact, String> {
    let wrong = || format!("no NAME <ADDRESS>: \"{value}\"");
    let (name, rest) = value.split_once('<').ok_or_else(wrong)?;
    let (address, rest) = rest.split_once('>').ok_or_else(wrong)?;
    let mut words = Words::of(rest)?;
    let contact = Contact {
        address: address.to_lowercase(),
        names: vec![name.trim().to_owned()],
        standing: words.word("standing", "known")?,
        received: words.number("received", 9)?,
        authenticated: words.number("authenticated", 9)?,
        sent: words.number("sent", 5)?,
        first_at: FROM_AT,
        last_at: UNTIL_AT,
        habits: Default::default(),
    };
    words.end()?;
    Ok(contact)
}

fn habit(value: &str) -> Result<Habit, String> {
    let wrong = || format!("no VALUE:NUMBER: \"{value}\"");
    let (value, mails) = value.rsplit_once(':').ok_or_else(wrong)?;
    Ok(Habit { value: value.to_owned(), mails: mails.parse().map_err(|_| wrong())? })
}

fn name(value: &str, known: &[Contact]) -> Result<ShownName, String> {
    let (name, rest) = value.split_once(" of ").ok_or_else(|| format!("no NAME of ADDRESS: \"{value}\""))?;
    let (addresses, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut words = Words::of(rest)?;
    let owner = |address: &str| {
        let owner = known.iter().find(|contact| contact.address == address).cloned();
        owner.ok_or_else(|| format!("nobody known has the address {address}"))
    };
    let shown = ShownName {
        name: name.to_owned(),
        place: words.word("place", "sender")?,
        kind: words.word("kind", "person")?,
        belongs_to: addresses.split(',').map(owner).collect::<Result<_, _>>()?,
        tie: words.word("tie", "none")?,
        shown_beside: words.number("beside", 0)?,
        abused_lately: words.number("abused", 0)?,
    };
    words.end()?;
    Ok(shown)
}

fn quoted(value: &str) -> Result<Quoted, String> {
    let (weight, rest) = value.split_once(' ').unwrap_or((value, ""));
    let weight = weight.parse().map_err(|_| format!("no weight: \"{value}\""))?;
    let mut words = Words::of(rest)?;
    let parties = words.strings("parties");
    let (sender_was_party, sender_may_know) = words.sender()?;
    let quoted = Quoted {
        excerpt: match words.0.remove("script").unwrap_or("japanese") {
            "latin" => "as we said on Monday".to_owned(),
            _ => "先日の打ち合わせで".to_owned(),
        },
        region: words.word("region", "quotation")?,
        weight,
        weight_of_language: weight,
        parties_total: words.number("total", u32::try_from(parties.len()).unwrap_or(u32::MAX))?,
        parties,
        held_by: words.word("held", "receiver")?,
        sender_was_party,
        sender_may_know,
        sender_was_prompt: words.number("prompt", 0_u32)? > 0,
        from_at: FROM_AT,
        until_at: UNTIL_AT,
    };
    words.end()?;
    Ok(quoted)
}

fn answered(value: &str) -> Result<Answered, String> {
    let (message_id, rest) = value.split_once(' ').unwrap_or((value, ""));
    let mut words = Words::of(rest)?;
    let (sender_was_party, sender_may_know) = words.sender()?;
    let answered = Answered {
        message_id: message_id.to_owned(),
        at: FROM_AT,
        is_ours: words.0.remove("by").unwrap_or("us") == "us",
        parties: words.strings("parties"),
        held_by: words.word("held", "receiver")?,
        sender_was_party,
        sender_may_know,
        sender_was_prompt: words.number("prompt", 0_u32)? > 0,
    };
    words.end()?;
    Ok(answered)
}

fn exception(value: &str) -> Result<Exception, String> {
    let (value, reason) = value.split_once(" reason=").unwrap_or((value, "取引先の別アドレス"));
    let (id, rest) = value.split_once(' ').ok_or_else(|| format!("no NUMBER SENDER: \"{value}\""))?;
    let (sender, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut words = Words::of(rest)?;
    let exception = Exception {
        id: id.parse().map_err(|_| format!("no number: \"{id}\""))?,
        sender: sender.to_owned(),
        checks: words.strings("checks"),
        reason: reason.to_owned(),
        author: words.0.remove("author").unwrap_or("佐藤花子").to_owned(),
        made_at: FROM_AT,
        until_at: UNTIL_AT * 2,
    };
    words.end()?;
    Ok(exception)
}

#[cfg(test)]
mod tests {
    use sekisho_facts::{HeldBy, NamePlace, Region, Standing, Tie};

    use super::*;

    #[test]
    fn lines_become_relations() {
        let mut remembered = Remembered::default();
        for (key, value) in [
            ("known", "山田太郎 <yamada@partner.example> sent=2 standing=historic"),
            ("known", "鈴木次郎 <suzuki@kita.example>"),
            ("known", "北村花 <kitamura@kita.example>"),
            ("habits", "suzuki@kita.example mails=20 domains=kita.example:20 locked=3"),
            ("name", "山田 太郎 of yamada@partner.example place=signature tie=disputed abused=4"),
            (
                "quoted",
                "1200 parties=yamada@partner.example,sato@midori.example region=unmarked held=others sender=may-know",
            ),
            ("answered", "a@midori.example parties=yamada@partner.example sender=party"),
            (
                "exception",
                "7 @kita.example checks=known-name-from-elsewhere author=緑川一郎 reason=北設計の 別ドメイン",
            ),
        ] {
            assert_eq!(remembered.take(key, value), Ok(true), "{key}");
        }
        assert_eq!(remembered.take("Subject", "x"), Ok(false));
        let relations = remembered.relations(b"From: suzuki@kita.example\r\n\r\n").unwrap();
        let relations = relations.known().unwrap();
        assert_eq!(relations.mailbox, Learned::Enough);
        assert_eq!(relations.sender.as_ref().map(|contact| contact.habits.locked), Some(3));
        assert_eq!(relations.organisation.len(), 1);
        let name = &relations.names[0];
        assert_eq!((name.place, name.tie, name.abused_lately), (NamePlace::Signature, Tie::Disputed, 4));
        assert_eq!(name.belongs_to[0].standing, Standing::Historic);
        let quoted = &relations.quoted[0];
        assert_eq!(
            (quoted.region, quoted.held_by, quoted.parties_total),
            (Region::Unmarked, HeldBy::Others, 2)
        );
        assert!(quoted.sender_may_know && !quoted.sender_was_party);
        assert!(relations.answered[0].sender_was_party);
        assert_eq!(relations.exceptions[0].reason, "北設計の 別ドメイン");
    }

    #[test]
    fn what_is_misspelt_is_refused() {
        for (key, value) in [
            ("known", "yamada@partner.example"),
            ("known", "山田 <yamada@partner.example> send=3"),
            ("habits", "nobody@partner.example mails=3"),
            ("name", "山田太郎 of nobody@partner.example"),
            ("quoted", "much"),
            ("quoted", "900 sender=thief"),
            ("mailbox", "full"),
        ] {
            assert!(Remembered::default().take(key, value).is_err(), "{key}: {value}");
        }
    }
}
