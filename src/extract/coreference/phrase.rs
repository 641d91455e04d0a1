//! Noun phrases as an annotator would mark them, read off the tree and mended where its labels are shaky.
//!
//! A phrase has a *core*, from its determiner to the end of its head or name, and a full extent with what restricts it:
//!
//! > [a senior Orsan diplomat]core at the talks, Li Holt
//!
//! The parser now and then splits "Orsan spokesman Jana Holt" into two phrases; a name that directly follows a common
//! noun is taken into its core whatever the arcs say. What the words of a core mean is decided in `reading`.

use std::ops::Range;

use crate::syntax::{Relation, Tree, Upos, Xpos};
use crate::text::{Document, Sentence, Span, Token};

/// A sentence with its tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed<'a> {
    /// The text it stands in.
    pub(super) document: &'a Document,
    /// Index into `Document::sentences`.
    pub(super) number: usize,
    /// Its tokens, one a word.
    pub(super) tokens: &'a [Token],
    /// Its tree.
    pub(super) tree: &'a Tree,
}

/// A noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The word that hangs outside.
    pub(super) head: usize,
    /// From the determiner to the head or the end of the name.
    pub(super) core: Range<usize>,
    /// With what restricts the head: "of the party", "familiar with the matter".
    pub(super) words: Range<usize>,
    /// The head of the possessor, "Orsa" in "Orsa's offer".
    pub(super) owner: Option<usize>,
}

impl<'a> Parsed<'a> {
    /// The sentence with its tree; words for which there is no token are out of reach.
    pub(super) fn new(document: &'a Document, number: usize, sentence: &Sentence, tree: &'a Tree) -> Self {
        Self { document, number, tokens: document.tokens_of(sentence), tree }
    }

    /// A word as written.
    pub(super) fn form(&self, word: usize) -> &'a str {
        self.tokens.get(word).map_or("", |token| token.span.of(&self.document.text))
    }

    /// A word in small letters.
    pub(super) fn lower(&self, word: usize) -> String {
        self.form(word).to_lowercase()
    }

    /// The bytes of consecutive words.
    pub(super) fn span(&self, words: &Range<usize>) -> Span {
        let last = words.end.min(self.tokens.len());
        match self.tokens.get(words.start..last) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// The text of consecutive words, with one blank for any white space.
    pub(super) fn text(&self, words: &Range<usize>) -> String {
        self.span(words).of(&self.document.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// How many words have both a token and a node in the tree.
    pub(super) fn len(&self) -> usize {
        self.tree.len().min(self.tokens.len())
    }

    /// Whether the word belongs to a name.
    pub(super) fn is_proper(&self, word: usize) -> bool {
        self.tree.word(word).upos == Upos::Propn
    }

    /// Whether the relation of a word is `relation`, subtypes ignored.
    pub(super) fn hangs_as(&self, word: usize, relation: Relation) -> bool {
        self.tree.word(word).relation.universal() == relation
    }
}

/// The noun phrases of a sentence, by their first word; a phrase inside another follows it.
///
/// Time grows with the number of words times the depth of the tree.
pub(super) fn phrases(parsed: &Parsed<'_>) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let mut covered: Vec<Range<usize>> = Vec::new();
    for head in 0..parsed.len() {
        if !heads_phrase(parsed, head) || is_name_inside(parsed, head, &covered) {
            continue;
        }
        let core = core(parsed, head);
        let words = core.start..extent(parsed, head, &core);
        covered.push(head..core.end);
        found.push(Phrase { head, owner: owner(parsed, head), core, words });
    }
    found.sort_by_key(|phrase| (phrase.words.start, std::cmp::Reverse(phrase.words.end)));
    found
}

/// Whether a word is the head of a noun phrase, and not a part of one.
fn heads_phrase(parsed: &Parsed<'_>, word: usize) -> bool {
    let node = parsed.tree.word(word);
    let inner = matches!(
        node.relation,
        Relation::Flat | Relation::Fixed | Relation::Goeswith | Relation::Compound | Relation::NmodDesc
    );
    match node.upos {
        _ if inner => false,
        Upos::Noun | Upos::Propn => true,
        Upos::Pron => matches!(node.xpos, Xpos::Prp | Xpos::PrpPoss | Xpos::Dt | Xpos::Nn | Xpos::Cd),
        Upos::Adj | Upos::Num | Upos::Det => {
            matches!(node.relation.universal(), Relation::Nsubj | Relation::Obj | Relation::Iobj | Relation::Obl)
        }
        _ => false,
    }
}

/// Whether a proper noun is the name in a phrase whose description the parser took for the head.
fn is_name_inside(parsed: &Parsed<'_>, head: usize, covered: &[Range<usize>]) -> bool {
    covered.iter().any(|range| range.start < head && range.contains(&head)) && parsed.is_proper(head)
}

/// The head's possessor.
fn owner(parsed: &Parsed<'_>, head: usize) -> Option<usize> {
    parsed.tree.children(head).iter().copied().find(|&child| parsed.tree.word(child).relation == Relation::NmodPoss)
}

/// From the first word that modifies the head from the left to the end of the head or of the name it introduces.
fn core(parsed: &Parsed<'_>, head: usize) -> Range<usize> {
    let mut start = head;
    for &child in parsed.tree.children(head).iter().rev() {
        if child >= head || !precedes_in_phrase(parsed, child) {
            continue;
        }
        let below = parsed.tree.subtree(child);
        let (first, last) = (below[0], below[below.len() - 1]);
        if last + 1 == start || parsed.tree.word(child).relation == Relation::Det {
            start = first.min(start);
        } else if last < start && only_links(parsed, last + 1..start) {
            start = first;
        }
    }
    start..name_end(parsed, head)
}

/// Whether a left dependent belongs to the phrase, and is not its preposition or its predicate's subject.
fn precedes_in_phrase(parsed: &Parsed<'_>, child: usize) -> bool {
    matches!(
        parsed.tree.word(child).relation,
        Relation::Det
            | Relation::DetPredet
            | Relation::Amod
            | Relation::Nummod
            | Relation::Compound
            | Relation::NmodPoss
            | Relation::NmodDesc
            | Relation::NmodUnmarked
            | Relation::Nmod
            | Relation::Flat
            | Relation::Acl
            | Relation::Appos
            | Relation::Dep
    )
}

/// Whether the words are hyphens, commas between adjectives or the like.
fn only_links(parsed: &Parsed<'_>, words: Range<usize>) -> bool {
    words.len() <= 2 && words.into_iter().all(|word| matches!(parsed.tree.word(word).upos, Upos::Punct | Upos::Cconj))
}

/// The end of the name that starts at or directly follows the head.
fn name_end(parsed: &Parsed<'_>, head: usize) -> usize {
    let mut end = head + 1;
    while end < parsed.len() && continues_name(parsed, head, end) {
        end += 1;
    }
    // "al - " or "De " are nothing without the word that follows.
    while end > head + 1 && parsed.tree.word(end - 1).upos == Upos::Punct {
        end -= 1;
    }
    end
}

/// Whether the word at `end` goes on with the name that the words before it began.
fn continues_name(parsed: &Parsed<'_>, head: usize, end: usize) -> bool {
    let (node, before) = (parsed.tree.word(end), parsed.tree.word(end - 1));
    let inside = |word: usize| (head..end).contains(&word);
    let below = node.head.is_some_and(inside) || parsed.tree.word(head).head == Some(end);
    match node.relation {
        Relation::Flat | Relation::Goeswith => below,
        Relation::Compound | Relation::NmodDesc | Relation::Appos | Relation::Dep | Relation::NmodUnmarked => {
            below && parsed.is_proper(end) && is_nominal(before.upos)
        }
        Relation::Nummod => below && parsed.is_proper(end - 1) && node.upos == Upos::Num,
        Relation::Punct => is_hyphen_in_name(parsed, end),
        _ if parsed.is_proper(end - 1) && before.relation != Relation::Root && parsed.form(end - 1) == "-" => true,
        Relation::Nsubj | Relation::Obj | Relation::Root => {
            parsed.is_proper(end)
                && is_nominal(before.upos)
                && !starts_phrase(parsed, end)
                && shares_head(parsed, head, end)
        }
        _ => false,
    }
}

/// Whether a hyphen stands inside a name: "al - Assad", "Jong - il".
fn is_hyphen_in_name(parsed: &Parsed<'_>, at: usize) -> bool {
    let next = at + 1;
    matches!(parsed.form(at), "-" | "‑")
        && next < parsed.len()
        && parsed.is_proper(at - 1)
        && (parsed.is_proper(next) || parsed.hangs_as(next, Relation::Flat))
        && parsed.tokens[at - 1].span.end == parsed.tokens[at].span.start
}

/// Whether a noun of this part of speech may be followed by its name.
fn is_nominal(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn)
}

/// Whether a word has modifiers or a preposition of its own on its left.
fn starts_phrase(parsed: &Parsed<'_>, word: usize) -> bool {
    parsed.tree.children(word).iter().any(|&child| {
        child < word && matches!(parsed.tree.word(child).relation, Relation::Det | Relation::Case | Relation::NmodPoss)
    })
}

/// Whether the name hangs on the description, the other way round, or both on one word.
fn shares_head(parsed: &Parsed<'_>, head: usize, name: usize) -> bool {
    let (outer, inner) = (parsed.tree.word(head).head, parsed.tree.word(name).head);
    inner == Some(head) || outer == Some(name) || (outer == inner && outer.is_some_and(|verb| verb > name))
}

/// The end of the phrase with all that restricts its head.
fn extent(parsed: &Parsed<'_>, head: usize, core: &Range<usize>) -> usize {
    let named = core.clone().next_back().is_some_and(|last| parsed.is_proper(last));
    let mut end = core.end;
    let mut children: Vec<usize> =
        core.clone().flat_map(|word| parsed.tree.children(word)).copied().filter(|&child| child >= core.end).collect();
    children.sort_unstable();
    for child in children {
        let below = parsed.tree.subtree(child);
        let last = below[below.len() - 1];
        let gapless = below.len() == last + 1 - below[0];
        // An apposition's comma hangs on it and comes first in its subtree.
        let first = below.iter().copied().find(|&word| !parsed.hangs_as(word, Relation::Punct)).unwrap_or(child);
        if gapless && first == end && restricts(parsed, child, first, named) {
            end = last + 1;
        } else if !named && first == end + 1 && names_in_apposition(parsed, child) {
            end = name_end(parsed, child);
        }
    }
    while end > core.end && parsed.tree.word(end - 1).upos == Upos::Punct && !closes(parsed.form(end - 1)) {
        end -= 1;
    }
    end.max(head + 1)
}

/// Whether what follows the head without a comma says which one is meant.
fn restricts(parsed: &Parsed<'_>, child: usize, first: usize, named: bool) -> bool {
    match parsed.tree.word(child).relation {
        Relation::Nmod if named => parsed.lower(first) == "of",
        Relation::Nmod | Relation::Acl | Relation::Amod | Relation::Nummod | Relation::AclRelcl => !named,
        _ => false,
    }
}

/// Whether a child is a name set off by a comma: "a spokesman, Jana Holt".
fn names_in_apposition(parsed: &Parsed<'_>, child: usize) -> bool {
    parsed.hangs_as(child, Relation::Appos)
        && parsed.is_proper(child)
        && child > 0
        && !starts_phrase(parsed, child)
        && parsed.form(child - 1) == ","
}

/// Whether a mark closes a bracket or a quotation.
fn closes(mark: &str) -> bool {
    matches!(mark, ")" | "]" | "”" | "\"")
}
