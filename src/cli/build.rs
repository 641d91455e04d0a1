//! `demarche build`: articles in, a graph file and a summary out.
//!
//! What cannot be read is told and left out; the rest is built. A graph file that is there already gets what is new.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use demarche::graph::Record;
use demarche::graph::correction::Corrections;
use demarche::graph::store::{Archive, Batch, StoreError, StoreProblem, Writer};
use demarche::lexicon::Lexicons;
use demarche::pipeline::{Analyzer, Build, Summary};
use demarche::render::diagnostic::Diagnostic;
use demarche::syntax::Parser;
use demarche::text::Article;
use demarche::text::reader::{Fields, Reader, Reading, Screening, read_bytes};
use indicatif::{ProgressBar, ProgressStyle};

use super::error::tell;
use super::output::Output;
use super::{CliError, Dial, Exit, Settings, input, sample};

/// How many errors of one kind are told for one file.
const TOLD: usize = 20;

const EXAMPLES: &str = "\
Examples:
  demarche build articles/ -o news.graph
  demarche build articles/ -o sure.graph --certainty careful
  demarche build today.jsonl report.md -o news.graph   adds what is new, replaces what changed
  demarche build 'archive/2031-*.warc.gz' feed.xml page.html -o news.graph
  demarche build export.csv --map text=body,date=meta.published -o news.graph
  demarche build archive/ --dry-run                    lists what would be read
  demarche build -o news.graph                         goes on after a build that was cut off
  curl https://example.org/articles.jsonl | demarche build - -o news.graph

Articles are plain text, Markdown (both may open with a front-matter block: title, publisher, date, url), saved web
pages, JSON, JSON Lines, CSV, TSV, feeds (RSS, Atom), NITF, NewsML-G2 or web archives (WARC), each also as .gz or .zst.
What cannot be read is named and left out, the rest is built, and the exit code is 3. What is not in English, too short
or no prose is named and passed over.

An article is known by its id (one without gets a hash of its content). What word lists, rules or weights of another
build of the program found is found anew. A build that is cut off loses a second of work: the next one goes on.";

/// Build a graph from articles, or add articles to one
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files, folders, or `-` for standard input; none brings a graph file that is there up to date
    paths: Vec<PathBuf>,

    /// The graph file; one that is there already gets what is new
    #[arg(short, long, value_name = "FILE", required_unless_present = "dry_run")]
    output: Option<PathBuf>,

    /// Which fields of JSON objects, or columns of tables, hold what: id, title, publisher, date, url, text
    #[arg(long, value_name = "PART=FIELD,...", default_value = "", hide_default_value = true)]
    map: Fields,

    /// Let in also what is short, no prose or not in English
    #[arg(long)]
    unscreened: bool,

    /// A table of corrections to actors, which stays with the graph; `demarche actors --help` tells more
    #[arg(long, value_name = "TSV")]
    corrections: Option<PathBuf>,

    /// Only list the articles that would be read
    #[arg(long)]
    dry_run: bool,

    /// Begin anew instead of adding to a graph file that is there
    #[arg(long)]
    fresh: bool,

    #[command(flatten)]
    dial: Dial,
}

/// Builds the graph file and prints what it holds.
pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<Exit, CliError> {
    match &arguments.output {
        Some(output) if !arguments.dry_run => build(arguments, output, settings),
        _ => list(arguments),
    }
}

/// Lists what would be read.
fn list(arguments: &Arguments) -> Result<Exit, CliError> {
    let reading = reader(arguments).read(&arguments.paths);
    let exit = tell_of(&reading);
    let mut entries = reading.articles.iter();
    let mut text = String::new();
    for (file, count) in &reading.files {
        for article in entries.by_ref().take(*count).flatten() {
            let words = article.text.split_whitespace().count();
            let known = [&article.date, &article.publisher, &article.title].map(|part| part.as_deref().unwrap_or("-"));
            _ = writeln!(text, "{file}\t{}\t{}\t{words} words", article.id, known.join("\t"));
        }
    }
    Output::Screen.print(&text)?;
    Ok(exit)
}

/// Brings the graph file up to date.
fn build(arguments: &Arguments, output: &Path, settings: &Settings) -> Result<Exit, CliError> {
    let (mut writer, archive, batches) = earlier(arguments, output)?;
    if arguments.paths.is_empty() && archive.is_none() && batches.is_empty() {
        let message = format!("no articles given, and no graph file `{}`", output.display());
        return Err(CliError::usage(message, "name files, folders, or `-` for standard input"));
    }
    let corrections = arguments.corrections.as_deref().map(corrections).transpose()?;
    let analyzer = analyzer(settings)?.with_certainty(arguments.dial.certainty);
    let reading = reader(arguments).read(&arguments.paths);
    let exit = tell_of(&reading);
    let articles: Vec<Article> = reading.articles.into_iter().flatten().collect();
    if articles.is_empty() && !arguments.paths.is_empty() {
        return Ok(Exit::Input);
    }
    let started = Instant::now();
    let mut update = analyzer.update(archive.unwrap_or_default(), batches, articles);
    if let Some(table) = corrections {
        update = update.with_corrections(table);
    }
    let bar = progress(update.pending());
    let build = update.write(&mut writer, |_: &Record| bar.inc(1)).map_err(|error| unusable(&error))?;
    bar.finish_and_clear();
    tell_unknown(&build)?;
    let mut text = describe(&build.summary, started.elapsed());
    _ = writeln!(text, "written to {}", output.display());
    Output::Screen.print(&text)?;
    Ok(exit)
}

/// A table of corrections that can be read.
fn corrections(path: &Path) -> Result<String, CliError> {
    let table = input::read_text(path)?;
    Corrections::parse(&table)?;
    Ok(table)
}

/// Tells which corrections are about nobody.
fn tell_unknown(build: &Build) -> Result<(), CliError> {
    for name in Corrections::parse(&build.archive.corrections)?.unknown(&build.graph) {
        tell(&Diagnostic::warning(format!("a correction names `{name}`, and no actor is called so")));
    }
    Ok(())
}

/// What reads articles.
fn reader(arguments: &Arguments) -> Reader {
    let screening = if arguments.unscreened { Screening::Everything } else { Screening::EnglishProse };
    Reader { fields: arguments.map.clone(), screening }
}

/// The graph of the sample corpus with a description of it.
pub(crate) fn sample_graph(settings: &Settings) -> Result<(Build, String), CliError> {
    let lexicons =
        sample::LEXICONS.iter().fold(settings.lexicons()?, |lexicons, (file, text)| lexicons.with(file, text));
    let analyzer = analyzer_with(&lexicons)?;
    let readings = sample::ARTICLES.iter().map(|(name, text)| read_bytes(name, text.as_bytes()));
    let articles: Vec<Article> = readings.flat_map(|reading| reading.articles).flatten().collect();
    let started = Instant::now();
    let bar = progress(articles.len());
    let build = analyzer.build(Archive::default(), &articles, |_: &Record| bar.inc(1));
    bar.finish_and_clear();
    let text = describe(&build.summary, started.elapsed());
    Ok((build, text))
}

/// What analyses articles, with the user's word lists.
pub(crate) fn analyzer(settings: &Settings) -> Result<Analyzer, CliError> {
    analyzer_with(&settings.lexicons()?)
}

/// What analyses articles by these word lists.
fn analyzer_with(lexicons: &Lexicons) -> Result<Analyzer, CliError> {
    let parser = Parser::embedded().map_err(|error| CliError::input(error.to_string(), ""))?;
    Ok(Analyzer::new(parser, lexicons)?)
}

/// The right to write the graph file, with what is there already.
fn earlier(arguments: &Arguments, path: &Path) -> Result<(Writer, Option<Archive>, Vec<Batch>), CliError> {
    if arguments.fresh {
        let writer = Writer::replace(path).map_err(|error| unusable(&error))?;
        return Ok((writer, None, Vec::new()));
    }
    Writer::open(path).map_err(|error| match error.problem {
        StoreProblem::Busy | StoreProblem::Read(_) | StoreProblem::Write(_) => unusable(&error),
        _ => CliError::input(error.to_string(), "--fresh replaces it"),
    })
}

/// A graph file that cannot be read or written, with a way out.
pub(super) fn unusable(error: &StoreError) -> CliError {
    CliError::input(error.to_string(), error.problem.hint().unwrap_or_default())
}

/// Tells what was guessed and what was left out. Of many alike in one file the first ones, and how many there are more.
pub(crate) fn tell_of(reading: &Reading) -> Exit {
    for warning in &reading.warnings {
        tell(&Diagnostic::warning(warning.to_string()));
    }
    let mut exit = Exit::Answers;
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for error in reading.articles.iter().filter_map(|article| article.as_ref().err()) {
        let passed_over = error.kind.is_passed_over();
        if !passed_over {
            exit = Exit::Input;
        }
        let count = counts.entry((error.path.as_str(), format!("{:?}", error.kind))).or_default();
        *count += 1;
        if *count <= TOLD {
            let diagnostic = if passed_over { Diagnostic::warning } else { Diagnostic::error };
            tell(&diagnostic(error.to_string()).hint(error.hint.as_deref().unwrap_or_default()));
        }
    }
    for ((path, _), count) in counts.iter().filter(|(_, count)| **count > TOLD) {
        tell(&Diagnostic::warning(format!("{path}: {} more like that", grouped(count - TOLD))));
    }
    exit
}

/// A bar on standard error; there is none when that is no terminal.
fn progress(articles: usize) -> ProgressBar {
    let bar = ProgressBar::new(articles as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} articles, {per_sec}, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// What a graph holds, and how fast it came about.
fn describe(summary: &Summary, spent: Duration) -> String {
    let mut text = format!("{}{}\n", counted(summary.articles, "article"), added(summary));
    if summary.copies > 0 {
        let verb = if summary.copies == 1 { "is a copy" } else { "are copies" };
        _ = writeln!(text, "{} of them {verb} of another", grouped(summary.copies));
    }
    _ = writeln!(
        text,
        "{}, {}, {}",
        counted(summary.words, "word"),
        counted(summary.actors, "actor"),
        counted(summary.topics, "topic")
    );
    _ = writeln!(text, "{}{}", counted(summary.all_positions(), "position"), by_relation(summary));
    _ = writeln!(text, "{}, {}", counted(summary.conditions, "condition"), counted(summary.repeats, "repeat"));
    if summary.words_analysed > 0 {
        let speed = summary.words_analysed as f64 / spent.as_secs_f64().max(0.001);
        _ = writeln!(text, "{:.1} s, {} words/s", spent.as_secs_f64(), grouped(speed as usize));
    }
    text
}

/// " (3 new, 13 known already)"; nothing when all are new.
fn added(summary: &Summary) -> String {
    let work = &summary.work;
    if work.new == summary.articles && work.known == 0 {
        return String::new();
    }
    let parts = [
        (work.new, "new"),
        (work.replaced, "replaced"),
        (work.known, "known already"),
        (work.taken_over, "taken over from an unfinished build"),
        (work.renewed, "analysed anew: word lists, rules or weights have changed"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", grouped(*count)))
        .collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

/// ": 60 says, 20 rejects", the most frequent first.
fn by_relation(summary: &Summary) -> String {
    let mut counts: Vec<_> = summary.positions.iter().filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let words: Vec<String> = counts.iter().map(|(relation, count)| format!("{} {count}", relation.as_str())).collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}

/// "1 article", "6,876 words"
fn counted(count: usize, name: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {name}{plural}", grouped(count))
}

/// 6876 as "6,876".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
