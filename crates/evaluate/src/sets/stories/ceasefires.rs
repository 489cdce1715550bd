//! Ceasefires of a report against gold: parties, beginning, end, terms, words about how they hold, alleged violations.

use super::super::spans::Range;
use super::{Case, greedy, hit, span, split, words};
use crate::record::{list_of, offsets, text_of};
use crate::tally::Count;
use counterclaim_schema::ledger::{ActorRow, AllegedViolation, CeasefireRow};
use serde_json::Value;

/// Names of the F1 rows.
pub(super) const F1: [&str; 10] = [
    "ceasefires",
    "ceasefire parties",
    "ceasefire announced by",
    "ceasefire effective",
    "ceasefire expiry",
    "ceasefire terms",
    "ceasefire status words",
    "ceasefire violations",
    "ceasefire violations with claimant",
    "ceasefire violations with violator",
];

/// Sectors of those who fight without being a state.
const ARMED: [&str; 4] = ["REB", "PRM", "UAF", "CRM"];

/// A party as gold and ledger can be compared: its country, and whether it is an armed group or stands for the state.
type Party = (String, bool);

fn party_of_code(code: &str) -> Party {
    let (country, sectors) = code.split_at(code.len().min(3));
    (country.to_owned(), ARMED.iter().any(|sector| sectors.contains(sector)))
}

/// An account of a truce of the past may be left out.
fn is_history(item: &Value) -> bool {
    text_of(item, "scope") == Some("background")
}

/// Whether an instant is the gold one: to the minute where the gold has an hour, in UTC where the gold is.
fn instant_fits(told: &str, found: &str) -> bool {
    let minute = told.get(..16).unwrap_or(told).trim_end_matches('Z');
    found.starts_with(minute) && (!told.ends_with('Z') || found.ends_with('Z') || found.ends_with("+00:00"))
}

impl<'a> Case<'a> {
    pub(super) fn ceasefires(&mut self) {
        let wanted = list_of(self.gold, "ceasefires");
        let answers = &self.ledger.ceasefires;
        let mut used = vec![false; answers.len()];
        let pairs = greedy(wanted.len(), answers.len(), &mut used, |item, answer| {
            let told = Some(self.shift.range(&answers[answer].span));
            hit(span(&wanted[item], "span"), told)
                || list_of(&wanted[item], "also_spans").iter().any(|other| hit(offsets(other), told))
        });
        for (item, pair) in wanted.iter().zip(&pairs) {
            let answer = pair.map(|pair| &answers[pair]);
            if is_history(item) {
                self.share("ceasefires of the past found", answer.is_some());
            }
            if is_history(item) && answer.is_none() {
                continue;
            }
            self.share("ceasefires found", answer.is_some());
            if answer.is_none() {
                self.miss(format!("missed ceasefire \"{}\"", words(item, "span")));
            }
            if !is_history(item) {
                let found = usize::from(answer.is_some());
                self.tally.add("ceasefires", Count::new(found, found, 1));
            }
            self.ceasefire(item, answer);
        }
        let extra: Vec<&CeasefireRow> =
            answers.iter().zip(&used).filter(|(_, used)| !**used).map(|(answer, _)| answer).collect();
        self.too_many("ceasefires too many (number)", extra.len());
        for answer in extra {
            self.tally.add("ceasefires", Count::new(0, 1, 0));
            self.miss(format!("ceasefire too many: \"{}\"", answer.span.text));
            self.ceasefire(&Value::Null, Some(answer));
        }
    }

    /// The parts of one ceasefire; no gold where the answer is one too many, no answer where it was missed.
    fn ceasefire(&mut self, item: &Value, answer: Option<&CeasefireRow>) {
        let label = match answer {
            Some(answer) if item.is_null() => answer.span.text.clone(),
            _ => words(item, "span").to_owned(),
        };
        // Some golds tell no parties.
        let known = list_of(self.gold, "ceasefires");
        let tells = |key: &str| known.is_empty() || known.iter().any(|known| known.get(key).is_some());
        if tells("parties") {
            self.ceasefire_parties(item, answer, &label);
        }
        if tells("announced_by") {
            self.announcer(item, answer, &label);
        }
        let effective = answer.and_then(|answer| answer.effective.as_deref());
        let expires = answer.and_then(|answer| answer.expires.as_deref());
        self.ceasefire_time("ceasefire effective", text_of(item, "effective"), effective, &label);
        self.ceasefire_time("ceasefire expiry", text_of(item, "end"), expires, &label);
        if text_of(item, "effective").is_some() {
            let right =
                text_of(item, "effective").zip(effective).is_some_and(|(told, found)| instant_fits(told, found));
            self.share("ceasefires: effective right", right);
        }
        self.ceasefire_terms(item, answer, &label);
        let held: Vec<Option<Range>> =
            list_of(item, "status_words").iter().map(|words| span(words, "span").or_else(|| offsets(words))).collect();
        let found = answer.map(|answer| answer.status_words.as_slice()).unwrap_or_default();
        self.ceasefire_spans("ceasefire status words", &held, found, &label, |_| false);
        self.violations(item, answer);
    }

    fn ceasefire_parties(&mut self, item: &Value, answer: Option<&CeasefireRow>, label: &str) {
        let wanted: Vec<Party> = list_of(item, "parties").iter().filter_map(Value::as_str).map(party_of_code).collect();
        let found: Vec<Party> = answer
            .map(|answer| answer.parties.iter().flat_map(|party| self.sides(party)).collect())
            .unwrap_or_default();
        let mut used = vec![false; found.len()];
        let pairs = greedy(wanted.len(), found.len(), &mut used, |left, right| wanted[left] == found[right]);
        let right = pairs.iter().flatten().count();
        self.tally.add("ceasefire parties", Count::new(right, found.len(), wanted.len()));
        if right < wanted.len() || right < found.len() {
            self.miss(format!("ceasefire \"{label}\": parties {found:?}, not {wanted:?}"));
        }
    }

    /// The parties that an actor stands for; a joint one for its members.
    fn sides(&self, id: &str) -> Vec<Party> {
        let Some(actor) = self.ledger.actors.iter().find(|actor| actor.id == id) else { return Vec::new() };
        if actor.members.is_empty() {
            return vec![self.party(actor)];
        }
        actor.members.iter().flat_map(|member| self.sides(member)).collect()
    }

    fn party(&self, actor: &ActorRow) -> Party {
        let country = self.country(Some(&actor.id)).unwrap_or("---").to_owned();
        (country, actor.sector.iter().any(|sector| ARMED.contains(&sector.as_str())))
    }

    fn announcer(&mut self, item: &Value, answer: Option<&CeasefireRow>, label: &str) {
        let told = span(item, "announced_by");
        let found = answer.and_then(|answer| answer.announced_by.as_deref());
        let right = told.is_some() && found.is_some_and(|actor| self.is_named(actor, told));
        let number = |known: bool| usize::from(known);
        let count = Count::new(number(right), number(found.is_some()), number(told.is_some()));
        self.tally.add("ceasefire announced by", count);
        if !right && (told.is_some() || found.is_some()) {
            let name = found.map_or("-", |actor| self.name_of(actor));
            self.miss(format!("ceasefire \"{label}\": announced by {name}, not {}", words(item, "announced_by")));
        }
    }

    fn name_of(&self, actor: &str) -> &'a str {
        self.ledger.actors.iter().find(|known| known.id == actor).map_or("-", |known| known.name.as_str())
    }

    /// Whether an actor is named at the words, or is the claimant of a claim whose source they are.
    fn is_named(&self, actor: &str, told: Option<Range>) -> bool {
        let named = self.ledger.mentions.iter().filter(|mention| mention.actor.as_deref() == Some(actor));
        let claims = self.ledger.claims.iter().filter(|claim| claim.claimant.as_deref() == Some(actor));
        named
            .map(|mention| &mention.span)
            .chain(claims.flat_map(|claim| &claim.source))
            .any(|source| hit(told, Some(self.shift.range(source))))
    }

    fn ceasefire_time(&mut self, name: &str, told: Option<&str>, found: Option<&str>, label: &str) {
        let right = told.zip(found).is_some_and(|(told, found)| instant_fits(told, found));
        let number = |known: bool| usize::from(known);
        self.tally.add(name, Count::new(number(right), number(found.is_some()), number(told.is_some())));
        if !right && (told.is_some() || found.is_some()) {
            self.miss(format!("{name} of \"{label}\": {found:?}, not {told:?}"));
        }
    }

    fn ceasefire_terms(&mut self, item: &Value, answer: Option<&CeasefireRow>, label: &str) {
        let near = span(item, "span").map_or(0, |(start, _)| start);
        let (wanted, optional) = split(list_of(item, "terms"));
        let place =
            |term: &&Value| span(term, "span").or_else(|| offsets(term)).or_else(|| self.nearest(term.as_str()?, near));
        let wanted: Vec<Option<Range>> = wanted.iter().map(place).collect();
        let optional: Vec<Option<Range>> = optional.iter().map(place).collect();
        let terms = answer.map(|answer| answer.terms.as_slice()).unwrap_or_default();
        let found: Vec<_> = terms.iter().map(|term| term.span.clone()).collect();
        // That a ceasefire is a ceasefire need be no term of its own.
        let named = |index: usize| {
            let name = answer.map(|answer| self.shift.range(&answer.span));
            let words = Some(self.shift.range(&terms[index].span));
            terms[index].kind == "cease_fire" && hit(name, words) || optional.iter().any(|&range| hit(range, words))
        };
        let free: Vec<bool> = (0..terms.len()).map(named).collect();
        self.ceasefire_spans("ceasefire terms", &wanted, &found, label, |index| free[index]);
    }

    /// Where words of the gold stand that carry no offsets: the place nearest to the ceasefire.
    fn nearest(&self, words: &str, near: u32) -> Option<Range> {
        let length = words.chars().count() as u32;
        self.text
            .match_indices(words)
            .map(|(at, _)| self.text[..at].chars().count() as u32)
            .min_by_key(|start| start.abs_diff(near))
            .map(|start| (start, start + length))
    }

    /// Spans of gold and answer one to one; answers that are free count only when they are right.
    fn ceasefire_spans(
        &mut self,
        name: &str,
        wanted: &[Option<Range>],
        found: &[counterclaim_schema::ledger::TextSpan],
        label: &str,
        is_free: impl Fn(usize) -> bool,
    ) {
        let mut used = vec![false; found.len()];
        let pairs = greedy(wanted.len(), found.len(), &mut used, |item, answer| {
            hit(wanted[item], Some(self.shift.range(&found[answer])))
        });
        let judged = (0..found.len()).filter(|&index| used[index] || !is_free(index)).count();
        self.tally.add(name, Count::new(pairs.iter().flatten().count(), judged, wanted.len()));
        for (range, _) in wanted.iter().zip(&pairs).filter(|(_, pair)| pair.is_none()) {
            let words: String = range
                .map(|(start, end)| self.text.chars().skip(start as usize).take((end - start) as usize).collect())
                .unwrap_or_default();
            self.miss(format!("missed {name} of \"{label}\": \"{words}\""));
        }
        for index in (0..found.len()).filter(|&index| !used[index] && !is_free(index)) {
            self.miss(format!("{name} too many of \"{label}\": \"{}\"", found[index].text));
        }
    }

    fn violations(&mut self, item: &Value, answer: Option<&CeasefireRow>) {
        let (wanted, optional) = split(list_of(item, "violations"));
        let found = answer.map(|answer| answer.violations.as_slice()).unwrap_or_default();
        let overlaps = |violation: &Value, answer: &AllegedViolation| {
            hit(span(violation, "span"), Some(self.shift.range(&answer.span)))
        };
        for &violation in &wanted {
            let right = self
                .ledger
                .ceasefires
                .iter()
                .flat_map(|answer| &answer.violations)
                .any(|other| overlaps(violation, other));
            self.tally.add_share("ceasefire violations found", usize::from(right), 1);
        }
        // Among answers at the same words the one with the right sides comes first.
        let mut used = vec![false; found.len()];
        let fits = |violation: &Value, answer: &AllegedViolation, strict: bool| {
            overlaps(violation, answer)
                && (!strict || self.claimant_fits(violation, answer) && self.violator_fits(violation, answer))
        };
        let mut pairs =
            greedy(wanted.len(), found.len(), &mut used, |item, other| fits(wanted[item], &found[other], true));
        for (item, pair) in pairs.iter_mut().enumerate().filter(|(_, pair)| pair.is_none()) {
            *pair = (0..found.len()).find(|&other| !used[other] && fits(wanted[item], &found[other], false));
            if let Some(other) = *pair {
                used[other] = true;
            }
        }
        let right = used.clone();
        for violation in optional {
            for (other, used) in used.iter_mut().enumerate() {
                *used |= overlaps(violation, &found[other]);
            }
        }
        let judged = (0..found.len()).filter(|&other| right[other] || !used[other]).count();
        let (mut claimants, mut violators) = (0, 0);
        let mut missed = Vec::new();
        for (violation, pair) in wanted.iter().zip(&pairs) {
            let Some(other) = pair.map(|pair| &found[pair]) else {
                missed.push(format!("missed violation \"{}\"", words(violation, "span")));
                continue;
            };
            let (claimant, violator) = (self.claimant_fits(violation, other), self.violator_fits(violation, other));
            claimants += usize::from(claimant);
            violators += usize::from(violator);
            let name = |id: &Option<String>| id.as_deref().map_or("-", |actor| self.name_of(actor));
            if !claimant {
                missed.push(format!(
                    "violation \"{}\": told by {}, not {}",
                    words(violation, "span"),
                    name(&other.alleged_by),
                    words(violation, "alleged_by")
                ));
            }
            if !violator {
                missed.push(format!(
                    "violation \"{}\": by {}, not {}",
                    words(violation, "span"),
                    name(&other.against),
                    violation["against"]
                ));
            }
        }
        let extra = (0..found.len()).filter(|&other| !used[other]);
        missed.extend(extra.map(|other| format!("violation too many: \"{}\"", found[other].span.text)));
        missed.into_iter().for_each(|what| self.miss(what));
        let right = pairs.iter().flatten().count();
        for (name, right) in [
            ("ceasefire violations", right),
            ("ceasefire violations with claimant", claimants),
            ("ceasefire violations with violator", violators),
        ] {
            self.tally.add(name, Count::new(right, judged, wanted.len()));
        }
    }

    /// Whether the answer lets the right one allege it.
    fn claimant_fits(&self, violation: &Value, answer: &AllegedViolation) -> bool {
        let told = span(violation, "alleged_by");
        match answer.alleged_by.as_deref() {
            // "Each accused the other": the words name no actor.
            None => told.is_none() || is_each(words(violation, "alleged_by")),
            Some(actor) => told.is_some() && self.is_named(actor, told),
        }
    }

    /// Whether the answer lets the right side have done it.
    fn violator_fits(&self, violation: &Value, answer: &AllegedViolation) -> bool {
        let sides = answer.against.as_deref().map(|actor| self.sides(actor)).unwrap_or_default();
        match text_of(violation, "against") {
            None => sides.is_empty(),
            Some("each other") => true,
            Some(code) => sides.contains(&party_of_code(code)),
        }
    }
}

fn is_each(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "each" | "both" | "either")
}

#[cfg(test)]
mod tests {
    use super::super::Stories;
    use crate::sets::tests::check;
    use serde_json::{Value, json};

    const TEXT: &str =
        "A truce between the army and the rebels began on Monday. The army said rebels had fired. It is shaky.";

    fn span(words: &str) -> Value {
        let start = TEXT.find(words).expect("words of the text");
        json!({ "start": start, "end": start + words.len(), "text": words })
    }

    fn gold() -> Value {
        json!({
            "id": "1", "text": TEXT, "document": {}, "claims": [], "events": [], "harms": [], "contradictions": [],
            "ceasefires": [{
                "span": span("A truce"), "also_spans": [span("It")], "parties": ["MLIMIL", "MLIREB"], "announced_by": null, "effective": "2021-03-01",
                "end": null, "terms": [], "status_words": [{ "span": span("shaky") }],
                "violations": [{ "span": span("rebels had fired"), "alleged_by": span("The army"), "against": "MLIREB" }],
            }],
        })
    }

    fn ledger(change: impl Fn(&mut Value)) -> String {
        let actor = |id: &str, name: &str, sector: &str| json!({ "id": id, "name": name, "kind": "group", "country": "MLI", "sector": [sector], "codes": [], "members": [], "mentions": [] });
        let mut ledger = json!({
            "id": "1", "schema": "counterclaim.report/1",
            "document": { "id": "1", "publisher": null, "url": null, "title": null, "byline": null, "dateline": null, "published": null,
                          "published_basis": "none", "language": "en", "text": TEXT, "sha256": "", "blocks": [] },
            "mentions": [], "places": [], "times": [], "attributions": [], "events": [], "harms": [], "contradictions": [], "diagnostics": [],
            "actors": [actor("a1", "army", "MIL"), actor("a2", "rebels", "REB")],
            "claims": [{ "id": "c1", "claimant": "a1", "source": [span("The army")], "cue": [span("said")], "content": [], "stance": "assert",
                         "certainty": "plain", "via_source": null, "via": null, "events": [], "harms": [] }],
            "ceasefires": [{
                "id": "f1", "span": span("A truce"), "parties": ["a1", "a2"], "announced_by": null, "effective": "2021-03-01T06:00", "expires": null,
                "terms": [{ "kind": "cease_fire", "span": span("truce") }], "status_words": [span("shaky")], "scope": "current",
                "violations": [{ "span": span("rebels had fired"), "alleged_by": "a1", "against": "a2", "event": null }],
            }],
        });
        change(&mut ledger["ceasefires"]);
        ledger.to_string()
    }

    fn changed(change: impl Fn(&mut Value), expected: &[(&str, f64)]) {
        check(&Stories, &gold().to_string(), &ledger(change), expected);
    }

    #[test]
    fn the_right_ceasefire_is_right() {
        let right = [
            "ceasefires F1",
            "ceasefire parties F1",
            "ceasefire effective F1",
            "ceasefire status words F1",
            "ceasefire violations with claimant F1",
            "ceasefire violations with violator F1",
        ];
        changed(|_| (), &right.map(|name| (name, 1.0)));
        changed(|found| found[0]["span"] = span("It"), &[("ceasefires F1", 1.0)]);
    }

    #[test]
    fn what_a_gold_does_not_tell_is_not_scored() {
        let mut told = gold();
        let keys = told.as_object_mut().expect("an object");
        keys.remove("claims");
        keys.remove("harms");
        told["ceasefires"][0].as_object_mut().expect("an object").remove("parties");
        let expected = [("claims too many (number)", 0.0), ("ceasefire effective F1", 1.0)];
        check(&Stories, &told.to_string(), &ledger(|_| ()), &expected);
    }

    #[test]
    fn one_of_the_past_is_counted_apart() {
        let past = gold().to_string().replace("\"parties\":", "\"scope\":\"background\",\"parties\":");
        check(&Stories, &past, &ledger(|_| ()), &[("ceasefires of the past found", 1.0)]);
        let none = ledger(|found| *found = json!([]));
        check(&Stories, &past, &none, &[("ceasefires of the past found", 0.0), ("ceasefires F1", 0.0)]);
    }

    #[test]
    fn an_optional_term_is_neither_wanted_nor_wrong() {
        let optional = gold()
            .to_string()
            .replace("\"terms\":[]", &format!("\"terms\":[{{\"optional\":true,\"span\":{}}}]", span("rebels")));
        let told = ledger(|found| found[0]["terms"][0]["span"] = span("rebels"));
        let neither = [("ceasefire terms precision", 0.0), ("ceasefire terms recall", 0.0)];
        check(&Stories, &optional, &told, &neither);
    }

    #[test]
    fn parts_are_scored_one_by_one() {
        changed(|found| *found = json!([]), &[("ceasefires F1", 0.0), ("ceasefire parties recall", 0.0)]);
        changed(
            |found| found[0]["span"] = span("Monday"),
            &[("ceasefires precision", 0.0), ("ceasefire effective precision", 0.0)],
        );
        changed(
            |found| found[0]["parties"] = json!(["a1"]),
            &[("ceasefire parties precision", 1.0), ("ceasefire parties recall", 0.5)],
        );
        changed(|found| found[0]["expires"] = "2021-03-02".into(), &[("ceasefire expiry precision", 0.0)]);
        changed(|found| found[0]["terms"][0]["span"] = span("rebels"), &[("ceasefire terms precision", 0.0)]);
        changed(
            |found| found[0]["violations"][0]["against"] = "a1".into(),
            &[("ceasefire violations F1", 1.0), ("ceasefire violations with violator F1", 0.0)],
        );
        changed(
            |found| found[0]["violations"][0]["alleged_by"] = Value::Null,
            &[("ceasefire violations with claimant F1", 0.0)],
        );
    }
}
