//! What a frozen document of the format `attestry-framework/2` adds to one of `/1`. None of it is
//! there for a plain version.

use uuid::Uuid;

use crate::catalog::ids::{self, FrameworkKey};
use crate::catalog::model::{FrameworkVersion, Level, Source, Split, Statement};
use crate::kernel::json::{Json, Object};

pub(super) fn version(
    document: &mut Object,
    owner: Option<Uuid>,
    key: &FrameworkKey,
    version: &FrameworkVersion,
) {
    put(
        document,
        "key",
        version.key.as_ref().map(FrameworkKey::as_str),
    );
    put(document, "title", version.title.as_deref());
    put(document, "creator", version.creator.as_deref());
    if let Some(profile) = &version.profile {
        let mut reference = Object::new();
        reference.insert("id", profile.id.to_string());
        reference.insert("digestSRI", profile.digest_sri.as_str());
        document.insert("profile", reference);
    }
    let domains = version.domains.iter().map(|domain| {
        let id = ids::domain(owner, key, &version.version, domain.number);
        let mut object = Object::new();
        object.insert("id", id.to_string());
        object.insert("number", domain.number);
        object.insert("key", domain.key.as_str());
        object.insert("title", domain.title.as_str());
        put(&mut object, "description", domain.description.as_deref());
        object.into()
    });
    put_all(document, "domains", domains.collect());
    let cited = version.cited.iter().map(|one| source(one).into());
    put_all(document, "cited", cited.collect());
}

pub(super) fn level(object: &mut Object, level: &Level) {
    put(object, "subtitle", level.subtitle.as_deref());
    put(object, "description", level.description.as_deref());
}

pub(super) fn statement(object: &mut Object, statement: &Statement) {
    if let Some(domain) = statement.domain {
        object.insert("domain", domain);
    }
    if let Split::Unsure { at } = statement.split {
        let mut split = Object::new();
        split.insert("sure", false);
        if let Some(at) = at {
            split.insert("at", at);
        }
        object.insert("split", split);
    }
    let citations = statement.citations.iter().map(|citation| {
        let mut object = Object::new();
        object.insert("source", citation.source.as_str());
        put(&mut object, "locator", citation.locator.as_deref());
        object.into()
    });
    put_all(object, "citations", citations.collect());
    let anchors = statement.anchors.iter().map(|anchor| {
        let mut object = Object::new();
        object.insert("kind", anchor.kind.as_str());
        object.insert("ordinal", anchor.ordinal);
        object.into()
    });
    put_all(object, "anchors", anchors.collect());
}

fn source(source: &Source) -> Object {
    let mut object = Object::new();
    object.insert("key", source.key.as_str());
    object.insert("label", source.label.as_str());
    put(&mut object, "title", source.title.as_deref());
    put(&mut object, "release", source.release.as_deref());
    put(&mut object, "date", source.date.as_deref());
    put(&mut object, "licence", source.licence.as_deref());
    put(&mut object, "url", source.url.as_deref());
    object
}

fn put(object: &mut Object, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(name, value);
    }
}

fn put_all(object: &mut Object, name: &str, items: Vec<Json>) {
    if !items.is_empty() {
        object.insert(name, items);
    }
}
