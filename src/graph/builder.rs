//! Builds the property graph of a corpus: nodes and relationships in a fixed order, numbered from 0.
//!
//! Articles come first, then actors, topics, and article by article its positions with their conditions. An actor that
//! no position and no office touches is left out. Which actors are one was decided in `linker`, which topics are one in
//! `topic`, which positions repeat another in `repeat`.

use indexmap::IndexMap;
use petgraph::graph::NodeIndex;

use super::copies::originals;
use super::correction::Corrections;
use super::linker::{Cast, LinkedActor, link};
use super::phrase::Phrase;
use super::property::{Node, PropertyGraph, Relationship, Value};
use super::record::{Analyzed, Record, RecordedCondition, RecordedPosition, joined};
use super::repeat::{Claim, Holder, independent_sources, repeats};
use super::schema::{Label, RelationshipType, property};
use super::topic::{TopicKey, TopicRules, key};
use super::topics::Topics;
use crate::extract::EntityKind;
use crate::lexicon::Lexicons;
use crate::text::{Article, CodePoints, Span};

/// The graph of analysed articles, topics after the embedded word lists.
pub fn build(articles: &[Analyzed<'_>]) -> PropertyGraph {
    let rules = TopicRules::new(&Lexicons::embedded()).unwrap_or_default();
    let records: Vec<Record> = articles.iter().map(|analyzed| Record::new(analyzed, &rules)).collect();
    assemble(&records)
}

/// The graph of recorded articles. The same records in the same order give the same graph.
pub fn assemble(records: &[Record]) -> PropertyGraph {
    assemble_corrected(records, &Corrections::default())
}

/// The same, with what people have put right.
pub fn assemble_corrected(records: &[Record], corrections: &Corrections) -> PropertyGraph {
    let cast = link(records, corrections);
    let originals = originals(records);
    let mut builder = Builder { graph: PropertyGraph::new(), cast: &cast, actors: Vec::new(), topics: IndexMap::new() };
    let articles: Vec<NodeIndex> = {
        let original = |number: usize| originals[number].map(|original| &records[original].article.id);
        records.iter().enumerate().map(|(number, record)| builder.add_article(record, original(number))).collect()
    };
    builder.add_actors(records);
    builder.add_topics(records);
    let mut positions = Vec::new();
    for (number, record) in records.iter().enumerate() {
        positions.extend(builder.add_positions(number, record, articles[number]));
    }
    builder.add_offices();
    builder.add_repeats(records, &positions, &originals);
    builder.graph
}

/// The graph while it grows, and where its shared nodes are.
struct Builder<'a> {
    graph: PropertyGraph,
    cast: &'a Cast,
    /// For each linked actor its node; `None` when nothing touches it.
    actors: Vec<Option<NodeIndex>>,
    topics: IndexMap<TopicKey, NodeIndex>,
}

/// One article while its positions are added.
struct Page<'a> {
    number: usize,
    article: &'a Article,
    offsets: CodePoints,
    node: NodeIndex,
}

impl Builder<'_> {
    /// Adds a node; properties without a value are left out.
    fn add_node<const N: usize>(&mut self, labels: &[Label], properties: [(&str, Value); N]) -> NodeIndex {
        let id = i64::try_from(self.graph.node_count()).unwrap_or(i64::MAX);
        let labels = labels.iter().map(|label| label.as_str().to_owned()).collect();
        self.graph.add_node(Node { id, labels, properties: present(properties) })
    }

    /// Adds a relationship; properties without a value are left out.
    fn relate<const N: usize>(
        &mut self,
        from: NodeIndex,
        kind: RelationshipType,
        to: NodeIndex,
        properties: [(&str, Value); N],
    ) {
        let id = i64::try_from(self.graph.edge_count()).unwrap_or(i64::MAX);
        let kind = kind.as_str().to_owned();
        self.graph.add_edge(from, to, Relationship { id, kind, properties: present(properties) });
    }

    /// Adds an article, which may be a copy of another.
    fn add_article(&mut self, record: &Record, original: Option<&String>) -> NodeIndex {
        let article = &record.article;
        self.add_node(
            &[Label::Article],
            [
                (property::ID, text(&article.id)),
                (property::TITLE, optional(article.title.as_ref())),
                (property::PUBLISHER, optional(article.publisher.as_ref())),
                (property::DATE, optional(article.date.as_ref())),
                (property::URL, optional(article.url.as_ref())),
                (property::WORDS, integer(record.words)),
                (property::COPY_OF, optional(original)),
                (property::TEXT, text(&article.text)),
            ],
        )
    }

    /// Adds the actors that a position or an office touches.
    fn add_actors(&mut self, records: &[Record]) {
        let mut touched = vec![false; self.cast.actors.len()];
        for (record, numbers) in records.iter().zip(&self.cast.numbers) {
            for actor in record.positions.iter().flat_map(actors_of) {
                touched[numbers[actor]] = true;
            }
        }
        for office in &self.cast.offices {
            touched[office.speaker] = true;
            touched[office.principal] = true;
        }
        let cast = self.cast;
        for (actor, touched) in cast.actors.iter().zip(touched) {
            let node = touched.then(|| self.add_actor(records, actor));
            self.actors.push(node);
        }
    }

    /// Adds an actor.
    fn add_actor(&mut self, records: &[Record], actor: &LinkedActor) -> NodeIndex {
        let kind = Label::of_kind(actor.kind).unwrap_or(Label::Unnamed);
        let article = actor.record.map(|record| &records[record].article.id);
        self.add_node(
            &[Label::Actor, kind],
            [
                (property::NAME, text(&actor.name)),
                (property::ALIASES, texts(&actor.aliases)),
                (property::ARTICLE, optional(article)),
            ],
        )
    }

    /// Adds the topics and their order.
    fn add_topics(&mut self, records: &[Record]) {
        let topics = Topics::collect(records.iter().flat_map(phrases_of));
        for topic in &topics.topics {
            let properties = [
                (property::NAME, text(&topic.name)),
                (property::ALIASES, texts(&topic.wordings)),
                (property::KEY, text(&topic.key.to_string())),
            ];
            let node = self.add_node(&[Label::Topic], properties);
            self.topics.insert(topic.key.clone(), node);
        }
        for (narrower, broader) in topics.broader() {
            self.relate(self.topics[narrower], RelationshipType::Broader, self.topics[broader], []);
        }
    }

    /// Adds the positions of one article; their nodes in the order of the record.
    fn add_positions(&mut self, number: usize, record: &Record, node: NodeIndex) -> Vec<NodeIndex> {
        let article = &record.article;
        let page = Page { number, article, offsets: CodePoints::new(&article.text), node };
        let ids = position_ids(article, record.positions.iter().map(|position| position.evidence));
        let pairs = record.positions.iter().zip(ids);
        let nodes: Vec<NodeIndex> = pairs.map(|(position, id)| self.add_position(&page, position, &id)).collect();
        for (position, &node) in record.positions.iter().zip(&nodes) {
            if let Some(&parent) = position.parent.and_then(|parent| nodes.get(parent)) {
                self.relate(parent, RelationshipType::Contains, node, []);
            }
        }
        nodes
    }

    /// Adds one position with its conditions and everything it leads to.
    fn add_position(&mut self, page: &Page<'_>, position: &RecordedPosition, id: &str) -> NodeIndex {
        let content = joined(&page.article.text, &position.content);
        let node = self.add_node(
            &[Label::Position],
            [
                (property::ID, text(id)),
                (property::TEXT, text(&content)),
                (property::RELATION, text(position.relation.as_str())),
                (property::POLARITY, text(position.polarity.as_str())),
                (property::MODALITY, text(position.modality.as_str())),
                (property::DATE, optional(page.article.date.as_ref())),
                (property::QUOTE, text(position.quote.as_str())),
                (property::EVIDENCE, page.evidence_in(position.evidence, position.sentences)),
                (property::RULE, text(&position.rule)),
            ],
        );
        self.add_parties(page, position, node);
        for condition in &position.conditions {
            self.add_condition(page, condition, node);
        }
        self.add_subjects(page, &position.topics, &position.mentioned, node);
        let (start, end) = page.offsets.of_span(position.evidence);
        self.relate(
            node,
            RelationshipType::In,
            page.node,
            [(property::START, integer(start)), (property::END, integer(end))],
        );
        node
    }

    /// Relates a position to its holders, targets and reporters.
    fn add_parties(&mut self, page: &Page<'_>, position: &RecordedPosition, node: NodeIndex) {
        let signal = position.cue.iter().copied().reduce(Span::cover).unwrap_or(position.evidence);
        for holder in self.nodes_of(page, &position.holders) {
            let cue = text(&joined(&page.article.text, &position.cue));
            let properties = [(property::CUE, cue), (property::EVIDENCE, page.evidence(signal))];
            self.relate(holder, position.relation.into(), node, properties);
        }
        for target in self.nodes_of(page, &position.targets) {
            self.relate(node, RelationshipType::Targets, target, []);
        }
        for (order, reporter) in self.nodes_of(page, &position.chain).into_iter().enumerate() {
            self.relate(node, RelationshipType::ReportedBy, reporter, [(property::ORDER, integer(order))]);
        }
    }

    /// Adds a condition and relates the position to it.
    fn add_condition(&mut self, page: &Page<'_>, condition: &RecordedCondition, position: NodeIndex) {
        let kind = text(condition.kind.as_str());
        let negated = Value::Boolean(condition.negated);
        let node = self.add_node(
            &[Label::Condition],
            [
                (property::TEXT, text(&joined(&page.article.text, &[condition.span]))),
                (property::KIND, kind.clone()),
                (property::NEGATED, negated.clone()),
                (property::EVIDENCE, page.evidence(condition.span)),
            ],
        );
        let properties = [(property::KIND, kind), (property::NEGATED, negated)];
        self.relate(position, RelationshipType::ConditionsOn, node, properties);
        self.add_subjects(page, &condition.topics, &condition.mentioned, node);
    }

    /// Relates a position or condition to what it is about.
    fn add_subjects(&mut self, page: &Page<'_>, topics: &[Phrase], mentioned: &[usize], node: NodeIndex) {
        for phrase in topics.iter().filter(|phrase| phrase.direct) {
            if let Some(&topic) = self.topics.get(&phrase.key) {
                self.relate(node, RelationshipType::About, topic, []);
            }
        }
        for actor in self.nodes_of(page, mentioned) {
            self.relate(node, RelationshipType::About, actor, []);
        }
    }

    /// The nodes of an article's actors, each once: two actors of the article may have been joined.
    fn nodes_of(&self, page: &Page<'_>, actors: &[usize]) -> Vec<NodeIndex> {
        let numbers = &self.cast.numbers[page.number];
        let mut nodes = Vec::new();
        for node in actors.iter().filter_map(|&actor| self.actors[numbers[actor]]) {
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        nodes
    }

    /// Relates speakers to those they speak for.
    fn add_offices(&mut self) {
        let cast = self.cast;
        for office in &cast.offices {
            if let (Some(speaker), Some(principal)) = (self.actors[office.speaker], self.actors[office.principal]) {
                let properties = [
                    (property::ROLE, text(&office.role)),
                    (property::SINCE, optional(office.since.as_ref())),
                    (property::UNTIL, optional(office.until.as_ref())),
                ];
                self.relate(speaker, RelationshipType::SpeaksFor, principal, properties);
            }
        }
    }

    /// Relates positions to those they repeat, and counts the independent sources of each; `positions` holds the nodes of
    /// all positions in order.
    fn add_repeats(&mut self, records: &[Record], positions: &[NodeIndex], originals: &[Option<usize>]) {
        let mut claims = Vec::new();
        for (number, record) in records.iter().enumerate() {
            claims.extend(record.positions.iter().map(|position| claim(self.cast, number, record, position)));
        }
        let repeats = repeats(&claims);
        let article_of = |position: usize| originals[claims[position].record].unwrap_or(claims[position].record);
        let sources = independent_sources(claims.len(), &repeats, article_of);
        for (&node, sources) in positions.iter().zip(sources) {
            if let Some(node) = self.graph.node_weight_mut(node) {
                node.properties.insert(property::SOURCES.to_owned(), integer(sources));
            }
        }
        for (later, earlier) in repeats {
            self.relate(positions[later], RelationshipType::Repeats, positions[earlier], []);
        }
    }
}

impl Page<'_> {
    /// Where something is written.
    fn evidence(&self, span: Span) -> Value {
        let (start, end) = self.offsets.of_span(span);
        Value::Map(present([
            (property::ARTICLE, text(&self.article.id)),
            (property::START, integer(start)),
            (property::END, integer(end)),
        ]))
    }

    /// Where something is written, with the sentences around it.
    fn evidence_in(&self, span: Span, sentences: Span) -> Value {
        let mut evidence = self.evidence(span);
        if let Value::Map(entries) = &mut evidence {
            entries.insert(property::SENTENCE.to_owned(), text(sentences.of(&self.article.text)));
            entries.insert(property::SENTENCE_START.to_owned(), integer(self.offsets.of_byte(sentences.start)));
        }
        evidence
    }
}

/// Identities of an article's positions: article, start and end of the evidence in code points; the second position of
/// one stretch has `.2` after that.
pub fn position_ids(article: &Article, evidence: impl IntoIterator<Item = Span>) -> Vec<String> {
    let offsets = CodePoints::new(&article.text);
    let mut counts: IndexMap<Span, usize> = IndexMap::new();
    let id = |span: Span| {
        let count = counts.entry(span).or_default();
        *count += 1;
        let (start, end) = offsets.of_span(span);
        let id = format!("{}:{start}-{end}", article.id);
        if *count > 1 { format!("{id}.{count}") } else { id }
    };
    evidence.into_iter().map(id).collect()
}

/// A position as far as repeating goes.
fn claim(cast: &Cast, number: usize, record: &Record, position: &RecordedPosition) -> Claim {
    let holder = position.holders.first().map_or(usize::MAX, |&holder| cast.numbers[number][holder]);
    let holder = match cast.actors.get(holder) {
        Some(actor) if actor.record.is_some() || actor.kind == EntityKind::Unnamed => {
            Holder::Nameless(actor.name.clone())
        }
        _ => Holder::Actor(holder),
    };
    Claim {
        record: number,
        date: record.article.date.clone(),
        holder,
        relation: position.relation,
        polarity: position.polarity,
        content: key(&joined(&record.article.text, &position.content)),
    }
}

/// The actors of a record that a position touches.
fn actors_of(position: &RecordedPosition) -> impl Iterator<Item = usize> + '_ {
    let conditions = position.conditions.iter().flat_map(|condition| &condition.mentioned);
    let parties = position.holders.iter().chain(&position.chain).chain(&position.targets);
    parties.chain(&position.mentioned).chain(conditions).copied()
}

/// The phrases of a record, in order.
fn phrases_of(record: &Record) -> impl Iterator<Item = &Phrase> {
    record.positions.iter().flat_map(|position| {
        let conditions = position.conditions.iter().flat_map(|condition| &condition.topics);
        position.topics.iter().chain(conditions)
    })
}

/// Properties without those that have no value.
fn present<const N: usize>(properties: [(&str, Value); N]) -> IndexMap<String, Value> {
    let known = properties.into_iter().filter(|(_, value)| *value != Value::Null);
    known.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A text as a value.
fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A text that may be unknown.
fn optional(value: Option<&String>) -> Value {
    value.map_or(Value::Null, |value| text(value))
}

/// Texts as a value; unknown when there are none.
fn texts(values: &[String]) -> Value {
    if values.is_empty() { Value::Null } else { Value::List(values.iter().map(|value| text(value)).collect()) }
}

/// A number as a value.
fn integer(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{ConditionKind, EntityKind, Modality, Polarity, QuoteKind, RelationKind};
    use crate::graph::record::RecordedActor;
    use petgraph::visit::EdgeRef;

    const TEXT: &str = "Żelm rejects a freezing of the conflict. Officials said Orsa would sign once Vantia withdraws.";

    /// The stretch of the text that is worded so.
    fn span(part: &str) -> Span {
        TEXT.find(part).map(|start| Span::new(start, start + part.len())).unwrap()
    }

    /// Phrases as they are worded.
    fn phrases(names: &[&str]) -> Vec<Phrase> {
        names.iter().map(|&name| Phrase { name: name.to_owned(), key: key(name), direct: true }).collect()
    }

    /// A position of one actor with a cue and a content.
    fn position(relation: RelationKind, holder: usize, cue: &str, content: &str) -> RecordedPosition {
        RecordedPosition {
            relation,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            holders: vec![holder],
            cue: vec![span(cue)],
            content: vec![span(content)],
            conditions: Vec::new(),
            chain: Vec::new(),
            targets: Vec::new(),
            sentences: span(content),
            evidence: span(cue).cover(span(content)),
            parent: None,
            quote: QuoteKind::Indirect,
            rule: "complement-clause".to_owned(),
            topics: Vec::new(),
            mentioned: Vec::new(),
        }
    }

    /// One article with two positions, one nested in a third.
    fn record(id: &str, date: &str) -> Record {
        let actor = |&(name, kind): &(&str, EntityKind)| RecordedActor {
            canonical: name.to_owned(),
            kind,
            wordings: vec![name.to_owned()],
            office: (name == "Żelm").then(|| (2, "envoy".to_owned())),
        };
        let actors = [
            ("Żelm", EntityKind::Person),
            ("officials", EntityKind::Unnamed),
            ("Orsa", EntityKind::State),
            ("Vantia", EntityKind::State),
            ("Idle", EntityKind::State),
        ];
        let mut rejects = position(RelationKind::Rejects, 0, "rejects", "a freezing of the conflict");
        rejects.topics = phrases(&["freezing of the conflict", "conflict"]);
        let says = position(RelationKind::Says, 1, "said", "Orsa would sign once Vantia withdraws");
        let mut promises = position(RelationKind::Promises, 2, "would", "sign once Vantia withdraws");
        promises.parent = Some(1);
        promises.chain = vec![1];
        promises.conditions = vec![RecordedCondition {
            span: span("Vantia withdraws"),
            kind: ConditionKind::Once,
            negated: false,
            topics: Vec::new(),
            mentioned: vec![3],
        }];
        Record {
            article: Article {
                id: id.to_owned(),
                date: Some(date.to_owned()),
                text: TEXT.to_owned(),
                ..Article::default()
            },
            words: 16,
            actors: actors.iter().map(actor).collect(),
            positions: vec![rejects, says, promises],
        }
    }

    /// What a node shows in a test: its name, text or id.
    fn shown(node: &Node) -> String {
        let found = [property::NAME, property::TEXT].iter().find_map(|&name| node.properties.get(name));
        match found.filter(|_| node.labels != ["Article"]).or_else(|| node.properties.get(property::ID)) {
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// Every relationship as `from TYPE to`.
    fn relationships(graph: &PropertyGraph) -> Vec<String> {
        let row = |edge: petgraph::graph::EdgeReference<'_, Relationship>| {
            format!("{} {} {}", shown(&graph[edge.source()]), edge.weight().kind, shown(&graph[edge.target()]))
        };
        graph.edge_references().map(row).collect()
    }

    #[test]
    fn an_article_becomes_nodes_and_relationships() {
        let graph = assemble(&[record("a", "2031-01-01")]);
        assert_eq!(
            relationships(&graph),
            [
                "freezing of the conflict BROADER conflict",
                "Żelm REJECTS a freezing of the conflict",
                "a freezing of the conflict ABOUT freezing of the conflict",
                "a freezing of the conflict ABOUT conflict",
                "a freezing of the conflict IN a",
                "officials SAYS Orsa would sign once Vantia withdraws",
                "Orsa would sign once Vantia withdraws IN a",
                "Orsa PROMISES sign once Vantia withdraws",
                "sign once Vantia withdraws REPORTED_BY officials",
                "sign once Vantia withdraws CONDITIONS_ON Vantia withdraws",
                "Vantia withdraws ABOUT Vantia",
                "sign once Vantia withdraws IN a",
                "Orsa would sign once Vantia withdraws CONTAINS sign once Vantia withdraws",
                "Żelm SPEAKS_FOR Orsa",
            ]
        );
        assert!(!graph.node_weights().any(|node| shown(node) == "Idle"));
        assert!(graph.node_weights().enumerate().all(|(place, node)| node.id == i64::try_from(place).unwrap()));
    }

    #[test]
    fn a_copy_repeats_the_earlier_article() {
        let graph = assemble(&[record("a", "2031-01-02"), record("b", "2031-01-01")]);
        let repeats: Vec<String> = relationships(&graph).into_iter().filter(|row| row.contains("REPEATS")).collect();
        assert_eq!(repeats.len(), 3, "{repeats:?}");
        let repeat = graph.edge_references().find(|edge| edge.weight().kind == "REPEATS").unwrap();
        assert_eq!(graph[repeat.source()].properties[property::DATE], text("2031-01-02"));
        assert_eq!(graph[repeat.target()].properties[property::DATE], text("2031-01-01"));
    }

    #[test]
    fn evidence_counts_code_points_and_brings_its_sentences() {
        let graph = assemble(&[record("a", "2031-01-01")]);
        let position = graph.node_weights().find(|node| shown(node) == "a freezing of the conflict").unwrap();
        let Value::Map(evidence) = &position.properties[property::EVIDENCE] else { panic!("no map") };
        assert_eq!(evidence[property::START], Value::Integer(5));
        assert_eq!(evidence[property::SENTENCE_START], Value::Integer(13));
        assert_eq!(position.properties[property::ID], text("a:5-39"));
    }

    #[test]
    fn positions_of_one_stretch_have_different_ids() {
        let article = Article { id: "a".to_owned(), text: TEXT.to_owned(), ..Article::default() };
        assert_eq!(position_ids(&article, [span("rejects"), span("rejects")]), ["a:5-12", "a:5-12.2"]);
    }
}
