//! The format of a `.case` file: many small named cases, each an input and what stages print for it.
//!
//! ```text
//! === name, then lines that start with `#`: why; in known_wrong.case `# right: what it should be`
//! Orsa said it would not sign.
//! --- positions
//! Orsa | says | ...
//! ```
//!
//! A stage may take an argument: `--- answers who rejects talks`. Printing a file that was read gives the same bytes.

/// One file of cases.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CaseFile {
    /// Lines before the first case.
    pub(crate) preamble: Vec<String>,
    /// The cases, in order.
    pub(crate) cases: Vec<Case>,
}

/// A named input with what is expected of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// What the case shows.
    pub(crate) name: String,
    /// The lines below the name that start with `#`.
    pub(crate) notes: Vec<String>,
    /// The text between the notes and the first section, without the last line break.
    pub(crate) input: String,
    /// What each stage prints.
    pub(crate) sections: Vec<Section>,
}

/// What one stage prints for a case.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Section {
    /// The stage, with its argument where it takes one.
    pub(crate) title: String,
    /// What it prints, without the last line break.
    pub(crate) expected: String,
}

impl Section {
    /// The stage's name and its argument, which may be empty.
    pub(crate) fn stage(&self) -> (&str, &str) {
        let (stage, argument) = self.title.split_once(' ').unwrap_or((&self.title, ""));
        (stage, argument.trim())
    }
}

/// Reads a file; lines belong to the title above them.
pub(crate) fn read(text: &str) -> CaseFile {
    let mut file = CaseFile { preamble: Vec::new(), cases: Vec::new() };
    for block in blocks(text, "=== ") {
        match block.title {
            None => file.preamble = block.lines,
            Some(name) => file.cases.push(case(name, &block.lines)),
        }
    }
    file
}

fn case(name: String, lines: &[String]) -> Case {
    let notes = lines.iter().take_while(|line| line.starts_with('#')).count();
    let mut case = Case { name, notes: lines[..notes].to_vec(), input: String::new(), sections: Vec::new() };
    for block in blocks(&lines[notes..].join("\n"), "--- ") {
        let text = block.lines.join("\n").trim_matches('\n').to_owned();
        match block.title {
            None => case.input = text,
            Some(title) => case.sections.push(Section { title, expected: text }),
        }
    }
    case
}

/// A title and the lines below it; the first block has no title.
struct Block {
    title: Option<String>,
    lines: Vec<String>,
}

fn blocks(text: &str, mark: &str) -> Vec<Block> {
    let mut found = vec![Block { title: None, lines: Vec::new() }];
    for line in text.lines() {
        match line.strip_prefix(mark) {
            Some(title) => found.push(Block { title: Some(title.trim().to_owned()), lines: Vec::new() }),
            None => found.last_mut().unwrap().lines.push(line.to_owned()),
        }
    }
    found
}

/// Prints a file in the one form in which it is kept.
pub(crate) fn print(file: &CaseFile) -> String {
    let mut text = file.preamble.join("\n").trim_end().to_owned();
    for case in &file.cases {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&format!("=== {}\n", case.name));
        text.extend(case.notes.iter().map(|note| format!("{note}\n")));
        text.push_str(&case.input);
        for section in &case.sections {
            text.push_str(&format!("\n--- {}\n{}", section.title, section.expected));
        }
        text.truncate(text.trim_end().len());
    }
    text.push('\n');
    text
}

#[test]
fn a_printed_file_reads_as_itself() {
    let text =
        "# about\n\n=== one\n# right: b\ninput\n\n  more\n--- tokens\na|b\n--- answers who\nnone\n\n=== two\nx\n";
    let file = read(text);
    assert_eq!(file.cases.len(), 2);
    assert_eq!(file.cases[0].input, "input\n\n  more");
    assert_eq!(file.cases[0].sections[1].stage(), ("answers", "who"));
    assert_eq!(print(&file), text);
}
