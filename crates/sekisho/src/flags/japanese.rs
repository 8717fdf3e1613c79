//! The help in Japanese: what a command or option does in one line, beside the same in English, and the words around it.
//!
//! The English ones are those of the definitions (`flags.rs`), and are looked up by what they say, so that a sentence that stands with several
//! options is translated once; a test finds those that have no Japanese. The longer explanations are in English only, in the manual pages.

use clap::{Arg, Command};

/// The program with its help in Japanese.
pub fn program(mut program: Command) -> Command {
    // Before that, the options for help and version are not there yet.
    program.build();
    command(program)
}

fn command(mut one: Command) -> Command {
    let about = one.get_about().and_then(|about| of(&about.to_string()));
    if let Some(ja) = about {
        one = one.about(ja).long_about(None::<&str>);
    }
    let shown = one.get_bin_name().unwrap_or("sekisho").to_owned();
    let manual = match one.get_name() {
        "sekisho" => "詳しい説明（英語）: sekisho manual\n終了ステータス（scan と inspect）: 0 すべて通過、1 通過でないものがある、2 使えない入力がある".to_owned(),
        _ => format!("詳しい説明（英語）: sekisho manual {}", shown.split(' ').nth(1).unwrap_or_default()),
    };
    one = one
        .after_help(manual)
        .subcommand_help_heading("コマンド")
        .help_template("{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}")
        .mut_args(argument);
    let names: Vec<String> = one.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(one, |one, name| one.mut_subcommand(name, command))
}

fn argument(one: Arg) -> Arg {
    let heading = match (one.get_help_heading(), one.is_positional()) {
        (Some(_), _) => "共通オプション",
        (None, true) => "引数",
        (None, false) => "オプション",
    };
    let Some(mut help) = one.get_help().and_then(|help| of(&help.to_string())).map(str::to_owned) else {
        return one.help_heading(heading);
    };
    let values = one.get_possible_values();
    let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    if one.get_action().takes_values() && !values.is_empty() && !one.is_hide_possible_values_set() {
        help.push_str(&format!("（{} のどれか）", values.join("、")));
    }
    let defaults = one.get_default_values().iter().filter_map(|value| value.to_str()).collect::<Vec<_>>();
    if one.get_action().takes_values() && !defaults.is_empty() && !one.is_hide_default_value_set() {
        help.push_str(&format!("［指定しないとき: {}］", defaults.join("、")));
    }
    one.help(help)
        .long_help(None::<&str>)
        .hide_default_value(true)
        .hide_possible_values(true)
        .help_heading(heading)
}

/// The Japanese of a line of help.
fn of(en: &str) -> Option<&'static str> {
    HELP.iter().find(|(known, _)| *known == en).map(|(_, ja)| *ja)
}

/// What is said in English, and the same in Japanese.
#[rustfmt::skip]
const HELP: &[(&str, &str)] = &[
    // The program and what holds for every command.
    ("A mail checkpoint: judges mail, and says why", "メールの関所: メールを判定し、その理由を示します"),
    ("Folder of this installation: sekisho.toml, policy.toml, lists/", "設定のフォルダー（sekisho.toml、policy.toml、lists/）"),
    ("Language of everything said [default: that of the environment]", "表示の言語［指定しないとき: 環境の言語］"),
    ("When to use colours", "色を付けるか"),
    ("Say only what needs attention: no summary, no progress, no mails to deliver", "注意が要ることだけを表示する（まとめ、進み具合、通過のメールは表示しない）"),
    ("Print help", "使い方を表示する"),
    ("Print help (see more with '--help')", "使い方を表示する"),
    ("Print help (see a summary with '-h')", "使い方を表示する"),
    ("Print version", "版を表示する"),
    // The commands.
    ("Judge mail from files and say why", "ファイルのメールを判定し、理由を示す"),
    ("Show everything found in one mail or file", "一通のメール、一つのファイルについて、見つけたことをすべて示す"),
    ("List and show whom we write with, confirm an address, or forget a person", "やり取りのある相手を一覧・表示し、確認し、忘れる"),
    ("Find the remembered conversations that a mail or text holds, list remembered mails, or forget words", "覚えている会話のうち、メールや文章に含まれるものを探す。覚えているメールを一覧し、文面を忘れる"),
    ("Learn who writes what to whom, from mailboxes", "誰が誰に何を書くかを、メールボックスから学習する"),
    ("List, add and withdraw exceptions that a person makes for a sender", "差出人についての例外を一覧し、追加し、取り消す"),
    ("Take address books and lists of staff or partners into the memory", "アドレス帳や、職員・取引先の名簿を取り込む"),
    ("Explain a check, or list all of them", "検査を説明する。指定がなければ一覧する"),
    ("Read reports that receivers send about our domains, and say who sends in our name", "受信側から届く報告（DMARC など）を読み、誰が自分たちの名で送っているかを示す"),
    ("Check how well domains are protected against forgery, and say what to publish", "ドメインがなりすましから守られているかを調べ、公開すべき設定を示す"),
    ("Say what is missing in this installation, and how to mend it", "この設定に足りないものと、直し方を示す"),
    ("Write an annotated configuration to begin with", "説明付きの設定ファイルを作る"),
    ("Print completions for a shell", "シェルの補完の設定を出力する"),
    ("Print the manual page, of one command if it is named", "マニュアル（英語）を出力する。コマンドの名を指定すれば、そのマニュアル"),
    ("The shell", "シェルの名前"),
    ("The command", "コマンドの名前"),
    // scan, inspect
    ("Mails, mboxes, Maildirs, Outlook data files or folders; - for standard input", "メール、mbox、Maildir、Outlook のデータファイル、フォルダー。- は標準入力"),
    ("Print one JSON object a mail (sekisho.case/1) and nothing else", "メール一通につき JSON を一つ（sekisho.case/1）、それだけを出力する"),
    ("List every mail", "すべてのメールを一覧する"),
    ("Mails or any files; - for standard input", "メール、またはどんなファイルでも。- は標準入力"),
    ("Print one JSON object a mail (sekisho.case/1) or file (sekisho.file/1)", "メール（sekisho.case/1）かファイル（sekisho.file/1）一つにつき JSON を一つ出力する"),
    ("Print the source of macros and scripts, and formulas of Excel 4 macros", "マクロとスクリプトのソース、Excel 4 マクロの数式を出力する"),
    ("Write all parts into a new ZIP archive with the password \"infected\"", "すべての部分を、パスワード「infected」の付いた新しい ZIP に書き出す"),
    ("Judge with this profile instead of the configured one", "設定の代わりに、この厳しさで判定する"),
    ("Judge with the rules of this file instead of HOME/policy.toml", "設定のフォルダーの policy.toml の代わりに、このファイルの規則で判定する"),
    ("Try the passwords in this file, one a line, on locked attachments", "パスワードの付いた添付ファイルに、このファイルのパスワード（一行に一つ）を試す"),
    ("Ask DNS, and verify signatures (DKIM, ARC) and policies (DMARC) afresh", "DNS に問い合わせ、署名（DKIM、ARC）とポリシー（DMARC）を検証し直す"),
    ("Judge the mails as this mailbox of ours received them [default: the own addresses that a mail names]", "自分たちのこのメールボックスに届いたものとして判定する［指定しないとき: メールにある自組織のアドレス］"),
    ("Judge by what was remembered at the end of this day", "この日の終わりに覚えていたことで判定する"),
    ("Judge this many mails at a time [default: one a processor; with --dns at least 8]", "同時に判定するメールの数［指定しないとき: プロセッサーの数。--dns では 8 以上］"),
    // explain, reports, check-domain, doctor, init
    ("The check's id", "検査の ID"),
    ("Print one JSON object a check (sekisho.check/1)", "検査一つにつき JSON を一つ（sekisho.check/1）出力する"),
    ("Reports, or mails, mboxes, Maildirs and folders with them; - for standard input", "報告、または報告の入ったメール、mbox、Maildir、フォルダー。- は標準入力"),
    ("Print one JSON object (sekisho.reports/1) and nothing else", "JSON を一つ（sekisho.reports/1）、それだけを出力する"),
    ("Only reports about this domain and those below it", "このドメインと、その下のドメインの報告だけ"),
    ("Only reports about this day and later ones; a sender first seen since then is new", "この日からの報告だけ。この日より後に初めて現れた送信元を新しいとみなす"),
    ("Only reports about this day and earlier ones", "この日までの報告だけ"),
    ("List every sender, reporter and failure report", "送信元、報告者、失敗の報告をすべて一覧する"),
    ("Read this many reports at a time [default: one a processor]", "同時に読む報告の数［指定しないとき: プロセッサーの数］"),
    ("Domains; - for a list on standard input [default: those of sekisho.toml]", "ドメイン。- は標準入力の一覧［指定しないとき: sekisho.toml のドメイン］"),
    ("Check the domains listed in this file too, one a line", "このファイルにあるドメイン（一行に一つ）も調べる"),
    ("Look at the DKIM keys of these selectors, separated by commas", "これらのセレクター（コンマ区切り）の DKIM の鍵を調べる"),
    ("Take the DKIM selectors from the signatures of this mail, sent from the domains; may be repeated", "このドメインから送られたメールの署名から、DKIM のセレクターを取る。何度でも指定できる"),
    ("Check the domains as ones that nothing is sent from", "メールを送らないドメインとして調べる"),
    ("Ask this DNS server instead of the configured ones; may be repeated", "設定の代わりに、この DNS サーバーに問い合わせる。何度でも指定できる"),
    ("Print one JSON object a domain (sekisho.domain/1) and nothing else", "ドメイン一つにつき JSON を一つ（sekisho.domain/1）、それだけを出力する"),
    ("Check this many domains at a time [default: 12]", "同時に調べるドメインの数［指定しないとき: 12］"),
    ("Print one JSON object (sekisho.doctor/1)", "JSON を一つ（sekisho.doctor/1）出力する"),
    ("Ask whether DNS answers", "DNS が答えるか確かめる"),
    ("Say that the memory's secret key is saved elsewhere; it is asked for until then", "秘密鍵の写しを別の場所に保管したことを伝える（伝えるまで尋ねます）"),
    ("The organisation's name", "組織の名前"),
    ("One of the organisation's mail domains; may be repeated", "組織のメールのドメイン。何度でも指定できる"),
    ("One of the organisation's people; may be repeated", "組織の人。何度でも指定できる"),
    ("A CSV list of people beside sekisho.toml: name, address, other spellings", "sekisho.toml と同じ所に置いた人の一覧（CSV: 名前、アドレス、別の書き方）"),
    // learn, import
    ("Mailboxes of one person each: Maildirs, mboxes, Outlook data files (.pst), folders of .eml or .msg; - for standard input", "一人ずつのメールボックス: Maildir、mbox、Outlook のデータファイル（.pst）、.eml か .msg のフォルダー。- は標準入力"),
    ("Whose mailbox it is [default: found in the mails, and said]", "誰のメールボックスか［指定しないとき: メールから判断し、表示する］"),
    ("Learn junk, deleted mail and drafts too", "迷惑メール、ごみ箱、下書きも学習する"),
    ("Ask DNS, and verify signatures afresh, where the receiving server recorded nothing", "受信サーバーの記録がないとき、DNS に問い合わせて署名を検証し直す"),
    ("Print one JSON object (sekisho.learned/1) and nothing else", "JSON を一つ（sekisho.learned/1）、それだけを出力する"),
    ("Read this many mails at a time [default: one a processor; with --dns at least 8]", "同時に読むメールの数［指定しないとき: プロセッサーの数。--dns では 8 以上］"),
    ("Forget what was learned of a mail, named by its Message-ID or its key; may be repeated", "このメール（Message-ID か key）から学習したことを忘れる。何度でも指定できる"),
    ("Forget what was learned of all mails since this day, as after an infection", "この日からのすべてのメールから学習したことを忘れる（感染のあとなど）"),
    ("Forget everything that was learned of this mailbox, as where it was learned by mistake", "このメールボックスから学習したことをすべて忘れる（間違って学習したときなど）"),
    ("Where the secret key is lost for good: drop what was learned with it, and begin anew with a new key", "秘密鍵がどうしても見つからないとき: その鍵で学習したことを捨て、新しい鍵で始め直す"),
    ("With --start-over or --unlearn-mailbox: do not ask first", "--start-over か --unlearn-mailbox のとき、確かめずに実行する"),
    ("With --start-over: a copy of the database is kept, as it must be while there is a legal hold", "--start-over のとき: データベースの写しを保管したことを伝える（法律上の保全があるときに必要）"),
    ("Address books: CSV of Outlook, Google or Thunderbird, vCard (.vcf), LDIF; - for standard input", "アドレス帳: Outlook、Google、Thunderbird の CSV、vCard（.vcf）、LDIF。- は標準入力"),
    ("It is the list of our own staff", "自分たちの職員の名簿である"),
    ("It is a list of partners", "取引先の名簿である"),
    ("Print one JSON object (sekisho.imported/1) and nothing else", "JSON を一つ（sekisho.imported/1）、それだけを出力する"),
    // contacts, conversations, exceptions
    ("Part of an address or of a name; a whole address shows everything about it", "アドレスか名前の一部。アドレス全体なら、その相手のすべてを示す"),
    ("Only whom this mailbox knows", "このメールボックスが知っている相手だけ"),
    ("As it was known at the end of this day", "この日の終わりに知っていたこととして"),
    ("List at most so many", "一覧する数の上限"),
    ("Print one JSON object a contact (sekisho.contact/1) and nothing else", "相手一人につき JSON を一つ（sekisho.contact/1）、それだけを出力する"),
    ("Confirm that an address, and with --name a name, truly belongs to somebody we know", "アドレスが（--name があれば名前も）知っている方のものだと確認する"),
    ("Forget a person entirely", "ある人のことをすべて忘れる"),
    ("Take back the mark that forgetting somebody left, as where the address was mistyped", "忘れたときに残した印を外す（アドレスを打ち間違えたときなど）"),
    ("For the sake of the law, keep somebody (or, without ADDRESS, everybody) from being forgotten", "法律上の保全: この人（アドレスがなければすべての人）を忘れられないようにする"),
    ("End a legal hold", "法律上の保全を解く"),
    ("List the legal holds", "法律上の保全を一覧する"),
    ("Print one JSON object a legal hold (sekisho.legal-hold/1) and nothing else", "保全一件につき JSON を一つ（sekisho.legal-hold/1）、それだけを出力する"),
    ("The address [default: everybody]", "アドレス［指定しないとき: すべての人］"),
    ("The address [default: the hold on everybody]", "アドレス［指定しないとき: すべての人の保全］"),
    ("The address", "アドレス"),
    ("Why", "理由"),
    ("Who ordered it", "決めた人"),
    ("The name that truly belongs to it", "そのアドレスの方の名前"),
    ("Who says so", "確認した人"),
    ("Who decided it", "決めた人"),
    ("Do not ask first", "確かめずに実行する"),
    ("A mail or a text: which remembered conversations does it hold? - for standard input", "メールか文章。覚えているどの会話を含むかを調べる。- は標準入力"),
    ("List the remembered mails that this address wrote or received", "このアドレスが書いたか受け取ったメールのうち、覚えているものを一覧する"),
    ("List the remembered mails of this mailbox", "このメールボックスのメールのうち、覚えているものを一覧する"),
    ("Print one JSON object a conversation or mail (sekisho.conversation/1, sekisho.remembered/1) and nothing else", "会話かメール一つにつき JSON を一つ（sekisho.conversation/1、sekisho.remembered/1）、それだけを出力する"),
    ("Forget the words of the conversations that a mail or text holds", "メールや文章に含まれる会話の文面を忘れる"),
    ("A mail or a text; - for standard input", "メールか文章。- は標準入力"),
    ("Those that held at the end of this day", "この日の終わりに有効だったもの"),
    ("Print one JSON object an exception (sekisho.exception/1) and nothing else", "例外一件につき JSON を一つ（sekisho.exception/1）、それだけを出力する"),
    ("Let checks be silent for a sender, for a reason and until a day", "ある差出人について、理由と期限を決めて検査を止める"),
    ("Withdraw an exception before its day", "期限の前に例外を取り消す"),
    ("The address, or @domain for everybody there", "アドレス。@ドメイン なら、そのドメインのすべての方"),
    ("A check to silence, by its id; may be repeated [default: every check that may be silenced]", "止める検査の ID。何度でも指定できる［指定しないとき: 止められる検査すべて］"),
    ("The last day on which it holds", "有効な最後の日"),
    ("Its number", "番号"),
];

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::flags::Flags;

    /// Every line of help, but of what is hidden.
    fn lines(command: &Command, lines: &mut Vec<String>) {
        lines.extend(command.get_about().map(ToString::to_string));
        let arguments = command.get_arguments().filter(|argument| !argument.is_hide_set());
        lines.extend(arguments.filter_map(|argument| argument.get_help()).map(ToString::to_string));
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            self::lines(sub, lines);
        }
    }

    #[test]
    fn every_line_of_help_has_its_japanese_and_no_other_is_kept() {
        let mut english = Flags::command();
        english.build();
        let mut said = Vec::new();
        lines(&english, &mut said);
        let without: Vec<&String> = said.iter().filter(|line| of(line).is_none()).collect();
        assert!(without.is_empty(), "these lines of help have no Japanese: {without:#?}");
        let is_ours = |en: &str| !en.starts_with("Print help") && !said.iter().any(|line| line == en);
        let unused: Vec<_> = HELP.iter().map(|(en, _)| *en).filter(|en| is_ours(en)).collect();
        assert!(unused.is_empty(), "nothing says this any more: {unused:#?}");
    }

    #[test]
    fn the_help_is_japanese_around_the_lines_too() {
        let mut program = program(Flags::command());
        let whole = program.render_help().to_string();
        for words in [
            "メールの関所",
            "使い方: sekisho",
            "コマンド:",
            "  scan",
            "共通オプション:",
            "（auto、always、never のどれか）［指定しないとき: auto］",
        ] {
            assert!(whole.contains(words), "{words}: {whole}");
        }
        let learn = program.find_subcommand_mut("learn").unwrap().render_long_help().to_string();
        for words in [
            "引数:\n  [PATH]...",
            "オプション:",
            "--unlearn-mailbox <ADDRESS>",
            "詳しい説明（英語）: sekisho manual learn",
        ] {
            assert!(learn.contains(words), "{words}: {learn}");
        }
        for english in ["Usage", "Options", "Arguments", "Commands", "default", "possible", "Print"] {
            assert!(!whole.contains(english) && !learn.contains(english), "{english}: {whole}{learn}");
        }
    }
}
