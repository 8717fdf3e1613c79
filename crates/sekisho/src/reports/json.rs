//! The picture → one JSON object, `sekisho.reports/1`. Version 1 may gain fields, never change them.

use std::collections::BTreeMap;

use sekisho_sender::reports::{
    Disposition, Domain, Doubt, Failure, Mark, Network, Override, Rise, Sender, Sums, TlsDomain,
};
use serde::Serialize;

use super::{Sum, verdict};
use crate::judging;
use crate::setup::Setup;

/// Networks of one sender that are listed; the rest are counted.
const NETWORKS_MAX: usize = 1_000;

/// The object on one line, with a line end.
pub fn line(sum: &Sum, setup: &Setup) -> String {
    judging::json_line(&Answer::of(sum, setup))
}

/// Everything, as programs read it.
#[derive(Serialize)]
pub struct Answer {
    schema: &'static str,
    program: &'static str,
    inputs: Inputs,
    doubts: BTreeMap<Doubt, u64>,
    domains: Vec<JsonDomain>,
    transport: Vec<JsonTls>,
    failures: Failures,
}

#[derive(Serialize)]
struct Inputs {
    reports: u64,
    duplicates: u64,
    unwanted: u64,
    damaged: u64,
    no_reports: u64,
    unusable: u64,
    remembered_all: bool,
}

#[derive(Serialize)]
struct JsonDomain {
    domain: String,
    own: Option<bool>,
    policy: JsonPolicy,
    reports: u64,
    #[serde(flatten)]
    sums: JsonSums,
    passed: u64,
    passed_on: u64,
    undated: u64,
    reporters: Vec<JsonReporter>,
    senders: Vec<JsonSender>,
    days: Vec<JsonDay>,
    rises: Option<Vec<JsonRise>>,
}

#[derive(Serialize)]
struct JsonPolicy {
    p: Option<&'static str>,
    sp: Option<&'static str>,
    trial: bool,
}

#[derive(Serialize)]
struct JsonSums {
    messages: u64,
    dkim: u64,
    spf: u64,
    dispositions: BTreeMap<Disposition, u64>,
    overrides: BTreeMap<Override, u64>,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct JsonReporter {
    name: String,
    reports: u64,
    messages: u64,
    failed: u64,
    last: Option<String>,
}

#[derive(Serialize)]
struct JsonSender {
    mark: Mark,
    authenticated: Option<String>,
    carrier: Option<String>,
    new: bool,
    attention: bool,
    #[serde(flatten)]
    sums: JsonSums,
    networks: Vec<JsonNetwork>,
    networks_more: usize,
}

#[derive(Serialize)]
struct JsonNetwork {
    network: Option<String>,
    messages: u64,
    addresses: Vec<std::net::IpAddr>,
    addresses_more: bool,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct JsonDay {
    day: String,
    messages: u64,
    passed: u64,
    failed: u64,
}

#[derive(Serialize)]
struct JsonRise {
    since: String,
    until: String,
    lasts: bool,
    failed: u64,
    foreign: u64,
    usual_a_day: u64,
    addresses: u64,
    networks: u64,
    more: bool,
}

#[derive(Serialize)]
struct JsonTls {
    domain: String,
    reports: u64,
    policies: Vec<JsonTlsPolicy>,
    failures: Vec<JsonTlsFailure>,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct JsonTlsPolicy {
    kind: String,
    successful: u64,
    failed: u64,
}

#[derive(Serialize)]
struct JsonTlsFailure {
    result: String,
    mx: String,
    sessions: u64,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct Failures {
    count: u64,
    listed: Vec<Failure>,
}

impl Answer {
    fn of(sum: &Sum, setup: &Setup) -> Self {
        let picture = &sum.picture;
        Self {
            schema: "sekisho.reports/1",
            program: env!("CARGO_PKG_VERSION"),
            inputs: Inputs {
                reports: sum.counted,
                duplicates: sum.duplicates,
                unwanted: sum.unwanted,
                damaged: sum.damaged,
                no_reports: sum.no_reports,
                unusable: sum.unusable,
                remembered_all: !picture.forgot(),
            },
            doubts: picture.doubts.clone(),
            domains: picture.domains().into_iter().map(|domain| JsonDomain::of(domain, sum, setup)).collect(),
            transport: picture.transport().into_iter().map(JsonTls::of).collect(),
            failures: Failures { count: picture.failures_count, listed: picture.failures().to_vec() },
        }
    }
}

impl JsonDomain {
    fn of(domain: Domain, sum: &Sum, setup: &Setup) -> Self {
        let new_since = verdict::new_since(&domain, sum.since);
        let own = (!setup.own.domains().is_empty()).then(|| setup.own.is_own_domain(&domain.name));
        let day =
            |(day, series): (&sekisho_sender::reports::Day, &sekisho_sender::reports::Series)| JsonDay {
                day: day.to_string(),
                messages: series.messages,
                passed: series.passed,
                failed: series.failed,
            };
        Self {
            own,
            policy: JsonPolicy {
                p: domain.policy.demand.map(|demand| demand.id()),
                sp: domain.policy.below.map(|demand| demand.id()),
                trial: domain.policy.trial,
            },
            reports: domain.reports,
            sums: JsonSums::of(&domain.sums),
            passed: domain.passed,
            passed_on: domain.passed_on,
            undated: domain.undated,
            reporters: domain
                .reporters
                .into_iter()
                .map(|reporter| JsonReporter {
                    name: reporter.name,
                    reports: reporter.reports,
                    messages: reporter.messages,
                    failed: reporter.failed,
                    last: reporter.last.map(|day| day.to_string()),
                })
                .collect(),
            senders: domain
                .senders
                .iter()
                .map(|sender| JsonSender::of(sender, verdict::is_new(sender, new_since)))
                .collect(),
            days: domain.series.iter().map(day).collect(),
            rises: domain.rises.map(|rises| rises.iter().map(JsonRise::of).collect()),
            domain: domain.name,
        }
    }
}

impl JsonSums {
    fn of(sums: &Sums) -> Self {
        Self {
            messages: sums.messages,
            dkim: sums.dkim,
            spf: sums.spf,
            dispositions: sums.dispositions.clone(),
            overrides: sums.overrides.clone(),
            first: sums.first.map(|day| day.to_string()),
            last: sums.last.map(|day| day.to_string()),
        }
    }
}

impl JsonSender {
    fn of(sender: &Sender, new: bool) -> Self {
        let network =
            |(network, sums, addresses): &(Network, Sums, sekisho_sender::reports::AddressCount)| {
                JsonNetwork {
                    network: matches!(network, Network::V4(_) | Network::V6(_)).then(|| network.to_string()),
                    messages: sums.messages,
                    addresses: addresses.some.clone(),
                    addresses_more: addresses.more,
                    first: sums.first.map(|day| day.to_string()),
                    last: sums.last.map(|day| day.to_string()),
                }
            };
        Self {
            mark: sender.mark,
            authenticated: sender.authenticated.clone(),
            carrier: sender.carrier.clone(),
            new,
            attention: verdict::fails(sender),
            sums: JsonSums::of(&sender.sums),
            networks: sender.networks.iter().take(NETWORKS_MAX).map(network).collect(),
            networks_more: sender.networks.len().saturating_sub(NETWORKS_MAX),
        }
    }
}

impl JsonRise {
    fn of(rise: &Rise) -> Self {
        Self {
            since: rise.since.to_string(),
            until: rise.until.to_string(),
            lasts: rise.lasts,
            failed: rise.failed,
            foreign: rise.foreign,
            usual_a_day: rise.usual_a_day,
            addresses: rise.addresses,
            networks: rise.networks,
            more: rise.more,
        }
    }
}

impl JsonTls {
    fn of(domain: TlsDomain) -> Self {
        Self {
            domain: domain.name,
            reports: domain.reports,
            policies: domain
                .policies
                .into_iter()
                .map(|(kind, (successful, failed))| JsonTlsPolicy { kind, successful, failed })
                .collect(),
            failures: domain
                .failures
                .into_iter()
                .map(|failure| JsonTlsFailure {
                    result: failure.result,
                    mx: failure.mx,
                    sessions: failure.sessions,
                    first: failure.first.map(|day| day.to_string()),
                    last: failure.last.map(|day| day.to_string()),
                })
                .collect(),
            first: domain.first.map(|day| day.to_string()),
            last: domain.last.map(|day| day.to_string()),
        }
    }
}
