//! What is wrong with a document, gathered in bounded number.

use crate::kernel::json::{Json, pointer_token};
use crate::kernel::text::excerpt;

/// How many problems of one document are spelled out.
const MAX_PROBLEMS: usize = 100;

/// How many characters of a path are shown; no path of a sound document has as many.
const MAX_PATH_CHARS: usize = 1_000;

/// One reason why a document cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}; {remedy}", if path.is_empty() { "the document" } else { path })]
pub struct Problem {
    /// The place, as a JSON Pointer (RFC 6901); empty for the whole document, cut after 1,000
    /// characters.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

/// The problems of one document.
#[derive(Default)]
pub(in crate::catalog) struct Problems {
    found: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// Adds a problem, or counts it when there are too many already.
    pub(in crate::catalog) fn add(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        if self.found.len() == MAX_PROBLEMS {
            self.more += 1;
            return;
        }
        self.found.push(Problem {
            path: excerpt(&path.into(), MAX_PATH_CHARS).into_owned(),
            message: message.into(),
            remedy: remedy.into(),
        });
    }

    /// Adds each string and member name with U+0000 in it, which PostgreSQL cannot store as text.
    pub(super) fn look_for_nul(&mut self, bytes: &[u8], json: &Json) {
        // Strict JSON has the character only in this escaped form, and next to never at all.
        let escaped = b"\\u0000";
        if bytes.windows(escaped.len()).any(|window| window == escaped) {
            self.nul_in(json, &mut String::new());
        }
    }

    fn nul_in(&mut self, json: &Json, path: &mut String) {
        let length = path.len();
        match json {
            Json::String(text) if text.contains('\0') => self.add_nul(path),
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push_str(&pointer_token(&index.to_string()));
                    self.nul_in(item, path);
                    path.truncate(length);
                }
            }
            Json::Object(members) => {
                for (name, value) in members.iter() {
                    path.push_str(&pointer_token(name));
                    if name.contains('\0') {
                        self.add_nul(path);
                    }
                    self.nul_in(value, path);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn add_nul(&mut self, path: &str) {
        // The excerpt comes first: there may be as many of these as there are characters.
        let path = excerpt(path, MAX_PATH_CHARS).replace('\0', "\\u0000");
        self.add(path, "the character U+0000 cannot be stored", "take it out");
    }

    /// What was read if there is something and no problem, otherwise all problems.
    pub(in crate::catalog) fn finish<T>(mut self, import: Option<T>) -> Result<T, Vec<Problem>> {
        if self.more > 0 {
            self.found.push(Problem {
                path: String::new(),
                message: format!("{} more problems are not shown", self.more),
                remedy: "correct those shown and try again".to_owned(),
            });
        }
        match import {
            Some(import) if self.found.is_empty() => Ok(import),
            _ => Err(self.found),
        }
    }
}
