//! Questions and the patterns they become, on a small graph of invented people.
//!
//! Only the patterns are looked at; that they answer is shown by the golden cases.

use super::rewrite;
use crate::graph::schema::{Label, RelationshipType, property};
use crate::graph::{Catalog, Node, PropertyGraph, Relationship, Value};
use crate::query::ast::Statement;
use crate::query::{Parameters, QueryError, parser, print};

/// A node with a label, a name and further properties.
fn node(id: i64, label: Label, properties: &[(&str, Value)]) -> Node {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Node { id, labels: vec![label.as_str().to_owned()], properties }
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// Velia with the alias Orsa, its minister Ilsa Varn, two Hollers, and a position about the corridor.
fn graph() -> PropertyGraph {
    let mut graph = PropertyGraph::default();
    let aliases = Value::List(vec![text("Orsa")]);
    let velia = graph.add_node(node(0, Label::Actor, &[(property::NAME, text("Velia")), (property::ALIASES, aliases)]));
    let varn = graph.add_node(node(1, Label::Actor, &[(property::NAME, text("Ilsa Varn"))]));
    for (id, name) in [(2, "Tom Holler"), (3, "Ada Holler")] {
        graph.add_node(node(id, Label::Actor, &[(property::NAME, text(name))]));
    }
    graph.add_node(node(
        4,
        Label::Topic,
        &[(property::NAME, text("opening of the corridor")), (property::KEY, text("corridor open"))],
    ));
    graph.add_node(node(5, Label::Position, &[(property::TEXT, text("talks about the harbour"))]));
    graph.add_node(node(6, Label::Article, &[(property::PUBLISHER, text("Herald of Orsa"))]));
    let speaks = Relationship { id: 0, kind: RelationshipType::SpeaksFor.as_str().to_owned(), ..Default::default() };
    graph.add_edge(varn, velia, speaks);
    graph
}

/// The pattern and the parameters of a question.
fn rewritten(question: &str) -> Result<(String, Parameters), QueryError> {
    let graph = graph();
    match parser::parse(question)? {
        Statement::Question(question) => {
            rewrite(&question, &Catalog::new(&graph)).map(|found| (print::query(&found.query), found.parameters))
        }
        other => panic!("{question} is no question: {other:?}"),
    }
}

/// Questions, and what their patterns contain.
const QUESTIONS: &[(&str, &[&str])] = &[
    ("who rejects corridor", &["[r:REJECTS]", "about.name IN $topics"]),
    ("Who rejected or criticised the opening of the corridor?", &["[r:REJECTS|ACCUSES]"]),
    ("what does Orsa reject on \"harbour\"", &["[r:REJECTS]", "holder.name IN $holders", "$words"]),
    ("what does Varn say Velia wants", &["[r:PLANS|ASKS|DEMANDS]", "REPORTED_BY", "$reporters"]),
    ("according to Varn, what does Velia plan", &["[r:PLANS]", "$reporters"]),
    ("positions of Velia, Ilsa Varn on corridor", &["[r]", "ORDER BY who, date"]),
    ("what is the position of Velia on corridor", &["[r]", "$holders", "about.name IN $topics"]),
    ("what are the conditions of Velia?", &["-[:CONDITIONS_ON]->(c:Condition)", "$holders"]),
    ("conditions for corridor", &["-[:CONDITIONS_ON]->(c:Condition)", "AS condition"]),
    ("what if \"the corridor opens\"", &["EXISTS", "CONDITIONS_ON", "c.text"]),
    ("statements by Varn in \"herald of orsa\" quoted", &["article.publisher IN $publishers", "p.quote = 'direct'"]),
    ("count positions of Velia since 2031-01-02 until 2031-02-01", &["count(DISTINCT p)", "p.date >= $since"]),
    ("who demands order by publisher limit 3", &["[r:DEMANDS]", "ORDER BY article.publisher", "LIMIT 3"]),
    ("who supports or agrees with a condition", &["[r:SUPPORTS|AGREES]", "CONDITIONS_ON"]),
    ("who agrees to the corridor", &["[r:AGREES]", "about.name IN $topics"]),
    ("who speaks for Velia", &["SPEAKS_FOR", "s.role AS role"]),
    ("why \"a:1-2\"", &["p.id = $id", "AS rule"]),
    ("actors limit 2", &["LIMIT 2"]),
    ("topics of Velia", &["t.name AS topic", "positions DESC"]),
    ("who is against the corridor", &["ELSE p.relation END IN $contra", "about.name IN $topics"]),
    ("which actors are in favour of the corridor", &["ELSE p.relation END IN $pro"]),
    ("what is Velia's position on the corridor?", &["$holders", "about.name IN $topics"]),
    ("Varn's conditions", &["-[:CONDITIONS_ON]->(c:Condition)", "$holders"]),
    ("what does Velia think of the corridor", &["[r:SAYS|", "about.name IN $topics"]),
    ("did Varn reject the corridor", &["[r:REJECTS]", "$holders", "about.name IN $topics"]),
    ("how often has Varn rejected the corridor", &["[r:REJECTS]", "count(DISTINCT p)"]),
    ("when did Varn reject the corridor", &["[r:REJECTS]", "AS date"]),
    ("under what conditions would Varn support the corridor", &["[r:SUPPORTS|AGREES]", "CONDITIONS_ON"]),
    ("what did Velia and Varn agree on?", &["[r:AGREES]", "$holders"]),
    ("what was said about the corridor", &["[r:SAYS|", "about.name IN $topics"]),
    ("who said what about the corridor", &["[r:SAYS|", "about.name IN $topics"]),
    ("history of the corridor", &["about.name IN $topics", "ORDER BY date, who"]),
    ("show me the positions of Velia", &["[r]", "$holders"]),
    ("compare the positions of Velia and Tom Holler", &["AS verdict"]),
    ("compare Velia with Tom Holler on corridor", &["AS verdict", "$topic AS topic"]),
    ("who does not reject corridor", &["[r:REJECTS]", "p.polarity = 'negated'"]),
    ("what does Velia no longer demand", &["[r:DEMANDS]", "p.polarity = 'negated'", "$holders"]),
    ("positions on exactly \"the harbour\"", &["toLower(p.text) CONTAINS $wording"]),
    ("stance of Velia, Varn on corridor", &["[party IN $parties", "AS pro", "AS rejects"]),
    ("what is the stance of Velia", &["[party IN $parties"]),
    ("compare Velia and Tom Holler on corridor", &["$parties[place]", "$topic AS topic", "AS verdict"]),
    ("who agrees with Velia on corridor", &["$agreeing", "holder.name IN $holders"]),
    ("who opposes Varn", &["$agreeing", "$contra"]),
    ("who accuses Tom Holler", &["[r:ACCUSES]", "(p)-[:ABOUT|TARGETS]->(about)"]),
    ("who opposes \"the corridor\"", &["[r:REJECTS]"]),
    ("who are the allies of Velia", &["size(agreed) > size(disputed)"]),
    ("opponents of Velia since 2031-01-02", &["size(disputed) > size(agreed)", "p.date >= $since"]),
    ("network by average activity limit 3", &["(topic:Topic)", "AS contra"]),
    ("affiliation network of Velia", &["holder.name IN $holders", "AS pro"]),
    ("shifts of Varn on corridor", &["before.pro <> after.pro", "$topic AS topic"]),
    ("contradictions", &["before.pro <> after.pro", "steps[place + 1..]"]),
    ("what is new since 2031-01-02", &["p.date >= $since", "before.date < $since"]),
    ("what's new from Varn in \"herald of orsa\" since 2031-01-02", &["$holders", "$publishers"]),
    ("what changed between 2031-01-02 and 2031-02-02", &["step.date <= $from", "p.date <= $until"]),
    ("path from Varn to the corridor", &["(other:Topic)", "shortestPath(", "*..6"]),
    ("who reported \"the harbour\"", &["AS reported_by", "$words"]),
    ("sources of \"a:1-2\"", &["p.id = $id", "REPORTED_BY"]),
    ("count shifts of Varn", &["RETURN count(*) AS answers"]),
];

#[test]
fn questions_become_patterns() {
    for (question, parts) in QUESTIONS {
        let (pattern, _) = rewritten(question).unwrap_or_else(|error| panic!("{question}: {error:?}"));
        for part in *parts {
            assert!(pattern.contains(part), "{question}: {part} not in\n{pattern}");
        }
        let again = parser::parse(&pattern).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
        assert_eq!(print::statement(&again), pattern, "{question}");
    }
}

#[test]
fn every_pattern_of_a_question_runs() {
    let graph = graph();
    for question in [
        "stance of Velia on corridor",
        "compare Velia and Tom Holler",
        "who agrees with Velia",
        "allies of Velia",
        "network by cosine",
        "affiliation network",
        "shifts",
        "contradictions of Varn",
        "what changed since 2031-01-02",
        "what is new",
        "path from Varn to Velia",
        "who reported corridor",
        "count compare Velia and Tom Holler",
    ] {
        let found =
            rewritten(question).and_then(|(pattern, parameters)| crate::query::run(&graph, &pattern, &parameters));
        assert!(found.is_ok(), "{question}: {found:?}");
        assert!(crate::query::run(&graph, question, &Parameters::new()).is_ok(), "{question}");
    }
}

#[test]
fn names_are_found_with_who_speaks_for_them() {
    for (name, holders) in
        [("velia", &["Velia", "Ilsa Varn"][..]), ("the Orsa", &["Velia", "Ilsa Varn"]), ("Varn", &["Ilsa Varn"])]
    {
        let (_, parameters) = rewritten(&format!("positions of {name}")).unwrap();
        let expected = Value::List(holders.iter().map(|name| text(name)).collect());
        assert_eq!(parameters.get("holders"), Some(&expected), "{name}");
    }
}

#[test]
fn unknown_words_are_errors_with_a_way_out() {
    for (question, message, hint) in [
        ("positions of Vellia", "no actor `Vellia`", "did you mean `Velia`?"),
        ("positions of Holler", "`Holler` may be any of 2 actors", "say which: Ada Holler, Tom Holler"),
        ("who opposes Holler", "`Holler` may be any of 2 actors", "say which: Ada Holler, Tom Holler"),
        ("who rejects submarines", "no topic `submarines`", "`topics` lists what there is"),
        ("who regects corridor", "unknown relation `regects`", "did you mean `rejects`?"),
        ("statements by Varn in Bugle", "no publisher `Bugle`", "publishers: Herald of Orsa"),
        ("positions of Velia since 2031-13-01", "`2031-13-01` is no day", "write it as 2025-01-31"),
        ("actors since 2031-01-01", "this question takes no restriction", "ask `positions`"),
        ("why 3", "no row 3 to explain", "ask a question first"),
        ("sources of 3", "no row 3 to explain", "ask a question first"),
        ("compare Velia", "a comparison needs two names", "ask `compare A and B`"),
        ("what changed", "a change needs a day to start from", "ask `what changed between"),
        ("path from Varn to Velia since 2031-01-02", "a path takes no restriction", "write the pattern"),
        ("path from Varn to Vellia", "no actor `Vellia`", "did you mean `Velia`?"),
        (
            "positions of Velia sicne 2031-01-02",
            "no actor `Velia sicne 2031-01-02`",
            "`Velia` is known, `sicne` is not: did",
        ),
        ("network order by publisher", "this answer has no such column", "its pattern has actor, topic"),
        ("positions by jaccard", "only a network is weighed", "answers are ordered by"),
        ("alies of Velia", "unexpected `alies`", "did you mean `allies`?"),
        ("positions on exactly \"submarines\"", "nothing is worded `submarines`", "without `exactly`"),
    ] {
        let error = rewritten(question).unwrap_err();
        assert!(error.message.starts_with(message), "{question}: {}", error.message);
        assert!(error.hint.as_deref().unwrap_or_default().starts_with(hint), "{question}: {:?}", error.hint);
        assert!(error.span.is_some(), "{question}");
    }
}

#[test]
fn an_apostrophe_opens_no_string() {
    let error = rewritten("what does Varn's team plan; ").unwrap_err();
    assert_eq!(error.message, "no actor `Varn's team`");
    assert_eq!(error.span.map(|span| (span.start, span.end)), Some((10, 21)));
}
