//! The place of the highest of some numbers, the first of equals.
//!
//! Numbers and places are joined in whole numbers whose order is total, so that the highest can be found in vectors: no
//! order of comparing shows.

use multiversion::multiversion;

/// The place of the highest number; 0 when there is none.
#[inline(always)]
pub(super) fn first_highest(values: &[f32]) -> usize {
    place(best(values, 0))
}

/// The same, with the number at `skipped` left out.
#[inline(always)]
pub(super) fn first_highest_but(values: &[f32], skipped: usize) -> usize {
    let (before, after) = values.split_at(skipped.min(values.len()));
    let after = after.get(1..).unwrap_or(&[]);
    place(best(before, 0).max(best(after, skipped + 1)))
}

/// Of each row of `width` numbers the place of the highest of those in `columns`, counted from the first of them.
pub(super) fn highest_in_rows(rows: &[f32], width: usize, columns: std::ops::Range<usize>) -> Vec<usize> {
    let mut places = vec![0; rows.len().checked_div(width).unwrap_or(0)];
    in_rows(rows, width, columns, &mut places);
    places
}

/// Of each row the place of the highest number; in row `i` the number at `i + 1` is left out.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl", "x86_64+avx2"))]
pub(super) fn highest_off_diagonal(rows: &[f32], width: usize, places: &mut [usize]) {
    for (index, (row, place)) in rows.chunks_exact(width.max(1)).zip(places).enumerate() {
        *place = first_highest_but(row, index + 1);
    }
}

/// See `highest_in_rows`.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl", "x86_64+avx2"))]
fn in_rows(rows: &[f32], width: usize, columns: std::ops::Range<usize>, places: &mut [usize]) {
    for (row, place) in rows.chunks_exact(width.max(1)).zip(places) {
        *place = first_highest(&row[columns.clone()]);
    }
}

/// The highest number with its place, which counts from `start`; the lowest whole number when there is none.
#[inline(always)]
fn best(values: &[f32], start: usize) -> i64 {
    values.iter().enumerate().fold(i64::MIN, |best, (index, value)| best.max(joined(*value, start + index)))
}

/// A number and its place as one whole number, which is higher for a higher number and for an earlier place.
#[inline(always)]
fn joined(value: f32, place: usize) -> i64 {
    let bits = value.to_bits() as i32;
    // Below zero the bits of a float fall as it rises.
    let order = bits ^ ((bits >> 31) as u32 >> 1) as i32;
    i64::from(order) << 32 | i64::from(!(place as u32))
}

/// The place in what `best` found.
#[inline(always)]
fn place(best: i64) -> usize {
    if best == i64::MIN { 0 } else { !(best as u32) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_highest() {
        for (values, place) in [
            (&[][..], 0),
            (&[-1.0, -2.0], 0),
            (&[-2.0, -1.0, -1.0], 1),
            (&[-1.0, 0.5, 3.0, f32::INFINITY], 3),
            (&[f32::NEG_INFINITY, -7.0], 1),
        ] {
            assert_eq!(first_highest(values), place, "{values:?}");
            assert_eq!(highest_in_rows(values, values.len(), 0..values.len()), vec![place; values.len().min(1)]);
        }
    }

    #[test]
    fn one_number_may_be_left_out() {
        for (values, skipped, place) in [
            (&[][..], 0, 0),
            (&[3.0], 0, 0),
            (&[1.0, 3.0, 2.0], 1, 2),
            (&[1.0, 3.0, 1.0], 1, 0),
            (&[1.0, 3.0], 0, 1),
            (&[1.0, 3.0], 7, 1),
        ] {
            assert_eq!(first_highest_but(values, skipped), place, "{values:?} {skipped}");
        }
    }
}
