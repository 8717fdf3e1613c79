//! The values of `[store]`, each checked where it is read.

use std::fmt;

use sekisho_store::ObjectsPlace;
use serde::Deserialize;

/// Where objects lie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Objects(ObjectsPlace);

impl TryFrom<String> for Objects {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|error: sekisho_store::ObjectsError| error.to_string())
    }
}

impl fmt::Display for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    fn read(setting: &str) -> Result<String, String> {
        let config = Config::parse(Path::new("sekisho.toml"), &format!("[store]\n{setting}\n"));
        config.map(|config| config.store.objects.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn places_of_objects_are_checked_where_they_stand() {
        assert_eq!(read("").unwrap(), "disk");
        for place in ["disk", "disk:/srv/held", "s3://held/midori?endpoint=https://s3.midori.example"] {
            assert_eq!(read(&format!("objects = \"{place}\"")).unwrap(), place);
        }
        for (setting, wanted) in [
            (
                "objects = \"local\"",
                "sekisho.toml:2: store.objects = \"local\": not a place; expected disk, disk:FOLDER or s3://",
            ),
            (
                "objects = \"s3://held\"",
                "sekisho.toml:2: store.objects = \"s3://held\": region= is missing, or endpoint=",
            ),
            (
                "objects = \"s3://id:word@held\"",
                "sekisho.toml:2: store.objects = \"s3://…@held\": credentials do not belong",
            ),
        ] {
            let error = read(setting).unwrap_err();
            assert!(error.starts_with(wanted), "{error}");
        }
    }
}
