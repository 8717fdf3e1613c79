//! Relationship parts → what a document loads from elsewhere ([ECMA-376] part 2, clause 6.5; part 1, clauses 11 to 15
//! for the types).

use std::collections::{BTreeMap, BTreeSet};

use crate::office::target::{Reach, is_program_scheme, reach};
use crate::office::told::{Sign, tell};
use crate::open::Opened;
use crate::xml::{Tag, Token, Xml};
use crate::{Danger, DeedKind};

/// What one part has to do with another, or with something outside.
pub(super) struct Relation {
    /// The part that it belongs to.
    pub(super) owner: String,
    /// Its name within that part.
    pub(super) id: String,
    /// The last word of its type, lower case: `attachedtemplate`, `image`.
    pub(super) what: String,
    /// Where it leads.
    pub(super) target: String,
    /// Whether it leads out of the package.
    pub(super) side: Side,
}

/// On which side of the package's border a target lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Outside,
}

/// The relations of one document, as they are looked up.
#[derive(Default)]
pub(super) struct Relations {
    pub(super) list: Vec<Relation>,
    /// Where in the list: by owner, in lower case, and id.
    by_id: BTreeMap<(String, String), usize>,
    /// Parts that are files of their own, lower case.
    embedded: BTreeSet<String>,
}

/// Roles in which a part is a file of its own.
const EMBEDDING_ROLES: &[&str] = &["oleobject", "package", "afchunk", "control", "activexcontrolbinary"];

impl Relations {
    pub(super) fn of(list: Vec<Relation>) -> Relations {
        let mut relations = Relations::default();
        for (at, relation) in list.iter().enumerate() {
            relations.by_id.insert((relation.owner.to_lowercase(), relation.id.clone()), at);
            if relation.side == Side::Inside && EMBEDDING_ROLES.contains(&relation.what.as_str()) {
                relations.embedded.insert(relation.part());
            }
        }
        relations.list = list;
        relations
    }

    /// What a part means by an id.
    pub(super) fn target(&self, owner: &str, id: &str) -> &str {
        let at = self.by_id.get(&(owner.to_lowercase(), id.to_owned()));
        at.and_then(|at| self.list.get(*at)).map_or("", |relation| relation.target.as_str())
    }

    /// Whether a part, in lower case, is a file of its own.
    pub(super) fn is_embedded(&self, part: &str) -> bool {
        self.embedded.contains(part)
    }
}

/// Relations kept of one document; those of large workbooks are some thousand links.
const RELATIONS_MAX: usize = 65_536;

/// Adds the relations that stand in `text`. Says whether all could be kept.
pub(super) fn collect(part: &str, text: &str, relations: &mut Vec<Relation>) -> bool {
    let mut owner = owner(part);
    for token in Xml::new(text) {
        let Token::Open(tag) = token else { continue };
        match tag.name {
            // In a package kept as one XML file, each part says its name.
            "part" => owner = self::owner(&tag.attribute("name").unwrap_or_default()),
            "Relationship" if relations.len() >= RELATIONS_MAX => return false,
            "Relationship" => relations.extend(Relation::parse(&tag, &owner)),
            _ => {}
        }
    }
    true
}

/// `word/_rels/document.xml.rels` belongs to `word/document.xml`.
fn owner(part: &str) -> String {
    let part = part.trim_start_matches('/');
    match part.rsplit_once("_rels/") {
        Some((folder, name)) => format!("{folder}{}", name.strip_suffix(".rels").unwrap_or(name)),
        None => part.to_owned(),
    }
}

impl Relation {
    fn parse(tag: &Tag<'_>, owner: &str) -> Option<Relation> {
        let kind = tag.attribute("Type").unwrap_or_default().to_ascii_lowercase();
        let target = tag.attribute("Target")?.trim().to_owned();
        let mode = tag.attribute("TargetMode").unwrap_or_default();
        // A whole address in a target that claims to lie inside is followed all the same.
        let outside = mode.trim().eq_ignore_ascii_case("external") || reach(&target) > Reach::Near;
        Some(Relation {
            owner: owner.to_owned(),
            id: tag.attribute("Id").unwrap_or_default().into_owned(),
            what: kind.rsplit('/').next().unwrap_or_default().trim().to_owned(),
            target,
            side: if outside { Side::Outside } else { Side::Inside },
        })
    }

    /// The part that an inner target leads to, lower case.
    pub(super) fn part(&self) -> String {
        let folder = self.owner.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match self.target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{folder}/{}", self.target),
        };
        let mut steps = Vec::new();
        for step in path.split(['/', '\\']) {
            match step {
                "" | "." => {}
                ".." => {
                    steps.pop();
                }
                step => steps.push(step),
            }
        }
        steps.join("/").to_lowercase()
    }
}

/// Adds deeds for what is loaded from elsewhere.
pub(super) fn judge(relations: &[Relation], opened: &mut Opened) {
    for relation in relations.iter().filter(|relation| relation.side == Side::Outside) {
        let Some((kind, danger)) = grade(&relation.what, &relation.target) else { continue };
        tell(
            opened,
            &Sign {
                kind,
                danger,
                place: &relation.owner,
                start: starts(&relation.what),
                does: &relation.what,
                link: &relation.target,
                string: "",
            },
        );
    }
}

/// What loads its target without a click.
fn starts(what: &str) -> &'static str {
    match what {
        "hyperlink" => "",
        _ => "Open",
    }
}

/// What loading `target` in this role is; `None` where it is ordinary.
pub(super) fn grade(what: &str, target: &str) -> Option<(DeedKind, Danger)> {
    use Danger::{Active, Dangerous, Harmless};
    let reach = reach(target);
    let object = |danger| Some((DeedKind::ExternalObject, danger));
    match what {
        "hyperlink" => is_program_scheme(target).then_some((DeedKind::Command, Active)),
        "attachedtemplate" => {
            let danger = match reach {
                Reach::Near | Reach::Network => Harmless,
                Reach::Cloud => Active,
                Reach::Web | Reach::Share | Reach::Handler => Dangerous,
            };
            Some((DeedKind::ExternalTemplate, danger))
        }
        "oleobject" | "frame" | "subdocument" | "afchunk" | "vbaproject" | "package" | "control" => {
            match reach {
                Reach::Near | Reach::Network => object(Harmless),
                Reach::Cloud => object(Active),
                Reach::Web | Reach::Share | Reach::Handler => object(Dangerous),
            }
        }
        "externallinkpath" | "externallink" | "externallinklongpath" | "xlexternallinkpath" => match reach {
            Reach::Near | Reach::Network | Reach::Cloud => None,
            Reach::Web | Reach::Share => object(Active),
            Reach::Handler => object(Dangerous),
        },
        // Pictures and films: a share gives away the user's name, the web no more than that the file was opened.
        "image" | "video" | "audio" | "media" => match reach {
            Reach::Near | Reach::Network => None,
            Reach::Cloud | Reach::Web => object(Harmless),
            Reach::Share => object(Active),
            Reach::Handler => object(Dangerous),
        },
        _ => match reach {
            Reach::Near | Reach::Network | Reach::Cloud => None,
            Reach::Web => object(Harmless),
            Reach::Share => object(Active),
            Reach::Handler => object(Dangerous),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deeds(relations: &str) -> String {
        let mut found = Vec::new();
        collect("word/_rels/settings.xml.rels", relations, &mut found);
        let mut opened = Opened::default();
        judge(&found, &mut opened);
        opened
            .deeds
            .iter()
            .map(|deed| format!("{:?} {:?} {}", deed.kind, deed.danger, deed.links.len()))
            .collect()
    }

    #[test]
    fn what_is_loaded_from_elsewhere() {
        let cases = [
            ("attachedTemplate", "https://templates.example/a.dotm", "ExternalTemplate Dangerous 1"),
            ("attachedTemplate", "\\\\203.0.113.9\\a\\b.dotm", "ExternalTemplate Dangerous 1"),
            ("attachedTemplate", "file:///C:\\Users\\sato\\Normal.dotm", "ExternalTemplate Harmless 1"),
            ("attachedTemplate", "file:///\\\\server\\templates\\a.dotx", "ExternalTemplate Harmless 1"),
            (
                "oleObject",
                "mhtml:http://pages.example/a!x-usc:http://pages.example/a",
                "ExternalObject Dangerous 1",
            ),
            ("oleObject", "https://pages.example/a.html!", "ExternalObject Dangerous 1"),
            ("oleObject", "file:///D:\\見積\\表.xlsx", "ExternalObject Harmless 1"),
            ("frame", "http://pages.example/a.doc", "ExternalObject Dangerous 1"),
            ("subDocument", "file://files.example/a/b.doc", "ExternalObject Dangerous 1"),
            ("externalLinkPath", "https://midori.sharepoint.com/a.xlsx", ""),
            ("externalLinkPath", "file:///\\\\server\\a\\b.xlsx", ""),
            ("externalLinkPath", "https://pages.example/a.xlsx", "ExternalObject Active 1"),
            ("image", "https://pages.example/logo.png", "ExternalObject Harmless 1"),
            ("image", "file://203.0.113.9/a/logo.png", "ExternalObject Active 1"),
            ("image", "file:///C:\\logo.png", ""),
            ("hyperlink", "https://pages.example/", ""),
            ("hyperlink", "search-ms:query=a&crumb=location:\\\\files.example\\a", "Command Active 1"),
        ];
        for (what, target, expected) in cases {
            let target = target.replace('&', "&amp;");
            let text = format!(
                "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
                 relationships/{what}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
            );
            assert_eq!(deeds(&text), expected, "{what} {target}");
        }
    }

    #[test]
    fn inner_targets_are_resolved() {
        let relation = |owner: &str, target: &str| Relation {
            owner: owner.to_owned(),
            id: String::new(),
            what: String::new(),
            target: target.to_owned(),
            side: Side::Inside,
        };
        assert_eq!(relation("word/document.xml", "Embeddings/a.bin").part(), "word/embeddings/a.bin");
        assert_eq!(relation("xl/worksheets/sheet1.xml", "../media/a.png").part(), "xl/media/a.png");
        assert_eq!(relation("", "/word/document.xml").part(), "word/document.xml");
        assert_eq!(owner("/word/_rels/document.xml.rels"), "word/document.xml");
        assert_eq!(owner("_rels/.rels"), "");
    }
}
