//! Plain text out of Markdown: the marks of headings, lists, quotes, emphasis, links and code are taken off.
//!
//! Spans point into the plain text, since that is what the article keeps. A paragraph becomes one line, as its line breaks
//! mean nothing in Markdown; headings and list items are lines of their own. Pictures, rules and HTML comments go.

use crate::text::character::is_word;

/// A link with its target is no longer than this many bytes.
const LONGEST_LINK: usize = 2048;

/// What a line of Markdown begins.
enum Block<'a> {
    /// A blank line or a rule.
    Gap,
    /// A heading, without its marks.
    Heading(&'a str),
    /// A list item, without its mark.
    Item(&'a str),
    /// Text that goes on with the line above.
    Text(&'a str),
    /// The fence around code.
    Fence,
}

/// The plain text of `markdown`, and its first heading of the first level.
pub(super) fn plain(markdown: &str) -> (String, Option<String>) {
    let mut plain = String::with_capacity(markdown.len());
    let mut title = None;
    let mut code = false;
    let mut joins = false;
    for line in without_comments(markdown).lines() {
        let block = block(line);
        match block {
            Block::Fence => code = !code,
            _ if code => push_line(&mut plain, line.trim_end(), "\n"),
            Block::Gap => {}
            Block::Heading(text) => {
                let text = inline(text);
                if title.is_none() && line.trim_start().starts_with("# ") {
                    title = Some(text.clone());
                }
                push_line(&mut plain, &text, "\n\n");
            }
            Block::Item(text) => push_line(&mut plain, &inline(text), "\n"),
            Block::Text(text) => push_line(&mut plain, &inline(text), if joins { " " } else { "\n\n" }),
        }
        joins = matches!(block, Block::Text(_) | Block::Item(_)) && !line.ends_with("  ");
    }
    (plain, title)
}

/// Adds a line that is not empty, behind `gap` when there is something to part it from.
fn push_line(plain: &mut String, line: &str, gap: &str) {
    if !line.trim().is_empty() {
        if !plain.is_empty() {
            plain.push_str(gap);
        }
        plain.push_str(line.trim());
    }
}

/// What `line` begins.
fn block(line: &str) -> Block<'_> {
    let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let rule = |mark: char| text.len() >= 3 && text.chars().all(|character| character == mark || character == ' ');
    if text.is_empty() || rule('-') || rule('*') || rule('_') || rule('=') {
        return Block::Gap;
    }
    if text.starts_with("```") || text.starts_with("~~~") {
        return Block::Fence;
    }
    let unmarked = text.trim_start_matches('#');
    if unmarked.len() < text.len() && text.len() - unmarked.len() <= 6 && unmarked.starts_with(' ') {
        return Block::Heading(unmarked.trim_start().trim_end_matches(['#', ' ']));
    }
    if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)) {
        return Block::Item(item.trim_start());
    }
    let number = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let numbered = number.len() < text.len()
        && text.len() - number.len() <= 3
        && (number.starts_with(". ") || number.starts_with(") "));
    if numbered { Block::Item(text) } else { Block::Text(text) }
}

/// `markdown` without `<!-- comments -->`; one that never closes is text.
fn without_comments(markdown: &str) -> String {
    let mut kept = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) = rest.find("<!--") {
        let Some(length) = rest.get(start..).and_then(|tail| tail.find("-->")) else { break };
        kept.push_str(&rest[..start]);
        rest = &rest[start + length + 3..];
    }
    kept.push_str(rest);
    kept
}

/// `line` without the marks inside it.
fn inline(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let previous = plain.chars().next_back();
        let (length, text) = match first {
            '\\' => escape(rest),
            '!' if rest.starts_with("![") => {
                link(rest.get(1..).unwrap_or("")).map_or((1, "!"), |(length, _)| (length + 1, ""))
            }
            '[' => link(rest).unwrap_or((1, "[")),
            '<' => autolink(rest),
            '*' | '`' => {
                (run(rest, first), if is_lone(rest, previous, first) { &rest[..run(rest, first)] } else { "" })
            }
            '_' if !is_inside_word(rest, previous) => (run(rest, '_'), ""),
            '~' if rest.starts_with("~~") => (2, ""),
            _ => (first.len_utf8(), &rest[..first.len_utf8()]),
        };
        if first == '[' && length > 1 {
            plain.push_str(&inline(text));
        } else {
            plain.push_str(text);
        }
        at += length;
    }
    plain
}

/// The character behind a backslash, if it is a mark; else the backslash.
fn escape(rest: &str) -> (usize, &str) {
    let marked = rest.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation);
    if marked { (2, &rest[1..2]) } else { (1, &rest[..1]) }
}

/// The length of the link `[text](target)` or `[text][label]` at the start of `rest`, and its text.
fn link(rest: &str) -> Option<(usize, &str)> {
    let rest = head(rest);
    let close = rest.find(']')?;
    let text = rest.get(1..close)?.trim_start_matches('[');
    let behind = rest.get(close + 1..)?;
    let end = match behind.chars().next()? {
        '(' => behind.find(')')?,
        '[' => behind.find(']')?,
        _ => return None,
    };
    Some((close + 1 + end + 1, text))
}

/// The address in `<https://...>`; else the bracket.
fn autolink(rest: &str) -> (usize, &str) {
    let found = rest
        .find('>')
        .filter(|end| rest.get(1..*end).is_some_and(|inner| inner.contains("://") && !inner.contains(' ')));
    found.map_or((1, &rest[..1]), |end| (end + 1, &rest[1..end]))
}

/// The stretch at the start of `rest` in which a link must close, so that a line of brackets costs no more than its length.
fn head(rest: &str) -> &str {
    let end = rest.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST_LINK);
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// How often `mark` is repeated at the start of `rest`.
fn run(rest: &str, mark: char) -> usize {
    rest.len() - rest.trim_start_matches(mark).len()
}

/// Whether the run of `mark` stands between spaces, as in "5 * 3", and so marks nothing.
fn is_lone(rest: &str, previous: Option<char>, mark: char) -> bool {
    let next = rest.trim_start_matches(mark).chars().next();
    previous.is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace)
}

/// Whether the underscore stands inside a word, as in "file_name".
fn is_inside_word(rest: &str, previous: Option<char>) -> bool {
    let next = rest.trim_start_matches('_').chars().next();
    previous.is_some_and(is_word) && next.is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stay_and_the_marks_go() {
        for (markdown, expected) in [
            ("# Envoys *meet*\n\nTalks\nwent on.", "Envoys meet\n\nTalks went on."),
            ("A **bold** and _quiet_ `word`", "A bold and quiet word"),
            ("See [the **plan**](https://a.example) or [it][1].", "See the plan or it."),
            ("![A map](map.png)\nText", "Text"),
            ("- One\n- Two\n  and more\n\nThree", "One\nTwo and more\n\nThree"),
            ("> He said:\n> “No.”", "He said: “No.”"),
            ("a_b and 5 * 3 \\* 2 [sic]", "a_b and 5 * 3 * 2 [sic]"),
            ("One\n\n---\n\nTwo <!-- not\nthis -->", "One\n\nTwo"),
            ("Under\n=====\nText", "Under\n\nText"),
            ("<https://a.example/b> a < b", "https://a.example/b a < b"),
            ("[open ![x ](", "[open ![x ]("),
        ] {
            assert_eq!(plain(markdown).0, expected, "{markdown:?}");
        }
        assert_eq!(plain("Text\n# A *b*\n# C").1.as_deref(), Some("A b"));
    }
}
