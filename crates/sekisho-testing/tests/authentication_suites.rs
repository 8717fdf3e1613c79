//! The suites of SPF, DKIM and ARC that others wrote (`make data`), all cases passed.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use sekisho_testing::authentication::{Case, signed, spf};

#[test]
fn the_suite_of_rfc_7208() {
    holds(spf("rfc7208-tests.yml"), 203);
}

#[test]
fn the_suite_of_rfc_4408() {
    holds(spf("rfc4408-tests.yml"), 191);
}

#[test]
fn signed_mails_with_their_keys() {
    holds(signed(), 20);
}

fn holds(cases: Result<Vec<Case>, String>, count: usize) {
    let cases = match cases {
        Ok(cases) => cases,
        Err(missing) => {
            println!("not looked at: {missing}");
            return;
        }
    };
    let missed: Vec<&Case> = cases.iter().filter(|case| !case.is_passed()).collect();
    assert!(missed.is_empty(), "{} of {} missed: {missed:#?}", missed.len(), cases.len());
    assert_eq!(cases.len(), count);
}
