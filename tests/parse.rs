//! `demarche parse` and `demarche score --treebank` through the binary: what goes in, what comes out, how broken input
//! is refused.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use assert_cmd::Command;

/// Runs the program and returns exit code, standard output and standard error.
fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("demarche").unwrap().args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn running_text_becomes_numbered_sentences() {
    let (code, output, _) = run(&["parse"], "Orsa won't sign. Talmora waits.\n");
    assert_eq!(code, 0);
    for line in ["# sent_id = 2\n", "# text = Orsa won't sign.\n", "\n2-3\twon't\t", "\tSpaceAfter=No\n"] {
        assert!(output.contains(line), "{line:?} in {output}");
    }
}

#[test]
fn treebank_words_are_kept() {
    let input = "# sent_id = a\n1\tTalks\t_\t_\t_\t_\t_\t_\t_\t_\n2\tfailed\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let (code, output, _) = run(&["parse", "--input", "conllu"], input);
    assert_eq!(code, 0);
    assert!(output.contains("# sent_id = a\n# text = Talks failed\n1\tTalks\ttalk\tNOUN\tNNS\t"), "{output}");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &output).unwrap();
    let (code, scores, _) = run(&["score", "--treebank", &file.path().to_string_lossy()], "");
    assert_eq!(code, 0);
    assert!(scores.contains("LAS        100.00\n"), "{scores}");
}

#[test]
fn running_text_is_scored_against_a_treebank() {
    let gold = tempfile::NamedTempFile::new().unwrap();
    let (_, treebank, _) = run(&["parse"], "Orsa won't sign. Talmora waits.\n");
    std::fs::write(gold.path(), &treebank).unwrap();
    let path = gold.path().to_string_lossy();
    let (code, scores, _) = run(&["score", "--treebank", &path, "-"], &treebank);
    assert!(code == 0 && scores.starts_with("Tokens     100.00\nSentences  100.00\nWords      100.00\n"), "{scores}");
    let (code, scores, _) = run(&["score", "--format", "json", "--treebank", &path, "-"], &treebank);
    assert!(code == 0 && scores.starts_with("{\"Tokens\": 100.0, \"Sentences\": 100.0, "), "{scores}");
    assert!(scores.ends_with("}, \"words\": 8}\n"), "{scores}");
    let (code, scores, error) = run(&["score", "--treebank", &path, "-"], &treebank.replace("sign", "sing"));
    assert_eq!((code, scores.as_str()), (3, ""));
    assert!(error.contains("the texts differ at character"), "{error}");
}

#[test]
fn broken_input_is_refused_with_its_line() {
    for (input, message) in [
        ("1\tTalks\t_\n", "line 1: 3 columns instead of 10"),
        (
            "1\ta\t_\t_\t_\t_\t0\t_\t_\t_\n2\tb\t_\t_\t_\t_\t7\t_\t_\t_\n\n",
            "line 2: head 7 outside its sentence of 2 words",
        ),
    ] {
        let (code, output, error) = run(&["parse", "--input", "conllu"], input);
        assert_eq!((code, output.as_str()), (3, ""), "{input}");
        assert!(error.contains(message), "{error}");
    }
}
