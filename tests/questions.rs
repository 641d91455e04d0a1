//! Questions of any wording: none crashes, and whatever is understood stands for a pattern that runs when pasted.
//!
//! Words of the language and of a small graph are put in any order; most texts are wrong, many are odd questions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::path::Path;

use demarche::graph::{Catalog, PropertyGraph, json};
use demarche::query::ast::Statement;
use demarche::query::{Parameters, View, nearby, parser, print, rewrite, run};
use proptest::prelude::*;

/// How questions begin.
const OPENINGS: &[&str] = &[
    "who rejects",
    "who",
    "who does not",
    "what does",
    "what if",
    "what is new",
    "what changed",
    "positions",
    "positions of",
    "stance of",
    "conditions of",
    "statements by",
    "timeline",
    "compare",
    "who agrees with",
    "who opposes",
    "who disagrees with",
    "who reported",
    "who speaks for",
    "allies of",
    "opponents of",
    "network",
    "conflict network of",
    "affiliation network",
    "shifts of",
    "contradictions",
    "path from",
    "sources of",
    "topics of",
    "actors",
    "count",
    "how many",
    "according to Orsa, what does",
    "why",
    "explain",
];

/// What may follow.
const WORDS: &[&str] = &[
    "Orsa",
    "Ruritania",
    "Mira Tolan",
    "Nobody",
    "strait",
    "\"customs union\"",
    "exactly \"reopen the strait\"",
    "\"",
    ",",
    "and",
    "or",
    "on",
    "about",
    "for",
    "to",
    "against",
    "of",
    "by",
    "from",
    "with",
    "with conditions",
    "via",
    "in",
    "since 2025-01-12",
    "until 2025-01-31",
    "between 2025-01-01 and 2025-01-31",
    "since",
    "quoted",
    "not",
    "no longer",
    "if",
    "unless",
    "reject",
    "supports",
    "promise",
    "says",
    "the",
    "has",
    "order by date",
    "order by actor",
    "limit 2",
    "limit",
    "jaccard",
    "by cosine",
    "by average activity",
    "new",
    "changed",
    "with",
    "?",
    ";",
    "1",
    "\u{201c}strait\u{201d}",
    "停戦",
    "'",
    "(",
    ")",
];

fn graph() -> PropertyGraph {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language/island.json");
    json::read_graph(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// An opening and a few words.
fn nearly_a_question() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 0..8);
    (prop::sample::select(OPENINGS), words).prop_map(|(opening, words)| format!("{opening} {}", words.join(" ")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_question_has_an_answer_or_an_error(text in nearly_a_question()) {
        let graph = graph();
        let Ok(Statement::Question(question)) = parser::parse(&text) else { return Ok(()) };
        _ = nearby(&question, &text, &View::new(&graph));
        let Ok(found) = rewrite(&question, &Catalog::new(&graph)) else { return Ok(()) };
        let printed = print::query(&found.query);
        prop_assert_eq!(parser::parse(&printed), Ok(Statement::Pattern(found.query)), "{}\n{}", text, printed);
        let pasted = run(&graph, &printed, &found.parameters);
        prop_assert!(pasted.is_ok(), "{text}\n{printed}\n{:?}", pasted.err());
        let asked = run(&graph, &text, &Parameters::new());
        prop_assert!(asked.is_ok(), "{text}\n{:?}", asked.err());
    }
}

#[test]
fn parameters_are_printed_as_they_are_read() {
    let graph = graph();
    for question in ["positions of Orsa on strait", "compare Orsa and Ruritania", "who agrees with Orsa"] {
        let Ok(Statement::Question(asked)) = parser::parse(question) else { panic!("{question}") };
        for (name, value) in rewrite(&asked, &Catalog::new(&graph)).unwrap().parameters {
            let printed = print::value(&value);
            let parameters = [("value".to_owned(), value)].into_iter().collect();
            let same = run(&graph, &format!("RETURN $value = {printed} AS same"), &parameters).unwrap();
            assert_eq!(format!("{:?}", same.rows), "[[Boolean(true)]]", "{name}: {printed}");
        }
    }
}
