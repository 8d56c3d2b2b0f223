//! What a draft holds.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    catalog::{
        ids::{self, FrameworkKey},
        model::{
            AnchorRef, Citation, Domain, Extra, Family, FrameworkVersion, Level, OccupationFacts,
            ProfileRef, Source, Split, Statement,
        },
    },
    kernel::json::{Json, Object},
};

/// All of a draft that can be edited. Levels, domains and statements are told by references, which
/// stay while everything else changes; ordinals, numbers and positions follow from the order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The framework's name, where it has one of its own.
    pub title: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// A description, which may be empty.
    pub description: String,
    /// The contexts that the statements cover, which may be empty.
    pub context_covered: String,
    /// Whom to name when using it, which may be empty.
    pub attribution: String,
    /// The levels, the lowest first.
    pub levels: Vec<DraftLevel>,
    /// The domains, in order.
    pub domains: Vec<DraftDomain>,
    /// What its statements cite.
    pub sources: Vec<Source>,
    /// The statements of all levels and domains; those of one level and domain are in order.
    pub statements: Vec<DraftStatement>,
}

/// A level of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftLevel {
    /// What edits call it.
    pub reference: String,
    /// Its key in exports.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// A second name, such as the role that it fits.
    pub subtitle: Option<String>,
    /// What it is, in more words.
    pub description: Option<String>,
}

/// A domain of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftDomain {
    /// What edits call it.
    pub reference: String,
    /// Its key in exports.
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it is, in more words.
    pub description: Option<String>,
}

/// A statement of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftStatement {
    /// What edits call it.
    pub reference: String,
    /// The reference of its level.
    pub level: String,
    /// The reference of its domain, if it is in one.
    pub domain: Option<String>,
    /// The sentence.
    pub text: String,
    /// Where its title ends and its description begins.
    pub split: Split,
    /// What it rests on, in order.
    pub citations: Vec<Citation>,
    /// What in the occupation's profile it is grounded in.
    pub anchors: Vec<AnchorRef>,
    /// The statement of the version before that it takes the place of.
    pub replaces: Option<Uuid>,
}

/// What of a version is not drafted: it comes from the framework and from the version before.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The occupation it is about, if it is about one.
    pub occupation: Option<OccupationFacts>,
    /// The kind of its statements.
    pub family: Family,
    /// What tells the framework from the others of its owner.
    pub key: FrameworkKey,
    /// The version's label.
    pub label: String,
    /// The label of the version before.
    pub replaces: Option<String>,
    /// What it was made from.
    pub sources: Json,
    /// The profile of the occupation that it is published with.
    pub profile: Option<ProfileRef>,
    /// Members that no format defines, beside levels, domains and sources.
    pub extras: Vec<Extra>,
}

impl Frame {
    /// The frame of a framework's first version.
    #[must_use]
    pub fn first(occupation: Option<OccupationFacts>, key: FrameworkKey, label: String) -> Self {
        Self {
            occupation,
            family: Family::Custom,
            key,
            label,
            replaces: None,
            sources: Object::new().into(),
            profile: None,
            extras: Vec::new(),
        }
    }

    /// The frame of the version that takes the place of `base`. What else stood in the objects of
    /// levels, domains, sources and statements stays with the version that it came with.
    #[must_use]
    pub fn after(base: FrameworkVersion, label: String) -> Self {
        let outside = |extra: &Extra| {
            let drafted = [
                "/framework/levels/",
                "/framework/domains/",
                "/framework/citedSources/",
            ];
            !drafted.iter().any(|at| extra.container.starts_with(at))
        };
        Self {
            occupation: base.occupation,
            family: base.family,
            key: base.key,
            label,
            replaces: Some(base.version),
            sources: base.sources,
            profile: base.profile,
            extras: base.extras.into_iter().filter(outside).collect(),
        }
    }
}

impl Draft {
    /// A draft that says what a version of a framework of `owner` says. References are the ids of
    /// that version's levels, domains and statements.
    #[must_use]
    pub fn of(owner: Option<Uuid>, version: &FrameworkVersion) -> Self {
        let (key, label) = (&version.key, version.version.as_str());
        let domains: Vec<DraftDomain> = version
            .domains
            .iter()
            .map(|domain| DraftDomain {
                reference: ids::domain(owner, key, label, domain.number).to_string(),
                key: domain.key.clone(),
                title: domain.title.clone(),
                description: domain.description.clone(),
            })
            .collect();
        let domain = |number: u32| Some(ids::domain(owner, key, label, number).to_string());
        let (mut levels, mut statements) = (Vec::with_capacity(version.levels.len()), Vec::new());
        for level in &version.levels {
            let reference = ids::level(owner, key, label, level.ordinal).to_string();
            for statement in &level.statements {
                let (number, position) = (statement.domain, statement.position);
                let id = ids::statement(owner, key, label, number, level.ordinal, position);
                statements.push(DraftStatement {
                    reference: id.to_string(),
                    level: reference.clone(),
                    domain: number.and_then(domain),
                    text: statement.text.clone(),
                    split: statement.split,
                    citations: statement.citations.clone(),
                    anchors: statement.anchors.clone(),
                    replaces: Some(id),
                });
            }
            levels.push(DraftLevel {
                reference,
                key: level.key.clone(),
                label: level.label.clone(),
                subtitle: level.subtitle.clone(),
                description: level.description.clone(),
            });
        }
        Self {
            title: version.title.clone(),
            creator: version.creator.clone(),
            description: version.description.clone(),
            context_covered: version.context_covered.clone(),
            attribution: version.attribution.clone(),
            levels,
            domains,
            sources: version.cited.clone(),
            statements,
        }
    }

    /// The version that is published of it. What [`check`](super::check) tells of must be mended
    /// before: a statement whose level is not there is left out.
    #[must_use]
    pub fn version(&self, frame: Frame) -> FrameworkVersion {
        let numbers: HashMap<&str, u32> = self
            .domains
            .iter()
            .map(|domain| domain.reference.as_str())
            .zip(1..)
            .collect();
        let levels = (1..).zip(&self.levels).map(|(ordinal, level)| Level {
            ordinal,
            key: level.key.clone(),
            label: level.label.clone(),
            subtitle: level.subtitle.clone(),
            description: level.description.clone(),
            statements: self.statements_of(level, &numbers),
        });
        let domains = (1..).zip(&self.domains).map(|(number, domain)| Domain {
            number,
            key: domain.key.clone(),
            title: domain.title.clone(),
            description: domain.description.clone(),
        });
        FrameworkVersion {
            occupation: frame.occupation,
            family: frame.family,
            key: frame.key,
            title: self.title.clone(),
            creator: self.creator.clone(),
            version: frame.label,
            replaces: frame.replaces,
            description: self.description.clone(),
            context_covered: self.context_covered.clone(),
            domains: domains.collect(),
            levels: levels.collect(),
            cited: self.sources.clone(),
            sources: frame.sources,
            attribution: self.attribution.clone(),
            profile: frame.profile,
            case: None,
            exported_at: None,
            extras: frame.extras,
        }
    }

    fn statements_of(&self, level: &DraftLevel, numbers: &HashMap<&str, u32>) -> Vec<Statement> {
        let mut own: Vec<(Option<u32>, &DraftStatement)> = self
            .statements
            .iter()
            .filter(|statement| statement.level == level.reference)
            .map(|statement| {
                let domain = statement.domain.as_deref();
                (domain.and_then(|d| numbers.get(d).copied()), statement)
            })
            .collect();
        own.sort_by_key(|(domain, _)| *domain);
        let mut last = (None, 0);
        own.into_iter()
            .map(|(domain, statement)| {
                last = (domain, if last.0 == domain { last.1 + 1 } else { 1 });
                Statement {
                    domain,
                    position: last.1,
                    text: statement.text.clone(),
                    split: statement.split,
                    citations: statement.citations.clone(),
                    anchors: statement.anchors.clone(),
                    replaces: statement.replaces,
                    outline: None,
                }
            })
            .collect()
    }

    /// The statement that edits call by this reference.
    #[must_use]
    pub fn statement(&self, reference: &str) -> Option<&DraftStatement> {
        let mut all = self.statements.iter();
        all.find(|statement| statement.reference == reference)
    }

    /// The statement that takes the place of this one of the version before.
    #[must_use]
    pub fn successor_of(&self, statement: Uuid) -> Option<&DraftStatement> {
        let mut all = self.statements.iter();
        all.find(|own| own.replaces == Some(statement))
    }
}
