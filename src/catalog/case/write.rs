//! Framework versions, as packages.

use jiff::Timestamp;
use uuid::Uuid;

use super::document::{DocumentFacts, document, standalone};
use super::items::Parts;
use super::relations::Ends;
use super::{CaseContext, FORMAT, ItemKind, OURS, Successors, foreign};
use crate::catalog::ids;
use crate::catalog::model::{Domain, FrameworkVersion, Level, Statement};
use crate::kernel::json::{Json, Object};

/// Writes a version as a package that is valid by the official JSON Schema of CASE 1.1.
#[must_use]
pub fn write(version: &FrameworkVersion, context: &CaseContext<'_>) -> Object {
    Writer::new(version, context).package()
}

/// What two versions that are packages of others differ by, in the words of these: each as its
/// package, with its items and associations by identifier. `None` where one is of our own.
#[must_use]
pub fn side_by_side(versions: [&FrameworkVersion; 2]) -> Option<[Object; 2]> {
    let context = CaseContext {
        base: "",
        owner: None,
        published_at: Timestamp::UNIX_EPOCH,
        deprecated_at: None,
        replaced_by: &Successors::default(),
        profile: None,
    };
    let by_identifier = |version: &FrameworkVersion| {
        let mut package = write(version, &context);
        for set in ["CFItems", "CFAssociations"] {
            let Some(Json::Array(nodes)) = package.remove(set) else {
                continue;
            };
            let named = nodes.into_iter().filter_map(|node| {
                let Json::Object(mut node) = node else {
                    return None;
                };
                // They say again what the items do.
                for end in ["originNodeURI", "destinationNodeURI"] {
                    if let Some(Json::Object(mut link)) = node.get(end).cloned() {
                        link.remove("title");
                        node.insert(end, link);
                    }
                }
                let id = node.get("identifier").and_then(Json::as_str)?.to_owned();
                Some((id, Json::from(node)))
            });
            let named: Object = named.collect();
            package.insert(set, named);
        }
        package
    };
    let foreign = versions.iter().all(|version| foreign::is_foreign(version));
    foreign.then(|| versions.map(by_identifier))
}

/// A version, to be written as a package or in parts.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(super) version: &'a FrameworkVersion,
    pub(super) context: &'a CaseContext<'a>,
    pub(super) facts: DocumentFacts<'a>,
    /// What the items of our own packages say besides; a package of others has nothing of it.
    pub(super) parts: Option<Parts>,
}

impl<'a> Writer<'a> {
    /// Makes ready to write a version.
    #[must_use]
    pub fn new(version: &'a FrameworkVersion, context: &'a CaseContext<'a>) -> Self {
        let id = ids::framework_version(context.owner, &version.key, &version.version);
        let framework = ids::framework(context.owner, &version.key);
        let foreign = context.owner.is_none() && foreign::is_foreign(version);
        Writer {
            version,
            context,
            facts: DocumentFacts::of(version, id, framework),
            parts: (!foreign).then(|| Parts::of(version, context)),
        }
    }

    /// The whole package (`CFPackage`).
    #[must_use]
    pub fn package(&self) -> Object {
        let mut package = Object::new();
        package.insert("CFDocument", document(&self.facts, self.context));
        package.insert("CFItems", list(self.items()));
        package.insert("CFAssociations", list(self.associations()));
        package.insert_some("CFDefinitions", self.definitions());
        let case = self.version.case.as_ref();
        package.insert_some("CFRubrics", case.and_then(|case| case.rubrics.clone()));
        package.insert_some("extensions", self.extensions());
        package
    }

    /// The document alone (`CFDocument`).
    #[must_use]
    pub fn document(&self) -> Object {
        standalone(&self.facts, self.context)
    }

    /// An item alone (`CFItem`), by its identifier or the id that the catalog gives it.
    #[must_use]
    pub fn item(&self, id: Uuid) -> Option<Object> {
        let version = self.version;
        let statements = version.levels.iter().flat_map(|level| {
            let places = level.statements.iter().enumerate();
            places.map(move |(place, statement)| (level, place, statement))
        });
        let mut statements = statements.filter(|(level, _, statement)| {
            let imported = statement.outline.as_ref().map(|outline| outline.case_id);
            imported == Some(id) || self.statement_id(level, statement) == id
        });
        let own = |wanted: ItemKind| self.parts.is_some().then_some(wanted);
        let level = || {
            own(ItemKind::Level)?;
            let mut levels = version.levels.iter();
            let level = levels.find(|level| self.level_id(level) == id)?;
            Some(self.level_item(level))
        };
        let domain = || {
            own(ItemKind::Domain)?;
            let mut domains = version.domains.iter();
            let domain = domains.find(|domain| self.domain_id(domain) == id)?;
            Some(self.domain_item(domain))
        };
        let item = match statements.next() {
            Some((level, place, statement)) => Some(self.statement_item(level, place, statement)),
            None => level().or_else(domain),
        };
        item.map(|item| self.with_document(item))
    }

    /// An association alone (`CFAssociation`).
    #[must_use]
    pub fn association(&self, id: Uuid) -> Option<Object> {
        let id = id.to_string();
        let mut all = self.associations().into_iter();
        all.find(|one| one.get("identifier").and_then(Json::as_str) == Some(id.as_str()))
            .map(|one| self.with_document(one))
    }

    /// The associations that the item or the document with this identifier is an end of, as they
    /// stand in a package.
    #[must_use]
    pub fn associations_of(&self, identifier: &str) -> Vec<Object> {
        let ends = ["originNodeURI", "destinationNodeURI"];
        let of = |one: &Object| {
            let mut ends = ends
                .iter()
                .filter_map(|end| one.get(end)?.get("identifier")?.as_str());
            ends.any(|end| end == identifier)
        };
        self.associations().into_iter().filter(of).collect()
    }

    /// A definition of an imported package: the name of its set, and it with its children.
    #[must_use]
    pub fn definition(&self, id: Uuid) -> Option<(String, Vec<Object>)> {
        let definitions = self
            .version
            .case
            .as_ref()?
            .definitions
            .as_ref()?
            .as_object()?;
        let id = id.to_string();
        let named = |json: &&Json| json.get("identifier").and_then(Json::as_str) == Some(&id);
        definitions.iter().find_map(|(set, all)| {
            let all = all.as_array()?;
            let first = all.iter().find(named)?;
            let code = first.get("hierarchyCode").and_then(Json::as_str);
            let below = code.map(|code| format!("{code}."));
            let children = all.iter().filter(|other| {
                let code = other.get("hierarchyCode").and_then(Json::as_str);
                code.zip(below.as_ref())
                    .is_some_and(|(code, below)| code.starts_with(below))
            });
            let found = std::iter::once(first).chain(children);
            let found = found.filter_map(|one| one.as_object().cloned());
            Some((set.to_owned(), found.collect()))
        })
    }

    /// A rubric of an imported package (`CFRubric`).
    #[must_use]
    pub fn rubric(&self, id: Uuid) -> Option<Object> {
        let rubrics = self.version.case.as_ref()?.rubrics.as_ref()?.as_array()?;
        let id = id.to_string();
        let mut rubrics = rubrics.iter().filter_map(Json::as_object);
        rubrics
            .find(|one| one.get("identifier").and_then(Json::as_str) == Some(&id))
            .cloned()
    }

    fn with_document(&self, mut object: Object) -> Object {
        object.insert("CFDocumentURI", self.document_end().link());
        object
    }

    fn items(&self) -> Vec<Object> {
        let version = self.version;
        let mut items = Vec::new();
        if self.parts.is_some() {
            items.extend(version.levels.iter().map(|level| self.level_item(level)));
            items.extend(
                version
                    .domains
                    .iter()
                    .map(|domain| self.domain_item(domain)),
            );
        }
        for level in &version.levels {
            let statements = level.statements.iter().enumerate();
            items.extend(statements.map(|(place, one)| self.statement_item(level, place, one)));
        }
        items
    }

    pub(super) fn document_end(&self) -> Ends {
        let document = document(&self.facts, self.context);
        let text = |name| {
            document
                .get(name)
                .and_then(Json::as_str)
                .unwrap_or_default()
        };
        Ends {
            title: self.facts.name(),
            id: text("identifier").to_owned(),
            uri: text("uri").to_owned(),
            changed: text("lastChangeDateTime").to_owned(),
        }
    }

    fn definitions(&self) -> Option<Json> {
        let kept = self
            .version
            .case
            .as_ref()
            .and_then(|case| case.definitions.clone());
        if self.parts.is_none() {
            return kept;
        }
        let mut definitions = match kept {
            Some(Json::Object(definitions)) => definitions,
            _ => Object::new(),
        };
        let used = |kind: &ItemKind| *kind != ItemKind::Domain || !self.version.domains.is_empty();
        let types = ItemKind::ALL.into_iter().filter(used);
        let types = types.map(|kind| {
            kind.object(self.context.url("CFItemTypes", kind.identifier()))
                .into()
        });
        let mut all = match definitions.remove("CFItemTypes") {
            Some(Json::Array(kept)) => kept,
            _ => Vec::new(),
        };
        all.extend(types);
        definitions.insert("CFItemTypes", all);
        Some(definitions.into())
    }

    fn extensions(&self) -> Option<Json> {
        let kept = self
            .version
            .case
            .as_ref()
            .and_then(|case| case.extensions.clone());
        let Some(parts) = &self.parts else {
            return kept;
        };
        let mut extensions = match kept {
            Some(Json::Object(kept)) => kept,
            _ => Object::new(),
        };
        let mut ours = Object::new();
        ours.insert("format", FORMAT);
        ours.insert("export", parts.export.clone());
        extensions.insert(OURS, ours);
        Some(extensions.into())
    }

    pub(super) fn level_id(&self, level: &Level) -> Uuid {
        let version = self.version;
        ids::level(
            self.context.owner,
            &version.key,
            &version.version,
            level.ordinal,
        )
    }

    pub(super) fn domain_id(&self, domain: &Domain) -> Uuid {
        let version = self.version;
        ids::domain(
            self.context.owner,
            &version.key,
            &version.version,
            domain.number,
        )
    }

    pub(super) fn statement_id(&self, level: &Level, statement: &Statement) -> Uuid {
        let (owner, version) = (self.context.owner, self.version);
        let place = (statement.domain, level.ordinal, statement.position);
        ids::statement(
            owner,
            &version.key,
            &version.version,
            place.0,
            place.1,
            place.2,
        )
    }
}

fn list(objects: Vec<Object>) -> Vec<Json> {
    objects.into_iter().map(Json::from).collect()
}
