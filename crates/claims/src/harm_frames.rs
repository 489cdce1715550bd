//! Who is harmed by a verb, a state or a part of the body, read from the tree and the table of verbs of harm.
//!
//! The table says where a verb has those who are harmed and which class of words must stand with it: "picked up nine men", "was hit in the
//! arm", "had sought shelter", "have not been heard from".

use crate::harm::{is_civilian, is_other_fall, is_person};
use crate::syntax::Syntax;
use counterclaim_knowledge::harms::{Frame, Place, frames, is_of};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::MentionKind;
use counterclaim_schema::ledger::HarmKind;

/// Words behind a verb among which its complements stand where the tree does not join them.
const REACH: u32 = 8;

/// What is done to a limb.
const MAIMING: &[&str] = &[
    "break",
    "fracture",
    "smash",
    "amputate",
    "sever",
    "shatter",
    "crush",
    "blow",
    "cut",
    "tear",
    "dislocate",
    "snap",
    "slit",
    "slash",
    "pierce",
    "burn",
    "mangle",
];

/// The kind of harm that a verb tells and the heads of the phrases of those harmed, without those joined to them.
pub(crate) fn of_verb(syntax: Syntax<'_>, verb: u32) -> Option<(HarmKind, u32)> {
    of_limb(syntax, verb).or_else(|| of_cost(syntax, verb)).or_else(|| {
        frames(syntax.lemma(verb)).iter().find_map(|frame| {
            let head = place_of(syntax, verb, frame)?;
            // Fighters are driven back, not displaced.
            let fights = frame.kind == HarmKind::Displaced && is_civilian(syntax.lemma(head)) == Some(false);
            (!fights && fits(syntax, verb, head, frame)).then_some((frame.kind, head))
        })
    })
}

fn place_of(syntax: Syntax<'_>, verb: u32, frame: &Frame) -> Option<u32> {
    match frame.place {
        Place::Patient => syntax.patient(verb).or_else(|| strayed_object(syntax, verb, frame)),
        Place::Passive => syntax.is_passive(verb).then(|| syntax.subject(verb)).flatten(),
        Place::Subject => (!syntax.is_passive(verb)).then(|| syntax.subject(verb)).flatten(),
        Place::Oblique(preposition) => {
            syntax.obliques(verb).into_iter().find(|oblique| oblique.preposition == preposition).map(|found| found.head)
        }
    }
}

/// An object that the tree has elsewhere: "led away 30 men", "hacked and burned to death 150 refugees".
fn strayed_object(syntax: Syntax<'_>, verb: u32, frame: &Frame) -> Option<u32> {
    if syntax.is_passive(verb) {
        return None;
    }
    if syntax.deprel(verb) == Deprel::Conj {
        let first = syntax.head(verb)?;
        return syntax.dependent(first, &[Deprel::Obj]).filter(|&object| object > verb);
    }
    let bare =
        |oblique: &&crate::syntax::Oblique| oblique.preposition.is_empty() && is_person(syntax.lemma(oblique.head));
    (!frame.particle.is_empty()).then(|| syntax.obliques(verb).iter().find(bare).map(|oblique| oblique.head))?
}

fn fits(syntax: Syntax<'_>, verb: u32, head: u32, frame: &Frame) -> bool {
    let with_particle = frame.particle.is_empty() || {
        let end = syntax.words_of(syntax.sentence(verb)).end;
        let beside = verb + 1 < end
            && (syntax.lemma(verb + 1) == frame.particle || syntax.form(verb + 1).to_lowercase() == frame.particle);
        beside
            || syntax.dependents(verb).iter().any(|&child| {
                child > verb
                    && syntax.lemma(child) == frame.particle
                    && matches!(syntax.deprel(child), Deprel::CompoundPrt | Deprel::Advmod | Deprel::Compound)
            })
    };
    if !with_particle {
        return false;
    }
    match frame.needs {
        "" => true,
        // "A youth fell into a mined field"
        "people" if syntax.lemma(verb) == "fall" && is_other_fall(&next_form(syntax, verb)) => false,
        "people" => {
            let counted = syntax.upos(head) == Upos::Num && matches!(syntax.lemma(verb), "shoot" | "hold" | "seize");
            let named = syntax.lemma(verb) == "shoot"
                && syntax
                    .analysis
                    .mentions
                    .iter()
                    .any(|mention| mention.kind == MentionKind::Person && mention.span.overlaps(syntax.span(head)));
            // "Were treated as guests"
            let manner = syntax.lemma(verb) == "treat"
                && beside(syntax, verb, head)
                    .iter()
                    .any(|&word| matches!(syntax.lemma(word), "like" | "as" | "well" | "badly" | "fairly" | "with"));
            (is_person(syntax.lemma(head)) || counted || named)
                && !manner
                && !(verb + 1 < syntax.words_of(syntax.sentence(verb)).end && syntax.lemma(verb + 1) == "at")
                && !beside(syntax, verb, head).iter().any(|&word| {
                    matches!(syntax.lemma(word), "responsible" | "accountable" | "back" | "liable" | "guilty")
                })
        }
        "unheard" => {
            let heard = !matches!(syntax.lemma(verb), "hear" | "see" | "return")
                || syntax.lemma(verb) == "hear"
                    && beside(syntax, verb, head)
                        .iter()
                        .any(|&word| matches!(syntax.lemma(word), "from" | "of" | "since"))
                || syntax.lemma(verb) == "see"
                    && beside(syntax, verb, head).iter().any(|&word| syntax.lemma(word) == "since")
                || syntax.lemma(verb) == "return"
                    && (syntax.auxiliaries(verb).contains(&"have")
                        || syntax.head(verb).is_some_and(|head| syntax.lemma(head) == "fail"));
            heard && syntax.is_negated(verb)
        }
        "survive" => {
            let named = beside(syntax, verb, head).into_iter().any(|word| stands_for(syntax, "survive", word));
            named && syntax.is_negated(verb)
        }
        class => {
            let near = beside(syntax, verb, head);
            let to_death = class == "sentence" && near.iter().any(|&word| syntax.lemma(word) == "death");
            !to_death && near.into_iter().any(|word| stands_for(syntax, class, word))
        }
    }
}

/// The next word of the sentence in lower case.
fn next_form(syntax: Syntax<'_>, word: u32) -> String {
    let end = syntax.words_of(syntax.sentence(word)).end;
    if word + 1 < end { syntax.form(word + 1).to_lowercase() } else { String::new() }
}

/// Whether a word is of a class and means it: "in the hands of", but no "hand".
fn stands_for(syntax: Syntax<'_>, class: &str, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    let behind = |word: u32| word > 0 && syntax.sentence(word - 1) == syntax.sentence(word);
    let before = if behind(word) { syntax.lemma(word - 1) } else { "" };
    let denied = syntax
        .dependents(word)
        .iter()
        .any(|&child| matches!(syntax.lemma(child), "no" | "without" | "any") && child < word);
    (is_of(class, lemma) || is_of(class, &syntax.form(word).to_lowercase()))
        && !denied
        && match (class, lemma) {
            ("captive", "hand" | "bar" | "cell") => syntax.form(word).to_lowercase().ends_with('s'),
            ("death", "death") => before == "to",
            ("death", "alive") => {
                matches!(before, "burn" | "bury" | "burned" | "burnt" | "buried" | "boil" | "skin" | "flay")
            }
            ("critical", "life") => {
                behind(word) && syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "for")
            }
            ("limb", "back" | "side") => matches!(before, "the" | "his" | "her" | "their"),
            ("limb", "hand") => !matches!(before, "the") || syntax.preposition(word) == "in",
            ("bed", _) => matches!(syntax.preposition(word).as_str(), "from" | "off" | "out of" | "out"),
            ("van", _) => matches!(syntax.preposition(word).as_str(), "into" | "in"),
            ("vehicle", _) => matches!(syntax.preposition(word).as_str(), "on" | "onto" | "into" | "aboard" | "in"),
            _ => true,
        }
}

/// What stands with a verb: its dependents with the words inside their phrases, and the words right behind it up to the next clause.
fn beside(syntax: Syntax<'_>, verb: u32, head: u32) -> Vec<u32> {
    let mut found: Vec<u32> = syntax.dependents(verb).iter().copied().filter(|&child| child != head).collect();
    let nearer: Vec<u32> = found
        .iter()
        .filter(|&&child| matches!(syntax.deprel(child), Deprel::Obl | Deprel::Obj | Deprel::Xcomp | Deprel::OblAgent))
        .flat_map(|&child| syntax.dependents(child).iter().copied())
        .filter(|&child| !matches!(syntax.deprel(child), Deprel::AclRelcl | Deprel::Acl | Deprel::NmodPoss))
        .collect();
    found.extend(nearer);
    let end = syntax.words_of(syntax.sentence(verb)).end.min(verb + 1 + REACH);
    for word in verb + 1..end {
        let stops = matches!(syntax.form(word), "," | ";" | ":" | "." | "(" | "—" | "–")
            || matches!(syntax.upos(word), Upos::Sconj)
            || matches!(syntax.upos(word), Upos::Verb | Upos::Aux) && syntax.deprel(word) != Deprel::Xcomp;
        if stops {
            break;
        }
        if word != head {
            found.push(word);
        }
    }
    // "A plastic bullet struck a girl": what hits is the subject.
    found.sort_unstable();
    found.dedup();
    found
}

/// "The strike cost a shepherd his life"
fn of_cost(syntax: Syntax<'_>, verb: u32) -> Option<(HarmKind, u32)> {
    if !matches!(syntax.lemma(verb), "cost" | "rob" | "deprive") {
        return None;
    }
    let person =
        syntax.dependents(verb).iter().copied().find(|&child| {
            matches!(syntax.deprel(child), Deprel::Iobj | Deprel::Obj) && is_person(syntax.lemma(child))
        })?;
    beside(syntax, verb, person).iter().any(|&word| syntax.lemma(word) == "life").then_some((HarmKind::Killed, person))
}

/// What nobody suffered: "touched no one", "not one was so much as scratched".
pub(crate) fn of_none(syntax: Syntax<'_>, verb: u32) -> Option<(HarmKind, u32)> {
    let slight = matches!(
        syntax.lemma(verb),
        "touch" | "scratch" | "harm" | "mistreat" | "hit" | "strike" | "target" | "affect" | "beat" | "hurt" | "abuse"
    );
    slight.then(|| syntax.patient(verb).map(|head| (HarmKind::Injured, head)))?
}

/// "The boy's wrist was broken", "had his jaw shattered": whose limb it is.
fn of_limb(syntax: Syntax<'_>, verb: u32) -> Option<(HarmKind, u32)> {
    if syntax.lemma(verb) == "have" && !syntax.is_passive(verb) {
        let near: Vec<u32> = beside(syntax, verb, verb);
        let limb = near.iter().any(|&word| is_of("limb", syntax.lemma(word)));
        let throat = near.iter().any(|&word| is_of("throat", syntax.lemma(word)));
        let maimed = near.iter().chain(syntax.dependents(verb)).any(|&word| {
            MAIMING.contains(&syntax.lemma(word)) && syntax.form(word).to_lowercase() != syntax.lemma(word)
        }) || (verb + 1..(verb + 6).min(syntax.words_of(syntax.sentence(verb)).end))
            .any(|word| MAIMING.contains(&syntax.lemma(word)));
        let kind = if throat { HarmKind::Killed } else { HarmKind::Injured };
        return ((limb || throat) && maimed).then(|| syntax.subject(verb).map(|head| (kind, head)))?;
    }
    if !MAIMING.contains(&syntax.lemma(verb)) {
        return None;
    }
    let limb =
        syntax.patient(verb).filter(|&limb| is_of("limb", syntax.lemma(limb)) || is_of("hurt", syntax.lemma(limb)))?;
    let of = syntax.obliques(limb).into_iter().find(|oblique| oblique.preposition == "of").map(|oblique| oblique.head);
    Some((HarmKind::Injured, syntax.owner(limb).or(of)?))
}

/// "Three are in custody", "nine men in rebel hands", "two fishermen under the rubble": a state told by a preposition and its noun.
pub(crate) fn of_place(syntax: Syntax<'_>, word: u32) -> Option<(HarmKind, u32)> {
    let preposition = syntax.preposition(word);
    // "Her brother was among those arrested", "were among the dead"
    if preposition == "among" {
        let subject = syntax.dependent(word, &[Deprel::Nsubj])?;
        let kind = match syntax.form(word).to_lowercase().as_str() {
            "dead" | "victims" | "killed" | "fatalities" => HarmKind::Killed,
            "wounded" | "injured" => HarmKind::Injured,
            "missing" => HarmKind::Missing,
            "hostages" | "captives" | "detained" => HarmKind::Detained,
            "those" => {
                let told = syntax
                    .dependents(word)
                    .iter()
                    .copied()
                    .find(|&child| matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl))?;
                frames(syntax.lemma(told))
                    .iter()
                    .find(|frame| frame.needs.is_empty() && frame.particle.is_empty())?
                    .kind
            }
            _ => return None,
        };
        return Some((kind, subject));
    }
    let of = |class: &str| is_of(class, syntax.lemma(word)) && stands_for(syntax, class, word);
    let kind = match preposition.as_str() {
        "in" | "behind" | "under" | "into" | "inside"
            if of("captive") && !matches!(syntax.lemma(word), "hostage" | "captive" | "prisoner") =>
        {
            HarmKind::Detained
        }
        "under" | "beneath" | "underneath" | "amid" if of("rubble") => HarmKind::Missing,
        "in" if of("hospital") => HarmKind::Injured,
        "in" if syntax.lemma(word) == "condition" || syntax.lemma(word) == "care" => {
            let grave = |&child: &u32| is_of("critical", syntax.lemma(child));
            syntax.dependents(word).iter().any(grave).then_some(HarmKind::Injured)?
        }
        _ => return None,
    };
    // Prison and cell are places where people also work; hands need an owner.
    if syntax.lemma(word) == "hand" {
        let owned = syntax.owner(word).is_some()
            || syntax.dependents(word).iter().any(|&child| {
                matches!(syntax.deprel(child), Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodUnmarked)
            });
        if !owned {
            return None;
        }
    }
    if syntax.dependent(word, &[Deprel::Cop]).is_some() {
        return Some((kind, syntax.dependent(word, &[Deprel::Nsubj, Deprel::NsubjPass])?));
    }
    let head = syntax.head(word)?;
    match syntax.deprel(word) {
        Deprel::Nmod if is_person(syntax.lemma(head)) => Some((kind, head)),
        Deprel::Obl
            if matches!(
                syntax.lemma(head),
                "be" | "remain" | "stay" | "lie" | "sit" | "languish" | "keep" | "still"
            ) =>
        {
            Some((kind, syntax.subject(head)?))
        }
        _ => None,
    }
}
