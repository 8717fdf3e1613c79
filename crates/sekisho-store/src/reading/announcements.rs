//! A mail's own text → the new addresses that it announces: of its sender, or of a colleague who takes over.
//!
//! An address is announced where a phrase that announces stands with it: in its own line, or in one of the two before or the one behind it.
//! Who may announce what is decided by whoever learns; a stranger's announcement is worth nothing.

use std::cell::LazyCell;

use sekisho_mail::Address;

/// Lines of own text looked at.
const LINES_MAX: usize = 400;
/// Addresses that one mail announces; a list of more is a directory.
const ADDRESSES_MAX: usize = 5;
/// Lines above an address in which the phrase may stand.
const ABOVE: usize = 2;

/// Phrases that announce by themselves.
const ANNOUNCES: &[&str] = &[
    // Japanese.
    "アドレスが変わりました",
    "アドレスが変わります",
    "アドレスが変更になりました",
    "アドレスが変更になります",
    "アドレスが変更となりました",
    "アドレスが変更となります",
    "アドレスを変更しました",
    "アドレスを変更いたしました",
    "アドレスを変更致しました",
    "アドレスを変更します",
    "アドレスを変更することになりました",
    "アドレスの変更",
    "アドレス変更",
    "アドレスが新しくなりました",
    "アドレスを新しくしました",
    "新しいアドレス",
    "新しいメールアドレス",
    "新アドレス",
    "新しい連絡先",
    "新メールアドレス",
    "変更後のアドレス",
    "変更後のメールアドレス",
    "次のアドレスに変わ",
    "下記のアドレスに変わ",
    "担当が",
    "担当者が",
    "後任",
    "引き継ぎ",
    "引継ぎ",
    "引き継ぐ",
    "転職",
    "退職",
    "移ることにな",
    "移ることとな",
    "勤めることにな",
    "勤めることとな",
    "働くことにな",
    "働くこととな",
    "仕事を始め",
    "着任",
    "転籍",
    // English.
    "my new address",
    "my new email",
    "my new e-mail",
    "our new address",
    "our new email",
    "our new e-mail",
    "new email address",
    "new e-mail address",
    "new mail address",
    "address has changed",
    "address has been changed",
    "address is changing",
    "address will change",
    "email has changed",
    "changed my email",
    "changed my e-mail",
    "changed my address",
    "be replaced by",
    "taking over from me",
    "taking over my",
    "takes over from me",
    "will take over",
    "my successor",
    "you can now reach me",
    "reach me from now on",
    "from now on please write to me",
    "from now on, please write to me",
    "please update your address book",
    "please update my",
    "i am moving to",
    "i have moved to",
    "i have joined",
    "i will be joining",
    "i am leaving",
];

/// Phrases that announce where the address itself stands between their halves, in one line: 今後は … 宛に.
const FROM_NOW_ON: &[(&[&str], &[&str])] = &[
    (
        &[
            "今後は",
            "今後の",
            "これからは",
            "以後は",
            "以降は",
            "次回から",
            "来月から",
            "明日から",
            "本日から",
            "月より",
            "日より",
            "日から",
        ],
        &[
            "宛",
            "あて",
            "へお送り",
            "にお送り",
            "へご連絡",
            "にご連絡",
            "までご連絡",
            "をお使い",
            "をご利用",
            "へお願い",
            "にお願い",
            "へ送って",
            "になります",
            "に変わります",
        ],
    ),
    (
        &["from now on", "from today", "as of ", "starting ", "in future", "effective "],
        &["write to", "use ", "send ", "reach me", "my email", "my address", "contact me"],
    ),
];

/// Phrases about a successor say it only together with a change.
const SUCCESSION: &[&str] = &["担当が", "担当者が"];
const CHANGES: &[&str] = &["代わり", "替わり", "変わり", "交代", "交替", "変更", "なりました", "なります"];

/// Phrases with which an address is named for another purpose, or that deny a change.
const OTHERWISE: &[&str] = &[
    "お問い合わせ",
    "お問合せ",
    "問合せ先",
    "お申し込み",
    "お申込み",
    "ご応募",
    "変わりません",
    "変更はありません",
    "変更ありません",
    "これまでどおり",
    "従来どおり",
    "これまで通り",
    "従来通り",
    "配信停止",
    "迷惑メール",
    "不審なメール",
    "教えてください",
    "お知らせください",
    "ご存じですか",
    "お客様",
    "会員",
    "unsubscribe",
    "has not changed",
    "have not changed",
    "did not change",
    "remains the same",
    "stays the same",
    "unchanged",
    "contact form",
    "customer",
    "support team",
    "newsletter",
    "your new",
    "what is",
    "send me your",
    "phishing",
];

/// The announced addresses, each once. `sender` is the mail's own address, which is nothing new.
pub fn announced(own_text: &str, sender: Option<&Address>) -> Vec<Address> {
    // Most mails name no other address.
    let lines: LazyCell<Vec<String>, _> =
        LazyCell::new(|| own_text.lines().take(LINES_MAX).map(folded).collect());
    let mut found: Vec<Address> = Vec::new();
    for (at, written) in own_text.lines().take(LINES_MAX).enumerate() {
        for address in addresses(written) {
            let is_new = !sender.is_some_and(|sender| sender.same_mailbox(&address))
                && !found.iter().any(|known| known.same_mailbox(&address));
            let Some(line) = is_new.then(|| lines.get(at)).flatten() else { continue };
            if is_announced(&lines, at, line) && !is_old(line, &address) {
                found.push(address);
            }
        }
        if found.len() > ADDRESSES_MAX {
            return Vec::new();
        }
    }
    found
}

fn is_announced(lines: &[String], at: usize, line: &str) -> bool {
    if has(line, OTHERWISE) {
        return false;
    }
    if announces(line) || FROM_NOW_ON.iter().any(|(begins, ends)| has(line, begins) && has(line, ends)) {
        return true;
    }
    // Above, the nearest phrases decide; a blank line in between is usual.
    let mut read = 0;
    for above in lines.get(..at).unwrap_or_default().iter().rev().filter(|line| !line.trim().is_empty()) {
        if has(above, OTHERWISE) {
            return false;
        }
        if announces(above) {
            return true;
        }
        read += 1;
        if read >= ABOVE {
            break;
        }
    }
    lines.get(at + 1).is_some_and(|below| announces(below) && !has(below, OTHERWISE) && !below.contains('@'))
}

fn announces(line: &str) -> bool {
    ANNOUNCES
        .iter()
        .any(|phrase| line.contains(phrase) && (!SUCCESSION.contains(phrase) || has(line, CHANGES)))
}

/// Whether the line names the address as the old one.
fn is_old(line: &str, address: &Address) -> bool {
    let before = line.split(&folded(&address.to_string())).next().unwrap_or_default();
    let near: String = before.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    let old = ["旧", "以前", "古い", "変更前", "これまで", "old", "previous", "former"];
    let new = ["新", "変更後", "new"];
    let last = |words: &[&str]| words.iter().filter_map(|word| near.rfind(word)).max();
    match (last(&old), last(&new)) {
        (Some(old), Some(new)) => old > new,
        (Some(_), None) => true,
        _ => false,
    }
}

fn has(line: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| line.contains(phrase))
}

/// The addresses written in a line.
fn addresses(line: &str) -> Vec<Address> {
    if !line.contains(['@', '＠']) {
        return Vec::new();
    }
    let narrow: String = line.chars().map(narrow).collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    narrow
        .split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| {
            word.matches('@').count() == 1
                && word.rsplit('@').next().is_some_and(|domain| domain.contains('.'))
        })
        .filter_map(Address::parse)
        .collect()
}

fn folded(line: &str) -> String {
    line.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '’' => '\'',
        other => other,
    }
}
