//! The signed mails of dkimpy and mail-auth with their keys → DKIM and ARC cases passed and missed.

use sekisho_facts::{AuthResult, Envelope, Fact};
use sekisho_mail::Limits;
use sekisho_sender::{Trust, Zone, verify};

use super::{Case, bytes, word};

/// Within the life of the signatures of the sets, in seconds since 1970; one mail of them was signed for a day.
const NOW_SECONDS: u64 = 1_675_000_000;
const NOW_OF_THE_SHORTEST_SECONDS: u64 = 1_667_900_000;

/// The mails of mail-auth; each file begins with its keys.
const WITH_KEYS: &[(&str, Signed)] = &[
    ("mail-auth/dkim/001.txt", Signed::Dkim(&["pass", "pass"])),
    ("mail-auth/dkim/002.txt", Signed::Dkim(&["pass"])),
    ("mail-auth/dkim/003.txt", Signed::Dkim(&["pass", "pass"])),
    ("mail-auth/dkim/004.txt", Signed::Dkim(&["pass"])),
    ("mail-auth/dkim/005.txt", Signed::Dkim(&["pass"])),
    ("mail-auth/dkim/006.txt", Signed::Dkim(&["pass"])),
    ("mail-auth/arc/001.txt", Signed::Arc("pass")),
    ("mail-auth/arc/002.txt", Signed::Arc("pass")),
];

/// The mails of dkimpy: the file, the selector and domain, the file of the key, what must be found. The keys that are no
/// key for this mail come from the same set.
const WITH_KEY_FILE: &[(&str, &str, &str, &[&str])] = &[
    ("rfc6376.signed.rsa.msg", "test._domainkey.football.example.com", "test.txt", &["pass"]),
    ("rfc6376.signed.rsa.msg", "test._domainkey.football.example.com", "test2.txt", &["pass"]),
    ("rfc6376.signed.rsa.msg", "test._domainkey.football.example.com", "badversion.txt", &["permerror"]),
    ("rfc6376.signed.rsa.msg", "test._domainkey.football.example.com", "badk.txt", &["permerror"]),
    ("rfc6376.signed.rsa.msg", "test._domainkey.football.example.com", "test_bad.txt", &["permerror"]),
    ("rfc6376.signed.rsa.msg", "test._domainkey.football.example.com", "test_tlsrpt.txt", &["permerror"]),
    ("rfc6376.signed.rsa.msg", "other._domainkey.football.example.com", "test.txt", &["permerror"]),
    // Its fields were changed after signing (`openssl dgst -verify` says so too); the set has it for its missing `t=`.
    ("rfc6376.signed.no_t.msg", "test._domainkey.football.example.com", "test.txt", &["fail"]),
    ("rfc6376.signed.msg", "test._domainkey.football.example.com", "test.txt", &["permerror", "pass"]),
    (
        "rfc6376.signed.rsa.msg",
        "test._domainkey.football.example.com",
        "2048_testkey_wo_markers.pub.txt",
        &["fail"],
    ),
    (
        "rfc6376.signed.rsa.msg",
        "test._domainkey.football.example.com",
        "1024_testkey_wo_markers.pub.rsa.txt",
        &["fail"],
    ),
    ("test.message.baddomain", "test._domainkey.legitimate.com", "test.txt", &["permerror"]),
];

/// Which method a mail is about, and its results in the order of the signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// DKIM.
    Dkim(&'static [&'static str]),
    /// ARC.
    Arc(&'static str),
}

/// Verifies every signed mail of both sets.
pub fn signed() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for (file, expected) in WITH_KEYS {
        let text = bytes(file)?;
        let end = text.windows(2).position(|pair| pair == b"\n\n").ok_or(format!("{file}: no keys"))?;
        let (keys, mail) = text.split_at(end);
        let mut zone = Zone::default();
        for line in String::from_utf8_lossy(keys).lines() {
            if let Some((name, record)) = line.split_once(' ') {
                zone.add_txt(name, record);
            }
        }
        cases.push(case(file, &zone, mail.get(2..).unwrap_or_default(), *expected));
    }
    for (file, name, key, expected) in WITH_KEY_FILE {
        let mut zone = Zone::default();
        zone.add_txt(name, bytes(&format!("dkimpy/{key}"))?.trim_ascii_end());
        let mail = bytes(&format!("dkimpy/{file}"))?;
        cases.push(case(
            &format!("dkimpy/{file} with {key} as {name}"),
            &zone,
            &mail,
            Signed::Dkim(expected),
        ));
    }
    Ok(cases)
}

fn case(name: &str, zone: &Zone, mail: &[u8], expected: Signed) -> Case {
    let message = sekisho_mail::read(mail, &Limits::default());
    let now = if name.ends_with("dkim/005.txt") { NOW_OF_THE_SHORTEST_SECONDS } else { NOW_SECONDS };
    let envelope = Envelope { client: Some("192.0.2.1".to_owned()), ..Envelope::default() };
    let sender = verify(zone, mail, &message, &envelope, &Trust::default(), now);
    let of = |fact: &Fact<AuthResult>| fact.known().map_or("unknown".to_owned(), |result| word(result.known));
    let (expected, found) = match expected {
        Signed::Dkim(expected) => {
            (expected.join(" "), sender.dkim.iter().map(of).collect::<Vec<_>>().join(" "))
        }
        Signed::Arc(expected) => (expected.to_owned(), of(&sender.arc)),
    };
    Case { name: name.to_owned(), expected: vec![expected], found }
}
