//! Speed on one core by the clock of the processor: wordpieces a second of the encoder for windows of 32, 128 and 256 pieces, and
//! words a second of the whole analysis of a story. Arguments are names of kernels; without any, all that the machine has.
#![allow(clippy::print_stdout)]

use counterclaim_language::{Model, Scratch, kernel};
use counterclaim_schema::Span;
use counterclaim_text::{Sentence, sentences_of};
use std::time::Instant;

const STORY: &str = include_str!("../../../fixtures/stories/gaza-rockets.txt");

/// Seconds that this process has used; `/proc` counts them in hundredths. NaN where there is no `/proc`.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    ticks(11).zip(ticks(12)).map_or(f64::NAN, |(user, system)| (user + system) / 100.0)
}

/// How many things a second `once` does, over a second and a half.
fn rate(things: usize, mut once: impl FnMut()) -> f64 {
    once();
    let (begin, clock) = (processor_seconds(), Instant::now());
    let mut done = 0;
    while clock.elapsed().as_secs_f64() < 1.5 {
        once();
        done += things;
    }
    done as f64 / (processor_seconds() - begin)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let clock = Instant::now();
    let model = Model::embedded();
    println!("model loaded in {:.0} ms", clock.elapsed().as_secs_f64() * 1000.0);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let paragraphs = STORY.split_inclusive("\n\n").scan(0, |start, paragraph| {
        let span = Span::new(*start, *start + paragraph.trim_end().len());
        *start += paragraph.len();
        Some(span)
    });
    let sentences: Vec<Sentence> =
        paragraphs.enumerate().flat_map(|(block, span)| sentences_of(STORY, span, block)).collect();
    let words = sentences.iter().map(|sentence| sentence.words.len()).sum();
    for path in kernel::Path::available() {
        let name = path.as_str();
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let mut scratch = Scratch::default();
        for size in [32usize, 128, 256] {
            let pieces: Vec<u32> = (0..size).map(|index| 1000 + (index as u32 * 37) % 20000).collect();
            let shapes = vec![1u8; size];
            let speed = rate(size, || drop(model.encode(path, &pieces, &shapes, &mut scratch)));
            println!("{name:<7} 1x{size:<4} {speed:>8.0} pieces per processor second");
        }
        let speed = one.install(|| rate(words, || drop(model.analyze_with(path, STORY, &sentences))));
        println!("{name:<7} story  {speed:>8.0} words per processor second, heads and trees included");
    }
}
