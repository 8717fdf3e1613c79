//! Lines of signatures, and whom they name.

use super::of;

/// A line, the people in it, the organisations in it.
type Line = (&'static str, &'static [&'static str], &'static [&'static str]);

const LATIN: &[Line] = &[
    ("Brightwater Tools Ltd", &[], &["Brightwater Tools Ltd"]),
    ("Brightwater Ltd", &[], &["Brightwater Ltd"]),
    ("Brightwater Tools GmbH", &[], &["Brightwater Tools GmbH"]),
    ("Brightwater Tools, Inc.", &[], &["Brightwater Tools, Inc."]),
    ("Brightwater Tools Co., Ltd.", &[], &["Brightwater Tools Co., Ltd."]),
    ("Brightwater Precision Tools Limited", &[], &["Brightwater Precision Tools Limited"]),
    ("Field & Moore LLP", &[], &["Field & Moore LLP"]),
    ("Smith, Field & Moore LLP", &[], &["Smith, Field & Moore LLP"]),
    ("Support, Brightwater Tools Ltd", &[], &["Brightwater Tools Ltd"]),
    ("Support Team, Brightwater Tools Ltd", &[], &["Brightwater Tools Ltd"]),
    ("Customer Service, Brightwater Tools Inc.", &[], &["Brightwater Tools Inc."]),
    ("Finance | Brightwater Tools Ltd", &[], &["Brightwater Tools Ltd"]),
    ("Nora Field, Brightwater Tools Ltd", &["Nora Field"], &["Brightwater Tools Ltd"]),
    ("Nora Field | Sales | Brightwater Tools Ltd", &["Nora Field"], &["Brightwater Tools Ltd"]),
    ("Support, Nora Field", &["Nora Field"], &[]),
    ("Brightwater Law Office", &[], &["Brightwater Law Office"]),
    ("Field & Partners", &[], &["Field & Partners"]),
    ("Nora Field, Field and Associates", &["Nora Field"], &["Field and Associates"]),
    ("Sales & Partners", &[], &[]),
    ("Brightwater Tools", &[], &[]),
    ("Oakfield Precision Engineering", &[], &[]),
    ("Ashgrove Holdings", &[], &[]),
    ("Riverside Group", &[], &[]),
    ("Kings College", &[], &[]),
    ("Project Manager", &[], &[]),
    ("Head Office", &[], &[]),
    ("Sam Field", &["Sam Field"], &[]),
    ("Ann Wood", &["Ann Wood"], &[]),
    ("Mary Law", &["Mary Law"], &[]),
    ("Nora Field <nora.field@brightwater.example>", &["Nora Field"], &[]),
    ("Sales <sales@brightwater.example>", &[], &[]),
    ("E-mail: nora.field@brightwater.example", &[], &[]),
    ("Acked-by: Nora Field <nora.field@brightwater.example>", &[], &[]),
    ("\"Now you can do the thing\" - Nora Field", &[], &[]),
    ("(Some Guy)", &[], &[]),
    ("Nora Field - Brightwater Communications", &["Nora Field"], &[]),
    ("Freelance Developer, Brightwater Ltd", &[], &["Brightwater Ltd"]),
    ("Twitter @brightwater", &[], &[]),
];

const JAPANESE: &[Line] = &[
    ("営業 永井 勝", &["永井 勝"], &[]),
    ("経理 荒木 照美", &["荒木 照美"], &[]),
    ("営業所長 落合 信", &["落合 信"], &[]),
    ("東京営業所長 落合 信", &["落合 信"], &[]),
    ("代表取締役社長 永井 勝", &["永井 勝"], &[]),
    ("代表取締役副社長 永井 勝", &["永井 勝"], &[]),
    ("支社長 永井 勝", &["永井 勝"], &[]),
    ("永井 勝 副部長", &["永井 勝"], &[]),
    ("主任 永井 勝", &["永井 勝"], &[]),
    ("経理担当 永井 勝", &["永井 勝"], &[]),
    ("総務経理 永井 勝", &["永井 勝"], &[]),
    ("現場監督 永井 勝", &["永井 勝"], &[]),
    ("DTP 吉川 彩", &["吉川 彩"], &[]),
    ("パラリーガル 久保田 亮", &["久保田 亮"], &[]),
    ("パラリーガル　久保田亮", &["久保田亮"], &[]),
    ("永井 勝 営業", &["永井 勝"], &[]),
    ("永井 勝（営業）", &["永井 勝"], &[]),
    ("営業　永井　勝", &["永井 勝"], &[]),
    ("永井 勝 拝", &["永井 勝"], &[]),
    ("営業・永井 勝", &["永井 勝"], &[]),
    ("玉川印刷有限会社 営業 永井 勝", &["永井 勝"], &["玉川印刷有限会社"]),
    ("三浦 健太郎<k.miura@kita.example>", &["三浦 健太郎"], &[]),
    ("三浦 健太郎 ＜ｋ．ｍｉｕｒａ＠ｋｉｔａ．ｅｘａｍｐｌｅ＞", &["三浦 健太郎"], &[]),
    ("三 浦 健 太 郎", &["三浦健太郎"], &[]),
    ("三　浦　健 太 郎", &["三浦健太郎"], &[]),
    ("今 村 鉄 男", &["今村鉄男"], &[]),
    ("営業部長　服 部 智 也", &["服部智也"], &[]),
    ("永 井　勝", &["永井勝"], &[]),
    ("中村 五郎", &["中村 五郎"], &[]),
    ("ジョン・スミス", &[], &[]),
    ("ジョン スミス", &["ジョン スミス"], &[]),
    ("マリア 永井", &["マリア 永井"], &[]),
    ("担当：三浦 健太郎", &["三浦 健太郎"], &[]),
    ("（三浦 健太郎）", &["三浦 健太郎"], &[]),
    ("連絡先 k.miura@kita.example", &[], &[]),
    ("清涼法律事務所 経理部", &[], &["清涼法律事務所"]),
    ("わかば歯科　受付", &[], &["わかば歯科"]),
    ("青葉労働組合", &[], &["青葉労働組合"]),
    ("弁護士 秋山 文子　清涼法律事務所", &["秋山 文子"], &["清涼法律事務所"]),
    ("土 日 祝 休 み 有 り ま す", &[], &[]),
    ("営業 経理", &[], &[]),
    ("営業担当", &[], &[]),
    ("営業所長", &[], &[]),
    ("品質保証", &[], &[]),
    ("添付資料一覧", &[], &[]),
    ("年末年始", &[], &[]),
];

#[test]
fn lines_name_people_and_organisations() {
    for (line, people, organisations) in LATIN.iter().chain(JAPANESE) {
        let found = of(line);
        assert_eq!(found.0, *people, "{line}");
        assert_eq!(found.1, *organisations, "{line}");
    }
}
