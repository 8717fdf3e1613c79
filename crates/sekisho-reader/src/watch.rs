//! Deadlines → processes killed in time. One thread looks at all of them; setting one costs a lock that nobody holds.

use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::limits::WATCH_EVERY;

/// A process that is watched.
pub(crate) struct Watched {
    state: Mutex<State>,
}

struct State {
    child: Child,
    deadline: Option<Instant>,
    late: bool,
}

impl Watched {
    pub fn new(child: Child) -> Self {
        Self { state: Mutex::new(State { child, deadline: None, late: false }) }
    }

    /// From now on it has so much time.
    pub fn allow(&self, time: Duration) {
        lock(&self.state).deadline = Some(Instant::now() + time);
    }

    /// It has answered. Whether it was in time: a late one is killed, even if its answer came.
    pub fn answered(&self) -> bool {
        let mut state = lock(&self.state);
        state.deadline = None;
        !state.late
    }

    /// Ends the process, where it has not ended, and says how it ended and whether it was late.
    pub fn end(&self) -> (Option<std::process::ExitStatus>, bool) {
        let mut state = lock(&self.state);
        let _ = state.child.kill();
        (state.child.wait().ok(), state.late)
    }

    /// How it ended by itself; its output has closed, so that it has ended or is about to.
    pub fn ended(&self) -> (Option<std::process::ExitStatus>, bool) {
        // A process that closed its output and goes on is killed when its time is over.
        loop {
            let mut state = lock(&self.state);
            match state.child.try_wait() {
                Ok(None) if state.deadline.is_some() && !state.late => {}
                Ok(None) => {
                    let _ = state.child.kill();
                    return (state.child.wait().ok(), state.late);
                }
                Ok(status) => return (status, state.late),
                Err(_) => return (None, state.late),
            }
            drop(state);
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn look(&self, now: Instant) {
        let mut state = lock(&self.state);
        if state.deadline.is_some_and(|deadline| deadline <= now) && !state.late {
            state.late = true;
            let _ = state.child.kill();
        }
    }
}

/// The thread that looks, as long as this value lives.
pub(crate) struct Watch {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    watched: Mutex<Vec<Weak<Watched>>>,
    over: Mutex<bool>,
    ended: Condvar,
}

impl Watch {
    /// Starts watching.
    ///
    /// # Errors
    /// No thread is to be had.
    pub fn start() -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let its = Arc::clone(&shared);
        thread::Builder::new().name("watch".to_owned()).spawn(move || its.run())?;
        Ok(Self { shared })
    }

    /// Watches this process too.
    pub fn over(&self, watched: &Arc<Watched>) {
        let mut all = lock(&self.shared.watched);
        all.retain(|one| one.strong_count() > 0);
        all.push(Arc::downgrade(watched));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *lock(&self.shared.over) = true;
        self.shared.ended.notify_all();
    }
}

impl Shared {
    fn run(&self) {
        let mut over = lock(&self.over);
        while !*over {
            over = self.ended.wait_timeout(over, WATCH_EVERY).unwrap_or_else(PoisonError::into_inner).0;
            let now = Instant::now();
            let all: Vec<_> = lock(&self.watched).iter().filter_map(Weak::upgrade).collect();
            all.iter().for_each(|watched| watched.look(now));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
