//! What a tree must not say, whatever the parser preferred: each arc is chosen by itself, and some cannot stand together.

use crate::analysis::{Deprel, Upos, WordAnalysis};
use counterclaim_schema::Mention;

/// Mends `words` of a whole document in place.
pub fn mend(words: &mut [WordAnalysis], mentions: &[Mention]) {
    close_names(words, mentions);
    make_active(words);
    keep_beside(words);
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
        let (head, deprel) = (words[first].head, words[first].deprel);
        let outside = head.is_some_and(|head| !(first..end).contains(&(head as usize)));
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
    use counterclaim_schema::{MentionKind, Span};

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
    fn a_name_is_one_dependent() {
        let mut tree = words(&[
            ("Costa", "costa", Upos::Propn, Some(2), Deprel::Nsubj),
            ("Rica", "rica", Upos::Propn, Some(2), Deprel::Nsubj),
            ("protested", "protest", Upos::Verb, None, Deprel::Root),
        ]);
        let name = Mention { span: Span::new(0, 10), kind: MentionKind::Place, score: 1.0 };
        mend(&mut tree, &[name]);
        assert_eq!((tree[0].head, tree[0].deprel), (Some(2), Deprel::Nsubj));
        assert_eq!((tree[1].head, tree[1].deprel), (Some(0), Deprel::Flat));
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
        mend(&mut tree, &[]);
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
            mend(&mut tree, &[]);
            tree[0].deprel
        };
        assert_eq!(of(&[("have", "have")]), Deprel::Nsubj);
        assert_eq!(of(&[("have", "have"), ("been", "be")]), Deprel::NsubjPass);
        assert_eq!(of(&[("were", "be")]), Deprel::NsubjPass);
        assert_eq!(of(&[]), Deprel::NsubjPass);
    }
}
