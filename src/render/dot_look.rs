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

impl fmt::Display for EdgeLook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(Family { color, line, .. }) => write!(formatter, "color=\"{color}\", fontcolor=\"{color}\", {line}"),
            None => write!(formatter, "fontcolor=\"#4b5563\""),
        }
    }
}

/// How a node is drawn, as DOT attributes: by its most special label.
pub(crate) fn of_node(node: &Node) -> &'static str {
    let labels: Vec<Label> = node.labels.iter().filter_map(|label| Label::from_name(label)).collect();
    match labels.last() {
        Some(Label::Person) => r##"shape=ellipse, fillcolor="#dbe8fb", color="#4a78b5""##,
        Some(Label::State) => r##"style=filled, fillcolor="#c8dbf6", color="#2f5f9e", penwidth=1.6"##,
        Some(Label::Organisation | Label::Actor) => r##"style=filled, fillcolor="#dbe8fb", color="#4a78b5""##,
        Some(Label::Group) => r##"fillcolor="#e8eff9", color="#7f9cc4""##,
        Some(Label::Unnamed) => {
            r##"style="rounded,filled,dashed", fillcolor="#f1f3f6", color="#9aa1ab", fontcolor="#4b5563""##
        }
        Some(Label::Position) => r##"fillcolor="#ffffff", color="#8a8f98""##,
        Some(Label::Condition) => r##"shape=note, style=filled, fillcolor="#fff6d6", color="#c9a227""##,
        Some(Label::Topic) => r##"shape=plaintext, style="rounded,filled", fillcolor="#eef0f2", fontcolor="#6b7280""##,
        Some(Label::Article) => {
            r##"shape=folder, style=filled, fillcolor="#f6f7f9", color="#e1e4e8", fontcolor="#6b7280""##
        }
        None => r##"shape=ellipse, style=filled"##,
    }
}
