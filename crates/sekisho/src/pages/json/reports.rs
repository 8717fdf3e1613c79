//! `sekisho.reports/1`, field by field. A test holds the table against a real answer.

/// What stands above the table.
pub const BEGINNING: &str = "
## `sekisho.reports/1`

`sekisho reports --json` prints one object. Days are `YYYY-MM-DD`, UTC; numbers of mails are added up and stay at the largest number there is. Names of
reporters, senders and servers were chosen by strangers.

";

/// Every field.
pub const FIELDS: &[(&str, &str)] = &[
    ("schema", "`sekisho.reports/1`"),
    ("program", "The program's version."),
    ("inputs.reports", "Reports that count."),
    (
        "inputs.duplicates",
        "Reports that had come before (same reporter, id, domain and range); they count once.",
    ),
    ("inputs.unwanted", "Reports about another domain or other days than asked for."),
    (
        "inputs.damaged",
        "Reports of which only a part could be read, or that do not say their domain; they are among `reports`.",
    ),
    ("inputs.no_reports", "Mails and files that hold no report."),
    ("inputs.unusable", "Inputs that could not be read, or not in full."),
    (
        "inputs.remembered_all",
        "`false` where more reports came than are remembered, so that some may count twice.",
    ),
    (
        "doubts",
        "Reports by what is odd in them: `broken`, `container-broken`, `count-missing`, `count-negative`, `count-huge`, `address-missing`, `range-odd`, `domain-missing`, `folded`.",
    ),
    ("domains[].domain", "The domain reported on, of `policy_published`; empty where reports do not say it."),
    ("domains[].own", "Whether it is among the configured domains; `null` where none are."),
    (
        "domains[].policy.p",
        "The policy of the latest report: `none`, `quarantine`, `reject`; `null` where it is not said.",
    ),
    ("domains[].policy.sp", "The same for domains below."),
    ("domains[].policy.trial", "Whether the policy is on trial (`t=y`, or `pct` under 100)."),
    ("domains[].reports", "Reports about it."),
    ("domains[].messages", "Mails in them."),
    ("domains[].dkim", "Those that pass by an aligned DKIM signature."),
    ("domains[].spf", "Those that pass by aligned SPF."),
    (
        "domains[].dispositions",
        "Mails by what receivers did: `delivered`, `quarantined`, `rejected`, `unsaid`.",
    ),
    (
        "domains[].overrides",
        "Mails by why receivers did something else than was asked: `forwarded`, `mailing-list`, `trusted-forwarder`, `local-policy`, `sampled-out`, `policy-test-mode`, `other`.",
    ),
    ("domains[].first", "The first day reported on; `null` without one."),
    ("domains[].last", "The last one."),
    ("domains[].passed", "Mails that pass DMARC."),
    ("domains[].passed_on", "Mails that fail because somebody passed them on, as receivers say."),
    ("domains[].undated", "Mails in reports without believable days; they are in no day below."),
    ("domains[].reporters[].name", "Who reports, as it calls itself."),
    ("domains[].reporters[].reports", "Its reports."),
    ("domains[].reporters[].messages", "Mails in them."),
    ("domains[].reporters[].failed", "Those that fail."),
    ("domains[].reporters[].last", "The last day that it reported on."),
    (
        "domains[].senders[].mark",
        "What the sender is to us: `own`, `service` (configured, passes), `permitted` (passes from another organisation), `service-fails`, `passed-on`, `foreign` (fails, authenticates as another), `nameless` (fails, authenticates as nobody).",
    ),
    ("domains[].senders[].authenticated", "The domain as which its mails pass; `null` where they fail."),
    (
        "domains[].senders[].carrier",
        "Another organisation's domain that signed or sent them; `null` without one.",
    ),
    ("domains[].senders[].new", "Whether it was first seen lately (the last 14 days, or since `--since`)."),
    (
        "domains[].senders[].attention",
        "Whether it fails in numbers that ask for a look; then the exit status is 1.",
    ),
    ("domains[].senders[].messages", "Its mails."),
    ("domains[].senders[].dkim", "As above."),
    ("domains[].senders[].spf", "As above."),
    ("domains[].senders[].dispositions", "As above."),
    ("domains[].senders[].overrides", "As above."),
    ("domains[].senders[].first", "Its first day."),
    ("domains[].senders[].last", "Its last day."),
    (
        "domains[].senders[].networks[].network",
        "Where its mails come from, /24 of IPv4 or /48 of IPv6; `null` for unreadable addresses and for those counted together.",
    ),
    ("domains[].senders[].networks[].messages", "Mails from there."),
    ("domains[].senders[].networks[].addresses", "Up to 16 addresses."),
    ("domains[].senders[].networks[].addresses_more", "Whether there are more."),
    ("domains[].senders[].networks[].first", "The first day."),
    ("domains[].senders[].networks[].last", "The last day."),
    ("domains[].senders[].networks_more", "Networks beyond the 1,000 listed."),
    ("domains[].days[].day", "A day reported on."),
    ("domains[].days[].messages", "Mails of this day."),
    ("domains[].days[].passed", "Those that pass."),
    ("domains[].days[].failed", "Those that fail and that nobody passed on."),
    ("domains[].rises", "Rises of strangers' failing mail; `null` where there are too few days to say."),
    ("domains[].rises[].since", "The first day of the rise."),
    ("domains[].rises[].until", "Its last day."),
    ("domains[].rises[].lasts", "Whether it reaches to the last days reported on."),
    ("domains[].rises[].failed", "Strangers' failing mails in these days."),
    ("domains[].rises[].foreign", "Those among them that authenticate as somebody else."),
    ("domains[].rises[].usual_a_day", "How many failed on a usual day before."),
    ("domains[].rises[].addresses", "Addresses from which failing mail came in these days."),
    ("domains[].rises[].networks", "Networks from which it came."),
    ("domains[].rises[].more", "Whether there were more than could be told apart."),
    ("transport[].domain", "A receiving domain with reports about encrypted transport (RFC 8460)."),
    ("transport[].reports", "Reports about it."),
    ("transport[].policies[].kind", "`sts`, `tlsa`, `no-policy-found`."),
    ("transport[].policies[].successful", "Sessions that were encrypted as wanted."),
    ("transport[].policies[].failed", "Sessions that were not."),
    ("transport[].failures[].result", "What went wrong, a word of RFC 8460 section 4.3."),
    ("transport[].failures[].mx", "The receiving server."),
    ("transport[].failures[].sessions", "Sessions that met it."),
    ("transport[].failures[].first", "The first day."),
    ("transport[].failures[].last", "The last day."),
    ("transport[].first", "The first day reported on."),
    ("transport[].last", "The last one."),
    ("failures.count", "Failure reports."),
    ("failures.listed[].kind", "One of them: `auth-failure`, `abuse`, …. At most 200 are listed."),
    ("failures.listed[].reporter", "Who reports."),
    ("failures.listed[].source", "Where the mail came from; `null` where that is not said."),
    ("failures.listed[].domain", "The domain in whose name it came."),
    ("failures.listed[].from", "The address in its `From`."),
    ("failures.listed[].mail_from", "Its MAIL FROM."),
    ("failures.listed[].subject", "Its subject, at most 120 characters. Nothing else of its text is kept."),
    ("failures.listed[].arrived", "When it arrived, RFC 3339; empty where that is not said."),
    ("failures.listed[].failures", "What failed: `dmarc`, `spf`, `signature`, …."),
    ("failures.listed[].results", "Its `Authentication-Results`."),
    ("failures.listed[].delivery", "What the receiver did with it."),
    ("failures.listed[].incidents", "How many mails were alike."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::FIELDS;

    /// Fields whose inside is described in words: maps, and what may be `null` as a whole.
    const DESCRIBED_WHOLE: &[&str] = &["doubts", "dispositions", "overrides"];

    fn paths(value: &Value, above: &str, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
                if DESCRIBED_WHOLE.contains(&name.as_str()) {
                    out.insert(path);
                } else {
                    paths(value, &path, out);
                }
            }),
            Value::Array(values) if values.iter().any(Value::is_object) => {
                out.extend((above == "domains[].rises").then(|| above.to_owned()));
                values.iter().for_each(|value| paths(value, &format!("{above}[]"), out));
            }
            _ => {
                out.insert(above.to_owned());
            }
        }
    }

    #[test]
    fn every_field_of_an_answer_is_described_and_no_other() {
        let line = crate::reports::sample_line();
        let mut found = BTreeSet::new();
        paths(&serde_json::from_str(&line).unwrap(), "", &mut found);
        let documented: BTreeSet<String> = FIELDS.iter().map(|(field, _)| (*field).to_owned()).collect();
        assert_eq!(found, documented);
    }
}
