//! What the targets of one group of formats share: any bytes, opened as a kind of the group, with a small purse.

use sekisho_content::{Budget, Keys, Kind, kind, open};

/// Opens `bytes` behind the first, which says as which of `kinds`; and all of them as what they look like.
pub fn open_as(bytes: &[u8], kinds: &[Kind]) {
    let keys = Keys::new(["password".to_owned(), "sekisho".to_owned()]);
    let Some((choice, rest)) = bytes.split_first() else { return };
    let chosen = kinds.get(usize::from(*choice) % kinds.len().max(1)).copied();
    for (bytes, kind) in chosen.map(|kind| (rest, kind)).into_iter().chain([(bytes, kind(bytes))]) {
        let mut budget = Budget {
            expanded_bytes_left: 16 << 20,
            work_left: 1_000_000,
            derivation_left: 20_000,
            members_left: 200,
            ..Budget::default()
        };
        let _ = open(bytes, kind, &keys, &mut budget, &mut |_| {});
    }
}
