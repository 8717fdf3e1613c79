//! A CSS selector → what an element and those around it must be (Selectors Level 4): names, classes, ids, attributes, places among siblings,
//! `:not(…)` of these, descendants and children.
//!
//! What hangs on a state or on neighbours (`:hover`, `a + b`) is left out.

use std::rc::Rc;

use super::tokens::Tag;

/// Elements named by one selector; real ones name up to 5.
const STEPS_MAX: usize = 8;
/// Conditions on one element.
const CONDITIONS_MAX: usize = 8;
/// Classes looked at of one element.
const CLASSES_MAX: usize = 20;

/// What selectors ask of an element.
#[derive(Debug, Default)]
pub(super) struct Facts {
    name: String,
    id: String,
    classes: Vec<String>,
    /// Those that selectors name.
    attributes: Vec<(String, String)>,
    /// Its place among the elements of its parent, from 1.
    nth: usize,
}

/// How an element stands to the one that was named before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Combinator {
    /// Somewhere around it.
    Around,
    /// Its parent.
    Parent,
}

/// A selector, the element itself first, then those around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Selector {
    pub(super) element: Compound,
    pub(super) around: Vec<(Combinator, Compound)>,
}

/// Conditions on one element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Compound {
    tag: String,
    ids: Vec<String>,
    classes: Vec<String>,
    attributes: Vec<Attribute>,
    nth: Option<(i32, i32)>,
    not: Vec<Compound>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Attribute {
    name: String,
    /// How its value is compared, and with what; `None`: it is there.
    value: Option<(char, String)>,
}

impl Facts {
    /// The facts of a tag that is the `nth` of its parent, with those `attributes` that selectors name.
    pub(super) fn of(tag: &Tag<'_>, nth: usize, attributes: &[String]) -> Rc<Self> {
        let classes = tag.attribute("class").unwrap_or_default();
        Rc::new(Self {
            name: tag.name.clone(),
            id: tag.attribute("id").unwrap_or_default().trim().to_owned(),
            classes: classes.split_whitespace().take(CLASSES_MAX).map(str::to_owned).collect(),
            attributes: attributes
                .iter()
                .filter_map(|name| Some((name.clone(), tag.attribute(name)?)))
                .collect(),
            nth,
        })
    }

    /// The keys of the rules that may hold for it.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> + '_ {
        let id = (!self.id.is_empty()).then(|| format!("#{}", self.id));
        let classes = self.classes.iter().map(|class| format!(".{class}"));
        ["*".to_owned(), self.name.clone()].into_iter().chain(classes).chain(id)
    }
}

impl Selector {
    /// Reads a list of selectors; those that ask for more than is known here are left out.
    pub(super) fn list(text: &str) -> Vec<Selector> {
        let mut reader = Reader { rest: text };
        let mut list = Vec::new();
        // Every round takes the comma that it ends with.
        while !reader.rest.is_empty() {
            list.extend(reader.selector());
            reader.pass_comma();
        }
        list
    }

    /// How much it weighs: ids, classes and attributes, names.
    pub(super) fn weight(&self) -> (usize, usize, usize) {
        let all = self.around.iter().map(|(_, compound)| compound).chain([&self.element]);
        all.map(Compound::weight).fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2))
    }

    /// The name, class or id by which one look-up finds it, where that is all that it asks for.
    pub(super) fn simple(&self) -> Option<String> {
        let Compound { tag, ids, classes, attributes, nth, not } = &self.element;
        let is_simple = self.around.is_empty() && attributes.is_empty() && nth.is_none() && not.is_empty();
        match (is_simple, ids.as_slice(), classes.as_slice()) {
            (true, [], []) => Some(if tag.is_empty() { "*".to_owned() } else { tag.clone() }),
            (true, [id], []) => Some(format!("{tag}#{id}")),
            (true, [], [class]) => Some(format!("{tag}.{class}")),
            _ => None,
        }
    }

    /// One thing that every element has for which it holds, as [`Facts::keys`] gives it.
    pub(super) fn key(&self) -> String {
        let Compound { tag, ids, classes, .. } = &self.element;
        match (ids.first(), classes.first()) {
            (Some(id), _) => format!("#{id}"),
            (None, Some(class)) => format!(".{class}"),
            (None, None) if tag.is_empty() => "*".to_owned(),
            (None, None) => tag.clone(),
        }
    }

    /// Names of the attributes that it asks for.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &str> {
        let all = self.around.iter().map(|(_, compound)| compound).chain([&self.element]);
        all.flat_map(|compound| {
            compound.attributes.iter().chain(compound.not.iter().flat_map(|not| &not.attributes))
        })
        .map(|attribute| attribute.name.as_str())
    }
}

impl Compound {
    /// Whether an element is what it asks for.
    pub(super) fn fits(&self, facts: &Facts) -> bool {
        (self.tag.is_empty() || self.tag == facts.name)
            && self.ids.iter().all(|id| *id == facts.id)
            && self.classes.iter().all(|class| facts.classes.contains(class))
            && self.attributes.iter().all(|attribute| attribute.fits(facts))
            && self.nth.is_none_or(|nth| is_nth(nth, facts.nth))
            && !self.not.iter().any(|not| not.fits(facts))
    }

    fn weight(&self) -> (usize, usize, usize) {
        let own = (
            self.ids.len(),
            self.classes.len() + self.attributes.len() + usize::from(self.nth.is_some()),
            usize::from(!self.tag.is_empty()),
        );
        self.not
            .iter()
            .map(Compound::weight)
            .fold(own, |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2))
    }

    fn conditions(&self) -> usize {
        self.ids.len() + self.classes.len() + self.attributes.len() + self.not.len()
    }

    /// Whether it is the page as a whole, which is there whether it is written or not.
    fn is_page(&self) -> bool {
        matches!(self.tag.as_str(), "html" | "body") && self.conditions() == 0
    }
}

impl Attribute {
    fn fits(&self, facts: &Facts) -> bool {
        let Some((_, found)) = facts.attributes.iter().find(|(name, _)| *name == self.name) else {
            return false;
        };
        let Some((how, wanted)) = &self.value else { return true };
        match how {
            '=' => found == wanted,
            '~' => found.split_whitespace().any(|word| word == wanted),
            '|' => found
                .strip_prefix(wanted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            _ if wanted.is_empty() => false,
            '^' => found.starts_with(wanted.as_str()),
            '$' => found.ends_with(wanted.as_str()),
            _ => found.contains(wanted.as_str()),
        }
    }
}

/// Whether `place` is `a·n + b` for some n from 0.
fn is_nth((a, b): (i32, i32), place: usize) -> bool {
    let Ok(place) = i32::try_from(place) else { return false };
    let rest = place.saturating_sub(b);
    if a == 0 { rest == 0 } else { rest % a == 0 && rest / a >= 0 }
}

/// Reads selectors from the left.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn selector(&mut self) -> Option<Selector> {
        let mut before: Vec<(Combinator, Compound)> = Vec::new();
        self.pass_space();
        let mut compound = self.compound()?;
        loop {
            let spaced = self.pass_space();
            let combinator = match self.rest.chars().next() {
                None | Some(',') => break,
                Some('>') => {
                    self.rest = self.rest.get(1..).unwrap_or_default();
                    self.pass_space();
                    Combinator::Parent
                }
                Some(_) if spaced => Combinator::Around,
                Some(_) => return None,
            };
            if before.len() + 1 >= STEPS_MAX {
                return None;
            }
            let is_left_out = before.is_empty() && compound.is_page();
            let next = self.compound()?;
            let before_it = std::mem::replace(&mut compound, next);
            if !is_left_out {
                before.push((combinator, before_it));
            }
        }
        before.reverse();
        Some(Selector { element: compound, around: before })
    }

    /// The conditions on one element; `None` where there are none, or others.
    fn compound(&mut self) -> Option<Compound> {
        let mut compound = Compound::default();
        let before = self.rest;
        if let Some(rest) = self.rest.strip_prefix('*') {
            self.rest = rest;
        } else {
            compound.tag = self.word().to_ascii_lowercase();
        }
        while let Some(mark) = self.rest.chars().next().filter(|mark| ".#[:".contains(*mark)) {
            self.rest = self.rest.get(1..).unwrap_or_default();
            if compound.conditions() >= CONDITIONS_MAX {
                return None;
            }
            match mark {
                '.' => compound.classes.push(self.name()?),
                '#' => compound.ids.push(self.name()?),
                '[' => compound.attributes.push(self.attribute()?),
                _ => self.pseudo(&mut compound)?,
            }
        }
        (self.rest.len() < before.len()).then_some(compound)
    }

    fn name(&mut self) -> Option<String> {
        Some(self.word()).filter(|word| !word.is_empty())
    }

    /// A name, its escapes (CSS Syntax section 4.3.7) resolved.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(character) = self.rest.chars().next() {
            let behind = self.rest.get(character.len_utf8()..).unwrap_or_default();
            match character {
                '\\' => {
                    self.rest = behind;
                    word.extend(self.escaped());
                }
                '-' | '_' | '\u{80}'.. => {
                    word.push(character);
                    self.rest = behind;
                }
                _ if character.is_ascii_alphanumeric() => {
                    word.push(character);
                    self.rest = behind;
                }
                _ => break,
            }
        }
        word
    }

    /// The character behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let digits = self.rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (number, behind) = self.rest.split_at(digits);
        if digits > 0 {
            self.rest = behind.strip_prefix(|c: char| c.is_ascii_whitespace()).unwrap_or(behind);
            return u32::from_str_radix(number, 16).ok().and_then(char::from_u32);
        }
        let character = self.rest.chars().next()?;
        self.rest = self.rest.get(character.len_utf8()..).unwrap_or_default();
        Some(character)
    }

    /// What stands in `[…]`, behind its opening.
    fn attribute(&mut self) -> Option<Attribute> {
        self.pass_space();
        let name = self.name()?.to_ascii_lowercase();
        self.pass_space();
        let mut value = None;
        if let Some(how) = self.rest.chars().next().filter(|how| "=~|^$*".contains(*how)) {
            self.rest = self.rest.get(1..).unwrap_or_default();
            if how != '=' {
                self.rest = self.rest.strip_prefix('=')?;
            }
            self.pass_space();
            value = Some((how, self.value()?));
            self.pass_space();
            // The marks that ask for comparing with or without case.
            self.word();
            self.pass_space();
        }
        self.rest = self.rest.strip_prefix(']')?;
        Some(Attribute { name, value })
    }

    fn value(&mut self) -> Option<String> {
        let Some(quote) = self.rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
            return self.name();
        };
        self.rest = self.rest.get(1..).unwrap_or_default();
        let mut value = String::new();
        while let Some(character) = self.rest.chars().next() {
            self.rest = self.rest.get(character.len_utf8()..).unwrap_or_default();
            match character {
                _ if character == quote => return Some(value),
                '\\' => value.extend(self.escaped()),
                _ => value.push(character),
            }
        }
        None
    }

    /// What stands behind a colon; `None` for what hangs on more than the element and its place.
    fn pseudo(&mut self, compound: &mut Compound) -> Option<()> {
        let name = self.word().to_ascii_lowercase();
        let Some(rest) = self.rest.strip_prefix('(') else {
            match name.as_str() {
                "first-child" => compound.nth = Some((0, 1)),
                "root" => "html".clone_into(&mut compound.tag),
                _ => return None,
            }
            return Some(());
        };
        self.rest = rest;
        match name.as_str() {
            "nth-child" => {
                let (inside, behind) = self.rest.split_once(')')?;
                compound.nth = Some(nth(inside)?);
                self.rest = behind;
            }
            "not" => {
                self.pass_space();
                // One level: what is not may not hold another.
                let end = self.rest.find([')', ':'])?;
                if self.rest.as_bytes().get(end) != Some(&b')') {
                    return None;
                }
                compound.not.push(self.compound()?);
                self.pass_space();
                self.rest = self.rest.strip_prefix(')')?;
            }
            _ => return None,
        }
        Some(())
    }

    fn pass_space(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        let is_spaced = trimmed.len() < self.rest.len();
        self.rest = trimmed;
        is_spaced
    }

    /// Goes behind the next comma that stands in no brackets and no quotation marks.
    fn pass_comma(&mut self) {
        let (mut depth, mut quote) = (0_usize, None);
        for (at, character) in self.rest.char_indices() {
            match (quote, character) {
                (Some(open), _) if open == character => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(character),
                (None, '(' | '[') => depth += 1,
                (None, ')' | ']') => depth = depth.saturating_sub(1),
                (None, ',') if depth == 0 => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return;
                }
                _ => {}
            }
        }
        self.rest = "";
    }
}

/// `odd`, `even`, `3`, `2n+1`, `-n + 3` as the two numbers of `a·n + b`.
fn nth(text: &str) -> Option<(i32, i32)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    match text.as_str() {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let Some((a, b)) = text.split_once('n') else { return Some((0, text.parse().ok()?)) };
    let a = match a {
        "" | "+" => 1,
        "-" => -1,
        _ => a.parse().ok()?,
    };
    let b = if b.is_empty() { 0 } else { b.parse().ok()? };
    // The least number has no opposite to divide by.
    (a != i32::MIN).then_some((a, b))
}

#[cfg(test)]
mod tests {
    use super::{Selector, is_nth, nth};

    fn keys(text: &str) -> Vec<Option<String>> {
        Selector::list(text).iter().map(Selector::simple).collect()
    }

    #[test]
    fn simple_selectors_are_keys() {
        let some = |key: &str| Some(key.to_owned());
        assert_eq!(
            keys("p, .a ,P.b,#c, *, *.d, body .e"),
            [some("p"), some(".a"), some("p.b"), some("#c"), some("*"), some(".d"), some(".e")]
        );
        assert_eq!(keys(r".\6b, .\6b x, .\.c"), [some(".k"), some(".kx"), some("..c")]);
        assert_eq!(keys(".a .b, .a.b, [x], .c:not(.d)"), [None, None, None, None]);
    }

    #[test]
    fn what_hangs_on_more_is_left_out() {
        assert_eq!(keys("a:hover, a + b, a ~ b, ::before, , .., p:nth-child(x), .a:not(:not(.b)), [a"), []);
        assert_eq!(keys("[a='x,y'] , .b").len(), 2);
        assert_eq!(keys("[a='x"), []);
    }

    #[test]
    fn places_are_counted() {
        let places =
            |text: &str| -> Vec<usize> { (1..8).filter(|n| is_nth(nth(text).unwrap(), *n)).collect() };
        assert_eq!(places("odd"), [1, 3, 5, 7]);
        assert_eq!(places("2n"), [2, 4, 6]);
        assert_eq!(places("-n + 3"), [1, 2, 3]);
        assert_eq!(places("n+6"), [6, 7]);
        assert_eq!(places("4"), [4]);
        assert_eq!(nth("-2147483648n"), None);
    }
}
