//! Whose words about a sender's authentication are believed, as configured in `[sender]`.

/// The hosts, sealers and services that the organisation trusts. Names are compared without regard to ASCII case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Hosts whose `Authentication-Results` are believed (RFC 8601 authserv-id).
    pub authserv_ids: Vec<String>,
    /// Our own hosts in `Received`.
    pub border_hosts: Vec<String>,
    /// Domains whose ARC seals are believed (RFC 8617).
    pub arc_sealers: Vec<String>,
    /// Outside services that send in our name: newsletters, accounting, forms.
    pub own_services: Vec<String>,
}
