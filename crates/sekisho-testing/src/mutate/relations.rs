//! What is remembered of people and conversations beside a mail: names, quotations and habits that are not the sender's.

use sekisho_facts::Outcome::{Fail, None as NotPublished, Pass, Softfail};
use sekisho_facts::{
    Answered, Contact, Exception, Fact, Habit, Habits, HeldBy, Learned, NameKind, NamePlace, Quoted, Region,
    Relations, ShownName, Standing, Tie,
};

use super::senders::without_list;
use super::{Change, Changed, Mail, Mutation, own_text, stranger};
use crate::results::{Results, domain};
use crate::{Rng, files};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "known-name-from-elsewhere",
        fires: Change::Told(name_from_elsewhere),
        near_miss: Change::Told(name_announced),
    },
    Mutation {
        id: "known-name-in-text",
        fires: Change::Told(name_in_signature),
        near_miss: Change::Told(firm_in_signature),
    },
    Mutation {
        id: "look-alike-of-contact",
        fires: Change::Told(from_a_look_alike),
        near_miss: Change::Told(from_another_domain),
    },
    Mutation { id: "stolen-conversation", fires: Change::Told(stolen), near_miss: Change::Told(shared) },
    Mutation { id: "borrowed-reply", fires: Change::Told(borrowed), near_miss: Change::Told(true_reply) },
    Mutation {
        id: "partner-from-elsewhere",
        fires: Change::Told(from_elsewhere),
        near_miss: Change::Told(as_usual),
    },
    Mutation {
        id: "brings-something-to-open",
        fires: Change::Told(brings_in_doubt),
        near_miss: Change::Told(brings_without_doubt),
    },
    Mutation {
        id: "makes-a-request",
        fires: Change::Told(asks_in_doubt),
        near_miss: Change::Told(asks_without_doubt),
    },
    Mutation {
        id: "first-contact-brings",
        fires: Change::Told(brings_at_first),
        near_miss: Change::Told(brings_as_before),
    },
    Mutation { id: "unusual-file", fires: Change::Told(unusual_file), near_miss: Change::Told(usual_file) },
    Mutation {
        id: "first-locked-file",
        fires: Change::Told(first_locked),
        near_miss: Change::Told(locked_before),
    },
    Mutation {
        id: "usual-locked-file",
        fires: Change::Told(usually_locked),
        near_miss: Change::Told(rarely_locked),
    },
    Mutation {
        id: "partner-impersonated-lately",
        fires: Change::Told(wave),
        near_miss: Change::Told(no_wave),
    },
    Mutation {
        id: "exception-applied",
        fires: Change::Told(excepted),
        near_miss: Change::Told(excepted_without_proof),
    },
];

/// People whom the office knows.
const PARTNERS: &[(&str, &str)] = &[
    ("山田 太郎", "yamada@partner.example"),
    ("北村 花", "kitamura@kita-sekkei.example"),
    ("大槻 健吾", "k.otsuki@otsuki-denki.example"),
    ("Maria Lindqvist", "maria@lindqvist-glass.example"),
];

const DAY: i64 = 1_788_220_800;

fn partner(rng: &mut Rng) -> (&'static str, Contact) {
    let (name, address) = *rng.pick(PARTNERS);
    let contact = Contact {
        address: address.to_owned(),
        names: vec![name.to_owned()],
        standing: *rng.pick(&[Standing::Historic, Standing::Known, Standing::Confirmed]),
        received: 9,
        authenticated: 9,
        sent: rng.between(3, 30) as u32,
        first_at: DAY,
        last_at: DAY,
        habits: Habits::default(),
    };
    (name, contact)
}

fn shown(name: &str, place: NamePlace, tie: Tie, owner: Contact) -> ShownName {
    ShownName {
        name: name.to_owned(),
        place,
        kind: NameKind::Person,
        belongs_to: vec![owner],
        tie,
        shown_beside: 0,
        abused_lately: 0,
    }
}

fn with_names(names: Vec<ShownName>) -> Relations {
    Relations { mailbox: Learned::Enough, names, ..Relations::default() }
}

/// The mail by a sender who passes as themselves, or of whom nothing is known.
fn by(rng: &mut Rng, mail: &Mail, name: &str, address: &str) -> (Mail, Results) {
    let mut changed = without_list(mail);
    for field in ["X-Mailer", "User-Agent", "In-Reply-To", "References"] {
        changed.remove(field);
    }
    changed.set_sender(rng, name, address);
    let results = match rng.below(3) {
        0 => Results::default(),
        1 => Results::default().dmarc(NotPublished, domain(address), &[]).spf(Pass, domain(address)),
        _ => Results::default().dmarc(Pass, domain(address), &[]),
    };
    (changed, results)
}

fn told(mail: &Mail, results: Results, relations: Relations) -> Option<Changed> {
    let mut facts = results.into_facts();
    facts.relations = Fact::Known(relations);
    Some(Changed { bytes: mail.to_bytes(), facts })
}

fn name_from_elsewhere(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, owner) = partner(rng);
    let address = stranger(rng);
    let tie = *rng.pick(&[Tie::None, Tie::None, Tie::Disputed]);
    let (mail, results) = by(rng, mail, name, &address);
    told(&mail, results, with_names(vec![shown(name, NamePlace::Sender, tie, owner)]))
}

fn name_announced(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, owner) = partner(rng);
    let address = stranger(rng);
    let (mail, results) = by(rng, mail, name, &address);
    let mut shown = shown(name, NamePlace::Sender, Tie::Announced, owner);
    match rng.below(3) {
        0 => shown.belongs_to.push(Contact { address, ..shown.belongs_to.first()?.clone() }),
        1 => {
            shown.tie = Tie::None;
            shown.belongs_to.first_mut()?.standing = Standing::Met;
        }
        _ => {}
    }
    told(&mail, results, with_names(vec![shown]))
}

fn name_in_signature(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, owner) = partner(rng);
    let address = stranger(rng);
    let display = *rng.pick(&["", name.split(' ').next()?, "営業部"]);
    let (mail, results) = by(rng, mail, display, &address);
    told(&mail, results, with_names(vec![shown(name, NamePlace::Signature, Tie::None, owner)]))
}

fn firm_in_signature(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let mut changed = name_in_signature(rng, mail)?;
    if let Fact::Known(relations) = &mut changed.facts.relations {
        for name in &mut relations.names {
            name.kind = NameKind::Organisation;
            name.name = rng.pick(&["北設計", "山田商事", "大槻電機"]).to_string();
        }
    }
    Some(changed)
}

/// From a domain that looks like a correspondent's, of whom nothing is known.
fn from_a_look_alike(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    by_look_alike(
        rng,
        mail,
        &["kita-sekkel.example", "kita-sekkkei.test", "kitasekkei.example", "kita-sekkei-support.example"],
    )
}

/// From a domain that resembles none.
fn from_another_domain(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    by_look_alike(rng, mail, &["nishi-sekkei.example", "kitami.example", "minami-sekkei.test"])
}

fn by_look_alike(rng: &mut Rng, mail: &Mail, domains: &[&str]) -> Option<Changed> {
    let (_, mut owner) = partner(rng);
    owner.address = "kitamura@kita-sekkei.example".to_owned();
    let domain = *rng.pick(domains);
    let name = *rng.pick(&["", "経理部", "西村 健"]);
    let (mail, results) = by(rng, mail, name, &format!("info@{domain}"));
    let shown = ShownName { kind: NameKind::Domain, ..shown(domain, NamePlace::Sender, Tie::None, owner) };
    told(&mail, results, with_names(vec![shown]))
}

fn quoted(rng: &mut Rng, parties: &[&str]) -> Quoted {
    let region = *rng.pick(&[Region::Quotation, Region::Quotation, Region::Unmarked]);
    let weight = match region {
        Region::Quotation => rng.between(400, 4_000) as u32,
        Region::Unmarked => rng.between(600, 4_000) as u32,
    };
    Quoted {
        excerpt: "先日の打ち合わせで".to_owned(),
        region,
        weight,
        weight_of_language: weight,
        parties: parties.iter().map(|party| (*party).to_owned()).collect(),
        parties_total: parties.len() as u32,
        held_by: *rng.pick(&[HeldBy::Receiver, HeldBy::Others]),
        sender_was_party: false,
        sender_may_know: false,
        sender_was_prompt: false,
        from_at: DAY,
        until_at: DAY,
    }
}

const PARTIES: &[&str] = &["yamada@partner.example", "sato@midori.example"];

fn stolen(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let address = stranger(rng);
    let (mail, results) = by(rng, mail, "鈴木 次郎", &address);
    let quoted = vec![quoted(rng, PARTIES)];
    told(&mail, results, Relations { quoted, ..with_names(Vec::new()) })
}

fn shared(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let mut changed = stolen(rng, mail)?;
    if let Fact::Known(relations) = &mut changed.facts.relations {
        for quoted in &mut relations.quoted {
            match rng.below(3) {
                0 => quoted.sender_was_party = true,
                1 => quoted.sender_may_know = true,
                _ => quoted.weight_of_language = rng.between(0, 390) as u32,
            }
        }
    }
    // Who may know it may also be forged; that is no near miss.
    changed.facts.sender = Default::default();
    Some(changed)
}

fn borrowed(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let address = stranger(rng);
    let (mut mail, results) = by(rng, mail, "鈴木 次郎", &address);
    let message_id = format!("{}@midori.example", rng.alphanumeric(12));
    mail.set("In-Reply-To", format!("<{message_id}>"));
    let answered = Answered {
        message_id,
        at: DAY,
        is_ours: rng.chance(70),
        parties: PARTIES.iter().map(|party| (*party).to_owned()).collect(),
        held_by: *rng.pick(&[HeldBy::Receiver, HeldBy::Others]),
        sender_was_party: false,
        sender_may_know: false,
        sender_was_prompt: false,
    };
    told(&mail, results, Relations { answered: vec![answered], ..with_names(Vec::new()) })
}

fn true_reply(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let mut changed = borrowed(rng, mail)?;
    if let Fact::Known(relations) = &mut changed.facts.relations {
        relations.answered.iter_mut().for_each(|answered| answered.sender_was_party = true);
    }
    Some(changed)
}

/// A partner's own address with habits of twenty mails.
fn with_habits(rng: &mut Rng) -> (&'static str, Contact) {
    let (name, mut contact) = partner(rng);
    let all = |value: &str| vec![Habit { value: value.to_owned(), mails: 20 }];
    contact.habits = Habits {
        mails: 20,
        domains: all(domain(&contact.address)),
        networks: all("203.0.113"),
        files: all("pdf"),
        ..Habits::default()
    };
    (name, contact)
}

fn known_sender(contact: Contact) -> Relations {
    Relations { sender: Some(contact), ..with_names(Vec::new()) }
}

fn from_elsewhere(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, contact) = with_habits(rng);
    let address = contact.address.clone();
    let (mail, _) = by(rng, mail, name, &address);
    let is_other_network = rng.chance(60);
    let results = Results::default()
        .dmarc(NotPublished, domain(&address), &[])
        .spf(*rng.pick(&[Fail, Softfail]), domain(&address));
    let mut changed = told(&mail, results, known_sender(contact))?;
    let network = if is_other_network { "198.51.100" } else { "203.0.113" };
    changed.facts.envelope.client = Some(format!("{network}.{}", rng.between(1, 250)));
    Some(changed)
}

fn as_usual(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, contact) = with_habits(rng);
    let address = contact.address.clone();
    let (mail, _) = by(rng, mail, name, &address);
    let results = Results::default().dmarc(Pass, domain(&address), &[]);
    let mut changed = told(&mail, results, known_sender(contact))?;
    // Another network of the same provider.
    changed.facts.envelope.client = Some(format!("203.0.{}.{}", rng.between(1, 112), rng.between(1, 250)));
    Some(changed)
}

fn with_file(rng: &mut Rng, changed: Changed) -> Changed {
    let mut mail = Mail::parse(&changed.bytes);
    let name = *rng.pick(&["見積書.pdf", "資料.docx", "図面.zip", "名簿.xlsx"]);
    let bytes = files::by_name(rng, name);
    mail.attach(rng, name, &bytes);
    Changed { bytes: mail.to_bytes(), facts: changed.facts }
}

fn brings_in_doubt(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let change = *rng.pick(&[
        name_from_elsewhere as fn(&mut Rng, &Mail) -> Option<Changed>,
        name_in_signature,
        borrowed,
    ]);
    let changed = change(rng, mail)?;
    Some(with_file(rng, changed))
}

fn brings_without_doubt(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let change = *rng.pick(&[shared as fn(&mut Rng, &Mail) -> Option<Changed>, true_reply, as_usual]);
    let changed = change(rng, mail)?;
    Some(with_file(rng, changed))
}

fn with_request(rng: &mut Rng, changed: Changed) -> Changed {
    let mut mail = Mail::parse(&changed.bytes);
    let line = *rng.pick(&[
        "振込先の変更をお知らせします。",
        "本日中にお振込みをお願いします。",
        "新しい口座にお願いいたします。",
        "Please note our new bank details.",
    ]);
    let text = format!("{line}\n\n{}", own_text(&mail));
    mail.set_bodies(rng, &text, None);
    Changed { bytes: mail.to_bytes(), facts: changed.facts }
}

fn asks_in_doubt(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let change = *rng.pick(&[
        name_from_elsewhere as fn(&mut Rng, &Mail) -> Option<Changed>,
        name_in_signature,
        borrowed,
    ]);
    let changed = change(rng, mail)?;
    Some(with_request(rng, changed))
}

fn asks_without_doubt(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let change = *rng.pick(&[shared as fn(&mut Rng, &Mail) -> Option<Changed>, true_reply, as_usual]);
    let changed = change(rng, mail)?;
    Some(with_request(rng, changed))
}

fn brings_at_first(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let address = stranger(rng);
    let (mail, results) = by(rng, mail, "鈴木 次郎", &address);
    let mut relations = with_names(Vec::new());
    if rng.chance(30) {
        let (_, contact) = partner(rng);
        relations.sender = Some(Contact { address, standing: Standing::Met, ..contact });
    }
    let changed = told(&mail, results, relations)?;
    Some(with_file(rng, changed))
}

fn brings_as_before(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let mut changed = brings_at_first(rng, mail)?;
    let (_, contact) = partner(rng);
    if let Fact::Known(relations) = &mut changed.facts.relations {
        match rng.below(3) {
            0 => relations.mailbox = Learned::TooLittle,
            1 => relations.organisation.push(contact),
            _ => relations.sender = Some(contact),
        }
    }
    Some(changed)
}

/// A partner's mail with a file, as it always comes.
fn from_partner(
    rng: &mut Rng,
    mail: &Mail,
    name: &str,
    bytes: &[u8],
    habits: &dyn Fn(&mut Habits),
) -> Option<Changed> {
    let (shown, mut contact) = with_habits(rng);
    habits(&mut contact.habits);
    let address = contact.address.clone();
    let (mut mail, _) = by(rng, mail, shown, &address);
    mail.attach(rng, name, bytes);
    told(&mail, Results::default().dmarc(Pass, domain(&address), &[]), known_sender(contact))
}

fn unusual_file(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let name = *rng.pick(&["資料.docx", "図面.zip", "名簿.xlsx"]);
    let bytes = files::by_name(rng, name);
    from_partner(rng, mail, name, &bytes, &|_| {})
}

fn usual_file(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    // Files that the mail had before are of any kind; only the one added is looked at.
    let mail = {
        let mut bare = mail.clone();
        let text = own_text(mail);
        bare.set_bodies(rng, &text, None);
        bare
    };
    let name = *rng.pick(&["見積書.pdf", "資料.pdf", "図面.pdf"]);
    let bytes = files::by_name(rng, name);
    from_partner(rng, &mail, name, &bytes, &|_| {})
}

fn locked(rng: &mut Rng, mail: &Mail, count: u32) -> Option<Changed> {
    let member = *rng.pick(&["見積書.pdf", "図面.docx", "名簿.xlsx"]);
    let bytes = files::locked_zip(rng, &[member]);
    let name = format!("{}.zip", rng.digits(6));
    from_partner(rng, mail, &name, &bytes, &|habits| habits.locked = count)
}

fn first_locked(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    locked(rng, mail, 0)
}

fn locked_before(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let count = rng.between(1, 20) as u32;
    locked(rng, mail, count)
}

fn usually_locked(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let count = rng.between(5, 20) as u32;
    locked(rng, mail, count)
}

fn rarely_locked(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let count = rng.between(0, 4) as u32;
    locked(rng, mail, count)
}

fn wave(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let count = rng.between(3, 60) as u32;
    with_abuse(rng, mail, count)
}

fn no_wave(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let count = rng.between(0, 2) as u32;
    with_abuse(rng, mail, count)
}

fn with_abuse(rng: &mut Rng, mail: &Mail, count: u32) -> Option<Changed> {
    let mut changed = name_from_elsewhere(rng, mail)?;
    if let Fact::Known(relations) = &mut changed.facts.relations {
        relations.names.iter_mut().for_each(|name| name.abused_lately = count);
    }
    Some(changed)
}

fn excepted(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    with_exception(rng, mail, Pass)
}

fn excepted_without_proof(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    with_exception(rng, mail, Fail)
}

fn with_exception(rng: &mut Rng, mail: &Mail, known: sekisho_facts::Outcome) -> Option<Changed> {
    let (name, owner) = partner(rng);
    let address = stranger(rng);
    let (mail, _) = by(rng, mail, name, &address);
    let sender = if rng.chance(50) { address.clone() } else { format!("@{}", domain(&address)) };
    let checks = if rng.chance(50) { Vec::new() } else { vec!["known-name-from-elsewhere".to_owned()] };
    let exception = Exception {
        id: rng.between(1, 99) as i64,
        sender,
        checks,
        reason: "電話で本人に確認".to_owned(),
        author: "佐藤 花子".to_owned(),
        made_at: DAY,
        until_at: DAY * 2,
    };
    let relations = Relations {
        exceptions: vec![exception],
        ..with_names(vec![shown(name, NamePlace::Sender, Tie::None, owner)])
    };
    told(&mail, Results::default().dmarc(known, domain(&address), &[]), relations)
}
