//! Events: triggers with their parts, status, scope and codes; the same thing told twice is one event.

pub mod party;
pub mod worth;

use crate::codes;
use crate::roles::{self, Part, Roles};
use crate::status;
use crate::triggers::{self, Frame, Trigger};
use counterclaim_claims::actors::ActorId;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::Span;
use counterclaim_schema::ledger::{AcledCode, Scope, Status};

/// What is said to have happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// The words that tell it.
    pub trigger: Span,
    /// The deciding word.
    pub word: u32,
    /// PLOVER type.
    pub event_type: &'static str,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// ACLED code.
    pub acled: Option<AcledCode>,
    /// Who, whom, where, when, with what.
    pub roles: Roles,
    /// All parties are actors.
    pub mutual: bool,
    /// Whether it happened, as told.
    pub status: Status,
    /// Whether it is the news.
    pub scope: Scope,
    /// Why.
    pub reasons: Vec<String>,
    /// Index of the innermost claim that tells it.
    pub claim: Option<usize>,
    /// Other triggers that tell the same.
    pub also: Vec<Span>,
    /// Whether the model alone found it, by a word that the table of triggers does not know.
    pub unlisted: bool,
}

/// Types that are acts of words.
const VERBAL: &[&str] = &["ACCUSE", "REQUEST", "REJECT", "AGREE", "SUPPORT"];

/// Finds the events of a report, in the order of their triggers.
pub fn events(reading: &Reading<'_>) -> Vec<Event> {
    let syntax = reading.syntax();
    let triggers = triggers::triggers(reading);
    let mut events: Vec<Event> = Vec::new();
    for trigger in &triggers {
        if let Some(event) = event(reading, syntax, trigger, &triggers) {
            events.push(event);
        }
    }
    turn_threats(reading, syntax, &mut events);
    turn_promises(reading, syntax, &mut events);
    drop_wrappers(reading, syntax, &mut events);
    merge(reading, syntax, events)
}

/// Adds what the parties of a ceasefire bind themselves to where no event tells it yet: what is agreed and not yet done is a concession
/// (PLOVER manual 2.0, future RETREAT). `terms` are the words of the terms. Returns whether there were any.
pub fn add_commitments(reading: &Reading<'_>, events: &mut Vec<Event>, terms: &[(Span, &[ActorId])]) -> bool {
    let syntax = reading.syntax();
    let known = events.len();
    for &(span, parties) in terms {
        let words: Vec<u32> = syntax.words_in(span).collect();
        let root = words.iter().copied().find(|&word| {
            syntax.upos(word) == Upos::Verb && syntax.head(word).is_none_or(|head| !words.contains(&head))
        });
        // "Must withdraw", "are to be exchanged": what a paper demands is ahead.
        for event in events.iter_mut().filter(|event| Some(event.word) == root) {
            if matches!(event.status, Status::Occurred | Status::Hypothetical) {
                event.status = Status::Planned;
                event.reasons.push("agreed".to_owned());
            }
        }
        let told = |event: &Event| span.overlaps(event.trigger) || event.also.iter().any(|&also| span.overlaps(also));
        if events.iter().any(told) {
            continue;
        }
        let Some(trigger) = root.and_then(|word| triggers::commitment(syntax, word)) else { continue };
        let word = trigger.word;
        if let Some(mut event) = event(reading, syntax, &trigger, &[]) {
            // What a party binds itself not to do is a concession as well.
            if matches!(event.status, Status::Occurred | Status::Denied) {
                event.status = Status::Planned;
            }
            if event.roles.actors.is_empty() {
                event.roles.actors = bound(reading, syntax, word, parties);
            }
            events.push(event);
        }
    }
    events.sort_by_key(|event| event.trigger.start);
    events.len() > known
}

/// Who is bound by a term that names nobody: the subject of the verb above that undertakes it, else all parties.
fn bound(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, parties: &[ActorId]) -> Vec<Part> {
    let mut at = word;
    for _ in 0..4 {
        let Some(head) = syntax.head(at).filter(|_| {
            matches!(syntax.deprel(at), Deprel::Xcomp | Deprel::Conj | Deprel::Advcl | Deprel::Ccomp | Deprel::Acl)
        }) else {
            break;
        };
        at = head;
        let Some(agent) = syntax.agent(head).filter(|_| syntax.upos(head) == Upos::Verb) else { continue };
        let found = reading.actors.of_phrase(syntax, agent);
        if !found.is_empty() {
            let span = Some(syntax.span(agent));
            return found.into_iter().map(|(actor, _)| Part { actor, span, basis: "syntax" }).collect();
        }
    }
    let mut members: Vec<ActorId> = parties.iter().flat_map(|&party| reading.actors.flatten(party)).collect();
    members.dedup();
    members.into_iter().map(|actor| Part { actor, span: None, basis: "context" }).collect()
}

/// Adds the agreement itself where a ceasefire is only named: "a week into a truce", "an earlier ceasefire collapsed". Returns whether any
/// was added.
pub fn add_agreements(reading: &Reading<'_>, events: &mut Vec<Event>, named: &[(Span, Vec<ActorId>)]) -> bool {
    let syntax = reading.syntax();
    let known = events.len();
    for (span, parties) in named {
        let Some(word) = syntax.words_in(*span).find(|&word| {
            matches!(
                syntax.lemma(word),
                "ceasefire" | "truce" | "armistice" | "pact" | "accord" | "settlement" | "agreement" | "deal"
            ) && syntax.upos(word) == Upos::Noun
        }) else {
            continue;
        };
        let told = events.iter().any(|event| {
            matches!(event.event_type, "CONCEDE" | "AGREE" | "SUPPORT" | "RETREAT" | "REJECT" | "REQUEST")
                && syntax.sentence(event.word) == syntax.sentence(word)
                && (syntax.governs(event.word, word)
                    || syntax.governs(word, event.word)
                    || event.trigger.overlaps(syntax.span(word)))
        });
        let Some(trigger) = triggers::agreement(word).filter(|_| !told) else { continue };
        if let Some(mut event) = event(reading, syntax, &trigger, &[]) {
            if !matches!(event.status, Status::Occurred | Status::Ongoing | Status::Planned) {
                continue;
            }
            if event.roles.actors.len() < 2 {
                let part = |&actor: &ActorId| Part { actor, span: None, basis: "context" };
                event.roles.actors = parties.iter().map(part).collect();
            }
            event.roles.recipients.clear();
            events.push(event);
        }
    }
    events.sort_by_key(|event| event.trigger.start);
    events.len() > known
}

fn event(reading: &Reading<'_>, syntax: Syntax<'_>, trigger: &Trigger, triggers: &[Trigger]) -> Option<Event> {
    let word = trigger.word;
    let mut roles = roles::roles(reading, trigger);
    roles::doer::mend(reading, trigger, triggers, &mut roles);
    if trigger.row.frame == Frame::Harm && syntax.upos(word) == Upos::Verb {
        // "the blast killed nine": the blast is the event; "nine were killed": a figure without a deed.
        let agent = syntax.agent(word);
        // "Artillery killed four": where nothing else tells of the fire, the death does.
        let told_beside = triggers.iter().any(|other| {
            other.word != word
                && other.event_type == "ASSAULT"
                && other.row.frame != Frame::Harm
                && syntax.sentence(other.word) == syntax.sentence(word)
        });
        let by_event = agent.is_some_and(|agent| {
            triggers.iter().any(|other| other.word == agent || other.word != word && syntax.governs(agent, other.word))
                || counterclaim_knowledge::weapons::is_weapon(syntax.lemma(agent)) && told_beside
        });
        // "Killed in an attack"; "killed ten soldiers, an attack that" tells the killing itself.
        let in_event = triggers.iter().any(|other| {
            other.word != word
                && syntax.head(other.word) == Some(word)
                && syntax.upos(other.word) == Upos::Noun
                && !syntax.preposition(other.word).is_empty()
        });
        let objectless = syntax.is_passive(word) || syntax.dependent(word, &[Deprel::Obj]).is_none();
        let bare = objectless && roles.actors.is_empty() && roles.weapons.is_empty() && trigger.row.mode.is_empty();
        // An arrest at a meeting, an abduction during a raid are deeds of their own; a death is what the deed did.
        let outcome = trigger.row.mode.is_empty();
        let alone = !triggers.iter().any(|other| {
            other.word != word && other.event_type == "ASSAULT" && syntax.sentence(other.word) == syntax.sentence(word)
        });
        if outcome && (by_event || in_event) || bare && !(alone && reading.is_conflict()) {
            return None;
        }
    }
    let (status, mut reasons) = status::status(reading, word);
    if status == Status::Hypothetical && is_only_feared(&reasons) {
        return None;
    }
    if matches!(trigger.event_type, "ASSAULT" | "MOBILIZE" | "SUPPORT" | "COERCE") && status::is_habit(reading, word) {
        return None;
    }
    if trigger.event_type == "REJECT" && is_denial(reading, syntax, word) {
        return None;
    }
    // Who did not support, blame or ask did nothing; who was told not to travel met nobody.
    if status == Status::Denied
        && (trigger.event_type == "SUPPORT"
            || matches!(trigger.event_type, "ACCUSE" | "CONCEDE") && syntax.deprel(word) == Deprel::Xcomp
            || trigger.event_type == "CONSULT" && syntax.is_infinitive(word))
    {
        return None;
    }
    if trigger.event_type == "ASSAULT" && is_shot_of(syntax, word, triggers) {
        return None;
    }
    if matches!(trigger.event_type, "COERCE" | "SANCTION") && is_ended(syntax, word) {
        return None;
    }
    if status == Status::Ordered && is_order_to_others(reading, &roles, trigger.event_type) {
        return None;
    }
    // What is declined is no event: "refused to comment".
    if trigger.event_type == "REJECT"
        && reading.claims.iter().any(|claim| claim.cue_word == word && claim.content.is_empty())
    {
        return None;
    }
    // What is only threatened is told by the threat.
    let threatened =
        reasons.iter().any(|reason| reason.starts_with("planned by “threat") || reason.starts_with("planned by “vow"));
    if threatened && trigger.event_type == "ASSAULT" {
        return None;
    }
    let countries = countries(reading, &roles);
    let (scope, reason) = status::scope(
        reading,
        word,
        &countries,
        matches!(trigger.event_type, "ASSAULT" | "RETREAT" | "CONCEDE" | "MOBILIZE" | "COERCE" | "PROTEST"),
    );
    reasons.extend(reason);
    // A habit is no event of a day.
    if reasons.iter().any(|reason| reason == "habitual") {
        return None;
    }
    let event_type = codes::settle_type(reading, trigger, status, &roles);
    // "The truce came into force": what began names it.
    let named = syntax.subject(word).filter(|&subject| {
        matches!(event_type, "CONCEDE" | "RETREAT" | "AGREE")
            && matches!(syntax.lemma(word), "begin" | "start" | "take" | "come" | "enter" | "go")
            && matches!(syntax.lemma(subject), "ceasefire" | "truce" | "armistice" | "cessation" | "pause")
    });
    let span = match (named, trigger.with) {
        (Some(named), with) if named < word && word - named <= 4 => {
            syntax.span(named).to(syntax.span(with.unwrap_or(word).max(word)))
        }
        (Some(named), _) => compound_span(syntax, named),
        (None, Some(with)) => syntax.span(word).to(syntax.span(with)),
        (None, None) => compound_span(syntax, word),
    };
    let mutual = trigger.row.frame == Frame::Mutual;
    // An act of words is told by the claim whose cue it is; other deeds have no cue of their own.
    let verbal =
        VERBAL.contains(&trigger.event_type) || trigger.event_type == "THREATEN" || trigger.event_type == "CONCEDE";
    let own = reading.claims.iter().position(|claim| {
        claim.cue_word == word || trigger.with.is_some() && claim.cue.iter().any(|cue| cue.contains(syntax.span(word)))
    });
    let claim = own.filter(|_| verbal).or_else(|| reading.innermost_claim(syntax.span(word)));
    let modes = codes::modes(reading, trigger, event_type, &roles);
    let acled = codes::acled(reading, trigger, event_type, &modes, &roles, mutual, status);
    let cameo = codes::cameo(trigger, event_type, &modes, status);
    let contexts = codes::contexts(reading, &roles, event_type);
    Some(Event {
        trigger: span,
        word,
        event_type,
        modes,
        contexts,
        cameo,
        acled,
        roles,
        mutual,
        status,
        scope,
        reasons,
        claim,
        also: Vec::new(),
        unlisted: triggers::is_unlisted(trigger.row),
    })
}

/// "Lifted the curfew", "agreed to remove its roadblocks": a restraint that ends is put on nobody.
fn is_ended(syntax: Syntax<'_>, word: u32) -> bool {
    const END: &[&str] = &[
        "lift",
        "end",
        "cancel",
        "revoke",
        "overturn",
        "suspend",
        "ease",
        "drop",
        "quash",
        "reverse",
        "remove",
        "dismantle",
        "relax",
        "scrap",
        "rescind",
        "clear",
        "withdraw",
        "waive",
    ];
    syntax.upos(word) == Upos::Noun
        && matches!(syntax.deprel(word), Deprel::Obj | Deprel::NsubjPass)
        && syntax.head(word).is_some_and(|head| END.contains(&syntax.lemma(head)))
}

/// "Responded with rockets fired from launchers": the participle on the weapon tells the same shots.
fn is_shot_of(syntax: Syntax<'_>, word: u32, triggers: &[Trigger]) -> bool {
    let Some(weapon) = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Acl && syntax.is_passive(word))
    else {
        return false;
    };
    counterclaim_knowledge::weapons::is_weapon(syntax.lemma(weapon))
        && syntax.head(weapon).is_some_and(|above| {
            // "A rocket fired by Hezbollah killed a woman": the death is what the shot did.
            triggers.iter().any(|other| other.word == above && other.row.frame != Frame::Harm)
        })
}

/// What is rejected as untrue is a denial, told by its claim; only proposals and demands are turned down.
fn is_denial(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    const TOLD: &[&str] = &[
        "accusation",
        "allegation",
        "charge",
        "claim",
        "report",
        "version",
        "warning",
        "suggestion",
        "criticism",
        "blame",
        "responsibility",
        "role",
        "involvement",
        "account",
        "statement",
        "figure",
        "rumor",
        "rumour",
        "assertion",
        "characterization",
        "finding",
        "interference",
        "verdict",
        "interpretation",
        "part",
        "knowledge",
        "link",
        "insinuation",
    ];
    let patient = syntax.patient(word).or_else(|| syntax.subject(word).filter(|_| syntax.is_passive(word)));
    let antecedent = || (syntax.deprel(word) == Deprel::AclRelcl).then(|| syntax.head(word)).flatten();
    if patient.or_else(antecedent).is_some_and(|patient| TOLD.contains(&syntax.lemma(patient)))
        || antecedent().is_some_and(|noun| TOLD.contains(&syntax.lemma(noun)))
    {
        return true;
    }
    let denies = reading
        .claims
        .iter()
        .any(|claim| claim.cue_word == word && claim.stance == counterclaim_schema::ledger::Stance::Deny);
    syntax.lemma(word) == "deny" && (denies || patient.is_some())
}

/// "Ordered the rebels to leave", "were given orders to shoot": what others are told to do is told by the order alone; a state that
/// orders its own men concedes.
fn is_order_to_others(reading: &Reading<'_>, roles: &Roles, event_type: &str) -> bool {
    let own = roles.actors.iter().any(|part| {
        let sectors = &reading.actors.all[part.actor].sectors;
        sectors.iter().any(|sector| matches!(sector.as_str(), "MIL" | "COP" | "GOV" | "SPY"))
    });
    !own && matches!(event_type, "RETREAT" | "CONCEDE" | "ACCUSE" | "ASSAULT" | "CONSULT") && !roles.actors.is_empty()
        || event_type == "ACCUSE"
}

/// Fear, hope and purpose tell of nothing that happened; a modal or a condition is kept with its status.
fn is_only_feared(reasons: &[String]) -> bool {
    reasons.iter().any(|reason| reason.starts_with("under ") || reason == "purpose" || reason == "condition")
}

fn countries(reading: &Reading<'_>, roles: &Roles) -> Vec<String> {
    let mut countries: Vec<String> = roles
        .actors
        .iter()
        .chain(&roles.recipients)
        .filter(|part| part.basis != "context")
        .flat_map(|part| reading.actors.countries_of(part.actor))
        .collect();
    if let Some(place) = roles.place {
        countries.extend(reading.places[place].country.clone());
    }
    countries
}

/// "counter-offensive", "air strike", "car bombing": the modifiers before the noun are part of the trigger.
fn compound_span(syntax: Syntax<'_>, word: u32) -> Span {
    let mut span = syntax.span(word);
    let mut at = word;
    while at > 0 {
        let before = at - 1;
        let joined = syntax.span(before).end == syntax.span(at).start;
        let hyphen = syntax.form(before) == "-";
        let compound = matches!(syntax.deprel(before), Deprel::Compound)
            && syntax.head(before) == Some(word)
            && syntax.upos(before) == Upos::Noun;
        if hyphen && joined || joined && syntax.form(at) == "-" || compound {
            span = syntax.span(before).to(span);
            at = before;
        } else {
            break;
        }
    }
    span
}

/// Cues by which a party threatens.
const THREATENING: &[&str] = &["warn", "vow", "threaten", "swear", "promise", "pledge"];

/// "We will hit back, he warned": violence that a party announces of itself is no attack yet but a threat, told by its cue or, where that
/// only says, by the verb.
fn turn_threats(reading: &Reading<'_>, syntax: Syntax<'_>, events: &mut Vec<Event>) {
    let mut turned: Vec<u32> = Vec::new();
    let known: Vec<u32> =
        events.iter().filter(|event| event.event_type == "THREATEN").map(|event| event.word).collect();
    events.retain_mut(|event| {
        let future = event.reasons.iter().any(|reason| reason == "future" || reason == "would");
        if event.event_type != "ASSAULT" || event.status != Status::Planned || event.mutual || !future {
            return true;
        }
        let Some(claim) = event.claim.map(|claim| &reading.claims[claim]) else { return true };
        let first = syntax.subject(event.word).is_some_and(|word| matches!(syntax.lemma(word), "we" | "i"));
        let own = first
            || claim.claimant.is_some_and(|claimant| {
                let countries = reading.actors.countries_of(claimant);
                event.roles.actors.iter().any(|part| {
                    part.actor == claimant
                        || reading.actors.countries_of(part.actor).iter().any(|country| countries.contains(country))
                })
            });
        if !own {
            return true;
        }
        let cue = claim.cue_word;
        let by_cue = THREATENING.contains(&syntax.lemma(cue));
        if by_cue && (known.contains(&cue) || turned.contains(&cue)) {
            return false;
        }
        if by_cue {
            turned.push(cue);
            event.also.push(event.trigger);
            event.trigger = syntax.span(cue);
            event.word = cue;
        }
        event.event_type = "THREATEN";
        event.modes = vec!["violence".to_owned()];
        event.cameo = Some("138".to_owned());
        event.acled = None;
        event.status = Status::Occurred;
        if first || event.roles.actors.is_empty() {
            event.roles.actors =
                claim.claimant.map(|actor| Part { actor, span: None, basis: "context" }).into_iter().collect();
        }
        true
    });
    events.sort_by_key(|event| event.word);
}

/// "Offered to host talks": the offer is the agreement; "promised that lines would be restored": what is promised is. "Will never
/// negotiate", "would not be freed": a refusal.
fn turn_promises(reading: &Reading<'_>, syntax: Syntax<'_>, events: &mut Vec<Event>) {
    const PROMISING: &[&str] = &["offer", "promise", "pledge", "agree", "vow", "volunteer", "undertake"];
    for event in events.iter_mut() {
        let yields = matches!(event.event_type, "CONSULT" | "AGREE" | "RETREAT" | "CONCEDE" | "COOPERATE");
        let will =
            syntax.auxiliaries(event.word).iter().any(|&aux| matches!(aux, "will" | "would" | "shall" | "'ll" | "’ll"));
        let denied = event.status == Status::Denied && syntax.upos(event.word) == Upos::Verb && will;
        if yields && denied {
            event.modes = if event.event_type == "CONSULT" { vec!["meet".to_owned()] } else { Vec::new() };
            event.cameo = Some(if event.event_type == "CONSULT" { "125" } else { "120" }.to_owned());
            event.event_type = "REJECT";
            event.acled = None;
            event.status = Status::Occurred;
            if event.roles.actors.is_empty() {
                let claim = event.claim.map(|claim| &reading.claims[claim]);
                event.roles.actors = claim
                    .and_then(|claim| claim.claimant)
                    .map(|actor| Part { actor, span: None, basis: "context" })
                    .into_iter()
                    .collect();
            }
        }
    }
    let promises: Vec<u32> = events
        .iter()
        .filter(|event| event.event_type == "AGREE" && PROMISING.contains(&syntax.lemma(event.word)))
        .map(|event| event.word)
        .collect();
    let mut offered: Vec<(u32, u32)> = Vec::new();
    events.retain(|event| {
        let under = syntax.head(event.word).is_some_and(|head| {
            let object = syntax.deprel(event.word) == Deprel::Obj
                && syntax.head(head).is_some_and(|above| promises.contains(&above));
            promises.contains(&head) && matches!(syntax.deprel(event.word), Deprel::Xcomp) || object
        });
        let inner = event.event_type == "AGREE" && under && event.status == Status::Planned;
        if inner {
            let head = syntax.head(event.word).unwrap_or(event.word);
            let offer = if promises.contains(&head) { Some(head) } else { syntax.head(head) };
            offered.extend(offer.map(|offer| (offer, event.word)));
        }
        !inner
    });
    for (offer, deed) in offered {
        // One event under the words of both: "offered to mediate".
        if let Some(event) = events.iter_mut().find(|event| event.word == offer && deed > offer && deed - offer <= 8) {
            event.trigger = syntax.span(offer).to(syntax.span(deed));
            event.status = Status::Planned;
        }
    }
    for event in events.iter_mut().filter(|event| event.event_type == "AGREE") {
        // What is offered or promised is still to come.
        if event.status == Status::Occurred
            && matches!(syntax.lemma(event.word), "offer" | "promise" | "pledge" | "propose" | "volunteer")
        {
            event.status = Status::Planned;
        }
        if !matches!(syntax.lemma(event.word), "promise" | "pledge") {
            continue;
        }
        let told = syntax.dependent(event.word, &[Deprel::Ccomp]).filter(|&clause| {
            syntax.upos(clause) == Upos::Verb
                && syntax.auxiliaries(clause).iter().any(|&aux| matches!(aux, "would" | "will"))
                && !syntax.is_negated(clause)
        });
        if let Some(clause) = told {
            event.also.push(event.trigger);
            event.word = clause;
            event.trigger = syntax.span(clause);
            event.status = Status::Planned;
        }
    }
    events.sort_by_key(|event| event.word);
}

/// An accusation, order or appeal whose content is a coded deed is told by the claim: its verb is no second event.
fn drop_wrappers(reading: &Reading<'_>, syntax: Syntax<'_>, events: &mut Vec<Event>) {
    // "Refused to meet": the refusal stands for what did not happen.
    let refusals: Vec<u32> =
        events.iter().filter(|event| event.event_type == "REJECT").map(|event| event.word).collect();
    events.retain(|event| {
        let refused = syntax.deprel(event.word) == Deprel::Xcomp
            && event.status == Status::Denied
            && syntax.head(event.word).is_some_and(|head| refusals.contains(&head));
        !refused
    });
    // "Placed the bomb, lit the fuse and fled": attackers who run are not driven out. "The uprising erupted": told by its noun.
    let spoken: Vec<(u32, &'static str, Vec<ActorId>)> = events
        .iter()
        .map(|event| (event.word, event.event_type, event.roles.actors.iter().map(|part| part.actor).collect()))
        .collect();
    events.retain(|event| {
        let flees = event.event_type == "SANCTION" && matches!(syntax.lemma(event.word), "flee" | "escape" | "run");
        let attacked = flees
            && spoken.iter().any(|(word, kind, actors)| {
                *kind == "ASSAULT"
                    && syntax.sentence(*word) == syntax.sentence(event.word)
                    && event.roles.recipients.iter().any(|part| actors.contains(&part.actor))
            });
        let began = matches!(syntax.lemma(event.word), "erupt" | "flare" | "rage")
            && syntax
                .subject(event.word)
                .is_some_and(|subject| spoken.iter().any(|(word, ..)| *word == subject && *word != event.word));
        !attacked && !began
    });
    let keep: Vec<bool> = events
        .iter()
        .map(|event| {
            // To condemn or to refuse a deed is an act beside it.
            let beside = event.event_type == "REJECT" || event.modes.iter().any(|mode| mode == "disapprove");
            // Who accuses each other does so whatever is told of the deeds.
            let each = (event.word + 1..event.word + 4).take_while(|&at| (at as usize) < syntax.analysis.words.len());
            let beside = beside
                || event.event_type == "ACCUSE" && { each }
                    .any(|at| matches!(syntax.form(at), "each" | "one") && syntax.deprel(at) == Deprel::Obj);
            if !VERBAL.contains(&event.event_type) || beside {
                return true;
            }
            // "A lawmaker accused of arming it": the accusation may be no claim of anybody named.
            let hung = event.event_type == "ACCUSE"
                && events.iter().any(|inner| {
                    inner.word != event.word
                        && !VERBAL.contains(&inner.event_type)
                        && syntax.upos(inner.word) == Upos::Verb
                        && syntax.head(inner.word) == Some(event.word)
                        && matches!(
                            syntax.deprel(inner.word),
                            Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Xcomp
                        )
                        && inner.word > event.word
                        && syntax.lemma(event.word) == "accuse"
                });
            if hung {
                return false;
            }
            let Some(claim) = reading.claims.iter().position(|claim| claim.cue_word == event.word) else { return true };
            // "blamed each other for the fighting" points at fighting told elsewhere: the blame is the event.
            let wrapped = events.iter().any(|inner| {
                let definite = syntax
                    .dependents(inner.word)
                    .iter()
                    .any(|&child| matches!(syntax.lemma(child), "the" | "this" | "that" | "these" | "those"));
                let pointed = syntax.upos(inner.word) == Upos::Noun
                    && (definite && inner.mutual
                        || (definite || inner.mutual) && inner.roles.actors.iter().all(|part| part.basis == "context"));
                inner.word != event.word
                    && !VERBAL.contains(&inner.event_type)
                    && !pointed
                    && reading.claims[claim].covers(syntax.span(inner.word))
            });
            !wrapped
        })
        .collect();
    let mut keep = keep.into_iter();
    events.retain(|_| keep.next().unwrap_or(true));
}

/// Whether two triggers tell one event.
fn same(reading: &Reading<'_>, syntax: Syntax<'_>, first: &Event, second: &Event) -> bool {
    // "Bombed a camp, killing five": the death is what the deed did, whoever is named beside it.
    if syntax.head(second.word) == Some(first.word)
        && syntax.deprel(second.word) == Deprel::Advcl
        && first.event_type == second.event_type
        && harm_lemma(syntax.lemma(second.word))
        && syntax.form(second.word).to_lowercase().ends_with("ing")
    {
        return true;
    }
    if answers_a_deed(syntax, second) {
        return false;
    }
    if refers_back(reading, syntax, first, second) || is_part_of(syntax, first, second) {
        return true;
    }
    // A deed told by two mouths stays two tellings.
    if first.event_type != second.event_type || first.scope != second.scope || first.claim != second.claim {
        return false;
    }
    // "Fought a five-day war": verb and object tell one thing.
    if syntax.head(second.word) == Some(first.word)
        && syntax.deprel(second.word) == Deprel::Obj
        && syntax.upos(second.word) == Upos::Noun
    {
        return true;
    }
    let ids = |parts: &[Part]| -> Vec<ActorId> { parts.iter().map(|part| part.actor).collect() };
    let fits = |a: &[Part], b: &[Part]| {
        let (a, b) = (ids(a), ids(b));
        a.is_empty() || b.is_empty() || a.iter().all(|id| b.contains(id)) || b.iter().all(|id| a.contains(id))
    };
    if !fits(&first.roles.actors, &second.roles.actors) || !fits(&first.roles.recipients, &second.roles.recipients) {
        return false;
    }
    if let (Some(a), Some(b)) = (first.roles.place, second.roles.place) {
        if a != b
            && reading.places[a].span.of(&reading.document.text) != reading.places[b].span.of(&reading.document.text)
            && !reading.places[a].is_country()
            && !reading.places[b].is_country()
        {
            return false;
        }
    }
    let sentences = (syntax.sentence(first.word), syntax.sentence(second.word));
    let noun = syntax.upos(second.word) == Upos::Noun;
    let definite = noun
        && syntax.dependents(second.word).iter().any(|&child| {
            matches!(syntax.lemma(child), "the" | "this" | "that" | "these" | "those" | "their" | "its" | "latest")
        });
    let anaphoric = definite
        && second.roles.actors.iter().all(|part| part.basis == "context")
        && sentences.1 <= sentences.0 + 6
        && second.roles.weapons.is_empty();
    let one_sentence = sentences.0 == sentences.1
        && first.claim == second.claim
        && (first.roles.actors.is_empty()
            || second.roles.actors.is_empty()
            || ids(&first.roles.actors) == ids(&second.roles.actors))
        && first.status == second.status;
    if one_sentence && are_two_deeds(syntax, first, second) {
        return false;
    }
    // "escalating the fighting by firing rockets": the means stays an event of its own and takes the general word in.
    one_sentence && event_family(first, second) || anaphoric && event_family(first, second)
}

/// "Bombed targets in retaliation for an attack": what is answered is a deed of its own.
fn answers_a_deed(syntax: Syntax<'_>, event: &Event) -> bool {
    if syntax.upos(event.word) != Upos::Noun {
        return false;
    }
    let phrase = syntax.phrase_words(event.word);
    let first = phrase.first().copied().unwrap_or(event.word).min(event.word);
    let opens = syntax.words_of(syntax.sentence(event.word)).start;
    let answers =
        |word: u32| matches!(syntax.lemma(word), "retaliation" | "response" | "revenge" | "reprisal" | "retribution");
    (first.saturating_sub(3).max(opens)..first).chain(phrase.iter().copied()).any(answers)
}

/// "After Friday's meeting", "when the deal was reached", "the fighting": a definite noun that brings nothing of its own tells no deed, it
/// points at one told before, whoever told that.
fn refers_back(reading: &Reading<'_>, syntax: Syntax<'_>, first: &Event, second: &Event) -> bool {
    // "After the deal was reached": the ceasefire told before.
    let deal =
        |word: u32| matches!(syntax.lemma(word), "deal" | "agreement" | "accord" | "pact" | "truce" | "ceasefire");
    let points_at = |word: u32| {
        deal(word)
            && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "the" | "this" | "that"))
    };
    let reached = matches!(syntax.lemma(second.word), "reach" | "announce" | "sign" | "strike" | "conclude")
        && syntax.is_passive(second.word)
        && syntax.deprel(second.word) == Deprel::Advcl
        && syntax.subject(second.word).is_some_and(points_at);
    if reached
        && first.event_type == "CONCEDE"
        && matches!(second.event_type, "AGREE" | "CONCEDE")
        && first.modes.iter().any(|mode| mode == "ceasefire")
        && first.scope == second.scope
        && second.status == Status::Occurred
    {
        return true;
    }
    if first.event_type != second.event_type
        || first.scope != second.scope
        || second.status != Status::Occurred
        || syntax.upos(second.word) != Upos::Noun
        || !second.roles.weapons.is_empty()
        || syntax.sentence(second.word) <= syntax.sentence(first.word)
        || syntax.sentence(second.word) > syntax.sentence(first.word) + 12
    {
        return false;
    }
    // A named attack, death or arrest is mostly one of its own; talks and the fighting go on.
    let goes_on = first.mutual
        && syntax.lemma(second.word) == "fighting"
        && (second.roles.place.is_none() || first.roles.place.is_none() || first.roles.place == second.roles.place);
    if second.event_type != "CONSULT" && !(second.event_type == "ASSAULT" && goes_on) {
        return false;
    }
    let own_words = |parts: &[Part]| {
        parts.iter().any(|part| {
            part.basis != "context"
                && part.span.is_some_and(|span| syntax.words_in(span).any(|at| syntax.upos(at) != Upos::Pron))
        })
    };
    let countries = |parts: &[Part]| {
        let mut found: Vec<String> = parts.iter().flat_map(|part| reading.actors.countries_of(part.actor)).collect();
        found.sort();
        found.dedup();
        found
    };
    let same_parties =
        own_words(&second.roles.actors) && countries(&first.roles.actors) != countries(&second.roles.actors);
    let owner_is_day = syntax.owner(second.word).is_some_and(|owner| {
        let span = syntax.span(owner);
        reading.times.iter().any(|time| time.span.overlaps(span))
    });
    let points = syntax.dependents(second.word).iter().any(|&child| {
        matches!(
            syntax.lemma(child),
            "the" | "this" | "that" | "these" | "those" | "their" | "its" | "they" | "it" | "latest"
        )
    });
    (points || owner_is_day) && !same_parties && event_family(first, second)
}

/// "Met at a summit", "agreed to a ceasefire beginning at noon", "opened fire with intensive shelling": words inside the phrase of a deed that
/// tell the same one.
fn is_part_of(syntax: Syntax<'_>, first: &Event, second: &Event) -> bool {
    if first.event_type != second.event_type || first.scope != second.scope {
        return false;
    }
    let one_sentence = syntax.sentence(first.word) == syntax.sentence(second.word);
    if !one_sentence && second.event_type != "CONSULT" {
        return false;
    }
    // "Escalating the fighting by firing rockets".
    let by_means = second.event_type == "ASSAULT"
        && first.mutual
        && first.modes.is_empty()
        && syntax.deprel(first.word) == Deprel::Obj
        && syntax.deprel(second.word) == Deprel::Advcl
        && syntax.head(first.word) == syntax.head(second.word);
    if by_means {
        return true;
    }
    match second.event_type {
        "CONSULT" => {
            // "Their meeting at a summit", where the meeting was told before.
            let over = syntax.head(second.word).filter(|_| {
                syntax.upos(second.word) == Upos::Noun
                    && matches!(syntax.preposition(second.word).as_str(), "at" | "during")
            });
            over.is_some_and(|over| {
                first.word == over || first.also.iter().any(|&also| also.contains(syntax.span(over)))
            })
        }
        "CONCEDE" => {
            syntax.head(second.word).is_some_and(|noun| {
                matches!(syntax.lemma(noun), "ceasefire" | "truce" | "armistice")
                    && (syntax.governs(first.word, noun) || first.trigger.contains(syntax.span(noun)))
            }) && matches!(syntax.lemma(second.word), "begin" | "start" | "take" | "come" | "enter" | "run" | "last")
        }
        "ASSAULT" => {
            syntax.upos(first.word) == Upos::Verb
                && syntax.upos(second.word) == Upos::Noun
                && !matches!(syntax.lemma(first.word), "break" | "violate" | "breach")
                && syntax.preposition(second.word) == "with"
                && (syntax.head(second.word) == Some(first.word)
                    || syntax.head(second.word).is_some_and(|head| first.trigger.contains(syntax.span(head))))
        }
        _ => false,
    }
}

/// "killed 61 soldiers and captured five", "shelling positions and seizing two outposts": joined verbs with things of their own tell two
/// deeds, unless the second is what the first one did ("attacked the village and killed nine").
fn are_two_deeds(syntax: Syntax<'_>, first: &Event, second: &Event) -> bool {
    let verbs = syntax.upos(first.word) == Upos::Verb && syntax.upos(second.word) == Upos::Verb;
    let apart = |word: u32| harm_lemma(syntax.lemma(word));
    if verbs && !apart(first.word) && !apart(second.word) {
        return true;
    }
    let joined = syntax.deprel(second.word) == Deprel::Conj
        && syntax.head(second.word).is_some_and(|head| head == first.word || syntax.head(head) == Some(first.word));
    if !verbs || !joined {
        return false;
    }
    let object = |event: &Event| syntax.dependent(event.word, &[Deprel::Obj, Deprel::Obl, Deprel::NsubjPass]);
    let apart = object(first).zip(object(second)).is_some_and(|(one, other)| one != other);
    let harms = |event: &Event| matches!(syntax.lemma(event.word), "kill" | "wound" | "injure" | "hurt" | "slay");
    let takes = |event: &Event| {
        event.modes.iter().any(|mode| matches!(mode.as_str(), "abduct" | "seize" | "destroy" | "primitive"))
            || syntax.lemma(event.word) == "shoot"
                && syntax.dependents(event.word).iter().any(|&child| syntax.lemma(child) == "down")
    };
    apart && (!harms(first) && !harms(second) || takes(first) || takes(second))
}

fn harm_lemma(lemma: &str) -> bool {
    matches!(lemma, "kill" | "wound" | "injure" | "hurt" | "slay" | "shoot")
}

/// Violence merges with violence of the same sort: a general word with any, two particular ones only when they agree.
fn event_family(first: &Event, second: &Event) -> bool {
    if first.event_type != "ASSAULT" {
        return first.event_type != "REQUEST" && first.event_type != "ACCUSE";
    }
    let general = |event: &Event| event.modes.is_empty();
    first.mutual == second.mutual && (general(first) || general(second) || first.modes == second.modes)
        || general(second) && second.mutual
}

fn merge(reading: &Reading<'_>, syntax: Syntax<'_>, events: Vec<Event>) -> Vec<Event> {
    let mut merged: Vec<Event> = Vec::new();
    for event in events {
        // Only the latest events are looked at: a report tells a thing again soon, and long texts stay linear.
        let target = merged.iter_mut().rev().take(100).find(|known| same(reading, syntax, known, &event));
        match target {
            Some(known) => {
                // The more particular of the two gives the words.
                let specific = known.modes.is_empty()
                    && !event.modes.is_empty()
                    && syntax.sentence(known.word) == syntax.sentence(event.word);
                if specific {
                    let old = std::mem::replace(known, event);
                    known.also.push(old.trigger);
                    known.also.extend(old.also.iter().copied());
                    take_missing(known, old);
                } else {
                    known.also.push(event.trigger);
                    take_missing(known, event);
                }
            }
            None => merged.push(event),
        }
    }
    merged
}

fn take_missing(event: &mut Event, other: Event) {
    let one_sided = !event.mutual && other.mutual && !event.roles.recipients.is_empty();
    let roles = &mut event.roles;
    // Who fought each other did not both fire at one of them.
    if roles.actors.is_empty() && !one_sided {
        roles.actors = other.roles.actors;
    }
    if roles.recipients.is_empty() && !event.mutual {
        let actors: Vec<ActorId> = roles.actors.iter().map(|part| part.actor).collect();
        roles.recipients = other.roles.recipients.into_iter().filter(|part| !actors.contains(&part.actor)).collect();
    }
    roles.place = roles.place.or(other.roles.place);
    roles.time = roles.time.or(other.roles.time);
    for weapon in other.roles.weapons {
        if !roles.weapons.iter().any(|known| known.0 == weapon.0) {
            roles.weapons.push(weapon);
        }
    }
    for target in other.roles.targets {
        if !roles.targets.iter().any(|known| known.0 == target.0) {
            roles.targets.push(target);
        }
    }
}
