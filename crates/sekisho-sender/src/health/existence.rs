//! A name → whether it exists, and who answers for it (RFC 1034 section 4.1, RFC 2182).

use super::Scene;
use super::item::{Area, Item, State, Topic};
use crate::{Dns, NoAnswer};

/// All, for the reference.
pub(super) static TOPICS: &[&Topic] =
    &[&FINE, &MISSING, &NO_ANSWER, &NO_SERVERS, &ONE_SERVER, &DEAD_SERVER, &ALIAS];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Domain, state, ja, en)
}

static FINE: Topic = topic("domain-found", State::Pass, "ドメインは存在します", "the domain exists");

static MISSING: Topic = topic(
    "domain-missing",
    State::Fail,
    "{domain} というドメインはありません",
    "there is no domain {domain}",
)
.why(
    "書き間違いか、期限が切れています。期限切れなら他人が取り直して、あなたの名前で送れます。",
    "It is misspelt, or it has expired. If it has expired, somebody else can register it and write in your name.",
)
.fix(
    "つづりを確かめてください。正しければ、ドメインの契約先に更新の状態を尋ねてください。",
    "Check the spelling. If it is right, ask your registrar whether the domain was renewed.",
);

static NO_ANSWER: Topic = topic(
    "domain-no-answer",
    State::Unknown,
    "DNS から答えがなく、このドメインを調べられませんでした",
    "DNS did not answer, so this domain could not be looked at",
)
.why(
    "問題なしという意味ではありません。",
    "This does not mean that it is in order.",
)
.fix(
    "この機械がネットワークにつながっているかを確かめ、もう一度実行してください。別の DNS サーバーに尋ねるには --nameserver を使います。このドメインだけ続くなら、DNS の管理会社に「ネームサーバーが答えない」と伝えてください。",
    "Check that this machine is online and run it again; --nameserver asks another DNS server. If it stays so for this domain alone, tell your DNS provider that its name servers do not answer.",
);

static NO_SERVERS: Topic = topic(
    "name-servers-missing",
    State::Warn,
    "ネームサーバーの記録（NS）が見つかりません",
    "no name servers (NS) are listed for it",
)
.why(
    "DNS の設定が途中のままかもしれません。ほかの設定も届かないことがあります。",
    "Its DNS may be set up only in part, and other records may not be found by everybody.",
)
.fix(
    "DNS の管理会社に「NS レコードがない」と伝えてください。",
    "Tell your DNS provider that NS records are missing.",
);

static ONE_SERVER: Topic = topic(
    "name-server-single",
    State::Note,
    "ネームサーバーが 1 台しかありません（2 台以上が基本です）",
    "it has only one name server (two or more are usual)",
)
.fix(
    "DNS の管理会社に、もう 1 台を加えられるか尋ねてください。",
    "Ask your DNS provider whether a second one can be added.",
);

static DEAD_SERVER: Topic = topic(
    "name-server-missing-address",
    State::Warn,
    "ネームサーバー {server} のアドレスがありません",
    "the name server {server} has no address",
)
.why(
    "残りのサーバーに頼ることになります。手放した名前なら、取り直した人がこのドメインの DNS を操れます。",
    "Everything rests on the others. If its name was given up, whoever registers it controls this domain's DNS.",
)
.fix(
    "DNS の管理会社に伝えて、外すか直してもらってください。",
    "Have your DNS provider remove or correct it.",
);

static ALIAS: Topic = topic(
    "domain-is-alias",
    State::Warn,
    "このドメイン自体が {target} の別名（CNAME）です",
    "the domain itself is an alias (CNAME) of {target}",
)
.why(
    "別名にすると、メールの設定もすべて別名の先のものが使われ、こちらで書いたものは効きません。",
    "All mail records are then taken from there, and what you publish here has no effect.",
)
.fix(
    "意図したものでなければ、CNAME を A レコードに替えてください。",
    "If that is not intended, replace the CNAME with an A record.",
);

/// So many name servers are asked about.
const SERVERS_ASKED_MAX: usize = 6;

/// Whether there is anything to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existence {
    Exists,
    Missing,
    NoAnswer,
}

/// What the answer to the first question, for TXT records, says; the second is asked only where it does not tell.
pub(super) fn look(dns: &dyn Dns, name: &str, txt: Result<(), NoAnswer>) -> Existence {
    match txt {
        Ok(()) | Err(NoAnswer::NoRecords) => Existence::Exists,
        Err(NoAnswer::NoSuchName) => Existence::Missing,
        Err(NoAnswer::TimedOut | NoAnswer::Failed) => match dns.mx(name) {
            Ok(_) | Err(NoAnswer::NoRecords) => Existence::Exists,
            Err(NoAnswer::NoSuchName) => Existence::Missing,
            Err(_) => Existence::NoAnswer,
        },
    }
}

/// What is said of a domain that cannot be looked at any further.
pub(super) fn item_of(existence: Existence, domain: &str) -> Item {
    match existence {
        Existence::Exists => Item::new(&FINE),
        Existence::Missing => Item::new(&MISSING).name("domain", domain),
        Existence::NoAnswer => Item::new(&NO_ANSWER),
    }
}

/// The name servers of a domain that exists.
pub(super) fn check(scene: &Scene<'_>) -> Vec<Item> {
    let domain = scene.domain.ascii();
    let mut items = vec![Item::new(&FINE)];
    if let Ok(records) = scene.dns.cname(domain) {
        items.extend(records.values.first().map(|target| Item::new(&ALIAS).name("target", target)));
    }
    // A name below the registered one is usually served by its zone.
    if !scene.domain.is_registered() {
        return items;
    }
    match scene.dns.ns(domain) {
        Ok(records) => {
            if records.values.len() == 1 {
                items.push(Item::new(&ONE_SERVER));
            }
            let dead = |server: &&String| is_dead(scene.dns, server);
            let servers = records.values.iter().take(SERVERS_ASKED_MAX).filter(dead);
            items.extend(servers.map(|server| Item::new(&DEAD_SERVER).name("server", server)));
        }
        Err(why) if why.is_certain() => items.push(Item::new(&NO_SERVERS)),
        // The domain did answer; its other records are looked at.
        Err(_) => {}
    }
    items
}

/// Whether DNS says for certain that the server has no address.
fn is_dead(dns: &dyn Dns, server: &str) -> bool {
    let none = |answer: Result<(), NoAnswer>| answer.is_err_and(NoAnswer::is_certain);
    none(dns.a(server).map(drop)) && none(dns.aaaa(server).map(drop))
}
