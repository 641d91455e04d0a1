//! What one file holds, taken in by its layout: articles, errors and warnings, each with its place.
//!
//! All layouts end here: a headline is put above a text that lacks it, a date is brought into one form, an article
//! without an id gets a hash of its content, and what is not for us is passed over.

use std::io::{self, BufRead};

use serde_json::Value;

use super::draft::{Draft, Fault, Found};
use super::encoding::{self, Decoded};
use super::layout::{self, Layout};
use super::lines::{InputLine, LineError, LineErrorKind, Lines};
use super::screening::{Screening, objection};
use super::source::{Reader, unreadable};
use super::{ArticleError, ArticleErrorKind, ArticleWarning, compression, front_matter, html, json, markdown};
use super::{table, warc, xml};
use crate::text::Article;

/// What was read: articles and errors in input order, and what was guessed or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// One entry for each article or failure, in the order of the paths, the names in a folder and the lines of a file.
    pub articles: Vec<Result<Article, ArticleError>>,
    /// Guesses and omissions, in the same order.
    pub warnings: Vec<ArticleWarning>,
    /// The files with the number of their entries, in the same order.
    pub files: Vec<(String, usize)>,
}

impl Reading {
    /// Goes on with what was read after this.
    pub(super) fn extend(&mut self, other: Self) {
        self.articles.extend(other.articles);
        self.warnings.extend(other.warnings);
        self.files.extend(other.files);
    }
}

/// One file while it is read.
pub(super) struct Intake<'a> {
    reader: &'a Reader,
    path: &'a str,
    reading: Reading,
}

/// What is in a file of this name.
pub(super) fn take_in(reader: &Reader, path: &str, input: impl BufRead) -> Reading {
    let mut intake = Intake { reader, path, reading: Reading::default() };
    if let Err(error) = intake.content(input) {
        intake.reading.articles.push(Err(unreadable(path, &error)));
    }
    let mut reading = intake.reading;
    reading.files.push((path.to_owned(), reading.articles.len()));
    reading
}

impl Intake<'_> {
    /// Takes in the content, whatever its compression and layout.
    fn content(&mut self, input: impl BufRead) -> io::Result<()> {
        let mut input = compression::uncompressed(input)?;
        let first = input.fill_buf()?;
        // In a mark of UTF-16 every other byte is a zero, which no line reader understands.
        let marked = first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff");
        let layout = layout::promised(self.path).unwrap_or_else(|| layout::sniffed(first));
        match layout {
            Layout::JsonLines if !marked => return self.lines(input),
            Layout::Warc => return self.pages(input),
            _ => {}
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            self.fail(Fault::new(ArticleErrorKind::Empty, "the file is empty"));
        } else if let Some(decoded) = decoded(layout, bytes) {
            self.warn_of_encoding(&decoded);
            self.text(layout, &decoded.text);
        } else {
            let fault = Fault::new(ArticleErrorKind::Binary, "the file is binary, not text");
            self.fail(fault.hint("convert it to plain text, Markdown or JSON lines first"));
        }
        Ok(())
    }

    /// Takes in a text of this layout.
    fn text(&mut self, layout: Layout, text: &str) {
        let fields = &self.reader.fields;
        match layout {
            Layout::Text => self.add(Ok(with_front_matter(text, str::to_owned))),
            Layout::Markdown => {
                let mut heading = None;
                let mut draft = with_front_matter(text, |body| {
                    let (plain, first) = markdown::plain(body);
                    heading = first;
                    plain
                });
                let given = draft.title.take();
                self.add_titled(draft, given, heading);
            }
            Layout::Html => self.add(html::article(text, None)),
            Layout::CommaTable => self.add_all(table::articles(text, b',', fields)),
            Layout::TabTable => self.add_all(table::articles(text, b'\t', fields)),
            Layout::Xml if layout::sniffed(text.as_bytes()) == Layout::Html => self.add(html::article(text, None)),
            Layout::Xml => self.add_all(xml::articles(text)),
            Layout::Json => self.json(text),
            Layout::JsonLines | Layout::Warc => {
                // In memory reading cannot fail.
                let _ = self.lines(text.as_bytes());
            }
        }
    }

    fn fail(&mut self, fault: Fault) {
        self.reading.articles.push(Err(fault.in_file(self.path)));
    }

    fn warn(&mut self, line: Option<u64>, message: impl Into<String>) {
        self.reading.warnings.push(ArticleWarning::new(self.path, line, message));
    }

    /// Tells what the bytes were taken for.
    fn warn_of_encoding(&mut self, decoded: &Decoded) {
        if let Some(encoding) = decoded.guessed {
            self.warn(None, format!("not UTF-8, read as {encoding}"));
        }
        if decoded.damaged {
            self.warn(None, "some bytes do not fit the encoding and were replaced");
        }
    }

    /// Adds several articles of one file. A feed and a table often have entries without a text: those are passed over.
    fn add_all(&mut self, found: Vec<Found>) {
        for found in found {
            self.add(found);
        }
    }

    /// Adds an article whose title is its headline.
    fn add(&mut self, found: Found) {
        match found {
            Ok(mut draft) => {
                let title = draft.title.take();
                self.add_titled(draft, title, None);
            }
            Err(fault) => self.fail(fault),
        }
    }

    /// Adds an article. A title that was given is put above a text that lacks it: a headline says something, too, and
    /// what it says needs a place in the text. A heading of the text is a title only.
    fn add_titled(&mut self, draft: Draft, title: Option<String>, heading: Option<String>) {
        if draft.text.trim().is_empty() {
            let fault = Fault::new(ArticleErrorKind::Empty, "the article has no text");
            return self.fail(Fault { line: draft.line, ..fault });
        }
        let text = match &title {
            Some(title) if !draft.text.trim_start().starts_with(title.as_str()) => {
                format!("{title}\n\n{}", draft.text.trim_start_matches(['\r', '\n']))
            }
            _ => draft.text,
        };
        let mut article = Article {
            id: String::new(),
            title: title.or(heading),
            publisher: draft.publisher,
            date: draft.date,
            url: draft.url,
            text,
        };
        if let Some(message) = article.check_date() {
            self.warn(draft.line, message);
        }
        article.id = draft.id.unwrap_or_else(|| article.content_id());
        self.admit(draft.line, article);
    }

    /// Lets an article in, unless it is not for us.
    fn admit(&mut self, line: Option<u64>, article: Article) {
        let objection = match self.reader.screening {
            Screening::Everything => None,
            Screening::EnglishProse => objection(&article.text),
        };
        match objection {
            Some((kind, message)) => self.fail(Fault { line, ..Fault::new(kind, message) }),
            None => self.reading.articles.push(Ok(article)),
        }
    }

    /// Reads JSON Lines, one at a time, so that one in another encoding does not cost the others.
    fn lines(&mut self, input: impl BufRead) -> io::Result<()> {
        let before = self.reading.articles.len();
        let reader = self.reader;
        for line in Lines::with_fields(input, &reader.fields) {
            let InputLine { number, article, warnings, .. } = line?;
            self.add_parsed(Some(number), article, warnings);
        }
        if self.reading.articles.len() == before {
            self.fail(Fault::new(ArticleErrorKind::Empty, "the file is empty"));
        }
        Ok(())
    }

    /// Reads the pages of a web archive; each has its address as its place.
    fn pages(&mut self, input: impl BufRead) -> io::Result<()> {
        let path = self.path;
        for page in warc::Pages::new(input) {
            let page = page?;
            let place = format!("{path} ({})", page.url);
            let mut intake = Intake { reader: self.reader, path: &place, reading: Reading::default() };
            intake.page(page);
            self.reading.extend(intake.reading);
        }
        if self.reading.articles.is_empty() {
            self.fail(Fault::new(ArticleErrorKind::NoArticles, "no pages in this archive"));
        }
        Ok(())
    }

    /// Reads one page of a web archive.
    fn page(&mut self, page: warc::Page) {
        let Some(decoded) = encoding::decode_declared(page.body) else {
            return self.fail(Fault::new(ArticleErrorKind::Binary, "the page is binary, not text"));
        };
        self.warn_of_encoding(&decoded);
        let found = match page.plain {
            true => Ok(Draft { text: decoded.text, url: Some(page.url), ..Draft::default() }),
            false => html::article(&decoded.text, Some(&page.url)),
        };
        self.add(found.map(|draft| Draft { date: draft.date.or(page.date), ..draft }));
    }

    /// Reads a file of one JSON object or an array of them.
    fn json(&mut self, text: &str) {
        let value = match serde_json::from_str::<Value>(text) {
            Ok(value) => value,
            // Many files called .json hold JSON Lines.
            Err(_) if text.trim_start().starts_with('{') && text.trim_end().contains('\n') && is_lines(text) => {
                // In memory reading cannot fail.
                let _ = self.lines(text.as_bytes());
                return;
            }
            Err(error) => {
                let fault = Fault::new(ArticleErrorKind::Json, json::readable(&error));
                return self.fail(fault.at(error.line() as u64));
            }
        };
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        if values.is_empty() {
            self.fail(Fault::new(ArticleErrorKind::NoArticles, "the array is empty"));
        }
        for value in values {
            let graph = value.get("nodes").is_some();
            match json::from_value(value, &self.reader.fields) {
                Ok((article, warnings)) => self.add_parsed(None, Ok(article), warnings),
                Err((_, error)) if graph => {
                    let fault = Fault::new(kind(error.kind), "this is a graph, not an article");
                    self.fail(fault.hint("give it to `demarche query`"));
                }
                Err((_, error)) => self.add_parsed(None, Err(error), Vec::new()),
            }
        }
    }

    /// Adds what became of one JSON object.
    fn add_parsed(&mut self, line: Option<u64>, parsed: Result<Article, LineError>, warnings: Vec<String>) {
        for message in warnings {
            self.warn(line, message);
        }
        match parsed {
            Ok(article) => self.admit(line, article),
            Err(error) => {
                let hint = error.hint;
                self.fail(Fault { line, hint, ..Fault::new(kind(error.kind), error.message) });
            }
        }
    }
}

/// The text of a file's bytes.
fn decoded(layout: Layout, bytes: Vec<u8>) -> Option<Decoded> {
    match layout {
        Layout::Html | Layout::Xml => encoding::decode_declared(bytes),
        _ => encoding::decode(bytes),
    }
}

/// A text that may open with a front-matter block, its body read by `plain`.
fn with_front_matter(text: &str, plain: impl FnOnce(&str) -> String) -> Draft {
    let front = front_matter::split(text);
    let field = |name: &str| {
        let found = front.fields.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| (*value).to_owned())
    };
    let [id, title, publisher, date, url] = ["id", "title", "publisher", "date", "url"].map(field);
    Draft { id, title, publisher, date, url, text: plain(front.body), line: None }
}

/// Whether the first line of `text` is a JSON object by itself.
fn is_lines(text: &str) -> bool {
    text.trim_start().lines().next().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok())
}

/// The error of a file in which a line holds no article.
fn kind(kind: LineErrorKind) -> ArticleErrorKind {
    match kind {
        LineErrorKind::Json => ArticleErrorKind::Json,
        LineErrorKind::TextMissing => ArticleErrorKind::TextMissing,
        LineErrorKind::Utf8 => ArticleErrorKind::Utf8,
    }
}
