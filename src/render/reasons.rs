//! Why each position and attribution of an article was found, for people: the sentence with its parts marked, the word
//! list's entry, the rule, who the holder is, the words that change the stance, the judge's grounds.
//!
//! ```text
//! p1 a1  Orsa rejects: the river plan
//!     [Orsa]holder [rejected]cue [the river plan]content on Monday.
//!
//!     cue          reject, verb + object: rejects
//!     rule         lexicon: the relation that the list gives the cue
//! ```

use std::fmt::Write;

use super::marking::{Mark, marked};
use super::wrap::push_wrapped;
use crate::extract::{
    Attribution, Condition, EntityKind, Explanation, Grounds, MentionKind, Modality, Party, Polarity, Position,
    Refusal, Resolution,
};
use crate::graph::Analyzed;
use crate::text::Span;

/// How many features are shown for a decision, and how many against it.
const FEATURES: usize = 4;
/// A weight below which a feature is not shown.
const WEIGHT: f64 = 0.05;

/// What the rules of `extract` are called and what they say.
const RULES: [(&str, &str); 15] = [
    ("lexicon", "the relation that the list gives the cue"),
    ("signalled", "signals what the holder itself would or may do"),
    ("said-will", "says what the holder itself will do"),
    ("said-will-not", "says what the holder itself will not do"),
    ("said-will-harm", "says what the holder itself will do, and it does harm"),
    ("said-will-unless", "says what the holder itself will do unless something happens"),
    ("said-must", "says what another must do"),
    ("said-should", "says what another should do"),
    ("quoted-must", "a quoted sentence with its own `must`"),
    ("verdict", "calls something good or bad"),
    ("warned-own-act", "warns of what the holder itself will do"),
    ("vowed-harm", "vows something that does harm"),
    ("agreement-noun", "announces an agreement"),
    ("negated-approval", "will not approve, which is a refusal"),
    ("declined-to-say", "declines to report anything"),
];

/// What the first word of a feature's name says of the others; see `extract::judge`.
const FEATURE_KINDS: [(&str, &str); 35] = [
    ("bias", "any candidate"),
    ("lf", "cue, frame"),
    ("l", "cue"),
    ("f", "frame"),
    ("r", "listed relation"),
    ("rf", "listed relation, frame"),
    ("s", "source"),
    ("fs", "frame, source"),
    ("ls", "cue, source"),
    ("x", "tag"),
    ("d", "place in the tree"),
    ("o", "frame, word class of content"),
    ("ol", "frame, head of content"),
    ("q", "quoted"),
    ("ql", "cue, quoted"),
    ("gl", "place, cue, frame"),
    ("tf", "tag, place, frame, source"),
    ("e", "frame, type of source"),
    ("el", "cue, type of source"),
    ("oe", "frame, type of content"),
    ("ole", "cue, type of content"),
    ("ou", "cue, frame, word class of content"),
    ("t", "tag, cue"),
    ("z", "frame, length of content"),
    ("h", "sentence"),
    ("sn", "determiner of source"),
    ("sll", "cue, source's word"),
    ("sl", "source's word"),
    ("so", "side of source"),
    ("g", "place, word above"),
    ("a", "auxiliary"),
    ("al", "auxiliary, cue"),
    ("n", "negated"),
    ("nl", "negated cue"),
    ("ld", "cue, place"),
];

/// The reasons of all positions and attributions of an article, in order of their cues.
pub fn reasons(analyzed: &Analyzed<'_>, explanations: &[Explanation], width: usize) -> String {
    let drawing = Drawing { analyzed, width };
    let became = |explanation: &&Explanation| explanation.position.is_ok() || explanation.attribution.is_ok();
    explanations.iter().filter(became).map(|explanation| drawing.explanation(explanation)).collect()
}

/// The candidates that became neither position nor attribution, a line each with the reasons.
pub fn refusals(analyzed: &Analyzed<'_>, explanations: &[Explanation], width: usize) -> String {
    let mut text = String::new();
    for explanation in explanations {
        let (Err(position), Err(attribution)) = (explanation.position, explanation.attribution) else { continue };
        let cue = explanation.cue.of(&analyzed.document.text);
        let content = wording(&explanation.content, &analyzed.document.text);
        let line = format!(
            "{} + {}: {content} - no position: {}; no attribution: {}{}",
            cue,
            explanation.frame,
            because(position),
            because(attribution),
            if attribution == Refusal::Unlikely {
                format!(" ({})", chance(&explanation.grounds))
            } else {
                String::new()
            }
        );
        push_wrapped(&mut text, "- ", &line, width);
    }
    text
}

/// What is drawn, and how.
struct Drawing<'a> {
    analyzed: &'a Analyzed<'a>,
    width: usize,
}

impl Drawing<'_> {
    fn explanation(&self, explanation: &Explanation) -> String {
        let analysis = &self.analyzed.analysis;
        let position = explanation.position.ok().and_then(|number| analysis.positions.get(number));
        let attribution = explanation.attribution.ok().and_then(|number| analysis.attributions.get(number));
        let mut drawn = String::new();
        push_wrapped(&mut drawn, "", &self.headline(explanation, position, attribution), self.width);
        let sentence = match (position, attribution) {
            (Some(position), _) => self.marked(&position_marks(position)),
            (None, Some(attribution)) => self.marked(&attribution_marks(attribution)),
            (None, None) => String::new(),
        };
        push_wrapped(&mut drawn, "    ", &sentence, self.width);
        drawn.push('\n');
        for (name, value) in self.facts(explanation, position, attribution) {
            push_wrapped(&mut drawn, &format!("    {name:<12} "), &value, self.width);
        }
        drawn + "\n"
    }

    /// "p1 a1  Orsa rejects: the river plan"
    fn headline(
        &self,
        explanation: &Explanation,
        position: Option<&Position>,
        attribution: Option<&Attribution>,
    ) -> String {
        let number = |letter: char, fate: Result<usize, Refusal>| {
            fate.map_or_else(|_| String::new(), |number| format!("{letter}{} ", number + 1))
        };
        let numbers = number('p', explanation.position) + &number('a', explanation.attribution);
        let text = &self.analyzed.document.text;
        match (position, attribution) {
            (Some(position), _) => {
                let not = if position.polarity == Polarity::Negated { "not " } else { "" };
                let holders: Vec<&str> = parties(position).map(|party| party.canonical.as_str()).collect();
                let (holders, content) = (holders.join(" and "), wording(&position.content, text));
                format!("{numbers} {holders} {not}{}: {content}", position.relation.as_str())
            }
            (None, Some(attribution)) => format!("{numbers} attribution only: {}", wording(&attribution.cue, text)),
            (None, None) => numbers,
        }
    }

    /// The sentences that hold the marked spans, with what is left out between them.
    fn marked(&self, marks: &[Mark]) -> String {
        let touched = |span: &Span| marks.iter().any(|mark| mark.span.overlaps(*span));
        let sentences: Vec<Span> =
            self.analyzed.document.sentences.iter().map(|sentence| sentence.span).filter(touched).collect();
        let text = &self.analyzed.document.text;
        sentences.iter().map(|&sentence| marked(text, sentence, marks)).collect::<Vec<_>>().join(" ")
    }

    /// What is known of a decision, by name.
    fn facts(
        &self,
        explanation: &Explanation,
        position: Option<&Position>,
        attribution: Option<&Attribution>,
    ) -> Vec<(&'static str, String)> {
        let mut facts = vec![("cue", entry(explanation))];
        if let Some(position) = position {
            facts.push(("rule", rule(position)));
        }
        facts.push(("holder", self.holder(explanation, position)));
        facts.push(("words", self.signals(explanation)));
        if let Some(position) = position {
            facts.push(("modality", self.modality(explanation, position)));
            let conditions = position.conditions.iter();
            facts.extend(conditions.map(|condition| ("condition", self.condition(condition))));
            facts.push(("chain", self.chain(position)));
        }
        facts.push(("position", explanation.position.err().map(no_position).unwrap_or_default()));
        facts.push(("attribution", self.attribution(explanation, position, attribution)));
        if explanation.attribution != Err(Refusal::Quoted) {
            facts.push(("judge", grounds(&explanation.grounds)));
        }
        facts.retain(|(_, value)| !value.is_empty());
        facts
    }

    /// `"he" is Jana Holt (person): a pronoun that takes up "Orsan envoy Jana Holt"`
    fn holder(&self, explanation: &Explanation, position: Option<&Position>) -> String {
        let text = &self.analyzed.document.text;
        let Some(Resolution { mention, kind, canonical, entity, through }) = &explanation.source else {
            let unknown = "a phrase that coreference does not know, named by its own words";
            return position.map_or_else(String::new, |_| unknown.to_owned());
        };
        let taken_up = through.map_or_else(String::new, |span| format!(" that takes up “{}”", one_line(span.of(text))));
        let named = format!("“{}” is {canonical} ({})", one_line(mention.of(text)), kind_of_entity(*entity));
        let other = position.filter(|position| position.holder.canonical != *canonical);
        let moved = other.map_or_else(String::new, |position| {
            format!("; held by {}: named beside it, or the one who reports it", position.holder.canonical)
        });
        format!("{named}: {}{taken_up}{moved}", kind_of_mention(*kind))
    }

    /// `"not" (negation) of "sign"`
    fn signals(&self, explanation: &Explanation) -> String {
        let text = &self.analyzed.document.text;
        let signals = explanation.signals.iter();
        let told = signals
            .map(|signal| format!("“{}” ({}) of “{}”", signal.word.of(text), signal.reading, signal.of.of(text)));
        told.collect::<Vec<_>>().join(", ")
    }

    fn modality(&self, explanation: &Explanation, position: &Position) -> String {
        let modality = position.modality.as_str();
        let cue = explanation.cue.of(&self.analyzed.document.text);
        let reading = |wanted: &str| {
            let signal =
                explanation.signals.iter().find(|signal| signal.reading == wanted && signal.of == explanation.cue);
            signal.map(|signal| signal.word.of(&self.analyzed.document.text))
        };
        let why = match position.modality {
            Modality::Conditional => "there is a condition".to_owned(),
            Modality::Possible => {
                reading("possible").map_or_else(|| format!("the list says so of “{cue}”"), |word| format!("“{word}”"))
            }
            _ => {
                return if position.polarity == Polarity::Negated {
                    "asserted, negated".to_owned()
                } else {
                    String::new()
                };
            }
        };
        format!("{modality}: {why}")
    }

    /// `once "Velia withdraws", opened by "once"`
    fn condition(&self, condition: &Condition) -> String {
        let text = &self.analyzed.document.text;
        let none = if condition.negated { "none: " } else { "" };
        let (kind, span, marker) =
            (condition.kind.as_str(), one_line(condition.span.of(text)), condition.marker.of(text));
        format!("{none}{kind} “{span}”, opened by “{}”", one_line(marker))
    }

    /// `CNN (p1 holds this) < sources (cited there)`
    fn chain(&self, position: &Position) -> String {
        let positions = &self.analyzed.analysis.positions;
        let above = |position: &Position| position.parent.and_then(|parent| Some((parent, positions.get(parent)?)));
        let mut reports: Vec<(usize, &Position)> = Vec::new();
        let mut next = above(position);
        // A parent has the longer content, so the climb ends; the bound guards against contents of equal length.
        while let Some((number, parent)) = next.filter(|_| reports.len() < positions.len()) {
            reports.push((number, parent));
            next = above(parent);
        }
        let link = |name: &String| match reports.iter().find(|(_, report)| report.holder.canonical == *name) {
            Some((number, _)) => format!("{name} (p{} holds this)", number + 1),
            None => format!("{name} (hearsay, or cited there)"),
        };
        position.chain.iter().map(link).collect::<Vec<_>>().join(" < ")
    }

    /// The attribution's own words where they differ from the position's, or why there is none.
    fn attribution(
        &self,
        explanation: &Explanation,
        position: Option<&Position>,
        attribution: Option<&Attribution>,
    ) -> String {
        let text = &self.analyzed.document.text;
        match (explanation.attribution, attribution, position) {
            (Err(refusal), _, _) => format!("none: {}", because(refusal)),
            (Ok(_), Some(Attribution { source, cue, content }), Some(position)) => {
                let holder: Vec<Span> = position.holder.span.into_iter().collect();
                if (source, cue, content) == (&holder, &position.cue, &position.content) {
                    return String::new();
                }
                let [source, cue, content] = [source, cue, content].map(|spans| wording(spans, text));
                format!("{source} | {cue} | {content}")
            }
            _ => String::new(),
        }
    }
}

/// The parts of a position in its sentences.
fn position_marks(position: &Position) -> Vec<Mark> {
    let holders = parties(position).filter_map(|party| party.span).map(|span| Mark { span, label: "holder" });
    let cue = position.cue.iter().map(|&span| Mark { span, label: "cue" });
    let content = position.content.iter().map(|&span| Mark { span, label: "content" });
    let conditions = position.conditions.iter().map(|condition| Mark { span: condition.span, label: "condition" });
    holders.chain(cue).chain(content).chain(conditions).collect()
}

/// The parts of an attribution in its sentences.
fn attribution_marks(attribution: &Attribution) -> Vec<Mark> {
    let parts = [("source", &attribution.source), ("cue", &attribution.cue), ("content", &attribution.content)];
    parts.into_iter().flat_map(|(label, spans)| spans.iter().map(move |&span| Mark { span, label })).collect()
}

fn parties(position: &Position) -> impl Iterator<Item = &Party> {
    std::iter::once(&position.holder).chain(&position.co_holders)
}

/// "reject, verb + object: rejects"
fn entry(explanation: &Explanation) -> String {
    let Explanation { lemma, class, frame, listed, relation, traits, .. } = explanation;
    let known = match (listed, relation) {
        (false, _) => "not in the list",
        (true, None) => "in the list, but no position",
        (true, Some(relation)) => relation.as_str(),
    };
    let traits: Vec<&str> = traits.iter().map(String::as_str).filter(|name| *name != "-").collect();
    let more = if traits.is_empty() { String::new() } else { format!(" ({})", traits.join(", ")) };
    format!("{lemma}, {class} + {frame}: {known}{more}")
}

fn rule(position: &Position) -> String {
    let known = RULES.iter().find(|(name, _)| *name == position.rule);
    known.map_or_else(|| position.rule.to_owned(), |(name, what)| format!("{name}: {what}"))
}

/// What the judge weighed, the strongest grounds first.
fn grounds(grounds: &Grounds) -> String {
    let shown = |wanted: fn(f64) -> bool| {
        let features = grounds.features.iter().filter(|(_, weight)| wanted(*weight) && weight.abs() >= WEIGHT);
        features.take(FEATURES).map(|(name, weight)| feature(name, *weight)).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("{}: network {:+.2}", chance(grounds), grounds.network);
    for (word, list) in [("for", shown(|weight| weight > 0.0)), ("against", shown(|weight| weight < 0.0))] {
        if !list.is_empty() {
            _ = write!(text, "; {word}: {list}");
        }
    }
    text
}

/// "+2.20, a chance of 90 %"
fn chance(grounds: &Grounds) -> String {
    format!("{:+.2}, a chance of {:.0} %", grounds.score(), 100.0 * grounds.chance())
}

/// "cue, frame `v reject object` +0.61"
fn feature(name: &str, weight: f64) -> String {
    let (kind, rest) = name.split_once(' ').unwrap_or((name, ""));
    match FEATURE_KINDS.iter().find(|(known, _)| *known == kind) {
        Some((_, what)) if rest.is_empty() => format!("{what} {weight:+.2}"),
        Some((_, what)) => format!("{what} `{rest}` {weight:+.2}"),
        None => format!("`{name}` {weight:+.2}"),
    }
}

fn no_position(refusal: Refusal) -> String {
    format!("none: {}", because(refusal))
}

/// Why a statement became nothing.
fn because(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Weak => "the list calls the cue too weak",
        Refusal::Restrictive => "it only says who is meant",
        Refusal::NoHolder => "nobody is named who holds it",
        Refusal::NoStance => "the cue expresses no stance",
        Refusal::NoActor => "the source is no actor that could take such a stance",
        Refusal::Merged => "it is one act with another position",
        Refusal::Conditioned => "it stands in a condition",
        Refusal::Quoted => "the cue stands in a quotation",
        Refusal::Unlikely => "unlikely",
        Refusal::Nested => "it stands in another attribution",
        Refusal::Twin => "another attribution shares its cue",
        Refusal::Unknown => "it is not known who holds it",
    }
}

fn kind_of_mention(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "a name",
        MentionKind::Nominal => "a description",
        MentionKind::Pronoun => "a pronoun",
        MentionKind::Possessive => "a possessive",
        MentionKind::Adjective => "an adjective",
    }
}

fn kind_of_entity(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::State => "state",
        EntityKind::Group => "group",
        EntityKind::Unnamed => "unnamed",
        EntityKind::Other => "other",
    }
}

/// The texts of several spans, with the gaps shown.
fn wording(spans: &[Span], text: &str) -> String {
    spans.iter().map(|span| one_line(span.of(text))).collect::<Vec<_>>().join(" ... ")
}

/// A stretch of text without its line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
