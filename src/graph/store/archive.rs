//! What a later build needs of an earlier one: the records of all articles, and what analysed them.
//!
//! Records stand in the order of their dates and ids, whatever the order in which they came, so that one set of articles
//! gives one file. In the file they lie in compressed blocks that are packed and unpacked in parallel.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::StoreProblem;
use crate::graph::builder::assemble_corrected;
use crate::graph::correction::Corrections;
use crate::graph::property::PropertyGraph;
use crate::graph::record::Record;
use crate::text::Article;

/// Records in one compressed block: enough that names repeat, few enough that all cores have work.
const BLOCK: usize = 128;
/// The level of zstd, its own default.
const LEVEL: i32 = 3;

/// The records of a graph file, with what analysed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// What analysed the records; records of another analyser are made anew.
    pub analyser: String,
    /// What people have put right, as the table that they gave.
    pub corrections: String,
    /// One record an article, by date and id; no id twice.
    records: Vec<Record>,
}

/// What the file says about its records, beside them.
#[derive(Serialize, Deserialize)]
pub(super) struct Settings {
    analyser: String,
    corrections: String,
}

impl Archive {
    /// An archive of these records; of several with one id the last counts.
    pub fn new(analyser: String, records: Vec<Record>) -> Self {
        let mut archive = Self { analyser, ..Self::default() };
        archive.put(records);
        archive
    }

    /// The records, by date and id.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The graph of the records, with what people have put right.
    pub fn graph(&self) -> PropertyGraph {
        // Whoever stores a table has read it before.
        assemble_corrected(&self.records, &Corrections::parse(&self.corrections).unwrap_or_default())
    }

    /// The records, by date and id.
    pub fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// Adds records; one with the id of another takes its place.
    pub fn put(&mut self, records: Vec<Record>) {
        let mut places: BTreeMap<String, usize> =
            self.records.iter().enumerate().map(|(place, record)| (record.article.id.clone(), place)).collect();
        for record in records {
            match places.get(&record.article.id) {
                Some(&place) => self.records[place] = record,
                None => {
                    places.insert(record.article.id.clone(), self.records.len());
                    self.records.push(record);
                }
            }
        }
        self.records.sort_by(|one, other| in_time(&one.article, &other.article));
    }

    /// Takes out the articles of which `leaves` is true and says how many they were.
    pub fn remove(&mut self, leaves: impl Fn(&Article) -> bool) -> usize {
        let before = self.records.len();
        self.records.retain(|record| !leaves(&record.article));
        before - self.records.len()
    }

    /// The sections of the file that hold the archive: settings and records.
    pub(super) fn encode(&self) -> Result<[Vec<u8>; 2], StoreProblem> {
        let settings = Settings { analyser: self.analyser.clone(), corrections: self.corrections.clone() };
        let settings = postcard::to_stdvec(&settings);
        let blocks: Vec<Vec<u8>> = self.records.par_chunks(BLOCK).map(compressed).collect::<Result<_, _>>()?;
        let records = postcard::to_stdvec(&blocks);
        Ok([settings.map_err(|_| StoreProblem::Content)?, records.map_err(|_| StoreProblem::Content)?])
    }

    /// The archive in these sections.
    pub(super) fn decode(settings: &[u8], records: &[u8]) -> Result<Self, StoreProblem> {
        let settings: Settings = postcard::from_bytes(settings).map_err(|_| StoreProblem::Content)?;
        let blocks: Vec<&[u8]> = postcard::from_bytes(records).map_err(|_| StoreProblem::Content)?;
        let blocks: Vec<Vec<Record>> = blocks.into_par_iter().map(uncompressed).collect::<Result<_, _>>()?;
        let Settings { analyser, corrections } = settings;
        Ok(Self { analyser, corrections, records: blocks.into_iter().flatten().collect() })
    }
}

/// Articles without a date come first, those of one day by id.
pub(crate) fn in_time(one: &Article, other: &Article) -> Ordering {
    (&one.date, &one.id).cmp(&(&other.date, &other.id))
}

/// What is written of a value.
pub(super) fn compressed<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, StoreProblem> {
    let plain = postcard::to_stdvec(value).map_err(|_| StoreProblem::Content)?;
    zstd::bulk::compress(&plain, LEVEL).map_err(|_| StoreProblem::Content)
}

/// The value that was written.
pub(super) fn uncompressed<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T, StoreProblem> {
    let plain = zstd::stream::decode_all(bytes).map_err(|_| StoreProblem::Content)?;
    postcard::from_bytes(&plain).map_err(|_| StoreProblem::Content)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record of an article with this date, id and text.
    fn record(date: &str, id: &str, text: &str) -> Record {
        let article =
            Article { id: id.to_owned(), date: Some(date.to_owned()), text: text.to_owned(), ..Article::default() };
        Record { article, ..Record::default() }
    }

    #[test]
    fn the_order_of_adding_does_not_matter() {
        let records = [record("2031-01-02", "a", ""), record("2031-01-01", "c", ""), record("2031-01-01", "b", "")];
        let once = Archive::new(String::new(), records.to_vec());
        let mut twice = Archive::new(String::new(), records[1..].to_vec());
        twice.put(records[..1].to_vec());
        assert_eq!(once, twice);
        let ids: Vec<&str> = once.records().iter().map(|record| record.article.id.as_str()).collect();
        assert_eq!(ids, ["b", "c", "a"]);
    }

    #[test]
    fn one_id_has_one_record_and_leaves_with_it() {
        let mut archive = Archive::new(String::new(), vec![record("2031-01-01", "a", "old")]);
        archive.put(vec![record("2031-02-01", "a", "new"), record("2031-01-05", "b", "")]);
        let texts: Vec<&str> = archive.records().iter().map(|record| record.article.text.as_str()).collect();
        assert_eq!(texts, ["", "new"]);
        assert_eq!(archive.remove(|article| article.id == "a"), 1);
        assert_eq!(archive.records().len(), 1);
    }
}
