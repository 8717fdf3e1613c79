//! An S3-compatible server that nobody here wrote, for the tests: moto from PyPI, in an environment of its own under `target/`, on a free
//! port of loopback.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The release that the tests were written against.
const RELEASE: &str = "moto[server]==5.2.5";

/// A server of its own, ended when dropped.
pub(super) struct Foreign {
    process: Child,
    scheme: &'static str,
    port: u16,
}

impl Foreign {
    /// Starts one; `Err` says why none can be had.
    pub(super) fn start() -> Result<Self, String> {
        Self::start_with("http", &[])
    }

    /// Starts one that speaks TLS with the certificate in `folder`.
    pub(super) fn start_with_tls(folder: &Path) -> Result<Self, String> {
        let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        Self::start_with("https", &["-c".as_ref(), certificate.as_ref(), "-k".as_ref(), key.as_ref()])
    }

    fn start_with(scheme: &'static str, options: &[&OsStr]) -> Result<Self, String> {
        let python = python()?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let process = Command::new(python)
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()])
            .args(options)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let server = Self { process, scheme, port };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(120), "the S3-compatible server did not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    /// Where it listens.
    pub(super) fn endpoint(&self) -> String {
        format!("{}://127.0.0.1:{}", self.scheme, self.port)
    }

    /// Makes a bucket.
    pub(super) fn make_bucket(&self, name: &str) {
        ureq::put(format!("{}/{name}", self.endpoint())).send_empty().unwrap();
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Makes a certificate for this machine in `folder`.
pub(super) fn make_certificate(folder: &Path) -> Result<(), String> {
    let made =
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    let is_no_authority = ["-addext", "basicConstraints=critical,CA:FALSE"];
    let about = [
        "-subj",
        "/CN=store",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-out",
        "cert.pem",
        "-keyout",
        "key.pem",
    ];
    run(Command::new("openssl").current_dir(folder).args(made).args(is_no_authority).args(about))
}

/// The environment's Python; made once, by whoever comes first.
fn python() -> Result<PathBuf, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    // target/debug/deps/sekisho_store-…
    let target = program.ancestors().nth(3).ok_or("no target folder")?;
    let folder = target.join("moto");
    let lock = File::create(target.join("moto.lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let (python, ready) = (folder.join("bin/python"), folder.join("ready"));
    if fs::read_to_string(&ready).is_ok_and(|release| release == RELEASE) {
        return Ok(python);
    }
    let _ = fs::remove_dir_all(&folder);
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        RELEASE,
    ]))?;
    fs::write(&ready, RELEASE).map_err(|error| error.to_string())?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let shown = Path::new(command.get_program()).display().to_string();
    let said = command.output().map_err(|error| format!("{shown}: {error}"))?;
    if said.status.success() {
        Ok(())
    } else {
        Err(format!("{shown}: {}", String::from_utf8_lossy(&said.stderr)))
    }
}
