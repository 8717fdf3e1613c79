//! Bytes ↔ sealed bytes: ChaCha20-Poly1305 (RFC 8439) over pieces of 64 KiB, so that a large mail is sealed and opened in little memory.
//!
//! ```text
//! "SEKISHO1"  8 bytes
//! key id      8 bytes
//! salt       16 bytes   the object's own key is derived from the installation's key, "objects" and this
//! pieces     64 KiB + 16 bytes of tag each, the last one shorter; an empty object has one empty piece
//! ```
//!
//! A piece's nonce is its number and whether it is the last, and the object's digest is authenticated with each: no piece can be left out,
//! moved, or brought from another object. Every put has a salt of its own, so no nonce is ever used twice with one key.

use std::io::{self, Read, Write};

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use sha2::{Digest as _, Sha256};

use super::{Digest, ObjectsError};
use crate::Secret;
use crate::secret::ID_BYTES;

const MAGIC: &[u8; 8] = b"SEKISHO1";
const SALT_BYTES: usize = 16;
const HEADER_BYTES: usize = MAGIC.len() + ID_BYTES + SALT_BYTES;
/// Bytes of a piece before it is sealed: large enough that its tag does not count, small enough for many readers at once.
const PIECE_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;

/// Why bytes were not sealed.
pub(super) enum NotSealed {
    /// They could not be read.
    Reading(io::Error),
    /// The sealed ones could not be written.
    Writing(io::Error),
    /// They have another digest: this one.
    OtherBytes(Digest),
}

/// Seals all bytes of `from` into `to`; how many there were.
pub(super) fn seal(
    secret: &Secret,
    digest: &Digest,
    from: &mut dyn Read,
    to: &mut dyn Write,
) -> Result<u64, NotSealed> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|error| NotSealed::Writing(io::Error::other(error.to_string())))?;
    let header = [MAGIC.as_slice(), &secret.id_bytes(), &salt].concat();
    to.write_all(&header).map_err(NotSealed::Writing)?;
    let key = key(secret, &salt).map_err(NotSealed::Writing)?;
    let mut hash = Sha256::new();
    let (mut number, mut size_bytes) = (0, 0);
    let mut piece = filled(from, PIECE_BYTES).map_err(NotSealed::Reading)?;
    loop {
        let next = if piece.len() < PIECE_BYTES {
            Vec::new()
        } else {
            filled(from, PIECE_BYTES).map_err(NotSealed::Reading)?
        };
        let end = End::of(&next);
        hash.update(&piece);
        size_bytes += piece.len() as u64;
        let sealed = key.seal_in_place_append_tag(nonce(number, end), Aad::from(digest.bytes()), &mut piece);
        sealed.map_err(|_| NotSealed::Writing(io::Error::other("a piece could not be sealed")))?;
        to.write_all(&piece).map_err(NotSealed::Writing)?;
        if end == End::Last {
            break;
        }
        piece = next;
        number += 1;
    }
    let found = Digest::of_hash(hash);
    if found == *digest { Ok(size_bytes) } else { Err(NotSealed::OtherBytes(found)) }
}

/// How many bytes are in a sealed object of this size.
pub(super) fn unsealed_size(sealed_bytes: u64) -> u64 {
    let pieces_bytes = sealed_bytes.saturating_sub(HEADER_BYTES as u64);
    let pieces = pieces_bytes.div_ceil((PIECE_BYTES + TAG_BYTES) as u64);
    pieces_bytes.saturating_sub(pieces.saturating_mul(TAG_BYTES as u64))
}

/// Sealed bytes while they are opened.
pub(super) struct Unsealing<R> {
    from: R,
    digest: Digest,
    key: LessSafeKey,
    hash: Sha256,
    /// The sealed piece that comes next.
    next: Vec<u8>,
    number: u64,
    piece: Vec<u8>,
    read: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Ended,
    /// An error was told; there is no clean end any more.
    Failed,
}

/// Whether a piece is the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    More,
    Last,
}

impl End {
    fn of(next: &[u8]) -> Self {
        if next.is_empty() { Self::Last } else { Self::More }
    }
}

impl<R: Read> Unsealing<R> {
    /// Reads the beginning of a sealed object.
    pub(super) fn of(mut from: R, digest: &Digest, secret: &Secret) -> Result<Self, ObjectsError> {
        let told = |error| ObjectsError::of_reading(digest, error);
        let damaged = |what| ObjectsError::Damaged { object: digest.clone(), what };
        let header = filled(&mut from, HEADER_BYTES).map_err(told)?;
        if header.len() < HEADER_BYTES {
            return Err(damaged("cut off in its first bytes"));
        }
        let (magic, rest) = header.split_at_checked(MAGIC.len()).unwrap_or_default();
        let (id, salt) = rest.split_at_checked(ID_BYTES).unwrap_or_default();
        if magic != MAGIC {
            return Err(damaged("not a sealed object"));
        }
        if id != secret.id_bytes() {
            let wanted = data_encoding::HEXLOWER.encode(id);
            return Err(ObjectsError::OtherSecret { object: digest.clone(), wanted, given: secret.id() });
        }
        let next = filled(&mut from, PIECE_BYTES + TAG_BYTES).map_err(told)?;
        Ok(Self {
            from,
            digest: digest.clone(),
            key: key(secret, salt).map_err(told)?,
            hash: Sha256::new(),
            next,
            number: 0,
            piece: Vec::new(),
            read: 0,
            state: State::Open,
        })
    }

    fn open_next(&mut self) -> io::Result<()> {
        let mut piece = std::mem::take(&mut self.next);
        if piece.len() == PIECE_BYTES + TAG_BYTES {
            self.next = filled(&mut self.from, PIECE_BYTES + TAG_BYTES)?;
        }
        let end = End::of(&self.next);
        let opened =
            self.key.open_in_place(nonce(self.number, end), Aad::from(self.digest.bytes()), &mut piece);
        let size = opened.map(|opened| opened.len()).map_err(|_| self.damaged("changed or cut off"))?;
        piece.truncate(size);
        self.piece = piece;
        self.read = 0;
        self.number += 1;
        self.hash.update(&self.piece);
        if end == End::Last {
            let found = Digest::of_hash(std::mem::take(&mut self.hash));
            if found != self.digest {
                self.piece.clear();
                return Err(self.damaged("its bytes have another digest"));
            }
            self.state = State::Ended;
        }
        Ok(())
    }

    fn damaged(&self, what: &'static str) -> io::Error {
        io::Error::new(
            io::ErrorKind::InvalidData,
            ObjectsError::Damaged { object: self.digest.clone(), what },
        )
    }
}

impl<R: Read> Read for Unsealing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.piece.len() {
            match self.state {
                State::Ended => return Ok(0),
                State::Failed => return Err(self.damaged("it could not be read before")),
                State::Open => {}
            }
            if let Err(error) = self.open_next() {
                self.state = State::Failed;
                return Err(error);
            }
        }
        let rest = self.piece.get(self.read..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.read += count;
        Ok(count)
    }
}

/// An object's own key.
fn key(secret: &Secret, salt: &[u8]) -> io::Result<LessSafeKey> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, secret.long_key("objects", salt).as_slice());
    key.map(LessSafeKey::new).map_err(|_| io::Error::other("the object's key could not be made"))
}

fn nonce(number: u64, end: End) -> Nonce {
    let mut nonce = [0; 12];
    let last = [u8::from(end == End::Last)];
    let bytes = number.to_be_bytes().into_iter().chain(last);
    nonce.iter_mut().skip(3).zip(bytes).for_each(|(to, from)| *to = from);
    Nonce::assume_unique_for_key(nonce)
}

/// The next bytes, as many as asked for unless the end comes first.
fn filled(from: &mut (impl Read + ?Sized), count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(count);
    from.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret::from_bytes([5; 32])
    }

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut to = Vec::new();
        assert!(seal(&secret(), &Digest::of(bytes), &mut &*bytes, &mut to).is_ok());
        to
    }

    fn opened(sealed: &[u8], digest: &Digest) -> Result<Vec<u8>, String> {
        let mut reader = Unsealing::of(sealed, digest, &secret()).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let read = reader.read_to_end(&mut bytes).map_err(|error| error.to_string());
        if read.is_err() {
            assert!(reader.read(&mut [0]).is_err(), "after an error there is no clean end");
        }
        read.map(|_| bytes)
    }

    #[test]
    fn what_was_sealed_is_opened_whatever_its_size() {
        for size in [0, 1, 16, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 200_000] {
            let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            let sealed = sealed(&bytes);
            assert_eq!(unsealed_size(sealed.len() as u64), size as u64);
            assert_eq!(opened(&sealed, &Digest::of(&bytes)).unwrap(), bytes, "{size}");
        }
    }

    #[test]
    fn any_changed_byte_any_cut_and_any_addition_is_damage() {
        let bytes: Vec<u8> = (0..PIECE_BYTES + 100).map(|at| (at % 7) as u8).collect();
        let digest = Digest::of(&bytes);
        let sealed = sealed(&bytes);
        for at in (0..60).chain((60..sealed.len()).step_by(997)).chain(sealed.len() - 20..sealed.len()) {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(opened(&changed, &digest).is_err(), "changed at {at}");
            assert!(opened(&sealed[..at], &digest).is_err(), "cut at {at}");
        }
        let first_piece = HEADER_BYTES + PIECE_BYTES + TAG_BYTES;
        assert!(opened(&sealed[..first_piece], &digest).unwrap_err().contains("damaged: changed or cut off"));
        assert!(opened(&[&sealed[..], b"x"].concat(), &digest).is_err());
        assert!(opened(&sealed, &Digest::of(b"another")).is_err(), "under another's name");
    }

    #[test]
    fn another_key_is_named() {
        let bytes = sealed(b"mail");
        let other = Secret::from_bytes([6; 32]);
        let error = Unsealing::of(&bytes[..], &Digest::of(b"mail"), &other).err().unwrap().to_string();
        assert!(
            error.contains(&format!("sealed with the secret key {}, this is {}", secret().id(), other.id())),
            "{error}"
        );
    }

    #[test]
    fn nothing_of_a_text_stands_in_its_sealed_form() {
        let text = "お見積書を添付いたします。".repeat(50);
        let sealed = sealed(text.as_bytes());
        assert!(!sealed.windows(6).any(|window| window == "お見".as_bytes()));
        assert_ne!(sealed, super::tests::sealed(text.as_bytes()), "each time another");
    }
}
