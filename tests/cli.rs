//! The program as a user meets it: exit codes, standard input, pipes that close, and what it says of input that is wrong.
//!
//! Each wrong input gives one clear message and the documented exit code, and never a panic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use tempfile::TempDir;

const ARTICLE: &str = "---\nid: wire-1\ntitle: Orsa rejects river plan\npublisher: Lantern\ndate: 2031-01-02\n---\n\n\
    Orsa rejected the river plan on Monday. Tavria said it would sign the plan if Orsa withdraws its troops.\n";

/// What a run of the program left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str], input: impl Into<Vec<u8>>) -> Run {
    let mut command = Command::cargo_bin("demarche").unwrap();
    command.current_dir(folder).args(arguments).write_stdin(input).env("NO_COLOR", "1").env("COLUMNS", "100");
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with `articles/` of one article and its `news.graph`, built once.
fn desk() -> &'static Path {
    static DESK: OnceLock<TempDir> = OnceLock::new();
    let desk = DESK.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        fs::write(folder.path().join("articles/one.md"), ARTICLE).unwrap();
        let built = run(folder.path(), &["build", "articles", "-o", "news.graph"], "");
        assert_eq!((built.code, built.err.as_str()), (0, ""), "{}", built.out);
        folder
    });
    desk.path()
}

/// A fresh folder that holds one file.
fn folder_with(name: &str, content: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

#[test]
fn every_command_has_help_with_examples() {
    let help = run(desk(), &["--help"], "");
    assert_eq!(help.code, 0);
    let commands = help.out.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    for name in names.iter().filter(|name| **name != "help") {
        let help = run(desk(), &[name, "--help"], "");
        assert_eq!(help.code, 0, "{name}");
        assert!(help.out.contains("Examples:"), "{name} has no examples");
    }
    assert!(names.len() > 6, "{names:?}");
}

#[test]
fn exit_codes_tell_answers_from_none_and_from_errors() {
    for (query, code) in [
        ("who rejects plan", 0),
        ("MATCH (a:Article) RETURN a.title", 0),
        ("MATCH (a:Topic {name: 'nothing'}) RETURN a", 1),
        ("who rejcts plan", 2),
        ("MATCH (a) RETURN b", 2),
        ("positions of Atlantis", 2),
    ] {
        let answer = run(desk(), &["query", "news.graph", query], "");
        assert_eq!(answer.code, code, "{query}\n{}{}", answer.out, answer.err);
        assert_eq!(answer.err.starts_with("error: "), code == 2, "{query}\n{}", answer.err);
    }
}

#[test]
fn wrong_arguments_are_told_in_one_message() {
    for (arguments, code, message) in [
        (["qurey", "news.graph", "actors"].as_slice(), 2, "`qurey`"),
        (&["qurey"], 2, "did you mean `query`?"),
        (&["query", "nowhere.graph", "actors"], 3, "nowhere.graph"),
        (&["query", "articles/one.md", "actors"], 3, "articles/one.md"),
        (&["query", "news.graph"], 2, "<QUERY>"),
        (&["query", "news.graph", "actors", "--format", "xml"], 2, "xml"),
        (&["query", "news.graph", "actors", "--param", "x"], 2, "`x` does not set a parameter"),
        (&["query", "news.graph", "-f", "nowhere.cypher"], 3, "nowhere.cypher"),
        (&["query", "news.graph", "who oppses plan"], 2, "`oppses`"),
        (&["query", "news.graph", "MATCH (a {name: 'Orsa}) RETURN a"], 2, "never closed"),
        (&["build", "nowhere", "-o", "x.graph"], 3, "nowhere"),
        (&["build", "articles", "-o", "missing/x.graph"], 3, "missing/x.graph"),
        (&["--lexicons", "nowhere", "build", "articles", "-o", "x.graph"], 3, "nowhere"),
    ] {
        let failed = run(desk(), arguments, "");
        assert_eq!(failed.code, code, "{arguments:?}\n{}{}", failed.out, failed.err);
        assert!(failed.err.contains(message), "{arguments:?}\n{}", failed.err);
        assert!(!failed.err.contains("panicked"), "{arguments:?}\n{}", failed.err);
    }
}

#[test]
fn input_that_is_no_article_is_named() {
    for (name, content, message) in [
        ("empty.txt", b"".as_slice(), "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00", "binary"),
        ("broken.jsonl", b"{\"text\": \"Orsa", "broken.jsonl:1"),
    ] {
        let folder = folder_with(name, content);
        let failed = run(folder.path(), &["build", name, "-o", "x.graph"], "");
        assert_eq!(failed.code, 3, "{name}\n{}", failed.err);
        assert!(failed.err.contains(message), "{name}\n{}", failed.err);
        assert!(!folder.path().join("x.graph").exists(), "{name}");
    }
    let folder = tempfile::tempdir().unwrap();
    let failed = run(folder.path(), &["build", ".", "-o", "x.graph"], "");
    assert_eq!(failed.code, 3);
    assert!(failed.err.contains("no articles in this folder"), "{}", failed.err);
}

#[test]
fn good_articles_are_built_beside_bad_ones() {
    let lines = "{\"id\": \"a\", \"text\": \"Orsa rejected the plan.\"}\nnot json\n{\"id\": \"b\", \"text\": \"Tavria agreed.\"}\n";
    let folder = folder_with("news.jsonl", lines.as_bytes());
    let built = run(folder.path(), &["build", "news.jsonl", "-o", "x.graph"], "");
    assert_eq!(built.code, 3, "{}", built.err);
    assert!(built.err.contains("news.jsonl:2"), "{}", built.err);
    assert!(built.out.starts_with("2 articles"), "{}", built.out);
    assert!(folder.path().join("x.graph").exists());
}

#[test]
fn latin_1_is_read_and_said() {
    let folder = folder_with("cafe.txt", b"The caf\xe9 owners of Orsa rejected the plan, they said on Monday.\n");
    let built = run(folder.path(), &["build", "cafe.txt", "-o", "x.graph"], "");
    assert_eq!(built.code, 0, "{}", built.err);
    assert!(built.err.contains("not UTF-8"), "{}", built.err);
}

#[test]
fn a_truncated_graph_file_is_told_from_another_file() {
    let whole = fs::read(desk().join("news.graph")).unwrap();
    let folder = folder_with("short.graph", &whole[..whole.len() / 2]);
    let failed = run(folder.path(), &["query", "short.graph", "actors"], "");
    assert_eq!(failed.code, 3);
    assert!(failed.err.contains("ends too early"), "{}", failed.err);
    let kept = run(folder.path(), &["build", "short.graph", "-o", "short.graph"], "");
    assert_eq!(kept.code, 3, "a damaged graph is not silently replaced");
}

#[test]
fn building_again_adds_only_what_is_new() {
    let folder = folder_with("one.md", ARTICLE.as_bytes());
    let build = |path: &str| run(folder.path(), &["build", path, "-o", "x.graph"], "");
    assert!(build("one.md").out.starts_with("1 article\n"));
    let first = fs::read(folder.path().join("x.graph")).unwrap();
    let again = build("one.md");
    assert!(again.out.contains("1 known already"), "{}", again.out);
    assert_eq!(fs::read(folder.path().join("x.graph")).unwrap(), first);
}

#[test]
fn formats_are_what_they_say() {
    let answer = |format: &str| run(desk(), &["query", "news.graph", "who rejects plan", "--format", format], "").out;
    let json: serde_json::Value = serde_json::from_str(&answer("json")).unwrap();
    assert_eq!(json["columns"][0], "who");
    let line: serde_json::Value = serde_json::from_str(answer("jsonl").lines().next().unwrap()).unwrap();
    assert_eq!(line["who"], "Orsa");
    assert!(answer("csv").starts_with("who,relation,"));
    assert!(answer("tsv").starts_with("who\trelation\t"));
    assert!(answer("markdown").starts_with("| who | relation |"));
    assert!(answer("dot").starts_with("digraph demarche {"));
    let failed = run(desk(), &["query", "news.graph", "MATCH (a) RETURN b", "--format", "json"], "");
    let error: serde_json::Value = serde_json::from_str(&failed.err).unwrap();
    assert_eq!((failed.code, &error["error"]["detail"]), (2, &serde_json::json!("UndefinedVariable")));
}

#[test]
fn the_graph_goes_out_and_comes_back() {
    let exported = run(desk(), &["export", "news.graph", "--format", "json"], "").out;
    let folder = folder_with("news.json", exported.as_bytes());
    let question = ["query", "news.json", "who rejects plan", "--format", "csv"];
    let original = run(desk(), &["query", "news.graph", "who rejects plan", "--format", "csv"], "");
    assert_eq!(run(folder.path(), &question, "").out, original.out);
    assert!(run(desk(), &["export", "news.graph", "--format", "graphml"], "").out.contains("<graphml"));
}

#[test]
fn a_session_reads_standard_input() {
    let typed = "who rejects plan\nwhy 2\n:format csv\nMATCH (a:Article)\nRETURN a.title AS title;\n:quit\nactors\n";
    let session = run(desk(), &["news.graph"], typed);
    assert_eq!(session.code, 0, "{}", session.err);
    for part in ["Orsa  rejects", "[Orsa rejected the river plan", "title\nOrsa rejects river plan\n"] {
        assert!(session.out.contains(part), "{part} in\n{}", session.out);
    }
    assert!(!session.out.contains("actor"), "nothing runs after :quit\n{}", session.out);
}

#[test]
fn a_session_survives_errors_and_tells_the_worst() {
    let session = run(desk(), &["repl", "news.graph"], "who rejcts plan\n:why 1\n:nonsense\narticles\n");
    assert_eq!(session.code, 2);
    assert_eq!(session.err.matches("error: ").count(), 3, "{}", session.err);
    assert!(session.out.contains("Orsa rejects river plan"), "{}", session.out);
}

#[test]
fn an_answer_without_anything_to_draw_is_told() {
    let session = run(desk(), &["repl", "news.graph"], "match (a:Article) return count(*) as n;\n:show\n");
    assert_eq!(session.code, 2);
    assert!(session.err.contains("nothing in the last answer can be drawn"), "{}", session.err);
}

#[test]
fn show_says_why() {
    let shown = run(desk(), &["show", "articles/one.md", "--why", "--refused"], "");
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    for part in [
        "[Orsa]holder [rejected]cue [the river plan]content",
        "condition    if “Orsa withdraws its troops”, opened by “if”",
        "network",
        "Refused:\n- ",
    ] {
        assert!(shown.out.contains(part), "{part} in\n{}", shown.out);
    }
}

#[test]
fn the_dial_goes_from_complete_to_careful() {
    let line = "{\"id\": \"1\", \"text\": \"It said no. Jana Holt said Orsa rejected the plan. Velia saw a way out.\"}";
    let found = |level: &str| {
        let run = run(desk(), &["extract", "--certainty", level], line);
        assert_eq!(run.code, 0, "{level}: {}", run.err);
        let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let count = |name: &str| value[name].as_array().map_or(0, Vec::len);
        (count("attributions"), count("positions"))
    };
    let levels = ["complete", "balanced", "careful", "100"].map(found);
    assert!(levels.is_sorted_by(|more, less| more.0 >= less.0 && more.1 >= less.1), "{levels:?}");
    assert!(levels[0] > levels[2] && levels[2] > levels[3], "{levels:?}");
    assert_eq!(levels[3], (0, 0));
    let wrong = run(desk(), &["extract", "--certainty", "sure"], line);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    assert!(wrong.err.contains("careful, balanced, complete"), "{}", wrong.err);
}

#[test]
fn scripts_hold_several_queries() {
    let folder = folder_with(
        "ask",
        b"#!/usr/bin/env demarche\n# twice\narticles\n:format csv\nMATCH (a:Article) RETURN a.id AS id;\n",
    );
    let graph: PathBuf = desk().join("news.graph");
    let answer = run(folder.path(), &["query", graph.to_str().unwrap(), "-f", "ask"], "");
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.ends_with("id\nwire-1\n"), "{}", answer.out);
    let named = run(desk(), &["query", "news.graph", "RETURN $n + 1 AS n", "--param", "n=41", "--format", "csv"], "");
    assert_eq!(named.out, "n\n42\n");
}

#[test]
fn without_arguments_the_sample_corpus_is_built() {
    let bare = run(desk(), &[], "");
    assert_eq!(bare.code, 0, "{}", bare.err);
    assert!(bare.out.contains("16 articles") && bare.out.contains("demarche build"), "{}", bare.out);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_closes_is_no_error() {
    let program = assert_cmd::cargo::cargo_bin("demarche");
    let script = format!("'{}' completions bash | head -n 1; echo ${{PIPESTATUS[0]}}", program.display());
    let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("\n0\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_message() {
    let folder = folder_with("a.txt", b"Orsa rejected the river plan.\n");
    let built = run(folder.path(), &["build", "a.txt", "-o", "/dev/full"], "");
    assert_eq!(built.code, 3, "{}", built.err);
    assert_eq!(built.err.matches("error:").count(), 1, "{}", built.err);
}

#[test]
fn a_query_may_have_a_time_limit() {
    let endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b < 0 RETURN a";
    let slow = run(desk(), &["query", "news.graph", endless, "--time-limit", "0.2"], "");
    assert_eq!(slow.code, 2, "{}", slow.err);
    assert!(slow.err.contains("took longer than 0.2 s"), "{}", slow.err);
    let quick = run(desk(), &["query", "news.graph", "RETURN 1 AS one", "--time-limit", "60"], "");
    assert_eq!(quick.code, 0, "{}", quick.err);
    let wrong = run(desk(), &["query", "news.graph", "RETURN 1 AS one", "--time-limit", "-1"], "");
    assert_eq!(wrong.code, 2, "{}", wrong.err);
}

#[test]
fn an_explanation_runs_when_pasted() {
    let explained = run(desk(), &["query", "news.graph", "explain who rejects \"river plan\""], "");
    let pasted = run(desk(), &["query", "news.graph", "-f", "-", "--format", "csv"], explained.out.as_bytes());
    let asked = run(desk(), &["query", "news.graph", "who rejects \"river plan\"", "--format", "csv"], "");
    assert_eq!((pasted.code, &pasted.out), (0, &asked.out), "{}", pasted.err);
    let profiled = run(desk(), &["query", "news.graph", "profile who rejects \"river plan\""], "");
    assert!(profiled.out.contains(": 1 row"), "{}", profiled.out);
}

#[test]
fn rows_of_an_answer_can_be_asked_about() {
    let script = "who rejects \"river plan\"\nsources of 1\nwhy 1\n";
    let asked = run(desk(), &["query", "news.graph", "-f", "-"], script);
    assert_eq!(asked.code, 0, "{}", asked.err);
    assert!(asked.out.contains("outlet") && asked.out.contains("wire-1"), "{}", asked.out);
    let nobody = run(desk(), &["query", "news.graph", "who demands \"river plan\""], "");
    assert_eq!(nobody.code, 1);
    assert!(nobody.out.starts_with("nobody demands \"river plan\"\n"), "{}", nobody.out);
}

/// An article that tries to command a terminal, to be markup, and to turn its reader around.
const HOSTILE: &str = "---\nid: wire-9\ntitle: \"</script><script>alert(1)</script> \u{1b}[31mred\"\npublisher: A & B <i>\ndate: 2031-01-02\n---\n\n\
    Orsa rejected the <img src=x onerror=alert(2)> plan \u{1b}]0;owned\u{7} on Monday. Tom \u{202e} Vark said \"Orsa rejects \u{9b}31m peace\".\n";

#[test]
fn hostile_text_is_shown_as_text() {
    let folder = folder_with("evil.md", HOSTILE.as_bytes());
    assert_eq!(run(folder.path(), &["build", "evil.md", "-o", "evil.graph"], "").code, 0);
    for arguments in [
        &["query", "evil.graph", "positions of Orsa", "why 1", ":open 1", "actors", "topics"][..],
        &["query", "evil.graph", "positions of Orsa", "--format", "markdown"],
        &["query", "evil.graph", "who rejects nothing"],
        &["export", "evil.graph", "--format", "dot"],
        &["export", "evil.graph", "--format", "html"],
    ] {
        let shown = run(folder.path(), arguments, "");
        for text in [&shown.out, &shown.err] {
            let commands = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
            assert!(!text.contains(commands), "{arguments:?}\n{text:?}");
        }
        if arguments.contains(&"html") {
            assert!(!shown.out.contains("<img") && !shown.out.contains("<script>alert"), "{arguments:?}");
        }
    }
}

/// A folder with the graph of the sample corpus, built once.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<TempDir> = OnceLock::new();
    let sample = SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let [articles, words] = ["articles", "sample_lexicons"].map(|name| data.join(name).display().to_string());
        let built = run(folder.path(), &["build", &articles, "--lexicons", &words, "-o", "sample.graph"], "");
        assert_eq!(built.code, 0, "{}", built.err);
        folder
    });
    sample.path()
}

#[test]
fn each_of_the_twenty_sample_questions_has_an_answer() {
    let script = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample_questions.demarche"));
    let script = script.unwrap();
    assert!(script.starts_with("#!"));
    let asked = run(sample(), &["query", "sample.graph", "-f", "-", "--format", "json"], script.as_bytes());
    assert_eq!((asked.code, asked.err.as_str()), (0, ""));
    let answers: Vec<serde_json::Value> = asked.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 20);
    for (place, answer) in answers.iter().enumerate() {
        assert!(answer["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "answer {}: {answer}", place + 1);
    }
}

#[test]
fn a_script_stops_at_an_error_or_keeps_going() {
    let script = "articles\nwho rejcts plan\nactors\n";
    let stopped = run(desk(), &["query", "news.graph", "-f", "-", "--format", "jsonl"], script);
    assert_eq!(stopped.code, 2);
    assert!(!stopped.out.contains("Tavria"), "{}", stopped.out);
    let going = run(desk(), &["query", "news.graph", "-f", "-", "--format", "jsonl", "--keep-going"], script);
    assert_eq!(going.code, 2, "the worst exit code wins");
    assert!(going.out.contains("Tavria"), "{}", going.out);
    for told in [&stopped.err, &going.err] {
        let error: serde_json::Value = serde_json::from_str(told).unwrap();
        assert!(error["error"]["message"].is_string(), "{told}");
    }
}

#[test]
fn the_tour_answers_each_question() {
    let tour = run(desk(), &["tour"], "");
    assert_eq!(tour.code, 0, "{}", tour.err);
    for part in ["demarche> who rejects corridor", "Tomas Harrel  rejects", "demarche> why 2", "That was the tour"] {
        assert!(tour.out.contains(part), "{part} in\n{}", tour.out);
    }
    assert_eq!(tour.err.matches("error:").count(), 1, "one step shows an error\n{}", tour.err);
    assert!(!tour.out.contains("no answers"), "{}", tour.out);
}
