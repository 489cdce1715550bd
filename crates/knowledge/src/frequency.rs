//! How rare words are in news and other prose, so that a word shared by two reports weighs by what it tells.

use crate::table::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Rarity of a stem that the table does not hold: most names, and all that is rarer than the rarest stem that was counted.
pub const RAREST: u8 = 60;

/// Ten times the negative natural logarithm of the share of stretches of 250 words that hold a stem.
static RARITY: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    rows::<2>(include_str!("../../../data/word_frequency.csv"))
        .filter_map(|[stem, rarity]| Some((stem, rarity.parse::<u8>().ok()?.min(RAREST))))
        .collect()
});

/// How rare a word in lower case is: 0 for "the", 24 for "kill", [`RAREST`] for what is not in the table.
pub fn rarity(word: &str) -> u8 {
    RARITY.get(stem(word)).copied().unwrap_or(RAREST)
}

/// A crude stem of a word in lower case: endings of plurals and verbs off, so that "killed" and "kills" meet.
pub fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending) {
            if stem.chars().count() >= 4 {
                return stem;
            }
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        assert!(rarity("the") < 5);
        assert!(rarity("said") < rarity("attacked") && rarity("attacked") < rarity("kidnapped"));
        assert_eq!(rarity("zamboanga"), RAREST);
        assert_eq!((stem("killed"), stem("kills"), stem("ceded"), stem("bus")), ("kill", "kill", "ceded", "bus"));
        assert!(RARITY.len() > 4_000);
    }
}
