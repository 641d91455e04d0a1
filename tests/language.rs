//! The pattern half of the language: the examples of its reference, rows of expressions and errors, and properties.
//!
//! In `grammar/README.md` a block marked `cypher island` that a block marked `text` follows runs on `tests/language/island.json`
//! and prints what the second block says; `UPDATE_GOLDEN=1` rewrites it. The compatibility kit of openCypher is run where
//! it lies beside the repository.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::path::Path;

use demarche::graph::{PropertyGraph, json};
use demarche::query::{self, Parameters, Prepared, QueryError, Table, View, parser, print};
use demarche::render;
use proptest::prelude::*;

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn island() -> PropertyGraph {
    json::read_graph(&file("tests/language/island.json")).unwrap()
}

fn run(graph: &PropertyGraph, text: &str) -> Result<Table, QueryError> {
    let parameters = [("name".to_owned(), query_value("Orsa"))].into_iter().collect();
    query::run(graph, text, &parameters)
}

fn query_value(text: &str) -> demarche::graph::Value {
    demarche::graph::Value::String(text.to_owned())
}

/// Rows as a page shows them: column names, then values in JSON, with bars between.
fn shown(graph: &PropertyGraph, text: &str) -> String {
    let view = View::new(graph);
    match run(graph, text) {
        Ok(table) => {
            let rows = table.rows.iter().map(|row| {
                let cells: Vec<String> =
                    row.iter().map(|value| render::json::value(value, &view).to_string()).collect();
                cells.join(" | ")
            });
            let warnings = table.warnings.iter().map(|warning| format!("warning: {}", warning.message));
            let hints =
                table.warnings.iter().filter_map(|warning| warning.hint.as_ref().map(|hint| format!("hint: {hint}")));
            let lines = std::iter::once(table.columns.join(" | ")).chain(rows).chain(warnings).chain(hints);
            lines.collect::<Vec<_>>().join("\n")
        }
        Err(error) => {
            let hint = error.hint.map_or(String::new(), |hint| format!("\nhint: {hint}"));
            format!("{} ({}, {}): {}{hint}", error.kind, error.phase, error.detail, error.message)
        }
    }
}

#[test]
fn the_reference_shows_what_queries_print() {
    let page = file("grammar/README.md");
    let graph = island();
    let (mut fresh, mut wrong) = (String::new(), Vec::new());
    let mut parts = page.split("```cypher island\n");
    fresh.push_str(parts.next().unwrap());
    for part in parts {
        let (text, after) = part.split_once("```\n").unwrap();
        fresh.push_str(&format!("```cypher island\n{text}```\n"));
        match after.strip_prefix("```text\n").and_then(|after| after.split_once("\n```\n")) {
            Some((expected, rest)) => {
                let printed = shown(&graph, text);
                if printed != expected {
                    wrong.push(format!("{text}expected:\n{expected}\nprinted:\n{printed}\n"));
                }
                fresh.push_str(&format!("```text\n{printed}\n```\n{rest}"));
            }
            None => {
                fresh.push_str(after);
                parser::parse(text).unwrap();
            }
        }
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/README.md"), fresh).unwrap();
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// The only value of `RETURN expression`, as JSON, or the error's detail.
fn value(expression: &str) -> String {
    let graph = PropertyGraph::new();
    match run(&graph, &format!("RETURN {expression} AS value")) {
        Ok(table) => render::json::value(&table.rows[0][0], &View::new(&graph)).to_string(),
        Err(error) => format!("{}: {}", error.kind, error.detail),
    }
}

/// Expressions and their values in JSON, or the class and detail of their error.
const VALUES: &[(&str, &str)] = &[
    // Precedence and chains.
    ("-2^2", "4.0"),
    ("2^3^2", "64.0"),
    ("2 + 3 * 4 - 1", "13"),
    ("7 / 2", "3"),
    ("-7 % 3", "-1"),
    ("1 < 2 < 3", "true"),
    ("3 > 2 > 2", "false"),
    ("(1 < 2) = true", "true"),
    ("NOT 1 = 2", "true"),
    ("NOT false AND false", "false"),
    ("true OR false AND false", "true"),
    ("1 + 2 IN [3]", "true"),
    ("'ab' STARTS WITH 'a' AND 'ab' ENDS WITH 'b'", "true"),
    // Unknown.
    ("null = null", "null"),
    ("null IS NULL", "true"),
    ("null AND false", "false"),
    ("null AND true", "null"),
    ("null OR true", "true"),
    ("null XOR true", "null"),
    ("NOT null", "null"),
    ("1 IN [2, null]", "null"),
    ("1 IN [1, null]", "true"),
    ("1 IN []", "false"),
    ("null IN []", "false"),
    ("[1, null] = [1, 2]", "null"),
    ("[1, null] = [2, null]", "false"),
    ("1 < 'a'", "null"),
    ("1 = 'a'", "false"),
    ("1 = 1.0", "true"),
    ("0.0 / 0.0 = 0.0 / 0.0", "false"),
    ("0.0 / 0.0 > 1", "false"),
    ("{a: null}.a", "null"),
    ("all(x IN [true, null] WHERE x)", "null"),
    ("any(x IN [true, null] WHERE x)", "true"),
    ("single(x IN [1, 1] WHERE x = 1)", "false"),
    // Lists, maps, texts.
    ("[1, 2, 3][-1]", "3"),
    ("[1, 2, 3][5]", "null"),
    ("[1, 2, 3][1..]", "[2,3]"),
    ("[1, 2, 3][..-1]", "[1,2]"),
    ("[1] + 2 + [3]", "[1,2,3]"),
    ("{a: {b: [1]}}.a.b[0]", "1"),
    ("[x IN range(1, 5) WHERE x % 2 = 1 | x * x]", "[1,9,25]"),
    ("reduce(s = '', x IN ['a', 'b'] | s + x)", "\"ab\""),
    ("'a' + 1 + 2.5", "\"a12.5\""),
    ("substring('strait', 2, 3)", "\"rai\""),
    ("split('a,b', ',')", "[\"a\",\"b\"]"),
    ("'Orsa' =~ '(?i)or.*'", "true"),
    ("'Orsa' =~ 'Or'", "false"),
    ("size('Größe')", "5"),
    ("round(2.5) + round(-2.5)", "1.0"),
    ("toInteger('12.9')", "12"),
    ("toFloat('x')", "null"),
    ("toString(1.0)", "\"1.0\""),
    ("coalesce(null, 2, 3)", "2"),
    ("CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", "\"b\""),
    ("CASE WHEN null THEN 1 ELSE 2 END", "2"),
    ("1.0 / 0", "{\"$float\":\"Infinity\"}"),
    // What is wrong.
    ("1 / 0", "ArithmeticError: DivisionByZero"),
    ("9223372036854775807 + 1", "ArithmeticError: NumberOutOfRange"),
    ("true + 1", "SyntaxError: InvalidArgumentType"),
    ("toUpper(1)", "SyntaxError: InvalidArgumentType"),
    ("toUpper('a', 'b')", "SyntaxError: InvalidNumberOfArguments"),
    ("toUper('a')", "SyntaxError: UnknownFunction"),
    ("[1, 2]['a']", "TypeError: InvalidArgumentType"),
    ("x", "SyntaxError: UndefinedVariable"),
    ("$missing", "ParameterMissing: MissingParameter"),
    ("count(count(1))", "SyntaxError: NestedAggregation"),
    ("[x IN [1] | count(x)]", "SyntaxError: InvalidAggregation"),
    ("'a' =~ '('", "ArgumentError: InvalidRegularExpression"),
    ("range(1, 1000000000000)", "ArgumentError: TooLarge"),
    ("size(reduce(s = 'a', x IN range(1, 60) | s + s))", "ArgumentError: TooLarge"),
    ("reduce(s = [], x IN range(1, 100000) | [s])", "ArgumentError: TooLarge"),
];

#[test]
fn expressions_have_the_values_of_open_cypher() {
    for (expression, expected) in VALUES {
        assert_eq!(&value(expression), expected, "{expression}");
    }
}

#[test]
fn errors_of_meaning_are_found_before_any_row() {
    let graph = island();
    for (text, detail) in [
        ("MATCH (a) RETURN b", "UndefinedVariable"),
        ("MATCH (a)-[a]->(b) RETURN a", "VariableTypeConflict"),
        ("MATCH p = (a)-->(b), (p) RETURN p", "VariableAlreadyBound"),
        ("MATCH (a)-[r]->(b)-[r]->(c) RETURN r", "RelationshipUniquenessViolation"),
        ("MATCH (a $p) RETURN a", "InvalidParameterUse"),
        ("MATCH (a) RETURN a.x AS x, a.y AS x", "ColumnNameConflict"),
        ("MATCH (a) WITH a.x RETURN 1 AS y", "NoExpressionAlias"),
        ("MATCH () RETURN *", "NoVariablesInScope"),
        ("MATCH (a) WHERE count(a) > 1 RETURN a", "InvalidAggregation"),
        ("MATCH (a) RETURN a.x ORDER BY count(*)", "InvalidAggregation"),
        ("MATCH (a) RETURN DISTINCT a.x ORDER BY a.y", "UndefinedVariable"),
        ("MATCH (a) RETURN count(rand())", "NonConstantExpression"),
        ("MATCH (a) RETURN a LIMIT a.x", "NonConstantExpression"),
        ("MATCH (a) RETURN a LIMIT -1", "NegativeIntegerArgument"),
        ("MATCH (a) RETURN a SKIP 1.5", "InvalidArgumentType"),
        ("MATCH (a) RETURN (a)-->()", "UnexpectedSyntax"),
        ("MATCH (a) WHERE (a)-->(new) RETURN a", "UndefinedVariable"),
        ("RETURN 1 AS a UNION RETURN 2 AS b", "DifferentColumnsInUnion"),
        ("MATCH (a)", "InvalidClauseComposition"),
        ("MATCH (a) RETURN a MATCH (b) RETURN b", "InvalidClauseComposition"),
        ("MATCH p = shortestPath((a)-->(b)-->(c)) RETURN p", "InvalidRelationshipPattern"),
    ] {
        let error = run(&graph, text).unwrap_err();
        assert_eq!((error.detail.to_string().as_str(), error.span.is_some()), (detail, true), "{text}: {error}");
    }
}

/// Found by random expressions: the map was read as a node, and the rest as a relationship that came to nothing.
#[test]
fn a_difference_is_no_path() {
    for text in ["RETURN ({a: 1}) - -((null).key:Label) AS value", "RETURN ({a: 1}) - -(x.y) AS value"] {
        let statement = parser::parse(text).unwrap();
        assert_eq!(parser::parse(&print::statement(&statement)), Ok(statement), "{text}");
    }
}

#[test]
fn an_unknown_name_in_a_pattern_is_a_warning() {
    let graph = island();
    let table = run(&graph, "MATCH (a:Actr)-[:REJECT]->(p) RETURN p.nme").unwrap();
    let hints: Vec<_> = table.warnings.iter().map(|warning| warning.hint.clone().unwrap()).collect();
    assert_eq!(hints, ["did you mean `Actor`?", "did you mean `REJECTS`?", "did you mean `name`?"]);
    assert!(table.rows.is_empty());
}

#[test]
fn a_deep_or_long_query_ends_in_an_answer_or_an_error() {
    let graph = island();
    let sum = format!("RETURN 1{} AS sum", " + 1".repeat(240));
    assert!(run(&graph, &sum).is_ok());
    let conditions = format!("MATCH (a) WHERE a.x = 1{} RETURN a", " AND a.x <> 2".repeat(240));
    assert!(run(&graph, &conditions).is_ok());
    let nested = format!("RETURN {}1{} AS list", "[".repeat(190), "]".repeat(190));
    assert!(run(&graph, &nested).is_ok());
    let clauses = format!("{}RETURN 1 AS x", "WITH DISTINCT 1 AS x ORDER BY x SKIP 0 LIMIT 1 WHERE x = 1 ".repeat(95));
    assert!(run(&graph, &clauses).is_ok());
    let exists = format!("RETURN {}true{} AS x", "EXISTS { MATCH (a) WHERE ".repeat(45), " }".repeat(45));
    assert!(run(&graph, &exists).is_ok());
    for text in ["WITH 1 AS x ".repeat(5000) + "RETURN x", format!("MATCH (a){} RETURN a", "--()".repeat(5000))] {
        assert!(run(&graph, &text).is_err());
    }
}

#[test]
fn a_query_that_runs_can_be_stopped() {
    let graph = island();
    let view = View::new(&graph);
    let cancellation = query::Cancellation::default();
    cancellation.cancel();
    let text = "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*) AS n";
    let prepared = query::prepare(&view, text).unwrap();
    let stopped = prepared.execute(&Parameters::new(), &cancellation, query::Limits::default()).unwrap_err();
    assert_eq!(stopped.detail, query::Detail::Cancelled);
    let limits = query::Limits { rows: 100 };
    let prepared = query::prepare(&view, "MATCH (a), (b), (c) RETURN a, b, c").unwrap();
    let full = prepared.execute(&Parameters::new(), &query::Cancellation::default(), limits).unwrap_err();
    assert_eq!(full.detail, query::Detail::TooLarge);
}

/// Words and marks of the language.
const WORDS: &[&str] = &[
    "MATCH",
    "OPTIONAL MATCH",
    "RETURN",
    "WITH",
    "WHERE",
    "UNWIND",
    "AS",
    "UNION",
    "ORDER BY",
    "LIMIT",
    "(a)",
    "(b:Actor)",
    "-[r]->",
    "--",
    "<-[:SAYS*1..2]-",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "a",
    "b",
    "x",
    "1",
    "2.5",
    "'s'",
    "null",
    "$name",
    "+",
    "-",
    "*",
    "/",
    "=",
    "<",
    "AND",
    "NOT",
    "IN",
    "IS NULL",
    ",",
    ":",
    "|",
    "..",
    "count(*)",
    "collect(a)",
    "[x IN a | x]",
    "a.name",
    "EXISTS {",
    "CASE",
    "WHEN",
    "THEN",
    "END",
    "all(x IN [1] WHERE x)",
    "DISTINCT",
    "p =",
    "who",
    "rejects",
    "'",
    "`",
    "//",
    "/*",
    "\u{2014}",
    "é",
];

/// Texts that are nearly queries: words of the language in any order.
fn nearly_a_query() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..14).prop_map(|words| words.join(" "))
}

/// Expressions of the language.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "1", "-2", "2.5", "'it''s'", "null", "true", "x", "`a b`", "x.y", "$name", "[]", "{}",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(5, 40, 3, |inner| {
        let operators =
            vec!["+", "-", "*", "/", "%", "^", "=", "<>", "<", "AND", "OR", "XOR", "IN", "STARTS WITH", "=~"];
        prop_oneof![
            (inner.clone(), prop::sample::select(operators), inner.clone())
                .prop_map(|(l, o, r)| format!("({l}) {o} {r}")),
            inner.clone().prop_map(|e| format!("NOT {e}")),
            inner.clone().prop_map(|e| format!("-({e})")),
            inner.clone().prop_map(|e| format!("({e}) IS NOT NULL")),
            inner.clone().prop_map(|e| format!("({e}).key:Label")),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("({l})[{r}..]")),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("[{l}, {r}]")),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("{{a: {l}, `b c`: {r}}}")),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("[v IN {l} WHERE {r} | v]")),
            (inner.clone(), inner.clone()).prop_map(|(l, r)| format!("CASE {l} WHEN {r} THEN 1 ELSE {l} END")),
            inner.prop_map(|e| format!("coalesce({e}, (a)-[:T*1..2 {{k: 1}}]->(:L), EXISTS {{ (a) WHERE {e} }})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_crashes_the_language(text in nearly_a_query()) {
        _ = run(&island(), &text);
    }

    #[test]
    fn no_characters_crash_the_parser(text in "\\PC{0,60}") {
        _ = parser::parse(&text);
        _ = parser::parse_script(&text);
    }

    #[test]
    fn what_is_printed_reads_back(text in expression()) {
        if let Ok(statement) = parser::parse(&format!("RETURN {text} AS value")) {
            let printed = print::statement(&statement);
            prop_assert_eq!(parser::parse(&printed), Ok(statement), "{}", printed);
        }
    }
}

#[test]
fn the_compatibility_kit_passes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tck/public.jsonl");
    let Ok(scenarios) = std::fs::read_to_string(path) else {
        println!("skipped: the kit is not beside the repository");
        return;
    };
    let mut wrong = Vec::new();
    for line in scenarios.lines() {
        let scenario: serde_json::Value = serde_json::from_str(line).unwrap();
        let graph = json::graph_of(scenario["graph_json"].clone()).unwrap();
        let view = View::new(&graph);
        let statement = parser::parse(scenario["query"].as_str().unwrap());
        let prepared = statement.and_then(|statement| Prepared::of_statement(&view, &statement).map(|_| ()));
        let expected = &scenario["error"];
        let early = expected["phase"] == "compile time";
        let detail = prepared.err().map(|error| error.detail.to_string());
        if early && detail.as_deref() != expected["detail"].as_str() || expected.is_null() && detail.is_some() {
            wrong.push(format!("{}: {detail:?}", scenario["id"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
