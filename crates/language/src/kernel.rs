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

    /// Ways that this machine can go, the best first.
    pub fn available() -> Vec<Path> {
        let mut paths = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let vnni = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni");
            if vnni {
                paths.push(Path::Vnni);
            }
            if is_x86_feature_detected!("avx2") {
                paths.push(Path::Avx2);
            }
        }
        paths.push(Path::Scalar);
        paths
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
pub struct Packed {
    bytes: Vec<i8>,
    /// 128 times the sum of each output's weights.
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
            offsets[output] = 128 * row.iter().map(|&weight| i32::from(weight)).sum::<i32>();
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
pub struct Quantized {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    rows: usize,
}

impl Quantized {
    /// Quantizes rows of `width` values.
    pub fn fill(&mut self, values: &[f32], width: usize) {
        self.rows = values.len() / width;
        self.bytes.clear();
        self.bytes.resize(values.len(), 0);
        self.scales.clear();
        for (row, bytes) in values.chunks_exact(width).zip(self.bytes.chunks_exact_mut(width)) {
            let mut lanes = [0f32; 16];
            for chunk in row.chunks_exact(16) {
                for (lane, value) in lanes.iter_mut().zip(chunk) {
                    *lane = lane.max(value.abs());
                }
            }
            for value in row.chunks_exact(16).remainder() {
                lanes[0] = lanes[0].max(value.abs());
            }
            let largest = lanes.iter().fold(0f32, |largest, &lane| largest.max(lane));
            let scale = largest / 127.0;
            let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            self.scales.push(scale);
            for (byte, value) in bytes.iter_mut().zip(row) {
                // Adding 1.5 * 2^23 rounds to the nearest integer, ties to even, on every machine.
                let rounded = (value * inverse + 12_582_912.0) - 12_582_912.0;
                *byte = (rounded as i32 + 128) as u8;
            }
        }
    }
}

/// `out[token, output] = input x weights^T + bias` for all tokens; `out` is row-major.
pub fn linear(path: Path, input: &Quantized, weights: &Packed, out: &mut Vec<f32>) {
    out.clear();
    out.resize(input.rows * weights.outputs, 0.0);
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

/// Takes the offset off and scales: the only f32 step, the same for all ways.
#[inline(always)]
fn scaled(sum: i32, offset: i32, token_scale: f32, scale: f32, bias: f32) -> f32 {
    (sum - offset) as f32 * (token_scale * scale) + bias
}

fn linear_scalar(input: &Quantized, weights: &Packed, out: &mut [f32]) {
    let width = weights.inputs;
    for row in 0..input.rows {
        let bytes = &input.bytes[row * width..(row + 1) * width];
        for block in 0..weights.outputs / BLOCK {
            let packed = &weights.bytes[block * width * BLOCK..(block + 1) * width * BLOCK];
            let mut sums = [0i32; BLOCK];
            for (group, four) in packed.chunks_exact(BLOCK * STEP).zip(bytes.chunks_exact(STEP)) {
                for (sum, weight) in sums.iter_mut().zip(group.chunks_exact(STEP)) {
                    for (&weight, &byte) in weight.iter().zip(four) {
                        *sum += i32::from(weight) * i32::from(byte);
                    }
                }
            }
            for (lane, sum) in sums.into_iter().enumerate() {
                let output = block * BLOCK + lane;
                out[row * weights.outputs + output] = scaled(
                    sum,
                    weights.offsets[output],
                    input.scales[row],
                    weights.scales[output],
                    weights.bias[output],
                );
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Packed, Quantized, STEP, scaled};
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
            let many = (blocks - block).min(BLOCKS);
            let mut row = 0;
            while row < input.rows {
                let rows = (input.rows - row).min(ROWS);
                // SAFETY: row + rows <= input.rows and block + many <= blocks.
                unsafe {
                    match (rows, many) {
                        (ROWS, BLOCKS) => tile_vnni::<ROWS, BLOCKS>(input, weights, out, row, block),
                        (ROWS, _) => {
                            (0..many).for_each(|next| tile_vnni::<ROWS, 1>(input, weights, out, row, block + next))
                        }
                        (_, BLOCKS) => {
                            (0..rows).for_each(|next| tile_vnni::<1, BLOCKS>(input, weights, out, row + next, block))
                        }
                        _ => {
                            for next in 0..rows {
                                for other in 0..many {
                                    tile_vnni::<1, 1>(input, weights, out, row + next, block + other);
                                }
                            }
                        }
                    }
                }
                row += rows;
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
        let mut sums = [[_mm512_setzero_si512(); B]; R];
        let packed = &weights.bytes[block * stride..(block + B) * stride];
        let bytes = &input.bytes[row * width..(row + R) * width];
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
            let token_scale = input.scales[row + next];
            for (other, sum) in sums.iter().enumerate() {
                let mut lanes = [0i32; BLOCK];
                // SAFETY: 16 lanes of 32 bits fill the array.
                unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), *sum) };
                store(weights, out, row + next, block + other, token_scale, &lanes);
            }
        }
    }

    #[inline(always)]
    fn store(weights: &Packed, out: &mut [f32], row: usize, block: usize, token_scale: f32, lanes: &[i32; BLOCK]) {
        let first = block * BLOCK;
        let offsets = &weights.offsets[first..first + BLOCK];
        let scales = &weights.scales[first..first + BLOCK];
        let bias = &weights.bias[first..first + BLOCK];
        let target = &mut out[row * weights.outputs + first..][..BLOCK];
        for lane in 0..BLOCK {
            target[lane] = scaled(lanes[lane], offsets[lane], token_scale, scales[lane], bias[lane]);
        }
    }

    /// # Safety
    /// Needs AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn linear_avx2(input: &Quantized, weights: &Packed, out: &mut [f32]) {
        for block in 0..weights.outputs / BLOCK {
            let mut row = 0;
            while row < input.rows {
                // SAFETY: the tile lies inside of input and weights.
                unsafe {
                    if row + 2 <= input.rows {
                        tile_avx2::<2>(input, weights, out, row, block);
                        row += 2;
                    } else {
                        tile_avx2::<1>(input, weights, out, row, block);
                        row += 1;
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
        input: &Quantized,
        weights: &Packed,
        out: &mut [f32],
        row: usize,
        block: usize,
    ) {
        let width = weights.inputs;
        let packed = &weights.bytes[block * width * BLOCK..(block + 1) * width * BLOCK];
        let bytes = &input.bytes[row * width..(row + R) * width];
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
                // SAFETY: four bytes of a row are inside of `bytes`.
                let four = unsafe { bytes.as_ptr().add(next * width + group * STEP).cast::<i32>().read_unaligned() };
                let four = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
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
            let mut quantized = Quantized::default();
            quantized.fill(&values, inputs);
            let expected = naive(&values, &weights, &scales, &bias, inputs, outputs);
            for path in Path::available() {
                let mut out = Vec::new();
                linear(path, &quantized, &packed, &mut out);
                prop_assert_eq!(&out, &expected, "{:?}", path);
            }
        }
    }
}
