//! The way back through one recurrent layer, step by step against the reading order.
//!
//! The forward step stands in `network`; each line here is the derivative of one there.

use std::ops::Range;

use super::forward::Trace;
use crate::syntax::layout::Layer;
use crate::syntax::network::{Direction, Gates};

/// Where the gradients of a layer go; all are added to.
pub(super) struct Back<'a> {
    /// Of the projection, laid out like it.
    pub(super) projected: &'a mut [f32],
    /// Of the input, through the highway alone.
    pub(super) input: &'a mut [f32],
    /// Of all weights of the network.
    pub(super) weights: &'a mut [f32],
}

/// Goes back through a layer from the gradient of its output.
pub(super) fn layer_back(
    layer: &Layer,
    weights: &[f32],
    trace: &Trace,
    sentences: &[Range<usize>],
    output: &[f32],
    back: &mut Back<'_>,
) {
    let units = layer.units;
    let zeros = vec![0.0; units];
    for sentence in sentences {
        for direction in [Direction::Forward, Direction::Backward] {
            let order: Vec<usize> = direction.walk(sentence.clone()).collect();
            let mut state_back = vec![0.0; units];
            for (index, &word) in order.iter().enumerate().rev() {
                let before = match index.checked_sub(1) {
                    Some(previous) => &trace.state[place(order[previous], direction, units)],
                    None => &zeros[..],
                };
                let step = Step { layer, weights, trace, direction, word, before };
                step.back(&output[place(word, direction, units)], &mut state_back, back);
            }
        }
    }
}

/// The block of one word and direction in a list with a row of both directions a word.
fn place(word: usize, direction: Direction, units: usize) -> Range<usize> {
    let block = direction.block(units);
    2 * word * units + block.start..2 * word * units + block.end
}

/// One step of one direction.
struct Step<'a> {
    layer: &'a Layer,
    weights: &'a [f32],
    trace: &'a Trace,
    direction: Direction,
    word: usize,
    /// The state before the word.
    before: &'a [f32],
}

impl Step<'_> {
    /// From the gradients of the step's output and of the state after it to those of its inputs; `state` becomes the
    /// gradient of the state before it.
    fn back(&self, output: &[f32], state: &mut [f32], back: &mut Back<'_>) {
        let units = self.layer.units;
        let own = self.direction.block(units);
        let place = place(self.word, self.direction, units);
        let gates = Gates::of(self.layer, self.direction, self.word, &self.trace.projected, &self.trace.input);
        let keeps = &self.trace.forget[place.clone()];
        let passes = &self.trace.reset[place.clone()];
        let nows = &self.trace.state[place.clone()];
        let forget_range = self.layer.forget.start + own.start..self.layer.forget.start + own.end;
        let reset_range = self.layer.reset.start + own.start..self.layer.reset.start + own.end;
        let start = (2 * self.word + self.direction as usize) * self.layer.gates * units;
        let projected = &mut back.projected[start..start + self.layer.gates * units];
        for unit in 0..units {
            let (keep, pass, now, before) = (keeps[unit], passes[unit], nows[unit], self.before[unit]);
            let highway = gates.highway[unit];
            let reset = output[unit] * (now - highway) * gate_slope(pass);
            let highway_back = output[unit] * (1.0 - pass);
            let now_back = state[unit] + output[unit] * pass;
            let forget = now_back * (before - gates.candidate[unit]) * gate_slope(keep);
            projected[unit] += now_back * (1.0 - keep);
            projected[units + unit] += forget;
            projected[2 * units + unit] += reset;
            match self.layer.gates {
                3 => back.input[place.start + unit] += highway_back,
                _ => projected[3 * units + unit] += highway_back,
            }
            state[unit] = now_back * keep
                + forget * self.weights[forget_range.start + unit]
                + reset * self.weights[reset_range.start + unit];
            back.weights[forget_range.start + unit] += forget * before;
            back.weights[reset_range.start + unit] += reset * before;
        }
    }
}

/// The slope of the softsign gate, from its value.
fn gate_slope(value: f32) -> f32 {
    let rest = 1.0 - (2.0 * value - 1.0).abs();
    0.5 * rest * rest
}
