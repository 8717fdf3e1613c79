//! Any bytes → a kind and a file, without a panic. Kind and reading agree.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = sekisho_content::read(bytes, Some("a.doc"));
    assert_eq!(file.kind, sekisho_content::kind(bytes));
    if let Ok(name) = std::str::from_utf8(bytes) {
        let _ = sekisho_content::plain_name_tricks(name);
    }
});
