//! The encoder: BERT with post-layer-norm (Devlin et al., NAACL 2019), 6 layers of 384, with an embedding of the word's shape.
//!
//! Linear layers are integer products (`kernel.rs`); attention, softmax, layer norm and GELU are f32 (`float.rs`). Both give the
//! same bits in all ways of computing.

use crate::float::{AddNorm, Attention, AttentionScratch, GeluQuantize, Quantize, work};
use crate::kernel::{Packed, Path, Quantized, linear};
use std::sync::Arc;

/// Width of a hidden state.
pub const HIDDEN: usize = 384;
const HEADS: usize = 12;
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
    /// Word pieces, int8 per row, which two encoders may share.
    pub word: Arc<[i8]>,
    /// Scale of each row of `word`.
    pub word_scale: Arc<[f32]>,
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
    attention: AttentionScratch,
}

impl Encoder {
    /// Hidden states [pieces, 384] of one window of at most 512 pieces.
    pub fn encode(&self, path: Path, pieces: &[u32], shapes: &[u8], scratch: &mut Scratch) -> Vec<f32> {
        self.encode_with(path, pieces, shapes, None, scratch)
    }

    /// As [`Encoder::encode`], with a row of a table [rows, 384] added to each piece's embedding.
    pub fn encode_with(
        &self,
        path: Path,
        pieces: &[u32],
        shapes: &[u8],
        added: Option<(&[f32], &[u8])>,
        scratch: &mut Scratch,
    ) -> Vec<f32> {
        let mut hidden = vec![0f32; pieces.len() * HIDDEN];
        let rows = hidden.chunks_exact_mut(HIDDEN).zip(pieces.iter().zip(shapes));
        for (index, (row, (&piece, &shape))) in rows.enumerate() {
            let word = &self.word[piece as usize * HIDDEN..][..HIDDEN];
            let scale = self.word_scale[piece as usize];
            let position = &self.position[index * HIDDEN..][..HIDDEN];
            let shape = &self.shape[usize::from(shape) * HIDDEN..][..HIDDEN];
            for dimension in 0..HIDDEN {
                row[dimension] = f32::from(word[dimension]) * scale + position[dimension] + shape[dimension];
            }
            if let Some((table, rows)) = added {
                let more = &table[usize::from(rows[index]) * HIDDEN..][..HIDDEN];
                row.iter_mut().zip(more).for_each(|(value, more)| *value += more);
            }
        }
        add_norm(path, &mut hidden, &[], &self.norm, &mut scratch.quantized);
        for layer in &self.layers {
            layer.run(path, &mut hidden, scratch);
        }
        hidden
    }
}

impl Layer {
    /// One layer; `scratch.quantized` holds the bytes of `hidden` before and after.
    fn run(&self, path: Path, hidden: &mut [f32], scratch: &mut Scratch) {
        let Scratch { quantized, qkv, context, product, inner, attention } = scratch;
        linear(path, quantized, &self.qkv, qkv);
        context.resize(hidden.len(), 0.0);
        let tokens = hidden.len() / HIDDEN;
        work(path, Attention { qkv, tokens, heads: HEADS, scratch: attention, context });
        work(path, Quantize { values: context, width: HIDDEN, into: quantized });
        linear(path, quantized, &self.attention_output, product);
        add_norm(path, hidden, product, &self.attention_norm, quantized);
        linear(path, quantized, &self.intermediate, inner);
        work(path, GeluQuantize { values: inner, width: self.output.inputs, into: quantized });
        linear(path, quantized, &self.output, product);
        add_norm(path, hidden, product, &self.output_norm, quantized);
    }
}

fn add_norm(path: Path, hidden: &mut [f32], add: &[f32], norm: &LayerNorm, into: &mut Quantized) {
    work(path, AddNorm { hidden, add, weight: &norm.weight, bias: &norm.bias, epsilon: EPSILON, into });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::tests::values;

    /// Int8 weights with their scales, as floats and as the encoder holds them.
    fn quantized(rows: usize, columns: usize, seed: u64) -> (Vec<i8>, Vec<f32>, Vec<f32>) {
        let bytes: Vec<i8> =
            values(rows * columns, seed, 127.49).into_iter().map(|value| value.round() as i8).collect();
        let scales: Vec<f32> = values(rows, seed ^ 1, 0.0002).into_iter().map(|value| 0.0006 + value).collect();
        let floats = bytes.iter().enumerate().map(|(at, &byte)| f32::from(byte) * scales[at / columns]).collect();
        (bytes, scales, floats)
    }

    struct Linear {
        weight: Vec<f32>,
        bias: Vec<f32>,
    }

    impl Linear {
        fn random(outputs: usize, inputs: usize, seed: u64) -> (Linear, Packed) {
            let (bytes, scales, weight) = quantized(outputs, inputs, seed);
            let bias = values(outputs, seed ^ 2, 0.3);
            let packed = Packed::new(&bytes, &scales, &bias, inputs, outputs);
            (Linear { weight, bias }, packed)
        }

        fn apply(&self, input: &[f64]) -> Vec<f64> {
            let row = |(weights, bias): (&[f32], &f32)| {
                weights.iter().zip(input).map(|(&weight, value)| f64::from(weight) * value).sum::<f64>()
                    + f64::from(*bias)
            };
            self.weight.chunks_exact(input.len()).zip(&self.bias).map(row).collect()
        }
    }

    fn norm(seed: u64) -> LayerNorm {
        let weight = values(HIDDEN, seed, 0.2).into_iter().map(|value| 1.0 + value).collect();
        LayerNorm { weight, bias: values(HIDDEN, seed ^ 1, 0.2) }
    }

    fn normalized(row: &[f64], norm: &LayerNorm) -> Vec<f64> {
        let mean = row.iter().sum::<f64>() / row.len() as f64;
        let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / row.len() as f64;
        let turned = |(at, value): (usize, &f64)| {
            (value - mean) / (variance + 1e-12).sqrt() * f64::from(norm.weight[at]) + f64::from(norm.bias[at])
        };
        row.iter().enumerate().map(turned).collect()
    }

    /// Exact-form GELU with erf by its series.
    fn gelu(x: f64) -> f64 {
        let z = x / 2f64.sqrt();
        if z.abs() > 4.0 {
            return if x > 0.0 { x } else { 0.0 };
        }
        let (mut term, mut sum) = (z, z);
        for n in 1..120 {
            term *= -z * z / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        0.5 * x * (1.0 + sum * 2.0 / std::f64::consts::PI.sqrt())
    }

    /// The layer written plainly, from Devlin et al., with weights as floats and no quantization of activations.
    fn plain_layer(hidden: &mut [Vec<f64>], linears: &[Linear; 4], norms: [&LayerNorm; 2]) {
        let qkv: Vec<Vec<f64>> = hidden.iter().map(|row| linears[0].apply(row)).collect();
        let width = HIDDEN / HEADS;
        for token in 0..hidden.len() {
            let mut context = vec![0f64; HIDDEN];
            for head in 0..HEADS {
                let at = |token: usize, part: usize, d: usize| qkv[token][part * HIDDEN + head * width + d];
                let score = |other: usize| {
                    ((0..width).map(|d| at(token, 0, d) * at(other, 1, d)).sum::<f64>() / (width as f64).sqrt()).exp()
                };
                let scores: Vec<f64> = (0..qkv.len()).map(score).collect();
                let total: f64 = scores.iter().sum();
                for d in 0..width {
                    let sum = scores.iter().enumerate().map(|(other, score)| score * at(other, 2, d)).sum::<f64>();
                    context[head * width + d] = sum / total;
                }
            }
            let add =
                |row: &[f64], other: Vec<f64>| -> Vec<f64> { row.iter().zip(other).map(|(a, b)| a + b).collect() };
            let row = normalized(&add(&hidden[token], linears[1].apply(&context)), norms[0]);
            let inner: Vec<f64> = linears[2].apply(&row).into_iter().map(gelu).collect();
            hidden[token] = normalized(&add(&row, linears[3].apply(&inner)), norms[1]);
        }
    }

    #[test]
    fn a_small_random_encoder_is_near_its_plain_form() {
        let (word, word_scale, words) = quantized(50, HIDDEN, 5);
        let (position, shape) = (values(512 * HIDDEN, 6, 0.05), values(24 * HIDDEN, 7, 0.05));
        let first = norm(8);
        let (mut layers, mut plain) = (Vec::new(), Vec::new());
        for layer in 0..2 {
            let seed = 100 * (layer + 1);
            let (qkv, qkv_packed) = Linear::random(3 * HIDDEN, HIDDEN, seed);
            let (out, out_packed) = Linear::random(HIDDEN, HIDDEN, seed + 10);
            let (inner, inner_packed) = Linear::random(4 * HIDDEN, HIDDEN, seed + 20);
            let (last, last_packed) = Linear::random(HIDDEN, 4 * HIDDEN, seed + 30);
            plain.push([qkv, out, inner, last]);
            layers.push(Layer {
                qkv: qkv_packed,
                attention_output: out_packed,
                attention_norm: norm(seed + 40),
                intermediate: inner_packed,
                output: last_packed,
                output_norm: norm(seed + 50),
            });
        }
        let encoder =
            Encoder { word: word.into(), word_scale: word_scale.into(), position, shape, norm: first, layers };
        for tokens in [1usize, 2, 17, 40] {
            let pieces: Vec<u32> = (0..tokens as u32).map(|at| at * 7 % 50).collect();
            let shapes: Vec<u8> = (0..tokens).map(|at| (at % 24) as u8).collect();
            let found = encoder.encode(Path::Scalar, &pieces, &shapes, &mut Scratch::default());
            for path in Path::available() {
                assert_eq!(encoder.encode(path, &pieces, &shapes, &mut Scratch::default()), found, "{path:?}");
            }
            let mut hidden: Vec<Vec<f64>> = (0..tokens)
                .map(|at| {
                    let sum = |d: usize| {
                        let word = f64::from(words[pieces[at] as usize * HIDDEN + d]);
                        let position = f64::from(encoder.position[at * HIDDEN + d]);
                        word + position + f64::from(encoder.shape[usize::from(shapes[at]) * HIDDEN + d])
                    };
                    normalized(&(0..HIDDEN).map(sum).collect::<Vec<_>>(), &encoder.norm)
                })
                .collect();
            for (layer, linears) in encoder.layers.iter().zip(&plain) {
                // Attention looks at the state before the layer, so the plain form works on all tokens at once.
                plain_layer(&mut hidden, linears, [&layer.attention_norm, &layer.output_norm]);
            }
            for (row, expected) in found.chunks_exact(HIDDEN).zip(&hidden) {
                let dot = |a: &mut dyn Iterator<Item = (f64, f64)>| a.map(|(a, b)| a * b).sum::<f64>();
                let row: Vec<f64> = row.iter().map(|&value| f64::from(value)).collect();
                let both = dot(&mut row.iter().copied().zip(expected.iter().copied()));
                let own = dot(&mut row.iter().copied().zip(row.iter().copied())).sqrt();
                let other = dot(&mut expected.iter().copied().zip(expected.iter().copied())).sqrt();
                let cosine = both / (own * other);
                assert!(cosine > 0.999, "{tokens} tokens: cosine {cosine}");
                assert!((own / other - 1.0).abs() < 0.02, "{own} {other}");
            }
        }
    }
}
