//! Classes of objects and controls → what is known of them: ordinary form controls, loaders of other content, classes
//! whose servers have been attacked.
//!
//! Sources: the class ids in Windows' own registry as Microsoft documents them, its security bulletins (MS12-027,
//! MS12-060, MS14-064, the removal of the equation editor in January 2018), and its list of kill bits.

use crate::Danger;

/// What is known of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// Its usual name.
    pub(crate) name: &'static str,
    /// What it is good for.
    pub(crate) role: Role,
}

/// What a class is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A field, a button, a list in a form.
    Form,
    /// Plays or shows something from a file or address of its own.
    Player,
    /// Runs scripts or pages, or loads code.
    Loader,
    /// Attacked before; an ordinary document hardly has it, a form might.
    Attacked,
    /// The equation editor; whether it is attacked, its data tell.
    Equation,
    /// A file packed into an object.
    Package,
    /// The name of something elsewhere.
    Moniker,
}

impl Class {
    /// The danger of a control of this class in a form.
    pub(crate) fn danger(self) -> Danger {
        match self.role {
            Role::Form | Role::Equation | Role::Package => Danger::Harmless,
            Role::Player | Role::Attacked | Role::Moniker => Danger::Active,
            Role::Loader => Danger::Dangerous,
        }
    }
}

/// The class with this id, as it is stored in files.
pub(crate) fn by_id(id: &[u8; 16]) -> Option<Class> {
    by_text(&text(id))
}

/// The class with this id as text, with or without braces.
pub(crate) fn by_text(id: &str) -> Option<Class> {
    let id = id.trim().trim_start_matches("clsid:").trim_start_matches("CLSID:");
    let id = id.trim_matches(['{', '}', ' ']).to_ascii_uppercase();
    CLASSES
        .iter()
        .find(|(known, ..)| *known == id)
        .or_else(|| PREFIXES.iter().find(|(prefix, ..)| id.starts_with(prefix)))
        .map(|(_, name, role)| Class { name, role: *role })
}

/// The class with this programmatic name, the version behind it left out.
pub(crate) fn by_name(name: &str) -> Option<Class> {
    let lower = name.trim().trim_end_matches('\0').to_ascii_lowercase();
    NAMES
        .iter()
        .find(|(known, _)| {
            lower == *known || lower.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'))
        })
        .map(|(known, role)| Class { name: known, role: *role })
}

/// `{…}` without its braces: three little-endian numbers, then bytes.
fn text(id: &[u8; 16]) -> String {
    let [a, b, c, d, e, f, g, h, rest @ ..] = id;
    let rest: Vec<String> = rest.iter().map(|byte| format!("{byte:02X}")).collect();
    let (node, tail) = rest.split_at_checked(2).unwrap_or((&rest, &[]));
    format!("{d:02X}{c:02X}{b:02X}{a:02X}-{f:02X}{e:02X}-{h:02X}{g:02X}-{}-{}", node.concat(), tail.concat())
}

/// Families of classes that share the beginning of their id.
#[rustfmt::skip]
const PREFIXES: &[(&str, &str, Role)] = &[
    ("8BD21D", "Forms 2.0 control", Role::Form),
    ("5512D1", "Forms HTML control", Role::Player),
    ("06290BD", "Script moniker", Role::Loader),
    ("ECABAFC", "New moniker", Role::Loader),
    ("ECABB0C", "SOAP moniker", Role::Loader),
];

#[rustfmt::skip]
const CLASSES: &[(&str, &str, Role)] = &[
    ("D7053240-CE69-11CD-A777-00DD01143C57", "Forms.CommandButton", Role::Form),
    ("978C9E23-D4B0-11CE-BF2D-00AA003F40D0", "Forms.Label", Role::Form),
    ("4C599241-6926-101B-9992-00000B65C6F9", "Forms.Image", Role::Form),
    ("6E182020-F460-11CE-9BCD-00AA00608E01", "Forms.Frame", Role::Form),
    ("79176FB0-B7F2-11CE-97EF-00AA006D2776", "Forms.SpinButton", Role::Form),
    ("DFD181E0-5E2F-11CE-A449-00AA004A803D", "Forms.ScrollBar", Role::Form),
    ("46E31370-3F7A-11CE-BED6-00AA00611080", "Forms.MultiPage", Role::Form),
    ("EAE50EB0-4A62-11CE-BED6-00AA00611080", "Forms.TabStrip", Role::Form),
    ("C62A69F0-16DC-11CE-9E98-00AA00574A4F", "Forms.Form", Role::Form),
    ("8E27C92B-1264-101C-8A2F-040224009C02", "MSCAL.Calendar", Role::Form),
    ("20DD1B9E-87C4-11D1-8BE3-0000F8754DA1", "MSComCtl2.DTPicker", Role::Form),
    ("232E456A-87C3-11D1-8BE3-0000F8754DA1", "MSComCtl2.MonthView", Role::Form),
    ("D9347033-9612-11D1-9D75-00C04FCC8CDC", "BARCODE.BarCodeCtrl", Role::Form),
    ("6BF52A52-394A-11D3-B153-00C04F79FAA6", "WMPlayer.OCX", Role::Player),
    ("22D6F312-B0F6-11D0-94AB-0080C74C7E95", "MediaPlayer.MediaPlayer", Role::Player),
    ("02BF25D5-8C17-4B23-BC80-D3488ABDDC6B", "QuickTime.QuickTime", Role::Player),
    ("CFCDAA03-8BE4-11CF-B84B-0020AFBBCCFA", "RealPlayer", Role::Player),
    ("CA8A9780-280D-11CF-A24D-444553540000", "AcroPDF.PDF", Role::Player),
    ("D27CDB6E-AE6D-11CF-96B8-444553540000", "ShockwaveFlash.ShockwaveFlash", Role::Loader),
    ("D27CDB70-AE6D-11CF-96B8-444553540000", "FlashFactory.FlashFactory", Role::Loader),
    ("233C1507-6A77-46A4-9443-F871F945D258", "SWCtl.SWCtl", Role::Loader),
    ("166B1BCA-3F9C-11CF-8075-444553540000", "SWCtl.SWCtl", Role::Loader),
    ("8856F961-340A-11D0-A96B-00C04FD705A2", "Shell.Explorer", Role::Loader),
    ("EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B", "Shell.Explorer", Role::Loader),
    ("0002DF01-0000-0000-C000-000000000046", "InternetExplorer.Application", Role::Loader),
    ("25336920-03F9-11CF-8FD0-00AA00686F13", "htmlfile", Role::Loader),
    ("3050F4D8-98B5-11CF-BB82-00AA00BDCE0B", "HTML application", Role::Loader),
    ("AE24FDAE-03C6-11D1-8B76-0080C744F389", "Scriptlet", Role::Loader),
    ("0E59F1D5-1FBE-11D0-8FF2-00A0D10038BC", "MSScriptControl", Role::Loader),
    ("A08A033D-1A75-4AB6-A166-EAD02F547959", "Otkloadr.WRAssembly", Role::Loader),
    ("05741520-C4EB-440A-AC3F-9643BBC9F847", "Otkloadr.WRLoader", Role::Loader),
    ("72C24DD5-D70A-438B-8A42-98424B88AFB8", "WScript.Shell", Role::Loader),
    ("13709620-C279-11CE-A49E-444553540000", "Shell.Application", Role::Loader),
    ("BDD1F04B-858B-11D1-B16A-00C0F0283628", "MSComctlLib.ListViewCtrl", Role::Attacked),
    ("996BF5E0-8044-4650-ADEB-0B013914E99C", "MSComctlLib.ListViewCtrl", Role::Attacked),
    ("C74190B6-8589-11D1-B16A-00C0F0283628", "MSComctlLib.TreeCtrl", Role::Attacked),
    ("9181DC5F-E07D-418A-ACA6-8EEA1ECB8E9E", "MSComctlLib.TreeCtrl", Role::Attacked),
    ("1EFB6596-857C-11D1-B16A-00C0F0283628", "MSComctlLib.TabStrip", Role::Attacked),
    ("24B224E0-9545-4A2F-ABD5-86AA8A849385", "MSComctlLib.TabStrip", Role::Attacked),
    ("66833FE6-8583-11D1-B16A-00C0F0283628", "MSComctlLib.Toolbar", Role::Attacked),
    ("2C247F23-8591-11D1-B16A-00C0F0283628", "MSComctlLib.ImageListCtrl", Role::Attacked),
    ("0002E500-0000-0000-C000-000000000046", "OWC.Chart", Role::Attacked),
    ("0002E510-0000-0000-C000-000000000046", "OWC.Spreadsheet", Role::Attacked),
    ("0002E541-0000-0000-C000-000000000046", "OWC10.Spreadsheet", Role::Attacked),
    ("0002E559-0000-0000-C000-000000000046", "OWC11.Spreadsheet", Role::Attacked),
    ("0002CE02-0000-0000-C000-000000000046", "Equation.3", Role::Equation),
    ("00021700-0000-0000-C000-000000000046", "Equation.2", Role::Equation),
    ("0003000C-0000-0000-C000-000000000046", "Package", Role::Package),
    ("F20DA720-C02F-11CE-927B-0800095AE340", "Package", Role::Package),
    ("79EAC9E0-BAF9-11CE-8C82-00AA004BA90B", "URL moniker", Role::Moniker),
    ("00000303-0000-0000-C000-000000000046", "File moniker", Role::Moniker),
    ("00000304-0000-0000-C000-000000000046", "Item moniker", Role::Moniker),
    ("00000309-0000-0000-C000-000000000046", "Composite moniker", Role::Moniker),
];

/// Programmatic names, lower case, as RTF and links give them.
#[rustfmt::skip]
const NAMES: &[(&str, Role)] = &[
    ("equation", Role::Equation),
    ("package", Role::Package),
    ("package2", Role::Package),
    ("mscomctllib", Role::Attacked),
    ("comctllib", Role::Attacked),
    ("mscomctl", Role::Attacked),
    ("owc", Role::Attacked),
    ("owc10", Role::Attacked),
    ("owc11", Role::Attacked),
    ("forms.html:image", Role::Player),
    ("forms.html:submitbutton", Role::Player),
    ("otkloadr", Role::Loader),
    ("shell.explorer", Role::Loader),
    ("internetexplorer", Role::Loader),
    ("shockwaveflash", Role::Loader),
    ("scriptbridge", Role::Loader),
    ("scriptlet", Role::Loader),
    ("htmlfile", Role::Loader),
    ("mhtmlfile", Role::Loader),
    ("htafile", Role::Loader),
    ("script", Role::Loader),
    ("vbscript", Role::Loader),
    ("jscript", Role::Loader),
    ("wscript", Role::Loader),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_id_and_by_name() {
        let equation = [0x02, 0xce, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
        assert_eq!(by_id(&equation).map(|class| class.role), Some(Role::Equation));
        assert_eq!(
            by_text("{d7053240-ce69-11cd-a777-00dd01143c57}").map(|class| class.role),
            Some(Role::Form)
        );
        assert_eq!(
            by_text("clsid:8BD21D10-EC42-11CE-9E0D-00AA006002F3").map(|class| class.role),
            Some(Role::Form)
        );
        assert_eq!(by_name("Equation.3\0").map(|class| class.role), Some(Role::Equation));
        assert_eq!(by_name("MSComctlLib.ListViewCtrl.2").map(|class| class.role), Some(Role::Attacked));
        assert_eq!(by_name("Excel.Sheet.12"), None);
        let ids: std::collections::BTreeSet<&str> = CLASSES.iter().map(|row| row.0).collect();
        assert_eq!(ids.len(), CLASSES.len());
        assert!(ids.iter().all(|id| id.len() == 36 && id.to_uppercase() == **id));
    }
}
