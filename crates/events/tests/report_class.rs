//! What a report as a whole tells, and the ACLED codes that it rests on.

use counterclaim_events::{Fact, Reader};
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_schema::Document;
use std::sync::LazyLock;

static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(Model::embedded()));

fn document(text: &str) -> Document {
    read_bytes(text.as_bytes(), &Options::default()).remove(0).document
}

/// Checks that a fact is found, and another one is not.
fn check_facts(text: &str, found: Fact, not: Fact) {
    let facts = READER.report_class(&document(text), false).facts;
    assert!(facts.contains(&found) && !facts.contains(&not), "{text}: {facts:?}");
}

fn check_class(text: &str, class: &str) {
    let found = READER.report_class(&document(text), false);
    assert_eq!(found.class, class, "{text}: {:?}", found.facts);
}

/// Checks the ACLED sub-event of the first event that has one.
fn check_code(text: &str, sub: &str) {
    let ledger = READER.read(&document(text), &[]);
    let found = ledger.events.iter().find_map(|event| event.acled.as_ref()).map(|code| code.sub_event_type.as_str());
    assert_eq!(found, Some(sub), "{text}");
}

#[test]
fn whoever_takes_the_place_decides() {
    use Fact::{ChangeCodedInLead, NonStateTakes, StateTakes, TakenUnopposed};
    check_facts("Rebels massed fighters near Bria to retake the town of Bambari.", ChangeCodedInLead, NonStateTakes);
    check_facts("The Chadian army and allied militias took control of Faya on Monday.", StateTakes, NonStateTakes);
    check_facts("Rebel fighters retook the town of Bambari from the army on Friday.", NonStateTakes, StateTakes);
    check_facts("The insurgents entered the district capital without resistance.", TakenUnopposed, StateTakes);
    check_facts("The border strip was handed over to the provincial council on Sunday.", TakenUnopposed, StateTakes);
    check_facts("Two villages were seized from the rebels on Friday.", StateTakes, NonStateTakes);
    check_facts("The garrison withdrew and rebels entered the town.", Fact::TakenAfterWithdrawal, TakenUnopposed);
    check_code("Rebel fighters retook the town of Bambari on Friday.", "Non-state actor overtakes territory");
    check_code("Government troops took control of the town of Bambari on Friday.", "Government regains territory");
    check_class("Rebel fighters retook the town of Bambari from the army on Friday.", "NON_STATE_ACTOR_OVERTAKES_TER");
}

#[test]
fn what_protesters_did_and_what_was_done_to_them() {
    use Fact::{ProtestCalm, ProtestForce, ProtestObstructs, ProtestPoliced, ProtestUnrest};
    check_facts("Nurses held a vigil outside the ministry, asking for back pay.", ProtestCalm, ProtestPoliced);
    check_facts("Police used water cannon to clear students who protested over fees.", ProtestPoliced, ProtestCalm);
    check_facts("Demonstrators hurled stones at the governor's house.", ProtestUnrest, ProtestCalm);
    check_facts("Riot police watched as demonstrators sang outside the court.", ProtestPoliced, ProtestUnrest);
    check_facts("Protesters blocked the bridge to the port.", ProtestObstructs, ProtestCalm);
    check_facts("Soldiers fired live rounds at protesters in the capital.", ProtestForce, ProtestCalm);
    check_code("Police fired tear gas at protesters on Monday.", "Protest with intervention");
    check_code("Soldiers opened fire on protesters in the capital.", "Excessive force against protesters");
    check_code("Protesters clashed with police outside the palace.", "Violent demonstration");
}

#[test]
fn the_means_come_before_the_general_attack() {
    use Fact::{ArmsFound, AttackCoded, ClashCoded, Grenade, SuicideBomb};
    check_facts("A suicide bomber killed nine soldiers at a checkpoint.", SuicideBomb, ClashCoded);
    check_facts("Attackers lobbed a grenade at a bar, killing two people.", Grenade, AttackCoded);
    check_facts("Police seized three grenades and a rifle from a lorry.", ArmsFound, Grenade);
    check_facts("Militants fired a rocket-propelled grenade at the convoy.", Fact::ShellingWords, Grenade);
    check_code("Gunmen attacked the mosque on Friday.", "Attack");
    check_code("Gunmen attacked the army post on Friday.", "Armed clash");
    check_class("Police seized three grenades and a rifle from a lorry.", "DISR_WEAP");
}

#[test]
fn words_about_deeds_are_no_deeds() {
    use Fact::{Accident, AttackCoded, Chemical, ExplosionWords, Sanctions, SuicideBomb};
    check_facts("The front claimed responsibility for the suicide bombing.", Fact::Responsibility, SuicideBomb);
    check_facts("Ottawa imposed sanctions over the use of chlorine.", Sanctions, Chemical);
    check_facts("Belgrade's foreign minister urged Zagreb to open the border.", Fact::StatesSpeak, AttackCoded);
    check_facts("A mob looted shops and beat a driver.", Fact::Mob, Fact::Looting);
    check_facts("A gas leak set off an explosion in a bakery.", Accident, ExplosionWords);
    check_facts("The army set up an observation post on the ridge.", Fact::PostSetUp, AttackCoded);
}
