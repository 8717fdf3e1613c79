//! All domains of the harmless real mail, against all protected ones → look-alikes; none may be strong.

use std::collections::BTreeSet;

use sekisho_judge::domain::Strength;
use sekisho_judge::lists::Lists;
use sekisho_judge::{Input, Need};
use sekisho_testing::corpus::{self, Label};

use crate::judging::{Court, TODAY};

/// Prints how many domains there are and which look like a protected one.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let court = Court::new()?;
    let facts = sekisho_facts::Facts::default();
    let lists = Lists::built_in();
    let mut domains = BTreeSet::new();
    for mail in corpus::labelled().map_err(|error| error.to_string())? {
        if mail.label == Label::Unsolicited {
            continue;
        }
        let message = court.read(&mail.bytes);
        let input = Input::new(&message, &facts, &court.own, lists, TODAY);
        debug_assert!(input.unmet(Need::OwnDomains).is_none());
        domains.extend(input.links().iter().filter(|link| link.is_web()).map(|link| link.host.clone()));
        let people = message.from.iter().chain(&message.reply_to).chain(&message.to).chain(&message.cc);
        domains.extend(
            people.filter_map(|mailbox| mailbox.address.as_ref()).map(|address| address.domain().to_owned()),
        );
    }
    let mut broken = Vec::new();
    let mut weak = 0;
    for candidate in &domains {
        let Some(like) = lists.brands.protected().look_alike(candidate) else { continue };
        match like.strength {
            Strength::Weak => weak += 1,
            Strength::Strong => {
                broken.push(format!("{candidate} looks like {} ({:?})", like.protected, like.how))
            }
        }
    }
    println!("{} domains of harmless mail: {} strong look-alikes, {weak} weak", domains.len(), broken.len());
    Ok(broken)
}
