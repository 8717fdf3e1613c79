//! What forged mails must be like, and a look at them.

use super::*;
use crate::correspondence::{Size, correspondence};

const SMALL: Size = Size { threads: 200, newcomers: 8, services: 4, systems: 4 };

#[test]
fn forged_mails_are_of_every_kind_and_the_same_each_time() {
    let made = correspondence(3, SMALL);
    let all = forged(&made, 9, 300, Aim::Mixed);
    assert_eq!(all.len(), 300);
    let again = forged(&made, 9, 300, Aim::Mixed);
    assert!(all.iter().zip(&again).all(|(one, other)| one.bytes == other.bytes));
    let count = |is: &dyn Fn(&Forged) -> bool| all.iter().filter(|one| is(one)).count();
    for name in [Shown::Partner, Shown::OtherPartner, Shown::Colleague, Shown::Unknown] {
        assert!(count(&|one| one.name == name) > 10, "{name:?}");
    }
    for length in Length::ALL {
        assert!(count(&|one| one.length == length) > 10, "{length:?}");
    }
    for charset in ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"] {
        assert!(count(&|one| one.charset == charset) > 5, "{charset}");
    }
    assert!(count(&|one| one.is_threaded) > 60 && count(&|one| !one.is_threaded) > 60);
}

#[test]
fn quotations_alone_are_what_was_asked_for() {
    let made = correspondence(3, SMALL);
    for length in Length::ALL {
        let all = forged(&made, 4, 20, Aim::QuotationAlone(length, Language::English));
        assert!(all.iter().all(|one| one.is_english && one.length == length && one.bait == Bait::Nothing));
        assert!(all.len() > 5, "{length:?}: {}", all.len());
    }
}

/// `cargo test -p sekisho-testing forged_look -- --ignored --nocapture`: some mails, to be read by a person.
#[test]
#[ignore = "prints, for a person to read"]
fn a_forged_look_at_some() {
    let made = correspondence(1, SMALL);
    let limits = sekisho_mail::Limits::default();
    for one in forged(&made, 1, 25, Aim::Mixed) {
        let read = sekisho_mail::read(&one.bytes, &limits);
        let text = read.texts().next().map_or("", |(_, view)| view.text.as_str());
        let from = &read.from[0];
        println!(
            "=== {:?} {} {:?} {:?} {} {}\n{} {:?}\n{}\n\n{text}\n",
            one.name,
            one.writing,
            one.length,
            one.bait,
            one.style,
            one.charset,
            from.name,
            from.address,
            read.subject
        );
    }
}
