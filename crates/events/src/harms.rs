//! Harms of the ledger: the event that caused each, its scope, and which of them tell of the same people again.

use crate::event::Event;
use crate::harm_scope;
use crate::ledger::{Writer, id};
use crate::roles;
use crate::site::{self, Deed};

use crate::status;
use counterclaim_claims::quantity::quantities;
use counterclaim_claims::{Harm, Reading};
use counterclaim_knowledge::people;
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::MentionKind;
use counterclaim_schema::ledger::{DamageRow, HarmBasis, HarmRow, Scope};
use counterclaim_text::Word;
use std::collections::BTreeSet;

/// What events and context say of a harm.
#[derive(Debug, Clone)]
pub struct ToldHarm {
    /// The event that caused it.
    pub event: Option<usize>,
    /// Whether it is the news.
    pub scope: Scope,
    /// An earlier harm of the same people.
    pub same_as: Option<usize>,
    /// The harm whose figure counts these people too.
    pub part_of: Option<usize>,
}

/// Figures first, then people told of without one; the order of the ledger.
pub fn all<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Harm> {
    reading.harms.iter().chain(&reading.victims)
}

/// Reads event, scope and retelling of every harm.
pub fn told(reading: &Reading<'_>, events: &[Event]) -> Vec<ToldHarm> {
    let same = retold(reading);
    let wholes = itemized(reading, &same);
    all(reading)
        .zip(same)
        .zip(wholes)
        .map(|((harm, same_as), part_of)| {
            let event = event_of(reading, harm, events);
            let scope = if harm_scope::is_history(reading, harm) {
                Scope::Background
            } else if harm_scope::is_of_these_days(reading, harm) || harm_scope::opens_report(reading, harm) {
                Scope::Current
            } else {
                event.map_or_else(|| scope_at(reading, harm), |event| events[event].scope)
            };
            ToldHarm { event, scope, same_as, part_of }
        })
        .collect()
}

/// The scope read at the figure itself.
fn scope_at(reading: &Reading<'_>, harm: &Harm) -> Scope {
    let syntax = reading.syntax();
    let Some(word) = syntax.head_of(harm.number) else { return Scope::Current };
    let victims = harm.mention.victims.and_then(|span| syntax.head_of(span)).and_then(|head| reading.actors.at(head));
    // Foreigners are harmed in the story's own conflict; soldiers of other countries in another one.
    let fights = harm.mention.civilian == Some(false);
    let told = victims.filter(|&actor| fights && reading.actors.all[actor].basis != "context");
    let countries = told.map(|actor| reading.actors.countries_of(actor)).unwrap_or_default();
    status::scope(reading, word, &countries, true).0
}

/// The event that caused a harm: the nearest deed of violence in its sentence and claim.
fn event_of(reading: &Reading<'_>, harm: &Harm, events: &[Event]) -> Option<usize> {
    let word = reading.syntax().words_in(harm.number).next()?;
    nearest(reading, word, harm.claim, events)
}

fn nearest(reading: &Reading<'_>, word: u32, claim: Option<usize>, events: &[Event]) -> Option<usize> {
    let syntax = reading.syntax();
    let sentence = syntax.sentence(word);
    events
        .iter()
        .enumerate()
        .filter(|(_, event)| {
            syntax.sentence(event.word) == sentence && event.event_type == "ASSAULT" && event.claim == claim
        })
        .min_by_key(|(_, event)| event.word.abs_diff(word))
        .map(|(index, _)| index)
}

/// The rows of things destroyed, damaged or seized.
pub fn damage_rows(writer: &Writer<'_>, events: &[Event]) -> Vec<DamageRow> {
    let reading = writer.reading;
    let rows = reading.damages.iter().enumerate();
    rows.map(|(index, damage)| {
        let mention = &damage.mention;
        let event = nearest(reading, mention.word, damage.claim, events);
        DamageRow {
            id: id('d', index),
            effect: mention.effect,
            class: mention.class.to_owned(),
            low: mention.low,
            high: mention.high,
            number: mention.number.map(|span| writer.span(span)),
            things: writer.span(mention.things),
            scope: event.map_or_else(|| status::scope(reading, mention.word, &[], true).0, |event| events[event].scope),
            claims: damage.claim.into_iter().map(|claim| id('c', claim)).collect(),
            event: event.map(|event| id('e', event)),
        }
    })
    .collect()
}

/// Lemma of the noun that names the victims.
fn head_noun<'r>(reading: &'r Reading<'_>, harm: &Harm) -> Option<&'r str> {
    let syntax = reading.syntax();
    let last = syntax.words_in(harm.mention.victims?).last()?;
    let head =
        if people::person(syntax.lemma(last)).is_some() { last } else { syntax.head_of(harm.mention.victims?)? };
    Some(syntax.lemma(head))
}

/// "a 70-year-old woman", "two brothers, aged nine and 12": ages among the words of the victims and right behind them.
fn ages(reading: &Reading<'_>, harm: &Harm) -> Vec<u32> {
    let syntax = reading.syntax();
    let Some(victims) = harm.mention.victims else { return Vec::new() };
    let words = syntax.words_in(victims);
    let Some(last) = words.end.checked_sub(1) else { return Vec::new() };
    let limit = syntax.words_of(syntax.sentence(last)).end.min(words.end + 6);
    let all: Vec<Word> = (words.start..limit).map(|word| Word { span: syntax.span(word) }).collect();
    let form = |at: usize| all.get(at).map_or(String::new(), |word| word.span.of(syntax.text).to_lowercase());
    let inside = words.len();
    let mut aged = false;
    let mut found = Vec::new();
    for quantity in quantities(syntax.text, &all) {
        let years = form(quantity.end) == "-" && form(quantity.end + 1).starts_with("year") && quantity.first < inside;
        aged |= quantity.first > 0 && form(quantity.first - 1) == "aged";
        let joined = aged && matches!(form(quantity.first.saturating_sub(1)).as_str(), "aged" | "and" | "to" | ",");
        if let Some(age) = quantity.low.filter(|&age| age < 120 && (years || joined)) {
            found.push(age as u32);
        }
    }
    found
}

/// The row of a harm.
pub fn row(writer: &Writer<'_>, index: usize, harm: &Harm, told: &ToldHarm, events: &[Event]) -> HarmRow {
    let caused = told.event.map(|event| &events[event]);
    let perpetrator = caused
        .filter(|event| !event.mutual)
        .and_then(|event| event.roles.actors.first())
        .filter(|part| part.basis != "report")
        .map(|part| id('a', part.actor));
    let person = head_noun(writer.reading, harm).and_then(people::person);
    // "Two soldiers were killed in Helmand on Friday": where no deed tells it, the clause of the figure does.
    let syntax = writer.reading.syntax();
    let clause = syntax.head_of(harm.number).map(|word| syntax.clause(word));
    let place = || clause.and_then(|clause| site::place(writer.reading, syntax, Deed { word: clause, event_type: "" }));
    let time = || clause.and_then(|clause| roles::time(writer.reading, syntax, clause));
    HarmRow {
        sex: person.and_then(|person| person.sex).map(str::to_owned),
        is_minor: person.is_some_and(|person| person.is_minor),
        ages: ages(writer.reading, harm),
        id: id('h', index),
        kind: harm.mention.kind,
        low: harm.mention.quantity.low,
        high: harm.mention.quantity.high,
        number: writer.span(harm.number),
        victims: harm.mention.victims.map(|span| writer.span(span)),
        civilian: harm.mention.civilian,
        perpetrator,
        place: caused.and_then(|event| event.roles.place).or_else(place).map(|place| writer.place_id(place)),
        time: caused.and_then(|event| event.roles.time).or_else(time).map(|time| id('t', time)),
        scope: told.scope,
        claims: tellers(writer.reading, harm.claim).into_iter().map(|claim| id('c', claim)).collect(),
        event: told.event.map(|event| id('e', event)),
        part_of: told.part_of.map(|whole| id('h', whole)),
        is_total: harm.mention.is_total,
        basis: harm.mention.basis,
        same_as: told.same_as.map(|other| id('h', other)),
    }
}

/// The innermost claim that tells a harm, and those around it in which the same speaker tells it: "she said she had counted nine bodies".
fn tellers(reading: &Reading<'_>, innermost: Option<usize>) -> Vec<usize> {
    let mut told: Vec<usize> = innermost.into_iter().collect();
    let mut at = innermost;
    while let Some(outer) = at.and_then(|claim| reading.claims[claim].via) {
        let inner = &reading.claims[at.unwrap_or(outer)];
        let source = inner.source.first().map_or(String::new(), |span| span.of(reading.syntax().text).to_lowercase());
        let same = inner.claimant.is_some() && inner.claimant == reading.claims[outer].claimant
            || matches!(source.as_str(), "i" | "we" | "he" | "she" | "it" | "they" | "");
        if !same || told.contains(&outer) {
            break;
        }
        told.push(outer);
        at = Some(outer);
    }
    told
}

/// The people of a harm, as far as words tell who they are.
struct People {
    names: Vec<BTreeSet<String>>,
    nouns: BTreeSet<String>,
    head: String,
    is_definite: bool,
    /// "his wife": somebody's.
    is_owned: bool,
}

/// Nouns that tell of anybody.
fn is_general(noun: &str) -> bool {
    matches!(
        noun,
        "people"
            | "person"
            | "victim"
            | "other"
            | "individual"
            | "man"
            | "body"
            | "civilian"
            | "member"
            | "dead"
            | "killed"
            | "wounded"
            | "injured"
            | "death"
            | "casualty"
            | "corpse"
            | "more"
            | ""
    )
}

fn people_of(reading: &Reading<'_>, harm: &Harm) -> People {
    let syntax = reading.syntax();
    let phrase = harm.mention.victims.unwrap_or(harm.number);
    let words = syntax.words_in(phrase);
    let head = syntax.head_of(phrase);
    let apposed = head.into_iter().flat_map(|head| {
        syntax.dependents(head).iter().copied().filter(|&child| syntax.deprel(child) == Deprel::Appos)
    });
    let names_in = |words: &[u32]| -> Vec<BTreeSet<String>> {
        let persons = syntax.analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person);
        persons
            .filter(|mention| words.iter().any(|&word| mention.span.contains(syntax.span(word))))
            .map(|mention| {
                let text = mention.span.of(syntax.text).to_lowercase();
                text.split_whitespace().filter(|word| word.len() > 2).map(str::to_owned).collect()
            })
            .filter(|name: &BTreeSet<String>| !name.is_empty())
            .collect()
    };
    let named: Vec<u32> = words.clone().chain(apposed.flat_map(|child| syntax.phrase_words(child))).collect();
    let mut names = names_in(&named);
    if names.is_empty() {
        // "another reporter, A. Name": the name right behind belongs to the phrase.
        let behind = syntax.analysis.mentions.iter().find(|mention| {
            mention.kind == MentionKind::Person && mention.span.start >= phrase.end && {
                let between = &syntax.text[phrase.end()..mention.span.start()];
                between.len() < 4 && between.trim_matches([',', ' ', '\n', '[']).is_empty()
            }
        });
        names = behind.map_or_else(Vec::new, |mention| names_in(&syntax.words_in(mention.span).collect::<Vec<_>>()));
    }
    let nouns = named
        .iter()
        .filter(|&&word| matches!(syntax.upos(word), Upos::Noun | Upos::Propn | Upos::Adj))
        .map(|&word| syntax.lemma(word).to_owned())
        .collect();
    let is_definite = words
        .clone()
        .next()
        .is_some_and(|word| !matches!(syntax.lemma(word), "a" | "an" | "another" | "one" | "other"));
    let is_owned = words
        .clone()
        .next()
        .is_some_and(|word| matches!(syntax.lemma(word), "his" | "her" | "their" | "its" | "another"));
    let head = head.map_or(String::new(), |head| syntax.lemma(head).to_owned());
    People { names, nouns, head, is_definite, is_owned }
}

/// For every harm an earlier one that tells of the same people.
fn retold(reading: &Reading<'_>) -> Vec<Option<usize>> {
    let harms: Vec<&Harm> = all(reading).collect();
    let people: Vec<People> = harms.iter().map(|harm| people_of(reading, harm)).collect();
    let mut order: Vec<usize> = (0..harms.len()).collect();
    order.sort_by_key(|&index| harms[index].number);
    let mut same = vec![None; harms.len()];
    for (at, &later) in order.iter().enumerate() {
        let earlier = order[..at].iter().copied().find(|&earlier| {
            same[earlier].is_none()
                && harms[earlier].mention.kind == harms[later].mention.kind
                && is_same(harms[earlier], &people[earlier], harms[later], &people[later])
        });
        same[later] = earlier
            .or_else(|| only_one_meant(reading, &harms, &people, &order[..at], &same, later))
            .or_else(|| pair_meant(reading, &harms, &order[..at], &same, later));
    }
    same
}

/// For every harm the one whose figure counts its people: read from the words, or where those told of next add up to it, as in "three
/// attacks left two dead. At the port a guard was killed ... in the market a vendor died". A pair is easily met by chance, so its parts are
/// people told of one by one, or stand in the sentence of the figure.
fn itemized(reading: &Reading<'_>, same: &[Option<usize>]) -> Vec<Option<usize>> {
    let harms: Vec<&Harm> = all(reading).collect();
    let mut wholes: Vec<Option<usize>> =
        harms.iter().enumerate().map(|(index, harm)| harm.mention.part_of.filter(|&whole| whole != index)).collect();
    let exact = |index: usize| {
        let quantity = harms[index].mention.quantity;
        quantity.low.filter(|_| quantity.low == quantity.high)
    };
    let syntax = reading.syntax();
    let mut order: Vec<usize> = (0..harms.len()).filter(|&index| same[index].is_none()).collect();
    order.sort_by_key(|&index| harms[index].number);
    for (at, &whole) in order.iter().enumerate() {
        let told = &harms[whole].mention;
        let Some(total) = exact(whole).filter(|&total| total > 1 && told.basis == HarmBasis::Stated) else { continue };
        if wholes[whole].is_some() || wholes.contains(&Some(whole)) {
            continue;
        }
        let (mut sum, mut parts) = (0, Vec::new());
        for &part in order[at + 1..].iter().filter(|&&part| harms[part].mention.kind == told.kind) {
            let sides = (harms[part].mention.civilian, told.civilian);
            let apart = wholes[part].is_some() || matches!(sides, (Some(left), Some(right)) if left != right);
            let Some(counted) = exact(part).filter(|_| !apart) else { break };
            sum += counted;
            parts.push(part);
            if sum >= total {
                break;
            }
        }
        let beside = |part: &usize| syntax.sentence(harms[*part].mention.word) == syntax.sentence(told.word);
        let one_by_one = |part: &usize| harms[*part].mention.basis == HarmBasis::Person;
        if sum == total && parts.len() > 1 && (total > 2 || parts.iter().all(|part| beside(part) || one_by_one(part))) {
            parts.into_iter().for_each(|part| wholes[part] = Some(whole));
        }
    }
    wholes
}

/// "The leader was shot": a definite description means the only one, or the only group, that was told of before.
fn only_one_meant(
    reading: &Reading<'_>,
    harms: &[&Harm],
    people: &[People],
    earlier: &[usize],
    same: &[Option<usize>],
    later: usize,
) -> Option<usize> {
    let syntax = reading.syntax();
    let told = &harms[later].mention;
    let first = syntax.words_in(told.victims.unwrap_or(told.number)).start;
    let the = matches!(syntax.lemma(first), "the" | "this" | "these" | "those");
    let one = told.quantity.high == Some(1);
    let attends = matches!(
        people[later].head.as_str(),
        "driver"
            | "chauffeur"
            | "bodyguard"
            | "guard"
            | "escort"
            | "pilot"
            | "wife"
            | "husband"
            | "son"
            | "daughter"
            | "child"
            | "mother"
            | "father"
            | "brother"
            | "sister"
            | "companion"
            | "secretary"
            | "crew"
            | "other"
    );
    if !the || attends || !people[later].names.is_empty() || told.basis == HarmBasis::Stated {
        return None;
    }
    let mut before = earlier.iter().copied().filter(|&index| {
        let other = &harms[index].mention;
        same[index].is_none()
            && other.kind == told.kind
            && (other.quantity.high == Some(1)) == one
            && other.quantity.high != Some(0)
    });
    let only = before.next().filter(|_| before.next().is_none())?;
    let sentence = |index: usize| syntax.sentence(harms[index].mention.word);
    (sentence(only) != sentence(later)).then_some(only)
}

/// "Both policemen died at once", "the two bodies were found": a pair, or a group by its number, that was told of before.
fn pair_meant(
    reading: &Reading<'_>,
    harms: &[&Harm],
    earlier: &[usize],
    same: &[Option<usize>],
    later: usize,
) -> Option<usize> {
    let syntax = reading.syntax();
    let told = &harms[later].mention;
    let number = syntax.words_in(told.number);
    let first = syntax.words_of(syntax.sentence(told.word)).start;
    let both = syntax.lemma(number.start) == "both";
    let the = number.start > first && matches!(syntax.lemma(number.start - 1), "the" | "these" | "those");
    let of = syntax.words_of(syntax.sentence(told.word)).end > number.end && syntax.lemma(number.end) == "of";
    if !(both || the && !of) || told.basis != HarmBasis::Stated {
        return None;
    }
    let last = earlier.iter().copied().rev().find(|&index| {
        let other = &harms[index].mention;
        same[index].is_none()
            && other.kind == told.kind
            && other.quantity.high != Some(0)
            && (other.quantity.low, other.quantity.high) == (told.quantity.low, told.quantity.high)
    })?;
    let sentence = |index: usize| syntax.sentence(harms[index].mention.word);
    (sentence(last) != sentence(later)).then_some(last)
}

/// "one of the traffickers" right beside the name of the man.
fn is_apposed(first: &Harm, second: &Harm) -> bool {
    let (a, b) = (first.mention.victims.unwrap_or(first.number), second.mention.victims.unwrap_or(second.number));
    b.start >= a.end && b.start - a.end <= 2 && first.mention.part_of.is_none() && second.mention.part_of.is_none()
}

fn is_same(first: &Harm, of_first: &People, second: &Harm, of_second: &People) -> bool {
    let (a, b) = (&first.mention, &second.mention);
    let interval = |harm: &Harm| (harm.mention.quantity.low, harm.mention.quantity.high);
    let one = (Some(1), Some(1));
    if interval(first) == one && interval(second) == one {
        let (named, again) = (!of_first.names.is_empty(), !of_second.names.is_empty());
        if named != again && !of_second.is_owned && is_apposed(first, second) {
            return true;
        }
        if named && again {
            return of_first
                .names
                .iter()
                .any(|left| of_second.names.iter().any(|right| left.is_subset(right) || right.is_subset(left)));
        }
        let anybody = is_general(&of_first.head) && is_general(&of_second.head) && !named && !again;
        let shared = anybody || of_first.nouns.contains(&of_second.head) || of_second.nouns.contains(&of_first.head);
        return shared && (anybody || of_second.is_definite || again || named);
    }
    if (interval(first) == one) != (interval(second) == one) {
        return false;
    }
    let nouns = of_first.head == of_second.head
        || of_first.nouns.contains(&of_second.head)
        || of_second.nouns.contains(&of_first.head)
        || is_general(&of_first.head)
        || is_general(&of_second.head);
    let vague = a.basis == HarmBasis::Plural || b.basis == HarmBasis::Plural;
    nouns && (interval(first) == interval(second) || vague)
}
