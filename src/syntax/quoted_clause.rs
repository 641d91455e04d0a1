//! Hangs clauses in quotation marks, and what stands between them, on the verbs that report them.
//!
//! The parser does not see which marks pair. Around them its arcs go astray:
//!
//! > Asked what caused it, Lenz said, "[Not going]ccomp-of-caused ..."     becomes     ccomp of said
//! > "Every time," Lenz said, [referring]above-said to it, "you [give] ..."     becomes     give > said > referring

use super::{Relation, Upos, Word, Xpos};

/// Mends the arcs around quotations. `quotations` has for each word the number of the quotation it stands in, marks
/// included. Linear in the number of words, but for their depth.
pub(super) fn hang_quotations(words: &mut [Word], quotations: &[Option<usize>]) {
    let mut start = 0;
    for run in quotations.chunk_by(|left, right| left == right) {
        let end = start + run.len();
        if run[0].is_some() {
            hang_on_verb_before(words, quotations, start, end);
        }
        start = end;
    }
    for verb in 0..words.len() {
        turn_over(words, quotations, verb);
    }
}

/// Hangs the clause of a quotation on the verb whose comma or colon stands in front of it.
fn hang_on_verb_before(words: &mut [Word], quotations: &[Option<usize>], start: usize, end: usize) {
    let Some(verb) = verb_before(words, quotations, start) else { return };
    let outside = |word: &usize| words[*word].head.is_none_or(|head| !(start..end).contains(&head));
    let mut tops = (start..end).filter(|&word| is_clause(words, word)).filter(outside);
    let (Some(top), None) = (tops.next(), tops.next()) else { return };
    let Some(head) = words[top].head else { return };
    // A clause of what is quoted before goes on with it: "It is bad," Lenz said, "unless it is changed."
    if quotations[head].is_none() && head != verb && !below(words, verb, top) {
        words[top].head = Some(verb);
        words[top].relation = Relation::Ccomp;
    }
    if words[top].head == Some(verb) {
        turn_round(words, verb, start);
    }
}

/// Makes the object between a finite verb without a subject and its quotation the subject: "Said Lenz: ".
fn turn_round(words: &mut [Word], verb: usize, start: usize) {
    let alone = matches!(words[verb].xpos, Xpos::Vbd | Xpos::Vbz) && words[verb].relation == Relation::Root;
    let object =
        (verb + 1..start).find(|&word| words[word].head == Some(verb) && words[word].relation == Relation::Obj);
    if let Some(object) = object.filter(|_| alone && !has_subject(words, verb)) {
        words[object].relation = Relation::Nsubj;
    }
}

/// The verb that a quotation follows after a comma or colon: "Lenz said on Tuesday, ".
fn verb_before(words: &[Word], quotations: &[Option<usize>], start: usize) -> Option<usize> {
    let mark = start.checked_sub(1)?;
    let last = mark.checked_sub(1)?;
    if !matches!(words[mark].lemma.as_str(), "," | ":") {
        return None;
    }
    let reports = |&word: &usize| {
        let Word { upos, relation, .. } = words[word];
        let alone = word == last || relation == Relation::Root;
        upos == Upos::Verb && (alone || relation != Relation::AclRelcl && has_subject(words, word))
    };
    let verb = std::iter::successors(Some(last), |&word| words[word].head).find(reports)?;
    (verb < start && quotations[verb].is_none()).then_some(verb)
}

/// Lets a reporting verb outside quotations take what the parser put between it and a quoted clause.
fn turn_over(words: &mut [Word], quotations: &[Option<usize>], verb: usize) {
    if quotations[verb].is_some() || words[verb].relation != Relation::Parataxis || !has_subject(words, verb) {
        return;
    }
    let Some(between) = words[verb].head.filter(|&head| head > verb && quotations[head].is_none()) else { return };
    let Some(quoted) = words[between].head.filter(|&head| quotations[head].is_some()) else { return };
    if words[between].relation == Relation::Advcl {
        words[verb].head = Some(quoted);
        words[between].head = Some(verb);
    }
}

fn has_subject(words: &[Word], verb: usize) -> bool {
    words.iter().any(|word| word.head == Some(verb) && word.relation.universal() == Relation::Nsubj)
}

/// Whether a word heads a clause.
fn is_clause(words: &[Word], head: usize) -> bool {
    words[head].upos == Upos::Verb || has_subject(words, head)
}

/// Whether `word` stands below `ancestor`.
fn below(words: &[Word], word: usize, ancestor: usize) -> bool {
    std::iter::successors(Some(word), |&word| words[word].head).any(|above| above == ancestor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    /// Heads and relations once quotations are hung up, by form; words between marks are quoted.
    fn mended(rows: &[(&str, &str, usize, &str)]) -> Vec<(String, usize, Relation)> {
        let columns = |(index, (form, xpos, head, relation)): (usize, &(&str, &str, usize, &str))| {
            let upos = if xpos.starts_with("VB") { "VERB" } else { "X" };
            format!("{}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n", index + 1)
        };
        let text: String = rows.iter().enumerate().map(columns).collect();
        let mut words = read_conllu(&text).unwrap()[0].tree.words().to_vec();
        let mut marks = 0;
        let quoted = |&(form, ..): &(&str, &str, usize, &str)| {
            marks += usize::from(form == "\"");
            (marks % 2 == 1 || form == "\"").then_some(marks.div_ceil(2))
        };
        let quotations: Vec<Option<usize>> = rows.iter().map(quoted).collect();
        hang_quotations(&mut words, &quotations);
        let row = |(row, word): (&(&str, &str, usize, &str), &Word)| {
            (row.0.to_owned(), word.head.map_or(0, |head| head + 1), word.relation)
        };
        rows.iter().zip(&words).map(row).collect()
    }

    #[test]
    fn a_quoted_clause_hangs_on_the_verb_in_front_of_it() {
        let rows = [
            ("Asked", "VBN", 0, "root"),
            ("why", "WRB", 1, "advmod"),
            (",", ",", 1, "punct"),
            ("Lenz", "NNP", 5, "nsubj"),
            ("said", "VBD", 1, "parataxis"),
            (",", ",", 5, "punct"),
            ("\"", "``", 8, "punct"),
            ("Going", "VBG", 1, "ccomp"),
            ("\"", "''", 8, "punct"),
        ];
        assert_eq!(mended(&rows)[7], ("Going".to_owned(), 5, Relation::Ccomp));
    }

    #[test]
    fn what_stands_between_two_parts_of_a_quotation_hangs_on_the_verb_that_reports_it() {
        let rows = [
            ("\"", "``", 2, "punct"),
            ("Whenever", "WRB", 10, "advmod"),
            ("\"", "''", 2, "punct"),
            ("Lenz", "NNP", 5, "nsubj"),
            ("said", "VBD", 7, "parataxis"),
            (",", ",", 5, "punct"),
            ("laughing", "VBG", 10, "advcl"),
            (",", ",", 7, "punct"),
            ("\"", "``", 10, "punct"),
            ("go", "VB", 0, "root"),
            ("\"", "''", 10, "punct"),
        ];
        let words = mended(&rows);
        assert_eq!(words[4], ("said".to_owned(), 10, Relation::Parataxis));
        assert_eq!(words[6], ("laughing".to_owned(), 5, Relation::Advcl));
    }

    #[test]
    fn who_follows_a_verb_that_opens_the_sentence_is_its_subject() {
        let rows = [
            ("Said", "VBD", 0, "root"),
            ("Lenz", "NNP", 1, "obj"),
            (":", ":", 5, "punct"),
            ("\"", "``", 5, "punct"),
            ("Go", "VB", 1, "ccomp"),
            ("\"", "''", 5, "punct"),
        ];
        assert_eq!(mended(&rows)[1], ("Lenz".to_owned(), 1, Relation::Nsubj));
        let told = [("Tell", "VB", 0, "root"), rows[1], rows[2], rows[3], rows[4], rows[5]];
        assert_eq!(mended(&told)[1], ("Lenz".to_owned(), 1, Relation::Obj));
    }
}
