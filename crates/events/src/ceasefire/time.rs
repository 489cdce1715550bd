//! When a ceasefire begins and ends.

use super::mention::{Group, is_called, is_of_breach};
use super::*;
use counterclaim_claims::day_number;
use counterclaim_claims::time::{TimeExpression, shifted};
use counterclaim_language::{Deprel, Upos};

/// Sentences that speak of a ceasefire: those that name it, and those behind them that go on with "it".
pub(super) fn sentences_of(syntax: Syntax<'_>, word: u32) -> Vec<u32> {
    let sentence = syntax.sentence(word);
    let mut all = vec![sentence];
    let next = sentence + 1;
    if (next as usize) < syntax.analysis.sentences.len() {
        let pronoun = syntax.words_of(next).take(2).any(|first| {
            matches!(syntax.form(first), "It" | "it")
                && matches!(syntax.deprel(first), Deprel::Nsubj | Deprel::NsubjPass)
        });
        // "In force since February 1, it expires on August 3."
        let ends = syntax.words_of(next).any(|word| {
            syntax.form(word) == "it"
                && syntax.deprel(word) == Deprel::Nsubj
                && syntax.head(word).is_some_and(|verb| matches!(syntax.lemma(verb), "expire" | "lapse"))
        });
        if pronoun || ends {
            all.push(next);
        }
    }
    all
}

/// Times at which it may begin, with a rank (less is better): one behind a word of beginning, one right at the name, the day on which it
/// was declared.
pub(super) fn beginnings(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Vec<(u32, usize)> {
    let sentences = sentences_of(syntax, word);
    let mut found = Vec::new();
    // "310 ceasefire violations between Monday and Wednesday" tells of violations.
    if is_of_breach(syntax, word) {
        return found;
    }
    for (index, time) in reading.times.iter().enumerate() {
        if !matches!(time.timex.as_str(), "DATE" | "TIME") || time.start.is_none() {
            continue;
        }
        let Some(head) = syntax.head_of(time.span) else { continue };
        let sentence = syntax.sentence(head);
        let Some(step) = sentences.iter().position(|&known| known == sentence) else { continue };
        let preposition = syntax.preposition(head);
        // A participle between the name and the time has it: "a ceasefire signed last year was broken".
        let between = (word + 1..head).rev().take(6).find(|&verb| syntax.upos(verb) == Upos::Verb);
        let over =
            between.filter(|&verb| ANNOUNCE.contains(&syntax.lemma(verb))).unwrap_or_else(|| syntax.clause(head));
        // "In force since October", "the truce has held since July".
        let in_force = preposition == "since"
            && (matches!(syntax.lemma(over), "hold" | "be" | "observe" | "force" | "place" | "effect")
                || syntax
                    .words_of(sentence)
                    .any(|other| matches!(syntax.lemma(other), "force" | "place" | "effect") && other < head));
        if matches!(preposition.as_str(), "until" | "till" | "to" | "through" | "by" | "before")
            || preposition == "since" && !in_force
        {
            continue;
        }
        // "Suspended the ceasefire on Sunday" tells when it stopped.
        let stopped = matches!(syntax.lemma(over), "suspend" | "scrap" | "terminate" | "cancel" | "abandon" | "end")
            && syntax.patient(over) == Some(word);
        if stopped {
            continue;
        }
        // "That collapsed in October" is its end.
        if ENDS.contains(&syntax.lemma(over)) && over > word {
            continue;
        }
        let opened = head > 0 && matches!(syntax.lemma(head - 1), "begin" | "start" | "from" | "effective" | "of");
        let from = matches!(preposition.as_str(), "from" | "as of" | "starting" | "beginning")
            || opened && is_open(syntax, head);
        let above = syntax.clause(head);
        let begins = BEGIN.contains(&syntax.lemma(above)) && is_beginning(syntax, above);
        // "The truce came under strain a day after it took effect at noon on Saturday."
        let by_pronoun = begins
            && matches!(syntax.lemma(above), "take" | "come" | "go" | "enter")
            && head > word
            && syntax.subject(above).is_some_and(|subject| syntax.lemma(subject) == "it" && subject > word);
        let about = step > 0
            || by_pronoun
            // "a ceasefire beginning at 6 pm": a participle right behind the name, wherever the parser hangs it.
            || above > word && above - word <= 3
            || syntax.governs(word, above)
            || syntax.subject(above).is_some_and(|subject| subject == word || syntax.governs(word, subject))
            // "The army started to pull back two days after the deal" begins something else.
                        || syntax.governs(above, word) && syntax.subject(above).is_none();
        let right_behind = head > word
            && head - word <= 7
            && matches!(preposition.as_str(), "at" | "on" | "from" | "as of" | "in" | "")
            && !(word + 1..head).any(|between| syntax.upos(between) == Upos::Verb)
            // "Signed a peace agreement, gunmen on Sunday night attacked".
            && !(word + 1..head).any(|between| syntax.form(between) == "," && syntax.upos(between + 1) != Upos::Adp && head > between + 2);
        let at_name = syntax.governs(word, head) || right_behind;
        let right =
            between.is_some_and(|verb| ANNOUNCE.contains(&syntax.lemma(verb))) && head > word && head - word <= 8;
        let made = is_called(syntax, word) && syntax.clause(word) == above
            || ANNOUNCE.contains(&syntax.lemma(above))
            // "Promised on 12 February to end attacks".
            || syntax.upos(word) == Upos::Verb
                && matches!(syntax.lemma(above), "promise" | "pledge" | "undertake" | "vow" | "commit" | "resolve" | "order" | "tell")
                && syntax.governs(above, word)
            || matches!(syntax.lemma(above), "make" | "strike" | "clinch" | "seal" | "ink" | "adopt" | "accept");
        // "The deal, concluded at a meeting last Thursday".
        let behind = between.is_some_and(|verb| {
            verb <= word + 2
                && verb > word + 1
                && syntax.form(word + 1) == ","
                && head > verb
                && !(verb..head).any(|at| syntax.form(at) == ",")
                && ANNOUNCE.contains(&syntax.lemma(verb))
        });
        // "It was struck on October 28", said of the agreement named before.
        let by_it = step > 0
            && ANNOUNCE.contains(&syntax.lemma(above))
            && syntax.is_passive(above)
            && syntax.subject(above).is_some_and(|subject| syntax.lemma(subject) == "it");
        let hung = by_it
            || behind
            || syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl]) == Some(above)
                && ANNOUNCE.contains(&syntax.lemma(above));
        // "Met on 2 February, embraced and read out seven lines": a signing and its day.
        let signed = syntax.upos(word) == Upos::Verb && syntax.sentence(word) == sentence && above == word
            || step == 0
                && matches!(
                    syntax.lemma(above),
                    "put" | "meet" | "emerge" | "read" | "sit" | "gather" | "shake" | "clasp" | "swear"
                )
                && syntax.governs(above, word);
        // "On 18 July elders slaughtered a ram and signed ten articles".
        let own = syntax.clause(word);
        let joint = step == 0
            && syntax.deprel(own) == Deprel::Conj
            && ANNOUNCE.contains(&syntax.lemma(own))
            && syntax.governs(above, own)
            && syntax.head(own) == Some(above);
        let declared =
            hung || right || signed || joint || made && (syntax.governs(above, word) || syntax.governs(word, above));
        let rank = if step == 0 && from && head > word {
            0
        } else if begins && about {
            10
        } else if in_force {
            30
        } else if step == 0 && at_name {
            60
        } else if step == 0 && declared {
            120
        } else {
            continue;
        };
        // A clock time tells a beginning better than a day alone, a day better than a count of weeks.
        let counted = time.span.of(&reading.document.text).ends_with("ago") || preposition == "after";
        let rank = rank
            + if counted { 90 } else { 0 }
            + if time.timex.as_str() == "TIME" { 0 } else { 20 }
            + head.abs_diff(word).min(15);
        found.push((rank, index));
    }
    found
}

/// "The guns stopped at 6 am on Thursday": the hour at which it took hold, told beside its name.
pub(super) fn silences(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group) -> Vec<(u32, usize)> {
    /// Behind every beginning that is told as one.
    const RANK: u32 = 200;
    /// As good as "from 0600 GMT".
    const DUE: u32 = 25;
    let near = |sentence: u32| {
        group
            .mentions
            .iter()
            .any(|mention| (-1..=2).contains(&(i64::from(sentence) - i64::from(syntax.sentence(mention.word)))))
    };
    let silent = |clause: u32| {
        matches!(syntax.lemma(clause), "stop" | "cease" | "fall" | "end" | "die" | "subside")
            && syntax
                .subject(clause)
                .into_iter()
                .chain(syntax.head(clause).and_then(|over| syntax.dependent(over, &[Deprel::Obj])))
                .any(|subject| {
                    matches!(
                        syntax.lemma(subject),
                        "gun"
                            | "fighting"
                            | "shooting"
                            | "shelling"
                            | "firing"
                            | "gunfire"
                            | "hostility"
                            | "hostilities"
                    )
                })
    };
    let told = reading.times.iter().enumerate().filter_map(|(index, time)| {
        let head = syntax
            .head_of(time.span)
            .filter(|_| matches!(time.timex.as_str(), "DATE" | "TIME") && time.start.is_some())?;
        let clause = syntax.clause(head);
        let at = matches!(syntax.preposition(head).as_str(), "at" | "on" | "from" | "");
        // "Fighting was to stop at 0600 GMT on August 29".
        let due = syntax.is_infinitive(clause) && syntax.auxiliaries(clause).contains(&"be");
        (at && silent(clause) && near(syntax.sentence(head)) && reading.is_coded(syntax.sentence(head)))
            .then_some((if due { DUE } else { RANK }, index))
    });
    told.collect()
}

/// "Four weeks after their elders shook hands", "a week into the truce": counted back from the day of the news.
pub(super) fn counted_back(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group) -> Option<String> {
    let words: Vec<u32> =
        group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied()).collect();
    let published = reading.document.published.as_ref().and_then(|day| day.value.get(..10))?.to_owned();
    reading.times.iter().find_map(|time| {
        let head = syntax.head_of(time.span)?;
        let days = days(&time.value).filter(|_| time.timex.as_str() == "DURATION")?;
        let last = syntax.words_in(time.span).end;
        let behind =
            (last as usize) < syntax.analysis.words.len() && matches!(syntax.lemma(last), "after" | "into" | "since");
        let of_it = words
            .iter()
            .any(|&word| word > last && syntax.sentence(word) == syntax.sentence(head) && word - last <= 16);
        if !behind || !of_it {
            return None;
        }
        // The day of the deed, where the sentence tells one.
        let news = reading.times.iter().find_map(|other| {
            let at =
                syntax.head_of(other.span).filter(|&at| syntax.sentence(at) == syntax.sentence(head) && at < head)?;
            (syntax.sentence(at) == syntax.sentence(head)).then_some(())?;
            other.start.as_deref().and_then(|start| start.get(..10)).map(str::to_owned)
        });
        shifted(&news.unwrap_or_else(|| published.clone()), -days)
    })
}

/// "The agreement of August 23": a paper that is named by its day.
pub(super) fn dated(reading: &Reading<'_>, syntax: Syntax<'_>, paper: u32) -> Option<(u32, usize)> {
    /// Behind every beginning that is told at the ceasefire itself.
    const RANK: u32 = 190;
    let day = reading.times.iter().position(|time| {
        let of_it = |head: u32| head > paper && head - paper <= 4 && syntax.preposition(head) == "of";
        time.timex.as_str() == "DATE"
            && time.start.as_deref().is_some_and(|start| start.len() == 10)
            && syntax.head_of(time.span).is_some_and(|head| of_it(head) && syntax.governs(paper, head))
    })?;
    Some((RANK, day))
}

/// "beginning at 1000 GMT Friday": the word before the time opens a span of time.
pub(super) fn is_open(syntax: Syntax<'_>, head: u32) -> bool {
    matches!(syntax.lemma(head - 1), "from" | "begin" | "start" | "effective")
}

/// Whether a verb of many meanings means a beginning here: "took effect", "came into force", "entered into force".
pub(super) fn is_beginning(syntax: Syntax<'_>, verb: u32) -> bool {
    match syntax.lemma(verb) {
        "take" | "come" | "go" | "enter" => syntax
            .dependents(verb)
            .iter()
            .any(|&child| matches!(syntax.lemma(child), "effect" | "force" | "hold" | "operation")),
        _ => true,
    }
}

/// The start of a time, with what stands right behind it: "6 am (0300 GMT) on Sunday" is one instant, told by the hour in UTC.
pub(super) fn instant(reading: &Reading<'_>, index: usize, day: Option<String>) -> Option<String> {
    const NEAR: usize = 28;
    let time = &reading.times[index];
    let start = time.start.clone()?;
    let (mut date, mut clock) = match start.split_once('T') {
        Some((date, clock)) => (date.to_owned(), Some(clock.to_owned())),
        None => (start.clone(), None),
    };
    let mut dated = false;
    let text = reading.document.text.as_str();
    let beside = |other: &TimeExpression| {
        let (first, second) =
            if other.span.start >= time.span.end { (time.span, other.span) } else { (other.span, time.span) };
        let gap = second.start().checked_sub(first.end()).filter(|&gap| gap <= NEAR)?;
        let between = &text[first.end()..second.start()];
        let apart = between.contains(['.', ';'])
            || between.split(' ').any(|word| matches!(word, "until" | "to" | "till" | "and"));
        (gap > 0 && !apart).then_some(())
    };
    for other in &reading.times {
        let Some(told) = other.start.as_deref().filter(|_| beside(other).is_some()) else { continue };
        match (told.split_once('T'), &clock) {
            // "1 am on Sunday (2200 GMT Saturday)": the day in UTC is told.
            (Some(_), Some(_)) if told.ends_with('Z') && is_day_name(other.span.of(text)) => {
                return Some(told.to_owned());
            }
            (Some((_, utc)), Some(known)) if utc.ends_with('Z') && !known.ends_with('Z') => {
                clock = Some(utc.to_owned())
            }
            (Some((_, hour)), None) if time.start.as_deref().is_some_and(|day| day.len() == 10) => {
                clock = Some(hour.to_owned())
            }
            (None, Some(_)) if told.len() == 10 => {
                date = told.to_owned();
                dated = true;
            }
            _ => {}
        }
    }
    // An hour without a day goes with the day on which the ceasefire was told to be: "agreed on Tuesday ... took effect at 6 pm".
    let own_day = time
        .span
        .of(text)
        .split_whitespace()
        .any(|word| is_day_name(word) || counterclaim_claims::time::is_month(&word.to_lowercase()));
    if let (Some(day), Some(_), false) = (day, &clock, dated || own_day) {
        date = day;
    }
    // Midnight of a day on which something begins is its first instant.
    let clock = clock.map(|clock| if clock.starts_with("24:00") { clock.replacen("24", "00", 1) } else { clock });
    if clock.is_none() {
        if let Some(told) = coarse(time) {
            return Some(told);
        }
    }
    Some(clock.map_or(date.clone(), |clock| format!("{date}T{clock}")))
}

/// Whether a time tells a day by its name alone, so that it may be the last or the next one.
pub(super) fn is_day_name(words: &str) -> bool {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = words.to_lowercase();
    DAYS.iter().any(|day| lower.contains(day))
}

/// Whether a time, or the one beside it, tells its day by a name alone.
pub(super) fn is_told_by_name(reading: &Reading<'_>, index: usize) -> bool {
    let text = reading.document.text.as_str();
    let time = &reading.times[index];
    let near = |other: &TimeExpression| other.span.start().abs_diff(time.span.end()) <= 28 || other.span == time.span;
    reading.times.iter().any(|other| near(other) && is_day_name(other.span.of(text)))
}

/// A day told by its name lies ahead of the report or behind it as the ceasefire does: one that holds or was broken has begun, one that
/// is still to begin has not.
pub(super) fn settle(reading: &Reading<'_>, time: Option<usize>, told: String, in_force: bool, ahead: bool) -> String {
    let Some(time) = time.map(|time| &reading.times[time]) else { return told };
    let text = reading.document.text.as_str();
    let near = |other: &TimeExpression| other.span.start().abs_diff(time.span.end()) <= 28 || other.span == time.span;
    let by_name = reading.times.iter().any(|other| near(other) && is_day_name(other.span.of(text)));
    let (Some(published), Some(day)) = (reading.published_day(), told.get(..10).and_then(day_number)) else {
        return told;
    };
    // "Concluded on 9 December", told in February without a year.
    let words = time.span.of(text);
    let year_told = words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    if !by_name && !year_told && !ahead && day > published + 45 {
        let year = told.get(..4).and_then(|year| year.parse::<i32>().ok());
        return year.map_or(told.clone(), |year| format!("{}{}", year - 1, &told[4..]));
    }
    if !by_name {
        return told;
    }
    let shift = if in_force && day > published {
        -7
    } else if ahead && !in_force && day < published {
        7
    } else {
        return told;
    };
    shifted(&told, shift).unwrap_or(told)
}

/// "is to start", "will take effect", "is due to begin".
pub(super) fn is_ahead(syntax: Syntax<'_>, word: u32) -> bool {
    let clause = syntax.clause(word);
    let infinitive = syntax.is_infinitive(clause)
        && (syntax.auxiliaries(clause).contains(&"be")
            || syntax
                .head(clause)
                .is_some_and(|over| matches!(syntax.lemma(over), "due" | "set" | "expect" | "schedule")));
    // "Agreed to a truce that will start on Sunday."
    let will = |verb: u32| syntax.auxiliaries(verb).iter().any(|&aux| matches!(aux, "will" | "shall"));
    // "The ceasefire begins on August 3."
    let begins = |verb: u32| {
        BEGIN.contains(&syntax.lemma(verb)) && syntax.form(verb).ends_with('s') && syntax.auxiliaries(verb).is_empty()
    };
    let relative = syntax.dependents(word).iter().any(|&child| {
        syntax.deprel(child) == Deprel::AclRelcl
            && BEGIN.contains(&syntax.lemma(child))
            && (will(child) || syntax.is_infinitive(child) || begins(child))
    });
    infinitive || relative || will(clause) || begins(clause)
}

/// The time told at a truce of the past: in its phrase, at the verb that made it, else before the clause that names it.
pub(super) fn at_name(reading: &Reading<'_>, syntax: Syntax<'_>, word: u32) -> Option<(u32, usize)> {
    const LAST: u32 = 400;
    let sentence = syntax.sentence(word);
    let clause = syntax.clause(word);
    let dates =
        reading.times.iter().enumerate().filter(|(_, time)| time.timex.as_str() == "DATE" && time.start.is_some());
    let rows = dates.filter_map(|(index, time)| {
        let head = syntax.head_of(time.span).filter(|&head| syntax.sentence(head) == sentence)?;
        let over = syntax.clause(head);
        let until = matches!(syntax.preposition(head).as_str(), "until" | "till" | "before" | "since" | "by" | "after");
        let makes = ANNOUNCE.contains(&syntax.lemma(over)) && syntax.governs(word, over);
        let rank = if until {
            return None;
        } else if syntax.governs(word, head) && syntax.clause(head) == clause || makes {
            0
        } else if head < word && syntax.preposition(head) == "in" {
            1
        } else {
            return None;
        };
        Some((LAST + rank, index))
    });
    rows.min()
}

/// "Began at 3 a.m. on Tuesday", "took effect on Sunday": told as past.
pub(super) fn is_of_past_verb(reading: &Reading<'_>, syntax: Syntax<'_>, index: usize) -> bool {
    let Some(head) = syntax.head_of(reading.times[index].span) else { return false };
    let verb = syntax.clause(head);
    BEGIN.contains(&syntax.lemma(verb))
        && matches!(syntax.form(verb), "began" | "started" | "took" | "came" | "entered" | "went" | "commenced")
        && !syntax.dependents(verb).iter().any(|&child| matches!(syntax.deprel(child), Deprel::Aux | Deprel::AuxPass))
}

/// When it ends: a time behind "until", or its length counted from its beginning ("for 72 hours", "a ten-day truce").
pub(super) fn expiry(
    reading: &Reading<'_>,
    syntax: Syntax<'_>,
    group: &Group,
    effective: Option<&str>,
    terms: &[Span],
) -> Option<String> {
    let sentences: Vec<u32> = group
        .mentions
        .iter()
        .map(|mention| mention.word)
        .chain(group.references.iter().copied())
        .flat_map(|word| sentences_of(syntax, word))
        .collect();
    let told = reading.times.iter().enumerate().filter_map(|(index, time)| {
        let head = syntax.head_of(time.span)?;
        if !sentences.contains(&syntax.sentence(head)) || !matches!(time.timex.as_str(), "DATE" | "TIME") {
            return None;
        }
        let opening = syntax.words_in(time.span).start.checked_sub(1).map(|before| syntax.lemma(before));
        let until = matches!(syntax.preposition(head).as_str(), "until" | "till" | "through")
            || matches!(opening, Some("until" | "till"));
        // "Which runs from April 4 to May 3".
        let begun = |other: &TimeExpression| {
            let at = syntax
                .head_of(other.span)
                .filter(|&at| at < head && head - at <= 8 && syntax.sentence(at) == syntax.sentence(head));
            at.is_some_and(|at| {
                matches!(syntax.preposition(at).as_str(), "from" | "between")
                    || is_open(syntax, syntax.words_in(other.span).start)
            })
        };
        let to = syntax.preposition(head) == "to" || opening == Some("to");
        let runs = to && reading.times.iter().any(begun);
        let until = until || runs;
        // "The road will be shared until 30 June": the end of a term.
        let of_it =
            |term: &Span| syntax.words_in(*term).any(|word| group.mentions.iter().any(|mention| mention.word == word));
        if terms.iter().any(|term| term.contains(time.span) && !of_it(term)) && !group.background && !runs {
            return None;
        }
        let over = syntax.clause(head);
        let behind = head > over || syntax.preposition(head).is_empty();
        let ends = ENDS.contains(&syntax.lemma(over)) && behind && ends_it(syntax, group, over);
        let by_name = is_day_name(time.span.of(&reading.document.text));
        let told = (until || ends).then(|| ending(reading, index)).flatten()?;
        // "Is due to expire on Thursday": the next one.
        let told = if by_name && ends && (is_ahead(syntax, over) || syntax.is_infinitive(over)) && !group.background {
            let day = told.get(..10).and_then(day_number);
            let back = day.zip(reading.published_day()).is_some_and(|(day, published)| day < published);
            shifted(&told, 7).filter(|_| back).unwrap_or(told)
        } else {
            told
        };
        Some((told, by_name))
    });
    // "Until Sunday" is the first one behind its beginning; what is extended ends at the later of the times told.
    let first = |told: String| {
        let began = effective.and_then(|start| start.get(..10)).and_then(day_number);
        let ends = told.get(..10).and_then(day_number);
        let late = began.zip(ends).map_or(0, |(began, ends)| (ends - began - 1).max(0) / 7 * 7);
        shifted(&told, -late).filter(|_| late > 0).unwrap_or(told)
    };
    // "Until 2 October" of a truce that began in April: the one behind it.
    let behind = |told: String| {
        let began = effective.and_then(|start| start.get(..10)).filter(|_| !group.background);
        let back = began.zip(told.get(..10)).is_some_and(|(began, ends)| ends < began);
        let year = told.get(..4).and_then(|year| year.parse::<i32>().ok()).filter(|_| back);
        year.map(|year| format!("{}{}", year + 1, &told[4..])).unwrap_or(told)
    };
    let told = told.map(|(told, by_name)| if by_name { first(told) } else { behind(told) });
    told.max().or_else(|| {
        let length = reading.times.iter().find_map(|time| {
            let head = syntax.head_of(time.span)?;
            (time.timex.as_str() == "DURATION" && is_length_of(syntax, group, &sentences, head)).then_some(time)
        })?;
        let began = effective?;
        days(&length.value).and_then(|days| shifted(began, days)).or_else(|| months_later(began, &length.value))
    })
}

/// Verbs of an end.
pub(super) const ENDS: &[&str] = &["expire", "lapse", "collapse", "end", "break", "fail", "unravel"];

/// Whether it is the ceasefire that ends: "that collapsed in October", "is due to expire on Tuesday".
pub(super) fn ends_it(syntax: Syntax<'_>, group: &Group, verb: u32) -> bool {
    let subject = syntax.subject(verb).or_else(|| syntax.patient(verb));
    group.mentions.iter().any(|mention| subject == Some(mention.word) || syntax.governs(mention.word, verb))
        || subject.is_some_and(|subject| matches!(syntax.form(subject), "it" | "It"))
}

/// The instant at which it ends: the hour with the day beside it, else the last day.
pub(super) fn ending(reading: &Reading<'_>, index: usize) -> Option<String> {
    let time = &reading.times[index];
    if time.start.as_deref().is_some_and(|start| start.contains('T')) && time.timex.as_str() == "TIME" {
        // Midnight of a day on which something ends is its last instant.
        let last = time.start.as_deref().is_some_and(|start| start[10..].starts_with("T24:00"));
        return instant(reading, index, None).and_then(|told| if last { shifted(&told, 1) } else { Some(told) });
    }
    let told = instant(reading, index, None).filter(|told| told.contains('T'));
    told.or_else(|| coarse(time)).or_else(|| time.end.clone()).or_else(|| time.start.clone())
}

/// A month or a year as it was told.
pub(super) fn coarse(time: &TimeExpression) -> Option<String> {
    let value = time.value.as_str();
    let plain = value.chars().all(|c| c.is_ascii_digit() || c == '-');
    (matches!(value.len(), 4 | 7) && plain).then(|| value.to_owned())
}

/// "A 72-hour truce", "agreed to a pause for ten days", "is to last 180 days", "promised not to fire for 72 hours"; not "held for a day".
pub(super) fn is_length_of(syntax: Syntax<'_>, group: &Group, sentences: &[u32], head: u32) -> bool {
    let over = syntax.clause(head);
    // "Two weeks after an earlier truce", "held for a day".
    let last = syntax.phrase_words(head).into_iter().max().unwrap_or(head).max(head);
    let counts = (last + 1 < syntax.words_of(syntax.sentence(head)).end)
        && matches!(syntax.lemma(last + 1), "after" | "before" | "ago" | "later" | "earlier" | "into" | "since");
    if counts || matches!(syntax.lemma(over), "hold" | "collapse" | "break" | "keep" | "crumble") {
        return false;
    }
    let of_mention = group.mentions.iter().any(|mention| {
        // "Agreed to hold their fire, ending a night of fighting": the night is what it ended.
        let ended = (syntax.upos(mention.word) == Upos::Verb
            || matches!(syntax.lemma(over), "end" | "stop" | "halt" | "follow" | "interrupt" | "conclude" | "cap"))
            && syntax.deprel(head) == Deprel::Obj;
        !ended && syntax.governs(mention.word, head)
            || syntax.upos(mention.word) == Upos::Verb && syntax.head(head) == Some(mention.word) && !ended
            || syntax.sentence(mention.word) == syntax.sentence(head)
                && head < mention.word
                && mention.word - head <= 5
                && !(head..mention.word).any(|at| matches!(syntax.upos(at), Upos::Adp | Upos::Sconj | Upos::Verb))
    });
    let of_mention = of_mention && matches!(syntax.preposition(head).as_str(), "" | "for" | "of");
    // "Which is to last 180 days", whatever the parser makes of it.
    let first = syntax.words_of(syntax.sentence(head)).start;
    let said = (head.saturating_sub(4).max(first)..head)
        .any(|at| matches!(syntax.form(at), "last" | "lasts" | "lasting" | "last,"));
    let lasts = said && sentences.contains(&syntax.sentence(head))
        || matches!(syntax.lemma(over), "last" | "run" | "extend" | "observe")
            && sentences.contains(&syntax.sentence(head))
            && !(syntax.lemma(over) == "extend" && syntax.preposition(head) == "by");
    let near = sentences.iter().any(|&known| syntax.sentence(head).abs_diff(known) <= 1);
    let stops = matches!(syntax.lemma(over), "fire" | "attack" | "shoot" | "cease" | "stop" | "halt")
        && (syntax.is_negated(over) || !matches!(syntax.lemma(over), "fire" | "attack" | "shoot"))
        && syntax.is_infinitive(over)
        && syntax.preposition(head) == "for";
    of_mention || lasts || near && stops
}

/// A day some months later: "for three months".
fn months_later(began: &str, value: &str) -> Option<String> {
    let number = |text: &str| text.parse::<u32>().ok();
    let months = value.strip_prefix('P')?.strip_suffix('M').and_then(number)?;
    let (year, month) = (number(began.get(..4)?)?, number(began.get(5..7)?)?);
    let later = year * 12 + month - 1 + months;
    Some(format!("{:04}-{:02}{}", later / 12, later % 12 + 1, began.get(7..10)?))
}

/// Days of a TIMEX3 duration of days, weeks or whole days of hours.
pub(super) fn days(value: &str) -> Option<i64> {
    let number = |text: &str| text.parse::<i64>().ok();
    if let Some(hours) = value.strip_prefix("PT").and_then(|rest| rest.strip_suffix('H')).and_then(number) {
        return (hours % 24 == 0 && hours > 0).then_some(hours / 24);
    }
    let rest = value.strip_prefix('P')?;
    rest.strip_suffix('D').and_then(number).or_else(|| rest.strip_suffix('W').and_then(number).map(|weeks| weeks * 7))
}

/// The day of the agreement or the fighting that the report is about, for an hour that is told without a day.
pub(super) fn day_of_news(reading: &Reading<'_>, syntax: Syntax<'_>, events: &[Event]) -> Option<String> {
    /// Sentences that a report needs to tell its news.
    const LEAD: usize = 3;
    let lead: Vec<u32> =
        (0..syntax.analysis.sentences.len() as u32).filter(|&sentence| reading.is_coded(sentence)).take(LEAD).collect();
    let day = |types: &[&str]| {
        events
            .iter()
            .filter(|event| types.contains(&event.event_type) && lead.contains(&syntax.sentence(event.word)))
            .find_map(|event| {
                let time = &reading.times[event.roles.time?];
                let start = time.start.as_deref().filter(|start| start.len() >= 10)?;
                let by_day = is_day_name(time.span.of(&reading.document.text)) || time.value.len() >= 10;
                by_day.then(|| start[..10].to_owned())
            })
    };
    let published = reading.published_day();
    let known = day(&["CONCEDE", "AGREE"]).or_else(|| day(&["ASSAULT"]));
    known.filter(|day| {
        day_number(day).zip(published).is_some_and(|(day, published)| day <= published && published - day < 7)
    })
}

/// A year or month told first, made finer by a day told later: "four years ago", "agreed on 5 March 2020".
pub(super) fn finest(reading: &Reading<'_>, begins: &[(u32, usize)], chosen: (u32, usize)) -> (u32, usize) {
    let Some(value) = coarse(&reading.times[chosen.1]) else { return chosen };
    let finer = begins.iter().copied().filter(|(_, index)| {
        let time = &reading.times[*index];
        time.value.len() >= 10 && time.value.starts_with(&value)
    });
    finer.min().unwrap_or(chosen)
}

/// Where nothing tells the beginning, the day on which it came about by the clauses that name it: "on June 13 emissaries of both swore", "the
/// roadmap of 14 August".
pub(super) fn named_day(reading: &Reading<'_>, syntax: Syntax<'_>, group: &Group, word: u32) -> Option<String> {
    /// Days within which an agreement is the one of the report.
    const RECENT: i64 = 120;
    let mut named: Vec<u32> =
        group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied()).collect();
    named.sort_unstable();
    let agrees = |verb: u32| super::candidate::is_of(syntax.lemma(verb), "agreeing");
    std::iter::once(word).chain(named).find_map(|word| {
        reading.times.iter().find_map(|time| {
            let day = time.start.as_deref().filter(|start| start.len() >= 10).map(|start| &start[..10])?;
            let back = reading.published_day()? - counterclaim_claims::day_number(day)?;
            let head = syntax.head_of(time.span).filter(|&head| syntax.sentence(head) == syntax.sentence(word))?;
            let over = syntax.clause(head);
            let own = over == word || over == syntax.clause(word) || syntax.governs(word, head);
            let agreed = own && (syntax.upos(word) == Upos::Verb || syntax.governs(word, head)) || agrees(over);
            let ending = matches!(syntax.preposition(head).as_str(), "until" | "till" | "by" | "before" | "to");
            let ending = ending || ENDS.contains(&syntax.lemma(over));
            (agreed && !ending && (0..=RECENT).contains(&back)).then(|| day.to_owned())
        })
    })
}
