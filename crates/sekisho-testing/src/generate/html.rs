//! A text → the HTML that mail programs and newsletter services make of it.
//!
//! In newsletters a line `## …` is a heading, `[label](url)` a button, `---` a rule. Honest newsletters hide a
//! preview line, load a counting picture and lead every link over a counting address; so do these.

use super::client::Client;
use crate::Rng;

/// The HTML beside (or instead of) a person's plain text; `quoted` is the quotation below it.
pub(crate) fn letter(client: Client, text: &str, quoted: Option<&str>) -> String {
    match client {
        Client::Outlook | Client::OutlookEnglish | Client::OutlookOld => outlook(text, quoted),
        Client::Gmail | Client::GmailEnglish => gmail(text, quoted),
        _ => {
            let rest = quoted.map_or(String::new(), |quoted| {
                format!("<blockquote type=\"cite\">{}</blockquote>", breaks(&unmark(quoted)))
            });
            format!(
                "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head><body dir=\"auto\">{}{rest}</body></html>\n",
                breaks(text)
            )
        }
    }
}

/// A newsletter: a table with a hidden preview line, headings, buttons and a counting picture.
pub(crate) fn newsletter(rng: &mut Rng, text: &str, counting_host: Option<&str>) -> String {
    let preview = text.lines().find(|line| line.chars().count() > 10).unwrap_or_default();
    let colour = *rng.pick(&["#00704a", "#2b5dab", "#c0392b", "#444444", "#e67e22"]);
    let mut rows = String::new();
    for line in text.lines() {
        rows.push_str(&newsletter_line(rng, line, counting_host, colour));
        rows.push('\n');
    }
    let pixel = counting_host.map_or(String::new(), |host| {
        format!(
            "<img src=\"https://{host}/open/{}.gif\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block\">",
            rng.alphanumeric(24)
        )
    });
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n\
         <style>body{{margin:0;background:#f4f4f4}} .btn{{background:{colour};color:#fff}} @media(max-width:600px){{.w{{width:100%!important}}}}</style></head>\n\
         <body><div style=\"display:none;max-height:0;overflow:hidden;font-size:1px;color:#f4f4f4\">{}</div>\n\
         <table class=\"w\" width=\"600\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#ffffff\">\n{rows}</table>\n{pixel}\n</body></html>\n",
        escape(preview)
    )
}

/// The plain-text side of a newsletter: marks are taken out, links stand on lines of their own.
pub(crate) fn newsletter_text(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            out.push_str(&format!("■ {heading}"));
        } else if let Some((label, url)) = button(line) {
            out.push_str(&format!("{label}\n{url}"));
        } else if line == "---" {
            out.push_str(&"-".repeat(40));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// `&`, `<`, `>` and quotes as entities.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn outlook(text: &str, quoted: Option<&str>) -> String {
    let paragraph = |line: &str| {
        let content = if line.is_empty() { "<o:p>&nbsp;</o:p>".to_owned() } else { linked(line) };
        format!("<p class=\"MsoNormal\"><span lang=\"JA\">{content}</span></p>\n")
    };
    let mut body: String = text.lines().map(paragraph).collect();
    if let Some(quoted) = quoted {
        let quoted = quoted.trim_start_matches('_').trim_start();
        body.push_str(
            "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0mm 0mm 0mm\">\n",
        );
        body.extend(quoted.lines().map(paragraph));
        body.push_str("</div>\n");
    }
    format!(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns=\"http://www.w3.org/TR/REC-html40\">\n<head>\n\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n<meta name=\"Generator\" content=\"Microsoft Word 15 (filtered medium)\">\n\
         <style><!--\np.MsoNormal {{margin:0mm; font-size:10.5pt; font-family:\"游ゴシック\",sans-serif;}}\n--></style>\n</head>\n\
         <body lang=\"JA\" link=\"#0563C1\" vlink=\"#954F72\">\n<div class=\"WordSection1\">\n{body}</div>\n</body>\n</html>\n"
    )
}

fn gmail(text: &str, quoted: Option<&str>) -> String {
    let mut out = format!("<div dir=\"ltr\">{}</div>", breaks(text));
    if let Some(quoted) = quoted {
        let (lead, rest) = quoted.split_once('\n').unwrap_or((quoted, ""));
        out.push_str(&format!(
            "<br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{}<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\">{}</blockquote></div>",
            linked(lead),
            breaks(unmark(rest).trim_start())
        ));
    }
    out.push('\n');
    out
}

fn newsletter_line(rng: &mut Rng, line: &str, counting_host: Option<&str>, colour: &str) -> String {
    let cell = |inner: String| format!("<tr><td style=\"padding:8px 24px;font-size:14px\">{inner}</td></tr>");
    if let Some(heading) = line.strip_prefix("## ") {
        return cell(format!("<h2 style=\"color:{colour}\">{}</h2>", escape(heading)));
    }
    if line == "---" {
        return cell("<hr>".to_owned());
    }
    if let Some((label, url)) = button(line) {
        let target = counted(rng, url, counting_host);
        return cell(format!("<a class=\"btn\" href=\"{}\">{}</a>", escape(&target), escape(label)));
    }
    if line.is_empty() {
        return cell("&nbsp;".to_owned());
    }
    cell(match url_in(line) {
        Some((before, url, after)) => {
            let target = counted(rng, url, counting_host);
            format!("{}<a href=\"{}\">{}</a>{}", escape(before), escape(&target), escape(url), escape(after))
        }
        None => escape(line),
    })
}

fn counted(rng: &mut Rng, url: &str, counting_host: Option<&str>) -> String {
    match counting_host {
        Some(host) => format!("https://{host}/ls/click?upn={}", rng.alphanumeric(60)),
        None => url.to_owned(),
    }
}

fn button(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.strip_suffix(')')?.split_once("](")
}

fn url_in(line: &str) -> Option<(&str, &str, &str)> {
    let start = line.find("http://").or_else(|| line.find("https://"))?;
    let length =
        line[start..].find(|c: char| !c.is_ascii_graphic() || c == '>').unwrap_or(line.len() - start);
    Some((&line[..start], &line[start..start + length], &line[start + length..]))
}

fn linked(line: &str) -> String {
    match url_in(line) {
        Some((before, url, after)) => {
            let (shown, rest) = (escape(url), escape(after));
            format!("{}<a href=\"{shown}\">{shown}</a>{rest}", escape(before))
        }
        None => escape(line),
    }
}

fn breaks(text: &str) -> String {
    text.lines().map(|line| linked(line) + "<br>\n").collect()
}

fn unmark(quoted: &str) -> String {
    quoted
        .lines()
        .map(|line| line.strip_prefix("> ").or_else(|| line.strip_prefix('>')).unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}
