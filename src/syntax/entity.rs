//! Named mentions: which stretch of a sentence names an entity, and of what type.
//!
//! The types and the extent of a span are those of the GUM corpus (Zeldes, "The GUM corpus", 2017): the whole noun phrase
//! with its determiner, its modifiers and its relative clause, without the preposition before it. Spans nest. A mention is
//! *named* when its head is a proper noun:
//!
//! > [the foreign minister of [Orsa]place]person, [Jana Holt]person
//!
//! Only the second and third of these are named. The network says of each word whether it heads a mention and of what;
//! how far the mention reaches follows from the tree.

use std::collections::BTreeMap;
use std::ops::Range;

use super::conllu::TreebankSentence;
use super::tagset::{EntityType, Relation, Upos, Xpos};
use super::tree::{Tree, Word};

/// A stretch of a sentence that stands for an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitySpan {
    /// The words covered, `head` among them.
    pub words: Range<usize>,
    /// The word whose own head lies outside.
    pub head: usize,
    /// What it stands for.
    pub kind: EntityType,
}

impl EntitySpan {
    /// The span over `words` of a sentence, which must not be empty; its head is the first word that hangs outside.
    pub(super) fn new(sentence: &[Word], words: Range<usize>, kind: EntityType) -> Self {
        let outside = |&word: &usize| sentence[word].head.is_none_or(|head| !words.contains(&head));
        let head = words.clone().find(outside).unwrap_or(words.start);
        Self { words, head, kind }
    }

    /// Whether it names what it stands for.
    pub fn is_named(&self, tree: &Tree) -> bool {
        tree.word(self.head).upos == Upos::Propn
    }
}

/// The named mentions of a sentence, by start, the longer before the shorter.
pub fn named_mentions(tree: &Tree) -> Vec<EntitySpan> {
    let span = |(head, kind)| EntitySpan { words: phrase(tree, head), head, kind };
    let mut spans: Vec<EntitySpan> = named_heads(tree).map(span).collect();
    spans.sort_by_key(|span| (span.words.start, std::cmp::Reverse(span.words.end)));
    spans
}

/// The heads of the named mentions of a sentence, with what these stand for.
fn named_heads(tree: &Tree) -> impl Iterator<Item = (usize, EntityType)> + '_ {
    let named = |(head, word): (usize, &Word)| Some((head, word.entity.filter(|_| word.upos == Upos::Propn)?));
    tree.words().iter().enumerate().filter_map(named)
}

/// One name stands for one thing throughout a text: of the named mentions whose heads are spelt alike, all take the type
/// that most of them have, if two have it and no other type is as frequent. A name is often plain from one sentence
/// ("in Velm") and not from the next ("Velm won"). With a small network 48.3 F1 -> 49.4 on GUM-open dev read as one text.
#[derive(Clone, Debug, Default)]
pub struct SettledTypes(BTreeMap<String, EntityType>);

impl SettledTypes {
    /// Counts the types in the sentences of a text, each given as its forms and its tree.
    pub fn count<'a, F: Iterator<Item = &'a str>>(sentences: impl Iterator<Item = (F, &'a Tree)>) -> Self {
        let mut counts: BTreeMap<String, BTreeMap<EntityType, usize>> = BTreeMap::new();
        for (forms, tree) in sentences {
            let mut heads = named_heads(tree).peekable();
            for (word, form) in forms.enumerate() {
                if let Some((_, kind)) = heads.next_if(|(head, _)| *head == word) {
                    *counts.entry(form.to_lowercase()).or_default().entry(kind).or_default() += 1;
                }
            }
        }
        Self(counts.into_iter().filter_map(|(name, counts)| Some((name, leader(&counts)?))).collect())
    }

    /// The sentence with the types that its names have throughout.
    pub fn settle(&self, sentence: TreebankSentence) -> TreebankSentence {
        let kind = |index: usize, word: &Word| {
            let kind = word.entity?;
            let settled = || self.0.get(&sentence.forms[index].to_lowercase()).copied();
            Some(if word.upos == Upos::Propn { settled().unwrap_or(kind) } else { kind })
        };
        let tree = sentence.tree.retyped(kind);
        TreebankSentence { entities: Some(named_mentions(&tree)), tree, ..sentence }
    }
}

/// Sentences that are one text, with the types of [`SettledTypes`].
pub fn settle_types(sentences: Vec<TreebankSentence>) -> impl Iterator<Item = TreebankSentence> {
    let with_forms = sentences.iter().map(|sentence| (sentence.forms.iter().map(String::as_str), &sentence.tree));
    let settled = SettledTypes::count(with_forms);
    sentences.into_iter().map(move |sentence| settled.settle(sentence))
}

/// The type that more mentions have than any other, and at least two.
fn leader(counts: &BTreeMap<EntityType, usize>) -> Option<EntityType> {
    let (&kind, &most) = counts.iter().max_by_key(|(_, count)| **count)?;
    let alone = counts.values().filter(|&&count| count == most).count() == 1;
    (alone && most >= 2).then_some(kind)
}

/// The words of the noun phrase around a head: all that stands below it in one piece, but for dependents that are no part
/// of the phrase and for punctuation at its ends.
fn phrase(tree: &Tree, head: usize) -> Range<usize> {
    let words = tree.subtree_without(head, |child| tree.word(child).head == Some(head) && !belongs(tree, child));
    let place = words.binary_search(&head).unwrap_or(0);
    // Punctuation between two parts, as the hyphen of "Orsa - Velm", does not part them.
    let joined = |pair: &&[usize]| (pair[0] + 1..pair[1]).all(|word| tree.word(word).relation == Relation::Punct);
    let before = words[..=place].windows(2).rev().take_while(joined).last();
    let after = words[place..].windows(2).take_while(joined).last();
    before.map_or(head, |pair| pair[0])..after.map_or(head, |pair| pair[1]) + 1
}

/// Whether a dependent of a name is part of the mention. Appositions and conjuncts are mentions of their own; a name that
/// is predicate ("she is Jana Holt") has the clause's words below it.
fn belongs(tree: &Tree, child: usize) -> bool {
    let word = tree.word(child);
    match word.relation.universal() {
        Relation::Case => word.xpos == Xpos::Pos,
        Relation::Acl
        | Relation::Amod
        | Relation::Compound
        | Relation::Det
        | Relation::Fixed
        | Relation::Flat
        | Relation::Goeswith
        | Relation::Nmod
        | Relation::Nummod => true,
        // "Velm, Orsa", where the treebanks have `nmod:unmarked` and a parser is in doubt.
        Relation::Appos => {
            let place = |word: &Word| word.entity == Some(EntityType::Place) && word.upos == Upos::Propn;
            let inner = |child: &usize| tree.word(*child).relation == Relation::Punct;
            place(word)
                && word.head.is_some_and(|head| place(tree.word(head)))
                && tree.children(child).iter().all(inner)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    /// The named mentions of a tree written as `form/upos/head/relation/type`, the last where the word heads a mention.
    fn named(annotated: &str) -> Vec<String> {
        let line = |(index, word): (usize, &str)| {
            let fields: Vec<&str> = word.split('/').collect();
            let xpos = if fields[0] == "'s" { "POS" } else { "_" };
            let entity = fields.get(4).map_or("_".to_owned(), |kind| format!("Entity=(1-{kind})"));
            let [form, upos, head, relation] = [fields[0], fields[1], fields[2], fields[3]];
            format!("{}\t{form}\t_\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t{entity}\n", index + 1)
        };
        let text = annotated.split(' ').enumerate().map(line).collect::<String>();
        // Spans of one word are read back as spans of that word's phrase.
        let sentence = read_conllu(&(text + "\n")).unwrap().remove(0);
        let show = |span: EntitySpan| format!("{} {}", sentence.forms[span.words].join(" "), span.kind.as_str());
        named_mentions(&sentence.tree).into_iter().map(show).collect()
    }

    #[test]
    fn a_mention_is_the_noun_phrase_of_its_head() {
        for (annotated, expected) in [
            ("in/ADP/2/case Orsa/PROPN/0/root/place ,/PUNCT/2/punct", "Orsa place"),
            (
                "the/DET/3/det Velm/PROPN/3/compound/place Pact/PROPN/0/root/abstract",
                "the Velm Pact abstract|Velm place",
            ),
            ("Holt/PROPN/0/root/person 's/PART/1/case", "Holt 's person"),
            ("Velm/PROPN/0/root/place ,/PUNCT/3/punct Orsa/PROPN/1/appos/place", "Velm , Orsa place|Orsa place"),
            ("Holt/PROPN/0/root/person and/CCONJ/3/cc Orr/PROPN/1/conj/person", "Holt person|Orr person"),
            ("the/DET/2/det envoy/NOUN/0/root/person ,/PUNCT/4/punct Orr/PROPN/2/appos/person", "Orr person"),
            ("she/PRON/3/nsubj is/AUX/3/cop Jana/PROPN/0/root/person Holt/PROPN/3/flat", "Jana Holt person"),
            ("Orsa/PROPN/0/root/organization -/PUNCT/1/punct Velm/PROPN/1/flat", "Orsa - Velm organization"),
        ] {
            assert_eq!(named(annotated).join("|"), expected, "{annotated}");
        }
    }

    #[test]
    fn a_name_has_one_type_in_a_text() {
        let line = |kind: &&str| format!("1\tVelm\tVelm\tPROPN\tNNP\t_\t0\troot\t_\tEntity=(1-{kind})\n\n");
        for (kinds, expected) in
            [(["place", "place", "person"], "place place place"), (["place", "time", "person"], "place time person")]
        {
            let text = format!("# global.Entity = GRP-etype\n{}", kinds.iter().map(line).collect::<String>());
            let settled: Vec<TreebankSentence> = settle_types(read_conllu(&text).unwrap()).collect();
            let found = settled.iter().flat_map(|sentence| sentence.entities.iter().flatten());
            assert_eq!(found.map(|span| span.kind.as_str()).collect::<Vec<_>>().join(" "), expected);
        }
    }
}
