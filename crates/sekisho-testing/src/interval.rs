//! Counts → 95 % intervals (Wilson 1927), which stay honest for small counts and for none at all.

/// `1.96` squared is taken often enough to have a name: the two-sided 95 % quantile of the normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// A share and the interval that holds the true one in 95 of 100 such measurements; all three within `0.0..=1.0`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Hits divided by trials; 0 for no trials.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The Wilson score interval of `hits` out of `trials`; without trials nothing is known: 0 to 1.
///
/// Hits above trials count as trials.
pub fn wilson(hits: u64, trials: u64) -> Interval {
    if trials == 0 {
        return Interval { share: 0.0, low: 0.0, high: 1.0 };
    }
    let total = trials as f64;
    let share = hits.min(trials) as f64 / total;
    let square = Z_95 * Z_95;
    let scale = 1.0 + square / total;
    let centre = (share + square / (2.0 * total)) / scale;
    let half = Z_95 * (share * (1.0 - share) / total + square / (4.0 * total * total)).sqrt() / scale;
    // At both ends the formula is exact; rounding must not say otherwise.
    let low = if hits == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if hits >= trials { 1.0 } else { (centre + half).min(1.0) };
    Interval { share, low, high }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} % ({:.2}–{:.2} %)", self.share * 100.0, self.low * 100.0, self.high * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 0.000_5
    }

    #[test]
    fn agrees_with_published_values() {
        // Newcombe (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (hits, trials, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = wilson(hits, trials);
            assert!(near(found.low, low) && near(found.high, high), "{hits}/{trials}: {found:?}");
        }
    }

    #[test]
    fn ends_are_exact() {
        assert_eq!(wilson(0, 0), Interval { share: 0.0, low: 0.0, high: 1.0 });
        assert!(wilson(7, 7).high == 1.0 && wilson(0, 7).low == 0.0);
        assert_eq!(wilson(3, 3000).to_string(), "0.10 % (0.03–0.29 %)");
    }
}
