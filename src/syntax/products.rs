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

/// Four inner values of 16 columns, four signed bytes in each number, the first lowest.
type Quads = [i32; LANES];

/// Four inner values of 6 rows, four bytes moved up by `ZERO` in each number, the first lowest.
type Fours = [i32; ROWS];

/// The sums of one tile.
type Sums = [[[i32; LANES]; PANELS]; ROWS];

/// One column of weights.
pub(super) struct Column<'a> {
    pub(super) values: &'a [i8],
    /// What a weight of 1 stands for.
    pub(super) scale: f32,
    pub(super) bias: f32,
}

/// Weights in tiles: for each 64 columns four panels of 16, for each panel the inner values in fours. What is missing at
/// the ends is zero.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    /// Inner values, in fours.
    fours: usize,
    columns: usize,
    quads: Vec<Quads>,
    /// What `ZERO` adds to the sums of each column.
    offsets: Vec<i32>,
    scales: Vec<f32>,
    biases: Vec<f32>,
}

impl Weights {
    /// The matrix of these columns, each `inner` long.
    pub(super) fn new<'a>(inner: usize, columns: impl ExactSizeIterator<Item = Column<'a>>) -> Self {
        let (count, fours) = (columns.len(), inner.div_ceil(4));
        let padded = count.next_multiple_of(COLUMNS);
        let mut weights = Self {
            fours,
            columns: count,
            quads: vec![[0; LANES]; padded / LANES * fours],
            offsets: vec![0; padded],
            scales: vec![0.0; padded],
            biases: vec![0.0; padded],
        };
        for (index, column) in columns.enumerate() {
            let panel = &mut weights.quads[index / LANES * fours..][..fours];
            let (whole, rest) = column.values.as_chunks::<4>();
            let mut last = [0; 4];
            last[..rest.len()].copy_from_slice(rest);
            for (quads, values) in panel.iter_mut().zip(whole.iter().chain([&last])) {
                quads[index % LANES] = i32::from_le_bytes(values.map(|value| value as u8));
            }
            weights.offsets[index] = ZERO * column.values.iter().map(|&value| i32::from(value)).sum::<i32>();
            weights.scales[index] = column.scale;
            weights.biases[index] = column.bias;
        }
        weights
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }
}

/// Rows of activations as bytes, 6 rows interleaved.
#[derive(Clone, Debug, Default)]
pub(super) struct Activations {
    fours: usize,
    count: usize,
    tiles: Vec<Fours>,
    scales: Vec<f32>,
    bytes: Vec<[u8; 4]>,
}

impl Activations {
    /// Rounds rows of `width` values, each row by its largest, in place of what was there.
    pub(super) fn round(&mut self, rows: &[f32], width: usize) {
        self.fours = width.div_ceil(4);
        self.count = rows.len() / width.max(1);
        self.tiles.resize(self.count.div_ceil(ROWS) * self.fours, [0; ROWS]);
        self.scales.resize(self.count, 0.0);
        self.bytes.resize(self.fours, [0; 4]);
        round_rows(rows, width, self);
    }
}

/// Added to a number below 2^22 it leaves the nearest whole number in the lowest bits, ties to even.
const ROUNDING: f32 = 12_582_912.0;

/// Fills tiles and scales.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl", "x86_64+avx2"))]
fn round_rows(rows: &[f32], width: usize, activations: &mut Activations) {
    let Activations { fours, tiles, scales, bytes, .. } = activations;
    for (index, (row, scale)) in rows.chunks_exact(width).zip(scales).enumerate() {
        // Without its sign a float compares like its bits, and unlike floats the bits have a maximum in any order.
        let largest = row.iter().fold(0, |largest, value| largest.max(value.abs().to_bits()));
        let largest = f32::from_bits(largest);
        *scale = largest / 127.0;
        let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        for (byte, value) in bytes.as_flattened_mut().iter_mut().zip(row) {
            *byte = (value * factor + ROUNDING).to_bits() as u8 ^ ZERO as u8;
        }
        let tile = &mut tiles[index / ROWS * *fours..][..*fours];
        for (target, four) in tile.iter_mut().zip(bytes.iter()) {
            target[index % ROWS] = i32::from_le_bytes(*four);
        }
    }
}

/// The rows of `left` times `right`, with its bias: `target` has a row of all columns for each row of `left`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx512vnni", "x86_64+avx2"))]
pub(super) fn multiply(left: &Activations, right: &Weights, target: &mut [f32]) {
    match_target! {
        "x86_64+avx512f+avx512bw+avx512vl+avx512vnni" => tiles(left, right, target, |rows, panels| x86::sums_512(rows, panels)),
        "x86_64+avx2" => tiles(left, right, target, |rows, panels| x86::sums_256(rows, panels)),
        _ => tiles(left, right, target, sums),
    }
}

/// Goes through all tiles; `sums` adds up one.
#[inline(always)]
fn tiles(left: &Activations, right: &Weights, target: &mut [f32], sums: impl Fn(&[Fours], &[Quads]) -> Sums) {
    let (fours, columns) = (right.fours, right.columns);
    if fours == 0 || columns == 0 {
        return;
    }
    for (group, panels) in right.quads.chunks_exact(PANELS * fours).enumerate() {
        let start = group * COLUMNS;
        let end = columns.min(start + COLUMNS);
        for (index, rows) in left.tiles.chunks_exact(fours).enumerate() {
            let sums = sums(rows, panels);
            let targets = target[index * ROWS * columns..].chunks_exact_mut(columns);
            for ((sums, target), scale) in sums.iter().zip(targets).zip(&left.scales[index * ROWS..]) {
                finish(right, start, sums.as_flattened(), *scale, &mut target[start..end]);
            }
        }
    }
}

/// Scales one row of sums, whose first is that of column `start`.
#[inline(always)]
fn finish(right: &Weights, start: usize, sums: &[i32], scale: f32, target: &mut [f32]) {
    let (offsets, scales) = (&right.offsets[start..][..COLUMNS], &right.scales[start..][..COLUMNS]);
    let (biases, sums) = (&right.biases[start..][..COLUMNS], &sums[..COLUMNS]);
    let value = |lane: usize| (sums[lane] - offsets[lane]) as f32 * (scale * scales[lane]) + biases[lane];
    if let Ok(target) = <&mut [f32; COLUMNS]>::try_from(&mut *target) {
        target.iter_mut().enumerate().for_each(|(lane, target)| *target = value(lane));
    } else {
        target.iter_mut().enumerate().for_each(|(lane, target)| *target = value(lane));
    }
}

/// The sums of one tile by their definition.
#[inline(always)]
fn sums(rows: &[Fours], panels: &[Quads]) -> Sums {
    let mut sums = [[[0; LANES]; PANELS]; ROWS];
    for (panel, quads) in panels.chunks_exact(rows.len()).enumerate().take(PANELS) {
        for (row, sums) in sums.iter_mut().enumerate() {
            for (fours, quads) in rows.iter().zip(quads) {
                let [a, b, c, d] = fours[row].to_le_bytes().map(i32::from);
                for (sum, quad) in sums[panel].iter_mut().zip(quads) {
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

    use super::{Fours, LANES, PANELS, Quads, ROWS, Sums};

    /// By AVX-512 VNNI, whose one instruction multiplies and adds 64 pairs of bytes.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    pub(super) fn sums_512(rows: &[Fours], panels: &[Quads]) -> Sums {
        let mut sums = [[_mm512_setzero_si512(); PANELS]; ROWS];
        let (first, rest) = panels.split_at(rows.len());
        let (second, rest) = rest.split_at(rows.len());
        let (third, fourth) = rest.split_at(rows.len());
        for ((((fours, first), second), third), fourth) in rows.iter().zip(first).zip(second).zip(third).zip(fourth) {
            let weights = [vector_512(first), vector_512(second), vector_512(third), vector_512(fourth)];
            for (sums, four) in sums.iter_mut().zip(fours) {
                let factor = _mm512_set1_epi32(*four);
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpbusd_epi32(*sum, factor, weights);
                }
            }
        }
        let mut all = [[[0; LANES]; PANELS]; ROWS];
        for (row, sums) in all.iter_mut().zip(sums) {
            for (lanes, sum) in row.iter_mut().zip(sums) {
                let (low, high) = lanes.split_at_mut(LANES / 2);
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
    pub(super) fn sums_256(rows: &[Fours], panels: &[Quads]) -> Sums {
        let mut all = [[[0; LANES]; PANELS]; ROWS];
        for (panel, quads) in panels.chunks_exact(rows.len()).enumerate().take(PANELS) {
            for half in 0..2 {
                let mut sums = [[_mm256_setzero_si256(); 4]; ROWS / 2];
                for (fours, quads) in rows.iter().zip(quads) {
                    let weights = [0, 1, 2, 3].map(|part| _mm256_cvtepi8_epi16(vector_128(quads, part)));
                    for (row, sums) in sums.iter_mut().enumerate() {
                        let factor = _mm256_cvtepu8_epi16(_mm_set1_epi32(fours[half * ROWS / 2 + row]));
                        for (sum, weights) in sums.iter_mut().zip(weights) {
                            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(factor, weights));
                        }
                    }
                }
                for (row, sums) in all[half * ROWS / 2..].iter_mut().zip(sums) {
                    for (lanes, sum) in row[panel].chunks_exact_mut(4).zip(sums) {
                        let pairs = lanes_256(sum);
                        lanes.iter_mut().enumerate().for_each(|(i, lane)| *lane = pairs[2 * i] + pairs[2 * i + 1]);
                    }
                }
            }
        }
        all
    }

    /// Sixteen numbers as a vector.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn vector_512(q: &Quads) -> __m512i {
        _mm512_set_epi32(
            q[15], q[14], q[13], q[12], q[11], q[10], q[9], q[8], q[7], q[6], q[5], q[4], q[3], q[2], q[1], q[0],
        )
    }

    /// Part `part` of four of sixteen numbers as a vector.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn vector_128(quads: &Quads, part: usize) -> __m128i {
        let at = 4 * part;
        _mm_set_epi32(quads[at + 3], quads[at + 2], quads[at + 1], quads[at])
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
                tiles(left, right, target, |rows, panels| x86::sums_512(rows, panels)),
            _ => tiles(left, right, target, sums),
        }
    }

    #[multiversion(targets("x86_64+avx2"))]
    fn multiply_256(left: &Activations, right: &Weights, target: &mut [f32]) {
        match_target! {
            "x86_64+avx2" => tiles(left, right, target, |rows, panels| x86::sums_256(rows, panels)),
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
