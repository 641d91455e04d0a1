//! One article's analysis as a line of JSON, the contract of `demarche extract`.
//!
//! Offsets are Unicode code points into the text, `end` excluded; this is the edge at which bytes are converted.

use serde::Serialize;

use crate::extract::{
    Analysis, Attribution, Candidate, Condition, ConditionKind, Entity, EntityKind, Modality, Party, Polarity,
    Position, RelationKind,
};
use crate::text::{CodePoints, Span};

/// What the line says of one article.
#[derive(Debug, Serialize)]
pub struct Extraction<'a> {
    id: &'a str,
    attributions: Vec<AttributionLine>,
    positions: Vec<PositionLine<'a>>,
    entities: Vec<EntityLine<'a>>,
}

/// The candidate cues of one article with their features, for training.
#[derive(Debug, Serialize)]
pub struct Candidates<'a> {
    id: &'a str,
    candidates: Vec<CandidateLine<'a>>,
}

/// What the line says of an input line that is no article: which one, and why.
#[derive(Debug, Serialize)]
pub struct Failure<'a> {
    /// The article's, if the line tells it.
    pub id: Option<&'a str>,
    /// The number of the input line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub error: FailureReason<'a>,
}

/// What is wrong with an input line.
#[derive(Debug, Serialize)]
pub struct FailureReason<'a> {
    /// One word.
    pub kind: &'a str,
    /// For people.
    pub message: &'a str,
}

/// Start and end, in code points.
type Range = (usize, usize);

#[derive(Debug, Serialize)]
struct CandidateLine<'a> {
    cue: Range,
    features: &'a [String],
}

#[derive(Debug, Serialize)]
struct AttributionLine {
    id: String,
    source: Vec<Range>,
    cue: Vec<Range>,
    content: Vec<Range>,
}

#[derive(Debug, Serialize)]
struct PositionLine<'a> {
    id: String,
    relation: RelationKind,
    polarity: Polarity,
    modality: Modality,
    holder: PartyLine<'a>,
    co_holders: Vec<PartyLine<'a>>,
    cue: Words,
    content: Words,
    conditions: Vec<ConditionLine<'a>>,
    chain: &'a [String],
    targets: Vec<PartyLine<'a>>,
    sentences: Vec<Range>,
    evidence: Range,
    parent: Option<String>,
    rule: &'a str,
}

/// Words that may stand apart.
#[derive(Debug, Serialize)]
struct Words {
    text: String,
    spans: Vec<Range>,
}

#[derive(Debug, Serialize)]
struct PartyLine<'a> {
    text: &'a str,
    span: Option<Range>,
    canonical: &'a str,
}

#[derive(Debug, Serialize)]
struct ConditionLine<'a> {
    text: &'a str,
    span: Range,
    kind: ConditionKind,
    negated: bool,
}

#[derive(Debug, Serialize)]
struct EntityLine<'a> {
    canonical: &'a str,
    kind: EntityKind,
    mentions: Vec<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaks_for: Option<SideLine<'a>>,
}

#[derive(Debug, Serialize)]
struct SideLine<'a> {
    canonical: &'a str,
    role: &'a str,
}

/// The line of one article. Linear in the number of spans.
pub fn extraction<'a>(id: &'a str, text: &'a str, analysis: &'a Analysis) -> Extraction<'a> {
    let page = Page { text, points: CodePoints::new(text) };
    let attributions = analysis.attributions.iter().enumerate();
    let positions = analysis.positions.iter().enumerate();
    Extraction {
        id,
        attributions: attributions.map(|(number, found)| page.attribution(number, found)).collect(),
        positions: positions.map(|(number, position)| page.position(number, position)).collect(),
        entities: analysis.entities.iter().map(|entity| page.entity(entity)).collect(),
    }
}

/// The candidate cues of one article.
pub fn candidates<'a>(id: &'a str, text: &str, candidates: &'a [Candidate]) -> Candidates<'a> {
    let page = Page { text, points: CodePoints::new(text) };
    let line =
        |candidate: &'a Candidate| CandidateLine { cue: page.span(candidate.cue), features: &candidate.features };
    Candidates { id, candidates: candidates.iter().map(line).collect() }
}

/// A text with the conversion of its offsets.
struct Page<'a> {
    text: &'a str,
    points: CodePoints,
}

impl<'a> Page<'a> {
    fn span(&self, span: Span) -> Range {
        self.points.of_span(span)
    }

    fn spans(&self, spans: &[Span]) -> Vec<Range> {
        spans.iter().map(|&span| self.span(span)).collect()
    }

    fn words(&self, spans: &[Span]) -> Words {
        let text = spans.iter().map(|span| span.of(self.text)).collect::<Vec<_>>().join(" … ");
        Words { text, spans: self.spans(spans) }
    }

    fn attribution(&self, number: usize, attribution: &Attribution) -> AttributionLine {
        AttributionLine {
            id: format!("a{}", number + 1),
            source: self.spans(&attribution.source),
            cue: self.spans(&attribution.cue),
            content: self.spans(&attribution.content),
        }
    }

    fn position(&self, number: usize, position: &'a Position) -> PositionLine<'a> {
        let parties = |parties: &'a [Party]| parties.iter().map(|party| self.party(party)).collect();
        PositionLine {
            id: position_id(number),
            relation: position.relation,
            polarity: position.polarity,
            modality: position.modality,
            holder: self.party(&position.holder),
            co_holders: parties(&position.co_holders),
            cue: self.words(&position.cue),
            content: self.words(&position.content),
            conditions: position.conditions.iter().map(|condition| self.condition(condition)).collect(),
            chain: &position.chain,
            targets: parties(&position.targets),
            sentences: self.spans(&position.sentences),
            evidence: self.span(position.evidence),
            parent: position.parent.map(position_id),
            rule: position.rule,
        }
    }

    fn party(&self, party: &'a Party) -> PartyLine<'a> {
        PartyLine {
            text: party.span.map_or(party.canonical.as_str(), |span| span.of(self.text)),
            span: party.span.map(|span| self.span(span)),
            canonical: &party.canonical,
        }
    }

    fn condition(&self, condition: &Condition) -> ConditionLine<'a> {
        ConditionLine {
            text: condition.span.of(self.text),
            span: self.span(condition.span),
            kind: condition.kind,
            negated: condition.negated,
        }
    }

    fn entity(&self, entity: &'a Entity) -> EntityLine<'a> {
        let side = entity.speaks_for.as_ref();
        EntityLine {
            canonical: &entity.canonical,
            kind: entity.kind,
            mentions: self.spans(&entity.mentions),
            speaks_for: side.map(|side| SideLine { canonical: &side.canonical, role: &side.role }),
        }
    }
}

fn position_id(number: usize) -> String {
    format!("p{}", number + 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
        let value = serde_json::to_value(extraction("x", "Żelmę says “no”", &analysis)).unwrap();
        assert_eq!(value["attributions"][0]["cue"], json!([[5, 9]]));
        assert_eq!(value["entities"][0]["kind"], json!("state"));
    }
}
