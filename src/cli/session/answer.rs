//! What is done with an answer: printed in the session's format, drawn, or asked for its evidence.
//!
//! What each format looks like is `demarche::render`'s business.

use demarche::graph::schema::{Label, property};
use demarche::graph::{PropertyGraph, Value as PropertyValue};
use demarche::query::ast::Statement;
use demarche::query::question::{Form, Subject};
use demarche::query::value::{NodeId, Value};
use demarche::query::{Parameters, Table, View, nearby, run};
use demarche::render::lower_start::within_sentence;
use demarche::render::{cell, delimited, dot, evidence, json, markdown, selection, text};
use demarche::text::Span;

use super::{Answer, CliError, Exit, Flow, Format, Session, warn_of};

/// Columns of a question's answer that a table leaves out: `why` shows the sentence, and takes a row's number for its id.
const BEHIND_THE_ROWS: [&str; 4] = ["sentence", "id", "other_sentence", "other_id"];

/// Columns with words of an article that go on with a sentence: "Hanna Orlin proposes the plan".
const GOING_ON: [&str; 2] = ["position", "other_position"];

impl Answer {
    /// Prints the answer and makes it the session's last one.
    pub(super) fn show(self, session: &mut Session<'_>, statement: &str, span: Span) -> Result<Exit, CliError> {
        warn_of(&self.table, statement, span);
        let exit = if self.table.rows.is_empty() { Exit::NoAnswers } else { Exit::Answers };
        if session.format == Format::Jsonl {
            json::lines(&self.table, session.view).try_for_each(|line| session.output.print(&line))?;
        } else {
            let printed = session.drawn(&self, span.of(statement));
            session.print(&printed)?;
        }
        session.last = Some(self);
        Ok(exit)
    }
}

impl Session<'_> {
    /// An answer in the session's format.
    fn drawn(&self, answer: &Answer, statement: &str) -> String {
        let Answer { table, .. } = answer;
        match self.format {
            Format::Table => self.table(answer, statement),
            Format::Json => format!("{}\n", json::table(table, self.view)),
            Format::Jsonl => json::lines(table, self.view).collect(),
            Format::Csv => delimited::commas(table, self.view),
            Format::Tsv => delimited::tabs(table, self.view),
            Format::Markdown => markdown::table(&for_people(answer), self.view),
            Format::Dot => dot::graph(&selection::of_table(table, self.view)),
        }
    }

    /// An answer for people: a table, or when there is none what is near.
    fn table(&self, answer: &Answer, statement: &str) -> String {
        if answer.table.rows.is_empty() {
            let near = answer.question.as_ref().map(|question| nearby(question, statement, self.view));
            return near.map_or("no answers".to_owned(), |lines| lines.join("\n"));
        }
        let table = for_people(answer);
        let rows: Vec<Vec<cell::Cell>> =
            table.rows.iter().map(|row| row.iter().map(|value| cell::of(value, self.view)).collect()).collect();
        text::table(&table.columns, &rows, self.output.width(), self.output.look())
    }

    /// Draws the last answer, or that of a query.
    pub(super) fn show(&mut self, query: Option<&str>) -> Result<Flow, CliError> {
        if let Some(query) = query {
            let (format, whole) = (self.format, Span::new(0, query.len()));
            self.format = Format::Dot;
            let exit = self.statement(query, whole);
            self.format = format;
            return exit.map(Flow::On);
        }
        let answer = self.last.as_ref().ok_or_else(no_answer)?;
        let selected = selection::of_table(&answer.table, self.view);
        if selected.node_count() == 0 {
            let hint = "`:show positions of NAME` draws what somebody holds";
            return Err(CliError::usage("nothing in the last answer can be drawn", hint));
        }
        self.output.print(&dot::graph(&selected))?;
        Ok(Flow::On(Exit::Answers))
    }

    /// Answers `why 2` and `why "wire-17:120-188"`.
    pub(super) fn why_asked(&mut self, subject: &Subject) -> Result<Exit, CliError> {
        match subject {
            Subject::Row(row) => self.why(usize::try_from(*row).unwrap_or(usize::MAX)),
            Subject::Position(id) => {
                let found =
                    self.view.with_property(Label::Position.as_str(), property::ID, &Value::string(id.as_str()));
                let position = found.first().copied().ok_or_else(|| {
                    CliError::usage(
                        format!("no position has the id `{id}`"),
                        "answers in JSON or CSV have them under `id`",
                    )
                })?;
                self.print_evidence(position)
            }
        }
    }

    /// `sources of 2` with the identity of the position in that row of the last answer; `None` for any other statement,
    /// and for a row that names no position.
    pub(super) fn with_row_resolved(&self, statement: &Statement) -> Option<Statement> {
        let Statement::Question(question) = statement else { return None };
        let Form::Sources(Subject::Row(row)) = question.form.node else { return None };
        let position = self.position(usize::try_from(row).ok()?).ok()?;
        let Some(PropertyValue::String(id)) = self.view.node(position).properties.get(property::ID) else {
            return None;
        };
        let mut question = question.clone();
        question.form.node = Form::Sources(Subject::Position(id.clone()));
        Some(Statement::Question(question))
    }

    /// Prints the evidence of a row of the last answer.
    pub(super) fn why(&mut self, row: usize) -> Result<Exit, CliError> {
        for (place, position) in self.positions(row)?.into_iter().enumerate() {
            if place > 0 {
                self.output.print("\n")?;
            }
            self.print_evidence(position)?;
        }
        Ok(Exit::Answers)
    }

    fn print_evidence(&mut self, position: NodeId) -> Result<Exit, CliError> {
        let printed = evidence::why(position, self.view, self.output.width(), self.output.look());
        self.print(&printed)?;
        Ok(Exit::Answers)
    }

    /// Prints the article behind a row of the last answer.
    pub(super) fn open(&mut self, row: usize) -> Result<Exit, CliError> {
        let position = self.position(row)?;
        let article = evidence::article(position, self.view, self.output.width(), self.output.look());
        let article = article.ok_or_else(|| CliError::usage(format!("row {row} stands in no article"), ""))?;
        self.print(&article)?;
        Ok(Exit::Answers)
    }

    /// The position that a row of the last answer is about; of two that it compares, the first.
    fn position(&self, row: usize) -> Result<NodeId, CliError> {
        let positions = self.positions(row)?;
        positions.first().copied().ok_or_else(|| names_no_position(row))
    }

    /// The positions that a row of the last answer is about, at least one.
    fn positions(&self, row: usize) -> Result<Vec<NodeId>, CliError> {
        let Answer { table, .. } = self.last.as_ref().ok_or_else(no_answer)?;
        let count = table.rows.len();
        let index = row
            .checked_sub(1)
            .filter(|index| *index < count)
            .ok_or_else(|| CliError::usage(format!("the last answer has no row {row}"), format!("it has {count}")))?;
        let positions = selection::positions_of(table, index, self.view);
        if positions.is_empty() { Err(names_no_position(row)) } else { Ok(positions) }
    }
}

fn names_no_position(row: usize) -> CliError {
    let hint = "ask a question, or RETURN the position itself: MATCH (a:Actor)-[r]->(p:Position) RETURN a.name, p";
    CliError::usage(format!("row {row} names no position"), hint)
}

fn no_answer() -> CliError {
    CliError::usage("there is no answer to speak of yet", "ask a question first")
}

/// The table without what stands behind the rows of a question, and without columns that say nothing in any row.
fn for_people(answer: &Answer) -> Table {
    let Answer { table, question } = answer;
    if question.is_none() {
        return table.clone();
    }
    // The first column stays: in `count who rejects talks` a 0 is the answer.
    let says_nothing = |column: usize| {
        column > 0
            && table.rows.iter().all(|row| match row.get(column) {
                None | Some(Value::Null | Value::Integer(0)) => true,
                Some(Value::List(values)) => values.is_empty(),
                Some(_) => false,
            })
    };
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&column| !BEHIND_THE_ROWS.contains(&table.columns[column].as_str()) && !says_nothing(column))
        .collect();
    Table {
        columns: kept.iter().map(|&column| table.columns[column].clone()).collect(),
        rows: table.rows.iter().map(|row| kept.iter().map(|&column| shown(table, row, column)).collect()).collect(),
        warnings: Vec::new(),
    }
}

/// A value as people read it.
fn shown(table: &Table, row: &[Value], column: usize) -> Value {
    match &row[column] {
        Value::String(text) if GOING_ON.contains(&table.columns[column].as_str()) => {
            Value::string(within_sentence(text).as_ref())
        }
        value => value.clone(),
    }
}

/// The value of an expression that stands alone, as `:param` has it.
pub(super) fn value_of(expression: &str, parameters: &Parameters) -> Result<PropertyValue, CliError> {
    let query = format!("RETURN {expression} AS value");
    let nothing = PropertyGraph::new();
    let table = run(&nothing, &query, parameters).map_err(|error| CliError::query(error, &query))?;
    let value = table.rows.first().and_then(|row| row.first()).unwrap_or(&Value::Null);
    Ok(demarche::graph::json::value_of(&json::value(value, &View::new(&nothing))))
}
