//! Names by which sides of one land are told apart: clans, gangs, factions, units, provinces.

use counterclaim_claims::{Reading, Syntax};
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};

/// Words of names that many bodies bear.
const GENERIC: &[&str] = &[
    "army",
    "force",
    "brigade",
    "front",
    "group",
    "party",
    "council",
    "ministry",
    "police",
    "government",
    "command",
    "guard",
    "movement",
    "state",
    "national",
    "united",
    "special",
    "security",
    "interior",
    "defence",
    "defense",
    "foreign",
    "general",
    "colonel",
    "major",
    "captain",
    "president",
    "minister",
    "governor",
    "prime",
    "general",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "local",
    "battalion",
    "regiment",
    "committee",
    "commission",
    "office",
    "navy",
    "coast",
    "air",
    "border",
    "people",
    "democratic",
    "popular",
    "liberation",
    "armed",
    "union",
];

/// Words that tell arms of one land apart without a name.
const ARMS: &[&str] = &["federal", "regional", "loyalist", "breakaway", "secessionist", "provincial", "tribal"];

/// Names in a phrase that stand for a side: "a Pokot chief", "spokesman for the Giants", "Jubaland’s minister"; not names of persons, nor
/// where somebody sits.
pub(super) fn banner(reading: &Reading<'_>, syntax: Syntax<'_>, words: &[u32]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for &word in words {
        let name = key(syntax, word);
        let modifier = matches!(syntax.deprel(word), Deprel::Amod | Deprel::Compound);
        if modifier && ARMS.contains(&name.as_str()) && !names.contains(&name) {
            names.push(name);
            continue;
        }
        if is_name(reading, syntax, words, word) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A name without case, number and ending of possession.
fn key(syntax: Syntax<'_>, word: u32) -> String {
    let form = syntax.form(word).to_lowercase();
    let bare = form.trim_end_matches("’s").trim_end_matches("'s");
    let bare = if bare.len() > 4 { bare.trim_end_matches('s') } else { bare };
    bare.to_owned()
}

fn is_name(reading: &Reading<'_>, syntax: Syntax<'_>, words: &[u32], word: u32) -> bool {
    let form = syntax.form(word);
    let named = syntax.upos(word) == Upos::Propn || syntax.upos(word) == Upos::Adj;
    if !named
        || !form.starts_with(char::is_uppercase)
        || form.len() < 3
        || GENERIC.contains(&key(syntax, word).as_str())
    {
        return false;
    }
    let country = Country::by_adjective(form).is_some()
        || reading.place_at(syntax, word).is_some_and(|place| reading.places[place].is_country());
    if country {
        return false;
    }
    // The word of the name that hangs on something outside of it.
    let mut top = word;
    while let Some(head) = syntax.head(top) {
        let inside = matches!(syntax.deprel(top), Deprel::Flat | Deprel::Compound)
            && syntax.upos(head) == Upos::Propn
            && syntax.form(head).starts_with(char::is_uppercase);
        if !inside || !words.contains(&head) {
            break;
        }
        top = head;
    }
    let of_common = syntax.head(top).is_some_and(|head| words.contains(&head) && syntax.upos(head) != Upos::Propn);
    let has_article = syntax.dependents(top).iter().any(|&child| {
        syntax.deprel(child) == Deprel::Det && child < top || syntax.lemma(child) == "rival" && child < top
    });
    match syntax.deprel(top) {
        Deprel::Compound | Deprel::Amod | Deprel::NmodPoss => of_common,
        Deprel::Nmod | Deprel::Obl | Deprel::OblAgent => {
            let preposition = syntax.preposition(top);
            let belongs = matches!(preposition.as_str(), "for" | "of" | "by" | "from" | "with");
            belongs && (has_article || reading.place_at(syntax, word).is_none())
        }
        Deprel::Appos | Deprel::Flat => false,
        _ => has_article,
    }
}

/// The names of a speaker: those of the words for him, or those that stood with his name before.
pub(super) fn speakers(reading: &Reading<'_>, syntax: Syntax<'_>) -> Vec<Vec<String>> {
    let words: Vec<Vec<u32>> = reading
        .claims
        .iter()
        .map(|claim| claim.source.iter().flat_map(|&span| syntax.words_in(span)).collect())
        .collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for (index, source) in words.iter().enumerate() {
        let own = banner(reading, syntax, source);
        let proper = |words: &[u32]| words.iter().rev().copied().find(|&word| syntax.upos(word) == Upos::Propn);
        let same = |other: &usize| {
            let claimant = reading.claims[index].claimant;
            let surname = proper(source).is_some_and(|last| {
                words[*other]
                    .iter()
                    .any(|&word| syntax.upos(word) == Upos::Propn && syntax.form(word) == syntax.form(last))
            });
            claimant.is_some() && claimant == reading.claims[*other].claimant || surname
        };
        let before = || (0..index).rev().find(|other| !found[*other].is_empty() && same(other));
        let inherited = if own.is_empty() { before().map(|other| found[other].clone()) } else { None };
        found.push(inherited.unwrap_or(own));
    }
    found
}

/// Words of a phrase that are names of speakers, whatever stands beside them: "Grand Ravine had begun the war".
pub(super) fn known(syntax: Syntax<'_>, words: &[u32], names: &[String]) -> Vec<String> {
    let proper = words.iter().filter(|&&word| syntax.upos(word) == Upos::Propn);
    proper.map(|&word| key(syntax, word)).filter(|name| names.contains(name)).collect()
}

/// Whether two lists share a name.
pub(super) fn share(ones: &[String], others: &[String]) -> bool {
    ones.iter().any(|one| others.contains(one))
}
