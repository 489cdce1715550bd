//! Where a deed was: the named places of its sentence, weighed against each other.

use counterclaim_claims::{Place, Reading, Syntax};
use counterclaim_knowledge::people;
use counterclaim_knowledge::weights::{Evidence, Weights, note};
use counterclaim_language::{Deprel, LinkRole, Upos};
use counterclaim_schema::{MentionKind, Span};
use std::sync::LazyLock;

/// A deed of which the place is sought.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    /// Its deciding word.
    pub word: u32,
    /// PLOVER type; empty where only a figure is told.
    pub event_type: &'static str,
}

fn group(preposition: &str) -> &'static str {
    match preposition {
        "in" | "at" | "inside" | "within" | "throughout" => "in",
        "near" | "outside" | "around" | "along" | "beside" | "off" | "close" | "north of" | "south of" | "east of"
        | "west of" => "near",
        "on" | "onto" | "upon" | "over" | "against" => "on",
        "to" | "into" | "toward" | "towards" | "for" => "to",
        "through" | "across" | "between" | "among" => "through",
        "from" => "from",
        "of" => "of",
        "by" | "with" | "as" | "about" => "other",
        "" => "none",
        _ => "rare",
    }
}

/// How the word of a place stands to the word of a deed.
fn relation(syntax: Syntax<'_>, word: u32, place: u32) -> &'static str {
    let governs = syntax.governs(word, place);
    let same = syntax.clause(place) == syntax.clause(word) || syntax.clause(place) == word;
    if syntax.head(place) == Some(word) {
        "own"
    } else if governs && same {
        "within"
    } else if governs {
        "below"
    } else if same {
        "beside"
    } else if syntax.governs(syntax.clause(place), word) {
        "above"
    } else {
        "apart"
    }
}

/// The adjective or the noun of a country or region before a noun, as in "Kyrgyz positions".
fn is_modifier(syntax: Syntax<'_>, head: u32) -> bool {
    matches!(syntax.deprel(head), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
}

fn fineness(place: &Place) -> u8 {
    use counterclaim_schema::ledger::PlacePrecision;
    match place.resolution.as_ref().map(|resolution| resolution.precision) {
        Some(PlacePrecision::Country) => 0,
        Some(PlacePrecision::Region) => 1,
        Some(PlacePrecision::Province) => 2,
        Some(PlacePrecision::District) => 3,
        Some(PlacePrecision::Unknown) | None => 4,
        Some(PlacePrecision::Settlement) => 5,
        Some(PlacePrecision::Near) => 6,
        Some(PlacePrecision::Exact) => 7,
    }
}

/// The places of the deed's sentence with what speaks for each.
pub fn candidates(reading: &Reading<'_>, syntax: Syntax<'_>, deed: Deed) -> Vec<(usize, Evidence)> {
    let word = deed.word;
    let sentence = syntax.sentence(word);
    let told: Vec<(usize, u32)> = reading
        .places
        .iter()
        .enumerate()
        .filter_map(|(index, place)| Some((index, syntax.head_of(place.span)?)))
        .filter(|&(index, head)| {
            let place = &reading.places[index];
            syntax.sentence(head) == sentence && head != word && !is_elsewhere(reading, syntax, word, place)
        })
        .collect();
    let rule = nearest_place(reading, syntax, word);
    let heads = &syntax.analysis.events;
    let own = heads.deeds.iter().find(|own| !own.given && own.words.contains(&word));
    let others: Vec<u32> = heads
        .deeds
        .iter()
        .filter(|other| !other.given && !other.words.contains(&word) && syntax.sentence(other.words.start) == sentence)
        .map(|other| other.words.start)
        .collect();
    let claim_of = |at: u32| reading.innermost_claim(syntax.span(at));
    let weighed = told.iter().enumerate().map(|(order, &(index, head))| {
        let place = &reading.places[index];
        let mut found: Evidence = vec![("bias".to_owned(), 1.0)];
        let mut is = |name: String, holds: bool| note(&mut found, &name, holds);
        let preposition = group(&nearest_preposition(syntax, head));
        let direct = group(&syntax.preposition(head));
        let relation = relation(syntax, word, head);
        let fine = fineness(place);
        let adjective = is_modifier(syntax, head) && is_adjective(place.span.of(syntax.text));
        is("rule".to_owned(), rule == Some(index));
        is("rule_none".to_owned(), rule.is_none());
        is(format!("rule_{relation}"), rule == Some(index));
        is(format!("rule_fine_{fine}"), rule == Some(index));
        is(format!("behind_{preposition}"), true);
        is(format!("direct_{direct}"), true);
        is(format!("relation_{relation}"), true);
        is(format!("{relation}_behind_{preposition}"), true);
        is(format!("fine_{fine}"), true);
        is(format!("fine_{fine}_{relation}"), true);
        is("adjective".to_owned(), adjective);
        is("modifier".to_owned(), is_modifier(syntax, head) && !adjective);
        is(format!("deprel_{:?}", syntax.deprel(head)), true);
        if let Some(over) = syntax.head(head).filter(|_| is_modifier(syntax, head)) {
            is("of_party".to_owned(), reading.actors.at(over).is_some());
            is(format!("modifier_over_{}", group(&nearest_preposition(syntax, over))), true);
            is("modifier_of_deed".to_owned(), over == word);
        }
        is("is_party".to_owned(), reading.actors.at(head).is_some());
        is(format!("is_party_{relation}"), reading.actors.at(head).is_some());
        is("subject".to_owned(), syntax.subject(word) == Some(head));
        is("patient".to_owned(), syntax.patient(word) == Some(head));
        is(
            "in_patient".to_owned(),
            syntax.patient(word).is_some_and(|patient| patient != head && syntax.governs(patient, head)),
        );
        is(
            "in_subject".to_owned(),
            syntax.subject(word).is_some_and(|subject| subject != head && syntax.governs(subject, head)),
        );
        // "Residents of Ber said": who tells of what he saw tells where he is.
        let of_teller = is_of_teller(reading, syntax, word, place.span);
        let local = syntax.head(head).is_some_and(|over| {
            people::person(syntax.lemma(over)).is_some()
                || matches!(syntax.lemma(over), "resident" | "witness" | "villager" | "elder" | "mayor" | "inhabitant")
        });
        is("of_teller".to_owned(), of_teller);
        is("of_local_teller".to_owned(), of_teller && local);
        is(format!("of_teller_{fine}"), of_teller);
        is("same_claim".to_owned(), claim_of(head) == claim_of(word));
        is(
            "in_source".to_owned(),
            reading.claims.iter().any(|claim| claim.source.iter().any(|source| source.overlaps(place.span))),
        );
        if let Some(own) = own {
            let linked =
                |role: LinkRole| own.links.iter().any(|(known, words)| *known == role && words.contains(&head));
            for role in [LinkRole::Place, LinkRole::Actor, LinkRole::Recipient, LinkRole::Target, LinkRole::Victim] {
                is(format!("link_{role:?}"), linked(role));
            }
            is(
                "linked_elsewhere".to_owned(),
                !linked(LinkRole::Place) && own.links.iter().any(|(role, _)| *role == LinkRole::Place),
            );
            is("deed_without_place".to_owned(), !own.links.iter().any(|(role, _)| *role == LinkRole::Place));
        } else {
            is("no_deed".to_owned(), true);
        }
        let linked_to_other = heads.deeds.iter().any(|other| {
            !other.given
                && !other.words.contains(&word)
                && other.links.iter().any(|(role, words)| *role == LinkRole::Place && words.contains(&head))
        });
        is("link_place_of_another".to_owned(), linked_to_other);
        let away = head.abs_diff(word);
        is("before".to_owned(), head < word);
        is("near".to_owned(), away <= 3);
        is("far".to_owned(), away > 12);
        is("very_far".to_owned(), away > 25);
        let between = others.iter().filter(|&&other| (other > word.min(head)) && (other < word.max(head))).count();
        is("deed_between".to_owned(), between > 0);
        is("deeds_between".to_owned(), between > 1);
        is("nearer_to_another".to_owned(), others.iter().any(|&other| other.abs_diff(head) < away));
        is(
            "governed_by_another".to_owned(),
            others.iter().any(|&other| other != word && syntax.governs(word, other) && syntax.governs(other, head)),
        );
        let first = order == 0;
        is("only".to_owned(), told.len() == 1);
        is("first".to_owned(), first && told.len() > 1);
        is("last".to_owned(), order + 1 == told.len() && told.len() > 1);
        let alike = |other: usize| reading.places[other].country == place.country;
        let finer = |&(other, _): &(usize, u32)| other != index && fineness(&reading.places[other]) > fine;
        is("finer_told".to_owned(), told.iter().any(finer));
        is("finer_of_same_land_told".to_owned(), told.iter().any(|other| finer(other) && alike(other.0)));
        is(
            "coarser_told".to_owned(),
            told.iter().any(|&(other, _)| other != index && fineness(&reading.places[other]) < fine),
        );
        // "In X, Y": the second one tells where the first one is; "X of Y" likewise.
        let text = syntax.text;
        let gap = |one: &Place, other: &Place| {
            text.get(one.span.end()..other.span.start()).is_some_and(|gap| {
                matches!(
                    gap.trim(),
                    "," | ", in" | "in" | "of" | ", a town in" | ", a city in" | ", near" | ", capital of"
                )
            })
        };
        let before = order.checked_sub(1).map(|order| &reading.places[told[order].0]);
        is("encloses_the_one_before".to_owned(), before.is_some_and(|before| gap(before, place)));
        let behind = told.get(order + 1).map(|next| &reading.places[next.0]);
        is("enclosed_by_the_next".to_owned(), behind.is_some_and(|next| gap(place, next)));
        if !deed.event_type.is_empty() {
            is(format!("type_{}_{relation}", deed.event_type), true);
            is(format!("type_{}_behind_{preposition}", deed.event_type), true);
        } else {
            is("figure".to_owned(), true);
        }
        is("noun".to_owned(), syntax.upos(word) != Upos::Verb);
        is(format!("noun_{relation}_{preposition}"), syntax.upos(word) != Upos::Verb);
        let mut up = head;
        let mut relative = false;
        for _ in 0..6 {
            let Some(over) = syntax.head(up) else { break };
            if over == word {
                break;
            }
            relative |= matches!(syntax.deprel(up), Deprel::AclRelcl | Deprel::Acl);
            up = over;
        }
        is("in_relative_clause".to_owned(), relative && syntax.governs(word, head));
        (index, found)
    });
    weighed.collect()
}

/// "The observatory, based in Britain, said": where the teller sits is not where it happened.
fn is_of_teller(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, span: Span) -> bool {
    let told = syntax.span(word);
    reading.claims.iter().any(|claim| {
        let of_source = |source: &Span| {
            let head = syntax.head_of(*source);
            source.contains(span) || head.zip(syntax.head_of(span)).is_some_and(|(head, at)| syntax.governs(head, at))
        };
        claim.covers(told) && !claim.covers(span) && claim.source.iter().any(of_source)
    })
}

/// Whether the words name a place for another reason than that the deed was there.
fn is_elsewhere(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, place: &Place) -> bool {
    let Some(head) = syntax.head_of(place.span) else { return true };
    // "The Central Asian nations": an adjective tells whose they are.
    let adjective =
        matches!(syntax.deprel(head), Deprel::Amod | Deprel::Compound) && is_adjective(place.span.of(syntax.text));
    let of_people = |noun: u32| {
        reading.actors.at(noun).is_some()
            || matches!(
                syntax.lemma(noun),
                "nation" | "state" | "country" | "republic" | "power" | "leader" | "force" | "people"
            )
    };
    // "Executed him as a warning to the United States": nothing happened there.
    let warned = nearest_preposition(syntax, head) == "to"
        && syntax.head(head).is_some_and(|over| over != word && syntax.is_nominal(over));
    // "Jordan evacuated its diplomats as fighting raged": who does something is no place of what others do.
    let party = matches!(syntax.deprel(head), Deprel::Nsubj) && syntax.preposition(head).is_empty()
        || syntax.deprel(head) == Deprel::NsubjPass && syntax.head(head) != Some(word);
    party && place.is_country()
        || adjective && syntax.head(head).is_some_and(of_people)
        || place.is_country() && (warned || is_of_teller(reading, syntax, word, place.span))
        || is_home(syntax, head)
}

/// The place that the parse alone gives a deed: one that hangs on it, else the nearest one in its clause, else one of its sentence.
fn nearest_place(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<usize> {
    let sentence = syntax.sentence(word);
    let mut best: Option<(u32, usize)> = None;
    for (index, place) in reading.places.iter().enumerate() {
        let Some(head) = syntax.head_of(place.span) else { continue };
        if syntax.sentence(head) != sentence
            || is_elsewhere(reading, syntax, word, place)
            || is_of_teller(reading, syntax, word, place.span)
        {
            continue;
        }
        // "The Kyrgyz-Tajik border" is somewhere, but any name is finer.
        let adjective =
            matches!(syntax.deprel(head), Deprel::Amod | Deprel::Compound) && is_adjective(place.span.of(syntax.text));
        // The name of a party is no place: "Tajikistan accused", "Kyrgyz positions".
        let preposition = nearest_preposition(syntax, head);
        let locative = matches!(
            preposition.as_str(),
            "in" | "at"
                | "near"
                | "on"
                | "outside"
                | "around"
                | "along"
                | "inside"
                | "over"
                | "across"
                | "from"
                | "of"
                | "between"
                | "into"
                | "to"
                | "off"
                | "north of"
                | "south of"
                | "east of"
                | "west of"
        );
        let own = syntax.governs(word, head);
        let patient = syntax.patient(word) == Some(head)
            || syntax.patient(word).is_some_and(|patient| syntax.governs(patient, head));
        if !locative && !patient {
            continue;
        }
        if matches!(preposition.as_str(), "of" | "from" | "to") && !own || preposition == "by" {
            continue;
        }
        // "Clashes between Armenia and Azerbaijan" are where nobody says of other deeds.
        if preposition == "between" && place.is_country() && !own {
            continue;
        }
        let same_clause = syntax.clause(head) == syntax.clause(word);
        let rank = if own {
            0
        } else if same_clause {
            100
        } else {
            200
        };
        let distance = rank + head.abs_diff(word).min(99);
        let coarse = if adjective {
            150
        } else if place.is_country() {
            50
        } else if place.is_region() {
            15
        } else {
            0
        };
        if best.is_none_or(|(least, _)| distance + coarse < least) {
            best = Some((distance + coarse, index));
        }
    }
    best.map(|(_, index)| index)
}

/// "Cpl. Anthony Williams, 21, of Pennsylvania, was killed": where somebody with a name comes from.
fn is_home(syntax: Syntax<'_>, place: u32) -> bool {
    let hung = syntax.deprel(place) == Deprel::Nmod && matches!(syntax.preposition(place).as_str(), "of" | "from");
    let Some(over) = syntax.head(place).filter(|_| hung) else { return false };
    let span = syntax.span(over);
    let persons = syntax.analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person);
    persons.into_iter().any(|person| person.span.contains(span))
}

/// Whether the words are the adjective of a region, or of each country that hyphens join.
fn is_adjective(words: &str) -> bool {
    use counterclaim_knowledge::{Country, Region};
    Region::by_adjective(words).is_some()
        || words.split(['-', '–']).all(|part| Country::by_adjective(part).is_some() && Country::by_name(part).is_none())
}

/// The preposition over a name, also when the name stands inside a phrase ("in the border town of Batken").
fn nearest_preposition(syntax: Syntax<'_>, head: u32) -> String {
    let mut word = head;
    for _ in 0..4 {
        let preposition = syntax.preposition(word);
        if !preposition.is_empty() && preposition != "of" {
            return preposition;
        }
        match (syntax.deprel(word), syntax.head(word)) {
            (
                Deprel::Nmod
                | Deprel::Appos
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::Conj
                | Deprel::Amod
                | Deprel::Flat,
                Some(above),
            ) => word = above,
            _ => return preposition,
        }
    }
    String::new()
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../../data/site_weights.csv")));

/// Log odds from which a place is where the deed was (best by folds, `training/sites.py`).
const LEAST: f32 = -1.2;

/// The place of a deed: the likeliest one of its sentence.
pub fn place(reading: &Reading<'_>, syntax: Syntax<'_>, deed: Deed) -> Option<usize> {
    WEIGHTS.likeliest(candidates(reading, syntax, deed), LEAST)
}
