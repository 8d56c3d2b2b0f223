//! Members of a provider.

use serde_json::json;
use uuid::Uuid;

use super::handover;
use crate::{
    app::Op,
    identity::{
        audit::{self, Change},
        model::{Member, NewMember},
        policy::{self, Action},
        store,
    },
    kernel::{
        checks::Checks,
        clock,
        db::is_unique_violation,
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

/// Creates a member with roles. A platform administrator does so until the provider is
/// [handed over](handover).
pub async fn create_member(op: &Op, mut new: NewMember) -> Result<Member> {
    let provider = policy::permit_for_provider(&op.actor, Action::ManageMembers, new.provider)?;
    let mut checks = Checks::default();
    checks.text(&new.name, 200, "name");
    checks.email(new.email.as_deref());
    checks.require(
        !new.roles.is_empty(),
        "roles",
        "REQUIRED",
        "give at least one role",
    );
    checks.require(
        new.roles.iter().all(|r| r.is_members()),
        "roles",
        "NOT_ALLOWED",
        "a member is a PROVIDER_ADMIN, an ASSESSOR or a REGISTRAR",
    );
    checks.done()?;
    new.roles.sort_unstable_by_key(|r| r.as_str());
    new.roles.dedup();
    let tx = op.write_tx().await?;
    if store::provider(&*tx, provider).await?.is_none() {
        return Err(Error::NotFound("this provider".to_owned()));
    }
    handover::check(op, &tx, provider, "input.providerId").await?;
    let member = Member {
        id: op.new_id(),
        provider,
        name: new.name,
        email: new.email.map(|e| e.to_lowercase()),
        created_at: clock::to_millis(op.now),
        roles: new.roles,
    };
    match store::insert_member(&*tx, &member).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(Error::invalid(
                "input.email",
                "TAKEN",
                "a member with this e-mail address exists already",
            ));
        }
        other => other?,
    }
    let roles: Vec<_> = member.roles.iter().map(|r| r.as_str()).collect();
    let change = Change {
        provider: Some(provider),
        action: "member.create",
        target: member.id.to_string(),
        before: None,
        after: Some(json!({
            "name": member.name, "email": member.email, "roles": roles,
        })),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(member)
}

/// A page of a provider's members.
pub async fn members(op: &Op, provider: Option<Uuid>, page: &PageRequest) -> Result<Page<Member>> {
    let provider = policy::permit_for_provider(&op.actor, Action::ViewMembers, provider)?;
    store::members(&op.read().await?, provider, page).await
}

/// Several of the tenant's members, for those who may see its assessments.
pub async fn assessors_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<Member>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewAssessments)?;
    store::members_by_id(&op.read().await?, extent.provider, ids).await
}
