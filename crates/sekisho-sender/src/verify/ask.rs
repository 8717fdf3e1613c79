//! Questions about names → answers within the limits of one mail.
//!
//! The same question is asked once. A name that cannot stand in DNS is not asked for: it does not exist.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::limits;
use crate::domain::{LABEL_BYTES_MAX, NAME_BYTES_MAX};
use crate::{Answer, Dns, NoAnswer, Records};

/// DNS for one mail.
pub(crate) struct Ask<'d> {
    dns: &'d dyn Dns,
    left: Cell<usize>,
    texts: RefCell<HashMap<String, Answer<Vec<u8>>>>,
}

impl<'d> Ask<'d> {
    pub(crate) fn new(dns: &'d dyn Dns) -> Self {
        Self { dns, left: Cell::new(limits::QUESTIONS_MAX), texts: RefCell::default() }
    }

    /// TXT records, whole ones only in so far as they are not too large; a record that is too large is cut just behind
    /// the limit, so that its reader sees that it is.
    pub(crate) fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        if let Some(known) = self.texts.borrow().get(name) {
            return known.clone();
        }
        let mut answer = self.ask(name, |name| self.dns.txt(name));
        if let Ok(records) = &mut answer {
            records.values.iter_mut().for_each(|record| record.truncate(limits::RECORD_BYTES_MAX + 1));
        }
        self.texts.borrow_mut().insert(name.to_owned(), answer.clone());
        answer
    }

    pub(crate) fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.ask(name, |name| self.dns.a(name))
    }

    pub(crate) fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.ask(name, |name| self.dns.aaaa(name))
    }

    /// Addresses of `name` of the family of `like`.
    pub(crate) fn addresses(&self, name: &str, like: IpAddr) -> Answer<IpAddr> {
        match like {
            IpAddr::V4(_) => self.a(name).map(widened),
            IpAddr::V6(_) => self.aaaa(name).map(widened),
        }
    }

    pub(crate) fn mx(&self, name: &str) -> Answer<(u16, String)> {
        self.ask(name, |name| self.dns.mx(name))
    }

    pub(crate) fn ptr(&self, address: IpAddr) -> Answer<String> {
        self.count()?;
        cut(self.dns.ptr(address))
    }

    fn ask<T>(&self, name: &str, question: impl FnOnce(&str) -> Answer<T>) -> Answer<T> {
        let name = name.strip_suffix('.').unwrap_or(name);
        if !can_stand(name) {
            return Err(NoAnswer::NoSuchName);
        }
        self.count()?;
        cut(question(name))
    }

    /// Too many questions are like an answer that did not come in time: nothing follows from it.
    fn count(&self) -> Result<(), NoAnswer> {
        let left = self.left.get().checked_sub(1).ok_or(NoAnswer::TimedOut)?;
        self.left.set(left);
        Ok(())
    }
}

fn cut<T>(mut answer: Answer<T>) -> Answer<T> {
    if let Ok(records) = &mut answer {
        records.values.truncate(limits::RECORDS_MAX);
    }
    answer
}

fn widened<T: Into<IpAddr>>(records: Records<T>) -> Records<IpAddr> {
    Records { values: records.values.into_iter().map(Into::into).collect(), ttl_seconds: records.ttl_seconds }
}

/// Whether DNS could hold the name: printable labels of the right lengths (RFC 1035 section 2.3.4).
fn can_stand(name: &str) -> bool {
    name.len() <= NAME_BYTES_MAX
        && name.split('.').all(|label| {
            (1..=LABEL_BYTES_MAX).contains(&label.len()) && label.bytes().all(|b| (b' '..=b'~').contains(&b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    #[test]
    fn questions_names_and_records_are_bounded() {
        let mut zone = Zone::default();
        zone.add_txt("large.example", vec![b'a'; 5_000_000]);
        let ask = Ask::new(&zone);
        assert_eq!(ask.txt("large.example").unwrap().values[0].len(), limits::RECORD_BYTES_MAX + 1);
        assert_eq!(ask.a("two..dots.example"), Err(NoAnswer::NoSuchName));
        assert_eq!(ask.a(&"a".repeat(64)), Err(NoAnswer::NoSuchName));
        let asked = (0..1_000).take_while(|_| ask.a("none.example") == Err(NoAnswer::NoSuchName)).count();
        assert_eq!(asked, limits::QUESTIONS_MAX - 1);
        assert!(ask.txt("large.example").is_ok());
    }
}
