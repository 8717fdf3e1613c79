//! Mailing lists → whether somebody truly writes to one, or a mail truly came through one.
//!
//! Whoever writes a mail writes its `List-Id`. A list counts where its own domain authenticated the mail, or in the old archive.

use std::collections::BTreeSet;

use sekisho_facts::Fact;

use super::recall::Recall;
use crate::database::Value;
use crate::reading;
use crate::store::contacts::both;
use crate::store::learning::word_id;
use crate::store::organisations::organisation;
use crate::store::together::Together;

/// Mails of the sender looked at: the newest ones of each kind.
const MAILS_MAX: i64 = 100;

/// The mails that the sender wrote through lists.
#[derive(Default)]
pub(super) struct Lists {
    /// The list, its name, when, and the domains that passed.
    wrote: Vec<(i64, String, i64, String)>,
}

impl Lists {
    /// Asks for them.
    pub(super) fn ask<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        let newest = |trust: i64| {
            format!(
                "SELECT * FROM (SELECT list, at, domains FROM ways WHERE sender = {{id}} AND trust = {trust} AND at <= $1 \
                 ORDER BY at DESC LIMIT {MAILS_MAX}) AS newest WHERE list IS NOT NULL"
            )
        };
        let question = format!(
            "SELECT wrote.list, lists.word AS name, at, domains.word AS passed FROM ({}) AS wrote \
             JOIN words AS lists ON lists.id = wrote.list LEFT JOIN words AS domains ON domains.id = wrote.domains",
            both(&newest(1), &newest(0))
        );
        together.each(question, &[Value::Int(recall.view.until)], recall.sender_id.as_slice(), |row| {
            if let [Value::Int(list), Value::Text(name), Value::Int(at), passed] = row {
                let passed = if let Value::Text(passed) = passed { passed.clone() } else { String::new() };
                self.wrote.push((*list, name.clone(), *at, passed));
            }
        });
    }

    /// The lists that the sender of the mail truly writes to, and the one through which it truly came.
    pub(super) fn of_sender(self, recall: &Recall<'_, '_>) -> BTreeSet<i64> {
        let came = reading::list(recall.asked.message);
        let came =
            (!came.is_empty() && is_of(&came, recall)).then(|| word_id(recall.secret, &came)).flatten();
        let is_true = |(_, name, at, passed): &&(i64, String, i64, String)| {
            recall.view.is_archive(*at) || passed.split(' ').any(|domain| is_same(name, domain))
        };
        let wrote = self.wrote.iter().filter(is_true).map(|(list, ..)| *list);
        came.into_iter().chain(wrote).collect()
    }
}

/// Whether the list's own domain passed for the mail; where nothing was looked up at all, its word is all there is, and nothing is
/// concluded against it.
fn is_of(list: &str, recall: &Recall<'_, '_>) -> bool {
    let sender = recall.asked.sender;
    let results: Vec<_> =
        sender.dkim.iter().chain([&sender.spf, &sender.dmarc, &sender.arc]).filter_map(Fact::known).collect();
    results.is_empty() || results.iter().any(|result| result.passes_fully() && is_same(list, &result.domain))
}

fn is_same(list: &str, domain: &str) -> bool {
    let list = list.rsplit('@').next().unwrap_or_default().to_lowercase();
    let domain = domain.to_lowercase();
    matches!((organisation(&list), organisation(&domain)), (Some(a), Some(b)) if a == b)
}
