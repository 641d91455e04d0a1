//! A parsed document in the form of a treebank: which words were written as one, and where spaces stood.
//!
//! Sentences are numbered from 1. Line breaks count as spaces, as in every treebank.

use super::conllu::{Contraction, Opens, TreebankSentence};
use super::entity::SettledTypes;
use super::tree::Tree;
use crate::text::{Document, Sentence, Span};

/// The sentences of a document with their trees, one after the other, ready to be written as CoNLL-U. A name has one type
/// throughout.
pub fn transcribe(document: &Document, trees: Vec<Tree>) -> impl Iterator<Item = TreebankSentence> {
    let forms = |sentence: &Sentence| document.tokens_of(sentence).iter().map(|token| document.form(token));
    let settled = SettledTypes::count(document.sentences.iter().map(forms).zip(&trees));
    let numbered = document.sentences.iter().zip(trees).zip(1..);
    numbered
        .map(move |((sentence, tree), number)| settled.settle(transcribe_sentence(document, sentence, number, tree)))
}

/// One sentence of `transcribe`.
fn transcribe_sentence(document: &Document, sentence: &Sentence, number: usize, tree: Tree) -> TreebankSentence {
    let tokens = document.tokens_of(sentence);
    let mut contractions: Vec<Contraction> = Vec::new();
    let mut start = 0;
    for end in 1..=tokens.len() {
        if tokens.get(end).is_some_and(|token| token.continues) {
            continue;
        }
        if end - start > 1 {
            let written = tokens[start].span.cover(tokens[end - 1].span);
            contractions.push(Contraction { words: start..end, form: written.of(&document.text).to_owned() });
        }
        start = end;
    }
    TreebankSentence {
        opens: Opens::Sentence,
        id: Some(number.to_string()),
        forms: tokens.iter().map(|token| document.form(token).to_owned()).collect(),
        entities: None,
        tree,
        contractions,
        spaces: tokens.iter().map(|token| space_follows(&document.text, token.span)).collect(),
    }
}

/// Whether white space, or nothing at all, stands behind a span.
fn space_follows(text: &str, span: Span) -> bool {
    text.get(span.end..).and_then(|rest| rest.chars().next()).is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicons;
    use crate::syntax::{Parser, write_conllu};
    use crate::text::Segmenter;

    #[test]
    fn contractions_and_spacing_are_those_of_the_text() {
        let document = Segmenter::new(&Lexicons::embedded()).unwrap().segment_prose("Orsa didn't sign.\nIt waits.");
        let trees = Parser::embedded().unwrap().parse(&document);
        let sentences: Vec<TreebankSentence> = transcribe(&document, trees).collect();
        let texts: Vec<String> = sentences.iter().map(TreebankSentence::text).collect();
        assert_eq!(texts, ["Orsa didn't sign.", "It waits."]);
        let lines = write_conllu(&sentences);
        assert!(lines.contains("\n2-3\tdidn't\t"), "{lines}");
        assert!(lines.contains("sign\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n"), "{lines}");
    }
}
