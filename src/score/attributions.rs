//! Scores attributions (source, cue, content) as the reference scorer of PolNeAR annotation does.
//!
//! Spans are compared as sets of tokens. Gold and system attributions are paired one to one where their cues share a token
//! or their contents overlap by half; a paired one is right in its source when that overlaps by half or has the same head.
//! Classes go by the quotation marks: direct, mixed, indirect, and cues that stand inside a quotation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::ScoreError;
use super::gold::{Annotated, check, paired};
use super::names::head_ends;
use super::pairing::pairs;
use super::tally::{Report, Tally};
use super::token::Tokens;

/// How much two sets must share.
const HALF: f64 = 0.5;
/// The roles, in the order of `Item::roles`.
const ROLES: [&str; 3] = ["source", "cue", "content"];
/// Marks before which the head of a source stands.
const HEAD_ENDS: &str = ",;:()[]—–";

/// An annotated text.
#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    text: String,
    attributions: Vec<Spans>,
}

impl Annotated for Line {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The spans of an attribution, in code points.
#[derive(Deserialize)]
struct Spans {
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    #[serde(default)]
    content: Vec<[usize; 2]>,
}

/// Scores a system's attributions against gold ones, both as JSON lines: `id`, `attributions`, and in the gold file `text`.
///
/// # Errors
/// When a line does not read, a span lies outside its text, or the system has texts of its own.
pub fn score_attributions(gold: &str, system: &str) -> Result<Report, ScoreError> {
    let heads = head_ends()?;
    let lines: Vec<(Line, Option<Line>)> = paired(gold, system)?;
    let mut sums = Sums::default();
    for (gold, system) in &lines {
        let tokens = Tokens::new(&gold.text);
        let items = |line: &Line| -> Result<Vec<Item>, ScoreError> {
            let item = |spans: &Spans| {
                let all = spans.source.iter().chain(&spans.cue).chain(&spans.content);
                check(&gold.id, tokens.length(), all.copied())?;
                Ok(Item::new(&tokens, spans, &heads))
            };
            line.attributions.iter().map(item).collect()
        };
        let system = system.as_ref().map_or_else(|| Ok(Vec::new()), items)?;
        sums.add_article(&items(gold)?, &system);
    }
    Ok(Report { extent: format!("{} articles", lines.len()), rows: sums.rows(), shares: Vec::new() })
}

/// How the content of an attribution is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Direct,
    Mixed,
    Indirect,
    /// The cue itself stands in a quotation.
    InQuote,
}

impl Class {
    const ALL: [Self; 4] = [Self::Direct, Self::Mixed, Self::Indirect, Self::InQuote];

    fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::InQuote => "inquote",
        }
    }
}

/// A set of tokens by number; of a span without tokens, its marks as negative numbers.
type Set = BTreeSet<i64>;

/// An attribution as sets.
struct Item {
    /// Of source, cue and content.
    roles: [Set; 3],
    cue_marks: BTreeSet<usize>,
    /// Last token and head of the source.
    ends: Option<(i64, i64)>,
    class: Class,
}

impl Item {
    fn new(tokens: &Tokens, spans: &Spans, heads: &BTreeSet<String>) -> Self {
        let words = |spans: &[[usize; 2]]| -> Vec<usize> {
            let all: BTreeSet<usize> = spans.iter().flat_map(|&span| tokens.within(span)).collect();
            all.into_iter().collect()
        };
        let marks =
            |spans: &[[usize; 2]]| spans.iter().flat_map(|&span| tokens.marks(span)).collect::<BTreeSet<usize>>();
        let role = |spans: &[[usize; 2]]| -> Set {
            let words = words(spans);
            match words.is_empty() {
                true => marks(spans).into_iter().map(|mark| -1 - mark as i64).collect(),
                false => words.into_iter().map(|word| word as i64).collect(),
            }
        };
        let source = words(&spans.source);
        let ends = source.last().map(|&last| (last as i64, head(tokens, &source, heads) as i64));
        Self {
            roles: [role(&spans.source), role(&spans.cue), role(&spans.content)],
            cue_marks: marks(&spans.cue),
            ends,
            class: class(tokens, &spans.cue, &words(&spans.content)),
        }
    }

    fn cues_overlap(&self, other: &Self) -> bool {
        let tokens = self.roles[1].iter().any(|token| *token >= 0 && other.roles[1].contains(token));
        tokens || !self.cue_marks.is_disjoint(&other.cue_marks)
    }

    fn same_source(&self, other: &Self) -> bool {
        let (one, two) = (&self.roles[0], &other.roles[0]);
        if one.is_empty() || two.is_empty() {
            return one.is_empty() && two.is_empty();
        }
        let ends = self.ends.zip(other.ends);
        overlap(one, two) >= HALF || ends.is_some_and(|(one, two)| one.0 == two.0 || one.1 == two.1)
    }

    fn same_content(&self, other: &Self) -> bool {
        overlap(&self.roles[2], &other.roles[2]) >= HALF
    }

    /// Whether the two share anything at all.
    fn touches(&self, other: &Self) -> bool {
        let all = |item: &Self| item.roles.iter().flatten().copied().collect::<Set>();
        !all(self).is_disjoint(&all(other)) || !self.cue_marks.is_disjoint(&other.cue_marks)
    }
}

/// The head of a source: its last token before a mark or a word that begins a modifier.
fn head(tokens: &Tokens, source: &[usize], heads: &BTreeSet<String>) -> usize {
    let steps = source.windows(2).take_while(|pair| {
        let marked = tokens.between(pair[0], pair[1]).iter().any(|&letter| HEAD_ENDS.contains(letter));
        !marked && !heads.contains(&tokens.lower(pair[1]))
    });
    steps.last().map_or(source[0], |pair| pair[1])
}

fn class(tokens: &Tokens, cue: &[[usize; 2]], content: &[usize]) -> Class {
    let start = cue.iter().map(|&[start, _]| start).min();
    let quoted = content.iter().filter(|&&word| tokens.is_word_quoted(word)).count();
    if start.is_some_and(|start| tokens.is_quoted(start)) {
        Class::InQuote
    } else if quoted == 0 {
        Class::Indirect
    } else if quoted == content.len() {
        Class::Direct
    } else {
        Class::Mixed
    }
}

/// The share of two sets that is common (Jaccard); two empty sets are the same.
fn overlap(one: &Set, other: &Set) -> f64 {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    if all == 0 { 1.0 } else { both as f64 / all as f64 }
}

/// A measure over paired attributions: its name, and whether a pair counts.
type Measure = (&'static str, fn(&Item, &Item) -> bool);

const TESTS: [Measure; 6] = [
    ("attribution.detect", |_, _| true),
    ("attribution.content", Item::same_content),
    ("attribution.source", Item::same_source),
    ("attribution.full", |gold, system| gold.same_content(system) && gold.same_source(system)),
    ("attribution.full_cue", |gold, system| {
        let none = gold.roles[1].is_empty() && system.roles[1].is_empty();
        gold.same_content(system) && gold.same_source(system) && (none || gold.cues_overlap(system))
    }),
    ("attribution.full_exact", |gold, system| gold.roles == system.roles),
];

/// The tallies of a measure: all, and by class.
type Classed = (Tally, BTreeMap<Class, Tally>);

/// The sums over articles, by measure.
#[derive(Default)]
struct Sums {
    measures: BTreeMap<String, Classed>,
}

impl Sums {
    fn add_article(&mut self, gold: &[Item], system: &[Item]) {
        for role in 0..ROLES.len() {
            self.add_tokens(role, gold, system);
            self.add_spans(role, gold, system);
        }
        let paired = pairs(&edges(gold, system, |gold, system| {
            let content = overlap(&gold.roles[2], &system.roles[2]);
            let near = gold.cues_overlap(system) || content >= HALF;
            let cue = overlap(&gold.roles[1], &system.roles[1]);
            if near { 1.0 + content + cue + 0.5 * overlap(&gold.roles[0], &system.roles[0]) } else { 0.0 }
        }));
        for (name, test) in TESTS {
            let right = paired.iter().copied().filter(|&(one, other)| test(&gold[one], &system[other]));
            self.add_hits(name, gold.iter().enumerate(), system.iter().enumerate(), &right.collect::<Vec<_>>());
        }
    }

    /// All tokens with a role, whichever attribution they belong to.
    fn add_tokens(&mut self, role: usize, gold: &[Item], system: &[Item]) {
        let union = |items: &[Item], class: Option<Class>| -> Set {
            let chosen = items.iter().filter(|item| class.is_none_or(|class| item.class == class));
            chosen.flat_map(|item| &item.roles[role]).copied().filter(|token| *token >= 0).collect()
        };
        let (all_gold, all_system) = (union(gold, None), union(system, None));
        let common = |one: &Set, other: &Set| one.intersection(other).count();
        let hits = common(&all_gold, &all_system);
        let (sum, classes) = self.measures.entry(format!("token.{}", ROLES[role])).or_default();
        sum.add(Tally::paired(hits, all_gold.len(), all_system.len()));
        for class in Class::ALL {
            let (gold, system) = (union(gold, Some(class)), union(system, Some(class)));
            classes.entry(class).or_default().add(Tally {
                found: common(&gold, &all_system),
                gold: gold.len(),
                right: common(&system, &all_gold),
                system: system.len(),
            });
        }
    }

    /// Role by role, the spans that are the same.
    fn add_spans(&mut self, role: usize, gold: &[Item], system: &[Item]) {
        let same = pairs(&edges(gold, system, |gold, system| {
            let equal = !gold.roles[role].is_empty() && gold.roles[role] == system.roles[role];
            let class = if gold.class == system.class { 0.01 } else { 0.0 };
            if equal { 1.0 + class } else { 0.0 }
        }));
        let with_role = |&(_, item): &(usize, &Item)| !item.roles[role].is_empty();
        let (gold, system) = (gold.iter().enumerate().filter(with_role), system.iter().enumerate().filter(with_role));
        self.add_hits(&format!("span_exact.{}", ROLES[role]), gold, system, &same);
    }

    fn add_hits<'i>(
        &mut self,
        name: &str,
        gold: impl Iterator<Item = (usize, &'i Item)>,
        system: impl Iterator<Item = (usize, &'i Item)>,
        hits: &[(usize, usize)],
    ) {
        let (sum, classes) = self.measures.entry(name.to_owned()).or_default();
        for (number, item) in gold {
            let found = usize::from(hits.iter().any(|&(one, _)| one == number));
            let tally = Tally { found, gold: 1, ..Tally::default() };
            sum.add(tally);
            classes.entry(item.class).or_default().add(tally);
        }
        for (number, item) in system {
            let right = usize::from(hits.iter().any(|&(_, other)| other == number));
            let tally = Tally { right, system: 1, ..Tally::default() };
            sum.add(tally);
            classes.entry(item.class).or_default().add(tally);
        }
    }

    /// The measures in reading order, and attribution.full by class.
    fn rows(mut self) -> Vec<(String, Tally)> {
        let spans = ["token", "span_exact"].into_iter().flat_map(|kind| ROLES.map(|role| format!("{kind}.{role}")));
        let names: Vec<String> = spans.chain(TESTS.iter().map(|(name, _)| (*name).to_owned())).collect();
        let mut rows = Vec::new();
        for name in names {
            let (sum, classes) = self.measures.remove(&name).unwrap_or_default();
            rows.push((name.clone(), sum));
            let by_class = matches!(name.as_str(), "span_exact.content" | "attribution.detect" | "attribution.full");
            let class = |class: Class| Some((format!("{name} {}", class.as_str()), *classes.get(&class)?));
            rows.extend(Class::ALL.into_iter().filter(|_| by_class).filter_map(class));
        }
        rows
    }
}

/// The pairs of items that may be one, with their weights.
fn edges(gold: &[Item], system: &[Item], weight: impl Fn(&Item, &Item) -> f64) -> BTreeMap<(usize, usize), f64> {
    let mut edges = BTreeMap::new();
    for (one, gold) in gold.iter().enumerate() {
        for (other, system) in system.iter().enumerate().filter(|(_, system)| gold.touches(system)) {
            let weight = weight(gold, system);
            if weight > 0.0 {
                edges.insert((one, other), weight);
            }
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id": "b", "text": "Jo Doe, head of the union, hopes to \"rebuild\" the port.", "attributions":
        [{"source": [[0, 25]], "cue": [[27, 32]], "content": [[33, 54]]}]}"#;

    fn score(from: &str, to: &str) -> Report {
        let gold = GOLD.replace('\n', " ");
        score_attributions(&gold, &gold.replacen(from, to, 1)).unwrap()
    }

    #[test]
    fn each_fault_costs_its_measure() {
        for (from, to, name, expected) in [
            ("", "", "attribution.full_exact", 100.0),
            ("[[33, 54]]", "[[33, 55]]", "attribution.full_exact", 100.0),
            ("[[0, 25]]", "[[0, 6]]", "attribution.full", 100.0),
            ("[[0, 25]]", "[[0, 6]]", "span_exact.source", 0.0),
            ("[[0, 25]]", "[[16, 19]]", "attribution.full", 0.0),
            ("[[0, 25]]", "[[16, 19]]", "attribution.detect", 100.0),
            ("[[33, 54]]", "[[33, 35]]", "attribution.content", 0.0),
            ("[[33, 54]]", "[[33, 54]]", "attribution.full mixed", 100.0),
        ] {
            assert_eq!(score(from, to).tally(name).f1(), expected, "{name} {to}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for (system, message) in [
            ("{", "system, line 1"),
            (r#"{"id": "c", "attributions": []}"#, "`c` is not in the gold file"),
            (r#"{"id": "b", "attributions": [{"cue": [[3, 300]]}]}"#, "`b`: the span 3..300"),
        ] {
            let error = score_attributions(&GOLD.replace('\n', " "), system).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
