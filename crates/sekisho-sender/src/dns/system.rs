//! Questions → what real name servers answered, through hickory-resolver; the only place that names it.
//!
//! One thread of its own drives all questions of a process, so that whoever asks may be any number of ordinary threads. No
//! search lists and no hosts file: names of mail are complete, and only DNS speaks for them.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::asking::{Ask, Kind, QUESTION_PATIENCE, Question, Record, Reply};
use super::{NoAnswer, Tlsa};

/// Real DNS: the name servers of the configuration, or those of the system.
///
/// Aliases are followed for 16 names, and over 8 answers (a constant of the resolver); a longer chain, or a circle, is
/// [`NoAnswer::Failed`].
#[derive(Debug)]
pub struct System {
    questions: UnboundedSender<Asked>,
}

/// A name server by its address, with port 53 where none is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nameserver(SocketAddr);

/// Why real DNS cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SystemError {
    /// Something else than an address was given as a name server.
    #[error("not a name server: \"{0}\"; write its address, as 192.0.2.53 or [2001:db8::53]:5353")]
    NotAServer(String),
    /// The system names no name servers, or not in a way that can be read.
    #[error("the system's name servers are not known ({0}); name some in nameservers of [sender]")]
    NoServers(String),
    /// The system refused what asking needs.
    #[error("DNS cannot be asked: {0}")]
    NoThread(String),
}

/// More records of one name and type are no honest answer: the largest domains have some dozens.
const RECORDS_MAX: usize = 256;

/// A longer chain of aliases is no honest one; resolvers give up earlier.
const ALIASES_MAX: usize = 16;

/// A longer text is no record that mail needs: a key of 16,384 bits takes less than 3,000 bytes.
const TEXT_BYTES_MAX: usize = 16 * 1024;

/// One round of asking all servers, within which packets are sent again. Two rounds fit into the patience of a question, with
/// the time that [`Pulse`](super::Pulse) takes off it.
const ROUND: Duration = Duration::from_millis(1_500);

/// The port of DNS (RFC 1035 section 4.2).
const PORT: u16 = 53;

impl System {
    /// Real DNS at these servers; without any, at those of the system.
    ///
    /// # Errors
    /// The system's servers are not known, or the system gives no thread.
    pub fn new(nameservers: &[Nameserver]) -> Result<Self, SystemError> {
        let resolver = resolver(nameservers)?;
        let no_thread = |error: std::io::Error| SystemError::NoThread(error.to_string());
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(no_thread)?;
        let (questions, asked) = unbounded_channel();
        let answer_all = move || runtime.block_on(answer_all(resolver, asked));
        thread::Builder::new().name("dns".to_owned()).spawn(answer_all).map_err(no_thread)?;
        Ok(Self { questions })
    }
}

impl Ask for System {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        let Some(name) = complete_name(&question.name) else {
            // What cannot be written as a name is certainly no name that exists.
            return Reply::none(NoAnswer::NoSuchName);
        };
        let (reply, replies) = mpsc::sync_channel(1);
        let asked = Asked { name, kind: question.kind, reply };
        if self.questions.send(asked).is_err() {
            return Reply::none(NoAnswer::TimedOut);
        }
        replies.recv_timeout(patience).unwrap_or_else(|_| Reply::none(NoAnswer::TimedOut))
    }
}

impl FromStr for Nameserver {
    type Err = SystemError;

    fn from_str(text: &str) -> Result<Self, SystemError> {
        let trimmed = text.trim();
        let bare = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(trimmed);
        let with_port = trimmed.parse::<SocketAddr>();
        with_port
            .or_else(|_| bare.parse::<IpAddr>().map(|address| SocketAddr::new(address, PORT)))
            .map(Self)
            .map_err(|_| SystemError::NotAServer(text.to_owned()))
    }
}

impl From<SocketAddr> for Nameserver {
    fn from(address: SocketAddr) -> Self {
        Self(address)
    }
}

impl TryFrom<String> for Nameserver {
    type Error = SystemError;

    fn try_from(text: String) -> Result<Self, SystemError> {
        text.parse()
    }
}

/// A question on its way to the thread that asks.
#[derive(Debug)]
struct Asked {
    name: Name,
    kind: Kind,
    reply: mpsc::SyncSender<Reply>,
}

/// Asks everything that comes in, side by side, until nobody can ask any more.
async fn answer_all(resolver: TokioResolver, mut asked: UnboundedReceiver<Asked>) {
    while let Some(Asked { name, kind, reply }) = asked.recv().await {
        let resolver = resolver.clone();
        tokio::spawn(async move {
            let answer = tokio::time::timeout(QUESTION_PATIENCE, look_up(&resolver, name, kind)).await;
            // Whoever asked may have given up.
            let _ = reply.try_send(answer.unwrap_or_else(|_| Reply::none(NoAnswer::TimedOut)));
        });
    }
}

async fn look_up(resolver: &TokioResolver, name: Name, kind: Kind) -> Reply {
    let error = match resolver.lookup(name, record_type(kind)).await {
        Ok(lookup) => return found(&lookup, kind),
        Err(error) => error,
    };
    if let NetError::Dns(DnsError::NoRecordsFound(none)) = &error
        && none.response_code == ResponseCode::NoError
        && none.authorities.is_none()
    {
        // The resolver says the same of a chain of aliases that it did not follow to its end, and only then (or of zones
        // without a beginning) without naming the zone. Such a chain is no certain absence.
        let last = resolver.lookup(none.query.name().clone(), RecordType::CNAME).await;
        if !matches!(last, Err(NetError::Dns(DnsError::NoRecordsFound(_)))) {
            return Reply::none(NoAnswer::Failed);
        }
    }
    not_found(&error)
}

fn resolver(nameservers: &[Nameserver]) -> Result<TokioResolver, SystemError> {
    let unknown = |error: NetError| SystemError::NoServers(error.to_string());
    let mut builder = if nameservers.is_empty() {
        TokioResolver::builder_tokio().map_err(unknown)?
    } else {
        let servers = nameservers.iter().map(|server| server_at(server.0)).collect();
        let config = ResolverConfig::from_parts(None, Vec::new(), servers);
        TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
    };
    set(builder.options_mut());
    builder.build().map_err(unknown)
}

fn server_at(address: SocketAddr) -> NameServerConfig {
    let mut connections = vec![ConnectionConfig::udp(), ConnectionConfig::tcp()];
    for connection in &mut connections {
        connection.port = address.port();
    }
    NameServerConfig::new(address.ip(), true, connections)
}

fn set(options: &mut ResolverOpts) {
    options.timeout = ROUND;
    options.attempts = 1;
    options.edns0 = true;
    options.use_hosts_file = ResolveHosts::Never;
    // Ours remembers, with bounds in bytes.
    options.cache_size = 0;
    // The aliases on the way have times to live of their own.
    options.preserve_intermediates = true;
}

/// The name, complete in itself; `None` where its labels are empty or too long.
fn complete_name(name: &str) -> Option<Name> {
    if name.is_empty() {
        return Some(Name::root());
    }
    let mut name = Name::from_ascii(name).ok().filter(|name| !name.is_root())?;
    name.set_fqdn(true);
    Some(name)
}

fn record_type(kind: Kind) -> RecordType {
    match kind {
        Kind::Txt => RecordType::TXT,
        Kind::A => RecordType::A,
        Kind::Aaaa => RecordType::AAAA,
        Kind::Mx => RecordType::MX,
        Kind::Ptr => RecordType::PTR,
        Kind::Ns => RecordType::NS,
        Kind::Tlsa => RecordType::TLSA,
        Kind::Cname => RecordType::CNAME,
    }
}

fn found(lookup: &Lookup, kind: Kind) -> Reply {
    let ttl_seconds = lookup.answers().iter().map(|record| record.ttl).min();
    let wanted = lookup.answers().iter().filter(|record| record.record_type() == record_type(kind));
    let records: Vec<Record> = wanted.take(RECORDS_MAX + 1).filter_map(|found| record(&found.data)).collect();
    let is_too_long = |record: &Record| matches!(record, Record::Text(text) if text.len() > TEXT_BYTES_MAX);
    let aliases = lookup.answers().iter().filter(|record| record.record_type() == RecordType::CNAME).count();
    let is_too_much = records.len() > RECORDS_MAX || aliases > ALIASES_MAX || records.iter().any(is_too_long);
    if records.is_empty() || is_too_much {
        // Part of an answer would be another answer.
        return Reply::none(NoAnswer::Failed);
    }
    Reply { answer: Ok(records), ttl_seconds }
}

fn record(data: &RData) -> Option<Record> {
    Some(match data {
        RData::TXT(text) => Record::Text(text.txt_data.concat()),
        RData::A(address) => Record::Address(IpAddr::V4(address.0)),
        RData::AAAA(address) => Record::Address(IpAddr::V6(address.0)),
        RData::MX(exchange) => Record::Exchange(exchange.preference, shown(&exchange.exchange)),
        RData::PTR(name) => Record::Name(shown(name)),
        RData::NS(name) => Record::Name(shown(name)),
        RData::CNAME(name) => Record::Name(shown(name)),
        RData::TLSA(record) => Record::Tlsa(Tlsa {
            usage: record.cert_usage.into(),
            selector: record.selector.into(),
            matching: record.matching.into(),
            data: record.cert_data.clone(),
        }),
        _ => return None,
    })
}

/// A name without its trailing dot; the root is `.`.
fn shown(name: &Name) -> String {
    let text = name.to_ascii();
    match text.strip_suffix('.') {
        Some("") | None => text,
        Some(name) => name.to_owned(),
    }
}

fn not_found(error: &NetError) -> Reply {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => {
            // A server that only points at others has not answered: it does not resolve for us.
            let is_referral = none.ns.is_some() && none.soa.is_none();
            let why = match none.response_code {
                ResponseCode::NXDomain => NoAnswer::NoSuchName,
                ResponseCode::NoError if !is_referral => NoAnswer::NoRecords,
                _ => NoAnswer::Failed,
            };
            Reply { answer: Err(why), ttl_seconds: none.negative_ttl.filter(|_| why.is_certain()) }
        }
        NetError::Timeout | NetError::Io(_) | NetError::NoConnections | NetError::Busy => {
            Reply::none(NoAnswer::TimedOut)
        }
        _ => Reply::none(NoAnswer::Failed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_servers_are_addresses() {
        for (text, address) in [
            ("192.0.2.53", "192.0.2.53:53"),
            (" 192.0.2.53:5353 ", "192.0.2.53:5353"),
            ("2001:db8::53", "[2001:db8::53]:53"),
            ("[2001:db8::53]", "[2001:db8::53]:53"),
            ("[2001:db8::53]:5353", "[2001:db8::53]:5353"),
        ] {
            assert_eq!(text.parse::<Nameserver>().unwrap().0.to_string(), address);
        }
        for text in ["", "dns.midori.example", "192.0.2.53:", "192.0.2.53:99999", "192.0.2"] {
            assert_eq!(text.parse::<Nameserver>(), Err(SystemError::NotAServer(text.to_owned())));
        }
    }

    #[test]
    fn what_cannot_be_a_name_is_not_asked() {
        let system = System::new(&["127.0.0.1:9".parse().unwrap()]).unwrap();
        let long = "a".repeat(64) + ".example";
        for name in [long.as_str(), "a..example", &"a.".repeat(200)] {
            let question = Question::new(name, Kind::Txt);
            let reply = system.ask(&question, Duration::from_millis(1));
            assert_eq!(reply, Reply::none(NoAnswer::NoSuchName), "{name}");
        }
    }
}
