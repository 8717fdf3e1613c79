//! Attribute values → where a link leads, as browsers clean them (WHATWG URL, section 4.4).

/// Characters kept of a target; longer ones are tracking data, and what decides stands at the front.
const TARGET_CHARS_MAX: usize = 4_096;

/// The target as a browser takes it: no tabs or line ends anywhere, no spaces or controls around.
pub(super) fn clean(value: &str) -> String {
    value
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .take(TARGET_CHARS_MAX)
        .collect()
}

/// The address in `<meta http-equiv=refresh content="0; url=…">`.
pub(super) fn of_refresh(content: &str) -> Option<String> {
    let rest = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    let rest = rest.strip_prefix([';', ',']).unwrap_or(rest).trim_start();
    let has_name = rest.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("url"));
    let named =
        has_name.then(|| rest.get(3..)).flatten().and_then(|rest| rest.trim_start().strip_prefix('='));
    let value = named.unwrap_or(rest).trim_start();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            value.get(1..).unwrap_or_default().split(quote).next().unwrap_or_default()
        }
        _ => value,
    };
    let target = clean(value);
    (!target.is_empty()).then_some(target)
}

/// The target with the page's `<base href>` before it, where it is relative.
pub(super) fn resolve(target: String, base: Option<&str>) -> String {
    let Some(base) = base else { return target };
    let Some((scheme, rest)) = base.split_once("://") else { return target };
    if target.is_empty() || target.starts_with('#') || has_scheme(&target) {
        return target;
    }
    let target_slashes = target.replace('\\', "/");
    if target_slashes.starts_with("//") {
        return format!("{scheme}:{target_slashes}");
    }
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if target_slashes.starts_with('/') {
        return format!("{scheme}://{host}{target_slashes}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{scheme}://{host}{folder}/{target}")
}

/// Whether it begins with a scheme (`https:`, `mailto:`).
fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::{clean, of_refresh, resolve};

    #[test]
    fn cleaned() {
        assert_eq!(clean(" \u{1}java\nscript:\tx \r\n"), "javascript:x");
    }

    #[test]
    fn refreshes() {
        assert_eq!(of_refresh("0;URL='https://a.test/ '").as_deref(), Some("https://a.test/"));
        assert_eq!(of_refresh(" 5 , url = https://a.test").as_deref(), Some("https://a.test"));
        assert_eq!(of_refresh("3; https://a.test").as_deref(), Some("https://a.test"));
        assert_eq!(of_refresh("30"), None);
        assert_eq!(of_refresh("あ"), Some("あ".to_owned()));
    }

    #[test]
    fn relative_targets_follow_the_base() {
        let base = Some("https://a.test/x/y?q");
        for (target, full) in [
            ("z", "https://a.test/x/z"),
            ("/z", "https://a.test/z"),
            ("//b.test/z", "https://b.test/z"),
            ("\\\\b.test", "https://b.test"),
            ("#z", "#z"),
            ("mailto:a@b.test", "mailto:a@b.test"),
        ] {
            assert_eq!(resolve(target.to_owned(), base), full);
        }
        assert_eq!(resolve("z".to_owned(), Some("https://a.test")), "https://a.test/z");
        assert_eq!(resolve("z".to_owned(), None), "z");
    }
}
