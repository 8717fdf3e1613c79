//! Sealed objects in a bucket of an S3-compatible store, over HTTP with signed addresses (AWS Signature Version 4, by query).
//!
//! An object is uploaded in one request, from a file that is complete: the store shows it whole or not at all. The upload bears its MD5, so
//! that bytes changed on the way are refused.

mod credentials;
mod refusal;

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use md5::{Digest as _, Md5};
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Credentials, S3Action};
use ureq::http::Response;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, SendBody};

use super::place::Settings;
use super::spool::Spool;
use super::{Digest, Kept, ObjectsError, Refusal, Shelf};
use refusal::{Answer, Why};

/// How long a signed address is good: longer than any request waits for its turn, and the allowance of clocks beside it.
const SIGNED_FOR: Duration = Duration::from_secs(900);
/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the server may say and take nothing.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long one whole request may take: 5 GB at 15 Mbit/s, and never for ever.
const CALL_TIMEOUT: Duration = Duration::from_secs(45 * 60);
/// Waits between tries, where the server could not be reached or was busy. As many tries, and one.
const WAITS: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1_500)];
/// What one request may upload at most; the seal's share is in it.
const UPLOAD_BYTES_MAX: u64 = 5_000_000_000;
/// Names asked for at once: as many as any server gives, and few in tests, so that lists have several pages.
const PAGE_NAMES: usize = if cfg!(test) { 3 } else { 1_000 };
/// Bytes read of an answer that is no object: a page of a list has 1,000 names.
const ANSWER_BYTES_MAX: u64 = 8 * 1024 * 1024;

pub(super) struct S3 {
    settings: Settings,
    credentials: Credentials,
    agent: Agent,
    place: String,
}

impl S3 {
    pub(super) fn open(
        settings: &Settings,
        home: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ObjectsError> {
        let place = settings.to_string();
        let credentials = credentials::find(&place, home, variable)?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            // A signed address is good for one host.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_per_read(Some(SILENCE_TIMEOUT))
            .timeout_per_write(Some(SILENCE_TIMEOUT))
            .timeout_per_call(Some(CALL_TIMEOUT))
            .user_agent("sekisho");
        if settings.bucket.base_url().scheme() == "https" {
            config = config.tls_config(tls(&place)?);
        }
        let agent = config.build().new_agent();
        Ok(Self { settings: settings.clone(), credentials, agent, place })
    }

    fn name(&self, digest: &Digest) -> String {
        format!("{}{}", self.settings.prefix, digest.path())
    }

    /// Asks, again where that may help; `object` is what a missing object is called.
    fn ask(
        &self,
        object: Option<&Digest>,
        call: &dyn Fn() -> Result<Response<Body>, ureq::Error>,
    ) -> Result<Response<Body>, ObjectsError> {
        let mut waits = WAITS.iter();
        loop {
            let (error, may_help) = match call() {
                Ok(answer) if answer.status().is_success() => return Ok(answer),
                Ok(answer) => self.refused(object, answer),
                Err(error) => self.unreachable(&error),
            };
            match waits.next().filter(|_| may_help) {
                Some(wait) => sleep(*wait),
                None => return Err(error),
            }
        }
    }

    /// Why the server refused, and whether asking again may help.
    fn refused(&self, object: Option<&Digest>, answer: Response<Body>) -> (ObjectsError, bool) {
        let header =
            |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (status, date, region) =
            (answer.status().as_u16(), header("date"), header("x-amz-bucket-region"));
        let body =
            answer.into_body().into_with_config().limit(ANSWER_BYTES_MAX).read_to_vec().unwrap_or_default();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let answer = Answer { status, date, region, body: String::from_utf8_lossy(&body).into_owned() };
        match (answer.why(i64::try_from(now).unwrap_or(i64::MAX)), object) {
            (Why::NoObject, Some(object)) => (ObjectsError::Missing(object.clone()), false),
            (Why::NoObject, None) => {
                (self.server(Refusal::Other(status, "there is nothing".to_owned())), false)
            }
            (Why::Refused(refusal), _) => {
                let may_help = matches!(refusal, Refusal::Busy(_));
                (self.server(refusal), may_help)
            }
        }
    }

    fn server(&self, refusal: Refusal) -> ObjectsError {
        ObjectsError::Server { place: self.place.clone(), refusal }
    }

    /// What kept us from the server, and whether asking again may help. The address asked for is not told: it bears the signature.
    fn unreachable(&self, error: &ureq::Error) -> (ObjectsError, bool) {
        let (cause, may_help) = match error {
            ureq::Error::HostNotFound => {
                ("there is no such host; check endpoint= in store.objects".to_owned(), false)
            }
            ureq::Error::Timeout(_) => ("no answer in time".to_owned(), true),
            ureq::Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
                Some(error) => (of_tls(error), false),
                None => (error.to_string(), true),
            },
            ureq::Error::ConnectionFailed => ("the connection failed".to_owned(), true),
            ureq::Error::Rustls(error) => (of_tls(error), false),
            ureq::Error::Tls(error) => (format!("TLS: {error}"), false),
            ureq::Error::Protocol(_) => ("what answers there is no web server".to_owned(), false),
            ureq::Error::BadUri(_) => ("its address cannot be asked".to_owned(), false),
            other => (other.to_string(), false),
        };
        (ObjectsError::Unreachable { place: self.place.clone(), cause }, may_help)
    }

    fn page(&self, token: Option<&str>) -> Result<rusty_s3::actions::ListObjectsV2Response, ObjectsError> {
        let answer = self.ask(None, &|| {
            let mut list = self.settings.bucket.list_objects_v2(Some(&self.credentials));
            list.with_prefix(self.settings.prefix.as_str());
            list.with_max_keys(PAGE_NAMES);
            if let Some(token) = token {
                list.with_continuation_token(token);
            }
            self.agent.get(list.sign(SIGNED_FOR).as_str()).call()
        })?;
        let body = answer.into_body().into_with_config().limit(ANSWER_BYTES_MAX).read_to_string();
        let body = body.map_err(|error| self.unreachable(&error).0)?;
        ListObjectsV2::parse_response(&body)
            .map_err(|error| self.server(Refusal::Other(200, format!("its list cannot be read: {error}"))))
    }
}

impl Shelf for S3 {
    fn keep(&self, digest: &Digest, written: Spool) -> Result<(), ObjectsError> {
        let told = |error| ObjectsError::Refused { place: self.place.clone(), cause: error };
        let (size_bytes, sum) = sum(&written).map_err(told)?;
        if size_bytes > UPLOAD_BYTES_MAX {
            return Err(ObjectsError::TooLarge { object: digest.clone(), bytes_max: UPLOAD_BYTES_MAX });
        }
        let name = self.name(digest);
        self.ask(None, &|| {
            let mut file = written.open()?;
            let address = self.settings.bucket.put_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
            self.agent
                .put(address.as_str())
                .header("content-length", size_bytes)
                .header("content-md5", &sum)
                .header("content-type", "application/octet-stream")
                .send(SendBody::from_reader(&mut file))
        })
        .map(|_| ())
    }

    fn take(&self, digest: &Digest) -> Result<Box<dyn Read + Send>, ObjectsError> {
        let name = self.name(digest);
        let answer = self.ask(Some(digest), &|| {
            let address = self.settings.bucket.get_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
            self.agent.get(address.as_str()).call()
        })?;
        let body = answer.into_body().into_reader();
        Ok(Box::new(Broken { body, place: self.place.clone() }))
    }

    fn delete(&self, digest: &Digest) -> Result<(), ObjectsError> {
        let name = self.name(digest);
        let answer = self.ask(Some(digest), &|| {
            let address = self.settings.bucket.delete_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
            self.agent.delete(address.as_str()).call()
        });
        match answer {
            Ok(_) | Err(ObjectsError::Missing(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn list(&self, each: &mut dyn FnMut(Kept)) -> Result<(), ObjectsError> {
        let mut token: Option<String> = None;
        loop {
            let page = self.page(token.as_deref())?;
            for content in &page.contents {
                let path = content.key.strip_prefix(&self.settings.prefix);
                let Some(digest) = path.and_then(Digest::of_path) else { continue };
                let at = content.last_modified.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
                let at = at.map_or(0, jiff::Timestamp::as_second);
                each(Kept { digest, size_bytes: content.size.unwrap_or_default(), at });
            }
            let next = page.next_continuation_token;
            if next.is_some() && next == token {
                return Err(self.server(Refusal::Other(200, "its list never ends".to_owned())));
            }
            match next {
                Some(next) => token = Some(next),
                None => return Ok(()),
            }
        }
    }
}

/// A body whose errors are ours: a connection that breaks off is no damage of the object.
struct Broken<R> {
    body: R,
    place: String,
}

impl<R: Read> Read for Broken<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.body.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let cause = format!("the answer broke off: {error}");
            io::Error::other(ObjectsError::Unreachable { place: self.place.clone(), cause })
        })
    }
}

/// The system's own certificates: a store in one's own house has one's own.
fn tls(place: &str) -> Result<TlsConfig, ObjectsError> {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        let cause = "this system trusts no certificates; install ca-certificates".to_owned();
        return Err(ObjectsError::Unreachable { place: place.to_owned(), cause });
    }
    let certificates: Vec<_> =
        found.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect();
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(certificates)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build())
}

/// What kept TLS from being spoken.
fn of_tls(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(why) => format!(
            "this system does not trust its certificate ({why:?}); add the one of its authority to the system's certificates"
        ),
        other => format!("TLS: {other}"),
    }
}

/// A file's size, and its MD5 as `Content-MD5` wants it (RFC 1864).
fn sum(written: &Spool) -> io::Result<(u64, String)> {
    let mut file = written.open()?;
    let mut hash = Md5::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size_bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(buffer.get(..read).unwrap_or_default());
        size_bytes += read as u64;
    }
    Ok((size_bytes, data_encoding::BASE64.encode(&hash.finalize())))
}
