//! What documents of the index say of the sources that are cited: the short name and the key of
//! each, as one text that both databases can look into.

use crate::catalog::model::{Citation, Source};

/// Stands before and behind each name; names that hold it are kept with a space instead (Unicode
/// names it the unit separator).
const SEPARATOR: char = '\u{1f}';

fn clean(name: &str) -> String {
    name.replace(SEPARATOR, " ")
}

/// The sources that are cited, each once and in their order: label, key, label, key. Empty where
/// nothing is.
#[must_use]
pub fn cited(citations: &[Citation], sources: &[Source]) -> String {
    let mut out = String::new();
    for (at, citation) in citations.iter().enumerate() {
        let before = citations.iter().take(at);
        if before
            .into_iter()
            .any(|known| known.source == citation.source)
        {
            continue;
        }
        let Some(source) = sources.iter().find(|source| source.key == citation.source) else {
            continue;
        };
        if out.is_empty() {
            out.push(SEPARATOR);
        }
        for name in [&source.label, &source.key] {
            out.push_str(&clean(name));
            out.push(SEPARATOR);
        }
    }
    out
}

/// What stands in the text of whatever cites a source with this label or key.
#[must_use]
pub fn named(name: &str) -> String {
    format!("{SEPARATOR}{}{SEPARATOR}", clean(name))
}

/// The labels in such a text.
pub fn labels(cited: &str) -> impl Iterator<Item = &str> {
    // Before the first separator stands nothing.
    cited.split_terminator(SEPARATOR).skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(key: &str, label: &str) -> Source {
        Source {
            key: key.to_owned(),
            label: label.to_owned(),
            title: None,
            release: None,
            date: None,
            licence: None,
            url: None,
        }
    }

    #[test]
    fn each_source_is_found_by_both_of_its_names() {
        let sources = [
            source("a", "Survey 2026"),
            source("b", ""),
            source("c", "x\u{1f}y"),
        ];
        let cite = |keys: &[&str]| {
            let citation = |key: &&str| Citation {
                source: (*key).to_owned(),
                locator: None,
            };
            let citations: Vec<_> = keys.iter().map(citation).collect();
            cited(&citations, &sources)
        };
        assert_eq!(cite(&[]), "");
        assert_eq!(labels("").count(), 0);
        let all = cite(&["c", "a", "b", "a"]);
        assert_eq!(labels(&all).collect::<Vec<_>>(), ["x y", "Survey 2026", ""]);
        for name in ["a", "b", "c", "Survey 2026", "x\u{1f}y", "x y", ""] {
            assert!(all.contains(&named(name)), "{name:?}");
        }
        // Whole names only.
        for name in ["Survey", "x", "y", "survey 2026", "d"] {
            assert!(!all.contains(&named(name)), "{name:?}");
        }
        assert_eq!(labels(&cite(&["a"])).collect::<Vec<_>>(), ["Survey 2026"]);
        assert!(!cite(&["a"]).contains(&named("")));
    }
}
