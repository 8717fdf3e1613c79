//! Bytes of a mail → message: a tree of parts, headers, addresses, what a person sees, links, quoted regions.
//!
//! Reading never fails: any bytes give a [`Message`], and what is broken, doubtful or read differently by
//! different mail programs is a [`Defect`] beside it. Pure: no clock, network, disk or async. Every effort has
//! a limit with a name ([`Limits`]).

mod address;
mod apple;
mod bidi;
mod calendar;
mod charset;
mod coverage;
mod date;
mod defect;
mod header;
mod html;
mod limits;
mod links;
mod mailing_list;
mod mapi;
mod message;
mod not_read;
mod ole;
mod outlook_msg;
mod parameters;
mod part;
mod passwords;
pub mod pst;
mod quotes;
mod request;
mod rtf;
mod shown;
mod signature;
mod smime;
mod structure;
mod subject;
mod tag_list;
mod tnef;
mod trace;
mod transfer;
mod view;
mod ways;
mod words;

pub use address::{Address, Mailbox};
pub use bidi::as_shown;
pub use date::Date;
pub use defect::{Defect, DefectKind};
pub use header::Field;
pub use limits::Limits;
pub use mailing_list::MailingList;
pub use message::Message;
pub use part::{Body, NameSource, Part, PartName, Role};
pub use passwords::{FoundIn, PasswordCandidate, passwords};
pub use request::Request;
pub use signature::{
    INSTITUTIONS, LATIN_FORMS, OFFICES, Signature, is_closing, is_contact_line, is_department,
    is_institution, is_latin_institution, is_trade, letter_below, opening, signature, surnames,
};
pub use subject::{is_reply_subject, without_prefixes};
pub use tag_list::{Signer, Tag, signers, tag_list};
pub use trace::{
    AuthenticationResults, Method, MethodResult, Property, Received, ReceivedSpf, ResultWord, Trace,
    TraceField,
};
pub use view::{Form, Hidden, HiddenBy, Link, LinkKind, Quote, QuoteStyle, Source, View};
pub use ways::{language_of, network_of};

/// Reads one mail, whatever the bytes: RFC 5322 with MIME, an Outlook `.msg`, or something broken.
pub fn read(bytes: &[u8], limits: &Limits) -> Message {
    Request::new(limits).read(bytes)
}

/// Whether a mail is kept as Outlook keeps it (`.msg`, TNEF): fields and texts apart, and not the bytes that were sent.
pub fn is_outlooks(bytes: &[u8]) -> bool {
    bytes.starts_with(ole::SIGNATURE) || tnef::is_one(bytes)
}

/// Reads one mail and hands each part's decoded bytes to `see`, in the order of the tree, before they are let go.
pub fn read_with(bytes: &[u8], limits: &Limits, see: &mut dyn FnMut(&Part, &[u8])) -> Message {
    Request::new(limits).read_with(bytes, see)
}
