//! Real documents that nobody here wrote → what they hold and load: the packed file under its name, links, fields that
//! start programs; and quiet where there is nothing.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]
#![allow(clippy::unwrap_used, reason = "a failed step of a test is its failure")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Danger, DeedKind, Keys, Kind, Unread, kind, open};

/// The files of one set, or nothing where it was not fetched.
fn files(set: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(set);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("not looked at: data/{set} is missing; fetch it with `make data`");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

struct Found {
    kind: Kind,
    deeds: BTreeSet<(DeedKind, Danger)>,
    members: Vec<(Vec<String>, Kind)>,
    unread: Vec<(Unread, String)>,
}

fn opened(path: &Path) -> Found {
    let bytes = std::fs::read(path).unwrap();
    let kind_of = kind(&bytes);
    let mut members = Vec::new();
    let opened = open(&bytes, kind_of, &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push((member.names.clone(), kind(&member.bytes)));
    });
    let deeds = opened.deeds.iter().map(|deed| (deed.kind, deed.danger)).collect();
    Found { kind: kind_of, deeds, members, unread: opened.unread }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[test]
fn a_file_packed_into_any_office_format_is_found_under_its_name() {
    let mut wrong = Vec::new();
    for path in files("oletools/oleobj") {
        let name = name(&path);
        let expected = match name.as_str() {
            _ if name.starts_with("embedded-simple-2007") => ("simple-text-file.txt", Kind::Text),
            _ if name.starts_with("embedded-unicode") => ("ünicöde-수식끝이잘못되었습니다.txt", Kind::Text),
            _ if name.starts_with("sample_with_lnk_file") => ("calc.lnk", Kind::Lnk),
            "sample_with_calc_embedded.doc" => ("calc.exe", Kind::WindowsProgram),
            _ => continue,
        };
        let found = opened(&path);
        let held = found
            .members
            .iter()
            .any(|(names, kind)| names.first().is_some_and(|name| name == expected.0) && *kind == expected.1);
        if !held {
            wrong.push(format!("{name} ({}): {:?} {:?}", found.kind.id(), found.members, found.unread));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn objects_linked_over_the_web_are_dangerous() {
    let files = files("oletools/oleobj/external_link");
    let wrong: Vec<String> = files
        .iter()
        .filter(|path| !opened(path).deeds.contains(&(DeedKind::ExternalObject, Danger::Dangerous)))
        .map(|path| name(path))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn fields_and_links_that_start_programs_are_found_in_every_format() {
    let mut looked_at = 0;
    for path in files("oletools/msodde") {
        let name = name(&path);
        let started = name.starts_with("dde-") && !name.ends_with(".zip");
        let found = opened(&path);
        let dangerous = found.deeds.contains(&(DeedKind::Dde, Danger::Dangerous));
        assert_eq!(dangerous, started, "{name} ({}): {:?}", found.kind.id(), found.deeds);
        looked_at += usize::from(started);
    }
    println!("{looked_at} documents with DDE");
}

#[test]
fn documents_of_nobody_in_particular_are_quiet() {
    let harmless = |path: &&PathBuf| {
        let name = name(path);
        ["docx", "doc", "ppt", "xls", "rtf", "xml"].iter().any(|end| name.ends_with(&format!(".{end}")))
            && !name.starts_with("dde-")
    };
    let mut loud = Vec::new();
    for set in ["python-docx", "msg_parser", "oletools/msodde"] {
        for path in files(set).iter().filter(harmless) {
            let found = opened(path);
            let broken = found.unread.iter().any(|(unread, _)| *unread != Unread::Unsupported);
            if broken || found.deeds.iter().any(|(_, danger)| *danger > Danger::Harmless) {
                loud.push(format!("{}: {:?} {:?}", name(path), found.deeds, found.unread));
            }
        }
    }
    assert!(loud.is_empty(), "{loud:#?}");
}

/// A library's own test documents, from twenty years of bug reports: whatever they hold, hardly anything in them is there
/// to harm.
#[test]
fn twenty_years_of_bug_reports_are_not_dangerous() {
    let mut looked_at = 0;
    let mut loud = Vec::new();
    for set in ["document", "spreadsheet", "slideshow", "hpsf", "poifs", "publisher", "diagram", "openxml4j"]
    {
        for path in files(&format!("apache-poi/{set}")) {
            looked_at += 1;
            let dangerous = |(kind, danger): &&(DeedKind, Danger)| {
                *danger == Danger::Dangerous && !matches!(kind, DeedKind::Macro | DeedKind::Excel4Macro)
            };
            let found = opened(&path);
            if let Some(deed) = found.deeds.iter().find(dangerous) {
                loud.push(format!("{}: {deed:?}", name(&path)));
            }
        }
    }
    println!("{looked_at} documents");
    // A presentation that plays Flash.
    loud.retain(|line| line != "keyframes.pptx: (ActiveX, Dangerous)");
    assert!(loud.is_empty(), "{loud:#?}");
}
