//! Dictionary forms: listed forms first, then an edit of the ending, then the capitals.
//!
//! All of it is learned from treebanks. An edit cuts characters off the lower-case form and puts others in their place
//! ("halted" VBD: cut 2); how often each ending took each edit decides, and an edit that gives a lemma the treebanks
//! know is much preferred ("ruled": "rule", not "rul"). The capitals are settled apart, by the spelling of the known
//! lemma or by tags, shape and ending, so that "TALKS" learns from "talks". What this gets wrong is listed.

mod casing;
mod learning;
mod table;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use self::casing::{Case, Shape};
use self::learning::LemmaExample;
pub(super) use self::learning::lemmas_of;
use self::table::{Key, Table};
use super::{Relation, Upos, Xpos};

/// Longest ending that is counted by itself; 6 takes a fifth more room for nothing.
const LONGEST_ENDING: usize = 5;
/// How much likelier an edit is that makes a known lemma. Between 5 and 50 nothing changes; without it 0.05 is lost on EWT dev.
const KNOWN: f32 = 20.0;
/// What an ending's counts weigh against those of the next shorter ending.
const BACK_OFF: f32 = 0.5;

/// What a lemma depends on beside the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Role {
    pub(super) upos: Upos,
    pub(super) xpos: Xpos,
    pub(super) relation: Relation,
    /// Penn tag of the head, if there is one.
    pub(super) head: Option<Xpos>,
}

impl Role {
    /// Words of one class share what is learned: both tags, and for auxiliaries whether they go with a participle, which
    /// parts "it's gone" from "it's late".
    fn class(self) -> u16 {
        let tags = self.upos.index() * Xpos::ALL.len() + self.xpos.index();
        (2 * tags + usize::from(self.is_perfect())) as u16
    }

    /// Whether the word is an auxiliary of a participle.
    fn is_perfect(self) -> bool {
        self.upos == Upos::Aux && self.relation == Relation::Aux && self.head == Some(Xpos::Vbn)
    }

    /// The role without what no lemma depends on, so that the words of a form share few of them.
    pub(super) fn reduced(self) -> Self {
        let relation = match self.relation {
            Relation::Goeswith => Relation::Goeswith,
            _ if self.is_perfect() => Relation::Aux,
            _ => Relation::Dep,
        };
        Self { relation, head: self.head.filter(|_| self.is_perfect()), ..self }
    }

    /// Whether the word is a name, or part of one.
    fn is_name(self) -> bool {
        matches!(self.xpos, Xpos::Nnp | Xpos::Nnps)
    }

    /// The key of a lower-case lemma.
    fn lemma_key(self, lower: &str) -> u32 {
        Key::new(self.upos.index() as u16).and(&[u8::from(self.is_name())]).and(lower.as_bytes()).done()
    }
}

/// What is done to the end of a lower-case form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Edit {
    /// Characters to cut off.
    cut: u8,
    /// What follows instead.
    append: String,
}

/// Turns forms into lemmas.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lemmatizer {
    tables: Tables,
}

/// What is learned.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Tables {
    edits: Vec<Edit>,
    /// By class and ending: numbers of edits, each with its count.
    endings: Table<Vec<(u16, u16)>>,
    /// By part of speech and lower-case lemma: how the treebanks write it, if they agree.
    known: Table<Option<Case>>,
    /// By class, shape and ending.
    cases: Table<Case>,
    /// By class and form: lemmas that the rest gets wrong.
    forms: Table<String>,
    /// By class and lower-case form: lower-case lemmas that the edits get wrong.
    lower_forms: Table<String>,
}

impl Lemmatizer {
    /// The lemma of a form in its role.
    pub(super) fn lemma(&self, form: &str, role: Role) -> String {
        self.tables.lemma(form, role)
    }

    /// Learns from treebank words, gold tags and relations.
    pub(super) fn learn<'a>(examples: impl Iterator<Item = LemmaExample<'a>>) -> Self {
        Self { tables: Tables::learn(examples) }
    }
}

impl Tables {
    /// The lemma of a form in its role. What was written apart belongs to another word's lemma and has none, `_`.
    fn lemma(&self, form: &str, role: Role) -> String {
        if role.relation == Relation::Goeswith {
            return "_".to_owned();
        }
        match self.forms.get(Key::new(role.class()).and(form.as_bytes()).done()) {
            Some(lemma) => lemma.clone(),
            None => self.regular(form, role),
        }
    }

    /// The lemma of a form that is not listed.
    fn regular(&self, form: &str, role: Role) -> String {
        let lower = lower(form);
        if let Some(lemma) = self.without_repeats(&lower, role) {
            return lemma;
        }
        let lemma = self.edited(lower, role);
        let case = self.case(form, &lemma, role);
        case.apply(form, lemma)
    }

    /// The lower-case lemma of a lower-case form.
    fn edited(&self, lower: String, role: Role) -> String {
        if let Some(lemma) = self.lower_forms.get(Key::new(role.class()).and(lower.as_bytes()).done()) {
            return lemma.clone();
        }
        if role.xpos == Xpos::Cd && lower.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) {
            return lower.replace(',', "");
        }
        match self.best_edit(&lower, role) {
            Some(edit) => edit.apply(lower),
            None => lower,
        }
    }

    /// The likeliest edit; `None` when nothing is known of the class, or it never edits.
    fn best_edit(&self, lower: &str, role: Role) -> Option<&Edit> {
        let shares = self.shares(lower, role.class());
        // An edit this unlikely loses even if it makes a known lemma: nearly always one is left, and none is tried out.
        let highest = shares.iter().fold(0.0, |highest: f32, &(_, share)| highest.max(share));
        let likely = shares.into_iter().filter(|&(_, share)| KNOWN * share >= highest);
        let edits = likely.filter_map(|(number, share)| Some((share, self.edits.get(usize::from(number))?)));
        let possible: Vec<(f32, &Edit)> = edits.filter(|(_, edit)| edit.leaves_something(lower)).collect();
        if let [(_, only)] = *possible {
            return Some(only);
        }
        let mut best: Option<(f32, &Edit)> = None;
        for (share, edit) in possible {
            let known = self.known.get(role.lemma_key(&edit.apply(lower.to_owned()))).is_some();
            let weight = if known { KNOWN * share } else { share };
            if best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, edit));
            }
        }
        best.map(|(_, edit)| edit)
    }

    /// The share of each edit among words with this ending, sorted by edit: each longer ending is mixed with the next
    /// shorter one, the more so the more edits it has seen (Witten and Bell 1991).
    fn shares(&self, lower: &str, class: u16) -> Vec<(u16, f32)> {
        let mut shares: Vec<(u16, f32)> = Vec::new();
        let mut key = Key::new(class);
        if let Some([(only, _)]) = self.endings.get(key.and_character('\0').done()).map(Vec::as_slice) {
            return vec![(*only, 1.0)];
        }
        let endings = std::iter::once(None).chain(lower.chars().rev().map(Some));
        for character in endings.take(LONGEST_ENDING + 1) {
            key = key.and_character(character.map_or('\0', digit_folded));
            let Some(counts) = self.endings.get(key.done()) else { continue };
            let total: f32 = counts.iter().map(|&(_, count)| f32::from(count)).sum();
            let back_off = if shares.is_empty() { 0.0 } else { BACK_OFF * counts.len() as f32 };
            shares.iter_mut().for_each(|(_, share)| *share *= back_off / (total + back_off));
            for &(number, count) in counts {
                let part = f32::from(count) / (total + back_off);
                match shares.binary_search_by_key(&number, |&(number, _)| number) {
                    Ok(place) => shares[place].1 += part,
                    Err(place) => shares.insert(place, (number, part)),
                }
            }
        }
        shares
    }

    /// The lemma of "soooo": letters written three times or more are too many. `None` when there are none, or when no
    /// known word is left; names and codes may have them.
    fn without_repeats(&self, lower: &str, role: Role) -> Option<String> {
        let repeats = |run: &[u8]| run[0].is_ascii_alphabetic() && run[0] == run[1] && run[1] == run[2];
        let has_repeats = lower.as_bytes().windows(3).any(repeats);
        if !has_repeats || role.is_name() || matches!(role.upos, Upos::Propn | Upos::Num | Upos::X | Upos::Punct) {
            return None;
        }
        [1, 2].into_iter().find_map(|longest| {
            let lemma = self.edited(cut_runs(lower, longest), role);
            let known = lemma.len() > 1 && self.known.get(role.lemma_key(&lemma)).is_some();
            known.then_some(lemma)
        })
    }

    /// How the lemma is written. A known lemma is written as ever, unless the form's own capitals say more: those of
    /// "iPhone", "AP" or, in names, of all that is not in capitals throughout.
    fn case(&self, form: &str, lemma: &str, role: Role) -> Case {
        let shape = Shape::of(form);
        let as_ever = match role.is_name() {
            true => matches!(shape, Shape::Small | Shape::Capitals4 | Shape::Capitals6),
            false => !matches!(shape, Shape::Mixed | Shape::Letter | Shape::Capitals2),
        };
        let known = if as_ever { self.known.get(role.lemma_key(lemma)) } else { None };
        known.copied().flatten().unwrap_or_else(|| self.case_of_ending(form, shape, role))
    }

    /// The case of the longest listed ending.
    fn case_of_ending(&self, form: &str, shape: Shape, role: Role) -> Case {
        let mut key = Key::new(role.class()).and(&[shape as u8]);
        let mut case = if role.upos == Upos::Propn { Case::Kept } else { Case::Lower };
        let characters = form.chars().rev().flat_map(char::to_lowercase).map(Some);
        for character in std::iter::once(None).chain(characters).take(casing::LONGEST_ENDING + 1) {
            key = key.and_character(character.map_or('\0', digit_folded));
            case = self.cases.get(key.done()).copied().unwrap_or(case);
        }
        case
    }
}

impl Edit {
    /// The edit that makes a lower-case lemma of a lower-case form; `None` when they share too little to learn from.
    fn between(form: &str, lemma: &str) -> Option<Self> {
        let shared = form.chars().zip(lemma.chars()).take_while(|(left, right)| left == right).count();
        let cut = form.chars().count() - shared;
        let append: String = lemma.chars().skip(shared).collect();
        let fits = cut <= 5 && append.chars().count() <= 5 && (shared > 0 || form == lemma);
        fits.then_some(Self { cut: cut as u8, append })
    }

    /// Whether the form is longer than what is cut off.
    fn leaves_something(&self, form: &str) -> bool {
        form.chars().nth(usize::from(self.cut)).is_some() || !self.append.is_empty()
    }

    /// The form with another end.
    fn apply(&self, mut form: String) -> String {
        for _ in 0..self.cut {
            form.pop();
        }
        form.push_str(&self.append);
        form
    }
}

/// The form in lower case, with one kind of apostrophe.
fn lower(form: &str) -> String {
    form.chars().flat_map(char::to_lowercase).map(|character| if character == '’' { '\'' } else { character }).collect()
}

/// All digits are one to an ending.
fn digit_folded(character: char) -> char {
    if character.is_ascii_digit() { '0' } else { character }
}

/// The word with no letter more than `longest` times in a row where it was written three times or more.
fn cut_runs(lower: &str, longest: usize) -> String {
    let characters: Vec<char> = lower.chars().collect();
    let runs = characters.chunk_by(|left, right| left == right);
    runs.flat_map(|run| &run[..if run.len() < 3 { run.len() } else { longest }]).collect()
}
