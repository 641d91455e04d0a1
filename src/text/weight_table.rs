//! A read-only map from hashes to small numbers that is used as it lies in its file: no parsing, no allocation.
//!
//! A slot is a fingerprint, the low byte of the hash, and a value; the high bits say where the search begins, and it goes
//! on to the first empty slot. One unknown hash in some two hundred is taken for a known one: weights bear that.

use std::borrow::Cow;

/// No search is longer, whatever the file holds.
const LONGEST_SEARCH: usize = 64;

/// A map from hashes to numbers from -127 to 127; what it does not hold is 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct WeightTable {
    /// Pairs of bytes, a power of two of them, or none.
    slots: Cow<'static, [u8]>,
}

impl WeightTable {
    /// The table of `2^bits` slots that lies in `bytes`; `None` when the length is another.
    pub(crate) fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let slots = bytes.into();
        (slots.is_empty() || (slots.len() / 2).is_power_of_two() && slots.len() % 2 == 0).then_some(Self { slots })
    }

    /// A table of these entries, half empty or more; the order of the entries decides their places.
    ///
    /// An entry whose value is 0, or that would be searched too long, is left out.
    pub(crate) fn new(entries: &[(u32, i8)]) -> Self {
        let count = (entries.len() * 3 / 2).next_power_of_two().max(2);
        let mut slots = vec![0; count * 2];
        for &(hash, value) in entries.iter().filter(|(_, value)| *value != 0) {
            let start = first_slot(hash, count);
            let free =
                (start..start + LONGEST_SEARCH).map(|slot| slot & (count - 1)).find(|slot| slots[slot * 2 + 1] == 0);
            if let Some(slot) = free {
                slots[slot * 2] = hash as u8;
                slots[slot * 2 + 1] = value as u8;
            }
        }
        Self { slots: Cow::Owned(slots) }
    }

    /// The number of `hash`.
    pub(crate) fn get(&self, hash: u32) -> i8 {
        let count = self.slots.len() / 2;
        if count == 0 {
            return 0;
        }
        let start = first_slot(hash, count);
        for slot in start..start + LONGEST_SEARCH {
            let place = (slot & (count - 1)) * 2;
            let Some(&[fingerprint, value]) = self.slots.get(place..place + 2) else { return 0 };
            if value == 0 || fingerprint == hash as u8 {
                return value as i8;
            }
        }
        0
    }

    /// The table as it lies in a file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.slots
    }
}

/// Where the search for `hash` begins in a table of `count` slots, a power of two.
fn first_slot(hash: u32, count: usize) -> usize {
    ((u64::from(hash) * count as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found() {
        let entries: Vec<(u32, i8)> =
            (0..1000_u32).map(|number| (number.wrapping_mul(0x9e37_79b9), (number % 100) as i8 - 50)).collect();
        let table = WeightTable::new(&entries);
        let table = WeightTable::from_bytes(table.bytes().to_vec()).unwrap();
        let found = entries.iter().filter(|(hash, value)| table.get(*hash) == *value).count();
        assert!(found > 980, "{found} of 1000");
    }

    #[test]
    fn an_empty_table_has_nothing_and_a_broken_one_is_refused() {
        assert_eq!(WeightTable::default().get(7), 0);
        assert!(WeightTable::from_bytes(vec![0; 6]).is_none());
        assert!(WeightTable::from_bytes(vec![0; 3]).is_none());
        assert_eq!(WeightTable::from_bytes(vec![1; 4]).map(|table| table.get(3)), Some(0));
    }
}
