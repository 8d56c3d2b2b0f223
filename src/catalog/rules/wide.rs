//! What a frozen document of the format `attestry-framework/2` adds to one of `/1`. None of it is
//! there for a plain version.

use uuid::Uuid;

use crate::catalog::ids::{self, FrameworkKey};
use crate::catalog::model::{CaseFacts, FrameworkVersion, Level, Outline, Split, Statement};
use crate::kernel::json::{Json, Object};

pub(super) fn version(
    document: &mut Object,
    owner: Option<Uuid>,
    key: &FrameworkKey,
    version: &FrameworkVersion,
) {
    if version.has_own_key() {
        document.insert("key", key.as_str());
    }
    document.insert_some("title", version.title.as_deref());
    document.insert_some("creator", version.creator.as_deref());
    document.insert_some("replaces", version.replaces.as_deref());
    document.insert_some("case", version.case.as_ref().map(CaseFacts::to_object));
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
        object.insert_some("description", domain.description.as_deref());
        object.into()
    });
    put_all(document, "domains", domains.collect());
    let cited = version.cited.iter().map(|one| one.to_object().into());
    put_all(document, "cited", cited.collect());
}

pub(super) fn level(object: &mut Object, level: &Level) {
    object.insert_some("subtitle", level.subtitle.as_deref());
    object.insert_some("description", level.description.as_deref());
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
    let citations = statement.citations.iter().map(|one| one.to_object().into());
    put_all(object, "citations", citations.collect());
    let anchors = statement.anchors.iter().map(|one| one.to_object().into());
    put_all(object, "anchors", anchors.collect());
    object.insert_some("replaces", statement.replaces.map(|id| id.to_string()));
    let outline = statement.outline.as_ref();
    object.insert_some("outline", outline.map(Outline::to_object));
}

fn put_all(object: &mut Object, name: &str, items: Vec<Json>) {
    if !items.is_empty() {
        object.insert(name, items);
    }
}
