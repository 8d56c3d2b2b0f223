//! What follows from one statement.

use crate::catalog::ids::FrameworkKey;
use crate::catalog::model::{Split, Statement};

/// What stands between the title and the description of a statement.
const SEPARATOR: &str = " — ";

/// A statement's text taken apart; it stands beside the text, never in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementParts<'a> {
    /// What the statement is about: the text before the first spaced em dash.
    pub title: &'a str,
    /// What is done: all of the text after it.
    pub description: &'a str,
}

/// Takes a statement's text apart at the first em dash with a space on either side. `None` if
/// there is none, or nothing but white space before or after it.
#[must_use]
pub fn statement_parts(text: &str) -> Option<StatementParts<'_>> {
    let (title, description) = text.split_once(SEPARATOR)?;
    let (title, description) = (title.trim(), description.trim());
    let whole = !title.is_empty() && !description.is_empty();
    whole.then_some(StatementParts { title, description })
}

/// Takes a statement apart, unless nobody is sure where.
#[must_use]
pub fn parts_of(statement: &Statement) -> Option<StatementParts<'_>> {
    match statement.split {
        Split::Derived => statement_parts(&statement.text),
        Split::Unsure { .. } => None,
    }
}

/// A statement's code for people: `31-9011.00/MASTERY/v.26.05/1.07` is statement 7 of level 1.
///
/// After the version comes `level.position`, or `domain.level.position` in a framework with
/// domains; a position has at least two digits. The last slash ends the version label, whatever
/// that contains, so codes of different shared statements differ; a provider's own framework may
/// have the code of a shared one.
#[must_use]
pub fn statement_code(
    key: &FrameworkKey,
    version: &str,
    domain: Option<u32>,
    level: u32,
    position: u32,
) -> String {
    let domain = domain
        .map(|number| format!("{number}."))
        .unwrap_or_default();
    let key = key.as_str();
    format!("{key}/{version}/{domain}{level}.{position:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::model::Family;

    fn parts(text: &str) -> Option<(&str, &str)> {
        statement_parts(text).map(|parts| (parts.title, parts.description))
    }

    #[test]
    fn the_first_spaced_em_dash_divides() {
        assert_eq!(
            parts("Wheels — true by hand."),
            Some(("Wheels", "true by hand."))
        );
        assert_eq!(parts("A — b — c"), Some(("A", "b — c")));
        assert_eq!(parts("A—b — c"), Some(("A—b", "c")));
        assert_eq!(parts("A  —  b"), Some(("A", "b")));
    }

    #[test]
    fn other_dashes_and_empty_sides_do_not() {
        for text in [
            "",
            "Trues wheels.",
            "A—b",
            "A – b",
            "A - b",
            " — b",
            "A — ",
            "  —  ",
            " — ",
        ] {
            assert_eq!(parts(text), None, "{text:?}");
        }
    }

    #[test]
    fn codes_tell_statements_apart() {
        let key = FrameworkKey::of_occupation(&"31-9011.00".parse().unwrap(), Family::Mastery);
        let code = |version, domain, level, position| {
            statement_code(&key, version, domain, level, position)
        };
        assert_eq!(
            code("v.26.05", None, 1, 7),
            "31-9011.00/MASTERY/v.26.05/1.07"
        );
        assert_eq!(
            code("v.26.05", None, 4, 100),
            "31-9011.00/MASTERY/v.26.05/4.100"
        );
        assert_eq!(
            code("v.26.05", Some(10), 1, 7),
            "31-9011.00/MASTERY/v.26.05/10.1.07"
        );
        assert_ne!(code("v", None, 1, 11), code("v", None, 11, 1));
        assert_ne!(code("v/1.01", None, 1, 1), code("v", Some(1), 1, 1));
    }
}
