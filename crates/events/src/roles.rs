//! Who acted on whom, where, when and with what: the parts of an event, read from the parse around its trigger.

pub mod doer;

use crate::site::{self, Deed};
use crate::triggers::{Frame, Trigger};
use counterclaim_claims::actors::{ActorId, MESSAGES};
use counterclaim_claims::{Reading, Syntax};
use counterclaim_knowledge::weapons;
use counterclaim_language::{Deprel, LinkRole, Upos};
use counterclaim_schema::Span;

/// A party of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Who.
    pub actor: ActorId,
    /// The words; none when taken from the context.
    pub span: Option<Span>,
    /// `syntax`, `links` (the model's role head), `description`, `context` or `report` (weighed among the parties of the report).
    pub basis: &'static str,
}

/// The parts of an event.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Who did it.
    pub actors: Vec<Part>,
    /// To whom.
    pub recipients: Vec<Part>,
    /// Index into [`Reading::places`].
    pub place: Option<usize>,
    /// Index into [`Reading::times`].
    pub time: Option<usize>,
    /// With what: span and class.
    pub weapons: Vec<(Span, Option<String>)>,
    /// What was hit: span and class.
    pub targets: Vec<(Span, Option<String>)>,
}

/// Verbs that only carry the noun: "launched an attack", "carried out a raid".
pub const LIGHT: &[&str] = &[
    "launch",
    "carry",
    "conduct",
    "stage",
    "mount",
    "make",
    "begin",
    "start",
    "hold",
    "take",
    "have",
    "commit",
    "perform",
    "order",
    "open",
    "resume",
    "continue",
    "stop",
    "end",
    "announce",
    "declare",
    "impose",
    "lead",
    "execute",
    "undertake",
    "unleash",
    "step",
    "intensify",
    "escalate",
    "repeat",
    "issue",
    "reach",
    "sign",
    "enter",
    "join",
    "lift",
];

/// Verbs whose subject is whom the deed met that is their object.
const SUFFERING: &[&str] = &["suffer", "receive", "endure", "sustain", "survive", "face", "escape"];

/// Sectors of those who do not fight.
pub const PEACEFUL: &[&str] = &["CVL", "MED", "JRN", "REF", "EDU", "NGO", "UNO", "AGR", "BUS", "REL", "SOC", "LAB"];

/// Verbs whose subject is the victim, in whatever table they stand.
pub const DYING: &[&str] = &["die", "perish", "succumb", "drown", "suffocate", "bleed", "starve"];

/// Reads the parts of the event at a trigger.
pub fn roles(reading: &Reading<'_>, trigger: &Trigger) -> Roles {
    let syntax = reading.syntax();
    let word = trigger.word;
    let verb = syntax.upos(word) == Upos::Verb;
    let mut roles = Roles::default();
    let (mut actor_heads, mut recipient_heads) =
        if verb { verb_parties(syntax, trigger) } else { noun_parties(reading, syntax, trigger) };
    actor_heads.retain(|&head| syntax.is_nominal(head) || reading.actors.at(head).is_some());
    // "Their truck hit a mine": those whose it was did not strike, they were struck.
    let mined = verb
        && matches!(syntax.lemma(word), "hit" | "strike" | "trigger" | "detonate")
        && !syntax.is_passive(word)
        && syntax.patient(word).is_some_and(|met| matches!(syntax.lemma(met), "mine" | "landmine" | "ied"))
        && syntax.agent(word).is_some_and(|agent| !weapons::is_weapon(syntax.lemma(agent)));
    if mined {
        recipient_heads = std::mem::take(&mut actor_heads);
        roles.recipients = recipient_heads.iter().flat_map(|&head| borne(reading, syntax, head)).collect();
    }
    if verb && is_witnessed(syntax, word) {
        let before = |&child: &u32| child < word && syntax.deprel(child) == Deprel::Obj;
        actor_heads = syntax.dependents(word).iter().copied().filter(before).collect();
        recipient_heads.retain(|head| !actor_heads.contains(head));
        roles.actors = actor_heads.iter().flat_map(|&head| borne(reading, syntax, head)).collect();
    }
    recipient_heads.retain(|head| !actor_heads.contains(head));
    for head in &actor_heads {
        push_parties(reading, syntax, *head, &mut roles.actors);
    }
    if trigger.row.frame == Frame::Mutual {
        for head in &recipient_heads {
            push_parties(reading, syntax, *head, &mut roles.actors);
        }
    } else {
        for head in &recipient_heads {
            push_parties(reading, syntax, *head, &mut roles.recipients);
            push_target(syntax, *head, &mut roles.targets);
        }
    }
    collect_things(reading, syntax, trigger, &mut roles);
    roles.place = site::place(reading, syntax, Deed { word, event_type: trigger.event_type });
    roles.time = time(reading, syntax, word);
    take_links(reading, syntax, trigger, mined, &mut roles);
    if !mined {
        complete(reading, syntax, trigger, &mut roles);
    }
    turn_to_accused(reading, syntax, trigger, &mut roles);
    if verb && matches!(trigger.event_type, "ASSAULT" | "COERCE" | "SANCTION") {
        leave_teller_out(reading, syntax, word, &mut roles);
    }
    let actors: Vec<ActorId> = roles.actors.iter().map(|part| part.actor).collect();
    roles.recipients.retain(|part| !actors.contains(&part.actor));
    roles
}

/// "Drones struck the port, injuring seven, the governor said": who tells of a deed did not do it, whatever the tree says.
fn leave_teller_out(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, roles: &mut Roles) {
    let Some(claim) = reading.innermost_claim(syntax.span(word)).map(|claim| &reading.claims[claim]) else { return };
    // "It claimed to have shot down a drone and killed two": what the teller says of himself.
    let mut over = word;
    while matches!(syntax.deprel(over), Deprel::Xcomp | Deprel::Conj) && over != claim.cue_word {
        let Some(head) = syntax.head(over) else { break };
        over = head;
    }
    if over == claim.cue_word {
        return;
    }
    let own = syntax.dependent(word, &[Deprel::Nsubj, Deprel::OblAgent]);
    roles.actors.retain(|part| {
        let told = part.span.is_some_and(|span| claim.source.iter().any(|source| source.contains(span)));
        let acts = own.is_some_and(|own| part.span.is_some_and(|span| span.contains(syntax.span(own))));
        !told || acts || part.basis == "description"
    });
    // "The mayor said 40 families had fled": he did not flee.
    let source = |span: Span| {
        let of_source = claim.source.iter().any(|source| source.contains(span));
        of_source && !claim.content.iter().any(|piece| piece.contains(span))
    };
    roles.recipients.retain(|part| !part.span.is_some_and(source));
}

/// "Residents reported shelling near the bridge": who tells of it or lives through it is not who does it.
fn is_witnessed(syntax: Syntax<'_>, verb: u32) -> bool {
    // "Observed an Israeli bulldozer destroying a barrel": a parser may hang the bulldozer on the second verb.
    let before = syntax.dependents(verb).iter().any(|&child| child < verb && syntax.deprel(child) == Deprel::Obj);
    let inner = matches!(syntax.deprel(verb), Deprel::Xcomp | Deprel::Obj | Deprel::Ccomp)
        || syntax.deprel(verb) == Deprel::Advcl && before;
    let over = syntax.head(verb).filter(|_| inner);
    let own = syntax.dependent(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    let tells = |over: u32| {
        matches!(
            syntax.lemma(over),
            "report"
                | "hear"
                | "witness"
                | "describe"
                | "see"
                | "condemn"
                | "denounce"
                | "film"
                | "record"
                | "survive"
                | "flee"
                | "escape"
                | "fear"
                | "observe"
                | "spot"
                | "notice"
        )
    };
    // "Five were killed by shelling": those who suffer it did not do it.
    let by = syntax.dependents(verb).iter().any(|&child| child < verb && syntax.lemma(child) == "by");
    let suffered =
        syntax.deprel(verb) == Deprel::Advcl && by && syntax.head(verb).is_some_and(|over| syntax.is_passive(over));
    !own && syntax.form(verb).ends_with("ing") && (suffered || over.is_some_and(tells))
}

/// Parties, place and time that the model links to the deed, where the parse leaves them open.
fn take_links(reading: &Reading<'_>, syntax: Syntax<'_>, trigger: &Trigger, mined: bool, roles: &mut Roles) {
    let Some(deed) = trigger.deed.map(|deed| &syntax.analysis.events.deeds[deed]) else { return };
    // The head was taught on single sentences: what it links across their borders is chance.
    let sentence = syntax.sentence(trigger.word);
    let links: Vec<&(LinkRole, std::ops::Range<u32>)> =
        deed.links.iter().filter(|(_, words)| syntax.sentence(words.start) == sentence).collect();
    let span_of = |words: &std::ops::Range<u32>| syntax.span(words.start).to(syntax.span(words.end - 1));
    let undergone =
        |verb: u32| syntax.upos(verb) == Upos::Verb && (syntax.is_passive(verb) || DYING.contains(&syntax.lemma(verb)));
    // "Four people were killed in a gunfight": they did neither.
    let over =
        syntax.head(trigger.word).filter(|_| matches!(syntax.deprel(trigger.word), Deprel::Obl | Deprel::OblAgent));
    // "Soldiers died when artillery fire hit the base": nor that.
    let dead = syntax.words_of(sentence).filter(|&verb| {
        let harmed = matches!(syntax.lemma(verb), "kill" | "wound" | "injure" | "hurt") && syntax.is_passive(verb);
        harmed || DYING.contains(&syntax.lemma(verb))
    });
    let sufferers: Vec<u32> = std::iter::once(trigger.word)
        .chain(over)
        .chain(dead)
        .filter(|&verb| undergone(verb))
        .filter_map(|verb| syntax.subject(verb))
        .collect();
    let met = roles.recipients.iter().filter(|part| part.basis == "syntax");
    let met: Vec<ActorId> = met.map(|part| part.actor).collect();
    let parties = |wanted: &[LinkRole]| -> Vec<Part> {
        let mut found: Vec<Part> = Vec::new();
        for (_, words) in links.iter().filter(|(role, _)| wanted.contains(role)) {
            let span = span_of(words);
            let Some(head) = syntax.head_of(span) else { continue };
            // "The beheadings of men described as soldiers": they are what the men are called.
            if wanted == [LinkRole::Actor] && syntax.preposition(head) == "as" {
                continue;
            }
            // "Near the border with Afghanistan": the neighbour is told, nobody else.
            let border = |over: u32| matches!(syntax.lemma(over), "border" | "frontier" | "boundary");
            if wanted == [LinkRole::Actor] && syntax.head(head).is_some_and(border) {
                continue;
            }
            // Whom the sentence makes suffer did not do it.
            let suffers = sufferers.iter().any(|&one| one == head || syntax.phrase_words(one).contains(&head));
            if wanted == [LinkRole::Actor] && suffers {
                continue;
            }
            // Who tells of a deed did not do it for that; helpers and reporters attack nobody.
            let tells = reading.claims.iter().any(|claim| claim.source.iter().any(|source| source.overlaps(span)));
            if wanted == [LinkRole::Actor] && tells && trigger.event_type == "ASSAULT" {
                continue;
            }
            for (actor, _) in reading.actors.of_phrase(syntax, head) {
                // "Syrian troops came under fire": nor who the verb says it was done to.
                let met = met.contains(&actor);
                if wanted == [LinkRole::Actor] && met {
                    continue;
                }
                let peaceful = |sector: &String| matches!(sector.as_str(), "NGO" | "UNO" | "MED" | "JRN" | "REF");
                if wanted == [LinkRole::Actor]
                    && trigger.event_type == "ASSAULT"
                    && reading.actors.all[actor].sectors.first().is_some_and(peaceful)
                {
                    continue;
                }
                if !found.iter().any(|part| part.actor == actor) {
                    found.push(Part { actor, span: Some(span), basis: "links" });
                }
            }
        }
        found
    };
    if roles.actors.is_empty() && !mined {
        roles.actors = parties(&[LinkRole::Actor]);
        let actors: Vec<ActorId> = roles.actors.iter().map(|part| part.actor).collect();
        roles.recipients.retain(|part| !actors.contains(&part.actor));
    }
    if roles.recipients.is_empty() && trigger.row.frame != Frame::Mutual {
        let dies = DYING.contains(&syntax.lemma(trigger.word));
        let wanted = [LinkRole::Recipient, LinkRole::Victim, LinkRole::Actor];
        roles.recipients = parties(if dies { &wanted } else { &wanted[..2] });
        roles.recipients.retain(|part| !roles.actors.iter().any(|actor| actor.actor == part.actor));
    }
    let linked = |wanted: LinkRole, span: Span| {
        links.iter().any(|(role, words)| *role == wanted && span_of(words).overlaps(span))
    };
    if roles.time.is_none() {
        let dated = |time: &counterclaim_claims::time::TimeExpression| {
            matches!(time.timex.as_str(), "DATE" | "TIME") && linked(LinkRole::Time, time.span)
        };
        roles.time = reading.times.iter().position(dated);
    }
}

fn push_parties(reading: &Reading<'_>, syntax: Syntax<'_>, head: u32, into: &mut Vec<Part>) {
    for (actor, word) in reading.actors.of_phrase(syntax, head) {
        if !doer::is_owned_vehicle(syntax, word) && !into.iter().any(|part| part.actor == actor) {
            let words = syntax.phrase_words(word);
            into.push(Part { actor, span: syntax.cover(&words), basis: "syntax" });
        }
    }
}

fn push_target(syntax: Syntax<'_>, head: u32, into: &mut Vec<(Span, Option<String>)>) {
    for word in syntax.coordination(head) {
        let class = weapons::target_class(syntax.lemma(word));
        if let Some(class) = class {
            let mut words: Vec<u32> = syntax
                .dependents(word)
                .iter()
                .copied()
                .filter(|&child| child < word && matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound))
                .collect();
            words.push(word);
            if let Some(span) = syntax.cover(&words) {
                into.push((span, Some(class.to_owned())));
            }
        }
    }
}

fn verb_parties(syntax: Syntax<'_>, trigger: &Trigger) -> (Vec<u32>, Vec<u32>) {
    let word = trigger.word;
    let agent = syntax.agent(word);
    let patient = syntax.patient(word).filter(|&patient| Some(patient) != trigger.with);
    let behind = |prepositions: &[&str]| -> Vec<u32> {
        let mut found: Vec<u32> = syntax
            .obliques(word)
            .into_iter()
            .filter(|oblique| prepositions.contains(&oblique.preposition.as_str()))
            .map(|oblique| oblique.head)
            .collect();
        if let Some(with) = trigger.with {
            found.extend(
                syntax
                    .obliques(with)
                    .into_iter()
                    .filter(|oblique| prepositions.contains(&oblique.preposition.as_str()))
                    .map(|oblique| oblique.head),
            );
        }
        found
    };
    if DYING.contains(&syntax.lemma(word)) {
        return (Vec::new(), syntax.subject(word).into_iter().collect());
    }
    let agent: Vec<u32> = agent.into_iter().collect();
    match trigger.row.frame {
        Frame::Act | Frame::Harm => {
            let mut recipients: Vec<u32> = patient.into_iter().collect();
            if recipients.is_empty() {
                recipients = behind(&["on", "at", "against", "into"]);
            }
            (agent, recipients)
        }
        Frame::On | Frame::Use => {
            let mut recipients = behind(&["on", "at", "against", "into", "towards", "toward", "upon", "near"]);
            if trigger.row.object.is_empty() || trigger.with.is_none() && syntax.is_passive(word) {
                recipients.extend(patient);
            }
            (agent, recipients)
        }
        Frame::Ask => {
            let mut recipients = behind(&["on", "upon", "to"]);
            recipients.extend(syntax.dependent(word, &[Deprel::Iobj]));
            recipients.extend(patient);
            (agent, recipients)
        }
        Frame::To => (agent, behind(&["to", "for"])),
        Frame::Mutual => {
            let mut all = agent;
            // "Troops clashed with rebels", "the two met"; the object of "meet" is a party, that of "sign" is not.
            if !matches!(trigger.event_type, "SUPPORT" | "AGREE" | "CONCEDE") {
                all.extend(patient);
            }
            all.extend(behind(&["with", "between", "against"]));
            (all, Vec::new())
        }
        Frame::By | Frame::Oneself | Frame::Of => (agent, Vec::new()),
        Frame::Victim => (Vec::new(), syntax.subject(word).into_iter().collect()),
        Frame::Thing => (Vec::new(), Vec::new()),
    }
}

fn noun_parties(reading: &Reading<'_>, syntax: Syntax<'_>, trigger: &Trigger) -> (Vec<u32>, Vec<u32>) {
    let word = trigger.word;
    let mut actors: Vec<u32> = Vec::new();
    let mut recipients: Vec<u32> = Vec::new();
    for oblique in syntax.obliques(word) {
        match oblique.preposition.as_str() {
            "by" => actors.push(oblique.head),
            "on" | "against" | "at" if trigger.row.frame != Frame::Mutual => recipients.push(oblique.head),
            "between" | "with" | "against" | "among" if trigger.row.frame == Frame::Mutual => actors.push(oblique.head),
            "of" => match trigger.row.frame {
                Frame::Of | Frame::On | Frame::Harm | Frame::Act => recipients.push(oblique.head),
                Frame::Mutual | Frame::By | Frame::Oneself => actors.push(oblique.head),
                _ => {}
            },
            "from" if trigger.row.frame == Frame::On => actors.push(oblique.head),
            _ => {}
        }
    }
    // "Friday's attack" is nobody's.
    let dated = |owner: u32| reading.times.iter().any(|time| time.span.overlaps(syntax.span(owner)));
    if let Some(owner) = syntax.owner(word).filter(|&owner| !dated(owner)) {
        // "Russia's invasion", "the rebels' attack".
        if trigger.row.frame == Frame::Of && actors.is_empty() && matches!(trigger.event_type, "AID" | "RETREAT")
            || trigger.row.frame != Frame::Of
        {
            actors.push(owner);
        } else {
            recipients.push(owner);
        }
    }
    if matches!(trigger.row.frame, Frame::Oneself | Frame::Mutual | Frame::By) {
        // "Both leaders were in attendance": the noun is what is said of its subject.
        actors.extend(syntax.dependent(word, &[Deprel::Nsubj]));
    }
    for &child in syntax.dependents(word) {
        // "A terrorist attack" tells what a deed is called, and not who did it.
        if matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound)
            && (reading.actors.at(child).is_none() || matches!(syntax.lemma(child), "terrorist" | "terror"))
        {
            continue;
        }
        if matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound) {
            // "hospital bombings" hit hospitals.
            if weapons::target_class(syntax.lemma(child)).is_some() {
                recipients.push(child);
            } else {
                actors.push(child);
            }
        }
    }
    // "Seized the town after days of fighting with the army": the partner of whom the clause tells.
    let with = syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "with" | "against"));
    if trigger.row.frame == Frame::Mutual && actors.len() == 1 && with && trigger.event_type == "ASSAULT" {
        let clause = syntax.clause(word);
        let agent = syntax.agent(clause).filter(|&agent| agent != word && !syntax.governs(agent, word));
        let armed = |actor: ActorId| {
            let sectors = &reading.actors.all[actor].sectors;
            sectors.iter().any(|sector| matches!(sector.as_str(), "MIL" | "REB" | "PRM" | "UAF" | "COP" | "CRM"))
        };
        actors.extend(agent.filter(|&agent| reading.actors.at(agent).is_some_and(armed)));
    }
    // "A landmine explosion killed a peacekeeper", "were killed during a raid": whom the deed hit.
    if let Some(head) = syntax.head(word).filter(|_| recipients.is_empty() && trigger.row.frame != Frame::Mutual) {
        let harms = syntax.upos(head) == Upos::Verb
            && matches!(syntax.lemma(head), "kill" | "wound" | "injure")
            && trigger.event_type == "ASSAULT";
        let inside =
            syntax.deprel(word) == Deprel::Obl && matches!(syntax.preposition(word).as_str(), "in" | "during" | "by");
        if harms && (syntax.agent(head) == Some(word) || inside) {
            recipients.extend(syntax.patient(head).filter(|&patient| patient != word));
        }
    }
    if actors.is_empty() {
        actors.extend(answerable(syntax, word));
    }
    // "Launched an offensive on Friday on the headquarters": what the deed is aimed at may hang on the verb that carries it.
    if let Some(verb) = syntax.head(word).filter(|&verb| {
        recipients.is_empty()
            && trigger.row.frame == Frame::On
            && syntax.deprel(word) == Deprel::Obj
            && LIGHT.contains(&syntax.lemma(verb))
    }) {
        let aimed = syntax
            .obliques(verb)
            .into_iter()
            .filter(|oblique| oblique.head > word && matches!(oblique.preposition.as_str(), "on" | "against" | "at"));
        let dated = |head: u32| reading.times.iter().any(|time| time.span.overlaps(syntax.span(head)));
        recipients.extend(aimed.map(|oblique| oblique.head).filter(|&head| !dated(head)));
    }
    // The verb above lends its subject: "launched an attack", "was killed in clashes with the army" lends its patient to the clash.
    if let Some(head) = syntax.head(word) {
        let relation = syntax.deprel(word);
        let head_is_verb = syntax.upos(head) == Upos::Verb;
        if head_is_verb && matches!(relation, Deprel::Obj | Deprel::Obl | Deprel::Xcomp) && actors.is_empty() {
            let light = LIGHT.contains(&syntax.lemma(head));
            if light && relation == Deprel::Obj {
                actors.extend(syntax.agent(head));
            }
            // "Displaced by the fighting" makes nobody a fighter.
            let inside = matches!(syntax.preposition(word).as_str(), "in" | "during");
            if trigger.row.frame == Frame::Mutual && relation == Deprel::Obl && inside {
                let own = syntax.patient(head).or_else(|| syntax.subject(head));
                // "Soldiers killed ten gunmen in a shootout": both were part of it.
                let other = syntax.agent(head).filter(|&agent| Some(agent) != own && !syntax.is_passive(head));
                // Soldiers who fall in a clash were part of it; villagers need not be.
                let fights = |actor: ActorId| {
                    let sectors = &reading.actors.all[actor].sectors;
                    sectors.is_empty() || !sectors.iter().all(|sector| PEACEFUL.contains(&sector.as_str()))
                };
                let both = own.into_iter().chain(other);
                actors.extend(both.filter(|&own| reading.actors.at(own).is_some_and(fights)));
            }
        }
        // "Are receiving strikes", "survived an attack", "suffered losses in the offensive": the subject is whom it met.
        let inside = relation == Deprel::Obl && matches!(syntax.preposition(word).as_str(), "in" | "during");
        let suffers = head_is_verb && SUFFERING.contains(&syntax.lemma(head)) && trigger.event_type == "ASSAULT";
        if suffers && (relation == Deprel::Obj || inside) && trigger.row.frame != Frame::Mutual {
            let subject = syntax.subject(head).filter(|&subject| !actors.contains(&subject));
            recipients.extend(subject.filter(|_| recipients.is_empty()));
            return (actors, recipients);
        }
        if head_is_verb && relation == Deprel::NsubjPass && LIGHT.contains(&syntax.lemma(head)) && actors.is_empty() {
            actors.extend(syntax.agent(head));
        }
        // "claimed gains in a counter-offensive": the subject of the clause leads the offensive.
        if actors.is_empty() && matches!(relation, Deprel::Nmod | Deprel::Obl) && trigger.row.frame == Frame::On {
            let clause = syntax.clause(word);
            let subject = syntax.subject(clause).filter(|&subject| reading.actors.at(subject).is_some());
            if matches!(syntax.preposition(word).as_str(), "in" | "during") && !reading.is_harmed(syntax, clause) {
                actors.extend(subject);
            }
        }
    }
    (actors, recipients)
}

/// Who is told to stand behind a deed: "claimed the attack", "denied any part in it", "blamed on the rebels", "claimed by the group".
fn answerable(syntax: Syntax<'_>, noun: u32) -> Option<u32> {
    const SHARES: &[&str] = &["responsibility", "part", "role", "involvement", "hand", "credit"];
    let behind = |verb: u32| -> Option<u32> {
        match syntax.lemma(verb) {
            "blame" | "pin" => syntax
                .obliques(verb)
                .into_iter()
                .find(|oblique| matches!(oblique.preposition.as_str(), "on" | "upon"))
                .map(|oblique| oblique.head),
            "attribute" => syntax
                .obliques(verb)
                .into_iter()
                .find(|oblique| oblique.preposition == "to")
                .map(|oblique| oblique.head),
            "claim" => syntax.is_passive(verb).then(|| syntax.agent(verb)).flatten(),
            _ => None,
        }
    };
    let hung = syntax
        .dependents(noun)
        .iter()
        .copied()
        .filter(|&child| matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl))
        .find_map(behind);
    if hung.is_some() {
        return hung;
    }
    let mut head = syntax.head(noun)?;
    let mut relation = syntax.deprel(noun);
    // "Three people were involved in the attack", "soldiers took part in the raid".
    if relation == Deprel::Obl
        && syntax.preposition(noun) == "in"
        && matches!(syntax.lemma(head), "involve" | "involved" | "implicate" | "participate" | "take")
    {
        let part = syntax.dependent(head, &[Deprel::Obj]).is_some_and(|object| syntax.lemma(object) == "part");
        return match syntax.lemma(head) {
            "involve" | "implicate" => syntax.patient(head),
            "involved" => syntax.subject(head),
            "participate" => syntax.subject(head),
            "take" if part => syntax.subject(head),
            _ => None,
        };
    }
    if SHARES.contains(&syntax.lemma(head)) && matches!(relation, Deprel::Nmod | Deprel::Acl | Deprel::Obl) {
        relation = syntax.deprel(head);
        head = syntax.head(head)?;
    } else if relation == Deprel::Obl {
        // A parser may hang "for the attack" on the verb: "claimed responsibility for the attack".
        let shared =
            syntax.dependent(head, &[Deprel::Obj]).is_some_and(|object| SHARES.contains(&syntax.lemma(object)));
        relation = if shared { Deprel::Obj } else { relation };
    }
    if syntax.upos(head) != Upos::Verb {
        return None;
    }
    match relation {
        Deprel::Obj if matches!(syntax.lemma(head), "claim" | "admit" | "accept" | "deny" | "acknowledge") => {
            (!syntax.is_passive(head)).then(|| syntax.agent(head)).flatten()
        }
        Deprel::NsubjPass | Deprel::Nsubj => behind(head),
        Deprel::Obj if matches!(syntax.lemma(head), "blame" | "pin" | "attribute") => behind(head),
        _ => None,
    }
}

/// Weapons and targets told at the trigger.
fn collect_things(reading: &Reading<'_>, syntax: Syntax<'_>, trigger: &Trigger, roles: &mut Roles) {
    let word = trigger.word;
    let mut subtree = syntax.analysis.subtree(word);
    // Instruments of a passive stand behind "by": "hit by rocket launchers".
    subtree.retain(|&inner| {
        let clause = syntax.clause(inner);
        clause == syntax.clause(word)
            || clause == word
            || syntax.clause(word) == word && syntax.deprel(clause) == Deprel::Advcl
    });
    let lemmas: Vec<&str> = subtree.iter().map(|&inner| syntax.lemma(inner)).collect();
    for (range, class) in weapons::scan(&lemmas) {
        let words = &subtree[range];
        if words.contains(&word) && words.len() == 1 && trigger.row.frame != Frame::Use {
            continue;
        }
        if let Some(span) = syntax.cover(words) {
            if span.len() < 80 {
                roles.weapons.push((span, Some(class.to_owned())));
            }
        }
    }
    let _ = reading;
}

/// The time of a trigger, of its own clause or the one it stands in.
pub fn time(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<usize> {
    let sentence = syntax.sentence(word);
    let clause = syntax.clause(word);
    let mut best: Option<(u32, usize)> = None;
    for (index, time) in reading.times.iter().enumerate() {
        if !matches!(time.timex.as_str(), "DATE" | "TIME") {
            continue;
        }
        let Some(head) = syntax.head_of(time.span) else { continue };
        if syntax.sentence(head) != sentence {
            continue;
        }
        let above = syntax.head(head);
        // "The recently murdered senator" was not murdered today for that.
        let describes = above.filter(|&above| above != word && syntax.deprel(above) == Deprel::Amod);
        if describes.is_some_and(|above| syntax.upos(above) == Upos::Verb) {
            continue;
        }
        let own = syntax.governs(word, head)
            && (above == Some(word) || syntax.clause(head) == clause || syntax.clause(head) == word);
        let near = above == Some(clause) || syntax.clause(head) == clause;
        if !own && !near {
            continue;
        }
        let distance = if own { 0 } else { 100 } + head.abs_diff(word).min(99);
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, index));
        }
    }
    best.map(|(_, index)| hour_beside(reading, index))
}

/// "At 3:15 a.m. on 9 September": the hour beside a day, which tells both.
fn hour_beside(reading: &Reading<'_>, day: usize) -> usize {
    let told = &reading.times[day];
    let Some(start) = told.start.as_deref().filter(|start| start.len() == 10) else { return day };
    let text = reading.document.text.as_str();
    let beside = |other: &counterclaim_claims::time::TimeExpression| {
        let (first, second) =
            if other.span.start < told.span.start { (other.span, told.span) } else { (told.span, other.span) };
        let between = text.get(first.end()..second.start()).map(str::trim);
        matches!(between, Some("" | "," | "on" | "at" | "of" | ", at" | "at around" | "at about" | "local time on"))
    };
    let hour = reading.times.iter().position(|other| {
        other.timex.as_str() == "TIME"
            && other.start.as_deref().is_some_and(|hour| hour.len() > 10 && hour.starts_with(start))
            && beside(other)
    });
    hour.unwrap_or(day)
}

/// "It accused X of using heavy weapons": inside an accusation the deed is the accused's, not the accuser's, whatever the parse says.
fn turn_to_accused(reading: &Reading<'_>, syntax: Syntax<'_>, trigger: &Trigger, roles: &mut Roles) {
    let Some(claim) = reading.innermost_claim(syntax.span(trigger.word)).map(|index| &reading.claims[index]) else {
        return;
    };
    if claim.stance != counterclaim_schema::ledger::Stance::Accuse
        || trigger.row.frame == Frame::Mutual
        || syntax.is_passive(trigger.word)
    {
        return;
    }
    let accused = reading.accused(syntax, claim);
    let by_claimant = !roles.actors.is_empty()
        && roles.actors.iter().all(|part| claim.claimant == Some(part.actor) || part.basis == "context");
    if !accused.is_empty() && by_claimant && !accused.iter().any(|actor| claim.claimant == Some(*actor)) {
        roles.recipients.retain(|part| !accused.contains(&part.actor));
        roles.actors = accused.into_iter().map(|actor| Part { actor, span: None, basis: "description" }).collect();
    }
}

/// The party whose the thing or the words at a word are: "a Greek tanker", "the rebels' trucks", "frigates of the alliance", "an Indian proposal",
/// "an offer of talks from Juba".
fn borne(reading: &Reading<'_>, syntax: Syntax<'_>, head: u32) -> Vec<Part> {
    let thing = weapons::is_weapon(syntax.lemma(head)) || weapons::target_class(syntax.lemma(head)).is_some();
    let message = MESSAGES.contains(&syntax.lemma(head));
    let modifiers = syntax.dependents(head).iter().copied();
    let deeper = modifiers
        .clone()
        .filter(|&child| message && syntax.deprel(child) == Deprel::Compound)
        .flat_map(|child| syntax.dependents(child).iter().copied());
    let bearer = modifiers
        .chain(deeper)
        .filter(|&child| {
            let behind = syntax.deprel(child) == Deprel::Nmod;
            matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
                || thing && behind && syntax.preposition(child) == "of"
                || message && behind && matches!(syntax.preposition(child).as_str(), "by" | "from")
        })
        .find_map(|child| reading.actors.at(child).map(|actor| (actor, child)));
    let Some((actor, word)) = bearer else { return Vec::new() };
    let members = reading.actors.flatten(actor).into_iter();
    members.map(|actor| Part { actor, span: Some(syntax.span(word)), basis: "description" }).collect()
}

/// The side of the story's pair that suffers a deed of the other one, where the words leave it open: the accuser of a charge ("accused
/// them of opening fire"), the attacker of an attack that is beaten back.
fn other_side(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, actors: &[Part]) -> Vec<Part> {
    let Some((first, second)) = reading.actors.principal else { return Vec::new() };
    let countries = |actor: ActorId| reading.actors.countries_of(actor);
    let is_of = |parts: &[ActorId], side: ActorId| {
        let own = countries(side);
        let ours = |&actor: &ActorId| actor == side || !own.is_empty() && countries(actor) == own;
        !parts.is_empty() && parts.iter().all(ours)
    };
    let does: Vec<ActorId> = actors.iter().map(|part| part.actor).collect();
    let ours = match (is_of(&does, first), is_of(&does, second)) {
        (true, _) => first,
        (_, true) => second,
        _ => return Vec::new(),
    };
    let theirs = if ours == first { second } else { first };
    let repels = matches!(syntax.lemma(word), "repel" | "repulse" | "thwart" | "foil" | "rebuff");
    let charged = reading.innermost_claim(syntax.span(word)).map(|index| &reading.claims[index]).is_some_and(|claim| {
        claim.stance == counterclaim_schema::ledger::Stance::Accuse
            && claim.claimant.is_some_and(|claimant| is_of(&[claimant], theirs))
    });
    if countries(ours) != countries(theirs) && (repels || charged) {
        return vec![Part { actor: theirs, span: None, basis: "context" }];
    }
    Vec::new()
}

/// Parties that the words leave to the context: the two sides of the story, the party on whose ground a place lies.
fn complete(reading: &Reading<'_>, syntax: Syntax<'_>, trigger: &Trigger, roles: &mut Roles) {
    let word = trigger.word;
    if trigger.row.frame == Frame::Mutual
        && roles.actors.len() < 2
        && matches!(trigger.event_type, "ASSAULT" | "CONCEDE")
    {
        // A place or a demonym beside a clash may name another conflict: then the story's pair stays out of it.
        let named = reading.countries_of_sentence(syntax.sentence(word));
        if let Some((first, second)) = reading.actors.principal {
            let own: Vec<String> =
                [first, second].into_iter().flat_map(|actor| reading.actors.countries_of(actor)).collect();
            let foreign = !named.is_empty() && named.iter().all(|country| !own.iter().any(|known| known == country));
            let both = roles.actors.is_empty() && !foreign;
            let partner = roles.actors.len() == 1
                && (roles.actors[0].actor == first || roles.actors[0].actor == second)
                && syntax.obliques(word).iter().all(|oblique| oblique.preposition != "with");
            if both || partner {
                for actor in [first, second] {
                    if !roles.actors.iter().any(|part| part.actor == actor) {
                        roles.actors.push(Part { actor, span: None, basis: "context" });
                    }
                }
            }
        }
    }
    if roles.actors.is_empty() && syntax.upos(word) == Upos::Verb {
        // "hit by Tajik rocket launchers", "British planes bombed": the means carries its owner's name.
        if let Some(agent) = syntax.agent(word) {
            roles.actors = borne(reading, syntax, agent);
            for inner in syntax.phrase_words(agent) {
                if !roles.actors.is_empty() {
                    break;
                }
                if let Some(country) = counterclaim_knowledge::Country::by_adjective(syntax.form(inner)) {
                    let state = reading.actors.all.iter().position(|actor| {
                        actor.country.as_deref() == Some(country.iso3)
                            && actor.kind == counterclaim_claims::actors::ActorKind::State
                    });
                    roles.actors.extend(state.map(|actor| Part {
                        actor,
                        span: Some(syntax.span(inner)),
                        basis: "description",
                    }));
                }
            }
        }
    }
    if roles.actors.is_empty() && syntax.upos(word) == Upos::Verb {
        // "We call on both sides": the first person of a quotation is who is quoted.
        let first = syntax.agent(word).is_some_and(|agent| {
            matches!(syntax.lemma(agent), "we" | "i" | "us")
                || syntax.owner(agent).is_some_and(|owner| matches!(syntax.lemma(owner), "we" | "our" | "my"))
                    && reading.actors.at(agent).is_none()
        });
        let span = syntax.span(word);
        let claim =
            reading.innermost_claim(span).or_else(|| reading.claims.iter().position(|claim| claim.cue_word == word));
        if let Some(claimant) = claim.filter(|_| first).and_then(|claim| reading.claims[claim].claimant) {
            let members = reading.actors.flatten(claimant).into_iter();
            roles.actors.extend(members.map(|actor| Part { actor, span: None, basis: "context" }));
        }
    }
    if roles.actors.is_empty() && trigger.row.frame != Frame::Mutual {
        // "accused Tajikistan's forces of escalating the fighting by firing rockets": the accused did what the accusation holds.
        if let Some(claim) = reading.innermost_claim(syntax.span(word)).map(|index| &reading.claims[index]) {
            if claim.stance == counterclaim_schema::ledger::Stance::Accuse {
                let accused = reading.accused(syntax, claim);
                for actor in accused {
                    roles.actors.push(Part { actor, span: None, basis: "context" });
                }
            }
        }
    }
    if roles.recipients.is_empty() && trigger.row.frame != Frame::Mutual {
        let verb = syntax.upos(word) == Upos::Verb;
        if let Some(patient) = syntax.patient(word).filter(|_| verb) {
            roles.recipients = borne(reading, syntax, patient);
        }
        // "Fires at Kyrgyz positions", "an offensive against Russia's invasion".
        if roles.recipients.is_empty() && trigger.event_type == "ASSAULT" {
            let struck = syntax
                .obliques(word)
                .into_iter()
                .filter(|oblique| matches!(oblique.preposition.as_str(), "at" | "on" | "against"))
                .map(|oblique| borne(reading, syntax, oblique.head))
                .find(|parts| !parts.is_empty());
            roles.recipients = struck.unwrap_or_default();
        }
    }
    if roles.recipients.is_empty()
        && trigger.event_type == "ASSAULT"
        && trigger.row.frame != Frame::Mutual
        && !roles.actors.is_empty()
    {
        roles.recipients = other_side(reading, syntax, word, &roles.actors);
    }
    if roles.recipients.is_empty()
        && trigger.event_type == "ASSAULT"
        && trigger.row.frame != Frame::Mutual
        && !roles.actors.is_empty()
    {
        if let Some(place) = roles.place.map(|place| &reading.places[place]) {
            let countries: Vec<String> =
                roles.actors.iter().flat_map(|part| reading.actors.countries_of(part.actor)).collect();
            if let Some(country) = &place.country {
                // Of attackers who are of no land the land of the place tells no foe.
                if !countries.is_empty() && !countries.contains(country) {
                    let state = reading.actors.all.iter().position(|actor| {
                        actor.country.as_ref() == Some(country)
                            && actor.kind == counterclaim_claims::actors::ActorKind::State
                    });
                    if let Some(actor) = state {
                        roles.recipients.push(Part { actor, span: Some(place.span), basis: "context" });
                    }
                }
            }
        }
    }
}
