//! `--dns` with a real DNS server of the test's own: what a signed mail proves, and what a dead DNS never says.

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::{outcome, root, sekisho};

#[path = "../../../sekisho-sender/tests/real_dns/server.rs"]
mod server;

use server::Server;

/// A mail of partner.example with a signature by a key of its own (rsa-sha256, 2048 bits).
const SIGNED: &str = "crates/sekisho-sender/tests/signed/partner.eml";

/// The domain's zone: its key, where there is one, and a policy that asks to reject what fails.
fn zone(key: Option<String>) -> String {
    let strings = |key: String| -> Vec<String> {
        key.as_bytes().chunks(200).map(|part| format!("\"{}\"", String::from_utf8_lossy(part))).collect()
    };
    let key = key.map(|key| format!("office._domainkey 300 TXT {}\n", strings(key).join(" ")));
    format!(
        "$ORIGIN partner.example.\n\
         @ 300 SOA ns hostmaster 1 3600 600 86400 60\n\
         @ 300 NS ns\n\
         @ 300 TXT \"v=spf1 -all\"\n\
         _dmarc 300 TXT \"v=DMARC1; p=reject\"\n{}",
        key.unwrap_or_default()
    )
}

/// What stands above the domain: DMARC asks there too (RFC 9989, tree walk).
const ABOVE: (&str, &str) =
    ("example", "$ORIGIN example.\n@ 300 SOA ns hostmaster 1 3600 600 86400 60\n@ 300 NS ns\n");

fn key() -> String {
    let file = root().join("crates/sekisho-sender/tests/signed/office._domainkey.partner.example.txt");
    fs::read_to_string(file).unwrap().trim().to_owned()
}

/// An installation that asks this server.
fn home(folder: &Path, server: SocketAddr) -> String {
    let config =
        format!("[organisation]\ndomains = [\"midori.example\"]\n[sender]\nnameservers = [\"{server}\"]\n");
    fs::write(folder.join("sekisho.toml"), config).unwrap();
    folder.to_string_lossy().into_owned()
}

fn cases(arguments: &[&str]) -> (Vec<serde_json::Value>, String) {
    let (stdout, stderr, _) = outcome(sekisho().args(arguments));
    let cases = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (cases, stderr)
}

#[test]
fn a_signed_mail_proves_who_sent_it() {
    let Some(server) = Server::start(&[ABOVE, ("partner.example", &zone(Some(key())))]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), server.address());
    let (cases, stderr) = cases(&["--home", &home, "scan", "--json", "--dns", SIGNED]);
    assert_eq!(stderr, "");
    let sender = &cases[0]["sender"];
    assert_eq!(sender["identity"], "as-contact", "{sender}");
    assert_eq!(sender["dkim"][0]["known"], "pass");
    assert_eq!(sender["dmarc"]["known"], "pass");
    // Nobody's envelope is known: never computed again.
    assert!(sender["spf"]["unknown"].is_string());
    for (lang, wanted) in [
        ("ja", "認証: 表示どおり partner.example から送られたメールです"),
        ("en", "authentication: sent by partner.example, as it shows"),
    ] {
        let (stdout, _, _) =
            outcome(sekisho().args(["--lang", lang, "--home", &home, "inspect", "--dns", SIGNED]));
        assert!(stdout.contains(wanted), "{stdout}");
    }
    let (stdout, _, _) = outcome(sekisho().args(["--home", &home, "doctor", "--dns"]));
    assert!(stdout.contains("DNS answers"), "{stdout}");
}

#[test]
fn a_mail_that_was_changed_is_not_accepted_and_a_gone_key_is_unknown() {
    let Some(server) = Server::start(&[ABOVE, ("partner.example", &zone(None))]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), server.address());
    let (gone, _) = cases(&["--home", &home, "scan", "--json", "--dns", SIGNED]);
    assert_eq!(gone[0]["sender"]["identity"], "unknown", "{}", gone[0]["sender"]);
    drop(server);
    let Some(server) = Server::start(&[ABOVE, ("partner.example", &zone(Some(key())))]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = self::home(folder.path(), server.address());
    let changed = folder.path().join("changed.eml");
    let mail = fs::read_to_string(root().join(SIGNED)).unwrap();
    fs::write(&changed, mail.replace("5L2Q6Jek5qeY", "5bGx55Sw5qeY")).unwrap();
    let (cases, _) = cases(&["--home", &home, "scan", "--json", "--dns", &changed.to_string_lossy()]);
    let sender = &cases[0]["sender"];
    assert_eq!(sender["dkim"][0]["known"], "fail", "{sender}");
    assert_ne!(sender["identity"], "as-contact");
}

#[test]
fn a_dead_dns_never_yields_a_failure_and_costs_the_deadline_once() {
    let swallowing = UdpSocket::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), swallowing.local_addr().unwrap());
    let signed = fs::read(root().join(SIGNED)).unwrap();
    let mails = folder.path().join("mails");
    fs::create_dir(&mails).unwrap();
    for number in 0..40 {
        fs::write(mails.join(format!("{number:02}.eml")), &signed).unwrap();
    }
    let begun = Instant::now();
    let (cases, stderr) = cases(&["--home", &home, "scan", "--json", "--dns", &mails.to_string_lossy()]);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert_eq!((cases.len(), stderr.as_str()), (40, ""));
    for case in &cases {
        let sender = case["sender"].to_string();
        assert_eq!(case["sender"]["identity"], "unknown", "{sender}");
        for failure in ["\"fail\"", "\"softfail\"", "\"permerror\""] {
            assert!(!sender.contains(failure), "{sender}");
        }
    }
    let (stdout, _, status) = outcome(sekisho().args(["--home", &home, "--lang", "en", "doctor", "--dns"]));
    assert!(stdout.contains("DNS does not answer") && status == 1, "{stdout}");
}

#[test]
fn without_the_option_nobody_is_asked() {
    let listening = UdpSocket::bind("127.0.0.1:0").unwrap();
    listening.set_nonblocking(true).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), listening.local_addr().unwrap());
    let (cases, _) = cases(&["--home", &home, "scan", "--json", SIGNED]);
    assert_eq!(cases[0]["sender"]["identity"], "unknown");
    assert!(listening.recv(&mut [0; 512]).is_err(), "a question was asked");
}

#[test]
fn what_our_server_recorded_is_believed_and_nobody_is_asked() {
    let listening = UdpSocket::bind("127.0.0.1:0").unwrap();
    listening.set_nonblocking(true).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), listening.local_addr().unwrap());
    let config = fs::read_to_string(folder.path().join("sekisho.toml")).unwrap();
    let config = config + "trusted_authserv_ids = [\"mx.midori.example\"]\n";
    fs::write(folder.path().join("sekisho.toml"), config).unwrap();
    let recorded = "Authentication-Results: mx.midori.example; dmarc=pass header.from=partner.example;\r\n \
        dkim=pass header.d=partner.example; spf=pass smtp.mailfrom=yamada@partner.example\r\n\
        Received: from mail.partner.example (mail.partner.example [192.0.2.7]) by mx.midori.example;\r\n \
        Tue, 24 Nov 2026 10:00:05 +0900\r\n";
    let mail = recorded.to_owned() + &fs::read_to_string(root().join(SIGNED)).unwrap();
    let file = folder.path().join("recorded.eml");
    fs::write(&file, mail).unwrap();
    let (cases, stderr) = cases(&["--home", &home, "scan", "--json", &file.to_string_lossy()]);
    assert_eq!((cases[0]["sender"]["identity"].as_str(), stderr.as_str()), (Some("as-contact"), ""));
    assert_eq!(cases[0]["sender"]["spf"]["by"], "mx.midori.example");
    let (stdout, _, _) = outcome(sekisho().args(["--home", &home, "inspect", &file.to_string_lossy()]));
    assert!(stdout.contains("sent by partner.example, as it shows"), "{stdout}");
    assert!(stdout.contains("as mx.midori.example recorded"), "{stdout}");
    let (stdout, _, _) = outcome(sekisho().args(["--home", &home, "doctor"]));
    assert!(stdout.contains("results are believed: mx.midori.example"), "{stdout}");
    assert!(listening.recv(&mut [0; 512]).is_err(), "a question was asked");
}
