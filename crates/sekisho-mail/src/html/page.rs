//! The tokens of a page, taken one after another.

use std::rc::Rc;

use super::anchors::Anchors;
use super::containers::{self, Containers, Holds};
use super::elements::{self, Flow, Scope};
use super::entities::{self, Place};
use super::forms::Forms;
use super::looks::{Display, Look};
use super::outlook::{self, Comments};
use super::paint::Paint;
use super::selectors::Facts;
use super::stack::{Open, Stack};
use super::stylesheet::Stylesheet;
use super::targets;
use super::tokens::{Tag, Token, Tokens};
use super::writer::{Space, Writer};
use crate::{HiddenBy, Limits, LinkKind, Source, View};

/// What holds for a whole page: its style blocks and its base address.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) sheet: Stylesheet,
    pub(super) base: Option<String>,
}

/// A page as it is read.
pub(super) struct Page<'h> {
    head: Rc<Head>,
    /// Whether it is read as Outlook shows it.
    is_outlooks: bool,
    comments: Comments<'h>,
    stack: Stack,
    writer: Writer,
    anchors: Anchors,
    forms: Forms,
    containers: Containers,
}

impl<'h> Page<'h> {
    /// A page whose style blocks and base address are known.
    pub(super) fn new(head: Rc<Head>, limits: &Limits) -> Self {
        Self {
            head,
            is_outlooks: false,
            comments: Comments::default(),
            stack: Stack::default(),
            writer: Writer::default(),
            anchors: Anchors::new(limits.links_max),
            forms: Forms::default(),
            containers: Containers::default(),
        }
    }

    /// The same page as Outlook shows it.
    pub(super) fn outlooks(head: Rc<Head>, limits: &Limits) -> Self {
        Self { is_outlooks: true, ..Self::new(head, limits) }
    }

    /// Takes one token.
    pub(super) fn take(&mut self, token: Token<'h>) {
        match token {
            Token::Text(raw) => self.text(raw),
            Token::Raw(_) => {}
            Token::Start(tag) => self.start(&tag),
            Token::End(name) => self.end(&name),
            Token::Comment(text) => self.comment(text),
        }
    }

    /// Takes what stands apart on that paint: it ends nothing around it, and goes on nowhere behind it.
    pub(super) fn take_apart(&mut self, paint: Paint, inner: &'h str) {
        let around = std::mem::replace(&mut self.stack, Stack::on(paint));
        let anchor = self.anchors.suspend();
        for token in Tokens::new(inner) {
            // A comment within would be its own, level by level.
            if !matches!(token, Token::Comment(_)) {
                self.take(token);
            }
        }
        for open in self.stack.end_all() {
            self.ended(&open);
        }
        self.anchors.resume(anchor, self.writer.text());
        self.stack = around;
    }

    /// A line end between things taken apart.
    pub(super) fn divide(&mut self) {
        self.writer.edge(1);
    }

    /// The comments that Outlook shows.
    pub(super) fn comments(&mut self) -> Comments<'h> {
        std::mem::take(&mut self.comments)
    }

    /// The view, when all tokens were taken.
    pub(super) fn finish(mut self) -> View {
        for open in self.stack.end_all() {
            self.ended(&open);
        }
        self.anchors.end(self.writer.text());
        let (text, hidden, turns) = self.writer.finish();
        let links = self.anchors.finish(&text, &turns);
        let quotes = crate::quotes::find_in_page(&text, &self.containers.finish(&text, &turns));
        View { text, hidden, links, forms: self.forms.finish(), quotes, source: Source::Html }
    }

    fn text(&mut self, raw: &str) {
        let text = entities::decode(raw, Place::Text);
        let paint = self.stack.paint();
        if let Some(by) = paint.hidden_by() {
            self.writer.hide(&text, by);
            return;
        }
        let space = if paint.kept_space { Space::Kept } else { Space::Collapsed };
        self.writer.set_turned(paint.is_turned());
        if let Some(shown) = self.writer.show(&text, space) {
            self.anchors.show(&shown);
            self.containers.show(&shown);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        self.make_room(name);
        self.follow(tag);
        if name == "br" && self.stack.paint().hidden_by().is_none() {
            self.writer.line_end();
        }
        if name == "wbr" || name == "br" {
            self.place_of(name);
            return;
        }
        let nth = self.place_of(name);
        let facts = self.head.sheet.facts(tag, nth);
        let look = self.look(tag, facts.as_deref());
        let flow = match (look.display(), elements::flow(name)) {
            (Some(Display::Inline), Flow::Block | Flow::Paragraph) => Flow::Inline,
            (Some(Display::Block), Flow::Inline) => Flow::Block,
            (_, Flow::Paragraph) if name == "p" && (look.is_close() || is_word_paragraph(tag)) => Flow::Block,
            (_, flow) => flow,
        };
        if elements::is_void(name) {
            if flow != Flow::Inline {
                self.edge(flow);
            }
            return;
        }
        let holds = containers::of(tag, &look);
        let mut open = Open::new(name.to_owned(), flow, look);
        open.facts = facts;
        open.quotes = holds == Holds::Quote;
        open.row.0 = self.writer.text().len();
        if let Some(room) = self.stack.push(open) {
            self.ended(&room);
        }
        if self.stack.paint().hidden_by().is_none() {
            self.edge(flow);
        } else {
            self.writer.hide(" ", HiddenBy::Display);
        }
        self.containers.begin(holds);
        if name == "li" {
            self.item();
        }
    }

    /// The place among its siblings of an element that begins; what belongs to the head of a page that has none stands apart.
    fn place_of(&mut self, name: &str) -> usize {
        let is_of_head = matches!(name, "style" | "meta" | "link" | "title" | "base");
        if is_of_head && self.stack.depth() == 0 { 0 } else { self.stack.next_child() }
    }

    /// Ends what a start tag of this name ends by itself.
    fn make_room(&mut self, name: &str) {
        let (ended, scope) = elements::ends_before(name);
        if !ended.is_empty() {
            for open in self.stack.end(ended, scope) {
                self.ended(&open);
            }
        }
        if name == "a" {
            self.end("a");
        }
    }

    /// What the element's style, sheet and old attributes say, by rising weight.
    fn look(&self, tag: &Tag<'_>, facts: Option<&Facts>) -> Look {
        let mut look = Look::default();
        if let Some(value) = tag.attribute("bgcolor") {
            look.set_old_ground(&value);
        }
        if tag.has("background") {
            look.set_picture();
        }
        // Programs draw links blue, whatever the words around them look like.
        if tag.name == "a" && tag.has("href") {
            look.set_old_colour("#0000ee");
        }
        let old_colour = match tag.name.as_str() {
            "font" => "color",
            "body" => "text",
            _ => "",
        };
        if let Some(value) = tag.attribute(old_colour) {
            look.set_old_colour(&value);
        }
        if matches!(tag.name.as_str(), "pre" | "listing" | "xmp" | "plaintext" | "textarea") {
            look.add(&Look::parse("white-space:pre"));
        }
        if tag.has("hidden") {
            look.set_hidden();
        }
        if tag.name == "bdo" {
            look.add(&Look::parse("unicode-bidi:bidi-override"));
        }
        match tag.attribute("dir") {
            Some(dir) if dir.trim().eq_ignore_ascii_case("rtl") => look.add(&Look::parse("direction:rtl")),
            Some(dir) if dir.trim().eq_ignore_ascii_case("ltr") => look.add(&Look::parse("direction:ltr")),
            _ => {}
        }
        look.add(&self.head.sheet.look(tag, facts, &self.stack));
        if let Some(style) = tag.attribute("style") {
            look.add(&Look::parse(&style));
        }
        look
    }

    /// Links and forms of a tag.
    fn follow(&mut self, tag: &Tag<'_>) {
        let at = self.writer.text().len();
        match tag.name.as_str() {
            "a" => {
                let target = self.target(tag, "href").or_else(|| self.target(tag, "xlink:href"));
                self.anchors.begin(target, self.writer.text());
            }
            "area" => {
                let alt = tag.attribute("alt").unwrap_or_default();
                if let Some(target) = self.target(tag, "href") {
                    self.anchors.add_area(target, alt, at);
                }
            }
            "img" | "image" => {
                if self.stack.paint().hidden_by().is_none() {
                    self.anchors.picture(&tag.attribute("alt").unwrap_or_default());
                }
                self.load(tag, &["src", "xlink:href", "href"], LinkKind::Loaded);
            }
            "form" => {
                let action = self.target(tag, "action").unwrap_or_default();
                if !action.is_empty() {
                    self.anchors.add_silent(action.clone(), LinkKind::Form, at);
                }
                self.forms.begin(action);
            }
            "input" | "select" | "textarea" | "button" => self.control(tag),
            "link" => self.load(tag, &["href"], LinkKind::Loaded),
            "object" => self.load(tag, &["data"], LinkKind::Loaded),
            "embed" | "video" | "audio" | "source" => self.load(tag, &["src"], LinkKind::Loaded),
            "iframe" | "frame" => self.load(tag, &["src"], LinkKind::Automatic),
            "base" => self.load(tag, &["href"], LinkKind::Automatic),
            "meta"
                if tag
                    .attribute("http-equiv")
                    .is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh")) =>
            {
                let target = tag.attribute("content").and_then(|content| targets::of_refresh(&content));
                if let Some(target) = target {
                    let target = targets::resolve(target, self.head.base.as_deref());
                    self.anchors.add_silent(target, LinkKind::Automatic, at);
                }
            }
            _ => {}
        }
        if tag.has("background") {
            self.load(tag, &["background"], LinkKind::Loaded);
        }
    }

    /// A field or button of a form.
    fn control(&mut self, tag: &Tag<'_>) {
        let at = self.writer.text().len();
        if let Some(target) = self.target(tag, "formaction") {
            self.anchors.add_silent(target, LinkKind::Form, at);
        }
        if tag.name == "button" {
            return;
        }
        self.forms.field(tag);
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        match kind.as_str() {
            "image" => self.load(tag, &["src"], LinkKind::Loaded),
            "submit" | "button" | "reset" if tag.name == "input" => {
                let words = tag.attribute("value").unwrap_or_default();
                if self.stack.paint().hidden_by().is_none()
                    && let Some(shown) = self.writer.show(&words, Space::Collapsed)
                {
                    self.containers.show(&shown);
                }
            }
            _ => {}
        }
    }

    fn target(&self, tag: &Tag<'_>, attribute: &str) -> Option<String> {
        let value = targets::clean(&tag.attribute(attribute)?);
        Some(targets::resolve(value, self.head.base.as_deref()))
    }

    /// Something loaded from elsewhere: what the mail brings itself (`cid:`, `data:`) is not.
    fn load(&mut self, tag: &Tag<'_>, attributes: &[&str], kind: LinkKind) {
        let target = attributes.iter().find_map(|attribute| self.target(tag, attribute)).unwrap_or_default();
        let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let own = kind == LinkKind::Loaded && matches!(scheme.as_str(), "cid" | "data");
        if !target.is_empty() && !own {
            self.anchors.add_silent(target, kind, self.writer.text().len());
        }
    }

    /// The mark before a list item.
    fn item(&mut self) {
        let paint = self.stack.paint();
        let Some(list) = self.stack.nearest(&["ul", "ol", "menu", "dir"], Scope::Plain) else { return };
        let Some(count) = list.items.as_mut() else { return };
        *count += 1;
        let mark = if list.name == "ol" { format!("{count}. ") } else { "• ".to_owned() };
        if paint.hidden_by().is_none() {
            self.writer.mark(mark);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            // Both of these end tags without a start are shown as if they had one.
            "br" => self.writer.line_end(),
            "p" if self.stack.nearest(&["p"], Scope::Plain).is_none() => self.writer.edge(2),
            _ => {}
        }
        if name == "a" {
            self.anchors.end(self.writer.text());
        }
        if name == "form" {
            self.forms.end();
        }
        let names: &[&str] = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &["h1", "h2", "h3", "h4", "h5", "h6"],
            _ => &[name],
        };
        for open in self.stack.end(names, elements::scope_of_end(name)) {
            self.ended(&open);
        }
    }

    fn ended(&mut self, open: &Open) {
        if open.quotes {
            self.containers.end();
        }
        if open.paint.hidden_by().is_none() && open.flow != Flow::Cell {
            self.edge(open.flow);
        }
    }

    fn edge(&mut self, flow: Flow) {
        match flow {
            Flow::Inline => {}
            Flow::Block => self.writer.edge(1),
            Flow::Row => self.writer.row_edge(),
            Flow::Paragraph => self.writer.edge(2),
            Flow::Cell => self.cell(),
        }
    }

    /// The edge before a cell: beside the one before, where all of the row so far stands in one line.
    fn cell(&mut self) {
        let written = self.writer.text().len();
        let line = self.writer.line();
        let Some(row) = self.stack.nearest(&["tr"], Scope::Table) else {
            self.writer.edge(1);
            return;
        };
        let (start, first) = row.row;
        if written == start {
            return;
        }
        let first = first.unwrap_or_else(|| {
            let words = self.writer.text().get(start..).unwrap_or_default().trim_start_matches('\n');
            line.saturating_sub(words.matches('\n').count())
        });
        row.row.1 = Some(first);
        if first == line { self.writer.beside() } else { self.writer.edge(1) }
    }

    /// Comments are not shown. Outlook alone shows what stands in `<!--[if mso]>…<![endif]-->`: its words are kept
    /// as hidden and its links as links, and what the page does not say otherwise is read once it is known.
    fn comment(&mut self, text: &'h str) {
        let Some(inner) = outlook::inside(text) else { return };
        if self.is_outlooks {
            self.take_apart(self.stack.paint(), inner);
            return;
        }
        let mut unshown = 0_usize;
        let mut words = String::new();
        for token in Tokens::new(inner) {
            match token {
                Token::Text(raw) if unshown == 0 => {
                    let text = entities::decode(raw, Place::Text);
                    self.writer.hide(&text, HiddenBy::Display);
                    words.push_str(&text);
                }
                Token::Start(tag) if elements::is_unshown(&tag.name) => unshown += 1,
                Token::End(name) if elements::is_unshown(&name) => unshown = unshown.saturating_sub(1),
                Token::Start(tag) => {
                    if let Some(target) = self.target(&tag, "href").filter(|_| tag.name != "base") {
                        let loaded = tag.name == "link";
                        let kind = if loaded { LinkKind::Loaded } else { LinkKind::Anchor };
                        self.anchors.add_silent(target, kind, self.writer.text().len());
                    }
                }
                _ => {}
            }
        }
        self.comments.add(self.stack.paint(), inner, &words);
    }
}

/// Word writes every line as a paragraph without a margin.
fn is_word_paragraph(tag: &Tag<'_>) -> bool {
    tag.attribute("class").is_some_and(|class| class.starts_with("Mso"))
}
