//! Reads and writes CoNLL-U, the treebanks' format: one word a line, ten columns, a blank line after each sentence.
//!
//! Multiword tokens (`1-2 don't`) and `SpaceAfter=No` are kept, so that the surface text can be put together again. Empty
//! nodes (`8.1`), the column DEPS and what else MISC holds but mentions of entities (see `entity_column`) are dropped. <https://universaldependencies.org/format.html>

use std::borrow::Borrow;
use std::fmt::Write as _;
use std::ops::Range;

use super::entity::EntitySpan;
use super::entity_column::{Brackets, DECLARATION, entry};
use super::{Features, Relation, Tree, Upos, Word, Xpos};

/// A sentence of a treebank: its words with their tree, and how the words were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreebankSentence {
    /// What begins with it: `# newdoc`, `# newpar`.
    pub opens: Opens,
    /// Value of `# sent_id = ...`.
    pub id: Option<String>,
    /// One form a word, "do" and "n't" apart.
    pub forms: Vec<String>,
    /// Tags, lemmas, relations; one word a form.
    pub tree: Tree,
    /// Written words that stand for several words, in order.
    pub contractions: Vec<Contraction>,
    /// Whether a space follows each word; `true` inside a contraction has no meaning.
    pub spaces: Vec<bool>,
    /// The mentions of entities, by start, the longer before the shorter; `None` where nobody looked for them.
    pub entities: Option<Vec<EntitySpan>>,
}

/// What begins with a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opens {
    /// Nothing but itself.
    #[default]
    Sentence,
    /// A paragraph.
    Paragraph,
    /// A document.
    Document,
}

/// A written word that stands for several words: "don't".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contraction {
    /// The words it stands for, from 0.
    pub words: Range<usize>,
    /// How it is written.
    pub form: String,
}

/// A CoNLL-U file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ConlluError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl TreebankSentence {
    /// The sentence as it was written, without the space after it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut word = 0;
        while word < self.forms.len() {
            let end = match self.contractions.iter().find(|contraction| contraction.words.start == word) {
                Some(contraction) => {
                    text.push_str(&contraction.form);
                    contraction.words.end
                }
                None => {
                    text.push_str(&self.forms[word]);
                    word + 1
                }
            };
            if end < self.forms.len() && self.spaces.get(end - 1).copied().unwrap_or(true) {
                text.push(' ');
            }
            word = end;
        }
        text
    }
}

/// Reads all sentences of a CoNLL-U text. A head column of `_` is allowed when the whole sentence has no tree yet.
///
/// # Errors
/// At the first line that is no CoNLL-U, or when a sentence's heads make no tree.
pub fn read_conllu(text: &str) -> Result<Vec<TreebankSentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut draft = Draft::default();
    let mut last = 0;
    let mut declared = false;
    for (index, line) in text.lines().enumerate() {
        last = index + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            sentences.extend(std::mem::take(&mut draft).finish(last, declared)?);
        } else if let Some(comment) = line.strip_prefix('#') {
            declared |= comment.trim_start().starts_with("global.Entity");
            draft.comment(comment);
        } else {
            draft.line(last, line).map_err(|message| ConlluError { line: last, message })?;
        }
    }
    sentences.extend(draft.finish(last + 1, declared)?);
    Ok(sentences)
}

/// Writes sentences as CoNLL-U, each with its `# sent_id` and `# text`.
pub fn write_conllu(sentences: &[TreebankSentence]) -> String {
    conllu_parts(sentences).collect()
}

/// The text of each sentence as CoNLL-U, one after the other, so that no more than one need be held.
pub fn conllu_parts<S: Borrow<TreebankSentence>>(
    sentences: impl IntoIterator<Item = S>,
) -> impl Iterator<Item = String> {
    let mut mentions = 0;
    sentences.into_iter().map(move |sentence| {
        let mut part = String::new();
        write_sentence(sentence.borrow(), &mut mentions, &mut part);
        part
    })
}

/// A sentence while its lines come in.
#[derive(Default)]
struct Draft {
    opens: Opens,
    id: Option<String>,
    forms: Vec<String>,
    words: Vec<Word>,
    /// Where each word stood in the file.
    lines: Vec<usize>,
    contractions: Vec<Contraction>,
    spaces: Vec<bool>,
    brackets: Brackets,
}

impl Draft {
    /// Keeps the sentence's id, and what opens with it.
    fn comment(&mut self, comment: &str) {
        match comment.split_whitespace().next() {
            Some("newdoc") => self.opens = Opens::Document,
            Some("newpar") => self.opens = self.opens.max(Opens::Paragraph),
            _ => {}
        }
        if let Some((name, value)) = comment.split_once('=')
            && name.trim() == "sent_id"
        {
            self.id = Some(value.trim().to_owned());
        }
    }

    /// Takes one line of ten columns: a word, a contraction or an empty node.
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, lemma, upos, xpos, features, head, relation, _, misc] = columns.as_slice() else {
            return Err(format!("{} columns instead of 10", columns.len()));
        };
        if form.is_empty() {
            return Err("empty form".to_owned());
        }
        let space = !misc.split('|').any(|entry| entry == "SpaceAfter=No");
        if let Some((first, end)) = id.split_once('-') {
            return self.contraction(first, end, form, space);
        }
        if id.contains('.') {
            return Ok(());
        }
        if id.parse() != Ok(self.words.len() + 1) {
            return Err(format!("word number `{id}` where {} was due", self.words.len() + 1));
        }
        let inner = self.contractions.last().is_some_and(|last| last.words.end > self.words.len());
        self.brackets.read(self.words.len(), misc);
        self.forms.push(form.to_owned());
        self.lines.push(number);
        if !inner {
            self.spaces.push(space);
        }
        self.words.push(Word {
            lemma: lemma.into(),
            upos: Upos::from_name(upos),
            xpos: Xpos::from_name(xpos),
            features: Features(if features == "_" { "" } else { features }.into()),
            head: head_of(head)?,
            relation: relation_of(relation),
            entity: None,
        });
        Ok(())
    }

    /// Takes the line of a contraction; the words of its range are still to come.
    fn contraction(&mut self, first: &str, end: &str, form: &str, space: bool) -> Result<(), String> {
        let start = self.words.len();
        let end = match (first.parse(), end.parse::<usize>()) {
            (Ok(first), Ok(end)) if first == start + 1 && end > first && end - first < 64 => end,
            _ => return Err(format!("range `{first}-{end}` where one from {} was due", start + 1)),
        };
        self.contractions.push(Contraction { words: start..end, form: form.to_owned() });
        self.spaces.extend(std::iter::repeat_n(false, end - start - 1).chain([space]));
        Ok(())
    }

    /// The sentence, if any line came in; `line` is where it ended, `declared` whether the file tells mentions.
    fn finish(self, line: usize, declared: bool) -> Result<Option<TreebankSentence>, ConlluError> {
        if self.words.is_empty() && self.contractions.is_empty() {
            return Ok(None);
        }
        let failure = |message: String| ConlluError { line, message };
        let count = self.words.len();
        if self.contractions.last().is_some_and(|last| last.words.end > count) {
            return Err(failure("the sentence ends inside a multiword token".to_owned()));
        }
        let heads: Vec<Option<usize>> = self.words.iter().map(|word| word.head).collect();
        for (&head, &line) in heads.iter().zip(&self.lines) {
            if let Some(head) = head.filter(|&head| head != UNKNOWN && head >= count) {
                let message = format!("head {} outside its sentence of {count} words", head + 1);
                return Err(ConlluError { line, message });
            }
        }
        let unknown = heads.iter().filter(|&&head| head == Some(UNKNOWN)).count();
        let mut words = self.words;
        let mut entities = Vec::new();
        for (range, kind) in self.brackets.finish() {
            let span = EntitySpan::new(&words, range, kind);
            // The shorter span comes later and wins: "Holt" in "Holt and Orr" is what the word itself heads.
            words[span.head].entity = Some(kind);
            entities.push(span);
        }
        let tree = Tree::new(words);
        let kept = tree.words().iter().zip(&heads).all(|(word, &head)| word.head == head);
        if unknown != count && !kept {
            return Err(failure("the heads of the sentence that ends here make no tree".to_owned()));
        }
        Ok(Some(TreebankSentence {
            opens: self.opens,
            id: self.id,
            forms: self.forms,
            tree,
            contractions: self.contractions,
            spaces: self.spaces,
            entities: declared.then_some(entities),
        }))
    }
}

/// Stands for a head column of `_` until the sentence is complete.
const UNKNOWN: usize = usize::MAX;

/// Reads the head column.
fn head_of(head: &str) -> Result<Option<usize>, String> {
    match head {
        "0" => Ok(None),
        "_" => Ok(Some(UNKNOWN)),
        _ => match head.parse::<u32>() {
            Ok(number) => Ok(Some(number as usize - 1)),
            Err(_) => Err(format!("head `{head}` is no number")),
        },
    }
}

/// Reads the relation column; a subtype that the tag set lacks is dropped.
fn relation_of(name: &str) -> Relation {
    match (Relation::from_name(name), name.split_once(':')) {
        (Relation::Dep, Some((universal, _))) => Relation::from_name(universal),
        (relation, _) => relation,
    }
}

/// Writes one sentence with its comments and the blank line after it; `mentions` counts those of the file.
fn write_sentence(sentence: &TreebankSentence, mentions: &mut usize, output: &mut String) {
    let entities = sentence.entities.as_deref();
    if entities.is_some() && *mentions == 0 {
        let _ = writeln!(output, "{DECLARATION}");
        *mentions = 1;
    }
    let entities = entities.unwrap_or_default();
    match sentence.opens {
        Opens::Document => output.push_str("# newdoc\n"),
        Opens::Paragraph => output.push_str("# newpar\n"),
        Opens::Sentence => {}
    }
    if let Some(id) = &sentence.id {
        let _ = writeln!(output, "# sent_id = {id}");
    }
    let _ = writeln!(output, "# text = {}", sentence.text());
    let mut contractions = sentence.contractions.iter().peekable();
    let mut inside = 0;
    for (index, (form, word)) in sentence.forms.iter().zip(sentence.tree.words()).enumerate() {
        let space = |end: usize| if sentence.spaces.get(end).copied().unwrap_or(true) { "_" } else { "SpaceAfter=No" };
        if let Some(contraction) = contractions.next_if(|contraction| contraction.words.start == index) {
            let Range { start, end } = contraction.words;
            inside = end;
            let _ =
                writeln!(output, "{}-{end}\t{}{}\t{}", start + 1, contraction.form, "\t_".repeat(7), space(end - 1));
        }
        let spacing = if index < inside { "_" } else { space(index) };
        let misc = match entry(entities, *mentions, index) {
            entity if entity.is_empty() => spacing.to_owned(),
            entity if spacing == "_" => entity,
            entity => format!("{entity}|{spacing}"),
        };
        let _ = writeln!(output, "{}", columns(index, form, word, &misc));
    }
    *mentions += entities.len();
    output.push('\n');
}

/// The ten columns of one word.
fn columns(index: usize, form: &str, word: &Word, misc: &str) -> String {
    let or_blank = |text: &str| if text.is_empty() { "_".to_owned() } else { text.to_owned() };
    [
        (index + 1).to_string(),
        form.to_owned(),
        or_blank(&word.lemma),
        word.upos.as_str().to_owned(),
        word.xpos.as_str().to_owned(),
        or_blank(&word.features.0),
        word.head.map_or(0, |head| head + 1).to_string(),
        word.relation.as_str().to_owned(),
        "_".to_owned(),
        misc.to_owned(),
    ]
    .join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORSA: &str = "# sent_id = orsa-1
# text = Orsa doesn't agree.
1\tOrsa\tOrsa\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\tVBZ\tMood=Ind\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tagree\tagree\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

";

    #[test]
    fn what_is_read_is_written_back() {
        let sentences = read_conllu(ORSA).unwrap();
        assert_eq!(sentences[0].text(), "Orsa doesn't agree.");
        assert_eq!(write_conllu(&sentences), ORSA);
    }

    #[test]
    fn documents_and_paragraphs_are_kept() {
        for (comments, opens) in
            [("# newdoc\n", Opens::Document), ("# newpar\n", Opens::Paragraph), ("", Opens::Sentence)]
        {
            let text = format!("{comments}{ORSA}");
            let sentences = read_conllu(&text).unwrap();
            assert_eq!(sentences[0].opens, opens);
            assert_eq!(write_conllu(&sentences), text);
        }
        let both = format!("# newdoc id = orsa\n# newpar id = orsa-1\n{ORSA}");
        assert_eq!(read_conllu(&both).unwrap()[0].opens, Opens::Document);
    }

    #[test]
    fn empty_nodes_and_carriage_returns_are_skipped() {
        let text = ORSA.replace("5\t.", "4.1\tso\t_\t_\t_\t_\t_\t_\t_\t_\n5\t.").replace('\n', "\r\n");
        assert_eq!(write_conllu(&read_conllu(&text).unwrap()), ORSA);
    }

    #[test]
    fn a_sentence_without_heads_is_read() {
        let text = "1\tTalks\t_\t_\t_\t_\t_\t_\t_\t_\n2\tresume\t_\t_\t_\t_\t_\t_\t_\t_\n";
        assert_eq!(read_conllu(text).unwrap()[0].forms, ["Talks", "resume"]);
    }

    #[test]
    fn broken_lines_are_named() {
        for (from, to, line, message) in [
            ("\tPUNCT\t.", "\tPUNCT", 8, "9 columns instead of 10"),
            ("5\t.", "6\t.", 8, "word number `6` where 5 was due"),
            ("NNP\tNumber=Sing\t4", "NNP\tNumber=Sing\tx", 3, "head `x` is no number"),
            ("NNP\tNumber=Sing\t4", "NNP\tNumber=Sing\t9", 3, "head 9 outside its sentence of 5 words"),
            ("Inf\t0\t", "Inf\t2\t", 9, "the heads of the sentence that ends here make no tree"),
            ("2-3\t", "3-4\t", 4, "range `3-4` where one from 2 was due"),
        ] {
            let error = read_conllu(&ORSA.replacen(from, to, 1)).unwrap_err();
            assert_eq!((error.line, error.message.as_str()), (line, message), "{to}");
        }
    }
}
