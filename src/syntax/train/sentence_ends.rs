//! From treebanks to the weights of sentence ends (`text::boundary`): logistic regression over hints, to the same bytes
//! each time.
//!
//! Every document is read twice, with its paragraphs apart and run together: the ends of paragraphs are then ends that no
//! mark shows, which is what has to be learned. Hints that are seen seldom are left out: they learn their few gaps by
//! heart (sentences F1 on EWT dev 91.2 with all of them, 91.7 without).

use std::collections::BTreeMap;

use crate::random::Random;
use crate::syntax::{Opens, TreebankSentence, Upos, Xpos};
use crate::text::{Boundaries, Facts, HINTS, Ruling, Segmenter, Span, WeightTable, gaps, observe, word_hash};

/// Passes over all gaps.
const EPOCHS: usize = 6;
/// Fits whose weights are averaged; each sees the gaps in another order.
const ROUNDS: u64 = 4;
/// A hint is kept when this many gaps have it.
const SEEN: usize = 7;
/// A word's part of speech is kept when it stands so often in the treebanks.
const KNOWN: usize = 2;
/// Step of a weight that was never moved.
const RATE: f32 = 0.1;
/// What draws weights to zero.
const SHRINKING: f32 = 0.01;
/// Squared gradient that each weight is taken to have seen; less makes the first steps of seldom hints too long.
const FIRST_GRADIENT: f32 = 0.001;
/// Weights that are no more than this many steps of a byte are dropped.
const LEAST: i8 = 1;

/// A fitted model of sentence ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentenceEnds {
    /// The file.
    pub file: Vec<u8>,
    /// F1 of sentences, in percent, on each development treebank, its paragraphs apart.
    pub scores: Vec<f64>,
}

/// A text whose sentences are known.
struct Marked {
    text: String,
    /// The sentences.
    spans: Vec<Span>,
}

/// A gap, by the numbers of its hints, and whether it ends a sentence.
struct Lesson {
    hints: Vec<u32>,
    is_end: bool,
}

/// Fits the weights of sentence ends; `origin` and `licence` go into the file's header.
pub fn train_sentence_ends(
    segmenter: &Segmenter,
    training: &[TreebankSentence],
    dev: &[Vec<TreebankSentence>],
    [origin, licence]: [&str; 2],
) -> SentenceEnds {
    let classes = classes(training);
    let apart = paragraphs(training, Opens::Paragraph);
    let together = paragraphs(training, Opens::Document);
    let mut lessons = Vec::new();
    for marked in apart.iter().chain(&together) {
        add_lessons(segmenter, &classes, marked, &mut lessons);
    }
    let (names, lessons) = number(lessons);
    let weights = round(&names, &mean_weights(&lessons, names.len()));
    let boundaries = Boundaries { classes, weights };
    let scores: Vec<f64> =
        dev.iter().map(|dev| score(segmenter, &boundaries, &paragraphs(dev, Opens::Paragraph))).collect();
    let shown: Vec<String> = scores.iter().map(|score| format!("{score:.2}")).collect();
    let lines = [("trained on", origin), ("licence", licence), ("sentences F1 on dev", &shown.join(", "))];
    SentenceEnds { file: boundaries.to_bytes(&lines), scores }
}

/// The part of speech that each word mostly has: its number, below 0 for finite verbs.
fn classes(training: &[TreebankSentence]) -> WeightTable {
    let mut counts: BTreeMap<u32, BTreeMap<Xpos, usize>> = BTreeMap::new();
    for sentence in training {
        for (form, word) in sentence.forms.iter().zip(sentence.tree.words()) {
            if !matches!(word.upos, Upos::Punct | Upos::Sym) {
                *counts.entry(word_hash(form)).or_default().entry(word.xpos).or_default() += 1;
            }
        }
    }
    let known = counts.iter().filter(|(_, tags)| tags.values().sum::<usize>() >= KNOWN);
    let entries: Vec<(u32, i8)> = known
        .filter_map(|(&hash, tags)| {
            let (&tag, _) = tags.iter().max_by_key(|(tag, count)| (**count, std::cmp::Reverse(**tag)))?;
            let number = i8::try_from(tag.index() + 1).ok()?;
            let finite = matches!(tag, Xpos::Md | Xpos::Vbd | Xpos::Vbp | Xpos::Vbz);
            Some((hash, if finite { -number } else { number }))
        })
        .collect();
    WeightTable::new(&entries)
}

/// The texts of a treebank, cut where something opens that is at least `level`; sentences stand one space apart.
fn paragraphs(sentences: &[TreebankSentence], level: Opens) -> Vec<Marked> {
    let mut texts: Vec<Marked> = Vec::new();
    for sentence in sentences {
        if sentence.opens >= level || texts.is_empty() {
            texts.push(Marked { text: String::new(), spans: Vec::new() });
        }
        let Some(marked) = texts.last_mut() else { continue };
        if !marked.text.is_empty() {
            marked.text.push(' ');
        }
        let start = marked.text.len();
        marked.text.push_str(&sentence.text());
        marked.spans.push(Span::new(start, marked.text.len()));
    }
    texts
}

/// What the model sees of a text: tokens with their ends, facts, and what rules are sure of.
fn look(segmenter: &Segmenter, classes: &WeightTable, text: &str) -> (Vec<Span>, Vec<Facts>, Vec<Ruling>) {
    let (tokens, rulings) = segmenter.observe(text);
    let facts = observe(classes, text, &tokens);
    (tokens.into_iter().map(|token| token.span).collect(), facts, rulings)
}

/// Adds the gaps of one text.
fn add_lessons(segmenter: &Segmenter, classes: &WeightTable, marked: &Marked, lessons: &mut Vec<([u32; HINTS], bool)>) {
    let (tokens, facts, rulings) = look(segmenter, classes, &marked.text);
    gaps(&facts, &rulings, |at, _, hints| {
        let end = tokens.get(at - 1).map_or(0, |token| token.end);
        let is_end = marked.spans.binary_search_by_key(&end, |span| span.end).is_ok();
        lessons.push((*hints, is_end));
        is_end
    });
}

/// Numbers the hints that are seen often enough; `names` has their hashes.
fn number(lessons: Vec<([u32; HINTS], bool)>) -> (Vec<u32>, Vec<Lesson>) {
    let mut all: Vec<u32> = lessons.iter().flat_map(|(hints, _)| *hints).collect();
    all.sort_unstable();
    let runs = all.chunk_by(|one, other| one == other).filter(|run| run.len() >= SEEN);
    let names: Vec<u32> = runs.filter_map(|run| run.first().copied()).collect();
    let numbered = |(hints, is_end): ([u32; HINTS], bool)| {
        let kept = hints.iter().filter_map(|hint| names.binary_search(hint).ok());
        Lesson { hints: kept.map(|number| number as u32).collect(), is_end }
    };
    let lessons = lessons.into_iter().map(numbered).collect();
    (names, lessons)
}

/// The mean of the weights of all rounds.
fn mean_weights(lessons: &[Lesson], count: usize) -> Vec<f32> {
    let mut mean = vec![0.0; count];
    for round in 1..=ROUNDS {
        let weights = fit(lessons, count, &mut Random::new(round, &[4]));
        mean.iter_mut().zip(weights).for_each(|(mean, weight)| *mean += weight / ROUNDS as f32);
    }
    mean
}

/// Logistic regression by steps that shrink with the gradients seen (AdaGrad; Duchi, Hazan and Singer, 2011).
fn fit(lessons: &[Lesson], count: usize, random: &mut Random) -> Vec<f32> {
    let mut weights = vec![0.0_f32; count];
    let mut squares = vec![FIRST_GRADIENT; count];
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for lesson in order.iter().filter_map(|&place| lessons.get(place)) {
            let sum: f32 = lesson.hints.iter().map(|&hint| weights[hint as usize]).sum();
            let gradient = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(lesson.is_end));
            if gradient.abs() < 1e-4 {
                continue;
            }
            for &hint in &lesson.hints {
                let (weight, square) = (&mut weights[hint as usize], &mut squares[hint as usize]);
                *square += gradient * gradient;
                let rate = RATE / square.sqrt();
                let moved = *weight - rate * gradient;
                *weight = moved.signum() * (moved.abs() - rate * SHRINKING).max(0.0);
            }
        }
    }
    weights
}

/// The weights in bytes, the largest as 127; small ones are dropped.
fn round(names: &[u32], weights: &[f32]) -> WeightTable {
    let largest = weights.iter().fold(f32::MIN_POSITIVE, |largest, weight| largest.max(weight.abs()));
    let rounded = names.iter().zip(weights).map(|(&name, weight)| (name, (weight / largest * 127.0).round() as i8));
    let entries: Vec<(u32, i8)> = rounded.filter(|(_, weight)| weight.abs() > LEAST).collect();
    WeightTable::new(&entries)
}

/// F1 of sentences over texts, in percent: a sentence is found when both its ends are.
fn score(segmenter: &Segmenter, boundaries: &Boundaries, texts: &[Marked]) -> f64 {
    let (mut found, mut right, mut wanted) = (0, 0, 0);
    for marked in texts {
        let (tokens, facts, rulings) = look(segmenter, &boundaries.classes, &marked.text);
        let mut start = 0;
        for end in boundaries.decide(&facts, &rulings).into_iter().chain([tokens.len()]) {
            if let (Some(first), Some(last)) = (tokens.get(start), end.checked_sub(1).and_then(|last| tokens.get(last)))
            {
                found += 1;
                right += usize::from(marked.spans.binary_search(&first.cover(*last)).is_ok());
            }
            start = end;
        }
        wanted += marked.spans.len();
    }
    200.0 * right as f64 / (found + wanted).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;
    use crate::syntax::read_conllu;

    #[test]
    fn unmarked_ends_are_learned_and_the_file_is_the_same_each_time() {
        let word = |form: &str, xpos: &str, head: u32| format!("{form}\t_\tX\t{xpos}\t_\t{head}\tdep\t_\t_\n");
        let sentence = |one: &str, two: &str| format!("1\t{}2\t{}\n", word(one, "NNP", 0), word(two, "VBZ", 1));
        let document = format!(
            "# newdoc\n{}{}{}",
            sentence("Orsa", "waits"),
            sentence("Velia", "signs"),
            sentence("Kern", "leaves")
        );
        let treebank = read_conllu(&document.repeat(8)).unwrap();
        let segmenter = Segmenter::new(&Lexicons::embedded()).unwrap();
        let train = || train_sentence_ends(&segmenter, &treebank, std::slice::from_ref(&treebank), ["orsa", "none"]);
        let ends = train();
        assert_eq!(ends.scores, [100.0]);
        assert!(ends.file.starts_with(b"demarche sentence ends 1\ntrained on: orsa\n"));
        assert_eq!(ends, train());
    }
}
