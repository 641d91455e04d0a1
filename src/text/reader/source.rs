//! From paths to articles: files by their kind, folders in the order of their names, standard input.
//!
//! The ending of a name tells its layout; what the layouts mean is decided in the sibling modules.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use super::encoding::{self, Decoded};
use super::lines::{InputLine, LineError, LineErrorKind};
use super::{ArticleError, ArticleErrorKind, ArticleWarning, front_matter, json, markdown};
use crate::text::Article;

/// What was read: articles and errors in input order, and what was guessed or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// One entry for each article or failure, in the order of the paths, the names in a folder and the lines of a file.
    pub articles: Vec<Result<Article, ArticleError>>,
    /// Guesses and omissions, in the same order.
    pub warnings: Vec<ArticleWarning>,
}

/// How the content of a file is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Text,
    Markdown,
    JsonLines,
    Json,
}

/// Reads the articles under `paths`: files, folders, and `-` for standard input.
///
/// In folders only names that end in `.txt`, `.text`, `.md`, `.markdown`, `.jsonl`, `.ndjson` or `.json` are read, in
/// the order of their names; hidden ones are passed over. A file that is named itself is read whatever its ending.
pub fn read<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Reading {
    let mut reading = Reading::default();
    for path in paths {
        let path = path.as_ref();
        if path.as_os_str() == "-" {
            reading.read_input();
        } else {
            reading.read_path(path);
        }
    }
    reading
}

/// Reads the content of a file that was called `name`, whose ending tells its layout; `-` and unknown endings are JSON
/// Lines when the first character is `{`, else text.
pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Reading {
    let mut reading = Reading::default();
    reading.read_content(name, bytes);
    reading
}

impl Reading {
    fn fail(&mut self, error: ArticleError) {
        self.articles.push(Err(error));
    }

    fn warn(&mut self, path: &str, line: Option<u64>, message: impl Into<String>) {
        self.warnings.push(ArticleWarning::new(path, line, message));
    }

    /// Reads standard input to its end.
    fn read_input(&mut self) {
        let mut bytes = Vec::new();
        match io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => self.read_content("-", bytes),
            Err(error) => self.fail(unreadable("-", &error)),
        }
    }

    /// Reads one file or folder.
    fn read_path(&mut self, path: &Path) {
        let name = path.to_string_lossy();
        if !path.is_dir() {
            return self.read_file(path);
        }
        let before = self.articles.len();
        self.read_folder(path);
        if self.articles.len() == before {
            let message = "no articles in this folder";
            self.fail(
                ArticleError::new(ArticleErrorKind::NoArticles, &name, message)
                    .hint("articles are files that end in .txt, .md, .jsonl or .json"),
            );
        }
    }

    /// Reads the articles of a folder and of the folders in it; links to folders are not followed.
    fn read_folder(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.fail(unreadable(&folder.to_string_lossy(), &error)),
        };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.read_folder(&path);
            } else if layout(&path).is_some() && path.is_file() {
                self.read_file(&path);
            }
        }
    }

    /// Reads one file.
    fn read_file(&mut self, path: &Path) {
        let name = path.to_string_lossy();
        match fs::read(path) {
            Ok(bytes) => self.read_content(&name, bytes),
            Err(error) => self.fail(unreadable(&name, &error)),
        }
    }

    /// Reads the content of one file.
    fn read_content(&mut self, path: &str, bytes: Vec<u8>) {
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
        let sniffed = if first == Some(&b'{') { Layout::JsonLines } else { Layout::Text };
        let layout = layout(Path::new(path)).unwrap_or(sniffed);
        let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        if bytes.iter().all(u8::is_ascii_whitespace) {
            self.fail(ArticleError::new(ArticleErrorKind::Empty, path, "the file is empty"));
        } else if layout == Layout::JsonLines && !marked {
            // Line by line, so that one line in another encoding does not cost the others.
            self.read_lines(path, &bytes);
        } else if let Some(decoded) = encoding::decode(bytes) {
            self.warn_of_encoding(path, &decoded);
            match layout {
                Layout::Text => self.read_text(path, &decoded.text),
                Layout::Markdown => self.read_markdown(path, &decoded.text),
                Layout::JsonLines => self.read_lines(path, decoded.text.as_bytes()),
                Layout::Json => self.read_json(path, &decoded.text),
            }
        } else {
            let error = ArticleError::new(ArticleErrorKind::Binary, path, "the file is binary, not text");
            self.fail(error.hint("convert it to plain text, Markdown or JSON lines first"));
        }
    }

    /// Tells what the bytes were taken for.
    fn warn_of_encoding(&mut self, path: &str, decoded: &Decoded) {
        if let Some(encoding) = decoded.guessed {
            self.warn(path, None, format!("not UTF-8, read as {encoding}"));
        }
        if decoded.damaged {
            self.warn(path, None, "some bytes do not fit the encoding and were replaced");
        }
    }

    /// Reads a plain text, which may open with a front-matter block.
    fn read_text(&mut self, path: &str, text: &str) {
        let front = front_matter::split(text);
        self.add(path, &front.fields, front.body.to_owned(), None);
    }

    /// Reads a Markdown text; without a `title` in its block the first heading is the title.
    fn read_markdown(&mut self, path: &str, text: &str) {
        let front = front_matter::split(text);
        let (plain, heading) = markdown::plain(front.body);
        self.add(path, &front.fields, plain, heading);
    }

    /// Adds the article with these fields and this text. A title in the block is put above a text that lacks it: a
    /// headline says something, too, and what it says needs a place in the text.
    fn add(&mut self, path: &str, fields: &[(String, &str)], text: String, heading: Option<String>) {
        let field = |name: &str| {
            let found = fields.iter().find(|(key, value)| key == name && !value.is_empty());
            found.map(|(_, value)| (*value).to_owned())
        };
        if text.trim().is_empty() {
            return self.fail(ArticleError::new(ArticleErrorKind::Empty, path, "the article has no text"));
        }
        let title = field("title");
        let text = match &title {
            Some(title) if !text.trim_start().starts_with(title.as_str()) => {
                format!("{title}\n\n{}", text.trim_start_matches(['\r', '\n']))
            }
            _ => text,
        };
        let mut article = Article {
            id: String::new(),
            title: title.or(heading),
            publisher: field("publisher"),
            date: field("date"),
            url: field("url"),
            text,
        };
        if let Some(message) = article.check_date() {
            self.warn(path, None, message);
        }
        article.id = field("id").unwrap_or_else(|| article.content_id());
        self.articles.push(Ok(article));
    }

    /// Reads JSON Lines.
    fn read_lines(&mut self, path: &str, bytes: &[u8]) {
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if !line.iter().all(u8::is_ascii_whitespace) {
                let line = InputLine::parse(index as u64 + 1, line);
                self.add_parsed(path, Some(line.number), line.article, line.warnings);
            }
        }
    }

    /// Reads a file of one JSON object or an array of them.
    fn read_json(&mut self, path: &str, text: &str) {
        let value = match serde_json::from_str::<Value>(text) {
            Ok(value) => value,
            // Many files called .json hold JSON Lines.
            Err(_) if text.trim_start().starts_with('{') && text.trim_end().contains('\n') && is_lines(text) => {
                return self.read_lines(path, text.as_bytes());
            }
            Err(error) => {
                let mut failure = ArticleError::new(ArticleErrorKind::Json, path, json::readable(&error));
                failure.line = Some(error.line() as u64);
                return self.fail(failure);
            }
        };
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        if values.is_empty() {
            self.fail(ArticleError::new(ArticleErrorKind::NoArticles, path, "the array is empty"));
        }
        for value in values {
            let graph = value.get("nodes").is_some();
            match json::from_value(value) {
                Ok((article, warnings)) => self.add_parsed(path, None, Ok(article), warnings),
                Err((_, error)) if graph => self.fail(
                    ArticleError::new(kind(error.kind), path, "this is a graph, not an article")
                        .hint("give it to `demarche query`"),
                ),
                Err((_, error)) => self.add_parsed(path, None, Err(error), Vec::new()),
            }
        }
    }

    /// Adds what became of one JSON object.
    fn add_parsed(&mut self, path: &str, line: Option<u64>, parsed: Result<Article, LineError>, warnings: Vec<String>) {
        for message in warnings {
            self.warn(path, line, message);
        }
        self.articles.push(
            parsed.map_err(|error| ArticleError { line, ..ArticleError::new(kind(error.kind), path, error.message) }),
        );
    }
}

/// Whether the first line of `text` is a JSON object by itself.
fn is_lines(text: &str) -> bool {
    text.trim_start().lines().next().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok())
}

/// The layout that the ending of a name promises.
fn layout(path: &Path) -> Option<Layout> {
    match path.extension()?.to_str()?.to_lowercase().as_str() {
        "txt" | "text" => Some(Layout::Text),
        "md" | "markdown" => Some(Layout::Markdown),
        "jsonl" | "ndjson" => Some(Layout::JsonLines),
        "json" => Some(Layout::Json),
        _ => None,
    }
}

/// The error of a file in which a line holds no article.
fn kind(kind: LineErrorKind) -> ArticleErrorKind {
    match kind {
        LineErrorKind::Json => ArticleErrorKind::Json,
        LineErrorKind::TextMissing => ArticleErrorKind::TextMissing,
        LineErrorKind::Utf8 => ArticleErrorKind::Utf8,
    }
}

/// The error of a path that the operating system does not give us.
fn unreadable(path: &str, error: &io::Error) -> ArticleError {
    if error.kind() == io::ErrorKind::NotFound {
        return ArticleError::new(ArticleErrorKind::Missing, path, "no such file or folder")
            .hint("give files, folders, or `-` for standard input");
    }
    ArticleError::new(ArticleErrorKind::Unreadable, path, format!("cannot be read: {}", reason(error)))
}

/// The reason of an operating system's error, in lower case and without its number.
fn reason(error: &io::Error) -> String {
    let message = error.to_string();
    message.split(" (os error").next().unwrap_or("").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What came out, an article as "id title date: text", an error as it prints; warnings behind.
    fn shown(reading: &Reading) -> Vec<String> {
        let entry = |entry: &Result<Article, ArticleError>| match entry {
            Ok(article) => {
                let known = [&article.title, &article.date].map(|field| field.as_deref().unwrap_or("-"));
                format!("{} {}: {}", article.id, known.join(" "), article.text)
            }
            Err(error) => error.to_string(),
        };
        let warnings = reading.warnings.iter().map(ToString::to_string);
        reading.articles.iter().map(entry).chain(warnings).collect()
    }

    #[test]
    fn every_layout_is_read() {
        for (name, content, expected) in [
            ("a.txt", "---\nid: a\ndate: 2025-03-18\n---\nTalks began.\n", vec!["a - 2025-03-18: Talks began.\n"]),
            ("a.md", "---\nid: a\n---\n# Envoys\n\nTalks *began*.", vec!["a Envoys -: Envoys\n\nTalks began."]),
            (
                "a.txt",
                "---\nid: a\ndate: soon\n---\nText",
                vec!["a - -: Text", "a.txt: `soon` is no date of the form YYYY-MM-DD and is ignored"],
            ),
            (
                "a.json",
                "[{\"id\":\"a\",\"text\":\"One\"},\n{\"id\":\"b\",\"text\":\"Two\"}]",
                vec!["a - -: One", "b - -: Two"],
            ),
            ("a.json", "{\"id\":\"a\",\n", vec!["a.json:2: no JSON: EOF while parsing a value"]),
            ("a.json", "{\"nodes\":[]}", vec!["a.json: this is a graph, not an article"]),
            (
                "a.jsonl",
                "{\"id\":\"a\",\"text\":\"One\"}\n{\"id\"}\n{\"id\":\"b\",\"text\":\"Two\"}",
                vec!["a - -: One", "a.jsonl:2: no JSON: expected `:` at column 6", "b - -: Two"],
            ),
            ("-", " {\"id\":\"a\",\"text\":\"One\",\"date\":\"2025-03-18T10:00:00Z\"}", vec!["a - 2025-03-18: One"]),
            ("a.txt", " \n", vec!["a.txt: the file is empty"]),
            ("a.md", "---\nid: a\n---\n", vec!["a.md: the article has no text"]),
            ("a.txt", "\u{0}\u{1}\u{2}", vec!["a.txt: the file is binary, not text"]),
        ] {
            assert_eq!(shown(&read_bytes(name, content.as_bytes().to_vec())), expected, "{content:?}");
        }
    }

    #[test]
    fn a_guessed_encoding_is_told() {
        let reading = read_bytes("a.txt", b"---\nid: a\n---\nA caf\xe9 in Orsa, she said".to_vec());
        assert_eq!(shown(&reading), ["a - -: A café in Orsa, she said", "a.txt: not UTF-8, read as windows-1252"]);
    }

    #[test]
    fn folders_are_read_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, content: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        write("c.txt", "three");
        write("b/x.md", "two");
        write("a.txt", "one");
        write(".hidden.txt", "no");
        write("picture.png", "no");
        fs::create_dir(folder.path().join("empty")).unwrap();
        let reading = read([folder.path()]);
        let texts: Vec<&str> = reading.articles.iter().flatten().map(|article| article.text.as_str()).collect();
        assert_eq!(texts, ["one", "two", "three"]);

        let failed = read([folder.path().join("empty"), folder.path().join("nowhere")]);
        let kinds: Vec<ArticleErrorKind> =
            failed.articles.iter().filter_map(|entry| entry.as_ref().err()).map(|error| error.kind).collect();
        assert_eq!(kinds, [ArticleErrorKind::NoArticles, ArticleErrorKind::Missing]);
    }
}
