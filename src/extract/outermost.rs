//! The outermost statements as attribution corpora mark them (Pareti 2015; Newell et al. 2018): flat, each with the exact
//! words of source, cue and content.
//!
//! Which statements count, `judge` says; which words, `roles`.

use super::Attribution;
use super::attribution::{Statement, Told, continuations, group, holders_of_cues};
use super::complement::SIGNED;
use super::content::is_clausal;
use super::judge::features;
use super::passage::Passage;
use super::role_features::Neighbourhood;
use super::roles::{Impressions, Role, Roles};
use super::scene::Lists;
use super::source::{phrase, relative_subject};
use crate::syntax::States;
use crate::text::Span;

/// A statement that may be an outermost attribution, with the features by which it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The main word of the cue.
    pub cue: Span,
    /// The names of the features, as in `attribution_weights.tsv`.
    pub features: Vec<String>,
    /// The numbers of the cue's main word, of the source's and of the content's.
    pub words: [Option<usize>; 3],
}

/// The candidates for attributions, judged or not: what the weights are trained on.
pub(super) fn candidates(passage: &Passage<'_>, lists: &Lists, statements: &[Statement]) -> Vec<Candidate> {
    let candidate = |statement| {
        let mut names = Vec::new();
        features(passage, &lists.moods, statement, &mut |feature| names.push(feature.name()));
        Candidate { cue: passage.span(statement.cue.head), features: names, words: judged(statement) }
    };
    outside_quotations(passage, statements).map(candidate).collect()
}

/// The words by which a statement is judged: the cue, the source and the main word of the content.
fn judged(statement: &Statement) -> [Option<usize>; 3] {
    [Some(statement.cue.head), statement.source, Some(statement.cue.complement.root)]
}

/// What the parser read of the words by which a statement is judged.
pub(super) fn read<'s>(statement: &Statement, states: &'s States) -> [&'s [f32]; 3] {
    judged(statement).map(|word| word.map_or(&[][..], |word| states.of(word)))
}

/// A cue in a quotation belongs to the statement of the one who is quoted.
pub(super) fn outside_quotations<'s>(
    passage: &'s Passage<'_>,
    statements: &'s [Statement],
) -> impl Iterator<Item = &'s Statement> + use<'s> {
    statements.iter().filter(|statement| passage.quotation_of(statement.cue.head).is_none())
}

/// A statement that was accepted.
struct Accepted<'s> {
    statement: &'s Statement,
    score: f64,
    roles: Roles,
    /// The words of the content, sorted.
    content: Vec<usize>,
}

/// The outermost statements as attributions, each with the main word of its cue.
pub(super) fn flat(
    passage: &Passage<'_>,
    lists: &Lists,
    statements: &[Statement],
    states: &States,
) -> Vec<(usize, Attribution)> {
    let mut impressions = Impressions::new(states);
    let outside: Vec<&Statement> = outside_quotations(passage, statements).collect();
    let read: Vec<[&[f32]; 3]> = outside.iter().map(|statement| read(statement, states)).collect();
    let accept = |(statement, network)| {
        let score = lists.judge.score(passage, &lists.moods, statement, network);
        // Who signs a quotation is told by its form alone.
        let signed = statement.cue.complement.frame == SIGNED;
        if !signed && !lists.judge.accepts(score) {
            return None;
        }
        let neighbourhood = neighbourhood(passage, statement);
        let roles = if signed {
            neighbourhood.into_rules()
        } else {
            lists.labeller.roles(passage, &neighbourhood, &mut impressions)
        };
        let content = content(passage, statement, &roles);
        (!content.is_empty()).then_some(Accepted { statement, score, roles, content })
    };
    let judged = outside.into_iter().zip(lists.judge.network_scores(&read));
    let mut accepted = without_twins(judged.filter_map(accept).collect());
    go_on(passage, &mut accepted);
    let contents: Vec<(usize, &[usize])> =
        accepted.iter().map(|accepted| (accepted.statement.cue.head, accepted.content.as_slice())).collect();
    let holders = holders_of_cues(passage, &contents);
    let holds = |outer: usize, inner: usize| contents[outer].1.binary_search(&contents[inner].0).is_ok();
    let nested = |index: usize| holders[index].iter().any(|&outer| !holds(index, outer));
    let outermost: Vec<bool> = (0..accepted.len()).map(|index| !nested(index)).collect();
    let mut kept: Vec<Accepted<'_>> =
        accepted.into_iter().zip(outermost).filter_map(|(accepted, outermost)| outermost.then_some(accepted)).collect();
    part_quotations(passage, &mut kept);
    kept.iter().map(|accepted| (accepted.statement.cue.head, attribution(passage, accepted))).collect()
}

/// Lets sentences that stand wholly in quotation marks go on with the statement before them.
fn go_on(passage: &Passage<'_>, accepted: &mut [Accepted<'_>]) {
    let told: Vec<Told<'_>> = accepted
        .iter()
        .map(|accepted| Told { statement: accepted.statement, content: &accepted.content, goes_on: true })
        .collect();
    for (index, words) in continuations(passage, &told) {
        accepted[index].content.extend(words);
    }
}

/// Gives each quotation that two statements of one sentence share to the one with the nearer cue: `"Never," she said,
/// adding, "Not here."`
fn part_quotations(passage: &Passage<'_>, accepted: &mut [Accepted<'_>]) {
    let cues: Vec<usize> = accepted.iter().map(|accepted| accepted.statement.cue.head).collect();
    for index in 0..accepted.len() {
        let sentence = passage.sentence_of(cues[index]);
        let near = index.saturating_sub(3)..(index + 4).min(cues.len());
        for other in near.filter(|&other| other != index && passage.sentence_of(cues[other]) == sentence) {
            let theirs = |quotation: usize| {
                let words = passage.quotation_words(quotation);
                let from = |cue: usize| words.start.abs_diff(cue).min(words.end.abs_diff(cue + 1));
                from(cues[other]) < from(cues[index])
            };
            let shared = |word: usize| {
                passage.quotation_of(word).filter(|_| accepted[other].content.binary_search(&word).is_ok())
            };
            let lost: Vec<usize> =
                accepted[index].content.iter().copied().filter(|&word| shared(word).is_some_and(theirs)).collect();
            if lost.len() < accepted[index].content.len() {
                accepted[index].content.retain(|word| lost.binary_search(word).is_err());
            }
        }
    }
}

/// Of statements that share a cue, such as "[made] a [promise]", the one with the best score.
fn without_twins(accepted: Vec<Accepted<'_>>) -> Vec<Accepted<'_>> {
    let twin = |one: &Accepted<'_>, other: &Accepted<'_>| {
        let (first, second) = (one.statement.cue.head, other.statement.cue.head);
        first != second && (one.roles.of(second) == Role::Cue || other.roles.of(first) == Role::Cue)
    };
    let beaten = |index: usize| {
        let better = |other: usize| accepted[other].score > accepted[index].score;
        let near = index.saturating_sub(3)..(index + 4).min(accepted.len());
        near.into_iter().any(|other| better(other) && twin(&accepted[index], &accepted[other]))
    };
    let kept: Vec<bool> = (0..accepted.len()).map(|index| !beaten(index)).collect();
    accepted.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(accepted, _)| accepted).collect()
}

/// The surroundings of a statement's cue, with the roles that its rules give.
pub(super) fn neighbourhood<'a>(passage: &'a Passage<'a>, statement: &'a Statement) -> Neighbourhood<'a> {
    let cue = group(passage, &statement.cue).into_iter().map(|word| (word, Role::Cue));
    let source = source_words(passage, statement).into_iter().map(|word| (word, Role::Source));
    let content = statement.content.iter().copied().chain(affected(passage, statement));
    let content = content.map(|word| (word, Role::Content));
    Neighbourhood::new(passage, &statement.cue, Roles::new(cue.chain(source).chain(content).collect()))
}

/// The words of the content: those of the cue's sentence by their roles, those of others by the rules.
fn content(passage: &Passage<'_>, statement: &Statement, roles: &Roles) -> Vec<usize> {
    let sentence = passage.sentence_words(statement.cue.head);
    let elsewhere = statement.content.iter().copied().filter(|word| !sentence.contains(word));
    let here: Vec<usize> = roles.words(Role::Content).collect();
    let mut words: Vec<usize> = here.iter().copied().chain(gaps(passage, &here, roles)).chain(elsewhere).collect();
    words.sort_unstable();
    words
}

/// The words between two words of the content that are neither source nor cue nor parted from it by a quotation mark: what
/// is ascribed is interrupted by nothing else.
fn gaps(passage: &Passage<'_>, content: &[usize], roles: &Roles) -> Vec<usize> {
    let belongs = |word: &usize| roles.of(*word) == Role::Outside && !passage.is_quotation_mark(*word);
    let between = content.windows(2).map(|pair| pair[0] + 1..pair[1]);
    between.filter(|gap| gap.clone().all(|word| belongs(&word))).flatten().collect()
}

fn attribution(passage: &Passage<'_>, accepted: &Accepted<'_>) -> Attribution {
    let Accepted { statement, roles, content, .. } = accepted;
    let cue = cue_words(passage, statement.cue.head, roles);
    let source: Vec<usize> = roles.words(Role::Source).collect();
    Attribution {
        source: passage.spans(&closed(passage, &source)),
        cue: vec![passage.span(cue[0]).cover(passage.span(cue[cue.len() - 1]))],
        content: passage.spans(&closed(passage, content)),
    }
}

/// Sorted words with the marks between two of them, and with the marks of their quotations.
fn closed(passage: &Passage<'_>, words: &[usize]) -> Vec<usize> {
    let mut all = words.to_vec();
    let is_mark = |word: &usize| *word < passage.len() && passage.is_punctuation(*word);
    for (place, &word) in words.iter().enumerate() {
        let next = words.get(place + 1).copied();
        let marks = (word + 1..).take_while(is_mark);
        let own = |mark: &usize| passage.quotation_of(word).is_some_and(|own| passage.quotation_of(*mark) == Some(own));
        if next.is_some_and(|next| (word + 1..next).all(|between| is_mark(&between))) {
            all.extend(marks);
        } else {
            all.extend(marks.take_while(own));
        }
        all.extend((0..word).rev().take_while(|mark| is_mark(mark) && own(mark)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The unbroken run of words of the cue around its main word, marks between them included.
fn cue_words(passage: &Passage<'_>, head: usize, roles: &Roles) -> Vec<usize> {
    let joins = |&word: &usize| roles.of(word) == Role::Cue || passage.is_punctuation(word);
    let sentence = passage.sentence_words(head);
    let last = (head..sentence.end).take_while(joins).filter(|&word| roles.of(word) == Role::Cue).last();
    let first = (sentence.start..=head).rev().take_while(joins).filter(|&word| roles.of(word) == Role::Cue).last();
    (first.unwrap_or(head)..=last.unwrap_or(head)).collect()
}

/// The words of the source; a relative pronoun stands for itself.
fn source_words(passage: &Passage<'_>, statement: &Statement) -> Vec<usize> {
    if let Some(pronoun) = relative_subject(passage, statement.cue.head) {
        return vec![pronoun];
    }
    let Some(head) = statement.source else { return Vec::new() };
    let mut words = phrase(passage, head);
    words.retain(|&word| !statement.holds(word) && word != statement.cue.head);
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
