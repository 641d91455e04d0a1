//! Positions out of statements: nesting, chains of reporters, conditions and parties put together.
//!
//! A report whose content is a stance of the same holder is that stance ("Orsa says it rejects": rejects); a report of
//! somebody else's stance stays, and heads the chain of the stance inside.

use indexmap::IndexMap;

use super::attribution::{Statement, group, holders_of_cues};
use super::certainty::Certainty;
use super::chain::chain;
use super::condition::Finding;
use super::content::follows_comma;
use super::cue::CueClass;
use super::explanation::{Fate, Refusal};
use super::modality::{Reading, modality};
use super::outermost::read;
use super::scene::{Holder, Scene};
use super::source::{coordinated, relative_subject};
use super::stance::{NOT_SAID, stance};
use super::{ConditionKind, Party, Polarity, Position, QuoteKind, RelationKind};
use crate::syntax::{Relation, Upos};
use crate::text::Span;

/// A statement on its way to a position.
struct Draft<'s> {
    statement: &'s Statement,
    /// The head of the phrase that names the holder.
    source: usize,
    holder: Holder,
    relation: RelationKind,
    rule: &'static str,
    parent: Option<usize>,
    /// Why it became no position, if it did not.
    dropped: Option<Refusal>,
    conditions: Vec<Finding>,
}

/// The positions of an article, and what became of each statement.
pub(super) struct Assembly {
    /// In order of their cues.
    pub(super) positions: Vec<Position>,
    /// For each statement the number of its position.
    pub(super) fates: Vec<Fate>,
}

/// The positions of an article.
pub(super) fn assemble(scene: &Scene<'_>, statements: &[Statement]) -> Assembly {
    let reporters = reporters(statements);
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let drafted: Vec<Fate> = statements
        .iter()
        .map(|statement| {
            drafts.push(draft(scene, &reporters, statement)?);
            Ok(drafts.len() - 1)
        })
        .collect();
    nest(scene, &mut drafts);
    merge(scene, &mut drafts);
    attach_conditions(scene, &mut drafts);
    drop_conditioned(scene, &mut drafts);
    gate_threats(&mut drafts);
    if scene.lists.judge.certainty >= Certainty::BALANCED {
        drop_unknown(scene, &mut drafts);
    }
    if scene.lists.judge.certainty > Certainty::BALANCED {
        drop_unlikely(scene, &mut drafts);
    }
    let numbers = numbering(&drafts);
    let kept = (0..drafts.len()).filter(|&index| drafts[index].dropped.is_none());
    let fate = |draft: usize| drafts[draft].dropped.map_or(Ok(numbers[draft]), Err);
    Assembly {
        positions: kept.map(|index| position(scene, &drafts, &numbers, index)).collect(),
        fates: drafted.into_iter().map(|drafted| fate(drafted?)).collect(),
    }
}

/// For the head of each reported clause, the source of the report.
fn reporters(statements: &[Statement]) -> IndexMap<usize, usize> {
    let reports = statements.iter().filter(|statement| statement.cue.entry.has("neutral"));
    reports.filter_map(|report| Some((report.cue.complement.root, report.source?))).collect()
}

/// The holder of a statement; a pronoun that coreference has not found, in what somebody says, is the one who says it.
fn holder(scene: &Scene<'_>, reporters: &IndexMap<usize, usize>, statement: &Statement) -> Option<(usize, Holder)> {
    let source = statement.source?;
    let holder = scene.holder(source);
    match reporters.get(&statement.cue.head).filter(|_| scene.is_unresolved(source)) {
        Some(&reporter) => {
            let mut found = scene.holder(reporter);
            found.party.span = holder.party.span;
            Some((reporter, found))
        }
        None => Some((source, holder)),
    }
}

fn draft<'s>(
    scene: &Scene<'_>,
    reporters: &IndexMap<usize, usize>,
    statement: &'s Statement,
) -> Result<Draft<'s>, Refusal> {
    if statement.cue.entry.has("weak") {
        return Err(Refusal::Weak);
    }
    if is_restrictive(scene, statement.cue.head) {
        return Err(Refusal::Restrictive);
    }
    if is_obliged(scene, statement) {
        return Err(Refusal::NoStance);
    }
    let (source, holder) = holder(scene, reporters, statement).ok_or(Refusal::NoHolder)?;
    let (relation, rule) = stance(scene, statement, &holder).ok_or(Refusal::NoStance)?;
    if !may_hold(scene, source, relation) {
        return Err(Refusal::NoActor);
    }
    Ok(Draft { statement, source, holder, relation, rule, parent: None, dropped: None, conditions: Vec::new() })
}

/// Whether the cue heads a relative clause that only says who is meant: "militants who renounce violence".
fn is_restrictive(scene: &Scene<'_>, cue: usize) -> bool {
    let passage = scene.passage;
    let noun = passage.head(cue).filter(|_| passage.relation(cue) == Relation::AclRelcl);
    noun.is_some_and(|noun| {
        !follows_comma(passage, cue) && passage.upos(noun) != Upos::Propn && relative_subject(passage, cue).is_some()
    })
}

/// Whether somebody only ought to take the stance: "they must accept" accepts nothing.
fn is_obliged(scene: &Scene<'_>, statement: &Statement) -> bool {
    let reads = |reading| scene.lists.moods.reads(scene.passage, statement.cue.head, reading);
    statement.cue.class == CueClass::Verb && (reads(Reading::Obligation) || reads(Reading::Advice))
}

/// Whether such a phrase can hold such a stance: things may say and propose ("the report says"),
/// they do not ask or threaten, unless they have a name ("its demand" of the Front).
fn may_hold(scene: &Scene<'_>, source: usize, relation: RelationKind) -> bool {
    use RelationKind::{Asks, Demands, Proposes, Says};
    let things = match relation {
        Says | Proposes => true,
        Asks | Demands => scene.is_named(source),
        _ => false,
    };
    scene.is_actor(source) || things || scene.is_first_person(source)
}

/// Gives each draft the innermost draft whose content holds its cue.
fn nest(scene: &Scene<'_>, drafts: &mut [Draft<'_>]) {
    let statements: Vec<&Statement> = drafts.iter().map(|draft| draft.statement).collect();
    let contents: Vec<(usize, &[usize])> =
        statements.iter().map(|statement| (statement.cue.head, statement.content.as_slice())).collect();
    let holders = holders_of_cues(scene.passage, &contents);
    for (inner, outers) in holders.into_iter().enumerate() {
        drafts[inner].parent = outers
            .into_iter()
            .filter(|&outer| !statements[inner].holds(statements[outer].cue.head))
            .min_by_key(|&outer| statements[outer].content.len());
    }
}

/// Of two drafts one of which heads the content of the other, keeps one where they are one act: "says it rejects" rejects,
/// "pledged to support" pledges, "will agree" agrees.
fn merge(scene: &Scene<'_>, drafts: &mut [Draft<'_>]) {
    for inner in 0..drafts.len() {
        let Some(outer) = drafts[inner].parent else { continue };
        let report = &drafts[outer];
        if report.statement.cue.complement.root != drafts[inner].statement.cue.head {
            continue;
        }
        let same = drafts[inner].statement.source.is_some_and(|source| scene.is_same(source, &report.holder));
        let infinitive = report.statement.cue.complement.frame.ends_with("infinitive");
        if same && gives_way(report, &drafts[inner]) {
            drop_draft(drafts, outer, Refusal::Merged);
        } else if same || infinitive {
            drop_draft(drafts, inner, Refusal::Merged);
        }
    }
}

/// Whether the outer of two drafts of one holder is the emptier: a report, or a plan to take a stance.
fn gives_way(outer: &Draft<'_>, inner: &Draft<'_>) -> bool {
    let reports = outer.relation == RelationKind::Says && inner.relation != RelationKind::Says;
    let plans = outer.rule == "said-will" && inner.relation != RelationKind::Plans;
    reports || plans
}

/// Takes a draft out; what it held passes to the draft that held it.
fn drop_draft(drafts: &mut [Draft<'_>], dropped: usize, why: Refusal) {
    let parent = drafts[dropped].parent;
    drafts[dropped].dropped = Some(why);
    for draft in drafts.iter_mut().filter(|draft| draft.parent == Some(dropped)) {
        draft.parent = parent;
    }
}

/// Takes out the drafts that stand inside a condition: "if they agree to stop" reports no agreement; "if the Front, which
/// opposes the plan, wins" does report opposition.
fn drop_conditioned(scene: &Scene<'_>, drafts: &mut [Draft<'_>]) {
    let spans: Vec<Span> =
        drafts.iter().flat_map(|draft| draft.conditions.iter().map(|finding| finding.condition.span)).collect();
    for index in 0..drafts.len() {
        let head = drafts[index].statement.cue.head;
        let cue = scene.passage.span(head);
        let aside = scene.passage.relation(head) == Relation::AclRelcl;
        if drafts[index].dropped.is_none() && !aside && spans.iter().any(|span| span.contains(cue)) {
            drop_draft(drafts, index, Refusal::Conditioned);
        }
    }
}

/// Gives each condition to the innermost draft whose content holds it.
fn attach_conditions(scene: &Scene<'_>, drafts: &mut [Draft<'_>]) {
    for index in 0..drafts.len() {
        if drafts[index].dropped.is_some() {
            continue;
        }
        let found = scene.lists.markers.conditions(
            scene.passage,
            &scene.lists.moods,
            drafts[index].statement,
            drafts[index].relation,
        );
        let within = |inner: &usize| drafts[*inner].parent == Some(index) && drafts[*inner].dropped.is_none();
        let inside: Vec<usize> = (0..drafts.len()).filter(within).collect();
        let kept = found
            .into_iter()
            .filter(|finding| !inside.iter().any(|&inner| drafts[inner].statement.holds(finding.head)));
        drafts[index].conditions = kept.collect();
    }
}

/// Announcing an act unless something happens is a threat: "will withdraw its troops unless ...".
fn gate_threats(drafts: &mut [Draft<'_>]) {
    let unless = |finding: &Finding| finding.condition.kind == ConditionKind::Unless;
    for draft in drafts.iter_mut().filter(|draft| draft.rule == "said-will" && draft.conditions.iter().any(unless)) {
        draft.relation = RelationKind::Threatens;
        draft.rule = "said-will-unless";
    }
}

/// Takes out what nobody known holds: an "I" or "they" of whom the article does not tell who it is. A report that goes
/// still heads the chain of what it reports.
fn drop_unknown(scene: &Scene<'_>, drafts: &mut [Draft<'_>]) {
    for draft in drafts.iter_mut().filter(|draft| draft.dropped.is_none() && !scene.is_known(draft.source)) {
        draft.dropped = Some(Refusal::Unknown);
    }
}

/// Takes out what is unlikely.
fn drop_unlikely(scene: &Scene<'_>, drafts: &mut [Draft<'_>]) {
    let judge = &scene.lists.judge;
    let read: Vec<[&[f32]; 3]> = drafts.iter().map(|draft| read(draft.statement, scene.states)).collect();
    let judged = drafts.iter_mut().zip(judge.network_scores(&read));
    for (draft, network) in judged.filter(|(draft, _)| draft.dropped.is_none()) {
        if !judge.accepts_position(judge.score(scene.passage, &scene.lists.moods, draft.statement, network)) {
            draft.dropped = Some(Refusal::Unlikely);
        }
    }
}

/// The number of each draft among the positions.
fn numbering(drafts: &[Draft<'_>]) -> Vec<usize> {
    let mut next = 0;
    drafts
        .iter()
        .map(|draft| {
            let number = next;
            next += usize::from(draft.dropped.is_none());
            number
        })
        .collect()
}

fn position(scene: &Scene<'_>, drafts: &[Draft<'_>], numbers: &[usize], index: usize) -> Position {
    let draft = &drafts[index];
    let statement = draft.statement;
    let head = statement.cue.head;
    let cue = scene.passage.spans(&group(scene.passage, &statement.cue));
    let cue = if cue.is_empty() { vec![scene.passage.span(head)] } else { cue };
    let content = scene.passage.spans(&statement.content);
    let conditions: Vec<_> = draft.conditions.iter().map(|finding| finding.condition).collect();
    let parts = cue.iter().chain(&content).copied().chain(draft.holder.party.span);
    let evidence = parts.reduce(Span::cover).unwrap_or_default();
    Position {
        relation: draft.relation,
        polarity: polarity(scene, draft),
        modality: modality(&conditions, is_possible(scene, statement)),
        holder: draft.holder.party.clone(),
        co_holders: co_holders(scene, statement),
        cue,
        conditions,
        chain: chain(scene, &line(drafts, index)),
        targets: targets(scene, draft),
        sentences: sentences(scene, &content, evidence),
        evidence,
        parent: kept_parent(drafts, index).map(|parent| numbers[parent]),
        quote: quote_kind(scene, &statement.content),
        rule: draft.rule,
        content,
    }
}

/// The innermost position around a draft.
fn kept_parent(drafts: &[Draft<'_>], index: usize) -> Option<usize> {
    // Parents have longer contents; the bound guards against contents of equal length.
    let mut above = std::iter::successors(drafts[index].parent, |&parent| drafts[parent].parent).take(drafts.len());
    above.find(|&parent| drafts[parent].dropped.is_none())
}

/// Negated only when no relation expresses the negation.
fn polarity(scene: &Scene<'_>, draft: &Draft<'_>) -> Polarity {
    let negated = draft.rule == NOT_SAID || scene.lists.moods.is_negated(scene.passage, draft.statement.cue.head);
    if negated && draft.rule != "negated-approval" { Polarity::Negated } else { Polarity::Positive }
}

fn is_possible(scene: &Scene<'_>, statement: &Statement) -> bool {
    statement.cue.entry.has("possible") || scene.lists.moods.reads(scene.passage, statement.cue.head, Reading::Possible)
}

fn co_holders(scene: &Scene<'_>, statement: &Statement) -> Vec<Party> {
    let heads = statement.source.map_or_else(Vec::new, |source| coordinated(scene.passage, source));
    heads.into_iter().map(|head| scene.holder(head).party).collect()
}

/// The statements that hold a draft, itself first, each with its holder's name.
fn line<'d>(drafts: &'d [Draft<'_>], index: usize) -> Vec<(&'d Statement, &'d str)> {
    let outwards = std::iter::successors(Some(index), |&inner| drafts[inner].parent);
    // A draft's parent has a longer content, so the climb ends; the bound guards against contents of equal length.
    let outwards = outwards.take(drafts.len()).map(|index| &drafts[index]);
    outwards.map(|draft| (draft.statement, draft.holder.party.canonical.as_str())).collect()
}

/// Whom the stance is addressed to or directed against.
fn targets(scene: &Scene<'_>, draft: &Draft<'_>) -> Vec<Party> {
    let complement = &draft.statement.cue.complement;
    let subject = || {
        let commands = matches!(draft.relation, RelationKind::Demands | RelationKind::Proposes);
        commands.then(|| scene.passage.child_by(complement.root, Relation::Nsubj)).flatten()
    };
    let candidates = [complement.object, subject(), Some(complement.root)];
    let target =
        candidates.into_iter().flatten().find(|&word| scene.is_actor(word) && !scene.is_same(word, &draft.holder));
    target.map(|word| scene.holder(word).party).into_iter().collect()
}

/// The sentences that the content and the evidence touch.
fn sentences(scene: &Scene<'_>, content: &[Span], evidence: Span) -> Vec<Span> {
    let spans = scene.passage.document.sentences.iter().map(|sentence| sentence.span);
    spans
        .filter(|sentence| {
            sentence.contains(Span::new(evidence.start, evidence.start))
                || content.iter().any(|span| span.overlaps(*sentence))
        })
        .collect()
}

/// How much of the content stands in quotation marks.
fn quote_kind(scene: &Scene<'_>, content: &[usize]) -> QuoteKind {
    let words: Vec<usize> = content.iter().copied().filter(|&word| !scene.passage.is_punctuation(word)).collect();
    let quoted = words.iter().filter(|&&word| scene.passage.quotation_of(word).is_some()).count();
    match quoted {
        0 => QuoteKind::Indirect,
        all if all == words.len() => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}
