//! Fixed records → answers, for tests and figures: the whole of a small DNS in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Answer, Dns, NoAnswer, Records, Tlsa};

/// Records of every type by name; names are kept in lower case.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    txt: BTreeMap<String, Vec<Vec<u8>>>,
    a: BTreeMap<String, Vec<Ipv4Addr>>,
    aaaa: BTreeMap<String, Vec<Ipv6Addr>>,
    mx: BTreeMap<String, Vec<(u16, String)>>,
    ptr: BTreeMap<IpAddr, Vec<String>>,
    ns: BTreeMap<String, Vec<String>>,
    tlsa: BTreeMap<String, Vec<Tlsa>>,
    cname: BTreeMap<String, String>,
    failing: BTreeMap<String, NoAnswer>,
    names: BTreeSet<String>,
}

/// What is said of how long an answer may be remembered.
const TTL_SECONDS: u32 = 300;

/// A chain of aliases longer than this is a loop.
const ALIASES_MAX: usize = 16;

impl Zone {
    /// Adds a TXT record.
    pub fn add_txt(&mut self, name: &str, text: impl AsRef<[u8]>) -> &mut Self {
        let name = self.known(name);
        self.txt.entry(name).or_default().push(text.as_ref().to_vec());
        self
    }

    /// Adds an address.
    pub fn add_address(&mut self, name: &str, address: IpAddr) -> &mut Self {
        let name = self.known(name);
        match address {
            IpAddr::V4(address) => self.a.entry(name).or_default().push(address),
            IpAddr::V6(address) => self.aaaa.entry(name).or_default().push(address),
        }
        self
    }

    /// Adds a mail exchanger.
    pub fn add_mx(&mut self, name: &str, preference: u16, exchange: &str) -> &mut Self {
        let name = self.known(name);
        self.mx.entry(name).or_default().push((preference, exchange.to_owned()));
        self
    }

    /// Adds a name of an address.
    pub fn add_ptr(&mut self, address: IpAddr, name: &str) -> &mut Self {
        self.ptr.entry(address).or_default().push(name.to_owned());
        self
    }

    /// Adds a name server.
    pub fn add_ns(&mut self, name: &str, server: &str) -> &mut Self {
        let name = self.known(name);
        self.ns.entry(name).or_default().push(server.to_owned());
        self
    }

    /// Adds a TLSA record.
    pub fn add_tlsa(&mut self, name: &str, record: Tlsa) -> &mut Self {
        let name = self.known(name);
        self.tlsa.entry(name).or_default().push(record);
        self
    }

    /// Makes `name` an alias.
    pub fn add_cname(&mut self, name: &str, target: &str) -> &mut Self {
        let name = self.known(name);
        self.cname.insert(name, lower(target));
        self
    }

    /// Lets every question about `name` fail so.
    pub fn add_failure(&mut self, name: &str, why: NoAnswer) -> &mut Self {
        let name = self.known(name);
        self.failing.insert(name, why);
        self
    }

    fn known(&mut self, name: &str) -> String {
        let name = lower(name);
        // What stands above a name exists too, without records (RFC 8020).
        let mut above = name.as_str();
        while let Some((_, rest)) = above.split_once('.') {
            self.names.insert(above.to_owned());
            above = rest;
        }
        self.names.insert(above.to_owned());
        name
    }

    fn find<T: Clone>(&self, records: &BTreeMap<String, Vec<T>>, name: &str) -> Answer<T> {
        let mut name = lower(name);
        for _ in 0..ALIASES_MAX {
            if let Some(why) = self.failing.get(&name) {
                return Err(*why);
            }
            if let Some(values) = records.get(&name) {
                return Ok(Records { values: values.clone(), ttl_seconds: TTL_SECONDS });
            }
            match self.cname.get(&name) {
                Some(target) => name.clone_from(target),
                None if self.names.contains(&name) => return Err(NoAnswer::NoRecords),
                None => return Err(NoAnswer::NoSuchName),
            }
        }
        Err(NoAnswer::Failed)
    }
}

impl Dns for Zone {
    fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        self.find(&self.txt, name)
    }

    fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.find(&self.a, name)
    }

    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.find(&self.aaaa, name)
    }

    fn mx(&self, name: &str) -> Answer<(u16, String)> {
        self.find(&self.mx, name)
    }

    fn ptr(&self, address: IpAddr) -> Answer<String> {
        let values = self.ptr.get(&address).ok_or(NoAnswer::NoSuchName)?;
        Ok(Records { values: values.clone(), ttl_seconds: TTL_SECONDS })
    }

    fn ns(&self, name: &str) -> Answer<String> {
        self.find(&self.ns, name)
    }

    fn tlsa(&self, name: &str) -> Answer<Tlsa> {
        self.find(&self.tlsa, name)
    }

    fn cname(&self, name: &str) -> Answer<String> {
        let name = lower(name);
        if let Some(why) = self.failing.get(&name) {
            return Err(*why);
        }
        match self.cname.get(&name) {
            Some(target) => Ok(Records { values: vec![target.clone()], ttl_seconds: TTL_SECONDS }),
            None if self.names.contains(&name) => Err(NoAnswer::NoRecords),
            None => Err(NoAnswer::NoSuchName),
        }
    }
}

fn lower(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_aliases_and_failures_are_told_apart() {
        let mut zone = Zone::default();
        zone.add_txt("Mail.Midori.Example", "v=spf1 -all")
            .add_cname("alias.midori.example", "mail.midori.example");
        zone.add_cname("a.midori.example", "b.midori.example")
            .add_cname("b.midori.example", "a.midori.example");
        zone.add_failure("slow.midori.example", NoAnswer::TimedOut);
        assert_eq!(Dns::txt(&zone, "alias.midori.example.").unwrap().values, [b"v=spf1 -all".to_vec()]);
        assert_eq!(Dns::txt(&zone, "midori.example"), Err(NoAnswer::NoRecords));
        assert_eq!(Dns::txt(&zone, "none.example"), Err(NoAnswer::NoSuchName));
        assert_eq!(Dns::txt(&zone, "a.midori.example"), Err(NoAnswer::Failed));
        assert_eq!(Dns::a(&zone, "slow.midori.example"), Err(NoAnswer::TimedOut));
        assert_eq!(Dns::cname(&zone, "a.midori.example").unwrap().values, ["b.midori.example"]);
        assert_eq!(Dns::cname(&zone, "mail.midori.example"), Err(NoAnswer::NoRecords));
        assert_eq!(Dns::cname(&zone, "slow.midori.example"), Err(NoAnswer::TimedOut));
    }
}
