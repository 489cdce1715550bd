//! Speech behind a label: "Spokesperson: Our patrol was of twelve men.", "0850 – MINUSCA: peacekeepers saw a helicopter.",
//! "Finance ministry: the money was wired."
//!
//! Transcripts, live pages and strings of flashes have no word of saying; who speaks stands in front of a colon, and what follows in the same
//! paragraph goes on until the next label. "The Press Centre is authorised to state the following": all that nobody else tells behind it is its
//! statement.

use super::*;
use counterclaim_knowledge::actors::is_listed_party;
use counterclaim_schema::MentionKind;

/// Words of a label, at most: more are a clause.
const LABEL: usize = 16;
/// Words behind the colon, at least: fewer are a caption.
const SAID: usize = 3;

/// Labels of those who ask, and what a house calls its own people.
const HOSTS: &[&str] =
    &["host", "presenter", "moderator", "anchor", "interviewer", "question", "reporter", "correspondent"];

/// Claims of labelled speech that nothing else tells, one a sentence. Speech of those who ask is taken out of what is known: it claims nothing.
pub(super) fn from_turns(syntax: Syntax<'_>, actors: &Actors, known: &mut Vec<Draft>) -> Vec<Draft> {
    let hosts = hosts(syntax);
    let asks = |span: Span| {
        syntax.words_in(span).any(|word| is_host(syntax, word) || hosts.contains(&syntax.form(word).to_lowercase()))
    };
    known.retain(|draft| syntax.form(draft.cue_word) != ":" || !draft.source.iter().any(|&span| asks(span)));
    let mut drafts = Vec::new();
    let mut turn: Option<(Span, u32)> = None;
    let mut statement: Option<(Vec<Span>, Vec<Span>, u32)> = None;
    for sentence in 0..syntax.analysis.sentences.len() as u32 {
        let words = syntax.words_of(sentence);
        if words.is_empty() {
            continue;
        }
        if begins_paragraph(syntax, &words) {
            turn = None;
        }
        if let Some(next) = announces_statement(syntax, &words) {
            let announced = known.iter_mut().find(|draft| {
                syntax.sentence(draft.cue_word) == sentence && !draft.source.is_empty() && draft.cue_word < words.end
            });
            if let Some(draft) = announced {
                draft.content = vec![next];
                draft.row = Some(PLAIN);
                statement = Some((draft.source.clone(), draft.cue.clone(), draft.cue_word));
                continue;
            }
        }
        let first = syntax.span(words.start);
        let told = known.iter().any(|draft| {
            syntax.sentence(draft.cue_word) == sentence || draft.content.iter().any(|piece| piece.contains(first))
        });
        if let Some((label, colon)) = label(syntax, actors, &words) {
            let mark = syntax.span(colon);
            // A label that is told already goes on with what tells it.
            let taken = known
                .iter()
                .flat_map(|draft| draft.cue.iter().chain(&draft.source))
                .any(|span| span.overlaps(label) || span.contains(mark));
            turn = (!asks(label)).then_some((label, colon));
            if turn.is_some() && !taken {
                drafts.extend(draft(syntax, label, colon, colon + 1..words.end));
            }
        } else if let Some((label, colon)) = turn.filter(|_| !told) {
            drafts.extend(draft(syntax, label, colon, words));
        } else if let Some((source, cue, cue_word)) = statement.as_ref().filter(|_| !told) {
            let content = syntax.cover(&words.clone().collect::<Vec<u32>>());
            drafts.extend(content.filter(|_| tells(syntax, &words)).map(|content| Draft {
                source: source.clone(),
                cue: cue.clone(),
                content: vec![content],
                cue_word: *cue_word,
                row: Some(PLAIN),
                framed: None,
            }));
        }
    }
    drafts
}

fn is_host(syntax: Syntax<'_>, word: u32) -> bool {
    HOSTS.contains(&syntax.form(word).to_lowercase().as_str())
}

/// Names of those who ask, in small letters: in a label ("Nanret Gomwalk (host):"), or behind what the house calls them ("our reporter Celestine Moki").
fn hosts(syntax: Syntax<'_>) -> Vec<String> {
    let count = syntax.analysis.words.len() as u32;
    let name = |word: u32| syntax.form(word).to_lowercase();
    let mut found = Vec::new();
    for word in (1..count).filter(|&word| is_host(syntax, word)) {
        if syntax.form(word - 1).eq_ignore_ascii_case("our") {
            found.extend((word + 1..count).take_while(|&at| syntax.upos(at) == Upos::Propn).map(name));
        }
        if syntax.form(word - 1) == "(" {
            found.extend((0..word - 1).rev().take_while(|&at| syntax.upos(at) == Upos::Propn).map(name));
        }
    }
    found
}

fn draft(syntax: Syntax<'_>, label: Span, colon: u32, said: std::ops::Range<u32>) -> Option<Draft> {
    let content = syntax.cover(&said.clone().collect::<Vec<u32>>())?;
    tells(syntax, &said).then(|| Draft {
        source: vec![label],
        cue: vec![syntax.span(colon)],
        content: vec![content],
        cue_word: colon,
        row: Some(PLAIN),
        framed: None,
    })
}

/// "Good afternoon." tells nothing.
fn tells(syntax: Syntax<'_>, said: &std::ops::Range<u32>) -> bool {
    said.len() >= SAID && said.clone().any(|word| matches!(syntax.upos(word), Upos::Verb | Upos::Aux | Upos::Num))
}

/// "… is authorised to state the following.", "issued the following statement:": the sentence behind one that announces a statement.
fn announces_statement(syntax: Syntax<'_>, words: &std::ops::Range<u32>) -> Option<Span> {
    let mut told = words.clone().rev().skip_while(|&word| syntax.upos(word) == Upos::Punct);
    let mut last = told.next()?;
    if matches!(
        syntax.lemma(last),
        "statement" | "communiqué" | "communique" | "declaration" | "message" | "press-release"
    ) {
        last = told.next()?;
    }
    let before = told.next()?;
    let announces = match syntax.form(last) {
        "following" => syntax.form(before) == "the",
        "follows" => syntax.form(before) == "as",
        _ => false,
    };
    let next =
        ((words.end as usize) < syntax.analysis.words.len()).then(|| syntax.words_of(syntax.sentence(words.end)))?;
    syntax.cover(&next.collect::<Vec<u32>>()).filter(|_| announces)
}

fn begins_paragraph(syntax: Syntax<'_>, words: &std::ops::Range<u32>) -> bool {
    words.start == 0 || syntax.text[syntax.span(words.start - 1).end()..syntax.span(words.start).start()].contains('\n')
}

/// The speaker in front of a sentence's first colon, and the colon. Times, towns and bullets of a running file are left out.
fn label(syntax: Syntax<'_>, actors: &Actors, words: &std::ops::Range<u32>) -> Option<(Span, u32)> {
    let colon = words.clone().take(LABEL + 4).find(|&word| syntax.form(word) == ":")?;
    let dash = (words.start..colon).rfind(|&word| matches!(syntax.form(word), "–" | "—" | "--"));
    let from = dash.map_or(words.start, |dash| dash + 1);
    let is_mark = |word: &u32| {
        matches!(syntax.upos(*word), Upos::Punct | Upos::Num | Upos::Sym | Upos::X)
            || !syntax.form(*word).chars().any(char::is_alphabetic)
    };
    let first = (from..colon).find(|word| !is_mark(word))?;
    let names: Vec<u32> = (first..colon).collect();
    let plain = names.iter().all(|&word| !matches!(syntax.upos(word), Upos::Verb | Upos::Aux | Upos::Sconj));
    let opens = matches!(syntax.upos(first), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det)
        && !matches!(syntax.lemma(first), "question" | "answer" | "photo" | "background" | "update" | "text" | "no");
    let span = syntax.cover(&names)?;
    if !plain || !opens || names.len() > LABEL || syntax.span(colon).end() >= syntax.text.len() {
        return None;
    }
    // A person, a body or people of an office; a place speaks only through one of them.
    let named = syntax.analysis.mentions.iter().any(|mention| {
        matches!(mention.kind, MentionKind::Person | MentionKind::Organization) && mention.span.overlaps(span)
    });
    let spoken = |word: u32| {
        syntax.upos(word) == Upos::Noun && actors.at(word).is_some()
            || syntax.upos(word) == Upos::Propn && is_listed_party(syntax.form(word))
    };
    let until = names.iter().position(|&word| matches!(syntax.form(word), "," | "(")).unwrap_or(names.len());
    // "Pristina's version", "Number of dead": things do not speak.
    let bare = names[..until].iter().position(|&word| syntax.upos(word) == Upos::Adp && word > first).unwrap_or(until);
    let speaker = |word: u32| {
        spoken(word)
            || syntax.upos(word) != Upos::Noun
            || syntax.analysis.mentions.iter().any(|mention| {
                matches!(mention.kind, MentionKind::Person | MentionKind::Organization)
                    && mention.span.contains(syntax.span(word))
            })
    };
    if !names[..bare].last().is_some_and(|&word| speaker(word)) {
        return None;
    }
    let head = names[..until].iter().any(|&word| spoken(word));
    let is_hour = syntax.text[..syntax.span(colon).start()].ends_with(|letter: char| letter.is_ascii_digit());
    (!is_hour && (named || head)).then_some((span, colon))
}
