//! Questions whose answers lie on a cold disk → the answers, read by several connections at once.
//!
//! A recall is some hundred single reads, and a disk answers many at a time in hardly more than the time of one. While the disk has to be
//! asked, the numbers of each question are shared out among readers with connections of their own; from memory one connection answers
//! sooner than they are woken. Whether the disk was asked, Linux tells; elsewhere there are never any readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use super::super::{Question, StoreError, Value};
use super::IN_MEMORY;
use super::connection::{self, CACHE_KIB};

/// How many there are. Twice as many took no less time, and half as many more (`figures memory-speed`, cold).
const READERS: usize = 8;

/// A recall that took less did not ask the disk often, if at all.
const WAITED: Duration = Duration::from_millis(3);

/// The readers of one file, as long as they are needed.
pub(super) struct Readers {
    path: PathBuf,
    all: Vec<Reader>,
    /// Whether the last recall was slow.
    was_slow: bool,
    /// Whether it was because the disk was asked, and there were no readers.
    is_cold: bool,
    /// When this recall began.
    begun: Instant,
    /// What this program had read from disks by then.
    read_bytes: u64,
}

struct Reader {
    work: Option<Sender<Work>>,
    thread: Option<JoinHandle<()>>,
}

/// Questions, and where the answers are wanted.
struct Work {
    shared: Arc<Shared>,
    answers: Sender<(usize, Result<Answer, StoreError>)>,
}

/// Questions in parts, each taken by whoever is free.
struct Shared {
    parts: Vec<Part>,
    next: AtomicUsize,
}

struct Part {
    /// Which of the questions it is of.
    which: usize,
    question: Question,
}

type Answer = Vec<Vec<Value>>;

impl Readers {
    /// Those of the file at `path`, which is opened now.
    pub(super) fn of(path: &Path) -> Self {
        let (begun, read_bytes) = (Instant::now(), read_bytes());
        Self { path: path.to_owned(), all: Vec::new(), was_slow: false, is_cold: false, begun, read_bytes }
    }

    /// Notes that a recall begins, and whether it had better have readers.
    pub(super) fn begin(&mut self) -> bool {
        // Whoever asks reads other files, too: only what is read meanwhile says anything.
        if self.was_slow || !self.all.is_empty() {
            self.read_bytes = read_bytes();
        }
        self.begun = Instant::now();
        std::mem::take(&mut self.is_cold)
    }

    /// Notes that a recall ended: readers that read nothing end, and after two slow ones that had none the next is to have some.
    pub(super) fn end(&mut self) {
        let is_slow = self.begun.elapsed() >= WAITED;
        if !self.all.is_empty() {
            if !self.has_read() {
                self.all.clear();
            }
        } else if is_slow && self.was_slow {
            self.is_cold = self.has_read();
        }
        self.was_slow = is_slow;
    }

    /// Whether this program has read from a disk since that was last noted.
    pub(super) fn has_read(&self) -> bool {
        read_bytes() > self.read_bytes
    }

    /// Has readers, and waits for them. A database without a file needs none.
    pub(super) fn start(&mut self) {
        if self.path.as_os_str() == IN_MEMORY {
            return;
        }
        let (ready, waiting) = channel();
        self.all = (0..READERS).map_while(|_| Reader::start(&self.path, ready.clone())).collect();
        drop(ready);
        waiting.iter().for_each(drop);
    }

    /// Asks questions none of which needs another's answer. `None` where there are no readers, or one failed: then one asks oneself.
    pub(super) fn ask(&self, questions: &[Question]) -> Option<Vec<(usize, Answer)>> {
        if self.all.is_empty() {
            return None;
        }
        let shared = Arc::new(Shared { parts: parts(questions), next: AtomicUsize::new(0) });
        let (answers, answered) = channel();
        for reader in self.all.iter().take(shared.parts.len()) {
            let work = Work { shared: Arc::clone(&shared), answers: answers.clone() };
            reader.work.as_ref()?.send(work).ok()?;
        }
        drop(answers);
        let mut all: Vec<Option<Answer>> = vec![None; shared.parts.len()];
        for (part, answer) in answered {
            *all.get_mut(part)? = Some(answer.ok()?);
        }
        shared.parts.iter().zip(all).map(|(part, answer)| Some((part.which, answer?))).collect()
    }
}

/// Questions in parts: of one that is asked for several numbers, each reader is to have some.
fn parts(questions: &[Question]) -> Vec<Part> {
    let mut parts = Vec::new();
    for (which, question) in questions.iter().enumerate() {
        match &question.ids {
            None => parts.push(Part { which, question: question.clone() }),
            Some(ids) => {
                let some = ids.chunks(ids.len().div_ceil(READERS).max(1));
                parts.extend(some.map(|ids| {
                    let ids = Some(ids.to_vec());
                    Part { which, question: Question { ids, ..question.clone() } }
                }));
            }
        }
    }
    parts
}

impl Reader {
    /// `ready` is dropped as soon as it waits for work.
    fn start(path: &Path, ready: Sender<()>) -> Option<Self> {
        let path = path.to_owned();
        let (work, wanted) = channel::<Work>();
        let life = move || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let Ok(connection) = connection::open(&path, flags, CACHE_KIB / READERS as i64) else { return };
            // What SQLite has to know about the tables it reads when it is first asked.
            let _ = connection.execute_batch("SELECT 1 FROM settings");
            drop(ready);
            for Work { shared, answers } in wanted {
                while let Some((part, question)) = shared.take() {
                    let _ = answers.send((part, answer(&connection, question)));
                }
            }
        };
        let thread = thread::Builder::new().name("sqlite reader".to_owned()).spawn(life).ok()?;
        Some(Self { work: Some(work), thread: Some(thread) })
    }
}

/// A connection that is closed after ours would leave files beside the database.
impl Drop for Reader {
    fn drop(&mut self) {
        self.work = None;
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Shared {
    fn take(&self) -> Option<(usize, &Question)> {
        let part = self.next.fetch_add(1, Ordering::Relaxed);
        self.parts.get(part).map(|found| (part, &found.question))
    }
}

fn answer(connection: &Connection, Question { sql, values, ids }: &Question) -> Result<Answer, StoreError> {
    let mut answer = Answer::new();
    connection::ask(connection, sql, values, ids.as_deref(), &mut |row| answer.push(row.to_vec()))?;
    Ok(answer)
}

/// What this program has read from disks so far, where the system tells.
fn read_bytes() -> u64 {
    let told = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("read_bytes:"));
    line.and_then(|bytes| bytes.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_answer_in_the_order_of_the_questions() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("asked.db");
        let database = Connection::open(&path).unwrap();
        let made = "CREATE TABLE settings (id INTEGER PRIMARY KEY, square INTEGER); \
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO settings SELECT i, i * i FROM n";
        database.execute_batch(made).unwrap();
        let question = |sql: &str, values: &[i64], ids: Option<&[i64]>| Question {
            sql: sql.to_owned(),
            values: values.iter().copied().map(Value::Int).collect(),
            ids: ids.map(<[i64]>::to_vec),
        };
        let some: Vec<i64> = (0..70).rev().collect();
        let squares = question("SELECT square FROM settings WHERE id = {id} AND id > $1", &[5], Some(&some));
        let questions = [
            question("SELECT COUNT(*) FROM settings", &[], None),
            squares.clone(),
            question("SELECT id FROM settings WHERE id = {id}", &[], Some(&[])),
            question("SELECT id FROM settings WHERE square = $1", &[49], None),
        ];
        let mut readers = Readers::of(&path);
        assert!(readers.ask(&questions).is_none());
        readers.start();
        let rows = |readers: &Readers| {
            let mut all = vec![Vec::new(); questions.len()];
            for (which, rows) in readers.ask(&questions).unwrap() {
                all[which].extend(rows.into_iter().flatten().filter_map(|value| value.int()));
            }
            all
        };
        let expected = [vec![100], (6..70).rev().map(|id| id * id).collect(), vec![], vec![7]];
        assert_eq!(rows(&readers), expected);
        // One that cannot be answered is left to whoever asks; the next ones are answered.
        assert!(readers.ask(&[squares, question("SELECT nothing FROM settings", &[], None)]).is_none());
        assert_eq!(rows(&readers), expected);
    }
}
