//! Folders of mails → how well quotations of earlier mails are found, and what strangers share: `quotations FOLDER…`.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an experiment on files that are there")]

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sekisho_mail::{Message, Request};
use sekisho_store::{Letters, Secret, Shared, fingerprints, runs};

fn main() {
    let limits = sekisho_mail::Limits::default();
    let mut paths = Vec::new();
    std::env::args().skip(1).for_each(|folder| walk(Path::new(&folder), &mut paths));
    let mut mails: Vec<Message> =
        paths.iter().map(|path| Request::new(&limits).read(&std::fs::read(path).unwrap())).collect();
    mails.sort_by_key(|mail| mail.date.as_ref().map_or(0, |date| date.unix_seconds));
    let secret = Secret::from_bytes([3; 32]);
    let mut index: HashMap<u64, Vec<(u64, u32)>> = HashMap::new();
    let mut by_id: HashMap<String, u64> = HashMap::new();
    let mut parties: Vec<HashSet<String>> = Vec::new();
    let mut found: Vec<[u32; 5]> = vec![[0; 5]; 6];
    let mut strangers: Vec<(u32, u32, bool, String)> = Vec::new();
    for mail in &mails {
        let number = parties.len() as u64;
        let mut who: HashSet<String> = HashSet::new();
        for mailbox in mail.from.iter().chain(&mail.to).chain(&mail.cc) {
            who.extend(mailbox.address.as_ref().map(|address| address.to_string().to_lowercase()));
        }
        let thread: Vec<u64> =
            mail.references.iter().chain(&mail.in_reply_to).filter_map(|id| by_id.get(id).copied()).collect();
        let mut own = String::new();
        for (_, view) in mail.texts().take(1) {
            let mut at = 0;
            for quote in &view.quotes {
                own.push_str(view.text.get(at..quote.range.start).unwrap_or_default());
                at = quote.range.end;
                let letters = Letters::of(view.text.get(quote.words.clone()).unwrap_or_default());
                let best = look(&letters, &index, &secret, |text| thread.contains(&text));
                let all = look(&letters, &index, &secret, |_| true);
                let length = letters.weight_of_language(0..letters.all().len());
                if !thread.is_empty() {
                    let class =
                        [200, 400, 600, 1200, 3000].iter().position(|limit| length < *limit).unwrap_or(5);
                    found[class][0] += 1;
                    found[class][1] += u32::from(best.is_some());
                    found[class][2] += u32::from(best.is_some_and(|(run, _)| run * 2 >= length));
                    found[class][3] += u32::from(all.is_some());
                    found[class][4] += u32::from(all.is_some_and(|(run, _)| run >= 300));
                }
            }
            own.push_str(view.text.get(at..).unwrap_or_default());
        }
        let letters = Letters::of(&own);
        let from = mail
            .from
            .first()
            .and_then(|mailbox| mailbox.address.as_ref())
            .map_or(String::new(), |a| a.to_string().to_lowercase());
        let stranger = look(&letters, &index, &secret, |text| {
            !thread.contains(&text) && !parties[text as usize].contains(&from)
        });
        if let Some((run, text)) = stranger {
            strangers.push((
                run,
                letters.weight_of_language(0..letters.all().len()),
                thread.is_empty(),
                format!("{} | {}", mail.subject, mails[text as usize].subject),
            ));
        }
        for fingerprint in fingerprints(&letters, &secret) {
            let list = index.entry(fingerprint.hash).or_default();
            if list.len() < 16 {
                list.push((number, fingerprint.start));
            }
        }
        by_id.insert(mail.message_id.clone(), number);
        parties.push(who);
    }
    println!(
        "weight of the quotation | quotations | found in the thread | half of it | found at all | run of 300"
    );
    for (class, row) in found.iter().enumerate() {
        println!("{} {row:?}", ["<200", "<400", "<600", "<1200", "<3000", "more"][class]);
    }
    println!(
        "{} mails; own text shared with mails of people they never met: {}",
        mails.len(),
        strangers.len()
    );
    for limit in [160, 300, 400, 600, 900, 1200, 2000] {
        let all = strangers.iter().filter(|row| row.0 >= limit);
        println!(
            "  run of {limit}: {} ({} outside of threads)",
            all.clone().count(),
            all.filter(|row| row.2).count()
        );
    }
    strangers.sort_by_key(|row| std::cmp::Reverse(row.0));
    for row in strangers.iter().filter(|row| row.0 < 1200).take(15) {
        println!("    {} of {}: {}", row.0, row.1, row.3.chars().take(100).collect::<String>());
    }
}

fn look(
    letters: &Letters,
    index: &HashMap<u64, Vec<(u64, u32)>>,
    secret: &Secret,
    counts: impl Fn(u64) -> bool,
) -> Option<(u32, u64)> {
    let mut shared = Vec::new();
    for here in fingerprints(letters, secret) {
        for (text, start_there) in
            index.get(&here.hash).into_iter().flatten().filter(|(text, _)| counts(*text))
        {
            shared.push(Shared { here, text: *text, start_there: *start_there });
        }
    }
    runs(letters, &shared).first().map(|run| (run.weight_of_language, run.text))
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut inside: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    inside.sort();
    for path in inside {
        if path.is_dir() { walk(&path, paths) } else { paths.push(path) }
    }
}
