//! Sentences of a report with the days and places told in them, for what stands beside an event or a figure.

use counterclaim_knowledge::{actors, name_key};
use counterclaim_schema::ledger::*;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Names of media as keys.
static MEDIA: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let media = actors::all_parties().filter(|party| party.table == "media");
    media.flat_map(|party| party.names.iter().map(|name| name_key(name))).collect()
});

/// Characters of a story that follow the credit of a picture at least; at its end a bracket says who wrote it.
const LEAST_STORY: usize = 150;
/// Characters in front of the agency of a dateline at most.
const LONGEST_DATELINE: usize = 40;
/// Characters of the credit of a picture at most.
const LONGEST_CREDIT: usize = 40;

/// A sentence with what it holds.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The caption of a picture: it may show another day and place than the news.
    pub(crate) caption: bool,
    /// Another deed is told in it beside the first ("meanwhile", "elsewhere").
    pub(crate) second: bool,
    /// Days told in it, in order, and whether the day is that of speaking.
    pub(crate) dates: Vec<((i64, i64), bool)>,
    pub(crate) places: Vec<usize>,
}

/// Sentences by blocks and full stops; finer rules are not needed to look for a date beside a figure.
pub(crate) fn sentences(text: &str, blocks: &[BlockRow]) -> Vec<Sentence> {
    let characters: Vec<char> = text.chars().collect();
    let mut found: Vec<Sentence> = Vec::new();
    for block in blocks {
        if !matches!(block.kind.as_str(), "paragraph" | "title" | "subhead") {
            continue;
        }
        let end = (block.end as usize).min(characters.len());
        let mut start = block.start as usize;
        let first = found.len();
        let mut at = start;
        while at < end {
            let gap = characters.get(at + 1).is_some_and(|next| next.is_whitespace());
            let opens = characters.get(at + 2).is_some_and(|next| next.is_uppercase() || matches!(next, '“' | '"'));
            if characters[at] == ')' && gap && opens && end - at > LEAST_STORY {
                if let Some((credit, of_picture)) = credit_in(&characters[start..at]) {
                    // The first sentence of a story may be its lead with an agency behind it.
                    let is_first = found.len() == first + usize::from(credit == 0);
                    if credit > 0 || found.len() == first {
                        // "BEIRUT (Reuters) Two people ..." is a dateline.
                        let caption = credit > LONGEST_DATELINE && (of_picture || !is_first);
                        found.push(Sentence {
                            start: start as u32,
                            end: at as u32 + 1,
                            caption,
                            ..Sentence::default()
                        });
                    } else if let Some(before) = found.last_mut() {
                        // A credit behind a full stop is that of the sentence before.
                        before.caption = of_picture || !is_first;
                        before.end = at as u32 + 1;
                    }
                    start = at + 2;
                    at = start;
                    continue;
                }
            }
            let closes = matches!(characters[at], '.' | '!' | '?' | '”' | '"');
            // "Gen. Smith", "U.S. Army": one capital or three letters before the stop are no end.
            let word = characters[start..at].iter().rev().take_while(|character| character.is_alphanumeric()).count();
            let is_long =
                word > 3 || characters[start..at].iter().rev().take(word).all(|character| character.is_numeric());
            let opens = opens || characters.get(at + 2) == Some(&'(');
            if closes && gap && opens && is_long {
                found.push(Sentence { start: start as u32, end: at as u32 + 1, ..Sentence::default() });
                start = at + 2;
                at = start;
                continue;
            }
            at += 1;
        }
        if start < end {
            found.push(Sentence { start: start as u32, end: end as u32, ..Sentence::default() });
        }
        for sentence in found[first..].iter_mut().take(LEAD) {
            sentence.caption |= shows(&characters[sentence.start as usize..sentence.end as usize]);
        }
    }
    found
}

/// Sentences at the head of a story among which the caption of its picture may stand.
const LEAD: usize = 3;

/// Whether a sentence tells in the present what a picture shows: "A man carries a child past houses that were hit".
fn shows(characters: &[char]) -> bool {
    let text: String = characters.iter().collect();
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let seen = |at: usize| SHOWN.contains(&words[at]) && at > 0;
    let article = |at: usize| {
        matches!(
            words[at],
            "A" | "An" | "Two" | "Three" | "People" | "Men" | "Women" | "Residents" | "Civilians" | "Rescuers"
        )
    };
    (0..words.len().min(24)).filter(|&at| article(at)).any(|at| (at + 1..(at + 9).min(words.len())).any(seen))
}

/// Verbs of what pictures show, in the present.
const SHOWN: &[&str] = &[
    "carries", "carry", "cries", "cry", "gather", "gathers", "holds", "hold", "inspect", "inspects", "looks", "look",
    "reacts", "react", "rides", "ride", "runs", "run", "search", "searches", "shows", "sits", "sit", "stands", "stand",
    "walks", "walk", "weeps", "weep",
];

/// Where the bracket opens at the end of what it closes, if it holds the credit of a picture ("(Reuters)", "(AFP Photo)", "(file)"), and whether it
/// says so itself.
fn credit_in(characters: &[char]) -> Option<(usize, bool)> {
    let open = characters.iter().rposition(|&character| character == '(')?;
    let words: String = characters[open + 1..].iter().collect();
    if words.chars().count() > LONGEST_CREDIT {
        return None;
    }
    let mut words = words.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let of_picture = words.clone().any(|word| {
        let word = word.to_lowercase();
        matches!(word.as_str(), "photo" | "photograph" | "picture" | "image" | "file" | "handout" | "archive")
    });
    let is_credit = of_picture || words.clone().any(|word| word == "Agencies" || MEDIA.contains(&name_key(word)));
    // "(With Reuters)" closes a story; "Agence France-Presse (AFP)" explains a name.
    let signs = words.next().is_some_and(|word| matches!(word.to_lowercase().as_str(), "with" | "by" | "source"));
    let before: String = characters[..open].iter().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    let explains =
        ["Press", "Presse", "Agency", "Service", "Agentur"].iter().any(|word| before.trim_end().ends_with(word));
    (is_credit && !signs && !explains).then_some((open, of_picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_sentences_of_their_own() {
        let story = "Shells hit the town of Marn on Tuesday, and seven people were killed there, doctors of its clinic said. Ten more were hurt, \
                     and the road to the north is closed since then.";
        let of = |head: &str| {
            let text = format!("{head} {story}");
            let end = text.chars().count() as u32;
            let block = BlockRow { kind: "paragraph".to_owned(), start: 0, end, furniture: None };
            sentences(&text, &[block]).iter().map(|one| (one.start, one.caption)).take(3).collect::<Vec<_>>()
        };
        let head = "A woman walks past a house that was hit in the city of Pell on Sunday";
        let length = head.len() as u32;
        assert_eq!(of(&format!("{head} (Reuters Photo)"))[..2], [(0, true), (length + 17, false)]);
        assert_eq!(of(&format!("A road was closed. {head}. (AFP)"))[1..3], [(19, true), (length + 27, false)]);
        let lead = "Nine people were killed by shells in the city of Pell on Sunday";
        assert!(of(&format!("{lead}. (AFP)")).iter().all(|one| !one.1));
        // A picture that nobody signs is told in the present.
        assert!(of(&format!("{head}."))[0].1);
        assert!(!of(&format!("{lead}. (With Reuters)"))[0].1);
        assert!(of("PELL (Reuters)").iter().all(|one| !one.1));
    }
}
