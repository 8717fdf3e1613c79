//! What the commands about the memory print, field by field. `tests/cli/json.rs` holds each table against real output.

/// One kind of object.
pub struct Object {
    /// Its schema.
    pub schema: &'static str,
    /// Which command prints it, and how.
    pub about: &'static str,
    /// Every field.
    pub fields: &'static [(&'static str, &'static str)],
}

/// All of them, in the order of the page.
pub const OBJECTS: &[Object] = &[
    Object {
        schema: "sekisho.learned/1",
        about: "`sekisho learn --json` prints one object. Figures are of this run, but for `contacts` and `conversations`. Where the memory refuses before anything is learned, none is printed.",
        fields: &[
            ("schema", "`sekisho.learned/1`"),
            ("program", "The program's version."),
            ("mailboxes[].path", "The path as given."),
            ("mailboxes[].mailbox", "The owner's address."),
            ("mailboxes[].mails", "Every mail that was met."),
            ("mailboxes[].sent", "Learned now: mails that the owner sent."),
            ("mailboxes[].received", "Learned now: mails that the owner received."),
            (
                "mailboxes[].authenticated",
                "How many of those learned now are authenticated as what they show.",
            ),
            (
                "mailboxes[].suspicious",
                "How many of those learned now are not judged `deliver`: it is only noted that they came.",
            ),
            (
                "mailboxes[].not_taken_count",
                "Mails of which nothing was learned, because they are not judged `deliver`: those of this run and those noted in earlier ones.",
            ),
            ("mailboxes[].not_taken[].path", "One of them, the latest first, at most 1,000: where it lies."),
            (
                "mailboxes[].not_taken[].index",
                "Its number in that file, from 0; `null` where the file is one mail.",
            ),
            ("mailboxes[].not_taken[].key", "Its digest, `mail.key` of its case."),
            ("mailboxes[].not_taken[].from", "The first sender's address; `null` where there is none."),
            (
                "mailboxes[].not_taken[].date",
                "The date as the sender wrote it, RFC 3339; `null` without one.",
            ),
            ("mailboxes[].not_taken[].subject", "The subject, at most 200 characters."),
            (
                "mailboxes[].not_taken[].reasons[].rule",
                "A rule that matched, at most 5, the strictest first.",
            ),
            ("mailboxes[].not_taken[].reasons[].ja", "The reason in Japanese."),
            ("mailboxes[].not_taken[].reasons[].en", "The reason in English."),
            (
                "mailboxes[].in_owners_name",
                "Mails from outside in the owner's name, without proof; they do not count as sent.",
            ),
            (
                "mailboxes[].seems_of",
                "Another address of yours, where the mails that were read clearly belong to it and not to the owner; else `null`.",
            ),
            ("mailboxes[].known", "Mails that had been learned before."),
            (
                "mailboxes[].forgotten",
                "New mails from people who were forgotten: nothing of them was learned.",
            ),
            (
                "mailboxes[].left_out",
                "Mails that are not learned for their folder or a mark on them (labels of Gmail, flags of a Maildir and the like), by kind: `junk`, `deleted`, `drafts`.",
            ),
            (
                "mailboxes[].not_read",
                "Mails of which no text could be read, by reason: the words of `parts[].unread` of a case.",
            ),
            (
                "mailboxes[].unusable",
                "Inputs that could not be used, and places of an mbox where mail was lost or cut off.",
            ),
            (
                "mailboxes[].contacts",
                "Addresses that the mailbox knows by now; `null` where that could not be counted.",
            ),
            ("mailboxes[].conversations", "Conversations that it remembers by now; `null` as above."),
            (
                "expired.conversations",
                "Mails whose fingerprints were forgotten for their age; `expired` is `null` where that failed.",
            ),
            ("expired.contacts", "Contacts that were forgotten since they were not seen for long."),
        ],
    },
    Object {
        schema: "sekisho.unlearned/1",
        about: "`sekisho learn --json` with `--unlearn`, `--unlearn-since` or `--unlearn-mailbox` prints one object.",
        fields: &[
            ("schema", "`sekisho.unlearned/1`"),
            ("mails", "Mails that were forgotten; one in two mailboxes counts twice."),
            (
                "held",
                "Mails that stay, because somebody in them is under a legal hold. Then the exit status is 2.",
            ),
        ],
    },
    Object {
        schema: "sekisho.started-over/1",
        about: "`sekisho learn --json --start-over --yes` prints one object.",
        fields: &[
            ("schema", "`sekisho.started-over/1`"),
            ("mails", "Mails whose learning was dropped."),
            ("confirmed", "Confirmed contacts that were kept."),
            ("exceptions", "Exceptions that were kept."),
            ("legal_holds", "Legal holds that were kept."),
            (
                "forgotten[].author",
                "Somebody had been forgotten, and must be forgotten again: who decided it.",
            ),
            ("forgotten[].at", "When, RFC 3339, UTC."),
        ],
    },
    Object {
        schema: "sekisho.imported/1",
        about: "`sekisho import --json` prints one object.",
        fields: &[
            ("schema", "`sekisho.imported/1`"),
            ("files[].file", "The file as given. Files that could not be used are not here."),
            ("files[].format", "`csv`, `vcard` or `ldif`."),
            ("files[].entries", "Entries in it."),
            ("files[].without_address", "Entries without a mail address: they were left out."),
            ("files[].forgotten", "Addresses of people who were forgotten: they were left out."),
            ("files[].contacts", "Addresses in it, but for those of people who were forgotten."),
            (
                "files[].new",
                "How many of them were not known, under this name, from a person or a list before.",
            ),
            (
                "files[].lines_left_out",
                "Lines of a CSV that a quotation mark which is not closed swallowed: they were left out.",
            ),
            ("files[].cut", "vCards of which a part is missing: they were left out."),
        ],
    },
    Object {
        schema: "sekisho.contact/1",
        about: "`sekisho contacts --json` prints one a line for a contact.",
        fields: &[
            ("schema", "`sekisho.contact/1`"),
            ("address", "The address."),
            ("names", "Names that it showed, the most frequent first."),
            (
                "standing",
                "How far it is trusted: `met` (nothing proves anything), `answered` (we answered it, and its name counts as its own), `historic` (old correspondence in both directions), `known`, `confirmed` (by a person).",
            ),
            ("received", "Mails from it. Counting stops at 1,000 authenticated ones, and at 1,000 others."),
            ("authenticated", "Mails from it that were authenticated as it; 1,000 means that many or more."),
            (
                "sent",
                "Mails that we sent to it. Counting stops at 1,000 that we wrote of our own accord, and at 1,000 answers.",
            ),
            ("first", "The first mail in either direction, RFC 3339, UTC; `null` where there is none."),
            ("last", "The last, as above."),
            ("habits.mails", "Mails from it that were looked at for its habits."),
            ("habits.domains[].value", "A domain that authenticated it."),
            ("habits.domains[].mails", "In how many of these mails."),
            ("habits.networks[].value", "A network that its mail came from."),
            ("habits.networks[].mails", "As above."),
            ("habits.mailers[].value", "A mail program."),
            ("habits.mailers[].mails", "As above."),
            ("habits.languages[].value", "A language, as `ja` or `en`."),
            ("habits.languages[].mails", "As above."),
            ("habits.files[].value", "A kind of attached file."),
            ("habits.files[].mails", "As above."),
            ("habits.locked", "Mails with a file that is locked with a password."),
            ("habits.links", "Mails with a link."),
            ("known_by", "Mailboxes that have mail of it; `null` unless a whole address was asked for."),
            ("same_name", "Other addresses that showed a name of it; `null` as above."),
            (
                "confirmed[].name",
                "Who confirmed it, the newest first (`confirmed` is `null` as above): under which name; empty where only the address was confirmed.",
            ),
            ("confirmed[].author", "Who said so, or the list that it was imported from."),
            ("confirmed[].at", "When."),
        ],
    },
    Object {
        schema: "sekisho.legal-hold/1",
        about: "`sekisho contacts legal-holds --json` prints one a line for a legal hold.",
        fields: &[
            ("schema", "`sekisho.legal-hold/1`"),
            ("address", "The address that is kept; `null` for everybody."),
            ("reason", "Why, in the words of whoever ordered it."),
            ("author", "Who ordered it."),
            ("at", "When, RFC 3339, UTC."),
        ],
    },
    Object {
        schema: "sekisho.exception/1",
        about: "`sekisho exceptions --json` prints one a line for an exception.",
        fields: &[
            ("schema", "`sekisho.exception/1`"),
            ("id", "Its number."),
            ("sender", "An address, or `@domain`."),
            ("checks", "The checks that are silent; empty for every check that may be silenced."),
            ("reason", "Why, in the words of whoever made it."),
            ("author", "Who decided it."),
            ("made_at", "Since when, RFC 3339, UTC."),
            ("until_at", "The moment at which it ends."),
        ],
    },
    Object {
        schema: "sekisho.conversation/1",
        about: "`sekisho conversations FILE --json` prints one a line for each remembered conversation that the file holds, and below them the mails that hold it.",
        fields: &[
            ("schema", "`sekisho.conversation/1`"),
            ("weight", "What the shared stretch weighs, in tenths of a Latin letter (kana 15, kanji 25)."),
            ("weight_of_language", "The same of what is language, and not logs, addresses or boilerplate."),
            ("parties", "Everybody who wrote or received it."),
            ("mailboxes", "Whose mailboxes hold it."),
            ("from", "The first mail that holds it, RFC 3339, UTC."),
            ("until", "The last."),
        ],
    },
    Object {
        schema: "sekisho.remembered/1",
        about: "`sekisho conversations --json` prints one a line for a remembered mail.",
        fields: &[
            ("schema", "`sekisho.remembered/1`"),
            ("mailbox", "Whose mailbox has it."),
            ("direction", "`sent` or `received` by its owner."),
            ("at", "When it was sent, RFC 3339, UTC."),
            ("parties", "Everybody who wrote or received it, at most 50."),
        ],
    },
];
