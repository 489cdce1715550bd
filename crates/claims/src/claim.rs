//! Who says what: attributions become claims with a claimant, a stance and a place in the chain of tellers.
//!
//! The model finds source, cue and content (PolNeAR). Rules over the parse add acts of speech that it left out ("ordered", "blamed"),
//! decide what the claimant does by the words, and who the claimant is.

use crate::actors::{ActorId, Actors};
use crate::cues::{self, Cue, CueKind, Frame};
use crate::frames::{self, ACCOUNTS, Framed, UNTRUE};
use crate::syntax::Syntax;
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::{Certainty, Stance};

/// One proposition by one claimant.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Who says so; none when the source could not be resolved or nobody is named.
    pub claimant: Option<ActorId>,
    /// Pieces of the source.
    pub source: Vec<Span>,
    /// Pieces of the cue.
    pub cue: Vec<Span>,
    /// Pieces of the content.
    pub content: Vec<Span>,
    /// What the claimant does by saying it.
    pub stance: Stance,
    /// How firmly.
    pub certainty: Certainty,
    /// The claim inside which this one is told.
    pub via: Option<usize>,
    /// Whom the claimant relies on.
    pub via_source: Option<Span>,
    /// Head word of the cue.
    pub cue_word: u32,
}

impl Claim {
    /// Whether a word of the text is part of what is claimed.
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|piece| piece.contains(span))
    }

    /// Number of bytes claimed; the smaller of two nested claims is the inner one.
    pub fn size(&self) -> usize {
        self.content.iter().map(|piece| piece.len()).sum()
    }
}

/// The innermost claim that holds a span in its content.
pub fn innermost(claims: &[Claim], span: Span) -> Option<usize> {
    let holding = claims.iter().enumerate().filter(|(_, claim)| claim.covers(span));
    holding.min_by_key(|(_, claim)| claim.size()).map(|(index, _)| index)
}

/// The claim whose cue is the verb of a figure's own clause, where the figure stands behind it: "put the toll lower, at eleven dead". The content
/// that was marked may end before the figure.
pub fn behind_cue(syntax: Syntax<'_>, claims: &[Claim], figure: Span) -> Option<usize> {
    let word = syntax.head_of(figure)?;
    let clause = syntax.clause(word);
    claims.iter().position(|claim| {
        claim.cue_word == clause
            && clause < word
            && syntax.upos(clause) == Upos::Verb
            && syntax.sentence(clause) == syntax.sentence(word)
            && claim.stance == Stance::Assert
    })
}

struct Draft {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    cue_word: u32,
    row: Option<Cue>,
    /// The stance that the frame of the words settles.
    framed: Option<Stance>,
}

/// Makes the claims of a report, in the order of their cues.
pub fn claims(syntax: Syntax<'_>, actors: &mut Actors) -> Vec<Claim> {
    let mut relays: Vec<(u32, Span)> = Vec::new();
    let mut drafts = from_model(syntax, actors, &mut relays);
    let found = from_frames(syntax, actors, &mut drafts);
    drafts.extend(found);
    let added = from_acts(syntax, actors, &drafts);
    drafts.extend(added);
    let counted = from_counts(syntax, actors, &drafts);
    drafts.extend(counted);
    drafts.sort_by_key(|draft| draft.cue.first().map(|span| span.start));
    part_claims(syntax, &mut drafts);
    let mut claims: Vec<Claim> = Vec::new();
    for draft in drafts {
        let stance = draft.framed.unwrap_or_else(|| stance(syntax, actors, &draft));
        let claimant = claimant(syntax, actors, &draft).or_else(|| unnamed(syntax, actors, &claims, &draft));
        let certainty = certainty(syntax, &draft);
        let via_source = via_source(syntax, &draft, &relays);
        claims.push(Claim {
            claimant,
            source: draft.source,
            cue: draft.cue,
            content: draft.content,
            stance,
            certainty,
            via: None,
            via_source,
            cue_word: draft.cue_word,
        });
    }
    let vias: Vec<Option<usize>> = claims
        .iter()
        .enumerate()
        .map(|(index, claim)| {
            let cue = claim.cue[0];
            let holding = claims.iter().enumerate().filter(|(other, outer)| *other != index && outer.covers(cue));
            holding.min_by_key(|(_, outer)| outer.size()).map(|(other, _)| other)
        })
        .collect();
    for (index, via) in vias.into_iter().enumerate() {
        claims[index].via = via;
        // Two claims that hold each other's cues tell each other: the later one stands by itself.
        let mut over = via;
        while let Some(at) = over {
            if at == index {
                claims[index].via = None;
                break;
            }
            over = claims[at].via;
        }
    }
    claims
}

/// "The ranger thinks nobody died", "a retired sapper believes the device came from abroad": a person who is there holds something to be true.
fn holds_true(syntax: Syntax<'_>, verb: u32, source: &[Span]) -> bool {
    let holds = matches!(syntax.lemma(verb), "think" | "believe" | "know" | "reckon")
        && syntax.upos(verb) == Upos::Verb
        && !syntax.is_passive(verb);
    let clause = syntax.dependent(verb, &[Deprel::Ccomp]).is_some_and(|clause| !syntax.is_infinitive(clause));
    let head = source.first().and_then(|&span| syntax.head_of(span));
    let told = head.is_some_and(|head| syntax.upos(head) != Upos::Pron);
    holds && clause && told && !syntax.is_negated(verb) && syntax.auxiliaries(verb).is_empty()
}

/// Whether a party stands at a word or is joined to it.
fn is_party(syntax: Syntax<'_>, actors: &Actors, at: u32) -> bool {
    syntax.coordination(at).iter().any(|&word| actors.at(word).is_some() && syntax.upos(word) != Upos::Pron)
}

/// "I", "we", "who": no source by itself.
fn is_own(syntax: Syntax<'_>, source: u32) -> bool {
    matches!(
        syntax.form(source).to_lowercase().as_str(),
        "i" | "we" | "you" | "one" | "who" | "which" | "that" | "whom" | "what"
    )
}

/// What words of speech do that claim nothing: "asked not to be named", "a truce that the guerrillas declared", "called a strike",
/// "declared independence", "a man who said he spoke for the gang".
fn is_no_claim(syntax: Syntax<'_>, cue: u32) -> bool {
    const DEALS: &[&str] = &[
        "truce",
        "ceasefire",
        "pause",
        "deal",
        "pact",
        "agreement",
        "accord",
        "plan",
        "offer",
        "promise",
        "pledge",
        "independence",
        "state",
        "republic",
        "lull",
        "armistice",
        "settlement",
        "arrangement",
        "amnesty",
        "withdrawal",
        "vow",
    ];
    let lemma = syntax.lemma(cue);
    if syntax.upos(cue) != Upos::Verb {
        return false;
    }
    let children = syntax.dependents(cue);
    if matches!(lemma, "ask" | "request" | "insist" | "demand") {
        let hidden = children.iter().any(|&child| {
            child > cue
                && matches!(syntax.lemma(child), "name" | "identify" | "quote" | "anonymity")
                && (syntax.lemma(child) == "anonymity" || syntax.is_negated(child))
        });
        if hidden {
            return true;
        }
    }
    let object = children.iter().copied().find(|&child| syntax.deprel(child) == Deprel::Obj && child > cue);
    // "Refused to leave" is a deed; "refused to say" withholds words.
    if lemma == "refuse" {
        let inner = syntax.dependent(cue, &[Deprel::Xcomp]);
        let words = inner.is_some_and(|inner| {
            matches!(
                syntax.lemma(inner),
                "say"
                    | "comment"
                    | "give"
                    | "disclose"
                    | "discuss"
                    | "reveal"
                    | "confirm"
                    | "identify"
                    | "specify"
                    | "speak"
                    | "answer"
                    | "elaborate"
                    | "name"
                    | "provide"
                    | "talk"
                    | "condemn"
                    | "explain"
                    | "release"
                    | "deny"
                    | "be"
                    | "take"
                    | "apologise"
                    | "apologize"
                    | "acknowledge"
            )
        });
        if inner.is_some() && !words || object.is_some() && inner.is_none() {
            return true;
        }
    }
    // "Would not give up the village" withholds no words.
    if matches!(lemma, "give" | "provide" | "offer" | "release") && syntax.is_negated(cue) {
        let told = object.is_none_or(|object| {
            frames::INFORMATION.contains(&syntax.lemma(object))
                || matches!(syntax.lemma(object), "list" | "confirmation")
        });
        if !told {
            return true;
        }
    }
    if matches!(lemma, "declare" | "proclaim") && object.is_some_and(|object| syntax.lemma(object) == "independence") {
        return true;
    }
    if syntax.deprel(cue) == Deprel::AclRelcl
        && matches!(
            lemma,
            "declare"
                | "announce"
                | "promise"
                | "propose"
                | "undertake"
                | "offer"
                | "sign"
                | "conclude"
                | "call"
                | "pledge"
                | "vow"
        )
    {
        let told = syntax.head(cue).is_some_and(|noun| DEALS.contains(&syntax.lemma(noun)));
        if told && object.is_none() {
            return true;
        }
    }
    // "Called a strike", "called a meeting": an object, and no name for it.
    if lemma == "call" && !calls_for(syntax, cue) && frames::framed(syntax, cue, &|_| false).is_none() {
        let convened = object.is_some_and(|object| {
            matches!(
                syntax.lemma(object),
                "strike"
                    | "meeting"
                    | "session"
                    | "summit"
                    | "vote"
                    | "election"
                    | "protest"
                    | "march"
                    | "rally"
                    | "conference"
                    | "truce"
                    | "ceasefire"
                    | "halt"
                    | "police"
                    | "ambulance"
                    | "shutdown"
                    | "blockade"
                    | "boycott"
            )
        });
        if convened {
            return true;
        }
    }
    let first = syntax.words_of(syntax.sentence(cue)).start;
    cue > first + 1
        && syntax.deprel(cue) == Deprel::AclRelcl
        && matches!(lemma, "say" | "claim" | "describe" | "present" | "identify")
        && syntax.form(cue - 1) == "who"
        && (cue + 1..cue + 6).any(|word| {
            (word as usize) < syntax.analysis.words.len()
                && matches!(syntax.lemma(word), "speak" | "represent" | "belong" | "himself" | "herself" | "themselves")
        })
}

/// Frames of the parse that the model left out; those whose cue it found settle the stance.
fn from_frames(syntax: Syntax<'_>, actors: &Actors, known: &mut [Draft]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for word in 0..syntax.analysis.words.len() as u32 {
        let party = |at: u32| is_party(syntax, actors, at);
        let Some(frame) = frames::framed(syntax, word, &party)
            .or_else(|| frames::told_as_noun(syntax, word))
            .or_else(|| frames::counted_as_noun(syntax, word))
        else {
            continue;
        };
        let span = syntax.span(word);
        if let Some(draft) = known.iter_mut().find(|draft| draft.cue.iter().any(|cue| cue.overlaps(span))) {
            if draft.cue_word == word && frame.stance != Stance::Assert {
                draft.framed = Some(frame.stance);
            }
            continue;
        }
        let Framed { source, cue, content, stance } = frame;
        if is_own(syntax, source)
            || !(syntax.is_nominal(source) || syntax.upos(source) == Upos::Adj)
            || is_no_claim(syntax, word)
        {
            continue;
        }
        let source = outer_speaker(syntax, word).unwrap_or(source);
        let source = vec![full_phrase(syntax, source, word)];
        let mut content = content;
        if content.is_empty() && !matches!(stance, Stance::Decline | Stance::Deny) {
            content.extend(rest_of_sentence(syntax, word, &source));
            if content.is_empty() {
                continue;
            }
        }
        // What is only told is judged by its words.
        let told =
            stance == Stance::Assert && !matches!(syntax.lemma(word), "call" | "term" | "describe" | "dub" | "label");
        let row = if told { Some(PLAIN) } else { row_of(syntax, word) };
        drafts.push(Draft { source, cue: vec![cue], content, cue_word: word, row, framed: (!told).then_some(stance) });
    }
    drafts
}

/// "The mission said ten children had died and called for protection", "Zelenskiy said his army would mirror the step and offered to prolong it":
/// a word of speech joined to what somebody said goes on with the speaker, not with the subject of what was said.
fn outer_speaker(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    outer_report(syntax, verb).map(|(_, speaker)| speaker)
}

fn outer_report(syntax: Syntax<'_>, verb: u32) -> Option<(u32, u32)> {
    let finite = |word: u32| {
        !syntax.form(word).ends_with("ing")
            && !syntax.is_infinitive(word)
            && !syntax.dependents(word).iter().any(|&child| {
                child < word && syntax.deprel(child) == Deprel::Aux && !matches!(syntax.lemma(child), "do")
            })
    };
    if syntax.deprel(verb) != Deprel::Conj
        || syntax.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::AuxPass]).is_some()
        || !finite(verb)
    {
        return None;
    }
    let mut at = verb;
    let mut steps = 0;
    while syntax.deprel(at) == Deprel::Conj && steps < 6 {
        at = syntax.head(at)?;
        steps += 1;
    }
    if syntax.deprel(at) != Deprel::Ccomp {
        return None;
    }
    let report = syntax.head(at).filter(|&report| report < at && syntax.upos(report) == Upos::Verb)?;
    let says = cues::verb(syntax.lemma(report)).any(|cue| cue.kind == CueKind::Report);
    // "Said he had ordered and warned": what is told in the same tense as the telling goes on with it.
    let alike = syntax.form(report).ends_with('s') == syntax.form(verb).ends_with('s');
    let text = syntax.span(report).to(syntax.span(verb)).of(syntax.text);
    let open = text.matches('“').count() > text.matches('”').count();
    if !says || !alike || open {
        return None;
    }
    let speaker = syntax.dependent(report, &[Deprel::Nsubj])?;
    Some((report, speaker))
}

/// What a speaker says next is no part of what was said before: its words end where the next word of speech is joined to them.
fn part_claims(syntax: Syntax<'_>, drafts: &mut [Draft]) {
    let cuts: Vec<(u32, u32)> = drafts
        .iter()
        .filter_map(|draft| {
            let (report, _) = outer_report(syntax, draft.cue_word)?;
            let mut from = draft.cue_word;
            while from > report + 1
                && matches!(syntax.upos(from - 1), Upos::Cconj | Upos::Adv | Upos::Punct | Upos::Aux)
            {
                from -= 1;
            }
            Some((report, from))
        })
        .collect();
    for (report, from) in cuts {
        let Some(draft) = drafts.iter_mut().find(|draft| draft.cue_word == report) else { continue };
        let stop = syntax.span(from);
        let parted: Vec<Span> = draft
            .content
            .iter()
            .filter_map(|piece| {
                if !piece.overlaps(stop) && piece.start < stop.start {
                    return Some(*piece);
                }
                let words: Vec<u32> = syntax.words_in(*piece).filter(|&word| word < from).collect();
                syntax.cover(&words)
            })
            .collect();
        if !parted.is_empty() {
            draft.content = parted;
        }
    }
}

/// The claimant of a source that nothing describes: a pronoun goes to who spoke last, "the statement" too; any other voice is of the story's country.
fn unnamed(syntax: Syntax<'_>, actors: &mut Actors, before: &[Claim], draft: &Draft) -> Option<ActorId> {
    const SPOKEN: &[&str] =
        &["statement", "communique", "communiqué", "declaration", "letter", "leaflet", "message", "post"];
    const NO_VOICE: &[&str] = &[
        "report",
        "evidence",
        "video",
        "footage",
        "image",
        "photo",
        "photograph",
        "picture",
        "picture",
        "rumour",
        "rumor",
        "datum",
        "data",
        "what",
        "fear",
        "violence",
        "conflict",
        "this",
        "that",
        "which",
        "who",
        "one",
        "some",
        "many",
        "other",
        "others",
        "all",
        "most",
        "any",
        "you",
        "i",
        "we",
        "clip",
        "recording",
        "satellite",
        "truce",
        "pact",
        "deal",
        "agreement",
        "accord",
        "map",
        "law",
    ];
    let &source = draft.source.first()?;
    let head = syntax.head_of(source)?;
    let lemma = syntax.lemma(head).to_lowercase();
    let sentence = syntax.sentence(draft.cue_word);
    let last = || {
        before
            .iter()
            .rev()
            .find(|claim| {
                claim.claimant.is_some()
                    && syntax.sentence(claim.cue_word) < sentence
                    && syntax.sentence(claim.cue_word) + 3 >= sentence
            })
            .and_then(|claim| claim.claimant)
    };
    if syntax.upos(head) == Upos::Pron && matches!(lemma.as_str(), "it" | "he" | "she" | "they") {
        return last();
    }
    let definite = syntax
        .dependents(head)
        .iter()
        .any(|&child| matches!(syntax.form(child), "the" | "The" | "its" | "their" | "his" | "her"));
    if SPOKEN.contains(&lemma.as_str()) && definite {
        if let Some(speaker) = last() {
            return Some(speaker);
        }
    }
    let noun = matches!(syntax.upos(head), Upos::Noun | Upos::Propn);
    let partitive = matches!(lemma.as_str(), "one" | "some" | "many" | "other" | "most")
        && syntax.obliques(head).iter().any(|found| found.preposition == "of");
    ((noun && !NO_VOICE.contains(&lemma.as_str())) || partitive).then(|| {
        let named = syntax.words_in(source).filter(|&word| word <= head).find_map(|word| {
            let form = syntax.form(word);
            let country = Country::by_adjective(form).or_else(|| Country::by_name(form));
            country.filter(|_| form.starts_with(char::is_uppercase)).map(|country| country.iso3)
        });
        actors.voice(source, syntax.text, named)
    })
}

/// The word of a cue that decides: a verb or noun of the table, else the last verb, else the last word.
fn cue_word(syntax: Syntax<'_>, cue: &[Span]) -> Option<u32> {
    let words: Vec<u32> = cue.iter().flat_map(|&span| syntax.words_in(span)).collect();
    let listed = |word: &&u32| match syntax.upos(**word) {
        Upos::Verb => cues::verb(syntax.lemma(**word)).next().is_some(),
        Upos::Noun => cues::noun(syntax.lemma(**word)).is_some(),
        _ => syntax.lemma(**word) == "accord",
    };
    let verb = |word: &&u32| syntax.upos(**word) == Upos::Verb;
    words.iter().find(listed).or_else(|| words.iter().rfind(verb)).or_else(|| words.last()).copied()
}

fn row_of(syntax: Syntax<'_>, word: u32) -> Option<Cue> {
    let lemma = syntax.lemma(word);
    if syntax.upos(word) == Upos::Noun {
        return cues::noun(lemma).or_else(|| cues::verb(lemma).next());
    }
    if frames::answers_back(syntax, word) {
        return cues::verb("retort").next();
    }
    if lemma == "rule" {
        let out = syntax.dependents(word).iter().any(|&child| child > word && syntax.form(child) == "out");
        return cues::verb(lemma).next().filter(|_| out);
    }
    let silent = is_silent(syntax, word);
    cues::verb(lemma).find(|cue| (cue.kind == CueKind::Silence) == silent).or_else(|| cues::verb(lemma).next())
}

/// "did not comment", "gave no details", "without giving a figure".
fn is_silent(syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.is_negated(word) {
        return true;
    }
    let object = syntax.dependent(word, &[Deprel::Obj, Deprel::Obl]);
    object.is_some_and(|object| {
        syntax
            .dependents(object)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Det && syntax.lemma(child) == "no")
    })
}

/// "Seoul, which denies": the pronoun's noun speaks.
fn antecedent(syntax: Syntax<'_>, source: Span, cue: u32) -> Option<Span> {
    let pronoun = syntax.head_of(source)?;
    let relative = matches!(syntax.lemma(pronoun), "who" | "which" | "that") && syntax.words_in(source).len() == 1;
    if !relative || syntax.deprel(cue) != Deprel::AclRelcl {
        return None;
    }
    let noun = syntax.head(cue).filter(|&noun| noun < pronoun && syntax.is_nominal(noun))?;
    syntax.cover(&syntax.phrase_words(noun)).filter(|span| span.end <= source.start)
}

fn from_model(syntax: Syntax<'_>, actors: &Actors, relays: &mut Vec<(u32, Span)>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for attribution in &syntax.analysis.attributions {
        let Some(word) = cue_word(syntax, &attribution.cue) else { continue };
        let row = row_of(syntax, word);
        let kind = row.map(|row| row.kind);
        if kind == Some(CueKind::Relay)
            && syntax.upos(word) == Upos::Verb
            && syntax.form(word).to_lowercase().ends_with("ing")
        {
            if let Some(&source) = attribution.source.first() {
                relays.push((word, source));
            }
            continue;
        }
        let frame = attribution
            .cue
            .iter()
            .flat_map(|&span| syntax.words_in(span))
            .find_map(|at| frames::framed(syntax, at, &|at| is_party(syntax, actors, at)).map(|frame| (at, frame)));
        if let Some((at, frame)) =
            frame.filter(|(_, frame)| !frame.content.is_empty() || frame.stance != Stance::Assert)
        {
            let nominal =
                attribution.source.iter().any(|span| syntax.words_in(*span).any(|word| syntax.is_nominal(word)));
            // The parse tells the frame; the model's source is kept, for it knows appositions.
            if row.is_none() || kind == Some(CueKind::Attitude) || attribution.content.is_empty() {
                let source = match outer_report(syntax, at) {
                    Some((report, outer)) => vec![full_phrase(syntax, outer, report)],
                    None if nominal => attribution.source.clone(),
                    None => vec![full_phrase(syntax, frame.source, at)],
                };
                let content = if attribution.content.is_empty() { frame.content } else { attribution.content.clone() };
                if is_own(syntax, frame.source) {
                    continue;
                }
                let framed = (frame.stance != Stance::Assert).then_some(frame.stance);
                drafts.push(Draft {
                    source,
                    cue: attribution.cue.clone(),
                    content,
                    cue_word: at,
                    row: Some(PLAIN),
                    framed,
                });
                continue;
            }
        }
        if is_no_claim(syntax, word) {
            continue;
        }
        let (row, kind) = match row {
            Some(row) if row.kind == CueKind::Attitude && holds_true(syntax, word, &attribution.source) => {
                (Some(PLAIN), Some(CueKind::Report))
            }
            row => (row, kind),
        };
        // Thoughts and wishes of third parties are no claims; silence needs a denial; "fearing" is why somebody acted.
        if kind == Some(CueKind::Attitude)
            || syntax.lemma(word) == "fear" && syntax.form(word).ends_with("ing")
            || kind == Some(CueKind::Silence) && !is_silent(syntax, word)
        {
            continue;
        }
        if kind == Some(CueKind::Report)
            && syntax.lemma(word) == "put"
            && complement(syntax, word, row.unwrap_or(PLAIN), word).is_none()
        {
            continue;
        }
        let mut content = attribution.content.clone();
        if content.is_empty() && matches!(kind, Some(CueKind::Report) | None) && syntax.upos(word) == Upos::Verb {
            content.extend(rest_of_sentence(syntax, word, &attribution.source));
        }
        if content.is_empty() && kind != Some(CueKind::Silence) && row.map(|row| row.stance) != Some(Stance::Decline) {
            continue;
        }
        // "Imposed a curfew", "backs the rebels": a verb that is no known word of speech tells only with a clause or in quotation marks.
        let clausal = content.iter().any(|piece| {
            piece.of(syntax.text).contains(['"', '\u{201c}', '\u{201d}'])
                || syntax.words_in(*piece).any(|inner| matches!(syntax.upos(inner), Upos::Verb | Upos::Aux))
        });
        if row.is_none() && syntax.upos(word) == Upos::Verb && (!clausal || !tells_a_clause(syntax, word, &content)) {
            continue;
        }
        let mut source = attribution.source.clone();
        let tagged = source.first().is_some_and(|span| syntax.words_in(*span).any(|word| syntax.is_nominal(word)));
        if !tagged && syntax.upos(word) == Upos::Verb && !(syntax.is_passive(word) && syntax.agent(word).is_none()) {
            // The tagger saw the words but not who spoke them: the grammatical subject did, or the phrase right before the verb.
            let own = syntax.dependent(word, &[Deprel::Nsubj, Deprel::OblAgent, Deprel::Obl]).is_some();
            let before = phrase_before(syntax, word).filter(|_| !own && !syntax.is_passive(word));
            let subject = before
                .or_else(|| syntax.agent(word))
                .filter(|&subject| {
                    // A parser may take the first words of what is said for the speaker.
                    let said = content.iter().any(|piece| piece.contains(syntax.span(subject)));
                    syntax.deprel(subject) != Deprel::Expl && syntax.sentence(subject) == syntax.sentence(word) && !said
                })
                .or_else(|| phrase_before(syntax, word));
            if let Some(span) = subject.map(|subject| full_phrase(syntax, subject, word)) {
                content = content.into_iter().filter_map(|piece| beside(syntax, piece, span)).collect();
                if !content.is_empty() {
                    source.push(span);
                }
            }
        }
        if let Some(inverted) = inverted_source(syntax, word, row, &source) {
            let span = full_phrase(syntax, inverted, word);
            content = content.into_iter().filter_map(|piece| beside(syntax, piece, span)).collect();
            if content.is_empty() {
                content.extend(rest_of_sentence(syntax, word, &[syntax.span(word)]));
            }
            source = vec![span];
        }
        // "It is asked", "was promised": words of will that nobody is said to speak.
        let willed = row.is_some_and(|row| matches!(row.stance, Stance::Appeal | Stance::Pledge | Stance::Order));
        if source.is_empty() && syntax.upos(word) == Upos::Verb && (!syntax.is_passive(word) && row.is_some() || willed)
        {
            continue;
        }
        // "In the view of the directorate", "in the army’s telling": the noun tells, as the parse shows it.
        let noun = attribution.cue.iter().chain(&attribution.source).flat_map(|&span| syntax.words_in(span));
        if syntax.upos(word) == Upos::Adp && noun.into_iter().any(|at| frames::told_as_noun(syntax, at).is_some()) {
            continue;
        }
        // "Under the charter": a preposition tells nothing by itself.
        if matches!(syntax.lemma(word), "under" | "in" | "by" | "on" | "for" | "with" | "at")
            && syntax.upos(word) == Upos::Adp
        {
            continue;
        }
        if let Some((report, outer)) = outer_report(syntax, word) {
            let inside =
                source.iter().all(|span| span.start > syntax.span(report).start && span.end <= syntax.span(word).start);
            if inside && row.is_some() {
                source = vec![full_phrase(syntax, outer, report)];
            }
        }
        if let [span] = &source[..] {
            // "Accused each other", "accused the army and said": a subject speaks, not an object.
            let object = syntax.head_of(*span).filter(|&source| {
                matches!(syntax.deprel(source), Deprel::Obj | Deprel::Iobj) && source < word.max(source)
            });
            let over = object.and_then(|object| syntax.head(object));
            let each = matches!(span.of(syntax.text), "each" | "each other" | "one another")
                && span.start > syntax.span(word).start;
            let over = if each { Some(word) } else { over };
            let same = over == Some(word) && !syntax.is_passive(word);
            let joined = over.is_some() && over == syntax.head(word) && syntax.deprel(word) == Deprel::Conj;
            if same || joined {
                let subject = over
                    .and_then(|over| syntax.dependent(over, &[Deprel::Nsubj]))
                    .filter(|&subject| Some(subject) < over);
                if let (Some(subject), Some(over)) = (subject, over) {
                    source = vec![full_phrase(syntax, subject, over)];
                    if same {
                        if let Some(told) = row.and_then(|row| complement(syntax, word, row, subject)) {
                            content = told;
                        }
                    }
                }
            }
        }
        // "The agency quoted the commander as saying": the one quoted speaks.
        if matches!(syntax.lemma(word), "quote" | "say" | "cite") {
            let sentence = syntax.words_of(syntax.sentence(word));
            let saying = sentence
                .clone()
                .find(|&at| syntax.form(at) == "saying" && at > sentence.start && syntax.form(at - 1) == "as");
            let quote = saying.and_then(|saying| {
                (sentence.start..saying).rev().find(|&at| {
                    matches!(syntax.lemma(at), "quote" | "cite")
                        && syntax.upos(at) == Upos::Verb
                        && !syntax.is_passive(at)
                })
            });
            if let (Some(saying), Some(quote)) = (saying, quote) {
                let marked = syntax
                    .analysis
                    .attributions
                    .iter()
                    .flat_map(|other| &other.cue)
                    .any(|cue| cue.overlaps(syntax.span(saying)) && !cue.overlaps(syntax.span(quote)));
                if word == quote && marked {
                    continue;
                }
                let quoted = syntax.dependent(quote, &[Deprel::Obj]).filter(|_| word == quote || word == saying);
                if let Some(quoted) = quoted.filter(|&quoted| quoted < saying) {
                    source = vec![full_phrase(syntax, quoted, saying)];
                }
            }
        }
        if let ([span], Some(head)) = (&source[..], syntax.head(word)) {
            // "Launched fifty attacks, saying": who did it says so, not what was done.
            let object = syntax
                .head_of(*span)
                .is_some_and(|source| syntax.deprel(source) == Deprel::Obj && syntax.head(source) == Some(head));
            let quoted = matches!(syntax.lemma(head), "quote" | "cite");
            if object && !quoted && syntax.deprel(word) == Deprel::Advcl && syntax.form(word).ends_with("ing") {
                if let Some(subject) = syntax.subject(head).filter(|&subject| subject < head) {
                    source = vec![full_phrase(syntax, subject, head)];
                }
            }
        }
        if let [span] = source[..] {
            // "officials in the capital, Kyiv, said": the tagger may keep only the apposition.
            let whole = syntax
                .head_of(span)
                .filter(|&head| {
                    head < word && syntax.deprel(head) == Deprel::Appos && syntax.span(head).start == span.start
                })
                .and_then(|_| phrase_before(syntax, word))
                .map(|head| full_phrase(syntax, head, word));
            if let Some(whole) = whole.filter(|whole| whole.start < span.start && whole.end > span.start) {
                source = vec![whole];
            }
        }
        if let [span] = source[..] {
            source = vec![antecedent(syntax, span, word).unwrap_or(span)];
        }
        if is_nobodys(syntax, word, &source) {
            continue;
        }
        if matches!(kind, Some(CueKind::Report) | None) {
            if let Some(before) = told_before(syntax, word, &source, &content) {
                content.insert(0, before);
            }
        }
        if row.is_some_and(|row| row.stance == Stance::Accuse) {
            content.extend(accusation_behind(syntax, word, &content));
        }
        drafts.push(Draft { source, cue: attribution.cue.clone(), content, cue_word: word, row, framed: None });
    }
    drafts
}

/// What of a piece stands beside a source inside of it: the longer side.
fn beside(syntax: Syntax<'_>, piece: Span, source: Span) -> Option<Span> {
    if !piece.overlaps(source) {
        return Some(piece);
    }
    let part = |before: bool| {
        let words: Vec<u32> =
            syntax
                .words_in(piece)
                .filter(|&word| {
                    if before { syntax.span(word).end <= source.start } else { syntax.span(word).start >= source.end }
                })
                .collect();
        let end =
            words.iter().rposition(|&word| syntax.upos(word) != Upos::Punct || matches!(syntax.form(word), "”" | "\""));
        let start =
            words.iter().position(|&word| syntax.upos(word) != Upos::Punct || matches!(syntax.form(word), "“" | "\""));
        start.zip(end).and_then(|(start, end)| syntax.cover(&words[start..=end]))
    };
    let (before, after) = (part(true), part(false));
    before.into_iter().chain(after).max_by_key(|span| span.len())
}

/// "..., claimed a Filipino bosun", "..., contended its secretary-general": the speaker behind a word of speech that stands behind the words, which a
/// parser may take for its object.
fn inverted_source(syntax: Syntax<'_>, verb: u32, row: Option<Cue>, source: &[Span]) -> Option<u32> {
    let report = row.is_some_and(|row| row.kind == CueKind::Report && row.frame == Frame::Clause);
    let first = syntax.words_of(syntax.sentence(verb)).start;
    if !report || syntax.upos(verb) != Upos::Verb || verb <= first {
        return None;
    }
    // The speaker was found: behind the verb, or as its subject.
    let tagged = source.iter().any(|span| span.start > syntax.span(verb).start);
    let subject = syntax.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass]);
    if tagged || subject.is_some_and(|subject| subject < verb) {
        return None;
    }
    if !matches!(syntax.form(verb - 1), "," | "”" | "\"" | "?" | "!")
        || syntax.is_passive(verb) && syntax.agent(verb).is_some()
    {
        return None;
    }
    if matches!(syntax.lemma(verb), "tell" | "inform" | "brief" | "remind") {
        return None;
    }
    let addressed = syntax.lemma(verb) == "assure";
    let behind = subject.or_else(|| {
        syntax.dependents(verb).iter().copied().filter(|_| !addressed).find(|&child| {
            child > verb
                && matches!(syntax.deprel(child), Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblUnmarked)
                && syntax.is_nominal(child)
                && syntax.preposition(child).is_empty()
                && syntax.analysis.subtree(child).first() == Some(&(verb + 1))
        })
    })?;
    let persons = matches!(syntax.lemma(behind), "reporter" | "journalist" | "responsibility" | "agency" | "credit");
    (!persons).then_some(behind)
}

/// Whether a verb that is no known word of speech has a clause of its own, or words in quotation marks: "obliges them to withdraw" tells nothing.
fn tells_a_clause(syntax: Syntax<'_>, verb: u32, content: &[Span]) -> bool {
    let quoted = content.iter().any(|piece| {
        let words = piece.of(syntax.text);
        words.starts_with(['“', '"']) && syntax.words_in(*piece).count() > 4
    });
    let clause = syntax
        .dependent(verb, &[Deprel::Ccomp, Deprel::Parataxis])
        .is_some_and(|clause| content.iter().any(|piece| piece.contains(syntax.span(clause))));
    let inserted = syntax.deprel(verb) == Deprel::Parataxis;
    let told = syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| {
        ACCOUNTS.contains(&syntax.lemma(object))
            || matches!(syntax.lemma(object), "toll" | "complaint" | "statement" | "figure")
    });
    let told = told
        || matches!(
            syntax.lemma(verb),
            "count" | "record" | "register" | "tally" | "list" | "document" | "log" | "reckon" | "give"
        ) && content.iter().flat_map(|&piece| syntax.words_in(piece)).any(|word| syntax.upos(word) == Upos::Num);
    quoted || clause || inserted || told || syntax.lemma(verb) == "accord"
}

/// "Neither account could be verified", "nobody has claimed the attack", "as the truce was announced", "raised fears of war": words of saying
/// that nobody said.
fn is_nobodys(syntax: Syntax<'_>, cue: u32, source: &[Span]) -> bool {
    const UNTOLD: &[&str] = &["announce", "verify", "confirm", "fear", "declare", "sign", "determine", "establish"];
    if source.is_empty() {
        return UNTOLD.contains(&syntax.lemma(cue));
    }
    source.iter().filter_map(|&span| syntax.head_of(span)).any(|head| {
        let negated = syntax
            .dependents(head)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Det && matches!(syntax.lemma(child), "no" | "neither"));
        negated || matches!(syntax.lemma(head), "nobody" | "none" | "neither" | "no-one")
    })
}

/// "Accused the army meanwhile of shelling a village": the tagger may stop at the accused.
fn accusation_behind(syntax: Syntax<'_>, cue: u32, content: &[Span]) -> Option<Span> {
    /// Words that may stand between the accused and the deed.
    const BETWEEN: u32 = 4;
    if !matches!(syntax.lemma(cue), "accuse" | "suspect") || syntax.upos(cue) != Upos::Verb {
        return None;
    }
    let end = content.iter().map(|span| span.end).max()?;
    let words = syntax.words_of(syntax.sentence(cue));
    let told = |from: u32| (cue..from).any(|word| syntax.lemma(word) == "of");
    let of = words
        .clone()
        .filter(|&word| syntax.span(word).start >= end)
        .take(BETWEEN as usize + 1)
        .find(|&word| syntax.lemma(word) == "of")?;
    if told(of) {
        return None;
    }
    let last = words.rev().find(|&word| word > of && syntax.upos(word) != Upos::Punct)?;
    let stop = syntax
        .analysis
        .attributions
        .iter()
        .flat_map(|other| &other.cue)
        .map(|span| span.start)
        .filter(|&start| start > syntax.span(of).start)
        .min();
    let free = stop.is_none_or(|stop| stop > syntax.span(last).end);
    free.then(|| syntax.span(of).to(syntax.span(last)))
}

/// "Rebels took the town, residents said, forcing thousands to flee": the clause before an inserted report is reported too.
fn told_before(syntax: Syntax<'_>, verb: u32, source: &[Span], content: &[Span]) -> Option<Span> {
    let words = syntax.words_of(syntax.sentence(verb));
    if syntax.upos(verb) != Upos::Verb || verb + 1 >= words.end || syntax.form(verb + 1) != "," {
        return None;
    }
    let first = syntax.words_in(*source.first()?).start;
    if first >= verb || first <= words.start || syntax.form(first - 1) != "," {
        return None;
    }
    let before = rest_of_sentence(syntax, verb, source)?;
    let told = syntax.words_in(before).any(|word| syntax.upos(word) == Upos::Verb);
    (told && !content.iter().any(|piece| piece.overlaps(before))).then_some(before)
}

/// Head of the noun phrase that ends right before a verb, a comma between them or not.
fn phrase_before(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    let first = syntax.words_of(syntax.sentence(verb)).start;
    let mut at = verb;
    while at > first && (syntax.upos(at - 1) == Upos::Punct || matches!(syntax.upos(at - 1), Upos::Aux | Upos::Adv)) {
        at -= 1;
    }
    let mut word = at.checked_sub(1).filter(|&word| word >= first && syntax.is_nominal(word))?;
    for _ in 0..6 {
        let inside = matches!(
            syntax.deprel(word),
            Deprel::Nmod | Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::Conj | Deprel::NmodPoss
        );
        match syntax.head(word).filter(|&head| inside && head < verb && syntax.is_nominal(head)) {
            Some(head) => word = head,
            None => break,
        }
    }
    // "The force, which has 3,700 troops, said": the words before the verb may belong to a clause about the speaker.
    let mut over = word;
    for _ in 0..8 {
        if matches!(syntax.deprel(over), Deprel::AclRelcl | Deprel::Acl) {
            match syntax.head(over).filter(|&head| head < word && syntax.is_nominal(head)) {
                Some(head) if over != verb => return Some(head),
                _ => break,
            }
        }
        match syntax.head(over).filter(|&head| head < verb) {
            Some(head) => over = head,
            None => break,
        }
    }
    Some(word)
}

/// A report of no listed kind.
const PLAIN: Cue = Cue { kind: CueKind::Report, stance: Stance::Assert, frame: Frame::Clause };

/// "..., residents said": what stands before the source when nothing stands behind the verb.
fn rest_of_sentence(syntax: Syntax<'_>, verb: u32, source: &[Span]) -> Option<Span> {
    let words = syntax.words_of(syntax.sentence(verb));
    let start = source
        .first()
        .map(|span| syntax.words_in(*span).start)
        .or_else(|| syntax.agent(verb).map(|agent| syntax.analysis.subtree(agent)[0]))?;
    let before: Vec<u32> = (words.start..start.min(verb)).collect();
    let mut end = before.len();
    while end > 0 && syntax.upos(before[end - 1]) == Upos::Punct && !matches!(syntax.form(before[end - 1]), "”" | "\"")
    {
        end -= 1;
    }
    if end < 4 {
        return None;
    }
    syntax.cover(&before[..end])
}

/// Acts of speech that the model left out, read from the parse: a listed verb with a resolved subject and a complement.
fn from_acts(syntax: Syntax<'_>, actors: &Actors, known: &[Draft]) -> Vec<Draft> {
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
fn from_counts(syntax: Syntax<'_>, actors: &Actors, known: &[Draft]) -> Vec<Draft> {
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

fn complement(syntax: Syntax<'_>, verb: u32, row: Cue, source: u32) -> Option<Vec<Span>> {
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
fn full_phrase(syntax: Syntax<'_>, head: u32, verb: u32) -> Span {
    let mut words: Vec<u32> = syntax.analysis.subtree(head);
    words.retain(|&word| (head <= verb) == (word < verb) || word == head);
    while words.len() > 1 && words.last().is_some_and(|&word| syntax.upos(word) == Upos::Punct) {
        words.pop();
    }
    while words.len() > 1
        && words.first().is_some_and(|&word| syntax.deprel(word) == Deprel::Case || syntax.upos(word) == Upos::Punct)
    {
        words.remove(0);
    }
    syntax.cover(&words).unwrap_or_else(|| syntax.span(head))
}

fn stance(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> Stance {
    let word = draft.cue_word;
    let lemma = syntax.lemma(word);
    let listed = draft.row.map_or(Stance::Assert, |row| row.stance);
    let kind = draft.row.map(|row| row.kind);
    let denied = syntax.is_negated(word);
    let neither = draft.source.first().is_some_and(|span| {
        matches!(
            span.of(syntax.text).split_whitespace().next(),
            Some("Neither" | "neither" | "None" | "none" | "No" | "Nobody")
        )
    });
    if kind == Some(CueKind::Silence) || neither && matches!(listed, Stance::Assert | Stance::Confirm) {
        return Stance::Decline;
    }
    // "Swore that no one had been inside", "advised that a patrol had found nothing", "offered another explanation": told, not promised or asked.
    let (listed, kind) =
        if told_not_willed(syntax, draft, listed) { (Stance::Assert, Some(CueKind::Report)) } else { (listed, kind) };
    if denied {
        return match listed {
            // "did not say", "could not confirm", "neither confirmed nor denied".
            Stance::Assert | Stance::Confirm | Stance::Accuse => Stance::Decline,
            Stance::Deny => Stance::Decline,
            Stance::Pledge | Stance::Order | Stance::Appeal => Stance::Decline,
            other => other,
        };
    }
    if lemma == "reject" || lemma == "dismiss" {
        // To reject an allegation is to deny; to reject an offer is to refuse.
        let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
        let offer = words.into_iter().any(|word| {
            matches!(
                syntax.lemma(word),
                "offer"
                    | "proposal"
                    | "call"
                    | "demand"
                    | "plan"
                    | "request"
                    | "talk"
                    | "mediation"
                    | "ceasefire"
                    | "truce"
                    | "deal"
            )
        });
        return if offer { Stance::Decline } else { Stance::Deny };
    }
    if lemma == "claim"
        && syntax.dependent(word, &[Deprel::Obj]).is_some_and(|object| syntax.lemma(object) == "responsibility")
    {
        return Stance::Confirm;
    }
    let warning = lemma == "warn" || lemma == "warning";
    if warning {
        return if is_threat(syntax, actors, draft) { Stance::Threaten } else { Stance::Assert };
    }
    if lemma == "rule" {
        return Stance::Decline;
    }
    if lemma == "call" && !calls_for(syntax, word) {
        // "called the report a lie": naming, not asking.
        let of_words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
        let about_words = of_words.into_iter().any(|word| {
            matches!(
                syntax.lemma(word),
                "accusation" | "allegation" | "charge" | "claim" | "report" | "it" | "suggestion"
            )
        });
        return if about_words { Stance::Deny } else { Stance::Accuse };
    }
    // "Protested that they were herders", "complained that nobody had asked": an accusing word may deny.
    if kind == Some(CueKind::Report) && listed == Stance::Accuse && calls_false(syntax, draft) {
        return Stance::Deny;
    }
    if kind != Some(CueKind::Act) && listed == Stance::Assert {
        if calls_false(syntax, draft) {
            return Stance::Deny;
        }
        if is_retort(syntax, word) {
            return if accuses_in_reply(syntax, actors, draft) { Stance::Accuse } else { Stance::Deny };
        }
        if points_at_the_other(syntax, draft) {
            return Stance::Accuse;
        }
        if kind != Some(CueKind::Noun) && lays_blame(syntax, actors, draft) {
            return Stance::Accuse;
        }
    }
    if matches!(kind, Some(CueKind::Report) | None) && listed == Stance::Assert {
        if denies_plainly(syntax, actors, draft) {
            return Stance::Deny;
        }
        if threatens_if(syntax, actors, draft) {
            return Stance::Threaten;
        }
    }
    let Some(main) = content_verb(syntax, draft) else { return listed };
    let subject = syntax.subject(main);
    let own = subject.is_some_and(|subject| is_claimant(syntax, actors, draft, subject));

    if kind == Some(CueKind::Report) && listed == Stance::Assert {
        let inner =
            cues::verb(syntax.lemma(main)).find(|cue| cue.kind == CueKind::Act && syntax.lemma(main) != "swear");
        if let (Some(inner), true) = (inner, own) {
            // "Said it had been ordered to": somebody else ordered.
            if !syntax.is_negated(main) && !syntax.is_passive(main) {
                return inner.stance;
            }
        }
        if own
            && syntax.is_negated(main)
            && syntax.upos(main) == Upos::Verb
            && is_past(syntax, main)
            && !is_of_mind(syntax, main)
        {
            return Stance::Deny;
        }
        let emphatic = !matches!(
            lemma,
            "say"
                | "tell"
                | "add"
                | "report"
                | "announce"
                | "according"
                | "accord"
                | "note"
                | "record"
                | "have"
                | "fear"
                | "write"
                | "think"
                | "believe"
        );
        if emphatic
            && syntax.is_negated(main)
            && syntax.upos(main) == Upos::Verb
            && syntax.auxiliaries(main).iter().any(|aux| matches!(*aux, "have" | "be" | "do"))
            && !main_is_present_wish(syntax, main)
        {
            return Stance::Deny;
        }
        if subject.is_some_and(|subject| is_nobody(syntax, subject))
            && syntax.upos(main) == Upos::Verb
            && is_past(syntax, main)
        {
            let ours = subject.is_some_and(|subject| has_own_words(syntax, subject));
            if emphatic || ours {
                return Stance::Deny;
            }
        }
        let auxiliary = syntax.auxiliaries(main);
        if own && (auxiliary.contains(&"will") || auxiliary.contains(&"shall")) && !syntax.is_negated(main) {
            let hostile = matches!(
                syntax.lemma(main),
                "retaliate"
                    | "respond"
                    | "attack"
                    | "strike"
                    | "destroy"
                    | "punish"
                    | "avenge"
                    | "kill"
                    | "bomb"
                    | "target"
                    | "hit"
                    | "crush"
            );
            return if hostile { Stance::Threaten } else { Stance::Pledge };
        }
    }
    listed
}

/// "They do not want war": no denial of a deed.
fn main_is_present_wish(syntax: Syntax<'_>, main: u32) -> bool {
    is_of_mind(syntax, main)
        && matches!(syntax.lemma(main), "seek" | "want" | "know" | "need" | "expect" | "think" | "believe" | "wish")
}

/// Whether who speaks is or may be a party of the matter: no bystander, no doctor, no relief agency.
fn may_be_party(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    const BESIDE: &[&str] = &["CVL", "MED", "EDU", "REF", "NGO", "UNO", "IGO", "JRN", "EUR", "REL"];
    let mut known = draft
        .source
        .iter()
        .filter_map(|&span| syntax.head_of(span))
        .flat_map(|head| actors.of_phrase(syntax, head))
        .map(|(actor, _)| &actors.all[actor].sectors);
    known.all(|sectors| !sectors.iter().any(|sector| BESIDE.contains(&sector.as_str())))
}

/// "No post had been attacked", "there is no blockade", "the force did not use one mortar", "the doctor’s figures were not correct", "it holds no aid
/// worker": a party’s words of which the first clause says that something was not.
fn denies_plainly(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    /// Of what there is none without anybody denying it.
    const LACKING: &[&str] = &[
        "casualty",
        "injury",
        "victim",
        "damage",
        "doubt",
        "need",
        "danger",
        "hope",
        "reason",
        "question",
        "alternative",
        "change",
        "electricity",
        "water",
        "food",
        "fuel",
        "time",
        "way",
        "choice",
        "plan",
        "loss",
        "objection",
        "power",
        "medicine",
        "peace",
        "solution",
        "room",
        "place",
        "point",
        "excuse",
        "warning",
    ];
    let Some(first) = draft.content.iter().min_by_key(|span| span.start) else { return false };
    let words = syntax.words_in(*first);
    let top = |word: &u32| {
        syntax.head(*word).is_none_or(|head| !words.contains(&head) || head == draft.cue_word)
            && syntax.upos(*word) != Upos::Punct
    };
    let Some(main) = words.clone().filter(top).find(|&word| {
        matches!(
            syntax.upos(word),
            Upos::Verb | Upos::Adj | Upos::Noun | Upos::Aux | Upos::Adv | Upos::Pron | Upos::Propn
        ) && syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl))
    }) else {
        return false;
    };
    if !may_be_party(syntax, actors, draft) || is_of_mind(syntax, main) {
        return false;
    }
    let no = |word: u32| {
        matches!(syntax.lemma(word), "none" | "nobody" | "nothing")
            || syntax.dependents(word).iter().any(|&child| {
                matches!(syntax.lemma(child), "no")
                    || syntax.form(child).eq_ignore_ascii_case("not")
                        && child < word
                        && !matches!(syntax.form(child + 1), "fewer" | "less" | "more" | "only" | "all" | "every")
            })
    };
    let lacking =
        |word: u32| LACKING.contains(&syntax.lemma(word)) || frames::INFORMATION.contains(&syntax.lemma(word));
    let children = syntax.dependents(main);
    let subject =
        children.iter().copied().find(|&child| matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass));
    let there = children.iter().any(|&child| syntax.form(child).eq_ignore_ascii_case("there"));
    let object = syntax.dependent(main, &[Deprel::Obj]);
    let shall = syntax
        .auxiliaries(main)
        .iter()
        .any(|aux| matches!(*aux, "will" | "would" | "shall" | "should" | "can" | "could" | "may" | "might" | "must"));
    if shall {
        return false;
    }
    let subject_no = subject.is_some_and(|subject| no(subject) && !lacking(subject));
    let held = object.is_some_and(|object| no(object) && !lacking(object))
        && matches!(
            syntax.lemma(main),
            "hold"
                | "detain"
                | "keep"
                | "fire"
                | "use"
                | "attack"
                | "kill"
                | "arrest"
                | "take"
                | "abduct"
                | "cross"
                | "send"
                | "order"
                | "target"
                | "seize"
                | "capture"
                | "harm"
                | "touch"
                | "shell"
                | "strike"
        );
    let knew = syntax.lemma(main) == "know"
        && syntax
            .obliques(main)
            .iter()
            .any(|found| found.preposition == "of" && no(found.head) && !lacking(found.head));
    let wrong = matches!(syntax.lemma(main), "correct" | "accurate" | "right" | "true" | "so" | "credible")
        && syntax.is_negated(main);
    (there && subject.is_some_and(|subject| no(subject) && !lacking(subject)))
        || !there && subject_no
        || held
        || knew
        || wrong
}

/// "If they do not withdraw by noon, the army will restore the line by force".
fn threatens_if(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    let words = || draft.content.iter().flat_map(|&span| syntax.words_in(span));
    let condition = words().any(|word| matches!(syntax.lemma(word), "unless")) || {
        words().any(|word| syntax.form(word).eq_ignore_ascii_case("if"))
            && words()
                .any(|word| matches!(syntax.lemma(word), "not" | "n't" | "fail" | "refuse" | "again" | "continue"))
    };
    let will = words().any(|word| matches!(syntax.lemma(word), "will" | "shall") && syntax.upos(word) == Upos::Aux);
    let force = words().any(|word| {
        matches!(
            syntax.lemma(word),
            "force"
                | "attack"
                | "strike"
                | "retaliate"
                | "respond"
                | "resume"
                | "fire"
                | "block"
                | "storm"
                | "consequence"
                | "shoot"
                | "punish"
                | "march"
                | "blow"
        )
    });
    condition && will && force && may_be_party(syntax, actors, draft)
}

fn is_retort(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.lemma(word), "retort" | "rejoin" | "counter" | "riposte") || frames::answers_back(syntax, word)
}

/// "Countered that villagers had blocked the road": an answer that tells of another's deed.
fn accuses_in_reply(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    if lays_blame(syntax, actors, draft) || points_at_the_other(syntax, draft) {
        return true;
    }
    let Some(main) = content_verb(syntax, draft) else { return false };
    let noun = |subject: u32| matches!(syntax.upos(subject), Upos::Noun | Upos::Propn) && actors.at(subject).is_some();
    !syntax.is_negated(main)
        && !syntax.is_passive(main)
        && syntax.dependent(main, &[Deprel::Obj]).is_some()
        && syntax.subject(main).is_some_and(|subject| noun(subject) && !is_claimant(syntax, actors, draft, subject))
}

/// Whether a word of promise or advice tells how things were: its clause is in the past or present, not what shall be.
fn told_not_willed(syntax: Syntax<'_>, draft: &Draft, listed: Stance) -> bool {
    let lemma = syntax.lemma(draft.cue_word);
    if !matches!(listed, Stance::Pledge | Stance::Appeal) || syntax.upos(draft.cue_word) != Upos::Verb {
        return false;
    }
    if lemma == "offer" {
        return syntax.dependent(draft.cue_word, &[Deprel::Obj]).is_some_and(|object| {
            ACCOUNTS.contains(&syntax.lemma(object))
                || matches!(syntax.lemma(object), "explanation" | "condolence" | "sympathy" | "apology" | "excuse")
        }) && syntax.dependent(draft.cue_word, &[Deprel::Xcomp]).is_none();
    }
    if !matches!(lemma, "swear" | "vow" | "advise" | "guarantee" | "insist") {
        return false;
    }
    if lemma == "swear" {
        let words = || draft.content.iter().flat_map(|&span| syntax.words_in(span));
        let infinitive = words().next().is_some_and(|word| {
            matches!(syntax.form(word), "to" | "revenge" | "vengeance" | "allegiance" | "loyalty" | "that")
        }) && words().take(1).any(|word| syntax.form(word) != "that");
        let shall = words().any(|word| matches!(syntax.form(word), "will" | "would" | "shall" | "’ll" | "'ll"));
        return !infinitive && !shall;
    }
    content_verb(syntax, draft).is_some_and(|main| {
        let auxiliaries = syntax.auxiliaries(main);
        let shall = auxiliaries
            .iter()
            .any(|aux| matches!(*aux, "will" | "would" | "shall" | "should" | "must" | "can" | "could" | "may"));
        let past = syntax.form(main) != syntax.lemma(main) && !syntax.form(main).ends_with("ing")
            || auxiliaries.iter().any(|aux| matches!(*aux, "have" | "be" | "do"));
        !shall && !syntax.is_infinitive(main) && past
    })
}

/// "Nobody", "no one from his side", "not one of our soldiers", "not a single round".
fn is_nobody(syntax: Syntax<'_>, subject: u32) -> bool {
    let first = syntax.analysis.subtree(subject).first().copied().unwrap_or(subject);
    let before = syntax.words_of(syntax.sentence(subject)).start;
    let start = first.saturating_sub(1).max(before);
    (start..=subject).any(|word| {
        matches!(syntax.form(word).to_lowercase().as_str(), "nobody" | "none" | "nothing" | "no" | "neither" | "no-one")
            || syntax.form(word).eq_ignore_ascii_case("not") && word < subject
    })
}

/// "Of our soldiers", "from his side": the words behind a subject belong to the speaker.
fn has_own_words(syntax: Syntax<'_>, subject: u32) -> bool {
    syntax.analysis.subtree(subject).into_iter().any(|word| {
        matches!(syntax.form(word).to_lowercase().as_str(), "our" | "my" | "his" | "her" | "its" | "their" | "us")
    })
}

/// What goes on in minds and every day is no denial of a deed: "we do not seek war", "our children do not know a night without shots".
fn is_of_mind(syntax: Syntax<'_>, verb: u32) -> bool {
    let present = syntax.dependents(verb).iter().any(|&child| {
        syntax.deprel(child) == Deprel::Aux && matches!(syntax.form(child).to_lowercase().as_str(), "do" | "does")
    });
    present
        && matches!(
            syntax.lemma(verb),
            "seek"
                | "want"
                | "know"
                | "need"
                | "expect"
                | "think"
                | "believe"
                | "fear"
                | "understand"
                | "remember"
                | "see"
                | "hear"
                | "feel"
                | "have"
                | "sleep"
                | "wish"
                | "care"
                | "trust"
                | "like"
        )
        || syntax.dependents(verb).iter().any(|&child| {
            syntax.deprel(child) == Deprel::Advcl
                && syntax.dependents(child).iter().any(|&inner| syntax.lemma(inner) == "since")
        })
}

/// "Smugglers were to blame", "the fault of the state", "the work of a cell", "all responsibility lies with them", "hinted that the herders had been
/// shot by the police": whose doing it was, and not the speaker's own.
fn lays_blame(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    let hinted = matches!(syntax.lemma(draft.cue_word), "suggest" | "hint" | "imply" | "insinuate" | "intimate");
    let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
    words.into_iter().any(|word| {
        let lemma = syntax.lemma(word);
        let of = || {
            syntax
                .obliques(word)
                .into_iter()
                .find(|found| matches!(found.preposition.as_str(), "of" | "with" | "on"))
                .map(|found| found.head)
        };
        let blamed = match lemma {
            "blame" if syntax.is_infinitive(word) => {
                syntax.subject(word).or_else(|| syntax.head(word).and_then(|head| syntax.subject(head)))
            }
            "fault" | "work" | "handiwork" | "doing" if syntax.dependent(word, &[Deprel::Cop]).is_some() => of(),
            "responsible" => syntax.dependent(word, &[Deprel::Nsubj]),
            // "The rebels were behind it".
            _ if syntax.preposition(word) == "behind" || lemma == "behind" => {
                syntax.dependent(word, &[Deprel::Nsubj]).filter(|_| syntax.dependent(word, &[Deprel::Cop]).is_some())
            }
            "lie" | "rest" => syntax
                .subject(word)
                .filter(|&subject| matches!(syntax.lemma(subject), "responsibility" | "blame" | "fault" | "guilt"))
                .and_then(|_| of()),
            _ if hinted && syntax.upos(word) == Upos::Verb && syntax.is_passive(word) => {
                syntax.dependents(word).iter().copied().find(|&child| {
                    syntax.deprel(child) == Deprel::OblAgent
                        || syntax.preposition(child) == "by" && actors.at(child).is_some()
                })
            }
            _ => None,
        };
        let asked = |blamed: u32| matches!(syntax.lemma(blamed), "who" | "which" | "whoever" | "that" | "nobody");
        blamed.is_some_and(|blamed| {
            !asked(blamed) && !syntax.is_negated(word) && !is_claimant(syntax, actors, draft, blamed)
        })
    })
}

/// "That never happened", "said that was a lie": what somebody else told is called untrue.
fn calls_false(syntax: Syntax<'_>, draft: &Draft) -> bool {
    // "Not so", "impossible".
    let short = draft.content.iter().any(|piece| {
        let words = piece.of(syntax.text).trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        matches!(
            words.as_str(),
            "not so"
                | "impossible"
                | "nonsense"
                | "rubbish"
                | "lies"
                | "all lies"
                | "a lie"
                | "untrue"
                | "not true"
                | "pure invention"
                | "wrong"
                | "false"
                | "pure fiction"
                | "fairy tales"
        ) || words.split_whitespace().count() <= 4
            && words
                .split_whitespace()
                .any(|word| matches!(word, "lie" | "lies" | "nonsense" | "invention" | "slander"))
    });
    if short {
        return true;
    }
    let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
    words.into_iter().any(|word| {
        let pointing = || {
            syntax.subject(word).is_some_and(|subject| {
                matches!(syntax.form(subject).to_lowercase().as_str(), "that" | "this" | "it" | "these" | "those")
                    || ACCOUNTS.contains(&syntax.lemma(subject))
            })
        };
        let never = matches!(syntax.lemma(word), "happen" | "occur") && syntax.is_negated(word);
        // "That list was made up in Warsaw", "these pictures are staged".
        let invented = match syntax.lemma(word) {
            "make" => syntax.dependents(word).iter().any(|&child| child > word && syntax.form(child) == "up"),
            lemma => matches!(lemma, "invent" | "fabricate" | "concoct" | "stage" | "fake" | "forge" | "manufacture"),
        } && syntax.upos(word) == Upos::Verb
            && syntax.is_passive(word)
            && !syntax.is_negated(word);
        let lie = invented || UNTRUE.contains(&syntax.lemma(word)) && !syntax.is_negated(word);
        let untrue = syntax.lemma(word) == "true" && syntax.is_negated(word);
        (never || lie || untrue) && pointing()
    })
}

/// "That the other had fired first", "it is they who are shooting at us": the words lay it at the door of the other side.
fn points_at_the_other(syntax: Syntax<'_>, draft: &Draft) -> bool {
    const DEEDS: &[&str] = &[
        "fire", "shoot", "attack", "shell", "bomb", "violate", "break", "breach", "start", "begin", "provoke", "open",
        "use", "strike", "kill",
    ];
    let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
    words.into_iter().any(|verb| {
        if !DEEDS.contains(&syntax.lemma(verb)) || syntax.upos(verb) != Upos::Verb || syntax.is_negated(verb) {
            return false;
        }
        let first = syntax.words_of(syntax.sentence(verb)).start;
        let other = syntax.subject(verb).is_some_and(|subject| {
            syntax.lemma(subject) == "other"
                && syntax.dependents(subject).iter().any(|&child| syntax.lemma(child) == "the")
        });
        // "It is they who", "it was the army that".
        let relative = (first..verb).rev().take(4).find(|&at| matches!(syntax.form(at), "who" | "that"));
        let cleft = relative.is_some_and(|at| {
            let copula =
                (first..at).rev().take(6).find(|&word| matches!(syntax.form(word), "is" | "was" | "are" | "were"));
            copula.is_some_and(|word| {
                let it =
                    word.checked_sub(1).is_some_and(|it| it >= first && syntax.form(it).eq_ignore_ascii_case("it"));
                let ours = (word + 1..at).any(|inner| {
                    matches!(syntax.form(inner).to_lowercase().as_str(), "we" | "us" | "our" | "not" | "n't" | "n’t")
                });
                it && !ours && at > word + 1
            })
        });
        other || cleft
    })
}

/// Whether "call" asks: it is followed by its preposition.
fn calls_for(syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.upos(word) == Upos::Noun {
        return true;
    }
    let near = |next: u32| {
        (next as usize) < syntax.analysis.words.len() && matches!(syntax.lemma(next), "for" | "on" | "upon")
    };
    near(word + 1)
        || near(word + 2)
        || syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "for" | "on" | "upon"))
}

/// A warning by a party that can act on it: against somebody, of consequences, or of what will be done.
fn is_threat(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    let able = draft
        .source
        .iter()
        .filter_map(|&span| syntax.head_of(span))
        .flat_map(|head| actors.of_phrase(syntax, head))
        .any(|(actor, _)| {
            let row = &actors.all[actor];
            row.sectors
                .iter()
                .any(|sector| matches!(sector.as_str(), "GOV" | "MIL" | "REB" | "PRM" | "UAF" | "CRM" | "COP"))
        });
    let word = draft.cue_word;
    let against = syntax.obliques(word).iter().any(|oblique| {
        oblique.preposition == "against"
            || oblique.preposition == "of"
                && matches!(
                    syntax.lemma(oblique.head),
                    "consequence" | "destruction" | "retaliation" | "response" | "revenge"
                )
    });
    let announced = draft
        .content
        .iter()
        .flat_map(|&span| syntax.words_in(span))
        .any(|word| matches!(syntax.lemma(word), "will" | "would") && syntax.upos(word) == Upos::Aux);
    able && (against || announced)
}

fn is_past(syntax: Syntax<'_>, verb: u32) -> bool {
    let auxiliaries = syntax.auxiliaries(verb);
    auxiliaries.iter().any(|&aux| matches!(aux, "have" | "do" | "be")) || syntax.form(verb) != syntax.lemma(verb)
}

/// The verb on which the content hangs.
fn content_verb(syntax: Syntax<'_>, draft: &Draft) -> Option<u32> {
    let longest = draft.content.iter().max_by_key(|span| span.len())?;
    let words = syntax.words_in(*longest);
    words.clone().find(|&word| {
        matches!(syntax.upos(word), Upos::Verb)
            && syntax.head(word).is_none_or(|head| !words.contains(&head) || head == draft.cue_word)
    })
}

/// Whether a word refers to the claimant itself: "we", "its forces", the same actor.
fn is_claimant(syntax: Syntax<'_>, actors: &Actors, draft: &Draft, word: u32) -> bool {
    let form = syntax.form(word).to_lowercase();
    if matches!(form.as_str(), "we" | "i") {
        return true;
    }
    let claimants: Vec<ActorId> = draft
        .source
        .iter()
        .filter_map(|&span| syntax.head_of(span))
        .flat_map(|head| actors.of_phrase(syntax, head))
        .map(|(actor, _)| actor)
        .collect();
    let owner_is_own = syntax.owner(word).is_some_and(|owner| {
        matches!(syntax.form(owner).to_lowercase().as_str(), "its" | "our" | "their" | "his" | "her" | "my")
            && actors.at(owner).is_none_or(|actor| claimants.contains(&actor))
    });
    let same = actors.at(word).is_some_and(|actor| {
        claimants.contains(&actor)
            || claimants.iter().any(|&claimant| {
                let (a, b) = (&actors.all[actor], &actors.all[claimant]);
                a.country.is_some()
                    && a.country == b.country
                    && !a.sectors.is_empty()
                    && a.sectors.first() == b.sectors.first()
            })
    });
    owner_is_own || same
}

/// Whether a word of a source stands behind a preposition inside of it.
fn is_topic(syntax: Syntax<'_>, source: Span, word: u32) -> bool {
    let mut at = word;
    while source.contains(syntax.span(at)) {
        if !syntax.preposition(at).is_empty() {
            return true;
        }
        match syntax.head(at) {
            Some(over)
                if matches!(syntax.deprel(at), Deprel::Compound | Deprel::NmodPoss | Deprel::Amod | Deprel::Flat) =>
            {
                at = over
            }
            _ => return false,
        }
    }
    false
}

fn claimant(syntax: Syntax<'_>, actors: &mut Actors, draft: &Draft) -> Option<ActorId> {
    let mut members: Vec<ActorId> = Vec::new();
    for &span in &draft.source {
        let Some(head) = syntax.head_of(span) else { continue };
        for (actor, word) in actors.of_phrase(syntax, head) {
            // A coordinated name outside of the source belongs to something else.
            if span.contains(syntax.span(word)) && !members.contains(&actor) {
                members.push(actor);
            }
        }
    }
    if members.is_empty() {
        // "A group calling itself X", "an X tally": no party heads the phrase, but one named as its name or owner speaks. What the phrase is about does not:
        // "a report on X".
        let named = |span: &Span| {
            syntax.words_in(*span).find_map(|word| actors.at(word).filter(|_| !is_topic(syntax, *span, word)))
        };
        members.extend(draft.source.iter().find_map(named));
    }
    match members.len() {
        0 => None,
        1 => Some(members[0]),
        _ => {
            let span = draft.source[0];
            Some(actors.joint(members, span, syntax.text))
        }
    }
}

const HEDGES: &[&str] = &[
    "may",
    "might",
    "could",
    "appear",
    "seem",
    "likely",
    "probably",
    "possibly",
    "perhaps",
    "apparently",
    "suspected",
];
const DISTANCE: &[&str] = &["reportedly", "allegedly", "alleged", "purportedly", "supposedly"];

fn certainty(syntax: Syntax<'_>, draft: &Draft) -> Certainty {
    let words = || draft.cue.iter().chain(&draft.content).flat_map(|&span| syntax.words_in(span));
    let cue_lemma = syntax.lemma(draft.cue_word);
    if words().any(|word| DISTANCE.contains(&syntax.lemma(word))) || draft.source.is_empty() && cue_lemma != "accord" {
        return Certainty::Reported;
    }
    let main = content_verb(syntax, draft);
    let hedged = main.is_some_and(|main| syntax.auxiliaries(main).iter().any(|aux| HEDGES.contains(aux)))
        || words().any(|word| HEDGES[3..].contains(&syntax.lemma(word)));
    if hedged { Certainty::Hedged } else { Certainty::Plain }
}

/// "..., citing official sources, reported that": whom the teller relies on.
fn via_source(syntax: Syntax<'_>, draft: &Draft, relays: &[(u32, Span)]) -> Option<Span> {
    let sentence = syntax.sentence(draft.cue_word);
    let relayed =
        relays.iter().find(|(word, source)| syntax.sentence(*word) == sentence && !draft.source.contains(source));
    if let Some((_, source)) = relayed {
        return Some(*source);
    }
    for word in syntax.words_of(sentence) {
        let relay = matches!(syntax.lemma(word), "cite" | "quote") && syntax.form(word).to_lowercase().ends_with("ing");
        if relay && syntax.span(word).start > draft.source.first().map_or(0, |span| span.start) {
            if let Some(object) = syntax.dependent(word, &[Deprel::Obj]) {
                return Some(full_phrase(syntax, object, word));
            }
        }
    }
    None
}
