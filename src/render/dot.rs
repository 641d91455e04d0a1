//! Draws a graph in the DOT language, for Graphviz: one look for each kind of node and each family of relations.
//!
//! Holders stand left, what they hold in the middle, conditions and topics right. The positions of one article share a
//! box that names it, a position names the reporters through whom it is known, and the actors it mentions stand in its
//! text: arrows for these hide the others.
//! Graphs that hold something else than positions are drawn too, plainly. Long texts are cut; the whole text and the
//! evidence are in the tooltips.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::dot_look::{self, EdgeLook, Family};
use super::visible::visible;
use super::wrap::wrap;
use crate::graph::schema::{Label, RelationshipType, property, tie};
use crate::graph::{Node, PropertyGraph, Relationship, Value};

/// Cells in a line of a label; wider boxes push the columns of the drawing apart.
const LINE: usize = 28;

/// Lines of a label before it is cut.
const LINES: usize = 6;

/// The opening of every drawing.
const HEAD: &str = r##"digraph demarche {
  graph [rankdir=LR, ranksep=0.9, nodesep=0.18, fontname="Helvetica", fontsize=12, tooltip=" "];
  node [fontname="Helvetica", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#8a8f98", margin="0.12,0.07"];
  edge [fontname="Helvetica", fontsize=10, color="#8a8f98", arrowsize=0.7];
"##;

/// The whole graph as a DOT file. Nodes and relationships keep their order.
pub fn graph(graph: &PropertyGraph) -> String {
    let mut text = String::from(HEAD);
    let layout = Layout::of(graph);
    for (index, node) in graph.raw_nodes().iter().enumerate() {
        match layout.boxes.get(&index) {
            Some(members) => push_box(&mut text, graph, &layout, (index, members)),
            None if layout.boxed[index] || layout.only_told(index) => {}
            None => push_node(&mut text, index, &node.weight, &layout.chains[index]),
        }
    }
    for edge in graph.raw_edges() {
        let (from, to) = (edge.source().index(), edge.target().index());
        if !is_told(&edge.weight, &graph.raw_nodes()[to].weight) {
            push_edge(&mut text, graph, (from, to), &edge.weight);
        }
    }
    push_legend(&mut text, graph);
    text.push_str("}\n");
    text
}

/// What stands where, and which relationships are told by place or label instead of an arrow.
pub(super) struct Layout {
    /// Articles and the positions in them.
    pub(super) boxes: BTreeMap<usize, Vec<usize>>,
    /// Of each node, whether it stands in a box.
    boxed: Vec<bool>,
    /// Of each node, the names of its reporters, outermost first.
    pub(super) chains: Vec<Vec<String>>,
    /// Of each node, how many of its relationships are told without an arrow, and how many are drawn.
    ends: Vec<(usize, usize)>,
}

impl Layout {
    pub(super) fn of(graph: &PropertyGraph) -> Self {
        let count = graph.node_count();
        let mut layout = Layout {
            boxes: BTreeMap::new(),
            boxed: vec![false; count],
            chains: vec![Vec::new(); count],
            ends: vec![(0, 0); count],
        };
        for edge in graph.raw_edges() {
            let (from, to) = (edge.source().index(), edge.target().index());
            let target = &graph.raw_nodes()[to].weight;
            match RelationshipType::from_name(&edge.weight.kind) {
                Some(RelationshipType::In) => {
                    layout.boxes.entry(to).or_default().push(from);
                    layout.boxed[from] = true;
                }
                Some(RelationshipType::ReportedBy) => layout.chains[from].push(string(target, property::NAME)),
                _ => {}
            }
            if is_told(&edge.weight, target) {
                layout.ends[to].0 += 1;
            } else {
                layout.ends[from].1 += 1;
                layout.ends[to].1 += 1;
            }
        }
        layout
    }

    /// Whether a node is a reporter or is mentioned, and nothing else: its name stands in the positions.
    pub(super) fn only_told(&self, index: usize) -> bool {
        self.ends[index].0 > 0 && self.ends[index].1 == 0
    }
}

/// Whether a relationship is told by a box or a label instead of an arrow.
pub(super) fn is_told(relationship: &Relationship, target: &Node) -> bool {
    match RelationshipType::from_name(&relationship.kind) {
        Some(RelationshipType::In | RelationshipType::ReportedBy) => true,
        Some(RelationshipType::About) => target.labels.iter().any(|label| label == Label::Actor.as_str()),
        _ => false,
    }
}

/// An article as a box around what stands in it.
fn push_box(text: &mut String, graph: &PropertyGraph, layout: &Layout, (article, members): (usize, &[usize])) {
    let node = &graph.raw_nodes()[article].weight;
    let title = label_lines(&[&string(node, property::TITLE), &string(node, property::ID)], 2 * LINE);
    let source = [string(node, property::PUBLISHER), string(node, property::DATE)];
    let source = source.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let label = escape(&format!("{title}\n{source}"));
    _ = writeln!(text, "  subgraph cluster_{article} {{");
    _ = writeln!(text, "    graph [label=\"{}\", {}];", label.trim_end_matches("\\n"), dot_look::ARTICLE_BOX);
    for &member in members {
        text.push_str("  ");
        push_node(text, member, &graph.raw_nodes()[member].weight, &layout.chains[member]);
    }
    text.push_str("  }\n");
}

fn push_node(text: &mut String, index: usize, node: &Node, chain: &[String]) {
    let label = escape(&node_label(node, chain));
    let tooltip = escape(&tooltip(node));
    let url = string(node, property::URL);
    let url = if url.is_empty() { String::new() } else { format!(", URL=\"{}\"", escape(&url)) };
    _ = writeln!(text, "  n{index} [label=\"{label}\", tooltip=\"{tooltip}\", {}{url}];", dot_look::of_node(node));
}

fn push_edge(text: &mut String, graph: &PropertyGraph, (from, to): (usize, usize), relationship: &Relationship) {
    let look = EdgeLook::of(relationship);
    let target = &graph.raw_nodes()[to].weight;
    let label = escape(&edge_label(relationship, target));
    let told = [property::CUE, tie::TOPICS].iter().find_map(|name| relationship.properties.get(*name));
    let tooltip = escape(&text_of(told));
    _ = writeln!(text, "  n{from} -> n{to} [label=\"{label}\", tooltip=\"{tooltip}\", {look}];");
}

/// What a node says of itself: name, text or title, how it is held and through whom it is known; for foreign nodes all
/// their properties.
pub(super) fn node_label(node: &Node, chain: &[String]) -> String {
    let named = [property::NAME, property::TITLE, property::TEXT].map(|name| string(node, name));
    let Some(name) = named.iter().find(|name| !name.is_empty()) else { return foreign_label(node) };
    let mut label = label_lines(&[name], LINE);
    let modality = string(node, property::MODALITY);
    if !modality.is_empty() && modality != "asserted" {
        _ = write!(label, "\n({modality})");
    }
    if !chain.is_empty() {
        _ = write!(label, "\n{}", wrap(&format!("via {}", chain.join(", ")), LINE, 2).join("\n"));
    }
    label
}

/// Labels and properties of a node that is not of our schema.
fn foreign_label(node: &Node) -> String {
    let properties = node.properties.iter().map(|(name, value)| format!("{name}: {}", text_of(Some(value))));
    let head = node.labels.iter().map(|label| format!(":{label}")).collect::<String>();
    let lines: Vec<String> = std::iter::once(head).chain(properties).filter(|line| !line.is_empty()).collect();
    lines.iter().map(|line| wrap(line, LINE, 2).join("\n")).collect::<Vec<_>>().join("\n")
}

/// The first of `texts` that is not empty, in lines.
fn label_lines(texts: &[&str], width: usize) -> String {
    texts.iter().find(|text| !text.is_empty()).map(|text| wrap(text, width, LINES).join("\n")).unwrap_or_default()
}

/// The word on an arrow. Pale arrows whose ends explain them have none.
pub(super) fn edge_label(relationship: &Relationship, target: &Node) -> String {
    let kind = RelationshipType::from_name(&relationship.kind);
    match kind {
        Some(RelationshipType::About | RelationshipType::Broader) => String::new(),
        Some(RelationshipType::ConditionsOn) => condition_label(relationship),
        Some(RelationshipType::SpeaksFor) => text_of(relationship.properties.get(property::ROLE)),
        Some(RelationshipType::Targets) => "to".to_owned(),
        Some(kind) if kind.is_relation() && string(target, property::POLARITY) == "negated" => {
            format!("not: {}", kind.as_str().to_lowercase())
        }
        Some(kind) => kind.as_str().to_lowercase(),
        None => match relationship.properties.get(tie::WEIGHT) {
            Some(weight) => format!("{} {}", relationship.kind.to_lowercase(), text_of(Some(weight))),
            None => relationship.kind.clone(),
        },
    }
}

/// "once"; "not: if" for what is explicitly no condition.
fn condition_label(relationship: &Relationship) -> String {
    let kind = text_of(relationship.properties.get(property::KIND));
    match relationship.properties.get(property::NEGATED) {
        Some(Value::Boolean(true)) => format!("not: {kind}"),
        _ => kind,
    }
}

/// What a node shows under the pointer: the sentence that proves it, and where it stands.
pub(super) fn tooltip(node: &Node) -> String {
    let Some(Value::Map(evidence)) = node.properties.get(property::EVIDENCE) else {
        return aliases(node);
    };
    let part = |name: &str| text_of(evidence.get(name));
    let (article, start, end) = (part(property::ARTICLE), part(property::START), part(property::END));
    format!("{}\n{article} {start}..{end}", part(property::SENTENCE)).trim().to_owned()
}

/// The other names of a node, or its labels.
fn aliases(node: &Node) -> String {
    match node.properties.get(property::ALIASES) {
        Some(Value::List(names)) if !names.is_empty() => {
            names.iter().map(|name| text_of(Some(name))).collect::<Vec<_>>().join(", ")
        }
        _ => node.labels.join(", "),
    }
}

/// Names the families of relations that the drawing has, each in its colour; nothing for a graph of none.
fn push_legend(text: &mut String, graph: &PropertyGraph) {
    let kinds: Vec<RelationshipType> =
        graph.raw_edges().iter().filter_map(|edge| RelationshipType::from_name(&edge.weight.kind)).collect();
    let shown: Vec<&Family> =
        dot_look::FAMILIES.iter().filter(|family| kinds.iter().any(|&kind| family.holds(kind))).collect();
    if shown.is_empty() {
        return;
    }
    let rows: String = shown.iter().map(|family| family.legend_row()).collect();
    _ = writeln!(
        text,
        "  legend [shape=plaintext, style=\"\", tooltip=\"legend\", label=<<table border=\"0\" cellspacing=\"1\">{rows}</table>>];"
    );
}

/// A property as text; empty when there is none.
pub(super) fn string(node: &Node, name: &str) -> String {
    text_of(node.properties.get(name))
}

/// A value as a label shows it.
fn text_of(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Boolean(truth)) => truth.to_string(),
        Some(Value::Integer(number)) => number.to_string(),
        Some(Value::Float(number)) => number.to_string(),
        Some(Value::List(values)) => values.iter().map(|value| text_of(Some(value))).collect::<Vec<_>>().join(", "),
        Some(Value::Map(values)) => values
            .iter()
            .map(|(name, value)| format!("{name}: {}", text_of(Some(value))))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The text inside a quoted string of DOT; line breaks centre the lines. Graphviz would read an entity, so that an
/// article's `&lt;` showed as `<`; characters that command or hide are pictures of themselves.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in visible(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use indexmap::IndexMap;

    fn node(label: Label, properties: &[(&str, &str)]) -> Node {
        let labels = vec![label.as_str().to_owned()];
        let properties =
            properties.iter().map(|(name, value)| ((*name).to_owned(), Value::String((*value).to_owned())));
        Node { id: 0, labels, properties: properties.collect() }
    }

    fn relationship(kind: RelationshipType) -> Relationship {
        Relationship { id: 0, kind: kind.as_str().to_owned(), properties: IndexMap::new() }
    }

    /// Orsa does not support a "truce" on the condition that Tavria withdraws, in one article.
    fn sample() -> PropertyGraph {
        let mut graph = PropertyGraph::new();
        let orsa = graph.add_node(node(Label::Actor, &[("name", "Orsa")]));
        let position =
            graph.add_node(node(Label::Position, &[("text", "a \"truce\" \\ line"), ("polarity", "negated")]));
        let condition = graph.add_node(node(Label::Condition, &[("text", "Tavria withdraws")]));
        let article = graph.add_node(node(Label::Article, &[("title", "Envoys meet"), ("date", "2031-02-03")]));
        graph.add_edge(orsa, position, relationship(RelationshipType::Supports));
        graph.add_edge(position, condition, relationship(RelationshipType::ConditionsOn));
        graph.add_edge(position, article, relationship(RelationshipType::In));
        graph
    }

    #[test]
    fn the_parts_of_a_position_are_drawn() {
        let drawn = graph(&sample());
        for part in [
            r#"label="a \"truce\" \\ line""#,
            "subgraph cluster_3",
            r#"label="Envoys meet\n2031-02-03""#,
            r#"n0 -> n1 [label="not: supports""#,
            "n1 -> n2",
            "supports, agrees",
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
        assert!(!drawn.contains("n1 -> n3"), "the box stands for the arrow to the article");
    }

    /// Reads what stands between the quotation marks of a DOT string, as Graphviz does; `None` if it could not be one.
    fn read_back(escaped: &str) -> Option<String> {
        let mut text = String::new();
        let mut letters = escaped.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => text.push(match letters.next()? {
                    'n' => '\n',
                    letter @ ('"' | '\\') => letter,
                    _ => return None,
                }),
                '"' => return None,
                _ if letter.is_control() => return None,
                _ => text.push(letter),
            }
        }
        Some(text.replace("&amp;", "&"))
    }

    #[test]
    fn ten_thousand_labels_are_valid_strings() {
        const LETTERS: [&str; 20] = [
            "\"",
            "\\",
            "\n",
            "\r",
            "\t",
            "\0",
            "\u{1b}[",
            "\u{9b}",
            "\u{202e}",
            "&",
            "&lt;",
            "<b>",
            "\\N",
            "\\G",
            "{",
            "|",
            "]",
            "é",
            "停",
            "👩‍🚒",
        ];
        let mut state = 7_u64;
        for _ in 0..10_000 {
            let mut label = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                label.push_str(LETTERS[usize::try_from(state >> 33).unwrap() % LETTERS.len()]);
            }
            let expected = visible(&label).replace('\t', " ");
            assert_eq!(read_back(&escape(&label)).as_deref(), Some(expected.as_str()), "{label:?}");
        }
    }

    #[test]
    fn foreign_graphs_show_labels_and_properties() {
        let mut foreign = PropertyGraph::new();
        let properties = IndexMap::from([("age".to_owned(), Value::Integer(3))]);
        foreign.add_node(Node { id: 7, labels: vec!["Cat".to_owned()], properties });
        assert!(graph(&foreign).contains(r#"label=":Cat\nage: 3""#));
    }
}
