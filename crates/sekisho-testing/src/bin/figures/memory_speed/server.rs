//! A PostgreSQL of its own with Debian's settings, in a folder of its own, on a free port of loopback; ended when dropped.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long it may take to start.
const START: Duration = Duration::from_secs(120);

pub(crate) struct Server {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Server {
    /// Makes and starts one in `folder`; `None` where PostgreSQL is not installed.
    pub(crate) fn start(folder: &Path) -> Result<Option<Self>, String> {
        let Some(programs) = programs() else { return Ok(None) };
        let data = folder.join("data");
        fs::create_dir(&data).map_err(|error| error.to_string())?;
        if is_root() {
            done(Command::new("chown").args(["-R", "postgres:postgres"]).arg(folder))?;
        }
        let made =
            ["--auth=trust", "--username=sekisho", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"];
        done(as_server(&programs.join("initdb")).args(made).arg(&data).stdout(Stdio::null()))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let port = listener.map_err(|error| error.to_string())?.port();
        let mut server = Self { programs, data, port, process: None };
        server.again()?;
        Ok(Some(server))
    }

    /// Ends it where it runs, and starts it: nothing is in its memory.
    pub(crate) fn again(&mut self) -> Result<(), String> {
        self.stop();
        let settings = ["-c", "listen_addresses=127.0.0.1", "-k", "", "-p", &self.port.to_string()];
        let started = as_server(&self.programs.join("postgres"))
            .arg("-D")
            .arg(&self.data)
            .args(settings)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.process = Some(started.map_err(|error| error.to_string())?);
        let begun = Instant::now();
        while self.answer("SELECT 1").is_err() {
            if begun.elapsed() > START {
                return Err("PostgreSQL did not start".to_owned());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Ends it.
    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // Asked so, it ends its own children and writes what is in its memory.
            let asked = Command::new("kill").args(["-INT", &process.id().to_string()]).status();
            if asked.is_ok() {
                let _ = process.wait();
            }
        }
    }

    /// What it answers to a question of one value.
    pub(crate) fn answer(&self, sql: &str) -> Result<String, String> {
        let url = self.url();
        let output = done(
            Command::new(self.programs.join("psql")).args(["-qAt", &url, "-c", sql]).stderr(Stdio::null()),
        )?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://sekisho@127.0.0.1:{}/postgres", self.port)
    }

    /// Where its files are.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn done(command: &mut Command) -> Result<Output, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name}: {error}"))?;
    output.status.success().then_some(output).ok_or_else(|| format!("{name} failed"))
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
