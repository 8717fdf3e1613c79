//! A word → whether it is a keyword, which stands for no value ([MS-VBAL] 3.3.5.2).

/// Words that are no value; none is longer than eight letters.
const KEYWORDS: [&str; 54] = [
    "set", "let", "call", "if", "else", "elseif", "then", "do", "while", "wend", "loop", "until", "select",
    "case", "with", "for", "each", "to", "step", "next", "in", "and", "or", "not", "is", "as", "on", "error",
    "resume", "goto", "exit", "end", "dim", "redim", "preserve", "const", "sub", "function", "mod", "xor",
    "like", "byval", "byref", "optional", "new", "byte", "integer", "long", "string", "variant", "object",
    "boolean", "imp", "eqv",
];

/// Whether a word is no value: asked of nearly every token, again and again in loops, so as one number.
pub(super) fn is_keyword(word: &str) -> bool {
    const NUMBERS: [u64; KEYWORDS.len()] = {
        let mut numbers = [0; KEYWORDS.len()];
        let mut at = 0;
        while at < KEYWORDS.len() {
            numbers[at] = number(KEYWORDS[at].as_bytes());
            at += 1;
        }
        numbers
    };
    word.len() <= 8 && NUMBERS.contains(&number(word.as_bytes()))
}

/// The letters of a word of up to eight, as a number.
const fn number(mut letters: &[u8]) -> u64 {
    let mut number = 0;
    while let [first, rest @ ..] = letters {
        number = number << 8 | *first as u64;
        letters = rest;
    }
    number
}
