//! The edits of a draft, as clients give them.

use async_graphql::{InputObject, MaybeUndefined, OneofObject};

use crate::{
    catalog::{
        drafts::{Change, Edit, Texts},
        model,
    },
    graphql::types::onet::AnchorKind,
};

/// One edit: exactly one of these.
#[derive(OneofObject)]
pub enum FrameworkEditInput {
    /// Sets what the framework says as a whole.
    SetTexts(FrameworkTextsInput),
    /// Adds a level, or changes the one that is called so.
    PutLevel(FrameworkLevelInput),
    /// Adds a domain, or changes the one that is called so.
    PutDomain(FrameworkDomainInput),
    /// Adds a statement, or changes or moves the one that is called so.
    PutStatement(FrameworkStatementInput),
    /// Adds a source, or puts it in the place of the one with its key.
    PutSource(FrameworkSourceInput),
    /// Removes the statement that is called so; or the level or domain, once there are no statements
    /// in it.
    Remove(String),
    /// Removes the source with this key.
    RemoveSource(String),
}

/// What the framework says as a whole. What is left out stays.
#[derive(InputObject)]
pub struct FrameworkTextsInput {
    /// The framework's name; null for none.
    pub title: MaybeUndefined<String>,
    /// Who made it; null for nobody.
    pub creator: MaybeUndefined<String>,
    /// The description.
    pub description: Option<String>,
    /// Which practice contexts the statements cover.
    pub context_covered: Option<String>,
    /// Whom to name when using it.
    pub attribution: Option<String>,
}

/// A level. What is left out stays as it is.
#[derive(InputObject)]
pub struct FrameworkLevelInput {
    /// What edits call it: for a new one, up to 64 letters, digits, hyphens, points and underscores.
    #[graphql(name = "ref")]
    pub reference: String,
    /// Its key in exports; that of a new one is its `ref`, unless it is given.
    pub key: Option<String>,
    /// What people call it; a new one needs it.
    pub label: Option<String>,
    /// Second name, such as the role that it fits; null for none.
    pub subtitle: MaybeUndefined<String>,
    /// What it is, in more words; null for nothing.
    pub description: MaybeUndefined<String>,
    /// The `ref` of the level below it; null for the lowest.
    pub after: MaybeUndefined<String>,
}

/// A domain. What is left out stays as it is.
#[derive(InputObject)]
pub struct FrameworkDomainInput {
    /// What edits call it: for a new one, up to 64 letters, digits, hyphens, points and underscores.
    #[graphql(name = "ref")]
    pub reference: String,
    /// Its key in exports; that of a new one is its `ref`, unless it is given.
    pub key: Option<String>,
    /// Its name; a new one needs it.
    pub title: Option<String>,
    /// What it is, in more words; null for nothing.
    pub description: MaybeUndefined<String>,
    /// The `ref` of the domain before it; null for the first.
    pub after: MaybeUndefined<String>,
}

/// A statement. What is left out stays as it is.
#[derive(InputObject)]
pub struct FrameworkStatementInput {
    /// What edits call it: for a new one, up to 64 letters, digits, hyphens, points and underscores.
    #[graphql(name = "ref")]
    pub reference: String,
    /// The `ref` of its level; a new one needs it.
    pub level: Option<String>,
    /// The `ref` of its domain; null for none.
    pub domain: MaybeUndefined<String>,
    /// The sentence; a new one needs it.
    pub text: Option<String>,
    /// All that it rests on, in order.
    pub citations: Option<Vec<FrameworkCitationInput>>,
    /// All that it is grounded in.
    pub anchors: Option<Vec<AnchorReferenceInput>>,
    /// The `ref` of the statement of its level and domain that it stands behind; null for the first
    /// place.
    pub after: MaybeUndefined<String>,
}

/// That a statement rests on a source.
#[derive(InputObject)]
pub struct FrameworkCitationInput {
    /// The source's key.
    pub source: String,
    /// Where in the source.
    pub locator: Option<String>,
}

/// An anchor of the occupation that a statement is grounded in.
#[derive(InputObject)]
pub struct AnchorReferenceInput {
    /// What kind of thing.
    pub kind: AnchorKind,
    /// Its place within its kind in the profile, from 1.
    pub ordinal: u32,
}

/// Something that statements rest on.
#[derive(InputObject)]
pub struct FrameworkSourceInput {
    /// Key by which it is cited.
    pub key: String,
    /// Short name.
    pub label: String,
    /// Full name.
    pub title: Option<String>,
    /// Which release of it.
    pub release: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
}

fn change<T>(given: MaybeUndefined<T>) -> Change<T> {
    match given {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::Set(value),
    }
}

impl From<FrameworkEditInput> for Edit {
    fn from(input: FrameworkEditInput) -> Self {
        match input {
            FrameworkEditInput::SetTexts(texts) => Self::Texts(Texts {
                title: change(texts.title),
                creator: change(texts.creator),
                description: texts.description,
                context_covered: texts.context_covered,
                attribution: texts.attribution,
            }),
            FrameworkEditInput::PutLevel(level) => Self::Level {
                reference: level.reference,
                key: level.key,
                label: level.label,
                subtitle: change(level.subtitle),
                description: change(level.description),
                after: change(level.after),
            },
            FrameworkEditInput::PutDomain(domain) => Self::Domain {
                reference: domain.reference,
                key: domain.key,
                title: domain.title,
                description: change(domain.description),
                after: change(domain.after),
            },
            FrameworkEditInput::PutStatement(statement) => Self::Statement {
                reference: statement.reference,
                level: statement.level,
                domain: change(statement.domain),
                text: statement.text,
                citations: statement
                    .citations
                    .map(|all| all.into_iter().map(Into::into).collect()),
                anchors: statement
                    .anchors
                    .map(|all| all.into_iter().map(Into::into).collect()),
                after: change(statement.after),
            },
            FrameworkEditInput::PutSource(source) => Self::Source(model::Source {
                key: source.key,
                label: source.label,
                title: source.title,
                release: source.release,
                date: source.date,
                licence: source.licence,
                url: source.url,
            }),
            FrameworkEditInput::Remove(reference) => Self::Remove { reference },
            FrameworkEditInput::RemoveSource(key) => Self::RemoveSource { key },
        }
    }
}

impl From<FrameworkCitationInput> for model::Citation {
    fn from(input: FrameworkCitationInput) -> Self {
        Self {
            source: input.source,
            locator: input.locator,
        }
    }
}

impl From<AnchorReferenceInput> for model::AnchorRef {
    fn from(input: AnchorReferenceInput) -> Self {
        Self {
            kind: input.kind.into(),
            ordinal: input.ordinal,
        }
    }
}
