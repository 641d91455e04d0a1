//! Which relations speak for a topic and which against it, from `data/sides.tsv`.
//!
//! A stance is written as answers show it: `rejects`, `not rejects`. The patterns of analysis questions take the two lists
//! as the parameters `$pro` and `$contra`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::Lexicons;

/// A side of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// "supports"
    Pro,
    /// "rejects"
    Contra,
    /// "says"
    None,
}

/// A row of `sides.tsv`.
#[derive(Deserialize)]
struct SideRow {
    relation: String,
    positive: Side,
    negated: Side,
}

/// The embedded table; empty if it could not be read, which a test rules out.
static ROWS: LazyLock<Vec<SideRow>> = LazyLock::new(|| {
    let table = include_str!("../../../data/sides.tsv");
    Lexicons::embedded().rows::<SideRow>("sides.tsv", table).unwrap_or_default()
});

/// The stances on one side, in the order of the table: positive ones, then negated ones.
pub fn stances(side: Side) -> Vec<String> {
    let positive = ROWS.iter().filter(|row| row.positive == side).map(|row| row.relation.clone());
    let negated = ROWS.iter().filter(|row| row.negated == side).map(|row| format!("not {}", row.relation));
    positive.chain(negated).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RelationKind;

    #[test]
    fn every_relation_has_a_row() {
        let known: Vec<&str> = ROWS.iter().map(|row| row.relation.as_str()).collect();
        let all: Vec<&str> = RelationKind::ALL.iter().map(|relation| relation.as_str()).collect();
        assert_eq!(known, all);
    }

    #[test]
    fn a_negated_stance_changes_sides() {
        assert!(stances(Side::Pro).contains(&"not rejects".to_owned()));
        assert!(stances(Side::Contra).contains(&"not supports".to_owned()));
        assert!(!stances(Side::Pro).contains(&"says".to_owned()));
    }
}
