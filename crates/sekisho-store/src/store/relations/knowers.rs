//! Mails that hold a text, or are of a thread → who truly knows it.
//!
//! Whoever steals a conversation sends it to us, and somebody may even answer. So a mail from outside makes nobody a member, and neither
//! does our answer to one, unless we answer a contact. Knowledge flows only from those who have it: from who wrote the words, from our own
//! mail, and on to whom these wrote. Dates say nothing here: a stranger chooses his own.

use std::collections::{BTreeMap, BTreeSet};

/// A mail that holds a text, or is of a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Holding {
    pub(super) mail: i64,
    pub(super) mailbox: i64,
    pub(super) sender: Option<i64>,
    pub(super) at: i64,
    /// Whether one of ours sent it.
    pub(super) is_sent: bool,
    /// Whether it is authenticated, ours, or of the old archive.
    pub(super) is_proven: bool,
    /// Whether the words are its sender's own, or the mail itself is asked about.
    pub(super) is_own: bool,
    pub(super) list: Option<i64>,
    /// The Message-ID that it answers.
    pub(super) answers: Option<i64>,
    pub(super) receivers: Vec<i64>,
}

/// Who knows a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Knowers {
    /// Those who wrote it or received it.
    pub(super) members: BTreeSet<i64>,
    /// Those to whom a member forwarded it.
    pub(super) told: BTreeSet<i64>,
}

/// What is known of the people around.
pub(super) struct Around<'a> {
    /// Contacts: those to whom we write, or who are confirmed.
    pub(super) trusted: &'a BTreeSet<i64>,
    /// Message-ID → the senders of the mails that bear it; `None` among them where one is not proven.
    pub(super) answered: &'a BTreeMap<i64, BTreeSet<Option<i64>>>,
    /// Our own addresses.
    pub(super) own: &'a BTreeSet<i64>,
    /// Address → its organisation, where its domain is not everybody's.
    pub(super) organisations: &'a BTreeMap<i64, String>,
}

/// Passes over the mails: a forwarding of a forwarding is found, and more would be a coincidence.
const PASSES_MAX: usize = 8;

/// Who knows what these mails hold.
pub(super) fn knowers(holdings: &[&Holding], around: &Around<'_>) -> Knowers {
    let mut known = Knowers { members: introducers(holdings, around), told: BTreeSet::new() };
    for _ in 0..PASSES_MAX {
        let before = known.members.len();
        for holding in holdings {
            pass_on(holding, around, &mut known);
        }
        if known.members.len() == before {
            break;
        }
    }
    known
}

/// Whom to ask about in [`Around::trusted`]: those who may have brought the words, or whom we answered with them.
pub(super) fn candidates(
    holdings: &[&Holding],
    answered: &BTreeMap<i64, BTreeSet<Option<i64>>>,
) -> BTreeSet<i64> {
    let bringers = holdings.iter().filter(|holding| !holding.is_sent).filter_map(|holding| holding.sender);
    bringers.chain(answered.values().flatten().flatten().copied()).collect()
}

/// Those from whom we have the words, where none of ours wrote them: contacts whose own they are, else who quoted them; a stranger only
/// where nobody else has them: from whom could he have stolen them?
fn introducers(holdings: &[&Holding], around: &Around<'_>) -> BTreeSet<i64> {
    if holdings.iter().any(|holding| holding.is_sent && holding.is_own) {
        return BTreeSet::new();
    }
    for is_own in [true, false] {
        let bringers = holdings.iter().filter(|holding| !holding.is_sent && holding.is_own == is_own);
        let all: BTreeSet<i64> = bringers.filter_map(|holding| holding.sender).collect();
        if all.is_empty() {
            continue;
        }
        let trusted: BTreeSet<i64> = all.intersection(around.trusted).copied().collect();
        if !trusted.is_empty() {
            return trusted;
        }
        return if are_one(&all, around) { all } else { BTreeSet::new() };
    }
    BTreeSet::new()
}

/// Whether addresses are one, or of one organisation.
fn are_one(addresses: &BTreeSet<i64>, around: &Around<'_>) -> bool {
    let mut organisations = addresses.iter().map(|address| around.organisations.get(address));
    let first = organisations.next().flatten();
    addresses.len() == 1 || (first.is_some() && organisations.all(|other| other == first))
}

fn pass_on(holding: &Holding, around: &Around<'_>, known: &mut Knowers) {
    let Some(sender) = holding.sender.filter(|_| holding.is_proven) else { return };
    let receivers = holding.receivers.iter().copied();
    if holding.is_sent {
        known.members.insert(sender);
        if holding.is_own || answers_a_member(holding, around, known) {
            known.members.extend(receivers);
        }
    } else if known.members.contains(&sender) {
        if holding.is_own {
            known.members.extend(receivers);
        } else {
            known.told.extend(receivers);
        }
    }
}

/// Whether a mail of ours answers nothing, or somebody who knows the words, or a contact: an answer joins what stood apart in the mail that
/// it quotes, so that of some words it is the only holder. The mail that it answers may not be remembered: then it is not known whom it
/// answers.
fn answers_a_member(holding: &Holding, around: &Around<'_>, known: &Knowers) -> bool {
    let Some(answers) = holding.answers else { return true };
    let Some(senders) = around.answered.get(&answers) else { return false };
    let may_have_it =
        |sender: &i64| [&known.members, around.own, around.trusted].iter().any(|all| all.contains(sender));
    !senders.is_empty() && senders.iter().all(|sender| sender.as_ref().is_some_and(may_have_it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everybody by number; the first two are ours, the last two of one firm. Yamada is a contact.
    const PEOPLE: [&str; 6] = ["sato", "mori", "yamada", "suzuki", "evil", "devil"];

    /// What happened | the mails (sender>receivers, `own` or `quoted`, `unproven`, what it answers) | who knows | who was told. A Message-ID is
    /// its sender's name; `twice` is Yamada's and evil's, `forged` bears a name that nothing proves.
    const TABLE: &str = "
we wrote it | sato>yamada own | sato yamada |
he wrote it | yamada>sato own | sato yamada |
he wrote it to two | yamada>sato,suzuki own | sato suzuki yamada |
a contact without authentication wrote it | yamada>sato,suzuki own unproven | yamada |
he forwards ours | sato>yamada own; yamada>sato,suzuki quoted | sato yamada | sato suzuki
we answer him with copies | yamada>sato own; sato>yamada,mori quoted re=yamada | mori sato yamada |
we forward it | yamada>sato own; sato>suzuki quoted | sato suzuki yamada |
we write again in our own thread | sato>yamada own; sato>suzuki quoted re=sato | sato suzuki yamada |
a stranger quotes it | sato>yamada own; evil>sato quoted | sato yamada |
and we answer him | sato>yamada own; evil>sato quoted; sato>evil quoted re=evil | sato yamada |
we answer a contact who quotes it | sato>suzuki own; yamada>sato quoted; sato>yamada quoted re=yamada | sato suzuki yamada | sato
of our answer to a contact alone | sato>yamada quoted re=yamada | sato yamada |
of our answer to a stranger alone | sato>evil quoted re=evil | sato |
his mail is not remembered | sato>yamada own; sato>evil quoted re=nobody | sato yamada |
his mail bears a contact's Message-ID | sato>yamada own; sato>evil quoted re=twice | sato yamada |
it bears our name and nothing proves it | sato>yamada own; sato>evil quoted re=forged | sato yamada |
he says that it is his own | yamada>sato own; evil>sato own | sato yamada |
of what we wrote | sato>yamada own; evil>sato own | sato yamada |
two strangers say so | evil>sato own; suzuki>sato own | |
he alone has it | evil>sato own | evil sato |
he alone has it and nothing proves it | evil>sato own unproven | evil |
his firm has it | evil>sato own; devil>mori own | devil evil mori sato |
a forged copy to others | sato>yamada own; yamada>sato,evil own unproven | sato yamada |
we tell him ourselves | sato>yamada own; sato>evil own re=evil | evil sato yamada |
he quotes what nobody else has | evil>sato quoted | evil | sato
";

    fn number(name: &str) -> i64 {
        PEOPLE.iter().position(|one| *one == name).map_or(99, |at| at as i64)
    }

    fn holding(text: &str) -> Holding {
        let mut words = text.split_whitespace();
        let (sender, receivers) = words.next().unwrap().split_once('>').unwrap();
        let words: Vec<&str> = words.collect();
        let answers = words.iter().find_map(|word| word.strip_prefix("re="));
        Holding {
            sender: Some(number(sender)),
            is_sent: number(sender) < 2,
            is_proven: !words.contains(&"unproven"),
            is_own: words.contains(&"own"),
            answers: answers.map(|answers| match answers {
                "twice" => 200,
                "forged" => 300,
                one => number(one),
            }),
            receivers: receivers.split(',').map(number).collect(),
            ..Holding::default()
        }
    }

    fn names(numbers: &BTreeSet<i64>) -> String {
        let mut names: Vec<&str> = numbers.iter().map(|number| PEOPLE[*number as usize]).collect();
        names.sort_unstable();
        names.join(" ")
    }

    #[test]
    fn knowledge_flows_from_those_who_have_it() {
        let trusted = BTreeSet::from([number("yamada")]);
        let own = BTreeSet::from([number("sato"), number("mori")]);
        let mut answered: BTreeMap<i64, BTreeSet<Option<i64>>> =
            (0..5).map(|number| (number, BTreeSet::from([Some(number)]))).collect();
        answered.insert(200, BTreeSet::from([Some(number("yamada")), Some(number("evil"))]));
        answered.insert(300, BTreeSet::from([None]));
        let firm = |name: &str| (number(name), "evil.example".to_owned());
        let organisations = BTreeMap::from([firm("evil"), firm("devil")]);
        let around =
            Around { trusted: &trusted, answered: &answered, own: &own, organisations: &organisations };
        for row in TABLE.trim().lines() {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [_, mails, members, told] = cells[..] else { panic!("{row}") };
            let mut holdings: Vec<Holding> = mails.split(';').map(holding).collect();
            for _ in 0..2 {
                let found = knowers(&holdings.iter().collect::<Vec<_>>(), &around);
                assert_eq!(
                    (names(&found.members).as_str(), names(&found.told).as_str()),
                    (members, told),
                    "{row}"
                );
                holdings.reverse();
            }
        }
    }
}
