//! Agreements of the past by whatever name, weighed word by word: "the Abuja accord of August 1996", "an Eid lull", "the first, signed at
//! Bissau in 1991".

use super::candidate::{Evidence, is_of};
use super::find;
use super::mention::{Group, Mention, is_fighting, is_general, is_name};
use super::weigh::{Kind, score};
use super::*;
use counterclaim_claims::day_number;
use counterclaim_claims::time::TimeExpression;
use counterclaim_language::{Bond, Bonds, Deprel, Upos};

/// Nouns that stand for an agreement beside those for its paper and for quiet.
const MORE: &[&str] = &[
    "peace",
    "vow",
    "resolution",
    "assurance",
    "guarantee",
    "sulh",
    "reconciliation",
    "amnesty",
    "partition",
    "handover",
    "swap",
    "exchange",
    "precedent",
    "pullback",
    "withdrawal",
    "stop",
    "predecessor",
    "forerunner",
    "mechanism",
    "statement",
];
/// What is said of an agreement that ended or was kept.
const FARED: &[&str] = &[
    "collapse", "break", "last", "end", "fall", "unravel", "crumble", "fail", "lapse", "founder", "hold", "survive",
    "bury", "shatter", "wreck", "scuttle", "die", "dissolve", "endure", "suspend", "abandon", "tear", "expire",
    "honour", "honor", "keep", "observe", "respect", "replace", "outlive", "run",
];

/// Words of a report that may name an agreement of the past.
pub(super) fn search(reading: &Reading<'_>, groups: &[Group], any: Option<&Bonds>) -> Vec<Candidate> {
    let syntax = reading.syntax();
    let broken = super::breach::breaches(reading, syntax);
    (0..syntax.analysis.words.len() as u32)
        .filter(|&word| reading.is_coded(syntax.sentence(word)) && may_be(syntax, word))
        .map(|word| {
            let mut found = Evidence(find::evidence(reading, word, &broken));
            evidence(reading, word, groups, &mut found);
            bonds(any, word, &mut found);
            Candidate { word, span: syntax.span(word), evidence: found.0 }
        })
        .collect()
}

/// What the reader of agreements takes the word for, where none is asked of.
fn bonds(any: Option<&Bonds>, word: u32, found: &mut Evidence) {
    for (bond, name) in [(Bond::Now, "mark_any_now"), (Bond::Past, "mark_any_past")] {
        match any.and_then(|any| any.at(word, bond)) {
            Some(odds) => found.add(name, (odds / 2.0).clamp(-4.0, 4.0)),
            None => found.is("mark_any_unread", bond == Bond::Now),
        }
    }
}

/// Whether a word may name an agreement at all.
pub(super) fn may_be(syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.deprel(word) == Deprel::Compound {
        return false;
    }
    let noun = matches!(syntax.upos(word), Upos::Noun | Upos::Propn);
    // "Held their fire", "halted operations".
    let stops = syntax.upos(word) == Upos::Verb
        && STOP.contains(&syntax.lemma(word))
        && syntax.dependent(word, &[Deprel::Obj, Deprel::Xcomp]).is_some_and(|object| is_fighting(syntax, object));
    find::may_be(syntax, word) || noun && MORE.contains(&syntax.lemma(word)) || is_elliptic(syntax, word) || stops
}

/// "The first, signed at Bissau", "another, reached in 2015", "the one that Damascus brokered".
fn is_elliptic(syntax: Syntax<'_>, word: u32) -> bool {
    let lone = matches!(
        syntax.lemma(word),
        "first"
            | "second"
            | "third"
            | "fourth"
            | "last"
            | "latest"
            | "another"
            | "one"
            | "former"
            | "latter"
            | "previous"
            | "that"
    );
    let stands = matches!(
        syntax.deprel(word),
        Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::Root
            | Deprel::Appos
            | Deprel::Conj
    );
    lone && stands && !matches!(syntax.upos(word), Upos::Sconj | Upos::Adv | Upos::Verb)
}

/// Times that belong to a name: at it, at the verb by which it was made, at the verb of its clause.
fn own_times<'a>(reading: &'a Reading<'_>, word: u32) -> Vec<(&'a TimeExpression, bool)> {
    let syntax = reading.syntax();
    let made = syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]);
    let clause = syntax.clause(word);
    reading
        .times
        .iter()
        .filter(|time| matches!(time.timex.as_str(), "DATE" | "TIME"))
        .filter_map(|time| {
            let head = syntax.head_of(time.span)?;
            let below = syntax.governs(word, head)
                && (syntax.clause(head) == clause || made.is_some_and(|made| syntax.clause(head) == made));
            let beside = syntax.clause(head) == clause && syntax.sentence(head) == syntax.sentence(word);
            (below || beside).then_some((time, below))
        })
        .collect()
}

/// Days from a time to the report.
fn age(reading: &Reading<'_>, time: &TimeExpression) -> Option<i64> {
    let start = time.start.as_deref()?;
    let day = match start.len() {
        4 => format!("{start}-12-31"),
        7 => format!("{start}-28"),
        _ => start.get(..10)?.to_owned(),
    };
    Some(reading.published_day()? - day_number(&day)?)
}

fn evidence(reading: &Reading<'_>, word: u32, groups: &[Group], found: &mut Evidence) {
    let syntax = reading.syntax();
    let (sentence, lemma, clause) = (syntax.sentence(word), syntax.lemma(word), syntax.clause(word));
    let children = syntax.dependents(word);
    let block = |at: u32| reading.sentences.get(at as usize).map(|row| row.block);
    found.is("e_elliptic", is_elliptic(syntax, word));
    found.is("e_more", MORE.contains(&lemma));
    found.is("e_stops", syntax.upos(word) == Upos::Verb && STOP.contains(&lemma));
    found.is("e_other", children.iter().any(|&child| OTHER.contains(&syntax.lemma(child))));
    found.is(
        "e_last",
        children.iter().any(|&child| {
            matches!(syntax.lemma(child), "last" | "old" | "older" | "original" | "failed" | "short-lived" | "brief")
        }),
    );
    found.is(
        "e_new",
        children.iter().any(|&child| matches!(syntax.lemma(child), "new" | "latest" | "current" | "present")),
    );
    let year =
        |&child: &u32| syntax.form(child).len() == 4 && syntax.form(child).bytes().all(|byte| byte.is_ascii_digit());
    found.is("e_year", children.iter().any(year));
    found.is("e_general", is_general(syntax, word));
    found.is("e_titled", syntax.form(word).starts_with(char::is_uppercase) && syntax.words_of(sentence).start != word);
    found.is("e_placed", children.iter().any(|&child| syntax.upos(child) == Upos::Propn && child < word));
    let times = own_times(reading, word);
    let ages: Vec<(i64, bool)> = times.iter().filter_map(|&(time, below)| Some((age(reading, time)?, below))).collect();
    found.is("e_time_below", times.iter().any(|&(_, below)| below));
    found.is("e_old_below", ages.iter().any(|&(age, below)| below && age > 20));
    found.is("e_older_below", ages.iter().any(|&(age, below)| below && age > 300));
    found.is("e_old_beside", ages.iter().any(|&(age, _)| age > 20));
    found.is("e_older_beside", ages.iter().any(|&(age, _)| age > 300));
    found.is("e_fresh_beside", ages.iter().any(|&(age, _)| age < 8));
    let here: Vec<i64> = reading
        .times
        .iter()
        .filter(|time| syntax.head_of(time.span).is_some_and(|head| block(syntax.sentence(head)) == block(sentence)))
        .filter_map(|time| age(reading, time))
        .collect();
    found.is("e_old_block", here.iter().any(|&age| age > 60));
    found.is("e_fresh_block", here.iter().any(|&age| (-5..8).contains(&age)));
    let made = syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]);
    found.is("e_made", made.is_some_and(|verb| is_of(syntax.lemma(verb), "agreeing")));
    found.is("e_relative_fared", made.is_some_and(|verb| FARED.contains(&syntax.lemma(verb))));
    found.is("e_making", clause != word && is_of(syntax.lemma(clause), "agreeing"));
    let fared = FARED.contains(&syntax.lemma(clause));
    found.is("e_fared", fared && syntax.subject(clause) == Some(word));
    found.is("e_fared_patient", fared && syntax.patient(clause) == Some(word));
    let auxiliaries = syntax.auxiliaries(clause);
    let had = syntax
        .dependents(clause)
        .iter()
        .any(|&child| syntax.form(child) == "had" && syntax.deprel(child) == Deprel::Aux);
    found.is("e_had", had);
    found.is(
        "e_plain",
        auxiliaries.is_empty() && syntax.form(clause) != syntax.lemma(clause) && !syntax.form(clause).ends_with('s'),
    );
    let was = syntax.dependents(clause).iter().any(|&child| matches!(syntax.form(child), "was" | "were"));
    found.is("e_was", was);
    found.is(
        "e_is",
        syntax.dependents(clause).iter().any(|&child| matches!(syntax.form(child), "is" | "are" | "has" | "have")),
    );
    let past = |at: u32| syntax.analysis.events.words.get(at as usize).map_or(0.0, |head| head.past);
    found.add("e_past", past(word));
    found.add("e_past_clause", past(clause));
    let same = |at: u32| syntax.lemma(at) == lemma && syntax.upos(at) == syntax.upos(word);
    found.is("e_first", !(0..word).any(|at| reading.is_coded(syntax.sentence(at)) && same(at)));
    let known = |background: bool| {
        groups
            .iter()
            .filter(move |group| group.background == background)
            .flat_map(|group| group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied()))
    };
    for (background, names) in [
        (false, ["e_now", "e_now_here", "e_now_block", "e_now_any"]),
        (true, ["e_then", "e_then_here", "e_then_block", "e_then_any"]),
    ] {
        found.is(names[0], known(background).any(|at| at == word));
        found.is(names[1], known(background).any(|at| at != word && syntax.sentence(at) == sentence));
        found.is(names[2], known(background).any(|at| at != word && block(syntax.sentence(at)) == block(sentence)));
        found.is(names[3], known(background).any(|at| at != word));
    }
    found.add("e_place", sentence as f32 / syntax.analysis.sentences.len().max(1) as f32);
    let opening = syntax.words_of(sentence).start;
    found.is("e_opens", word < opening + 4);
    found.is("e_named", is_name(syntax, word));
    found.is("e_cardinal", children.iter().any(|&child| syntax.deprel(child) == Deprel::Nummod && !year(&child)));
}

/// Log odds from which a word names an agreement of the past, and from which it is parted from the one of now that rules took it for.
const LEAST: f32 = 0.0;
const PARTED: f32 = 1.0;

/// Log odds of "of the past" against "of now" below which the reader of agreements settles that one is of now, whatever rules hold.
const OF_NOW: f32 = -0.5;
/// The same where the report has one of now already: a second one is rare.
const OF_NOW_TOO: f32 = -3.0;

/// An agreement that the reader takes for one of now at every word that names it is none of the past. The other way round it is not sure enough.
pub(super) fn settle_scopes(any: Option<&Bonds>, groups: &mut [Group]) {
    let Some(any) = any else { return };
    let of_now = if groups.iter().all(|group| group.background) { OF_NOW } else { OF_NOW_TOO };
    for group in groups.iter_mut().filter(|group| group.background) {
        let past = |word: u32| {
            let odds = |bond| any.at(word, bond).map(|odds| (odds / 2.0).clamp(-4.0, 4.0));
            Some(odds(Bond::Past)? - odds(Bond::Now)?)
        };
        let most = group.mentions.iter().filter_map(|mention| past(mention.word)).max_by(f32::total_cmp);
        group.background = most.is_none_or(|most| most > of_now);
    }
}

/// Log odds by which every name of an agreement must be likelier of the past than of now, and a name that none has likelier of now than of the past,
/// for the one to be past and the other to name the agreement of now.
const OF_THE_PAST: f32 = 2.0;
const OF_TODAY: f32 = 2.0;
/// Log odds of such a name.
const NAMED: f32 = 0.5;

/// "A local pause in October ... The two said on Sunday that they had agreed to stop fighting": where all that rules took for agreements of now are
/// past ones to the reader of agreements, and other words name one of now to it, those words are the agreement of now. Tells whether it was so.
pub(super) fn settle_now(reading: &Reading<'_>, any: Option<&Bonds>, groups: &mut Vec<Group>) -> bool {
    let Some(any) = any else { return false };
    let syntax = reading.syntax();
    let of_now = |word: u32| Some(any.at(word, Bond::Now)? - any.at(word, Bond::Past)?);
    let is_past = |group: &Group| {
        let most = group.mentions.iter().filter_map(|mention| of_now(mention.word)).max_by(f32::total_cmp);
        most.is_some_and(|most| most < -OF_THE_PAST)
    };
    let known = |word: u32| {
        groups
            .iter()
            .any(|group| group.references.contains(&word) || group.mentions.iter().any(|mention| mention.word == word))
    };
    let names = |&word: &u32| {
        reading.is_coded(syntax.sentence(word))
            && may_be(syntax, word)
            && !known(word)
            && any.at(word, Bond::Now).is_some_and(|odds| odds > NAMED)
            && of_now(word).is_some_and(|odds| odds > OF_TODAY)
    };
    // "The new halt to fighting will start at noon on Wednesday": what is new is the one of now, if there is one at all.
    let is_new = |&word: &u32| {
        let mut children = syntax.dependents(word).iter().copied();
        reading.is_coded(syntax.sentence(word))
            && may_be(syntax, word)
            && !known(word)
            && children.any(|child| matches!(syntax.lemma(child), "new" | "latest"))
            && of_now(word).is_some_and(|odds| odds > -OF_THE_PAST - 1.0)
    };
    let all = 0..syntax.analysis.words.len() as u32;
    let mut words: Vec<u32> = all.clone().filter(names).collect();
    let current = || groups.iter().filter(|group| !group.background);
    if words.is_empty() || current().next().is_none() || !current().all(is_past) {
        return false;
    }
    words.extend(all.filter(is_new));
    words.sort_unstable();
    words.dedup();
    groups.iter_mut().for_each(|group| group.background = true);
    groups.push(Group {
        mentions: words.into_iter().map(Mention::real).collect(),
        references: Vec::new(),
        background: false,
        weighed: false,
    });
    true
}

/// Adds the agreements of the past that rules did not find; what was taken up as the one of now stays with it.
pub(super) fn add(reading: &Reading<'_>, groups: &mut Vec<Group>, taken_up: &[u32], any: Option<&Bonds>) {
    let syntax = reading.syntax();
    let candidates = search(reading, groups, any);
    let mut found: Vec<(&Candidate, f32)> =
        candidates.iter().map(|row| (row, score(syntax, row, Kind::Earlier))).filter(|row| row.1 >= LEAST).collect();
    found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.word.cmp(&other.0.word)));
    let block = |word: u32| reading.sentences.get(syntax.sentence(word) as usize).map(|row| row.block);
    for (row, odds) in found {
        let word = row.word;
        let has = |name: &str| row.evidence.iter().any(|(known, _)| *known == name);
        let names = |group: &Group, at: u32| {
            group.mentions.iter().any(|mention| mention.word == at) || group.references.contains(&at)
        };
        let in_sentence = |group: &Group| {
            let named = group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied());
            named.into_iter().any(|at| syntax.sentence(at) == syntax.sentence(word))
        };
        let known = |group: &Group| group.background && (names(group, word) || in_sentence(group));
        if taken_up.contains(&word) || groups.iter().any(known) {
            continue;
        }
        if let Some(now) = groups.iter().position(|group| names(group, word)) {
            // "The pause was arranged because an Eid lull had ended": rules took both for one.
            let first = groups[now].mentions.iter().map(|mention| mention.word).min();
            // "The truce, which came into force in 1991" is the one of which the report tells.
            let own = has("e_old_below") && !(has("g_the") && has("g_relative")) || has("g_a") || has("e_other");
            if odds < PARTED || !own || first.is_none_or(|first| first >= word) {
                continue;
            }
            groups[now].mentions.retain(|mention| mention.word != word);
            groups[now].references.retain(|&at| at != word);
        }
        // "The oath", told in the paragraph of an agreement of the past, points back at it.
        let points = (has("g_the") || has("g_this")) && !has("e_time_below") && !has("e_other") && !has("e_elliptic");
        let near = groups.iter_mut().filter(|group| group.background).find(|group| {
            group.mentions.iter().any(|mention| block(mention.word) == block(word) && mention.word < word)
        });
        match near.filter(|_| points) {
            Some(group) => group.references.push(word),
            None => groups.push(Group {
                mentions: vec![Mention::past(word)],
                references: Vec::new(),
                background: true,
                weighed: true,
            }),
        }
    }
    groups.retain(|group| !group.mentions.is_empty());
    groups.sort_by_key(|group| group.mentions.iter().map(|mention| mention.word).min());
}
