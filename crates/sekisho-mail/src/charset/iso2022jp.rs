//! ISO-2022-JP as real mail wrote it → text (RFC 1468, RFC 2237, and CP50220 to CP50222).
//!
//! Beyond the standard: designations left open at a line's or the text's end, half-width kana by `ESC ( I`, by
//! SO/SI and as 8-bit bytes, JIS X 0212 and 0213, the NEC and IBM rows (13, 89–92, 115–119), `ESC $ @`, raw
//! Shift_JIS, EUC-JP or UTF-8 in the ASCII state. Two-byte characters are taken over to Shift_JIS, whose table has
//! every row. The mapping is Windows' throughout (`～` U+FF5E, `－` U+FF0D, `∥` U+2225), as for the other Japanese
//! charsets here.

use encoding_rs::{EUC_JP, SHIFT_JIS};

const ESC: u8 = 0x1b;
const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;
/// Bytes of a run that are decoded at once: a line or so.
const RUN_BYTES: usize = 128;

/// What the bytes stand for at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// ASCII or JIS X 0201 Roman; `¥` and `‾` are kept as `\` and `~`, as mail programs show them.
    Single,
    /// Half-width kana in 7 bits.
    Kana,
    /// JIS X 0208 or the first plane of JIS X 0213.
    Double,
    /// JIS X 0212.
    Supplement,
    /// A set of another language (RFC 1554), through a table with the high bits set.
    Foreign(&'static encoding_rs::Encoding),
}

/// Text, and whether every byte had a meaning.
pub(super) struct Read {
    pub(super) text: String,
    pub(super) whole: bool,
}

/// Whether there is a designation of a Japanese set in `bytes`.
pub(super) fn designates(bytes: &[u8]) -> bool {
    memchr::memchr_iter(ESC, bytes).any(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        matches!(escape(rest), Some((set, _)) if set != Set::Single)
    })
}

/// Decodes `bytes`; what means nothing becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Read {
    let mut state = State { text: String::with_capacity(bytes.len()), whole: true };
    let mut set = Set::Single;
    let mut before_shift = Set::Single;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        if byte == ESC {
            match escape(rest) {
                Some((next, length)) => {
                    set = next;
                    at += length;
                }
                None => {
                    state.whole = false;
                    at += 1;
                }
            }
            continue;
        }
        match byte {
            SHIFT_OUT => {
                (before_shift, set) = (set, Set::Kana);
                at += 1;
            }
            SHIFT_IN => {
                set = before_shift;
                at += 1;
            }
            b'\n' => {
                state.text.push('\n');
                at += 1;
                set = after_line_end(set, bytes.get(at..).unwrap_or_default());
                before_shift = Set::Single;
            }
            b'\r' | b'\t' | b' ' => {
                state.text.push(char::from(byte));
                at += 1;
            }
            _ => at += state.take(set, rest),
        }
    }
    state.read()
}

struct State {
    text: String,
    whole: bool,
}

impl State {
    /// Takes the characters at the start of `rest` (never empty, no control byte first); says how many bytes.
    fn take(&mut self, set: Set, rest: &[u8]) -> usize {
        match set {
            Set::Single => self.single(rest),
            Set::Kana => {
                let byte = rest.first().copied().unwrap_or_default() & 0x7f;
                match kana(byte) {
                    Some(c) => self.text.push(c),
                    None => self.odd(byte),
                }
                1
            }
            Set::Double => match self.run(rest) {
                0 => self.double(set, rest),
                taken => taken,
            },
            Set::Supplement | Set::Foreign(_) => self.double(set, rest),
        }
    }

    /// A run in the ASCII state. 8-bit bytes in it are another Japanese charset without a designation.
    fn single(&mut self, rest: &[u8]) -> usize {
        let end =
            rest.iter().position(|&b| matches!(b, ESC | SHIFT_OUT | SHIFT_IN | b'\n')).unwrap_or(rest.len());
        let run = rest.get(..end).unwrap_or_default();
        if run.is_ascii() {
            self.text.extend(run.iter().map(|&b| char::from(b)));
        } else if let Ok(text) = std::str::from_utf8(run) {
            self.text.push_str(text);
        } else {
            // 8-bit kana (CP50222) are Shift_JIS too; what is EUC-JP beyond doubt is not kana.
            let encoding =
                super::detect::surely_japanese(run).filter(|&found| found == EUC_JP).unwrap_or(SHIFT_JIS);
            let (text, broken) = encoding.decode_without_bom_handling(run);
            self.text.push_str(&text);
            self.whole &= !broken;
        }
        end
    }

    /// A run of two-byte characters without a fault, decoded at once; 0 where there is a fault in it.
    fn run(&mut self, rest: &[u8]) -> usize {
        let mut bytes = [0_u8; RUN_BYTES];
        let mut taken = 0;
        for (pair, place) in rest.chunks_exact(2).zip(bytes.chunks_exact_mut(2)) {
            let [lead @ 0x21..=0x7e, trail @ 0x21..=0x7e] = *pair else { break };
            place.copy_from_slice(&shift_jis(lead - 0x20, trail - 0x20));
            taken += 2;
        }
        match table(SHIFT_JIS, bytes.get(..taken).unwrap_or_default()) {
            Some(text) => {
                self.text.push_str(&text);
                taken
            }
            None => 0,
        }
    }

    fn double(&mut self, set: Set, rest: &[u8]) -> usize {
        let (lead, trail) = match *rest {
            [lead, trail, ..] => (lead, trail),
            [lead] => {
                self.odd(lead);
                return 1;
            }
            [] => return 0,
        };
        // A trail that is a control byte means that a byte was lost: the lead alone is given up.
        if trail < 0x21 || trail == 0x7f {
            self.odd(lead);
            return 1;
        }
        if (0xa1..=0xdf).contains(&lead) && !(0xa1..=0xfe).contains(&trail) {
            // 8-bit kana inside the two-byte state, as CP50222 readers take it.
            self.text.extend(kana(lead & 0x7f));
            return 1;
        }
        let decoded = match set {
            Set::Supplement => table(EUC_JP, &[0x8f, lead | 0x80, trail | 0x80]),
            Set::Foreign(encoding) => table(encoding, &[lead | 0x80, trail | 0x80]),
            _ => double_byte(lead, trail),
        };
        match decoded {
            Some(c) => self.text.push_str(&c),
            None => {
                self.text.push(char::REPLACEMENT_CHARACTER);
                self.whole = false;
            }
        }
        2
    }

    /// A byte without a meaning in its state: ASCII shows as itself.
    fn odd(&mut self, byte: u8) {
        self.whole = false;
        self.text.push(if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER });
    }

    fn read(self) -> Read {
        Read { text: self.text, whole: self.whole }
    }
}

/// A two-byte character by its JIS bytes, both 7-bit or the lead beyond (rows 95 to 120, as some programs wrote
/// the IBM rows).
pub(super) fn double_byte(lead: u8, trail: u8) -> Option<String> {
    let row = match lead {
        0x21..=0x98 => lead - 0x20,
        0xa1..=0xfe => lead - 0xa0,
        _ => return None,
    };
    let cell = (trail & 0x7f).checked_sub(0x20).filter(|cell| (1..=94).contains(cell))?;
    table(SHIFT_JIS, &shift_jis(row, cell))
}

/// Row 1–120 and cell 1–94 as Shift_JIS bytes.
fn shift_jis(row: u8, cell: u8) -> [u8; 2] {
    let half = (row - 1) / 2;
    let lead = if row <= 62 { half + 0x81 } else { half + 0xc1 };
    let trail = match (row % 2, cell) {
        (1, 64..) => cell + 0x40,
        (1, _) => cell + 0x3f,
        _ => cell + 0x9e,
    };
    [lead, trail]
}

fn table(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

fn kana(byte: u8) -> Option<char> {
    (0x21..=0x5f).contains(&byte).then(|| char::from_u32(0xff61 + u32::from(byte) - 0x21)).flatten()
}

/// The designation at the start of `bytes`, and its length.
fn escape(bytes: &[u8]) -> Option<(Set, usize)> {
    Some(match *bytes {
        [ESC, b'(', b'B' | b'J' | b'H', ..] => (Set::Single, 3),
        [ESC, b'(', b'I', ..] => (Set::Kana, 3),
        [ESC, b'$', b'@' | b'B', ..] => (Set::Double, 3),
        [ESC, b'$', b'A', ..] => (Set::Foreign(encoding_rs::GB18030), 3),
        [ESC, b'$', b'(', b'C', ..] => (Set::Foreign(encoding_rs::EUC_KR), 4),
        [ESC, b'$', b'(', b'D', ..] => (Set::Supplement, 4),
        [ESC, b'$', b'(', b'@' | b'B' | b'O' | b'P' | b'Q', ..] => (Set::Double, 4),
        [ESC, b'&', b'@', ESC, b'$', b'B', ..] => (Set::Double, 6),
        _ => return None,
    })
}

/// The state after a line's end. It should be ASCII again; some programs broke lines inside the two-byte state
/// without saying so. The state goes on only where the next line cannot well be ASCII: it comes to a return to
/// ASCII first, or is full of kana.
fn after_line_end(set: Set, next: &[u8]) -> Set {
    if set == Set::Single {
        return set;
    }
    let end = next.iter().position(|&b| matches!(b, ESC | b'\r' | b'\n')).unwrap_or(next.len());
    let run = next.get(..end).unwrap_or_default();
    let pairs = set != Set::Kana;
    let fits =
        !run.is_empty() && run.iter().all(|b| (0x21..=0x7e).contains(b)) && (!pairs || run.len() % 2 == 0);
    let returns = matches!(escape(next.get(end..).unwrap_or_default()), Some((Set::Single, _)));
    if fits && (returns || (pairs && kana_share_is_high(run))) { set } else { Set::Single }
}

/// Whether at least a third of the pairs are kana of JIS X 0208: ASCII text practically never is.
pub(super) fn kana_share_is_high(pairs: &[u8]) -> bool {
    let kana = pairs.chunks_exact(2).filter(|pair| matches!(pair.first(), Some(0x24 | 0x25))).count();
    kana > 0 && kana * 3 >= pairs.len() / 2
}

/// Puts back the ESC bytes that a relay or an archive stripped: `$B$"(B` → `ESC $ B $ " ESC ( B`. `None` where it
/// is not clear that this happened.
pub(super) fn with_escapes_restored(bytes: &[u8], labelled: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 16);
    let mut at = 0;
    let mut found = false;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (pairs, closed) = match rest {
            [b'$', b'B' | b'@', after @ ..] => stripped_pairs(after),
            _ => (&[][..], false),
        };
        if closed && pairs.len() >= 4 && (labelled || kana_share_is_high(pairs)) {
            out.extend_from_slice(&[ESC, b'$', b'B']);
            out.extend_from_slice(pairs);
            out.extend_from_slice(&[ESC, b'(', b'B']);
            at += 2 + pairs.len() + 2;
            found = true;
        } else {
            let kept = rest.get(..pairs.len().max(1)).unwrap_or_default();
            out.extend_from_slice(kept);
            at += kept.len();
        }
    }
    found.then_some(out)
}

/// Longest run looked at for a stripped designation, in bytes: a line of a mail.
const STRIPPED_RUN_MAX: usize = 400;

/// The two-byte characters at the start of `after`, and whether `(B` or `(J` closes them.
fn stripped_pairs(after: &[u8]) -> (&[u8], bool) {
    let window = after.get(..STRIPPED_RUN_MAX).unwrap_or(after);
    let mut end = 0;
    let mut closed = false;
    for pair in window.chunks_exact(2) {
        match *pair {
            [b'(', b'B' | b'J'] => {
                closed = true;
                break;
            }
            [lead @ 0x21..=0x7e, trail @ 0x21..=0x7e] if double_byte(lead, trail).is_some() => end += 2,
            _ => break,
        }
    }
    (window.get(..end).unwrap_or_default(), closed)
}
