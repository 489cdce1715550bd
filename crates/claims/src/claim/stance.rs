//! What a claimant does by the words: tells, denies, accuses, orders, pledges, threatens, declines.

use super::*;

pub(super) fn stance(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> Stance {
    let word = draft.cue_word;
    let lemma = syntax.lemma(word);
    let listed = draft.row.map_or(Stance::Assert, |row| row.stance);
    let kind = draft.row.map(|row| row.kind);
    let denied = syntax.is_negated(word);
    let neither = draft.source.first().is_some_and(|span| {
        matches!(
            span.of(syntax.text).split_whitespace().next(),
            Some("Neither" | "neither" | "None" | "none" | "No" | "Nobody")
        )
    });
    if kind == Some(CueKind::Silence) || neither && matches!(listed, Stance::Assert | Stance::Confirm) {
        return Stance::Decline;
    }
    // "Swore that no one had been inside", "advised that a patrol had found nothing", "offered another explanation": told, not promised or asked.
    let (listed, kind) =
        if told_not_willed(syntax, draft, listed) { (Stance::Assert, Some(CueKind::Report)) } else { (listed, kind) };
    if denied {
        return match listed {
            // "did not say", "could not confirm", "neither confirmed nor denied".
            Stance::Assert | Stance::Confirm | Stance::Accuse => Stance::Decline,
            Stance::Deny => Stance::Decline,
            Stance::Pledge | Stance::Order | Stance::Appeal => Stance::Decline,
            other => other,
        };
    }
    if lemma == "reject" || lemma == "dismiss" {
        // To reject an allegation is to deny; to reject an offer is to refuse.
        let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
        let offer = words.into_iter().any(|word| {
            matches!(
                syntax.lemma(word),
                "offer"
                    | "proposal"
                    | "call"
                    | "demand"
                    | "plan"
                    | "request"
                    | "talk"
                    | "mediation"
                    | "ceasefire"
                    | "truce"
                    | "deal"
            )
        });
        return if offer { Stance::Decline } else { Stance::Deny };
    }
    if lemma == "claim"
        && syntax.dependent(word, &[Deprel::Obj]).is_some_and(|object| syntax.lemma(object) == "responsibility")
    {
        return Stance::Confirm;
    }
    let warning = lemma == "warn" || lemma == "warning";
    if warning {
        return if is_threat(syntax, actors, draft) { Stance::Threaten } else { Stance::Assert };
    }
    if lemma == "rule" {
        return Stance::Decline;
    }
    if lemma == "call" && !calls_for(syntax, word) {
        // "called the report a lie": naming, not asking.
        let of_words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
        let about_words = of_words.into_iter().any(|word| {
            matches!(
                syntax.lemma(word),
                "accusation" | "allegation" | "charge" | "claim" | "report" | "it" | "suggestion"
            )
        });
        let untrue = draft
            .content
            .iter()
            .flat_map(|&span| syntax.words_in(span))
            .any(|word| UNTRUE.contains(&syntax.lemma(word)) && !syntax.is_negated(word));
        return if about_words || untrue { Stance::Deny } else { Stance::Accuse };
    }
    // "Protested that they were herders", "complained that nobody had asked": an accusing word may deny.
    if kind == Some(CueKind::Report) && listed == Stance::Accuse && calls_false(syntax, draft) {
        return Stance::Deny;
    }
    if kind != Some(CueKind::Act) && listed == Stance::Assert {
        if calls_false(syntax, draft) {
            return Stance::Deny;
        }
        if is_retort(syntax, word) {
            return if accuses_in_reply(syntax, actors, draft) { Stance::Accuse } else { Stance::Deny };
        }
        if points_at_the_other(syntax, draft) {
            return Stance::Accuse;
        }
        if kind != Some(CueKind::Noun) && lays_blame(syntax, actors, draft) {
            return Stance::Accuse;
        }
    }
    if matches!(kind, Some(CueKind::Report) | None) && listed == Stance::Assert {
        if denies_plainly(syntax, actors, draft) {
            return Stance::Deny;
        }
        if threatens_if(syntax, actors, draft) {
            return Stance::Threaten;
        }
    }
    let Some(main) = content_verb(syntax, draft) else { return listed };
    let subject = syntax.subject(main);
    let own = subject.is_some_and(|subject| is_claimant(syntax, actors, draft, subject));

    if kind == Some(CueKind::Report) && listed == Stance::Assert {
        let inner =
            cues::verb(syntax.lemma(main)).find(|cue| cue.kind == CueKind::Act && syntax.lemma(main) != "swear");
        if let (Some(inner), true) = (inner, own) {
            // "Said it had been ordered to": somebody else ordered.
            if !syntax.is_negated(main) && !syntax.is_passive(main) {
                return inner.stance;
            }
        }
        if own
            && syntax.is_negated(main)
            && syntax.upos(main) == Upos::Verb
            && is_past(syntax, main)
            && !is_of_mind(syntax, main)
        {
            return Stance::Deny;
        }
        let emphatic = !matches!(
            lemma,
            "say"
                | "tell"
                | "add"
                | "report"
                | "announce"
                | "according"
                | "accord"
                | "note"
                | "record"
                | "have"
                | "fear"
                | "write"
                | "think"
                | "believe"
        );
        if emphatic
            && syntax.is_negated(main)
            && syntax.upos(main) == Upos::Verb
            && syntax.auxiliaries(main).iter().any(|aux| matches!(*aux, "have" | "be" | "do"))
            && !main_is_present_wish(syntax, main)
        {
            return Stance::Deny;
        }
        if subject.is_some_and(|subject| is_nobody(syntax, subject))
            && syntax.upos(main) == Upos::Verb
            && is_past(syntax, main)
        {
            let ours = subject.is_some_and(|subject| has_own_words(syntax, subject));
            if emphatic || ours {
                return Stance::Deny;
            }
        }
        let auxiliary = syntax.auxiliaries(main);
        if own && (auxiliary.contains(&"will") || auxiliary.contains(&"shall")) && !syntax.is_negated(main) {
            let hostile = matches!(
                syntax.lemma(main),
                "retaliate"
                    | "respond"
                    | "attack"
                    | "strike"
                    | "destroy"
                    | "punish"
                    | "avenge"
                    | "kill"
                    | "bomb"
                    | "target"
                    | "hit"
                    | "crush"
            );
            return if hostile { Stance::Threaten } else { Stance::Pledge };
        }
    }
    listed
}

/// "They do not want war": no denial of a deed.
fn main_is_present_wish(syntax: Syntax<'_>, main: u32) -> bool {
    is_of_mind(syntax, main)
        && matches!(syntax.lemma(main), "seek" | "want" | "know" | "need" | "expect" | "think" | "believe" | "wish")
}

/// Whether who speaks is or may be a party of the matter: no bystander, no doctor, no relief agency.
fn may_be_party(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    const BESIDE: &[&str] = &["CVL", "MED", "EDU", "REF", "NGO", "UNO", "IGO", "JRN", "EUR", "REL"];
    let mut known = draft
        .source
        .iter()
        .filter_map(|&span| syntax.head_of(span))
        .flat_map(|head| actors.of_phrase(syntax, head))
        .map(|(actor, _)| &actors.all[actor].sectors);
    known.all(|sectors| !sectors.iter().any(|sector| BESIDE.contains(&sector.as_str())))
}

/// "No post had been attacked", "there is no blockade", "the force did not use one mortar", "the doctor’s figures were not correct", "it holds no aid
/// worker": a party’s words of which the first clause says that something was not.
fn denies_plainly(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    /// Of what there is none without anybody denying it.
    const LACKING: &[&str] = &[
        "casualty",
        "injury",
        "victim",
        "damage",
        "doubt",
        "need",
        "danger",
        "hope",
        "reason",
        "question",
        "alternative",
        "change",
        "electricity",
        "water",
        "food",
        "fuel",
        "time",
        "way",
        "choice",
        "plan",
        "loss",
        "objection",
        "power",
        "medicine",
        "peace",
        "solution",
        "room",
        "place",
        "point",
        "excuse",
        "warning",
    ];
    let Some(first) = draft.content.iter().min_by_key(|span| span.start) else { return false };
    let words = syntax.words_in(*first);
    let top = |word: &u32| {
        syntax.head(*word).is_none_or(|head| !words.contains(&head) || head == draft.cue_word)
            && syntax.upos(*word) != Upos::Punct
    };
    let Some(main) = words.clone().filter(top).find(|&word| {
        matches!(
            syntax.upos(word),
            Upos::Verb | Upos::Adj | Upos::Noun | Upos::Aux | Upos::Adv | Upos::Pron | Upos::Propn
        ) && syntax
            .dependents(word)
            .iter()
            .any(|&child| matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl))
    }) else {
        return false;
    };
    if !may_be_party(syntax, actors, draft) || is_of_mind(syntax, main) {
        return false;
    }
    let no = |word: u32| {
        matches!(syntax.lemma(word), "none" | "nobody" | "nothing")
            || syntax.dependents(word).iter().any(|&child| {
                matches!(syntax.lemma(child), "no")
                    || syntax.form(child).eq_ignore_ascii_case("not")
                        && child < word
                        && !matches!(syntax.form(child + 1), "fewer" | "less" | "more" | "only" | "all" | "every")
            })
    };
    let lacking =
        |word: u32| LACKING.contains(&syntax.lemma(word)) || frames::INFORMATION.contains(&syntax.lemma(word));
    let children = syntax.dependents(main);
    let subject =
        children.iter().copied().find(|&child| matches!(syntax.deprel(child), Deprel::Nsubj | Deprel::NsubjPass));
    let there = children.iter().any(|&child| syntax.form(child).eq_ignore_ascii_case("there"));
    let object = syntax.dependent(main, &[Deprel::Obj]);
    let shall = syntax
        .auxiliaries(main)
        .iter()
        .any(|aux| matches!(*aux, "will" | "would" | "shall" | "should" | "can" | "could" | "may" | "might" | "must"));
    if shall {
        return false;
    }
    let subject_no = subject.is_some_and(|subject| no(subject) && !lacking(subject));
    let held = object.is_some_and(|object| no(object) && !lacking(object))
        && matches!(
            syntax.lemma(main),
            "hold"
                | "detain"
                | "keep"
                | "fire"
                | "use"
                | "attack"
                | "kill"
                | "arrest"
                | "take"
                | "abduct"
                | "cross"
                | "send"
                | "order"
                | "target"
                | "seize"
                | "capture"
                | "harm"
                | "touch"
                | "shell"
                | "strike"
        );
    let knew = syntax.lemma(main) == "know"
        && syntax
            .obliques(main)
            .iter()
            .any(|found| found.preposition == "of" && no(found.head) && !lacking(found.head));
    let wrong = matches!(syntax.lemma(main), "correct" | "accurate" | "right" | "true" | "so" | "credible")
        && syntax.is_negated(main);
    (there && subject.is_some_and(|subject| no(subject) && !lacking(subject)))
        || !there && subject_no
        || held
        || knew
        || wrong
}

/// "If they do not withdraw by noon, the army will restore the line by force".
fn threatens_if(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    let words = || draft.content.iter().flat_map(|&span| syntax.words_in(span));
    let condition = words().any(|word| matches!(syntax.lemma(word), "unless")) || {
        words().any(|word| syntax.form(word).eq_ignore_ascii_case("if"))
            && words()
                .any(|word| matches!(syntax.lemma(word), "not" | "n't" | "fail" | "refuse" | "again" | "continue"))
    };
    let will = words().any(|word| matches!(syntax.lemma(word), "will" | "shall") && syntax.upos(word) == Upos::Aux);
    let force = words().any(|word| {
        matches!(
            syntax.lemma(word),
            "force"
                | "attack"
                | "strike"
                | "retaliate"
                | "respond"
                | "resume"
                | "fire"
                | "block"
                | "storm"
                | "consequence"
                | "shoot"
                | "punish"
                | "march"
                | "blow"
        )
    });
    condition && will && force && may_be_party(syntax, actors, draft)
}

fn is_retort(syntax: Syntax<'_>, word: u32) -> bool {
    matches!(syntax.lemma(word), "retort" | "rejoin" | "counter" | "riposte") || frames::answers_back(syntax, word)
}

/// "Countered that villagers had blocked the road": an answer that tells of another's deed.
fn accuses_in_reply(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    if lays_blame(syntax, actors, draft) || points_at_the_other(syntax, draft) {
        return true;
    }
    let Some(main) = content_verb(syntax, draft) else { return false };
    let noun = |subject: u32| matches!(syntax.upos(subject), Upos::Noun | Upos::Propn) && actors.at(subject).is_some();
    !syntax.is_negated(main)
        && !syntax.is_passive(main)
        && syntax.dependent(main, &[Deprel::Obj]).is_some()
        && syntax.subject(main).is_some_and(|subject| noun(subject) && !is_claimant(syntax, actors, draft, subject))
}

/// Whether a word of promise or advice tells how things were: its clause is in the past or present, not what shall be.
fn told_not_willed(syntax: Syntax<'_>, draft: &Draft, listed: Stance) -> bool {
    let lemma = syntax.lemma(draft.cue_word);
    if !matches!(listed, Stance::Pledge | Stance::Appeal) || syntax.upos(draft.cue_word) != Upos::Verb {
        return false;
    }
    if lemma == "offer" {
        return syntax.dependent(draft.cue_word, &[Deprel::Obj]).is_some_and(|object| {
            ACCOUNTS.contains(&syntax.lemma(object))
                || matches!(syntax.lemma(object), "explanation" | "condolence" | "sympathy" | "apology" | "excuse")
        }) && syntax.dependent(draft.cue_word, &[Deprel::Xcomp]).is_none();
    }
    if !matches!(lemma, "swear" | "vow" | "advise" | "guarantee" | "insist") {
        return false;
    }
    if lemma == "swear" {
        let words = || draft.content.iter().flat_map(|&span| syntax.words_in(span));
        let infinitive = words().next().is_some_and(|word| {
            matches!(syntax.form(word), "to" | "revenge" | "vengeance" | "allegiance" | "loyalty" | "that")
        }) && words().take(1).any(|word| syntax.form(word) != "that");
        let shall = words().any(|word| matches!(syntax.form(word), "will" | "would" | "shall" | "’ll" | "'ll"));
        return !infinitive && !shall;
    }
    content_verb(syntax, draft).is_some_and(|main| {
        let auxiliaries = syntax.auxiliaries(main);
        let shall = auxiliaries
            .iter()
            .any(|aux| matches!(*aux, "will" | "would" | "shall" | "should" | "must" | "can" | "could" | "may"));
        let past = syntax.form(main) != syntax.lemma(main) && !syntax.form(main).ends_with("ing")
            || auxiliaries.iter().any(|aux| matches!(*aux, "have" | "be" | "do"));
        !shall && !syntax.is_infinitive(main) && past
    })
}

/// "Nobody", "no one from his side", "not one of our soldiers", "not a single round".
fn is_nobody(syntax: Syntax<'_>, subject: u32) -> bool {
    let first = syntax.analysis.subtree(subject).first().copied().unwrap_or(subject);
    let before = syntax.words_of(syntax.sentence(subject)).start;
    let start = first.saturating_sub(1).max(before);
    (start..=subject).any(|word| {
        matches!(syntax.form(word).to_lowercase().as_str(), "nobody" | "none" | "nothing" | "no" | "neither" | "no-one")
            || syntax.form(word).eq_ignore_ascii_case("not") && word < subject
    })
}

/// "Of our soldiers", "from his side": the words behind a subject belong to the speaker.
fn has_own_words(syntax: Syntax<'_>, subject: u32) -> bool {
    syntax.analysis.subtree(subject).into_iter().any(|word| {
        matches!(syntax.form(word).to_lowercase().as_str(), "our" | "my" | "his" | "her" | "its" | "their" | "us")
    })
}

/// What goes on in minds and every day is no denial of a deed: "we do not seek war", "our children do not know a night without shots".
fn is_of_mind(syntax: Syntax<'_>, verb: u32) -> bool {
    let present = syntax.dependents(verb).iter().any(|&child| {
        syntax.deprel(child) == Deprel::Aux && matches!(syntax.form(child).to_lowercase().as_str(), "do" | "does")
    });
    present
        && matches!(
            syntax.lemma(verb),
            "seek"
                | "want"
                | "know"
                | "need"
                | "expect"
                | "think"
                | "believe"
                | "fear"
                | "understand"
                | "remember"
                | "see"
                | "hear"
                | "feel"
                | "have"
                | "sleep"
                | "wish"
                | "care"
                | "trust"
                | "like"
        )
        || syntax.dependents(verb).iter().any(|&child| {
            syntax.deprel(child) == Deprel::Advcl
                && syntax.dependents(child).iter().any(|&inner| syntax.lemma(inner) == "since")
        })
}

/// "Smugglers were to blame", "the fault of the state", "the work of a cell", "all responsibility lies with them", "hinted that the herders had been
/// shot by the police": whose doing it was, and not the speaker's own.
fn lays_blame(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    let hinted = matches!(syntax.lemma(draft.cue_word), "suggest" | "hint" | "imply" | "insinuate" | "intimate");
    let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
    words.into_iter().any(|word| {
        let lemma = syntax.lemma(word);
        let of = || {
            syntax
                .obliques(word)
                .into_iter()
                .find(|found| matches!(found.preposition.as_str(), "of" | "with" | "on"))
                .map(|found| found.head)
        };
        let blamed = match lemma {
            "blame" if syntax.is_infinitive(word) => {
                syntax.subject(word).or_else(|| syntax.head(word).and_then(|head| syntax.subject(head)))
            }
            "fault" | "work" | "handiwork" | "doing" if syntax.dependent(word, &[Deprel::Cop]).is_some() => of(),
            "responsible" => syntax.dependent(word, &[Deprel::Nsubj]),
            // "The rebels were behind it".
            _ if syntax.preposition(word) == "behind" || lemma == "behind" => {
                syntax.dependent(word, &[Deprel::Nsubj]).filter(|_| syntax.dependent(word, &[Deprel::Cop]).is_some())
            }
            "lie" | "rest" => syntax
                .subject(word)
                .filter(|&subject| matches!(syntax.lemma(subject), "responsibility" | "blame" | "fault" | "guilt"))
                .and_then(|_| of()),
            _ if hinted && syntax.upos(word) == Upos::Verb && syntax.is_passive(word) => {
                syntax.dependents(word).iter().copied().find(|&child| {
                    syntax.deprel(child) == Deprel::OblAgent
                        || syntax.preposition(child) == "by" && actors.at(child).is_some()
                })
            }
            _ => None,
        };
        let asked = |blamed: u32| matches!(syntax.lemma(blamed), "who" | "which" | "whoever" | "that" | "nobody");
        blamed.is_some_and(|blamed| {
            !asked(blamed) && !syntax.is_negated(word) && !is_claimant(syntax, actors, draft, blamed)
        })
    })
}

/// "That never happened", "said that was a lie": what somebody else told is called untrue.
fn calls_false(syntax: Syntax<'_>, draft: &Draft) -> bool {
    // "Not so", "impossible".
    let short = draft.content.iter().any(|piece| {
        let words = piece.of(syntax.text).trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        matches!(
            words.as_str(),
            "not so"
                | "impossible"
                | "nonsense"
                | "rubbish"
                | "lies"
                | "all lies"
                | "a lie"
                | "untrue"
                | "not true"
                | "pure invention"
                | "wrong"
                | "false"
                | "pure fiction"
                | "fairy tales"
        ) || words.split_whitespace().count() <= 4
            && words
                .split_whitespace()
                .any(|word| matches!(word, "lie" | "lies" | "nonsense" | "invention" | "slander"))
    });
    if short {
        return true;
    }
    let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
    words.into_iter().any(|word| {
        let pointing = || {
            syntax.subject(word).is_some_and(|subject| {
                matches!(syntax.form(subject).to_lowercase().as_str(), "that" | "this" | "it" | "these" | "those")
                    || ACCOUNTS.contains(&syntax.lemma(subject))
            })
        };
        let never = matches!(syntax.lemma(word), "happen" | "occur") && syntax.is_negated(word);
        // "That list was made up in Warsaw", "these pictures are staged".
        let invented = match syntax.lemma(word) {
            "make" => syntax.dependents(word).iter().any(|&child| child > word && syntax.form(child) == "up"),
            lemma => matches!(lemma, "invent" | "fabricate" | "concoct" | "stage" | "fake" | "forge" | "manufacture"),
        } && syntax.upos(word) == Upos::Verb
            && syntax.is_passive(word)
            && !syntax.is_negated(word);
        let lie = invented || UNTRUE.contains(&syntax.lemma(word)) && !syntax.is_negated(word);
        let untrue = syntax.lemma(word) == "true" && syntax.is_negated(word);
        (never || lie || untrue) && pointing()
    })
}

/// "That the other had fired first", "it is they who are shooting at us": the words lay it at the door of the other side.
fn points_at_the_other(syntax: Syntax<'_>, draft: &Draft) -> bool {
    const DEEDS: &[&str] = &[
        "fire", "shoot", "attack", "shell", "bomb", "violate", "break", "breach", "start", "begin", "provoke", "open",
        "use", "strike", "kill",
    ];
    let words = draft.content.iter().flat_map(|&span| syntax.words_in(span));
    words.into_iter().any(|verb| {
        if !DEEDS.contains(&syntax.lemma(verb)) || syntax.upos(verb) != Upos::Verb || syntax.is_negated(verb) {
            return false;
        }
        let first = syntax.words_of(syntax.sentence(verb)).start;
        let other = syntax.subject(verb).is_some_and(|subject| {
            syntax.lemma(subject) == "other"
                && syntax.dependents(subject).iter().any(|&child| syntax.lemma(child) == "the")
        });
        // "It is they who", "it was the army that".
        let relative = (first..verb).rev().take(4).find(|&at| matches!(syntax.form(at), "who" | "that"));
        let cleft = relative.is_some_and(|at| {
            let copula =
                (first..at).rev().take(6).find(|&word| matches!(syntax.form(word), "is" | "was" | "are" | "were"));
            copula.is_some_and(|word| {
                let it =
                    word.checked_sub(1).is_some_and(|it| it >= first && syntax.form(it).eq_ignore_ascii_case("it"));
                let ours = (word + 1..at).any(|inner| {
                    matches!(syntax.form(inner).to_lowercase().as_str(), "we" | "us" | "our" | "not" | "n't" | "n’t")
                });
                it && !ours && at > word + 1
            })
        });
        other || cleft
    })
}

/// Whether "call" asks: it is followed by its preposition.
pub(super) fn calls_for(syntax: Syntax<'_>, word: u32) -> bool {
    if syntax.upos(word) == Upos::Noun {
        return true;
    }
    let near = |next: u32| {
        (next as usize) < syntax.analysis.words.len() && matches!(syntax.lemma(next), "for" | "on" | "upon")
    };
    near(word + 1)
        || near(word + 2)
        || syntax.obliques(word).iter().any(|oblique| matches!(oblique.preposition.as_str(), "for" | "on" | "upon"))
}

/// A warning by a party that can act on it: against somebody, of consequences, or of what will be done.
fn is_threat(syntax: Syntax<'_>, actors: &Actors, draft: &Draft) -> bool {
    let able = draft
        .source
        .iter()
        .filter_map(|&span| syntax.head_of(span))
        .flat_map(|head| actors.of_phrase(syntax, head))
        .any(|(actor, _)| {
            let row = &actors.all[actor];
            row.sectors
                .iter()
                .any(|sector| matches!(sector.as_str(), "GOV" | "MIL" | "REB" | "PRM" | "UAF" | "CRM" | "COP"))
        });
    let word = draft.cue_word;
    let against = syntax.obliques(word).iter().any(|oblique| {
        oblique.preposition == "against"
            || oblique.preposition == "of"
                && matches!(
                    syntax.lemma(oblique.head),
                    "consequence" | "destruction" | "retaliation" | "response" | "revenge"
                )
    });
    let announced = draft
        .content
        .iter()
        .flat_map(|&span| syntax.words_in(span))
        .any(|word| matches!(syntax.lemma(word), "will" | "would") && syntax.upos(word) == Upos::Aux);
    able && (against || announced)
}

fn is_past(syntax: Syntax<'_>, verb: u32) -> bool {
    let auxiliaries = syntax.auxiliaries(verb);
    auxiliaries.iter().any(|&aux| matches!(aux, "have" | "do" | "be")) || syntax.form(verb) != syntax.lemma(verb)
}

/// The verb on which the content hangs.
pub(super) fn content_verb(syntax: Syntax<'_>, draft: &Draft) -> Option<u32> {
    let longest = draft.content.iter().max_by_key(|span| span.len())?;
    let words = syntax.words_in(*longest);
    words.clone().find(|&word| {
        matches!(syntax.upos(word), Upos::Verb)
            && syntax.head(word).is_none_or(|head| !words.contains(&head) || head == draft.cue_word)
    })
}

/// Whether a word refers to the claimant itself: "we", "its forces", the same actor.
fn is_claimant(syntax: Syntax<'_>, actors: &Actors, draft: &Draft, word: u32) -> bool {
    let form = syntax.form(word).to_lowercase();
    if matches!(form.as_str(), "we" | "i") {
        return true;
    }
    let claimants: Vec<ActorId> = draft
        .source
        .iter()
        .filter_map(|&span| syntax.head_of(span))
        .flat_map(|head| actors.of_phrase(syntax, head))
        .map(|(actor, _)| actor)
        .collect();
    let owner_is_own = syntax.owner(word).is_some_and(|owner| {
        matches!(syntax.form(owner).to_lowercase().as_str(), "its" | "our" | "their" | "his" | "her" | "my")
            && actors.at(owner).is_none_or(|actor| claimants.contains(&actor))
    });
    let same = actors.at(word).is_some_and(|actor| {
        claimants.contains(&actor)
            || claimants.iter().any(|&claimant| {
                let (a, b) = (&actors.all[actor], &actors.all[claimant]);
                a.country.is_some()
                    && a.country == b.country
                    && !a.sectors.is_empty()
                    && a.sectors.first() == b.sectors.first()
            })
    });
    owner_is_own || same
}
