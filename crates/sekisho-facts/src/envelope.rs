//! The SMTP envelope, where the channel knows it (RFC 5321).

use serde::{Deserialize, Serialize};

/// Who handed the mail over, and for whom. A mail from a file has none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The client's IP address.
    pub client: Option<String>,
    /// The name it gave in HELO or EHLO.
    pub helo: Option<String>,
    /// MAIL FROM; an empty text for the null sender.
    pub mail_from: Option<String>,
    /// RCPT TO.
    pub rcpt_to: Vec<String>,
    /// When it was received, RFC 3339.
    pub received_at: Option<String>,
}
