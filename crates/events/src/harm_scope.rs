//! Harm that is history: tolls of whole wars and of many years, habitual harm, and what a sentence about an old time goes on to tell.

use counterclaim_claims::time::{TimeExpression, is_month, is_weekday};
use counterclaim_claims::{Harm, Reading, Syntax, day_number};
use counterclaim_language::{Deprel, Upos};
use counterclaim_schema::ledger::TimePrecision;

/// Conflicts that last; harm in one of them as a whole is no news.
const LASTING: &[&str] = &[
    "war",
    "conflict",
    "insurgency",
    "rebellion",
    "genocide",
    "dictatorship",
    "revolution",
    "occupation",
    "insurrection",
    "terrorism",
    "unrest",
    "feud",
];

/// Days after which a time that a relative clause goes on about is no longer a chapter of the story.
const LONG_PAST: i64 = 366;

/// Days after which a beginning lies too far back for a toll since then to be news.
const RECENT: i64 = 31;

/// Whether a harm sums up years or a whole war, is told as a habit, or goes on about a time long past.
pub fn is_history(reading: &Reading<'_>, harm: &Harm) -> bool {
    let syntax = reading.syntax();
    let Some(word) = syntax.head_of(harm.number) else { return false };
    let sentence = syntax.sentence(word);
    let forms: Vec<String> = forms_of(syntax, sentence);
    is_record(reading, harm, word)
        || sums_up(reading, word, &forms)
        || is_of_lasting_conflict(reading, word)
        || goes_on(reading, sentence, &forms)
        || is_other_side(reading, word, &forms)
        || is_of_earlier_month(reading, word)
        || is_of_another_month(reading, harm)
        || is_before_the_agreement(&forms)
        || shares_old_time(reading, word)
        || is_dated_long_ago(reading, word)
        || is_of_old_time(reading, word)
}

/// "The worst since 1978, when several leaders were murdered": what a relative clause tells of a time long past.
fn is_of_old_time(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    let Some(published) = reading.published_day() else { return false };
    let mut clause = syntax.clause(word);
    for _ in 0..3 {
        let Some(above) = syntax.head(clause) else { return false };
        let when = syntax.dependents(clause).iter().any(|&child| child < clause && syntax.lemma(child) == "when");
        if when && above < clause {
            let opened = |next: u32| {
                syntax.lemma(next) == "when" || syntax.form(next) == "," && syntax.lemma(next + 1) == "when"
            };
            let behind = reading.times.iter().find(|time| {
                let next = syntax.words_in(time.span).end;
                next < clause && syntax.sentence(next) == syntax.sentence(word) && opened(next)
            });
            let end = behind.and_then(|time| day_number(time.end.as_deref()?.get(..10)?));
            return end.is_some_and(|end| published - end > LONG_PAST);
        }
        clause = syntax.clause(above);
    }
    false
}

/// "In December 2023 nearly 200 died in raids": the only time of the clause lies more than a month back.
fn is_dated_long_ago(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    let Some(published) = reading.published_day() else { return false };
    let sentence = syntax.sentence(word);
    let clause = syntax.clause(word);
    let mut dated = reading.times.iter().filter_map(|time| {
        let head = syntax.head_of(time.span).filter(|&head| syntax.sentence(head) == sentence)?;
        let in_clause = syntax.clause(head) == clause;
        (in_clause && matches!(time.timex.as_str(), "DATE" | "TIME")).then_some((time, head))
    });
    let Some((time, head)) = dated.next() else { return false };
    let is_old = |time: &TimeExpression| {
        let end = time.end.as_deref().and_then(|end| end.get(..10)).and_then(day_number);
        time.precision != TimePrecision::Decade && end.is_some_and(|end| published - end > RECENT)
    };
    // "Left during the operations of 2012 and 2013": joined times are all old.
    matches!(syntax.preposition(head).as_str(), "in" | "on" | "during" | "of" | "")
        && is_old(time)
        && dated.all(|(time, head)| is_old(time) && syntax.deprel(head) == Deprel::Conj)
}

/// "Some 1,200 died in the attack of October 2023 and 251 were taken": joined clauses share the time of the first.
fn shares_old_time(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    let Some(published) = reading.published_day() else { return false };
    let times_at = |clause: u32| {
        reading.times.iter().filter(move |time| {
            matches!(time.timex.as_str(), "DATE" | "TIME")
                && syntax.head_of(time.span).is_some_and(|head| {
                    syntax.sentence(head) == syntax.sentence(clause) && syntax.clause(head) == clause
                })
        })
    };
    let mut clause = syntax.clause(word);
    // "In 2019 the group admitted killing a journalist", "talks collapsed in 2019 after it killed 22 cadets"
    let shares = |clause: u32| match syntax.deprel(clause) {
        Deprel::Conj | Deprel::Xcomp => true,
        Deprel::Advcl => syntax
            .dependents(clause)
            .iter()
            .any(|&child| child < clause && matches!(syntax.lemma(child), "after" | "when")),
        _ => false,
    };
    while shares(clause) && times_at(clause).next().is_none() {
        let Some(head) = syntax.head(clause) else { return false };
        clause = syntax.clause(head);
        if times_at(clause).next().is_some() {
            return times_at(clause).all(|time| {
                let end = time.end.as_deref().and_then(|end| end.get(..10)).and_then(day_number);
                end.is_some_and(|end| published - end > RECENT)
            });
        }
    }
    false
}

/// "In September 12 soldiers died in an ambush", told in the middle of October: a month that is over is no day of the news.
fn is_of_earlier_month(reading: &Reading<'_>, word: u32) -> bool {
    /// Days into a month on which the last one is still counted up.
    const OVER: i64 = 10;
    let syntax = reading.syntax();
    let sentence = syntax.sentence(word);
    let first = syntax.words_of(sentence).start;
    let Some(published) = reading.published_day() else { return false };
    reading.times.iter().filter(|time| time.precision == TimePrecision::Month).any(|time| {
        let Some(head) = syntax.head_of(time.span).filter(|&head| syntax.sentence(head) == sentence) else {
            return false;
        };
        let end = time.end.as_deref().and_then(|end| end.get(..10)).and_then(day_number);
        syntax.preposition(head) == "in"
            && (head <= first + 2 || is_near(reading, word, head))
            && end.is_some_and(|end| published - end > OVER)
    })
}

/// The same where a report tells no year: "In August, before the accord, 17 soldiers were killed" below a dateline of "Nov 12".
pub(crate) fn is_of_another_month(reading: &Reading<'_>, harm: &Harm) -> bool {
    let syntax = reading.syntax();
    let Some(word) = syntax.head_of(harm.number) else { return false };
    let sentence = syntax.sentence(word);
    let first = syntax.words_of(sentence).start;
    reading.times.iter().filter(|time| reading.is_of_another_month(time)).any(|time| {
        let head = syntax.head_of(time.span).filter(|&head| syntax.sentence(head) == sentence);
        head.is_some_and(|head| {
            (head <= first + 3 || is_near(reading, word, head))
                && matches!(syntax.preposition(head).as_str(), "in" | "on" | "during" | "of")
        })
    })
}

/// "About 20 people died in protests before the accord": the time that an agreement ended, unless its last days are told of.
fn is_before_the_agreement(forms: &[String]) -> bool {
    const AGREEMENTS: &[&str] = &[
        "truce",
        "ceasefire",
        "cease-fire",
        "accord",
        "pact",
        "deal",
        "agreement",
        "arrangement",
        "understanding",
        "signing",
        "signatures",
        "protocol",
        "commitment",
        "renewal",
        "armistice",
        "bargain",
        "settlement",
        "moratorium",
    ];
    const LATELY: &[&str] = &[
        "day",
        "days",
        "hour",
        "hours",
        "night",
        "week",
        "weekend",
        "earlier",
        "yesterday",
        "today",
        "minutes",
        "that",
        "morning",
        "evening",
        "shortly",
    ];
    let before =
        forms.windows(2).position(|pair| pair[0] == "before" && matches!(pair[1].as_str(), "the" | "any" | "this"));
    before.is_some_and(|at| {
        forms[at + 2..].iter().take(3).any(|form| AGREEMENTS.contains(&form.as_str()))
            && !forms.iter().any(|form| is_weekday(form) || LATELY.contains(&form.as_str()))
    })
}

fn forms_of(syntax: Syntax<'_>, sentence: u32) -> Vec<String> {
    syntax.words_of(sentence).map(|word| syntax.form(word).to_lowercase()).collect()
}

/// Whether the words say that it is of these days, whatever else the sentence recalls: "This week two boys were killed by a mine".
pub fn is_of_these_days(reading: &Reading<'_>, harm: &Harm) -> bool {
    /// Days back that are still news.
    const NEWS: i64 = 7;
    let syntax = reading.syntax();
    let Some(word) = syntax.head_of(harm.number) else { return false };
    let sentence = syntax.sentence(word);
    let first = syntax.words_of(sentence).start;
    let Some(published) = reading.published_day() else { return false };
    reading.times.iter().any(|time| {
        let told = syntax.head_of(time.span).filter(|&head| syntax.sentence(head) == sentence);
        let Some(head) = told else { return false };
        let near = syntax.clause(head) == syntax.clause(word) && head <= first + 3;
        let day = |told: &Option<String>| told.as_deref().and_then(|told| told.get(..10)).and_then(day_number);
        let recent = day(&time.start).zip(day(&time.end).or(day(&time.start)));
        let words = time.span.of(syntax.text).to_lowercase();
        let deictic = ["this ", "today", "yesterday", "tonight", "overnight", "last night", "day"];
        near && matches!(time.timex.as_str(), "DATE" | "TIME")
            && deictic.iter().any(|known| words.contains(known))
            && !words.contains("later")
            && !matches!(syntax.preposition(head).as_str(), "since" | "until" | "before")
            && recent.is_some_and(|(start, end)| published - end <= NEWS && published - start <= NEWS + 6)
    })
}

/// Whether the report opens with it: what the first sentence of the story counts is its news, whatever people they are.
pub fn opens_report(reading: &Reading<'_>, harm: &Harm) -> bool {
    let syntax = reading.syntax();
    let Some(word) = syntax.head_of(harm.number) else { return false };
    let sentence = syntax.sentence(word) as usize;
    let is_story = |block: usize| {
        reading.document.blocks.get(block).is_some_and(|block| block.kind == counterclaim_schema::BlockKind::Paragraph)
    };
    reading.sentences.iter().position(|row| is_story(row.block)) == Some(sentence)
}

/// "On the Israeli side 45 civilians died" right behind a toll of the whole war: the same toll goes on.
fn is_other_side(reading: &Reading<'_>, word: u32, forms: &[String]) -> bool {
    let syntax = reading.syntax();
    let sentence = syntax.sentence(word);
    let side = forms.first().is_some_and(|form| form == "on") && forms.iter().take(6).any(|form| form == "side")
        || forms.iter().take(5).any(|form| form == "of")
            && forms.iter().take(6).any(|form| matches!(form.as_str(), "those" | "them" | "these"));
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    let dated = reading.times.iter().any(|time| {
        matches!(time.timex.as_str(), "DATE" | "TIME")
            && syntax.head_of(time.span).is_some_and(|head| syntax.sentence(head) == sentence)
    });
    if !side || dated || sentence == 0 || block(sentence) != block(sentence - 1) {
        return false;
    }
    let before = forms_of(syntax, sentence - 1);
    reading.harms.iter().any(|other| {
        syntax.head_of(other.number).is_some_and(|known| {
            syntax.sentence(known) == sentence - 1
                && (sums_up(reading, known, &before) || is_of_lasting_conflict(reading, known))
        })
    })
}

/// "The group has killed dozens of people": a vague toll without a time, in the perfect, is what a party is known for.
fn is_record(reading: &Reading<'_>, harm: &Harm, word: u32) -> bool {
    let syntax = reading.syntax();
    let clause = syntax.clause(word);
    let quantity = harm.mention.quantity;
    let vague = quantity.low != quantity.high && !harm.number.of(syntax.text).contains(|c: char| c.is_ascii_digit());
    let span = reading.sentences[syntax.sentence(word) as usize].span;
    vague
        && quantity.high != Some(0)
        && !syntax.is_passive(clause)
        && syntax.auxiliaries(clause) == ["have"]
        && syntax.form(clause) != "having"
        && reading.innermost_claim(harm.number).is_none()
        && !reading.times.iter().any(|time| span.contains(time.span))
}

/// Whether the words of a time stand in the clause of the harm, or in one that it hangs on or that hangs on it.
fn is_near(reading: &Reading<'_>, harm: u32, other: u32) -> bool {
    let syntax = reading.syntax();
    let of_other = syntax.clause(other);
    let hangs = |clause: u32, of_other: u32| {
        clause == of_other
            || syntax.head(of_other).is_some_and(|head| syntax.clause(head) == clause && of_other > clause)
    };
    // What opens a sentence with "since" goes for all its clauses: "Since the corridor collapsed in 2023, raids have damaged ... and killed".
    let opens = other == syntax.words_of(syntax.sentence(other)).start && syntax.lemma(other) == "since";
    // Joined clauses share the time of the first: "600 were killed last year and hundreds abducted".
    let mut clause = syntax.clause(harm);
    for _ in 0..4 {
        if hangs(clause, of_other) || opens && syntax.head(of_other).is_some_and(|head| syntax.clause(head) == clause) {
            return true;
        }
        let shares = syntax.deprel(clause) == Deprel::Conj;
        match syntax.head(clause).filter(|_| shares) {
            Some(head) => clause = syntax.clause(head),
            None => return false,
        }
    }
    false
}

/// "in the last two decades", "since 1981", "so far this year", "every month", "years of war".
fn sums_up(reading: &Reading<'_>, word: u32, forms: &[String]) -> bool {
    let syntax = reading.syntax();
    let first = syntax.words_of(syntax.sentence(word)).start;
    let form = |at: usize| forms.get(at).map_or("", String::as_str);
    (0..forms.len()).any(|at| {
        let back = |steps: usize| at.checked_sub(steps).map_or("", form);
        let found = match form(at) {
            "years" | "decades" | "centuries" | "months" => {
                let open = (1..=5).any(|steps| matches!(back(steps), "in" | "over" | "during" | "within" | "through"));
                let span = (1..=3).any(|steps| matches!(back(steps), "last" | "past" | "previous" | "recent"));
                let of_war = form(at + 1) == "of"
                    && (at + 2..at + 5).any(|next| LASTING.contains(&form(next)) || form(next) == "fighting");
                let of = (1..=5).any(|steps| back(steps) == "of");
                (open || of && form(at) != "months") && span
                    || open && form(at) != "months" && !matches!(form(at + 1), "old" | "ago")
                    || of_war
            }
            // "In this decade 200 people have been killed"
            "decade" | "century" => {
                matches!(back(1), "this" | "last" | "past" | "previous")
                    && (2..=4).any(|steps| matches!(back(steps), "in" | "over" | "during" | "within" | "through"))
            }
            "year" | "month" | "day" | "week" => {
                matches!(back(1), "every" | "each" | "per")
                    || form(at) == "year"
                        && matches!(back(1), "last" | "previous")
                        && !matches!(back(2), "of" | "than" | "since")
                    || back(1) == "this" && form(at) == "year" && (back(2) == "far" || is_perfect(reading, word))
            }
            "annually" | "yearly" => true,
            "attacks" | "incidents" | "occasions" | "wars" | "conflicts" => {
                matches!(back(1), "previous" | "earlier" | "past")
            }
            "since" => began_long_ago(reading, first + at as u32, forms, at),
            _ => false,
        };
        // "the deadliest attack in years" is news.
        // "The first deadly clash between the two nuclear-armed neighbours in 45 years".
        let superlative = (at.saturating_sub(16)..at).any(|before| {
            matches!(form(before), "worst" | "most" | "first" | "biggest" | "latest" | "largest")
                || form(before).ends_with("liest")
                || form(before).ends_with("dest")
        });
        found && !superlative && is_near(reading, word, first + at as u32)
    })
}

fn is_perfect(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    let clause = syntax.clause(word);
    syntax.auxiliaries(clause).contains(&"have") || syntax.lemma(clause) == "have"
}

/// "since" and a beginning that lies more than a month back, or that is a war's or an era's.
fn began_long_ago(reading: &Reading<'_>, since: u32, forms: &[String], at: usize) -> bool {
    let syntax = reading.syntax();
    let start = syntax.span(since).end;
    let times = reading.times.iter().filter(|time| time.span.start >= start && time.span.start < start + 60);
    let begun = times
        .filter(|time| matches!(time.timex.as_str(), "DATE" | "TIME"))
        .find_map(|time| day_number(time.start.as_deref()?.get(..10)?));
    if let (Some(published), Some(begun)) = (reading.published_day(), begun) {
        return published - begun > RECENT;
    }
    let rest = &forms[at + 1..forms.len().min(at + 9)];
    let year = |form: &String| form.len() == 4 && (form.starts_with("19") || form.starts_with("20"));
    rest.first().is_some_and(|form| form == "then")
        || rest.iter().any(|form| {
            year(form)
                || LASTING.contains(&form.as_str())
                || matches!(form.as_str(), "independence" | "coup" | "founded")
        })
}

/// "The war has killed 3,000", "the conflict, which cost 3,000 lives", "3,000 people died in that war", "have been killed in the conflict".
fn is_of_lasting_conflict(reading: &Reading<'_>, word: u32) -> bool {
    let syntax = reading.syntax();
    let mut clause = syntax.clause(word);
    while matches!(syntax.deprel(clause), Deprel::Acl | Deprel::Xcomp | Deprel::Amod) {
        let Some(above) = syntax.head(clause).map(|head| syntax.clause(head)).filter(|&above| above != clause) else {
            break;
        };
        clause = above;
    }
    let lasting = |head: u32| LASTING.contains(&syntax.lemma(head));
    let that = |head: u32| syntax.dependents(head).iter().any(|&child| syntax.lemma(child) == "that");
    // "The 14-month offensive left 3,000 dead", "the five-year siege cost 900 lives".
    let long = |head: u32| {
        matches!(syntax.lemma(head), "offensive" | "siege" | "campaign" | "fighting" | "battle" | "war" | "blockade")
            && syntax.analysis.subtree(head).iter().any(|&child| {
                child < head
                    && matches!(syntax.form(child), "month" | "months" | "year" | "years" | "decade" | "decades")
            })
    };
    let by_war = syntax.upos(clause) == Upos::Verb
        && syntax.subject(clause).is_some_and(|subject| {
            long(subject)
                || lasting(subject)
                || syntax.obliques(subject).iter().any(|oblique| oblique.preposition == "of" && lasting(oblique.head))
        });
    // "Five years of civil war in which 400,000 people died"
    let which = syntax.deprel(clause) == Deprel::AclRelcl
        && syntax.head(clause).is_some_and(|war| {
            lasting(war)
                || syntax.obliques(war).iter().any(|oblique| oblique.preposition == "of" && lasting(oblique.head))
        })
        && syntax.obliques(clause).iter().any(|oblique| {
            matches!(oblique.preposition.as_str(), "in" | "during") && syntax.lemma(oblique.head) == "which"
        });
    by_war
        || which
        || syntax.obliques(clause).iter().any(|oblique| {
            matches!(oblique.preposition.as_str(), "in" | "during" | "since")
                && lasting(oblique.head)
                && (is_perfect(reading, word) || that(oblique.head))
        })
}

/// "Last October a drone struck a school. Eight people died there": the second sentence tells of the time of the first.
fn goes_on(reading: &Reading<'_>, sentence: u32, forms: &[String]) -> bool {
    const TIMES: &[&str] =
        &["year", "month", "day", "week", "war", "attack", "bombing", "raid", "massacre", "battle", "period"];
    let back = forms.iter().enumerate().any(|(at, form)| {
        let next = forms.get(at + 1).map_or("", String::as_str);
        match form.as_str() {
            "that" | "same" => TIMES.contains(&next) || is_month(next),
            "there" => at > 0 && !matches!(next, "is" | "are" | "was" | "were" | "has" | "have" | "had"),
            _ => false,
        }
    });
    let block = |sentence: u32| reading.sentences.get(sentence as usize).map(|row| row.block);
    back && sentence > 0 && block(sentence) == block(sentence - 1) && tells_of_old_time(reading, sentence - 1)
}

/// Whether a sentence names a time more than a month before publication.
fn tells_of_old_time(reading: &Reading<'_>, sentence: u32) -> bool {
    let Some((row, published)) = reading.sentences.get(sentence as usize).zip(reading.published_day()) else {
        return false;
    };
    reading.times.iter().filter(|time| row.span.contains(time.span)).any(|time| {
        let end = time.end.as_deref().and_then(|end| end.get(..10)).and_then(day_number);
        matches!(time.timex.as_str(), "DATE" | "TIME")
            && time.precision != TimePrecision::Decade
            && end.is_some_and(|end| published - end > RECENT)
    })
}
