//! What reading in confined children costs a mail, beside reading in this process: CPU of parent and children together.

use std::fs;
use std::hint::black_box;
use std::thread;
use std::time::Duration;

use sekisho_mail::Limits;
use sekisho_reader::{Patience, Pool, Wishes};
use sekisho_testing::corpus;

/// The word by which this program becomes a reader.
pub(crate) const READER: &str = "reader";

/// Passes over the set, one after the other; the clock of processes has steps of 10 ms.
const PASSES: u32 = 3;

/// More than this a mail breaks the promise, in milliseconds of CPU.
const COST_MS_MAX: f64 = 0.3;

/// Prints milliseconds of CPU a mail both ways, and the difference.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let mails = corpus::labelled().map_err(|error| error.to_string())?;
    let limits = Limits::default();
    let here = used(|| {
        for mail in &mails {
            drop(black_box(sekisho_mail::read(&mail.bytes, &limits)));
        }
        Ok(())
    })?;
    let mut confinement = None;
    let there = used(|| {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let pool = Pool::new(program, &[READER], Patience::default()).map_err(|error| error.to_string())?;
        let wishes = Wishes::default();
        for mail in &mails {
            black_box(pool.mail(&mail.bytes, &wishes).map_err(|error| error.to_string())?);
        }
        confinement = pool.confinement().ok();
        Ok(())
    })?;
    let a_mail = |seconds: f64| seconds * 1_000.0 / (mails.len() as f64 * f64::from(PASSES));
    let cost = a_mail(there - here);
    println!("{} mails, CPU a mail in ms, parent and children together, {PASSES} passes", mails.len());
    println!("read in this process        {:.3}", a_mail(here));
    println!("read by confined children   {:.3}", a_mail(there));
    println!("cost of the pool            {cost:.3}   (promised: under {COST_MS_MAX})");
    if let Some(confinement) = confinement {
        println!("confined by: {confinement:?}");
    }
    println!("{{\"messages\":{},\"pool_cpu_ms_a_message\":{cost:.4}}}", mails.len());
    let broken = cost >= COST_MS_MAX;
    Ok(broken.then(|| format!("the pool costs {cost:.3} ms a mail")).into_iter().collect())
}

/// Seconds of CPU of this process and its ended children, all passes together.
fn used(mut pass: impl FnMut() -> Result<(), String>) -> Result<f64, String> {
    let before = cpu_seconds()?;
    for _ in 0..PASSES {
        pass()?;
    }
    // A child's time is counted once it has ended and was waited for.
    thread::sleep(Duration::from_millis(500));
    Ok(cpu_seconds()? - before)
}

/// User and system time of this process and its children (proc(5), `stat`, fields 14 to 17), in ticks of 10 ms.
fn cpu_seconds() -> Result<f64, String> {
    const TICKS_A_SECOND: f64 = 100.0;
    let path = "/proc/self/stat";
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    // The name of the program, in brackets, may hold spaces.
    let behind_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields = behind_name.split_whitespace().skip(11).take(4);
    let ticks: Option<Vec<f64>> = fields.map(|field| field.parse().ok()).collect();
    match ticks {
        Some(ticks) if ticks.len() == 4 => Ok(ticks.iter().sum::<f64>() / TICKS_A_SECOND),
        _ => Err(format!("{path}: no times")),
    }
}
