//! Prints what the model finds in a sentence: words with heads and relations, mentions, attributions.
#![allow(clippy::print_stdout)]

use counterclaim_language::Model;
use counterclaim_schema::Span;
use counterclaim_text::sentences_of;

fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    let analysis = Model::embedded().analyze(&text, &sentences_of(&text, Span::new(0, text.len()), 0));
    for (index, word) in analysis.words.iter().enumerate() {
        let head = word.head.map_or("-".to_owned(), |head| head.to_string());
        println!(
            "{index:>3} {:<16} {:<14} {:<6} {head:>3} {}",
            word.span.of(&text),
            word.lemma,
            word.upos.as_str(),
            word.deprel.as_str()
        );
    }
    for mention in &analysis.mentions {
        println!("{} {}", mention.kind.as_str(), mention.span.of(&text));
    }
    for attribution in &analysis.attributions {
        let show = |spans: &[Span]| spans.iter().map(|span| span.of(&text)).collect::<Vec<_>>().join(" | ");
        println!("[{}] <{}> {{{}}}", show(&attribution.source), show(&attribution.cue), show(&attribution.content));
    }
}
