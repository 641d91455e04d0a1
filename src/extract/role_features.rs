//! What tells the role of a word beside a cue: the features of each step of the walk from the cue.
//!
//! A feature is a few words, its name those words with blanks between; `role_weights.tsv` lists them by that name. At run
//! time names are only hashed, never built.

use super::cue::Cue;
use super::passage::Passage;
use super::roles::{Role, Roles, Step};
use crate::syntax::Upos;

/// The arc of a step, as features name it.
struct Arc {
    /// "v" down the tree, "^" up.
    way: &'static str,
    relation: &'static str,
    /// The word's role by the rules.
    rule: &'static str,
    /// Arcs from the cue to the word.
    depth: &'static str,
}

/// A cue with the roles that the rules give to the words around it.
pub(super) struct Neighbourhood<'a> {
    passage: &'a Passage<'a>,
    cue: &'a Cue,
    rules: Roles,
    /// The first and the last word of the content by the rules.
    content: Option<(usize, usize)>,
}

impl<'a> Neighbourhood<'a> {
    /// The surroundings of a cue, `rules` being what the rules say of them.
    pub(super) fn new(passage: &'a Passage<'a>, cue: &'a Cue, rules: Roles) -> Self {
        let first = rules.words(Role::Content).next();
        let content = first.zip(rules.words(Role::Content).last());
        Self { passage, cue, rules, content }
    }

    /// What the rules say.
    pub(super) fn into_rules(self) -> Roles {
        self.rules
    }

    /// The main word of the cue.
    pub(super) fn cue(&self) -> usize {
        self.cue.head
    }

    /// Tells the features of a step, each in parts.
    pub(super) fn features(&self, steps: &[Step], number: usize, tell: &mut impl FnMut(&[&str])) {
        let passage = self.passage;
        let step = steps[number];
        let (cue, word) = (self.cue.head, step.word);
        let before = step.from.map_or(cue, |from| steps[from].word);
        let arc = Arc {
            way: if step.lower == word { "v" } else { "^" },
            relation: passage.relation(step.lower).as_str(),
            rule: self.rules.of(word).as_str(),
            depth: self.depth(steps, step),
        };
        let earlier = step.from.map_or("cue", |from| passage.relation(steps[from].lower).as_str());
        let rule_before = self.rules.of(before).as_str();
        tell(&["b"]);
        tell(&["r", arc.rule]);
        tell(&["rr", arc.rule, rule_before, arc.way, arc.relation]);
        tell(&["e", earlier, arc.way, arc.relation, arc.rule]);
        tell(&["ed", earlier, arc.way, arc.relation, arc.depth, passage.upos(word).as_str()]);
        self.features_of_words(word, before, &arc, tell);
        self.features_of_cue(word, before, &arc, tell);
        self.features_of_place(step, before, &arc, tell);
    }

    /// What the two words are.
    fn features_of_words(&self, word: usize, before: usize, arc: &Arc, tell: &mut impl FnMut(&[&str])) {
        let passage = self.passage;
        let Arc { way, relation, rule, depth } = *arc;
        let (lemma, lemma_before) = (passage.lemma(word), passage.lemma(before));
        let (upos, upos_before) = (passage.upos(word).as_str(), passage.upos(before).as_str());
        let entity = passage.entity(word).map_or("-", |kind| kind.as_str());
        let marker = self.marker(word);
        tell(&["u", way, relation, upos, upos_before]);
        tell(&["xx", passage.xpos(word).as_str(), way, relation, rule]);
        tell(&["n", entity, way, relation, rule]);
        tell(&["m", way, relation, marker]);
        tell(&["g", lemma_before, way, relation, marker]);
        tell(&["o", lemma, way, relation]);
        tell(&["ob", lemma, lemma_before]);
        if is_function(passage.upos(word)) {
            tell(&["x", passage.lower(word), way, relation, depth]);
        }
    }

    /// What the cue is, and how it takes its content.
    fn features_of_cue(&self, word: usize, before: usize, arc: &Arc, tell: &mut impl FnMut(&[&str])) {
        let passage = self.passage;
        let Arc { way, relation, rule, depth } = *arc;
        let (class, frame) = (self.cue.class.letter(), self.cue.complement.frame.as_str());
        let lemma = passage.lemma(self.cue.head);
        let (marker, form) = (self.marker(word), passage.lower(word));
        let (sibling, sibling_rule) = self.sibling(word, before, way);
        tell(&["f", way, relation, rule, class, frame]);
        tell(&["mf", way, relation, marker, class, frame]);
        tell(&["l", lemma, way, relation, rule]);
        tell(&["lm", lemma, marker, way, relation]);
        tell(&["lf", lemma, frame, rule]);
        tell(&["sc", sibling, sibling_rule, way, relation, class, frame]);
        if is_function(passage.upos(word)) {
            tell(&["xl", form, lemma, relation]);
            tell(&["xf", form, class, frame, depth]);
            tell(&["xp", form, self.place(word), rule]);
        }
    }

    /// Where the word stands, and what stands between and beside.
    fn features_of_place(&self, step: Step, before: usize, arc: &Arc, tell: &mut impl FnMut(&[&str])) {
        let Arc { way, relation, rule, depth } = *arc;
        let word = step.word;
        let side = if word < self.cue.head { "l" } else { "r" };
        let (place, quoted) = (self.place(word), self.quoted(word, before));
        let comma = if self.is_cut_off(word, before) { "," } else { "-" };
        let (sibling, sibling_rule) = self.sibling(word, before, way);
        tell(&["w", way, relation, side, depth]);
        tell(&["q", quoted, rule, way]);
        tell(&["qc", quoted, comma, relation]);
        tell(&["c", comma, way, relation, side, rule]);
        tell(&["p", place, rule, way, relation]);
        tell(&["pc", place, comma, way, relation]);
        tell(&["s", sibling, sibling_rule, way, relation, rule]);
        tell(&["z", self.size(step), way, relation, rule]);
    }

    /// The first preposition or conjunction of a word's phrase.
    fn marker(&self, word: usize) -> &str {
        self.passage.markers(word).next().map_or("-", |marker| self.passage.lower(marker))
    }

    /// Relation of the nearest dependent that the word before has between itself and the word, and its role by the rules.
    fn sibling(&self, word: usize, before: usize, way: &str) -> (&'static str, &'static str) {
        if way == "^" {
            return ("up", "-");
        }
        let mut between = self.passage.children(before).iter().copied().rev().skip_while(|&child| child >= word);
        let nearest = between.find(|&child| !self.passage.is_punctuation(child)).filter(|&child| child > before);
        nearest.map_or(("-", "-"), |child| (self.passage.relation(child).as_str(), self.rules.of(child).as_str()))
    }

    /// About how many words a word's phrase has.
    fn size(&self, step: Step) -> &'static str {
        if step.lower != step.word {
            return "up";
        }
        match self.passage.size(step.word) {
            1 => "1",
            2 => "2",
            3..=5 => "3",
            6..=10 => "6",
            _ => "11",
        }
    }

    /// How many arcs lie between the cue and a word.
    fn depth(&self, steps: &[Step], step: Step) -> &'static str {
        let ancestors = std::iter::successors(step.from, |&from| steps[from].from);
        ["1", "2", "3", "4"].get(ancestors.count()).copied().unwrap_or("5")
    }

    /// Where a word stands relative to the cue and to the content of the rules.
    fn place(&self, word: usize) -> &'static str {
        let cue = self.cue.head;
        match self.content {
            _ if word + 1 == cue => "before",
            _ if word == cue + 1 => "after",
            Some((first, _)) if cue < word && word < first => "between",
            Some((_, last)) if last < word && word < cue => "between",
            Some((_, last)) if word == last + 1 => "next",
            Some((first, last)) if first <= word && word <= last => "within",
            Some((_, last)) if word > last => "beyond",
            _ => "ahead",
        }
    }

    /// Whether a word and the one before are quoted, and by the same marks.
    fn quoted(&self, word: usize, before: usize) -> &'static str {
        match (self.passage.quotation_of(before), self.passage.quotation_of(word)) {
            (None, None) => "no",
            (None, Some(_)) => "in",
            (Some(_), None) => "out",
            (Some(one), Some(other)) if one == other => "same",
            _ => "other",
        }
    }

    /// Whether a comma, dash or the like stands between a word's phrase and the word before.
    fn is_cut_off(&self, word: usize, before: usize) -> bool {
        let passage = self.passage;
        let (first, last) = if word < before { (word, before) } else { (before, word) };
        let mut between = first + 1..last;
        between.any(|place| {
            passage.is_punctuation(place) && !passage.is_quotation_mark(place) && passage.lower(place) != "-"
        })
    }
}

/// Whether words of this kind are few, so that their forms say much.
fn is_function(upos: Upos) -> bool {
    matches!(
        upos,
        Upos::Adp | Upos::Sconj | Upos::Part | Upos::Det | Upos::Pron | Upos::Aux | Upos::Cconj | Upos::Adv | Upos::X
    )
}

/// The number of a feature's name, which is its parts with blanks between (FNV-1a).
pub(super) fn hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (index, part) in parts.iter().enumerate() {
        let blank: &[u8] = if index == 0 { b"" } else { b" " };
        for &byte in blank.iter().chain(part.as_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
