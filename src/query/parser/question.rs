//! From the grammar's tree to a question.
//!
//! Phrases are cut into pieces here; what they name is looked up later, in `rewriting`.

use super::{Pair, Rule, required, span_of, unfinished};
use crate::query::ast::Spanned;
use crate::query::error::{Detail, QueryError};
use crate::query::question::{
    Company, Form, Measure, Network, OrderKey, Phrase, Piece, Question, Restriction, Standing, Subject, Ties,
};
use crate::text::Span;

/// A question with its restrictions; `according to CNN, ...` may stand in front.
pub(super) fn question(pair: Pair<'_>) -> Result<Question, QueryError> {
    let span = span_of(&pair);
    let text = pair.as_str().trim_end().to_owned();
    let (mut counted, mut asked, mut restrictions): (_, Option<Spanned<Form>>, _) = (false, None, Vec::new());
    for part in pair.into_inner() {
        let place = span_of(&part);
        match part.as_rule() {
            Rule::counted => counted = true,
            rule if is_form(rule) => {
                let negations = part.clone().into_inner().filter(|inner| inner.as_rule() == Rule::negated);
                if part.as_rule() == Rule::ask_under {
                    restrictions.push(Spanned::new(Restriction::Conditioned, place));
                }
                restrictions.extend(negations.map(|word| Spanned::new(Restriction::Negated, span_of(&word))));
                asked = Some(Spanned::new(form(part)?, place));
            }
            Rule::weighed => weigh(asked.as_mut(), &part)?,
            Rule::dangling => check_dangling(asked.as_ref(), &part)?,
            // "what are the": says nothing of its own.
            Rule::auxiliary | Rule::copula | Rule::word_what | Rule::word_who => {}
            _ => restrict(part, &mut restrictions)?,
        }
    }
    let form = asked.ok_or_else(|| unfinished(span))?;
    Ok(Question { text, counted, form, restrictions })
}

/// Whether a rule is a form of question.
fn is_form(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::ask_who
            | Rule::ask_spokespeople
            | Rule::ask_side
            | Rule::ask_whether
            | Rule::ask_under
            | Rule::ask_owned
            | Rule::ask_company
            | Rule::ask_circle
            | Rule::ask_reporters
            | Rule::ask_what
            | Rule::ask_what_if
            | Rule::ask_new
            | Rule::ask_changed
            | Rule::ask_stance
            | Rule::ask_positions
            | Rule::ask_conditions
            | Rule::ask_statements
            | Rule::ask_timeline
            | Rule::ask_shifts
            | Rule::ask_contradictions
            | Rule::ask_compare
            | Rule::ask_network
            | Rule::ask_path
            | Rule::ask_topics
            | Rule::ask_actors
            | Rule::ask_articles
            | Rule::ask_why
            | Rule::ask_sources
    )
}

/// "what did they agree on" may end with its preposition; after "network on" a topic is missing.
fn check_dangling(asked: Option<&Spanned<Form>>, pair: &Pair<'_>) -> Result<(), QueryError> {
    match asked.map(|form| &form.node) {
        Some(Form::What(_)) => Ok(()),
        _ => {
            let word = pair.as_str().trim();
            let message = format!("expected a name or a topic after `{word}`");
            Err(QueryError::syntax(Detail::UnexpectedSyntax, message, span_of(pair)))
        }
    }
}

/// What is asked.
fn form(pair: Pair<'_>) -> Result<Form, QueryError> {
    let rule = pair.as_rule();
    let span = span_of(&pair);
    Ok(match rule {
        Rule::ask_who => Form::Who(phrase_in(pair).unwrap_or_default()),
        Rule::ask_what | Rule::ask_whether | Rule::ask_under => Form::What(some_phrase(pair, span)?),
        Rule::ask_side => Form::Standing(standing(&pair), some_phrase(pair, span)?),
        Rule::ask_owned => owned(&pair),
        Rule::ask_spokespeople => Form::Spokespeople(some_phrase(pair, span)?),
        Rule::ask_company | Rule::ask_circle => Form::Company(company(&pair), some_phrase(pair, span)?),
        Rule::ask_reporters => Form::Reporters(some_phrase(pair, span)?),
        Rule::ask_what_if => Form::WhatIf(some_phrase(pair, span)?),
        Rule::ask_compare => Form::Compare(compared(pair)),
        Rule::ask_network => Form::Network(network(&pair), phrase_in(pair)),
        Rule::ask_path => path(pair)?,
        Rule::ask_actors => Form::Actors,
        Rule::ask_articles => Form::Articles,
        Rule::ask_why => Form::Why(subject(pair)?),
        Rule::ask_sources => Form::Sources(subject(pair)?),
        _ => form_of_holders(rule, phrase_in(pair)),
    })
}

/// A form that may name holders.
fn form_of_holders(rule: Rule, holders: Option<Phrase>) -> Form {
    match rule {
        Rule::ask_new => Form::New(holders),
        Rule::ask_changed => Form::Changed(holders),
        Rule::ask_stance => Form::Stance(holders),
        Rule::ask_conditions => Form::Conditions(holders),
        Rule::ask_statements => Form::Statements(holders),
        Rule::ask_timeline => Form::Timeline(holders),
        Rule::ask_shifts => Form::Shifts(holders),
        Rule::ask_contradictions => Form::Contradictions(holders),
        Rule::ask_topics => Form::Topics(holders),
        _ => Form::Positions(holders),
    }
}

/// Which side `who is against the corridor` asks for.
fn standing(pair: &Pair<'_>) -> Standing {
    match pair.clone().into_inner().any(|inner| inner.as_rule() == Rule::side_against) {
        true => Standing::Against,
        false => Standing::For,
    }
}

/// `Kestria's position`, `Russia's allies`: the form that its noun stands for.
fn owned(pair: &Pair<'_>) -> Form {
    let mut owner = Vec::new();
    let mut form = Rule::ask_positions;
    for inner in pair.clone().into_inner() {
        match inner.as_rule() {
            Rule::owner => owner.push(Spanned::new(Piece::Word(inner.as_str().trim().to_owned()), span_of(&inner))),
            Rule::word_stance => form = Rule::ask_stance,
            Rule::word_conditions => form = Rule::ask_conditions,
            Rule::word_statements => form = Rule::ask_statements,
            Rule::word_timeline => form = Rule::ask_timeline,
            Rule::word_shifts => form = Rule::ask_shifts,
            Rule::word_contradictions => form = Rule::ask_contradictions,
            Rule::word_topics => form = Rule::ask_topics,
            Rule::allied | Rule::opposed => return Form::Company(company(pair), owner),
            _ => {}
        }
    }
    form_of_holders(form, Some(owner))
}

/// The names of `compare Russia and Ukraine`, `compare Russia with Ukraine`.
fn compared(pair: Pair<'_>) -> Phrase {
    let phrases = pair.into_inner().filter(|inner| inner.as_rule() == Rule::phrase);
    let mut names = Phrase::new();
    for phrase in phrases {
        if !names.is_empty() {
            names.push(Spanned::new(Piece::Separator, span_of(&phrase)));
        }
        names.extend(pieces(phrase));
    }
    names
}

/// How the others stand whom a question asks for.
fn company(pair: &Pair<'_>) -> Company {
    let rules: Vec<Rule> = pair.clone().into_inner().map(|inner| inner.as_rule()).collect();
    match () {
        () if rules.contains(&Rule::allied) => Company::Allied,
        () if rules.contains(&Rule::opposed) => Company::Opposed,
        () if rules.contains(&Rule::opposing) => Company::Opposing,
        () => Company::Agreeing,
    }
}

/// `conflict network by jaccard`
fn network(pair: &Pair<'_>) -> Network {
    let mut network = Network { ties: Ties::Both, measure: Measure::Count };
    for inner in pair.clone().into_inner() {
        match (inner.as_rule(), inner.as_str().trim().to_lowercase().as_str()) {
            (Rule::ties, "congruence") => network.ties = Ties::Congruence,
            (Rule::ties, "conflict") => network.ties = Ties::Conflict,
            (Rule::ties, _) => network.ties = Ties::Affiliation,
            (Rule::weighed, _) => network.measure = measure(&inner),
            _ => {}
        }
    }
    network
}

/// `by average activity`
fn measure(pair: &Pair<'_>) -> Measure {
    let word = pair.clone().into_inner().find(|inner| inner.as_rule() == Rule::measure);
    let word = word.map(|word| word.as_str().to_lowercase()).unwrap_or_default();
    let named = Measure::NAMES.iter().find(|(_, name)| word.starts_with(name));
    named.map_or(Measure::Count, |(measure, _)| *measure)
}

/// `network on ceasefire by jaccard`: the measure may stand among the restrictions.
fn weigh(asked: Option<&mut Spanned<Form>>, pair: &Pair<'_>) -> Result<(), QueryError> {
    match asked.map(|form| &mut form.node) {
        Some(Form::Network(network, _)) => {
            network.measure = measure(pair);
            Ok(())
        }
        _ => {
            let error = QueryError::syntax(Detail::UnexpectedSyntax, "only a network is weighed", span_of(pair));
            Err(error.hint("answers are ordered by `order by date`, `actor` or `publisher`"))
        }
    }
}

/// `path from Trump to Putin`
fn path(pair: Pair<'_>) -> Result<Form, QueryError> {
    let span = span_of(&pair);
    let mut ends = pair.into_inner().filter(|inner| inner.as_rule() == Rule::phrase);
    let (from, to) = (required(&mut ends, span)?, required(&mut ends, span)?);
    Ok(Form::Path(pieces(from), pieces(to)))
}

/// `12`, `"wire-17:120-188"`
fn subject(pair: Pair<'_>) -> Result<Subject, QueryError> {
    let span = span_of(&pair);
    let subject = pair.into_inner().find(|inner| matches!(inner.as_rule(), Rule::row | Rule::answer_id));
    let subject = subject.ok_or_else(|| unfinished(span))?;
    match subject.as_rule() {
        Rule::row => Ok(Subject::Row(number(&subject)?)),
        _ => Ok(Subject::Position(unquoted(subject.as_str()))),
    }
}

/// Adds the restrictions that one rule stands for: two for `between`.
fn restrict(pair: Pair<'_>, restrictions: &mut Vec<Spanned<Restriction>>) -> Result<(), QueryError> {
    let span = span_of(&pair);
    let mut add = |restriction| restrictions.push(Spanned::new(restriction, span));
    match pair.as_rule() {
        Rule::on_topic => add(Restriction::Topic(some_phrase(pair, span)?)),
        Rule::to_target => add(Restriction::Target(some_phrase(pair, span)?)),
        Rule::via | Rule::via_first => add(Restriction::Via(some_phrase(pair, span)?)),
        Rule::in_publisher => add(Restriction::Publisher(some_phrase(pair, span)?)),
        Rule::since => add(Restriction::Since(only_day(pair, span)?)),
        Rule::until_day => add(Restriction::Until(only_day(pair, span)?)),
        Rule::between => {
            let (first, last) = two_days(pair, span)?;
            add(Restriction::Since(first));
            add(Restriction::Until(last));
        }
        Rule::by_condition => {
            let marker = pair.clone().into_inner().find(|inner| inner.as_rule() == Rule::condition_word);
            let marker = marker.map(|word| word.as_str().trim().to_lowercase()).unwrap_or_default();
            add(Restriction::Condition(marker, some_phrase(pair, span)?));
        }
        Rule::conditioned => add(Restriction::Conditioned),
        Rule::quoted_only => add(Restriction::Quoted),
        Rule::negated => add(Restriction::Negated),
        Rule::ordered => add(Restriction::Order(order_key(pair))),
        Rule::limited => add(Restriction::Limit(limit(pair, span)?)),
        _ => {}
    }
    Ok(())
}

/// The days of `between DATE and DATE`, the first not after the last.
fn two_days(pair: Pair<'_>, span: Span) -> Result<(String, String), QueryError> {
    let mut days = pair.into_inner().filter(|inner| inner.as_rule() == Rule::day);
    let first = day(&required(&mut days, span)?)?;
    let last = day(&required(&mut days, span)?)?;
    if first <= last {
        return Ok((first, last));
    }
    let message = format!("`{first}` is after `{last}`");
    let error = QueryError::syntax(Detail::InvalidArgumentValue, message, span);
    Err(error.hint(format!("did you mean `between {last} and {first}`?")))
}

/// The phrases of a rule as one; `None` when it has none.
fn phrase_in(pair: Pair<'_>) -> Option<Phrase> {
    let mut found: Option<Phrase> = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::phrase | Rule::one_name => found.get_or_insert_default().extend(pieces(inner)),
            Rule::holders | Rule::holders_from | Rule::network_of => return phrase_in(inner),
            _ => {}
        }
    }
    found
}

/// The phrase of a rule that needs one.
fn some_phrase(pair: Pair<'_>, span: Span) -> Result<Phrase, QueryError> {
    phrase_in(pair).ok_or_else(|| unfinished(span))
}

/// The pieces of a phrase.
fn pieces(phrase: Pair<'_>) -> Phrase {
    phrase.into_inner().map(|piece| self::piece(&piece)).collect()
}

/// A piece of a phrase.
fn piece(pair: &Pair<'_>) -> Spanned<Piece> {
    let text = pair.as_str().trim();
    let piece = match pair.as_rule() {
        Rule::separator => Piece::Separator,
        Rule::quoted => Piece::Quoted(unquoted(text)),
        Rule::exactly => {
            let words = pair.clone().into_inner().find(|inner| inner.as_rule() == Rule::quoted);
            Piece::Exactly(words.map(|words| unquoted(words.as_str())).unwrap_or_default())
        }
        _ => Piece::Word(text.to_owned()),
    };
    Spanned::new(piece, span_of(pair))
}

/// A quoted phrase without its marks; a backslash before a mark goes, too.
fn unquoted(text: &str) -> String {
    let text = text.trim().trim_matches(['"', '\'', '“', '”', '„']);
    text.replace("\\\"", "\"").replace("\\'", "'")
}

/// The one day of a rule.
fn only_day(pair: Pair<'_>, span: Span) -> Result<String, QueryError> {
    let mut days = pair.into_inner().filter(|inner| inner.as_rule() == Rule::day);
    day(&required(&mut days, span)?)
}

/// A day as the graph spells it, `YYYY-MM-DD`.
fn day(pair: &Pair<'_>) -> Result<String, QueryError> {
    let text = pair.as_str().trim().trim_matches(['"', '\'']);
    match text.parse::<jiff::civil::Date>() {
        Ok(date) => Ok(date.to_string()),
        Err(_) => {
            let message = format!("`{text}` is no day");
            let error = QueryError::syntax(Detail::InvalidArgumentValue, message, span_of(pair));
            Err(error.hint("write it as 2025-01-31"))
        }
    }
}

/// What to order by.
fn order_key(pair: Pair<'_>) -> OrderKey {
    let key = pair.into_inner().find(|inner| inner.as_rule() == Rule::order_key);
    match key.map(|key| key.as_str().trim().to_lowercase()).as_deref() {
        Some("actor") => OrderKey::Actor,
        Some("publisher") => OrderKey::Publisher,
        _ => OrderKey::Date,
    }
}

/// How many answers.
fn limit(pair: Pair<'_>, span: Span) -> Result<u64, QueryError> {
    let mut digits = pair.into_inner().filter(|inner| inner.as_rule() == Rule::digits);
    number(&required(&mut digits, span)?)
}

/// A whole number.
fn number(pair: &Pair<'_>) -> Result<u64, QueryError> {
    let text = pair.as_str().trim();
    text.parse().map_err(|_| {
        QueryError::syntax(Detail::NumberOutOfRange, format!("`{text}` is too large a number"), span_of(pair))
    })
}
