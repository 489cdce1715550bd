//! Lemmas of English words: regular endings by rule, the rest by a table (`data/irregular.csv`).

use crate::analysis::Upos;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static IRREGULAR: LazyLock<HashMap<(&'static str, bool), &'static str>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for line in include_str!("../../../data/irregular.csv").lines().skip(1) {
        let mut cells = line.split(',');
        if let (Some(lemma), Some(pos), Some(forms)) = (cells.next(), cells.next(), cells.next()) {
            for form in forms.split('|') {
                table.insert((form, pos == "V"), lemma);
            }
        }
    }
    table
});

/// Lemma of a word in lower case.
pub fn lemma(form: &str, upos: Upos) -> String {
    let lower = form.to_lowercase().replace('’', "'");
    match upos {
        Upos::Verb | Upos::Aux => verb(&lower),
        Upos::Noun | Upos::Propn => noun(&lower),
        _ => match lower.as_str() {
            "n't" => "not".to_owned(),
            "an" => "a".to_owned(),
            _ => lower,
        },
    }
}

/// Verbs seen in treebanks and in the tables of this program: of two possible stems the known one is right.
static VERBS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../../data/verbs.txt").lines().collect());

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn verb(form: &str) -> String {
    if let Some(lemma) = IRREGULAR.get(&(form, true)) {
        return (*lemma).to_owned();
    }
    if !form.is_ascii() {
        return form.to_owned();
    }
    if let Some(stem) = form.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes", "oes"] {
        if form.ends_with(ending) && form.len() > ending.len() {
            return form[..form.len() - 2].to_owned();
        }
    }
    if form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("us") && !form.ends_with("is") && form.len() > 3
    {
        return form[..form.len() - 1].to_owned();
    }
    if let Some(stem) = form.strip_suffix("ied").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if let Some(stem) =
        form.strip_suffix("eed").filter(|stem| stem.len() > 1 && !stem.ends_with('r') && stem.bytes().any(is_vowel))
    {
        return format!("{stem}ee");
    }
    if let Some(stem) = form.strip_suffix("ed").or_else(|| form.strip_suffix("ing")) {
        if stem.len() >= 2 && stem.bytes().any(|byte| is_vowel(byte) || byte == b'y') {
            return restore(stem);
        }
    }
    form.to_owned()
}

/// A stem without its ending: a doubled consonant goes, a dropped "e" comes back.
fn restore(stem: &str) -> String {
    let bytes = stem.as_bytes();
    let size = bytes.len();
    let last = bytes[size - 1];
    let with_e = format!("{stem}e");
    if VERBS.contains(with_e.as_str()) && !VERBS.contains(stem) {
        return with_e;
    }
    if VERBS.contains(stem) && !VERBS.contains(with_e.as_str()) {
        return stem.to_owned();
    }
    if size >= 3 && last == bytes[size - 2] && VERBS.contains(&stem[..size - 1]) {
        return stem[..size - 1].to_owned();
    }
    if size >= 3 && last == bytes[size - 2] && !is_vowel(last) {
        // "stopped", "planned"; but "killed", "shelled", "missed", "added", "buzzed" keep both.
        if !matches!(last, b'l' | b's' | b'z' | b'f' | b'd')
            || matches!(
                stem,
                "patroll"
                    | "controll"
                    | "compell"
                    | "expell"
                    | "repell"
                    | "propell"
                    | "cancell"
                    | "travell"
                    | "quarrell"
                    | "dispell"
                    | "rebell"
                    | "sledd"
                    | "shredd"
                    | "bedd"
                    | "embedd"
                    | "nodd"
                    | "padd"
                    | "skidd"
            )
        {
            return stem[..size - 1].to_owned();
        }
        return stem.to_owned();
    }
    let ends = |wanted: &[&str]| wanted.iter().any(|ending| stem.ends_with(ending));
    if ends(&[
        "at", "iz", "is", "us", "v", "c", "dg", "ng", "rg", "u", "bl", "pl", "tl", "dl", "gl", "fl", "kl", "as", "os",
        "rs", "ns", "ys", "lg", "iel", "id", "od", "ud", "ad",
    ]) {
        let keeps = ends(&[
            "eat", "oat", "out", "bring", "sing", "ring", "hang", "bang", "ling", "long", "belong", "cross", "press",
            "focus", "bias", "gas", "load", "raid", "aid", "aud", "oud", "ead", "oid", "rad", "wad", "avoid", "maraud",
        ]) && !ends(&["create"]);
        if !keeps {
            return format!("{stem}e");
        }
        return stem.to_owned();
    }
    // One vowel and one consonant at the end of a long stem mostly dropped an "e": "fire", "describe", "injure", "announce".
    let consonant = !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y' | b'h');
    let one_vowel = size >= 2 && is_vowel(bytes[size - 2]) && (size < 3 || !is_vowel(bytes[size - 3]));
    if consonant && one_vowel {
        const PLAIN: &[&str] = &[
            "er", "en", "on", "it", "et", "or", "el", "al", "il", "ol", "op", "ow", "ar", "om", "um", "ad", "ap", "in",
            "an", "ip", "ot", "im", "am", "em", "ab", "ob", "eb", "ib", "ub", "ag", "eg", "ig", "og", "ug",
        ];
        if PLAIN.iter().any(|ending| stem.ends_with(ending)) {
            return stem.to_owned();
        }
    }
    if matches!(last, b'c' | b'v' | b'u')
        || stem.ends_with("th") && matches!(stem, "breath" | "soth" | "loath" | "bath")
    {
        return format!("{stem}e");
    }
    stem.to_owned()
}

fn noun(form: &str) -> String {
    if let Some(lemma) = IRREGULAR.get(&(form, false)) {
        return (*lemma).to_owned();
    }
    if !form.is_ascii() || form.len() < 4 {
        return form.to_owned();
    }
    if let Some(stem) = form.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if form.ends_with(ending) && form.len() > ending.len() {
            return form[..form.len() - 2].to_owned();
        }
    }
    if form.ends_with('s')
        && !form.ends_with("ss")
        && !form.ends_with("us")
        && !form.ends_with("is")
        && !form.ends_with("'s")
    {
        return form[..form.len() - 1].to_owned();
    }
    form.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas() {
        for (form, upos, expected) in [
            ("fired", Upos::Verb, "fire"),
            ("firing", Upos::Verb, "fire"),
            ("fires", Upos::Verb, "fire"),
            ("shelling", Upos::Verb, "shell"),
            ("shelling", Upos::Noun, "shelling"),
            ("forces", Upos::Noun, "force"),
            ("forced", Upos::Verb, "force"),
            ("men", Upos::Noun, "man"),
            ("withdrew", Upos::Verb, "withdraw"),
            ("withdrawn", Upos::Verb, "withdraw"),
            ("hit", Upos::Verb, "hit"),
            ("shot", Upos::Verb, "shoot"),
            ("wounded", Upos::Verb, "wound"),
            ("agreed", Upos::Verb, "agree"),
            ("agrees", Upos::Verb, "agree"),
            ("killed", Upos::Verb, "kill"),
            ("killing", Upos::Verb, "kill"),
            ("dying", Upos::Verb, "die"),
            ("died", Upos::Verb, "die"),
            ("accused", Upos::Verb, "accuse"),
            ("accusing", Upos::Verb, "accuse"),
            ("blamed", Upos::Verb, "blame"),
            ("blaming", Upos::Verb, "blame"),
            ("used", Upos::Verb, "use"),
            ("using", Upos::Verb, "use"),
            ("launched", Upos::Verb, "launch"),
            ("launching", Upos::Verb, "launch"),
            ("evacuated", Upos::Verb, "evacuate"),
            ("denied", Upos::Verb, "deny"),
            ("denies", Upos::Verb, "deny"),
            ("ordered", Upos::Verb, "order"),
            ("offered", Upos::Verb, "offer"),
            ("repeated", Upos::Verb, "repeat"),
            ("appealed", Upos::Verb, "appeal"),
            ("called", Upos::Verb, "call"),
            ("said", Upos::Verb, "say"),
            ("met", Upos::Verb, "meet"),
            ("injured", Upos::Verb, "injure"),
            ("captured", Upos::Verb, "capture"),
            ("seized", Upos::Verb, "seize"),
            ("raided", Upos::Verb, "raid"),
            ("stormed", Upos::Verb, "storm"),
            ("attacked", Upos::Verb, "attack"),
            ("bombed", Upos::Verb, "bomb"),
            ("urged", Upos::Verb, "urge"),
            ("urging", Upos::Verb, "urge"),
            ("pledged", Upos::Verb, "pledge"),
            ("threatened", Upos::Verb, "threaten"),
            ("stopped", Upos::Verb, "stop"),
            ("kidnapped", Upos::Verb, "kidnap"),
            ("abducted", Upos::Verb, "abduct"),
            ("released", Upos::Verb, "release"),
            ("freed", Upos::Verb, "free"),
            ("fled", Upos::Verb, "flee"),
            ("deployed", Upos::Verb, "deploy"),
            ("visited", Upos::Verb, "visit"),
            ("reported", Upos::Verb, "report"),
            ("repelling", Upos::Verb, "repel"),
            ("ambushed", Upos::Verb, "ambush"),
            ("claimed", Upos::Verb, "claim"),
            ("announced", Upos::Verb, "announce"),
            ("displaced", Upos::Verb, "displace"),
            ("detained", Upos::Verb, "detain"),
            ("torched", Upos::Verb, "torch"),
            ("exchanged", Upos::Verb, "exchange"),
            ("traded", Upos::Verb, "trade"),
            ("exploded", Upos::Verb, "explode"),
            ("invaded", Upos::Verb, "invade"),
            ("resumed", Upos::Verb, "resume"),
            ("villages", Upos::Noun, "village"),
            ("children", Upos::Noun, "child"),
            ("countries", Upos::Noun, "country"),
            ("clashes", Upos::Noun, "clash"),
            ("attacks", Upos::Noun, "attack"),
            ("authorities", Upos::Noun, "authority"),
            ("wives", Upos::Noun, "wife"),
            ("police", Upos::Noun, "police"),
            ("positions", Upos::Noun, "position"),
            ("boxes", Upos::Noun, "box"),
            ("is", Upos::Aux, "be"),
            ("’ll", Upos::Aux, "will"),
        ] {
            assert_eq!(lemma(form, upos), expected, "{form} {upos:?}");
        }
    }
}
