//! Who says what, through the whole way from text to ledger.

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use counterclaim_schema::ledger::{ReportLedger, Stance};
use std::sync::LazyLock;

static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(Model::embedded()));

fn ledger(sentence: &str) -> ReportLedger {
    let text = format!(
        "MARDAN, Pakistan, 4 May 2023 (Hill Wire) - Fighting killed nine people in the hills on Monday. {sentence}\n"
    );
    let read = read_bytes(text.as_bytes(), &Options::default());
    READER.read(&read[0].document, &read[0].diagnostics)
}

/// Checks that somebody makes a claim by a cue that contains the given words, with a stance.
fn check(sentence: &str, source: &str, cue: &str, stance: Stance) {
    let ledger = ledger(sentence);
    let found = ledger.claims.iter().any(|claim| {
        claim.source.iter().any(|span| span.text == source)
            && claim.cue.iter().any(|span| span.text.contains(cue))
            && claim.stance == stance
    });
    let all: Vec<String> = ledger
        .claims
        .iter()
        .map(|claim| {
            let source = claim.source.first().map_or("", |span| span.text.as_str());
            format!("{source} <{}> {:?}", claim.cue[0].text, claim.stance)
        })
        .collect();
    assert!(found, "{source} <{cue}> {stance:?} in `{sentence}`: {all:?}");
}

#[test]
fn frames_of_speech_tell_stances() {
    check("The deputy mayor holds the militia responsible for the fire.", "The deputy mayor", "holds", Stance::Accuse);
    check("The district head pinned the raid on cattle thieves.", "The district head", "pinned", Stance::Accuse);
    check("The ministry termed the report of a mass grave a hoax.", "The ministry", "termed", Stance::Deny);
    check("The governor would have none of it.", "The governor", "have", Stance::Deny);
    check("A herder who was there backed her account.", "A herder who was there", "backed", Stance::Confirm);
    check("The army owned up to three deaths.", "The army", "owned", Stance::Confirm);
    check("The garrison made no mention of prisoners.", "The garrison", "made no mention", Stance::Decline);
    check("A clinic in the town logged 31 wounded.", "A clinic in the town", "logged", Stance::Assert);
    check("The chief placed the fight at a ford inside the reserve.", "The chief", "placed", Stance::Assert);
}

#[test]
fn who_speaks_on_is_who_spoke() {
    check(
        "The mission said twelve children had died and appealed for calm.",
        "The mission",
        "appealed",
        Stance::Appeal,
    );
    check("Two wells were poisoned, claimed a village elder.", "a village elder", "claimed", Stance::Assert);
}

#[test]
fn what_was_not_is_denied() {
    check("Nobody was mistreated, the colonel insisted.", "the colonel", "insisted", Stance::Deny);
    check("The army said no village had been shelled.", "The army", "said", Stance::Deny);
    check("The commander swore that no shot had come from his hill.", "The commander", "swore", Stance::Deny);
    check("The secretary retorted that his men had laid no mines.", "The secretary", "retorted", Stance::Deny);
}

#[test]
fn a_part_of_a_state_is_of_that_state() {
    let ledger = ledger("Police in Northern Ireland said a bomb was left outside a bank.");
    let claim = ledger.claims.iter().find(|claim| claim.cue[0].text == "said").expect("a claim");
    let claimant = ledger.actors.iter().find(|actor| Some(&actor.id) == claim.claimant.as_ref()).expect("a claimant");
    assert_eq!(claimant.country.as_deref(), Some("GBR"));
}

#[test]
fn labels_speak_and_hosts_ask() {
    check("\n\nDefence ministry: two convoys reached the valley today.", "Defence ministry", ":", Stance::Assert);
    check("\n\n0850 – MINUSCA: peacekeepers saw two dead gendarmes.", "MINUSCA", ":", Stance::Assert);
    let ledger = ledger(
        "\n\nKarim Dost (host): How many people died?\n\nPolice spokesman: We counted eleven bodies. Nobody was arrested.\n\nDost: Eleven people died there.",
    );
    let labelled: Vec<&str> = ledger
        .claims
        .iter()
        .filter(|claim| claim.cue[0].text == ":")
        .map(|claim| claim.source[0].text.as_str())
        .collect();
    assert_eq!(labelled, ["Police spokesman", "Police spokesman"]);
}

#[test]
fn rare_words_of_speech_tell() {
    check("The rebels put the army's dead at 84.", "The rebels", "put", Stance::Assert);
    check("A Red Cross surgeon has seen 600 wounded.", "A Red Cross surgeon", "seen", Stance::Assert);
    check("The envoy hoped the road would open by Friday.", "The envoy", "hoped", Stance::Assert);
    check(
        "The commander imputed the shelling of the bazaar to the rebels.",
        "The commander",
        "imputed",
        Stance::Accuse,
    );
    check("The rebels disclaimed the raid on the mill.", "The rebels", "disclaimed", Stance::Deny);
    check("The women of the town implored the army to stop.", "The women of the town", "implored", Stance::Appeal);
}

#[test]
fn a_second_reading_finds_who_tells_by_what_he_did() {
    let before = "The army said nine had died. The rebels denied that anyone had died.";
    for (sentence, source, cue) in [
        ("The constabulary lifted eleven bodies from the canal.", "The constabulary", "lifted"),
        ("The clinic at Bosaso bandaged thirty.", "The clinic at Bosaso", "bandaged"),
        ("Both capitals agreed that the post had been shelled.", "Both capitals", "agreed"),
    ] {
        check(&format!("{before} {sentence}"), source, cue, Stance::Assert);
    }
}

#[test]
fn words_that_are_silence_when_denied_tell_otherwise() {
    check("The mayor commented that the bridge was open.", "The mayor", "commented", Stance::Assert);
    check(
        "The spokeswoman specified that two of the dead were nurses.",
        "The spokeswoman",
        "specified",
        Stance::Assert,
    );
    check("The mayor did not comment.", "The mayor", "comment", Stance::Decline);
    check("The army put the fires down to the rebels.", "The army", "put", Stance::Assert);
}

#[test]
fn deeds_are_no_claims() {
    for (sentence, cue) in [
        ("The governor imposed a curfew on the town.", "imposed"),
        ("The court sentenced two men to death.", "sentenced"),
        ("The two tribes agreed to exchange their prisoners.", "agreed"),
        ("The ministry appointed a new commander.", "appointed"),
        ("The parliament approved a budget for the army.", "approved"),
        ("The minister is to hail the deal as a victory.", "hail"),
    ] {
        let ledger = ledger(sentence);
        let told = ledger.claims.iter().any(|claim| claim.cue.iter().any(|span| span.text.contains(cue)));
        assert!(!told, "`{sentence}`");
    }
}

#[test]
fn a_plain_answer_that_contradicts_denies() {
    let charge = "The army said rebels had set fire to the granary of the village, killing four people.";
    let who = "Rebel spokesman Karim Jan";
    check(&format!("{charge} {who} replied that all four were alive."), who, "replied", Stance::Deny);
    check(&format!("{charge} {who} said nine wounded had come to his clinic."), who, "said", Stance::Assert);
}
