//! One article's analysis as a line of JSON, the contract of `demarche extract`.
//!
//! Offsets are Unicode code points into the text, `end` excluded; this is the edge at which bytes are converted.

use serde_json::{Value, json};

use crate::extract::{Analysis, Attribution, Candidate, Condition, Entity, Party, Position};
use crate::text::{CodePoints, Span};

/// What the line says of one article. Linear in the number of spans.
pub fn extraction(id: &str, text: &str, analysis: &Analysis) -> Value {
    let page = Page { text, points: CodePoints::new(text) };
    let attributions = analysis.attributions.iter().enumerate();
    let positions = analysis.positions.iter().enumerate();
    json!({
        "id": id,
        "attributions": attributions.map(|(number, found)| page.attribution(number, found)).collect::<Vec<_>>(),
        "positions": positions.map(|(number, position)| page.position(number, position)).collect::<Vec<_>>(),
        "entities": analysis.entities.iter().map(|entity| page.entity(entity)).collect::<Vec<_>>(),
    })
}

/// The candidate cues of one article with their features, for training.
pub fn candidates(id: &str, text: &str, candidates: &[Candidate]) -> Value {
    let page = Page { text, points: CodePoints::new(text) };
    let rows =
        candidates.iter().map(|candidate| json!({ "cue": page.span(candidate.cue), "features": candidate.features }));
    json!({ "id": id, "candidates": rows.collect::<Vec<_>>() })
}

/// What the line says of an input line that is no article: which one, and why.
pub fn extraction_error(id: Option<&str>, line: u64, kind: &str, message: &str) -> Value {
    json!({ "id": id, "line": line, "error": { "kind": kind, "message": message } })
}

/// A text with the conversion of its offsets.
struct Page<'a> {
    text: &'a str,
    points: CodePoints,
}

impl Page<'_> {
    fn span(&self, span: Span) -> Value {
        let (start, end) = self.points.of_span(span);
        json!([start, end])
    }

    fn spans(&self, spans: &[Span]) -> Value {
        spans.iter().map(|&span| self.span(span)).collect()
    }

    fn words(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| span.of(self.text)).collect::<Vec<_>>().join(" … ")
    }

    fn attribution(&self, number: usize, attribution: &Attribution) -> Value {
        json!({
            "id": format!("a{}", number + 1),
            "source": self.spans(&attribution.source),
            "cue": self.spans(&attribution.cue),
            "content": self.spans(&attribution.content),
        })
    }

    fn position(&self, number: usize, position: &Position) -> Value {
        let parties = |parties: &[Party]| parties.iter().map(|party| self.party(party)).collect::<Vec<_>>();
        json!({
            "id": position_id(number),
            "relation": position.relation,
            "polarity": position.polarity,
            "modality": position.modality,
            "holder": self.party(&position.holder),
            "co_holders": parties(&position.co_holders),
            "cue": { "text": self.words(&position.cue), "spans": self.spans(&position.cue) },
            "content": { "text": self.words(&position.content), "spans": self.spans(&position.content) },
            "conditions": position.conditions.iter().map(|condition| self.condition(condition)).collect::<Vec<_>>(),
            "chain": position.chain,
            "targets": parties(&position.targets),
            "sentences": self.spans(&position.sentences),
            "evidence": self.span(position.evidence),
            "parent": position.parent.map(position_id),
            "rule": position.rule,
        })
    }

    fn party(&self, party: &Party) -> Value {
        json!({
            "text": party.span.map_or(party.canonical.as_str(), |span| span.of(self.text)),
            "span": party.span.map(|span| self.span(span)),
            "canonical": party.canonical,
        })
    }

    fn condition(&self, condition: &Condition) -> Value {
        json!({
            "text": condition.span.of(self.text),
            "span": self.span(condition.span),
            "kind": condition.kind,
            "negated": condition.negated,
        })
    }

    fn entity(&self, entity: &Entity) -> Value {
        let mut value = json!({
            "canonical": entity.canonical,
            "kind": entity.kind,
            "mentions": self.spans(&entity.mentions),
        });
        if let Some(side) = &entity.speaks_for {
            value["speaks_for"] = json!({ "canonical": side.canonical, "role": side.role });
        }
        value
    }
}

fn position_id(number: usize) -> String {
    format!("p{}", number + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::EntityKind;

    #[test]
    fn offsets_are_code_points() {
        let attribution = Attribution {
            source: vec![Span::new(0, 6)],
            cue: vec![Span::new(7, 11)],
            content: vec![Span::new(12, 16)],
        };
        let entity = Entity {
            canonical: "Żelm".to_owned(),
            kind: EntityKind::State,
            mentions: vec![Span::new(0, 6)],
            speaks_for: None,
        };
        let analysis = Analysis { attributions: vec![attribution], positions: Vec::new(), entities: vec![entity] };
        let value = extraction("x", "Żelmę says “no”", &analysis);
        assert_eq!(value["attributions"][0]["cue"], json!([[5, 9]]));
        assert_eq!(value["entities"][0]["kind"], json!("state"));
    }
}
