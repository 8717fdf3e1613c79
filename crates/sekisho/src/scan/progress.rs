//! How many mails were judged so far, on a terminal only.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::setup::{Setup, Speech};
use crate::words::either;

/// A running number on standard error, or nothing.
pub struct Progress(Option<ProgressBar>);

/// How often the number is drawn anew.
const TICK: Duration = Duration::from_millis(200);

impl Progress {
    /// Starts counting, where somebody watches.
    pub fn start(setup: &Setup) -> Self {
        Self::counting(
            setup,
            either(setup.lang, "{spinner} {pos} 通を判定しました", "{spinner} {pos} mails judged"),
        )
    }

    /// The same with other words.
    pub fn counting(setup: &Setup, template: &str) -> Self {
        if setup.speech == Speech::Quiet || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Self(Some(bar))
    }

    /// One more.
    pub fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    /// Does something with the number out of the way.
    pub fn aside<R>(&self, act: impl FnOnce() -> R) -> R {
        match &self.0 {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }

    /// Takes the number away.
    pub fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
