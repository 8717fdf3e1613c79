//! What the memory says about a mail → lines for people: who the sender is to us, whose names it shows, whose conversation it quotes.
//!
//! Of a conversation that only other mailboxes hold, neither names and addresses nor days are shown: they are for those who took part.

use sekisho_facts::{
    Answered, Contact, Exception, HeldBy, Learned, NameKind, NamePlace, Quoted, Region, Relations, ShownName,
    Standing, Tie,
};
use sekisho_judge::{Lang, foreign};
use sekisho_store::COUNTED_MAX;

use crate::days;
use crate::terminal::cut;
use crate::words::{either, harmless, harmless_address};

/// Of one kind, so many are told.
const TOLD_MAX: usize = 3;
/// So many names of a contact, and so many parties of a conversation, are named.
const NAMED_MAX: usize = 5;

/// Columns of a stranger's words.
const WORDS_COLUMNS: usize = 48;

/// The lines, the sender's first.
pub fn lines(relations: &Relations, lang: Lang) -> Vec<String> {
    let mut lines = vec![sender(relations, lang)];
    lines.extend(relations.names.iter().take(TOLD_MAX).filter_map(|name| name_line(name, lang)));
    lines.extend(relations.quoted.iter().take(TOLD_MAX).map(|quoted| quoted_line(quoted, lang)));
    lines.extend(relations.answered.iter().take(TOLD_MAX).map(|answered| answered_line(answered, lang)));
    lines.extend(relations.exceptions.iter().take(TOLD_MAX).map(|exception| exception_line(exception, lang)));
    lines
}

/// How far a contact is trusted, in words.
pub fn standing(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Met => either(lang, "届いたことがあるだけの相手", "has only written to us"),
        Standing::Answered => either(lang, "返信したことがある相手", "answered by us"),
        Standing::Historic => either(lang, "以前からやり取りのある相手", "correspondent of old"),
        Standing::Known => either(lang, "やり取りのある相手", "correspondent"),
        Standing::Confirmed => either(lang, "担当者が確認した相手", "confirmed by a person"),
    }
}

/// The days between which a contact was seen.
pub fn days_seen(from_at: i64, until_at: i64, lang: Lang) -> String {
    let (from, until) = (days::shown(from_at), days::shown(until_at));
    match from == until {
        true => from,
        false => either(lang, format!("{from} から {until} まで"), format!("{from} to {until}")),
    }
}

/// A number of mails of one contact, as far as the memory counts.
pub fn mails(count: u32, lang: Lang) -> String {
    match (count < COUNTED_MAX, lang) {
        (true, Lang::Ja) => format!("{count} 通"),
        (true, Lang::En) => count.to_string(),
        (false, Lang::Ja) => "1,000 通以上".to_owned(),
        (false, Lang::En) => "1,000 or more".to_owned(),
    }
}

/// Addresses with a bound, each harmless.
pub fn parties(parties: &[String], total: usize, lang: Lang) -> String {
    let mut named: Vec<String> =
        parties.iter().take(NAMED_MAX).map(|party| harmless_address(party)).collect();
    let more = total.saturating_sub(named.len());
    if more > 0 {
        named.push(either(lang, format!("ほか {more} 名"), format!("{more} more")));
    }
    named.join(either(lang, "、", ", "))
}

fn sender(relations: &Relations, lang: Lang) -> String {
    let Some(contact) = &relations.sender else {
        return match relations.mailbox {
            Learned::Enough => either(
                lang,
                "このアドレスとのやり取りは、これまでありません",
                "nothing was ever written to or received from this address",
            ),
            Learned::TooLittle => either(
                lang,
                "このアドレスとのやり取りは見当たりません（受信者のメールの学習がまだ足りないため、初めてかどうかは分かりません）",
                "nothing is remembered of this address (too little of the receiver's mail is learned to say that it is new)",
            ),
        }
        .to_owned();
    };
    let days = days_seen(contact.first_at, contact.last_at, lang);
    let (received, sent) = (mails(contact.received, lang), mails(contact.sent, lang));
    let standing = standing(contact.standing, lang);
    let names = names(contact, lang);
    let names = match names.is_empty() {
        true => String::new(),
        false => either(lang, format!("。表示名: {names}"), format!("; shown as {names}")),
    };
    either(
        lang,
        format!("{standing}です（{days}、受信 {received}、送信 {sent}{names}）"),
        format!("{standing} ({days}, {received} received, {sent} sent{names})"),
    )
}

fn names(contact: &Contact, lang: Lang) -> String {
    let names = contact.names.iter().take(NAMED_MAX).map(|name| foreign(&cut(name, WORDS_COLUMNS), lang));
    names.collect::<Vec<_>>().join(either(lang, "、", ", "))
}

/// Whose name is shown. A name of nobody says nothing, and for whose domain the sender's may be taken is for the finding to say.
fn name_line(shown: &ShownName, lang: Lang) -> Option<String> {
    let owner = shown.belongs_to.first().filter(|_| shown.kind != NameKind::Domain)?;
    let (name, address) = (foreign(&cut(&shown.name, WORDS_COLUMNS), lang), harmless_address(&owner.address));
    let place = match shown.place {
        NamePlace::Sender => either(lang, "差出人", "sender"),
        NamePlace::Signature => either(lang, "署名", "signature"),
        NamePlace::Opening => either(lang, "本文の名乗り", "opening"),
        NamePlace::Subject => either(lang, "件名", "subject"),
        NamePlace::Quotation => either(lang, "引用", "quotation"),
    };
    let tie = match shown.tie {
        Tie::None => either(
            lang,
            "このメールの差出人アドレスと結び付くものはありません",
            "nothing ties it to the address of this mail",
        ),
        Tie::Disputed => either(
            lang,
            "このメールの差出人アドレスも同じ名前を名乗ったことがありますが、確かめられていません",
            "the address of this mail has claimed it before, and nobody confirmed that",
        ),
        Tie::Announced => either(
            lang,
            "このメールの差出人アドレスは、ご本人からの知らせか担当者の確認で結び付いています",
            "the address of this mail was announced by its owner, or confirmed by a person",
        ),
        Tie::Colleague => either(
            lang,
            "このメールの差出人アドレスと同じ組織です",
            "the address of this mail is of the same organisation",
        ),
        Tie::Namesake => either(
            lang,
            "このメールの差出人アドレスとも、以前から同じ名前でやり取りがあります",
            "the address of this mail is a correspondent of old by the same name",
        ),
    };
    let abused = match shown.abused_lately {
        0 => String::new(),
        number => either(
            lang,
            format!("。最近、別のアドレスからこの名前を名乗るメールがほかに {number} 通あります"),
            format!("; {number} other mails of the last days showed it from other addresses"),
        ),
    };
    Some(either(
        lang,
        format!("{place}の{name}は、いつもは {address} の方です。{tie}{abused}"),
        format!("{name} ({place}) usually writes from {address}; {tie}{abused}"),
    ))
}

fn quoted_line(quoted: &Quoted, lang: Lang) -> String {
    let sender = took_part(quoted.sender_was_party, quoted.sender_may_know, lang);
    let excerpt = foreign(&cut(&quoted.excerpt, WORDS_COLUMNS), lang);
    let place = match quoted.region {
        Region::Quotation => either(lang, "引用", "the quotation"),
        Region::Unmarked => either(lang, "本文の", "in the text,"),
    };
    match quoted.held_by {
        HeldBy::Receiver => {
            let parties = parties(&quoted.parties, quoted.parties_total as usize, lang);
            let days = days_seen(quoted.from_at, quoted.until_at, lang);
            either(
                lang,
                format!("{place}{excerpt}は、{}やり取りです（{days}）。{sender}", named(&parties, "", " の")),
                format!(
                    "{place} {excerpt} is of a conversation{} ({days}); {sender}",
                    named(&parties, " of ", "")
                ),
            )
        }
        HeldBy::Others => either(
            lang,
            format!("{place}{excerpt}は、組織内のほかの方のやり取りです。{sender}"),
            format!("{place} {excerpt} is of somebody else's conversation in your organisation; {sender}"),
        ),
    }
}

fn answered_line(answered: &Answered, lang: Lang) -> String {
    let sender = took_part(answered.sender_was_party, answered.sender_may_know, lang);
    let line = match answered.held_by {
        HeldBy::Receiver => own_answered_line(answered, lang),
        HeldBy::Others if answered.is_ours => either(
            lang,
            "組織内のほかの方が送ったメールへの返信の形です".to_owned(),
            "it says that it answers a mail that somebody else in your organisation sent".to_owned(),
        ),
        HeldBy::Others => either(
            lang,
            "組織内のほかの方に届いたメールへの返信の形です".to_owned(),
            "it says that it answers a mail that somebody else in your organisation received".to_owned(),
        ),
    };
    either(lang, format!("{line}。{sender}"), format!("{line}; {sender}"))
}

/// The parties with what stands around them; nothing where none of them may be told.
fn named(parties: &str, before: &str, after: &str) -> String {
    if parties.is_empty() { String::new() } else { format!("{before}{parties}{after}") }
}

/// That it answers a mail of the receiver's own mailbox.
fn own_answered_line(answered: &Answered, lang: Lang) -> String {
    let day = days::shown(answered.at);
    let parties = parties(&answered.parties, answered.parties.len(), lang);
    match answered.is_ours {
        true => either(
            lang,
            format!("こちらから {day} に送ったメール{}への返信の形です", named(&parties, "（", "）")),
            format!("it says that it answers a mail that we sent on {day}{}", named(&parties, " (of ", ")")),
        ),
        false => either(
            lang,
            format!("{day} に届いたメール{}への返信の形です", named(&parties, "（", "）")),
            format!(
                "it says that it answers a mail that we received on {day}{}",
                named(&parties, " (of ", ")")
            ),
        ),
    }
}

fn took_part(was_party: bool, may_know: bool, lang: Lang) -> &'static str {
    match (was_party, may_know) {
        (true, _) => either(lang, "差出人は、そのやり取りの当事者です", "the sender took part in it"),
        (false, true) => either(
            lang,
            "差出人は当事者ではありませんが、知っていてもおかしくありません（新しいアドレスの知らせ、メーリングリスト、転送）",
            "the sender did not take part, and may know it (an announced address, a list, a forwarding)",
        ),
        (false, false) => {
            either(lang, "差出人は、そのやり取りの当事者ではありません", "the sender did not take part in it")
        }
    }
}

fn exception_line(exception: &Exception, lang: Lang) -> String {
    let (id, until) = (exception.id, days::last_before(exception.until_at));
    let (sender, author, reason) =
        (harmless_address(&exception.sender), harmless(&exception.author), harmless(&exception.reason));
    either(
        lang,
        format!(
            "例外 {id} の対象です（{sender}、{until} まで、決めた人: {author}、理由: {reason}）。差出人の認証が通ったときだけ働きます"
        ),
        format!(
            "covered by exception {id} ({sender}, until {until}, by {author}: {reason}); it counts only while the sender authenticates"
        ),
    )
}

#[cfg(test)]
mod tests {

    use super::*;

    fn yamada() -> Contact {
        Contact {
            address: "yamada@partner.example".to_owned(),
            names: vec!["山田 太郎".to_owned()],
            standing: Standing::Known,
            received: 3,
            sent: 2,
            first_at: 1_791_158_400,
            last_at: 1_791_504_000,
            ..Contact::default()
        }
    }

    fn quoted(held_by: HeldBy) -> Quoted {
        Quoted {
            excerpt: "早速のご返信をありがとう".to_owned(),
            region: Region::Quotation,
            weight: 900,
            weight_of_language: 900,
            parties: vec!["suzuki@midori.example".to_owned(), "yamada@partner.example".to_owned()],
            parties_total: 2,
            held_by,
            sender_was_party: false,
            sender_may_know: false,
            sender_was_prompt: false,
            from_at: 1_791_158_400,
            until_at: 1_791_158_400,
        }
    }

    fn answered(is_ours: bool) -> Answered {
        Answered {
            message_id: "1@partner.example".to_owned(),
            is_ours,
            held_by: HeldBy::Others,
            parties: vec!["suzuki@midori.example".to_owned(), "yamada@partner.example".to_owned()],
            at: 1_791_158_400,
            sender_was_party: false,
            sender_may_know: false,
            sender_was_prompt: false,
        }
    }

    #[test]
    fn a_name_and_a_conversation_that_are_not_the_senders_are_told() {
        let name = ShownName {
            name: "山田 太郎".to_owned(),
            place: NamePlace::Sender,
            kind: NameKind::Person,
            belongs_to: vec![yamada()],
            tie: Tie::None,
            shown_beside: 0,
            abused_lately: 2,
        };
        let relations = Relations {
            mailbox: Learned::Enough,
            names: vec![name],
            quoted: vec![quoted(HeldBy::Receiver)],
            ..Relations::default()
        };
        let [sender, name, quotation] = lines(&relations, Lang::Ja).try_into().unwrap();
        assert_eq!(sender, "このアドレスとのやり取りは、これまでありません");
        assert!(
            name.starts_with("差出人の「山田 太郎」は、いつもは yamada@partner.example の方です"),
            "{name}"
        );
        assert!(name.ends_with("ほかに 2 通あります"), "{name}");
        assert!(
            quotation.contains("suzuki@midori.example、yamada@partner.example のやり取り"),
            "{quotation}"
        );
        assert!(quotation.ends_with("当事者ではありません"), "{quotation}");
    }

    #[test]
    fn what_nothing_marks_is_not_called_a_quotation() {
        let unmarked = Quoted { region: Region::Unmarked, ..quoted(HeldBy::Receiver) };
        for (lang, begins) in [(Lang::Ja, "本文の「早速の"), (Lang::En, "in the text, “早速の")] {
            let line = quoted_line(&unmarked, lang);
            assert!(line.starts_with(begins), "{line}");
        }
    }

    #[test]
    fn who_wrote_with_whom_elsewhere_is_not_told() {
        let relations = Relations {
            quoted: vec![quoted(HeldBy::Others)],
            answered: vec![answered(true), answered(false)],
            ..Relations::default()
        };
        for lang in [Lang::Ja, Lang::En] {
            let all = lines(&relations, lang).concat();
            assert!(!all.contains("suzuki@") && !all.contains("yamada@"), "{all}");
            assert!(!all.contains("2026"), "not even when: {all}");
        }
    }

    #[test]
    fn where_the_memory_stopped_counting_that_is_said() {
        let frequent = Contact { received: 1_000, sent: 999, ..yamada() };
        let relations = Relations { sender: Some(frequent), ..Relations::default() };
        for (lang, expected) in
            [(Lang::Ja, "受信 1,000 通以上、送信 999 通"), (Lang::En, "1,000 or more received, 999 sent")]
        {
            let all = lines(&relations, lang).concat();
            assert!(all.contains(expected), "{all}");
        }
    }

    #[test]
    fn an_exception_is_told_with_the_last_day_on_which_it_holds() {
        let until = days::end_of(days::parse("2026-12-31").unwrap()) + 1;
        let exception = Exception {
            id: 1,
            sender: "@partner.example".to_owned(),
            checks: Vec::new(),
            reason: "社名の変更".to_owned(),
            author: "佐藤".to_owned(),
            made_at: 1_791_158_400,
            until_at: until,
        };
        let relations = Relations { exceptions: vec![exception], ..Relations::default() };
        for (lang, expected) in [(Lang::Ja, "2026-12-31 まで"), (Lang::En, "until 2026-12-31")] {
            let all = lines(&relations, lang).concat();
            assert!(all.contains(expected), "{all}");
        }
    }

    #[test]
    fn what_is_not_learned_is_not_called_new() {
        let relations = Relations::default();
        assert!(lines(&relations, Lang::En).concat().contains("too little"));
        let known = Relations { sender: Some(yamada()), ..Relations::default() };
        let seen = days_seen(yamada().first_at, yamada().last_at, Lang::En);
        assert_eq!(
            lines(&known, Lang::En).concat(),
            format!("correspondent ({seen}, 3 received, 2 sent; shown as “山田 太郎”)")
        );
    }

    #[test]
    fn parties_that_are_not_told_leave_no_trace() {
        let mut quoted = quoted(HeldBy::Receiver);
        quoted.parties.clear();
        quoted.parties_total = 0;
        let relations = Relations { quoted: vec![quoted], ..Relations::default() };
        assert!(lines(&relations, Lang::Ja).concat().contains("は、やり取りです（"));
        assert!(lines(&relations, Lang::En).concat().contains("is of a conversation ("));
    }

    #[test]
    fn nothing_acts_on_a_terminal() {
        let mut quoted = quoted(HeldBy::Receiver);
        quoted.excerpt = "a\u{1b}[2J".to_owned();
        quoted.parties = vec!["a\u{1b}[2J@b.example".to_owned()];
        let relations = Relations { quoted: vec![quoted], ..Relations::default() };
        assert!(!lines(&relations, Lang::Ja).concat().contains('\u{1b}'));
    }
}
