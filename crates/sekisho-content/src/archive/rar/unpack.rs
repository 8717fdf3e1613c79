//! The packed data of an entry → its content, held against its checksums.
//!
//! Decoders keep what came before for files that are packed solid; one that fails leaves those behind it unreadable.

use std::io::Write;

use rars::codec::rar13::Unpack15;
use rars::codec::rar20::Unpack20;
use rars::codec::rar29::Unpack29;
use rars::codec::rar50::{DecodedChunk, Unpack50Decoder};
use rars::crypto::rar15::Rar15Cipher;
use rars::crypto::rar20::Rar20Cipher;
use rars::crypto::rar50::{Rar50Cipher, Rar50Keys};

use super::blake2sp::Blake2sp;
use super::entry::{Content, Entry, Extent, Lock, Method, Packed};
use super::keys::Ring;
use super::{FORMAT, SPLIT};
use crate::Unread;
use crate::limits::{RAR2_MEMBER_BYTES_MAX, UNPACK_DICTIONARY_BYTES_MAX};
use crate::open::{Budget, Cost, Look, Unpacked};

/// What became of an entry.
pub(super) struct Outcome {
    /// What came out, where anything did.
    pub(super) content: Option<Unpacked>,
    pub(super) why: Option<(Unread, String)>,
}

/// The decoders of an archive, and its keys.
pub(super) struct Unpacker<'k> {
    ring: Ring<'k>,
    decoders: Decoders,
    /// Why files that are packed solid can't be read any more.
    broken: Option<(Unread, String)>,
}

#[derive(Clone)]
struct Decoders {
    lz15: Unpack15,
    lz20: Unpack20,
    lz29: Unpack29,
    lz50: Unpack50Decoder,
}

impl<'k> Unpacker<'k> {
    pub(super) fn new(ring: Ring<'k>) -> Self {
        Self { ring, decoders: Decoders::new(), broken: None }
    }

    /// Unpacks an entry to its end.
    pub(super) fn unpack(&mut self, entry: &Entry<'_>, look: &mut Look<'_>) -> Outcome {
        let Content::Packed(packed) = &entry.content else {
            return Outcome::refused(Unread::Damaged, FORMAT);
        };
        let outcome = self.try_unpack(packed, entry.size_bytes, look);
        let is_chained = packed.method != Method::Stored;
        if !is_chained {
            return outcome;
        }
        // The checksum of what was unpacked may differ and the decoder still be in step; whoever can't tell says damaged.
        match &outcome.why {
            Some(why) => self.broken = Some(why.clone()),
            None if !packed.is_solid => self.broken = None,
            None => {}
        }
        outcome
    }

    fn try_unpack(&mut self, packed: &Packed<'_>, size: Option<u64>, look: &mut Look<'_>) -> Outcome {
        match packed.extent {
            Extent::Split => return Outcome::refused(Unread::Unsupported, SPLIT),
            Extent::Cut if packed.lock.is_some() => return Outcome::refused(Unread::Damaged, FORMAT),
            Extent::Cut | Extent::Whole => {}
        }
        if let Method::Other(version) = packed.method {
            return Outcome::refused(Unread::Unsupported, &format!("rar method {version}"));
        }
        if packed.is_solid
            && packed.method != Method::Stored
            && let Some((unread, detail)) = &self.broken
        {
            return Outcome::refused(*unread, detail);
        }
        if packed.method == Method::Lz20 && size.is_none_or(|size| size > RAR2_MEMBER_BYTES_MAX) {
            return Outcome::refused(Unread::TooLarge, FORMAT);
        }
        if packed.method == Method::Lz15 && !is_believable(packed.bytes.len(), size) {
            return Outcome::refused(Unread::Damaged, FORMAT);
        }
        if size == Some(0) && packed.lock.is_some() && !packed.is_solid {
            // Nothing is hidden in nothing, and nothing would prove a password.
            return Outcome { content: Some(Unpacked::empty()), why: None };
        }
        let Some(lock) = &packed.lock else {
            return self.decode(packed, packed.bytes, size, None, look.budget);
        };
        let Some((number, plain, keys)) = self.opened(packed, lock, size, look.budget) else {
            let detail = if self.ring.is_out_of_derivation { "derivation" } else { FORMAT };
            return Outcome::refused(Unread::Locked, detail);
        };
        look.opened.key = Some(number);
        self.decode(packed, &plain, size, keys.as_ref(), look.budget)
    }

    /// The password that opens the data, and the data decrypted with it.
    fn opened(
        &mut self,
        packed: &Packed<'_>,
        lock: &Lock,
        size: Option<u64>,
        budget: &mut Budget,
    ) -> Option<(usize, Vec<u8>, Option<Rar50Keys>)> {
        for (number, password) in self.ring.passwords() {
            for (plain, keys) in self.decrypted(packed.bytes, lock, (number, password), budget) {
                let proved = matches!(lock, Lock::Rar50 { derivation, .. } if derivation.check.is_some());
                if proved || self.agrees(packed, &plain, size, keys.as_ref(), budget)? {
                    self.ring.remember(number);
                    return Some((number, plain, keys));
                }
            }
        }
        None
    }

    /// The data decrypted with one password, in each way in which it may have been put into bytes.
    fn decrypted(
        &mut self,
        bytes: &[u8],
        lock: &Lock,
        key: (usize, &str),
        budget: &mut Budget,
    ) -> Vec<(Vec<u8>, Option<Rar50Keys>)> {
        const BLOCK_BYTES: usize = 16;
        let mut plain = bytes.get(..bytes.len() / BLOCK_BYTES * BLOCK_BYTES).unwrap_or_default().to_vec();
        match lock {
            Lock::Rar15 => in_old_bytes(key.1)
                .into_iter()
                .map(|password| {
                    let mut plain = bytes.to_vec();
                    Rar15Cipher::new(&password).crypt_in_place(&mut plain);
                    (plain, None)
                })
                .collect(),
            Lock::Rar20 => in_old_bytes(key.1)
                .into_iter()
                .filter_map(|password| {
                    let mut plain = plain.clone();
                    Rar20Cipher::new(&password).decrypt_in_place(&mut plain).ok()?;
                    Some((plain, None))
                })
                .collect(),
            Lock::Rar30 { salt } => {
                let Some(mut cipher) = self.ring.rar30(key, *salt, budget) else { return Vec::new() };
                let decrypted = cipher.decrypt_in_place(&mut plain);
                decrypted.ok().map(|()| (plain, None)).into_iter().collect()
            }
            Lock::Rar50 { derivation, iv, .. } => {
                let Some(keys) = self.ring.rar50(key, derivation, budget) else { return Vec::new() };
                let decrypted = Rar50Cipher::new(keys.key, *iv).decrypt_in_place(&mut plain);
                decrypted.ok().map(|()| (plain, Some(keys))).into_iter().collect()
            }
        }
    }

    /// Whether what comes out agrees with the checksum; the work is paid. `None` where it can't be.
    fn agrees(
        &self,
        packed: &Packed<'_>,
        plain: &[u8],
        size: Option<u64>,
        keys: Option<&Rar50Keys>,
        budget: &mut Budget,
    ) -> Option<bool> {
        let mut sink = Sink::new(None, budget, packed);
        // What came before is needed for the trial, and must not be changed by it.
        let mut decoders = if packed.is_solid { self.decoders.clone() } else { Decoders::new() };
        let decoded = decoders.decode(packed, plain, size, &mut sink);
        match sink.stopped {
            true => None,
            false => Some(decoded && sink.agrees(packed, keys) && sink.is_checked(packed)),
        }
    }

    fn decode(
        &mut self,
        packed: &Packed<'_>,
        plain: &[u8],
        size: Option<u64>,
        keys: Option<&Rar50Keys>,
        budget: &mut Budget,
    ) -> Outcome {
        let mut sink = Sink::new(Some(Unpacked::empty()), budget, packed);
        let decoded = self.decoders.decode(packed, plain, size, &mut sink);
        let is_whole = decoded && packed.extent == Extent::Whole && sink.agrees(packed, keys);
        let is_dictionary_cut = matches!(packed.method, Method::Lz50 { dictionary_bytes, .. } if dictionary_bytes > UNPACK_DICTIONARY_BYTES_MAX);
        let unread = match (sink.stopped, is_whole) {
            (true, _) => Some(Unread::TooLarge),
            (false, true) => None,
            (false, false) if is_dictionary_cut => Some(Unread::TooLarge),
            (false, false) => Some(Unread::Damaged),
        };
        let why = unread.map(|unread| (unread, FORMAT.to_owned()));
        let Some(mut unpacked) = sink.into else { return Outcome { content: None, why } };
        unpacked.unread = unread;
        let is_nothing = unread.is_some() && unpacked.size_bytes() == 0;
        Outcome { content: (!is_nothing).then_some(unpacked), why }
    }
}

impl Outcome {
    fn refused(unread: Unread, detail: &str) -> Self {
        Self { content: None, why: Some((unread, detail.to_owned())) }
    }
}

impl Decoders {
    fn new() -> Self {
        Self {
            lz15: Unpack15::new(),
            lz20: Unpack20::new(),
            lz29: Unpack29::new(),
            lz50: Unpack50Decoder::new(),
        }
    }

    /// Unpacks into the sink; says whether the decoder came to its end.
    fn decode(
        &mut self,
        packed: &Packed<'_>,
        mut plain: &[u8],
        size: Option<u64>,
        sink: &mut Sink<'_>,
    ) -> bool {
        // A size that is not stated is what the decoder comes to.
        let size = usize::try_from(size.unwrap_or(u64::MAX >> 1)).unwrap_or(usize::MAX);
        let is_solid = packed.is_solid;
        match packed.method {
            Method::Stored => {
                let stored = plain.get(..size).unwrap_or(plain);
                sink.write_all(stored).is_ok() && stored.len() == size
            }
            Method::Lz15 => self.lz15.decode_member_from_reader(&mut plain, size, is_solid, sink).is_ok(),
            Method::Lz20 => {
                if !is_solid {
                    self.lz20 = Unpack20::new();
                }
                self.lz20.decode_member_from_reader(&mut plain, size, sink).is_ok()
            }
            Method::Lz29 if is_solid => self.lz29.decode_member_to(plain, size, sink).is_ok(),
            Method::Lz29 => self.lz29.decode_non_solid_member_to(plain, size, sink).is_ok(),
            Method::Lz50 { algorithm, dictionary_bytes } => {
                let dictionary = dictionary_bytes.min(UNPACK_DICTIONARY_BYTES_MAX) as usize;
                let decoded = self.lz50.decode_member_from_reader_with_dictionary_to_sink(
                    &mut plain,
                    algorithm,
                    size,
                    dictionary,
                    is_solid,
                    |chunk| sink.chunk(chunk),
                );
                decoded.is_ok()
            }
            Method::Other(_) => false,
        }
    }
}

/// Where unpacked bytes go, paid and summed up.
struct Sink<'b> {
    /// `None` where they are let go: a trial.
    into: Option<Unpacked>,
    budget: &'b mut Budget,
    crc: crc32fast::Hasher,
    blake2sp: Option<Blake2sp>,
    /// Whether the purse is empty.
    stopped: bool,
}

impl<'b> Sink<'b> {
    fn new(into: Option<Unpacked>, budget: &'b mut Budget, packed: &Packed<'_>) -> Self {
        let blake2sp = packed.blake2sp.map(|_| Blake2sp::new());
        Self { into, budget, crc: crc32fast::Hasher::new(), blake2sp, stopped: false }
    }

    fn chunk(&mut self, chunk: DecodedChunk<'_>) -> std::io::Result<()> {
        match chunk {
            DecodedChunk::Bytes(bytes) => self.write_all(bytes),
            DecodedChunk::Repeated { byte, len } => {
                let step = [byte; 4096];
                let mut left = len;
                while left > 0 {
                    let next = step.get(..left).unwrap_or(&step);
                    self.write_all(next)?;
                    left -= next.len();
                }
                Ok(())
            }
        }
    }

    fn agrees(&mut self, packed: &Packed<'_>, keys: Option<&Rar50Keys>) -> bool {
        let keyed = matches!(packed.lock, Some(Lock::Rar50 { sums_are_keyed: true, .. }));
        let keys = keys.filter(|_| keyed);
        let crc = self.crc.clone().finalize();
        let crc = keys.map_or(crc, |keys| keys.mac_crc32(crc));
        let hash = self.blake2sp.take().map(Blake2sp::finalize);
        let hash = hash.map(|hash| keys.map_or(hash, |keys| keys.mac_hash32(hash)));
        packed.crc.is_none_or(|stated| stated == crc)
            && packed.blake2sp.is_none_or(|stated| Some(stated) == hash)
    }

    /// Whether there is any checksum that can prove a password.
    fn is_checked(&self, packed: &Packed<'_>) -> bool {
        packed.crc.is_some() || packed.blake2sp.is_some()
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // Decoders take longer than the checksum: a unit pays for a few bytes.
        const BYTES_A_UNIT: u64 = 4;
        let taken = match &mut self.into {
            None => {
                let work = (bytes.len() as u64).div_ceil(BYTES_A_UNIT);
                self.budget.pay(Cost::Work(work)).map_err(|_| Unread::TooLarge)
            }
            Some(unpacked) => unpacked.push(bytes, self.budget),
        };
        if taken.is_err() {
            self.stopped = true;
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.crc.update(bytes);
        if let Some(hash) = &mut self.blake2sp {
            hash.update(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether RAR 1.5 can have packed so much into so little: its decoder goes on behind the end of the data as if there were
/// zeros, and a match of at most 257 bytes takes three bits at least.
fn is_believable(packed_bytes: usize, size: Option<u64>) -> bool {
    const EXPANSION_MAX: u64 = 1024;
    size.is_some_and(|size| size <= (packed_bytes as u64).saturating_mul(EXPANSION_MAX))
}

/// A password in the bytes of the time: the code page of Japanese systems, or UTF-8.
fn in_old_bytes(password: &str) -> Vec<Vec<u8>> {
    let (japanese, _, lossy) = encoding_rs::SHIFT_JIS.encode(password);
    let mut ways = Vec::new();
    if !lossy {
        ways.push(japanese.into_owned());
    }
    if !password.is_ascii() {
        ways.push(password.as_bytes().to_vec());
    }
    ways
}
