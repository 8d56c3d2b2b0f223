//! CASE 1.1 (1EdTech Competencies and Academic Standards Exchange): framework versions as
//! packages, and packages of CASE 1.0 and 1.1 as framework versions.
//!
//! A version is a `CFDocument`; each of its levels, domains and statements is a `CFItem` of that
//! type, put in its place by `isChildOf` and, a statement, by `hasSkillLevel`. What CASE has no
//! place for stands in `extensions.attestry`, so that what was written is read back as it was.
//!
//! A package of others becomes a framework of its own, its items the statements of a single
//! level, each with its place in the tree (an [`Outline`](super::model::Outline)); written again,
//! it is that package, as the schema of 1.1 wants it.

mod context;
mod deprecated;
mod document;
mod edges;
mod foreign;
mod items;
mod link;
mod mend;
mod own;
pub mod query;
mod read;
mod relations;
mod same;
mod shape;
mod tree;
mod types;
mod value;
mod write;

pub use context::{CaseContext, Successors};
pub use document::{DocumentFacts, document, standalone};
pub use mend::Mend;
pub use read::CaseImport;
pub(in crate::catalog) use read::read;
pub use types::{ItemKind, item_type};
pub use write::{Writer, side_by_side, write};

/// The name of what stands in `extensions.attestry` of a package, in its member `format`. A package
/// is held against what would be written of it: whatever changes that needs another name.
pub const FORMAT: &str = "attestry-case/1";

/// The member of `extensions` that is ours.
const OURS: &str = "attestry";

/// The key of the level that the items of a package of others stand at.
const ITEMS: &str = "items";
