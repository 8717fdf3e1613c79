//! The text of a formula → an expression (ECMA-376 part 1, 18.17.2), with places as letters and numbers or as SYLK and
//! macros write them (`R[-1]C3`).

use super::expression::{DEPTH_MAX, Expression, Place};
use super::functions;

/// How places are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `B3`.
    A1,
    /// `R3C2`, and `R[1]C` from the cell itself.
    R1C1,
}

/// Reads a formula in the cell `base`, with or without its `=`.
pub(super) fn parse(text: &str, style: Style, base: (u32, u32)) -> Expression {
    let text = text.trim();
    let mut parser = Parser { rest: text.strip_prefix('=').unwrap_or(text), style, base };
    let Some((expression, _)) = parser.comparison(0) else { return Expression::Unread };
    if parser.rest.trim().is_empty() {
        return expression;
    }
    // What was read stands, but nobody may think that it is all.
    Expression::Call(String::new(), vec![expression, Expression::Unread])
}

struct Parser<'t> {
    rest: &'t str,
    style: Style,
    base: (u32, u32),
}

/// An expression and its depth.
type Read = Option<(Expression, usize)>;

impl Parser<'_> {
    fn comparison(&mut self, level: usize) -> Read {
        self.row(level, &["<=", ">=", "<>", "<", ">", "="], Self::concatenation)
    }

    fn concatenation(&mut self, level: usize) -> Read {
        self.row(level, &["&"], Self::sum)
    }

    fn sum(&mut self, level: usize) -> Read {
        self.row(level, &["+", "-"], Self::product)
    }

    fn product(&mut self, level: usize) -> Read {
        self.row(level, &["*", "/"], Self::power)
    }

    fn power(&mut self, level: usize) -> Read {
        self.row(level, &["^"], Self::signed)
    }

    fn row(&mut self, level: usize, signs: &[&'static str], next: fn(&mut Self, usize) -> Read) -> Read {
        let (mut left, mut depth) = next(self, level)?;
        while let Some(sign) = self.one_of(signs) {
            let (right, right_depth) = next(self, level)?;
            if !left.is_row_of(sign) {
                depth += 1;
            }
            depth = depth.max(right_depth + 1);
            left = Expression::joined(sign, left, right);
            if depth > DEPTH_MAX {
                return None;
            }
        }
        Some((left, depth))
    }

    fn signed(&mut self, level: usize) -> Read {
        if level > DEPTH_MAX {
            return None;
        }
        // `@` only says that one cell of several is meant.
        while self.one_of(&["@"]).is_some() {}
        if let Some(sign) = self.one_of(&["-", "+"]) {
            let (part, depth) = self.signed(level + 1)?;
            return Some((Expression::Sign(sign, Box::new(part)), depth + 1));
        }
        let (mut part, mut depth) = self.operand(level)?;
        while self.one_of(&["%"]).is_some() {
            depth += 1;
            if depth > DEPTH_MAX {
                return None;
            }
            part = Expression::Sign("%", Box::new(part));
        }
        Some((part, depth))
    }

    fn operand(&mut self, level: usize) -> Read {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        match first {
            '"' => self.quoted('"').map(|text| (Expression::Text(text), 0)),
            '(' => {
                self.take(1);
                let (part, depth) = self.comparison(level + 1)?;
                // An area of areas; the first stands for all.
                while self.one_of(&[","]).is_some() {
                    self.comparison(level + 1)?;
                }
                self.one_of(&[")"])?;
                Some((Expression::Sign("()", Box::new(part)), depth + 1))
            }
            '{' => {
                let end = self.rest.find('}')?;
                self.take(end + 1);
                // Constants are there, and are not worked out.
                Some((Expression::Name("{…}".to_owned()), 0))
            }
            '#' => {
                let error = ERRORS.iter().find(|error| self.rest.starts_with(**error))?;
                self.take(error.len());
                Some((Expression::Error(error), 0))
            }
            '0'..='9' | '.' => self.number().map(|number| (Expression::Number(number), 0)),
            '\'' => {
                let sheet = self.quoted('\'')?;
                if self.rest.starts_with('|') {
                    return self.exchange(sheet);
                }
                self.one_of(&["!"])?;
                self.named(Some(sheet), level)
            }
            '!' => {
                self.take(1);
                self.named(None, level)
            }
            _ => self.named(None, level),
        }
    }

    /// A function, a place or a name; `sheet` stood before it.
    fn named(&mut self, sheet: Option<String>, level: usize) -> Read {
        let word = self.word()?;
        if self.rest.starts_with('!') && sheet.is_none() {
            self.take(1);
            return self.named(Some(word), level);
        }
        if self.rest.starts_with('|') {
            return self.exchange(word);
        }
        let called = self.rest.trim_start().starts_with('(');
        let upper = word.to_ascii_uppercase();
        let upper = ["_XLFN.", "_XLWS.", "_XLL."]
            .iter()
            .fold(upper.as_str(), |upper, prefix| upper.strip_prefix(prefix).unwrap_or(upper));
        if called && sheet.is_none() && functions::is_function(upper) {
            let (arguments, depth) = self.arguments(level)?;
            return Some((Expression::Call(upper.to_owned(), arguments), depth));
        }
        let target = match (upper, self.place(&word, sheet.as_deref())) {
            ("TRUE", _) if !called => Expression::Bool(true),
            ("FALSE", _) if !called => Expression::Bool(false),
            (_, Some(place)) => self.area(place)?,
            _ => Expression::Name(word),
        };
        if self.rest.trim_start().starts_with('(') {
            let (arguments, depth) = self.arguments(level)?;
            return Some((Expression::Invoke(Box::new(target), arguments), depth));
        }
        Some((target, 0))
    }

    /// A place, or an area where a second one follows.
    fn area(&mut self, first: Place) -> Option<Expression> {
        let before = self.rest;
        if self.one_of(&[":"]).is_some()
            && let Some(last) = self.word().and_then(|word| self.place(&word, first.sheet.as_deref()))
        {
            return Some(Expression::Area(first, last));
        }
        self.rest = before;
        Some(Expression::Cell(first))
    }

    /// `program|topic!item`: a conversation with another program.
    fn exchange(&mut self, program: String) -> Read {
        self.one_of(&["|"])?;
        let part = |parser: &mut Self| {
            if parser.rest.starts_with('\'') { parser.quoted('\'') } else { parser.word() }
        };
        let topic = part(self)?;
        let item = self.one_of(&["!"]).and_then(|_| part(self)).unwrap_or_default();
        let texts = [program, topic, item].map(Expression::Text);
        Some((Expression::Call(EXCHANGE.to_owned(), texts.into()), 1))
    }

    fn arguments(&mut self, level: usize) -> Option<(Vec<Expression>, usize)> {
        self.one_of(&["("])?;
        let (mut arguments, mut depth) = (Vec::new(), 0);
        if self.one_of(&[")"]).is_some() {
            return Some((arguments, 1));
        }
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with([',', ')']) {
                arguments.push(Expression::Missing);
            } else {
                let (argument, argument_depth) = self.comparison(level + 1)?;
                depth = depth.max(argument_depth);
                arguments.push(argument);
            }
            match self.one_of(&[",", ")"])? {
                "," => {}
                _ => break,
            }
        }
        (depth < DEPTH_MAX).then_some((arguments, depth + 1))
    }

    fn place(&self, word: &str, sheet: Option<&str>) -> Option<Place> {
        let (row, column) = match self.style {
            Style::A1 => letters_and_number(word)?,
            Style::R1C1 => rows_and_columns(word, self.base)?,
        };
        Some(Place { sheet: sheet.map(str::to_owned), row, column })
    }

    fn number(&mut self) -> Option<f64> {
        let digits =
            |text: &str| text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let mut end = digits(self.rest);
        let behind = self.rest.get(end..)?;
        if let Some(exponent) = behind.strip_prefix(['e', 'E']) {
            let sign = usize::from(exponent.starts_with(['+', '-']));
            let count = exponent.bytes().skip(sign).take_while(u8::is_ascii_digit).count();
            if count > 0 {
                end += 1 + sign + count;
            }
        }
        let number = self.rest.get(..end)?.parse().ok()?;
        self.take(end);
        Some(number)
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix(quote)?;
        loop {
            let (before, behind) = rest.split_once(quote)?;
            text.push_str(before);
            match behind.strip_prefix(quote) {
                Some(more) => {
                    text.push(quote);
                    rest = more;
                }
                None => {
                    self.rest = behind;
                    return Some(text);
                }
            }
        }
    }

    /// A word, and what stands in square brackets in it.
    fn word(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let mut depth = 0_usize;
        let ends = |c: char| {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => return depth == 0 && !c.is_alphanumeric() && !matches!(c, '_' | '.' | '$' | '\\' | '?'),
            }
            false
        };
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let word = self.rest.get(..end).filter(|word| !word.is_empty())?.to_owned();
        self.take(end);
        Some(word)
    }

    fn one_of(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let rest = self.rest.trim_start();
        let sign = signs.iter().find(|sign| rest.starts_with(**sign))?;
        self.rest = rest.get(sign.len()..)?;
        Some(sign)
    }

    fn take(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }
}

/// The name under which a conversation with another program stands in an expression.
pub(super) const EXCHANGE: &str = "DDE";

const ERRORS: &[&str] = &["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];

/// `$B$3` as row and column from 0.
pub(super) fn letters_and_number(word: &str) -> Option<(u32, u32)> {
    let word = word.strip_prefix('$').unwrap_or(word);
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word.get(letters..)?;
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    if !(1..=3).contains(&letters)
        || !(1..=7).contains(&digits.len())
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let letter = |column: u32, byte: u8| column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = word.bytes().take(letters).fold(0, letter);
    let row: u32 = digits.parse().ok()?;
    (row > 0).then(|| (row - 1, column - 1))
}

/// `R3C2` and `R[-1]C` as row and column from 0; what is relative counts from `base`.
pub(super) fn rows_and_columns(word: &str, base: (u32, u32)) -> Option<(u32, u32)> {
    let (row, rest) = coordinate(word.strip_prefix(['R', 'r'])?, base.0)?;
    let (column, rest) = coordinate(rest.strip_prefix(['C', 'c'])?, base.1)?;
    rest.is_empty().then_some((row, column))
}

fn coordinate(text: &str, base: u32) -> Option<(u32, &str)> {
    if let Some(relative) = text.strip_prefix('[') {
        let (offset, rest) = relative.split_once(']')?;
        let offset: i64 = offset.trim().parse().ok()?;
        return Some((u32::try_from(i64::from(base).checked_add(offset)?).ok()?, rest));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    if number.is_empty() {
        return Some((base, rest));
    }
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a1(text: &str) -> String {
        parse(text, Style::A1, (0, 0)).to_string()
    }

    #[test]
    fn formulas_are_shown_as_they_were_written() {
        for text in [
            "EXEC(\"cmd \"\"x\"\"\"&A1&CHAR(65))",
            "IF(GET.WORKSPACE(13)<770,CLOSE(FALSE),)",
            "FORMULA.FILL(Sheet2!B3&\"x\",'My sheet'!$A$1:B7)",
            "SUM(-1.5,2^3*4%,(1+2)*3)",
            "Macro1!A5()",
            "myMacro(1,#REF!)",
        ] {
            assert_eq!(a1(text), text.replace('$', ""), "{text}");
        }
        assert_eq!(a1("=_xlfn.CONCAT( \"a\" , TRUE )"), "CONCAT(\"a\",TRUE)");
        assert_eq!(a1("cmd|' /c calc'!A0"), "DDE(\"cmd\",\" /c calc\",\"A0\")");
        assert_eq!(a1("'DDE server'|'topic'!'item'"), "DDE(\"DDE server\",\"topic\",\"item\")");
        assert_eq!(a1("1+"), "…");
        assert_eq!(a1("A1 B2"), "(A1,…)");
    }

    #[test]
    fn rows_and_columns_count_from_the_cell() {
        let shown = |text: &str| parse(text, Style::R1C1, (4, 2)).to_string();
        assert_eq!(shown("EXEC(R[-1]C&R1C1&RC[2])"), "EXEC(C4&A1&E5)");
        assert_eq!(shown("R1C1:R[1]C[1]"), "A1:D6");
        assert_eq!(shown("R[-9]C"), "R[-9]C");
    }

    #[test]
    fn hostile_texts_end() {
        for piece in ["(", "-", "A1(", "\"", "1&", "%", "IF(", "'", "{", "a!", "a|", "1=", "R[", ",", "1+-"] {
            let _ = parse(&piece.repeat(3000), Style::A1, (0, 0));
            let _ = parse(&format!("{}1", piece.repeat(3000)), Style::R1C1, (0, 0)).to_string();
        }
        let long = format!("EXEC({}\"\")", "CHAR(65)&".repeat(900));
        assert!(!a1(&long).contains('…'));
    }
}
