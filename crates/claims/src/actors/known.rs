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

/// Nouns that, with an article alone, point back at a body told of before: "the group", "the mission".
pub(super) const BODIES: &[&str] = &[
    "group",
    "movement",
    "militia",
    "front",
    "faction",
    "brigade",
    "gang",
    "cartel",
    "organization",
    "organisation",
    "alliance",
    "coalition",
    "mission",
    "force",
    "bloc",
    "union",
    "agency",
    "programme",
    "charity",
    "service",
    "office",
    "forum",
    "council",
    "committee",
    "commission",
    "party",
    "outfit",
    "network",
];

/// Sectors of the bodies that such a noun may stand for when none bears it in its name.
fn sectors_of_body(noun: &str) -> &'static [&'static str] {
    match noun {
        "group" | "movement" | "organization" | "organisation" => &["REB", "PRM", "UAF", "CRM", "PTY", "NGO", "SOC"],
        "militia" | "front" | "faction" | "brigade" | "gang" | "cartel" | "outfit" | "network" => {
            &["REB", "PRM", "UAF", "CRM"]
        }
        "alliance" | "coalition" | "bloc" | "union" => &["IGO", "EUR", "REB"],
        "mission" | "force" => &["IGO", "UNO", "EUR"],
        "agency" | "programme" => &["UNO", "NGO"],
        "charity" => &["NGO"],
        _ => &[],
    }
}

/// Bodies of which any one named before may be told again by the noun alone, whatever its sort.
const ANY: &[&str] =
    &["group", "movement", "organisation", "organization", "faction", "outfit", "militia", "gang", "cartel", "network"];

impl Resolver<'_> {
    /// "The Islamist group Boko Haram", "al-Qaeda’s affiliate, the Nusra Front": the body that bears the name behind the noun.
    pub(super) fn named_beside(&mut self, word: u32) -> Option<ActorId> {
        let syntax = self.syntax;
        let lemma = syntax.lemma(word);
        let may_bear =
            ANY.contains(&lemma) || matches!(lemma, "affiliate" | "offshoot" | "alliance" | "coalition" | "front");
        if !may_bear || syntax.form(word).to_lowercase() != lemma {
            return None;
        }
        let light = |at: u32| syntax.form(at) == "," || syntax.form(at).eq_ignore_ascii_case("the");
        let beside = |&child: &u32| {
            let first = syntax.phrase_words(child).into_iter().find(|&at| !light(at)).unwrap_or(child);
            syntax.deprel(child) == Deprel::Appos && child > word && (word + 1..first).all(light)
        };
        let name = syntax.dependents(word).iter().copied().find(beside)?;
        // The tagger may take a group for a person; the table knows it.
        let known = self.describe(name).known.is_some_and(|known| known.starts_with("group:"));
        if !known && self.mention_kind(name) != Some(MentionKind::Organization) {
            return None;
        }
        let body = self.phrase(name)?;
        let (plain, row) = (self.describe(word), &mut self.actors.all[body]);
        if row.sectors.is_empty() {
            row.sectors = plain.sectors.iter().map(|sector| sector.to_string()).collect();
        }
        if row.country.is_none() && row.known.is_none() {
            row.country = plain.countries.first().cloned();
        }
        Some(body)
    }

    /// The body that "the group", "the same movement", "the mission" points back at: the last one that has the noun in its name, else
    /// the last of its sort, else the last named body that is no state's. "The Front, a dissident group": the one beside it.
    pub(super) fn body(&self, word: u32) -> Option<ActorId> {
        const REACH: u32 = 8;
        let syntax = self.syntax;
        let lemma = syntax.lemma(word);
        if !BODIES.contains(&lemma) || syntax.form(word).to_lowercase() != lemma {
            return None;
        }
        let row = |actor: ActorId| &self.actors.all[actor];
        let is_one = |actor: ActorId| {
            matches!(row(actor).kind, ActorKind::Organization)
                || row(actor).kind == ActorKind::Group && !row(actor).plural
        };
        let is_named = |actor: ActorId| {
            let capital = |part: &str| part.starts_with(char::is_uppercase) && !matches!(part, "The" | "A" | "An");
            row(actor).name.split(' ').any(capital)
        };
        let is_state = |actor: ActorId| {
            let state = |sector: &String| matches!(sector.as_str(), "GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY");
            row(actor).sectors.first().is_some_and(state)
        };
        let any = |actor: ActorId| ANY.contains(&lemma) && is_named(actor) && !is_state(actor);
        if syntax.deprel(word) == Deprel::Appos && ANY.contains(&lemma) {
            let head = syntax.head(word).and_then(|head| self.actors.at(head));
            return head.filter(|&actor| is_one(actor) && any(actor));
        }
        let beside: Vec<u32> = syntax.phrase_words(word).into_iter().filter(|&at| at != word).collect();
        let plain = beside.iter().all(|&at| matches!(syntax.lemma(at), "the" | "this" | "that" | "same"));
        let definite = beside.iter().any(|&at| matches!(syntax.lemma(at), "the" | "this" | "that"));
        if !plain || !definite {
            return None;
        }
        let near = |at: u32| syntax.sentence(at) + REACH >= syntax.sentence(word) && at != word;
        let seen: Vec<ActorId> =
            self.seen.iter().rev().filter(|(at, ..)| near(*at)).map(|&(_, actor, _)| actor).collect();
        let bodies = || seen.iter().copied().filter(|&actor| row(actor).members.is_empty());
        let named = bodies().filter(|&actor| is_one(actor)).find(|&actor| {
            let inside = row(actor).name.to_lowercase().split_whitespace().any(|part| part == lemma);
            row(actor).key.last().is_some_and(|head| head == lemma) || inside
        });
        let sorts = sectors_of_body(lemma);
        // "Boko Haram fighters" name their group.
        let men = |actor: ActorId| {
            row(actor).kind == ActorKind::Group && row(actor).plural && is_armed_group(&row(actor).sectors)
        };
        let alike = || {
            bodies().find(|&actor| {
                let sort = row(actor).sectors.first().is_some_and(|sector| sorts.contains(&sector.as_str()));
                sort && (row(actor).kind == ActorKind::Organization || men(actor) && is_named(actor))
            })
        };
        named.or_else(alike).or_else(|| bodies().find(|&actor| is_one(actor) && any(actor)))
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
