//! The Unicode name of a RAR 3 header, packed against the 8-bit name in front of it (as the free readers of the format
//! know it: two bits a step say whether a character shares its high byte, stands whole, or is taken from that name).

/// The name, unpacked. `plain` is the 8-bit name, `packed` what stands behind its zero byte.
pub(super) fn unpacked(plain: &[u8], packed: &[u8]) -> String {
    const UNITS_MAX: usize = 4096;
    let mut units: Vec<u16> = Vec::new();
    let mut from = packed.iter().copied();
    let mut steps = Steps { flags: 0, left: 0 };
    let high = from.next().unwrap_or(0);
    while units.len() < UNITS_MAX {
        let Some(step) = steps.next(&mut from) else { break };
        let Some(low) = from.next() else { break };
        match step {
            0 => units.push(u16::from(low)),
            1 => units.push(u16::from_le_bytes([low, high])),
            2 => {
                let Some(its_high) = from.next() else { break };
                units.push(u16::from_le_bytes([low, its_high]));
            }
            _ => {
                let count = usize::from(low & 0x7f) + 2;
                let corrects = low & 0x80 != 0;
                let correction = if corrects { from.next().unwrap_or(0) } else { 0 };
                for _ in 0..count {
                    let Some(byte) = plain.get(units.len()) else { break };
                    let high = if corrects { high } else { 0 };
                    units.push(u16::from_le_bytes([byte.wrapping_add(correction), high]));
                }
            }
        }
    }
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

struct Steps {
    flags: u8,
    left: u8,
}

impl Steps {
    fn next(&mut self, from: &mut impl Iterator<Item = u8>) -> Option<u8> {
        if self.left == 0 {
            self.flags = from.next()?;
            self.left = 4;
        }
        self.left -= 1;
        let step = self.flags >> 6;
        self.flags <<= 2;
        Some(step)
    }
}
