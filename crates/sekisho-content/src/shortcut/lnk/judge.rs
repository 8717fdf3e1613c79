//! What a shortcut says → a deed. A document, folder or page is a link; a program with what it is told is a command.

use super::super::address;
use super::appended::Behind;
use super::link::Link;
use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Budget;
use crate::{Danger, Deed, DeedKind, Family, Unread};

/// Explorer shows 260 characters of a command and people see about half of them; what is longer is not for people.
const SHOWN_ARGUMENTS_MAX: usize = 260;

/// White space that only serves to push what follows out of sight.
const PADDING_CHARACTERS_MIN: usize = 20;

/// The deed, and why the command was not examined to its end.
pub(super) fn judge(link: &Link, behind: Behind, budget: &mut Budget) -> (Deed, Option<Unread>) {
    let mut found = Evidence::default();
    let targets = targets(link);
    let main = targets.first().cloned().unwrap_or_default();
    if link.arguments.trim().is_empty() {
        found.show(&main);
    }
    let mut danger = Danger::Harmless;
    let mut unread = None;
    for target in &targets {
        let (this, failed) = target_danger(target, link, &mut found, budget);
        danger = danger.max(this);
        unread = unread.or(failed);
    }
    let runs = danger > Danger::Harmless;
    danger = danger.max(hidden(link, runs, &mut found));
    danger = danger.max(icon(link, &main, runs, &mut found));
    if let Behind::Data(size, kind) = behind {
        found.add(&format!("{size} bytes behind the end ({})", kind.id()), Weight::Heavy);
        let code =
            matches!(kind.family(), Family::Program | Family::Script | Family::AddIn | Family::Installer);
        danger = danger.max(if code || runs { Danger::Dangerous } else { Danger::Active });
    }
    let links =
        targets.iter().all(|target| command::is_remote(target) == Distance::Web && is_address(target));
    let kind = if danger == Danger::Harmless || links && !targets.is_empty() {
        DeedKind::Link
    } else {
        DeedKind::Command
    };
    let place = if danger == Danger::Harmless { main } else { String::new() };
    let mut deed = found.deed(kind, danger, &place);
    if kind == DeedKind::Command {
        deed.starts.push("double click".to_owned());
    }
    (deed, unread)
}

/// Everything that it may lead to. The relative path counts where nothing else is said, or says something else.
fn targets(link: &Link) -> Vec<String> {
    let mut targets = link.targets.clone();
    let name = |path: &str| path.rsplit(['\\', '/']).next().unwrap_or_default().to_lowercase();
    let relative = &link.relative_path;
    if !relative.is_empty() && !targets.iter().any(|target| name(target) == name(relative)) {
        targets.push(relative.clone());
    }
    if targets.is_empty() && !link.darwin.is_empty() {
        targets.push(format!("installer product {}", link.darwin));
    }
    targets
}

fn is_address(target: &str) -> bool {
    target
        .get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("ftp:"))
}

fn target_danger(
    target: &str,
    link: &Link,
    found: &mut Evidence,
    budget: &mut Budget,
) -> (Danger, Option<Unread>) {
    let expanded = command::plain(target, &mut command::Variables::default());
    let stem = command::file_stem(&expanded);
    let extension = command::file_extension(&expanded);
    let distance = command::is_remote(target);
    let arguments = link.arguments.trim();
    let program = matches!(extension.as_str(), "exe" | "com" | "")
        && (command::is_interpreter(&stem) || extension == "exe");
    let mut weight = None;
    let mut failed = None;
    if !arguments.is_empty() {
        let line = format!("\"{target}\" {arguments}");
        failed = command::examine(&line, found, budget).err();
        weight = found.weight;
        if command::is_interpreter(&stem) && !is_ordinary_explorer(&stem, arguments) {
            found.add(&stem, Weight::Heavy);
            weight = Some(Weight::Heavy);
        }
    } else if program && command::is_interpreter(&stem) {
        found.add(&stem, Weight::Light);
    }
    found.links_of(target);
    if is_address(target) {
        return (Danger::Active, failed);
    }
    if let Some((scheme, _)) = target.split_once(':')
        && scheme.len() > 1
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        // Places of Explorer's own are written in this manner here.
        && scheme != "shell"
    {
        return match address::danger(target, found, budget) {
            Ok(danger) => (danger, failed),
            Err(unread) => (Danger::Active, failed.or(Some(unread))),
        };
    }
    let started = program || command::is_started(&extension) || target.starts_with("installer product");
    let danger = match (weight, distance) {
        (Some(Weight::Heavy), _) => Danger::Dangerous,
        (_, Distance::Web) => {
            found.add("target on the web", if started { Weight::Heavy } else { Weight::Light });
            if started { Danger::Dangerous } else { Danger::Active }
        }
        _ if started && is_beside(target, link) => {
            found.add("starts a file beside it", Weight::Heavy);
            Danger::Dangerous
        }
        _ if started || !arguments.is_empty() => Danger::Active,
        _ => Danger::Harmless,
    };
    (danger, failed)
}

/// Explorer asked to show a folder.
fn is_ordinary_explorer(stem: &str, arguments: &str) -> bool {
    let lower = arguments.to_ascii_lowercase();
    let last = command::file_extension(lower.trim_matches('"'));
    let elsewhere = ["http", "shell:", "search-ms", "davwww", "@ssl", "@80", "@443"]
        .iter()
        .any(|word| lower.contains(word));
    stem == "explorer" && !elsewhere && !command::is_started(&last)
}

/// A program in the shortcut's own folder or below, as in an archive or image that holds both; whoever installs a program
/// knows where it is.
fn is_beside(target: &str, link: &Link) -> bool {
    let relative = target == link.relative_path && link.targets.is_empty();
    let up = target.matches("..\\").count() > 1;
    relative && !up && target.get(1..2) != Some(":") && !target.starts_with('\\') && !target.starts_with('%')
}

/// Arguments that are hidden by their length or by white space, and windows that open out of sight.
fn hidden(link: &Link, runs: bool, found: &mut Evidence) -> Danger {
    const MINIMISED: u32 = 7;
    let arguments = &link.arguments;
    let mut danger = Danger::Harmless;
    if longest_space(arguments) >= PADDING_CHARACTERS_MIN && !arguments.trim().is_empty() {
        found.add("arguments behind white space", Weight::Heavy);
        danger = Danger::Dangerous;
    }
    if arguments.chars().count() > SHOWN_ARGUMENTS_MAX {
        found.add("arguments too long to be shown", Weight::Heavy);
        danger = Danger::Dangerous;
    }
    if link.show == MINIMISED && runs {
        found.add("opens minimised", Weight::Light);
    }
    danger
}

fn longest_space(text: &str) -> usize {
    let filler = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{3164}')
    };
    let mut run = 0;
    let mut longest = 0;
    for c in text.chars() {
        run = if filler(c) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// The icon of a document on something that runs, and icons fetched from elsewhere.
fn icon(link: &Link, target: &str, runs: bool, found: &mut Evidence) -> Danger {
    let mut danger = Danger::Harmless;
    for icon in &link.icons {
        let distance = command::is_remote(icon);
        let host =
            |path: &str| path.trim_start_matches('\\').split('\\').next().unwrap_or_default().to_lowercase();
        if distance == Distance::Web {
            found.add(&format!("icon from {icon}"), Weight::Heavy);
            found.links_of(icon);
            danger = danger.max(Danger::Dangerous);
        } else if distance == Distance::Server && host(icon) != host(target) {
            found.add(&format!("icon from {icon}"), Weight::Light);
            danger = danger.max(Danger::Active);
        }
        let stem = command::file_stem(target);
        let own = command::file_stem(icon) == stem;
        if runs && !own && !is_viewer(&stem) && shows_document(icon) && !is_address(target) {
            found.add(&format!("icon of a document ({icon})"), Weight::Heavy);
            danger = danger.max(Danger::Dangerous);
        }
    }
    danger
}

/// Icons that documents have: of their programs, or named after their extension.
fn shows_document(icon: &str) -> bool {
    let extension = command::file_extension(icon);
    is_viewer(&command::file_stem(icon)) || DOCUMENTS.contains(&extension.as_str())
}

#[rustfmt::skip]
const DOCUMENTS: &[&str] = &[
    "pdf", "docx", "doc", "xlsx", "xls", "pptx", "txt", "jpg", "png", "zip", "rtf", "csv", "html", "hwp", "jtd",
];

/// Programs that show documents, and the files that keep their icons.
fn is_viewer(stem: &str) -> bool {
    #[rustfmt::skip]
    const VIEWERS: &[&str] = &[
        "winword", "excel", "powerpnt", "acrord32", "acrobat", "msedge", "chrome", "notepad", "wordpad", "wordicon",
        "xlicons", "pptico", "outlook", "onenote", "foxitreader", "foxitpdfreader", "taro", "iexplore", "firefox", "mspaint",
    ];
    VIEWERS.contains(&stem)
}
