//! The block between two `---` lines at the top of a text, with what is known about the article.
//!
//! > ---
//! > title: Envoys meet in Orsa
//! > date: 2025-03-18
//! > ---

/// A block longer than this many lines is no front matter but a text that opens with a rule.
const LONGEST: usize = 60;

/// What stands in a front-matter block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter<'a> {
    /// Keys in lower case with their values, in order.
    pub(super) fields: Vec<(String, &'a str)>,
    /// The text behind the block; all of it when there is none.
    pub(super) body: &'a str,
    /// How many lines the block takes, its rules included.
    pub(super) lines: u64,
}

/// Takes the block off the top of `text`; a block that holds anything but `key: value` lines is part of the text.
pub(super) fn split(text: &str) -> FrontMatter<'_> {
    let whole = FrontMatter { body: text, ..FrontMatter::default() };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return whole };
    let mut fields = Vec::new();
    let mut at = first.len();
    for (index, line) in lines.enumerate().take(LONGEST) {
        at += line.len();
        let content = line.trim();
        if content == "---" || content == "..." {
            return FrontMatter { fields, body: text.get(at..).unwrap_or(""), lines: index as u64 + 2 };
        }
        if content.is_empty() || content.starts_with('#') || line.starts_with([' ', '\t', '-']) {
            // Comments, lists and folded values of YAML hold nothing we read.
            continue;
        }
        let Some((key, value)) = content.split_once(':') else { return whole };
        fields.push((key.trim().to_lowercase(), unquoted(value.trim())));
    }
    whole
}

/// `value` without the quotation marks YAML allows around it.
fn unquoted(value: &str) -> &str {
    let inner = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_block_of_keys_is_taken_off() {
        for (text, fields, body) in [
            (
                "---\ntitle: \"A: B\"\nDate: 2025-03-18\n---\nText",
                vec![("title", "A: B"), ("date", "2025-03-18")],
                "Text",
            ),
            ("---\r\nid: a\r\n---\r\nText", vec![("id", "a")], "Text"),
            ("---\ntags:\n  - truce\n---\n", vec![("tags", "")], ""),
            ("---\nTalks went on\n---\n", vec![], "---\nTalks went on\n---\n"),
            ("---\ntitle: never closed\n", vec![], "---\ntitle: never closed\n"),
            ("No block", vec![], "No block"),
        ] {
            let found = split(text);
            let shown: Vec<(&str, &str)> = found.fields.iter().map(|(key, value)| (key.as_str(), *value)).collect();
            assert_eq!((shown, found.body), (fields, body), "{text:?}");
        }
    }
}
