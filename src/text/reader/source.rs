//! From paths to articles: files, folders in the order of their names, patterns of names, standard input.
//!
//! Files are read in parallel and joined in their order. What a file holds is decided in `intake`.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::fields::Fields;
use super::intake::{Reading, take_in};
use super::screening::Screening;
use super::{ArticleError, ArticleErrorKind, layout};

/// How articles are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// Which fields of JSON objects and columns of tables hold what.
    pub fields: Fields,
    /// Which articles are let in.
    pub screening: Screening,
}

/// Where articles come from.
enum Source {
    Input,
    File(PathBuf),
    Fault(ArticleError),
}

/// Reads all articles under `paths`, as [`Reader::read`].
pub fn read<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Reading {
    Reader::default().read(paths)
}

/// Reads the content of a file that was called `name`, whose ending tells its layout; `-` and unknown endings are told by
/// how the content begins.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Reading {
    take_in(&Reader::default(), name, bytes)
}

impl Reader {
    /// Reads the articles under `paths`: files, folders, patterns such as `2031-*.html`, and `-` for standard input.
    ///
    /// In folders only names with a known ending are read, `.gz` and `.zst` behind it allowed, in the order of the names;
    /// hidden ones are passed over. A file that is named itself is read whatever its ending.
    pub fn read<P: AsRef<Path>>(&self, paths: impl IntoIterator<Item = P>) -> Reading {
        let mut sources = Vec::new();
        for path in paths {
            expand(path.as_ref(), &mut sources);
        }
        let readings: Vec<Reading> = sources.into_par_iter().map(|source| self.read_source(source)).collect();
        let mut all = Reading::default();
        readings.into_iter().for_each(|reading| all.extend(reading));
        all
    }

    fn read_source(&self, source: Source) -> Reading {
        match source {
            Source::Input => take_in(self, "-", io::stdin().lock()),
            Source::File(path) => {
                let name = path.to_string_lossy();
                match File::open(&path) {
                    Ok(file) => take_in(self, &name, BufReader::with_capacity(1 << 16, file)),
                    Err(error) => failed(unreadable(&name, &error)),
                }
            }
            Source::Fault(error) => failed(error),
        }
    }
}

/// A reading of one error.
fn failed(error: ArticleError) -> Reading {
    Reading { articles: vec![Err(error)], ..Reading::default() }
}

/// The sources that a path means.
fn expand(path: &Path, sources: &mut Vec<Source>) {
    let name = path.to_string_lossy();
    if name == "-" {
        sources.push(Source::Input);
    } else if path.is_dir() {
        let before = sources.len();
        expand_folder(path, sources);
        if sources.len() == before {
            let error = ArticleError::new(ArticleErrorKind::NoArticles, &name, "no articles in this folder");
            sources.push(Source::Fault(error.hint(
                "articles are files that end in .txt, .md, .html, .jsonl, .json, .csv, .tsv, .xml, .rss, .atom or .warc, or \
                 in one of these and .gz or .zst",
            )));
        }
    } else if !path.exists() && name.contains(['*', '?', '[']) {
        expand_pattern(&name, sources);
    } else {
        sources.push(Source::File(path.to_owned()));
    }
}

/// The files that a pattern means, by name.
fn expand_pattern(pattern: &str, sources: &mut Vec<Source>) {
    let before = sources.len();
    let found = glob::glob(pattern).map_err(|error| error.msg.to_owned());
    let message = match found {
        Ok(paths) => {
            paths.flatten().filter(|path| !is_own(path)).for_each(|path| expand(&path, sources));
            "no file has a name like this".to_owned()
        }
        Err(message) => format!("no pattern of names: {message}"),
    };
    if sources.len() == before {
        let error = ArticleError::new(ArticleErrorKind::Missing, pattern, message);
        sources.push(Source::Fault(error.hint("give files, folders, patterns, or `-` for standard input")));
    }
}

/// Whether a file is a graph file or the journal beside one: a pattern may mean them too, but they are no articles.
fn is_own(path: &Path) -> bool {
    let mut start = [0; 9];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && &start == b"demarche "
}

/// The articles of a folder and of the folders in it; links to folders are not followed.
fn expand_folder(folder: &Path, sources: &mut Vec<Source>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return sources.push(Source::Fault(unreadable(&folder.to_string_lossy(), &error))),
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            expand_folder(&path, sources);
        } else if layout::promised(&path.to_string_lossy()).is_some() && path.is_file() {
            sources.push(Source::File(path));
        }
    }
}

/// The error of a path that the operating system does not give us, or whose content does not unpack.
pub(super) fn unreadable(path: &str, error: &io::Error) -> ArticleError {
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
    use crate::text::Article;

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
            assert_eq!(shown(&read_bytes(name, content.as_bytes())), expected, "{content:?}");
        }
    }

    #[test]
    fn a_guessed_encoding_is_told() {
        let reading = read_bytes("a.txt", b"---\nid: a\n---\nA caf\xe9 in Orsa, she said");
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
