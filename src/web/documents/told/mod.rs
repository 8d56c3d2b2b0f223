//! Pieces of pages: statements by level and domain, what they rest on, what an occupation is
//! anchored in, its figures.

mod anchors;
mod evidence;
mod levels;
mod section;
mod sources;

pub(super) use anchors::{anchor_names, profile_anchors, suggest};
pub(super) use evidence::evidence;
pub(super) use levels::{Ranks, Statements};
pub(super) use section::{Section, sections};
pub(super) use sources::{citations, cited_sources, free_sources};
