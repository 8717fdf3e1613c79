//! The checksum of pages and blocks ([MS-PST] section 5.3): CRC-32 as in zip, but without turning the bits at either end.

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
}

/// The checksum of `bytes`.
pub(super) fn of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| {
        let [low, ..] = sum.to_le_bytes();
        sum >> 8 ^ TABLE.get(usize::from(low ^ byte)).copied().unwrap_or(0)
    })
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
