//! A plan as people read it: a line a step, in the order in which rows pass.
//!
//! ```text
//! scan (:Actor)
//! expand -[:REJECTS]->
//! filter
//! project 2 columns
//! ```

use crate::query::Profile;
use crate::query::ast::Direction;
use crate::query::plan::{Hop, Operator, Plan, Range, ScanSource};

/// The steps of a plan; the parts of a `UNION` one after the other.
pub fn steps(plan: &Plan) -> String {
    drawn(plan, &|_| String::new())
}

/// The steps of a plan, each with the rows that it passed on.
pub fn profiled(plan: &Plan, profile: &Profile) -> String {
    drawn(plan, &|operator| match profile.rows(operator) {
        1 => ": 1 row".to_owned(),
        rows => format!(": {rows} rows"),
    })
}

/// The steps of a plan, each with a note.
fn drawn(plan: &Plan, note: &dyn Fn(&Operator) -> String) -> String {
    let mut lines = Vec::new();
    for (place, branch) in plan.branches.iter().enumerate() {
        if place > 0 {
            lines.push(if plan.distinct { "union" } else { "union all" }.to_owned());
        }
        push(&mut lines, &branch.operator, note, 0);
    }
    lines.join("\n")
}

/// The step below, then the step itself; plans within a step stand further right.
fn push(lines: &mut Vec<String>, operator: &Operator, note: &dyn Fn(&Operator) -> String, depth: usize) {
    let line = match operator {
        Operator::Argument => return,
        Operator::Scan { source, .. } => scan(source),
        Operator::Endpoints { .. } => "ends of a bound relationship".to_owned(),
        Operator::Expand { hop, .. } => format!("expand {}", arrow(hop, "")),
        Operator::ExpandMany { hop, range, .. } => format!("expand {}", arrow(hop, &hops(range))),
        Operator::Reach { hop, range, .. } => format!("reach {}", arrow(hop, &hops(range))),
        Operator::Join { on, .. } => format!("join on {} nodes", on.len()),
        Operator::Shortest { hop, range, all, .. } => {
            format!("{} {}", if *all { "all shortest paths" } else { "shortest path" }, arrow(hop, &hops(range)))
        }
        Operator::Filter { .. } => "filter".to_owned(),
        Operator::Optional { .. } => "optional".to_owned(),
        Operator::Unwind { .. } => "unwind".to_owned(),
        Operator::Project { items, .. } => format!("project {} values", items.len()),
        Operator::Aggregate { keys, aggregates, .. } => {
            format!("aggregate {} values by {} keys", aggregates.len(), keys.len())
        }
        Operator::Distinct { .. } => "distinct".to_owned(),
        Operator::Sort { keys, limit, .. } => {
            format!("sort by {} keys{}", keys.len(), if limit.is_some() { ", first rows only" } else { "" })
        }
        Operator::Skip { .. } => "skip".to_owned(),
        Operator::Limit { .. } => "limit".to_owned(),
    };
    if let Some(input) = operator.input() {
        push(lines, input, note, depth);
    }
    lines.push(format!("{}{line}{}", "  ".repeat(depth), note(operator)));
    if let Operator::Optional { inner, .. } | Operator::Join { inner, .. } = operator {
        push(lines, inner, note, depth + 1);
    }
}

fn scan(source: &ScanSource) -> String {
    match source {
        ScanSource::All => "scan all nodes".to_owned(),
        ScanSource::Label(label) => format!("scan (:{label})"),
        ScanSource::Property { label, property, .. } => format!("look up (:{label}) by {property}"),
    }
}

/// `-[:REJECTS|DENIES*1..3]->`; to a node that is bound already it only checks.
fn arrow(hop: &Hop, range: &str) -> String {
    let types = if hop.types.is_empty() { String::new() } else { format!(":{}", hop.types.join("|")) };
    let arrow = match hop.direction {
        Direction::Outgoing => format!("-[{types}{range}]->"),
        Direction::Incoming => format!("<-[{types}{range}]-"),
        Direction::Either => format!("-[{types}{range}]-"),
    };
    if hop.to_bound { format!("{arrow} to a bound node") } else { arrow }
}

fn hops(range: &Range) -> String {
    match range.max {
        Some(max) if max == range.min => format!("*{max}"),
        Some(max) => format!("*{}..{max}", range.min),
        None => format!("*{}..", range.min),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::PropertyGraph;
    use crate::query::{Cancellation, Limits, Parameters, View, prepare};

    #[test]
    fn steps_stand_in_the_order_of_the_rows() {
        let graph = PropertyGraph::new();
        let view = View::new(&graph);
        let drawn = |query: &str| steps(prepare(&view, query).unwrap().plan());
        let plan = drawn("MATCH (a:Actor)-[:REJECTS*1..2]->(p) RETURN a.name LIMIT 3");
        let first = plan.lines().next().unwrap_or_default();
        assert!(first.starts_with("scan") || first.starts_with("look up"), "{plan}");
        assert!(plan.contains(":REJECTS*1..2"), "{plan}");
        assert!(plan.ends_with("limit"), "{plan}");
        let prepared = prepare(&view, "UNWIND [1, 2, 3] AS a WITH a WHERE a > 1 RETURN a").unwrap();
        let (_, profile) = prepared.profile(&Parameters::new(), &Cancellation::default(), Limits::default()).unwrap();
        let counted = profiled(prepared.plan(), &profile);
        assert!(counted.contains("unwind: 3 rows") && counted.contains("filter: 2 rows"), "{counted}");
        assert!(drawn("RETURN 1 AS a UNION RETURN 2 AS a").contains("\nunion\n"));
    }
}
