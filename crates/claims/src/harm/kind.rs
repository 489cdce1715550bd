//! What kind of harm a figure counts: by its own words, by those behind and by those before it.

use super::figure::*;
use super::words::*;
use super::*;
use counterclaim_language::{Deprel, Mark};

/// Kind of harm by what stands around the figure.
pub(super) fn kind_of(
    sentence: &Sentence<'_>,
    figures: &[Figure],
    index: usize,
    found: &[HarmMention],
) -> Option<HarmKind> {
    let figure = &figures[index];
    if is_of_things(sentence, figure) || kills(sentence, figure) {
        return None;
    }
    let told = by_rule(sentence, figures, index, found).or_else(|| by_marks(sentence, figure));
    // Inmates who get away are not driven out.
    let inmates = matches!(figure.noun.as_deref(), Some("inmate" | "prisoner" | "convict" | "detainee"));
    told.filter(|kind| !(inmates && *kind == HarmKind::Displaced))
}

/// "One of its fighters had killed dozens": who kills is not killed.
fn kills(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let syntax = sentence.syntax;
    (figure.quantity.first..figure.end).map(|at| sentence.first + at as u32).any(|word| {
        let verb = syntax.head(word).filter(|_| syntax.deprel(word) == Deprel::Nsubj);
        verb.filter(|&verb| verb > word && !syntax.is_passive(verb)).is_some_and(|verb| match syntax.lemma(verb) {
            "kill" | "shoot" | "wound" | "injure" | "attack" | "ambush" | "murder" => {
                syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| object > verb)
            }
            // "Three attackers on a scooter opened fire and escaped".
            "open" => syntax.dependent(verb, &[Deprel::Obj]).is_some_and(|object| syntax.lemma(object) == "fire"),
            "fire" | "raid" | "storm" | "escape" | "hurl" | "detonate" => true,
            _ => false,
        })
    })
}

/// "Four burnt huts", "eleven dead cows": things and beasts are not harmed as people are.
fn is_of_things(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let counted = figure.quantity.end..(figure.quantity.end + 4).min(sentence.words.len());
    let ends = |at: usize| at + 1 >= sentence.words.len() || !matches!(sentence.upos(at + 1), Upos::Noun | Upos::Propn);
    let mut phrase = counted.take_while(|&at| matches!(sentence.upos(at), Upos::Noun | Upos::Adj | Upos::Num));
    if phrase.any(|at| sentence.upos(at) == Upos::Noun && is_beast(sentence.lemma(at)) && ends(at)) {
        return true;
    }
    // "Between July 9 and 21": a day of the month.
    let (first, form) =
        (figure.quantity.first, |back: usize| sentence.form(figure.quantity.first - back).to_lowercase());
    if first >= 3
        && matches!(form(1).as_str(), "and" | "to" | "-" | "–")
        && form(2).chars().all(|c| c.is_ascii_digit())
        && crate::time::is_month(&form(3))
        && figure.noun.is_none()
    {
        return true;
    }
    let is_thing = |lemma: &str| counterclaim_knowledge::weapons::target_class(lemma).is_some();
    // "Shot down 11 of 16 drones", "intercepted most of 90 missiles".
    if figure.noun.is_none() && figure.end < sentence.words.len() && sentence.form(figure.end) == "of" {
        let behind = figure.end + 1..(figure.end + 5).min(sentence.words.len());
        let mut phrase = behind.take_while(|&at| {
            matches!(sentence.upos(at), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det)
        });
        let thing = |lemma: &str| is_thing(lemma) || counterclaim_knowledge::weapons::is_weapon(lemma);
        if phrase.any(|at| sentence.upos(at) == Upos::Noun && thing(sentence.lemma(at)) && ends(at)) {
            return true;
        }
    }
    let noun = figure.noun.as_deref().or_else(|| figure.end.checked_sub(1).map(|last| sentence.lemma(last)));
    !figure.people && noun.is_some_and(is_thing)
}

/// Log odds from which the heads of whole reports make a figure of people one of people harmed where no rule does. Thousands (more often
/// those who live there or serve) need more, a bare number ("the district office counts 60") less.
const TOLD: f32 = 1.0;
const TOLD_OF_THOUSANDS: f32 = 3.0;
const TOLD_BARE: f32 = 0.2;
const TOLD_BARE_OF_THOUSANDS: f32 = 1.2;
const TOLD_OF_OTHERS: f32 = 2.0;

/// What the heads take the words of the number for.
fn by_marks(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    const KINDS: [(Mark, HarmKind); 5] = [
        (Mark::Killed, HarmKind::Killed),
        (Mark::Injured, HarmKind::Injured),
        (Mark::Detained, HarmKind::Detained),
        (Mark::Displaced, HarmKind::Displaced),
        (Mark::Missing, HarmKind::Missing),
    ];
    let retold = &sentence.syntax.analysis.retold;
    let words = sentence.first + figure.quantity.first as u32..sentence.first + figure.quantity.end as u32;
    let odds = |mark| words.clone().map(|word| retold.mark(word, mark)).sum::<f32>() / words.len().max(1) as f32;
    let told = KINDS.map(|(mark, kind)| (odds(mark), kind));
    // "A trader", "an elder", "no men" are counted by verbs alone.
    if matches!(sentence.form(figure.quantity.first).to_lowercase().as_str(), "a" | "an" | "the" | "no") {
        return None;
    }
    let thousands = figure.quantity.low.or(figure.quantity.high).is_some_and(|count| count >= 1000);
    let (first, end) = (figure.quantity.first, figure.quantity.end);
    // "Jafar Alam, 41, and his nephew", "a girl of six".
    let between = first > 0 && sentence.form(first - 1) == "," && sentence.form(end) == ",";
    let bare = figure.noun.is_none();
    if bare && (between || first > 2 && is_aged(sentence, first - 2)) {
        return None;
    }
    // "One" is a pronoun as often.
    let alone = bare && figure.quantity.high != Some(1);
    let least = match (figure.people, alone, thousands) {
        (true, true, false) => TOLD_BARE,
        (true, true, true) => TOLD_BARE_OF_THOUSANDS,
        (true, false, false) => TOLD,
        (true, false, true) => TOLD_OF_THOUSANDS,
        (false, ..) => TOLD_OF_OTHERS,
    };
    // "Fewer than 300 remained" were not driven out; those who remain in camps were.
    let stays = figure.end + 1 < sentence.words.len()
        && matches!(sentence.lemma(figure.end), "remain" | "stay")
        && matches!(sentence.upos(figure.end + 1), Upos::Punct | Upos::Cconj);
    // "Freed three girls": who is set free is not dead.
    let freed = figure.end.checked_sub(1).and_then(|last| sentence.syntax.head(sentence.first + last as u32));
    let freed = freed.is_some_and(|verb| {
        matches!(sentence.syntax.lemma(verb), "free" | "release" | "rescue" | "liberate" | "save" | "spare")
    });
    // "Was feeding 3,000 families": who is helped need not have left.
    let head = figure.end.checked_sub(1).and_then(|last| sentence.syntax.head(sentence.first + last as u32));
    let helped = head.is_some_and(|verb| {
        matches!(
            sentence.syntax.lemma(verb),
            "feed" | "help" | "assist" | "serve" | "supply" | "vaccinate" | "reach" | "employ"
        )
    });
    told.into_iter()
        .filter(|(_, kind)| !(freed && matches!(kind, HarmKind::Killed | HarmKind::Injured)))
        .filter(|_| !helped)
        .filter(|(odds, _)| *odds > least)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, kind)| kind)
        .filter(|kind| *kind != HarmKind::Displaced || !stays)
}

/// "Leaving a guard dead and eight men, including six soldiers, injured", "succumbed to their injuries": what the tree tells whatever words
/// of harm stand near.
fn left_so(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    let syntax = sentence.syntax;
    let last = figure.end.checked_sub(1).filter(|&last| last >= figure.quantity.first)?;
    let mut noun = sentence.first + last as u32;
    if matches!(syntax.preposition(noun).as_str(), "including" | "among") {
        noun = syntax.head(noun)?;
    }
    // "17 others succumbed to their injuries".
    let subject = syntax.deprel(noun) == Deprel::Nsubj;
    if subject && syntax.head(noun).is_some_and(|verb| syntax.lemma(verb) == "succumb") {
        return Some(HarmKind::Killed);
    }
    // "The death toll from Friday's attack on a hall near Moscow rose to 137".
    let verb = syntax.head(noun).filter(|_| matches!(syntax.preposition(noun).as_str(), "to" | "at" | ""));
    let toll = verb.filter(|&verb| {
        matches!(
            syntax.lemma(verb),
            "rise"
                | "climb"
                | "reach"
                | "stand"
                | "increase"
                | "jump"
                | "grow"
                | "pass"
                | "top"
                | "exceed"
                | "surpass"
                | "bring"
                | "raise"
        )
    });
    let told = toll.and_then(|verb| {
        let subject = syntax.subject(verb).into_iter().chain(syntax.patient(verb));
        subject.into_iter().find(|&subject| subject != noun && syntax.lemma(subject) == "toll")
    });
    if told.is_some_and(|toll| toll < noun) {
        return Some(HarmKind::Killed);
    }
    let left =
        syntax.head(noun).is_some_and(|over| syntax.lemma(over) == "leave" && syntax.deprel(noun) == Deprel::Obj);
    let state = |over: u32| {
        let behind = |&&child: &&u32| child > over && matches!(syntax.deprel(child), Deprel::Acl | Deprel::Amod);
        syntax.dependents(over).iter().filter(behind).find_map(|&child| state_of_harm(syntax.form(child)))
    };
    // A parser may hang the state on those who are included.
    let parts = syntax.dependents(noun).iter().filter(|&&part| syntax.preposition(part) == "including");
    let told = state(noun).or_else(|| parts.copied().find_map(state));
    told.filter(|_| left)
}

fn by_rule(sentence: &Sentence<'_>, figures: &[Figure], index: usize, found: &[HarmMention]) -> Option<HarmKind> {
    let figure = &figures[index];
    if let Some(kind) = left_so(sentence, figure) {
        return Some(kind);
    }
    if !figure.people {
        return is_like_people(sentence, figure).then(|| of_tree(sentence, figure)).flatten();
    }
    match figure.noun.as_deref() {
        Some("death" | "fatality" | "life" | "dead" | "martyr") => {
            // "five deaths", "no fatalities"; "claimed 14 lives" needs its verb.
            if figure.noun.as_deref() != Some("life")
                || (1..4).any(|back| {
                    figure.quantity.first >= back
                        && matches!(
                            sentence.lemma(figure.quantity.first - back),
                            "claim" | "cost" | "take" | "lose" | "consume" | "extinguish" | "end"
                        )
                })
                || (figure.end..(figure.end + 6).min(sentence.words.len()))
                    .any(|at| matches!(sentence.form(at), "lost" | "claimed" | "taken" | "extinguished"))
            {
                return Some(HarmKind::Killed);
            }
            return None;
        }
        Some("injury" | "wounded" | "injured") => return Some(HarmKind::Injured),
        Some("body") if is_organized(sentence, figure) => return None,
        Some("body" | "corpse")
            if figure.quantity.high != Some(0)
                || figure.quantity.first > 0
                    && (1..3).any(|back| {
                        figure.quantity.first >= back
                            && matches!(
                                sentence.lemma(figure.quantity.first - back),
                                "know" | "count" | "record" | "register" | "log"
                            )
                    }) =>
        {
            return Some(HarmKind::Killed);
        }
        Some("casualty") if figure.quantity.high == Some(0) => return Some(HarmKind::Injured),
        Some("loss") if figure.quantity.high == Some(0) => return Some(HarmKind::Killed),
        Some("arrest") => return Some(HarmKind::Detained),
        Some("hostage" | "captive" | "prisoner" | "detainee")
            if (1..4).any(|back| {
                figure.quantity.first >= back
                    && matches!(
                        sentence.lemma(figure.quantity.first - back),
                        "hold" | "take" | "keep" | "know" | "list" | "count" | "name" | "register"
                    )
            }) =>
        {
            return Some(HarmKind::Detained);
        }
        _ => {}
    }
    if stands_for_dead(sentence, figure) {
        return Some(HarmKind::Killed);
    }
    let given = toll(sentence, figure).or_else(|| answers_toll(sentence, figures, index, found, true));
    if let Some(kind) = given.or_else(|| state_at(sentence, figure.end)) {
        return Some(kind);
    }
    // "evacuated 14 wounded soldiers" tells of the wounded, "killing nine displaced women" of the dead.
    let hurt = (figure.quantity.end..figure.end).find_map(|at| match sentence.form(at) {
        "wounded" | "injured" | "hurt" => Some(HarmKind::Injured),
        "dead" | "slain" | "fallen" | "murdered" => Some(HarmKind::Killed),
        _ => None,
    });
    let told = hurt.or_else(|| behind(sentence, figures, index)).or_else(|| before(sentence, figure)).or_else(|| {
        (figure.quantity.end..figure.end).find_map(|at| match sentence.form(at) {
            "missing" => Some(HarmKind::Missing),
            "displaced" => Some(HarmKind::Displaced),
            "captured" | "abducted" | "kidnapped" | "detained" => Some(HarmKind::Detained),
            _ => None,
        })
    });
    let held = || {
        matches!(figure.noun.as_deref(), Some("hostage" | "captive" | "detainee" | "abductee"))
            .then_some(HarmKind::Detained)
    };
    // "Four of the wounded were children"
    let of_group = || {
        let the = matches!(sentence.form(figure.quantity.end + 1), "the" | "those");
        match sentence.form(figure.quantity.end + 2) {
            "victims" if the => Some(HarmKind::Killed),
            form if the => state_of_harm(form),
            _ => None,
        }
    };
    told.or_else(|| of_tree(sentence, figure))
        .or_else(|| of_group().filter(|_| sentence.form(figure.quantity.end) == "of"))
        .or_else(|| answers_toll(sentence, figures, index, found, false))
        .or_else(|| moves(sentence, figure, last_kind(sentence, figures, index, found)))
        .or_else(held)
}

/// What the tree says of the people counted, where the words around them do not tell.
pub(super) fn of_tree(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    let article = figure.quantity.end == figure.quantity.first + 1
        && matches!(
            sentence.form(figure.quantity.first),
            "a" | "an" | "another" | "the" | "his" | "her" | "their" | "its" | "my" | "our"
        );
    if article {
        return None;
    }
    let number = sentence.syntax.sentence(sentence.first);
    let words = figure.quantity.first..figure.end;
    let armed = |kind: HarmKind| {
        kind != HarmKind::Surrendered || figure.noun.as_deref().is_none_or(|noun| people::side(noun).is_some())
    };
    heads_of_harm(sentence.syntax, number, figure.quantity.high == Some(0))
        .into_iter()
        .find(|(_, head)| head.checked_sub(sentence.first).is_some_and(|head| words.contains(&(head as usize))))
        .map(|(kind, _)| kind)
        .filter(|&kind| armed(kind) && (kind != HarmKind::Missing || figure.quantity.high != Some(0)))
}

pub(super) fn state_follows(sentence: &Sentence<'_>, end: usize) -> bool {
    (end..(end + 4).min(sentence.words.len()))
        .any(|at| state_of_harm(sentence.form(at)).is_some() || verb_of_harm(sentence.lemma(at)).is_some())
}

/// "Counted 12 graves", "prayed over 18 coffins", "acknowledged six losses", "spoke of 11 victims": what stands for the dead behind a verb of
/// counting or owning up.
pub(super) fn stands_for_dead(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let verbs: &[&str] = match figure.noun.as_deref() {
        Some("grave" | "coffin" | "shroud") => &["show", "count", "dig", "see", "pray", "fill", "carry", "receive"],
        Some("loss") => {
            &["acknowledge", "admit", "suffer", "report", "record", "take", "sustain", "concede", "confirm"]
        }
        Some("victim") => &["speak", "count", "list", "name", "record", "register", "report", "give", "identify"],
        _ => return false,
    };
    let first = figure.quantity.first;
    (first.saturating_sub(3)..first).any(|at| verbs.contains(&sentence.lemma(at)))
}

/// "12 wounded", "five killed when": a participle or state right behind the figure that takes no object.
pub(super) fn state_at(sentence: &Sentence<'_>, at: usize) -> Option<HarmKind> {
    let kind = state_of_harm(sentence.form(at)).filter(|_| {
        matches!(
            sentence.form(at),
            "dead" | "killed" | "wounded" | "injured" | "hurt" | "missing" | "kidnapped" | "abducted" | "displaced"
        )
    })?;
    (!object_follows(sentence, at)).then_some(kind)
}

/// A word of harm behind the phrase: "were killed", "died", "dead", "who fled".
pub(super) fn behind(sentence: &Sentence<'_>, figures: &[Figure], index: usize) -> Option<HarmKind> {
    let figure = &figures[index];
    let count = sentence.words.len();
    let mut at = figure.end;
    let mut passive = false;
    let mut steps = 0;
    // Phrases between the people and the verb: "soldiers from Chad were killed", "a man, aged 30, was killed", "others in the town were".
    while at < count && steps < 14 {
        let form = sentence.form(at);
        let upos = sentence.upos(at);
        let lemma = sentence.lemma(at);
        if let Some((kind, place)) = verb_of_harm(lemma).filter(|_| matches!(upos, Upos::Verb | Upos::Adj | Upos::Aux))
        {
            // "the place where the plane fell": only people right before it fall in a fight.
            if lemma == "fall" && (at > figure.end + 2 || is_other_fall(sentence.form(at + 1))) {
                return None;
            }
            let participle = form.ends_with("ed") || matches!(form, "hurt" | "slain" | "taken");
            // "families were burned out of their homes"
            let to_death = (at + 1..at + 4).any(|next| {
                sentence.form(next) == "to" && sentence.form(next + 1) == "death"
                    || next == at + 1 && sentence.form(next) == "alive"
            });
            let kind = match lemma {
                "burn" if sentence.form(at + 1) == "out" => HarmKind::Displaced,
                _ if to_death && kind == HarmKind::Injured => HarmKind::Killed,
                _ => kind,
            };
            if to_death && !object_follows(sentence, at) && kind == HarmKind::Killed {
                return Some(kind);
            }
            return match place {
                Place::Subject => Some(kind),
                // "soldiers killed two men": active when an object follows; "12 killed in clashes": a participle when none does.
                Place::Patient if passive => Some(kind),
                Place::Patient if participle && at == figure.end && !object_follows(sentence, at) => Some(kind),
                Place::Patient => None,
            };
        }
        if let Some(kind) = state_of_harm(form).filter(|_| {
            matches!(form, "dead" | "missing" | "homeless" | "unaccounted" | "hostage" | "captive" | "prisoner")
        }) {
            return Some(kind);
        }
        if form == "among" {
            return (at + 1..(at + 4).min(count)).find_map(|next| match sentence.form(next) {
                "victims" => Some(HarmKind::Killed),
                "hostages" | "captives" | "prisoners" => Some(HarmKind::Detained),
                form => state_of_harm(form),
            });
        }
        let soon = |words: &[&str]| (at + 1..(at + 5).min(count)).any(|next| words.contains(&sentence.form(next)));
        if matches!(form, "taken" | "rushed" | "admitted" | "in") && soon(&["hospital", "clinic", "hospitals"])
            || matches!(form, "with" | "had" | "suffered" | "sustained" | "received")
                && soon(&["wounds", "burns", "injuries"])
            || form == "in" && soon(&["critical"])
        {
            return Some(HarmKind::Injured);
        }
        if form == "in" && matches!(sentence.form(at + 1), "custody" | "detention") {
            return Some(HarmKind::Detained);
        }
        if form == "heard"
            && sentence.form(at + 1) == "from"
            && at > 1
            && (at - 2..at).any(|back| sentence.form(back) == "not")
        {
            return Some(HarmKind::Missing);
        }
        if lemma == "leave"
            && upos == Upos::Verb
            && !passive
            && matches!(figure.noun.as_deref(), Some("family" | "household" | "resident" | "villager"))
        {
            return Some(HarmKind::Displaced);
        }
        if form == "held" && passive && !object_follows(sentence, at) {
            return Some(HarmKind::Detained);
        }
        if form == "taken" || form == "held" {
            let taken = (at + 1..(at + 4).min(count))
                .find_map(|next| state_of_harm(sentence.form(next)).filter(|kind| *kind == HarmKind::Detained));
            return taken;
        }
        if form == "forced" || form == "driven" {
            let home = (at + 1..(at + 9).min(count))
                .any(|next| matches!(sentence.lemma(next), "flee" | "home" | "leave" | "house"));
            return home.then_some(HarmKind::Displaced);
        }
        if lemma == "leave"
            && upos == Upos::Verb
            && !passive
            && (at + 1..(at + 4).min(count)).any(|next| matches!(sentence.lemma(next), "home" | "house"))
        {
            return Some(HarmKind::Displaced);
        }
        if lemma == "lose" && (at + 1..(at + 4).min(count)).any(|next| sentence.lemma(next) == "life") {
            return Some(HarmKind::Killed);
        }
        if matches!(lemma, "give" | "hand") && sentence.form(at + 1) == "themselves"
            || lemma == "lay"
                && (at + 1..(at + 5).min(count)).any(|next| matches!(sentence.lemma(next), "arm" | "weapon"))
        {
            return Some(HarmKind::Surrendered);
        }
        if matches!(
            form,
            "were"
                | "was"
                | "been"
                | "be"
                | "being"
                | "are"
                | "is"
                | "got"
                | "left"
                | "reported"
                | "shot"
                | "found"
                | "confirmed"
        ) {
            passive |= matches!(form, "were" | "was" | "been" | "be" | "being" | "are" | "is" | "got");
            at += 1;
            steps += 1;
            continue;
        }
        if matches!(form, "“" | "”" | "‘" | "’") {
            at += 1;
            continue;
        }
        // "12 patients, including three children, had been killed": what stands between the commas is passed over.
        if form == ","
            && matches!(
                sentence.form(at + 1),
                "including"
                    | "among"
                    | "most"
                    | "mostly"
                    | "many"
                    | "some"
                    | "more"
                    | "half"
                    | "all"
                    | "nearly"
                    | "at"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "both"
                    | "one"
            )
        {
            let close = (at + 2..(at + 14).min(count)).find(|&next| sentence.form(next) == ",");
            if let Some(close) = close {
                at = close + 1;
                steps += 2;
                continue;
            }
        }
        if form == "," && matches!(sentence.form(at + 1), "a" | "an") {
            if let Some(close) = (at + 2..(at + 7).min(count)).find(|&next| sentence.form(next) == ",") {
                at = close + 1;
                steps += 2;
                continue;
            }
        }
        if form == "(" || form == ":" || form == ";" || form == "—" || form == "–" {
            return None;
        }
        let opens_clause = form == "and" && sentence.form(at + 1) == "that"
            || matches!(form, "where" | "when" | "while")
            || form == "which" && at > figure.end && sentence.upos(at - 1) == Upos::Adp;
        if opens_clause {
            return None;
        }
        if form == "and" || form == "," || form == "or" {
            // "a woman and two children were killed": the next figure's verb is shared when nothing but figures stands between.
            if let Some(next) = figures.get(index + 1).filter(|next| next.quantity.first <= at + 2 && next.people) {
                let own_state = state_of_harm(sentence.form(next.end)).is_some() && sentence.form(next.end) != "killed";
                let passive_plural = matches!(sentence.form(next.end), "were" | "have" | "had" | "died" | "are");
                if passive_plural && !own_state {
                    return behind(sentence, figures, index + 1);
                }
                return None;
            }
            if form == "and" || form == "or" {
                let possessed = matches!(sentence.form(at + 1), "his" | "her" | "their" | "the");
                if !possessed {
                    return None;
                }
            } else if !matches!(
                sentence.form(at + 1),
                "all" | "aged" | "mostly" | "most" | "including" | "many" | "some" | "both" | "one" | "among"
            ) {
                return None;
            }
        }
        if upos == Upos::Verb && !is_passing(upos, form) {
            return None;
        }
        at += 1;
        steps += 1;
    }
    None
}

/// "Fell into a pit", "fell ill", "fell behind": a fall that need not be a death.
pub(crate) fn is_other_fall(next: &str) -> bool {
    matches!(
        next,
        "into"
            | "from"
            | "off"
            | "onto"
            | "ill"
            | "sick"
            | "asleep"
            | "behind"
            | "short"
            | "back"
            | "out"
            | "through"
            | "down"
            | "overboard"
            | "apart"
            | "silent"
    )
}

/// Whether a verb has an object right behind it: then its subject did the harm.
pub(super) fn object_follows(sentence: &Sentence<'_>, at: usize) -> bool {
    let next = sentence.form(at + 1);
    let upos = if at + 1 < sentence.words.len() { sentence.upos(at + 1) } else { Upos::Punct };
    !matches!(
        next,
        "in" | "by"
            | "on"
            | "when"
            | "and"
            | "during"
            | "at"
            | "near"
            | "as"
            | "after"
            | "since"
            | "or"
            | ","
            | "."
            | ""
            | "so"
            | "while"
            | "last"
            | "over"
            | "overnight"
            | "with"
            | "to"
    ) && matches!(upos, Upos::Det | Upos::Num | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron)
}

/// A word of harm before the figure: "killed 50 people", "leaving 200 dead", "the toll rose to 31", "the bodies of nine".
pub(super) fn before(sentence: &Sentence<'_>, figure: &Figure) -> Option<HarmKind> {
    let first = figure.quantity.first;
    let mut at = first;
    let mut steps = 0;
    while at > 0 && steps < 7 {
        at -= 1;
        steps += 1;
        let form = sentence.form(at);
        let upos = sentence.upos(at);
        let lemma = sentence.lemma(at);
        if let Some((kind, Place::Patient)) = verb_of_harm(lemma)
            .filter(|_| matches!(upos, Upos::Verb | Upos::Noun) && !matches!(form, "wound" | "wounds" | "burn"))
        {
            let passive =
                at > 0 && matches!(sentence.form(at - 1), "were" | "was" | "been" | "being" | "be" | "are" | "is");
            // "to kill a man" is no deed; "to have killed" is.
            let wished = at > 0
                && sentence.form(at - 1) == "to"
                && matches!(kind, HarmKind::Killed | HarmKind::Injured)
                && !(at > 1 && matches!(sentence.lemma(at - 2), "manage" | "continue" | "begin" | "go"));
            if wished {
                return None;
            }
            let noun = upos == Upos::Noun
                && form.ends_with("ing")
                && sentence.form(at + 1) != "of"
                && sentence.form(at + 1) != sentence.form(first);
            return if passive || noun { None } else { Some(kind) };
        }
        if matches!(form, "left" | "leaving" | "leaves" | "leave") && matches!(upos, Upos::Verb | Upos::Noun) {
            return (figure.end..(figure.end + 4).min(sentence.words.len()))
                .find_map(|next| state_of_harm(sentence.form(next)));
        }
        if lemma == "lose" && upos == Upos::Verb {
            let own = figure.noun.as_deref().is_none_or(|noun| people::side(noun).is_some());
            return own.then_some(HarmKind::Killed);
        }
        if matches!(lemma, "treat" | "admit") && upos == Upos::Verb {
            return (figure.end..(figure.end + 6).min(sentence.words.len()))
                .any(|next| matches!(sentence.lemma(next), "wound" | "injury" | "burn"))
                .then_some(HarmKind::Injured);
        }
        if lemma == "take" || lemma == "hold" {
            return (figure.end..(figure.end + 3).min(sentence.words.len()))
                .find_map(|next| state_of_harm(sentence.form(next)).filter(|kind| *kind == HarmKind::Detained));
        }
        if form == "forced" || form == "forcing" || form == "drove" || form == "driving" {
            let flee = (figure.end..(figure.end + 8).min(sentence.words.len()))
                .any(|next| matches!(sentence.lemma(next), "flee" | "home" | "leave" | "house"));
            return flee.then_some(HarmKind::Displaced);
        }
        if lemma == "shoot" {
            return matches!(sentence.form(at + 1), "dead").then_some(HarmKind::Killed);
        }
        if lemma == "toll" {
            return Some(HarmKind::Killed);
        }
        if matches!(form, "dead" | "killed" | "deaths")
            && at > 1
            && sentence.form(at - 1) == "of"
            && sentence.lemma(at - 2) == "number"
        {
            return Some(HarmKind::Killed);
        }
        if matches!(form, "wounded" | "injured")
            && at > 1
            && sentence.form(at - 1) == "of"
            && sentence.lemma(at - 2) == "number"
        {
            return Some(HarmKind::Injured);
        }
        if form == "of" && at > 0 {
            // "A crime against the life of", "endangers the lives of": a life is lost where a verb takes it.
            let taken = sentence.lemma(at - 1) != "life"
                || (at.saturating_sub(8)..at - 1).any(|back| {
                    matches!(
                        sentence.lemma(back),
                        "claim"
                            | "cost"
                            | "take"
                            | "lose"
                            | "loss"
                            | "consume"
                            | "extinguish"
                            | "end"
                            | "toll"
                            | "snuff"
                    )
                });
            if let Some(kind) = noun_of_harm(sentence.lemma(at - 1)).filter(|_| taken) {
                return Some(kind);
            }
            // "injured its crew of three"
            if at + 1 == first
                && matches!(sentence.lemma(at - 1), "crew" | "family" | "group" | "team" | "party" | "band" | "gang")
            {
                at -= 1;
                continue;
            }
        }
        let skips = matches!(upos, Upos::Adv | Upos::Det | Upos::Part | Upos::Adj)
            || matches!(
                form,
                "rise"
                    | "rose"
                    | "risen"
                    | "raising"
                    | "raised"
                    | "climbed"
                    | "stood"
                    | "stands"
                    | "reached"
                    | "bringing"
                    | "brought"
                    | "dead"
                    | "from"
                    | "in"
                    | "put"
                    | "number"
                    | "hit"
                    | "passed"
                    | "its"
                    | "their"
                    | "by"
            )
            || upos == Upos::Num && figure.quantity.first > at;
        if form == "to" || form == "at" || form == "of" {
            continue;
        }
        if !skips {
            // "the death toll in the town rose to 31": a toll is found through its verb.
            if matches!(lemma, "rise" | "climb" | "stand" | "reach" | "pass" | "bring" | "raise" | "put" | "exceed") {
                let toll = (at.saturating_sub(8)..first).any(|other| sentence.lemma(other) == "toll");
                if toll {
                    return Some(HarmKind::Killed);
                }
            }
            return None;
        }
    }
    None
}
