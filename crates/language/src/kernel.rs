//! Integer matrix product of the linear layers, in three ways that give the same integers.
//!
//! Weights are int8, symmetric per output row; activations are int8, symmetric per token, quantized as they come. The sum of products
//! is an i32 and so exact in any order; only then it is scaled to f32. VNNI multiplies unsigned by signed bytes, so activations are
//! offset by 128 and the offset is taken off through the sums of the weight rows.

use std::sync::LazyLock;

/// Ways to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// AVX-512 with VNNI.
    Vnni,
    /// AVX2.
    Avx2,
    /// Any machine.
    Scalar,
}

impl Path {
    /// Name as in `COUNTERCLAIM_KERNEL`.
    pub fn as_str(self) -> &'static str {
        match self {
            Path::Vnni => "vnni",
            Path::Avx2 => "avx2",
            Path::Scalar => "scalar",
        }
    }

    /// Panics when this machine cannot go the way.
    pub(crate) fn require(self) {
        assert!(self.is_available(), "this machine has no {}", self.as_str());
    }

    /// Ways that this machine can go, the best first.
    pub fn available() -> Vec<Path> {
        [Path::Vnni, Path::Avx2, Path::Scalar].into_iter().filter(|path| path.is_available()).collect()
    }

    fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Path::Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vnni")
            }
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(not(target_arch = "x86_64"))]
            Path::Vnni | Path::Avx2 => false,
            Path::Scalar => true,
        }
    }
}

/// The way chosen for this run: the best available one, or the one that `COUNTERCLAIM_KERNEL` names.
pub static CHOSEN: LazyLock<Path> = LazyLock::new(|| {
    let available = Path::available();
    let wanted = std::env::var("COUNTERCLAIM_KERNEL").ok();
    available.iter().copied().find(|path| Some(path.as_str()) == wanted.as_deref()).unwrap_or(available[0])
});

/// Output columns in one block.
const BLOCK: usize = 16;
/// Inputs that are multiplied in one step.
const STEP: usize = 4;

/// A linear layer's weights, packed: for each block of 16 outputs and each group of 4 inputs 64 bytes, output by output.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    bytes: Vec<i8>,
    /// Minus 128 times the sum of each output's weights.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    offsets: Vec<i32>,
    /// Scale of each output's weights.
    scales: Vec<f32>,
    bias: Vec<f32>,
    /// Inputs.
    pub inputs: usize,
    /// Outputs.
    pub outputs: usize,
}

impl Packed {
    /// Packs row-major weights [outputs, inputs]. Inputs must be a multiple of 4 and outputs of 16.
    pub fn new(weights: &[i8], scales: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Packed {
        assert!(inputs.is_multiple_of(STEP) && outputs.is_multiple_of(BLOCK), "{inputs}x{outputs}");
        let mut bytes = vec![0i8; inputs * outputs];
        let mut offsets = vec![0i32; outputs];
        for output in 0..outputs {
            let row = &weights[output * inputs..(output + 1) * inputs];
            offsets[output] = -128 * row.iter().map(|&weight| i32::from(weight)).sum::<i32>();
            let base = (output / BLOCK) * inputs * BLOCK + (output % BLOCK) * STEP;
            for (group, four) in row.chunks_exact(STEP).enumerate() {
                bytes[base + group * BLOCK * STEP..][..STEP].copy_from_slice(four);
            }
        }
        Packed { bytes, offsets, scales: scales.to_vec(), bias: bias.to_vec(), inputs, outputs }
    }
}

/// Activations of some tokens as unsigned bytes (value + 128) with a scale per token.
#[derive(Debug, Default)]
pub(crate) struct Quantized {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    width: usize,
}

impl Quantized {
    /// Makes room for rows of `width` values.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.bytes.resize(rows * width, 0);
        self.scales.resize(rows, 0.0);
        self.width = width;
    }

    /// The bytes and the scale of each row, to be written.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = (&mut [u8], &mut f32)> {
        self.bytes.chunks_exact_mut(self.width).zip(&mut self.scales)
    }

    fn rows(&self) -> usize {
        self.scales.len()
    }
}

/// `out[token, output] = input x weights^T + bias` for all tokens; `out` is row-major.
pub(crate) fn linear(path: Path, input: &Quantized, weights: &Packed, out: &mut Vec<f32>) {
    assert_eq!(input.width, weights.inputs);
    out.resize(input.rows() * weights.outputs, 0.0);
    match path {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the path is only chosen when the machine has the features (`Path::available`).
        Path::Vnni => unsafe { x86::linear_vnni(input, weights, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Path::Avx2 => unsafe { x86::linear_avx2(input, weights, out) },
        #[allow(unreachable_patterns)]
        _ => linear_scalar(input, weights, out),
    }
}

/// Makes f32 values of the sums of one token and one block: the only f32 step, the same for all ways.
#[inline(always)]
fn store(weights: &Packed, out: &mut [f32], row: usize, block: usize, token_scale: f32, sums: &[i32; BLOCK]) {
    let first = block * BLOCK;
    let scales = &weights.scales[first..first + BLOCK];
    let bias = &weights.bias[first..first + BLOCK];
    let target = &mut out[row * weights.outputs + first..][..BLOCK];
    for lane in 0..BLOCK {
        target[lane] = sums[lane] as f32 * (token_scale * scales[lane]) + bias[lane];
    }
}

/// Bytes without their offset, as 16-bit integers.
fn widened(bytes: &[u8]) -> Vec<i16> {
    bytes.iter().map(|&byte| i16::from(byte) - 128).collect()
}

fn linear_scalar(input: &Quantized, weights: &Packed, out: &mut [f32]) {
    let width = weights.inputs;
    let values = widened(&input.bytes);
    // One block at a time is laid out row by row, where the compiler finds its own vector instructions.
    let mut rows = vec![0i16; BLOCK * width];
    for block in 0..weights.outputs / BLOCK {
        let packed = &weights.bytes[block * width * BLOCK..(block + 1) * width * BLOCK];
        for (group, bytes) in packed.chunks_exact(BLOCK * STEP).enumerate() {
            for (lane, four) in bytes.chunks_exact(STEP).enumerate() {
                for (index, &byte) in four.iter().enumerate() {
                    rows[lane * width + group * STEP + index] = i16::from(byte);
                }
            }
        }
        for (row, values) in values.chunks_exact(width).enumerate() {
            let mut sums = [0i32; BLOCK];
            for (sum, weights) in sums.iter_mut().zip(rows.chunks_exact(width)) {
                *sum = weights.iter().zip(values).map(|(&weight, &value)| i32::from(weight) * i32::from(value)).sum();
            }
            store(weights, out, row, block, input.scales[row], &sums);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Packed, Quantized, STEP, store, widened};
    use std::arch::x86_64::*;

    /// Tokens and blocks of outputs in one tile of registers.
    const ROWS: usize = 6;
    const BLOCKS: usize = 4;

    /// # Safety
    /// Needs AVX-512 F, BW, VL, DQ and VNNI.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub(super) unsafe fn linear_vnni(input: &Quantized, weights: &Packed, out: &mut [f32]) {
        let blocks = weights.outputs / BLOCK;
        let mut block = 0;
        while block < blocks {
            let many = if blocks - block >= BLOCKS { BLOCKS } else { 1 };
            for row in (0..input.rows()).step_by(ROWS) {
                // SAFETY: the tile ends at the last row at the latest, and block + many <= blocks.
                unsafe {
                    match (many, input.rows() - row) {
                        (BLOCKS, ROWS..) => tile_vnni::<ROWS, BLOCKS>(input, weights, out, row, block),
                        (BLOCKS, 5) => tile_vnni::<5, BLOCKS>(input, weights, out, row, block),
                        (BLOCKS, 4) => tile_vnni::<4, BLOCKS>(input, weights, out, row, block),
                        (BLOCKS, 3) => tile_vnni::<3, BLOCKS>(input, weights, out, row, block),
                        (BLOCKS, 2) => tile_vnni::<2, BLOCKS>(input, weights, out, row, block),
                        (BLOCKS, _) => tile_vnni::<1, BLOCKS>(input, weights, out, row, block),
                        (_, ROWS..) => tile_vnni::<ROWS, 1>(input, weights, out, row, block),
                        (_, rest) => {
                            for next in 0..rest {
                                tile_vnni::<1, 1>(input, weights, out, row + next, block);
                            }
                        }
                    }
                }
            }
            block += many;
        }
    }

    /// # Safety
    /// Needs the features of `linear_vnni`; the tile must lie inside of input and weights.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    unsafe fn tile_vnni<const R: usize, const B: usize>(
        input: &Quantized,
        weights: &Packed,
        out: &mut [f32],
        row: usize,
        block: usize,
    ) {
        let width = weights.inputs;
        let stride = width * BLOCK;
        let packed = &weights.bytes[block * stride..(block + B) * stride];
        let bytes = &input.bytes[row * width..(row + R) * width];
        let (first, last) = (block * BLOCK, (block + B) * BLOCK);
        let (offsets, scales) = (&weights.offsets[first..last], &weights.scales[first..last]);
        let bias = &weights.bias[first..last];
        let mut sums = [[_mm512_setzero_si512(); B]; R];
        for next in 0..B {
            // SAFETY: 16 of the B * 16 offsets.
            let offset = unsafe { _mm512_loadu_si512(offsets.as_ptr().add(next * BLOCK).cast()) };
            for sums in &mut sums {
                sums[next] = offset;
            }
        }
        for group in 0..width / STEP {
            let mut columns = [_mm512_setzero_si512(); B];
            for (next, column) in columns.iter_mut().enumerate() {
                // SAFETY: group * 64 + 64 <= stride, so the load stays inside of the block's bytes.
                *column =
                    unsafe { _mm512_loadu_si512(packed.as_ptr().add(next * stride + group * BLOCK * STEP).cast()) };
            }
            for (next, sums) in sums.iter_mut().enumerate() {
                // SAFETY: four bytes of a row are inside of `bytes`.
                let four = unsafe { bytes.as_ptr().add(next * width + group * STEP).cast::<i32>().read_unaligned() };
                let four = _mm512_set1_epi32(four);
                for (sum, column) in sums.iter_mut().zip(&columns) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, *column);
                }
            }
        }
        for (next, sums) in sums.iter().enumerate() {
            let token_scale = _mm512_set1_ps(input.scales[row + next]);
            let target = &mut out[(row + next) * weights.outputs + first..][..B * BLOCK];
            for (other, sum) in sums.iter().enumerate() {
                let at = other * BLOCK;
                // SAFETY: at + 16 <= B * 16, the length of the three slices. The steps are those of `store`.
                unsafe {
                    let scale = _mm512_mul_ps(token_scale, _mm512_loadu_ps(scales.as_ptr().add(at)));
                    let value = _mm512_mul_ps(_mm512_cvtepi32_ps(*sum), scale);
                    let value = _mm512_add_ps(value, _mm512_loadu_ps(bias.as_ptr().add(at)));
                    _mm512_storeu_ps(target.as_mut_ptr().add(at), value);
                }
            }
        }
    }

    /// # Safety
    /// Needs AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn linear_avx2(input: &Quantized, weights: &Packed, out: &mut [f32]) {
        let values = widened(&input.bytes);
        for block in 0..weights.outputs / BLOCK {
            for row in (0..input.rows()).step_by(2) {
                // SAFETY: the tile lies inside of input and weights.
                unsafe {
                    if row + 2 <= input.rows() {
                        tile_avx2::<2>(&values, input, weights, out, row, block);
                    } else {
                        tile_avx2::<1>(&values, input, weights, out, row, block);
                    }
                }
            }
        }
    }

    /// Bytes are widened to 16 bits, so that no pair of products can saturate.
    ///
    /// # Safety
    /// Needs AVX2; the tile must lie inside of input and weights.
    #[target_feature(enable = "avx2")]
    unsafe fn tile_avx2<const R: usize>(
        values: &[i16],
        input: &Quantized,
        weights: &Packed,
        out: &mut [f32],
        row: usize,
        block: usize,
    ) {
        let width = weights.inputs;
        let packed = &weights.bytes[block * width * BLOCK..(block + 1) * width * BLOCK];
        let values = &values[row * width..(row + R) * width];
        // Each accumulator holds four outputs as two partial sums each.
        let mut sums = [[_mm256_setzero_si256(); 4]; R];
        for group in 0..width / STEP {
            let mut columns = [_mm256_setzero_si256(); 4];
            for (quarter, column) in columns.iter_mut().enumerate() {
                // SAFETY: 16 bytes of the group's 64.
                let sixteen =
                    unsafe { _mm_loadu_si128(packed.as_ptr().add(group * BLOCK * STEP + quarter * 16).cast()) };
                *column = _mm256_cvtepi8_epi16(sixteen);
            }
            for (next, sums) in sums.iter_mut().enumerate() {
                // SAFETY: four values of a row are inside of `values`.
                let four = unsafe { values.as_ptr().add(next * width + group * STEP).cast::<i64>().read_unaligned() };
                let four = _mm256_set1_epi64x(four);
                for (sum, column) in sums.iter_mut().zip(&columns) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(*column, four));
                }
            }
        }
        for (next, sums) in sums.iter().enumerate() {
            let mut lanes = [0i32; BLOCK];
            for (quarter, sum) in sums.iter().enumerate() {
                let mut pairs = [0i32; 8];
                // SAFETY: 8 lanes of 32 bits fill the array.
                unsafe { _mm256_storeu_si256(pairs.as_mut_ptr().cast(), *sum) };
                for lane in 0..4 {
                    lanes[quarter * 4 + lane] = pairs[2 * lane] + pairs[2 * lane + 1];
                }
            }
            store(weights, out, row + next, block, input.scales[row + next], &lanes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::{Quantize, work};
    use proptest::prelude::*;

    fn naive(values: &[f32], weights: &[i8], scales: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Vec<f32> {
        let mut out = Vec::new();
        for row in values.chunks_exact(inputs) {
            let largest = row.iter().fold(0f32, |largest, value| largest.max(value.abs()));
            let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            for output in 0..outputs {
                let sum: i32 = (0..inputs)
                    .map(|index| {
                        (row[index] * inverse).round_ties_even() as i32 * i32::from(weights[output * inputs + index])
                    })
                    .sum();
                out.push(sum as f32 * (largest / 127.0 * scales[output]) + bias[output]);
            }
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn all_ways_are_equal(rows in 0usize..15, groups in 1usize..20, blocks in 1usize..7, seed in 0u64..1_000_000, extreme in any::<bool>()) {
            let (inputs, outputs) = (groups * 4, blocks * 16);
            let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut next = || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
            let weights: Vec<i8> = (0..inputs * outputs).map(|_| if extreme { if next() % 2 == 0 { 127 } else { -127 } } else { (next() % 255) as i64 as i8 }).collect();
            let scales: Vec<f32> = (0..outputs).map(|_| (next() % 1000) as f32 / 1e4).collect();
            let bias: Vec<f32> = (0..outputs).map(|_| (next() % 1000) as f32 / 1e3 - 0.5).collect();
            let values: Vec<f32> = (0..rows * inputs).map(|_| if extreme { if next() % 2 == 0 { 8.0 } else { -8.0 } } else { (next() % 2001) as f32 / 100.0 - 10.0 }).collect();
            let packed = Packed::new(&weights, &scales, &bias, inputs, outputs);

            let expected = naive(&values, &weights, &scales, &bias, inputs, outputs);
            for path in Path::available() {
                let mut quantized = Quantized::default();
                work(path, Quantize { values: &values, width: inputs, into: &mut quantized });
                let mut out = Vec::new();
                linear(path, &quantized, &packed, &mut out);
                prop_assert_eq!(&out, &expected, "{:?}", path);
            }
        }
    }
}
