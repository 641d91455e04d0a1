//! Cuts an article into paragraphs, sentences, tokens and quotations: the one entrance to the text stage.
//!
//! The parts are decided in the sibling modules; this file puts them together.

use super::abbreviation::Abbreviations;
use super::page::Page;
use super::sentence::Splitter;
use super::tokenizer::Tokenizer;
use super::{Document, Paragraph, ParagraphKind, Sentence, Span, paragraph, quotation};
use crate::lexicon::{LexiconError, Lexicons};

/// Cuts texts; made once, used for any number of them, from any thread.
#[derive(Debug)]
pub struct Segmenter {
    abbreviations: Abbreviations,
    tokenizer: Tokenizer,
    splitter: Splitter,
    page: Page,
}

impl Segmenter {
    /// A segmenter with these word lists.
    ///
    /// # Errors
    /// When a row of a user's list cannot be read.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        Ok(Self {
            abbreviations: Abbreviations::new(lexicons)?,
            tokenizer: Tokenizer::new(lexicons)?,
            splitter: Splitter::new(lexicons)?,
            page: Page::new(lexicons)?,
        })
    }

    /// The document of a news text; `title` is the headline from the metadata, if there is one.
    ///
    /// Only headline and prose are cut into sentences. Any text has a document; an empty one has an empty document.
    pub fn segment(&self, text: &str, title: Option<&str>) -> Document {
        let spans = paragraph::paragraphs(text);
        let kinds = self.page.kinds(text, &spans, title);
        self.cut(text, spans.into_iter().zip(kinds))
    }

    /// The document of a text that is no news page: every paragraph is prose, so that no token of the text is left out.
    pub fn segment_prose(&self, text: &str) -> Document {
        let spans = paragraph::paragraphs(text);
        self.cut(text, spans.into_iter().map(|span| (span, ParagraphKind::Prose)))
    }

    /// The document whose paragraphs are known.
    fn cut(&self, text: &str, paragraphs: impl Iterator<Item = (Span, ParagraphKind)>) -> Document {
        let mut document = Document { text: text.to_owned(), ..Document::default() };
        for (span, kind) in paragraphs {
            if matches!(kind, ParagraphKind::Headline | ParagraphKind::Prose) {
                self.add_sentences(&mut document, span);
            }
            document.paragraphs.push(Paragraph { span, kind });
        }
        document.quotations = quotation::find(&document);
        document
    }

    /// Adds the tokens and sentences of the paragraph that is pushed next.
    fn add_sentences(&self, document: &mut Document, span: Span) {
        let first = document.tokens.len();
        self.tokenizer.tokenize(&self.abbreviations, &document.text, span, &mut document.tokens);
        let tokens = document.tokens.get(first..).unwrap_or(&[]);
        for range in self.splitter.split(&self.abbreviations, &document.text, tokens) {
            let (Some(head), Some(last)) = (tokens.get(range.start), tokens.get(range.end - 1)) else { continue };
            document.sentences.push(Sentence {
                span: head.span.cover(last.span),
                tokens: first + range.start..first + range.end,
                paragraph: document.paragraphs.len(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segmenter() -> Segmenter {
        Segmenter::new(&Lexicons::embedded()).unwrap()
    }

    /// The tokens of a text, clitics behind a bar, others behind a space.
    fn tokens(text: &str) -> String {
        let document = segmenter().segment_prose(text);
        let mut shown = String::new();
        for token in &document.tokens {
            shown.push_str(if token.continues { "|" } else { " " });
            shown.push_str(document.form(token));
        }
        shown.trim_start().to_owned()
    }

    /// The sentences of a text, between bars.
    fn sentences(text: &str) -> String {
        let document = segmenter().segment_prose(text);
        let spans: Vec<&str> = document.sentences.iter().map(|sentence| sentence.span.of(text)).collect();
        spans.join(" | ")
    }

    #[test]
    fn words_are_those_of_the_treebanks() {
        for (text, expected) in [
            ("I don't, can't, cannot", "I do|n't , ca|n't , can|not"),
            ("Orsa’s envoys’ car isn’t here", "Orsa|’s envoys|’ car is|n’t here"),
            ("we'd've gonna", "we|'d|'ve gon|na"),
            ("a long-term, anti-war co-founder", "a long - term , anti-war co-founder"),
            ("the U.S.-led force", "the U.S. - led force"),
            ("a 1,300-km (800-mile) zone", "a 1,300 - km ( 800 - mile ) zone"),
            ("$5m, 20% and €3.5bn", "$ 5 m , 20 % and € 3.5 bn"),
            ("at 10:30pm on 9/11", "at 10:30 pm on 9/11"),
            ("in the 1990s and 1990's, the '90s", "in the 1990s and 1990's , the '90s"),
            ("Wait... no!? -- yes—no", "Wait ... no !? -- yes — no"),
            ("and/or AT&T", "and / or AT&T"),
            (
                "see www.herald.example/a, or jana@herald.example.",
                "see www.herald.example/a , or jana@herald.example .",
            ),
            ("''Never,'' he said", "'' Never , '' he said"),
            ("``Never,'' he said", "`` Never , '' he said"),
            ("O'Brien at five o'clock", "O'Brien at five o'clock"),
            ("‘We won’t,’ he said", "‘ We wo|n’t , ’ he said"),
            ("'the envoys' he called them", "' the envoys ' he called them"),
            ("Mr. J. Holt of Kern Inc.", "Mr. J. Holt of Kern Inc."),
            ("No. 10 said no.", "No. 10 said no ."),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_news_ends_them() {
        for (text, expected) in [
            ("He left. She stayed.", "He left. | She stayed."),
            ("“We will not sign.” He left.", "“We will not sign.” | He left."),
            ("“Will you sign?” he asked. No.", "“Will you sign?” he asked. | No."),
            ("“Will you sign?” Minister Jana Holt asked.", "“Will you sign?” Minister Jana Holt asked."),
            (
                "In the U.S. Senate he spoke. He left the U.S. The envoys stayed.",
                "In the U.S. Senate he spoke. | He left the U.S. | The envoys stayed.",
            ),
            ("Gen. J. Kovac and Dr. Holt met.", "Gen. J. Kovac and Dr. Holt met."),
            ("ORSA (HN) -- Talks began.", "ORSA (HN) -- Talks began."),
            ("It was late (too late.) He left.", "It was late (too late.) | He left."),
            ("\"We won.\" \"You lost.\"", "\"We won.\" | \"You lost.\""),
            ("''We won.'' He left.", "''We won.'' | He left."),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn a_page_keeps_only_its_news() {
        let text = "Envoys meet in Orsa as truce frays\nBy Jana Holt, Herald of Orsa\nTalks began. “We hope,\nshe said.\nRead more\nThey ended.";
        let document = segmenter().segment(text, None);
        let kinds: Vec<ParagraphKind> = document.paragraphs.iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(
            kinds,
            [
                ParagraphKind::Headline,
                ParagraphKind::Byline,
                ParagraphKind::Prose,
                ParagraphKind::Prose,
                ParagraphKind::Boilerplate,
                ParagraphKind::Prose
            ]
        );
        let sentences: Vec<&str> = document.sentences.iter().map(|sentence| sentence.span.of(text)).collect();
        assert_eq!(
            sentences,
            ["Envoys meet in Orsa as truce frays", "Talks began.", "“We hope,", "she said.", "They ended."]
        );
        let quotations: Vec<&str> = document.quotations.iter().map(|quotation| quotation.inner.of(text)).collect();
        assert_eq!(quotations, ["We hope,"]);
    }
}
