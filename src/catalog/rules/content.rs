//! When two exports say the same, and what differs when they do not.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::digest::sha256_hex;
use crate::kernel::json::{Json, Object, pointer_token};
use crate::kernel::text::excerpt;

/// The member of an export that says when it was written, and nothing about its content.
const EXPORTED_AT: &str = "exportedAt";

/// How many characters of a differing value are shown.
const SHOWN_CHARS: usize = 120;

/// What identifies the content of a framework export: the SHA-256 digest, in hexadecimal, of the
/// export without its `exportedAt` in canonical form (RFC 8785). The order of members does not
/// count, that of the levels included.
#[must_use]
pub fn content_digest(export: &Object) -> String {
    sha256_hex(&export.canonical_without(EXPORTED_AT))
}

/// One place where two documents differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The place, as a JSON Pointer (RFC 6901).
    pub path: String,
    /// What the old document has there, as JSON text cut to 120 characters; `None` for nothing.
    pub old: Option<String>,
    /// What the new document has there, likewise.
    pub new: Option<String>,
}

/// Where two documents differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// The first of them.
    pub shown: Vec<Difference>,
    /// How many more there are.
    pub more: usize,
}

/// Where two exports differ, their `exportedAt` aside; at most `limit` places are spelled out.
/// The order of members does not count, as in [`content_digest`].
#[must_use]
pub fn differences(old: &Object, new: &Object, limit: usize) -> Differences {
    let mut search = Search {
        limit,
        path: String::new(),
        found: Differences::default(),
    };
    search.compare_members(old, new);
    search.found
}

struct Search {
    limit: usize,
    path: String,
    found: Differences,
}

impl Search {
    fn compare(&mut self, old: Option<&Json>, new: Option<&Json>) {
        match (old, new) {
            (Some(Json::Object(old)), Some(Json::Object(new))) => self.compare_members(old, new),
            (Some(Json::Array(old)), Some(Json::Array(new))) => {
                for index in 0..old.len().max(new.len()) {
                    self.at(&index.to_string(), old.get(index), new.get(index));
                }
            }
            (old, new) if old == new => {}
            (old, new) if self.found.shown.len() < self.limit => {
                let path = self.path.clone();
                let (old, new) = (old.map(shown), new.map(shown));
                self.found.shown.push(Difference { path, old, new });
            }
            _ => self.found.more += 1,
        }
    }

    fn compare_members(&mut self, old: &Object, new: &Object) {
        let top = self.path.is_empty();
        let old: BTreeMap<_, _> = old.iter().collect();
        let new: BTreeMap<_, _> = new.iter().collect();
        let names: BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
        for name in names {
            if !top || name != EXPORTED_AT {
                self.at(name, old.get(name).copied(), new.get(name).copied());
            }
        }
    }

    fn at(&mut self, token: &str, old: Option<&Json>, new: Option<&Json>) {
        let length = self.path.len();
        self.path.push_str(&pointer_token(token));
        self.compare(old, new);
        self.path.truncate(length);
    }
}

fn shown(json: &Json) -> String {
    excerpt(&json.to_text(), SHOWN_CHARS).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::kernel::json::any_json;

    fn object(value: impl Into<Json>) -> Object {
        let mut object = Object::new();
        object.insert("v", value);
        object
    }

    fn places(old: Value, new: Value) -> Vec<(String, Option<String>, Option<String>)> {
        let found = differences(&object(old), &object(new), 10);
        assert_eq!(found.more, 0);
        let found = found.shown.into_iter();
        found
            .map(|difference| (difference.path, difference.old, difference.new))
            .collect()
    }

    #[test]
    fn names_each_place_that_differs() {
        let old = json!({"a": {"b/c": [1, 2, 3]}, "gone": null, "same": [{}]});
        let new = json!({"a": {"b/c": [1, "2"]}, "same": [{}], "come": true});
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            places(old, new),
            [
                ("/v/a/b~1c/1".to_owned(), text("2"), text("\"2\"")),
                ("/v/a/b~1c/2".to_owned(), text("3"), None),
                ("/v/come".to_owned(), None, text("true")),
                ("/v/gone".to_owned(), text("null"), None),
            ]
        );
        assert_eq!(
            places(json!({"a": {"exportedAt": 1}}), json!({"a": {}})).len(),
            1
        );
        assert_eq!(places(json!([]), json!({})).len(), 1);
    }

    #[test]
    fn counts_what_it_does_not_show_and_cuts_long_values() {
        let found = differences(
            &object(json!(vec![0; 50])),
            &object(json!(vec!["é".repeat(500); 50])),
            3,
        );
        assert_eq!((found.shown.len(), found.more), (3, 47));
        let new = found
            .shown
            .first()
            .and_then(|first| first.new.clone())
            .unwrap();
        assert_eq!(new.chars().count(), SHOWN_CHARS + 1);
    }

    #[test]
    fn only_the_outermost_time_of_export_is_ignored() {
        let at = |time: &str| {
            let mut object = object(json!({"exportedAt": "then"}));
            object.insert("exportedAt", time);
            object
        };
        assert_eq!(
            differences(&at("one"), &at("other"), 1),
            Differences::default()
        );
        assert_eq!(
            differences(&at("one"), &object(json!({"exportedAt": "then"})), 1),
            Differences::default()
        );
        assert_eq!(
            places(json!({"exportedAt": 1}), json!({"exportedAt": 2})).len(),
            1
        );
    }

    proptest! {
        #[test]
        fn the_digest_is_equal_just_when_nothing_differs(old in any_json(), new in any_json()) {
            let (old, new) = (object(old), object(new));
            prop_assert_eq!(differences(&old, &old, 9), Differences::default());
            let same = differences(&old, &new, 9).shown.is_empty();
            prop_assert_eq!(same, content_digest(&old) == content_digest(&new));
        }
    }
}
