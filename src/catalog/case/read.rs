//! Packages, as framework versions.

use std::collections::HashMap;

use uuid::Uuid;

use super::mend::{self, Mend, Mends};
use super::{OURS, foreign, own};
use crate::catalog::import::Problems;
use crate::catalog::model::FrameworkVersion;
use crate::catalog::profile::OccupationProfile;
use crate::kernel::json::{Json, Object};

/// What a package says.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseImport {
    /// The framework version.
    pub version: FrameworkVersion,
    /// The provider whose it was where it was exported, which only a package of our own says.
    pub owner: Option<Uuid>,
    /// The profile of its occupation, which only a package of our own has.
    pub profile: Option<OccupationProfile>,
    /// What the package said otherwise than CASE 1.1 wants it.
    pub mended: Vec<Mend>,
}

/// Reads a package of CASE 1.0 or 1.1, with what other programs are known to write wrong;
/// `None` if there was a problem.
///
/// Refused are identifiers, statements and titles that are missing, identifiers that are there
/// twice, and items in a circle; packages of our own also if they were changed.
pub(in crate::catalog) fn read(package: Object, problems: &mut Problems) -> Option<CaseImport> {
    let mut mends = Mends::default();
    let package = Package::of(mend::package(package, &mut mends, problems)?);
    package.different(problems)?;
    let (version, owner, profile) = match ours(package.extensions.as_ref()) {
        Some(ours) => {
            let import = own::read(&package, ours, problems)?;
            let owner = import.owners.into_iter().next().flatten();
            (import.version, owner, import.profile)
        }
        None => (foreign::read(package, &mut mends, problems)?, None, None),
    };
    Some(CaseImport {
        version,
        owner,
        profile,
        mended: mends.finish(),
    })
}

/// Our own part of some extensions.
pub(super) fn ours(extensions: Option<&Json>) -> Option<&Json> {
    extensions?.get(OURS)
}

/// A mended package taken apart.
pub(super) struct Package {
    pub(super) document: Object,
    pub(super) items: Vec<Object>,
    /// Without those that are only derived.
    pub(super) associations: Vec<Object>,
    pub(super) definitions: Option<Json>,
    pub(super) rubrics: Option<Json>,
    pub(super) extensions: Option<Json>,
}

impl Package {
    pub(super) fn of(mut package: Object) -> Self {
        let mut each = |name| {
            let Some(Json::Array(items)) = package.remove(name) else {
                return Vec::new();
            };
            let objects = items.into_iter().filter_map(|item| match item {
                Json::Object(object) => Some(object),
                _ => None,
            });
            objects.collect()
        };
        let items = each("CFItems");
        let associations: Vec<Object> = each("CFAssociations");
        let document = match package.remove("CFDocument") {
            Some(Json::Object(document)) => document,
            _ => Object::new(),
        };
        Package {
            document,
            items,
            associations: associations
                .into_iter()
                .filter(|one| !is_derived(one))
                .collect(),
            definitions: package.remove("CFDefinitions"),
            rubrics: package.remove("CFRubrics"),
            extensions: package.remove("extensions"),
        }
    }

    /// That no two of its nodes have one identifier.
    fn different(&self, problems: &mut Problems) -> Option<()> {
        let mut places = vec![("/CFDocument".to_owned(), text(&self.document, "identifier"))];
        places.extend(named("CFItems", &self.items));
        places.extend(named("CFAssociations", &self.associations));
        let (mut seen, mut different) = (HashMap::new(), true);
        for (place, id) in &places {
            if let Some(first) = seen.insert(*id, place) {
                let message = format!("the identifier {id} stands at {first} already");
                problems.add(format!("{place}/identifier"), message, "give each its own");
                different = false;
            }
        }
        different.then_some(())
    }
}

/// The places of some nodes of the package, and their identifiers.
fn named<'a>(set: &'a str, nodes: &'a [Object]) -> impl Iterator<Item = (String, &'a str)> {
    let nodes = nodes.iter().enumerate();
    nodes.map(move |(index, node)| (format!("/{set}/{index}"), text(node, "identifier")))
}

/// Whether an association says what follows from other versions, and is no part of the package.
fn is_derived(association: &Object) -> bool {
    let ours = ours(association.get("extensions"));
    ours.and_then(|ours| ours.get("derived")?.as_bool()) == Some(true)
}

/// The string under `name`, empty if there is none.
pub(super) fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// The identifier of a link.
pub(super) fn end<'a>(association: &'a Object, name: &str) -> &'a str {
    let id = association
        .get(name)
        .and_then(|link| link.get("identifier"));
    id.and_then(Json::as_str).unwrap_or_default()
}
