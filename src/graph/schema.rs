//! The one spelling of everything a graph of positions holds: labels, relationship types and property names.
//!
//! Query language, JSON, DOT and the graph file all take their words from here. [`NODES`] and [`RELATIONSHIPS`] say
//! which property stands where, so that the shell can describe and complete them. Offsets in properties are Unicode code
//! points into the `text` of the article, end excluded, as in every output.

use crate::extract::{EntityKind, RelationKind};

/// Declares an enum whose variants have one spelling, with conversions both ways.
macro_rules! spelling {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $spelling:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $spelling,)+ }
            }

            /// The value spelt exactly so.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($spelling => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

spelling! {
    /// A label of a node. Every actor carries `Actor` and then the label of its kind.
    Label {
        /// One news text.
        Article = "Article",
        /// Whoever can hold a position.
        Actor = "Actor",
        /// "Dmitry Peskov"
        Person = "Person",
        /// "NATO"
        Organisation = "Organisation",
        /// "Russia"
        State = "State",
        /// "residents", "Palestinian militants"
        Group = "Group",
        /// "people familiar with the matter": one node for each article.
        Unnamed = "Unnamed",
        /// A stance towards a content.
        Position = "Position",
        /// What a position hangs on, or explicitly does not.
        Condition = "Condition",
        /// What positions are about.
        Topic = "Topic",
    }
}

spelling! {
    /// A relationship type. The first thirteen are the relations, from an actor to its position.
    RelationshipType {
        /// Actor -> Position
        Says = "SAYS",
        /// Actor -> Position
        Expects = "EXPECTS",
        /// Actor -> Position
        Denies = "DENIES",
        /// Actor -> Position
        Plans = "PLANS",
        /// Actor -> Position
        Asks = "ASKS",
        /// Actor -> Position
        Proposes = "PROPOSES",
        /// Actor -> Position
        Promises = "PROMISES",
        /// Actor -> Position
        Supports = "SUPPORTS",
        /// Actor -> Position
        Agrees = "AGREES",
        /// Actor -> Position
        Demands = "DEMANDS",
        /// Actor -> Position
        Accuses = "ACCUSES",
        /// Actor -> Position
        Rejects = "REJECTS",
        /// Actor -> Position
        Threatens = "THREATENS",
        /// Position -> Condition
        ConditionsOn = "CONDITIONS_ON",
        /// Position or Condition -> Topic or Actor
        About = "ABOUT",
        /// Position -> Actor: the addressee, the accused, the one asked
        Targets = "TARGETS",
        /// Position -> Actor: a reporter of the chain; `order` 0 is the outermost
        ReportedBy = "REPORTED_BY",
        /// Position -> Position: nested attribution
        Contains = "CONTAINS",
        /// Position -> Article
        In = "IN",
        /// Actor -> Actor: Lavrov -> Russia
        SpeaksFor = "SPEAKS_FOR",
        /// Topic -> Topic: "freezing of the conflict" -> "conflict"
        Broader = "BROADER",
        /// Position -> earlier Position of the same holder, relation and content in another article
        Repeats = "REPEATS",
    }
}

impl RelationshipType {
    /// The thirteen relations, in the order of [`RelationKind::ALL`].
    pub const RELATIONS: &'static [RelationshipType] = Self::ALL.split_at(RelationKind::ALL.len()).0;

    /// The relation this type stands for, if it is one of the thirteen: `REJECTS` is `rejects`.
    pub fn relation(self) -> Option<RelationKind> {
        RelationKind::ALL.get(self as usize).copied()
    }

    /// Whether it leads from a holder to a position: whether it is one of the thirteen relations.
    pub fn is_relation(self) -> bool {
        self.relation().is_some()
    }
}

impl From<RelationKind> for RelationshipType {
    fn from(relation: RelationKind) -> Self {
        Self::ALL[relation as usize]
    }
}

/// Whether a relationship of this type, as it is spelt in the graph, leads from a holder to a position.
pub fn is_relation(relationship_type: &str) -> bool {
    RelationshipType::from_name(relationship_type).is_some_and(RelationshipType::is_relation)
}

impl Label {
    /// The label of an actor's kind; `None` for what is no actor.
    pub fn of_kind(kind: EntityKind) -> Option<Self> {
        match kind {
            EntityKind::Person => Some(Self::Person),
            EntityKind::Organisation => Some(Self::Organisation),
            EntityKind::State => Some(Self::State),
            EntityKind::Group => Some(Self::Group),
            EntityKind::Unnamed => Some(Self::Unnamed),
            EntityKind::Other => None,
        }
    }
}

/// Property names.
pub mod property {
    /// Identity of an article or position: `wire-17`, `wire-17:120-188`.
    pub const ID: &str = "id";
    /// Headline of an article.
    pub const TITLE: &str = "title";
    /// Outlet of an article.
    pub const PUBLISHER: &str = "publisher";
    /// Day of publication, `YYYY-MM-DD`; a position has that of its article.
    pub const DATE: &str = "date";
    /// Where an article was published.
    pub const URL: &str = "url";
    /// Number of words of an article.
    pub const WORDS: &str = "words";
    /// Of an article that is a copy, the `id` of the earliest article with nearly the same text: a wire report that several
    /// outlets ran.
    pub const COPY_OF: &str = "copy_of";
    /// How many articles report a position or a repeat of it, copies of one article counted once.
    pub const SOURCES: &str = "sources";
    /// Of an article the whole text, so that every answer can be traced offline; of a position its content, of a
    /// condition its clause, as worded.
    pub const TEXT: &str = "text";
    /// Display name of an actor or topic.
    pub const NAME: &str = "name";
    /// Other wordings of an actor or topic, sorted: "Kremlin", "Moscow"; the display name is left out.
    pub const ALIASES: &str = "aliases";
    /// Normal form of a topic: the stems of its words, sorted: "conflict freez".
    pub const KEY: &str = "key";
    /// Identity of the article an unnamed source or nameless group belongs to; also a key of `evidence`.
    pub const ARTICLE: &str = "article";
    /// One of the thirteen relations, in lower case: "rejects".
    pub const RELATION: &str = "relation";
    /// "positive", "negated"
    pub const POLARITY: &str = "polarity";
    /// "asserted", "possible", "conditional", "hypothetical"
    pub const MODALITY: &str = "modality";
    /// "direct", "mixed", "indirect"
    pub const QUOTE: &str = "quote";
    /// Where it is written: a map of `article`, `start`, `end`; that of a position also has `sentence` and
    /// `sentence_start`.
    pub const EVIDENCE: &str = "evidence";
    /// In `evidence`, the text from the first to the last sentence that the position stands in.
    pub const SENTENCE: &str = "sentence";
    /// In `evidence`, the offset of `sentence`.
    pub const SENTENCE_START: &str = "sentence_start";
    /// The rule that found a position.
    pub const RULE: &str = "rule";
    /// How a condition binds: "if", "unless", "once".
    pub const KIND: &str = "kind";
    /// Whether something is explicitly not a condition: "without preconditions".
    pub const NEGATED: &str = "negated";
    /// The words that signal a relation: "has also rejected".
    pub const CUE: &str = "cue";
    /// Place of a reporter in the chain; 0 is the outermost.
    pub const ORDER: &str = "order";
    /// First offset of a stretch.
    pub const START: &str = "start";
    /// Offset after a stretch.
    pub const END: &str = "end";
    /// The office that lets an actor speak for another: "foreign minister".
    pub const ROLE: &str = "role";
    /// Date of the first article that names the office.
    pub const SINCE: &str = "since";
    /// Date of the last article that names the office.
    pub const UNTIL: &str = "until";
}

/// Relationship types of networks that are worked out from a graph and never stand in it, and their properties.
pub mod tie {
    /// Actor - Actor: topics on which both take the same side
    pub const CONGRUENCE: &str = "CONGRUENCE";
    /// Actor - Actor: topics on which they take opposite sides
    pub const CONFLICT: &str = "CONFLICT";
    /// Actor -> Topic: takes its side
    pub const PRO: &str = "PRO";
    /// Actor -> Topic: takes the other side
    pub const CONTRA: &str = "CONTRA";
    /// How strong a tie is.
    pub const WEIGHT: &str = "weight";
    /// The topics that make a tie.
    pub const TOPICS: &str = "topics";
}

/// The properties of one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeShape {
    /// The label; kinds of actors have the properties of `Actor`.
    pub label: Label,
    /// Property names, in the order in which outputs show them.
    pub properties: &'static [&'static str],
}

/// The ends and properties of one relationship type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationshipShape {
    /// The type.
    pub kind: RelationshipType,
    /// Labels it may start from.
    pub from: &'static [Label],
    /// Labels it may lead to.
    pub to: &'static [Label],
    /// Property names, in the order in which outputs show them.
    pub properties: &'static [&'static str],
}

/// Which node has which properties. A property that is not known is absent.
pub const NODES: &[NodeShape] = {
    use property::*;
    &[
        NodeShape { label: Label::Article, properties: &[ID, TITLE, PUBLISHER, DATE, URL, WORDS, COPY_OF, TEXT] },
        NodeShape { label: Label::Actor, properties: &[NAME, ALIASES, ARTICLE] },
        NodeShape {
            label: Label::Position,
            properties: &[ID, TEXT, RELATION, POLARITY, MODALITY, DATE, QUOTE, EVIDENCE, RULE, SOURCES],
        },
        NodeShape { label: Label::Condition, properties: &[TEXT, KIND, NEGATED, EVIDENCE] },
        NodeShape { label: Label::Topic, properties: &[NAME, ALIASES, KEY] },
    ]
};

/// Which relationship leads where; the entry of `SAYS` stands for all thirteen relations.
pub const RELATIONSHIPS: &[RelationshipShape] = {
    use Label::{Actor, Article, Condition, Position, Topic};
    use property::*;
    /// One row of the table.
    const fn shape(
        kind: RelationshipType,
        from: &'static [Label],
        to: &'static [Label],
        properties: &'static [&'static str],
    ) -> RelationshipShape {
        RelationshipShape { kind, from, to, properties }
    }
    &[
        shape(RelationshipType::Says, &[Actor], &[Position], &[CUE, EVIDENCE]),
        shape(RelationshipType::ConditionsOn, &[Position], &[Condition], &[KIND, NEGATED]),
        shape(RelationshipType::About, &[Position, Condition], &[Topic, Actor], &[]),
        shape(RelationshipType::Targets, &[Position], &[Actor], &[]),
        shape(RelationshipType::ReportedBy, &[Position], &[Actor], &[ORDER]),
        shape(RelationshipType::Contains, &[Position], &[Position], &[]),
        shape(RelationshipType::In, &[Position], &[Article], &[START, END]),
        shape(RelationshipType::SpeaksFor, &[Actor], &[Actor], &[ROLE, SINCE, UNTIL]),
        shape(RelationshipType::Broader, &[Topic], &[Topic], &[]),
        shape(RelationshipType::Repeats, &[Position], &[Position], &[]),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_and_its_type_are_spelt_alike() {
        for &relation in RelationKind::ALL {
            let kind = RelationshipType::from(relation);
            assert_eq!(kind.as_str(), relation.as_str().to_uppercase());
            assert_eq!(kind.relation(), Some(relation));
            assert!(is_relation(kind.as_str()));
        }
        assert_eq!(RelationshipType::RELATIONS.len(), 13);
    }

    #[test]
    fn other_types_are_no_relations() {
        for name in ["CONDITIONS_ON", "ABOUT", "SPEAKS_FOR", "rejects", ""] {
            assert!(!is_relation(name), "{name}");
        }
    }

    #[test]
    fn names_read_back() {
        for &label in Label::ALL {
            assert_eq!(Label::from_name(label.as_str()), Some(label));
        }
        for &kind in RelationshipType::ALL {
            assert_eq!(RelationshipType::from_name(kind.as_str()), Some(kind));
        }
    }
}
