//! Lemmas learned from a few invented words.
//! All sentences are invented; each test trains on a handful of words.

use super::learning::LemmaExample;
use super::*;

/// A word that stands by itself.
fn role(upos: Upos, xpos: Xpos) -> Role {
    Role { upos, xpos, relation: Relation::Dep, head: None }
}

const NOUN: (Upos, Xpos) = (Upos::Noun, Xpos::Nn);
const NOUNS: (Upos, Xpos) = (Upos::Noun, Xpos::Nns);
const PAST: (Upos, Xpos) = (Upos::Verb, Xpos::Vbd);
const BASE: (Upos, Xpos) = (Upos::Verb, Xpos::Vb);
const NAME: (Upos, Xpos) = (Upos::Propn, Xpos::Nnp);
const ADJECTIVE: (Upos, Xpos) = (Upos::Adj, Xpos::Jj);

/// Learns from these words.
fn lemmatizer() -> Lemmatizer {
    let rows = [
        (NOUNS, "talks talk plans plan Envoys envoy parties party treaties treaty armies army CEOs CEO men man"),
        (NOUN, "Envoy envoy bribe bribe CEO CEO NGO NGO"),
        (PAST, "rejected reject halted halt blamed blame went go named name agreed agree forced force"),
        (BASE, "rule rule sign sign go go"),
        (NAME, "Orsa Orsa Tarsel Tarsel U.N. U.N. NATO NATO"),
        (ADJECTIVE, "Orsan Orsan Tarsan Tarsan Kestrian Kestrian good good open open Big big"),
        ((Upos::Part, Xpos::Rb), "n't not"),
        ((Upos::Adv, Xpos::Rb), "so so"),
        ((Upos::Num, Xpos::Cd), "5,000 5000"),
    ];
    let mut examples: Vec<LemmaExample<'static>> = Vec::new();
    for ((upos, xpos), pairs) in rows {
        let words: Vec<&'static str> = pairs.split(' ').collect();
        examples.extend(words.chunks_exact(2).map(|pair| (pair[0], role(upos, xpos), pair[1])));
    }
    Lemmatizer::learn(examples.into_iter())
}

#[test]
fn endings_capitals_and_listed_forms() {
    let lemmatizer = lemmatizer();
    for ((upos, xpos), form, lemma) in [
        (NOUNS, "Rebels", "rebel"),
        (NOUNS, "REBELS", "rebel"),
        (NOUNS, "economies", "economy"),
        (NOUNS, "men", "man"),
        (NOUNS, "MEN", "man"),
        (NOUNS, "NGOs", "NGO"),
        (PAST, "went", "go"),
        (PAST, "granted", "grant"),
        (PAST, "ruled", "rule"),
        (PAST, "signed", "sign"),
        (NAME, "Tarvia", "Tarvia"),
        (NAME, "TARSEL", "Tarsel"),
        (NAME, "NATO", "NATO"),
        (ADJECTIVE, "Dunmarsan", "Dunmarsan"),
        (ADJECTIVE, "kestrian", "Kestrian"),
        (ADJECTIVE, "Open", "open"),
        (ADJECTIVE, "gooood", "good"),
        ((Upos::Adv, Xpos::Rb), "Soooo", "so"),
        ((Upos::Part, Xpos::Rb), "n’t", "not"),
        ((Upos::Num, Xpos::Cd), "12,500", "12500"),
        ((Upos::Intj, Xpos::Uh), "Odd", "odd"),
        ((Upos::X, Xpos::Fw), "", ""),
    ] {
        assert_eq!(lemmatizer.lemma(form, role(upos, xpos)), lemma, "{form}");
    }
}

#[test]
fn an_auxiliary_depends_on_its_verb() {
    let auxiliary = |head| Role { upos: Upos::Aux, xpos: Xpos::Vbz, relation: Relation::Aux, head: Some(head) };
    let examples = [("'s", auxiliary(Xpos::Vbg), "be"), ("'s", auxiliary(Xpos::Vbn), "have")];
    let lemmatizer = Lemmatizer::learn(examples.into_iter());
    for (head, lemma) in [(Xpos::Vbg, "be"), (Xpos::Vbn, "have"), (Xpos::Jj, "be")] {
        assert_eq!(lemmatizer.lemma("’s", auxiliary(head)), lemma, "{head:?}");
    }
}

#[test]
fn the_rest_of_a_word_written_apart_has_no_lemma() {
    let rest = Role { relation: Relation::Goeswith, ..role(Upos::X, Xpos::GoesWith) };
    assert_eq!(lemmatizer().lemma("out", rest), "_");
}
