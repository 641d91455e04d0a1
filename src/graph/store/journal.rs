//! The journal beside a graph file while it is built: what has been analysed, batch by batch, and a lock.
//!
//! A build that is killed, or finds the disk full, leaves the graph file as it was and the journal with everything it
//! had analysed; the next build takes that over. Each batch has its length and checksum, so that one that was cut off is
//! told from one that is whole. The journal is gone once the graph file has what is in it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::StoreProblem;
use super::archive::{compressed, uncompressed};
use super::container::little_endian;
use crate::graph::record::Record;

/// How a journal starts.
const LINE: &str = "demarche journal 1: articles of an unfinished build; the next build takes them over\n";
/// Length and checksum before a batch.
const SEAL: usize = 8 + blake3::OUT_LEN;

/// Records of one batch, with what analysed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// As in [`Archive`](super::Archive).
    pub analyser: String,
    /// The records, in the order of the build.
    pub records: Vec<Record>,
}

/// The journal of a graph file, locked for as long as it lives.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// The end of the last whole batch.
    end: u64,
}

impl Journal {
    /// Opens the journal beside a graph file, or begins one, and reads the batches in it.
    ///
    /// # Errors
    /// [`StoreProblem::Busy`] when another process has it open; otherwise when it cannot be written.
    pub(super) fn open(graph_file: &Path) -> Result<(Self, Vec<Batch>), StoreProblem> {
        let path = path(graph_file);
        let mut file = locked(&path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(StoreProblem::Read)?;
        let (batches, end) = whole_batches(&bytes);
        let mut journal = Self { path, file, end };
        if end == 0 {
            journal.file.set_len(0).map_err(StoreProblem::Write)?;
            journal.write(LINE.as_bytes())?;
        }
        Ok((journal, batches))
    }

    /// Appends a batch and waits until it is on the disk.
    pub(super) fn append(&mut self, batch: &Batch) -> Result<(), StoreProblem> {
        let content = compressed(batch)?;
        let mut bytes = (content.len() as u64).to_le_bytes().to_vec();
        bytes.extend(blake3::hash(&content).as_bytes());
        bytes.extend(content);
        self.write(&bytes)
    }

    /// Forgets all batches: the graph file has them now.
    pub(super) fn empty(&mut self) -> Result<(), StoreProblem> {
        self.end = LINE.len() as u64;
        self.file.set_len(self.end).map_err(StoreProblem::Write)
    }

    /// Writes at the end. What was written in part is cut off again.
    fn write(&mut self, bytes: &[u8]) -> Result<(), StoreProblem> {
        let written = self
            .file
            .seek(SeekFrom::Start(self.end))
            .and_then(|_| self.file.write_all(bytes))
            .and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => self.end += bytes.len() as u64,
            // Should this fail, too, the checksum tells that the batch is not whole.
            Err(_) => drop(self.file.set_len(self.end)),
        }
        written.map_err(StoreProblem::Write)
    }
}

impl Drop for Journal {
    /// A journal without a batch is of no use to anybody.
    fn drop(&mut self) {
        if self.end <= LINE.len() as u64 {
            // Should it stay, the next build finds it empty.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Where the journal of a graph file lies.
pub(super) fn path(graph_file: &Path) -> PathBuf {
    let mut name = graph_file.file_name().unwrap_or_default().to_owned();
    name.push(".journal");
    graph_file.with_file_name(name)
}

/// Opens a file and locks it; the lock ends with the process, however that ends.
fn locked(path: &Path) -> Result<File, StoreProblem> {
    loop {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(StoreProblem::Write)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(StoreProblem::Busy),
            // A file system without locks: better one writer without than none at all.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // Between opening and locking, another writer may have finished and removed it; then begin again.
        if is_at(&file, path) {
            return Ok(file);
        }
    }
}

/// Whether the open file is still the one with this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: io::Result<fs::Metadata>| metadata.ok().map(|found| (found.dev(), found.ino()));
    identity(file.metadata()) == identity(fs::metadata(path))
}

/// Whether the open file is still the one with this name: elsewhere an open file keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// The batches that are whole, and where the last of them ends; 0 when this is no journal.
fn whole_batches(bytes: &[u8]) -> (Vec<Batch>, u64) {
    let Some(mut rest) = bytes.strip_prefix(LINE.as_bytes()) else { return (Vec::new(), 0) };
    let mut batches = Vec::new();
    while let Some((batch, after)) = first_batch(rest) {
        batches.push(batch);
        rest = after;
    }
    (batches, (bytes.len() - rest.len()) as u64)
}

/// The batch at the start of these bytes, and what follows it.
fn first_batch(bytes: &[u8]) -> Option<(Batch, &[u8])> {
    let (seal, rest) = bytes.split_at_checked(SEAL)?;
    let (length, checksum) = seal.split_at(8);
    let (content, rest) = rest.split_at_checked(usize::try_from(little_endian(length)).ok()?)?;
    let whole = blake3::hash(content).as_bytes() == checksum;
    Some((uncompressed(content).ok().filter(|_| whole)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;

    fn batch(id: &str) -> Batch {
        let record = Record { article: Article { id: id.to_owned(), ..Article::default() }, ..Record::default() };
        Batch { analyser: "test".to_owned(), records: vec![record] }
    }

    #[test]
    fn batches_outlive_the_process_and_the_journal_does_not_outlive_them() {
        let folder = tempfile::tempdir().unwrap();
        let graph_file = folder.path().join("x.graph");
        let (mut journal, batches) = Journal::open(&graph_file).unwrap();
        assert!(batches.is_empty());
        journal.append(&batch("a")).unwrap();
        journal.append(&batch("b")).unwrap();
        drop(journal);
        let (mut journal, batches) = Journal::open(&graph_file).unwrap();
        assert_eq!(batches, [batch("a"), batch("b")]);
        journal.empty().unwrap();
        drop(journal);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_was_cut_off_is_left_out_and_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let graph_file = folder.path().join("x.graph");
        let path = folder.path().join("x.graph.journal");
        let (mut journal, _) = Journal::open(&graph_file).unwrap();
        journal.append(&batch("a")).unwrap();
        let whole = journal.end;
        journal.append(&batch("b")).unwrap();
        drop(journal);
        let bytes = fs::read(&path).unwrap();
        for length in (0..bytes.len()).step_by(7) {
            fs::write(&path, &bytes[..length]).unwrap();
            let (mut journal, batches) = Journal::open(&graph_file).unwrap();
            assert_eq!(batches.len(), usize::from(length as u64 >= whole), "{length}");
            journal.append(&batch("c")).unwrap();
            drop(journal);
            let (_, batches) = Journal::open(&graph_file).unwrap();
            assert_eq!(batches.last(), Some(&batch("c")), "{length}");
        }
    }

    #[test]
    fn one_writer_excludes_another() {
        let folder = tempfile::tempdir().unwrap();
        let graph_file = folder.path().join("x.graph");
        let first = Journal::open(&graph_file).unwrap();
        assert!(matches!(Journal::open(&graph_file), Err(StoreProblem::Busy)));
        drop(first);
        assert!(Journal::open(&graph_file).is_ok());
    }
}
