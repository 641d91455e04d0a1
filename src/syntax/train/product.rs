//! Matrix products of the trainer, by the `ndarray` library. All matrices are stored row by row.
//!
//! They are as fast as the processor allows and need not have the same bits on all machines: the parser computes with
//! the rounded weights and products of its own.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

/// Adds the product of `left` (of `inner` columns) and `right` (of `inner` rows) to `sum`.
pub(super) fn add_product(left: &[f32], right: &[f32], inner: usize, sum: &mut [f32]) {
    let (rows, columns) = (parts(left, inner), parts(right, inner));
    add(view(left, [rows, inner]), view(right, [inner, columns]), sum);
}

/// Adds the product of the transpose of `left` (of `inner` rows) and `right` (of `inner` rows) to `sum`.
pub(super) fn add_product_transposing_left(left: &[f32], right: &[f32], inner: usize, sum: &mut [f32]) {
    let (rows, columns) = (parts(left, inner), parts(right, inner));
    add(view(left, [inner, rows]).map(ArrayView2::reversed_axes), view(right, [inner, columns]), sum);
}

/// Adds the product of `left` (of `inner` columns) and the transpose of `right` (of `inner` columns) to `sum`.
pub(super) fn add_product_transposing_right(left: &[f32], right: &[f32], inner: usize, sum: &mut [f32]) {
    let (rows, columns) = (parts(left, inner), parts(right, inner));
    add(view(left, [rows, inner]), view(right, [columns, inner]).map(ArrayView2::reversed_axes), sum);
}

/// How many parts of `length` entries a list has.
fn parts(list: &[f32], length: usize) -> usize {
    list.len().checked_div(length).unwrap_or(0)
}

/// A list as a matrix of `shape`; `None` when it has not as many entries.
fn view(list: &[f32], shape: [usize; 2]) -> Option<ArrayView2<'_, f32>> {
    ArrayView2::from_shape(shape, list).ok()
}

/// Adds the product to `sum`, which has as many rows as `left` and as many columns as `right`.
fn add(left: Option<ArrayView2<'_, f32>>, right: Option<ArrayView2<'_, f32>>, sum: &mut [f32]) {
    let (Some(left), Some(right)) = (left, right) else { return };
    if let Ok(mut sum) = ArrayViewMut2::from_shape((left.nrows(), right.ncols()), sum) {
        general_mat_mul(1.0, &left, &right, 1.0, &mut sum);
    }
}
