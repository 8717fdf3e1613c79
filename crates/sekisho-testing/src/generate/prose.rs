//! A business text → the whole letter: salutation, greeting, introduction, ending and signature.

use super::slots::Scene;
use super::texts::{Frame, From, Text, section};
use super::world::Party;
use crate::Rng;

/// The body with what the writer puts around it; `answers` when it answers an earlier mail.
pub(crate) fn letter(scene: &mut Scene, text: &Text, answers: bool) -> String {
    let body = scene.fill(&text.body);
    match (text.frame, &text.from) {
        (Frame::Raw, _) => body,
        (Frame::Signed, _) => join(&[body, signature(scene)]),
        (Frame::Full, From::Personal) => body,
        (Frame::Full, From::Foreign) => english(scene, &body),
        (Frame::Full, From::Colleague) => inside(scene, &body),
        (Frame::Full, _) if text.list.is_some() => to_list(scene, &body),
        (Frame::Full, _) => business(scene, &body, answers),
    }
}

/// What stands below a writer's mail.
pub(crate) fn signature(scene: &mut Scene) -> String {
    let mut taste = Rng::new(scene.sender.taste);
    let own = scene.sender.trade == "own";
    if !own && taste.chance(15) {
        let short = section(PROSE, "signature_short");
        return scene.fill(taste.pick::<&str>(&short));
    }
    let shapes = section(PROSE, if own { "own_signature" } else { "signature" });
    let rules = section(PROSE, "rule");
    let rule = *taste.pick(&rules);
    let lines = scene.fill(taste.pick::<&str>(&shapes)).replace('^', "\n");
    match taste.below(4) {
        0 => lines,
        1 => format!("-- \n{lines}"),
        _ => format!("{rule}\n{lines}\n{rule}"),
    }
}

/// The first line of a letter: to whom it is written.
pub(crate) fn salutation(rng: &mut Rng, receiver: &Party) -> String {
    let (company, surname) = (&receiver.company, &receiver.surname);
    if company.is_empty() {
        return format!("{surname}様");
    }
    match rng.below(8) {
        0 | 1 => format!("{company}\n{surname}様"),
        2 => format!("{company}　{surname} 様"),
        3 => format!("{company}\n{} {} 様", receiver.title, receiver.full),
        4 => format!("{surname} 様"),
        5 => format!("{surname}さん"),
        6 => format!("{company}\nご担当 {surname}様"),
        _ => format!("{surname}様"),
    }
}

const PROSE: &str = include_str!("../../texts/prose.txt");

pub(crate) fn business(scene: &mut Scene, body: &str, answers: bool) -> String {
    let greeting = salutation(&mut scene.rng, &scene.receiver);
    let opening = one_of(scene, if answers { "opening_reply" } else { "opening" });
    let introduction = if scene.sender.trade == "own" {
        scene.fill("みどり設計事務所の{sender}です。")
    } else {
        one_of(scene, "introduction")
    };
    let closing = one_of(scene, "closing");
    let head = match scene.rng.below(10) {
        0 => format!("{greeting}\n\n{opening}"),
        1 | 2 => format!("{greeting}\n\n{opening}{introduction}"),
        _ => format!("{greeting}\n\n{opening}\n{introduction}"),
    };
    let end = if scene.rng.chance(90) { closing } else { String::new() };
    let signature = signature(scene);
    join(&[head, body.to_owned(), end, signature])
}

fn to_list(scene: &mut Scene, body: &str) -> String {
    let address = *scene.rng.pick(&["みなさま\n\n", "会員のみなさま\n\n", "皆様、", ""]);
    let introduction = scene.fill("{company_short}の{sender}です。");
    let signature = signature(scene);
    join(&[format!("{address}{introduction}"), body.to_owned(), signature])
}

pub(crate) fn inside(scene: &mut Scene, body: &str) -> String {
    let address = match scene.rng.below(4) {
        0 => scene.fill("{me}さん\n\n"),
        1 => scene.fill("{me}様\n\n"),
        2 => "みなさま\n\n".to_owned(),
        _ => String::new(),
    };
    let opening = one_of(scene, "opening_inside");
    let closing = one_of(scene, "closing_inside");
    let end = if scene.rng.chance(60) { signature(scene) } else { scene.fill("{sender}") };
    join(&[format!("{address}{opening}"), body.to_owned(), closing, end])
}

fn english(scene: &mut Scene, body: &str) -> String {
    let head = match scene.rng.below(3) {
        0 => scene.fill("Dear {me_romaji}-san,"),
        1 => scene.fill("Hello {me_romaji},"),
        _ => scene.fill("Dear {me_romaji},"),
    };
    let end = *scene.rng.pick(&["Best regards,", "Kind regards,", "With best wishes,", "Many thanks,"]);
    let tail = scene.fill("{romaji}\n{title}\n{company}\nPhone {tel}\n{site}");
    join(&[head, body.to_owned(), format!("{end}\n{tail}")])
}

fn one_of(scene: &mut Scene, name: &str) -> String {
    let choices = section(PROSE, name);
    let chosen = *scene.rng.pick(&choices);
    scene.fill(chosen)
}

fn join(pieces: &[String]) -> String {
    let filled: Vec<&str> =
        pieces.iter().map(|piece| piece.trim_end()).filter(|piece| !piece.is_empty()).collect();
    filled.join("\n\n")
}
