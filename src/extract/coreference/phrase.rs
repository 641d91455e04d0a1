//! Noun phrases as an annotator would mark them, read off the tree and mended where its labels are shaky.
//!
//! A phrase has a *core*, from its determiner to the end of its head or name, and a full extent with what restricts it:
//!
//! > [a senior Orsan diplomat]core at the talks, Li Holt
//!
//! The parser now and then splits "Orsan spokesman Jana Holt" into two phrases; a name that directly follows a common
//! noun is taken into its core whatever the arcs say. What the words of a core mean is decided in `reading`.

use std::ops::Range;

use super::EntityKind;
use super::traits::Number;
use super::vocabulary::Vocabulary;
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

    /// Whether the word belongs to a name; so does the adjective in "Democratic Party", which has a noun's Penn tag.
    pub(super) fn is_proper(&self, word: usize) -> bool {
        let node = self.tree.word(word);
        let named = |word: usize| {
            let node = self.tree.word(word);
            node.upos == Upos::Propn || node.upos == Upos::Adj && matches!(node.xpos, Xpos::Nnp | Xpos::Nnps)
        };
        // The small end of "Kim Jong - il"; in "Orsa - led" it is an adjective's.
        let ends_name = word >= 3
            && matches!(node.upos, Upos::Noun | Upos::X)
            && !matches!(node.relation, Relation::Compound | Relation::Amod)
            && self.is_hyphen(word - 1)
            && self.tokens[word - 1].span.end == self.tokens[word].span.start;
        named(word) || ends_name && named(word - 2) && named(word - 3)
    }

    /// Whether a word is a hyphen right behind the word before.
    fn is_hyphen(&self, word: usize) -> bool {
        matches!(self.form(word), "-" | "‑")
            && word > 0
            && word < self.len()
            && self.tokens[word - 1].span.end == self.tokens[word].span.start
    }

    /// Whether the relation of a word is `relation`, subtypes ignored.
    pub(super) fn hangs_as(&self, word: usize, relation: Relation) -> bool {
        self.tree.word(word).relation.universal() == relation
    }
}

/// The noun phrases of a sentence, by their first word; a phrase inside another follows it.
///
/// Time grows with the number of words times the depth of the tree.
pub(super) fn phrases(vocabulary: &Vocabulary, parsed: &Parsed<'_>) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let mut covered: Vec<Range<usize>> = Vec::new();
    for head in 0..parsed.len() {
        if !heads_phrase(parsed, head) || is_name_inside(parsed, head, &covered) {
            continue;
        }
        let core = core(vocabulary, parsed, head);
        let words = core.start..extent(vocabulary, parsed, head, &core);
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
        Relation::Flat
            | Relation::Fixed
            | Relation::Goeswith
            | Relation::Compound
            | Relation::NmodDesc
            | Relation::Amod
    );
    match node.upos {
        _ if inner && joins_head(parsed, word) => false,
        Upos::Noun | Upos::Propn => true,
        Upos::Pron => matches!(node.xpos, Xpos::Prp | Xpos::PrpPoss | Xpos::Dt | Xpos::Nn | Xpos::Cd),
        Upos::Adj | Upos::Num | Upos::Det => {
            matches!(node.relation.universal(), Relation::Nsubj | Relation::Obj | Relation::Iobj | Relation::Obl)
        }
        _ => false,
    }
}

/// Whether nothing but words of a noun phrase stands between a word and its head.
fn joins_head(parsed: &Parsed<'_>, word: usize) -> bool {
    let Some(head) = parsed.tree.word(word).head else { return false };
    (word.min(head) + 1..word.max(head)).all(|between| {
        let node = parsed.tree.word(between);
        matches!(node.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X | Upos::Det | Upos::Adp)
            || matches!(node.xpos, Xpos::Hyphen | Xpos::Cc | Xpos::Vbg | Xpos::Vbn | Xpos::Pos)
    })
}

/// Whether a proper noun is the name in a phrase whose description the parser took for the head, or any noun its last
/// part after a hyphen.
fn is_name_inside(parsed: &Parsed<'_>, head: usize, covered: &[Range<usize>]) -> bool {
    let linked = || head > 0 && parsed.tree.word(head - 1).xpos == Xpos::Hyphen;
    covered.iter().any(|range| range.start < head && range.contains(&head)) && (parsed.is_proper(head) || linked())
}

/// The head's possessor.
fn owner(parsed: &Parsed<'_>, head: usize) -> Option<usize> {
    parsed.tree.children(head).iter().copied().find(|&child| parsed.tree.word(child).relation == Relation::NmodPoss)
}

/// From the first word that modifies the head from the left to the end of the head or of the name it introduces.
fn core(vocabulary: &Vocabulary, parsed: &Parsed<'_>, head: usize) -> Range<usize> {
    let mut start = head;
    for &child in parsed.tree.children(head).iter().rev() {
        if child >= head || !precedes_in_phrase(parsed, child) {
            continue;
        }
        let below = parsed.tree.subtree(child);
        let last = below[below.len() - 1];
        let first = below.into_iter().find(|&word| !introduces(parsed, word)).unwrap_or(child);
        if last + 1 == start || parsed.tree.word(child).relation == Relation::Det || only_links(parsed, last + 1..start)
        {
            start = first.min(start);
        }
    }
    // The parser hangs the "the" of "the Herald" or of "the president's office" elsewhere at times.
    if start > 0 && parsed.tree.word(start - 1).xpos == Xpos::Dt && parsed.tree.word(start).upos != Upos::Det {
        start -= 1;
    }
    start..name_end(vocabulary, parsed, head)
}

/// Whether a word is a preposition or a mark that comes before a phrase without belonging to it.
fn introduces(parsed: &Parsed<'_>, word: usize) -> bool {
    matches!(parsed.tree.word(word).relation, Relation::Case | Relation::Punct | Relation::Cc | Relation::Mark)
        && parsed.tree.word(word).xpos != Xpos::Pos
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
fn name_end(vocabulary: &Vocabulary, parsed: &Parsed<'_>, head: usize) -> usize {
    let mut end = head + 1;
    while end < parsed.len() && continues_name(vocabulary, parsed, head, end) {
        end += 1;
    }
    // "al - " is nothing without the word that follows.
    while end > head + 1 && parsed.tree.word(end - 1).upos == Upos::Punct {
        end -= 1;
    }
    end
}

/// Whether the word at `end` goes on with the name that the words before it began.
fn continues_name(vocabulary: &Vocabulary, parsed: &Parsed<'_>, head: usize, end: usize) -> bool {
    let (node, before) = (parsed.tree.word(end), parsed.tree.word(end - 1));
    // "Holt Tuesday said", but "Theresa May".
    let given = vocabulary.gazetteer.given(parsed.form(end - 1)).is_some();
    if vocabulary.is_calendar(parsed.form(end)) && !given || starts_phrase(parsed, end) {
        return false;
    }
    let below = parsed.tree.ancestors(end).any(|above| (head..end).contains(&above))
        || parsed.tree.word(head).head == Some(end);
    match node.relation {
        _ if parsed.is_hyphen(end) => is_hyphen_in_name(parsed, end) || is_hyphen_in_office(vocabulary, parsed, end),
        _ if parsed.is_hyphen(end - 1) && end > head + 1 => true,
        Relation::Flat | Relation::Goeswith => below && !is_small_number(parsed, end),
        Relation::Compound | Relation::NmodDesc if below && is_nominal(node.upos) => is_nominal(before.upos),
        Relation::Nummod => {
            below && parsed.is_proper(end - 1) && node.upos == Upos::Num && !is_small_number(parsed, end)
        }
        _ => parsed.is_proper(end) && is_nominal(before.upos) && is_named_by(vocabulary, parsed, head, end),
    }
}

/// Whether a number is written in small letters and so no part of a name, as in "gave Orsa two".
fn is_small_number(parsed: &Parsed<'_>, word: usize) -> bool {
    parsed.tree.word(word).upos == Upos::Num && !parsed.form(word).starts_with(char::is_uppercase)
}

/// Whether a proper noun that directly follows names what the words before it describe, whatever the arcs between them.
///
/// "the envoy Jana Holt" is one phrase; in "told the envoy Holt would" a verb that follows wants "Holt" for itself, unless
/// the description has no determiner and cannot stand alone.
fn is_named_by(vocabulary: &Vocabulary, parsed: &Parsed<'_>, head: usize, name: usize) -> bool {
    let (node, outer) = (parsed.tree.word(name), parsed.tree.word(head));
    let below = node.head.is_some_and(|above| (head..name).contains(&above)) || outer.head == Some(name);
    let together = node.head == outer.head && node.head.is_some();
    if together && parsed.is_proper(name - 1) && node.relation == outer.relation {
        return true;
    }
    if below && parsed.is_proper(name - 1)
        || (below || together) && matches!(node.relation, Relation::Appos | Relation::Dep | Relation::NmodUnmarked)
    {
        return true;
    }
    let before = parsed.tree.word(name - 1);
    let noun = if before.upos == Upos::Noun { before.lemma.to_lowercase() } else { parsed.lower(name - 1) };
    let person = vocabulary.offices.titled(&parsed.lower(name - 1)).is_some();
    let describes = person
        || before.upos == Upos::Noun
            && before.xpos == Xpos::Nn
            && vocabulary.nouns.kind(&noun, Number::Singular).is_some();
    let bare = parsed.tree.child_by(head, Relation::Det).is_none();
    describes
        && (below
            || together
            || bare && person && vocabulary.nouns.kind(&noun, Number::Singular) != Some(EntityKind::Organisation))
}

/// Whether a hyphen stands inside a name: "al - Assad", "Jong - il".
fn is_hyphen_in_name(parsed: &Parsed<'_>, at: usize) -> bool {
    let next = at + 1;
    parsed.is_hyphen(at)
        && next < parsed.len()
        && parsed.is_proper(at - 1)
        && (parsed.is_proper(next) || parsed.hangs_as(next, Relation::Flat))
}

/// Whether a hyphen stands inside a listed office: "president - elect".
fn is_hyphen_in_office(vocabulary: &Vocabulary, parsed: &Parsed<'_>, at: usize) -> bool {
    let words = at.saturating_sub(1)..at + 2;
    words.end <= parsed.len() && vocabulary.offices.titled(&parsed.text(&words).to_lowercase()).is_some()
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

/// The end of the phrase with all that restricts its head.
fn extent(vocabulary: &Vocabulary, parsed: &Parsed<'_>, head: usize, core: &Range<usize>) -> usize {
    let named = core.clone().next_back().is_some_and(|last| parsed.is_proper(last));
    let mut end = core.end;
    let mut children: Vec<usize> =
        core.clone().flat_map(|word| parsed.tree.children(word)).copied().filter(|&child| child >= core.end).collect();
    children.extend(predicate_of(parsed, head, core.end));
    children.sort_unstable();
    for child in children {
        let below: Vec<usize> = parsed.tree.subtree(child).into_iter().filter(|&word| word >= core.end).collect();
        let last = below[below.len() - 1];
        let gapless = below.len() == last + 1 - below[0];
        if gapless && below[0] == end && parsed.form(end) != "," && restricts(vocabulary, parsed, head, child, named) {
            end = last + 1;
        }
    }
    let infinitive = |&word: &usize| parsed.hangs_as(word, Relation::Mark) && parsed.lower(word) == "to";
    end = (core.end..end).find(infinitive).unwrap_or(end);
    while end > core.end && parsed.tree.word(end - 1).upos == Upos::Punct && !closes(parsed.form(end - 1)) {
        end -= 1;
    }
    end.max(apposed_name(vocabulary, parsed, named, core, end)).max(head + 1)
}

/// The adjective of "people familiar with the matter" where the parser took the noun for its argument.
fn predicate_of(parsed: &Parsed<'_>, head: usize, end: usize) -> Option<usize> {
    let adjective = parsed.tree.word(head).head.filter(|&above| above == end)?;
    let plain = parsed.tree.child_by(adjective, Relation::Cop).is_none();
    (plain && parsed.tree.word(adjective).upos == Upos::Adj).then_some(adjective)
}

/// Whether what follows the head without a comma says which one is meant.
fn restricts(vocabulary: &Vocabulary, parsed: &Parsed<'_>, head: usize, child: usize, named: bool) -> bool {
    let node = parsed.tree.word(child);
    let first = parsed.tree.subtree(child).first().copied().filter(|&first| parsed.tree.word(first).upos == Upos::Adp);
    let preposition = || first.map(|case| parsed.lower(case));
    match node.relation {
        Relation::Nmod if named => preposition().is_some_and(|it| it == "of"),
        Relation::Nmod => preposition().is_some_and(|it| vocabulary.restricts(&it, &parsed.tree.word(head).lemma)),
        _ if named => false,
        Relation::Acl => parsed.tree.child_by(child, Relation::Mark).is_none(),
        Relation::AclRelcl => !is_nominal(parsed.tree.word(head).upos),
        Relation::Nummod => true,
        _ => node.upos == Upos::Adj,
    }
}

/// The end of a name that stands in apposition after a comma: "a spokesman for the camp, Jana Holt".
fn apposed_name(vocabulary: &Vocabulary, parsed: &Parsed<'_>, named: bool, core: &Range<usize>, end: usize) -> usize {
    let name = end + 1;
    if named
        || name >= parsed.len()
        || parsed.form(end) != ","
        || !parsed.is_proper(name)
        || starts_phrase(parsed, name)
    {
        return end;
    }
    let stop = name_end(vocabulary, parsed, name);
    let below =
        (name..stop).any(|word| parsed.tree.word(word).head.is_some_and(|head| (core.start..end).contains(&head)));
    let listed = (name..stop)
        .any(|word| parsed.hangs_as(word, Relation::Conj) || parsed.tree.child_by(word, Relation::Conj).is_some());
    if below && !listed { stop } else { end }
}

/// Whether a mark closes a bracket or a quotation.
fn closes(mark: &str) -> bool {
    matches!(mark, ")" | "]" | "”" | "\"")
}
