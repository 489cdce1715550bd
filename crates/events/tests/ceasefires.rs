//! Ceasefires of sentences of our own, through the whole way from text to ledger.

mod common;

use common::ledger;
use counterclaim_schema::ledger::{ReportLedger, Scope};

const TRUCE: &str = "Yemen's government and the Houthi rebels agreed on a truce that took effect on April 2.";

#[test]
fn what_nobody_tells_as_a_breach_is_one_where_a_party_did_it() {
    let breaches =
        |paragraphs: &[&str]| ledger(paragraphs).ceasefires.iter().map(|row| row.violations.len()).sum::<usize>();
    let deed = "Houthi fighters shelled a village near Hays on Monday.";
    let beside = format!("{TRUCE} {deed}");
    assert_eq!(breaches(&[&beside]), 1);
    let bread = "Bread has become dearer in the capital.";
    for other in ["Bandits robbed a bus near Hays on Monday.", "A fire burned a village near Hays on Monday."] {
        assert_eq!(breaches(&[TRUCE, bread, other]), 0, "{other}");
    }
}

#[test]
fn a_truce_begins_when_it_took_effect() {
    let ledger = ledger(&[
        "A ceasefire between Armenia and Azerbaijan came under strain on Tuesday, less than a day after it took effect at noon on Monday.",
    ]);
    let effective = ledger.ceasefires.first().and_then(|row| row.effective.clone()).map(|told| format!("{told:?}"));
    assert!(effective.as_deref().is_some_and(|told| told.contains("2022-04-11")), "{effective:?}");
}

fn terms(ledger: &ReportLedger) -> Vec<String> {
    ledger.ceasefires.iter().flat_map(|row| &row.terms).map(|term| term.span.text.clone()).collect()
}

#[test]
fn an_agreement_by_any_name_is_told_by_what_binds() {
    let compact = ledger(&[
        "Two herders were shot dead at a well on Sunday, gunmen fled on motorbikes, and soldiers were sent to the district.",
        "On 12 March the elders of both clans met under a tree, embraced and put their names to four points. No rifle was to be carried to the market. \
         Farmers would leave a corridor for cattle, and stolen oxen were to be given back. A council of ten elders will hear complaints.",
    ]);
    let told = terms(&compact).join(" | ");
    for part in
        ["No rifle was to be carried", "leave a corridor", "stolen oxen were to be given back", "hear complaints"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_title_and_a_predicate_tell_how_it_fares() {
    let row = ledger(&[&format!("{TRUCE} By Monday the truce was in tatters, the UN envoy said.")]);
    let words: Vec<&str> =
        row.ceasefires.iter().flat_map(|row| &row.status_words).map(|span| span.text.as_str()).collect();
    assert!(words.iter().any(|word| word.contains("tatters")), "{words:?}");
}

#[test]
fn each_count_of_a_monitor_is_a_breach_of_its_own() {
    let row =
        ledger(&[&format!("{TRUCE} UN monitors have recorded 27 infringements by the Houthis and four by the army.")]);
    let told: Vec<&str> =
        row.ceasefires.iter().flat_map(|row| &row.violations).map(|row| row.span.text.as_str()).collect();
    assert!(
        told.iter().any(|span| span.starts_with("27")) && told.iter().any(|span| span.starts_with("four")),
        "{told:?}"
    );
}

#[test]
fn what_begins_on_a_day_is_ahead() {
    let row = ledger(&[
        "The United Nations welcomed the ceasefire that Colombia's government and the ELN rebels agreed in Havana on Friday.",
        "The ceasefire begins on August 3.",
    ]);
    let effective: Vec<Option<&str>> = row.ceasefires.iter().map(|found| found.effective.as_deref()).collect();
    assert_eq!(effective, [Some("2022-08-03")]);
}

const ROAD: &str = "Three weeks of shelling ended on Sunday with an understanding between the Syrian Democratic Forces and fighters of the Akidat \
                    tribe, mediated by sheikhs of the Shammar.";

#[test]
fn terms_are_weighed_by_more_than_frames() {
    let row = ledger(&[
        ROAD,
        "The garrison is to leave the school at Dhiban within five days, while the clansmen will stop firing at convoys. Forty detainees go home. In \
         return for water the tribe lets engineers reach the pumping station.",
        "The governor called on both sides to open the road to Hajin.",
    ]);
    let told = terms(&row).join(" | ");
    for part in ["leave the school", "stop firing", "Forty detainees go home", "lets engineers reach"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("open the road"), "what is asked for is no term: {told}");
}

#[test]
fn who_says_that_it_was_broken_is_believed_to_say_so() {
    let row = ledger(&[
        "Elders had announced a truce on Sunday, but gunmen attacked the market in Barentu on Monday, killing six people, residents said.",
        "The army denied that its soldiers were in the town. A spokesman, Col. Tesfay Habte, said the truce was broken by the rebels.",
    ]);
    let told: Vec<&str> =
        row.ceasefires.iter().flat_map(|row| &row.violations).map(|row| row.span.text.as_str()).collect();
    assert!(told.iter().any(|words| words.contains("truce was broken")), "{told:?}");
}

#[test]
fn the_words_that_tell_how_it_was_made_stand_for_it() {
    let named = |paragraphs: &[&str]| {
        ledger(paragraphs).ceasefires.first().map(|row| row.span.text.clone()).unwrap_or_default()
    };
    let signed = named(&[
        "Five days into the cessation of hostilities signed in Algiers, Eritrea said Ethiopian troops had shelled Bure.",
        "Both armies cease fire under the text, and the monitors are to come within a month.",
    ]);
    assert!(signed.contains("cessation"), "{signed}");
    let general = named(&[
        "The truce, the fourth this month, came into force on Wednesday at 6 p.m., the Lebanese army said.",
        "Truces here are written on cigarette paper, said a shopkeeper in Tripoli.",
    ]);
    assert!(general.starts_with("The truce"), "{general}");
}

#[test]
fn a_paper_on_other_matters_has_no_terms() {
    let row = ledger(&[
        "The agreement between the two universities provides a grant for students, and allows them to waive fees and to use the library.",
        "Both rectors agreed to share rooms, to keep the archive open and to stop charging for copies.",
    ]);
    assert!(row.ceasefires.is_empty(), "{:?}", row.ceasefires.iter().map(|row| &row.span.text).collect::<Vec<_>>());
}

#[test]
fn the_men_and_the_aircraft_of_a_party_break_it_for_the_party() {
    let truce =
        "Sierra Leone's government and the Revolutionary United Front (RUF) signed a ceasefire in Abidjan on March 28.";
    let by = |deed: &str| -> Vec<String> {
        let ledger = ledger(&[&format!("{truce} {deed}")]);
        let against = ledger.ceasefires.iter().flat_map(|row| &row.violations).filter_map(|row| row.against.clone());
        let party = |id: String| ledger.actors.iter().find(|actor| actor.id == id).map(|actor| actor.name.clone());
        let ceasefire = ledger.ceasefires.first().expect("a ceasefire");
        against.filter(|id| ceasefire.parties.contains(id)).filter_map(party).collect()
    };
    let men = by("RUF men in women's clothes stopped a bus on Sunday in breach of it, a driver said.");
    assert!(men.iter().any(|name| name.contains("RUF") || name.contains("Revolutionary")), "{men:?}");
    let flown = by("The truce was violated on Sunday when helicopters bombed a market, a driver said.");
    assert!(flown.iter().any(|name| name.contains("government")), "{flown:?}");
}

/// Names of the parties of the first ceasefire, and of those who are said to have broken it.
fn sides(paragraphs: &[&str]) -> (Vec<String>, Vec<String>) {
    let ledger = ledger(paragraphs);
    let name = |id: &String| {
        let actor = ledger.actors.iter().find(|actor| actor.id == *id);
        actor.map(|actor| actor.name.to_lowercase()).unwrap_or_default()
    };
    let ceasefire = ledger.ceasefires.first().expect("a ceasefire");
    let against = ceasefire.violations.iter().filter_map(|row| row.against.as_ref()).map(name).collect();
    (ceasefire.parties.iter().map(name).collect(), against)
}

#[test]
fn who_proclaims_a_truce_between_others_is_no_party() {
    let (parties, against) = sides(&[
        "Six people were killed when gunmen rode into the market of Mokwa in Nigeria on Friday, the growers' union said. Herders shot two growers at a well on Sunday, the union said.",
        "The state government announced a truce between the growers and the herders from 6 pm on Saturday. The growers' union said herders broke it within the hour.",
    ]);
    assert_eq!(parties.len(), 2, "{parties:?}");
    assert!(parties.iter().all(|name| !name.contains("government")), "{parties:?}");
    assert!(against.iter().any(|name| name.contains("herders")), "{against:?}");
}

#[test]
fn neither_hosts_nor_the_dead_are_parties() {
    let (parties, _) = sides(&[
        "A ceasefire in Chad, which Qatar hosted and Turkey praised, came under strain on Friday. The army of Chad said fighters of the rebel FACT had attacked a convoy in the north of Chad and killed four soldiers.",
        "FACT denied it and said army helicopters had bombed its camp. The Turkish ambassador, Emre Kaya, told reporters the truce must hold.",
    ]);
    assert_eq!(parties.len(), 2, "{parties:?}");
    assert!(parties.iter().any(|name| name.contains("fact")), "{parties:?}");
    assert!(parties.iter().any(|name| name.ends_with("chad")), "{parties:?}");
}

#[test]
fn what_a_breach_was_done_with_tells_whose_it_is() {
    let truce =
        "Sudan's army and the rebel Justice Movement in Sudan agreed on a ceasefire that took effect on April 2.";
    for (deed, name) in [
        ("Tanks shelled the village of Aita on Monday in breach of the truce, residents said.", "army"),
        ("An ambush on Monday broke the truce, residents said.", "movement"),
    ] {
        let (_, against) = sides(&[&format!("{truce} {deed}")]);
        assert!(!against.is_empty() && against.iter().all(|party| party.contains(name)), "{deed}: {against:?}");
    }
}

#[test]
fn who_accuse_one_another_are_not_told_apart() {
    let ledger = ledger(&[
        "Two soldiers died at a well in Ethiopia's north on Monday.",
        "Ethiopia's army and the rebel Nubaria Front accused each other on Tuesday of breaking a truce that elders brokered on 1 April.",
        "Colonel Abebe Tulu said the Front had ambushed a patrol on Monday.",
    ]);
    let name = |id: &str| ledger.actors.iter().find(|actor| actor.id == id).map(|actor| actor.name.as_str());
    let told: Vec<Option<&str>> =
        ledger.ceasefires[0].violations.iter().map(|violation| violation.against.as_deref().and_then(name)).collect();
    assert_eq!(told, [None, Some("the rebel Nubaria Front")]);
}

/// When the first ceasefire of a report of April 12, 2022 begins and ends.
fn bounds(paragraphs: &[&str]) -> (Option<String>, Option<String>) {
    let row = ledger(paragraphs).ceasefires.into_iter().next();
    row.map_or((None, None), |row| (row.effective, row.expires))
}

#[test]
fn a_truce_runs_from_and_to() {
    let is = |told: (Option<String>, Option<String>), begins: Option<&str>, ends: Option<&str>| {
        let day = |told: &Option<String>| told.as_deref().map(|told| told[..told.len().min(10)].to_owned());
        assert_eq!((day(&told.0).as_deref(), day(&told.1).as_deref()), (begins, ends), "{told:?}");
    };
    is(
        bounds(&[
            "The arrangement which Qatar read out to both delegations on April 2, and which runs from April 4 to May 3, obliges the army and the rebels to keep their guns silent around the port.",
            "Rebels shelled the port on Monday, the army said.",
        ]),
        Some("2022-04-04"),
        Some("2022-05-03"),
    );
    is(
        bounds(&[
            "Under the two-month truce between Yemen's government and the Houthi rebels, which began on April 2, fuel ships may enter Hodeidah.",
            "The Houthis shelled a village on Sunday, the government said.",
        ]),
        Some("2022-04-02"),
        Some("2022-06-02"),
    );
    is(
        bounds(&[
            "Colombia's government and the ELN guerrillas accused each other of breaking their ceasefire. In force since February 1, it expires on August 3.",
            "Guerrillas killed two soldiers on Sunday, the army said.",
        ]),
        Some("2022-02-01"),
        Some("2022-08-03"),
    );
    is(
        bounds(&[
            "The army and the militia of Jebel Moon have been bound since March 27 by a ceasefire agreed at Kulbus.",
            "Militiamen shot a trader on Sunday, the army said.",
        ]),
        Some("2022-03-27"),
        None,
    );
}

#[test]
fn general_words_of_a_lead_are_no_breach_beside_the_deeds() {
    let lead = "Ethiopia's army and the rebel Nubaria Front accused each other on Tuesday of breaking a truce that elders brokered on 1 April.";
    let breaches = |paragraphs: &[&str]| ledger(paragraphs).ceasefires[0].violations.len();
    assert_eq!(breaches(&[lead]), 1);
    assert_eq!(breaches(&[lead, "Colonel Abebe Tulu said the Front had ambushed a patrol on Monday."]), 1);
}

#[test]
fn what_was_announced_days_earlier_is_of_now_and_has_begun() {
    let report = ledger(&[
        "Syrian government forces and Kurdish-led fighters exchanged fire in Aleppo early on Tuesday despite a ceasefire announced four days earlier.",
        "The ceasefire was announced by the ministry after talks in Damascus and began at 3 a.m. on Friday.",
    ]);
    assert_eq!(report.ceasefires.len(), 1);
    assert_eq!(report.ceasefires[0].effective.as_deref(), Some("2022-04-08T03:00:00"));
}

#[test]
fn duties_told_in_a_row_are_terms_each() {
    let report = ledger(&[
        "A truce between Libya's government and the rebel Libyan National Army took effect on Sunday. Both sides must stop shooting, halt air strikes and keep their units where they are.",
    ]);
    let told = terms(&report);
    for duty in ["Both sides must stop shooting", "halt air strikes", "keep their units"] {
        assert!(told.iter().any(|term| term.starts_with(duty)), "{duty}: {told:?}");
    }
}

#[test]
fn a_truce_broken_in_the_news_binds_however_old() {
    let report = ledger(&[
        "The Coordination of Azawad Movements said Malian soldiers attacked its positions near Ber on Friday, in violation of a ceasefire that dates from 2014.",
        "The army of Mali said it had repelled an attack.",
    ]);
    let truce = report.ceasefires.first().expect("a ceasefire");
    assert_eq!(truce.scope, counterclaim_schema::ledger::Scope::Current);
    let name = |id: &String| report.actors.iter().find(|actor| actor.id == *id).map(|actor| actor.name.as_str());
    let broken = truce.violations.first().expect("a breach");
    assert!(broken.against.as_ref().and_then(name).is_some_and(|name| name.contains("soldiers")), "{broken:?}");
    assert!(broken.alleged_by.is_some(), "{broken:?}");
}

#[test]
fn commanders_keep_a_truce_for_their_state() {
    let (parties, _) = sides(&[
        "Regional commanders of Thailand and Cambodia agreed on a ceasefire on Sunday. Thailand said on Monday that Cambodian soldiers had opened fire near a temple. Cambodia denied it.",
    ]);
    assert_eq!(parties.len(), 2, "{parties:?}");
    assert!(["thailand", "cambodia"].iter().all(|land| parties.iter().any(|name| name == land)), "{parties:?}");
}

#[test]
fn who_intercepts_or_hands_over_breaks_nothing() {
    let (_, against) = sides(&[
        "A ceasefire between Israel and Iran took hold on Monday, although Israel said it had intercepted two Iranian missiles hours after it began.",
    ]);
    assert!(against.iter().all(|side| side == "iran"), "{against:?}");
    let report = ledger(&[
        "Fifty fighters of Mozambique's opposition Renamo movement handed over their weapons on Tuesday under a truce signed on March 14, the government said.",
        "Renamo said soldiers had shelled a camp on Sunday.",
    ]);
    let broken: Vec<&str> = report.ceasefires[0].violations.iter().map(|row| row.span.text.as_str()).collect();
    assert!(broken.iter().all(|words| !words.contains("handed over")), "{broken:?}");
    assert!(broken.iter().any(|words| words.contains("shelled")), "{broken:?}");
}

#[test]
fn what_is_suspended_by_announcement_is_a_truce() {
    let report = ledger(&[
        "The Kurdistan Workers' Party announced on Friday that it was suspending its attacks in Turkey. Turkey dismissed the announcement.",
    ]);
    assert_eq!(report.ceasefires.len(), 1);
}

#[test]
fn each_party_has_its_own_duty() {
    let report = ledger(&[
        "The truce, signed in Maputo on March 14, obliges Renamo to disarm its 5,200 fighters by August and the government to take 200 of them into the police.",
    ]);
    let told = terms(&report);
    assert!(told.iter().any(|term| term == "the government to take 200 of them into the police"), "{told:?}");
    assert!(told.iter().any(|term| term.ends_with("by August")), "{told:?}");
}

#[test]
fn who_would_observe_a_truce_keeps_it_too() {
    let (parties, _) = sides(&[
        "The 30-hour truce was announced by the Kremlin on Friday and began on Saturday. Ukraine said it would observe the truce. Moscow said on Sunday that Ukrainian drones had hit a village.",
    ]);
    assert_eq!(parties.len(), 2, "{parties:?}");
}

#[test]
fn what_broke_an_agreement_of_the_past_is_told_of_that_one() {
    let now = "Sudan's army and the Rapid Support Forces began a three-day ceasefire in Khartoum on Monday, their mediators said.";
    for (past, deed) in [
        (
            "A previous ceasefire broke down in November 2021 when the paramilitaries attacked an army barracks in Omdurman, killing 14 soldiers.",
            "attacked an army barracks",
        ),
        (
            "Under an earlier ceasefire, agreed in May 2021, the paramilitaries were to leave hospitals. The paramilitaries said the army had gone on shelling Omdurman.",
            "gone on shelling",
        ),
    ] {
        let ledger = ledger(&[now, "Markets reopened on Tuesday and residents queued for bread.", past]);
        let row = |scope: Scope| ledger.ceasefires.iter().find(|row| row.scope == scope).expect("an agreement");
        let broken: Vec<&str> =
            row(Scope::Background).violations.iter().map(|known| known.span.text.as_str()).collect();
        assert_eq!(broken.len(), 1, "{broken:?}");
        assert!(broken[0].contains(deed), "{broken:?}");
        assert!(row(Scope::Current).violations.is_empty(), "{:?}", row(Scope::Current).violations);
    }
}

#[test]
fn an_agreement_of_the_past_has_its_fate() {
    let now = "Sudan's army and the Rapid Support Forces began a three-day ceasefire in Khartoum on Monday, their mediators said.";
    for (past, words, end) in [
        ("An earlier truce, signed in May 2021, fell apart within weeks.", "fell apart within weeks", None),
        ("An earlier truce fell apart within hours.", "fell apart within hours", None),
        ("A similar truce agreed in 2020 was never carried out.", "never carried out", None),
        ("A previous ceasefire, agreed in 2020, did little to stop the fighting.", "did little", None),
        (
            "An earlier truce, signed in May 2021, collapsed in October 2021.",
            "collapsed in October 2021",
            Some("2021-10"),
        ),
        (
            "An earlier truce, signed in May 2021, fell apart in October 2021.",
            "fell apart in October 2021",
            Some("2021-10"),
        ),
    ] {
        let ledger = ledger(&[now, "Markets reopened on Tuesday and residents queued for bread.", past]);
        let row = ledger.ceasefires.iter().find(|row| row.scope == Scope::Background).expect("one of the past");
        let told: Vec<&str> = row.status_words.iter().map(|span| span.text.as_str()).collect();
        assert!(told.len() == 1 && told[0].contains(words), "{past} {told:?}");
        assert_eq!(row.expires.as_deref(), end, "{past}");
        let now = ledger.ceasefires.iter().find(|row| row.scope == Scope::Current).expect("the one of now");
        assert!(now.status_words.is_empty(), "{past} {:?}", now.status_words);
    }
}

#[test]
fn a_pause_of_months_ago_is_not_the_halt_that_is_ahead() {
    let ledger = ledger(&[
        "Army jets bombed the town of Abala on Tuesday, killing nine people, residents said, a day after envoys of Ethiopia's government and the Tigrayan rebels said in Djibouti that they had agreed to stop fighting around the besieged city of Mekelle.",
        "Each side says the other broke a local pause in January that was meant to last ten days. Under it the rebels were to let lorries through. The rebels say a drone hit their checkpoint on January 12, the third day.",
        "A truce between the army and the rebels that was signed in 2014 lasted six years. It collapsed in November 2020 when troops attacked a rebel post near a dam.",
        "The new halt to fighting will start at noon on Friday, the African Union's envoy told reporters in Djibouti on Monday. The army undertook to suspend air strikes and the rebels to lift the siege. Observers will watch over the truce from Semera.",
    ]);
    let row = |scope: Scope| ledger.ceasefires.iter().find(|row| row.scope == scope).expect("an agreement");
    let now = row(Scope::Current);
    let past = ledger.ceasefires.iter().find(|row| row.span.text.contains("pause")).expect("the pause");
    assert_eq!(past.scope, Scope::Background);
    assert!(past.span.text.contains("local pause"), "{}", past.span.text);
    assert!(now.terms.iter().any(|term| term.span.text.contains("suspend air strikes")), "{:?}", now.terms);
    assert!(past.violations.iter().any(|known| known.span.text.contains("a drone hit")), "{:?}", past.violations);
    assert!(now.violations.is_empty(), "{:?}", now.violations);
}
