//! Header fields → whether a mailing list passed the mail on, and in whose name (RFC 2369, RFC 2919, and what list
//! programs wrote before them).
//!
//! A list that people write to is told from a newsletter: only the first passes on the mail of others, with their
//! names and addresses in `From`. All of it is the word of whoever wrote the header.

use crate::{Address, Message};

/// A mailing list, as the header announces it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailingList {
    /// Where one writes to it (`List-Post`), as far as that is an address.
    pub posts_to: Vec<Address>,
    /// The domains that it names as its own: of its identifier, its posting address and its `Sender`. In lower case,
    /// each once.
    pub domains: Vec<String>,
}

/// Domains taken from one header.
const DOMAINS_MAX: usize = 16;

/// Fields that only programs of mailing lists write.
const MARKS: &[&str] = &["X-ML-Name", "X-BeenThere", "Mailing-List", "X-Mailing-List"];

impl Message {
    /// The mailing list that passed this mail on; `None` for newsletters and all other mail.
    pub fn mailing_list(&self) -> Option<MailingList> {
        let posts_to: Vec<Address> = self.field("List-Post").map(mailto_addresses).unwrap_or_default();
        let is_marked = MARKS.iter().any(|name| self.field(name).is_some());
        let is_passed_on =
            self.field("Precedence").is_some_and(|value| value.trim().eq_ignore_ascii_case("list"));
        if posts_to.is_empty() && !is_marked && !is_passed_on {
            return None;
        }
        let senders = self.sender.iter().filter_map(|mailbox| mailbox.address.as_ref());
        let addresses = posts_to.iter().chain(senders).map(|address| address.domain().to_owned());
        let mut domains: Vec<String> = Vec::new();
        for domain in self.field("List-Id").and_then(identifier).into_iter().chain(addresses) {
            if domains.len() < DOMAINS_MAX && !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        Some(MailingList { posts_to, domains })
    }
}

/// `研究会 <kenkyu.lists.example>` → `kenkyu.lists.example` (RFC 2919 section 3).
fn identifier(value: &str) -> Option<String> {
    let inside = value.rsplit_once('<').map_or(value, |(_, rest)| rest);
    let name = inside.split('>').next().unwrap_or_default().trim().to_lowercase();
    (name.contains('.') && !name.contains(char::is_whitespace)).then_some(name)
}

/// `<mailto:kenkyu@lists.example?subject=x>, <https://…>` → the addresses (RFC 2369 section 2).
fn mailto_addresses(value: &str) -> Vec<Address> {
    let pieces = value.split('<').skip(1).filter_map(|piece| piece.split('>').next());
    let targets = pieces.filter_map(|piece| {
        let (scheme, rest) = piece.trim().split_once(':')?;
        scheme.eq_ignore_ascii_case("mailto").then(|| rest.split('?').next().unwrap_or(rest))
    });
    targets.filter_map(Address::parse).take(DOMAINS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Limits, read};

    /// The domains of the list, joined; `-` where there is none.
    fn list(header: &str) -> String {
        let mail = format!("From: a@author.example\n{header}\n\ntext\n");
        let list = read(mail.as_bytes(), &Limits::default()).mailing_list();
        list.map_or_else(|| "-".to_owned(), |list| list.domains.join(" "))
    }

    #[test]
    fn lists_are_told_from_newsletters() {
        for (header, expected) in [
            (
                "List-Post: <mailto:kenkyu@Lists.example>\nList-Id: x <kenkyu.lists.example>",
                "kenkyu.lists.example lists.example",
            ),
            ("List-Post: <mailto:k@lists.example?subject=a>, <https://lists.example/p>", "lists.example"),
            ("Precedence: list\nSender: kenkyu-admin@lists.example", "lists.example"),
            ("X-ML-Name: kenkyu\nList-Id: kenkyu.lists.example", "kenkyu.lists.example"),
            ("Mailing-List: contact k-help@lists.example; run by ezmlm", ""),
            ("List-Id: <news.shop.example>\nList-Unsubscribe: <mailto:off@shop.example>", "-"),
            ("List-Post: NO\nList-Id: <news.shop.example>", "-"),
            ("Precedence: bulk", "-"),
            ("Sender: office@author.example", "-"),
            ("List-Post: <mailto:>", "-"),
            ("Precedence: list\nList-Id: our internal list", ""),
        ] {
            assert_eq!(list(header), expected, "{header}");
        }
    }

    #[test]
    fn a_header_of_many_lists_is_cut() {
        let many: String = (0..500).map(|n| format!("<mailto:a@l{n}.example>, ")).collect();
        assert_eq!(list(&format!("List-Post: {many}")).split(' ').count(), super::DOMAINS_MAX);
    }
}
