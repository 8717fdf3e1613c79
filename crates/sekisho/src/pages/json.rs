//! The case, field by field → `docs/json.md`. A test holds the table against a real case.

mod memory;
mod reports;

use super::{GENERATED, Pages, cell};

/// Adds the page.
pub fn add(pages: &mut Pages) {
    let mut out = format!("{GENERATED}{BEGINNING}");
    out.push_str(&table(CASE));
    out.push_str(RELATIONS_BEGINNING);
    out.push_str(&table(RELATIONS));
    out.push_str(
        "\n## `sekisho.file/1`\n\n`sekisho inspect --json` prints one a line for a file that is no mail. Its `parts` (the file itself is part `1`) and `findings` have the fields of a case.\n\n",
    );
    out.push_str(&table(FILE));
    out.push_str(reports::BEGINNING);
    out.push_str(&table(reports::FIELDS));
    out.push_str(
        "\n## `sekisho.domain/1`\n\n`sekisho check-domain --json` prints one a line for a domain. Ids of items are for ever; new ones may come.\n\n",
    );
    out.push_str(&table(DOMAIN));
    for object in memory::OBJECTS {
        out.push_str(&format!("\n## `{}`\n\n{}\n\n", object.schema, object.about));
        out.push_str(&table(object.fields));
    }
    out.push_str(OTHERS);
    pages.insert("json.md".to_owned(), out);
}

const BEGINNING: &str = "# JSON

`sekisho scan --json` and `sekisho inspect --json` print one object a mail, each on one line. Version 1 may gain fields; it never changes them, so read what you
know and skip the rest. Characters that turn the writing direction or are invisible are escaped (`\\u202e`). Sentences stand in both languages; values that a
stranger chose are quoted in them, cut and made harmless. `[]` stands for each element of a list.

## `sekisho.case/1`

";

const OTHERS: &str = "
## Others

`sekisho explain --json` prints a `sekisho.check/1` a line: `id`, `grade`, `title`, `why` and `misses` in both languages, `needs`, `lists`.
`sekisho doctor --json` prints a `sekisho.doctor/1`: `home`, and `answers` with `id`, `state` (`fine`, `note`, `mend`), `words` and `way_out`.
";

fn table(fields: &[(&str, &str)]) -> String {
    let mut out = String::from("| field | |\n|---|---|\n");
    for (field, about) in fields {
        out.push_str(&format!("| `{}` | {} |\n", cell(field), cell(about)));
    }
    out
}

/// Every field of a case.
const CASE: &[(&str, &str)] = &[
    ("schema", "`sekisho.case/1`"),
    ("id", "Random, 32 hexadecimal digits."),
    ("judged_at", "When it was judged, RFC 3339, UTC."),
    ("program", "The program's version."),
    ("lists", "The date of each list by its name."),
    ("policy", "SHA-256 of the rules and the profile that decided."),
    ("source.channel", "How the mail came: `file`."),
    ("source.path", "The file, as given or found below a folder; `-` for standard input."),
    (
        "source.index",
        "The number of the mail in an mbox, from 0, or in an Outlook data file, where `path` goes on with the folder; `null` where the file is one mail.",
    ),
    ("source.mailbox", "Whose mailbox it is; `null` where that is not known."),
    ("source.direction", "`in`: received."),
    ("envelope.client", "The client's address; `null` for mail from files."),
    ("envelope.helo", "Its HELO or EHLO name; `null` for mail from files."),
    ("envelope.mail_from", "MAIL FROM; `null` for mail from files."),
    ("envelope.rcpt_to", "RCPT TO."),
    ("envelope.received_at", "When it was received; `null` for mail from files."),
    (
        "mail.key",
        "A digest of From, Date, Message-ID and the text: the same for a copy that took another way.",
    ),
    ("mail.message_id", "The Message-ID, without angle brackets. Its sender chose it."),
    ("mail.date", "The Date field as RFC 3339; `null` where it cannot be read."),
    ("mail.date_raw", "The Date field as written."),
    ("mail.subject", "The subject, decoded."),
    ("mail.from[].name", "A sender's name, decoded."),
    ("mail.from[].address", "A sender's address; `null` where none can be read."),
    ("mail.reply_to[].name", "As above, for Reply-To."),
    ("mail.reply_to[].address", "As above, for Reply-To."),
    ("mail.to[].name", "As above, for To."),
    ("mail.to[].address", "As above, for To."),
    ("mail.cc[].name", "As above, for Cc."),
    ("mail.cc[].address", "As above, for Cc."),
    ("mail.sha256", "SHA-256 of the mail as read."),
    ("mail.size_bytes", "Its size."),
    ("mail.defects[].kind", "Where it is broken, or mail programs would read it differently."),
    ("mail.defects[].part", "The part; empty for the mail itself."),
    ("mail.defects[].seen", "The value seen, at most 80 characters."),
    ("sender.spf", "SPF: `{\"known\", \"domain\", \"by\", \"notes\"}`, or `{\"unknown\": WHY}`."),
    ("sender.dkim", "DKIM, one a signature, as above."),
    ("sender.dmarc", "DMARC, as above."),
    ("sender.arc", "ARC, as above."),
    ("sender.reverse", "The name of the client's address, where it leads back to the address."),
    ("sender.identity", "`as-contact`, `not-as-contact` or `unknown`."),
    (
        "relations",
        "What is remembered about the people and conversations in it, see [below](#relations); `{\"unknown\": WHY}` where nothing is.",
    ),
    ("parts[].path", "Where the part stands in the tree: `1`, `2.1`."),
    ("parts[].name", "Its name as a person would most likely see it."),
    ("parts[].claims", "The extension that counts; `null` without one."),
    ("parts[].kind", "What it is by its content; `null` for a container or a mail inside."),
    ("parts[].size_bytes", "Its size, decoded."),
    ("parts[].sha256", "SHA-256 of its decoded content; empty for a container."),
    ("parts[].opened_with", "Where the password was found that opened it; `null` where none was needed."),
    (
        "parts[].unread",
        "Why it was not looked into: `locked`, `damaged`, `too-deep`, `too-large`, `out-of-time`, `unsupported`; `null` where it was.",
    ),
    ("parts[].unread_details", "Every reason why it, or something in it, was not looked into."),
    ("parts[].unread_details[].why", "The reason, one of the words of `unread`."),
    (
        "parts[].unread_details[].what",
        "What it was about: a member's name, a word of the format; at most 80 characters.",
    ),
    (
        "parts[].hold",
        "How a file holds it: `archived`, `embedded`, `appended`, `built`; `null` for parts of the mail itself.",
    ),
    (
        "parts[].deeds",
        "What it does when it is opened, each with `kind`, `danger` (`empty`, `harmless`, `active`, `dangerous`), `place`, `starts`, `does`, `links`, `strings`. With `--source`, `sources` stands beside it: `name` and `text`.",
    ),
    ("links[].part", "The part a link stands in."),
    ("links[].text", "The text shown for it, at most 80 characters."),
    ("links[].target", "Where it leads, unwrapped from rewriters. It can be clicked: do not."),
    ("findings[].id", "The [check](checks/README.md)."),
    ("findings[].grade", "`info`, `weak` or `strong`."),
    ("findings[].part", "The part it stands in; `null` where it stands in none."),
    (
        "findings[].arguments",
        "The values that were compared, each by who chose it (`foreign`, `address`, `url`, `own`, `number`, `bytes`, `word`, `list`).",
    ),
    ("findings[].ja", "The finding in Japanese."),
    ("findings[].en", "The finding in English."),
    ("verdict.action", "`deliver`, `warn`, `hold` or `reject`: the strictest that any rule asks for."),
    ("verdict.rules", "The [rules](policy.md) that matched, the strictest first."),
    ("verdict.reasons[].rule", "A rule that matched."),
    ("verdict.reasons[].arguments", "The values that were compared."),
    ("verdict.reasons[].ja", "The reason in Japanese."),
    ("verdict.reasons[].en", "The reason in English."),
    ("verdicts", "Verdicts of single recipients, where they differ."),
    ("not_looked_at[].what", "What was not looked at: a need of checks, or `part:PATH`."),
    ("not_looked_at[].why", "Why. Not looked at never means clean."),
];

const RELATIONS_BEGINNING: &str = "
### relations

What the memory says about the mail: as the receiver's mailbox and the shared list know it. No words of a conversation are in it but those of the mail itself.
Lists are cut at 50. Moments are RFC 3339, UTC.

";

/// Every field of what is remembered.
const RELATIONS: &[(&str, &str)] = &[
    (
        "mailbox",
        "`enough`, or `too-little` where the receiver's mailbox has learned too little for a first contact to mean anything.",
    ),
    ("sender.address", "Whom the sender's address belongs to; `sender` is `null` where it was never seen."),
    ("sender.names", "Names that it showed, the most frequent first."),
    (
        "sender.standing",
        "`met` (nothing proves anything), `answered` (we answered it, and its name counts as its own), `historic` (old correspondence in both directions), `known`, `confirmed` (by a person).",
    ),
    ("sender.received", "Mails from it. Counting stops at 1,000 authenticated ones, and at 1,000 others."),
    ("sender.authenticated", "Mails from it that were authenticated as it; 1,000 means that many or more."),
    (
        "sender.sent",
        "Mails that we sent to it. Counting stops at 1,000 that we wrote of our own accord, and at 1,000 answers.",
    ),
    ("sender.first_at", "The first mail in either direction."),
    ("sender.last_at", "The last."),
    (
        "sender.habits",
        "How its mail usually comes: `mails` looked at, and of these `domains`, `networks`, `mailers`, `languages` and `files` (each with `value` and `mails`), `locked` and `links`.",
    ),
    ("organisation", "Addresses known of the sender's organisation."),
    (
        "names[].name",
        "A name in the mail that belongs to contacts with other addresses, at most 80 characters.",
    ),
    (
        "names[].place",
        "`sender`, `signature`, `opening` (the first sentences of the text), `subject` or `quotation`.",
    ),
    (
        "names[].kind",
        "`person`, `organisation`, `address` in the place of a name, or `domain`: that of the sender, which resembles that of somebody to whom you write.",
    ),
    ("names[].belongs_to", "The usual addresses, the most trusted first."),
    (
        "names[].tie",
        "What ties it to the sender's address: `none`, `disputed` (the address used it before, and nobody else says so), `announced`, `colleague`, `namesake`.",
    ),
    (
        "names[].abused_lately",
        "Other mails of the last days with this name from addresses that are not its owner's.",
    ),
    (
        "quoted[].excerpt",
        "The beginning of the quoted stretch in this mail, at most 80 characters, links defanged.",
    ),
    ("quoted[].region", "`quotation`, or `unmarked` among the mail's own words."),
    ("quoted[].weight", "How much it says, in tenths of a Latin letter (kana 15, kanji 25)."),
    ("quoted[].weight_of_language", "The same of what is language, and not logs, addresses or boilerplate."),
    (
        "quoted[].held_by",
        "`receiver`; or `others`, where only other mailboxes hold it: then nothing of it is told.",
    ),
    ("quoted[].parties", "Who wrote or received it; `null` for `others`."),
    ("quoted[].parties_total", "How many they are; `null` for `others`."),
    (
        "quoted[].sender_was_party",
        "Whether the sender, or another address of the sender's organisation, is one.",
    ),
    (
        "quoted[].sender_may_know",
        "Whether the sender has it from an announced address, a list or a forwarding that we saw.",
    ),
    (
        "quoted[].sender_was_prompt",
        "Whether one of ours wrote it first, and this mail, or an earlier one from the same address that has it, came within two hours of that.",
    ),
    ("quoted[].from_at", "The first mail that holds it; `null` for `others`."),
    ("quoted[].until_at", "The last; `null` for `others`."),
    ("answered[].message_id", "A remembered mail that it says it answers."),
    ("answered[].is_ours", "Whether one of ours wrote that."),
    ("answered[].held_by", "As with `quoted`."),
    ("answered[].parties", "As with `quoted`."),
    ("answered[].sender_was_party", "As with `quoted`."),
    ("answered[].sender_may_know", "As with `quoted`."),
    (
        "answered[].sender_was_prompt",
        "Whether this mail, or an earlier one from the same address in the thread, came within two hours of it.",
    ),
    ("answered[].at", "When it was sent; `null` for `others`."),
    ("exceptions[].id", "The number of an exception that a person made for this sender."),
    ("exceptions[].sender", "The address, or `@domain`, that it is for."),
    ("exceptions[].checks", "The checks that it silences; empty for all that can be."),
    ("exceptions[].reason", "Why, in that person's words."),
    ("exceptions[].author", "Who made it."),
    ("exceptions[].made_at", "When."),
    ("exceptions[].until_at", "Until when it holds."),
    ("exceptions[].is_applied", "Whether it silenced something in this mail."),
];

/// Every field of a file.
const FILE: &[(&str, &str)] = &[
    ("schema", "`sekisho.file/1`"),
    ("program", "The program's version."),
    ("path", "The file, as given or found below a folder."),
    ("name", "Its name without the folders."),
    ("claims", "The extension that counts; `null` without one."),
    ("kind", "What it is by its content."),
    (
        "fit",
        "How the content goes with the name: `same`, `usual`, `contrary`, `undecided`; `null` without an extension.",
    ),
    ("opening", "What opening it does: `shows`, `carries`, `runs`."),
    ("size_bytes", "Its size."),
    ("sha256", "SHA-256 of its content."),
    ("tricks", "Tricks in the name: `{\"trick\": …}` with their values."),
    ("padded_bytes", "How much of its end is filling; `null` where little is."),
    ("unread", "Why its inside was not looked at; `null` where nothing is inside."),
    ("action", "What the rules ask for because of what it is and does: `deliver`, `warn`, `hold`."),
];

/// Every field of a domain.
const DOMAIN: &[(&str, &str)] = &[
    ("schema", "`sekisho.domain/1`"),
    ("program", "The program's version."),
    ("domain", "The domain in A-labels."),
    ("unicode", "The domain as people write it."),
    ("sends", "`mail`, or `nothing` where it is not used for mail."),
    (
        "state",
        "The worst state of its items: `pass`, `note`, `warn`, `unknown` (could not be looked at), `fail`, in this order.",
    ),
    ("counts.pass", "How many items are as they should be."),
    ("counts.note", "How many are only worth knowing."),
    ("counts.warn", "How many leave a gap or a risk."),
    ("counts.unknown", "How many could not be looked at. That never means that they are in order."),
    ("counts.fail", "How many do not work, or let others write in the domain's name."),
    ("items[].id", "What was found, such as `spf-too-many-lookups`. An id always has the same state."),
    ("items[].area", "`domain`, `mx`, `spf`, `dkim`, `dmarc`, `mta-sts`, `tls-rpt`, `dane` or `bimi`."),
    ("items[].state", "As above."),
    ("items[].arguments", "The values in the sentences. Text out of DNS is cut to 400 characters."),
    ("items[].says.ja", "What was found, in Japanese."),
    ("items[].says.en", "What was found, in English."),
    ("items[].why.ja", "Why it matters; empty where it is fine."),
    ("items[].why.en", "As above."),
    ("items[].fix.ja", "What to do; empty where nothing is to be done."),
    ("items[].fix.en", "As above."),
    ("items[].records", "Records to publish; empty where none can be named."),
    ("items[].records[].how", "`add`, or `replace` (in the place of the one that is there)."),
    ("items[].records[].name", "The whole name."),
    ("items[].records[].type", "`TXT` or `MX`."),
    ("items[].records[].value", "The value, without quotation marks."),
    ("items[].file", "A file on a web server to look at by hand; `null` mostly."),
    ("items[].file.url", "Where it lies."),
    ("items[].file.content", "What it should contain."),
    ("spf.record", "The SPF record; `spf` is `null` where there is none or several."),
    ("spf.lookups", "DNS lookups that it costs a receiver (10 are allowed)."),
    (
        "spf.tree",
        "The terms that cost lookups, each with `domain`, `term`, `state` (`found`, `missing`, `broken`, `loop`, `not-asked`, `no-answer`), `lookups` and the `tree` below.",
    ),
    ("dkim[].selector", "A selector that was looked at; usual names only where something was found."),
    ("dkim[].from", "`given`, `mail` or `guessed`."),
    ("dkim[].works", "Whether receivers can use its key; `null` where DNS did not answer."),
    ("dmarc.record", "The domain's own DMARC record; `null` where there is none or several."),
    (
        "dmarc.policy",
        "The policy that holds, its own or that of a domain above: `none`, `quarantine`, `reject`; `null` without one.",
    ),
    (
        "path.stage",
        "Where it stands on the way to `p=reject`: `nothing`, `blind`, `watching`, `quarantine`, `reject`, `done`; `path` is `null` for a domain that sends nothing, inherits its policy or could not be looked at.",
    ),
    ("path.steps[].id", "The steps that are left, in order: `watch`, `quarantine`, `reject`, `subdomains`."),
    ("path.steps[].weeks_min", "How long the stage before should have lasted, in weeks."),
    ("path.steps[].record.how", "As above."),
    ("path.steps[].record.name", "As above."),
    ("path.steps[].record.type", "As above."),
    ("path.steps[].record.value", "As above."),
    ("path.steps[].title.ja", "What the step does."),
    ("path.steps[].title.en", "As above."),
    ("path.steps[].before.ja", "What must be true before it is taken."),
    ("path.steps[].before.en", "As above."),
    ("questions", "How many questions DNS was asked."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::inspect::plain_file_json_line;

    /// Fields whose inside is described in words, not field by field.
    const DESCRIBED_WHOLE: &[&str] = &[
        "lists",
        "sender.spf",
        "sender.dkim",
        "sender.dmarc",
        "sender.arc",
        "sender.reverse",
        "relations",
        "sender.habits",
        "findings[].arguments",
        "verdict.reasons[].arguments",
        "tricks",
        "items[].arguments",
        "spf.tree",
    ];

    /// A mail that has something of everything.
    const MAIL: &str = "From: \"yamada@partner.example\" <a@evil.example>\r\nFrom: b@evil.example\r\nReply-To: c@evil.example\r\n\
        To: d@midori.example\r\nCc: e@midori.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<a href=\"https://evil.example/\">x</a>\r\n\
        --b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAIAAAA\r\n--b--\r\n";

    fn paths(value: &Value, above: &str, out: &mut BTreeSet<String>) {
        if DESCRIBED_WHOLE.contains(&above) {
            out.insert(above.to_owned());
            return;
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    paths(
                        value,
                        &if above.is_empty() { name.clone() } else { format!("{above}.{name}") },
                        out,
                    );
                }
            }
            Value::Array(values) if values.iter().any(Value::is_object) => {
                values.iter().for_each(|value| paths(value, &format!("{above}[]"), out));
            }
            _ => {
                out.insert(above.to_owned());
            }
        }
    }

    fn documented(fields: &[(&str, &str)]) -> BTreeSet<String> {
        fields.iter().map(|(field, _)| (*field).to_owned()).collect()
    }

    #[test]
    fn every_field_of_a_case_is_described_and_no_other() {
        use crate::files::RawMail;
        use crate::flags::Flags;
        let flags = <Flags as clap::Parser>::parse_from(["sekisho", "--home", "no-such-home", "scan", "-"]);
        let setup = crate::setup::Setup::of(&flags);
        let raw = RawMail {
            path: "a.eml".to_owned(),
            index: None,
            purpose: None,
            is_whole: true,
            bytes: MAIL.as_bytes().to_vec(),
        };
        let line = crate::judging::with_judged(&raw, &setup, |mail| mail.json_line()).unwrap();
        let mut found = BTreeSet::new();
        paths(&serde_json::from_str(&line).unwrap(), "", &mut found);
        assert_eq!(found, documented(CASE));
    }

    #[test]
    fn every_field_of_what_is_remembered_is_described_and_no_other() {
        use sekisho_judge::{Case, Input, Judged, Policy, Profile, Source, judge, lists::Lists, trials};
        let case = "\n== fires: x\nown: midori.example\nknown: 山田太郎 <yamada@partner.example>\nknown: 鈴木次郎 <suzuki@other.example>\n\
            name: 山田太郎 of yamada@partner.example\nquoted: 1200 parties=yamada@partner.example\nanswered: a@midori.example parties=yamada@partner.example\n\
            exception: 7 suzuki@other.example\nFrom: suzuki@other.example\n";
        let trial = trials(case).unwrap().remove(0);
        let message = trial.message();
        let input = Input::new(
            &message,
            &trial.facts,
            &trial.own,
            Lists::built_in(),
            jiff::civil::date(2026, 11, 24),
        );
        let policy = Policy::built_in(Profile::Balanced).unwrap();
        let source =
            Source { channel: "file", path: String::new(), index: None, mailbox: None, direction: "in" };
        let judged = Judged { id: String::new(), judged_at: String::new(), source };
        let case = serde_json::to_value(Case::new(judged, &input, &judge(&input, &policy), &policy)).unwrap();
        let mut found = BTreeSet::new();
        paths(&case["relations"], "", &mut found);
        assert_eq!(found, documented(RELATIONS));
    }

    #[test]
    fn every_field_of_a_domain_is_described_and_no_other() {
        let line = crate::check_domain::tests::line_with_everything();
        let mut found = BTreeSet::new();
        paths(&serde_json::from_str(&line).unwrap(), "", &mut found);
        assert_eq!(found, documented(DOMAIN));
    }

    #[test]
    fn every_field_of_a_file_is_described_and_no_other() {
        let flags = <crate::flags::Flags as clap::Parser>::parse_from([
            "sekisho",
            "--home",
            "no-such-home",
            "inspect",
            "-",
        ]);
        let setup = crate::setup::Setup::of(&flags);
        let raw = crate::files::RawFile { path: "a.pdf.exe".to_owned(), bytes: b"text".to_vec() };
        let line = crate::judging::with_judged_file(&raw, &setup, plain_file_json_line).unwrap();
        let mut found = BTreeSet::new();
        paths(&serde_json::from_str(&line).unwrap(), "", &mut found);
        // Parts and findings are those of a case, and described there.
        let own = documented(FILE);
        let shared = documented(CASE);
        assert!(found.iter().all(|field| own.contains(field) || shared.contains(field)), "{found:?}");
        assert!(own.iter().all(|field| found.contains(field)));
    }
}
