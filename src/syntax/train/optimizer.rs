//! Adam (Kingma and Ba, 2015): each weight moves by its mean gradient over the root of its mean squared gradient.
//!
//! Embeddings are updated lazily, only the rows a batch touched; rows that training never touches stay zero.

/// Decay of the mean gradient.
const MEAN_DECAY: f32 = 0.9;
/// Decay of the mean square. The usual 0.999 forgets too slowly for a few thousand steps.
const SQUARE_DECAY: f32 = 0.98;
/// Keeps the quotient finite.
const EPSILON: f32 = 1e-8;

/// Adam's memory for a list of weights.
pub(super) struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
}

/// The size of one step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Learning rate with the correction for the means' start at zero.
    rate: f32,
    /// Factor on each gradient.
    scale: f32,
}

impl Step {
    /// Step `number`, from 1, at a learning rate; gradients are multiplied by `scale`.
    pub(super) fn new(number: usize, rate: f32, scale: f32) -> Self {
        let power = |decay: f32| (0..number.min(2000)).fold(1.0_f32, |product, _| product * decay);
        let correction = (1.0 - power(SQUARE_DECAY)).sqrt() / (1.0 - power(MEAN_DECAY));
        Self { rate: rate * correction, scale }
    }
}

impl Adam {
    /// Memory for `count` weights.
    pub(super) fn new(count: usize) -> Self {
        Self { mean: vec![0.0; count], square: vec![0.0; count] }
    }

    /// Moves `weights`, which stand at `start` in the whole list, against their gradient.
    pub(super) fn update(&mut self, step: Step, start: usize, weights: &mut [f32], gradient: &[f32]) {
        let range = start..start + weights.len();
        let memory = self.mean[range.clone()].iter_mut().zip(&mut self.square[range]);
        for ((weight, gradient), (mean, square)) in weights.iter_mut().zip(gradient).zip(memory) {
            let gradient = gradient * step.scale;
            *mean += (1.0 - MEAN_DECAY) * (gradient - *mean);
            *square += (1.0 - SQUARE_DECAY) * (gradient * gradient - *square);
            *weight -= step.rate * *mean / (square.sqrt() + EPSILON);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_point_of_a_parabola_is_found() {
        let (mut weight, mut adam) = ([5.0_f32], Adam::new(1));
        for number in 1..=500 {
            let gradient = [2.0 * (weight[0] - 3.0)];
            adam.update(Step::new(number, 0.05, 1.0), 0, &mut weight, &gradient);
        }
        assert!((weight[0] - 3.0).abs() < 0.05, "{weight:?}");
    }
}
