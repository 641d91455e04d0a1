//! What is known by key, where the keys are only their hashes.
//!
//! A table of ten thousand entries answers for a key it does not have once in 400,000 times, with some other word's
//! edit; that is far below what the edits get wrong, and spares the model the strings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values by hashed key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Table<V> {
    /// Sorted.
    keys: Vec<u32>,
    /// One a key.
    values: Vec<V>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { keys: Vec::new(), values: Vec::new() }
    }
}

impl<V> Table<V> {
    /// The value of a key. Logarithmic.
    pub(super) fn get(&self, key: u32) -> Option<&V> {
        self.keys.binary_search(&key).ok().and_then(|place| self.values.get(place))
    }
}

impl<V> From<BTreeMap<u32, V>> for Table<V> {
    fn from(entries: BTreeMap<u32, V>) -> Self {
        let (keys, values) = entries.into_iter().unzip();
        Self { keys, values }
    }
}

/// A hash in the making (FNV-1a). It is part of the model's format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key(u64);

impl Key {
    /// The key of what belongs to a class.
    pub(super) fn new(class: u16) -> Self {
        Self(0xcbf2_9ce4_8422_2325).and(&class.to_le_bytes())
    }

    /// The key of this and some bytes.
    pub(super) fn and(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// The key of this and a character.
    pub(super) fn and_character(self, character: char) -> Self {
        self.and(&u32::from(character).to_le_bytes())
    }

    /// The finished key.
    pub(super) fn done(self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}
