//! Verification of ordinary mail, and of mail of which DNS did not say enough: known, unknown, and never a wrong fail.

mod scene;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};

use scene::{Draft, EVIL_HOST, LIST_KEY, MIDORI_HOST, MIDORI_KEY, Scene, key_record, outcome};
use sekisho_facts::{AuthNote, Fact, Identity, Outcome, Sender, Why};
use sekisho_sender::{Answer, Dns, NoAnswer, Tlsa, Zone};

const BOSS: &str = "Boss <boss@midori.example>";

/// A genuine mail from the host of `midori.example`.
fn genuine() -> Scene {
    let mut scene = Scene::new();
    scene.mail = Draft::from(BOSS).sign("midori.example", MIDORI_KEY).bytes();
    scene.hand_over(MIDORI_HOST, "mx.midori.example", "boss@midori.example");
    scene
}

fn notes(fact: &Fact<sekisho_facts::AuthResult>) -> Vec<AuthNote> {
    fact.known().map(|result| result.notes.clone()).unwrap_or_default()
}

fn words(sender: &Sender) -> (Option<Outcome>, Vec<Option<Outcome>>, Option<Outcome>) {
    (outcome(&sender.spf), sender.dkim.iter().map(outcome).collect(), outcome(&sender.dmarc))
}

#[test]
fn a_genuine_mail_passes_by_every_method() {
    let sender = genuine().verify();
    assert_eq!(words(&sender), (Some(Outcome::Pass), vec![Some(Outcome::Pass)], Some(Outcome::Pass)));
    assert_eq!(notes(&sender.dmarc), [AuthNote::PolicyReject, AuthNote::Aligned]);
    assert_eq!(outcome(&sender.arc), Some(Outcome::None));
    assert_eq!(sender.reverse, Fact::Known(String::new()));
    assert_eq!(sender.identity, Identity::AsContact);
    assert_eq!(Scene::new().verify().reverse, Fact::Known("mx.evil.example".to_owned()));
}

#[test]
fn line_ends_of_a_disk_do_not_matter() {
    let mut scene = genuine();
    scene.mail.retain(|&b| b != b'\r');
    assert_eq!(scene.verify().identity, Identity::AsContact);
    scene.mail.splice(0..0, b"From boss@midori.example Tue Nov 14 22:00:00 2023\n".iter().copied());
    assert_eq!(scene.verify().identity, Identity::AsContact);
}

#[test]
fn one_method_is_enough_and_names_below_are_aligned() {
    let mut scene = genuine();
    scene.mail = Draft::from(BOSS).bytes();
    assert_eq!(scene.verify().identity, Identity::AsContact);
    scene.hand_over(MIDORI_HOST, "mx.midori.example", "bounce@mail.midori.example");
    scene.zone.add_txt("mail.midori.example", format!("v=spf1 ip4:{MIDORI_HOST} -all"));
    let sender = scene.verify();
    assert_eq!(notes(&sender.spf), [AuthNote::Aligned]);
    assert_eq!(sender.identity, Identity::AsContact);
    scene.mail = Draft::from("boss@shop.kita.example").sign("kita.example", MIDORI_KEY).bytes();
    scene.zone.add_txt("k._domainkey.kita.example", key_record(MIDORI_KEY));
    let sender = scene.verify();
    assert_eq!(outcome(&sender.dmarc), Some(Outcome::None));
    assert_eq!(notes(&sender.dkim[0]), [AuthNote::Aligned]);
    assert_eq!(sender.identity, Identity::AsContact);
}

#[test]
fn a_forgery_fails_and_says_what_the_domain_asks_for() {
    let mut scene = Scene::new();
    scene.mail = Draft::from(BOSS).bytes();
    let sender = scene.verify();
    assert_eq!(words(&sender), (Some(Outcome::Pass), vec![], Some(Outcome::Fail)));
    assert_eq!(notes(&sender.dmarc), [AuthNote::PolicyReject]);
    assert_eq!(sender.identity, Identity::NotAsContact);
    scene.mail = Draft::from("boss@none.midori.example").bytes();
    scene.zone.add_txt("_dmarc.kita.example", "v=DMARC1; p=none; sp=quarantine; np=reject");
    assert_eq!(outcome(&scene.verify().dmarc), Some(Outcome::Fail));
    scene.mail = Draft::from("boss@absent.kita.example").bytes();
    assert_eq!(notes(&scene.verify().dmarc), [AuthNote::PolicyReject]);
    scene.mail = Draft::from("boss@there.kita.example").bytes();
    scene.zone.add_address("there.kita.example", "192.0.2.7".parse().unwrap());
    assert_eq!(notes(&scene.verify().dmarc), [AuthNote::PolicyQuarantine]);
}

#[test]
fn what_dns_did_not_say_is_never_a_fail() {
    for why in [NoAnswer::TimedOut, NoAnswer::Failed] {
        for silent in
            ["k._domainkey.midori.example", "_dmarc.midori.example", "midori.example", "_dmarc.example"]
        {
            // The stranger's host: only the signature could pass, or only the path.
            let mut scene = genuine();
            scene.hand_over(EVIL_HOST, "mx.evil.example", "boss@midori.example");
            scene.zone.add_failure(silent, why);
            let sender = scene.verify();
            assert_ne!(outcome(&sender.dmarc), Some(Outcome::Fail), "{silent}: {sender:?}");
            assert_ne!(sender.identity, Identity::NotAsContact, "{silent}: {sender:?}");
        }
        let mut scene = genuine();
        scene.mail = Draft::from(BOSS).bytes();
        scene.zone.add_failure("midori.example", why);
        let sender = scene.verify();
        assert_eq!(words(&sender), (Some(Outcome::Temperror), vec![], Some(Outcome::Temperror)));
        assert_eq!(sender.identity, Identity::Unknown);
    }
}

#[test]
fn a_name_that_could_not_be_asked_about_does_not_spoil_what_is_certain() {
    let mut scene = Scene::new();
    scene.mail = Draft::from(BOSS).sign("slow.example", LIST_KEY).bytes();
    scene.zone.add_failure("k._domainkey.slow.example", NoAnswer::TimedOut);
    let sender = scene.verify();
    assert_eq!(words(&sender), (Some(Outcome::Pass), vec![Some(Outcome::Temperror)], Some(Outcome::Fail)));
}

#[test]
fn stored_mail_is_not_judged_by_what_is_gone() {
    let mut scene = genuine();
    scene.envelope = sekisho_facts::Envelope::default();
    let sender = scene.verify();
    assert_eq!(sender.spf, Fact::Unknown { unknown: Why::NotAsked });
    assert_eq!(sender.reverse, Fact::Unknown { unknown: Why::NotAsked });
    assert_eq!((outcome(&sender.dmarc), sender.identity), (Some(Outcome::Pass), Identity::AsContact));
    let tags = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=midori.example; s=gone; h=from:to:subject:date";
    scene.mail = Draft::from(BOSS).sign_with(tags, MIDORI_KEY).bytes();
    let sender = scene.verify();
    assert_eq!(
        (outcome(&sender.dkim[0]), notes(&sender.dkim[0])),
        (Some(Outcome::Temperror), vec![AuthNote::NoKey])
    );
    assert_eq!(sender.identity, Identity::Unknown);
    scene.mail = Draft::from(BOSS).bytes();
    let sender = scene.verify();
    assert_eq!(
        (sender.dmarc, sender.identity),
        (Fact::Unknown { unknown: Why::NotAsked }, Identity::Unknown)
    );
    // The same mail as it comes in: a key that is not there is none.
    let mut live = genuine();
    live.mail = Draft::from(BOSS).sign_with(tags, MIDORI_KEY).bytes();
    let sender = live.verify();
    assert_eq!(
        (outcome(&sender.dkim[0]), notes(&sender.dkim[0])),
        (Some(Outcome::Permerror), vec![AuthNote::NoKey])
    );
}

#[test]
fn an_outlook_message_has_no_signed_bytes() {
    let mut scene = genuine();
    scene.envelope = sekisho_facts::Envelope::default();
    scene.mail = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].repeat(80);
    let sender = scene.verify();
    assert_eq!(sender.dmarc, Fact::Unknown { unknown: Why::NotAsked });
    assert_eq!(sender.identity, Identity::Unknown);
}

#[test]
fn a_chain_explains_a_list_only_where_its_sealer_is_trusted() {
    let mut scene = Scene::new();
    let mut draft = Draft::from(BOSS).sign("midori.example", MIDORI_KEY);
    draft.body.push_str("--\r\nThe list\r\n");
    scene.mail = draft.seal("none").bytes();
    let sender = scene.verify();
    assert_eq!((outcome(&sender.arc), notes(&sender.arc)), (Some(Outcome::Pass), vec![]));
    assert_eq!(notes(&sender.dkim[0]), [AuthNote::BodyChanged]);
    assert_eq!(sender.identity, Identity::NotAsContact);
    scene.trust.arc_sealers = vec!["list.example".to_owned()];
    let sender = scene.verify();
    assert_eq!(notes(&sender.arc), [AuthNote::TrustedSealer]);
    assert_eq!((outcome(&sender.dmarc), sender.identity), (Some(Outcome::Fail), Identity::Unknown));
    // A chain that is broken, or that its sealer found broken, explains nothing.
    scene.mail = Draft::from(BOSS).seal("pass").bytes();
    assert_eq!(outcome(&scene.verify().arc), Some(Outcome::Fail));
    scene.mail = Draft::from(BOSS)
        .seal("none")
        .add("ARC-Seal: i=2; a=rsa-sha256; d=a.example; s=k; cv=pass; b=YWJj")
        .bytes();
    assert_eq!(outcome(&scene.verify().arc), Some(Outcome::Fail));
}

#[test]
fn a_trusted_sealer_vouches_only_for_what_it_saw_pass() {
    for (saw, vouched) in [
        ("dmarc=pass header.from=midori.example", true),
        ("dkim=pass header.d=midori.example; dmarc=none header.from=midori.example", true),
        ("spf=pass smtp.mailfrom=boss@mail.midori.example; dkim=none", true),
        ("dmarc=fail (p=reject) header.from=midori.example; dkim=pass header.d=midori.example", false),
        ("dmarc=pass header.from=evil.example", false),
        ("dmarc=pass", false),
        ("dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example", false),
        ("dkim=fail header.d=midori.example", false),
        ("spf=pass smtp.helo=midori.example", false),
        ("none", false),
        ("x=\"; dmarc=pass header.from=midori.example\"", false),
        ("arc=pass", false),
    ] {
        let mut scene = Scene::new();
        scene.trust.arc_sealers = vec!["list.example".to_owned()];
        scene.mail = Draft::from(BOSS).seal_over("none", saw).bytes();
        let sender = scene.verify();
        assert_eq!(outcome(&sender.arc), Some(Outcome::Pass), "{saw}");
        assert_eq!(notes(&sender.arc).contains(&AuthNote::TrustedSealer), vouched, "{saw}");
    }
}

/// A DNS whose time is up once the stranger's slow servers were asked.
struct SlowStranger<'z> {
    zone: &'z Zone,
    is_over: AtomicBool,
}

impl SlowStranger<'_> {
    fn ask<T>(&self, name: &str, answer: Answer<T>) -> Answer<T> {
        if name.ends_with("slow.example") {
            self.is_over.store(true, Ordering::Relaxed);
        }
        if self.is_over.load(Ordering::Relaxed) { Err(NoAnswer::TimedOut) } else { answer }
    }
}

impl Dns for SlowStranger<'_> {
    fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        self.ask(name, self.zone.txt(name))
    }
    fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.ask(name, self.zone.a(name))
    }
    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.ask(name, self.zone.aaaa(name))
    }
    fn mx(&self, name: &str) -> Answer<(u16, String)> {
        self.ask(name, self.zone.mx(name))
    }
    fn ptr(&self, _: IpAddr) -> Answer<String> {
        self.ask("slow.example", Err(NoAnswer::TimedOut))
    }
    fn ns(&self, name: &str) -> Answer<String> {
        self.ask(name, self.zone.ns(name))
    }
    fn tlsa(&self, name: &str) -> Answer<Tlsa> {
        self.ask(name, self.zone.tlsa(name))
    }
    fn cname(&self, name: &str) -> Answer<String> {
        self.ask(name, self.zone.cname(name))
    }
}

#[test]
fn a_stranger_whose_servers_are_slow_is_still_found_out() {
    let mut scene = Scene::new();
    let forged = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=midori.example; s=none; h=from:to:subject:date";
    scene.mail =
        Draft::from(BOSS).sign_with(forged, LIST_KEY).sign("slow.example", LIST_KEY).seal("none").bytes();
    scene.hand_over(EVIL_HOST, "mx.evil.example", "x@slow.example");
    let sender = scene.verify_with(&SlowStranger { zone: &scene.zone, is_over: AtomicBool::new(false) });
    let dkim = vec![Some(Outcome::Temperror), Some(Outcome::Permerror)];
    assert_eq!(words(&sender), (Some(Outcome::Temperror), dkim, Some(Outcome::Fail)));
    assert_eq!(notes(&sender.dmarc), [AuthNote::PolicyReject]);
    assert_eq!(sender.reverse, Fact::Unknown { unknown: Why::NoDns });
    assert_eq!(sender.identity, Identity::NotAsContact);
}
