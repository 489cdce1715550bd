//! Plain wire reports: what a reader would call a howler.

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_schema::ledger::{HarmKind, Participant, ReportLedger, Scope};

fn ledger(text: &str) -> ReportLedger {
    let read = read_bytes(text.as_bytes(), &Options::default());
    Reader::new(Model::embedded()).read(&read[0].document, &read[0].diagnostics)
}

/// A report of Tuesday, May 17, 2022, from KABUL or from where it says.
fn told(paragraphs: &str) -> ReportLedger {
    ledger(&format!("KABUL, May 17, 2022 (Wire) - {paragraphs}"))
}

fn names(ledger: &ReportLedger, parts: &[Participant]) -> Vec<String> {
    let name =
        |part: &Participant| ledger.actors.iter().find(|actor| actor.id == part.actor).map(|actor| actor.name.clone());
    parts.iter().filter_map(name).collect()
}

/// Actors of the events whose trigger holds a word.
fn doers(ledger: &ReportLedger, word: &str) -> Vec<String> {
    let events = ledger.events.iter().filter(|event| event.trigger.text.contains(word));
    events.flat_map(|event| names(ledger, &event.actors)).collect()
}

fn harms(ledger: &ReportLedger) -> Vec<(HarmKind, Option<u64>)> {
    ledger.harms.iter().map(|harm| (harm.kind, harm.low)).collect()
}

#[test]
fn who_tells_of_a_deed_did_not_do_it() {
    let report = told(
        "At least 19 people were killed in Paktika on Sunday, including three children, according to the district chief.",
    );
    assert!(doers(&report, "killed").is_empty(), "{:?}", doers(&report, "killed"));
    let report =
        told("Jets struck a market in Paktika on Sunday, wounding nine people, provincial governor Wali Khan said.");
    let wounding = doers(&report, "wounding");
    assert!(!wounding.iter().any(|name| name.contains("Khan")), "{wounding:?}");
    let report = told("Residents of Zurmat reported shelling near the old fort on Sunday.");
    assert!(
        !doers(&report, "shelling").iter().any(|name| name.contains("Residents")),
        "{:?}",
        doers(&report, "shelling")
    );
}

#[test]
fn who_tells_behind_a_gerund_did_not_do_it() {
    let report = ledger(
        "KYIV, July 24, 2023 (Dnipro News) - Russian drones struck grain warehouses in the Ukrainian port of Reni on the Danube early on Monday, injuring seven people, regional governor Oleh Kiper said. Six \
         more were wounded in Izmail, he said.",
    );
    let injuring = doers(&report, "injuring");
    assert!(!injuring.iter().any(|name| name.contains("Kiper")), "{injuring:?}");
}

#[test]
fn a_denial_answers_the_report_and_not_its_headline() {
    let report = ledger(
        "Rights group says Colombian navy boat fired on fishermen off Tumaco\n\nBOGOTA, Colombia, May 17, 2022 (Sur Noticias) - Three fishermen were killed and one is missing after shots were fired from a \
         patrol boat off the Pacific port of Tumaco before dawn on Sunday, the rights group Manos Limpias said on Tuesday.\n\nThe navy rejected the accusation.",
    );
    assert!(report.contradictions.iter().any(|pair| pair.kind == "denial"), "{:?}", report.claims.len());
}

#[test]
fn what_a_truce_allows_nobody_named_before_allows() {
    let report = told(
        "The army and the Rapid Support Forces shelled Omdurman on Sunday. The health ministry speaks of 11 dead. The ceasefire came into force last Monday at 21:45. It allows aid into the capital.",
    );
    let allows = doers(&report, "allows");
    assert!(!allows.iter().any(|name| name.contains("ministry")), "{allows:?}");
}

#[test]
fn a_count_belongs_to_the_name() {
    let report = told("Gunmen killed at least 19 people in Paktika on Sunday, the police said.");
    let victims: Vec<String> = report.events.iter().flat_map(|event| names(&report, &event.recipients)).collect();
    assert!(victims.iter().any(|name| name == "at least 19 people"), "{victims:?}");
}

#[test]
fn a_three_day_battle_is_no_truce() {
    let report =
        told("Two soldiers and six rebels died in a three-day battle in Paktika that ended on Sunday, the army said.");
    let truces: Vec<&str> = report.ceasefires.iter().map(|row| row.span.text.as_str()).collect();
    assert!(truces.is_empty(), "{truces:?}");
}

#[test]
fn an_hour_beside_its_day_is_when_it_was() {
    let report = told("At around 02:40 on 14 May, rebels opened fire with mortars on an army post near Khost.");
    let event = report.events.iter().find(|event| event.trigger.text.contains("fire")).expect("an event");
    let time = report.times.iter().find(|time| Some(&time.id) == event.time.as_ref()).expect("its time");
    assert_eq!(time.start.as_deref().map(|start| &start[..16]), Some("2022-05-14T02:40"));
}

#[test]
fn what_a_headline_claims_ends_with_it() {
    let report = ledger(
        "Rights group says navy boat fired on fishermen off Gwadar\n\nKARACHI, May 17, 2022 (Wire) - Four fishermen were killed before dawn on Sunday, the rights group Sahil said on Tuesday.\n\n\
         The navy rejected the accusation and said its crew had been attacked first.",
    );
    let first = report.claims.first().expect("a claim");
    let content: String = first.content.iter().map(|piece| piece.text.as_str()).collect();
    assert!(content.ends_with("off Gwadar"), "{content}");
}

#[test]
fn who_mediates_is_no_side() {
    let report = told(
        "The army and the Rapid Support Forces traded fire in Khartoum on Sunday. The seven-day ceasefire, brokered by Saudi Arabia and the United States, came into force last Monday. It allows aid \
         into the capital, and both sides pledged to leave hospitals.",
    );
    let pledged = doers(&report, "pledged");
    assert!(!pledged.iter().any(|name| name.contains("Saudi") || name.contains("United States")), "{pledged:?}");
    let row = report.ceasefires.iter().find(|row| row.scope == Scope::Current).expect("a ceasefire");
    assert!(row.span.text.contains("ceasefire"), "{}", row.span.text);
}

#[test]
fn the_same_group_is_the_one_named_before() {
    let report = told(
        "The Oliver Sinisterra Front, a dissident group, attacked a patrol on Sunday. On Monday the same group kidnapped three employees of a newspaper.",
    );
    assert_eq!(doers(&report, "kidnapped"), ["The Oliver Sinisterra Front"]);
}

#[test]
fn left_dead_and_left_hurt() {
    let report = told(
        "Pakistani and Afghan border forces traded heavy fire at the Torkham crossing overnight, leaving a Taliban guard dead and eight Pakistanis, including six soldiers, injured, officials on both sides said.",
    );
    let told = harms(&report);
    for known in [(HarmKind::Killed, Some(1)), (HarmKind::Injured, Some(8)), (HarmKind::Injured, Some(6))] {
        assert!(told.contains(&known), "{known:?} in {told:?}");
    }
    assert!(!report.events.iter().any(|event| event.trigger.text.contains("leaving")), "nobody leaves");
}

#[test]
fn who_succumbed_is_dead() {
    let report = told(
        "The army said that three soldiers had died on Sunday. It said that 17 others had succumbed to their injuries.",
    );
    assert_eq!(harms(&report), [(HarmKind::Killed, Some(3)), (HarmKind::Killed, Some(17))]);
}

#[test]
fn drones_are_no_people() {
    let report = told(
        "The air force said on Tuesday that it had shot down 11 of 16 drones and that two people were killed by debris.",
    );
    assert_eq!(harms(&report), [(HarmKind::Killed, Some(2))]);
}

#[test]
fn a_blast_claims_lives_and_says_nothing() {
    let report = told("A blast at the Spin Boldak bazaar claimed the lives of six traders on Sunday.");
    assert!(report.claims.is_empty(), "{:?}", report.claims.len());
    assert_eq!(harms(&report), [(HarmKind::Killed, Some(6))]);
}

#[test]
fn an_agreement_that_was_struck_was_not_hit() {
    let report = told("India said China had broken an agreement struck last week to respect the line of control.");
    assert!(!report.events.iter().any(|event| event.trigger.text == "struck"), "{:?}", report.events.len());
}

#[test]
fn the_first_clash_in_decades_is_news() {
    let report = told(
        "At least 20 Indian soldiers were killed on Sunday night, the army said, in the first deadly clash between the two nuclear-armed neighbours in 45 years.",
    );
    assert_eq!(report.harms.iter().map(|harm| harm.scope).collect::<Vec<_>>(), [Scope::Current]);
}

#[test]
fn whose_officials_are_those_of_whom_the_clause_tells() {
    let report = told("Russia blamed Ukraine, whose officials declined to comment, for the blast on Sunday.");
    let claim = report.claims.iter().find(|claim| claim.source.iter().any(|span| span.text.contains("officials")));
    let actor = claim.and_then(|claim| report.actors.iter().find(|actor| Some(&actor.id) == claim.claimant.as_ref()));
    assert_eq!(actor.and_then(|actor| actor.country.as_deref()), Some("UKR"));
}

#[test]
fn each_side_counts_its_own() {
    let report = ledger(
        "YEREVAN, May 17, 2022 (Wire) - Prime Minister Nikol Pashinyan told parliament that 105 Armenian servicemen had been killed in the fighting on Monday. Azerbaijan's defence ministry reported 50 \
         deaths on its side.",
    );
    let figures: Vec<_> = report.contradictions.iter().filter(|pair| pair.kind == "figure").collect();
    assert!(figures.is_empty(), "{figures:?}");
}

#[test]
fn a_statement_is_told_by_who_puts_it_out() {
    let report = ledger(
        "YEREVAN, 9 May 2022 - The Ministry of Defence issued the following statement.\n\nAt around 03:15 on 9 May, units of the Azerbaijani armed forces opened fire with mortars on positions near Berd. Two \
         servicemen were killed.\n\nThe situation along the line of contact remains relatively stable.",
    );
    let tellers: Vec<usize> = report.harms.iter().map(|harm| harm.claims.len()).collect();
    assert_eq!(tellers, [1], "the ministry counts the dead");
    let fire = report.events.iter().find(|event| event.trigger.text.contains("fire")).expect("an event");
    assert!(!fire.claims.is_empty());
}

#[test]
fn the_land_in_front_of_a_headline_does_not_speak() {
    let report = ledger(
        "Colombia: ELN frees two soldiers, says army broke local truce\n\nSARAVENA, Colombia, 21 June 2024 (Wire) - The National Liberation Army (ELN) released two soldiers on Friday, the Red Cross said.",
    );
    let said = report
        .claims
        .iter()
        .find(|claim| claim.content.iter().any(|piece| piece.text.contains("broke")))
        .expect("a claim");
    let source: Vec<&str> = said.source.iter().map(|span| span.text.as_str()).collect();
    assert_eq!(source, ["ELN"]);
}

#[test]
fn an_armed_group_is_one_body_throughout() {
    let report = ledger(
        "Ethiopia's army and Fano militia trade accusations after drone strike in Amhara\n\nADDIS ABABA, Nov 7, 2023 (Wire) - A drone strike on a bus station in the town of Wegel Tena killed at least 13 \
         people on Monday, a resident and a hospital worker said.\n\nGovernment spokesman Legesse Tulu did not respond to requests for comment. The army said that it had taken measures against extremists and that no \
         civilians had been harmed.\n\nFano, a loosely organised militia that has been fighting federal troops since July, accused the government of targeting civilians. It said 37 people had died.",
    );
    let harm = report.harms.iter().find(|harm| harm.low == Some(37)).expect("a figure");
    let claim = report.claims.iter().find(|claim| harm.claims.contains(&claim.id)).expect("its claim");
    let teller =
        report.actors.iter().find(|actor| Some(&actor.id) == claim.claimant.as_ref()).map(|actor| actor.name.as_str());
    assert_eq!(teller, Some("Fano"));
}

#[test]
fn reporters_and_mediators_are_no_sides() {
    let report = ledger(
        "Live: Sudan's warring generals trade blame as Jeddah pause unravels\n\nBy our reporters in Port Sudan and Cairo. Thursday, 25 May 2023. All times local (GMT+2).\n\n18:40 The army says it shot down a \
         drone over Wadi Sayidna air base. The Rapid Support Forces (RSF) call that \"a lie to cover the bombing of homes in Omdurman\".\n\n12:30 The seven-day ceasefire, brokered by Saudi Arabia and the \
         United States, came into force on Monday at 21:45 and is due to expire next Monday evening. It allows aid into Khartoum, and both sides pledged to leave hospitals.",
    );
    let pledged = doers(&report, "pledged");
    assert!(
        !pledged.is_empty() && pledged.iter().all(|name| !name.contains("reporters") && !name.contains("Cairo")),
        "{pledged:?}"
    );
}

#[test]
fn losses_of_one_land_are_not_those_of_another() {
    let report = ledger(
        "BEIRUT, January 15 2025 (Wire) - More than 4,000 people were killed in Lebanon in 14 months of war, according to the health ministry; Israel put its dead at 127, including 80 soldiers.",
    );
    assert!(!report.contradictions.iter().any(|pair| pair.kind == "figure"), "{:?}", report.contradictions);
}

/// Who did what to whom: `word: actors -> recipients` of each event, by the words of its trigger.
fn deeds(text: &str) -> Vec<String> {
    let report = told(text);
    let row = |event: &counterclaim_schema::ledger::EventRow| {
        let (actors, recipients) = (names(&report, &event.actors), names(&report, &event.recipients));
        format!(
            "{} {}: {} -> {}",
            event.plover.event_type,
            event.trigger.text,
            actors.join(", "),
            recipients.join(", ")
        )
    };
    report.events.iter().map(row).collect()
}

#[test]
fn leads_tell_who_did_what_to_whom() {
    for (lead, expect) in [
        (
            "A rocket fired by Hezbollah at the town of Metula killed a woman on Monday.",
            "ASSAULT fired: Hezbollah -> a woman",
        ),
        (
            "A landmine explosion killed a peacekeeper in Taiz on Monday, the mission said.",
            "ASSAULT landmine explosion:  -> a peacekeeper",
        ),
        (
            "Two herders were killed by Kenyan troops during a raid in Garissa, residents said.",
            "ASSAULT raid: Kenyan troops -> Two herders",
        ),
        (
            "North Korea fired two ballistic missiles into the sea on Thursday.",
            "MOBILIZE fired two ballistic missiles: North Korea -> ",
        ),
        ("Jordan evacuated its diplomats as fighting raged in the Sudanese capital.", "ASSAULT fighting:  -> "),
    ] {
        let found = deeds(lead);
        assert!(found.iter().any(|row| row == expect), "{expect}: {found:?}");
    }
}

#[test]
fn what_a_deed_answers_is_another_deed() {
    let found = deeds(
        "Turkish warplanes bombed Kurdish camps in northern Iraq on Sunday in retaliation for an attack on a factory in Ankara.",
    );
    assert_eq!(found.iter().filter(|row| row.starts_with("ASSAULT")).count(), 2, "{found:?}");
}

#[test]
fn a_foiled_attack_did_not_occur() {
    let report = told(
        "Iraqi security forces foiled a suicide attack on a shrine in Baghdad on Monday, the interior ministry said.",
    );
    let occurred =
        |event: &&counterclaim_schema::ledger::EventRow| event.status == counterclaim_schema::ledger::Status::Occurred;
    assert!(!report.events.iter().filter(occurred).any(|event| event.trigger.text.contains("attack")));
}

#[test]
fn who_kills_is_not_killed() {
    let report = ledger(
        "MAIDUGURI, Jan 26, 2025 (Wire) - The army lost two men near Buni on Friday, officers said.\n\nISWAP said on Telegram that one of its fighters had killed \"dozens of apostates\". The toll could not be \
         confirmed.",
    );
    assert!(!report.harms.iter().any(|harm| harm.number.text == "one"), "{:?}", harms(&report));
}

#[test]
fn a_toll_is_told_far_from_its_number() {
    let report =
        told("The death toll from Friday's attack on a concert hall near the capital rose to 137, investigators said.");
    assert_eq!(harms(&report), [(HarmKind::Killed, Some(137))]);
}

#[test]
fn when_a_truce_is_suspended_it_does_not_begin() {
    let report = told(
        "Colombia's government suspended a six-month ceasefire with the EMC rebels on Sunday after four teenagers were killed.",
    );
    let begins: Vec<Option<&str>> = report.ceasefires.iter().map(|row| row.effective.as_deref()).collect();
    assert!(begins.iter().all(|told| !told.is_some_and(|told| told.starts_with("2022-05-15"))), "{begins:?}");
}

#[test]
fn who_lives_through_a_truce_does_not_announce_it() {
    let report = told(
        "The army and the Houthi rebels traded fire near Hays on Sunday. The ten-day ceasefire came into force last Monday. \"They said truce, but we slept under the bed,\" said Amna Idris, a teacher.",
    );
    let announcers: Vec<Option<&String>> = report.ceasefires.iter().map(|row| row.announced_by.as_ref()).collect();
    let teacher = report.actors.iter().find(|actor| actor.name.contains("Amna")).map(|actor| &actor.id);
    assert!(teacher.is_some() && announcers.iter().all(|announcer| *announcer != teacher), "{announcers:?}");
}

#[test]
fn attackers_who_escape_are_alive() {
    let report = told(
        "Inspector General Vijay Kumar said that three attackers on a scooter opened fire on a patrol near Nowhatta and escaped. One policeman was killed.",
    );
    assert_eq!(harms(&report), [(HarmKind::Killed, Some(1))]);
}

#[test]
fn a_drone_that_takes_off_assaults_nobody() {
    let found =
        deeds("The army said its air defences destroyed a drone on Monday after it took off from the Mitiga airport.");
    assert!(!found.iter().any(|row| row.contains("took off")), "{found:?}");
}

#[test]
fn who_is_killed_by_shelling_did_not_shell() {
    let report = told("Five civilians were killed on Sunday by shelling in Abu Salim, the health ministry said.");
    let all: Vec<String> = report.events.iter().flat_map(|event| names(&report, &event.actors)).collect();
    assert!(all.is_empty(), "{all:?}");
}

#[test]
fn a_group_named_by_its_men_speaks_and_acts() {
    let report = ledger(
        "MAIDUGURI, Nigeria, May 4, 2024 (Wire) - Boko Haram fighters attacked a base on Lake Chad overnight, the army said on Saturday.\n\nThe governor of Borno state, Babagana Zulum, \
         visited the wounded.\n\nThe group said it had killed 30 soldiers and seized two vehicles.",
    );
    assert_eq!(doers(&report, "killed"), ["Boko Haram fighters"]);
    let teller = report.claims.iter().find(|claim| claim.source.first().is_some_and(|span| span.text == "The group"));
    let actor = teller.and_then(|claim| report.actors.iter().find(|actor| Some(&actor.id) == claim.claimant.as_ref()));
    assert_eq!(actor.map(|actor| actor.name.as_str()), Some("Boko Haram fighters"));
}

#[test]
fn it_is_no_official_and_he_no_army() {
    let report = told(
        "The army shelled Zurmat on Sunday. The governor of Paktia visited the wounded. It fired 40 rounds, residents said.",
    );
    assert!(!doers(&report, "fired").iter().any(|name| name.contains("governor")), "{:?}", doers(&report, "fired"));
}

#[test]
fn who_accuse_each_other_are_both_the_source() {
    let report = ledger(
        "PORT SUDAN, January 20, 2025 (Wire) - Sudan's army and the paramilitary Rapid Support Forces accused each other on Monday of violating a three-day ceasefire.",
    );
    let claim =
        report.claims.iter().find(|claim| claim.cue.iter().any(|span| span.text == "accused")).expect("a claim");
    assert!(claim.source[0].text.ends_with("Rapid Support Forces"), "{}", claim.source[0].text);
    assert!(claim.content[0].text.starts_with("each other"), "{}", claim.content[0].text);
    assert!(report.contradictions.iter().any(|pair| pair.kind == "blame" && pair.a == pair.b));
    assert!(report.events.iter().any(|event| event.plover.event_type == "ACCUSE" && event.actors.len() == 2));
}

#[test]
fn what_came_into_force_names_the_event() {
    let report = told("A truce took effect on Sunday in Zurmat. The army and the rebels had fought for a week.");
    let begun = report.events.iter().find(|event| event.trigger.text.contains("truce"));
    assert_eq!(begun.map(|event| event.plover.event_type.as_str()), Some("CONCEDE"));
}

#[test]
fn the_dead_of_two_states_are_two_counts() {
    let figures = |text: &str| told(text).contradictions.iter().filter(|pair| pair.kind == "figure").count();
    let sides = "Three Armenian servicemen were killed and 11 others were wounded, Armenia's defence ministry said on Monday. Two Azerbaijani soldiers were killed and four injured, Azerbaijan's defence ministry said.";
    assert_eq!(figures(sides), 0);
    let whole = "At least 23 people have been killed on both sides, officials in Jakarta said on Monday. Cambodia's army said that eight of its soldiers had died.";
    assert_eq!(figures(whole), 0);
}

/// Values of the times that hold some words.
fn values(report: &ReportLedger, words: &str) -> Vec<String> {
    report.times.iter().filter(|time| time.span.text.contains(words)).map(|time| time.value.clone()).collect()
}

#[test]
fn an_hour_takes_the_day_beside_it() {
    let report = told(
        "A truce took effect at 4 a.m. (0030 GMT) on April 27. It was due to be signed in Doha on Friday and began at noon.",
    );
    assert_eq!(values(&report, "4 a.m."), ["2022-04-27T04:00"]);
    let report = told("Two boats opened fire on a patrol at about 5:30 am on Sunday, the navy said on Tuesday.");
    assert_eq!(values(&report, "5:30"), ["2022-05-15T05:30"]);
    let report =
        told("Commanders spoke on Monday afternoon and agreed to a ceasefire from 8 pm (1530 GMT), an officer said.");
    assert_eq!(values(&report, "1530 GMT"), ["2022-05-16T15:30Z"]);
    let report = told("The agreement was signed on May 2 and took effect at 6 a.m. the next day.");
    assert_eq!(values(&report, "6 a.m."), ["2022-05-03T06:00"]);
    let report = told("A helicopter fired rockets at a post shortly after midnight, the army said.");
    assert_eq!(values(&report, "midnight"), ["2022-05-17T00:00"]);
}

#[test]
fn days_of_lasting_clauses_and_of_timetables() {
    let report = told("Troops exchanged fire across the line that divides Kashmir on Saturday.");
    assert_eq!(values(&report, "Saturday"), ["2022-05-14"]);
    let report = told("The envoy, who is due in Kabul on Thursday, urged restraint.");
    assert_eq!(values(&report, "Thursday"), ["2022-05-19"]);
    let report = told("The chief negotiator is expected in the capital on Friday.");
    assert_eq!(values(&report, "Friday"), ["2022-05-20"]);
    let report = told("Rebels seized the capital in 2014, prompting the coalition to intervene the following year.");
    assert_eq!(values(&report, "following year"), ["2015"]);
    let report = told("The rebels took over the north in 2012 before militants pushed them aside.");
    assert_eq!(values(&report, "2012"), ["2012"]);
}

#[test]
fn who_answers_in_a_clause_of_his_own_is_told_of_by_nobody_else() {
    let report = told("Israel said it had intercepted two Iranian missiles on Monday and Iran denied firing them.");
    let claim =
        report.claims.iter().find(|claim| claim.source.iter().any(|span| span.text == "Israel")).expect("a claim");
    assert!(claim.content.iter().all(|span| !span.text.contains("denied")), "{:?}", claim.content);
    assert!(report.contradictions.iter().any(|pair| pair.kind == "denial"));
}

#[test]
fn named_men_are_not_those_who_were_counted() {
    let report = ledger(
        "MAPUTO, June 5, 2019 (Wire) - Soldiers had beaten four men in a camp on Sunday, the party said.\n\nThe defence ministry said Renamo men had fired on a military truck on Saturday.\n\nIn the north, 16 people were killed when gunmen attacked a truck, police said.",
    );
    assert_eq!(doers(&report, "fired"), ["Renamo men"]);
    assert!(!doers(&report, "attacked").iter().any(|name| name.contains("Renamo")));
}

#[test]
fn who_is_shot_flees() {
    let report =
        told("Dozens of men on motorcycles stormed a village on Sunday and shot people as they fled, residents said.");
    let fled: Vec<String> = report
        .events
        .iter()
        .filter(|event| event.trigger.text.contains("fled"))
        .flat_map(|event| names(&report, &event.recipients).into_iter().chain(names(&report, &event.actors)))
        .collect();
    assert!(!fled.iter().any(|name| name.contains("motorcycles")), "{fled:?}");
}

#[test]
fn a_deal_is_no_place_to_withdraw_from_and_a_clause_no_fire() {
    let report = told(
        "Under the deal, Russia must withdraw its troops from five checkpoints. The truce came under strain on Sunday when rockets were fired at a town.",
    );
    assert!(!report.events.iter().any(|event| event.plover.event_type == "REJECT"));
    assert!(!report.events.iter().any(|event| event.trigger.text == "came"));
}

#[test]
fn who_tells_of_the_dead_is_none_of_them_and_both_are_the_two() {
    let report =
        told("The man who spoke for the rebels said only two people, both women, died in an air strike on Sunday.");
    assert_eq!(harms(&report), [(HarmKind::Killed, Some(2))]);
}

#[test]
fn whom_they_blame_is_part_of_what_they_say() {
    let report = ledger(include_str!("../../../fixtures/wires/mullaittivu-sea.txt"));
    let claim = report.claims.iter().find(|claim| claim.cue.iter().any(|span| span.text == "blamed")).expect("a claim");
    assert!(claim.content[0].text.starts_with("each other"), "{}", claim.content[0].text);
    let report = ledger(include_str!("../../../fixtures/wires/sudan-omdurman.txt"));
    let claim =
        report.claims.iter().find(|claim| claim.cue.iter().any(|span| span.text == "accused")).expect("a claim");
    assert!(claim.source[0].text.contains("Rapid Support Forces"), "{}", claim.source[0].text);
}

const RENAMO: &str = "MAPUTO, June 5, 2019 (Southern Press Service) - Fifty fighters of Mozambique's opposition Renamo movement handed over their weapons on Wednesday under a military truce signed last month, \
     the government and the party said, but each side accused the other of breaking it.\n\nThe truce, signed in Maputo on May 14 and in force since midnight on May 15, obliges Renamo to disarm its 5,200 fighters by August 21 and the \
     government to take 200 of them into the police.\n\nRenamo spokesman Jose Mabote said soldiers had surrounded a camp in the Gorongosa mountains on Sunday and beaten four men. \"This is a flagrant breach of what was signed,\" he \
     said.\n\nThe defence ministry denied it and said Renamo men had fired on a military truck near Muxungue on Saturday night, wounding a driver.";

#[test]
fn what_both_said_is_not_what_each_held_against_the_other() {
    let report = ledger(RENAMO);
    let said =
        report.claims.iter().find(|claim| claim.content.iter().any(|span| span.text.starts_with("Fifty fighters")));
    let said = said.expect("a claim");
    assert!(said.content.iter().all(|span| !span.text.contains("accused")), "{:?}", said.content);
    let broken = &report.ceasefires[0].violations;
    assert!(broken.iter().all(|row| !row.span.text.contains("handed over")), "{broken:?}");
}

#[test]
fn a_day_told_by_counting_back_is_no_day_to_count_from() {
    let report = ledger(
        "ALEPPO, Syria, October 11, 2025 (Wire) - Syrian government forces and Kurdish-led fighters exchanged fire in Aleppo early Saturday despite a ceasefire announced four days earlier.\n\nThe Defense Ministry said gunmen \
         opened fire on a checkpoint around 1 a.m., killing one soldier.",
    );
    assert_eq!(values(&report, "1 a.m."), ["2025-10-11T01:00"]);
}

#[test]
fn the_army_is_the_state_s_beside_a_rebel_army() {
    let report = ledger(
        "COX'S BAZAR, Bangladesh, February 6, 2024 (Delta Wire) - About 100 Myanmar border guards fled from rebels of the Arakan Army on Monday, police said.\n\nThe Arakan Army said the army had fired the shells as it lost two posts.",
    );
    assert!(!doers(&report, "fired").iter().any(|name| name.contains("Arakan")), "{:?}", doers(&report, "fired"));
}

#[test]
fn a_toll_of_both_sides_is_a_whole_and_no_rival() {
    let report = ledger(include_str!("../../../fixtures/wires/thailand-cambodia.txt"));
    let toll = report.harms.iter().find(|harm| harm.number.text == "At least 23").expect("the toll");
    assert!(!report.contradictions.iter().any(|pair| pair.a == toll.id || pair.b == toll.id));
}

#[test]
fn the_man_who_speaks_did_not_die() {
    let report = ledger(include_str!("../../../fixtures/wires/zamfara-pact.txt"));
    assert!(!report.harms.iter().any(|harm| harm.number.text == "The man"));
}

#[test]
fn an_official_is_of_the_state_that_opens_his_paragraph() {
    let report = ledger(include_str!("../../../fixtures/wires/zalambessa-accord.txt"));
    let claim = report.claims.iter().find(|claim| claim.source.iter().any(|span| span.text.contains("Tekle")));
    let claimant = claim.expect("a claim").claimant.clone();
    let actor = report.actors.iter().find(|actor| Some(&actor.id) == claimant.as_ref());
    assert_eq!(actor.and_then(|actor| actor.country.as_deref()), Some("ERI"));
}

#[test]
fn a_truce_of_the_past_is_of_the_time_at_its_name() {
    let report = ledger(include_str!("../../../fixtures/wires/libya-tripoli.txt"));
    assert!(report.ceasefires.iter().any(|row| row.effective.as_deref() == Some("2019-08")));
}
