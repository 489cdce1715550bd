//! Tables of weights that `training/` fits: what speaks for something, by name, and how much.

use std::collections::HashMap;

/// Names and values of what speaks for something.
pub type Evidence = Vec<(String, f32)>;

/// A table of `data/` with a name and a weight in each row.
#[derive(Debug, Clone, Default)]
pub struct Weights(HashMap<&'static str, f32>);

impl Weights {
    /// Reads a table; its first line is its head.
    pub fn read(table: &'static str) -> Weights {
        let rows = table.lines().skip(1).filter_map(|line| line.split_once(','));
        Weights(rows.filter_map(|(name, weight)| Some((name, weight.parse().ok()?))).collect())
    }

    /// The weight of a name; 0 where the table has none.
    pub fn of(&self, name: &str) -> f32 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Log odds by all evidence together.
    pub fn odds<'e>(&self, evidence: impl IntoIterator<Item = &'e (String, f32)>) -> f32 {
        evidence.into_iter().map(|(name, value)| self.of(name) * value).sum()
    }

    /// The likeliest of several by its log odds, if they are above the least; of equals the first by order.
    pub fn likeliest<T: Ord>(&self, several: impl IntoIterator<Item = (T, Evidence)>, least: f32) -> Option<T> {
        several
            .into_iter()
            .map(|(one, evidence)| (self.odds(&evidence), one))
            .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(&one.1)))
            .filter(|(odds, _)| *odds > least)
            .map(|(_, one)| one)
    }
}

/// Adds what holds or not, by a name that a table may have in a cell.
pub fn note(evidence: &mut Evidence, name: &str, holds: bool) {
    if holds {
        evidence.push((name.to_lowercase().replace([' ', ',', '"'], "_"), 1.0));
    }
}

/// Log odds of a share, -6.9 to 6.9.
pub fn log_odds(share: f32) -> f32 {
    let share = share.clamp(0.001, 0.999);
    (share / (1.0 - share)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_is_above_the_least_and_of_equals_the_first() {
        let weights = Weights::read("evidence,weight\nnear,1.5\nfar,-2\n");
        let told = |names: &[&str]| {
            let mut evidence = Evidence::new();
            names.iter().for_each(|name| note(&mut evidence, name, true));
            evidence
        };
        assert_eq!(weights.odds(&told(&["Near", "far", "unknown"])), -0.5);
        let several = || [(3, told(&["near"])), (1, told(&["far"])), (2, told(&["near"]))];
        assert_eq!(weights.likeliest(several(), 0.0), Some(2));
        assert_eq!(weights.likeliest(several(), 1.5), None);
    }
}
