//! ZIP archives → their members: what programs of two kinds would see, what a password opens, and that damage is said.

mod behind;
mod bombs;
mod build;
mod damage;
mod differences;
mod foreign;
mod names;
mod shrunk;

use sekisho_content::{Budget, Hold, Keys, Kind, Opened, kind, open};

/// A member as a line, `name|other name size reason`, and its content.
type Seen = (String, Vec<u8>);

fn seen_as(kind: Kind, bytes: &[u8], passwords: &[&str], budget: &mut Budget) -> (Vec<Seen>, Opened) {
    let keys = Keys::new(passwords.iter().map(|password| (*password).to_owned()));
    let mut seen = Vec::new();
    let opened = open(bytes, kind, &keys, budget, &mut |member| {
        let unread = member.unread.map_or("", |unread| unread.id());
        let hold = if member.hold == Hold::Appended { "appended" } else { "" };
        let line = format!("{} {} {unread}{hold}", member.names.join("|"), member.size_bytes);
        seen.push((line.trim().to_owned(), member.bytes.to_vec()));
    });
    (seen, opened)
}

/// The members as lines, and what was not looked at as `reason:detail`.
fn listed(bytes: &[u8], passwords: &[&str]) -> (Vec<String>, Vec<String>) {
    let (seen, opened) = seen_as(kind(bytes), bytes, passwords, &mut Budget::default());
    let unread = opened.unread.iter().map(|(unread, detail)| format!("{}:{detail}", unread.id())).collect();
    (seen.into_iter().map(|(line, _)| line).collect(), unread)
}

/// Nothing was left unread.
const CLEAN: [&str; 0] = [];
