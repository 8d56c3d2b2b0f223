//! Levels, domains and statements, as `CFItem`s.

use std::collections::HashMap;

use super::relations::{Ends, KEPT};
use super::{CaseContext, ItemKind, OURS, Writer};
use crate::catalog::export::v2_0;
use crate::catalog::model::{Domain, FrameworkVersion, Level, Statement};
use crate::catalog::rules::{parts_of, statement_code};
use crate::kernel::json::{Json, Object};
use crate::kernel::text::{excerpt, plain};

/// How many characters of a text stand for a name.
const NAME_CHARS: usize = 300;

/// A framework export 2.0 of the version in pieces: what each item does not tell by itself.
#[derive(Debug)]
pub(super) struct Parts {
    /// What is left when the items have taken theirs.
    pub(super) export: Object,
    /// Of each domain, in order.
    domains: Vec<Object>,
    /// Of each level, by its key.
    levels: HashMap<String, LevelParts>,
}

#[derive(Debug)]
struct LevelParts {
    level: Object,
    statements: Vec<Object>,
}

impl Parts {
    pub(super) fn of(version: &FrameworkVersion, context: &CaseContext<'_>) -> Self {
        let whole = std::slice::from_ref(version);
        // The digest counts the profile in.
        let sealed = version.profile.is_some() == context.profile.is_some();
        let export = match sealed {
            true => v2_0::write_sealed(context.owner, whole, context.profile),
            false => v2_0::write(whole, context.profile),
        };
        let mut export = export.expect("a version agrees with itself");
        let mut framework = match export.remove("framework") {
            Some(Json::Object(framework)) => framework,
            _ => Object::new(),
        };
        // The document tells these.
        framework.remove("version");
        framework.remove("description");
        let domains = match framework.remove("domains") {
            Some(Json::Array(domains)) => domains,
            _ => Vec::new(),
        };
        let levels = match framework.remove("levels") {
            Some(Json::Object(levels)) => levels,
            _ => Object::new(),
        };
        export.insert("framework", framework);
        Parts {
            export,
            domains: domains
                .into_iter()
                .map(|domain| without(domain, "title"))
                .collect(),
            levels: levels
                .into_iter()
                .map(|(key, level)| (key, LevelParts::of(level)))
                .collect(),
        }
    }
}

impl LevelParts {
    fn of(level: Json) -> Self {
        let mut level = without(level, "label");
        let statements = match level.remove("statements") {
            Some(Json::Array(statements)) => statements,
            _ => Vec::new(),
        };
        let statements = statements.into_iter().map(|one| without(one, "text"));
        LevelParts {
            statements: statements.collect(),
            level,
        }
    }
}

/// The members of an object but one; of a text none.
fn without(json: Json, name: &str) -> Object {
    let mut object = match json {
        Json::Object(object) => object,
        _ => Object::new(),
    };
    object.remove(name);
    object
}

impl Writer<'_> {
    pub(super) fn level_end(&self, level: &Level) -> Ends {
        let id = self.level_id(level);
        self.end(
            &level.label,
            None,
            id.to_string(),
            self.context.url("CFItems", id),
        )
    }

    pub(super) fn domain_end(&self, domain: &Domain) -> Ends {
        let id = self.domain_id(domain);
        self.end(
            &domain.title,
            None,
            id.to_string(),
            self.context.url("CFItems", id),
        )
    }

    pub(super) fn statement_end(&self, level: &Level, statement: &Statement) -> Ends {
        let own = self.statement_id(level, statement);
        let outline = statement.outline.as_ref();
        let id = outline.map_or(own, |outline| outline.case_id);
        let uri = outline.and_then(|outline| outline.uri.clone());
        let uri = uri.unwrap_or_else(|| self.context.url("CFItems", id));
        let code = match outline {
            Some(outline) => outline.code.clone(),
            None => Some(self.code(level, statement)),
        };
        let mut end = self.end(&statement.text, code.as_deref(), id.to_string(), uri);
        let kept = outline.and_then(|outline| outline.rest.get("lastChangeDateTime")?.as_str());
        if let Some(kept) = kept {
            kept.clone_into(&mut end.changed);
        }
        end
    }

    /// The item with these as an end; see [`Ends::of_item`].
    fn end(&self, text: &str, code: Option<&str>, id: String, uri: String) -> Ends {
        let mut item = Object::new();
        item.insert_some("humanCodingScheme", code);
        item.insert("fullStatement", text);
        item.insert("identifier", id);
        item.insert("uri", uri);
        item.insert("lastChangeDateTime", self.context.changed());
        Ends::of_item(&item)
    }

    fn code(&self, level: &Level, statement: &Statement) -> String {
        let version = self.version;
        let (domain, position) = (statement.domain, statement.position);
        statement_code(
            &version.key,
            &version.version,
            domain,
            level.ordinal,
            position,
        )
    }

    pub(super) fn level_item(&self, level: &Level) -> Object {
        let mut item = self.item_of(ItemKind::Level, &self.level_end(level), &level.label);
        item.insert("listEnumeration", level.ordinal.to_string());
        item.insert_some("abbreviatedStatement", level.subtitle.as_deref().map(name));
        item.insert_some("notes", level.description.as_deref());
        let members = self
            .parts
            .as_ref()
            .and_then(|parts| parts.levels.get(&level.key));
        let mut ours = ours(ItemKind::Level, members.map(|parts| &parts.level));
        ours.insert("key", level.key.as_str());
        self.finish(item, ours)
    }

    pub(super) fn domain_item(&self, domain: &Domain) -> Object {
        let mut item = self.item_of(ItemKind::Domain, &self.domain_end(domain), &domain.title);
        item.insert("listEnumeration", domain.number.to_string());
        item.insert_some("notes", domain.description.as_deref());
        let place = self.version.domains.iter().position(|one| one == domain);
        let members = self.parts.as_ref().zip(place);
        let members = members.and_then(|(parts, place)| parts.domains.get(place));
        self.finish(item, ours(ItemKind::Domain, members))
    }

    /// The statement at `place` in its level, from 0.
    pub(super) fn statement_item(
        &self,
        level: &Level,
        place: usize,
        statement: &Statement,
    ) -> Object {
        let end = self.statement_end(level, statement);
        let Some(parts) = &self.parts else {
            return imported_item(statement, &end);
        };
        let mut item = self.item_of(ItemKind::Statement, &end, &statement.text);
        let title = parts_of(statement).map(|parts| name(parts.title));
        item.insert_some("abbreviatedStatement", title);
        item.insert("humanCodingScheme", plain(&self.code(level, statement)));
        item.insert("listEnumeration", statement.position.to_string());
        let members = parts
            .levels
            .get(&level.key)
            .and_then(|parts| parts.statements.get(place));
        let mut ours = ours(ItemKind::Statement, members);
        ours.insert("level", level.key.as_str());
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        ours.insert("place", place.saturating_add(1));
        self.finish(item, ours)
    }

    fn item_of(&self, kind: ItemKind, end: &Ends, text: &str) -> Object {
        let type_id = kind.identifier();
        let mut link = Object::new();
        link.insert("title", kind.title());
        link.insert("identifier", type_id.to_string());
        link.insert("uri", self.context.url("CFItemTypes", type_id));
        let mut item = Object::new();
        item.insert("identifier", end.id.as_str());
        item.insert("uri", end.uri.as_str());
        item.insert("fullStatement", text);
        item.insert("CFItemType", kind.title());
        item.insert("CFItemTypeURI", link);
        if self.version.occupation.is_some() {
            item.insert("language", "en");
        }
        item.insert("lastChangeDateTime", end.changed.as_str());
        item
    }

    fn finish(&self, mut item: Object, ours: Object) -> Object {
        let mut extensions = Object::new();
        extensions.insert(OURS, ours);
        item.insert("extensions", extensions);
        item
    }
}

/// The item of a package of others as it was, as far as the schema lets it.
fn imported_item(statement: &Statement, end: &Ends) -> Object {
    let mut item = Object::new();
    item.insert("identifier", end.id.as_str());
    item.insert("uri", end.uri.as_str());
    item.insert("fullStatement", statement.text.as_str());
    if let Some(outline) = &statement.outline {
        item.insert_some("CFItemType", outline.kind.as_deref());
        item.insert_some("humanCodingScheme", outline.code.as_deref());
        for (name, value) in outline.rest.iter().filter(|(name, _)| *name != KEPT) {
            item.insert(name, value.clone());
        }
    }
    if item.get("lastChangeDateTime").is_none() {
        item.insert("lastChangeDateTime", end.changed.as_str());
    }
    item
}

fn ours(kind: ItemKind, members: Option<&Object>) -> Object {
    let mut ours = Object::new();
    ours.insert("kind", kind.name());
    if let Some(members) = members.filter(|members| !members.is_empty()) {
        ours.insert("members", members.clone());
    }
    ours
}

/// A text as a name: on one line, and of some length.
fn name(text: &str) -> String {
    excerpt(&plain(text), NAME_CHARS).into_owned()
}
