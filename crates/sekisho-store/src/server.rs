//! A real PostgreSQL for tests and measurements, started from Debian's package on a free port of loopback. It ships with nothing: only tests
//! and the feature `postgres-server` have it.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tokio_postgres::{NoTls, SimpleQueryMessage};

/// How long it may take to start.
const START: Duration = Duration::from_secs(120);

/// A PostgreSQL of its own with Debian's settings, in a folder of its own; ended when dropped.
pub struct Server {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Server {
    /// Starts the one in `folder`, after making it where there is none; `None` where PostgreSQL is not installed.
    ///
    /// # Errors
    /// It cannot be made or started; in words.
    pub fn start(folder: &Path) -> Result<Option<Self>, String> {
        let Some(programs) = programs() else { return Ok(None) };
        let data = folder.join("data");
        if !data.exists() {
            fs::create_dir(&data).map_err(|error| format!("{}: {error}", data.display()))?;
            if is_root() {
                done(Command::new("chown").args(["-R", "postgres:postgres"]).arg(folder))?;
            }
            let made =
                ["--auth=trust", "--username=sekisho", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"];
            done(as_server(&programs.join("initdb")).args(made).arg(&data))?;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let port = listener.map_err(|error| error.to_string())?.port();
        let mut server = Self { programs, data, port, process: None };
        server.again()?;
        Ok(Some(server))
    }

    /// Ends it where it runs, and starts it: nothing is in its memory.
    ///
    /// # Errors
    /// It does not start.
    pub fn again(&mut self) -> Result<(), String> {
        self.stop();
        let started = as_server(&self.programs.join("postgres"))
            .arg("-D")
            .arg(&self.data)
            .args(["-c", "listen_addresses=127.0.0.1", "-k", "", "-p", &self.port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(started.map_err(|error| format!("postgres: {error}"))?);
        let begun = Instant::now();
        // It listens a while before it answers.
        while self.answer("SELECT 1").is_err() {
            if begun.elapsed() > START {
                return Err(format!("PostgreSQL did not start within {} s", START.as_secs()));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Ends it, and with it its own children; what is in its memory is written.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let asked = Command::new("kill").args(["-INT", &process.id().to_string()]).status();
            if asked.is_ok() {
                let _ = process.wait();
            }
        }
    }

    /// What it answers to a question of one value; empty for a statement without an answer.
    ///
    /// # Errors
    /// It refused, or does not run.
    pub fn answer(&self, sql: &str) -> Result<String, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let messages = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.url(), NoTls).await?;
            tokio::spawn(async { drop(connection.await) });
            client.simple_query(sql).await
        });
        let messages = messages.map_err(|error: tokio_postgres::Error| format!("{sql}: {error}"))?;
        let value = messages.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        Ok(value.unwrap_or_default())
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("postgres://sekisho@127.0.0.1:{}/postgres", self.port)
    }

    /// Where its files are.
    pub fn data(&self) -> &Path {
        &self.data
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn done(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name}: {error}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{name} failed: {}", complaint.trim())) }
}

fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    folders.filter(|folder| folder.join("initdb").is_file()).max()
}

/// PostgreSQL refuses to run as root.
fn as_server(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    let said = Command::new("id").arg("-u").output();
    said.is_ok_and(|said| said.stdout.trim_ascii() == b"0")
}

/// Does the same on SQLite and on a real PostgreSQL, each in a home of its own.
#[cfg(test)]
#[allow(clippy::print_stderr, reason = "a test that cannot run says so")]
pub(crate) fn on_both(test: impl Fn(&str, &Path)) {
    let home = tempfile::tempdir().unwrap();
    test("sqlite", home.path());
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = Server::start(folder.path()).unwrap() else {
        eprintln!("PostgreSQL is not installed: only SQLite was tested");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    test(&server.url(), home.path());
}
