//! Cuts an article into paragraphs, sentences, tokens and quotations: the one entrance to the text stage.
//!
//! The parts are decided in the sibling modules; this file puts them together.

use super::abbreviation::Abbreviations;
use super::boundary::Boundaries;
use super::page::Page;
use super::sentence::{Ruling, Splitter};
use super::tokenizer::Tokenizer;
use super::{Document, Paragraph, ParagraphKind, Sentence, Span, Token, dateline, paragraph, quotation};
use crate::lexicon::{LexiconError, Lexicons};

/// Cuts texts; made once, used for any number of them, from any thread.
#[derive(Debug)]
pub struct Segmenter {
    abbreviations: Abbreviations,
    tokenizer: Tokenizer,
    splitter: Splitter,
    boundaries: Boundaries,
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
            boundaries: Boundaries::embedded(),
            page: Page::new(lexicons)?,
        })
    }

    /// The document of a news text; `title` is the headline from the metadata, if there is one.
    ///
    /// Only headline and prose are cut into sentences. Any text has a document; an empty one has an empty document.
    pub fn segment(&self, text: &str, title: Option<&str>) -> Document {
        let spans = paragraph::paragraphs(text);
        let kinds = self.page.kinds(text, &spans, title);
        self.cut(text, spans.into_iter().zip(kinds).flat_map(|(span, kind)| without_dateline(text, span, kind)))
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
        let rulings = self.splitter.rulings(&self.abbreviations, &document.text, tokens);
        let mut start = 0;
        for end in self.boundaries.ends(&document.text, tokens, &rulings).into_iter().chain([tokens.len()]) {
            let (Some(head), Some(last)) = (tokens.get(start), tokens.get(end - 1)) else { continue };
            document.sentences.push(Sentence {
                span: head.span.cover(last.span),
                tokens: first + start..first + end,
                paragraph: document.paragraphs.len(),
            });
            start = end;
        }
    }

    /// The tokens of `text`, taken for one paragraph, and what rules are sure of about its sentences: what training sees.
    pub(crate) fn observe(&self, text: &str) -> (Vec<Token>, Vec<Ruling>) {
        let mut tokens = Vec::new();
        self.tokenizer.tokenize(&self.abbreviations, text, Span::new(0, text.len()), &mut tokens);
        let rulings = self.splitter.rulings(&self.abbreviations, text, &tokens);
        (tokens, rulings)
    }
}

/// A paragraph, its dateline apart.
fn without_dateline(text: &str, span: Span, kind: ParagraphKind) -> Vec<(Span, ParagraphKind)> {
    let start = if kind == ParagraphKind::Prose { dateline::prose_start(text, span) } else { span.start };
    if start == span.start {
        return vec![(span, kind)];
    }
    let dateline = text.get(span.start..start).map_or(0, |dateline| dateline.trim_end().len());
    vec![(Span::new(span.start, span.start + dateline), ParagraphKind::Dateline), (Span::new(start, span.end), kind)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::character::is_space;

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
            ("Jana M. Holt, B. R. Kern (b. 1960)", "Jana M. Holt , B. R. Kern ( b. 1960 )"),
            ("Its not its fault, your going too.", "It|s not its fault , you|r going too ."),
            ("I th- that w- — well", "I th- that w- — well"),
            ("----== [...] ==---- \\\\", "----== [ ... ] ==---- \\\\"),
            ("E. coli, etc. and more, etc.", "E. coli , etc. and more , etc ."),
            ("He joined Kern Inc..", "He joined Kern Inc. ."),
            ("pre- and post-war", "pre- and post-war"),
            ("I‘m in talk.politics.orsa", "I|‘m in talk.politics.orsa"),
            ("US$5 for 3D and the 2nd", "US$ 5 for 3D and the 2nd"),
            ("R&D w/o end.The end", "R&D w/o end . The end"),
            ("Thanks :) #truce @jana", "Thanks :) #truce @jana"),
            ("a\u{200b}b \u{feff}c", "a b c"),
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
            ("ORSA (HN) -- Talks began.", "ORSA (HN) -- | Talks began."),
            ("It was late (too late.) He left.", "It was late (too late.) | He left."),
            ("\"We won.\" \"You lost.\"", "\"We won.\" | \"You lost.\""),
            ("“We won. He left. ”", "“We won. | He left. ”"),
            ("\"We won. \"", "\"We won. \""),
            ("''We won.'' He left.", "''We won.'' | He left."),
            ("He left . . . and came. . . . She went.", "He left . . . and came. . . . | She went."),
            ("It was late.[3] He left. [4] [5] She stayed.", "It was late.[3] | He left. [4] [5] | She stayed."),
            ("it was late. he left. why? nobody knew.", "it was late. | he left. | why? | nobody knew."),
            ("1. Talks. 2. Terms.", "1. Talks. | 2. Terms."),
            ("Holt met J. Kern. E. coli was found.", "Holt met J. Kern. | E. coli was found."),
            ("She paused ... and then ... He left.", "She paused ... and then ... | He left."),
            (
                "They met at 5 p.m. Monday. It was 6 p.m. They left.",
                "They met at 5 p.m. Monday. | It was 6 p.m. | They left.",
            ),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_without_a_mark_where_mail_and_lists_end_them() {
        for (text, expected) in [
            (
                "Jana Holt <jana@herald.example> 03/28/2030 05:09 PM The terms are attached.",
                "Jana Holt <jana@herald.example> | 03/28/2030 05:09 PM | The terms are attached.",
            ),
            ("The terms are attached. Regards, Jana Holt", "The terms are attached. | Regards, | Jana Holt"),
            ("Dear Piet, The terms are fine.", "Dear Piet, | The terms are fine."),
            (
                "See http://herald.example/a http://herald.example/b",
                "See http://herald.example/a | http://herald.example/b",
            ),
            ("- talks.pdf - terms.pdf - truce.pdf", "- talks.pdf | - terms.pdf | - truce.pdf"),
            ("What a day!!! we won!!! thanks everyone :)", "What a day!!! | we won!!! | thanks everyone :)"),
            ("Great food!! I will be back", "Great food!! | I will be back"),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn names_and_capitals_inside_sentences_end_none() {
        for text in [
            "President Piet Lonsk met Prime Minister Jana Holt and Foreign Minister Davit Rosk in Orsa on Monday.",
            "Envoys from Orsa, Velia and Port Merin met Foreign Minister Jana Holt at the U.N. in New York.",
            "Holt met J. R. Kern and Jana M. Holt of Kern Inc. in Orsa.",
            "Mr. Holt, the Velian Foreign Minister, said Tuesday that St. Orsa Inc. Chairman Piet Lonsk would resign.",
            "Envoys Meet in Orsa as Truce Frays",
            "Posted by Jana Holt at 10:30 PM",
        ] {
            assert_eq!(sentences(text), text);
        }
    }

    #[test]
    fn every_quote_system_is_paired() {
        for (text, expected) in [
            ("He said \"no\" and \"yes.\"", "no|yes."),
            ("“We saw ‘the end’ there,” she said.", "We saw ‘the end’ there,|the end"),
            ("‘We won’t see Orsa’s end,’ she said.", "We won’t see Orsa’s end,"),
            ("''Never,'' he said. ``Never?''", "Never,|Never?"),
            ("“We hope.\n“We wait,” she said.", "We hope.|We wait,"),
            ("“One.” ”Two,” he said", "One.|Two,"),
            ("'specially the car", ""),
            ("'We left,' he said, 'in the envoys' car.'", "We left,|in the envoys' car."),
            ("(\"No\"), she said—\"never\"—twice", "No|never"),
        ] {
            let document = segmenter().segment_prose(text);
            let inner: Vec<&str> = document.quotations.iter().map(|quotation| quotation.inner.of(text)).collect();
            assert_eq!(inner.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_is_found_by_a_byte_inside_it() {
        let document = segmenter().segment_prose("“We saw ‘the end’ there,” she said.");
        let inner = |at: usize| document.quotation_at(at).map(|quotation| quotation.inner.of(&document.text));
        let at = |word: &str| document.text.find(word).unwrap();
        assert_eq!(inner(at("end")), Some("the end"));
        assert_eq!(inner(at("there")), Some("We saw ‘the end’ there,"));
        assert_eq!(inner(at("she")), None);
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_prose_and_sentences_cover_tokens(
            text in "([A-Za-z]{1,4}|[0-9]{1,3}|[ \n\t]|[.,:;!?'\"’‘“”`()\\[\\]@#$&/_<>=*…—-]|www\\.|n't|U\\.S\\.|é|中|👍🏽|\u{200b}|\u{301}|\u{0}){0,60}"
        ) {
            let document = segmenter().segment_prose(&text);
            let mut end = 0;
            for token in &document.tokens {
                proptest::prop_assert!(token.span.start >= end && token.span.end > token.span.start);
                proptest::prop_assert!(text.get(end..token.span.start).is_some_and(|gap| gap.chars().all(is_space)));
                end = token.span.end;
            }
            proptest::prop_assert!(text.get(end..).is_some_and(|gap| gap.chars().all(is_space)));
            let mut next = 0;
            for sentence in &document.sentences {
                proptest::prop_assert_eq!(sentence.tokens.start, next);
                proptest::prop_assert!(!document.tokens_of(sentence).is_empty());
                next = sentence.tokens.end;
            }
            proptest::prop_assert_eq!(next, document.tokens.len());
            for quotation in &document.quotations {
                proptest::prop_assert!(quotation.outer.contains(quotation.inner));
                proptest::prop_assert!(text.get(quotation.outer.start..quotation.outer.end).is_some());
            }
        }

        #[test]
        fn any_text_has_a_document(text in "\\PC{0,80}", title in proptest::option::of("\\PC{0,20}")) {
            let document = segmenter().segment(&text, title.as_deref());
            proptest::prop_assert_eq!(document.text, text);
        }
    }

    #[test]
    fn a_page_keeps_only_its_news() {
        let text = "Envoys meet in Orsa as truce frays\nBy Jana Holt, Herald of Orsa\nFriday, January 4, 2030\nTalks began. “We hope,\nshe said.\nRead more\nThey ended.";
        let document = segmenter().segment(text, None);
        let kinds: Vec<ParagraphKind> = document.paragraphs.iter().map(|paragraph| paragraph.kind).collect();
        assert_eq!(
            kinds,
            [
                ParagraphKind::Headline,
                ParagraphKind::Byline,
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
