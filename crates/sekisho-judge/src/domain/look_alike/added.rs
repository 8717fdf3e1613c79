//! A label → the label without a word that was added to it.

use super::Strength;

/// Words that ask for credentials or imitate a suffix or the web; with a protected name they are a strong sign.
const BAIT_WORDS: &[&str] = &[
    "account",
    "accounts",
    "auth",
    "authentication",
    "cojp",
    "confirm",
    "gojp",
    "helpdesk",
    "identity",
    "kakunin",
    "login",
    "logon",
    "myaccount",
    "mypage",
    "nejp",
    "notice",
    "orjp",
    "password",
    "recovery",
    "refund",
    "secure",
    "security",
    "signin",
    "support",
    "unlock",
    "update",
    "verification",
    "verify",
    "webmail",
    "www",
];

/// Words that true companies add to their names too; a weak sign.
const TRADE_WORDS: &[&str] = &[
    "app",
    "asia",
    "bank",
    "billing",
    "card",
    "cards",
    "center",
    "co",
    "com",
    "corp",
    "customer",
    "delivery",
    "eng",
    "global",
    "group",
    "help",
    "honsha",
    "id",
    "inc",
    "info",
    "international",
    "invoice",
    "japan",
    "jimusho",
    "jp",
    "kabushiki",
    "kabushikigaisha",
    "kaisha",
    "keiri",
    "kk",
    "kyoto",
    "llc",
    "ltd",
    "mail",
    "member",
    "members",
    "my",
    "nagoya",
    "net",
    "nihon",
    "nippon",
    "office",
    "official",
    "online",
    "osaka",
    "pay",
    "payment",
    "point",
    "prime",
    "recruit",
    "saiyo",
    "seikyu",
    "seikyusho",
    "service",
    "services",
    "shiharai",
    "shop",
    "soumu",
    "store",
    "team",
    "tokyo",
    "top",
    "web",
    "yokohama",
];

/// What is left of a label.
pub(super) struct Taken<'a> {
    pub(super) rest: &'a str,
    pub(super) strength: Strength,
    /// Whether a hyphen set the word apart.
    pub(super) hyphen: bool,
}

/// Takes the longest added word off either end.
pub(super) fn take_word(label: &str) -> Option<Taken<'_>> {
    let bait = BAIT_WORDS.iter().map(|word| (word, Strength::Strong));
    let trade = TRADE_WORDS.iter().map(|word| (word, Strength::Weak));
    let taken = bait.chain(trade).filter_map(|(word, strength)| {
        let rest = label.strip_suffix(word).or_else(|| label.strip_prefix(word))?;
        let trimmed = rest.trim_matches('-');
        // A short trade word without a hyphen is too often a part of another word ("net" in "planet").
        let hyphen = trimmed.len() < rest.len();
        let clear = hyphen || (word.len() > 3 || strength == Strength::Strong);
        (clear && !trimmed.is_empty()).then_some((word.len(), Taken { rest: trimmed, strength, hyphen }))
    });
    taken.max_by_key(|(length, _)| *length).map(|(_, taken)| taken)
}
