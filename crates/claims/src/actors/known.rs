//! What a report tells once of its parties: short names, peoples, who is marked as a party.

use super::*;

/// "The Turkana of Kenya and the Dassanech of Ethiopia", "Ethiopia’s Dassanech": names to the country that the report gives them.
pub(super) fn homes(syntax: Syntax<'_>, setting: &Setting) -> HashMap<String, String> {
    let mut found: HashMap<String, String> = HashMap::new();
    let name = |word: u32| {
        let form = syntax.form(word);
        form.starts_with(char::is_uppercase) && form.chars().count() > 3 && syntax.upos(word) == Upos::Propn
    };
    let count = syntax.analysis.words.len() as u32;
    for (span, country) in &setting.country_words {
        let words = syntax.words_in(*span);
        let sentence = match words.clone().next() {
            Some(first) => syntax.words_of(syntax.sentence(first)),
            None => continue,
        };
        let before = |back: u32| words.start.checked_sub(back).filter(|&at| at >= sentence.start);
        if let (Some(of), Some(at), Some(article)) = (before(1), before(2), before(3)) {
            if matches!(syntax.form(of), "of" | "from") && name(at) && syntax.form(article).eq_ignore_ascii_case("the")
            {
                found.entry(syntax.form(at).to_lowercase()).or_insert_with(|| country.clone());
            }
        }
        let at = words.end + 1;
        let owns = at < count.min(sentence.end) && matches!(syntax.form(words.end), "'s" | "’s") && name(at);
        if owns && (at + 1 >= count || !name(at + 1)) {
            found.entry(syntax.form(at).to_lowercase()).or_insert_with(|| country.clone());
        }
    }
    found
}

/// Nouns that name a body by its kind alone.
const GROUPS: &[&str] =
    &["group", "movement", "organisation", "organization", "faction", "outfit", "militia", "gang", "cartel", "network"];

impl Resolver<'_> {
    /// "The group", "the same movement", "the Front, a dissident group,": the named body that the noun tells again.
    pub(super) fn same_group(&self, word: u32) -> Option<ActorId> {
        let syntax = self.syntax;
        if syntax.upos(word) != Upos::Noun
            || !GROUPS.contains(&syntax.lemma(word))
            || syntax.form(word).to_lowercase() != syntax.lemma(word)
        {
            return None;
        }
        let is_body = |actor: ActorId| {
            let row = &self.actors.all[actor];
            let state = |sector: &String| matches!(sector.as_str(), "GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY");
            matches!(row.kind, ActorKind::Organization | ActorKind::Group)
                && !row.plural
                && row
                    .name
                    .split(' ')
                    .any(|part| part.starts_with(char::is_uppercase) && !matches!(part, "The" | "A" | "An"))
                && !row.sectors.first().is_some_and(state)
        };
        if syntax.deprel(word) == Deprel::Appos {
            return syntax.head(word).and_then(|head| self.actors.at(head)).filter(|&actor| is_body(actor));
        }
        let told = syntax.phrase_words(word).into_iter().filter(|&at| at != word);
        let plain = told.clone().all(|at| matches!(syntax.lemma(at), "the" | "this" | "that" | "same"));
        let definite = told.clone().any(|at| matches!(syntax.lemma(at), "the" | "this" | "that"));
        let near = |at: u32| syntax.sentence(at) + 6 >= syntax.sentence(word) && at < word;
        let last = self.seen.iter().rev().find(|&&(at, actor, _)| near(at) && is_body(actor));
        last.filter(|_| plain && definite).map(|&(_, actor, _)| actor)
    }
}

pub(super) fn marked_parties(syntax: Syntax<'_>) -> Vec<u32> {
    let events = &syntax.analysis.events;
    let links = events.deeds.iter().flat_map(|deed| &deed.links);
    let parties = links.filter(|(role, _)| matches!(role, LinkRole::Actor | LinkRole::Recipient | LinkRole::Victim));
    let runs = parties.map(|(_, words)| words).chain(events.sides.iter().map(|(_, words)| words));
    let mut heads: Vec<u32> =
        runs.filter_map(|words| syntax.head_of(syntax.span(words.start).to(syntax.span(words.end - 1)))).collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// Acronyms in brackets behind the name whose initials they are.
pub(super) fn acronyms(syntax: Syntax<'_>) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let count = syntax.analysis.words.len() as u32;
    for word in 2..count.saturating_sub(1) {
        let form = syntax.form(word);
        let capitals = form.chars().count() >= 2
            && form.chars().count() <= 8
            && form.chars().all(|character| character.is_uppercase() || character.is_ascii_digit());
        if syntax.form(word - 1) != "(" || syntax.form(word + 1) != ")" {
            continue;
        }
        if !capitals {
            if let Some(name) = short_name(syntax, word) {
                found.insert(form.to_owned(), name);
            }
            continue;
        }
        let initials: Vec<char> = form.chars().filter(|character| character.is_alphabetic()).collect();
        let mut at = word - 1;
        let mut left = initials.len();
        let mut names: Vec<&str> = Vec::new();
        while at > 0 && left > 0 && names.len() < 12 {
            at -= 1;
            let name = syntax.form(at);
            let first = name.chars().next().unwrap_or(' ');
            if first == initials[left - 1] {
                left -= 1;
            } else if first.is_uppercase()
                || !matches!(name, "of" | "for" | "the" | "and" | "in" | "on" | "’s" | "'s" | "-" | "’" | "to")
            {
                break;
            }
            names.push(name);
        }
        if left == 0 {
            names.reverse();
            found.insert(form.to_owned(), names.join(" "));
        } else if let Some(name) = short_name(syntax, word) {
            // "The Permanent Strategic Framework (CSP)": letters of another language.
            found.insert(form.to_owned(), name);
        }
    }
    found
}

/// The body for which a bracket gives a short name that is no acronym: "the Special Deterrence Force (Rada)".
fn short_name(syntax: Syntax<'_>, word: u32) -> Option<String> {
    let capital = |word: u32| syntax.form(word).starts_with(char::is_uppercase);
    let organization = |word: u32| {
        let span = syntax.span(word);
        let mentions = &syntax.analysis.mentions;
        mentions.iter().any(|mention| mention.kind == MentionKind::Organization && mention.span.contains(span))
    };
    if !capital(word) || word < 4 {
        return None;
    }
    let mut first = word - 1;
    while first > 0 && word - first < 8 && capital(first - 1) && organization(first - 1) {
        first -= 1;
    }
    let names: Vec<&str> = (first..word - 1).map(|at| syntax.form(at)).collect();
    (names.len() >= 2).then(|| names.join(" "))
}
