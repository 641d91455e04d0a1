//! The graph file: a graph with the records it was built from, written whole or not at all.
//!
//! A line of text says what the file is and in which version of the format; it is followed by the length and the BLAKE3
//! checksum of the rest: the graph, then the records. The format may change with its version; JSON export lasts. The
//! same graph gives the same bytes. A later build reads the records, adds new articles and links again, so that adding
//! gives what building at once would have given.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::property::{PropertyGraph, Value};
use super::record::Record;
use super::schema::{Label, property};

/// How every graph file starts, whatever its version.
const MAGIC: &str = "demarche graph ";
/// The version this program writes and reads.
const VERSION: u32 = 1;
/// The rest of the first line, for whoever opens the file in an editor.
const NOTICE: &str =
    ": a binary file whose format may change with its version; `demarche export` writes lasting ones\n";
/// Length and checksum, in bytes, between the first line and the rest.
const SEAL: usize = 8 + blake3::OUT_LEN;

/// The records of a graph file, with what analysed them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Program version and word lists that made the records; records of another analyser are made anew.
    pub analyser: String,
    /// One record an article, in the order of the build.
    pub records: Vec<Record>,
}

/// A graph file that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {problem}", path.display())]
pub struct StoreError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: StoreProblem,
}

/// What is wrong with a graph file.
#[derive(Debug, thiserror::Error)]
pub enum StoreProblem {
    /// There is none.
    #[error("no such file")]
    Missing,
    /// The operating system does not let us read it.
    #[error("cannot be read: {0}")]
    Read(io::Error),
    /// The operating system does not let us write it; what stood there before is unchanged.
    #[error("cannot be written: {0}")]
    Write(io::Error),
    /// Its first bytes are those of something else.
    #[error("is not a graph file")]
    NotAGraph,
    /// It is a graph file in another version of the format.
    #[error("has version `{0}` of the graph format, this program reads {VERSION}")]
    Version(String),
    /// Its end is missing.
    #[error("ends too early, {missing} bytes are missing")]
    Truncated {
        /// How many bytes it lacks.
        missing: u64,
    },
    /// Its bytes are not those that were written.
    #[error("is damaged: its checksum does not match")]
    Checksum,
    /// The checksum is right, but the content makes no graph.
    #[error("is damaged: its content makes no graph")]
    Content,
}

impl StoreProblem {
    /// A way out, when there is one.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing => Some("`demarche build` makes one from articles"),
            Self::NotAGraph => Some("a property graph in JSON needs the ending `.json`"),
            Self::Version(_) | Self::Truncated { .. } | Self::Checksum | Self::Content => {
                Some("build it again from its articles")
            }
            Self::Read(_) | Self::Write(_) => None,
        }
    }
}

/// Writes a graph file: beside its place first, then under its name, so that there is never half a file.
///
/// What is not a regular file, such as `/dev/null` or a pipe, is written to as it is.
///
/// # Errors
/// When the file cannot be written; one that stood there before is then unchanged.
pub fn save(path: &Path, graph: &PropertyGraph, archive: Archive) -> Result<(), StoreError> {
    let failure = |problem| StoreError { path: path.to_owned(), problem };
    let bytes = encode(graph, archive).map_err(failure)?;
    write_whole(path, &bytes).map_err(|error| failure(StoreProblem::Write(error)))
}

/// Reads the graph of a graph file.
///
/// # Errors
/// When there is no file, or what is in it is no whole graph of this version.
pub fn load(path: &Path) -> Result<PropertyGraph, StoreError> {
    let failure = |problem| StoreError { path: path.to_owned(), problem };
    let bytes = read(path).map_err(failure)?;
    decode_graph(&bytes).map_err(failure)
}

/// Reads the records of a graph file.
///
/// # Errors
/// As [`load`].
pub fn load_archive(path: &Path) -> Result<Archive, StoreError> {
    let failure = |problem| StoreError { path: path.to_owned(), problem };
    let bytes = read(path).map_err(failure)?;
    decode_archive(&bytes).map_err(failure)
}

/// The bytes of a file.
fn read(path: &Path) -> Result<Vec<u8>, StoreProblem> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreProblem::Missing,
        _ => StoreProblem::Read(error),
    })
}

/// Writes bytes under a passing name in the same folder, then gives them their own.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link keeps pointing where it points; a name that does not exist yet is taken as it is.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return fs::OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    let mut passing = path.file_name().unwrap_or_default().to_owned();
    passing.push(format!(".{}.part", std::process::id()));
    let passing = path.with_file_name(passing);
    let written = write_synced(&passing, bytes)
        .and_then(|()| before.map_or(Ok(()), |metadata| fs::set_permissions(&passing, metadata.permissions())))
        .and_then(|()| fs::rename(&passing, &path));
    if written.is_err() {
        // The passing file is of no use; that it may not even have been made is no further failure.
        let _ = fs::remove_file(&passing);
    }
    written
}

/// Writes a file and waits until it is on the disk.
fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The bytes of a graph file.
fn encode(graph: &PropertyGraph, mut archive: Archive) -> Result<Vec<u8>, StoreProblem> {
    for record in &mut archive.records {
        // The graph's article nodes have the texts; `decode_archive` puts them back.
        record.article.text.clear();
    }
    let graph = postcard::to_stdvec(&Layout::of(graph)).map_err(|_| StoreProblem::Content)?;
    let archive = postcard::to_stdvec(&archive).map_err(|_| StoreProblem::Content)?;
    let mut content = (graph.len() as u64).to_le_bytes().to_vec();
    content.extend(graph);
    content.extend(archive);
    let mut bytes = format!("{MAGIC}{VERSION}{NOTICE}").into_bytes();
    bytes.extend((content.len() as u64).to_le_bytes());
    bytes.extend(blake3::hash(&content).as_bytes());
    bytes.extend(content);
    Ok(bytes)
}

/// The graph in the bytes of a graph file.
fn decode_graph(bytes: &[u8]) -> Result<PropertyGraph, StoreProblem> {
    let (graph, _) = sections(bytes)?;
    let layout: Layout = postcard::from_bytes(graph).map_err(|_| StoreProblem::Content)?;
    layout.into_graph().map_err(|_| StoreProblem::Content)
}

/// The records in the bytes of a graph file.
fn decode_archive(bytes: &[u8]) -> Result<Archive, StoreProblem> {
    let graph = decode_graph(bytes)?;
    let (_, archive) = sections(bytes)?;
    let mut archive: Archive = postcard::from_bytes(archive).map_err(|_| StoreProblem::Content)?;
    let is_article = |labels: &[String]| labels.iter().any(|label| label == Label::Article.as_str());
    let articles = graph.node_weights().filter(|node| is_article(&node.labels));
    for (record, node) in archive.records.iter_mut().zip(articles) {
        if let Some(Value::String(text)) = node.properties.get(property::TEXT) {
            record.article.text.clone_from(text);
        }
    }
    Ok(archive)
}

/// The graph and the records of a file that is whole.
fn sections(bytes: &[u8]) -> Result<(&[u8], &[u8]), StoreProblem> {
    let sealed = after_first_line(bytes)?;
    let (seal, content) = sealed.split_at_checked(SEAL).ok_or(StoreProblem::Truncated { missing: 1 })?;
    let (length, checksum) = seal.split_at(8);
    let length = little_endian(length);
    let missing = length.saturating_sub(content.len() as u64);
    if missing > 0 {
        return Err(StoreProblem::Truncated { missing });
    }
    if length != content.len() as u64 || blake3::hash(content).as_bytes() != checksum {
        return Err(StoreProblem::Checksum);
    }
    let (graph_length, rest) = content.split_at_checked(8).ok_or(StoreProblem::Content)?;
    let graph_length = usize::try_from(little_endian(graph_length)).map_err(|_| StoreProblem::Content)?;
    rest.split_at_checked(graph_length).ok_or(StoreProblem::Content)
}

/// What follows the first line, when that is the one of a graph file of this version.
fn after_first_line(bytes: &[u8]) -> Result<&[u8], StoreProblem> {
    let rest = bytes.strip_prefix(MAGIC.as_bytes()).ok_or(StoreProblem::NotAGraph)?;
    let end = memchr::memchr(b'\n', rest).ok_or(StoreProblem::Truncated { missing: SEAL as u64 })?;
    let line = String::from_utf8_lossy(&rest[..end]);
    let version = line.split(':').next().unwrap_or_default();
    if version != VERSION.to_string() {
        return Err(StoreProblem::Version(version.to_owned()));
    }
    Ok(&rest[end + 1..])
}

/// Eight bytes as a number, the lowest first.
fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::super::builder::assemble;
    use super::*;
    use crate::extract::EntityKind;
    use crate::graph::RecordedActor;
    use crate::text::Article;

    /// Records of two invented articles, and their graph.
    fn sample() -> (PropertyGraph, Archive) {
        let record = |id: &str| Record {
            article: Article { id: id.to_owned(), text: format!("Text of {id}: „Żelm”."), ..Article::default() },
            words: 4,
            actors: vec![RecordedActor {
                canonical: "Jana Holt".to_owned(),
                kind: EntityKind::Person,
                wordings: vec!["Holt".to_owned()],
                office: None,
            }],
            positions: Vec::new(),
        };
        let records = vec![record("a"), record("b")];
        (assemble(&records), Archive { analyser: "test".to_owned(), records })
    }

    /// A graph compared by its nodes and relationships.
    fn contents(graph: &PropertyGraph) -> String {
        format!("{:?}{:?}", graph.node_weights().collect::<Vec<_>>(), graph.raw_edges())
    }

    #[test]
    fn a_graph_comes_back_as_it_was() {
        let (graph, archive) = sample();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.dg");
        save(&path, &graph, archive.clone()).unwrap();
        assert_eq!(contents(&load(&path).unwrap()), contents(&graph));
        assert_eq!(load_archive(&path).unwrap(), archive);
        assert_eq!(fs::read(&path).unwrap(), encode(&graph, archive).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let (graph, archive) = sample();
        let bytes = encode(&graph, archive).unwrap();
        let mut damaged = bytes.clone();
        *damaged.last_mut().unwrap() ^= 1;
        let newer = String::from_utf8_lossy(&bytes).replacen("graph 1:", "graph 7:", 1).into_bytes();
        for (bytes, message) in [
            (&b""[..], "is not a graph file"),
            (b"{\"nodes\":[]}", "is not a graph file"),
            (&newer, "has version `7` of the graph format, this program reads 1"),
            (&bytes[..20], "ends too early"),
            (&bytes[..bytes.len() - 3], "ends too early, 3 bytes are missing"),
            (&damaged, "is damaged: its checksum does not match"),
        ] {
            let problem = decode_graph(bytes).unwrap_err().to_string();
            assert!(problem.starts_with(message), "{problem}");
        }
    }

    #[test]
    fn a_missing_file_and_folder_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = load(&folder.path().join("none.dg")).unwrap_err();
        assert!(error.to_string().ends_with("none.dg`: no such file"), "{error}");
        let (graph, archive) = sample();
        let error = save(&folder.path().join("none/graph.dg"), &graph, archive).unwrap_err();
        assert!(matches!(error.problem, StoreProblem::Write(_)));
    }
}
