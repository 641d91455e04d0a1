//! The lemmatizer of model files that were trained before lemmas had roles: listed forms, then the script of the longest
//! listed ending.
//!
//! It is only read, never learned, and goes with the last such model.

use indexmap::IndexMap;
use serde::Deserialize;

use super::Role;
use crate::syntax::Upos;
use crate::syntax::features::normalize;

/// Longest ending that has a script of its own.
const LONGEST_ENDING: usize = 5;

/// How to make a lemma of a form.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Script {
    /// Whether capitals stay.
    keep_case: bool,
    /// Characters to cut off the end.
    cut: u8,
    /// What follows instead.
    append: String,
}

/// Scripts by ending, and exceptions.
#[derive(Clone, Debug)]
pub(super) struct Former {
    pub(super) scripts: Vec<Script>,
    /// By class and ending.
    pub(super) endings: IndexMap<String, u16>,
    /// By class and normalised form.
    pub(super) exceptions: IndexMap<String, String>,
}

impl Former {
    /// The lemma of a form with these tags.
    pub(super) fn lemma(&self, form: &str, role: Role) -> String {
        let capitals = form.chars().filter(|character| character.is_uppercase()).count();
        let mark = if capitals > 1 { "+" } else { "" };
        let key = |ending: &str| format!("{} {}{mark}\t{ending}", role.upos.as_str(), role.xpos.as_str());
        let normal: String = normalize(form).collect();
        if let Some(lemma) = self.exceptions.get(&key(&normal)) {
            return lemma.clone();
        }
        let starts: Vec<usize> = normal.char_indices().map(|(start, _)| start).chain([normal.len()]).collect();
        let longest = starts.len().saturating_sub(1 + LONGEST_ENDING);
        let found = starts[longest..].iter().find_map(|&start| self.endings.get(&key(&normal[start..])));
        match found.and_then(|&script| self.scripts.get(usize::from(script))) {
            Some(script) => script.apply(form),
            None if role.upos == Upos::Propn => form.to_owned(),
            None => form.to_lowercase(),
        }
    }
}

impl Script {
    /// The lemma of a form.
    fn apply(&self, form: &str) -> String {
        let base = if self.keep_case { form.to_owned() } else { form.to_lowercase() };
        let kept = base.chars().count().saturating_sub(usize::from(self.cut));
        base.chars().take(kept).chain(self.append.chars()).collect()
    }
}
