//! What a report tells, as far as ACLED's codebook asks for it.

use super::cues::Cues;
use super::territory::Taker;
use crate::event::Event;
use crate::roles::Part;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{HarmKind, Scope, Status};
use std::collections::BTreeSet;

/// A question of the codebook that the report answers with yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Words of kidnapping.
    AbductionWords,
    /// A deed coded as abduction.
    AbductionCoded,
    /// Crashes, leaks, poisonings, without fighters or weapons.
    Accident,
    /// The first sentence lays an attack at a door.
    AccusedOfAttack,
    /// A deed coded as agreement: truces, releases, surrender.
    AgreementCoded,
    /// Words of truces, peace talks, swaps, surrender in the first sentence.
    AgreementInLead,
    /// A deed from the air, or with aircraft or drones.
    AircraftCoded,
    /// Words of air strikes.
    AircraftWords,
    /// Weapons are found, seized, defused, intercepted.
    ArmsFound,
    /// A deed coded as arrest, outside of protests.
    ArrestCoded,
    /// A deed coded as attack on the unarmed.
    AttackCoded,
    /// The first sentence blames or rejects blame.
    Blame,
    /// Forces move, gather or leave in the first sentence.
    ChangeCodedInLead,
    /// Words of moving and forming forces in the first sentence.
    ChangeInLead,
    /// Poison gas and other chemical weapons.
    Chemical,
    /// A deed coded as clash.
    ClashCoded,
    /// A fight that both sides are told to fight.
    ClashOfTwoSides,
    /// Smuggling, fraud, drugs, gangs in the first sentence.
    CrimeInLead,
    /// A deed coded as looting or destruction.
    DestructionCoded,
    /// Houses, shops, vehicles are burned or looted, by no protesters.
    DestructionOfEstate,
    /// Diplomats are expelled or recalled, ties are cut.
    DiplomatsExpelled,
    /// Diplomats are told of.
    Diplomats,
    /// A deed coded as bomb or mine.
    ExplosionCoded,
    /// Words of bombs, mines, explosions.
    ExplosionWords,
    /// People flee, return, are helped; mass graves.
    FlightInLead,
    /// Foreign ministries and world bodies in the first sentence.
    ForeignMinistries,
    /// Grenades that are not only found.
    Grenade,
    /// Gunmen and shooting, at no protest.
    Gunfire,
    /// Words of looting and vandalism.
    Looting,
    /// A mob, lynching, vigilantes.
    Mob,
    /// Floods, quakes, storms, eruptions.
    NaturalHazard,
    /// Rebels or other armed groups take a place.
    NonStateTakes,
    /// A base, post or headquarters is set up.
    PostSetUp,
    /// A protest without violence or forces that step in.
    ProtestCalm,
    /// Live fire, deaths and other excess against protesters.
    ProtestForce,
    /// A protest with dead or injured.
    ProtestHarm,
    /// Tear gas, dispersal, arrests at a protest.
    ProtestIntervention,
    /// Protesters block, break in, clash.
    ProtestObstructs,
    /// A protest is called peaceful, or sings and sits.
    ProtestPeaceful,
    /// Forces step in at a protest that is not violent.
    ProtestPoliced,
    /// Protesters throw, burn, riot.
    ProtestUnrest,
    /// Responsibility for a deed is claimed or denied.
    Responsibility,
    /// Rioters without a protest.
    Riot,
    /// Sanctions and embargoes.
    Sanctions,
    /// Words of sexual violence.
    SexualViolence,
    /// A deed coded as shelling.
    ShellingCoded,
    /// Words of artillery, rockets, missiles.
    ShellingWords,
    /// Words between states and world bodies in the first sentence.
    StatesSpeak,
    /// State forces, or their allies beside them, take a place.
    StateTakes,
    /// Suicide bombers.
    SuicideBomb,
    /// A place is taken where one side left.
    TakenAfterWithdrawal,
    /// A place is handed over, or taken without resistance.
    TakenUnopposed,
}

/// A report with its events and cues.
pub(super) struct Told<'r, 'd> {
    pub(super) reading: &'r Reading<'d>,
    pub(super) syntax: Syntax<'r>,
    pub(super) events: &'r [Event],
    cues: Cues,
    /// ACLED sub-events of what is told as having happened now.
    codes: BTreeSet<&'r str>,
    /// The first sentence that has a verb.
    lead: Option<u32>,
}

/// Sectors of the parties of an event.
pub(super) fn sectors_of<'r>(reading: &'r Reading<'_>, parts: &[Part]) -> Vec<&'r str> {
    parts.iter().flat_map(|part| reading.actors.all[part.actor].sectors.iter().map(String::as_str)).collect()
}

/// The facts of a report.
pub(super) fn facts(reading: &Reading<'_>, events: &[Event]) -> BTreeSet<Fact> {
    let told = Told::new(reading, events);
    let mut facts = BTreeSet::new();
    let protest = told.is_protest();
    let arms_found = told.acts_on(&["found", "disarm"], &["cache", "ied", "grenade", "shelling"]);
    if protest {
        told.protest(&mut facts);
    } else if told.cues.has("rioter") {
        facts.insert(Fact::Riot);
    }
    told.means(&mut facts, arms_found);
    told.territory(&mut facts);
    told.words(&mut facts, protest, arms_found);
    told.precedence(&mut facts, protest);
    facts
}

impl<'r, 'd> Told<'r, 'd> {
    fn new(reading: &'r Reading<'d>, events: &'r [Event]) -> Told<'r, 'd> {
        let syntax = reading.syntax();
        let codes = events
            .iter()
            .filter(|event| is_current(event))
            .filter_map(|event| event.acled.as_ref().map(|code| code.sub_event_type.as_str()))
            .collect();
        let mut words = 0..syntax.analysis.words.len() as u32;
        let lead = words.find(|&word| syntax.upos(word) == Upos::Verb).map(|word| syntax.sentence(word));
        Told { reading, syntax, events, cues: Cues::find(syntax), codes, lead }
    }

    pub(super) fn sectors_at(&self, word: u32) -> Vec<&'r str> {
        let actor = self.reading.actors.at(word);
        actor
            .map(|actor| self.reading.actors.all[actor].sectors.iter().map(String::as_str).collect())
            .unwrap_or_default()
    }

    /// A noun with what is coordinated to it, and the modifiers of these.
    pub(super) fn phrase(&self, head: u32) -> Vec<u32> {
        const PARTS: &[Deprel] =
            &[Deprel::Compound, Deprel::Amod, Deprel::Flat, Deprel::Nmod, Deprel::Conj, Deprel::Appos];
        let heads = self.syntax.coordination(head);
        let below = heads.iter().flat_map(|&word| self.syntax.dependents(word)).copied();
        let parts: Vec<u32> = below.filter(|&word| PARTS.contains(&self.syntax.deprel(word))).collect();
        heads.into_iter().chain(parts).collect()
    }

    /// Whether one of the verbs (or nouns made of them) acts on one of the things.
    fn acts_on(&self, verbs: &[&str], things: &[&str]) -> bool {
        let objects = verbs.iter().flat_map(|cue| self.cues.words(cue)).flat_map(|&word| self.objects(word));
        objects.into_iter().any(|object| {
            let phrase = self.phrase(object);
            things.iter().flat_map(|cue| self.cues.words(cue)).any(|thing| phrase.contains(thing))
        })
    }

    fn objects(&self, word: u32) -> Vec<u32> {
        let syntax = self.syntax;
        match syntax.upos(word) {
            Upos::Noun => {
                syntax.dependents(word).iter().copied().filter(|&child| syntax.deprel(child) == Deprel::Nmod).collect()
            }
            Upos::Verb => {
                let described = matches!(syntax.deprel(word), Deprel::Acl | Deprel::AclRelcl | Deprel::Amod);
                let patient = syntax.patient(word);
                patient.or_else(|| syntax.head(word).filter(|_| described)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// In the first sentence that has a verb; datelines and headings have none.
    fn in_lead(&self, word: u32) -> bool {
        self.lead == Some(self.syntax.sentence(word))
    }

    fn leads(&self, cue: &str) -> bool {
        self.cues.words(cue).iter().any(|&word| self.in_lead(word))
    }

    fn is_protest(&self) -> bool {
        let coded = || self.events.iter().any(|event| event.event_type == "PROTEST");
        self.cues.has("protest") || self.cues.has("rally") && coded()
    }

    /// Protesters' own violence, what was done to them, or neither.
    fn protest(&self, facts: &mut BTreeSet<Fact>) {
        let unrest = self.cues.has("unrest") || self.codes.contains("Violent demonstration");
        let obstructs = self.cues.has("obstruct");
        let force = self.cues.has("excess") || self.codes.contains("Excessive force against protesters");
        let intervention = self.cues.has("crowd_control")
            || self.cues.has("arrest")
            || self.codes.contains("Protest with intervention");
        let harms = self.reading.harms.iter().chain(&self.reading.victims);
        let harm = harms.into_iter().any(|harm| matches!(harm.mention.kind, HarmKind::Killed | HarmKind::Injured));
        let violent = unrest || obstructs || force;
        for (fact, holds) in [
            (Fact::ProtestUnrest, unrest),
            (Fact::ProtestObstructs, obstructs && !unrest),
            (Fact::ProtestForce, force),
            (Fact::ProtestIntervention, intervention),
            (Fact::ProtestPoliced, intervention && !violent),
            (Fact::ProtestHarm, harm),
            (Fact::ProtestCalm, !violent && !intervention),
            (Fact::ProtestPeaceful, self.cues.has("peaceful")),
        ] {
            if holds {
                facts.insert(fact);
            }
        }
    }

    /// By what people or things were hit.
    fn means(&self, facts: &mut BTreeSet<Fact>, arms_found: bool) {
        let aircraft = self.events.iter().filter(|event| is_current(event)).any(|event| {
            let mut classes = event.roles.weapons.iter().filter_map(|(_, class)| class.as_deref());
            classes.any(|class| matches!(class, "aircraft" | "drone" | "aerial_bomb"))
        });
        for (fact, holds) in [
            (Fact::SuicideBomb, self.cues.has("suicide") || self.codes.contains("Suicide bomb")),
            (Fact::Chemical, self.cues.has("chemical")),
            (Fact::Grenade, self.cues.has("grenade") && !arms_found),
            (Fact::ArmsFound, arms_found),
            (Fact::AircraftCoded, aircraft || self.codes.contains("Air/drone strike")),
            (Fact::AircraftWords, self.cues.has("air")),
            (Fact::ShellingCoded, self.codes.contains("Shelling/artillery/missile attack")),
            (Fact::ShellingWords, self.cues.has("shelling")),
            (Fact::ExplosionCoded, self.codes.contains("Remote explosive/landmine/IED")),
            (Fact::ExplosionWords, self.cues.has("ied")),
        ] {
            if holds {
                facts.insert(fact);
            }
        }
    }

    fn territory(&self, facts: &mut BTreeSet<Fact>) {
        let takings = self.takings();
        for &taking in &takings {
            match self.taker(taking) {
                Some(Taker::State) => facts.insert(Fact::StateTakes),
                Some(Taker::NonState) => facts.insert(Fact::NonStateTakes),
                None => false,
            };
        }
        let meets = |word: &u32| {
            let sentence = self.syntax.sentence(*word);
            self.syntax
                .words_of(sentence)
                .any(|other| self.is_taking_verb(other) || self.cues.words("enter").contains(&other))
        };
        let entries = self.cues.words("enter").iter().copied().filter(|&word| self.taker(word).is_some());
        let goes_in: Vec<u32> = takings.iter().copied().chain(entries).collect();
        if self.hands_over_land() || self.cues.words("resistance").iter().any(meets) {
            facts.insert(Fact::TakenUnopposed);
        } else if self.left_before(&goes_in) && !self.is_fought_over(&takings) {
            facts.insert(Fact::TakenAfterWithdrawal);
        }
    }

    fn words(&self, facts: &mut BTreeSet<Fact>, protest: bool, arms_found: bool) {
        let cues = &self.cues;
        let armed = cues.has("insurgent") || cues.has("chemical") || protest || arms_found;
        let expelled = cues.has("diplomat") && (cues.has("expel") || cues.has("sanction"));
        let change =
            |event: &Event| event.acled.as_ref().is_some_and(|code| code.sub_event_type == "Change to group/activity");
        let change_leads =
            self.events.iter().any(|event| is_current(event) && change(event) && self.in_lead(event.word));
        let attack =
            cues.has("ied") || cues.has("shelling") || self.events.iter().any(|event| event.event_type == "ASSAULT");
        let clash = |event: &Event| event.mutual && event.event_type == "ASSAULT" && is_current(event);
        for (fact, holds) in [
            (Fact::NaturalHazard, cues.has("natural")),
            (Fact::Accident, cues.has("accident") && !armed),
            (Fact::CrimeInLead, self.leads("crime")),
            (Fact::SexualViolence, cues.has("sexual")),
            (Fact::AbductionWords, cues.has("abduct")),
            (Fact::AbductionCoded, self.codes.contains("Abduction/forced disappearance")),
            (Fact::Responsibility, cues.has("responsibility")),
            (Fact::Blame, self.leads("blame")),
            (Fact::AccusedOfAttack, self.leads("blame") && attack && !cues.has("sanction")),
            (Fact::Sanctions, cues.has("sanction")),
            (Fact::DiplomatsExpelled, expelled),
            (Fact::Diplomats, cues.has("diplomat") && !expelled),
            (Fact::ForeignMinistries, self.leads("statement")),
            (Fact::StatesSpeak, self.states_speak()),
            (Fact::AgreementCoded, self.codes.contains("Agreement")),
            (Fact::AgreementInLead, self.leads("agreement")),
            (Fact::ArrestCoded, self.codes.contains("Arrests")),
            (Fact::ChangeCodedInLead, change_leads),
            (Fact::ChangeInLead, !change_leads && self.leads("change")),
            (Fact::PostSetUp, self.acts_on(&["establish"], &["post"])),
            (Fact::Mob, cues.has("mob")),
            (Fact::DestructionCoded, self.codes.contains("Looting/property destruction")),
            (Fact::DestructionOfEstate, cues.has("property") && cues.has("estate") && !protest),
            (Fact::Looting, cues.has("loot")),
            (Fact::FlightInLead, self.leads("flight")),
            (Fact::ClashCoded, self.codes.contains("Armed clash")),
            (Fact::ClashOfTwoSides, self.events.iter().any(clash)),
            (Fact::AttackCoded, self.codes.contains("Attack")),
            (Fact::Gunfire, cues.has("gunfire") && !protest),
        ] {
            if holds {
                facts.insert(fact);
            }
        }
    }

    /// "Ankara urged Athens": words between states and world bodies in the lead.
    fn states_speak(&self) -> bool {
        const VERBAL: &[&str] = &["REQUEST", "ACCUSE", "REJECT", "CONSULT", "THREATEN", "SANCTION", "SUPPORT", "AGREE"];
        const OFFICIAL: &[&str] = &["GOV", "IGO", "UNO"];
        let official = |parts: &[Part]| sectors_of(self.reading, parts).iter().any(|sector| OFFICIAL.contains(sector));
        self.events.iter().any(|event| {
            let parts = &event.roles;
            VERBAL.contains(&event.event_type)
                && self.in_lead(event.word)
                && official(&parts.actors)
                && (official(&parts.recipients) || event.mutual && parts.actors.len() > 1)
        })
    }

    /// The codebook's order: the more particular means wins over the general attack, the act over the words about it.
    fn precedence(&self, facts: &mut BTreeSet<Fact>, protest: bool) {
        use Fact::*;
        const GENERAL: &[Fact] = &[ClashCoded, ClashOfTwoSides, AttackCoded, Gunfire];
        const MEANS: &[Fact] =
            &[AircraftCoded, AircraftWords, ShellingCoded, ShellingWords, ExplosionCoded, ExplosionWords];
        let any = |facts: &BTreeSet<Fact>, of: &[Fact]| of.iter().any(|fact| facts.contains(fact));
        let mut weaker: Vec<Fact> = Vec::new();
        if any(facts, &[SuicideBomb, Chemical, Grenade]) {
            weaker.extend(GENERAL.iter().chain(&[ChangeCodedInLead, ChangeInLead]));
        }
        if any(facts, &[SuicideBomb, Chemical]) {
            weaker.extend(MEANS);
        }
        if any(facts, &[AircraftWords, AircraftCoded]) {
            weaker.extend([ClashCoded, AttackCoded, ShellingWords, ExplosionWords]);
        }
        if facts.contains(&Responsibility) {
            weaker.extend(GENERAL.iter().chain(&[SuicideBomb, ExplosionWords, ExplosionCoded]));
        }
        if any(facts, &[Accident, NaturalHazard]) && !self.cues.has("insurgent") {
            weaker.extend([ExplosionWords, ExplosionCoded, ShellingCoded, AttackCoded, ClashCoded]);
        }
        if any(facts, &[Sanctions, DiplomatsExpelled]) {
            weaker.extend(GENERAL.iter().chain(MEANS).chain(&[Chemical]));
        }
        if any(facts, &[StateTakes, NonStateTakes, TakenUnopposed, TakenAfterWithdrawal]) {
            weaker.extend([ChangeCodedInLead, ChangeInLead]);
        }
        if facts.contains(&TakenUnopposed) {
            weaker.extend([StateTakes, NonStateTakes]);
        }
        if facts.contains(&ArmsFound) {
            weaker.extend(GENERAL.iter().chain(MEANS));
        }
        if facts.contains(&Mob) {
            weaker.extend([Looting, DestructionCoded, DestructionOfEstate]);
        }
        if protest {
            weaker.extend([ArrestCoded, AttackCoded]);
        }
        facts.retain(|fact| !weaker.contains(fact));
    }
}

/// Told as news, and not as denied, possible or only meant.
fn is_current(event: &Event) -> bool {
    event.scope == Scope::Current && !matches!(event.status, Status::Denied | Status::Hypothetical | Status::Planned)
}
