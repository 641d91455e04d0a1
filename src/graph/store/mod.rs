//! The graph file: a graph with the records it was built from, written whole or not at all.
//!
//! Queries read the graph and leave the records alone. A later build reads the records, adds new articles and links
//! again, so that adding gives what building at once would have given; while it works it keeps a journal. The format
//! may change with its version; JSON export lasts. The same articles give the same bytes.

mod archive;
mod container;
mod journal;
mod writer;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::layout;
use super::property::PropertyGraph;
use container::{Container, Section};

pub use archive::Archive;
pub use journal::Batch;
pub use writer::Writer;

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
    /// There is none, but the journal of a build that did not end.
    #[error("no such file, but an unfinished build of it")]
    Unfinished,
    /// The operating system does not let us read it.
    #[error("cannot be read: {0}")]
    Read(io::Error),
    /// The operating system does not let us write it; what stood there before is unchanged.
    #[error("cannot be written: {0}")]
    Write(io::Error),
    /// Another process writes it.
    #[error("is being written by another run of this program")]
    Busy,
    /// Its first bytes are those of something else.
    #[error("is not a graph file")]
    NotAGraph,
    /// It is a graph file in another version of the format.
    #[error("has version `{0}` of the graph format, this program reads {version}", version = container::VERSION)]
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
            Self::Unfinished => Some("`demarche build -o FILE` finishes it"),
            Self::NotAGraph => Some("a property graph in JSON needs the ending `.json`"),
            Self::Version(_) => Some("use the program that wrote it, or build it again from its articles"),
            Self::Truncated { .. } => Some("build it again from its articles"),
            Self::Checksum | Self::Content => {
                Some("`demarche build -o FILE` mends it if its articles are whole; else build it again from them")
            }
            Self::Busy => Some("wait until that has ended; questions can be asked meanwhile"),
            Self::Read(_) | Self::Write(_) => None,
        }
    }

    /// The same problem with its file.
    fn of(self, path: &Path) -> StoreError {
        StoreError { path: path.to_owned(), problem: self }
    }
}

/// Reads the graph of a graph file, and nothing else of it.
///
/// # Errors
/// When there is no file, or what is in it is no whole graph of this version.
pub fn load(path: &Path) -> Result<PropertyGraph, StoreError> {
    let read = || layout::decode(&open(path)?.section(Section::Graph)?).map_err(|_| StoreProblem::Content);
    read().map_err(|problem| problem.of(path))
}

/// Reads the records of a graph file, and nothing else of it.
///
/// # Errors
/// As [`load`].
pub fn load_archive(path: &Path) -> Result<Archive, StoreError> {
    let read = || {
        let mut container = open(path)?;
        Archive::decode(&container.section(Section::Settings)?, &container.section(Section::Records)?)
    };
    read().map_err(|problem| problem.of(path))
}

/// Writes a graph file: beside its place first, then under its name, so that there is never half a file.
///
/// What is not a regular file, such as `/dev/null` or a pipe, is written to as it is.
///
/// # Errors
/// When the file cannot be written; one that stood there before is then unchanged.
pub fn save(path: &Path, graph: &PropertyGraph, archive: &Archive) -> Result<(), StoreError> {
    writer::save(path, graph, archive).map_err(|problem| problem.of(path))
}

/// Opens a graph file.
fn open(path: &Path) -> Result<Container<File>, StoreProblem> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound if journal::path(path).exists() => StoreProblem::Unfinished,
        io::ErrorKind::NotFound => StoreProblem::Missing,
        _ => StoreProblem::Read(error),
    })?;
    Container::open(file)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::builder::assemble;
    use super::*;
    use crate::extract::EntityKind;
    use crate::graph::{Record, RecordedActor};
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
        let archive = Archive::new("test".to_owned(), vec![record("a"), record("b")]);
        (assemble(archive.records()), archive)
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
        save(&path, &graph, &archive).unwrap();
        assert_eq!(contents(&load(&path).unwrap()), contents(&graph));
        assert_eq!(load_archive(&path).unwrap(), archive);
        let bytes = fs::read(&path).unwrap();
        save(&path, &graph, &archive).unwrap();
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_file_and_folder_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = load(&folder.path().join("none.dg")).unwrap_err();
        assert!(error.to_string().ends_with("none.dg`: no such file"), "{error}");
        let (graph, archive) = sample();
        let error = save(&folder.path().join("none/graph.dg"), &graph, &archive).unwrap_err();
        assert!(matches!(error.problem, StoreProblem::Write(_)));
    }
}
