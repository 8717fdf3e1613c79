//! Changes of links: what they show, where they lead, how their host is written.

use super::{Change, Mail, Mutation, stranger};
use crate::Rng;

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "link-text-against-target",
        fires: Change::Bytes(shown_elsewhere),
        near_miss: Change::Bytes(shown_as_target),
    },
    Mutation {
        id: "look-alike-domain",
        fires: Change::Bytes(look_alike),
        near_miss: Change::Bytes(near_by_right),
    },
    Mutation {
        id: "punycode-link",
        fires: Change::Bytes(punycode),
        near_miss: Change::Bytes(japanese_domain),
    },
    Mutation {
        id: "credentials-in-link",
        fires: Change::Bytes(credentials),
        near_miss: Change::Bytes(at_sign_in_path),
    },
    Mutation {
        id: "address-literal-link",
        fires: Change::Bytes(address_literal),
        near_miss: Change::Bytes(numbers_in_host),
    },
    Mutation {
        id: "dangerous-scheme",
        fires: Change::Bytes(dangerous_scheme),
        near_miss: Change::Bytes(usual_scheme),
    },
    Mutation { id: "shortener-link", fires: Change::Bytes(shortener), near_miss: Change::Bytes(short_host) },
    Mutation {
        id: "transfer-service-link",
        fires: Change::Bytes(transfer_service),
        near_miss: Change::Bytes(own_download),
    },
];

/// Brands and organisations whose links are imitated; the office itself among them.
const IMITATED: &[&str] =
    &["midori.example", "amazon.co.jp", "rakuten.co.jp", "microsoft.com", "paypay.ne.jp"];

fn shown_elsewhere(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let shown = *rng.pick(IMITATED);
    let target = format!("https://{}/login/{}", host(rng), rng.alphanumeric(6));
    let label = match rng.below(4) {
        0 => format!("https://www.{shown}/"),
        1 => format!("www.{shown}"),
        2 => format!("https://{shown}/account/login"),
        _ => shown.to_owned(),
    };
    linked(rng, mail, &label, &target)
}

fn shown_as_target(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = host(rng);
    let (label, target) = match rng.below(5) {
        0 => (format!("https://{host}/"), format!("https://{host}/")),
        1 => (format!("www.{host}"), format!("https://www.{host}/")),
        2 => (format!("http://{host}/a"), format!("https://www.{host}/a")),
        3 => ("詳しくはこちら".to_owned(), format!("https://{host}/news")),
        _ => (format!("{host} の案内"), format!("https://{host}/guide")),
    };
    linked(rng, mail, &label, &target)
}

fn look_alike(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = match rng.below(8) {
        0 => "rnidori.example",
        1 => "midorl.example",
        2 => "mid0ri.example",
        3 => "amaz0n.co.jp",
        4 => "rakutan.co.jp",
        5 => "rnicrosoft.com",
        6 => "microsofft.com",
        _ => "paypai.ne.jp",
    };
    let path = *rng.pick(&["login", "account", "verify", ""]);
    linked(rng, mail, "確認する", &format!("https://{host}/{path}"))
}

fn near_by_right(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let target = *rng.pick(&[
        "https://www.midori.example/works/",
        "https://files.midori.example/a/b",
        "https://www.amazon.co.jp/gp/css/homepage.html",
        "https://support.microsoft.com/ja-jp",
        "https://ichiba.faq.rakuten.net/",
        "https://komidori-hoikuen.example/",
        "https://azusa-sekkei.example/",
    ]);
    linked(rng, mail, "こちら", target)
}

fn punycode(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    // Cyrillic letters in the place of Latin ones, as they look and as they travel.
    let host = *rng.pick(&[
        "аmazon.co.jp",
        "xn--mazon-3ve.co.jp",
        "rаkuten.co.jp",
        "micrоsoft.com",
        "xn--microsft-sbh.com",
        "midоri.example",
    ]);
    linked(rng, mail, "ログイン", &format!("https://{host}/signin"))
}

fn japanese_domain(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = *rng.pick(&["日本語.jp", "xn--wgv71a119e.jp", "みどり.example", "www.みどり.example"]);
    linked(rng, mail, "ホームページ", &format!("https://{host}/"))
}

fn credentials(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = host(rng);
    let front =
        *rng.pick(&["www.amazon.co.jp", "midori.example", "login:secret", "account.microsoft.com:443"]);
    linked(rng, mail, "確認", &format!("https://{front}@{host}/a"))
}

fn at_sign_in_path(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = host(rng);
    let target = match rng.below(3) {
        0 => format!("https://{host}/@midori/posts"),
        1 => format!("https://{host}/confirm?mail=sato@midori.example"),
        _ => "mailto:sato@midori.example".to_owned(),
    };
    linked(rng, mail, "投稿", &target)
}

fn address_literal(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let last = rng.between(2, 250);
    let target = match rng.below(5) {
        0 => format!("http://203.0.113.{last}/a.html"),
        1 => format!("https://198.51.100.{last}:8080/login"),
        2 => format!("http://[2001:db8::{last:x}]/"),
        3 => format!("http://{}/", 0xCB00_7100_u64 + last as u64),
        _ => format!("http://0xcb.0x00.0x71.0x{last:02x}/"),
    };
    linked(rng, mail, "開く", &target)
}

fn numbers_in_host(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let target = *rng.pick(&[
        "https://192-0-2-7.hosting.example/",
        "https://www.104.example/",
        "https://v4.0.1.docs.example/",
    ]);
    linked(rng, mail, "案内", target)
}

fn dangerous_scheme(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let target = *rng.pick(&[
        "javascript:location.href='https://files.test/a'",
        "data:text/html;base64,PGI+aGVsbG88L2I+",
        "file://files.test/share/a.txt",
        "search-ms:query=a&crumb=location:%5C%5Cfiles.test%5Cshare",
        "ms-msdt:/id none",
        "vbscript:none",
        "ms-word:ofe|u|https://files.test/a.docx",
    ]);
    linked(rng, mail, "開く", target)
}

fn usual_scheme(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let target =
        *rng.pick(&["tel:0300001234", "mailto:info@midori.example", "https://www.midori.example/", "#top"]);
    linked(rng, mail, "連絡先", target)
}

fn shortener(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = *rng.pick(&["bit.ly", "tinyurl.com", "is.gd", "t.co", "x.gd", "cutt.ly", "rebrand.ly"]);
    let target = format!("https://{host}/{}", rng.alphanumeric(7));
    linked(rng, mail, "詳細", &target)
}

fn short_host(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let host = *rng.pick(&["b.example", "it.test", "orbit.ly.example", "www.t.example"]);
    linked(rng, mail, "詳細", &format!("https://{host}/a"))
}

fn transfer_service(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let token = rng.alphanumeric(20);
    let target = match rng.below(8) {
        0 => format!("https://{}.gigafile.nu/0415-{token}", rng.between(1, 120)),
        1 => format!("https://xgf.nu/{token}"),
        2 => format!("https://firestorage.jp/download/{token}"),
        3 => format!("https://www.datadeliver.net/receiver/file_box.do?fb={token}"),
        4 => format!("https://drive.google.com/file/d/{token}/view?usp=sharing"),
        5 => format!("https://www.dropbox.com/s/{token}/a.zip?dl=1"),
        6 => format!("https://we.tl/t-{token}"),
        _ => format!("https://1drv.ms/u/s!{token}"),
    };
    linked(rng, mail, "ダウンロード", &target)
}

fn own_download(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let (_, domain) = address.rsplit_once('@')?;
    let target = format!("https://www.{domain}/catalogue/{}.html", rng.alphanumeric(6));
    linked(rng, mail, "カタログ", &target)
}

fn host(rng: &mut Rng) -> String {
    let address = stranger(rng);
    address.rsplit_once('@').map_or(address.clone(), |(_, host)| host.to_owned())
}

/// The mail's own text with one link more, in text and HTML alike.
fn linked(rng: &mut Rng, mail: &Mail, label: &str, target: &str) -> Option<Vec<u8>> {
    let own = super::own_text(mail);
    let mut changed = mail.clone();
    let escaped = target.replace('&', "&amp;");
    let html = format!(
        "<html><body>{}<p><a href=\"{escaped}\">{label}</a></p></body></html>\n",
        super::paragraphs(&own)
    );
    if rng.chance(50) {
        let text = if label == target {
            format!("{own}\n{target}\n")
        } else {
            format!("{own}\n{label}\n{target}\n")
        };
        changed.set_bodies(rng, &text, Some(&html));
    } else {
        changed.set_html(&html);
    }
    Some(changed.to_bytes())
}
