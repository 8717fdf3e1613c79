//! What is known of who really sent a mail: results of SPF, DKIM, DMARC and ARC, and the server that handed it over.

use sekisho_facts::Outcome::{self, Fail, Neutral, Pass, Permerror, Softfail, Temperror};
use sekisho_facts::{AuthNote, Claim};

use super::{Change, Changed, Mail, Mutation, stranger};
use crate::results::{Results, domain};
use crate::{Rng, organisation};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "own-domain-from-outside",
        fires: Change::Told(ours_forged),
        near_miss: Change::Told(ours_true),
    },
    Mutation { id: "domain-forged", fires: Change::Told(forged), near_miss: Change::Told(forwarded) },
    Mutation {
        id: "authenticated-as-another",
        fires: Change::Told(another_name),
        near_miss: Change::Told(name_of_a_person),
    },
    Mutation {
        id: "changed-after-signing",
        fires: Change::Told(changed),
        near_miss: Change::Told(changed_by_list),
    },
    Mutation { id: "results-in-our-name", fires: Change::Told(claims), near_miss: Change::Told(no_claims) },
    Mutation { id: "spf-not-passed", fires: Change::Told(spf_fails), near_miss: Change::Told(spf_is_silent) },
    Mutation {
        id: "odd-sending-server",
        fires: Change::Told(odd_server),
        near_miss: Change::Told(ordinary_server),
    },
];

fn ours_forged(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, address) = colleague(rng);
    let other = domain(&stranger(rng)).to_owned();
    let wish = *rng.pick(&[AuthNote::PolicyNone, AuthNote::PolicyQuarantine, AuthNote::PolicyReject]);
    let results = match rng.below(4) {
        0 => Results::default().dmarc(Fail, "midori.example", &[wish]).spf(Fail, "midori.example"),
        1 => Results::default().dmarc(Fail, "midori.example", &[wish]).spf(Pass, &other),
        2 => Results::default().dmarc(Fail, "midori.example", &[wish]).dkim(Pass, &other, &[]),
        _ => Results::default().dmarc(Outcome::None, "midori.example", &[]).spf(Fail, "midori.example"),
    };
    told(with_sender(rng, mail, name, address), results)
}

fn ours_true(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (name, address) = colleague(rng);
    let results = match rng.below(4) {
        0 => Results::default().dmarc(Pass, "midori.example", &[AuthNote::PolicyReject]),
        1 => Results::default().dmarc(Outcome::None, "midori.example", &[]).dkim(Pass, "midori.example", &[]),
        2 => Results::default().dmarc(Fail, "midori.example", &[AuthNote::PolicyReject]).arc(
            Pass,
            "forwarder.example",
            &[AuthNote::TrustedSealer],
        ),
        _ => Results::default().dmarc(Temperror, "midori.example", &[]),
    };
    told(with_sender(rng, mail, name, address), results)
}

fn forged(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let wish = *rng.pick(&[AuthNote::PolicyNone, AuthNote::PolicyQuarantine, AuthNote::PolicyReject]);
    let other = domain(&stranger(rng)).to_owned();
    let results = Results::default().dmarc(Fail, domain(&sender), &[wish]);
    let results = match rng.below(3) {
        0 => results.spf(Fail, domain(&sender)),
        1 => results.spf(Pass, &other),
        _ => results.dkim(Pass, &other, &[]),
    };
    told(without_list(&mail).to_bytes(), results)
}

fn forwarded(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let sender = domain(&sender);
    let results = match rng.below(4) {
        0 => Results::default().dmarc(Fail, sender, &[AuthNote::PolicyReject]).arc(
            Pass,
            "forwarder.example",
            &[AuthNote::TrustedSealer],
        ),
        1 => Results::default().dmarc(Pass, sender, &[AuthNote::PolicyReject]).spf(Fail, sender),
        2 => Results::default().dmarc(Outcome::None, sender, &[]).spf(Fail, sender),
        _ => Results::default().dmarc(Temperror, sender, &[]),
    };
    told(without_list(&mail).to_bytes(), results)
}

fn another_name(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let address = match rng.below(3) {
        0 => format!("soumu.{}@gmail.com", rng.digits(4)),
        _ => stranger(rng),
    };
    let (_, ours) = colleague(rng);
    let name = match rng.below(6) {
        0 => ours.to_owned(),
        1 => "midori.example".to_owned(),
        2 => "みどり設計事務所".to_owned(),
        3 => "みどり設計事務所 総務部".to_owned(),
        4 => "三井住友カード".to_owned(),
        _ => format!("midori.example 管理者 {}", rng.digits(2)),
    };
    let results = Results::default().dmarc(Pass, domain(&address), &[]).dkim(Pass, domain(&address), &[]);
    told(with_sender(rng, mail, &name, &address), results)
}

fn name_of_a_person(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let address = stranger(rng);
    let (name, results) = match rng.below(4) {
        0 => ("高畑 清兵衛", Results::default().dmarc(Pass, domain(&address), &[])),
        1 => ("みどり設計事務所 御中", Results::default().dmarc(Pass, domain(&address), &[])),
        // It is a lie here as well, but what is authenticated is not known.
        2 => ("みどり設計事務所", Results::default()),
        _ => (
            "みどり設計事務所",
            Results::default().dmarc(Outcome::None, domain(&address), &[]).dkim(Pass, "midori.example", &[]),
        ),
    };
    told(with_sender(rng, mail, name, &address), results)
}

fn changed(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let sender = domain(&sender);
    let results = match rng.below(4) {
        0 => Results::default().dmarc(Fail, sender, &[AuthNote::PolicyNone]).dkim(
            Fail,
            sender,
            &[AuthNote::Aligned, AuthNote::BodyChanged],
        ),
        1 => Results::default().dmarc(Outcome::None, sender, &[]).dkim(
            Fail,
            sender,
            &[AuthNote::Aligned, AuthNote::SignatureWrong],
        ),
        2 => Results::default().dmarc(Neutral, sender, &[AuthNote::PolicyReject]).dkim(
            Pass,
            sender,
            &[AuthNote::Aligned, AuthNote::UnsignedTail],
        ),
        _ => Results::default().dmarc(Neutral, sender, &[AuthNote::PolicyNone]).dkim(
            Pass,
            sender,
            &[AuthNote::Aligned, AuthNote::FieldsUncovered],
        ),
    };
    told(without_list(&mail).to_bytes(), results.spf(Outcome::None, sender))
}

fn changed_by_list(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let sender = domain(&sender);
    let broken = Results::default().dkim(Fail, sender, &[AuthNote::Aligned, AuthNote::BodyChanged]);
    let mut changed = mail.clone();
    let results = match rng.below(3) {
        0 => {
            changed.set("List-Id", "<kenkyu.lists.example>");
            changed.set("List-Post", "<mailto:kenkyu@lists.example>");
            let subject = format!("[kenkyu:{}] {}", rng.digits(5), mail.subject());
            changed.set_subject(&subject);
            broken.dmarc(Fail, sender, &[AuthNote::PolicyNone]).spf(Pass, "lists.example")
        }
        1 => broken.dmarc(Pass, sender, &[]).dkim(Pass, sender, &[AuthNote::Aligned]),
        _ => broken.dmarc(Pass, sender, &[]).spf(Pass, sender),
    };
    told(changed.to_bytes(), results)
}

fn claims(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let all = ["dmarc", "dkim", "spf"];
    let passes: Vec<String> = all.iter().take(rng.between(1, 3)).map(|method| (*method).to_owned()).collect();
    let (mail, sender) = by_partner(rng, mail);
    let results = match rng.below(3) {
        0 => Results::default(),
        1 => Results::default().dmarc(Fail, domain(&sender), &[AuthNote::PolicyNone]),
        _ => Results::default().dmarc(Pass, domain(&sender), &[]),
    };
    let mut changed = told(without_list(&mail).to_bytes(), results)?;
    changed.facts.claims.push(Claim { id: "mx.midori.example".to_owned(), passes });
    Some(changed)
}

fn no_claims(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let known = *rng.pick(&[Pass, Fail, Outcome::None]);
    told(without_list(&mail).to_bytes(), Results::default().dmarc(known, domain(&sender), &[]))
}

fn spf_fails(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let known = *rng.pick(&[Fail, Softfail, Permerror]);
    told(
        mail.to_bytes(),
        Results::default().dmarc(Outcome::None, domain(&sender), &[]).spf(known, domain(&sender)),
    )
}

fn spf_is_silent(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let (mail, sender) = by_partner(rng, mail);
    let known = *rng.pick(&[Outcome::None, Neutral, Pass, Temperror]);
    told(
        mail.to_bytes(),
        Results::default().dmarc(Outcome::None, domain(&sender), &[]).spf(known, domain(&sender)),
    )
}

fn odd_server(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let helo =
        *rng.pick(&["midori.example", "mail.midori.example", "localhost", "DESKTOP-7K2Q", "203.0.113.9"]);
    from_server(mail, &format!("203.0.113.{}", rng.between(1, 250)), helo)
}

fn ordinary_server(rng: &mut Rng, mail: &Mail) -> Option<Changed> {
    let helo =
        *rng.pick(&["mx.partner.example", "[203.0.113.9]", "MAIL.partner.example.", "out-77.relay.test"]);
    from_server(mail, &format!("203.0.113.{}", rng.between(1, 250)), helo)
}

fn from_server(mail: &Mail, client: &str, helo: &str) -> Option<Changed> {
    let mut changed = told(mail.to_bytes(), Results::default())?;
    changed.facts.envelope.client = Some(client.to_owned());
    changed.facts.envelope.helo = Some(helo.to_owned());
    Some(changed)
}

fn told(bytes: Vec<u8>, results: Results) -> Option<Changed> {
    Some(Changed { bytes, facts: results.into_facts() })
}

fn colleague(rng: &mut Rng) -> (&'static str, &'static str) {
    let person = rng.pick(organisation().people);
    (person.name, person.address)
}

/// The mail and its sender; where that is somebody of the office, or nobody, a partner writes it.
fn by_partner(rng: &mut Rng, mail: &Mail) -> (Mail, String) {
    let sender = mail.sender().map(|(_, address)| address);
    if let Some(sender) = sender.filter(|sender| domain(sender) != "midori.example") {
        return (mail.clone(), sender);
    }
    let mut changed = mail.clone();
    changed.set_sender(rng, "山田 太郎", "yamada@partner.example");
    (changed, "yamada@partner.example".to_owned())
}

fn with_sender(rng: &mut Rng, mail: &Mail, name: &str, address: &str) -> Vec<u8> {
    let mut changed = without_list(mail);
    changed.set_sender(rng, name, address);
    changed.to_bytes()
}

/// Lists break authentication by right.
pub(super) fn without_list(mail: &Mail) -> Mail {
    let mut changed = mail.clone();
    let marks =
        ["List-Id", "List-Post", "Precedence", "X-ML-Name", "X-BeenThere", "Mailing-List", "X-Mailing-List"];
    for name in marks.into_iter().chain(["List-Unsubscribe", "Reply-To", "Sender"]) {
        changed.remove(name);
    }
    changed
}
