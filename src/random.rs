//! The only source of chance, for training: a small generator with a seed, the same numbers on every machine.
//!
//! PCG-XSH-RR 64/32 (O'Neill, 2014), seeded through one round of SplitMix64.

/// A generator of random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// A generator for a seed and a purpose; different purposes give unrelated numbers.
    pub(crate) fn new(seed: u64, purpose: &[u64]) -> Self {
        let state = purpose.iter().fold(mix(seed), |state, &part| mix(state ^ mix(part)));
        Self { state }
    }

    /// The next 32 random bits.
    fn next(&mut self) -> u32 {
        let state = self.state;
        self.state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((state >> 18) ^ state) >> 27) as u32;
        shifted.rotate_right((state >> 59) as u32)
    }

    /// A number from 0 inclusive to 1 exclusive.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 8) as f32 / (1_u32 << 24) as f32
    }

    /// Whether a chance of `probability` came true.
    pub(crate) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// A whole number below `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u64::from(self.next()) * bound as u64) >> 32) as usize
    }

    /// Puts a list into random order (Fisher and Yates).
    pub(crate) fn shuffle<Item>(&mut self, items: &mut [Item]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

/// SplitMix64's finisher.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_purpose_fix_the_numbers() {
        let draw = |seed, purpose: &[u64]| {
            let mut random = Random::new(seed, purpose);
            (0..4).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, &[2]), draw(1, &[2]));
        assert_ne!(draw(1, &[2]), draw(1, &[3]));
        assert_ne!(draw(1, &[2]), draw(2, &[2]));
    }

    #[test]
    fn units_are_spread_evenly() {
        let mut random = Random::new(5, &[]);
        let mean = (0..10_000).map(|_| random.unit()).sum::<f32>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }
}
