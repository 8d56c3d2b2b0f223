//! Frameworks, statements and occupations as linked data: JSON-LD 1.1 in the terms of CTDL and of
//! its profile CTDL-ASN (Credential Engine, <https://credreg.net/ctdlasn/terms>).
//!
//! A version is a `ceasn:CompetencyFramework`; its levels, domains and statements are each a
//! `ceasn:Competency`. Levels and domains are the top children; a statement is a child of its level
//! and, where there are domains, of its domain, and in an imported tree of the statement above it.
//! What statements cite is named by `ceasn:sourceDocumentation`. Statements have their canonical
//! URLs; what has none is named by a fragment of the version's.
//!
//! A document says only what is frozen in the version, so it never changes. It holds its whole
//! context and needs no other.

mod competency;
mod context;
mod framework;
mod occupation;

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

pub use occupation::{About, Framework, Origin, write as write_occupation};

use crate::{
    catalog::{
        ids,
        model::{FrameworkVersion, Level, Statement},
    },
    kernel::json::{Json, Object},
};

/// Writes a version with all that belongs to it. `owner` is the provider whose framework it is,
/// `None` for a shared one; `base` the public URL of the installation, without a slash at its end.
#[must_use]
pub fn write(owner: Option<Uuid>, version: &FrameworkVersion, base: &str) -> Object {
    let told = Told::new(owner, version, base);
    let mut nodes = vec![told.framework()];
    nodes.extend(version.levels.iter().map(|level| told.level(level, true)));
    nodes.extend(
        version
            .domains
            .iter()
            .map(|domain| told.domain(domain, true)),
    );
    for level in &version.levels {
        let statements = level.statements.iter();
        nodes.extend(statements.map(|statement| told.statement(level, statement)));
    }
    nodes.extend(told.sources(|_| true));
    document(nodes)
}

/// Writes one statement of a version, with as much of what it belongs to as names it; `None` if
/// the version has no statement of this id. `owner` and `base` are those of [`write`].
#[must_use]
pub fn write_statement(
    owner: Option<Uuid>,
    version: &FrameworkVersion,
    base: &str,
    id: Uuid,
) -> Option<Object> {
    let told = Told::new(owner, version, base);
    let all = version
        .levels
        .iter()
        .flat_map(|level| level.statements.iter().map(move |s| (level, s)));
    let (level, statement) = all
        .into_iter()
        .find(|(level, statement)| told.id_of(place(level, statement)) == id)?;
    let mut framework = told.framework_in_short();
    told.put_rights(&mut framework);
    let mut nodes = vec![
        told.statement(level, statement),
        framework,
        told.level(level, false),
    ];
    let domain = version
        .domains
        .iter()
        .find(|domain| statement.domain == Some(domain.number));
    nodes.extend(domain.map(|domain| told.domain(domain, false)));
    nodes.extend(told.sources(|key| statement.citations.iter().any(|c| c.source == key)));
    Some(document(nodes))
}

/// Where a statement stands: the ordinal of its level, the number of its domain, its position.
type Place = (u32, Option<u32>, u32);

/// A version, whose it is, and where it is.
struct Told<'v> {
    owner: Option<Uuid>,
    version: &'v FrameworkVersion,
    base: &'v str,
    /// The statements of an imported tree, by what each stands under.
    above: HashMap<Place, Place>,
    below: HashMap<Place, Vec<Place>>,
}

impl<'v> Told<'v> {
    fn new(owner: Option<Uuid>, version: &'v FrameworkVersion, base: &'v str) -> Self {
        let mut told = Self {
            owner,
            version,
            base,
            above: HashMap::new(),
            below: HashMap::new(),
        };
        for level in &version.levels {
            let mut known = HashSet::new();
            for statement in &level.statements {
                let place = place(level, statement);
                let parent = statement.outline.as_ref().and_then(|o| o.parent);
                let parent = parent.map(|position| (place.0, place.1, position));
                if let Some(parent) = parent.filter(|parent| known.contains(parent)) {
                    told.above.insert(place, parent);
                    told.below.entry(parent).or_default().push(place);
                }
                known.insert(place);
            }
        }
        told
    }
}

fn place(level: &Level, statement: &Statement) -> Place {
    (level.ordinal, statement.domain, statement.position)
}

impl Told<'_> {
    fn url(&self) -> String {
        self.url_of_version(&self.version.version)
    }

    /// The URL of the version of the same framework with this label.
    fn url_of_version(&self, label: &str) -> String {
        let id = ids::framework_version(self.owner, &self.version.key, label);
        format!("{}/frameworks/{id}", self.base)
    }

    fn url_of_statement(&self, place: Place) -> String {
        format!("{}/statements/{}", self.base, self.id_of(place))
    }

    fn id_of(&self, (level, domain, position): Place) -> Uuid {
        let (key, label) = (&self.version.key, &self.version.version);
        ids::statement(self.owner, key, label, domain, level, position)
    }

    /// What has no URL of its own is a place in the version's page.
    fn fragment(&self, kind: &str, number: impl std::fmt::Display) -> String {
        format!("{}#{kind}-{number}", self.url())
    }

    /// The language of the texts, where it is known: that which an imported package names, and
    /// English for what is about an occupation of the O*NET-SOC taxonomy.
    fn language(&self) -> Option<&str> {
        match &self.version.case {
            Some(case) => case
                .document
                .get("language")?
                .as_str()
                .filter(|tag| is_tag(tag)),
            None => self.version.occupation.as_ref().map(|_| ENGLISH),
        }
    }

    /// A text in the language of the version.
    fn text(&self, text: &str) -> Json {
        in_language(self.language(), text)
    }
}

/// The language of what this program says itself.
const ENGLISH: &str = "en";

/// A text with its language as a language map, or by itself where that is not known.
fn in_language(language: Option<&str>, text: impl Into<Json>) -> Json {
    match language {
        Some(tag) => {
            let mut map = Object::new();
            map.insert(tag, text);
            map.into()
        }
        None => text.into(),
    }
}

/// Whether a text has the form of a language tag (RFC 5646, section 2.1).
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let fits = |part: &str, of: fn(&u8) -> bool| {
        (1..=8).contains(&part.len()) && part.as_bytes().iter().all(of)
    };
    fits(first, u8::is_ascii_alphabetic) && parts.all(|part| fits(part, u8::is_ascii_alphanumeric))
}

/// A node of a type.
fn node(id: String, kind: &str) -> Object {
    let mut node = Object::new();
    node.insert("@id", id);
    node.insert("@type", kind);
    node
}

/// Nodes with the context that they are in.
fn document(nodes: Vec<Object>) -> Object {
    let mut document = Object::new();
    document.insert("@context", context::context());
    let nodes: Vec<Json> = nodes.into_iter().map(Json::from).collect();
    document.insert("@graph", nodes);
    document
}

#[cfg(test)]
mod tests;
