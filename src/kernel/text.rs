//! Text for people.

use std::borrow::Cow;

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

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn cuts_between_characters_and_only_what_is_longer() {
        assert_eq!(excerpt("äöü", 3), "äöü");
        assert_eq!(excerpt("äöü", 2), "äö…");
        assert_eq!(excerpt("äöü", 0), "…");
        assert_eq!(excerpt("", 0), "");
    }
}
