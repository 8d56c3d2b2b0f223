//! Lists that a row keeps as JSON: domains, sources, citations, anchors.

use crate::{
    catalog::model::{AnchorRef, Citation, Domain, Outline, Source, Split},
    kernel::{
        errors::{Error, Result},
        json::{self, Json, Object, ParseOptions},
    },
};

/// What a statement has besides its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    /// Where its title ends and its description begins.
    pub split: Split,
    /// What it rests on, in order.
    pub citations: Vec<Citation>,
    /// What in the occupation's profile it is grounded in.
    pub anchors: Vec<AnchorRef>,
    /// Its place in the tree of an imported CASE package.
    pub outline: Option<Outline>,
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
            anchors: read(&row.anchors, AnchorRef::from_json)?,
            outline: kept(row.outline.as_deref(), Outline::from_json)?,
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

/// A value that was kept, if one was.
pub(super) fn kept<T>(text: Option<&str>, one: impl Fn(&Json) -> Option<T>) -> Result<Option<T>> {
    let Some(text) = text else { return Ok(None) };
    let read = one(&stored_json(text)?);
    let read = read.ok_or_else(|| Error::internal("a stored value is not as it was written"))?;
    Ok(Some(read))
}

fn text(json: &Json, name: &str) -> Option<String> {
    json.get(name)?.as_str().map(str::to_owned)
}

fn number(json: &Json, name: &str) -> Option<u32> {
    json.get(name)?.as_u64()?.try_into().ok()
}

/// Domains as they are kept.
pub(super) fn domains_to_text(domains: &[Domain]) -> String {
    write(domains, |domain| {
        let mut object = Object::new();
        object.insert("number", domain.number);
        object.insert("key", domain.key.as_str());
        object.insert("title", domain.title.as_str());
        object.insert_some("description", domain.description.as_deref());
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
    write(sources, Source::to_object)
}

/// Sources that were kept.
pub(super) fn sources(stored: &str) -> Result<Vec<Source>> {
    read(stored, Source::from_json)
}

/// Citations as they are kept.
pub(super) fn citations_to_text(citations: &[Citation]) -> String {
    write(citations, Citation::to_object)
}

/// Citations that were kept.
pub(super) fn citations(stored: &str) -> Result<Vec<Citation>> {
    read(stored, Citation::from_json)
}

/// Anchors as they are kept.
pub(super) fn anchors_to_text(anchors: &[AnchorRef]) -> String {
    write(anchors, AnchorRef::to_object)
}
