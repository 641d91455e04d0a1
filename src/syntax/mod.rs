//! Tags, lemmas and the dependency tree of each sentence, after Universal Dependencies.
//!
//! A small trained model, embedded in the binary, does the work; it never fails, any text gets a tree. What the tree
//! means is `extract`'s business.

mod tagset;
mod tree;

mod entity;
mod entity_column;

mod bytes;
mod clock;
mod features;
mod highest;
mod kernels;
mod layout;
mod network;
pub(crate) mod products;
mod quoted_clause;
mod reader;

mod agreement;
mod arborescence;
mod lemmatizer;
mod lost_subject;
mod morphology;

mod conllu;
mod memo;
mod model;
mod parser;
pub mod train;
mod transcript;
mod vectors;

pub use conllu::{ConlluError, Contraction, Opens, TreebankSentence, conllu_parts, read_conllu, write_conllu};
pub use entity::{EntitySpan, SettledTypes, named_mentions, settle_types};
pub use model::{ModelError, ModelHeader};
pub use parser::{Parser, States};
pub use tagset::{EntityType, Relation, Upos, Xpos};
pub use transcript::transcribe;
pub use tree::{Features, Tree, Word};
pub use vectors::{VectorsError, WordVectors};
