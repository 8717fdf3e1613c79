//! The values of `[sender]`, each checked where it is read: who is believed, who sends for us, who is asked.

use std::fmt;
use std::net::IpAddr;

use sekisho_sender::Nameserver;
use serde::Deserialize;

/// The name by which a server marks the results that it writes (RFC 8601 section 2.5): most often its own host name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct AuthservId(String);

/// Hosts as they write themselves into `Received`: a name, every name below one (`.midori.example`), an address, or a
/// network (`192.0.2.0/24`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Host(String);

/// A mail domain, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Domain(String);

/// A name server by its address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Server(pub Nameserver);

impl TryFrom<String> for AuthservId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let id = text.trim();
        let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ';' | '"' | '=' | '(' | ')');
        if id.is_empty() || id.contains(bad) {
            return Err(format!(
                "not a server's name: \"{text}\"; write the first word of the Authentication-Results that your server adds, as mx.midori.example"
            ));
        }
        Ok(Self(id.to_lowercase()))
    }
}

impl TryFrom<String> for Host {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let host = text.trim().trim_end_matches('.');
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        if !is_address_or_network(bare) && !is_name(host.strip_prefix('.').unwrap_or(host)) {
            return Err(format!(
                "not a host: \"{text}\"; write the name behind \"by\" in the Received of your server, as mx.midori.example, its address, or its network, as 192.0.2.0/24"
            ));
        }
        Ok(Self(bare.to_lowercase()))
    }
}

impl TryFrom<String> for Domain {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let domain = text.trim().trim_start_matches('@').trim_end_matches('.');
        if !domain.contains('.') || !is_name(domain) {
            return Err(format!(
                "not a domain: \"{text}\"; write what stands behind the @ of its addresses, as news.example"
            ));
        }
        Ok(Self(domain.to_lowercase()))
    }
}

impl TryFrom<String> for Server {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|error: sekisho_sender::SystemError| error.to_string())
    }
}

fn is_address_or_network(text: &str) -> bool {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let bits_max = if address.is_ipv4() { 32 } else { 128 };
    bits.is_none_or(|bits| bits.parse::<u8>().is_ok_and(|bits| bits <= bits_max))
}

/// Labels divided by dots, none empty or too long (RFC 1035 section 2.3.4); names in other scripts than Latin too.
fn is_name(text: &str) -> bool {
    const NAME_BYTES_MAX: usize = 253;
    const LABEL_BYTES_MAX: usize = 63;
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_BYTES_MAX
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '・'))
    };
    text.len() <= NAME_BYTES_MAX && text.split('.').all(is_label)
}

macro_rules! shown_as_written {
    ($($type:ident)*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

shown_as_written!(AuthservId Host Domain);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn read(setting: &str) -> Result<Config, String> {
        let text = format!("[sender]\n{setting}\n");
        Config::parse(Path::new("sekisho.toml"), &text).map_err(|error| error.to_string())
    }

    #[test]
    fn names_are_taken_as_people_write_them() {
        let config = read(
            "trusted_authserv_ids = [\"MX.Midori.Example\", \"spam-filter\"]\n\
             border_hosts = [\"mx.midori.example.\", \"[192.0.2.25]\", \"2001:db8::25\", \"mx1\", \".provider.example\", \"192.0.2.0/24\"]\n\
             arc_sealers = [\"List.example\"]\nown_services = [\"@news.example\", \"会計.example\"]\n\
             nameservers = [\"192.0.2.53\", \"[2001:db8::53]:5353\"]",
        )
        .unwrap();
        let sender = config.sender;
        let texts = |values: Vec<String>| values.join(" ");
        let ids = sender.trusted_authserv_ids.iter().map(ToString::to_string).collect();
        assert_eq!(texts(ids), "mx.midori.example spam-filter");
        let hosts = sender.border_hosts.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts(hosts),
            "mx.midori.example 192.0.2.25 2001:db8::25 mx1 .provider.example 192.0.2.0/24"
        );
        let sealers = sender.arc_sealers.iter().map(ToString::to_string).collect();
        assert_eq!(texts(sealers), "list.example");
        let services = sender.own_services.iter().map(ToString::to_string).collect();
        assert_eq!(texts(services), "news.example 会計.example");
        assert_eq!(sender.nameservers.len(), 2);
    }

    #[test]
    fn what_is_none_is_refused_with_its_line_and_the_way_out() {
        for (setting, wanted) in [
            (
                "trusted_authserv_ids = [\"mx midori\"]",
                "sekisho.toml:2: not a server's name: \"mx midori\"; write",
            ),
            ("trusted_authserv_ids = [\"\"]", "sekisho.toml:2: not a server's name: \"\"; write"),
            ("border_hosts = [\"a..b\"]", "sekisho.toml:2: not a host: \"a..b\"; write the name behind"),
            ("border_hosts = [\"192.0.2.0/33\"]", "sekisho.toml:2: not a host: \"192.0.2.0/33\"; write"),
            ("arc_sealers = [\"midori\"]", "sekisho.toml:2: not a domain: \"midori\"; write"),
            (
                "\nown_services = [\"news.example\", \"https://news.example/\"]",
                "sekisho.toml:3: not a domain: \"https://news.example/\"; write",
            ),
            (
                "nameservers = [\"dns.midori.example\"]",
                "sekisho.toml:2: not a name server: \"dns.midori.example\"; write its address, as",
            ),
            ("nameservers = \"192.0.2.53\"", "sekisho.toml:2: invalid type: string"),
        ] {
            let error = read(setting).unwrap_err();
            assert!(error.starts_with(wanted), "{error}");
        }
    }
}
