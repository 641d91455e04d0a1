//! A session over one graph: what queries, parameters and session commands do, whether typed, read from a script or given
//! as arguments.

pub(crate) mod command;
pub(crate) mod help;
pub(crate) mod vocabulary;
