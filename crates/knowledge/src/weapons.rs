//! Weapons and targets by their words (`data/weapons.csv`, `data/targets.csv`).
//!
//! Phrases are lists of lemmas; a hyphen separates words, as in the text. The longest phrase wins.

use crate::table::rows;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A row of the table of weapons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weapon {
    /// Class, such as `rocket_artillery`.
    pub class: &'static str,
    /// Mode of PLOVER's ASSAULT; none for words that leave it open ("weapon").
    pub mode: Option<&'static str>,
}

struct Phrases {
    /// First word to phrases (all words, class), the longest first.
    by_first: HashMap<String, Vec<(Vec<String>, &'static str)>>,
    /// Last words of phrases, for questions about a single word.
    single: HashMap<String, &'static str>,
}

static WEAPONS: LazyLock<Phrases> = LazyLock::new(|| {
    phrases(rows(include_str!("../../../data/weapons.csv")).map(|[class, phrase, _mode]| (class, phrase)))
});
static TARGETS: LazyLock<Phrases> =
    LazyLock::new(|| phrases(rows(include_str!("../../../data/targets.csv")).map(|[class, phrase]| (class, phrase))));
static MODES: LazyLock<HashMap<&'static str, Option<&'static str>>> = LazyLock::new(|| {
    rows(include_str!("../../../data/weapons.csv"))
        .map(|[class, _phrase, mode]| (class, Some(mode).filter(|mode| !mode.is_empty())))
        .collect()
});

/// Words of a phrase: hyphens stand alone between words in the text and are left out here.
fn words(phrase: &str) -> impl Iterator<Item = String> {
    phrase.split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn phrases(table: impl Iterator<Item = (&'static str, &'static str)>) -> Phrases {
    let mut phrases = Phrases { by_first: HashMap::new(), single: HashMap::new() };
    for (class, phrase) in table {
        let list: Vec<String> = words(phrase).collect();
        if let [word] = list.as_slice() {
            phrases.single.insert(word.clone(), class);
        }
        if let Some(first) = list.first() {
            phrases.by_first.entry(first.clone()).or_default().push((list, class));
        }
    }
    for list in phrases.by_first.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    phrases
}

/// The lemma in lower case, and without a plural ending where the caller's lemma kept it.
fn forms(lemma: &str) -> [String; 2] {
    let lower = if lemma.len() > 60 { String::new() } else { lemma.to_lowercase() };
    let singular = match lower.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => lower.strip_suffix('s').unwrap_or(&lower).to_owned(),
    };
    [lower, singular]
}

fn scan_phrases(phrases: &Phrases, lemmas: &[&str]) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lemmas.len() {
        let mut end = None;
        for first in forms(lemmas[at]) {
            let list = phrases.by_first.get(&first).map(Vec::as_slice).unwrap_or_default();
            for (words, class) in list {
                if let Some(stop) = matches_at(words, lemmas, at)
                    && end.is_none_or(|(best, _)| stop > best)
                {
                    end = Some((stop, *class));
                }
            }
        }
        match end {
            Some((stop, class)) => {
                found.push((at..stop, class));
                at = stop;
            }
            None => at += 1,
        }
    }
    found
}

/// One past the last word of a phrase that begins at `at`; hyphens between the words are stepped over.
fn matches_at(words: &[String], lemmas: &[&str], at: usize) -> Option<usize> {
    let mut next = at;
    for (index, word) in words.iter().enumerate() {
        if index > 0 && lemmas.get(next).is_some_and(|lemma| matches!(*lemma, "-" | "–" | "‑")) {
            next += 1;
        }
        let lemma = lemmas.get(next)?;
        if !forms(lemma).contains(word) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

/// Weapons in a list of lemmas: range and class, in order, not overlapping, the longest phrase at each place.
pub fn scan(lemmas: &[&str]) -> Vec<(Range<usize>, &'static str)> {
    scan_phrases(&WEAPONS, lemmas)
}

/// Targets in a list of lemmas, as [`scan`].
pub fn scan_targets(lemmas: &[&str]) -> Vec<(Range<usize>, &'static str)> {
    scan_phrases(&TARGETS, lemmas)
}

/// The weapon that a phrase names; the last one when it names several ("rocket launcher" is one, "knives and guns" two).
pub fn weapon(lemmas: &[&str]) -> Option<Weapon> {
    scan(lemmas).last().map(|&(_, class)| Weapon { class, mode: mode_of(class) })
}

/// Whether a single lemma is a weapon by itself.
pub fn is_weapon(lemma: &str) -> bool {
    forms(lemma).iter().any(|form| WEAPONS.single.contains_key(form))
}

/// PLOVER's ASSAULT mode of a class of weapons.
pub fn mode_of(class: &str) -> Option<&'static str> {
    MODES.get(class).copied().flatten()
}

/// The class of targets that a single lemma is.
pub fn target_class(lemma: &str) -> Option<&'static str> {
    forms(lemma).iter().find_map(|form| TARGETS.single.get(form).copied())
}

/// The class of targets that a phrase names, by its last target word: a "police station" is no station.
pub fn target(lemmas: &[&str]) -> Option<&'static str> {
    scan_targets(lemmas).last().map(|&(_, class)| class)
}

#[cfg(test)]
mod tests {
    use super::{is_weapon, mode_of, scan, target, target_class, weapon};

    #[test]
    fn finds_the_longest_phrase() {
        for (text, expected) in [
            ("multiple rocket launcher systems", "0..4 rocket_artillery"),
            ("rocket - propelled grenades", "0..4 rpg"),
            ("fired rockets and mortar shells", "1..2 rocket, 3..5 mortar"),
            ("a T - 72 tank", "1..4 tank, 4..5 tank"),
            ("improvised explosive device", "0..3 ied"),
            ("a suicide car bomb", "1..4 suicide_bomb"),
            ("Shahed drones", "0..2 drone"),
            ("tear gas and rubber bullets", "0..2 riot_control, 3..5 riot_control"),
            ("heavy weapons", "0..2 heavy_weapons"),
            ("batteries of artillery", "2..3 artillery"),
            ("the minister spoke", ""),
            ("", ""),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            let found: Vec<String> =
                scan(&words).into_iter().map(|(range, class)| format!("{range:?} {class}")).collect();
            assert_eq!(found.join(", "), expected, "{text}");
        }
    }

    #[test]
    fn modes_follow_the_class() {
        for (words, mode) in [
            ("machete", Some("primitive")),
            ("Bayraktar", Some("drone")),
            ("car bomb", Some("explosives")),
            ("sarin gas", Some("unconventional")),
            ("weapon", None),
            ("warplane", Some("aerial")),
            ("HIMARS", Some("heavy-weapons")),
        ] {
            let lemmas: Vec<&str> = words.split(' ').collect();
            assert_eq!(weapon(&lemmas).expect(words).mode, mode, "{words}");
        }
        assert_eq!(mode_of("no_such_class"), None);
        assert!(is_weapon("rockets") && is_weapon("weapon") && !is_weapon("minister") && !is_weapon(""));
    }

    #[test]
    fn targets() {
        for (words, class) in [
            ("a field hospital", Some("hospital")),
            ("police station", Some("police_station")),
            ("homes", Some("homes")),
            ("border post", Some("military_post")),
            ("idea", None),
        ] {
            let lemmas: Vec<&str> = words.split(' ').collect();
            assert_eq!(target(&lemmas), class, "{words}");
        }
        assert_eq!(target_class("mosques"), Some("mosque"));
        assert_eq!(target_class("🙂"), None);
    }
}
