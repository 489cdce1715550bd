//! What a tree must not say, whatever the parser preferred: each arc is chosen by itself, and some cannot stand together.

use crate::analysis::{Deprel, Upos, WordAnalysis};
use counterclaim_schema::{Mention, MentionKind};

/// Last words of names that bodies bear and places do not.
const BODIES: &[&str] = &[
    "Front",
    "Movement",
    "Army",
    "Council",
    "Brigade",
    "Brigades",
    "Forces",
    "Party",
    "Alliance",
    "Coalition",
    "Command",
    "Committee",
    "Militia",
    "Guard",
    "Guards",
    "Congress",
    "Corps",
    "Battalion",
    "Battalions",
    "Organization",
    "Organisation",
    "Resistance",
    "Coordination",
    "Regiment",
    "Brotherhood",
];

/// "The rebel Polisario Front" is a body, though the name of a land stands in it and the tagger may see the land.
pub fn name_bodies(text: &str, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|mention| mention.kind == MentionKind::Place) {
        let last = mention.span.of(text).split_whitespace().next_back();
        if last.is_some_and(|last| BODIES.contains(&last)) {
            mention.kind = MentionKind::Organization;
        }
    }
}

/// Mends `words` of a whole document, whose offsets refer to `text`, in place.
pub fn mend(text: &str, words: &mut [WordAnalysis], mentions: &[Mention]) {
    close_names(words, mentions);
    part_names(words, mentions);
    open_names(words);
    describe_names(words);
    close_between(words);
    lift_from_weather(words);
    make_active(words);
    lift_finite(text, words);
    name_groups(words);
    name_offensives(words);
    make_passive(text, words);
    keep_beside(words);
    keep_agents(words);
    close_conjuncts(words);
    join_beside(words);
    keep_order(words);
    keep_one_subject(words);
    name_gerunds(words);
    break_cycles(words);
}

/// No word hangs on itself by way of others: two repairs may contradict each other where names overlap.
fn break_cycles(words: &mut [WordAnalysis]) {
    // The number of the climb that came by; a word met twice in one climb closes a cycle.
    let mut climbed = vec![usize::MAX; words.len()];
    for start in 0..words.len() {
        let mut at = start;
        while climbed[at] == usize::MAX {
            climbed[at] = start;
            match words[at].head.map(|head| head as usize).filter(|&head| head < words.len()) {
                Some(head) if climbed[head] == start => {
                    // Each sentence has one root.
                    let sentence = words[at].sentence;
                    let root = words.iter().position(|word| word.sentence == sentence && word.head.is_none());
                    (words[at].head, words[at].deprel) = match root {
                        Some(root) => (Some(root as u32), Deprel::Parataxis),
                        None => (None, Deprel::Root),
                    };
                    break;
                }
                Some(head) => at = head,
                None => break,
            }
        }
    }
}

/// "Forced them to kneel and decapitated them": a finite verb does not go on with an infinitive, but with the verb over it.
fn lift_finite(text: &str, words: &mut [WordAnalysis]) {
    for at in 0..words.len() {
        let Some(inner) = words[at].head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        let span = words[at].span;
        let form = text.get(span.start()..span.end()).unwrap_or_default();
        if words[at].deprel != Deprel::Conj
            || words[at].upos != Upos::Verb
            || words[inner].upos != Upos::Verb
            || !form.ends_with("ed")
            || form == words[at].lemma
        {
            continue;
        }
        let has = |head: usize, test: &dyn Fn(&WordAnalysis) -> bool| {
            words.iter().any(|word| word.head == Some(head as u32) && test(word))
        };
        let to = has(inner, &|word| word.lemma == "to" && word.deprel == Deprel::Mark);
        let bare = !has(at, &|word| {
            matches!(word.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Mark | Deprel::Nsubj | Deprel::NsubjPass)
        });
        let passive = has(inner, &|word| word.deprel == Deprel::AuxPass);
        let takes = has(at, &|word| word.deprel == Deprel::Obj);
        let over = words[inner].head.filter(|&over| words[over as usize].upos == Upos::Verb && (over as usize) < inner);
        if let (true, Some(over)) = (to && bare && takes && !passive, over) {
            words[at].head = Some(over);
        }
    }
}

/// "The rebel group M23 attacked": a name right behind the noun for what bears it is no second subject.
fn name_groups(words: &mut [WordAnalysis]) {
    const BEARERS: &[&str] = &[
        "group",
        "movement",
        "militia",
        "organization",
        "organisation",
        "faction",
        "gang",
        "cartel",
        "network",
        "alliance",
    ];
    for at in 0..words.len().saturating_sub(1) {
        let (noun, name) = (&words[at], &words[at + 1]);
        let alike = noun.head.is_some() && noun.head == name.head && noun.deprel == name.deprel;
        let named = noun.upos == Upos::Noun && name.upos == Upos::Propn && BEARERS.contains(&noun.lemma.as_str());
        if alike && named && matches!(noun.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl) {
            (words[at + 1].head, words[at + 1].deprel) = (Some(at as u32), Deprel::Appos);
        }
    }
}

/// "Launched an offensive Friday on the town": no Friday is offensive.
fn name_offensives(words: &mut [WordAnalysis]) {
    const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    for at in 1..words.len().saturating_sub(1) {
        let next = at + 1;
        let day = DAYS.contains(&words[next].lemma.as_str()) && words[next].sentence == words[at].sentence;
        if words[at].lemma != "offensive" || words[at].upos != Upos::Adj {
            continue;
        }
        let stands =
            matches!(words[at].deprel, Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod);
        let of_day = day && words[at].head == Some(next as u32);
        let over = words[next].head.filter(|&over| (over as usize) < at && words[over as usize].upos == Upos::Verb);
        let place = if stands {
            words[at].head.map(|head| (head, words[at].deprel))
        } else {
            over.map(|verb| (verb, Deprel::Obj))
        };
        let Some((head, deprel)) = place.filter(|_| stands || of_day) else { continue };
        for child in 0..words.len() {
            if day && words[child].head == Some(next as u32) && child < at {
                words[child].head = Some(at as u32);
            }
        }
        (words[at].upos, words[at].head, words[at].deprel) = (Upos::Noun, Some(head), deprel);
        if of_day {
            words[next].deprel = Deprel::OblUnmarked;
        }
    }
}

/// "Prisoners said to be officers", "soldiers killed on Friday were buried": what takes an object and has none is done to its subject.
fn make_passive(text: &str, words: &mut [WordAnalysis]) {
    const TOLD: &[&str] =
        &["said", "believed", "thought", "reported", "alleged", "known", "feared", "suspected", "rumoured", "rumored"];
    const HARMED: &[&str] = &[
        "killed",
        "wounded",
        "injured",
        "arrested",
        "detained",
        "abducted",
        "kidnapped",
        "captured",
        "displaced",
        "beheaded",
    ];
    for at in 1..words.len().saturating_sub(2) {
        let span = words[at].span;
        let form = text.get(span.start()..span.end()).unwrap_or_default().to_lowercase();
        let to_be = words[at + 1].lemma == "to" && matches!(words[at + 2].lemma.as_str(), "be" | "have");
        let told = TOLD.contains(&form.as_str()) && to_be;
        // A preposition or a day behind it: no object follows.
        let next = &words[at + 1];
        let place =
            matches!(next.lemma.as_str(), "on" | "in" | "near" | "by" | "during" | "outside" | "inside" | "along");
        let objectless = place && next.upos == Upos::Adp && next.deprel == Deprel::Case
            || matches!(next.lemma.as_str(), "last" | "yesterday" | "earlier" | "overnight");
        let harmed = HARMED.contains(&form.as_str()) && objectless;
        let own = |relations: &[Deprel]| {
            (0..words.len())
                .find(|&child| words[child].head == Some(at as u32) && relations.contains(&words[child].deprel))
        };
        let clause = own(&[Deprel::Ccomp]);
        if words[at].upos != Upos::Verb
            || !(told || harmed)
            || harmed && clause.is_some_and(|clause| clause > at)
            || own(&[Deprel::Obj, Deprel::Aux, Deprel::AuxPass, Deprel::NsubjPass]).is_some()
        {
            continue;
        }
        let subject = own(&[Deprel::Nsubj]).filter(|&subject| subject < at);
        let noun = at - 1;
        let beside = matches!(words[noun].upos, Upos::Noun | Upos::Propn) && words[noun].sentence == words[at].sentence;
        if let Some(clause) = clause.filter(|&clause| told && beside && clause < noun) {
            // "Gunmen marched prisoners said to be officers to the square": the clause before it is the sentence.
            (words[clause].head, words[clause].deprel) = (words[at].head, words[at].deprel);
            if subject == Some(noun) {
                (words[noun].head, words[noun].deprel) = (Some(clause as u32), Deprel::Obj);
            }
            (words[at].head, words[at].deprel) = (Some(noun as u32), Deprel::Acl);
            // "... and shot them" goes on with the sentence.
            let predicates: Vec<u32> = (at + 1..words.len())
                .filter(|&child| words[child].head == Some(at as u32))
                .map(|child| child as u32)
                .collect();
            for next in at + 1..words.len() {
                let hung = words[next].head.is_some_and(|head| predicates.contains(&head));
                if hung && words[next].deprel == Deprel::Conj && words[next].upos == Upos::Verb {
                    words[next].head = Some(clause as u32);
                }
            }
            continue;
        }
        let joined = own(&[Deprel::Conj]).is_some();
        match subject {
            Some(subject) if !joined => words[subject].deprel = Deprel::NsubjPass,
            // "Soldiers killed on Friday were buried": the noun right before it, which waits for another verb.
            None => {
                let waits = beside
                    && matches!(words[noun].deprel, Deprel::Nsubj | Deprel::NsubjPass)
                    && words[noun].head.is_some_and(|head| head as usize > at);
                if waits && words[at].deprel == Deprel::Ccomp {
                    (words[at].head, words[at].deprel) = (Some(noun as u32), Deprel::Acl);
                }
            }
            _ => {}
        }
    }
}

/// "As fighting raged in the capital": a gerund that stands as a subject and takes nothing is a noun.
fn name_gerunds(words: &mut [WordAnalysis]) {
    const DEEDS: &[&str] = &["fight", "shell", "shoot", "bomb", "loot", "fire", "kill"];
    for at in 0..words.len() {
        let stands = matches!(words[at].deprel, Deprel::Nsubj | Deprel::NsubjPass) && words[at].upos == Upos::Verb;
        if !stands || !DEEDS.contains(&words[at].lemma.as_str()) {
            continue;
        }
        let own = |word: &WordAnalysis| {
            word.head == Some(at as u32)
                && matches!(
                    word.deprel,
                    Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass
                )
        };
        if !words.iter().any(own) {
            words[at].upos = Upos::Noun;
            words[at].lemma += "ing";
        }
    }
}

/// "The army and the rebel Nubaria Front": of two joined nouns in a row with nothing between them the first belongs to the second.
fn close_conjuncts(words: &mut [WordAnalysis]) {
    let is_noun = |word: &WordAnalysis| matches!(word.upos, Upos::Noun | Upos::Propn);
    for at in 0..words.len() {
        if words[at].deprel != Deprel::Conj || words[at].upos != Upos::Noun {
            continue;
        }
        let run = words[at + 1..].iter().take(4).take_while(|word| is_noun(word)).count();
        let same = |other: &usize| words[*other].deprel == Deprel::Conj && words[*other].head == words[at].head;
        if let Some(head) = (at + 1..=at + run).find(same) {
            words[at].deprel = Deprel::Compound;
            words[at].head = Some(head as u32);
        }
    }
}

/// "The army and the rebels accused each other": two nouns with nothing but "and" between them that hang on one verb in the same way are joined.
fn join_beside(words: &mut [WordAnalysis]) {
    let is_noun = |word: &WordAnalysis| matches!(word.upos, Upos::Noun | Upos::Propn);
    for and in 1..words.len() {
        if words[and].deprel != Deprel::Cc || words[and].lemma != "and" {
            continue;
        }
        let Some(over) = words[and].head.map(|head| head as usize).filter(|&head| head > and) else { continue };
        let next = |at: &usize| is_noun(&words[*at]) && words[*at].head == Some(over as u32);
        let second = if is_noun(&words[over]) { Some(over) } else { (and + 1..over.min(and + 8)).rfind(next) };
        let Some(second) = second else { continue };
        let Some(verb) = words[second].head.map(|head| head as usize).filter(|&head| head > second) else { continue };
        let twin = |at: &usize| {
            words[*at].head == words[second].head && words[*at].deprel == words[second].deprel && is_noun(&words[*at])
        };
        let Some(first) = (and.saturating_sub(8)..and).rev().find(twin) else { continue };
        let told = matches!(words[second].deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl);
        // Nothing that hangs on the verb stands between them.
        let between = (first + 1..and)
            .any(|at| words[at].head == Some(verb as u32) || matches!(words[at].upos, Upos::Verb | Upos::Punct));
        let has = |head: usize, relation: Deprel| {
            let near = head.saturating_sub(40)..words.len().min(head + 40);
            words[near].iter().any(|word| word.head == Some(head as u32) && word.deprel == relation)
        };
        let bare = words[second].deprel == Deprel::Obl;
        let loose = bare && (has(first, Deprel::Case) || has(second, Deprel::Case) || has(verb, Deprel::Nsubj));
        if !told || between || loose || words[verb].upos != Upos::Verb {
            continue;
        }
        words[second].head = Some(first as u32);
        words[second].deprel = Deprel::Conj;
        if bare {
            words[first].deprel = Deprel::Nsubj;
        }
    }
}

/// "The government accused the army": of two nouns around a verb the first is not what it is done to and the second who does it.
fn keep_order(words: &mut [WordAnalysis]) {
    let is_noun = |word: &WordAnalysis| matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Num);
    for verb in 0..words.len() {
        if words[verb].upos != Upos::Verb {
            continue;
        }
        let own = |at: &usize, relation: Deprel| words[*at].head == Some(verb as u32) && words[*at].deprel == relation;
        let before = (verb.saturating_sub(40)..verb)
            .filter(|at| own(at, Deprel::Obj) && is_noun(&words[*at]))
            .collect::<Vec<_>>();
        let behind = (verb + 1..words.len().min(verb + 60))
            .filter(|at| own(at, Deprel::Nsubj) && is_noun(&words[*at]))
            .collect::<Vec<_>>();
        let subject = (verb.saturating_sub(40)..verb)
            .any(|at| own(&at, Deprel::Nsubj) || own(&at, Deprel::NsubjPass) || own(&at, Deprel::AuxPass));
        if let ([first], [second], false) = (&before[..], &behind[..], subject) {
            words[*first].deprel = Deprel::Nsubj;
            words[*second].deprel = Deprel::Obj;
        }
    }
}

/// "A strike killed five people": behind an active verb that has its subject stands no second one but its object.
fn keep_one_subject(words: &mut [WordAnalysis]) {
    for at in 1..words.len() {
        if words[at].deprel != Deprel::Nsubj {
            continue;
        }
        let Some(verb) = words[at].head.map(|verb| verb as usize).filter(|&verb| verb < at) else { continue };
        let before = |relation: Deprel| {
            (verb.saturating_sub(40)..verb)
                .any(|other| words[other].head == Some(verb as u32) && words[other].deprel == relation)
        };
        let object =
            words[verb + 1..].iter().take(60).any(|word| word.head == Some(verb as u32) && word.deprel == Deprel::Obj);
        let transitive = words[verb].upos == Upos::Verb && !before(Deprel::AuxPass) && !before(Deprel::Cop);
        if transitive
            && before(Deprel::Nsubj)
            && !object
            && matches!(words[at].upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
        {
            words[at].deprel = Deprel::Obj;
        }
    }
}

/// "Were killed, according to the commissioner": who is told by another preposition than "by" did nothing.
fn keep_agents(words: &mut [WordAnalysis]) {
    for at in 0..words.len() {
        if words[at].deprel != Deprel::OblAgent {
            continue;
        }
        let first = at.saturating_sub(12);
        let case = (first..at).rev().find(|&before| {
            matches!(words[before].upos, Upos::Adp | Upos::Sconj | Upos::Part) || words[before].lemma == "accord"
        });
        let told = case.filter(|&case| {
            words[case].lemma != "by" && (case + 1..at).all(|between| words[between].upos != Upos::Verb)
        });
        let own = told.is_some_and(|case| words[case].head == Some(at as u32) || words[case].deprel == Deprel::Fixed);
        if own {
            words[at].deprel = Deprel::Obl;
        }
    }
}

/// "Israeli army bulldozers demolished homes, officials said": what describes a noun before a verb does not hang on a noun behind the verb.
fn keep_beside(words: &mut [WordAnalysis]) {
    let is_nominal = |word: &WordAnalysis| matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj);
    for at in 0..words.len() {
        if !matches!(words[at].deprel, Deprel::Amod | Deprel::Compound) {
            continue;
        }
        let Some(head) = words[at].head.map(|head| head as usize).filter(|&head| head > at + 1) else { continue };
        let run = words[at + 1..head].iter().take_while(|word| is_nominal(word)).count();
        let Some(noun) = (at + 1..=at + run).rfind(|&word| words[word].upos != Upos::Adj) else { continue };
        let verb = words[noun].head.map(|verb| verb as usize);
        let parted = verb.is_some_and(|verb| (noun + 1..head).contains(&verb) && words[verb].upos == Upos::Verb);
        if parted && matches!(words[noun].deprel, Deprel::Nsubj | Deprel::NsubjPass) {
            words[at].head = Some(noun as u32);
        }
    }
}

/// "Sri Lanka has signed": the words of one name that hang on the same word by the same relation are one dependent, the first word with the others
/// inside of it, as the treebanks have it.
fn close_names(words: &mut [WordAnalysis], mentions: &[Mention]) {
    for mention in mentions {
        let first = words.partition_point(|word| word.span.start < mention.span.start);
        let end = words.partition_point(|word| word.span.end <= mention.span.end);
        if end < first + 2 {
            continue;
        }
        if mention.kind == MentionKind::Organization {
            close_body(words, first, end);
        }
        let (head, deprel) = (words[first].head, words[first].deprel);
        let outside = head.is_some_and(|head| !(first..end).contains(&(head as usize)));
        let opens = words[first].head.is_none_or(|over| !(first..end).contains(&(over as usize)));
        // "Al-Nusra": what is flat within a name, and its hyphen, is the name's.
        for at in first + 1..end {
            let inside = words[at].head.is_some_and(|over| (first..end).contains(&(over as usize)));
            if words[at].sentence != words[first].sentence || words[at].head.is_none() {
                continue;
            }
            if words[at].upos == Upos::Punct && !inside {
                words[at].head = Some(at as u32 - 1);
            } else if words[at].deprel == Deprel::Flat && !inside && opens {
                words[at].head = Some(first as u32);
            }
        }
        // "Boko Haram": a foreign word at the head of a name is no noun.
        let two = end == first + 2 && words[first + 1].upos == Upos::Propn;
        let alike = two && (words[first + 1].head, words[first + 1].deprel) == (head, deprel);
        if alike && words[first].upos == Upos::Noun && mention.kind == MentionKind::Organization {
            words[first].upos = Upos::Propn;
        }
        if !outside || deprel == Deprel::Compound || words[first].upos != Upos::Propn {
            continue;
        }
        for word in &mut words[first + 1..end] {
            if word.head == head && word.deprel == deprel && word.upos == Upos::Propn {
                (word.head, word.deprel) = (Some(first as u32), Deprel::Flat);
            }
        }
    }
}

/// "The Emergency Medicine and Support Centre said": a body whose name joins words is one, and its last word is the head.
fn close_body(words: &mut [WordAnalysis], first: usize, end: usize) {
    let inside = |word: u32| (first..end).contains(&(word as usize));
    let outside = |word: &WordAnalysis| word.head.is_none_or(|head| !inside(head));
    let joins = words[first..end].iter().any(|word| word.upos == Upos::Cconj);
    let Some(top) = (first..end).find(|&at| outside(&words[at]) && words[at].upos == Upos::Propn) else { return };
    let last = end - 1;
    if !joins || words[last].upos != Upos::Propn {
        return;
    }
    let above = (words[top].head, words[top].deprel);
    for at in 0..words.len() {
        let held = words[at].head.is_some_and(inside);
        if at == last {
            (words[at].head, words[at].deprel) = above;
        } else if (first..end).contains(&at) && outside(&words[at]) {
            (words[at].head, words[at].deprel) = (Some(last as u32), Deprel::Compound);
        } else if !(first..end).contains(&at) && held {
            words[at].head = Some(last as u32);
        }
    }
}

/// "Between the ELN and the Clan del Golfo": what "and" joins to a name is another name, unless one mention holds both.
fn part_names(words: &mut [WordAnalysis], mentions: &[Mention]) {
    for at in 0..words.len() {
        let Some(first) = words[at].head.map(|head| head as usize).filter(|&head| head < at) else { continue };
        let joined = (first + 1..at)
            .any(|between| words[between].deprel == Deprel::Cc && words[between].head == Some(at as u32));
        let whole = words[first].span.to(words[at].span);
        if words[at].deprel == Deprel::Flat && joined && !mentions.iter().any(|mention| mention.span.contains(whole)) {
            words[at].deprel = Deprel::Conj;
        }
    }
}

/// "The rebel Nubaria Front": what stands before a name hangs on its first word, as the rest of the name does.
fn open_names(words: &mut [WordAnalysis]) {
    for at in 0..words.len() {
        let Some(inner) = words[at].head.map(|head| head as usize).filter(|&head| head > at) else { continue };
        let first = words[inner].head.filter(|&first| words[inner].deprel == Deprel::Flat && (first as usize) < inner);
        if let Some(first) = first.filter(|&first| first as usize > at) {
            words[at].head = Some(first);
        }
    }
}

/// "The army and the rebel Nubaria Front": a noun right before a name is not a third party beside both.
fn describe_names(words: &mut [WordAnalysis]) {
    for at in 1..words.len() {
        let (before, name) = (&words[at - 1], &words[at]);
        let alike = before.head == name.head && before.deprel == Deprel::Conj && name.deprel == Deprel::Conj;
        if alike && name.upos == Upos::Propn && matches!(before.upos, Upos::Noun | Upos::Adj) {
            (words[at - 1].head, words[at - 1].deprel) = (Some(at as u32), Deprel::Compound);
        }
    }
}

/// "A ceasefire between the brigade and the Deterrence Force was holding": between takes two, so the second is no subject.
fn close_between(words: &mut [WordAnalysis]) {
    let is_child = |words: &[WordAnalysis], at: usize, of: usize, deprel: Deprel| {
        words[at].head == Some(of as u32) && words[at].deprel == deprel
    };
    for at in 0..words.len() {
        let Some(first) = words[at].head.map(|head| head as usize).filter(|&head| head > at) else { continue };
        let single = words[first].upos == Upos::Propn
            || words[first].upos == Upos::Noun
                && !words[first].lemma.is_empty()
                && words[first].span.len() == words[first].lemma.len();
        if words[at].lemma != "between" || words[at].deprel != Deprel::Case || !single {
            continue;
        }
        if (0..words.len()).any(|word| is_child(words, word, first, Deprel::Conj)) {
            continue;
        }
        let end = (first + 1..words.len()).find(|&word| !is_child(words, word, first, Deprel::Flat)).unwrap_or(first);
        if words.get(end).is_none_or(|word| word.upos != Upos::Cconj || word.lemma != "and") {
            continue;
        }
        let subject = |at: usize| matches!(words[at].deprel, Deprel::Nsubj | Deprel::NsubjPass);
        let near = end + 1..words.len().min(end + 8);
        let Some(second) = near.clone().find(|&at| subject(at)) else { continue };
        let nominal = matches!(words[second].upos, Upos::Propn | Upos::Noun);
        let whole = (end + 1..second).all(|at| words[at].head.is_some_and(|head| near.contains(&(head as usize))));
        if !nominal || !whole {
            continue;
        }
        let verb = words[second].head;
        (words[second].head, words[second].deprel) = (Some(first as u32), Deprel::Conj);
        words[end].head = Some(second as u32);
        // What is between the two is the subject then, if it stood before the verb.
        if let Some(noun) = words[first].head.map(|noun| noun as usize) {
            let before = words[noun].head == verb && verb.is_some_and(|verb| noun < verb as usize);
            if before && words[noun].deprel == Deprel::Obj {
                words[noun].deprel = Deprel::Nsubj;
            }
        }
    }
}

/// "They came when it was dark and shot": what nobody but "it" is said to be does not shoot, who came does.
fn lift_from_weather(words: &mut [WordAnalysis]) {
    for at in 0..words.len() {
        let Some(state) = words[at].head.map(|head| head as usize).filter(|&state| state < at) else { continue };
        let joined = words[at].deprel == Deprel::Conj && words[at].upos == Upos::Verb;
        if !joined || words[state].upos != Upos::Adj || words[state].deprel != Deprel::Advcl {
            continue;
        }
        let of_state = |deprel: Deprel, lemma: &str| {
            words.iter().any(|word| word.head == Some(state as u32) && word.deprel == deprel && word.lemma == lemma)
        };
        if of_state(Deprel::Nsubj, "it") && of_state(Deprel::Cop, "be") {
            words[at].head = words[state].head;
        }
    }
}

/// "Troops have retaken a village": behind "have" without "been" nobody is acted on.
fn make_active(words: &mut [WordAnalysis]) {
    for at in 0..words.len() {
        if words[at].deprel != Deprel::NsubjPass {
            continue;
        }
        let Some(verb) = words[at].head.map(|verb| verb as usize).filter(|&verb| verb > at) else { continue };
        let between = &words[at + 1..verb];
        let helps = |word: &&WordAnalysis| word.head == Some(verb as u32) && word.upos == Upos::Aux;
        let (mut had, mut passive) = (false, false);
        for word in between.iter().filter(helps) {
            had |= word.lemma == "have";
            passive |= matches!(word.lemma.as_str(), "be" | "get");
        }
        if had && !passive {
            words[at].deprel = Deprel::Nsubj;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_schema::Span;

    /// Words as (form, lemma, part of speech, head, relation), a space between them.
    fn words(tokens: &[(&str, &str, Upos, Option<u32>, Deprel)]) -> Vec<WordAnalysis> {
        let mut at = 0usize;
        let mut words = Vec::new();
        for &(form, lemma, upos, head, deprel) in tokens {
            let span = Span::new(at, at + form.len());
            at += form.len() + 1;
            words.push(WordAnalysis { span, sentence: 0, upos, head, deprel, lemma: lemma.to_owned() });
        }
        words
    }

    #[test]
    fn a_front_is_a_body_and_a_river_is_not() {
        let text = "The rebel Nubaria Front holds the Nubaria Canal";
        let place = |start, end| Mention { span: Span::new(start, end), kind: MentionKind::Place, score: 1.0 };
        let mut mentions = [place(10, 23), place(34, 47)];
        name_bodies(text, &mut mentions);
        assert_eq!(mentions.map(|mention| mention.kind), [MentionKind::Organization, MentionKind::Place]);
    }

    #[test]
    fn a_name_is_one_dependent() {
        let mut tree = words(&[
            ("Costa", "costa", Upos::Propn, Some(2), Deprel::Nsubj),
            ("Rica", "rica", Upos::Propn, Some(2), Deprel::Nsubj),
            ("protested", "protest", Upos::Verb, None, Deprel::Root),
        ]);
        let name = Mention { span: Span::new(0, 10), kind: MentionKind::Place, score: 1.0 };
        mend("", &mut tree, &[name]);
        assert_eq!((tree[0].head, tree[0].deprel), (Some(2), Deprel::Nsubj));
        assert_eq!((tree[1].head, tree[1].deprel), (Some(0), Deprel::Flat));
    }

    #[test]
    fn a_body_whose_name_joins_words_is_one() {
        let mut tree = words(&[
            ("the", "the", Upos::Det, Some(2), Deprel::Det),
            ("Emergency", "emergency", Upos::Propn, Some(2), Deprel::Compound),
            ("Medicine", "medicine", Upos::Propn, Some(6), Deprel::Nsubj),
            ("and", "and", Upos::Cconj, Some(4), Deprel::Cc),
            ("Support", "support", Upos::Propn, Some(2), Deprel::Conj),
            ("Centre", "centre", Upos::Propn, Some(4), Deprel::Flat),
            ("said", "say", Upos::Verb, None, Deprel::Root),
        ]);
        let name = Mention { span: Span::new(4, 41), kind: MentionKind::Organization, score: 1.0 };
        mend("", &mut tree, &[name]);
        assert_eq!((tree[5].head, tree[5].deprel), (Some(6), Deprel::Nsubj));
        assert_eq!((tree[0].head, tree[2].head, tree[2].deprel), (Some(5), Some(5), Deprel::Compound));
    }

    #[test]
    fn the_dark_does_not_shoot() {
        let mut tree = words(&[
            ("came", "come", Upos::Verb, None, Deprel::Root),
            ("it", "it", Upos::Pron, Some(3), Deprel::Nsubj),
            ("was", "be", Upos::Aux, Some(3), Deprel::Cop),
            ("dark", "dark", Upos::Adj, Some(0), Deprel::Advcl),
            ("shot", "shoot", Upos::Verb, Some(3), Deprel::Conj),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[4].head, tree[4].deprel), (Some(0), Deprel::Conj));
    }

    #[test]
    fn between_takes_two() {
        let mut tree = words(&[
            ("truce", "truce", Upos::Noun, Some(7), Deprel::Obj),
            ("between", "between", Upos::Adp, Some(3), Deprel::Case),
            ("the", "the", Upos::Det, Some(3), Deprel::Det),
            ("Brigade", "brigade", Upos::Propn, Some(0), Deprel::Nmod),
            ("and", "and", Upos::Cconj, Some(7), Deprel::Cc),
            ("the", "the", Upos::Det, Some(6), Deprel::Det),
            ("Force", "force", Upos::Propn, Some(7), Deprel::Nsubj),
            ("held", "hold", Upos::Verb, None, Deprel::Root),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[6].head, tree[6].deprel), (Some(3), Deprel::Conj));
        assert_eq!((tree[0].head, tree[0].deprel), (Some(7), Deprel::Nsubj));
    }

    #[test]
    fn a_name_does_not_run_over_and() {
        let tokens = [
            ("ELN", "eln", Upos::Propn, None, Deprel::Root),
            ("and", "and", Upos::Cconj, Some(2), Deprel::Cc),
            ("Clan", "clan", Upos::Propn, Some(0), Deprel::Flat),
        ];
        let mut tree = words(&tokens);
        mend("", &mut tree, &[]);
        assert_eq!(tree[2].deprel, Deprel::Conj);
        let mut tree = words(&tokens);
        mend("", &mut tree, &[Mention { span: Span::new(0, 12), kind: MentionKind::Misc, score: 1.0 }]);
        assert_eq!(tree[2].deprel, Deprel::Flat);
    }

    #[test]
    fn what_stands_before_a_name_hangs_on_its_first_word() {
        let mut tree = words(&[
            ("and", "and", Upos::Cconj, Some(3), Deprel::Cc),
            ("rebel", "rebel", Upos::Noun, Some(3), Deprel::Compound),
            ("Nubaria", "nubaria", Upos::Propn, None, Deprel::Root),
            ("Front", "front", Upos::Propn, Some(2), Deprel::Flat),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[0].head, tree[1].head, tree[3].head), (Some(2), Some(2), Some(2)));
    }

    #[test]
    fn a_noun_right_before_a_name_is_no_third_party() {
        let mut tree = words(&[
            ("army", "army", Upos::Noun, None, Deprel::Root),
            ("and", "and", Upos::Cconj, Some(3), Deprel::Cc),
            ("rebel", "rebel", Upos::Noun, Some(0), Deprel::Conj),
            ("Nubaria", "nubaria", Upos::Propn, Some(0), Deprel::Conj),
            ("Front", "front", Upos::Propn, Some(3), Deprel::Flat),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[2].head, tree[2].deprel), (Some(3), Deprel::Compound));
        assert_eq!((tree[3].head, tree[3].deprel), (Some(0), Deprel::Conj));
    }

    #[test]
    fn what_describes_a_noun_stays_beside_it() {
        let mut tree = words(&[
            ("Israeli", "israeli", Upos::Adj, Some(4), Deprel::Amod),
            ("army", "army", Upos::Noun, Some(4), Deprel::Compound),
            ("bulldozers", "bulldozer", Upos::Noun, Some(3), Deprel::Nsubj),
            ("demolished", "demolish", Upos::Verb, None, Deprel::Root),
            ("homes", "home", Upos::Noun, Some(3), Deprel::Obj),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[0].head, tree[1].head), (Some(2), Some(2)));
    }

    #[test]
    fn who_has_done_it_is_no_passive_subject() {
        let of = |helper: &'static [(&str, &str)]| {
            let verb = helper.len() as u32 + 1;
            let mut tokens = vec![("Troops", "troops", Upos::Noun, Some(verb), Deprel::NsubjPass)];
            tokens.extend(helper.iter().map(|&(form, lemma)| (form, lemma, Upos::Aux, Some(verb), Deprel::Aux)));
            tokens.push(("retaken", "retake", Upos::Verb, None, Deprel::Root));
            let mut tree = words(&tokens);
            mend("", &mut tree, &[]);
            tree[0].deprel
        };
        assert_eq!(of(&[("have", "have")]), Deprel::Nsubj);
        assert_eq!(of(&[("have", "have"), ("been", "be")]), Deprel::NsubjPass);
        assert_eq!(of(&[("were", "be")]), Deprel::NsubjPass);
        assert_eq!(of(&[]), Deprel::NsubjPass);
    }

    #[test]
    fn who_is_told_is_no_agent_and_a_gerund_may_be_a_noun() {
        use Deprel::{Case, Fixed, NsubjPass, Obl, OblAgent, Root};
        let mut tree = words(&[
            ("Nine", "nine", Upos::Num, Some(1), NsubjPass),
            ("died", "kill", Upos::Verb, None, Root),
            ("according", "accord", Upos::Verb, Some(1), Obl),
            ("to", "to", Upos::Adp, Some(2), Fixed),
            ("police", "police", Upos::Noun, Some(1), OblAgent),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!(tree[4].deprel, Obl);
        let mut tree = words(&[
            ("shot", "shoot", Upos::Verb, None, Root),
            ("by", "by", Upos::Adp, Some(2), Case),
            ("police", "police", Upos::Noun, Some(0), OblAgent),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!(tree[2].deprel, OblAgent);
        let mut tree = words(&[
            ("fighting", "fight", Upos::Verb, Some(1), Deprel::Nsubj),
            ("raged", "rage", Upos::Verb, None, Root),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[0].upos, tree[0].lemma.as_str()), (Upos::Noun, "fighting"));
    }

    #[test]
    fn of_two_nouns_around_a_verb_the_first_does_it() {
        let mut tree = words(&[
            ("Bogota", "bogota", Upos::Propn, Some(1), Deprel::Obj),
            ("accused", "accuse", Upos::Verb, None, Deprel::Root),
            ("rebels", "rebel", Upos::Noun, Some(1), Deprel::Nsubj),
        ]);
        mend("", &mut tree, &[]);
        assert_eq!((tree[0].deprel, tree[2].deprel), (Deprel::Nsubj, Deprel::Obj));
    }

    #[test]
    fn nouns_with_and_between_them_are_joined() {
        for (relation, over) in [(Deprel::Nsubj, 2), (Deprel::Obl, 3)] {
            let mut tree = words(&[
                ("Soldiers", "soldier", Upos::Noun, Some(3), relation),
                ("and", "and", Upos::Cconj, Some(over), Deprel::Cc),
                ("rebels", "rebel", Upos::Noun, Some(3), relation),
                ("clashed", "clash", Upos::Verb, None, Deprel::Root),
            ]);
            mend("", &mut tree, &[]);
            assert_eq!(tree[0].deprel, Deprel::Nsubj);
            assert_eq!((tree[2].head, tree[2].deprel), (Some(0), Deprel::Conj));
        }
    }

    #[test]
    fn a_noun_before_a_joined_name_belongs_to_it() {
        let mut tree = words(&[
            ("Soldiers", "soldier", Upos::Noun, Some(5), Deprel::Nsubj),
            ("and", "and", Upos::Cconj, Some(4), Deprel::Cc),
            ("rebel", "rebel", Upos::Noun, Some(0), Deprel::Conj),
            ("Nubaria", "nubaria", Upos::Propn, Some(4), Deprel::Compound),
            ("Front", "front", Upos::Propn, Some(0), Deprel::Conj),
            ("clashed", "clash", Upos::Verb, None, Deprel::Root),
        ]);
        close_conjuncts(&mut tree);
        assert_eq!((tree[2].head, tree[2].deprel), (Some(4), Deprel::Compound));
    }

    #[test]
    fn two_repairs_that_contradict_each_other_leave_a_tree() {
        let mut tree = words(&[
            ("Raids", "raid", Upos::Noun, Some(1), Deprel::Nsubj),
            ("hit", "hit", Upos::Verb, Some(2), Deprel::Root),
            ("towns", "town", Upos::Noun, Some(0), Deprel::Obj),
        ]);
        break_cycles(&mut tree);
        for start in 0..tree.len() {
            let (mut at, mut steps) = (start, 0);
            while let Some(head) = tree[at].head {
                at = head as usize;
                steps += 1;
                assert!(steps <= tree.len(), "{start}");
            }
        }
    }
}
