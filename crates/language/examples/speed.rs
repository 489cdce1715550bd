//! Wordpieces per second of processor time of the encoder, for windows of 32, 128 and 256 pieces on one core.
#![allow(clippy::print_stdout)]

use counterclaim_language::{Model, Scratch, kernel};
use std::time::Instant;

fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks: f64 = [11, 12].iter().filter_map(|&index| fields.get(index)?.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn main() {
    let model = Model::embedded();
    let mut scratch = Scratch::default();
    for path in kernel::Path::available() {
        for size in [32usize, 128, 256] {
            let pieces: Vec<u32> = (0..size).map(|index| 1000 + (index as u32 * 37) % 20000).collect();
            let shapes = vec![1u8; size];
            model.encode(path, &pieces, &shapes, &mut scratch);
            let (begin, clock) = (processor_seconds(), Instant::now());
            let mut windows = 0;
            while clock.elapsed().as_secs_f64() < 1.5 {
                model.encode(path, &pieces, &shapes, &mut scratch);
                windows += 1;
            }
            let used = processor_seconds() - begin;
            println!(
                "{:<7} 1x{size:<4} {:>8.0} pieces per processor second",
                path.as_str(),
                (windows * size) as f64 / used.max(1e-9)
            );
        }
    }
}
