//! Objects that keep the order of their members and hold each name once.

use std::collections::HashSet;

use serde::ser::{Serialize, Serializer};

use super::{Json, canonical};

/// How many names are compared one by one before an index of them is made: objects in real
/// documents are small, and a hostile one must not cost the square of its size.
const INDEX_FROM: usize = 16;

/// The members of a JSON object: in order, each name once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Json)>);

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of the member `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.iter()
            .find(|(at, _)| *at == name)
            .map(|(_, value)| value)
    }

    /// Takes the member `name` out, keeping the order of the others.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(at, _)| at == name)?;
        Some(self.0.remove(at).1)
    }

    /// Sets the member `name`: in its place if it is there, otherwise at the end.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(at, _)| *at == name) {
            Some(member) => member.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets the member `name` as [`insert`](Self::insert) does, if there is a value for it.
    pub fn insert_some(&mut self, name: impl Into<String>, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.insert(name, value);
        }
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The object as compact JSON text, members in their order.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("string keys and finite numbers always serialize")
    }

    /// The canonical form (RFC 8785) of the object.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::new();
        canonical::write_members(self.iter(), &mut out);
        out
    }

    /// The canonical form (RFC 8785) of the object without the member `name`, there or not.
    #[must_use]
    pub fn canonical_without(&self, name: &str) -> Vec<u8> {
        let mut out = Vec::new();
        canonical::write_members(self.iter().filter(|(at, _)| *at != name), &mut out);
        out
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl IntoIterator for Object {
    type Item = (String, Json);
    type IntoIter = std::vec::IntoIter<(String, Json)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Members whose name is there already are left out: the first of a name stays.
impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(members: I) -> Self {
        let mut builder = Builder::default();
        builder.extend(members);
        builder.finish()
    }
}

/// As for [`FromIterator`]: the first of a name stays.
impl Extend<(String, Json)> for Object {
    fn extend<I: IntoIterator<Item = (String, Json)>>(&mut self, members: I) {
        let mut builder = Builder::default();
        builder.extend(std::mem::take(&mut self.0));
        builder.extend(members);
        *self = builder.finish();
    }
}

/// Gathers members in time proportional to their number.
#[derive(Default)]
pub(super) struct Builder {
    members: Vec<(String, Json)>,
    index: HashSet<String>,
}

impl Builder {
    /// True if a member of this name was pushed.
    pub(super) fn contains(&self, name: &str) -> bool {
        if self.index.is_empty() {
            self.members.iter().any(|(at, _)| at == name)
        } else {
            self.index.contains(name)
        }
    }

    /// Adds a member; the caller has asked [`Builder::contains`] before.
    pub(super) fn push(&mut self, name: String, value: Json) {
        if self.members.len() == INDEX_FROM {
            self.index = self.members.iter().map(|(at, _)| at.clone()).collect();
        }
        if self.members.len() >= INDEX_FROM {
            self.index.insert(name.clone());
        }
        self.members.push((name, value));
    }

    pub(super) fn finish(self) -> Object {
        Object(self.members)
    }

    fn extend(&mut self, members: impl IntoIterator<Item = (String, Json)>) {
        for (name, value) in members {
            if !self.contains(&name) {
                self.push(name, value);
            }
        }
    }
}
