//! What is broken or doubtful in a mail: above all, where two mail programs would read it differently.

use serde::{Deserialize, Serialize};

/// One defect, where it stands and the value seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// What is wrong.
    pub kind: DefectKind,
    /// Path of the part it belongs to; empty for the mail itself.
    pub part: String,
    /// The value seen, cut to 80 characters; empty where there is none.
    pub seen: String,
}

macro_rules! defect_kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// The kinds of defect. `id` is the word in JSON and documents.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum DefectKind { $($(#[$doc])* #[serde(rename = $id)] $name,)* }

        impl DefectKind {
            /// Every kind, in the order of this file.
            pub const ALL: &[DefectKind] = &[$(DefectKind::$name,)*];

            /// The word used in JSON and documents.
            pub fn id(self) -> &'static str {
                match self { $(DefectKind::$name => $id,)* }
            }
        }
    };
}

defect_kinds! {
    /// More than one `From` field.
    SeveralFrom = "several-from",
    /// A `From` field from which different programs take different addresses.
    AmbiguousFrom = "ambiguous-from",
    /// No `From` field at all, or one without an address.
    NoFrom = "no-from",
    /// A field that may stand once stands several times (not `From`, not `Content-Type`).
    RepeatedField = "repeated-field",
    /// Several `Content-Type` fields in one entity.
    SeveralContentTypes = "several-content-types",
    /// One `Content-Type` with two boundaries.
    SeveralBoundaries = "several-boundaries",
    /// A multipart without a boundary, or one whose boundary never occurs.
    BoundaryMissing = "boundary-missing",
    /// A boundary line that only some programs take as one (no CRLF before it, trailing text, a bare CR).
    BoundaryDoubtful = "boundary-doubtful",
    /// The closing boundary is missing: cut off, or something hides.
    NotClosed = "not-closed",
    /// Text after the closing boundary, or before the first, that looks like a part.
    PartOutsideBoundary = "part-outside-boundary",
    /// Comments, folding or odd quoting inside a parameter.
    ParameterDoubtful = "parameter-doubtful",
    /// A name is given in several ways (RFC 2231, RFC 2047, raw) and they differ.
    NamesDiffer = "names-differ",
    /// Several `Content-Transfer-Encoding`, or one that does not exist.
    TransferEncodingDoubtful = "transfer-encoding-doubtful",
    /// Base64 with foreign characters, padding inside, or a rest.
    Base64Broken = "base64-broken",
    /// Quoted-printable with escapes that are none.
    QuotedPrintableBroken = "quoted-printable-broken",
    /// MIME fields without `MIME-Version`.
    NoMimeVersion = "no-mime-version",
    /// A CR without LF in header or structure.
    BareCr = "bare-cr",
    /// LF line ends mixed with CRLF.
    MixedLineEnds = "mixed-line-ends",
    /// A NUL byte in a header or text.
    Nul = "nul",
    /// A header line that is no field.
    HeaderLineBroken = "header-line-broken",
    /// White space between a field's name and its colon.
    SpaceBeforeColon = "space-before-colon",
    /// 8-bit bytes in a header without an encoding.
    RawHeader = "raw-header",
    /// An encoded word that is broken, or split inside a character.
    EncodedWordBroken = "encoded-word-broken",
    /// The charset named is not the one used, or is unknown.
    CharsetWrong = "charset-wrong",
    /// Uuencoded data inside a text.
    Uuencode = "uuencode",
    /// A piece of a mail sent in several (`message/partial`).
    Partial = "partial",
    /// A body that lies elsewhere (`message/external-body`).
    ExternalBody = "external-body",
    /// A container format (TNEF, .msg, S/MIME) that could be read only in part.
    ContainerBroken = "container-broken",
    /// A limit was reached; what is beyond is `unread`.
    LimitReached = "limit-reached",
}
