//! Finds who says what: the source, the cue and the content of each statement of an article.
//!
//! All statements are found, nested ones too; `outermost` picks those that attribution corpora mark. What the content
//! *means* is `stance`'s business.
//!
//! > [The minister]source [said]cue [talks would resume]content.

use std::ops::Range;

use super::complement::{Complement, SIGNED};
use super::content::{adjacent_quotation, content, is_clausal};
use super::cue::{Cue, CueClass, Cues, Entry};
use super::passage::Passage;
use super::scene::Lists;
use super::source::{source, subject};
use crate::syntax::{Relation, Upos};

/// The longest name before a colon or behind a dash that is read as a speaker's; "Orsan Foreign Minister Jana Holt on talks" has seven.
const SPEAKER_WORDS: usize = 7;

/// A source, its cue and the content ascribed to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// The cue.
    pub(super) cue: Cue,
    /// The head of the source.
    pub(super) source: Option<usize>,
    /// The words of the content, sorted; never empty.
    pub(super) content: Vec<usize>,
}

impl Statement {
    /// Whether the content holds a word.
    pub(super) fn holds(&self, word: usize) -> bool {
        self.content.binary_search(&word).is_ok()
    }
}

/// The statements of a document, in order of their cues, each within its sentence and the quotations that it touches.
pub(super) fn statements(passage: &Passage<'_>, lists: &Lists) -> Vec<Statement> {
    let at = |word| {
        let fixed = according_to(passage, &lists.cues, word).or_else(|| after_colon(passage, word));
        fixed.or_else(|| signature(passage, word)).or_else(|| statement_at(passage, lists, word))
    };
    (0..passage.len()).filter_map(at).collect()
}

/// Lets sentences that stand wholly in quotation marks go on with the statement before them.
pub(super) fn continue_statements(passage: &Passage<'_>, statements: &mut [Statement]) {
    let told = |statement| Told { statement, content: &statement.content, goes_on: speaks(passage, statement) };
    let contents: Vec<Told<'_>> = statements.iter().map(told).collect();
    for (statement, words) in continuations(passage, &contents) {
        statements[statement].content.extend(words);
    }
}

fn statement_at(passage: &Passage<'_>, lists: &Lists, word: usize) -> Option<Statement> {
    let cues = &lists.cues;
    let listed = cues.cue_at(passage, word).or_else(|| speech_at(passage, cues, word));
    let cue = listed.or_else(|| cues.unlisted_at(passage, word))?;
    let source = source(passage, cues, &cue);
    let content = content(passage, &lists.markers, &cue, source);
    (!content.is_empty()).then_some(Statement { cue, source, content })
}

/// A verb of speaking whose quotation the tree has not tied to it.
fn speech_at(passage: &Passage<'_>, cues: &Cues, word: usize) -> Option<Cue> {
    let entry = cues.entry_in(passage, word, "quote")?;
    if passage.quotation_of(word).is_some() || subject(passage, word).is_none() {
        return None;
    }
    let quotation = adjacent_quotation(passage, word)?;
    let root = passage.quotation_words(quotation).find(|&word| !passage.is_punctuation(word))?;
    let complement = Complement { frame: "quote".to_owned(), root, object: None };
    Some(Cue { head: word, class: CueClass::Verb, complement, entry: entry.clone() })
}

/// "According to [the ministry]source, [talks will resume]content."
fn according_to(passage: &Passage<'_>, cues: &Cues, word: usize) -> Option<Statement> {
    let to = word + 1;
    if passage.lower(word) != "according" || to >= passage.len() || passage.lower(to) != "to" {
        return None;
    }
    let source = according_source(passage, cues, word)?;
    let fronted = passage.number_in_tree(word) < 2;
    let above: Vec<usize> = passage.ancestors(source).filter(|&above| above != word && above != to).collect();
    let root = *if fronted { above.last() } else { above.first() }?;
    let branch = std::iter::once(source).chain(passage.ancestors(source)).take_while(|&above| above != root).last()?;
    let content: Vec<usize> = passage.subtree_without(root, |child| child == branch || child == word);
    let complement = Complement { frame: "according".to_owned(), root, object: None };
    let entry = Entry::reporting();
    let cue = Cue { head: word, class: CueClass::Light, complement, entry };
    (!content.is_empty()).then_some(Statement { cue, source: Some(source), content })
}

/// "[Holt]source: [No talks before autumn]content", in headlines and records of conversations.
fn after_colon(passage: &Passage<'_>, colon: usize) -> Option<Statement> {
    let sentence = passage.sentence_words(colon);
    let speaker = sentence.start..colon;
    let named = speaker.clone().any(|word| passage.upos(word) == Upos::Propn);
    let plain =
        speaker.clone().all(|word| !matches!(passage.upos(word), Upos::Verb | Upos::Aux | Upos::Num | Upos::Punct));
    let short = (1..=SPEAKER_WORDS).contains(&speaker.len());
    let opens = passage.opens_paragraph(colon);
    if passage.lower(colon) != ":" || !named || !plain || !short || !opens || colon + 1 >= sentence.end {
        return None;
    }
    let inside = |word: usize| passage.head(word).is_some_and(|head| speaker.contains(&head));
    let source = speaker.clone().find(|&word| !inside(word) && passage.upos(word) != Upos::Adp)?;
    let content: Vec<usize> = (colon + 1..passage.paragraph_end(colon)).collect();
    let within = |word: usize| passage.head(word).is_some_and(|head| head > colon);
    let root = (colon + 1..sentence.end).find(|&word| !within(word) && !passage.is_punctuation(word))?;
    let complement = Complement { frame: "colon".to_owned(), root, object: None };
    let cue = Cue { head: colon, class: CueClass::Light, complement, entry: Entry::reporting() };
    Some(Statement { cue, source: Some(source), content })
}

/// "[The talks are dead.]content — [Jana Holt]source", in collections of voices.
fn signature(passage: &Passage<'_>, dash: usize) -> Option<Statement> {
    let is_dash = matches!(passage.lower(dash), "-" | "--" | "–" | "—" | "―");
    let quotation = dash.checked_sub(1).filter(|_| is_dash).and_then(|close| passage.quotation_of(close))?;
    let content: Vec<usize> = passage.quotation_words(quotation).collect();
    let ends = content.iter().rev().find(|&&word| !passage.is_quotation_mark(word));
    let whole = ends.is_some_and(|&word| matches!(passage.lower(word), "." | "?" | "!" | "…" | "..."));
    if !whole || content.last() != Some(&(dash - 1)) {
        return None;
    }
    let rest = dash + 1..passage.paragraph_end(dash);
    let name: Vec<usize> = rest.take_while(|&word| passage.quotation_of(word).is_none()).collect();
    let named = name.first().is_some_and(|&word| passage.upos(word) == Upos::Propn);
    let plain = name.iter().all(|&word| !matches!(passage.upos(word), Upos::Verb | Upos::Aux));
    let source = name.iter().copied().find(|&word| passage.head(word).is_none_or(|head| !name.contains(&head)))?;
    let root = content.iter().copied().find(|&word| !passage.is_punctuation(word))?;
    let complement = Complement { frame: SIGNED.to_owned(), root, object: None };
    let cue = Cue { head: dash, class: CueClass::Light, complement, entry: Entry::reporting() };
    (named && plain && name.len() <= SPEAKER_WORDS).then_some(Statement { cue, source: Some(source), content })
}

/// The noun after "according to", whichever way the tree hangs it.
fn according_source(passage: &Passage<'_>, cues: &Cues, word: usize) -> Option<usize> {
    let nominal = |candidate: &usize| {
        matches!(passage.upos(*candidate), Upos::Noun | Upos::Propn | Upos::Pron)
            && !cues.is_time(passage.lower(*candidate))
    };
    let above = passage.head(word).filter(|head| *head > word).filter(nominal);
    let below = || passage.children_by(word, Relation::Obl).find(|child| *child > word && nominal(child));
    above.or_else(below)
}

/// A statement with the words that it is taken to ascribe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'s> {
    /// The statement.
    pub(super) statement: &'s Statement,
    /// The words of the content, sorted.
    pub(super) content: &'s [usize],
    /// Whether it may go on in later sentences.
    pub(super) goes_on: bool,
}

/// The sentences that stand wholly in quotation marks and have no cue of their own, each with the number of the statement
/// before them that goes on there. `told` is in order of the cues.
pub(super) fn continuations(passage: &Passage<'_>, told: &[Told<'_>]) -> Vec<(usize, Range<usize>)> {
    let mut speaker: Option<usize> = None;
    let mut found = Vec::new();
    let taken = taken_backwards(passage, told);
    for (index, sentence) in passage.document.sentences.iter().enumerate() {
        let mut words = sentence.tokens.clone().filter(|&word| !passage.is_punctuation(word));
        let quoted = words.all(|word| passage.quotation_of(word).is_some());
        if quoted && taken[index] {
            continue;
        }
        if let Some(current) = speaker.filter(|_| quoted) {
            if told[current].content.last().is_some_and(|&last| last < sentence.tokens.start) {
                found.push((current, sentence.tokens.clone()));
            }
        } else {
            speaker = speaker_of(passage, told, index);
        }
    }
    found
}

/// For each sentence, whether the content of a later cue begins before its end: `"Never? Not now," Holt said.`
fn taken_backwards(passage: &Passage<'_>, told: &[Told<'_>]) -> Vec<bool> {
    let mut taken = vec![false; passage.document.sentences.len()];
    for Told { statement, content, .. } in told {
        let own = passage.sentence_of(statement.cue.head);
        let first = passage.sentence_of(content[0]);
        taken[first.min(own)..own].fill(true);
    }
    taken
}

/// Whether a statement by itself tells what somebody said.
fn speaks(passage: &Passage<'_>, statement: &Statement) -> bool {
    passage.quotation_of(statement.cue.head).is_none()
        && is_clausal(&statement.cue.complement)
        && statement.cue.entry.is_listed()
}

/// The statement of a sentence that quotes the most words; before a colon at its end the last one.
fn speaker_of(passage: &Passage<'_>, told: &[Told<'_>], sentence: usize) -> Option<usize> {
    let words = &passage.document.sentences[sentence].tokens;
    let start = told.partition_point(|told| told.statement.cue.head < words.start);
    let end = told.partition_point(|told| told.statement.cue.head < words.end);
    let quoted = |index: usize| {
        let content = told[index].content.iter();
        content.filter(|&&word| passage.quotation_of(word).is_some() && !passage.is_punctuation(word)).count()
    };
    let speakers = || (start..end).filter(|&index| told[index].goes_on);
    let quoting = speakers().max_by_key(|&index| quoted(index)).filter(|&index| quoted(index) > 0);

    let announced = passage.lower(words.end - 1) == ":";
    quoting.or_else(|| speakers().next_back().filter(|_| announced))
}

/// For each statement, the others whose content holds its cue. Linear in the length of all contents.
///
/// `statements` has the main word of the cue and the words of the content of each.
pub(super) fn holders_of_cues(passage: &Passage<'_>, statements: &[(usize, &[usize])]) -> Vec<Vec<usize>> {
    let mut cued: Vec<Vec<usize>> = vec![Vec::new(); passage.len()];
    for (index, &(cue, _)) in statements.iter().enumerate() {
        cued[cue].push(index);
    }
    let mut holders = vec![Vec::new(); statements.len()];
    for (outer, (_, content)) in statements.iter().enumerate() {
        for &inner in content.iter().flat_map(|&word| &cued[word]).filter(|&&inner| inner != outer) {
            holders[inner].push(outer);
        }
    }
    holders
}

/// The cue with its auxiliaries, negations and adverbs, and the preposition that leads to the content: one unbroken run.
pub(super) fn group(passage: &Passage<'_>, cue: &Cue) -> Vec<usize> {
    let sentence = passage.sentence_words(cue.head);
    let (mut first, mut last) = (cue.head, cue.head);
    while first > sentence.start && joins(passage, cue, first - 1) {
        first -= 1;
    }
    while last + 1 < sentence.end && joins(passage, cue, last + 1) {
        last += 1;
    }
    (first..=last).collect()
}

/// Whether a neighbour belongs to the cue's group.
fn joins(passage: &Passage<'_>, cue: &Cue, word: usize) -> bool {
    let tied = match passage.head(word) {
        Some(head) if head == cue.head => {
            matches!(passage.universal(word), Relation::Aux | Relation::Cop | Relation::Advmod)
                || passage.relation(word) == Relation::CompoundPrt
        }
        Some(head) if head == cue.complement.root => passage.relation(word) == Relation::Case && word > cue.head,
        _ => false,
    };
    tied || (cue.complement.frame == "according" && word == cue.head + 1)
}
