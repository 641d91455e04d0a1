//! Rows, graphs, documents and errors as text that people and programs read.
//!
//! Every function returns a string; printing is the command line's business.
