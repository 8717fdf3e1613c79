//! The table of settings → the annotated sample that `init` writes.

use std::collections::BTreeMap;

use super::settings::{SECTIONS, Section, Setting, Use};

/// The sample with some settings filled in: `section.key` → TOML.
pub fn sample(filled: &BTreeMap<&str, String>) -> String {
    let mut out = String::from(
        "# 関所 Sekisho の設定。# で始まる行は説明です。説明: docs/configuration.md\n\
         # The configuration of Sekisho. Lines that begin with # explain; see docs/configuration.md.\n",
    );
    for section in SECTIONS {
        out.push_str(&format!("\n# {}\n# {}\n[{}]\n", section.about.ja, section.about.en, section.name));
        for setting in section.settings {
            out.push_str(&line(section, setting, filled));
        }
    }
    out
}

fn line(section: &Section, setting: &Setting, filled: &BTreeMap<&str, String>) -> String {
    let later = match setting.used {
        Use::Now => "",
        Use::Later => "（まだ使われません / not used yet）",
    };
    let mut out = format!("# {}{later}\n# {}\n", setting.about.ja, setting.about.en);
    if !setting.example.is_empty() && setting.example != setting.default {
        out.push_str(&format!("# 例 / example: {} = {}\n", setting.key, setting.example));
    }
    let name = format!("{}.{}", section.name, setting.key);
    let value = filled.get(name.as_str()).map_or(setting.default, String::as_str);
    out.push_str(&format!("{} = {value}\n", setting.key));
    out
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    #[test]
    fn the_sample_says_the_defaults() {
        let read = Config::parse(Path::new("sekisho.toml"), &sample(&BTreeMap::new())).unwrap();
        assert_eq!(read, Config::default());
    }

    #[test]
    fn examples_can_be_read() {
        for section in SECTIONS {
            for setting in section.settings.iter().filter(|setting| !setting.example.is_empty()) {
                let text = format!("[{}]\n{} = {}\n", section.name, setting.key, setting.example);
                Config::parse(Path::new("sekisho.toml"), &text).unwrap();
            }
        }
    }

    #[test]
    fn hostile_names_stay_values() {
        let text = sample(&BTreeMap::from([("organisation.name", quoted("a\"\nprofile = 1"))]));
        assert_eq!(Config::parse(Path::new("s"), &text).unwrap().organisation.name, "a\"\nprofile = 1");
    }
}
