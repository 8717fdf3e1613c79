//! One XML part → the words in it and the deeds that its elements tell: fields ([ECMA-376] part 1, 17.16), DDE links
//! (18.14.5), controls ([MS-OE376] 2.1.1695 and the `ocx` part of [MS-OFFMACRO2]), actions of slides (21.1.2.3.5), web
//! queries (18.13.12), ribbons ([MS-CUSTOMUI] 2.2.8). Elements count wherever they stand, since a part may bear any name.

use super::controls;
use super::relations::{Relations, grade};
use crate::limits::LURE_TEXT_BYTES_MAX;
use crate::office::dde;
use crate::office::fields::Fields;
use crate::office::target::{Reach, reach};
use crate::office::told::{Sign, tell};
use crate::open::Opened;
use crate::xml::{Tag, Token, Xml};
use crate::{Danger, DeedKind};

/// What a part is read with.
pub(super) struct Scan<'s> {
    /// All relations of the package.
    pub(super) relations: &'s Relations,
    /// The words found so far, in all parts.
    pub(super) words: &'s mut String,
    /// What was found.
    pub(super) opened: &'s mut Opened,
}

/// Where the words of the element that is open belong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Shown.
    Shown,
    /// An instruction of a field.
    Instruction,
    /// The path of a linked workbook or program (Excel 2003 XML).
    Path,
    /// A formula.
    Formula,
    /// Nothing that matters.
    Aside,
}

impl Scan<'_> {
    /// Reads a part. A text that is not XML has no elements and tells nothing.
    pub(super) fn part(&mut self, part: &str, text: &str) {
        let mut place = part.to_owned();
        let mut fields = Fields::default();
        let mut words = Words::Aside;
        for token in Xml::new(text) {
            match token {
                Token::Open(tag) => {
                    words = after(&tag, words);
                    if tag.name == "part" && !part.contains('/') {
                        tag.attribute("name")
                            .unwrap_or_default()
                            .trim_start_matches('/')
                            .clone_into(&mut place);
                    }
                    self.field(&tag, &mut fields, &place);
                    self.element(&tag, &place);
                }
                Token::Close(name) => {
                    if matches!(name, "p" | "si" | "tr" | "Row") {
                        self.word("\n");
                    }
                    if name == "fldSimple" {
                        fields.end(&place, self.opened);
                    }
                    words = Words::Aside;
                }
                Token::Text(text) => match words {
                    Words::Shown => {
                        self.word(&text);
                        fields.push(&text);
                    }
                    Words::Instruction => fields.push(&text),
                    Words::Path => self.supporting_book(&place, &text),
                    Words::Formula => self.formula(&place, &text),
                    Words::Aside => {}
                },
            }
        }
        fields.finish(&place, self.opened);
        self.word("\n");
    }

    fn word(&mut self, text: &str) {
        if self.words.len() + text.len() <= LURE_TEXT_BYTES_MAX {
            self.words.push_str(text);
        }
    }

    fn field(&mut self, tag: &Tag<'_>, fields: &mut Fields, place: &str) {
        match tag.name {
            "fldChar" => match tag.attribute("fldCharType").unwrap_or_default().to_ascii_lowercase().as_str()
            {
                "begin" => fields.begin(),
                "separate" => fields.separate(),
                "end" => fields.end(place, self.opened),
                _ => {}
            },
            "fldSimple" => {
                fields.begin();
                fields.push(&tag.attribute("instr").unwrap_or_default());
                fields.separate();
                if tag.empty {
                    fields.end(place, self.opened);
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, tag: &Tag<'_>, place: &str) {
        let attribute = |name: &str| tag.attribute(name).unwrap_or_default();
        match tag.name {
            "ddeLink" => {
                dde::judge(place, "Open", &attribute("ddeService"), &attribute("ddeTopic"), self.opened)
            }
            "ocx" => controls::judge(place, &attribute("classid"), self.opened),
            "ocxPr" => controls::property(place, &attribute("name"), &attribute("value"), self.opened),
            "hlinkClick" | "hlinkHover" | "hlinkMouseOver" => self.action(tag, place),
            "webPr" => self.web_query(tag, place),
            "cmd" if attribute("type") == "verb" => self.verb(place),
            "Cell" => self.formula(place, &attribute("Formula")),
            "attachedTemplate" => self.loaded(place, "attachedtemplate", &attribute("val")),
            "imagedata" => {
                self.loaded(place, "image", &attribute("src"));
                self.loaded(place, "image", &attribute("href"));
            }
            "customUI" => self.ribbon(tag, place),
            "srcUrl" => self.loaded(place, "frame", &attribute("val")),
            _ => {}
        }
    }

    /// What loads its target from an attribute of its own, without a relation.
    fn loaded(&mut self, place: &str, role: &str, target: &str) {
        if reach(target) == Reach::Near {
            return;
        }
        if let Some((kind, danger)) = grade(role, target) {
            tell(
                self.opened,
                &Sign { kind, danger, place, start: "Open", does: role, link: target, string: "" },
            );
        }
    }

    /// A ribbon of the document's own: what it calls when it is shown may be a macro in another file, which is loaded
    /// for it, whether or not the document has macros.
    fn ribbon(&mut self, tag: &Tag<'_>, place: &str) {
        for name in ["onLoad", "loadImage"] {
            let called = tag.attribute(name).unwrap_or_default();
            if let Some((file, _)) = called.rsplit_once('!') {
                self.loaded(place, "attachedtemplate", file.trim_matches('\''));
            }
        }
    }

    /// A click or a touch of the pointer that starts a program or a macro.
    fn action(&mut self, tag: &Tag<'_>, place: &str) {
        let action = tag.attribute("action").unwrap_or_default().to_ascii_lowercase();
        let hovers = tag.name != "hlinkClick";
        let id = tag.attribute("id").unwrap_or_default();
        let target = self.relations.target(place, &id);
        let danger = if action.starts_with("ppaction://program") {
            let name = target.rsplit(['/', '\\']).next().unwrap_or_default();
            let runs = dde::is_started_program(name.split("%20").next().unwrap_or(name));
            if hovers || runs { Danger::Dangerous } else { Danger::Active }
        } else if action.starts_with("ppaction://macro") {
            if hovers { Danger::Active } else { Danger::Harmless }
        } else if action.starts_with("ppaction://ole") && hovers {
            Danger::Active
        } else {
            return;
        };
        tell(
            self.opened,
            &Sign {
                kind: DeedKind::Command,
                danger,
                place,
                start: tag.name,
                does: action.trim_start_matches("ppaction://"),
                link: "",
                string: target,
            },
        );
    }

    fn told(&mut self, kind: DeedKind, danger: Danger, place: &str, (start, does, link): (&str, &str, &str)) {
        tell(self.opened, &Sign { kind, danger, place, start, does, link, string: "" });
    }

    /// An animation that activates an object as if it were clicked.
    fn verb(&mut self, place: &str) {
        tell(
            self.opened,
            &Sign {
                kind: DeedKind::Command,
                danger: Danger::Active,
                place,
                start: "Animation",
                does: "verb",
                link: "",
                string: "",
            },
        );
    }

    fn web_query(&mut self, tag: &Tag<'_>, place: &str) {
        let url = tag.attribute("url").unwrap_or_default();
        if reach(&url) >= Reach::Web {
            tell(
                self.opened,
                &Sign {
                    kind: DeedKind::ExternalObject,
                    danger: Danger::Active,
                    place,
                    start: "Refresh",
                    does: "webPr",
                    link: &url,
                    string: "",
                },
            );
        }
    }

    /// Excel 2003 XML keeps a DDE link as `server|topic`.
    fn supporting_book(&mut self, place: &str, path: &str) {
        if let Some((server, topic)) = path.split_once('|') {
            dde::judge(place, "Open", server, topic, self.opened);
        }
    }

    /// The same in a formula; and what fetches when it is calculated.
    fn formula(&mut self, place: &str, formula: &str) {
        if formula.contains("WEBSERVICE(") {
            let link = formula.split('"').find(|word| reach(word) >= Reach::Web).unwrap_or_default();
            self.told(DeedKind::ExternalObject, Danger::Active, place, ("Calculate", "WEBSERVICE", link));
        }
        if let Some((server, topic)) = dde::csv::conversation(formula) {
            dde::judge(place, "Open", server, topic, self.opened);
        }
    }
}

/// What the words behind a start tag are.
fn after(tag: &Tag<'_>, before: Words) -> Words {
    match tag.name {
        _ if tag.empty => before,
        "t" | "Data" | "delText" | "text" => Words::Shown,
        "instrText" | "delInstrText" => Words::Instruction,
        "Path" => Words::Path,
        "f" | "definedName" => Words::Formula,
        _ => Words::Aside,
    }
}
