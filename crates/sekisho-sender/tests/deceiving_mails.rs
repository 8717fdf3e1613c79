//! Mails that are made to deceive verifiers → none is authenticated as `midori.example`, which sent none of them.

mod scene;

use scene::{Draft, EVIL_HOST, EVIL_KEY, MIDORI_HOST, MIDORI_KEY, NOW, Scene, key_record};
use sekisho_facts::{Fact, Identity, Outcome};

/// What the mail may be authenticated as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    /// Nobody.
    Nobody,
    /// The stranger, whose address is the one shown.
    Stranger,
}

/// A deceit: what it is, what it may be authenticated as, and how it is made from the world.
type Deceit = (&'static str, May, fn(&mut Scene));

const BOSS: &str = "Boss <boss@midori.example>";
const TAGS: &str = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=midori.example; s=k; h=from:to:subject:date";

/// A mail that shows `from` and that the stranger's own domain has signed.
fn by_stranger(scene: &mut Scene, from: &str) {
    scene.mail = Draft::from(from).sign("evil.example", EVIL_KEY).bytes();
}

/// A genuine mail of `midori.example`, which the stranger has and hands on as it likes.
fn genuine() -> Draft {
    Draft::from(BOSS).sign("midori.example", MIDORI_KEY)
}

/// A mail of `midori.example` with these tags in its signature.
fn signed_with(scene: &mut Scene, from: &str, to: &str) {
    let tags = TAGS.replacen(from, to, 1);
    assert_ne!(tags, TAGS);
    scene.mail = Draft::from(BOSS).sign_with(&tags, MIDORI_KEY).bytes();
}

/// The world with another record for the key of `midori.example`, and a genuine mail.
fn with_key(scene: &mut Scene, record: &str) {
    scene.mail = Draft::from(BOSS).sign_with(&TAGS.replace("s=k", "s=other"), MIDORI_KEY).bytes();
    scene.zone.add_txt("other._domainkey.midori.example", record);
}

const SENDERS: &[Deceit] = &[
    ("all is well, for the stranger", May::Nobody, |scene| by_stranger(scene, BOSS)),
    ("two fields, ours below", May::Nobody, |scene| {
        scene.mail = Draft::from("x@evil.example")
            .sign("evil.example", EVIL_KEY)
            .add("From: boss@midori.example")
            .bytes();
    }),
    ("two fields, ours above", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).add("From: x@evil.example").sign("evil.example", EVIL_KEY).bytes();
    }),
    ("two fields, the same address", May::Nobody, |scene| {
        scene.mail = Draft::from("x@evil.example")
            .add("From: Boss <x@evil.example>")
            .sign("evil.example", EVIL_KEY)
            .bytes();
    }),
    ("two addresses", May::Nobody, |scene| by_stranger(scene, "x@evil.example, boss@midori.example")),
    ("two addresses, ours first", May::Nobody, |scene| {
        by_stranger(scene, "boss@midori.example, x@evil.example")
    }),
    ("two in one pair of brackets", May::Nobody, |scene| {
        by_stranger(scene, "<boss@midori.example,x@evil.example>")
    }),
    ("two pairs of brackets", May::Nobody, |scene| {
        by_stranger(scene, "<boss@midori.example><x@evil.example>")
    }),
    ("an address before the brackets", May::Nobody, |scene| {
        by_stranger(scene, "boss@midori.example <x@evil.example>")
    }),
    ("a group", May::Nobody, |scene| by_stranger(scene, "midori.example: x@evil.example;")),
    ("an empty group", May::Nobody, |scene| by_stranger(scene, "boss@midori.example:;")),
    ("a source route", May::Nobody, |scene| by_stranger(scene, "<@midori.example:x@evil.example>")),
    ("a NUL", May::Nobody, |scene| by_stranger(scene, "boss@midori.example\0<x@evil.example>")),
    ("a NUL inside", May::Nobody, |scene| by_stranger(scene, "<boss@midori.example\0@evil.example>")),
    ("an encoded word that holds an address", May::Nobody, |scene| {
        by_stranger(scene, "<=?utf-8?Q?boss=40midori.example=3E?=@evil.example>");
    }),
    ("a name that is an encoded address", May::Stranger, |scene| {
        by_stranger(scene, "=?utf-8?Q?boss=40midori.example?= <x@evil.example>");
    }),
    ("a comment with an address in the brackets", May::Nobody, |scene| {
        by_stranger(scene, "<(boss@midori.example)x@evil.example>");
    }),
    ("a quoted local part", May::Stranger, |scene| {
        by_stranger(scene, "\"boss@midori.example\"@evil.example")
    }),
    ("several @", May::Nobody, |scene| by_stranger(scene, "<boss@midori.example@evil.example>")),
    ("a name below the stranger's", May::Stranger, |scene| {
        by_stranger(scene, "boss@midori.example.evil.example")
    }),
    ("a parenthesis in the domain", May::Nobody, |scene| {
        by_stranger(scene, "<boss@midori.example(.evil.example>")
    }),
    ("a full-width domain", May::Nobody, |scene| by_stranger(scene, "boss@ｍｉｄｏｒｉ.example")),
    ("an ideographic dot", May::Nobody, |scene| by_stranger(scene, "boss@midori。example")),
    ("no address", May::Nobody, |scene| by_stranger(scene, "Boss of Midori")),
    ("no field", May::Nobody, |scene| {
        let mut draft = Draft::from(BOSS);
        draft.fields.remove(0);
        scene.mail = draft.sign("midori.example", MIDORI_KEY).bytes();
    }),
    ("a field behind a bare CR", May::Nobody, |scene| {
        by_stranger(scene, "x@evil.example\rFrom: boss@midori.example");
    }),
    ("a field behind a line that is none", May::Nobody, |scene| {
        scene.mail = Draft::from("x@evil.example")
            .add("no field\r\nFrom: boss@midori.example")
            .sign("evil.example", EVIL_KEY)
            .bytes();
    }),
];

const SIGNATURES: &[Deceit] = &[
    ("a parenthesis in d=", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).sign("midori.example(.evil.example", EVIL_KEY).bytes();
        scene.zone.add_txt("k._domainkey.midori.example(.evil.example", key_record(EVIL_KEY));
    }),
    ("a space in d=", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).sign("midori.example .evil.example", EVIL_KEY).bytes();
        scene.zone.add_txt("k._domainkey.midori.example .evil.example", key_record(EVIL_KEY));
    }),
    ("a dot at the end of d=", May::Nobody, |scene| {
        signed_with(scene, "d=midori.example", "d=midori.example.")
    }),
    ("two d=", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS)
            .sign_with(&TAGS.replace("d=midori.example", "d=evil.example; d=midori.example"), EVIL_KEY)
            .bytes();
    }),
    ("i= of another domain", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS)
            .sign_with(&TAGS.replace("d=midori.example", "d=evil.example; i=@midori.example"), EVIL_KEY)
            .bytes();
    }),
    ("d= is a public suffix", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@midori.co.jp").sign("co.jp", EVIL_KEY).bytes();
        scene
            .zone
            .add_txt("k._domainkey.co.jp", key_record(EVIL_KEY))
            .add_txt("_dmarc.co.jp", "v=DMARC1; p=none");
    }),
    ("a neighbour below a public suffix", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@midori.co.jp").sign("evil.co.jp", EVIL_KEY).bytes();
        scene
            .zone
            .add_txt("k._domainkey.evil.co.jp", key_record(EVIL_KEY))
            .add_txt("_dmarc.co.jp", "v=DMARC1; p=none");
    }),
    ("a neighbour below a suffix that says so", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@midori.bank.test").sign("evil.bank.test", EVIL_KEY).bytes();
        scene.zone.add_txt("k._domainkey.evil.bank.test", key_record(EVIL_KEY));
        scene.zone.add_txt("_dmarc.bank.test", "v=DMARC1; p=reject; psd=y");
    }),
    ("a neighbour, nothing published", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@midori.co.jp").sign("evil.co.jp", EVIL_KEY).bytes();
        scene.zone.add_txt("k._domainkey.evil.co.jp", key_record(EVIL_KEY));
    }),
    ("a name below, where the record says strict", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@strict.example").sign("sub.strict.example", EVIL_KEY).bytes();
        scene.zone.add_txt("k._domainkey.sub.strict.example", key_record(EVIL_KEY));
        scene.zone.add_txt("_dmarc.strict.example", "v=DMARC1; p=reject; adkim=s");
    }),
    ("no v=", May::Nobody, |scene| signed_with(scene, "v=1; ", "")),
    ("h= without From", May::Nobody, |scene| signed_with(scene, "h=from:to", "h=to")),
    ("x= is past", May::Nobody, |scene| {
        signed_with(scene, "s=k", &format!("s=k; t={}; x={}", NOW - 9_000, NOW - 5_000));
    }),
    ("t= is in the future", May::Nobody, |scene| {
        signed_with(scene, "s=k", &format!("s=k; t={}", NOW + 90_000))
    }),
    ("SHA-1", May::Nobody, |scene| signed_with(scene, "ed25519-sha256", "rsa-sha1")),
    ("a key of 512 bits", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS)
            .sign_with(&TAGS.replace("ed25519-sha256", "rsa-sha256").replace("s=k", "s=short"), MIDORI_KEY)
            .bytes();
        let short = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMIYxxxOOhWGIMqQGyXRcc3g0W7JxPkXfwZBKcQfKKp9mEXmTrVgZeDQ9ZQDaARcBGEPOkWQSpHV5nEJGcL7PjcCAwEAAQ==";
        scene.zone.add_txt("short._domainkey.midori.example", format!("v=DKIM1; p={short}"));
    }),
    ("a key for another service", May::Nobody, |scene| {
        with_key(scene, &format!("{}; s=tlsrpt", key_record(MIDORI_KEY)))
    }),
    ("a key that was taken back", May::Nobody, |scene| with_key(scene, "v=DKIM1; k=ed25519; p=")),
    ("a key on trial", May::Nobody, |scene| with_key(scene, &format!("{}; t=y", key_record(MIDORI_KEY)))),
    ("a key for exact users, a user below", May::Nobody, |scene| {
        with_key(scene, &format!("{}; t=s", key_record(MIDORI_KEY)));
        let tags = TAGS.replace("s=k", "s=other; i=@a.midori.example");
        scene.mail = Draft::from(BOSS).sign_with(&tags, MIDORI_KEY).bytes();
    }),
];

const REPLAYS: &[Deceit] = &[
    ("a second Subject", May::Nobody, |scene| scene.mail = genuine().add("Subject: Pay at once").bytes()),
    ("a second To", May::Nobody, |scene| scene.mail = genuine().add("To: you@kita.example").bytes()),
    ("a second From", May::Nobody, |scene| {
        scene.mail = genuine().add("From: Police <x@evil.example>").bytes()
    }),
    ("a second From with the same address", May::Nobody, |scene| {
        scene.mail = genuine().add("From: Police <boss@midori.example>").bytes();
    }),
    ("a second Content-Type", May::Nobody, |scene| {
        let mut draft = Draft::from(BOSS);
        draft.fields.push("Content-Type: text/plain".to_owned());
        let tags = TAGS.replace(":date", ":date:content-type");
        scene.mail = draft.sign_with(&tags, MIDORI_KEY).add("Content-Type: text/html").bytes();
    }),
    ("a Subject where none was signed", May::Nobody, |scene| {
        let mut draft = Draft::from(BOSS);
        draft.fields.retain(|field| !field.starts_with("Subject"));
        scene.mail = draft.sign_with(&TAGS.replace(":subject", ""), MIDORI_KEY).add("Subject: Pay").bytes();
    }),
    ("a text behind l=0", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).sign_with(&format!("{TAGS}; l=0"), MIDORI_KEY).bytes();
    }),
    ("a text behind the signed one", May::Nobody, |scene| {
        let mut draft = Draft::from(BOSS);
        let tags = format!("{TAGS}; l={}", draft.body.len());
        draft = draft.sign_with(&tags, MIDORI_KEY);
        draft.body.push_str("To this account.\r\n");
        scene.mail = draft.bytes();
    }),
    ("another text", May::Nobody, |scene| {
        let mut draft = genuine();
        draft.body = "Pay me.\r\n".to_owned();
        scene.mail = draft.bytes();
    }),
    ("another Subject", May::Nobody, |scene| {
        let mut draft = genuine();
        for field in &mut draft.fields {
            *field = field.replace("Invoice", "Last warning");
        }
        scene.mail = draft.bytes();
    }),
    ("a field hidden from the signature by a line that is none", May::Nobody, |scene| {
        scene.mail = genuine().add("no field\r\nX-A: b").bytes();
    }),
    ("a chain of an untrusted sealer", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).seal("none").bytes();
        scene.trust.arc_sealers = vec!["other-list.example".to_owned()];
    }),
];

const PATHS: &[Deceit] = &[
    ("an empty path, HELO passes", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).bytes();
        scene.hand_over(MIDORI_HOST, "midori.example", "");
    }),
    ("several @, ours last", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).bytes();
        scene.hand_over(MIDORI_HOST, "mx.evil.example", "x@evil.example@midori.example");
    }),
    ("several @, ours first", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).bytes();
        scene.hand_over(EVIL_HOST, "mx.evil.example", "boss@midori.example@evil.example");
    }),
    ("a look-alike below the stranger's name", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).bytes();
        scene.hand_over(EVIL_HOST, "mx.evil.example", "boss@midori.example.evil.example");
        scene.zone.add_txt("midori.example.evil.example", "v=spf1 +all");
    }),
    ("our name as a part of another's", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).bytes();
        scene.hand_over(EVIL_HOST, "mx.evil.example", "boss@notmidori.example");
        scene.zone.add_txt("notmidori.example", "v=spf1 +all");
    }),
    ("a name below, where the record says strict", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@strict.example").bytes();
        scene.hand_over(EVIL_HOST, "mx.evil.example", "x@sub.strict.example");
        scene
            .zone
            .add_txt("sub.strict.example", "v=spf1 +all")
            .add_txt("_dmarc.strict.example", "v=DMARC1; p=reject; aspf=s");
    }),
    ("a NUL in the path", May::Nobody, |scene| {
        scene.mail = Draft::from(BOSS).bytes();
        scene.hand_over(EVIL_HOST, "mx.evil.example", "boss@midori.example\0.evil.example");
    }),
    ("two addresses, one of them with a passing path", May::Nobody, |scene| {
        scene.mail = Draft::from("boss@midori.example, x@evil.example").bytes();
    }),
];

#[test]
fn none_is_authenticated_as_the_one_it_shows() {
    let all: Vec<&Deceit> = [SENDERS, SIGNATURES, REPLAYS, PATHS].concat().leak().iter().collect();
    assert!(all.len() >= 60, "{}", all.len());
    let mut believed = Vec::new();
    for (name, may, make) in all {
        let mut scene = Scene::new();
        make(&mut scene);
        let sender = scene.verify();
        let passed = match &sender.dmarc {
            Fact::Known(result) if result.known == Outcome::Pass => result.domain.as_str(),
            _ => "",
        };
        let is_believed = match may {
            May::Nobody => sender.identity == Identity::AsContact || !passed.is_empty(),
            May::Stranger => !passed.ends_with("evil.example"),
        };
        if is_believed {
            believed.push(format!("{name}: {sender:?}"));
        }
    }
    assert_eq!(believed, Vec::<String>::new());
}

#[test]
fn what_they_are_made_from_is_authenticated() {
    let mut scene = Scene::new();
    scene.mail = genuine().bytes();
    let sender = scene.verify();
    assert_eq!(sender.identity, Identity::AsContact, "{sender:?}");
    by_stranger(&mut scene, "x@evil.example");
    let sender = scene.verify();
    assert_eq!(sender.identity, Identity::AsContact, "{sender:?}");
    with_key(&mut scene, &key_record(MIDORI_KEY));
    assert_eq!(scene.verify().identity, Identity::AsContact);
    signed_with(&mut scene, "s=k", &format!("s=k; t={}; x={}", NOW - 10, NOW + 10));
    assert_eq!(scene.verify().identity, Identity::AsContact);
}
