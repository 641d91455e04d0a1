//! What extraction gives back: attributions and positions, each with the spans that prove it.
//!
//! The scheme is that of political event coding (CAMEO roots) refined by source, cue and content of attribution studies
//! (Pareti 2015; Newell et al. 2018). How these values are found is decided in the other files of `extract`.

use serde::{Deserialize, Serialize};

use super::Entity;
use crate::text::Span;

/// Declares an enum whose variants have one spelling, used in JSON, in the word lists and in the query language.
macro_rules! spelled {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $spelling:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $spelling)] $variant,)+
        }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The spelling.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $spelling,)+ }
            }
        }
    };
}

spelled! {
    /// How a holder stands to a content.
    RelationKind {
        /// "said that", "confirmed"
        Says = "says",
        /// "hopes", "predicted", "fears"
        Expects = "expects",
        /// "denied the report"
        Denies = "denies",
        /// "is preparing", "intends to"
        Plans = "plans",
        /// "urged", "called on"
        Asks = "asks",
        /// "suggested", "offered"
        Proposes = "proposes",
        /// "vowed", "pledged", "signalled that it would"
        Promises = "promises",
        /// "backs", "is open to"
        Supports = "supports",
        /// "agreed to", "accepted"
        Agrees = "agrees",
        /// "insists on", "must"
        Demands = "demands",
        /// "blamed", "criticised"
        Accuses = "accuses",
        /// "rejected", "ruled out", "will not"
        Rejects = "rejects",
        /// "threatened to", "warned it would"
        Threatens = "threatens",
    }
}

spelled! {
    /// Whether the stance itself is negated.
    Polarity {
        /// "agreed"; also "refused", which its relation holds
        Positive = "positive",
        /// "has not agreed", "declined to comment"
        Negated = "negated",
    }
}

spelled! {
    /// In what way the stance is held; the later value wins where two apply.
    Modality {
        /// "rejects"
        Asserted = "asserted",
        /// "may", "is mulling", "is open to"
        Possible = "possible",
        /// "would sign if"
        Conditional = "conditional",
        /// part of somebody's plan or scenario: "Ukraine would agree"
        Hypothetical = "hypothetical",
    }
}

spelled! {
    /// How a condition binds.
    ConditionKind {
        /// "if Kiev withdraws"
        If = "if",
        /// "only if", "only when"
        OnlyIf = "only-if",
        /// "unless", "or face"
        Unless = "unless",
        /// "until the sanctions end"
        Until = "until",
        /// "once Kiev begins withdrawing"
        Once = "once",
        /// "provided that", "on condition that"
        Provided = "provided",
        /// "in return for"
        InExchangeFor = "in-exchange-for",
        /// "before talks begin"
        Before = "before",
        /// "without preconditions"
        Without = "without",
    }
}

spelled! {
    /// How much of a content is the holder's own wording.
    QuoteKind {
        /// the whole content stands in quotation marks
        Direct = "direct",
        /// a part of it does
        Mixed = "mixed",
        /// none of it does
        Indirect = "indirect",
    }
}

/// Everything that extraction finds in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Who is said to say, think or want what: outermost attributions only.
    pub attributions: Vec<Attribution>,
    /// The positions, nested ones included, in order of their cues.
    pub positions: Vec<Position>,
    /// The actors with their mentions, in order of first mention.
    pub entities: Vec<Entity>,
}

/// An attribution: source, cue and content, each in one or more spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who; empty for "was said to" without an agent.
    pub source: Vec<Span>,
    /// The words that attribute: "has said", "according to".
    pub cue: Vec<Span>,
    /// What is attributed, in text order.
    pub content: Vec<Span>,
}

/// A mention of an actor in a role of a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The mention; `None` when the party is implied.
    pub span: Option<Span>,
    /// The canonical name of its entity.
    pub canonical: String,
}

/// A position: a holder's stance towards a content, with what it hangs on and how we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The kind of stance.
    pub relation: RelationKind,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// How it is held.
    pub modality: Modality,
    /// Who holds it.
    pub holder: Party,
    /// Who else holds it, in the same words.
    pub co_holders: Vec<Party>,
    /// The words that signal it; never empty.
    pub cue: Vec<Span>,
    /// What it is about, in text order, conditions included where they stand inside.
    pub content: Vec<Span>,
    /// What it hangs on.
    pub conditions: Vec<Condition>,
    /// Reporters through whom we know it, outermost first, the holder excluded; "(unspecified)" for "reportedly".
    pub chain: Vec<String>,
    /// To whom it is addressed, or against whom.
    pub targets: Vec<Party>,
    /// The sentences it stands in.
    pub sentences: Vec<Span>,
    /// From the first byte of its parts to the last.
    pub evidence: Span,
    /// The position whose content it was found in, an index into `Analysis::positions`.
    pub parent: Option<usize>,
    /// How much of the content is quoted.
    pub quote: QuoteKind,
    /// The rule that found it: "complement-clause", "according-to".
    pub rule: &'static str,
}

/// What a position hangs on, or explicitly does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The clause or phrase, without its marker.
    pub span: Span,
    /// The words that open it: "once", "on condition that".
    pub marker: Span,
    /// How it binds.
    pub kind: ConditionKind,
    /// "without preconditions": explicitly not a condition.
    pub negated: bool,
}
