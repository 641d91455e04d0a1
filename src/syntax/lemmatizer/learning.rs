//! Learns lemmas from treebanks: first which are known, then endings and cases, last what these get wrong.
//!
//! Words count once for each spelling, however often they occur: the next unknown word is no frequent one.

use std::collections::{BTreeMap, BTreeSet};

use super::casing::{Case, Shape};
use super::table::Key;
use super::{Edit, LONGEST_ENDING, Role, Tables, casing, digit_folded, lower};
use crate::syntax::{Relation, TreebankSentence, Xpos};

/// One word of a treebank: form, role, lemma.
pub(in crate::syntax) type LemmaExample<'a> = (&'a str, Role, &'a str);

/// The words of a sentence with their lemmas, and what these depend on.
pub(in crate::syntax) fn lemmas_of(sentence: &TreebankSentence) -> impl Iterator<Item = LemmaExample<'_>> {
    let words = sentence.tree.words();
    sentence.forms.iter().zip(words).map(|(form, word)| {
        let head = word.head.map(|head| words[head].xpos);
        let role = Role { upos: word.upos, xpos: word.xpos, relation: word.relation, head };
        (form.as_str(), role, word.lemma.as_str())
    })
}

/// An edit is believed when so many words show it; of small classes, all are.
const EDIT_FROM: usize = 2;
/// A class with fewer words is small.
const SMALL_CLASS: usize = 20;
/// So many words give an ending a case of its own.
const CASE_FROM: usize = 3;
/// Share of a lemma's spellings that the usual one must have: a lemma written now so, now so is nothing to go by.
const USUAL: f32 = 0.6;

/// How often something was seen, in an order that never changes.
type Counts<T> = BTreeMap<T, usize>;

impl Tables {
    /// Learns from treebank words, gold tags and relations.
    pub(super) fn learn<'a>(examples: impl Iterator<Item = LemmaExample<'a>>) -> Self {
        // What "goes with" another word and what it goes with have the lemma of both together.
        let whole =
            |(_, role, _): &LemmaExample<'_>| role.relation != Relation::Goeswith && role.xpos != Xpos::GoesWith;
        let given = |(form, _, lemma): &LemmaExample<'_>| *lemma != "_" || *form == "_";
        let mut words: Counts<LemmaExample<'a>> = Counts::new();
        for example in examples.filter(|example| whole(example) && given(example)) {
            *words.entry(example).or_default() += 1;
        }
        let mut tables = Self::default();
        tables.learn_known(&words);
        tables.learn_endings(&words);
        tables.learn_cases(&words);
        tables.learn_lower_forms(&words);
        tables.learn_forms(&words);
        tables
    }

    /// Lists all lemmas, with the case in which most of their occurrences are written.
    fn learn_known(&mut self, words: &Counts<LemmaExample<'_>>) {
        let mut spellings: BTreeMap<u32, Counts<&str>> = BTreeMap::new();
        for (&(_, role, lemma), &count) in words {
            let key = role.lemma_key(&lemma.to_lowercase());
            *spellings.entry(key).or_default().entry(lemma).or_default() += count;
        }
        let case = |spellings: &Counts<&str>| {
            let all: usize = spellings.values().sum();
            let (lemma, count) = most_frequent(spellings)?;
            (count as f32 >= USUAL * all as f32).then(|| Case::of(lemma))
        };
        let known = spellings.iter().map(|(&key, spellings)| (key, case(spellings)));
        self.known = known.collect::<BTreeMap<_, _>>().into();
    }

    /// Counts the edits of each ending.
    fn learn_endings(&mut self, words: &Counts<LemmaExample<'_>>) {
        let pairs: BTreeSet<(u16, String, String)> =
            words.keys().map(|(form, role, lemma)| (role.class(), lower(form), lemma.to_lowercase())).collect();
        let mut votes: BTreeMap<(u16, String), Counts<Edit>> = BTreeMap::new();
        for (class, form, lemma) in &pairs {
            let Some(edit) = Edit::between(form, lemma) else { continue };
            for ending in endings(form, LONGEST_ENDING) {
                *votes.entry((*class, ending)).or_default().entry(edit.clone()).or_default() += 1;
            }
        }
        let believed = |class: u16, edit: &Edit| {
            let all = &votes[&(class, String::new())];
            all[edit] >= EDIT_FROM || all.values().sum::<usize>() < SMALL_CLASS
        };
        let mut numbers: BTreeMap<&Edit, u16> = BTreeMap::new();
        let mut table = BTreeMap::new();
        for ((class, ending), edits) in &votes {
            let counted = |(edit, &count): (_, &usize)| {
                let next = numbers.len() as u16;
                (*numbers.entry(edit).or_insert(next), count.min(usize::from(u16::MAX)) as u16)
            };
            let counts: Vec<(u16, u16)> =
                edits.iter().filter(|(edit, _)| believed(*class, edit)).map(counted).collect();
            if edits.values().sum::<usize>() > 1 || ending.is_empty() {
                table.entry(key(Key::new(*class), ending)).or_insert(counts);
            }
        }
        let mut edits: Vec<(u16, Edit)> = numbers.iter().map(|(&edit, &number)| (number, edit.clone())).collect();
        edits.sort();
        self.edits = edits.into_iter().map(|(_, edit)| edit).collect();
        self.endings = table.into();
    }

    /// The case of each class, shape and ending, listed where it is not that of the next shorter ending.
    fn learn_cases(&mut self, words: &Counts<LemmaExample<'_>>) {
        let mut votes: BTreeMap<(u16, Shape, usize, String), Counts<Case>> = BTreeMap::new();
        for &(form, role, lemma) in words.keys() {
            let shape = Shape::of(form);
            let cases = cases_between(form, shape, lemma);
            let endings = endings(&form.to_lowercase(), casing::LONGEST_ENDING);
            for (length, ending) in endings.into_iter().enumerate() {
                let counts = votes.entry((role.class(), shape, length, ending)).or_default();
                cases.iter().for_each(|&case| *counts.entry(case).or_default() += 1);
            }
        }
        let mut listed: BTreeMap<(u16, Shape, usize, String), Case> = BTreeMap::new();
        for ((class, shape, length, ending), counts) in votes {
            let Some((&case, count)) = most_frequent(&counts) else { continue };
            let shorter = |length: usize| {
                let start = ending.chars().count() - length;
                listed.get(&(class, shape, length, ending.chars().skip(start).collect()))
            };
            let known = (0..length).rev().find_map(shorter);
            if (count >= CASE_FROM && known != Some(&case)) || length == 0 {
                listed.insert((class, shape, length, ending), case);
            }
        }
        let keyed = |((class, shape, _, ending), case): (_, Case)| {
            let (class, shape, ending): (u16, Shape, String) = (class, shape, ending);
            (key(Key::new(class).and(&[shape as u8]), &ending), case)
        };
        self.cases = listed.into_iter().map(keyed).collect::<BTreeMap<_, _>>().into();
    }

    /// Lists the lower-case forms whose lemma the edits get wrong.
    fn learn_lower_forms(&mut self, words: &Counts<LemmaExample<'_>>) {
        let mut lemmas: BTreeMap<(u16, String), (Role, Counts<String>)> = BTreeMap::new();
        for (&(form, role, lemma), &count) in words {
            let (_, counts) = lemmas.entry((role.class(), lower(form))).or_insert_with(|| (role, Counts::new()));
            *counts.entry(lemma.to_lowercase()).or_default() += count;
        }
        let wrong = |((class, form), (role, counts)): ((u16, String), (Role, Counts<String>))| {
            let (lemma, _) = most_frequent(&counts)?;
            let entry = (Key::new(class).and(form.as_bytes()).done(), lemma.clone());
            (self.edited(form, role) != *lemma).then_some(entry)
        };
        self.lower_forms = lemmas.into_iter().filter_map(wrong).collect::<BTreeMap<_, _>>().into();
    }

    /// Lists the forms whose lemma all of the rest gets wrong.
    fn learn_forms(&mut self, words: &Counts<LemmaExample<'_>>) {
        let mut lemmas: BTreeMap<(u16, &str), (Role, Counts<&str>)> = BTreeMap::new();
        for (&(form, role, lemma), &count) in words {
            let (_, counts) = lemmas.entry((role.class(), form)).or_insert_with(|| (role, Counts::new()));
            *counts.entry(lemma).or_default() += count;
        }
        let wrong = |(&(class, form), (role, counts)): (&(u16, &str), &(Role, Counts<&str>))| {
            let (&lemma, _) = most_frequent(counts)?;
            let entry = (Key::new(class).and(form.as_bytes()).done(), lemma.to_owned());
            (self.regular(form, *role) != lemma).then_some(entry)
        };
        self.forms = lemmas.iter().filter_map(wrong).collect::<BTreeMap<_, _>>().into();
    }
}

/// The cases that make the lemma of its own lower-case form. Of a form in capitals none is kept: "HAS" would become "HAve".
fn cases_between(form: &str, shape: Shape, lemma: &str) -> Vec<Case> {
    let in_capitals = matches!(shape, Shape::Letter | Shape::Capitals2 | Shape::Capitals4 | Shape::Capitals6);
    let possible = |case: &Case| *case != Case::Kept || !in_capitals;
    let fits = |case: &Case| case.apply(form, lemma.to_lowercase()) == lemma;
    Case::ALL.into_iter().filter(possible).filter(fits).collect()
}

/// The endings of a form, from the empty one to the longest.
fn endings(form: &str, longest: usize) -> Vec<String> {
    let characters: Vec<char> = form.chars().map(digit_folded).collect();
    let count = characters.len();
    (0..=count.min(longest)).map(|length| characters[count - length..].iter().collect()).collect()
}

/// The key of an ending as the lemmatizer finds it, walking from the end.
fn key(start: Key, ending: &str) -> u32 {
    ending.chars().rev().fold(start.and_character('\0'), Key::and_character).done()
}

/// The most frequent entry, the first of equals.
fn most_frequent<T: Ord>(counts: &Counts<T>) -> Option<(&T, usize)> {
    let best = counts.iter().max_by(|left, right| left.1.cmp(right.1).then(right.0.cmp(left.0)));
    best.map(|(entry, &count)| (entry, count))
}
