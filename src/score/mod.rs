//! Figures of merit against gold annotation: attachment, attribution, positions.
