//! Draws a graph as SVG without help from other programs: holders left, positions by article, conditions, topics right.
//!
//! The look is that of `dot`: same labels, colours and lines. A position says its relation itself, a condition how it
//! binds, so that no word stands on an arrow where another could hide it. Graphs of one kind of node, such as networks
//! of actors, stand on a circle. Where boxes stand is `place`'s business, how they look that of `shape`.

mod circle;
mod place;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use super::dot::{self, Layout};
use super::dot_look;
use super::wrap::wrap;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::graph::{Node, PropertyGraph};
use shape::{Block, Line, Sheet};

/// Cells in a line of a box.
const LINE: usize = 34;

/// Positions that are drawn; a taller picture helps nobody.
const LIMIT: usize = 400;

/// From the left edge of one column to that of the next.
const COLUMN: f64 = 340.0;

/// The whole graph as an SVG file. The same graph gives the same picture.
pub fn graph(graph: &PropertyGraph) -> String {
    let layout = Layout::of(graph);
    let drawn = Drawn::of(graph, &layout);
    let columns: BTreeSet<usize> = drawn.columns.values().copied().collect();
    if columns.len() <= 1 && drawn.edges.iter().any(|edge| edge.0 != edge.1) {
        return circle::draw(graph, &drawn);
    }
    let mut sheet = Sheet::default();
    let order: Vec<usize> = columns.into_iter().collect();
    // The others align with the base, so it is the longest where there are no positions.
    let longest = order.iter().copied().rev().max_by_key(|&column| drawn.members(column).count());
    let base = order.iter().copied().find(|&column| column == POSITIONS).or(longest);
    if let Some(base) = base {
        drawn.stack(&mut sheet, graph, &layout, (base, at(&order, base)));
        for &column in order.iter().filter(|&&column| column != base) {
            drawn.align(&mut sheet, graph, &layout, (column, at(&order, column)));
        }
    }
    for &(from, to, index) in &drawn.edges {
        let relationship = &graph.raw_edges()[index].weight;
        let label = dot::edge_label(relationship, &graph.raw_nodes()[to].weight);
        sheet.tie(from, to, relationship, &label);
    }
    sheet.write(&drawn.note())
}

/// The column of positions; holders stand before it, conditions and topics behind.
const POSITIONS: usize = 1;

/// Where a column begins: columns that hold nothing take no room.
#[expect(clippy::cast_precision_loss, reason = "there are four columns")]
fn at(order: &[usize], column: usize) -> f64 {
    order.iter().position(|found| *found == column).unwrap_or_default() as f64 * COLUMN
}

/// The column in which a node stands.
fn column_of(node: &Node) -> usize {
    match node.labels.first().and_then(|label| Label::from_name(label)) {
        Some(Label::Position | Label::Article) => POSITIONS,
        Some(Label::Condition) => 2,
        Some(Label::Topic) => 3,
        _ => 0,
    }
}

/// The nodes and relationships that are drawn, by their places in the graph.
struct Drawn {
    /// Of each node its column.
    columns: BTreeMap<usize, usize>,
    /// From, to, and which relationship.
    edges: Vec<(usize, usize, usize)>,
    /// Positions that are not drawn.
    left_out: usize,
}

impl Drawn {
    fn of(graph: &PropertyGraph, layout: &Layout) -> Self {
        let nodes = graph.raw_nodes();
        let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut positions, mut left_out) = (0, 0);
        for (index, node) in nodes.iter().enumerate() {
            let is_position = node.weight.labels.iter().any(|label| label == Label::Position.as_str());
            positions += usize::from(is_position);
            if is_position && positions > LIMIT {
                left_out += 1;
            } else if !layout.boxes.contains_key(&index) && !layout.only_told(index) {
                columns.insert(index, column_of(&node.weight));
            }
        }
        let edges = graph.raw_edges().iter().enumerate().filter_map(|(index, edge)| {
            let (from, to) = (edge.source().index(), edge.target().index());
            let told = dot::is_told(&edge.weight, &nodes[to].weight);
            (!told && columns.contains_key(&from) && columns.contains_key(&to)).then_some((from, to, index))
        });
        let edges: Vec<_> = edges.collect();
        if left_out > 0 {
            // What only positions that are left out are tied to would stand alone.
            let tied: BTreeSet<usize> = edges.iter().flat_map(|edge| [edge.0, edge.1]).collect();
            columns.retain(|index, column| *column == POSITIONS || tied.contains(index));
        }
        Self { columns, edges, left_out }
    }

    /// Says what is not drawn.
    fn note(&self) -> String {
        match self.left_out {
            0 => String::new(),
            count => format!("{count} more positions are not drawn; a query selects a part"),
        }
    }

    /// The nodes of a column, in the order of the graph.
    fn members(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().filter(move |(_, found)| **found == column).map(|(index, _)| *index)
    }

    /// Stacks a column from top to bottom: positions under the title of their article, the others as they come.
    fn stack(&self, sheet: &mut Sheet, graph: &PropertyGraph, layout: &Layout, (column, left): (usize, f64)) {
        let mut top = 0.0;
        let mut stacked = BTreeSet::new();
        for (&article, positions) in &layout.boxes {
            let positions: Vec<usize> =
                positions.iter().copied().filter(|index| self.columns.get(index) == Some(&column)).collect();
            if positions.is_empty() {
                continue;
            }
            let panel = sheet.open_panel(left, top, title_lines(&graph.raw_nodes()[article].weight));
            for &index in &positions {
                sheet.put(index, block(graph, layout, index, &self.edges), left, sheet.bottom(panel));
                sheet.extend(panel, index);
            }
            top = sheet.close(panel);
            stacked.extend(positions);
        }
        for index in self.members(column).filter(|index| !stacked.contains(index)) {
            let block = block(graph, layout, index, &self.edges);
            let height = block.height;
            sheet.put(index, block, left, top);
            top += height + 10.0;
        }
    }

    /// Puts a column beside those that stand already, each box near the middle of what it is tied to.
    fn align(&self, sheet: &mut Sheet, graph: &PropertyGraph, layout: &Layout, (column, left): (usize, f64)) {
        let mut ties: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for &(from, to, _) in &self.edges {
            for (own, other) in [(from, to), (to, from)] {
                ties.entry(own).or_default().extend(sheet.middle(other));
            }
        }
        let middle = |index: usize| match ties.get(&index).map(Vec::as_slice).unwrap_or_default() {
            [] => 0.0,
            #[expect(clippy::cast_precision_loss, reason = "a node has fewer ties than a float has digits")]
            ties => ties.iter().sum::<f64>() / ties.len() as f64,
        };
        let mut wished: Vec<(f64, usize)> = self.members(column).map(|index| (middle(index), index)).collect();
        wished.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let blocks: Vec<Block> = wished.iter().map(|&(_, index)| block(graph, layout, index, &self.edges)).collect();
        let boxes: Vec<(f64, f64)> =
            wished.iter().zip(&blocks).map(|(&(middle, _), block)| (middle, block.height)).collect();
        for ((top, block), &(_, index)) in place::tops(&boxes).into_iter().zip(blocks).zip(&wished) {
            sheet.put(index, block, left, top);
        }
    }
}

/// Title, outlet and date of an article.
fn title_lines(article: &Node) -> Vec<String> {
    let title = dot::string(article, property::TITLE);
    let title = if title.is_empty() { dot::string(article, property::ID) } else { title };
    let source = [property::PUBLISHER, property::DATE].map(|name| dot::string(article, name));
    let source = source.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let mut lines = wrap(&title, LINE + 2, 2);
    lines.extend(Some(source).filter(|source| !source.is_empty()));
    lines
}

/// A node as a box: what its ties would say, then its own words.
fn block(graph: &PropertyGraph, layout: &Layout, index: usize, edges: &[(usize, usize, usize)]) -> Block {
    let node = &graph.raw_nodes()[index].weight;
    let mut lines = Vec::new();
    for &(_, to, edge) in edges.iter().filter(|edge| edge.1 == index) {
        let relationship = &graph.raw_edges()[edge].weight;
        let kind = RelationshipType::from_name(&relationship.kind);
        if kind.is_some_and(|kind| kind.is_relation() || kind == RelationshipType::ConditionsOn) {
            let text = dot::edge_label(relationship, &graph.raw_nodes()[to].weight);
            let word = Line::word(text, dot_look::EdgeLook::of(relationship).color());
            if !lines.contains(&word) {
                lines.push(word);
            }
        }
    }
    let label = dot::node_label(node, &layout.chains[index]);
    lines.extend(label.lines().flat_map(|line| wrap(line, LINE, 6)).map(Line::plain));
    Block::new(lines, dot_look::of_node(node), dot::tooltip(node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::json::read_graph;

    const GRAPH: &str = r#"{"nodes":[{"id":0,"labels":["Actor","State"],"properties":{"name":"Orsa <b> & \u001b[31m"}},
        {"id":1,"labels":["Position"],"properties":{"text":"a truce","polarity":"negated"}},
        {"id":2,"labels":["Condition"],"properties":{"text":"Tavria withdraws","kind":"if"}},
        {"id":3,"labels":["Article"],"properties":{"title":"Envoys meet","date":"2031-02-03"}}],
        "relationships":[{"id":0,"start":0,"end":1,"type":"SUPPORTS","properties":{}},
        {"id":1,"start":1,"end":2,"type":"CONDITIONS_ON","properties":{"kind":"if"}},
        {"id":2,"start":1,"end":3,"type":"IN","properties":{}}]}"#;

    #[test]
    fn words_stand_in_boxes_as_text() {
        let drawn = graph(&read_graph(GRAPH).unwrap());
        for part in
            [">Orsa &lt;b&gt; &amp; ␛[31m<", ">not: supports<", ">a truce<", ">if<", ">Envoys meet<", ">2031-02-03<"]
        {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
        assert_eq!(drawn.matches("<path class=\"tie\"").count(), 2, "the panel stands for the tie to the article");
    }

    #[test]
    fn a_network_stands_on_a_circle() {
        let text = r#"{"nodes":[{"id":0,"labels":["Actor"],"properties":{"name":"Orsa"}},{"id":1,"labels":["Actor"],"properties":{"name":"Tavria"}}],
            "relationships":[{"id":0,"start":0,"end":1,"type":"CONFLICT","properties":{"weight":3}}]}"#;
        let drawn = graph(&read_graph(text).unwrap());
        assert!(drawn.contains("stroke-dasharray") && drawn.contains(">Tavria<"), "{drawn}");
    }

    #[test]
    fn an_empty_graph_is_an_empty_picture() {
        assert!(graph(&PropertyGraph::new()).ends_with("</svg>\n"));
    }
}
