//! The types of the items of our own packages.

use jiff::Timestamp;
use uuid::Uuid;

use super::CaseContext;
use crate::catalog::ids;
use crate::kernel::json::Object;

/// When the types were last changed: never since they were made.
const CHANGED: &str = "2026-11-22T00:00:00Z";

/// What an item of a package of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A level.
    Level,
    /// A domain.
    Domain,
    /// A statement.
    Statement,
}

impl ItemKind {
    /// All of them, in the order of their hierarchy codes.
    pub const ALL: [ItemKind; 3] = [ItemKind::Level, ItemKind::Domain, ItemKind::Statement];

    /// The `CFItemType` of such an item.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            ItemKind::Level => "Level",
            ItemKind::Domain => "Domain",
            ItemKind::Statement => "Statement",
        }
    }

    /// The identifier of its `CFItemType`, alike in all packages.
    #[must_use]
    pub fn identifier(self) -> Uuid {
        ids::item_type(self.title())
    }

    /// How it is called in `extensions.attestry`.
    pub(super) fn name(self) -> &'static str {
        match self {
            ItemKind::Level => "LEVEL",
            ItemKind::Domain => "DOMAIN",
            ItemKind::Statement => "STATEMENT",
        }
    }

    fn description(self) -> &'static str {
        match self {
            ItemKind::Level => "A rank of the framework: how far somebody has come.",
            ItemKind::Domain => "A numbered group of statements that stands at every level.",
            ItemKind::Statement => "One sentence that can be assessed.",
        }
    }

    /// The `CFItemType` of such items; see [`item_type`].
    pub(super) fn object(self, url: String) -> Object {
        let code = ItemKind::ALL.iter().position(|kind| *kind == self);
        let mut object = Object::new();
        object.insert("identifier", self.identifier().to_string());
        object.insert("uri", url);
        object.insert("title", self.title());
        object.insert("description", self.description());
        object.insert("hierarchyCode", (code.unwrap_or_default() + 1).to_string());
        object.insert("typeCode", self.title());
        object.insert("lastChangeDateTime", CHANGED);
        object
    }
}

/// The `CFItemType` with this identifier, if it is one of ours.
#[must_use]
pub fn item_type(id: Uuid, base: &str) -> Option<Object> {
    let kind = ItemKind::ALL
        .into_iter()
        .find(|kind| kind.identifier() == id)?;
    let context = CaseContext {
        base,
        owner: None,
        published_at: Timestamp::UNIX_EPOCH,
        deprecated_at: None,
        replaced_by: &super::Successors::default(),
        profile: None,
    };
    Some(kind.object(context.url("CFItemTypes", id)))
}
