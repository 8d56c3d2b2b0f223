//! The stem of an English word, so that `assess`, `assessed` and `assessments` are one.
//!
//! The algorithm is M. F. Porter's (An algorithm for suffix stripping, Program 14(3), 1980), as its
//! author published it. It is ours, and not a database's, so that both databases hold the same.

/// Suffixes with what stands in their place; of those that fit, the first counts.
type Rules = &'static [(&'static str, &'static str)];

const STEP_2: Rules = &[
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
];

const STEP_3: Rules = &[
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

/// Longer ones before those that end them.
const STEP_4: [&str; 19] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
];

/// The stem of a folded word. Whatever is not made of the letters `a` to `z` stays as it is, and so
/// do words of one or two letters.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() <= 2 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let word = step_1c(step_1b(step_1a(word.to_owned())));
    let word = replace(word, STEP_2);
    let word = replace(word, STEP_3);
    step_5(step_4(word))
}

/// Plurals.
fn step_1a(mut word: String) -> String {
    if word.ends_with("sses") || word.ends_with("ies") {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    word
}

/// Past and continuous forms.
fn step_1b(mut word: String) -> String {
    if let Some(rest) = word.strip_suffix("eed") {
        if measure(rest) > 0 {
            word.pop();
        }
        return word;
    }
    let rest = word.strip_suffix("ed").or(word.strip_suffix("ing"));
    let Some(rest) = rest.filter(|rest| has_vowel(rest)) else {
        return word;
    };
    let mut rest = rest.to_owned();
    if ["at", "bl", "iz"].iter().any(|end| rest.ends_with(end)) {
        rest.push('e');
    } else if ends_double(&rest) && !rest.ends_with(['l', 's', 'z']) {
        rest.pop();
    } else if measure(&rest) == 1 && ends_short(&rest) {
        rest.push('e');
    }
    rest
}

fn step_1c(word: String) -> String {
    match word.strip_suffix('y') {
        Some(rest) if has_vowel(rest) => format!("{rest}i"),
        _ => word,
    }
}

fn replace(word: String, rules: Rules) -> String {
    let mut fitting = rules.iter();
    let found = fitting.find_map(|(suffix, other)| Some((word.strip_suffix(suffix)?, other)));
    match found {
        Some((rest, other)) if measure(rest) > 0 => format!("{rest}{other}"),
        _ => word,
    }
}

fn step_4(word: String) -> String {
    let mut suffixes = STEP_4.iter();
    let found = suffixes.find_map(|s| Some((*s, word.strip_suffix(s)?)));
    match found {
        Some((suffix, rest))
            if measure(rest) > 1 && (suffix != "ion" || rest.ends_with(['s', 't'])) =>
        {
            rest.to_owned()
        }
        _ => word,
    }
}

fn step_5(mut word: String) -> String {
    if let Some(rest) = word.strip_suffix('e') {
        let m = measure(rest);
        if m > 1 || m == 1 && !ends_short(rest) {
            word.pop();
        }
    }
    if word.ends_with("ll") && measure(&word) > 1 {
        word.pop();
    }
    word
}

/// For each letter whether it is a consonant; `y` is one unless it follows one.
fn consonants(word: &str) -> impl Iterator<Item = bool> {
    let mut before = false;
    word.bytes().map(move |b| {
        before = match b {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => !before,
            _ => true,
        };
        before
    })
}

/// How often vowels are followed by consonants.
fn measure(word: &str) -> usize {
    let mut before = true;
    let counted = consonants(word).filter(|is_consonant| {
        let turns = *is_consonant && !before;
        before = *is_consonant;
        turns
    });
    counted.count()
}

fn has_vowel(word: &str) -> bool {
    consonants(word).any(|is_consonant| !is_consonant)
}

/// Whether it ends with a consonant, twice.
fn ends_double(word: &str) -> bool {
    let mut letters = word.bytes().rev();
    let last = letters.next();
    last.is_some() && last == letters.next() && consonants(word).last() == Some(true)
}

/// Whether it ends with consonant, vowel, consonant, the last not `w`, `x` or `y`.
fn ends_short(word: &str) -> bool {
    let flags: Vec<bool> = consonants(word).collect();
    flags.ends_with(&[true, false, true]) && !word.ends_with(['w', 'x', 'y'])
}
