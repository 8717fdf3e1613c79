//! On ordinary mail, sender, subject and date are those that an independent parser reads.

use mail_parser::MessageParser;
use sekisho_mail::Limits;

const MAILS: &[&str] = &[
    "From: Taro <taro@midori.example>\r\nSubject: plain\r\nDate: Wed, 23 Sep 2020 11:00:00 +0900\r\n\r\nx",
    "From: \"Yamada, Taro\" <taro@midori.example>\nSubject: folded\n subject\nDate: 23 Sep 2020 11:00:00 +0900\n\nx",
    "From: =?UTF-8?B?5bGx55Sw?= =?UTF-8?B?5aSq6YOO?= <taro@midori.example>\nSubject: =?UTF-8?B?6KaL56mN?=\n\
     Date: Fri, 31 Dec 1999 23:59:59 GMT\n\nx",
    "From: taro@midori.example (Taro Yamada)\nSubject: Re: =?utf-8?q?caf=C3=A9_?= =?utf-8?q?ol=C3=A9?=\n\
     Date: Sat, 29 Feb 2020 00:00:00 -0330\n\nx",
    "From: <taro@midori.example>\nSubject:\nDate: Thu, 1 Jan 1970 00:00:00 +0000\n\nx",
];

#[test]
fn ordinary_mail_is_read_as_by_others() {
    for mail in MAILS {
        let ours = sekisho_mail::read(mail.as_bytes(), &Limits::default());
        let theirs = MessageParser::default().parse(mail.as_bytes()).unwrap();
        assert_eq!(ours.subject, theirs.subject().unwrap_or_default().trim(), "{mail}");
        let their_from = theirs.from().and_then(|from| from.first()).unwrap();
        let our_from = &ours.from[0];
        assert_eq!(our_from.name, their_from.name().unwrap_or_default(), "{mail}");
        assert_eq!(our_from.address.as_ref().unwrap().to_string(), their_from.address().unwrap(), "{mail}");
        assert_eq!(ours.date.unwrap().unix_seconds, theirs.date().unwrap().to_timestamp(), "{mail}");
        let doubts: Vec<_> = ours.defects.iter().map(|defect| defect.kind.id()).collect();
        assert!(doubts.is_empty(), "{mail}: {doubts:?}");
    }
}
