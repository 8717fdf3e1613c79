//! Mailing lists → whether somebody truly writes to one, or a mail truly came through one.
//!
//! Whoever writes a mail writes its `List-Id`. A list counts where its own domain authenticated the mail, or in the old archive.

use std::collections::BTreeSet;

use sekisho_facts::Fact;

use super::recall::Recall;
use crate::StoreError;
use crate::database::Value;
use crate::reading;
use crate::store::learning::word_id;
use crate::store::organisations::organisation;
use crate::store::together::words;

/// Mails of the sender looked at: the newest ones of each kind.
const MAILS_MAX: i64 = 100;

/// The lists that the sender of the mail writes to, and the one through which it came.
pub(super) fn of_sender(recall: &mut Recall<'_, '_>) -> Result<BTreeSet<i64>, StoreError> {
    let mut lists = BTreeSet::new();
    let came = reading::list(recall.asked.message);
    if !came.is_empty() && is_of(&came, recall) {
        lists.extend(word_id(recall.secret, &came));
    }
    let Some(sender) = recall.sender_id else { return Ok(lists) };
    let mut wrote: Vec<(i64, i64, Option<i64>)> = Vec::new();
    for trust in [1, 0] {
        let sql = "SELECT list, at, domains FROM (SELECT list, at, domains FROM ways WHERE sender = $1 AND trust = $2 AND at <= $3 \
            ORDER BY at DESC LIMIT $4) AS newest WHERE list IS NOT NULL";
        let values = [sender, trust, recall.view.until, MAILS_MAX].map(Value::Int);
        recall.database.rows(sql, &values, &mut |row| {
            if let [Value::Int(list), Value::Int(at), domains] = row {
                wrote.push((*list, *at, domains.int()));
            }
        })?;
    }
    let ids: Vec<i64> =
        wrote.iter().flat_map(|(list, _, domains)| [Some(*list), *domains]).flatten().collect();
    let words = if ids.is_empty() { Default::default() } else { words(recall.database, &ids)? };
    for (list, at, domains) in wrote {
        let domains = domains.and_then(|domains| words.get(&domains)).map_or("", String::as_str);
        let passed = |name: &String| domains.split(' ').any(|domain| is_same(name, domain));
        if recall.view.is_archive(at) || words.get(&list).is_some_and(passed) {
            lists.insert(list);
        }
    }
    Ok(lists)
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
