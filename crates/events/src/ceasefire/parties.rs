//! Who announced a ceasefire and who keeps it.

use super::agreement::is_deal;
use super::mention::{is_called, relative};
use super::*;
use crate::contradiction::{Side, official, sides};
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::Stance;

/// Who announced it: the subject of "announced", else whoever says first that there is one.
pub(super) fn announcer(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    word: u32,
    parties: &[ActorId],
) -> Option<ActorId> {
    let agent_of = |verb: u32| syntax.agent(verb).and_then(|agent| reading.actors.at(agent));
    let by_verb_at = |word: u32| {
        let clause = syntax.clause(word);
        (matches!(syntax.lemma(clause), "announce" | "declare" | "proclaim" | "unveil") || is_called(syntax, word))
            .then(|| agent_of(clause))
            .flatten()
    };
    let named = || group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied());
    let by_verb = || by_verb_at(word).or_else(|| named().find_map(by_verb_at));
    let declares = |verb: &u32| matches!(syntax.lemma(*verb), "announce" | "declare" | "proclaim");
    let by_relative = || relative(syntax, word).filter(declares).and_then(agent_of);
    by_relative().or_else(by_verb).or_else(|| {
        // Pacts are signed and not announced.
        if group.background || is_deal(syntax, word) && !mention::is_name(syntax, word) {
            return None;
        }
        // "The truce is fragile, the envoy said" announces nothing.
        let begins = |word: u32| {
            let clause = syntax.clause(word);
            let ahead = syntax.auxiliaries(clause).iter().any(|&aux| matches!(aux, "will" | "would" | "shall"));
            let keeps = matches!(
                syntax.lemma(clause),
                "respect" | "observe" | "accept" | "cover" | "apply" | "honour" | "honor"
            );
            let news =
                BEGIN.contains(&syntax.lemma(clause)) || ANNOUNCE.contains(&syntax.lemma(clause)) || keeps || ahead;
            news && syntax.deprel(clause) != Deprel::Advcl
        };
        let told = group
            .mentions
            .iter()
            .filter(|mention| mention.told != Told::Asked && (!mention.definite || begins(mention.word)));
        let head = told.clone().filter(|mention| mention.word == word);
        let at_mention = head
            .chain(told.clone())
            .find_map(|mention| teller(reading, syntax.span(mention.word), !mention.definite, parties));
        at_mention.or_else(|| {
            // "Signed an agreement to end the fighting, mediators said."
            let near = |deal: u32| {
                told.clone().any(|mention| syntax.sentence(deal).abs_diff(syntax.sentence(mention.word)) <= 1)
            };
            let reached =
                |deal: u32| ANNOUNCE.contains(&syntax.lemma(syntax.clause(deal))) || relative(syntax, deal).is_some();
            (0..syntax.analysis.words.len() as u32)
                .filter(|&deal| {
                    is_deal(syntax, deal) && reached(deal) && reading.is_coded(syntax.sentence(deal)) && near(deal)
                })
                .find_map(|deal| teller(reading, syntax.span(deal), true, parties))
        })
    })
}

/// Who tells that it was agreed; not those who only propose, ask for, deny or accuse. Who orders one announces it, who orders others to keep
/// it does not.
fn teller(reading: &Reading<'_>, span: Span, orders: bool, parties: &[ActorId]) -> Option<ActorId> {
    let mut claim = reading.innermost_claim(span)?;
    loop {
        let row = &reading.claims[claim];
        // "The parties have accepted a truce, the envoy announced": they are told of.
        let outer = row.via.filter(|&outer| outer != claim && reading.claims[outer].claimant.is_some());
        if let Some(outer) = outer
            .filter(|_| row.claimant.is_some_and(|teller| parties.contains(&teller) || is_collective(reading, teller)))
        {
            claim = outer;
            continue;
        }
        let tells = matches!(row.stance, Stance::Assert | Stance::Confirm) || orders && row.stance == Stance::Order;
        // "They said truce, but we slept under the bed", a teacher: who only lives through it announces nothing.
        let private = |sector: &String| matches!(sector.as_str(), "EDU" | "MED" | "JRN" | "REF" | "AGR" | "LAB");
        let lives = |teller: ActorId| {
            let members = reading.actors.flatten(teller);
            members.iter().map(|&member| &reading.actors.all[member]).any(|member| {
                let word = member.name.split(' ').next_back().unwrap_or_default().to_lowercase();
                let local = matches!(word.as_str(), "residents" | "resident" | "villagers" | "witnesses" | "locals");
                member.sectors.first().is_some_and(private) || local
            })
        };
        if tells && row.claimant.is_some_and(|teller| !lives(teller)) {
            return row.claimant;
        }
        let own = matches!(row.stance, Stance::Pledge)
            && !matches!(reading.syntax().lemma(row.cue_word), "propose" | "offer" | "agree" | "promise");
        if own {
            return row.claimant;
        }
        claim = row.via.filter(|&outer| outer != claim)?;
    }
}

/// Who keeps it: those it is between, those who agree or declare it, else the sides that the report is about.
pub(super) fn parties(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    group: &Group,
    word: u32,
    known: &[ActorId],
) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    let mut alone = false;
    // "The act of commitment was concluded between the militia and the governor" tells best.
    let between = |&&paper: &&u32| {
        syntax.obliques(paper).iter().any(|oblique| oblique.preposition == "between")
            || syntax
                .obliques(syntax.clause(paper))
                .iter()
                .any(|oblique| oblique.preposition == "between" && oblique.head > paper)
    };
    let told = if group.background { None } else { group.references.iter().find(between).copied() };
    let words = told
        .into_iter()
        .chain(std::iter::once(word))
        .chain(group.mentions.iter().map(|mention| mention.word).filter(|&other| other != word));
    for word in words {
        let (named, single) = named_parties(reading, syntax, events, word);
        // Who keeps "the truce" need not keep it alone.
        alone |= single && (found.is_empty() || found.iter().all(|actor| named.contains(actor)));
        // Two communities of one country are two, named in one breath.
        if named.len() == 2 && named[0] != named[1] && found.is_empty() && !is_one_state(reading, named[0], named[1]) {
            return named;
        }
        for actor in named {
            push_side(reading, &mut found, actor);
        }
        if found.len() >= 2 || alone {
            break;
        }
    }
    if alone && found.len() == 1 {
        found.extend(joiner(reading, syntax, group, found[0]));
        return found;
    }
    let between = group.mentions.iter().any(|mention| {
        syntax
            .obliques(mention.word)
            .iter()
            .any(|oblique| matches!(oblique.preposition.as_str(), "between" | "with" | "among"))
    });
    let theirs = found.iter().all(|&actor| known.iter().any(|&party| is_one_party(reading, party, actor)));
    if group.background && !known.is_empty() && !between && theirs {
        return known.to_vec();
    }
    if !group.background && found.len() < 2 {
        for actor in bound_sides(reading, syntax, group) {
            if found.len() < 2 {
                push_side(reading, &mut found, actor);
            }
        }
    }
    // "The ELN accused the army of attacking a camp in breach of the ceasefire": the accuser and the accused keep it.
    if !group.background && found.len() < 2 {
        let armed = |actor: ActorId| {
            let sectors = &reading.actors.all[actor].sectors;
            sectors.iter().any(|sector| matches!(sector.as_str(), "MIL" | "REB" | "PRM" | "CRM"))
        };
        let charge = reading.claims.iter().find(|claim| {
            claim.stance == Stance::Accuse
                && group.mentions.iter().any(|mention| claim.covers(syntax.span(mention.word)))
        });
        if let Some((claim, claimant)) = charge.and_then(|claim| Some((claim, claim.claimant?))) {
            let accused = reading.accused(syntax, claim);
            if armed(claimant) && accused.len() == 1 && !is_one_party(reading, claimant, accused[0]) {
                push_side(reading, &mut found, claimant);
                push_side(reading, &mut found, accused[0]);
            }
        }
    }
    let mut main = main_sides(reading, events);
    // Whoever tells of it from abroad is none of them.
    if let Some(teller) = announcer(reading, syntax, group, word, &found) {
        if looks_on(reading, events, teller) && !found.contains(&teller) {
            main.retain(|&actor| !is_one_party(reading, actor, teller));
        }
    }
    // "The two Koreas": who fights in the report outweighs what a pronoun or a number was taken for.
    let stranger = |actor: &ActorId| !main.iter().take(2).any(|&known| is_one_party(reading, known, *actor));
    let coreferent = found.len() == 2 && main.len() >= 2 && group.background && found.iter().all(stranger);
    if found.len() >= 2 && !coreferent {
        return found;
    }
    if coreferent && !group.mentions.iter().any(|mention| !syntax.obliques(mention.word).is_empty()) {
        found.clear();
    }
    // Whom the words name keeps it with whomever it fights, or with the other chief side; not with a bystander.
    let named = found.clone();
    for actor in main {
        let bystander = !named.is_empty()
            && !named.iter().any(|&known| fights_with(reading, events, known, actor))
            && !is_principal(reading, actor);
        if found.len() < 2 && !bystander {
            push_side(reading, &mut found, actor);
        }
    }
    found
}

/// Who has to do something by what is told of the agreement: the subjects of its clauses, the most frequent ones first.
pub(super) fn bound_sides(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group) -> Vec<ActorId> {
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let named: Vec<u32> = group
        .mentions
        .iter()
        .map(|mention| mention.word)
        .chain(group.references.iter().copied())
        .map(|word| syntax.sentence(word))
        .collect();
    let near = |sentence: u32| {
        named
            .iter()
            .any(|&at| sentence >= at && sentence <= at + 4 && (block(sentence) == block(at) || sentence == at + 1))
    };
    let mut weights: Vec<(ActorId, usize)> = Vec::new();
    for verb in 0..syntax.analysis.words.len() as u32 {
        let sentence = syntax.sentence(verb);
        if !reading.is_coded(sentence) || !near(sentence) || syntax.upos(verb) != Upos::Verb {
            continue;
        }
        let undertakes = matches!(
            syntax.lemma(verb),
            "agree" | "undertake" | "pledge" | "promise" | "commit" | "vow" | "engage" | "guarantee"
        ) && syntax
            .dependents(verb)
            .iter()
            .any(|&child| matches!(syntax.deprel(child), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl));
        if !clause::is_deontic(syntax, verb) && !undertakes || syntax.is_passive(verb) {
            continue;
        }
        let Some(subject) = syntax.subject(verb).filter(|&subject| syntax.upos(subject) != Upos::Pron) else {
            continue;
        };
        for (actor, _) in reading.actors.of_phrase(syntax, subject) {
            let fights = sides(reading, actor).iter().any(Side::is_party);
            if !fights || is_body(reading, actor) || is_collective(reading, actor) {
                continue;
            }
            match weights.iter_mut().find(|(known, _)| is_one_party(reading, *known, actor)) {
                Some(known) => known.1 += 1,
                None => weights.push((actor, 1)),
            }
        }
    }
    weights.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
    weights.into_iter().map(|(actor, _)| actor).collect()
}

/// Whether one does something hostile to the other, or accuses it.
fn fights_with(reading: &Reading<'_>, events: &[Event], one: ActorId, other: ActorId) -> bool {
    let has = |parts: &[crate::roles::Part], actor: ActorId| {
        parts.iter().any(|part| is_one_party(reading, part.actor, actor))
    };
    let met = |a: ActorId, b: ActorId| {
        events.iter().filter(|event| event.event_type == "ASSAULT").any(|event| {
            has(&event.roles.actors, a)
                && (has(&event.roles.recipients, b) || event.mutual && has(&event.roles.actors, b))
        }) || reading.claims.iter().filter(|claim| claim.stance == Stance::Accuse).any(|claim| {
            claim.claimant.is_some_and(|teller| is_one_party(reading, teller, a))
                && reading.accused(reading.syntax(), claim).into_iter().any(|accused| is_one_party(reading, accused, b))
        })
    };
    met(one, other) || met(other, one)
}

/// Whether it is one of the two sides that the report is about, or of its chief countries.
fn is_principal(reading: &Reading<'_>, actor: ActorId) -> bool {
    let pair = reading
        .actors
        .principal
        .is_some_and(|(first, second)| is_one_party(reading, first, actor) || is_one_party(reading, second, actor));
    let country = reading.actors.all[actor].country.as_deref();
    pair || country.is_some_and(|country| reading.principal_countries().contains(&country))
}

/// "The warring parties", "both sides": who they are is told elsewhere.
fn is_collective(reading: &Reading<'_>, actor: ActorId) -> bool {
    let row = &reading.actors.all[actor];
    row.members.is_empty()
        && row.name.split_whitespace().last().is_some_and(|head| {
            matches!(
                head.to_lowercase().as_str(),
                "parties"
                    | "sides"
                    | "rivals"
                    | "foes"
                    | "enemies"
                    | "belligerents"
                    | "camps"
                    | "adversaries"
                    | "neighbours"
                    | "neighbors"
            )
        })
}

/// Two arms of one state.
fn is_one_state(reading: &Reading<'_>, one: ActorId, other: ActorId) -> bool {
    official(reading, one).is_some() && official(reading, one) == official(reading, other)
}

/// Adds a party unless its side is there; bodies above states and people who fight nobody keep no ceasefire.
fn push_side(reading: &Reading<'_>, found: &mut Vec<ActorId>, actor: ActorId) {
    let sides_of = sides(reading, actor);
    let outsider = sides_of.iter().all(|side| matches!(side, Side::Named(_))) && is_body(reading, actor);
    let known = found.iter().any(|&known| known == actor || is_one_party(reading, known, actor));
    if !outsider && !known {
        found.push(actor);
    }
}

/// Whether two actors are one party: two groups of one land that each have a name of their own are two.
pub(super) fn is_one_party(reading: &Reading<'_>, one: ActorId, other: ActorId) -> bool {
    let (ours, theirs) = (sides(reading, one), sides(reading, other));
    let same =
        one == other || ours.iter().any(|side| side.is_party() && theirs.iter().any(|other| side.is_same(other)));
    let armed = |sides: &[Side]| sides.iter().all(|side| matches!(side, Side::Armed { .. }));
    if !same || one == other || !armed(&ours) || !armed(&theirs) {
        return same;
    }
    match (name_of(reading, one), name_of(reading, other)) {
        (Some(_), Some(_)) => is_same_group(reading, one, other),
        _ => true,
    }
}

/// Whether two names are of one armed group: they share a word of its own, or an entry of the table.
pub(super) fn is_same_group(reading: &Reading<'_>, one: ActorId, other: ActorId) -> bool {
    let shared = match (name_of(reading, one), name_of(reading, other)) {
        (Some(ours), Some(theirs)) => ours.iter().any(|word| theirs.contains(word)),
        _ => false,
    };
    shared || listed(reading, one).is_some_and(|group| listed(reading, other) == Some(group))
}

/// The entry of the table of groups that a name is of: "ELN rebels" are those of "the National Liberation Army".
fn listed<'r>(reading: &'r Reading<'_>, actor: ActorId) -> Option<&'r str> {
    let row = &reading.actors.all[actor];
    let short = |word: &str| word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let by_word =
        || row.name.split_whitespace().filter(|word| short(word)).find_map(counterclaim_knowledge::actors::group_named);
    row.known.as_deref().or_else(|| by_word().map(|party| party.id.as_str()))
}

/// The words of a name of its own: not "the rebels", "Haitian gangs".
fn name_of(reading: &Reading<'_>, actor: ActorId) -> Option<Vec<String>> {
    let own = |word: &&str| {
        word.chars().count() > 2
            && word.starts_with(char::is_uppercase)
            && !matches!(
                word.to_lowercase().as_str(),
                "the" | "rebels" | "militants" | "gunmen" | "fighters" | "army" | "movement" | "group"
            )
            && Country::by_adjective(word).is_none()
            && Country::by_name(word).is_none()
    };
    let words: Vec<String> =
        reading.actors.all[actor].name.split_whitespace().filter(own).map(str::to_lowercase).collect();
    (!words.is_empty()).then_some(words)
}

pub(super) fn is_body(reading: &Reading<'_>, actor: ActorId) -> bool {
    reading.actors.all[actor]
        .sectors
        .iter()
        .any(|sector| matches!(sector.as_str(), "IGO" | "NGO" | "UNO" | "EUR" | "REL" | "JRN" | "MED" | "REF"))
}

/// "Kyiv said it would observe the truce": another side that keeps what the first one declared.
fn joiner(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group, first: ActorId) -> Option<ActorId> {
    let named =
        |object: u32| group.mentions.iter().any(|mention| mention.word == object) || group.references.contains(&object);
    let keeps = |verb: u32| {
        matches!(syntax.lemma(verb), "observe" | "respect" | "honour" | "honor" | "join" | "keep" | "match" | "accept")
            && !syntax.is_negated(verb)
            && syntax.auxiliaries(verb).iter().any(|&aux| matches!(aux, "will" | "would"))
            && syntax.subject(verb).is_some_and(|subject| syntax.upos(subject) == Upos::Pron)
            && syntax.patient(verb).is_some_and(named)
    };
    reading.claims.iter().find_map(|claim| {
        let claimant =
            claim.claimant.filter(|&actor| !is_one_party(reading, actor, first) && !is_body(reading, actor))?;
        let side = sides(reading, claimant).iter().any(Side::is_party);
        let tells = matches!(claim.stance, Stance::Assert | Stance::Pledge | Stance::Confirm);
        let mut words = claim.content.iter().flat_map(|&span| syntax.words_in(span));
        (side && tells && words.any(keeps)).then_some(claimant)
    })
}

/// The parties that the words around the name tell, and whether one of them keeps it alone.
pub(super) fn named_parties(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    events: &[Event],
    word: u32,
) -> (Vec<ActorId>, bool) {
    let text = &reading.document.text;
    let pronoun = |span: Span| matches!(span.of(text).to_lowercase().as_str(), "it" | "they" | "he" | "she");
    let mut found: Vec<ActorId> = Vec::new();
    // "Signed a deal under which all fighting is to stop": those who signed.
    let deal = (word.saturating_sub(14)..word)
        .rev()
        .find(|&at| is_deal(syntax, at) && syntax.sentence(at) == syntax.sentence(word));
    let word = deal.filter(|_| syntax.upos(word) == Upos::Verb).unwrap_or(word);
    let made = syntax.clause(word);
    let of_verb =
        if is_deal(syntax, word) && super::agreement::is_paper(syntax, word) && syntax.subject(made) == Some(word) {
            syntax.obliques(made)
        } else {
            Vec::new()
        };
    for oblique in syntax.obliques(word).into_iter().chain(of_verb) {
        let pair = oblique.preposition == "between"
            && matches!(
                syntax.lemma(oblique.head),
                "two" | "they" | "side" | "party" | "neighbour" | "neighbor" | "rival"
            );
        if pair {
            // "A ceasefire between the two": those whose deeds the sentence tells.
            let sentence = syntax.sentence(word);
            for event in events.iter().filter(|event| syntax.sentence(event.word) == sentence) {
                for part in event.roles.actors.iter().filter(|part| part.basis != "context") {
                    push_side(reading, &mut found, part.actor);
                }
            }
            if found.len() == 2 {
                continue;
            }
            found.clear();
        }
        if matches!(oblique.preposition.as_str(), "between" | "with" | "among") {
            let actors = reading.actors.of_phrase(syntax, oblique.head);
            found.extend(actors.into_iter().map(|(actor, _)| actor));
        }
    }
    let over = relative(syntax, word).unwrap_or_else(|| syntax.clause(word));
    // Those who broker or propose it do not keep it.
    if matches!(
        syntax.lemma(over),
        "broker"
            | "mediate"
            | "propose"
            | "offer"
            | "suggest"
            | "urge"
            | "demand"
            | "negotiate"
            | "arrange"
            | "facilitate"
            | "host"
    ) {
        return (found, false);
    }
    let told = events
        .iter()
        .find(|event| event.word == over || event.word == word)
        .filter(|event| matches!(event.event_type, "CONCEDE" | "AGREE" | "RETREAT"));
    let told_parts = told.map(|event| event.roles.actors.as_slice()).unwrap_or_default();
    let mut agents: Vec<ActorId> = told_parts
        .iter()
        .filter(|part| part.basis != "context" && !part.span.is_some_and(pronoun))
        .map(|part| part.actor)
        .collect();
    if agents.is_empty()
        && matches!(
            syntax.lemma(over),
            "agree"
                | "sign"
                | "declare"
                | "announce"
                | "accept"
                | "observe"
                | "end"
                | "extend"
                | "reach"
                | "conclude"
                | "strike"
                | "seal"
                | "clinch"
                | "renew"
                | "prolong"
        )
    {
        let agent = syntax.agent(over).filter(|&agent| !pronoun(syntax.span(agent)));
        let agent = agent.map(|agent| reading.actors.of_phrase(syntax, agent)).unwrap_or_default();
        agents = agent.into_iter().map(|(actor, _)| actor).collect();
    }
    if agents.is_empty() && matches!(syntax.lemma(over), "observe" | "declare") {
        // "The group said it would observe a ceasefire."
        let claim = reading.innermost_claim(syntax.span(word)).and_then(|claim| reading.claims[claim].claimant);
        agents = claim.map(|actor| reading.actors.flatten(actor)).unwrap_or_default();
    }
    let unilateral = syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "unilateral");
    let declares = matches!(syntax.lemma(over), "declare" | "announce" | "proclaim" | "observe");
    // "Was announced after separate talks with the two sides": by neither of them.
    let of_others = syntax.obliques(over).iter().any(|oblique| {
        matches!(syntax.lemma(oblique.head), "talk" | "meeting" | "call" | "contact")
            && syntax.obliques(oblique.head).iter().any(|with| {
                with.preposition == "with" && matches!(syntax.lemma(with.head), "side" | "party" | "camp" | "both")
            })
    });
    let party = |actor: &ActorId| {
        let row = &reading.actors.all[*actor];
        // "The moratorium was announced by the White House."
        let foreign = declares && (looks_on(reading, events, *actor) || of_others);
        !is_body(reading, *actor)
            && !foreign
            && (sides(reading, *actor).iter().any(Side::is_party) || row.country.is_some())
    };
    let agents: Vec<ActorId> = agents.into_iter().filter(party).collect();
    let fighter = agents.iter().all(|&actor| sides(reading, actor).iter().any(Side::is_party));
    // "Announced a truce between both sides": whoever they are, they are two.
    let between =
        syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "between" | "among"));
    let alone = (unilateral || declares && found.is_empty() && !between) && agents.len() == 1 && fighter;
    found.extend(agents);
    found.retain(|&actor| !is_collective(reading, actor));
    (found, alone)
}

/// Whether somebody is of a state that the report is not about and takes no part in the fighting.
fn looks_on(reading: &Reading<'_>, events: &[Event], actor: ActorId) -> bool {
    let fights = events.iter().filter(|event| event.event_type == "ASSAULT").any(|event| {
        let mut parts = event.roles.actors.iter().chain(&event.roles.recipients);
        parts.any(|part| is_one_party(reading, part.actor, actor))
    });
    let country = reading.actors.all[actor].country.as_deref();
    let abroad = country.is_some_and(|country| !reading.principal_countries().contains(&country));
    abroad && official(reading, actor).is_some() && !fights
}

/// Those who bring the sides together are none of them.
pub(super) fn mediators(reading: &Reading<'_>) -> Vec<ActorId> {
    let syntax = reading.syntax();
    let mediates = |&word: &u32| {
        matches!(
            syntax.lemma(word),
            "broker" | "mediate" | "host" | "facilitate" | "sponsor" | "propose" | "oversee" | "guarantee" | "arrange"
        )
    };
    (0..syntax.analysis.words.len() as u32)
        .filter(mediates)
        .filter_map(|word| syntax.agent(word))
        // "On the initiative of Turkey and Russia", "under the auspices of Qatar".
        .chain((0..syntax.analysis.words.len() as u32).filter(|&word| {
            syntax.preposition(word) == "of"
                && syntax.head(word).is_some_and(|over| {
                    matches!(syntax.lemma(over), "initiative" | "auspices" | "mediation" | "invitation")
                })
        }))
        .flat_map(|agent| reading.actors.of_phrase(syntax, agent))
        .map(|(actor, _)| actor)
        .collect()
}

/// The sides that the report is about, the two chief ones first: those who fight each other, then those whose words it tells.
fn main_sides(reading: &Reading<'_>, events: &[Event]) -> Vec<ActorId> {
    let mediators = mediators(reading);
    let mut weights: Vec<(ActorId, usize)> = Vec::new();
    let mut add = |actor: ActorId, weight: usize| {
        for member in reading.actors.flatten(actor) {
            if mediators.contains(&member) || !sides(reading, member).iter().any(Side::is_party) {
                continue;
            }
            match weights.iter_mut().find(|(known, _)| is_one_party(reading, *known, member)) {
                Some(known) => known.1 += weight,
                None => weights.push((member, weight)),
            }
        }
    };
    for event in events.iter().filter(|event| matches!(event.event_type, "ASSAULT" | "CONCEDE" | "RETREAT")) {
        for part in event.roles.actors.iter().chain(&event.roles.recipients) {
            add(part.actor, 2);
        }
    }
    for claim in &reading.claims {
        claim.claimant.into_iter().for_each(|actor| add(actor, 1));
        if claim.stance == Stance::Accuse {
            reading.accused(reading.syntax(), claim).into_iter().for_each(|actor| add(actor, 1));
        }
    }
    // An officer or a minister of a country that the story is not about only looks on, where none of his takes part.
    let home = reading.actors.main_countries();
    let takes_part = |actor: ActorId| {
        events.iter().filter(|event| event.event_type == "ASSAULT").any(|event| {
            let parts = event.roles.actors.iter().chain(&event.roles.recipients);
            parts.filter(|part| part.basis != "context").any(|part| is_one_party(reading, part.actor, actor))
        })
    };
    weights.retain(|&(actor, _)| {
        official(reading, actor).is_none_or(|country| home.contains(&country)) || takes_part(actor)
    });
    weights.sort_by_key(|(actor, weight)| (std::cmp::Reverse(*weight), *actor));
    // "Both sides" tells the two, when they are among those who fight.
    if let Some((first, second)) = reading.actors.principal {
        let leads = |actor: ActorId| weights.iter().take(3).position(|(known, _)| is_one_party(reading, *known, actor));
        let apart = leads(first).zip(leads(second)).is_some_and(|(one, other)| one != other);
        let people = weights.is_empty();
        if apart || people {
            let rest = weights.into_iter().map(|(actor, _)| actor);
            return [first, second].into_iter().chain(rest).collect();
        }
    }
    weights.into_iter().map(|(actor, _)| actor).collect()
}
