//! Statements of recalls → where their time goes, by kind of statement, in all recalls and in the slowest hundredth (`MEMORY_PROFILE=1`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sekisho_store::Store;

/// Statements shown of one list.
const SHOWN: usize = 40;
/// Characters shown of a statement.
const CHARS: usize = 150;

/// What one kind of statement took.
#[derive(Clone, Copy, Default)]
struct Taken {
    statements: u64,
    rows: u64,
    time: Duration,
}

type Kinds = BTreeMap<String, Taken>;

/// Whether it is asked for, and what was written down of the recall that runs and of all that ended.
pub(super) struct Profile {
    now: Option<Arc<Mutex<Kinds>>>,
    recalls: Vec<(Duration, Kinds)>,
}

impl Profile {
    pub(super) fn new() -> Self {
        let now = std::env::var_os("MEMORY_PROFILE").map(|_| Arc::default());
        Self { now, recalls: Vec::new() }
    }

    /// The memory, watched where a profile is asked for.
    pub(super) fn watched(&self, store: Store) -> Store {
        let Some(now) = &self.now else { return store };
        let now = Arc::clone(now);
        store.watched(Box::new(move |sql, rows, time| {
            if let Ok(mut kinds) = now.lock() {
                let taken = kinds.entry(kind(sql)).or_default();
                *taken = taken.with(Taken { statements: 1, rows, time });
            }
        }))
    }

    /// Ends a recall that took `time` in all; one that is not counted is forgotten.
    pub(super) fn end(&mut self, time: Duration, counts: bool) {
        let Some(now) =
            self.now.as_ref().and_then(|now| now.lock().ok().map(|mut now| std::mem::take(&mut *now)))
        else {
            return;
        };
        if counts {
            self.recalls.push((time, now));
        }
    }

    pub(super) fn print(&mut self) {
        self.recalls.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
        let slowest = self.recalls.len().div_ceil(100);
        for (which, recalls) in [
            ("all", self.recalls.as_slice()),
            ("the slowest", self.recalls.get(..slowest).unwrap_or_default()),
        ] {
            if !recalls.is_empty() {
                println!("  {which} {} recalls, a recall:", recalls.len());
                print_kinds(recalls);
            }
        }
    }
}

impl Taken {
    fn with(self, other: Self) -> Self {
        Self {
            statements: self.statements + other.statements,
            rows: self.rows + other.rows,
            time: self.time + other.time,
        }
    }
}

/// A statement without its lists and repetitions.
fn kind(sql: &str) -> String {
    let first = sql.split(" UNION ALL SELECT * FROM (").next().unwrap_or_default();
    let mut kind = String::new();
    for word in first.split_whitespace() {
        if !word.starts_with('$') || !kind.ends_with("$… ") {
            kind.push_str(if word.starts_with('$') { "$…" } else { word });
            kind.push(' ');
        }
    }
    kind.chars().take(CHARS).collect()
}

fn print_kinds(recalls: &[(Duration, Kinds)]) {
    let mut kinds = Kinds::new();
    for (kind, taken) in recalls.iter().flat_map(|(_, kinds)| kinds) {
        let all = kinds.entry(kind.clone()).or_default();
        *all = all.with(*taken);
    }
    let sum = kinds.values().fold(Taken::default(), |sum, taken| sum.with(*taken));
    let mut all: Vec<(String, Taken)> = kinds.into_iter().collect();
    all.sort_by_key(|(_, taken)| std::cmp::Reverse(taken.time));
    let of = |number: u64| number as f64 / recalls.len() as f64;
    let line = |what: &str, taken: &Taken| {
        let ms = taken.time.as_secs_f64() * 1_000.0 / recalls.len() as f64;
        println!("  {ms:9.3} ms {:6.1} statements {:8.1} rows  {what}", of(taken.statements), of(taken.rows));
    };
    line("in all", &sum);
    all.iter().take(SHOWN).for_each(|(kind, taken)| line(kind, taken));
}
