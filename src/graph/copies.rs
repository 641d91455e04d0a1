//! Which articles are copies of another: wire copies that several outlets run, cut, with another headline or a few other
//! sentences.
//!
//! Texts are compared as sets of three words in a row. Candidates come from MinHash with one permutation (Li, Owen,
//! Zhang 2012) in bands of three (Broder 1997), so that the cost is near linear; whether two really are copies is decided
//! by their sets. The earliest article of a group is the original, for all that one can tell.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::record::Record;

/// Slots of a signature: with 126, texts that share two fifths of their word groups meet in a band 94 times of 100.
const SLOTS: usize = 126;
/// Slots in a band.
const ROWS: usize = 3;
/// Words in a row that are compared as one.
const GROUP: usize = 3;
/// How much of the shorter text must stand in the longer one, in percent: outlets cut and add, so that the longer text
/// says little. On the archive of `tests/copies.rs` this finds 99 of 100 planted copies and nothing else.
const CONTAINED: usize = 55;
/// The fewest word groups of a text that can be a copy: short notices are alike by chance.
const FEWEST: usize = 24;
/// A band that more texts share tells nothing: it comes from what a publisher puts under all its articles.
const CROWD: usize = 200;

/// For each article, the one it is a copy of; the records stand in the order of time.
pub(super) fn originals(records: &[Record]) -> Vec<Option<usize>> {
    let signatures: Vec<Option<Vec<u32>>> = records.par_iter().map(|record| signature(&record.article.text)).collect();
    let mut shelves: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
    let mut originals: Vec<Option<usize>> = vec![None; records.len()];
    for (number, signature) in signatures.iter().enumerate() {
        let Some(signature) = signature else { continue };
        let bands: Vec<(usize, u64)> = bands(signature).enumerate().collect();
        let candidates: BTreeSet<usize> =
            bands.iter().filter_map(|band| shelves.get(band)).flatten().copied().collect();
        originals[number] = most_alike(records, number, &candidates).map(|other| originals[other].unwrap_or(other));
        for band in bands {
            let shelf = shelves.entry(band).or_default();
            if shelf.len() < CROWD {
                shelf.push(number);
            }
        }
    }
    originals
}

/// The candidate that shares most with an article, if it shares enough; of equal ones the earliest.
fn most_alike(records: &[Record], number: usize, candidates: &BTreeSet<usize>) -> Option<usize> {
    if candidates.is_empty() {
        return None;
    }
    let groups = groups(&records[number].article.text);
    let alike = candidates.iter().filter_map(|&other| Some((contained(&groups, &records[other].article.text)?, other)));
    alike.min_by_key(|&(percent, other)| (100 - percent, other)).map(|(_, other)| other)
}

/// How much of the shorter of two texts stands in the longer one, in percent, when it is enough for a copy.
fn contained(one: &BTreeSet<u64>, other: &str) -> Option<usize> {
    let other = groups(other);
    let shared = one.intersection(&other).count();
    let percent = shared * 100 / one.len().min(other.len()).max(1);
    (percent >= CONTAINED).then_some(percent)
}

/// The word groups of a text, hashed.
fn groups(text: &str) -> BTreeSet<u64> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<u64> = words.map(|word| xxh3_64(word.to_lowercase().as_bytes())).collect();
    let joined = |group: &[u64]| group.iter().fold(0, |seed, word| xxh3_64_with_seed(&word.to_le_bytes(), seed));
    words.windows(GROUP).map(joined).collect()
}

/// The signature of a text: in each slot the least of the hashes that fall into it; `None` when the text is too short.
fn signature(text: &str) -> Option<Vec<u32>> {
    let groups = groups(text);
    if groups.len() < FEWEST {
        return None;
    }
    let mut slots = vec![u32::MAX; SLOTS];
    for group in groups {
        let slot = usize::try_from(((group >> 32) * SLOTS as u64) >> 32).unwrap_or_default();
        slots[slot] = slots[slot].min(group as u32);
    }
    // An empty slot borrows from the next one that is not, marked by the distance (Shrivastava and Li 2014).
    let filled = slots.clone();
    for (place, slot) in slots.iter_mut().enumerate().filter(|(_, slot)| **slot == u32::MAX) {
        let lender = (1..SLOTS).find(|step| filled[(place + step) % SLOTS] != u32::MAX).unwrap_or_default();
        *slot = filled[(place + lender) % SLOTS].wrapping_add((lender as u32).wrapping_mul(0x9e37_79b1));
    }
    Some(slots)
}

/// The bands of a signature, hashed.
fn bands(signature: &[u32]) -> impl Iterator<Item = u64> + '_ {
    signature
        .chunks_exact(ROWS)
        .map(|rows| rows.iter().fold(0, |seed, slot| xxh3_64_with_seed(&slot.to_le_bytes(), seed)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;

    const WIRE: &str = "Orsa rejected the river plan on Monday, saying that the villages in the east would lose their water. \
        The minister spoke after a night of talks in Tarsel, where envoys of three states had met behind closed doors. \
        Vantia promised a ceasefire if talks begin before the end of the month, officials said.";

    fn found(texts: &[&str]) -> Vec<Option<usize>> {
        let record = |text: &&str| Record {
            article: Article { text: (*text).to_owned(), ..Article::default() },
            ..Record::default()
        };
        originals(&texts.iter().map(record).collect::<Vec<_>>())
    }

    #[test]
    fn a_copy_points_at_the_earliest_article() {
        let cut = &WIRE[..WIRE.find("Vantia").unwrap()];
        let edited = WIRE.replace("a night of talks", "long negotiations");
        let other = "The harvest in the south was poor this year, farmers said, and prices of grain rose for the third month in \
            a row. Traders expect that ships will bring more from overseas once the port has opened again in spring.";
        assert_eq!(found(&[WIRE, other, cut, &edited]), [None, None, Some(0), Some(0)]);
    }

    #[test]
    fn short_notices_are_no_copies() {
        assert_eq!(found(&["Orsa rejected the plan.", "Orsa rejected the plan."]), [None, None]);
    }
}
