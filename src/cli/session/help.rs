//! What `:help` prints: the session commands, and pages about the language.
//!
//! The pages stand in `help.txt`, each under a line with the words by which it is found.

use demarche::query::did_you_mean;

use super::command::COMMANDS;
use crate::cli::CliError;

const PAGES: &str = include_str!("help.txt");

/// The session commands, and how to go on.
pub(crate) fn overview() -> String {
    let line = |name: &str, argument: &str, does: &str| {
        let command = format!(":{name} {argument}");
        format!("  {:<22} {does}\n", command.trim_end())
    };
    let commands: String = COMMANDS.iter().map(|help| line(help.name, help.argument, help.does)).collect();
    let pages: Vec<&str> = pages().filter_map(|(words, _)| words.split_whitespace().next()).collect();
    format!(
        "Type a question, such as: who rejects talks\nor a pattern, such as: MATCH (a:Actor) RETURN a.name\n\n{commands}\nMore: :help {}",
        pages.join(", :help ")
    )
}

/// The page about a word, or the line about a command.
///
/// # Errors
/// A usage error with the words that are near, for a word that no page is about.
pub(crate) fn about(word: &str) -> Result<String, CliError> {
    let word = word.trim_start_matches(':').to_lowercase();
    if let Some(help) = COMMANDS.iter().find(|help| help.name == word) {
        return Ok(format!(":{} {}\n  {}\n\n  for example  {}", help.name, help.argument, help.does, help.example));
    }
    let page = pages().find(|(words, _)| words.split_whitespace().any(|known| known == word));
    page.map(|(_, text)| text.trim_end().to_owned()).ok_or_else(|| {
        let known = pages().flat_map(|(words, _)| words.split_whitespace());
        let hint = did_you_mean(&word, known.chain(COMMANDS.iter().map(|help| help.name)));
        CliError::usage(format!("no help on `{word}`"), hint.unwrap_or_else(|| ":help lists what there is".to_owned()))
    })
}

/// The words and the text of each page.
fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.split("== ").filter_map(|page| page.split_once('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_their_page() {
        for (word, part) in [
            ("rejects", "\"ruled out\""),
            (":format", ":format [NAME]"),
            ("param", "for example  :param since"),
            ("MATCH", "RETURN a.name"),
            ("since", "since|until DATE"),
        ] {
            assert!(about(word).unwrap().contains(part), "{word}");
        }
        assert_eq!(about("rejcets").unwrap_err().to_string(), "no help on `rejcets`");
    }
}
