//! Takes the members of one object out by name, and keeps those that nobody asked for.

use crate::catalog::decimal::Decimal;
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
        let value = self.if_any(name);
        if value.is_none() {
            problems.add(self.at(name), "the member is missing", "add it");
        }
        value
    }

    /// A member, if it is there.
    pub(super) fn if_any(&mut self, name: &str) -> Option<Json> {
        #[cfg(test)]
        asked::note(&self.pointer, name);
        self.members.remove(name)
    }

    /// A string fit for a name, if the member is there.
    pub(super) fn name_if_any(
        &mut self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Option<String>> {
        match self.if_any(name) {
            Some(value) => name_of(value, &self.at(name), problems).map(Some),
            None => Some(None),
        }
    }

    /// The members of an object, if it is there.
    pub(super) fn fields_if_any(
        &mut self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Option<Fields>> {
        match self.if_any(name) {
            Some(value) => {
                let members = object(value, &self.at(name), problems)?;
                Some(Some(Fields::new(members, self.at(name))))
            }
            None => Some(None),
        }
    }

    /// What an array holds, each item read by `read` with its place; nothing if there is none.
    pub(super) fn each<T>(
        &mut self,
        name: &str,
        problems: &mut Problems,
        read: impl FnMut(Json, String, &mut Problems) -> Option<T>,
    ) -> Option<Vec<T>> {
        Some(self.each_if_any(name, problems, read)?.unwrap_or_default())
    }

    /// What an array holds, each item read by `read` with its place; `None` if there is none.
    pub(super) fn each_if_any<T>(
        &mut self,
        name: &str,
        problems: &mut Problems,
        mut read: impl FnMut(Json, String, &mut Problems) -> Option<T>,
    ) -> Option<Option<Vec<T>>> {
        let path = self.at(name);
        let items = match self.if_any(name) {
            None => return Some(None),
            Some(Json::Array(items)) => items,
            Some(other) => return unfit(&other, &path, "an array", problems),
        };
        let items = items.into_iter().enumerate();
        // All of them are read before one that is wrong ends it.
        let read: Vec<Option<T>> = items
            .map(|(index, item)| read(item, format!("{path}/{index}"), problems))
            .collect();
        read.into_iter().collect::<Option<_>>().map(Some)
    }

    /// A whole number from 1.
    pub(super) fn count(&mut self, name: &str, problems: &mut Problems) -> Option<u32> {
        let value = self.required(name, problems)?;
        count(&value, &self.at(name), problems)
    }

    /// A whole number from 1, if the member is there.
    pub(super) fn count_if_any(
        &mut self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Option<u32>> {
        match self.if_any(name) {
            Some(value) => count(&value, &self.at(name), problems).map(Some),
            None => Some(None),
        }
    }

    /// A text of a form that the type knows; its error says what is wrong, and then the remedy.
    pub(super) fn parsed<T>(&mut self, name: &str, problems: &mut Problems) -> Option<T>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        let text = self.text(name, problems)?;
        parsed(&text, &self.at(name), problems)
    }

    /// A number, or a string with the digits of one.
    pub(super) fn decimal_if_any(
        &mut self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Option<Decimal>> {
        let path = self.at(name);
        match self.if_any(name) {
            None => Some(None),
            Some(Json::String(digits)) => parsed(&digits, &path, problems).map(Some),
            Some(Json::Number(number)) => parsed(&number.to_string(), &path, problems).map(Some),
            Some(other) => unfit(&other, &path, "a number", problems),
        }
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
        match self.if_any(name) {
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

/// The value as a whole number from 1.
fn count(value: &Json, path: &str, problems: &mut Problems) -> Option<u32> {
    match value.as_u64().map(u32::try_from) {
        Some(Ok(number @ 1..)) => Some(number),
        _ => unfit(value, path, "a whole number from 1", problems),
    }
}

/// A text of a form that the type knows.
pub(super) fn parsed<T>(text: &str, path: &str, problems: &mut Problems) -> Option<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    match text.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            let told = error.to_string();
            let (message, remedy) = told.split_once("; ").unwrap_or((&told, "correct it"));
            problems.add(path, message, remedy);
            None
        }
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
pub(in crate::catalog) fn words(
    value: Json,
    path: &str,
    problems: &mut Problems,
) -> Option<String> {
    let text = string(value, path, problems)?;
    if text.chars().all(is_invisible) {
        problems.add(path, "the text is empty or blank", "write the text");
        return None;
    }
    Some(text)
}

/// The value as a string fit for a name: something visible, and not too much of it.
pub(in crate::catalog) fn name_of(
    value: Json,
    path: &str,
    problems: &mut Problems,
) -> Option<String> {
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

/// What the readers asked objects for, so that a test can hold it against the schema.
#[cfg(test)]
pub(in crate::catalog) mod asked {
    use std::{cell::RefCell, collections::BTreeSet};

    thread_local! {
        static ASKED: RefCell<BTreeSet<(String, String)>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(in crate::catalog) fn note(pointer: &str, name: &str) {
        ASKED.with_borrow_mut(|all| all.insert((pointer.to_owned(), name.to_owned())));
    }

    /// What was asked for in this thread since this was last called: pointers and names.
    pub(in crate::catalog) fn take() -> BTreeSet<(String, String)> {
        ASKED.take()
    }
}
