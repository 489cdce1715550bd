//! Whose a party is by the words around it: its own phrase, an apposition, the body it speaks for, the places beside it.

use super::*;

impl Resolver<'_> {
    /// Countries that a phrase takes from a pronoun or a pair inside of it: "its forces", "chiefs in the two states".
    pub(super) fn borrowed_countries(&mut self, word: u32, above_states: bool) -> Vec<String> {
        // "the South’s military", where the report's countries give the name its meaning.
        let span = self.phrase_span(word);
        let named = self
            .setting
            .country_words
            .iter()
            .find(|(at, _)| span.contains(*at) && matches!(at.of(self.syntax.text), "North" | "South"));
        if let Some((_, country)) = named {
            return vec![country.clone()];
        }
        if let Some(country) = self.led_country(word) {
            return vec![country];
        }
        if let Some(country) = self.told_home(word) {
            return vec![country];
        }
        let owner = self.syntax.owner(word).filter(|&owner| self.syntax.upos(owner) == Upos::Pron);
        // "Ukraine, whose officials declined to comment": what the relative clause hangs on.
        let owner = owner.map(|owner| {
            let clause = Some(self.syntax.clause(word)).filter(|_| self.syntax.lemma(owner) == "whose");
            let clause = clause.filter(|&clause| self.syntax.deprel(clause) == Deprel::AclRelcl);
            clause.and_then(|clause| self.syntax.head(clause)).unwrap_or(owner)
        });
        if let Some(owner) = owner.filter(|_| !is_counterpart(self.syntax.lemma(word))) {
            if let Some(actor) = self.actors.at(owner) {
                return self.actors.countries_of(actor);
            }
        }
        if let Some(country) = self.home_of_rebels(word) {
            return vec![country];
        }
        if let Some(country) = self.seat(word).or_else(|| self.where_told(word)).filter(|_| !above_states) {
            return vec![country];
        }
        // "Chiefs in the two states": a parser may hang the phrase on a noun further back.
        let next = word + 1;
        let behind = ((next as usize) < self.syntax.analysis.words.len())
            .then_some(next)
            .filter(|&next| {
                self.syntax.upos(next) == Upos::Adp && matches!(self.syntax.form(next), "in" | "of" | "from")
            })
            .and_then(|next| self.syntax.head(next))
            .filter(|&head| head > next && self.syntax.is_nominal(head));
        if let Some(pair) = behind.and_then(|head| self.both_sides(head)) {
            return self.actors.countries_of(pair);
        }
        for oblique in self.syntax.obliques(word) {
            if matches!(oblique.preposition.as_str(), "in" | "of" | "from") {
                if let Some(pair) = self.both_sides(oblique.head) {
                    return self.actors.countries_of(pair);
                }
                // "the mayor of Alma al-Shaab", "a doctor in Surin"
                let span = self.syntax.span(oblique.head);
                let place = self.setting.place_countries.iter().find(|(place, _)| place.contains(span));
                let within = matches!(oblique.preposition.as_str(), "of" | "in") && !above_states;
                if let Some((_, country)) = place.filter(|_| within) {
                    return vec![country.clone()];
                }
            }
        }
        self.paragraph_state(word).filter(|_| !above_states).into_iter().collect()
    }

    /// "Eritrea dismissed the charge. Presidential adviser Tekle Yohannes said": who speaks on in a paragraph that opened with a state.
    fn paragraph_state(&self, word: u32) -> Option<String> {
        let syntax = self.syntax;
        let words = self.syntax.phrase_words(word).into_iter();
        let official = |at: u32| {
            agent(syntax.lemma(at), &[]).is_some_and(|class| {
                class.sectors.iter().any(|sector| matches!(*sector, "GOV" | "MIL" | "COP" | "SPY"))
            })
        };
        let told = syntax
            .obliques(word)
            .iter()
            .any(|found| matches!(found.preposition.as_str(), "with" | "of" | "for" | "from"));
        let abroad = is_from_abroad(self.phrase_span(word).of(syntax.text));
        if self.source_heads.binary_search(&word).is_err() || told || abroad || !words.into_iter().any(official) {
            return None;
        }
        let sentence = syntax.sentence(word);
        let first = syntax.span(syntax.words_of(sentence.checked_sub(1)?).start);
        let between = &syntax.text[first.start()..syntax.span(syntax.words_of(sentence).start).start()];
        if between.contains("\n\n") {
            return None;
        }
        let mut words = syntax.words_of(sentence - 1);
        let root = words.find(|&at| syntax.deprel(at) == Deprel::Root)?;
        let subject = syntax.subject(root).and_then(|subject| self.actors.at(subject))?;
        let row = &self.actors.all[subject];
        row.country.clone().filter(|_| row.kind == ActorKind::State && row.basis != "context")
    }

    /// The party that a phrase says somebody is of: "a Thai welder, Somsak Kaewta", "Tariq Lodhi of the Pakistani foreign ministry", "a Pentagon briefer",
    /// "Islamabad’s Foreign Office". Country and, where a body is named, its sectors.
    pub(super) fn told_party(&self, word: u32) -> Option<ActorDescription> {
        let beside = self.syntax.dependents(word).iter().copied();
        let apposed = beside.filter(|&child| self.syntax.deprel(child) == Deprel::Appos);
        let over = self.syntax.head(word).filter(|_| self.syntax.deprel(word) == Deprel::Appos);
        // A parser may miss the apposition that the source holds: its first noun.
        let source = self.syntax.analysis.attributions.iter().flat_map(|attribution| &attribution.source);
        let source = source.copied().find(|span| span.contains(self.syntax.span(word)));
        let lead = source.and_then(|span| {
            self.syntax.words_in(span).find(|&at| {
                self.syntax.upos(at) == Upos::Noun
                    && !matches!(self.syntax.deprel(at), Deprel::NmodPoss | Deprel::Compound)
            })
        });
        let heads: Vec<u32> = std::iter::once(word).chain(over).chain(apposed).chain(lead).collect();
        heads
            .iter()
            .find_map(|&head| self.told_before(head))
            .or_else(|| heads.iter().find_map(|&head| self.told_behind(head)))
    }

    /// A country by an adjective, an owner or a listed body before a noun.
    pub(super) fn told_before(&self, head: u32) -> Option<ActorDescription> {
        let phrase = self.syntax.phrase_words(head);
        let words: Vec<(&str, &str)> =
            phrase.iter().map(|&part| (self.syntax.form(part), self.syntax.lemma(part))).collect();
        let at = phrase.binary_search(&head).ok()?;
        let countries = countries_before(&words, at);
        if let [country] = &countries[..] {
            return Some(self.of_country(country.clone()));
        }
        // "Islamabad’s Foreign Office"
        let owner = self.syntax.owner(head).filter(|&owner| owner < head);
        let seat = owner.and_then(|owner| Country::by_capital(self.syntax.span(owner).of(self.syntax.text)));
        if let Some(country) = seat {
            return Some(self.of_country(country.iso3.to_owned()));
        }
        // "A Pentagon briefer", "Arab League chief Amr Lutfi"
        let own = self.person_mention(head);
        let mentions = self.syntax.analysis.mentions.iter();
        let named = mentions.filter(|mention| {
            let words = self.syntax.words_in(mention.span);
            mention.kind == MentionKind::Organization
                && words.end <= head
                && phrase.binary_search(&words.start).is_ok()
                && own.is_none_or(|own| !own.overlaps(mention.span))
        });
        named.filter_map(|mention| self.listed(self.syntax.words_in(mention.span).last()?)).next()
    }

    /// A listed body; an armed group only where the report tells of its country: others bear the same letters.
    pub(super) fn listed(&self, word: u32) -> Option<ActorDescription> {
        let body = self.describe(word);
        let known = body.known.as_ref()?;
        let told = |country: &String| self.actors.countries.iter().any(|(known, _)| known == country);
        let here = !known.starts_with("group:") || body.countries.iter().all(told);
        (here && body.countries.len() <= 1).then_some(body)
    }

    /// "Gaza, where the health ministry said": the country of the place whose clause a speaker stands in.
    fn where_told(&self, word: u32) -> Option<String> {
        let syntax = self.syntax;
        let verb = syntax.head(word).filter(|_| matches!(syntax.deprel(word), Deprel::Nsubj | Deprel::NsubjPass))?;
        let relative =
            syntax.dependents(verb).iter().copied().find(|&child| child < word && syntax.lemma(child) == "where")?;
        let start = syntax.words_of(syntax.sentence(word)).start;
        let place = (start..relative).rev().find(|&at| syntax.upos(at) != Upos::Punct)?;
        let span = syntax.span(place);
        let mut named = self.setting.place_countries.iter().chain(&self.setting.country_words);
        named.find(|(at, _)| at.overlaps(span)).map(|(_, country)| country.clone())
    }

    /// "Our troops" in reported words: the head of the source whose they are.
    pub(super) fn speaker_of_ours(&self, word: u32) -> Option<u32> {
        let syntax = self.syntax;
        let owner = syntax.owner(word).filter(|_| syntax.is_nominal(word))?;
        if !matches!(syntax.form(owner).to_lowercase().as_str(), "our" | "my") {
            return None;
        }
        let span = syntax.span(word);
        let told = syntax.analysis.attributions.iter();
        let told = told.filter(|attribution| attribution.content.iter().any(|content| content.contains(span)));
        let source = told.filter_map(|attribution| attribution.source.first().copied()).next_back()?;
        syntax.head_of(source)
    }

    /// Gives what is called ours to whom the speaker is of; as any other phrase where nothing tells that.
    pub(super) fn resolve_ours(&mut self, word: u32, speaker: u32) {
        let side = self.actors.at(speaker).map(|actor| self.actors.all[actor].clone());
        let mut description = self.describe(word);
        let Some(side) = side.filter(|side| side.country.is_some() && !description.sectors.is_empty()) else {
            return self.resolve_word(word);
        };
        description.countries = side.country.into_iter().collect();
        description.basis = "description";
        if description.sectors == ["MIL"] && is_armed_group(&side.sectors) {
            let sectors = side.sectors.iter();
            description.sectors = sectors.filter_map(|sector| counterclaim_knowledge::actors::sector(sector)).collect();
        }
        let key = self.key(word);
        let actor = self.find_or_create(word, ActorKind::Group, description, key);
        self.note(word, actor);
    }

    /// "Who speaks for the separatists": the verb behind whose "for" the party stands.
    pub(super) fn speaks_for(&self, word: u32) -> Option<u32> {
        let clauses = self.syntax.dependents(word).iter().copied();
        let speaks = |&verb: &u32| {
            matches!(self.syntax.deprel(verb), Deprel::AclRelcl | Deprel::Acl)
                && matches!(self.syntax.lemma(verb), "speak" | "act" | "fight" | "negotiate")
        };
        let party = clauses.filter(speaks).flat_map(|verb| self.syntax.obliques(verb));
        party.into_iter().find(|oblique| matches!(oblique.preposition.as_str(), "for" | "with")).map(|found| found.head)
    }

    /// A country or a listed body behind a noun: "of the US Joint Staff", "with a French charity", "of Qatar", "on the Algerian side".
    pub(super) fn told_behind(&self, head: u32) -> Option<ActorDescription> {
        self.syntax.obliques(head).into_iter().find_map(|oblique| {
            let belongs = matches!(oblique.preposition.as_str(), "of" | "for" | "from" | "with" | "at");
            let side = oblique.preposition == "on" && self.syntax.lemma(oblique.head) == "side";
            if !belongs && !side || oblique.head < head {
                return None;
            }
            let state = Some(self.describe(oblique.head));
            let state = state.filter(|body| body.kind == ActorClassKind::State && body.countries.len() == 1);
            let body = || {
                state
                    .or_else(|| self.listed(oblique.head))
                    .map(|body| ActorDescription { kind: ActorClassKind::Unknown, ..body })
            };
            belongs.then(body).flatten().or_else(|| self.told_before(oblique.head))
        })
    }

    pub(super) fn of_country(&self, country: String) -> ActorDescription {
        ActorDescription { countries: vec![country], ..ActorDescription::blank() }
    }

    /// Gives a description that names no country that of the party whom the phrase names.
    pub(super) fn take_told(&self, word: u32, description: &mut ActorDescription) {
        if !description.countries.is_empty() || is_international(description) {
            return;
        }
        let Some(told) = self.told_party(word) else { return };
        if description.sectors.is_empty() {
            description.sectors = told.sectors;
        }
        description.countries = told.countries;
        description.basis = "description";
    }

    /// The country of a phrase by a name in it whose home the report tells, or by its seat: "a member of the Dassanech delegation", "an Oslo-based group".
    pub(super) fn told_home(&self, word: u32) -> Option<String> {
        let words = self.syntax.phrase_words(word);
        let home = words.iter().find_map(|&part| self.homes.get(&self.syntax.form(part).to_lowercase()));
        if home.is_some() {
            return home.cloned();
        }
        let based = words.iter().position(|&part| self.syntax.form(part).eq_ignore_ascii_case("based"))?;
        let name = words[..based].iter().rev().find(|&&part| self.syntax.form(part).starts_with(char::is_uppercase))?;
        let span = self.syntax.span(*name);
        let named = self.setting.country_words.iter().chain(&self.setting.place_countries);
        let told = named.filter(|(at, _)| at.contains(span)).map(|(_, country)| country.clone()).next();
        told.or_else(|| Country::by_capital(span.of(self.syntax.text)).map(|country| country.iso3.to_owned()))
    }

    /// "The Obama administration", "Bush administration officials": the country that the one who gives the name led.
    pub(super) fn led_country(&self, word: u32) -> Option<String> {
        let words = self.syntax.phrase_words(word);
        let (leader, _) = words.iter().zip(words.iter().skip(1)).find(|&(&name, &body)| {
            name + 1 == body
                && matches!(
                    self.syntax.lemma(body),
                    "administration" | "presidency" | "government" | "cabinet" | "regime"
                )
                && self.syntax.form(name).starts_with(char::is_uppercase)
        })?;
        let query = HolderQuery {
            name: self.syntax.form(*leader),
            title: "leader",
            day: self.setting.published.as_deref().and_then(|day| day.get(..10)),
            ..HolderQuery::default()
        };
        office_holding(&query)?.country.map(str::to_owned)
    }

    /// "A group based in Trinidad", "a newspaper published in Beirut".
    pub(super) fn seat(&self, word: u32) -> Option<String> {
        let verb = self.syntax.dependent(word, &[Deprel::Acl, Deprel::AclRelcl])?;
        if !matches!(
            self.syntax.lemma(verb),
            "base" | "headquarter" | "operate" | "live" | "publish" | "exile" | "hole"
        ) {
            return None;
        }
        let inside = self.syntax.obliques(verb).into_iter().find(|oblique| oblique.preposition == "in")?;
        let span = self.phrase_span(inside.head);
        let named = self.setting.country_words.iter().chain(&self.setting.place_countries);
        named.filter(|(at, _)| span.contains(*at)).map(|(_, country)| country.clone()).next()
    }

    /// "Turkey’s defence minister said", then "Defence Minister Selim Arda": the office that the report has told with its country.
    pub(super) fn office_told(&self, word: u32) -> Option<String> {
        let first = self.syntax.words_in(self.person_mention(word)?).start;
        let title: Vec<String> = self
            .syntax
            .phrase_words(word)
            .into_iter()
            .filter(|&part| part < first && matches!(self.syntax.upos(part), Upos::Noun | Upos::Propn | Upos::Adj))
            .map(|part| self.syntax.lemma(part).to_lowercase())
            .collect();
        if title.len() < 2 {
            return None;
        }
        let told = self.actors.all.iter().rev().find(|actor| {
            actor.country.is_some()
                && actor.basis != "context"
                && actor.members.is_empty()
                && actor.key.ends_with(&title)
        })?;
        told.country.clone()
    }

    /// The last name of the person whom an apposition right behind a noun names, or whose name hangs on it ("rebel leader Adolfo Calero").
    pub(super) fn apposed_name(&self, word: u32) -> Option<String> {
        let plural = self.syntax.form(word).to_lowercase() != self.syntax.lemma(word);
        if plural || self.syntax.upos(word) != Upos::Noun {
            return None;
        }
        let named = |child: &u32| matches!(self.syntax.deprel(*child), Deprel::Appos | Deprel::Flat) && *child > word;
        self.syntax.dependents(word).iter().copied().filter(named).find_map(|child| self.person_name(child))
    }

    /// "The rebels" of a report in which all named groups of rebels are of one country, wherever they meet or talk.
    fn home_of_rebels(&self, word: u32) -> Option<String> {
        let rebels = matches!(self.syntax.lemma(word), "rebel" | "insurgent" | "guerrilla");
        let placed =
            self.syntax.obliques(word).iter().any(|of| matches!(of.preposition.as_str(), "in" | "of" | "from"));
        let groups = self.actors.all.iter().filter(|actor| {
            actor.kind == ActorKind::Organization
                && actor.members.is_empty()
                && actor.sectors.first().is_some_and(|sector| sector == "REB")
        });
        let mut countries: Vec<&String> = groups.filter_map(|actor| actor.country.as_ref()).collect();
        countries.sort();
        countries.dedup();
        match &countries[..] {
            [country] if rebels && !placed => Some((*country).clone()),
            _ => None,
        }
    }

    /// Country for a description that names none.
    pub(super) fn context_country(&self, word: u32, description: &ActorDescription) -> Option<String> {
        if is_international(description) {
            return None;
        }
        if is_from_abroad(self.phrase_span(word).of(self.syntax.text)) {
            return None;
        }
        if let Some(country) = self.arm_told(word) {
            return Some(country);
        }
        let sentence = self.syntax.sentence(word);
        let words = self.syntax.words_of(sentence);
        let inside = |span: &Span| {
            let first = self.syntax.span(words.start);
            let last = self.syntax.span(words.end - 1);
            first.start <= span.start && span.end <= last.end
        };
        // A ministry goes on where a state's people spoke, not where its rebels did.
        const OF_STATE: &[&str] = &["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];
        let state = description.sectors.iter().any(|sector| OF_STATE.contains(sector));
        let of_state =
            |actor: ActorId| self.actors.all[actor].sectors.iter().any(|sector| OF_STATE.contains(&sector.as_str()));
        // A foreign doctor or welder who looked on does not lend his country to who speaks next.
        let lends = |actor: ActorId| {
            let row = &self.actors.all[actor];
            row.basis == "context"
                || row.kind == ActorKind::State
                || !row.sectors.is_empty() && !is_onlooker(&row.sectors)
        };
        let spoken = self
            .spoke
            .iter()
            .rev()
            .find(|&&(_, actor)| (!state || of_state(actor)) && lends(actor))
            .filter(|(at, _)| self.syntax.sentence(*at) + 3 >= sentence)
            .and_then(|(_, actor)| self.actors.all[*actor].country.clone());
        let is_source = self.source_heads.binary_search(&word).is_ok();
        let near: Vec<&String> =
            self.setting.place_countries.iter().filter(|(span, _)| inside(span)).map(|(_, country)| country).collect();
        let main = self.actors.main_countries();
        // The source holds what a parser may hang on the verb: "Colonel Huseynli in Baku contended".
        let own = self.syntax.span(word);
        let source = self
            .setting
            .sources
            .iter()
            .copied()
            .filter(|span| is_source && span.contains(own))
            .max_by_key(|span| span.end);
        let phrase = source.map_or_else(|| self.phrase_span(word), |source| source.to(self.phrase_span(word)));
        let within = |country: &str| {
            self.setting.place_countries.iter().any(|(span, known)| phrase.contains(*span) && known == country)
        };
        // Who lives there speaks of what is near; a ministry speaks of what is far away.
        let local = description.sectors.iter().any(|sector| matches!(*sector, "CVL" | "MED" | "EDU" | "REF" | "COP"))
            || matches!(
                self.syntax.lemma(word),
                "mayor" | "governor" | "councillor" | "prefect" | "elder" | "chief" | "headman"
            );
        let heaviest = main.first().copied();
        // "In Lima, the foreign ministry rejected the charge".
        let fronted =
            words.clone().next().filter(|&first| matches!(self.syntax.form(first), "In" | "From" | "At")).and_then(
                |first| {
                    let place = self.syntax.span(first + 1);
                    let known = self.setting.place_countries.iter().find(|(span, _)| span.overlaps(place));
                    let end = known.map(|(span, _)| span.end)?;
                    let follows = self.syntax.text.get(end as usize..)?.trim_start();
                    (follows.starts_with(',') || self.syntax.span(word).start < end + 12)
                        .then(|| known.map(|(_, country)| country))?
                },
            );
        let near: Vec<&String> = near
            .into_iter()
            .filter(|country| {
                !is_source
                    || local
                    || heaviest == Some(country.as_str())
                    || within(country)
                    || fronted == Some(*country)
            })
            .collect();
        if let Some(country) = near.first() {
            let own = within(country) || fronted.is_some_and(|fronted| fronted == *country);
            // "Colonel Huseynli in Baku": the place of the phrase itself goes before others of the sentence.
            let inner: Vec<&&String> = near.iter().filter(|country| within(country)).collect();
            if let Some(first) = inner.first().filter(|first| is_source && main.contains(&first.as_str())) {
                if inner.iter().all(|other| other == first) {
                    return Some((**first).clone());
                }
            }
            if near.iter().all(|other| other == country) && (main.contains(&country.as_str()) || !is_source || own) {
                return Some((*country).clone());
            }
        }
        if is_source {
            if let Some(country) = spoken {
                if main.contains(&country.as_str()) {
                    return Some(country);
                }
            }
        }
        self.actors.countries.first().map(|(country, _)| country.clone())
    }

    /// "The army", "an army source" behind "the Israeli army": the country of the arm of that name that was told of last.
    fn arm_told(&self, word: u32) -> Option<String> {
        const ARMS: &[&str] = &["army", "military", "navy", "police", "junta"];
        let syntax = self.syntax;
        // "Tin Maung Latt, the military's commander": also in an apposition.
        let beside = syntax.dependents(word).iter().copied().filter(|&child| syntax.deprel(child) == Deprel::Appos);
        let heads = std::iter::once(word).chain(beside);
        let phrases = heads.flat_map(|head| syntax.phrase_words(head).into_iter().rev().filter(move |&at| at <= head));
        let mut lemmas = phrases.map(|at| syntax.lemma(at));
        let arm = lemmas.find(|lemma| ARMS.contains(lemma))?;
        let told = |actor: &crate::actors::Actor| {
            let head = actor.name.split_whitespace().last().map(str::to_lowercase);
            // A "liberation army" is none of a state.
            let state = actor.sectors.iter().any(|sector| matches!(sector.as_str(), "MIL" | "COP" | "GOV"));
            state && actor.basis != "context" && actor.country.is_some() && head.as_deref() == Some(arm)
        };
        self.seen.iter().rev().map(|&(_, id, _)| &self.actors.all[id]).find(|actor| told(actor))?.country.clone()
    }
}
