//! Attached files → what is in them, level by level, as parts below their holder's path; what they do; what opened them.
//!
//! Files wait until the texts of their mail have been read, because the passwords stand there. A mail found in a file
//! is read the same way, with its own texts first and those of the mails around it after them.

#[cfg(test)]
mod tests;

use sekisho_content::{Budget, Family, File, Hold, Keys, Kind, Member, Opened, Padding, See, Unread};

use crate::passwords::CANDIDATES_MAX;
use crate::{Body, FoundIn, Message, Part, PasswordCandidate, Request, passwords};

use super::leaf::{Leaf, container_name};
use super::reader::{Draft, Place, Reader};

/// Bytes of members held at a time on the way down, all levels together.
const HELD_BYTES_MAX: usize = 48 * 1024 * 1024;

/// How far the opening of files is.
pub(super) struct Walk<'a> {
    request: &'a Request<'a>,
    budget: Budget,
    mode: Mode,
    waiting: Vec<Waiting>,
    waiting_bytes: usize,
    held_bytes: usize,
    candidates: Vec<PasswordCandidate>,
    open: Open,
}

/// What opens a file one level: [`sekisho_content::open`], or a format of the tests' own.
type Open = fn(&[u8], Kind, &Keys, &mut Budget, See<'_>) -> Opened;

/// What becomes of a file that is met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// It is opened: the passwords are known.
    Open,
    /// It waits: texts are still to come.
    Wait,
}

struct Waiting {
    path: String,
    kind: Kind,
    bytes: Vec<u8>,
}

/// What the file that holds a thing says of it.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) hold: Hold,
    pub(super) size_bytes: u64,
    pub(super) sha256: Option<String>,
    padding: Option<Padding>,
    is_absent: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(request: &'a Request<'a>) -> Self {
        let mut budget = request.limits.opening.clone();
        budget.sources = request.sources;
        Self {
            request,
            budget,
            mode: Mode::Open,
            waiting: Vec::new(),
            waiting_bytes: 0,
            held_bytes: 0,
            candidates: with_given(Vec::new(), request),
            open: sekisho_content::open,
        }
    }
}

impl Held {
    fn of(member: &Member<'_>) -> Self {
        Self {
            hold: member.hold,
            size_bytes: member.size_bytes,
            sha256: member.sha256.clone(),
            padding: member.padding,
            is_absent: member.bytes.is_empty() && member.unread.is_some(),
        }
    }

    /// Puts right what the beginning of a content does not tell.
    pub(super) fn correct(&self, file: &mut File) {
        file.size_bytes = self.size_bytes;
        file.padding = self.padding.or(file.padding);
        if self.is_absent {
            // Nothing was read: it is not empty, it is unknown.
            file.kind = Kind::Unknown;
            file.unread = None;
        }
    }
}

impl Reader<'_> {
    /// Reads a mail by `read`; once its texts are known, opens the files in it. A mail within it is read in one go with it.
    pub(super) fn then_opened(&mut self, read: impl FnOnce(&mut Self) -> Message) -> Message {
        if self.walk.mode == Mode::Wait {
            return read(self);
        }
        self.walk.mode = Mode::Wait;
        let mut message = read(self);
        self.walk.mode = Mode::Open;
        let waiting = std::mem::take(&mut self.walk.waiting);
        if waiting.is_empty() {
            return message;
        }
        self.walk.waiting_bytes = 0;
        let members = self.walk.request.limits.members_max;
        if self.walk.budget.members_left > members {
            self.walk.budget.members_left = members;
        }
        let outer = self.walk.candidates.clone();
        for Waiting { path, kind, bytes } in waiting {
            if may_be_locked(kind) {
                self.walk.candidates = candidates(&message, &path, &outer, self.walk.request);
            }
            let mut draft = Draft::default();
            let outcome = self.opened_file(&mut draft, &path, kind, &bytes);
            place(&mut message, &path, outcome, draft);
        }
        self.walk.candidates = outer;
        message
    }

    /// Opens a file that has just been added, or keeps it until the texts have been read.
    pub(super) fn opened_or_kept(&mut self, draft: &mut Draft, path: &str, kind: Kind, bytes: &[u8]) {
        let fits =
            self.walk.waiting_bytes.saturating_add(bytes.len()) <= self.walk.request.limits.kept_bytes_max;
        if self.walk.mode == Mode::Wait && fits {
            self.walk.waiting_bytes += bytes.len();
            self.walk.waiting.push(Waiting { path: path.to_owned(), kind, bytes: bytes.to_vec() });
            return;
        }
        let before = draft.parts.len();
        let outcome = self.opened_file(draft, path, kind, bytes);
        if let Some(part) = before.checked_sub(1).and_then(|at| draft.parts.get_mut(at)) {
            outcome.tell(part);
        }
    }

    /// Opens a file; what it holds is added to `draft`.
    fn opened_file(&mut self, draft: &mut Draft, path: &str, kind: Kind, bytes: &[u8]) -> Outcome {
        let candidates = self.walk.candidates.clone();
        let keys = Keys::new(candidates.iter().map(|candidate| candidate.value.clone()));
        let mut budget = self.walk.budget.clone();
        budget.member_bytes_kept_max =
            budget.member_bytes_kept_max.min(HELD_BYTES_MAX.saturating_sub(self.walk.held_bytes));
        // `open` holds the purse while it hands members out; what they cost comes from a half of it.
        let inner = halved(&self.walk.budget);
        self.walk.budget = inner.clone();
        let mut below = Place::below(path);
        let mut too_deep = false;
        let open = self.walk.open;
        let opened = open(bytes, kind, &keys, &mut budget, &mut |member| {
            self.add_parts(1);
            let size_bytes = member.bytes.len();
            self.walk.held_bytes += size_bytes;
            too_deep |= self.deeper(|reader| reader.member(draft, &mut below, &member)).is_none();
            self.walk.held_bytes -= size_bytes;
        });
        self.walk.budget = reckoned(&self.walk.budget, &inner, budget, self.walk.request);
        let opened_with = opened.key.and_then(|key| candidates.get(key)).map(|candidate| candidate.found_in);
        Outcome { opened, opened_with, too_deep }
    }

    fn member(&mut self, draft: &mut Draft, place: &mut Place, member: &Member<'_>) {
        let names = member.names.iter().map(|name| container_name(name)).collect();
        let mut leaf = Leaf::found("application/octet-stream", names);
        leaf.member = Some(Held::of(member));
        leaf.unread = member.unread.or_else(|| is_cut(member).then_some(Unread::TooLarge));
        if leaf.unread.is_some() && member.bytes.is_empty() {
            self.file(draft, place, leaf, &[]);
        } else {
            self.content(draft, place, leaf, &member.bytes);
        }
    }
}

/// What opening told of a file.
struct Outcome {
    opened: Opened,
    opened_with: Option<FoundIn>,
    too_deep: bool,
}

impl Outcome {
    fn tell(self, part: &mut Part) {
        let Outcome { mut opened, opened_with, too_deep } = self;
        if too_deep {
            opened.unread.push((Unread::TooDeep, String::new()));
        }
        let first = opened.unread.first().map(|(unread, _)| *unread);
        let stated = part.file().and_then(|file| file.unread);
        if let Body::File(file) | Body::Text(_, file) = &mut part.body {
            file.unread = first;
        }
        // What `read` said before is replaced by what opening says; a limit that was reached stays.
        let stays = part.unread.filter(|unread| Some(*unread) != stated || *unread == Unread::TooLarge);
        part.unread = stays.or(first);
        part.unread_details = opened.unread;
        part.opened_with = opened_with;
        part.deeds = opened.deeds;
        part.sources = opened.sources;
    }
}

/// Puts what opening told, and the parts found, behind the part with this path, wherever it stands.
fn place(message: &mut Message, path: &str, outcome: Outcome, draft: Draft) {
    let is_below = |part: &Part, above: &str| path_below(&part.path, above).is_some();
    if let Some(at) = message.parts.iter().position(|part| part.path == path) {
        let Some(part) = message.parts.get_mut(at) else { return };
        outcome.tell(part);
        let children = message.parts.iter().skip(at + 1).take_while(|part| is_below(part, path)).count();
        let behind = at + 1 + children;
        message.parts.splice(behind..behind, draft.parts);
        message.defects.extend(draft.defects);
        return;
    }
    let inner = message.parts.iter_mut().find_map(|part| match &mut part.body {
        Body::Message(inner) if path_below(path, &part.path).is_some() => Some(inner),
        _ => None,
    });
    // The depth of mails in mails is bounded by `Limits::depth_max`.
    if let Some(inner) = inner {
        place(inner, path, outcome, draft);
    }
}

/// The rest of `path` below `above`.
fn path_below<'p>(path: &'p str, above: &str) -> Option<&'p str> {
    path.strip_prefix(above)?.strip_prefix('.')
}

/// The passwords for a file at `path`: of the innermost mail that holds it, of those around it, then those given.
fn candidates(
    message: &Message,
    path: &str,
    outer: &[PasswordCandidate],
    request: &Request<'_>,
) -> Vec<PasswordCandidate> {
    let mut chain = vec![message];
    let mut at = message;
    while let Some(inner) = at.parts.iter().find_map(|part| match &part.body {
        Body::Message(inner) if path_below(path, &part.path).is_some() => Some(inner),
        _ => None,
    }) {
        chain.push(inner);
        at = inner;
    }
    let mut all: Vec<PasswordCandidate> = chain.into_iter().rev().flat_map(passwords::passwords).collect();
    all.extend(outer.iter().filter(|candidate| candidate.found_in != FoundIn::Given).cloned());
    with_given(all, request)
}

/// At most so many found, each once, and those given behind them: `Keys` numbers them the same way.
fn with_given(found: Vec<PasswordCandidate>, request: &Request<'_>) -> Vec<PasswordCandidate> {
    let given = request.passwords.iter().filter(|value| !value.is_empty());
    let given = given.map(|value| PasswordCandidate { value: value.clone(), found_in: FoundIn::Given });
    let mut all: Vec<PasswordCandidate> = Vec::new();
    for candidate in found.into_iter().take(CANDIDATES_MAX).chain(given) {
        if all.iter().all(|known| known.value != candidate.value) {
            all.push(candidate);
        }
    }
    all
}

/// Kinds for whose sake the texts are searched for passwords.
fn may_be_locked(kind: Kind) -> bool {
    !matches!(
        kind.family(),
        Family::Image | Family::Audio | Family::Video | Family::Font | Family::Text | Family::Markup
    )
}

/// Whether only the beginning of a content is there, and what is missing is no mere filling.
fn is_cut(member: &Member<'_>) -> bool {
    let seen =
        (member.bytes.len() as u64).saturating_add(member.padding.map_or(0, |padding| padding.padded_bytes));
    seen < member.size_bytes
}

fn halved(budget: &Budget) -> Budget {
    Budget {
        expanded_bytes_left: budget.expanded_bytes_left / 2,
        derivation_left: budget.derivation_left / 2,
        work_left: budget.work_left / 2,
        ..budget.clone()
    }
}

/// What is left when both the file (`own`) and the things in it (`left` of `inner`) have taken theirs.
fn reckoned(left: &Budget, inner: &Budget, own: Budget, request: &Request<'_>) -> Budget {
    let rest = |own: u64, inner: u64, left: u64| own.saturating_sub(inner.saturating_sub(left));
    Budget {
        expanded_bytes_left: rest(
            own.expanded_bytes_left,
            inner.expanded_bytes_left,
            left.expanded_bytes_left,
        ),
        derivation_left: rest(own.derivation_left, inner.derivation_left, left.derivation_left),
        work_left: rest(own.work_left, inner.work_left, left.work_left),
        members_left: own.members_left.saturating_sub(inner.members_left.saturating_sub(left.members_left)),
        member_bytes_kept_max: request.limits.opening.member_bytes_kept_max,
        sources: request.sources,
    }
}
