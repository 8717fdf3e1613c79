//! A stream of inputs → worked on by several threads → results in the order of the input, with bounded memory.
//!
//! The reader waits while too much is on its way, so an input of any size needs no more memory than a small one.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use crate::files::{Met, Sink};

/// Bytes of input on their way at a time, unless a single input is larger. A mail in work takes some times its size.
const BYTES_IN_FLIGHT_MAX: usize = 16 * 1024 * 1024;

/// Inputs on their way at a time: enough that neither a slow mail nor whoever takes some thousand results at once leaves the threads idle.
const INPUTS_IN_FLIGHT_MAX: usize = 2_048;

/// Stack of a worker. Trees of mails are bounded in depth, and this holds many times the deepest one.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// The name of the worker threads; a panic in one is told as a line of its own, without the runtime's message.
const WORKER: &str = "judge";

/// Hands everything `walk` meets to `work` on `threads` threads, and the results to `print` in the order of the input.
/// `print` may end the run by `Break`.
pub fn run<R: Send>(
    threads: usize,
    walk: impl FnOnce(&mut Sink<'_>) -> ControlFlow<()> + Send,
    work: impl Fn(Met) -> R + Sync,
    mut print: impl FnMut(R) -> ControlFlow<()>,
) {
    silence_workers();
    let budget = Budget::default();
    let (jobs_in, jobs_out) = mpsc::channel();
    let (results_in, results_out) = mpsc::channel();
    let jobs_out = Mutex::new(jobs_out);
    thread::scope(|scope| {
        let mut workers = 0;
        for _ in 0..threads {
            let results_in = results_in.clone();
            let (jobs_out, work) = (&jobs_out, &work);
            let started = thread::Builder::new()
                .name(WORKER.to_owned())
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, move || work_on(jobs_out, &results_in, work));
            match started {
                Ok(_) => workers += 1,
                Err(_) => break,
            }
        }
        drop(results_in);
        if workers == 0 {
            // No thread is to be had: everything is done here, one after another.
            let _ = walk(&mut |met| print(work(met)));
            return;
        }
        let budget = &budget;
        scope.spawn(move || read(walk, budget, &jobs_in));
        in_order(results_out, budget, &mut print);
    });
}

/// One input on its way.
struct Job {
    number: u64,
    weight_bytes: usize,
    met: Met,
}

/// One result on its way.
struct Done<R> {
    number: u64,
    weight_bytes: usize,
    result: R,
}

fn read(walk: impl FnOnce(&mut Sink<'_>) -> ControlFlow<()>, budget: &Budget, jobs: &Sender<Job>) {
    let mut number = 0;
    let _ = walk(&mut |met| {
        let weight_bytes = match &met {
            Met::Mail(mail) => mail.bytes.len(),
            Met::File(file) => file.bytes.len(),
            Met::Problem(_) | Met::NotMail => 0,
        };
        budget.take(weight_bytes)?;
        let job = Job { number, weight_bytes, met };
        number += 1;
        match jobs.send(job) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
}

fn work_on<R>(jobs: &Mutex<Receiver<Job>>, results: &Sender<Done<R>>, work: impl Fn(Met) -> R) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { break };
        let done = Done { number: job.number, weight_bytes: job.weight_bytes, result: work(job.met) };
        if results.send(done).is_err() {
            break;
        }
    }
}

/// Puts the results back into the order of the input. How many can wait is bounded by what may be on its way.
fn in_order<R>(results: Receiver<Done<R>>, budget: &Budget, print: &mut impl FnMut(R) -> ControlFlow<()>) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for done in results {
        waiting.insert(done.number, done);
        while let Some(done) = waiting.remove(&next) {
            next += 1;
            budget.give_back(done.weight_bytes);
            if print(done.result).is_break() {
                budget.close();
                return;
            }
        }
    }
}

/// How much is on its way.
#[derive(Default)]
struct Budget {
    state: Mutex<InFlight>,
    changed: Condvar,
}

#[derive(Default)]
struct InFlight {
    bytes: usize,
    inputs: usize,
    closed: bool,
}

impl Budget {
    /// Waits until there is room. `Break` where nobody prints any more.
    fn take(&self, weight_bytes: usize) -> ControlFlow<()> {
        let full = |state: &mut InFlight| {
            let too_much =
                state.bytes + weight_bytes > BYTES_IN_FLIGHT_MAX || state.inputs >= INPUTS_IN_FLIGHT_MAX;
            !state.closed && state.inputs > 0 && too_much
        };
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.changed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return ControlFlow::Break(());
        }
        state.bytes += weight_bytes;
        state.inputs += 1;
        ControlFlow::Continue(())
    }

    fn give_back(&self, weight_bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.bytes = state.bytes.saturating_sub(weight_bytes);
        state.inputs = state.inputs.saturating_sub(1);
        drop(state);
        self.changed.notify_one();
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_one();
    }
}

/// A fault in the judge costs one mail and is told as a line of its own; the runtime's message would stand in between.
fn silence_workers() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(WORKER) {
            usual(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::RawMail;

    fn mails(count: u64, bytes: usize) -> impl FnOnce(&mut Sink<'_>) -> ControlFlow<()> {
        move |sink| {
            for index in 0..count {
                sink(Met::Mail(RawMail {
                    path: String::new(),
                    index: Some(index),
                    purpose: None,
                    is_whole: true,
                    bytes: vec![0; bytes],
                }))?;
            }
            ControlFlow::Continue(())
        }
    }

    fn index(met: Met) -> u64 {
        let Met::Mail(mail) = met else { panic!("only mails were sent") };
        // Later inputs finish first now and then.
        thread::sleep(std::time::Duration::from_micros(mail.index.unwrap() % 7 * 50));
        mail.index.unwrap()
    }

    #[test]
    fn order_is_kept_whatever_finishes_first() {
        for (count, bytes, threads) in
            [(2_000, 1, 8), (20, BYTES_IN_FLIGHT_MAX / 3, 4), (3, BYTES_IN_FLIGHT_MAX + 1, 2), (0, 0, 1)]
        {
            let mut seen = Vec::new();
            run(threads, mails(count, bytes), index, |number| {
                seen.push(number);
                ControlFlow::Continue(())
            });
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_printer_may_end_the_run() {
        let mut seen = 0;
        run(4, mails(u64::MAX, 1_000), index, |_| {
            seen += 1;
            if seen == 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(seen, 100);
    }
}
