//! Who is meant: the mentions of an article and the entities they refer to.
//!
//! `phrase` finds noun phrases, `reading` says what one means by itself, the sieves join those that mean the same, and
//! `resolver` puts it together. Nothing here knows who says what; that is `attribution`, which asks for the mention at a word.

mod traits;

mod gazetteer;

mod office;

mod actor_noun;

mod pronoun;

mod vocabulary;

mod local_state;

mod phrase;

mod affiliation;

mod reading;

mod naming;

mod referent;

mod scene;

mod name_sieve;

mod description_sieve;

mod antecedent;

mod resolver;

pub use resolver::{Discourse, Resolver};

use super::{Entity, EntityKind, Mention, MentionKind, SpeaksFor};
