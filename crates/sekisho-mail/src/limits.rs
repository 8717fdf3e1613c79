//! What reading a mail may cost at most. Each number with its reason; exceeding one is a defect or `unread`, never silence.

use sekisho_content::Budget;

/// Limits of one reading. The default is what `scan` uses; tests make them small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of multiparts and mails in mails. Real mail stays below 10; each level costs stack.
    pub depth_max: usize,
    /// Parts in one mail, all levels together. Digest lists reach some hundreds.
    pub parts_max: usize,
    /// Header fields read of one entity. Long `Received` chains reach 200.
    pub fields_max: usize,
    /// Bytes of one header field, folded. Long `To` lists and ARC seals reach 64 KiB.
    pub field_bytes_max: usize,
    /// Bytes of all decoded parts together; a mail in a mail counts again at each level.
    pub decoded_bytes_max: usize,
    /// Bytes of one text part that are rendered to a view. The rest is `too-large`.
    pub view_bytes_max: usize,
    /// Links kept of one mail.
    pub links_max: usize,
    /// Addresses read of one field.
    pub addresses_max: usize,
    /// Defects kept of one mail; the tree stays complete.
    pub defects_max: usize,
    /// How many times each byte may be searched for structure, on average: levels of nesting, and readings of the
    /// same bytes that differ. Ordinary mail needs fewer than 10.
    pub searches_max: usize,
    /// Different boundaries tried for one multipart. Programs differ between the first and the last.
    pub boundaries_max: usize,
    /// Files written into one text (uuencode, yEnc). Old newsgroup mail holds a handful.
    pub inline_files_max: usize,
    /// Entries, properties or attachments read of one Outlook container (`.msg`, TNEF).
    pub container_entries_max: usize,
    /// Effort of opening the files of one mail, all levels together. What a file within a file may cost is half of what
    /// is left, so that no nesting costs more than twice the whole.
    pub opening: Budget,
    /// Things in attached files that become parts, all levels together.
    pub members_max: usize,
    /// Bytes of attached files kept until the texts have been read; a file beyond is opened at once, with given passwords only.
    pub kept_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth_max: 16,
            parts_max: 1_000,
            fields_max: 1_000,
            field_bytes_max: 256 * 1024,
            decoded_bytes_max: 128 * 1024 * 1024,
            view_bytes_max: 2 * 1024 * 1024,
            links_max: 2_000,
            addresses_max: 2_000,
            defects_max: 100,
            searches_max: 32,
            boundaries_max: 4,
            inline_files_max: 32,
            container_entries_max: 10_000,
            opening: Budget::default(),
            members_max: 4_000,
            kept_bytes_max: 64 * 1024 * 1024,
        }
    }
}
