//! Names of an installer's streams, two letters packed in one character; a table's name begins with a mark.

const ALPHABET: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
const PAIRS: u32 = 0x3800;
const SINGLES: u32 = 0x4800;
const TABLE: u32 = 0x4840;

/// The name as people know it, and whether it is a table's.
pub(super) fn decoded(name: &str) -> (String, bool) {
    let letter =
        |number: u32| ALPHABET.get((number & 63) as usize).map(|byte| char::from(*byte)).unwrap_or('_');
    let mut out = String::new();
    let mut table = false;
    for (place, c) in name.chars().enumerate() {
        match u32::from(c) {
            TABLE if place == 0 => table = true,
            code if (PAIRS..SINGLES).contains(&code) => {
                out.push(letter(code - PAIRS));
                out.push(letter((code - PAIRS) >> 6));
            }
            code if (SINGLES..TABLE).contains(&code) => out.push(letter(code - SINGLES)),
            _ => out.push(c),
        }
    }
    (out, table)
}

/// A table's name as its stream has it.
pub(super) fn encoded(table: &str) -> String {
    let number = |byte: u8| {
        ALPHABET.iter().position(|known| *known == byte).and_then(|at| u32::try_from(at).ok()).unwrap_or(63)
    };
    let mut out: String = char::from_u32(TABLE).into_iter().collect();
    for pair in table.as_bytes().chunks(2) {
        let code = match pair {
            [first, second] => PAIRS + number(*first) + (number(*second) << 6),
            [first] => SINGLES + number(*first),
            _ => continue,
        };
        out.extend(char::from_u32(code));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        for name in ["_StringPool", "_Tables", "CustomAction", "Property", "a"] {
            assert_eq!(decoded(&encoded(name)), (name.to_owned(), true));
        }
        // As the recogniser of installers knows it.
        assert_eq!(encoded("_Tables"), "\u{4840}\u{3f7f}\u{4164}\u{422f}\u{4836}");
    }
}
