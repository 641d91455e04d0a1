//! Names of actors as the linker compares them: folded to one spelling, cut into words, matched by surname or initials.
//!
//! Which actors are joined is decided in `linker`.

/// A name in the spelling in which names are compared: small letters without accents, full stops, a leading "the" or a
/// possessive ending: "the Żelm's" and "Zelm" are one.
pub(super) fn folded(name: &str) -> String {
    let plain: String = name.chars().filter_map(plain_letter).collect::<String>().to_lowercase();
    let words: Vec<&str> = plain.split(|letter: char| letter.is_whitespace() || letter == '-').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        ["the" | "a" | "an", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let name = words.join(" ");
    name.strip_suffix("'s").or_else(|| name.strip_suffix('\'')).unwrap_or(&name).to_owned()
}

/// A name in the spelling by which the linker tells names apart: folded, and one spelling for what several ways of writing
/// Cyrillic and Arabic letters in Latin ones spell: "Zelenskyy", "Zelenskiy" and "Zelensky" are one. Short words are left
/// alone, in which a letter is too much of the name.
pub(super) fn compared(name: &str) -> String {
    const SHORTEST: usize = 6;
    const SPELLINGS: [(&str, &str); 8] =
        [("kh", "h"), ("iy", "y"), ("yy", "y"), ("ij", "y"), ("ii", "y"), ("ou", "u"), ("w", "v"), ("ph", "f")];
    let folded = folded(name);
    let word = |word: &str| match word.chars().count() >= SHORTEST {
        true => SPELLINGS.iter().fold(word.to_owned(), |word, (one, other)| word.replace(one, other)),
        false => word.to_owned(),
    };
    folded.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A letter without its accent; `None` for what names do not count by: full stops, commas, quotation marks.
fn plain_letter(letter: char) -> Option<char> {
    const ACCENTED: [(&str, char); 18] = [
        ("áàâäãåāăą", 'a'),
        ("ÁÀÂÄÃÅĀĂĄ", 'a'),
        ("çćčÇĆČ", 'c'),
        ("ďđĐ", 'd'),
        ("éèêëēėęěÉÈÊËĖĘĚ", 'e'),
        ("ğĞģ", 'g'),
        ("íìîïīİı", 'i'),
        ("łŁľ", 'l'),
        ("ñńňÑ", 'n'),
        ("óòôöõøőōÓÒÔÖÕØ", 'o'),
        ("řŘ", 'r'),
        ("śšşșŚŠŞȘ", 's'),
        ("ťţțŢ", 't'),
        ("úùûüūůűÚÙÛÜŪ", 'u'),
        ("ýÿ", 'y'),
        ("źżžŹŻŽ", 'z'),
        ("’‘ʼ", '\''),
        ("\u{a0}‑", ' '),
    ];
    if ".,\"“”()".contains(letter) {
        return None;
    }
    let plain = ACCENTED.iter().find(|(letters, _)| letters.contains(letter));
    Some(plain.map_or(letter, |&(_, plain)| plain))
}

/// Whether a phrase names nobody in particular: no word of it starts with a capital or digit, as in "people familiar with
/// the matter".
pub(super) fn is_nameless(name: &str) -> bool {
    !name.split_whitespace().any(|word| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric()))
}

/// Whether the words of the folded name `short` all stand in the folded name `long`, in order, ending with the same
/// word: "holt" and "jana maria holt".
pub(super) fn shortens(short: &str, long: &str) -> bool {
    let mut rest = long.split(' ');
    short.len() < long.len()
        && short.split(' ').all(|word| rest.by_ref().any(|other| other == word))
        && short.rsplit(' ').next() == long.rsplit(' ').next()
}

/// Whether a name is an abbreviation in capitals: "LRO", "L.R.O."
pub(super) fn is_abbreviation(name: &str) -> bool {
    let letters = || name.chars().filter(|&letter| letter != '.');
    (2..=6).contains(&letters().count()) && letters().all(char::is_uppercase)
}

/// The first letters of the capitalised words of a name: "LRO" of "League of River Orders"; empty for a single word.
pub(super) fn initials(name: &str) -> String {
    let words = name.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase));
    let letters: String = words.filter_map(|word| word.chars().next()).collect();
    if letters.chars().count() > 1 { letters } else { String::new() }
}

/// The wording of a mention as it can stand among the other names of its actor: determiner and possessive ending cut off;
/// `None` for pronouns and descriptions ("she", "the incoming president").
pub(super) fn as_alias(wording: &str) -> Option<String> {
    let wording = wording.replace('’', "'");
    let bare = wording.strip_suffix("'s").unwrap_or(&wording);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if ["the", "a", "an"].contains(&first.to_lowercase().as_str()) => rest,
        all => all,
    };
    let capital = |word: &&str| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
    let small = |word: &&str| word.len() <= 3 && word.chars().all(|letter| letter.is_lowercase());
    let named = words.first().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.iter().all(|word| capital(word) || small(word));
    (named && words.len() <= 6).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_fold_together() {
        for (one, other) in [
            ("Jána Hołt", "Jana Holt"),
            ("the League", "League"),
            ("U.N.", "UN"),
            ("Al-Varsi", "al Varsi"),
            ("Orsa’s", "Orsa"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
    }

    #[test]
    fn foreign_letters_are_written_in_several_ways() {
        for (one, other, same) in [
            ("Oleg Zarevskyy", "Oleg Zarevskiy", true),
            ("Akhmadov", "Ahmadov", true),
            ("Lyudmila Warensky", "Lyudmila Varensky", true),
            ("Wade", "Vade", false),
            ("Zarevsky", "Zarensky", false),
        ] {
            assert_eq!(compared(one) == compared(other), same, "{one} / {other}");
        }
    }

    #[test]
    fn a_short_name_ends_like_the_long_one() {
        for (short, long, expected) in [
            ("holt", "jana holt", true),
            ("jana holt", "jana maria holt", true),
            ("jana", "jana holt", false),
            ("jana holt", "jana holt", false),
            ("olt", "jana holt", false),
        ] {
            assert_eq!(shortens(short, long), expected, "{short} / {long}");
        }
    }

    #[test]
    fn capitals_abbreviate_names() {
        for (name, abbreviation) in [("LRO", true), ("L.R.O.", true), ("Lro", false), ("O", false), ("", false)] {
            assert_eq!(is_abbreviation(name), abbreviation, "{name}");
        }
        assert_eq!(initials("League of River Orders"), "LRO");
        assert_eq!(initials("Orsa"), "");
    }

    #[test]
    fn only_names_are_aliases() {
        for (wording, alias) in [
            ("the Citadel", Some("Citadel")),
            ("Orsa’s", Some("Orsa")),
            ("League of River Orders", Some("League of River Orders")),
            ("the incoming president", None),
            ("she", None),
            ("people familiar with the matter", None),
        ] {
            assert_eq!(as_alias(wording).as_deref(), alias);
        }
    }

    #[test]
    fn descriptions_are_nameless() {
        assert!(is_nameless("people familiar with the matter"));
        assert!(!is_nameless("Vantian officials"));
    }
}
