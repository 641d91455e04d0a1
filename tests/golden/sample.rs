//! Questions over the sample corpus: the pattern each stands for, and the rows it answers with.
//!
//! Rows are printed without the columns that stand behind them in a table (sentence, id), the first dozen of them; what is
//! near when there are none is printed as the session says it.

use std::path::Path;
use std::sync::OnceLock;

use demarche::graph::store::Archive;
use demarche::graph::{Catalog, PropertyGraph};
use demarche::lexicon::Lexicons;
use demarche::pipeline::Analyzer;
use demarche::query::ast::Statement;
use demarche::query::value::Value;
use demarche::query::{Parameters, Table, View, nearby, parser, print, rewrite, run};
use demarche::render::json;
use demarche::syntax::Parser;
use demarche::text::reader::read;

use crate::stage::wrong;

/// Columns that a table leaves out.
const BEHIND_THE_ROWS: [&str; 4] = ["sentence", "id", "other_sentence", "other_id"];

/// Rows that are shown.
const SHOWN: usize = 12;

/// The graph of the sample corpus, with the word lists that go with it.
fn graph() -> &'static PropertyGraph {
    static GRAPH: OnceLock<PropertyGraph> = OnceLock::new();
    GRAPH.get_or_init(|| {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let states = std::fs::read_to_string(data.join("sample_lexicons/states.tsv")).unwrap();
        let lexicons = Lexicons::embedded().with("states.tsv", &states);
        let analyzer = Analyzer::new(Parser::embedded().unwrap(), &lexicons).unwrap();
        let articles: Vec<_> = read([data.join("articles")]).articles.into_iter().flatten().collect();
        analyzer.build(Archive::default(), &articles, |_| ()).graph
    })
}

/// The pattern of a question, as `EXPLAIN` prints it, without the plan. It answers as the question does.
pub(crate) fn pattern(question: &str) -> String {
    let Ok(Statement::Question(asked)) = parser::parse(question) else { return "no question".to_owned() };
    match rewrite(&asked, &Catalog::new(graph())) {
        Err(error) => wrong(&error, question),
        Ok(found) => {
            let pasted = run(graph(), &print::query(&found.query), &found.parameters).unwrap();
            if found.analysis.is_none() {
                assert_eq!(
                    printed(&pasted),
                    printed(&run(graph(), question, &Parameters::new()).unwrap()),
                    "{question}"
                );
            }
            print::rewriting(&found)
        }
    }
}

/// The rows of a question's answer, what is near when there are none, or what is wrong with it.
pub(crate) fn rows(question: &str) -> String {
    let table = match run(graph(), question, &Parameters::new()) {
        Ok(table) => table,
        Err(error) => return wrong(&error, question),
    };
    match parser::parse(question) {
        Ok(Statement::Question(asked)) if table.rows.is_empty() => {
            nearby(&asked, question, &View::new(graph())).join("\n")
        }
        _ => printed(&table),
    }
}

fn printed(table: &Table) -> String {
    let view = View::new(graph());
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|&column| !BEHIND_THE_ROWS.contains(&table.columns[column].as_str())).collect();
    let line = |row: &Vec<Value>| shown.iter().map(|&column| cell(&row[column], &view)).collect::<Vec<_>>().join(" | ");
    let heads = shown.iter().map(|&column| table.columns[column].as_str()).collect::<Vec<_>>().join(" | ");
    let mut lines = vec![heads];
    lines.extend(table.rows.iter().take(SHOWN).map(line));
    if table.rows.len() > SHOWN {
        lines.push(format!("... {} more", table.rows.len() - SHOWN));
    }
    lines.join("\n")
}

fn cell(value: &Value, view: &View<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        Value::List(values) => values.iter().map(|value| cell(value, view)).collect::<Vec<_>>().join("; "),
        other => json::value(other, view).to_string(),
    }
}
