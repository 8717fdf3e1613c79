//! Compiled code against source ("VBA stomping"). Office runs the compiled code where its version fits, whatever the
//! source says; it compiles the source anew where it does not. So both are judged, and that they differ is told.
//!
//! What Office saves agrees line by line. A project that another program wrote has no compiled code, or says by its
//! version that it is not to be used.

use super::identifiers::Identifiers;
use super::pcode;
use super::project::{Module, Project};
use crate::open::{Budget, Opened};
use crate::{Cost, Unread};

/// The compiled code, written as source, of each module whose source does not say the same.
pub(super) fn hidden(project: &Project, budget: &mut Budget, opened: &mut Opened) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut known: Option<(&str, Option<Identifiers>)> = None;
    for module in &project.modules {
        if module.cache.is_empty() {
            continue;
        }
        if known.as_ref().is_none_or(|(folder, _)| *folder != module.folder) {
            known = Some((&module.folder, identifiers(project, module, budget, opened)));
        }
        let Some((_, Some(identifiers))) = &known else { continue };
        if budget.pay(Cost::Work(module.cache.len() as u64)).is_err() {
            opened.note(Unread::TooLarge, &module.name);
            break;
        }
        let Some(compiled) = pcode::read(&module.cache, identifiers) else { continue };
        if differ(&compiled, &module.source) {
            found.push((format!("{} (compiled)", module.name), compiled.text));
        }
    }
    found
}

fn identifiers(
    project: &Project,
    module: &Module,
    budget: &mut Budget,
    opened: &mut Opened,
) -> Option<Identifiers> {
    let (_, bytes) = project.compiled.iter().find(|(folder, _)| *folder == module.folder)?;
    if budget.pay(Cost::Work(bytes.len() as u64)).is_err() {
        opened.note(Unread::TooLarge, &module.folder);
        return None;
    }
    Identifiers::parse(bytes, module.encoding)
}

/// Whether compiled code says something that its source does not. A source with other lines is enough of a reason to
/// look for one missing word; under equal lines it takes more than one, since names can be written in several ways
/// (`[A1]`, a type's sign).
fn differ(compiled: &pcode::Compiled, source: &str) -> bool {
    const MISSING_MIN: usize = 3;
    let source_lines = lines(source);
    let lower = source.to_lowercase();
    let words: std::collections::BTreeSet<&str> =
        lower.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let names = compiled.names.iter().map(|name| name.to_lowercase());
    let missing_names = names
        .filter(|name| !name.is_empty() && !words.contains(name.as_str()) && !lower.contains(name.as_str()));
    let missing_names: std::collections::BTreeSet<String> = missing_names.collect();
    let missing_literals = compiled
        .literals
        .iter()
        .filter(|text| !lower.contains(&text.replace('"', "\"\"").to_lowercase()))
        .count();
    let missing = missing_names.len() + missing_literals;
    if source_lines == compiled.lines { missing >= MISSING_MIN } else { missing > 0 }
}

/// Lines as the compiler counts them: continued ones joined, `Attribute` lines left out.
fn lines(source: &str) -> usize {
    let mut continued = false;
    let mut count = 0;
    for line in source.lines().filter(|line| !line.starts_with("Attribute ")) {
        count += usize::from(!continued);
        continued = line.ends_with(" _");
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::identifiers::sample;
    use super::*;

    const NAMES: &[&str] = &["Word", "VBA", "AutoOpen", "CreateObject", "Run", "MsgBox"];

    /// An operation with its operands as words.
    fn code(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn literal(text: &str) -> Vec<u8> {
        let padding = &b"\0"[..text.len() % 2];
        [&code(&[0xb6, text.len() as u16]), text.as_bytes(), padding].concat()
    }

    fn id(name: &str) -> u16 {
        let at = NAMES.iter().position(|known| *known == name).unwrap();
        (0x104 + at as u16) * 2
    }

    /// The cache of a module with these lines; its declarations begin at byte 40.
    fn cache(lines: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = vec![0; 17];
        bytes[..3].copy_from_slice(&[1, 0x16, 1]);
        bytes.extend(40_u32.to_le_bytes());
        bytes.resize(40 + 16, 0);
        bytes.extend(code(&[id("AutoOpen")]));
        bytes.extend([0xfe, 0xca, 1, 0, lines.len() as u8, 0]);
        let mut all: Vec<u8> = Vec::new();
        for line in lines {
            let at = if line.is_empty() { u32::MAX } else { all.len() as u32 };
            bytes.extend([&[0; 4], &code(&[line.len() as u16, 0])[..], &at.to_le_bytes()].concat());
            all.extend(line);
        }
        bytes.extend([0; 10]);
        bytes.extend(all);
        bytes
    }

    /// `CreateObject("WScript.Shell").Run "cmd /c rem"` in `AutoOpen`.
    fn runs() -> Vec<Vec<u8>> {
        let call = [
            literal("cmd /c rem"),
            literal("WScript.Shell"),
            code(&[0x24, id("CreateObject"), 1, 0x4042, id("Run"), 1]),
        ];
        vec![code(&[0x96, 0, 0]), call.concat(), code(&[0x6f]), Vec::new()]
    }

    fn found(lines: &[Vec<u8>], source: &str) -> Vec<String> {
        let module = Module {
            name: "M".into(),
            folder: "VBA".into(),
            encoding: encoding_rs::WINDOWS_1252,
            source: source.into(),
            cache: cache(lines),
        };
        let project = Project { modules: vec![module], compiled: vec![("VBA".into(), sample(NAMES))] };
        let found = hidden(&project, &mut Budget::default(), &mut Opened::default());
        found.into_iter().map(|(_, text)| text).collect()
    }

    const TEXT: &str = "Sub AutoOpen()\nCreateObject(\"WScript.Shell\").Run \"cmd /c rem\"\nEnd Sub\n\n";

    #[test]
    fn compiled_code_is_written_as_source() {
        assert_eq!(found(&runs(), ""), [TEXT.trim_end().to_owned() + "\n"]);
    }

    #[test]
    fn a_source_that_says_the_same_hides_nothing() {
        let source = "Attribute VB_Name = \"M\"\nSub AutoOpen()\n  createobject(\"WScript.Shell\")._\n.Run \"cmd /c rem\"\n\
            End Sub\n";
        assert!(found(&runs(), source).is_empty());
        assert!(found(&runs(), TEXT).is_empty());
        // Comments in the source alone are of another program's doing.
        assert!(found(&runs(), &format!("' written anew\n{TEXT}")).is_empty());
    }

    #[test]
    fn other_sources_do_not() {
        for source in [
            "Attribute VB_Name = \"M\"\n",
            "\0\0\0\0\0\0",
            "Attribute VB_Name = \"M\"\nSub AutoOpen()\nMsgBox \"Hello\"\nEnd Sub\n\n",
            "Sub Hello()\nEnd Sub\n",
        ] {
            assert_eq!(found(&runs(), source).len(), 1, "{source}");
        }
    }

    #[test]
    fn changed_and_cut_caches_end() {
        let identifiers = Identifiers::parse(&sample(NAMES), encoding_rs::WINDOWS_1252).unwrap();
        let bytes = cache(&runs());
        for end in 0..bytes.len() {
            let _ = pcode::read(&bytes[..end], &identifiers);
        }
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let _ = pcode::read(&changed, &identifiers);
            }
        }
    }
}
