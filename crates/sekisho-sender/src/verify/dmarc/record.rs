//! A TXT record → a DMARC policy (RFC 9989 sections 4.7 and 4.8).
//!
//! Lenient, as the standard asks: what is broken counts as not said.

use crate::verify::limits;

/// What a domain asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    None,
    Quarantine,
    Reject,
}

/// `psd=`: where names are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// Below this name.
    Yes,
    /// This is an organisation's own topmost name.
    No,
    /// Not said.
    Unsaid,
}

/// How near an identifier must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alignment {
    /// Of the same organisation.
    Relaxed,
    /// The very name.
    Strict,
}

/// A policy record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// `p=`.
    pub own: Option<Wish>,
    /// `sp=`: of names below that exist.
    pub below: Option<Wish>,
    /// `np=`: of names below that do not.
    pub absent: Option<Wish>,
    pub dkim: Alignment,
    pub spf: Alignment,
    pub suffix: Suffix,
    /// `t=y`: one step less than said.
    pub is_test: bool,
    /// Whether reports are asked for (`rua=`).
    pub has_reports: bool,
}

impl Record {
    /// Parses a record; `None` where it is not one of DMARC's.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > limits::RECORD_BYTES_MAX {
            return None;
        }
        let text = String::from_utf8_lossy(bytes);
        let mut entries = text.split(';').map(|entry| entry.split_once('=').unwrap_or((entry, "")));
        let (version, value) = entries.next()?;
        if !version.trim().eq_ignore_ascii_case("v") || value.trim() != "DMARC1" {
            return None;
        }
        let mut record = Self {
            own: None,
            below: None,
            absent: None,
            dkim: Alignment::Relaxed,
            spf: Alignment::Relaxed,
            suffix: Suffix::Unsaid,
            is_test: false,
            has_reports: false,
        };
        for (name, value) in entries.take(limits::TAGS_MAX) {
            record.take(&name.trim().to_ascii_lowercase(), &value.trim().to_ascii_lowercase());
        }
        Some(record)
    }

    fn take(&mut self, name: &str, value: &str) {
        let wish = match value {
            "none" => Some(Wish::None),
            "quarantine" => Some(Wish::Quarantine),
            "reject" => Some(Wish::Reject),
            _ => None,
        };
        let alignment = if value == "s" { Alignment::Strict } else { Alignment::Relaxed };
        match name {
            "p" => self.own = self.own.or(wish),
            "sp" => self.below = self.below.or(wish),
            "np" => self.absent = self.absent.or(wish),
            "adkim" => self.dkim = alignment,
            "aspf" => self.spf = alignment,
            "psd" if value == "y" => self.suffix = Suffix::Yes,
            "psd" if value == "n" => self.suffix = Suffix::No,
            "t" => self.is_test = value == "y",
            "rua" => self.has_reports = value.contains(':'),
            _ => {}
        }
    }

    /// Whether it says anything to do: without a policy only a wish for reports makes it one (section 4.10.1).
    pub(crate) fn is_policy(&self) -> bool {
        self.own.is_some() || self.has_reports
    }

    /// The wish for the domain of the record itself.
    pub(crate) fn wish(&self) -> Wish {
        self.softened(self.own.unwrap_or(Wish::None))
    }

    /// The wish for a name below it.
    pub(crate) fn wish_below(&self, exists: bool) -> Wish {
        let below = self.below.or(self.own);
        let wish = if exists { below } else { self.absent.or(below) };
        self.softened(wish.unwrap_or(Wish::None))
    }

    fn softened(&self, wish: Wish) -> Wish {
        match wish {
            Wish::Reject if self.is_test => Wish::Quarantine,
            Wish::Quarantine if self.is_test => Wish::None,
            _ => wish,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_leniently() {
        let record =
            Record::parse(b"v=DMARC1; p=Reject ;sp=quarantine; adkim=s; aspf=x; rua=mailto:a@b.example; ;z")
                .unwrap();
        assert_eq!(
            (record.own, record.below, record.absent),
            (Some(Wish::Reject), Some(Wish::Quarantine), None)
        );
        assert_eq!((record.dkim, record.spf), (Alignment::Strict, Alignment::Relaxed));
        assert_eq!((record.wish(), record.wish_below(true)), (Wish::Reject, Wish::Quarantine));
        for none in ["", "v=DMARC2; p=none", "p=none; v=DMARC1", "v=spf1 -all", "v=dmarc1; p=none"] {
            assert_eq!(Record::parse(none.as_bytes()), None, "{none}");
        }
        assert!(!Record::parse(b"v=DMARC1").unwrap().is_policy());
        assert!(!Record::parse(b"v=DMARC1; p=nonsense").unwrap().is_policy());
        let reports = Record::parse(b"v=DMARC1; p=nonsense; rua=mailto:a@b.example").unwrap();
        assert!(reports.is_policy());
        assert_eq!(reports.wish(), Wish::None);
    }

    #[test]
    fn names_that_do_not_exist_and_tests() {
        let record = Record::parse(b"v=DMARC1; p=none; sp=quarantine; np=reject").unwrap();
        assert_eq!((record.wish_below(true), record.wish_below(false)), (Wish::Quarantine, Wish::Reject));
        let test = Record::parse(b"v=DMARC1; p=reject; t=y").unwrap();
        assert_eq!((test.wish(), test.wish_below(false)), (Wish::Quarantine, Wish::Quarantine));
    }
}
