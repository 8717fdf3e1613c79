//! Source text → tokens, of all languages read here. Comments are gone; what is in strings is text and no code.

use super::language::Language;
use crate::limits::SCRIPT_TOKENS_MAX;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name or keyword in lower case; PowerShell's with `$` and with the hyphens inside.
    Word(String),
    /// A string literal, its escapes resolved.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Any other character.
    Sign(char),
    /// The end of a line or statement.
    End,
}

/// The tokens, at most `SCRIPT_TOKENS_MAX`; `false` where there were more.
pub(super) fn tokens(source: &str, language: Language) -> (Vec<Token>, bool) {
    let mut lexer = Lexer { rest: source, language, tokens: Vec::new() };
    while let Some(first) = lexer.rest.chars().next() {
        if lexer.tokens.len() >= SCRIPT_TOKENS_MAX {
            return (lexer.tokens, false);
        }
        lexer.step(first);
    }
    (lexer.tokens, true)
}

struct Lexer<'s> {
    rest: &'s str,
    language: Language,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn step(&mut self, first: char) {
        let rest = self.rest;
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        if self.skips_comment() {
            return;
        }
        match first {
            '\n' | '\r' => self.line_end(behind),
            ';' => self.put(Token::End, behind),
            ':' if self.language == Language::Basic && !behind.starts_with('=') => {
                self.put(Token::End, behind)
            }
            c if c.is_whitespace() => self.rest = behind,
            '@' if self.language == Language::PowerShell && behind.starts_with(['"', '\'']) => {
                self.here_text(behind)
            }
            '"' | '\'' => self.text(first, behind),
            '`' if self.language == Language::JavaScript => self.text(first, behind),
            '`' if self.language == Language::PowerShell => self.rest = behind,
            '/' if self.language == Language::JavaScript && self.expects_value() => self.pattern(behind),
            '&' if self.language == Language::Basic && behind.starts_with(['h', 'H']) => {
                self.number(behind.get(1..).unwrap_or_default(), 16);
            }
            c if c.is_ascii_digit() => self.any_number(rest),
            c if c.is_alphabetic() || matches!(c, '_' | '$') => self.word(rest),
            '-' if self.language == Language::PowerShell
                && behind.starts_with(|c: char| c.is_ascii_alphabetic()) =>
            {
                self.word(rest);
            }
            c => self.put(Token::Sign(c), behind),
        }
    }

    fn put(&mut self, token: Token, rest: &str) {
        self.tokens.push(token);
        // The slices all come from the source that this one does.
        self.rest = self.rest.get(self.rest.len() - rest.len()..).unwrap_or_default();
    }

    fn skips_comment(&mut self) -> bool {
        let rest = self.rest;
        if self.language.is_comment(rest) {
            self.rest = rest.find(['\n', '\r']).and_then(|end| rest.get(end..)).unwrap_or_default();
            return true;
        }
        if self.language == Language::Basic && self.at_start() && is_remark(rest) {
            self.rest = rest.find(['\n', '\r']).and_then(|end| rest.get(end..)).unwrap_or_default();
            return true;
        }
        let Some((begin, end)) = self.language.block_comment() else { return false };
        let Some(inside) = rest.strip_prefix(begin) else { return false };
        // JScript runs what stands in its conditional comments.
        let skipped = match inside.strip_prefix("@cc_on") {
            Some(code) => code,
            None => inside.split_once(end).map_or("", |(_, after)| after),
        };
        self.rest = skipped;
        true
    }

    fn at_start(&self) -> bool {
        matches!(self.tokens.last(), None | Some(Token::End))
    }

    /// A line that goes on in the next one: `_` in Basic, a backtick in PowerShell.
    fn line_end(&mut self, behind: &str) {
        let goes_on =
            self.language == Language::Basic && self.tokens.last() == Some(&Token::Word("_".into()));
        if goes_on {
            self.tokens.pop();
            self.rest = self.rest.get(self.rest.len() - behind.len()..).unwrap_or_default();
        } else {
            self.put(Token::End, behind);
        }
    }

    fn text(&mut self, quote: char, behind: &str) {
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        if self.language == Language::Python
            && let Some(inside) = behind.strip_prefix(quote).and_then(|behind| behind.strip_prefix(quote))
        {
            let (text, after) = inside.split_once(&triple).unwrap_or((inside, ""));
            return self.put(Token::Text(text.to_owned()), after);
        }
        let single = quote == '\''
            && matches!(
                self.language,
                Language::PowerShell | Language::Perl | Language::Php | Language::Shell
            );
        let escape = self.language.escape().filter(|_| !single);
        let doubled = matches!(self.language, Language::Basic | Language::PowerShell);
        let one_line = matches!(self.language, Language::Basic | Language::JavaScript | Language::Python)
            && quote != '`';
        let mut text = String::new();
        let mut characters = behind.chars();
        while let Some(c) = characters.next() {
            if c == quote {
                if doubled && characters.as_str().starts_with(quote) {
                    characters.next();
                    text.push(quote);
                    continue;
                }
                break;
            }
            if one_line && matches!(c, '\n' | '\r') {
                break;
            }
            if Some(c) == escape {
                escaped(&mut characters, self.language, &mut text);
            } else {
                text.push(c);
            }
        }
        let rest = characters.as_str();
        self.put(Token::Text(text), rest);
    }

    fn here_text(&mut self, behind: &str) {
        let quote = behind.get(..1).unwrap_or_default();
        let inside = behind.get(1..).unwrap_or_default();
        let (text, after) = inside.split_once(&format!("\n{quote}@")).unwrap_or((inside, ""));
        self.put(Token::Text(text.trim_start().to_owned()), after);
    }

    /// Whether a slash begins a pattern rather than a division.
    fn expects_value(&self) -> bool {
        match self.tokens.last() {
            None | Some(Token::End) => true,
            Some(Token::Sign(sign)) => !matches!(sign, ')' | ']'),
            Some(Token::Word(word)) => matches!(word.as_str(), "return" | "typeof" | "case" | "in"),
            Some(Token::Text(_) | Token::Number(_)) => false,
        }
    }

    fn pattern(&mut self, behind: &str) {
        let mut class = false;
        let mut characters = behind.char_indices();
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' => drop(characters.next()),
                '[' => class = true,
                ']' => class = false,
                '\n' => break,
                '/' if !class => {
                    let text = behind.get(..at).unwrap_or_default().to_owned();
                    let after = behind.get(at + 1..).unwrap_or_default();
                    let after = after.trim_start_matches(|c: char| c.is_ascii_lowercase());
                    return self.put(Token::Text(text), after);
                }
                _ => {}
            }
        }
        self.put(Token::Sign('/'), behind);
    }

    fn any_number(&mut self, rest: &str) {
        match rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")) {
            Some(digits) => self.number(digits, 16),
            None => self.number(rest, 10),
        }
    }

    fn number(&mut self, digits: &str, radix: u32) {
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let (number, after) = digits.split_at(end);
        let fraction = after
            .strip_prefix('.')
            .filter(|after| radix == 10 && after.starts_with(|c: char| c.is_ascii_digit()));
        let after = fraction.map_or(after, |after| after.trim_start_matches(|c: char| c.is_ascii_digit()));
        let after = if radix == 16 && self.language == Language::Basic {
            after.strip_prefix('&').unwrap_or(after)
        } else {
            after
        };
        self.put(Token::Number(i64::from_str_radix(number, radix).unwrap_or(0)), after);
    }

    fn word(&mut self, rest: &str) {
        let shell = self.language == Language::PowerShell;
        let ends = |c: char| {
            !(c.is_alphanumeric() || matches!(c, '_' | '$') || shell && matches!(c, '-' | '`' | ':' | '%'))
        };
        let mut end = rest.get(1..).and_then(|behind| behind.find(ends)).map_or(rest.len(), |at| at + 1);
        if !rest.is_char_boundary(end) || !rest.is_char_boundary(1) {
            end = rest.find(ends).unwrap_or(rest.len()).max(rest.chars().next().map_or(0, char::len_utf8));
        }
        let (word, _) = rest.split_at(end);
        // `[type]::member` and `$env:name` are one, `a::b` are two.
        let word = if shell && !word.starts_with('$') {
            word.split(':').next().unwrap_or(word)
        } else {
            word.split("::").next().unwrap_or(word)
        };
        let word = word.trim_end_matches(':');
        let after = rest.get(word.len()..).unwrap_or_default();
        // `new Function(…)` makes a program of its text, `function (…)` declares one.
        let constructor = self.language == Language::JavaScript && word == "Function";
        let plain: String = word.chars().filter(|c| *c != '`').collect();
        let plain = if constructor { plain } else { plain.to_lowercase() };
        self.put(Token::Word(plain), after);
    }
}

fn is_remark(rest: &str) -> bool {
    let word = rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("rem"));
    word && rest
        .get(3..)
        .is_some_and(|after| after.is_empty() || after.starts_with(|c: char| c.is_whitespace()))
}

/// What stands behind the sign of escape.
fn escaped(characters: &mut std::str::Chars<'_>, language: Language, text: &mut String) {
    let Some(c) = characters.next() else { return };
    let number = |count: usize, characters: &mut std::str::Chars<'_>| {
        let digits = characters.as_str().get(..count).unwrap_or_default();
        let value = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        if value.is_some() {
            let _ = characters.nth(count - 1);
        }
        value
    };
    let resolved = match c {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'x' if language != Language::PowerShell => number(2, characters),
        'u' if language != Language::PowerShell => number(4, characters),
        '\n' => None,
        c => Some(c),
    };
    text.extend(resolved);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str, language: Language) -> String {
        let one = |token: &Token| match token {
            Token::Word(word) => word.clone(),
            Token::Text(text) => format!("<{text}>"),
            Token::Number(number) => number.to_string(),
            Token::Sign(sign) => sign.to_string(),
            Token::End => ";".into(),
        };
        tokens(source, language).0.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn languages() {
        for (language, source, expected) in [
            (Language::JavaScript, "var A='\\x41\\u0042' // eval(x)\n/* y */+0x1F", "var a = <AB> ; + 31"),
            (Language::JavaScript, "a.replace(/[/]x/g,\"\")/2", "a . replace ( <[/]x> , <> ) / 2"),
            (Language::JavaScript, "/*@cc_on x @*/", "x @ * /"),
            (
                Language::Basic,
                "x = \"a\"\"b\" & Chr(&H41) 'Run\nRem y\nz _\n+1",
                "x = <a\"b> & chr ( 65 ) ; ; z + 1",
            ),
            (
                Language::PowerShell,
                "I`ex ('a''b'+\"c`n\") # x\n<# y #>$Env:tmp [Convert]::X",
                "iex ( <a'b> + <c\n> ) ; $env:tmp [ convert ] : : x",
            ),
            (Language::PowerShell, "New-Object -join @'\nhi\n'@", "new-object -join <hi>"),
            (Language::Python, "'''a\nb''' # c\nd", "<a\nb> ; d"),
        ] {
            assert_eq!(shown(source, language), expected, "{source}");
        }
    }

    #[test]
    fn whatever_stands_there_ends() {
        let text = "é'\\x\"/*漢$`<#@'-:9.9&h &Hq\n_\n/[";
        for language in
            [Language::JavaScript, Language::Basic, Language::PowerShell, Language::Python, Language::Php]
        {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            for start in &ends {
                for end in ends.iter().filter(|end| *end >= start) {
                    let _ = tokens(&text[*start..*end], language);
                }
            }
        }
    }
}
