//! Versions as `CFDocument`s.

use uuid::Uuid;

use super::{CaseContext, OURS, deprecated};
use crate::catalog::model::{CaseFacts, Family, FrameworkVersion, OccupationFacts};
use crate::kernel::json::Object;
use crate::kernel::text::{excerpt, plain};

/// How many characters of a text stand for a name.
const NAME_CHARS: usize = 300;

/// The members of a document that the version tells, whatever was kept of an imported one.
const TOLD: [&str; 6] = [
    "identifier",
    "caseVersion",
    "creator",
    "title",
    "description",
    "version",
];

/// What a document says of a version: nothing of its levels and statements.
#[derive(Clone, Copy, Debug)]
pub struct DocumentFacts<'a> {
    /// The version.
    pub id: Uuid,
    /// Its framework.
    pub framework_id: Uuid,
    /// The kind of its statements.
    pub family: Family,
    /// The occupation it is about.
    pub occupation: Option<&'a OccupationFacts>,
    /// Its own title.
    pub title: Option<&'a str>,
    /// What tells the framework from others.
    pub key: &'a str,
    /// Who made it.
    pub creator: Option<&'a str>,
    /// Its label.
    pub label: &'a str,
    /// Its description.
    pub description: &'a str,
    /// Whom to name when using it.
    pub attribution: &'a str,
    /// What an imported package said of it.
    pub case: Option<&'a CaseFacts>,
}

impl<'a> DocumentFacts<'a> {
    /// What the document of a whole version says.
    pub(super) fn of(version: &'a FrameworkVersion, id: Uuid, framework_id: Uuid) -> Self {
        DocumentFacts {
            id,
            framework_id,
            family: version.family,
            occupation: version.occupation.as_ref(),
            title: version.title.as_deref(),
            key: version.key.as_str(),
            creator: version.creator.as_deref(),
            label: &version.version,
            description: &version.description,
            attribution: &version.attribution,
            case: version.case.as_ref(),
        }
    }

    /// The identifier of the document: an imported one keeps its own.
    pub(super) fn identifier(&self) -> Uuid {
        self.case.map_or(self.id, |case| case.document_id)
    }

    /// What people call the document.
    pub(super) fn name(&self) -> String {
        if let Some(title) = self.title {
            return title.to_owned();
        }
        let of = self
            .occupation
            .map_or(self.key, |facts| facts.title.as_str());
        plain(&format!(
            "{of}: {} {}",
            family_name(self.family),
            self.label
        ))
    }

    fn creator(&self) -> String {
        let told = [self.creator, Some(self.attribution)];
        let mut told = told
            .into_iter()
            .flatten()
            .filter(|text| !text.trim().is_empty());
        told.next().map_or_else(
            || "unknown".to_owned(),
            |text| excerpt(&plain(text), NAME_CHARS).into_owned(),
        )
    }
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Mastery => "Mastery",
        Family::AiLiteracy => "AI literacy",
        Family::DurableSkills => "Durable skills",
        Family::Custom => "Framework",
    }
}

/// Writes the `CFDocument` of a version as it stands in a package (`CFPckgDocument`).
#[must_use]
pub fn document(facts: &DocumentFacts<'_>, context: &CaseContext<'_>) -> Object {
    let mut object = Object::new();
    let id = facts.identifier();
    object.insert("identifier", id.to_string());
    let kept = facts.case.map(|case| &case.document);
    object.insert("uri", context.url("CFDocuments", id));
    object.insert("caseVersion", "1.1");
    object.insert(
        "creator",
        facts.creator.map_or_else(|| facts.creator(), str::to_owned),
    );
    object.insert("title", facts.name());
    object.insert("lastChangeDateTime", context.changed());
    if !facts.description.is_empty() {
        object.insert("description", facts.description);
    }
    object.insert("version", facts.label);
    match kept {
        Some(kept) => {
            for (name, value) in kept.iter().filter(|(name, _)| !TOLD.contains(name)) {
                object.insert(name, value.clone());
            }
        }
        None => own_members(&mut object, facts, context),
    }
    if context.deprecated_at.is_some() {
        match kept {
            Some(_) => deprecated::tell_beside(&mut object),
            None => deprecated::tell(&mut object),
        }
    }
    object
}

fn own_members(object: &mut Object, facts: &DocumentFacts<'_>, context: &CaseContext<'_>) {
    object.insert(
        "officialSourceURL",
        format!("{}/frameworks/{}", context.base, facts.id),
    );
    if facts.occupation.is_some() {
        object.insert("language", "en");
    }
    object.insert("adoptionStatus", "Adopted");
    let day: String = context.published_at.to_string().chars().take(10).collect();
    object.insert("statusStartDate", day);
    if !facts.attribution.is_empty() {
        object.insert("notes", facts.attribution);
    }
    let mut ours = Object::new();
    ours.insert("family", facts.family.as_str());
    ours.insert("framework", facts.framework_id.to_string());
    if let Some(occupation) = facts.occupation {
        let mut about = Object::new();
        about.insert("soc", occupation.soc.as_str());
        about.insert("title", occupation.title.as_str());
        ours.insert("occupation", about);
    }
    let mut extensions = Object::new();
    extensions.insert(OURS, ours);
    object.insert("extensions", extensions);
}

/// Writes the `CFDocument` of a version as it stands alone: with a link to its package.
#[must_use]
pub fn standalone(facts: &DocumentFacts<'_>, context: &CaseContext<'_>) -> Object {
    let mut object = document(facts, context);
    let id = facts.identifier();
    let mut link = Object::new();
    link.insert("title", facts.name());
    link.insert("identifier", id.to_string());
    link.insert("uri", context.url("CFPackages", id));
    object.insert("CFPackageURI", link);
    object
}
