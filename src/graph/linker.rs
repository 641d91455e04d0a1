//! Which actors of several articles are one: by name, by surname, by initials.
//!
//! Two articles that say "officials" speak of different officials, so unnamed sources and nameless groups stay apart,
//! one actor an article. A name counts as short for another only when the corpus leaves no doubt whose it is. Who is
//! meant inside one article was decided by coreference.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::correction::{Corrections, GivenOffice};
use super::name::{as_alias, compared, folded, initials, is_abbreviation, is_nameless, shortens};
use super::record::{Record, RecordedActor};
use crate::extract::EntityKind;

/// How many times the articles of the runner-up a full name needs, to own a surname that several share: with a president
/// in the news and a relative of the same name, the bare surname means the president.
const DOMINANCE: usize = 4;

/// An actor of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkedActor {
    /// Display name.
    pub(super) name: String,
    /// Other names and wordings, sorted.
    pub(super) aliases: Vec<String>,
    /// What most articles take it for.
    pub(super) kind: EntityKind,
    /// The record of an actor that only exists in one article.
    pub(super) record: Option<usize>,
}

/// An office: who speaks for whom, as what, in which articles' dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Office {
    /// Number of the actor who speaks.
    pub(super) speaker: usize,
    /// Number of the actor spoken for.
    pub(super) principal: usize,
    /// "foreign minister"
    pub(super) role: String,
    /// Earliest date of an article that says so.
    pub(super) since: Option<String>,
    /// Latest date of an article that says so.
    pub(super) until: Option<String>,
}

/// The actors of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cast {
    /// The actors, in order of first appearance.
    pub(super) actors: Vec<LinkedActor>,
    /// For each record and each of its actors, the number of the actor in `actors`.
    pub(super) numbers: Vec<Vec<usize>>,
    /// Who speaks for whom, in order of first appearance.
    pub(super) offices: Vec<Office>,
}

/// The actors of the articles that go by one name, before names are matched with each other.
#[derive(Clone, Debug)]
struct Namesake {
    /// The name, folded.
    name: String,
    /// Whether it is taken for a person: a person and a state may share a name.
    person: bool,
    /// The record of an actor that is nameless and so stays alone.
    record: Option<usize>,
    /// How many articles write which canonical name.
    canonicals: BTreeMap<String, usize>,
    /// How many articles take it for what.
    kinds: BTreeMap<EntityKind, usize>,
    /// Wordings of all its mentions.
    wordings: BTreeSet<String>,
}

/// Joins the actors of several articles.
pub(super) fn link(records: &[Record], corrections: &Corrections) -> Cast {
    let (namesakes, namesake_of) = namesakes(records);
    let owners = owners(&namesakes, corrections);
    let mut members: IndexMap<usize, Vec<&Namesake>> = IndexMap::new();
    for (namesake, &owner) in namesakes.iter().zip(&owners) {
        members.entry(owner).or_default().push(namesake);
    }
    let actors: Vec<LinkedActor> = members.values().map(|members| linked(members, corrections)).collect();
    let actor_of = |&namesake: &usize| members.get_index_of(&owners[namesake]).unwrap_or_default();
    let numbers: Vec<Vec<usize>> = namesake_of.iter().map(|row| row.iter().map(actor_of).collect()).collect();
    let mut offices = offices(records, &numbers);
    let named = members.values().enumerate().flat_map(|(actor, members)| members.iter().map(move |one| (one, actor)));
    let named = named.filter(|(namesake, _)| namesake.record.is_none());
    let by_name: BTreeMap<&str, usize> = named.map(|(namesake, actor)| (namesake.name.as_str(), actor)).collect();
    for given in corrections.offices() {
        give_office(&mut offices, &by_name, given);
    }
    Cast { actors, numbers, offices }
}

/// Enters an office that somebody gave, in place of those of the same speaker, principal and role.
fn give_office(offices: &mut Vec<Office>, by_name: &BTreeMap<&str, usize>, given: GivenOffice<'_>) {
    let actor = |name: &str| by_name.get(compared(name).as_str()).copied();
    if let (Some(speaker), Some(principal)) = (actor(given.speaker), actor(given.principal)) {
        offices.retain(|office| {
            (office.speaker, office.principal, office.role.as_str()) != (speaker, principal, given.role)
        });
        let [since, until] = [given.since, given.until].map(|date| date.map(str::to_owned));
        offices.push(Office { speaker, principal, role: given.role.to_owned(), since, until });
    }
}

/// The namesakes in order of first appearance, and for each record and each of its actors the number of its namesake.
fn namesakes(records: &[Record]) -> (Vec<Namesake>, Vec<Vec<usize>>) {
    let mut namesakes: IndexMap<(String, bool, Option<usize>), Namesake> = IndexMap::new();
    let mut numbers = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let mut row = Vec::new();
        for actor in &record.actors {
            let name = compared(&actor.canonical);
            let person = actor.kind == EntityKind::Person;
            let alone = actor.kind == EntityKind::Unnamed || is_nameless(&actor.canonical);
            let key = (name.clone(), person, alone.then_some(number));
            let entry = namesakes.entry(key);
            row.push(entry.index());
            entry.or_insert_with(|| Namesake::new(name, person, alone.then_some(number))).add(actor);
        }
        numbers.push(row);
    }
    (namesakes.into_values().collect(), numbers)
}

impl Namesake {
    /// A name that no article has been counted for.
    fn new(name: String, person: bool, record: Option<usize>) -> Self {
        let (canonicals, kinds, wordings) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { name, person, record, canonicals, kinds, wordings }
    }

    /// Counts in one article's actor.
    fn add(&mut self, actor: &RecordedActor) {
        *self.canonicals.entry(actor.canonical.clone()).or_default() += 1;
        *self.kinds.entry(actor.kind).or_default() += 1;
        self.wordings.extend(actor.wordings.iter().cloned());
    }

    /// In how many articles it acts.
    fn articles(&self) -> usize {
        self.canonicals.values().sum()
    }

    /// Its last word, a person's surname.
    fn last_word(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or_default()
    }
}

/// For each namesake, the one it is joined with; itself where there is none.
///
/// Long names are decided first, so that short ones join what the long ones have become. Linear in the namesakes but for
/// those that share a last word.
fn owners(namesakes: &[Namesake], corrections: &Corrections) -> Vec<usize> {
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut homonyms: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, namesake) in namesakes.iter().enumerate().filter(|(_, namesake)| namesake.record.is_none()) {
        homonyms.entry(&namesake.name).or_default().push(number);
        if namesake.person {
            families.entry(namesake.last_word()).or_default().push(number);
        }
    }
    let full_names = full_names(namesakes);
    let mut owners: Vec<usize> = (0..namesakes.len()).collect();
    let mut articles: Vec<usize> = namesakes.iter().map(Namesake::articles).collect();
    let mut order: Vec<usize> = (0..namesakes.len()).filter(|&number| namesakes[number].record.is_none()).collect();
    order.sort_by_key(|&number| (Reverse(namesakes[number].name.len()), number));
    for number in order {
        let namesake = &namesakes[number];
        if let Some(owner) = given_owner(namesakes, &homonyms, corrections, number) {
            let last = root(&owners, owner);
            if last != number {
                owners[number] = owner;
                articles[last] += articles[number];
            }
            continue;
        }
        let apart = |other: &usize| corrections.are_apart(&namesake.name, &namesakes[*other].name);
        let family = families.get(namesake.last_word()).filter(|_| namesake.person).map_or(&[][..], Vec::as_slice);
        let longer = family.iter().copied().filter(|&other| shortens(&namesake.name, &namesakes[other].name));
        let longer = longer.map(|other| root(&owners, other)).filter(|other| !apart(other));
        let longer: BTreeSet<usize> = longer.collect();
        if let Some(owner) = clear_owner(&articles, &longer)
            .or_else(|| homonyms.get(namesake.name.as_str()).and_then(|others| commoner(namesakes, number, others)))
            .or_else(|| {
                namesake
                    .canonicals
                    .keys()
                    .find_map(|name| full_names.get(name.as_str()).copied().flatten())
                    .filter(|other| !apart(other))
            })
        {
            owners[number] = owner;
            articles[root(&owners, owner)] += articles[number];
        } else if namesake.name.contains(' ') {
            // Several rarer names that end in this one: a title was taken for a part of the name.
            let own = articles[number];
            for other in longer {
                if own >= DOMINANCE * articles[other] {
                    owners[other] = number;
                    articles[number] += articles[other];
                }
            }
        }
    }
    (0..namesakes.len()).map(|number| root(&owners, number)).collect()
}

/// The namesake that somebody joined this one with. Where no article has the name that was given, all that were joined
/// under it join the first of them.
fn given_owner(
    namesakes: &[Namesake],
    homonyms: &BTreeMap<&str, Vec<usize>>,
    corrections: &Corrections,
    number: usize,
) -> Option<usize> {
    let target = corrections.owner(&namesakes[number].name)?;
    let same_kind = |other: &usize| namesakes[*other].person == namesakes[number].person;
    let owner = match homonyms.get(target) {
        Some(found) => found.iter().copied().find(same_kind).or_else(|| found.first().copied()),
        None => namesakes.iter().position(|other| corrections.owner(&other.name) == Some(target)),
    };
    owner.filter(|&owner| owner != number)
}

/// The namesake at the end of a line of owners.
fn root(owners: &[usize], number: usize) -> usize {
    let mut current = number;
    for _ in 0..owners.len() {
        if owners[current] == current {
            break;
        }
        current = owners[current];
    }
    current
}

/// The one candidate, or the one that far more articles name than any other.
fn clear_owner(articles: &[usize], candidates: &BTreeSet<usize>) -> Option<usize> {
    let mut ranked: Vec<(usize, usize)> =
        candidates.iter().map(|&candidate| (articles[candidate], candidate)).collect();
    ranked.sort_by_key(|&(articles, candidate)| (Reverse(articles), candidate));
    match ranked.as_slice() {
        [(_, only)] => Some(*only),
        [(most, first), (second, _), ..] if *most >= DOMINANCE * second => Some(*first),
        _ => None,
    }
}

/// Among actors of one name, another that more articles know, or as many and earlier ones: a person taken for a state
/// in one article.
fn commoner(namesakes: &[Namesake], number: usize, others: &[usize]) -> Option<usize> {
    let rank = |number: usize| (Reverse(namesakes[number].articles()), number);
    others.iter().copied().filter(|&other| rank(other) < rank(number)).min_by_key(|&other| rank(other))
}

/// For each abbreviation among the names, the one namesake that spells it out; `None` when several do.
fn full_names(namesakes: &[Namesake]) -> BTreeMap<&str, Option<usize>> {
    let mut by_initials: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let named = namesakes.iter().enumerate().filter(|(_, namesake)| namesake.record.is_none() && !namesake.person);
    for (number, namesake) in named.clone() {
        for canonical in namesake.canonicals.keys() {
            by_initials.entry(initials(canonical)).or_default().insert(number);
        }
    }
    let short = named.flat_map(|(_, namesake)| namesake.canonicals.keys()).filter(|name| is_abbreviation(name));
    let only = |numbers: &BTreeSet<usize>| numbers.first().copied().filter(|_| numbers.len() == 1);
    short.map(|name| (name.as_str(), by_initials.get(&name.replace('.', "")).and_then(only))).collect()
}

/// The actor that several namesakes make.
fn linked(members: &[&Namesake], corrections: &Corrections) -> LinkedActor {
    let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
    let mut canonicals: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        for (&kind, count) in &member.kinds {
            *kinds.entry(kind).or_default() += count;
        }
        for (name, count) in &member.canonicals {
            *canonicals.entry(name).or_default() += count;
        }
    }
    let common = |(_, count): &(&EntityKind, &usize)| Reverse(**count);
    let kind = kinds.iter().min_by_key(common).map_or(EntityKind::Organisation, |(&kind, _)| kind);
    let mut name = display_name(&canonicals, kind);
    let wordings = members.iter().flat_map(|member| &member.wordings);
    let mut aliases: BTreeSet<String> = wordings.filter_map(|wording| as_alias(wording)).collect();
    if kind == EntityKind::Person {
        aliases.retain(|alias| canonicals.keys().any(|name| shortens(&folded(alias), &folded(name))));
    }
    aliases.extend(canonicals.keys().map(|&name| name.to_owned()));
    let names: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
    if let Some(chosen) = corrections.display_name(&names) {
        chosen.clone_into(&mut name);
    }
    aliases.extend(corrections.aliases(&names).map(str::to_owned));
    aliases.remove(&name);
    let record = members.iter().find_map(|member| member.record);
    LinkedActor { name, aliases: aliases.into_iter().collect(), kind, record }
}

/// The commonest canonical name; of equally common ones the longest, for a person the shortest with a given name.
fn display_name(canonicals: &BTreeMap<&str, usize>, kind: EntityKind) -> String {
    let rank = |(name, count): &(&&str, &usize)| match kind {
        EntityKind::Person => (!name.contains(' '), Reverse(**count), name.len()),
        _ => (false, Reverse(**count), usize::MAX - name.len()),
    };
    canonicals.iter().min_by_key(rank).map(|(&name, _)| name.to_owned()).unwrap_or_default()
}

/// Who speaks for whom: one entry for each speaker, principal and role, over the dates of the articles that say so.
fn offices(records: &[Record], numbers: &[Vec<usize>]) -> Vec<Office> {
    let mut offices: IndexMap<(usize, usize, &str), Vec<&String>> = IndexMap::new();
    for (record, numbers) in records.iter().zip(numbers) {
        for (actor, &speaker) in record.actors.iter().zip(numbers) {
            let Some((principal, role)) = &actor.office else { continue };
            if let Some(&principal) = numbers.get(*principal).filter(|&&principal| principal != speaker) {
                offices.entry((speaker, principal, role)).or_default().extend(&record.article.date);
            }
        }
    }
    let office = |((speaker, principal, role), dates): ((usize, usize, &str), Vec<&String>)| Office {
        speaker,
        principal,
        role: role.to_owned(),
        since: dates.iter().min().map(|&date| date.clone()),
        until: dates.iter().max().map(|&date| date.clone()),
    };
    offices.into_iter().map(office).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;

    /// A record of one article: actors as `canonical:kind`, `>` before whom they speak for, by number, as what.
    fn record(date: &str, actors: &[&str]) -> Record {
        let actor = |text: &&str| {
            let (name, office) = text.split_once('>').map_or((*text, None), |(name, office)| (name, Some(office)));
            let (canonical, kind) = name.split_once(':').unwrap();
            let kind = match kind {
                "p" => EntityKind::Person,
                "s" => EntityKind::State,
                "o" => EntityKind::Organisation,
                "g" => EntityKind::Group,
                _ => EntityKind::Unnamed,
            };
            let office = office.and_then(|office| office.split_once(' '));
            RecordedActor {
                canonical: canonical.to_owned(),
                kind,
                wordings: vec![canonical.to_owned(), "she".to_owned()],
                office: office.map(|(number, role)| (number.parse().unwrap(), role.to_owned())),
            }
        };
        let article = Article { date: Some(date.to_owned()), ..Article::default() };
        Record { article, actors: actors.iter().map(actor).collect(), ..Record::default() }
    }

    /// The names of the actors, aliases in brackets.
    fn names(articles: &[&[&str]]) -> String {
        let records: Vec<Record> = articles.iter().map(|actors| record("2031-01-01", actors)).collect();
        let show = |actor: &LinkedActor| match actor.aliases.as_slice() {
            [] => actor.name.clone(),
            aliases => format!("{} ({})", actor.name, aliases.join(", ")),
        };
        link(&records, &Corrections::default()).actors.iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn names_are_joined_only_without_doubt() {
        for (articles, expected) in [
            (&[&["Jana Holt:p"][..], &["Holt:p"]][..], "Jana Holt (Holt)"),
            (&[&["Holt:p"], &["Jana Holt:p"], &["Jana M. Holt:p"]], "Jana Holt (Holt, Jana M. Holt)"),
            (&[&["Jana Holt:p"], &["Emil Holt:p"], &["Holt:p"]], "Jana Holt, Emil Holt, Holt"),
            (
                &[&["Jana Holt:p"], &["Jana Holt:p"], &["Jana Holt:p"], &["Jana Holt:p", "Emil Holt:p"], &["Holt:p"]],
                "Jana Holt (Holt), Emil Holt",
            ),
            (
                &[
                    &["Envoy Jana Holt:p", "Jana Holt:p"],
                    &["Jana Holt:p", "Dame Jana Holt:p"],
                    &["Jana Holt:p", "Holt:p"],
                    &["Jana Holt:p"],
                ],
                "Jana Holt (Dame Jana Holt, Envoy Jana Holt, Holt)",
            ),
            (&[&["Orsa:s"], &["Orsa:s"], &["Orsa:o"]], "Orsa"),
            (&[&["Orsa:s"], &["Orsa:s"], &["Orsa:p"]], "Orsa"),
            (&[&["League of River Orders:o"], &["LRO:o"]], "League of River Orders (LRO)"),
            (&[&["officials:u"], &["officials:u"]], "officials, officials"),
            (&[&["residents:g"], &["residents:g"]], "residents, residents"),
            (&[&["Vantian rebels:g"], &["Vantian rebels:g"]], "Vantian rebels"),
        ] {
            assert_eq!(names(articles), expected);
        }
    }

    #[test]
    fn what_most_articles_take_it_for_is_its_kind() {
        let records: Vec<Record> =
            ["Orsa:o", "Orsa:s", "Orsa:s"].iter().map(|actor| record("2031-01-01", &[actor])).collect();
        assert_eq!(link(&records, &Corrections::default()).actors[0].kind, EntityKind::State);
    }

    #[test]
    fn an_office_lasts_from_its_first_to_its_last_article() {
        let dated = ["2031-02-01", "2031-01-01", "2031-03-01"];
        let records = dated.map(|date| record(date, &["Jana Holt:p>1 foreign minister", "Orsa:s"]));
        let offices = link(&records, &Corrections::default()).offices;
        assert_eq!(offices.len(), 1);
        assert_eq!((offices[0].speaker, offices[0].principal), (0, 1));
        assert_eq!(
            (offices[0].since.as_deref(), offices[0].until.as_deref()),
            (Some("2031-01-01"), Some("2031-03-01"))
        );
    }

    #[test]
    fn corrections_win_over_what_the_articles_say() {
        let table = "action\tactor\tother\trole\tsince\nsplit\tHolt\tJana Holt\nmerge\tJ. Kern\tIvo Kern\n\
            rename\tOrsan Republic\tOrsa\nalias\tVantia\tthe Union\nspeaks_for\tIvo Kern\tVantia\tenvoy\t2031-02-01\n";
        let corrections = Corrections::parse(table).unwrap();
        let articles: [&[&str]; 3] =
            [&["Jana Holt:p", "Vantia:s"], &["Holt:p", "J. Kern:p", "Orsan Republic:s"], &["Ivo Kern:p", "Union:o"]];
        let records: Vec<Record> = articles.iter().map(|actors| record("2031-01-01", actors)).collect();
        let cast = link(&records, &corrections);
        let show = |actor: &LinkedActor| format!("{} ({})", actor.name, actor.aliases.join(", "));
        assert_eq!(
            cast.actors.iter().map(show).collect::<Vec<_>>(),
            ["Jana Holt ()", "Vantia (Union, the Union)", "Holt ()", "Ivo Kern (J. Kern)", "Orsa (Orsan Republic)"]
        );
        assert_eq!(cast.offices.len(), 1);
        assert_eq!((cast.offices[0].speaker, cast.offices[0].principal), (3, 1));
        assert_eq!(cast.offices[0].since.as_deref(), Some("2031-02-01"));
    }
}
