//! Drafting, publishing and deprecating versions of frameworks.

mod edit;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::payload;
use crate::{
    catalog::ops::{
        browse, deprecate,
        drafts::{self, NewFramework},
    },
    graphql::{
        errors::{Result, UserError, op, outcome, told},
        types::{catalog::FrameworkVersion, draft::FrameworkDraft, input},
    },
    kernel::errors,
};

pub use edit::FrameworkEditInput;

/// A draft to begin: of a new framework, or from a published version.
#[derive(InputObject)]
pub struct CreateFrameworkDraftInput {
    /// The published version whose place the draft is to take: of the provider that the key belongs
    /// to; with a curator's key, of a shared framework.
    pub base_version_id: Option<ID>,
    /// A framework that has no version yet.
    pub framework: Option<NewFrameworkInput>,
}

/// A framework that has no version yet. Its family is `CUSTOM`.
#[derive(InputObject)]
pub struct NewFrameworkInput {
    /// What tells it from the others of its owner for good: letters a to z, digits and hyphens, such
    /// as `forklift-safety`.
    pub slug: String,
    /// Its name; one that is about no occupation needs it to be published.
    pub title: Option<String>,
    /// The code of the occupation that it is about, if it is about one.
    pub soc: Option<String>,
}

/// Edits of a draft.
#[derive(InputObject)]
pub struct EditFrameworkDraftInput {
    /// The draft.
    pub draft_id: ID,
    /// The revision that they were made for.
    pub revision: i32,
    /// The edits, in their order, at most 1000: all of them are made, or none.
    pub edits: Vec<FrameworkEditInput>,
}

/// A draft to publish.
#[derive(InputObject)]
pub struct PublishFrameworkDraftInput {
    /// The draft.
    pub draft_id: ID,
    /// The revision that was looked at.
    pub revision: i32,
    /// The label of the version, such as `v.26.11`: it comes after those that are there.
    pub label: String,
}

/// A draft to give up.
#[derive(InputObject)]
pub struct DiscardFrameworkDraftInput {
    /// The draft.
    pub draft_id: ID,
}

/// A version to deprecate.
#[derive(InputObject)]
pub struct DeprecateFrameworkVersionInput {
    /// The version.
    pub framework_version_id: ID,
    /// Why, and what to use instead.
    pub note: String,
}

payload! {
    /// The outcome of `createFrameworkDraft`.
    CreateFrameworkDraftPayload {
        /// The draft.
        framework_draft: FrameworkDraft
    }
}

payload! {
    /// The outcome of `editFrameworkDraft`.
    EditFrameworkDraftPayload {
        /// The draft, at its new revision.
        framework_draft: FrameworkDraft
    }
}

payload! {
    /// The outcome of `publishFrameworkDraft`.
    PublishFrameworkDraftPayload {
        /// The draft, and in it the version that it became.
        framework_draft: FrameworkDraft
    }
}

payload! {
    /// The outcome of `discardFrameworkDraft`.
    DiscardFrameworkDraftPayload {
        /// The draft.
        framework_draft: FrameworkDraft
    }
}

/// The outcome of `deprecateFrameworkVersion`.
#[derive(SimpleObject)]
pub struct DeprecateFrameworkVersionPayload {
    /// The version.
    pub framework_version: Option<FrameworkVersion>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

fn draft(id: &ID) -> errors::Result<uuid::Uuid> {
    input::id("FrameworkDraft", "this draft", id)
}

/// Mutations of frameworks.
#[derive(Default)]
pub struct FrameworkMutation;

#[Object]
impl FrameworkMutation {
    /// Begins a draft: of a new framework of the provider that the key belongs to, or of the version
    /// that is to take the place of a published one. With a curator's key, of shared frameworks.
    async fn create_framework_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of what.")] input: CreateFrameworkDraftInput,
    ) -> Result<CreateFrameworkDraftPayload> {
        let op = op(ctx)?;
        let created = async {
            let base = input
                .base_version_id
                .map(|id| input::id("FrameworkVersion", "this framework version", &id));
            let new = input.framework.map(|new| NewFramework {
                slug: new.slug,
                title: new.title,
                soc: new.soc,
            });
            drafts::create_draft(op, new, base.transpose()?).await
        };
        CreateFrameworkDraftPayload::of(created.await, FrameworkDraft)
    }

    /// Edits a draft: all of the edits are made, or none. What is refused because the draft was
    /// changed meanwhile names its present revision.
    async fn edit_framework_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edits.")] input: EditFrameworkDraftInput,
    ) -> Result<EditFrameworkDraftPayload> {
        let op = op(ctx)?;
        let edited = async {
            let edits = input.edits.into_iter().map(Into::into).collect();
            drafts::edit_draft(op, draft(&input.draft_id)?, input.revision, edits).await
        };
        EditFrameworkDraftPayload::of(edited.await, FrameworkDraft)
    }

    /// Publishes a draft under a label: from then on it never changes, and anyone sees it. Its
    /// statements take the place of those of the version that it was begun from; what was issued for
    /// these still holds.
    async fn publish_framework_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and as what.")] input: PublishFrameworkDraftInput,
    ) -> Result<PublishFrameworkDraftPayload> {
        let op = op(ctx)?;
        let published = async {
            let id = draft(&input.draft_id)?;
            drafts::publish_draft(op, id, input.revision, &input.label).await
        };
        PublishFrameworkDraftPayload::of(published.await, FrameworkDraft)
    }

    /// Gives up a draft.
    async fn discard_framework_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DiscardFrameworkDraftInput,
    ) -> Result<DiscardFrameworkDraftPayload> {
        let op = op(ctx)?;
        let discarded = async { drafts::discard_draft(op, draft(&input.draft_id)?).await };
        DiscardFrameworkDraftPayload::of(discarded.await, FrameworkDraft)
    }

    /// Deprecates a published version of one's own framework: it holds for what it was used for, and
    /// no new plan takes its statements.
    async fn deprecate_framework_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: DeprecateFrameworkVersionInput,
    ) -> Result<DeprecateFrameworkVersionPayload> {
        let op = op(ctx)?;
        let deprecated = async {
            let id = &input.framework_version_id;
            let id = input::id("FrameworkVersion", "this framework version", id)?;
            deprecate::deprecate_version(op, id, &input.note).await?;
            Ok(id)
        };
        let (id, user_errors) = outcome(deprecated.await)?;
        let framework_version = match id {
            Some(id) => {
                let found = browse::versions(&op.app, &[id]).await.map_err(told)?;
                found.into_values().next().map(FrameworkVersion)
            }
            None => None,
        };
        Ok(DeprecateFrameworkVersionPayload {
            framework_version,
            user_errors,
        })
    }
}
