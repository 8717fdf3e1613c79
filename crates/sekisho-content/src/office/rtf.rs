//! Rich text → its objects, fields, template, pictures from elsewhere and words ([MS-RTF] 1.9.1; objects in [MS-OLEDS] 2.2).
//!
//! Read as Word reads it, since what is hidden there is written for Word: a header of `{\rt` is enough, object data are
//! hexadecimal digits with anything between them, `\bin` brings raw bytes, `\'` swallows half a byte.

mod digits;
mod object;
mod symbols;

use crate::limits::{LURE_TEXT_BYTES_MAX, RTF_GROUPS_MAX};
use crate::open::{Hold, Look, Member};
use crate::{Cost, Kind, Unread};

use super::fields::Fields;
use super::target::{Reach, reach};
use super::told::{Sign, tell};
use super::{lure, package};
use digits::Digits;
use symbols::{Symbol, Symbols};

/// Looks at rich text.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::Rtf || !look.pays(Cost::Bytes(look.bytes.len() as u64)) {
        return;
    }
    let bytes = look.bytes;
    let start = memchr::memmem::find(bytes, b"{\\rt").unwrap_or(0);
    let mut symbols = Symbols::new(bytes.get(start..).unwrap_or_default());
    let mut reading = Reading::default();
    let mut rest: &[u8] = &[];
    while let Some(symbol) = symbols.next() {
        match reading.symbol(look, symbol) {
            Step::On => {}
            Step::Bytes(count) => {
                let raw = symbols.bite(count);
                reading.raw(raw);
            }
            Step::End => {
                rest = symbols.rest();
                break;
            }
        }
    }
    if !reading.groups.is_empty() {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    reading.finish(look);
    let behind = rest.trim_ascii();
    if behind.iter().any(|byte| !matches!(byte, 0 | 0x1a | b'}' | b'\r' | b'\n' | b' ')) {
        look.hand(Member::whole(Vec::new(), behind, Hold::Appended));
    }
}

/// What the words in a group are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Shown to the reader.
    #[default]
    Text,
    /// Digits of an object.
    Data,
    /// The class of an object.
    Class,
    /// The instruction of a field.
    Instruction,
    /// The template that the document is built on.
    Template,
    /// A value of a drawn shape.
    ShapeValue,
    /// Nothing that matters here.
    Aside,
}

/// A group that is open.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    place: Place,
    /// How many characters stand behind `\u` for programs that do not know it.
    stand_ins: usize,
    /// Whether it is a field, which ends with it.
    is_field: bool,
    /// Whether `\*` was its last symbol.
    is_starred: bool,
}

/// What the caller does next.
enum Step {
    On,
    /// Raw bytes follow.
    Bytes(usize),
    /// The last group is closed.
    End,
}

/// What has been read.
#[derive(Default)]
struct Reading {
    groups: Vec<Group>,
    /// Groups too deep to be kept.
    too_deep: usize,
    fields: Fields,
    data: Digits,
    class: Vec<u8>,
    value: String,
    /// Words shown, and bytes of them that wait to be decoded.
    words: String,
    waiting: Vec<u8>,
    code_page: i32,
    stand_ins_left: usize,
    objects: usize,
    starts: &'static str,
}

impl Reading {
    fn symbol(&mut self, look: &mut Look<'_>, symbol: Symbol<'_>) -> Step {
        match symbol {
            Symbol::Open => {
                self.stand_ins_left = 0;
                let outer = self.groups.last().copied().unwrap_or(Group { stand_ins: 1, ..Group::default() });
                if self.groups.len() < RTF_GROUPS_MAX {
                    self.groups.push(Group { is_field: false, is_starred: false, ..outer });
                } else {
                    self.too_deep += 1;
                    look.opened.note(Unread::TooDeep, look.kind.id());
                }
            }
            Symbol::Close if self.too_deep > 0 => self.too_deep -= 1,
            Symbol::Close => {
                self.close(look);
                if self.groups.is_empty() {
                    return Step::End;
                }
            }
            Symbol::Star => self.group(|group| group.is_starred = true),
            Symbol::Word(word, number) => {
                let step = self.word(look, word, number);
                self.group(|group| group.is_starred = false);
                return step;
            }
            Symbol::Escaped(byte) => self.escaped(byte),
            Symbol::Text(text) => self.text(text),
        }
        Step::On
    }

    fn group(&mut self, change: impl Fn(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn place(&self) -> Place {
        self.groups.last().map_or(Place::Aside, |group| group.place)
    }

    /// A group ends, and with it what it alone was about.
    fn close(&mut self, look: &mut Look<'_>) {
        self.flush();
        let Some(group) = self.groups.pop() else { return };
        if group.is_field {
            self.fields.end("", look.opened);
        }
        if self.groups.last().is_some_and(|outer| outer.place == group.place) {
            return;
        }
        match group.place {
            Place::Data => self.object(look),
            Place::Template => self.loaded(look, "attachedtemplate"),
            Place::ShapeValue => self.loaded(look, "image"),
            _ => {}
        }
    }

    fn object(&mut self, look: &mut Look<'_>) {
        self.objects += 1;
        let data = std::mem::take(&mut self.data).bytes();
        let class = String::from_utf8_lossy(&self.class).into_owned();
        let place = format!("object {}", self.objects);
        let before = look.opened.deeds.len();
        object::look(look, &place, &class, &data);
        for deed in look.opened.deeds.iter_mut().skip(before).filter(|_| !self.starts.is_empty()) {
            deed.starts = vec![self.starts.to_owned()];
        }
    }

    fn loaded(&mut self, look: &mut Look<'_>, role: &str) {
        let target = std::mem::take(&mut self.value);
        let far = role == "attachedtemplate" || reach(&target) > Reach::Near;
        let graded = package::grade(role, &target).filter(|_| far && !target.trim().is_empty());
        if let Some((kind, danger)) = graded {
            tell(
                look.opened,
                &Sign { kind, danger, place: "", start: "Open", does: role, link: &target, string: "" },
            );
        }
    }

    fn word(&mut self, look: &mut Look<'_>, word: &[u8], number: Option<i32>) -> Step {
        let starred = self.groups.last().is_some_and(|group| group.is_starred);
        if word != b"u" {
            self.stand_ins_left = 0;
        }
        match word {
            b"bin" => return Step::Bytes(number.and_then(|count| usize::try_from(count).ok()).unwrap_or(0)),
            b"objdata" => self.enter(Place::Data),
            b"objclass" => {
                self.class.clear();
                self.enter(Place::Class);
            }
            b"object" => {
                self.class.clear();
                self.starts = "";
                self.enter(Place::Aside);
            }
            b"objupdate" => self.starts = "objupdate",
            b"objautlink" if self.starts.is_empty() => self.starts = "objautlink",
            b"result" if self.place() == Place::Aside => self.enter(Place::Text),
            b"field" => {
                self.fields.begin();
                self.group(|group| group.is_field = true);
            }
            b"fldinst" => self.enter(Place::Instruction),
            b"fldrslt" => {
                self.fields.separate();
                self.enter(Place::Text);
            }
            b"template" => self.enter(Place::Template),
            b"sv" => self.enter(Place::ShapeValue),
            b"ansicpg" => self.code_page = number.unwrap_or(0),
            b"uc" => {
                let count = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
                self.group(|group| group.stand_ins = count);
            }
            b"u" => self.unicode(number.unwrap_or(0)),
            b"par" | b"line" | b"cell" | b"row" | b"tab" if self.place() == Place::Text => self.push("\n"),
            _ if symbols::is_aside(word) || (starred && !symbols::is_known_aside_text(word)) => {
                self.enter(Place::Aside);
            }
            _ => {}
        }
        let _ = look;
        Step::On
    }

    fn enter(&mut self, place: Place) {
        self.flush();
        if matches!(place, Place::Template | Place::ShapeValue) {
            self.value.clear();
        }
        self.group(|group| group.place = place);
    }

    /// Characters beyond the code page; numbers are signed, and any that fits is taken modulo 65,536.
    fn unicode(&mut self, number: i32) {
        self.flush();
        let unit = number.rem_euclid(0x1_0000) as u16;
        let character = char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}');
        self.push(character.encode_utf8(&mut [0; 4]));
        self.stand_ins_left = self.groups.last().map_or(0, |group| group.stand_ins);
    }

    fn escaped(&mut self, byte: u8) {
        if self.place() == Place::Data {
            self.data.escape();
        } else if self.stand_ins_left > 0 {
            self.stand_ins_left -= 1;
        } else if self.place() == Place::Class {
            self.class.push(byte);
        } else if self.waiting.len() < LURE_TEXT_BYTES_MAX {
            self.waiting.push(byte);
        }
    }

    fn text(&mut self, text: &[u8]) {
        match self.place() {
            Place::Data => text.iter().for_each(|byte| self.data.push(*byte)),
            Place::Class => self.class.extend_from_slice(text),
            Place::Aside => {}
            _ => {
                let skipped = self.stand_ins_left.min(text.len());
                self.stand_ins_left -= skipped;
                let text = text.get(skipped..).unwrap_or_default();
                let line_ends = |byte: &u8| matches!(byte, b'\r' | b'\n' | 0);
                self.waiting.extend(text.iter().filter(|byte| !line_ends(byte)));
                if self.waiting.len() > LURE_TEXT_BYTES_MAX {
                    self.flush();
                }
            }
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        if self.place() == Place::Data {
            self.data.raw(bytes);
        }
    }

    /// Decodes the bytes that wait and puts them where the group's words go.
    fn flush(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.waiting);
        let text = symbols::decoded(&bytes, self.code_page);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        match self.place() {
            Place::Text => {
                self.fields.push(text);
                if self.words.len() + text.len() <= LURE_TEXT_BYTES_MAX {
                    self.words.push_str(text);
                }
            }
            Place::Instruction => self.fields.push(text),
            Place::Template | Place::ShapeValue if self.value.len() < LURE_TEXT_BYTES_MAX => {
                self.value.push_str(text);
            }
            _ => {}
        }
    }

    /// The text ends. A group that was never closed still did what it did.
    fn finish(&mut self, look: &mut Look<'_>) {
        self.flush();
        for _ in 0..=RTF_GROUPS_MAX {
            if self.groups.is_empty() {
                break;
            }
            self.close(look);
        }
        self.fields.finish("", look.opened);
        lure::judge(&self.words, look.opened);
    }
}

#[cfg(test)]
mod tests;
