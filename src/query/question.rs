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
    /// `what does Russia reject`, `did Russia reject the plan`: actors, then verbs; `what does Lavrov say Moscow wants`: verbs
    /// twice
    What(Phrase),
    /// `who is for the corridor`, `who is against Russia`: whoever takes that side, by whatever relation
    Standing(Standing, Phrase),
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
    /// `why 12`, `why "wire-17:120-188"`: the evidence of a position
    Why(Subject),
    /// `sources of 12`: through whom a position is known
    Sources(Subject),
    /// `who reported "the call"`: through whom positions about a topic are known
    Reporters(Phrase),
    /// `stance of Russia, NATO on ceasefire`: a matrix of holders and relations
    Stance(Option<Phrase>),
    /// `compare Russia and Ukraine on NATO`: agreements and clashes, pairwise
    Compare(Phrase),
    /// `who agrees with Russia on ceasefire`, `opponents of Russia`: others by common topics
    Company(Company, Phrase),
    /// `network on ceasefire`, `conflict network by jaccard of Russia, Ukraine`
    Network(Network, Option<Phrase>),
    /// `shifts of Trump on aid`: turns from one side to the other, in order of time
    Shifts(Option<Phrase>),
    /// `contradictions of Trump`: pairs of positions that cannot both be held
    Contradictions(Option<Phrase>),
    /// `what is new since 2025-01-10`: positions that their holder had not taken before
    New(Option<Phrase>),
    /// `what changed between 2025-01-10 and 2025-02-01`: sides that differ at two days
    Changed(Option<Phrase>),
    /// `path from Trump to Putin`: the shortest chain of positions and topics
    Path(Phrase, Phrase),
    /// `actors`
    Actors,
    /// `topics`, `topics of Russia`
    Topics(Option<Phrase>),
    /// `articles`
    Articles,
}

/// Which position is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `12`: that of a row of the last answer; the session knows it by its identity
    Row(u64),
    /// `"wire-17:120-188"`: by its identity
    Position(String),
}

/// Which side of a topic is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// `who is for`, `who is in favour of`
    For,
    /// `who is against`
    Against,
}

/// How others stand to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// `who agrees with`: whoever shares a side on some topic
    Agreeing,
    /// `who opposes`, `who disagrees with`: whoever takes the other side on some topic
    Opposing,
    /// `allies of`: whoever agrees on more topics than clashes
    Allied,
    /// `opponents of`: whoever clashes on more topics than agrees
    Opposed,
}

/// A discourse network: what ties its actors, and how ties are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// What ties actors.
    pub ties: Ties,
    /// How a tie is weighed.
    pub measure: Measure,
}

/// What ties actors of a discourse network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// `network`: both kinds side by side
    Both,
    /// `congruence network`: topics on which two actors take the same side
    Congruence,
    /// `conflict network`: topics on which two actors take opposite sides
    Conflict,
    /// `affiliation network`: each actor with the topics on which it takes a side
    Affiliation,
}

/// How a tie between two actors is weighed; the words are those of discourse network analysis (Leifeld 2017).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// `by count`: the number of topics
    Count,
    /// `by average activity`: over the mean number of topics of the two
    Average,
    /// `by jaccard`: over the number of topics that either has
    Jaccard,
    /// `by cosine`: over the geometric mean of the numbers of topics of the two
    Cosine,
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

impl Measure {
    /// The measure and its name in questions and answers.
    pub const NAMES: [(Measure, &'static str); 4] = [
        (Measure::Count, "count"),
        (Measure::Average, "average"),
        (Measure::Jaccard, "jaccard"),
        (Measure::Cosine, "cosine"),
    ];
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
    /// `exactly "freezing of the conflict"`: in these very words
    Exactly(String),
    /// `Russia`
    Word(String),
    /// `,` or `and` or `or`
    Separator,
}
