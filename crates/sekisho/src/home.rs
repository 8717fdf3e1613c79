//! Where an installation lives: one folder with the configuration, the policy, the lists, the memory and its secret key.

use std::path::{Path, PathBuf};

use sekisho_store::SECRET_FILE;

/// One installation's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The folder. It need not exist.
    pub folder: PathBuf,
    /// How it was chosen.
    pub chosen: Chosen,
}

/// Who chose the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A person: by `--home` or `SEKISHO_HOME`. It should exist.
    ByName,
    /// Nobody: it is where the user's data usually are. It may be missing.
    ByDefault,
}

impl Home {
    /// `--home`, else `SEKISHO_HOME`, else `XDG_DATA_HOME/sekisho`, else `~/.local/share/sekisho`, else the current
    /// folder's `sekisho`.
    pub fn choose(flag: Option<&Path>, variable: impl Fn(&str) -> Option<PathBuf>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.as_os_str().is_empty());
        if let Some(folder) = flag.map(Path::to_owned).or_else(|| set("SEKISHO_HOME")) {
            return Self { folder, chosen: Chosen::ByName };
        }
        let data = set("XDG_DATA_HOME").filter(|folder| folder.is_absolute());
        let data = data.or_else(|| set("HOME").map(|home| home.join(".local/share"))).unwrap_or_default();
        Self { folder: data.join("sekisho"), chosen: Chosen::ByDefault }
    }

    /// The configuration.
    pub fn config(&self) -> PathBuf {
        self.folder.join("sekisho.toml")
    }

    /// The organisation's own rules.
    pub fn policy(&self) -> PathBuf {
        self.folder.join("policy.toml")
    }

    /// The organisation's own lists.
    pub fn lists(&self) -> PathBuf {
        self.folder.join("lists")
    }

    /// The folder in which the system hands credentials to a service, where we are one.
    pub fn credentials(&self) -> Option<PathBuf> {
        std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from)
    }

    /// Where it is noted that a person saved the memory's secret key.
    pub fn key_saved(&self) -> PathBuf {
        self.folder.join("secret.key.saved")
    }

    /// The memory's secret key: that which the system hands to a service as a credential, else the folder's own.
    pub fn key(&self) -> PathBuf {
        let handed = self.credentials().map(|folder| folder.join(SECRET_FILE));
        handed.filter(|file| file.is_file()).unwrap_or_else(|| self.folder.join(SECRET_FILE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_choice_wins() {
        let choose = |flag: Option<&str>, set: &'static [(&str, &str)]| {
            Home::choose(flag.map(Path::new), |name| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| PathBuf::from(value))
            })
        };
        let folder = |home: Home| home.folder.to_string_lossy().into_owned();
        assert_eq!(folder(choose(Some("a"), &[("SEKISHO_HOME", "b")])), "a");
        assert_eq!(folder(choose(None, &[("SEKISHO_HOME", "b"), ("HOME", "/c")])), "b");
        assert_eq!(folder(choose(None, &[("XDG_DATA_HOME", "/d"), ("HOME", "/c")])), "/d/sekisho");
        assert_eq!(
            folder(choose(None, &[("XDG_DATA_HOME", "relative"), ("HOME", "/c")])),
            "/c/.local/share/sekisho"
        );
        assert_eq!(choose(None, &[]).chosen, Chosen::ByDefault);
    }
}
