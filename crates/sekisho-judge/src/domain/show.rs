//! A link → the same link that nobody can follow by accident.

/// A link as it is shown to people: `hxxps://evil[.]example/path`. Schemes that are not fetched lose their colon
/// (`javascript[:]…`), because some programs make links of anything with one.
pub fn defang(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return match url.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => format!("{scheme}[:]{rest}"),
            _ => brackets(url),
        };
    };
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => "hxxp".to_owned(),
        "https" => "hxxps".to_owned(),
        "ftp" => "fxp".to_owned(),
        other => format!("x-{other}"),
    };
    format!("{scheme}://{}", brackets(rest))
}

/// Puts the dots of the host part in brackets.
fn brackets(rest: &str) -> String {
    let host_end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    format!("{}{path}", host.replace('.', "[.]"))
}

fn is_scheme(text: &str) -> bool {
    !text.contains('.') && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_follow_it() {
        for (url, shown) in [
            ("https://evil.example/a.b?c.d", "hxxps://evil[.]example/a.b?c.d"),
            ("HTTP://a.evil.example", "hxxp://a[.]evil[.]example"),
            ("ftp://evil.example", "fxp://evil[.]example"),
            ("http://bank.example@evil.example/", "hxxp://bank[.]example@evil[.]example/"),
            ("javascript:alert(1)", "javascript[:]alert(1)"),
            ("mailto:a@evil.example", "mailto[:]a@evil.example"),
            ("evil.example:8080/x.y", "evil[.]example:8080/x.y"),
            ("ms-word://evil.example", "x-ms-word://evil[.]example"),
            ("http://日本.example。test/", "hxxp://日本[.]example。test/"),
            ("", ""),
        ] {
            assert_eq!(defang(url), shown, "{url}");
        }
    }
}
