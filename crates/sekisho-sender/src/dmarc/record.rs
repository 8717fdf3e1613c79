//! The text of a DMARC record → its tags, with the place of each error (RFC 9989 section 4.7).
//!
//! Parsing never fails; a tag that cannot be used is an error beside the others, and counts as not said for receivers.

use sekisho_mail::tag_list;

use crate::domain::is_host_name;
use crate::tags::RECORD_BYTES_MAX;

/// What receivers are asked to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// Nothing; only reports are sent.
    #[default]
    None,
    /// Treat it as doubtful, mostly as spam.
    Quarantine,
    /// Refuse it.
    Reject,
}

impl Policy {
    /// The word in the record.
    pub fn id(self) -> &'static str {
        match self {
            Policy::None => "none",
            Policy::Quarantine => "quarantine",
            Policy::Reject => "reject",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Policy::None, Policy::Quarantine, Policy::Reject]
            .into_iter()
            .find(|policy| policy.id().eq_ignore_ascii_case(text))
    }
}

/// How near an identifier must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Alignment {
    /// Of the same organisation.
    #[default]
    Relaxed,
    /// The very name.
    Strict,
}

/// `psd=`: where names are registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// Below this name.
    Yes,
    /// This is an organisation's own topmost name.
    No,
    /// Not said.
    #[default]
    Unsaid,
}

/// A record, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// `p=`; `None` where it is missing or unreadable.
    pub policy: Option<Policy>,
    /// `sp=`: for names below; that of `p` without it.
    pub subdomains: Option<Policy>,
    /// `np=`: for names below that do not exist; that of `sp` without it.
    pub nonexistent: Option<Policy>,
    /// `t=y`: receivers apply the policy one step weaker.
    pub test: bool,
    /// `psd=`.
    pub suffix: Suffix,
    /// `pct=`, which is no longer in use.
    pub percent: Option<u64>,
    /// `adkim=`.
    pub dkim: Alignment,
    /// `aspf=`.
    pub spf: Alignment,
    /// Whether reports are asked for: `rua=` with something that can be an address of the web or of mail.
    pub has_reports: bool,
    /// `rua=`: where aggregate reports go.
    pub aggregate: Vec<Destination>,
    /// `ruf=`: where reports of single failures go.
    pub failure: Vec<Destination>,
    /// Tags that were taken out of the standard: `rf`, `ri`.
    pub removed: Vec<String>,
    /// Tags that nobody knows.
    pub unknown: Vec<String>,
    /// What cannot be used.
    pub wrong: Vec<Wrong>,
    /// Tags that are kept as they are when the record is written anew.
    kept: Vec<String>,
}

/// One destination of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    /// The address, as it was meant.
    pub address: String,
    /// What is wrong with how it is written.
    pub fault: Option<Fault>,
}

/// How a destination is written wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `mailto:` is missing.
    NoScheme,
    /// Something else than `mailto:`.
    OtherScheme,
    /// No address.
    NoAddress,
    /// A limit of size (`!10m`), which was taken out of the standard.
    SizeLimit,
}

/// An error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The piece as written.
    pub text: String,
    /// The number of its first character, from 1.
    pub at: usize,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// No `=`.
    NoEquals,
    /// The value is none of those allowed.
    Value,
    /// The tag stands twice.
    Twice,
}

/// The version that a record begins with; no other case is accepted.
pub(crate) const VERSION: &str = "v=DMARC1";

/// At most so many destinations are looked at.
pub(crate) const DESTINATIONS_MAX: usize = 10;

/// Whether a TXT record is a DMARC record (section 4.10): `v=DMARC1` as the first tag.
pub(crate) fn is_dmarc(text: &str) -> bool {
    let first = text.split(';').next().unwrap_or_default();
    first
        .split_once('=')
        .is_some_and(|(name, value)| name.trim().eq_ignore_ascii_case("v") && value.trim() == "DMARC1")
}

impl Record {
    /// Reads a TXT record; `None` where it is not one of DMARC's.
    pub(crate) fn of_text(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > RECORD_BYTES_MAX {
            return None;
        }
        let text = String::from_utf8_lossy(bytes);
        is_dmarc(&text).then(|| Self::parse(&text))
    }

    /// Reads a record, whether or not it begins as it must.
    pub(crate) fn parse(text: &str) -> Self {
        let mut record = Record::default();
        let mut seen: Vec<String> = Vec::new();
        for tag in tag_list(text) {
            let name = tag.name.to_ascii_lowercase();
            let mut wrong = |why| {
                let text =
                    tag.value.map_or_else(|| tag.name.to_owned(), |value| format!("{}={value}", tag.name));
                record.wrong.push(Wrong { text, at: tag.at, why });
            };
            let Some(value) = tag.value else {
                wrong(Why::NoEquals);
                continue;
            };
            if seen.contains(&name) {
                wrong(Why::Twice);
                continue;
            }
            seen.push(name.clone());
            if !record.take(&name, value) {
                let text = format!("{}={value}", tag.name);
                record.wrong.push(Wrong { text, at: tag.at, why: Why::Value });
            }
        }
        record
    }

    /// Takes one tag; whether its value can be used.
    fn take(&mut self, name: &str, value: &str) -> bool {
        let lower = value.to_ascii_lowercase();
        let flag = |words: &[&str]| words.contains(&lower.as_str());
        match name {
            "v" => return true,
            "p" => self.policy = Policy::parse(value),
            "sp" => self.subdomains = Policy::parse(value),
            "np" => self.nonexistent = Policy::parse(value),
            "adkim" | "aspf" => {
                let alignment = if lower == "s" { Alignment::Strict } else { Alignment::Relaxed };
                *(if name == "adkim" { &mut self.dkim } else { &mut self.spf }) = alignment;
                if flag(&["r", "s"]) {
                    self.kept.push(format!("{name}={lower}"));
                }
                return flag(&["r", "s"]);
            }
            "t" => {
                self.test = lower == "y";
                return flag(&["y", "n"]);
            }
            "psd" => {
                self.suffix = match lower.as_str() {
                    "y" => Suffix::Yes,
                    "n" => Suffix::No,
                    _ => Suffix::Unsaid,
                };
                return flag(&["y", "n", "u"]);
            }
            "fo" => {
                let fine = lower.split(':').all(|one| matches!(one.trim(), "0" | "1" | "d" | "s"));
                if fine {
                    self.kept.push(format!("fo={lower}"));
                }
                return fine;
            }
            "pct" => {
                self.percent = value.parse().ok().filter(|percent| *percent <= 100);
                return self.percent.is_some();
            }
            "rua" => {
                self.aggregate = destinations(value);
                self.has_reports = value.contains(':');
            }
            "ruf" => self.failure = destinations(value),
            "rf" | "ri" => self.removed.push(name.to_owned()),
            _ => self.unknown.push(name.to_owned()),
        }
        match name {
            "p" => self.policy.is_some(),
            "sp" => self.subdomains.is_some(),
            "np" => self.nonexistent.is_some(),
            _ => true,
        }
    }

    /// The policy for the domain itself; `None` asks for nothing but reports.
    pub(crate) fn own(&self) -> Policy {
        self.policy.unwrap_or_default()
    }

    /// The policy for names below.
    pub(crate) fn below(&self) -> Policy {
        self.subdomains.unwrap_or(self.own())
    }

    /// The policy for names below that do not exist.
    pub(crate) fn invented(&self) -> Policy {
        self.nonexistent.unwrap_or(self.below())
    }

    /// Whether it says anything to do: without a policy only a wish for reports makes it one (section 4.10.1).
    pub(crate) fn is_policy(&self) -> bool {
        self.policy.is_some() || self.has_reports
    }

    /// The policy as receivers apply it: one step weaker in a test.
    pub(crate) fn applied(&self, policy: Policy) -> Policy {
        match policy {
            Policy::Reject if self.test => Policy::Quarantine,
            Policy::Quarantine if self.test => Policy::None,
            _ => policy,
        }
    }

    /// Whether either identifier must be the very name.
    pub(crate) fn is_strict(&self) -> bool {
        self.dkim == Alignment::Strict || self.spf == Alignment::Strict
    }

    /// The record as if it asked for nothing.
    pub(crate) fn without_policy(self) -> Self {
        Self { policy: None, subdomains: None, nonexistent: None, ..self }
    }

    /// Addresses that reports really go to.
    pub(crate) fn reached(&self) -> impl Iterator<Item = &str> {
        let works = |one: &&Destination| matches!(one.fault, None | Some(Fault::SizeLimit));
        self.aggregate.iter().filter(works).map(|one| one.address.as_str())
    }

    /// The record written anew, with this policy: what is wrong is left out, destinations are written as they must be.
    ///
    /// `reports` is where reports go if the record names nobody that can be used.
    pub(crate) fn rewritten(
        &self,
        policy: Policy,
        below: Option<Policy>,
        invented: Option<Policy>,
        reports: Option<&str>,
    ) -> String {
        let mut out = format!("{VERSION}; p={}", policy.id());
        for (name, value) in [("sp", below), ("np", invented)] {
            if let Some(value) = value {
                out.push_str(&format!("; {name}={}", value.id()));
            }
        }
        for kept in &self.kept {
            out.push_str(&format!("; {kept}"));
        }
        for (name, list) in [("rua", &self.aggregate), ("ruf", &self.failure)] {
            let usable =
                |one: &&Destination| !matches!(one.fault, Some(Fault::OtherScheme | Fault::NoAddress));
            let mut addresses: Vec<String> =
                list.iter().filter(usable).map(|one| format!("mailto:{}", one.address)).collect();
            if name == "rua" && addresses.is_empty() {
                addresses.extend(reports.map(|address| format!("mailto:{address}")));
            }
            if !addresses.is_empty() {
                out.push_str(&format!("; {name}={}", addresses.join(",")));
            }
        }
        out
    }
}

fn destinations(value: &str) -> Vec<Destination> {
    value
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .take(DESTINATIONS_MAX)
        .map(destination)
        .collect()
}

fn destination(text: &str) -> Destination {
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => (Some(true), rest),
        Some((_, rest)) => (Some(false), rest),
        None => (None, text),
    };
    let rest = rest.trim().trim_start_matches("//");
    let (address, size) = rest.split_once('!').map_or((rest, false), |(address, _)| (address, true));
    let fault = match scheme {
        Some(false) => Some(Fault::OtherScheme),
        _ if !is_address(address) => Some(Fault::NoAddress),
        None => Some(Fault::NoScheme),
        Some(true) if size => Some(Fault::SizeLimit),
        Some(true) => None,
    };
    Destination { address: address.to_owned(), fault }
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let fine =
        local.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'<' | b'>' | b','));
    !local.is_empty() && fine && domain.contains('.') && is_host_name(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Record → what it asks for (own, below, invented), errors as `why@place`, faults of destinations.
    const TABLE: &str = "
v=DMARC1; p=none | none none none | |
v=DMARC1;p=Reject;sp=none;np=reject | reject none reject | |
v=DMARC1; p=quarantine; sp=reject; rua=mailto:d@midori.example | quarantine reject reject | |
v=DMARC1; p=rejct; rua=mailto:d@midori.example | none none none | Value@11 |
v=DMARC1; p=none; p=reject | none none none | Twice@19 |
v=DMARC1; p=none; reject | none none none | NoEquals@19 |
v=DMARC1; p=none; adkim=x; fo=2; t=maybe; pct=120 | none none none | Value@19 Value@28 Value@34 Value@43 |
v=DMARC1; p=none; adkim=s; fo=1:d:s; t=y; pct=20; psd=u | none none none | |
v=DMARC1; p=none; rua=d@midori.example | none none none | | NoScheme
v=DMARC1; p=none; rua=https://midori.example/r | none none none | | OtherScheme
v=DMARC1; p=none; rua=mailto:midori.example | none none none | | NoAddress
v=DMARC1; p=none; rua=mailto:d@midori.example!10m,mailto:e@midori.example | none none none | | SizeLimit
";

    #[test]
    fn every_record_is_read_as_written() {
        for row in TABLE.lines().filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [text, policies, wrong, faults] = cells.as_slice() else { panic!("{row}") };
            let record = Record::parse(text);
            let asked = [record.own(), record.below(), record.invented()].map(Policy::id).join(" ");
            assert_eq!(asked, *policies, "{row}");
            let found: Vec<String> =
                record.wrong.iter().map(|one| format!("{:?}@{}", one.why, one.at)).collect();
            assert_eq!(found.join(" "), *wrong, "{row}");
            let found: Vec<String> =
                record.aggregate.iter().filter_map(|one| Some(format!("{:?}", one.fault?))).collect();
            assert_eq!(found.join(" "), *faults, "{row}");
        }
    }

    #[test]
    fn a_record_is_written_anew_without_its_errors() {
        let record = Record::parse(
            "v=DMARC1; p=rejct; adkim=s; pct=50; ri=86400; rua=d@midori.example,ftp://x; ruf=mailto:f@midori.example!1m",
        );
        assert_eq!(
            record.rewritten(Policy::Reject, None, Some(Policy::Reject), None),
            "v=DMARC1; p=reject; np=reject; adkim=s; rua=mailto:d@midori.example; ruf=mailto:f@midori.example"
        );
        let record = Record::parse("v=DMARC1; p=none");
        let text = record.rewritten(Policy::None, None, None, Some("r@midori.example"));
        assert_eq!(text, "v=DMARC1; p=none; rua=mailto:r@midori.example");
        assert_eq!(Record::parse(&text).reached().collect::<Vec<_>>(), ["r@midori.example"]);
    }

    #[test]
    fn only_the_exact_version_counts() {
        for (text, expected) in [
            ("v=DMARC1", true),
            ("v = DMARC1 ; p=none", true),
            ("V=DMARC1", true),
            ("v=dmarc1; p=none", false),
            ("v=DMARC1.; p=none", false),
            ("p=none; v=DMARC1", false),
            ("v=DMARC1 p=none", false),
        ] {
            assert_eq!(is_dmarc(text), expected, "{text}");
        }
    }

    #[test]
    fn receivers_read_leniently() {
        let record = Record::of_text(
            b"v=DMARC1; p=Reject ;sp=quarantine; adkim=s; aspf=x; rua=mailto:a@b.example; ;z",
        )
        .unwrap();
        assert_eq!(
            (record.policy, record.subdomains, record.nonexistent),
            (Some(Policy::Reject), Some(Policy::Quarantine), None)
        );
        assert_eq!((record.dkim, record.spf), (Alignment::Strict, Alignment::Relaxed));
        assert_eq!((record.own(), record.below()), (Policy::Reject, Policy::Quarantine));
        for none in ["", "v=DMARC2; p=none", "p=none; v=DMARC1", "v=spf1 -all", "v=dmarc1; p=none"] {
            assert_eq!(Record::of_text(none.as_bytes()), None, "{none}");
        }
        assert_eq!(Record::of_text(format!("v=DMARC1; p=none; n={}", "a".repeat(20_000)).as_bytes()), None);
        assert!(!Record::of_text(b"v=DMARC1").unwrap().is_policy());
        assert!(!Record::of_text(b"v=DMARC1; p=nonsense").unwrap().is_policy());
        let reports = Record::of_text(b"v=DMARC1; p=nonsense; rua=mailto:a@b.example").unwrap();
        assert!(reports.is_policy());
        assert_eq!(reports.own(), Policy::None);
    }

    #[test]
    fn names_that_do_not_exist_and_tests() {
        let record = Record::parse("v=DMARC1; p=none; sp=quarantine; np=reject");
        assert_eq!((record.below(), record.invented()), (Policy::Quarantine, Policy::Reject));
        let test = Record::parse("v=DMARC1; p=reject; t=y");
        assert_eq!(test.applied(test.own()), Policy::Quarantine);
        assert_eq!(test.applied(Policy::Quarantine), Policy::None);
    }
}
