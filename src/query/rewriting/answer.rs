//! What an answer shows: the columns of each form of question, their order, or only a count.
//!
//! Every row carries the sentence that proves it and the identity of its position, which `why` takes.

use super::Rewriting;
use super::draft::{self, ARTICLE, Draft, HOLDER, POSITION, RELATION};
use crate::extract::Polarity;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::query::ast::{
    Binary, Case, Expression, ExpressionKind, PathPattern, Projection, ProjectionItem, SortItem, Spanned,
};
use crate::query::question::{Form, OrderKey, Question};

/// Closes a draft with the `RETURN` of its question.
pub(super) fn finish(mut draft: Draft<'_>, question: &Question) -> Rewriting {
    let mut paths = vec![draft.spine()];
    if let Form::Conditions(_) = question.form.node {
        paths.push(to_condition(&draft));
    }
    if let Form::Topics(_) = question.form.node {
        paths.push(to_topic(&draft));
    }
    let mut projection = match &question.form.node {
        _ if question.counted => counted(&draft),
        Form::Topics(_) => topics(&draft),
        Form::Why(_) => evidence(&draft),
        form => positions(&draft, form),
    };
    projection.limit = draft.limit.take();
    let filter = draft.filter();
    let query = draft::query(draft.syntax, paths, filter, projection);
    Rewriting { query, parameters: draft.parameters, analysis: None }
}

/// `(p)-[:CONDITIONS_ON]->(c:Condition)`
fn to_condition(draft: &Draft<'_>) -> PathPattern {
    let syntax = draft.syntax;
    let condition = syntax.node("c", &[Label::Condition]);
    syntax.path(syntax.node(POSITION, &[]), ("", &[RelationshipType::ConditionsOn]), condition)
}

/// `(p)-[:ABOUT]->(t:Topic)`
fn to_topic(draft: &Draft<'_>) -> PathPattern {
    let syntax = draft.syntax;
    syntax.path(syntax.node(POSITION, &[]), ("", &[RelationshipType::About]), syntax.node("t", &[Label::Topic]))
}

/// `RETURN count(DISTINCT p) AS positions`
fn counted(draft: &Draft<'_>) -> Projection {
    let items = vec![draft.syntax.item(draft.syntax.count(POSITION), "positions")];
    projection(items, Vec::new())
}

/// Topics with the number of positions about them, most first.
fn topics(draft: &Draft<'_>) -> Projection {
    let syntax = draft.syntax;
    let items = vec![
        syntax.item(syntax.property("t", property::NAME), "topic"),
        syntax.item(syntax.count(POSITION), "positions"),
    ];
    projection(items, by_count(draft, "topic"))
}

/// `ORDER BY positions DESC, name`
pub(super) fn by_count(draft: &Draft<'_>, name: &str) -> Vec<SortItem> {
    let syntax = draft.syntax;
    let count = SortItem { expression: syntax.variable("positions"), descending: true };
    vec![count, syntax.ascending(syntax.variable(name))]
}

/// Who stands how to what, through whom we know, and the sentence that proves it.
fn positions(draft: &Draft<'_>, form: &Form) -> Projection {
    let syntax = draft.syntax;
    let mut items = vec![
        syntax.item(syntax.property(HOLDER, property::NAME), "who"),
        syntax.item(relation(draft), "relation"),
        syntax.item(syntax.property(POSITION, property::TEXT), "position"),
    ];
    match form {
        Form::Conditions(_) => items.push(syntax.item(condition_text(draft), "condition")),
        _ => items.push(syntax.item(conditions(draft), "conditions")),
    }
    items.extend([
        syntax.item(via(draft), "via"),
        syntax.item(syntax.property(POSITION, property::DATE), "date"),
        syntax.item(syntax.property(ARTICLE, property::PUBLISHER), "source"),
        syntax.item(sentence(draft), "sentence"),
        syntax.item(syntax.property(POSITION, property::ID), "id"),
    ]);
    projection(items, order(draft, form))
}

/// Everything that says why a position is in the graph.
fn evidence(draft: &Draft<'_>) -> Projection {
    let syntax = draft.syntax;
    let article = |name| syntax.property(ARTICLE, name);
    let items = vec![
        syntax.item(syntax.property(HOLDER, property::NAME), "who"),
        syntax.item(relation(draft), "relation"),
        syntax.item(syntax.property(POSITION, property::TEXT), "position"),
        syntax.item(syntax.property(POSITION, property::MODALITY), "modality"),
        syntax.item(conditions(draft), "conditions"),
        syntax.item(via(draft), "via"),
        syntax.item(syntax.property(RELATION, property::CUE), "cue"),
        syntax.item(syntax.property(POSITION, property::RULE), "rule"),
        syntax.item(sentence(draft), "sentence"),
        syntax.item(article(property::ID), "article"),
        syntax.item(article(property::TITLE), "title"),
        syntax.item(article(property::PUBLISHER), "source"),
        syntax.item(article(property::DATE), "date"),
        syntax.item(syntax.property(POSITION, property::EVIDENCE), "evidence"),
    ];
    projection(items, Vec::new())
}

/// The order asked for, or by date and holder; positions side by side are grouped by holder.
fn order(draft: &Draft<'_>, form: &Form) -> Vec<SortItem> {
    let asked = |key: &Spanned<OrderKey>| match key.node {
        OrderKey::Date => draft.syntax.property(POSITION, property::DATE),
        OrderKey::Actor => draft.syntax.property(HOLDER, property::NAME),
        OrderKey::Publisher => draft.syntax.property(ARTICLE, property::PUBLISHER),
    };
    if !draft.order.is_empty() {
        return draft.order.iter().map(|key| draft.syntax.ascending(asked(key))).collect();
    }
    let keys = match form {
        Form::Positions(_) => ["who", "date"],
        _ => ["date", "who"],
    };
    keys.into_iter().map(|key| draft.syntax.ascending(draft.syntax.variable(key))).collect()
}

/// `CASE p.polarity WHEN 'negated' THEN 'not ' + p.relation ELSE p.relation END`
pub(super) fn relation(draft: &Draft<'_>) -> Expression {
    let syntax = draft.syntax;
    let plain = syntax.property(POSITION, property::RELATION);
    let negated = syntax.binary(Binary::Add, syntax.string("not "), plain.clone());
    syntax.at(ExpressionKind::Case(Case {
        subject: Some(Box::new(syntax.property(POSITION, property::POLARITY))),
        branches: vec![(syntax.string(Polarity::Negated.as_str()), negated)],
        otherwise: Some(Box::new(plain)),
    }))
}

/// `c.kind + ' ' + c.text`: "once the strip is empty", "without any preconditions"
fn condition_text(draft: &Draft<'_>) -> Expression {
    let syntax = draft.syntax;
    let kind = syntax.binary(Binary::Add, syntax.property("c", property::KIND), syntax.string(" "));
    syntax.binary(Binary::Add, kind, syntax.property("c", property::TEXT))
}

/// All conditions of a position.
fn conditions(draft: &Draft<'_>) -> Expression {
    draft.syntax.collect(to_condition(draft), condition_text(draft))
}

/// The reporters of a position, outermost first, as the graph keeps them.
fn via(draft: &Draft<'_>) -> Expression {
    let syntax = draft.syntax;
    let reporter = syntax.node("reporter", &[]);
    let path = syntax.path(syntax.node(POSITION, &[]), ("", &[RelationshipType::ReportedBy]), reporter);
    syntax.collect(path, syntax.property("reporter", property::NAME))
}

/// `p.evidence.sentence`
fn sentence(draft: &Draft<'_>) -> Expression {
    draft.syntax.lookup(draft.syntax.property(POSITION, property::EVIDENCE), property::SENTENCE)
}

/// A `RETURN` of these items.
pub(super) fn projection(items: Vec<ProjectionItem>, order: Vec<SortItem>) -> Projection {
    Projection { distinct: false, star: None, items, order, skip: None, limit: None }
}
