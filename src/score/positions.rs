//! Scores positions as the reference scorer of their scheme does.
//!
//! Gold and system positions are paired one to one where their contents overlap by half, or their evidence does and half of
//! the smaller content. Layers are cumulative: found at all, with the right holder, relation, polarity, chain; a lenient
//! relation may be one of the gold's alternatives. A condition counts where its position is the paired one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::ScoreError;
use super::gold::{Annotated, check, paired};
use super::names::Names;
use super::pairing::{assignment, pairs};
use super::tally::{Report, Tally};

/// How much two spans must share.
const HALF: f64 = 0.5;
/// The chain entry of a report that names nobody.
const UNSPECIFIED: &str = "(unspecified)";
/// The relation that says least; figures without it are shown too.
const SAYS: &str = "says";

/// An annotated passage.
#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    text: String,
    positions: Vec<Annotation>,
    #[serde(default)]
    entities: Vec<Entity>,
}

impl Annotated for Line {
    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Deserialize)]
struct Annotation {
    relation: String,
    #[serde(default)]
    relation_alt: Vec<String>,
    #[serde(default)]
    polarity: String,
    #[serde(default)]
    modality: String,
    holder: Party,
    #[serde(default)]
    co_holders: Vec<Party>,
    content: Content,
    #[serde(default)]
    conditions: Vec<Condition>,
    #[serde(default)]
    chain: Vec<String>,
    #[serde(default)]
    targets: Vec<Party>,
    evidence: [usize; 2],
}

#[derive(Deserialize)]
struct Party {
    #[serde(default)]
    text: String,
    canonical: String,
}

#[derive(Deserialize)]
struct Content {
    spans: Vec<[usize; 2]>,
}

#[derive(Deserialize)]
struct Condition {
    span: [usize; 2],
    kind: String,
    #[serde(default)]
    negated: bool,
}

#[derive(Deserialize)]
struct Entity {
    canonical: String,
    mentions: Vec<[usize; 2]>,
}

/// Scores a system's positions against gold ones, both as JSON lines: `id`, `positions`, and in the gold file `text` and
/// `entities`, whose mentions are other names of holders and reporters.
///
/// # Errors
/// When a line does not read, a span lies outside its text, or the system has passages of its own.
pub fn score_positions(gold: &str, system: &str) -> Result<Report, ScoreError> {
    let names = Names::new()?;
    let lines: Vec<(Line, Option<Line>)> = paired(gold, system)?;
    let mut sums = Sums::default();
    for (gold, system) in &lines {
        let passage = Passage::new(gold, &names);
        let system = system.as_ref().map_or_else(|| Ok(Vec::new()), |line| passage.read(line))?;
        sums.add_passage(&passage, &passage.read(gold)?, &system);
    }
    Ok(sums.report(lines.len()))
}

/// A passage with its tokens and the names of its actors.
struct Passage<'a> {
    id: &'a str,
    names: &'a Names,
    length: usize,
    /// Start and end of each token: a run of letters, digits and "_".
    tokens: Vec<[usize; 2]>,
    /// The mentions of each gold entity.
    mentions: BTreeMap<&'a str, Vec<String>>,
}

/// A name as it stands, and the names that it may go under.
type Named<'a> = (&'a str, BTreeSet<String>);

/// A position as sets of tokens and names.
struct Item<'a> {
    annotation: &'a Annotation,
    holders: Vec<Named<'a>>,
    content: BTreeSet<usize>,
    evidence: BTreeSet<usize>,
    /// For each condition its tokens.
    conditions: Vec<(BTreeSet<usize>, &'a Condition)>,
    chain: Vec<Named<'a>>,
    targets: Vec<Named<'a>>,
}

impl<'a> Passage<'a> {
    fn new(line: &'a Line, names: &'a Names) -> Self {
        let letters: Vec<char> = line.text.chars().collect();
        let cut = |&[start, end]: &[usize; 2]| letters.get(start..end).unwrap_or_default().iter().collect::<String>();
        let mentions = line.entities.iter();
        let mentions = mentions.map(|entity| (entity.canonical.as_str(), entity.mentions.iter().map(cut).collect()));
        Self { id: &line.id, names, length: letters.len(), tokens: tokens(&letters), mentions: mentions.collect() }
    }

    /// The positions of a line over this passage.
    fn read<'b>(&self, line: &'b Line) -> Result<Vec<Item<'b>>, ScoreError> {
        line.positions.iter().map(|annotation| self.item(annotation)).collect()
    }

    fn item<'b>(&self, annotation: &'b Annotation) -> Result<Item<'b>, ScoreError> {
        let content = &annotation.content.spans;
        let conditions = annotation.conditions.iter();
        let spans = content.iter().copied().chain([annotation.evidence]);
        check(self.id, self.length, spans.chain(conditions.clone().map(|condition| condition.span)))?;
        let holders = std::iter::once(&annotation.holder).chain(&annotation.co_holders);
        let party = |party: &'b Party| (party.canonical.as_str(), self.accepted(&party.canonical, &party.text));
        Ok(Item {
            annotation,
            holders: holders.map(party).collect(),
            content: self.within(content),
            evidence: self.within(&[annotation.evidence]),
            conditions: conditions.map(|condition| (self.within(&[condition.span]), condition)).collect(),
            chain: annotation.chain.iter().map(|name| (name.as_str(), self.accepted(name, ""))).collect(),
            targets: annotation
                .targets
                .iter()
                .map(|party| (party.canonical.as_str(), self.accepted(&party.canonical, "")))
                .collect(),
        })
    }

    /// The names under which an actor of the gold file may go.
    fn accepted(&self, canonical: &str, text: &str) -> BTreeSet<String> {
        let mentions = self.mentions.get(canonical).into_iter().flatten().map(String::as_str);
        self.names.accepted([canonical, text].into_iter().chain(mentions))
    }

    /// The tokens that overlap a span.
    fn within(&self, spans: &[[usize; 2]]) -> BTreeSet<usize> {
        let overlaps = |&[start, end]: &[usize; 2]| spans.iter().any(|span| start < span[1] && end > span[0]);
        (0..self.tokens.len()).filter(|&token| overlaps(&self.tokens[token])).collect()
    }

    fn same_holder(&self, gold: &Item<'_>, system: &Item<'_>) -> bool {
        let names = system.holders.iter().map(|(name, _)| name);
        names.clone().any(|name| gold.holders.iter().any(|(_, accepted)| self.names.matches(name, accepted)))
    }

    fn same_chain(&self, gold: &Item<'_>, system: &Item<'_>) -> bool {
        let same = |((gold, accepted), (name, _)): (&Named<'_>, &Named<'_>)| {
            if [*gold, *name].contains(&UNSPECIFIED) { gold == name } else { self.names.matches(name, accepted) }
        };
        gold.chain.len() == system.chain.len() && gold.chain.iter().zip(&system.chain).all(same)
    }

    fn same_target(&self, gold: &Item<'_>, system: &Item<'_>) -> bool {
        let accepts = |name: &str| gold.targets.iter().any(|(_, accepted)| self.names.matches(name, accepted));
        system.targets.iter().any(|(name, _)| accepts(name))
    }
}

fn tokens(letters: &[char]) -> Vec<[usize; 2]> {
    let mut found: Vec<[usize; 2]> = Vec::new();
    let is_letter = |place: &usize| letters[*place].is_alphanumeric() || letters[*place] == '_';
    for place in (0..letters.len()).filter(is_letter) {
        match found.last_mut() {
            Some(token) if token[1] == place => token[1] = place + 1,
            _ => found.push([place, place + 1]),
        }
    }
    found
}

/// Twice the common part over the sum (Dice); 0 when either is empty.
fn dice(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    2.0 * one.intersection(other).count() as f64 / (one.len() + other.len()) as f64
}

impl Item<'_> {
    /// How well two positions match by their place in the text; 0 when they do not.
    fn likeness(&self, other: &Self) -> f64 {
        let content = dice(&self.content, &other.content);
        if content >= HALF {
            return content;
        }
        let evidence = dice(&self.evidence, &other.evidence) >= HALF;
        let smaller = self.content.len().min(other.content.len()).max(1) as f64;
        let common = self.content.intersection(&other.content).count() as f64;
        if evidence && (common / smaller >= HALF || other.content.is_empty()) { content.max(0.01) } else { 0.0 }
    }

    fn same_relation(&self, other: &Self) -> bool {
        self.annotation.relation == other.annotation.relation
    }

    fn is_alternative(&self, other: &Self) -> bool {
        self.annotation.relation_alt.contains(&other.annotation.relation)
    }

    fn polarity(&self) -> &str {
        if self.annotation.polarity.is_empty() { "positive" } else { &self.annotation.polarity }
    }

    fn says(&self) -> bool {
        self.annotation.relation == SAYS
    }
}

/// Hits by measure, and the items that they are hits of.
#[derive(Default)]
struct Sums {
    gold: usize,
    system: usize,
    /// Without says.
    telling: (usize, usize),
    conditions: (usize, usize),
    hits: BTreeMap<&'static str, usize>,
    /// Shares of paired items: hits and items.
    shares: BTreeMap<&'static str, (usize, usize)>,
    /// Passages without a position, and positions found there.
    silent: (usize, usize),
}

/// The layers and what they are counted among.
const LAYERS: [&str; 8] =
    ["detect", "holder", "relation", "relation_lenient", "polarity", "polarity_lenient", "chain", "chain_lenient"];
const WITHOUT_SAYS: [&str; 4] =
    ["detect without says", "holder without says", "relation without says", "relation_lenient without says"];
const CONDITIONS: [&str; 3] = ["conditions found", "conditions attached", "conditions attached_kind"];
const SHARES: [&str; 9] = [
    "holder of matched",
    "relation of matched",
    "relation_lenient of matched",
    "polarity of matched",
    "modality of matched",
    "chain of matched",
    "chain_nonempty",
    "negated",
    "target",
];

impl Sums {
    fn add_passage(&mut self, passage: &Passage<'_>, gold: &[Item<'_>], system: &[Item<'_>]) {
        self.gold += gold.len();
        self.system += system.len();
        self.telling.0 += gold.iter().filter(|item| !item.says()).count();
        self.telling.1 += system.iter().filter(|item| !item.says()).count();
        if gold.is_empty() {
            self.silent.0 += 1;
            self.silent.1 += system.len();
        }
        let paired = matches(passage, gold, system);
        for &(one, other) in &paired {
            self.add_pair(passage, &gold[one], &system[other]);
        }
        self.add_conditions(gold, system, &paired);
    }

    fn add_pair(&mut self, passage: &Passage<'_>, gold: &Item<'_>, system: &Item<'_>) {
        let holder = passage.same_holder(gold, system);
        let strict = gold.same_relation(system);
        let lenient = strict || gold.is_alternative(system);
        let polarity = gold.polarity() == system.polarity();
        let chain = passage.same_chain(gold, system);
        let layers = [
            true,
            holder,
            holder && strict,
            holder && lenient,
            holder && strict && polarity,
            holder && lenient && polarity,
            holder && strict && polarity && chain,
            holder && lenient && polarity && chain,
        ];
        self.hit(&LAYERS, &layers);
        if !gold.says() && !system.says() {
            self.hit(&WITHOUT_SAYS, &layers);
        }
        let modality = gold.annotation.modality == system.annotation.modality;
        let shares = [
            (true, holder),
            (true, strict),
            (true, lenient),
            (true, polarity),
            (true, modality),
            (true, chain),
            (!gold.chain.is_empty(), chain),
            (gold.polarity() == "negated", polarity),
            (!gold.targets.is_empty(), passage.same_target(gold, system)),
        ];
        for (name, (counts, right)) in SHARES.into_iter().zip(shares).filter(|(_, (counts, _))| *counts) {
            let share = self.shares.entry(name).or_default();
            share.0 += usize::from(right);
            share.1 += usize::from(counts);
        }
    }

    fn hit(&mut self, names: &[&'static str], right: &[bool]) {
        for (name, right) in names.iter().zip(right) {
            *self.hits.entry(name).or_default() += usize::from(*right);
        }
    }

    fn add_conditions(&mut self, gold: &[Item<'_>], system: &[Item<'_>], paired: &[(usize, usize)]) {
        let all = |items: &'_ [Item<'_>]| -> Vec<(usize, usize)> {
            let numbered = items.iter().enumerate();
            numbered.flat_map(|(item, position)| (0..position.conditions.len()).map(move |at| (item, at))).collect()
        };
        let (golds, systems) = (all(gold), all(system));
        self.conditions.0 += golds.len();
        self.conditions.1 += systems.len();
        for (kind, name) in CONDITIONS.into_iter().enumerate() {
            let mut weights = BTreeMap::new();
            for (row, &(one, at)) in golds.iter().enumerate() {
                for (column, &(other, place)) in systems.iter().enumerate() {
                    let ((gold, left), (system, right)) = (&gold[one].conditions[at], &system[other].conditions[place]);
                    let attached = paired.contains(&(one, other));
                    let same = left.kind == right.kind && left.negated == right.negated;
                    let counts = kind == 0 || attached && (kind == 1 || same);
                    let likeness = dice(gold, system);
                    if counts && likeness >= HALF {
                        weights.insert((row, column), likeness + if attached { 0.01 } else { 0.0 });
                    }
                }
            }
            *self.hits.entry(name).or_default() += pairs(&weights).len();
        }
    }

    fn report(self, passages: usize) -> Report {
        let row = |(name, (gold, system)): (&str, (usize, usize))| {
            (name.to_owned(), Tally::paired(self.hits.get(name).copied().unwrap_or(0), gold, system))
        };
        let layers = LAYERS.map(|name| (name, (self.gold, self.system)));
        let telling = WITHOUT_SAYS.map(|name| (name, self.telling));
        let conditions = CONDITIONS.map(|name| (name, self.conditions));
        let share = |name: &str| {
            let (hits, items) = self.shares.get(name).copied().unwrap_or_default();
            (name.to_owned(), hits, items)
        };
        let mut shares: Vec<(String, usize, usize)> = SHARES.into_iter().map(share).collect();
        shares.push(("false positives a silent passage".to_owned(), self.silent.1, self.silent.0));
        Report {
            extent: format!("{passages} passages"),
            rows: layers.into_iter().chain(telling).chain(conditions).map(row).collect(),
            shares,
        }
    }
}

/// The pairs of positions that are one, gold first.
fn matches(passage: &Passage<'_>, gold: &[Item<'_>], system: &[Item<'_>]) -> Vec<(usize, usize)> {
    let weight = |one: &Item<'_>, other: &Item<'_>| {
        let likeness = one.likeness(other);
        if likeness <= 0.0 {
            return 0.0;
        }
        let holder = if passage.same_holder(one, other) { 0.6 } else { 0.0 };
        let relation = if one.same_relation(other) {
            0.5
        } else if one.is_alternative(other) {
            0.3
        } else {
            0.0
        };
        2.0 + likeness + holder + relation + if one.chain.len() == other.chain.len() { 0.2 } else { 0.0 }
    };
    let weights: Vec<Vec<f64>> =
        gold.iter().map(|one| system.iter().map(|other| weight(one, other)).collect()).collect();
    // All at once and not by groups, as the reference does, so that ties fall the same way.
    let largest = weights.iter().flatten().fold(0.0_f64, |largest, &weight| largest.max(weight));
    let swapped = gold.len() > system.len();
    let (rows, columns) = if swapped { (system.len(), gold.len()) } else { (gold.len(), system.len()) };
    let pair = |row: usize, column: usize| if swapped { (column, row) } else { (row, column) };
    let cost = |row: usize, column: usize| {
        let (one, other) = pair(row, column);
        largest - weights[one][other]
    };
    let chosen = assignment(rows, columns, cost).into_iter().enumerate().map(|(row, column)| pair(row, column));
    chosen.filter(|&(one, other)| weights[one][other] > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Peskov said Putin is open to talks unless Kiev withdraws.";

    fn gold() -> String {
        format!(
            r#"{{"id": "x", "text": "{TEXT}", "entities": [{{"canonical": "Vladimir Putin", "mentions": [[12, 17]]}}],
            "positions": [{{"relation": "supports", "relation_alt": ["promises"], "polarity": "positive",
            "modality": "conditional", "holder": {{"text": "Putin", "canonical": "Vladimir Putin"}},
            "content": {{"spans": [[29, 56]]}}, "chain": ["Dmitry Peskov"], "evidence": [12, 56],
            "conditions": [{{"span": [42, 56], "kind": "unless", "negated": false}}]}}]}}"#
        )
        .replace('\n', " ")
    }

    #[test]
    fn each_fault_costs_its_layer() {
        for (from, to, name, expected) in [
            ("", "", "chain", 100.0),
            ("\"supports\"", "\"promises\"", "relation", 0.0),
            ("\"supports\"", "\"promises\"", "chain_lenient", 100.0),
            ("\"canonical\": \"Vladimir Putin\"}, \"content", "\"canonical\": \"Putin\"}, \"content", "holder", 100.0),
            ("Dmitry Peskov", "Peskov", "chain", 100.0),
            ("[\"Dmitry Peskov\"]", "[]", "chain", 0.0),
            ("[[29, 56]]", "[[0, 17]]", "detect", 0.0),
            ("\"unless\"", "\"if\"", "conditions attached", 100.0),
            ("\"unless\"", "\"if\"", "conditions attached_kind", 0.0),
        ] {
            let found = gold().split_whitespace().collect::<Vec<_>>().join(" ");
            let report = score_positions(&found, &found.replacen(from, to, 1)).unwrap();
            assert_eq!(report.tally(name).f1(), expected, "{name}: {to}");
        }
    }
}
