//! Who says what: attributions become claims with a claimant, a stance and a place in the chain of tellers.
//!
//! The model finds source, cue and content (PolNeAR). Rules over the parse add acts of speech that it left out ("ordered", "blamed"),
//! decide what the claimant does by the words, and who the claimant is.

mod acts;
mod again;
mod stance;
mod turns;
mod worth;

use crate::actors::{ActorId, ActorKind, Actors};
use crate::cues::{self, Cue, CueKind, Frame};
use crate::frames::{self, ACCOUNTS, Framed, UNTRUE};
use crate::syntax::Syntax;
use counterclaim_knowledge::Country;
use counterclaim_knowledge::actors::describe_actor;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::{Certainty, Stance};

pub use again::read_again;
pub use worth::{drop_unlikely, evidence};

use acts::{complement, from_acts, from_counts, full_phrase};
use stance::{calls_for, content_verb, stance};

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
    /// The words of cue and content.
    pub fn words(&self, syntax: Syntax<'_>) -> Vec<u32> {
        let pieces = self.cue.iter().chain(&self.content);
        let mut words: Vec<u32> = pieces.flat_map(|&piece| syntax.words_in(piece)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Whether a word of the text is part of what is claimed.
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|piece| piece.contains(span))
    }

    /// Number of bytes claimed; the smaller of two nested claims is the inner one.
    pub fn size(&self) -> usize {
        self.content.iter().map(|piece| piece.len()).sum()
    }
}

/// "Each accusing the other of breaking it", "blamed one another": two charge each other, wherever it is told and however often.
fn is_mutual(syntax: Syntax<'_>, claim: &Claim) -> bool {
    let mut opening = claim.content.first().into_iter().flat_map(|&piece| syntax.words_in(piece)).take(3);
    claim.stance == Stance::Accuse && opening.any(|word| matches!(syntax.form(word), "other" | "another"))
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
    let spoken = turns::from_turns(syntax, actors, &mut drafts);
    drafts.extend(spoken);
    drafts.sort_by_key(|draft| draft.cue.first().map(|span| span.start));
    // What has neither speaker nor clause is no proposition: "fears of an all-out conflict".
    drafts.retain(|draft| !draft.source.is_empty() || !is_bare_fear(syntax, &draft.cue));
    part_claims(syntax, &mut drafts);
    for draft in &mut drafts {
        complete_mutual(syntax, draft);
    }
    let mut claims: Vec<Claim> = Vec::new();
    for draft in drafts {
        let claim = claim_of(syntax, actors, &claims, draft, &relays);
        claims.push(claim);
    }
    tell_via(&mut claims);
    claims
}

/// "The government and the rebels accused each other of breaking it": both are the source, whom they accuse is part of what is said.
fn complete_mutual(syntax: Syntax<'_>, draft: &mut Draft) {
    let verb = draft.cue_word;
    let end = syntax.words_of(syntax.sentence(verb)).end;
    let other = (verb + 1..end.min(verb + 4)).find(|&at| {
        matches!(syntax.lemma(at), "each" | "one")
            && at + 1 < end
            && matches!(syntax.lemma(at + 1), "other" | "another")
    });
    let Some(other) = other.filter(|_| matches!(syntax.lemma(verb), "accuse" | "blame")) else { return };
    let object = syntax.span(other);
    match draft.content.first_mut() {
        Some(first) if first.start > object.start && syntax.words_in(*first).next().is_some_and(|word| word < end) => {
            *first = object.to(*first);
        }
        Some(_) => {}
        None => draft.content.push(object),
    }
    let Some(subject) = syntax.subject(verb).filter(|&subject| subject < verb) else { return };
    let joined = syntax.coordination(subject);
    let told = draft.source.iter().any(|span| joined.iter().any(|&word| span.contains(syntax.span(word))));
    if joined.len() > 1 && (told || draft.source.is_empty()) && draft.source.len() < 2 {
        let words: Vec<u32> =
            joined.iter().flat_map(|&word| syntax.phrase_words(word)).filter(|&word| word < verb).collect();
        if let Some(whole) = syntax.cover(&words) {
            draft.source = vec![draft.source.first().map_or(whole, |&known| whole.to(known))];
        }
    }
}

/// The claim of a draft behind the claims before it; inside which one it is told is not known yet.
fn claim_of(syntax: Syntax<'_>, actors: &mut Actors, before: &[Claim], draft: Draft, relays: &[(u32, Span)]) -> Claim {
    let stance = draft.framed.unwrap_or_else(|| stance(syntax, actors, &draft));
    Claim {
        claimant: claimant(syntax, actors, &draft).or_else(|| unnamed(syntax, actors, before, &draft)),
        certainty: certainty(syntax, &draft),
        via: None,
        via_source: via_source(syntax, &draft, relays),
        source: draft.source,
        cue: draft.cue,
        content: draft.content,
        stance,
        cue_word: draft.cue_word,
    }
}

/// "A monitoring group said", and right behind it "the Syrian Observatory for Human Rights said": agencies name the one body in the next breath.
pub fn name_monitors(actors: &Actors, claims: &mut [Claim]) {
    /// Claims within which the name follows.
    const REACH: usize = 3;
    let watches = |actor: ActorId| {
        let row = &actors.all[actor];
        row.members.is_empty() && row.sectors.iter().any(|sector| matches!(sector.as_str(), "NGO" | "SOC"))
    };
    let is_named = |actor: ActorId| watches(actor) && actors.all[actor].kind == ActorKind::Organization;
    let mut named: Vec<ActorId> =
        claims.iter().filter_map(|claim| claim.claimant).filter(|&actor| is_named(actor)).collect();
    named.sort_unstable();
    named.dedup();
    let [body] = named[..] else { return };
    let bare = |actor: ActorId| {
        let row = &actors.all[actor];
        let indefinite = row.name.starts_with("a ") || row.name.starts_with("an ");
        watches(actor) && row.kind == ActorKind::Group && !row.plural && indefinite
    };
    for index in 0..claims.len() {
        let next = claims[index..].iter().take(REACH + 1).any(|claim| claim.claimant == Some(body));
        if next && claims[index].claimant.is_some_and(bare) {
            claims[index].claimant = Some(body);
        }
    }
}

/// Tells of each claim the innermost one that holds its cue.
fn tell_via(claims: &mut [Claim]) {
    let vias: Vec<Option<usize>> = claims
        .iter()
        .enumerate()
        .map(|(index, claim)| {
            let cue = claim.cue[0];
            let holding = claims.iter().enumerate().filter(|(other, outer)| *other != index && outer.covers(cue));
            holding.min_by_key(|(_, outer)| outer.size()).map(|(other, _)| other)
        })
        .collect();
    // What was told before of claims that have moved since would close circles.
    claims.iter_mut().for_each(|claim| claim.via = None);
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

/// "Who asked not to be named": a request about the speaker's own name.
pub fn hides_name(syntax: Syntax<'_>, verb: u32) -> bool {
    matches!(syntax.lemma(verb), "ask" | "request" | "insist" | "demand")
        && syntax.dependents(verb).iter().any(|&child| {
            child > verb
                && matches!(syntax.lemma(child), "name" | "identify" | "quote" | "anonymity")
                && (syntax.lemma(child) == "anonymity" || syntax.is_negated(child))
        })
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
        // "Began firing in support of its ally": a deed, and nobody's words.
        return lemma == "support" && syntax.preposition(cue) == "in";
    }
    let children = syntax.dependents(cue);
    if hides_name(syntax, cue) {
        return true;
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
    // "Searched the site to confirm that there were no other bombs": why, and nobody's words; "did not ask for money" asks nothing.
    let checks = matches!(lemma, "confirm" | "verify" | "determine" | "establish" | "ensure" | "check");
    if checks && syntax.is_infinitive(cue) && matches!(syntax.deprel(cue), Deprel::Advcl | Deprel::Acl)
        || matches!(lemma, "ask" | "demand") && syntax.is_negated(cue)
    {
        return true;
    }
    // "AFP could not verify the figures" says nothing of them; "it said it knew of no farmer" is what it said.
    if lemma == "verify" && syntax.is_negated(cue) || lemma == "know" && syntax.deprel(cue) == Deprel::Ccomp {
        return true;
    }
    if matches!(lemma, "declare" | "proclaim") && object.is_some_and(|object| syntax.lemma(object) == "independence") {
        return true;
    }
    // "Committed a massacre" pledges nothing; "committed itself to" does.
    if lemma == "commit" && object.is_some_and(|object| syntax.upos(object) != Upos::Pron) {
        return true;
    }
    // "The blast claimed the lives of six."
    if lemma == "claim" && object.is_some_and(|object| matches!(syntax.lemma(object), "life" | "victim" | "casualty")) {
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
            || !(syntax.is_nominal(source)
                || syntax.upos(source) == Upos::Adj
                || matches!(syntax.lemma(source), "each" | "both" | "either"))
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
    // "Israel said it had intercepted two missiles and Iran denied firing them", "the two parties said, but each side accused the other": who
    // answers in a clause of his own is not told of by the first.
    let answers: Vec<(u32, u32)> = drafts
        .iter()
        .enumerate()
        .filter_map(|(index, draft)| {
            let verb = draft.cue_word;
            let answers = matches!(
                syntax.lemma(verb),
                "deny" | "accuse" | "reject" | "dismiss" | "blame" | "refute" | "dispute" | "contest"
            );
            if !answers || syntax.deprel(verb) != Deprel::Conj || syntax.upos(verb) != Upos::Verb {
                return None;
            }
            let subject = syntax.dependent(verb, &[Deprel::Nsubj]).filter(|&subject| subject < verb)?;
            if syntax.upos(subject) == Upos::Pron || syntax.is_passive(verb) {
                return None;
            }
            let mut from = syntax.phrase_words(subject).into_iter().min()?.min(subject);
            while from > 0 && matches!(syntax.upos(from - 1), Upos::Cconj | Upos::Punct) {
                from -= 1;
            }
            let span = syntax.span(verb);
            let outer = drafts.iter().enumerate().find(|(other, row)| {
                *other != index
                    && row.cue_word != verb
                    && row.content.iter().any(|piece| piece.contains(span))
                    && !row.content.iter().any(|piece| piece.of(syntax.text).starts_with(['“', '"']))
            });
            outer.map(|(_, row)| (row.cue_word, from))
        })
        .collect();
    for (report, from) in cuts.into_iter().chain(answers) {
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
            let told = country.filter(|_| form.starts_with(char::is_uppercase)).map(|country| country.iso3.to_owned());
            // "A Pentagon briefer"
            told.or_else(|| {
                let body = describe_actor(&[(form, syntax.lemma(word))], 0);
                let listed = body.known.is_some_and(|known| known.starts_with("organization:"));
                body.countries.into_iter().next().filter(|_| listed && syntax.upos(word) == Upos::Propn)
            })
        });
        actors.voice(source, syntax.text, named.as_deref())
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
    let fitting = cues::verb(lemma).find(|cue| (cue.kind == CueKind::Silence) == silent);
    // "Commented that", "gave a list": what is told is no silence.
    fitting.or_else(|| cues::verb(lemma).next().filter(|_| silent))
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

/// "Colombia: ELN frees two soldiers, says army broke truce": the name of a land in front of a colon is where it is, and the subject behind it speaks.
fn behind_slug(syntax: Syntax<'_>, cue: u32, source: &[Span]) -> Option<u32> {
    let [slug] = source else { return None };
    let words = syntax.words_in(*slug);
    let opens = words.start == syntax.words_of(syntax.sentence(cue)).start;
    let colon = words.end < cue && syntax.form(words.end) == ":";
    let land = words.len() <= 3 && counterclaim_knowledge::Country::by_name(slug.of(syntax.text)).is_some();
    let subject = (words.end + 1..cue).rev().find(|&at| syntax.deprel(at) == Deprel::Nsubj);
    subject.filter(|_| opens && colon && land)
}

/// "Group says boat fired on fishermen", a headline: what it claims ends with it, though no stop stands there.
fn within_heading(syntax: Syntax<'_>, piece: Span) -> Span {
    let words = syntax.words_in(piece);
    let Some(last) = words.clone().next().map(|first| syntax.words_of(syntax.sentence(first)).end) else {
        return piece;
    };
    if last >= words.end || last as usize >= syntax.analysis.words.len() {
        return piece;
    }
    let end = syntax.span(last - 1).end();
    let open = !syntax.text[..end].ends_with(['.', '!', '?', ':', ';', ',', '"', '”', '’', '\'', ')']);
    let parted = syntax.text[end..syntax.span(last).start()].contains('\n');
    if open && parted { Span::new(piece.start(), end) } else { piece }
}

fn from_model(syntax: Syntax<'_>, actors: &Actors, relays: &mut Vec<(u32, Span)>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for found in &syntax.analysis.attributions {
        let mut clipped = found.clone();
        clipped.content.iter_mut().for_each(|piece| *piece = within_heading(syntax, *piece));
        // An article alone claims nothing.
        let tells = |piece: &Span| {
            let bare = [Upos::Det, Upos::Punct, Upos::Adp, Upos::Cconj, Upos::Part, Upos::Sconj];
            syntax.words_in(*piece).any(|word| !bare.contains(&syntax.upos(word)))
        };
        clipped.content.retain(tells);
        if clipped.content.is_empty() && !found.content.is_empty() {
            continue;
        }
        let attribution = &clipped;
        let Some(word) = cue_word(syntax, &attribution.cue) else { continue };
        let row = row_of(syntax, word);
        let kind = row.map(|row| row.kind);
        // "The governor, who cited police reports,": whom the speaker relies on.
        let cites = matches!(syntax.lemma(word), "cite" | "quote") && syntax.deprel(word) == Deprel::AclRelcl;
        if kind == Some(CueKind::Relay)
            && syntax.upos(word) == Upos::Verb
            && (syntax.form(word).to_lowercase().ends_with("ing") || cites)
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
        // Thoughts and wishes tell where they are plain and somebody's; silence needs a denial; "fearing" is why somebody acted.
        let wish = row.is_some_and(|row| row.frame == Frame::Clause) || matches!(syntax.lemma(word), "want" | "wish");
        let plain = syntax.auxiliaries(word).is_empty()
            || syntax.lemma(word) == "see" && tells_a_number(syntax, &attribution.content);
        let voiced = wish && plain && is_told_by_somebody(syntax, word, &attribution.source);
        if kind == Some(CueKind::Attitude) && !voiced
            || syntax.lemma(word) == "fear" && syntax.form(word).ends_with("ing")
        {
            continue;
        }
        if kind == Some(CueKind::Report)
            && syntax.lemma(word) == "put"
            && complement(syntax, word, row.unwrap_or(PLAIN), word).is_none()
            && !tells_a_number(syntax, &attribution.content)
            && !is_put_down_to(syntax, word)
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
        // "Imposed a curfew": a verb that is no known word of speech needs a clause, quotation marks, or somebody who tells by it.
        let clausal = content.iter().any(|piece| {
            piece.of(syntax.text).contains(['"', '\u{201c}', '\u{201d}'])
                || syntax.words_in(*piece).any(|inner| matches!(syntax.upos(inner), Upos::Verb | Upos::Aux))
        });
        if row.is_none()
            && syntax.upos(word) == Upos::Verb
            && (!clausal || !tells_a_clause(syntax, word, &content))
            && !tells_what_was_found(syntax, actors, word, attribution)
            && (cues::is_deed(syntax.lemma(word)) || !is_told_by_somebody(syntax, word, &attribution.source))
        {
            continue;
        }
        let mut source = speaking(syntax, word, &attribution.source);
        let mut cue = attribution.cue.clone();
        let mut teller = None;
        // "A woman accused of cutting a soldier", "prisoners said to be officers": of whom it is said does not say it.
        let patient = syntax
            .patient(word)
            .filter(|&patient| patient < word && syntax.is_passive(word) && syntax.agent(word).is_none());
        // "Was quoted as saying" he did.
        let quoted = matches!(syntax.lemma(word), "quote" | "cite");
        if let (Some(patient), [span]) = (patient.filter(|_| syntax.upos(word) == Upos::Verb && !quoted), &source[..]) {
            if span.contains(syntax.span(patient)) {
                content.insert(0, full_phrase(syntax, patient, word));
                source.clear();
            }
        }
        if let Some(subject) = behind_slug(syntax, word, &source) {
            source = vec![full_phrase(syntax, subject, word)];
        }
        let tagged = source.first().is_some_and(|span| syntax.words_in(*span).any(|word| syntax.is_nominal(word)));
        if !tagged && syntax.upos(word) == Upos::Verb && !(syntax.is_passive(word) && syntax.agent(word).is_none()) {
            // The tagger saw the words but not who spoke them: the grammatical subject did, or the phrase right before the verb.
            let own = syntax.dependent(word, &[Deprel::Nsubj, Deprel::OblAgent, Deprel::Obl]).is_some();
            let before = above_gerund(syntax, word)
                .or_else(|| phrase_before(syntax, word))
                .filter(|_| !own && !syntax.is_passive(word));
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
                    // "Quoted him as saying": both words tell, and what he said begins behind them.
                    if word == quote {
                        let end = syntax.span(saying).end;
                        let cut = |piece: Span| {
                            let behind = |&at: &u32| syntax.span(at).start >= end && syntax.form(at) != ",";
                            let first = syntax.words_in(piece).find(behind)?;
                            Some(Span { start: syntax.span(first).start, end: piece.end })
                        };
                        let said: Vec<Span> = content.iter().filter_map(|&piece| cut(piece)).collect();
                        if !said.is_empty() {
                            content = said;
                            cue.push(syntax.span(saying));
                            teller = Some(saying);
                        }
                    }
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
        let charged = syntax.lemma(word) == "hold"
            && content
                .iter()
                .flat_map(|&span| syntax.words_in(span))
                .any(|at| matches!(syntax.lemma(at), "responsible" | "accountable"));
        let framed = charged.then_some(Stance::Accuse);
        let row = if teller.is_some() { Some(PLAIN) } else { row };
        drafts.push(Draft { source, cue, content, cue_word: teller.unwrap_or(word), row, framed });
    }
    drafts
}

/// The pieces of a source that speak by a cue: of several those of its sentence, and of these its subject with whoever is joined to it. "The group
/// kidnapped eight who had been trained by Washington, said the Observatory".
fn speaking(syntax: Syntax<'_>, cue: u32, source: &[Span]) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for &piece in source {
        let told = syntax.words_in(piece).any(|word| syntax.upos(word) != Upos::Punct);
        if told && !pieces.iter().any(|known| known.contains(piece)) {
            pieces.push(piece);
        }
    }
    if pieces.len() < 2 {
        return if pieces.is_empty() { source.to_vec() } else { pieces };
    }
    let beside =
        |piece: &Span| syntax.words_in(*piece).next().map(|word| syntax.sentence(word)) == Some(syntax.sentence(cue));
    if pieces.iter().any(beside) {
        pieces.retain(beside);
    }
    let behind = |piece: &Span| syntax.lemma(cue) == "accord" && piece.start > syntax.span(cue).start;
    let speaker = match pieces.iter().find(|piece| behind(piece)) {
        Some(&piece) => syntax.head_of(piece),
        None => syntax.agent(cue).or_else(|| syntax.subject(cue)),
    };
    if let Some(speaker) = speaker.filter(|&word| syntax.is_nominal(word) && syntax.upos(word) != Upos::Pron) {
        let joined = syntax.coordination(speaker);
        let speaks = |piece: &Span| joined.iter().any(|&word| piece.contains(syntax.span(word)));
        if pieces.iter().any(speaks) {
            pieces.retain(speaks);
        }
    }
    pieces
}

/// "Put the fires down to the guerrillas", "as its commander put it".
fn is_put_down_to(syntax: Syntax<'_>, put: u32) -> bool {
    let end = syntax.words_of(syntax.sentence(put)).end;
    let particle = (put + 1..end)
        .take(8)
        .any(|at| syntax.form(at) == "down" && at + 1 < end && matches!(syntax.form(at + 1), "to" | "as"));
    particle || put + 1 < end && matches!(syntax.form(put + 1), "it" | "in")
}

fn tells_a_number(syntax: Syntax<'_>, content: &[Span]) -> bool {
    content.iter().flat_map(|&span| syntax.words_in(span)).any(|at| syntax.upos(at) == Upos::Num)
}

/// Whether somebody tells by a verb: a name, a noun, "he" or "they", and not "I", "it" or nobody; "is to discuss" is still to come.
fn is_told_by_somebody(syntax: Syntax<'_>, verb: u32, source: &[Span]) -> bool {
    let told = source.iter().flat_map(|&span| syntax.words_in(span)).any(|at| {
        matches!(syntax.upos(at), Upos::Noun | Upos::Propn)
            || matches!(syntax.form(at).to_lowercase().as_str(), "he" | "she" | "they" | "both" | "others")
    });
    told && !syntax.is_passive(verb) && !syntax.is_infinitive(verb)
}

/// "A trader saw the drone circle", "the clinic has nine", "the lists hold 41 names", "Serbia sees in it a violation": who was there, or keeps count,
/// tells what was seen and counted by verbs that tell nothing of others.
fn tells_what_was_found(
    syntax: Syntax<'_>,
    actors: &Actors,
    word: u32,
    attribution: &counterclaim_schema::Attribution,
) -> bool {
    let content = || attribution.content.iter().flat_map(|&span| syntax.words_in(span));
    // "Fired back that his men had laid no mines", "holds the militia responsible".
    let clause = content().next().is_some_and(|first| syntax.form(first).eq_ignore_ascii_case("that"));
    let charge =
        syntax.lemma(word) == "hold" && content().any(|at| matches!(syntax.lemma(at), "responsible" | "accountable"));
    if clause || charge {
        return !attribution.source.is_empty() && !syntax.is_negated(word);
    }
    const SEES: &[&str] = &[
        "see",
        "find",
        "know",
        "identify",
        "name",
        "recognise",
        "recognize",
        "comment",
        "laugh",
        "joke",
        "refute",
        "recount",
        "list",
    ];
    const KEEPS: &[&str] =
        &["have", "hold", "keep", "give", "put", "get", "show", "present", "publish", "record", "document", "raise"];
    let lemma = syntax.lemma(word);
    let spoken = attribution.source.iter().flat_map(|&span| syntax.words_in(span)).any(|at| actors.at(at).is_some());
    let counted = || {
        attribution.content.iter().flat_map(|&span| syntax.words_in(span)).any(|at| {
            syntax.upos(at) == Upos::Num
                || matches!(
                    syntax.lemma(at),
                    "version" | "account" | "story" | "list" | "figure" | "none" | "nobody" | "“" | "\""
                )
        })
    };
    let plain = syntax.auxiliaries(word).iter().all(|aux| matches!(*aux, "have" | "be"));
    spoken
        && plain
        && !attribution.content.is_empty()
        && !syntax.is_negated(word)
        && (SEES.contains(&lemma) || KEEPS.contains(&lemma) && counted())
}

/// "Amid fears of an all-out war": a noun of feeling that nobody is said to have and no clause fills.
fn is_bare_fear(syntax: Syntax<'_>, cue: &[Span]) -> bool {
    let fear = cue.iter().flat_map(|&span| syntax.words_in(span)).find(|&word| {
        syntax.upos(word) == Upos::Noun && matches!(syntax.lemma(word), "fear" | "concern" | "worry" | "hope")
    });
    fear.is_some_and(|word| {
        !syntax.dependents(word).iter().any(|&child| {
            child > word && matches!(syntax.deprel(child), Deprel::Acl | Deprel::Ccomp | Deprel::AclRelcl)
        })
    })
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
    let mut last = words.rev().find(|&word| word > of && syntax.upos(word) != Upos::Punct)?;
    let stop = syntax
        .analysis
        .attributions
        .iter()
        .flat_map(|other| &other.cue)
        .map(|span| span.start)
        .filter(|&start| start > syntax.span(of).start)
        .min();
    // "Of violating a ceasefire, saying its troops had been fired on": up to where another saying begins.
    let saying = stop.and_then(|stop| (of + 1..last).find(|&word| syntax.span(word).start == stop));
    if let Some(comma) = saying.and_then(|saying| saying.checked_sub(1)).filter(|&comma| syntax.form(comma) == ",") {
        last = comma - 1;
    }
    let free = last > of && stop.is_none_or(|stop| stop > syntax.span(last).end);
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
/// "Thailand accused Cambodia of breaking the truce at midnight, saying its troops had been fired on": the subject of the verb that the gerund hangs on.
fn above_gerund(syntax: Syntax<'_>, verb: u32) -> Option<u32> {
    let behind = verb.checked_sub(1).is_some_and(|before| syntax.form(before) == ",");
    if !behind
        || !matches!(
            syntax.form(verb),
            "saying" | "adding" | "claiming" | "insisting" | "arguing" | "stating" | "alleging"
        )
    {
        return None;
    }
    let mut over = syntax.head(verb);
    for _ in 0..4 {
        let at = over.filter(|&at| at < verb)?;
        if let Some(subject) = syntax.dependent(at, &[Deprel::Nsubj]).filter(|_| syntax.deprel(at) != Deprel::AclRelcl)
        {
            return (syntax.sentence(subject) == syntax.sentence(verb)).then_some(subject);
        }
        over = syntax.head(at);
    }
    None
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(cue: (usize, usize), content: (usize, usize), via: Option<usize>) -> Claim {
        Claim {
            claimant: None,
            source: Vec::new(),
            cue: vec![Span::new(cue.0, cue.1)],
            content: vec![Span::new(content.0, content.1)],
            stance: Stance::Assert,
            certainty: Certainty::Plain,
            via,
            via_source: None,
            cue_word: 0,
        }
    }

    #[test]
    fn of_several_pieces_of_a_source_the_subject_speaks() {
        let text = "Rebels took nine men who had been armed by Abuja, said the Gusau Forum.";
        let model = counterclaim_language::Model::embedded();
        let analysis = model.analyze(text, &counterclaim_text::sentences_of(text, Span::new(0, text.len()), 0));
        let syntax = Syntax { text, analysis: &analysis };
        let at = |words: &str| {
            let start = text.find(words).expect("in the text");
            Span::new(start, start + words.len())
        };
        let said = syntax.words_in(at("said")).next().expect("a word");
        assert_eq!(speaking(syntax, said, &[at("Abuja"), at("the Gusau Forum")]), [at("the Gusau Forum")]);
        assert_eq!(speaking(syntax, said, &[at("Abuja")]), [at("Abuja")]);
    }

    #[test]
    fn what_claims_told_before_they_moved_closes_no_circle() {
        // The first is told within the second; the second and the third bear numbers of an earlier order, in which they told each other.
        let mut claims = vec![
            claim((10, 14), (15, 20), None),
            claim((30, 34), (5, 25), Some(2)),
            claim((40, 44), (45, 60), Some(1)),
        ];
        tell_via(&mut claims);
        assert_eq!(claims.iter().map(|claim| claim.via).collect::<Vec<_>>(), [Some(1), None, None]);
    }
}
