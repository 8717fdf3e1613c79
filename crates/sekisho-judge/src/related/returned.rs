//! A delivery report → whether it only returns a mail of ours, as servers of others do.
//!
//! Anybody can write what looks like a report (RFC 3464) around stolen words, and a forger knows the Message-ID of what he stole. So a report
//! is believed only where nothing else is in it: no link, request or words beside those that we wrote, and no file but of the plainest kinds
//! in a mail that we sent to those receivers a few days ago. Of what we send the memory knows no file.

use sekisho_content::{Danger, DeedKind};
use sekisho_facts::{HeldBy, letter_weight};
use sekisho_mail::{Address, Body, Message, Part, Role};

use super::conversations::{is_same, is_sign};
use crate::fold::Folded;
use crate::{Input, domain};

/// What must be remembered of the returned words, in percent of their weight: the edges of what is remembered are not found.
const REMEMBERED_PERCENT: u64 = 80;

/// What a signature below them may say: lines with a firm, a person and where they are.
const SIGNATURE_WEIGHT_MAX: u64 = 2_000;

/// For so long after we sent it a report may return a mail with its files: servers give up after four to five days (RFC 5321 section
/// 4.5.4.1). Who stole a mailbox mostly has older mail.
const RETURNED_SECONDS_MAX: i64 = 7 * 24 * 60 * 60;

/// Endings of names (groups of the list `kinds`) that no returned file may have: opening such a file runs, mounts or asks for something.
const GROUPS_REFUSED: &[&str] =
    &["program", "script", "shortcut", "disk-image", "add-in", "macro-document", "web-page"];

/// Parts of a report that say what became of a mail.
const REPORTS: &[&str] = &["message/delivery-status", "message/global-delivery-status"];

/// Instead of the mail, its head alone may be returned (RFC 6522 section 4).
const HEAD: &str = "text/rfc822-headers";

/// Whether a part says what became of a mail; it has no name, and so no program opens it.
pub(crate) fn is_report(part: &Part) -> bool {
    REPORTS.contains(&part.media_type.as_str()) && part.names.is_empty()
}

/// Whether a part is a piece of a report that nobody opens: what became of the mail, or the mail's head.
pub(crate) fn is_of_report(part: &Part) -> bool {
    is_report(part) || (part.media_type == HEAD && part.names.is_empty())
}

impl Input<'_> {
    /// Whether the mail is a delivery report that returns a mail of ours and brings nothing else.
    pub(crate) fn only_returns_ours(&self) -> bool {
        let Some(returned) = self.returned() else { return false };
        let is_own = |address: Option<&sekisho_mail::Address>| {
            address.is_some_and(|address| self.own.is_own_address(address))
        };
        let is_ours =
            !returned.from.is_empty() && returned.from.iter().all(|from| is_own(from.address.as_ref()));
        let is_text = |part: &Part| matches!(part.role, Role::Text | Role::Container);
        let is_inside = |part: &Part| returned.parts.iter().any(|one| std::ptr::eq(one, part));
        is_ours
            && returned.parts.iter().all(|part| is_text(part) || self.is_plain(part))
            && (returned.parts.iter().all(is_text) || self.is_just_sent(returned))
            && self.files().all(|part| is_report(part) || (is_inside(part) && self.is_plain(part)))
            && self.answers_come_back()
            && !self.leads_away()
            && self.leads_only_to_known(returned)
            && !self.tells_password()
            && ![self.message, returned].into_iter().any(|message| self.asks(message))
            && self.is_remembered(returned)
    }

    /// The one mail that a report returns.
    fn returned(&self) -> Option<&Message> {
        let message = self.message;
        let is_of_delivery = message.media_type == "multipart/report" && message.parts.iter().any(is_report);
        let mut inside = message.parts.iter().filter_map(|part| match &part.body {
            Body::Message(inner) => Some(inner.as_ref()),
            _ => None,
        });
        inside.next().filter(|_| is_of_delivery && inside.next().is_none())
    }

    fn answers_come_back(&self) -> bool {
        let sender = self.sender();
        let mut answers = self.message.reply_to.iter().filter_map(|mailbox| mailbox.address.as_ref());
        answers.all(|answer| {
            sender.is_some_and(|sender| domain::same_organisation(answer.domain(), sender.domain()))
        })
    }

    fn leads_only_to_known(&self, returned: &Message) -> bool {
        returned.links().all(|(_, link)| self.is_known_target(&link.target))
    }

    fn is_known_target(&self, target: &str) -> bool {
        let Ok(url) = url::Url::parse(target) else { return false };
        let is_shown =
            |host: &str| self.domains_shown().into_iter().any(|name| domain::same_organisation(host, name));
        let is_known = |host: &str| self.own.is_own_domain(host) || is_shown(host);
        matches!(url.scheme(), "mailto" | "tel") || url.host_str().is_some_and(is_known)
    }

    /// Whether a file is wholly read, is shown when it is opened, and does nothing but lead to us or those with whom we write.
    fn is_plain(&self, part: &Part) -> bool {
        let Some(file) = part.file() else { return false };
        let claimed = file.claim.as_ref().map(|claim| claim.extension.as_str());
        let named = part.names.iter().filter_map(|name| Some(name.value.rsplit_once('.')?.1));
        let is_refused = named.chain(claimed).any(|extension| {
            let group = self.lists.kinds.group_of(extension);
            group.is_some_and(|group| GROUPS_REFUSED.contains(&group.id.as_str()))
        });
        let does_nothing = part.deeds.iter().all(|deed| {
            deed.kind == DeedKind::Link
                && matches!(deed.danger, Danger::Empty | Danger::Harmless)
                && deed.links.iter().all(|link| self.is_known_target(link))
        });
        file.kind.family().is_looked_at()
            && !is_refused
            && does_nothing
            && part.unread.is_none()
            && part.opened_with.is_none()
    }

    /// Whether we sent the returned mail to the receivers whom it names, so lately that a server may still have tried to deliver it: the
    /// memory knows its Message-ID, or its words, where one of ours wrote them within hours.
    fn is_just_sent(&self, returned: &Message) -> bool {
        let Some((relations, came_at)) = self.relations().zip(came_at(self.message)) else { return false };
        let all = returned.to.iter().chain(&returned.cc).filter_map(|mailbox| mailbox.address.as_ref());
        let receivers: Vec<&Address> = all.filter(|address| !self.own.is_own_address(address)).collect();
        let is_to = |parties: &[String]| {
            let is_party = |address: &&Address| parties.iter().any(|party| is_same(party, address));
            !receivers.is_empty() && receivers.iter().all(is_party)
        };
        let is_in_time = |at: i64| (0..=RETURNED_SECONDS_MAX).contains(&came_at.saturating_sub(at));
        let by_id = relations.answered.iter().any(|one| {
            let is_it = one.is_ours && one.message_id == returned.message_id;
            is_it && one.held_by == HeldBy::Receiver && is_to(&one.parties) && is_in_time(one.at)
        });
        let by_words = || {
            let mut of_ours = relations.quoted.iter().filter(|one| is_sign(one) && one.sender_was_prompt);
            of_ours.any(|one| one.held_by == HeldBy::Receiver && is_to(&one.parties))
        };
        by_id || by_words()
    }

    fn asks(&self, message: &Message) -> bool {
        let text: String = message.texts().map(|(_, view)| view.text.as_str()).collect::<Vec<_>>().join("\n");
        let requests = self.lists.lures.requests_in(&Folded::new(&text));
        requests.iter().any(|request| request.role.is_demand())
    }

    /// Whether the returned words, but for a signature, are remembered as those of a conversation of ours.
    fn is_remembered(&self, returned: &Message) -> bool {
        let quoted = self.relations().map(|relations| relations.quoted.as_slice()).unwrap_or_default();
        let found: u64 = quoted.iter().map(|quoted| u64::from(quoted.weight)).sum();
        // The plain and the HTML text say the same.
        let mut views = returned.texts().map(|(_, view)| view).peekable();
        views.peek().is_some()
            && views.all(|view| {
                let own = view.own_text();
                let end = sekisho_mail::signature(&own).map_or(own.len(), |signed| signed.range.start);
                let (words, signature) = own.split_at_checked(end).unwrap_or((&own, ""));
                let quoted = view.quotes.iter().filter_map(|quote| view.text.get(quote.words.clone()));
                let said: u64 = quoted.chain([words]).map(weight).sum();
                found * 100 >= said * REMEMBERED_PERCENT && weight(signature) <= SIGNATURE_WEIGHT_MAX
            })
    }
}

/// When our side took the mail; where nothing says that, its `Date`.
fn came_at(message: &Message) -> Option<i64> {
    Some(message.taken_at().or(message.date)?.unix_seconds)
}

/// What a text says, as what is remembered is weighed.
fn weight(text: &str) -> u64 {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| u64::from(letter_weight(letter)))
        .sum()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Grade;
    use crate::lists::Lists;
    use crate::trials;

    /// A report by another's server that returns a mail of ours.
    const REPORT: &str = "
== fires: x
own: midori.example
quoted: 1200 parties=yamada@partner.example,sato@midori.example
mail from: <>
--- raw
From: Mail Delivery System <mailer-daemon@mail.hosting.example>
To: sato@midori.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Your message could not be delivered: mailbox full.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.hosting.example

Final-Recipient: rfc822; yamada@partner.example
Action: failed
Status: 5.2.2
--x
Content-Type: message/rfc822

From: Hanako Sato <sato@midori.example>
To: yamada@partner.example
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=y

--y
Content-Type: text/plain; charset=utf-8

The drawings that we spoke about on Monday are nearly done, and the surveyors come on Friday at ten.
See https://www.midori.example/ and https://www.partner.example/.
--y--
--x--
";

    fn grade(report: &str) -> Option<Grade> {
        let trial = trials(report).unwrap().remove(0);
        let message = trial.message();
        let input = Input::new(&message, &trial.facts, &trial.own, Lists::built_in(), date(2026, 11, 24));
        input.stolen_conversation().map(|stolen| stolen.grade)
    }

    #[test]
    fn only_a_report_that_brings_nothing_else_returns_a_mail() {
        assert_eq!(grade(REPORT), Some(Grade::Info));
        let file = "--y
Content-Type: application/pdf; name=a.pdf
Content-Disposition: attachment; filename=a.pdf

%PDF-1.4
--y--";
        let second = "--x
Content-Type: message/rfc822

From: Hanako Sato <sato@midori.example>

The drawings.
--x--";
        for (what, from, to) in [
            ("no report", "Content-Type: message/delivery-status", "Content-Type: text/plain"),
            ("another type", "multipart/report; report-type=delivery-status", "multipart/mixed"),
            ("a name", "message/delivery-status", "message/delivery-status; name=a.html"),
            ("not ours", "From: Hanako Sato <sato@midori.example>", "From: <sato@other.example>"),
            ("a link", "mailbox full.", "see https://unrelated.example/a"),
            ("a link inside", "https://www.partner.example/", "https://unrelated.example/a"),
            ("a file inside", "--y--", file),
            ("a file", "--x--", &file.replace("--y", "--x")),
            ("a second mail", "--x--", second),
            ("answers led elsewhere", "MIME-Version", "Reply-To: a@unrelated.example\nMIME-Version"),
            ("a request", "mailbox full.", "振込先の口座が変わりました。新しい口座へお振り込みください。"),
            (
                "a request inside",
                "at ten.",
                "at ten. 振込先の口座が変わりました。新しい口座へお振り込みください。",
            ),
            ("other words", "quoted: 1200", "quoted: 900"),
            (
                "nothing remembered",
                "at ten.",
                &"Then there are other words that nobody of ours ever wrote. ".repeat(3),
            ),
            (
                "a long signature",
                "--y--",
                &format!("-- \n{}\n--y--", "Hanako Sato, Midori, 1-2-3 Kita\n".repeat(12)),
            ),
        ] {
            let changed = if from == "--x--" || from == "--y--" {
                REPORT.replace(&format!("{from}\n"), &format!("{to}\n"))
            } else {
                REPORT.replacen(from, to, 1)
            };
            assert_ne!(changed, REPORT, "{what}");
            assert_eq!(grade(&changed), Some(Grade::Strong), "{what}");
        }
    }

    /// The same, as it was sent an hour before, with a file.
    fn with_file(name: &str, bytes: &[u8]) -> String {
        let file = format!(
            "--y\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\
             Content-Disposition: attachment; filename=\"{name}\"\n\n{}\n--y--",
            data_encoding::BASE64.encode(bytes)
        );
        let head = "From: Hanako Sato <sato@midori.example>\n";
        REPORT
            .replace("--y--", &file)
            .replace(head, &format!("{head}Message-ID: <a@midori.example>\n"))
            .replace("mail from: <>", &format!("{ANSWERED}\nmail from: <>"))
            .replace("To: sato@", "Date: Tue, 1 Sep 2026 01:00:00 +0000\nTo: sato@")
    }

    const ANSWERED: &str = "answered: a@midori.example parties=yamada@partner.example,sato@midori.example";
    const LEADING: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/MediaBox[0 0 600 800]/Parent 2 0 R/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 600 800]\
        /A<</S/URI/URI(https://unrelated.example/)>>>>]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

    #[test]
    fn a_file_comes_back_with_the_mail_that_we_sent() {
        let page = b"<html><body><form action='https://unrelated.example/a'><input type=password></form></body></html>";
        let program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0\x40\0\0\0";
        for (what, name, bytes, expected) in [
            ("a document", "a.pdf", PDF, Grade::Info),
            ("a text", "a.txt", &b"The numbers of the drawings."[..], Grade::Info),
            ("a link over its page", "a.pdf", LEADING, Grade::Strong),
            ("a program", "a.exe", program, Grade::Strong),
            ("a program under another name", "a.pdf", program, Grade::Strong),
            ("a script by its name", "a.js", b"var a = 1;", Grade::Strong),
            ("a document that may hold macros", "a.docm", PDF, Grade::Strong),
            (
                "a shortcut",
                "a.url",
                b"[InternetShortcut]\r\nURL=https://unrelated.example/\r\n",
                Grade::Strong,
            ),
            ("a page", "a.html", page, Grade::Strong),
            (
                "nothing that is known",
                "a.bin",
                &[0x81, 0x02, 0xf3, 0x44, 0x15, 0xe6, 0x77, 0x08],
                Grade::Strong,
            ),
        ] {
            assert_eq!(grade(&with_file(name, bytes)), Some(expected), "{what}");
        }
    }

    #[test]
    fn a_file_in_a_mail_that_is_not_known_as_just_sent_by_us_is_a_strangers() {
        let report = with_file("a.pdf", PDF);
        let at_once = "quoted: 1200 parties=yamada@partner.example,sato@midori.example";
        for (what, from, to, expected) in [
            ("days later", "1 Sep 2026", "7 Sep 2026", Grade::Info),
            ("months later", "1 Sep 2026", "7 Nov 2026", Grade::Strong),
            (
                "a date that our side does not say",
                "From: Mail",
                "Received: from a by b; Sat, 7 Nov 2026 01:00:00 +0000\nFrom: Mail",
                Grade::Strong,
            ),
            ("before it was sent", "1 Sep 2026", "1 Aug 2026", Grade::Strong),
            ("another Message-ID", "<a@midori.example>", "<b@midori.example>", Grade::Strong),
            ("nothing remembered of it", ANSWERED, "mailbox: enough", Grade::Strong),
            ("words of ours at once", ANSWERED, "mailbox: enough prompt", Grade::Info),
            ("not written by us", ANSWERED, &format!("{ANSWERED} by=them"), Grade::Strong),
            ("in another mailbox", ANSWERED, &format!("{ANSWERED} held=others"), Grade::Strong),
            ("to somebody else", "\nTo: yamada@partner.example", "\nTo: suzuki@other.example", Grade::Strong),
            ("to nobody", "\nTo: yamada@partner.example", "", Grade::Strong),
        ] {
            let is_prompt = to.ends_with(" prompt");
            let changed = report.replacen(from, to.trim_end_matches(" prompt"), 1);
            let changed =
                if is_prompt { changed.replace(at_once, &format!("{at_once} prompt=1")) } else { changed };
            assert_ne!(changed, report, "{what}");
            assert_eq!(grade(&changed), Some(expected), "{what}");
        }
    }

    #[test]
    fn a_report_is_nothing_that_was_brought() {
        let brought = |report: &str| {
            let trial = trials(report).unwrap().remove(0);
            let message = trial.message();
            let input = Input::new(&message, &trial.facts, &trial.own, Lists::built_in(), date(2026, 11, 24));
            input.brought_files().len()
        };
        let file = with_file("a.pdf", PDF);
        let head = REPORT.replace("message/rfc822", "text/rfc822-headers");
        assert_eq!((brought(REPORT), brought(&file), brought(&head)), (0, 0, 0));
        let changed = file.replace("mailbox full.", "see https://unrelated.example/a");
        assert_eq!(brought(&changed), 1, "the file alone");
        let named = REPORT.replace("message/delivery-status", "message/delivery-status; name=a.html");
        assert_eq!(brought(&named), 1, "a report that a program would open");
    }
}
