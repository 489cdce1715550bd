//! Where a report speaks of what was agreed: the ceasefire's names, nouns that point back at the deal, and sentences that go on about it.

use super::mention::{Group, Told, is_name};
use super::*;
use counterclaim_language::{Deprel, Upos};

/// Whether a noun means the paper or the words on which a ceasefire stands.
pub(super) fn is_deal(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.upos(word), Upos::Noun | Upos::Propn)
        && (DEALS.contains(&syntax.lemma(word)) || is_act(syntax, word) || is_peace(syntax, word))
}

/// Nouns that mean an agreement of two sides and nothing else.
fn is_strong_deal(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(
        syntax.lemma(word),
        "deal"
            | "agreement"
            | "accord"
            | "pact"
            | "bargain"
            | "covenant"
            | "understanding"
            | "truce"
            | "protocol"
            | "compact"
            | "charter"
            | "memorandum"
    )
}

/// "The act of commitment", and "the act" once it was told.
fn is_act(syntax: Syntax<'_>, word: u32) -> bool {
    let of_peace = |word: u32| {
        syntax.lemma(word) == "act"
            && syntax.obliques(word).iter().any(|oblique| {
                oblique.preposition == "of"
                    && matches!(
                        syntax.lemma(oblique.head),
                        "commitment" | "engagement" | "reconciliation" | "peace" | "undertaking" | "faith"
                    )
            })
    };
    let pointing =
        || syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "the" | "this" | "that"));
    syntax.lemma(word) == "act" && (of_peace(word) || pointing() && (0..word).any(of_peace))
}

/// "A peace that both had sworn to", "the peace between the clans": one that was made, not the state of it.
fn is_peace(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.lemma(word) == "peace"
        && !matches!(syntax.deprel(word), Deprel::Compound | Deprel::Amod)
        && syntax.dependents(word).iter().any(|&child| {
            matches!(syntax.lemma(child), "a" | "the" | "this" | "that")
                || matches!(syntax.deprel(child), Deprel::NmodPoss)
        })
        && (syntax.dependent(word, &[Deprel::AclRelcl, Deprel::Acl]).is_some()
            || syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "between" | "among")))
}

/// Verbs by which an agreement comes about.
const MAKES: &[&str] = &[
    "sign",
    "strike",
    "reach",
    "conclude",
    "agree",
    "seal",
    "clinch",
    "announce",
    "broker",
    "make",
    "secure",
    "extend",
    "renew",
    "prolong",
    "initial",
    "ink",
    "hammer",
    "settle",
    "swear",
    "forge",
    "adopt",
    "coax",
    "facilitate",
    "arrange",
    "draw",
    "work",
    "thrash",
    "patch",
    "mediate",
    "negotiate",
    "wring",
    "extract",
    "cut",
    "enter",
    "declare",
    "read",
    "endorse",
    "approve",
    "ratify",
    "accept",
    "thumbprint",
    "witness",
    "finalise",
    "finalize",
    "cement",
    "craft",
    "put",
    "set",
    "proclaim",
    "emerge",
    "unveil",
    "pledge",
    "promise",
    "give",
    "take",
    "come",
    "go",
    "bring",
    "hold",
    "join",
];

/// Whether the words around a noun of agreement tell that it was made: "the charter, which was drawn up in Ajdabiya", "an understanding that
/// officials reached", "Friday's settlement", "signed a pact", "the protocol took effect".
pub(super) fn is_made(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let over = syntax.clause(word);
    let makes = |verb: u32| MAKES.contains(&syntax.lemma(verb)) && !syntax.is_negated(verb);
    let told = syntax
        .dependents(word)
        .iter()
        .any(|&child| matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl) && makes(child));
    let begun = BEGIN.contains(&syntax.lemma(over)) && super::time::is_beginning(syntax, over);
    let by_verb = (makes(over)
        && !matches!(syntax.lemma(over), "take" | "come" | "go" | "give" | "bring" | "put" | "set" | "hold" | "join")
        || begun)
        && (syntax.patient(over) == Some(word)
            || syntax.subject(over) == Some(word) && (begun || syntax.is_passive(over))
            || syntax.obliques(over).iter().any(|oblique| {
                oblique.head == word
                    && matches!(oblique.preposition.as_str(), "to" | "on" | "into" | "for" | "upon" | "with")
            }));
    let between =
        syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "between" | "among"));
    let by_day = syntax
        .owner(word)
        .is_some_and(|owner| reading.times.iter().any(|time| syntax.head_of(time.span) == Some(owner)));
    // "The understanding that ended a week of shootings".
    let ends = syntax.dependents(word).iter().any(|&child| {
        syntax.deprel(child) == Deprel::AclRelcl
            && matches!(
                syntax.lemma(child),
                "end" | "stop" | "halt" | "silence" | "quell" | "quieten" | "pause" | "calm" | "suspend"
            )
            && syntax.dependent(child, &[Deprel::Obj]).is_some()
    });
    told || by_verb || between || by_day || ends
}

/// Whether it is told as one of the past, or of another kind than those that end fighting.
pub(super) fn is_foreign(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let children = syntax.dependents(word);
    let past = children.iter().any(|&child| {
        OTHER.contains(&syntax.lemma(child))
            // "The 2015 agreement", not "four points".
            || matches!(syntax.deprel(child), Deprel::Nummod) && syntax.form(child).len() == 4 && syntax.form(child).bytes().all(|byte| byte.is_ascii_digit())
            || matches!(
                syntax.lemma(child),
                "different" | "final" | "draft" | "proposed" | "failed" | "original" | "no" | "any" | "future" | "lasting"
            )
    });
    let of_other_kind = children.iter().any(|&child| {
        matches!(
            syntax.lemma(child),
            "trade"
                | "nuclear"
                | "gas"
                | "oil"
                | "loan"
                | "mining"
                | "grain"
                | "arms"
                | "defence"
                | "defense"
                | "security"
                | "coalition"
                | "extradition"
                | "business"
                | "climate"
                | "mineral"
                | "debt"
                | "plea"
                | "energy"
                | "military"
        )
    });
    past || of_other_kind || is_long_ago(reading, syntax, word)
}

/// Whether the clause of a word tells a day so far back that an agreement of it is no news.
pub(super) fn is_long_ago(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    /// Days within which an agreement is still news.
    const RECENT: i64 = 300;
    let verb = syntax.dependent(word, &[Deprel::AclRelcl, Deprel::Acl]);
    reading.times.iter().any(|time| {
        let near = syntax.head_of(time.span).is_some_and(|head| {
            syntax.sentence(head) == syntax.sentence(word)
                && (syntax.governs(word, head)
                    || syntax.clause(head) == syntax.clause(word)
                    || verb.is_some_and(|verb| syntax.clause(head) == verb))
        });
        let start = time.start.as_deref().and_then(|start| {
            let day = match start.len() {
                4 => format!("{start}-12-31"),
                7 => format!("{start}-28"),
                _ => start.get(..10)?.to_owned(),
            };
            counterclaim_claims::day_number(&day)
        });
        near && matches!(time.timex.as_str(), "DATE" | "TIME")
            && start.zip(reading.published_day()).is_some_and(|(start, published)| published - start > RECENT)
    })
}

/// "Elders shook hands over a slaughtered ox", "clasped hands in a grove": an agreement told by its gesture.
pub(super) fn is_handshake(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.lemma(word), "shake" | "clasp" | "join" | "link")
        && syntax.upos(word) == Upos::Verb
        && !syntax.is_negated(word)
        && syntax.dependent(word, &[Deprel::Obj]).is_some_and(|object| syntax.lemma(object) == "hand")
        && !is_long_ago(reading, syntax, word)
}

/// "What the government and the elders had settled", "what had been initialled": an agreement told by a clause.
pub(super) fn is_settled(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let first = syntax.words_of(syntax.sentence(word)).start;
    matches!(syntax.lemma(word), "settle" | "agree" | "initial" | "sign")
        && syntax.upos(word) == Upos::Verb
        && !syntax.is_negated(word)
        && matches!(syntax.deprel(word), Deprel::AclRelcl | Deprel::Ccomp | Deprel::Csubj | Deprel::Advcl | Deprel::Acl)
        && syntax
            .dependent(word, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp])
            .is_none_or(|object| syntax.lemma(object) == "what")
        && (first.max(word.saturating_sub(18))..word).any(|at| syntax.lemma(at) == "what")
        && !is_long_ago(reading, syntax, word)
}

/// Whether a word means the ceasefire or its paper.
pub(super) fn is_paper(syntax: Syntax<'_>, word: u32) -> bool {
    is_name(syntax, word) || is_deal(syntax, word)
}

/// Whether a word means a part of the paper.
pub(super) fn is_part(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.upos(word) == Upos::Noun
        && matches!(
            syntax.lemma(word),
            "term"
                | "point"
                | "provision"
                | "clause"
                | "article"
                | "condition"
                | "phase"
                | "stage"
                | "step"
                | "measure"
        )
}

/// Nouns behind a group's first mention that point back at it: "the deal", "this pact", "the pledge was made on Sunday".
/// Where nothing was named before, an agreement reached now is the one that a later name means.
pub(super) fn references(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    others: &[u32],
    first_group: bool,
) -> Vec<u32> {
    let Some(first) = group.mentions.iter().map(|mention| mention.word).min() else { return Vec::new() };
    let count = syntax.analysis.words.len() as u32;
    let mut found: Vec<u32> = Vec::new();
    let reached = |word: u32| is_made(reading, syntax, word) && !is_foreign(reading, syntax, word);
    // A report about a pact names it in many ways.
    let of_pact =
        group.mentions.iter().any(|mention| is_deal(syntax, mention.word) || syntax.upos(mention.word) == Upos::Verb);
    if first_group && !group.background {
        let points = |word: u32| {
            syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "the" | "this" | "that"))
                && !is_foreign(reading, syntax, word)
                && is_strong_deal(syntax, word)
        };
        found.extend((0..first).filter(|&word| {
            reading.is_coded(syntax.sentence(word))
                && syntax.sentence(word) < syntax.sentence(first)
                && (is_deal(syntax, word) && (reached(word) || points(word)) || is_handshake(reading, syntax, word))
        }));
    }
    for word in first + 1..count {
        if !is_deal(syntax, word) || !reading.is_coded(syntax.sentence(word)) {
            continue;
        }
        let children = syntax.dependents(word);
        let points = children.iter().any(|&child| {
            matches!(syntax.lemma(child), "the" | "this" | "that") && syntax.deprel(child) == Deprel::Det
                || syntax.deprel(child) == Deprel::NmodPoss
                    && (matches!(syntax.lemma(child), "its" | "their" | "they" | "it")
                        || reading.times.iter().any(|time| syntax.head_of(time.span) == Some(child)))
        });
        // "The 2015 peace deal", "the agreement signed in Doha last year" is another one.
        let another = children.iter().any(|&child| {
            OTHER.contains(&syntax.lemma(child))
                || matches!(syntax.deprel(child), Deprel::Nummod | Deprel::Acl) && child < word
                || !of_pact
                    && syntax.lemma(child) == "peace"
                    && !(is_made(reading, syntax, word) && !is_foreign(reading, syntax, word))
                || matches!(syntax.lemma(child), "trade" | "nuclear" | "final" | "draft" | "proposed" | "original")
        });
        // The nearest name before it tells which one is meant.
        let own = group.mentions.iter().map(|mention| mention.word).filter(|&known| known < word).max();
        let other = others.iter().copied().filter(|&known| known < word).max();
        // "As a new truce replaced a pause ... Under the deal": of two in one sentence the one of now is meant.
        let beside = own.zip(other).is_some_and(|(own, other)| syntax.sentence(own) == syntax.sentence(other));
        let nearest = if beside { !group.background } else { own > other };
        if points && !another && nearest {
            found.push(word);
        }
    }
    found
}

/// Sentences that tell of the agreement: those that name it or point at it, and those behind them that go on with what binds.
pub(super) fn told_sentences(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    references: &[u32],
    binds: impl Fn(u32) -> bool,
) -> Vec<bool> {
    let count = syntax.analysis.sentences.len();
    let mut told = vec![false; count];
    let block = |sentence: usize| reading.sentences.get(sentence).map(|row| row.block);
    let mentions: Vec<u32> = group
        .mentions
        .iter()
        .filter(|mention| mention.told != Told::Asked)
        .map(|mention| mention.word)
        .chain(references.iter().copied())
        .collect();
    let first = group.mentions.iter().map(|mention| syntax.sentence(mention.word)).min().unwrap_or(0);
    // "According to the communiqué ..." tells of it wherever it stands.
    let names = |sentence: u32| {
        mentions.iter().any(|&word| syntax.sentence(word) == sentence)
            || first <= sentence
                && syntax.words_of(sentence).any(|word| {
                    matches!(syntax.lemma(word), "communiqué" | "communique" | "text" | "document" | "statement")
                        && matches!(syntax.preposition(word).as_str(), "according to" | "under" | "in")
                        && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "the" | "joint"))
                })
    };
    for sentence in 0..count as u32 {
        let at = sentence as usize;
        if !reading.is_coded(sentence) {
            continue;
        }
        // "The army, for its part, suspended operations": one sentence between them may tell what was done in return.
        let before = at > 0 && told[at - 1] || at > 1 && told[at - 2] && block(at) == block(at - 2);
        let goes_on = before
            && (points_back(syntax, sentence) || block(at) == block(at - 1) || names(sentence - 1))
            && binds(sentence);
        told[at] = names(sentence) || goes_on;
    }
    told
}

/// Whether a sentence opens by pointing at what was told before: "It", "Both sides", "In exchange", "For its part".
pub(super) fn points_back(syntax: Syntax<'_>, sentence: u32) -> bool {
    let words = syntax.words_of(sentence);
    let opening: Vec<String> = words.take(4).map(|word| syntax.form(word).to_lowercase()).collect();
    let two: Vec<&str> = opening.iter().map(String::as_str).collect();
    let mut all = syntax.words_of(sentence);
    let exchange = |word: u32| {
        matches!(syntax.lemma(word), "exchange" | "return")
            && syntax.preposition(word) == "in"
            && syntax.upos(word) == Upos::Noun
    };
    if all.any(exchange) {
        return true;
    }
    matches!(two.first(), Some(&("it" | "they" | "both" | "each" | "neither" | "under" | "its" | "also" | "pending")))
        || matches!(
            two.as_slice(),
            ["the", "two" | "parties" | "sides", ..]
                | ["in", "return" | "exchange" | "turn" | "addition", ..]
                | ["for", "its" | "their", ..]
                | ["during" | "for" | "in" | "within", "that" | "this", ..]
        )
}
