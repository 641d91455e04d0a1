//! Takes the inflection off an English word, so that "talks", "freezing" and "sanctioned" meet "talk", "freeze" and
//! "sanction".
//!
//! Only endings of inflection go (plural, -ing, -ed, a final e); a full stemmer in the manner of Porter (1980) also joins
//! "internal" with "international" and "policy" with "police", and a wrong topic is worse than a missed one.
//! Derivation ("withdrawal", "withdraw") is a row in `data/topic_synonyms.tsv`. A stem need not be a word.

/// What is left of a word without its inflection, in small letters: "freezing" and "freeze" give "freez".
pub(super) fn uninflected(word: &str) -> String {
    let word = word.to_lowercase();
    if word.chars().count() <= 3 || !word.is_ascii() {
        return word;
    }
    let singular = without_plural(&word);
    let base = without_participle(&singular).unwrap_or(singular);
    let bare = base.strip_suffix('e').filter(|rest| rest.len() >= 3 && !is_short(rest)).unwrap_or(&base);
    bare.replace("isation", "ization")
}

/// The letters with which the inflected forms of a word begin: "polic" of "policies", "vot" of "voting"; for searching in
/// running text. Topics are compared by their keys instead, which tell "plan" from "plane".
pub(crate) fn stem(word: &str) -> String {
    let base = uninflected(word);
    let bare = base.strip_suffix(['e', 'y']).filter(|rest| rest.len() >= 3).unwrap_or(&base);
    bare.to_owned()
}

/// Whether a stem is one closed syllable with a short vowel, where a final e makes another word: "plan" and "plane".
fn is_short(stem: &str) -> bool {
    let is_vowel = |byte: &u8| b"aeiou".contains(byte);
    let groups = stem.as_bytes().chunk_by(|one, other| is_vowel(one) == is_vowel(other));
    let vowels = groups.filter(|group| group.first().is_some_and(is_vowel)).count();
    match stem.as_bytes() {
        [.., before, vowel, last] => {
            vowels == 1 && !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !b"wxy".contains(last)
        }
        _ => false,
    }
}

/// The word without a plural or third-person ending: "policies" gives "policy", "crosses" gives "cross".
fn without_plural(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() >= 2) {
        return format!("{rest}y");
    }
    if ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    if let Some(rest) = word.strip_suffix("es") {
        let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| rest.ends_with(ending));
        return if sibilant { rest.to_owned() } else { format!("{rest}e") };
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// The word without "ing" or "ed"; `None` when it has no such ending or too little would be left ("king", "bed").
fn without_participle(word: &str) -> Option<String> {
    if let Some(rest) = word.strip_suffix("ied").filter(|rest| rest.len() >= 2) {
        return Some(format!("{rest}y"));
    }
    let rest = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed"))?;
    let lasting = rest.len() >= 3 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) && !word.ends_with("eed");
    let base = undoubled(rest);
    let lost_e = base == rest && is_short(base);
    lasting.then(|| if lost_e { format!("{base}e") } else { base.to_owned() })
}

/// "stopp" becomes "stop"; "ll", "ss" and "zz" stay, as in "falling", "crossing".
fn undoubled(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    match bytes {
        [.., before, last] if before == last && !b"aeioulsz".contains(last) => &stem[..stem.len() - 1],
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet() {
        for forms in [
            "freeze freezes freezing",
            "talk talks talked talking",
            "policy policies",
            "deny denies denied denying",
            "cross crosses crossed crossing",
            "stop stops stopped stopping",
            "ceasefire ceasefires",
            "lift lifted lifting",
            "attack attacks attacked",
            "vote votes voted voting",
            "plan plans planned planning",
            "trade trades trading",
            "open opened opening",
            "agree agrees",
            "demilitarise demilitarised demilitarising",
            "demilitarization demilitarisation",
        ] {
            let stems: Vec<String> = forms.split(' ').map(uninflected).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn inflected_forms_begin_with_their_stem() {
        for form in ["vote", "voting", "policy", "policies", "freeze", "freezing"] {
            assert!(form.starts_with(&stem(form)), "{form}");
        }
        assert_eq!(stem("voting"), stem("vote"));
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in [
            ("policy", "police"),
            ("internal", "international"),
            ("general", "generation"),
            ("plan", "plane"),
            ("rat", "rate"),
            ("king", "k"),
            ("crisis", "cris"),
            ("status", "state"),
            ("bed", "b"),
            ("speed", "spe"),
        ] {
            assert_ne!(uninflected(one), uninflected(other));
        }
    }
}
