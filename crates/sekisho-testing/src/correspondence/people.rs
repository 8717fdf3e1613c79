//! A seed → the organisations that an office corresponds with, their people, and how their mail is authenticated.

use std::collections::BTreeSet;

use super::grammar::words;
use crate::generate::client::Client;
use crate::generate::world::{Party, display_name};
use crate::{Person, Rng};

/// What our border writes down about mail of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// DMARC, DKIM and SPF pass.
    Dmarc,
    /// Only SPF is published, and passes.
    Spf,
    /// Nothing is published.
    Nothing,
    /// SPF is published, and the server is not in it.
    SpfFails,
    /// A list passed it on and changed it.
    ThroughList,
    /// Nothing was written down: a mail from before the border wrote results, or one of our own.
    Unrecorded,
}

/// An organisation that we write with.
#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) trade: &'static str,
    pub(crate) proof: Proof,
    pub(crate) people: Vec<Party>,
    pub(crate) is_english: bool,
    /// Those of ours that usually write with it, by their place in the list of people.
    pub(crate) regular: [usize; 2],
    /// Whether its files come in locked archives.
    pub(crate) locks: bool,
    /// What its mail server appends, empty for nothing.
    pub(crate) disclaimer: &'static str,
}

/// Everybody in the correspondence, and names that nobody has yet.
#[derive(Debug)]
pub(crate) struct Circle {
    rng: Rng,
    taken_names: BTreeSet<String>,
    taken_domains: BTreeSet<String>,
    pub(crate) partners: Vec<Organisation>,
    pub(crate) own: Vec<Party>,
}

/// Organisations that are partners from the beginning: Japanese ones, and ones that write English.
const JAPANESE: usize = 60;
const ENGLISH: usize = 6;

impl Circle {
    /// The people that belong to `seed`, around those of ours.
    pub(crate) fn new(seed: u64, ours: &[Person]) -> Self {
        let own: Vec<Party> = ours.iter().map(Party::own).collect();
        let mut circle = Self {
            rng: Rng::stream(seed, u64::MAX - 2),
            taken_names: own.iter().map(|person| person.full.clone()).collect(),
            taken_domains: BTreeSet::new(),
            partners: Vec::new(),
            own,
        };
        for _ in 0..JAPANESE {
            let members = *circle.rng.pick(&[1, 1, 2, 2, 3, 3, 4, 5]);
            let partner = circle.organisation(members);
            circle.partners.push(partner);
        }
        for at in 0..ENGLISH {
            let partner = circle.english(at);
            // Those that stand first write most: some of these are among them.
            circle.partners.insert(at * 11 + 4, partner);
        }
        circle
    }

    /// Whether somebody is called that.
    pub(crate) fn knows(&self, full: &str) -> bool {
        self.taken_names.contains(full)
    }

    /// A new Japanese organisation with so many people.
    pub(crate) fn organisation(&mut self, members: usize) -> Organisation {
        let (name, domain, trade) = loop {
            let (root, latin) = pair(self.rng.pick::<&str>(words("root")));
            let mut kind = self.rng.pick(words("kind")).split(' ');
            let (kind, kind_latin, trade) =
                (kind.next().unwrap_or(""), kind.next().unwrap_or(""), kind.next().unwrap_or("builder"));
            let short = format!("{root}{kind}");
            let name = match self.rng.below(6) {
                _ if trade == "owner" && kind == "医院" => short,
                0 => format!("{short}株式会社"),
                1 => format!("有限会社{short}"),
                2 => short,
                _ => format!("株式会社{short}"),
            };
            let ending = *self.rng.pick(&[".example", ".co.jp.example", ".test", ".ne.jp.test", ".example"]);
            let domain = format!("{latin}-{kind_latin}{ending}");
            if self.taken_domains.insert(domain.clone()) {
                break (name, domain, trade);
            }
        };
        let mut made = Organisation {
            proof: *self.rng.pick(PROOFS),
            regular: [self.rng.below(self.own.len()), self.rng.below(self.own.len())],
            locks: self.rng.chance(12),
            disclaimer: if self.rng.chance(15) { self.rng.pick::<&str>(DISCLAIMERS) } else { "" },
            name,
            domain,
            trade,
            people: Vec::new(),
            is_english: false,
        };
        for _ in 0..members {
            let person = self.person(&made);
            made.people.push(person);
        }
        made
    }

    /// Somebody new at an organisation, of a name that nobody else has.
    pub(crate) fn person(&mut self, at: &Organisation) -> Party {
        let (surname, given, latin) = self.name();
        self.named(at, &surname, &given, &latin)
    }

    /// Somebody new at an organisation who is called like somebody else.
    pub(crate) fn namesake(&mut self, at: &Organisation, of: &Party) -> Party {
        let (surname, given) = pair(&of.full);
        let (given_latin, surname_latin) = pair(&of.romaji);
        self.named(at, surname, given, &format!("{surname_latin} {given_latin}"))
    }

    /// A name that nobody has: surname, given name, both in Latin letters.
    pub(crate) fn name(&mut self) -> (String, String, String) {
        loop {
            let (surname, surname_latin) = pair(self.rng.pick::<&str>(words("surname")));
            let (given, given_latin) = pair(self.rng.pick::<&str>(words("given")));
            if self.taken_names.insert(format!("{surname} {given}")) {
                return (surname.to_owned(), given.to_owned(), format!("{surname_latin} {given_latin}"));
            }
        }
    }

    /// Somebody new who writes English.
    pub(crate) fn foreigner(&mut self, at: &Organisation) -> Party {
        let (first, last) = loop {
            let (first, last) = (*self.rng.pick(words("firstname_en")), *self.rng.pick(words("lastname_en")));
            // There are few names; a middle letter would tell them apart in an address book, and does so here.
            if self.taken_names.insert(format!("{first} {last}")) {
                break (first.to_owned(), last);
            }
            let middle = self.rng.token("ABCDEFGHJKLMNPRSTW", 1);
            if self.taken_names.insert(format!("{first} {middle}. {last}")) {
                break (format!("{first} {middle}."), last);
            }
        };
        let local = format!("{first} {last}").to_lowercase().replace([' ', '.'], "-").replace("--", "-");
        let full = format!("{first} {last}");
        Party {
            surname: last.to_owned(),
            full: full.clone(),
            romaji: full.clone(),
            company: at.name.clone(),
            trade: "foreign",
            title: (*self.rng.pick(&["Export Sales", "Project Manager", "Design Office", "Accounts"]))
                .to_owned(),
            address: format!("{local}@{}", at.domain),
            display: if self.rng.chance(25) { format!("{last}, {first}") } else { full },
            telephone: format!("+00 00 0000 {}", self.rng.digits(4)),
            client: *self.rng.pick(&[Client::OutlookEnglish, Client::GmailEnglish, Client::AppleMail]),
            taste: self.rng.draw(),
        }
    }

    fn english(&mut self, at: usize) -> Organisation {
        let name = words("company_en").get(at).copied().unwrap_or("Brightwater Lamps");
        let domain = format!("{}.example", name.to_lowercase().replace(' ', "-"));
        self.taken_domains.insert(domain.clone());
        let mut made = Organisation {
            name: name.to_owned(),
            domain,
            trade: "foreign",
            proof: *self.rng.pick(PROOFS),
            people: Vec::new(),
            is_english: true,
            regular: [self.rng.below(self.own.len()), self.rng.below(self.own.len())],
            locks: false,
            disclaimer: if self.rng.chance(40) { DISCLAIMER_EN } else { "" },
        };
        for _ in 0..self.rng.between(1, 3) {
            let person = self.foreigner(&made);
            made.people.push(person);
        }
        made
    }

    fn named(&mut self, at: &Organisation, surname: &str, given: &str, latin: &str) -> Party {
        let rng = &mut self.rng;
        let (surname_latin, given_latin) = pair(latin);
        let (low, first) = (surname_latin.to_lowercase(), given_latin.to_lowercase());
        let initial = first.get(..1).unwrap_or("a");
        let is_free = |local: &str| {
            let address = format!("{local}@{}", at.domain);
            !at.people.iter().any(|other| other.address == address)
        };
        let local = match rng.below(6) {
            0..=2 => low.clone(),
            3 => format!("{first}.{low}"),
            4 => format!("{initial}-{low}"),
            _ => format!("{low}_{initial}"),
        };
        let local = if is_free(&local) { local } else { format!("{first}.{low}{}", rng.between(2, 99)) };
        let mut party = Party {
            surname: surname.to_owned(),
            full: format!("{surname} {given}"),
            romaji: format!("{given_latin} {surname_latin}"),
            company: at.name.clone(),
            trade: at.trade,
            title: (*rng.pick(&["営業部", "工事部", "主任", "課長", "代表", "業務課", "技術担当"]))
                .to_owned(),
            address: format!("{local}@{}", at.domain),
            display: String::new(),
            telephone: format!("0{}-0000-{}", rng.between(3, 9), rng.digits(4)),
            client: *rng.pick(Client::OFFICE),
            taste: rng.draw(),
        };
        party.display = display_name(rng, &party, surname, given);
        party
    }
}

/// Which share of domains publishes what.
const PROOFS: &[Proof] = &[
    Proof::Dmarc,
    Proof::Dmarc,
    Proof::Dmarc,
    Proof::Dmarc,
    Proof::Dmarc,
    Proof::Dmarc,
    Proof::Spf,
    Proof::Spf,
    Proof::Spf,
    Proof::Spf,
    Proof::Nothing,
    Proof::Unrecorded,
];

const DISCLAIMERS: &[&str] = &[
    "本メールには秘密情報が含まれている場合があります。誤って受信された場合は、お手数ですが発信者までご連絡のうえ削除してください。",
    "このメールはウイルスの検査をしてから送っています。\n宛先の間違いにお気づきの際は、開かずに破棄くださいますようお願いいたします。",
    "【ご注意】この電子メールは宛名の方だけに宛てたものです。無断での転載や複写はご遠慮ください。",
];

const DISCLAIMER_EN: &str = "This message and any attachment are intended only for the person named above. If you are not that person, please \
    delete it and tell the sender. Views expressed are those of the writer.";

fn pair(words: &str) -> (&str, &str) {
    words.rsplit_once(' ').unwrap_or((words, ""))
}
