//! How near two claims are in meaning where they share no word: "coach" and "bus", "shelling" and "mortars".

use super::evidence::Evidence;
use counterclaim_knowledge::frequency::rarity;
use counterclaim_language::{Meanings, Model, cosine};
use std::sync::LazyLock;

static MEANINGS: LazyLock<Meanings<'static>> = LazyLock::new(|| Meanings::new(Model::embedded()));

/// The words of a claim that tell something, with their directions.
pub(super) struct Sense<'a> {
    words: Vec<(&'a str, f32, Vec<f32>)>,
    whole: Vec<f32>,
}

impl<'a> Sense<'a> {
    pub(super) fn new(lemmas: Vec<&'a str>) -> Sense<'a> {
        let directed = |lemma: &'a str| Some((lemma, f32::from(rarity(lemma)) / 30.0, MEANINGS.word(lemma)?));
        let words: Vec<(&str, f32, Vec<f32>)> =
            lemmas.into_iter().filter(|lemma| !is_light(lemma)).filter_map(directed).collect();
        let mut whole = Vec::new();
        let total: f32 = words.iter().fold(0.0, |sum, (_, weight, _)| sum + weight);
        for (_, weight, direction) in &words {
            whole.resize(direction.len(), 0.0);
            whole.iter_mut().zip(direction).for_each(|(sum, value)| *sum += value * weight / total.max(1e-6));
        }
        Sense { words, whole }
    }

    /// Each word of the one claim against the nearest of the other, and all against all.
    pub(super) fn compare(&self, other: &Sense<'_>, found: &mut Evidence) {
        let (ours, theirs) = (&self.words, &other.words);
        if ours.is_empty() || theirs.is_empty() {
            found.flag("alike_none", true);
            return;
        }
        let mut a = vec![f32::MIN; ours.len()];
        let mut b = vec![f32::MIN; theirs.len()];
        let mut unlike = 0.0f32;
        for (i, (one, _, x)) in ours.iter().enumerate() {
            for (j, (two, _, y)) in theirs.iter().enumerate() {
                let near = cosine(x, y);
                a[i] = a[i].max(near);
                b[j] = b[j].max(near);
                if one != two {
                    unlike = unlike.max(near);
                }
            }
        }
        found.put("alike_a", 5.0 * mean(ours, &a));
        found.put("alike_b", 5.0 * mean(theirs, &b));
        found.put("alike_whole", 10.0 * cosine(&self.whole, &other.whole));
        found.put("alike_other", 3.0 * unlike);
    }
}

/// Mean of the values, rare words weighing more.
fn mean(words: &[(&str, f32, Vec<f32>)], values: &[f32]) -> f32 {
    let total = words.iter().fold(0.0, |sum, (_, weight, _)| sum + weight);
    words.iter().zip(values).fold(0.0, |sum, ((_, weight, _), value)| sum + weight * value) / total.max(1e-6)
}

fn is_light(lemma: &str) -> bool {
    matches!(lemma, "be" | "have" | "do" | "say" | "other" | "such" | "more")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_thing_are_nearer() {
        let near = |one: &str, other: &str| match (MEANINGS.word(one), MEANINGS.word(other)) {
            (Some(x), Some(y)) => cosine(&x, &y),
            _ => 0.0,
        };
        assert!(near("bus", "truck") > near("bus", "river"));
        assert!(near("soldier", "troops") > near("soldier", "village"));
    }
}
