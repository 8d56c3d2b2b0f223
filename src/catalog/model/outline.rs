//! What a framework keeps of the CASE package (1EdTech Competencies and Academic Standards
//! Exchange) that it was imported from.

use uuid::Uuid;

use crate::kernel::ids::hyphenated;
use crate::kernel::json::{Json, Object};

/// What an imported CASE package says that the framework's other members do not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFacts {
    /// The identifier of its `CFDocument`.
    pub document_id: Uuid,
    /// The members of its `CFDocument` that are told nowhere else.
    pub document: Object,
    /// Its `CFAssociations` that no statement's outline tells, verbatim.
    pub associations: Vec<Json>,
    /// Its `CFDefinitions`, verbatim.
    pub definitions: Option<Json>,
    /// Its `CFRubrics`, verbatim.
    pub rubrics: Option<Json>,
    /// Its `extensions`, verbatim.
    pub extensions: Option<Json>,
}

impl CaseFacts {
    /// The facts as all documents and rows write them.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        object.insert("id", self.document_id.to_string());
        object.insert("document", self.document.clone());
        object.insert("associations", self.associations.clone());
        object.insert_some("definitions", self.definitions.clone());
        object.insert_some("rubrics", self.rubrics.clone());
        object.insert_some("extensions", self.extensions.clone());
        object
    }

    /// The facts that [`to_object`](Self::to_object) wrote; `None` if `json` is nothing like it.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        only(
            json,
            &[
                "id",
                "document",
                "associations",
                "definitions",
                "rubrics",
                "extensions",
            ],
        )?;
        Some(Self {
            document_id: uuid(json, "id")??,
            document: json.get("document")?.as_object()?.clone(),
            associations: json.get("associations")?.as_array()?.to_vec(),
            definitions: json.get("definitions").cloned(),
            rubrics: json.get("rubrics").cloned(),
            extensions: json.get("extensions").cloned(),
        })
    }
}

/// A statement's place in the tree of an imported CASE package.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The identifier of its `CFItem`.
    pub case_id: Uuid,
    /// The identifier of the association that makes it a child, where the package gives it one.
    pub child_of: Option<Uuid>,
    /// The item's URI, verbatim.
    pub uri: Option<String>,
    /// The position, in the same level, of the statement that it is a child of.
    pub parent: Option<u32>,
    /// Its number among its siblings, as given.
    pub sequence: Option<i64>,
    /// Its `CFItemType`, verbatim.
    pub kind: Option<String>,
    /// Its `humanCodingScheme`, verbatim.
    pub code: Option<String>,
    /// The members of the item that are told nowhere else.
    pub rest: Object,
}

impl Outline {
    /// The outline as all documents and rows write it.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut object = Object::new();
        object.insert("id", self.case_id.to_string());
        object.insert_some("childOf", self.child_of.map(|id| id.to_string()));
        object.insert_some("uri", self.uri.as_deref());
        object.insert_some("parent", self.parent);
        object.insert_some("sequence", self.sequence.map(|n| Json::Number(n.into())));
        object.insert_some("kind", self.kind.as_deref());
        object.insert_some("code", self.code.as_deref());
        if !self.rest.is_empty() {
            object.insert("rest", self.rest.clone());
        }
        object
    }

    /// The outline that [`to_object`](Self::to_object) wrote; `None` if `json` is nothing like it.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        only(
            json,
            &[
                "id", "childOf", "uri", "parent", "sequence", "kind", "code", "rest",
            ],
        )?;
        let text = |name| match json.get(name) {
            None => Some(None),
            Some(value) => value.as_str().map(|text| Some(text.to_owned())),
        };
        Some(Self {
            case_id: uuid(json, "id")??,
            child_of: uuid(json, "childOf")?,
            uri: text("uri")?,
            parent: match json.get("parent") {
                None => None,
                Some(value) => match value.as_u64().map(u32::try_from)? {
                    Ok(position @ 1..) => Some(position),
                    _ => return None,
                },
            },
            sequence: match json.get("sequence") {
                None => None,
                Some(value) => Some(value.as_i64()?),
            },
            kind: text("kind")?,
            code: text("code")?,
            rest: match json.get("rest") {
                None => Object::new(),
                Some(value) => value.as_object()?.clone(),
            },
        })
    }
}

/// The identifier under `name`: `Some(None)` if there is none, `None` if it is no UUID.
fn uuid(json: &Json, name: &str) -> Option<Option<Uuid>> {
    match json.get(name) {
        None => Some(None),
        Some(value) => hyphenated(value.as_str()?).map(Some),
    }
}

/// That an object has no members but these.
fn only(json: &Json, names: &[&str]) -> Option<()> {
    let object = json.as_object()?;
    object
        .iter()
        .all(|(name, _)| names.contains(&name))
        .then_some(())
}
