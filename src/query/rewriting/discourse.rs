//! Questions of discourse network analysis: who stands where, with whom, against whom, since when.
//!
//! Each has its pattern in `patterns/`; only the weights of a network's ties are worked out after it, in `analysis`.
//! Terms after Leifeld, "Discourse Network Analysis" (Oxford Handbook of Political Networks, 2017).

use super::Rewriting;
use super::draft::{Draft, strings};
use super::names;
use super::restriction;
use super::template::Template;
use crate::graph::Value;
use crate::query::analysis::{Analysis, NetworkAnalysis};
use crate::query::ast::Spanned;
use crate::query::error::QueryError;
use crate::query::question::{Company, Form, Network, Phrase, Piece, Question, Restriction, Ties};

const AFFILIATION: &str = include_str!("patterns/affiliation.cypher");
const CHANGED: &str = include_str!("patterns/changed.cypher");
const COMPANY: &str = include_str!("patterns/company.cypher");
const COMPARE: &str = include_str!("patterns/compare.cypher");
const CONTRADICTIONS: &str = include_str!("patterns/contradictions.cypher");
const REPORTERS: &str = include_str!("patterns/reporters.cypher");
const SHIFTS: &str = include_str!("patterns/shifts.cypher");
const SOURCES: &str = include_str!("patterns/sources.cypher");
const STANCE: &str = include_str!("patterns/stance.cypher");

/// The pattern of a question that has one of its own, fitted to it.
///
/// # Errors
/// For names that are unknown or ambiguous, for one name where two are compared, for a change without a day.
pub(super) fn answer(mut draft: Draft<'_>, question: &Question) -> Result<Rewriting, QueryError> {
    match &question.form.node {
        Form::Compare(phrase) => compare(draft, question, phrase),
        Form::Network(network, holders) => self::network(draft, question, *network, holders.as_ref()),
        Form::Stance(holders) => by_party(draft, question, STANCE, holders.as_ref()),
        Form::Shifts(holders) => by_party(draft, question, SHIFTS, holders.as_ref()),
        Form::Contradictions(holders) => by_party(draft, question, CONTRADICTIONS, holders.as_ref()),
        Form::Changed(holders) => changed(draft, question, holders.as_ref()),
        Form::Reporters(topic) => {
            restriction::about(&mut draft, topic)?;
            fitted(draft, question, REPORTERS, &[])
        }
        _ => fitted(draft, question, SOURCES, &[]),
    }
}

/// `who agrees with Russia`, `opponents of Lavrov`
pub(super) fn company(
    mut draft: Draft<'_>,
    question: &Question,
    company: Company,
    actor: &[Spanned<Piece>],
) -> Result<Rewriting, QueryError> {
    let holders = names::actors(draft.catalog, actor)?;
    draft.bind("holders", strings(holders));
    let agreeing = matches!(company, Company::Agreeing | Company::Allied);
    draft.bind("agreeing", Value::Boolean(agreeing));
    let mut template = Template::read(COMPANY, &draft)?;
    match company {
        Company::Allied => template.keep("size(agreed) > size(disputed)", &draft)?,
        Company::Opposed => template.keep("size(disputed) > size(agreed)", &draft)?,
        Company::Agreeing | Company::Opposing => {}
    }
    fit(draft, question, template, &[])
}

/// `compare Russia and Ukraine on NATO`
fn compare(mut draft: Draft<'_>, question: &Question, phrase: &Phrase) -> Result<Rewriting, QueryError> {
    let parties = names::parties(draft.catalog, phrase)?;
    if parties.len() < 2 {
        let error = names::syntax("a comparison needs two names", names::span(phrase, draft.span()));
        return Err(error.hint("ask `compare A and B`, or `positions of A`"));
    }
    if parties.iter().enumerate().any(|(place, party)| parties[..place].contains(party)) {
        let message = "somebody is compared with themselves";
        let error = names::syntax(message, names::span(phrase, draft.span()));
        return Err(error.hint("turns and clashes of one actor: `shifts of A`, `contradictions of A`"));
    }
    draft.held_by(Some(phrase))?;
    fitted(draft, question, COMPARE, &parties)
}

/// `conflict network on ceasefire by jaccard`
fn network(
    mut draft: Draft<'_>,
    question: &Question,
    network: Network,
    holders: Option<&Phrase>,
) -> Result<Rewriting, QueryError> {
    if network.ties == Ties::Affiliation {
        return by_party(draft, question, AFFILIATION, holders);
    }
    // A limit is one of ties, not of the rows that they are worked out from.
    let limit = question.restrictions.iter().rev().find_map(|restriction| match restriction.node {
        Restriction::Limit(count) => usize::try_from(count).ok(),
        _ => None,
    });
    let mut restrictions = question.restrictions.clone();
    restrictions.retain(|restriction| !matches!(restriction.node, Restriction::Limit(_)));
    let parties = parties_of(&mut draft, holders)?;
    let feed = Question { counted: false, restrictions, ..question.clone() };
    let analysis = NetworkAnalysis { network, limit, counted: question.counted };
    let rewriting = fitted(draft, &feed, AFFILIATION, &parties)?;
    Ok(Rewriting { analysis: Some(Analysis::Network(analysis)), ..rewriting })
}

/// `what changed between 2025-03-01 and 2025-04-01`
fn changed(mut draft: Draft<'_>, question: &Question, holders: Option<&Phrase>) -> Result<Rewriting, QueryError> {
    let is_start = |restriction: &Spanned<Restriction>| matches!(restriction.node, Restriction::Since(_));
    let start = question.restrictions.iter().find(|restriction| is_start(restriction));
    let Some(Restriction::Since(day)) = start.map(|restriction| &restriction.node) else {
        let error = names::syntax("a change needs a day to start from", draft.span());
        return Err(
            error.hint("ask `what changed between 2025-03-01 and 2025-04-01`, or `what changed since 2025-03-01`")
        );
    };
    draft.bind("from", Value::String(day.clone()));
    let restrictions = question.restrictions.iter().filter(|restriction| !is_start(restriction)).cloned().collect();
    by_party(draft, &Question { restrictions, ..question.clone() }, CHANGED, holders)
}

/// A pattern whose actors are those named, or everybody.
fn by_party(
    mut draft: Draft<'_>,
    question: &Question,
    pattern: &str,
    holders: Option<&Phrase>,
) -> Result<Rewriting, QueryError> {
    let parties = parties_of(&mut draft, holders)?;
    fitted(draft, question, pattern, &parties)
}

/// The parties that a question names; none for everybody.
fn parties_of(draft: &mut Draft<'_>, holders: Option<&Phrase>) -> Result<Vec<Vec<String>>, QueryError> {
    let Some(phrase) = holders else { return Ok(Vec::new()) };
    draft.held_by(Some(phrase))?;
    names::parties(draft.catalog, phrase)
}

/// A pattern with the restrictions and parties of a question.
fn fitted(
    draft: Draft<'_>,
    question: &Question,
    pattern: &str,
    parties: &[Vec<String>],
) -> Result<Rewriting, QueryError> {
    let template = Template::read(pattern, &draft)?;
    fit(draft, question, template, parties)
}

fn fit(
    mut draft: Draft<'_>,
    question: &Question,
    mut template: Template,
    parties: &[Vec<String>],
) -> Result<Rewriting, QueryError> {
    for restriction in &question.restrictions {
        restriction::apply(&mut draft, restriction)?;
    }
    template.as_one_topic(topic_asked(question).as_deref(), &mut draft);
    template.as_parties(parties, &mut draft)?;
    template.with_sides(&mut draft);
    template.narrow(&mut draft);
    let (query, parameters) = template.finish(draft, question.counted)?;
    Ok(Rewriting { query, parameters, analysis: None })
}

/// The topics that a question is restricted to, in its own words.
fn topic_asked(question: &Question) -> Option<String> {
    let topics: Vec<String> = question
        .restrictions
        .iter()
        .filter_map(|restriction| match &restriction.node {
            Restriction::Topic(phrase) => Some(names::split(phrase)),
            _ => None,
        })
        .flatten()
        .map(|name| name.node)
        .collect();
    (!topics.is_empty()).then(|| topics.join(", "))
}
