//! `.settingcontent-ms` → the command of its `DeepLink`, which was meant for pages of the settings and runs anything.

use crate::command::{self, Evidence, Weight};
use crate::open::Look;
use crate::tags::tags;
use crate::{Danger, Deed, DeedKind, Unread};

/// Programs that the settings of Windows themselves name here.
const OWN: &[&str] = &["control", "systemsettings", "rundll32", "mmc", "ms-settings"];

/// The command, if there is one.
pub(super) fn setting(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let (tags, _) = tags(text);
    let mut deed = None;
    for link in tags.iter().filter(|tag| matches!(tag.name.as_str(), "deeplink" | "icon")) {
        let line = link.text.trim();
        if line.is_empty() || link.name == "icon" && !line.starts_with("\\\\") {
            continue;
        }
        let mut found = Evidence::default();
        command::examine(line, &mut found, look.budget)?;
        let (program, arguments) = command::split_program(line);
        let stem = command::file_stem(program);
        let own = OWN.contains(&stem.as_str()) && found.weight <= Some(Weight::Light);
        let danger = if own { Danger::Harmless } else { Danger::Dangerous };
        if !own {
            found.add(
                if arguments.trim().is_empty() { "starts a program" } else { "runs a command" },
                Weight::Heavy,
            );
        }
        deed = Some(found.deed(DeedKind::Command, danger, "DeepLink"));
    }
    Ok(deed)
}
