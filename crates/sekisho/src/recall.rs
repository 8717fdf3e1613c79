//! One mail → what the memory knows about it, while mail is judged: read-only, a connection for each thread that judges.
//!
//! A database that fails is told once; from then on relations are not looked at, and never shown as clean.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

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

/// How often a server that went is tried again, and how much longer is waited each time: some seconds in all, as it takes to start one anew.
const RECONNECTS_MAX: u32 = 5;
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

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
        let mailboxes = match &setup.mailbox {
            Some(mailbox) => vec![mailbox.clone()],
            None => mailboxes(message, &setup.own),
        };
        let (as_of, judged_at) = (setup.as_of, setup.as_of.unwrap_or(now));
        self.ask(&Question { message, sender, mailboxes: &mailboxes, as_of, judged_at, now }, setup)
    }

    /// What was remembered about a mail of a mailbox when it came. What a person says of its sender counts from now on for what came before.
    pub fn relations_then(
        &self,
        message: &Message,
        sender: &Sender,
        mailbox: &Address,
        setup: &Setup,
        now: i64,
    ) -> Fact<Relations> {
        let mailboxes = std::slice::from_ref(mailbox);
        let as_of = Some(moment(message, Direction::Received, now));
        let question = Question { message, sender, mailboxes, as_of, judged_at: now, now };
        self.ask(&question, setup)
    }

    fn ask(&self, question: &Question<'_>, setup: &Setup) -> Fact<Relations> {
        let mut store = match self.connection(setup) {
            Ok(store) => store,
            Err(unknown) => return Fact::Unknown { unknown },
        };
        let mut answer = question.ask(&mut store, setup);
        if matches!(answer, Err(StoreError::Lost))
            && let Some(again) = self.connect_again(setup)
        {
            store = again;
            answer = question.ask(&mut store, setup);
        }
        match answer {
            Ok(relations) => {
                self.state().idle.push(store);
                relations
            }
            Err(error) => Fact::Unknown { unknown: self.fail(NoMemory::Store(error), setup) },
        }
    }

    /// A new connection after the server went, perhaps to be started anew. The others that were idle are lost as well.
    fn connect_again(&self, setup: &Setup) -> Option<Store> {
        let mut state = self.state();
        if state.obstacle.is_some() {
            return None;
        }
        state.idle.clear();
        (0..RECONNECTS_MAX).find_map(|turn| {
            thread::sleep(RECONNECT_AFTER.saturating_mul(turn));
            memory::open_to_read(setup).ok().flatten()
        })
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

/// What is asked.
struct Question<'a> {
    message: &'a Message,
    sender: &'a Sender,
    mailboxes: &'a [Address],
    /// What was sent later is left out.
    as_of: Option<i64>,
    judged_at: i64,
    now: i64,
}

impl Question<'_> {
    fn ask(&self, store: &mut Store, setup: &Setup) -> Result<Fact<Relations>, StoreError> {
        let as_of = match self.as_of {
            Some(then) if then < self.judged_at && self.is_confirmed(store)? => Some(self.judged_at),
            as_of => as_of,
        };
        let is_shared_domain = |domain: &str| setup.lists().freemail.holds(domain);
        let asked = Asked {
            message: self.message,
            sender: self.sender,
            own: &setup.own,
            mailboxes: self.mailboxes,
            at: moment(self.message, Direction::Received, self.now),
            judged_at: self.judged_at,
            is_shared_domain: &is_shared_domain,
        };
        store.relations(&asked, as_of)
    }

    /// Whether a person has confirmed the sender by the moment of judging.
    fn is_confirmed(&self, store: &mut Store) -> Result<bool, StoreError> {
        let mut senders = self.message.from.iter().filter_map(|from| from.address.as_ref());
        let Some(sender) = senders.next() else { return Ok(false) };
        Ok(!store.confirmations(sender, Some(self.judged_at))?.is_empty())
    }
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
