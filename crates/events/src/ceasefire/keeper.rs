//! Who keeps a ceasefire, weighed: each side of the report with what speaks for its being a party.

use super::candidate::Evidence;
use super::parties::{bound_sides, is_body, is_one_party, is_same_group, mediators};
use super::*;
use crate::contradiction::{Side, sides};
use counterclaim_claims::actors::ActorKind;
use counterclaim_knowledge::Country;
use counterclaim_knowledge::weights::Weights;
use counterclaim_language::Upos;
use counterclaim_schema::ledger::Stance;
use std::sync::LazyLock;

/// A side that may be a party.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// The actors of this side in order of their first mention.
    pub actors: Vec<ActorId>,
    /// Its country.
    pub country: String,
    /// Whether it is an armed group.
    pub armed: bool,
    /// Names and values of the evidence.
    pub evidence: Vec<(&'static str, f32)>,
}

/// Log odds from which a side is a party, and from which the next one is where fewer than two are.
const LEAST: f32 = 0.6;
const SECOND: f32 = -2.5;

/// Weights by `keeper_` or `violator_` and the name of the evidence (`training/keepers.py`).
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../../../../data/keeper_weights.csv")));

/// Log odds of a row by its evidence.
pub(super) fn odds(kind: &str, evidence: &[(&'static str, f32)]) -> f32 {
    let weight = |name: &str| WEIGHTS.of(&format!("{kind}_{name}"));
    evidence.iter().map(|(name, value)| weight(name) * value).sum()
}

/// Those whom the words say: "a ten-day ceasefire between Sunni and Shia tribes", "a truce with the ELN" beside whom rules found.
pub(super) fn told(reading: &Reading<'_>, group: &Group, ruled: &[ActorId]) -> Option<Vec<ActorId>> {
    let syntax = reading.syntax();
    let names = group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied());
    // "Syria's government and Kurdish-led forces announced a ceasefire": two who make it known together keep it.
    for word in names.clone() {
        let verb = syntax.clause(word);
        let makes =
            ANNOUNCE.contains(&syntax.lemma(verb)) && syntax.patient(verb) == Some(word) && !syntax.is_passive(verb);
        let agent = syntax.agent(verb).filter(|_| makes);
        let actors: Vec<ActorId> = agent
            .map(|agent| reading.actors.of_phrase(syntax, agent).into_iter().map(|(actor, _)| actor).collect())
            .unwrap_or_default();
        let fights = |&actor: &ActorId| {
            let fighting = |sector: &String| matches!(sector.as_str(), "GOV" | "MIL" | "REB" | "PRM" | "UAF" | "OPP");
            reading.actors.all[actor].sectors.first().is_some_and(fighting)
        };
        if actors.len() == 2 && actors.iter().all(fights) && ruled.len() < 2 {
            return Some(actors);
        }
    }
    let own = |word: u32| syntax.obliques(word).into_iter().map(|oblique| (true, oblique));
    let of_clause = |word: u32| syntax.obliques(syntax.clause(word)).into_iter().map(|oblique| (false, oblique));
    names.into_iter().flat_map(|word| own(word).chain(of_clause(word))).find_map(|(own, oblique)| {
        let actors: Vec<ActorId> =
            reading.actors.of_phrase(syntax, oblique.head).into_iter().map(|(actor, _)| actor).collect();
        match oblique.preposition.as_str() {
            "between" if own && actors.len() >= 2 => Some(actors),
            "between" if ruled.len() == 2 && ruled.iter().all(|party| actors.contains(party)) => Some(actors),
            "with" if ruled.len() == 2 && ruled.iter().any(|party| actors.contains(party)) => Some(ruled.to_vec()),
            _ => None,
        }
    })
}

/// Whether it fights without being a state: how golds tell two sides of one country apart.
pub(super) fn is_armed(reading: &Reading<'_>, actor: ActorId) -> bool {
    counterclaim_knowledge::actors::is_armed_group(&reading.actors.all[actor].sectors)
}

/// Whether a name counts people and names no body: "four soldiers".
fn is_counted(reading: &Reading<'_>, actor: ActorId) -> bool {
    let name = reading.actors.all[actor].mentions.first();
    let first = name.and_then(|span| reading.syntax().words_in(*span).next());
    first.is_some_and(|word| reading.syntax().upos(word) == Upos::Num)
}

/// Whether a name is that of a thing: "a coalition warplane".
fn is_thing(reading: &Reading<'_>, actor: ActorId) -> bool {
    let last = reading.actors.all[actor].name.split_whitespace().next_back().map(str::to_lowercase);
    last.is_some_and(|last| {
        let one = last.strip_suffix('s').unwrap_or(&last);
        counterclaim_knowledge::weapons::is_weapon(&last) || counterclaim_knowledge::weapons::is_weapon(one)
    })
}

/// Parties by a name: "two soldiers" who were freed are no party, the army or the state whose soldiers they are is.
pub(super) fn named(reading: &Reading<'_>, parties: Vec<ActorId>) -> Vec<ActorId> {
    let mut found: Vec<ActorId> = Vec::new();
    for party in parties {
        let actors = 0..reading.actors.all.len();
        let unnamed = |actor: ActorId| is_counted(reading, actor) || is_thing(reading, actor);
        let other = || actors.clone().find(|&other| is_one_party(reading, other, party) && !unnamed(other));
        let name = if unnamed(party) { other().unwrap_or(party) } else { party };
        // "Regional commanders", "the gunmen" are men of a state or body that the report names.
        let names = |&other: &ActorId| {
            let row = &reading.actors.all[other];
            let state = || Country::by_name(&row.name).is_some_and(|land| row.country.as_deref() == Some(land.iso3));
            let body = match row.kind {
                ActorKind::State => state(),
                ActorKind::Organization => row.known.is_some(),
                _ => false,
            };
            body && is_one_party(reading, other, name)
        };
        let wholes: Vec<ActorId> = actors.clone().filter(names).collect();
        // "The rebels" of a land with several groups are not the one that happens to be listed.
        let one = wholes.len() == 1 || !is_armed(reading, name);
        let alike = |&other: &ActorId| one || is_same_group(reading, other, name);
        let whole = wholes.into_iter().find(alike).filter(|_| reading.actors.all[name].plural);
        let name = whole.unwrap_or(name);
        // A spokesman beside the group that he speaks for is no party of his own.
        let person = |actor: ActorId| reading.actors.all[actor].kind == ActorKind::Person;
        let spoken = person(name) && found.iter().any(|&known| is_one_party(reading, known, name));
        if !found.contains(&name) && !spoken {
            found.push(name);
        }
    }
    found
}

/// The sides that weigh enough, each by the name that the rules found where they found one.
pub(super) fn weigh(reading: &Reading<'_>, keepers: &[Keeper], ruled: &[ActorId]) -> Vec<ActorId> {
    let mut weighed: Vec<(f32, &Keeper)> =
        keepers.iter().map(|keeper| (odds("keeper", &keeper.evidence), keeper)).collect();
    weighed.sort_by(|one, other| other.0.total_cmp(&one.0));
    let known = |keeper: &Keeper| {
        let first = keeper.actors[0];
        let ours = |&&party: &&ActorId| is_one_party(reading, party, first) && !is_counted(reading, party);
        let named = || keeper.actors.iter().find(|&&actor| !is_counted(reading, actor));
        ruled.iter().find(ours).or_else(named).copied().unwrap_or(first)
    };
    let mut parties: Vec<ActorId> = Vec::new();
    for (index, (odds, keeper)) in weighed.into_iter().enumerate() {
        let party = known(keeper);
        if (odds >= LEAST || index < 2 && odds >= SECOND) && !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties
}

/// The sides of a report; `ruled` are the parties by rule, `named` of them those that the words around the name tell.
pub(super) fn keepers(
    reading: &Reading<'_>,
    events: &[Event],
    group: &Group,
    ruled: &[ActorId],
    named: &[ActorId],
) -> Vec<Keeper> {
    let syntax = reading.syntax();
    let mut rows: Vec<Vec<ActorId>> = Vec::new();
    for actor in (0..reading.actors.all.len()).filter(|&actor| reading.actors.all[actor].members.is_empty()) {
        if reading.actors.all[actor].country.is_none() || is_body(reading, actor) {
            continue;
        }
        match rows.iter_mut().find(|row| is_one_party(reading, row[0], actor)) {
            Some(row) => row.push(actor),
            None => rows.push(vec![actor]),
        }
    }
    let mediators = mediators(reading);
    let home = reading.actors.main_countries();
    let bound = bound_sides(reading, syntax, group);
    let names: Vec<u32> =
        group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied()).collect();
    let first = names.iter().map(|&word| syntax.sentence(word)).min();
    let broken = super::breach::breaches(reading, syntax);
    let breakers: Vec<ActorId> = broken
        .iter()
        .filter_map(|&word| syntax.agent(syntax.clause(word)))
        .flat_map(|agent| reading.actors.of_phrase(syntax, agent))
        .map(|(actor, _)| actor)
        .collect();
    let tellers: Vec<ActorId> = broken
        .iter()
        .filter_map(|&word| reading.innermost_claim(syntax.span(word)))
        .filter_map(|claim| reading.claims[claim].claimant)
        .collect();
    let is_between =
        names.iter().any(|&word| syntax.obliques(word).iter().any(|oblique| oblique.preposition == "between"));
    let mentions =
        |row: &[ActorId]| -> usize { row.iter().map(|&actor| reading.actors.all[actor].mentions.len()).sum() };
    let most = rows.iter().map(|row| mentions(row)).max().unwrap_or(1).max(1) as f32;
    let weigh = |row: &Vec<ActorId>| {
        let mut told = Evidence::default();
        let of = |actor: ActorId| row.contains(&actor);
        let any =
            |listed: &[ActorId]| listed.iter().any(|&actor| row.iter().any(|&own| is_one_party(reading, own, actor)));
        told.is("bias", true);
        told.is("ruled", any(ruled));
        told.is("ruled_alone", any(ruled) && ruled.len() == 1);
        told.is("ruled_of_two", any(ruled) && ruled.len() == 2);
        told.is("ruled_others", !any(ruled) && ruled.len() >= 2);
        told.is("named", any(named));
        told.is("named_others", !any(named) && named.len() >= 2);
        let kind = sides(reading, row[0]);
        let is = |fits: fn(&Side) -> bool| kind.iter().any(fits);
        let state = is(|side| matches!(side, Side::State(_)));
        let armed = is(|side| matches!(side, Side::Armed { .. }));
        told.is("state", state);
        told.is("armed", armed);
        told.is("breakaway", is(|side| matches!(side, Side::Breakaway(_))));
        told.is("people", is(|side| matches!(side, Side::People { .. })));
        let country = reading.actors.all[row[0]].country.as_deref().unwrap_or_default();
        let foreign = !home.contains(&country);
        told.is("foreign_state", foreign && state);
        told.is("foreign_armed", foreign && armed);
        told.is("first_country", reading.actors.countries.first().is_some_and(|(first, _)| first == country));
        told.is("mediator", row.iter().any(|actor| mediators.contains(actor)));
        told.is("principal", reading.actors.principal.is_some_and(|(one, other)| any(&[one, other])));
        told.is("bound", any(&bound));
        let sector = |listed: &[&str]| {
            row.iter().any(|&actor| reading.actors.all[actor].sectors.iter().any(|own| listed.contains(&own.as_str())))
        };
        told.is("soldiers", sector(&["MIL"]));
        told.is("government", sector(&["GOV"]));
        told.is("police", sector(&["COP"]));
        told.is("gang", sector(&["CRM"]));
        told.is("community", sector(&["SOC", "AGR", "CVL"]));
        told.is("known", row.iter().any(|&actor| reading.actors.all[actor].known.is_some()));
        // What it does and suffers.
        let count = |fits: &dyn Fn(&Event) -> bool| events.iter().filter(|event| fits(event)).count();
        let part = |parts: &[crate::roles::Part]| parts.iter().any(|part| part.basis != "context" && of(part.actor));
        let assault = |event: &Event| event.event_type == "ASSAULT";
        let doer = count(&|event| assault(event) && part(&event.roles.actors));
        let sufferer = count(&|event| assault(event) && part(&event.roles.recipients));
        let yields =
            count(&|event| matches!(event.event_type, "CONCEDE" | "AGREE" | "RETREAT") && part(&event.roles.actors));
        let helps = count(&|event| {
            matches!(event.event_type, "CONSULT" | "SUPPORT" | "AID" | "COOPERATE") && part(&event.roles.actors)
        });
        let tells = reading.claims.iter().filter(|claim| claim.claimant.is_some_and(of)).count();
        let denies = reading
            .claims
            .iter()
            .filter(|claim| claim.stance == Stance::Deny && claim.claimant.is_some_and(of))
            .count();
        let accuses = reading
            .claims
            .iter()
            .filter(|claim| claim.stance == Stance::Accuse && claim.claimant.is_some_and(of))
            .count();
        let accused = reading
            .claims
            .iter()
            .filter(|claim| claim.stance == Stance::Accuse && any(&reading.accused(syntax, claim)))
            .count();
        for (name, again, number) in [
            ("doer", "doer_again", doer),
            ("sufferer", "sufferer_again", sufferer),
            ("yields", "yields_again", yields),
            ("helps", "helps_again", helps),
            ("tells", "tells_again", tells),
            ("denies", "denies_again", denies),
            ("accuses", "accuses_again", accuses),
            ("accused", "accused_again", accused),
        ] {
            told.is(name, number > 0);
            told.add(again, (number.min(5) as f32 - 1.0).max(0.0));
        }
        told.is("fights", doer + sufferer > 0 && accuses + accused + denies > 0);
        told.is("onlooker", tells > 0 && doer + sufferer + accuses + accused + denies + yields == 0);
        told.add("share", mentions(row) as f32 / most);
        // Where it is named beside the agreement.
        let spans = || row.iter().flat_map(|&actor| &reading.actors.all[actor].mentions);
        let sentences: Vec<u32> =
            spans().filter_map(|span| syntax.words_in(*span).next()).map(|word| syntax.sentence(word)).collect();
        let here = names.iter().filter(|&&word| sentences.contains(&syntax.sentence(word))).count();
        told.is("beside", here > 0);
        told.add("beside_again", (here.min(4) as f32 - 1.0).max(0.0));
        told.is("beside_first", first.is_some_and(|first| sentences.contains(&first)));
        told.is("behind_first", first.is_some_and(|first| sentences.contains(&(first + 1))));
        let subject = names.iter().any(|&word| {
            let agent = syntax.agent(syntax.clause(word)).filter(|&agent| agent != word);
            agent.is_some_and(|agent| reading.actors.of_phrase(syntax, agent).iter().any(|(actor, _)| of(*actor)))
        });
        told.is("over_agreement", subject);
        // "The state government announced a truce between both sides".
        told.is("over_others", subject && is_between);
        told.is("breaks", any(&breakers));
        told.is("tells_of_breach", any(&tellers));
        let between = names.iter().any(|&word| {
            syntax.obliques(word).iter().chain(&syntax.obliques(syntax.clause(word))).any(|oblique| {
                matches!(oblique.preposition.as_str(), "between" | "among" | "with")
                    && reading.actors.of_phrase(syntax, oblique.head).iter().any(|(actor, _)| of(*actor))
            })
        });
        told.is("between", between);
        let owner = names.iter().any(|&word| {
            syntax
                .owner(word)
                .and_then(|owner| reading.actors.at(owner))
                .is_some_and(|actor| any(&reading.actors.flatten(actor)))
        });
        told.is("owner", owner);
        let armed = row.iter().any(|&actor| is_armed(reading, actor));
        Keeper { actors: row.clone(), country: country.to_owned(), armed, evidence: told.0 }
    };
    rows.iter().map(weigh).collect()
}
