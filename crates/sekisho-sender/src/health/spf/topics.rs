//! Every point about SPF, with its words.

use crate::health::item::{Area, State, Topic};

/// All, for the reference.
pub(super) static ALL: &[&Topic] = &[
    &FINE,
    &SILENT,
    &NO_ANSWER,
    &MISSING,
    &SILENT_MISSING,
    &MISSPELT,
    &SEVERAL,
    &TOO_LARGE,
    &SYNTAX,
    &TERM_SKIPPED,
    &TOO_MANY_LOOKUPS,
    &TREE_CUT,
    &TOO_MANY_VOIDS,
    &VOID,
    &EVERYBODY,
    &INCLUDE_EVERYBODY,
    &NEUTRAL,
    &NO_ALL,
    &BEHIND_ALL,
    &REDIRECT_IDLE,
    &TWICE,
    &PTR,
    &WIDE,
    &TOO_MANY_SERVERS,
    &LOOP,
    &INCLUDE_MISSING,
    &INCLUDE_BROKEN,
    &INCLUDE_NO_ANSWER,
    &LONG,
    &ANSWER_LARGE,
];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Spf, state, ja, en)
}

/// Why a missing or broken record matters: the same for all of them.
const OPEN_JA: &str = "SPF が働かないと、誰のサーバーから出たメールでも「このドメインから」と名乗れ、本物のメールも迷惑メール扱いされやすくなります。";
const OPEN_EN: &str = "Without a working list, mail from anybody's server can claim to come from this domain, and real mail is more easily taken for spam.";

pub(super) static FINE: Topic = topic(
    "spf-record",
    State::Pass,
    "送信サーバーの一覧は正しく書かれています（DNS の参照 {lookups} 回、上限 10 回）",
    "the list of sending servers is in order (it uses {lookups} of 10 DNS lookups)",
);

pub(super) static SILENT: Topic = topic(
    "spf-sends-nothing",
    State::Pass,
    "「このドメインからは一切送らない」と宣言されています",
    "it is declared that nobody sends in this domain's name",
);

pub(super) static NO_ANSWER: Topic = topic(
    "spf-no-answer",
    State::Unknown,
    "DNS から答えがなく、SPF を確かめられませんでした",
    "DNS did not answer, so SPF could not be looked at",
)
.why("問題なしという意味ではありません。", "This does not mean that it is in order.")
.fix(
    "しばらくしてからもう一度確かめてください。続くようなら DNS の管理会社に「TXT レコードに応答がない」と伝えてください。",
    "Check again later. If it stays so, tell your DNS provider that questions for TXT records are not answered.",
);

pub(super) static MISSING: Topic =
    topic("spf-missing", State::Fail, "SPF レコードがありません", "there is no SPF record").why(OPEN_JA, OPEN_EN).fix(
        "メールを送っているサービス（メールの契約先、メール配信、会計ソフトなど）をすべて書き出し、それぞれの案内にある include を下のレコードに加えて登録してください。",
        "List every service that sends mail for you (mail provider, newsletters, accounting), add the include from each one's help page to the record below, and publish it.",
    );

pub(super) static SILENT_MISSING: Topic = topic(
    "spf-sends-nothing-missing",
    State::Fail,
    "メールを使っていないドメインなのに、「一切送らない」という宣言がありません",
    "the domain is not used for mail, but nothing declares that nobody sends in its name",
)
.why(
    "使っていないドメインほど、気づかれずになりすましに使われます。",
    "A domain that nobody uses is the easiest to abuse: nobody notices.",
)
.fix(
    "このドメインのアドレスで送るメールが本当にないことを確かめ、下のレコードを登録してください。",
    "Make sure that no mail is sent from addresses of this domain, then publish the record below.",
);

pub(super) static MISSPELT: Topic = topic(
    "spf-misspelt-version",
    State::Fail,
    "SPF らしいレコードがありますが、書き出しが違うため無視されます: {record}",
    "there is what looks like an SPF record, but its beginning is wrong, so receivers skip it: {record}",
)
.why(OPEN_JA, OPEN_EN)
.fix(
    "先頭は「v=spf1」と半角スペース一つです。下の形に直してください。",
    "It must begin with v=spf1 and one space. Change it to the form below.",
);

pub(super) static SEVERAL: Topic = topic(
    "spf-several",
    State::Fail,
    "SPF レコードが {count} 個あります。一つのドメインに一つだけです",
    "there are {count} SPF records; a domain may have only one",
)
.why(
    "二つ以上あると受信側はどれも使わず、SPF は失敗になります。サービスを追加したときによく起きます。",
    "With more than one, receivers use none of them and SPF fails. It often happens when a service is added.",
)
.fix(
    "いまのレコードをすべて消し、一つにまとめた下のレコードを登録してください。",
    "Remove all of them and publish the one below, which joins them.",
);

pub(super) static TOO_LARGE: Topic = topic(
    "spf-too-large",
    State::Fail,
    "SPF レコードが大きすぎて読めません（{bytes} バイト）",
    "the SPF record is too large to be read ({bytes} bytes)",
)
.why(OPEN_JA, OPEN_EN)
.fix(
    "実際に使っている送信サービスだけを残して書き直してください。ふつうは 255 文字に収まります。",
    "Write it anew with only the services that you really use. 255 characters are usually enough.",
);

pub(super) static SYNTAX: Topic = topic(
    "spf-syntax",
    State::Fail,
    "{place} 文字目の {term} が読めません（{wrong}）",
    "{term} at character {place} cannot be read ({wrong})",
)
.why(
    "一か所でも誤りがあると、受信側はレコード全体を無効とみなします。",
    "One error makes receivers treat the whole record as invalid.",
)
.fix("その部分を直してください。", "Correct that term.");

pub(super) static TERM_SKIPPED: Topic = topic(
    "spf-term-skipped",
    State::Warn,
    "{place} 文字目の {term} は効いていません（「=」ではなく「:」です）",
    "{term} at character {place} has no effect (it needs : and not =)",
)
.why(
    "知らない設定として読み飛ばされるため、そのサーバーからのメールは許可されません。",
    "It is skipped as an unknown setting, so mail from that server is not allowed.",
)
.fix("「=」を「:」に直してください。", "Write : in the place of =.");

pub(super) static TOO_MANY_LOOKUPS: Topic = topic(
    "spf-too-many-lookups",
    State::Fail,
    "DNS の参照が {lookups} 回必要です（上限 10 回）",
    "it needs {lookups} DNS lookups (10 are allowed)",
)
.why(
    "10 回を超えると受信側は途中でやめて失敗とします。届くかどうかが、書いた順番や相手次第になります。",
    "Beyond ten, receivers give up and SPF fails. Whether mail arrives then depends on the order of terms and on the receiver.",
)
.fix(
    "下の内訳で回数の多いもののうち、もう使っていないサービスの include を外してください。すべて使っているなら、メール配信などは news.{domain} のような下位ドメインから送るようにすると、上限を分けられます。",
    "In the list below, find the terms that cost most and remove those of services that you no longer use. If you use them all, let newsletters and the like send from a subdomain such as news.{domain}, which has a limit of its own.",
);

pub(super) static TREE_CUT: Topic = topic(
    "spf-tree-cut",
    State::Note,
    "include が多すぎるため、途中までしか調べていません",
    "there are too many includes to follow; the count is a lower bound",
);

pub(super) static TOO_MANY_VOIDS: Topic = topic(
    "spf-too-many-void-lookups",
    State::Fail,
    "行き先のない名前が {count} 個あります（許されるのは 2 個まで）: {names}",
    "{count} names in it lead nowhere (2 are allowed): {names}",
)
.why(
    "存在しない名前の参照が三つ以上あると、受信側は失敗とします。",
    "With three or more names that do not exist, receivers let SPF fail.",
)
.fix(
    "名前の書き間違いか、もうないサーバーです。直すか外してください。",
    "They are misspelt, or servers that are gone. Correct or remove them.",
);

pub(super) static VOID: Topic = topic(
    "spf-void-lookup",
    State::Warn,
    "{term} の行き先 {name} がありません",
    "{term} leads to {name}, which does not exist",
)
.why(
    "書き間違いなら、そのサーバーのメールが弾かれます。手放した名前なら、誰かが登録してあなたの名前で送れます。",
    "If it is misspelt, mail of that server is refused. If the name was given up, somebody can register it and send in your name.",
)
.fix("名前を直すか、使っていなければ外してください。", "Correct the name, or remove the term if it is not used.");

pub(super) static EVERYBODY: Topic = topic(
    "spf-allows-everybody",
    State::Fail,
    "{term} により、世界中のどのサーバーからでも送ってよいことになっています",
    "{term} lets every server in the world send in this domain's name",
)
.why(
    "なりすましメールが SPF に合格してしまいます。レコードがないより危険です。",
    "Forged mail passes SPF. That is worse than no record at all.",
)
.fix(
    "自分たちの送信サーバーだけを書き、最後を「~all」にしてください。",
    "List only your own sending servers and end with ~all.",
);

pub(super) static INCLUDE_EVERYBODY: Topic = topic(
    "spf-include-allows-everybody",
    State::Fail,
    "取り込んでいる {name} が、世界中のどのサーバーにも送信を許しています",
    "{name}, which is included, lets every server in the world send",
)
.why("その許可がこのドメインにも及びます。", "Its permission holds for this domain too.")
.fix(
    "その include を外し、サービスの提供元に正しい設定を尋ねてください。",
    "Remove that include and ask the service for the right setting.",
);

pub(super) static NEUTRAL: Topic = topic(
    "spf-neutral",
    State::Warn,
    "最後が「?all」なので、一覧にないサーバーについて何も言っていません",
    "it ends with ?all, which says nothing of servers that are not listed",
)
.why(
    "一覧があっても、なりすましを見分ける助けになりません。",
    "The list then hardly helps receivers to tell forged mail.",
)
.fix("最後を「~all」に変えてください。", "Change the end to ~all.");

pub(super) static NO_ALL: Topic = topic(
    "spf-no-all",
    State::Warn,
    "最後の「~all」（または「-all」）がありません",
    "it lacks ~all (or -all) at its end",
)
.why(
    "一覧にないサーバーについて何も言わないことになり、なりすましを見分ける助けになりません。",
    "Nothing is said of servers that are not listed, so it hardly helps receivers to tell forged mail.",
)
.fix("最後に「~all」を加えてください。", "Add ~all at its end.");

pub(super) static BEHIND_ALL: Topic = topic(
    "spf-terms-behind-all",
    State::Warn,
    "「all」より後ろの {term} は読まれません",
    "{term} stands behind all and is never read",
)
.why("そのサーバーからのメールは許可されていません。", "Mail from the servers that it names is not allowed.")
.fix("「all」を一番後ろに移してください。", "Move all to the end.");

pub(super) static REDIRECT_IDLE: Topic = topic(
    "spf-redirect-with-all",
    State::Warn,
    "「all」があるため、{term} は使われません",
    "{term} is not used, because there is all",
)
.why("意図した一覧が使われていないかもしれません。", "The list that was meant may not be in use.")
.fix(
    "redirect のほうを使うなら「all」を外し、そうでなければ redirect を外してください。",
    "If the redirect is meant, remove all; otherwise remove the redirect.",
);

pub(super) static TWICE: Topic =
    topic("spf-term-twice", State::Note, "同じ {term} が二度書かれています", "{term} stands twice")
        .fix("一つで足ります。", "Once is enough.");

pub(super) static PTR: Topic = topic(
    "spf-ptr",
    State::Warn,
    "古い書き方「ptr」が使われています",
    "it uses ptr, which is no longer recommended",
)
.why(
    "遅く不確かなため使わないことになっており、無視する受信側もあります。",
    "It is slow and unreliable; the standard says not to use it, and some receivers skip it.",
)
.fix(
    "「ptr」を外し、必要なら送信サーバーの IP アドレス（ip4:）を書いてください。",
    "Remove ptr, and list the sending servers' addresses (ip4:) where needed.",
);

pub(super) static WIDE: Topic = topic(
    "spf-range-wide",
    State::Warn,
    "{term} は広すぎます（IP アドレス {addresses} 個）",
    "{term} is far too wide ({addresses} IP addresses)",
)
.why(
    "無関係な人のサーバーまで、あなたの名前で送れることになります。",
    "Servers of people who have nothing to do with you may send in your name.",
)
.fix(
    "契約先に、実際に送信に使われる範囲を尋ねて書き直してください。",
    "Ask your provider which range really sends, and write that one.",
);

pub(super) static TOO_MANY_SERVERS: Topic = topic(
    "spf-mx-too-many",
    State::Fail,
    "{term} の行き先のメールサーバーが {count} 台あります（上限 10 台）",
    "{term} leads to {count} mail servers (10 are allowed)",
)
.why("上限を超えると受信側は失敗とします。", "Beyond the limit, receivers let SPF fail.")
.fix(
    "「mx」を外し、送信サーバーの IP アドレス（ip4:）を書いてください。",
    "Remove mx and list the sending servers' addresses (ip4:).",
);

pub(super) static LOOP: Topic = topic(
    "spf-include-loop",
    State::Fail,
    "{term} が自分自身に戻ってくるため、終わりがありません",
    "{term} leads back to where it stands, without end",
)
.why("受信側は途中でやめて失敗とします。", "Receivers give up, and SPF fails.")
.fix("{record} のレコードからその部分を外してください。", "Remove that term from the record of {record}.");

pub(super) static INCLUDE_MISSING: Topic = topic(
    "spf-include-missing",
    State::Fail,
    "{term} の行き先に SPF レコードがありません",
    "{term} leads to a name without an SPF record",
)
.why(
    "行き先がないと、受信側は SPF 全体を失敗とします。",
    "When the record included is not there, receivers let the whole of SPF fail.",
)
.fix(
    "名前の書き間違いか、終わったサービスです。サービスの案内を見て {record} のレコードを直すか、外してください。",
    "It is misspelt, or the service has ended. Correct it in the record of {record} after the service's help page, or remove it.",
);

pub(super) static INCLUDE_BROKEN: Topic = topic(
    "spf-include-broken",
    State::Fail,
    "取り込んでいる {name} のレコードに誤りがあります",
    "the record of {name}, which is included, has an error",
)
.why(
    "取り込み先の誤りで、このドメインの SPF も失敗になります。",
    "Its error lets this domain's SPF fail too.",
)
.fix(
    "{name} の管理者（サービスの提供元）に「SPF レコードに文法の誤りがある」と伝えてください。",
    "Tell whoever runs {name} that its SPF record has a syntax error.",
);

pub(super) static INCLUDE_NO_ANSWER: Topic = topic(
    "spf-include-no-answer",
    State::Unknown,
    "{name} について DNS から答えがなく、そこから先を確かめられませんでした",
    "DNS did not answer for {name}; what lies behind it could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

pub(super) static LONG: Topic = topic(
    "spf-long",
    State::Note,
    "{characters} 文字あります。DNS の一つの文字列は 255 文字までなので、登録画面によっては二つに分けて入力します",
    "it has {characters} characters; a string in DNS holds 255, so some forms want it in two pieces",
);

pub(super) static ANSWER_LARGE: Topic = topic(
    "spf-answer-large",
    State::Note,
    "このドメインの TXT レコードは合わせて {bytes} バイトあります（512 バイト以下が無難です）",
    "the TXT records of this domain have {bytes} bytes together (up to 512 is safest)",
)
.fix(
    "古い所有確認用の TXT レコードがあれば消してください。",
    "Remove old TXT records that once proved ownership to some service.",
);
