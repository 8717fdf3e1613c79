//! What a workbook says of itself before its sheets: their names, defined names, references to other sheets and programs
//! ([MS-XLS] 2.4.28, 2.4.105, 2.4.106, 2.4.150, 2.4.271).

use std::rc::Rc;

use super::{WORKSPACE, bof, substream};
use crate::number::{slice, u16_le};
use crate::office::biff;
use crate::office::excel4::book::{Book, Exchange, Name, Sheet, State};
use crate::office::excel4::expression::{Expression, Place};
use crate::office::excel4::strings::{self, Version};
use crate::office::excel4::tokens::{self, Extern, Scope};

/// The first substream, read.
pub(super) struct Globals {
    pub(super) version: Version,
    /// Whether the rest is encrypted.
    pub(super) is_locked: bool,
    /// The sheets that are listed, and where each begins.
    pub(super) sheets: Vec<Sheet>,
    pub(super) places: Vec<usize>,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) scope: Scope,
    /// Names with their tokens, to be read once all names are known.
    tokens: Vec<Vec<u8>>,
    books: Vec<Outside>,
    /// Paths of other workbooks, in versions that have no list of books.
    paths: Vec<String>,
    /// Numbers of a book and of a sheet in it, as formulas refer to them.
    references: Vec<(u16, u16)>,
}

/// Another workbook, an add-in, a program, or the workbook itself.
#[derive(Default)]
struct Outside {
    is_own: bool,
    path: String,
    names: Rc<Vec<String>>,
}

/// Names, sheets and references kept of one workbook.
const LISTED_MAX: usize = 65_536;

impl Globals {
    pub(super) fn read(stream: &[u8], version: Version) -> Globals {
        let mut globals = Globals {
            version,
            is_locked: false,
            sheets: Vec::new(),
            places: Vec::new(),
            exchanges: Vec::new(),
            scope: Scope::default(),
            tokens: Vec::new(),
            books: Vec::new(),
            paths: Vec::new(),
            references: Vec::new(),
        };
        let first = biff::records(stream).next().and_then(bof);
        // A sheet that is a file of its own has its names inside, and they are read with it.
        let has_globals = matches!(first, Some((_, super::WORKBOOK | WORKSPACE)));
        for record in substream(stream) {
            globals.is_locked |= record.id == biff::FILE_PASS;
            if has_globals {
                globals.record(record.id, record.body);
            }
        }
        globals.scope.sheets = globals.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        if globals.version == Version::Biff8 {
            globals.resolve();
        }
        globals
    }

    /// Takes a record that names something; sheets of old versions have them too.
    pub(super) fn record(&mut self, id: u16, body: &[u8]) -> Option<()> {
        match id {
            biff::BOUND_SHEET => {
                let (name, _) = strings::short(body.get(6..)?, self.version)?;
                if self.sheets.len() < LISTED_MAX {
                    self.places.push(crate::number::place(body, 0)?);
                    self.sheets.push(Sheet {
                        name,
                        state: state(*body.get(4)?),
                        is_macro: *body.get(5)? == 1,
                        ..Sheet::default()
                    });
                }
            }
            0x0018 | 0x0218 => {
                let (name, tokens) = self.name_record(body)?;
                if self.scope.names.len() < LISTED_MAX {
                    self.scope.names.push(name);
                    self.tokens.push(tokens);
                }
            }
            0x01ae => self.outside(body)?,
            0x0017 if self.version == Version::Biff8 => self.references(body),
            0x0016 | 0x0017 => self.old_reference(body)?,
            0x0023 | 0x0223 => {
                let at = match self.version {
                    Version::Biff2 => 0,
                    Version::Biff3 | Version::Biff4 => 2,
                    _ => 6,
                };
                let (name, _) = strings::short(body.get(at..)?, self.version)?;
                match self.version {
                    Version::Biff8 => Rc::make_mut(&mut self.books.last_mut()?.names).push(name),
                    _ => Rc::make_mut(&mut self.scope.externs.last_mut()?.names).push(name),
                }
            }
            _ => {}
        }
        Some(())
    }

    /// The other workbooks that it takes values from.
    pub(super) fn links(&self) -> Vec<String> {
        let paths = self.books.iter().map(|book| &book.path).chain(&self.paths);
        paths.filter_map(|path| decoded(path)).collect()
    }

    /// Gives the book its names.
    pub(super) fn name(&self, book: &mut Book) {
        let named = self.scope.names.iter().zip(&self.tokens);
        book.names = named.map(|(name, tokens)| self.named(name, tokens, None)).collect();
    }

    /// Gives a book of sheets that are files of their own the names found in them.
    pub(super) fn name_of_sheets(&self, book: &mut Book) {
        let sheet = book.sheets.first().map(|sheet| sheet.name.clone());
        let known = book.names.len();
        let named = self.scope.names.iter().zip(&self.tokens).skip(known);
        book.names.extend(named.map(|(name, tokens)| self.named(name, tokens, sheet.clone())));
    }

    fn named(&self, name: &str, tokens: &[u8], sheet: Option<String>) -> Name {
        let refers = tokens::expression(tokens, self.version, &self.scope, (0, 0));
        let refers = match (refers, sheet) {
            (Expression::Cell(place), Some(sheet)) => Expression::Cell(Place { sheet: Some(sheet), ..place }),
            (refers, _) => refers,
        };
        Name { name: name.to_owned(), refers }
    }

    fn name_record(&self, body: &[u8]) -> Option<(String, Vec<u8>)> {
        const BUILT_IN: u16 = 0x0020;
        let count = usize::from(*body.get(3)?);
        let (at, size) = match self.version {
            Version::Biff2 => (5, usize::from(*body.get(4)?)),
            Version::Biff3 | Version::Biff4 => (6, usize::from(u16_le(body, 4)?)),
            _ => (14, usize::from(u16_le(body, 4)?)),
        };
        let (mut name, rest) = strings::counted(body.get(at..)?, count, self.version)?;
        let built_in = self.version > Version::Biff2 && u16_le(body, 0)? & BUILT_IN != 0;
        if let (true, Some(code)) = (built_in, name.chars().next()) {
            // What follows the code changes nothing for Excel.
            name = built_in_name(code as u32).map_or(name, str::to_owned);
        }
        Some((name, slice(rest, 0, size).to_vec()))
    }

    fn outside(&mut self, body: &[u8]) -> Option<()> {
        const OWN: u16 = 0x0401;
        const ADD_IN: u16 = 0x3a01;
        let mut outside = Outside::default();
        match u16_le(body, 2)? {
            OWN => outside.is_own = true,
            ADD_IN => {}
            _ => outside.path = strings::long(body.get(2..)?, self.version)?.0,
        }
        self.converse(&outside.path);
        if self.books.len() < LISTED_MAX {
            self.books.push(outside);
        }
        Some(())
    }

    /// Program and topic stand in one string, divided by the code 3.
    fn converse(&mut self, path: &str) {
        if let Some((program, topic)) = path.split_once('\u{3}')
            && !program.is_empty()
            // A path begins with the code 1, and its folders are divided by the code 3 too.
            && !path.starts_with(char::is_control)
            && self.exchanges.len() < LISTED_MAX
        {
            self.exchanges.push(Exchange { program: program.to_owned(), topic: topic.to_owned() });
        }
    }

    fn references(&mut self, body: &[u8]) {
        let entries = body.get(2..).unwrap_or_default().chunks_exact(6).take(LISTED_MAX);
        let numbers = entries.filter_map(|entry| u16_le(entry, 0).zip(u16_le(entry, 2)));
        self.references.extend(numbers);
        self.references.truncate(LISTED_MAX);
    }

    /// What references stand for, once all sheets are known.
    fn resolve(&mut self) {
        let own = &self.scope.sheets;
        let resolved = |(book, sheet): &(u16, u16)| {
            let book = self.books.get(usize::from(*book))?;
            let own = own.get(usize::from(*sheet)).cloned();
            let sheet = if book.is_own { own } else { Some(format!("[{}]", book.path)) };
            Some(Extern { sheet, names: Rc::clone(&book.names) })
        };
        let externs = self.references.iter().map(|pair| resolved(pair).unwrap_or_default()).collect();
        self.scope.externs = externs;
    }

    /// Up to Excel 95 a reference is a string: a code, then the name of an own sheet or the path of another workbook.
    fn old_reference(&mut self, body: &[u8]) -> Option<()> {
        let text = body.get(1..)?;
        let (code, rest) = text.split_first()?;
        let sheet = match code {
            0x02 | 0x03 => strings::narrow(slice(rest, 0, usize::from(*body.first()?))),
            0x04 => String::new(),
            _ => {
                let path = strings::narrow(slice(text, 0, usize::from(*body.first()?)));
                self.converse(&path);
                let shown = format!("[{path}]");
                if self.paths.len() < LISTED_MAX {
                    self.paths.push(path);
                }
                shown
            }
        };
        if self.scope.externs.len() < LISTED_MAX {
            let sheet = Some(sheet).filter(|sheet| !sheet.is_empty());
            self.scope.externs.push(Extern { sheet, names: Rc::default() });
        }
        Some(())
    }
}

/// A path as it is typed, out of its codes ([MS-XLS] 2.5.277); `None` for a name alone, which stands beside the workbook.
fn decoded(path: &str) -> Option<String> {
    const VOLUME: char = '\u{1}';
    const FOLDER: char = '\u{3}';
    const PARENT: char = '\u{4}';
    const ADDRESS: char = '\u{5}';
    let mut letters = path.strip_prefix(VOLUME)?.chars();
    let mut decoded = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            // A share, or the letter of a drive.
            VOLUME => match letters.next()? {
                '@' => decoded.push_str("\\\\"),
                drive => decoded.extend([drive, ':', '\\']),
            },
            FOLDER => decoded.push('\\'),
            PARENT => decoded.push_str("..\\"),
            // What follows is as many letters of an address as the next one's number says.
            ADDRESS => drop(letters.next()),
            letter if letter.is_control() => {}
            letter => decoded.push(letter),
        }
    }
    Some(decoded)
}

fn state(byte: u8) -> State {
    match byte & 0x03 {
        0 => State::Shown,
        1 => State::Hidden,
        _ => State::VeryHidden,
    }
}

/// Names that are stored as a code ([MS-XLS] 2.4.150).
fn built_in_name(code: u32) -> Option<&'static str> {
    Some(match code {
        1 => "Auto_Open",
        2 => "Auto_Close",
        3 => "Extract",
        4 => "Database",
        5 => "Criteria",
        6 => "Print_Area",
        7 => "Print_Titles",
        8 => "Recorder",
        9 => "Data_Form",
        10 => "Auto_Activate",
        11 => "Auto_Deactivate",
        12 => "Sheet_Title",
        13 => "_FilterDatabase",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_out_of_their_codes() {
        let path = |path: &str| decoded(path);
        assert_eq!(
            path("\u{1}\u{1}@files.example\u{3}share\u{3}a.xls").as_deref(),
            Some("\\\\files.example\\share\\a.xls")
        );
        assert_eq!(path("\u{1}\u{1}Cdocs\u{3}a.xls").as_deref(), Some("C:\\docs\\a.xls"));
        assert_eq!(
            path("\u{1}\u{5}\u{1d}http://pages.example/a.xls").as_deref(),
            Some("http://pages.example/a.xls")
        );
        assert_eq!(path("a.xls"), None);
    }
}
