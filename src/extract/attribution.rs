//! Finds who says what: the source, the cue and the content of each statement of an article.
//!
//! All statements are found, nested ones too; `flat` gives the outermost alone, in the convention of attribution corpora
//! (Pareti 2015; Newell et al. 2018). What the content *means* is `stance`'s business.
//!
//! > [The minister]source [said]cue [talks would resume]content.

use super::Attribution;
use super::complement::Complement;
use super::content::{adjacent_quotation, content, is_clausal};
use super::cue::{Cue, CueClass, Cues, Entry};
use super::judge::features;
use super::passage::Passage;
use super::scene::Lists;
use super::source::{phrase, relative_subject, source, subject};
use crate::syntax::{Relation, Upos};
use crate::text::Span;

/// The longest name before a colon that is read as a speaker's; "Orsan Foreign Minister Jana Holt on talks" has seven.
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

/// The statements of a document, in order of their cues.
pub(super) fn statements(passage: &Passage<'_>, lists: &Lists) -> Vec<Statement> {
    let mut found: Vec<Statement> = (0..passage.len())
        .filter_map(|word| {
            let fixed = according_to(passage, &lists.cues, word).or_else(|| after_colon(passage, word));
            fixed.or_else(|| statement_at(passage, lists, word))
        })
        .collect();
    continue_quotations(passage, &mut found);
    found
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

/// Lets sentences that stand wholly in quotation marks and have no cue of their own go on with the statement before them.
fn continue_quotations(passage: &Passage<'_>, statements: &mut [Statement]) {
    let mut speaker: Option<usize> = None;
    for (index, sentence) in passage.document.sentences.iter().enumerate() {
        let mut words = sentence.tokens.clone().filter(|&word| !passage.is_punctuation(word));
        let quoted = words.all(|word| passage.quotation_of(word).is_some());
        if let Some(current) = speaker.filter(|_| quoted) {
            let statement = &mut statements[current];
            if statement.content.last().is_some_and(|&last| last < sentence.tokens.start) {
                statement.content.extend(sentence.tokens.clone());
            }
        } else {
            speaker = speaker_of(passage, statements, index);
        }
    }
}

/// The last statement of a sentence whose content ends in a quotation.
fn speaker_of(passage: &Passage<'_>, statements: &[Statement], sentence: usize) -> Option<usize> {
    let words = &passage.document.sentences[sentence].tokens;
    let start = statements.partition_point(|statement| statement.cue.head < words.start);
    let end = statements.partition_point(|statement| statement.cue.head < words.end);
    let last = statements[start..end].iter().rposition(|statement| {
        let quoted =
            statement.content.iter().any(|&word| passage.quotation_of(word).is_some() && !passage.is_punctuation(word));
        passage.quotation_of(statement.cue.head).is_none()
            && is_clausal(&statement.cue.complement)
            && statement.cue.entry.is_listed()
            && quoted
    });
    last.map(|index| start + index)
}

/// A statement that may be an outermost attribution, with the features by which it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The main word of the cue.
    pub cue: Span,
    /// The names of the features, as in `attribution_weights.tsv`.
    pub features: Vec<String>,
}

/// The candidates for attributions, judged or not: what the weights are trained on.
pub(super) fn candidates(passage: &Passage<'_>, lists: &Lists, statements: &[Statement]) -> Vec<Candidate> {
    outside_quotations(passage, statements)
        .map(|statement| Candidate {
            cue: passage.span(statement.cue.head),
            features: features(passage, &lists.moods, statement),
        })
        .collect()
}

/// A cue in a quotation belongs to the statement of the one who is quoted.
fn outside_quotations<'s>(
    passage: &'s Passage<'_>,
    statements: &'s [Statement],
) -> impl Iterator<Item = &'s Statement> + use<'s> {
    statements.iter().filter(|statement| passage.quotation_of(statement.cue.head).is_none())
}

/// The outermost statements as attributions.
pub(super) fn flat(passage: &Passage<'_>, lists: &Lists, statements: &[Statement]) -> Vec<Attribution> {
    let accepted: Vec<&Statement> = outside_quotations(passage, statements)
        .filter(|statement| lists.judge.accepts(&features(passage, &lists.moods, statement)))
        .collect();
    let holders = holders_of_cues(passage, &accepted);
    let nested = |index: usize| holders[index].iter().any(|&outer| !accepted[index].holds(accepted[outer].cue.head));
    let outermost = (0..accepted.len()).filter(|&index| !nested(index));
    outermost.map(|index| attribution(passage, accepted[index])).collect()
}

/// For each statement, the others whose content holds its cue. Linear in the length of all contents.
pub(super) fn holders_of_cues(passage: &Passage<'_>, statements: &[&Statement]) -> Vec<Vec<usize>> {
    let mut cued: Vec<Vec<usize>> = vec![Vec::new(); passage.len()];
    for (index, statement) in statements.iter().enumerate() {
        cued[statement.cue.head].push(index);
    }
    let mut holders = vec![Vec::new(); statements.len()];
    for (outer, statement) in statements.iter().enumerate() {
        for &inner in statement.content.iter().flat_map(|&word| &cued[word]).filter(|&&inner| inner != outer) {
            holders[inner].push(outer);
        }
    }
    holders
}

fn attribution(passage: &Passage<'_>, statement: &Statement) -> Attribution {
    let cue = group(passage, &statement.cue);
    let mut content = statement.content.clone();
    content.extend(affected(passage, statement));
    content.sort_unstable();
    content.dedup();
    content.retain(|word| !cue.contains(word));
    Attribution {
        source: passage.spans(&source_words(passage, statement)),
        cue: vec![passage.span(cue[0]).cover(passage.span(cue[cue.len() - 1]))],
        content: passage.spans(&content),
    }
}

/// The words of the source; a relative pronoun stands for itself.
fn source_words(passage: &Passage<'_>, statement: &Statement) -> Vec<usize> {
    if let Some(pronoun) = relative_subject(passage, statement.cue.head) {
        return vec![pronoun];
    }
    let Some(head) = statement.source else { return Vec::new() };
    let cue = &statement.cue;
    let mut words = phrase(passage, head);
    words.retain(|&word| !statement.holds(word) && word != cue.head);
    words
}

/// The object that belongs to the content in this view: "urged [Velia to sign]", "accused [Velia of delay]".
fn affected(passage: &Passage<'_>, statement: &Statement) -> Vec<usize> {
    let complement = &statement.cue.complement;
    let told = is_clausal(complement);
    match complement.object {
        Some(object) if !told && complement.frame.contains('+') => {
            passage.subtree_without(object, |child| passage.below(statement.cue.head, child))
        }
        _ => Vec::new(),
    }
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
