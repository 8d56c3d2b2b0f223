//! The associations of a package.

use std::collections::HashMap;

use uuid::Uuid;

use super::relations::{Ends, Relation, association, child_of};
use super::{OURS, Writer};
use crate::catalog::ids;
use crate::kernel::json::Object;

impl Writer<'_> {
    /// All associations, those of the package's own first.
    pub(super) fn associations(&self) -> Vec<Object> {
        let mut all = match self.parts {
            Some(_) => self.own_associations(),
            None => self.imported_associations(),
        };
        let kept = self
            .version
            .case
            .as_ref()
            .map(|case| case.associations.as_slice());
        let kept = kept.unwrap_or_default().iter();
        all.extend(kept.filter_map(|one| one.as_object().cloned()));
        self.successions(&mut all);
        all
    }

    fn own(&self, of: Uuid, relation: Relation, number: usize, ends: (&Ends, &Ends)) -> Object {
        let id = ids::association(of, relation.digit());
        let number = i64::try_from(number).ok().filter(|number| *number > 0);
        association(
            id,
            self.context.url("CFAssociations", id),
            relation,
            number,
            ends,
        )
    }

    fn own_associations(&self) -> Vec<Object> {
        let version = self.version;
        let top = self.document_end();
        let mut all = Vec::new();
        let levels = version
            .levels
            .iter()
            .map(|level| (self.level_id(level), self.level_end(level)));
        let domains = version.domains.iter();
        let domains = domains.map(|domain| (self.domain_id(domain), self.domain_end(domain)));
        for (number, (id, end)) in (1..).zip(levels.chain(domains)) {
            all.push(self.own(id, Relation::IsChildOf, number, (&end, &top)));
        }
        self.statement_associations(&mut all);
        all
    }

    fn statement_associations(&self, all: &mut Vec<Object>) {
        let domains = self.version.domains.iter();
        let domains: HashMap<u32, Ends> = domains
            .map(|domain| (domain.number, self.domain_end(domain)))
            .collect();
        let mut children: HashMap<u32, usize> = HashMap::new();
        for level in &self.version.levels {
            let at = self.level_end(level);
            let mut of_level = 0;
            for statement in &level.statements {
                let id = self.statement_id(level, statement);
                let end = self.statement_end(level, statement);
                let domain = statement
                    .domain
                    .and_then(|number| Some((number, domains.get(&number)?)));
                let (parent, count) = match domain {
                    Some((number, domain)) => (domain, children.entry(number).or_default()),
                    None => (&at, &mut of_level),
                };
                *count += 1;
                all.push(self.own(id, Relation::IsChildOf, *count, (&end, parent)));
                all.push(self.own(id, Relation::HasSkillLevel, 0, (&end, &at)));
            }
        }
    }

    fn imported_associations(&self) -> Vec<Object> {
        let top = self.document_end();
        let mut all = Vec::new();
        for level in &self.version.levels {
            let ends: Vec<Ends> = level
                .statements
                .iter()
                .map(|one| self.statement_end(level, one))
                .collect();
            for (statement, end) in level.statements.iter().zip(&ends) {
                let Some(outline) = &statement.outline else {
                    continue;
                };
                let Some(id) = outline.child_of else { continue };
                let parent = outline
                    .parent
                    .and_then(|parent| usize::try_from(parent).ok()?.checked_sub(1));
                let parent = parent.and_then(|parent| ends.get(parent)).unwrap_or(&top);
                all.push(child_of(outline, id, end, parent));
            }
        }
        all
    }

    /// What took the place of the document and of its statements: that was told after the version
    /// was published, so a reader leaves it out.
    fn successions(&self, all: &mut Vec<Object>) {
        let replaced = self.context.replaced_by;
        let mut add = |of: Uuid, old: &Ends, new: &Ends| {
            let mut one = self.own(of, Relation::ReplacedBy, 0, (old, new));
            let (mut ours, mut extensions) = (Object::new(), Object::new());
            ours.insert("derived", true);
            extensions.insert(OURS, ours);
            one.insert("extensions", extensions);
            all.push(one);
        };
        if let Some((id, title)) = &replaced.document {
            let new = Ends {
                title: title.clone(),
                id: id.to_string(),
                uri: self.context.url("CFDocuments", *id),
                changed: self.context.changed(),
            };
            add(self.facts.id, &self.document_end(), &new);
        }
        if replaced.statements.is_empty() {
            return;
        }
        for level in &self.version.levels {
            for statement in &level.statements {
                let id = self.statement_id(level, statement);
                let Some(successor) = replaced.statements.get(&id) else {
                    continue;
                };
                let old = self.statement_end(level, statement);
                let new = Ends {
                    id: successor.to_string(),
                    uri: self.context.url("CFItems", *successor),
                    ..old.clone()
                };
                add(id, &old, &new);
            }
        }
    }
}
