//! PostgreSQL over a socket or loopback, for installations that share one memory.

use std::collections::{BTreeSet, HashMap};
use std::error::Error as _;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, yield_now};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, NoTls, Row, Statement};

use super::{Access, Asker, Database, EACH, LISTED, Present, Question, StoreError, Value};

/// How long a statement waits for another's lock.
const BUSY_SECONDS: u64 = 30;

/// The lock that a writer holds. Any number that nobody else uses.
const WRITERS_LOCK: i64 = 0x0073_656b_6973_686f;

/// How statements are planned: once, and by keys. Ours always go by a key, and what PostgreSQL believes about tables that just grew would
/// have it read them whole. They seldom look one thing up twice: what servers from version 14 on remember for that costs more than it saves.
const PLANS: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_mergejoin = off; \
    SET enable_hashjoin = off; SET jit = off; \
    SELECT SET_CONFIG('enable_memoize', 'off', FALSE) WHERE CURRENT_SETTING('enable_memoize', TRUE) IS NOT NULL";

/// How long an answer is waited for awake by whoever must not wait: the questions of one round are mostly answered within it.
const AWAKE: Duration = Duration::from_millis(1);

/// Has the server read all our tables, what lies beside them (TOAST), and their indexes, into its own memory as far as it has room: the
/// smallest last, so that they stay.
const READ_ALL: &str = "SELECT SUM(pg_prewarm(oid)) FROM (SELECT oid FROM pg_class WHERE relkind IN ('r', 'i', 't') \
    AND relnamespace IN (current_schema()::regnamespace, 'pg_toast'::regnamespace) ORDER BY relpages DESC) AS ours";

/// What the server answers to one question.
type Answer = Result<Vec<Row>, tokio_postgres::Error>;

/// Whoever remembers waits for the answer: the connection is only driven meanwhile.
struct Postgres {
    client: Arc<Client>,
    runtime: Runtime,
    statements: HashMap<String, Statement>,
    /// How long an answer is waited for awake, before sleeping until it comes.
    awake: Duration,
}

pub(super) fn open(url: &str, access: Access) -> Result<(Box<dyn Database>, String), StoreError> {
    let place = without_password(url);
    let not_opened = |cause: String| StoreError::NotOpened { place: place.clone(), cause };
    let config: Config = url.parse().map_err(|error: tokio_postgres::Error| not_opened(error.to_string()))?;
    let runtime =
        Builder::new_current_thread().enable_all().build().map_err(|error| not_opened(error.to_string()))?;
    let connected = runtime.block_on(config.connect(NoTls));
    let (client, connection) = connected.map_err(|error| not_opened(words(&error)))?;
    // What ends a connection is told by the statement that waits for it.
    runtime.spawn(async { drop(connection.await) });
    let read_only = match access {
        Access::Write => "",
        Access::Read => "; SET default_transaction_read_only = on",
    };
    let settings = format!(
        "SET lock_timeout = '{BUSY_SECONDS}s'; SET client_min_messages = warning; {PLANS}{read_only}"
    );
    runtime.block_on(client.batch_execute(&settings)).map_err(|error| not_opened(words(&error)))?;
    Ok((
        Box::new(Postgres {
            client: Arc::new(client),
            runtime,
            statements: HashMap::new(),
            awake: Duration::ZERO,
        }),
        place,
    ))
}

impl Postgres {
    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(sql)).map_err(told)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Prepares those that are not yet, in one way to the server and back.
    fn prepare_all(&mut self, texts: &[String]) -> Result<(), StoreError> {
        let new: BTreeSet<&String> =
            texts.iter().filter(|text| !self.statements.contains_key(*text)).collect();
        let prepared =
            new.into_iter().map(|text| async { Ok((text.clone(), self.client.prepare(text).await?)) });
        let prepared: Vec<(String, Statement)> =
            self.runtime.block_on(try_join_all(prepared)).map_err(told)?;
        self.statements.extend(prepared);
        Ok(())
    }

    /// Sends a question whose statement is prepared.
    fn send(&mut self, question: Question, text: &str) -> Result<JoinHandle<Answer>, StoreError> {
        let (client, statement) = (Arc::clone(&self.client), self.prepared(text)?);
        let Question { values, ids, .. } = question;
        Ok(self.runtime.spawn(async move {
            let mut all = parameters(&values);
            all.extend(ids.as_ref().map(|ids| ids as &(dyn ToSql + Sync)));
            client.query(&statement, &all).await
        }))
    }

    /// Waits for an answer.
    fn wait(&self, answer: JoinHandle<Answer>) -> Result<Vec<Row>, StoreError> {
        let answered = self.runtime.block_on(async {
            let begun = Instant::now();
            while !answer.is_finished() && begun.elapsed() < self.awake {
                yield_now().await;
            }
            answer.await
        });
        // A task of ours that was ended has lost its connection.
        answered.map_err(|_| StoreError::Lost)?.map_err(told)
    }

    /// The kinds of columns.
    fn kinds(&mut self, table: &str, columns: &[&str]) -> Result<Vec<String>, StoreError> {
        let described = self.prepared(&format!("SELECT {} FROM {table}", columns.join(", ")))?;
        Ok(described.columns().iter().map(|column| column.type_().name().to_owned()).collect())
    }
}

impl Database for Postgres {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        if values.is_empty() {
            return self.runtime.block_on(self.client.batch_execute(sql)).map(|()| 0).map_err(told);
        }
        let statement = self.prepared(sql)?;
        self.runtime.block_on(self.client.execute(&statement, &parameters(values))).map_err(told)
    }

    fn rows(&mut self, sql: &str, values: &[Value], row: &mut dyn FnMut(&[Value])) -> Result<(), StoreError> {
        let statement = self.prepared(sql)?;
        let rows = self.runtime.block_on(self.client.query(&statement, &parameters(values)));
        rows.map_err(told)?.iter().try_for_each(|next| read(next).map(|read| row(&read)))
    }

    fn put(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
        present: Present,
    ) -> Result<u64, StoreError> {
        if rows.is_empty() {
            return Ok(0);
        }
        // A list a column, so that one statement serves any number of rows.
        let kinds = self.kinds(table, columns)?;
        let (mut places, mut lists) = (Vec::new(), Vec::new());
        for (column, kind) in kinds.iter().enumerate() {
            places.push(format!("${}::{kind}[]", column + 1));
            lists.push(
                rows.iter().map(|row| row.get(column).unwrap_or(&Value::Null)).collect::<Vec<&Value>>(),
            );
        }
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT * FROM UNNEST({}) {}",
            columns.join(", "),
            places.join(", "),
            present.clause(columns)
        );
        let statement = self.prepared(&sql)?;
        let lists: Vec<&(dyn ToSql + Sync)> = lists.iter().map(|list| list as &(dyn ToSql + Sync)).collect();
        self.runtime.block_on(self.client.execute(&statement, &lists)).map_err(told)
    }

    /// One statement for all of them: each way to the server and back costs more than most answers.
    fn each(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: &mut dyn FnMut(&[Value]),
    ) -> Result<(), StoreError> {
        let statement = self.prepared(&for_each(question, values.len()))?;
        let mut all = parameters(values);
        all.push(&ids);
        let rows = self.runtime.block_on(self.client.query(&statement, &all));
        rows.map_err(told)?.iter().try_for_each(|next| read(next).map(|read| row(&read)))
    }

    /// All are sent before the first answer is waited for.
    fn ask(&mut self, asker: &mut dyn Asker) -> Result<(), StoreError> {
        let text = |question: &Question| match question.ids {
            Some(_) => for_each(&question.sql, question.values.len()),
            None => question.sql.clone(),
        };
        let mut sent = Vec::new();
        loop {
            let questions = asker.ready();
            if questions.is_empty() {
                break;
            }
            let texts: Vec<String> = questions.iter().map(text).collect();
            self.prepare_all(&texts)?;
            for (question, text) in questions.into_iter().zip(&texts) {
                sent.push(self.send(question, text)?);
            }
            // What was sent takes its turn before we go on.
            self.runtime.block_on(yield_now());
        }
        for (which, answer) in sent.into_iter().enumerate() {
            let rows = self.wait(answer)?;
            rows.iter().try_for_each(|next| read(next).map(|read| asker.take(which, &read)))?;
        }
        Ok(())
    }

    /// What was deleted is freed to be used again, and stands on the disk until it is. To move all of it (`VACUUM FULL`) would keep everybody
    /// else waiting, and the server's own log would hold it still.
    fn rewrite(&mut self) -> Result<(), StoreError> {
        self.run("VACUUM", &[]).map(|_| ())
    }

    /// Debian's server brings `pg_prewarm`, which reads tables and indexes from their beginning to their end; only an administrator may have it
    /// installed in a database.
    fn read_ahead(&mut self) -> Result<bool, StoreError> {
        match self.runtime.block_on(self.client.simple_query(READ_ALL)) {
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_FUNCTION) => Ok(false),
            read => read.map(|_| true).map_err(told),
        }
    }

    /// To fall asleep and to be woken takes about as long as many an answer. With one processor, the server would wait for us to fall asleep.
    fn stay_awake(&mut self) {
        if thread::available_parallelism().is_ok_and(|processors| processors.get() > 1) {
            self.awake = AWAKE;
        }
    }

    /// Every statement sees what is there when it begins: a transaction would cost two more ways to the server.
    fn begin_reading(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn end_reading(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        // One writer at a time, as with SQLite: two learners then never wait for each other's rows.
        let begun = self.run(&format!("BEGIN; SELECT pg_advisory_xact_lock({WRITERS_LOCK})"), &[]);
        if begun.is_err() {
            self.roll_back();
        }
        begun.map(|_| ())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.run("COMMIT", &[]).map(|_| ())
    }

    fn roll_back(&mut self) {
        // A lost connection has rolled back by itself.
        let _ = self.run("ROLLBACK", &[]);
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<tokio_postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(tokio_postgres::types::IsNull::Yes),
            Value::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            // As SQLite takes it: its digits.
            Value::Int(number) if *kind == Type::TEXT => number.to_string().to_sql(kind, out),
            Value::Int(number) => number.to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::TEXT | Type::BYTEA)
    }

    tokio_postgres::types::to_sql_checked!();
}

/// A question for several numbers, which are its last parameter.
fn for_each(question: &str, values: usize) -> String {
    if question.contains(LISTED) {
        return question.replace(LISTED, &format!("= ANY(${}::BIGINT[])", values + 1));
    }
    // A look-up by a key alone needs no join.
    let is_once = |rest: &&str| rest.ends_with("= ") && !rest.contains(EACH);
    if let Some(rest) = question.strip_suffix(EACH).filter(is_once) {
        return format!("{rest}ANY(${}::BIGINT[])", values + 1);
    }
    format!(
        "SELECT part.* FROM UNNEST(${}::BIGINT[]) AS asked (id) CROSS JOIN LATERAL ({}) AS part",
        values + 1,
        question.replace(EACH, "asked.id")
    )
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn read(row: &Row) -> Result<Vec<Value>, StoreError> {
    let one = |column: usize, kind: &Type| match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map(|value| value.map(Value::Int)),
        Type::INT4 => {
            row.try_get::<_, Option<i32>>(column).map(|value| value.map(|it| Value::Int(it.into())))
        }
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(column).map(|value| value.map(Value::Bytes)),
        _ => row.try_get::<_, Option<String>>(column).map(|value| value.map(Value::Text)),
    };
    let columns = row.columns().iter().enumerate();
    columns
        .map(|(column, described)| {
            one(column, described.type_()).map(|value| value.unwrap_or(Value::Null)).map_err(told)
        })
        .collect()
}

fn told(error: tokio_postgres::Error) -> StoreError {
    match error.code() {
        Some(&SqlState::LOCK_NOT_AVAILABLE) => StoreError::Busy(BUSY_SECONDS),
        Some(&SqlState::DISK_FULL | &SqlState::OUT_OF_MEMORY) => StoreError::Full,
        Some(&SqlState::ADMIN_SHUTDOWN | &SqlState::CRASH_SHUTDOWN) => StoreError::Lost,
        None if error.is_closed() => StoreError::Lost,
        _ => StoreError::Refused(words(&error)),
    }
}

/// What the server said, or below it the network.
fn words(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => said.message().to_owned(),
        (None, Some(source)) => source.to_string(),
        (None, None) => error.to_string(),
    }
}

/// The place without what must not stand in a log.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => {
            let user = url.get(scheme + 3..at).unwrap_or_default();
            let user = user.split_once(':').map_or(user, |(user, _)| user);
            format!(
                "{}{user}{}",
                url.get(..scheme + 3).unwrap_or_default(),
                url.get(at..).unwrap_or_default()
            )
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (url, shown) in [
            (
                "postgres://sekisho:s3cret@db.midori.example/sekisho",
                "postgres://sekisho@db.midori.example/sekisho",
            ),
            (
                "postgres://sekisho:p@ss@db.midori.example/sekisho",
                "postgres://sekisho@db.midori.example/sekisho",
            ),
            ("postgres://db.midori.example/sekisho", "postgres://db.midori.example/sekisho"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
