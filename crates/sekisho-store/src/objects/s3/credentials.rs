//! What opens an S3-compatible store: the environment's variables, a service's credential, or a file that only its owner may read.
//!
//! The form of the file is that of `~/.aws/credentials`: `aws_access_key_id = …` and `aws_secret_access_key = …`, under `[default]` or none.

use std::path::Path;

use rusty_s3::Credentials;

use crate::objects::ObjectsError;
use crate::private_file::{NotRead, PrivateFile};

/// The file in a home, or a service's credential.
const FILE: &str = "s3.credentials";

/// The credentials for `place`.
pub(super) fn find(
    place: &str,
    home: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Credentials, ObjectsError> {
    let set =
        |name: &str| variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    if let (Some(key), Some(secret)) = (set("AWS_ACCESS_KEY_ID"), set("AWS_SECRET_ACCESS_KEY")) {
        return Ok(made(key, secret, set("AWS_SESSION_TOKEN")));
    }
    let folder = set("CREDENTIALS_DIRECTORY");
    let file = PrivateFile::find(home, FILE, folder.as_deref().map(Path::new));
    let shown = file.path.display();
    let why = match file.read() {
        Ok(text) => match read(&text) {
            Some(credentials) => return Ok(credentials),
            None => format!("{shown}: expected lines aws_access_key_id = … and aws_secret_access_key = …"),
        },
        Err(NotRead::Missing) => format!(
            "write aws_access_key_id = … and aws_secret_access_key = … into {shown} (mode 600), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        ),
        Err(NotRead::NoText) => format!("{shown}: not a text"),
        Err(NotRead::Open { mode }) => format!("{shown}: others may read it (mode {mode:03o}); chmod 600 it"),
        Err(NotRead::Refused(error)) => format!("{shown}: {error}"),
    };
    Err(ObjectsError::NoCredentials { place: place.to_owned(), why })
}

fn read(text: &str) -> Option<Credentials> {
    let (mut key, mut secret, mut token) = (None, None, None);
    let mut is_ours = true;
    for line in text.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            is_ours = section.trim_end_matches(']').trim() == "default";
        }
        let Some((name, value)) = line.split_once('=').filter(|_| is_ours) else { continue };
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        match name.trim() {
            "aws_access_key_id" => key = value,
            "aws_secret_access_key" => secret = value,
            "aws_session_token" => token = value,
            _ => {}
        }
    }
    Some(made(key?, secret?, token))
}

fn made(key: String, secret: String, token: Option<String>) -> Credentials {
    match token {
        Some(token) => Credentials::new_with_token(key, secret, token),
        None => Credentials::new(key, secret),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn found(home: &Path, set: &[(&str, &str)]) -> Result<String, String> {
        let variable =
            |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let found = find("s3://held", home, &variable).map_err(|error| error.to_string())?;
        Ok(format!("{} {}", found.key(), found.secret()))
    }

    #[test]
    fn credentials_are_found_and_never_shown() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(FILE);
        let error = found(home.path(), &[("AWS_ACCESS_KEY_ID", "id")]).unwrap_err();
        assert!(error.starts_with("s3://held: no credentials: write aws_access_key_id"), "{error}");
        let pair = [("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "word")];
        assert_eq!(found(home.path(), &pair).unwrap(), "id word");
        fs::write(&path, "# ours\n[other]\naws_access_key_id=x\n[default]\naws_access_key_id = a\naws_secret_access_key = b=c\n").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let error = found(home.path(), &[]).unwrap_err();
        assert!(error.ends_with("others may read it (mode 644); chmod 600 it"), "{error}");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        assert_eq!(found(home.path(), &[]).unwrap(), "a b=c");
        fs::write(&path, "aws_secret_access_key = hidden\n").unwrap();
        let error = found(home.path(), &[]).unwrap_err();
        assert!(error.contains("expected lines aws_access_key_id") && !error.contains("hidden"), "{error}");
        let service = tempfile::tempdir().unwrap();
        fs::write(service.path().join(FILE), "aws_access_key_id=s\naws_secret_access_key=t\n").unwrap();
        let folder = service.path().to_str().unwrap();
        assert_eq!(found(home.path(), &[("CREDENTIALS_DIRECTORY", folder)]).unwrap(), "s t");
    }
}
