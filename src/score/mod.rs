//! Figures of merit against gold annotation.
//!
//! Each file scores one stage the way its field does, so that figures can be held against published ones.

mod alignment;

mod attachment;
mod features;
mod mentions;

pub use alignment::DifferentTexts;
pub use attachment::{AttachmentScore, score_attachment};
pub use features::{FeatureScore, score_features};
pub use mentions::{Counts, MentionScore, score_mentions};
