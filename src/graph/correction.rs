//! What people have put right about actors, in a table that stays with the graph file and outlives every build.
//!
//! `merge J. Holt -> Jana Holt`, `split Holt | Emil Holt`, `rename Orsan Republic -> Orsa`, `alias Orsa: the Republic`,
//! `speaks_for Jana Holt -> Orsa as foreign minister since .. until ..`. Names are compared as the linker compares them.
//! What a correction leads to is decided in `linker`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::name::compared;
use super::property::{PropertyGraph, Value};
use super::schema::{Label, property};
use crate::lexicon::LexiconError;

/// What is to be done about an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Merge,
    Split,
    Rename,
    Alias,
    SpeaksFor,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Row {
    action: Action,
    actor: String,
    other: String,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    since: Option<String>,
    #[serde(default)]
    until: Option<String>,
}

/// An office that a person has entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GivenOffice<'a> {
    pub(super) speaker: &'a str,
    pub(super) principal: &'a str,
    pub(super) role: &'a str,
    pub(super) since: Option<&'a str>,
    pub(super) until: Option<&'a str>,
}

/// The corrections of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    rows: Vec<Row>,
    /// For each name that stands for another, that other; both as they are compared.
    owners: BTreeMap<String, String>,
    /// Names that must not be joined, both ways round.
    apart: BTreeSet<(String, String)>,
}

impl Corrections {
    /// Reads a table: tab-separated, with a header line `action actor other role since until`; the last three columns may
    /// be left out, lines that start with `#` are comments.
    ///
    /// # Errors
    /// When a row lacks a column, has an unknown action, or a date that is none.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let failure = |line: u64, message: String| LexiconError { file: "corrections".to_owned(), line, message };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .comment(Some(b'#'))
            .quoting(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let broken = |error: csv::Error| failure(error.position().map_or(0, csv::Position::line), error.to_string());
        let headers = reader.headers().map_err(broken)?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, csv::Position::line);
            let row: Row = record.deserialize(Some(&headers)).map_err(|error| failure(line, error.to_string()))?;
            for date in row.since.iter().chain(&row.until) {
                if date.parse::<jiff::civil::Date>().is_err() {
                    return Err(failure(line, format!("`{date}` is no date of the form YYYY-MM-DD")));
                }
            }
            rows.push(row);
        }
        Ok(Self::new(rows))
    }

    fn new(rows: Vec<Row>) -> Self {
        let mut corrections = Self { rows, ..Self::default() };
        let merged = corrections.pairs(Action::Merge);
        let aliased = corrections.pairs(Action::Alias).map(|(actor, alias)| (alias, actor));
        let owners = merged.chain(aliased).map(|(short, long)| (compared(short), compared(long))).collect();
        let split = corrections.pairs(Action::Split).map(|(one, other)| (compared(one), compared(other)));
        let apart = split.flat_map(|(one, other)| [(one.clone(), other.clone()), (other, one)]).collect();
        (corrections.owners, corrections.apart) = (owners, apart);
        corrections
    }

    fn pairs(&self, action: Action) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.rows.iter().filter(move |row| row.action == action);
        rows.map(|row| (row.actor.as_str(), row.other.as_str()))
    }

    /// The name that another stands for, both as they are compared.
    pub(super) fn owner(&self, name: &str) -> Option<&str> {
        self.owners.get(name).map(String::as_str)
    }

    /// Whether two names, as they are compared, must not be joined.
    pub(super) fn are_apart(&self, one: &str, other: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains(&(one.to_owned(), other.to_owned()))
    }

    /// The display name that somebody chose for an actor who goes by one of these names: by renaming it, or else by merging
    /// it with another.
    pub(super) fn display_name(&self, names: &[String]) -> Option<&str> {
        let goes_by = |(actor, _): &(&str, &str)| names.contains(&compared(actor));
        let renamed = self.pairs(Action::Rename).find(goes_by);
        renamed.or_else(|| self.pairs(Action::Merge).find(goes_by)).map(|(_, name)| name)
    }

    /// The aliases that somebody gave an actor who goes by one of these names.
    pub(super) fn aliases<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a str> {
        self.pairs(Action::Alias).filter(|(actor, _)| names.contains(&compared(actor))).map(|(_, alias)| alias)
    }

    /// The offices that somebody entered.
    pub(super) fn offices(&self) -> impl Iterator<Item = GivenOffice<'_>> {
        fn filled(text: &Option<String>) -> Option<&str> {
            text.as_deref().filter(|text| !text.is_empty())
        }
        self.rows.iter().filter(|row| row.action == Action::SpeaksFor).map(|row| GivenOffice {
            speaker: &row.actor,
            principal: &row.other,
            role: filled(&row.role).unwrap_or("spokesperson"),
            since: filled(&row.since),
            until: filled(&row.until),
        })
    }

    /// Whether nothing was corrected.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names that a graph built with these corrections does not know: misspelt ones, as a rule.
    pub fn unknown<'a>(&'a self, graph: &PropertyGraph) -> Vec<&'a str> {
        let known = actor_names(graph);
        let mut names: Vec<&str> = Vec::new();
        for row in &self.rows {
            let sought = match row.action {
                Action::Merge | Action::Alias | Action::Rename => vec![row.actor.as_str()],
                Action::Split | Action::SpeaksFor => vec![row.actor.as_str(), row.other.as_str()],
            };
            names.extend(sought.into_iter().filter(|name| !known.contains(&compared(name))));
        }
        names
    }
}

/// The names and aliases of a graph's actors, as they are compared.
fn actor_names(graph: &PropertyGraph) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let actors = graph.node_weights().filter(|node| node.labels.iter().any(|label| label == Label::Actor.as_str()));
    for node in actors {
        if let Some(Value::String(name)) = node.properties.get(property::NAME) {
            names.insert(compared(name));
        }
        if let Some(Value::List(aliases)) = node.properties.get(property::ALIASES) {
            names.extend(aliases.iter().filter_map(|alias| match alias {
                Value::String(alias) => Some(compared(alias)),
                _ => None,
            }));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# ours\naction\tactor\tother\trole\tsince\tuntil\nmerge\tJ. Holt\tJana Holt\n\
        speaks_for\tJana Holt\tOrsa\tenvoy\t2031-01-01\n";

    #[test]
    fn rows_may_end_early_and_name_their_line_when_wrong() {
        let corrections = Corrections::parse(TABLE).unwrap();
        assert_eq!(corrections.owner("j holt"), Some("jana holt"));
        let office = corrections.offices().next().unwrap();
        assert_eq!((office.role, office.since, office.until), ("envoy", Some("2031-01-01"), None));
        for (row, message) in [("join\tA\tB", "unknown variant"), ("speaks_for\tA\tB\tc\tsoon", "`soon` is no date")] {
            let error = Corrections::parse(&format!("{TABLE}{row}\n")).unwrap_err();
            assert_eq!(error.line, 5);
            assert!(error.message.contains(message), "{error}");
        }
    }
}
