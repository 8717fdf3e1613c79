//! Every point about DKIM keys, with its words.

use crate::health::item::{Area, State, Topic};

/// All, for the reference.
pub(super) static ALL: &[&Topic] = &[
    &FINE,
    &NO_ANSWER,
    &NONE,
    &NOT_KNOWN,
    &MISSING,
    &GONE,
    &REVOKED,
    &REVOKED_GIVEN,
    &SHORT,
    &BITS_1024,
    &LONG,
    &BROKEN,
    &KIND_UNKNOWN,
    &SEVERAL,
    &VERSION_WRONG,
    &NO_VERSION,
    &TEST,
    &NO_SUBDOMAINS,
    &SHA1_ONLY,
    &OTHER_SERVICE,
    &ED25519_ALONE,
    &CUT,
];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Dkim, state, ja, en)
}

/// Why a key that does not work matters.
const UNSIGNED_JA: &str = "この鍵で署名したメールは、本物と確かめてもらえません。転送されたメールは SPF では確かめられないため、DKIM が頼りです。";
const UNSIGNED_EN: &str = "Mail signed with this key is not recognised as genuine. For forwarded mail, where SPF fails, DKIM is all there is.";

pub(super) static FINE: Topic = topic(
    "dkim-key",
    State::Pass,
    "セレクター {selector} の鍵は正しく公開されています（{kind}）",
    "the key of selector {selector} is in order ({kind})",
);

pub(super) static NO_ANSWER: Topic = topic(
    "dkim-no-answer",
    State::Unknown,
    "DNS から答えがなく、セレクター {selector} の鍵を確かめられませんでした",
    "DNS did not answer, so the key of selector {selector} could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

pub(super) static NONE: Topic = topic(
    "dkim-none",
    State::Warn,
    "DKIM の鍵は一つも公開されていないようです",
    "no DKIM key seems to be published at all",
)
.why(
    "署名がないと、転送されたメールが本物と確かめられず、なりすまし対策（DMARC）を強められません。",
    "Without signatures, forwarded mail cannot be told from forged mail, and DMARC cannot be made strict.",
)
.fix(
    "メールの契約先の管理画面で「DKIM」を有効にし、表示されるレコードを DNS に登録してください。メール配信などのサービスでも同じです。",
    "Turn on DKIM in the settings of your mail provider, and publish the record that it shows. Do the same for newsletters and other services.",
);

pub(super) static NOT_KNOWN: Topic = topic(
    "dkim-selectors-unknown",
    State::Unknown,
    "DKIM の鍵の名前（セレクター）が分からないため、確かめられませんでした。よくある名前 {count} 個は試しましたが、ありませんでした",
    "the names (selectors) of its DKIM keys are not known, so they could not be looked at; {count} usual names were tried and are not there",
)
.why(
    "鍵がないという意味ではありません。DNS では名前を知らない鍵は探せません。",
    "This does not mean that there is none: DNS cannot be searched for keys whose names are not known.",
)
.fix(
    "このドメインから送ったメールがあれば、--mail にファイルやフォルダーを指定すると読み取れます。または、メールの契約先に「DKIM のセレクター」を尋ねて --selector に指定してください。",
    "Give mail sent from this domain with --mail, which reads the names from it; or ask your mail provider for its DKIM selector and give it with --selector.",
);

pub(super) static MISSING: Topic = topic(
    "dkim-missing",
    State::Fail,
    "セレクター {selector} の鍵がありません",
    "there is no key for selector {selector}",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix(
    "メールの契約先の管理画面に出る DKIM のレコードを、下の名前で登録してください: {name}",
    "Publish the DKIM record that your mail provider shows, under the name {name}.",
);

pub(super) static GONE: Topic = topic(
    "dkim-key-gone",
    State::Note,
    "過去のメールの署名に使われたセレクター {selector} の鍵は、もうありません",
    "the key of selector {selector}, which signed past mail, is no longer there",
)
.fix(
    "鍵を入れ替えたのなら問題ありません。いまも使っているなら登録し直してください。",
    "If the key was replaced, all is well. If it is still in use, publish it again.",
);

pub(super) static REVOKED: Topic = topic(
    "dkim-revoked",
    State::Note,
    "セレクター {selector} の鍵は取り消されています（p= が空）",
    "the key of selector {selector} has been withdrawn (p= is empty)",
);

pub(super) static REVOKED_GIVEN: Topic = topic(
    "dkim-revoked-in-use",
    State::Fail,
    "お尋ねのセレクター {selector} の鍵は取り消されています（p= が空）",
    "the key of selector {selector}, which you named, has been withdrawn (p= is empty)",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix(
    "いま署名に使っている鍵なら、契約先の管理画面に出る DKIM のレコードを登録し直してください。",
    "If mail is still signed with it, publish the DKIM record that your mail provider shows.",
);

pub(super) static SHORT: Topic = topic(
    "dkim-key-short",
    State::Fail,
    "セレクター {selector} の鍵は {bits} ビットで、短すぎます",
    "the key of selector {selector} has {bits} bits, which is too short",
)
.why(
    "短い鍵は破られ、あなたの署名を付けた偽のメールが作れます。受信側も 1024 ビット未満は認めません。",
    "A short key can be broken, and mail forged with your signature. Receivers refuse fewer than 1024 bits.",
)
.fix(
    "契約先の管理画面で 2048 ビットの鍵を新しい名前（セレクター）で作り、表示されるレコードを登録してから切り替えてください。",
    "Have your mail provider create a 2048-bit key under a new selector, publish the record shown, and then switch to it.",
);

pub(super) static BITS_1024: Topic = topic(
    "dkim-key-1024",
    State::Warn,
    "セレクター {selector} の鍵は {bits} ビットです（2048 ビットが推奨）",
    "the key of selector {selector} has {bits} bits (2048 are recommended)",
)
.why(
    "いまは通りますが、破られる日が近い長さです。",
    "It still works, but it will not be safe for much longer.",
)
.fix(
    "契約先の管理画面で 2048 ビットの鍵を新しい名前（セレクター）で作り、表示されるレコードを登録してから切り替えてください。",
    "Have your mail provider create a 2048-bit key under a new selector, publish the record shown, and then switch to it.",
);

pub(super) static LONG: Topic = topic(
    "dkim-key-long",
    State::Warn,
    "セレクター {selector} の鍵は {bits} ビットもあります",
    "the key of selector {selector} has as many as {bits} bits",
)
.why(
    "長すぎる鍵は確かめない受信側があり、署名がないのと同じになります。",
    "Some receivers do not verify keys that long, and then the mail counts as unsigned.",
)
.fix("2048 ビットの鍵に替えてください。", "Replace it with a 2048-bit key.");

pub(super) static BROKEN: Topic = topic(
    "dkim-key-broken",
    State::Fail,
    "セレクター {selector} の鍵が壊れていて読めません",
    "the key of selector {selector} is damaged and cannot be read",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix(
    "登録のときに途中で切れたか、余計な文字が入ったようです。契約先の管理画面のレコードを最後まで写し直してください（255 文字を超える部分は二つに分けます）。",
    "It seems to have been cut or altered when it was entered. Copy the whole record from your mail provider again (what exceeds 255 characters goes into a second string).",
);

pub(super) static KIND_UNKNOWN: Topic = topic(
    "dkim-key-kind-unknown",
    State::Fail,
    "セレクター {selector} の鍵の種類 {kind} は、どの受信側も知りません",
    "the key of selector {selector} is of a kind that receivers do not know: {kind}",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix(
    "k= は rsa か ed25519 です。契約先の案内と見比べてください。",
    "k= is rsa or ed25519; compare it with what your mail provider shows.",
);

pub(super) static SEVERAL: Topic = topic(
    "dkim-several",
    State::Fail,
    "セレクター {selector} に鍵のレコードが {count} 個あります",
    "there are {count} key records for selector {selector}",
)
.why(
    "どれが使われるか決まっておらず、確かめられたり失敗したりします。",
    "Which one is used is not defined, so signatures verify or fail by chance.",
)
.fix("いま使っているもの一つだけを残してください。", "Leave only the one that is in use.");

pub(super) static VERSION_WRONG: Topic = topic(
    "dkim-version-wrong",
    State::Fail,
    "セレクター {selector} の鍵の書き出しが「v=DKIM1」ではありません",
    "the record of selector {selector} does not begin with v=DKIM1",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix("下の形に直してください。", "Change it to the form below.");

pub(super) static NO_VERSION: Topic = topic(
    "dkim-no-version",
    State::Note,
    "セレクター {selector} の鍵に「v=DKIM1」がありません（なくても使えます）",
    "the record of selector {selector} lacks v=DKIM1 (which is allowed)",
);

pub(super) static TEST: Topic = topic(
    "dkim-test-mode",
    State::Warn,
    "セレクター {selector} の鍵は「試験中」（t=y）のままです",
    "the key of selector {selector} is still marked as a test (t=y)",
)
.why(
    "受信側は、署名が付いていないメールと同じに扱ってよいことになっています。",
    "Receivers may treat mail signed with it as unsigned.",
)
.fix(
    "試験が済んだら、t=y のない下のレコードに替えてください。",
    "When the test is over, replace it with the record below, without t=y.",
);

pub(super) static NO_SUBDOMAINS: Topic = topic(
    "dkim-no-subdomains",
    State::Note,
    "セレクター {selector} の鍵は、下位ドメインのアドレスには使えません（t=s）",
    "the key of selector {selector} does not cover addresses below the domain (t=s)",
);

pub(super) static SHA1_ONLY: Topic = topic(
    "dkim-sha1-only",
    State::Fail,
    "セレクター {selector} の鍵は、使われなくなった方式（SHA-1）だけに限られています",
    "the key of selector {selector} is limited to SHA-1, which nobody accepts any more",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix(
    "h= を外した下のレコードに替え、契約先に SHA-256 で署名しているかを尋ねてください。",
    "Replace it with the record below, without h=, and ask your mail provider whether it signs with SHA-256.",
);

pub(super) static OTHER_SERVICE: Topic = topic(
    "dkim-other-service",
    State::Fail,
    "セレクター {selector} の鍵は、メール用ではありません（s=）",
    "the key of selector {selector} is not meant for mail (s=)",
)
.why(UNSIGNED_JA, UNSIGNED_EN)
.fix(
    "メールの署名に使うなら、s= を外した下のレコードに替えてください。",
    "If mail is signed with it, replace it with the record below, without s=.",
);

pub(super) static ED25519_ALONE: Topic = topic(
    "dkim-ed25519-alone",
    State::Warn,
    "見つかった鍵は Ed25519 だけです",
    "the only keys found are Ed25519",
)
.why("まだ多くの受信側が確かめられない新しい方式です。", "Many receivers cannot verify this newer kind yet.")
.fix("RSA 2048 ビットの鍵でも署名するようにしてください。", "Sign with a 2048-bit RSA key as well.");

pub(super) static CUT: Topic = topic(
    "dkim-selectors-many",
    State::Note,
    "セレクターが {count} 個あるため、先頭の {asked} 個だけを調べました",
    "there are {count} selectors; only the first {asked} were looked at",
);
