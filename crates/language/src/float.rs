//! The f32 parts of the model, written once over [`Lanes`]: matrix products, attention, layer norm, GELU, quantization.
//!
//! Every sum has one written order, so that all ways of computing give the same bits.

use crate::kernel::{Path, Quantized};
use crate::lanes::{LANES, Lanes, MAGIC, Plain};

/// Work that is compiled once for each kind of machine. `run` must be inlined, or it would lose the features of its caller.
pub trait Work {
    /// Does the work.
    fn run<L: Lanes>(self, lanes: L);
}

/// Does work in the chosen way, which must be one that the machine has ([`Path::available`]).
pub fn work(path: Path, work: impl Work) {
    match path {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the path is only chosen when the machine has the features.
        Path::Vnni => unsafe { avx512(work) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Path::Avx2 => unsafe { avx2(work) },
        #[allow(unreachable_patterns)]
        _ => work.run(Plain),
    }
}

/// # Safety
/// Needs AVX-512 F, BW, VL and DQ.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
unsafe fn avx512(work: impl Work) {
    // SAFETY: the caller has the features.
    work.run(unsafe { crate::lanes::Avx512::new() });
}

/// # Safety
/// Needs AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2(work: impl Work) {
    // SAFETY: the caller has the feature.
    work.run(unsafe { crate::lanes::Avx2::new() });
}

/// The 16-value chunks of values whose number is a multiple of 16.
#[inline(always)]
fn chunks(values: &[f32]) -> &[[f32; LANES]] {
    let (chunks, rest) = values.as_chunks();
    debug_assert!(rest.is_empty());
    chunks
}

/// As [`chunks`], to write.
#[inline(always)]
fn chunks_mut(values: &mut [f32]) -> &mut [[f32; LANES]] {
    let (chunks, rest) = values.as_chunks_mut();
    debug_assert!(rest.is_empty());
    chunks
}

/// e^x for x <= 0 by powers of two and a polynomial (Cephes expf); relative error below 3e-7 down to x = -87.
#[inline(always)]
fn exp_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let x = l.max(x, l.splat(-87.0));
    let magic = l.add(l.mul(x, l.splat(std::f32::consts::LOG2_E)), l.splat(MAGIC));
    let rounded = l.sub(magic, l.splat(MAGIC));
    let r = l.sub(l.sub(x, l.mul(rounded, l.splat(0.693_359_4))), l.mul(rounded, l.splat(-2.121_944_4e-4)));
    let mut p = l.splat(1.987_569_1e-4);
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = l.add(l.mul(p, r), l.splat(coefficient));
    }
    let e = l.add(l.add(l.mul(l.mul(p, r), r), r), l.splat(1.0));
    l.mul(e, l.power_of_two(magic))
}

/// Exact-form GELU (Hendrycks and Gimpel 2016) with erf by Abramowitz and Stegun 7.1.26 (error below 2e-7).
#[inline(always)]
fn gelu_lanes<L: Lanes>(l: L, x: L::F) -> L::F {
    let z = l.mul(x, l.splat(std::f32::consts::FRAC_1_SQRT_2));
    let a = l.abs(z);
    let one = l.splat(1.0);
    let t = l.div(one, l.add(one, l.mul(l.splat(0.327_591_1), a)));
    let mut p = l.splat(1.061_405_4);
    for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        p = l.add(l.mul(p, t), l.splat(coefficient));
    }
    let erf = l.sub(one, l.mul(l.mul(p, t), exp_lanes(l, l.turn_sign(l.mul(a, a), l.splat(-1.0)))));
    l.mul(l.mul(l.splat(0.5), x), l.add(one, l.turn_sign(erf, z)))
}

/// e^x of one value <= 0, with the bits of the lanes.
pub fn exp(x: f32) -> f32 {
    exp_lanes(Plain, [x; LANES])[0]
}

/// ln(e^a + e^b), by the series of the inverse hyperbolic tangent; error below 3e-7. Not the library's logarithm, since that
/// differs between systems.
pub fn log_sum(a: f32, b: f32) -> f32 {
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    let e = exp(small - large);
    let s = e / (2.0 + e);
    let square = s * s;
    let mut series = 1.0 / 13.0;
    for odd in [11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        series = series * square + 1.0 / odd;
    }
    large + 2.0 * s * series
}

/// [`log_sum`] in each lane, with the same bits.
#[inline(always)]
fn log_sum_lanes<L: Lanes>(l: L, a: L::F, b: L::F) -> L::F {
    let e = exp_lanes(l, l.turn_sign(l.abs(l.sub(a, b)), l.splat(-1.0)));
    let s = l.div(e, l.add(l.splat(2.0), e));
    let square = l.mul(s, s);
    let mut series = l.splat(1.0 / 13.0);
    for odd in [11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        series = l.add(l.mul(series, square), l.splat(1.0 / odd));
    }
    l.add(l.max(a, b), l.mul(l.mul(l.splat(2.0), s), series))
}

/// Sums over all tag paths up to and from each word (Rabiner 1989), in logarithms; one lane a tag. `forward` and `backward` hold a row a word.
pub struct PathSums<'a> {
    /// Scores of each tag behind each tag, [from][to].
    pub onward: &'a [[f32; LANES]],
    /// The same turned, [to][from].
    pub turned: &'a [[f32; LANES]],
    /// Scores of each tag at the first word, and at the last one.
    pub ends: [[f32; LANES]; 2],
    /// Scores of each tag at each word.
    pub emissions: &'a [[f32; LANES]],
    /// Sums of the paths that reach a tag, its own score in them.
    pub forward: &'a mut Vec<[f32; LANES]>,
    /// Sums of what can follow a tag, its own score not in them.
    pub backward: &'a mut Vec<[f32; LANES]>,
}

impl Work for PathSums<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        let PathSums { onward, turned, ends, emissions, forward, backward } = self;
        let Some((first, rest)) = emissions.split_first() else { return };
        let mut row = [0f32; LANES];
        l.store(l.add(l.load(&ends[0]), l.load(first)), &mut row);
        forward.push(row);
        for emission in rest {
            let before = row;
            let score = |from: usize| l.add(l.splat(before[from]), l.load(&onward[from]));
            let mut sum = score(0);
            for from in 1..onward.len() {
                sum = log_sum_lanes(l, sum, score(from));
            }
            l.store(l.add(sum, l.load(emission)), &mut row);
            forward.push(row);
        }
        backward.resize(emissions.len(), ends[1]);
        for word in (0..emissions.len() - 1).rev() {
            let behind = backward[word + 1];
            let score =
                |to: usize| l.add(l.add(l.load(&turned[to]), l.splat(emissions[word + 1][to])), l.splat(behind[to]));
            let mut sum = score(0);
            for to in 1..turned.len() {
                sum = log_sum_lanes(l, sum, score(to));
            }
            l.store(sum, &mut backward[word]);
        }
    }
}

/// Quantizes one row to bytes with an offset of 128; the result is the scale.
#[inline(always)]
pub fn quantize_row<L: Lanes>(l: L, row: &[f32], bytes: &mut [u8]) -> f32 {
    let (whole, rest) = row.as_chunks::<LANES>();
    let mut last = [0f32; LANES];
    last[..rest.len()].copy_from_slice(rest);
    let mut largest = l.abs(l.load(&last));
    for chunk in whole {
        largest = l.max(l.abs(l.load(chunk)), largest);
    }
    let largest = l.largest(largest);
    let inverse = l.splat(if largest > 0.0 { 127.0 / largest } else { 0.0 });
    let (whole_bytes, rest_bytes) = bytes.as_chunks_mut::<LANES>();
    for (chunk, bytes) in whole.iter().zip(whole_bytes) {
        l.offset_bytes(l.add(l.mul(l.load(chunk), inverse), l.splat(MAGIC)), bytes);
    }
    let mut last_bytes = [0u8; LANES];
    l.offset_bytes(l.add(l.mul(l.load(&last), inverse), l.splat(MAGIC)), &mut last_bytes);
    rest_bytes.copy_from_slice(&last_bytes[..rest.len()]);
    largest / 127.0
}

/// Quantizes rows of `width` values.
pub struct Quantize<'a> {
    /// Rows, one after the other.
    pub values: &'a [f32],
    /// Values of a row.
    pub width: usize,
    /// Where they go.
    pub into: &'a mut Quantized,
}

impl Work for Quantize<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        self.into.resize(self.values.len() / self.width, self.width);
        for (row, (bytes, scale)) in self.values.chunks_exact(self.width).zip(self.into.rows_mut()) {
            *scale = quantize_row(l, row, bytes);
        }
    }
}

/// GELU of rows, which are then quantized.
pub struct GeluQuantize<'a> {
    /// Rows, one after the other; they hold the GELU afterwards.
    pub values: &'a mut [f32],
    /// Values of a row, a multiple of 16.
    pub width: usize,
    /// Where they go.
    pub into: &'a mut Quantized,
}

impl Work for GeluQuantize<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        self.into.resize(self.values.len() / self.width, self.width);
        for (row, (bytes, scale)) in self.values.chunks_exact_mut(self.width).zip(self.into.rows_mut()) {
            for chunk in chunks_mut(row) {
                l.store(gelu_lanes(l, l.load(chunk)), chunk);
            }
            *scale = quantize_row(l, row, bytes);
        }
    }
}

/// GELU in place; the number of values must be a multiple of 16.
pub struct Gelu<'a>(pub &'a mut [f32]);

impl Work for Gelu<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        for chunk in chunks_mut(self.0) {
            l.store(gelu_lanes(l, l.load(chunk)), chunk);
        }
    }
}

/// Layer normalization (Ba et al. 2016) of rows to which something may be added first; the rows are then quantized.
pub struct AddNorm<'a> {
    /// Rows; they hold the result afterwards.
    pub hidden: &'a mut [f32],
    /// Added to them; empty for nothing.
    pub add: &'a [f32],
    /// Factor per dimension.
    pub weight: &'a [f32],
    /// Added per dimension at the end.
    pub bias: &'a [f32],
    /// Added to the variance.
    pub epsilon: f32,
    /// Where the bytes go.
    pub into: &'a mut Quantized,
}

impl Work for AddNorm<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        let width = self.weight.len();
        self.into.resize(self.hidden.len() / width, width);
        let (weight, bias) = (chunks(self.weight), &chunks(self.bias)[..width / LANES]);
        for (index, (row, (bytes, scale))) in self.hidden.chunks_exact_mut(width).zip(self.into.rows_mut()).enumerate()
        {
            let values = &mut chunks_mut(row)[..weight.len()];
            let mut sum = l.splat(0.0);
            if self.add.is_empty() {
                for value in values.iter() {
                    sum = l.add(sum, l.load(value));
                }
            } else {
                let add = &chunks(&self.add[index * width..][..width])[..weight.len()];
                for (value, add) in values.iter_mut().zip(add) {
                    let total = l.add(l.load(value), l.load(add));
                    l.store(total, value);
                    sum = l.add(sum, total);
                }
            }
            let mean = l.splat(l.sum(sum) / width as f32);
            let mut squares = l.splat(0.0);
            for value in values.iter() {
                let from_mean = l.sub(l.load(value), mean);
                squares = l.add(squares, l.mul(from_mean, from_mean));
            }
            let inverse = l.splat(1.0 / (l.sum(squares) / width as f32 + self.epsilon).sqrt());
            for ((value, weight), bias) in values.iter_mut().zip(weight).zip(bias) {
                let turned = l.mul(l.mul(l.sub(l.load(value), mean), inverse), l.load(weight));
                l.store(l.add(turned, l.load(bias)), value);
            }
            *scale = quantize_row(l, row, bytes);
        }
    }
}

/// Matrices of a product: input row-major, weights in blocks of 16 outputs, `packed[block * inputs + input][lane]`.
#[derive(Clone, Copy)]
struct Factors<'a> {
    input: &'a [f32],
    /// From one row of the input to the next.
    stride: usize,
    rows: usize,
    packed: &'a [[f32; LANES]],
    inputs: usize,
}

/// `out[row, output] = sum over inputs`, in the order of the inputs. `out` has its own stride; blocks of 16 outputs are written.
#[inline(always)]
fn product<L: Lanes>(l: L, factors: Factors<'_>, out: &mut [f32], out_stride: usize) {
    let blocks = factors.packed.len() / factors.inputs;
    let mut block = 0;
    while block < blocks {
        let next = Factors { packed: &factors.packed[block * factors.inputs..], ..factors };
        let out = &mut out[block * LANES..];
        if L::TILE.1 >= 4 && blocks - block >= 4 {
            rows::<L, 4>(l, next, out, out_stride, L::TILE.0);
            block += 4;
        } else if L::TILE.1 >= 2 && blocks - block >= 2 {
            rows::<L, 2>(l, next, out, out_stride, L::TILE.0 * 2);
            block += 2;
        } else {
            rows::<L, 1>(l, next, out, out_stride, if L::TILE.1 > 1 { L::TILE.0 * 2 } else { L::TILE.0 });
            block += 1;
        }
    }
}

#[inline(always)]
fn rows<L: Lanes, const B: usize>(l: L, factors: Factors<'_>, out: &mut [f32], out_stride: usize, most: usize) {
    let mut row = 0;
    while row < factors.rows {
        let left = factors.rows - row;
        let next = Factors { input: &factors.input[row * factors.stride..], ..factors };
        let out = &mut out[row * out_stride..];
        if most >= 12 && left >= 12 {
            tile::<L, 12, B>(l, next, out, out_stride);
            row += 12;
        } else if most >= 6 && left >= 6 {
            tile::<L, 6, B>(l, next, out, out_stride);
            row += 6;
        } else if most >= 4 && left >= 4 {
            tile::<L, 4, B>(l, next, out, out_stride);
            row += 4;
        } else if left >= 2 {
            tile::<L, 2, B>(l, next, out, out_stride);
            row += 2;
        } else {
            tile::<L, 1, B>(l, next, out, out_stride);
            row += 1;
        }
    }
}

#[inline(always)]
fn tile<L: Lanes, const R: usize, const B: usize>(l: L, factors: Factors<'_>, out: &mut [f32], out_stride: usize) {
    let inputs = factors.inputs;
    let rows: [&[f32]; R] = std::array::from_fn(|row| &factors.input[row * factors.stride..][..inputs]);
    let columns: [&[[f32; LANES]]; B] = std::array::from_fn(|block| &factors.packed[block * inputs..][..inputs]);
    let mut sums = [[l.splat(0.0); B]; R];
    for input in 0..inputs {
        let mut weights = [l.splat(0.0); B];
        for block in 0..B {
            weights[block] = l.load(&columns[block][input]);
        }
        for row in 0..R {
            let value = l.splat(rows[row][input]);
            for block in 0..B {
                sums[row][block] = l.add(sums[row][block], l.mul(value, weights[block]));
            }
        }
    }
    for row in 0..R {
        let target = chunks_mut(&mut out[row * out_stride..][..B * LANES]);
        for block in 0..B {
            l.store(sums[row][block], &mut target[block]);
        }
    }
}

/// A dense layer in f32, packed for [`Lanes`].
#[derive(Debug, Clone)]
pub struct Dense {
    packed: Vec<[f32; LANES]>,
    /// Padded to a multiple of 16.
    bias: Vec<f32>,
    inputs: usize,
    outputs: usize,
}

impl Dense {
    /// Packs row-major weights [outputs, inputs]; an empty bias is none.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Dense {
        let blocks = outputs.div_ceil(LANES);
        let mut packed = vec![[0f32; LANES]; blocks * inputs];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            for (input, &weight) in row.iter().enumerate() {
                packed[output / LANES * inputs + input][output % LANES] = weight;
            }
        }
        let mut padded = vec![0f32; blocks * LANES];
        padded[..bias.len()].copy_from_slice(bias);
        Dense { packed, bias: padded, inputs, outputs }
    }

    /// Outputs without padding.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `input x weights^T + bias` for rows [rows, inputs].
    pub fn apply(&self, path: Path, input: &[f32]) -> Rows {
        let mut out = Rows { values: vec![0.0; input.len() / self.inputs * self.bias.len()], stride: self.bias.len() };
        work(path, Apply { dense: self, input, out: &mut out.values });
        out
    }
}

/// Rows with a padded width.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Values with padding.
    pub values: Vec<f32>,
    /// From one row to the next, a multiple of 16.
    pub stride: usize,
}

impl Rows {
    /// One row with its padding.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.stride..][..self.stride]
    }

    /// Rows `range` with their padding, one after the other.
    pub fn range(&self, range: std::ops::Range<usize>) -> &[f32] {
        &self.values[range.start * self.stride..range.end * self.stride]
    }

    /// GELU of all values.
    pub fn gelu(mut self, path: Path) -> Rows {
        work(path, Gelu(&mut self.values));
        self
    }
}

struct Apply<'a> {
    dense: &'a Dense,
    input: &'a [f32],
    out: &'a mut [f32],
}

impl Work for Apply<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        let (inputs, width) = (self.dense.inputs, self.dense.bias.len());
        if inputs == 0 || self.input.is_empty() {
            return;
        }
        let rows = self.input.len() / inputs;
        let factors = Factors { input: self.input, stride: inputs, rows, packed: &self.dense.packed, inputs };
        product(l, factors, self.out, width);
        let bias = chunks(&self.dense.bias);
        for row in self.out.chunks_exact_mut(width) {
            for (value, bias) in chunks_mut(row).iter_mut().zip(bias) {
                l.store(l.add(l.load(value), l.load(bias)), value);
            }
        }
    }
}

/// `gelu(token + cue + distance + own * product)`: what the role head sees of one word and one cue. All of one width, a
/// multiple of 16.
pub struct RoleActivation<'a> {
    /// Of the word.
    pub token: &'a [f32],
    /// Of the cue.
    pub cue: &'a [f32],
    /// Of the distance between them.
    pub distance: &'a [f32],
    /// Of the word, for the product.
    pub own: &'a [f32],
    /// Of the cue, for the product.
    pub product: &'a [f32],
    /// The result.
    pub out: &'a mut [f32],
}

impl Work for RoleActivation<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        let out = chunks_mut(self.out);
        let (token, cue, distance) = (chunks(self.token), chunks(self.cue), chunks(self.distance));
        let (own, product) = (chunks(self.own), chunks(self.product));
        for index in 0..out.len() {
            let near = l.add(l.add(l.load(&token[index]), l.load(&cue[index])), l.load(&distance[index]));
            let both = l.mul(l.load(&own[index]), l.load(&product[index]));
            l.store(gelu_lanes(l, l.add(near, both)), &mut out[index]);
        }
    }
}

/// Buffers of [`Attention`], used again from layer to layer.
#[derive(Debug, Default)]
pub struct AttentionScratch {
    keys: Vec<[f32; LANES]>,
    values: Vec<[f32; LANES]>,
    scores: Vec<f32>,
}

/// Queries that are answered together.
const QUERIES: usize = 12;

/// Scaled dot-product attention (Vaswani et al., NeurIPS 2017) of all heads over one window; the result is quantized.
pub struct Attention<'a> {
    /// [tokens, 3 * heads * WIDTH]: query, key, value.
    pub qkv: &'a [f32],
    /// Tokens of the window.
    pub tokens: usize,
    /// Heads of [`Attention::WIDTH`] dimensions.
    pub heads: usize,
    /// Buffers.
    pub scratch: &'a mut AttentionScratch,
    /// [tokens, heads * WIDTH].
    pub context: &'a mut [f32],
}

impl Attention<'_> {
    /// Dimensions of a head.
    pub const WIDTH: usize = 32;
}

impl Work for Attention<'_> {
    #[inline(always)]
    fn run<L: Lanes>(self, l: L) {
        const WIDTH: usize = Attention::WIDTH;
        const HALVES: usize = WIDTH / LANES;
        let (tokens, hidden) = (self.tokens, self.heads * WIDTH);
        let blocks = tokens.div_ceil(LANES);
        let AttentionScratch { keys, values, scores } = self.scratch;
        // Columns behind the last token stay zero.
        keys.clear();
        keys.resize(blocks * WIDTH, [0.0; LANES]);
        values.resize(HALVES * tokens, [0.0; LANES]);
        let padded = blocks * LANES;
        scores.resize(QUERIES * padded, 0.0);
        let scale = l.splat(1.0 / (WIDTH as f32).sqrt());
        for head in 0..self.heads {
            for token in 0..tokens {
                let from = token * 3 * hidden + head * WIDTH;
                let key = &self.qkv[from + hidden..][..WIDTH];
                let turned = &mut keys[token / LANES * WIDTH..][..WIDTH];
                for (turned, value) in turned.iter_mut().zip(key) {
                    turned[token % LANES] = *value;
                }
                for (half, value) in chunks(&self.qkv[from + 2 * hidden..][..WIDTH]).iter().enumerate() {
                    values[half * tokens + token] = *value;
                }
            }
            for first in (0..tokens).step_by(QUERIES) {
                let rows = QUERIES.min(tokens - first);
                let input = &self.qkv[first * 3 * hidden + head * WIDTH..];
                let keys = Factors { input, stride: 3 * hidden, rows, packed: &keys[..], inputs: WIDTH };
                product(l, keys, scores, padded);
                let mut inverse = [0f32; QUERIES];
                for (row, inverse) in scores.chunks_exact_mut(padded).zip(&mut inverse).take(rows) {
                    row[tokens..].fill(f32::NEG_INFINITY);
                    let mut largest = l.splat(f32::NEG_INFINITY);
                    for chunk in chunks(row) {
                        largest = l.max(l.load(chunk), largest);
                    }
                    let largest = l.splat(l.largest(largest));
                    for chunk in chunks_mut(row) {
                        l.store(exp_lanes(l, l.mul(l.sub(l.load(chunk), largest), scale)), chunk);
                    }
                    row[tokens..].fill(0.0);
                    let mut total = l.splat(0.0);
                    for chunk in chunks(row) {
                        total = l.add(total, l.load(chunk));
                    }
                    *inverse = 1.0 / l.sum(total);
                }
                let out = &mut self.context[first * hidden + head * WIDTH..];
                let weights = Factors { input: scores, stride: padded, rows, packed: &values[..], inputs: tokens };
                product(l, weights, out, hidden);
                for (row, inverse) in inverse[..rows].iter().enumerate() {
                    for chunk in chunks_mut(&mut out[row * hidden..][..WIDTH]) {
                        l.store(l.mul(l.load(chunk), l.splat(*inverse)), chunk);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Values in -range..range, always the same ones for a seed.
    pub(crate) fn values(count: usize, seed: u64, range: f32) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let next = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            ((state >> 40) as f32 / (1u64 << 23) as f32 - 1.0) * range
        };
        (0..count).map(next).collect()
    }

    /// What a way of computing makes of the same input, as bits.
    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|value| value.to_bits()).collect()
    }

    #[test]
    fn exponential_and_gelu_are_close() {
        for step in -8000..=0 {
            let x = step as f32 / 100.0;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) - expected).abs() <= 3e-7 * expected, "{x}");
        }
        let gelu = |x: f32| gelu_lanes(Plain, [x; LANES])[0];
        // erf(0.7) and erf(2) to ten places, from tables.
        let root = std::f32::consts::SQRT_2;
        assert!((gelu(0.7 * root) - 0.35 * root * (1.0 + 0.677_801_2)).abs() < 1e-6);
        assert!((gelu(-2.0 * root) + root * (1.0 - 0.995_322_3)).abs() < 1e-6);
        assert_eq!(gelu(0.0), 0.0);
        assert_eq!(gelu(-20.0), 0.0);
        assert_eq!(gelu(20.0), 20.0);
    }

    #[test]
    fn sums_of_logarithms_are_close() {
        for (a, b) in [(0.0, 0.0), (1.0, -1.0), (-3.5, 2.25), (-1e4, 5.0), (5.0, -1e4), (-1e4, -1e4)] {
            let expected = (f64::from(a) - f64::from(b)).exp().ln_1p() + f64::from(b);
            let expected = if expected.is_finite() { expected } else { f64::from(a) };
            assert!((f64::from(log_sum(a, b)) - expected).abs() < 1e-6 * expected.abs().max(1.0), "{a} {b}");
        }
    }

    #[test]
    fn quantization_keeps_half_a_step() {
        for width in [1, 15, 16, 37, 384] {
            let row = values(width, width as u64, 3.0);
            let mut bytes = vec![0u8; width];
            let scale = quantize_row(Plain, &row, &mut bytes);
            for (value, byte) in row.iter().zip(&bytes) {
                let again = (f32::from(*byte) - 128.0) * scale;
                assert!((again - value).abs() <= scale * 0.5001, "{value} {again}");
            }
        }
        let mut bytes = [7u8; 20];
        assert_eq!(quantize_row(Plain, &[0.0; 20], &mut bytes), 0.0);
        assert_eq!(bytes, [128; 20]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn dense_layers_are_products(rows in 0usize..30, inputs in 1usize..70, outputs in 1usize..90, seed in any::<u64>()) {
            let (input, weights) = (values(rows * inputs, seed, 2.0), values(outputs * inputs, seed ^ 1, 1.0));
            let bias = values(outputs, seed ^ 2, 1.0);
            let dense = Dense::new(&weights, &bias, inputs, outputs);
            let plain = dense.apply(Path::Scalar, &input);
            for row in 0..rows {
                for output in 0..outputs {
                    let pair = |index: usize| f64::from(input[row * inputs + index]) * f64::from(weights[output * inputs + index]);
                    let expected = (0..inputs).map(pair).sum::<f64>() + f64::from(bias[output]);
                    prop_assert!((f64::from(plain.row(row)[output]) - expected).abs() < 1e-4);
                }
            }
            for path in Path::available() {
                prop_assert_eq!(bits(&dense.apply(path, &input).values), bits(&plain.values), "{:?}", path);
                prop_assert_eq!(bits(&dense.apply(path, &input).gelu(path).values), bits(&plain.clone().gelu(Path::Scalar).values));
            }
        }

        #[test]
        fn attention_is_the_same_in_all_ways(tokens in 1usize..70, seed in any::<u64>()) {
            let (heads, hidden) = (3, 3 * Attention::WIDTH);
            let qkv = values(tokens * 3 * hidden, seed, 4.0);
            let run = |path: Path| {
                let mut context = vec![0f32; tokens * hidden];
                // The buffers come from a longer window, as they do in use.
                let mut scratch = AttentionScratch { keys: vec![[9.0; LANES]; 999], values: vec![[9.0; LANES]; 999], scores: vec![9.0; 9999] };
                work(path, Attention { qkv: &qkv, tokens, heads, scratch: &mut scratch, context: &mut context });
                context
            };
            let plain = run(Path::Scalar);
            for path in Path::available() {
                prop_assert_eq!(bits(&run(path)), bits(&plain), "{:?}", path);
            }
            let at = |token: usize, part: usize, dimension: usize| f64::from(qkv[token * 3 * hidden + part * hidden + dimension]);
            for token in 0..tokens {
                for head in 0..heads {
                    let dimensions = head * Attention::WIDTH..(head + 1) * Attention::WIDTH;
                    let score = |other: usize| (dimensions.clone().map(|d| at(token, 0, d) * at(other, 1, d)).sum::<f64>() / 32f64.sqrt()).exp();
                    let total: f64 = (0..tokens).map(score).sum();
                    for dimension in dimensions.clone().step_by(7) {
                        let expected = (0..tokens).map(|other| score(other) * at(other, 2, dimension)).sum::<f64>() / total;
                        prop_assert!((f64::from(plain[token * hidden + dimension]) - expected).abs() < 1e-4);
                    }
                }
            }
        }

        #[test]
        fn norms_are_the_same_in_all_ways(rows in 1usize..9, seed in any::<u64>()) {
            let width = 48;
            let (hidden, add) = (values(rows * width, seed, 5.0), values(rows * width, seed ^ 1, 5.0));
            let (weight, bias) = (values(width, seed ^ 2, 2.0), values(width, seed ^ 3, 1.0));
            let run = |path: Path| {
                let (mut hidden, mut into) = (hidden.clone(), Quantized::default());
                work(path, AddNorm { hidden: &mut hidden, add: &add, weight: &weight, bias: &bias, epsilon: 1e-12, into: &mut into });
                let bytes: Vec<Vec<u8>> = into.rows_mut().map(|(bytes, _)| bytes.to_vec()).collect();
                (hidden, bytes)
            };
            let plain = run(Path::Scalar);
            for path in Path::available() {
                let other = run(path);
                prop_assert_eq!(bits(&other.0), bits(&plain.0), "{:?}", path);
                prop_assert_eq!(&other.1, &plain.1, "{:?}", path);
            }
            for row in 0..rows {
                let sum: Vec<f64> = (0..width).map(|d| f64::from(hidden[row * width + d]) + f64::from(add[row * width + d])).collect();
                let mean = sum.iter().sum::<f64>() / width as f64;
                let variance = sum.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / width as f64;
                for d in 0..width {
                    let expected = (sum[d] - mean) / variance.sqrt() * f64::from(weight[d]) + f64::from(bias[d]);
                    prop_assert!((f64::from(plain.0[row * width + d]) - expected).abs() < 1e-4);
                }
            }
        }
    }
}
