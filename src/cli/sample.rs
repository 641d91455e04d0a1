//! The sample corpus, embedded so that a newcomer asks a question within seconds of building the program.
//!
//! The articles are invented (`data/README.md`); `tests/architecture.rs` sees to it that none is left out here.

/// One article with the name of its file.
macro_rules! article {
    ($name:literal) => {
        ($name, include_str!(concat!("../../data/articles/", $name)))
    };
}

/// The word lists that go with the corpus: its states, which no list of the world's states has.
pub(crate) const LEXICONS: &[(&str, &str)] = &[("states.tsv", include_str!("../../data/sample_lexicons/states.tsv"))];

/// Name and text of every sample article, by name.
pub(crate) const ARTICLES: &[(&str, &str)] = &[
    article!("01-call-with-putin.md"),
    article!("02-port-closed.md"),
    article!("03-harrel-rejects-corridor.md"),
    article!("04-ordania-backs-corridor.md"),
    article!("05-front-demands-seat.md"),
    article!("06-rebels-threaten-road.md"),
    article!("07-six-days.md"),
    article!("08-talmora-offers-monitors.md"),
    article!("09-harrel-open-to-corridor.md"),
    article!("10-corridor-nobody-loves.md"),
    article!("11-ceasefire-and-exchange.md"),
    article!("12-exchange-halted.md"),
    article!("13-kestria-denies-role.md"),
    article!("14-what-each-side-wants.md"),
    article!("15-kestria-agrees.md"),
    article!("16-accord-signed.md"),
];
