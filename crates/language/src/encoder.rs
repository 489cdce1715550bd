//! The encoder: BERT with post-layer-norm (Devlin et al., NAACL 2019), 6 layers of 384, with an embedding of the word's shape.
//!
//! Linear layers are integer products ([`crate::kernel`]); attention, softmax, layer norm and GELU are f32. Every f32 sum is written
//! with a fixed order of operations and without fused multiply-add, so that all ways of computing give the same bits.

use crate::kernel::{Packed, Path, Quantized, linear};

/// Width of a hidden state.
pub const HIDDEN: usize = 384;
const HEADS: usize = 12;
const HEAD: usize = HIDDEN / HEADS;
const EPSILON: f32 = 1e-12;

/// Weights of layer normalization.
#[derive(Debug, Clone)]
pub struct LayerNorm {
    /// Factor per dimension.
    pub weight: Vec<f32>,
    /// Added per dimension.
    pub bias: Vec<f32>,
}

/// One transformer layer. Query, key and value are one product.
#[derive(Debug, Clone)]
pub struct Layer {
    /// [1152, 384]: query, key, value.
    pub qkv: Packed,
    /// [384, 384].
    pub attention_output: Packed,
    /// After attention.
    pub attention_norm: LayerNorm,
    /// [1536, 384].
    pub intermediate: Packed,
    /// [384, 1536].
    pub output: Packed,
    /// After the feed-forward part.
    pub output_norm: LayerNorm,
}

/// The encoder's weights.
#[derive(Debug, Clone)]
pub struct Encoder {
    /// Word pieces, int8 per row.
    pub word: Vec<i8>,
    /// Scale of each row of `word`.
    pub word_scale: Vec<f32>,
    /// [512, 384], token type 0 already added.
    pub position: Vec<f32>,
    /// [24, 384].
    pub shape: Vec<f32>,
    /// After the sum of embeddings.
    pub norm: LayerNorm,
    /// The layers.
    pub layers: Vec<Layer>,
}

/// Buffers that are used again from window to window.
#[derive(Debug, Default)]
pub struct Scratch {
    quantized: Quantized,
    qkv: Vec<f32>,
    context: Vec<f32>,
    product: Vec<f32>,
    inner: Vec<f32>,
    keys: Vec<f32>,
    scores: Vec<f32>,
}

impl Encoder {
    /// Hidden states [pieces, 384] of one window of at most 512 pieces.
    pub fn encode(&self, path: Path, pieces: &[u32], shapes: &[u8], scratch: &mut Scratch) -> Vec<f32> {
        let mut hidden = vec![0f32; pieces.len() * HIDDEN];
        for (index, (row, (&piece, &shape))) in
            hidden.chunks_exact_mut(HIDDEN).zip(pieces.iter().zip(shapes)).enumerate()
        {
            let word = &self.word[piece as usize * HIDDEN..][..HIDDEN];
            let scale = self.word_scale[piece as usize];
            let position = &self.position[index * HIDDEN..][..HIDDEN];
            let shape = &self.shape[usize::from(shape) * HIDDEN..][..HIDDEN];
            for dimension in 0..HIDDEN {
                row[dimension] = f32::from(word[dimension]) * scale + position[dimension] + shape[dimension];
            }
        }
        vectorized(path, Part::Norm(&mut hidden, &self.norm));
        for layer in &self.layers {
            self.layer(path, layer, &mut hidden, scratch);
        }
        hidden
    }

    fn layer(&self, path: Path, layer: &Layer, hidden: &mut [f32], scratch: &mut Scratch) {
        scratch.quantized.fill(hidden, HIDDEN);
        linear(path, &scratch.quantized, &layer.qkv, &mut scratch.qkv);
        let tokens = hidden.len() / HIDDEN;
        scratch.context.clear();
        scratch.context.resize(hidden.len(), 0.0);
        vectorized(
            path,
            Part::Attention {
                qkv: &scratch.qkv,
                tokens,
                keys: &mut scratch.keys,
                scores: &mut scratch.scores,
                context: &mut scratch.context,
            },
        );
        scratch.quantized.fill(&scratch.context, HIDDEN);
        linear(path, &scratch.quantized, &layer.attention_output, &mut scratch.product);
        vectorized(path, Part::AddNorm(hidden, &scratch.product, &layer.attention_norm));
        scratch.quantized.fill(hidden, HIDDEN);
        linear(path, &scratch.quantized, &layer.intermediate, &mut scratch.inner);
        vectorized(path, Part::Gelu(&mut scratch.inner));
        scratch.quantized.fill(&scratch.inner, layer.output.inputs);
        linear(path, &scratch.quantized, &layer.output, &mut scratch.product);
        vectorized(path, Part::AddNorm(hidden, &scratch.product, &layer.output_norm));
    }
}

enum Part<'a> {
    Norm(&'a mut [f32], &'a LayerNorm),
    AddNorm(&'a mut [f32], &'a [f32], &'a LayerNorm),
    Gelu(&'a mut [f32]),
    Attention {
        qkv: &'a [f32],
        tokens: usize,
        keys: &'a mut Vec<f32>,
        scores: &'a mut Vec<f32>,
        context: &'a mut [f32],
    },
}

/// Runs one f32 part compiled for the machine. The operations and their order are the same in every build of it.
fn vectorized(path: Path, part: Part<'_>) {
    #[cfg(target_arch = "x86_64")]
    match path {
        // SAFETY: the path is only chosen when the machine has the features.
        Path::Vnni => return unsafe { part_avx512(part) },
        // SAFETY: as above.
        Path::Avx2 => return unsafe { part_avx2(part) },
        Path::Scalar => {}
    }
    let _ = path;
    run(part);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
unsafe fn part_avx512(part: Part<'_>) {
    run(part);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn part_avx2(part: Part<'_>) {
    run(part);
}

#[inline(always)]
fn run(part: Part<'_>) {
    match part {
        Part::Norm(hidden, norm) => {
            for row in hidden.chunks_exact_mut(HIDDEN) {
                normalize(row, norm);
            }
        }
        Part::AddNorm(hidden, product, norm) => {
            for (row, product) in hidden.chunks_exact_mut(HIDDEN).zip(product.chunks_exact(HIDDEN)) {
                for dimension in 0..HIDDEN {
                    row[dimension] += product[dimension];
                }
                normalize(row, norm);
            }
        }
        Part::Gelu(values) => {
            for value in values {
                *value = gelu(*value);
            }
        }
        Part::Attention { qkv, tokens, keys, scores, context } => attention(qkv, tokens, keys, scores, context),
    }
}

/// Sum in 16 lanes, then over the lanes: one order on every machine.
#[inline(always)]
fn lane_sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; 16];
    for chunk in values.chunks_exact(16) {
        for lane in 0..16 {
            lanes[lane] += of(chunk[lane]);
        }
    }
    for (lane, value) in values.chunks_exact(16).remainder().iter().enumerate() {
        lanes[lane] += of(*value);
    }
    let mut total = 0f32;
    for lane in lanes {
        total += lane;
    }
    total
}

#[inline(always)]
fn normalize(row: &mut [f32], norm: &LayerNorm) {
    let mean = lane_sum(row, |value| value) / HIDDEN as f32;
    let variance = lane_sum(row, |value| (value - mean) * (value - mean)) / HIDDEN as f32;
    let inverse = 1.0 / (variance + EPSILON).sqrt();
    let (weight, bias) = (&norm.weight[..HIDDEN], &norm.bias[..HIDDEN]);
    for dimension in 0..HIDDEN {
        row[dimension] = (row[dimension] - mean) * inverse * weight[dimension] + bias[dimension];
    }
}

/// e^x by powers of two and a polynomial (Cephes expf); relative error below 2e-7 for x in -87..0.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    let scaled = x * std::f32::consts::LOG2_E;
    let rounded = (scaled + 12_582_912.0) - 12_582_912.0;
    let r = x - rounded * 0.693_359_4 - rounded * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let e = p * r * r + r + 1.0;
    e * f32::from_bits(((rounded as i32 + 127) as u32) << 23)
}

/// Exact-form GELU with erf by Abramowitz and Stegun 7.1.26 (error below 2e-7).
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    let z = x * std::f32::consts::FRAC_1_SQRT_2;
    let a = z.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * a);
    let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    let erf = 1.0 - poly * exp(-a * a);
    let erf = if z < 0.0 { -erf } else { erf };
    0.5 * x * (1.0 + erf)
}

/// Columns of keys that stay in registers at once.
const CHUNK: usize = 64;

/// Scaled dot-product attention of all heads: keys are turned so that the inner loop runs over them.
#[inline(always)]
fn attention(qkv: &[f32], tokens: usize, keys: &mut Vec<f32>, scores: &mut Vec<f32>, context: &mut [f32]) {
    let padded = tokens.div_ceil(CHUNK) * CHUNK;
    keys.clear();
    keys.resize(HEAD * padded, 0.0);
    scores.clear();
    scores.resize(padded, 0.0);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for head in 0..HEADS {
        for token in 0..tokens {
            let key = &qkv[token * 3 * HIDDEN + HIDDEN + head * HEAD..][..HEAD];
            for dimension in 0..HEAD {
                keys[dimension * padded + token] = key[dimension];
            }
        }
        for token in 0..tokens {
            let query = &qkv[token * 3 * HIDDEN + head * HEAD..][..HEAD];
            for first in (0..padded).step_by(CHUNK) {
                let mut sums = [0f32; CHUNK];
                for dimension in 0..HEAD {
                    let factor = query[dimension];
                    let row = &keys[dimension * padded + first..][..CHUNK];
                    for lane in 0..CHUNK {
                        sums[lane] += factor * row[lane];
                    }
                }
                scores[first..first + CHUNK].copy_from_slice(&sums);
            }
            let mut largest = f32::NEG_INFINITY;
            for &score in &scores[..tokens] {
                largest = if score > largest { score } else { largest };
            }
            for score in &mut scores[..tokens] {
                *score = exp((*score - largest) * scale);
            }
            let total = lane_sum(&scores[..tokens], |score| score);
            let inverse = 1.0 / total;
            let mut sums = [0f32; HEAD];
            for (other, &score) in scores[..tokens].iter().enumerate() {
                let value = &qkv[other * 3 * HIDDEN + 2 * HIDDEN + head * HEAD..][..HEAD];
                for dimension in 0..HEAD {
                    sums[dimension] += score * value[dimension];
                }
            }
            let target = &mut context[token * HIDDEN + head * HEAD..][..HEAD];
            for dimension in 0..HEAD {
                target[dimension] = sums[dimension] * inverse;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{exp, gelu};

    #[test]
    fn exponential_and_gelu_are_close() {
        for step in -8000..=0 {
            let x = step as f32 / 100.0;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) - expected).abs() <= 3e-7 * expected, "{x}");
        }
        // erf(0.7) and erf(2) to ten places, from tables.
        assert!(
            (gelu(0.7 * std::f32::consts::SQRT_2) - 0.5 * 0.7 * std::f32::consts::SQRT_2 * (1.0 + 0.677_801_2)).abs()
                < 1e-6
        );
        assert!(
            (gelu(-2.0 * std::f32::consts::SQRT_2) - 0.5 * -2.0 * std::f32::consts::SQRT_2 * (1.0 - 0.995_322_3)).abs()
                < 1e-6
        );
        assert_eq!(gelu(0.0), 0.0);
    }
}
