//! A seed → the people the office knows: who works where, with which address, mail program and signature.
//!
//! A person keeps all of that in every mail, as people do.

use super::client::Client;
use super::texts::{From, Text, section};
use crate::{Person, Rng};

/// Somebody who writes or receives mail.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) surname: String,
    /// Surname, a space, given name.
    pub(crate) full: String,
    /// Latin letters, given name first.
    pub(crate) romaji: String,
    pub(crate) company: String,
    pub(crate) trade: &'static str,
    pub(crate) title: String,
    pub(crate) address: String,
    /// The display name in `From`, empty for none.
    pub(crate) display: String,
    pub(crate) telephone: String,
    pub(crate) client: Client,
    /// Chooses signature and rule, the same in every mail.
    pub(crate) taste: u64,
}

impl Party {
    /// The part of the address after `@`.
    pub(crate) fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The company without its legal form.
    pub(crate) fn company_short(&self) -> String {
        let mut short = self.company.clone();
        for form in LEGAL_FORMS {
            short = short.replace(form, "");
        }
        short.trim().to_owned()
    }

    /// One of the office's own people as the writer or receiver of a mail.
    pub(crate) fn own(person: &Person) -> Self {
        let position = person.address.len() + person.name.len();
        Self {
            surname: person.surname().to_owned(),
            full: person.name.to_owned(),
            romaji: person.romaji.to_owned(),
            company: crate::organisation().name.to_owned(),
            trade: "own",
            title: person.title.to_owned(),
            address: person.address.to_owned(),
            display: if position.is_multiple_of(5) {
                format!("{}（みどり設計）", person.name)
            } else {
                person.name.to_owned()
            },
            telephone: "03-0000-1234".to_owned(),
            client: if position.is_multiple_of(3) { Client::Thunderbird } else { Client::Outlook },
            taste: position as u64,
        }
    }

    /// A sender that is always the same: a service, a shop, a system.
    pub(crate) fn fixed(display: &str, address: &str, client: Client) -> Self {
        Self {
            surname: display.to_owned(),
            full: display.to_owned(),
            romaji: display.to_owned(),
            company: display.to_owned(),
            trade: "service",
            title: String::new(),
            address: address.to_owned(),
            display: display.to_owned(),
            telephone: "0120-000-000".to_owned(),
            client,
            taste: 0,
        }
    }
}

/// Everybody outside the office.
#[derive(Debug)]
pub(crate) struct World {
    contacts: Vec<Party>,
    private: Vec<Party>,
    foreign: Vec<Party>,
    neighbours: Vec<Party>,
}

impl World {
    /// The people that belong to `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Rng::stream(seed, u64::MAX - 1);
        let mut contacts = Vec::new();
        for line in COMPANIES.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&'static str> = line.split('|').map(str::trim).collect();
            let [company, latin, trade] = columns[..] else { continue };
            let domain = format!("{latin}{}", rng.pick(endings(trade)));
            for _ in 0..rng.between(1, 3) {
                contacts.push(contact(&mut rng, company, trade, &domain));
            }
        }
        let private = (0..40).map(|_| private_person(&mut rng)).collect();
        let foreign = (0..12).map(|_| foreigner(&mut rng)).collect();
        let neighbours = NEIGHBOURS.iter().map(|row| neighbour(&mut rng, row)).collect();
        Self { contacts, private, foreign, neighbours }
    }

    /// Somebody who could write this text.
    pub(crate) fn sender(&self, text: &Text, rng: &mut Rng) -> Party {
        match &text.from {
            From::Trades(trades) => self.of_trades(trades, rng),
            From::Colleague | From::Outgoing => Party::own(rng.pick(crate::organisation().people)),
            From::Personal => rng.pick(&self.private).clone(),
            From::Foreign => rng.pick(&self.foreign).clone(),
            From::Neighbour => rng.pick(&self.neighbours).clone(),
            From::Fixed(name, address) => {
                // Brands send through services; offices and their machines also through whatever is there.
                let clients: &[Client] = if address.ends_with(".example") {
                    &[Client::Service, Client::FormMailer, Client::OldServer]
                } else {
                    &[Client::Service]
                };
                Party::fixed(name, address, *rng.pick(clients))
            }
        }
    }

    /// Somebody outside whom the office exchanges letters with.
    pub(crate) fn partner(&self, rng: &mut Rng) -> Party {
        self.of_trades(&["builder", "maker", "owner", "public", "printer", "realestate", "school"], rng)
    }

    fn of_trades(&self, trades: &[&str], rng: &mut Rng) -> Party {
        let any = trades == ["any"];
        let fitting: Vec<&Party> =
            self.contacts.iter().filter(|party| any || trades.contains(&party.trade)).collect();
        assert!(!fitting.is_empty(), "nobody is of the trades {trades:?}");
        (*rng.pick(&fitting)).clone()
    }
}

pub(crate) const NAMES: &str = include_str!("../../texts/names.txt");
const COMPANIES: &str = include_str!("../../texts/companies.txt");

const LEGAL_FORMS: &[&str] = &[
    "株式会社",
    "有限会社",
    "一般財団法人",
    "公益財団法人",
    "一般社団法人",
    "医療法人",
    "社会福祉法人",
    "学校法人",
    "税理士法人",
    "弁護士法人",
];

/// Name in characters, reading, company, Latin company.
const NEIGHBOURS: &[(&str, &str, &str, &str)] = &[
    ("王 偉", "Wang Wei", "上海明光照明有限公司", "mingguang"),
    ("李 娜", "Li Na", "大連海信家具有限公司", "haixin-furniture"),
    ("陳 志明", "Chen Chih-Ming", "台中精密金属股份有限公司", "taichung-metal"),
    ("張 麗", "Zhang Li", "蘇州華美石材有限公司", "huamei-stone"),
    ("金 敏俊", "Kim Minjun", "ハンビット建材株式会社", "hanbit"),
    ("朴 智恵", "Park Jihye", "ソウルデザイン研究所", "seoul-design"),
];

fn endings(trade: &str) -> &'static [&'static str] {
    match trade {
        "public" => &[".or.jp.example", ".example"],
        "school" => &[".ac.jp.example", ".ed.jp.example"],
        _ => &[".example", ".co.jp.example", ".test", "-web.example", ".example", ".ne.jp.test"],
    }
}

fn name(rng: &mut Rng) -> (&'static str, &'static str, &'static str, &'static str) {
    let surnames = section(NAMES, "surname");
    let given = section(NAMES, "given");
    let (surname, surname_latin) = rng.pick(&surnames).split_once(' ').unwrap_or_default();
    let (first, first_latin) = rng.pick(&given).split_once(' ').unwrap_or_default();
    (surname, first, surname_latin, first_latin)
}

fn contact(rng: &mut Rng, company: &'static str, trade: &'static str, domain: &str) -> Party {
    let (surname, given, surname_latin, given_latin) = name(rng);
    let (low, first) = (surname_latin.to_lowercase(), given_latin.to_lowercase());
    let initial = &first[..1];
    let local = match rng.below(9) {
        0..=2 => low.clone(),
        3 => format!("{first}.{low}"),
        4 => format!("{initial}-{low}"),
        5 => format!("{low}_{initial}"),
        6 => format!("{low}{}", rng.between(1, 99)),
        7 => format!("{initial}{low}"),
        _ => (*rng.pick(&["info", "office", "eigyo", "soumu", "jimukyoku"])).to_owned(),
    };
    let titles = match trade {
        "builder" | "maker" | "it" | "printer" | "realestate" => section(super::slots::SLOTS, "title"),
        _ => vec!["主任", "担当", "代表", "総務課", "事務局"],
    };
    let mut party = Party {
        surname: surname.to_owned(),
        full: format!("{surname} {given}"),
        romaji: format!("{given_latin} {surname_latin}"),
        company: company.to_owned(),
        trade,
        title: (*rng.pick(&titles)).to_owned(),
        address: format!("{local}@{domain}"),
        display: String::new(),
        telephone: format!("0{}-0000-{}", rng.between(3, 9), rng.digits(4)),
        client: *rng.pick(Client::OFFICE),
        taste: rng.draw(),
    };
    party.display = display_name(rng, &party, surname, given);
    party
}

pub(crate) fn display_name(rng: &mut Rng, party: &Party, surname: &str, given: &str) -> String {
    let short = party.company_short();
    match rng.below(20) {
        0..=4 => party.full.clone(),
        5..=7 => format!("{surname}{given}"),
        8 => format!("{surname}　{given}"),
        9 => format!("{surname}{given}（{short}）"),
        10 => format!("{} / {short}", party.full),
        11 => format!("{surname}@{short}"),
        12 => format!("{short} {surname}"),
        13 => format!("{} {surname}", party.company),
        14 => party.romaji.clone(),
        15 => {
            let (first, last) = party.romaji.split_once(' ').unwrap_or_default();
            format!("{} {first}", last.to_uppercase())
        }
        16 => party.address.clone(),
        17 => String::new(),
        18 => format!("{}【{short}】", party.full),
        _ => party.company.clone(),
    }
}

fn private_person(rng: &mut Rng) -> Party {
    let (surname, given, surname_latin, given_latin) = name(rng);
    let (low, first) = (surname_latin.to_lowercase(), given_latin.to_lowercase());
    let number = rng.digits(4);
    let (local, domain, client) = match rng.below(9) {
        0 => (format!("{first}..{low}.{number}"), "docomo.ne.jp", Client::Carrier),
        1 => (format!("{low}.{number}."), "docomo.ne.jp", Client::Carrier),
        2 => (format!("{first}-{low}-{number}"), "softbank.ne.jp", Client::Carrier),
        3 => (format!("{low}.-.{first}{number}"), "ezweb.ne.jp", Client::Carrier),
        4 => (format!("{first}{low}{number}"), "icloud.com", Client::Iphone),
        5 | 6 => (format!("{first}.{low}.{number}"), "gmail.com", Client::Gmail),
        7 => (format!("{low}_{first}_{number}"), "yahoo.co.jp", Client::Webmail),
        _ => (format!("{first}.{low}{number}"), "outlook.jp", Client::Iphone),
    };
    let display = match rng.below(5) {
        0 => String::new(),
        1 => given.to_owned(),
        2 => format!("{surname}{given}"),
        3 => format!("{given_latin} {surname_latin}"),
        _ => format!("{surname} {given}"),
    };
    Party {
        surname: surname.to_owned(),
        full: format!("{surname} {given}"),
        romaji: format!("{given_latin} {surname_latin}"),
        company: String::new(),
        trade: "private",
        title: String::new(),
        address: format!("{local}@{domain}"),
        display,
        telephone: format!("090-0000-{}", rng.digits(4)),
        client,
        taste: rng.draw(),
    }
}

fn foreigner(rng: &mut Rng) -> Party {
    let first = *rng.pick(&section(super::slots::SLOTS, "firstname_en"));
    let last = *rng.pick(&["Miller", "Larsen", "Rossi", "Novak", "Dubois", "Clarke"]);
    let company = *rng.pick(&["Northlight Fixtures", "Larsen Timber", "Studio Arco", "Harbour Glass Works"]);
    let domain = company.to_lowercase().replace(' ', "-");
    let full = format!("{first} {last}");
    Party {
        surname: last.to_owned(),
        full: full.clone(),
        romaji: full.clone(),
        company: company.to_owned(),
        trade: "foreign",
        title: "Export Sales".to_owned(),
        address: format!("{}.{}@{domain}.example", first.to_lowercase(), last.to_lowercase()),
        display: if rng.chance(30) { format!("{last}, {first}") } else { full },
        telephone: format!("+00 00 0000 {}", rng.digits(4)),
        client: *rng.pick(&[Client::OutlookEnglish, Client::GmailEnglish, Client::AppleMail]),
        taste: rng.draw(),
    }
}

fn neighbour(rng: &mut Rng, row: &(&str, &str, &str, &str)) -> Party {
    let (full, romaji, company, latin) = *row;
    let local = romaji.to_lowercase().replace(' ', ".");
    Party {
        surname: full.split(' ').next().unwrap_or(full).to_owned(),
        full: full.to_owned(),
        romaji: romaji.to_owned(),
        company: company.to_owned(),
        trade: "neighbour",
        title: "海外営業部".to_owned(),
        address: format!("{local}@{latin}.example"),
        display: (*rng.pick(&[full, romaji])).to_owned(),
        telephone: format!("+00-000-0000-{}", rng.digits(4)),
        client: *rng.pick(&[Client::OutlookEnglish, Client::GmailEnglish, Client::Outlook]),
        taste: rng.draw(),
    }
}
