//! The table of attributing words (`data/cues.csv`): what a claimant does by using them.

use counterclaim_schema::ledger::Stance;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What sort of attributing word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// Passes on a statement: "said".
    Report,
    /// Does something by words: "accused", "ordered".
    Act,
    /// Says nothing, when denied: "did not comment".
    Silence,
    /// Names on whom a speaker relies: "citing".
    Relay,
    /// Thought or wish, no claim: "fears".
    Attitude,
    /// A noun: "the claim that".
    Noun,
    /// A deed that is taken for words now and then: "imposed a curfew".
    Deed,
}

/// Which complement carries the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A finite clause.
    Clause,
    /// An object, often with a phrase: "accused them of firing".
    Object,
    /// An infinitive or a phrase with "for", "on", "to".
    Infinitive,
    /// Any of them.
    Any,
    /// Nothing.
    Bare,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Cue {
    /// What sort.
    pub kind: CueKind,
    /// What the claimant does by it.
    pub stance: Stance,
    /// Where its content stands.
    pub frame: Frame,
}

static TABLE: LazyLock<HashMap<&'static str, Vec<Cue>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<Cue>> = HashMap::new();
    for line in include_str!("../../../data/cues.csv").lines().skip(1) {
        let cells: Vec<&'static str> = line.split(',').collect();
        if let [lemma, kind, stance, frame, ..] = cells[..] {
            if let (Some(kind), Some(stance), Some(frame)) =
                (parse_kind(kind), parse_stance(stance), parse_frame(frame))
            {
                table.entry(lemma).or_default().push(Cue { kind, stance, frame });
            }
        }
    }
    table
});

fn parse_kind(cell: &str) -> Option<CueKind> {
    Some(match cell {
        "report" => CueKind::Report,
        "act" => CueKind::Act,
        "silence" => CueKind::Silence,
        "relay" => CueKind::Relay,
        "attitude" => CueKind::Attitude,
        "noun" => CueKind::Noun,
        "deed" => CueKind::Deed,
        _ => return None,
    })
}

fn parse_stance(cell: &str) -> Option<Stance> {
    Some(match cell {
        "assert" => Stance::Assert,
        "deny" => Stance::Deny,
        "accuse" => Stance::Accuse,
        "confirm" => Stance::Confirm,
        "order" => Stance::Order,
        "pledge" => Stance::Pledge,
        "appeal" => Stance::Appeal,
        "threaten" => Stance::Threaten,
        "decline" => Stance::Decline,
        _ => return None,
    })
}

fn parse_frame(cell: &str) -> Option<Frame> {
    Some(match cell {
        "clause" => Frame::Clause,
        "object" => Frame::Object,
        "infinitive" => Frame::Infinitive,
        "any" => Frame::Any,
        "none" => Frame::Bare,
        _ => return None,
    })
}

/// Rows of a verb's lemma (nouns have rows of their own, see [`noun`]).
pub fn verb(lemma: &str) -> impl Iterator<Item = Cue> {
    TABLE.get(lemma).into_iter().flatten().copied().filter(|cue| !matches!(cue.kind, CueKind::Noun | CueKind::Deed))
}

/// Whether a verb is a deed, which tells nothing unless a clause or a quotation follows.
pub fn is_deed(lemma: &str) -> bool {
    TABLE.get(lemma).into_iter().flatten().any(|cue| cue.kind == CueKind::Deed)
}

/// Row of a noun's lemma.
pub fn noun(lemma: &str) -> Option<Cue> {
    TABLE.get(lemma).into_iter().flatten().copied().find(|cue| cue.kind == CueKind::Noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let rows = include_str!("../../../data/cues.csv").lines().skip(1).count();
        assert_eq!(TABLE.values().map(Vec::len).sum::<usize>(), rows);
    }

    #[test]
    fn words_with_two_uses_keep_both() {
        let kinds: Vec<CueKind> = verb("offer").map(|cue| cue.kind).collect();
        assert_eq!(kinds, [CueKind::Act, CueKind::Silence]);
        assert_eq!(noun("offer").map(|cue| cue.stance), Some(Stance::Pledge));
    }
}
