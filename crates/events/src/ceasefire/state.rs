//! Words about how a ceasefire holds.

use super::agreement::is_paper;
use super::mention::{Group, is_fighting, is_name};
use super::time::is_beginning;
use super::*;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;

pub(super) fn status_words(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group, others: &[u32]) -> Vec<Span> {
    let first = group.mentions.first().map_or(0, |mention| syntax.words_of(syntax.sentence(mention.word)).start);
    let mut found: Vec<Span> = titled(reading, syntax);
    for candidate in 0..syntax.analysis.words.len() as u32 {
        let coded = reading.is_coded(syntax.sentence(candidate));
        // What is told of an earlier truce is no state of this one.
        let of_other = syntax.subject(candidate).is_some_and(|subject| others.contains(&subject));
        let behind = candidate >= first;
        let told = behind && is_state(syntax, candidate)
            || fares(syntax, candidate).is_some()
            || behind && comes_to_little(syntax, candidate);
        if !coded || of_other || is_only_wanted(reading, syntax, candidate) || !told {
            continue;
        }
        let mut words = vec![candidate];
        words.extend(
            syntax
                .dependents(candidate)
                .iter()
                .copied()
                .filter(|&child| syntax.deprel(child) == Deprel::Advmod && child.abs_diff(candidate) <= 2),
        );
        let span = syntax.cover(&words);
        found.extend(span.filter(|span| !found.iter().any(|known| known.overlaps(*span))));
    }
    found
}

/// Words of the title about how it fares: "leaves truce in tatters", "truce frays", "bomb shakes quiet".
fn titled(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<Span> {
    let count = syntax.analysis.words.len() as u32;
    let title = (0..count).take_while(|&word| !reading.is_coded(syntax.sentence(word)));
    let words: Vec<u32> = title.filter(|&word| fares(syntax, word).is_some()).collect();
    words
        .first()
        .map(|&word| syntax.span(word))
        .into_iter()
        .chain(words.get(1).map(|&word| syntax.span(word)))
        .collect()
}

/// Verbs that tell how an agreement fares: their subject is the agreement.
const FARES: &[&str] = &[
    "fray",
    "wobble",
    "totter",
    "teeter",
    "crumble",
    "collapse",
    "unravel",
    "falter",
    "hold",
    "survive",
    "last",
    "stick",
    "break",
    "fall",
    "come",
    "wear",
    "hang",
    "fail",
    "founder",
    "dissolve",
    "disintegrate",
    "erode",
    "weaken",
    "deteriorate",
    "limp",
    "creak",
    "buckle",
    "slip",
    "stagger",
    "stall",
    "sour",
    "endure",
    "persist",
    "evaporate",
    "splinter",
    "stumble",
    "implode",
    "rot",
    "sag",
    "strain",
    "bend",
    "crack",
    "waver",
    "flounder",
    "tremble",
    "shake",
    "sink",
    "melt",
    "perish",
    "die",
    "outlast",
    "withstand",
];
/// What is said of it behind a preposition: "in tatters", "on the brink", "under strain".
const PLIGHTS: &[&str] = &[
    "tatter",
    "tatters",
    "shred",
    "shreds",
    "question",
    "doubt",
    "jeopardy",
    "ruin",
    "ruins",
    "limbo",
    "peril",
    "danger",
    "trouble",
    "brink",
    "verge",
    "strain",
    "pressure",
    "threat",
    "risk",
    "edge",
    "knife-edge",
    "rock",
    "rocks",
    "rope",
    "ropes",
    "paper",
    "support",
    "piece",
    "pieces",
    "disarray",
    "crisis",
    "thread",
    "balance",
    "stress",
    "siege",
    "dispute",
    "deadlock",
];
/// Verbs whose object is the agreement: "strains the truce", "put the deal to the test".
const TRIES: &[&str] = &[
    "strain",
    "shake",
    "test",
    "undermine",
    "threaten",
    "imperil",
    "endanger",
    "jeopardise",
    "jeopardize",
    "rattle",
    "dent",
    "weaken",
    "erode",
    "sink",
    "wreck",
    "torpedo",
    "scupper",
    "shatter",
    "derail",
    "mar",
    "dog",
    "overshadow",
    "rock",
    "dishonour",
    "dishonor",
    "mock",
    "unsettle",
    "puncture",
    "bury",
    "kill",
    "fray",
    "poison",
    "unravel",
    "interrupt",
    "cloud",
    "blow",
    "tear",
    "rip",
    "honour",
    "honor",
    "respect",
    "observe",
    "smudge",
    "keep",
];

/// The agreement of which a word tells how it fares.
fn fares(syntax: Syntax<'_>, word: u32) -> Option<u32> {
    let paper = |at: u32| {
        is_paper(syntax, at)
            || matches!(syntax.lemma(at), "quiet" | "calm" | "peace" | "lull" | "pause" | "handshake")
                && matches!(syntax.upos(at), Upos::Noun | Upos::Propn)
    };
    let lemma = syntax.lemma(word);
    let children = syntax.dependents(word);
    let beside = |lemmas: &[&str]| {
        children.iter().any(|&child| lemmas.contains(&syntax.lemma(child)))
            || (word + 1..word + 4).any(|at| {
                (at as usize) < syntax.analysis.words.len()
                    && syntax.sentence(at) == syntax.sentence(word)
                    && lemmas.contains(&syntax.form(at))
            })
    };
    if syntax.upos(word) == Upos::Verb
        && FARES.contains(&lemma)
        && syntax.dependent(word, &[Deprel::Obj]).is_none_or(|object| {
            syntax.lemma(object) == "effect" || lemma == "survive" || lemma == "last" || lemma == "outlast"
        })
    {
        let subject = syntax.subject(word).filter(|&subject| paper(subject) && subject < word)?;
        let whole = match lemma {
            "come" => {
                beside(&["apart", "undone", "unstuck", "strain", "pressure", "naught", "nothing", "grief", "unglued"])
            }
            "fall" => beside(&["apart", "through", "pieces", "flat", "silent"]),
            "wear" => beside(&["thin"]),
            "hang" => beside(&["thread", "balance"]),
            "break" => beside(&["down", "apart", "up"]) || !syntax.is_passive(word),
            // "Lasts 180 days" is its length.
            "last" => !syntax.is_infinitive(word) && !syntax.form(word).ends_with('s') && syntax.form(word) != "last",
            "shake" | "strain" | "weaken" | "erode" | "sink" | "sour" => true,
            _ => true,
        };
        return whole.then_some(subject);
    }
    if TRIES.contains(&lemma) && syntax.upos(word) == Upos::Verb {
        let object =
            syntax.patient(word).filter(|&object| paper(object) && (object > word || syntax.is_passive(word)))?;
        let keeps = matches!(lemma, "keep" | "honour" | "honor" | "respect" | "observe");
        let struggles =
            keeps && syntax.head(word).is_some_and(|over| matches!(syntax.lemma(over), "struggle" | "try" | "fail"));
        return (!keeps || struggles).then_some(object);
    }
    // "Makes a mockery of the understanding".
    if lemma == "mockery" || lemma == "farce" {
        return syntax.obliques(word).into_iter().map(|oblique| oblique.head).find(|&at| paper(at));
    }
    if matches!(syntax.upos(word), Upos::Noun) && PLIGHTS.contains(&lemma) {
        let preposition = syntax.preposition(word);
        if !matches!(preposition.as_str(), "in" | "on" | "under" | "at" | "into" | "by" | "to" | "onto")
            || lemma == "thread" && preposition != "by"
        {
            return None;
        }
        let first = syntax.words_of(syntax.sentence(word)).start;
        // "The fate of the deal is in doubt".
        let subject = syntax.subject(word).filter(|&subject| {
            paper(subject)
                || syntax.obliques(subject).iter().any(|oblique| oblique.preposition == "of" && paper(oblique.head))
        });
        let over = syntax.head(word);
        let of_clause = over.and_then(|over| {
            let named = syntax.patient(over).or_else(|| syntax.subject(over));
            named.filter(|&named| paper(named))
        });
        // "Leaves truce in tatters", however the parser hangs it.
        let near = || {
            (first.max(word.saturating_sub(3))..word)
                .rev()
                .find(|&at| paper(at) && syntax.deprel(at) != Deprel::Compound)
        };
        return subject.or(of_clause).or_else(near);
    }
    None
}

/// "Little of that has come about", "nothing of it was done", "it has not been smooth": what became of what was agreed.
fn comes_to_little(syntax: Syntax<'_>, word: u32) -> bool {
    let first = syntax.words_of(syntax.sentence(word)).start;
    let Some(subject) = syntax.subject(word).filter(|&subject| subject <= first + 2 && subject < word) else {
        return false;
    };
    let back = syntax.obliques(subject).iter().any(|oblique| {
        matches!(oblique.preposition.as_str(), "of")
            && matches!(syntax.lemma(oblique.head), "that" | "this" | "it" | "which" | "they")
            || is_paper(syntax, oblique.head)
    });
    let part =
        matches!(syntax.lemma(subject), "little" | "much" | "none" | "nothing" | "most" | "some" | "half" | "part");
    let done = matches!(
        syntax.lemma(word),
        "come"
            | "happen"
            | "do"
            | "implement"
            | "materialise"
            | "materialize"
            | "keep"
            | "carry"
            | "honour"
            | "honor"
            | "fulfil"
            | "fulfill"
            | "go"
            | "proceed"
            | "fare"
            | "observe"
            | "respect"
            | "see"
            | "apply"
            | "remain"
            | "survive"
            | "work"
    );
    if part && back && done && syntax.upos(word) == Upos::Verb {
        return true;
    }
    // "Implementation has been poor".
    let keeping =
        matches!(syntax.lemma(subject), "implementation" | "compliance" | "observance" | "enforcement" | "adherence");
    if keeping
        && (syntax.upos(word) == Upos::Adj
            || matches!(syntax.lemma(word), "lag" | "stall" | "falter" | "slow" | "begin"))
    {
        return true;
    }
    // "It has not been smooth", "it has been a bumpy ride".
    let it = syntax.form(subject) == "It" && named_lately(syntax, word);
    it && matches!(
        syntax.lemma(word),
        "smooth"
            | "bumpy"
            | "rocky"
            | "easy"
            | "perfect"
            | "spotless"
            | "patchy"
            | "rough"
            | "shaky"
            | "fragile"
            | "ragged"
            | "uneven"
    )
}

fn is_state(syntax: Syntax<'_>, word: u32) -> bool {
    STABLE.contains(&syntax.lemma(word)) && is_about(syntax, word) || is_predicate(syntax, word)
}

/// "The truce is wounded but not dead": whatever is said of the ceasefire itself.
fn is_predicate(syntax: Syntax<'_>, word: u32) -> bool {
    const STATES: &[&str] = &[
        "alive",
        "dead",
        "over",
        "wounded",
        "wound",
        "intact",
        "precarious",
        "tenuous",
        "tatter",
        "suspend",
        "void",
        "solid",
        "firm",
        "weak",
        "strained",
        "brittle",
        "uneasy",
        "danger",
        "risk",
        "peril",
    ];
    /// What kind of ceasefire it is tells not how it holds.
    const KINDS: &[&str] = &[
        "temporary",
        "unilateral",
        "bilateral",
        "humanitarian",
        "possible",
        "necessary",
        "likely",
        "due",
        "new",
        "open",
        "conditional",
        "important",
        "part",
        "welcome",
        "first",
        "second",
        "subject",
        "local",
        "permanent",
        "verbal",
        "near",
        "close",
        "ready",
        "good",
        "vital",
        "essential",
        "limited",
        "indefinite",
    ];
    let joined = syntax.deprel(word) == Deprel::Conj;
    let of_it = || syntax.subject(word).is_some_and(|subject| is_paper(syntax, subject));
    let named =
        STATES.contains(&syntax.lemma(word)) && syntax.subject(word).is_some_and(|subject| is_name(syntax, subject));
    // "Looks frail", "remained shaky".
    let seems = syntax.upos(word) == Upos::Adj
        && !KINDS.contains(&syntax.lemma(word))
        && syntax.deprel(word) == Deprel::Xcomp
        && syntax.head(word).is_some_and(|head| {
            matches!(syntax.lemma(head), "look" | "remain" | "appear" | "seem" | "stay" | "prove")
                && syntax.subject(head).is_some_and(|subject| is_paper(syntax, subject))
        });
    let takes = syntax.lemma(word) == "take"
        && syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "hold")
        && syntax.subject(word).is_some_and(|subject| is_name(syntax, subject) || syntax.lemma(subject) == "pause");
    let fares = matches!(syntax.lemma(word), "go" | "work" | "shatter" | "fare")
        && (syntax.lemma(word) == "shatter"
            || syntax
                .dependents(word)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "well" | "badly" | "smoothly")))
        && of_it();
    let calm = matches!(syntax.lemma(word), "prevail" | "return" | "reign" | "descend")
        && syntax.subject(word).is_some_and(|subject| matches!(syntax.lemma(subject), "calm" | "quiet" | "silence"));
    calm || seems || takes || !joined && (named || fares)
}

/// "Ordered his troops to observe the truce", "would respect it": no state yet.
fn is_only_wanted(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.upos(word) != Upos::Verb {
        return false;
    }
    let modal = syntax
        .auxiliaries(word)
        .iter()
        .any(|&aux| matches!(aux, "will" | "would" | "must" | "should" | "may" | "can" | "could"));
    let over = syntax.head(word).map(|head| syntax.lemma(head)).unwrap_or_default();
    let infinitive =
        syntax.is_infinitive(word) && !matches!(over, "appear" | "seem" | "begin" | "start" | "continue" | "say");
    let claim = reading.innermost_claim(syntax.span(word)).map(|claim| reading.claims[claim].stance);
    modal || infinitive || matches!(claim, Some(Stance::Order | Stance::Appeal | Stance::Pledge))
}

fn is_about(syntax: Syntax<'_>, state: u32) -> bool {
    let of_fighting = |subject: u32| {
        is_name(syntax, subject)
            || is_fighting(syntax, subject)
            || matches!(
                syntax.lemma(subject),
                "situation" | "intensity" | "area" | "border" | "frontline" | "line" | "front" | "calm" | "pause"
            )
    };
    let about = match syntax.lemma(state) {
        // The sides comply with it, or respect it; "in order to hold talks" is no state of it.
        "comply" => true,
        "respect" | "observe" | "honour" | "honor" => {
            syntax.patient(state).is_some_and(|object| is_paper(syntax, object))
                || syntax.is_passive(state) && syntax.subject(state).is_some_and(of_fighting)
        }
        "hold" | "collapse" | "crumble" | "fray" | "unravel" | "falter" => {
            syntax.dependent(state, &[Deprel::Obj]).is_none()
                && syntax.subject(state).is_some_and(|subject| {
                    is_name(syntax, subject)
                        || matches!(syntax.lemma(subject), "calm" | "pause" | "line" | "deal")
                        || matches!(syntax.form(subject), "It" | "it") && named_lately(syntax, state)
                })
        }
        // "It was quiet", "the bridge was calm": whatever place or time is.
        "calm" | "quiet" | "tense" if syntax.upos(state) == Upos::Adj => syntax.subject(state).is_some_and(|subject| {
            of_fighting(subject)
                || syntax.upos(subject) == Upos::Noun && syntax.dependent(state, &[Deprel::Cop]).is_some()
                || matches!(syntax.form(subject), "it" | "It")
        }),
        _ => syntax.subject(state).is_some_and(of_fighting),
    };
    // "The truce did not hold everywhere" tells how it holds, too.
    let denied =
        syntax.is_negated(state) && !matches!(syntax.lemma(state), "hold" | "respect" | "observe" | "honour" | "honor");
    about && matches!(syntax.upos(state), Upos::Adj | Upos::Verb | Upos::Noun) && !denied
}

/// Whether a ceasefire is named a few sentences before.
fn named_lately(syntax: Syntax<'_>, word: u32) -> bool {
    let sentence = syntax.sentence(word);
    (sentence.saturating_sub(3)..=sentence)
        .any(|at| syntax.words_of(at).any(|other| other < word && is_paper(syntax, other)))
}

/// Whether the words themselves tell that it is in force.
pub(super) fn holds(syntax: Syntax<'_>, group: &Group) -> bool {
    group.mentions.iter().any(|mention| {
        let clause = syntax.clause(mention.word);
        let past = !is_ahead(syntax, mention.word) && !syntax.is_infinitive(clause);
        let begun = BEGIN.contains(&syntax.lemma(clause)) && is_beginning(syntax, clause) && past;
        let holding = matches!(syntax.lemma(clause), "hold" | "collapse" | "fray" | "expire" | "end") && past;
        begun || holding
    })
}
