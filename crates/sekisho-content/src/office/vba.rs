//! VBA macros of a document → deeds, graded by what starts them and what they then do ([MS-OVBA]).

mod decompress;
mod find;
mod fold;
mod grade;
mod identifiers;
mod pcode;
mod project;
mod stomped;
mod stored;
mod tokens;

use crate::open::{Budget, Look, Opened, Sources};
use crate::{Deed, DeedKind, Kind};
use project::Project;
use stored::Stored;

/// Adds a deed for every project found in the file, however it keeps them.
pub(crate) fn look(look: &mut Look<'_>) {
    // What lies around the macros is read once, and only where there are macros.
    let mut stored: Option<Stored> = None;
    find::compounds(look, &mut |look, place, compound| {
        let project = project::read(compound, look.budget, look.opened);
        if !project.modules.is_empty() {
            let stored = stored.get_or_insert_with(|| Stored::of_package(look));
            stored.add(compound, look.budget, look.opened);
            // A project outside its document is opened by nothing.
            let is_bare = look.kind == Kind::Ole && compound.find("VBA/dir").is_some();
            if is_bare {
                stored.is_out_of_its_document();
            }
            judge(place, &project, stored, look.budget, look.opened);
        }
    });
}

fn judge(place: &str, project: &Project, stored: &Stored, budget: &mut Budget, opened: &mut Opened) {
    let mut sources: Vec<&str> = project.modules.iter().map(|module| module.source.as_str()).collect();
    let hidden = stomped::hidden(project, budget, opened);
    sources.extend(hidden.iter().map(|(_, text)| text.as_str()));
    let known = fold::read(&sources, stored, budget, opened);
    let grade = grade::grade(&known, !hidden.is_empty(), stored.clicks());
    let names: Vec<&str> = project.modules.iter().map(|module| module.name.as_str()).take(8).collect();
    let place = if place.is_empty() { names.join(", ") } else { format!("{place}: {}", names.join(", ")) };
    opened.deeds.push(Deed {
        kind: DeedKind::Macro,
        danger: grade.danger,
        place,
        starts: grade.starts,
        does: grade.does,
        links: grade.links,
        strings: grade.strings,
    });
    if budget.sources == Sources::Keep {
        let kept = project.modules.iter().map(|module| (module.name.clone(), module.source.clone()));
        opened.sources.extend(kept.chain(hidden));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Danger;

    fn grade_of(source: &str) -> grade::Graded {
        let known = fold::read(&[source], &Stored::default(), &mut Budget::default(), &mut Opened::default());
        grade::grade(&known, false, grade::Clicks::None)
    }

    #[test]
    fn strings_that_double_and_long_lines_end() {
        let doubling = "x = \"aaaa\"\n".to_owned() + &"x = x & x\n".repeat(2000);
        let _ = grade_of(&doubling);
        let _ = grade_of(&("a = Array(1, 2)\n".to_owned() + &"a = Array(a, a)\n".repeat(2000)));
        let _ = grade_of(&format!("x = {}1", "1 & ".repeat(300_000)));
    }

    #[test]
    fn long_chains_of_calls_and_deep_loops_end() {
        let chain: String = (0..20_000).map(|at| format!("Sub a{at}()\na{}\nEnd Sub\n", at + 1)).collect();
        let _ = grade_of(&format!("Sub AutoOpen()\na0\nEnd Sub\n{chain}"));
        let (opens, closes) = ("For i = 1 To 9\n".repeat(40), "Next\n".repeat(40));
        let body = format!("{opens}x = f({}1{})\n{closes}", "(".repeat(60), ")".repeat(60));
        let _ = grade_of(&format!("Function f(x)\n{body}End Function\nSub AutoOpen()\n{body}End Sub"));
        let _ = grade_of("Sub AutoOpen()\nDo While True\ns = s & \"aaaaaaaaaaaaaaaa\"\nLoop\nEnd Sub");
        let _ = grade_of(&"x.Run \"wscript\"\n".repeat(20_000));
    }

    fn samples(text: &str) -> Vec<(&str, &str)> {
        text.split("== ").filter_map(|sample| sample.split_once('\n')).collect()
    }

    #[test]
    fn what_starts_by_itself_and_reaches_out_is_dangerous() {
        let text = crate::base64::decode(include_bytes!("../../tests/macros/dangerous.b64"));
        let text = String::from_utf8(text).unwrap();
        let missed: Vec<String> = samples(&text)
            .iter()
            .map(|(name, source)| (name, grade_of(source)))
            .filter(|(_, grade)| grade.danger != Danger::Dangerous)
            .map(|(name, grade)| format!("{name}: {grade:?}"))
            .collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    /// Written before the rules, to measure them by.
    #[test]
    fn held_out_macros_are_dangerous() {
        let text = crate::base64::decode(include_bytes!("../../tests/macros/held-out/held-out.b64"));
        let text = String::from_utf8(text).unwrap();
        let missed: Vec<&str> = samples(&text)
            .iter()
            .filter(|(_, source)| grade_of(source).danger < Danger::Dangerous)
            .map(|(name, _)| *name)
            .collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn business_macros_are_harmless() {
        let wrong: Vec<String> = samples(include_str!("../../tests/macros/benign.txt"))
            .iter()
            .map(|(name, source)| (name, grade_of(source)))
            .filter(|(_, grade)| grade.danger > Danger::Harmless)
            .map(|(name, grade)| format!("{name}: {grade:?}"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_click_is_active_and_nothing_is_empty() {
        assert_eq!(grade_of("Sub Button1_Click()\nShell \"a.exe\"\nEnd Sub").danger, Danger::Active);
        assert_eq!(grade_of("Attribute VB_Name = \"A\"\nSub A()\nEnd Sub").danger, Danger::Empty);
    }

    #[test]
    fn cut_sources_end() {
        let text = crate::base64::decode(include_bytes!("../../tests/macros/dangerous.b64"));
        for end in (0..text.len()).step_by(53) {
            let _ = grade_of(&String::from_utf8_lossy(&text[..end]));
        }
        let deep = format!("x = {}1", "(".repeat(100_000));
        let _ = grade_of(&deep);
        let _ = grade_of(&format!("x = {}", "a(".repeat(100_000)));
        let _ = grade_of(&format!("x = {}1", "-".repeat(100_000)));
    }
}
