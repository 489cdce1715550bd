//! What a telling is about: its words weighted by how often it uses them and how rare they are elsewhere.

use crate::copies::hash;
use counterclaim_knowledge::frequency::{rarity, stem};
use counterclaim_knowledge::name_key;
use counterclaim_schema::ledger::*;
use std::collections::{BTreeMap, BTreeSet};

/// Names kept of a telling.
const NAMES: usize = 40;
/// Terms kept of a telling: those of the greatest weight.
const TERMS: usize = 100;
/// Words at the start that count once more; they say what the report is about.
const LEAD: usize = 40;
/// Less rare words tell nothing.
const LEAST: u8 = 10;
/// Less rare words in names ("police", "president") do not tell names apart.
const LEAST_NAME: u8 = 28;
/// Terms of the greatest weight by which a telling is looked for.
const GUIDES: usize = 8;
/// One and the natural logarithm of how often a word stands in a telling, in hundredths.
const OFTEN: [u32; 13] = [0, 100, 169, 210, 239, 261, 279, 295, 308, 320, 330, 340, 348];

pub(crate) fn hash32(text: &str) -> u32 {
    ((hash(text.as_bytes()) >> 32) as u32).max(1)
}

/// Hashes of terms, sorted, with a weight each.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Terms {
    pub(crate) hashes: Vec<u32>,
    pub(crate) weights: Vec<u8>,
}

impl Terms {
    /// The heaviest of many weighted terms.
    fn heaviest(all: impl IntoIterator<Item = (u32, u8)>) -> Terms {
        let mut all: Vec<(u32, u8)> = all.into_iter().collect();
        all.sort_unstable_by_key(|&(hash, weight)| (std::cmp::Reverse(weight), hash));
        all.truncate(TERMS);
        all.sort_unstable();
        let (hashes, weights) = all.into_iter().unzip();
        Terms { hashes, weights }
    }

    /// Terms of a file that knew no weights.
    pub(crate) fn unweighted(hashes: impl IntoIterator<Item = u32>) -> Terms {
        let hashes: BTreeSet<u32> = hashes.into_iter().collect();
        Terms { weights: vec![40; hashes.len()], hashes: hashes.into_iter().collect() }
    }

    /// Terms under which a telling stands and is looked for.
    pub(crate) fn guides(&self) -> Vec<u32> {
        let mut all: Vec<(u32, u8)> = self.hashes.iter().copied().zip(self.weights.iter().copied()).collect();
        all.sort_unstable_by_key(|&(hash, weight)| (std::cmp::Reverse(weight), hash));
        all.into_iter().take(GUIDES).map(|(hash, _)| hash).collect()
    }

    fn square(&self) -> u64 {
        self.weights.iter().map(|&weight| u64::from(weight) * u64::from(weight)).sum()
    }

    /// The cosine of two bags of terms, from 0 to 1.
    pub(crate) fn cosine(&self, other: &Terms) -> f64 {
        let (mut i, mut j, mut shared) = (0, 0, 0u64);
        while i < self.hashes.len() && j < other.hashes.len() {
            match self.hashes[i].cmp(&other.hashes[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += u64::from(self.weights[i]) * u64::from(other.weights[j]);
                    i += 1;
                    j += 1;
                }
            }
        }
        if shared == 0 { 0.0 } else { (shared as f64 / ((self.square() * other.square()) as f64).sqrt()).min(1.0) }
    }
}

/// Words between spaces and signs, each with whether it begins with a capital.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| word.len() > 1)
}

/// Whether a stretch is an address and no prose.
fn is_address(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with("http") || start.starts_with("www.")
}

/// Words of names as sorted hashes, and all terms, of parts of a report.
pub(crate) fn wording(ledger: &ReportLedger, spans: &[(u32, u32)]) -> (Vec<u32>, Terms) {
    let points = counterclaim_schema::CodePoints::new(&ledger.document.text);
    let inside = |span: &TextSpan| spans.iter().any(|(start, end)| *start <= span.start && span.end <= *end);
    let publisher = ledger.document.publisher.as_deref().map(name_key).unwrap_or_default();
    let mut names: Vec<u32> = Vec::new();
    for mention in &ledger.mentions {
        use counterclaim_schema::MentionKind as Kind;
        if !matches!(mention.kind, Kind::Person | Kind::Organization | Kind::Place | Kind::Facility | Kind::Misc)
            || !inside(&mention.span)
        {
            continue;
        }
        for word in words(&mention.span.text) {
            let key = name_key(word);
            if key.len() < 3
                || !word.starts_with(char::is_uppercase)
                || publisher.contains(&key)
                || rarity(&key) < LEAST_NAME
            {
                continue;
            }
            let hashed = hash32(stem(&key));
            if names.len() < NAMES && !names.contains(&hashed) {
                names.push(hashed);
            }
        }
    }
    names.sort_unstable();
    let mut counts: BTreeMap<String, (u8, u32)> = BTreeMap::new();
    let mut lead: BTreeSet<String> = BTreeSet::new();
    let mut seen = 0;
    for (start, end) in spans {
        let text = crate::blob::slice(&ledger.document.text, &points, *start, *end);
        if is_address(text) {
            continue;
        }
        for word in words(text) {
            seen += 1;
            let key = name_key(word);
            let rare = rarity(&key);
            if rare < LEAST || key.is_empty() {
                continue;
            }
            let stem = stem(&key);
            let again = u32::from(seen <= LEAD && lead.insert(stem.to_owned()));
            let slot = counts.entry(stem.to_owned()).or_insert((rare, 0));
            slot.1 += 1 + again;
        }
    }
    let weighted = counts.iter().map(|(stem, &(rare, count))| {
        let often = OFTEN[(count as usize).min(OFTEN.len() - 1)];
        (hash32(stem), ((u32::from(rare) * often + 50) / 100).min(255) as u8)
    });
    (names, Terms::heaviest(weighted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(pairs: &[(u32, u8)]) -> Terms {
        Terms::heaviest(pairs.iter().copied())
    }

    #[test]
    fn shared_rare_words_weigh_most() {
        let one = terms(&[(1, 60), (2, 20), (3, 20)]);
        let rare = terms(&[(1, 60), (5, 20), (6, 20)]);
        let common = terms(&[(2, 20), (3, 20), (7, 60)]);
        assert!(one.cosine(&rare) > 3.0 * one.cosine(&common));
        assert_eq!(one.cosine(&rare), rare.cosine(&one));
        assert!((one.cosine(&one) - 1.0).abs() < 1e-12);
        assert_eq!(one.cosine(&Terms::default()), 0.0);
        assert_eq!(one.guides(), [1, 2, 3]);
    }

    #[test]
    fn only_the_heaviest_are_kept_in_order_of_hashes() {
        let many = terms(&(1..=300u32).map(|hash| (hash, (hash % 50) as u8)).collect::<Vec<_>>());
        assert_eq!(many.hashes.len(), TERMS);
        assert!(many.hashes.is_sorted() && many.weights.iter().all(|&weight| weight >= 33));
        assert_eq!(Terms::unweighted([3, 1, 3]).hashes, [1, 3]);
    }
}
