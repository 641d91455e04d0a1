//! Rows of text and what they are read as.
//!
//! Printing is tested along with reading: what is printed must read back as an equal statement.

use super::*;
use crate::query::print;

/// The statement printed, or its error.
fn reprint(text: &str) -> String {
    match parse(text) {
        Ok(statement) => print::statement(&statement).replace('\n', " "),
        Err(error) => format!("{}: {}", error.detail, error.message),
    }
}

#[test]
fn statements_print_as_they_are_read() {
    for text in [
        "MATCH (a:Actor:State {name: 'Ruritania'})-[r:SAYS|REJECTS]->(p) RETURN a, r AS b, count(*)",
        "MATCH (a)-[*]->(b)<-[r*2]-(c)-[:T*1..3]-(d)-[*..4]-()-[*2..]-() RETURN *",
        "OPTIONAL MATCH p = shortestPath((a)-[*]-(b)), q = allShortestPaths((a)-[*..5]->(b)) WHERE a.x = 1 RETURN p",
        "MATCH (a) WITH DISTINCT a, a.x AS x ORDER BY x DESC, a.y SKIP 1 LIMIT $n WHERE x > 1 RETURN *, x + 1 AS y",
        "UNWIND [1, 2.5, 'three', null, true] AS x RETURN x UNION ALL RETURN 1 AS x UNION RETURN 2 AS x",
        "RETURN [x IN [1, 2] WHERE x > 1 | x * 2], [x IN xs], [p = (a)-->(b) WHERE b.x IS NULL | p]",
        "RETURN all(x IN xs WHERE x = 1) AND none(x IN xs WHERE (x)-->()), reduce(s = 0, x IN xs | s + x)",
        "RETURN CASE a WHEN 1 THEN 'one' ELSE 'more' END, CASE WHEN a THEN 1 END, {a: 1, `b c`: [2]}",
        "MATCH (match) WHERE EXISTS { (match)-->(b) WHERE b.x = 1 } OR EXISTS { MATCH (c) RETURN c } RETURN match",
        "RETURN xs[0], xs[1..2], xs[..2], xs[1..], a.b.c[d].e, n:Actor, (n:Actor).x, count(DISTINCT n)",
        "RETURN -9223372036854775808 AS least, 1.0e300, $1, $name, $`a b`, shortestPath((a)-[*]-(b))",
        "EXPLAIN PROFILE RETURN 1",
    ] {
        let printed = reprint(text);
        assert_eq!(reprint(&printed), printed, "{text}");
        assert_eq!(parse(&printed), parse(text), "{text}");
    }
}

#[test]
fn precedence_is_open_cyphers() {
    for (text, expected) in [
        ("-2 ^ 2", "-2 ^ 2"),
        ("-(2) ^ 2", "-(2) ^ 2"),
        ("2 ^ 3 ^ 2", "2 ^ 3 ^ 2"),
        ("2 ^ (3 ^ 2)", "2 ^ (3 ^ 2)"),
        ("1 < 2 < 3", "1 < 2 < 3"),
        ("(1 < 2) < 3", "(1 < 2) < 3"),
        ("NOT a = b", "NOT a = b"),
        ("NOT (a AND b)", "NOT (a AND b)"),
        ("(NOT a) = b", "(NOT a) = b"),
        ("a OR b AND c XOR d", "a OR b AND c XOR d"),
        ("(a OR b) AND c", "(a OR b) AND c"),
        ("a<-b", "a < -b"),
        ("a-[1]", "a - [1]"),
        ("a - (b - c)", "a - (b - c)"),
        ("xs[1..3]", "xs[1..3]"),
        ("a IN xs + ys", "a IN xs + ys"),
        ("(a IN xs) + ys", "(a IN xs) + ys"),
        ("a STARTS WITH 'x' IS NULL", "a STARTS WITH 'x' IS NULL"),
        ("(a)--(b)", "(a)--(b)"),
        ("(a) - 1", "a - 1"),
        ("not(a)", "NOT a"),
        ("- 1", "-(1)"),
        ("'it\\'s' + \"\\u00e9\"", "'it\\'s' + 'é'"),
        ("0x1F + 0o17", "31 + 15"),
        ("a <= b >= c <> d", "a <= b >= c <> d"),
    ] {
        assert_eq!(reprint(&format!("RETURN {text}")), format!("RETURN {expected}"), "{text}");
    }
}

#[test]
fn white_space_and_comments_are_skipped() {
    for text in [
        "#! demarche\nRETURN 1;",
        "// one\nRETURN /* two */ 1",
        "RETURN 1 // three",
        "RETURN\n  # four\n 1",
        "\u{FEFF}return\t1 ; ",
    ] {
        assert_eq!(reprint(text), "RETURN 1", "{text:?}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    for (text, expected) in [
        ("MATCH (a) RETRUN a", "UnexpectedSyntax: unexpected `RETRUN`, "),
        ("RETURN 'a", "UnexpectedSyntax: `'` is never closed"),
        ("RETURN [1, 2", "UnexpectedSyntax: `[` is never closed"),
        ("RETURN 9223372036854775808", "IntegerOverflow: "),
        ("RETURN 12abc", "InvalidNumberLiteral: `12abc` is no number"),
        ("RETURN 1e999", "FloatingPointOverflow: "),
        ("RETURN '\\uZ'", "InvalidUnicodeLiteral: "),
        ("RETURN 1 — 2", "InvalidUnicodeCharacter: unexpected character `—`"),
        ("RETURN a != b", "UnexpectedSyntax: unknown operator `!=`"),
        ("CREATE (a)", "InvalidClauseComposition: `CREATE` is not available: queries only read"),
        ("MATCH (a) WHERE EXISTS { MATCH (a) SET a += {x: 1} } RETURN a", "InvalidClauseComposition: `SET` is "),
        ("MATCH (a) SET a.x = 1", "InvalidClauseComposition: `SET` is not available: queries only read"),
        ("MATCH (a)-[*-2]->(b) RETURN b", "InvalidRelationshipPattern: `*-2` is no range of hops"),
        ("MATCH (a)-[:T..]->(b) RETURN b", "InvalidRelationshipPattern: `..` is no range of hops"),
        ("", "UnexpectedSyntax: the statement ends too early, expected "),
    ] {
        let found = reprint(text);
        assert!(found.starts_with(expected), "{text}: {found}");
    }
}

#[test]
fn misspelt_keywords_get_a_hint() {
    for (text, hint) in [
        ("MATCH (a) RETRUN a", "did you mean `RETURN`?"),
        ("MACTH (a) RETURN a", "did you mean `MATCH`?"),
        ("MATCH (a) RETURN a ORDR BY a", "did you mean `ORDER`?"),
        ("RETURN a == b", "did you mean `=`?"),
    ] {
        assert_eq!(parse(text).unwrap_err().hint.as_deref(), Some(hint), "{text}");
    }
}

#[test]
fn deep_texts_are_refused() {
    for text in [
        format!("RETURN {}1{}", "(".repeat(100_000), ")".repeat(100_000)),
        format!("RETURN {}", "[".repeat(100_000)),
        format!("RETURN {}a", "NOT ".repeat(100_000)),
        format!("RETURN {}a", "-".repeat(100_000)),
        format!("RETURN 1{}", " + 1".repeat(100_000)),
        format!("RETURN a{}", ".b".repeat(100_000)),
        format!("RETURN {}1{}", "CASE WHEN true THEN ".repeat(10_000), " END".repeat(10_000)),
        format!("{}RETURN 1", "EXPLAIN ".repeat(100_000)),
        format!("RETURN {}", "({a: ".repeat(200)),
    ] {
        assert!(parse(&text).is_err(), "{}", &text[..40]);
    }
    let brackets = format!("RETURN {}1{}", "(".repeat(190), ")".repeat(190));
    assert!(parse(&brackets).is_ok());
}

#[test]
fn scripts_keep_going_after_an_error() {
    let script = "RETURN 1;\nRETRN 2;\nRETURN 3";
    let results: Vec<bool> = parse_script(script).iter().map(|(_, result)| result.is_ok()).collect();
    assert_eq!(results, [true, false, true]);
    let error = parse_script(script)[1].1.clone().unwrap_err();
    assert_eq!(error.span.map(|span| span.of(script)), Some("RETRN"));
}
