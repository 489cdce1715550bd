//! One class for a whole short report, after ACLED's codebook.
//!
//! The class head gives each class a share; what was read multiplies it: each fact of the report speaks for one class by a factor, as a
//! likelihood ratio does for odds. The facts know what the head does not: who took the place, by what, what was done to protesters.

mod cues;
mod facts;
mod territory;

pub use facts::Fact;

use crate::event::Event;
use counterclaim_claims::Reading;
use counterclaim_language::REPORT_CLASSES;

/// The class of a report and what spoke for it.
#[derive(Debug, Clone)]
pub struct ReportClass {
    /// One of [`REPORT_CLASSES`].
    pub class: &'static str,
    /// Facts that were found, those included that speak for other classes.
    pub facts: Vec<Fact>,
}

/// By how much a fact raises the odds of a class. Measured on the training part of CASE 2021 against shares of heads that had not seen the
/// report (docs/decisions/0015), rounded.
const EVIDENCE: &[(Fact, &str, f32)] = &[
    (Fact::ClashCoded, "ARMED_CLASH", 3.0),
    (Fact::ClashOfTwoSides, "ARMED_CLASH", 2.0),
    (Fact::StateTakes, "GOV_REGAINS_TERIT", 12.0),
    (Fact::NonStateTakes, "NON_STATE_ACTOR_OVERTAKES_TER", 12.0),
    (Fact::AttackCoded, "ATTACK", 3.0),
    (Fact::Gunfire, "ATTACK", 1.5),
    (Fact::AbductionWords, "ABDUCT_DISSAP", 3.0),
    (Fact::AbductionCoded, "ABDUCT_DISSAP", 2.0),
    (Fact::SexualViolence, "SEX_VIOL", 5.0),
    (Fact::AircraftWords, "AIR_STRIKE", 5.0),
    (Fact::AircraftCoded, "AIR_STRIKE", 3.0),
    (Fact::ShellingWords, "ART_MISS_ATTACK", 8.0),
    (Fact::ShellingCoded, "ART_MISS_ATTACK", 2.0),
    (Fact::SuicideBomb, "SUIC_BOMB", 8.0),
    (Fact::ExplosionCoded, "REM_EXPLOS", 3.0),
    (Fact::ExplosionWords, "REM_EXPLOS", 2.0),
    (Fact::Grenade, "GRENADE", 2.0),
    (Fact::Chemical, "CHEM_WEAP", 5.0),
    (Fact::ProtestCalm, "PEACE_PROTEST", 5.0),
    (Fact::ProtestPeaceful, "PEACE_PROTEST", 3.0),
    (Fact::ProtestIntervention, "PROTEST_WITH_INTER", 2.0),
    (Fact::ProtestPoliced, "PROTEST_WITH_INTER", 2.0),
    (Fact::ProtestForce, "FORCE_AGAINST_PROTEST", 5.0),
    (Fact::ProtestHarm, "FORCE_AGAINST_PROTEST", 3.0),
    (Fact::ProtestIntervention, "FORCE_AGAINST_PROTEST", 3.0),
    (Fact::ProtestObstructs, "VIOL_DEMONSTR", 8.0),
    (Fact::ProtestUnrest, "VIOL_DEMONSTR", 8.0),
    (Fact::Riot, "VIOL_DEMONSTR", 2.0),
    (Fact::Mob, "MOB_VIOL", 12.0),
    (Fact::DestructionOfEstate, "PROPERTY_DISTRUCT", 5.0),
    (Fact::DestructionCoded, "PROPERTY_DISTRUCT", 3.0),
    (Fact::Looting, "PROPERTY_DISTRUCT", 2.0),
    (Fact::AgreementInLead, "AGREEMENT", 5.0),
    (Fact::AgreementCoded, "AGREEMENT", 3.0),
    (Fact::ArrestCoded, "ARREST", 3.0),
    (Fact::ChangeCodedInLead, "CHANGE_TO_GROUP_ACT", 5.0),
    (Fact::ChangeInLead, "CHANGE_TO_GROUP_ACT", 2.0),
    (Fact::ArmsFound, "DISR_WEAP", 12.0),
    (Fact::PostSetUp, "HQ_ESTABLISHED", 8.0),
    (Fact::TakenUnopposed, "NON_VIOL_TERRIT_TRANSFER", 25.0),
    (Fact::TakenAfterWithdrawal, "NON_VIOL_TERRIT_TRANSFER", 3.0),
    (Fact::StatesSpeak, "DIPLO", 3.0),
    (Fact::Diplomats, "DIPLO", 1.5),
    (Fact::DiplomatsExpelled, "DIPLO", 1.5),
    (Fact::ForeignMinistries, "DIPLO", 1.5),
    (Fact::Sanctions, "DIPLO", 1.5),
    (Fact::Blame, "ATTRIB", 5.0),
    (Fact::Responsibility, "ATTRIB", 3.0),
    (Fact::AccusedOfAttack, "ATTRIB", 2.0),
    (Fact::CrimeInLead, "ORG_CRIME", 5.0),
    (Fact::NaturalHazard, "NATURAL_DISASTER", 5.0),
    (Fact::Accident, "MAN_MADE_DISASTER", 5.0),
    (Fact::FlightInLead, "OTHER", 12.0),
];

/// The best class; `with_none` lets "none of them" be an answer.
pub(crate) fn report_class(reading: &Reading<'_>, events: &[Event], with_none: bool) -> ReportClass {
    let facts = facts::facts(reading, events);
    let asked = REPORT_CLASSES.len() - usize::from(!with_none);
    let score = |class: usize| {
        let share = reading.analysis.events.windows.iter().map(|unit| unit.classes[class]).sum::<f32>();
        let speaking = EVIDENCE.iter().filter(|(fact, name, _)| *name == REPORT_CLASSES[class] && facts.contains(fact));
        speaking.fold(share, |score, (_, _, factor)| score * factor)
    };
    let best = (1..asked).fold(0, |best, class| if score(class) > score(best) { class } else { best });
    ReportClass { class: REPORT_CLASSES[best], facts: facts.into_iter().collect() }
}
