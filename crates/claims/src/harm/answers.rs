//! Figures that are given for what a report counts all the time: tolls, answers to the figure before, people on the move.

use super::{Figure, HarmMention, Sentence, is_person, noun_of_harm, state_of_harm, verb_of_harm};
use crate::time::is_month;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::HarmKind;

/// Where the figure begins with the quotation marks and small words that stand before it: "put it at only “a handful”".
pub(super) fn before_quotes(sentence: &Sentence<'_>, first: usize) -> usize {
    let mut at = first;
    while at > 0
        && (matches!(
            sentence.form(at - 1),
            "“" | "‘" | "\"" | "«" | "only" | "just" | "merely" | "exactly" | "precisely" | "a"
        ) || sentence.form(at - 1) == "mere")
    {
        at -= 1;
    }
    at
}

/// "Murders came to 171", "arrests stand at 40", "a casualty list of 41": nouns of harm whose number is told behind them.
pub(super) fn amounts(sentence: &Sentence<'_>, first: usize) -> Option<HarmKind> {
    if first < 2 {
        return None;
    }
    if sentence.form(first - 1) == "of"
        && matches!(sentence.lemma(first - 2), "list" | "toll" | "figure" | "tally" | "count")
    {
        let noun = |at: usize| first.checked_sub(at).map_or("", |at| sentence.lemma(at));
        return match (noun(3), sentence.lemma(first - 2)) {
            ("casualty", _) => Some(HarmKind::Injured),
            ("death" | "fatality", _) | (_, "toll") => Some(HarmKind::Killed),
            _ => None,
        };
    }
    let amount = matches!(sentence.form(first - 1), "to" | "at")
        && matches!(
            sentence.lemma(first - 2),
            "come"
                | "amount"
                | "rise"
                | "climb"
                | "stand"
                | "add"
                | "run"
                | "jump"
                | "grow"
                | "mount"
                | "soar"
                | "fall"
                | "drop"
        )
        || matches!(sentence.lemma(first - 1), "total" | "number" | "reach" | "exceed")
        || matches!(sentence.lemma(first - 1), "pass" | "top" | "approach" | "near" | "hit" | "surpass")
            && (first.saturating_sub(12)..first)
                .any(|at| matches!(sentence.form(at), "number" | "toll" | "tally" | "count"));
    amount
        .then(|| {
            (first.saturating_sub(12)..first - 1).rev().find_map(|at| match sentence.form(at) {
                "homes" => Some(HarmKind::Displaced),
                "killed" | "toll" => Some(HarmKind::Killed),
                "detained" | "arrested" | "held" | "hostages" => Some(HarmKind::Detained),
                "murders" | "killings" | "homicides" | "deaths" | "fatalities" | "executions" | "dead" => {
                    Some(HarmKind::Killed)
                }
                "abductions" | "kidnappings" | "arrests" | "detentions" => Some(HarmKind::Detained),
                "injuries" | "woundings" | "injured" | "wounded" => Some(HarmKind::Injured),
                "disappearances" | "missing" => Some(HarmKind::Missing),
                "displaced" | "evacuations" => Some(HarmKind::Displaced),
                _ => None,
            })
        })
        .flatten()
}

/// The kind told last, in the sentence or in the two before.
pub(super) fn last_kind(
    sentence: &Sentence<'_>,
    figures: &[Figure],
    index: usize,
    found: &[HarmMention],
) -> Option<HarmKind> {
    let syntax = sentence.syntax;
    let before = || found.last().filter(|last| syntax.sentence(last.word) + 2 >= syntax.sentence(sentence.first));
    figures[..index].iter().rev().find_map(|earlier| earlier.kind).or_else(|| before().map(|last| last.kind))
}

/// "Ninety families have walked to the border", "the office counted 640 newcomers": many people on the move in a report of violence.
pub(super) fn moves(sentence: &Sentence<'_>, figure: &Figure, last: Option<HarmKind>) -> Option<HarmKind> {
    // "20,000 are displaced, and 4,000 have crossed into Uganda": a bare figure goes on about those told before.
    let noun = figure.noun.as_deref().filter(|noun| !matches!(*noun, "other" | "more"));
    let noun = noun.or((last == Some(HarmKind::Displaced)).then_some("people"))?;
    let syntax = sentence.syntax;
    let many = figure.quantity.low.or(figure.quantity.high).is_some_and(|least| least >= 20);
    let house = matches!(noun, "family" | "household") && figure.quantity.high != Some(0);
    if !many && !house {
        return None;
    }
    let first = figure.quantity.first;
    let arrived = matches!(noun, "refugee" | "newcomer" | "evacuee" | "returnee" | "arrival" | "asylum-seeker");
    if arrived
        && (1..4).any(|back| {
            first >= back
                && matches!(
                    sentence.lemma(first - back),
                    "count"
                        | "register"
                        | "receive"
                        | "host"
                        | "shelter"
                        | "house"
                        | "admit"
                        | "record"
                        | "log"
                        | "take"
                )
        })
    {
        return Some(HarmKind::Displaced);
    }
    let settled = house
        || matches!(
            noun,
            "resident"
                | "villager"
                | "townspeople"
                | "townsfolk"
                | "people"
                | "person"
                | "refugee"
                | "civilian"
                | "inhabitant"
                | "islander"
                | "newcomer"
                | "woman"
                | "child"
                | "farmer"
                | "herder"
                | "peasant"
                | "soul"
                | "evacuee"
        );
    if !settled {
        return None;
    }
    let range = sentence.first as usize + first..sentence.first as usize + figure.end;
    let gathers = (0..sentence.words.len()).any(|at| {
        matches!(
            sentence.lemma(at),
            "protest"
                | "march"
                | "rally"
                | "demonstrate"
                | "demonstration"
                | "funeral"
                | "vote"
                | "attend"
                | "polling"
                | "procession"
                | "ceremony"
                | "pilgrimage"
                | "concert"
                | "mourn"
                | "work"
                | "market"
                | "tourist"
                | "weekly"
                | "daily"
                | "day"
                | "protester"
                | "square"
                | "prayer"
        )
    });
    let on_the_move = syntax.words_of(syntax.sentence(sentence.first)).any(|verb| {
        syntax.upos(verb) == Upos::Verb
            && matches!(
                syntax.lemma(verb),
                "walk"
                    | "trek"
                    | "move"
                    | "leave"
                    | "take"
                    | "reach"
                    | "arrive"
                    | "cross"
                    | "stream"
                    | "pour"
                    | "head"
                    | "make"
                    | "travel"
                    | "wade"
                    | "paddle"
                    | "row"
                    | "sail"
                    | "decamp"
                    | "depart"
                    | "go"
            )
            && !syntax.auxiliaries(verb).contains(&"be")
            && syntax.subject(verb).is_some_and(|subject| range.contains(&(subject as usize)))
            && (matches!(syntax.lemma(verb), "leave" | "take")
                && syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
                    syntax.upos(object) == Upos::Propn && syntax.lemma(verb) == "leave"
                        || syntax.lemma(object) == "road"
                })
                || !matches!(syntax.lemma(verb), "leave" | "take")
                    && syntax.obliques(verb).iter().any(|oblique| {
                        matches!(
                            oblique.preposition.as_str(),
                            "to" | "into" | "for" | "in" | "across" | "over" | "toward" | "towards" | "from"
                        ) && (!matches!(syntax.lemma(verb), "make" | "go" | "travel" | "head")
                            || syntax.upos(oblique.head) == Upos::Propn)
                    }))
                | (syntax.lemma(verb) == "reach"
                    && syntax.subject(verb).is_some_and(|subject| range.contains(&(subject as usize))))
    });
    (on_the_move && !gathers).then_some(HarmKind::Displaced)
}

/// "The elders put their dead at nine. The police gave five.", "another put it at 24", "the true number was 44": a figure without a word of
/// harm that is given for the one before; `pointing` asks for a word that points back.
pub(super) fn answers_toll(
    sentence: &Sentence<'_>,
    figures: &[Figure],
    index: usize,
    found: &[HarmMention],
    pointing: bool,
) -> Option<HarmKind> {
    let figure = &figures[index];
    let first = before_quotes(sentence, figure.quantity.first);
    let stops = matches!(
        sentence.form(figure.end),
        "." | ","
            | ";"
            | ""
            | "and"
            | "but"
            | "”"
            | "’"
            | "—"
            | "–"
            | "--"
            | ")"
            | "while"
            | "whereas"
            | "though"
            | "in"
    ) && !(sentence.form(figure.end) == "in" && sentence.form(figure.end + 1) != "all");
    if let Some(kind) = goes_on(sentence, figure, found).filter(|_| !pointing) {
        return Some(kind);
    }
    if first < 1 || !stops {
        return None;
    }
    let verb = |at: usize, listed: &[&str]| listed.contains(&sentence.lemma(at)) && sentence.upos(at) != Upos::Noun;
    let back = |steps: usize| first.checked_sub(steps);
    let of = |steps: usize, form: &[&str]| back(steps).is_some_and(|at| form.contains(&sentence.form(at)));
    let told = |steps: usize, listed: &[&str]| back(steps).is_some_and(|at| verb(at, listed));
    let none = figure.quantity.high == Some(0);
    let gives = told(1, GIVING) && !(none && told(1, &["name", "give", "say", "identify", "cite", "quote", "mention", "put", "number"]))
        || of(1, &["of"]) && told(2, &["speak", "boast", "know", "talk", "tell", "hear", "complain"])
        || of(1, &["of"]) && of(2, &["sure", "certain", "aware", "convinced"])
        || of(1, &["to"]) && told(2, &["admit", "own", "confess", "get", "come", "concede", "confine"])
        || of(1, &["to"]) && of(2, &["up"]) && told(3, &["own", "fess", "add"])
        || of(1, &["at"]) && told(2, &["arrive"])
        || of(1, &["it"]) && told(2, &["make"])
        || of(1, &[":"])
        // "There are none".
        || figure.quantity.high == Some(0) && sentence.form(figure.end) == "." && told(1, &["be", "remain"]);
    // "The number of violations" tells what it counts.
    let figured = |from: usize| {
        (from.saturating_sub(6)..from).any(|at| {
            matches!(sentence.form(at), "it" | "number" | "figure" | "count" | "total" | "tally" | "figures" | "that")
                && sentence.form(at + 1) != "of"
        })
    };
    let placed = of(1, &["at", "as", "to"])
        && (first.saturating_sub(8)..first).any(|at| {
            matches!(
                sentence.lemma(at),
                "put"
                    | "give"
                    | "place"
                    | "set"
                    | "estimate"
                    | "stand"
                    | "close"
                    | "near"
                    | "fix"
                    | "revise"
                    | "cut"
                    | "take"
                    | "bring"
                    | "raise"
                    | "push"
                    | "lift"
                    | "reduce"
                    | "lower"
            )
        })
        && figured(first);
    let there = of(2, &["there"]) && of(1, &["were", "was", "are"]);
    let is = of(1, &["was", "is"]) && figured(first - 1) || there;
    if !(placed || is || gives && !pointing) {
        return None;
    }
    // What was told right before in the sentence, or what the report told last.
    let here = figures[..index].iter().rev().find_map(|earlier| earlier.kind);
    let told_last = found.last().filter(|last| {
        let syntax = sentence.syntax;
        syntax.sentence(last.word) + 2 >= syntax.sentence(sentence.first)
    });
    // The same noun, where there is one: "40 families had left"; "spoke of only 15 families".
    let syntax = sentence.syntax;
    let before = syntax.sentence(sentence.first).checked_sub(1);
    let range = before.map_or(0..0, |before| syntax.words_of(before));
    let back = before.map_or(0..0, |before| syntax.words_of(before.saturating_sub(1)).start..range.end);
    let alike = figure.noun.as_deref().is_none_or(|noun| {
        matches!(noun, "more" | "other" | "name" | "entry") || back.clone().any(|word| syntax.lemma(word) == noun)
    });
    if !alike {
        return None;
    }
    let numbered = range.clone().any(|word| syntax.upos(word) == Upos::Num);
    if let Some(kind) = here.filter(|_| !is && figure.noun.is_none()) {
        return Some(kind);
    }
    // Something else that was counted in between is what the figure answers.
    let other = figures[..index].iter().any(|earlier| !earlier.people);
    let counts_other = other_counted(sentence, range.clone(), told_last);
    if let Some(last) = told_last.filter(|_| !other && !counts_other) {
        return Some(last.kind);
    }
    if !numbered || other || counts_other {
        return None;
    }
    // The one before may answer another one itself.
    back.rev().find_map(|word| match syntax.form(word).to_lowercase().as_str() {
        "dead" | "toll" | "deaths" | "bodies" | "losses" => Some(HarmKind::Killed),
        "left" if figure.noun.is_some() => Some(HarmKind::Displaced),
        form => state_of_harm(form).or_else(|| verb_of_harm(syntax.lemma(word)).map(|(kind, _)| kind)),
    })
}

/// "Fewer than 3,000 have been registered", "only 17 have been let out": a bare figure of those told before, as a subject.
pub(super) fn goes_on(sentence: &Sentence<'_>, figure: &Figure, found: &[HarmMention]) -> Option<HarmKind> {
    let first = before_quotes(sentence, figure.quantity.first);
    let opens = first == 0 || matches!(sentence.form(first - 1), "," | ";" | "and" | "but" | "“");
    let at = figure.end;
    if !opens
        || figure.noun.is_some()
        || !matches!(sentence.form(at), "have" | "has" | "had" | "were" | "was" | "are" | "remain")
    {
        return None;
    }
    let verb = (at..(at + 5).min(sentence.words.len())).find(|&at| {
        matches!(
            sentence.lemma(at),
            "register"
                | "count"
                | "record"
                | "identify"
                | "release"
                | "free"
                | "return"
                | "bury"
                | "account"
                | "let"
                | "come"
                | "trace"
        )
    });
    let kinds: &[HarmKind] = match sentence.lemma(verb?) {
        "release" | "free" | "let" => &[HarmKind::Detained],
        "return" | "come" => &[HarmKind::Displaced, HarmKind::Missing],
        "bury" | "identify" => &[HarmKind::Killed],
        _ => &[HarmKind::Displaced, HarmKind::Killed, HarmKind::Missing, HarmKind::Detained],
    };
    let last = found.last().filter(|last| kinds.contains(&last.kind))?;
    let syntax = sentence.syntax;
    (syntax.sentence(last.word) + 2 >= syntax.sentence(sentence.first)).then_some(last.kind)
}

/// Whether the sentence before counts things after the last harm: "he recorded eight breaches. The army says six."
pub(super) fn other_counted(sentence: &Sentence<'_>, range: std::ops::Range<u32>, last: Option<&HarmMention>) -> bool {
    let syntax = sentence.syntax;
    let from = last.map_or(range.start, |last| last.word.max(range.start));
    (from..range.end).any(|word| {
        syntax.upos(word) == Upos::Num
            && syntax.deprel(word) == Deprel::Nummod
            && syntax.head(word).is_some_and(|noun| {
                let lemma = syntax.lemma(noun);
                !is_person(lemma)
                    && !state_of_harm(syntax.form(noun)).is_some()
                    && noun_of_harm(lemma).is_none()
                    && !matches!(
                        lemma,
                        "other"
                            | "more"
                            | "casualty"
                            | "victim"
                            | "loss"
                            | "year"
                            | "month"
                            | "day"
                            | "hour"
                            | "week"
                            | "family"
                            | "household"
                    )
                    && !is_month(&syntax.form(noun).to_lowercase())
            })
    })
}

/// Verbs that take a bare figure of what was told before.
const GIVING: &[&str] = &[
    "recall",
    "remember",
    "maintain",
    "insist",
    "treat",
    "bury",
    "show",
    "hold",
    "keep",
    "have",
    "give",
    "put",
    "count",
    "claim",
    "report",
    "say",
    "list",
    "log",
    "record",
    "register",
    "confirm",
    "document",
    "verify",
    "name",
    "tally",
    "estimate",
    "reckon",
    "admit",
    "acknowledge",
    "concede",
    "recognise",
    "recognize",
    "identify",
    "cite",
    "quote",
    "mention",
    "reach",
    "number",
    "note",
    "allow",
    "announce",
    "publish",
    "find",
    "see",
    "declare",
];

/// "put the number of dead at six", "the toll rose to 31", "gave its losses as 11", "the dead numbered 31": the figure is the toll's,
/// whatever follows.
pub(super) fn toll(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    let first = before_quotes(sentence, figure.quantity.first);
    if first == 0 {
        return None;
    }
    if let Some(kind) = amounts(sentence, first) {
        return Some(kind);
    }
    // "Gave 30 as the number of militants killed."
    let rest: Vec<&str> =
        (figure.end..(figure.end + 9).min(sentence.words.len())).map(|at| sentence.form(at)).collect();
    if matches!(sentence.lemma(first - 1), "give" | "cite" | "quote")
        && rest.first() == Some(&"as")
        && rest.iter().any(|form| matches!(*form, "number" | "toll" | "figure"))
    {
        return rest.iter().find_map(|form| state_of_harm(form)).or(Some(HarmKind::Killed));
    }
    // "The dead were six civilians and two militiamen."
    if first > 1 && matches!(sentence.form(first - 1), "was" | "were" | "are") && figure.noun.is_some() {
        match sentence.form(first - 2) {
            "dead" | "victims" | "fatalities" => return Some(HarmKind::Killed),
            "wounded" | "injured" => return Some(HarmKind::Injured),
            _ => {}
        }
    }
    let is = matches!(sentence.form(first - 1), "was" | "is" | "were" | "are" | "numbered");
    if !is && !matches!(sentence.form(first - 1), "at" | "to" | "as") {
        return None;
    }
    let given = |at: usize| {
        (at.saturating_sub(9)..at)
            .any(|verb| matches!(sentence.lemma(verb), "put" | "give" | "place" | "set" | "estimate"))
    };
    let bare = figure.noun.is_none();
    (first.saturating_sub(7)..first - 1).rev().find_map(|at| {
        let number = at > 1 && sentence.form(at - 1) == "of" && sentence.lemma(at - 2) == "number";
        let counted = number || !is && given(at) || is && bare && at + 2 == first;
        match sentence.form(at) {
            "toll" | "tolls" if !is || bare => Some(HarmKind::Killed),
            "dead" | "deaths" | "killed" | "victims" | "fatalities" if counted => Some(HarmKind::Killed),
            "losses" if counted => state_of_harm(sentence.form(figure.end)).or(Some(HarmKind::Killed)),
            "wounded" | "injured" if counted => Some(HarmKind::Injured),
            "displaced" if counted => Some(HarmKind::Displaced),
            "missing" if counted => Some(HarmKind::Missing),
            _ => None,
        }
    })
}
