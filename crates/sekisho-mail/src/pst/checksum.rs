//! The checksum of pages and blocks ([MS-PST] section 5.3): CRC-32 as in zip, but without turning the bits at either end.

use crc32fast::Hasher;

/// The checksum of `bytes`.
pub(super) fn of(bytes: &[u8]) -> u32 {
    // As if all that came before had ended in turned zeros: so the first turn is undone, and here the last one.
    let mut crc = Hasher::new_with_initial(u32::MAX);
    crc.update(bytes);
    !crc.finalize()
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_zips_checksum_without_the_turned_bits() {
        // Turning the first four bytes and the result gives the checksum of zip, whose check value is known.
        let turned: Vec<u8> =
            b"123456789".iter().enumerate().map(|(at, byte)| if at < 4 { !byte } else { *byte }).collect();
        assert_eq!(!super::of(&turned), 0xcbf4_3926);
        assert_eq!(super::of(b""), 0);
    }
}
