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
