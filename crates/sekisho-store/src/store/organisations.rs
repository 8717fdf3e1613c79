//! A domain → the organisation that registered it, after the list of public suffixes (publicsuffix.org).

use std::net::IpAddr;

use sekisho_mail::Address;

/// The part of a domain that somebody registered; `None` for addresses of hosts and for public suffixes themselves.
pub(super) fn organisation(domain: &str) -> Option<&str> {
    let is_host = domain.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() || domain.starts_with('[');
    if is_host { None } else { psl::domain_str(domain) }
}

/// The organisation of an address in lower case, as text.
pub(super) fn organisation_of(address: &str) -> Option<&str> {
    organisation(address.rsplit_once('@')?.1)
}

/// Whether both addresses are of one organisation, and not of a domain where anybody gets one.
pub(super) fn are_colleagues(a: &Address, b: &str, is_shared: &dyn Fn(&str) -> bool) -> bool {
    let domain = a.domain().to_lowercase();
    let (Some(one), Some(other)) = (organisation(&domain), organisation_of(b)) else { return false };
    one == other && !is_shared(&domain) && !is_shared(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colleagues_have_one_registered_domain() {
        let is_shared = |domain: &str| domain == "mail.example";
        for (a, b, expected) in [
            ("a@partner.co.jp", "b@osaka.partner.co.jp", true),
            ("a@Partner.example", "b@partner.example", true),
            ("a@one.co.jp", "b@two.co.jp", false),
            ("a@mail.example", "b@mail.example", false),
            ("a@eu.mail.example", "b@mail.example", false),
            ("a@[192.0.2.1]", "b@[192.0.2.1]", false),
            ("a@192.0.2.1", "b@192.0.2.1", false),
            ("a@co.jp", "b@co.jp", false),
        ] {
            let a = Address::parse(a).unwrap();
            assert_eq!(are_colleagues(&a, b, &is_shared), expected, "{a} {b}");
        }
    }
}
