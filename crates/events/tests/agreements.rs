//! Reports that tell of more than one agreement, and of what is none of its breaches.

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_schema::ledger::{CeasefireRow, ReportLedger, Scope};

fn ledger(text: &str) -> ReportLedger {
    let read = read_bytes(text.as_bytes(), &Options::default());
    Reader::new(Model::embedded()).read(&read[0].document, &read[0].diagnostics)
}

fn of_now(report: &ReportLedger) -> &CeasefireRow {
    report.ceasefires.iter().find(|row| row.scope == Scope::Current).expect("an agreement of now")
}

fn past(report: &ReportLedger) -> Vec<&CeasefireRow> {
    report.ceasefires.iter().filter(|row| row.scope == Scope::Background).collect()
}

fn broken(row: &CeasefireRow) -> Vec<&str> {
    row.violations.iter().map(|known| known.span.text.as_str()).collect()
}

fn terms(row: &CeasefireRow) -> Vec<&str> {
    row.terms.iter().map(|term| term.span.text.as_str()).collect()
}

/// Names of the parties.
fn parties(report: &ReportLedger, row: &CeasefireRow) -> Vec<String> {
    let name = |id: &String| report.actors.iter().find(|actor| actor.id == *id).map(|actor| actor.name.clone());
    row.parties.iter().filter_map(name).collect()
}

const MORATORIUM: &str = include_str!("../../../fixtures/wires/energy-pause.txt");
const SIRTE: &str = include_str!("../../../fixtures/wires/sirte-road.txt");
const KHARTOUM: &str = include_str!("../../../fixtures/wires/sudan-pause.txt");
const BIHAC: &str = include_str!("../../../fixtures/wires/bihac-truce.txt");
const GUMBO: &str = "JUBA, September 22, 2006 (Nile Cable) - Uganda's army accused the rebels of the Lord's Resistance Army on Friday of leaving a camp in breach of last month's truce.\n\n\
    The two sides signed a cessation of hostilities in Juba on August 26. Fighting was to stop at 0600 GMT on August 29. The army was to keep its soldiers away from the camp.";

#[test]
fn terms_and_breaches_of_an_old_agreement_are_its_own() {
    let report = ledger(MORATORIUM);
    let now = of_now(&report);
    assert!(terms(now).iter().all(|term| !term.contains("heavy weapons")), "{:?}", terms(now));
    assert!(broken(now).iter().all(|words| !words.contains("seized the town")), "{:?}", broken(now));
    let minsk = past(&report).into_iter().find(|row| row.span.text.contains("Minsk")).expect("the old one");
    assert!(terms(minsk).iter().any(|term| term.contains("heavy weapons")), "{:?}", terms(minsk));
    assert_eq!(minsk.violations.len(), 2, "{:?}", broken(minsk));
}

#[test]
fn who_announces_an_agreement_of_others_keeps_none() {
    let report = ledger(MORATORIUM);
    let keep = parties(&report, of_now(&report));
    assert_eq!(keep.len(), 2, "{keep:?}");
    assert!(keep.iter().all(|name| name == "Russia" || name == "Ukraine"), "{keep:?}");
    let report = ledger(
        "BAKU, March 3, 2021 (Wire) - Azerbaijani troops shelled two villages of Armenia on Tuesday, Armenia's defence ministry said.\n\nA truce was announced by the French foreign ministry on Monday. Armenian soldiers fired at a \
         post of the Azerbaijani army in breach of it, Azerbaijan said.",
    );
    let keep = parties(&report, of_now(&report));
    assert!(!keep.iter().any(|name| name.contains("French")), "{keep:?}");
}

#[test]
fn deeds_told_in_one_breath_are_one_breach() {
    let report = ledger(SIRTE);
    let told = broken(of_now(&report));
    let driven: Vec<&&str> = told.iter().filter(|words| words.contains("driven towards")).collect();
    assert!(driven.len() == 1 && driven[0].contains("opened fire"), "{told:?}");
    assert!(told.iter().all(|words| !words.starts_with("opened fire")), "{told:?}");
    // What has a day of its own is told for itself.
    assert!(told.iter().any(|words| words.starts_with("laid mines")), "{told:?}");
}

#[test]
fn what_a_paragraph_on_another_place_tells_breaks_nothing() {
    let report = ledger(SIRTE);
    assert!(broken(of_now(&report)).iter().all(|words| !words.contains("Sabha")), "{:?}", broken(of_now(&report)));
}

#[test]
fn the_deal_behind_two_agreements_in_one_sentence_is_that_of_now() {
    let report = ledger(
        "TEKNAF, Bangladesh, March 9, 2026 (Delta Wire) - A truce between Myanmar's junta and the Arakan Army went into force at 6 a.m. on Monday, replacing a ten-day pause that collapsed last month, but each side accused the other of \
         firing within hours.\n\nUnder the deal, which was brokered by China, both armies must stay 3 km from the river and let aid boats pass.",
    );
    let now = of_now(&report);
    assert!(terms(now).iter().any(|term| term.contains("3 km from the river")), "{:?}", terms(now));
    assert_eq!(now.effective.as_deref(), Some("2026-03-09T06:00:00"));
    let pause = past(&report)[0];
    assert_eq!((pause.effective.as_deref(), pause.expires.as_deref()), (None, Some("2026-02")));
    assert!(pause.terms.is_empty(), "{:?}", terms(pause));
}

#[test]
fn what_the_agreement_does_not_cover_breaks_nothing() {
    let report = ledger(MORATORIUM);
    let told = broken(of_now(&report));
    assert!(told.iter().all(|words| !words.contains("ballistic missile")), "{told:?}");
}

#[test]
fn a_truce_of_the_past_did_not_begin_after_the_report() {
    let report = ledger(SIRTE);
    let began: Vec<&str> = past(&report).iter().filter_map(|row| row.effective.as_deref()).collect();
    assert!(began.iter().any(|day| day.starts_with("2020-01-12")), "{began:?}");
}

#[test]
fn a_ceasefire_of_another_length_is_another_one() {
    let report = ledger(KHARTOUM);
    assert!(of_now(&report).span.text.contains("72-hour"), "{:?}", of_now(&report).span.text);
    let old = past(&report).into_iter().find(|row| row.span.text.contains("seven-day")).expect("the old one");
    assert_eq!(old.effective.as_deref(), Some("2023-05-22"));
    assert!(broken(old).iter().any(|words| words.contains("failed to leave homes")), "{:?}", broken(old));
}

#[test]
fn a_second_agreement_with_an_older_day_is_of_the_past() {
    let report = ledger(
        "OSH, May 15, 2021 (Wire) - Uzbekistan and Kyrgyzstan traded fire on Friday, both armies said.\n\nThe presidents agreed by phone on a truce from 8 p.m. on Friday. Uzbek snipers shot at a post at 9:40 p.m., Kyrgyzstan's border \
         guards said.\n\nKyrgyzstan fought Tajikistan last month. A ceasefire reached there on May 1 is holding.",
    );
    let old: Vec<&str> = past(&report).iter().map(|row| row.span.text.as_str()).collect();
    assert_eq!(old.len(), 1, "{old:?}");
    assert_eq!(past(&report)[0].effective.as_deref(), Some("2021-05-01"));
    assert_eq!(of_now(&report).effective.as_deref(), Some("2021-05-14T20:00:00"));
}

#[test]
fn what_was_replaced_is_of_the_past_and_so_are_its_breaches() {
    let report = ledger(BIHAC);
    let old = past(&report).into_iter().find(|row| row.span.text.contains("week-long")).expect("the old one");
    assert!(broken(old).iter().any(|words| words.contains("40 breaches")), "{:?}", broken(old));
}

#[test]
fn an_agreement_that_still_binds_is_taken_up() {
    let report = ledger(include_str!("../../../fixtures/wires/ivory-buffer.txt"));
    let now = of_now(&report);
    assert_eq!(now.effective.as_deref(), Some("2003-05"));
    assert!(terms(now).iter().any(|term| term.contains("buffer zone")), "{:?}", terms(now));
    // One that is told of twice, the second time as long past, is one.
    let report = ledger(include_str!("../../../fixtures/wires/mahbes-fire.txt"));
    assert_eq!(
        report.ceasefires.len(),
        1,
        "{:?}",
        report.ceasefires.iter().map(|row| &row.span.text).collect::<Vec<_>>()
    );
    // A separate one is not.
    let report = ledger(include_str!("../../../fixtures/wires/imphal-camp.txt"));
    assert_eq!(report.ceasefires.len(), 2);
}

#[test]
fn fighting_that_was_to_stop_at_an_hour_tells_the_beginning() {
    assert_eq!(of_now(&ledger(GUMBO)).effective.as_deref(), Some("2006-08-29T06:00:00Z"));
}

#[test]
fn a_year_of_something_else_is_no_beginning() {
    let report = ledger(
        "KABUL, June 18, 2018 (Wire) - Taliban fighters attacked police posts on Monday, hours after a three-day holiday truce ran out, officials said.\n\nThe Taliban had said they would suspend operations. Foreign troops have been in \
         the country since 2001.",
    );
    assert_ne!(of_now(&report).effective.as_deref(), Some("2001"));
}

#[test]
fn the_pause_that_came_into_effect_is_an_agreement() {
    let began = of_now(&ledger(KHARTOUM)).effective.clone();
    assert!(began.as_deref().is_some_and(|day| day.starts_with("2023-06-18")), "{began:?}");
}

#[test]
fn a_figure_that_is_called_propaganda_is_the_one_told_last() {
    let report = ledger(
        "LABO, December 23, 2019 (Wire) - Guerrillas attacked soldiers near Labo on Monday. A priest said three villagers were killed. The rebels said five soldiers were killed in the clash. The military said one soldier was killed and called the rebel figure propaganda.",
    );
    let claim = |words: &str| {
        let told = report.claims.iter().find(|claim| claim.content.iter().any(|span| span.text.contains(words)));
        told.map(|claim| claim.id.clone()).expect("a claim")
    };
    let (count, denial) = (claim("five soldiers were killed"), claim("the rebel figure"));
    assert!(
        report.contradictions.iter().any(|pair| pair.a == count && pair.b == denial),
        "{:?}",
        report.contradictions
    );
}

#[test]
fn who_speaks_for_a_group_is_of_it_whatever_his_rank() {
    let of = |report: &ReportLedger, name: &str| -> Vec<String> {
        let actor = report.actors.iter().find(|actor| actor.name.contains(name)).expect("an actor");
        actor.sector.clone()
    };
    let report = ledger(
        "YANGON, November 18, 2025 (Wire) - Two planes bombed the market of Momauk on Monday, said Colonel Lahpai Naw, a spokesman for the Kachin Independence Army (KIA).",
    );
    assert_eq!(of(&report, "Lahpai Naw"), ["REB"]);
    let report = ledger(
        "IMPHAL, May 21, 2012 (Wire) - About 50 soldiers surrounded the camp, the Kuki National Organisation (KNO), a rebel group, said. They dragged a man from his bed, said Seilen Touthang, a KNO spokesman.",
    );
    assert_eq!(of(&report, "Touthang"), ["REB"]);
}

#[test]
fn a_state_is_called_by_its_name_and_no_warplane_keeps_a_truce() {
    let report = ledger(include_str!("../../../fixtures/wires/karabakh-october.txt"));
    let keep = parties(&report, of_now(&report));
    assert!(keep.contains(&"Azerbaijan".to_owned()), "{keep:?}");
    let report = ledger(include_str!("../../../fixtures/wires/hodeidah-deal.txt"));
    let keep = parties(&report, of_now(&report));
    assert!(!keep.iter().any(|name| name.contains("warplane")), "{keep:?}");
}

/// Agreements of the past by whatever name, with what broke them and what did not.
const TILLIA: &str = "NIAMEY, March 3, 2019 (Wire) - Gunmen killed four soldiers near Tillia on Sunday, the army said. The government and the rebels agreed on Friday to stop fighting for a month from Monday.\n\n\
    Rebels took up arms in 1991 and burned the post of Abala before they came to talks.\n\n\
    The Tamanrasset accord of June 1998 fell apart within a year. Soldiers shot two rebel officers at In-Gall in March 1999, the movement said, and 200 people fled.\n\n\
    An Eid lull in 2016 lasted two days before rebels shelled the market of Tabelot, the governor said at the time.\n\n\
    The army accused the rebels of having mined the road to Arlit on Thursday. The government says it will keep the new truce.";

#[test]
fn agreements_of_the_past_are_found_by_whatever_name() {
    let report = ledger(TILLIA);
    let named: Vec<&str> = past(&report).iter().map(|row| row.span.text.as_str()).collect();
    assert!(named.iter().any(|name| name.contains("Tamanrasset accord")), "{named:?}");
    assert!(named.iter().any(|name| name.contains("Eid lull")), "{named:?}");
    assert_eq!(named.len(), 2, "{named:?}");
    let began: Vec<Option<&str>> = past(&report).iter().map(|row| row.effective.as_deref()).collect();
    assert_eq!(began, [Some("1998-06"), Some("2016")]);
    assert_eq!(report.ceasefires.iter().filter(|row| row.scope == Scope::Current).count(), 1);
}

#[test]
fn what_broke_one_of_the_past_is_told_of_that_one() {
    let report = ledger(TILLIA);
    let of = |name: &str| past(&report).into_iter().find(|row| row.span.text.contains(name)).expect("the old one");
    let accord = broken(of("accord"));
    assert!(accord.iter().any(|words| words.contains("shot two rebel officers")), "{accord:?}");
    let lull = broken(of("lull"));
    assert!(lull.iter().any(|words| words.contains("shelled the market")), "{lull:?}");
    // What came before it, harm and the news of today broke neither.
    for words in accord.iter().chain(&lull) {
        assert!(!words.contains("burned the post") && !words.contains("fled") && !words.contains("mined"), "{words}");
    }
    let now = broken(of_now(&report));
    assert!(now.iter().all(|words| !words.contains("shelled") && !words.contains("officers")), "{now:?}");
}

#[test]
fn an_accord_that_is_only_named_is_no_row() {
    let report = ledger(
        "COTABATO, Philippines, May 4, 2023 (Wire) - Two clans fought near a market on Thursday, killing three people, police said.\n\n\
         The Moro Islamic Liberation Front (MILF), the largest rebel group, signed a peace agreement with the Philippine government in 2014 and now leads an autonomous region.",
    );
    assert!(
        report.ceasefires.is_empty(),
        "{:?}",
        report.ceasefires.iter().map(|row| &row.span.text).collect::<Vec<_>>()
    );
}
