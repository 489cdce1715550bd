//! One report, read: its places, times, parties, claims and figures together.

use crate::actors::{self, ActorId, Actors, Setting};
use crate::claim::{self, Claim};
use crate::cues;
use crate::damage::{self, DamageMention};
use crate::harm::{self, HarmMention};
use crate::names;
use crate::syntax::Syntax;
use crate::time::{self, TimeExpression};
use crate::victims;
use counterclaim_knowledge::actors::{armed_group_countries, is_international_body};
use counterclaim_knowledge::gazetteer::{self, Resolution, ToponymMention};
use counterclaim_knowledge::offsets::{Circle, Offset, Relation, offset_before};
use counterclaim_knowledge::{Country, People, country_of_part, name_key};
use counterclaim_language::{Act, Analysis, ClaimPart, Deprel, Model, Upos};
use counterclaim_schema::ledger::{PlaceAlternative, Stance};
use counterclaim_schema::{BlockKind, Diagnostic, DiagnosticCode, Document, MentionKind, Span};
use counterclaim_text::Sentence;

/// A place of the report at one mention.
#[derive(Debug, Clone)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// What they were resolved to; none when the gazetteer has nothing.
    pub resolution: Option<Resolution>,
    /// Places that a name without one was not taken for.
    pub alternatives: Vec<PlaceAlternative>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Where the words tell a place beside the named one: "20 km north of X".
    pub beside: Option<Beside>,
}

/// A place told by the named one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beside {
    /// How it stands to the named place.
    pub offset: Offset,
    /// The other name of "between X and Y".
    pub other: Option<Span>,
    /// Where it may lie.
    pub circle: Option<Circle>,
}

impl Place {
    /// Whether it is a whole country.
    pub fn is_country(&self) -> bool {
        self.resolution
            .as_ref()
            .is_some_and(|resolution| resolution.precision == counterclaim_schema::ledger::PlacePrecision::Country)
    }

    /// Whether it is a province or a region, within which a town may be told.
    pub fn is_region(&self) -> bool {
        use counterclaim_schema::ledger::PlacePrecision;
        self.resolution
            .as_ref()
            .is_some_and(|resolution| matches!(resolution.precision, PlacePrecision::Province | PlacePrecision::Region))
    }
}

/// A place whose name stands inside of another name: "Kharkiv" in "Kharkiv Polytechnic Institute". Nothing need happen there.
#[derive(Debug, Clone)]
pub struct PlaceWithin {
    /// The place.
    pub place: Place,
    /// The longer name.
    pub outer: Span,
}

/// A figure of people harmed with its teller.
#[derive(Debug, Clone)]
pub struct Harm {
    /// The figure.
    pub mention: HarmMention,
    /// The words of the figure.
    pub number: Span,
    /// The innermost claim that tells it; none for the reporter's own voice.
    pub claim: Option<usize>,
}

/// Damage to things with its teller.
#[derive(Debug, Clone)]
pub struct Damage {
    /// What was hit.
    pub mention: DamageMention,
    /// The innermost claim that tells it; none for the reporter's own voice.
    pub claim: Option<usize>,
}

/// Everything that one report says and who says it.
pub struct Reading<'d> {
    /// What read it.
    pub model: &'d Model,
    /// The report.
    pub document: &'d Document,
    /// Its sentences, of title and paragraphs.
    pub sentences: Vec<Sentence>,
    /// What the model found.
    pub analysis: Analysis,
    /// Place names in text order.
    pub places: Vec<Place>,
    /// Places that are told inside of other names.
    pub within: Vec<PlaceWithin>,
    /// The country that most names point to: a default for places that are in no gazetteer.
    pub prevailing_country: Option<String>,
    /// Time expressions in text order.
    pub times: Vec<TimeExpression>,
    /// Parties.
    pub actors: Actors,
    /// Claims in text order of their cues.
    pub claims: Vec<Claim>,
    /// What looked like a claim and most likely is none.
    pub unlikely: Vec<Claim>,
    /// Figures in text order.
    pub harms: Vec<Harm>,
    /// Things destroyed, damaged or seized, in text order.
    pub damages: Vec<Damage>,
    /// People harmed who are told of without a figure, in text order.
    pub victims: Vec<Harm>,
    country_words: Vec<(Span, String)>,
    coded_blocks: Vec<bool>,
    conflict: bool,
}

/// Reads a document whose words were analyzed; the model reads the words again once the claims are known.
pub fn read<'d>(
    model: &'d Model,
    document: &'d Document,
    sentences: Vec<Sentence>,
    mut analysis: Analysis,
) -> (Reading<'d>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = document.text.as_str();
    let has_body = document.blocks.iter().any(|block| block.kind == BlockKind::Paragraph);
    let coded_blocks: Vec<bool> = document
        .blocks
        .iter()
        .map(|block| block.kind == BlockKind::Paragraph || block.kind == BlockKind::Title && !has_body)
        .collect();
    let country_words = country_words(text, &sentences, &analysis);
    names::settle(text, &mut analysis, &country_words);
    let Resolved { places, within, prevailing_country, dateline_country, diagnostics: found } =
        resolve_places(document, &analysis, &country_words);
    diagnostics.extend(found);
    let setting = setting(document, &analysis, &places, &within, &country_words, dateline_country);
    let syntax = Syntax { text, analysis: &analysis };
    let mut actors = actors::resolve(syntax, &setting);
    let mut claims = claim::claims(syntax, &mut actors);
    let rare = claims.iter().any(|claim| claim.stance == Stance::Assert && !is_listed(syntax, claim));
    if rare || has_two_mouths(&claims) || tells_of_an_agreement(syntax) {
        let parts = claim_parts(syntax, &claims);
        model.reread(text, &sentences, &parts, &mut analysis);
    }
    let syntax = Syntax { text, analysis: &analysis };
    let coded = |number: u32| {
        sentences.get(number as usize).is_some_and(|sentence| coded_blocks.get(sentence.block) == Some(&true))
    };
    let added = claim::read_again(syntax, &mut actors, &mut claims, coded);
    claim::name_monitors(&actors, &mut claims);
    settle_stances(model, syntax, &mut claims, &added);
    let unlikely = claim::drop_unlikely(syntax, &actors, &mut claims);
    let spans: Vec<Span> = sentences.iter().map(|sentence| sentence.span).collect();
    let published = document.published.as_ref().and_then(|published| time::parse_published(&published.value));
    if published.is_none() && has_body {
        diagnostics.push(Diagnostic::new(DiagnosticCode::NoPublicationDate, None));
    }
    let (times, found) = time::times(text, &spans, published, |span| crate::tense::tense(syntax, span));
    diagnostics.extend(found);
    let (mentions, found) = harm::harms(syntax, coded);
    diagnostics.extend(found);
    let unstated = victims::victims(syntax, &actors, &mentions, coded);
    let told = |mention: HarmMention| {
        let claim = claim::innermost(&claims, mention.number)
            .or_else(|| claim::behind_cue(syntax, &claims, mention.number))
            .filter(|&claim| !is_beside_wish(syntax, &claims[claim], mention.number));
        // "Cost a shepherd his life": whose life it was is no part of who died.
        let words = mention.number.of(&document.text);
        let owned = [" his", " her", " their"].iter().find_map(|owner| words.strip_suffix(owner));
        let number = owned
            .map_or(mention.number, |short| Span::new(mention.number.start(), mention.number.start() + short.len()));
        Harm { number, claim, mention }
    };
    let damages = damage::damages(syntax, coded)
        .into_iter()
        .map(|mention| Damage { claim: claim::innermost(&claims, mention.things), mention })
        .collect();
    let mut harms: Vec<Harm> = mentions.into_iter().map(told).collect();
    share_claims(syntax, &mut harms);
    let victims = unstated.into_iter().map(told).collect();
    for claim in &claims {
        let named = !claim.source.is_empty() && claim.claimant.is_none();
        if named {
            diagnostics.push(Diagnostic::new(DiagnosticCode::UnresolvedSource, claim.source.first().copied()));
        }
    }
    let mut reading = Reading {
        model,
        document,
        sentences,
        analysis,
        places,
        within,
        prevailing_country,
        times,
        actors,
        claims,
        unlikely,
        harms,
        victims,
        damages,
        country_words,
        coded_blocks,
        conflict: false,
    };
    reading.conflict = reading.tells_of_conflict();
    (reading, diagnostics)
}

/// Whether the table of attributing words knows a claim's.
fn is_listed(syntax: Syntax<'_>, claim: &Claim) -> bool {
    let lemma = syntax.lemma(claim.cue_word);
    cues::verb(lemma).next().is_some() || cues::noun(lemma).is_some()
}

/// By how much in log odds another act must be likelier than the one that the words tell: of words of speech that a table or a frame knows, and of
/// others.
const KNOWN: f32 = 4.0;
const UNKNOWN: f32 = 1.0;

/// What a claim does, by its words and by the encoder of reports, which sees what else is said: "the spokesman said no shell had been fired" denies,
/// though its word of speech does not tell so.
fn settle_stances(model: &Model, syntax: Syntax<'_>, claims: &mut [Claim], added: &[u32]) {
    for claim in claims {
        let Some(acts) = model.claim_acts(syntax.analysis, &claim.words(syntax)) else { continue };
        let told = claim.stance;
        // "An alliance that both said offered an alternative": a remark on a thing.
        let aside = syntax.deprel(claim.cue_word) == Deprel::AclRelcl
            && syntax.head(claim.cue_word).is_some_and(|noun| {
                claim.source.first().is_some_and(|source| source.start() > syntax.span(noun).end())
            });
        if aside && told == Stance::Assert {
            continue;
        }
        let is_known = !added.contains(&claim.cue_word) && (told != Stance::Assert || is_listed(syntax, claim));
        let least = if is_known { KNOWN } else { UNKNOWN };
        let odds = |act: Act| acts[act as usize] + if stance_of(act) == told { least } else { 0.0 };
        let most = Act::ALL.into_iter().max_by(|&a, &b| odds(a).total_cmp(&odds(b)));
        let found = most.map_or(told, stance_of);
        // Words that do more than state are not taken back, but for a denial of nothing.
        if found != Stance::Assert || told == Stance::Deny {
            claim.stance = found;
        }
    }
}

fn stance_of(act: Act) -> Stance {
    match act {
        Act::Assert => Stance::Assert,
        Act::Deny => Stance::Deny,
        Act::Accuse => Stance::Accuse,
        Act::Confirm => Stance::Confirm,
        Act::Appeal => Stance::Appeal,
        Act::Pledge => Stance::Pledge,
        Act::Decline => Stance::Decline,
        Act::Order => Stance::Order,
        Act::Threaten => Stance::Threaten,
    }
}

/// Whether there is more than one mouth, so that one can contradict the other.
fn has_two_mouths(claims: &[Claim]) -> bool {
    claims.iter().any(|claim| claim.claimant != claims[0].claimant || claim.claimant.is_none() && claims.len() > 1)
}

/// Whether a word could be that for a ceasefire or another agreement.
fn tells_of_an_agreement(syntax: Syntax<'_>) -> bool {
    const AGREEMENTS: [&str; 12] = [
        "ceasefire",
        "truce",
        "armistice",
        "cessation",
        "pact",
        "accord",
        "agreement",
        "deal",
        "pause",
        "withdraw",
        "halt",
        "agree",
    ];
    syntax.analysis.words.iter().any(|word| AGREEMENTS.contains(&word.lemma.as_str()))
}

/// What each word is to a claim; where claims stand inside of one another, words of source and cue come before those of contents.
fn claim_parts(syntax: Syntax<'_>, claims: &[Claim]) -> Vec<ClaimPart> {
    let mut parts = vec![ClaimPart::None; syntax.analysis.words.len()];
    let mut put = |span: Span, first: ClaimPart, rest: ClaimPart| {
        for (at, word) in syntax.words_in(span).enumerate() {
            parts[word as usize] = if at == 0 { first } else { rest };
        }
    };
    for &span in claims.iter().flat_map(|claim| &claim.content) {
        put(span, ClaimPart::Begin, ClaimPart::Inside);
    }
    for claim in claims {
        claim.source.iter().for_each(|&span| put(span, ClaimPart::Source, ClaimPart::Source));
        claim.cue.iter().for_each(|&span| put(span, ClaimPart::Cue, ClaimPart::Cue));
    }
    parts
}

/// "We confirm the deaths of seven civilians: four women, two men and a boy", "put its losses at 17 dead and 94 injured": figures that
/// follow a claimed one without a verb of their own are told by the same.
fn share_claims(syntax: Syntax<'_>, harms: &mut [Harm]) {
    for at in 1..harms.len() {
        let (before, after) = (&harms[at - 1], &harms[at]);
        let (from, to) = (syntax.words_in(before.number).end, syntax.words_in(after.number).start);
        let beside = from <= to && syntax.sentence(before.mention.word) == syntax.sentence(after.mention.word);
        let finite = |word: u32| {
            syntax.upos(word) == Upos::Aux
                || matches!(syntax.form(word), ";" | "”" | "\"")
                || syntax.upos(word) == Upos::Verb && syntax.subject(word).is_some()
        };
        let end = syntax.words_of(syntax.sentence(after.mention.word)).end;
        let ends = (to..end)
            .take_while(|&word| !matches!(syntax.form(word), ";" | "," | ":"))
            .all(|word| !matches!(syntax.upos(word), Upos::Verb | Upos::Aux) || syntax.deprel(word) == Deprel::Amod);
        if after.claim.is_none() && before.claim.is_some() && beside && ends && !(from..to).any(finite) {
            harms[at].claim = harms[at - 1].claim;
        }
    }
}

/// "Called for measures to halt fighting that left dozens injured": what a relative clause adds to a wish is the reporter's knowledge,
/// unless it stands inside the quotation marks.
fn is_beside_wish(syntax: Syntax<'_>, claim: &Claim, number: Span) -> bool {
    use counterclaim_schema::ledger::Stance;
    if !matches!(claim.stance, Stance::Appeal | Stance::Order | Stance::Pledge | Stance::Threaten) {
        return false;
    }
    let content = claim.content.iter().find(|piece| piece.contains(number)).map_or("", |piece| piece.of(syntax.text));
    let inner = content.trim_start_matches(['“', '"']);
    if inner.ends_with(['”', '"']) && !inner.contains('“') && inner.len() < content.len() {
        return false;
    }
    let Some(mut word) = syntax.head_of(number) else { return false };
    for _ in 0..24 {
        if word == claim.cue_word {
            return false;
        }
        if syntax.deprel(word) == Deprel::AclRelcl {
            return true;
        }
        match syntax.head(word) {
            Some(head) => word = head,
            None => return false,
        }
    }
    false
}

/// "Turkmen" in a report on Iraq is a people of that land: an adjective that a people shares tells a country that is told by its name as well.
fn is_of_a_people(text: &str, name: &str, country: &Country) -> bool {
    let elsewhere = |people: &People| !people.countries.contains(&country.iso3);
    People::by_name(name).is_some_and(elsewhere) && !text.contains(country.name)
}

/// What makes a continent of "American".
const CONTINENTS: &[&str] = &["Inter", "Latin", "Pan", "Central", "South", "North", "Ibero"];

/// Countries told by name or adjective, in text order.
fn country_words(text: &str, sentences: &[Sentence], analysis: &Analysis) -> Vec<(Span, String)> {
    let mut found: Vec<(Span, String)> = Vec::new();
    // The same words come again and again, and a look-up that finds nothing is the dear one.
    let mut known: std::collections::HashMap<&str, Option<&'static str>> = std::collections::HashMap::new();
    for words in &analysis.sentences {
        let indices: Vec<u32> = words.clone().collect();
        let mut at = 0;
        while at < indices.len() {
            let mut taken = 1;
            for length in (1..=5.min(indices.len() - at)).rev() {
                let first = analysis.words[indices[at] as usize].span;
                let last = analysis.words[indices[at + length - 1] as usize].span;
                let span = first.to(last);
                let name = span.of(text);
                if !name.starts_with(|c: char| c.is_uppercase()) {
                    break;
                }
                if let Some(part) = country_of_part(name) {
                    found.extend(part.first().map(|country| (span, (*country).to_owned())));
                    taken = length;
                    break;
                }
                // "El Chile", "San Marino": the rest of a longer name.
                let article = at > 0
                    && matches!(
                        analysis.words[indices[at - 1] as usize].span.of(text),
                        "El" | "La" | "Los" | "Las" | "San" | "Santa" | "Nueva" | "Nuevo" | "Port" | "Fort" | "Mount"
                    );
                // "The Inter-American Commission", "Latin American": a continent.
                let before = text[..first.start()].trim_end_matches(['-', ' ']);
                let continent = name.starts_with("America") && CONTINENTS.iter().any(|part| before.ends_with(part));
                if article || continent {
                    continue;
                }
                let country = *known.entry(name).or_insert_with(|| {
                    let adjective = || {
                        Country::by_adjective(name)
                            .filter(|country| length == 1 && !is_of_a_people(text, name, country))
                    };
                    Country::by_name(name).or_else(adjective).map(|country| country.iso3)
                });
                if let Some(country) = country {
                    found.push((span, country.to_owned()));
                    taken = length;
                    break;
                }
            }
            at += taken;
        }
    }
    let _ = sentences;
    // Where both Koreas are told of, "the North" and "the South" are they.
    let told = |country: &str| found.iter().any(|(_, known)| known == country);
    if told("KOR") && told("PRK") {
        for pair in analysis.words.windows(2) {
            let (article, name) = (pair[0].span.of(text), pair[1].span);
            let country = match name.of(text) {
                "North" => "PRK",
                "South" => "KOR",
                _ => continue,
            };
            if article.eq_ignore_ascii_case("the") && !found.iter().any(|(span, _)| span.overlaps(name)) {
                found.push((name, country.to_owned()));
            }
        }
        found.sort_by_key(|(span, _)| *span);
    }
    found
}

/// The place from which a report was written: that of its dateline, or the one in a line of its own ("Cape Town, March 16, 2022", "By A. Writer |
/// Derry, 13 September 2022", "By our correspondents in Batken").
fn place_written_from(document: &Document) -> Option<&str> {
    if let Some(place) = document.dateline.as_ref().and_then(|dateline| dateline.place) {
        return Some(place.of(&document.text));
    }
    let correspondent = |span: Span| {
        let line = span.of(&document.text);
        line.len() < 80 && ["correspondent", "reporter"].iter().any(|word| line.to_lowercase().contains(word))
    };
    let lines = document.blocks.iter().take(6).filter(|block| {
        matches!(block.kind, BlockKind::Dateline | BlockKind::Byline)
            || matches!(block.kind, BlockKind::Furniture(_)) && correspondent(block.span)
    });
    lines.filter_map(|block| place_of_line(block.span.of(&document.text), block.kind != BlockKind::Dateline)).next()
}

/// The country that a dateline names behind its town: "VLORA, Albania, June 26 (Wire)".
fn country_of_dateline(document: &Document) -> Option<&'static Country> {
    let dateline = document.dateline.as_ref()?;
    let line = dateline.span.of(&document.text);
    line.split([',', '(', '—', '–']).skip(1).find_map(|part| Country::by_name(part.trim()))
}

/// The part of a line that names a place which the gazetteer has; in a byline only behind a bar, a dash or "in".
fn place_of_line(line: &str, byline: bool) -> Option<&str> {
    const NO_PLACE: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "updated",
        "published",
        "posted",
        "last",
        "by",
    ];
    // "The Exile Press (Washington) | 3 May 2021": a house, not where the story is.
    let aside = |part: &&str| {
        byline && !line.trim_start().to_lowercase().starts_with("by ") && line.contains(&format!("({part})"))
    };
    let parts = line.split(['|', '—', '–', '·', '/', '(', ')']).flat_map(|part| part.split(" - "));
    let parts: Vec<&str> = parts.filter(|part| !aside(part)).collect();
    let behind = |part: &str| part.rsplit_once(" in ").map(|(_, place)| place.to_owned());
    let first = usize::from(byline && parts.len() > 1);
    let named = |place: &str| -> bool {
        let words: Vec<&str> = place.split_whitespace().collect();
        let capitals = words.iter().all(|word| word.starts_with(char::is_uppercase));
        let other = words.iter().any(|word| NO_PLACE.contains(&word.to_lowercase().trim_end_matches(':')));
        (1..=3).contains(&words.len())
            && capitals
            && !other
            && !place.contains(|c: char| c.is_ascii_digit() || c == ':')
            && gazetteer::places().best(place).is_some_and(|found| {
                found.exactness <= gazetteer::Exactness::Variant && (found.population >= 20_000 || line.contains(','))
            })
    };
    for part in &parts[first.min(parts.len())..] {
        let told = behind(part).is_some();
        let part = part.rsplit_once(" in ").map_or(*part, |(_, place)| place);
        if byline && parts.len() == 1 && !told {
            // "By Rotimi Agbaje, Jos"
            return part.rsplit_once(',').map(|(_, place)| place.trim()).filter(|place| named(place));
        }
        // "The Harbour Star, Buenaventura, 1 February 2023": the house, then where it is.
        let named = part
            .split([',', ';'])
            .take(if byline { 1 } else { 2 })
            .map(|place| place.split(" and ").next().unwrap_or(place).trim())
            .find(|place| named(place));
        if named.is_some() {
            return named;
        }
    }
    None
}

/// What the place names of a report were resolved to.
struct Resolved {
    places: Vec<Place>,
    within: Vec<PlaceWithin>,
    prevailing_country: Option<String>,
    dateline_country: Option<String>,
    diagnostics: Vec<Diagnostic>,
}

/// Where the armed groups that a report names are at home, once per mention.
fn group_countries(text: &str, analysis: &Analysis) -> Vec<String> {
    let parties = analysis.mentions.iter().filter(|mention| {
        matches!(mention.kind, MentionKind::Organization | MentionKind::Nationality | MentionKind::Group)
    });
    parties
        .flat_map(|mention| armed_group_countries(mention.span.of(text)))
        .map(|country| (*country).to_owned())
        .collect()
}

fn resolve_places(document: &Document, analysis: &Analysis, country_words: &[(Span, String)]) -> Resolved {
    let text = document.text.as_str();
    let mut spans: Vec<Span> = analysis
        .mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Place)
        .map(|mention| mention.span)
        .collect();
    // Names of countries are places even where the model saw a party; adjectives are not.
    let in_person = |span: Span| {
        let mut people = analysis.mentions.iter().filter(|mention| mention.kind == MentionKind::Person);
        people.any(|mention| mention.span.contains(span))
    };
    for (span, _) in country_words {
        if Country::by_name(span.of(text)).is_some()
            && !in_person(*span)
            && !spans.iter().any(|known| known.overlaps(*span))
        {
            spans.push(*span);
        }
    }
    // A bare direction is no name of a place: "the North", "the South’s military". Nor is "U.N.", whatever village bears its letters.
    spans.retain(|span| !matches!(span.of(text), "North" | "South" | "East" | "West"));
    spans.retain(|span| {
        let name = span.of(text);
        !is_international_body(name) || Country::by_name(name).is_some() || gazetteer::Region::by_name(name).is_some()
    });
    let mut named: Vec<(Span, Option<Span>)> = spans.into_iter().map(|span| (span, None)).collect();
    for (inner, outer) in names::names_within(text, analysis, country_words) {
        if !named.iter().any(|(span, _)| *span == inner) {
            named.push((inner, Some(outer)));
        }
    }
    named.sort_unstable();
    let mut mentions: Vec<ToponymMention> =
        named.iter().map(|&(span, _)| gazetteer::toponym_mention(text, span)).collect();
    name_in_full(&mut mentions);
    let context = gazetteer::DocumentContext {
        dateline: place_written_from(document).map(str::to_owned),
        dateline_country: country_of_dateline(document).map(|country| country.iso3.to_owned()),
        countries: country_words
            .iter()
            .map(|(_, country)| country.clone())
            .chain(country_of_dateline(document).map(|country| country.iso3.to_owned()))
            .collect(),
        groups: group_countries(text, analysis),
        address: document.url.clone(),
        publisher: document.publisher.clone(),
    };
    let dateline_country = context.dateline_country.clone().or_else(|| context.written_from()?.country);
    let gazetteer::ResolvedNames { places: resolved, mut diagnostics } =
        gazetteer::resolve_or_abstain(text, &mentions, &context);
    let (mut resolutions, mut rivals) = (Vec::with_capacity(resolved.len()), Vec::with_capacity(resolved.len()));
    for place in resolved {
        let (resolution, open) = match place {
            Ok(resolution) => (Some(resolution), Vec::new()),
            Err(open) => (None, open),
        };
        resolutions.push(resolution);
        rivals.push(open);
    }
    let prevailing_country = gazetteer::prevailing_country(&resolutions, &context);
    // A longer name of which a part is known needs no place of its own.
    diagnostics.retain(|found| !found.span.is_some_and(|span| named.iter().any(|(_, outer)| *outer == Some(span))));
    let (mut places, mut within) = (Vec::new(), Vec::new());
    for (((span, outer), resolution), alternatives) in named.into_iter().zip(resolutions).zip(rivals) {
        let country = resolution.as_ref().and_then(|resolution| resolution.country.clone());
        let place = Place { span, country, resolution, alternatives, beside: None };
        match outer {
            Some(outer) => within.push(PlaceWithin { place, outer }),
            None => places.push(place),
        }
    }
    // "The Pearl hotel in Mogadishu" is no word of Pearl in Mississippi: a part of a name stands for a place only in a country that the report tells of.
    let told: Vec<&String> =
        places.iter().filter_map(|place| place.country.as_ref()).chain(&context.countries).collect();
    within.retain(|part| part.place.country.as_ref().is_none_or(|country| told.is_empty() || told.contains(&country)));
    tell_beside(text, &mut places);
    Resolved { places, within, prevailing_country, dateline_country, diagnostics }
}

/// "Addis" in a report that names Addis Ababa: the first word of a capital's or great city's name stands for it.
fn name_in_full(mentions: &mut [ToponymMention]) {
    const GREAT: u32 = 500_000;
    let is_first = |short: &str, long: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    let great: Vec<String> = mentions
        .iter()
        .map(|mention| &mention.name)
        .filter(|long| mentions.iter().any(|other| is_first(&other.name, long)))
        .filter(|long| {
            gazetteer::places().best(long).is_some_and(|found| {
                found.exactness == gazetteer::Exactness::Primary
                    && found.feature_code.starts_with("PPL")
                    && (found.feature_code == "PPLC" || found.population >= GREAT)
            })
        })
        .cloned()
        .collect();
    for mention in mentions {
        if let Some(long) = great.iter().find(|long| is_first(&mention.name, long)) {
            mention.name.clone_from(long);
        }
    }
}

/// Places that are told by others: "20 km north of X", "between X and Y".
fn tell_beside(text: &str, places: &mut [Place]) {
    let point = |place: &Place| place.resolution.as_ref().and_then(|found| found.lat.zip(found.lon));
    for at in 0..places.len() {
        let Some(offset) = offset_before(text, places[at].span.start()) else { continue };
        let two = matches!(offset.relation, Relation::Between | Relation::Border);
        let other = places.get(at + 1).filter(|other| {
            two && text.get(places[at].span.end()..other.span.start()).is_some_and(|gap| gap.trim() == "and")
        });
        // A border of a town, a country north of which something lies, say nothing of where.
        let whole = places[at].is_country();
        if whole != (offset.relation == Relation::Border) || offset.relation == Relation::Between && other.is_none() {
            continue;
        }
        let circle = point(&places[at]).and_then(|named| offset.circle(named, other.and_then(point)));
        places[at].beside = Some(Beside { offset, other: other.map(|other| other.span), circle });
    }
}

/// A village found by another name than its own says little of the country.
fn is_doubtful(text: &str, place: &Place) -> bool {
    let Some(found) = &place.resolution else { return true };
    let (told, own) = (name_key(place.span.of(text)), name_key(&found.name));
    let alike = own.starts_with(&told)
        || told.starts_with(&own)
        || own.chars().zip(told.chars()).take_while(|(a, b)| a == b).count() >= 4;
    matches!(found.feature_code.as_deref(), Some("PPL" | "PPLX" | "PPLA2" | "PPLA3" | "PPLA4" | "PPLA5")) && !alike
}

fn setting(
    document: &Document,
    analysis: &Analysis,
    places: &[Place],
    within: &[PlaceWithin],
    country_words: &[(Span, String)],
    dateline_country: Option<String>,
) -> Setting {
    let large = |place: &Place| {
        place
            .resolution
            .as_ref()
            .is_some_and(|found| matches!(found.feature_code.as_deref(), Some("PCLI" | "ADM1" | "PPLC")))
    };
    // "Oregon State Police": the province in a body's name tells the country too.
    let provinces = || places.iter().chain(within.iter().map(|within| &within.place)).filter(|place| large(place));
    let told = |country: &str| {
        dateline_country.as_deref() == Some(country)
            || country_words.iter().any(|(_, known)| known == country)
            || provinces().any(|other| other.country.as_deref() == Some(country))
    };
    let any_told = places.iter().filter_map(|place| place.country.as_deref()).any(told) || dateline_country.is_some();
    // Two towns of one country tell it as well as its name; one alone may be a namesake of a place that no gazetteer holds.
    let borne_out = |place: &Place| {
        let country = place.country.as_deref().unwrap_or_default();
        let name = |place: &Place| place.span.of(&document.text).to_lowercase();
        told(country)
            || !any_told
            || places.iter().any(|other| other.country.as_deref() == Some(country) && name(other) != name(place))
    };
    let place_countries = places
        .iter()
        .filter(|place| borne_out(place))
        .filter(|place| !country_words.iter().any(|(span, _)| span.overlaps(place.span)))
        .filter(|place| !is_doubtful(&document.text, place))
        .filter_map(|place| place.country.clone().map(|country| (place.span, country)))
        .collect();
    let mut told_countries: Vec<String> = country_words.iter().map(|(_, country)| country.clone()).collect();
    told_countries.extend(provinces().filter_map(|place| place.country.clone()));
    told_countries.extend(dateline_country.clone());
    Setting {
        place_countries,
        told_countries,
        dateline_country,
        country_words: country_words.to_vec(),
        sources: analysis.attributions.iter().flat_map(|attribution| attribution.source.iter().copied()).collect(),
        published: document.published.as_ref().map(|published| published.value.clone()),
    }
}

impl<'d> Reading<'d> {
    /// Questions about the sentences.
    pub fn syntax(&self) -> Syntax<'_> {
        Syntax { text: &self.document.text, analysis: &self.analysis }
    }

    /// Whether a sentence is coded: a title only stands in for a missing body.
    pub fn is_coded(&self, sentence: u32) -> bool {
        self.sentences
            .get(sentence as usize)
            .is_some_and(|sentence| self.coded_blocks.get(sentence.block) == Some(&true))
    }

    /// What each word is to a claim.
    pub fn claim_parts(&self) -> Vec<ClaimPart> {
        claim_parts(self.syntax(), &self.claims)
    }

    /// Whether the report tells of armed conflict at all: harm, an armed party, weapons and fighting in more than one place.
    pub fn is_conflict(&self) -> bool {
        self.conflict
    }

    fn tells_of_conflict(&self) -> bool {
        let armed = self
            .actors
            .all
            .iter()
            .filter(|actor| {
                actor.sectors.iter().any(|sector| matches!(sector.as_str(), "MIL" | "REB" | "PRM" | "UAF" | "SPY"))
            })
            .count();
        let words =
            self.analysis.words.iter().filter(|word| counterclaim_knowledge::weapons::is_weapon(&word.lemma)).count();
        let told = self.analysis.words.iter().filter(|word| CONFLICT_WORDS.contains(&word.lemma.as_str())).count();
        let evidence = armed.min(3) + words.min(3) + told.min(4) + self.harms.len().min(2);
        evidence >= 4 && (armed > 0 || words > 0)
    }

    /// The innermost claim whose content holds a span.
    pub fn innermost_claim(&self, span: Span) -> Option<usize> {
        claim::innermost(&self.claims, span)
    }

    /// The place whose name is or stands inside the phrase at a word.
    pub fn place_at(&self, syntax: Syntax<'_>, word: u32) -> Option<usize> {
        let words = syntax.phrase_words(word);
        let span = syntax.cover(&words)?;
        let exact = self.places.iter().position(|place| place.span.contains(syntax.span(word)));
        exact.or_else(|| self.places.iter().position(|place| span.contains(place.span)))
    }

    /// Countries named in a sentence, by name, adjective or place.
    pub fn countries_of_sentence(&self, sentence: u32) -> Vec<&str> {
        let Some(row) = self.sentences.get(sentence as usize) else { return Vec::new() };
        let mut found: Vec<&str> = Vec::new();
        let places = self.places.iter().filter_map(|place| place.country.as_ref().map(|country| (place.span, country)));
        for (span, country) in self.country_words.iter().map(|(span, country)| (*span, country)).chain(places) {
            if row.span.contains(span) && !found.contains(&country.as_str()) {
                found.push(country);
            }
        }
        found
    }

    /// Countries of the two principal parties, else the heaviest country.
    pub fn principal_countries(&self) -> Vec<&str> {
        match self.actors.principal {
            Some((first, second)) => {
                [first, second].into_iter().filter_map(|actor| self.actors.all[actor].country.as_deref()).collect()
            }
            None => self.actors.countries.iter().take(1).map(|(country, _)| country.as_str()).collect(),
        }
    }

    /// The day of publication as a number of days.
    pub fn published_day(&self) -> Option<i64> {
        self.document.published.as_ref().and_then(|published| day_number(published.date()))
    }

    /// Month and day of a dateline that tells no year: "JAKARTA, March 14 (Wire)".
    pub fn dateline_day(&self) -> Option<(i8, i8)> {
        let dateline = self.document.dateline.as_ref()?.span.of(&self.document.text);
        let words: Vec<&str> = dateline.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let number = |at: usize| words.get(at).and_then(|word| word.parse().ok()).filter(|day| (1..=31).contains(day));
        words.iter().enumerate().find_map(|(at, word)| {
            let month = Some(word).filter(|word| time::is_month(&word.to_lowercase()))?;
            let day = number(at + 1).or_else(|| at.checked_sub(1).and_then(number))?;
            Some((time::month_number(month)?, day))
        })
    }

    /// Whether a time of a report whose dateline tells no year is of another month than the report, or of a year that is told: nobody dates the news of
    /// the day so. In the first days of a month the last one is still counted up.
    pub fn is_of_another_month(&self, time: &TimeExpression) -> bool {
        const OVER: i8 = 10;
        let Some((month, day)) = self.dateline_day().filter(|_| self.published_day().is_none()) else { return false };
        let told =
            time.value.get(5..7).and_then(|month| month.parse::<i8>().ok()).filter(|told| (1..=12).contains(told));
        let other = |told: i8| (month - told).rem_euclid(12) > i8::from(day <= OVER);
        let year = time.value.get(..4).is_some_and(|year| year.parse::<u16>().is_ok());
        year || time.value.starts_with("XXXX-") && told.is_some_and(other)
    }

    /// Whether a lemma only carries a noun ("launch", "carry").
    pub fn is_trigger_light(&self, lemma: &str) -> bool {
        matches!(
            lemma,
            "launch"
                | "carry"
                | "conduct"
                | "use"
                | "make"
                | "continue"
                | "begin"
                | "start"
                | "manage"
                | "go"
                | "proceed"
                | "gather"
                | "meet"
        )
    }

    /// Whether a word is a verb of speech.
    pub fn is_speech(&self, word: u32) -> bool {
        let syntax = self.syntax();
        syntax.upos(word) == Upos::Verb
            && cues::verb(syntax.lemma(word)).any(|cue| matches!(cue.kind, cues::CueKind::Report | cues::CueKind::Act))
    }

    /// Whether a clause tells of harm to its subject ("were killed in an attack").
    pub fn is_harmed(&self, syntax: Syntax<'_>, clause: u32) -> bool {
        syntax.is_passive(clause)
            || matches!(
                syntax.lemma(clause),
                "die" | "perish" | "fall" | "suffer" | "sustain" | "lose" | "flee" | "survive" | "escape"
            )
    }

    /// Whom an accusation accuses.
    pub fn accused(&self, syntax: Syntax<'_>, claim: &Claim) -> Vec<ActorId> {
        let cue = claim.cue_word;
        let object = if syntax.is_passive(cue) { syntax.subject(cue) } else { syntax.dependent(cue, &[Deprel::Obj]) };
        let object = object.or_else(|| {
            syntax
                .obliques(cue)
                .into_iter()
                .find(|oblique| matches!(oblique.preposition.as_str(), "on" | "against"))
                .map(|oblique| oblique.head)
        });
        // A parser may hang the accused on the deed: then it is the first party behind the cue.
        let first = || {
            let start = claim.content.iter().map(|span| span.start).min()?;
            syntax
                .words_of(syntax.sentence(cue))
                .find(|&word| word > cue && syntax.span(word).start >= start && self.actors.at(word).is_some())
        };
        object
            .or_else(first)
            .map(|head| self.actors.of_phrase(syntax, head).into_iter().map(|(actor, _)| actor).collect())
            .unwrap_or_default()
    }
}

const CONFLICT_WORDS: &[&str] = &[
    "attack",
    "shelling",
    "shell",
    "clash",
    "fighting",
    "airstrike",
    "ceasefire",
    "truce",
    "offensive",
    "militant",
    "rebel",
    "insurgent",
    "gunman",
    "troop",
    "soldier",
    "bombardment",
    "raid",
    "ambush",
    "militia",
    "hostage",
    "explosion",
    "bombing",
    "casualty",
    "frontline",
    "withdraw",
    "withdrawal",
    "fighter",
    "gunfire",
];

/// Days since year 0 of a `YYYY-MM-DD`, good for differences (days from civil, Howard Hinnant).
pub fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-');
    let year: i64 = parts.next()?.parse().ok()?;
    let month: i64 = parts.next()?.parse().ok()?;
    let day: i64 = parts.next()?.get(..2)?.parse().ok()?;
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_differ() {
        let of = |date| day_number(date).unwrap_or_else(|| panic!("{date}"));
        assert_eq!(of("2022-09-16") - of("2022-09-15"), 1);
        assert_eq!(of("2022-03-01") - of("2022-02-28"), 1);
        assert_eq!(of("2024-03-01") - of("2024-02-28"), 2);
        assert_eq!(of("2022-01-01") - of("2021-01-01"), 365);
        assert_eq!(day_number("2022"), None);
    }
}
