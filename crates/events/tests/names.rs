//! Which names of a report are places, through the whole way from text to ledger.

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_schema::MentionKind;
use counterclaim_schema::ledger::ReportLedger;

fn ledger(text: &str) -> ReportLedger {
    let read = read_bytes(text.as_bytes(), &Options::default());
    Reader::new(Model::embedded()).read(&read[0].document, &read[0].diagnostics)
}

/// Mentions of places as `name@country`, those inside of other names in brackets.
fn places(text: &str) -> Vec<String> {
    let ledger = ledger(text);
    let country = |id: &Option<String>| {
        let place = ledger.places.iter().find(|place| Some(&place.id) == id.as_ref());
        place.and_then(|place| place.country.clone()).unwrap_or_else(|| "-".to_owned())
    };
    let mentions = ledger.mentions.iter().filter(|mention| mention.kind == MentionKind::Place);
    mentions
        .map(|mention| {
            let told = format!("{}@{}", mention.span.text, country(&mention.place));
            if mention.within.is_some() { format!("[{told}]") } else { told }
        })
        .collect()
}

#[test]
fn names_are_places_by_what_befalls_them() {
    let check = |text: &str, expect: &str| {
        let found = places(text);
        assert!(found.iter().any(|place| place == expect), "{expect} in `{text}`: {found:?}");
    };
    check("Marawi lay in ruins after five months of fighting in the southern Philippines.", "Marawi@PHL");
    check("A bomb damaged the Kharkiv Polytechnic Institute in Ukraine on Friday.", "[Kharkiv@UKR]");
    check("Two soldiers from a base in Pensacola, Fla., were killed in Iraq.", "Fla.@USA");
}

#[test]
fn a_person_told_before_is_no_town() {
    let found = places(
        "Governor Ted Strickland sent troops to the flooded counties of Ohio. Strickland must sign the order before Monday.",
    );
    assert!(!found.iter().any(|place| place.starts_with("Strickland")), "{found:?}");
}

/// The country of the named claimant.
fn speaks_for(text: &str, source: &str) -> Option<String> {
    let ledger = ledger(text);
    let claim = ledger.claims.iter().find(|claim| claim.source.iter().any(|span| span.text == source));
    let claim = claim.unwrap_or_else(|| panic!("{source} in `{text}`"));
    let actor = ledger.actors.iter().find(|actor| Some(&actor.id) == claim.claimant.as_ref());
    actor.and_then(|actor| actor.country.clone())
}

#[test]
fn a_report_is_of_the_country_it_was_written_from() {
    let country = |country: &str| Some(country.to_owned());
    // The dateline names its country; the larger namesake is elsewhere.
    let report =
        "TRIPOLI, Lebanon, Oct. 15 (Port Wire) - Gunmen left the souk on Tuesday. A baker said nobody had fired.";
    assert_eq!(speaks_for(report, "A baker"), country("LBN"));
    // A seat of the country that is told goes before a larger namesake elsewhere.
    let report = "LA PAZ, Sept 9 (Altiplano Press) - Growers overran the market on Thursday. A porter said the police had fled. Bolivia has two unions of growers.";
    assert_eq!(speaks_for(report, "A porter"), country("BOL"));
    // Names that only far namesakes bear do not move it.
    let report = "BELIZE CITY, May 22 (Mangrove News) - A man shot up a game on Southside on Monday. The truce of Mayflower and Southside was a year old. A vendor on Southside said the gunman came from Mayflower.";
    assert_eq!(speaks_for(report, "A vendor on Southside"), country("BLZ"));
    // "Inter-American" is of a continent.
    let report = "MARACAY, Venezuela, Jan 29 (Orchid Wire) - Guards entered the prison on Monday. The Inter-American Commission asked for news. Its Latin American members and Inter-American judges wrote twice. A cook said he had heard shots.";
    assert_eq!(speaks_for(report, "A cook"), country("VEN"));
}
