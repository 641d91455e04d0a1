//! What the graph needs of one analysed article, and nothing more: its text, actors, positions and their topics.
//!
//! A record stands on its own: trees and tokens are dropped once it is made, the graph is built from records alone, and
//! the graph file keeps them, so that a later build analyses only new articles and still gives the same graph.

use serde::{Deserialize, Serialize};

use super::phrase::{Phrase, PhraseFinder, lowercase_first};
use super::topic::TopicRules;
use crate::extract::{self, Analysis, ConditionKind, Entity, EntityKind, Modality, Polarity, QuoteKind, RelationKind};
use crate::syntax::Tree;
use crate::text::{Article, Document, Span};

/// An article with everything the earlier stages found in it.
#[derive(Clone, Debug)]
pub struct Analyzed<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its text, segmented.
    pub document: Document,
    /// One tree for each sentence of the document, in order.
    pub trees: Vec<Tree>,
    /// Who holds which position.
    pub analysis: Analysis,
}

/// One article as the graph needs it. Spans are bytes of the article's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The article.
    pub article: Article,
    /// Number of its tokens that are words.
    pub words: usize,
    /// Its actors, in order of first mention; those that a position names without an entity come last.
    pub actors: Vec<RecordedActor>,
    /// Its positions, in order of their cues.
    pub positions: Vec<RecordedPosition>,
}

/// An actor of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedActor {
    /// The fullest name, without titles and determiners.
    pub canonical: String,
    /// What it is; never `Other`.
    pub kind: EntityKind,
    /// The wordings of its mentions, each once, in text order.
    pub wordings: Vec<String>,
    /// Whom it speaks for, an index into `Record::actors`, and in which office.
    pub office: Option<(usize, String)>,
}

/// A position of one article. Holders, chain, targets and mentioned actors are indices into `Record::actors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedPosition {
    /// The kind of stance.
    pub relation: RelationKind,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// How it is held.
    pub modality: Modality,
    /// Who holds it; the grammatical holder first, no actor twice, never empty.
    pub holders: Vec<usize>,
    /// The words that signal it.
    pub cue: Vec<Span>,
    /// What it is about.
    pub content: Vec<Span>,
    /// What it hangs on.
    pub conditions: Vec<RecordedCondition>,
    /// Through whom we know it, outermost first.
    pub chain: Vec<usize>,
    /// To whom or against whom it is.
    pub targets: Vec<usize>,
    /// From the first byte of its first sentence to the last byte of its last one.
    pub sentences: Span,
    /// From the first byte of its parts to the last.
    pub evidence: Span,
    /// The position it is nested in, an index into `Record::positions`.
    pub parent: Option<usize>,
    /// How much of it is quoted.
    pub quote: QuoteKind,
    /// The rule that found it.
    pub rule: String,
    /// What its content is about, its conditions apart.
    pub topics: Vec<Phrase>,
    /// The actors its content mentions, its holders and conditions apart.
    pub mentioned: Vec<usize>,
}

/// What a position hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedCondition {
    /// The clause or phrase, without its marker.
    pub span: Span,
    /// How it binds.
    pub kind: ConditionKind,
    /// Whether it is explicitly not a condition.
    pub negated: bool,
    /// What it is about.
    pub topics: Vec<Phrase>,
    /// The actors it mentions.
    pub mentioned: Vec<usize>,
}

impl Record {
    /// What the graph needs of one article.
    pub fn new(analyzed: &Analyzed<'_>, rules: &TopicRules) -> Self {
        let Analyzed { article, document, trees, analysis } = analyzed;
        let actors = analysis.entities.iter().filter(|entity| entity.kind != EntityKind::Other);
        let mentions: Vec<Span> = actors.flat_map(|entity| entity.mentions.iter().copied()).collect();
        let finder = PhraseFinder::new(rules, document, trees, &mentions);
        let mut cast = Cast::new(document, &analysis.entities, &finder);
        let positions = analysis.positions.iter().map(|position| cast.record(position)).collect();
        let is_word = |form: &str| form.contains(char::is_alphanumeric);
        Self {
            article: (*article).clone(),
            words: document.tokens.iter().filter(|token| is_word(document.form(token))).count(),
            actors: cast.actors,
            positions,
        }
    }
}

/// The actors of one article while its positions are recorded.
struct Cast<'a> {
    finder: &'a PhraseFinder<'a>,
    /// For each actor the canonical name that its article's entities and parties use.
    canonicals: Vec<&'a str>,
    actors: Vec<RecordedActor>,
    /// Mentions of actors in text order, with the actor's number.
    mentions: Vec<(Span, usize)>,
}

impl<'a> Cast<'a> {
    /// The entities that are actors, with their mentions and offices.
    fn new(document: &Document, entities: &'a [Entity], finder: &'a PhraseFinder<'a>) -> Self {
        let entities: Vec<&Entity> = entities.iter().filter(|entity| entity.kind != EntityKind::Other).collect();
        let mut cast = Self { finder, canonicals: Vec::new(), actors: Vec::new(), mentions: Vec::new() };
        for (number, entity) in entities.iter().enumerate() {
            cast.mentions.extend(entity.mentions.iter().map(|&mention| (mention, number)));
            cast.canonicals.push(&entity.canonical);
            cast.actors.push(RecordedActor {
                canonical: cast.display(entity),
                kind: if finder.is_pronoun(&entity.canonical) { EntityKind::Unnamed } else { entity.kind },
                wordings: cast.wordings(document, entity),
                office: None,
            });
        }
        for (number, entity) in entities.iter().enumerate() {
            if let Some(office) = &entity.speaks_for {
                let principal = cast.named(&office.canonical);
                let role = office.role.trim_start_matches(|letter: char| !letter.is_alphabetic());
                cast.actors[number].office = (principal != number).then(|| (principal, role.to_owned()));
            }
        }
        cast.mentions.sort_unstable();
        cast
    }

    /// The canonical name; that of a nameless group without the capital that only starts its sentence.
    fn display(&self, entity: &Entity) -> String {
        let described = matches!(entity.kind, EntityKind::Group | EntityKind::Unnamed)
            && !entity.mentions.iter().any(|&mention| self.finder.has_name(mention));
        if described { lowercase_first(&entity.canonical) } else { entity.canonical.clone() }
    }

    /// The wordings of an entity's mentions, pronouns left out, each once.
    fn wordings(&self, document: &Document, entity: &Entity) -> Vec<String> {
        let mut wordings: Vec<String> = Vec::new();
        for &mention in &entity.mentions {
            let wording = joined(&document.text, &[mention]);
            if !wording.is_empty() && !self.finder.is_pronoun(&wording) && !wordings.contains(&wording) {
                wordings.push(wording);
            }
        }
        wordings
    }

    /// The number of the actor with this canonical name; a name without an entity becomes an actor.
    fn named(&mut self, canonical: &'a str) -> usize {
        if let Some(number) = self.canonicals.iter().position(|&known| known == canonical) {
            return number;
        }
        let kind = match canonical.chars().next() {
            Some(first) if first.is_uppercase() && !self.finder.is_pronoun(canonical) => EntityKind::Organisation,
            _ => EntityKind::Unnamed,
        };
        let wordings = Vec::new();
        self.canonicals.push(canonical);
        self.actors.push(RecordedActor { canonical: canonical.to_owned(), kind, wordings, office: None });
        self.actors.len() - 1
    }

    /// The numbers of several actors, each once.
    fn all_named(&mut self, canonicals: impl IntoIterator<Item = &'a String>) -> Vec<usize> {
        let mut numbers = Vec::new();
        for canonical in canonicals {
            let number = self.named(canonical);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// The actors mentioned inside `spans` and outside `skipped`, in text order, each once.
    fn mentioned(&self, spans: &[Span], skipped: &[Span]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for &(mention, number) in &self.mentions {
            let within = |around: &Span| around.contains(mention);
            if spans.iter().any(within) && !skipped.iter().any(within) && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// One position with its topics.
    fn record(&mut self, position: &'a extract::Position) -> RecordedPosition {
        let finder = self.finder;
        let parties = std::iter::once(&position.holder).chain(&position.co_holders);
        let holders = self.all_named(parties.map(|party| &party.canonical));
        let hanging: Vec<Span> = position.conditions.iter().map(|condition| condition.span).collect();
        let mut mentioned = self.mentioned(&position.content, &hanging);
        mentioned.retain(|number| !holders.contains(number));
        let conditions = position.conditions.iter().map(|condition| RecordedCondition {
            span: condition.span,
            kind: condition.kind,
            negated: condition.negated,
            topics: finder.phrases(&[condition.span], &[]),
            mentioned: self.mentioned(&[condition.span], &[]),
        });
        RecordedPosition {
            relation: position.relation,
            polarity: position.polarity,
            modality: position.modality,
            conditions: conditions.collect(),
            chain: self.all_named(&position.chain),
            targets: self.all_named(position.targets.iter().map(|party| &party.canonical)),
            holders,
            cue: position.cue.clone(),
            content: position.content.clone(),
            sentences: position.sentences.iter().fold(position.evidence, |all, &sentence| all.cover(sentence)),
            evidence: position.evidence,
            parent: position.parent,
            quote: position.quote,
            rule: position.rule.to_owned(),
            topics: finder.phrases(&position.content, &hanging),
            mentioned,
        }
    }
}

/// The text under several spans as one line: white space made single, " … " where something was left out.
pub(super) fn joined(text: &str, spans: &[Span]) -> String {
    let pieces = spans.iter().map(|span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" … ")
}
