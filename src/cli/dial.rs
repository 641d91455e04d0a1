//! The option `--certainty`: how sure the program must be of what it gives back.
//!
//! What the levels mean is `demarche::extract::Certainty`'s business.

use clap::Args;
use demarche::extract::Certainty;

/// The dial from careful to complete.
#[derive(Args)]
pub(crate) struct Dial {
    /// How sure to be: careful (little is wrong), balanced, complete (little is missed), or the least chance in percent
    #[arg(long, value_name = "LEVEL", default_value = "balanced", value_parser = level)]
    pub(crate) certainty: Certainty,
}

/// Reads a level by name or as a chance.
fn level(text: &str) -> Result<Certainty, String> {
    match text {
        "careful" => Ok(Certainty::CAREFUL),
        "balanced" => Ok(Certainty::BALANCED),
        "complete" => Ok(Certainty::COMPLETE),
        _ => text
            .trim_end_matches('%')
            .parse()
            .ok()
            .and_then(Certainty::of_percent)
            .ok_or_else(|| "a level is careful, balanced, complete, or a number from 0 to 100".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_names_or_chances() {
        for (text, percent) in [
            ("careful", Some(Certainty::CAREFUL.percent())),
            ("95", Some(95.0)),
            ("95%", Some(95.0)),
            ("101", None),
            ("NaN", None),
            ("sure", None),
        ] {
            assert_eq!(level(text).ok().map(Certainty::percent), percent, "{text}");
        }
    }
}
