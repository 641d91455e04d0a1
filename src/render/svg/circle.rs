//! Networks: nodes on a circle with their names outside of it, ties as chords whose weight shows as width.
//!
//! Names point away from the centre, so that none meets another however long it is.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;
use std::fmt::Write;

use super::Drawn;
use super::shape::{head, shown};
use crate::graph::schema::tie;
use crate::graph::{PropertyGraph, Value};
use crate::render::dot;
use crate::render::dot_look::{self, EdgeLook};
use crate::render::wrap::shorten;

/// Room for each name along the circle.
const STEP: f64 = 26.0;

/// Room for names beside the circle.
const NAMES: f64 = 260.0;

/// Cells of a name before it is cut.
const CELLS: usize = 36;

/// Draws the nodes that have ties. Ties bend towards the centre, half as far as they could.
#[expect(clippy::cast_precision_loss, reason = "a circle holds fewer nodes than a float has digits")]
pub(super) fn draw(graph: &PropertyGraph, drawn: &Drawn) -> String {
    let ends: BTreeSet<usize> = drawn.edges.iter().flat_map(|edge| [edge.0, edge.1]).collect();
    let radius = (ends.len() as f64 * STEP / TAU).max(90.0);
    let angle = |place: usize| TAU * (place as f64 + 0.5) / ends.len() as f64 - TAU / 4.0;
    let places: BTreeMap<usize, f64> = ends.iter().enumerate().map(|(place, index)| (*index, angle(place))).collect();
    // A name that is turned upright needs as much room above the circle as one beside it.
    let (width, height) = (2.0 * (radius + NAMES), 2.0 * (radius + NAMES));
    let mut text = head(-width / 2.0, -height / 2.0, width, height);
    for &(from, to, index) in &drawn.edges {
        let relationship = &graph.raw_edges()[index].weight;
        let look = EdgeLook::of(relationship);
        let weight = match relationship.properties.get(tie::WEIGHT) {
            Some(Value::Integer(weight)) => *weight as f64,
            Some(Value::Float(weight)) => *weight,
            _ => 1.0,
        };
        let dashes = look.dashes();
        let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
        let (from_angle, to_angle) = (places[&from], places[&to]);
        _ = writeln!(
            text,
            "<path class=\"tie\" d=\"M{:.1},{:.1} Q{:.1},{:.1} {:.1},{:.1}\" stroke=\"{}\" style=\"stroke-width:{:.1}\" stroke-opacity=\"0.8\"{dashes}><title>{}</title></path>",
            radius * from_angle.cos(),
            radius * from_angle.sin(),
            0.25 * radius * (from_angle.cos() + to_angle.cos()),
            0.25 * radius * (from_angle.sin() + to_angle.sin()),
            radius * to_angle.cos(),
            radius * to_angle.sin(),
            look.color(),
            (weight * 0.8 + 0.7).clamp(0.7, 8.0),
            shown(&dot::edge_label(relationship, &graph.raw_nodes()[to].weight)),
        );
    }
    for (&index, &angle) in &places {
        push_name(&mut text, graph, index, (angle, radius));
    }
    text + "</svg>\n"
}

/// A dot on the circle and the name beside it, turned so that names do not meet.
fn push_name(text: &mut String, graph: &PropertyGraph, index: usize, (angle, radius): (f64, f64)) {
    let node = &graph.raw_nodes()[index].weight;
    let look = dot_look::of_node(node);
    let name = shorten(&dot::node_label(node, &[]).replace('\n', " "), CELLS);
    let left = angle.cos() < 0.0;
    let (anchor, offset, turned) =
        if left { ("end", -10.0, angle.to_degrees() + 180.0) } else { ("start", 10.0, angle.to_degrees()) };
    let (x, y) = (radius * angle.cos(), radius * angle.sin());
    _ = writeln!(
        text,
        "<g transform=\"translate({x:.1},{y:.1})\"><title>{}</title><circle r=\"5\" fill=\"{}\" stroke=\"{}\"/><text transform=\"rotate({turned:.1})\" x=\"{offset}\" y=\"4\" text-anchor=\"{anchor}\">{}</text></g>",
        shown(&dot::tooltip(node)),
        look.fill,
        look.line,
        shown(&name)
    );
}
