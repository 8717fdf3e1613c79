//! What the commands about the memory print as JSON, against the tables of `docs/json.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{learned_home, outcome, root, sekisho};

const FORGED: &str = "samples/inbox/17-stolen-conversation.eml";

/// A mail that proves its sender, with a file: so that there is a habit of every kind.
const WITH_A_FILE: &str = "Authentication-Results: mx.midori.example; spf=pass smtp.mailfrom=partner.example; \
dkim=pass header.d=partner.example; dmarc=pass header.from=partner.example\r\n\
Received: from mail.partner.example (mail.partner.example [192.0.2.10]) by mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:31:04 +0900\r\n\
From: yamada@partner.example\r\nTo: suzuki@midori.example\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 10:31:00 +0900\r\n\
Message-ID: <file@partner.example>\r\nX-Mailer: Becky! ver. 2.81.06 [ja]\r\nMIME-Version: 1.0\r\n\
Content-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na,b\r\n1,2\r\n";

/// A mail of which nothing is learned: one of ours, as a server of ours proved it not to be.
const FORGED_MAIL: &str = "Authentication-Results: mx.midori.example; dmarc=fail header.from=midori.example\r\n\
Received: from evil.test (evil.test [203.0.113.5]) by mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:31:04 +0900\r\n\
From: sato@midori.example\r\nTo: suzuki@midori.example\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 10:31:00 +0900\r\n\
Message-ID: <forged@evil.test>\r\n\r\nPlease send the money today.\r\n";

/// The fields that the page names for each schema.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(root().join("docs/json.md")).unwrap();
    let sections = page.split("\n## `").skip(1).filter_map(|section| section.split_once('`'));
    let fields = |text: &str| -> BTreeSet<String> {
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        rows.map(|(field, _)| field.to_owned()).collect()
    };
    sections.map(|(schema, text)| (schema.to_owned(), fields(text))).collect()
}

/// The fields of each object that is printed. A list of objects is entered; an empty one names no field inside.
fn printed(home: &Path, arguments: &[&str], seen: &mut BTreeMap<String, BTreeSet<String>>) {
    let (stdout, stderr, _) = outcome(sekisho().arg("--home").arg(home).args(arguments));
    assert!(!stdout.is_empty(), "{arguments:?}: {stderr}");
    for line in stdout.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let fields = seen.entry(value["schema"].as_str().unwrap().to_owned()).or_default();
        enter(&value, "", fields);
    }
}

/// Objects whose names are words of the mail, and no fields.
const COUNTED_BY_WORD: &[&str] = &["mailboxes[].left_out", "mailboxes[].not_read"];

fn enter(value: &Value, above: &str, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(inside) if !COUNTED_BY_WORD.contains(&above) => {
            for (name, value) in inside {
                let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
                enter(value, &path, fields);
            }
        }
        Value::Array(values) if values.iter().any(Value::is_object) => {
            values.iter().for_each(|value| enter(value, &format!("{above}[]"), fields));
        }
        _ => {
            fields.insert(above.to_owned());
        }
    }
}

#[test]
fn every_field_about_the_memory_is_described_and_no_other() {
    let home = learned_home();
    let home = home.path();
    let book = home.join("book.csv");
    fs::write(&book, "氏名,メールアドレス\n山田 太郎,yamada@kita.example\n").unwrap();
    let exception = "exceptions add --sender @hikari-denki.example --reason x --by y --until 2099-01-01";
    let confirmed = "contacts confirm takahashi@hikari-denki.example --by y";
    let hold = "contacts legal-hold takahashi@hikari-denki.example --reason x --by y";
    for prepared in [exception, confirmed, hold, "contacts forget tanaka@kita-kogyo.example --by y --yes"] {
        let arguments: Vec<&str> = prepared.split(' ').collect();
        assert_eq!(outcome(sekisho().arg("--home").arg(home).args(arguments)).2, 0);
    }
    let mailbox = home.join("mailbox");
    fs::create_dir(&mailbox).unwrap();
    fs::write(mailbox.join("1.eml"), WITH_A_FILE).unwrap();
    let learning = ["learn", "--quiet", "--mailbox", "suzuki@midori.example"];
    assert_eq!(outcome(sekisho().arg("--home").arg(home).args(learning).arg(&mailbox)).2, 0);
    let mut seen = BTreeMap::new();
    let mut run = |arguments: &[&str]| printed(home, arguments, &mut seen);
    run(&["contacts", "--json"]);
    run(&["contacts", "--json", "takahashi@hikari-denki.example"]);
    run(&["conversations", "--json", FORGED]);
    run(&["exceptions", "--json"]);
    run(&["contacts", "legal-holds", "--json"]);
    run(&["import", "--json", book.to_str().unwrap()]);
    run(&["learn", "--json", "--mailbox", "sato@midori.example", "samples/past/sato"]);
    let forged = home.join("forged.eml");
    fs::write(&forged, FORGED_MAIL).unwrap();
    run(&["learn", "--json", "--mailbox", "suzuki@midori.example", forged.to_str().unwrap()]);
    run(&["learn", "--json", "--unlearn-since", "2026-11-24"]);
    fs::remove_file(home.join("secret.key")).unwrap();
    run(&["learn", "--json", "--start-over", "--yes", "--copy-kept"]);
    let documented = documented();
    assert_eq!(seen.len(), 9, "{:?}", seen.keys());
    for (schema, mut fields) in seen {
        // What is empty for one contact is not for another.
        let entered: Vec<String> = fields
            .iter()
            .filter(|field| fields.iter().any(|other| other.starts_with(&format!("{field}[]."))))
            .cloned()
            .collect();
        fields.retain(|field| !entered.contains(field));
        assert_eq!(Some(&fields), documented.get(&schema), "{schema}");
    }
}
