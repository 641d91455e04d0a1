//! The frame of a graph file: a line of text, a table, and sections that are read one by one.
//!
//! The line says what the file is and in which version of the format. The table tells where each section lies and its
//! BLAKE3 checksum, and is followed by its own, so that opening a graph reads the graph's section and nothing else. A
//! section begins at a multiple of 64 bytes. What a section holds is not known here.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::StoreProblem;

/// How every graph file starts, whatever its version.
const MAGIC: &str = "demarche graph ";
/// The version this program writes and reads.
pub(super) const VERSION: u32 = 2;
/// The rest of the first line, for whoever opens the file in an editor.
const NOTICE: &str =
    ": a binary file whose format may change with its version; `demarche export` writes lasting ones\n";
/// The longest first line that is looked for.
const LONGEST_LINE: usize = 256;
/// Where a section may begin: at multiples of this.
const ALIGNMENT: u64 = 64;
/// A section in the table: where it begins, its length and its checksum.
const ENTRY: usize = 8 + 8 + blake3::OUT_LEN;
/// The whole table, with its own checksum.
const TABLE: usize = Section::COUNT * ENTRY + blake3::OUT_LEN;

/// The parts of a graph file, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The property graph.
    Graph,
    /// What the records were made with.
    Settings,
    /// The records of the articles.
    Records,
}

impl Section {
    const COUNT: usize = 3;
}

/// Where a section lies and its checksum.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u64,
    length: u64,
    checksum: [u8; blake3::OUT_LEN],
}

/// A graph file whose table has been read and is sound.
pub(super) struct Container<Input> {
    input: Input,
    entries: [Entry; Section::COUNT],
}

/// Writes a file of these sections, in the order of [`Section`].
pub(super) fn write(output: &mut (impl Write + ?Sized), sections: [&[u8]; Section::COUNT]) -> io::Result<()> {
    let line = format!("{MAGIC}{VERSION}{NOTICE}");
    let mut end = (line.len() + TABLE) as u64;
    let mut table = Vec::new();
    for section in sections {
        let start = end.next_multiple_of(ALIGNMENT);
        end = start + section.len() as u64;
        table.extend(start.to_le_bytes());
        table.extend((section.len() as u64).to_le_bytes());
        table.extend(blake3::hash(section).as_bytes());
    }
    output.write_all(line.as_bytes())?;
    output.write_all(&table)?;
    output.write_all(blake3::hash(&table).as_bytes())?;
    let mut end = (line.len() + TABLE) as u64;
    for section in sections {
        let gap = end.next_multiple_of(ALIGNMENT) - end;
        output.write_all(&[0; ALIGNMENT as usize][..gap as usize])?;
        output.write_all(section)?;
        end += gap + section.len() as u64;
    }
    Ok(())
}

impl<Input: Read + Seek> Container<Input> {
    /// Reads the line and the table.
    ///
    /// # Errors
    /// When this is no whole graph file of this version.
    pub(super) fn open(mut input: Input) -> Result<Self, StoreProblem> {
        let mut head = Vec::new();
        (&mut input).take((LONGEST_LINE + TABLE) as u64).read_to_end(&mut head).map_err(StoreProblem::Read)?;
        let table = after_first_line(&head)?;
        let missing = (TABLE as u64).saturating_sub(table.len() as u64);
        let table = table.get(..TABLE).ok_or(StoreProblem::Truncated { missing })?;
        let (table, checksum) = table.split_at(TABLE - blake3::OUT_LEN);
        if blake3::hash(table).as_bytes() != checksum {
            return Err(StoreProblem::Checksum);
        }
        let mut entries = [Entry { start: 0, length: 0, checksum: [0; blake3::OUT_LEN] }; Section::COUNT];
        for (entry, bytes) in entries.iter_mut().zip(table.chunks_exact(ENTRY)) {
            entry.start = little_endian(&bytes[..8]);
            entry.length = little_endian(&bytes[8..16]);
            entry.checksum.copy_from_slice(&bytes[16..]);
        }
        let needed = entries.iter().map(|entry| entry.start.saturating_add(entry.length)).max().unwrap_or(0);
        let length = input.seek(SeekFrom::End(0)).map_err(StoreProblem::Read)?;
        match needed.saturating_sub(length) {
            0 => Ok(Self { input, entries }),
            missing => Err(StoreProblem::Truncated { missing }),
        }
    }

    /// The bytes of one section.
    ///
    /// # Errors
    /// When they are not those that were written.
    pub(super) fn section(&mut self, section: Section) -> Result<Vec<u8>, StoreProblem> {
        let entry = self.entries[section as usize];
        let length = usize::try_from(entry.length).map_err(|_| StoreProblem::Content)?;
        let mut bytes = vec![0; length];
        self.input.seek(SeekFrom::Start(entry.start)).map_err(StoreProblem::Read)?;
        self.input.read_exact(&mut bytes).map_err(StoreProblem::Read)?;
        if blake3::hash(&bytes).as_bytes() != &entry.checksum {
            return Err(StoreProblem::Checksum);
        }
        Ok(bytes)
    }
}

/// What follows the first line, when that is the one of a graph file of this version.
fn after_first_line(bytes: &[u8]) -> Result<&[u8], StoreProblem> {
    let rest = bytes.strip_prefix(MAGIC.as_bytes()).ok_or(StoreProblem::NotAGraph)?;
    let end = memchr::memchr(b'\n', rest).ok_or(StoreProblem::Truncated { missing: TABLE as u64 })?;
    let line = String::from_utf8_lossy(&rest[..end]);
    let version = line.split(':').next().unwrap_or_default();
    if version != VERSION.to_string() {
        return Err(StoreProblem::Version(version.to_owned()));
    }
    Ok(&rest[end + 1..])
}

/// Eight bytes as a number, the lowest first.
pub(super) fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// A file of three short sections.
    fn sample() -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, [b"graph", b"", b"records"]).unwrap();
        bytes
    }

    #[test]
    fn sections_come_back_one_by_one() {
        let mut container = Container::open(Cursor::new(sample())).unwrap();
        for (section, content) in
            [(Section::Records, &b"records"[..]), (Section::Graph, b"graph"), (Section::Settings, b"")]
        {
            assert_eq!(container.section(section).unwrap(), content);
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let bytes = sample();
        let mut table = bytes.clone();
        table[130] ^= 1;
        let newer = String::from_utf8_lossy(&bytes).replacen("graph 2:", "graph 7:", 1).into_bytes();
        for (bytes, message) in [
            (&b""[..], "is not a graph file"),
            (b"{\"nodes\":[]}", "is not a graph file"),
            (&newer, "has version `7` of the graph format, this program reads 2"),
            (&bytes[..20], "ends too early"),
            (&bytes[..150], "ends too early"),
            (&bytes[..bytes.len() - 3], "ends too early, 3 bytes are missing"),
            (&table, "is damaged: its checksum does not match"),
        ] {
            let problem = Container::open(Cursor::new(bytes)).err().unwrap().to_string();
            assert!(problem.starts_with(message), "{problem}");
        }
    }

    #[test]
    fn a_damaged_section_costs_only_itself() {
        let mut bytes = sample();
        *bytes.last_mut().unwrap() ^= 1;
        let mut container = Container::open(Cursor::new(bytes)).unwrap();
        assert!(matches!(container.section(Section::Records), Err(StoreProblem::Checksum)));
        assert_eq!(container.section(Section::Graph).unwrap(), b"graph");
    }
}
