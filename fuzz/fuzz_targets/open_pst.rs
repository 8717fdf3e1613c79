//! Any bytes as a data file of Outlook → its mails, each of them read.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use sekisho_mail::Limits;
use sekisho_mail::pst::{self, Step};

/// Steps of one walk: a small file of hostile bytes cannot have more messages than bytes.
const STEPS_MAX: usize = 1_000;

fuzz_target!(|bytes: &[u8]| {
    let mut steps = 0;
    let _ = pst::walk(&bytes.to_vec(), 0, &mut |step| {
        steps += 1;
        if let Step::Mail(mail) = step {
            let message = sekisho_mail::read(&mail.bytes, &Limits { opening: small(), ..Limits::default() });
            assert_eq!(message.size_bytes, mail.bytes.len() as u64);
        }
        if steps < STEPS_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
});

fn small() -> sekisho_content::Budget {
    sekisho_content::Budget {
        expanded_bytes_left: 1 << 20,
        work_left: 100_000,
        derivation_left: 1_000,
        members_left: 20,
        ..sekisho_content::Budget::default()
    }
}
