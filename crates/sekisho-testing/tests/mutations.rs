//! The mutator: every change can be made to most mails, depends on the seed alone and leaves a readable mail.

use mail_parser::{MessageParser, MimeHeaders};
use sekisho_facts::Facts;
use sekisho_testing::Rng;
use sekisho_testing::generate::office;
use sekisho_testing::mutate::{Changed, Mail, Mutation, mutations};
use std::collections::BTreeSet;

fn mails() -> Vec<Vec<u8>> {
    office(5, 25).map(|mail| mail.bytes).collect()
}

fn changed(mutation: &Mutation, seed: u64, mail: &[u8]) -> Option<[Changed; 2]> {
    let read = Mail::parse(mail);
    let fires = mutation.fires.make(&mut Rng::new(seed), &read)?;
    let near_miss = mutation.near_miss.make(&mut Rng::new(seed), &read)?;
    Some([fires, near_miss])
}

#[test]
fn identifiers_are_many_and_distinct() {
    let ids: Vec<&str> = mutations().map(|mutation| mutation.id).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len());
    assert!(distinct.len() >= 38, "{}", distinct.len());
}

#[test]
fn every_mail_can_be_changed() {
    for mutation in mutations() {
        for (seed, mail) in mails().iter().enumerate() {
            let pair = changed(mutation, seed as u64, mail);
            let [fires, near_miss] = pair.unwrap_or_else(|| panic!("{} {seed}", mutation.id));
            let is_other = fires.bytes != *mail || fires.facts != Facts::default();
            assert!(is_other && near_miss != fires, "{} {seed}", mutation.id);
            for changed in [fires, near_miss] {
                let message = MessageParser::default().parse(&changed.bytes).expect("a message");
                assert!(message.body_text(0).is_some(), "{} {seed}", mutation.id);
            }
        }
    }
}

#[test]
fn same_seed_same_change_and_several_manners() {
    let mails = mails();
    let mail = &mails[0];
    for mutation in mutations() {
        assert!(changed(mutation, 3, mail) == changed(mutation, 3, mail), "{}", mutation.id);
        let manners: BTreeSet<String> = (0..8)
            .filter_map(|seed| changed(mutation, seed, mail).map(|[fires, _]| format!("{fires:?}")))
            .collect();
        assert!(manners.len() >= 3, "{}: {}", mutation.id, manners.len());
    }
}

#[test]
fn a_mail_comes_back_as_it_was() {
    for mail in mails() {
        assert!(sekisho_testing::mutate::Mail::parse(&mail).to_bytes().len().abs_diff(mail.len()) < 3);
    }
}

#[test]
fn an_attached_file_keeps_its_name_and_the_text_before_it() {
    let lure = mutations().find(|mutation| mutation.id == "kind-against-name").expect("it is there");
    for (seed, mail) in mails().iter().enumerate() {
        let before = Mail::parse(mail).text();
        let [fires, _] = changed(lure, seed as u64, mail).expect("can be changed");
        assert_eq!(before, Mail::parse(&fires.bytes).text());
        let message = MessageParser::default().parse(&fires.bytes).expect("a message");
        let last = message.attachments().last().expect("an attachment");
        assert!(last.attachment_name().is_some());
    }
}
