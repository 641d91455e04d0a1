//! Products of 8-bit matrices, exact on every machine: sums of whole numbers have no order to depend on.
//!
//! Rows of activations are rounded to bytes with a scale each, weights come as bytes with a scale a column. The sums
//! are taken 6 rows by 64 columns at a time, four inner values in one step: by AVX-512 VNNI where there is such, else by
//! AVX2, else by plain Rust. Only what follows the sums is rounded, and that is the same few lines for all.

use multiversion::multiversion;
use multiversion::target::match_target;

/// Columns side by side in one vector of AVX-512.
const LANES: usize = 16;

/// Vectors of columns side by side. 6 rows by 4 vectors of sums, 4 of weights and one of a row's factors stay in the 32
/// registers of AVX-512.
const PANELS: usize = 4;

/// Columns of one tile.
const COLUMNS: usize = LANES * PANELS;

/// Rows of one tile.
const ROWS: usize = 6;

/// Activations are stored moved up by so much, since VNNI wants one side unsigned.
const ZERO: i32 = 128;

/// Numbers of 16 columns, stored so that a vector of them does not cross a line of the cache.
#[repr(align(64))]
#[derive(Clone, Copy, Debug)]
struct Lanes([i32; LANES]);

/// One number of each column of a tile; of weights, four inner values as signed bytes, the first lowest.
type Columns = [Lanes; PANELS];

/// Four inner values of a row, bytes moved up by `ZERO`.
type Four = [u8; 4];

/// The sums of one tile.
type Sums = [Columns; ROWS];

/// One column of weights.
pub(crate) struct Column<'a> {
    pub(crate) values: &'a [i8],
    /// What a weight of 1 stands for.
    pub(crate) scale: f32,
    pub(crate) bias: f32,
}

/// Weights in tiles: for each 64 columns the inner values in fours. What is missing at the ends is zero.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    /// Inner values, in fours.
    fours: usize,
    columns: usize,
    quads: Vec<Columns>,
    /// What the sums of each column start from, to make up for what `ZERO` adds.
    starts: Vec<Columns>,
    scales: Vec<[[f32; LANES]; PANELS]>,
    biases: Vec<[[f32; LANES]; PANELS]>,
}

impl Weights {
    /// The matrix of these columns, each `inner` long.
    pub(crate) fn new<'a>(inner: usize, columns: impl ExactSizeIterator<Item = Column<'a>>) -> Self {
        let (count, fours) = (columns.len(), inner.div_ceil(4));
        let tiles = count.div_ceil(COLUMNS);
        let zeros = [Lanes([0; LANES]); PANELS];
        let mut weights = Self {
            fours,
            columns: count,
            quads: vec![zeros; tiles * fours],
            starts: vec![zeros; tiles],
            scales: vec![[[0.0; LANES]; PANELS]; tiles],
            biases: vec![[[0.0; LANES]; PANELS]; tiles],
        };
        for (index, column) in columns.enumerate() {
            let (tile, panel, lane) = (index / COLUMNS, index % COLUMNS / LANES, index % LANES);
            let (whole, rest) = column.values.as_chunks::<4>();
            let mut last = [0; 4];
            last[..rest.len()].copy_from_slice(rest);
            let targets = &mut weights.quads[tile * fours..][..fours];
            for (quads, values) in targets.iter_mut().zip(whole.iter().chain([&last])) {
                quads[panel].0[lane] = i32::from_le_bytes(values.map(|value| value as u8));
            }
            let sum: i32 = column.values.iter().map(|&value| i32::from(value)).sum();
            weights.starts[tile][panel].0[lane] = -ZERO * sum;
            weights.scales[tile][panel][lane] = column.scale;
            weights.biases[tile][panel][lane] = column.bias;
        }
        weights
    }

    /// Number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }
}

/// Rows of activations as bytes. There are whole tiles of rows; what stands in those beyond the last is of no account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Activations {
    fours: usize,
    rows: Vec<Four>,
    scales: Vec<f32>,
}

impl Activations {
    /// Rounds rows of `width` values, each row by its largest, in place of what was there.
    pub(crate) fn round(&mut self, rows: &[f32], width: usize) {
        self.fours = width.div_ceil(4);
        let count = rows.len() / width.max(1);
        self.rows.resize(count.next_multiple_of(ROWS) * self.fours, [0; 4]);
        self.scales.resize(count, 0.0);
        round_rows(rows, width, self);
    }
}

/// Added to a number below 2^22 it leaves the nearest whole number in the lowest bits, ties to even.
const ROUNDING: f32 = 12_582_912.0;

/// Fills tiles and scales.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl", "x86_64+avx2"))]
fn round_rows(rows: &[f32], width: usize, activations: &mut Activations) {
    let targets = activations.rows.chunks_exact_mut(activations.fours);
    for ((row, target), scale) in rows.chunks_exact(width).zip(targets).zip(&mut activations.scales) {
        // Without its sign a float compares like its bits, and unlike floats the bits have a maximum in any order.
        let largest = row.iter().fold(0, |largest, value| largest.max(value.abs().to_bits()));
        let largest = f32::from_bits(largest);
        *scale = largest / 127.0;
        let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        for (byte, value) in target.as_flattened_mut().iter_mut().zip(row) {
            *byte = (value * factor + ROUNDING).to_bits() as u8 ^ ZERO as u8;
        }
    }
}

/// The rows of `left` times `right`, with its bias: `target` has a row of all columns for each row of `left`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx512vnni", "x86_64+avx2"))]
pub(crate) fn multiply(left: &Activations, right: &Weights, target: &mut [f32]) {
    match_target! {
        "x86_64+avx512f+avx512bw+avx512vl+avx512vnni" => tiles(left, right, target, |rows, quads, starts| x86::sums_512(rows, quads, starts)),
        "x86_64+avx2" => tiles(left, right, target, |rows, quads, starts| x86::sums_256(rows, quads, starts)),
        _ => tiles(left, right, target, sums),
    }
}

/// Goes through all tiles; `sums` adds up one, of some rows and weights and from where its columns start.
#[inline(always)]
fn tiles(
    left: &Activations,
    right: &Weights,
    target: &mut [f32],
    sums: impl Fn(&[Four], &[Columns], &Columns) -> Sums,
) {
    let (fours, columns) = (right.fours, right.columns);
    if fours == 0 || columns == 0 {
        return;
    }
    for (tile, quads) in right.quads.chunks_exact(fours).enumerate() {
        let start = tile * COLUMNS;
        let end = columns.min(start + COLUMNS);
        for (index, rows) in left.rows.chunks_exact(ROWS * fours).enumerate() {
            let sums = sums(rows, quads, &right.starts[tile]);
            let targets = target[index * ROWS * columns..].chunks_exact_mut(columns);
            for ((sums, target), scale) in sums.iter().zip(targets).zip(&left.scales[index * ROWS..]) {
                finish(right, tile, sums, *scale, &mut target[start..end]);
            }
        }
    }
}

/// Scales one row of a tile's sums.
#[inline(always)]
fn finish(right: &Weights, tile: usize, sums: &Columns, scale: f32, target: &mut [f32]) {
    let panels = sums.iter().zip(&right.scales[tile]).zip(&right.biases[tile]);
    for (target, ((sums, scales), biases)) in target.chunks_mut(LANES).zip(panels) {
        let value = |lane: usize| sums.0[lane] as f32 * (scale * scales[lane]) + biases[lane];
        let values: [f32; LANES] = std::array::from_fn(value);
        match <&mut [f32; LANES]>::try_from(&mut *target) {
            Ok(target) => *target = values,
            Err(_) => target.copy_from_slice(&values[..target.len()]),
        }
    }
}

/// The sums of one tile by their definition.
#[inline(always)]
fn sums(rows: &[Four], quads: &[Columns], starts: &Columns) -> Sums {
    let mut sums = [*starts; ROWS];
    for (row, sums) in rows.chunks_exact(quads.len()).zip(&mut sums) {
        for (four, quads) in row.iter().zip(quads) {
            let [a, b, c, d] = four.map(i32::from);
            for (sums, quads) in sums.iter_mut().zip(quads) {
                for (sum, quad) in sums.0.iter_mut().zip(&quads.0) {
                    let [p, q, r, s] = [quad << 24 >> 24, quad << 16 >> 24, quad << 8 >> 24, quad >> 24];
                    *sum += a * p + b * q + c * r + d * s;
                }
            }
        }
    }
    sums
}

/// The sums of one tile by instructions of x86. Vectors are put together from arrays and taken apart again in safe Rust,
/// which the compiler makes single loads and stores of.
#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Columns, Four, LANES, Lanes, PANELS, ROWS, Sums};

    /// By AVX-512 VNNI, whose one instruction multiplies and adds 64 pairs of bytes.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    pub(super) fn sums_512(rows: &[Four], quads: &[Columns], starts: &Columns) -> Sums {
        let [first, second, third, fourth] = starts;
        let starts = [vector_512(first), vector_512(second), vector_512(third), vector_512(fourth)];
        let mut sums = [starts; ROWS];
        let [a, b, c, d, e, f] = split(rows, quads.len());
        for ((((((quads, a), b), c), d), e), f) in quads.iter().zip(a).zip(b).zip(c).zip(d).zip(e).zip(f) {
            let [first, second, third, fourth] = quads;
            let weights = [vector_512(first), vector_512(second), vector_512(third), vector_512(fourth)];
            for (sums, four) in sums.iter_mut().zip([a, b, c, d, e, f]) {
                let factor = _mm512_set1_epi32(i32::from_le_bytes(*four));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpbusd_epi32(*sum, factor, weights);
                }
            }
        }
        let mut all = [[Lanes([0; LANES]); PANELS]; ROWS];
        for (row, sums) in all.iter_mut().zip(sums) {
            for (lanes, sum) in row.iter_mut().zip(sums) {
                let (low, high) = lanes.0.split_at_mut(LANES / 2);
                low.copy_from_slice(&lanes_256(_mm512_castsi512_si256(sum)));
                high.copy_from_slice(&lanes_256(_mm512_extracti64x4_epi64::<1>(sum)));
            }
        }
        all
    }

    /// By AVX2, with bytes widened to 16 bits: pairs of their products fit 32 bits whatever the bytes are. (The one
    /// instruction for bytes would cut sums off at 16 bits.)
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(super) fn sums_256(rows: &[Four], quads: &[Columns], starts: &Columns) -> Sums {
        let mut all = [*starts; ROWS];
        for (rows, all) in rows.chunks_exact(3 * quads.len()).zip(all.chunks_exact_mut(3)) {
            let [a, b, c] = split(rows, quads.len());
            for panel in 0..PANELS {
                let mut sums = [[_mm256_setzero_si256(); 4]; 3];
                for (((quads, a), b), c) in quads.iter().zip(a).zip(b).zip(c) {
                    let weights = [0, 1, 2, 3].map(|part| _mm256_cvtepi8_epi16(vector_128(&quads[panel], part)));
                    for (sums, four) in sums.iter_mut().zip([a, b, c]) {
                        let factor = _mm256_cvtepu8_epi16(_mm_set1_epi32(i32::from_le_bytes(*four)));
                        for (sum, weights) in sums.iter_mut().zip(weights) {
                            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(factor, weights));
                        }
                    }
                }
                for (row, sums) in all.iter_mut().zip(sums) {
                    for (lanes, sum) in row[panel].0.chunks_exact_mut(4).zip(sums) {
                        let pairs = lanes_256(sum);
                        lanes.iter_mut().enumerate().for_each(|(i, lane)| *lane += pairs[2 * i] + pairs[2 * i + 1]);
                    }
                }
            }
        }
        all
    }

    /// Rows of `length` fours each.
    #[inline(always)]
    fn split<const COUNT: usize>(rows: &[Four], length: usize) -> [&[Four]; COUNT] {
        std::array::from_fn(|index| &rows[index * length..][..length])
    }

    /// Sixteen numbers as a vector.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn vector_512(lanes: &Lanes) -> __m512i {
        let q = &lanes.0;
        _mm512_set_epi32(
            q[15], q[14], q[13], q[12], q[11], q[10], q[9], q[8], q[7], q[6], q[5], q[4], q[3], q[2], q[1], q[0],
        )
    }

    /// Part `part` of four of sixteen numbers as a vector.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn vector_128(lanes: &Lanes, part: usize) -> __m128i {
        let (q, at) = (&lanes.0, 4 * part);
        _mm_set_epi32(q[at + 3], q[at + 2], q[at + 1], q[at])
    }

    /// The numbers in a vector.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn lanes_256(v: __m256i) -> [i32; 8] {
        [
            _mm256_extract_epi32::<0>(v),
            _mm256_extract_epi32::<1>(v),
            _mm256_extract_epi32::<2>(v),
            _mm256_extract_epi32::<3>(v),
            _mm256_extract_epi32::<4>(v),
            _mm256_extract_epi32::<5>(v),
            _mm256_extract_epi32::<6>(v),
            _mm256_extract_epi32::<7>(v),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each way to add up by itself, where the machine has it.
    #[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx512vnni"))]
    fn multiply_512(left: &Activations, right: &Weights, target: &mut [f32]) {
        match_target! {
            "x86_64+avx512f+avx512bw+avx512vl+avx512vnni" =>
                tiles(left, right, target, |rows, quads, starts| x86::sums_512(rows, quads, starts)),
            _ => tiles(left, right, target, sums),
        }
    }

    #[multiversion(targets("x86_64+avx2"))]
    fn multiply_256(left: &Activations, right: &Weights, target: &mut [f32]) {
        match_target! {
            "x86_64+avx2" => tiles(left, right, target, |rows, quads, starts| x86::sums_256(rows, quads, starts)),
            _ => tiles(left, right, target, sums),
        }
    }

    fn multiply_plain(left: &Activations, right: &Weights, target: &mut [f32]) {
        tiles(left, right, target, sums);
    }

    /// The product by its definition, over rounded rows.
    fn defined(rows: &[f32], inner: usize, columns: &[Vec<i8>], scales: &[f32], biases: &[f32]) -> Vec<f32> {
        let mut product = Vec::new();
        for row in rows.chunks_exact(inner) {
            let largest = row.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
            let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            let bytes: Vec<i32> = row.iter().map(|value| (value * factor).round_ties_even() as i32).collect();
            for ((column, scale), bias) in columns.iter().zip(scales).zip(biases) {
                let sum: i32 = bytes.iter().zip(column).map(|(byte, weight)| byte * i32::from(*weight)).sum();
                product.push(sum as f32 * (largest / 127.0 * scale) + bias);
            }
        }
        product
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]
        #[test]
        fn every_way_gives_the_bits_of_the_definition(
            count in 0_usize..15, inner in 1_usize..70, width in 0_usize..140, seed in proptest::num::u64::ANY,
        ) {
            let mut state = seed | 1;
            let mut random = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as i32
            };
            // Extreme bytes often: that is where sums overflow.
            let mut byte = || match random() % 4 { 0 => 127, 1 => -127, _ => (random() % 255 - 127) as i8 };
            let rows: Vec<f32> = (0..count * inner).map(|_| f32::from(byte()) / 3.0).collect();
            let columns: Vec<Vec<i8>> = (0..width).map(|_| (0..inner).map(|_| byte()).collect()).collect();
            let scales: Vec<f32> = (0..width).map(|_| f32::from(byte()) / 1000.0).collect();
            let biases: Vec<f32> = (0..width).map(|_| f32::from(byte()) / 10.0).collect();
            let expected = defined(&rows, inner, &columns, &scales, &biases);
            let parts = columns.iter().zip(&scales).zip(&biases);
            let weights = Weights::new(inner, parts.map(|((values, &scale), &bias)| Column { values, scale, bias }));
            let mut activations = Activations::default();
            activations.round(&rows, inner);
            for way in [multiply, multiply_512, multiply_256, multiply_plain] {
                let mut product = vec![0.0; expected.len()];
                way(&activations, &weights, &mut product);
                proptest::prop_assert_eq!(&product, &expected);
            }
        }
    }
}
