//! Coreference: which mentions of one article refer to the same entity.
//!
//! Three sieves, the surest first: names over the whole article (`name_sieve`), then in text order descriptions
//! (`description_sieve`) and pronouns (`antecedent`). A wrong antecedent puts words into somebody's mouth, so in doubt a
//! mention keeps an entity of its own. Who speaks in a quotation is known only to `attribution`, which then lets the first
//! persons inside refer to its speaker.

use super::antecedent::antecedent;
use super::description_sieve::described;
use super::local_state::local_states;
use super::name_sieve::join_names;
use super::naming::shortens;
use super::referent::Referent;
use super::scene::Scene;
use super::vocabulary::Vocabulary;
use super::{Entity, EntityKind, Mention, MentionKind, SpeaksFor};
use crate::lexicon::{LexiconError, Lexicons};
use crate::syntax::Tree;
use crate::text::{Document, Span};

/// Finds the mentions of an article and joins those that refer to the same entity.
#[derive(Clone, Debug)]
pub struct Resolver {
    vocabulary: Vocabulary,
}

/// The mentions and entities of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discourse {
    /// The mentions, in text order; of two that start together the longer comes first.
    pub mentions: Vec<Mention>,
    /// The entities, in order of their first mention.
    pub entities: Vec<Entity>,
    /// Mentions in the first person, whose entity depends on who is speaking.
    first_person: Vec<usize>,
}

impl Discourse {
    /// The mention whose head is this word of the sentence's tree; else the smallest whose name or description holds it,
    /// since in "Orsan envoy Jana Holt" the parser may take either noun for the head.
    pub fn mention_headed(&self, sentence: usize, head: usize) -> Option<&Mention> {
        let exact = self.mentions_of(sentence).iter().find(|mention| mention.head == head);
        exact.or_else(|| self.mention_over(sentence, head))
    }

    /// The smallest mention that covers this word of the sentence's tree.
    pub fn mention_over(&self, sentence: usize, word: usize) -> Option<&Mention> {
        self.mentions_of(sentence)
            .iter()
            .filter(|mention| mention.words.contains(&word))
            .min_by_key(|mention| mention.words.len())
    }

    /// The mentions of one sentence, in text order.
    pub fn mentions_of(&self, sentence: usize) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.sentence < sentence);
        let end = self.mentions.partition_point(|mention| mention.sentence <= sentence);
        &self.mentions[start..end]
    }

    /// The entity a mention refers to.
    pub fn entity_of(&self, mention: &Mention) -> &Entity {
        &self.entities[mention.entity]
    }

    /// Lets every first person ("I", "our") inside the quoted span refer to the entity of its speaker.
    pub fn assign_speaker(&mut self, quoted: Span, speaker: usize) {
        for index in self.first_person.clone() {
            let mention = &mut self.mentions[index];
            if quoted.contains(mention.span) && speaker < self.entities.len() {
                let (span, old) = (mention.span, mention.entity);
                mention.entity = speaker;
                self.entities[old].mentions.retain(|&other| other != span);
                let mentions = &mut self.entities[speaker].mentions;
                mentions.insert(mentions.partition_point(|&other| other < span), span);
            }
        }
    }
}

impl Resolver {
    /// A resolver with the word lists it needs.
    ///
    /// # Errors
    /// When a list has a row that does not read.
    pub fn new(lexicons: &Lexicons) -> Result<Self, LexiconError> {
        Ok(Self { vocabulary: Vocabulary::new(lexicons)? })
    }

    /// The mentions and entities of one article; `trees` holds one tree a sentence, in order.
    pub fn resolve(&self, document: &Document, trees: &[Tree]) -> Discourse {
        let states = local_states(&self.vocabulary, document);
        let extended = (!states.is_empty()).then(|| self.vocabulary.with_states(states.iter()));
        let mut scene = Scene::new(extended.as_ref().unwrap_or(&self.vocabulary), document, trees);
        join_names(&mut scene);
        for index in 0..scene.candidates.len() {
            let candidate = &scene.candidates[index];
            if candidate.referent.is_some() || candidate.reading.form == MentionKind::Adjective {
                continue;
            }
            let taken_up = if candidate.reading.pronoun.is_some() {
                antecedent(&scene, index)
            } else {
                described(&scene, index).and_then(|referent| scene.next_mention(index, referent))
            };
            match taken_up {
                Some(other) => scene.join_through(index, other),
                None => {
                    scene.introduce(index);
                }
            }
        }
        discourse(&scene)
    }
}

/// The mentions that refer, and their entities in order of first mention.
fn discourse(scene: &Scene<'_>) -> Discourse {
    let mut discourse = Discourse::default();
    let mut entity_of: Vec<Option<usize>> = vec![None; scene.referents.len()];
    for candidate in &scene.candidates {
        let Some(referent) = candidate.referent else { continue };
        let entity = *entity_of[referent].get_or_insert_with(|| {
            discourse.entities.push(entity(scene, &scene.referents[referent]));
            discourse.entities.len() - 1
        });
        if candidate.reading.pronoun.as_ref().is_some_and(|pronoun| pronoun.person == 1) {
            discourse.first_person.push(discourse.mentions.len());
        }
        discourse.entities[entity].mentions.push(candidate.span);
        discourse.mentions.push(Mention {
            sentence: candidate.sentence,
            head: candidate.phrase.head,
            words: candidate.phrase.words.clone(),
            span: candidate.span,
            kind: candidate.reading.form,
            entity,
            through: candidate.through.map(|other| scene.candidates[other].span),
        });
    }
    discourse
}

/// An entity without its mentions.
fn entity(scene: &Scene<'_>, referent: &Referent) -> Entity {
    let speaks_for = referent
        .speaks_for
        .as_ref()
        .map(|voice| SpeaksFor { canonical: full_name(scene, &voice.canonical), role: voice.role.clone() });
    Entity {
        canonical: referent.canonical.clone(),
        kind: referent.kind.unwrap_or(EntityKind::Other),
        mentions: Vec::new(),
        speaks_for,
    }
}

/// The name under which the article's entity of this name or short name goes: "Jana Holt" for the "Holt" of "Holt aide".
fn full_name(scene: &Scene<'_>, name: &str) -> String {
    let named =
        |referent: &&Referent| referent.named && (referent.canonical == name || shortens(name, &referent.canonical));
    scene.referents.iter().find(named).map_or_else(|| name.to_owned(), |referent| referent.canonical.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Features, Relation, Upos, Word, Xpos};
    use crate::text::{Paragraph, ParagraphKind, Quotation, Sentence, Token};

    /// One sentence a line, its words as `form:penn-tag:head:relation`, heads from 1.
    fn article(lines: &str) -> (Document, Vec<Tree>) {
        let mut document = Document::default();
        let mut trees = Vec::new();
        for line in lines.trim().lines() {
            let first = document.tokens.len();
            let words = line.split_whitespace().map(|word| read_word(word, &mut document)).collect();
            trees.push(Tree::new(words));
            let end = document.text.len();
            let span = Span::new(document.tokens[first].span.start, end);
            document.sentences.push(Sentence { span, tokens: first..document.tokens.len(), paragraph: 0 });
        }
        document.paragraphs.push(Paragraph { span: Span::new(0, document.text.len()), kind: ParagraphKind::Prose });
        (document, trees)
    }

    fn read_word(word: &str, document: &mut Document) -> Word {
        let fields: Vec<&str> = word.split(':').collect();
        let xpos = Xpos::from_name(fields[1]);
        let upos = match fields[1] {
            "NN" | "NNS" => Upos::Noun,
            "NNP" | "NNPS" => Upos::Propn,
            "DT" => Upos::Det,
            "JJ" => Upos::Adj,
            "IN" => Upos::Adp,
            "PRP" | "PRP$" => Upos::Pron,
            "POS" | "TO" => Upos::Part,
            "MD" => Upos::Aux,
            "," | "." | "\"" => Upos::Punct,
            _ => Upos::Verb,
        };
        if !document.text.is_empty() {
            document.text.push(' ');
        }
        let start = document.text.len();
        document.text.push_str(fields[0]);
        document.tokens.push(Token { span: Span::new(start, document.text.len()), continues: false });
        let lower = fields[0].to_lowercase();
        let lemma = if xpos == Xpos::Nns { lower.trim_end_matches('s').to_owned() } else { lower };
        let head = fields[2].parse::<usize>().unwrap().checked_sub(1);
        Word {
            lemma: lemma.into(),
            upos,
            xpos,
            features: Features::default(),
            head,
            relation: Relation::from_name(&fields[3..].join(":")),
            entity: None,
        }
    }

    fn resolve(document: &Document, trees: &[Tree]) -> Discourse {
        Resolver::new(&Lexicons::embedded()).unwrap().resolve(document, trees)
    }

    /// The entity of the last mention with this text, and its kind.
    fn who(discourse: &Discourse, document: &Document, text: &str) -> String {
        let mention = discourse.mentions.iter().rfind(|mention| mention.span.of(&document.text) == text);
        mention.map_or_else(String::new, |mention| discourse.entity_of(mention).canonical.clone())
    }

    const MINISTER: &str = "
Orsan:JJ:3:amod Foreign:NNP:3:amod Minister:NNP:4:nmod:desc Jana:NNP:6:nsubj Holt:NNP:4:flat met:VBD:0:root envoys:NNS:6:obj
Ms.:NNP:2:compound Holt:NNP:3:nsubj said:VBD:0:root she:PRP:6:nsubj would:MD:6:aux sign:VB:3:ccomp
Orsa:NNP:2:nsubj said:VBD:0:root its:PRP$:4:nmod:poss offer:NN:5:nsubj stood:VBD:2:ccomp
The:DT:2:det minister:NN:3:nsubj left:VBD:0:root";

    #[test]
    fn mentions_find_the_one_they_mean() {
        for (lines, text, canonical) in [
            (MINISTER, "Orsan Foreign Minister Jana Holt", "Jana Holt"),
            (MINISTER, "Ms. Holt", "Jana Holt"),
            (MINISTER, "she", "Jana Holt"),
            (MINISTER, "its", "Orsa"),
            (MINISTER, "Orsan", "Orsa"),
            (MINISTER, "The minister", "Jana Holt"),
            ("Moscow:NNP:2:nsubj refused:VBD:0:root", "Moscow", "Russia"),
            (
                "Kremlin:NNP:5:nsubj envoy:NN:3:compound Jana:NNP:1:flat Holt:NNP:3:flat spoke:VBD:0:root",
                "Kremlin envoy Jana Holt",
                "Jana Holt",
            ),
            (
                "Jana:NNP:3:nsubj Holt:NNP:1:flat left:VBD:0:root\nWhile:IN:2:mark minister:NN:4:nsubj she:PRP:4:nsubj spoke:VBD:0:root",
                "she",
                "Jana Holt",
            ),
            ("They:PRP:2:nsubj met:VBD:0:root in:IN:4:case Moscow:NNP:2:obl", "Moscow", "Moscow"),
            (
                "NATO:NNP:2:nsubj met:VBD:0:root\nThe:DT:2:det alliance:NN:3:nsubj agreed:VBD:0:root",
                "The alliance",
                "NATO",
            ),
            ("The:DT:2:det group:NN:4:nsubj Ostrand:NNP:4:nsubj agreed:VBD:0:root", "The group Ostrand", "Ostrand"),
            (
                "Jana:NNP:2:nsubj Holt:NNP:3:nsubj met:VBD:0:root Emil:NNP:3:obj Trask:NNP:4:flat\nHe:PRP:2:nsubj left:VBD:0:root",
                "He",
                "Emil Trask",
            ),
        ] {
            let (document, trees) = article(lines);
            assert_eq!(who(&resolve(&document, &trees), &document, text), canonical, "{text}");
        }
    }

    #[test]
    fn a_minister_speaks_for_the_state() {
        let (document, trees) = article(MINISTER);
        let discourse = resolve(&document, &trees);
        let holt = discourse.entities.iter().find(|entity| entity.canonical == "Jana Holt").unwrap();
        let voice = holt.speaks_for.as_ref().unwrap();
        assert_eq!(
            (holt.kind, voice.canonical.as_str(), voice.role.as_str()),
            (EntityKind::Person, "Orsa", "foreign minister")
        );
    }

    #[test]
    fn the_first_person_is_whoever_speaks() {
        let (mut document, trees) =
            article("\":\":3:punct I:PRP:3:nsubj refuse:VBP:6:ccomp \":\":3:punct Holt:NNP:6:nsubj said:VBD:0:root");
        let outer = document.tokens[0].span.cover(document.tokens[3].span);
        document.quotations.push(Quotation { outer, inner: outer });
        let mut discourse = resolve(&document, &trees);
        assert_eq!(who(&discourse, &document, "I"), "I");
        let speaker = discourse.mention_headed(0, 4).unwrap().entity;
        discourse.assign_speaker(outer, speaker);
        assert_eq!(who(&discourse, &document, "I"), "Holt");
    }
}
