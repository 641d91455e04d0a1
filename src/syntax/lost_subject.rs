//! Gives a finite clause the subject that the parser took for the object of the verb above.
//!
//! An English finite clause has a subject; quotation marks in front of its verb now and then cost it to the parser:
//!
//! > saying [Moscow]obj "is of course not [satisfied]ccomp"     becomes     saying "[Moscow]nsubj is not [satisfied]ccomp"

use super::{Relation, Word, Xpos};

/// Mends the subjects of clauses that complete a verb. Linear in the number of words.
pub(super) fn find_subjects(words: &mut [Word]) {
    let mut clauses: Vec<Clause> = vec![Clause::default(); words.len()];
    for (index, word) in words.iter().enumerate() {
        let Some(head) = word.head.filter(|&head| head < words.len()) else { continue };
        let clause = &mut clauses[head];
        match word.relation.universal() {
            Relation::Nsubj | Relation::Csubj | Relation::Expl | Relation::Mark => clause.complete = true,
            Relation::Aux | Relation::Cop => {
                clause.finite |= is_finite(word.xpos);
                clause.passive |= word.relation == Relation::AuxPass;
            }
            Relation::Obj => clause.object = Some(index),
            Relation::Ccomp if clause.object.is_some() => clause.complement = Some(index),
            _ => {}
        }
    }
    for verb in 0..words.len() {
        let Clause { object: Some(object), complement: Some(complement), .. } = clauses[verb] else { continue };
        let clause = clauses[complement];
        let finite = clause.finite || is_finite(words[complement].xpos);
        // What stands between belongs to one of the two, not to the verb.
        let apart = (object + 1..complement)
            .any(|between| words[between].head == Some(verb) && words[between].relation != Relation::Punct);
        if finite && !clause.complete && !apart && verb < object {
            let relation = if clause.passive { Relation::NsubjPass } else { Relation::Nsubj };
            words[object].head = Some(complement);
            words[object].relation = relation;
        }
    }
}

/// What is known of the clause that a word heads.
#[derive(Clone, Copy, Debug, Default)]
struct Clause {
    /// Whether it has a subject, or a conjunction that begins it.
    complete: bool,
    finite: bool,
    passive: bool,
    object: Option<usize>,
    /// The clause that completes it behind its object.
    complement: Option<usize>,
}

fn is_finite(xpos: Xpos) -> bool {
    matches!(xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    /// Head and relation of the second word once subjects are found.
    fn mended(rows: &[(&str, &str, &str, usize, &str)]) -> (Option<usize>, Relation) {
        let columns = |(index, (form, upos, xpos, head, relation)): (usize, &(_, _, _, usize, _))| {
            format!("{}\t{form}\t_\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n", index + 1)
        };
        let text: String = rows.iter().enumerate().map(columns).collect();
        let mut words = read_conllu(&text).unwrap()[0].tree.words().to_vec();
        find_subjects(&mut words);
        (words[1].head, words[1].relation)
    }

    #[test]
    fn a_finite_clause_gets_the_subject_in_front_of_it() {
        let said = ("said", "VERB", "VBD", 0, "root");
        let moscow = ("Moscow", "PROPN", "NNP", 1, "obj");
        let lost = [said, moscow, ("is", "AUX", "VBZ", 4, "cop"), ("ready", "ADJ", "JJ", 1, "ccomp")];
        assert_eq!(mended(&lost), (Some(3), Relation::Nsubj));
    }

    #[test]
    fn an_object_before_a_whole_or_infinite_clause_stays() {
        let told = ("told", "VERB", "VBD", 0, "root");
        let moscow = ("Moscow", "PROPN", "NNP", 1, "obj");
        let whole = [told, moscow, ("he", "PRON", "PRP", 4, "nsubj"), ("left", "VERB", "VBD", 1, "ccomp")];
        let infinite = [told, moscow, ("to", "PART", "TO", 4, "aux"), ("leave", "VERB", "VB", 1, "ccomp")];
        for rows in [whole, infinite] {
            assert_eq!(mended(&rows), (Some(0), Relation::Obj));
        }
    }
}
