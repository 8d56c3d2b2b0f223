//! Lists that a row keeps as JSON: domains, sources, citations, anchors.

use crate::{
    catalog::model::{AnchorRef, Citation, Domain, Source, Split},
    kernel::{
        errors::{Error, Result},
        json::{self, Json, Object, ParseOptions},
    },
};

/// What a statement has besides its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// Where its title ends and its description begins.
    pub split: Split,
    /// What it rests on, in order.
    pub citations: Vec<Citation>,
    /// What in the occupation's profile it is grounded in.
    pub anchors: Vec<AnchorRef>,
}

impl Marks {
    /// What a stored statement has besides its text.
    pub(super) fn of(row: &entity::statement::Model) -> Result<Self> {
        let at = row.split_at.map(u32::try_from).transpose();
        Ok(Self {
            split: match row.unsure {
                true => Split::Unsure {
                    at: at.map_err(Error::internal)?,
                },
                false => Split::Derived,
            },
            citations: citations(&row.citations)?,
            anchors: read(&row.anchors, anchor)?,
        })
    }
}

/// A value that a row keeps as JSON.
pub(super) fn stored_json(text: &str) -> Result<Json> {
    json::parse(text.as_bytes(), &ParseOptions::default()).map_err(Error::internal)
}

/// A list as it is kept.
fn write<T>(items: &[T], one: impl Fn(&T) -> Object) -> String {
    let items: Vec<Json> = items.iter().map(|item| one(item).into()).collect();
    Json::from(items).to_text()
}

/// A list that was kept.
fn read<T>(text: &str, one: impl Fn(&Json) -> Option<T>) -> Result<Vec<T>> {
    // Most statements have none, and there are many of them.
    if text == "[]" {
        return Ok(Vec::new());
    }
    let json = stored_json(text)?;
    let items = json.as_array().unwrap_or_default().iter();
    items
        .map(|item| {
            one(item).ok_or_else(|| Error::internal("a stored list is not as it was written"))
        })
        .collect()
}

fn text(json: &Json, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}

fn number(json: &Json, name: &str) -> Option<u32> {
    json.get(name)?.as_u64()?.try_into().ok()
}

fn put(object: &mut Object, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(name, value);
    }
}

/// Domains as they are kept.
pub(super) fn domains_to_text(domains: &[Domain]) -> String {
    write(domains, |domain| {
        let mut object = Object::new();
        object.insert("number", domain.number);
        object.insert("key", domain.key.as_str());
        object.insert("title", domain.title.as_str());
        put(&mut object, "description", domain.description.as_deref());
        object
    })
}

/// Domains that were kept.
pub(super) fn domains(stored: &str) -> Result<Vec<Domain>> {
    read(stored, |json| {
        Some(Domain {
            number: number(json, "number")?,
            key: text(json, "key")?,
            title: text(json, "title")?,
            description: text(json, "description"),
        })
    })
}

/// Sources as they are kept.
pub(super) fn sources_to_text(sources: &[Source]) -> String {
    write(sources, |source| {
        let mut object = Object::new();
        object.insert("key", source.key.as_str());
        object.insert("label", source.label.as_str());
        put(&mut object, "title", source.title.as_deref());
        put(&mut object, "release", source.release.as_deref());
        put(&mut object, "date", source.date.as_deref());
        put(&mut object, "licence", source.licence.as_deref());
        put(&mut object, "url", source.url.as_deref());
        object
    })
}

/// Sources that were kept.
pub(super) fn sources(stored: &str) -> Result<Vec<Source>> {
    read(stored, |json| {
        Some(Source {
            key: text(json, "key")?,
            label: text(json, "label")?,
            title: text(json, "title"),
            release: text(json, "release"),
            date: text(json, "date"),
            licence: text(json, "licence"),
            url: text(json, "url"),
        })
    })
}

/// Citations as they are kept.
pub(super) fn citations_to_text(citations: &[Citation]) -> String {
    write(citations, |citation| {
        let mut object = Object::new();
        object.insert("source", citation.source.as_str());
        put(&mut object, "locator", citation.locator.as_deref());
        object
    })
}

/// Citations that were kept.
pub(super) fn citations(stored: &str) -> Result<Vec<Citation>> {
    read(stored, citation)
}

fn citation(json: &Json) -> Option<Citation> {
    Some(Citation {
        source: text(json, "source")?,
        locator: text(json, "locator"),
    })
}

/// Anchors as they are kept.
pub(super) fn anchors_to_text(anchors: &[AnchorRef]) -> String {
    write(anchors, |anchor| {
        let mut object = Object::new();
        object.insert("kind", anchor.kind.as_str());
        object.insert("ordinal", anchor.ordinal);
        object
    })
}

fn anchor(json: &Json) -> Option<AnchorRef> {
    Some(AnchorRef {
        kind: json.get("kind")?.as_str()?.parse().ok()?,
        ordinal: number(json, "ordinal")?,
    })
}
