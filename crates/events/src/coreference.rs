//! Which mentions tell of the same event, in one report and over reports of one incident.
//!
//! Inside an incident a verb and the noun made from it ("killed", "the killing") mostly tell one event, and another incident has other events. What
//! the sentences share beside adds nothing on ECB+ (decision 0010), so the chain of a mention is its incident and its family.

use counterclaim_knowledge::family;

/// The chain of a mention: the same for mentions of one event.
pub fn chain(incident: &str, lemma: &str) -> String {
    format!("{incident} {}", family(lemma))
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn verbs_and_their_nouns_are_one_event_in_one_incident() {
        assert_eq!(chain("i1", "killing"), chain("i1", "kill"));
        assert_eq!(chain("i1", "death"), chain("i1", "die"));
        assert_ne!(chain("i1", "kill"), chain("i2", "kill"));
        assert_ne!(chain("i1", "kill"), chain("i1", "injure"));
    }
}
