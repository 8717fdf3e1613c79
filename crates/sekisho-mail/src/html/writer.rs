//! The text of a page as it grows: white space collapsed, lines divided, hidden words kept apart.

use std::ops::Range;

use super::unseen::{self, Unseen};
use crate::bidi::{self, Turns};
use crate::{Hidden, HiddenBy};

/// Characters kept of one hidden text, as [`Hidden`] promises.
const HIDDEN_CHARS_MAX: usize = 4_000;
/// Hidden texts kept of one page; newsletters reach some dozens.
const HIDDEN_MAX: usize = 1_000;
/// Line ends in a row that are kept: two empty lines look like any more of them.
const LINE_ENDS_MAX: usize = 3;
/// Spaces in a row that are kept; an indentation is never wider.
const SPACES_MAX: usize = 200;

/// How white space is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// A run of it is one space.
    Collapsed,
    /// It stays (`<pre>`).
    Kept,
}

/// The growing text.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    hidden: Vec<Hidden>,
    hidden_chars: usize,
    hidden_divided: bool,
    /// What stands between the last character written and the next, not written yet: it may be the end.
    line_ends: usize,
    spaces: usize,
    space_is_soft: bool,
    /// Whether a space that does not collapse is among them: a line of only such is an empty line.
    has_firm_space: bool,
    tab: bool,
    unseen: String,
    /// A list mark that waits for the first words of its item.
    mark: String,
    /// Lines written.
    line: usize,
    /// Whether what comes is shown from the right to the left, by its element or by U+202E (how deep).
    is_turned: bool,
    turned_depth: usize,
    turned: Vec<Range<usize>>,
}

impl Writer {
    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The number of the line that was written last.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Whether the next character begins a line.
    pub(super) fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.line_ends > 0
    }

    /// Writes text that is seen; gives where its visible characters stand, if it has any.
    pub(super) fn show(&mut self, text: &str, space: Space) -> Option<Range<usize>> {
        let mut start = None;
        for character in text.chars() {
            match character {
                '\n' if space == Space::Kept => self.line_end(),
                ' ' | '\t' if space == Space::Kept => self.space(false),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => self.space(true),
                '\u{A0}' => self.space(false),
                '\0' | '\u{8}' => {}
                _ => self.seen_or_not(character, &mut start),
            }
        }
        start.map(|start| start..self.text.len())
    }

    fn seen_or_not(&mut self, character: char, start: &mut Option<usize>) {
        if unseen::of(character, self.text.chars().next_back()) == Unseen::No {
            let before = self.text.len();
            self.flush();
            start.get_or_insert(self.text.len());
            self.text.push(character);
            self.note_turned(before, character);
        } else {
            match character {
                bidi::OVERRIDE => self.turned_depth += 1,
                bidi::POP => self.turned_depth = self.turned_depth.saturating_sub(1),
                _ if self.turned_depth > 0 && bidi::embeds(character) => self.turned_depth += 1,
                _ => {}
            }
            self.unseen.push(character);
        }
    }

    /// Says whether the text that comes is shown from the right to the left.
    pub(super) fn set_turned(&mut self, is_turned: bool) {
        self.is_turned = is_turned;
    }

    /// Notes where the character written last is under an override; what was written before it began at `before`.
    fn note_turned(&mut self, before: usize, character: char) {
        if !self.is_turned && self.turned_depth == 0 {
            return;
        }
        let at = self.text.len() - character.len_utf8();
        let goes_on = !self.text.get(before..at).unwrap_or_default().contains(['\n', '\t']);
        match self.turned.last_mut() {
            Some(last) if goes_on && last.end == before => last.end = self.text.len(),
            _ => self.turned.push(at..self.text.len()),
        }
    }

    /// Keeps text that is not seen.
    pub(super) fn hide(&mut self, text: &str, by: HiddenBy) {
        let at = self.text.len();
        let goes_on = self.hidden.last().is_some_and(|last| last.at == at && last.by == by);
        let mut words = text
            .split(|character: char| character.is_whitespace())
            .filter(|word| !word.is_empty())
            .peekable();
        if words.peek().is_none() || (!goes_on && self.hidden.len() >= HIDDEN_MAX) {
            self.hidden_divided = true;
            return;
        }
        if !goes_on {
            self.hidden.push(Hidden { text: String::new(), by, at });
            self.hidden_chars = 0;
        }
        let Some(hidden) = self.hidden.last_mut() else { return };
        let mut divided = self.hidden_divided || text.starts_with(char::is_whitespace);
        self.hidden_divided = text.ends_with(char::is_whitespace);
        for word in words {
            if divided && !hidden.text.is_empty() && self.hidden_chars < HIDDEN_CHARS_MAX {
                hidden.text.push(' ');
                self.hidden_chars += 1;
            }
            divided = true;
            let room = HIDDEN_CHARS_MAX.saturating_sub(self.hidden_chars);
            if room == 0 {
                return;
            }
            for character in word.chars().take(room) {
                hidden.text.push(character);
                self.hidden_chars += 1;
            }
        }
    }

    /// `<br>`: one line further.
    pub(super) fn line_end(&mut self) {
        self.line_ends = (self.line_ends + 1).min(LINE_ENDS_MAX);
        self.turned_depth = 0;
        self.drop_spaces();
    }

    /// A list mark before the words that come.
    pub(super) fn mark(&mut self, mark: String) {
        self.mark = mark;
    }

    /// The edge of a block: at least `ends` line ends (2 leave an empty line).
    ///
    /// At the start of a cell it does nothing: the cell's first block stands where the cell does.
    pub(super) fn edge(&mut self, ends: usize) {
        if self.tab {
            return;
        }
        if self.has_firm_space && self.at_line_start() {
            self.line_ends = (self.line_ends + 1).min(LINE_ENDS_MAX);
        }
        self.line_ends = self.line_ends.max(ends);
        self.turned_depth = 0;
        self.drop_spaces();
    }

    /// The edge of a row.
    pub(super) fn row_edge(&mut self) {
        self.tab = false;
        self.edge(1);
    }

    /// The edge between two cells of a row that stand in one line: whatever the first ended with, go on beside it.
    pub(super) fn beside(&mut self) {
        self.line_ends = 0;
        self.turned_depth = 0;
        self.drop_spaces();
        self.tab = true;
    }

    /// The text, what is hidden in it, and what of it was turned round.
    pub(super) fn finish(mut self) -> (String, Vec<Hidden>, Turns) {
        self.settle_unseen(false);
        let turns = Turns::of(self.turned, &mut self.text);
        if !turns.is_empty() {
            for hidden in &mut self.hidden {
                hidden.at = turns.place(hidden.at, &self.text);
            }
            self.hidden.sort_by_key(|hidden| hidden.at);
        }
        (self.text, self.hidden, turns)
    }

    fn space(&mut self, soft: bool) {
        if soft && (self.space_is_soft || self.tab || (self.spaces == 0 && self.at_line_start())) {
            return;
        }
        self.spaces = (self.spaces + 1).min(SPACES_MAX);
        self.space_is_soft = soft;
        self.has_firm_space |= !soft;
    }

    fn drop_spaces(&mut self) {
        self.spaces = 0;
        self.space_is_soft = false;
        self.has_firm_space = false;
        self.tab = false;
    }

    /// Writes what stands before the next character.
    fn flush(&mut self) {
        let joined = self.line_ends == 0 && self.spaces == 0 && !self.tab && !self.text.is_empty();
        self.settle_unseen(joined);
        if !self.text.is_empty() {
            self.line += self.line_ends;
            self.text.extend(std::iter::repeat_n('\n', self.line_ends));
            if self.tab && self.line_ends == 0 {
                self.text.push('\t');
            }
        }
        self.text.extend(std::iter::repeat_n(' ', self.spaces));
        self.text.push_str(&std::mem::take(&mut self.mark));
        self.line_ends = 0;
        self.drop_spaces();
    }

    /// Records characters without width: those between two letters, and Unicode tags anywhere.
    fn settle_unseen(&mut self, joined: bool) {
        if self.unseen.is_empty() {
            return;
        }
        let unseen = std::mem::take(&mut self.unseen);
        if joined || unseen.chars().any(unseen::is_tag) {
            self.hide(&unseen, HiddenBy::Invisible);
        }
    }
}
