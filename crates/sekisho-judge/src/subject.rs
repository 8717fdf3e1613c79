//! A subject → what stands behind its reply and forward marks.

/// Marks of a reply, in lower case, without the colon.
const REPLY: &[&str] = &["re", "aw", "sv", "返信", "返", "回复", "答复", "回信", "re^2", "re2"];

/// Marks of a forward.
const FORWARD: &[&str] = &["fwd", "fw", "wg", "転送", "転", "转发", "tr"];

/// More marks than this are no subject any more.
const MARKS_MAX: usize = 20;

/// The subject without `Re:`, `Fwd:`, `返信:` and list tags before them, full-width colons included.
pub(crate) fn without_prefixes(subject: &str) -> &str {
    let mut rest = subject.trim();
    for _ in 0..MARKS_MAX {
        match mark(rest) {
            Some((_, after)) => rest = after,
            None => break,
        }
    }
    rest
}

/// Whether the subject's first mark is that of a reply.
pub(crate) fn is_reply(subject: &str) -> bool {
    mark(subject.trim()).is_some_and(|(mark, _)| REPLY.contains(&mark.as_str()))
}

/// The first mark in lower case and what follows it.
fn mark(subject: &str) -> Option<(String, &str)> {
    let at = subject.find([':', '：'])?;
    let word = subject.get(..at)?.trim();
    let word = word.split_once(['[', '(']).map_or(word, |(word, _)| word).trim().to_lowercase();
    let known = REPLY.contains(&word.as_str()) || FORWARD.contains(&word.as_str());
    let after = subject.get(at..)?.trim_start_matches([':', '：']).trim_start();
    known.then_some((word, after))
}

#[cfg(test)]
mod tests {
    use super::{is_reply, without_prefixes};

    #[test]
    fn marks_fall_away() {
        for (subject, rest, reply) in [
            ("Re: 見積書", "見積書", true),
            ("RE：Fwd: 見積書", "見積書", true),
            ("Re[2]: a", "a", true),
            ("返信: a", "a", true),
            ("Fwd: a", "a", false),
            ("締切: 金曜", "締切: 金曜", false),
            ("", "", false),
            (":", ":", false),
        ] {
            assert_eq!(without_prefixes(subject), rest, "{subject}");
            assert_eq!(is_reply(subject), reply, "{subject}");
        }
    }
}
