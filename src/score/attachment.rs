//! Scores tokens, tags and trees against a treebank, as the CoNLL 2018 shared task did.
//!
//! Words are aligned by the characters they cover, white space ignored, so that text the system cut up itself can be
//! scored too. Subtypes of relations are ignored, punctuation is counted.
//! <https://universaldependencies.org/conll18/evaluation.html>

use std::fmt;

use super::alignment::{DifferentTexts, Flat, Pair, common, f1, pairs, same_text};
use crate::syntax::{Relation, TreebankSentence};

/// F1 scores in percent, by name, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachmentScore {
    /// Tokens, Sentences, Words, UPOS, XPOS, Lemmas, UAS, LAS, CLAS.
    pub measures: Vec<(&'static str, f64)>,
    /// LAS of the words with one relation.
    pub relations: Vec<(&'static str, f64)>,
    /// Gold words.
    pub words: usize,
}

/// Relations whose LAS is shown.
const SHOWN: [Relation; 10] = [
    Relation::Nsubj,
    Relation::Obj,
    Relation::Obl,
    Relation::Ccomp,
    Relation::Xcomp,
    Relation::Advcl,
    Relation::Acl,
    Relation::Parataxis,
    Relation::Mark,
    Relation::Conj,
];

/// Relations of function words and punctuation, which CLAS leaves out.
const FUNCTIONAL: [Relation; 7] =
    [Relation::Aux, Relation::Case, Relation::Cc, Relation::Cop, Relation::Det, Relation::Mark, Relation::Punct];

/// Scores a system's sentences against gold ones.
///
/// # Errors
/// When the two do not spell the same text.
pub fn score_attachment(
    gold: &[TreebankSentence],
    system: &[TreebankSentence],
) -> Result<AttachmentScore, DifferentTexts> {
    let (gold, system) = (Flat::new(gold), Flat::new(system));
    same_text(&gold.characters, &system.characters)?;
    let pairs = pairs(&gold, &system);
    let words = (gold.words.len(), system.words.len());
    let share = |right: &dyn Fn(&Pair<'_>) -> bool| f1(pairs.iter().filter(|pair| right(pair)).count(), words);
    let content = |flat: &Flat<'_>| flat.words.iter().filter(|word| !FUNCTIONAL.contains(&word.relation())).count();
    let labelled = |pair: &Pair<'_>| pair.head && pair.gold.relation() == pair.system.relation();
    let content_right = |pair: &&Pair<'_>| labelled(pair) && !FUNCTIONAL.contains(&pair.gold.relation());
    let measures = vec![
        ("Tokens", common(&gold.tokens, &system.tokens)),
        ("Sentences", common(&gold.sentences, &system.sentences)),
        ("Words", share(&|_| true)),
        ("UPOS", share(&|pair| pair.gold.word.upos == pair.system.word.upos)),
        ("XPOS", share(&|pair| pair.gold.word.xpos == pair.system.word.xpos)),
        ("Lemmas", share(&|pair| pair.gold.word.lemma == pair.system.word.lemma)),
        ("UAS", share(&|pair| pair.head)),
        ("LAS", share(&labelled)),
        ("CLAS", f1(pairs.iter().filter(content_right).count(), (content(&gold), content(&system)))),
    ];
    let relation = |relation: Relation| {
        let with = |flat: &Flat<'_>| flat.words.iter().filter(|word| word.relation() == relation).count();
        let right = pairs.iter().filter(|pair| labelled(pair) && pair.gold.relation() == relation).count();
        (relation.as_str(), f1(right, (with(&gold), with(&system))))
    };
    Ok(AttachmentScore { measures, relations: SHOWN.into_iter().map(relation).collect(), words: gold.words.len() })
}

impl AttachmentScore {
    /// The figures as one JSON object on one line, rounded to two digits: the measures by name, then `relations` and `words`.
    pub fn to_json(&self) -> String {
        let relations = entries(&self.relations);
        format!("{{{}, \"relations\": {{{relations}}}, \"words\": {}}}", entries(&self.measures), self.words)
    }
}

/// The entries of a JSON object; a whole figure keeps one digit, "98.0".
pub(super) fn entries(figures: &[(&str, f64)]) -> String {
    let entry = |(name, value): &(&str, f64)| {
        let digits = format!("{value:.2}");
        format!("\"{name}\": {}", digits.strip_suffix('0').unwrap_or(&digits))
    };
    figures.iter().map(entry).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for AttachmentScore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.measures {
            writeln!(formatter, "{name:10} {value:6.2}")?;
        }
        let relations: Vec<String> = self.relations.iter().map(|(name, value)| format!("{name} {value:.1}")).collect();
        writeln!(formatter, "LAS by relation (F1): {}", relations.join("  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    const GOLD: &str = "1\tOrsa\tOrsa\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\twaits\twait\tVERB\tVBZ\t_\t0\troot\t_\t_\n\
                        3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

    fn score(system: &str) -> Result<AttachmentScore, DifferentTexts> {
        score_attachment(&read_conllu(GOLD).unwrap(), &read_conllu(system).unwrap())
    }

    #[test]
    fn each_fault_costs_its_measure() {
        for (from, to, name, expected) in [
            ("wait", "wait", "LAS", 100.0),
            ("\tnsubj", "\tobj", "LAS", 200.0 / 3.0),
            ("\tnsubj", "\tnsubj:pass", "LAS", 100.0),
            ("\tnsubj", "\tobj", "UAS", 100.0),
            ("\t2\tpunct", "\t1\tpunct", "UAS", 200.0 / 3.0),
            ("\t2\tpunct", "\t1\tpunct", "CLAS", 100.0),
            ("PROPN", "NOUN", "UPOS", 200.0 / 3.0),
            ("\twait\t", "\twaits\t", "Lemmas", 200.0 / 3.0),
        ] {
            let measures = score(&GOLD.replacen(from, to, 1)).unwrap().measures;
            let found = measures.iter().find(|measure| measure.0 == name).unwrap().1;
            assert!((found - expected).abs() < 1e-9, "{name} {from} -> {to}: {found}");
        }
    }

    #[test]
    fn other_tokens_are_aligned_by_characters() {
        let system = GOLD.replace("2\twaits", "2-3\twaits.\t_\t_\t_\t_\t_\t_\t_\t_\n2\twaits");
        let measures = score(&system).unwrap().measures;
        assert!((measures[0].1 - 40.0).abs() < 1e-9, "{measures:?}");
        assert!((measures[2].1 - 100.0 / 3.0).abs() < 1e-9, "{measures:?}");
    }

    #[test]
    fn a_word_of_a_contraction_is_aligned_by_its_place_in_it() {
        let gold = "1-2\twon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\two\twill\tAUX\tMD\t_\t3\taux\t_\t_\n\
                    2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n3\tsign\tsign\tVERB\tVB\t_\t0\troot\t_\t_\n\n";
        let whole = "1\twon't\twill\tAUX\tMD\t_\t2\taux\t_\t_\n2\tsign\tsign\tVERB\tVB\t_\t0\troot\t_\t_\n\n";
        let apart = gold.replace("1-2\twon't\t_\t_\t_\t_\t_\t_\t_\t_\n", "");
        for (system, tokens, words, las) in
            [(gold, 100.0, 100.0, 100.0), (whole, 100.0, 40.0, 40.0), (apart.as_str(), 40.0, 100.0 / 3.0, 100.0 / 3.0)]
        {
            let score = score_attachment(&read_conllu(gold).unwrap(), &read_conllu(system).unwrap()).unwrap();
            let measures = &score.measures;
            let found = [measures[0].1, measures[2].1, measures[7].1];
            let near = found.iter().zip([tokens, words, las]).all(|(found, due)| (found - due).abs() < 1e-9);
            assert!(near, "{found:?} {system}");
        }
    }

    #[test]
    fn sentences_cut_elsewhere_keep_their_heads() {
        let system = GOLD.replace("\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct", "\n\n1\t.\t.\tPUNCT\t.\t_\t0\troot");
        let measures = score(&system).unwrap().measures;
        for (name, due) in [("Tokens", 100.0), ("Sentences", 0.0), ("LAS", 200.0 / 3.0)] {
            let found = measures.iter().find(|measure| measure.0 == name).unwrap().1;
            assert!((found - due).abs() < 1e-9, "{name} {found}");
        }
    }

    #[test]
    fn figures_are_printed_in_a_fixed_form() {
        let score = score(&GOLD.replacen("\tnsubj", "\tobj", 1)).unwrap();
        let table = score.to_string();
        for line in ["Tokens     100.00\n", "LAS         66.67\n", "LAS by relation (F1): nsubj 0.0  obj 0.0  obl 0.0"]
        {
            assert!(table.contains(line), "{line:?} in {table}");
        }
        let json = score.to_json();
        for part in ["{\"Tokens\": 100.0, ", "\"LAS\": 66.67, ", "\"relations\": {\"nsubj\": 0.0, ", "}, \"words\": 3}"]
        {
            assert!(json.contains(part), "{part:?} in {json}");
        }
    }

    #[test]
    fn different_texts_are_named() {
        let error = score(&GOLD.replace("\twaits", "\twants")).unwrap_err();
        assert_eq!((error.place, error.gold.as_str(), error.system.as_str()), (6, "its.", "nts."));
    }
}
