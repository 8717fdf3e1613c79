//! One entry of an address book, whatever its format → a name and addresses.

use sekisho_mail::Address;
use sekisho_store::Correspondent;

/// What an entry says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The whole name as shown.
    pub shown: String,
    /// The family name.
    pub family: String,
    /// The given name.
    pub given: String,
    /// The organisation.
    pub organisation: String,
    /// The addresses.
    pub addresses: Vec<Address>,
}

/// Addresses taken of one entry.
const ADDRESSES_MAX: usize = 20;

impl Entry {
    /// Adds the addresses in a value: one, or several as Google divides them.
    pub fn add_addresses(&mut self, value: &str) {
        for piece in value.split(":::").flat_map(|piece| piece.split([';', ','])) {
            let piece = piece.trim().trim_start_matches("mailto:");
            let (before, written) = piece.rsplit_once('<').unwrap_or(("", piece));
            // A mail's field in a note: `References: <1@kita.example>`.
            if before.trim_end().ends_with([':', '：']) {
                continue;
            }
            let Some(address) = Address::parse(written.trim_end_matches('>')).filter(is_plain) else {
                continue;
            };
            if self.addresses.len() < ADDRESSES_MAX
                && !self.addresses.iter().any(|known| known.same_mailbox(&address))
            {
                self.addresses.push(address);
            }
        }
    }

    /// One correspondent an address.
    pub fn correspondents(self) -> Vec<Correspondent> {
        let name = self.name();
        self.addresses.into_iter().map(|address| Correspondent { address, name: name.clone() }).collect()
    }

    /// The organisation at the addresses that are its own, where its name is told apart from the entry's.
    pub fn organisations(&self, is_its_own: impl Fn(&Address) -> bool) -> Vec<Correspondent> {
        let name = self.organisation.trim();
        if name.is_empty() || name == self.name() {
            return Vec::new();
        }
        let own = self.addresses.iter().filter(|address| is_its_own(address));
        own.map(|address| Correspondent { address: address.clone(), name: name.to_owned() }).collect()
    }

    /// The name: as shown, else put together as its language does, else the organisation's.
    fn name(&self) -> String {
        let shown = without_address(&self.shown);
        if !shown.is_empty() {
            return shown;
        }
        let (family, given) = (self.family.trim(), self.given.trim());
        let parts = if format!("{family}{given}").is_ascii() { [given, family] } else { [family, given] };
        let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if name.is_empty() { self.organisation.trim().to_owned() } else { name }
    }
}

/// Whether an address is one as people keep them: not what is left of a page (`yamada@kita.example&gt`), nor of another scheme
/// (`sip:yamada@kita.example`).
fn is_plain(address: &Address) -> bool {
    let in_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let (local, domain) = (address.local(), address.domain());
    let is_quoted = local.starts_with('"');
    domain.contains('.')
        && domain.chars().all(in_domain)
        && (is_quoted || !local.contains([':', '"', '(', ')']))
}

/// `Taro Yamada (yamada@kita.example)` → the name; an address alone is no name.
fn without_address(shown: &str) -> String {
    let shown = shown.trim().trim_matches(['"', '\'']).trim();
    let name = match shown.rsplit_once(['(', '<']) {
        Some((name, inside)) if inside.contains('@') => name.trim(),
        _ => shown,
    };
    if name.contains('@') { String::new() } else { name.to_owned() }
}
