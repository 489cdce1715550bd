//! Nouns of events and the verbs they are made from ("death", "die"), after WordNet.

use crate::table::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

static VERBS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows::<2>(include_str!("../../../data/derivations.csv")).map(|[noun, verb]| (noun, verb)).collect()
});

/// The verb of which a lemma is the noun of an event, else the lemma: "killing" and "kill" are of one family.
pub fn family(lemma: &str) -> &str {
    VERBS.get(lemma).copied().unwrap_or(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_lead_to_their_verbs() {
        for (lemma, verb) in
            [("death", "die"), ("killing", "kill"), ("explosion", "explode"), ("kill", "kill"), ("", "")]
        {
            assert_eq!(family(lemma), verb);
        }
        // A verb is no noun of another verb, so a family has one name.
        let chained = VERBS.values().filter(|verb| family(verb) != **verb).count();
        assert!(chained * 20 < VERBS.len(), "{chained}");
    }
}
