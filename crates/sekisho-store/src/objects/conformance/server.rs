//! What only a server does to us: it is not there, is busy, breaks off, says nothing of use.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::*;

/// Answers each request with the next of `answers`, the last one for ever; counts them.
fn server(answers: Vec<Vec<u8>>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let endpoint = format!("s3://held?endpoint=http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                if connection.read(&mut byte).unwrap_or(0) == 0 {
                    break;
                }
                head.push(byte[0]);
            }
            let length = String::from_utf8_lossy(&head).to_lowercase();
            let length = length
                .split_once("content-length: ")
                .and_then(|(_, rest)| rest.split("\r\n").next()?.parse().ok());
            io::copy(&mut (&connection).take(length.unwrap_or(0)), &mut io::sink()).unwrap();
            let number = count.fetch_add(1, Ordering::SeqCst);
            let _ = connection.write_all(&answers[number.min(answers.len() - 1)]);
        }
    });
    (endpoint, asked)
}

fn answer(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\n{header}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[test]
fn nobody_there_is_told_soon() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let home = tempfile::tempdir().unwrap();
    let objects = opened(&format!("s3://held?endpoint=http://127.0.0.1:{port}"), home.path(), 1);
    let begun = Instant::now();
    let error = put(&objects, b"mail").unwrap_err().to_string();
    assert!(error.starts_with("s3://held/ at 127.0.0.1: cannot be reached: "), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(fs::read_dir(&objects.spool).unwrap().count(), 0);
}

#[test]
fn a_busy_server_is_asked_again_and_not_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let (place, asked) = server(vec![answer("503 Slow Down", "", b""), answer("200 OK", "", b"")]);
    put(&opened(&place, home.path(), 1), b"mail").unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    let (place, asked) = server(vec![answer("500 Oops", "", b"")]);
    let error = put(&opened(&place, home.path(), 1), b"mail").unwrap_err().to_string();
    assert!(error.ends_with("the server cannot answer now (status 500); try again later"), "{error}");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[test]
fn a_refusal_is_told_at_once() {
    let home = tempfile::tempdir().unwrap();
    let denied = b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
    for (answer, wanted) in [
        (answer("403 Forbidden", "", denied), "the credentials may not do this; allow s3:GetObject"),
        (
            answer("403 Forbidden", "Date: Thu, 01 Jan 2015 00:00:00 GMT\r\n", denied),
            "this machine's clock is",
        ),
        (
            answer("301 Moved", "x-amz-bucket-region: eu-west-1\r\nLocation: http://127.0.0.1:1/\r\n", b""),
            "the bucket is in the region \"eu-west-1\"",
        ),
        (answer("507 Full", "", b""), "no room left in the object store"),
    ] {
        let (place, asked) = server(vec![answer]);
        let objects = opened(&place, home.path(), 1);
        for error in [
            put(&objects, b"mail").err(),
            objects.get(&Digest::of(b"mail")).err(),
            objects.delete(&Digest::of(b"mail")).err(),
            objects.list(&mut |_| {}).err(),
        ] {
            let error = error.unwrap().to_string();
            assert!(error.starts_with(&format!("s3://held/ at 127.0.0.1: {wanted}")), "{error}");
            assert!(!error.contains("Signature") && !error.contains("AKIA"), "{error}");
        }
        assert_eq!(asked.load(Ordering::SeqCst), 4);
    }
}

#[test]
fn an_answer_that_breaks_off_is_no_damage_and_no_end() {
    let home = tempfile::tempdir().unwrap();
    let bytes = vec![7; 300_000];
    let digest = Digest::of(&bytes);
    let secret = Secret::from_bytes([1; 32]);
    let mut sealed = Vec::new();
    assert!(seal::seal(&secret, &digest, &mut &bytes[..], &mut sealed).is_ok());
    let whole = answer("200 OK", "", &sealed);
    let (place, _) = server(vec![whole[..200_000].to_vec()]);
    let error = opened(&place, home.path(), 1).whole(&digest, 1_000_000).unwrap_err().to_string();
    assert!(error.starts_with("s3://held/ at 127.0.0.1: cannot be reached: the answer broke off"), "{error}");
    let (place, _) = server(vec![whole]);
    assert_eq!(opened(&place, home.path(), 1).whole(&digest, 1_000_000).unwrap(), bytes);
}

#[test]
fn a_list_that_is_none_is_told() {
    let home = tempfile::tempdir().unwrap();
    let endless = b"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken></ListBucketResult>";
    for (body, wanted) in [
        (&b"<html>Welcome</html>"[..], "its list cannot be read"),
        (b"", "its list cannot be read"),
        (endless, "its list never ends"),
    ] {
        let (place, _) = server(vec![answer("200 OK", "", body)]);
        let error = opened(&place, home.path(), 1).list(&mut |_| {}).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

/// Whom the system trusts stands in variables of the environment: each try is a process of its own.
#[cfg(target_os = "linux")]
#[test]
fn tls_is_spoken_with_whom_the_system_trusts_alone() {
    let (ours, others) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let made = foreign::make_certificate(ours.path()).and_then(|()| foreign::make_certificate(others.path()));
    let server = match made.and_then(|()| Foreign::start_with_tls(ours.path())) {
        Ok(server) => server,
        Err(why) => {
            eprintln!("no S3-compatible server with TLS could be had, nothing was tested: {why}");
            return;
        }
    };
    let nobody = others.path().join("nobody.pem");
    fs::write(&nobody, "").unwrap();
    for (trusted, wanted) in [
        (ours.path().join("cert.pem"), "there is no such bucket"),
        (others.path().join("cert.pem"), "cannot be reached: this system does not trust its certificate ("),
        (nobody, "cannot be reached: this system trusts no certificates; install ca-certificates"),
    ] {
        let said = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "objects::conformance::server::speaks_tls", "--ignored", "--nocapture"])
            .env("SEKISHO_TEST_ENDPOINT", server.endpoint())
            .env("SSL_CERT_FILE", trusted)
            .env_remove("SSL_CERT_DIR")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

/// What the test above starts.
#[test]
#[ignore = "needs a server that speaks TLS"]
fn speaks_tls() {
    let Ok(endpoint) = std::env::var("SEKISHO_TEST_ENDPOINT") else { return };
    let home = tempfile::tempdir().unwrap();
    let place: ObjectsPlace = format!("s3://not-there?endpoint={endpoint}").parse().unwrap();
    let variable = |_: &str| Some("example".to_owned());
    let objects = Objects::open(&place, home.path(), &Secret::from_bytes([1; 32]), &variable);
    eprintln!("{}", objects.and_then(|objects| put(&objects, b"mail")).unwrap_err());
}
