//! A charset label as mails write it → what it means (IANA and WHATWG names, and the names of Japanese programs).

use encoding_rs::{EUC_JP, Encoding, GB18030, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// What a label means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A charset that the tables of `encoding_rs` decode.
    Table(&'static Encoding),
    /// ISO-2022-JP and its kin, CP50220 to CP50222.
    Iso2022Jp,
    /// UTF-7, also in its modified IMAP form.
    Utf7,
    /// UTF-16 or UTF-32, the order of bytes still open.
    Wide {
        /// Bytes of a code unit: 2 or 4.
        unit_bytes: usize,
        /// The order that the label names, if it does.
        order: Option<Order>,
    },
    /// HZ (RFC 1843).
    Hz,
    /// ISO-2022-KR (RFC 1557).
    Iso2022Kr,
    /// US-ASCII: 7 bits; 8-bit text under it was never declared.
    Ascii,
    /// No label, or one that says nothing (`default`, `x-unknown`, `8bit`).
    Absent,
    /// A label that nobody knows.
    Unknown,
}

/// Order of the bytes in a code unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Most significant first.
    Big,
    /// Least significant first.
    Little,
}

/// Longest label that is looked at, in bytes. The longest registered one has 45.
const LABEL_BYTES_MAX: usize = 80;

/// Finds out what `label` means. Quotes, white space, language marks (`*ja`), vendors' tails (`$esc`) and the
/// difference of `_`, space and `-` are no hindrance.
pub(super) fn resolve(label: &str) -> Label {
    let name = cleaned(label);
    if let Some(known) = own_name(&name) {
        return known;
    }
    if let Some(encoding) = Encoding::for_label(name.as_bytes()) {
        return match encoding {
            _ if encoding == REPLACEMENT => Label::Unknown,
            _ if encoding == ISO_2022_JP => Label::Iso2022Jp,
            _ => Label::Table(encoding),
        };
    }
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    by_bare_name(&bare)
}

fn cleaned(label: &str) -> String {
    let trimmed = label.trim_matches(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\'' | '`' | '<' | '>' | '=' | ';' | ',' | '_')
    });
    let stem = trimmed.split(['*', '$', ';', '"', '(']).next().unwrap_or_default();
    let cut: String = stem.chars().take(LABEL_BYTES_MAX).collect();
    cut.trim().to_ascii_lowercase()
}

/// Names that the WHATWG table lacks or reads differently from mail programs.
fn own_name(name: &str) -> Option<Label> {
    Some(match name {
        "" | "default" | "x-unknown" | "unknown" | "unknown-8bit" | "8bit" | "7bit" | "binary"
        | "x-user-defined" | "none" | "auto" | "null" | "undefined" => Label::Absent,
        "us-ascii" | "ascii" | "ansi_x3.4-1968" | "ansi-x3.4-1968" | "iso646-us" | "us" | "cp367" => {
            Label::Ascii
        }
        "gb2312" | "gb_2312-80" | "gbk" | "cp936" | "x-gbk" | "gb18030" => Label::Table(GB18030),
        "utf-16" | "utf16" | "ucs-2" | "ucs2" | "iso-10646-ucs-2" | "unicode" | "unicodefffe" => {
            let order = (name == "unicodefffe").then_some(Order::Big);
            Label::Wide { unit_bytes: 2, order }
        }
        "utf-16be" | "utf16be" => Label::Wide { unit_bytes: 2, order: Some(Order::Big) },
        "utf-16le" | "utf16le" => Label::Wide { unit_bytes: 2, order: Some(Order::Little) },
        "utf-32" | "utf32" | "ucs-4" | "iso-10646-ucs-4" => Label::Wide { unit_bytes: 4, order: None },
        "utf-32be" => Label::Wide { unit_bytes: 4, order: Some(Order::Big) },
        "utf-32le" => Label::Wide { unit_bytes: 4, order: Some(Order::Little) },
        "hz-gb-2312" | "hz" => Label::Hz,
        "iso-2022-kr" | "csiso2022kr" => Label::Iso2022Kr,
        _ => return None,
    })
}

/// Names compared by letters and digits alone: `cp-932`, `shift jis`, `Windows31J`, `eucJP_ms`.
fn by_bare_name(bare: &str) -> Label {
    match bare {
        "cp932" | "ms932" | "windows932" | "windows31j" | "windows31" | "shiftjis" | "sjis" | "xsjis"
        | "mssjis" | "mskanji" | "sjiswin" | "shiftjis2004" | "shiftjisx0213" | "ibm943" | "cp943"
        | "ibm932" | "csshiftjis" | "shiftjisdocomo" | "shiftjiskddi" | "shiftjissoftbank" => {
            Label::Table(SHIFT_JIS)
        }
        "eucjp" | "eucjpms" | "eucjpwin" | "eucjpopen" | "cp51932" | "ujis" | "xeucjp" | "eucjisx0213"
        | "eucjis2004" | "cp20932" | "ibm33722" | "euc" => Label::Table(EUC_JP),
        "utf8" | "unicode11utf8" | "utf8mb4" | "utf8n" | "xutf8" | "cp65001" | "65001" | "utf8sig"
        | "ut8" | "uft8" => Label::Table(UTF_8),
        "utf7" | "unicode11utf7" | "unicode20utf7" | "xunicode20utf7" | "csunicode11utf7" | "utf7imap"
        | "cp65000" => Label::Utf7,
        "jis" | "jis7" | "jis8" | "csiso2022jp" | "cp50220" | "cp50221" | "cp50222" | "50220" | "50221"
        | "xjis" => Label::Iso2022Jp,
        "cp1252" | "latin1" | "iso88591" | "iso885915" | "8859" | "88591" | "ansi" => {
            Label::Table(WINDOWS_1252)
        }
        "ksc5601" | "ksc56011987" | "cp949" | "ms949" | "euckr" | "uhc" => Label::Table(encoding_rs::EUC_KR),
        "big5" | "cp950" | "big5hkscs" | "bigfive" => Label::Table(encoding_rs::BIG5),
        "gb23121980" | "eucgb" | "euccn" | "cp936" | "ms936" | "cp54936" => Label::Table(GB18030),
        _ if bare.starts_with("iso2022jp") => Label::Iso2022Jp,
        _ => numbered(bare),
    }
}

/// `cp1251`, `win1251`, `windows1251`, `iso88592`, `8859-2` in any spelling.
fn numbered(bare: &str) -> Label {
    for (stem, canonical) in [
        ("windows", "windows-"),
        ("win", "windows-"),
        ("xcp", "windows-"),
        ("cp", "windows-"),
        ("cp", "ibm"),
        ("iso8859", "iso-8859-"),
        ("8859", "iso-8859-"),
        ("koi8", "koi8-"),
    ] {
        let Some(rest) = bare.strip_prefix(stem) else { continue };
        if let Some(encoding) = Encoding::for_label(format!("{canonical}{rest}").as_bytes()) {
            return Label::Table(encoding);
        }
    }
    Label::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_mails_write_them() {
        for label in
            ["\"utf-8\"", "utf8", "UTF-8", " utf-8 ", "'utf-8'", "UTF_8", "utf-8*ja", "unicode-1-1-utf-8"]
        {
            assert_eq!(resolve(label), Label::Table(UTF_8), "{label}");
        }
        for label in [
            "cp-932",
            "CP932",
            "shift-jis",
            "Shift_JIS",
            "x-sjis",
            "Windows-31J",
            "MS_Kanji",
            "windows-932",
            "sjis",
        ] {
            assert_eq!(resolve(label), Label::Table(SHIFT_JIS), "{label}");
        }
        for label in [
            "iso-2022-jp",
            "ISO-2022-JP-1",
            "iso-2022-jp-ms",
            "iso-2022-jp-2004",
            "ISO2022JP",
            "_iso-2022-jp$esc",
            "cp50221",
            "csISO2022JP",
            "JIS",
        ] {
            assert_eq!(resolve(label), Label::Iso2022Jp, "{label}");
        }
        for label in ["euc-jp", "eucJP-ms", "cp51932", "x-euc-jp", "EUC_JP", "ujis"] {
            assert_eq!(resolve(label), Label::Table(EUC_JP), "{label}");
        }
        for label in ["utf-7", "unicode-1-1-utf-7", "UTF7"] {
            assert_eq!(resolve(label), Label::Utf7, "{label}");
        }
        for label in ["", "default", "x-unknown", "unknown-8bit", "8bit"] {
            assert_eq!(resolve(label), Label::Absent, "{label}");
        }
        assert_eq!(resolve("gb2312"), Label::Table(GB18030));
        assert_eq!(resolve("us-ascii"), Label::Ascii);
        assert_eq!(resolve("ks_c_5601-1987"), Label::Table(encoding_rs::EUC_KR));
        assert_eq!(resolve("cp1251"), Label::Table(encoding_rs::WINDOWS_1251));
        assert_eq!(resolve("ISO 8859-2"), Label::Table(encoding_rs::ISO_8859_2));
        assert_eq!(resolve("klingon"), Label::Unknown);
    }
}
