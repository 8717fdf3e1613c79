//! The questions that the doctor asks, one a function, in the order of their answers.

use std::fs;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use sekisho_judge::Profile;
use sekisho_judge::lists::ListName;
use sekisho_sender::{Dns, NoAnswer, Resolver};

use super::{Answer, State, memory};
use crate::judging;
use crate::setup::Setup;
use crate::words::either;

/// Asks everything.
pub fn ask_all(setup: &Setup) -> Vec<Answer> {
    let mut answers = vec![home(setup), config(setup)];
    answers.extend(setup.complaints.iter().map(|complaint| broken(complaint, setup)));
    answers.extend([domains(setup), people(setup)]);
    answers.extend(weak_names(setup));
    answers.push(sender(setup));
    answers.extend(setup.dns.as_ref().map(|dns| name_servers(dns, setup)));
    answers.extend([profile(setup), policy(setup), lists(setup), readers(setup)]);
    answers.extend(memory::ask_all(setup));
    answers.extend(permissions(setup));
    answers
}

/// So many names are named in one answer.
pub(super) const NAMED_MAX: usize = 5;

pub(super) fn fine(setup: &Setup, id: &'static str, ja: String, en: String) -> Answer {
    Answer { id, state: State::Fine, words: either(setup.lang, ja, en), way_out: String::new() }
}

impl Answer {
    pub(super) fn state(self, state: State) -> Self {
        Self { state, ..self }
    }

    /// What to do about it; without another word, it is to be mended.
    pub(super) fn way_out(self, setup: &Setup, ja: &str, en: &str) -> Self {
        Self { state: State::Mend, way_out: either(setup.lang, ja, en).to_owned(), ..self }
    }

    /// A note, and what may be done about it.
    pub(super) fn note(self, setup: &Setup, ja: &str, en: &str) -> Self {
        self.way_out(setup, ja, en).state(State::Note)
    }
}

fn home(setup: &Setup) -> Answer {
    let folder = setup.home.folder.display();
    if setup.home.folder.is_dir() {
        return fine(setup, "home", format!("設定の置き場所: {folder}"), format!("home: {folder}"));
    }
    fine(
        setup,
        "home",
        format!("設定の置き場所がありません: {folder}"),
        format!("there is no home yet: {folder}"),
    )
    .way_out(setup, "`sekisho init` で作ってください", "make it with `sekisho init`")
}

fn config(setup: &Setup) -> Answer {
    let file = setup.home.config();
    let shown = file.display();
    if file.is_file() {
        return fine(setup, "config", format!("設定ファイル: {shown}"), format!("configuration: {shown}"));
    }
    fine(
        setup,
        "config",
        format!("設定ファイルがありません: {shown}"),
        format!("there is no configuration: {shown}"),
    )
    .way_out(setup, "`sekisho init` で作ってください", "make it with `sekisho init`")
}

/// One of the installation's files could not be used: its line names file, line and value.
fn broken(complaint: &str, setup: &Setup) -> Answer {
    fine(setup, "broken-file", complaint.to_owned(), complaint.to_owned()).way_out(
        setup,
        "そこを直してください",
        "mend it there",
    )
}

fn domains(setup: &Setup) -> Answer {
    let domains = setup.own.domains();
    if !domains.is_empty() {
        let list = domains.join(", ");
        return fine(setup, "domains", format!("自組織のドメイン: {list}"), format!("own domains: {list}"));
    }
    let ja = "自組織のドメインが書かれていません。自組織を騙るメールを調べられません";
    let en = "own domains are not configured; mail in our name is not looked for";
    fine(setup, "domains", ja.to_owned(), en.to_owned()).way_out(
        setup,
        "設定ファイルの [organisation] の domains に書いてください",
        "write them into domains of [organisation]",
    )
}

fn people(setup: &Setup) -> Answer {
    let number = setup.own.people().len();
    if number > 0 {
        return fine(setup, "people", format!("自組織の人: {number} 人"), format!("own people: {number}"));
    }
    let ja = "自組織の人の名簿がありません。社内の方の名前を騙るメールを調べられません";
    let en = "there is no list of own people; mail in their names is not looked for";
    fine(setup, "people", ja.to_owned(), en.to_owned()).way_out(
        setup,
        "設定ファイルの [organisation] の people か people_file に書いてください（代表者と経理の方だけでも）",
        "write them into people or people_file of [organisation] (the head and accounting at least)",
    )
}

/// A surname alone binds nobody: such an entry is without effect.
fn weak_names(setup: &Setup) -> Option<Answer> {
    let people = setup.own.people().iter();
    let weak: Vec<&str> = people
        .filter(|person| person.keys.is_empty())
        .map(|person| person.name.as_str())
        .take(NAMED_MAX)
        .collect();
    if weak.is_empty() {
        return None;
    }
    let list = weak.join(", ");
    let ja = format!("姓だけ、または役職名だけのため照らし合わせられない人: {list}");
    let en = format!("people who cannot be compared (surname or role alone): {list}");
    Some(fine(setup, "names", ja, en).way_out(setup, "姓と名を書いてください", "write their full names"))
}

/// Whose results of authentication are believed.
fn sender(setup: &Setup) -> Answer {
    let ids = &setup.trust.authserv_ids;
    if !ids.is_empty() {
        let list = ids.join(", ");
        return fine(
            setup,
            "sender",
            format!("送信者の認証結果を信用する受信サーバー: {list}"),
            format!("receiving servers whose authentication results are believed: {list}"),
        );
    }
    fine(
        setup,
        "sender",
        "受信サーバーが調べた送信者の認証結果（SPF・DKIM・DMARC）を使っていません".to_owned(),
        "what your receiving server found out about senders (SPF, DKIM, DMARC) is not used".to_owned(),
    )
    .note(
        setup,
        "届いたメールのヘッダーで Authentication-Results: のすぐ後ろにあるサーバー名を、設定ファイルの [sender] の trusted_authserv_ids に書いてください",
        "look into the header of a mail you received, and write the name behind Authentication-Results: into trusted_authserv_ids of [sender]",
    )
}

/// Whether DNS answers: the servers of the root are known to every resolver.
fn name_servers(dns: &Resolver, setup: &Setup) -> Answer {
    let asked_at = Instant::now();
    let answer = dns.for_one_mail().ns(".");
    let milliseconds = asked_at.elapsed().as_millis();
    match answer {
        Ok(_) | Err(NoAnswer::NoRecords | NoAnswer::NoSuchName) => fine(
            setup,
            "dns",
            format!("DNS: 答えがあります（{milliseconds} ミリ秒）"),
            format!("DNS answers (in {milliseconds} ms)"),
        ),
        Err(NoAnswer::Failed) => fine(
            setup,
            "dns",
            "DNS サーバーは、ほかの名前を調べることを断りました".to_owned(),
            "the DNS server answers, and refuses to look names up for us".to_owned(),
        )
        .way_out(
            setup,
            "設定ファイルの [sender] の nameservers に、社内から使える DNS サーバーのアドレスを書いてください",
            "write a DNS server that resolves for this machine into nameservers of [sender]",
        ),
        Err(NoAnswer::TimedOut) => fine(
            setup,
            "dns",
            "DNS から答えがありません。--dns を付けても送信者を確かめられません".to_owned(),
            "DNS does not answer; --dns cannot verify any sender".to_owned(),
        )
        .way_out(
            setup,
            "ネットワークと、設定ファイルの [sender] の nameservers（空なら OS の設定）を確かめてください",
            "check the network, and nameservers of [sender] (those of the system where it is empty)",
        ),
    }
}

fn profile(setup: &Setup) -> Answer {
    let profile = setup.config.policy.profile;
    let answer = fine(
        setup,
        "profile",
        format!("判定の厳しさ: {}", profile.id()),
        format!("profile: {}", profile.id()),
    );
    if profile != Profile::Watch {
        return answer;
    }
    let ja = "watch は判定するだけで、何も止めません。判定に慣れたら balanced にしてください";
    let en = "watch judges and acts on nothing; change to balanced once you know its verdicts";
    answer.note(setup, ja, en)
}

fn policy(setup: &Setup) -> Answer {
    let number = setup.policy.rules().len();
    let (ja, en) = match setup.home.policy().is_file() {
        true => ("policy.toml あり", "with policy.toml"),
        false => ("組み込みのまま", "as built in"),
    };
    fine(setup, "policy", format!("規則: {number} 個（{ja}）"), format!("rules: {number} ({en})"))
}

fn lists(setup: &Setup) -> Answer {
    let now = judging::today(Timestamp::now());
    let stale: Vec<&str> = ListName::ALL
        .into_iter()
        .filter(|list| setup.lists().is_stale(*list, now))
        .map(ListName::id)
        .collect();
    if stale.is_empty() {
        let number = ListName::ALL.len();
        return fine(
            setup,
            "lists",
            format!("日付のあるリスト: {number} 個、すべて期限内"),
            format!("dated lists: {number}, all in date"),
        );
    }
    let list = stale.join(", ");
    let ja =
        format!("期限の過ぎたリスト: {list}（これに基づく強い手がかりは、弱い手がかりとして扱われます）");
    let en = format!("lists past their date: {list} (what they find strongly counts as weak)");
    fine(setup, "lists", ja, en).way_out(
        setup,
        "新しい版の Sekisho にするか、lists/ の自分のファイルを見直して日付を改めてください",
        "update Sekisho, or look through your own files in lists/ and renew their dates",
    )
}

/// Whether those who read hostile bytes can be started, and what holds them.
fn readers(setup: &Setup) -> Answer {
    match setup.readers.confinement() {
        Ok(confinement) if confinement.is_complete() => fine(
            setup,
            "readers",
            "添付を読むプロセスは、ファイルにもネットワークにも触れられません".to_owned(),
            "the processes that read attachments can reach no files and no network".to_owned(),
        ),
        Ok(_) => fine(
            setup,
            "readers",
            "この環境では、添付を読むプロセスを十分に閉じ込められません".to_owned(),
            "this system cannot confine the processes that read attachments completely".to_owned(),
        )
        .way_out(
            setup,
            "Landlock と seccomp の使える Linux カーネル（5.13 以降）で動かしてください",
            "run it on a Linux kernel with Landlock and seccomp (5.13 or later)",
        ),
        Err(error) => fine(
            setup,
            "readers",
            format!("添付を読むプロセスを起動できません（{error}）"),
            format!("the processes that read attachments cannot be started ({error})"),
        )
        .way_out(
            setup,
            "メモリやプロセス数の制限を確かめてください",
            "check the limits of memory and processes",
        ),
    }
}

/// Who can change these files changes verdicts.
#[cfg(unix)]
fn permissions(setup: &Setup) -> Vec<Answer> {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS_MAY_READ: u32 = 0o004;
    const OTHERS_MAY_WRITE: u32 = 0o002;
    let home = &setup.home;
    let writable = |path: &Path| {
        fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & OTHERS_MAY_WRITE != 0)
    };
    let tell = |path: &Path| {
        let shown = path.display();
        fine(
            setup,
            "permissions",
            format!("誰でも書き換えられます: {shown}"),
            format!("anybody may change {shown}"),
        )
        .way_out(
            setup,
            &format!("`chmod o-w {shown}` で直してください"),
            &format!("mend it with `chmod o-w {shown}`"),
        )
    };
    // Who wrote with whom stands in it in plain words.
    let readable = |path: &Path| {
        fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & OTHERS_MAY_READ != 0)
    };
    let open = crate::memory::file(setup).filter(|file| readable(file)).map(|file| {
        let shown = file.display();
        fine(
            setup,
            "permissions",
            format!("誰でも読めます: {shown}（誰と誰がやり取りしたかが入っています）"),
            format!("anybody may read {shown}, and see who wrote to whom"),
        )
        .way_out(
            setup,
            &format!("`chmod o-rwx {shown}` で直してください"),
            &format!("mend it with `chmod o-rwx {shown}`"),
        )
    });
    let paths = [home.folder.clone(), home.config(), home.policy(), home.lists()];
    paths.iter().filter(|path| writable(path)).map(|path| tell(path)).chain(open).collect()
}

#[cfg(not(unix))]
fn permissions(_setup: &Setup) -> Vec<Answer> {
    Vec::new()
}
