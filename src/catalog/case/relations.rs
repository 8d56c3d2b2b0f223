//! Associations: what an item is a child of, at which level it stands, what took its place.

use uuid::Uuid;

use super::read::text;
use crate::catalog::model::{CaseFacts, Outline};
use crate::kernel::json::{Json, Object};
use crate::kernel::text::{excerpt, plain};

/// The member of an [`Outline`]'s rest that keeps what its association says besides.
pub(super) const KEPT: &str = "isChildOf";

/// How many characters of a sentence stand for it in a link.
const TITLE_CHARS: usize = 100;

/// The types of associations that are written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    IsChildOf,
    HasSkillLevel,
    ReplacedBy,
}

impl Relation {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Relation::IsChildOf => "isChildOf",
            Relation::HasSkillLevel => "hasSkillLevel",
            Relation::ReplacedBy => "replacedBy",
        }
    }

    /// What tells it in the identifiers of [`association`](crate::catalog::ids::association).
    pub(super) fn digit(self) -> u8 {
        match self {
            Relation::IsChildOf => 1,
            Relation::HasSkillLevel => 2,
            Relation::ReplacedBy => 3,
        }
    }
}

/// One end of an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) title: String,
    pub(super) id: String,
    pub(super) uri: String,
    pub(super) changed: String,
}

impl Ends {
    /// The item as an end.
    pub(super) fn of_item(item: &Object) -> Self {
        let code = Some(text(item, "humanCodingScheme")).filter(|code| !code.trim().is_empty());
        let title = code.unwrap_or_else(|| text(item, "fullStatement"));
        Ends {
            title: excerpt(&plain(title), TITLE_CHARS).into_owned(),
            id: text(item, "identifier").to_owned(),
            uri: text(item, "uri").to_owned(),
            changed: text(item, "lastChangeDateTime").to_owned(),
        }
    }

    /// An imported document as an end.
    pub(super) fn of_document(facts: &CaseFacts, title: &str) -> Self {
        Ends {
            title: title.to_owned(),
            id: facts.document_id.to_string(),
            uri: text(&facts.document, "uri").to_owned(),
            changed: text(&facts.document, "lastChangeDateTime").to_owned(),
        }
    }

    /// A link to it.
    pub(super) fn link(&self) -> Object {
        let mut link = Object::new();
        link.insert("title", self.title.as_str());
        link.insert("identifier", self.id.as_str());
        link.insert("uri", self.uri.as_str());
        link
    }

    fn is(&self, link: Option<&Json>) -> bool {
        let Some(Json::Object(link)) = link else {
            return false;
        };
        let own = self.link();
        link.len() == own.len()
            && own
                .iter()
                .all(|(name, value)| link.get(name) == Some(value))
    }
}

/// An association of ours.
pub(super) fn association(
    id: Uuid,
    uri: String,
    relation: Relation,
    number: Option<i64>,
    (origin, destination): (&Ends, &Ends),
) -> Object {
    let mut object = Object::new();
    object.insert("identifier", id.to_string());
    object.insert("uri", uri);
    object.insert("associationType", relation.as_str());
    object.insert_some("sequenceNumber", number.map(|n| Json::Number(n.into())));
    object.insert("originNodeURI", origin.link());
    object.insert("destinationNodeURI", destination.link());
    object.insert("lastChangeDateTime", origin.changed.as_str());
    object
}

/// What an imported `isChildOf` says that does not follow from the items.
pub(super) fn told_besides(mut one: Object, id: Uuid, origin: &Ends, destination: &Ends) -> Object {
    for name in ["identifier", "associationType", "sequenceNumber"] {
        one.remove(name);
    }
    if text(&one, "uri") == urn(id) {
        one.remove("uri");
    }
    if origin.is(one.get("originNodeURI")) {
        one.remove("originNodeURI");
    }
    if destination.is(one.get("destinationNodeURI")) {
        one.remove("destinationNodeURI");
    }
    if text(&one, "lastChangeDateTime") == origin.changed {
        one.remove("lastChangeDateTime");
    }
    one
}

/// The imported `isChildOf` of an item as it was, as far as the schema lets it.
pub(super) fn child_of(outline: &Outline, id: Uuid, origin: &Ends, destination: &Ends) -> Object {
    let ends = (origin, destination);
    let mut one = association(id, urn(id), Relation::IsChildOf, outline.sequence, ends);
    if let Some(Json::Object(kept)) = outline.rest.get(KEPT) {
        for (name, value) in kept.iter() {
            one.insert(name, value.clone());
        }
    }
    one
}

fn urn(id: Uuid) -> String {
    format!("urn:uuid:{id}")
}
