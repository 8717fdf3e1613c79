//! Passwords to try, in order of likelihood.

/// Candidates for a locked file. Their order is the order in which they are tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    passwords: Vec<String>,
}

impl Keys {
    /// Candidates, doubles taken out, the order kept.
    pub fn new(passwords: impl IntoIterator<Item = String>) -> Self {
        let mut keys = Self::default();
        for password in passwords {
            if !password.is_empty() && !keys.passwords.contains(&password) {
                keys.passwords.push(password);
            }
        }
        keys
    }

    /// The candidates with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.passwords.iter().map(String::as_str).enumerate()
    }
}
