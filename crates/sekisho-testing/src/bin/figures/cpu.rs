//! CPU a mail on the labelled set: reading, judging and writing the case, beside mail-parser alone on the same bytes.

use std::hint::black_box;

use rustix::time::{ClockId, clock_gettime};
use sekisho_judge::lists::Lists;
use sekisho_judge::{Case, Input, Judged, Policy, Profile, Source, judge};
use sekisho_testing::corpus;

use crate::judging::{Court, TODAY};

/// Passes over the set that are counted, after one that is not.
const PASSES: u32 = 3;

/// Prints milliseconds of CPU a mail and the ratios, in one run on one thread.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let court = Court::new()?;
    let policy = Policy::built_in(Profile::Balanced).map_err(|error| error.to_string())?;
    let mails = corpus::labelled().map_err(|error| error.to_string())?;
    let parser = mail_parser::MessageParser::default();
    let parsed = timed(|| mails.iter().for_each(|mail| drop(black_box(parser.parse(&mail.bytes)))));
    let read = timed(|| mails.iter().for_each(|mail| drop(black_box(court.read(&mail.bytes)))));
    let whole = timed(|| mails.iter().for_each(|mail| drop(black_box(case(&court, &policy, &mail.bytes)))));
    let a_mail = |seconds: f64| seconds * 1_000.0 / mails.len() as f64;
    println!("{} mails, CPU a mail in ms, one thread, {PASSES} passes after one to warm up", mails.len());
    println!("mail-parser alone, parsed            {:.4}", a_mail(parsed));
    println!(
        "sekisho, read                        {:.4}   {:.2} times mail-parser",
        a_mail(read),
        read / parsed
    );
    println!(
        "sekisho, read, judged, case as JSON  {:.4}   {:.2} times mail-parser",
        a_mail(whole),
        whole / parsed
    );
    println!("{{\"messages\":{},\"cpu_ms_a_message\":{:.4}}}", mails.len(), a_mail(whole));
    Ok(Vec::new())
}

/// The case of one mail as `scan --json` prints it.
fn case(court: &Court, policy: &Policy, bytes: &[u8]) -> String {
    let message = court.read(bytes);
    let facts = sekisho_facts::Facts::default();
    let input = Input::new(&message, &facts, &court.own, Lists::built_in(), TODAY);
    let judgement = judge(&input, policy);
    let source = Source { channel: "file", path: String::new(), index: None, mailbox: None, direction: "in" };
    let judged = Judged { id: String::new(), judged_at: String::new(), source };
    serde_json::to_string(&Case::new(judged, &input, &judgement, policy)).unwrap_or_default()
}

/// Seconds of CPU of one pass, the mean of the counted ones.
fn timed(mut pass: impl FnMut()) -> f64 {
    pass();
    let before = thread_cpu_seconds();
    for _ in 0..PASSES {
        pass();
    }
    (thread_cpu_seconds() - before) / f64::from(PASSES)
}

/// CPU that this thread has used, in seconds.
pub(crate) fn thread_cpu_seconds() -> f64 {
    let used = clock_gettime(ClockId::ThreadCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 / 1e9
}
