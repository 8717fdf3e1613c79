//! VBA source → tokens ([MS-VBAL] 3.2, 3.3). Comments are gone, continued lines joined.

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// An identifier or keyword in lower case, without a type suffix.
    Word(String),
    /// A string literal.
    Text(String),
    /// A number.
    Number(i64),
    /// Any other character; `:=` is the sign of a named argument, written `\u{1}`.
    Sign(char),
    /// The end of a statement.
    End,
}

/// The tokens of each line of a source, continued lines joined.
pub(super) fn lines(source: &str) -> impl Iterator<Item = Vec<Token>> + '_ {
    let mut rest = source.lines();
    std::iter::from_fn(move || {
        let mut line = rest.next()?.to_owned();
        while line.ends_with(" _") && line.len() < LINE_BYTES_MAX {
            line.pop();
            let Some(next) = rest.next() else { break };
            line.push_str(next);
        }
        let mut tokens = Vec::new();
        of_line(cut(&line), &mut tokens);
        Some(tokens)
    })
}

/// A line has 1,023 characters and 24 continuations at most ([MS-VBAL] 3.2); the editor takes no longer one.
const LINE_BYTES_MAX: usize = 128 * 1024;

fn cut(line: &str) -> &str {
    let end = (0..=LINE_BYTES_MAX.min(line.len())).rev().find(|end| line.is_char_boundary(*end));
    end.and_then(|end| line.get(..end)).unwrap_or(line)
}

fn of_line(line: &str, tokens: &mut Vec<Token>) {
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '\'' => return,
            '"' => text(behind, tokens),
            '&' if behind.starts_with(['h', 'H']) => number(behind.get(1..).unwrap_or_default(), 16, tokens),
            ':' if behind.starts_with('=') => {
                tokens.push(Token::Sign('\u{1}'));
                behind.get(1..).unwrap_or_default()
            }
            ':' => {
                tokens.push(Token::End);
                behind
            }
            c if c.is_ascii_digit() => number(rest, 10, tokens),
            c if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                let word = word.to_lowercase();
                let starts = matches!(tokens.last(), None | Some(Token::End));
                if word == "rem" && starts {
                    return;
                }
                tokens.push(Token::Word(word));
                after.strip_prefix(['$', '%']).unwrap_or(after)
            }
            c if c.is_whitespace() => behind,
            c => {
                tokens.push(Token::Sign(c));
                behind
            }
        };
    }
}

fn text<'l>(behind: &'l str, tokens: &mut Vec<Token>) -> &'l str {
    let mut text = String::new();
    let mut rest = behind;
    loop {
        let Some((part, after)) = rest.split_once('"') else {
            text.push_str(rest);
            rest = "";
            break;
        };
        text.push_str(part);
        rest = after;
        let Some(after) = rest.strip_prefix('"') else { break };
        text.push('"');
        rest = after;
    }
    tokens.push(Token::Text(text));
    rest
}

fn number<'l>(digits: &'l str, radix: u32, tokens: &mut Vec<Token>) -> &'l str {
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (number, rest) = digits.split_at(end);
    tokens.push(Token::Number(i64::from_str_radix(number, radix).unwrap_or(0)));
    // What is behind the point is left out: strings are not made of fractions.
    let fraction = rest.strip_prefix('.').filter(|_| radix == 10);
    let fraction = fraction.map(|behind| behind.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = fraction.unwrap_or(rest);
    // A type suffix; `&` only where it cannot be a concatenation.
    let rest = rest.strip_prefix(['%', '#', '!', '@']).unwrap_or(rest);
    rest.strip_prefix('&').filter(|after| !after.starts_with([' ', '"'])).unwrap_or(rest)
}
