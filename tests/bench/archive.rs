//! An invented archive of any size: articles from sentence patterns of our own, the same ones for the same seed.
//!
//! States, people and outlets do not exist. Wire copies can be planted: another headline, paragraphs cut, words changed,
//! sentences added.

#![allow(dead_code, reason = "each test that includes this file uses a part of it")]

/// An article of the archive.
#[derive(Clone, Debug)]
pub(crate) struct Invented {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) publisher: String,
    pub(crate) date: String,
    pub(crate) paragraphs: Vec<String>,
    /// The number of the article that it was copied from.
    pub(crate) copied: Option<usize>,
}

const STATES: [&str; 16] = [
    "Orsa", "Vantia", "Tavria", "Kestria", "Ordania", "Talmora", "Merenia", "Solvary", "Ildan", "Brevia", "Corland",
    "Dunmark", "Estavia", "Fenria", "Galdor", "Hestria",
];
const GIVEN: [&str; 16] = [
    "Jana", "Emil", "Ivo", "Mira", "Tomas", "Hanna", "Pavel", "Rosa", "Anton", "Lena", "Viktor", "Edda", "Joren",
    "Nadia", "Oskar", "Ilsa",
];
const SURNAMES: [&str; 24] = [
    "Holt", "Kern", "Varn", "Dalen", "Lonsk", "Beck", "Steen", "Crewe", "Marrak", "Vell", "Rosk", "Tull", "Sorel",
    "Kast", "Orlin", "Brandt", "Ekman", "Falk", "Grevin", "Hauge", "Ister", "Jessen", "Korda", "Lindt",
];
const OFFICES: [&str; 6] =
    ["President", "Prime Minister", "Foreign Minister", "Defence Minister", "Finance Minister", "Government spokesman"];
const TOPICS: [&str; 28] = [
    "the river plan",
    "a ceasefire",
    "the grain corridor",
    "new sanctions",
    "the border treaty",
    "a prisoner exchange",
    "the fishing quota",
    "the pipeline",
    "a customs union",
    "the water accord",
    "an arms embargo",
    "the port lease",
    "the election law",
    "the tax reform",
    "a no-fly zone",
    "the refugee deal",
    "the railway project",
    "an energy pact",
    "the mining ban",
    "a peace conference",
    "the visa rules",
    "the budget",
    "the dam",
    "the satellite programme",
    "a joint patrol",
    "the debt relief",
    "the harvest subsidy",
    "the language law",
];
const OUTLETS: [&str; 12] = [
    "Lantern News Agency",
    "Herald of Orsa",
    "Velmar Courier",
    "Ostrel Gazette",
    "Basin Review",
    "Northern Post",
    "Daily Compass",
    "The Observer of Tarsel",
    "Harbour Times",
    "Evening Signal",
    "Merin Chronicle",
    "Plain Dealer of Ansel",
];
const DAYS: [&str; 6] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday"];
const PLACES: [&str; 14] = [
    "Tarsel",
    "Velmar",
    "Ostrel",
    "Ansel",
    "Merin",
    "Karsk",
    "Dorn",
    "Palis",
    "Ruvo",
    "Sent",
    "Tamar",
    "Ulm Harbour",
    "Vire",
    "Westmark",
];
const THINGS: [&str; 20] = [
    "villages",
    "ships",
    "soldiers",
    "farmers",
    "trucks",
    "engineers",
    "observers",
    "prisoners",
    "workers",
    "schools",
    "hospitals",
    "barrels",
    "containers",
    "voters",
    "houses",
    "bridges",
    "wagons",
    "teachers",
    "miners",
    "pilots",
];
const PATTERNS: [&str; 34] = [
    "{person} of {state} rejected {topic} on {day}.",
    "{state} will not accept {topic} unless {state2} withdraws its {things} from {place}, {person} said.",
    "{person} said {state} would support {topic} if {number} {things} were allowed to leave {place}.",
    "“We have waited for {topic} since {day}, and our {things} cannot wait any longer,” {person} said.",
    "{state} demanded that {state2} release {number} {things} before talks on {topic} begin.",
    "Officials in {place} denied that {state} had agreed to {topic}.",
    "{person} promised {number} {things} for {place} once {topic} is signed.",
    "{state2} accused {state} of holding back {things} near {place}.",
    "According to {person}, {state} plans to propose {topic} to {state2} in {place}.",
    "The dispute over {topic} began when {number} {things} were stopped at {place}.",
    "{person}, who met envoys of {state2} in {place}, called {topic} a danger to the {things} of {state}.",
    "Two people familiar with the matter said {state} expects {topic} to fail.",
    "“If {state2} wants {topic}, it knows our price,” {person} told reporters in {place}.",
    "{state} threatened to close the road to {place} unless its {things} were paid.",
    "Nearly {number} {things} have crossed from {state} to {state2} since {day}.",
    "{person} urged {state2} to drop {topic} and to talk about the {things} instead.",
    "In {place}, {things} gathered on {day} to protest against {topic}.",
    "{state} and {state2} agreed in principle on {topic}, {person} said on {day}.",
    "The government of {state} has spent {number} million on {topic}, more than {state2} did.",
    "{person} declined to say whether {things} would be sent to {place}.",
    "Analysts doubt that {topic} would help the {things} of {place}.",
    "It was the {number}th time that {person} had spoken about {topic} in public.",
    "{state2} hopes that {topic} will bring {things} back to {place}, its envoy said.",
    "“Nobody in {state} has seen a draft of {topic},” said {person}.",
    "{person} expects the vote on {topic} to take place in {place} on {day}.",
    "Under {topic}, {state} would take in {number} {things} a year.",
    "Without {topic}, {person} warned, {number} {things} would be lost.",
    "{state} has offered {state2} {number} {things} in exchange for {topic}.",
    "A spokeswoman for {state2} said {topic} was out of the question as long as {things} stood in {place}.",
    "{person} denied a report that {state} had moved {things} to {place} on {day}.",
    "Both sides blamed each other for the delay of {topic}.",
    "{place} lies {number} kilometres from the border and lives from its {things}.",
    "{person} called on {state2} to publish what it knows about the {things} of {place}.",
    "Rain kept the {things} in {place} away from a rally for {topic}.",
];

/// A small generator with a seed (SplitMix64), the same numbers on every machine.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// The article with this number of the archive with this seed.
pub(crate) fn article(seed: u64, number: usize) -> Invented {
    let mut chance = Chance::new(seed ^ (number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
    let (state, other, topic) = (chance.one(&STATES), chance.one(&STATES), chance.one(&TOPICS));
    let count = 4 + chance.below(9);
    let paragraphs = (0..count).map(|_| {
        let sentences: Vec<String> =
            (0..2 + chance.below(2)).map(|_| sentence(&mut chance, state, other, topic)).collect();
        sentences.join(" ")
    });
    let paragraphs: Vec<String> = paragraphs.collect();
    Invented {
        id: format!("invented-{number}"),
        title: headline(&mut chance, state, topic),
        publisher: chance.one(&OUTLETS).to_owned(),
        date: format!("{}-{:02}-{:02}", 2030 + number % 3, number / 3 % 12 + 1, chance.below(28) + 1),
        paragraphs,
        copied: None,
    }
}

/// A copy of an article as another outlet runs it.
pub(crate) fn copy(original: &Invented, from: usize, number: usize, chance: &mut Chance) -> Invented {
    let mut paragraphs = original.paragraphs.clone();
    paragraphs.truncate(paragraphs.len() - chance.below(paragraphs.len() / 2 + 1));
    for paragraph in &mut paragraphs {
        let words = paragraph.split(' ').map(|word| if chance.below(20) == 0 { chance.one(&THINGS) } else { word });
        *paragraph = words.collect::<Vec<_>>().join(" ");
    }
    for _ in 0..chance.below(3) {
        let place = chance.below(paragraphs.len() + 1);
        let added = sentence(chance, "Orsa", "Vantia", "the river plan");
        paragraphs.insert(place, added);
    }
    Invented {
        id: format!("copy-{number}"),
        title: headline(chance, "Orsa", "the wire"),
        publisher: chance.one(&OUTLETS).to_owned(),
        paragraphs,
        copied: Some(from),
        ..original.clone()
    }
}

fn headline(chance: &mut Chance, state: &str, topic: &str) -> String {
    let verb = chance.one(&["rejects", "backs", "weighs", "delays", "defends"]);
    format!("{state} {verb} {topic} after talks in {}", chance.one(&PLACES))
}

fn sentence(chance: &mut Chance, state: &str, other: &str, topic: &str) -> String {
    // Most sentences are about the article's own states and topic; the rest is background.
    let own = chance.below(3) > 0;
    let person = match chance.below(3) {
        0 => format!("{} {} {}", chance.one(&OFFICES), chance.one(&GIVEN), chance.one(&SURNAMES)),
        1 => format!("{} {}", chance.one(&GIVEN), chance.one(&SURNAMES)),
        _ => chance.one(&SURNAMES).to_owned(),
    };
    let mut text = chance.one(&PATTERNS).replace("{person}", &person);
    text = text.replace("{state2}", if own { other } else { chance.one(&STATES) });
    text = text.replace("{state}", if own { state } else { chance.one(&STATES) });
    text = text.replace("{topic}", if own { topic } else { chance.one(&TOPICS) });
    text = text.replace("{place}", chance.one(&PLACES)).replace("{day}", chance.one(&DAYS));
    text.replace("{things}", chance.one(&THINGS)).replace("{number}", &(chance.below(900) + 3).to_string())
}
