//! What a check looks at: the mail, the facts, the organisation, the lists, "now"; and what several checks need of
//! them, worked out once.

use std::cell::OnceCell;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use sekisho_facts::{Fact, Facts, Learned, Own, Relations, Why};
use sekisho_mail::{Address, Link, LinkKind, Mailbox, Message, Part, View};

use crate::domain::Protected;
use crate::fold::Folded;
use crate::lists::{Lists, Request};
use crate::{Need, domain};

/// One mail with everything known about it.
pub struct Input<'a> {
    /// The mail, read.
    pub message: &'a Message,
    /// Facts gathered about it.
    pub facts: &'a Facts,
    /// The organisation.
    pub own: &'a Own,
    /// The dated lists.
    pub lists: &'a Lists,
    /// The day of judging.
    pub today: Date,
    /// Whose days and months are told.
    pub zone: TimeZone,
    own_text: OnceCell<String>,
    own_text_folded: OnceCell<Folded>,
    whole_text_folded: OnceCell<Folded>,
    protected: OnceCell<Protected>,
    links: OnceCell<Vec<SeenLink<'a>>>,
    pub(crate) requests: OnceCell<Vec<&'a Request>>,
}

/// A link as it would be followed: unwrapped from rewriters, taken apart.
pub struct SeenLink<'a> {
    /// The part it stands in.
    pub part: &'a Part,
    /// The link as written.
    pub link: &'a Link,
    /// The target after unwrapping.
    pub target: String,
    /// The scheme in lower case, without the colon; empty for a relative target.
    pub scheme: String,
    /// The host in lower case (A-labels), without port and credentials; empty where there is none.
    pub host: String,
    /// The registrable domain of the host; the host itself where there is none (an IP address).
    pub registrable: String,
    /// Whether a rewriter stands before it that does not tell the target.
    pub is_opaque: bool,
}

/// Checks look at this many bytes of the mail's own text; a lure stands at the beginning.
const TEXT_BYTES_MAX: usize = 64 * 1024;

impl<'a> Input<'a> {
    /// An input for the judge. Days are those of UTC.
    pub fn new(message: &'a Message, facts: &'a Facts, own: &'a Own, lists: &'a Lists, today: Date) -> Self {
        Self {
            message,
            facts,
            own,
            lists,
            today,
            zone: TimeZone::UTC,
            own_text: OnceCell::new(),
            own_text_folded: OnceCell::new(),
            whole_text_folded: OnceCell::new(),
            protected: OnceCell::new(),
            links: OnceCell::new(),
            requests: OnceCell::new(),
        }
    }

    /// The same where people read another clock than that of UTC.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// Why `need` is not met, if it is not.
    pub fn unmet(&self, need: Need) -> Option<Why> {
        match need {
            Need::OwnDomains => self.own.domains().is_empty().then_some(Why::NotConfigured),
            Need::OwnPeople => {
                (self.own.people().is_empty() || self.own.domains().is_empty()).then_some(Why::NotConfigured)
            }
            Need::Sender => self.unknown_sender(),
            Need::Signatures => self.unknown_signatures(),
            Need::Memory => self.unknown_relations(),
            Need::Mailbox => match self.relations() {
                // That nothing is remembered at all is told as `Need::Memory`, and not again.
                None => None,
                Some(relations) => (relations.mailbox == Learned::TooLittle).then_some(Why::NothingLearned),
            },
        }
    }

    /// What is remembered about the mail, where anything was learned.
    pub fn relations(&self) -> Option<&'a Relations> {
        self.facts.relations.known()
    }

    fn unknown_relations(&self) -> Option<Why> {
        match self.facts.relations {
            Fact::Known(_) => None,
            Fact::Unknown { unknown } => Some(unknown),
        }
    }

    /// The senders with their addresses, as any program would show them.
    pub fn senders(&self) -> impl Iterator<Item = (&'a Mailbox, &'a Address)> {
        self.message.from.iter().filter_map(|mailbox| Some((mailbox, mailbox.address.as_ref()?)))
    }

    /// The first sender's address.
    pub fn sender(&self) -> Option<&'a Address> {
        self.senders().next().map(|(_, address)| address)
    }

    /// Whether the first sender's address is of an own domain or one of our people's.
    pub fn is_from_own_address(&self) -> bool {
        self.sender().is_some_and(|address| self.own.is_own_address(address))
    }

    /// The texts of the mail itself that a receiver sees, quoted conversations left out, at most 64 KiB.
    pub fn own_text(&self) -> &str {
        self.own_text.get_or_init(|| self.texts(View::own_text))
    }

    /// The own text folded for comparison (width, case, spaces), see `fold`.
    pub(crate) fn own_text_folded(&self) -> &Folded {
        self.own_text_folded.get_or_init(|| Folded::new(self.own_text()))
    }

    /// As [`Self::own_text_folded`], quoted conversations included.
    pub(crate) fn whole_text_folded(&self) -> &Folded {
        self.whole_text_folded.get_or_init(|| Folded::new(&self.texts(|view| view.text.clone())))
    }

    /// What `taken` takes from each text; the same from two alternatives counts once.
    fn texts(&self, taken: impl Fn(&View) -> String) -> String {
        let mut text = String::new();
        let mut last = String::new();
        for (_, view) in self.message.texts() {
            let next = taken(view);
            if next != last {
                text.push_str(&next);
                text.push('\n');
            }
            if text.len() > TEXT_BYTES_MAX {
                text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
                break;
            }
            last = next;
        }
        text
    }

    /// The organisation's and its partners' domains, ready for comparing with look-alikes.
    pub(crate) fn protected(&self) -> &Protected {
        let domains = || self.own.domains().iter().chain(self.own.partners()).map(String::as_str);
        self.protected.get_or_init(|| Protected::new(domains(), []))
    }

    /// Links that a receiver can follow or that lead somewhere by themselves, unwrapped and taken apart. Pictures
    /// loaded from elsewhere are not among them.
    pub fn links(&self) -> &[SeenLink<'a>] {
        self.links.get_or_init(|| {
            let followed = self.message.links().filter(|(_, link)| link.kind != LinkKind::Loaded);
            followed.map(|(part, link)| SeenLink::new(part, link, self.lists)).collect()
        })
    }

    /// Files offered to the receiver, those in mails inside included.
    pub fn files(&self) -> impl Iterator<Item = &'a Part> {
        self.message
            .parts_all()
            .into_iter()
            .filter(|part| part.file().is_some() && part.role != sekisho_mail::Role::Text)
    }
}

impl<'a> SeenLink<'a> {
    fn new(part: &'a Part, link: &'a Link, lists: &Lists) -> Self {
        let unwrapped = domain::unwrap_link(&link.target, &lists.link_wrappers);
        let is_opaque = unwrapped.opaque.is_some();
        let target = unwrapped.target;
        let parsed = url::Url::parse(&target).ok().or_else(|| {
            target.starts_with("www.").then(|| url::Url::parse(&format!("http://{target}")).ok())?
        });
        let (scheme, host) = match &parsed {
            Some(url) => (
                url.scheme().to_owned(),
                url.host_str().unwrap_or_default().trim_end_matches('.').to_lowercase(),
            ),
            None => (scheme_of(&target), String::new()),
        };
        let registrable = domain::registrable(&host).unwrap_or(&host).to_owned();
        Self { part, link, target, scheme, host, registrable, is_opaque }
    }

    /// Whether it leads to a web server.
    pub fn is_web(&self) -> bool {
        matches!(self.scheme.as_str(), "http" | "https") && !self.host.is_empty()
    }
}

fn scheme_of(target: &str) -> String {
    match target.split_once(':') {
        Some((scheme, _))
            if !scheme.is_empty()
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            scheme.to_ascii_lowercase()
        }
        _ => String::new(),
    }
}
