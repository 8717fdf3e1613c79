//! The list of all checks, and how they are run. A check is one file in `checks/`; its name is its id.

use std::collections::BTreeSet;

use crate::check::{Grade, Registered};
use crate::{Finding, Found, Input, NotLookedAt};

/// A file's name as an id: `several_from` → `several-from`.
const fn dashed<const N: usize>(name: &str) -> [u8; N] {
    let mut id = [0; N];
    let mut at = 0;
    while at < N {
        let byte = name.as_bytes()[at];
        id[at] = if byte == b'_' { b'-' } else { byte };
        at += 1;
    }
    id
}

macro_rules! checks {
    ($($name:ident)*) => {
        $(mod $name;)*

        /// Every check, in the order in which its findings are told.
        pub static ALL: &[Registered] = &[$(Registered {
            id: {
                const ID: &[u8] = &dashed::<{ stringify!($name).len() }>(stringify!($name));
                match std::str::from_utf8(ID) {
                    Ok(id) => id,
                    Err(_) => "",
                }
            },
            check: &$name::CHECK,
        },)*];
    };
}

checks! {
    several_from
    ambiguous_from
    no_sender
    address_in_name
    staff_name_from_outside
    known_name_from_elsewhere
    known_name_in_text
    look_alike_of_contact
    stolen_conversation
    borrowed_reply
    partner_from_elsewhere
    own_domain_from_outside
    domain_forged
    authenticated_as_another
    changed_after_signing
    results_in_our_name
    president_asks
    brand_from_unrelated_domain
    look_alike_domain
    reply_led_elsewhere
    subject_is_name_alone
    subject_cut_short
    reply_without_thread
    opening_to_all_partners
    topical_lure
    odd_japanese
    program_attached
    script_attached
    shortcut_attached
    disk_image_attached
    add_in_attached
    macro_runs_on_open
    excel4_macro
    enable_content_lure
    external_template
    external_object
    dde_command
    activex_control
    attacked_object
    script_runs_on_open
    starts_a_program
    page_builds_file
    link_opens_by_itself
    link_in_picture
    double_extension
    direction_override
    trailing_dots
    kind_against_name
    padded_file
    locked_attachment
    first_locked_file
    usual_locked_file
    unusual_file
    opened_with_password
    old_office_format
    lure_attachment_name
    html_attached
    unread_part
    mail_not_read
    link_text_against_target
    punycode_link
    credentials_in_link
    address_literal_link
    dangerous_scheme
    shortener_link
    transfer_service_link
    password_form
    text_and_html_differ
    invisible_text
    read_in_two_ways
    spf_not_passed
    odd_sending_server
    brings_something_to_open
    makes_a_request
    first_contact_brings
    partner_impersonated_lately
    exception_applied
}

/// The check with this id.
pub fn check(id: &str) -> Option<&'static Registered> {
    ALL.iter().find(|registered| registered.id == id)
}

/// Runs every check whose needs are met and that no exception silences (`exception-applied` tells of those). What could not be looked at is told once a need, and once a part.
pub(crate) fn run_all(input: &Input<'_>) -> (Vec<Finding>, Vec<NotLookedAt>) {
    let mut findings = Vec::new();
    let mut not_looked_at = BTreeSet::new();
    for registered in ALL {
        let unmet: Vec<_> =
            registered.check.needs.iter().filter_map(|need| Some((*need, input.unmet(*need)?))).collect();
        if unmet.is_empty() && input.exception_to(registered).is_none() {
            findings.extend(run_one(registered, input));
        }
        not_looked_at.extend(unmet.into_iter().map(|(need, why)| NotLookedAt::need(need, why)));
    }
    for part in input.message.parts_all() {
        if let Some(unread) = part.unread {
            not_looked_at
                .insert(NotLookedAt { what: format!("part:{}", part.path), why: unread.id().to_owned() });
        }
    }
    (findings, not_looked_at.into_iter().collect())
}

/// Runs one check. Where a list it stands on is past its date, its strong findings become weak.
pub(crate) fn run_one(registered: &Registered, input: &Input<'_>) -> Vec<Finding> {
    let stale = registered.check.lists.iter().any(|list| input.lists.is_stale(*list, input.today));
    let mut found = Found::new(registered, if stale { Grade::Weak } else { Grade::Strong });
    (registered.check.run)(input, &mut found);
    found.into_findings()
}
