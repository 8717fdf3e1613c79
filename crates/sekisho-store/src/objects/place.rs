//! The setting `store.objects` → a place: `disk`, `disk:FOLDER`, or `s3://BUCKET/PREFIX?region=…&endpoint=…&style=…`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use rusty_s3::{Bucket, UrlStyle};
use url::Url;

use super::ObjectsError;

/// The folder of objects in a home.
pub(super) const FOLDER: &str = "objects";

/// What servers other than Amazon's take where nothing is said.
const REGION: &str = "us-east-1";

/// A place for objects, as it stands in the configuration.
#[derive(Clone, PartialEq, Eq)]
pub struct ObjectsPlace(pub(super) Kind, String);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder, relative to the home.
    Disk(PathBuf),
    /// A bucket of an S3-compatible store.
    S3(Settings),
}

/// A bucket, and where in it objects lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// The bucket with its server.
    pub bucket: Bucket,
    /// What stands before every name: empty, or ending in a slash.
    pub prefix: String,
}

impl ObjectsPlace {
    /// The folder of the home.
    pub fn disk() -> Self {
        Self(Kind::Disk(PathBuf::from(FOLDER)), "disk".to_owned())
    }
}

impl FromStr for ObjectsPlace {
    type Err = ObjectsError;

    fn from_str(text: &str) -> Result<Self, ObjectsError> {
        let kind = match text.split_once(':') {
            None if text == "disk" => Ok(Kind::Disk(PathBuf::from(FOLDER))),
            Some(("disk", "")) => Err("the folder is missing".to_owned()),
            Some(("disk", folder)) => Ok(Kind::Disk(PathBuf::from(folder))),
            Some(("s3", _)) => settings(text).map(Kind::S3),
            _ => Err("not a place".to_owned()),
        };
        let kind = kind.map_err(|why| ObjectsError::NotAPlace { text: without_secrets(text), why })?;
        Ok(Self(kind, text.to_owned()))
    }
}

impl fmt::Display for ObjectsPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.1)
    }
}

impl fmt::Debug for ObjectsPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.1)
    }
}

impl Default for ObjectsPlace {
    fn default() -> Self {
        Self::disk()
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.bucket.base_url().host_str().unwrap_or_default();
        write!(f, "s3://{}/{} at {host}", self.bucket.name(), self.prefix.trim_end_matches('/'))
    }
}

fn settings(text: &str) -> Result<Settings, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "credentials do not belong into the configuration; put them into s3.credentials beside it"
                .to_owned(),
        );
    }
    let name = url.host_str().unwrap_or_default();
    if !is_bucket(name) || url.port().is_some() || url.fragment().is_some() {
        return Err("the bucket's name is missing, or none".to_owned());
    }
    let asked = Asked::of(&url)?;
    let prefix = url.path().trim_matches('/');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !prefix.chars().all(is_plain) || prefix.contains("//") {
        return Err("a prefix has Latin letters, digits, - _ . and /".to_owned());
    }
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
    let bucket = asked.bucket(name)?;
    Ok(Settings { bucket, prefix })
}

/// What stands behind the question mark.
#[derive(Default)]
struct Asked {
    region: Option<String>,
    endpoint: Option<Url>,
    style: Option<UrlStyle>,
}

impl Asked {
    fn of(url: &Url) -> Result<Self, String> {
        let mut asked = Self::default();
        for (key, value) in url.query_pairs() {
            match key.as_ref() {
                "region" if !value.is_empty() => asked.region = Some(value.into_owned()),
                "endpoint" => {
                    let endpoint = Url::parse(&value).map_err(|error| format!("endpoint: {error}"))?;
                    if !matches!(endpoint.scheme(), "http" | "https") || !endpoint.username().is_empty() {
                        return Err("endpoint: expected https://… without a user".to_owned());
                    }
                    asked.endpoint = Some(endpoint);
                }
                "style" if value == "path" => asked.style = Some(UrlStyle::Path),
                "style" if value == "host" => asked.style = Some(UrlStyle::VirtualHost),
                "style" => return Err("style: expected path or host".to_owned()),
                "region" => return Err("region: empty".to_owned()),
                other => return Err(format!("unknown: {other:?}; known are region, endpoint, style")),
            }
        }
        Ok(asked)
    }

    /// Amazon wants the region, and the bucket in the host; other servers the bucket in the path, and mostly no region.
    fn bucket(self, name: &str) -> Result<Bucket, String> {
        let is_elsewhere = self.endpoint.is_some();
        let region = match (self.region, is_elsewhere) {
            (Some(region), _) => region,
            (None, true) => REGION.to_owned(),
            (None, false) => return Err("region= is missing, or endpoint= of another server".to_owned()),
        };
        let endpoint = match self.endpoint {
            Some(endpoint) => endpoint,
            None => Url::parse(&format!("https://s3.{region}.amazonaws.com"))
                .map_err(|_| "region: none".to_owned())?,
        };
        let style = self.style.unwrap_or(if is_elsewhere { UrlStyle::Path } else { UrlStyle::VirtualHost });
        Bucket::new(endpoint, style, name.to_owned(), region).map_err(|error| format!("endpoint: {error}"))
    }
}

/// Names as Amazon allows them, which is the narrowest rule.
fn is_bucket(name: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    (3..=63).contains(&name.len()) && name.chars().all(is_fit) && !name.contains("..")
}

/// Somebody may have written a password where none belongs.
fn without_secrets(text: &str) -> String {
    match text.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
        Some((scheme, Some((_, rest)))) => format!("{scheme}://…@{rest}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_as_they_are_meant() {
        for (text, url, prefix) in [
            (
                "s3://mail-held/?region=ap-northeast-1",
                "https://mail-held.s3.ap-northeast-1.amazonaws.com/",
                "",
            ),
            ("s3://held/sekisho?region=x&style=path", "https://s3.x.amazonaws.com/held/", "sekisho/"),
            (
                "s3://held/a/b/?endpoint=https://store.midori.example:9000",
                "https://store.midori.example:9000/held/",
                "a/b/",
            ),
            (
                "s3://held?endpoint=https%3A%2F%2Fstore.midori.example&style=host",
                "https://held.store.midori.example/",
                "",
            ),
            ("s3://held/a/../b?endpoint=http://127.0.0.1:9000", "http://127.0.0.1:9000/held/", "b/"),
        ] {
            let place: ObjectsPlace = text.parse().unwrap();
            let Kind::S3(settings) = &place.0 else { panic!("{text}") };
            assert_eq!(
                (settings.bucket.base_url().as_str(), settings.prefix.as_str()),
                (url, prefix),
                "{text}"
            );
            assert_eq!(place.to_string(), text);
        }
        for (text, wanted) in [("disk", "objects"), ("disk:/srv/held", "/srv/held")] {
            let place: ObjectsPlace = text.parse().unwrap();
            assert!(place.0 == Kind::Disk(PathBuf::from(wanted)), "{text}");
        }
        assert_eq!("disk".parse::<ObjectsPlace>().unwrap(), ObjectsPlace::default());
    }

    #[test]
    fn what_is_no_place_is_refused_with_the_reason() {
        for (text, why) in [
            ("", "not a place"),
            ("local", "not a place"),
            ("disk:", "the folder is missing"),
            ("s3://", "the bucket's name is missing"),
            ("s3://Held?region=x", "the bucket's name is missing, or none"),
            ("s3://held", "region= is missing, or endpoint="),
            ("s3://held?region=", "region: empty"),
            ("s3://held?region=x&endpoint=ftp://a.example", "endpoint: expected https://"),
            ("s3://held?region=x&endpoint=a", "endpoint: relative URL without a base"),
            ("s3://held?region=x&key=y", "unknown: \"key\"; known are region, endpoint, style"),
            ("s3://held?region=x&style=both", "style: expected path or host"),
            ("s3://held/a b?region=x", "a prefix has Latin letters"),
            ("s3://held?endpoint=http://127.0.0.1:9000&style=host", "endpoint: "),
        ] {
            let error = text.parse::<ObjectsPlace>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        let error = "s3://KEYID:SECRET@held?region=x".parse::<ObjectsPlace>().unwrap_err().to_string();
        assert!(error.contains("credentials do not belong into the configuration"), "{error}");
        assert!(!error.contains("SECRET") && !error.contains("KEYID"), "{error}");
    }
}
