//! Whatever the text, an analysis holds together.

use counterclaim_language::{Analysis, Deprel, Model, kernel};
use counterclaim_schema::Span;
use counterclaim_text::{Sentence, Word, sentences_of, words};
use proptest::prelude::*;

fn read(text: &str) -> (Vec<Sentence>, Analysis) {
    let sentences = sentences_of(text, Span::new(0, text.len()), 0);
    let analysis = Model::embedded().analyze(text, &sentences);
    (sentences, analysis)
}

/// One sentence of all words of a text, however long.
fn one_sentence(text: &str) -> Vec<Sentence> {
    let words: Vec<Word> = words(text, Span::new(0, text.len()));
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => vec![Sentence { span: first.span.to(last.span), words, block: 0 }],
        _ => Vec::new(),
    }
}

fn is_slice(text: &str, span: Span) -> bool {
    let slice = text.get(span.start as usize..span.end as usize);
    slice.is_some_and(|slice| !slice.is_empty() && slice.trim() == slice)
}

fn check(text: &str, sentences: &[Sentence], analysis: &Analysis) {
    let spans: Vec<Span> = sentences.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.span)).collect();
    assert_eq!(analysis.words.iter().map(|word| word.span).collect::<Vec<_>>(), spans);
    assert_eq!(analysis.sentences.len(), sentences.len());
    for (number, range) in analysis.sentences.iter().enumerate() {
        let own = &analysis.words[range.start as usize..range.end as usize];
        let roots: Vec<u32> = range.clone().filter(|&word| analysis.words[word as usize].head.is_none()).collect();
        assert_eq!(roots.len(), usize::from(!range.is_empty()), "one root for each sentence");
        for word in own {
            assert_eq!(word.sentence as usize, number);
            assert!(word.head.is_none_or(|head| range.contains(&head)));
            assert_eq!(word.head.is_none(), word.deprel == Deprel::Root);
        }
        for &root in &roots {
            assert_eq!(analysis.subtree(root), range.clone().collect::<Vec<_>>(), "a tree over the sentence");
        }
    }
    for (word, row) in analysis.words.iter().enumerate() {
        if let Some(head) = row.head {
            assert!(analysis.dependents(head).contains(&(word as u32)));
        }
    }
    let mut end = 0;
    for mention in &analysis.mentions {
        assert!(is_slice(text, mention.span) && mention.span.start >= end);
        assert!((0.0..=1.0).contains(&mention.score));
        end = mention.span.end;
    }
    assert!(analysis.attributions.is_sorted_by_key(|attribution| {
        attribution.cue.first().or(attribution.content.first()).map(|piece| piece.start)
    }));
    for attribution in &analysis.attributions {
        // A quotation that stands by itself has no cue, and nobody who says it.
        let alone = attribution.source.is_empty() && attribution.content.len() == 1;
        assert!(!attribution.cue.is_empty() || alone);
        assert!((0.0..=1.0).contains(&attribution.score));
        for pieces in [&attribution.source, &attribution.cue, &attribution.content] {
            assert!(pieces.iter().all(|&piece| is_slice(text, piece)));
            assert!(pieces.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}

#[test]
fn nothing_gives_nothing() {
    for text in ["", " \n\t\u{200b}\u{feff}", "\u{3000}"] {
        let (sentences, analysis) = read(text);
        assert!(sentences.is_empty());
        assert_eq!(analysis, Model::embedded().analyze("", &[]));
        assert!(analysis.words.is_empty() && analysis.mentions.is_empty() && analysis.attributions.is_empty());
    }
    let empty = Sentence { span: Span::new(0, 0), words: Vec::new(), block: 0 };
    let analysis = Model::embedded().analyze("", &[empty.clone(), empty]);
    assert_eq!(analysis.sentences, [0..0, 0..0]);
}

#[test]
fn one_word() {
    for text in ["Said", ".", "é", "中", "😀", "\u{0}", "\u{7}\u{8}", "a\u{301}", "‘"] {
        let (sentences, analysis) = read(text);
        check(text, &sentences, &analysis);
    }
}

#[test]
fn a_sentence_of_three_thousand_words() {
    let text = "The ministry said that rebels , who had fled the town of Sidra on Friday , were hit near a bridge and "
        .repeat(143);
    let sentences = one_sentence(&text);
    assert!(sentences[0].words.len() > 3000);
    let analysis = Model::embedded().analyze(&text, &sentences);
    check(&text, &sentences, &analysis);
    assert!(analysis.mentions.len() > 143);
}

#[test]
fn a_word_longer_than_a_window() {
    let text = format!("He said {} .", "a.b-".repeat(400));
    for sentences in [one_sentence(&text), sentences_of(&text, Span::new(0, text.len()), 0)] {
        check(&text, &sentences, &Model::embedded().analyze(&text, &sentences));
    }
    let whole = Word { span: Span::new(8, text.len() - 2) };
    let sentence = Sentence { span: whole.span, words: vec![whole], block: 0 };
    check(&text, std::slice::from_ref(&sentence), &Model::embedded().analyze(&text, std::slice::from_ref(&sentence)));
}

#[test]
fn threads_do_not_change_the_answer() {
    let text =
        "Officials in Osh said on Monday that 12 soldiers had been killed. The other side denied it. ".repeat(40);
    let sentences = sentences_of(&text, Span::new(0, text.len()), 0);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| Model::embedded().analyze(&text, &sentences))
    };
    assert_eq!(on(1), on(4));
}

/// Pieces of news between pieces of anything.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "The", "army", "said", "that", "rebels", "“", "”", "’s", "killed", "1,200", "people", "near", "Kharkiv",
            ",", ".", "on", "Friday", "according", "to", "U.N.", "officials", "has", "denied", "accusing", "-", "\n\n",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[\\u{0}-\\u{9f}]{0,5}",
        1 => "\\PC{0,8}",
    ];
    (prop::collection::vec(word, 0..60), any::<bool>())
        .prop_map(|(words, spaced)| words.join(if spaced { " " } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]
    #[test]
    fn analyses_hold_together(text in text()) {
        let (sentences, analysis) = read(&text);
        check(&text, &sentences, &analysis);
        let whole = one_sentence(&text);
        check(&text, &whole, &Model::embedded().analyze(&text, &whole));
        for path in kernel::Path::available().into_iter().filter(|path| *path != kernel::Path::Scalar) {
            prop_assert_eq!(&Model::embedded().analyze_with(path, &text, &sentences), &analysis);
        }
    }
}

/// Contents of a text, each with the words of its cue.
fn contents(text: &str) -> Vec<(String, String)> {
    let (_, analysis) = read(text);
    let words = |pieces: &[Span]| pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join(" ");
    let told = |attribution: &counterclaim_schema::Attribution| {
        let cue = words(&attribution.cue);
        attribution.content.iter().map(|piece| (cue.clone(), piece.of(text).to_owned())).collect::<Vec<_>>()
    };
    analysis.attributions.iter().flat_map(told).collect()
}

#[test]
fn speech_without_a_cue() {
    let alone = "\"The bridge is gone and nobody can cross.\"";
    assert_eq!(contents(alone), [(String::new(), alone.to_owned())]);
    // A title and a word of somebody's own are no speech.
    let title = "The singer hosts \"The Long Road Home,\" a programme for the displaced.";
    assert!(!contents(title).iter().any(|(_, words)| words.starts_with('"')), "{:?}", contents(title));
    let speaker = "OKELLO: Well, the convoy never came back to the camp that night.";
    let told = contents(speaker);
    assert!(told.iter().any(|(cue, words)| cue == ":" && words.starts_with("Well, the convoy")), "{told:?}");
}
