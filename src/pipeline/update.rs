//! Brings a corpus up to date: analyses what is new or changed, keeps what is known, and joins all of it.
//!
//! An article is known by its id: one that comes again just so is left alone, one with another text takes the place of
//! the former. What another analyser found is found anew. Batch by batch the work goes into the journal of the graph
//! file, so that a build that is cut off loses no more than one batch.

use indexmap::IndexMap;

use super::Analyzer;
use super::summary::{Summary, Work};
use crate::graph::store::{Archive, Batch, StoreError, Writer};
use crate::graph::{PropertyGraph, Record};
use crate::text::Article;

/// Articles in a batch, for each thread: about a second of work, little against what a lost batch costs.
const BATCH: usize = 32;

/// A graph with the records behind it, and what it holds.
#[derive(Debug)]
pub struct Build {
    /// The graph.
    pub graph: PropertyGraph,
    /// What the next build needs to add to it.
    pub archive: Archive,
    /// What it holds.
    pub summary: Summary,
}

/// What is known of a corpus and what is left to do.
pub struct Update<'a> {
    analyzer: &'a Analyzer,
    corrections: String,
    kept: Vec<Record>,
    pending: Vec<Article>,
    work: Work,
}

/// An article while it is decided what is to do.
enum Slot {
    Known(Record),
    Pending(Article, Reason),
}

/// Why an article is to be analysed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    New,
    Replaced,
    Renewed,
}

impl Slot {
    fn article(&self) -> &Article {
        match self {
            Self::Known(record) => &record.article,
            Self::Pending(article, _) => article,
        }
    }
}

impl Analyzer {
    /// The graph of the articles of an earlier build and of `articles`; of several with one id the last counts.
    /// `Archive::default()` starts from nothing.
    pub fn build(&self, archive: Archive, articles: &[Article], done: impl Fn(&Record) + Sync) -> Build {
        let Update { corrections, kept, pending, work, .. } = self.update(archive, Vec::new(), articles.to_vec());
        let added = self.records(&pending, done);
        self.join(corrections, kept, added, work)
    }

    /// What is to do when `articles` come to a corpus, whose last build may have been cut off and left batches.
    pub fn update(&self, archive: Archive, batches: Vec<Batch>, articles: Vec<Article>) -> Update<'_> {
        let mut slots: IndexMap<String, Slot> = IndexMap::new();
        let mut work = Work::default();
        let same = archive.analyser == self.identity();
        let corrections = archive.corrections.clone();
        for record in archive.into_records() {
            let id = record.article.id.clone();
            slots.insert(id, if same { Slot::Known(record) } else { Slot::Pending(record.article, Reason::Renewed) });
        }
        for batch in batches {
            let same = batch.analyser == self.identity();
            for record in batch.records {
                let known = slots.get(&record.article.id);
                if known.is_some_and(|slot| matches!(slot, Slot::Known(known) if known.article == record.article)) {
                    continue;
                }
                work.taken_over += usize::from(same);
                let id = record.article.id.clone();
                slots.insert(id, if same { Slot::Known(record) } else { Slot::Pending(record.article, Reason::New) });
            }
        }
        for article in articles {
            match slots.get_mut(&article.id) {
                Some(slot) if *slot.article() == article => work.known += 1,
                Some(slot) => *slot = Slot::Pending(article, Reason::Replaced),
                None => drop(slots.insert(article.id.clone(), Slot::Pending(article, Reason::New))),
            }
        }
        let mut update = Update { analyzer: self, corrections, kept: Vec::new(), pending: Vec::new(), work };
        for slot in slots.into_values() {
            update.place(slot);
        }
        update
    }

    /// The graph of these records.
    fn join(&self, corrections: String, kept: Vec<Record>, added: Vec<Record>, work: Work) -> Build {
        let words_analysed = added.iter().map(|record| record.words).sum();
        let mut archive = Archive::new(self.identity().to_owned(), kept);
        archive.put(added);
        archive.corrections = corrections;
        let graph = archive.graph();
        let summary = Summary { work, words_analysed, ..Summary::of(&graph, archive.records()) };
        Build { graph, archive, summary }
    }
}

impl Update<'_> {
    fn place(&mut self, slot: Slot) {
        match slot {
            Slot::Known(record) => self.kept.push(record),
            Slot::Pending(article, reason) => {
                match reason {
                    Reason::New => self.work.new += 1,
                    Reason::Replaced => self.work.replaced += 1,
                    Reason::Renewed => self.work.renewed += 1,
                }
                self.pending.push(article);
            }
        }
    }

    /// The same with another table of corrections, which must be one that [`Corrections`] reads.
    ///
    /// [`Corrections`]: crate::graph::correction::Corrections
    #[must_use]
    pub fn with_corrections(mut self, table: String) -> Self {
        self.corrections = table;
        self
    }

    /// How many articles are to be analysed.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Does the work and writes the graph file; `done` hears of each article that was analysed.
    ///
    /// A first build writes the file also whenever it has twice as many articles, so that there is something to ask
    /// soon and whatever happens.
    ///
    /// # Errors
    /// When the file or its journal cannot be written. What is analysed by then is taken over by the next build.
    pub fn write(self, writer: &mut Writer, done: impl Fn(&Record) + Sync) -> Result<Build, StoreError> {
        let Self { analyzer, corrections, mut kept, pending, work } = self;
        let growing = work.replaced + work.renewed == 0;
        let size = BATCH * rayon::current_num_threads();
        let mut pending = pending.into_iter();
        let (mut added, mut words, mut written) = (Vec::new(), 0, kept.len());
        while pending.len() > 0 {
            let articles: Vec<Article> = pending.by_ref().take(size).collect();
            let records = analyzer.records(&articles, &done);
            words += records.iter().map(|record| record.words).sum::<usize>();
            let batch = Batch { analyser: analyzer.identity().to_owned(), records };
            writer.keep(&batch)?;
            added.extend(batch.records);
            if growing && pending.len() > 0 && added.len() >= written {
                let Build { graph, archive, .. } = analyzer.join(corrections.clone(), kept, added, work);
                writer.save(&graph, &archive)?;
                (kept, added) = (archive.into_records(), Vec::new());
                written = kept.len();
            }
        }
        let mut build = analyzer.join(corrections, kept, added, work);
        build.summary.words_analysed = words;
        writer.save(&build.graph, &build.archive)?;
        Ok(build)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::graph::store::{self, StoreProblem};
    use crate::lexicon::Lexicons;
    use crate::syntax::Parser;

    /// Invented articles, enough of them that threads overtake each other.
    fn articles(range: std::ops::Range<usize>) -> Vec<Article> {
        let article = |number: usize| Article {
            id: format!("wire-{number}"),
            date: Some(format!("2031-01-{:02}", number % 28 + 1)),
            text: format!(
                "Orsan minister Jana Holt rejected the river plan number {number} on Monday. “We will not sign unless \
                 Vantia withdraws its troops,” she said.\nVantia promised a ceasefire if talks begin, officials said."
            ),
            ..Article::default()
        };
        range.map(article).collect()
    }

    fn analyzer() -> Analyzer {
        Analyzer::new(Parser::embedded().unwrap(), &Lexicons::embedded()).unwrap()
    }

    /// The bytes of a graph file.
    fn bytes(build: &Build) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.dg");
        store::save(&path, &build.graph, &build.archive).unwrap();
        std::fs::read(path).unwrap()
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bytes() {
        let (analyzer, articles) = (analyzer(), articles(0..40));
        let built = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| bytes(&analyzer.build(Archive::default(), &articles, |_| ())))
        };
        assert!(built(1) == built(4));
    }

    #[test]
    fn any_way_of_adding_gives_the_same_bytes() {
        let (analyzer, articles) = (analyzer(), articles(0..12));
        let once = analyzer.build(Archive::default(), &articles, |_| ());
        let first = analyzer.build(Archive::default(), &articles[7..], |_| ());
        let second = analyzer.build(first.archive, &articles, |_| ());
        assert_eq!(second.summary.work, Work { new: 7, known: 5, ..Work::default() });
        assert_eq!(second.summary.all_positions(), once.summary.all_positions());
        assert!(bytes(&second) == bytes(&once));
    }

    #[test]
    fn a_changed_article_takes_the_place_of_the_former() {
        let (analyzer, mut articles) = (analyzer(), articles(0..3));
        let first = analyzer.build(Archive::default(), &articles, |_| ());
        articles[1].text = "Orsa denied the report on Monday.".to_owned();
        let second = analyzer.build(first.archive, &articles[1..2], |_| ());
        assert_eq!(second.summary.work, Work { replaced: 1, ..Work::default() });
        assert!(bytes(&second) == bytes(&analyzer.build(Archive::default(), &articles, |_| ())));
    }

    #[test]
    fn records_of_another_analyser_are_made_anew() {
        let (analyzer, articles) = (analyzer(), articles(0..3));
        let first = analyzer.build(Archive::default(), &articles, |_| ());
        let mut records = first.archive.into_records();
        records.iter_mut().for_each(|record| record.positions.clear());
        let second = analyzer.build(Archive::new("demarche 0.0.1".to_owned(), records), &[], |_| ());
        assert_eq!(second.summary.work, Work { renewed: 3, ..Work::default() });
        assert!(bytes(&second) == bytes(&analyzer.build(Archive::default(), &articles, |_| ())));
    }

    /// Brings a file up to date with these articles.
    fn write(analyzer: &Analyzer, path: &Path, articles: &[Article]) -> Result<Summary, StoreError> {
        let (mut writer, archive, batches) = Writer::open(path)?;
        let update = analyzer.update(archive.unwrap_or_default(), batches, articles.to_vec());
        update.write(&mut writer, |_| ()).map(|build| build.summary)
    }

    #[test]
    fn a_build_that_was_cut_off_is_taken_over() {
        let (analyzer, articles) = (analyzer(), articles(0..8));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.dg");
        let (mut writer, _, _) = Writer::open(&path).unwrap();
        let records = analyzer.records(&articles[2..5], |_| ());
        writer.keep(&Batch { analyser: analyzer.identity().to_owned(), records }).unwrap();
        assert!(matches!(Writer::open(&path), Err(StoreError { problem: StoreProblem::Busy, .. })));
        drop(writer);
        assert!(matches!(store::load(&path), Err(StoreError { problem: StoreProblem::Unfinished, .. })));
        let summary = write(&analyzer, &path, &articles).unwrap();
        assert_eq!(summary.work, Work { new: 5, known: 3, taken_over: 3, ..Work::default() });
        let once = analyzer.build(Archive::default(), &articles, |_| ());
        assert!(std::fs::read(&path).unwrap() == bytes(&once));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
