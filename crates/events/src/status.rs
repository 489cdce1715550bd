//! Whether it happened and whether it is the news: status and scope of an event, with the reasons.
//!
//! PLOVER defines auxiliary modes (historical, future, hypothetical, negated) that no coder implements; here they are two fields,
//! read from the words around the trigger, outwards from the trigger to the root of the sentence.

use counterclaim_claims::{Reading, Syntax, day_number};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{Scope, Stance, Status, TimePrecision};

/// Nouns and verbs under which a thing is feared, possible or wanted, not told.
const UNREAL: &[&str] = &[
    "fear",
    "risk",
    "threat",
    "danger",
    "possibility",
    "prospect",
    "worry",
    "concern",
    "potential",
    "chance",
    "specter",
    "spectre",
    "attempt",
    "plan",
    "talk",
    "warning",
    "avoid",
    "prevent",
    "avert",
    "prepare",
    "hope",
    "want",
    "wish",
    "need",
    "seek",
    "try",
    "consider",
    "discuss",
    "propose",
    "demand",
    "urge",
    "call",
    "appeal",
    "ask",
    "request",
    "plead",
    "risk",
    "halt",
    "stop",
    "end",
    "condition",
    "proposal",
    "likelihood",
    "forestall",
    "foil",
    "thwart",
    "deter",
    "expect",
    "anticipate",
    "imagine",
    "rule",
    "warn",
    "suspect",
    "cease",
    "refrain",
    "await",
];

/// Verbs whose gerund did not happen or shall not go on: "agreed to stop shelling".
const ENDING: &[&str] = &["stop", "cease", "halt", "avoid", "prevent", "refrain", "quit", "end", "forgo", "renounce"];

/// Verbs that make ready for what stands behind "for".
const READYING: &[&str] =
    &["mass", "gather", "train", "brace", "ready", "arm", "regroup", "prepare", "recruit", "rally"];

/// Words that plan.
const PLANNING: &[&str] = &[
    "plan",
    "vow",
    "pledge",
    "promise",
    "agree",
    "offer",
    "intend",
    "prepare",
    "commit",
    "decide",
    "aim",
    "undertake",
    "swear",
    "schedule",
    "volunteer",
    "propose",
    "threaten",
    "set",
];

/// Words that order.
const ORDERING: &[&str] = &["order", "instruct", "command", "direct", "decree"];

/// Words that deny.
const DENYING: &[&str] = &["deny", "refute", "rebut", "dismiss", "disavow", "reject"];

/// Status of the event at a trigger, and why.
pub fn status(reading: &Reading<'_>, trigger: u32) -> (Status, Vec<String>) {
    let syntax = reading.syntax();
    let mut reasons = Vec::new();
    // "The army may not attack": a prohibition tells of no deed.
    if syntax.is_negated(trigger)
        && syntax.auxiliaries(trigger).iter().any(|&aux| matches!(aux, "may" | "must" | "should" | "shall" | "can"))
        && !syntax.auxiliaries(trigger).contains(&"have")
    {
        reasons.push("under a prohibition".to_owned());
        return (Status::Hypothetical, reasons);
    }
    if syntax.is_negated(trigger) || has_no(syntax, trigger) {
        reasons.push("negated".to_owned());
        return (Status::Denied, reasons);
    }
    let span = syntax.span(trigger);
    // What a party denies did not happen, as that party tells it.
    let claim = reading.innermost_claim(span);
    if let Some(claim) = claim.map(|index| &reading.claims[index]) {
        if claim.stance == Stance::Deny && DENYING.contains(&syntax.lemma(claim.cue_word)) {
            reasons.push(format!("denied by “{}”", syntax.form(claim.cue_word)));
            return (Status::Denied, reasons);
        }
    }
    let mut word = trigger;
    let mut first = true;
    for _ in 0..24 {
        let auxiliaries = syntax.auxiliaries(word);
        let is_verb = syntax.upos(word) == Upos::Verb;
        if is_verb || first {
            if !first
                && syntax.is_negated(word)
                && !matches!(syntax.deprel(word), Deprel::Root)
                && governs_by_content(syntax, word, trigger)
            {
                reasons.push("negated above".to_owned());
                return (Status::Denied, reasons);
            }
            if auxiliaries
                .iter()
                .any(|&aux| matches!(aux, "may" | "might" | "could" | "would" | "should" | "can" | "must" | "ought"))
                && (first || governs_by_content(syntax, word, trigger))
            {
                // "would" after a past report is the future of that past: "said it would withdraw".
                if auxiliaries.contains(&"would") && claim.is_some() {
                    reasons.push("would".to_owned());
                    return (Status::Planned, reasons);
                }
                reasons.push(format!("modal “{}”", auxiliaries[0]));
                return (Status::Hypothetical, reasons);
            }
            if auxiliaries.iter().any(|&aux| matches!(aux, "will" | "shall" | "'ll" | "’ll"))
                && (first || governs_by_content(syntax, word, trigger))
            {
                reasons.push("future".to_owned());
                return (Status::Planned, reasons);
            }
        }
        if is_conditional(syntax, word) {
            reasons.push("condition".to_owned());
            return (Status::Hypothetical, reasons);
        }
        let Some(head) = syntax.head(word) else { break };
        let relation = syntax.deprel(word);
        let head_lemma = syntax.lemma(head);
        let complement = matches!(
            relation,
            Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Acl
                | Deprel::Obj
                | Deprel::Nmod
                | Deprel::Obl
                | Deprel::Advcl
                | Deprel::NsubjPass
        );
        let infinitive = syntax.is_infinitive(word);
        if complement
            && (infinitive
                || !is_verb
                || relation == Deprel::Ccomp
                || relation == Deprel::Obl
                || relation == Deprel::Advcl
                || relation == Deprel::Acl && is_verb && head_lemma == "condition"
                || relation == Deprel::Xcomp && ENDING.contains(&head_lemma))
        {
            let by_phrase = relation == Deprel::Obl || relation == Deprel::Nmod || relation == Deprel::Advcl;
            let preposition = if by_phrase { syntax.preposition(word) } else { String::new() };
            // What stands beside the order or plan ("after clashes", "with talks") is not what was ordered.
            if by_phrase
                && !is_verb
                && !matches!(preposition.as_str(), "of" | "for" | "over" | "about" | "against" | "to" | "into" | "from")
            {
                break;
            }
            if ORDERING.contains(&head_lemma) && infinitive
                || matches!(head_lemma, "tell" | "allow") && infinitive && relation == Deprel::Xcomp
            {
                reasons.push(format!("order verb “{}”", syntax.form(head)));
                return (Status::Ordered, reasons);
            }
            if PLANNING.contains(&head_lemma)
                && (infinitive || relation == Deprel::Obj && !matches!(head_lemma, "agree" | "commit" | "set"))
                && syntax.upos(head) != Upos::Adj
            {
                reasons.push(format!("planned by “{}”", syntax.form(head)));
                return (Status::Planned, reasons);
            }
            let purpose = relation == Deprel::Advcl && infinitive || relation == Deprel::Acl && infinitive;
            if purpose && !reading.is_trigger_light(head_lemma) {
                reasons.push("purpose".to_owned());
                return (Status::Hypothetical, reasons);
            }
            if ENDING.contains(&head_lemma)
                && matches!(relation, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl)
                && is_verb
                && syntax.form(word).to_lowercase().ends_with("ing")
                || READYING.contains(&head_lemma) && by_phrase && preposition == "for"
            {
                reasons.push(format!("under “{}”", syntax.form(head)));
                return (Status::Hypothetical, reasons);
            }
            let unreal = UNREAL.contains(&head_lemma)
                && (infinitive
                    || relation == Deprel::Acl
                        && matches!(head_lemma, "condition" | "demand" | "proposal" | "possibility" | "fear")
                    || matches!(relation, Deprel::Obj | Deprel::Ccomp) && !matches!(head_lemma, "warn" | "suspect")
                    || matches!(preposition.as_str(), "of" | "for" | "over" | "about" | "from" | "against" | "to"));
            if unreal
                && !(matches!(head_lemma, "halt" | "stop" | "end") && relation == Deprel::Nmod)
                && !(head_lemma == "attempt" && relation == Deprel::Ccomp)
            {
                reasons.push(format!("under “{}”", syntax.form(head)));
                return (Status::Hypothetical, reasons);
            }
        }
        // The clause that reports is not part of what is reported.
        if relation == Deprel::Ccomp
            || relation == Deprel::Parataxis
            || relation == Deprel::AclRelcl
            || relation == Deprel::Advcl && !infinitive
        {
            break;
        }
        if relation == Deprel::Conj && syntax.upos(word) == syntax.upos(head) || !matches!(relation, Deprel::Conj) {
            first = false;
            word = head;
        } else {
            break;
        }
    }
    if is_ongoing(syntax, trigger) {
        reasons.push("present or progressive".to_owned());
        return (Status::Ongoing, reasons);
    }
    (Status::Occurred, reasons)
}

/// Whether a verb's modality reaches the trigger: it is the trigger's own clause, not one that only mentions it.
fn governs_by_content(syntax: Syntax<'_>, above: u32, trigger: u32) -> bool {
    let mut word = trigger;
    for _ in 0..16 {
        if word == above {
            return true;
        }
        let Some(head) = syntax.head(word) else { return false };
        if matches!(syntax.deprel(word), Deprel::AclRelcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl) {
            return false;
        }
        // "will discuss the attack" says nothing about whether there was an attack; "will launch an attack" does.
        if matches!(syntax.deprel(word), Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::NsubjPass)
            && syntax.upos(word) == Upos::Noun
        {
            let light = matches!(
                syntax.lemma(head),
                "launch"
                    | "carry"
                    | "mount"
                    | "stage"
                    | "conduct"
                    | "begin"
                    | "start"
                    | "make"
                    | "hold"
                    | "take"
                    | "impose"
                    | "order"
                    | "declare"
                    | "announce"
                    | "open"
                    | "continue"
                    | "resume"
                    | "commit"
                    | "perform"
                    | "face"
            );
            if !light {
                return false;
            }
        }
        word = head;
    }
    false
}

fn has_no(syntax: Syntax<'_>, word: u32) -> bool {
    syntax.dependents(word).iter().any(|&child| syntax.deprel(child) == Deprel::Det && syntax.lemma(child) == "no")
}

fn is_conditional(syntax: Syntax<'_>, word: u32) -> bool {
    let marked = |wanted: &[&str]| {
        syntax
            .dependents(word)
            .iter()
            .any(|&child| syntax.deprel(child) == Deprel::Mark && wanted.contains(&syntax.lemma(child)))
    };
    // "Would not stop until the troops left": the end of what is still to come has not come either.
    let open_end = marked(&["until", "till"])
        && syntax.head(word).is_some_and(|head| {
            syntax.is_negated(head)
                || syntax.auxiliaries(head).iter().any(|&aux| matches!(aux, "will" | "would" | "shall" | "'ll" | "’ll"))
        });
    // "No details about who had been killed"
    let asked = syntax.deprel(word) != Deprel::AclRelcl
        && syntax
            .dependent(word, &[Deprel::Nsubj, Deprel::NsubjPass])
            .is_some_and(|subject| matches!(syntax.lemma(subject), "who" | "what" | "whoever"));
    marked(&["if", "unless", "whether", "lest", "should"]) || open_end || asked
}

/// "Gangs raid villages", "monitors who patrol the line": the present tense of a clause without a day tells a habit.
pub fn is_habit(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    if syntax.upos(word) != Upos::Verb || !syntax.auxiliaries(word).is_empty() || syntax.is_infinitive(word) {
        return false;
    }
    let (form, lemma) = (syntax.form(word).to_lowercase(), syntax.lemma(word));
    let third = form == format!("{lemma}s") || form == format!("{lemma}es");
    let relative = syntax.deprel(word) == Deprel::AclRelcl && syntax.dependent(word, &[Deprel::Nsubj]).is_some();
    let plural =
        syntax.deprel(word) == Deprel::Root && form == lemma && syntax.dependent(word, &[Deprel::Nsubj]).is_some();
    let words = syntax.words_of(syntax.sentence(word));
    let span = syntax.span(words.start).to(syntax.span(words.end - 1));
    let timed = reading.times.iter().any(|time| span.contains(time.span));
    // Headlines tell the news of the day in the present: "Rebels seize town in Congo".
    let headline = words.start == 0 && span.of(syntax.text).ends_with(|last: char| last.is_alphanumeric());
    let past_like = matches!(lemma, "hit" | "cut" | "put" | "set" | "shut" | "hurt" | "beat" | "split" | "burst");
    !past_like
        && (relative && (third || form == lemma)
            || plural && !timed && !headline && reading.innermost_claim(syntax.span(word)).is_none())
}

fn is_ongoing(syntax: Syntax<'_>, word: u32) -> bool {
    let verb = if syntax.upos(word) == Upos::Verb { word } else { return noun_goes_on(syntax, word) };
    let auxiliaries = syntax.auxiliaries(verb);
    let form = syntax.form(verb).to_lowercase();
    let progressive = form.ends_with("ing") && auxiliaries.contains(&"be");
    let present = auxiliaries.is_empty() && form == format!("{}s", syntax.lemma(verb))
        || auxiliaries.is_empty() && form == format!("{}es", syntax.lemma(verb));
    let continuing = syntax.head(verb).is_some_and(|head| {
        syntax.deprel(verb) == Deprel::Xcomp
            && matches!(syntax.lemma(head), "continue" | "keep" | "remain" | "begin" | "start")
    });
    progressive || present || continuing
}

fn noun_goes_on(syntax: Syntax<'_>, word: u32) -> bool {
    let Some(head) = syntax.head(word) else { return false };
    let lemma = syntax.lemma(head);
    let subject = matches!(syntax.deprel(word), Deprel::Nsubj);
    subject
        && (matches!(lemma, "continue" | "rage" | "persist")
            || syntax.form(head).ends_with("ing") && syntax.auxiliaries(head).contains(&"be"))
        || matches!(syntax.deprel(word), Deprel::Obj)
            && syntax.form(head).ends_with("ing")
            && syntax.auxiliaries(head).contains(&"be")
        || syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(syntax.lemma(child), "ongoing" | "continuing" | "continued"))
}

/// Adverbs of habit: what happens regularly is no news of a day.
const HABITUAL: &[&str] = &[
    "regularly",
    "often",
    "frequently",
    "usually",
    "repeatedly",
    "sporadically",
    "routinely",
    "periodically",
    "sometimes",
    "typically",
    "always",
    "historically",
    "traditionally",
];

/// Scope of what is told at a span, and why. `countries` are those of the parties and the place.
pub fn scope(reading: &Reading<'_>, word: u32, countries: &[String], violent: bool) -> (Scope, Option<String>) {
    let syntax = reading.syntax();
    let sentence = syntax.sentence(word);
    if let Some(reason) = old_time(reading, word) {
        return (Scope::Background, Some(reason));
    }
    if violent && is_remembered(syntax, word) {
        return (Scope::Background, Some("told in memory".to_owned()));
    }
    if let Some(reason) = named_war(reading, sentence).filter(|_| violent) {
        return (Scope::Background, Some(reason));
    }
    let main = reading.actors.main_countries();
    // Third parties speak, meet and mediate in the story's own matter; violence between others is another conflict.
    let foreign = violent
        && !countries.is_empty()
        && !main.is_empty()
        && countries.iter().all(|country| !main.contains(&country.as_str()));
    if foreign {
        return (Scope::Background, Some("other countries than the story's".to_owned()));
    }
    // "Ukraine claimed gains in a counter-offensive against Russia": a sentence about another conflict stays one, though a party of it
    // also plays a part in the story.
    let named = reading.countries_of_sentence(sentence);
    let other = named.iter().filter(|country| !main.contains(country)).count();
    let own = reading.principal_countries();
    if violent
        && !own.is_empty()
        && other > 0
        && named.iter().all(|country| !own.contains(country))
        && !countries.is_empty()
        && countries.iter().all(|country| !own.contains(&country.as_str()))
    {
        return (Scope::Background, Some("another conflict than the story's".to_owned()));
    }
    let clause = syntax.clause(word);
    let present = syntax.auxiliaries(clause).is_empty()
        && syntax.form(clause).to_lowercase() != syntax.lemma(clause)
        && syntax.form(clause).ends_with('s');
    let habit = syntax.dependents(clause).iter().any(|&child| HABITUAL.contains(&syntax.lemma(child)));
    if habit && present && reading.innermost_claim(syntax.span(word)).is_none() {
        return (Scope::Background, Some("habitual".to_owned()));
    }
    // The head was trained on words of deeds; a numeral is none.
    let deed = syntax.upos(word) != Upos::Num;
    if deed && syntax.analysis.events.words.get(word as usize).is_some_and(|head| head.past > HISTORY_SHARE) {
        return (Scope::Background, Some("told as history".to_owned()));
    }
    (Scope::Current, None)
}

/// Share of the model's head from which a deed counts as history.
const HISTORY_SHARE: f32 = 0.95;

/// "The anniversary of the bombing", "a memorial to the massacre": what people commemorate happened before the news.
fn is_remembered(syntax: Syntax<'_>, word: u32) -> bool {
    // Not "survivors", "hours" or "memories": news of the day is full of survivors of yesterday's attack.
    const MEMORIES: &[&str] = &["anniversary", "memorial", "commemoration", "remembrance", "monument"];
    const REMEMBER: &[&str] = &["commemorate", "memorialise", "memorialize"];
    let noun = syntax.upos(word) == Upos::Noun;
    let over = syntax.head(word).filter(|_| {
        noun && matches!(
            syntax.deprel(word),
            Deprel::Nmod | Deprel::Compound | Deprel::Obj | Deprel::Obl | Deprel::OblAgent
        )
    });
    // "Forty years on, survivors of the massacre meet".
    let mut words = syntax.words_of(syntax.sentence(word));
    let later = words.any(|at| {
        matches!(syntax.lemma(at), "year" | "decade" | "generation")
            && (at + 1..at + 2).any(|next| {
                (next as usize) < syntax.analysis.words.len() && matches!(syntax.form(next), "on" | "later")
            })
    });
    // "Families bereaved by the bombing" are told of when it is over.
    let bereft =
        |over: u32| matches!(syntax.lemma(over), "bereave" | "bereaved" | "orphan" | "orphaned" | "widow" | "widowed");
    noun && later
        || over.is_some_and(|over| {
            bereft(over) && syntax.preposition(word) == "by"
                || MEMORIES.contains(&syntax.lemma(over))
                || syntax.upos(over) == Upos::Verb && REMEMBER.contains(&syntax.lemma(over))
        })
}

/// A time of the clause that lies well before the publication.
fn old_time(reading: &Reading<'_>, word: u32) -> Option<String> {
    let syntax = reading.syntax();
    let sentence = syntax.sentence(word);
    let words = syntax.words_of(sentence);
    let span = syntax.span(words.start).to(syntax.span(words.end - 1));
    let published = reading.published_day();
    let clause = syntax.clause(word);
    let mut nearest: Option<(u32, &counterclaim_claims::time::TimeExpression)> = None;
    for time in reading.times.iter().filter(|time| span.contains(time.span)) {
        if !matches!(time.timex.as_str(), "DATE" | "TIME") {
            continue;
        }
        let Some(head) = syntax.head_of(time.span) else { continue };
        // The time must hang on the trigger, on its clause, or open the sentence.
        let attached = syntax.head(head).is_some_and(|at| at == word || at == clause || syntax.governs(word, at))
            || syntax.clause(head) == clause
            || time.span.start <= span.start + 16;
        if !attached {
            continue;
        }
        let distance = head.abs_diff(word);
        if nearest.is_none_or(|(best, _)| distance < best) {
            nearest = Some((distance, time));
        }
    }
    let (_, time) = nearest?;
    if let (Some(published), Some(end)) =
        (published, time.end.as_deref().and_then(|end| end.get(..10)).and_then(day_number))
    {
        let far = match time.precision {
            TimePrecision::Year | TimePrecision::Decade => published - end > 0,
            TimePrecision::Month | TimePrecision::Season => published - end > 31,
            _ => published - end > 30,
        };
        if far {
            return Some(format!("told of {}", time.span.of(reading.document.text.as_str())));
        }
        return None;
    }
    if reading.is_of_another_month(time) {
        return Some(format!("told of {}", time.span.of(reading.document.text.as_str())));
    }
    // Without a publication date nothing can be counted from; what was before the program's time is history all the same.
    let end = time.end.as_deref().and_then(|end| end.get(..4)).and_then(|year| year.parse::<i32>().ok())?;
    // "In 1987" alone is how history is told; a day of that year may be the day of the news.
    let whole_year = matches!(time.precision, TimePrecision::Year | TimePrecision::Decade);
    let earliest = if whole_year { EARLIEST_YEAR } else { EARLIEST_NEWS };
    (published.is_none() && end < earliest).then(|| format!("told of {}", time.span.of(reading.document.text.as_str())))
}

/// The first year whose news is coded as current when a text has no date of its own.
const EARLIEST_NEWS: i32 = 1975;
/// The same for a time that is no finer than a year.
const EARLIEST_YEAR: i32 = 2000;

/// A battle, war or campaign that has a name in a text without a date: an encyclopedia tells it, not news.
fn named_war(reading: &Reading<'_>, sentence: u32) -> Option<String> {
    if reading.published_day().is_some() {
        return None;
    }
    let syntax = reading.syntax();
    let words = syntax.words_of(sentence);
    let mut words = words.map(|word| syntax.form(word)).peekable();
    let mut before = "";
    while let Some(word) = words.next() {
        let named = match word {
            "Battle" | "Siege" => words.peek().is_some_and(|next| *next == "of"),
            "War" => {
                matches!(before, "World" | "Civil" | "Cold" | "Great" | "Boer" | "Korean" | "Vietnam" | "Independence")
            }
            "Campaign" => before.starts_with(char::is_uppercase),
            _ => false,
        };
        if named {
            return Some(format!("a named {}", word.to_lowercase()));
        }
        before = word;
    }
    None
}
