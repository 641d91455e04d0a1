//! What the words of one noun phrase say: a name, an office, a state it belongs to, a kind of actor.
//!
//! > the [Orsan]affiliation [foreign minister]office [Jana Holt]name
//!
//! A reading knows its own phrase only; that "the minister" is Jana Holt is decided in `coreference`.

use std::ops::Range;

use super::gazetteer::Sense;
use super::office::Voice;
use super::phrase::{Parsed, Phrase};
use super::pronoun::Pronoun;
use super::traits::{Gender, Number};
use super::vocabulary::Vocabulary;
use super::{EntityKind, MentionKind, affiliation};
use crate::syntax::{Relation, Upos, Xpos};

/// How a description picks its referent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Definiteness {
    /// "the minister", "this group", "Orsa's minister"
    Definite,
    /// "a minister", "some ministers"
    Indefinite,
    /// "ministers"; in a headline also "minister"
    Bare,
}

/// What a phrase says by itself.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// How it refers.
    pub(super) form: MentionKind,
    /// The name it contains, without titles.
    pub(super) name: Option<String>,
    /// Where it stands, in words of the sentence.
    pub(super) name_words: Option<Range<usize>>,
    /// The known sense of that name.
    pub(super) sense: Option<Sense>,
    /// What it refers to; `None` for a name that may be anything.
    pub(super) kind: Option<EntityKind>,
    /// The singular of the common noun that describes it: "spokesman", "group".
    pub(super) noun: Option<String>,
    /// The office it names, as in `titles.tsv`.
    pub(super) title: Option<String>,
    /// The description between affiliation and name: "foreign policy aide".
    pub(super) role: String,
    /// For whom an office speaks.
    pub(super) voice: Voice,
    /// The state, organisation or person that it belongs to.
    pub(super) affiliation: Option<String>,
    /// Adjectives and nouns that narrow the description, in small letters.
    pub(super) modifiers: Vec<String>,
    /// One or several.
    pub(super) number: Number,
    /// Male, female, neuter, as far as the words tell.
    pub(super) gender: Gender,
    /// How a description picks its referent.
    pub(super) definiteness: Definiteness,
    /// The pronoun, if it is one.
    pub(super) pronoun: Option<Pronoun>,
    /// Name, or head noun with what restricts it: what the entity is called if this mention names it.
    pub(super) canonical: String,
}

impl Reading {
    /// A reading in which nothing is known but the form.
    pub(super) fn blank(form: MentionKind, canonical: String) -> Self {
        Self {
            form,
            name: None,
            name_words: None,
            sense: None,
            kind: None,
            noun: None,
            title: None,
            role: String::new(),
            voice: Voice::None,
            affiliation: None,
            modifiers: Vec::new(),
            number: Number::Singular,
            gender: Gender::Any,
            definiteness: Definiteness::Bare,
            pronoun: None,
            canonical,
        }
    }
}

/// Reads a phrase.
pub(super) fn read(vocabulary: &Vocabulary, parsed: &Parsed<'_>, phrase: &Phrase) -> Reading {
    let lower = parsed.lower(phrase.head);
    if let Some(pronoun) = vocabulary.pronouns.get(&lower).filter(|_| is_pronoun(parsed, phrase.head)) {
        return read_pronoun(pronoun, parsed.form(phrase.head));
    }
    let body = body(parsed, phrase);
    let mut reading = read_known(vocabulary, parsed, phrase, &body)
        .or_else(|| read_name(vocabulary, parsed, &body))
        .unwrap_or_else(|| read_description(vocabulary, parsed, phrase, &body));
    reading.definiteness = definiteness(parsed, phrase);
    if reading.affiliation.is_none() && reading.sense.is_none() {
        reading.affiliation = affiliation::around(vocabulary, parsed, phrase);
    }
    if reading.form == MentionKind::Name && parsed.tree.word(phrase.head).relation == Relation::NmodPoss {
        reading.form = MentionKind::Possessive;
    }
    reading
}

/// Whether the word is tagged as a pronoun; "US" is not "us".
fn is_pronoun(parsed: &Parsed<'_>, word: usize) -> bool {
    matches!(parsed.tree.word(word).upos, Upos::Pron | Upos::Det) || parsed.form(word) == "I"
}

/// Reads a personal pronoun.
fn read_pronoun(pronoun: &Pronoun, form: &str) -> Reading {
    let kind =
        if pronoun.case == super::pronoun::Case::Possessive { MentionKind::Possessive } else { MentionKind::Pronoun };
    let mut reading = Reading::blank(kind, form.to_owned());
    reading.number = pronoun.number;
    reading.gender = pronoun.gender;
    reading.pronoun = Some(pronoun.clone());
    reading
}

/// The core without its determiner and its possessor.
fn body(parsed: &Parsed<'_>, phrase: &Phrase) -> Range<usize> {
    let mut start = phrase.core.start;
    if let Some(owner) = phrase.owner.filter(|&owner| owner < phrase.head) {
        start = parsed.tree.subtree(owner).last().map_or(start, |last| last + 1);
    }
    while start < phrase.core.end - 1 && is_determiner(parsed, start) {
        start += 1;
    }
    start.min(phrase.head)..phrase.core.end
}

/// Whether a word is a determiner or a quotation mark before the description.
fn is_determiner(parsed: &Parsed<'_>, word: usize) -> bool {
    let node = parsed.tree.word(word);
    matches!(node.xpos, Xpos::Dt | Xpos::Pdt | Xpos::Pos | Xpos::PrpPoss)
        || matches!(node.upos, Upos::Det | Upos::Punct)
        || matches!(node.relation, Relation::Det | Relation::DetPredet)
}

/// Reads a name that the gazetteer knows: "Moscow", "the United States", "NATO".
fn read_known(vocabulary: &Vocabulary, parsed: &Parsed<'_>, phrase: &Phrase, body: &Range<usize>) -> Option<Reading> {
    let text = parsed.text(body);
    let capital_letter = text.chars().any(char::is_uppercase);
    let sense = vocabulary.gazetteer.sense(&text).filter(|_| capital_letter)?;
    let canonical = vocabulary.gazetteer.canonical(sense).to_owned();
    let mut reading = Reading::blank(MentionKind::Name, canonical.clone());
    reading.gender = Gender::Neuter;
    (reading.kind, reading.sense) = match sense {
        Sense::Capital(_) if !acts(vocabulary, parsed, phrase) => {
            reading.canonical.clone_from(&text);
            (Some(EntityKind::Other), None)
        }
        Sense::State(_) | Sense::Capital(_) | Sense::Demonym(_) => (Some(EntityKind::State), Some(sense)),
        Sense::People(_) => (Some(EntityKind::Group), Some(sense)),
        Sense::Organisation(_) => (Some(EntityKind::Organisation), Some(sense)),
    };
    if matches!(sense, Sense::People(_)) {
        reading.number = Number::Plural;
        reading.gender = Gender::Any;
    }
    reading.name = Some(reading.canonical.clone());
    reading.name_words = Some(body.clone());
    Some(reading)
}

/// Whether a capital acts as a government here, and is not the place of something.
fn acts(vocabulary: &Vocabulary, parsed: &Parsed<'_>, phrase: &Phrase) -> bool {
    let Some(case) = parsed.tree.child_by(phrase.head, Relation::Case) else {
        return !matches!(
            parsed.tree.word(phrase.head).relation.universal(),
            Relation::Appos | Relation::Root | Relation::Compound | Relation::Dep
        );
    };
    let preposition = parsed.lower(case);
    if parsed.tree.word(phrase.head).relation == Relation::NmodPoss {
        true
    } else if parsed.hangs_as(phrase.head, Relation::Obl) {
        !vocabulary.places_after_verb(&preposition)
    } else {
        !vocabulary.places_after_noun(&preposition)
    }
}

/// Reads a phrase that ends with a name: "Orsan Foreign Minister Jana Holt", "the militant group Ostrand".
fn read_name(vocabulary: &Vocabulary, parsed: &Parsed<'_>, body: &Range<usize>) -> Option<Reading> {
    let start = name_start(vocabulary, parsed, body);
    if start >= body.end {
        return None;
    }
    let (title_words, name) = split_title(vocabulary, parsed, body, start)?;
    let mut reading = Reading::blank(MentionKind::Name, parsed.text(&name));
    reading.name = Some(reading.canonical.clone());
    reading.name_words = Some(name.clone());
    describe(vocabulary, parsed, &mut reading, &title_words);
    reading.kind = kind_of_name(vocabulary, parsed, &reading, &name);
    if reading.kind == Some(EntityKind::Organisation) {
        reading.gender = Gender::Neuter;
        reading.noun = reading.noun.or_else(|| Some(parsed.lower(name.end - 1)));
        reading.sense = vocabulary.gazetteer.sense(&reading.canonical);
        if let Some(sense) = reading.sense {
            vocabulary.gazetteer.canonical(sense).clone_into(&mut reading.canonical);
        }
    }
    if reading.kind == Some(EntityKind::Person) {
        let given = vocabulary.gazetteer.given(parsed.form(name.start)).unwrap_or_default();
        reading.gender = reading.gender.or(given);
    }
    Some(reading)
}

/// The first word of the run of name words that ends the body; the body's end when there is none.
fn name_start(vocabulary: &Vocabulary, parsed: &Parsed<'_>, body: &Range<usize>) -> usize {
    let mut start = body.end;
    for word in body.clone().rev() {
        let proper = parsed.is_proper(word);
        let number = parsed.tree.word(word).upos == Upos::Num && start == body.end && word > body.start;
        let link = start < body.end && (parsed.form(word) == "-" || vocabulary.is_particle(&parsed.lower(word)));
        match () {
            () if proper => start = word,
            () if number || link => {}
            () => break,
        }
    }
    start
}

/// Parts a run of name words into what describes and what names.
///
/// `None` when nothing is left to name: in "the Foreign Minister" all words describe.
fn split_title(
    vocabulary: &Vocabulary,
    parsed: &Parsed<'_>,
    body: &Range<usize>,
    start: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let forms: Vec<&str> = body.clone().map(|word| parsed.form(word)).collect();
    for split in (start.max(body.start + 1)..body.end).rev() {
        let before = &forms[..split - body.start];
        if vocabulary.offices.ending(before).is_some() && names_person(vocabulary, parsed, split..body.end) {
            return Some((body.start..split, split..body.end));
        }
    }
    let given = |word: usize| vocabulary.gazetteer.given(parsed.form(word)).is_some();
    if vocabulary.offices.ending(&forms).is_some() && !(start..body.end - 1).any(given) {
        return None;
    }
    let describes = |word: usize| {
        let form = parsed.form(word);
        let known = matches!(vocabulary.gazetteer.sense(form), Some(Sense::Demonym(_) | Sense::State(_)));
        known || vocabulary.nouns.kind(&parsed.lower(word), Number::Singular).is_some()
    };
    let named = (start + 1..body.end).take_while(|&word| describes(word - 1)).find(|&word| given(word));
    let first = named.unwrap_or(start);
    Some((body.start..first, first..body.end))
}

/// Whether words after an office may be a person's name: they do not end in the name of an organisation's kind.
fn names_person(vocabulary: &Vocabulary, parsed: &Parsed<'_>, words: Range<usize>) -> bool {
    let last = parsed.lower(words.end - 1);
    parsed.is_proper(words.start)
        && vocabulary.nouns.kind(&last, Number::Singular) != Some(EntityKind::Organisation)
        && vocabulary.offices.ending(&[&last]).is_none()
}

/// Enters what the words before a name say about its bearer.
fn describe(vocabulary: &Vocabulary, parsed: &Parsed<'_>, reading: &mut Reading, words: &Range<usize>) {
    let forms: Vec<&str> = words.clone().map(|word| parsed.form(word)).collect();
    if let Some((_, office)) = vocabulary.offices.ending(&forms) {
        reading.title = Some(office.title.clone());
        reading.gender = office.gender;
        reading.voice = office.voice;
        reading.kind = Some(EntityKind::Person);
    } else if let Some(last) = words.clone().next_back().filter(|&last| parsed.tree.word(last).upos == Upos::Noun) {
        reading.noun = Some(parsed.tree.word(last).lemma.to_lowercase());
    }
    if forms.iter().any(|form| vocabulary.offices.ends_office(form)) {
        reading.voice = Voice::Ended;
    }
    let (affiliation, rest) = affiliation::before(vocabulary, parsed, words);
    reading.affiliation = affiliation;
    reading.role = parsed.text(&rest).to_lowercase();
    reading.modifiers = words.clone().map(|word| parsed.lower(word)).collect();
}

/// What a name is the name of, as far as its words and its description tell.
fn kind_of_name(
    vocabulary: &Vocabulary,
    parsed: &Parsed<'_>,
    reading: &Reading,
    name: &Range<usize>,
) -> Option<EntityKind> {
    if reading.kind.is_some() {
        return reading.kind;
    }
    if let Some(sense) = vocabulary.gazetteer.sense(&reading.canonical) {
        return Some(match sense {
            Sense::Organisation(_) => EntityKind::Organisation,
            Sense::People(_) => EntityKind::Group,
            _ => EntityKind::State,
        });
    }
    let last = parsed.tree.word(name.end - 1);
    let number = number(last.xpos);
    let noun = vocabulary.nouns.kind(&parsed.lower(name.end - 1), Number::Singular);
    let described = reading.noun.as_deref().and_then(|noun| vocabulary.nouns.kind(noun, Number::Singular));
    let given = vocabulary.gazetteer.given(parsed.form(name.start)).is_some();
    match (noun, described) {
        (Some(EntityKind::Organisation), _) if name.len() > 1 => Some(EntityKind::Organisation),
        (_, Some(EntityKind::Organisation | EntityKind::Group)) => Some(EntityKind::Organisation),
        (_, Some(EntityKind::Person | EntityKind::Unnamed)) => Some(EntityKind::Person),
        _ if number == Number::Plural && name.len() == 1 => Some(EntityKind::Group),
        _ if given && name.len() > 1 => Some(EntityKind::Person),
        _ if is_acronym(&reading.canonical) => Some(EntityKind::Organisation),
        _ => None,
    }
}

/// Whether a name is written in two to six capitals.
fn is_acronym(name: &str) -> bool {
    (2..=6).contains(&name.len()) && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '.')
}

/// Reads a phrase without a name: "a senior official", "people familiar with the matter", "the ministry".
fn read_description(vocabulary: &Vocabulary, parsed: &Parsed<'_>, phrase: &Phrase, body: &Range<usize>) -> Reading {
    let head = parsed.tree.word(phrase.head);
    let number = number(head.xpos);
    let noun = if head.upos == Upos::Propn { parsed.lower(phrase.head) } else { head.lemma.to_lowercase() };
    let mut reading = Reading::blank(MentionKind::Nominal, canonical(parsed, phrase));
    let mut words = body.clone();
    // Of "the president - elect" the first word is the head.
    words.end = words.end.min(phrase.core.end.max(phrase.head + 1));
    describe(vocabulary, parsed, &mut reading, &words);
    reading.modifiers.pop();
    reading.number = number;
    reading.kind = kind_of_description(vocabulary, &reading, &noun);
    if reading.voice == Voice::None && vocabulary.nouns.speaks(&noun) {
        reading.voice = Voice::State;
    }
    reading.noun = Some(noun);
    reading.gender = match reading.kind {
        Some(EntityKind::Organisation | EntityKind::State | EntityKind::Other) => Gender::Neuter,
        _ => reading.gender,
    };
    name_before_noun(vocabulary, parsed, &mut reading, &words);
    reading
}

/// The kind of actor that a description names.
fn kind_of_description(vocabulary: &Vocabulary, reading: &Reading, noun: &str) -> Option<EntityKind> {
    vocabulary.nouns.kind(noun, reading.number).or(match (&reading.title, reading.number) {
        (Some(_), Number::Singular) => Some(EntityKind::Person),
        (Some(_), Number::Plural) => Some(EntityKind::Group),
        (None, _) => Some(EntityKind::Other),
    })
}

/// Lets a name before the noun that types it name the whole: "the Ostrand newspaper", "Sudmark news agency".
fn name_before_noun(vocabulary: &Vocabulary, parsed: &Parsed<'_>, reading: &mut Reading, words: &Range<usize>) {
    let organisation = reading.kind == Some(EntityKind::Organisation) && reading.number == Number::Singular;
    let capital = |word: usize| parsed.is_proper(word);
    let mut end = words.end - 1;
    while end > words.start
        && !capital(end - 1)
        && vocabulary.nouns.kind(&parsed.lower(end - 1), Number::Singular).is_some()
        || end > words.start && parsed.lower(end - 1) == "news"
    {
        end -= 1;
    }
    let start = (words.start..end).rev().take_while(|&word| capital(word) || parsed.form(word) == "-").last();
    let Some(name) = start.map(|start| start..end).filter(|_| organisation && !capital(words.end - 1)) else { return };
    let text = parsed.text(&name);
    let sense = vocabulary.gazetteer.sense(&text);
    let noun = reading.noun.clone().unwrap_or_default();
    let typed = matches!(sense, Some(Sense::Organisation(row)) if vocabulary.gazetteer.nouns(Sense::Organisation(row)).any(|other| other == noun));
    if typed || sense.is_none() && vocabulary.nouns.names(&noun) {
        reading.form = MentionKind::Name;
        reading.canonical = sense.map_or(text, |sense| vocabulary.gazetteer.canonical(sense).to_owned());
        reading.name = Some(reading.canonical.clone());
        reading.name_words = Some(name);
        reading.sense = sense;
        reading.voice = Voice::None;
    }
}

/// The number that a Penn tag gives.
fn number(xpos: Xpos) -> Number {
    if matches!(xpos, Xpos::Nns | Xpos::Nnps) { Number::Plural } else { Number::Singular }
}

/// How the phrase picks its referent.
fn definiteness(parsed: &Parsed<'_>, phrase: &Phrase) -> Definiteness {
    let first = parsed.lower(phrase.core.start);
    let determined = parsed.tree.word(phrase.core.start).upos == Upos::Det;
    match parsed.tree.child_by(phrase.head, Relation::Det) {
        _ if phrase.owner.is_some() => Definiteness::Definite,
        Some(word) => match parsed.tree.word(word).features.get("PronType") {
            Some("Art") if parsed.lower(word) != "the" => Definiteness::Indefinite,
            Some("Art" | "Dem") => Definiteness::Definite,
            _ if parsed.lower(word) == "the" => Definiteness::Definite,
            _ => Definiteness::Indefinite,
        },
        None if determined && first == "the" => Definiteness::Definite,
        None if determined => Definiteness::Indefinite,
        None => Definiteness::Bare,
    }
}

/// A description without its determiner; a clause that follows another restriction is left out, so that "people
/// familiar with the matter interviewed by the network" are "people familiar with the matter".
fn canonical(parsed: &Parsed<'_>, phrase: &Phrase) -> String {
    let mut start = phrase.words.start;
    while start < phrase.head && parsed.tree.word(start).upos == Upos::Det {
        start += 1;
    }
    let clause = (phrase.core.end + 1..phrase.words.end).find(|&word| parsed.hangs_as(word, Relation::Acl));
    let clause =
        clause.and_then(|word| parsed.tree.subtree(word).first().copied()).filter(|&first| first > phrase.core.end);
    parsed.text(&(start..clause.unwrap_or(phrase.words.end)))
}
