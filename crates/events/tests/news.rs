//! News as papers and agencies print it, where nobody meant to quarrel: sentences of our own in the shapes that real reports broke on.

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_schema::ledger::{ClaimRow, EventRow, HarmRow, Participant, ReportLedger, Stance, Status};

fn ledger(text: &str) -> ReportLedger {
    let read = read_bytes(text.as_bytes(), &Options::default());
    Reader::new(Model::embedded()).read(&read[0].document, &read[0].diagnostics)
}

fn name<'l>(ledger: &'l ReportLedger, id: &str) -> &'l str {
    ledger.actors.iter().find(|actor| actor.id == id).map_or("", |actor| actor.name.as_str())
}

fn names<'l>(ledger: &'l ReportLedger, parts: &[Participant]) -> Vec<&'l str> {
    parts.iter().map(|part| name(ledger, &part.actor)).collect()
}

fn event<'l>(ledger: &'l ReportLedger, word: &str) -> Option<&'l EventRow> {
    ledger.events.iter().find(|event| event.trigger.text.contains(word))
}

fn doers<'l>(ledger: &'l ReportLedger, word: &str) -> Vec<&'l str> {
    event(ledger, word).map(|event| names(ledger, &event.actors)).unwrap_or_default()
}

fn claims_of<'l>(ledger: &'l ReportLedger, cue: &str) -> Vec<&'l ClaimRow> {
    ledger.claims.iter().filter(|claim| claim.cue.iter().any(|span| span.text.contains(cue))).collect()
}

fn place_of<'l>(ledger: &'l ReportLedger, place: Option<&String>) -> Option<&'l str> {
    let place = place.and_then(|id| ledger.places.iter().find(|row| row.id == *id))?;
    Some(place.span.text.as_str())
}

fn only(ledger: &ReportLedger) -> &HarmRow {
    assert_eq!(ledger.harms.len(), 1, "{:?}", ledger.harms);
    &ledger.harms[0]
}

#[test]
fn deeds_tell_nothing() {
    let report =
        ledger("The goalkeeper Matteo Ruiz earned seven caps, and the striker landed nine shots in Bilbao on Sunday.");
    assert!(report.claims.is_empty(), "{:?}", report.claims);
    let report =
        ledger("Ankara has supported guerrillas of the mountain tribes in raids on army posts in northern Iraq.");
    assert!(report.claims.is_empty(), "{:?}", report.claims);
}

#[test]
fn a_purpose_is_nobodys_claim() {
    let report = ledger("Police searched the depot in Cali to confirm that there were no other bombs.");
    assert!(report.claims.is_empty(), "{:?}", report.claims);
    let report = ledger("Two men stabbed a priest in Puebla on Monday. The attackers did not ask for money.");
    assert!(report.claims.is_empty(), "{:?}", report.claims);
}

#[test]
fn of_whom_it_is_said_does_not_say_it() {
    let report = ledger("Woman accused of attacking soldiers with knife.");
    assert!(report.claims.iter().all(|claim| claim.source.is_empty()), "{:?}", report.claims);
    let report = ledger("Gunmen marched at least 18 prisoners said to be officers and pilots to a wall and shot them.");
    assert!(claims_of(&report, "said").iter().all(|claim| claim.source.is_empty()), "{:?}", report.claims);
    assert_eq!(doers(&report, "shot"), ["Gunmen"]);
    assert!(event(&report, "marched").is_none(), "a march with an object is no protest");
}

#[test]
fn who_was_quoted_spoke() {
    let report = ledger(
        "\"Five people were killed in the attack,\" Governor Omar Haddad was quoted as saying by Sahel TV in Tunis.",
    );
    let quoted = claims_of(&report, "quoted");
    assert!(
        quoted.iter().any(|claim| claim.source.iter().any(|span| span.text.contains("Haddad"))),
        "{:?}",
        report.claims
    );
}

#[test]
fn who_claims_an_attack_did_it() {
    let report = ledger("Rebels claimed responsibility for Wednesday's attack on the airport in Goma.");
    assert_eq!(doers(&report, "attack"), ["Rebels"]);
    let report =
        ledger("At least two or three people were involved in the attack in Santiago. They placed the bomb and fled.");
    assert_eq!(doers(&report, "attack"), ["At least two or three people"]);
    assert!(event(&report, "fled").is_none(), "attackers who run are not driven out");
}

#[test]
fn terrorist_is_no_party() {
    let report = ledger("A terrorist attack killed six people in Kabul on Monday.");
    assert!(doers(&report, "attack").is_empty(), "{:?}", doers(&report, "attack"));
}

#[test]
fn a_body_bears_the_name_behind_its_noun() {
    for (text, known) in [
        ("The Islamist group Boko Haram attacked a base in Borno.", "Boko Haram"),
        ("The rebel group M23 attacked a base near Goma.", "M23"),
        ("Al-Qaeda's Syrian affiliate Al-Nusra Front attacked a base.", "Al-Nusra Front"),
        ("Boko Haram attacked a base in Borno. The group said it lost two men.", "Boko Haram"),
    ] {
        let report = ledger(text);
        assert_eq!(doers(&report, "attacked"), [known], "{text}");
    }
    let report = ledger("Polisario attacked a base in the desert. The movement said it lost two men.");
    let said = claims_of(&report, "said");
    assert_eq!(said.first().and_then(|claim| claim.claimant.as_deref()).map(|id| name(&report, id)), Some("Polisario"));
}

#[test]
fn the_observatory_is_the_one_with_the_long_name() {
    let report = ledger(
        "The Syrian Observatory for Human Rights said 45 fighters had been killed in Daraa on Thursday.\n\nThe Observatory said shelling went on.",
    );
    let tellers: Vec<_> = claims_of(&report, "said").iter().map(|claim| claim.claimant.clone()).collect();
    assert_eq!(tellers.len(), 2, "{:?}", report.claims);
    assert_eq!(tellers[0], tellers[1], "{:?}", report.actors);
}

#[test]
fn a_monitor_is_the_one_that_is_named_next() {
    let report = ledger(
        "Shelling killed 12 people in a camp near the border on Wednesday, a monitoring group said.\n\nSeven people were also wounded in the raid, the Syrian Observatory for Human Rights said. Rescuers dug on.",
    );
    let tellers: Vec<_> = claims_of(&report, "said").iter().map(|claim| claim.claimant.clone()).collect();
    assert_eq!(tellers.len(), 2, "{:?}", report.claims);
    assert_eq!(tellers[0], tellers[1], "{:?}", report.actors);
}

#[test]
fn where_the_teller_sits_and_the_victim_comes_from_is_not_where_it_was() {
    let report = ledger(
        "The Syrian Observatory for Human Rights, based in Britain, said 45 fighters had been killed in the fighting.",
    );
    assert_eq!(place_of(&report, only(&report).place.as_ref()), None);
    let report = ledger("Cpl. Anthony Williams, 21, of Pennsylvania, was killed in Afghanistan on the same day.");
    assert_eq!(place_of(&report, only(&report).place.as_ref()), Some("Afghanistan"));
    let report = ledger("Militants executed a hostage on Sunday as a warning to the United States.");
    let executed = event(&report, "executed").expect("an event");
    assert_eq!(place_of(&report, executed.place.as_ref()), None);
}

#[test]
fn what_is_set_off_and_committed_has_happened() {
    for (text, word) in [
        ("Rocket attacks struck districts of Homs on Thursday, setting off explosions in a depot.", "explosions"),
        ("An armed group entered the village of Khatab and committed a massacre among the residents.", "massacre"),
    ] {
        let report = ledger(text);
        assert_eq!(event(&report, word).map(|event| event.status), Some(Status::Occurred), "{text}");
    }
}

#[test]
fn a_figure_without_a_deed_has_its_place_and_day() {
    let report = ledger("Two soldiers were killed in Helmand on Friday.");
    let harm = only(&report);
    assert_eq!(place_of(&report, harm.place.as_ref()), Some("Helmand"));
    assert!(harm.time.is_some());
}

#[test]
fn who_does_what_a_gerund_or_an_infinitive_tells() {
    let report = ledger("Karim Saleh said the opposition was focusing its efforts on capturing Tal Jamu in Syria.");
    assert_eq!(doers(&report, "capturing"), ["the opposition"]);
    let report =
        ledger("Gunmen marched 18 prisoners to a wall, then forced them to kneel in a line and decapitated them.");
    assert_eq!(doers(&report, "decapitated"), ["Gunmen"]);
    let report = ledger("The video showed the beheadings of at least 18 men described as Syrian military personnel.");
    assert!(doers(&report, "beheadings").is_empty(), "{:?}", doers(&report, "beheadings"));
}

#[test]
fn a_friday_is_not_offensive() {
    let report = ledger(
        "Clouds hung low.\n\nAl-Nusra Front launched an offensive Friday on the headquarters of a new group in the north, a monitor said.",
    );
    assert_eq!(doers(&report, "offensive"), ["Al-Nusra Front"], "{:?}", report.events);
}

#[test]
fn what_is_pulled_out_of_a_bag_is_no_retreat() {
    let report = ledger("Rescuers pulled six bodies out of the rubble in Beirut.");
    assert!(report.events.iter().all(|event| event.plover.event_type != "RETREAT"), "{:?}", report.events);
    let report = ledger("Russia pulled its troops out of Kherson.");
    assert!(report.events.iter().any(|event| event.plover.event_type == "RETREAT"), "{:?}", report.events);
}

#[test]
fn one_mouth_does_not_contradict_itself() {
    let report = ledger(
        "BAGHDAD, March 3 (Wire) - Iraq said its forces had crushed an Iranian attack on a mountain peak in the north.\n\nThe official Iraqi news agency INA said the attack was repelled on Monday by the 96th Brigade. Soldiers fought all night.",
    );
    assert!(report.contradictions.is_empty(), "{:?}", report.contradictions);
}

#[test]
fn parts_that_add_up_contradict_no_whole() {
    let report = ledger(
        "DAMASCUS, April 26 (Wire) - At least 88 fighters have been killed in two days of clashes in Daraa, residents said.\n\nThe Syrian Observatory for Human Rights said 45 opposition fighters and 43 soldiers had been killed in the clashes.",
    );
    assert!(report.contradictions.is_empty(), "{:?}", report.contradictions);
}

#[test]
fn where_residents_tell_of_it_is_where_it_was_and_who_acts_is_no_place() {
    let report = ledger("Residents of Lamno said soldiers had burned two houses on Monday.");
    let burned = event(&report, "burned").expect("the burning");
    assert_eq!(place_of(&report, burned.place.as_ref()), Some("Lamno"));
    let report = ledger("Jordan evacuated its diplomats as fighting raged in the Sudanese capital.");
    let fighting = event(&report, "fighting").expect("the fighting");
    assert_ne!(place_of(&report, fighting.place.as_ref()), Some("Jordan"));
}

#[test]
fn a_neighbour_is_no_attacker() {
    let report = ledger("A bomb exploded in Quetta near the border with Afghanistan on Sunday, wounding four people.");
    assert!(doers(&report, "exploded").is_empty(), "{:?}", doers(&report, "exploded"));
}

#[test]
fn who_is_quoted_as_saying_speaks_and_threatens() {
    let report = ledger(
        "Radio Sahel quoted Colonel Idris Sule, a rebel commander, as saying, \"We will definitely retaliate.\"",
    );
    let [claim] = &report.claims[..] else { panic!("{:?}", report.claims) };
    let cue: Vec<&str> = claim.cue.iter().map(|span| span.text.as_str()).collect();
    assert_eq!(cue, ["quoted", "saying"]);
    assert_eq!(claim.content[0].text, "\"We will definitely retaliate.\"");
    assert_eq!(claim.stance, Stance::Threaten);
}

#[test]
fn a_last_name_is_the_person_named_before() {
    let report = ledger(
        "Chadian rebel leader Adoum Calaro has for the first time linked payments to a dummy firm, legal sources said. Calaro said \
         he had no idea.",
    );
    let speaker = claims_of(&report, "said").last().and_then(|claim| claim.claimant.clone()).expect("a speaker");
    assert_eq!(name(&report, &speaker), "Chadian rebel leader Adoum Calaro");
    // The family's name may stand first.
    let report =
        ledger("North Korean leader Kim Jong Un inspected a missile base on Monday. Kim said the army was ready.");
    let speaker = claims_of(&report, "said").last().and_then(|claim| claim.claimant.clone()).expect("a speaker");
    assert_eq!(name(&report, &speaker), "Kim Jong Un");
}

#[test]
fn a_province_in_the_name_of_a_body_tells_the_country() {
    let report = ledger("Texas State Police said a bomb killed an officer in Woodville.");
    let police = report.actors.iter().find(|actor| actor.name == "Texas State Police").expect("the police");
    assert_eq!(police.country.as_deref(), Some("USA"));
}

#[test]
fn open_parties_are_taken_from_the_report_and_say_so() {
    let report = ledger(
        "BAMAKO, March 3 - Rebels of the Nubaria Front attacked an army post near Kidal on Monday, the army said. \
         Nine Malian soldiers were killed in the attack.",
    );
    let assault = report.events.iter().find(|event| event.trigger.text == "attack").expect("the attack");
    assert_eq!(names(&report, &assault.actors), ["Rebels of the Nubaria Front"]);
    assert_eq!((assault.actors[0].basis.as_str(), &assault.actors[0].span), ("report", &None));
    // A figure has no perpetrator but one that the words tell.
    assert_eq!(only(&report).perpetrator, None);
    // Who tells of shelling and lives through it does not shell; officials tell of what others do.
    let report = ledger(
        "BAMAKO, March 3 - Malian troops attacked a rebel camp near Kidal on Monday. The raid began at dawn, and twelve rebels were killed, \
         the army said. Two vehicles were destroyed in the raid. Rebels said the shelling went on for hours. Malian officials said the \
         attacks had killed four children.",
    );
    for (word, teller) in [("shelling", "ebels"), ("attacks", "officials")] {
        assert!(!doers(&report, word).iter().any(|name| name.contains(teller)), "{word}: {:?}", doers(&report, word));
    }
}

#[test]
fn who_is_asked_to_decree_does_not_decree() {
    let report = ledger("The envoy asked the two sides to decree a six-hour truce to evacuate the wounded in Palma.");
    assert!(claims_of(&report, "decree").is_empty(), "{:?}", report.claims);
    assert_eq!(claims_of(&report, "asked").len(), 1);
    // That nobody is named stays told.
    let report = ledger("Heavy clashes were also reported in Palma on Monday. The army said nobody was hurt.");
    assert_eq!(claims_of(&report, "reported").len(), 1, "{:?}", report.claims);
}

#[test]
fn who_comes_under_fire_or_hits_a_mine_did_not_strike() {
    for (text, word, struck) in [
        ("Syrian troops came under fire near Palmyra on Sunday.", "under fire", "Syrian troops"),
        ("Three soldiers were hurt when their truck hit a mine near Gao.", "hit", "Three soldiers"),
        ("The rebels are receiving more strikes by the air force near Hama.", "strikes", "The rebels"),
    ] {
        let report = ledger(text);
        let deed = event(&report, word).expect(text);
        assert!(!names(&report, &deed.actors).contains(&struck), "{text}: {:?}", names(&report, &deed.actors));
        assert_eq!(names(&report, &deed.recipients), [struck], "{text}");
    }
}

#[test]
fn rebels_are_of_the_country_of_their_group() {
    let report = ledger(
        "The Salvadoran government will offer an amnesty to the Farabundo Marti National Liberation Front (FMLN). The proposal will be \
         presented to the rebel leaders in San Jose, Costa Rica. The rebels demanded a reduction of troops.",
    );
    let rebels = report.actors.iter().find(|actor| actor.name == "The rebels").expect("the rebels");
    assert_eq!(rebels.country.as_deref(), Some("SLV"));
}

#[test]
fn namesakes_are_two_persons() {
    let report = ledger(
        "The body of Lucia Ferrante, 61, was found in Taranto on Tuesday. The man, Carlo Ferrante, 35, is expected in court. \
         Ferrante was arrested on Tuesday by police.",
    );
    let arrest = event(&report, "arrested").expect("an arrest");
    assert_eq!(names(&report, &arrest.recipients), ["Carlo Ferrante"]);
    let report = ledger(
        "Idris Tolba spoke in Kano on Monday. Sani Tolba kept silent. Idris Tolba shot Musa Bello, police said.",
    );
    assert_eq!(doers(&report, "shot"), ["Idris Tolba"]);
}

#[test]
fn numbers_name_nobody() {
    let report = ledger(
        "The PA was worried that the release of hundreds of Hamas operatives would create a headache. \
         They are responsible for the killing of hundreds of people during the uprising.",
    );
    let killing = event(&report, "killing").expect("a killing");
    assert!(names(&report, &killing.recipients).iter().all(|name| !name.contains("Hamas")), "{:?}", killing.recipients);
}

#[test]
fn shells_from_the_hill_are_of_who_opened_up() {
    let report =
        ledger("The captain of the ferry, hit by shells from the hill, said the rebels had opened up at dawn.");
    assert_eq!(doers(&report, "hit"), ["the rebels"]);
}

#[test]
fn nobody_does_it_to_himself() {
    let report =
        ledger("Looters overpowered two policemen at a shop in Rosario on Monday and beat them with their own rifles.");
    let beating = event(&report, "beat").expect("a beating");
    assert_eq!(names(&report, &beating.actors), ["Looters"]);
    assert!(!names(&report, &beating.recipients).contains(&"Looters"), "{:?}", beating.recipients);
}

#[test]
fn who_was_bereaved_tells_of_an_old_bombing() {
    let report = ledger("The mayor of Ormagh met families bereaved by the bombing. Police arrested two men on Sunday.");
    let bombing = event(&report, "bombing").expect("the bombing");
    assert_eq!(bombing.scope, counterclaim_schema::ledger::Scope::Background);
}

#[test]
fn who_tells_was_not_shot() {
    let report = ledger(
        "Gunmen on motorbikes shot dead a chief and two of his sons in Plateau state on Friday and made off with their cattle, police and relatives said.",
    );
    let deed = event(&report, "shot").expect("a shooting");
    assert!(
        !names(&report, &deed.recipients).iter().any(|name| matches!(*name, "police" | "relatives")),
        "{:?}",
        deed.recipients
    );
}
