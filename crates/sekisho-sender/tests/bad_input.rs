//! Records of megabytes, loops, keys and headers out of all proportion → a result within the limits, counted in questions
//! to DNS and in results, not by the clock.

mod scene;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};

use scene::{Draft, MIDORI_HOST, MIDORI_KEY, Scene, outcome};
use sekisho_facts::{AuthNote, Identity, Outcome, Sender};
use sekisho_sender::{Answer, Dns, Tlsa, Zone};

const BOSS: &str = "Boss <boss@midori.example>";

/// A zone that counts what it is asked.
struct Counting<'z> {
    zone: &'z Zone,
    asked: AtomicUsize,
}

impl Counting<'_> {
    fn counted(&self) -> &Zone {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.zone
    }
}

impl Dns for Counting<'_> {
    fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        self.counted().txt(name)
    }
    fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.counted().a(name)
    }
    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.counted().aaaa(name)
    }
    fn mx(&self, name: &str) -> Answer<(u16, String)> {
        self.counted().mx(name)
    }
    fn ptr(&self, address: IpAddr) -> Answer<String> {
        self.counted().ptr(address)
    }
    fn ns(&self, name: &str) -> Answer<String> {
        self.counted().ns(name)
    }
    fn tlsa(&self, name: &str) -> Answer<Tlsa> {
        self.counted().tlsa(name)
    }
    fn cname(&self, name: &str) -> Answer<String> {
        self.counted().cname(name)
    }
}

/// The results, and how many questions they took.
fn verified(scene: &Scene) -> (Sender, usize) {
    let dns = Counting { zone: &scene.zone, asked: AtomicUsize::new(0) };
    let sender = scene.verify_with(&dns);
    (sender, dns.asked.load(Ordering::Relaxed))
}

/// A mail without signature whose path is of `domain`.
fn from_path(domain: &str) -> Scene {
    let mut scene = Scene::new();
    scene.mail = Draft::from(BOSS).bytes();
    scene.hand_over(MIDORI_HOST, "mx.midori.example", &format!("boss@{domain}"));
    scene
}

/// Questions of a mail without signature besides SPF: the reverse name, and a walk of two steps.
const REST: usize = 3;

#[test]
fn records_of_megabytes_are_none() {
    let mut scene = from_path("large.example");
    let large = format!("v=spf1 {}+all", "ip4:198.51.100.1 ".repeat(500_000));
    scene.zone.add_txt("large.example", &large);
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Permerror), REST + 1));
    let mut scene = from_path("evil.example");
    scene.mail = Draft::from("boss@large.example").sign("large.example", MIDORI_KEY).bytes();
    scene.zone.add_txt("k._domainkey.large.example", format!("v=DKIM1; p={}", "A".repeat(5_000_000)));
    scene.zone.add_txt("_dmarc.large.example", format!("v=DMARC1; p=reject; x={}", "a".repeat(5_000_000)));
    let (sender, _) = verified(&scene);
    assert_eq!(
        (outcome(&sender.dkim[0]), outcome(&sender.dmarc)),
        (Some(Outcome::Permerror), Some(Outcome::None))
    );
    assert_eq!(sender.dkim[0].known().unwrap().notes, [AuthNote::LimitReached]);
}

#[test]
fn loops_of_includes_and_aliases_end() {
    let mut scene = from_path("loop.example");
    scene.zone.add_txt("loop.example", "v=spf1 include:loop.example -all");
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Permerror), REST + 1));
    // A new name each time.
    let mut scene = from_path("a.deep.example");
    for depth in 1..200 {
        let name = format!("{}.deep.example", "a.".repeat(depth).trim_end_matches('.'));
        scene.zone.add_txt(&name, "v=spf1 include:a.%{d} redirect=a.%{d}");
    }
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Permerror), REST + 11));
    let mut scene = from_path("a.alias.example");
    scene
        .zone
        .add_cname("a.alias.example", "b.alias.example")
        .add_cname("b.alias.example", "a.alias.example");
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Temperror), REST + 1));
}

#[test]
fn the_most_that_spf_may_ask() {
    let mut scene = from_path("wide.example");
    let terms: String = (0..10).map(|number| format!("mx:m{number}.wide.example ")).collect();
    scene.zone.add_txt("wide.example", format!("v=spf1 {terms} -all"));
    for number in 0..10 {
        for host in 0..10 {
            let name = format!("h{host}.m{number}.wide.example");
            scene.zone.add_mx(&format!("m{number}.wide.example"), host, &name);
            scene.zone.add_address(&name, "198.51.100.1".parse().unwrap());
        }
    }
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Fail), REST + 1 + 10 + 100));
    // One exchanger more than a mail server would try.
    scene.zone.add_mx("m0.wide.example", 11, "h11.m0.wide.example");
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Permerror), REST + 2));
    let mut scene = from_path("void.example");
    scene.zone.add_txt(
        "void.example",
        "v=spf1 a:1.void.example a:2.void.example a:3.void.example a:4.void.example +all",
    );
    let (sender, asked) = verified(&scene);
    assert_eq!((outcome(&sender.spf), asked), (Some(Outcome::Permerror), REST + 4));
}

#[test]
fn a_key_of_16384_bits_is_none() {
    let mut scene = Scene::new();
    let tags = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=midori.example; s=long; h=from:to:subject:date";
    scene.mail = Draft::from(BOSS).sign_with(tags, MIDORI_KEY).bytes();
    // RSAPublicKey (RFC 8017 appendix A.1.1): a modulus of 2048 bytes, the exponent 65537.
    let mut der = vec![0x30, 0x82, 0x08, 0x0a, 0x02, 0x82, 0x08, 0x01, 0x00];
    der.extend([0xc5; 2048]);
    der.extend([2, 3, 1, 0, 1]);
    let record = format!("v=DKIM1; p={}", data_encoding::BASE64.encode(&der));
    scene.zone.add_txt("long._domainkey.midori.example", record);
    let (sender, _) = verified(&scene);
    let result = sender.dkim[0].known().unwrap();
    assert_eq!(
        (result.known, result.notes.as_slice()),
        (Outcome::Permerror, [AuthNote::LimitReached].as_slice())
    );
}

#[test]
fn thousands_of_signatures() {
    let mut draft = Draft::from(BOSS).sign("midori.example", MIDORI_KEY);
    let genuine = draft.fields[0].clone();
    for number in 0..10_000 {
        let (start, end) = genuine.split_once("d=midori.example").unwrap();
        draft = draft.add(&format!("{start}d=s{number}.junk.example{end}"));
    }
    let mut scene = Scene::new();
    scene.mail = draft.bytes();
    let (sender, asked) = verified(&scene);
    // The header is larger than what is looked at, so nothing that stands in it is believed.
    assert!(asked <= 40, "{asked}");
    assert!(sender.dkim.len() <= 11, "{}", sender.dkim.len());
    assert_ne!(sender.identity, Identity::AsContact);
    // As many as a reader takes in: the one that matters is looked at, wherever it stands.
    let mut draft = Draft::from(BOSS).sign("midori.example", MIDORI_KEY);
    for number in 0..500 {
        let (start, end) = genuine.split_once("d=midori.example").unwrap();
        draft = draft.add(&format!("{start}d=s{number}.junk.example{end}"));
    }
    scene.mail = draft.bytes();
    let (sender, asked) = verified(&scene);
    assert!(asked <= 40, "{asked}");
    assert_eq!(sender.dkim.len(), 11);
    assert_eq!(sender.dkim[10].known().unwrap().notes, [AuthNote::LimitReached]);
    assert_eq!((outcome(&sender.dmarc), sender.identity), (Some(Outcome::Pass), Identity::AsContact));
}

#[test]
fn thousands_of_arc_sets() {
    let mut draft = Draft::from(BOSS).seal("none");
    for number in 2..10_000 {
        draft = draft
            .add(&format!("ARC-Seal: i={number}; a=ed25519-sha256; cv=pass; d=list.example; s=k; b=YWJj"));
        draft = draft.add(&format!("ARC-Message-Signature: i={number}; a=ed25519-sha256; d=list.example; s=k; h=from; bh=YWJj; b=YWJj"));
        draft = draft.add(&format!("ARC-Authentication-Results: i={number}; list.example; dmarc=pass"));
    }
    let mut scene = Scene::new();
    scene.mail = draft.bytes();
    let (sender, asked) = verified(&scene);
    assert!(asked <= 10, "{asked}");
    assert_eq!(outcome(&sender.arc), Some(Outcome::Fail));
    assert_eq!(sender.arc.known().unwrap().notes, [AuthNote::LimitReached]);
}

#[test]
fn huge_headers_and_lists() {
    let mut scene = Scene::new();
    let names = "x:".repeat(200_000);
    let tags = format!("v=1; a=ed25519-sha256; c=relaxed/relaxed; d=midori.example; s=k; h={names}from");
    scene.mail = Draft::from(BOSS).sign_with(&tags, MIDORI_KEY).bytes();
    let (sender, _) = verified(&scene);
    assert_eq!(sender.dkim[0].known().unwrap().notes, [AuthNote::LimitReached]);
    let mut draft = Draft::from(BOSS).sign("midori.example", MIDORI_KEY);
    draft.fields.push(format!("X-Long: {}", "a ".repeat(3_000_000)));
    scene.mail = draft.bytes();
    assert_ne!(verified(&scene).0.identity, Identity::AsContact);
    let mut draft = Draft::from(BOSS).sign("midori.example", MIDORI_KEY);
    draft.fields.extend((0..50_000).map(|number| format!("X-{number}: a")));
    scene.mail = draft.bytes();
    assert_ne!(verified(&scene).0.identity, Identity::AsContact);
}

#[test]
fn any_bytes_give_a_result() {
    let mut scene = Scene::new();
    let genuine = Draft::from(BOSS).sign("midori.example", MIDORI_KEY).seal("none").bytes();
    for cut in 0..genuine.len() {
        scene.mail = genuine[..cut].to_vec();
        let _ = scene.verify();
    }
    for place in (0..genuine.len()).step_by(7) {
        for byte in [0, b'\r', b'\n', b';', b'=', 0xff] {
            scene.mail.clone_from(&genuine);
            scene.mail[place] = byte;
            let _ = scene.verify();
        }
    }
}

#[test]
#[ignore = "prints times, which are for a look and not for a gate"]
fn how_long_the_worst_takes() {
    let mut slow = Vec::new();
    let mut large = from_path("large.example");
    large.zone.add_txt("large.example", format!("v=spf1 {}+all", "ip4:198.51.100.1 ".repeat(500_000)));
    slow.push(("a record of 8 MB", large));
    let mut wide = from_path("wide.example");
    wide.zone.add_txt("wide.example", format!("v=spf1 {}-all", "ip4:198.51.100.1 ".repeat(900)));
    slow.push(("a record of 900 terms", wide));
    let mut draft = Draft::from(BOSS);
    draft.body = "a line of a long text \t \r\n".replace(" \t ", "").repeat(1_000_000);
    let tags = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=midori.example; s=k; h=from:to:subject:date";
    for number in 0..10 {
        draft = draft.sign_with(&format!("{tags}; l={}", 20_000_000 + number), MIDORI_KEY);
    }
    let mut signed = Scene::new();
    signed.mail = draft.bytes();
    slow.push(("ten signatures over 20 MB, each with its own length", signed));
    let mut many = Draft::from(BOSS);
    for _ in 0..900 {
        many = many.add(&format!("DKIM-Signature: {tags}; bh=YWJj; b=YWJj"));
    }
    let mut scene = Scene::new();
    scene.mail = many.bytes();
    slow.push(("900 signatures", scene));
    for (name, scene) in slow {
        let message = scene.message();
        let start = std::time::Instant::now();
        let sender = sekisho_sender::verify(
            &scene.zone,
            &scene.mail,
            &message,
            &scene.envelope,
            &scene.trust,
            scene.now,
        );
        println!("{:>8.1} ms  {name}", start.elapsed().as_secs_f64() * 1_000.0);
        assert_ne!(sender.identity, Identity::AsContact);
    }
}
