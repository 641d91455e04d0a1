//! Annotated texts as JSON lines: what the scorers of attributions and of positions read, gold and system alike.
//!
//! Offsets are Unicode code points, the end excluded. Fields that a scorer does not need are ignored.

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

/// What keeps a scorer from scoring.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// A line that does not read.
    #[error("{file}, line {line}: {message}")]
    Line {
        /// "gold" or "system".
        file: &'static str,
        /// From 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// The system has a text that is not in the gold file.
    #[error("the system's `{0}` is not in the gold file")]
    Unknown(String),
    /// A span outside its text.
    #[error("`{id}`: the span {start}..{end} is empty or outside the text")]
    Span {
        /// The text.
        id: String,
        /// The start.
        start: usize,
        /// The end.
        end: usize,
    },
    /// The words by which names are compared do not read.
    #[error("{0}")]
    Words(String),
}

/// A text that is annotated under an id.
pub(super) trait Annotated: DeserializeOwned {
    /// The id.
    fn id(&self) -> &str;
}

/// The texts of a file by id, in its order.
pub(super) fn read<T: Annotated>(file: &'static str, lines: &str) -> Result<IndexMap<String, T>, ScoreError> {
    let mut texts = IndexMap::new();
    for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let failure = |message: String| ScoreError::Line { file, line: index + 1, message };
        let text: T = serde_json::from_str(line).map_err(|error| failure(error.to_string()))?;
        let id = text.id().to_owned();
        if texts.insert(id.clone(), text).is_some() {
            return Err(failure(format!("`{id}` is there twice")));
        }
    }
    Ok(texts)
}

/// The gold texts, each with the system's of the same id; a text that the system lacks has none.
pub(super) fn paired<T: Annotated>(gold: &str, system: &str) -> Result<Vec<(T, Option<T>)>, ScoreError> {
    let (gold, mut system) = (read::<T>("gold", gold)?, read::<T>("system", system)?);
    if let Some(id) = system.keys().find(|id| !gold.contains_key(*id)) {
        return Err(ScoreError::Unknown(id.clone()));
    }
    Ok(gold.into_iter().map(|(id, text)| (text, system.swap_remove(&id))).collect())
}

/// Fails at the first span that is empty or outside a text of `length` code points.
pub(super) fn check(id: &str, length: usize, spans: impl IntoIterator<Item = [usize; 2]>) -> Result<(), ScoreError> {
    match spans.into_iter().find(|[start, end]| start >= end || *end > length) {
        Some([start, end]) => Err(ScoreError::Span { id: id.to_owned(), start, end }),
        None => Ok(()),
    }
}
