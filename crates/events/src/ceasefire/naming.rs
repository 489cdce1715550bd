//! Which words stand for an agreement in its row: the mention that tells most of it, and where the report names it.

use super::agreement::{is_foreign, is_made};
use super::mention::{has_begun, is_broken, is_general, is_modifier, is_name, is_of_breach};
use super::*;
use counterclaim_language::{Deprel, Upos};

/// How much less the first naming of an agreement may weigh than the one that tells most, and how much more another must to be taken.
const LESS: f32 = 3.0;
const MORE: f32 = 1.5;

/// "The cessation of hostilities signed in Algiers" tells of it, though it is a known one; "truces here" are none in particular.
/// A parser may hang "signed" on the hostilities.
fn is_signed(syntax: Syntax<'_>, mention: &Mention) -> bool {
    let inner = syntax.dependents(mention.word).iter().filter(|&&child| syntax.deprel(child) == Deprel::Nmod);
    let made = |noun: u32| {
        syntax.dependents(noun).iter().any(|&child| {
            matches!(syntax.deprel(child), Deprel::Acl | Deprel::AclRelcl) && ANNOUNCE.contains(&syntax.lemma(child))
        })
    };
    is_name(syntax, mention.word) && (made(mention.word) || inner.copied().any(made))
}

/// "41 ceasefire incidents", "violations of the ceasefire" name it by the way.
fn is_by_the_way(syntax: Syntax<'_>, word: u32) -> bool {
    is_of_breach(syntax, word) || is_broken(syntax, word) || is_modifier(syntax, word)
}

/// The mention that tells most stands for all: the one with its beginning, else one that is agreed, else the first.
pub(super) fn telling<'g>(syntax: Syntax<'_>, group: &'g Group) -> &'g Mention {
    let real = |mention: &&Mention| mention.told != Told::Asked;
    let by_name = group.mentions.iter().filter(real).any(|mention| {
        is_name(syntax, mention.word)
            && !is_of_breach(syntax, mention.word)
            && !is_broken(syntax, mention.word)
            && syntax.subject(syntax.clause(mention.word)) == Some(mention.word)
            && announced(syntax, mention.word)
    });
    let by_name = by_name || group.mentions.iter().filter(real).any(|mention| is_signed(syntax, mention));
    group
        .mentions
        .iter()
        .filter(real)
        .max_by_key(|mention| {
            let whole = !is_of_breach(syntax, mention.word)
                && !is_broken(syntax, mention.word)
                && !is_modifier(syntax, mention.word)
                && !is_general(syntax, mention.word);
            let told = announced(syntax, mention.word) || has_begun(syntax, mention.word);
            // "The ceasefire took effect on Monday" tells more than "pledged to halt all operations".
            let gesture = syntax.upos(mention.word) == Upos::Verb && by_name;
            (
                whole && (!mention.definite || is_signed(syntax, mention)) && !gesture,
                whole,
                told,
                std::cmp::Reverse(mention.word),
            )
        })
        .unwrap_or(&group.mentions[0])
}

/// The word by which the report names the agreement, from the mention that tells most.
pub(super) fn naming(reading: &Reading<'_>, group: &Group, odds: &find::Odds, head: &Mention) -> u32 {
    let syntax = reading.syntax();
    let odds_of = |word: u32| odds.of(syntax, word);
    let mut word = head.word;
    // "The disengagement which the two commanders finalised".
    if syntax.upos(word) == Upos::Verb && syntax.deprel(word) == Deprel::AclRelcl {
        word = syntax.head(word).filter(|&noun| syntax.is_nominal(noun)).unwrap_or(word);
    }
    // "Since the ceasefire", "promised not to fire" only name what another noun tells: "the peace agreement signed on 15 October".
    let gesture = syntax.upos(word) == Upos::Verb;
    if group.background {
        return word;
    }
    if is_by_the_way(syntax, word) {
        let told = |paper: &u32| is_made(reading, syntax, *paper) && !is_foreign(reading, syntax, *paper);
        let named = group.references.iter().copied();
        word = named.clone().find(told).or_else(|| named.clone().next()).unwrap_or(word);
    }
    let aside = matches!(syntax.preposition(word).as_str(), "since" | "before" | "after" | "during" | "until");
    if gesture || head.definite && aside {
        let made = |&&paper: &&u32| {
            is_made(reading, syntax, paper)
                && !is_foreign(reading, syntax, paper)
                && syntax.dependent(paper, &[Deprel::Acl, Deprel::AclRelcl]).is_some()
                && (!gesture || paper < word)
        };
        word = group.references.iter().find(made).copied().unwrap_or(word);
    }
    // "The truce", "signed": what is known or only shown by its making is told where the report first names it, "the Abuja accord".
    let is_new = syntax.dependents(word).iter().any(|&child| {
        child < word
            && syntax.deprel(child) == Deprel::Det
            && matches!(syntax.lemma(child), "a" | "an" | "one" | "another")
    });
    if !is_new {
        let named = group.mentions.iter().map(|mention| mention.word).filter(|&word| !is_by_the_way(syntax, word));
        let first =
            named.chain(group.references.iter().copied()).filter(|&word| reading.is_coded(syntax.sentence(word))).min();
        word = first.filter(|&first| first < word && odds_of(first) + LESS >= odds_of(word)).unwrap_or(word);
    }
    let named = group.mentions.iter().map(|mention| mention.word).chain(group.references.iter().copied());
    let coded = named.filter(|&word| reading.is_coded(syntax.sentence(word)));
    let best = coded.max_by(|&one, &other| odds_of(one).total_cmp(&odds_of(other)).then(other.cmp(&one)));
    best.filter(|&best| odds_of(best) > odds_of(word) + MORE).unwrap_or(word)
}
