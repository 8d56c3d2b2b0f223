//! What the writer of a package must be told besides the version.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::catalog::profile::OccupationProfile;
use crate::kernel::clock;

/// Where and when a version is published, and what became of it since.
#[derive(Clone, Copy, Debug)]
pub struct CaseContext<'a> {
    /// The public address of the service, without a slash at its end.
    pub base: &'a str,
    /// The provider whose framework it is; `None` for a shared one.
    pub owner: Option<Uuid>,
    /// When it was published: CASE wants a time of the last change of everything.
    pub published_at: Timestamp,
    /// When it was deprecated.
    pub deprecated_at: Option<Timestamp>,
    /// What took its place.
    pub replaced_by: &'a Successors,
    /// The profile that it was published with, without which its package cannot be read back.
    pub profile: Option<&'a OccupationProfile>,
}

impl CaseContext<'_> {
    /// The address of a CASE object: `CFItems` and its identifier, for example.
    #[must_use]
    pub fn url(&self, class: &str, id: Uuid) -> String {
        format!("{}/ims/case/v1p1/{class}/{id}", self.base)
    }

    /// When the version last changed.
    pub(super) fn changed(&self) -> String {
        let at = self.deprecated_at.unwrap_or(self.published_at);
        clock::whole_second(at).to_string()
    }
}

/// What took the place of a version and of its statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors {
    /// The identifier and the title of the document.
    pub document: Option<(Uuid, String)>,
    /// The identifiers of the items, by the ids of the statements that they took the place of.
    pub statements: HashMap<Uuid, Uuid>,
}
