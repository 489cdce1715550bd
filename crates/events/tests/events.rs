//! What is one event and what are two, from text to ledger.
#![allow(clippy::unwrap_used)]

mod common;

use common::ledger;
use counterclaim_schema::ledger::Status;

fn told(paragraphs: &[&str]) -> Vec<(String, String, Status)> {
    let ledger = ledger(paragraphs);
    ledger
        .events
        .iter()
        .map(|event| (event.trigger.text.clone(), event.plover.event_type.clone(), event.status))
        .collect()
}

fn count(told: &[(String, String, Status)], event_type: &str) -> usize {
    told.iter().filter(|(_, found, _)| found == event_type).count()
}

#[test]
fn talks_referred_back_to_are_no_new_talks() {
    let told = told(&[
        "The leaders of Kenya and Somalia met in Addis Ababa on Thursday.",
        "The Somali presidency said the two leaders during their meeting also agreed to share intelligence.",
    ]);
    assert_eq!(count(&told, "CONSULT"), 1, "{told:?}");
}

#[test]
fn terms_are_concessions_to_come() {
    let told = told(&[
        "The army of Mali and the rebels of the Azawad signed a ceasefire in Algiers on Monday after weeks of fighting.",
        "Under the agreement, the rebels will leave the town of Kidal and the army must free eleven prisoners.",
    ]);
    for word in ["leave", "free"] {
        let (_, kind, status) = told.iter().find(|(text, ..)| text.contains(word)).unwrap();
        assert!(matches!(kind.as_str(), "CONCEDE" | "RETREAT"), "{told:?}");
        assert_eq!(*status, Status::Planned, "{told:?}");
    }
}

#[test]
fn a_truce_that_is_only_named_was_agreed() {
    let told = told(&[
        "Gunmen killed two soldiers near Rueso on Sunday, a week into a truce between the Thai army and the rebels, police said.",
    ]);
    assert_eq!(count(&told, "CONCEDE"), 1, "{told:?}");
}

#[test]
fn a_restraint_that_ends_is_put_on_nobody() {
    let told = told(&["The Algerian police lifted the house arrest of a former premier on Sunday, his son said."]);
    assert_eq!(count(&told, "COERCE"), 0, "{told:?}");
}

#[test]
fn wars_are_told_by_what_they_cost() {
    let told = told(&[
        "Separatist gunmen shot dead two soldiers and a teacher in Thailand's Yala province on Friday, the army said.",
        "The insurgency has cost more than 7,300 lives since January 2004.",
    ]);
    assert!(told.iter().any(|(text, kind, _)| text == "insurgency" && kind == "ASSAULT"), "{told:?}");
}

#[test]
fn a_headline_tells_news_in_the_present() {
    let headline = told(&["Rebels seize town in Congo"]);
    assert_eq!(count(&headline, "ASSAULT"), 1, "{headline:?}");
    // The same words as a sentence of their own tell a habit.
    let habit = told(&["Gangs raid villages in the delta.", "Farmers pay them a share of the harvest."]);
    assert_eq!(count(&habit, "ASSAULT"), 0, "{habit:?}");
}

#[test]
fn a_state_strikes_a_town_by_force() {
    for sentence in ["Israel struck Gaza City on Monday.", "Iran struck Israel overnight."] {
        let events = told(&[sentence]);
        assert_eq!(count(&events, "ASSAULT"), 1, "{events:?}");
    }
    for sentence in ["A storm hit Cuba on Monday.", "The United States hit China with new tariffs on Monday."] {
        let events = told(&[sentence]);
        assert_eq!(count(&events, "ASSAULT"), 0, "{events:?}");
    }
}
