//! Figures of merit against gold annotation.
//!
//! Each file scores one stage the way its field does, so that figures can be held against published ones.

mod attachment;

pub use attachment::{AttachmentScore, DifferentTexts, score_attachment};
