//! The office that receives the generated mail: みどり設計事務所, its domain and its twelve people.

/// Somebody who works at the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Surname, a space, given name: `佐藤 花子`.
    pub name: &'static str,
    /// The same in Latin letters, given name first: `Hanako Sato`.
    pub romaji: &'static str,
    /// The mail address at the office's own domain.
    pub address: &'static str,
    /// What stands before the name in a signature.
    pub title: &'static str,
}

/// The office as a whole, as it stands in `sekisho.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Organisation {
    /// The name as written on letters.
    pub name: &'static str,
    /// Own domains.
    pub domains: &'static [&'static str],
    /// Own people; the first is the president.
    pub people: &'static [Person],
}

/// The organisation that all mail of [`crate::generate::office`] belongs to.
pub fn organisation() -> Organisation {
    Organisation { name: "みどり設計事務所", domains: &["midori.example"], people: PEOPLE }
}

impl Person {
    /// The part of the name before the space.
    pub fn surname(&self) -> &'static str {
        self.name.split_once(' ').map_or(self.name, |(surname, _)| surname)
    }
}

const fn person(
    name: &'static str,
    romaji: &'static str,
    address: &'static str,
    title: &'static str,
) -> Person {
    Person { name, romaji, address, title }
}

const PEOPLE: &[Person] = &[
    person("緑川 誠一", "Seiichi Midorikawa", "midorikawa@midori.example", "代表取締役"),
    person("佐藤 花子", "Hanako Sato", "sato@midori.example", "設計部"),
    person("鈴木 健太", "Kenta Suzuki", "suzuki@midori.example", "設計部"),
    person("高橋 美咲", "Misaki Takahashi", "takahashi@midori.example", "総務部"),
    person("田中 宏", "Hiroshi Tanaka", "tanaka@midori.example", "設計部長"),
    person("伊藤 由美子", "Yumiko Ito", "ito@midori.example", "経理担当"),
    person("渡辺 大輔", "Daisuke Watanabe", "watanabe@midori.example", "監理部"),
    person("中村 さくら", "Sakura Nakamura", "nakamura@midori.example", "設計部"),
    person("小林 隆", "Takashi Kobayashi", "kobayashi@midori.example", "構造担当"),
    person("斎藤 恵", "Megumi Saito", "saito@midori.example", "広報担当"),
    person("髙木 翔", "Sho Takagi", "takagi@midori.example", "設備担当"),
    person("森 千夏", "Chinatsu Mori", "mori@midori.example", "採用担当"),
];
