//! Any bytes → a report or none, added up, without a panic and inside the limits. A report that is cut never counts more than
//! the whole of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_sender::reports::{Filter, Known, Picture, Report, failure, read};

fuzz_target!(|bytes: &[u8]| {
    let whole = read(bytes);
    let cut = read(&bytes[..bytes.len() / 2]);
    if let (Some(Report::Aggregate(whole)), Some(Report::Aggregate(cut))) = (&whole, &cut) {
        assert!(cut.records <= whole.records + 1);
    }
    let mut picture = Picture::new(Known::new(["news.example".to_owned(), "192.0.2.0/24".to_owned()]), Filter::default());
    let failure = failure::read(bytes, None);
    for report in [whole, cut, Some(Report::Failure(Box::new(failure)))].into_iter().flatten() {
        picture.add(report);
    }
    for domain in picture.domains() {
        assert!(domain.passed.saturating_add(domain.passed_on) <= domain.sums.messages);
    }
    let _ = picture.transport();
});
