//! What Tab offers at a place in a line: commands, formats, keywords, labels, relationship types, names of the graph.
//!
//! A function from line to candidates; the line editor is `editor`'s business.

use crate::cli::format::Format;
use crate::cli::session::command::COMMANDS;
use crate::cli::session::script::is_pattern;
use crate::cli::session::vocabulary::{Names, Vocabulary};

/// Words that begin a statement of the pattern layer.
const CLAUSES: &[&str] = &["MATCH", "OPTIONAL MATCH", "UNWIND", "WITH", "RETURN", "EXPLAIN", "PROFILE"];

/// Further keywords of patterns.
const KEYWORDS: &[&str] = &[
    "WHERE",
    "ORDER BY",
    "SKIP",
    "LIMIT",
    "DISTINCT",
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS NULL",
    "IS NOT NULL",
    "STARTS WITH",
    "ENDS WITH",
    "CONTAINS",
    "EXISTS",
    "UNION",
    "AS",
    "count(",
    "collect(",
    "labels(",
    "type(",
    "shortestPath(",
];

/// Words that begin a question.
const QUESTIONS: &[&str] = &[
    "who ",
    "who rejects ",
    "who supports ",
    "who demands ",
    "who opposes ",
    "who speaks for ",
    "who agrees with ",
    "who reported ",
    "what does ",
    "what if ",
    "what is new since ",
    "what changed between ",
    "positions of ",
    "positions on ",
    "conditions of ",
    "conditions for ",
    "statements by ",
    "according to ",
    "timeline of ",
    "stance of ",
    "compare ",
    "allies of ",
    "opponents of ",
    "network ",
    "congruence network ",
    "conflict network ",
    "affiliation network ",
    "shifts of ",
    "contradictions of ",
    "path from ",
    "sources of ",
    "topics of ",
    "actors",
    "topics",
    "articles",
    "count ",
    "why ",
    "explain ",
];

/// Words that go on with a question.
const CONNECTIVES: &[&str] = &[
    "on ",
    "about ",
    "for ",
    "to ",
    "against ",
    "according to ",
    "via ",
    "since ",
    "until ",
    "between ",
    "and ",
    "in ",
    "quoted",
    "not ",
    "no longer ",
    "exactly ",
    "by ",
    "jaccard",
    "cosine",
    "average activity",
    "order by ",
    "limit ",
    "reject ",
    "support ",
    "demand ",
    "say ",
    "plan ",
    "propose ",
    "agree ",
];

/// What Tab offers: where the completed word begins, and what may stand there, best first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// Byte offset in the line.
    pub start: usize,
    /// Whole words that replace the line from `start` to the cursor.
    pub candidates: Vec<String>,
}

/// At most so many candidates; a longer list helps nobody and takes the screen.
const LIMIT: usize = 40;

/// The completion of `line` at its end.
pub(crate) fn complete(line: &str, vocabulary: &Vocabulary) -> Completion {
    let mut completion = if let Some(command) = line.strip_prefix(':') {
        command_line(command)
    } else if is_pattern(line) {
        pattern(line, vocabulary)
    } else {
        question(line, vocabulary)
    };
    completion.candidates.truncate(LIMIT);
    completion
}

/// Whether a word is a keyword of the layer that its line belongs to. Verbs are keywords where they open a question.
pub(super) fn is_keyword(word: &str, pattern: bool) -> bool {
    let lists: &[&[&str]] = if pattern { &[CLAUSES, KEYWORDS] } else { &[QUESTIONS, CONNECTIVES] };
    let words = lists.iter().flat_map(|list| list.iter()).flat_map(|entry| entry.split([' ', '(']));
    word.len() > 1 && words.into_iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// After the colon: a command's name, or the word it takes.
fn command_line(command: &str) -> Completion {
    match command.split_once(' ') {
        None => Completion { start: 1, candidates: beginning(COMMANDS.iter().map(|help| help.name), command) },
        Some((name, argument)) => {
            let start = 1 + command.len() - argument.len();
            let formats = Format::names();
            let candidates = match name {
                "format" => beginning(formats.iter().map(String::as_str), argument),
                "timing" | "pager" => beginning(["on", "off"].into_iter(), argument),
                "help" => beginning(COMMANDS.iter().map(|help| help.name), argument),
                _ => Vec::new(),
            };
            Completion { start, candidates }
        }
    }
}

/// In a pattern: after a colon labels in `(`, types in `[`; after a point properties; keywords elsewhere.
fn pattern(line: &str, vocabulary: &Vocabulary) -> Completion {
    let start = word_start(line);
    let (before, word) = line.split_at(start);
    if let Some(quote) = open_quote(line) {
        return quoted_name(line, quote, vocabulary);
    }
    let words = |words: &[String]| beginning(words.iter().map(String::as_str), word);
    let candidates = match before.chars().last() {
        Some(':' | '|') if before.rfind('[') > before.rfind('(') => words(&vocabulary.kinds),
        Some(':') => words(&vocabulary.labels),
        Some('.') => words(&vocabulary.properties),
        _ if word.is_empty() => Vec::new(),
        _ => beginning(CLAUSES.iter().chain(KEYWORDS).copied(), word),
    };
    Completion { start, candidates }
}

/// In a question: its beginning, or the name that the last words begin, or a connective.
fn question(line: &str, vocabulary: &Vocabulary) -> Completion {
    if let Some(quote) = open_quote(line) {
        return quoted_name(line, quote, vocabulary);
    }
    let opening = beginning(QUESTIONS.iter().chain(CLAUSES).copied(), line);
    if !opening.is_empty() {
        return Completion { start: 0, candidates: opening };
    }
    for start in word_starts(line) {
        let candidates = names(&line[start..], Wanted::after(&line[..start]), vocabulary);
        if !candidates.is_empty() && line.len() > start {
            return Completion { start, candidates };
        }
    }
    let start = word_start(line);
    let mut candidates = beginning(CONNECTIVES.iter().copied(), &line[start..]);
    if start == line.len() {
        let [first, second] = Wanted::after(line).kinds(vocabulary);
        candidates.splice(0..0, first.best(8).chain(second.best(4)).map(str::to_owned));
    }
    Completion { start, candidates }
}

/// Inside a quotation: the names that begin so, with the closing mark.
fn quoted_name(line: &str, (start, mark): (usize, char), vocabulary: &Vocabulary) -> Completion {
    let found = names(&line[start..], Wanted::after(&line[..start - 1]), vocabulary);
    Completion { start, candidates: found.into_iter().map(|name| format!("{name}{mark}")).collect() }
}

/// What the words before a place ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// "positions of", "according to"
    Actors,
    /// "who rejects", "positions of Kestria on"
    Topics,
    /// "who rejects corridor in"
    Publishers,
}

impl Wanted {
    /// By the last word that settles it; topics when none does, since most questions name one first.
    fn after(line: &str) -> Self {
        let words = line.split(|letter: char| !letter.is_alphanumeric()).rev();
        words.map(str::to_lowercase).find_map(|word| Self::of(&word)).unwrap_or(Self::Topics)
    }

    fn of(word: &str) -> Option<Self> {
        match word {
            "of" | "by" | "does" | "did" | "do" | "with" | "to" | "from" | "against" | "via" | "compare"
            | "opposes" => Some(Self::Actors),
            "on" | "about" | "for" | "rejects" | "supports" | "demands" | "reported" | "if" => Some(Self::Topics),
            "in" => Some(Self::Publishers),
            _ => None,
        }
    }

    /// The names that are wanted, and those that may be meant as well.
    fn kinds(self, vocabulary: &Vocabulary) -> [&Names; 2] {
        match self {
            Self::Actors => [&vocabulary.actors, &vocabulary.topics],
            Self::Topics => [&vocabulary.topics, &vocabulary.actors],
            Self::Publishers => [&vocabulary.publishers, &vocabulary.topics],
        }
    }
}

/// The names that begin with `word`, those that are wanted first; none twice, and not the word itself.
fn names(word: &str, wanted: Wanted, vocabulary: &Vocabulary) -> Vec<String> {
    let lower = word.to_lowercase();
    let [first, second] = wanted.kinds(vocabulary);
    let found = [first, second, &vocabulary.aliases].into_iter().flat_map(|names| names.beginning(&lower, LIMIT));
    let mut candidates: Vec<String> = Vec::new();
    for name in found.filter(|name| *name != word) {
        if !candidates.iter().any(|known| known == name) {
            candidates.push(name.to_owned());
        }
    }
    candidates
}

/// The candidates that begin with a word, whatever the case of its letters; none twice, and not the word itself.
fn beginning<'v>(candidates: impl Iterator<Item = &'v str>, word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let mut found: Vec<String> = Vec::new();
    for candidate in candidates.filter(|candidate| *candidate != word && candidate.to_lowercase().starts_with(&lower)) {
        if !found.iter().any(|known| known == candidate) {
            found.push(candidate.to_owned());
        }
    }
    found
}

/// Where the last word begins: after the last character that no name has.
fn word_start(line: &str) -> usize {
    let last = line.char_indices().rev().find(|(_, letter)| !letter.is_alphanumeric() && *letter != '_');
    last.map_or(0, |(place, letter)| place + letter.len_utf8())
}

/// Where the last four, three, two words and the last word begin, since names have several words.
fn word_starts(line: &str) -> Vec<usize> {
    let mut starts: Vec<usize> =
        line.char_indices().filter(|(_, letter)| *letter == ' ').map(|(place, _)| place + 1).collect();
    starts.drain(..starts.len().saturating_sub(4));
    starts
}

/// The place after a quotation mark that is still open, with the mark.
fn open_quote(line: &str) -> Option<(usize, char)> {
    let mut open = None;
    for (place, letter) in line.char_indices() {
        match (open, letter) {
            (None, '"' | '\'') => open = Some((place + 1, letter)),
            (Some((_, mark)), _) if mark == letter => open = None,
            _ => {}
        }
    }
    // "Trump's" opens nothing.
    open.filter(|&(place, mark)| mark == '"' || !line[..place - 1].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Vocabulary {
            labels: words(&["Actor", "Article"]),
            kinds: words(&["REJECTS", "REPEATS", "SAYS"]),
            properties: words(&["name", "text"]),
            actors: Names::new(words(&["Mira Dalen", "Kestria", "Water Board"])),
            topics: Names::new(words(&["freight corridor", "water"])),
            aliases: Names::default(),
            publishers: Names::new(words(&["Lantern"])),
        }
    }

    #[test]
    fn candidates_fit_the_place() {
        for (line, candidates) in [
            (":form", "format"),
            (":format js", "json|jsonl"),
            (":timing o", "on|off"),
            ("MATCH (a:A", "Actor|Article"),
            ("MATCH (a)-[:RE", "REJECTS|REPEATS"),
            ("MATCH (a)-[r:SAYS|re", "REJECTS|REPEATS"),
            ("MATCH (a) RETURN a.n", "name"),
            ("match (a) ret", "RETURN"),
            ("MATCH (a {name: 'kes", "Kestria'"),
            ("conditions f", "conditions for "),
            ("what does mira d", "Mira Dalen"),
            ("what does Kes", "Kestria"),
            ("positions of Kestria on fre", "freight corridor"),
            ("who rejects \"fre", "freight corridor\""),
            ("who rejects water sin", "since "),
            ("who supports wa", "water|Water Board"),
            ("positions of wa", "Water Board|water"),
            ("who rejects water in l", "Lantern"),
            ("cong", "congruence network "),
            ("shi", "shifts of "),
            ("network on water by ja", "jaccard"),
        ] {
            assert_eq!(complete(line, &vocabulary()).candidates.join("|"), candidates, "{line}");
        }
    }

    #[test]
    fn any_line_has_a_completion() {
        for line in ["", ":", " ", "è", "who rejects 停", "\"", "Trump's", "MATCH (", "a'b\"c", "::", ": "] {
            let completion = complete(line, &vocabulary());
            assert!(line.is_char_boundary(completion.start), "{line}");
        }
    }
}
