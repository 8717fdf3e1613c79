//! The XML of a form → its scripts with what starts them, where it is sent, and files packed in it (XFA 3.3, sections
//! 10 and 17; the XDP format).

use super::deeds::Script;

/// What was found in a form.
#[derive(Default)]
pub(super) struct Form {
    pub(super) scripts: Vec<Script>,
    /// Addresses that its data is sent to.
    pub(super) targets: Vec<String>,
    /// Addresses that entities are loaded from.
    pub(super) entities: Vec<String>,
    /// PDF files inside, as base64.
    pub(super) chunks: Vec<String>,
}

/// Scripts looked at in one form.
const SCRIPTS_MAX: usize = 5_000;

/// Reads a form; `place` is where it stands.
pub(super) fn read(xml: &str, place: &str) -> Form {
    let mut form = Form::default();
    let mut event = "";
    let mut rest = xml;
    let mut scripts = 0;
    while let Some(open) = rest.find('<') {
        let element = rest.get(open + 1..).unwrap_or_default();
        let end = element.find('>').unwrap_or(element.len());
        let (tag, behind) = element.split_at(end);
        let behind = behind.strip_prefix('>').unwrap_or_default();
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or_default();
        rest = behind;
        match local {
            "event" => event = attribute(tag, "activity").unwrap_or_default(),
            // These are run whenever a value is asked for or checked.
            "calculate" => event = "calculate",
            "validate" => event = "validate",
            "submit" => form.targets.extend(attribute(tag, "target").map(unescaped)),
            "!ENTITY" => {
                let address = tag.split(['"', '\'']).nth(1).filter(|_| tag.contains("SYSTEM"));
                form.entities.extend(address.map(str::to_owned));
            }
            "chunk" => form.chunks.push(behind.split('<').next().unwrap_or_default().to_owned()),
            "script" if !tag.ends_with('/') && scripts < SCRIPTS_MAX => {
                scripts += 1;
                let close = behind.find("</").map(|_| script_end(behind)).unwrap_or(behind.len());
                let (source, after) = behind.split_at(close);
                rest = after;
                let starts = if is_click(event) { Vec::new() } else { vec![format!("form: {event}")] };
                form.scripts.push(Script { place: place.to_owned(), source: unescaped(source), starts });
            }
            _ => {}
        }
    }
    form
}

fn is_click(event: &str) -> bool {
    matches!(event, "click" | "mouseDown" | "mouseUp" | "change" | "full" | "")
}

/// Where the closing tag of a script begins, whatever its prefix.
fn script_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find("</")) {
        let close = at + next;
        let name = text.get(close + 2..).and_then(|rest| rest.split('>').next()).unwrap_or_default();
        if name.trim_end().rsplit(':').next() == Some("script") {
            return close;
        }
        at = close + 2;
    }
    text.len()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = tag.split_once(&format!(" {name}="))?;
    let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    behind.get(1..)?.split(quote).next()
}

fn unescaped(text: &str) -> String {
    let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    if !text.contains('&') {
        return text.to_owned();
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xD;", "\n"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_targets() {
        let form = read(
            "<xdp:xdp><template><event activity='initialize'><script contentType=\"application/x-javascript\">\
             a &lt; b</script></event><event activity=\"click\"><submit format=\"xdp\" \
             target=\"mailto:a@b.example\"/></event></template></xdp:xdp>",
            "form",
        );
        assert_eq!(form.scripts[0].source, "a < b");
        assert_eq!(form.scripts[0].starts, ["form: initialize"]);
        assert_eq!(form.targets, ["mailto:a@b.example"]);
    }
}
