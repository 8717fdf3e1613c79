//! The memory as a person uses it: what is learned changes verdicts, is listed, confirmed, excepted from and forgotten; and what happens where it
//! cannot be used.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::{learned_home, learning, mail, outcome, root, sekisho};

const FORGED: &str = "samples/inbox/17-stolen-conversation.eml";
const TRUE: &str = "samples/inbox/18-true-reply.eml";

pub fn at(home: &Path, lang: &str, arguments: &[&str]) -> Command {
    let mut command = sekisho();
    command.arg("--home").arg(home).args(["--lang", lang]).args(arguments);
    command
}

/// What a run says, and its exit status; nothing goes to standard error.
pub fn says(home: &Path, lang: &str, arguments: &[&str]) -> (String, i32) {
    let (stdout, stderr, status) = outcome(&mut at(home, lang, arguments));
    assert_eq!(stderr, "", "{arguments:?}");
    (stdout, status)
}

/// The case of one mail.
pub fn case(home: &Path, arguments: &[&str]) -> Value {
    let (stdout, _, _) = outcome(at(home, "en", &["scan", "--json"]).args(arguments));
    serde_json::from_str(&stdout).unwrap()
}

pub fn found(case: &Value, check: &str) -> bool {
    case["findings"].as_array().unwrap().iter().any(|finding| finding["id"] == check)
}

pub fn not_looked_at(case: &Value, what: &str) -> Option<String> {
    let all = case["not_looked_at"].as_array().unwrap();
    all.iter().find(|one| one["what"] == what).map(|one| one["why"].as_str().unwrap().to_owned())
}

#[test]
fn a_stolen_conversation_is_held_and_the_true_partner_passes() {
    let home = learned_home();
    let forged = case(home.path(), &[FORGED]);
    assert_eq!(forged["verdict"]["action"], "hold");
    assert!(found(&forged, "stolen-conversation"), "{forged}");
    assert_eq!(case(home.path(), &[TRUE])["verdict"]["action"], "deliver");
    // Without the memory nothing of it is seen, and that is said.
    let empty = tempfile::tempdir().unwrap();
    fs::copy(root().join("samples/home/sekisho.toml"), empty.path().join("sekisho.toml")).unwrap();
    let unseen = case(empty.path(), &[FORGED]);
    assert!(!found(&unseen, "stolen-conversation"));
    assert_eq!(not_looked_at(&unseen, "memory").as_deref(), Some("nothing-learned"));
    assert!(!empty.path().join("sekisho.db").exists() && !empty.path().join("secret.key").exists());
}

#[test]
fn a_mail_is_judged_by_what_was_known_on_a_day() {
    let home = learned_home();
    let then = case(home.path(), &["--as-of", "2026-10-06", FORGED]);
    assert!(!found(&then, "stolen-conversation"));
    let before = case(home.path(), &["--as-of", "2026-01-01", FORGED]);
    assert_eq!(not_looked_at(&before, "memory").as_deref(), Some("nothing-learned"));
    assert!(found(&case(home.path(), &["--as-of", "2026-11-24", FORGED]), "stolen-conversation"));
    let (_, stderr, status) = outcome(&mut at(home.path(), "en", &["scan", "--as-of", "2026-02-30", FORGED]));
    assert!(stderr.contains("no day: \"2026-02-30\"") && status == 2, "{stderr}");
}

#[test]
fn a_mail_is_no_witness_for_itself() {
    let home = learned_home();
    // The first mail from somebody who was written to the day before.
    let first = case(home.path(), &["samples/past/suzuki/2026-10-06-re-midori-building.eml"]);
    let sender = &first["relations"]["sender"];
    assert_eq!((&sender["received"], &sender["sent"]), (&0.into(), &1.into()), "{first}");
    // A forged mail that was learned with its mailbox is still no party to what it quotes.
    let folder = tempfile::tempdir().unwrap();
    fs::copy(root().join(FORGED), folder.path().join("1.eml")).unwrap();
    let mailbox = folder.path().to_str().unwrap();
    says(home.path(), "en", &["--quiet", "learn", "--mailbox", "suzuki@midori.example", mailbox]);
    let forged = case(home.path(), &[FORGED]);
    assert_eq!(forged["verdict"]["action"], "hold");
    assert!(found(&forged, "stolen-conversation"), "{forged}");
}

#[test]
fn contacts_are_listed_shown_confirmed_and_forgotten() {
    let home = learned_home();
    let home = home.path();
    let (list, status) = says(home, "en", &["contacts"]);
    assert!(list.starts_with("last") && list.contains("tanaka@kita-kogyo.example") && status == 0, "{list}");
    let (list, _) = says(home, "ja", &["contacts", "山田"]);
    assert!(list.contains("yamada@partner.example") && !list.contains("tanaka@"), "{list}");
    let (one, _) = says(home, "ja", &["contacts", "Yamada@partner.example"]);
    assert!(
        one.contains("やり取りのある相手") && one.contains("知っている人: ") && one.contains("「山田 太郎」"),
        "{one}"
    );
    let (line, _) = says(home, "en", &["contacts", "--json", "takahashi@hikari-denki.example"]);
    let contact: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(contact["schema"], "sekisho.contact/1");
    assert_eq!(contact["known_by"], serde_json::json!(["sato@midori.example", "suzuki@midori.example"]));
    let (then, status) = says(home, "en", &["contacts", "--as-of", "2026-09-01", "yamada@partner"]);
    assert_eq!((then.as_str(), status), ("nobody like that is remembered\n", 1));
    let (line, _) = says(
        home,
        "en",
        &["contacts", "--mailbox", "sato@midori.example", "--json", "tanaka@kita-kogyo.example"],
    );
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["sent"], 3, "{line}");

    let confirm = ["contacts", "confirm", "taro@other.example", "--name", "山田 太郎", "--by", "佐藤"];
    let (said, status) = says(home, "ja", &confirm);
    assert!(
        said.contains("taro@other.example を 山田 太郎 さんのアドレスとして記録しました") && status == 0,
        "{said}"
    );
    let (line, _) = says(home, "en", &["contacts", "--json", "taro@other.example"]);
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["standing"], "confirmed", "{line}");

    let (one, _) = says(home, "ja", &["contacts", "taro@other.example"]);
    assert!(one.contains(" 佐藤（「山田 太郎」として）"), "who said so: {one}");

    let (one, _) = says(home, "ja", &["contacts", "yamada@partner.example"]);
    assert!(one.contains("同じ名前のほかのアドレス: taro@other.example（担当者が確認した相手）"), "{one}");

    let forget = ["contacts", "forget", "yamada@partner.example", "--by", "佐藤"];
    assert_eq!(says(home, "en", &["contacts", "legal-holds"]).1, 1);
    let (said, _) = says(home, "ja", &["contacts", "legal-hold", "--reason", "訴訟", "--by", "佐藤"]);
    assert!(said.contains("すべての方。解くまで、忘れることはできません"), "{said}");
    assert!(says(home, "en", &["contacts", "legal-holds"]).0.ends_with("everybody: 訴訟 (by 佐藤)\n"));
    for refused in [[&forget[..], &["--yes"]].concat(), vec!["conversations", "forget", FORGED, "--yes"]] {
        let (_, stderr, status) = outcome(&mut at(home, "en", &refused));
        assert!(stderr.contains("legal hold") && status == 2, "{stderr}");
    }
    assert_eq!(says(home, "en", &["contacts", "legal-release"]).1, 0);
    assert_eq!(says(home, "en", &["contacts", "legal-release"]).1, 1);
    let (_, stderr, status) = outcome(&mut at(home, "ja", &forget));
    assert!(stderr.contains("--yes を付けてください") && status == 2, "{stderr}");
    let (said, status) = says(home, "en", &[&forget[..], &["--yes"]].concat());
    assert!(said.starts_with("Forgot yamada@partner.example: ") && status == 0, "{said}");
    assert_eq!(says(home, "en", &["contacts", "yamada@partner.example"]).1, 1);
    assert_eq!(outcome(&mut learning(home, "suzuki")).2, 0);
    assert_eq!(says(home, "en", &["contacts", "yamada@partner.example"]).1, 1);
}

#[test]
fn of_somebody_forgotten_nothing_is_left_and_no_list_brings_them_back() {
    let home = learned_home();
    let home = home.path();
    let who = "yamada@partner.example";
    assert_eq!(says(home, "en", &["contacts", "forget", who, "--yes", "--by", "佐藤"]).1, 0);
    for file in fs::read_dir(home).unwrap().map(|file| file.unwrap().path()) {
        let is_database = file.to_str().unwrap().contains("sekisho.db");
        let bytes = fs::read(file).unwrap();
        for text in [who, "山田 太郎"] {
            let is_in = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!is_in || !is_database, "{text}");
        }
    }
    let book = home.join("book.csv");
    fs::write(&book, format!("氏名,メールアドレス\n山田 太郎,{who}\n木村 一,kimura@nishi.example\n"))
        .unwrap();
    let import = ["import", book.to_str().unwrap()];
    for (lang, words) in
        [("en", "forgotten: 1; they were left out"), ("ja", "忘れた方 1 件は登録していません")]
    {
        let (said, status) = says(home, lang, &import);
        assert!(said.contains(words) && said.contains(who) && status == 0, "{said}");
        assert!(said.contains("sekisho contacts readmit"), "{said}");
    }
    let (line, _) = says(home, "en", &[&import[..], &["--json"]].concat());
    let file = &serde_json::from_str::<Value>(&line).unwrap()["files"][0];
    assert_eq!((&file["contacts"], &file["forgotten"]), (&1.into(), &1.into()), "{line}");
    let confirm = ["contacts", "confirm", who, "--name", "山田 太郎", "--by", "佐藤"];
    for lang in ["en", "ja"] {
        let (stdout, stderr, status) = outcome(&mut at(home, lang, &confirm));
        assert!(stderr.contains(&format!("`sekisho contacts readmit {who}`")), "{stderr}");
        assert_eq!((stdout.as_str(), status), ("", 2));
    }
    assert_eq!(says(home, "en", &["contacts", who]).1, 1);
    assert_eq!(says(home, "en", &["contacts", "readmit", who]).1, 0);
    assert_eq!(says(home, "en", &confirm).1, 0);
}

#[test]
fn mail_of_somebody_forgotten_is_counted_as_left_out() {
    let learn = |lang: &str, json: &[&str]| {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("m");
        fs::create_dir(&folder).unwrap();
        (1..=3).for_each(|number| fs::write(folder.join(format!("{number}.eml")), mail(number)).unwrap());
        fs::write(folder.join("4.eml"), mail(4).replace("yamada@", "suzuki@")).unwrap();
        let learn = ["learn", "--mailbox", "sato@midori.example", folder.to_str().unwrap()];
        let confirm = ["contacts", "confirm", "a@b.example", "--by", "佐藤"];
        assert_eq!(says(home.path(), "en", &confirm).1, 0);
        let forget = ["contacts", "forget", "yamada@partner.example", "--yes", "--by", "佐藤"];
        says(home.path(), "en", &forget);
        says(home.path(), lang, &[&learn[..], json].concat()).0
    };
    let said = learn("en", &[]);
    assert!(
        said.contains("1 new mails learned.") && said.contains("people who were forgotten: 3;"),
        "{said}"
    );
    let said = learn("ja", &[]);
    assert!(
        said.contains("1 通を新しく学習しました。") && said.contains("忘れた方からのメールが 3 通"),
        "{said}"
    );
    let learned: Value = serde_json::from_str(&learn("en", &["--json"])).unwrap();
    let mailbox = &learned["mailboxes"][0];
    let counts = ["mails", "received", "forgotten", "known"].map(|name| mailbox[name].as_u64().unwrap());
    assert_eq!(counts, [4, 1, 3, 0], "{learned}");
}

#[test]
fn conversations_are_found_listed_and_forgotten() {
    let home = learned_home();
    let home = home.path();
    let (found_ones, status) = says(home, "ja", &["conversations", FORGED]);
    assert!(found_ones.contains("suzuki@midori.example、yamada@partner.example のやり取り"), "{found_ones}");
    assert!(
        found_ones.contains("この文面を含むメール\n  2026-10-07  送信  suzuki@midori.example"),
        "{found_ones}"
    );
    assert_eq!(status, 0);
    let (lines, _) = says(home, "en", &["conversations", "--json", FORGED]);
    let schemas: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["schema"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(schemas.first().map(String::as_str), Some("sekisho.conversation/1"));
    assert_eq!(schemas.last().map(String::as_str), Some("sekisho.remembered/1"));
    let (list, _) =
        says(home, "en", &["conversations", "--party", "takahashi@hikari-denki.example", "--limit", "2"]);
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(
        list.starts_with("2026-11-23  sent      suzuki@midori.example  takahashi@hikari-denki.example"),
        "{list}"
    );
    assert_eq!(says(home, "en", &["conversations", "--as-of", "2026-10-06", FORGED]).1, 1);
    let (_, stderr, status) = outcome(&mut at(home, "ja", &["conversations", "nowhere"]));
    assert!(stderr.contains("nowhere: 見つかりません") && status == 2, "{stderr}");

    let (said, status) = says(home, "ja", &["conversations", "forget", FORGED, "--yes"]);
    assert!(said.contains("忘れました。いつ誰と誰がやり取りしたかは残っています") && status == 0, "{said}");
    assert_eq!(says(home, "en", &["conversations", FORGED]), ("nothing of it is remembered\n".to_owned(), 1));
    assert_eq!(says(home, "en", &["conversations", "forget", FORGED, "--yes"]).1, 1);
    assert!(!found(&case(home, &[FORGED]), "stolen-conversation"));
    assert_eq!(says(home, "en", &["contacts", "yamada@partner.example"]).1, 0);
}

#[test]
fn a_memory_that_cannot_be_used_is_told_once_and_never_shown_as_clean() {
    // A server that nobody runs.
    let away = |home: &Path| {
        let config = fs::read_to_string(home.join("sekisho.toml")).unwrap();
        let store = "\n[store]\nurl = \"postgres://sekisho:geheim@127.0.0.1:9/sekisho\"\n";
        fs::write(home.join("sekisho.toml"), config + store).unwrap();
    };
    for (break_it, ja, en) in [
        (away as fn(&Path), "データベース", "the database"),
        (|home| fs::write(home.join("sekisho.db"), "no database").unwrap(), "データベース", "the database"),
        (|home| fs::remove_file(home.join("secret.key")).unwrap(), "秘密鍵", "the secret key"),
        (
            |home| fs::write(home.join("secret.key"), "1".repeat(64)).unwrap(),
            "別の秘密鍵",
            "learned with the secret key",
        ),
    ] {
        let home = learned_home();
        for file in ["sekisho.db-wal", "sekisho.db-shm"] {
            let _ = fs::remove_file(home.path().join(file));
        }
        break_it(home.path());
        for (lang, words) in [("ja", ja), ("en", en)] {
            let (stdout, stderr, status) = outcome(&mut at(home.path(), lang, &["scan", "samples/inbox"]));
            assert_eq!((stderr.lines().count(), status), (1, 2), "{stderr}");
            assert!(stderr.contains(words) && !stderr.contains("geheim"), "{stderr}");
            assert!(stdout.contains("16-macro-in-password-zip.eml"), "{stdout}");
            for command in [["contacts"].as_slice(), &["conversations", FORGED], &["exceptions"]] {
                let (_, stderr, status) = outcome(&mut at(home.path(), lang, command));
                assert!(stderr.contains(words) && status == 2, "{command:?}: {stderr}");
            }
            let (report, status) = says(home.path(), lang, &["doctor"]);
            assert!(report.contains(words) && status == 1, "{report}");
        }
        let forged = case(home.path(), &[FORGED]);
        assert_eq!(not_looked_at(&forged, "memory").as_deref(), Some("no-database"));
    }
}

#[test]
fn doctor_asks_for_a_backup_of_the_key_until_there_is_one() {
    let home = learned_home();
    says(home.path(), "en", &["--quiet", "learn", "--unlearn-since", "2026-09-01"]);
    let (report, status) = says(home.path(), "ja", &["doctor"]);
    assert!(report.contains("のバックアップが記録されていません") && status == 1, "{report}");
    assert!(
        report.contains(
            "学習がまだ足りないメールボックス（100 通未満）: sato@midori.example、suzuki@midori.example"
        ),
        "{report}"
    );
    let (report, status) = says(home.path(), "en", &["doctor", "--key-saved"]);
    assert!(
        report.contains("backup of the secret key: said to be kept elsewhere on") && status == 0,
        "{report}"
    );
    // What was said of another key does not count.
    fs::write(home.path().join("secret.key.saved"), "0123456789abcdef 2026-11-01\n").unwrap();
    let (report, status) = says(home.path(), "en", &["doctor"]);
    assert!(report.contains("no backup of the secret key") && status == 1, "{report}");
}

#[test]
fn a_subcommand_runs_whichever_side_the_options_stand_on() {
    let home = learned_home();
    let folder = home.path().to_str().unwrap();
    let run = |arguments: &[&str]| outcome(sekisho().args(arguments));
    for arguments in [
        ["contacts", "--home", folder, "legal-holds"].as_slice(),
        &["contacts", "legal-holds", "--home", folder],
        &["--home", folder, "contacts", "--lang", "en", "legal-holds"],
    ] {
        assert_eq!(run(arguments).0, "there are no legal holds\n", "{arguments:?}");
    }
    let confirm = ["contacts", "--home", folder, "confirm", "a@b.example", "--by", "X"];
    assert_eq!(run(&confirm).0, "a@b.example is confirmed (by X).\n");
    assert_eq!(run(&["conversations", "--home", folder, "forget", FORGED, "--yes"]).2, 0);
    assert_eq!(run(&["exceptions", "--home", folder, "withdraw", "3", "--by", "X"]).2, 1);
    // What belongs to the list is not passed over.
    for (typed, shown) in [("--json", "--json"), ("yamada", "[SEARCH]")] {
        let (_, stderr, status) = run(&["contacts", typed, "--home", folder, "legal-holds"]);
        let expected = format!("the argument '{shown}' cannot be used with 'contacts legal-holds'");
        assert!(stderr.contains(&expected) && status == 2, "{stderr}");
    }
    // A word that is a subcommand can be searched for all the same.
    assert_eq!(run(&["contacts", "--home", folder, "--", "forget"]).0, "nobody like that is remembered\n");
}

#[test]
fn who_decided_and_why_must_be_said() {
    let home = learned_home();
    let add = ["exceptions", "add", "--sender", "a@b.example", "--until", "2099-03-31"];
    let add_without_reason = [&add[..], &["--by", "佐藤", "--reason", ""]].concat();
    let add_without_author = [&add[..], &["--reason", "社名の変更", "--by", ""]].concat();
    for (arguments, option) in [
        (["contacts", "confirm", "a@b.example", "--by", ""].as_slice(), "--by"),
        (&["contacts", "forget", "yamada@partner.example", "--yes", "--by", "　"], "--by"),
        (&["contacts", "legal-hold", "--reason", " ", "--by", "佐藤"], "--reason"),
        (&["contacts", "legal-hold", "--reason", "訴訟", "--by", ""], "--by"),
        (&add_without_reason, "--reason"),
        (&add_without_author, "--by"),
        (&["exceptions", "withdraw", "1", "--by", ""], "--by"),
    ] {
        for (lang, way_out) in [("ja", "書いてください"), ("en", "say w")] {
            let (stdout, stderr, status) = outcome(&mut at(home.path(), lang, arguments));
            assert!(stderr.contains(option) && stderr.contains(way_out), "{arguments:?}: {stderr}");
            assert_eq!((stdout.as_str(), status), ("", 2), "{arguments:?}");
        }
    }
    assert_eq!(says(home.path(), "en", &["contacts", "yamada@partner.example"]).1, 0);
    assert_eq!(says(home.path(), "en", &["contacts", "legal-holds"]).1, 1);
    assert_eq!(says(home.path(), "en", &["exceptions"]).1, 1);
}

#[test]
fn forgetting_one_of_us_says_what_stays_and_how_it_goes() {
    let way_out = "sekisho learn --unlearn-mailbox suzuki@midori.example";
    for (lang, stays) in [("ja", "は残っています"), ("en", "stays (mails: ")] {
        let home = learned_home();
        let forget = ["contacts", "forget", "suzuki@midori.example", "--by", "佐藤", "--yes"];
        let (said, status) = says(home.path(), lang, &forget);
        assert!(said.contains(stays) && said.contains(way_out) && status == 0, "{said}");
        let mailbox = ["conversations", "--mailbox", "suzuki@midori.example"];
        assert_eq!(says(home.path(), lang, &mailbox).1, 0);
        let way_out: Vec<&str> = way_out.split(' ').skip(1).chain(["--yes"]).collect();
        assert_eq!(says(home.path(), lang, &way_out).1, 0);
        assert_eq!(says(home.path(), lang, &mailbox).1, 1);
    }
}

#[test]
fn somebody_who_was_never_seen_is_not_said_to_be_forgotten() {
    let mistyped = "tanakka@kita-kogyo.example";
    for (lang, nothing, gone, no_mark) in [
        ("ja", "覚えていることはありませんでした", "印を外しました", "忘れた印はありません"),
        ("en", "Nothing was known of tanakka@", "is taken back", "bears no mark"),
    ] {
        let home = learned_home();
        let forget = ["contacts", "forget", mistyped, "--by", "佐藤", "--yes"];
        let (said, status) = says(home.path(), lang, &forget);
        assert!(said.contains(nothing) && status == 1, "{said}");
        // The mark is there all the same.
        let folder = tempfile::tempdir().unwrap();
        let mail = mail(1).replace("yamada@partner.example", mistyped);
        fs::write(folder.path().join("1.eml"), mail).unwrap();
        learn_of_sato(home.path(), folder.path());
        assert_eq!(says(home.path(), lang, &["contacts", mistyped]).1, 1);
        // And it is said how it goes.
        assert!(said.contains("`sekisho contacts readmit tanakka@kita-kogyo.example`"), "{said}");
        let readmit = ["contacts", "readmit", mistyped];
        let (said, status) = says(home.path(), lang, &readmit);
        assert!(said.contains(gone) && status == 0, "{said}");
        let (said, status) = says(home.path(), lang, &readmit);
        assert!(said.contains(no_mark) && status == 1, "{said}");
        learn_of_sato(home.path(), folder.path());
        assert_eq!(says(home.path(), lang, &["contacts", mistyped]).1, 0);
    }
}

/// Our own mails to a partner are known when they are learned again, and lost their receiver.
#[test]
fn who_was_forgotten_by_mistake_is_as_before_after_learning_once_more() {
    let (partner, shown) = ("yamada@partner.example", ["contacts", "--json", "yamada@partner.example"]);
    let home = learned_home();
    let (before, _) = says(home.path(), "en", &shown);
    says(home.path(), "en", &["contacts", "forget", partner, "--by", "佐藤", "--yes"]);
    learn_the_past(home.path());
    assert_eq!(says(home.path(), "en", &shown).1, 1);
    let (said, _) = says(home.path(), "en", &["contacts", "readmit", partner]);
    assert!(said.contains("`sekisho learn` once more over the same mailboxes"), "{said}");
    for _ in 0..2 {
        learn_the_past(home.path());
        assert_eq!(says(home.path(), "en", &shown).0, before);
        assert_eq!(case(home.path(), &[TRUE])["verdict"]["action"], "deliver");
        assert_eq!(case(home.path(), &[FORGED])["verdict"]["action"], "hold");
    }
}

fn learn_the_past(home: &Path) {
    for person in ["sato", "suzuki"] {
        assert_eq!(outcome(&mut learning(home, person)).1, "");
    }
}

#[test]
fn where_the_memory_stops_counting_the_number_is_not_shown_as_exact() {
    let home = learned_home();
    let folder = tempfile::tempdir().unwrap();
    for number in 0..1_001 {
        let mail = mail(number).replace("yamada@partner.example", "taro@many.example");
        fs::write(folder.path().join(format!("{number}.eml")), mail).unwrap();
    }
    learn_of_sato(home.path(), folder.path());
    for (lang, expected) in [("ja", "受信 1,000 通以上（"), ("en", "mails: 1,000 or more received")] {
        let (one, _) = says(home.path(), lang, &["contacts", "taro@many.example"]);
        assert!(one.contains(expected), "{one}");
        let (list, _) = says(home.path(), lang, &["contacts", "taro@many"]);
        assert!(list.contains("  1000+ 0 "), "{list}");
    }
    let (line, _) = says(home.path(), "en", &["contacts", "--json", "taro@many.example"]);
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["received"], 1_000);
}

fn learn_of_sato(home: &Path, folder: &Path) {
    let folder = folder.to_str().unwrap();
    let (_, status) = says(home, "en", &["--quiet", "learn", "--mailbox", "sato@midori.example", folder]);
    assert_eq!(status, 0);
}

#[test]
fn of_somebody_elses_conversation_not_even_the_day_is_told() {
    let home = learned_home();
    for (lang, quotes, answers) in [
        ("ja", "ほかの方のやり取りです。", "組織内のほかの方が送ったメールへの返信の形です。"),
        ("en", "is of somebody else's conversation", "a mail that somebody else in your organisation sent;"),
    ] {
        let arguments = ["inspect", "--mailbox", "sato@midori.example", FORGED, TRUE];
        let (drawn, _, _) = outcome(&mut at(home.path(), lang, &arguments));
        assert!(drawn.contains(quotes) && drawn.contains(answers), "{drawn}");
        let mut told = drawn.lines().filter(|line| line.contains(quotes) || line.contains(answers));
        assert!(told.all(|line| !line.contains("2026")), "{drawn}");
    }
}
