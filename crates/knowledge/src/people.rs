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

/// What a noun says of the people that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Whether they fight.
    pub side: Side,
    /// `female` or `male`; none when the noun leaves it open.
    pub sex: Option<&'static str>,
    /// Whether they are children or youths.
    pub is_minor: bool,
}

static PEOPLE: LazyLock<HashMap<&'static str, Person>> = LazyLock::new(|| {
    rows(include_str!("../../../data/people.csv"))
        .map(|[lemma, side, sex, age]| {
            let side = match side {
                "civilian" => Side::Civilian,
                "combatant" => Side::Combatant,
                _ => Side::Open,
            };
            let sex = Some(sex).filter(|sex| !sex.is_empty());
            (lemma, Person { side, sex, is_minor: age == "minor" })
        })
        .collect()
});

/// The side of people named by a noun's lemma; none when the noun names no people.
pub fn side(lemma: &str) -> Option<Side> {
    person(lemma).map(|person| person.side)
}

/// What a noun's lemma says of people; none when it names no people.
pub fn person(lemma: &str) -> Option<Person> {
    PEOPLE.get(lemma).copied()
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, Side, person, side};

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
        assert!(person("girl").is_some_and(|girl| girl.sex == Some("female") && girl.is_minor));
        assert!(person("guard").is_some_and(|guard| guard.sex.is_none() && !guard.is_minor));
        assert!(PEOPLE.len() > 300 && PEOPLE.keys().all(|lemma| !lemma.is_empty() && *lemma == lemma.to_lowercase()));
    }
}
