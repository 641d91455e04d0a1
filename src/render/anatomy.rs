//! What the stages found in one article, as text: sentences, trees, mentions, positions. For people and golden tests.
//!
//! ```text
//! Orsa | rejects | the river plan
//!   cue: rejected; rule: lexicon
//! ```

use std::fmt::Write;

use crate::extract::{Party, Polarity, Position};
use crate::graph::Analyzed;
use crate::syntax::Tree;
use crate::text::Span;

/// A line for each sentence, its tokens between blanks.
pub fn sentences(analyzed: &Analyzed<'_>) -> String {
    let document = &analyzed.document;
    let line = |sentence| {
        let forms: Vec<&str> = document.tokens_of(sentence).iter().map(|token| document.form(token)).collect();
        format!("{}\n", forms.join(" "))
    };
    document.sentences.iter().map(line).collect()
}

/// The tree of each sentence: a line a word, as deep as it hangs, with tag and relation.
pub fn trees(analyzed: &Analyzed<'_>) -> String {
    let mut text = String::new();
    for (sentence, tree) in analyzed.document.sentences.iter().zip(&analyzed.trees) {
        let tokens = analyzed.document.tokens_of(sentence);
        let forms: Vec<&str> = tokens.iter().map(|token| analyzed.document.form(token)).collect();
        for (index, word) in tree.words().iter().enumerate() {
            let form = format!("{}{}", "  ".repeat(depth(tree, index)), forms.get(index).unwrap_or(&""));
            _ = writeln!(text, "{form:<32} {:<6} {}", word.upos.as_str(), word.relation.as_str());
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// How many heads stand above a word.
fn depth(tree: &Tree, index: usize) -> usize {
    tree.ancestors(index).count()
}

/// A line for each actor: name, kind, for whom it speaks, and the wordings of its mentions.
pub fn mentions(analyzed: &Analyzed<'_>) -> String {
    let mut text = String::new();
    for entity in &analyzed.analysis.entities {
        let wordings: Vec<&str> = entity.mentions.iter().map(|span| span.of(&analyzed.document.text)).collect();
        _ = write!(text, "{} ({:?})", entity.canonical, entity.kind);
        if let Some(office) = &entity.speaks_for {
            _ = write!(text, ", {} of {}", office.role, office.canonical);
        }
        _ = writeln!(text, ": {}", wordings.join(" | "));
    }
    text
}

/// Each position: holders, relation, content; below it what else is known of it, as far as there is something.
pub fn positions(analyzed: &Analyzed<'_>) -> String {
    let text = &analyzed.document.text;
    analyzed.analysis.positions.iter().map(|position| draw(position, text)).collect()
}

fn draw(position: &Position, text: &str) -> String {
    let holders: Vec<&str> =
        std::iter::once(&position.holder).chain(&position.co_holders).map(|party| party.canonical.as_str()).collect();
    let not = if position.polarity == Polarity::Negated { "not " } else { "" };
    let mut drawn = format!(
        "{} | {not}{} | {}\n",
        holders.join(" and "),
        position.relation.as_str(),
        wording(&position.content, text)
    );
    for condition in &position.conditions {
        let none = if condition.negated { "none: " } else { "" };
        _ = writeln!(drawn, "  {none}{} {}", condition.kind.as_str(), one_line(condition.span.of(text)));
    }
    if !position.chain.is_empty() {
        _ = writeln!(drawn, "  via {}", position.chain.join(" < "));
    }
    if !position.targets.is_empty() {
        _ = writeln!(drawn, "  towards {}", names(&position.targets));
    }
    let modality = position.modality.as_str();
    _ = writeln!(drawn, "  {modality}; cue: {}; rule: {}", wording(&position.cue, text), position.rule);
    drawn
}

fn names(parties: &[Party]) -> String {
    parties.iter().map(|party| party.canonical.as_str()).collect::<Vec<_>>().join(", ")
}

/// The texts of several spans, with the gaps shown.
fn wording(spans: &[Span], text: &str) -> String {
    spans.iter().map(|span| one_line(span.of(text))).collect::<Vec<_>>().join(" ... ")
}

/// A stretch of text without its line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
