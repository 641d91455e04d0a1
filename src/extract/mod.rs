//! What an article says about who holds which position: mentions, entities, attributions, positions, conditions.
//!
//! A pure function of a document, its trees and the word lists; it never fails. Joining entities of several articles is
//! `graph`'s business.

mod entity;
mod mention;

mod coreference;

mod passage;

mod complement;
mod cue;

mod content;
mod source;

mod attribution;
mod feature;
mod network;
mod outermost;
mod role_features;
mod roles;

mod certainty;
mod chain;
mod condition;
mod harm;
mod judge;
mod modality;

mod exhortation;
mod scene;
mod stance;

mod assembly;
mod explanation;
mod extractor;
mod fitting;
mod position;
mod role_fitting;

pub use certainty::Certainty;
pub use coreference::{Discourse, Resolver};
pub use entity::{Entity, EntityKind, SpeaksFor};
pub use explanation::{Explanation, Fate, Refusal, Resolution, Signal};
pub use extractor::Extractor;
pub use fitting::{Annotation, Fitting};
pub use judge::Grounds;
pub use mention::{Mention, MentionKind};
pub use outermost::Candidate;
pub use position::{
    Analysis, Attribution, Condition, ConditionKind, Modality, Party, Polarity, Position, QuoteKind, RelationKind,
};
pub use role_fitting::{Neighbour, RoleFitting, RoleWeights};
pub use roles::Role;
