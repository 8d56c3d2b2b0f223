//! Texts: what they look like, and how people are shown them.

use std::{borrow::Cow, fmt::Display};

/// The text if it has at most `max` characters, otherwise the first `max` and an ellipsis: what
/// others sent must not make a message long.
#[must_use]
pub fn excerpt(text: &str, max: usize) -> Cow<'_, str> {
    let cut = text.char_indices().nth(max);
    match cut.and_then(|(end, _)| text.get(..end)) {
        Some(start) => Cow::Owned(format!("{start}…")),
        None => Cow::Borrowed(text),
    }
}

/// Whether a text has a form in which `d` stands for an ASCII digit and all else for itself, such
/// as `dd-dddd.dd`.
#[must_use]
pub fn has_form(text: &str, form: &str) -> bool {
    let mut pairs = text.bytes().zip(form.bytes());
    text.len() == form.len()
        && pairs.all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == form,
        })
}

/// The text on one line, without characters that a terminal would obey or that would reorder the
/// line: what others wrote must not steer the reader's screen.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// How many of something there are, in words: `1 level`, `2 levels`. `one` is the name of a single
/// one, which takes an `s` for any other number.
#[must_use]
pub fn counted<N: Display + PartialEq + From<u8>>(number: N, one: &str) -> String {
    let s = if number == N::from(1) { "" } else { "s" };
    format!("{number} {one}{s}")
}

#[cfg(test)]
mod tests {
    use super::{counted, excerpt, plain};

    #[test]
    fn one_is_told_as_one() {
        let told = [0_usize, 1, 2].map(|number| counted(number, "level"));
        assert_eq!(told, ["0 levels", "1 level", "2 levels"]);
    }

    #[test]
    fn what_a_terminal_obeys_is_replaced() {
        assert_eq!(plain("a\nb\u{1b}[2J\u{202e}c"), "a b\u{fffd}[2J\u{fffd}c");
        assert_eq!(plain("— é"), "— é");
    }

    #[test]
    fn cuts_between_characters_and_only_what_is_longer() {
        assert_eq!(excerpt("äöü", 3), "äöü");
        assert_eq!(excerpt("äöü", 2), "äö…");
        assert_eq!(excerpt("äöü", 0), "…");
        assert_eq!(excerpt("", 0), "");
    }
}
