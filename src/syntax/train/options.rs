//! How to train: sizes, rates, passes, shares. The defaults make the model that ships with the program, but for its last
//! passes.

use std::fmt;

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainOptions {
    /// The network that goes into the model.
    pub student: Plan,
    /// Each of the networks that answer for the plain sentences.
    pub teacher: Plan,
    /// Number of teachers.
    pub teachers: usize,
    /// Seed of all random choices.
    pub seed: u64,
    /// Words in a batch, about.
    pub batch: usize,
    /// Share of sentences that are joined with a reporting clause in each epoch, beside the sentences themselves.
    pub reported: f32,
    /// Share of sentences that are written like a headline in each epoch, likewise.
    pub headline: f32,
    /// Goes into the model's header.
    pub trained_on: String,
    /// Goes into the model's header.
    pub licence: String,
}

impl fmt::Display for TrainOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { student, teacher, teachers, batch, reported, headline, .. } = self;
        write!(formatter, "{student}; {teachers} teachers of {teacher}; batches of {batch} words; ")?;
        write!(formatter, "reporting clauses {reported}, headlines {headline}")
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { epochs, embedding, units, layers, rate, dropout } = self;
        write!(formatter, "{layers} layers of 2 x {units} units, embeddings of {embedding}, {epochs} epochs, ")?;
        write!(formatter, "rate {rate}, dropout {dropout}")
    }
}

/// The size of a network and how long it learns.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Passes over the sentences.
    pub epochs: usize,
    /// Width of the embeddings.
    pub embedding: usize,
    /// Units of a recurrent layer in one direction.
    pub units: usize,
    /// Recurrent layers, 2 or more.
    pub layers: usize,
    /// Highest learning rate.
    pub rate: f32,
    /// Share of inputs and units left out at random.
    pub dropout: f32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        let student = Plan { epochs: 16, embedding: 128, units: 128, layers: 3, rate: 0.003, dropout: 0.25 };
        Self {
            teacher: Plan { epochs: 20, units: 160, dropout: 0.3, ..student.clone() },
            teachers: 2,
            student,
            seed: 1,
            batch: 600,
            reported: 0.05,
            headline: 0.02,
            trained_on: String::new(),
            licence: String::new(),
        }
    }
}
