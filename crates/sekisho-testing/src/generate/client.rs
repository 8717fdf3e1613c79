//! Mail programs and what tells them apart: charset, transfer encoding, header fields, reply prefix, identifiers.

use crate::Rng;
use crate::encode::{Charset, Transfer, WordForm};
use crate::mime::Naming;

/// A mail program or sending system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    Outlook,
    OutlookOld,
    OutlookEnglish,
    Gmail,
    GmailEnglish,
    Thunderbird,
    ThunderbirdOld,
    AppleMail,
    Becky,
    Shuriken,
    Iphone,
    Android,
    Carrier,
    Webmail,
    FormMailer,
    OldServer,
    Service,
}

/// Whether a program writes HTML beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bodies {
    Plain,
    Both,
    HtmlOnly,
}

/// What one program always does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub(crate) mailer: Option<(&'static str, &'static str)>,
    pub(crate) charset: Charset,
    pub(crate) transfer: Transfer,
    pub(crate) words: WordForm,
    pub(crate) naming: Naming,
    pub(crate) bodies: Bodies,
    pub(crate) boundary: &'static str,
    pub(crate) reply: &'static str,
    pub(crate) forward: &'static str,
}

impl Client {
    /// What people in offices use, the usual ones more than once.
    pub(crate) const OFFICE: &[Self] = &[
        Self::Outlook,
        Self::Outlook,
        Self::Outlook,
        Self::OutlookOld,
        Self::Gmail,
        Self::Gmail,
        Self::Thunderbird,
        Self::ThunderbirdOld,
        Self::AppleMail,
        Self::Becky,
        Self::Shuriken,
        Self::Iphone,
        Self::Android,
        Self::Webmail,
    ];

    /// What this program always does.
    pub(crate) fn habits(self) -> Habits {
        use Charset::{EucJp, ShiftJis};
        match self {
            Self::Outlook | Self::OutlookOld | Self::OutlookEnglish => self.outlook(),
            Self::Gmail | Self::GmailEnglish => {
                Habits { bodies: Bodies::Both, boundary: "000000000000", ..BASE }
            }
            Self::Thunderbird | Self::ThunderbirdOld => self.thunderbird(),
            Self::AppleMail => Habits {
                mailer: Some(("X-Mailer", "Apple Mail (2.3774.600.62)")),
                transfer: Transfer::QuotedPrintable,
                naming: Naming::Rfc2231,
                boundary: "Apple-Mail=_",
                ..BASE
            },
            Self::Becky => {
                Habits { mailer: Some(("X-Mailer", "Becky! ver. 2.80.10 [ja]")), boundary: "------_", ..JIS }
            }
            Self::Shuriken => {
                Habits { mailer: Some(("X-Mailer", "Shuriken 2018")), boundary: "--_jp_", ..JIS }
            }
            Self::Iphone => Habits {
                mailer: Some(("X-Mailer", "iPhone Mail (21F90)")),
                bodies: Bodies::Both,
                boundary: "Apple-Mail-",
                naming: Naming::Rfc2231,
                ..BASE
            },
            Self::Android => Habits { bodies: Bodies::Both, boundary: "--_com.android.email_", ..BASE },
            Self::Carrier => Habits { charset: ShiftJis, ..BASE },
            Self::Webmail => Habits { mailer: Some(("X-Mailer", "YahooMailWebService")), ..JIS },
            Self::FormMailer => Habits { mailer: Some(("X-Mailer", "PHP/8.1.27")), ..JIS },
            Self::OldServer => Habits { charset: EucJp, transfer: Transfer::EightBit, ..BASE },
            Self::Service => Habits { transfer: Transfer::QuotedPrintable, ..BASE },
        }
    }

    /// The habits of one mail: settings differ between people and versions.
    pub(crate) fn habits_today(self, rng: &mut Rng) -> Habits {
        let mut habits = self.habits();
        match self {
            Self::Outlook if rng.chance(25) => habits.bodies = Bodies::HtmlOnly,
            Self::AppleMail if rng.chance(30) => {
                habits.charset = Charset::Iso2022Jp;
                habits.transfer = Transfer::SevenBit;
            }
            Self::Carrier if rng.chance(40) => {
                habits.charset = Charset::Iso2022Jp;
                habits.transfer = Transfer::SevenBit;
            }
            Self::Service => {
                habits.words = *rng.pick(&[WordForm::B, WordForm::B, WordForm::Q]);
                habits.transfer = *rng.pick(&[Transfer::QuotedPrintable, Transfer::Base64]);
                habits.naming = *rng.pick(&[Naming::Rfc2047, Naming::Rfc2231, Naming::Both]);
            }
            Self::OldServer if rng.chance(40) => habits.charset = Charset::ShiftJis,
            Self::FormMailer if rng.chance(25) => {
                habits.charset = *rng.pick(&[Charset::ShiftJis, Charset::EucJp, Charset::Utf8]);
                habits.transfer = Transfer::EightBit;
                habits.words = *rng.pick(&[WordForm::B, WordForm::Raw]);
                habits.naming = Naming::Raw;
            }
            _ => {}
        }
        habits
    }

    /// A Message-ID as this program builds it, with the angle brackets.
    pub(crate) fn message_id(self, rng: &mut Rng, domain: &str) -> String {
        match self {
            Self::Outlook | Self::OutlookEnglish => {
                let host = rng.token("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12);
                format!("<TY{host}{}@TYAPR01MB{}.apcprd01.prod.outlook.com>", rng.hex(16), rng.digits(4))
            }
            Self::OutlookOld => {
                format!("<{}$01d{}$@{domain}>", rng.hex(12), rng.hex(5))
            }
            Self::Gmail | Self::GmailEnglish => {
                let token =
                    rng.token("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+=", 46);
                format!("<CA{token}@mail.gmail.com>")
            }
            Self::Thunderbird | Self::ThunderbirdOld => format!(
                "<{}-{}-{}-{}-{}@{domain}>",
                rng.hex(8),
                rng.hex(4),
                rng.hex(4),
                rng.hex(4),
                rng.hex(12)
            ),
            Self::AppleMail | Self::Iphone => {
                format!("<{}-{}-{}@{domain}>", rng.hex(8).to_uppercase(), rng.digits(4), rng.hex(12))
            }
            Self::Becky => format!("<20{}.{}.{}@{domain}>", rng.digits(12), rng.hex(4), rng.hex(8)),
            _ => format!("<{}.{}@{domain}>", rng.digits(10), rng.alphanumeric(12)),
        }
    }

    fn outlook(self) -> Habits {
        let base = Habits { boundary: "_000_", reply: "RE: ", forward: "FW: ", ..BASE };
        match self {
            Self::OutlookOld => Habits {
                mailer: Some(("X-Mailer", "Microsoft Outlook 16.0")),
                charset: Charset::Iso2022Jp,
                transfer: Transfer::SevenBit,
                boundary: "----=_NextPart_000_",
                ..base
            },
            Self::OutlookEnglish => {
                Habits { bodies: Bodies::Both, transfer: Transfer::QuotedPrintable, ..base }
            }
            _ => Habits { bodies: Bodies::Both, naming: Naming::Both, ..base },
        }
    }

    fn thunderbird(self) -> Habits {
        let base = Habits { naming: Naming::Both, boundary: "------------", ..BASE };
        if self == Self::ThunderbirdOld {
            return Habits {
                mailer: Some((
                    "User-Agent",
                    "Mozilla/5.0 (Windows NT 10.0; WOW64; rv:60.0) Gecko/20100101 Thunderbird/60.9.1",
                )),
                charset: Charset::Iso2022Jp,
                transfer: Transfer::SevenBit,
                ..base
            };
        }
        Habits { mailer: Some(("User-Agent", "Mozilla Thunderbird")), transfer: Transfer::EightBit, ..base }
    }
}

const BASE: Habits = Habits {
    mailer: None,
    charset: Charset::Utf8,
    transfer: Transfer::Base64,
    words: WordForm::B,
    naming: Naming::Rfc2047,
    bodies: Bodies::Plain,
    boundary: "----=_Part_",
    reply: "Re: ",
    forward: "Fwd: ",
};

const JIS: Habits = Habits { charset: Charset::Iso2022Jp, transfer: Transfer::SevenBit, ..BASE };
