//! What is wrong with a text that does not fit the grammar, in words that a person reads.
//!
//! The parser generator knows the furthest place it reached and the rules that could have gone on there; this turns rule
//! names into "`RETURN`" or "an expression" and looks for a keyword that was nearly written.

use std::collections::BTreeSet;

use pest::error::{Error, ErrorVariant, InputLocation};

use super::{Rule, script};
use crate::query::error::{Detail, QueryError, did_you_mean};
use crate::text::Span;

/// Words that start a clause or go on with one; what a misspelt word is compared with.
const KEYWORDS: [&str; 27] = [
    "MATCH", "OPTIONAL", "WHERE", "WITH", "UNWIND", "RETURN", "DISTINCT", "ORDER", "BY", "SKIP", "LIMIT", "UNION",
    "AS", "ASC", "DESC", "AND", "OR", "XOR", "NOT", "IN", "STARTS", "ENDS", "CONTAINS", "IS", "EXPLAIN", "PROFILE",
    "ALL",
];

/// Words that begin a question or go on with one; what a misspelt word of a statement that is no pattern is compared with.
const QUESTION_WORDS: [&str; 53] = [
    "who",
    "what",
    "count",
    "positions",
    "position",
    "conditions",
    "statements",
    "stance",
    "timeline",
    "compare",
    "allies",
    "opponents",
    "network",
    "congruence",
    "conflict",
    "affiliation",
    "shifts",
    "contradictions",
    "topics",
    "actors",
    "articles",
    "path",
    "sources",
    "why",
    "according",
    "speaks",
    "reported",
    "new",
    "changed",
    "agrees",
    "disagrees",
    "with",
    "for",
    "of",
    "by",
    "on",
    "about",
    "from",
    "to",
    "against",
    "via",
    "in",
    "since",
    "until",
    "between",
    "quoted",
    "order",
    "limit",
    "jaccard",
    "cosine",
    "average",
    "publisher",
    "date",
];

/// Words that begin a restriction, and no question.
const RESTRICTION_WORDS: [&str; 13] =
    ["on", "about", "for", "to", "against", "via", "since", "until", "between", "quoted", "if", "unless", "limit"];

/// The error of the grammar as an error of the language.
pub(super) fn explain(text: &str, error: &Error<Rule>) -> QueryError {
    let position = match error.location {
        InputLocation::Pos(position) | InputLocation::Span((position, _)) => position,
    };
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        return QueryError::syntax(Detail::TooDeep, "statement too involved to be read", Span::new(0, text.len()))
            .hint("split it with `WITH`, or pass long lists as parameters");
    };
    if let Some(unclosed) = script::unclosed(text) {
        return unclosed;
    }
    let place = word_at(text, position);
    let word = place.of(text);
    if let Some(character) = word.chars().next().filter(|character| strange(*character)) {
        return strange_character(character, place);
    }
    let expected = expectations(positives);
    if word.is_empty() {
        return at_end(text, &expected);
    }
    let message = match &expected {
        Some(expected) => format!("unexpected `{word}`, expected {expected}"),
        None => format!("unexpected `{word}`"),
    };
    let error = QueryError::syntax(Detail::UnexpectedSyntax, message, place);
    match suggestion(text, word) {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

/// A keyword that was nearly written: of questions when the statement begins like one, or of nothing.
fn suggestion(text: &str, word: &str) -> Option<String> {
    let first = text.split_whitespace().next().unwrap_or_default();
    let starts = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(first));
    if word == first && starts(&RESTRICTION_WORDS) {
        return Some(format!("`{first}` follows what is asked: `who rejects talks since 2025-01-31`"));
    }
    let known = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let question = did_you_mean(word, QUESTION_WORDS).filter(|_| !known(&QUESTION_WORDS));
    let clause = did_you_mean(word, KEYWORDS).filter(|_| !known(&KEYWORDS));
    if starts(&QUESTION_WORDS[..25]) { question } else { clause.or(question.filter(|_| !starts(&KEYWORDS))) }
}

/// The error for a text that stops too early.
fn at_end(text: &str, expected: &Option<String>) -> QueryError {
    let end = text.trim_end().len();
    if let Some(bracket) = script::open_bracket(text) {
        let message = format!("`{}` is never closed", bracket.of(text));
        return QueryError::syntax(Detail::UnexpectedSyntax, message, bracket);
    }
    let message = match expected {
        Some(expected) => format!("the statement ends too early, expected {expected}"),
        None => "the statement ends too early".to_owned(),
    };
    QueryError::syntax(Detail::UnexpectedSyntax, message, Span::new(end, end))
}

/// Whether a character has no place outside strings: neither ASCII, nor part of a name.
fn strange(character: char) -> bool {
    !character.is_ascii() && !character.is_alphanumeric()
}

/// The error for a character such as a long dash; the ASCII one that was probably meant is named.
fn strange_character(character: char, place: Span) -> QueryError {
    let place = Span::new(place.start, place.start + character.len_utf8());
    let error =
        QueryError::syntax(Detail::InvalidUnicodeCharacter, format!("unexpected character `{character}`"), place);
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => error.hint("did you mean `-`?"),
        '\u{2018}' | '\u{2019}' => error.hint("did you mean `'`?"),
        '\u{201C}' | '\u{201D}' => error.hint("did you mean `\"`?"),
        _ => error,
    }
}

/// The word, or the one character, that starts at a position.
fn word_at(text: &str, position: usize) -> Span {
    let rest = text.get(position..).unwrap_or_default();
    let word = |character: char| character.is_alphanumeric() || character == '_';
    let mut length = rest.find(|character| !word(character)).unwrap_or(rest.len());
    if length == 0 {
        length = rest.chars().next().map_or(0, char::len_utf8);
    }
    Span::new(position, position + length)
}

/// "`RETURN`, `WITH` or an expression"; none when there is nothing to say.
fn expectations(rules: &[Rule]) -> Option<String> {
    let names: BTreeSet<String> = rules.iter().filter_map(|rule| expectation(*rule)).collect();
    let mut names: Vec<String> = names.into_iter().collect();
    if names.len() > 8 {
        names.retain(|name| !name.starts_with('`') || name.len() > 5);
    }
    let last = names.pop()?;
    Some(if names.is_empty() { last } else { format!("{} or {last}", names.join(", ")) })
}

/// What a rule is called in a message; operators are left out, since nearly everything could go on with one.
fn expectation(rule: Rule) -> Option<String> {
    let plain = match rule {
        Rule::expression | Rule::operand => "an expression",
        Rule::variable | Rule::name | Rule::plain_name => "a name",
        Rule::pattern_part | Rule::patterns | Rule::path | Rule::node => "a pattern such as `(a)`",
        Rule::relationship => "a relationship such as `-->`",
        Rule::detail => "`[`",
        Rule::single_query | Rule::query | Rule::statement => {
            "a question such as `who rejects talks` or a clause such as `MATCH`"
        }
        Rule::word_of => "`of`",
        Rule::word_from => "`from`",
        Rule::phrase => "a name or a topic",
        Rule::day => "a day such as 2025-01-31",
        Rule::measure => "`count`, `average`, `jaccard` or `cosine`",
        Rule::order_key => "`date`, `actor` or `publisher`",
        Rule::row | Rule::answer_id => "the number of a row",
        Rule::matching => "`MATCH`",
        Rule::unwind => "`UNWIND`",
        Rule::with => "`WITH`",
        Rule::returning => "`RETURN`",
        Rule::union => "`UNION`",
        Rule::filter => "`WHERE`",
        Rule::order => "`ORDER BY`",
        Rule::skip => "`SKIP`",
        Rule::limit => "`LIMIT`",
        Rule::when => "`WHEN`",
        Rule::labels => "a label such as `:Actor`",
        Rule::types => "a type such as `:SAYS`",
        Rule::properties | Rule::map => "a map such as `{name: 'a'}`",
        Rule::dash => "`-`",
        Rule::digits => "a number",
        Rule::EOI => "the end",
        _ if format!("{rule:?}").starts_with("ask_") => "a question such as `who rejects talks`",
        _ => return keyword(rule),
    };
    Some(plain.to_owned())
}

/// The keyword that a rule named `kw_...` stands for.
fn keyword(rule: Rule) -> Option<String> {
    let name = format!("{rule:?}");
    name.strip_prefix("kw_").map(|word| format!("`{}`", word.to_uppercase()))
}
