//! Our tokens, held against those of html5ever over random markup.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token as Theirs, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::entities::{self, Place};
use super::tokens::{Token, Tokens};

/// Pieces that make markup whole and broken.
const PIECES: [&str; 46] = [
    "<a",
    "<b>",
    "</b>",
    "</a",
    "<P ",
    "<x-y/",
    " href=",
    " HREF='",
    "\"",
    "'",
    "=",
    ">",
    "/>",
    "<",
    "/",
    "&amp;",
    "&lt",
    "&copy",
    "&#65;",
    "&#x41",
    "&",
    "&notit;",
    "<!--",
    "-->",
    "--!>",
    "->",
    "-",
    "!",
    "<!doctype html>",
    "<?",
    "</",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<script>",
    "</script>",
    "<script",
    "</STYLE ",
    " ",
    "\n",
    "\t",
    "あ",
    "x",
    "1",
    "<iframe>",
];

#[derive(Default)]
struct Sink(RefCell<Vec<String>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Theirs, _line: u64) -> TokenSinkResult<()> {
        match token {
            Theirs::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes: Vec<(String, String)> =
                    tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
                self.0.borrow_mut().push(format!("<{} {attributes:?}>", tag.name));
                match &*tag.name {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    "style" | "iframe" => return TokenSinkResult::RawData(RawKind::Rawtext),
                    _ => {}
                }
            }
            Theirs::TagToken(tag) => self.0.borrow_mut().push(format!("</{}>", tag.name)),
            Theirs::CharacterTokens(text) => add_text(&mut self.0.borrow_mut(), &text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn add_text(drawn: &mut Vec<String>, text: &str) {
    match drawn.last_mut() {
        Some(last) if last.starts_with('"') => last.push_str(text),
        _ => drawn.push(format!("\"{text}")),
    }
}

fn theirs(html: &str) -> Vec<String> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.0.take()
}

fn ours(html: &str) -> Vec<String> {
    let mut drawn = Vec::new();
    for token in Tokens::new(html) {
        match token {
            Token::Text(raw) => add_text(&mut drawn, &entities::decode(raw, Place::Text)),
            Token::Raw(text) => add_text(&mut drawn, text),
            Token::Start(tag) => {
                let attributes: Vec<(String, String)> = tag.decoded();
                drawn.push(format!("<{} {attributes:?}>", tag.name));
            }
            Token::End(name) => drawn.push(format!("</{name}>")),
            Token::Comment(_) => {}
        }
    }
    drawn
}

proptest::proptest! {
    #[test]
    fn tokens_are_those_of_html5ever(picks in proptest::collection::vec(0..PIECES.len(), 0..25)) {
        let html: String = picks.iter().filter_map(|pick| PIECES.get(*pick)).copied().collect();
        proptest::prop_assert_eq!(ours(&html), theirs(&html), "{}", html);
    }
}
