//! What tells the role of a word beside a cue: the features of each step of the walk from the cue.
//!
//! `role_weights.tsv` lists them by name.

use std::ops::Range;

use super::cue::Cue;
use super::feature::{Feature, Part};
use super::passage::Passage;
use super::roles::{Role, Roles, Step};
use crate::syntax::Upos;

/// A step as features name it.
struct Arc<'a> {
    /// "v" down the tree, "^" up.
    way: Part<'a>,
    relation: Part<'a>,
    /// The word's role by the rules.
    rule: Part<'a>,
    /// Arcs from the cue to the word.
    depth: Part<'a>,
    /// How the cue takes its content.
    class: Part<'a>,
    frame: Part<'a>,
    /// The first preposition or conjunction of the word's phrase.
    marker: Part<'a>,
    /// Where the word stands.
    place: Part<'a>,
    /// The form of a function word.
    function: Option<Part<'a>>,
    /// Relation of the nearest dependent that the word before has between itself and the word, and its role by the rules.
    sibling: [Part<'a>; 2],
}

/// A cue with the roles that the rules give to the words around it.
pub(super) struct Neighbourhood<'a> {
    passage: &'a Passage<'a>,
    cue: &'a Cue,
    rules: Roles,
    /// The first and the last word of the content by the rules.
    content: Option<(usize, usize)>,
    /// The cue's.
    lemma: Part<'a>,
}

impl<'a> Neighbourhood<'a> {
    /// The surroundings of a cue, `rules` being what the rules say of them.
    pub(super) fn new(passage: &'a Passage<'a>, cue: &'a Cue, rules: Roles) -> Self {
        let first = rules.words(Role::Content).next();
        let content = first.zip(rules.words(Role::Content).last());
        Self { passage, cue, rules, content, lemma: passage.lemma(cue.head).into() }
    }

    /// What the rules say.
    pub(super) fn into_rules(self) -> Roles {
        self.rules
    }

    /// The main word of the cue.
    pub(super) fn cue(&self) -> usize {
        self.cue.head
    }

    /// The words of the cue's sentence.
    pub(super) fn sentence(&self) -> Range<usize> {
        self.passage.sentence_words(self.cue.head)
    }

    /// Tells the features of a step, each in parts.
    pub(super) fn features(&self, steps: &[Step], number: usize, tell: &mut impl FnMut(Feature<'_>)) {
        let passage = self.passage;
        let step = steps[number];
        let (cue, word) = (self.cue.head, step.word);
        let before = step.from.map_or(cue, |from| steps[from].word);
        let arc = self.arc(steps, step, before);
        let Arc { way, relation, rule, depth, .. } = arc;
        let earlier = Part::from(step.from.map_or("cue", |from| passage.relation(steps[from].lower).as_str()));
        let rule_before = self.rules.of(before).as_str().into();
        tell(Feature("b", &[]));
        tell(Feature("r", &[rule]));
        tell(Feature("rr", &[rule, rule_before, way, relation]));
        tell(Feature("e", &[earlier, way, relation, rule]));
        tell(Feature("ed", &[earlier, way, relation, depth, passage.upos(word).as_str().into()]));
        self.features_of_words(word, before, &arc, tell);
        self.features_of_cue(&arc, tell);
        self.features_of_place(step, before, &arc, tell);
    }

    fn arc(&self, steps: &[Step], step: Step, before: usize) -> Arc<'_> {
        let (passage, word) = (self.passage, step.word);
        let way = if step.lower == word { "v" } else { "^" };
        let is_function = is_function(passage.upos(word));
        Arc {
            way: way.into(),
            relation: passage.relation(step.lower).as_str().into(),
            rule: self.rules.of(word).as_str().into(),
            depth: depth(steps, step).into(),
            class: self.cue.class.letter().into(),
            frame: self.cue.complement.frame.as_str().into(),
            marker: self.marker(word).into(),
            place: self.place(word).into(),
            function: is_function.then(|| passage.lower(word).into()),
            sibling: self.sibling(word, before, way).map(Part::from),
        }
    }

    /// What the two words are.
    fn features_of_words(&self, word: usize, before: usize, arc: &Arc<'_>, tell: &mut impl FnMut(Feature<'_>)) {
        let passage = self.passage;
        let Arc { way, relation, rule, depth, marker, .. } = *arc;
        let (lemma, lemma_before) = (passage.lemma(word).into(), passage.lemma(before).into());
        let (upos, upos_before) = (passage.upos(word).as_str().into(), passage.upos(before).as_str().into());
        let entity = passage.entity(word).map_or("-", |kind| kind.as_str()).into();
        tell(Feature("u", &[way, relation, upos, upos_before]));
        tell(Feature("xx", &[passage.xpos(word).as_str().into(), way, relation, rule]));
        tell(Feature("n", &[entity, way, relation, rule]));
        tell(Feature("m", &[way, relation, marker]));
        tell(Feature("g", &[lemma_before, way, relation, marker]));
        tell(Feature("o", &[lemma, way, relation]));
        tell(Feature("ob", &[lemma, lemma_before]));
        if let Some(form) = arc.function {
            tell(Feature("x", &[form, way, relation, depth]));
        }
    }

    /// What the cue is, and how it takes its content.
    fn features_of_cue(&self, arc: &Arc<'_>, tell: &mut impl FnMut(Feature<'_>)) {
        let Arc { way, relation, rule, depth, class, frame, marker, place, .. } = *arc;
        let [sibling, sibling_rule] = arc.sibling;
        let lemma = self.lemma;
        tell(Feature("f", &[way, relation, rule, class, frame]));
        tell(Feature("mf", &[way, relation, marker, class, frame]));
        tell(Feature("l", &[lemma, way, relation, rule]));
        tell(Feature("lm", &[lemma, marker, way, relation]));
        tell(Feature("lf", &[lemma, frame, rule]));
        tell(Feature("sc", &[sibling, sibling_rule, way, relation, class, frame]));
        if let Some(form) = arc.function {
            tell(Feature("xl", &[form, lemma, relation]));
            tell(Feature("xf", &[form, class, frame, depth]));
            tell(Feature("xp", &[form, place, rule]));
        }
    }

    /// Where the word stands, and what stands between and beside.
    fn features_of_place(&self, step: Step, before: usize, arc: &Arc<'_>, tell: &mut impl FnMut(Feature<'_>)) {
        let Arc { way, relation, rule, depth, place, .. } = *arc;
        let word = step.word;
        let side = if word < self.cue.head { "l" } else { "r" }.into();
        let quoted = self.quoted(word, before).into();
        let comma = if self.is_cut_off(word, before) { "," } else { "-" }.into();
        let [sibling, sibling_rule] = arc.sibling;
        tell(Feature("w", &[way, relation, side, depth]));
        tell(Feature("q", &[quoted, rule, way]));
        tell(Feature("qc", &[quoted, comma, relation]));
        tell(Feature("c", &[comma, way, relation, side, rule]));
        tell(Feature("p", &[place, rule, way, relation]));
        tell(Feature("pc", &[place, comma, way, relation]));
        tell(Feature("s", &[sibling, sibling_rule, way, relation, rule]));
        tell(Feature("z", &[self.size(step).into(), way, relation, rule]));
    }

    /// The first preposition or conjunction of a word's phrase.
    fn marker(&self, word: usize) -> &str {
        self.passage.markers(word).next().map_or("-", |marker| self.passage.lower(marker))
    }

    /// Relation of the nearest dependent that the word before has between itself and the word, and its role by the rules.
    fn sibling(&self, word: usize, before: usize, way: &str) -> [&'static str; 2] {
        if way == "^" {
            return ["up", "-"];
        }
        let mut between = self.passage.children(before).iter().copied().rev().skip_while(|&child| child >= word);
        let nearest = between.find(|&child| !self.passage.is_punctuation(child)).filter(|&child| child > before);
        nearest.map_or(["-", "-"], |child| [self.passage.relation(child).as_str(), self.rules.of(child).as_str()])
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

/// How many arcs lie between the cue and a word.
fn depth(steps: &[Step], step: Step) -> &'static str {
    let ancestors = std::iter::successors(step.from, |&from| steps[from].from);
    ["1", "2", "3", "4"].get(ancestors.count()).copied().unwrap_or("5")
}

/// Whether words of this kind are few, so that their forms say much.
fn is_function(upos: Upos) -> bool {
    matches!(
        upos,
        Upos::Adp | Upos::Sconj | Upos::Part | Upos::Det | Upos::Pron | Upos::Aux | Upos::Cconj | Upos::Adv | Upos::X
    )
}
