//! Which positions say again what the same holder already said in another article: wire copies and restatements.
//!
//! Two contents count as one when the stems of their words overlap enough; the later position points at the most
//! similar earlier one. Contents are compared only where they share one of their rarer stems (the prefix filter of set
//! similarity joins, Chaudhuri, Ganti, Kaushik 2006), so that the cost stays near linear in the positions.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::topic::TopicKey;
use crate::extract::{Polarity, RelationKind};

/// Overlap (shared stems over all stems, Jaccard) from which two contents of one actor are the same, in percent: "end
/// the war" and "end the long war swiftly" share two of four stems, which is too little; one added word in five is not.
const OVERLAP: usize = 60;
/// The same for two nameless holders of one description, "officials", of whom only the wording tells that they are one.
const NAMELESS_OVERLAP: usize = 80;

/// Stems that two contents share at least: "the attack" in two articles is seldom the same attack.
const LEAST: usize = 2;

/// Whose position it is, as far as another article can tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Holder {
    /// Number of a linked actor.
    Actor(usize),
    /// The description of a nameless one.
    Nameless(String),
}

/// A position, as far as repeating goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// Number of its article.
    pub(super) record: usize,
    /// Date of its article; an article without one counts as earliest.
    pub(super) date: Option<String>,
    /// Who holds it.
    pub(super) holder: Holder,
    /// How.
    pub(super) relation: RelationKind,
    /// Whether it is negated.
    pub(super) polarity: Polarity,
    /// Stems of its content; without any it repeats nothing.
    pub(super) content: TopicKey,
}

/// Pairs of a position and the earlier one that it repeats, as indices into `claims`, in order of the first.
pub(super) fn repeats(claims: &[Claim]) -> Vec<(usize, usize)> {
    let mut groups: IndexMap<(&Holder, RelationKind, Polarity), Vec<usize>> = IndexMap::new();
    for (index, claim) in claims.iter().enumerate() {
        groups.entry((&claim.holder, claim.relation, claim.polarity)).or_default().push(index);
    }
    let ranks = ranks(claims);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for group in groups.values_mut().filter(|group| group.len() > 1) {
        group.sort_by_key(|&index| (&claims[index].date, claims[index].record, index));
        pairs.extend(repeats_within(claims, group, &ranks));
    }
    pairs.sort_unstable();
    pairs
}

/// For each of `count` positions, in how many independent articles it or a repeat of it stands; `article_of` tells the
/// article of a position, that of a copy being the original.
pub(super) fn independent_sources(
    count: usize,
    pairs: &[(usize, usize)],
    article_of: impl Fn(usize) -> usize,
) -> Vec<usize> {
    // A repeat points at an earlier position or at an equally early one of another article; lines of repeats have an end.
    let mut group: Vec<usize> = (0..count).collect();
    let root = |group: &[usize], mut place: usize| {
        while group[place] != place {
            place = group[place];
        }
        place
    };
    for &(later, earlier) in pairs {
        let (one, other) = (root(&group, later), root(&group, earlier));
        group[one.max(other)] = one.min(other);
    }
    let roots: Vec<usize> = (0..count).map(|place| root(&group, place)).collect();
    let mut articles: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (place, &root) in roots.iter().enumerate() {
        articles.entry(root).or_default().insert(article_of(place));
    }
    roots.iter().map(|root| articles.get(root).map_or(1, BTreeSet::len)).collect()
}

/// The place of each stem when the rarest come first.
fn ranks(claims: &[Claim]) -> BTreeMap<&str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in claims.iter().flat_map(|claim| claim.content.stems()) {
        *counts.entry(stem).or_default() += 1;
    }
    let mut stems: Vec<(usize, &str)> = counts.into_iter().map(|(stem, count)| (count, stem)).collect();
    stems.sort_unstable();
    stems.into_iter().enumerate().map(|(rank, (_, stem))| (stem, rank)).collect()
}

/// The repeats among positions of one holder, relation and polarity, given from the earliest to the latest.
fn repeats_within(claims: &[Claim], group: &[usize], ranks: &BTreeMap<&str, usize>) -> Vec<(usize, usize)> {
    let mut earlier: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for &index in group {
        let claim = &claims[index];
        let prefix = prefix(claim, ranks);
        let candidates: BTreeSet<usize> =
            prefix.iter().filter_map(|rank| earlier.get(rank)).flatten().copied().collect();
        let similar = candidates.into_iter().filter_map(|other| Some((similarity(&claims[other], claim)?, other)));
        // Of equally similar ones the earliest wins, so that all copies point at the original.
        let best = similar.min_by_key(|&(similarity, other)| {
            let claim = &claims[other];
            (usize::MAX - similarity, &claim.date, claim.record, other)
        });
        pairs.extend(best.map(|(_, other)| (index, other)));
        for rank in prefix {
            earlier.entry(rank).or_default().push(index);
        }
    }
    pairs
}

/// The rarest stems of a content, as many as must meet in any content that overlaps enough.
fn prefix(claim: &Claim, ranks: &BTreeMap<&str, usize>) -> Vec<usize> {
    let mut stems: Vec<usize> =
        claim.content.stems().iter().filter_map(|stem| ranks.get(stem.as_str()).copied()).collect();
    stems.sort_unstable();
    let needed = (stems.len() * overlap_needed(claim)).div_ceil(100);
    stems.truncate(stems.len() + 1 - needed.min(stems.len()));
    stems
}

/// The overlap of two contents in thousandths, when they stand in different articles and it is enough.
fn similarity(earlier: &Claim, later: &Claim) -> Option<usize> {
    let (one, other) = (earlier.content.stems(), later.content.stems());
    let shared = one.iter().filter(|stem| other.binary_search(stem).is_ok()).count();
    let all = one.len() + other.len() - shared;
    let enough = shared >= LEAST && shared * 100 >= all * overlap_needed(later);
    (enough && earlier.record != later.record).then(|| shared * 1000 / all)
}

/// The overlap from which contents of this holder are the same, in percent.
fn overlap_needed(claim: &Claim) -> usize {
    match claim.holder {
        Holder::Actor(_) => OVERLAP,
        Holder::Nameless(_) => NAMELESS_OVERLAP,
    }
}

#[cfg(test)]
mod tests {
    use super::super::topic::key;
    use super::*;

    /// A claim of actor 0 in an article of its own.
    fn claim(record: usize, date: &str, content: &str) -> Claim {
        Claim {
            record,
            date: Some(date.to_owned()),
            holder: Holder::Actor(0),
            relation: RelationKind::Rejects,
            polarity: Polarity::Positive,
            content: key(content),
        }
    }

    #[test]
    fn the_later_points_at_the_earliest_likeness() {
        let claims = [
            claim(0, "2031-03-01", "the freezing of the river conflict"),
            claim(1, "2031-01-01", "a freezing of the river conflict"),
            claim(2, "2031-02-01", "freezing the conflict on the river"),
            claim(3, "2031-04-01", "the grain tax"),
        ];
        assert_eq!(repeats(&claims), [(0, 1), (2, 1)]);
    }

    #[test]
    fn copies_are_one_source() {
        // Positions 0, 1 and 2 repeat each other; 1 stands in a copy of the article of 0.
        let articles = [0, 0, 2, 3];
        assert_eq!(independent_sources(4, &[(1, 0), (2, 0)], |place| articles[place]), [2, 2, 2, 1]);
    }

    #[test]
    fn same_article_other_relation_or_little_overlap_is_no_repeat() {
        let first = claim(0, "2031-01-01", "the grain tax on Vantian farmers");
        let mut asked = claim(1, "2031-01-02", "the grain tax on Vantian farmers");
        asked.relation = RelationKind::Asks;
        for other in [
            claim(0, "2031-01-01", "the grain tax on Vantian farmers"),
            claim(1, "2031-01-02", "the grain harvest of the south"),
            claim(1, "2031-01-02", ""),
            asked,
        ] {
            assert_eq!(repeats(&[first.clone(), other]), []);
        }
    }

    #[test]
    fn nameless_holders_must_use_nearly_the_same_words() {
        let nameless = |record, content| Claim {
            holder: Holder::Nameless("officials".to_owned()),
            ..claim(record, "2031-01-01", content)
        };
        let contents = ["the tax on grain and salt", "the tax on grain and salt", "the tax on grain and steel"];
        let claims: Vec<Claim> = contents.iter().enumerate().map(|(record, text)| nameless(record, *text)).collect();
        assert_eq!(repeats(&claims), [(1, 0)]);
    }
}
