//! Questions as they are asked: a form, and restrictions in any order.
//!
//! Phrases are kept as written. Which words of them are verbs, names and topics is decided by `rewriting`, with a graph
//! in hand; it turns every question into a pattern.

use super::ast::Spanned;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The words as they were written.
    pub text: String,
    /// Whether only the number of answers is asked for: `count who rejects "the plan"`.
    pub counted: bool,
    /// What is asked.
    pub form: Spanned<Form>,
    /// What the answers are restricted to.
    pub restrictions: Vec<Spanned<Restriction>>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// `who rejects "freezing of the conflict"`: verbs, then perhaps a topic
    Who(Phrase),
    /// `what does Russia reject`: actors, then verbs; `what does Lavrov say Moscow wants`: verbs twice
    What(Phrase),
    /// `what if "Kiev withdraws"`
    WhatIf(Phrase),
    /// `positions of Russia`
    Positions(Option<Phrase>),
    /// `conditions of Russia`
    Conditions(Option<Phrase>),
    /// `statements by Peskov`
    Statements(Option<Phrase>),
    /// `timeline of Russia`
    Timeline(Option<Phrase>),
    /// `who speaks for Russia`
    Spokespeople(Phrase),
    /// `why 12`: the row of the last answer; the session knows it by the identity of its position
    Why(u64),
    /// `why "wire-17:120-188"`: by the identity of the position
    WhyPosition(String),
    /// `actors`
    Actors,
    /// `topics`, `topics of Russia`
    Topics(Option<Phrase>),
    /// `articles`
    Articles,
}

/// A restriction.
#[derive(Clone, Debug, PartialEq)]
pub enum Restriction {
    /// `on "NATO"`, `about talks`, `for ceasefire`
    Topic(Phrase),
    /// `to Hamas`, `against Russia`
    Target(Phrase),
    /// `according to CNN`, `via Peskov`
    Via(Phrase),
    /// `in "Herald of Orsa"`
    Publisher(Phrase),
    /// `since 2025-01-10`: on that day or later
    Since(String),
    /// `until 2025-01-31`: on that day or earlier
    Until(String),
    /// `quoted`: in the holder's own words
    Quoted,
    /// `with conditions`
    Conditioned,
    /// `if "Kiev withdraws"`, `until sanctions end`: the marker and what the condition is about
    Condition(String, Phrase),
    /// `not`: only negated stances
    Negated,
    /// `order by date`
    Order(OrderKey),
    /// `limit 5`
    Limit(u64),
}

/// What answers are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderKey {
    /// Day of publication.
    Date,
    /// Name of the holder.
    Actor,
    /// Outlet.
    Publisher,
}

/// Words as they were written, cut at blanks, quotation marks and commas.
///
/// The parser gives at least one piece.
pub type Phrase = Vec<Spanned<Piece>>;

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `"freezing of the conflict"`, without its marks
    Quoted(String),
    /// `Russia`
    Word(String),
    /// `,` or `and` or `or`
    Separator,
}
