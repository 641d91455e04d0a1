//! Aggregates: their names and signatures. The executor folds rows into them.
//!
//! Only the percentiles take a second argument, which must be the same for all rows of a group.

use crate::query::types::Kind;

/// An aggregate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// `count(*)`: rows
    CountAll,
    /// `count(x)`: rows where x is known
    Count,
    /// `sum(x)`
    Sum,
    /// `avg(x)`
    Average,
    /// `min(x)`
    Min,
    /// `max(x)`
    Max,
    /// `collect(x)`
    Collect,
    /// `percentileCont(x, 0.5)`: between values
    PercentileContinuous,
    /// `percentileDisc(x, 0.5)`: the nearest value
    PercentileDiscrete,
    /// `stDev(x)`: of a sample
    Deviation,
    /// `stDevP(x)`: of a population
    DeviationOfPopulation,
}

/// What an aggregate takes and gives.
#[derive(Debug)]
pub struct Signature {
    /// Its name; calls ignore case.
    pub name: &'static str,
    /// Which one it is.
    pub aggregate: Aggregate,
    /// What it folds.
    pub takes: &'static [Kind],
    /// How many arguments it has.
    pub arguments: usize,
    /// What it gives, as far as that is known.
    pub result: Kind,
}

const NUMBER: &[Kind] = &[Kind::Number];

/// The aggregates.
pub(super) const AGGREGATES: &[Signature] = &[
    Signature::new("count", Aggregate::Count, &[Kind::Any], 1, Kind::Integer),
    Signature::new("sum", Aggregate::Sum, NUMBER, 1, Kind::Number),
    Signature::new("avg", Aggregate::Average, NUMBER, 1, Kind::Number),
    Signature::new("min", Aggregate::Min, &[Kind::Any], 1, Kind::Any),
    Signature::new("max", Aggregate::Max, &[Kind::Any], 1, Kind::Any),
    Signature::new("collect", Aggregate::Collect, &[Kind::Any], 1, Kind::List),
    Signature::new("percentileCont", Aggregate::PercentileContinuous, NUMBER, 2, Kind::Number),
    Signature::new("percentileDisc", Aggregate::PercentileDiscrete, NUMBER, 2, Kind::Number),
    Signature::new("stDev", Aggregate::Deviation, NUMBER, 1, Kind::Float),
    Signature::new("stDevP", Aggregate::DeviationOfPopulation, NUMBER, 1, Kind::Float),
];

impl Signature {
    const fn new(
        name: &'static str,
        aggregate: Aggregate,
        takes: &'static [Kind],
        arguments: usize,
        result: Kind,
    ) -> Self {
        Self { name, aggregate, takes, arguments, result }
    }
}

/// The aggregate of a name, in whatever case.
pub fn aggregate(name: &str) -> Option<&'static Signature> {
    AGGREGATES.iter().find(|signature| signature.name.eq_ignore_ascii_case(name))
}
