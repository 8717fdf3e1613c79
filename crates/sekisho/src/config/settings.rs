//! Every setting, once: its type, its default, its words. The types, the sample and the reference page are made of it.

use sekisho_facts::Person;
use sekisho_judge::{Profile, Text};
use sekisho_mail::Address;
use serde::Deserialize;

use super::sender::{AuthservId, Domain, Host, Server};
use super::store::Objects;

/// A section of the configuration, as it is described.
pub struct Section {
    /// Its name in brackets.
    pub name: &'static str,
    /// What it is about.
    pub about: Text,
    /// Its settings, in the order of the sample.
    pub settings: &'static [Setting],
}

/// One setting, as it is described.
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// The default as TOML.
    pub default: &'static str,
    /// An example as TOML; empty where the default shows enough.
    pub example: &'static str,
    /// Whether anything reads it yet.
    pub used: Use,
    /// What it does.
    pub about: Text,
}

/// Whether a setting is read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It has an effect.
    Now,
    /// It is accepted and checked for its type, and has no effect yet.
    Later,
}

macro_rules! sections {
    ($($section:ident: $struct:ident = $ja:literal, $en:literal {
        $($key:ident: $type:ty = $value:expr, $default:literal, $example:literal, $used:ident, $about_ja:literal, $about_en:literal;)*
    })*) => {
        $(
            #[doc = $en]
            #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
            #[serde(deny_unknown_fields, default)]
            pub struct $struct {
                $(#[doc = $about_en] pub $key: $type,)*
            }

            impl Default for $struct {
                fn default() -> Self {
                    Self { $($key: $value,)* }
                }
            }
        )*

        /// The whole configuration.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Config {
            $(#[doc = $en] pub $section: $struct,)*
        }

        /// Every section with its settings, in the order of the sample.
        pub static SECTIONS: &[Section] = &[$(Section {
            name: stringify!($section),
            about: Text::new($ja, $en),
            settings: &[$(Setting {
                key: stringify!($key),
                default: $default,
                example: $example,
                used: Use::$used,
                about: Text::new($about_ja, $about_en),
            },)*],
        },)*];
    };
}

sections! {
    organisation: Organisation = "自組織のこと。名前を騙るメールは、ここに書いた名簿と照らして見つけます。",
        "The organisation itself. Mail that abuses our names is found by comparing with what stands here." {
        name: String = String::new(), "\"\"", "\"みどり設計事務所\"", Now,
            "組織の名前。", "The organisation's name.";
        domains: Vec<String> = Vec::new(), "[]", "[\"midori.example\"]", Now,
            "自分たちのメールアドレスの @ より後ろ。下位のドメインは書かなくても含まれます。",
            "What stands behind the @ of our addresses. Domains below are included.";
        people: Vec<ListedPerson> = Vec::new(), "[]", "[{ name = \"佐藤 花子\", address = \"sato@midori.example\", also = [\"Hanako Sato\"] }]", Now,
            "自組織の人。氏名（姓名）とアドレス、also には別の書き方。代表者と経理の方だけでも書いてください。",
            "Our people: full name and address, other spellings in also. The head and accounting at least.";
        people_file: String = String::new(), "\"\"", "\"people.csv\"", Now,
            "名簿の CSV ファイル（この設定ファイルからの相対パス）。1 列目が氏名、2 列目がアドレス、3 列目以降は別の書き方。UTF-8 でも Excel の Shift_JIS でもかまいません。",
            "A CSV list of people (relative to this file): name, address, then other spellings. UTF-8, or Shift_JIS as Excel writes it.";
        partners: Vec<Domain> = Vec::new(), "[]", "[\"kita-kensetsu.example\"]", Now,
            "よくやり取りする取引先のドメイン。よく似た別のドメインから届いたメールを見つけます。",
            "Domains of partners we often write with. Mail from domains that only look like them is found.";
    }
    sender: SenderSection = "送信者の認証（SPF・DKIM・DMARC・ARC）。", "Sender authentication (SPF, DKIM, DMARC, ARC)." {
        trusted_authserv_ids: Vec<AuthservId> = Vec::new(), "[]", "[\"mx.midori.example\"]", Now,
            "自分たちの受信サーバーの名前。このサーバーが書いた Authentication-Results だけを信用します。メールのヘッダーで Authentication-Results: のすぐ後ろにある言葉です。",
            "Names of our receiving servers: only their Authentication-Results are believed. It is the word behind Authentication-Results: in the header of a mail.";
        border_hosts: Vec<Host> = Vec::new(), "[]", "[\"mx.midori.example\"]", Now,
            "Received に現れる自分たち（または契約しているメール事業者）のサーバー。名前、.で始まる名前（その下すべて）、アドレス、ネットワーク（192.0.2.0/24）。ここより外で書かれた認証結果は信用しません。",
            "Our hosts, or our provider's, in Received: names, names that begin with a dot (all below), addresses, networks (192.0.2.0/24). Results that were written outside of them are not believed.";
        arc_sealers: Vec<Domain> = Vec::new(), "[]", "[\"lists.example\"]", Now,
            "ARC の封を信用するドメイン（利用しているメーリングリストや転送サービスなど）。",
            "Domains whose ARC seals are believed (mailing lists and forwarding services that we use).";
        own_services: Vec<Domain> = Vec::new(), "[]", "[\"news.example\", \"forms.example\"]", Now,
            "自分たちの名前で送る外部サービスのドメイン（メール配信、会計、フォームなど）。",
            "Domains of outside services that send in our name (newsletters, accounting, forms).";
        nameservers: Vec<Server> = Vec::new(), "[]", "[\"192.0.2.53\"]", Now,
            "--dns を付けたときに問い合わせる DNS サーバーのアドレス。空ならこの機械の設定を使います。",
            "Addresses of the DNS servers that are asked with --dns. Empty: those of the system.";
    }
    store: StoreSection = "覚えておくものの置き場所。", "Where everything remembered is kept." {
        url: String = "sqlite".to_owned(), "\"sqlite\"", "\"postgres://sekisho@db.midori.example/sekisho\"", Now,
            "覚えたこと（連絡先と会話の指紋）の置き場所。sqlite（このフォルダーの sekisho.db）、sqlite:ファイル名、または postgres://…。本文は保存しません。秘密鍵は別に secret.key に置かれます。",
            "Where what was learned is kept (contacts, and fingerprints of conversations): sqlite (sekisho.db in this folder), sqlite:FILE, or postgres://…. Texts are never kept. The secret key lies apart from it, in secret.key.";
        objects: Objects = Objects::default(), "\"disk\"", "\"s3://midori-held/?region=ap-northeast-1\"", Later,
            "保留したメールと証拠ファイルの置き場所。disk（このフォルダーの objects）、disk:フォルダー、または S3 互換のサービス s3://バケット/接頭辞?region=…（Amazon 以外は &endpoint=https://…。バケット名をホスト名に付けるなら &style=host、パスに書くなら &style=path）。中身は secret.key の鍵で暗号化し、鍵を失うと読めなくなります。S3 の認証情報はここには書かず、s3.credentials（権限 600）に aws_access_key_id = … と aws_secret_access_key = … を書くか、環境変数で渡してください。",
            "Where held mail and evidence lie: disk (objects in this folder), disk:FOLDER, or an S3-compatible service s3://BUCKET/PREFIX?region=… (elsewhere than at Amazon with &endpoint=https://…; &style=host has the bucket in the host's name, &style=path in the path). All of it is encrypted with the key in secret.key, and lost with it. Credentials for S3 do not stand here: write aws_access_key_id = … and aws_secret_access_key = … into s3.credentials (mode 600), or pass them in the environment.";
    }
    policy: PolicySection = "どう扱うか。規則そのものは policy.toml で変えられます。", "What is done with mail. The rules themselves are changed in policy.toml." {
        profile: Profile = Profile::Watch, "\"watch\"", "", Now,
            "watch（判定するだけで何も止めない）、balanced（標準）、strict（厳しめ）。", "watch (judges as balanced, acts on nothing), balanced, or strict.";
    }
    retention: RetentionSection = "覚えておく日数。", "Days for which things are kept." {
        cases: u32 = 365, "365", "", Later, "判定の記録。", "Records of judgements.";
        conversations: u32 = 730, "730", "", Now, "会話の指紋。これより古いメールの分を、sekisho learn の終わりに消します。0 なら消しません。本文は保存しません。", "Fingerprints of conversations. Those of older mail are removed at the end of sekisho learn; 0 keeps them. Texts are never kept.";
        contacts: u32 = 1095, "1095", "", Now, "最後にやり取りしてからの連絡先。これより長く見かけない相手を、sekisho learn の終わりに忘れます。0 なら忘れません。担当者が確認した相手は残ります。", "Contacts since they were last seen. Those not seen for longer are forgotten at the end of sekisho learn; 0 keeps them. Contacts that a person confirmed stay.";
        held_mail: u32 = 90, "90", "", Later, "保留したメール。30 日より短くはできません。", "Held mail. Never less than 30 days.";
    }
}

/// A person as listed in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedPerson {
    /// The full name.
    pub name: String,
    /// The address.
    pub address: Address,
    /// Other spellings of the name.
    #[serde(default)]
    pub also: Vec<String>,
}

impl ListedPerson {
    /// The person, ready for comparison.
    pub fn person(&self) -> Person {
        Person::new(&self.name, self.address.clone(), &self.also)
    }
}
