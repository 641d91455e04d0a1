//! The sheet of a drawing: boxes with their lines of text, panels around them, ties between them, and how all of it is
//! written as SVG. Boxes are written after ties, so that no line crosses a word.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::graph::Relationship;
use crate::render::attributes::escape;
use crate::render::dot_look::{EdgeLook, FAMILIES, NodeLook};
use crate::render::visible::visible;

/// Width of a box, for lines of 34 cells in the widest common letters.
const WIDTH: f64 = 236.0;

/// From one line of text to the next.
const LEADING: f64 = 15.0;

/// Between a box's border and its text.
const MARGIN: f64 = 6.0;

/// Around the whole drawing.
const EDGE: f64 = 24.0;

/// A line of text in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    text: String,
    /// The colour of a relation's word.
    color: Option<&'static str>,
}

impl Line {
    pub(super) fn plain(text: String) -> Self {
        Self { text, color: None }
    }

    /// What a tie says, in its colour.
    pub(super) fn word(text: String, color: &'static str) -> Self {
        Self { text, color: Some(color) }
    }
}

/// A box that has no place yet.
pub(super) struct Block {
    lines: Vec<Line>,
    look: NodeLook,
    tooltip: String,
    /// How tall it is.
    pub(super) height: f64,
}

impl Block {
    pub(super) fn new(lines: Vec<Line>, look: NodeLook, tooltip: String) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a box has few lines")]
        let height = lines.len().max(1) as f64 * LEADING + 2.0 * MARGIN;
        Self { lines, look, tooltip, height }
    }
}

/// A frame around the positions of one article.
struct Panel {
    left: f64,
    top: f64,
    bottom: f64,
    title: Vec<String>,
}

/// What is drawn so far.
#[derive(Default)]
pub(super) struct Sheet {
    blocks: BTreeMap<usize, (f64, f64, Block)>,
    panels: Vec<Panel>,
    ties: String,
    colors: BTreeSet<&'static str>,
}

impl Sheet {
    /// Begins a panel under a title and gives its number.
    pub(super) fn open_panel(&mut self, left: f64, top: f64, title: Vec<String>) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "a title has few lines")]
        let bottom = top + title.len() as f64 * LEADING + 12.0;
        self.panels.push(Panel { left, top, bottom, title });
        self.panels.len() - 1
    }

    /// Where the next box of a panel begins.
    pub(super) fn bottom(&self, panel: usize) -> f64 {
        self.panels.get(panel).map_or(0.0, |panel| panel.bottom)
    }

    /// Makes a panel reach around a box.
    pub(super) fn extend(&mut self, panel: usize, index: usize) {
        if let (Some(panel), Some((_, top, block))) = (self.panels.get_mut(panel), self.blocks.get(&index)) {
            panel.bottom = top + block.height + 8.0;
        }
    }

    /// Where what follows a panel begins.
    pub(super) fn close(&self, panel: usize) -> f64 {
        self.bottom(panel) + 16.0
    }

    /// Gives a box its place.
    pub(super) fn put(&mut self, index: usize, block: Block, left: f64, top: f64) {
        self.blocks.insert(index, (left, top, block));
    }

    /// The height at which the middle of a box stands; `None` for one without a place.
    pub(super) fn middle(&self, index: usize) -> Option<f64> {
        self.blocks.get(&index).map(|(_, top, block)| top + block.height / 2.0)
    }

    /// Draws a tie: from side to side between columns, around the left within one.
    pub(super) fn tie(&mut self, from: usize, to: usize, relationship: &Relationship, label: &str) {
        let (Some((x1, _, _)), Some((x2, _, _))) = (self.blocks.get(&from), self.blocks.get(&to)) else { return };
        let (Some(y1), Some(y2)) = (self.middle(from), self.middle(to)) else { return };
        let (start, end, bend) = match x1.total_cmp(x2) {
            std::cmp::Ordering::Less => (x1 + WIDTH, *x2, (x2 - x1 - WIDTH) / 2.0),
            std::cmp::Ordering::Greater => (*x1, x2 + WIDTH, (x2 + WIDTH - x1) / 2.0),
            std::cmp::Ordering::Equal => (*x1, *x2, -((y2 - y1).abs() / 6.0).clamp(18.0, 70.0)),
        };
        let (c1, c2) = (start + bend, if bend < 0.0 && (x1 - x2).abs() < 1.0 { end + bend } else { end - bend });
        let look = EdgeLook::of(relationship);
        let color = look.color();
        self.colors.insert(color);
        let dashes = look.dashes();
        let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
        let head = if look.has_head() { format!(" marker-end=\"url(#head{})\"", &color[1..]) } else { String::new() };
        _ = writeln!(
            self.ties,
            "<path class=\"tie\" d=\"M{start:.1},{y1:.1} C{c1:.1},{y1:.1} {c2:.1},{y2:.1} {end:.1},{y2:.1}\" stroke=\"{color}\"{dashes}{head}><title>{}</title></path>",
            shown(label)
        );
    }

    /// The drawing as a file, with a legend of its colours and a note below.
    pub(super) fn write(&self, note: &str) -> String {
        let right = self.blocks.values().map(|(left, ..)| left + WIDTH).fold(0.0, f64::max);
        let blocks = self.blocks.values().map(|(_, top, block)| top + block.height);
        let bottom = blocks.chain(self.panels.iter().map(|panel| panel.bottom)).fold(0.0, f64::max);
        let legend: Vec<_> = FAMILIES.iter().filter(|family| self.colors.contains(family.color)).collect();
        #[expect(clippy::cast_precision_loss, reason = "the legend has few lines")]
        let below = legend.len() as f64 * 18.0 + if note.is_empty() { 0.0 } else { 24.0 };
        let mut text = head(-EDGE - 60.0, -EDGE, right + 2.0 * EDGE + 60.0, bottom + below + 3.0 * EDGE);
        for color in &self.colors {
            push_marker(&mut text, color);
        }
        self.panels.iter().for_each(|panel| push_panel(&mut text, panel));
        text.push_str(&self.ties);
        self.blocks.values().for_each(|(left, top, block)| push_block(&mut text, *left, *top, block));
        let mut y = bottom + EDGE;
        for family in legend {
            y += 18.0;
            let (color, words) = (family.color, family.legend);
            _ = writeln!(text, "<text x=\"0\" y=\"{y:.1}\" fill=\"{color}\">—— {words}</text>");
        }
        if !note.is_empty() {
            _ = writeln!(text, "<text x=\"0\" y=\"{:.1}\" font-weight=\"bold\">{}</text>", y + 24.0, shown(note));
        }
        text + "</svg>\n"
    }
}

/// The opening of a file, on white.
pub(super) fn head(left: f64, top: f64, width: f64, height: f64) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"{left:.0} {top:.0} {width:.0} {height:.0}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n<style>.tie {{ fill: none; stroke-width: 1.5; }}</style>\n<rect x=\"{left:.0}\" y=\"{top:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n"
    )
}

/// Text inside an element.
pub(super) fn shown(text: &str) -> String {
    escape(&visible(text))
}

/// An arrow's head in one colour.
fn push_marker(text: &mut String, color: &str) {
    _ = writeln!(
        text,
        "<marker id=\"head{}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0,0 L8,4 L0,8 z\" fill=\"{color}\"/></marker>",
        &color[1..]
    );
}

fn push_panel(text: &mut String, panel: &Panel) {
    let Panel { left, top, bottom, title } = panel;
    let (x, width, height) = (left - 10.0, WIDTH + 20.0, bottom - top);
    _ = writeln!(
        text,
        "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"8\" fill=\"#f6f7f9\" stroke=\"#e1e4e8\"/>"
    );
    let mut y = top + 16.0;
    for line in title {
        _ = writeln!(text, "<text x=\"{left:.1}\" y=\"{y:.1}\" fill=\"#5b6472\">{}</text>", shown(line));
        y += LEADING;
    }
}

fn push_block(text: &mut String, left: f64, top: f64, block: &Block) {
    let NodeLook { fill, line, ink, .. } = block.look;
    let dashes = if block.look.is_dashed() { " stroke-dasharray=\"4 3\"" } else { "" };
    _ = writeln!(
        text,
        "<g><title>{}</title><rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{WIDTH:.1}\" height=\"{:.1}\" rx=\"5\" fill=\"{fill}\" stroke=\"{line}\"{dashes}/>",
        shown(&block.tooltip),
        block.height
    );
    let mut y = top + MARGIN + 11.0;
    for line in &block.lines {
        let (color, weight) = line.color.map_or((ink, ""), |color| (color, " font-weight=\"bold\""));
        _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{y:.1}\" fill=\"{color}\"{weight}{}>{}</text>",
            left + MARGIN + 2.0,
            fitted(&line.text),
            shown(&line.text)
        );
        y += LEADING;
    }
    text.push_str("</g>\n");
}

/// Makes a line that could be wider than its box as wide as the box: capitals and wide scripts.
fn fitted(line: &str) -> String {
    let room = WIDTH - 2.0 * MARGIN - 4.0;
    let wide = line.chars().filter(|letter| letter.is_uppercase() || !letter.is_ascii()).count();
    #[expect(clippy::cast_precision_loss, reason = "a line is short")]
    let estimate = line.width() as f64 * 6.0 + wide as f64 * 3.0;
    if estimate > room { format!(" textLength=\"{room:.1}\" lengthAdjust=\"spacingAndGlyphs\"") } else { String::new() }
}
