//! Levels, domains and statements, each as a competency.

use super::{ENGLISH, Place, Told, in_language, node, place};
use crate::{
    catalog::{
        model::{Citation, Domain, Level, Statement},
        rules::{parts_of, statement_code},
    },
    kernel::json::{Json, Object},
};

impl Told<'_> {
    /// A level, with its statements where they are told too.
    pub(super) fn level(&self, level: &Level, with_children: bool) -> Object {
        let id = self.fragment("level", level.ordinal);
        let notes = [&level.subtitle, &level.description];
        let notes = notes.into_iter().flatten().map(String::as_str).collect();
        let mut node = self.heading(id, "Level", &level.label, notes);
        node.insert("ceasn:listID", level.ordinal.to_string());
        if with_children {
            let own = level.statements.iter().map(|s| place(level, s));
            let top = own.filter(|place| !self.above.contains_key(place));
            self.put_children(&mut node, top);
        }
        node
    }

    /// A domain, with its statements of all levels where they are told too.
    pub(super) fn domain(&self, domain: &Domain, with_children: bool) -> Object {
        let id = self.fragment("domain", domain.number);
        let notes = domain.description.as_deref().into_iter().collect();
        let mut node = self.heading(id, "Domain", &domain.title, notes);
        node.insert("ceasn:listID", domain.number.to_string());
        if with_children {
            let all = self.version.levels.iter();
            let all = all.flat_map(|level| level.statements.iter().map(|s| place(level, s)));
            let own = all.filter(|place| place.1 == Some(domain.number));
            self.put_children(&mut node, own);
        }
        node
    }

    /// One of the framework's top children.
    fn heading(&self, id: String, category: &str, title: &str, notes: Vec<&str>) -> Object {
        let mut node = node(id, "ceasn:Competency");
        node.insert("ceasn:competencyText", self.text(title));
        let category = in_language(Some(ENGLISH), category);
        node.insert("ceasn:competencyCategory", category);
        if !notes.is_empty() {
            let notes: Vec<Json> = notes.into_iter().map(Json::from).collect();
            node.insert("ceasn:comment", in_language(self.language(), notes));
        }
        self.put_language(&mut node);
        node.insert("ceasn:isPartOf", self.url());
        node.insert("ceasn:isTopChildOf", self.url());
        node
    }

    /// A statement of a level.
    pub(super) fn statement(&self, level: &Level, statement: &Statement) -> Object {
        let at = place(level, statement);
        let mut node = node(self.url_of_statement(at), "ceasn:Competency");
        node.insert("ceasn:competencyText", self.text(&statement.text));
        let title = parts_of(statement).map(|parts| self.text(parts.title));
        node.insert_some("ceasn:competencyLabel", title);
        let outline = statement.outline.as_ref();
        let kind = outline.and_then(|outline| outline.kind.as_deref());
        node.insert_some("ceasn:competencyCategory", kind.map(|kind| self.text(kind)));
        let code = self.code(level, statement);
        match outline.and_then(|outline| outline.code.as_deref()) {
            Some(own) => {
                node.insert("ceasn:codedNotation", own);
                node.insert("ceasn:altCodedNotation", vec![Json::from(code)]);
            }
            None => node.insert("ceasn:codedNotation", code),
        }
        node.insert("ceasn:listID", statement.position.to_string());
        self.put_language(&mut node);
        node.insert("ceasn:isPartOf", self.url());
        node.insert("ceasn:isChildOf", self.parents(at));
        let below = self.below.get(&at).into_iter().flatten();
        self.put_children(&mut node, below.copied());
        let replaced = statement.replaces;
        let replaced = replaced.map(|id| format!("{}/statements/{id}", self.base));
        node.insert_some("ceasn:isVersionOf", replaced);
        let cited: Vec<Json> = statement
            .citations
            .iter()
            .filter_map(|citation| self.citation(citation))
            .collect();
        if !cited.is_empty() {
            node.insert("ceasn:sourceDocumentation", cited);
        }
        node
    }

    fn code(&self, level: &Level, statement: &Statement) -> String {
        let (key, label) = (&self.version.key, &self.version.version);
        let (domain, position) = (statement.domain, statement.position);
        statement_code(key, label, domain, level.ordinal, position)
    }

    fn parents(&self, at: Place) -> Vec<Json> {
        let above = self
            .above
            .get(&at)
            .map(|above| self.url_of_statement(*above));
        let (level, domain, _) = at;
        let first = above.unwrap_or_else(|| self.fragment("level", level));
        let domain = domain.map(|number| self.fragment("domain", number));
        [first].into_iter().chain(domain).map(Json::from).collect()
    }

    /// A source, or the part of it that is cited.
    fn citation(&self, citation: &Citation) -> Option<Json> {
        let url = self.url_of_source(&citation.source)?;
        let Some(locator) = &citation.locator else {
            return Some(url.into());
        };
        let mut part = Object::new();
        part.insert("@type", "schema:CreativeWork");
        part.insert("schema:name", locator.as_str());
        part.insert("schema:isPartOf", url);
        Some(part.into())
    }

    fn put_children(&self, node: &mut Object, children: impl Iterator<Item = Place>) {
        let children: Vec<Json> = children
            .map(|place| self.url_of_statement(place).into())
            .collect();
        if !children.is_empty() {
            node.insert("ceasn:hasChild", children);
        }
    }
}
