//! Sixteen f32 values at a time on three kinds of machine, with the same results on each.
//!
//! Only operations that IEEE 754 rounds in one way are offered, and no fused multiply-add, so that code written once over
//! [`Lanes`] gives the same bits with AVX-512, with AVX2 and without either.

/// Values that are worked on together.
pub const LANES: usize = 16;

/// Adding it to a value below 2^22 rounds to the nearest integer, ties to even, and leaves the integer in the low bits.
pub const MAGIC: f32 = 12_582_912.0;

/// A machine that works on [`LANES`] values at once. A value of such a type is the proof that the machine has the features.
pub trait Lanes: Copy {
    /// Sixteen values.
    type F: Copy;
    /// Rows and blocks of a product that fit the registers of the machine.
    const TILE: (usize, usize);

    /// The same value in all lanes.
    fn splat(self, value: f32) -> Self::F;
    /// Reads 16 values.
    fn load(self, values: &[f32; LANES]) -> Self::F;
    /// Writes 16 values.
    fn store(self, value: Self::F, into: &mut [f32; LANES]);
    /// a + b.
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    /// a - b.
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    /// a * b.
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    /// a / b.
    fn div(self, a: Self::F, b: Self::F) -> Self::F;
    /// a if a > b, else b.
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    /// The value without its sign.
    fn abs(self, a: Self::F) -> Self::F;
    /// `a` with its sign turned where `by` is negative.
    fn turn_sign(self, a: Self::F, by: Self::F) -> Self::F;
    /// 2^n for an integer n to which [`MAGIC`] was added.
    fn power_of_two(self, magic: Self::F) -> Self::F;
    /// n + 128 as a byte, for an integer n in -127..=127 to which [`MAGIC`] was added.
    fn offset_bytes(self, magic: Self::F, into: &mut [u8; LANES]);

    /// Sum over the lanes, by halves: lane 0 to 7 with 8 to 15, then 0 to 3 with 4 to 7 and so on.
    fn sum(self, value: Self::F) -> f32;
    /// Largest of the lanes, by halves.
    fn largest(self, value: Self::F) -> f32;
}

/// Plain Rust, for any machine.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

/// Makes 16 values of 16 values.
#[inline(always)]
fn each(a: [f32; LANES], b: [f32; LANES], of: impl Fn(f32, f32) -> f32) -> [f32; LANES] {
    let mut out = [0f32; LANES];
    for lane in 0..LANES {
        out[lane] = of(a[lane], b[lane]);
    }
    out
}

/// Makes one value of 16, by halves.
#[inline(always)]
fn halves(a: [f32; LANES], of: impl Fn(f32, f32) -> f32) -> f32 {
    let eight: [f32; 8] = std::array::from_fn(|lane| of(a[lane], a[lane + 8]));
    let four: [f32; 4] = std::array::from_fn(|lane| of(eight[lane], eight[lane + 4]));
    of(of(four[0], four[2]), of(four[1], four[3]))
}

impl Lanes for Plain {
    type F = [f32; LANES];
    const TILE: (usize, usize) = (2, 1);

    #[inline(always)]
    fn splat(self, value: f32) -> Self::F {
        [value; LANES]
    }
    #[inline(always)]
    fn load(self, values: &[f32; LANES]) -> Self::F {
        *values
    }
    #[inline(always)]
    fn store(self, value: Self::F, into: &mut [f32; LANES]) {
        *into = value;
    }
    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        each(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        each(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        each(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, a: Self::F, b: Self::F) -> Self::F {
        each(a, b, |a, b| a / b)
    }
    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        each(a, b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn abs(self, a: Self::F) -> Self::F {
        each(a, a, |a, _| a.abs())
    }
    #[inline(always)]
    fn turn_sign(self, a: Self::F, by: Self::F) -> Self::F {
        each(a, by, |a, by| f32::from_bits(a.to_bits() ^ (by.to_bits() & 0x8000_0000)))
    }
    #[inline(always)]
    fn power_of_two(self, magic: Self::F) -> Self::F {
        each(magic, magic, |magic, _| f32::from_bits((magic.to_bits() << 23).wrapping_add(127 << 23)))
    }
    #[inline(always)]
    fn offset_bytes(self, magic: Self::F, into: &mut [u8; LANES]) {
        for lane in 0..LANES {
            into[lane] = (magic[lane].to_bits() as u8) ^ 0x80;
        }
    }
    #[inline(always)]
    fn sum(self, value: Self::F) -> f32 {
        halves(value, |a, b| a + b)
    }
    #[inline(always)]
    fn largest(self, value: Self::F) -> f32 {
        halves(value, |a, b| if a > b { a } else { b })
    }
}

#[cfg(target_arch = "x86_64")]
pub use x86::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{LANES, Lanes};
    use std::arch::x86_64::*;

    /// AVX-512.
    #[derive(Debug, Clone, Copy)]
    pub struct Avx512(());

    /// AVX2, two registers for 16 values.
    #[derive(Debug, Clone, Copy)]
    pub struct Avx2(());

    impl Avx512 {
        /// # Safety
        /// The machine must have AVX-512 F, BW, DQ and VL.
        #[inline(always)]
        pub unsafe fn new() -> Avx512 {
            Avx512(())
        }
    }

    impl Avx2 {
        /// # Safety
        /// The machine must have AVX2.
        #[inline(always)]
        pub unsafe fn new() -> Avx2 {
            Avx2(())
        }
    }

    /// # Safety
    /// Needs AVX.
    #[inline(always)]
    unsafe fn sum_of_eight(eight: __m256) -> f32 {
        // SAFETY: the caller has AVX.
        unsafe {
            let four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps::<1>(two, two)))
        }
    }

    /// # Safety
    /// Needs AVX.
    #[inline(always)]
    unsafe fn largest_of_eight(eight: __m256) -> f32 {
        // SAFETY: the caller has AVX.
        unsafe {
            let four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps::<1>(two, two)))
        }
    }

    // SAFETY of all blocks in this implementation: `Avx512` is only made where the machine has the features, and the
    // arrays have the 16 elements that are read or written.
    impl Lanes for Avx512 {
        type F = __m512;
        const TILE: (usize, usize) = (6, 4);

        #[inline(always)]
        fn splat(self, value: f32) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_set1_ps(value) }
        }
        #[inline(always)]
        fn load(self, values: &[f32; LANES]) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_loadu_ps(values.as_ptr()) }
        }
        #[inline(always)]
        fn store(self, value: __m512, into: &mut [f32; LANES]) {
            // SAFETY: see the implementation.
            unsafe { _mm512_storeu_ps(into.as_mut_ptr(), value) }
        }
        #[inline(always)]
        fn add(self, a: __m512, b: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_add_ps(a, b) }
        }
        #[inline(always)]
        fn sub(self, a: __m512, b: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_sub_ps(a, b) }
        }
        #[inline(always)]
        fn mul(self, a: __m512, b: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_mul_ps(a, b) }
        }
        #[inline(always)]
        fn div(self, a: __m512, b: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_div_ps(a, b) }
        }
        #[inline(always)]
        fn max(self, a: __m512, b: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_max_ps(a, b) }
        }
        #[inline(always)]
        fn abs(self, a: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe { _mm512_abs_ps(a) }
        }
        #[inline(always)]
        fn turn_sign(self, a: __m512, by: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe {
                let sign = _mm512_and_si512(_mm512_castps_si512(by), _mm512_set1_epi32(i32::MIN));
                _mm512_castsi512_ps(_mm512_xor_si512(_mm512_castps_si512(a), sign))
            }
        }
        #[inline(always)]
        fn power_of_two(self, magic: __m512) -> __m512 {
            // SAFETY: see the implementation.
            unsafe {
                let exponent = _mm512_slli_epi32::<23>(_mm512_castps_si512(magic));
                _mm512_castsi512_ps(_mm512_add_epi32(exponent, _mm512_set1_epi32(127 << 23)))
            }
        }
        #[inline(always)]
        fn offset_bytes(self, magic: __m512, into: &mut [u8; LANES]) {
            // SAFETY: see the implementation.
            unsafe {
                let bytes = _mm_xor_si128(_mm512_cvtepi32_epi8(_mm512_castps_si512(magic)), _mm_set1_epi8(i8::MIN));
                _mm_storeu_si128(into.as_mut_ptr().cast(), bytes);
            }
        }
        #[inline(always)]
        fn sum(self, value: __m512) -> f32 {
            // SAFETY: see the implementation.
            unsafe { sum_of_eight(_mm256_add_ps(_mm512_castps512_ps256(value), _mm512_extractf32x8_ps::<1>(value))) }
        }
        #[inline(always)]
        fn largest(self, value: __m512) -> f32 {
            // SAFETY: see the implementation.
            unsafe {
                largest_of_eight(_mm256_max_ps(_mm512_castps512_ps256(value), _mm512_extractf32x8_ps::<1>(value)))
            }
        }
    }

    // SAFETY of all blocks in this implementation: `Avx2` is only made where the machine has AVX2, and the arrays have the
    // 16 elements that are read or written.
    impl Lanes for Avx2 {
        type F = [__m256; 2];
        const TILE: (usize, usize) = (6, 1);

        #[inline(always)]
        fn splat(self, value: f32) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_set1_ps(value); 2] }
        }
        #[inline(always)]
        fn load(self, values: &[f32; LANES]) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_loadu_ps(values.as_ptr()), _mm256_loadu_ps(values.as_ptr().add(8))] }
        }
        #[inline(always)]
        fn store(self, value: Self::F, into: &mut [f32; LANES]) {
            // SAFETY: see the implementation.
            unsafe {
                _mm256_storeu_ps(into.as_mut_ptr(), value[0]);
                _mm256_storeu_ps(into.as_mut_ptr().add(8), value[1]);
            }
        }
        #[inline(always)]
        fn add(self, a: Self::F, b: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
        }
        #[inline(always)]
        fn sub(self, a: Self::F, b: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
        }
        #[inline(always)]
        fn mul(self, a: Self::F, b: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
        }
        #[inline(always)]
        fn div(self, a: Self::F, b: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_div_ps(a[0], b[0]), _mm256_div_ps(a[1], b[1])] }
        }
        #[inline(always)]
        fn max(self, a: Self::F, b: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
        }
        #[inline(always)]
        fn abs(self, a: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe {
                let sign = _mm256_set1_ps(-0.0);
                [_mm256_andnot_ps(sign, a[0]), _mm256_andnot_ps(sign, a[1])]
            }
        }
        #[inline(always)]
        fn turn_sign(self, a: Self::F, by: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe {
                let sign = _mm256_set1_ps(-0.0);
                [_mm256_xor_ps(a[0], _mm256_and_ps(by[0], sign)), _mm256_xor_ps(a[1], _mm256_and_ps(by[1], sign))]
            }
        }
        #[inline(always)]
        fn power_of_two(self, magic: Self::F) -> Self::F {
            // SAFETY: see the implementation.
            unsafe {
                let one = _mm256_set1_epi32(127 << 23);
                let low = _mm256_slli_epi32::<23>(_mm256_castps_si256(magic[0]));
                let high = _mm256_slli_epi32::<23>(_mm256_castps_si256(magic[1]));
                [_mm256_castsi256_ps(_mm256_add_epi32(low, one)), _mm256_castsi256_ps(_mm256_add_epi32(high, one))]
            }
        }
        #[inline(always)]
        fn offset_bytes(self, magic: Self::F, into: &mut [u8; LANES]) {
            let mut lanes = [0f32; LANES];
            self.store(magic, &mut lanes);
            for (byte, lane) in into.iter_mut().zip(lanes) {
                *byte = (lane.to_bits() as u8) ^ 0x80;
            }
        }
        #[inline(always)]
        fn sum(self, value: Self::F) -> f32 {
            // SAFETY: see the implementation.
            unsafe { sum_of_eight(_mm256_add_ps(value[0], value[1])) }
        }
        #[inline(always)]
        fn largest(self, value: Self::F) -> f32 {
            // SAFETY: see the implementation.
            unsafe { largest_of_eight(_mm256_max_ps(value[0], value[1])) }
        }
    }
}
