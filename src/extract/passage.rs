//! A document and its trees read as one run of words, so that an attribution may cross sentence borders.
//!
//! Words are numbered through the document: word `i` here is `document.tokens[i]`. A sentence whose tree does not fit its
//! tokens is read as words without structure, so that no input can fail.

use std::ops::Range;

use crate::syntax::{EntityType, Relation, Tree, Upos, Word, Xpos};
use crate::text::{Document, Span};

/// A document with its trees, and for each word its sentence and its quotation.
pub(super) struct Passage<'a> {
    /// The segmented text.
    pub(super) document: &'a Document,
    words: Vec<Option<&'a Word>>,
    children: Vec<Vec<usize>>,
    sentence_of: Vec<usize>,
    quotation_of: Vec<Option<usize>>,
    lower: Vec<String>,
    /// How many words each word has below it, itself counted.
    sizes: Vec<usize>,
}

impl<'a> Passage<'a> {
    /// Joins a document and its trees. Linear in the text, but for the search of quotations.
    pub(super) fn new(document: &'a Document, trees: &'a [Tree]) -> Self {
        let count = document.tokens.len();
        let mut passage = Self {
            document,
            words: vec![None; count],
            children: vec![Vec::new(); count],
            sentence_of: vec![0; count],
            quotation_of: vec![None; count],
            sizes: vec![1; count],
            lower: document.tokens.iter().map(|token| document.form(token).to_lowercase().replace('’', "'")).collect(),
        };
        for (index, sentence) in document.sentences.iter().enumerate() {
            passage.read_sentence(index, sentence.tokens.clone(), trees.get(index));
        }
        passage.read_quotations();
        passage
    }

    fn read_sentence(&mut self, index: usize, tokens: Range<usize>, tree: Option<&'a Tree>) {
        for token in tokens.clone() {
            self.sentence_of[token] = index;
        }
        let Some(tree) = tree.filter(|tree| tree.words().len() == tokens.len()) else { return };
        for (number, word) in tree.words().iter().enumerate() {
            self.words[tokens.start + number] = Some(word);
            self.children[tokens.start + number] =
                tree.children(number).iter().map(|child| tokens.start + child).collect();
            let above = std::iter::successors(word.head, |&head| tree.word(head).head);
            above.for_each(|ancestor| self.sizes[tokens.start + ancestor] += 1);
        }
    }

    fn read_quotations(&mut self) {
        for (index, quotation) in self.document.quotations.iter().enumerate() {
            for word in self.words_in(quotation.outer) {
                self.quotation_of[word] = Some(index);
            }
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words that start inside a span of the text.
    pub(super) fn words_in(&self, span: Span) -> Range<usize> {
        let tokens = &self.document.tokens;
        let start = tokens.partition_point(|token| token.span.start < span.start);
        let end = tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The number of the sentence a word stands in.
    pub(super) fn sentence_of(&self, word: usize) -> usize {
        self.sentence_of[word]
    }

    /// The words of the sentence a word stands in.
    pub(super) fn sentence_words(&self, word: usize) -> Range<usize> {
        self.document.sentences.get(self.sentence_of[word]).map_or(0..0, |sentence| sentence.tokens.clone())
    }

    /// Whether the word's sentence is the first of its paragraph.
    pub(super) fn opens_paragraph(&self, word: usize) -> bool {
        let index = self.sentence_of[word];
        let sentences = &self.document.sentences;
        let paragraph = |index: usize| sentences.get(index).map(|sentence| sentence.paragraph);
        index == 0 || paragraph(index) != paragraph(index - 1)
    }

    /// The number after the last word of the word's paragraph.
    pub(super) fn paragraph_end(&self, word: usize) -> usize {
        let sentences = &self.document.sentences;
        let Some(here) = sentences.get(self.sentence_of[word]) else { return word + 1 };
        let end = sentences.partition_point(|sentence| sentence.paragraph <= here.paragraph);
        sentences[..end].last().map_or(word + 1, |sentence| sentence.tokens.end)
    }

    /// The number of the word in its sentence's tree.
    pub(super) fn number_in_tree(&self, word: usize) -> usize {
        word - self.sentence_words(word).start
    }

    /// The number of the innermost quotation around a word.
    pub(super) fn quotation_of(&self, word: usize) -> Option<usize> {
        self.quotation_of[word]
    }

    /// The words of a quotation, marks included.
    pub(super) fn quotation_words(&self, quotation: usize) -> Range<usize> {
        self.document.quotations.get(quotation).map_or(0..0, |quotation| self.words_in(quotation.outer))
    }

    /// The form in lower case, with a straight apostrophe.
    pub(super) fn lower(&self, word: usize) -> &str {
        &self.lower[word]
    }

    /// The dictionary form; the lower-case form when the tree does not know the word.
    pub(super) fn lemma(&self, word: usize) -> &str {
        self.words[word].map_or(self.lower(word), |analysed| analysed.lemma.as_str())
    }

    /// The universal part of speech.
    pub(super) fn upos(&self, word: usize) -> Upos {
        self.words[word].map_or(Upos::X, |analysed| analysed.upos)
    }

    /// The Penn tag.
    pub(super) fn xpos(&self, word: usize) -> Xpos {
        self.words[word].map_or(Xpos::Fw, |analysed| analysed.xpos)
    }

    /// What the word's phrase stands for, where it heads a mention of something.
    pub(super) fn entity(&self, word: usize) -> Option<EntityType> {
        self.words[word].and_then(|analysed| analysed.entity)
    }

    /// The relation to the head.
    pub(super) fn relation(&self, word: usize) -> Relation {
        self.words[word].map_or(Relation::Dep, |analysed| analysed.relation)
    }

    /// The head.
    pub(super) fn head(&self, word: usize) -> Option<usize> {
        Some(self.sentence_words(word).start + self.words[word]?.head?)
    }

    /// The dependents, in text order.
    pub(super) fn children(&self, word: usize) -> &[usize] {
        &self.children[word]
    }

    /// The dependents whose relation, subtypes ignored, is `relation`.
    pub(super) fn children_by(&self, word: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        let wanted = relation.universal();
        self.children[word].iter().copied().filter(move |&child| self.universal(child) == wanted)
    }

    /// The first dependent whose relation, subtypes ignored, is `relation`.
    pub(super) fn child_by(&self, word: usize, relation: Relation) -> Option<usize> {
        self.children_by(word, relation).next()
    }

    /// The relation to the head without its subtype.
    pub(super) fn universal(&self, word: usize) -> Relation {
        self.relation(word).universal()
    }

    /// The words from a word's head up to the root.
    pub(super) fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(word), |&ancestor| self.head(ancestor))
    }

    /// Whether `word` is `ancestor` or stands below it.
    pub(super) fn below(&self, word: usize, ancestor: usize) -> bool {
        word == ancestor || self.ancestors(word).any(|candidate| candidate == ancestor)
    }

    /// How many words stand below a word, itself counted.
    pub(super) fn size(&self, word: usize) -> usize {
        self.sizes[word]
    }

    /// The word and everything below it, sorted.
    pub(super) fn subtree(&self, word: usize) -> Vec<usize> {
        self.subtree_without(word, |_| false)
    }

    /// The word and everything below it, sorted, without the dependents for which `skip` holds and what is below them.
    pub(super) fn subtree_without(&self, word: usize, skip: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![word];
        let mut next = 0;
        while next < found.len() {
            found.extend(self.children(found[next]).iter().copied().filter(|&child| !skip(child)));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// Whether a word is only a mark.
    pub(super) fn is_punctuation(&self, word: usize) -> bool {
        let form = self.lower(word);
        !form.chars().any(char::is_alphanumeric) && !matches!(form, "$" | "%" | "€" | "£" | "&")
    }

    /// Whether a word is a quotation mark.
    pub(super) fn is_quotation_mark(&self, word: usize) -> bool {
        matches!(self.lower(word), "\"" | "“" | "”" | "''" | "``" | "'" | "‘" | "«" | "»")
    }

    /// The finite, infinitive and other marks of a clause: its `mark`, `case` and `aux` forms, in text order.
    pub(super) fn markers(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        self.children(word)
            .iter()
            .copied()
            .filter(|&child| matches!(self.universal(child), Relation::Mark | Relation::Case))
    }

    /// Whether a verb or predicate has a "to" in front of it.
    pub(super) fn is_infinitive(&self, word: usize) -> bool {
        self.children(word)
            .iter()
            .any(|&child| child < word && self.xpos(child) == Xpos::To && self.lower(child) == "to")
    }

    /// Whether a verb is a gerund or present participle that no auxiliary makes finite.
    pub(super) fn is_gerund(&self, word: usize) -> bool {
        self.xpos(word) == Xpos::Vbg && self.child_by(word, Relation::Aux).is_none()
    }

    /// The bytes of one word.
    pub(super) fn span(&self, word: usize) -> Span {
        self.document.tokens.get(word).map_or(Span::default(), |token| token.span)
    }

    /// The bytes of sorted words: one span for each unbroken run, marks at the ends of a run left out except quotation
    /// marks. Runs of marks alone are dropped.
    pub(super) fn spans(&self, words: &[usize]) -> Vec<Span> {
        let mut spans = Vec::new();
        for run in runs(words) {
            let kept = |&word: &usize| !self.is_punctuation(word) || self.is_quotation_mark(word);
            let Some(first) = run.clone().find(kept) else { continue };
            let last = run.clone().rev().find(kept).unwrap_or(first);
            if (first..=last).any(|word| !self.is_punctuation(word)) {
                spans.push(self.span(first).cover(self.span(last)));
            }
        }
        spans
    }
}

/// The unbroken runs of a sorted list of numbers.
pub(super) fn runs(words: &[usize]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for &word in words {
        match found.last_mut() {
            Some(run) if run.end == word => run.end = word + 1,
            _ => found.push(word..word + 1),
        }
    }
    found
}
