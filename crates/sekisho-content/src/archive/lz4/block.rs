//! One LZ4 block → its bytes, behind those that it may refer to (LZ4 Block Format).

/// Unpacks `packed` to the end of `window`, at most `bytes_max`; false where it is damaged. What came out stays.
pub(super) fn unpack(packed: &[u8], window: &mut Vec<u8>, bytes_max: usize) -> bool {
    let end_max = window.len().saturating_add(bytes_max);
    let mut input = Input { rest: packed };
    loop {
        let Some(token) = input.byte() else { return false };
        let Some(literals) = input.length(token >> 4).and_then(|length| input.take(length)) else {
            return false;
        };
        if window.len().saturating_add(literals.len()) > end_max {
            return false;
        }
        window.extend_from_slice(literals);
        if input.rest.is_empty() {
            // The last sequence has literals only.
            return true;
        }
        let (Some(low), Some(high)) = (input.byte(), input.byte()) else { return false };
        let distance = usize::from(u16::from_le_bytes([low, high]));
        let Some(length) = input.length(token & 0x0f).map(|length| length.saturating_add(4)) else {
            return false;
        };
        if window.len().saturating_add(length) > end_max || !repeat(window, distance, length) {
            return false;
        }
    }
}

/// Copies `length` bytes from `distance` back; they may overlap what is being written.
pub(crate) fn repeat(window: &mut Vec<u8>, distance: usize, length: usize) -> bool {
    let Some(from) = window.len().checked_sub(distance) else { return false };
    if distance == 0 {
        return false;
    }
    let mut left = length;
    while left > 0 {
        // Each round doubles what may be copied at once.
        let step = left.min(window.len() - from);
        window.extend_from_within(from..from + step);
        left -= step;
    }
    true
}

struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Fifteen means that bytes follow which are added, up to one that is not 255.
    fn length(&mut self, nibble: u8) -> Option<usize> {
        let mut length = usize::from(nibble);
        if nibble < 15 {
            return Some(length);
        }
        loop {
            let byte = self.byte()?;
            length = length.saturating_add(usize::from(byte));
            if byte < 255 {
                return Some(length);
            }
        }
    }
}
