//! Questions that ask for less than one that has no answer: without its verbs, its form, or one of its restrictions.
//!
//! What they find is said by `absence`; here it is only decided what is left out.

use super::split_at_verbs;
use crate::query::ast::Spanned;
use crate::query::question::{Form, Phrase, Piece, Question, Restriction};
use crate::text::Span;

/// A question that asks for less, with what was left out.
pub(in crate::query) struct Relaxed {
    /// What was left out.
    pub omitted: Omitted,
    /// The question, which is always one for positions.
    pub question: Question,
}

/// What a question is asked without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum Omitted {
    /// The verbs of `who rejects the corridor`
    Verbs,
    /// The form: for `shifts of Trump`, any of his positions
    Form,
    /// The restriction that stands there
    Restriction(Span),
}

/// The questions that ask for less: first without verbs or form, then without one restriction each; where the form is no
/// question for positions, without the form as well.
pub(in crate::query) fn relaxations(question: &Question) -> Vec<Relaxed> {
    let plain = Question { counted: false, ..question.clone() };
    let mut found: Vec<Relaxed> = without_form(&plain).into_iter().chain(without_topic(&plain)).collect();
    let base = match found.first() {
        _ if is_about_positions(&question.form.node) => Some(plain),
        found => found.map(|relaxed| relaxed.question.clone()),
    };
    if let Some(base) = base {
        for (place, restriction) in base.restrictions.iter().enumerate() {
            let mut fewer = base.clone();
            fewer.restrictions.remove(place);
            if !matches!(restriction.node, Restriction::Order(_) | Restriction::Limit(_)) {
                found.push(Relaxed { omitted: Omitted::Restriction(restriction.span), question: fewer });
            }
        }
    }
    found
}

/// Whether the answers to a form are positions, a row each.
fn is_about_positions(form: &Form) -> bool {
    matches!(
        form,
        Form::Who(_)
            | Form::Standing(..)
            | Form::What(_)
            | Form::WhatIf(_)
            | Form::Positions(_)
            | Form::Conditions(_)
            | Form::Statements(_)
            | Form::Timeline(_)
            | Form::New(_)
    )
}

/// The question for any position of those that a question is about; `None` when it asks for nothing less.
fn without_form(question: &Question) -> Option<Relaxed> {
    let (omitted, holders, topic) = match &question.form.node {
        Form::Who(phrase) => {
            let (_, _, topic) = split_at_verbs(phrase)?;
            (Omitted::Verbs, None, topic)
        }
        Form::What(phrase) => return without_verbs(question, phrase),
        Form::Standing(_, topic) => (Omitted::Verbs, None, topic.as_slice()),
        Form::Company(_, holders) | Form::Compare(holders) => (Omitted::Form, Some(holders.clone()), &[][..]),
        Form::Conditions(holders)
        | Form::Stance(holders)
        | Form::Shifts(holders)
        | Form::Contradictions(holders)
        | Form::Changed(holders)
        | Form::New(holders)
        | Form::Network(_, holders) => (Omitted::Form, holders.clone(), &[][..]),
        Form::Reporters(topic) => (Omitted::Form, None, topic.as_slice()),
        _ => return None,
    };
    let question = positions(question, holders, topic);
    Some(Relaxed { omitted, question })
}

/// For `what does Russia reject` any position of Russia; for `what does Lavrov say Moscow wants` any of Moscow's that Lavrov
/// reports.
fn without_verbs(question: &Question, phrase: &Phrase) -> Option<Relaxed> {
    let (first, _, after) = split_at_verbs(phrase)?;
    let mut question = question.clone();
    let (holders, topic) = match split_at_verbs(after) {
        Some((holders, _, topic)) if !holders.is_empty() => {
            question.restrictions.push(Spanned::new(Restriction::Via(first.to_vec()), question.form.span));
            (holders, topic)
        }
        _ => (first, after),
    };
    let question = positions(&question, Some(holders.to_vec()), topic);
    Some(Relaxed { omitted: Omitted::Verbs, question })
}

/// For `what does Russia reject on NATO` or `did Russia reject NATO` whatever Russia rejects, when the topic stands behind
/// the verb.
fn without_topic(question: &Question) -> Option<Relaxed> {
    let Form::What(phrase) = &question.form.node else { return None };
    let (_, _, topic) = split_at_verbs(phrase)?;
    let (first, last) = (topic.first()?, topic.last()?);
    let mut question = question.clone();
    question.form.node = Form::What(phrase[..phrase.len() - topic.len()].to_vec());
    Some(Relaxed { omitted: Omitted::Restriction(first.span.cover(last.span)), question })
}

/// `positions of HOLDERS on TOPIC` with the restrictions of a question.
fn positions(question: &Question, holders: Option<Phrase>, topic: &[Spanned<Piece>]) -> Question {
    let form = Spanned::new(Form::Positions(holders), question.form.span);
    let mut restrictions = question.restrictions.clone();
    if !topic.is_empty() {
        restrictions.push(Spanned::new(Restriction::Topic(topic.to_vec()), question.form.span));
    }
    restrictions.retain(|restriction| !matches!(restriction.node, Restriction::Negated | Restriction::Limit(_)));
    Question { form, restrictions, ..question.clone() }
}
