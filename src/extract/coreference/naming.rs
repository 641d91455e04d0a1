//! Names that mean the same: "Jana Holt" and "Ms. Holt", "Orsan Maritime Council" and "OMC".
//!
//! Spellings may differ in accents and apostrophes ("Erdoğan", "Erdogan"), not in letters.

/// Whether `short` may be a shorter name of the person called `full`: its last word is the full name's last, and its
/// other words stand in the full name.
pub(super) fn shortens(short: &str, full: &str) -> bool {
    let (short, full): (Vec<&str>, Vec<&str>) = (short.split_whitespace().collect(), full.split_whitespace().collect());
    let (Some(last), Some(end)) = (short.last(), full.last()) else { return false };
    if same_spelling(last, end) {
        return short.len() <= full.len()
            && short.iter().all(|word| full.iter().any(|other| same_spelling(word, other)));
    }
    false
}

/// Whether `short` is the first name of the person called `full`: "Jana", but also "Ri" of "Ri Song Il".
pub(super) fn opens(short: &str, full: &str) -> bool {
    full.split_once(' ').is_some_and(|(first, _)| same_spelling(short, first))
}

/// Whether two words are spelt the same, accents, capitals and an Arabic article apart.
pub(super) fn same_spelling(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (letters(one), letters(other));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if same_letter(one, other) => {}
            _ => return false,
        }
    }
}

/// The letters of a word, small, without its article: "al-Karim" as "karim".
fn letters(word: &str) -> impl Iterator<Item = char> {
    let has_article =
        word.get(..3).is_some_and(|start| ["al-", "el-"].iter().any(|article| start.eq_ignore_ascii_case(article)));
    let bare = if has_article { &word[3..] } else { word };
    bare.chars().flat_map(char::to_lowercase).map(|letter| if letter == '’' { '\'' } else { letter })
}

/// Whether two letters are one, or differ by an accent that only one spelling keeps.
fn same_letter(one: char, other: char) -> bool {
    one == other || one.is_ascii() != other.is_ascii() && one.is_alphabetic() && other.is_alphabetic()
}

/// Whether `acronym` is made of the initials of the name's capitalised words.
pub(super) fn abbreviates(acronym: &str, name: &str) -> bool {
    let letters: String = acronym.chars().filter(|letter| *letter != '.').collect();
    let initials: String = name
        .split(|letter: char| letter.is_whitespace() || letter == '-')
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect();
    letters.len() >= 2 && letters.chars().all(char::is_uppercase) && letters == initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_names_of_a_person() {
        for (short, full, expected) in [
            ("Holt", "Jana Holt", true),
            ("Jana Holt", "Jana Maria Holt", true),
            ("Karim", "Salem al-Karim", true),
            ("Yıldız", "Emre Yildiz", true),
            ("Jana Brandt", "Jana Holt", false),
            ("Maria", "Jana Maria Holt", false),
            ("Jana Holt", "Peter Holt", false),
        ] {
            assert_eq!(shortens(short, full), expected, "{short} {full}");
        }
    }

    #[test]
    fn first_names_of_a_person() {
        for (short, full, expected) in [("Ri", "Ri Song Il", true), ("Song", "Ri Song Il", false), ("Ri", "Ri", false)]
        {
            assert_eq!(opens(short, full), expected, "{short} {full}");
        }
    }

    #[test]
    fn acronyms_of_a_name() {
        for (acronym, name, expected) in [
            ("OMC", "Orsan Maritime Council", true),
            ("O.M.C.", "Orsan Maritime Council", true),
            ("LFO", "League for the Freedom of Orsa", true),
            ("OMC", "Orsan Council", false),
        ] {
            assert_eq!(abbreviates(acronym, name), expected, "{acronym} {name}");
        }
    }
}
