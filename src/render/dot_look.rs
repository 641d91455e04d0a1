//! Colours and shapes of a drawing: what a kind of node and a family of relations look like.
//!
//! Colours are told apart by people who see no red or green as well: families differ in lightness and in line too, and
//! every arrow carries its word.

use std::fmt;

use crate::graph::schema::{Label, RelationshipType, RelationshipType as R, tie};
use crate::graph::{Node, Relationship};

/// The box of an article: pale, behind everything.
pub(crate) const ARTICLE_BOX: &str =
    r##"style="rounded,filled", fillcolor="#f6f7f9", color="#e1e4e8", fontcolor="#6b7280", labeljust=l, margin=14"##;

/// Relations that are drawn alike.
pub(crate) struct Family {
    members: &'static [RelationshipType],
    /// What the legend says.
    pub(crate) legend: &'static str,
    /// The arrow's and its word's colour.
    pub(crate) color: &'static str,
    /// DOT attributes of the line.
    line: &'static str,
}

/// The families, in the order of the legend. Arrows that lead back to holders are `constraint=false`, so that they do
/// not pull the columns apart.
pub(crate) const FAMILIES: &[Family] = &[
    family(&[R::Supports, R::Agrees], "supports, agrees", "#1a7f37", "penwidth=1.8"),
    family(&[R::Rejects, R::Denies], "rejects, denies", "#c0271d", "penwidth=1.8"),
    family(&[R::Accuses, R::Threatens], "accuses, threatens", "#8b1a4b", "penwidth=1.8"),
    family(&[R::Demands, R::Asks], "demands, asks", "#b45309", "penwidth=1.4"),
    family(&[R::Proposes, R::Plans, R::Promises], "proposes, plans, promises", "#1d5fbf", "penwidth=1.4"),
    family(&[R::Says, R::Expects], "says, expects", "#4b5563", "penwidth=1.1"),
    family(&[R::ConditionsOn], "on the condition", "#7a5c00", "style=dashed, penwidth=1.4"),
    family(&[R::Targets], "addressed to, against", "#9aa1ab", "constraint=false, arrowhead=vee"),
    family(&[R::SpeaksFor], "speaks for", "#6b7280", "style=bold, constraint=false, arrowhead=empty"),
    family(&[R::Contains, R::Repeats], "contains, repeats", "#9aa1ab", "style=dotted, constraint=false"),
    family(&[R::About, R::Broader], "about", "#cfd4da", "arrowhead=none"),
];

/// The ties of a network: sides shared and taken are solid, opposite ones dashed.
const TIES: &[(&str, Family)] = &[
    (tie::CONGRUENCE, family(&[], "congruence", "#1a7f37", "penwidth=1.8, arrowhead=none")),
    (tie::CONFLICT, family(&[], "conflict", "#c0271d", "penwidth=1.8, style=dashed, arrowhead=none")),
    (tie::PRO, family(&[], "pro", "#1a7f37", "penwidth=1.4")),
    (tie::CONTRA, family(&[], "contra", "#c0271d", "penwidth=1.4, style=dashed")),
];

const fn family(
    members: &'static [RelationshipType],
    legend: &'static str,
    color: &'static str,
    line: &'static str,
) -> Family {
    Family { members, legend, color, line }
}

impl Family {
    /// Whether relationships of this type are drawn so.
    pub(crate) fn holds(&self, kind: RelationshipType) -> bool {
        self.members.contains(&kind)
    }

    /// A row of the legend, in the HTML that DOT knows.
    pub(crate) fn legend_row(&self) -> String {
        let line = if self.line.contains("dashed") || self.line.contains("dotted") { "- - -" } else { "———" };
        let (color, legend) = (self.color, self.legend);
        format!(
            "<tr><td align=\"right\"><font color=\"{color}\">{line}</font></td><td align=\"left\"><font color=\"{color}\">{legend}</font></td></tr>"
        )
    }
}

/// How one arrow is drawn, as DOT attributes.
pub(crate) struct EdgeLook(Option<&'static Family>);

impl EdgeLook {
    /// The look of a relationship; types outside the schema are drawn plainly.
    pub(crate) fn of(relationship: &Relationship) -> Self {
        let kind = RelationshipType::from_name(&relationship.kind);
        let family = kind.and_then(|kind| FAMILIES.iter().find(|family| family.holds(kind)));
        let tie = || TIES.iter().find(|(name, _)| *name == relationship.kind).map(|(_, look)| look);
        Self(family.or_else(tie))
    }
}

impl EdgeLook {
    /// The colour of the arrow.
    pub(crate) fn color(&self) -> &'static str {
        self.0.map_or("#8a8f98", |family| family.color)
    }

    /// The dashes of the line, as SVG has them; empty for a solid one.
    pub(crate) fn dashes(&self) -> &'static str {
        match self.0.map_or("", |family| family.line) {
            line if line.contains("dashed") => "7 4",
            line if line.contains("dotted") => "2 4",
            _ => "",
        }
    }

    /// Whether the line has a head.
    pub(crate) fn has_head(&self) -> bool {
        self.0.is_none_or(|family| !family.line.contains("arrowhead=none"))
    }
}

impl fmt::Display for EdgeLook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(Family { color, line, .. }) => write!(formatter, "color=\"{color}\", fontcolor=\"{color}\", {line}"),
            None => write!(formatter, "fontcolor=\"#4b5563\""),
        }
    }
}

/// How a node is drawn: its colours, and its shape as DOT attributes.
#[derive(Clone, Copy)]
pub(crate) struct NodeLook {
    pub(crate) fill: &'static str,
    pub(crate) line: &'static str,
    pub(crate) ink: &'static str,
    shape: &'static str,
}

impl NodeLook {
    const fn new(fill: &'static str, line: &'static str, ink: &'static str, shape: &'static str) -> Self {
        Self { fill, line, ink, shape }
    }

    /// Whether its border is dashed: an actor without a name.
    pub(crate) fn is_dashed(self) -> bool {
        self.shape.contains("dashed")
    }
}

impl fmt::Display for NodeLook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fill, line, ink, shape } = self;
        write!(formatter, "{shape}, fillcolor=\"{fill}\", color=\"{line}\", fontcolor=\"{ink}\"")
    }
}

/// How a node is drawn: by its most special label.
pub(crate) fn of_node(node: &Node) -> NodeLook {
    const INK: &str = "#1c2330";
    const PALE_INK: &str = "#5b6472";
    let labels: Vec<Label> = node.labels.iter().filter_map(|label| Label::from_name(label)).collect();
    match labels.last() {
        Some(Label::Person) => NodeLook::new("#dbe8fb", "#4a78b5", INK, "shape=ellipse"),
        Some(Label::State) => NodeLook::new("#c8dbf6", "#2f5f9e", INK, "style=filled, penwidth=1.6"),
        Some(Label::Organisation | Label::Actor) => NodeLook::new("#dbe8fb", "#4a78b5", INK, "style=filled"),
        Some(Label::Group) => NodeLook::new("#e8eff9", "#7f9cc4", INK, "shape=box"),
        Some(Label::Unnamed) => NodeLook::new("#f1f3f6", "#9aa1ab", PALE_INK, "style=\"rounded,filled,dashed\""),
        Some(Label::Position) => NodeLook::new("#ffffff", "#8a8f98", INK, "shape=box"),
        Some(Label::Condition) => NodeLook::new("#fff6d6", "#c9a227", INK, "shape=note, style=filled"),
        Some(Label::Topic) => {
            NodeLook::new("#eef0f2", "#eef0f2", PALE_INK, "shape=plaintext, style=\"rounded,filled\"")
        }
        Some(Label::Article) => NodeLook::new("#f6f7f9", "#e1e4e8", PALE_INK, "shape=folder, style=filled"),
        None => NodeLook::new("#ffffff", "#8a8f98", INK, "shape=ellipse, style=filled"),
    }
}
