//! A link that a filter or a service rewrote → where it leads.
//!
//! Formats as their makers' decoders describe them: Proofpoint URL Defense v1 to v3, Microsoft Safe Links, and
//! redirectors that carry their target in a parameter or in the path.

use std::borrow::Cow;

use data::{base64, percent};
use url::Url;

use crate::lists::{LinkWrappers, Wrapping};

mod data;
mod proofpoint;

/// Wrappers taken off one link: filters behind each other wrap again, but not more often.
pub const UNWRAPS_MAX: usize = 5;
/// Longer links are left as they are.
const LINK_BYTES_MAX: usize = 16 * 1024;

/// Where a link leads once what wraps it is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwrapped {
    /// The innermost link that could be read; the given one where nothing wraps it.
    pub target: String,
    /// Ids of the wrappers taken off, outermost first.
    pub through: Vec<String>,
    /// A wrapper that was reached and does not say where it leads, by its id.
    pub opaque: Option<String>,
}

/// Takes wrappers off a link, at most [`UNWRAPS_MAX`].
pub fn unwrap_link(link: &str, wrappers: &LinkWrappers) -> Unwrapped {
    let mut unwrapped = Unwrapped { target: link.trim().to_owned(), through: Vec::new(), opaque: None };
    if link.len() > LINK_BYTES_MAX {
        return unwrapped;
    }
    for _ in 0..UNWRAPS_MAX {
        let Ok(url) = Url::parse(&unwrapped.target) else { break };
        let Some(wrapper) = wrappers.around(&url) else { break };
        let target = inside(&unwrapped.target, &url, &wrapper.wrapping, &wrapper.parameters);
        match target.and_then(|target| link_in(&target)) {
            Some(target) => {
                unwrapped.target = target;
                unwrapped.through.push(wrapper.id.clone());
            }
            None => {
                // A page of the service itself (www.google.com/url without a target) is no wrapper.
                unwrapped.opaque = (wrapper.wrapping == Wrapping::Opaque).then(|| wrapper.id.clone());
                break;
            }
        }
    }
    unwrapped
}

/// What the wrapper carries, decoded, whatever it is.
fn inside(link: &str, url: &Url, wrapping: &Wrapping, parameters: &[String]) -> Option<String> {
    let parameter = || {
        let value = |name: &String| {
            url.query_pairs().find(|(key, _)| key == name.as_str()).map(|(_, value)| value.into_owned())
        };
        parameters.iter().find_map(value)
    };
    match wrapping {
        Wrapping::Parameter => parameter(),
        Wrapping::Base64 => base64(&parameter()?),
        Wrapping::BingBase64 => base64(parameter()?.strip_prefix("a1")?),
        Wrapping::ProofpointV2 => Some(percent(&parameter()?.replace('-', "%").replace('_', "/"))),
        Wrapping::ProofpointV3 => proofpoint::v3(link),
        Wrapping::PathSegment => path_segment(url),
        Wrapping::PathRest => path_rest(link),
        Wrapping::Underscores => {
            Some(percent(link.split_once("/___").and_then(|(_, rest)| rest.split_once("___"))?.0))
        }
        Wrapping::YahooPath => {
            let segment = url.path_segments()?.find_map(|segment| segment.strip_prefix("RU="))?;
            Some(percent(segment))
        }
        Wrapping::Opaque => None,
    }
}

/// A percent-encoded link as one segment of the path.
fn path_segment(url: &Url) -> Option<String> {
    url.path_segments()?.map(percent).find(|segment| link_in(segment).is_some())
}

/// A link written out as the rest of the path, its scheme included or left out.
fn path_rest(link: &str) -> Option<String> {
    let (_, after_scheme) = link.split_once("://")?;
    let at = ["http:/", "https:/"].iter().filter_map(|scheme| after_scheme.find(scheme)).min()?;
    let rest = after_scheme.get(at..)?;
    let (scheme, rest) = rest.split_once(':')?;
    Some(format!("{scheme}://{}", rest.trim_start_matches('/')))
}

/// The text as a link, if it is one that a browser would follow from here.
fn link_in(text: &str) -> Option<String> {
    let text = text.trim();
    let link: Cow<str> = match text {
        _ if text.starts_with("//") => format!("https:{text}").into(),
        _ if text.starts_with("www.") => format!("http://{text}").into(),
        _ => text.into(),
    };
    let url = Url::parse(&link).ok()?;
    (matches!(url.scheme(), "http" | "https" | "ftp") && url.host().is_some()).then(|| link.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    /// Link, target, and the wrappers that were taken off.
    const CASES: &[(&str, &str, &[&str])] = &[
        ("https://midori.example/a", "https://midori.example/a", &[]),
        (
            "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fa%3Fb%3Dc&data=05",
            "https://evil.example/a?b=c",
            &["safelinks"],
        ),
        (
            "https://urldefense.proofpoint.com/v1/url?u=http://evil.example/a&k=x",
            "http://evil.example/a",
            &["proofpoint-v1"],
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_a-2Db&d=DwMF&c=x",
            "https://evil.example/a-b",
            &["proofpoint-v2"],
        ),
        (
            "https://urldefense.com/v3/__https://evil.example/a*b__;Iw!!x!y$",
            "https://evil.example/a#b",
            &["proofpoint-v3"],
        ),
        (
            "https://urldefense.com/v3/__http://evil.example/**Bz__;JSUl!!x!y$",
            "http://evil.example/%%%z",
            &["proofpoint-v3"],
        ),
        (
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example%2f&c=E,1",
            "https://evil.example/",
            &["barracuda"],
        ),
        ("https://www.google.com/url?q=https://evil.example/x&sa=D", "https://evil.example/x", &["google"]),
        (
            "https://secure-web.cisco.com/1abc/https%3A%2F%2Fevil.example%2Fa",
            "https://evil.example/a",
            &["cisco-secure-web"],
        ),
        (
            "https://eu-west-1.protection.sophos.com?d=evil.example&u=aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYQ==&i=x",
            "https://evil.example/a",
            &["sophos"],
        ),
        (
            "https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u=https%3A%2F%2Fevil.example%2F",
            "https://evil.example/",
            &["fireeye"],
        ),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F&h=A",
            "https://evil.example/",
            &["facebook"],
        ),
        (
            "https://url.avanan.click/v2/___https://evil.example/a___.YXA",
            "https://evil.example/a",
            &["avanan"],
        ),
        (
            "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fevil.example%252F",
            "https://evil.example/",
            &["safelinks", "google"],
        ),
        (
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
            &[],
        ),
        (
            "https://www.google.com/search?q=https://a.example",
            "https://www.google.com/search?q=https://a.example",
            &[],
        ),
        (
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?q=javascript:alert(1)",
            &[],
        ),
        ("no link", "no link", &[]),
    ];

    #[test]
    fn unwraps() {
        for (link, target, through) in CASES {
            let unwrapped = unwrap_link(link, &Lists::built_in().link_wrappers);
            assert_eq!(unwrapped.target, *target, "{link}");
            assert_eq!(unwrapped.through, *through, "{link}");
        }
    }

    #[test]
    fn names_what_it_cannot_open() {
        let link = "https://midori.us1.list-manage.com/track/click?u=1&id=2";
        let unwrapped = unwrap_link(link, &Lists::built_in().link_wrappers);
        assert_eq!((unwrapped.target.as_str(), unwrapped.opaque.as_deref()), (link, Some("mailchimp")));
    }

    #[test]
    fn stops_after_the_limit() {
        let mut link = "https://evil.example/".to_owned();
        for _ in 0..9 {
            let encoded: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
            link = format!("https://www.google.com/url?q={encoded}");
        }
        let unwrapped = unwrap_link(&link, &Lists::built_in().link_wrappers);
        assert_eq!(unwrapped.through.len(), UNWRAPS_MAX);
    }
}
