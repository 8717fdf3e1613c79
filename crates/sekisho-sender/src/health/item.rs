//! What is said of one point of a domain: a fixed topic with its words, how it stands here, and the record to publish.
//!
//! A topic's words stand where it is defined, in Japanese and in English, each written for somebody whose other job is
//! the office. Its id is for ever: programs and notes name it.

/// The same in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// Nothing is said.
    pub const NONE: Words = Words { ja: "", en: "" };
}

/// How a point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// As it should be.
    Pass,
    /// Worth knowing; nothing is wrong.
    Note,
    /// Works, and leaves a gap or a risk.
    Warn,
    /// Could not be looked at: DNS did not answer, or the place to look at is not known.
    Unknown,
    /// Does not work, or lets others write in the domain's name.
    Fail,
}

impl State {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            State::Pass => "pass",
            State::Note => "note",
            State::Warn => "warn",
            State::Unknown => "unknown",
            State::Fail => "fail",
        }
    }
}

/// What a point belongs to, in the order of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Whether the domain exists, and its name servers.
    Domain,
    /// Where its mail goes.
    Mx,
    /// Who may send (RFC 7208).
    Spf,
    /// Its signatures' keys (RFC 6376).
    Dkim,
    /// What receivers do with forgeries (RFC 9989).
    Dmarc,
    /// Encrypted delivery to it (RFC 8461).
    MtaSts,
    /// Reports about encrypted delivery (RFC 8460).
    TlsRpt,
    /// Certificates of its mail servers in DNS (RFC 7672).
    Dane,
    /// Its logo beside its mail.
    Bimi,
}

impl Area {
    /// All, in the order of the output.
    pub const ALL: [Area; 9] = [
        Area::Domain,
        Area::Mx,
        Area::Spf,
        Area::Dkim,
        Area::Dmarc,
        Area::MtaSts,
        Area::TlsRpt,
        Area::Dane,
        Area::Bimi,
    ];

    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Area::Domain => "domain",
            Area::Mx => "mx",
            Area::Spf => "spf",
            Area::Dkim => "dkim",
            Area::Dmarc => "dmarc",
            Area::MtaSts => "mta-sts",
            Area::TlsRpt => "tls-rpt",
            Area::Dane => "dane",
            Area::Bimi => "bimi",
        }
    }

    /// The name as the field writes it.
    pub fn name(self) -> Words {
        let same = |name| Words { ja: name, en: name };
        match self {
            Area::Domain => Words { ja: "ドメイン", en: "Domain" },
            Area::Mx => same("MX"),
            Area::Spf => same("SPF"),
            Area::Dkim => same("DKIM"),
            Area::Dmarc => same("DMARC"),
            Area::MtaSts => same("MTA-STS"),
            Area::TlsRpt => same("TLS-RPT"),
            Area::Dane => same("DANE"),
            Area::Bimi => same("BIMI"),
        }
    }

    /// What it is, in a few words for somebody who never heard of it.
    pub fn about(self) -> Words {
        match self {
            Area::Domain => {
                Words { ja: "ドメインが使える状態か", en: "whether the name works at all" }
            }
            Area::Mx => Words {
                ja: "このドメイン宛てのメールの届け先",
                en: "where mail to this domain goes",
            },
            Area::Spf => Words {
                ja: "このドメインで送ってよいサーバーの一覧",
                en: "the list of servers that may send in its name",
            },
            Area::Dkim => Words {
                ja: "送ったメールに付く電子署名の鍵",
                en: "keys of the signatures on mail that it sends",
            },
            Area::Dmarc => Words {
                ja: "なりすましメールの扱いを受信側に頼む宣言",
                en: "what receivers are asked to do with forged mail",
            },
            Area::MtaSts => Words {
                ja: "届くまでの通信を必ず暗号化してもらう宣言",
                en: "asks senders to deliver only encrypted",
            },
            Area::TlsRpt => Words {
                ja: "暗号化に失敗したときの報告の宛先",
                en: "where failed encryption is reported",
            },
            Area::Dane => Words {
                ja: "メールサーバーの証明書を DNS で示す仕組み",
                en: "certificates of the mail servers, shown in DNS",
            },
            Area::Bimi => Words {
                ja: "メールの横にロゴを出す仕組み（任意）",
                en: "a logo beside its mail (optional)",
            },
        }
    }
}

/// A point that can be met, with its words. `{name}` in them stands for an argument.
#[derive(Debug, PartialEq, Eq)]
pub struct Topic {
    /// For programs; never changes.
    pub id: &'static str,
    /// What it belongs to.
    pub area: Area,
    /// How a domain stands where this is met.
    pub state: State,
    /// What was found, in one sentence.
    pub says: Words,
    /// Why that matters; nothing where it is fine.
    pub why: Words,
    /// What to do; nothing where it is fine.
    pub fix: Words,
}

impl Topic {
    /// A topic that says so much.
    pub const fn new(id: &'static str, area: Area, state: State, ja: &'static str, en: &'static str) -> Self {
        Self { id, area, state, says: Words { ja, en }, why: Words::NONE, fix: Words::NONE }
    }

    /// With the reason why it matters.
    pub const fn why(mut self, ja: &'static str, en: &'static str) -> Self {
        self.why = Words { ja, en };
        self
    }

    /// With what to do.
    pub const fn fix(mut self, ja: &'static str, en: &'static str) -> Self {
        self.fix = Words { ja, en };
        self
    }
}

/// A value in the words, by who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text out of DNS: must be shown quoted and harmless.
    Foreign(String),
    /// A name of a host, domain or selector: shown without quotes, but made harmless.
    Name(String),
    /// A number.
    Number(u64),
    /// Words of ours.
    Word(Words),
    /// Several names.
    Names(Vec<String>),
}

/// A record to publish, ready to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// The whole name.
    pub name: String,
    /// The record's type: `TXT`, `MX`.
    pub kind: &'static str,
    /// The value, as most forms of DNS providers want it: without quotation marks.
    pub value: String,
    /// Whether it stands beside what is there.
    pub how: How,
}

/// How a record is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// As a new record.
    Add,
    /// In the place of the one of the same kind that is there.
    Replace,
}

impl How {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            How::Add => "add",
            How::Replace => "replace",
        }
    }
}

/// Text out of DNS is kept up to this length in a point: a record may have thousands of characters.
const FOREIGN_CHARS_MAX: usize = 400;

/// One point of one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub topic: &'static Topic,
    /// The values in its words.
    pub arguments: Vec<(&'static str, Value)>,
    /// What to publish, where that can be said.
    pub publish: Vec<Publish>,
    /// A file to look at by hand, with what it should contain.
    pub file: Option<File>,
}

/// A file on a web server: only DNS is asked, so somebody must look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it must lie.
    pub url: String,
    /// What it should contain, line by line.
    pub content: String,
}

impl Item {
    /// A point without values.
    pub fn new(topic: &'static Topic) -> Self {
        Self { topic, arguments: Vec::new(), publish: Vec::new(), file: None }
    }

    /// With text out of DNS.
    pub fn foreign(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text: String = text.into();
        let kept =
            text.char_indices().nth(FOREIGN_CHARS_MAX).map_or(text.as_str(), |(at, _)| text.split_at(at).0);
        self.arguments.push((name, Value::Foreign(kept.to_owned())));
        self
    }

    /// With a name of a host, domain or selector.
    pub fn name(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.arguments.push((name, Value::Name(text.into())));
        self
    }

    /// With names of hosts or domains.
    pub fn names(mut self, name: &'static str, names: Vec<String>) -> Self {
        self.arguments.push((name, Value::Names(names)));
        self
    }

    /// With a number.
    pub fn number(mut self, name: &'static str, number: u64) -> Self {
        self.arguments.push((name, Value::Number(number)));
        self
    }

    /// With words of ours.
    pub fn word(mut self, name: &'static str, words: Words) -> Self {
        self.arguments.push((name, Value::Word(words)));
        self
    }

    /// With a record to publish.
    pub fn publish(mut self, record: Publish) -> Self {
        self.publish.push(record);
        self
    }

    /// How it stands.
    pub fn state(&self) -> State {
        self.topic.state
    }
}

impl Publish {
    /// A TXT record.
    pub fn txt(how: How, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), kind: "TXT", value: value.into(), how }
    }
}
