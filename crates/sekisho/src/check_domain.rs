//! `check-domain`: domains → how well each is protected against forgery, with the records to publish, as a page for people or
//! as JSON lines for programs. Only DNS is asked.

mod domains;
mod in_order;
mod line;
mod page;
mod past_mail;
mod sentences;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::process::ExitCode;

use sekisho_sender::health::{self, Health, Origin, State, Told, Wish};
use sekisho_sender::{Dns, Nameserver, Resolver};

use crate::flags::CheckDomain;
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::{either, harmless};
use domains::Typed;
use past_mail::Signed;

/// Everything is as it should be.
const EXIT_FINE: u8 = 0;
/// Something is to be mended.
const EXIT_MEND: u8 = 1;
/// Something could not be looked at, or what was typed is no domain.
const EXIT_UNKNOWN: u8 = 2;

/// Domains looked at side by side. Looking is waiting for DNS, so more than processors help; a name server of one's own
/// office is not to be flooded either.
const SIDE_BY_SIDE: usize = 12;

/// Looks at every domain and tells it.
pub fn run(flags: &CheckDomain, setup: &Setup) -> ExitCode {
    let unusable = setup.complain();
    let typed = match domains::typed(flags, setup) {
        Ok(typed) => typed,
        Err(error) => {
            terminal::complain(&error);
            return ExitCode::from(EXIT_UNKNOWN);
        }
    };
    let resolver = match resolver(flags, setup) {
        Ok(resolver) => resolver,
        Err(error) => {
            terminal::complain(&error);
            return ExitCode::from(EXIT_UNKNOWN);
        }
    };
    let status = with_dns(&resolver, flags, setup, &typed);
    ExitCode::from(if unusable { EXIT_UNKNOWN } else { status })
}

fn resolver(flags: &CheckDomain, setup: &Setup) -> Result<Resolver, String> {
    let servers: Result<Vec<Nameserver>, _> = match flags.nameserver.as_slice() {
        [] => Ok(setup.config.nameservers()),
        named => named.iter().map(|server| server.parse()).collect(),
    };
    servers.and_then(|servers| Resolver::new(&servers)).map_err(|error| {
        let error = harmless(&error.to_string());
        either(
            setup.lang,
            format!("DNS に尋ねられません（{error}）。--nameserver で DNS サーバーのアドレスを指定できます"),
            format!("{error}; --nameserver names a DNS server"),
        )
    })
}

/// What became of one domain.
struct Done {
    /// What is printed.
    text: String,
    /// One line for the summary, and how the domain stands; nothing where it was no domain.
    summary: Option<(String, State)>,
    /// Why what was typed is no domain.
    complaint: Option<String>,
    /// Whether anything could not be looked at.
    unknown: bool,
}

/// The work itself, with any DNS.
fn with_dns(dns: &dyn Dns, flags: &CheckDomain, setup: &Setup, typed: &[Typed]) -> u8 {
    let signed = past_mail::signed(flags, setup, typed);
    let progress = Progress::start(setup, typed.len());
    let side_by_side = flags.threads.map_or(SIDE_BY_SIDE, NonZeroUsize::get).min(typed.len().max(1));
    let mut status = if signed.has_problems { EXIT_UNKNOWN } else { EXIT_FINE };
    let mut summaries = Vec::new();
    let detail = if typed.len() > 1 { page::Detail::Brief } else { page::Detail::Full };
    in_order::run(
        side_by_side,
        typed.len(),
        |number| typed.get(number).map(|one| look(dns, flags, setup, one, &signed, detail)),
        |done| {
            let Some(done) = done else { return ControlFlow::Continue(()) };
            progress.step();
            let worst = done.summary.as_ref().map(|(_, state)| *state);
            status = status.max(match worst {
                _ if done.unknown || done.complaint.is_some() => EXIT_UNKNOWN,
                Some(State::Warn | State::Fail) => EXIT_MEND,
                _ => EXIT_FINE,
            });
            progress.aside(|| {
                if let Some(complaint) = &done.complaint {
                    terminal::complain(complaint);
                }
                summaries.extend(done.summary);
                if done.text.is_empty() { ControlFlow::Continue(()) } else { terminal::print(&done.text) }
            })
        },
    );
    progress.end();
    if !flags.json && setup.speech == Speech::Full {
        let _ = terminal::print(&page::end(&summaries, setup));
    }
    status
}

/// One domain, looked at and put into words; this runs on many threads.
fn look(
    dns: &dyn Dns,
    flags: &CheckDomain,
    setup: &Setup,
    typed: &Typed,
    signed: &Signed,
    detail: page::Detail,
) -> Done {
    let domain = match &typed.domain {
        Ok(domain) => domain,
        Err(why) => {
            let complaint = Some(sentences::not_a_domain(&typed.text, why, setup.lang));
            return Done { text: String::new(), summary: None, complaint, unknown: true };
        }
    };
    let mut selectors = signed.selectors(domain.ascii());
    selectors.extend(flags.selector.iter().map(|name| (name.trim().to_lowercase(), Origin::Given)));
    selectors.retain(|name, _| !name.is_empty());
    let sends = if flags.sends_nothing { Told::SendsNothing } else { Told::Nothing };
    let health: Health = health::check(dns, domain, &Wish { selectors, sends });
    let text = if flags.json { line::of(&health) } else { page::of(&health, setup, detail) };
    let summary = Some((page::summary(&health, setup), health.worst()));
    Done { text, summary, complaint: None, unknown: health.count(State::Unknown) > 0 }
}

/// How many domains were looked at, on a terminal only.
struct Progress(Option<indicatif::ProgressBar>);

impl Progress {
    fn start(setup: &Setup, count: usize) -> Self {
        use std::io::IsTerminal;
        if setup.speech == Speech::Quiet || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let template = either(
            setup.lang,
            "{spinner} {pos}/{len} ドメインを確かめました",
            "{spinner} {pos}/{len} domains looked at",
        );
        let bar = indicatif::ProgressBar::new(count as u64);
        if let Ok(style) = indicatif::ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Self(Some(bar))
    }

    fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    fn aside<R>(&self, act: impl FnOnce() -> R) -> R {
        match &self.0 {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
pub mod tests;
