//! Figures that count people, and what looks like them.

use super::kind::state_follows;
use super::words::*;
use super::*;

/// Figures with what they count. An article before a person counts as one.
pub(super) fn figures(sentence: &Sentence<'_>) -> Vec<Figure> {
    let text = sentence.syntax.text;
    let mut all = quantities(text, &sentence.words);
    for at in 0..sentence.words.len() {
        // "the driver", "his wife" count as one only as the object of harm or joined to one.
        let owned = matches!(sentence.form(at), "the" | "his" | "her" | "its" | "their" | "my" | "our")
            && at > 0
            && at + 1 < sentence.words.len()
            && {
                let before = sentence.form(at - 1);
                let harmed = verb_of_harm(sentence.lemma(at - 1)).is_some_and(|(_, place)| place == Place::Patient)
                    && sentence.upos(at - 1) == Upos::Verb;
                let singular = sentence.upos(at + 1) == Upos::Noun
                    && sentence.form(at + 1) == sentence.lemma(at + 1)
                    && is_person(sentence.lemma(at + 1))
                    && sentence.lemma(at + 1) != "people";
                singular && (harmed || before == "and" && at > 1 && sentence.upos(at - 2) != Upos::Verb)
            };
        let article = (owned || matches!(sentence.form(at), "a" | "an" | "another"))
            // "an estimated 8,500 lives": the figure counts, not its article.
            && !all.iter().any(|quantity| {
                quantity.first <= at && at < quantity.end || quantity.first == at + 1 && quantity.low != Some(1) && sentence.form(quantity.end) != "-"
            })
            // "its crew of three"
            && !(owned && sentence.form(at + 2) == "of" && all.iter().any(|quantity| quantity.first == at + 3));
        let ordinal = matches!(
            sentence.form(at + 1),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
        ) && at + 2 < sentence.words.len()
            && !matches!(sentence.upos(at + 2), Upos::Noun | Upos::Adj | Upos::Propn);
        if article && !ordinal {
            all.push(Quantity {
                span: sentence.words[at].span,
                low: Some(1),
                high: Some(1),
                approximate: false,
                first: at,
                end: at + 1,
            });
        }
    }
    // "A third was taken alive", "the second died": one more of those told before.
    for at in 0..sentence.words.len().saturating_sub(2) {
        let ordinal = matches!(sentence.form(at), "a" | "the")
            && matches!(
                sentence.form(at + 1),
                "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
            )
            && (matches!(sentence.form(at + 2), "was" | "had" | "has" | "is" | "died" | "lost")
                || sentence.upos(at + 2) == Upos::Verb
                || sentence.form(at + 2) == "," && sentence.form(at) == "the");
        if ordinal && !all.iter().any(|quantity| quantity.first < at + 2 && at < quantity.end) {
            all.push(Quantity {
                span: sentence.words[at].span.to(sentence.words[at + 1].span),
                low: Some(1),
                high: Some(1),
                approximate: false,
                first: at,
                end: at + 2,
            });
        }
    }
    all.sort_by_key(|quantity| quantity.first);
    // "A family of six", "a battalion of 300 men": the number counts, not the article.
    let starts: Vec<usize> = all.iter().map(|quantity| quantity.first).collect();
    all.retain(|quantity| {
        let article = quantity.end == quantity.first + 1
            && matches!(sentence.form(quantity.first), "a" | "an" | "the" | "its" | "his");
        !(article
            && (quantity.end + 1..quantity.end + 5).any(|at| {
                sentence.form(at) == "of" && starts.contains(&(at + 1)) && sentence.upos(at - 1) == Upos::Noun
            })
            && !(quantity.end..quantity.end + 5)
                .take_while(|&at| sentence.form(at) != "of")
                .any(|at| matches!(sentence.upos(at), Upos::Verb | Upos::Adp | Upos::Punct)))
            || article && is_aged(sentence, quantity.end)
    });
    let mut found: Vec<Figure> = Vec::new();
    for quantity in all {
        // "seven of the 19 crew members": the figure inside the phrase tells of all, not of those harmed.
        let inside =
            found.last().is_some_and(|last| last.end > quantity.first && sentence.form(last.quantity.end) == "of");
        if let Some(figure) = figure(sentence, quantity).filter(|_| !inside) {
            found.push(figure);
        }
    }
    found
}

pub(super) fn figure(sentence: &Sentence<'_>, quantity: Quantity) -> Option<Figure> {
    let count = sentence.words.len();
    let mut end = quantity.end;
    let mut noun: Option<usize> = None;
    let article = matches!(
        sentence.form(quantity.first),
        "a" | "an" | "another" | "the" | "his" | "her" | "its" | "their" | "my" | "our"
    ) && quantity.end == quantity.first + 1;
    // "155-mm", "12-year-old": a hyphen right behind the figure makes it an adjective; the noun behind decides for an article only.
    let glued = sentence.form(quantity.end) == "-"
        && sentence
            .words
            .get(quantity.end)
            .is_some_and(|word| word.span.start == sentence.words[quantity.end - 1].span.end);
    if glued && !article {
        return None;
    }
    if matches!(
        sentence.form(end),
        "%" | "percent" | "per" | "°" | "km" | "kilometres" | "kilometers" | "miles" | "pm" | "am" | "gmt" | ":"
    ) || end > 0
        && quantity.first > 0
        && matches!(
            sentence.form(quantity.first - 1),
            "$" | "€" | "£" | "aged" | "age" | "no." | "number" | "section" | "article" | "page"
        )
    {
        return None;
    }
    if is_other_number(sentence, &quantity) {
        return None;
    }
    // A bare year or clock time is no figure.
    let bare = sentence.form(quantity.first);
    let year = quantity.first + 1 == quantity.end
        && bare.len() == 4
        && (bare.starts_with("19") || bare.starts_with("20"))
        && bare.chars().all(|character| character.is_ascii_digit());
    let of = sentence.form(end) == "of";
    let mut at = if of { end + 1 } else { end };
    if of && matches!(sentence.form(at), "the" | "its" | "their" | "his" | "her" | "our" | "them" | "those" | "these") {
        at += 1;
    }
    let first = at;
    // "Over the past 10 years many priests": the figure counts the years, not the people behind them.
    let of_time =
        matches!(sentence.form(first), "years" | "months" | "weeks" | "days" | "decades" | "hours" | "minutes");
    if of_time && !article && sentence.form(first + 1) != "old" && sentence.form(first + 1) != "-" {
        return None;
    }
    while at < count {
        let form = sentence.form(at);
        let upos = sentence.upos(at);
        // "no deaths", "seven civilian deaths", "a single fatality": the noun itself tells the harm.
        if (at == first || sentence.upos(at) == Upos::Noun)
            && matches!(
                form,
                "deaths" | "death" | "fatalities" | "fatality" | "injuries" | "casualties" | "losses" | "arrests"
            )
            && !matches!(
                sentence.form(at + 1),
                "threat" | "threats" | "squad" | "squads" | "sentence" | "sentences" | "penalty" | "toll"
            )
        {
            noun = Some(at);
            at += 1;
            break;
        }
        // "40 women and children", quotation marks around a word of a side's own.
        let joins = form == "and"
            && noun.is_some_and(|noun| noun + 1 == at)
            && at + 1 < count
            && is_person(sentence.lemma(at + 1))
            && sentence.upos(at + 1) == Upos::Noun
            && sentence.form(at + 1) != sentence.lemma(at + 1);
        if joins
            || matches!(form, "“" | "”" | "‘" | "\"")
                && at + 1 < count
                && (at == first || noun.is_some_and(|noun| noun + 1 == at))
        {
            at += 1;
            continue;
        }
        let continues = matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
            || form == "-"
            || form == "’s"
            || form == "'s"
            || at == first
                && state_of_harm(form).is_some()
                && at + 1 < count
                && people::side(sentence.lemma(at + 1)).is_some()
            // "4,700 newly displaced people"
            || at + 1 < count
                && state_of_harm(form).is_some()
                && at == first + 1
                && sentence.upos(first) == Upos::Adv
                && people::side(sentence.lemma(at + 1)).is_some()
            || at == first && upos == Upos::Adv && at + 2 < count && matches!(sentence.form(at + 1), "displaced" | "wounded" | "injured")
                && people::side(sentence.lemma(at + 2)).is_some()
            || (upos == Upos::Verb || upos == Upos::Adv)
                && at + 1 < count
                && noun.is_none()
                && matches!(sentence.upos(at + 1), Upos::Noun | Upos::Propn)
                && state_of_harm(form).is_none()
                && !form.ends_with("ed")
                // "Thousands took refuge" has a verb behind the figure.
                && (upos == Upos::Adv || form.ends_with("ing"));
        if !continues
            || at > first
                && state_of_harm(form).is_some()
                && !matches!(sentence.upos(at + 1 - usize::from(at + 1 >= count)), Upos::Noun)
            || at == first
                && state_of_harm(form).is_some()
                && form != "displaced"
                && form != "wounded"
                && form != "injured"
        {
            break;
        }
        if matches!(form, "early" | "late" | "overnight" | "more" | "dead" | "missing" | "alive") && at > first
            || matches!(form, "last" | "next" | "this" | "yesterday" | "today" | "tomorrow")
                && matches!(quantity.end.cmp(&at), std::cmp::Ordering::Equal)
        {
            break;
        }
        if at == first && state_of_harm(form).is_some() {
            let next_is_person = at + 1 < count && people::side(sentence.lemma(at + 1)).is_some();
            if !next_is_person {
                break;
            }
        }
        if matches!(upos, Upos::Noun | Upos::Propn) || upos == Upos::Adj && (form.ends_with('s') || at == first) {
            noun = Some(at);
        }
        at += 1;
    }
    while at > first && (sentence.form(at - 1) == "-" || matches!(sentence.upos(at - 1), Upos::Adv)) {
        at -= 1;
    }
    let last = noun.filter(|&noun| noun < at);
    end = if at > first || of && last.is_some() { at } else { end };
    // "buried 14 of its own"
    let last = last.filter(|&at| !(of && sentence.lemma(at) == "own"));
    let lemma = last.map(|at| sentence.lemma(at).to_owned());
    let people = match (&lemma, last) {
        // "from one family"
        (Some(lemma), Some(_))
            if matches!(lemma.as_str(), "family" | "side") && sentence.form(quantity.first) == "one" =>
        {
            false
        }
        (Some(lemma), Some(at)) => {
            let original = sentence.words[at].span.of(sentence.syntax.text);
            let named = original.starts_with(char::is_uppercase)
                && original.ends_with('s')
                && sentence.forms.iter().any(|_| sentence.syntax.text.chars().any(char::is_lowercase));
            let demonym = counterclaim_knowledge::Country::by_adjective(original).is_some()
                || counterclaim_knowledge::Country::by_adjective(original.trim_end_matches('s')).is_some();
            is_person(lemma)
                || demonym
                || named && !counterclaim_knowledge::weapons::is_weapon(lemma) && state_follows(sentence, end)
                || matches!(
                    lemma.as_str(),
                    "death"
                        | "fatality"
                        | "injury"
                        | "loss"
                        | "arrest"
                        | "life"
                        | "body"
                        | "corpse"
                        | "wounded"
                        | "dead"
                        | "injured"
                        | "grave"
                        | "coffin"
                        | "victim"
                        | "martyr"
                        | "casualty"
                        | "arrival"
                )
        }
        _ => !year && !article,
    };
    // "Killing two people and wounding another", "one was killed and another injured": one more of those before.
    let one_more = sentence.form(quantity.first) == "another"
        && lemma.is_none()
        && (quantity.first > 0
            && sentence.upos(quantity.first - 1) == Upos::Verb
            && verb_of_harm(sentence.lemma(quantity.first - 1)).is_some_and(|(_, place)| place == Place::Patient)
            || state_of_harm(sentence.form(end)).is_some()
            || matches!(sentence.form(end), "was" | "is" | "died"));
    if article && lemma.is_none() && !one_more || year && lemma.is_none() {
        return None;
    }
    let people = people || one_more;
    let mut quantity = quantity;
    if article && lemma.as_deref().is_some_and(is_collective) && sentence.form(end) != "of" {
        (quantity.low, quantity.high) = (Some(2), None);
    }
    Some(Figure { quantity, end, noun: lemma, people, kind: None, part: false })
}

/// Days of months, telephone numbers, numbers with a unit and numbers that name things are no figures of people.
pub(super) fn is_other_number(sentence: &Sentence<'_>, quantity: &Quantity) -> bool {
    const UNITS: &[&str] = &[
        "mm",
        "cm",
        "m",
        "metres",
        "meters",
        "metre",
        "meter",
        "feet",
        "foot",
        "yards",
        "hectares",
        "acres",
        "tonnes",
        "tons",
        "tonne",
        "ton",
        "kg",
        "kilograms",
        "kilos",
        "grams",
        "pounds",
        "litres",
        "liters",
        "degrees",
        "celsius",
        "dollars",
        "dollar",
        "euros",
        "pesos",
        "rupees",
        "shillings",
        "caliber",
        "calibre",
        "percentage",
        "pct",
        "hours",
        "minutes",
        "seconds",
        "o'clock",
        "knots",
        "mph",
        "kph",
        "magnitude",
    ];
    let digits = |at: usize| {
        let form = sentence.form(at);
        !form.is_empty() && form.chars().all(|character| character.is_ascii_digit())
    };
    let (first, end) = (quantity.first, quantity.end);
    let before = if first > 0 { sentence.form(first - 1) } else { "" };
    let behind = sentence.form(end);
    let month = end == first + 1
        && digits(first)
        && (is_month(before) && !(before == "may" && sentence.upos(first - 1) == Upos::Aux)
            || is_month(behind)
                && sentence.form(first).len() <= 2
                && !(behind == "may" && sentence.upos(end) == Upos::Aux));
    let glued = |left: usize, right: usize| {
        sentence
            .words
            .get(left)
            .zip(sentence.words.get(right))
            .is_some_and(|(left, right)| left.span.end == right.span.start)
    };
    // "555-0134", "+44 20 7946 0958", "0800 555 111"
    let telephone = digits(first)
        && (sentence.form(first).starts_with('0') && sentence.form(first).len() > 1
            || before == "+"
            || matches!(before, "tel" | "tel." | "phone" | "telephone" | "call" | "dial" | "fax")
            || first > 1
                && before == "-"
                && digits(first - 2)
                && glued(first - 2, first - 1)
                && glued(first - 1, first)
            || behind == "-"
                && digits(end + 1)
                && glued(end - 1, end)
                && glued(end, end + 1)
                && sentence.form(end + 1).len() > sentence.form(first).len());
    // "brothers aged nine and 12"
    let age = matches!(before, "and" | "to" | "or" | "between")
        && (first.saturating_sub(4)..first).any(|at| matches!(sentence.form(at), "aged" | "ages"));
    month || telephone || age || UNITS.contains(&behind)
}

/// Whether a noun that no table knows is made like a word for people: "Malaitans", "prospectors", "trappers".
pub(super) fn is_like_people(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let Some(noun) = figure.noun.as_deref().filter(|noun| noun.len() > 4) else { return false };
    let known = counterclaim_knowledge::weapons::is_weapon(noun)
        || !counterclaim_knowledge::weapons::scan_targets(&[noun]).is_empty()
        || !counterclaim_knowledge::weapons::scan(&[noun]).is_empty()
        || counterclaim_knowledge::actors::agent(noun, &[]).is_some();
    let last = sentence.words[figure.end - 1].span.of(sentence.syntax.text);
    let named =
        last.starts_with(char::is_uppercase) && last.ends_with('s') && sentence.upos(figure.end - 1) != Upos::Num;
    let made = [
        "ist", "ian", "man", "woman", "eer", "ee", "ator", "itor", "iser", "izer", "goer", "maker", "worker", "seller",
        "owner", "keeper",
    ]
    .iter()
    .any(|ending| noun.ends_with(ending));
    !known && (named || made)
}

/// "A girl of 13": the number behind is an age.
pub(super) fn is_aged(sentence: &Sentence<'_>, from: usize) -> bool {
    (from..from + 4).any(|at| {
        sentence.form(at + 1) == "of"
            && !is_collective(sentence.lemma(at))
            && people::person(sentence.lemma(at)).is_some()
    })
}

/// "A body comprised of cells", "an Israeli body abroad": a single body that nobody finds and that is nobody's is an organization.
pub(super) fn is_organized(sentence: &Sentence<'_>, figure: &Figure) -> bool {
    let article = matches!(sentence.form(figure.quantity.first), "a" | "an" | "another");
    let (from, to) = (figure.quantity.first.saturating_sub(6), (figure.end + 8).min(sentence.words.len()));
    let of_person = sentence.form(figure.end) == "of"
        && (figure.end + 1..(figure.end + 5).min(to))
            .any(|at| sentence.upos(at) == Upos::Propn || people::person(sentence.lemma(at)).is_some());
    let handled = |at: usize| counterclaim_knowledge::harms::is_of("body", sentence.lemma(at));
    article && !of_person && !(from..to).any(handled)
}
