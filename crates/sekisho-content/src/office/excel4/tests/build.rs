//! A few lines of text → a workbook with macro sheets, in each format.
//!
//! `sheet NAME [very-hidden|worksheet]`, `name NAME REFERENCE`, `built-in CODE REFERENCE`, else a cell: place, space,
//! formula with `=` or value. Without `sheet` there is one macro sheet, `Macro1`.

use crate::office::excel4::expression::{Expression, Place};
use crate::office::excel4::formula::{Style, parse};
use crate::office::excel4::functions;

/// What a workbook is built as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// BIFF8.
    Excel97,
    /// BIFF5.
    Excel95,
    /// XML parts.
    Package,
    /// Binary parts.
    Binary,
}

impl Format {
    pub(super) const ALL: [Format; 4] = [Format::Excel97, Format::Excel95, Format::Package, Format::Binary];
}

#[derive(Debug, Default)]
pub(super) struct Sample {
    sheets: Vec<Sheet>,
    /// Name or code, and what it refers to.
    names: Vec<(Result<String, u8>, String)>,
}

#[derive(Debug)]
struct Sheet {
    name: String,
    state: u8,
    is_macro: bool,
    cells: Vec<(Place, String)>,
}

impl Sample {
    pub(super) fn parse(lines: &str) -> Sample {
        let mut sample = Sample::default();
        for line in lines.lines() {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            match first {
                "sheet" => {
                    let (name, kind) = rest.split_once(' ').unwrap_or((rest, ""));
                    sample.sheets.push(Sheet::new(name, kind));
                }
                "name" => {
                    let (name, refers) = rest.split_once(' ').unwrap();
                    sample.names.push((Ok(name.to_owned()), refers.to_owned()));
                }
                "built-in" => {
                    let (code, refers) = rest.split_once(' ').unwrap();
                    sample.names.push((Err(code.parse().unwrap()), refers.to_owned()));
                }
                _ => sample.cell(first, rest),
            }
        }
        sample
    }

    fn cell(&mut self, place: &str, text: &str) {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::new("Macro1", ""));
        }
        let Expression::Cell(place) = parse(place, Style::A1, (0, 0)) else { panic!("{place}") };
        let named = place.sheet.clone();
        let sheet =
            self.sheets.iter_mut().find(|sheet| named.as_ref().is_none_or(|name| *name == sheet.name));
        sheet.unwrap().cells.push((place, text.to_owned()));
    }

    pub(super) fn bytes(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Excel97 | Format::Excel95 => self.biff(format == Format::Excel97),
            Format::Package => self.package(),
            Format::Binary => self.binary(),
        }
    }

    fn compiler(&self, format: Format) -> Compiler<'_> {
        let names = self.names.iter().filter_map(|(name, _)| name.as_ref().ok()).map(String::as_str);
        let sheets = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        Compiler { format, sheets, names: names.collect() }
    }

    fn biff(&self, new: bool) -> Vec<u8> {
        let compiler = self.compiler(if new { Format::Excel97 } else { Format::Excel95 });
        let bof = |kind: u16| {
            let version: u16 = if new { 0x0600 } else { 0x0500 };
            let mut body = numbers(&[version, kind, 0x0dbb, 0x07cc]);
            if new {
                body.extend([0; 8]);
            }
            record(0x0809, &body)
        };
        let text = |text: &str| compiler.string(text);
        let mut globals = bof(0x0005);
        let sheets: Vec<Vec<u8>> = self
            .sheets
            .iter()
            .map(|sheet| {
                let kind = if sheet.is_macro { 0x0040 } else { 0x0010 };
                let cells = sheet.cells.iter().flat_map(|(place, value)| compiler.cell(place, value));
                [bof(kind), cells.collect(), record(0x000a, &[])].concat()
            })
            .collect();
        let mut behind = Vec::new();
        if new {
            behind.extend(record(0x01ae, &numbers(&[self.sheets.len() as u16, 0x0401])));
            let references = (0..self.sheets.len() as u16).flat_map(|index| [0, index, index]);
            let references: Vec<u16> = [self.sheets.len() as u16].into_iter().chain(references).collect();
            behind.extend(record(0x0017, &numbers(&references)));
        }
        for (name, refers) in &self.names {
            let tokens = compiler.tokens(&parse(refers, Style::A1, (0, 0)));
            let (flags, name) = match name {
                Ok(name) => (0, name.clone()),
                Err(code) => (0x20, char::from(*code).to_string()),
            };
            let mut body = numbers(&[flags]);
            body.extend([0, name.chars().count() as u8]);
            body.extend(numbers(&[tokens.len() as u16]));
            body.extend([0; 8]);
            body.extend(&text(&name)[1..]);
            behind.extend(record(0x0018, &[body, tokens].concat()));
        }
        behind.extend(record(0x000a, &[]));
        let listed: usize = self.sheets.iter().map(|sheet| 10 + text(&sheet.name).len()).sum();
        let mut at = globals.len() + listed + behind.len();
        for (sheet, content) in self.sheets.iter().zip(&sheets) {
            let mut body = (at as u32).to_le_bytes().to_vec();
            body.extend([sheet.state, u8::from(sheet.is_macro)]);
            globals.extend(record(0x0085, &[body, text(&sheet.name)].concat()));
            at += content.len();
        }
        [globals, behind, sheets.concat()].concat()
    }

    fn package(&self) -> Vec<u8> {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let states = ["visible", "hidden", "veryHidden"];
        let mut workbook = "<workbook><sheets>".to_owned();
        let mut relations = "<Relationships>".to_owned();
        let mut parts = Vec::new();
        for (index, sheet) in self.sheets.iter().enumerate() {
            let state = states[usize::from(sheet.state)];
            workbook += &format!("<sheet name=\"{}\" state=\"{state}\" r:id=\"r{index}\"/>", sheet.name);
            let kind = if sheet.is_macro { "xlMacrosheet" } else { "worksheet" };
            relations +=
                &format!("<Relationship Id=\"r{index}\" Type=\"urn:r/{kind}\" Target=\"s/{index}.xml\"/>");
            let cell = |(place, text): &(Place, String)| {
                let place = Place { sheet: None, ..place.clone() };
                match text.strip_prefix('=') {
                    Some(formula) => format!("<c r=\"{place}\"><f>{}</f><v>0</v></c>", escape(formula)),
                    None if text.parse::<f64>().is_ok() => format!("<c r=\"{place}\"><v>{text}</v></c>"),
                    None => format!("<c r=\"{place}\" t=\"str\"><v>{}</v></c>", escape(text)),
                }
            };
            let cells: String = sheet.cells.iter().map(cell).collect();
            parts.push((
                format!("xl/s/{index}.xml"),
                format!("<macrosheet>{cells}</macrosheet>").into_bytes(),
            ));
        }
        workbook += "</sheets><definedNames>";
        for (name, refers) in &self.names {
            let name = name.clone().unwrap_or_else(|_| "_xlnm.Auto_Open".to_owned());
            workbook += &format!("<definedName name=\"{name}\">{refers}</definedName>");
        }
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!("{workbook}</definedNames></workbook>").into_bytes(),
        ));
        parts.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("{relations}</Relationships>").into_bytes(),
        ));
        zip("application/vnd.ms-excel.sheet.macroEnabled.main+xml", parts)
    }

    fn binary(&self) -> Vec<u8> {
        let compiler = self.compiler(Format::Binary);
        let long = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let mut workbook = Vec::new();
        let mut relations = "<Relationships>".to_owned();
        let mut parts = Vec::new();
        let count = self.sheets.len() as u32;
        for (index, sheet) in self.sheets.iter().enumerate() {
            let id = format!("r{index}");
            let state = long(&[u32::from(sheet.state), index as u32 + 1]);
            workbook.extend(part_record(156, &[state, long_string(&id), long_string(&sheet.name)].concat()));
            let kind = if sheet.is_macro { "xlMacrosheet" } else { "worksheet" };
            relations +=
                &format!("<Relationship Id=\"{id}\" Type=\"urn:r/{kind}\" Target=\"s/{index}.bin\"/>");
            let cells = sheet.cells.iter().flat_map(|(place, text)| compiler.part_cell(place, text));
            parts.push((format!("xl/s/{index}.bin"), cells.collect::<Vec<u8>>()));
        }
        workbook.extend(part_record(357, &[]));
        let references = (0..count).flat_map(|index| [0, index, index]);
        workbook
            .extend(part_record(362, &long(&[count].into_iter().chain(references).collect::<Vec<u32>>())));
        for (name, refers) in &self.names {
            let tokens = compiler.tokens(&parse(refers, Style::A1, (0, 0)));
            let name = name.clone().unwrap_or_else(|_| "_xlnm.Auto_Open".to_owned());
            let body =
                [vec![0; 9], long_string(&name), long(&[tokens.len() as u32]), tokens, long(&[0])].concat();
            workbook.extend(part_record(39, &body));
        }
        parts.push(("xl/workbook.bin".to_owned(), workbook));
        parts.push((
            "xl/_rels/workbook.bin.rels".to_owned(),
            format!("{relations}</Relationships>").into_bytes(),
        ));
        zip("application/vnd.ms-excel.sheet.binary.macroEnabled.main", parts)
    }
}

impl Sheet {
    fn new(name: &str, kind: &str) -> Sheet {
        let state = if kind == "very-hidden" { 2 } else { 0 };
        Sheet { name: name.to_owned(), state, is_macro: kind != "worksheet", cells: Vec::new() }
    }
}

struct Compiler<'s> {
    format: Format,
    sheets: Vec<&'s str>,
    names: Vec<&'s str>,
}

impl Compiler<'_> {
    /// A string behind a count of one byte.
    fn string(&self, text: &str) -> Vec<u8> {
        let count = text.encode_utf16().count() as u8;
        match self.format {
            Format::Excel95 => [&[count], text.as_bytes()].concat(),
            _ if text.is_ascii() => [&[count, 0], text.as_bytes()].concat(),
            _ => [vec![count, 1], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        }
    }

    fn cell(&self, place: &Place, text: &str) -> Vec<u8> {
        let at = numbers(&[place.row as u16, place.column as u16, 0]);
        if let Some(formula) = text.strip_prefix('=') {
            let tokens = self.tokens(&parse(formula, Style::A1, (place.row, place.column)));
            let size = numbers(&[tokens.len() as u16]);
            return record(0x0006, &[at, vec![0; 14], size, tokens].concat());
        }
        if let Ok(number) = text.parse::<f64>() {
            return record(0x0203, &[at, number.to_le_bytes().to_vec()].concat());
        }
        let string = self.string(text);
        // The count of a label has two bytes.
        record(0x0204, &[at, vec![string[0], 0], string[1..].to_vec()].concat())
    }

    fn part_cell(&self, place: &Place, text: &str) -> Vec<u8> {
        let row = part_record(0, &place.row.to_le_bytes());
        let at = [place.column.to_le_bytes(), [0; 4]].concat();
        let cell = if let Some(formula) = text.strip_prefix('=') {
            let tokens = self.tokens(&parse(formula, Style::A1, (place.row, place.column)));
            let size = (tokens.len() as u32).to_le_bytes().to_vec();
            part_record(9, &[at, vec![0; 10], size, tokens, vec![0; 4]].concat())
        } else if let Ok(number) = text.parse::<f64>() {
            part_record(5, &[at, number.to_le_bytes().to_vec()].concat())
        } else {
            part_record(6, &[at, long_string(text)].concat())
        };
        [row, cell].concat()
    }

    fn tokens(&self, expression: &Expression) -> Vec<u8> {
        let all = |parts: &[Expression]| parts.iter().flat_map(|part| self.tokens(part)).collect::<Vec<u8>>();
        match expression {
            Expression::Number(number) => [vec![0x1f], number.to_le_bytes().to_vec()].concat(),
            Expression::Text(text) if self.format == Format::Binary => {
                let count = numbers(&[text.encode_utf16().count() as u16]);
                [vec![0x17], count, text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
            }
            Expression::Text(text) => [vec![0x17], self.string(text)].concat(),
            Expression::Bool(value) => vec![0x1d, u8::from(*value)],
            Expression::Missing => vec![0x16],
            Expression::Cell(place) => self.reference(place, None),
            Expression::Area(first, last) => self.reference(first, Some(last)),
            Expression::Name(name) => {
                let index = self.names.iter().position(|known| known.eq_ignore_ascii_case(name));
                let number = index.map_or(0x7777, |index| index as u16 + 1);
                let filling = match self.format {
                    Format::Excel95 => 12,
                    _ => 2,
                };
                // A name that nobody defined is one of the sample's own: a text serves as well.
                if index.is_none() {
                    return self.tokens(&Expression::Call(
                        "EVALUATE".to_owned(),
                        vec![Expression::Text(name.clone())],
                    ));
                }
                [vec![0x43], numbers(&[number]), vec![0; filling]].concat()
            }
            Expression::Call(name, arguments) => self.call(name, &all(arguments), arguments.len()),
            Expression::Invoke(target, arguments) => {
                let count = arguments.len() + 1;
                let tokens = [self.tokens(target), all(arguments)].concat();
                [tokens, vec![0x42, count as u8, 0xff, 0]].concat()
            }
            Expression::Sign(sign, part) => {
                let code = ["+", "-", "%", "()"].iter().position(|known| known == sign).unwrap();
                [self.tokens(part), vec![0x12 + code as u8]].concat()
            }
            Expression::Join(sign, parts) => {
                let signs = ["+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>"];
                let code = 3 + signs.iter().position(|known| known == sign).unwrap() as u8;
                let mut tokens = self.tokens(&parts[0]);
                for part in &parts[1..] {
                    tokens.extend(self.tokens(part));
                    tokens.push(code);
                }
                tokens
            }
            Expression::Error(_) | Expression::Unread => vec![0x1c, 0x2a],
        }
    }

    fn call(&self, name: &str, arguments: &[u8], count: usize) -> Vec<u8> {
        let number =
            (0..=u16::MAX).find(|number| functions::function(*number).is_some_and(|f| f.name == name));
        let number = number.unwrap_or_else(|| panic!("{name}"));
        let fixed = functions::function(number).unwrap().arguments;
        let head = if fixed > 0 && fixed == count { vec![0x41] } else { vec![0x42, count as u8] };
        [arguments, &head, &numbers(&[number])].concat()
    }

    fn reference(&self, first: &Place, last: Option<&Place>) -> Vec<u8> {
        let last = last.unwrap_or(first);
        let is_area = first != last;
        let mut tokens = Vec::new();
        let sheet =
            first.sheet.as_ref().map(|name| self.sheets.iter().position(|known| known == name).unwrap());
        let class = |plain: u8, in_sheet: u8| if sheet.is_some() { in_sheet } else { plain };
        tokens.push(if is_area { class(0x25, 0x3b) } else { class(0x24, 0x3a) });
        if let Some(index) = sheet {
            match self.format {
                Format::Excel95 => {
                    tokens.extend([0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
                    tokens.extend(numbers(&[index as u16, index as u16]));
                }
                _ => tokens.extend(numbers(&[index as u16])),
            }
        }
        let corners = if is_area { vec![first, last] } else { vec![first] };
        for corner in &corners {
            match self.format {
                Format::Binary => tokens.extend(corner.row.to_le_bytes()),
                _ => tokens.extend(numbers(&[corner.row as u16])),
            }
        }
        for corner in &corners {
            match self.format {
                Format::Excel95 => tokens.push(corner.column as u8),
                _ => tokens.extend(numbers(&[corner.column as u16])),
            }
        }
        tokens
    }
}

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn record(id: u16, body: &[u8]) -> Vec<u8> {
    [numbers(&[id, body.len() as u16]), body.to_vec()].concat()
}

/// A record of a binary part: number and size in seven bits a byte.
fn part_record(id: u16, body: &[u8]) -> Vec<u8> {
    let id = if id < 0x80 { vec![id as u8] } else { vec![id as u8 & 0x7f | 0x80, (id >> 7) as u8] };
    let size = vec![body.len() as u8 & 0x7f | 0x80, (body.len() >> 7) as u8];
    [id, size, body.to_vec()].concat()
}

fn long_string(text: &str) -> Vec<u8> {
    let count = (text.encode_utf16().count() as u32).to_le_bytes().to_vec();
    [count, text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}

/// Stored members, as the reader finds them without a directory.
fn zip(main: &str, mut parts: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let types = format!("<Types><Override PartName=\"/xl/workbook\" ContentType=\"{main}\"/></Types>");
    parts.insert(0, ("[Content_Types].xml".to_owned(), types.into_bytes()));
    let member = |(name, content): (String, Vec<u8>)| {
        let size = (content.len() as u32).to_le_bytes();
        let head = [&b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0"[..], &[0; 4], &size, &size].concat();
        [head, numbers(&[name.len() as u16, 0]), name.into_bytes(), content].concat()
    };
    parts.into_iter().flat_map(member).collect()
}
