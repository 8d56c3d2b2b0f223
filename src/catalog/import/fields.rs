//! Takes the members of one object out by name, and keeps those that nobody asked for.

use crate::catalog::model::Extra;
use crate::kernel::json::{Json, Object, pointer_token};
use crate::kernel::text::excerpt;

use super::problem::Problems;

/// How many characters a name may have: more than any has, and few enough to be indexed.
const MAX_NAME_CHARS: usize = 300;

/// How many characters of an unfit value are shown.
const SHOWN_CHARS: usize = 40;

/// The members of one object that have not been taken yet.
pub(super) struct Fields {
    members: Object,
    pointer: String,
}

impl Fields {
    /// The members of the object at the JSON Pointer `pointer`.
    pub(super) fn new(members: Object, pointer: impl Into<String>) -> Self {
        let pointer = pointer.into();
        Fields { members, pointer }
    }

    /// The JSON Pointer of the member `name`.
    pub(super) fn at(&self, name: &str) -> String {
        format!("{}{}", self.pointer, pointer_token(name))
    }

    /// A member that must be there.
    pub(super) fn required(&mut self, name: &str, problems: &mut Problems) -> Option<Json> {
        let value = self.members.remove(name);
        if value.is_none() {
            problems.add(self.at(name), "the member is missing", "add it");
        }
        value
    }

    /// A string, which may be empty.
    pub(super) fn text(&mut self, name: &str, problems: &mut Problems) -> Option<String> {
        let value = self.required(name, problems)?;
        string(value, &self.at(name), problems)
    }

    /// A string fit for a name.
    pub(super) fn name(&mut self, name: &str, problems: &mut Problems) -> Option<String> {
        let value = self.required(name, problems)?;
        name_of(value, &self.at(name), problems)
    }

    /// A string or null.
    pub(super) fn text_or_null(
        &mut self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Option<String>> {
        match self.required(name, problems)? {
            Json::Null => Some(None),
            Json::String(text) => Some(Some(text)),
            other => unfit(&other, &self.at(name), "a string or null", problems),
        }
    }

    /// A string, if the member is there.
    pub(super) fn text_if_any(
        &mut self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Option<String>> {
        match self.members.remove(name) {
            Some(value) => string(value, &self.at(name), problems).map(Some),
            None => Some(None),
        }
    }

    /// True or false.
    pub(super) fn truth(&mut self, name: &str, problems: &mut Problems) -> Option<bool> {
        match self.required(name, problems)? {
            Json::Bool(truth) => Some(truth),
            other => unfit(&other, &self.at(name), "true or false", problems),
        }
    }

    /// An object.
    pub(super) fn object(&mut self, name: &str, problems: &mut Problems) -> Option<Object> {
        let value = self.required(name, problems)?;
        object(value, &self.at(name), problems)
    }

    /// The members of an object.
    pub(super) fn fields(&mut self, name: &str, problems: &mut Problems) -> Option<Fields> {
        let members = self.object(name, problems)?;
        Some(Fields::new(members, self.at(name)))
    }

    /// The members that were not asked for.
    pub(super) fn rest(self) -> impl Iterator<Item = Extra> {
        let container = self.pointer;
        self.members.into_iter().map(move |(name, value)| Extra {
            container: container.clone(),
            name,
            value,
        })
    }
}

/// The value as a string.
pub(super) fn string(value: Json, path: &str, problems: &mut Problems) -> Option<String> {
    match value {
        Json::String(text) => Some(text),
        other => unfit(&other, path, "a string", problems),
    }
}

/// The value as a string with something visible in it.
pub(super) fn words(value: Json, path: &str, problems: &mut Problems) -> Option<String> {
    let text = string(value, path, problems)?;
    if text.chars().all(is_invisible) {
        problems.add(path, "the text is empty or blank", "write the text");
        return None;
    }
    Some(text)
}

/// The value as a string fit for a name: something visible, and not too much of it.
pub(super) fn name_of(value: Json, path: &str, problems: &mut Problems) -> Option<String> {
    let name = words(value, path, problems)?;
    if name.chars().nth(MAX_NAME_CHARS).is_some() {
        let message = format!("the name has more than {MAX_NAME_CHARS} characters");
        problems.add(path, message, "shorten it");
        return None;
    }
    Some(name)
}

/// The value as an object.
pub(super) fn object(value: Json, path: &str, problems: &mut Problems) -> Option<Object> {
    match value {
        Json::Object(object) => Some(object),
        other => unfit(&other, path, "an object", problems),
    }
}

/// Adds the problem that the value is of the wrong type.
pub(super) fn unfit<T>(
    value: &Json,
    path: &str,
    wanted: &str,
    problems: &mut Problems,
) -> Option<T> {
    let message = format!("{} stands where {wanted} belongs", show(value));
    problems.add(path, message, format!("write {wanted}"));
    None
}

/// The value for a message: scalars as they are, cut short, and of the rest the kind.
pub(super) fn show(value: &Json) -> String {
    if matches!(value, Json::Array(_) | Json::Object(_)) {
        return value.kind().to_owned();
    }
    excerpt(&value.to_text(), SHOWN_CHARS).into_owned()
}

/// White space, control characters, and the common characters of no width.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}
