//! Raw mail → judgement, as the figures judge: the office's own people known, balanced profile, a fixed day.

use jiff::civil::{Date, date};
use sekisho_facts::{Facts, Own, Person};
use sekisho_judge::lists::Lists;
use sekisho_judge::{Action, Input, Judgement, Lang, Policy, Profile, judge};
use sekisho_mail::{Address, Limits, Message, Request, read};
use sekisho_testing::organisation;

/// The day on which everything is judged, so that a figure is the same tomorrow. All lists are in date.
pub(crate) const TODAY: Date = date(2026, 11, 24);

/// Everything that judging needs besides the mail.
pub(crate) struct Court {
    /// The office of the generator.
    pub(crate) own: Own,
    policy: Policy,
    facts: Facts,
    limits: Limits,
}

impl Court {
    /// The office with its people, the balanced profile.
    pub(crate) fn new() -> Result<Self, String> {
        let organisation = organisation();
        let person = |person: &sekisho_testing::Person| {
            let address = Address::parse(person.address)?;
            Some(Person::new(person.name, address, &[person.romaji.to_owned()]))
        };
        let people = organisation.people.iter().filter_map(person).collect();
        let domains = organisation.domains.iter().map(|domain| (*domain).to_owned());
        Ok(Self {
            own: Own::new(organisation.name, domains, people),
            policy: Policy::built_in(Profile::Balanced).map_err(|error| error.to_string())?,
            facts: Facts::default(),
            limits: Limits::default(),
        })
    }

    /// Reads and judges one mail.
    pub(crate) fn judge(&self, bytes: &[u8]) -> Judgement {
        self.judge_read(&self.read(bytes))
    }

    /// Reads and judges one mail of which more is known; the identity follows from the results.
    pub(crate) fn judge_told(&self, bytes: &[u8], facts: &Facts) -> Judgement {
        self.judge_with(&self.read(bytes), facts.clone())
    }

    /// Judges a mail that was read and of which more is known.
    pub(crate) fn judge_with(&self, message: &Message, mut facts: Facts) -> Judgement {
        let from: Vec<&Address> =
            message.from.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
        facts.sender.identity = sekisho_facts::identity(&facts.sender, &from);
        let input = Input::new(message, &facts, &self.own, Lists::built_in(), TODAY);
        judge(&input, &self.policy)
    }

    /// Reads one mail.
    pub(crate) fn read(&self, bytes: &[u8]) -> Message {
        read(bytes, &self.limits)
    }

    /// Opens one file that is no mail.
    pub(crate) fn open(&self, bytes: &[u8], name: &str) -> Message {
        Request::new(&self.limits).read_file(bytes, name)
    }

    /// Judges a mail that was read.
    pub(crate) fn judge_read(&self, message: &Message) -> Judgement {
        let input = Input::new(message, &self.facts, &self.own, Lists::built_in(), TODAY);
        judge(&input, &self.policy)
    }
}

/// The reasons of a verdict in one line, with the rules' names.
pub(crate) fn reasons(judgement: &Judgement, lang: Lang) -> String {
    let words = |reason: &sekisho_judge::Reason| format!("[{}] {}", reason.rule, reason.words(lang));
    judgement.verdict.reasons.iter().map(words).collect::<Vec<_>>().join(" / ")
}

/// Whether a mail was held, warned of, or neither.
pub(crate) fn outcome(judgement: &Judgement) -> Outcome {
    match judgement.verdict.action {
        Action::Deliver => Outcome::Delivered,
        Action::Warn => Outcome::Warned,
        Action::Hold | Action::Reject => Outcome::Held,
    }
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It goes its way.
    Delivered,
    /// With a warning.
    Warned,
    /// Kept back, or refused.
    Held,
}
