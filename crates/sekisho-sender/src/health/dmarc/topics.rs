//! Every point about DMARC, with its words.

use crate::health::item::{Area, State, Topic};

/// All, for the reference.
pub(super) static ALL: &[&Topic] = &[
    &REJECT,
    &QUARANTINE,
    &NONE,
    &INHERITED,
    &SILENT,
    &SILENT_OPEN,
    &NO_ANSWER,
    &MISSING,
    &WRONG_NAME,
    &MISSPELT,
    &SEVERAL,
    &TOO_LARGE,
    &SYNTAX,
    &NO_POLICY,
    &UNKNOWN_TAG,
    &REMOVED_TAG,
    &PERCENT,
    &TEST,
    &SUBDOMAINS_OPEN,
    &INVENTED_OPEN,
    &NO_REPORTS,
    &REPORT_ADDRESS,
    &REPORT_SIZE,
    &NOT_AUTHORISED,
    &REPORTS_NO_ANSWER,
    &NOBODY_RECEIVES,
    &FAILURE_REPORTS,
    &STRICT,
    &PUBLIC_SUFFIX,
    &NOTHING_TO_PASS,
];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Dmarc, state, ja, en)
}

/// Why it matters that forgeries are let through.
const OPEN_JA: &str = "あなたのアドレスを騙ったメールが、取引先にそのまま届きます。";
const OPEN_EN: &str = "Mail forged with your addresses reaches your customers like any other.";

pub(super) static REJECT: Topic = topic(
    "dmarc-reject",
    State::Pass,
    "なりすましメールを受け取らないよう宣言されています（p=reject）",
    "receivers are asked to refuse forged mail (p=reject)",
);

pub(super) static QUARANTINE: Topic = topic(
    "dmarc-quarantine",
    State::Pass,
    "なりすましメールを迷惑メール扱いにするよう宣言されています（p=quarantine）",
    "receivers are asked to treat forged mail as spam (p=quarantine)",
);

pub(super) static NONE: Topic = topic(
    "dmarc-none",
    State::Warn,
    "宣言は「様子見」（p=none）のままで、なりすましは止まりません",
    "the policy only watches (p=none) and stops no forgery",
)
.why(OPEN_JA, OPEN_EN)
.fix(
    "下の「DMARC の進め方」に沿って、報告を見ながら強めてください。",
    "Follow the steps for DMARC below: read the reports, and make it stricter one step at a time.",
);

pub(super) static INHERITED: Topic = topic(
    "dmarc-inherited",
    State::Note,
    "このドメイン自身の宣言はなく、{parent} の宣言（{policy}）が当てはまります",
    "it has no record of its own; that of {parent} holds for it ({policy})",
)
.fix(
    "変えるときは {parent} のほうを直します。`sekisho check-domain {parent}` で進め方が分かります。",
    "To change it, change the record of {parent}; `sekisho check-domain {parent}` shows how.",
);

pub(super) static SILENT: Topic = topic(
    "dmarc-sends-nothing",
    State::Pass,
    "メールを使わないドメインとして、なりすましを拒否する宣言があります（p=reject）",
    "as a domain not used for mail, it asks receivers to refuse everything forged (p=reject)",
);

pub(super) static SILENT_OPEN: Topic = topic(
    "dmarc-sends-nothing-open",
    State::Fail,
    "メールを使っていないドメインなのに、なりすましを拒否する宣言がありません",
    "the domain is not used for mail, but receivers are not asked to refuse mail in its name",
)
.why(
    "使っていないドメインでも、騙られれば取引先は信じます。送っていないので、すぐに拒否にして困ることはありません。",
    "People believe forged mail from an unused domain too. As nothing is sent from it, it can be refused at once.",
)
.fix("下のレコードを登録してください。", "Publish the record below.");

pub(super) static NO_ANSWER: Topic = topic(
    "dmarc-no-answer",
    State::Unknown,
    "DNS から答えがなく、DMARC を確かめられませんでした",
    "DNS did not answer, so DMARC could not be looked at",
)
.why("問題なしという意味ではありません。", "This does not mean that it is in order.")
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

pub(super) static MISSING: Topic =
    topic("dmarc-missing", State::Fail, "DMARC レコードがありません", "there is no DMARC record").why(OPEN_JA, OPEN_EN).fix(
        "まず、何も止めずに報告だけを集める下のレコードを登録してください。報告を受け取るアドレスは、先に作っておきます。",
        "Begin with the record below, which stops nothing and only collects reports. Create the address that receives them first.",
    );

pub(super) static WRONG_NAME: Topic = topic(
    "dmarc-at-wrong-name",
    State::Fail,
    "DMARC レコードが違う名前 {found} に登録されています",
    "the DMARC record is published under the wrong name, {found}",
)
.why(
    "受信側は {name} しか見ないので、ないのと同じです。",
    "Receivers look only at {name}, so it is as if it were not there.",
)
.fix(
    "名前を {name} にして登録し直してください。登録画面がドメイン名を自動で補う場合は、ホスト名に「_dmarc」とだけ入力します。",
    "Publish it under {name}. Where the form adds the domain by itself, enter only _dmarc as the host name.",
);

pub(super) static MISSPELT: Topic = topic(
    "dmarc-misspelt-version",
    State::Fail,
    "DMARC らしいレコードがありますが、書き出しが違うため無視されます: {record}",
    "there is what looks like a DMARC record, but its beginning is wrong, so receivers skip it: {record}",
)
.why(OPEN_JA, OPEN_EN)
.fix(
    "先頭は大文字で「v=DMARC1;」です。これまで効いていなかったので、まず何も止めない下の形に直し、報告を見てから強めてください。",
    "It must begin with v=DMARC1; in capitals. As it never had an effect, begin with the form below, which stops nothing, and make it stricter once you have read the reports.",
);

pub(super) static SEVERAL: Topic = topic(
    "dmarc-several",
    State::Fail,
    "DMARC レコードが {count} 個あります。一つだけにしてください",
    "there are {count} DMARC records; only one may be there",
)
.why("二つ以上あると、受信側はどれも使いません。", "With more than one, receivers use none of them.")
.fix("残す一つを決め、ほかを消してください。", "Decide which one to keep, and remove the others.");

pub(super) static TOO_LARGE: Topic = topic(
    "dmarc-too-large",
    State::Fail,
    "DMARC レコードが大きすぎて読めません（{bytes} バイト）",
    "the DMARC record is too large to be read ({bytes} bytes)",
)
.why(OPEN_JA, OPEN_EN)
.fix("下の形に書き直してください。", "Write it anew in the form below.");

pub(super) static SYNTAX: Topic = topic(
    "dmarc-syntax",
    State::Fail,
    "{place} 文字目の {tag} が読めません（{wrong}）",
    "{tag} at character {place} cannot be read ({wrong})",
)
.why(
    "読めない部分は無視されるか、宣言全体が「様子見」とみなされます。",
    "What cannot be read is skipped, or the whole record counts as one that only watches.",
)
.fix("下の形に直してください。", "Change it to the form below.");

pub(super) static NO_POLICY: Topic = topic(
    "dmarc-no-policy",
    State::Fail,
    "どう扱うかの指定（p=）がありません",
    "it does not say what receivers should do (p=)",
)
.why(
    "「様子見」とみなされるか、宣言全体が無視されます。",
    "It counts as one that only watches, or is skipped altogether.",
)
.fix("下の形に直してください。", "Change it to the form below.");

pub(super) static UNKNOWN_TAG: Topic = topic(
    "dmarc-unknown-tag",
    State::Warn,
    "{tag} という項目はなく、無視されます",
    "there is no tag called {tag}, so it is skipped",
)
.why("書き間違いなら、意図した設定が効いていません。", "If it is misspelt, what was meant has no effect.")
.fix("つづりを直すか、外してください。", "Correct or remove it.");

pub(super) static REMOVED_TAG: Topic = topic(
    "dmarc-removed-tag",
    State::Note,
    "{tag} は今の規格（RFC 9989）にはなく、外してかまいません",
    "{tag} is no longer in the standard (RFC 9989) and can be removed",
);

pub(super) static PERCENT: Topic = topic(
    "dmarc-percent",
    State::Warn,
    "割合の指定 pct={percent} は、今の規格（RFC 9989）ではなくなりました",
    "pct={percent} is no longer in the standard (RFC 9989)",
)
.why(
    "新しい受信側は無視して全部に適用し、古い受信側は一部にしか適用しないため、扱いがまちまちになります。",
    "Newer receivers skip it and apply the policy to all mail, older ones only to some: what happens depends on the receiver.",
)
.fix(
    "pct を外した下のレコードに替えてください。試したいときは t=y（宣言より一段弱く扱う）を使います。",
    "Replace it with the record below, without pct. To try a policy, use t=y, which applies it one step weaker.",
);

pub(super) static TEST: Topic = topic(
    "dmarc-test-mode",
    State::Warn,
    "「試験中」（t=y）のため、宣言より一段弱く扱われます",
    "it is marked as a test (t=y), so receivers apply it one step weaker",
)
.why(
    "reject は quarantine に、quarantine は「何もしない」になります。",
    "reject is applied as quarantine, and quarantine as nothing.",
)
.fix("試験が済んだら t=y を外してください。", "When the test is over, remove t=y.");

pub(super) static SUBDOMAINS_OPEN: Topic = topic(
    "dmarc-subdomains-open",
    State::Warn,
    "下位ドメイン（例: news.{domain}）の扱いが本体より弱くなっています（sp={below}）",
    "names below it (such as news.{domain}) are protected less than the domain itself (sp={below})",
)
.why(
    "下位ドメインを付ければ、あなたの名前でなりすませます。",
    "With a subdomain in front, mail can still be forged in your name.",
)
.fix(
    "下位ドメインからの正しいメールが報告で合格していれば、sp を外すか本体と同じにしてください。",
    "Once the reports show that genuine mail of subdomains passes, remove sp or make it equal to p.",
);

pub(super) static INVENTED_OPEN: Topic = topic(
    "dmarc-invented-subdomains-open",
    State::Warn,
    "存在しない下位ドメイン（例: pay.{domain}）の扱いが弱くなっています（np={invented}）",
    "invented names below it (such as pay.{domain}) are protected less (np={invented})",
)
.why(
    "ありもしない下位ドメインを名乗るメールに、正しいものはありません。",
    "No genuine mail comes from a subdomain that does not exist.",
)
.fix("np=reject にしてください。", "Make it np=reject.");

pub(super) static NO_REPORTS: Topic = topic(
    "dmarc-no-reports",
    State::Warn,
    "報告の宛先（rua）がありません",
    "nobody receives its reports (rua)",
)
.why(
    "誰があなたの名前で送っているかも、正しいメールが弾かれていないかも分かりません。",
    "You see neither who sends in your name nor whether genuine mail is refused.",
)
.fix(
    "報告用のアドレスを作り、下のレコードに替えてください。届いた報告は `sekisho reports` で読めます。",
    "Create an address for reports and publish the record below. `sekisho reports` reads what arrives.",
);

pub(super) static REPORT_ADDRESS: Topic = topic(
    "dmarc-report-address",
    State::Fail,
    "報告の宛先 {address} の書き方が違います（{wrong}）",
    "the report address {address} is written wrongly ({wrong})",
)
.why("そこへ報告は届きません。", "No reports are sent there.")
.fix("「mailto:アドレス」の形に直してください。", "Write it as mailto:address.");

pub(super) static REPORT_SIZE: Topic = topic(
    "dmarc-report-size",
    State::Note,
    "報告の大きさの指定（{address} の「!」以降）は今の規格にはなく、外してかまいません",
    "the limit of size behind {address} (!) is no longer in the standard and can be removed",
);

pub(super) static NOT_AUTHORISED: Topic = topic(
    "dmarc-reports-not-authorised",
    State::Fail,
    "報告の宛先 {address} は別の組織のドメインですが、受け取りを承諾するレコードがありません",
    "reports go to {address}, a domain of others, which does not say that it takes them",
)
.why(
    "承諾がないと、ほとんどの受信側は報告を送りません。",
    "Without that consent, most receivers send no reports.",
)
.fix(
    "その宛先の管理者に、下のレコードの登録を頼んでください（自分のドメインに登録しても効きません）。",
    "Ask whoever runs that domain to publish the record below (it has no effect in your own domain).",
);

pub(super) static REPORTS_NO_ANSWER: Topic = topic(
    "dmarc-reports-no-answer",
    State::Unknown,
    "DNS から答えがなく、{address} が報告を受け取れるか確かめられませんでした",
    "DNS did not answer, so whether {address} takes reports could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

pub(super) static NOBODY_RECEIVES: Topic = topic(
    "dmarc-reports-nowhere",
    State::Warn,
    "報告の宛先 {address} は、メールを受け取らないドメインです",
    "reports go to {address}, whose domain receives no mail",
)
.why("報告は誰にも届きません。", "Nobody gets the reports.")
.fix("受け取れるアドレスに替えてください。", "Use an address that receives mail.");

pub(super) static FAILURE_REPORTS: Topic = topic(
    "dmarc-failure-reports",
    State::Note,
    "一通ごとの失敗報告（ruf）の宛先があります。送る受信側はわずかで、届けば本文や個人情報を含むことがあります",
    "reports of single failures (ruf) are asked for; few receivers send them, and those may hold texts and personal data",
);

pub(super) static STRICT: Topic = topic(
    "dmarc-strict-alignment",
    State::Note,
    "厳密な一致（adkim=s / aspf=s）が求められています。下位ドメインで送るサービスは不合格になります",
    "strict alignment is asked for (adkim=s or aspf=s); services that send with a subdomain fail",
);

pub(super) static PUBLIC_SUFFIX: Topic = topic(
    "dmarc-public-suffix",
    State::Fail,
    "「誰でも下に登録できるドメイン」の印（psd=y）が付いています",
    "it is marked as a domain below which others register names (psd=y)",
)
.why(
    "下位ドメインが別の組織とみなされ、宣言や署名が効かなくなります。",
    "Subdomains then count as other organisations, for which neither the policy nor signatures hold.",
)
.fix("psd=y を外してください。", "Remove psd=y.");

pub(super) static NOTHING_TO_PASS: Topic = topic(
    "dmarc-nothing-to-pass",
    State::Warn,
    "なりすましを止める宣言なのに、SPF も DKIM も働いていません",
    "forgeries are to be stopped, but neither SPF nor DKIM works",
)
.why("正しいメールまで、なりすましとして弾かれます。", "Genuine mail is stopped like forged mail.")
.fix(
    "先に SPF か DKIM を直してください。それまでは p=none に戻すのが安全です。",
    "Mend SPF or DKIM first; until then, p=none is safer.",
);
