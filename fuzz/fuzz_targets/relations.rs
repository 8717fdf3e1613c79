//! Two mails of any bytes: the first is learned, the memory is asked about both; without a panic, within the limits of what is
//! learned and told, and with nothing left once the first is unlearned.

#![no_main]

#[path = "../../crates/sekisho-store/tests/memory/mod.rs"]
mod memory;

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use sekisho_mail::Limits;
use sekisho_store::Store;

thread_local! {
    static MEMORY: RefCell<Store> = RefCell::new(memory::learned());
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, second)) = divided(bytes) else { return };
    let limits = Limits { decoded_bytes_max: 1 << 20, ..Limits::default() };
    let kind = usize::from(bytes.first().copied().unwrap_or_default());
    MEMORY.with_borrow_mut(|store| memory::held_against(store, &limits, first, second, kind));
});

/// The two mails, divided where a line says so, else in the middle.
fn divided(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    const LINE: &[u8] = b"\n====\n";
    let line = bytes.windows(LINE.len()).position(|window| window == LINE);
    match line {
        Some(at) => Some((bytes.get(..at)?, bytes.get(at + LINE.len()..)?)),
        None => Some(bytes.split_at(bytes.len() / 2)),
    }
}
