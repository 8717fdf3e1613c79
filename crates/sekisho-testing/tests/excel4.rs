//! The Excel 4 macros of the oletools set: found in every format, started by their name, and nowhere else.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Danger, Deed, DeedKind, Keys, Opened, Sources, kind, open};

fn files(folder: &str) -> Vec<PathBuf> {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/oletools").join(folder);
    let Ok(folder) = std::fs::read_dir(set) else {
        println!("not looked at: data/oletools is missing; fetch it with `make data`");
        return Vec::new();
    };
    let paths = folder.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn opened(path: &Path) -> Opened {
    let bytes = std::fs::read(path).expect("a file of the set");
    let mut budget = Budget { sources: Sources::Keep, ..Budget::default() };
    open(&bytes, kind(&bytes), &Keys::default(), &mut budget, &mut |_| {})
}

fn of_kind(opened: &Opened, kind: DeedKind) -> Vec<&Deed> {
    opened.deeds.iter().filter(|deed| deed.kind == kind).collect()
}

#[test]
fn every_sample_has_its_macro() {
    for path in files("excel4-macros") {
        let opened = opened(&path);
        let deeds = of_kind(&opened, DeedKind::Excel4Macro);
        let [deed] = deeds.as_slice() else { panic!("{}: {deeds:?}", path.display()) };
        // It greets and stops.
        assert_eq!((deed.danger, &deed.starts), (Danger::Active, &vec!["Auto_Open".to_owned()]));
        let source = "A1\t=ALERT(\"This is a sample Excel 4 macro\")\nA2\t=HALT()\n";
        assert!(
            opened.sources.iter().any(|(_, text)| text == source),
            "{}: {:?}",
            path.display(),
            opened.sources
        );
    }
}

#[test]
fn no_other_workbook_has_one() {
    for folder in ["encrypted", "msodde", "oleobj", "olevba", "ooxml"] {
        for path in files(folder) {
            let opened = opened(&path);
            assert!(
                of_kind(&opened, DeedKind::Excel4Macro).is_empty(),
                "{}: {:?}",
                path.display(),
                opened.deeds
            );
        }
    }
}

#[test]
fn conversations_of_binary_workbooks_are_told() {
    let files = files("encrypted").into_iter().chain(files("msodde"));
    let binary = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("dde-test") && (name.ends_with(".xls") || name.ends_with(".xlsb"))
    };
    for path in files.filter(binary) {
        let opened = opened(&path);
        let deeds = of_kind(&opened, DeedKind::Dde);
        assert!(
            deeds.iter().any(|deed| deed.danger == Danger::Dangerous),
            "{}: {:?}",
            path.display(),
            opened.deeds
        );
    }
}
