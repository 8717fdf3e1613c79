//! What is found, kept and bounded, alike on SQLite and on a real PostgreSQL.

use std::path::Path;

use super::*;
use crate::database;
use crate::server::on_both;

const OURS: &str = "来週の打ち合わせの件、会議室を予約しておきました。資料は当日に配りますので、印刷の必要はありません。駐車場は建物の裏にございますので、受付でお名前をお伝えください。";
const ENGLISH: &str = "Thank you for the drawings of the second floor. The stairs look narrower than we agreed on Friday, could you check the width again? The client will visit the site on Tuesday and wants to see the railing.";
const FOOTER: &str = "This message is for the person named above alone. If it reached you by mistake, please tell the sender and delete every copy of it without reading on.";

#[test]
fn texts_are_found_on_both() {
    on_both(conforms);
}

fn conforms(url: &str, home: &Path) {
    let mut texts =
        Texts { database: database::open(url, home, &secret(), database::Access::Write).unwrap(), next: 0 };
    quotations_are_found(&mut texts);
    only_what_is_new_is_kept(&mut texts);
    what_nobody_holds_is_gone(&mut texts);
    a_phrase_takes_bounded_rows(&mut texts);
    formulas_are_no_conversation(&mut texts);
    a_million_texts_push_nothing_out(&mut texts);
    nothing_is_pushed_out_by_what_was_there_first(&mut texts);
    a_text_among_many_that_share_more_is_compared(&mut texts);
    long_texts_leave_room(&mut texts);
}

fn secret() -> Secret {
    Secret::from_bytes([1; 32])
}

struct Texts {
    database: Box<dyn Database>,
    next: i64,
}

impl Texts {
    /// Of ours, or of a contact.
    fn hold(&mut self, text: &str, held: Held, used: Option<Use>) -> i64 {
        self.hold_as(text, held, used, true)
    }

    fn strangers(&mut self, text: &str) -> i64 {
        self.hold_as(text, Held::Own, None, false)
    }

    fn hold_as(&mut self, text: &str, held: Held, used: Option<Use>, is_proven: bool) -> i64 {
        self.next += 1;
        let holder = Holder { mail: self.next, rank: Rank::Others, at: self.next, is_proven };
        let mut learning = Learning::default();
        let text = LookedAt::learned(text, &secret());
        learning.hold(self.database.as_mut(), holder, &text, held, used).unwrap();
        learning.end(self.database.as_mut()).unwrap();
        self.next
    }

    fn hold_all(
        &mut self,
        texts: impl Iterator<Item = String>,
        held: Held,
        used: impl Fn(i64) -> Option<Use>,
    ) {
        for (number, text) in (0..).zip(texts) {
            self.hold(&text, held, used(number));
        }
    }

    fn own(&mut self, text: &str) -> i64 {
        self.hold(text, Held::Own, None)
    }

    /// The text that a mail holds.
    fn text_of(&mut self, mail: i64) -> u64 {
        let sql = "SELECT text FROM holders WHERE mail = $1";
        self.database.one(sql, &[Value::Int(mail)]).unwrap().unwrap().int().unwrap() as u64
    }

    fn found(&mut self, text: &str) -> Vec<Run> {
        found(self.database.as_mut(), &secret(), Letters::of(text)).unwrap()
    }

    fn count(&mut self, table: &str) -> i64 {
        self.database.one(&format!("SELECT COUNT(*) FROM {table}"), &[]).unwrap().unwrap().int().unwrap()
    }

    /// Texts, anchors (hardly two in a row), holders and uses.
    fn counts(&mut self) -> [i64; 4] {
        ["texts", "anchors", "holders", "uses"].map(|table| self.count(table))
    }

    fn clear(&mut self) {
        self.database.begin().unwrap();
        for mail in 1..=self.next {
            let_go(self.database.as_mut(), mail).unwrap();
        }
        self.database.commit().unwrap();
        self.next = 0;
        assert_eq!(self.counts(), [0; 4]);
    }
}

fn cut(text: &str, from: usize, letters: usize) -> String {
    text.chars().skip(from).take(letters).collect()
}

/// The same words as another mail program quotes them.
fn quoted(text: &str, width: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(width).map(|line| format!("> {}\r\n", line.iter().collect::<String>())).collect()
}

/// A text of its own for every number.
fn prose(number: u64) -> String {
    const WORDS: [&str; 24] = [
        "図面", "見積", "部材", "検査", "工程", "現場", "階段", "屋根", "配管", "塗装", "窓枠", "基礎",
        "照明", "床板", "看板", "倉庫", "電源", "門扉", "足場", "断熱", "換気", "防水", "鉄骨", "外壁",
    ];
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    for _ in 0..20 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(WORDS[(state >> 33) as usize % WORDS.len()]);
        text.push(['を', 'は', 'も', 'と'][(state >> 20) as usize % 4]);
    }
    text
}

fn quotations_are_found(texts: &mut Texts) {
    texts.own(OURS);
    texts.own(ENGLISH);
    for (text, length) in [(OURS, 40), (OURS, 60), (ENGLISH, 45), (ENGLISH, 60), (ENGLISH, 120)] {
        for from in 0..text.chars().count() - length {
            let stretch = cut(text, from, length);
            for mail in [stretch.clone(), quoted(&stretch, 17), format!("{}{stretch}{}", prose(1), prose(2))]
            {
                let found = texts.found(&mail);
                let [run] = found.as_slice() else { panic!("{mail}: {found:#?}") };
                assert!(run.weight >= RUN_WEIGHT_MIN, "{mail}: {run:?}");
                assert_eq!(run.letters.len(), run.there.len(), "{mail}");
            }
        }
    }
    assert_eq!(texts.found(&prose(3)), []);
    assert_eq!(texts.found(""), []);
    texts.clear();
}

fn only_what_is_new_is_kept(texts: &mut Texts) {
    let first = texts.own(OURS);
    let [_, anchors, ..] = texts.counts();
    for width in [5, 11, 30] {
        texts.hold(&quoted(OURS, width), Held::Quoted, None);
        assert_eq!(texts.counts()[..2], [1, anchors]);
    }
    let part = texts.hold(&cut(OURS, 20, 45), Held::Quoted, None);
    assert_eq!(texts.counts(), [1, anchors, 5, 0]);
    let holders = holders_of(texts, part);
    let [Value::Int(from), Value::Int(until), Value::Int(1)] = holders[0].as_slice() else {
        panic!("{holders:?}")
    };
    assert!((15..25).contains(from) && (55..65).contains(until), "{from}..{until}");
    // New words between the quoted ones: they alone are new.
    let mixed = format!("{}\n{ENGLISH}\n{}", quoted(&cut(OURS, 0, 40), 20), quoted(&cut(OURS, 40, 40), 20));
    let english = texts.hold(&mixed, Held::Quoted, None);
    let [all, with_english, ..] = texts.counts();
    assert_eq!(all, 2);
    texts.own(ENGLISH);
    assert_eq!(texts.counts()[..2], [2, with_english]);
    assert!(holders_of(texts, english).len() >= 2);
    assert!(with_english - anchors < 30, "{with_english} of {anchors}");
    assert_eq!(holders_of(texts, first).len(), 1);
    texts.clear();
}

fn holders_of(texts: &mut Texts, mail: i64) -> Vec<Vec<Value>> {
    let mut all = Vec::new();
    let sql = "SELECT first, until, quoted FROM holders WHERE mail = $1";
    texts.database.rows(sql, &[Value::Int(mail)], &mut |row| all.push(row.to_vec())).unwrap();
    all
}

fn what_nobody_holds_is_gone(texts: &mut Texts) {
    let first = texts.own(OURS);
    texts.own(ENGLISH);
    let answer = texts.hold(&quoted(OURS, 20), Held::Quoted, None);
    let_go(texts.database.as_mut(), first).unwrap();
    assert_eq!(texts.found(OURS).len(), 1);
    let_go(texts.database.as_mut(), answer).unwrap();
    assert_eq!(texts.found(OURS), []);
    assert_eq!(texts.found(ENGLISH).len(), 1);
    texts.clear();
}

fn a_phrase_takes_bounded_rows(texts: &mut Texts) {
    let phrase = "お世話になっております。よろしくお願いいたします。";
    // Whether a phrase has an anchor depends on what stands behind it.
    for number in 0..120 {
        texts.own(&format!("{phrase}{}", prose(number)));
    }
    let most = "SELECT MAX(LENGTH(anchors)) FROM anchors";
    let most = texts.database.one(most, &[]).unwrap().unwrap().int().unwrap();
    assert_eq!(most, 3 + 4 * PLACES_MAX as i64);
    assert_eq!(texts.found(&prose(119)).len(), 1);
    texts.clear();
}

fn formulas_are_no_conversation(texts: &mut Texts) {
    let by = |user, conversation| Some(Use { user, conversation });
    let weight =
        |texts: &mut Texts, text: &str| texts.found(text).first().map_or(0, |run| run.weight_of_language);
    let footer = Letters::of(FOOTER);
    let whole = footer.weight_of_language(0..footer.all().len());
    assert!(whole > 1_000, "{whole}");
    let mail = |number: u64| format!("{}\n{FOOTER}", prose(number));
    // Nobody who counts: whoever it is, and however often.
    texts.hold_all((0..40).map(mail), Held::Own, |_| None);
    assert!(weight(texts, FOOTER) > whole * 8 / 10);
    // Many in one conversation, as with unmarked quotations: it is that conversation.
    texts.hold_all((100..109).map(mail), Held::Own, |user| by(user, 7));
    assert!(weight(texts, FOOTER) > whole * 8 / 10);
    // Quoted is not written.
    texts.hold_all((0..9).map(|_| quoted(FOOTER, 30)), Held::Quoted, |user| by(user, 10 + user));
    assert!(weight(texts, FOOTER) > whole * 8 / 10);
    let formal: Vec<i64> =
        (0..5).map(|user| texts.hold(&mail(200 + user as u64), Held::Own, by(user, 20 + user))).collect();
    assert!(weight(texts, FOOTER) < 200, "{}", weight(texts, FOOTER));
    assert!(weight(texts, &mail(203)) > 600, "what stands beside it still counts");
    for mail in formal {
        let_go(texts.database.as_mut(), mail).unwrap();
    }
    assert!(weight(texts, FOOTER) > whole * 8 / 10);
    texts.clear();
    // Somebody's own signature, in conversation after conversation; but not what another wrote.
    texts.hold_all((0..5).map(mail), Held::Own, |number| by(1, number));
    assert!(weight(texts, FOOTER) < 200);
    texts.clear();
    texts.hold(&mail(0), Held::Own, by(2, 0));
    texts.hold_all((0..5).map(mail), Held::Own, |number| by(1, 1 + number));
    assert!(weight(texts, FOOTER) > whole * 8 / 10);
    texts.clear();
}

fn a_million_texts_push_nothing_out(texts: &mut Texts) {
    const OTHERS: u64 = 1_500;
    texts.own(OURS);
    let before = texts.found(OURS);
    send_pieces(texts, OTHERS);
    assert_eq!(texts.found(OURS)[0], before[0]);
    for from in 0..30 {
        assert_eq!(texts.found(&cut(OURS, from, 45))[0].text, before[0].text);
    }
    // Letters that repeat, and as many texts as one mail can name.
    for hostile in
        ["a".repeat(200_000), "abcdefghij klm ".repeat(9_000), (0..900).map(prose).collect::<String>()]
    {
        texts.own(&hostile);
        let begun = std::time::Instant::now();
        let looked = LookedAt::learned(&hostile, &secret());
        let compared = Compared::with(texts.database.as_mut(), &mut Anchors::default(), &looked).unwrap();
        assert!(compared.runs.len() <= COMPARED_MAX * 64, "{}", compared.runs.len());
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    }
    texts.clear();
}

/// A stranger sends pieces of ours, too short to be a quotation, among words that are always new.
fn send_pieces(texts: &mut Texts, mails: u64) {
    texts.database.begin().unwrap();
    for number in 0..mails {
        let piece = cut(OURS, number as usize % 60, 18);
        let (before, behind) = (cut(&prose(number), 0, 20), cut(&prose(number + mails), 0, 20));
        texts.strangers(&format!("{before}{piece}{behind}"));
    }
    texts.database.commit().unwrap();
}

/// Of all that our text consists of, a stranger sent more texts than an anchor leads to before we wrote it. It is found all the same, and what
/// a contact wrote without proof is once we quote it.
fn nothing_is_pushed_out_by_what_was_there_first(texts: &mut Texts) {
    let is_found = |texts: &mut Texts, holder: i64, what: &str| {
        let ours = texts.text_of(holder);
        for from in 0..30 {
            let found = texts.found(&cut(OURS, from, 45));
            assert_eq!(found.first().map(|run| run.text), Some(ours), "{what}: from {from}: {found:#?}");
        }
    };
    send_pieces(texts, 600);
    let ours = texts.own(OURS);
    is_found(texts, ours, "ours");
    texts.clear();
    let contacts = texts.strangers(OURS);
    texts.hold(&quoted(OURS, 30), Held::Quoted, None);
    send_pieces(texts, 600);
    is_found(texts, contacts, "quoted by us");
    texts.clear();
}

/// A stranger fills the anchors of ours, and writes texts of which each has pieces from everywhere in a quarter of his forged mail. Then comes
/// the mail, which quotes ours as well: all his texts share more with it.
fn a_text_among_many_that_share_more_is_compared(texts: &mut Texts) {
    const QUARTER: usize = 120;
    send_pieces(texts, 600);
    let ours = texts.own(OURS);
    let ours = texts.text_of(ours);
    let words: String = (0..8).map(|at| prose(9_000 + at)).collect();
    texts.database.begin().unwrap();
    for number in 0..40 {
        let quarter = cut(&words, number % 4 * QUARTER, QUARTER);
        let between = |at: usize| cut(&prose((number * QUARTER + at) as u64), 0, 6);
        let pieces = (0..QUARTER).step_by(15).map(|at| cut(&quarter, at, 18) + &between(at));
        texts.strangers(&pieces.collect::<String>());
    }
    texts.database.commit().unwrap();
    let found = texts.found(&format!("{}\n{words}", cut(OURS, 10, 50)));
    assert!(found.iter().any(|run| run.text == ours), "{found:#?}");
    texts.clear();
}

/// A stranger's texts are as long as any, and share more with his mail than ours does.
fn long_texts_leave_room(texts: &mut Texts) {
    send_pieces(texts, 600);
    let ours = texts.own(OURS);
    let ours = texts.text_of(ours);
    let words: String = (0..8).map(|at| prose(9_000 + at)).collect();
    texts.database.begin().unwrap();
    for number in 0..5 {
        let between = |at: usize| cut(&prose((number * 480 + at) as u64), 0, 30);
        let pieces = (0..480).step_by(15).map(|at| cut(&words, at, 18) + &between(at));
        let rest = (0..1_000).map(|at| prose(100_000 * (number + 1) as u64 + at));
        texts.strangers(&pieces.chain(rest).collect::<String>());
    }
    texts.database.commit().unwrap();
    let found = texts.found(&format!("{}\n{words}", cut(OURS, 10, 50)));
    assert!(found.iter().any(|run| run.text == ours), "{found:#?}");
    texts.clear();
}
