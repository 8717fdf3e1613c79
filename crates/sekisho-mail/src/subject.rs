//! A subject → what stands behind its reply and forward marks.

/// Marks of a reply, in lower case, without the colon.
const REPLY: &[&str] = &["re", "aw", "sv", "返信", "返", "回复", "答复", "回信"];

/// Marks of a forward.
const FORWARD: &[&str] = &["fwd", "fw", "wg", "転送", "転", "转发", "tr"];

/// More marks than this are no subject any more.
const MARKS_MAX: usize = 20;

/// The subject without `Re:`, `Fwd:`, `返信:` before it, full-width colons included.
pub fn without_prefixes(subject: &str) -> &str {
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
pub fn is_reply_subject(subject: &str) -> bool {
    mark(subject.trim()).is_some_and(|(mark, _)| REPLY.contains(&mark.as_str()))
}

/// The first mark in lower case, without numbers (`Re[2]`, `Re^3`), and what follows it.
fn mark(subject: &str) -> Option<(String, &str)> {
    let (front, behind) = subject.split_once([':', '：'])?;
    let front = front.trim().to_lowercase();
    let mark = front.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^".contains(c)).trim_end();
    let is_known = [REPLY, FORWARD].iter().any(|marks| marks.contains(&mark));
    is_known.then(|| (mark.to_owned(), behind.trim_start_matches([':', '：']).trim_start()))
}

#[cfg(test)]
mod tests {
    use super::{is_reply_subject, without_prefixes};

    #[test]
    fn marks_fall_away() {
        for (subject, rest, reply) in [
            ("Re: 見積書", "見積書", true),
            ("RE：Fwd: 見積書", "見積書", true),
            ("Re[2]: a", "a", true),
            ("Re (3): a", "a", true),
            ("re^2：a", "a", true),
            ("Re2: [Re]: a", "[Re]: a", true),
            ("返信: a", "a", true),
            ("Fwd: a", "a", false),
            ("締切: 金曜", "締切: 金曜", false),
            ("", "", false),
            (":", ":", false),
        ] {
            assert_eq!(without_prefixes(subject), rest, "{subject}");
            assert_eq!(is_reply_subject(subject), reply, "{subject}");
        }
    }
}
