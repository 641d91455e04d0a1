//! Sentences the treebanks lack, made out of those they have.
//!
//! News tells who spoke behind the quotation ("...," the minister said) or inside it ("..., she said, ..."); the
//! treebanks have a hundred of the first and a dozen of the second among 20,000 sentences. So a statement of one
//! sentence is joined with the reporting clause of another, the way the treebanks annotate it: what is said is `ccomp`
//! of a verb behind it, and a verb inside it is `parataxis`. Headlines and capitals are imitated too.

use crate::random::Random;
use crate::syntax::{Features, Relation, Tree, TreebankSentence, Upos, Word, Xpos};

/// How many sentences get a variant in each epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shares {
    /// Statements joined with a reporting clause.
    pub(super) reported: f32,
    /// Sentences written like headlines: no full stop, or other capitals.
    pub(super) headline: f32,
}

/// Makes variants of sentences.
pub(super) struct Augmenter {
    clauses: Vec<Clause>,
}

/// A reporting clause without what is reported: "Harrel told reporters on Monday".
struct Clause {
    words: Vec<(String, Word)>,
    verb: usize,
    /// Words of the subject, without what hangs elsewhere; from the start of the clause.
    subject: usize,
    /// Whether verb and subject may change places: "said Harrel".
    inverts: bool,
}

/// A sentence under construction; heads are indices into `words`, `None` for the root.
#[derive(Default)]
struct Draft {
    words: Vec<(String, Word)>,
}

/// Where the reporting clause goes.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Behind,
    /// Before this word of the statement.
    Inside(usize),
}

impl Augmenter {
    /// Collects the reporting clauses of the training sentences.
    pub(super) fn new(sentences: &[TreebankSentence]) -> Self {
        Self { clauses: sentences.iter().filter_map(Clause::of).collect() }
    }

    /// New sentences for one epoch.
    pub(super) fn variants(
        &self,
        sentences: &[TreebankSentence],
        shares: Shares,
        random: &mut Random,
    ) -> Vec<TreebankSentence> {
        let mut variants = Vec::new();
        for sentence in sentences {
            if random.chance(shares.reported) {
                variants.extend(self.reported(sentence, random));
            }
            if random.chance(shares.headline) {
                variants.extend(headline(sentence, random));
            }
        }
        variants
    }

    /// The statement with a reporting clause behind or inside it; `None` when it is no plain statement.
    fn reported(&self, sentence: &TreebankSentence, random: &mut Random) -> Option<TreebankSentence> {
        let (statement, end) = statement(sentence)?;
        if self.clauses.is_empty() {
            return None;
        }
        let clause = &self.clauses[random.below(self.clauses.len())];
        let quoted = random.chance(0.75);
        let breaks = breaks(&sentence.tree, statement.len());
        let place = match breaks.len() {
            count if count > 0 && end == "." && random.chance(0.4) => Place::Inside(breaks[random.below(count)]),
            _ => Place::Behind,
        };
        let inverted = clause.inverts && random.chance(0.4);
        Some(join(&statement, &end, clause, place, quoted, inverted))
    }
}

impl Clause {
    /// The reporting clause of "X said (that) ..."; `None` when the root has no subject before and statement behind it.
    fn of(sentence: &TreebankSentence) -> Option<Self> {
        let tree = &sentence.tree;
        let root = tree.root()?;
        let reports =
            tree.child_by(root, Relation::Ccomp)? > root && matches!(tree.word(root).xpos, Xpos::Vbd | Xpos::Vbz);
        let subject = tree.child_by(root, Relation::Nsubj).filter(|&subject| subject < root)?;
        let named = matches!(tree.word(subject).upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let third = tree.word(root).features.get("Person") != Some("2") && tree.word(subject).xpos != Xpos::Wp;
        let lemma = tree.word(root).lemma.as_str();
        let thinks = ["think", "know", "hope", "wish", "see", "feel", "mean", "ensure", "find", "like", "want"];
        if !reports || !named || !third || thinks.contains(&lemma) {
            return None;
        }
        let keep = |child: &usize| {
            matches!(tree.word(*child).relation.universal(), Relation::Obl | Relation::Iobj | Relation::Obj)
                && *child > root
        };
        let subject_words = tree.subtree(subject);
        let mut kept = subject_words.clone();
        kept.push(root);
        for child in tree.children(root).iter().filter(|child| keep(child)) {
            kept.extend(tree.subtree(*child));
        }
        kept.sort_unstable();
        let contiguous = subject_words.last().is_some_and(|&last| last + 1 - subject_words[0] == subject_words.len());
        let limits = kept.len() <= 14 && contiguous && subject_words.last() < Some(&root);
        let position = |word: usize| kept.binary_search(&word).ok();
        let words = kept.iter().map(|&index| {
            let mut word = tree.word(index).clone();
            word.head = word.head.and_then(position);
            (lowered(sentence, index), word)
        });
        let inverts = kept.len() == subject_words.len() + 1 && tree.word(subject).upos != Upos::Pron;
        limits.then(|| Self {
            words: words.collect(),
            verb: position(root).unwrap_or(0),
            subject: subject_words.len(),
            inverts,
        })
    }
}

/// The form of a word inside a sentence: without the capital of the first word unless it is a name or "I".
fn lowered(sentence: &TreebankSentence, index: usize) -> String {
    let form = &sentence.forms[index];
    let keeps =
        sentence.tree.word(index).upos == Upos::Propn || form == "I" || form.chars().skip(1).any(char::is_uppercase);
    if index == 0 && !keeps { form.to_lowercase() } else { form.clone() }
}

/// The words of a plain statement without its final mark, and that mark.
fn statement(sentence: &TreebankSentence) -> Option<(Vec<(String, Word)>, String)> {
    let tree = &sentence.tree;
    let last = tree.len().checked_sub(1)?;
    let root = tree.root()?;
    let mark = sentence.forms[last].as_str();
    let quoted = sentence.forms.iter().any(|form| matches!(form.as_str(), "\"" | "“" | "”" | "''" | "``"));
    let clause = tree.child_by(root, Relation::Nsubj).is_some() && tree.child_by(root, Relation::Parataxis).is_none();
    let closed = tree.word(last).head == Some(root) && matches!(mark, "." | "?" | "!");
    if !(4..=40).contains(&last) || quoted || !clause || !closed {
        return None;
    }
    let words = sentence.forms.iter().cloned().zip(tree.words().iter().cloned()).take(last).collect();
    Some((words, mark.to_owned()))
}

/// Where a reporting clause may interrupt: between the parts that hang on the root, behind the first of them.
fn breaks(tree: &Tree, length: usize) -> Vec<usize> {
    let Some(root) = tree.root() else { return Vec::new() };
    let open = |place: usize| {
        let crosses =
            |word: usize| tree.word(word).head.is_some_and(|head| (word < place) != (head < place) && head != root);
        !(0..tree.len()).any(crosses)
    };
    let starts = tree.children(root).iter().filter_map(|&child| tree.subtree(child).first().copied());
    let fitting = starts.filter(|&start| {
        let relation = tree.word(start).relation;
        start > 1 && start + 1 < length && relation != Relation::Punct && start != root && open(start)
    });
    fitting.filter(|&start| start > root || tree.word(start - 1).relation != Relation::Punct).collect()
}

/// Puts statement, reporting clause and punctuation together.
fn join(
    statement: &[(String, Word)],
    end: &str,
    clause: &Clause,
    place: Place,
    quoted: bool,
    inverted: bool,
) -> TreebankSentence {
    let mut draft = Draft { words: statement.to_vec() };
    let content = statement.iter().position(|(_, word)| word.head.is_none()).unwrap_or(0);
    let start = draft.words.len();
    let verb = start + clause.verb;
    draft.words.extend(clause.words.iter().map(|(form, word)| {
        let head = word.head.map(|head| head + start);
        (form.clone(), Word { head, ..word.clone() })
    }));
    let mut reporting: Vec<usize> = (start..draft.words.len()).collect();
    if inverted {
        reporting.rotate_left(clause.subject);
    }
    let (root, dependent, relation) = match place {
        Place::Behind => (verb, content, Relation::Ccomp),
        Place::Inside(_) => (content, verb, Relation::Parataxis),
    };
    draft.hang(root, None, Relation::Root);
    draft.hang(dependent, Some(root), relation);
    let split = if let Place::Inside(split) = place { split } else { statement.len() };
    let mut order = Vec::new();
    let quote = |draft: &mut Draft, order: &mut Vec<usize>, form: &str| {
        if quoted {
            order.push(draft.mark(form, content));
        }
    };
    quote(&mut draft, &mut order, "``");
    order.extend(0..split);
    let pause = if place == Place::Behind && end != "." { end } else { "," };
    order.push(draft.mark(pause, content));
    quote(&mut draft, &mut order, "''");
    order.append(&mut reporting);
    if split < statement.len() {
        order.push(draft.mark(",", verb));
        quote(&mut draft, &mut order, "``");
        order.extend(split..statement.len());
    }
    order.push(draft.mark(".", root));
    if split < statement.len() {
        quote(&mut draft, &mut order, "''");
    }
    draft.finish(&order)
}

impl Draft {
    /// Gives a word another head.
    fn hang(&mut self, word: usize, head: Option<usize>, relation: Relation) {
        self.words[word].1.head = head;
        self.words[word].1.relation = relation;
    }

    /// Adds a punctuation mark under a word and returns its index.
    fn mark(&mut self, mark: &str, head: usize) -> usize {
        let (form, xpos) = match mark {
            "``" => ("\"", Xpos::OpenQuote),
            "''" => ("\"", Xpos::CloseQuote),
            "," => (",", Xpos::Comma),
            _ => (mark, Xpos::Stop),
        };
        let word = Word {
            lemma: form.into(),
            upos: Upos::Punct,
            xpos,
            features: Features::default(),
            head: Some(head),
            relation: Relation::Punct,
            entity: None,
        };
        self.words.push((form.to_owned(), word));
        self.words.len() - 1
    }

    /// The sentence with the words in this order.
    fn finish(self, order: &[usize]) -> TreebankSentence {
        let mut places = vec![0; self.words.len()];
        order.iter().enumerate().for_each(|(place, &word)| places[word] = place);
        let words = order.iter().map(|&index| {
            let word = self.words[index].1.clone();
            Word { head: word.head.map(|head| places[head]), ..word }
        });
        TreebankSentence {
            forms: order.iter().map(|&index| self.words[index].0.clone()).collect(),
            tree: Tree::new(words.collect()),
            ..TreebankSentence::default()
        }
    }
}

/// The sentence without its full stop, sometimes with a headline's capitals as well.
fn headline(sentence: &TreebankSentence, random: &mut Random) -> Option<TreebankSentence> {
    let last = sentence.tree.len().checked_sub(1)?;
    let leaf = sentence.tree.children(last).is_empty() && sentence.forms[last] == "." && last > 2;
    let kept = if leaf { last } else { last + 1 };
    let style = random.below(3);
    let form = |(form, word): (&String, &Word)| match style {
        0 => form.clone(),
        1 => form.to_uppercase(),
        _ if word.upos == Upos::Punct || form.chars().count() < 4 => form.clone(),
        _ => capitalized(form),
    };
    Some(TreebankSentence {
        forms: sentence.forms.iter().zip(sentence.tree.words()).map(form).take(kept).collect(),
        tree: Tree::new(sentence.tree.words()[..kept].to_vec()),
        entities: sentence.entities.clone(),
        ..TreebankSentence::default()
    })
}

/// The word with a capital.
fn capitalized(form: &str) -> String {
    let mut letters = form.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_conllu;

    /// "The envoy said talks failed." and "Orsa closed ports after dawn."
    fn sentences() -> Vec<TreebankSentence> {
        let rows = [
            "1 The the DET DT 2 det|2 envoy envoy NOUN NN 3 nsubj|3 said say VERB VBD 0 root|4 talks talk NOUN NNS 5 nsubj\
             |5 failed fail VERB VBD 3 ccomp|6 . . PUNCT . 3 punct",
            "1 Orsa Orsa PROPN NNP 2 nsubj|2 closed close VERB VBD 0 root|3 ports port NOUN NNS 2 obj|4 after after ADP IN 5 \
             case|5 dawn dawn NOUN NN 2 obl|6 . . PUNCT . 2 punct",
        ];
        let line = |row: &str| {
            let columns: Vec<&str> = row.split_whitespace().collect();
            let [id, form, lemma, upos, xpos, head, relation] = columns[..] else { panic!("{row}") };
            format!("{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n")
        };
        let sentence = |row: &&str| row.split('|').map(line).collect::<String>() + "\n";
        read_conllu(&rows.iter().map(sentence).collect::<String>()).unwrap()
    }

    #[test]
    fn a_reporting_clause_goes_behind_or_inside_a_statement() {
        let sentences = sentences();
        let augmenter = Augmenter::new(&sentences);
        let (statement, end) = statement(&sentences[1]).unwrap();
        assert_eq!(breaks(&sentences[1].tree, statement.len()), [2, 3]);
        for (place, inverted, text, heads) in [
            (
                Place::Behind,
                false,
                "\" Orsa closed ports after dawn , \" the envoy said .",
                "3 3 11 3 6 3 3 3 10 11 0 11",
            ),
            (Place::Behind, true, "\" Orsa closed ports after dawn , \" said the envoy .", "3 3 9 3 6 3 3 3 0 11 9 9"),
            (
                Place::Inside(3),
                false,
                "\" Orsa closed ports , \" the envoy said , \" after dawn . \"",
                "3 3 0 3 3 3 8 9 3 9 3 13 3 3 3",
            ),
        ] {
            let joined = join(&statement, &end, &augmenter.clauses[0], place, true, inverted);
            let number = |word: &Word| word.head.map_or(0, |head| head + 1).to_string();
            let found: Vec<String> = joined.tree.words().iter().map(number).collect();
            assert_eq!((joined.forms.join(" ").as_str(), found.join(" ").as_str()), (text, heads));
        }
    }
}
