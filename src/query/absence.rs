//! Why a question has no answer: what there would be if it asked for less.
//!
//! An empty answer may be news or a slip. `who rejects sanctions` without an answer is told how many positions are about
//! sanctions, and which; a question with restrictions, which of them takes the answers away.

use super::ast::{ClauseKind, Query, Statement};
use super::error::QueryError;
use super::executor::{Cancellation, Limits, View};
use super::parser;
use super::prepared::Prepared;
use super::question::{Company, Form, Question};
use super::rewriting::{Omitted, Rewriting, relaxations, rewrite};
use super::value::Value;

/// Counts positions by stance; takes the place of a question's `RETURN`.
const TALLY: &str = "MATCH (p) RETURN CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END AS stance, \
     count(DISTINCT p) AS positions ORDER BY positions DESC, stance";

/// At most so many restrictions are tried: each costs a query.
const TRIED: usize = 6;

/// What is near a question that has no answer, a line each, the first saying what there is none of. `text` is the
/// statement that the question was read from.
pub fn nearby(question: &Question, text: &str, view: &View<'_>) -> Vec<String> {
    let mut lines = vec![nothing(question)];
    for relaxed in relaxations(question).into_iter().take(TRIED) {
        let Ok(tally) = tally(&relaxed.question, view) else { continue };
        let total: i64 = tally.iter().map(|(_, count)| count).sum();
        if total == 0 {
            continue;
        }
        let found = match relaxed.omitted {
            Omitted::Verbs | Omitted::Form => described(question, total),
            Omitted::Restriction(span) => {
                format!("without `{}`: {}", span.of(text).trim(), positions(total))
            }
        };
        lines.push(format!("{found}: {}", stances(&tally)));
        if relaxed.omitted == Omitted::Form {
            break;
        }
    }
    lines
}

/// "nobody rejects sanctions", "no shifts"
fn nothing(question: &Question) -> String {
    let words = question.text.trim_end_matches(['?', ' ']);
    let asked = words.split_at_checked("who ".len()).filter(|(who, _)| who.eq_ignore_ascii_case("who "));
    let said = match (&question.form.node, asked) {
        (Form::Who(_) | Form::Standing(..) | Form::Reporters(_), Some((_, rest))) => return format!("nobody {rest}"),
        (Form::Company(Company::Agreeing | Company::Allied, _), _) => "nobody takes the same side on a common topic",
        (Form::Company(..), _) => "nobody takes the other side on a common topic",
        (Form::Compare(_), _) => "no common topic on which both take a side",
        (Form::Conditions(_), _) => "no conditions",
        (Form::WhatIf(_), _) => "no position hangs on it",
        (Form::Shifts(_), _) => "no shifts",
        (Form::Contradictions(_), _) => "no contradictions",
        (Form::Changed(_), _) => "no side changed",
        (Form::New(_), _) => "nothing new",
        (Form::Network(..), _) => "no ties",
        (Form::Path(..), _) => "no chain of six steps or fewer joins them",
        _ => "no answers",
    };
    said.to_owned()
}

/// "3 positions are about it"
fn described(question: &Question, total: i64) -> String {
    let (number, verb) = (positions(total), if total == 1 { "is" } else { "are" });
    match &question.form.node {
        Form::Who(_) | Form::Standing(..) | Form::Reporters(_) => format!("{number} {verb} about it"),
        Form::What(_) => format!("{number}, whatever the relation"),
        _ => format!("among {number}"),
    }
}

/// "1 position", "3 positions"
fn positions(count: i64) -> String {
    format!("{count} position{}", if count == 1 { "" } else { "s" })
}

/// "says 2, supports 1"
fn stances(tally: &[(String, i64)]) -> String {
    tally.iter().map(|(stance, count)| format!("{stance} {count}")).collect::<Vec<_>>().join(", ")
}

/// The positions that a question finds, by stance, the commonest first.
fn tally(question: &Question, view: &View<'_>) -> Result<Vec<(String, i64)>, QueryError> {
    let Rewriting { mut query, parameters, .. } = rewrite(question, &view.catalog())?;
    return_tally(&mut query)?;
    let prepared = Prepared::new(view, &query)?;
    let table = prepared.execute(&parameters, &Cancellation::default(), Limits::default())?;
    let pair = |row: &Vec<Value>| match row.as_slice() {
        [Value::String(stance), Value::Integer(count)] => Some((stance.to_string(), *count)),
        _ => None,
    };
    Ok(table.rows.iter().filter_map(pair).collect())
}

/// Puts the tally in the place of a query's `RETURN`.
fn return_tally(query: &mut Query) -> Result<(), QueryError> {
    if let Statement::Pattern(tally) = parser::parse(TALLY)?
        && let Some(returned) =
            tally.first.clauses.into_iter().find(|clause| matches!(clause.node, ClauseKind::Return(_)))
    {
        query.first.clauses.pop();
        query.first.clauses.push(returned);
    }
    Ok(())
}
