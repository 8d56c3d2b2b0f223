//! A draft as one row keeps it: JSON with the names of a framework export 2.0, in which levels and
//! statements are lists, and everything that edits name has a `ref`.

use super::{Draft, DraftDomain, DraftLevel, DraftStatement};
use crate::{
    catalog::model::{AnchorRef, Citation, Source, Split},
    kernel::json::{Json, Object},
};

impl Draft {
    /// The draft as its row keeps it.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        object.insert_some("title", self.title.as_deref());
        object.insert_some("creator", self.creator.as_deref());
        object.insert("description", self.description.as_str());
        object.insert("contextCovered", self.context_covered.as_str());
        object.insert("attribution", self.attribution.as_str());
        object.insert("levels", list(&self.levels, level));
        object.insert("domains", list(&self.domains, domain));
        object.insert("citedSources", list(&self.sources, Source::to_object));
        object.insert("statements", list(&self.statements, statement));
        object
    }

    /// The draft that [`to_object`](Self::to_object) wrote; `None` if `json` is nothing like it.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            title: text(json, "title"),
            creator: text(json, "creator"),
            description: text(json, "description")?,
            context_covered: text(json, "contextCovered")?,
            attribution: text(json, "attribution")?,
            levels: each(json, "levels", |json| {
                Some(DraftLevel {
                    reference: text(json, "ref")?,
                    key: text(json, "key")?,
                    label: text(json, "label")?,
                    subtitle: text(json, "subtitle"),
                    description: text(json, "description"),
                })
            })?,
            domains: each(json, "domains", |json| {
                Some(DraftDomain {
                    reference: text(json, "ref")?,
                    key: text(json, "key")?,
                    title: text(json, "title")?,
                    description: text(json, "description"),
                })
            })?,
            sources: each(json, "citedSources", Source::from_json)?,
            statements: each(json, "statements", read_statement)?,
        })
    }
}

fn level(level: &DraftLevel) -> Object {
    let mut object = Object::new();
    object.insert("ref", level.reference.as_str());
    object.insert("key", level.key.as_str());
    object.insert("label", level.label.as_str());
    object.insert_some("subtitle", level.subtitle.as_deref());
    object.insert_some("description", level.description.as_deref());
    object
}

fn domain(domain: &DraftDomain) -> Object {
    let mut object = Object::new();
    object.insert("ref", domain.reference.as_str());
    object.insert("key", domain.key.as_str());
    object.insert("title", domain.title.as_str());
    object.insert_some("description", domain.description.as_deref());
    object
}

fn statement(statement: &DraftStatement) -> Object {
    let mut object = Object::new();
    object.insert("ref", statement.reference.as_str());
    object.insert("level", statement.level.as_str());
    object.insert_some("domain", statement.domain.as_deref());
    object.insert("text", statement.text.as_str());
    if let Split::Unsure { at } = statement.split {
        let mut split = Object::new();
        split.insert("sure", false);
        split.insert_some("at", at);
        object.insert("split", split);
    }
    if !statement.citations.is_empty() {
        let citations = list(&statement.citations, Citation::to_object);
        object.insert("citations", citations);
    }
    if !statement.anchors.is_empty() {
        object.insert("anchors", list(&statement.anchors, AnchorRef::to_object));
    }
    object.insert_some("replaces", statement.replaces.map(|id| id.to_string()));
    object
}

fn read_statement(json: &Json) -> Option<DraftStatement> {
    let split = match json.get("split") {
        None => Split::Derived,
        Some(split) => Split::Unsure {
            at: match split.get("at") {
                None => None,
                Some(at) => Some(at.as_u64()?.try_into().ok()?),
            },
        },
    };
    Some(DraftStatement {
        reference: text(json, "ref")?,
        level: text(json, "level")?,
        domain: text(json, "domain"),
        text: text(json, "text")?,
        split,
        citations: each(json, "citations", Citation::from_json)?,
        anchors: each(json, "anchors", AnchorRef::from_json)?,
        replaces: match json.get("replaces") {
            None => None,
            Some(id) => Some(id.as_str()?.parse().ok()?),
        },
    })
}

fn list<T>(items: &[T], one: impl Fn(&T) -> Object) -> Vec<Json> {
    items.iter().map(|item| one(item).into()).collect()
}

/// What a list holds; nothing where there is none.
fn each<T>(json: &Json, name: &str, one: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    match json.get(name) {
        None => Some(Vec::new()),
        Some(list) => list.as_array()?.iter().map(one).collect(),
    }
}

fn text(json: &Json, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}
