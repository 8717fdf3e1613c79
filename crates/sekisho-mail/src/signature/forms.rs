//! Legal forms of firms in Latin letters.

/// Legal forms, in lower case and without dots: they make an organisation of whatever stands before them.
pub const LATIN_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "ltd",
    "limited",
    "llc",
    "llp",
    "corp",
    "corporation",
    "co",
    "gmbh",
    "kg",
    "ag",
    "kk",
    "plc",
    "pte",
    "pty",
    "srl",
    "sarl",
    "bv",
    "nv",
    "oy",
    "ab",
];

/// Those that are other words without their dots or at the end of other names, or are written with dots, too.
const WRITTEN: &[&str] = &["company", "k.k", "g.k", "s.a", "s.r.l", "s.p.a", "b.v", "n.v"];

/// Whether a word of a signature, in lower case and without dots at its ends, is a legal form.
pub(super) fn is_form(word: &str) -> bool {
    LATIN_FORMS.contains(&word) || WRITTEN.contains(&word)
}
