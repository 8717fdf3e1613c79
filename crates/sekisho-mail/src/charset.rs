//! Bytes with a charset label → text, as Japanese mail really wrote it.
//!
//! A label is believed as far as the bytes allow. Where they do not (raw Shift_JIS called `iso-2022-jp` or
//! `iso-8859-1`, EUC-JP called `utf-8`, ISO-2022-JP called anything), validity decides first and how Japanese the
//! text looks decides then; the result is readable text, and `CharsetWrong` says that programs may show something
//! else. All Japanese charsets are mapped as Windows does (`～` is U+FF5E, `－` U+FF0D, `∥` U+2225, `―` U+2015);
//! text that was Unicode already is left as it stands.

mod detect;
mod iso2022jp;
mod label;
mod sevenbit;
mod wide;

use std::borrow::Cow;

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8};

use crate::DefectKind;
use label::Label;

/// Decoded text.
pub(crate) struct Decoded {
    /// The text; broken bytes are U+FFFD.
    pub text: String,
    /// The name of the charset that was used, in lower case.
    pub charset: &'static str,
    /// `CharsetWrong` where the label was unknown or did not fit the bytes.
    pub defect: Option<DefectKind>,
}

/// Decodes `bytes` by `label`, or by what the bytes look like where the label is missing or wrong.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let label = label.map_or(Label::Absent, label::resolve);
    match label {
        Label::Wide { unit_bytes, order } => return wide_text(bytes, unit_bytes, order),
        Label::Utf7 if bytes.is_ascii() => return plain(sevenbit::utf7(bytes), "utf-7"),
        Label::Hz if bytes.is_ascii() => return plain(sevenbit::hz(bytes), "hz-gb-2312"),
        Label::Iso2022Kr => return plain(sevenbit::iso_2022_kr(bytes), "iso-2022-kr"),
        _ => {}
    }
    if let Some((unit_bytes, order, mark_bytes)) = wide::byte_order_mark(bytes) {
        let body = bytes.get(mark_bytes..).unwrap_or_default();
        let (text, _) = wide::decode(body, unit_bytes, order);
        return Decoded {
            text,
            charset: wide::name(unit_bytes, order),
            defect: wrong_unless(label == Label::Absent),
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.is_ascii() { seven_bit(bytes, label) } else { eight_bit(bytes, label) }
}

/// Whether `bytes` end inside a character, or are broken otherwise, under `label`: such pieces of a split text
/// have to be joined before they are decoded.
pub(crate) fn is_split(bytes: &[u8], label: &str) -> bool {
    match label::resolve(label) {
        Label::Table(encoding) if encoding == UTF_8 => std::str::from_utf8(bytes).is_err(),
        Label::Table(encoding) => {
            !bytes.is_ascii() && encoding.decode_without_bom_handling_and_without_replacement(bytes).is_none()
        }
        _ => false,
    }
}

/// The name of the charset that unlabelled `bytes` are in.
pub(crate) fn detect(bytes: &[u8]) -> &'static str {
    if bytes.is_ascii() {
        return if iso2022jp::designates(bytes) { "iso-2022-jp" } else { "us-ascii" };
    }
    if std::str::from_utf8(bytes).is_ok() { "utf-8" } else { name(detect::any(bytes)) }
}

/// No byte above 127: ASCII, or a charset that shifts by escapes.
fn seven_bit(bytes: &[u8], label: Label) -> Decoded {
    let labelled = label == Label::Iso2022Jp;
    if iso2022jp::designates(bytes) {
        let read = iso2022jp::decode(bytes);
        let defect = wrong_unless(read.whole && (labelled || label == Label::Absent));
        return Decoded { text: read.text, charset: "iso-2022-jp", defect };
    }
    let may_be_stripped = labelled || matches!(label, Label::Absent | Label::Ascii | Label::Unknown);
    if may_be_stripped && let Some(restored) = iso2022jp::with_escapes_restored(bytes, labelled) {
        let text = iso2022jp::decode(&restored).text;
        return Decoded { text, charset: "iso-2022-jp", defect: Some(DefectKind::CharsetWrong) };
    }
    let charset = match label {
        Label::Table(encoding) => name(encoding),
        Label::Iso2022Jp => "iso-2022-jp",
        _ => "us-ascii",
    };
    let text = if labelled { iso2022jp::decode(bytes).text } else { ascii(bytes) };
    Decoded { text, charset, defect: wrong_unless(label != Label::Unknown) }
}

/// At least one byte above 127.
fn eight_bit(bytes: &[u8], label: Label) -> Decoded {
    match label {
        Label::Iso2022Jp => {
            let charset = if iso2022jp::designates(bytes) { "iso-2022-jp" } else { detect(bytes) };
            let text = if charset == "iso-2022-jp" || charset == "shift_jis" {
                iso2022jp::decode(bytes).text
            } else {
                by_name(bytes, charset)
            };
            Decoded { text, charset, defect: Some(DefectKind::CharsetWrong) }
        }
        Label::Table(encoding) => labelled(bytes, encoding),
        _ => unlabelled(bytes, label == Label::Absent),
    }
}

fn labelled(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let whole = strictly(bytes, encoding);
    let better = match whole {
        Some(_) if encoding.is_single_byte() => doubted(bytes, encoding),
        Some(_) => doubted_double(bytes, encoding),
        None if detect::surely_utf8(bytes) => Some(UTF_8),
        None if encoding == UTF_8 && surely_mixed(bytes) => None,
        None => {
            detect::japanese(bytes).filter(|&found| found != encoding && strictly(bytes, found).is_some())
        }
    };
    match (better, whole) {
        (Some(found), _) => replaced(bytes, found),
        (None, Some(text)) => plain(text.into_owned(), name(encoding)),
        (None, None) if iso2022jp::designates(bytes) => {
            let text = iso2022jp::decode(bytes).text;
            Decoded { text, charset: "iso-2022-jp", defect: Some(DefectKind::CharsetWrong) }
        }
        (None, None) => replaced(bytes, encoding),
    }
}

/// A single-byte charset takes any bytes; some of them can only be something else.
fn doubted(bytes: &[u8], encoding: &'static Encoding) -> Option<&'static Encoding> {
    if detect::surely_utf8(bytes) {
        return Some(UTF_8);
    }
    let western = matches!(name(encoding), "windows-1252" | "iso-8859-15" | "windows-1250" | "iso-8859-2");
    western.then(|| detect::surely_japanese(bytes)).flatten()
}

/// Bytes that a double-byte charset takes, although they are valid UTF-8 or look much more like the other
/// Japanese charset.
fn doubted_double(bytes: &[u8], encoding: &'static Encoding) -> Option<&'static Encoding> {
    if encoding == UTF_8 {
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() && detect::surely_utf8(bytes) {
        return Some(UTF_8);
    }
    let other = if encoding == SHIFT_JIS {
        EUC_JP
    } else if encoding == EUC_JP {
        SHIFT_JIS
    } else {
        return None;
    };
    detect::surely_japanese(bytes).filter(|&found| found == other && strictly(bytes, found).is_some())
}

/// Mostly UTF-8: cut off inside its last character, or with a few broken bytes. No other charset fits better.
fn surely_mixed(bytes: &[u8]) -> bool {
    if let Err(error) = std::str::from_utf8(bytes)
        && error.error_len().is_none()
    {
        let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
        return !whole.is_ascii();
    }
    let text = String::from_utf8_lossy(bytes);
    let (mut good, mut broken) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == char::REPLACEMENT_CHARACTER { broken += 1 } else { good += 1 }
    }
    good > broken * 4
}

fn unlabelled(bytes: &[u8], absent: bool) -> Decoded {
    let (text, charset) = if iso2022jp::designates(bytes) {
        (iso2022jp::decode(bytes).text, "iso-2022-jp")
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.to_owned(), "utf-8")
    } else if surely_mixed(bytes) {
        (String::from_utf8_lossy(bytes).into_owned(), "utf-8")
    } else {
        let encoding = detect::any(bytes);
        (with_replacement(bytes, encoding), name(encoding))
    };
    Decoded { text, charset, defect: wrong_unless(absent) }
}

fn wide_text(bytes: &[u8], unit_bytes: usize, order: Option<label::Order>) -> Decoded {
    // Nobody writes ASCII text without a NUL in these charsets: the label is a mistake.
    if wide::looks_narrow(bytes) {
        let mut read = decode(bytes, None);
        read.defect = Some(DefectKind::CharsetWrong);
        return read;
    }
    let order = order.unwrap_or_else(|| wide::likely_order(bytes, unit_bytes));
    let (text, whole) = wide::decode(bytes, unit_bytes, order);
    Decoded { text, charset: wide::name(unit_bytes, order), defect: wrong_unless(whole) }
}

fn by_name(bytes: &[u8], charset: &str) -> String {
    with_replacement(bytes, Encoding::for_label(charset.as_bytes()).unwrap_or(UTF_8))
}

fn strictly<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

fn with_replacement(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn replaced(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let text = with_replacement(bytes, encoding);
    Decoded { text, charset: name(encoding), defect: Some(DefectKind::CharsetWrong) }
}

fn plain(text: String, charset: &'static str) -> Decoded {
    Decoded { text, charset, defect: None }
}

fn ascii(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| char::from(b)).collect()
}

fn wrong_unless(right: bool) -> Option<DefectKind> {
    (!right).then_some(DefectKind::CharsetWrong)
}

/// Names in lower case of the encodings that have capitals in theirs.
fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "Shift_JIS" => "shift_jis",
        "EUC-JP" => "euc-jp",
        "EUC-KR" => "euc-kr",
        "GBK" => "gbk",
        "Big5" => "big5",
        "IBM866" => "ibm866",
        "ISO-8859-2" => "iso-8859-2",
        "ISO-8859-3" => "iso-8859-3",
        "ISO-8859-4" => "iso-8859-4",
        "ISO-8859-5" => "iso-8859-5",
        "ISO-8859-6" => "iso-8859-6",
        "ISO-8859-7" => "iso-8859-7",
        "ISO-8859-8" => "iso-8859-8",
        "ISO-8859-8-I" => "iso-8859-8-i",
        "ISO-8859-10" => "iso-8859-10",
        "ISO-8859-13" => "iso-8859-13",
        "ISO-8859-14" => "iso-8859-14",
        "ISO-8859-15" => "iso-8859-15",
        "ISO-8859-16" => "iso-8859-16",
        "KOI8-R" => "koi8-r",
        "KOI8-U" => "koi8-u",
        "ISO-2022-JP" => "iso-2022-jp",
        "UTF-16BE" => "utf-16be",
        "UTF-16LE" => "utf-16le",
        other => other,
    }
}

#[cfg(test)]
mod tests;
