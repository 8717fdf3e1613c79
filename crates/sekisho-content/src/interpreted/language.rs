//! The languages whose scripts are read, and in what they differ for the reader.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// JavaScript, JScript.
    JavaScript,
    /// VBScript and VBA.
    Basic,
    /// PowerShell.
    PowerShell,
    /// Batch files of `cmd`.
    Batch,
    /// Shells of Unix.
    Shell,
    /// Python.
    Python,
    /// Perl.
    Perl,
    /// Ruby.
    Ruby,
    /// PHP.
    Php,
    /// C#, as in build files.
    CSharp,
}

impl Language {
    /// The language that a `language` or `type` attribute names; JScript where it names none.
    pub(crate) fn named(name: &str) -> Option<Language> {
        let name = name.trim().to_ascii_lowercase();
        let name = name.rsplit('/').next().unwrap_or_default();
        let language = match name {
            "" => Language::JavaScript,
            _ if name.contains("vbs") || name == "vb" || name.contains("visualbasic") => Language::Basic,
            _ if name.contains("javascript") || name.contains("jscript") || name.contains("ecmascript") => {
                Language::JavaScript
            }
            "js" | "module" | "babel" => Language::JavaScript,
            "c#" | "cs" | "csharp" => Language::CSharp,
            _ if name.contains("perl") => Language::Perl,
            _ if name.contains("python") => Language::Python,
            _ => return None,
        };
        Some(language)
    }

    /// Whether a comment goes from this text to the end of the line.
    pub(super) fn is_comment(self, rest: &str) -> bool {
        match self {
            Language::JavaScript | Language::CSharp => {
                rest.starts_with("//") && !rest.starts_with("//@cc_on")
            }
            Language::Basic => rest.starts_with('\''),
            Language::Php => rest.starts_with("//") || rest.starts_with('#'),
            _ => rest.starts_with('#'),
        }
    }

    /// How a comment over several lines begins and ends.
    pub(super) fn block_comment(self) -> Option<(&'static str, &'static str)> {
        match self {
            Language::JavaScript | Language::Php | Language::CSharp => Some(("/*", "*/")),
            Language::PowerShell => Some(("<#", "#>")),
            _ => None,
        }
    }

    /// The sign behind which a string's next character stands for something else.
    pub(super) fn escape(self) -> Option<char> {
        match self {
            Language::Basic | Language::Batch => None,
            Language::PowerShell => Some('`'),
            _ => Some('\\'),
        }
    }

    /// Whether a call needs no brackets around its arguments.
    pub(super) fn calls_bare(self) -> bool {
        matches!(
            self,
            Language::Basic | Language::PowerShell | Language::Ruby | Language::Perl | Language::Shell
        )
    }
}
