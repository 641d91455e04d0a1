//! Matrix products whose every sum is taken in one fixed order, so that all machines get the same bits.
//!
//! Columns are independent and are computed side by side, as wide as the processor allows; the inner dimension is
//! added up one term after the other, multiplication and addition rounded apart. Hence no width of vectors and no
//! number of threads shows in the result.

use multiversion::multiversion;

/// Columns computed side by side.
const LANES: usize = 32;

/// Rows computed side by side; four rows of 32 columns fill the registers of AVX-512.
const ROWS: usize = 4;

/// A matrix (`inner` rows, `columns` columns) cut into panels of 32 columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Panels {
    inner: usize,
    columns: usize,
    values: Vec<[f32; LANES]>,
}

impl Panels {
    /// Takes in the transpose of a matrix of `inner` columns, which is stored row by row in several parts, in place of
    /// what was there.
    pub(super) fn fill(&mut self, parts: &[&[f32]], inner: usize) {
        let columns = parts.iter().map(|part| part.len()).sum::<usize>().checked_div(inner).unwrap_or(0);
        (self.inner, self.columns) = (inner, columns);
        // Beyond the last column stands whatever was there: nobody looks at the sums of it.
        self.values.resize(inner * columns.div_ceil(LANES), [0.0; LANES]);
        let rows = parts.iter().flat_map(|part| part.chunks_exact(inner.max(1)));
        for (column, source) in rows.enumerate() {
            let panel = &mut self.values[column / LANES * inner..][..inner];
            for (target, &value) in panel.iter_mut().zip(source) {
                target[column % LANES] = value;
            }
        }
    }
}

/// The transpose of a matrix of `columns` columns, stored row by row.
pub(super) fn transpose(matrix: &[f32], columns: usize) -> Vec<f32> {
    let rows = matrix.len().checked_div(columns).unwrap_or(0);
    let mut result = vec![0.0; matrix.len()];
    for (row, source) in matrix.chunks_exact(columns.max(1)).enumerate() {
        for (column, &value) in source.iter().enumerate() {
            result[column * rows + row] = value;
        }
    }
    result
}

/// Adds the product of `left` (stored row by row, as many columns as `right` has rows) and `right` to `sum`.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2", "x86_64+avx"))]
pub(super) fn multiply_add(left: &[f32], right: &Panels, sum: &mut [f32]) {
    let (inner, columns) = (right.inner, right.columns);
    if inner == 0 || columns == 0 {
        return;
    }
    for (rows, targets) in left.chunks(ROWS * inner).zip(sum.chunks_mut(ROWS * columns)) {
        for (index, panel) in right.values.chunks_exact(inner).enumerate() {
            let start = index * LANES;
            let width = LANES.min(columns - start);
            if rows.len() == ROWS * inner {
                block(rows, panel, targets, columns, start..start + width);
            } else {
                for (row, target) in rows.chunks_exact(inner).zip(targets.chunks_exact_mut(columns)) {
                    single(row, panel, &mut target[start..start + width]);
                }
            }
        }
    }
}

/// Four rows times one panel.
#[inline(always)]
fn block(rows: &[f32], panel: &[[f32; LANES]], targets: &mut [f32], columns: usize, range: std::ops::Range<usize>) {
    let inner = panel.len();
    let (first, rest) = rows.split_at(inner);
    let (second, rest) = rest.split_at(inner);
    let (third, fourth) = rest.split_at(inner);
    let mut sums = [[0.0_f32; LANES]; ROWS];
    let factors = first.iter().zip(second).zip(third).zip(fourth);
    for (values, (((a, b), c), d)) in panel.iter().zip(factors) {
        let [one, two, three, four] = &mut sums;
        for lane in 0..LANES {
            one[lane] += a * values[lane];
            two[lane] += b * values[lane];
            three[lane] += c * values[lane];
            four[lane] += d * values[lane];
        }
    }
    for (target, sums) in targets.chunks_exact_mut(columns).zip(&sums) {
        for (target, sum) in target[range.clone()].iter_mut().zip(sums) {
            *target += sum;
        }
    }
}

/// One row times one panel.
#[inline(always)]
fn single(row: &[f32], panel: &[[f32; LANES]], target: &mut [f32]) {
    let mut sums = [0.0_f32; LANES];
    for (values, factor) in panel.iter().zip(row) {
        for lane in 0..LANES {
            sums[lane] += factor * values[lane];
        }
    }
    for (target, sum) in target.iter_mut().zip(&sums) {
        *target += sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The product by its definition, in the same order of additions.
    fn naive(left: &[f32], right: &[f32], inner: usize, columns: usize) -> Vec<f32> {
        let cell = |row: usize, column: usize| {
            (0..inner).fold(0.0_f32, |sum, k| sum + left[row * inner + k] * right[k * columns + column])
        };
        (0..left.len() / inner).flat_map(|row| (0..columns).map(move |column| cell(row, column))).collect()
    }

    #[test]
    fn every_shape_gives_the_bits_of_the_definition() {
        for (rows, inner, columns) in [(1, 1, 1), (4, 3, 32), (7, 5, 33), (9, 64, 96), (3, 17, 70)] {
            let left: Vec<f32> = (0..rows * inner).map(|i| ((i * 7919 % 1000) as f32 - 500.0) / 37.0).collect();
            let right: Vec<f32> = (0..inner * columns).map(|i| ((i * 104_729 % 1000) as f32 - 500.0) / 91.0).collect();
            let expected = naive(&left, &right, inner, columns);
            let mut sum = vec![0.0; rows * columns];
            let transposed = transpose(&right, columns);
            let (first, others) = transposed.split_at(inner);
            let mut panels = Panels::default();
            panels.fill(&[&vec![7.0; 2 * LANES * inner]], inner);
            panels.fill(&[first, others], inner);
            multiply_add(&left, &panels, &mut sum);
            assert_eq!(sum, expected, "{rows} {inner} {columns}");
        }
    }
}
