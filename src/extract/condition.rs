//! Conditions: what a stance hangs on, or explicitly does not.
//!
//! > sign [if Velia withdraws] · talks [without preconditions] (denied) · will not sign [unless it is paid]
//!
//! A marker opens a condition only where its gate allows: "after" is a date in a story and a condition in a pledge.

use std::ops::Range;

use serde::Deserialize;

use super::attribution::Statement;
use super::modality::{Moods, Reading};
use super::passage::Passage;
use super::{Condition, ConditionKind, RelationKind};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::{Relation, Upos};
use crate::text::Span;

/// What must hold for a marker to open a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Gate {
    /// "if"
    Always,
    /// "once": the act it belongs to lies ahead.
    Future,
    /// "after": likewise, and the stance is a pledge, a refusal or a demand.
    Strict,
    /// "before": with a demand or refusal.
    Demand,
    /// "without": the act is negated.
    Negated,
    /// "without preconditions": the phrase names conditions.
    Terms,
    /// No marker, but a noun that names conditions: "precondition".
    Term,
    /// "should Velia sign": before its subject.
    Inverted,
    /// "will open, subject to approval": beside an act. "is subject to sanctions" tells what is.
    Beside,
    /// "at once": words that hold a marker and open no condition.
    Never,
}

/// What follows a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Following {
    /// "if Velia withdraws"
    Clause,
    /// "in return for aid"
    Phrase,
    /// either
    Both,
}

#[derive(Clone, Debug, Deserialize)]
struct Row {
    marker: String,
    kind: ConditionKind,
    complement: Following,
    gate: Gate,
}

/// The list of markers.
#[derive(Clone, Debug, Default)]
pub(super) struct Markers {
    rows: Vec<(Vec<String>, Row)>,
    terms: Vec<String>,
    idioms: Vec<Vec<String>>,
}

/// A condition with the words it covers, before it is given to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// The condition.
    pub(super) condition: Condition,
    /// The head of its clause or phrase.
    pub(super) head: usize,
}

impl Markers {
    /// Reads the list.
    ///
    /// # Errors
    /// When a row does not read.
    pub(super) fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        let rows: Vec<Row> =
            lexicons.rows("condition_markers.tsv", include_str!("../../data/condition_markers.tsv"))?;
        let (terms, rows): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.gate == Gate::Term);
        let mut rows: Vec<(Vec<String>, Row)> =
            rows.into_iter().map(|row| (row.marker.split(' ').map(str::to_owned).collect(), row)).collect();
        rows.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let idioms = rows.extract_if(.., |(_, row)| row.gate == Gate::Never).map(|(words, _)| words).collect();
        Ok(Self { rows, idioms, terms: terms.into_iter().map(|row| row.marker).collect() })
    }

    /// Whether a clause opens with a marker that always makes a condition: such a clause belongs to the content even
    /// where the tree hangs it on the cue.
    pub(super) fn opens(&self, passage: &Passage<'_>, clause: usize) -> bool {
        passage.markers(clause).chain(passage.children_by(clause, Relation::Advmod)).filter(|&mark| mark < clause).any(
            |mark| {
                self.rows.iter().any(|(words, row)| {
                    words.len() == 1
                        && words[0] == passage.lower(mark)
                        && matches!(row.gate, Gate::Always | Gate::Future | Gate::Demand)
                })
            },
        )
    }

    /// The conditions in the content of a statement of this relation.
    pub(super) fn conditions(
        &self,
        passage: &Passage<'_>,
        moods: &Moods,
        statement: &Statement,
        relation: RelationKind,
    ) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        let mut next = 0;
        for &word in &statement.content {
            if word < next {
                continue;
            }
            let stands = |words: &[String]| {
                word + words.len() <= passage.len()
                    && words.iter().zip(word..).all(|(form, at)| form == passage.lower(at))
            };
            if let Some(idiom) = self.idioms.iter().find(|words| stands(words)) {
                next = word + idiom.len();
                continue;
            }
            let hit = self.rows.iter().find_map(|(words, row)| {
                let end = word + words.len();
                let head = stands(words).then(|| clause_after(passage, word, end)).flatten()?;
                let follows = follows(passage, row.complement, end - 1, head)
                    || head != statement.cue.complement.root && misread(passage, row.complement, end - 1, head);
                let fits = statement.holds(head) && follows;
                (fits && self.gate(passage, moods, statement, relation, row, word, head)).then_some((row, end, head))
            });
            if let Some((row, end, head)) = hit {
                next = end;
                found.extend(finding(passage, row, word..end, head, statement));
            }
        }
        found
    }

    #[expect(clippy::too_many_arguments, reason = "a gate looks at the marker, its clause and the statement around it")]
    fn gate(
        &self,
        passage: &Passage<'_>,
        moods: &Moods,
        statement: &Statement,
        relation: RelationKind,
        row: &Row,
        word: usize,
        head: usize,
    ) -> bool {
        let matrix = passage.head(head);
        let ahead = || lies_ahead(passage, moods, matrix, relation);
        match row.gate {
            Gate::Always => !in_relative(passage, head, statement),
            Gate::Future => ahead(),
            Gate::Strict => ahead() && pledge(relation),
            Gate::Demand => matches!(relation, RelationKind::Demands | RelationKind::Rejects),
            Gate::Negated => matrix.is_some_and(|matrix| moods.is_negated(passage, matrix)),
            Gate::Terms => self.terms.iter().any(|term| term == passage.lemma(head)),
            Gate::Inverted => inverted(passage, word, head),
            Gate::Beside => beside(passage, word),
            Gate::Term | Gate::Never => false,
        }
    }
}

/// Whether a word says under what an act stands, and neither is the predicate nor belongs to a noun.
fn beside(passage: &Passage<'_>, word: usize) -> bool {
    let act = passage.head(word).is_some_and(|head| passage.upos(head) == Upos::Verb);
    let cut_off = word > 0 && passage.lower(word - 1) == ",";
    (act || cut_off) && passage.child_by(word, Relation::Cop).is_none()
}

/// The head of the clause or phrase that a marker of the words `start..end` opens.
fn clause_after(passage: &Passage<'_>, start: usize, end: usize) -> Option<usize> {
    let right = |word: &usize| *word >= end;
    let governed = (start..end).rev().find_map(|word| passage.head(word).filter(right));
    let governing = || {
        (start..end).rev().find_map(|word| {
            passage.children(word).iter().copied().find(|child| *child >= end && !passage.is_punctuation(*child))
        })
    };
    governed.or_else(governing)
}

/// Whether what follows a marker is of the right kind; a word tagged as opening a clause is believed over its clause's tag.
fn follows(passage: &Passage<'_>, following: Following, marker: usize, head: usize) -> bool {
    let opens = passage.relation(marker) == Relation::Mark;
    let nominal = matches!(passage.universal(head), Relation::Obl | Relation::Nmod | Relation::Obj);
    match following {
        Following::Clause => {
            opens && passage.relation(head) != Relation::Ccomp
                || !nominal && passage.relation(head) != Relation::Ccomp
                || passage.universal(head) == Relation::Acl
        }
        Following::Phrase => nominal || passage.upos(head) == Upos::Noun,
        Following::Both => true,
    }
}

/// Whether a clause is read as what a verb says though the verb has an object already: "ban [voting] if Orsa ran".
fn misread(passage: &Passage<'_>, following: Following, marker: usize, head: usize) -> bool {
    let governor = passage.head(head).filter(|_| passage.relation(head) == Relation::Ccomp);
    following != Following::Phrase
        && passage.relation(marker) == Relation::Mark
        && governor.is_some_and(|governor| passage.child_by(governor, Relation::Obj).is_some())
}

/// Whether the act a condition belongs to lies ahead.
fn lies_ahead(passage: &Passage<'_>, moods: &Moods, matrix: Option<usize>, relation: RelationKind) -> bool {
    let Some(matrix) = matrix else { return false };
    let modal = [Reading::Future, Reading::Possible, Reading::Obligation, Reading::Advice]
        .into_iter()
        .any(|reading| moods.reads(passage, matrix, reading));
    modal
        || (relation != RelationKind::Says
            && (passage.is_infinitive(matrix) || passage.is_gerund(matrix) || pledge(relation)))
}

/// Whether a stance is about the holder's or another's act to come.
fn pledge(relation: RelationKind) -> bool {
    matches!(
        relation,
        RelationKind::Promises
            | RelationKind::Threatens
            | RelationKind::Rejects
            | RelationKind::Demands
            | RelationKind::Agrees
            | RelationKind::Asks
            | RelationKind::Proposes
    )
}

/// Whether the clause stands in a relative clause inside the content: the narrator's aside.
fn in_relative(passage: &Passage<'_>, head: usize, statement: &Statement) -> bool {
    std::iter::once(head)
        .chain(passage.ancestors(head))
        .take_while(|&word| word != statement.cue.complement.root && statement.holds(word))
        .any(|word| passage.relation(word) == Relation::AclRelcl)
}

fn inverted(passage: &Passage<'_>, word: usize, head: usize) -> bool {
    let subject = passage.child_by(head, Relation::Nsubj);
    passage.universal(word) == Relation::Aux
        && passage.relation(head) == Relation::Advcl
        && subject.is_some_and(|subject| subject > word)
}

/// The condition with its span: from after the marker to the end of its clause inside the content.
fn finding(
    passage: &Passage<'_>,
    row: &Row,
    marker: Range<usize>,
    head: usize,
    statement: &Statement,
) -> Option<Finding> {
    let mut words = passage.subtree(head);
    words.retain(|&word| word >= marker.end && statement.holds(word));
    let run = super::passage::runs(&words).into_iter().find(|run| run.contains(&head))?;
    let spans: Vec<Span> = passage.spans(&run.collect::<Vec<usize>>());
    let span = *spans.first()?;
    let negated = row.gate == Gate::Terms;
    let marker = passage.span(marker.start).cover(passage.span(marker.end - 1));
    Some(Finding { condition: Condition { span, marker, kind: row.kind, negated }, head })
}
