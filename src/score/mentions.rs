//! Scores named mentions: exact span and type, against gold entity annotation in CoNLL-U.
//!
//! What counts is each entity span whose head word (the word that hangs outside the span) is tagged `PROPN` in its own
//! file, nested spans included, whatever its type. A system's span is right when it begins and ends with the same
//! characters as a gold one, white space ignored, and has the same type; so text that the system cut up itself can be
//! scored too. The types are GUM's, see [`EntityType`].

use std::collections::BTreeSet;
use std::fmt;

use super::alignment::{DifferentTexts, Flat, Place, same_text};
use super::attachment::entries;
use crate::syntax::{EntityType, TreebankSentence};

/// How many mentions are right, overall and by type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MentionScore {
    /// Exact span and type.
    pub typed: Counts,
    /// Exact span, whatever the type.
    pub spans: Counts,
    /// Exact span and type, of the mentions of one type; types that occur in neither file are left out.
    pub kinds: Vec<(EntityType, Counts)>,
}

/// Mentions in the gold file, in the system's, and in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the gold file.
    pub gold: usize,
    /// In the system's.
    pub system: usize,
    /// In both.
    pub right: usize,
}

impl Counts {
    /// Share of the system's mentions that are right, in percent; 0 when there are none.
    pub fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.system.max(1) as f64
    }

    /// Share of the gold mentions that were found, in percent; 0 when there are none.
    pub fn recall(&self) -> f64 {
        100.0 * self.right as f64 / self.gold.max(1) as f64
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.system).max(1) as f64
    }

    /// Counts two sets and what they share.
    fn of<T: Ord>(gold: &BTreeSet<T>, system: &BTreeSet<T>) -> Self {
        Self { gold: gold.len(), system: system.len(), right: gold.intersection(system).count() }
    }
}

/// Scores a system's named mentions against gold ones.
///
/// # Errors
/// When the two do not spell the same text.
pub fn score_mentions(gold: &[TreebankSentence], system: &[TreebankSentence]) -> Result<MentionScore, DifferentTexts> {
    let (flat_gold, flat_system) = (Flat::new(gold), Flat::new(system));
    same_text(&flat_gold.characters, &flat_system.characters)?;
    let (gold, system) = (mentions(gold, &flat_gold), mentions(system, &flat_system));
    let spans = |typed: &BTreeSet<Mention>| typed.iter().map(|&(start, end, _)| (start, end)).collect::<BTreeSet<_>>();
    let kind = |&kind: &EntityType| {
        let of = |typed: &BTreeSet<Mention>| typed.iter().copied().filter(|mention| mention.2 == kind).collect();
        let counts = Counts::of::<Mention>(&of(&gold), &of(&system));
        (counts.gold + counts.system > 0).then_some((kind, counts))
    };
    Ok(MentionScore {
        typed: Counts::of(&gold, &system),
        spans: Counts::of(&spans(&gold), &spans(&system)),
        kinds: EntityType::ALL.iter().filter_map(kind).collect(),
    })
}

/// Where the first and the last word stand, and the type.
type Mention = (Place, Place, EntityType);

/// The named mentions of a treebank.
fn mentions(sentences: &[TreebankSentence], flat: &Flat<'_>) -> BTreeSet<Mention> {
    let mut first = 0;
    let mut mentions = BTreeSet::new();
    for sentence in sentences {
        let named = sentence.entities.iter().flatten().filter(|span| span.is_named(&sentence.tree));
        mentions.extend(named.map(|span| {
            let place = |word: usize| flat.words[first + word].place;
            (place(span.words.start), place(span.words.end - 1), span.kind)
        }));
        first += sentence.forms.len();
    }
    mentions
}

impl MentionScore {
    /// F1 scores as one JSON object on one line, in percent, rounded to two digits: `mentions` (span and type), `spans`,
    /// then `types` by name.
    pub fn to_json(&self) -> String {
        let kinds: Vec<(&str, f64)> = self.kinds.iter().map(|(kind, counts)| (kind.as_str(), counts.f1())).collect();
        let overall = entries(&[("mentions", self.typed.f1()), ("spans", self.spans.f1())]);
        format!("{{{overall}, \"types\": {{{}}}}}", entries(&kinds))
    }
}

impl fmt::Display for MentionScore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:14} {:>9} {:>6} {:>6} {:>6} {:>6}", "", "precision", "recall", "F1", "gold", "system")?;
        let overall = [("span and type", &self.typed), ("span", &self.spans)];
        let kinds = self.kinds.iter().map(|(kind, counts)| (kind.as_str(), counts));
        for (name, counts) in overall.into_iter().chain(kinds) {
            let Counts { gold, system, .. } = counts;
            let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
            writeln!(formatter, "{name:14} {precision:9.2} {recall:6.2} {f1:6.2} {gold:6} {system:6}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    const GOLD: &str = "# global.Entity = GRP-etype
1\tOrsa\tOrsa\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-place)
2\tasked\task\tVERB\tVBD\t_\t0\troot\t_\t_
3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\tEntity=(2-person
4\tenvoy\tenvoy\tNOUN\tNN\t_\t2\tobj\t_\t_
5\tof\tof\tADP\tIN\t_\t6\tcase\t_\t_
6\tVelm\tVelm\tPROPN\tNNP\t_\t4\tnmod\t_\tEntity=(3-place)2)

";

    #[test]
    fn only_names_count_and_each_must_have_its_span_and_type() {
        for (from, to, typed, span) in [
            ("envoy", "envoy", (2, 2, 2), (2, 2, 2)),
            ("(1-place)", "(1-person)", (2, 2, 1), (2, 2, 2)),
            ("\t_\tEntity=(3-place)2)", "\t_\tEntity=2)", (2, 1, 1), (2, 1, 1)),
            ("NOUN\tNN", "PROPN\tNNP", (2, 3, 2), (2, 3, 2)),
            (
                "\t_\n6\tVelm\tVelm\tPROPN\tNNP\t_\t4\tnmod\t_\tEntity=(3-place)2)",
                "\tEntity=(3-place\n6\tVelm\tVelm\tPROPN\tNNP\t_\t4\tnmod\t_\tEntity=3)2)",
                (2, 2, 1),
                (2, 2, 1),
            ),
        ] {
            let system = GOLD.replacen(from, to, 1);
            let score = score_mentions(&read_conllu(GOLD).unwrap(), &read_conllu(&system).unwrap()).unwrap();
            let counts = |counts: Counts| (counts.gold, counts.system, counts.right);
            assert_eq!((counts(score.typed), counts(score.spans)), (typed, span), "{to}");
        }
    }

    #[test]
    fn a_missing_annotation_finds_nothing() {
        let system = GOLD.replacen("# global.Entity = GRP-etype\n", "", 1);
        let score = score_mentions(&read_conllu(GOLD).unwrap(), &read_conllu(&system).unwrap()).unwrap();
        assert_eq!((score.typed.f1(), score.typed.precision()), (0.0, 0.0));
        assert_eq!(score.to_json(), "{\"mentions\": 0.0, \"spans\": 0.0, \"types\": {\"place\": 0.0}}");
    }
}
