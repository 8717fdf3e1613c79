//! Numbered work on several threads → its results in the order of the numbers, as soon as each is next.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

/// Results beyond so many do not wait for a slow one before them: the threads wait instead, and memory stays bounded.
const AHEAD_MAX: usize = 256;

/// Hands every number below `count` to `work` on `threads` threads, and the results to `print` in order. `print` may end the
/// run by `Break`.
pub fn run<R: Send>(
    threads: usize,
    count: usize,
    work: impl Fn(usize) -> R + Sync,
    mut print: impl FnMut(R) -> ControlFlow<()>,
) {
    let next = AtomicUsize::new(0);
    let printed = Mutex::new(0_usize);
    let moved = Condvar::new();
    let (results, done) = mpsc::channel();
    thread::scope(|scope| {
        let mut started = 0;
        for _ in 0..threads {
            let (next, printed, moved, work, results) = (&next, &printed, &moved, &work, results.clone());
            let body = move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let far = |printed: &mut usize| number >= printed.saturating_add(AHEAD_MAX);
                    let guard = printed.lock().unwrap_or_else(PoisonError::into_inner);
                    drop(moved.wait_while(guard, far).unwrap_or_else(PoisonError::into_inner));
                    if results.send((number, work(number))).is_err() {
                        break;
                    }
                }
            };
            started += usize::from(thread::Builder::new().spawn_scoped(scope, body).is_ok());
        }
        drop(results);
        if started == 0 {
            // No thread is to be had: everything is done here, one after another.
            let _ = (0..count).try_for_each(|number| print(work(number)));
            return;
        }
        let mut waiting = BTreeMap::new();
        let mut wanted = 0;
        for (number, result) in done {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&wanted) {
                wanted += 1;
                let ends = print(result).is_break();
                *printed.lock().unwrap_or_else(PoisonError::into_inner) =
                    if ends { usize::MAX } else { wanted };
                moved.notify_all();
                if ends {
                    next.store(count, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn order_is_kept_and_memory_bounded() {
        let ahead = AtomicUsize::new(0);
        let printed = AtomicUsize::new(0);
        let mut seen = Vec::new();
        run(
            8,
            2_000,
            |number| {
                let far = number.saturating_sub(printed.load(Ordering::Relaxed));
                ahead.fetch_max(far, Ordering::Relaxed);
                let pause = if number == 0 { 50_000 } else { number as u64 % 7 * 10 };
                thread::sleep(Duration::from_micros(pause));
                number
            },
            |number| {
                seen.push(number);
                printed.store(number + 1, Ordering::Relaxed);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, (0..2_000).collect::<Vec<_>>());
        assert!(ahead.load(Ordering::Relaxed) <= AHEAD_MAX);
    }

    #[test]
    fn the_printer_may_end_the_run() {
        let mut seen = 0;
        run(
            4,
            usize::MAX - 1,
            |number| number,
            |_| {
                seen += 1;
                if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 10);
    }
}
