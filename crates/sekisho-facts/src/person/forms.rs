//! Legal forms in a name, folded: where they stand, and the name beside them.

use sekisho_mail::{LATIN_FORMS, is_trade};

/// Legal forms, as NFKC and lower case write them; the longer ones first. ㈱ is （株） there.
const FORMS: &[&str] = &[
    "特定非営利活動法人",
    "地方独立行政法人",
    "独立行政法人",
    "国立大学法人",
    "社会福祉法人",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "税理士法人",
    "弁護士法人",
    "司法書士法人",
    "行政書士法人",
    "社会医療法人",
    "医療法人社団",
    "医療法人財団",
    "医療法人",
    "学校法人",
    "宗教法人",
    "npo法人",
    "協同組合",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "(株)",
    "(有)",
    "(合)",
    "(社)",
    "(財)",
    "(福)",
    "(医)",
    "(学)",
    "kabushiki kaisha",
    "kabushiki-kaisha",
    "co., ltd.",
    "co.,ltd.",
    "co., ltd",
    "co.,ltd",
    "co ltd",
    "corporation",
    "incorporated",
    "limited",
];

/// How `S.A.` is written without its dots; in signatures, where the dots stay, "SA" is no form.
const WITHOUT_DOTS: &str = "sa";

/// Whether a word, folded and without dots, is a legal form in Latin letters.
pub(super) fn is_latin_form(word: &str) -> bool {
    LATIN_FORMS.contains(&word) || word == WITHOUT_DOTS
}

/// Whether a word, folded and without dots, is a legal form.
pub(super) fn is_form(word: &str) -> bool {
    is_latin_form(word) || FORMS.contains(&word)
}

/// Whether a legal form stands in a word, folded.
pub(super) fn has_form(word: &str) -> bool {
    FORMS.iter().any(|form| word.contains(form))
}

/// A name, folded, without the legal forms in it.
pub(super) fn without_form_words(folded: &str) -> String {
    FORMS.iter().fold(folded.to_owned(), |name, form| name.replace(form, " "))
}

/// Whether a text, folded, begins with a legal form.
pub(super) fn begins_with_form(folded: &str) -> bool {
    FORMS.iter().any(|form| folded.starts_with(form))
}

/// What stands beside the legal form: behind it (「株式会社みどり設計」) or before it (「みどり設計株式会社」); departments and people that follow
/// after a space are left out. `None` where there is no form.
pub(super) fn without_forms(folded: &str) -> Option<String> {
    if let Some((before, after)) = around_form(folded, |_| true) {
        let form = folded.get(before.len()..folded.len() - after.len()).unwrap_or_default();
        let is_latin = form.is_ascii() && !form.starts_with('(');
        let is_touched = touches(before);
        let (before, after) = (before.trim(), after.trim());
        let before_name = if is_latin { Some(before) } else { last_name(before) };
        // A word that ends where the form begins belongs to it.
        return match before_name {
            Some(name) if is_touched || after.is_empty() || is_latin => Some(name.to_owned()),
            _ => first_name(after).map(str::to_owned),
        };
    }
    let words: Vec<&str> =
        folded.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let form = words.iter().position(|word| is_latin_form(&word.trim_end_matches('.').replace('.', "")))?;
    (form > 0).then(|| words.get(..form).unwrap_or_default().join(" "))
}

/// What stands before and behind the first of the legal forms that are asked for.
pub(super) fn around_form(folded: &str, is_asked_for: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let forms = FORMS.iter().filter(|form| is_asked_for(form));
    let (form, at) = forms
        .filter_map(|form| Some((*form, folded.find(form)?)))
        .min_by_key(|(form, at)| (*at, usize::MAX - form.len()))?;
    Some((folded.get(..at)?, folded.get(at + form.len()..)?))
}

/// Whether what stands before a legal form goes on in it.
pub(super) fn touches(before: &str) -> bool {
    !before.is_empty() && !before.ends_with(char::is_whitespace)
}

/// The last word, with the word before it where it is no more than a trade: 「Acme Tools㈱」.
fn last_name(before: &str) -> Option<&str> {
    let last = before.split_whitespace().next_back()?;
    let rest = before.strip_suffix(last)?.trim_end();
    match rest.split_whitespace().next_back() {
        Some(word) if is_trade(last) => before.get(rest.len() - word.len()..),
        _ => Some(last),
    }
}

/// The first word, with the trades that follow it: 「㈱Acme Tools」.
fn first_name(after: &str) -> Option<&str> {
    let first = after.split_whitespace().next()?;
    let mut end = first.len();
    for word in after.split_whitespace().skip(1).take_while(|word| is_trade(word)) {
        end = after.get(end..)?.find(word)? + end + word.len();
    }
    after.get(..end)
}
