//! Different figures for the same harm by different tellers.

use super::banner;
use super::proposition::{Proposition, spelled};
use super::side::{Side, meet};
use super::{Contradiction, Row, add};
use counterclaim_claims::Reading;
use counterclaim_knowledge::Country;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::{HarmKind, Scope};

/// Sentences within which figures of different words may be of one count.
const NEAR: u32 = 8;

pub(super) fn figures(
    reading: &Reading<'_>,
    all: &[Proposition<'_>],
    scopes: &[Scope],
    found: &mut Vec<Contradiction>,
) {
    for (a, first) in reading.harms.iter().enumerate() {
        for (b, second) in reading.harms.iter().enumerate().skip(a + 1) {
            let (Some(one), Some(other)) = (first.claim, second.claim) else { continue };
            let current = [a, b].iter().all(|&index| scopes.get(index) == Some(&Scope::Current));
            let comparable = first.mention.kind == second.mention.kind
                && current
                && is_count(reading, a)
                && is_count(reading, b)
                && are_two_tellers(reading, all, one, other)
                && same_victims(reading, all, a, b)
                && !is_update(reading, all, one, other);
            let none = (is_none(reading, a) || is_none(reading, b)) && !answered(found, one, other);
            if none && current && gainsays_none(reading, all, a, b) && are_two_tellers(reading, all, one, other) {
                let about = format!("whether anybody was {}", first.mention.kind.word());
                add(found, Contradiction { kind: "figure", a: Row::Harm(a), b: Row::Harm(b), about });
            }
            if comparable && exclude(reading, all, a, b) {
                let about = format!("how many were {}", first.mention.kind.word());
                add(found, Contradiction { kind: "figure", a: Row::Harm(a), b: Row::Harm(b), about });
            }
        }
    }
}

pub(super) fn is_none(reading: &Reading<'_>, index: usize) -> bool {
    reading.harms[index].mention.quantity.high == Some(0)
}

/// Whether the claims of two figures were paired as claims.
pub(super) fn answered(found: &[Contradiction], one: usize, other: usize) -> bool {
    let (a, b) = (Row::Claim(one.min(other)), Row::Claim(one.max(other)));
    found.iter().any(|pair| pair.a == a && pair.b == b)
}

/// "Had lost nobody" against "three militants were killed": nobody of one's own against some of the same kind.
pub(super) fn gainsays_none(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let (none, some) = if is_none(reading, a) { (a, b) } else { (b, a) };
    let (one, other) = (victims(reading, all, none), victims(reading, all, some));
    let near = harm_sentence(reading, a).abs_diff(harm_sentence(reading, b)) <= NEAR;
    // "Nobody had been hurt there, the army said. Residents spoke of four dead."
    let bodily = |index: usize| matches!(reading.harms[index].mention.kind, HarmKind::Killed | HarmKind::Injured);
    let nobody = one == Victims::Anybody
        && reading.harms[none].mention.kind == HarmKind::Injured
        && bodily(some)
        && harm_sentence(reading, a).abs_diff(harm_sentence(reading, b)) == 1;
    !is_none(reading, some)
        && is_count(reading, some)
        && (nobody
            || reading.harms[a].mention.kind == reading.harms[b].mention.kind
                && one == other
                && one != Victims::Anybody)
        && near
        && !of_two_camps(reading, all, a, b)
        && !elsewhere(reading, a, b)
        && !on_other_days(reading, a, b)
}

pub(super) fn are_two_tellers(reading: &Reading<'_>, all: &[Proposition<'_>], one: usize, other: usize) -> bool {
    let (first, second) = (all[one].speaker, all[other].speaker);
    let (a, b) = (&reading.claims[first], &reading.claims[second]);
    let named = !a.source.is_empty() && !b.source.is_empty();
    let words = spelled(reading, first);
    named
        && first != second
        && (a.claimant.is_none() || a.claimant != b.claimant)
        && (words.is_none() || words != spelled(reading, second))
}

/// A figure that a later one replaces: "the toll rose to 12, the same ministry's governor said".
pub(super) fn is_update(reading: &Reading<'_>, all: &[Proposition<'_>], one: usize, other: usize) -> bool {
    let syntax = reading.syntax();
    let official = |index: usize| all[index].own.iter().any(|side| matches!(side, Side::State(_)));
    let later = if all[other].sentence >= all[one].sentence { other } else { one };
    let mut words = syntax.words_of(all[later].sentence);
    // "The army had earlier said that three had died".
    let before = words.clone().any(|word| syntax.lemma(word) == "earlier" && syntax.upos(word) == Upos::Adv)
        && words.clone().any(|word| syntax.form(word) == "had");
    official(one)
        && official(other)
        && all[one].own == all[other].own
        && (before
            || words.any(|word| {
                matches!(syntax.lemma(word), "rise" | "climb" | "increase" | "raise" | "revise" | "update")
            }))
}

/// Whether no number fits both: for one and the same people, or for people of whom the others are a part.
pub(super) fn exclude(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let (one, other) = (bounds(reading, a), bounds(reading, b));
    // Hardly a figure for one happening is ten times another's: such figures count other things, but for losses owned and boasted of.
    let most = if is_owned(reading, a) != is_owned(reading, b) { 100 } else { 10 };
    // "Dozens" is no figure that another one could miss by a few.
    let vague = |index: usize| {
        let words = reading.harms[index].number.of(&reading.document.text).to_lowercase();
        ["dozens", "scores", "hundreds", "thousands"].iter().any(|part| words.contains(part))
    };
    let least = if vague(a) || vague(b) { 2 } else { 1 };
    let below = |(_, high): (Option<u64>, Option<u64>), (low, _): (Option<u64>, Option<u64>)| {
        high.zip(low).is_some_and(|(high, low)| high * least < low + u64::from(least > 1) && low < high.max(1) * most)
    };
    let kind = |index: usize| if is_sum(reading, index) { Victims::Anybody } else { victims(reading, all, index) };
    // Who tells of civilians, or of fighters, alone tells of all that he knows of.
    let apart = harm_sentence(reading, a).abs_diff(harm_sentence(reading, b));
    let alone =
        |index: usize| {
            let row = &reading.harms[index];
            let kind = kind(index);
            matches!(kind, Victims::Civilians | Victims::Rebels)
                && !reading.harms.iter().enumerate().any(|(other, harm)| {
                    other != index && harm.claim == row.claim && harm.mention.kind == row.mention.kind
                })
        };
    if apart == 1 && (alone(a) && kind(b) == Victims::Anybody || alone(b) && kind(a) == Victims::Anybody) {
        return below(one, other) || below(other, one);
    }
    if is_whole_of(reading, all, a, b) {
        return below(one, other);
    }
    if is_whole_of(reading, all, b, a) {
        return below(other, one);
    }
    match (kind(a), kind(b)) {
        (Victims::Anybody, kind) if kind != Victims::Anybody => below(one, other),
        (kind, Victims::Anybody) if kind != Victims::Anybody => below(other, one),
        _ => below(one, other) || below(other, one),
    }
}

/// What the words allow; who counted bodies knows of no fewer, and what one claim adds up is a sum.
pub(super) fn bounds(reading: &Reading<'_>, index: usize) -> (Option<u64>, Option<u64>) {
    let quantity = &reading.harms[index].mention.quantity;
    let rest = rests(reading, index);
    let sum = |own: Option<u64>, end: fn(&counterclaim_claims::quantity::Quantity) -> Option<u64>| {
        rest.iter().try_fold(own?, |sum, &other| Some(sum + end(&reading.harms[other].mention.quantity)?))
    };
    let (low, high) = (sum(quantity.low, |quantity| quantity.low), sum(quantity.high, |quantity| quantity.high));
    (low, if is_seen(reading, index) { None } else { high })
}

/// The later figures of a sum: "eight recruits and two civilians had died".
fn rests(reading: &Reading<'_>, index: usize) -> Vec<usize> {
    let syntax = reading.syntax();
    let harm = &reading.harms[index];
    let head = |index: usize| reading.harms[index].mention.victims.and_then(|span| syntax.head_of(span));
    let Some(first) = head(index) else { return Vec::new() };
    let joined = syntax.coordination(first);
    let counts = |other: &usize| {
        let row = &reading.harms[*other];
        row.claim == harm.claim
            && row.mention.kind == harm.mention.kind
            && row.mention.part_of.is_none()
            && head(*other).is_some_and(|head| head != first && joined.contains(&head))
    };
    (index + 1..reading.harms.len()).filter(counts).collect()
}

fn is_sum(reading: &Reading<'_>, index: usize) -> bool {
    !rests(reading, index).is_empty()
}

/// "Received 19 bodies": there may be more elsewhere. Who counts or buries the dead tells a number.
pub(super) fn is_seen(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let sentence = harm_sentence(reading, index);
    let mention = &reading.harms[index].mention;
    let head = mention.victims.and_then(|span| syntax.head_of(span)).unwrap_or(mention.word);
    let over = syntax.clause(head);
    // Who admits a loss does not admit patients.
    if is_owned(reading, index) || matches!(syntax.lemma(head), "toll" | "number") || syntax.preposition(head) == "to" {
        return false;
    }
    syntax.sentence(over) == sentence
        && matches!(syntax.lemma(over), "receive" | "see" | "bring" | "arrive" | "reach" | "treat" | "admit")
}

/// Whether a figure counts the victims of a happening: not one person in passing, not a part, not "nobody", not "two others".
pub(super) fn is_count(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let mention = &reading.harms[index].mention;
    let words = mention.number.of(&reading.document.text).to_lowercase();
    let passing =
        matches!(words.as_str(), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "my" | "another" | "both");
    let besides = mention.victims.unwrap_or(mention.number);
    let more = syntax
        .words_in(besides)
        .any(|word| matches!(syntax.lemma(word), "other" | "another" | "further" | "additional" | "fellow"))
        || words.ends_with(" more");
    let vague = ["several", "many", "few"].iter().any(|part| words.contains(part));
    let whole = mention.part_of.is_none()
        && !is_of_them(reading, index)
        && !is_of_a_war(reading, index)
        && !is_of_the_hurt(reading, index);
    !passing && !more && !vague && whole && mention.quantity.high != Some(0)
}

/// "More than 10,000 people in two decades", "since then": the toll of a war, not of a happening.
pub(super) fn is_of_a_war(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let words = syntax.words_of(harm_sentence(reading, index));
    let span = syntax.span(words.start).to(syntax.span(words.end - 1));
    // A month or a year, or years of time: the figure is of more than a happening.
    let coarse = |value: &str| {
        matches!(value.len(), 4 | 7) && value.chars().all(|c| c.is_ascii_digit() || c == '-')
            || value.starts_with('P') && (value.ends_with('Y') || value.ends_with("DE"))
    };
    let long = reading.times.iter().any(|time| span.contains(time.span) && coarse(&time.value));
    let then = words
        .clone()
        .any(|word| syntax.lemma(word) == "since" && word + 1 < words.end && syntax.lemma(word + 1) == "then");
    // "The first deadly clash in 45 years" is one happening.
    let first = words.clone().any(|word| {
        let form = syntax.form(word).to_lowercase();
        matches!(form.as_str(), "worst" | "first" | "biggest" | "largest")
            || form.ends_with("liest")
            || form.ends_with("dest")
    });
    long && !first || then || words.into_iter().any(|word| syntax.lemma(word) == "decade")
}

/// "Two of them", "seven of the dead": a part of a figure told before.
pub(super) fn is_of_them(reading: &Reading<'_>, index: usize) -> bool {
    let text = &reading.document.text;
    let end = reading.harms[index].number.end();
    let rest = text[end..].trim_start();
    let near: String = rest.chars().take(48).collect();
    let part = ["of them", "of whom", "of the ", "of those", "of these"].iter().any(|part| rest.starts_with(part));
    // "Nearly 70 had been killed or hurt" counts two things at once.
    part || ["among the ", "killed or", "dead or", "dead and injured", "killed and injured"]
        .iter()
        .any(|part| near.contains(part))
}

/// "Two died of their injuries": a part of those who were hurt.
fn is_of_the_hurt(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let mention = &reading.harms[index].mention;
    let clause = syntax.clause(mention.victims.and_then(|span| syntax.head_of(span)).unwrap_or(mention.word));
    let wounds = |head: u32| matches!(syntax.lemma(head), "injury" | "wound" | "burn");
    syntax.lemma(clause) == "die"
        && syntax
            .obliques(clause)
            .iter()
            .any(|found| matches!(found.preposition.as_str(), "of" | "from") && wounds(found.head))
}

/// "In another raid", "a separate strike": a deed of its own.
pub(super) fn is_of_another_deed(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let mut words = syntax.words_of(harm_sentence(reading, index));
    words.any(|word| {
        matches!(syntax.lemma(word), "another" | "separate" | "second")
            && syntax.head(word).is_some_and(|head| {
                matches!(
                    syntax.lemma(head),
                    "attack"
                        | "raid"
                        | "strike"
                        | "airstrike"
                        | "incident"
                        | "clash"
                        | "ambush"
                        | "blast"
                        | "explosion"
                        | "bombing"
                        | "shelling"
                        | "drone"
                        | "shooting"
                        | "village"
                        | "town"
                )
            })
    })
}

pub(super) fn harm_sentence(reading: &Reading<'_>, index: usize) -> u32 {
    let syntax = reading.syntax();
    syntax.words_in(reading.harms[index].number).next().map_or(0, |word| syntax.sentence(word))
}

/// Whose dead they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Victims {
    Anybody,
    Forces,
    Rebels,
    Civilians,
}

pub(super) fn victims(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> Victims {
    const FORCES: &[&str] = &[
        "soldier",
        "troop",
        "trooper",
        "policeman",
        "officer",
        "recruit",
        "serviceman",
        "mercenary",
        "marine",
        "guard",
        "police",
        "sailor",
        "peacekeeper",
        "airman",
        "brigadier",
        "colonel",
        "commando",
        "conscript",
        "corporal",
        "gendarme",
        "general",
        "gunner",
        "infantryman",
        "legionnaire",
        "lieutenant",
        "paratrooper",
        "pilot",
        "ranger",
        "rifleman",
        "sergeant",
        "servicewoman",
        "constable",
    ];
    const REBELS: &[&str] = &[
        "rebel",
        "militant",
        "fighter",
        "insurgent",
        "gunman",
        "terrorist",
        "jihadist",
        "attacker",
        "guerrilla",
        "bandit",
        "extremist",
        "militiaman",
        "separatist",
    ];
    let syntax = reading.syntax();
    let Some(span) = reading.harms[index].mention.victims else { return Victims::Anybody };
    // "23 dead federal soldiers": the noun stands behind the words that were taken.
    let counted =
        syntax.head_of(span).filter(|&head| syntax.deprel(head) == Deprel::Nummod).and_then(|head| syntax.head(head));
    let losses = toll_words(reading, index);
    let has = |listed: &[&str]| {
        let words = syntax.words_in(span).chain(counted).chain(losses.iter().copied());
        words.into_iter().any(|word| listed.contains(&syntax.lemma(word)))
    };
    if losses.iter().any(|&word| matches!(syntax.lemma(word), "army" | "military" | "police" | "government" | "troop"))
    {
        return Victims::Forces;
    }
    if has(&["civilian", "child", "woman", "girl", "boy", "infant", "baby"]) {
        return Victims::Civilians;
    }
    if has(FORCES) {
        return Victims::Forces;
    }
    if has(REBELS) {
        return Victims::Rebels;
    }
    if reading.harms[index].mention.civilian == Some(false) && !has(&["man", "member", "officer", "personnel"]) {
        return Victims::Rebels;
    }
    // "Eight of its members": those of whoever says so.
    match owner(reading, all, index).first() {
        Some(Side::Armed { .. } | Side::Breakaway(_)) => return Victims::Rebels,
        Some(Side::State(_)) => return Victims::Forces,
        // "Eight of its men", says a body of which nothing is known.
        Some(Side::People { .. }) if has(&["nobody", "none", "man", "fighter", "member"]) => return Victims::Rebels,
        Some(Side::Named(_)) if has(&["man", "fighter", "member", "comrade"]) => return Victims::Rebels,
        _ => {}
    }
    let head = syntax.head_of(span);
    if let Some(before) = answered_figure(reading, index) {
        return victims(reading, all, before);
    }
    // "40 men of the security forces".
    let serve = |head: u32| {
        syntax.obliques(head).iter().any(|found| found.preposition == "of" && BODY.contains(&syntax.lemma(found.head)))
    };
    // "Five bodies in uniform", wherever the parser hangs it.
    let in_uniform = |head: u32| {
        let behind = syntax.words_of(syntax.sentence(head)).filter(|word| (head + 1..head + 4).contains(word));
        behind.into_iter().any(|word| syntax.lemma(word) == "uniform" && syntax.preposition(word) == "in")
    };
    if head.is_some_and(|head| serve(head) || in_uniform(head)) {
        return Victims::Forces;
    }
    // "15 members of the cartel".
    let of =
        |head: u32| syntax.obliques(head).into_iter().find(|found| found.preposition == "of").map(|found| found.head);
    let head = head.filter(|&head| !matches!(syntax.lemma(head), "member" | "man")).or_else(|| head.and_then(of));
    if head.is_none_or(|head| ANYBODY.contains(&syntax.lemma(head))) {
        return Victims::Anybody;
    }
    let sectors = head
        .and_then(|head| reading.actors.at(head))
        .map(|actor| reading.actors.all[actor].sectors.clone())
        .unwrap_or_default();
    let any = |listed: &[&str]| sectors.iter().any(|sector| listed.contains(&sector.as_str()));
    if any(&["REB", "PRM", "UAF", "CRM"]) {
        Victims::Rebels
    } else if any(&["MIL", "COP", "SPY"]) {
        Victims::Forces
    } else {
        // Villagers, patients, worshippers: whoever was there.
        Victims::Anybody
    }
}

/// "The police gave five", "another put it at 24": the figure before, of the same people, when the words tell none.
fn answered_figure(reading: &Reading<'_>, index: usize) -> Option<usize> {
    let syntax = reading.syntax();
    let harm = &reading.harms[index];
    let span = harm.mention.victims?;
    let noun = syntax.head_of(span).is_some_and(|head| syntax.deprel(head) == Deprel::Nummod);
    if span != harm.number || noun || !toll_words(reading, index).is_empty() {
        return None;
    }
    let apart = |other: usize| harm_sentence(reading, index).saturating_sub(harm_sentence(reading, other));
    let same =
        |other: &usize| reading.harms[*other].mention.kind == harm.mention.kind && (1..=2).contains(&apart(*other));
    (0..index).filter(same).min_by_key(|&other| apart(other))
}

/// Armed bodies of a state.
const BODY: &[&str] = &["force", "army", "police", "brigade", "guard", "navy", "battalion", "regiment"];

const ANYBODY: &[&str] = &[
    "people", "person", "other", "more", "dead", "body", "death", "casualty", "victim", "man", "patient", "number",
    "toll",
];

/// Nouns whose number a toll is.
const TOLL: &[&str] = &["loss", "dead", "death", "toll", "casualty", "fatality", "number", "wounded"];

/// Words at the noun whose number a toll is: "put rebel losses at 60", "gave his dead as 11".
fn toll_words(reading: &Reading<'_>, index: usize) -> Vec<u32> {
    let syntax = reading.syntax();
    let mention = &reading.harms[index].mention;
    let clause = syntax.clause(mention.word);
    if !mention.is_total && !matches!(syntax.lemma(clause), "put" | "give" | "place" | "set") {
        return Vec::new();
    }
    let first = syntax.words_of(harm_sentence(reading, index)).start;
    let toll = (first..mention.word).rev().take(7).find(|&word| TOLL.contains(&syntax.lemma(word)));
    toll.map(|toll| syntax.phrase_words(toll).into_iter().filter(|&word| word < mention.word).collect())
        .unwrap_or_default()
}

/// The sides of the speaker where the victims are his own: "seven of its soldiers".
fn owner(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> Vec<Side> {
    let harm = &reading.harms[index];
    harm.claim.filter(|_| is_owned(reading, index)).map(|claim| all[claim].own.clone()).unwrap_or_default()
}

/// "Seven of its soldiers", "it had lost two men", "none of its fighters": the teller's own.
pub(super) fn is_owned(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let harm = &reading.harms[index];
    let form = |word: u32| syntax.form(word).to_lowercase();
    let our = |word: u32| matches!(form(word).as_str(), "its" | "our" | "their" | "his");
    // "Put its dead at 127", whatever the parser hangs on what.
    let clause = syntax.clause(harm.mention.word);
    let first = syntax.words_of(harm_sentence(reading, index)).start;
    let its_toll = matches!(syntax.lemma(clause), "put" | "give" | "place" | "set" | "number")
        && (first + 1..harm.mention.word).rev().take(7).any(|word| TOLL.contains(&syntax.lemma(word)) && our(word - 1));
    if its_toll {
        return true;
    }
    let Some(victims) = harm.mention.victims else { return false };
    let Some(head) = syntax.head_of(victims) else { return false };
    let behind = syntax
        .obliques(head)
        .iter()
        .any(|found| found.preposition == "of" && syntax.dependents(found.head).iter().any(|&child| our(child)));
    let source = harm.claim.map(|claim| reading.claims[claim].source.as_slice()).unwrap_or_default();
    let teller = |word: u32| {
        matches!(form(word).as_str(), "it" | "we" | "they" | "he")
            || BODIES.contains(&syntax.lemma(word))
            || syntax.dependents(word).iter().any(|&child| our(child))
            || source.iter().any(|span| span.contains(syntax.span(word)))
    };
    let clause = syntax.clause(head);
    let lost = matches!(syntax.lemma(clause), "lose" | "bury") && syntax.agent(clause).is_some_and(teller);
    let toll = toll_words(reading, index).into_iter().any(our);
    // "Admitted the loss of two men": nobody admits the losses of others.
    let cue = harm.claim.map(|claim| syntax.lemma(reading.claims[claim].cue_word));
    let admits = cue.is_some_and(|cue| matches!(cue, "admit" | "acknowledge" | "concede" | "announce" | "confirm"));
    let admitted = admits
        && syntax.preposition(head) == "of"
        && syntax.head(head).is_some_and(|noun| {
            syntax.lemma(noun) == "loss"
                && !syntax.dependents(noun).iter().any(|&child| syntax.deprel(child) == Deprel::NmodPoss)
        });
    // "Reported 50 deaths on its side", "in its ranks".
    let aside = [head, clause].into_iter().flat_map(|over| syntax.obliques(over)).any(|found| {
        matches!(found.preposition.as_str(), "on" | "in" | "among" | "from")
            && matches!(syntax.lemma(found.head), "side" | "rank" | "ranks" | "force" | "troop" | "army" | "unit")
            && syntax.dependents(found.head).iter().any(|&child| our(child))
    });
    lost || behind || toll || admitted || aside || syntax.words_in(victims).any(our)
}

/// Words by which an armed body speaks of itself.
const BODIES: &[&str] = &["group", "side", "movement", "force", "unit", "militia"];

/// Names of the side whose dead they are: "15 members of the Mayiza", "its men".
fn camp(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> Vec<String> {
    let syntax = reading.syntax();
    let harm = &reading.harms[index];
    let Some(span) = harm.mention.victims else { return Vec::new() };
    if is_owned(reading, index) {
        return harm.claim.map(|claim| all[claim].names.clone()).unwrap_or_default();
    }
    if let Some(before) = answered_figure(reading, index) {
        return camp(reading, all, before);
    }
    let words: Vec<u32> = match syntax.head_of(span) {
        Some(head) => syntax.phrase_words(head),
        None => syntax.words_in(span).collect(),
    };
    banner::banner(reading, syntax, &words)
}

/// Whether each teller counts the dead of his own side, or they bear the names of two sides.
pub(super) fn of_two_camps(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let owned = |index: usize| is_owned(reading, index);
    let own = |index: usize| reading.harms[index].claim.map(|claim| all[claim].own.as_slice()).unwrap_or_default();
    let (one, other) = (camp(reading, all, a), camp(reading, all, b));
    let named = !one.is_empty() && !other.is_empty() && !banner::share(&one, &other);
    named || owned(a) && owned(b) && !meet(own(a), own(b))
}

/// "88 have been killed", "45 fighters and 43 soldiers had been killed": the parts of one telling are together the whole of the other.
pub(super) fn adds_up(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let sums = |part: usize, whole: usize| {
        let told = &reading.harms[part];
        let beside = reading.harms.iter().enumerate().filter(|(index, harm)| {
            harm.claim == told.claim
                && harm.mention.kind == told.mention.kind
                && harm.mention.part_of.is_none()
                && harm_sentence(reading, *index) == harm_sentence(reading, part)
        });
        let parts: Vec<Option<u64>> = beside.map(|(_, harm)| harm.mention.quantity.low).collect();
        let sum: Option<u64> = parts.iter().copied().sum();
        parts.len() > 1 && sum.is_some() && sum == reading.harms[whole].mention.quantity.low
    };
    sums(a, b) || sums(b, a)
}

/// Where several figures of one claim add up ("eight recruits and two civilians") the later ones stand for a part.
pub(super) fn is_rest(reading: &Reading<'_>, index: usize) -> bool {
    let harm = &reading.harms[index];
    reading.harms[..index].iter().any(|earlier| {
        earlier.claim == harm.claim && earlier.mention.kind == harm.mention.kind && earlier.mention.part_of.is_none()
    })
}

/// Figures are about the same people unless their words say otherwise: another side, soldiers against civilians.
pub(super) fn same_victims(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let apart = harm_sentence(reading, a).abs_diff(harm_sentence(reading, b));
    let rest = is_rest(reading, a) || is_rest(reading, b);
    let alike = match (victims(reading, all, a), victims(reading, all, b)) {
        (one, other) if one == other => !rest || one != Victims::Anybody,
        // "Killed 12 gunmen", says the army; "four bodies", the neighbours right behind it.
        (Victims::Rebels, Victims::Anybody) | (Victims::Anybody, Victims::Rebels) => apart == 1 && !rest,
        (Victims::Anybody, _) | (_, Victims::Anybody) => apart <= NEAR && !rest,
        _ => false,
    };
    let other_deed = apart > 0
        && is_of_another_deed(reading, if harm_sentence(reading, a) > harm_sentence(reading, b) { a } else { b });
    alike
        && !other_deed
        && !of_two_camps(reading, all, a, b)
        && same_country(reading, all, a, b)
        && !elsewhere(reading, a, b)
        && !on_other_days(reading, a, b)
}

/// "On Saturday five were killed", "eight died on Sunday": two happenings.
pub(super) fn on_other_days(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let syntax = reading.syntax();
    let days = |index: usize| -> Vec<&str> {
        let sentence = harm_sentence(reading, index);
        let cue = reading.harms[index].claim.map(|claim| reading.claims[claim].cue_word);
        let inside = reading.times.iter().filter(|time| {
            let head = syntax.head_of(time.span);
            head.is_some_and(|head| syntax.sentence(head) == sentence && Some(syntax.clause(head)) != cue)
        });
        inside
            .filter_map(|time| time.start.as_deref().filter(|start| start.len() >= 10))
            .map(|start| &start[..10])
            .collect()
    };
    let (one, other) = (days(a), days(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|day| other.contains(day))
}

/// The state whose people a figure counts, where words tell it: "Azerbaijani soldiers", "the Azerbaijani losses", "its men"; "four injured" behind
/// "two Azerbaijani soldiers were killed and" are of them too.
pub(super) fn land(reading: &Reading<'_>, all: &[Proposition<'_>], index: usize) -> Option<String> {
    let syntax = reading.syntax();
    if let Some(Side::State(country)) = owner(reading, all, index).into_iter().next() {
        return Some(country);
    }
    let harm = &reading.harms[index];
    let span = harm.mention.victims?;
    let mut words = syntax.words_in(span).chain(toll_words(reading, index));
    let told = words.find_map(|word| Country::by_adjective(syntax.form(word)));
    let by_actor = || {
        let row = &reading.actors.all[reading.actors.at(syntax.head_of(span)?)?];
        (row.basis != "context").then(|| row.country.clone()).flatten()
    };
    // A number alone, or "others", goes on about the people of the figure before it in its sentence.
    let bare = syntax.words_in(span).all(|word| {
        matches!(syntax.upos(word), Upos::Num | Upos::Adp | Upos::Adv | Upos::Det)
            || matches!(syntax.lemma(word), "other" | "more" | "another" | "injured" | "wounded" | "dead")
    });
    let before = || {
        let near = |&other: &usize| {
            reading.harms[other].claim == harm.claim && harm_sentence(reading, other) == harm_sentence(reading, index)
        };
        (0..index).rev().find(near).filter(|_| bare).and_then(|other| land(reading, all, other))
    };
    told.map(|country| country.iso3.to_owned()).or_else(by_actor).or_else(before)
}

/// "On both sides", "from the two countries": the dead of all who fought. Who only accuses each other counts the dead of both, too.
pub(super) fn is_of_both(reading: &Reading<'_>, index: usize) -> bool {
    let syntax = reading.syntax();
    let harm = &reading.harms[index];
    let of_both = syntax.words_of(harm_sentence(reading, index)).any(|word| {
        matches!(syntax.lemma(word), "side" | "country" | "camp" | "army" | "force" | "party")
            && matches!(syntax.preposition(word).as_str(), "on" | "from" | "of" | "among")
            && syntax.dependents(word).iter().any(|&child| matches!(syntax.lemma(child), "both" | "two"))
    });
    let claim = harm.claim.map(|claim| &reading.claims[claim]);
    let mutual =
        claim.and_then(|claim| claim.claimant).is_some_and(|teller| reading.actors.all[teller].members.len() > 1);
    of_both || mutual
}

/// Whether the first figure counts the dead of all and the second those of one side.
fn is_whole_of(reading: &Reading<'_>, all: &[Proposition<'_>], whole: usize, part: usize) -> bool {
    let one_side = land(reading, all, part).is_some() || is_owned(reading, part);
    let all_told = is_of_both(reading, whole)
        || land(reading, all, whole).is_none()
            && !is_owned(reading, whole)
            && victims(reading, all, whole) != Victims::Civilians;
    (is_of_both(reading, whole) || one_side) && all_told && !is_of_both(reading, part)
}

/// Soldiers of two states are not of one count.
pub(super) fn same_country(reading: &Reading<'_>, all: &[Proposition<'_>], a: usize, b: usize) -> bool {
    let syntax = reading.syntax();
    let country = |index: usize| land(reading, all, index);
    if let (Some(one), Some(other)) = (country(a), country(b)) {
        return one == other;
    }
    // "Israel put its dead at 127" beside "4,000 people were killed in Lebanon": whoever died in another land is not of its own.
    let told_abroad = |own: usize, other: usize| {
        let Some(Side::State(home)) = owner(reading, all, own).into_iter().next() else { return false };
        let anybody = matches!(victims(reading, all, other), Victims::Anybody | Victims::Civilians);
        let words = syntax.words_of(harm_sentence(reading, other));
        let span = syntax.span(words.start).to(syntax.span(words.end - 1));
        let mut lands = reading.places.iter().filter(|place| {
            let head = syntax.head_of(place.span).filter(|_| span.contains(place.span));
            head.is_some_and(|head| syntax.preposition(head) == "in")
        });
        let abroad = |place: &counterclaim_claims::Place| place.country.as_deref().is_some_and(|land| land != home);
        anybody && lands.clone().next().is_some() && lands.all(abroad)
    };
    !told_abroad(a, b) && !told_abroad(b, a)
}

/// Whether the sentences of two figures name different towns, or places of different countries.
pub(super) fn elsewhere(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let syntax = reading.syntax();
    // Bodies are counted where they were brought.
    if is_seen(reading, a) || is_seen(reading, b) {
        return false;
    }
    let places = |index: usize| -> Vec<&counterclaim_claims::Place> {
        let words = syntax.words_of(harm_sentence(reading, index));
        let span = syntax.span(words.start).to(syntax.span(words.end - 1));
        reading.places.iter().filter(|place| span.contains(place.span) && !place.is_country()).collect()
    };
    let towns = |index: usize| -> Vec<&str> {
        let claim = reading.harms[index].claim.map(|claim| &reading.claims[claim]);
        let of_teller = |span| claim.is_some_and(|claim| claim.source.iter().any(|source| source.contains(span)));
        let inside = places(index).into_iter().filter(|place| !of_teller(place.span));
        inside.map(|place| place.span.of(&reading.document.text)).collect()
    };
    let countries = |index: usize| -> Vec<&str> {
        places(index).into_iter().filter_map(|place| place.country.as_deref()).collect()
    };
    let apart = |one: Vec<&str>, other: Vec<&str>| {
        !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
    };
    apart(towns(a), towns(b)) || apart(countries(a), countries(b))
}
