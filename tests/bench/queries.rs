//! How fast the language answers over the synthetic graph of `../shared/bench/gen.py`: ten queries, beside its peers' table.
//!
//! `cargo bench --bench queries -- FOLDER`, the folder that `gen.py` wrote; without one it says so and only times the parser.
//! Prints for each query the median and the 95th percentile of a prepared run, the median with parsing and planning, and
//! the first row, so that answers can be held against those of other engines. The graph file is made on the first run.

#![allow(clippy::expect_used, clippy::panic, reason = "a benchmark may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use demarche::graph::store::{self, Archive};
use demarche::graph::{Node, PropertyGraph, Relationship, Value};
use demarche::query::value::Value as Answer;
use demarche::query::{Cancellation, Limits, Parameters, Prepared, Table, View, parser, prepare};
use indexmap::IndexMap;
use petgraph::graph::NodeIndex;

/// The queries, as the peers that speak openCypher get them.
const QUERIES: &[(&str, &str)] = &[
    ("q1", "MATCH (a:Actor {name: $point}) RETURN a.kind AS c"),
    ("q2", "MATCH (a:Actor {name: $rej})-[:SAYS]->(s:Statement) WHERE s.relation = 'rejects' RETURN count(*) AS c"),
    (
        "q3",
        "MATCH (a:Actor {name: $rej})-[:SAYS]->(s:Statement)-[:ABOUT]->(t:Topic) WHERE s.relation = 'rejects' AND \
         s.date >= '2024-01-01' RETURN DISTINCT t.name AS c ORDER BY c",
    ),
    (
        "q4",
        "MATCH (a:Actor)-[:SAYS]->(s:Statement) WHERE s.relation = 'rejects' RETURN a.name AS n, count(*) AS c ORDER BY \
         c DESC, n LIMIT 10",
    ),
    (
        "q5",
        "MATCH (s:Statement)-[:ABOUT]->(t:Topic) WITH t, count(*) AS c ORDER BY c DESC, t.name LIMIT 1 MATCH \
         (x:Statement)-[:ABOUT]->(t) RETURN x.relation AS r, x.polarity AS p, count(*) AS n",
    ),
    (
        "q5b",
        "MATCH (x:Statement)-[:ABOUT]->(t:Topic {name: $topic}) RETURN x.relation AS r, x.polarity AS p, count(*) AS n",
    ),
    (
        "q6",
        "MATCH (a:Actor {name: $cond})-[:SAYS]->(s:Statement)-[:CONDITION_ON]->(x:Statement) RETURN x.id AS c ORDER BY c",
    ),
    (
        "q7",
        "MATCH (s:Statement {id: $sid})-[:CONDITION_ON|ABOUT*1..3]-(n) WHERE id(n) <> id(s) RETURN count(DISTINCT n) AS c",
    ),
    (
        "q7b",
        "MATCH (s:Statement {id: $hub})-[:CONDITION_ON|ABOUT*1..3]-(n) WHERE id(n) <> id(s) RETURN count(DISTINCT n) AS c",
    ),
    (
        "q8",
        "MATCH (a:Actor {name: $sp0}), (b:Actor {name: $sp1}) MATCH p = shortestPath((a)-[:SAYS|ABOUT*]-(b)) RETURN \
         length(p) AS c",
    ),
    ("q9", "MATCH (s:Statement) WHERE s.text CONTAINS $needle RETURN count(*) AS c"),
    (
        "q10",
        "MATCH (a:Actor {name: $p0})-[:SAYS]->(s:Statement)-[:ABOUT]->(t:Topic) WITH t, sum(s.polarity) AS x MATCH \
         (b:Actor {name: $p1})-[:SAYS]->(u:Statement)-[:ABOUT]->(t) WITH t, x, sum(u.polarity) AS y RETURN count(*) AS n, \
         sum(CASE WHEN x * y > 0 THEN 1 ELSE 0 END) AS same, sum(CASE WHEN x * y < 0 THEN 1 ELSE 0 END) AS opp",
    ),
];

/// Ten lines, with a bit of everything.
const TEN_LINES: &str = "MATCH (a:Actor {name: $name})-[r:SAYS|REJECTS]->(s:Position)-[:ABOUT]->(t:Topic)
WHERE s.date >= '2024-01-01' AND s.date < '2025-01-01'
  AND (t.name CONTAINS 'talks' OR t.name STARTS WITH 'cease')
  AND NOT (s)-[:CONDITIONS_ON]->(:Condition {kind: 'if'})
WITH a, t, count(DISTINCT s) AS positions, collect(s.text)[0..3] AS texts
OPTIONAL MATCH (b:Actor)-[:REJECTS]->(o:Position)-[:ABOUT]->(t)
WHERE b.name <> a.name AND o.polarity = 'positive'
WITH a, t, positions, texts, [x IN collect(b.name) WHERE x IS NOT NULL | toLower(x)] AS others
RETURN a.name AS actor, t.name AS topic, positions, size(others) AS against, CASE WHEN positions > 3 THEN 'often' ELSE 'seldom' END AS how
ORDER BY positions DESC, topic SKIP 1 LIMIT 10";

/// How often a query runs, and how long at most.
const RUNS: usize = 30;
const PATIENCE: Duration = Duration::from_secs(4);

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (first, second) = (arguments.next(), arguments.next());
    if let (Some("--convert"), Some(folder)) = (first.as_deref(), second.as_deref()) {
        return convert(Path::new(folder));
    }
    let times = sample(|| drop(parser::parse(TEN_LINES).expect("the query is right")));
    println!("parse of ten lines: median {}, p95 {}", shown(median(&times)), shown(late(&times)));
    match first {
        Some(folder) if Path::new(&folder).join("params.json").exists() => measure(Path::new(&folder)),
        Some(folder) => println!("skipped: `{folder}` holds no graph of gen.py"),
        None => println!("skipped: no folder with a graph of ../shared/bench/gen.py was given"),
    }
}

/// Loads the graph and times every query.
fn measure(folder: &Path) {
    let file = folder.join("graph.dg");
    if !file.exists() {
        let program = std::env::current_exe().expect("the program knows itself");
        let status = Command::new(program).arg("--convert").arg(folder).status();
        assert!(status.is_ok_and(|status| status.success()), "the graph file could not be made");
    }
    let start = Instant::now();
    let graph = store::load(&file).expect("the graph file can be read");
    let bytes = fs::metadata(&file).expect("the graph file is there").len();
    println!("load: {}, file {} MB, memory {} MB", shown(start.elapsed()), bytes / 1_000_000, memory());
    let start = Instant::now();
    let view = View::new(&graph);
    println!("view: {}", shown(start.elapsed()));
    let parameters = parameters(&graph, folder);
    println!("{:4} {:>10} {:>10} {:>10} {:>10}  answer", "", "median", "p95", "unprepared", "first run");
    for (name, text) in QUERIES {
        time(name, text, &view, &parameters);
    }
    println!("memory after all: {} MB", memory());
}

/// Times one query, prepared and not.
fn time(name: &str, text: &str, view: &View<'_>, parameters: &Parameters) {
    let run = |prepared: &Prepared<'_>| -> Table {
        prepared.execute(parameters, &Cancellation::default(), Limits::default()).expect("the query runs")
    };
    let start = Instant::now();
    let prepared = prepare(view, text).expect("the query is right");
    let table = run(&prepared);
    let first = start.elapsed();
    let times = sample(|| drop(run(&prepared)));
    let whole = sample(|| drop(run(&prepare(view, text).expect("the query is right"))));
    println!(
        "{name:4} {:>10} {:>10} {:>10} {:>10}  {} rows, {}",
        shown(median(&times)),
        shown(late(&times)),
        shown(median(&whole)),
        shown(first),
        table.rows.len(),
        table.rows.first().map_or_else(String::new, |row| row.iter().map(cell).collect::<Vec<_>>().join(" "))
    );
}

/// How long something takes, each time anew.
fn sample(mut work: impl FnMut()) -> Vec<Duration> {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < 3 || (times.len() < RUNS && begun.elapsed() < PATIENCE) {
        let start = Instant::now();
        work();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times
}

fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

fn late(times: &[Duration]) -> Duration {
    times[times.len() * 95 / 100]
}

/// A duration to three places: "12.3 ms".
fn shown(duration: Duration) -> String {
    let microseconds = duration.as_secs_f64() * 1e6;
    match microseconds {
        0.0..1e3 => format!("{microseconds:.1} us"),
        1e3..1e6 => format!("{:.2} ms", microseconds / 1e3),
        _ => format!("{:.2} s", microseconds / 1e6),
    }
}

fn cell(value: &Answer) -> String {
    match value {
        Answer::Integer(number) => number.to_string(),
        Answer::String(text) => text.to_string(),
        other => format!("{other:?}"),
    }
}

/// The memory that the process holds, in megabytes; 0 where the system does not say.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

/// The parameters that `gen.py` wrote, with those that follow from the graph: the most frequent topic, the first statement
/// about it, and the first statement of the actor `point`.
fn parameters(graph: &PropertyGraph, folder: &Path) -> Parameters {
    let text = fs::read_to_string(folder.join("params.json")).expect("the parameters are there");
    let given: serde_json::Value = serde_json::from_str(&text).expect("the parameters are JSON");
    let mut parameters: Parameters = ["point", "rej", "cond", "needle"]
        .into_iter()
        .map(|name| (name.to_owned(), Value::String(given[name].as_str().unwrap_or_default().to_owned())))
        .collect();
    for (name, list, place) in [("sp0", "sp", 0), ("sp1", "sp", 1), ("p0", "pair", 0), ("p1", "pair", 1)] {
        let text = given[list][place].as_str().unwrap_or_default();
        parameters.insert(name.to_owned(), Value::String(text.to_owned()));
    }
    let name = |node: NodeIndex| match graph[node].properties.get("name") {
        Some(Value::String(name)) => name.clone(),
        _ => String::new(),
    };
    let mut abouts: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for edge in graph.raw_edges().iter().filter(|edge| edge.weight.kind == "ABOUT") {
        *abouts.entry(edge.target()).or_default() += 1;
    }
    let topic =
        *abouts.iter().max_by_key(|(topic, count)| (**count, std::cmp::Reverse(name(**topic)))).expect("topics").0;
    let first = |kind: &str, wanted: &dyn Fn(NodeIndex, NodeIndex) -> Option<NodeIndex>| {
        let edges = graph.raw_edges().iter().filter(|edge| edge.weight.kind == kind);
        let node = edges.filter_map(|edge| wanted(edge.source(), edge.target())).min().expect("a statement");
        graph[node].properties.get("id").cloned().unwrap_or(Value::Null)
    };
    let point = given["point"].as_str().unwrap_or_default();
    let hub = first("ABOUT", &|from, to| (to == topic).then_some(from));
    let sid = first("SAYS", &|from, to| (name(from) == point).then_some(to));
    parameters.insert("topic".to_owned(), Value::String(name(topic)));
    parameters.insert("hub".to_owned(), hub);
    parameters.insert("sid".to_owned(), sid);
    parameters
}

/// Makes a graph file of the tables of `gen.py`.
fn convert(folder: &Path) {
    let mut graph = PropertyGraph::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for label in ["Actor", "Topic", "Article", "Statement"] {
        places.insert(label, graph.node_count());
        for properties in table(folder, &label.to_lowercase()) {
            let id = i64::try_from(graph.node_count()).expect("few nodes");
            graph.add_node(Node { id, labels: vec![label.to_owned()], properties });
        }
    }
    for (kind, from, to) in [
        ("SAYS", "Actor", "Statement"),
        ("ABOUT", "Statement", "Topic"),
        ("REPORTED_BY", "Statement", "Article"),
        ("ATTRIBUTED_TO", "Statement", "Actor"),
        ("CONDITION_ON", "Statement", "Statement"),
    ] {
        for ends in table(folder, kind) {
            let place = |column: &str, label: &str| match ends.get(column) {
                Some(Value::Integer(row)) => NodeIndex::new(places[label] + usize::try_from(*row).expect("a row")),
                _ => panic!("a relationship has two ends"),
            };
            let id = i64::try_from(graph.edge_count()).expect("few relationships");
            let relationship = Relationship { id, kind: kind.to_owned(), ..Relationship::default() };
            graph.add_edge(place("from", from), place("to", to), relationship);
        }
    }
    store::save(&folder.join("graph.dg"), &graph, &Archive::default()).expect("the graph file can be written");
}

/// The rows of a table, numbers as numbers.
fn table(folder: &Path, name: &str) -> Vec<IndexMap<String, Value>> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).expect("the table is there");
    let columns = reader.headers().expect("the table has a head").clone();
    let numeric = |column: &str| ["id", "polarity", "from", "to"].contains(&column);
    let rows = reader.records().map(|row| {
        let row = row.expect("the table is whole");
        let cells = columns.iter().zip(row.iter()).map(|(column, cell)| {
            let value = match cell.parse() {
                Ok(number) if numeric(column) => Value::Integer(number),
                _ => Value::String(cell.to_owned()),
            };
            (column.to_owned(), value)
        });
        cells.collect()
    });
    rows.collect()
}
