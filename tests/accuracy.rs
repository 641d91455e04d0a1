//! Floors under accuracy: what the program finds in `tests/gold/` and, where they lie beside the repository, in the dev sets
//! of `../shared`, must not fall below what it found before.
//!
//! `tests/gold/passages.jsonl` holds what is right by the scheme, not what is found today. Its states, people and outlets
//! are invented; they are those of the sample corpus. The figures: `demarche score --lexicons data/sample_lexicons
//! --positions tests/gold/passages.jsonl`, and the same with `--attributions`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

use demarche::lexicon::Lexicons;
use demarche::pipeline::Analyzer;
use demarche::render::extraction::extraction;
use demarche::score::{Report, score_attributions, score_positions};
use demarche::syntax::Parser;
use demarche::text::Article;
use serde_json::Value;

const GOLD: &str = include_str!("gold/passages.jsonl");
const STATES: &str = include_str!("../data/sample_lexicons/states.tsv");

/// Which figure of a measure has the floor.
#[derive(Clone, Copy)]
enum Figure {
    F1,
    Precision,
}

fn analyzer() -> &'static Analyzer {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    ANALYZER.get_or_init(|| {
        Analyzer::new(Parser::embedded().unwrap(), &Lexicons::embedded().with("states.tsv", STATES)).unwrap()
    })
}

/// What the program finds in the texts of gold lines.
fn found(gold: &str) -> String {
    let line = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| value[name].as_str().unwrap().to_owned();
        let article = Article { id: field("id"), text: field("text"), ..Article::default() };
        let analysis = analyzer().analyze(&article).analysis;
        serde_json::to_string(&extraction(&article.id, &article.text, &analysis)).unwrap() + "\n"
    };
    gold.lines().map(line).collect()
}

/// A gold file of `../shared`; where there is none, that is said on standard error, which tests do not capture.
fn shared(path: &str) -> Option<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)).ok();
    if text.is_none() {
        _ = writeln!(std::io::stderr(), "skipped: no ../shared/{path}");
    }
    text
}

/// Fails where a figure lies under its floor; shows the whole report then.
fn hold(report: &Report, floors: &[(&str, Figure, f64)], shares: &[(&str, f64)]) {
    for (name, figure, floor) in floors {
        let tally = report.tally(name);
        assert!(tally.gold > 0, "no measure `{name}`\n{report}");
        let (reached, what) = match figure {
            Figure::F1 => (tally.f1(), "F1"),
            Figure::Precision => (tally.precision(), "precision"),
        };
        assert!(reached >= *floor, "{what} of {name} is {reached:.2}, its floor {floor}\n{report}");
    }
    for (name, floor) in shares {
        let share = report.share(name).unwrap_or_default();
        assert!(share >= *floor, "{name} is {share:.2} %, its floor {floor}\n{report}");
    }
}

#[test]
fn positions_of_our_own_passages() {
    use Figure::{F1, Precision};
    hold(
        &score_positions(GOLD, &found(GOLD)).unwrap(),
        &[
            ("detect", F1, 88.0),
            ("holder", F1, 87.0),
            ("relation_lenient", F1, 85.0),
            ("relation_lenient", Precision, 90.0),
            ("relation_lenient without says", F1, 82.0),
            ("conditions attached_kind", F1, 65.0),
        ],
        &[("chain_nonempty", 85.0), ("modality of matched", 93.0), ("polarity of matched", 98.0), ("negated", 80.0)],
    );
}

#[test]
fn attributions_of_our_own_passages() {
    use Figure::F1;
    hold(
        &score_attributions(GOLD, &found(GOLD)).unwrap(),
        &[
            ("attribution.detect", F1, 90.0),
            ("attribution.full", F1, 89.0),
            ("span_exact.source", F1, 88.0),
            ("span_exact.cue", F1, 86.0),
            ("span_exact.content", F1, 86.0),
        ],
        &[],
    );
}

#[test]
fn positions_of_the_dev_set() {
    use Figure::{F1, Precision};
    let Some(gold) = shared("positions/gold_dev.jsonl") else { return };
    hold(
        &score_positions(&gold, &found(&gold)).unwrap(),
        &[
            ("detect", F1, 86.0),
            ("holder", F1, 80.0),
            ("relation_lenient", F1, 74.0),
            ("relation_lenient", Precision, 77.5),
            ("relation_lenient without says", F1, 70.0),
            ("conditions attached_kind", F1, 76.0),
        ],
        &[("chain_nonempty", 65.0)],
    );
}

#[test]
fn attributions_of_the_dev_set() {
    use Figure::F1;
    let Some(gold) = shared("attribution/dev.jsonl") else { return };
    hold(
        &score_attributions(&gold, &found(&gold)).unwrap(),
        &[
            ("attribution.detect", F1, 81.5),
            ("attribution.full", F1, 70.0),
            ("attribution.full direct", F1, 89.5),
            ("attribution.full mixed", F1, 77.0),
            ("attribution.full indirect", F1, 63.0),
            ("span_exact.source", F1, 76.0),
            ("span_exact.cue", F1, 71.5),
            ("span_exact.content", F1, 61.5),
        ],
        &[],
    );
}

#[test]
fn gold_spans_hold_their_texts() {
    let mut ids: Vec<String> = Vec::new();
    for line in GOLD.lines() {
        let passage: Value = serde_json::from_str(line).unwrap();
        let letters: Vec<char> = passage["text"].as_str().unwrap().chars().collect();
        let cut = |span: &Value| {
            let at = |index: usize| usize::try_from(span[index].as_u64().unwrap()).unwrap();
            letters[at(0)..at(1)].iter().collect::<String>()
        };
        for position in passage["positions"].as_array().unwrap() {
            assert_eq!(cut(&position["holder"]["span"]), position["holder"]["text"], "{line}");
            for part in ["cue", "content"] {
                let spans = position[part]["spans"].as_array().unwrap();
                assert_eq!(spans.iter().map(cut).collect::<Vec<_>>().join(" … "), position[part]["text"], "{line}");
            }
            for condition in position["conditions"].as_array().unwrap() {
                assert_eq!(cut(&condition["span"]), condition["text"], "{line}");
            }
        }
        ids.push(passage["id"].as_str().unwrap().to_owned());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() == count && count > 100, "{count} passages, {} ids", ids.len());
}
