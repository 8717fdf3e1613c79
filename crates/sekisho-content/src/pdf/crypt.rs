//! What locks a PDF → a cipher that opens its strings and streams: the standard security handler, revisions 2 to 6
//! (ISO 32000-1, section 7.6; ISO 32000-2, section 7.6.4).

mod hash;
mod primitives;

use super::file::Document;
use super::object::{Dictionary, Object};
use crate::open::{Budget, Cost, Keys};
use crate::{Opened, Unread};
use hash::Handler;
use primitives::{aes_decrypted, md5, rc4};

/// How strings and streams are decrypted.
#[derive(Debug)]
pub(super) struct Cipher {
    /// `None` where no password opens it.
    key: Option<Vec<u8>>,
    text: Method,
    stream: Method,
    file: Method,
    /// Methods by the name of their crypt filter.
    named: Vec<(Vec<u8>, Method)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Plain,
    Rc4,
    Aes128,
    Aes256,
}

impl Cipher {
    /// The cipher of a file that has one, opened with the empty password or a candidate; notes where nothing opens it.
    pub(super) fn of(
        document: &Document<'_>,
        keys: &Keys,
        budget: &mut Budget,
        opened: &mut Opened,
    ) -> Option<Self> {
        let mut of_trailers = document.trailers.iter().rev().filter_map(|trailer| trailer.get("Encrypt"));
        let value = of_trailers.next()?;
        let object = document.resolved(value);
        let mut cipher = Self {
            key: None,
            text: Method::Plain,
            stream: Method::Plain,
            file: Method::Plain,
            named: Vec::new(),
        };
        let Some(dictionary) = object.dictionary() else {
            // A trailer that only says so: readers then take the file for broken.
            opened.note(Unread::Locked, "encryption dictionary");
            return Some(cipher);
        };
        if !dictionary.is("Filter", "Standard") {
            let name = dictionary.get("Filter").and_then(Object::name).unwrap_or_default();
            opened.note(Unread::Locked, &String::from_utf8_lossy(name.get(..40).unwrap_or(name)));
            return Some(cipher);
        }
        cipher.read_methods(document, dictionary);
        let Some(handler) = Handler::of(document, dictionary) else {
            opened.note(Unread::Locked, "encryption");
            return Some(cipher);
        };
        match unlocked(&handler, keys, budget) {
            Unlocked::With { key, number } => {
                cipher.key = Some(key);
                opened.key = number;
            }
            Unlocked::No => opened.note(Unread::Locked, "pdf"),
            Unlocked::NotTried => opened.note(Unread::Locked, "derivation"),
        }
        Some(cipher)
    }

    /// Whether nothing that it locks can be read.
    pub(super) fn is_locked(&self) -> bool {
        self.key.is_none()
    }

    /// A string of the object with this number; empty where it stays locked.
    pub(super) fn text(&self, text: &[u8], number: u32, generation: u16) -> Vec<u8> {
        self.decrypted(self.text, text, number, generation)
    }

    /// A stream, by the crypt filter that it names, or by the one for all streams.
    pub(super) fn stream(
        &self,
        bytes: &[u8],
        number: u32,
        generation: u16,
        named: Option<&[u8]>,
        is_file: bool,
    ) -> Vec<u8> {
        let method = match named {
            Some(name) => self
                .named
                .iter()
                .find(|(known, _)| known == name)
                .map_or(Method::Plain, |(_, method)| *method),
            None if is_file => self.file,
            None => self.stream,
        };
        self.decrypted(method, bytes, number, generation)
    }

    fn decrypted(&self, method: Method, bytes: &[u8], number: u32, generation: u16) -> Vec<u8> {
        let Some(key) = self.key.as_deref().or((method == Method::Plain).then_some(&[])) else {
            return Vec::new();
        };
        let of_object = |salt: &[u8]| {
            let number = number.to_le_bytes();
            let input = [key, &number[..3], &generation.to_le_bytes(), salt].concat();
            let mut hash = md5(&input).to_vec();
            hash.truncate((key.len() + 5).min(16));
            hash
        };
        match method {
            Method::Plain => bytes.to_vec(),
            Method::Rc4 => rc4(&of_object(b""), bytes),
            Method::Aes128 => aes_decrypted(&of_object(b"sAlT"), bytes),
            Method::Aes256 => aes_decrypted(key, bytes),
        }
    }

    fn read_methods(&mut self, document: &Document<'_>, dictionary: &Dictionary) {
        let version = dictionary.get("V").and_then(Object::number).unwrap_or(0.0) as u32;
        if version < 4 {
            (self.text, self.stream, self.file) = (Method::Rc4, Method::Rc4, Method::Rc4);
            return;
        }
        let filters = dictionary.get("CF").map(|value| document.resolved(value));
        for (name, value) in filters.as_ref().and_then(Object::dictionary).iter().flat_map(|all| &all.0) {
            let value = document.resolved(value);
            let method = match value.dictionary().and_then(|one| one.get("CFM")).and_then(Object::name) {
                Some(b"V2") => Method::Rc4,
                Some(b"AESV2") => Method::Aes128,
                Some(b"AESV3") => Method::Aes256,
                _ => Method::Plain,
            };
            self.named.push((name.clone(), method));
        }
        let method = |entry: &str| {
            let name = dictionary.get(entry).and_then(Object::name)?;
            let known = self.named.iter().find(|(known, _)| known == name);
            Some(known.map_or(Method::Plain, |(_, method)| *method))
        };
        let stream = method("StmF").unwrap_or(Method::Plain);
        let (text, file) = (method("StrF").unwrap_or(Method::Plain), method("EFF").unwrap_or(stream));
        (self.text, self.stream, self.file) = (text, stream, file);
    }
}

enum Unlocked {
    With { key: Vec<u8>, number: Option<usize> },
    No,
    NotTried,
}

fn unlocked(handler: &Handler, keys: &Keys, budget: &mut Budget) -> Unlocked {
    let empty = std::iter::once((None, ""));
    for (number, password) in empty.chain(keys.iter().map(|(number, password)| (Some(number), password))) {
        for spelling in handler.spellings(password) {
            if budget.pay(Cost::Derivation(handler.rounds())).is_err() {
                return Unlocked::NotTried;
            }
            if let Some(key) = handler.key(&spelling) {
                return Unlocked::With { key, number };
            }
        }
    }
    Unlocked::No
}
