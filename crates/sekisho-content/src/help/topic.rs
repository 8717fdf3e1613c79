//! A topic of compiled help → the commands of its shortcut controls, and what its scripts do outside of it. Topics stand in
//! the zone of the machine itself, where scripts may do all that a program may.

use crate::command::{self, Evidence, Weight};
use crate::interpreted::{self, Language};
use crate::open::Look;
use crate::tags::{Tag, tags};
use crate::{Cost, Danger, DeedKind, Unread, recognise};

/// The class of the control, and the names that stand for it.
const CONTROL: &str = "adb880a6-d8ff-11cf-9377-00aa003b7a11";

/// Adds what showing the topic does.
pub(super) fn judge(bytes: &[u8], name: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    // Looking for tags is quick; references have hundreds of megabytes of topics.
    look.budget.pay(Cost::Work(bytes.len() as u64 / 16 + 1)).map_err(|_| Unread::TooLarge)?;
    let text = recognise::whole_text(bytes);
    let (tags, all) = tags(&text);
    shortcuts(&tags, name, look)?;
    scripts(&tags, name, look)?;
    if all { Ok(()) } else { Err(Unread::TooLarge) }
}

/// `Command` is `ShortCut`, and `Item1` names a window, a program and its arguments.
fn shortcuts(tags: &[Tag], name: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let clicks =
        tags.iter().any(|tag| tag.name == "script" && tag.text.to_ascii_lowercase().contains(".click("));
    let mut inside = false;
    let mut is_shortcut = false;
    for tag in tags {
        match tag.name.as_str() {
            "object" => {
                inside = tag.attribute("classid").to_ascii_lowercase().contains(CONTROL);
                is_shortcut = false;
            }
            "param" if inside => {
                let parameter = tag.attribute("name").to_ascii_lowercase();
                let value = tag.attribute("value");
                if parameter == "command" {
                    is_shortcut = value.trim().to_ascii_lowercase().starts_with("shortcut");
                } else if parameter == "item1" && is_shortcut {
                    shortcut(value, clicks, name, look)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn shortcut(item: &str, clicks: bool, name: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let mut parts = item.splitn(3, ',').map(str::trim);
    let (_, program, arguments) =
        (parts.next(), parts.next().unwrap_or(item), parts.next().unwrap_or_default());
    let mut found = Evidence::default();
    command::examine(&format!("{program} {arguments}"), &mut found, look.budget)?;
    found.add("ShortCut", Weight::Heavy);
    let mut deed = found.deed(DeedKind::Command, Danger::Dangerous, name);
    deed.starts.push(if clicks { "Click".to_owned() } else { "a click on the page".to_owned() });
    look.opened.deeds.push(deed);
    Ok(())
}

/// All scripts of a topic are one deed, where they reach out.
fn scripts(tags: &[Tag], name: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let mut found = Evidence::default();
    let mut heavy = false;
    for tag in tags.iter().filter(|tag| tag.name == "script" && !tag.text.trim().is_empty()) {
        let named =
            [tag.attribute("language"), tag.attribute("type")].into_iter().find(|name| !name.is_empty());
        let Some(language) = named.map_or(Some(Language::JavaScript), Language::named) else { continue };
        let graded = interpreted::grade(&tag.text, language, look.budget);
        if let Some(unread) = graded.unread {
            look.opened.note(unread, name);
        }
        if graded.found.weight == Some(Weight::Heavy) {
            heavy = true;
            graded.found.does.iter().for_each(|word| found.add(word, Weight::Heavy));
            graded.found.links.iter().for_each(|link| found.link(link));
            graded.found.strings.iter().for_each(|text| found.show(text));
        }
    }
    if heavy {
        let mut deed = found.deed(DeedKind::Script, Danger::Dangerous, name);
        deed.starts.push("topic".to_owned());
        look.opened.deeds.push(deed);
    }
    Ok(())
}
