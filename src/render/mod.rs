//! Rows, graphs, documents and errors as text that people and programs read.
//!
//! Every function returns a string; printing is the command line's business.

pub mod anatomy;
mod attributes;
pub mod bulk;
pub mod cell;
pub mod cytoscape;
pub mod delimited;
pub mod diagnostic;
pub mod dot;
mod dot_look;
pub mod evidence;
pub mod explorer;
pub mod extraction;
pub mod gexf;
pub mod graphml;
pub mod json;
pub mod lower_start;
pub mod markdown;
mod marking;
pub mod network;
pub mod plan;
pub mod reasons;
pub mod selection;
pub mod svg;
pub mod text;
pub mod visible;
mod wrap;

/// Whether a drawing carries ANSI colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Letters only.
    Plain,
    /// With colours and weights.
    Coloured,
}
