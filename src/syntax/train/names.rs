//! Sentences in which only names are marked: a word, its Penn tag and a mark a line (`Orsa NNP B-geo`), tabs between, a
//! blank line after each sentence, as in the Groningen Meaning Bank.
//!
//! The marks say what a name stands for, not which of its words heads it, and tell nothing of other phrases; no trees.

use crate::syntax::EntityType;

/// A sentence with its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedSentence {
    /// One form a word.
    pub forms: Vec<String>,
    /// For each word that is part of a name, what the name stands for.
    pub names: Vec<Option<EntityType>>,
}

/// Reads all sentences. A line with another number of columns, or one that starts with `# `, is skipped.
pub fn read_names(text: &str) -> Vec<NamedSentence> {
    let mut sentences = Vec::new();
    let mut sentence = NamedSentence::default();
    for line in text.lines().chain([""]) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [form, tag, mark] if !line.starts_with("# ") => {
                sentence.forms.push(form.to_owned());
                sentence.names.push(type_of(tag, mark));
            }
            _ if line.trim().is_empty() && !sentence.forms.is_empty() => sentences.push(std::mem::take(&mut sentence)),
            _ => {}
        }
    }
    sentences
}

/// What a mark means in GUM's types. Only proper nouns are read, for the marks reach over prepositions and numbers too,
/// and people by their nation ("the Velmans"); works and natural kinds are marked too unevenly to learn from.
fn type_of(tag: &str, mark: &str) -> Option<EntityType> {
    let (_, kind) = mark.split_once('-')?;
    match (kind, tag) {
        ("gpe", "NNS" | "NNPS") => Some(EntityType::Person),
        (_, "NNP" | "NNPS") => match kind {
            "geo" | "gpe" => Some(EntityType::Place),
            "org" => Some(EntityType::Organization),
            "per" => Some(EntityType::Person),
            "tim" => Some(EntityType::Time),
            "eve" => Some(EntityType::Event),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_proper_nouns_of_a_name_are_marked() {
        let text =
            "# a comment\nThe\tDT\tB-org\nVelm\tNNP\tI-org\nof\tIN\tI-org\nOrsa\tNNP\tI-org\n\nOrsans\tNNS\tB-gpe\n";
        let found = read_names(text);
        let organization = Some(EntityType::Organization);
        assert_eq!(found[0].names, [None, organization, None, organization]);
        assert_eq!(
            (found[1].forms.as_slice(), &found[1].names[..]),
            (["Orsans".to_owned()].as_slice(), &[Some(EntityType::Person)][..])
        );
    }
}
