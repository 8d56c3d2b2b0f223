//! What statements rest on.

use crate::{
    catalog::profile::AnchorKind,
    kernel::json::{Json, Object},
};

/// Something that statements and figures rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its key, by which it is cited: unique among its like and never blank.
    pub key: String,
    /// Its short name, verbatim.
    pub label: String,
    /// Its full name, verbatim.
    pub title: Option<String>,
    /// Which release of it, verbatim.
    pub release: Option<String>,
    /// When it was published, verbatim.
    pub date: Option<String>,
    /// Under which licence, verbatim.
    pub licence: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
}

impl Source {
    /// The source as all documents and rows write it.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        object.insert("key", self.key.as_str());
        object.insert("label", self.label.as_str());
        object.insert_some("title", self.title.as_deref());
        object.insert_some("release", self.release.as_deref());
        object.insert_some("date", self.date.as_deref());
        object.insert_some("licence", self.licence.as_deref());
        object.insert_some("url", self.url.as_deref());
        object
    }

    /// The source that [`to_object`](Self::to_object) wrote; `None` if `json` is nothing like it.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            key: text(json, "key")?,
            label: text(json, "label")?,
            title: text(json, "title"),
            release: text(json, "release"),
            date: text(json, "date"),
            licence: text(json, "licence"),
            url: text(json, "url"),
        })
    }
}

/// That a statement rests on a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source's key.
    pub source: String,
    /// Where in the source, verbatim.
    pub locator: Option<String>,
}

impl Citation {
    /// The citation as all documents and rows write it.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        object.insert("source", self.source.as_str());
        object.insert_some("locator", self.locator.as_deref());
        object
    }

    /// The citation that [`to_object`](Self::to_object) wrote; `None` if `json` is nothing like it.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            source: text(json, "source")?,
            locator: text(json, "locator"),
        })
    }
}

/// That a statement is grounded in an anchor of its occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AnchorRef {
    /// What kind of thing.
    pub kind: AnchorKind,
    /// The anchor's place within its kind, from 1.
    pub ordinal: u32,
}

impl AnchorRef {
    /// The reference as all documents and rows write it.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        object.insert("kind", self.kind.as_str());
        object.insert("ordinal", self.ordinal);
        object
    }

    /// The reference that [`to_object`](Self::to_object) wrote; `None` if `json` is nothing like it.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            kind: json.get("kind")?.as_str()?.parse().ok()?,
            ordinal: json.get("ordinal")?.as_u64()?.try_into().ok()?,
        })
    }
}

fn text(json: &Json, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}
