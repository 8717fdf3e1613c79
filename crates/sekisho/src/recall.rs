//! One mail → what the memory knows about it, while mail is judged: read-only, a connection for each thread that judges.
//!
//! A database that fails is told once; from then on relations are not looked at, and never shown as clean.
//!
//! A mail may be remembered itself: a mailbox that was learned is looked through again. It is then judged by what was known before it came,
//! else it would bear witness for itself.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sekisho_facts::{Fact, Own, Relations, Sender, Why};
use sekisho_mail::{Address, Message};
use sekisho_store::{Asked, Direction, Store, StoreError, moment};

use crate::memory::{self, NoMemory};
use crate::setup::Setup;
use crate::terminal;

/// Fields that name the mailbox a mail was put into, as servers write them.
const DELIVERED_FIELDS: [&str; 2] = ["Delivered-To", "X-Original-To"];

/// Mailboxes of ours asked for one mail: a mail to more is an announcement.
const MAILBOXES_MAX: usize = 20;

/// Copies of one mail come within a day. What comes later is somebody who sends an old mail again, with who knows what attached.
const COPIES_SECONDS: i64 = 86_400;

/// The connections, and what stands in their way.
#[derive(Default)]
pub struct Recall(Mutex<State>);

#[derive(Default)]
struct State {
    /// Connections that no thread uses now.
    idle: Vec<Store>,
    /// Why nothing can be asked.
    obstacle: Option<Why>,
}

impl Recall {
    /// What is remembered about a mail.
    pub fn relations(&self, message: &Message, sender: &Sender, setup: &Setup, now: i64) -> Fact<Relations> {
        let mut store = match self.connection(setup) {
            Ok(store) => store,
            Err(unknown) => return Fact::Unknown { unknown },
        };
        match ask(&mut store, message, sender, setup, now) {
            Ok(relations) => {
                self.state().idle.push(store);
                relations
            }
            Err(error) => Fact::Unknown { unknown: self.fail(NoMemory::Store(error), setup) },
        }
    }

    /// Whether the database failed.
    pub fn failed(&self) -> bool {
        self.state().obstacle == Some(Why::NoDatabase)
    }

    fn connection(&self, setup: &Setup) -> Result<Store, Why> {
        {
            let mut state = self.state();
            if let Some(obstacle) = state.obstacle {
                return Err(obstacle);
            }
            if let Some(store) = state.idle.pop() {
                return Ok(store);
            }
        }
        match memory::open_to_read(setup) {
            Ok(Some(store)) => Ok(store),
            Ok(None) => {
                self.state().obstacle = Some(Why::NothingLearned);
                Err(Why::NothingLearned)
            }
            Err(error) => Err(self.fail(error, setup)),
        }
    }

    /// Tells it, the first time.
    fn fail(&self, error: NoMemory, setup: &Setup) -> Why {
        let before = self.state().obstacle.replace(Why::NoDatabase);
        if before != Some(Why::NoDatabase) {
            terminal::complain(&error.words(setup.lang));
        }
        Why::NoDatabase
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ask(
    store: &mut Store,
    message: &Message,
    sender: &Sender,
    setup: &Setup,
    now: i64,
) -> Result<Fact<Relations>, StoreError> {
    let mailboxes = match &setup.mailbox {
        Some(mailbox) => vec![mailbox.clone()],
        None => mailboxes(message, &setup.own),
    };
    let is_shared_domain = |domain: &str| setup.lists().freemail.holds(domain);
    let at = moment(message, Direction::Received, now);
    let before_it = before_it(store.learned_at(message, &mailboxes)?, at);
    let as_of = before_it.into_iter().chain(setup.as_of).min();
    let asked = Asked {
        message,
        sender,
        own: &setup.own,
        mailboxes: &mailboxes,
        at,
        is_shared_domain: &is_shared_domain,
    };
    store.relations(&asked, as_of)
}

/// The moment before the first copy of a mail was learned, where it is that mail and came at `at`.
fn before_it(learned_at: Option<i64>, at: i64) -> Option<i64> {
    learned_at.filter(|first| at.saturating_sub(*first).abs() <= COPIES_SECONDS).map(|first| first - 1)
}

/// The mailboxes of ours that a mail went to, as far as it says so itself.
fn mailboxes(message: &Message, own: &Own) -> Vec<Address> {
    let delivered = message.fields.iter().filter(|field| DELIVERED_FIELDS.iter().any(|name| field.is(name)));
    let delivered = delivered.filter_map(|field| Address::parse(&field.text));
    let named = message.to.iter().chain(&message.cc).filter_map(|mailbox| mailbox.address.clone());
    let mut mailboxes: Vec<Address> = Vec::new();
    for address in delivered.chain(named).filter(|address| own.is_own_address(address)) {
        if mailboxes.len() < MAILBOXES_MAX && !mailboxes.iter().any(|known| known.same_mailbox(&address)) {
            mailboxes.push(address);
        }
    }
    mailboxes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_no_witness_for_itself_and_an_old_one_sent_again_is_another() {
        assert_eq!(before_it(None, 1_000_000), None);
        assert_eq!(before_it(Some(1_000_000), 1_000_000), Some(999_999));
        assert_eq!(before_it(Some(1_000_000), 1_000_003), Some(999_999));
        assert_eq!(before_it(Some(1_000_000), 1_000_000 + COPIES_SECONDS + 1), None);
    }

    #[test]
    fn own_mailboxes_are_taken_from_every_field_once() {
        let own = Own::new("", ["midori.example".to_owned()], Vec::new());
        let message = sekisho_mail::read(
            b"Delivered-To: sato@midori.example\r\nX-Original-To: keiri@midori.example\r\n\
              To: Sato@midori.example, yamada@partner.example\r\nCc: Mori <mori@midori.example>\r\n\r\ntext\r\n",
            &sekisho_mail::Limits::default(),
        );
        let found: Vec<String> = mailboxes(&message, &own).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["sato@midori.example", "keiri@midori.example", "mori@midori.example"]);
    }
}
