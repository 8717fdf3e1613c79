//! An unbound of a test's own: zones of the test's writing, one that fails, one that refuses, one that is silent, and
//! the root. It reaches nothing outside this machine.
#![allow(clippy::print_stderr, reason = "a test that cannot run says so")]

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A running server; it is stopped when this is dropped.
pub struct Server {
    process: Child,
    address: SocketAddr,
    folder: PathBuf,
}

/// It starts within a fraction of a second.
const START: Duration = Duration::from_secs(20);

impl Server {
    /// Starts a server for these domains with their zone files. `None`, with a line, where unbound is not installed.
    pub fn start(zones: &[(&str, &str)]) -> Option<Self> {
        let Some(program) = program() else {
            eprintln!("passed over: unbound is not installed (Debian: apt-get install unbound)");
            return None;
        };
        let address = free_port();
        let folder =
            std::env::temp_dir().join(format!("sekisho-dns-{}-{}", std::process::id(), address.port()));
        fs::create_dir_all(&folder).unwrap();
        let mut settings = settings(&folder, address);
        for (domain, zone) in zones {
            fs::write(folder.join(domain), zone).unwrap();
            settings += &zone_settings(&folder, domain);
        }
        fs::write(folder.join("unbound.conf"), settings).unwrap();
        let mut command = Command::new(program);
        command.arg("-d").arg("-c").arg(folder.join("unbound.conf"));
        let log = fs::File::create(folder.join("log")).unwrap();
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut server = Self { process, address, folder };
        server.wait_for_start();
        Some(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn wait_for_start(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = self.process.try_wait().unwrap();
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(ended.is_none() && begun.elapsed() < START, "unbound does not start: {log}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn program() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&paths).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("unbound")).find(|program| program.is_file())
}

/// A port that is free for both UDP and TCP.
fn free_port() -> SocketAddr {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = udp.local_addr().unwrap();
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

fn settings(folder: &Path, address: SocketAddr) -> String {
    // A zone that cannot be fetched from anywhere: SERVFAIL.
    let nobody = free_port();
    format!(
        "server:
  interface: {ip}
  port: {port}
  access-control: 127.0.0.0/8 allow
  do-daemonize: no
  chroot: \"\"
  username: \"\"
  directory: \"{folder}\"
  pidfile: \"\"
  use-syslog: no
  logfile: \"\"
  num-threads: 1
  module-config: \"iterator\"
  do-not-query-localhost: no
  local-zone: \".\" transparent
  local-data: \". 3600 IN NS a.root.example.\"
  local-zone: \"silent.example.\" deny
  local-zone: \"refused.example.\" refuse
  local-data-ptr: \"192.0.2.25 mx.midori.example\"
  local-data-ptr: \"2001:db8::25 mx.midori.example\"
remote-control:
  control-enable: no
auth-zone:
  name: \"failing.example.\"
  primary: {nobody_ip}@{nobody_port}
  for-downstream: yes
  for-upstream: no
  fallback-enabled: no
",
        ip = address.ip(),
        port = address.port(),
        folder = folder.display(),
        nobody_ip = nobody.ip(),
        nobody_port = nobody.port(),
    )
}

fn zone_settings(folder: &Path, domain: &str) -> String {
    format!(
        "auth-zone:
  name: \"{domain}.\"
  zonefile: \"{}\"
  for-downstream: yes
  for-upstream: no
  fallback-enabled: no
",
        folder.join(domain).display()
    )
}
