//! Macros in real Office files: what is found and how it is graded, and beside it what olevba finds in the same files
//! and what it costs (`tools/bench-macros.sh` writes that down first).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Danger, DeedKind, Keys, Unread, kind, open};
use sekisho_testing::corpus;

use crate::cpu::thread_cpu_seconds;
use crate::reading::peak_memory_mib;

/// Files of business and of tests: none of them is known to do harm.
const HARMLESS_SETS: &[&str] = &["apache-poi", "xlwings", "xlsxwriter"];

/// Sets that olevba looks through too: the files that its authors test with, and business files.
const COMPARED_SETS: &[&str] = &["oletools", "apache-poi"];

/// The folder in which `tools/bench-macros.sh` wrote what olevba found in a set: a line for each file, then one of JSON.
const WRITTEN: &str = "SEKISHO_OLEVBA";

/// A file may not keep a mail waiting longer than this.
const FILE_SECONDS_MAX: f64 = 1.0;

const MEMORY_MIB_MAX: f64 = 128.0;

/// Files with macros among those known to be harmless that may be called active.
const ACTIVE_PERCENT_MAX: f64 = 10.0;

/// Prints counts, grades, the slowest file and memory.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    let mut slowest = (0.0, PathBuf::new());
    for set in HARMLESS_SETS {
        let files = look_through(set, &mut slowest)?;
        broken.extend(harmless(set, &files));
    }
    let (mut ours, mut theirs) = (0.0, 0.0);
    for set in COMPARED_SETS {
        let files = look_through(set, &mut slowest)?;
        let seconds: f64 = files.iter().map(|file| file.seconds).sum();
        let count = |has: fn(&Looked) -> bool| files.iter().filter(|file| has(file)).count();
        println!(
            "{set}: {} files, VBA in {}, Excel 4 in {}",
            files.len(),
            count(|f| f.vba),
            count(|f| f.excel4)
        );
        let locked = count(|file| file.unread.contains(&Unread::Locked));
        println!("  {seconds:.3} s of CPU in all, {locked} stay locked");
        if let Some(folder) = std::env::var_os(WRITTEN) {
            ours += seconds;
            theirs += compare(&files, seconds, &Path::new(&folder).join(set).with_extension("tsv"))?;
        }
    }
    if theirs > 0.0 {
        println!("both sets: {}", ratio(ours, theirs));
    }
    println!("slowest file: {:.3} s of CPU, {}", slowest.0, slowest.1.display());
    if slowest.0 > FILE_SECONDS_MAX {
        broken.push(format!("{} takes {:.2} s", slowest.1.display(), slowest.0));
    }
    let memory = peak_memory_mib()?;
    println!("memory: {memory:.0} MiB at most");
    if memory > MEMORY_MIB_MAX {
        broken.push(format!("{memory:.0} MiB of memory"));
    }
    Ok(broken)
}

struct Looked {
    /// Below the folder of its set.
    name: String,
    vba: bool,
    excel4: bool,
    /// The worst grade of its macros.
    danger: Option<Danger>,
    unread: Vec<Unread>,
    seconds: f64,
}

fn look_through(set: &str, slowest: &mut (f64, PathBuf)) -> Result<Vec<Looked>, String> {
    let folder = corpus::folder().join(set);
    let mut looked = Vec::new();
    for path in
        corpus::every_file().map_err(|error| error.to_string())?.filter(|path| path.starts_with(&folder))
    {
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
        let mut file =
            Looked { name, vba: false, excel4: false, danger: None, unread: Vec::new(), seconds: 0.0 };
        let before = thread_cpu_seconds();
        walk(&bytes, 0, &mut Budget::default(), &mut file);
        file.seconds = thread_cpu_seconds() - before;
        if file.seconds > slowest.0 {
            *slowest = (file.seconds, path);
        }
        looked.push(file);
    }
    if looked.is_empty() {
        return Err(format!("{} is not there; run `make data` first", folder.display()));
    }
    Ok(looked)
}

/// A file and what is in it.
fn walk(bytes: &[u8], depth: usize, budget: &mut Budget, file: &mut Looked) {
    const DEPTH_MAX: usize = 4;
    let mut members = Vec::new();
    let opened = open(bytes, kind(bytes), &Keys::default(), budget, &mut |member| {
        if depth < DEPTH_MAX {
            members.push(member.bytes.into_owned());
        }
    });
    for deed in &opened.deeds {
        file.vba |= deed.kind == DeedKind::Macro;
        file.excel4 |= deed.kind == DeedKind::Excel4Macro;
        if deed.kind == DeedKind::Macro {
            file.danger = file.danger.max(Some(deed.danger));
        }
    }
    file.unread.extend(opened.unread.iter().map(|(unread, _)| *unread));
    for member in members {
        walk(&member, depth + 1, budget, file);
    }
}

fn harmless(set: &str, files: &[Looked]) -> Vec<String> {
    let mut grades: BTreeMap<Danger, Vec<&str>> = BTreeMap::new();
    for file in files {
        if let Some(danger) = file.danger {
            grades.entry(danger).or_default().push(&file.name);
        }
    }
    let with_macros: usize = grades.values().map(Vec::len).sum();
    let of = |danger| grades.get(&danger).map_or(0, Vec::len);
    println!(
        "{set}: {} files, VBA in {with_macros}: {} empty, {} harmless, {} active, {} dangerous",
        files.len(),
        of(Danger::Empty),
        of(Danger::Harmless),
        of(Danger::Active),
        of(Danger::Dangerous)
    );
    let mut broken = Vec::new();
    for name in grades.get(&Danger::Active).into_iter().flatten() {
        println!("  active: {name}");
    }
    for name in grades.get(&Danger::Dangerous).into_iter().flatten() {
        broken.push(format!("{set}/{name} is called dangerous"));
    }
    if of(Danger::Active) as f64 * 100.0 > ACTIVE_PERCENT_MAX * with_macros as f64 {
        broken.push(format!(
            "{} of {with_macros} files of {set} with macros are called active",
            of(Danger::Active)
        ));
    }
    broken
}

/// Differences by name, and the ratio of CPU; the seconds of CPU that olevba took.
fn compare(files: &[Looked], seconds: f64, written: &Path) -> Result<f64, String> {
    let text = fs::read_to_string(written).map_err(|error| format!("{}: {error}", written.display()))?;
    let mut theirs = BTreeMap::new();
    for line in text.lines() {
        let mut cells = line.split('\t');
        if let (Some(name), Some(vba), Some(excel4)) = (cells.next(), cells.next(), cells.next()) {
            theirs.insert(name, (vba == "1", excel4 == "1"));
        }
    }
    let value: serde_json::Value =
        text.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
    let their_seconds =
        value.get("cpu_s").and_then(serde_json::Value::as_f64).ok_or("no CPU of olevba written")?;
    let sum = |pick: fn(&(bool, bool)) -> bool| theirs.values().filter(|found| pick(found)).count();
    let decrypted = value.get("decrypted").and_then(serde_json::Value::as_u64).unwrap_or(0);
    println!(
        "  olevba: {} files, VBA in {}, Excel 4 in {}, {decrypted} opened under its own passwords",
        theirs.len(),
        sum(|f| f.0),
        sum(|f| f.1)
    );
    for file in files {
        let Some(found) = theirs.get(file.name.as_str()) else { continue };
        for (word, ours, their) in [("VBA", file.vba, found.0), ("Excel 4", file.excel4, found.1)] {
            if ours != their {
                println!("    {word} found only by {}: {}", if ours { "us" } else { "olevba" }, file.name);
            }
        }
    }
    println!("  {}", ratio(seconds, their_seconds));
    Ok(their_seconds)
}

fn ratio(ours: f64, theirs: f64) -> String {
    format!("CPU: sekisho {ours:.3} s, olevba {theirs:.3} s: 1/{:.1} of it", theirs / ours)
}
