//! Every point about mail exchangers, with its words.

use crate::health::item::{Area, State, Topic};

/// All, for the reference.
pub(super) static ALL: &[&Topic] = &[
    &FINE,
    &NULL,
    &NONE,
    &ITSELF,
    &NO_ANSWER,
    &SERVER_NO_ANSWER,
    &NULL_AND_OTHERS,
    &ALIAS,
    &IS_ADDRESS,
    &NO_NAME,
    &PRIVATE,
    &DEAD,
    &ALL_DEAD,
    &MANY,
    &RECEIVES_STILL,
];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Mx, state, ja, en)
}

pub(super) static FINE: Topic =
    topic("mx-found", State::Pass, "届け先のメールサーバーがあります: {servers}", "mail goes to {servers}");

pub(super) static NULL: Topic = topic(
    "mx-null",
    State::Pass,
    "「メールを受け取らない」と宣言されています",
    "it is declared that the domain receives no mail",
);

pub(super) static NONE: Topic = topic(
    "mx-none",
    State::Note,
    "メールの届け先がなく、受け取らないという宣言もありません",
    "there is nowhere for mail to go, and no declaration that none is received",
)
.fix(
    "メールを使わないドメインなら、下のレコードで「受け取らない」と宣言できます。",
    "If the domain is not used for mail, the record below says that it receives none.",
);

pub(super) static ITSELF: Topic = topic(
    "mx-missing",
    State::Warn,
    "届け先（MX）が書かれていないため、メールはウェブサイトなどのサーバーに直接届けられようとします",
    "no mail server (MX) is named, so mail is tried at the domain's own address, often a web server",
)
.why(
    "メールを受け取れないか、思わぬサーバーに届きます。",
    "Mail does not arrive, or arrives at a server that nobody reads.",
)
.fix(
    "メールを使うドメインなら、契約先の案内にある MX レコードを登録してください。使わないなら、値を「0 .」とする MX レコードで「受け取らない」と宣言してください。",
    "If the domain is used for mail, publish the MX records that your mail provider names. If not, publish an MX record with the value “0 .”, which declares that it receives none.",
);

pub(super) static NO_ANSWER: Topic = topic(
    "mx-no-answer",
    State::Unknown,
    "DNS から答えがなく、メールの届け先を確かめられませんでした",
    "DNS did not answer, so where mail goes could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

pub(super) static SERVER_NO_ANSWER: Topic = topic(
    "mx-server-no-answer",
    State::Unknown,
    "DNS から答えがなく、{server} のアドレスを確かめられませんでした",
    "DNS did not answer, so the address of {server} could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

pub(super) static NULL_AND_OTHERS: Topic = topic(
    "mx-null-and-others",
    State::Fail,
    "「受け取らない」という宣言（MX の「.」）と、届け先とが同時に書かれています",
    "it is declared that no mail is received (an MX record “.”), and servers are named beside it",
)
.why("送る側によって、届いたり届かなかったりします。", "Whether mail arrives depends on who sends it.")
.fix(
    "メールを使うなら「.」の MX レコードを消してください。使わないなら、それだけを残してください。",
    "If the domain receives mail, remove the MX record “.”; if not, leave only that one.",
);

pub(super) static ALIAS: Topic = topic(
    "mx-alias",
    State::Warn,
    "届け先 {server} は {target} の別名（CNAME）です",
    "the mail server {server} is an alias (CNAME) of {target}",
)
.why(
    "別名は認められておらず、届けない送信元があります。",
    "Aliases are not allowed here, and some senders do not deliver to them.",
)
.fix("MX レコードに {target} を直接書いてください。", "Name {target} itself in the MX record.");

pub(super) static IS_ADDRESS: Topic = topic(
    "mx-is-address",
    State::Fail,
    "届け先に、名前ではなく IP アドレス {server} が書かれています",
    "an MX record holds the IP address {server} and not a name",
)
.why(
    "MX に書けるのは名前だけなので、メールは届きません。",
    "Only a name may stand there, so mail is not delivered.",
)
.fix(
    "サーバーの名前（例: mail.自社ドメイン）に A レコードでその IP アドレスを登録し、MX にはその名前を書いてください。",
    "Give the server a name with an A record of that address, and put the name into the MX record.",
);

pub(super) static NO_NAME: Topic = topic(
    "mx-no-name",
    State::Fail,
    "届け先 {server} は名前として読めません",
    "{server}, named as mail server, is no name of a host",
)
.why("そのサーバーには届きません。", "No mail can be delivered there.")
.fix(
    "契約先の案内にある MX レコードと見比べて直してください。",
    "Compare it with what your mail provider names, and correct it.",
);

pub(super) static PRIVATE: Topic = topic(
    "mx-private-address",
    State::Warn,
    "届け先 {server} は、外から届かない内部用のアドレス {address} です",
    "the mail server {server} has the internal address {address}, which nobody outside can reach",
)
.why("外からのメールが届きません。", "Mail from outside does not arrive there.")
.fix(
    "インターネット側のアドレスに直すか、その MX レコードを外してください。",
    "Give it its public address, or remove that MX record.",
);

pub(super) static DEAD: Topic = topic(
    "mx-unresolved",
    State::Warn,
    "届け先 {server} のアドレスがありません",
    "the mail server {server} has no address",
)
.why(
    "書き間違いか、終わった契約の残りです。手放した名前なら、取り直した人に一部のメールが届きます。",
    "It is misspelt or left over. If its name was given up, whoever registers it receives some of your mail.",
)
.fix(
    "MX レコードの名前を直すか、その行を消してください。",
    "Correct the name in the MX record, or remove the record.",
);

pub(super) static ALL_DEAD: Topic = topic(
    "mx-all-unresolved",
    State::Fail,
    "どの届け先にもアドレスがありません: {servers}",
    "none of the mail servers has an address: {servers}",
)
.why("このドメイン宛てのメールはどこにも届きません。", "Mail to this domain arrives nowhere.")
.fix(
    "契約先の案内にある MX レコードと見比べて直してください。",
    "Compare the MX records with what your mail provider names, and correct them.",
);

pub(super) static MANY: Topic = topic(
    "mx-many",
    State::Note,
    "届け先が {count} 台あります（先頭の {asked} 台だけを調べました）",
    "there are {count} mail servers (only the first {asked} were looked at)",
);

pub(super) static RECEIVES_STILL: Topic = topic(
    "mx-null-missing",
    State::Warn,
    "メールを使わないドメインとのことですが、「受け取らない」という宣言がありません",
    "the domain is said not to be used for mail, but nothing declares that it receives none",
)
.why(
    "宛先を間違えたメールが、気づかれないまま失われたり他所に届いたりします。",
    "Mail sent there by mistake is lost unnoticed, or arrives elsewhere.",
)
.fix(
    "いまの MX レコードを消し、下のレコードを登録してください。",
    "Remove the MX records that are there, and publish the one below.",
);
