//! Claims that the parse alone gives: acts of speech, counts, and what completes them.

use super::*;

/// Acts of speech that the model left out, read from the parse: a listed verb with a resolved subject and a complement.
pub(super) fn from_acts(syntax: Syntax<'_>, actors: &Actors, known: &[Draft]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for verb in 0..syntax.analysis.words.len() as u32 {
        if syntax.upos(verb) != Upos::Verb {
            continue;
        }
        let span = syntax.span(verb);
        let taken = known.iter().any(|draft| draft.cue.iter().any(|cue| cue.overlaps(span)));
        if taken {
            continue;
        }
        let Some(row) = row_of(syntax, verb) else { continue };
        let silent = row.kind == CueKind::Silence;
        if row.stance == Stance::Confirm && tells_of_own_count(syntax, verb) {
            continue;
        }
        if syntax.lemma(verb) == "fear" && syntax.form(verb).ends_with("ing") {
            continue;
        }
        // "Quoted him as saying" is told by the quoting.
        if syntax.form(verb) == "saying" && verb > 0 && syntax.form(verb - 1) == "as" {
            continue;
        }
        // "Refused to give details" is told by the refusal.
        if silent && syntax.deprel(verb) == Deprel::Xcomp {
            continue;
        }
        if !matches!(row.kind, CueKind::Act | CueKind::Report | CueKind::Silence) || silent && !is_silent(syntax, verb)
        {
            continue;
        }
        let outer = outer_report(syntax, verb);
        let inverted = inverted_source(syntax, verb, Some(row), &[]);
        let Some(source) = inverted.or_else(|| outer.map(|(_, speaker)| speaker)).or_else(|| syntax.agent(verb)) else {
            continue;
        };
        let apposed = || {
            syntax
                .dependents(source)
                .iter()
                .any(|&child| syntax.deprel(child) == Deprel::Appos && actors.at(child).is_some())
        };
        let pronoun = || {
            row.kind == CueKind::Report
                && matches!(syntax.form(source).to_lowercase().as_str(), "he" | "she" | "they" | "it")
                && syntax.deprel(source) != Deprel::Expl
        };
        let both = || {
            syntax
                .dependents(source)
                .iter()
                .any(|&child| matches!(syntax.lemma(child), "both" | "two" | "each") && child < source)
        };
        let person = || both() || inverted.is_some() && syntax.upos(source) != Upos::Pron;
        if actors.at(source).is_none() && !apposed() && !pronoun() && !person() || is_no_claim(syntax, verb) {
            continue;
        }
        let fallback = || {
            let closing = row.kind == CueKind::Report
                && (inverted.is_some()
                    || matches!(syntax.lemma(verb), "say" | "tell" | "report" | "announce" | "add" | "state")
                    || closes_what_is_told(syntax, verb, source));
            closing.then(|| rest_of_sentence(syntax, verb, &[])).flatten().map(|span| vec![span])
        };
        let Some(content) = complement(syntax, verb, row, source).or_else(fallback) else { continue };
        // "offered to" and "ordered to" inside another's reported words are claims of theirs, told through the outer one.
        let source_span = full_phrase(syntax, source, outer.map_or(verb, |(report, _)| report));
        drafts.push(Draft {
            source: vec![source_span],
            cue: cue_spans(syntax, verb, row),
            content,
            cue_word: verb,
            row: Some(row),
            framed: None,
        });
    }
    drafts
}

/// "..., assured the officer", "..., the mayor confided": the source and its verb stand behind a comma or a quotation, and nothing follows that they tell.
fn closes_what_is_told(syntax: Syntax<'_>, verb: u32, source: u32) -> bool {
    const OTHERWISE: &[&str] = &[
        "put", "hold", "read", "show", "observe", "post", "answer", "respond", "charge", "indicate", "describe",
        "fear", "suspect", "brief",
    ];
    let first = syntax.words_of(syntax.sentence(verb)).start;
    let start = syntax.analysis.subtree(source).first().copied().unwrap_or(source).min(verb);
    let behind = start > first && matches!(syntax.form(start - 1), "," | "”" | "\"" | "?" | "!");
    !OTHERWISE.contains(&syntax.lemma(verb))
        && behind
        && syntax.dependent(verb, &[Deprel::Obj]).is_none()
        && !syntax.is_passive(verb)
        && !matches!(syntax.deprel(verb), Deprel::AclRelcl | Deprel::Acl | Deprel::Xcomp)
}

/// "She said she had counted nine bodies": no claim beside the one that tells it.
fn tells_of_own_count(syntax: Syntax<'_>, verb: u32) -> bool {
    let pronoun = syntax.dependent(verb, &[Deprel::Nsubj]).is_some_and(|subject| syntax.upos(subject) == Upos::Pron);
    let report = syntax.head(verb).filter(|_| syntax.deprel(verb) == Deprel::Ccomp);
    pronoun && report.is_some_and(|report| cues::verb(syntax.lemma(report)).any(|cue| cue.kind == CueKind::Report))
        || syntax
            .dependent(verb, &[Deprel::Nsubj])
            .is_some_and(|subject| matches!(syntax.form(subject), "I" | "We" | "we"))
}

/// Those who count the dead say how many there were: "the hospital counted 25 dead", "the elders gave a toll of 18", "spoke of 31 deaths",
/// "another group counted 40".
pub(super) fn from_counts(syntax: Syntax<'_>, actors: &Actors, known: &[Draft]) -> Vec<Draft> {
    const COUNT: &[&str] = &[
        "count",
        "record",
        "register",
        "tally",
        "list",
        "document",
        "give",
        "put",
        "place",
        "set",
        "estimate",
        "speak",
        "admit",
        "acknowledge",
        "report",
        "concede",
        "name",
        "raise",
        "lower",
        "revise",
        "show",
        "log",
        "confirm",
        "own",
        "know",
        "reach",
        "catalogue",
        "reckon",
        "recognise",
        "recognize",
        "reach",
    ];
    // Who lists and logs tells how many, whatever it was.
    const TALLY: &[&str] = &["count", "record", "register", "tally", "list", "document", "log", "catalogue", "reckon"];
    const HARMED: &[&str] = &["kill", "die", "wound", "injure", "hurt", "perish", "displace", "detain", "capture"];
    const COUNTED: &[&str] = &[
        "dead", "death", "body", "toll", "figure", "number", "casualty", "fatality", "victim", "corpse", "loss",
        "list", "missing", "wounded", "grave", "coffin", "injured",
    ];
    let counted = |word: u32| COUNTED.contains(&syntax.lemma(word));
    let mut drafts = Vec::new();
    for verb in 0..syntax.analysis.words.len() as u32 {
        let counts = syntax.upos(verb) == Upos::Verb && COUNT.contains(&syntax.lemma(verb)) && !syntax.is_negated(verb);
        let taken = known.iter().any(|draft| draft.cue.iter().any(|cue| cue.overlaps(syntax.span(verb))));
        if !counts || taken || syntax.is_passive(verb) || tells_of_own_count(syntax, verb) {
            continue;
        }
        let object = match syntax.lemma(verb) {
            "speak" | "know" => {
                syntax.obliques(verb).into_iter().find(|found| found.preposition == "of").map(|found| found.head)
            }
            "admit" | "own" => {
                let to = syntax.obliques(verb).into_iter().find(|found| found.preposition == "to");
                syntax.dependent(verb, &[Deprel::Obj]).or(to.map(|found| found.head))
            }
            _ => syntax.dependent(verb, &[Deprel::Obj]),
        };
        let (Some(source), Some(object)) = (syntax.agent(verb), object) else { continue };
        // "A tally by activists showed 31 dead"; a video shows what it shows.
        let tally = ["tally", "figure", "count", "list", "record", "register", "datum", "document"];
        if syntax.lemma(verb) == "show" && !tally.contains(&syntax.lemma(source)) {
            continue;
        }
        let sentence = syntax.words_of(syntax.sentence(verb));
        let apart = |&word: &u32| matches!(syntax.form(word), ";" | "." | ":");
        let end = (verb + 1..sentence.end).find(apart).unwrap_or(sentence.end);
        let mut words: Vec<u32> =
            syntax.analysis.subtree(verb).into_iter().filter(|&word| word > verb && word < end).collect();
        let number = words.iter().any(|&word| syntax.upos(word) == Upos::Num);
        let tallied = TALLY.contains(&syntax.lemma(verb))
            && (syntax.upos(object) == Upos::Num || syntax.dependent(object, &[Deprel::Nummod]).is_some())
            && (actors.at(source).is_some() || syntax.upos(source) != Upos::Pron);
        // "Knew of about 700 families", "the ministry recognises five wounded".
        let known_of = matches!(syntax.lemma(verb), "know" | "recognise" | "recognize")
            && syntax.dependent(object, &[Deprel::Nummod]).is_some();
        let tallied = tallied || known_of;
        let named = tallied
            || words.iter().take(5).any(|&word| counted(word))
            || HARMED.contains(&syntax.lemma(object)) && syntax.dependent(object, &[Deprel::Nummod]).is_some();
        // What was counted may be told by the one before, there or in the sentence before.
        let before = syntax.sentence(verb).saturating_sub(2);
        let before = syntax.words_of(before).start.min(sentence.start);
        let bare = syntax.upos(object) == Upos::Num;
        let pointing = matches!(syntax.lemma(object), "it" | "figure" | "number" | "count" | "total" | "tally");
        // "40 families had left", "spoke of only 15 families".
        let again = (before..sentence.start).any(|word| {
            syntax.lemma(word) == syntax.lemma(object)
                && syntax.dependent(word, &[Deprel::Nummod]).is_some()
                && syntax.dependent(object, &[Deprel::Nummod]).is_some()
        });
        let pointing = pointing || again;
        let told = |word: u32| counted(word) || HARMED.contains(&syntax.lemma(word));
        let elliptic = bare && (sentence.start..verb).any(counted)
            || (bare || pointing)
                && syntax.sentence(verb) > 0
                && words.len() <= 6
                && (again || (before..sentence.start).any(told));
        if !(named || elliptic) || !number || source > verb || object < verb {
            continue;
        }
        while words.last().is_some_and(|&word| syntax.upos(word) == Upos::Punct) {
            words.pop();
        }
        drafts.push(Draft {
            source: vec![full_phrase(syntax, source, verb)],
            cue: vec![syntax.span(verb)],
            content: syntax.cover(&words).into_iter().collect(),
            cue_word: verb,
            row: cues::verb("put").next(),
            framed: None,
        });
    }
    drafts
}

/// The verb with the preposition that completes it ("called for") and the denial before it.
fn cue_spans(syntax: Syntax<'_>, verb: u32, row: Cue) -> Vec<Span> {
    let mut span = syntax.span(verb);
    if row.kind == CueKind::Silence {
        for &child in syntax.dependents(verb) {
            if child < verb
                && matches!(syntax.deprel(child), Deprel::Aux | Deprel::Advmod)
                && syntax.span(child).start + 24 > span.start
            {
                span = span.to(syntax.span(child));
            }
        }
    }
    if syntax.lemma(verb) == "call" {
        let next = verb + 1;
        if (next as usize) < syntax.analysis.words.len() && matches!(syntax.lemma(next), "for" | "on" | "upon") {
            span = span.to(syntax.span(next));
        }
    }
    vec![span]
}

pub(super) fn complement(syntax: Syntax<'_>, verb: u32, row: Cue, source: u32) -> Option<Vec<Span>> {
    let children = syntax.dependents(verb);
    let clause = children.iter().copied().find(|&child| syntax.deprel(child) == Deprel::Ccomp && child > verb);
    let infinitive = children.iter().copied().find(|&child| syntax.deprel(child) == Deprel::Xcomp && child > verb);
    let object = children
        .iter()
        .copied()
        .find(|&child| matches!(syntax.deprel(child), Deprel::Obj) && child > verb && child != source);
    let obliques = syntax.obliques(verb);
    let phrase = |prepositions: &[&str]| {
        obliques
            .iter()
            .find(|oblique| prepositions.contains(&oblique.preposition.as_str()) && oblique.head > verb)
            .map(|oblique| oblique.head)
    };
    let heads: Vec<u32> = match row.frame {
        Frame::Bare => return Some(Vec::new()),
        Frame::Clause if matches!(syntax.lemma(verb), "claim" | "put") => {
            let wanted: &[&str] = if syntax.lemma(verb) == "put" {
                &["number", "toll", "figure", "count", "total", "death", "loss", "damage"]
            } else {
                &[
                    "responsibility",
                    "attack",
                    "ambush",
                    "bombing",
                    "strike",
                    "victory",
                    "raid",
                    "killing",
                    "control",
                    "gain",
                ]
            };
            match object.filter(|&object| wanted.contains(&syntax.lemma(object))) {
                Some(object) => [Some(object), phrase(&["at"])].into_iter().flatten().collect(),
                None if syntax.lemma(verb) == "put" => return None,
                None => vec![clause?],
            }
        }
        Frame::Clause if syntax.lemma(verb) == "warn" => {
            vec![clause.or_else(|| phrase(&["against", "of", "about"])).or(infinitive)?]
        }
        Frame::Clause => vec![clause?],
        // "Ordered an inquiry", "ordered 2,000 men into the area"; "offered 20 million euros".
        Frame::Infinitive if infinitive.is_none() && clause.is_none() && given(syntax, verb, object) => {
            [object, phrase(&["into", "to", "out of", "for", "from"])].into_iter().flatten().collect()
        }
        Frame::Infinitive => {
            let wanted: &[&str] =
                if syntax.lemma(verb) == "call" { &["for", "on", "upon"] } else { &["for", "to", "on"] };
            let needs_phrase = syntax.lemma(verb) == "call";
            let phrase = phrase(wanted);
            if needs_phrase && phrase.is_none() {
                return None;
            }
            let silent = row.kind == CueKind::Silence;
            if infinitive.is_none() && phrase.is_none() && clause.is_none() && !silent {
                return None;
            }
            // "offered condolences" is no offer to act; "refused entry" no refusal to speak.
            if infinitive.is_none()
                && matches!(
                    syntax.lemma(verb),
                    "offer" | "refuse" | "decline" | "direct" | "command" | "press" | "invite" | "commit" | "advise"
                )
            {
                return None;
            }
            [object, phrase, infinitive, clause].into_iter().flatten().collect()
        }
        Frame::Object => {
            let object = if syntax.is_passive(verb) { syntax.patient(verb) } else { object };
            let mut heads: Vec<u32> = object.into_iter().collect();
            heads.extend(children.iter().copied().filter(|&child| {
                child > verb
                    && (syntax.deprel(child) == Deprel::Advcl
                        || syntax.deprel(child) == Deprel::Obl
                            && matches!(
                                syntax.preposition(child).as_str(),
                                "of" | "for" | "about" | "on" | "with" | "as"
                            ))
            }));
            if heads.is_empty() {
                return None;
            }
            heads
        }
        Frame::Any => [object, infinitive, clause].into_iter().flatten().collect(),
    };
    if heads.is_empty() {
        return None;
    }
    let mut words: Vec<u32> =
        heads.iter().flat_map(|&head| syntax.analysis.subtree(head)).filter(|&word| word > verb).collect();
    words.sort_unstable();
    while words
        .last()
        .is_some_and(|&word| syntax.upos(word) == Upos::Punct && !matches!(syntax.form(word), "”" | "\"" | "’"))
    {
        words.pop();
    }
    while words.first().is_some_and(|&word| {
        syntax.lemma(word) == "that" && syntax.deprel(word) == Deprel::Mark
            || syntax.upos(word) == Upos::Punct && !matches!(syntax.form(word), "“" | "\"" | "‘")
    }) {
        words.remove(0);
    }
    Some(syntax.cover(&words).into_iter().collect())
}

/// Whether an object by itself is what is ordered or offered.
fn given(syntax: Syntax<'_>, verb: u32, object: Option<u32>) -> bool {
    const OFFERED: &[&str] = &[
        "euro",
        "dollar",
        "pound",
        "yuan",
        "yen",
        "franc",
        "aid",
        "help",
        "mediation",
        "amnesty",
        "reward",
        "money",
        "talk",
        "negotiation",
        "truce",
        "ceasefire",
        "passage",
        "support",
        "assistance",
        "service",
        "protection",
        "asylum",
        "refuge",
        "compensation",
    ];
    object.is_some_and(|object| match syntax.lemma(verb) {
        "order" => matches!(syntax.upos(object), Upos::Noun | Upos::Propn) && syntax.deprel(verb) != Deprel::AclRelcl,
        "offer" => {
            OFFERED.contains(&syntax.lemma(object))
                && !syntax.dependents(object).iter().any(|&child| syntax.lemma(child) == "no")
        }
        _ => false,
    })
}

/// A source phrase with its modifiers, up to the verb.
pub(super) fn full_phrase(syntax: Syntax<'_>, head: u32, verb: u32) -> Span {
    let mut words: Vec<u32> = syntax.analysis.subtree(head);
    words.retain(|&word| (head <= verb) == (word < verb) || word == head);
    while words.len() > 1 && words.last().is_some_and(|&word| syntax.upos(word) == Upos::Punct) {
        words.pop();
    }
    while words.len() > 1
        && words.first().is_some_and(|&word| syntax.deprel(word) == Deprel::Case || syntax.upos(word) == Upos::Punct)
        && !matches!(syntax.lemma(words[1]), "least" | "most")
    {
        words.remove(0);
    }
    syntax.cover(&words).unwrap_or_else(|| syntax.span(head))
}
