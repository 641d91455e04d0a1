//! Dictionary forms: a list of exceptions, then the longest known ending and its edit script.
//!
//! Both are learned from treebanks: a script says how many characters to cut off the end, what to put in their place,
//! and whether the word keeps its capitals ("stopped" VBD: cut 3, keep capitals off). What the scripts of the endings
//! get wrong becomes an exception ("went" VBD -> "go").

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::features::normalize;
use super::{Upos, Xpos};

/// Longest ending that has a script of its own.
const LONGEST_ENDING: usize = 5;

/// How to make a lemma of a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Script {
    /// Whether capitals stay.
    keep_case: bool,
    /// Characters to cut off the end.
    cut: u8,
    /// What follows instead.
    append: String,
}

/// Turns forms with their tags into lemmas.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lemmatizer {
    scripts: Vec<Script>,
    /// By class and ending, see [`class`].
    endings: IndexMap<String, u16>,
    /// By class and normalised form.
    exceptions: IndexMap<String, String>,
}

/// One word of a treebank: form, tags, lemma.
pub(super) type LemmaExample<'a> = (&'a str, Upos, Xpos, &'a str);

impl Lemmatizer {
    /// The lemma of a form with these tags; the form itself, in lower case unless it is a name, when nothing is known.
    pub(super) fn lemma(&self, form: &str, upos: Upos, xpos: Xpos) -> String {
        let class = class(form, upos, xpos);
        let normal: String = normalize(form).collect();
        if let Some(lemma) = self.exceptions.get(&key(&class, &normal)) {
            return lemma.clone();
        }
        let starts = normal.char_indices().map(|(start, _)| start).chain([normal.len()]);
        let starts: Vec<usize> = starts.collect();
        let longest = starts.len().saturating_sub(1 + LONGEST_ENDING);
        let found = starts[longest..].iter().find_map(|&start| self.endings.get(&key(&class, &normal[start..])));
        match found.and_then(|&script| self.scripts.get(usize::from(script))) {
            Some(script) => script.apply(form),
            None if upos == Upos::Propn => form.to_owned(),
            None => form.to_lowercase(),
        }
    }

    /// Learns endings and exceptions.
    pub(super) fn learn<'a>(examples: impl Iterator<Item = LemmaExample<'a>>) -> Self {
        let mut counts: BTreeMap<LemmaExample<'a>, usize> = BTreeMap::new();
        for example in examples.filter(|example| example.3 != "_" || example.0 == "_") {
            *counts.entry(example).or_default() += 1;
        }
        let mut lemmatizer = Self::from_endings(&counts);
        lemmatizer.learn_exceptions(&counts);
        lemmatizer
    }

    /// The scripts of endings: an ending is listed when its script is not that of the next shorter one.
    fn from_endings(counts: &BTreeMap<LemmaExample<'_>, usize>) -> Self {
        let mut votes: BTreeMap<String, BTreeMap<Script, usize>> = BTreeMap::new();
        for &(form, upos, xpos, lemma) in counts.keys() {
            let Some(script) = Script::between(form, lemma) else { continue };
            let class = class(form, upos, xpos);
            let characters: Vec<char> = normalize(form).collect();
            for length in 0..=characters.len().min(LONGEST_ENDING) {
                let ending: String = characters[characters.len() - length..].iter().collect();
                *votes.entry(key(&class, &ending)).or_default().entry(script.clone()).or_default() += 1;
            }
        }
        let mut lemmatizer = Self::default();
        let mut numbers: IndexMap<Script, u16> = IndexMap::new();
        for (ending, scripts) in votes {
            let best = scripts.into_iter().max_by(|left, right| left.1.cmp(&right.1).then(right.0.cmp(&left.0)));
            let Some((script, count)) = best else { continue };
            let next = numbers.len() as u16;
            let number = *numbers.entry(script.clone()).or_insert_with(|| {
                lemmatizer.scripts.push(script);
                next
            });
            if count > 1 || ending.ends_with('\t') {
                lemmatizer.endings.insert(ending, number);
            }
        }
        lemmatizer
    }

    /// Lists what the endings get wrong, the most frequent lemma of each form.
    fn learn_exceptions(&mut self, counts: &BTreeMap<LemmaExample<'_>, usize>) {
        let mut lemmas: BTreeMap<String, Vec<(usize, LemmaExample<'_>)>> = BTreeMap::new();
        for (&example, &count) in counts {
            let normal: String = normalize(example.0).collect();
            lemmas.entry(key(&class(example.0, example.1, example.2), &normal)).or_default().push((count, example));
        }
        for (key, candidates) in lemmas {
            let best = candidates.into_iter().max_by(|left, right| left.0.cmp(&right.0).then(right.1.cmp(&left.1)));
            if let Some((_, (form, upos, xpos, lemma))) = best
                && self.lemma(form, upos, xpos) != lemma
            {
                self.exceptions.insert(key, lemma.to_owned());
            }
        }
    }
}

impl Script {
    /// The script that makes `lemma` of `form`; `None` when they share too little to learn from.
    fn between(form: &str, lemma: &str) -> Option<Self> {
        [(false, form.to_lowercase()), (true, form.to_owned())].into_iter().find_map(|(keep_case, base)| {
            let shared = base.chars().zip(lemma.chars()).take_while(|(left, right)| left == right).count();
            let cut = base.chars().count() - shared;
            let fits = cut <= 4 && (shared > 0 || base == lemma);
            let append: String = lemma.chars().skip(shared).collect();
            (fits && append.chars().count() <= 4).then_some(Self { keep_case, cut: cut as u8, append })
        })
    }

    /// The lemma of a form.
    fn apply(&self, form: &str) -> String {
        let base = if self.keep_case { form.to_owned() } else { form.to_lowercase() };
        let kept = base.chars().count().saturating_sub(usize::from(self.cut));
        base.chars().take(kept).chain(self.append.chars()).collect()
    }
}

/// Forms of one class share their endings: same tags, and capitals throughout or not ("CEO" keeps them, "Talks" does not).
fn class(form: &str, upos: Upos, xpos: Xpos) -> String {
    let capitals = form.chars().filter(|character| character.is_uppercase()).count();
    let mark = if capitals > 1 { "+" } else { "" };
    format!("{} {}{mark}", upos.as_str(), xpos.as_str())
}

/// The key of a class and an ending or form.
fn key(class: &str, ending: &str) -> String {
    format!("{class}\t{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: &[LemmaExample<'static>] = &[
        ("talks", Upos::Noun, Xpos::Nns, "talk"),
        ("plans", Upos::Noun, Xpos::Nns, "plan"),
        ("Envoys", Upos::Noun, Xpos::Nns, "envoy"),
        ("parties", Upos::Noun, Xpos::Nns, "party"),
        ("treaties", Upos::Noun, Xpos::Nns, "treaty"),
        ("men", Upos::Noun, Xpos::Nns, "man"),
        ("rejected", Upos::Verb, Xpos::Vbd, "reject"),
        ("halted", Upos::Verb, Xpos::Vbd, "halt"),
        ("went", Upos::Verb, Xpos::Vbd, "go"),
        ("Orsa", Upos::Propn, Xpos::Nnp, "Orsa"),
        ("CEOs", Upos::Noun, Xpos::Nns, "CEO"),
        ("n't", Upos::Part, Xpos::Rb, "not"),
    ];

    #[test]
    fn endings_and_exceptions() {
        let lemmatizer = Lemmatizer::learn(EXAMPLES.iter().copied());
        for (form, upos, xpos, lemma) in [
            ("Rebels", Upos::Noun, Xpos::Nns, "rebel"),
            ("economies", Upos::Noun, Xpos::Nns, "economy"),
            ("men", Upos::Noun, Xpos::Nns, "man"),
            ("WENT", Upos::Verb, Xpos::Vbd, "went"),
            ("went", Upos::Verb, Xpos::Vbd, "go"),
            ("granted", Upos::Verb, Xpos::Vbd, "grant"),
            ("Tarvia", Upos::Propn, Xpos::Nnp, "Tarvia"),
            ("NGOs", Upos::Noun, Xpos::Nns, "NGO"),
            ("n’t", Upos::Part, Xpos::Rb, "not"),
            ("Odd", Upos::Intj, Xpos::Uh, "odd"),
            ("", Upos::X, Xpos::Fw, ""),
        ] {
            assert_eq!(lemmatizer.lemma(form, upos, xpos), lemma, "{form}");
        }
    }
}
