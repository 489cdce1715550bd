//! Frames of speech that are more than a verb with its clause: names given ("called it a lie"), blame laid ("holds the militia responsible"),
//! accounts backed, words refused ("made no mention of"), and accounts told as a noun ("in his version").

use crate::cues::{self, CueKind};
use crate::syntax::Syntax;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::Stance;

/// A frame found at a word.
#[derive(Debug, Clone)]
pub(crate) struct Framed {
    /// Head of the source phrase.
    pub source: u32,
    /// Words of the cue.
    pub cue: Span,
    /// Words of the content.
    pub content: Vec<Span>,
    /// What the claimant does by it.
    pub stance: Stance,
}

/// Nouns for what somebody said.
pub(crate) const ACCOUNTS: &[&str] = &[
    "accusation",
    "allegation",
    "charge",
    "claim",
    "report",
    "reporting",
    "suggestion",
    "story",
    "account",
    "version",
    "rumour",
    "rumor",
    "statement",
    "testimony",
    "assertion",
    "narrative",
    "insinuation",
    "finding",
    "announcement",
    "declaration",
    "description",
    "list",
    "idea",
    "notion",
    "theory",
    "suspicion",
    "explanation",
    "talk",
];

/// Words that call something untrue.
pub(crate) const UNTRUE: &[&str] = &[
    "lie",
    "liar",
    "false",
    "falsehood",
    "untrue",
    "untruth",
    "fabrication",
    "fabricated",
    "fabricate",
    "nonsense",
    "invention",
    "fiction",
    "fictitious",
    "baseless",
    "groundless",
    "unfounded",
    "slander",
    "slanderous",
    "libel",
    "defamation",
    "calumny",
    "propaganda",
    "rumour",
    "rumor",
    "hoax",
    "smear",
    "myth",
    "fairytale",
    "fantasy",
    "theatre",
    "theater",
    "hysteria",
    "disinformation",
    "misinformation",
    "concoction",
    "figment",
    "fake",
    "bogus",
    "absurd",
    "ridiculous",
    "rubbish",
    "ludicrous",
    "preposterous",
    "nonexistent",
    "distortion",
    "exaggeration",
    "exaggerated",
    "gossip",
    "imaginary",
    "hearsay",
    "forgery",
    "forged",
    "fantastic",
    "laughable",
    "farce",
    "charade",
    "fable",
    "fairy-tale",
    "incorrect",
    "inaccurate",
    "malicious",
    "mischief",
    "mischievous",
];

/// Verbs that give a name: "called it a lie", "termed it a violation".
const NAMING: &[&str] =
    &["call", "term", "brand", "label", "dub", "deem", "think", "consider", "pronounce", "declare", "find"];
/// Verbs that give a name behind "as".
const NAMING_AS: &[&str] = &[
    "describe",
    "portray",
    "depict",
    "characterise",
    "characterize",
    "deride",
    "brand",
    "label",
    "paint",
    "mock",
    "ridicule",
];

/// Names that blame: what is called so was a wrong.
const WRONGS: &[&str] = &[
    "violation",
    "breach",
    "crime",
    "massacre",
    "murder",
    "provocation",
    "aggression",
    "terrorism",
    "terror",
    "betrayal",
    "atrocity",
    "genocide",
    "slaughter",
    "outrage",
    "ambush",
    "execution",
    "assassination",
    "butchery",
    "carnage",
    "piracy",
    "treachery",
    "treason",
    "sabotage",
    "infringement",
    "escalation",
    "theft",
    "robbery",
    "terrorist",
    "murderer",
    "criminal",
    "killer",
    "traitor",
    "coward",
    "cowardly",
    "barbaric",
    "heinous",
    "unprovoked",
    "disgrace",
    "shameful",
    "illegal",
    "unlawful",
    "unacceptable",
    "collusion",
    "revenge",
    "punishment",
    "bandit",
    "thug",
    "thuggery",
];

/// What is not told when none of it is given.
pub(crate) const INFORMATION: &[&str] = &[
    "comment",
    "mention",
    "detail",
    "reason",
    "figure",
    "number",
    "explanation",
    "word",
    "answer",
    "reply",
    "response",
    "reaction",
    "breakdown",
    "information",
    "date",
    "name",
    "estimate",
    "toll",
    "statement",
    "account",
    "evidence",
    "proof",
    "particulars",
    "indication",
    "total",
    "count",
    "casualty",
    "reference",
    "timetable",
    "source",
    "further",
];

/// The frame that a verb makes with its complements, if any. `is_party` tells whether a party stands at a word.
pub(crate) fn framed(syntax: Syntax<'_>, verb: u32, is_party: &dyn Fn(u32) -> bool) -> Option<Framed> {
    if syntax.upos(verb) != Upos::Verb {
        return certain(syntax, verb);
    }
    called_untrue(syntax, verb)
        .or_else(|| naming(syntax, verb))
        .or_else(|| mutual(syntax, verb))
        .or_else(|| blaming(syntax, verb, is_party))
        .or_else(|| disowning(syntax, verb))
        .or_else(|| owning_up(syntax, verb))
        .or_else(|| backing(syntax, verb))
        .or_else(|| withholding(syntax, verb))
        .or_else(|| doubting(syntax, verb))
        .or_else(|| placing(syntax, verb))
        .or_else(|| having_it(syntax, verb))
        .or_else(|| lodging(syntax, verb))
        .or_else(|| reply_comes(syntax, verb))
        .or_else(|| making_known(syntax, verb, is_party))
        .or_else(|| certain(syntax, verb))
        .or_else(|| speaking_of(syntax, verb))
}

/// A particle or an adverb of a verb: "fired back", "brushed aside", "owned up".
fn has_particle(syntax: Syntax<'_>, verb: u32, particles: &[&str]) -> bool {
    let sentence = syntax.words_of(syntax.sentence(verb));
    syntax.dependents(verb).iter().any(|&child| child > verb && particles.contains(&syntax.form(child)))
        || verb + 1 < sentence.end && particles.contains(&syntax.form(verb + 1))
}

/// "Fired back that", "shot back", "hit back": an answer, when words follow or a quotation stands in the sentence.
pub(crate) fn answers_back(syntax: Syntax<'_>, verb: u32) -> bool {
    let back = matches!(syntax.lemma(verb), "fire" | "shoot" | "hit" | "snap" | "write" | "strike" | "lash" | "throw")
        && syntax.upos(verb) == Upos::Verb
        && (has_particle(syntax, verb, &["back"]) || syntax.lemma(verb) == "snap");
    let sentence = syntax.words_of(syntax.sentence(verb));
    let quoted = || sentence.clone().any(|word| matches!(syntax.form(word), "“" | "\""));
    back && (syntax.dependent(verb, &[Deprel::Ccomp]).is_some() || quoted())
}

/// "Would have none of it", "begged to differ", "cast doubt on", "brushed aside", "knew nothing of", "disclaimed any part", "absolved his men".
fn disowning(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if syntax.is_passive(verb) {
        return None;
    }
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb);
    let is = |list: &[&str]| object.is_some_and(|object| list.contains(&syntax.lemma(object)));
    let no = || {
        object.is_some_and(|object| {
            syntax.dependents(object).iter().any(|&child| matches!(syntax.lemma(child), "no" | "little"))
        })
    };
    let obliques = syntax.obliques(verb);
    let of_no = || {
        obliques.iter().any(|found| {
            matches!(found.preposition.as_str(), "of" | "about")
                && (syntax.dependents(found.head).iter().any(|&child| syntax.lemma(child) == "no")
                    || syntax.lemma(found.head) == "nothing")
        })
    };
    let denied = syntax.is_negated(verb);
    let disowns = match syntax.lemma(verb) {
        "have" => is(&["none"]) || is(&["knowledge", "part", "hand", "role", "involvement"]) && no(),
        "take" => is(&["issue", "exception"]),
        "cast" | "throw" => is(&["doubt"]),
        "pour" | "heap" => is(&["scorn", "ridicule"]),
        "brush" | "wave" | "shrug" | "laugh" | "push" | "swat" | "bat" => {
            has_particle(syntax, verb, &["aside", "away", "off", "down"])
        }
        "know" => is(&["nothing"]) || of_no(),
        "wash" => is(&["hand"]) && obliques.iter().any(|found| found.preposition == "of"),
        "absolve" | "exonerate" | "disclaim" | "gainsay" | "scorn" | "pooh-pooh" | "decry" => object.is_some(),
        "disagree" | "demur" | "dissent" => !denied,
        "accept" | "recognise" | "recognize" | "concede" => {
            denied
                && (syntax.dependent(verb, &[Deprel::Ccomp]).is_some()
                    || object.is_some_and(|object| ACCOUNTS.contains(&syntax.lemma(object))))
        }
        _ => false,
    };
    let own = matches!(syntax.lemma(verb), "have" | "know" | "accept" | "recognise" | "recognize" | "concede");
    if !disowns || denied && !own {
        return None;
    }
    let source = syntax.agent(verb)?;
    let heads: Vec<u32> = syntax
        .dependents(verb)
        .iter()
        .copied()
        .filter(|&child| {
            child > verb
                && matches!(
                    syntax.deprel(child),
                    Deprel::Obj | Deprel::Obl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp
                )
        })
        .collect();
    Some(Framed { source, cue: syntax.span(verb), content: told_behind(syntax, verb, &heads), stance: Stance::Deny })
}

/// "Owned up to twelve arrests", "confessed to the killing", "admit to it", "claimed credit for", "took responsibility".
fn owning_up(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if syntax.is_passive(verb) || syntax.is_negated(verb) {
        return None;
    }
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb);
    let credit = object.is_some_and(|object| matches!(syntax.lemma(object), "credit" | "responsibility"));
    let owns = match syntax.lemma(verb) {
        "own" | "fess" | "face" => has_particle(syntax, verb, &["up"]),
        "admit" | "confess" if object.is_none() => {
            syntax.obliques(verb).iter().any(|found| found.preposition == "to" && found.head > verb)
        }
        "take" | "assume" | "claim" => credit,
        _ => false,
    };
    if !owns || syntax.deprel(verb) == Deprel::Xcomp {
        return None;
    }
    let source = syntax.agent(verb)?;
    let heads: Vec<u32> = syntax
        .dependents(verb)
        .iter()
        .copied()
        .filter(|&child| child > verb && matches!(syntax.deprel(child), Deprel::Obj | Deprel::Obl | Deprel::Advcl))
        .collect();
    Some(Framed { source, cue: syntax.span(verb), content: told_behind(syntax, verb, &heads), stance: Stance::Confirm })
}

/// "Has little doubt that", "have no doubt who": sure of what follows.
fn doubting(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if syntax.lemma(verb) != "have" {
        return None;
    }
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| syntax.lemma(object) == "doubt")?;
    let without =
        syntax.dependents(object).iter().any(|&child| matches!(syntax.lemma(child), "no" | "little" | "scant"));
    let source = syntax.agent(verb).filter(|_| without)?;
    let told = syntax.dependents(object).iter().chain(syntax.dependents(verb)).copied().find(|&child| {
        child > object
            && matches!(
                syntax.deprel(child),
                Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl | Deprel::Nmod | Deprel::Advcl
            )
    })?;
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: told_behind(syntax, object, &[told]),
        stance: Stance::Assert,
    })
}

/// "Is certain that", "are adamant", "is sure of 17 deaths".
fn certain(syntax: Syntax<'_>, word: u32) -> Option<Framed> {
    if !matches!(
        syntax.lemma(word),
        "sure" | "certain" | "adamant" | "positive" | "convinced" | "confident" | "emphatic" | "convince"
    ) {
        return None;
    }
    let be = syntax.dependents(word).iter().any(|&child| matches!(syntax.deprel(child), Deprel::Cop | Deprel::AuxPass));
    let source = syntax.subject(word).filter(|&source| be && source < word && !syntax.is_negated(word))?;
    if syntax.upos(source) == Upos::Pron
        && !matches!(syntax.form(source).to_lowercase().as_str(), "he" | "she" | "they")
    {
        return None;
    }
    let of = syntax
        .obliques(word)
        .into_iter()
        .find(|found| found.preposition == "of" && found.head > word)
        .map(|found| found.head);
    let told = syntax
        .dependents(word)
        .iter()
        .copied()
        .find(|&child| child > word && syntax.deprel(child) == Deprel::Ccomp)
        .or(of)?;
    Some(Framed { source, cue: syntax.span(word), content: told_behind(syntax, word, &[told]), stance: Stance::Assert })
}

/// "Placed the fight at a well inside the region", "dated the device to the 1990s", "puts the scene of the crime in": where, when and how many.
fn placing(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    const TOLD: &[&str] = &[
        "attack",
        "clash",
        "fight",
        "fighting",
        "scene",
        "shooting",
        "incident",
        "crash",
        "blast",
        "explosion",
        "origin",
        "device",
        "start",
        "beginning",
        "time",
        "death",
        "toll",
        "loss",
        "number",
        "figure",
        "strength",
        "displaced",
        "epicentre",
        "outbreak",
        "place",
        "spot",
        "killing",
        "ambush",
        "raid",
        "strike",
        "battle",
        "it",
        "count",
        "total",
        "age",
        "damage",
        "cost",
        "shot",
        "share",
        "dead",
        "casualty",
        "wounded",
        "body",
        "massacre",
        "landing",
        "impact",
        "wreck",
    ];
    let lemma = syntax.lemma(verb);
    if !matches!(
        lemma,
        "place" | "locate" | "date" | "fix" | "situate" | "put" | "set" | "time" | "pinpoint" | "estimate" | "reckon"
    ) || syntax.is_passive(verb)
        || syntax.is_negated(verb)
    {
        return None;
    }
    let object = syntax
        .dependent(verb, &[Deprel::Obj])
        .filter(|&object| object > verb && TOLD.contains(&syntax.lemma(object)))?;
    let it = syntax.lemma(object) == "it";
    // "Puts the displaced at some three hundred": the parser may hang the number on the object.
    let sentence = syntax.words_of(syntax.sentence(verb));
    let number = (object + 1..sentence.end.min(object + 8))
        .find(|&word| syntax.form(word) == "at")
        .and_then(|at| (at + 1..sentence.end.min(at + 6)).find(|&word| syntax.upos(word) == Upos::Num));
    if let (Some(number), false) = (number, it) {
        let words: Vec<u32> = (verb + 1..=number).collect();
        let source = syntax.agent(verb)?;
        return Some(Framed {
            source,
            cue: syntax.span(verb),
            content: between(syntax, &words).into_iter().collect(),
            stance: Stance::Assert,
        });
    }
    let at = syntax.obliques(verb).into_iter().find(|found| {
        found.head > object
            && matches!(
                found.preposition.as_str(),
                "at" | "in"
                    | "inside"
                    | "to"
                    | "near"
                    | "on"
                    | "around"
                    | "outside"
                    | "within"
                    | "above"
                    | "below"
                    | "under"
                    | "over"
            )
    })?;
    // "Put it in writing", "set it on fire".
    if it
        && (!matches!(lemma, "place" | "put" | "date" | "locate")
            || !syntax.form(at.head).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && syntax.upos(at.head) != Upos::Num
                && !syntax
                    .analysis
                    .subtree(at.head)
                    .iter()
                    .any(|&word| syntax.form(word).starts_with(char::is_uppercase)))
    {
        return None;
    }
    let source = syntax.agent(verb)?;
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: told_behind(syntax, verb, &[object, at.head]),
        stance: Stance::Assert,
    })
}

/// "Lodged a complaint about shells", "filed a protest": blame through the channels.
fn lodging(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if !matches!(syntax.lemma(verb), "lodge" | "file" | "register" | "submit" | "make" | "raise" | "table")
        || syntax.is_passive(verb)
        || syntax.is_negated(verb)
    {
        return None;
    }
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb)?;
    // "Complaints have come in. In April the rebels lodged one about four shells".
    let one = syntax.lemma(verb) == "lodge" && matches!(syntax.lemma(object), "one" | "another");
    if !one
        && !matches!(
            syntax.lemma(object),
            "complaint" | "protest" | "grievance" | "objection" | "accusation" | "allegation"
        )
    {
        return None;
    }
    let source = syntax.agent(verb)?;
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: told_behind(syntax, verb, &[object]),
        stance: Stance::Accuse,
    })
}

/// "Gunners were practising, came the army’s reply": the reply tells the words before it.
fn reply_comes(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if !matches!(syntax.lemma(verb), "come" | "run" | "go" | "be") {
        return None;
    }
    let noun = syntax.dependents(verb).iter().copied().find(|&child| {
        child > verb
            && child <= verb + 6
            && matches!(
                syntax.lemma(child),
                "reply" | "answer" | "response" | "retort" | "denial" | "rejoinder" | "rebuttal"
            )
            && matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::OblUnmarked)
    })?;
    let source = syntax.owner(noun).or_else(|| {
        syntax
            .obliques(noun)
            .into_iter()
            .chain(syntax.obliques(verb))
            .find(|found| matches!(found.preposition.as_str(), "from" | "of"))
            .map(|found| found.head)
    })?;
    let sentence = syntax.words_of(syntax.sentence(verb));
    let before: Vec<u32> = (sentence.start..verb).collect();
    if before.len() < 3 {
        return None;
    }
    let content = between(syntax, &before).into_iter().collect();
    Some(Framed { source, cue: syntax.span(noun), content, stance: Stance::Assert })
}

/// "Let it be known that", "wants to know who", "cites a technical fault", "sees no evidence that", "traced the blaze to a stove".
fn making_known(syntax: Syntax<'_>, verb: u32, is_party: &dyn Fn(u32) -> bool) -> Option<Framed> {
    if syntax.is_passive(verb) {
        return None;
    }
    let children = syntax.dependents(verb);
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb);
    let inner = children
        .iter()
        .copied()
        .find(|&child| child > verb && matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Ccomp));
    let finite =
        !syntax.form(verb).ends_with("ing") && !syntax.is_infinitive(verb) && syntax.deprel(verb) != Deprel::AclRelcl;
    let (heads, stance): (Vec<u32>, Stance) = match syntax.lemma(verb) {
        "let" => {
            let known = inner.filter(|&inner| matches!(syntax.lemma(inner), "know" | "slip"))?;
            (vec![syntax.dependent(known, &[Deprel::Ccomp])?], Stance::Assert)
        }
        "want" | "demand" => {
            let known = inner.filter(|&inner| matches!(syntax.lemma(inner), "know" | "hear" | "learn"))?;
            (vec![syntax.dependent(known, &[Deprel::Ccomp, Deprel::Advcl])?], Stance::Appeal)
        }
        "cite" | "invoke" | "plead" if finite => {
            (vec![object.filter(|&object| !is_party(object) && syntax.upos(object) == Upos::Noun)?], Stance::Assert)
        }
        "see" | "find" if finite => {
            let object = object.filter(|&object| {
                matches!(syntax.lemma(object), "evidence" | "proof" | "sign" | "indication" | "trace" | "ground")
                    && syntax.dependents(object).iter().any(|&child| matches!(syntax.lemma(child), "no" | "little"))
            })?;
            (vec![object], Stance::Deny)
        }
        "trace" | "attribute" | "ascribe" => {
            let to = syntax.obliques(verb).into_iter().find(|found| found.preposition == "to" && found.head > verb)?;
            (vec![object?, to.head], Stance::Assert)
        }
        "engage" => (vec![inner.filter(|&inner| syntax.is_infinitive(inner))?], Stance::Pledge),
        _ => return None,
    };
    if syntax.is_negated(verb) {
        return None;
    }
    let source = syntax.agent(verb)?;
    Some(Framed { source, cue: syntax.span(verb), content: told_behind(syntax, verb, &heads), stance })
}

/// "Its tally was one dead and three wounded", "the hospital’s count is 19": a figure that its owner tells.
pub(crate) fn counted_as_noun(syntax: Syntax<'_>, noun: u32) -> Option<Framed> {
    if !matches!(
        syntax.lemma(noun),
        "tally" | "count" | "toll" | "figure" | "estimate" | "total" | "number" | "version"
    ) || syntax.deprel(noun) != Deprel::Nsubj
    {
        return None;
    }
    let source = syntax.owner(noun)?;
    let head = syntax.head(noun).filter(|&head| head > noun)?;
    let equal = syntax.dependent(head, &[Deprel::Cop]).is_some()
        || matches!(syntax.lemma(head), "stand" | "run" | "be" | "come" | "reach");
    let words: Vec<u32> = syntax
        .analysis
        .subtree(head)
        .into_iter()
        .filter(|&word| word > noun && syntax.upos(word) != Upos::Aux)
        .collect();
    let number = words.iter().any(|&word| syntax.upos(word) == Upos::Num);
    if !equal || !number {
        return None;
    }
    Some(Framed {
        source,
        cue: syntax.span(noun),
        content: between(syntax, &words).into_iter().collect(),
        stance: Stance::Assert,
    })
}

/// "The mayor has it that only seven were hit", "it took six lives, the other side has it".
fn having_it(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if syntax.lemma(verb) != "have" || syntax.is_negated(verb) || !matches!(syntax.form(verb), "has" | "have" | "had") {
        return None;
    }
    let object =
        syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object == verb + 1 && syntax.form(object) == "it")?;
    let sentence = syntax.words_of(syntax.sentence(verb));
    let clause = syntax
        .dependents(verb)
        .iter()
        .copied()
        .find(|&child| child > object && matches!(syntax.deprel(child), Deprel::Ccomp | Deprel::Parataxis));
    let ends = object + 1 >= sentence.end || matches!(syntax.form(object + 1), ";" | "." | ",");
    let source = syntax.agent(verb).filter(|_| clause.is_some() || ends)?;
    let content = clause.map(|clause| told_behind(syntax, object, &[clause])).unwrap_or_default();
    Some(Framed { source, cue: syntax.span(verb), content, stance: Stance::Assert })
}

/// The words from one to another without marks at the end.
fn between(syntax: Syntax<'_>, words: &[u32]) -> Option<Span> {
    let mut words = words.to_vec();
    words.sort_unstable();
    while words
        .last()
        .is_some_and(|&word| syntax.upos(word) == Upos::Punct && !matches!(syntax.form(word), "”" | "\"" | "’" | "'"))
    {
        words.pop();
    }
    syntax.cover(&words)
}

fn told_behind(syntax: Syntax<'_>, verb: u32, heads: &[u32]) -> Vec<Span> {
    let words: Vec<u32> =
        heads.iter().flat_map(|&head| syntax.analysis.subtree(head)).filter(|&word| word > verb).collect();
    between(syntax, &words).into_iter().collect()
}

/// What an account or a deed is called by a name: denied, blamed or only described.
pub(crate) fn stance_of_name(syntax: Syntax<'_>, named: &[u32], name: &[u32]) -> Stance {
    let has = |words: &[u32], list: &[&str]| {
        words.iter().any(|&word| list.contains(&syntax.lemma(word).to_lowercase().as_str()))
    };
    let fairy = name.windows(2).any(|pair| {
        matches!(
            (syntax.lemma(pair[0]), syntax.lemma(pair[1])),
            ("fairy", "tale") | ("pure", "imagination") | ("tall", "tale")
        )
    });
    if has(name, UNTRUE) || fairy || has(named, ACCOUNTS) {
        Stance::Deny
    } else if has(name, WRONGS) {
        Stance::Accuse
    } else {
        Stance::Assert
    }
}

/// "Called the story slander", "termed it a violation", "what residents called the deadliest attack", "described the news as very disturbing".
fn naming(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    let lemma = syntax.lemma(verb);
    let as_name = NAMING_AS.contains(&lemma);
    if !NAMING.contains(&lemma) && !as_name || syntax.is_passive(verb) || syntax.is_negated(verb) {
        return None;
    }
    let thought = matches!(lemma, "think" | "consider" | "find" | "declare" | "deem" | "pronounce");
    let source = syntax.agent(verb)?;
    let children = syntax.dependents(verb);
    let fitting = |word: u32| {
        matches!(syntax.upos(word), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron)
            || syntax.form(word).ends_with("ed")
    };
    let object =
        children.iter().copied().find(|&child| syntax.deprel(child) == Deprel::Obj && child != source).or_else(|| {
            // "Called that an invention": the parser may make the one named the subject of its name.
            let name = children.iter().copied().find(|&child| {
                child > verb && matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Ccomp) && fitting(child)
            })?;
            syntax
                .dependent(name, &[Deprel::Nsubj])
                .filter(|&named| named > verb && named < name && syntax.dependent(name, &[Deprel::Cop]).is_none())
        });
    // "In what relatives called a massacre": the name stands where the object would.
    let free = children.iter().copied().find(|&child| child < verb && matches!(syntax.form(child), "what" | "What"));
    if let Some(what) = free.filter(|_| !thought && !as_name) {
        let name = children.iter().copied().find(|&child| {
            child > verb
                && child != what
                && matches!(syntax.deprel(child), Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp)
                && fitting(child)
        })?;
        let words: Vec<u32> = syntax.analysis.subtree(name).into_iter().filter(|&word| word > verb).collect();
        let stance = stance_of_name(syntax, &[], &words);
        return Some(Framed { source, cue: syntax.span(verb), content: told_behind(syntax, verb, &[name]), stance });
    }
    let object = object?;
    // "A group calling itself X" only bears a name.
    if matches!(syntax.lemma(object), "itself" | "himself" | "herself" | "themselves" | "themself" | "oneself") {
        return None;
    }
    if object > verb {
        let name = if as_name {
            let oblique =
                syntax.obliques(verb).into_iter().find(|found| found.preposition == "as" && found.head > object);
            oblique.map(|found| found.head).or_else(|| {
                children.iter().copied().find(|&child| {
                    child > object
                        && matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Advcl | Deprel::Obl)
                        && syntax.dependents(child).iter().any(|&inner| syntax.form(inner) == "as")
                })
            })
        } else {
            None
        };
        let name = name.or_else(|| {
            (!as_name || matches!(lemma, "brand" | "label")).then_some(())?;
            children.iter().copied().find(|&child| {
                child > object
                    && matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Ccomp | Deprel::Appos | Deprel::Obj)
                    && fitting(child)
            })
        })?;
        // "Called him to say", "found the town empty": a name is a noun, or an adjective of a thing told.
        let infinitive = syntax.is_infinitive(name);
        let told = ACCOUNTS.contains(&syntax.lemma(object)) || UNTRUE.contains(&syntax.lemma(name));
        let plain = thought && syntax.upos(name) != Upos::Noun && !told;
        if infinitive || plain {
            return None;
        }
        let named: Vec<u32> =
            syntax.analysis.subtree(object).into_iter().filter(|&word| word > verb && word < name).collect();
        let words: Vec<u32> = syntax.analysis.subtree(name).into_iter().filter(|&word| word > object).collect();
        let stance = stance_of_name(syntax, &named, &words);
        return Some(Framed {
            source,
            cue: syntax.span(verb),
            content: told_behind(syntax, verb, &[object, name]),
            stance,
        });
    }
    None
}

/// "Called claims about a market “fabricated”": where the parser hangs the name on the account, its word decides.
fn called_untrue(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    const REACH: u32 = 9;
    if !matches!(syntax.lemma(verb), "call" | "term" | "brand" | "label" | "dub" | "deem" | "find" | "consider")
        || syntax.is_passive(verb)
        || syntax.is_negated(verb)
    {
        return None;
    }
    // "Called that an invention": the pointing word may hang on the name.
    let last = verb + 1 >= syntax.words_of(syntax.sentence(verb)).end;
    let pointed = !last && matches!(syntax.form(verb + 1), "that" | "this" | "it");
    let name = syntax
        .dependent(verb, &[Deprel::Xcomp, Deprel::Ccomp])
        .filter(|&name| pointed && name > verb && name < verb + 6 && UNTRUE.contains(&syntax.lemma(name)));
    if let (Some(name), Some(source)) = (name, syntax.agent(verb)) {
        let words: Vec<u32> = (verb + 1..=name).collect();
        let content = between(syntax, &words).into_iter().collect();
        return Some(Framed { source, cue: syntax.span(verb), content, stance: Stance::Deny });
    }
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb)?;
    let account =
        ACCOUNTS.contains(&syntax.lemma(object)) || matches!(syntax.form(object), "that" | "this" | "it" | "them");
    let sentence = syntax.words_of(syntax.sentence(verb));
    let untrue = (object + 1..sentence.end.min(object + REACH))
        .take_while(|&word| !matches!(syntax.form(word), "," | ";" | "and" | "but"))
        .find(|&word| UNTRUE.contains(&syntax.lemma(word)) || UNTRUE.contains(&syntax.form(word)))
        .filter(|_| account)?;
    let source = syntax.agent(verb)?;
    let words: Vec<u32> = (verb + 1..=untrue).collect();
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: between(syntax, &words).into_iter().collect(),
        stance: Stance::Deny,
    })
}

/// "Accused each other of breaking it", "each charging the other with having fired first", "a clash that each country blamed on the other".
fn mutual(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    /// Words between the verb and whom it is said of, and before the verb back to "each".
    const REACH: u32 = 5;
    if !matches!(syntax.lemma(verb), "accuse" | "blame" | "charge" | "denounce" | "fault" | "suspect")
        || syntax.is_passive(verb)
        || syntax.is_negated(verb)
    {
        return None;
    }
    let sentence = syntax.words_of(syntax.sentence(verb));
    let other =
        (verb + 2..sentence.end.min(verb + REACH)).find(|&at| matches!(syntax.form(at), "other" | "another"))?;
    let source = match syntax.form(other - 1) {
        "each" | "one" => syntax.agent(verb).filter(|&agent| agent < verb)?,
        "the" => {
            let from = verb.saturating_sub(REACH).max(sentence.start);
            let each = (from..verb).rev().find(|&at| matches!(syntax.lemma(at), "each" | "both" | "either"))?;
            let between = each + 1..verb;
            let plain = |at: u32| {
                matches!(
                    syntax.upos(at),
                    Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv | Upos::Aux | Upos::Part | Upos::Pron
                )
            };
            if !between.clone().all(plain) {
                return None;
            }
            between.rev().find(|&at| syntax.is_nominal(at)).unwrap_or(each)
        }
        _ => return None,
    };
    let first = (verb + 1..other).find(|&at| syntax.upos(at) != Upos::Adv).unwrap_or(other);
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: told_behind(syntax, verb, &[first, other]),
        stance: Stance::Accuse,
    })
}

/// "Holds the militia responsible", "laid the blame at the door of", "pointed the finger at", "charging the other with having fired".
fn blaming(syntax: Syntax<'_>, verb: u32, is_party: &dyn Fn(u32) -> bool) -> Option<Framed> {
    if syntax.is_passive(verb) || syntax.is_negated(verb) {
        return None;
    }
    let children = syntax.dependents(verb);
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb);
    let obliques = syntax.obliques(verb);
    let oblique = |prepositions: &[&str]| {
        obliques
            .iter()
            .find(|found| prepositions.contains(&found.preposition.as_str()) && found.head > verb)
            .map(|found| found.head)
    };
    let is = |word: u32, list: &[&str]| list.contains(&syntax.lemma(word));
    let heads: Vec<u32> = match syntax.lemma(verb) {
        "hold" => {
            // The parser may hang the adjective on the verb or on the one held.
            let object = object?;
            let within = |over: u32| {
                syntax.dependents(over).iter().copied().find(|&child| {
                    child > object.min(over)
                        && is(child, &["responsible", "accountable", "liable", "guilty", "culpable", "answerable"])
                })
            };
            let name = within(verb)
                .or_else(|| within(object))
                .or_else(|| is(object, &["responsible", "accountable", "liable", "answerable"]).then_some(object))?;
            vec![object, name]
        }
        "attribute" | "ascribe" | "trace" | "credit" | "link" | "impute" => {
            let to = oblique(&["to"]).filter(|&to| is_party(to))?;
            vec![object?, to]
        }
        "suspect" => vec![object.filter(|&object| is_party(object))?],
        "trade" | "exchange" | "swap" => {
            let object = object
                .filter(|&object| is(object, &["accusation", "blame", "charge", "recrimination", "allegation"]))?;
            vec![object, oblique(&["over", "for", "about"]).unwrap_or(object)]
        }
        "lay" | "put" | "place" | "pin" | "heap" | "cast" | "lodge" | "apportion" | "shift" => {
            let blame = object;
            // The phrase may hang on what is laid there: "pinned the attack on the rebels".
            let nested = object.map(|object| syntax.obliques(object)).unwrap_or_default();
            let at = obliques.iter().chain(&nested).find(|found| {
                found.head > verb
                    && (matches!(found.preposition.as_str(), "on" | "upon" | "with")
                        && object
                            .is_some_and(|object| is(object, &["blame", "responsibility", "fault", "onus", "guilt"]))
                        || syntax.lemma(verb) == "pin" && found.preposition == "on"
                        || is(found.head, &["door", "doorstep", "foot"])
                            && matches!(found.preposition.as_str(), "at" | "on"))
            })?;
            vec![blame?, at.head]
        }
        "point" => match object {
            Some(object) => {
                Some(object).filter(|&object| is(object, &["finger"]))?;
                vec![object, oblique(&["at", "to", "towards", "toward"])?]
            }
            None => vec![oblique(&["to", "at", "towards"]).filter(|&to| is_party(to))?],
        },
        "charge" => {
            let object = object?;
            let deed = children.iter().copied().find(|&child| {
                child > object
                    && matches!(syntax.deprel(child), Deprel::Advcl | Deprel::Obl)
                    && syntax.upos(child) == Upos::Verb
                    && syntax.dependents(child).iter().any(|&inner| syntax.form(inner) == "with")
            })?;
            vec![object, deed]
        }
        "see" | "detect" => {
            object.filter(|&object| is(object, &["hand", "fingerprint", "handiwork"]))?;
            vec![object?]
        }
        _ => return None,
    };
    let source = syntax.agent(verb)?;
    Some(Framed { source, cue: syntax.span(verb), content: told_behind(syntax, verb, &heads), stance: Stance::Accuse })
}

/// "A marshal supported that", "backed her account", "bore out the claim".
fn backing(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    const BACK: &[&str] =
        &["support", "back", "echo", "second", "endorse", "corroborate", "bear", "substantiate", "vouch", "uphold"];
    if !BACK.contains(&syntax.lemma(verb)) || syntax.is_passive(verb) || syntax.is_negated(verb) {
        return None;
    }
    let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb)?;
    let told = ACCOUNTS.contains(&syntax.lemma(object)) && syntax.lemma(object) != "list"
        || matches!(syntax.form(object), "that" | "this") && syntax.dependents(object).is_empty();
    if !told {
        return None;
    }
    let source = syntax.agent(verb)?;
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: told_behind(syntax, verb, &[object]),
        stance: Stance::Confirm,
    })
}

/// "Made no mention of", "had no immediate comment", "gave no reason", "have named none of the dead", "would not speak to".
fn withholding(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    const WITHHELD: &[&str] = &[
        "have",
        "make",
        "give",
        "provide",
        "offer",
        "release",
        "publish",
        "issue",
        "name",
        "identify",
        "supply",
        "disclose",
        "furnish",
        "volunteer",
        "announce",
        "send",
    ];
    if syntax.is_passive(verb) {
        return None;
    }
    let lemma = syntax.lemma(verb);
    let heads = if matches!(lemma, "speak" | "talk" | "discuss" | "elaborate" | "comment" | "disclose")
        && syntax.is_negated(verb)
    {
        // "Did not speak of peace" would be another matter; a party that speaks to nobody declines.
        let refused = syntax
            .auxiliaries(verb)
            .iter()
            .any(|aux| matches!(*aux, "will" | "would" | "could" | "can" | "do" | "have"));
        if !refused || syntax.deprel(verb) == Deprel::Xcomp {
            return None;
        }
        syntax
            .dependents(verb)
            .iter()
            .copied()
            .filter(|&child| child > verb && matches!(syntax.deprel(child), Deprel::Obl | Deprel::Obj))
            .collect()
    } else if WITHHELD.contains(&lemma) {
        let object = syntax.dependent(verb, &[Deprel::Obj]).filter(|&object| object > verb)?;
        let none = matches!(syntax.lemma(object), "none" | "nothing" | "nobody")
            && matches!(lemma, "name" | "identify" | "disclose" | "release");
        let without = syntax
            .dependents(object)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Det && syntax.lemma(child) == "no");
        if !none && !(without && INFORMATION.contains(&syntax.lemma(object))) {
            return None;
        }
        vec![object]
    } else {
        return None;
    };
    let source = syntax.agent(verb)?;
    let mut cue = syntax.span(verb);
    for &child in syntax.dependents(verb) {
        if child < verb && verb - child <= 3 && matches!(syntax.deprel(child), Deprel::Aux | Deprel::Advmod) {
            cue = cue.to(syntax.span(child));
        }
    }
    Some(Framed { source, cue, content: told_behind(syntax, verb, &heads), stance: Stance::Decline })
}

/// "Survivors speak of a creek", "a health worker talked of bodies in the street".
fn speaking_of(syntax: Syntax<'_>, verb: u32) -> Option<Framed> {
    if !matches!(syntax.lemma(verb), "speak" | "talk" | "tell") || syntax.is_negated(verb) || syntax.is_passive(verb) {
        return None;
    }
    let of = syntax.obliques(verb).into_iter().find(|found| found.preposition == "of" && found.head > verb)?;
    let told = !matches!(
        syntax.lemma(of.head),
        "hope" | "need" | "desire" | "anonymity" | "love" | "future" | "war" | "peace"
    );
    let own =
        matches!(syntax.deprel(verb), Deprel::Root | Deprel::Conj | Deprel::Parataxis | Deprel::Advcl | Deprel::Ccomp);
    if !told || !own || syntax.is_infinitive(verb) {
        return None;
    }
    let source = syntax.agent(verb)?;
    Some(Framed {
        source,
        cue: syntax.span(verb),
        content: told_behind(syntax, verb, &[of.head]),
        stance: Stance::Assert,
    })
}

/// "In her telling", "in his version", "by the army's own account": the clause around it is told by the owner.
pub(crate) fn told_as_noun(syntax: Syntax<'_>, noun: u32) -> Option<Framed> {
    const TELLING: &[&str] = &[
        "telling",
        "version",
        "account",
        "reckoning",
        "retelling",
        "narrative",
        "recollection",
        "words",
        "word",
        "view",
        "opinion",
        "count",
        "tally",
        "estimate",
        "description",
        "judgment",
        "judgement",
    ];
    if !TELLING.contains(&syntax.lemma(noun)) || !matches!(syntax.upos(noun), Upos::Noun | Upos::Verb | Upos::Propn) {
        return None;
    }
    let in_view = matches!(
        syntax.lemma(noun),
        "word"
            | "words"
            | "view"
            | "opinion"
            | "count"
            | "tally"
            | "estimate"
            | "description"
            | "eye"
            | "judgment"
            | "judgement"
    );
    let preposition = syntax.preposition(noun);
    let fits = if in_view {
        preposition == "by" || preposition == "in" && !matches!(syntax.lemma(noun), "count" | "description")
    } else {
        matches!(preposition.as_str(), "in" | "by" | "on")
    };
    if !fits {
        return None;
    }
    let source = syntax.owner(noun).or_else(|| {
        syntax.obliques(noun).into_iter().find(|found| found.preposition == "of").map(|found| found.head)
    })?;
    let clause = syntax.clause(noun);
    if clause == noun {
        return None;
    }
    let sentence = syntax.words_of(syntax.sentence(noun));
    let own: Vec<u32> = syntax.analysis.subtree(noun);
    let (start, end) = (*own.first()?, *own.last()?);
    let before: Vec<u32> = (sentence.start..start).collect();
    let after: Vec<u32> = (end + 1..sentence.end).collect();
    let trimmed = |mut words: Vec<u32>| {
        while words
            .first()
            .is_some_and(|&word| syntax.upos(word) == Upos::Punct && !matches!(syntax.form(word), "“" | "\""))
        {
            words.remove(0);
        }
        if words.len() >= 3 { between(syntax, &words) } else { None }
    };
    let mut content: Vec<Span> = [trimmed(before), trimmed(after)].into_iter().flatten().collect();
    // Another speaker's words before it are not the owner's: "X said that, in her view, ...".
    let said = |span: &Span| {
        syntax.words_in(*span).any(|word| {
            syntax.upos(word) == Upos::Verb
                && cues::verb(syntax.lemma(word)).any(|cue| matches!(cue.kind, CueKind::Report | CueKind::Act))
        })
    };
    content.retain(|piece| !said(piece));
    (!content.is_empty()).then(|| Framed { source, cue: syntax.span(noun), content, stance: Stance::Assert })
}
