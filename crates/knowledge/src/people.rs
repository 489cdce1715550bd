//! Nouns that name single people, by which figures of people are told from other figures (`data/people.csv`).

use crate::table::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Whether people called so fight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// They do not: "villager", "nurse".
    Civilian,
    /// They do: "soldier", "gunman".
    Combatant,
    /// The word leaves it open: "person", "brother".
    Open,
}

static PEOPLE: LazyLock<HashMap<&'static str, Side>> = LazyLock::new(|| {
    rows(include_str!("../../../data/people.csv"))
        .map(|[lemma, side]| {
            let side = match side {
                "civilian" => Side::Civilian,
                "combatant" => Side::Combatant,
                _ => Side::Open,
            };
            (lemma, side)
        })
        .collect()
});

/// The side of people named by a noun's lemma; none when the noun names no people.
pub fn side(lemma: &str) -> Option<Side> {
    PEOPLE.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, Side, side};

    #[test]
    fn nouns_of_people() {
        for (lemma, expected) in [
            ("villager", Some(Side::Civilian)),
            ("gunman", Some(Side::Combatant)),
            ("brother", Some(Side::Open)),
            ("tank", None),
            ("", None),
        ] {
            assert_eq!(side(lemma), expected, "{lemma}");
        }
        assert!(PEOPLE.len() > 300 && PEOPLE.keys().all(|lemma| !lemma.is_empty() && *lemma == lemma.to_lowercase()));
    }
}
