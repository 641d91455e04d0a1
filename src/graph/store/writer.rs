//! Changing a graph file: one writer at a time, batch by batch into a journal, and whole under its name.
//!
//! Readers see the file of before or the file of after, never half of one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::container;
use super::journal::{Batch, Journal};
use super::{Archive, StoreError, StoreProblem, load_archive};
use crate::graph::layout;
use crate::graph::property::PropertyGraph;

/// The one process that changes a graph file.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    /// What is no regular file, such as `/dev/null`, has none.
    journal: Option<Journal>,
}

impl Writer {
    /// Becomes the writer of a graph file, and reads what is there: its records, and those of an unfinished build, later
    /// ones after earlier ones. `None` stands for a file that is not there yet.
    ///
    /// # Errors
    /// When another process writes it, when it cannot be written, and when there is a file of another kind or a broken
    /// one.
    pub fn open(path: &Path) -> Result<(Self, Option<Archive>, Vec<Batch>), StoreError> {
        let (writer, batches) = Self::lock(path)?;
        let archive = match writer.journal.is_some().then(|| load_archive(path)) {
            None => None,
            Some(Ok(archive)) => Some(archive),
            Some(Err(StoreError { problem: StoreProblem::Missing | StoreProblem::Unfinished, .. })) => None,
            Some(Err(error)) => return Err(error),
        };
        Ok((writer, archive, batches))
    }

    /// Becomes the writer of a graph file whose content, and the journal beside it, is to be forgotten.
    ///
    /// # Errors
    /// When another process writes it, or when it cannot be written.
    pub fn replace(path: &Path) -> Result<Self, StoreError> {
        let (mut writer, _) = Self::lock(path)?;
        writer.forget_journal()?;
        Ok(writer)
    }

    /// Locks the file and reads the batches beside it.
    fn lock(path: &Path) -> Result<(Self, Vec<Batch>), StoreError> {
        let path = real(path);
        if path.metadata().is_ok_and(|found| !found.is_file()) {
            return Ok((Self { path, journal: None }, Vec::new()));
        }
        let (journal, batches) = Journal::open(&path).map_err(|problem| problem.of(&path))?;
        Ok((Self { path, journal: Some(journal) }, batches))
    }

    /// Keeps a batch until the file is saved; when this is done, the batch outlives the process.
    ///
    /// # Errors
    /// When the disk is full, or taken away. The batches of before stay.
    pub fn keep(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.append(batch).map_err(|problem| problem.of(&self.path))
    }

    /// Writes the file, which must hold everything that was kept.
    ///
    /// # Errors
    /// When the file cannot be written; one that stood there before is then unchanged, and what was kept stays.
    pub fn save(&mut self, graph: &PropertyGraph, archive: &Archive) -> Result<(), StoreError> {
        save(&self.path, graph, archive).map_err(|problem| problem.of(&self.path))?;
        self.forget_journal()
    }

    fn forget_journal(&mut self) -> Result<(), StoreError> {
        let Some(journal) = &mut self.journal else { return Ok(()) };
        journal.empty().map_err(|problem| problem.of(&self.path))
    }
}

/// Where the file really is: a link keeps pointing where it points, a name that does not exist yet is taken as it is.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Writes a graph file, as [`super::save`] says.
pub(super) fn save(path: &Path, graph: &PropertyGraph, archive: &Archive) -> Result<(), StoreProblem> {
    let graph = layout::encode(graph).map_err(|_| StoreProblem::Content)?;
    let [settings, records] = archive.encode()?;
    let write = |output: &mut dyn Write| container::write(output, [&graph, &settings, &records]);
    write_whole(&real(path), write).map_err(StoreProblem::Write)
}

/// Writes under a passing name in the same folder, then gives the file its own.
fn write_whole(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let before = fs::metadata(path).ok();
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return write(&mut OpenOptions::new().write(true).open(path)?);
    }
    let mut passing = path.file_name().unwrap_or_default().to_owned();
    passing.push(".part");
    let passing = path.with_file_name(passing);
    let written = write_synced(&passing, write)
        .and_then(|()| before.map_or(Ok(()), |metadata| fs::set_permissions(&passing, metadata.permissions())))
        .and_then(|()| fs::rename(&passing, path));
    match written {
        Ok(()) => sync_folder(path),
        // The passing file is of no use; that it may not even have been made is no further failure.
        Err(_) => drop(fs::remove_file(&passing)),
    }
    written
}

/// Writes a file and waits until it is on the disk.
fn write_synced(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut output = BufWriter::new(File::create(path)?);
    write(&mut output)?;
    output.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Waits until the new name is on the disk. A system that does not let folders be opened has its own way.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
