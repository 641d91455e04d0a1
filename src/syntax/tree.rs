//! The dependency tree of one sentence, and the ways to walk it.
//!
//! Words are numbered within the sentence from 0; word `i` is token `sentence.tokens.start + i` of the document.

use smol_str::SmolStr;

use super::{EntityType, Relation, Upos, Xpos};

/// One analysed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Dictionary form, lower case but for names: "reject", "Moscow".
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Morphology that later stages ask for.
    pub features: Features,
    /// The head's number; `None` for the root.
    pub head: Option<usize>,
    /// The relation to the head.
    pub relation: Relation,
    /// What the word's phrase stands for, where the word heads a mention of an entity.
    pub entity: Option<EntityType>,
}

/// Morphological features in CoNLL-U form, sorted: "Mood=Ind|Tense=Past|VerbForm=Fin"; empty when there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features(pub SmolStr);

impl Features {
    /// The value of a feature: `Past` for `Tense`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.split('|').find_map(|feature| feature.strip_prefix(name)?.strip_prefix('='))
    }
}

/// The dependency tree of one sentence.
///
/// Exactly one word has no head (unless the sentence is empty), heads are in range and there is no cycle. Punctuation
/// has no dependents worth relying on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    words: Vec<Word>,
    /// The dependents of word 0, then those of word 1 and so on.
    children: Vec<usize>,
    /// Where in `children` each word's dependents begin, and where the last word's end.
    starts: Vec<u32>,
}

impl Default for Tree {
    /// The tree of no words.
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Tree {
    /// A tree over `words`; whatever breaks the invariant (no root or several, a head out of range, a cycle) is hung
    /// on the first root, so that any input gives a tree.
    pub fn new(mut words: Vec<Word>) -> Self {
        let count = words.len();
        let root = words.iter().position(|word| word.head.is_none()).unwrap_or(0);
        for index in 0..count {
            let broken = words[index].head.is_none_or(|head| head >= count) || !reaches_root(&words, index);
            if index == root {
                words[index].head = None;
                words[index].relation = Relation::Root;
            } else if broken {
                words[index].head = Some(root);
                if words[index].relation == Relation::Root {
                    words[index].relation = Relation::Parataxis;
                }
            }
        }
        let (children, starts) = children(&words);
        Self { words, children, starts }
    }

    /// The words in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The same tree in which some words head mentions of other things.
    pub(super) fn retyped(mut self, kind: impl Fn(usize, &Word) -> Option<EntityType>) -> Self {
        for index in 0..self.words.len() {
            self.words[index].entity = kind(index, &self.words[index]);
        }
        self
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at `index`.
    ///
    /// # Panics
    /// When `index` is not below `len()`.
    pub fn word(&self, index: usize) -> &Word {
        &self.words[index]
    }

    /// The root's number; `None` for an empty tree.
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|word| word.head.is_none())
    }

    /// The dependents of a word, from left to right.
    pub fn children(&self, index: usize) -> &[usize] {
        &self.children[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// The dependents of a word whose relation, subtypes ignored, is `relation`.
    pub fn children_by(&self, index: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        let wanted = relation.universal();
        self.children(index).iter().copied().filter(move |&child| self.words[child].relation.universal() == wanted)
    }

    /// The first dependent whose relation, subtypes ignored, is `relation`.
    pub fn child_by(&self, index: usize, relation: Relation) -> Option<usize> {
        self.children_by(index, relation).next()
    }

    /// The word and everything below it, sorted. Linear in the size of the subtree.
    pub fn subtree(&self, index: usize) -> Vec<usize> {
        self.subtree_without(index, |_| false)
    }

    /// The word and everything below it, sorted, leaving out each dependent for which `skip` holds, with its subtree.
    pub fn subtree_without(&self, index: usize, skip: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![index];
        let mut next = 0;
        while next < found.len() {
            found.extend(self.children(found[next]).iter().copied().filter(|&child| !skip(child)));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The words from `index`'s head up to the root.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.words[index].head, |&word| self.words[word].head)
    }
}

/// The dependents of all words end to end, and where those of each begin.
fn children(words: &[Word]) -> (Vec<usize>, Vec<u32>) {
    let heads = || words.iter().enumerate().filter_map(|(index, word)| word.head.map(|head| (index, head)));
    let mut starts = vec![0_u32; words.len() + 1];
    heads().for_each(|(_, head)| starts[head + 1] += 1);
    (0..words.len()).for_each(|index| starts[index + 1] += starts[index]);
    let mut next = starts.clone();
    let mut children = vec![0; heads().count()];
    for (index, head) in heads() {
        children[next[head] as usize] = index;
        next[head] += 1;
    }
    (children, starts)
}

/// Whether following the heads from `index` ends at a word without one.
fn reaches_root(words: &[Word], index: usize) -> bool {
    let mut current = index;
    for _ in 0..=words.len() {
        match words.get(current).and_then(|word| word.head) {
            Some(head) => current = head,
            None => return current < words.len(),
        }
    }
    false
}
