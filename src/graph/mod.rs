//! The graph of positions: its schema, how articles are joined into it, and how it is kept.
//!
//! A property graph in the openCypher sense over petgraph. Queries read it through [`PropertyGraph`]; nothing here knows
//! the query language.

mod adjacency;
mod builder;
mod catalog;
mod column;
mod copies;
pub mod correction;
pub mod doubt;
mod inflection;
pub mod json;
mod layout;
mod linker;
mod name;
mod phrase;
mod property;
mod record;
mod repeat;
pub mod schema;
pub mod store;
pub mod topic;
mod topics;

pub use adjacency::Adjacency;
pub use builder::{assemble, assemble_corrected, build, position_ids};
pub use catalog::{Catalog, CatalogNames, Unresolved};
pub use column::Column;
pub use phrase::Phrase;
pub use property::{Node, PropertyGraph, Relationship, Value};
pub use record::{Analyzed, Record, RecordedActor, RecordedCondition, RecordedPosition};
