//! A message → the texts that a person sees of it, each once.

use std::ptr;

use crate::coverage::Covered;
use crate::{Message, Part, Source, View};

/// Letters that an alternative says and the one chosen does not, from which on it says something else: more than a notice that a program
/// cannot show pages, or marks for pictures.
const OTHER_LETTERS_MIN: usize = 24;

impl Message {
    /// The texts that a receiver sees, each once: of alternatives the HTML, unless nothing can be read in it; behind them those
    /// alternatives that say something else, since programs differ in which they show.
    pub fn shown(&self) -> Vec<&View> {
        let mut shown = self.chosen();
        let others: Vec<&View> = self
            .texts()
            .map(|(_, view)| view)
            .filter(|view| !shown.iter().any(|chosen| ptr::eq(*chosen, *view)))
            .collect();
        if others.is_empty() {
            return shown;
        }
        let mut covered = Covered::default();
        shown.iter().for_each(|view| covered.add(&view.text));
        for other in others {
            if covered.missing(&other.text, OTHER_LETTERS_MIN) >= OTHER_LETTERS_MIN {
                covered.add(&other.text);
                shown.push(other);
            }
        }
        shown
    }

    /// The texts that most programs show: one of each alternatives.
    pub(crate) fn chosen(&self) -> Vec<&View> {
        let texts: Vec<(&Part, &View)> = self.texts().collect();
        if texts.len() < 2 {
            return texts.into_iter().map(|(_, view)| view).collect();
        }
        let alternatives = alternatives(self);
        let chosen: Vec<(&str, &str)> = alternatives
            .iter()
            .filter_map(|alternative| {
                let inside = || {
                    texts.iter().filter_map(|(part, view)| Some((branch(&part.path, alternative)?, *view)))
                };
                let is_read = |(_, view): &(&str, &View)| !view.text.trim().is_empty();
                let html = inside().rfind(|found| is_read(found) && found.1.source == Source::Html);
                let branch = html.or_else(|| inside().find(is_read)).or_else(|| inside().next())?.0;
                Some((*alternative, branch))
            })
            .collect();
        let is_chosen = |path: &str| {
            chosen
                .iter()
                .all(|(alternative, wanted)| branch(path, alternative).is_none_or(|branch| branch == *wanted))
        };
        texts.into_iter().filter(|(part, _)| is_chosen(&part.path)).map(|(_, view)| view).collect()
    }
}

/// Paths of the parts whose children say the same in several forms; empty for the mail itself.
fn alternatives(message: &Message) -> Vec<&str> {
    // Outlook's own format keeps both bodies side by side.
    const FORMS: &[&str] = &["multipart/alternative", "application/vnd.ms-outlook"];
    let whole = FORMS.contains(&message.media_type.as_str()).then_some("");
    let parts = message.parts.iter().filter(|part| part.media_type == "multipart/alternative");
    whole.into_iter().chain(parts.map(|part| part.path.as_str())).collect()
}

/// The child of `above` on the way to `path`; `None` where it is not on the way.
fn branch<'a>(path: &'a str, above: &str) -> Option<&'a str> {
    let below = if above.is_empty() { path } else { path.strip_prefix(above)?.strip_prefix('.')? };
    below.split('.').next()
}

#[cfg(test)]
mod tests {
    use crate::Limits;

    fn shown(plain: &str, html: &str) -> Vec<String> {
        let mail = format!(
            "From: a@midori.example\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
             --b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
        );
        let message = crate::read(mail.as_bytes(), &Limits::default());
        message.shown().iter().map(|view| view.text.trim().replace('\n', " ")).collect()
    }

    #[test]
    fn a_plain_text_that_says_something_else_is_shown_too() {
        let plain = "お世話になっております。\nお支払い分は次の口座へお振込みください。\nあけぼの銀行 桜木支店 1204471";
        let texts = shown(plain, "<p>お世話になっております。</p>");
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[0], "お世話になっております。");
        assert!(texts[1].contains("あけぼの銀行"));
    }

    #[test]
    fn a_page_is_shown_once_where_its_plain_text_says_no_more() {
        let page = "<h1>秋の新作</h1><p>軽くて丈夫な素材を使いました。<a href='https://shop.example/x'>ご注文はこちら</a></p><p>株式会社みどり</p>";
        assert_eq!(shown("このメールはHTMLで書かれています。", page).len(), 1);
        assert_eq!(shown("秋の新作\n軽くて丈夫な", page).len(), 1);
        assert_eq!(shown("[画像: 秋]\n*秋の新作*\n軽くて丈夫な素材を使いました。\nご注文はこちら <https://shop.example/x?id=1234567890123456789012345>\n\n--\n株式会社みどり", page).len(), 1);
    }

    #[test]
    fn a_letter_has_the_same_key_with_or_without_a_plain_text_that_says_more() {
        let page = "From: a@midori.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Hello</p>\n";
        let both = "From: a@midori.example\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
                    --b\n\nSomething else that is long enough to be told from the page\n\
                    --b\nContent-Type: text/html\n\n<p>Hello</p>\n--b--\n";
        let key = |mail: &str| crate::read(mail.as_bytes(), &Limits::default()).key();
        assert_eq!(key(page), key(both));
    }
}
