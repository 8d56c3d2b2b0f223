//! Beginning a draft.

use entity::framework_draft;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{lock_owner, not_yours, owner_of, record};
use crate::{
    app::Op,
    catalog::{
        drafts::Draft,
        ids::{self, FrameworkKey},
        model::{Family, FrameworkVersion, Soc},
        rules::compare_labels,
        store::{self, DraftRow, VersionRow},
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// Open drafts of one owner at most.
const MAX_OPEN: usize = 100;

/// A framework that has no version yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFramework {
    /// What tells it from the others of its owner: letters a to z, digits and hyphens.
    pub slug: String,
    /// Its name.
    pub title: Option<String>,
    /// The code of the occupation that it is about, if it is about one.
    pub soc: Option<String>,
}

/// Begins a draft: the first of a new framework, or the next one after a published version.
///
/// # Errors
/// `Invalid`, with the remedy: when not exactly one of the two is named, when the framework is
/// somebody else's, has versions already, has an open draft, or came in a CASE package.
pub async fn create_draft(
    op: &Op,
    new: Option<NewFramework>,
    base: Option<Uuid>,
) -> Result<DraftRow> {
    policy::permit(&op.actor, Action::ManageFrameworks)?;
    let owner = owner_of(op);
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner).await?;
    let row = match (new, base) {
        (Some(new), None) => first(&*tx, op, owner, new).await?,
        (None, Some(base)) => next(&*tx, op, owner, base).await?,
        _ => {
            let message = "name a new framework or a version to begin from: one of the two";
            return Err(Error::invalid("input", "UNCLEAR", message));
        }
    };
    tx.commit().await?;
    Ok(row.into())
}

async fn first(
    tx: &impl ConnectionTrait,
    op: &Op,
    owner: Option<Uuid>,
    new: NewFramework,
) -> Result<framework_draft::Model> {
    let Some(key) = FrameworkKey::custom(&new.slug) else {
        let message = "give 1 to 100 of the letters a to z, digits and hyphens";
        return Err(Error::invalid("input.framework.slug", "BAD_SLUG", message));
    };
    let framework = ids::framework(owner, &key);
    if !store::framework_version_ids(tx, &[framework])
        .await?
        .is_empty()
    {
        let message = "you have a framework of this name: begin from a version of it";
        return Err(Error::invalid(
            "input.framework.slug",
            "SLUG_TAKEN",
            message,
        ));
    }
    let occupation_id = match &new.soc {
        None => None,
        Some(soc) => Some(occupation(tx, soc).await?),
    };
    let draft = Draft {
        title: new.title,
        ..Draft::default()
    };
    let row = framework_draft::Model {
        framework_id: framework,
        framework_key: key.as_str().to_owned(),
        family: Family::Custom.as_str().to_owned(),
        occupation_id,
        ..blank(op, owner, &draft)
    };
    insert(tx, op, row).await
}

async fn occupation(tx: &impl ConnectionTrait, soc: &str) -> Result<Uuid> {
    let found = match soc.parse::<Soc>() {
        Ok(soc) => store::occupation_by_soc(tx, soc.as_str()).await?,
        Err(_) => None,
    };
    found.map(|row| row.id).ok_or_else(|| {
        let message = "the catalog has no such occupation: give a code such as 29-1122.00";
        Error::invalid("input.framework.soc", "UNKNOWN_OCCUPATION", message)
    })
}

async fn next(
    tx: &impl ConnectionTrait,
    op: &Op,
    owner: Option<Uuid>,
    base: Uuid,
) -> Result<framework_draft::Model> {
    let found = store::version_rows(tx, &[base]).await?.pop();
    let found = found.ok_or_else(|| Error::NotFound("this framework version".to_owned()))?;
    if found.owner_id != owner {
        return Err(not_yours("input.baseVersionId"));
    }
    after(tx, op, found).await
}

/// The open draft of a framework; one begun from its newest version, if there is none. What is done
/// to the framework's owner's frameworks must be in a row.
pub(in crate::catalog::ops) async fn open_for(
    tx: &impl ConnectionTrait,
    op: &Op,
    owner: Option<Uuid>,
    framework: Uuid,
) -> Result<framework_draft::Model> {
    if let Some(open) = store::open_draft(tx, owner, framework).await? {
        return Ok(open);
    }
    let ids = store::framework_version_ids(tx, &[framework]).await?;
    let ids: Vec<_> = ids.into_iter().map(|(_, version)| version).collect();
    let versions = store::version_rows(tx, &ids).await?;
    let newest = versions
        .into_iter()
        .max_by(|a, b| compare_labels(&a.label, &b.label));
    let newest = newest.ok_or_else(|| Error::internal("a framework without versions"))?;
    after(tx, op, newest).await
}

async fn after(
    tx: &impl ConnectionTrait,
    op: &Op,
    base: VersionRow,
) -> Result<framework_draft::Model> {
    let version = stored(tx, base.framework_id, &base.label).await?;
    let statements = version.levels.iter().flat_map(|level| &level.statements);
    let mut statements = statements;
    if version.case.is_some() || statements.any(|statement| statement.outline.is_some()) {
        let message = "this framework came in a CASE package: import the next package of those who maintain it";
        return Err(Error::invalid("input", "FOREIGN_FRAMEWORK", message));
    }
    let row = framework_draft::Model {
        framework_id: base.framework_id,
        framework_key: base.key,
        family: base.family,
        occupation_id: base.occupation_id,
        base_version_id: Some(base.id),
        ..blank(op, base.owner_id, &Draft::of(base.owner_id, &version))
    };
    insert(tx, op, row).await
}

/// A published version, whole.
pub(super) async fn stored(
    tx: &impl ConnectionTrait,
    framework: Uuid,
    label: &str,
) -> Result<FrameworkVersion> {
    let row = store::version_by_label(tx, framework, label).await?;
    let row = row.ok_or_else(|| Error::internal("a version that is not there"))?;
    store::stored_version(tx, &row).await
}

fn blank(op: &Op, owner: Option<Uuid>, draft: &Draft) -> framework_draft::Model {
    let at = clock::to_millis(op.now);
    framework_draft::Model {
        id: op.new_id(),
        provider_id: owner,
        framework_id: Uuid::nil(),
        framework_key: String::new(),
        family: String::new(),
        occupation_id: None,
        base_version_id: None,
        content: draft.to_object().to_text(),
        revision: 1,
        state: store::OPEN.to_owned(),
        version_id: None,
        created_at: at,
        updated_at: at,
    }
}

async fn insert(
    tx: &impl ConnectionTrait,
    op: &Op,
    row: framework_draft::Model,
) -> Result<framework_draft::Model> {
    if let Some(open) = store::open_draft(tx, row.provider_id, row.framework_id).await? {
        let id = crate::kernel::ids::global("FrameworkDraft", open.id);
        let message = format!("the framework has an open draft, {id}: edit that, or discard it");
        return Err(Error::invalid("input", "DRAFT_OPEN", message));
    }
    if store::count_open_drafts(tx, row.provider_id).await? >= MAX_OPEN {
        let message = format!("there are {MAX_OPEN} open drafts: publish or discard one");
        return Err(Error::invalid("input", "TOO_MANY_DRAFTS", message));
    }
    super::change::check_size(&row.content)?;
    store::insert_draft(tx, &row).await?;
    record(tx, op, "framework_draft.create", None, &row).await?;
    Ok(row)
}
