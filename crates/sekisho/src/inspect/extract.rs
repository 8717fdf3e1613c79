//! `inspect --extract FILE.zip`: contents of parts → an encrypted ZIP archive with the password `infected`, the custom of
//! those who examine malware. Names in it are made safe: a number, the part's path, and the name in plain characters.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use sekisho_judge::Lang;
use sekisho_mail::Message;
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::words::either;

/// What everybody who examines malware tries first.
const PASSWORD: &[u8] = b"infected";

/// Characters of a part's own name that are kept.
const NAME_CHARACTERS_MAX: usize = 80;

/// One part that is to be written.
pub struct Extracted {
    /// Where it stands.
    pub path: String,
    /// Its name as its sender chose it.
    pub name: String,
    /// Its content; `None` where the readers could not hand it over.
    pub content: Option<Vec<u8>>,
}

/// An archive that grows.
pub struct Extraction {
    zip: ZipWriter<File>,
    written: usize,
    missing: Vec<String>,
}

/// The parts of a message with their contents, where contents were asked for.
pub fn parts(message: &Message, contents: &[(String, Vec<u8>)]) -> Vec<Extracted> {
    if contents.is_empty() {
        return Vec::new();
    }
    let files = message.parts_all().into_iter().filter(|part| part.file().is_some());
    let content = |path: &str| contents.iter().find(|(of, _)| of == path).map(|(_, content)| content.clone());
    files
        .map(|part| Extracted {
            path: part.path.clone(),
            name: part.name().to_owned(),
            content: content(&part.path),
        })
        .collect()
}

/// Why an archive was not written, in words for the person.
pub fn failed(file: &Path, error: &io::Error, lang: Lang) -> String {
    let shown = file.display();
    either(
        lang,
        format!("{shown}: 書き出せません（{error}）。空き容量を確かめてください"),
        format!("{shown}: cannot be written ({error}); check the space left"),
    )
}

impl Extraction {
    /// A new archive; one that is there is never overwritten.
    ///
    /// # Errors
    /// It cannot be created, in words for the person.
    pub fn create(file: &Path, lang: Lang) -> Result<Self, String> {
        let shown = file.display();
        let created = File::options().write(true).create_new(true).open(file);
        let opened = created.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => either(
                lang,
                format!("{shown}: すでにあります。別の名前を指定してください"),
                format!("{shown}: is already there; choose another name"),
            ),
            _ => either(
                lang,
                format!("{shown}: 作れません（{error}）"),
                format!("{shown}: cannot be made ({error})"),
            ),
        })?;
        Ok(Self { zip: ZipWriter::new(opened), written: 0, missing: Vec::new() })
    }

    /// Adds the parts of one input.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn add(&mut self, input: &str, parts: &[Extracted]) -> io::Result<()> {
        for part in parts {
            let Some(content) = &part.content else {
                self.missing.push(format!("{input} [{}]", part.path));
                continue;
            };
            self.written += 1;
            let name = format!("{:04}_{}_{}", self.written, part.path, safe(&part.name));
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Stored)
                .with_deprecated_encryption(PASSWORD)?;
            self.zip.start_file(name, options)?;
            self.zip.write_all(content)?;
        }
        Ok(())
    }

    /// Ends the archive and says in a sentence what is in it.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn finish(self, file: &Path, lang: Lang) -> io::Result<String> {
        let Self { zip, written, missing } = self;
        zip.finish()?.sync_all()?;
        let shown = file.display();
        let mut words = either(
            lang,
            format!("{shown} に {written} 個の部分を書き出しました（パスワード: infected）"),
            format!("{written} parts were written to {shown} (password: infected)"),
        );
        if !missing.is_empty() {
            words.push_str(&either(
                lang,
                format!("。取り出せなかったもの: {}", missing.join("、")),
                format!("; not handed over: {}", missing.join(", ")),
            ));
        }
        Ok(words)
    }
}

/// A name that is one on every system: no folders, no control characters, nothing that runs by a double click.
fn safe(name: &str) -> String {
    let plain: String = name
        .chars()
        .take(NAME_CHARACTERS_MAX)
        .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' })
        .collect();
    format!("{}.part", plain.trim_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn names_lead_nowhere() {
        assert_eq!(safe("../../etc/passwd"), "_.._etc_passwd.part");
        assert_eq!(safe("C:\\請求書\u{202e}.exe"), "C__請求書_.exe.part");
        assert_eq!(safe("..."), ".part");
    }

    #[test]
    fn the_archive_opens_with_its_password_only_and_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.zip");
        let mut extraction = Extraction::create(&file, Lang::En).unwrap();
        let parts = [
            Extracted { path: "2".to_owned(), name: "a.doc".to_owned(), content: Some(b"content".to_vec()) },
            Extracted { path: "3".to_owned(), name: "b.doc".to_owned(), content: None },
        ];
        extraction.add("mail.eml", &parts).unwrap();
        let words = extraction.finish(&file, Lang::En).unwrap();
        assert!(words.contains("1 parts") && words.contains("mail.eml [3]"), "{words}");
        let mut archive = zip::ZipArchive::new(File::open(&file).unwrap()).unwrap();
        assert!(archive.by_index(0).is_err());
        let mut member = archive.by_index_decrypt(0, PASSWORD).unwrap();
        let mut content = String::new();
        member.read_to_string(&mut content).unwrap();
        assert_eq!((&*member.name().unwrap(), content.as_str()), ("0001_2_a.doc.part", "content"));
        assert!(Extraction::create(&file, Lang::En).is_err());
    }
}
