//! Finds the words that tell an event, by the table `data/triggers.csv`.
//!
//! A row gives the PLOVER type and mode (PLOVER manual 2.0), the CAMEO code, the ACLED sub-event and a frame: how the parties stand
//! around the word. Many words tell of violence only in company ("a strike", "to hit", "to fire"): the row then asks for evidence.

use counterclaim_claims::actors::ActorKind;
use counterclaim_claims::{Reading, Syntax};
use counterclaim_knowledge::weapons;
use counterclaim_language::{Deprel, EVENT_TYPES, NO_EVENT, Upos};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How the parties stand around a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Agent acts on object.
    Act,
    /// As `Act`, for harm to people: without an agent or a means it is only harm, no event of its own.
    Harm,
    /// The other side stands behind "on", "at", "against".
    On,
    /// The object stands behind "of" or before the noun.
    Of,
    /// All parties are actors.
    Mutual,
    /// One party, no other.
    Oneself,
    /// A thing that goes off; the actor is told elsewhere or not at all.
    Thing,
    /// The actor uses a weapon.
    Use,
    /// The recipient is the one asked.
    Ask,
    /// The recipient stands behind "to".
    To,
    /// The actor stands behind "by" or before the noun.
    By,
    /// The subject suffers it; who did it is not told by the word.
    Victim,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct TriggerRow {
    /// Lemmas that must be object, particle or oblique of the trigger; `@weapon` stands for any weapon.
    pub object: Vec<&'static str>,
    /// Verb (true) or noun.
    pub verb: bool,
    /// PLOVER type.
    pub event_type: &'static str,
    /// PLOVER mode, empty for none.
    pub mode: &'static str,
    /// CAMEO code as text.
    pub cameo: &'static str,
    /// Short name of the ACLED sub-event.
    pub acled: &'static str,
    /// How the parties stand.
    pub frame: Frame,
    /// Company that the word needs, empty for none.
    pub evidence: &'static str,
}

static TABLE: LazyLock<HashMap<&'static str, Vec<TriggerRow>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<TriggerRow>> = HashMap::new();
    for line in include_str!("../../../data/triggers.csv").lines().skip(1) {
        let cells: Vec<&'static str> = line.split(',').collect();
        let [lemma, object, pos, event_type, mode, cameo, acled, frame, evidence] = cells[..] else { continue };
        let frame = match frame {
            "act" => Frame::Act,
            "harm" => Frame::Harm,
            "on" => Frame::On,
            "of" => Frame::Of,
            "mutual" => Frame::Mutual,
            "self" => Frame::Oneself,
            "thing" | "at" => Frame::Thing,
            "use" => Frame::Use,
            "ask" => Frame::Ask,
            "to" => Frame::To,
            "by" => Frame::By,
            "victim" => Frame::Victim,
            _ => continue,
        };
        let object = if object.is_empty() { Vec::new() } else { object.split('|').collect() };
        table.entry(lemma).or_default().push(TriggerRow {
            object,
            verb: pos == "V",
            event_type,
            mode,
            cameo,
            acled,
            frame,
            evidence,
        });
    }
    for rows in table.values_mut() {
        // A row that names its object or its company is more telling than one that does not.
        rows.sort_by_key(|row| (row.object.is_empty(), row.evidence.is_empty()));
    }
    table
});

/// A trigger in the text.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The deciding word.
    pub word: u32,
    /// Further words that belong to it ("open fire", "used heavy weapons").
    pub with: Option<u32>,
    /// Its row.
    pub row: &'static TriggerRow,
    /// PLOVER type: that of the row unless the model is sure of another one.
    pub event_type: &'static str,
    /// Index into the deeds of the model's event heads.
    pub deed: Option<usize>,
}

/// Shares of the model from which its word counts against the table's, measured on the stories.
const NO_EVENT_SHARE: f32 = 0.75;
const NO_EVENT_SENTENCE: f32 = 0.3;
const OTHER_TYPE_SHARE: f32 = 0.99;
const DEED_SHARE: f32 = 0.99;
/// The same in a report of a conflict, where a word that may tell of a deed mostly does.
const DEED_SHARE_OF_CONFLICT: f32 = 0.7;

/// Rows for deeds that the table does not know: verb and noun of each type.
static UNLISTED: LazyLock<Vec<[TriggerRow; 2]>> = LazyLock::new(|| {
    EVENT_TYPES
        .iter()
        .map(|&event_type| {
            let (cameo, frame) = match event_type {
                "AGREE" => ("030", Frame::To),
                "CONSULT" => ("040", Frame::Mutual),
                "SUPPORT" => ("050", Frame::Act),
                "COOPERATE" => ("060", Frame::Mutual),
                "AID" => ("070", Frame::To),
                "CONCEDE" => ("080", Frame::Act),
                "RETREAT" => ("087", Frame::Oneself),
                "REQUEST" => ("020", Frame::Ask),
                "ACCUSE" => ("110", Frame::Act),
                "REJECT" => ("120", Frame::Act),
                "THREATEN" => ("130", Frame::On),
                "PROTEST" => ("140", Frame::On),
                "SANCTION" => ("160", Frame::On),
                "MOBILIZE" => ("150", Frame::Oneself),
                "COERCE" => ("170", Frame::Act),
                _ => ("180", Frame::Act),
            };
            let acled = match event_type {
                "ASSAULT" => "attack",
                "PROTEST" => "protest",
                _ => "none",
            };
            [true, false].map(|verb| TriggerRow {
                object: Vec::new(),
                verb,
                event_type,
                mode: "",
                cameo,
                acled,
                frame,
                evidence: "",
            })
        })
        .collect()
});

fn unlisted(kind: usize, verb: bool) -> &'static TriggerRow {
    &UNLISTED[kind][usize::from(!verb)]
}

/// Whether a row stands for what the table does not know.
pub fn is_unlisted(row: &TriggerRow) -> bool {
    UNLISTED.iter().flatten().any(|known| std::ptr::eq(known, row))
}

/// Verbs of terms that tell no deed of a party: that something holds, applies or is looked into.
const NO_DEED: &[&str] =
    &["apply", "cover", "remain", "be", "have", "become", "get", "know", "see", "try", "want", "need", "fire", "shoot"];

/// The trigger at the verb of a term: a concession, with the mode and frame that the table has for the deed.
pub fn commitment(syntax: Syntax<'_>, word: u32) -> Option<Trigger> {
    let lemma = syntax.lemma(word);
    if NO_DEED.contains(&lemma) {
        return None;
    }
    let kind = EVENT_TYPES.iter().position(|&event_type| event_type == "CONCEDE")?;
    let listed = TABLE
        .get(lemma)
        .and_then(|rows| rows.iter().find(|row| row.verb && matches!(row.event_type, "RETREAT" | "CONCEDE")));
    Some(Trigger { word, with: None, row: listed.unwrap_or(unlisted(kind, true)), event_type: "CONCEDE", deed: None })
}

/// The trigger at the name of a ceasefire.
pub fn agreement(word: u32) -> Option<Trigger> {
    let row = TABLE.get("truce")?.iter().find(|row| !row.verb && row.event_type == "CONCEDE")?;
    Some(Trigger { word, with: None, row, event_type: "CONCEDE", deed: None })
}

/// Words of protected people and armed men in the sentence, weapons, harm: what a clause holds of violence.
fn is_violent(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let sentence = syntax.sentence(word);
    let words = syntax.words_of(sentence);
    let span = syntax.span(words.start).to(syntax.span(words.end - 1));
    if reading.harms.iter().any(|harm| span.contains(harm.number)) {
        return true;
    }
    words.clone().any(|other| {
        other != word
            && (is_armed(reading, other)
                || VIOLENT_WORDS.contains(&syntax.lemma(other))
                || weapons::is_weapon(syntax.lemma(other)))
    }) || strikes_ground(reading, syntax, word)
        || reading.is_conflict()
}

/// "Israel struck Gaza City", "Iran struck Israel": a state that strikes a place does it by force, unless with something that is no weapon.
fn strikes_ground(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let is_state = |at: u32| {
        let actor = reading.actors.at(at).map(|actor| &reading.actors.all[actor]);
        actor.is_some_and(|actor| actor.kind == ActorKind::State)
    };
    let (Some(subject), Some(object)) = (syntax.subject(word), syntax.dependent(word, &[Deprel::Obj])) else {
        return false;
    };
    let span = syntax.span(object);
    let ground = reading.places.iter().any(|place| place.span.contains(span));
    let built = weapons::target_class(syntax.lemma(object)).is_some() || syntax.lemma(object) == "target";
    let state = syntax.lemma(word) == "strike" && (is_state(object) || built);
    // The parser hangs "with new tariffs" on the verb or on the object, and by more than one relation.
    let things = syntax.dependents(word).iter().chain(syntax.dependents(object)).copied();
    let with = things.filter(|&thing| thing != object).any(|thing| {
        matches!(syntax.preposition(thing).as_str(), "with" | "by") && !weapons::is_weapon(syntax.lemma(thing))
    });
    syntax.upos(word) == Upos::Verb && !syntax.is_passive(word) && is_state(subject) && (ground || state) && !with
}

const VIOLENT_WORDS: &[&str] = &[
    "kill",
    "wound",
    "injure",
    "casualty",
    "dead",
    "death",
    "die",
    "shell",
    "shelling",
    "bomb",
    "bombing",
    "rocket",
    "missile",
    "drone",
    "artillery",
    "mortar",
    "airstrike",
    "air",
    "suicide",
    "militant",
    "rebel",
    "soldier",
    "troop",
    "army",
    "military",
    "gunman",
    "fighter",
    "insurgent",
    "jihadist",
    "militia",
    "ceasefire",
    "truce",
    "clash",
    "fighting",
    "offensive",
    "bullet",
    "gunfire",
    "grenade",
    "explosive",
    "explosion",
    "border",
    "position",
    "convoy",
    "outpost",
    "checkpoint",
    "civilian",
    "hostage",
];

/// Whether the phrase at a word is an armed party.
fn is_armed(reading: &Reading<'_>, word: u32) -> bool {
    reading.actors.at(word).is_some_and(|actor| {
        let row = &reading.actors.all[actor];
        row.sectors
            .iter()
            .any(|sector| matches!(sector.as_str(), "MIL" | "REB" | "PRM" | "UAF" | "CRM" | "COP" | "SPY"))
    })
}

fn is_person_or_body(reading: &Reading<'_>, word: Option<u32>) -> bool {
    word.is_some_and(|word| reading.actors.at(word).is_some())
}

/// Men who bear arms and come as such: they are no visitors.
fn is_troop(reading: &Reading<'_>, word: Option<u32>) -> bool {
    word.and_then(|word| reading.actors.at(word)).is_some_and(|actor| {
        let row = &reading.actors.all[actor];
        let armed = |sector: &String| matches!(sector.as_str(), "MIL" | "COP" | "REB" | "UAF" | "PRM" | "CRM");
        row.plural && row.sectors.first().is_some_and(armed)
    })
}

fn is_official(reading: &Reading<'_>, word: Option<u32>) -> bool {
    word.and_then(|word| reading.actors.at(word)).is_some_and(|actor| {
        reading.actors.flatten(actor).iter().any(|&member| {
            let row = &reading.actors.all[member];
            let private = |sector: &String| {
                matches!(sector.as_str(), "CVL" | "REF" | "JRN" | "EDU" | "MED" | "AGR" | "LAB" | "BUS" | "SOC" | "CRM")
            };
            let public = row.country.is_some() && (row.basis != "context" || row.sectors.is_empty());
            public && !row.sectors.first().is_some_and(private)
                || row.sectors.iter().any(|sector| {
                    matches!(sector.as_str(), "GOV" | "MIL" | "LEG" | "REB" | "IGO" | "NGO" | "UNO" | "EUR")
                })
        })
    })
}

fn has_object(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, row: &TriggerRow) -> Option<u32> {
    let candidates = syntax.dependents(word).iter().copied().filter(|&child| {
        matches!(
            syntax.deprel(child),
            Deprel::Obj
                | Deprel::Obl
                | Deprel::OblAgent
                | Deprel::CompoundPrt
                | Deprel::Compound
                | Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::NsubjPass
                | Deprel::Advmod
                | Deprel::Nmod
                | Deprel::Amod
                | Deprel::Advcl
                | Deprel::Case
                | Deprel::Mark
        )
    });
    // "Under the deal, Russia must withdraw its troops": nobody withdraws from the deal.
    // "Came under strain when rockets were fired": a clause with a subject of its own is no object.
    let clause = |child: &u32| {
        syntax.deprel(*child) == Deprel::Advcl
            && syntax.dependent(*child, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some()
    };
    let frames = |child: &u32| {
        clause(child)
            || syntax.deprel(*child) == Deprel::Obl
                && *child < word
                && matches!(
                    syntax.preposition(*child).as_str(),
                    "under" | "in" | "by" | "after" | "as part of" | "according to"
                )
    };
    for child in candidates.filter(|child| !frames(child)) {
        for candidate in std::iter::once(child).chain(syntax.dependents(child).iter().copied().filter(|&inner| {
            matches!(syntax.deprel(inner), Deprel::Conj | Deprel::Compound | Deprel::Case | Deprel::Obj | Deprel::Nmod)
        })) {
            let lemma = syntax.lemma(candidate);
            let fits = row.object.iter().any(|&wanted| {
                wanted == lemma
                    || wanted == "@place"
                        && syntax.deprel(candidate) == Deprel::Obj
                        && syntax.upos(candidate) == Upos::Propn
                        && (reading.place_at(syntax, candidate).is_some() || reading.actors.at(candidate).is_none())
                    || wanted == "@target"
                        && weapons::target_class(lemma).is_some()
                        && matches!(syntax.deprel(candidate), Deprel::Obj | Deprel::NsubjPass | Deprel::Obl)
                    || wanted == "@fire"
                        && (FIRE.contains(&lemma) || syntax.is_nominal(candidate) && weapons::is_weapon(lemma))
                    || wanted == "@official"
                        && matches!(syntax.deprel(candidate), Deprel::Obj | Deprel::NsubjPass)
                        && is_official(reading, Some(candidate))
                    || wanted == "@force"
                        && matches!(syntax.deprel(candidate), Deprel::Obj | Deprel::NsubjPass)
                        && is_force(reading, syntax, candidate)
                    || wanted == "@weapon"
                        && syntax.is_nominal(candidate)
                        && weapons::is_weapon(lemma)
                        && syntax.deprel(candidate) != Deprel::Case
            });
            if fits {
                return Some(candidate);
            }
        }
    }
    None
}

fn fits(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, row: &TriggerRow) -> bool {
    let governor = syntax.head(word);
    match row.evidence {
        "" => true,
        "violent" => is_violent(reading, syntax, word) && !is_figurative(syntax, word),
        "armed" => {
            let near = [syntax.agent(word), syntax.patient(word)];
            near.into_iter().flatten().any(|word| is_armed(reading, word) || is_official(reading, Some(word)))
                || governor.is_some() && is_violent(reading, syntax, word)
        }
        "person" => is_person_or_body(reading, syntax.agent(word)) || is_person_or_body(reading, syntax.patient(word)),
        // "Gunmen marched prisoners to a wall" is no march.
        "walkers" => is_person_or_body(reading, syntax.agent(word)) && syntax.dependent(word, &[Deprel::Obj]).is_none(),
        // "Pulled its men out of the town"; not "pulled a knife out of a purse", "pulled bodies out of the rubble".
        "ownmen" => syntax.dependent(word, &[Deprel::Obj]).is_none_or(|object| {
            is_armed(reading, object)
                || weapons::is_weapon(syntax.lemma(object))
                || matches!(
                    syntax.lemma(object),
                    "force"
                        | "man"
                        | "unit"
                        | "staff"
                        | "people"
                        | "citizen"
                        | "national"
                        | "diplomat"
                        | "team"
                        | "equipment"
                        | "gun"
                )
        }),
        "official" if syntax.lemma(word) == "arrive" && is_troop(reading, syntax.agent(word)) => false,
        "official" => is_official(reading, syntax.agent(word)),
        "fire" => {
            // To fire at somebody, not to fire somebody.
            syntax.obliques(word).iter().any(|oblique| {
                matches!(
                    oblique.preposition.as_str(),
                    "at" | "on" | "into" | "upon" | "toward" | "towards" | "from" | "across"
                )
            }) || syntax
                .dependent(word, &[Deprel::Obj])
                .is_some_and(|object| matches!(syntax.lemma(object), "shot" | "round" | "bullet" | "volley"))
        }
        "exchange" => syntax
            .obliques(word)
            .iter()
            .any(|oblique| matches!(syntax.lemma(oblique.head), "fire" | "gunfire" | "shot")),
        "weapon" => is_weapon_subject(syntax, word),
        "territory" => {
            syntax.patient(word).is_some_and(|patient| {
                reading.place_at(syntax, patient).is_some() || TERRITORY.contains(&syntax.lemma(patient))
            }) || row.frame == Frame::On && syntax.obliques(word).iter().any(|oblique| oblique.preposition == "of")
        }
        "armedonly" => is_armed_agent(reading, syntax, word),
        "armsonly" => syntax.agent(word).is_some_and(|agent| {
            is_armed(reading, agent)
                || syntax.phrase_words(agent).iter().any(|&part| weapons::is_weapon(syntax.lemma(part)))
        }),
        "armedboth" => {
            is_armed_agent(reading, syntax, word)
                && syntax.patient(word).is_some_and(|patient| is_armed(reading, patient))
        }
        "armedof" => around(syntax, word).into_iter().any(|other| {
            is_armed(reading, other) || weapons::target_class(syntax.lemma(other)).is_some() && reading.is_conflict()
        }),
        // "The invasion of southern Lebanon" needs no weapon beside it.
        "violentorland" => {
            is_violent(reading, syntax, word)
                || syntax.obliques(word).iter().any(|oblique| {
                    oblique.preposition == "of"
                        && (reading.place_at(syntax, oblique.head).is_some()
                            || reading.actors.at(oblique.head).is_some())
                })
        }
        "territoryof" => {
            syntax.obliques(word).iter().any(|oblique| {
                oblique.preposition == "of"
                    && (reading.place_at(syntax, oblique.head).is_some()
                        || TERRITORY.contains(&syntax.lemma(oblique.head)))
            }) && reading.is_conflict()
        }
        "armedterritory" => {
            is_armed_agent(reading, syntax, word)
                && syntax.patient(word).is_some_and(|patient| {
                    reading.place_at(syntax, patient).is_some() || TERRITORY.contains(&syntax.lemma(patient))
                })
        }
        "troops" => syntax.patient(word).is_some_and(|patient| is_armed(reading, patient)),
        "bodies" => [syntax.agent(word), syntax.patient(word)]
            .into_iter()
            .all(|party| is_official(reading, party) || party.is_some_and(|party| is_armed(reading, party))),
        "crowd" => syntax.agent(word).is_some_and(|agent| is_crowd(reading, syntax, agent)),
        "protesters" => syntax.agent(word).is_some_and(|agent| PROTESTERS.contains(&syntax.lemma(agent))),
        "workers" => syntax.agent(word).is_some_and(|agent| WORKERS.contains(&syntax.lemma(agent))),
        "tolling" => {
            // "The insurgency has cost 7,300 lives", "a war that has claimed thousands".
            const COST: &[&str] =
                &["cost", "claim", "kill", "take", "consume", "leave", "displace", "drive", "uproot", "devastate"];
            let costs = |verb: u32| {
                COST.contains(&syntax.lemma(verb))
                    && syntax.upos(verb) == Upos::Verb
                    && syntax.patient(verb).is_some_and(|patient| {
                        matches!(
                            syntax.lemma(patient),
                            "life"
                                | "people"
                                | "dead"
                                | "person"
                                | "hundred"
                                | "thousand"
                                | "dozens"
                                | "civilian"
                                | "soldier"
                                | "policeman"
                        ) || syntax.upos(patient) == Upos::Num
                            || syntax.dependents(patient).iter().any(|&child| syntax.deprel(child) == Deprel::Nummod)
                    })
            };
            let own = syntax.dependent(word, &[Deprel::AclRelcl, Deprel::Acl]).is_some_and(costs);
            let subject = syntax.deprel(word) == Deprel::Nsubj && syntax.head(word).is_some_and(costs);
            own || subject
        }
        "leaving" => {
            // "Families left for Hermel", "villagers have walked into Congo", "children ran into the forest".
            const WILDS: &[&str] = &[
                "forest", "bush", "hill", "mountain", "border", "safety", "camp", "school", "church", "cellar",
                "bazar", "town", "capital",
            ];
            let goal = |head: u32| {
                syntax.upos(head) == Upos::Propn && reading.place_at(syntax, head).is_some()
                    || WILDS.contains(&syntax.lemma(head))
            };
            syntax.subject(word).is_some_and(|subject| is_civilian(reading, syntax, subject))
                && reading.is_conflict()
                && syntax
                    .obliques(word)
                    .into_iter()
                    .any(|oblique| matches!(oblique.preposition.as_str(), "for" | "into" | "to") && goal(oblique.head))
        }
        "civilians" => syntax.subject(word).is_some_and(|subject| is_civilian(reading, syntax, subject)),
        "captives" => {
            patients(syntax, word).into_iter().any(|patient| {
                CAPTIVES.contains(&syntax.lemma(patient))
                    || reading.actors.at(patient).is_some() && reading.is_conflict()
            }) && is_violent(reading, syntax, word)
        }
        "aid" => {
            let words = syntax.words_of(syntax.sentence(word));
            syntax.subject(word).is_some_and(|subject| CARRIERS.contains(&syntax.lemma(subject)))
                && words.map(|other| syntax.lemma(other)).any(|lemma| RELIEF.contains(&lemma))
        }
        "vessel" => syntax.agent(word).is_some_and(|agent| {
            is_armed(reading, agent) || CRAFT.contains(&syntax.lemma(agent)) || weapons::is_weapon(syntax.lemma(agent))
        }),
        "vehicles" => patients(syntax, word).into_iter().any(|patient| {
            CARRIERS.contains(&syntax.lemma(patient))
                || CRAFT.contains(&syntax.lemma(patient))
                || matches!(syntax.lemma(patient), "migrant" | "refugee" | "journalist" | "inspector" | "mission")
        }),
        "questioned" => {
            let words = syntax.words_of(syntax.sentence(word));
            is_person_or_body(reading, syntax.patient(word))
                && words.map(|other| syntax.lemma(other)).any(|lemma| {
                    matches!(
                        lemma,
                        "police" | "detain" | "arrest" | "suspect" | "detective" | "investigator" | "custody"
                    )
                })
        }
        "up" => syntax.dependents(word).iter().any(|&child| syntax.lemma(child) == "up"),
        "into" => {
            syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "to" | "into" | "onto"))
        }
        "against" => {
            syntax.obliques(word).iter().any(|oblique| {
                matches!(oblique.preposition.as_str(), "against" | "on") && is_armed(reading, oblique.head)
            }) && is_violent(reading, syntax, word)
        }
        "across" => {
            reading.is_conflict()
                && (syntax.obliques(word).iter().any(|oblique| {
                    matches!(oblique.preposition.as_str(), "across" | "along" | "from" | "at" | "on" | "in")
                }) || syntax.dependents(word).iter().any(|&child| {
                    matches!(syntax.lemma(child), "heavy" | "unprovoked" | "indiscriminate" | "cross-border")
                }))
        }
        "truce" => {
            let lines = |lemma: &str| matches!(lemma, "ceasefire" | "truce" | "armistice");
            reading.is_conflict() && syntax.analysis.words.iter().any(|word| lines(&word.lemma))
        }
        "visited" => {
            is_official(reading, syntax.owner(word))
                || syntax
                    .obliques(word)
                    .iter()
                    .any(|oblique| oblique.preposition == "by" && is_official(reading, Some(oblique.head)))
        }
        "threatening" => {
            let future =
                syntax.auxiliaries(word).iter().any(|&aux| matches!(aux, "will" | "shall" | "would" | "'ll" | "’ll"));
            let agent = syntax.agent(word);
            let first = agent.is_some_and(|agent| matches!(syntax.lemma(agent), "we" | "i" | "our"));
            let owned = syntax.owner(word).is_some_and(|owner| matches!(syntax.lemma(owner), "we" | "our"));
            let party = first || is_official(reading, agent) || agent.is_some_and(|agent| is_armed(reading, agent));
            (future && party || owned) && reading.is_conflict()
        }
        "calling" => {
            // "called the president on Friday" is a telephone call.
            let dated = |word: u32| {
                let span = syntax.span(word);
                reading.times.iter().any(|time| time.span.overlaps(span))
            };
            let on = |preposition: &str| matches!(preposition, "on" | "upon" | "for" | "on for");
            let near = syntax.obliques(word).into_iter().filter(|oblique| on(&oblique.preposition)).collect::<Vec<_>>();
            let next = (word + 1 < syntax.analysis.words.len() as u32).then(|| syntax.lemma(word + 1));
            let particle = matches!(next, Some("for" | "on" | "upon"));
            near.iter().any(|oblique| !dated(oblique.head)) || near.is_empty() && particle
        }
        "agent" => {
            let agent = syntax.agent(word);
            is_person_or_body(reading, agent) || agent.is_some_and(|agent| syntax.upos(agent) == Upos::Pron)
        }
        "shots" => {
            // "the senator shot back: ..." answers with words.
            !reading.claims.iter().any(|claim| claim.cue_word == word)
                && (is_armed_agent(reading, syntax, word) || reading.is_conflict())
        }
        "combat" => {
            let foes: Vec<u32> = syntax
                .patient(word)
                .into_iter()
                .chain(
                    syntax
                        .obliques(word)
                        .into_iter()
                        .filter(|oblique| matches!(oblique.preposition.as_str(), "with" | "against" | "alongside"))
                        .map(|oblique| oblique.head),
                )
                .collect();
            let armed = is_armed_agent(reading, syntax, word) || foes.iter().any(|&foe| is_armed(reading, foe));
            let both = is_person_or_body(reading, syntax.agent(word))
                && (foes.iter().any(|&foe| reading.actors.at(foe).is_some()) || reading.is_conflict());
            let striving = syntax
                .dependent(word, &[Deprel::Xcomp, Deprel::Advcl])
                .is_some_and(|clause| syntax.is_infinitive(clause))
                && foes.is_empty();
            (armed || both) && !striving && !is_figurative(syntax, word)
        }
        "meeting" => {
            let party =
                |word: Option<u32>| is_official(reading, word) || word.is_some_and(|word| is_armed(reading, word));
            let with = with_preposition(syntax, word, "with");
            !syntax.is_passive(word) && (party(syntax.agent(word)) || party(syntax.patient(word)) || party(with))
        }
        "asking" => {
            let question = syntax.patient(word).is_some_and(|patient| syntax.lemma(patient) == "question");
            let clause = syntax.dependent(word, &[Deprel::Xcomp, Deprel::Ccomp]).is_some_and(|clause| {
                syntax.is_infinitive(clause)
                    || syntax
                        .dependents(clause)
                        .iter()
                        .any(|&child| syntax.deprel(child) == Deprel::Mark && syntax.lemma(child) == "that")
            });
            !question && (clause || with_preposition(syntax, word, "for").is_some())
        }
        "object" => syntax.patient(word).is_some_and(|patient| row.object.contains(&syntax.lemma(patient))),
        "unofficial" => {
            let agent = syntax.agent(word);
            !is_official(reading, agent) || agent.is_some_and(|agent| is_crowd(reading, syntax, agent))
        }
        "xcomp" => {
            syntax.dependent(word, &[Deprel::Xcomp]).is_some_and(|clause| row.object.contains(&syntax.lemma(clause)))
        }
        "moving" => {
            is_armed_agent(reading, syntax, word)
                && syntax.dependent(word, &[Deprel::Obj]).is_none()
                && syntax.obliques(word).iter().any(|oblique| {
                    matches!(
                        oblique.preposition.as_str(),
                        "into" | "towards" | "toward" | "to" | "on" | "for" | "across"
                    ) && (reading.place_at(syntax, oblique.head).is_some()
                        || TERRITORY.contains(&syntax.lemma(oblique.head)))
                })
        }
        "telephoning" => {
            is_official(reading, syntax.agent(word))
                && syntax.upos(syntax.patient(word).unwrap_or(word)) != Upos::Pron
                && syntax
                    .dependent(word, &[Deprel::Xcomp, Deprel::Ccomp])
                    .is_none_or(|clause| syntax.is_infinitive(clause))
        }
        "jointly" => {
            governor.is_some_and(|head| HAPPENING.contains(&syntax.lemma(head)))
                && syntax
                    .dependents(word)
                    .iter()
                    .any(|&child| matches!(syntax.lemma(child), "joint" | "military" | "naval" | "war"))
        }
        "statement" => {
            is_official(reading, syntax.agent(word))
                && syntax.patient(word).is_some_and(|patient| weapons::target_class(syntax.lemma(patient)).is_none())
                && !syntax.agent(word).is_some_and(|agent| is_armed(reading, agent))
        }
        "weapons" => patients(syntax, word).into_iter().any(|patient| weapons::is_weapon(syntax.lemma(patient))),
        "impact" => {
            let struck = syntax.obliques(word).iter().any(|oblique| {
                matches!(
                    oblique.preposition.as_str(),
                    "on" | "into" | "onto" | "in" | "near" | "at" | "around" | "inside"
                )
            });
            struck && is_weapon_subject(syntax, word)
        }
        "erupt" => {
            governor.is_some_and(|head| {
                matches!(syntax.deprel(word), Deprel::Nsubj | Deprel::NsubjPass)
                    && (HAPPENING.contains(&syntax.lemma(head))
                        || matches!(
                            syntax.lemma(head),
                            "kill" | "leave" | "claim" | "spread" | "flare" | "force" | "rage"
                        ))
            }) || syntax.obliques(word).iter().any(|oblique| oblique.preposition == "between")
        }
        "arming" => !syntax.is_passive(word) && is_person_or_body(reading, syntax.patient(word)),
        "caught" => {
            syntax.patient(word).is_some_and(|patient| is_people(reading, syntax, patient))
                && (is_armed_agent(reading, syntax, word)
                    || reading.is_conflict()
                        && syntax.is_passive(word)
                        && with_preposition(syntax, word, "in").is_none())
        }
        "truces" => {
            let truce = |word: u32| matches!(syntax.lemma(word), "ceasefire" | "truce" | "armistice" | "cessation");
            syntax.subject(word).is_some_and(truce)
        }
        "trucebroken" => {
            let truce =
                |word: u32| matches!(syntax.lemma(word), "ceasefire" | "truce" | "armistice" | "accord" | "cessation");
            syntax.patient(word).is_some_and(truce) && reading.is_conflict()
        }
        "blamed" => {
            (syntax.deprel(word) == Deprel::Obj || with_preposition(syntax, word, "of").is_some())
                && governor.is_some_and(|head| {
                    matches!(syntax.lemma(head), "blame" | "avenge" | "revenge" | "retaliation" | "accuse" | "reprisal")
                })
                && is_violent(reading, syntax, word)
        }
        "people" => syntax.patient(word).is_some_and(|patient| is_people(reading, syntax, patient)),
        "dated" => {
            let words = syntax.words_of(syntax.sentence(word));
            let span = syntax.span(words.start).to(syntax.span(words.end - 1));
            let dated =
                reading.times.iter().any(|time| span.contains(time.span) && matches!(time.timex.as_str(), "DATE"));
            let led = governor.is_some_and(|head| {
                matches!(
                    syntax.lemma(head),
                    "fight"
                        | "wage"
                        | "end"
                        | "begin"
                        | "start"
                        | "break"
                        | "erupt"
                        | "kill"
                        | "claim"
                        | "cost"
                        | "die"
                        | "displace"
                        | "lose"
                )
            });
            dated && led && !syntax.is_negated(word)
        }
        "infinitive" => {
            syntax.dependent(word, &[Deprel::Xcomp, Deprel::Ccomp]).is_some()
                || !row.verb
                    && syntax.dependent(word, &[Deprel::Acl]).is_some_and(|clause| syntax.is_infinitive(clause))
        }
        "accord" => syntax.patient(word).is_some_and(|patient| {
            matches!(
                syntax.lemma(patient),
                "agreement"
                    | "accord"
                    | "deal"
                    | "pact"
                    | "treaty"
                    | "declaration"
                    | "memorandum"
                    | "ceasefire"
                    | "truce"
                    | "protocol"
            )
        }),
        "captive" => {
            let around = [syntax.patient(word), syntax.owner(word)]
                .into_iter()
                .flatten()
                .chain(syntax.obliques(word).into_iter().map(|oblique| oblique.head));
            around.into_iter().any(|other| {
                CAPTIVES.contains(&syntax.lemma(other))
                    || reading.actors.at(other).is_some_and(|actor| {
                        reading.actors.all[actor].sectors.iter().any(|sector| sector != "GOV" && sector != "JRN")
                    })
            })
        }
        "happen" => {
            // "after Friday's meeting", "a protest erupted": nouns need a verb of happening, a time or a determiner that points to one.
            governor.is_some_and(|head| HAPPENING.contains(&syntax.lemma(head)))
                || syntax.dependents(word).iter().any(|&child| {
                    matches!(syntax.deprel(child), Deprel::NmodPoss | Deprel::Nmod | Deprel::Amod | Deprel::Compound)
                })
        }
        // "The deal was agreed after talks in Oslo": they were held.
        "held"
            if matches!(syntax.preposition(word).as_str(), "after" | "at" | "following" | "during")
                && syntax.obliques(word).iter().any(|found| {
                    matches!(found.preposition.as_str(), "in" | "with" | "between" | "by" | "at" | "on")
                }) =>
        {
            true
        }
        "held" | "begin" | "reach" | "made" | "imposed" | "traded" | "open" | "arrive" | "called" => governor
            .is_some_and(|head| {
                let lemma = syntax.lemma(head);
                match row.evidence {
                    "held" => matches!(
                        lemma,
                        "hold"
                            | "resume"
                            | "begin"
                            | "start"
                            | "continue"
                            | "conclude"
                            | "end"
                            | "open"
                            | "host"
                            | "join"
                    ),
                    "begin" => matches!(
                        lemma,
                        "begin"
                            | "start"
                            | "take"
                            | "enter"
                            | "come"
                            | "announce"
                            | "declare"
                            | "observe"
                            | "agree"
                            | "sign"
                            | "reach"
                            | "hold"
                    ),
                    "reach" => {
                        matches!(lemma, "reach" | "sign" | "conclude" | "strike" | "broker" | "announce" | "seal")
                    }
                    "made" => matches!(lemma, "make" | "issue" | "repeat" | "renew"),
                    "imposed" => matches!(lemma, "impose" | "announce" | "tighten" | "extend" | "slap"),
                    "traded" => matches!(lemma, "trade" | "exchange" | "swap"),
                    "arrive" => matches!(lemma, "arrive" | "reach" | "send" | "deploy" | "rush" | "dispatch" | "bring"),
                    "called" => matches!(lemma, "call" | "organise" | "organize" | "observe"),
                    _ => matches!(lemma, "open" | "launch" | "order" | "begin"),
                }
            }),
        "threat" => {
            let claim = reading.claims.iter().find(|claim| claim.cue_word == word);
            let party =
                syntax.dependent(word, &[Deprel::Obj]).is_some_and(|object| reading.actors.at(object).is_some());
            let against =
                syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "against" | "of"));
            claim.is_some_and(|claim| claim.stance == counterclaim_schema::ledger::Stance::Threaten) || party && against
        }
        _ => false,
    }
}

/// "Earthquakes hit the coast", "the virus killed", "hunters shot a bear", "torpedoed the budget": no deed of a conflict.
fn is_of_nature(syntax: Syntax<'_>, word: u32) -> bool {
    const NATURE: &[&str] = &[
        "earthquake",
        "quake",
        "tremor",
        "aftershock",
        "storm",
        "hurricane",
        "cyclone",
        "typhoon",
        "flood",
        "flooding",
        "drought",
        "landslide",
        "mudslide",
        "avalanche",
        "tornado",
        "tsunami",
        "lightning",
        "heatwave",
        "rain",
        "wildfire",
        "crisis",
        "recession",
        "virus",
        "disease",
        "pandemic",
        "epidemic",
        "cholera",
        "famine",
        "outage",
        "accident",
        "crash",
        "eruption",
        "volcano",
        "fire",
    ];
    // Hunters and herdsmen kill beasts.
    const GAME: &[&str] = &[
        "boar",
        "deer",
        "bear",
        "wolf",
        "elephant",
        "lion",
        "tiger",
        "leopard",
        "fox",
        "duck",
        "bird",
        "pheasant",
        "rabbit",
        "crocodile",
        "shark",
        "whale",
    ];
    // "Tigers" and "a Leopard" are fighters and tanks.
    let is_beast =
        |patient: u32| GAME.contains(&syntax.lemma(patient)) && syntax.form(patient).starts_with(char::is_lowercase);
    let verb = syntax.upos(word) == Upos::Verb;
    if verb && syntax.patient(word).is_some_and(is_beast) {
        return true;
    }
    // Cyclists attack a climb, hackers a server; riders and strikers may well be armed.
    const SPORT: &[&str] = &["cyclist", "batsman", "goalkeeper", "skier", "jockey", "hacker"];
    // A car hits a tree, a bus a lorry; a lorry hits a mine, and one that is driven into a crowd hits people.
    const VEHICLES: &[&str] =
        &["car", "bus", "truck", "lorry", "van", "train", "motorcycle", "suv", "minibus", "vehicle", "pickup", "tram"];
    const OBSTACLES: &[&str] =
        &["tree", "pole", "wall", "fence", "guardrail", "curb", "ditch", "deer", "lamppost", "garbage"];
    const PAPERS: &[&str] =
        &["budget", "bill", "deal", "talk", "plan", "law", "reform", "merger", "agreement", "proposal"];
    let agent = if verb { syntax.agent(word) } else { None };
    if agent.is_some_and(|agent| SPORT.contains(&syntax.lemma(agent))) {
        return true;
    }
    if verb
        && matches!(syntax.lemma(word), "torpedo" | "ambush" | "shell" | "bomb" | "kill" | "sink")
        && syntax.patient(word).is_some_and(|patient| PAPERS.contains(&syntax.lemma(patient)))
    {
        return true;
    }
    let in_traffic = |word: u32| {
        let met = syntax.patient(word).map(|patient| syntax.lemma(patient));
        met.is_some_and(|met| OBSTACLES.contains(&met) || VEHICLES.contains(&met))
    };
    if verb
        && matches!(syntax.lemma(word), "hit" | "strike" | "ram")
        && agent.is_some_and(|agent| VEHICLES.contains(&syntax.lemma(agent)))
        && in_traffic(word)
    {
        return true;
    }
    // "He accidentally hit her".
    if verb && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "accidentally" | "accidently"))
    {
        return true;
    }
    let paper = |oblique: &counterclaim_claims::Oblique| PAPERS.contains(&syntax.lemma(oblique.head));
    if verb && syntax.lemma(word) == "enter" && syntax.obliques(word).iter().any(paper) {
        return true;
    }
    agent.is_some_and(|agent| {
        NATURE.contains(&syntax.lemma(agent))
            && !(syntax.lemma(agent) == "fire"
                && syntax
                    .dependents(agent)
                    .iter()
                    .any(|&child| matches!(syntax.deprel(child), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)))
    })
}

fn is_weapon_subject(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.subject(word).is_some_and(|subject| {
        weapons::is_weapon(syntax.lemma(subject))
            || syntax.dependents(subject).iter().any(|&child| weapons::is_weapon(syntax.lemma(child)))
    })
}

/// Persons: a party that is no place, or a bare number ("captured five others").
fn is_people(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let party = reading.actors.at(word).is_some() && reading.place_at(syntax, word).is_none();
    let counted = reading.is_conflict()
        && (syntax.upos(word) == Upos::Num
            || matches!(syntax.lemma(word), "other" | "man" | "woman" | "people" | "person" | "child" | "dozens")
                && weapons::target_class(syntax.lemma(word)).is_none());
    party || counted
}

/// The patient and what it is counted of: "one of its trucks".
fn patients(syntax: Syntax<'_>, word: u32) -> Vec<u32> {
    let Some(patient) = syntax.patient(word) else { return Vec::new() };
    std::iter::once(patient).chain(with_preposition(syntax, patient, "of")).collect()
}

fn with_preposition(syntax: Syntax<'_>, word: u32, preposition: &str) -> Option<u32> {
    syntax.obliques(word).into_iter().find(|oblique| oblique.preposition == preposition).map(|oblique| oblique.head)
}

fn is_armed_agent(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    syntax.agent(word).is_some_and(|agent| is_armed(reading, agent))
}

/// Owner and prepositional phrases of a noun.
fn around(syntax: Syntax<'_>, word: u32) -> Vec<u32> {
    syntax.owner(word).into_iter().chain(syntax.obliques(word).into_iter().map(|oblique| oblique.head)).collect()
}

/// Armed people, their arms and their craft: what can be moved to a border.
fn is_force(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    // Who is suspected, held or tried is sent somewhere and marches nowhere.
    let held = matches!(lemma, "suspect" | "prisoner" | "detainee" | "defendant" | "convict" | "robber" | "body");
    is_armed(reading, word) && !held
        || weapons::is_weapon(lemma)
        || matches!(
            lemma,
            "reinforcement"
                | "warship"
                | "jet"
                | "unit"
                | "battalion"
                | "brigade"
                | "division"
                | "regiment"
                | "company"
                | "armor"
                | "armour"
                | "squadron"
                | "peacekeeper"
                | "hardware"
        )
}

fn is_crowd(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    PROTESTERS.contains(&syntax.lemma(word))
        || WORKERS.contains(&syntax.lemma(word))
        || is_civilian(reading, syntax, word)
}

fn is_civilian(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    let people = |word: u32| {
        matches!(
            syntax.lemma(word),
            "family"
                | "resident"
                | "villager"
                | "people"
                | "civilian"
                | "woman"
                | "child"
                | "household"
                | "refugee"
                | "townspeople"
                | "inhabitant"
                | "islander"
                | "local"
                | "herder"
                | "farmer"
                | "pastoralist"
        ) || reading.actors.at(word).is_some_and(|actor| {
            let row = &reading.actors.all[actor];
            row.sectors.iter().any(|sector| matches!(sector.as_str(), "CVL" | "REF" | "OPP" | "EDU" | "LAB" | "AGR"))
        })
    };
    !is_armed(reading, word)
        && (people(word)
            || syntax.obliques(word).iter().any(|oblique| oblique.preposition == "of" && people(oblique.head)))
}

const FIRE: &[&str] = &["fire", "gunfire", "shot", "bullet", "shelling", "volley", "salvo", "round"];
const PROTESTERS: &[&str] = &["protester", "protestor", "demonstrator", "mob", "activist", "rioter", "striker"];
const WORKERS: &[&str] = &[
    "worker",
    "teacher",
    "nurse",
    "doctor",
    "driver",
    "staff",
    "miner",
    "union",
    "student",
    "employee",
    "farmer",
    "trader",
    "shopkeeper",
    "docker",
    "lawyer",
];
const CARRIERS: &[&str] =
    &["convoy", "lorry", "truck", "aid", "supply", "shipment", "flight", "ship", "vessel", "ferry", "train", "food"];
const RELIEF: &[&str] =
    &["aid", "relief", "food", "humanitarian", "grain", "medicine", "flour", "blanket", "vaccine", "assistance"];
const CRAFT: &[&str] =
    &["vessel", "boat", "ship", "plane", "jet", "aircraft", "helicopter", "trawler", "convoy", "vehicle"];

const TERRITORY: &[&str] = &[
    "town",
    "city",
    "village",
    "settlement",
    "base",
    "position",
    "post",
    "outpost",
    "territory",
    "area",
    "district",
    "province",
    "capital",
    "airport",
    "bridge",
    "hill",
    "height",
    "checkpoint",
    "garrison",
    "camp",
    "barracks",
    "port",
    "border",
];
const CAPTIVES: &[&str] = &[
    "prisoner",
    "captive",
    "hostage",
    "detainee",
    "student",
    "pupil",
    "worker",
    "child",
    "soldier",
    "crew",
    "sailor",
    "villager",
    "journalist",
];
const HAPPENING: &[&str] = &[
    "hold", "take", "follow", "begin", "erupt", "break", "continue", "stage", "occur", "happen", "start", "end",
    "impose", "announce", "declare", "make", "spark", "trigger", "prompt", "join", "attend", "discuss", "order",
    "launch", "conduct", "carry", "extend", "lift",
];

/// "a heart attack", "strike a deal", "hit the headlines": no violence.
fn is_figurative(syntax: Syntax<'_>, word: u32) -> bool {
    let lemma = syntax.lemma(word);
    let near = |wanted: &[&str]| syntax.dependents(word).iter().any(|&child| wanted.contains(&syntax.lemma(child)));
    // "Striking teachers" down tools.
    let labour = syntax.deprel(word) == Deprel::Amod
        && syntax.head(word).is_some_and(|head| {
            matches!(
                syntax.lemma(head),
                "teacher"
                    | "worker"
                    | "nurse"
                    | "doctor"
                    | "miner"
                    | "driver"
                    | "pilot"
                    | "docker"
                    | "farmer"
                    | "staff"
                    | "employee"
            )
        });
    match lemma {
        "strike" if labour => true,
        "attack" => near(&["heart", "panic", "asthma", "verbal", "cyber"]),
        "strike" => near(&[
            "deal",
            "agreement",
            "bargain",
            "balance",
            "accord",
            "labor",
            "labour",
            "hunger",
            "general",
            "teacher",
            "worker",
            "union",
            "chord",
        ]),
        "hit" => near(&["headline", "record", "price", "high", "low", "level"]),
        "storm" => near(&["tropical", "snow", "winter"]),
        "battle" | "fight" => near(&[
            "court",
            "legal",
            "election",
            "electoral",
            "corruption",
            "disease",
            "title",
            "custody",
            "cancer",
            "inflation",
            "poverty",
            "climate",
        ]),
        "bombing" | "raid" => false,
        _ => false,
    }
}

/// Finds the triggers of a report in text order.
pub fn triggers(reading: &Reading<'_>) -> Vec<Trigger> {
    let syntax = reading.syntax();
    let mut found: Vec<Trigger> = Vec::new();
    for word in 0..syntax.analysis.words.len() as u32 {
        if !reading.is_coded(syntax.sentence(word)) {
            continue;
        }
        let verb = match syntax.upos(word) {
            Upos::Verb => true,
            Upos::Noun | Upos::Propn => false,
            _ => continue,
        };
        // A noun that only modifies another one names no event of its own ("the attack helicopter"); a gerund before a noun likewise.
        if !verb && matches!(syntax.deprel(word), Deprel::Compound | Deprel::Flat)
            || verb && syntax.deprel(word) == Deprel::Amod && !syntax.form(word).ends_with("ing")
        {
            continue;
        }
        let Some(rows) = TABLE.get(syntax.lemma(word)) else { continue };
        // "Took off from the airport".
        let flies = syntax.lemma(word) == "take"
            && syntax.dependents(word).iter().any(|&child| {
                child > word && syntax.lemma(child) == "off" && syntax.deprel(child) == Deprel::CompoundPrt
            });
        if flies || leaves_hurt(syntax, word) || is_struck_deal(syntax, word) {
            continue;
        }
        for row in rows {
            if row.verb != verb
                && !(verb
                    && !row.verb
                    && syntax.form(word).to_lowercase().ends_with("ing")
                    && syntax.form(word).to_lowercase() == syntax.lemma(word))
            {
                continue;
            }
            let with = if row.object.is_empty() { None } else { has_object(reading, syntax, word, row) };
            if !row.object.is_empty() && with.is_none() {
                continue;
            }
            if fits(reading, syntax, word, row) && !is_of_nature(syntax, word) {
                // One word of a pair ("open fire") is enough.
                let taken = found.iter().any(|other| other.with == Some(word));
                if !taken {
                    let with = with.filter(|&with| with.abs_diff(word) <= 6);
                    found.push(Trigger { word, with, row, event_type: row.event_type, deed: None });
                }
                break;
            }
        }
    }
    let pairs: Vec<u32> = found.iter().filter_map(|trigger| trigger.with).collect();
    found.retain(|trigger| {
        !pairs.contains(&trigger.word)
            || trigger.row.object.is_empty()
                && matches!(trigger.row.event_type, "ASSAULT")
                && trigger.row.frame == Frame::Mutual
    });
    join_deeds(reading, syntax, &mut found);
    found.retain(|trigger| {
        !is_narrated(reading, syntax, trigger.word) && !counterclaim_claims::claim::hides_name(syntax, trigger.word)
    });
    found
}

/// "An agreement struck last week": what was struck is no target.
fn is_struck_deal(syntax: Syntax<'_>, word: u32) -> bool {
    let noun = syntax.head(word).filter(|_| matches!(syntax.deprel(word), Deprel::Acl | Deprel::AclRelcl));
    let subject = syntax.subject(word).filter(|_| syntax.is_passive(word));
    syntax.lemma(word) == "strike"
        && noun.into_iter().chain(subject).any(|noun| {
            matches!(
                syntax.lemma(noun),
                "agreement"
                    | "deal"
                    | "accord"
                    | "pact"
                    | "truce"
                    | "ceasefire"
                    | "bargain"
                    | "compromise"
                    | "understanding"
                    | "arrangement"
            )
        })
}

/// "Leaving a guard dead": nobody goes away.
fn leaves_hurt(syntax: Syntax<'_>, word: u32) -> bool {
    let state = |&child: &u32| {
        matches!(
            syntax.lemma(child),
            "dead" | "injured" | "injure" | "wounded" | "wound" | "hurt" | "homeless" | "missing"
        )
    };
    let objects = syntax.dependents(word).iter().filter(|&&child| syntax.deprel(child) == Deprel::Obj);
    syntax.lemma(word) == "leave"
        && (syntax.dependents(word).iter().any(state)
            || objects.flat_map(|&object| syntax.dependents(object)).any(|child| child > &word && state(child)))
}

/// "I had to kill her", "you murdered me" outside any quotation: a tale in the first person, an interview or a manual, not a report.
fn is_narrated(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> bool {
    const SPEAKERS: &[&str] = &["i", "me", "you", "myself", "yourself"];
    let parties = [syntax.agent(word), syntax.patient(word), syntax.subject(word)];
    let speaks = parties.into_iter().flatten().any(|party| {
        SPEAKERS.contains(&syntax.lemma(party).to_lowercase().as_str()) && reading.actors.at(party).is_none()
    });
    speaks && reading.innermost_claim(syntax.span(word)).is_none()
}

/// Brings the table's triggers and the deeds of the model's event heads together: the heads drop what they are sure is no event,
/// correct types they are sure of, and add what the table does not know.
fn join_deeds(reading: &Reading<'_>, syntax: Syntax<'_>, found: &mut Vec<Trigger>) {
    let heads = &syntax.analysis.events;
    if heads.words.len() != syntax.analysis.words.len() {
        return;
    }
    found.retain_mut(|trigger| {
        let words = std::iter::once(trigger.word).chain(trigger.with);
        let least = words.clone().map(|word| heads.words[word as usize].types[NO_EVENT]).fold(1.0, f32::min);
        // The word alone is weak evidence: the sentence must tell of nothing too.
        let quiet = heads
            .sentences
            .iter()
            .find(|unit| unit.words.contains(&trigger.word))
            .is_some_and(|unit| unit.types[NO_EVENT] > NO_EVENT_SENTENCE);
        if least > NO_EVENT_SHARE && quiet {
            return false;
        }
        let deed = words
            .clone()
            .find_map(|word| heads.deeds.iter().position(|deed| !deed.given && deed.words.contains(&word)));
        trigger.deed = deed;
        if let Some(deed) = deed.map(|deed| &heads.deeds[deed]) {
            // A mode belongs to its type: what was seized was not assaulted.
            if deed.share > OTHER_TYPE_SHARE && trigger.row.mode.is_empty() {
                trigger.event_type = EVENT_TYPES[deed.kind];
            }
        }
        true
    });
    let least = if reading.is_conflict() { DEED_SHARE_OF_CONFLICT } else { DEED_SHARE };
    for (index, deed) in heads.deeds.iter().enumerate() {
        let told = found.iter().any(|trigger| trigger.deed == Some(index));
        if deed.given || told || deed.share < least || !reading.is_coded(syntax.sentence(deed.words.start)) {
            continue;
        }
        let span = syntax.span(deed.words.start).to(syntax.span(deed.words.end - 1));
        let word = syntax.head_of(span).unwrap_or(deed.words.start);
        // "Put the dead at two": a toll is no deed.
        let state = matches!(syntax.lemma(word), "dead" | "wounded" | "injured" | "casualty");
        if state && syntax.upos(word) != Upos::Verb || leaves_hurt(syntax, word) || is_struck_deal(syntax, word) {
            continue;
        }
        if deed.share < DEED_SHARE && !may_be_deed(reading, syntax, word, EVENT_TYPES[deed.kind]) {
            continue;
        }
        push_unlisted(syntax, word, deed.kind, Some(index), found);
    }
    found.sort_by_key(|trigger| trigger.word);
}

/// What the heads are not sure of is a deed only as a verb of some weight that introduces nobody's words by the table of such verbs or with a clause,
/// or as a noun of force.
fn may_be_deed(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32, event_type: &str) -> bool {
    const LIGHT: &[&str] = &[
        "make", "put", "do", "take", "keep", "continue", "be", "have", "go", "come", "see", "get", "walk", "climb",
        "seek", "lapse", "stay", "start", "begin", "end",
    ];
    match syntax.upos(word) {
        Upos::Verb => {
            let lemma = syntax.lemma(word);
            let tells = counterclaim_claims::cues::verb(lemma).next().is_some()
                || syntax.dependent(word, &[Deprel::Ccomp, Deprel::Parataxis]).is_some();
            !LIGHT.contains(&lemma) && !(tells && reading.claims.iter().any(|claim| claim.cue_word == word))
        }
        Upos::Noun
            if matches!(
                syntax.lemma(word),
                "violence" | "death" | "unrest" | "casualty" | "tension" | "loss" | "toll"
            ) =>
        {
            false
        }
        Upos::Noun => matches!(event_type, "ASSAULT" | "COERCE" | "CONCEDE" | "SANCTION" | "MOBILIZE"),
        _ => false,
    }
}

fn push_unlisted(syntax: Syntax<'_>, word: u32, kind: usize, deed: Option<usize>, found: &mut Vec<Trigger>) {
    let verb = syntax.upos(word) == Upos::Verb;
    let row = unlisted(kind, verb);
    if !found.iter().any(|trigger| trigger.word == word || trigger.with == Some(word)) {
        found.push(Trigger { word, with: None, row, event_type: row.event_type, deed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_every_type_is_told() {
        let rows = include_str!("../../../data/triggers.csv").lines().skip(1).count();
        assert_eq!(TABLE.values().map(Vec::len).sum::<usize>(), rows);
        let mut types: Vec<&str> = TABLE.values().flatten().map(|row| row.event_type).collect();
        types.sort_unstable();
        types.dedup();
        assert_eq!(types.len(), 16, "{types:?}");
    }
}
