//! Mails named, or a day → forgotten, with everything that was learned of them.

use std::process::ExitCode;

use sekisho_store::Store;

use crate::flags::Learn;
use crate::memory;
use crate::scan::{EXIT_FOUND, EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::{either, harmless};

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// Forgets. Exit status 1 where a mail named is not remembered.
pub fn run(learn: &Learn, store: &mut Store, setup: &Setup) -> ExitCode {
    let lang = setup.lang;
    let mut forgotten = 0;
    let mut missing = false;
    for name in &learn.unlearn {
        let name = name.trim().trim_start_matches('<').trim_end_matches('>');
        match store.unlearn_named(name, learn.mailbox.as_ref()) {
            Ok(0) => {
                missing = true;
                let name = harmless(name);
                terminal::complain(&either(
                    lang,
                    format!(
                        "{name}: このメールは学習されていません。Message-ID か、scan --json の mail.key を指定してください"
                    ),
                    format!(
                        "{name}: no such mail was learned; name its Message-ID, or mail.key of scan --json"
                    ),
                ));
            }
            Ok(count) => forgotten += count,
            Err(error) => return refused(&memory::words(&error, lang)),
        }
    }
    if let Some(day) = learn.unlearn_since {
        match store.unlearn_since(i64::from(day.0) * DAY_SECONDS, learn.mailbox.as_ref()) {
            Ok(count) => forgotten += count,
            Err(error) => return refused(&memory::words(&error, lang)),
        }
    }
    if learn.json {
        let _ = terminal::print(&format!("{{\"schema\":\"sekisho.unlearned/1\",\"mails\":{forgotten}}}\n"));
    } else if setup.speech == Speech::Full {
        let words = either(
            lang,
            format!("{forgotten} 通から学習したことを忘れました。"),
            format!(
                "{forgotten} {} forgotten, with what was learned of {}.",
                if forgotten == 1 { "mail" } else { "mails" },
                if forgotten == 1 { "it" } else { "them" }
            ),
        );
        let _ = terminal::print(&setup.page.paragraph("", &words));
    }
    ExitCode::from(if missing { EXIT_FOUND } else { EXIT_NOTHING })
}

fn refused(line: &str) -> ExitCode {
    terminal::complain(line);
    ExitCode::from(EXIT_UNUSABLE)
}
