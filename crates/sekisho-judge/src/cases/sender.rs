//! Lines of a case that say what is known of the sender → the facts about its mail.
//!
//! `spf:`, `dkim:` (one a signature), `dmarc:` and `arc:` take `RESULT DOMAIN !NOTE …`, for instance
//! `dmarc: fail midori.example !policy-reject`, or `unknown WHY`. Further: `reverse: NAME` (`none` where none leads back), `client: IP`, `helo: NAME`,
//! `mail from: ADDRESS` (`<>` for the null sender), `claims: SERVER METHOD …` (results that a stranger wrote), and
//! `identity: WORD` where it shall not follow from the others as in a true run.

use sekisho_facts::{AuthNote, AuthResult, Claim, Fact, Facts, Identity, Why, identity};
use sekisho_mail::Limits;

use super::word;

/// What the lines of one case said.
#[derive(Default)]
pub(super) struct Told {
    facts: Facts,
    identity: Option<Identity>,
    is_evaluated: bool,
}

impl Told {
    /// Takes a line; `false` where it says nothing of the sender.
    pub(super) fn take(&mut self, key: &str, value: &str) -> Result<bool, String> {
        let (sender, envelope) = (&mut self.facts.sender, &mut self.facts.envelope);
        match key {
            "spf" => sender.spf = result(value)?,
            "dkim" => sender.dkim.push(result(value)?),
            "dmarc" => sender.dmarc = result(value)?,
            "arc" => sender.arc = result(value)?,
            "reverse" => sender.reverse = Fact::Known(value.replace("none", "")),
            "client" => envelope.client = Some(value.to_owned()),
            "helo" => envelope.helo = Some(value.to_owned()),
            "mail from" => envelope.mail_from = Some(value.replace("<>", "")),
            "claims" => self.facts.claims.push(claim(value)?),
            "identity" => self.identity = Some(word(value)?),
            _ => return Ok(false),
        }
        self.is_evaluated |= matches!(key, "spf" | "dkim" | "dmarc" | "arc");
        Ok(true)
    }

    /// The facts, with the identity that follows for the senders that the mail shows.
    pub(super) fn facts(mut self, mail: &[u8]) -> Facts {
        if self.is_evaluated {
            let message = sekisho_mail::read(mail, &Limits::default());
            let from: Vec<_> = message.from.iter().filter_map(|mailbox| mailbox.address.as_ref()).collect();
            self.facts.sender.identity = identity(&self.facts.sender, &from);
        }
        if let Some(told) = self.identity {
            self.facts.sender.identity = told;
        }
        self.facts
    }
}

fn result(value: &str) -> Result<Fact<AuthResult>, String> {
    let (known, rest) = value.split_once(' ').unwrap_or((value, ""));
    if known == "unknown" {
        return Ok(Fact::Unknown { unknown: word::<Why>(rest)? });
    }
    let mut domain = None;
    let mut notes = Vec::new();
    for piece in rest.split_whitespace() {
        match piece.strip_prefix('!') {
            Some(note) => notes.push(word::<AuthNote>(note)?),
            None if domain.is_none() => domain = Some(piece.to_owned()),
            None => return Err(format!("two domains in \"{value}\"; a note begins with !")),
        }
    }
    let domain = domain.ok_or_else(|| format!("no domain in \"{value}\""))?;
    Ok(Fact::Known(AuthResult { known: word(known)?, domain, by: "mx.midori.example".to_owned(), notes }))
}

fn claim(value: &str) -> Result<Claim, String> {
    let mut words = value.split_whitespace().map(str::to_owned);
    let id = words.next().ok_or_else(|| format!("no server in \"{value}\""))?;
    Ok(Claim { id, passes: words.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_facts_and_an_identity() {
        let mut told = Told::default();
        for (key, value) in [
            ("dmarc", "fail midori.example !policy-reject"),
            ("dkim", "fail midori.example !aligned !body-changed"),
            ("dkim", "pass bulk.example"),
            ("spf", "unknown no-dns"),
            ("mail from", "<>"),
            ("claims", "mx.midori.example dmarc spf"),
        ] {
            assert_eq!(told.take(key, value), Ok(true), "{key}");
        }
        assert_eq!(told.take("Subject", "x"), Ok(false));
        let facts = told.facts(b"From: sato@midori.example\r\n\r\n");
        assert_eq!(facts.sender.identity, Identity::NotAsContact);
        assert_eq!(facts.sender.dkim.len(), 2);
        assert_eq!(facts.sender.spf, Fact::Unknown { unknown: Why::NoDns });
        assert_eq!(facts.envelope.mail_from.as_deref(), Some(""));
        assert_eq!(facts.claims.first().map(|claim| claim.passes.len()), Some(2));
    }

    #[test]
    fn what_is_misspelt_is_refused() {
        for (key, value) in [
            ("dmarc", "failed midori.example"),
            ("dmarc", "fail"),
            ("dkim", "fail midori.example !policy-rejct"),
            ("dkim", "fail midori.example aligned"),
            ("spf", "unknown nothing"),
            ("identity", "contact"),
        ] {
            assert!(Told::default().take(key, value).is_err(), "{key}: {value}");
        }
    }
}
