//! Figures of merit against gold annotation.
//!
//! Each file scores one stage the way its field does, so that figures can be held against published ones.

mod alignment;
mod gold;
mod names;
mod pairing;
mod tally;
mod token;

mod attachment;
mod attributions;
mod calibration;
mod features;
mod mentions;
mod positions;

pub use alignment::DifferentTexts;
pub use attachment::{AttachmentScore, score_attachment};
pub use attributions::score_attributions;
pub use calibration::Calibration;
pub use features::{FeatureScore, score_features};
pub use gold::ScoreError;
pub use mentions::{Counts, MentionScore, score_mentions};
pub use positions::score_positions;
pub use tally::{Report, Tally};
