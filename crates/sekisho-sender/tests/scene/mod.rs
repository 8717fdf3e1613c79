//! A small world for tests of verification: a domain that protects itself, a stranger's domain that does too, keys for
//! both, and a signer that writes whatever signature a test wants.
//!
//! The signer is apart from the code under test: mails here are already in canonical form (`relaxed`).

#![allow(dead_code, reason = "each test file uses a part of it")]

use data_encoding::BASE64;
use mail_auth::common::crypto::{Ed25519Key, SigningKey};
use sekisho_facts::{AuthResult, Envelope, Fact, Outcome, Sender};
use sekisho_mail::{Limits, Message};
use sekisho_sender::{Dns, Trust, Zone, verify};
use sha2::{Digest, Sha256};

/// The time in these tests, in seconds since 1970.
pub const NOW: u64 = 1_700_000_000;
/// The host that may send for `midori.example`.
pub const MIDORI_HOST: &str = "192.0.2.1";
/// The stranger's host, which may send for `evil.example`.
pub const EVIL_HOST: &str = "203.0.113.9";

/// What a test may change before the mail is verified.
pub struct Scene {
    pub zone: Zone,
    pub mail: Vec<u8>,
    pub envelope: Envelope,
    pub trust: Trust,
    pub now: u64,
}

/// A mail before it is signed: fields in order, and a body with CRLF line ends.
#[derive(Clone)]
pub struct Draft {
    pub fields: Vec<String>,
    pub body: String,
}

/// What a signature is made with.
pub fn key(seed: u8) -> Ed25519Key {
    // PKCS#8 of an Ed25519 key (RFC 8410 section 7): a fixed head and the seed.
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([seed; 32]);
    Ed25519Key::from_pkcs8_der(&der).expect("the head and a seed are a key")
}

/// The record of a key.
pub fn key_record(seed: u8) -> String {
    format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(&key(seed).public_key()))
}

/// Seeds of the keys of the two domains.
pub const MIDORI_KEY: u8 = 1;
pub const EVIL_KEY: u8 = 2;
pub const LIST_KEY: u8 = 3;

impl Scene {
    /// The world, with a mail that is not there yet, handed over by the stranger's host for the stranger's domain.
    pub fn new() -> Self {
        let mut zone = Zone::default();
        zone.add_txt("midori.example", format!("v=spf1 ip4:{MIDORI_HOST} -all"))
            .add_txt("_dmarc.midori.example", "v=DMARC1; p=reject")
            .add_txt("k._domainkey.midori.example", key_record(MIDORI_KEY))
            .add_txt("evil.example", format!("v=spf1 ip4:{EVIL_HOST} -all"))
            .add_txt("_dmarc.evil.example", "v=DMARC1; p=reject")
            .add_txt("k._domainkey.evil.example", key_record(EVIL_KEY))
            .add_txt("k._domainkey.list.example", key_record(LIST_KEY));
        zone.add_address("mx.evil.example", EVIL_HOST.parse().expect("an address"));
        zone.add_ptr(EVIL_HOST.parse().expect("an address"), "mx.evil.example");
        let mut scene =
            Self { zone, mail: Vec::new(), envelope: Envelope::default(), trust: Trust::default(), now: NOW };
        scene.hand_over(EVIL_HOST, "mx.evil.example", "x@evil.example");
        scene
    }

    pub fn hand_over(&mut self, client: &str, helo: &str, mail_from: &str) {
        self.envelope.client = Some(client.to_owned());
        self.envelope.helo = Some(helo.to_owned());
        self.envelope.mail_from = Some(mail_from.to_owned());
    }

    pub fn message(&self) -> Message {
        sekisho_mail::read(&self.mail, &Limits::default())
    }

    pub fn verify(&self) -> Sender {
        self.verify_with(&self.zone)
    }

    pub fn verify_with(&self, dns: &dyn Dns) -> Sender {
        verify(dns, &self.mail, &self.message(), &self.envelope, &self.trust, self.now)
    }
}

impl Draft {
    /// A letter from this address field, with the fields that letters have.
    pub fn from(from: &str) -> Self {
        Self {
            fields: vec![
                format!("From: {from}"),
                "To: kaikei@kita.example".to_owned(),
                "Subject: Invoice".to_owned(),
                "Date: Tue, 14 Nov 2023 22:00:00 +0000".to_owned(),
            ],
            body: "Please pay.\r\n".to_owned(),
        }
    }

    /// The fields and the body as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for field in &self.fields {
            bytes.extend(field.as_bytes());
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"\r\n");
        bytes.extend(self.body.as_bytes());
        bytes
    }

    /// Puts a signature with these tags on top, `bh=` and `b=` added: the usual ones with `d=` and `s=k`.
    pub fn sign(self, domain: &str, seed: u8) -> Self {
        self.sign_with(
            &format!("v=1; a=ed25519-sha256; c=relaxed/relaxed; d={domain}; s=k; h=from:to:subject:date"),
            seed,
        )
    }

    /// The same with any tags.
    pub fn sign_with(self, tags: &str, seed: u8) -> Self {
        self.sign_field("DKIM-Signature", tags, seed)
    }

    /// The same with any name of the field.
    pub fn sign_field(mut self, name: &str, tags: &str, seed: u8) -> Self {
        let length = tag(tags, "l").and_then(|text| text.parse().ok()).unwrap_or(self.body.len());
        let body_hash = BASE64.encode(&Sha256::digest(&self.body.as_bytes()[..length]));
        let mut hashed = String::new();
        let mut left: Vec<&String> = self.fields.iter().collect();
        for signed in tag(tags, "h").unwrap_or_default().split(':') {
            let is_it = |field: &&String| {
                field.split(':').next().unwrap_or_default().trim().eq_ignore_ascii_case(signed.trim())
            };
            if let Some(place) = left.iter().rposition(is_it) {
                hashed.push_str(&relaxed(left.remove(place)));
                hashed.push_str("\r\n");
            }
        }
        let unsigned = format!("{name}: {tags}; bh={body_hash}; b=");
        hashed.push_str(&relaxed(&unsigned));
        let signature = BASE64.encode(&key(seed).sign(hashed.as_bytes()).expect("a key signs"));
        self.fields.insert(0, format!("{unsigned}{signature}"));
        self
    }

    /// Puts an ARC set on top, signed by `list.example`, which saw the mail pass.
    pub fn seal(self, chain: &str) -> Self {
        self.seal_over(chain, "dmarc=pass header.from=midori.example")
    }

    /// Puts an ARC set on top, signed by `list.example`, with what it saw.
    pub fn seal_over(mut self, chain: &str, saw: &str) -> Self {
        let tags = "i=1; a=ed25519-sha256; c=relaxed/relaxed; d=list.example; s=k; h=from:to:subject:date";
        let results = format!("ARC-Authentication-Results: i=1; mx.list.example; {saw}");
        self = self.sign_field("ARC-Message-Signature", tags, LIST_KEY);
        let seal = format!("ARC-Seal: i=1; a=ed25519-sha256; cv={chain}; d=list.example; s=k; b=");
        let hashed = [relaxed(&results), relaxed(&self.fields[0]), relaxed(&seal)].join("\r\n");
        let signature = BASE64.encode(&key(LIST_KEY).sign(hashed.as_bytes()).expect("a key signs"));
        self.fields.insert(0, results);
        self.fields.insert(0, format!("{seal}{signature}"));
        self
    }

    /// Adds a field on top, as one who hands the mail on can.
    pub fn add(mut self, field: &str) -> Self {
        self.fields.insert(0, field.to_owned());
        self
    }
}

/// A field as it is hashed (RFC 6376 section 3.4.2); these fields are not folded.
fn relaxed(field: &str) -> String {
    let (name, value) = field.split_once(':').expect("a field has a colon");
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    format!("{}:{}", name.trim().to_ascii_lowercase(), words.join(" "))
}

/// The first value of a tag.
fn tag<'t>(tags: &'t str, name: &str) -> Option<&'t str> {
    let entries = tags.split(';').filter_map(|entry| entry.split_once('='));
    entries.into_iter().find(|(tag, _)| tag.trim() == name).map(|(_, value)| value.trim())
}

/// The word of a result, `unknown` where there is none.
pub fn outcome(fact: &Fact<AuthResult>) -> Option<Outcome> {
    fact.known().map(|result| result.known)
}
