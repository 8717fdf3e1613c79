//! Who honestly sends other people's words (mailing lists, well-known services) → how gravely a finding about the sender can still weigh.
//!
//! Anybody can call their own server a list. Only a list that we write to is believed for it; any other eases what brings nothing.

use sekisho_facts::{Contact, Identity};

use super::{Acquaintance, CORRESPONDENT_SECONDS_MIN};
use crate::authentication::List;
use crate::{Grade, Input, SeenLink, domain};

/// Fields in which a list says where it keeps its pages (RFC 2369 section 3).
const PAGES: &[&str] = &["List-Unsubscribe", "List-Subscribe", "List-Help", "List-Archive", "List-Owner"];

/// Proven mails from the address of a list before its footer is known as that.
const LIST_MAILS_MIN: u32 = 10;

/// Lines with words in the footer of a list.
const FOOTER_LINES_MAX: usize = 8;

/// Characters of the line that is drawn above a footer; `--` is one, too.
const RULE_CHARS_MIN: usize = 5;

impl Input<'_> {
    /// The highest grade that a finding about the sender may have, as far as honest senders of other people's words are concerned:
    /// a mailing list that we write to, well-known services that send for others, and other lists while they bring nothing.
    pub(crate) fn grade_of_go_between(&self) -> Grade {
        self.grade_of_sender_for_others(self.brings_or_asks() || self.leads_away())
    }

    /// As [`Self::grade_of_go_between`], for the name of an organisation: its newsletters are full of links.
    pub(super) fn grade_of_newsletter(&self) -> Grade {
        self.grade_of_sender_for_others(self.brings_or_asks())
    }

    /// Whether what calls itself a mailing list may be left to bear the names of others: one that we write to, or that brings nothing.
    pub(crate) fn is_harmless_list(&self) -> bool {
        let is_known = self.sender_is() >= Acquaintance::Correspondent;
        self.message.field("List-Id").is_some() && (is_known || !(self.brings_or_asks() || self.leads_away()))
    }

    fn grade_of_sender_for_others(&self, brings: bool) -> Grade {
        let is_list = self.list() == List::Authenticated;
        if is_list && self.sender_is() >= Acquaintance::Correspondent {
            return Grade::Info;
        }
        if self.is_from_known_service() || (is_list && !brings) { Grade::Weak } else { Grade::Strong }
    }

    /// Whether the mail brings a file or asks for something.
    pub(crate) fn brings_or_asks(&self) -> bool {
        !self.brought_files().is_empty() || !self.demands().is_empty()
    }

    /// Whether its own words lead anywhere but to us, to those whose names and conversations it shows, and to the pages of a list that we
    /// have long received.
    pub(super) fn leads_away(&self) -> bool {
        let links = self.brought_links(&self.domains_shown());
        links.iter().any(|link| !self.is_of_footer(link))
    }

    /// The domains of those to whom the names and conversations in the mail belong.
    pub(super) fn domains_shown(&self) -> Vec<&str> {
        let Some(relations) = self.relations() else { return Vec::new() };
        let names = relations.names.iter().flat_map(|name| &name.belongs_to).map(|contact| &contact.address);
        let quoted = relations.quoted.iter().flat_map(|quoted| &quoted.parties);
        let answered = relations.answered.iter().flat_map(|answered| &answered.parties);
        let domains = names.chain(quoted).chain(answered).filter_map(|address| address.rsplit_once('@'));
        let registered = domains.filter_map(|(_, name)| domain::registrable(name));
        registered.filter(|name| !self.lists.freemail.holds(name)).collect()
    }

    /// Whether a link is one of those that a list writes under each mail. A forger can do all of that but for the history.
    fn is_of_footer(&self, link: &SeenLink<'_>) -> bool {
        self.has_long_come() && self.is_page_of_list(&link.host) && is_below_rule(link)
    }

    /// Whether mail from the sender's address has come, proven, for a while.
    fn has_long_come(&self) -> bool {
        let is_long = |contact: &Contact| {
            contact.authenticated >= LIST_MAILS_MIN
                && contact.last_at.saturating_sub(contact.first_at) >= CORRESPONDENT_SECONDS_MIN
        };
        let contact = self.relations().and_then(|relations| relations.sender.as_ref());
        self.identity() == Identity::AsContact && contact.is_some_and(is_long)
    }

    fn is_page_of_list(&self, host: &str) -> bool {
        let fields = PAGES.iter().filter_map(|name| self.message.field(name));
        let mut pages =
            fields.flat_map(|value| value.split('<').skip(1)).filter_map(|piece| piece.split('>').next());
        pages.any(|page| {
            let page = url::Url::parse(page.trim()).ok();
            page.is_some_and(|page| {
                page.host_str().is_some_and(|named| domain::same_organisation(named, host))
            })
        })
    }

    /// Whether a well-known company's own domain, not a free mail service's, shows as the sender, and nothing says otherwise.
    fn is_from_known_service(&self) -> bool {
        let Some(sender) = self.sender().filter(|_| self.identity() != Identity::NotAsContact) else {
            return false;
        };
        self.lists.brands.owner_of(sender.domain()).is_some() && !self.lists.freemail.holds(sender.domain())
    }
}

/// Whether a link stands below the line that is drawn above a footer, at the end of its text.
fn is_below_rule(link: &SeenLink<'_>) -> bool {
    let text = link.part.view().map(|view| view.text.as_str()).unwrap_or_default();
    let (Some(above), Some(below)) = (text.get(..link.link.range.start), text.get(link.link.range.end..))
    else {
        return false;
    };
    let has_words = |line: &&str| !line.trim().is_empty();
    let in_footer = above.lines().rev().take_while(|line| !is_rule(line)).filter(has_words).count();
    let has_rule = above.lines().any(is_rule);
    has_rule && in_footer + below.lines().filter(has_words).count() <= FOOTER_LINES_MAX
}

/// Whether a line is drawn: the same character again and again.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let is_one = |first: char| line.chars().all(|c| c == first);
    let is_drawn = line.chars().next().is_some_and(|first| !first.is_alphanumeric() && is_one(first));
    is_drawn && (line == "--" || line.chars().count() >= RULE_CHARS_MIN)
}
