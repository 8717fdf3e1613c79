//! A delivery report → whether it only returns a mail of ours, as servers of others do.
//!
//! Anybody can write what looks like a report (RFC 3464) around stolen words, and a forger knows the Message-ID of what he stole. So a report
//! is believed only where nothing else is in it: no link, file, request or words beside those that we wrote.

use sekisho_facts::letter_weight;
use sekisho_mail::{Body, Message, Part, Role};

use crate::fold::Folded;
use crate::{Input, domain};

/// What must be remembered of the returned words, in percent of their weight: the edges of what is remembered are not found.
const REMEMBERED_PERCENT: u64 = 80;

/// What a signature below them may say: lines with a firm, a person and where they are.
const SIGNATURE_WEIGHT_MAX: u64 = 2_000;

/// Parts of a report that say what became of a mail.
const REPORTS: &[&str] = &["message/delivery-status", "message/global-delivery-status"];

/// Whether a part says what became of a mail; it has no name, and so no program opens it.
pub(crate) fn is_report(part: &Part) -> bool {
    REPORTS.contains(&part.media_type.as_str()) && part.names.is_empty()
}

impl Input<'_> {
    /// Whether the mail is a delivery report that returns a mail of ours and brings nothing else.
    pub(super) fn only_returns_ours(&self) -> bool {
        let Some(returned) = self.returned() else { return false };
        let is_own = |address: Option<&sekisho_mail::Address>| {
            address.is_some_and(|address| self.own.is_own_address(address))
        };
        let is_ours =
            !returned.from.is_empty() && returned.from.iter().all(|from| is_own(from.address.as_ref()));
        let is_text = |part: &Part| matches!(part.role, Role::Text | Role::Container);
        is_ours
            && returned.parts.iter().all(is_text)
            && self.files().all(is_report)
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
        let known = self.domains_shown();
        returned.links().all(|(_, link)| {
            let Ok(url) = url::Url::parse(&link.target) else { return false };
            let is_known = |host: &str| {
                self.own.is_own_domain(host) || known.iter().any(|name| domain::same_organisation(host, name))
            };
            matches!(url.scheme(), "mailto" | "tel") || url.host_str().is_some_and(is_known)
        })
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
}
