//! The terminal: its width, its colours, columns of wide characters, and output that may end early.

use std::io::{self, BufRead, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use sekisho_judge::{Action, Grade};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Narrower terminals are written to as if they had this many columns; the terminal wraps then.
const COLUMNS_MIN: usize = 40;

/// Lines longer than this are hard to read, however wide the window is.
const COLUMNS_MAX: usize = 160;

/// Characters that may not stand at the beginning of a line (JIS X 4051, the common ones).
const NOT_FIRST: &str =
    "、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}";

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set or the terminal is a dumb one.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How lines are written: with colours or without, wrapped or not.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns before a line is wrapped or cut; `None` where nothing is (output into a file or program).
    pub columns: Option<usize>,
    coloured: bool,
}

/// What a piece of text is, as far as its colour goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Heading,
    /// Something less important.
    Quiet,
    /// Something fine.
    Good,
    /// Something to look at.
    Doubtful,
    /// Something bad.
    Bad,
}

impl Page {
    /// The page that standard output is.
    pub fn of_stdout(choice: ColourChoice) -> Self {
        let terminal = io::stdout().is_terminal();
        let environment = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let dumb = environment("TERM").is_some_and(|term| term == "dumb");
        let coloured = match choice {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => terminal && !dumb && environment("NO_COLOR").is_none(),
        };
        let columns = terminal.then(|| {
            let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
            width.clamp(COLUMNS_MIN, COLUMNS_MAX)
        });
        Self { columns, coloured }
    }

    /// `text` in the colour of `tone`.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        if !self.coloured || text.is_empty() {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Heading => Style::new().bold(),
            Tone::Quiet => Style::new().dimmed(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Doubtful => AnsiColor::Yellow.on_default().bold(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
        };
        format!("{style}{text}{style:#}")
    }

    /// `text` on as many lines as it needs, the first behind `first`, the others indented alike; with a line end.
    pub fn paragraph(&self, first: &str, text: &str) -> String {
        let indent = width(first);
        let room = self.columns.map_or(usize::MAX, |columns| columns.saturating_sub(indent).max(20));
        let lines = wrap(text, room);
        let mut out = String::new();
        for (at, line) in lines.iter().enumerate() {
            if at == 0 {
                out.push_str(first);
            } else {
                out.push_str(&" ".repeat(indent));
            }
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

impl From<Action> for Tone {
    fn from(action: Action) -> Self {
        match action {
            Action::Deliver => Tone::Good,
            Action::Warn => Tone::Doubtful,
            Action::Hold | Action::Reject => Tone::Bad,
        }
    }
}

impl From<Grade> for Tone {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Info => Tone::Quiet,
            Grade::Weak => Tone::Doubtful,
            Grade::Strong => Tone::Bad,
        }
    }
}

/// How many columns `text` takes; colours take none.
pub fn width(text: &str) -> usize {
    let mut pieces = text.split('\u{1b}');
    let plain = pieces.next().map_or(0, UnicodeWidthStr::width);
    plain + pieces.map(|piece| piece.split_once('m').map_or(0, |(_, after)| after.width())).sum::<usize>()
}

/// `text` in exactly `columns` columns: cut with `…`, or filled with spaces.
pub fn column(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns);
    let filling = columns.saturating_sub(width(&out));
    out.push_str(&" ".repeat(filling));
    out
}

/// `text` in at most `columns` columns, cut with `…`.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Lines of at most `columns` columns. Latin words stay whole where they fit; Japanese breaks between characters, but
/// no closing mark begins a line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    if width(text) <= columns {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > columns {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if line.is_empty() && !lines.is_empty() && piece.trim().is_empty() {
            continue;
        }
        for c in piece.chars() {
            if width(&line) + c.width().unwrap_or(0) > columns && !c.is_whitespace() && width(piece) > columns
            {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The pieces between which a line may be broken.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    pieces.extend(text.get(start..));
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if NOT_FIRST.contains(after) || "「『（【〈《〔([{“".contains(before) || after == '”' {
        return false;
    }
    let wide = |c: char| c.width() == Some(2);
    match (before, after) {
        (_, ' ') => false,
        (' ', _) => true,
        _ => wide(before) || wide(after),
    }
}

/// Writes to standard output and lets it through at once. `Break` where nobody reads any more, or the disk is full.
pub fn print(text: &str) -> std::ops::ControlFlow<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => std::ops::ControlFlow::Continue(()),
        Err(_) => std::ops::ControlFlow::Break(()),
    }
}

/// Writes one line to standard error, behind the program's name. There is nobody to tell where that fails.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "sekisho: {line}");
}

/// What a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// They agree.
    Yes,
    /// They do not, or said nothing.
    No,
    /// There is nobody at a terminal.
    Nobody,
}

/// Asks a question that is answered with yes or no.
pub fn ask(question: &str) -> Answer {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Answer::Nobody;
    }
    let mut error = io::stderr().lock();
    let _ = write!(error, "{question} [y/N] ").and_then(|()| error.flush());
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(_) if is_yes(&line) => Answer::Yes,
        _ => Answer::No,
    }
}

/// Japanese keyboards write wide letters where nobody switched them off.
fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_lowercase().as_str(), "y" | "yes" | "ｙ" | "ｙｅｓ" | "はい")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_the_screen() {
        assert_eq!(column("見積書", 8), "見積書  ");
        assert_eq!(column("見積書", 5), "見積…");
        assert_eq!(column("見積書", 4), "見… ");
        assert_eq!(column("abc", 3), "abc");
    }

    #[test]
    fn only_yes_is_yes() {
        for line in ["y\n", "Yes\r\n", " ｙ ", "はい\n"] {
            assert!(is_yes(line), "{line:?}");
        }
        for line in ["", "\n", "n\n", "yeah\n", "いいえ\n"] {
            assert!(!is_yes(line), "{line:?}");
        }
    }

    #[test]
    fn lines_break_as_readers_expect() {
        assert_eq!(wrap("見積書を、お送りします。", 8), ["見積書", "を、お送", "りしま", "す。"]);
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("x".repeat(9).as_str(), 4), ["xxxx", "xxxx", "x"]);
        assert_eq!(wrap("", 4), [""]);
        for columns in 1..12 {
            assert_eq!(wrap("表示名は「山田」です。", columns).concat(), "表示名は「山田」です。");
        }
    }
}
