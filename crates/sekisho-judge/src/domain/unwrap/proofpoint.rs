//! Proofpoint URL Defense, version 3 → the link inside.
//!
//! `…/v3/__LINK__;BYTES!!…$`: characters that might not survive were taken out of LINK and stand in BYTES (base64).
//! `*` stands for the next one, `**X` for a run of them, whose length X says: A is 2, B is 3, and so on.

use super::data::base64;

/// The alphabet of run lengths, beginning with 2.
const RUNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The link inside, or `None` where the form is another.
pub(super) fn v3(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("/v3/__")?;
    let (inner, rest) = rest.rsplit_once("__;")?;
    let (bytes, _) = rest.split_once('!')?;
    let taken = base64(bytes)?;
    let (mut taken, mut inner) = (taken.chars(), inner.chars().peekable());
    let mut target = String::new();
    while let Some(c) = inner.next() {
        if c != '*' {
            target.push(c);
        } else if inner.next_if_eq(&'*').is_some() {
            let length = RUNS.find(inner.next()?)? + 2;
            target.extend(taken.by_ref().take(length));
        } else {
            target.push(taken.next().unwrap_or('*'));
        }
    }
    // One slash of "://" is lost on the way through some programs.
    let doubled = |scheme: &str| target.strip_prefix(scheme).map(|rest| format!("{scheme}/{rest}"));
    match target.split_once(":/") {
        Some((_, rest)) if !rest.starts_with('/') => doubled("https:/").or_else(|| doubled("http:/")),
        _ => Some(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_characters_back() {
        for (link, target) in [
            ("https://urldefense.com/v3/__https://a.example/x__;!!k$", Some("https://a.example/x")),
            ("https://urldefense.com/v3/__https:/a.example/x__;!!k$", Some("https://a.example/x")),
            ("https://urldefense.com/v3/__https://a.example/*x*__;Iyo!!k$", Some("https://a.example/#x*")),
            (
                "https://urldefense.com/v3/__https://a.example/**A__;44GC44GE!!k$",
                Some("https://a.example/あい"),
            ),
            ("https://urldefense.com/v3/__https://a.example/**", None),
            ("https://urldefense.com/v3/", None),
        ] {
            assert_eq!(v3(link).as_deref(), target, "{link}");
        }
    }
}
