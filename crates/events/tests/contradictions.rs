//! Which statements of a report cannot both hold, through the whole way from text to ledger.

use counterclaim_events::Reader;
use counterclaim_ingest::{Options, read_bytes};
use counterclaim_language::Model;
use std::sync::LazyLock;

static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(Model::embedded()));

/// Contradictions as kind and what stands at either end: the cue and its source, or the number.
fn pairs(text: &str) -> Vec<(String, String, String)> {
    let options = Options { published: Some("2024-05-05".to_owned()), ..Options::default() };
    let read = read_bytes(text.as_bytes(), &options);
    let ledger = READER.read(&read[0].document, &read[0].diagnostics);
    let row = |id: &str| {
        let claim = ledger.claims.iter().find(|claim| claim.id == id).map(|claim| claim.source[0].text.clone());
        claim.or_else(|| ledger.harms.iter().find(|harm| harm.id == id).map(|harm| harm.number.text.clone()))
    };
    let pair = |pair: &counterclaim_schema::ledger::ContradictionRow| {
        (pair.kind.clone(), row(&pair.a).unwrap_or_default(), row(&pair.b).unwrap_or_default())
    };
    ledger.contradictions.iter().map(pair).collect()
}

fn holds(text: &str, one: &str, other: &str) {
    let found = pairs(text);
    assert!(found.iter().any(|(_, a, b)| a == one && b == other), "`{text}`: {found:?}");
}

#[test]
fn clans_of_one_land_are_sides() {
    let text = "Elders of the Abgal blamed the Dir for the burning of two wells near Jowhar. Dir elders said it was Abgal fighters who had \
                burned the wells.";
    holds(text, "Elders of the Abgal", "Dir elders");
}

#[test]
fn plain_statements_exclude_each_other() {
    holds(
        "Soldiers and rebels fought around Tera on Friday and shells killed four people. The ministry said the trucks carried medicine for two hospitals. A rebel spokesman said they were full of rockets.",
        "The ministry",
        "A rebel spokesman",
    );
    holds(
        "Sudan’s army said it had driven the militia out of Bara. A militia spokesman said its fighters were in full command of the town.",
        "Sudan’s army",
        "A militia spokesman",
    );
    for agree in [
        "The coast guard said the boat sank in bad weather. Fishermen said the waves were three metres high.",
        "The governor said rain had washed away the road. Drivers said lorries were stuck for two days.",
        "The mayor said the bridge was hit at dawn. Residents said two houses beside it burned down.",
    ] {
        assert_eq!(pairs(agree), [], "{agree}");
    }
}

#[test]
fn who_accuse_each_other_contradict_each_other() {
    let rest = "\n\nThe governor said two soldiers had been killed.";
    for (lead, source) in [
        ("Fighting broke out near Tera on Tuesday, with each accusing the other of breaking the truce.", "each"),
        ("The two sides blamed each other for the attack on Tera.", "The two sides"),
        ("Each side charged the other with having opened fire first.", "Each side"),
        (
            "Troops exchanged fire near Tera on Tuesday in a clash that each country blamed on the other.",
            "each country",
        ),
    ] {
        let text = format!("TERA, May 5 (Wire) - {lead}{rest}");
        let found = pairs(&text);
        assert!(found.iter().any(|(kind, a, b)| kind == "blame" && a == source && b == source), "`{text}`: {found:?}");
    }
    // In a lead whose charges the report tells one by one.
    let whole = pairs(include_str!("../../../fixtures/stories/yemen-violations.txt"));
    let both = "Yemen’s government and the Houthi rebels";
    assert!(whole.iter().any(|(_, a, b)| a == both && b == both), "{whole:?}");
    let alone = "TERA, May 5 (Wire) - The army accused the other militia of shelling Tera.\n\nThe governor said two soldiers had been killed.";
    assert!(pairs(alone).iter().all(|(_, a, b)| a != b), "{:?}", pairs(alone));
}

#[test]
fn answers_need_no_word_of_denial() {
    holds(
        "Villagers said soldiers had shot two boys at a well near Tera. The army told it differently: the boys had stepped on a mine, the general said.",
        "Villagers",
        "the general",
    );
    let traded =
        "Mali and Niger accused each other of shelling a market. They each said the other had used heavy weapons.";
    assert!(!pairs(traded).iter().any(|(_, a, b)| a != b), "{:?}", pairs(traded));
}

#[test]
fn soil_is_told_by_either_side() {
    holds(
        "Guyana’s army said its patrol had been in Guyanese waters. Venezuela’s army said the boats had been in Venezuelan waters.",
        "Guyana’s army",
        "Venezuela’s army",
    );
}

#[test]
fn figures_answer_the_one_before() {
    holds("The elders put their dead at nine, among them two girls. The police gave five.", "nine", "five");
    holds("The militia said it killed 35 soldiers near Kona. The government gave its losses as nine.", "35", "nine");
    // Each counts his own.
    let own = "The Habar said they had lost 18 men. The Dir said they had lost four men.";
    assert!(!pairs(own).iter().any(|(kind, ..)| kind == "figure"), "{:?}", pairs(own));
    // Another raid has its own dead.
    let other = "A doctor said 12 people had been killed in Bakel. In a separate attack in Matam five people died, a doctor there said.";
    assert!(!pairs(other).iter().any(|(kind, ..)| kind == "figure"), "{:?}", pairs(other));
}

#[test]
fn denials_reach_what_they_deny() {
    holds(
        "Nigerian insurgents said they had killed 30 soldiers at the bridge. The army’s spokesman said the numbers were invented.",
        "Nigerian insurgents",
        "The army’s spokesman",
    );
    holds(
        "Students said policemen beat two suspects during a search on Wednesday. The policemen’s commander said that both men had \
         slipped on the rocks.",
        "Students",
        "The policemen’s commander",
    );
}

#[test]
fn unharmed_civilians_answer_the_dead_told_before() {
    holds(
        "A woman and two boys were killed in the raid in Burkina Faso, the priest said. The hamlet lies on a river. The road was closed. “No \
         civilian was harmed,” said the army’s spokesman.",
        "the priest",
        "the army’s spokesman",
    );
}

#[test]
fn admitted_losses_are_ones_own() {
    holds(
        "Separatists in Cameroon said they had killed nine soldiers. The defence ministry admitted the loss of two men.",
        "nine",
        "two",
    );
}

#[test]
fn a_ministry_is_not_another_lands_ministry() {
    let text = "Russia’s foreign ministry urged both sides to talk. Kyrgyzstan’s border service accused Tajikistan of shelling a village near Batken. \
                The health ministry said 42 people had been injured.";
    let answered =
        pairs(text).into_iter().any(|(_, one, other)| one.contains("border service") && other.contains("health"));
    assert!(!answered);
}

#[test]
fn who_speaks_for_one_side_says_it_again() {
    let found = pairs(include_str!("../../../fixtures/stories/front-line-town.txt"));
    let told = |one: &str, other: &str| found.iter().any(|(_, a, b)| a == one && b.contains(other));
    assert!(told("Russia", "Hrytsenko"), "{found:?}");
    assert!(!told("Russia", "Belov"), "{found:?}");
}
