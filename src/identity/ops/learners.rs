//! Learners of a provider.

use entity::learner;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::Op,
    identity::{
        audit::{self, Change},
        model::{LearnerFilter, NewLearner},
        policy::{self, Action},
        store,
    },
    kernel::{
        checks::{Checks, is_did},
        clock,
        db::is_unique_violation,
        errors::{Error, Result},
        ids,
        pages::{Page, PageRequest},
    },
};

/// Creates a learner, with a random name for credentials that have no DID to use.
pub async fn create_learner(op: &Op, new: NewLearner) -> Result<learner::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManageLearners)?;
    check(&new)?;
    let tx = op.write_tx().await?;
    if let Some(member) = new.member
        && store::member(&*tx, provider, member).await?.is_none()
    {
        return Err(Error::NotFound("this member".to_owned()));
    }
    let row = learner::Model {
        id: op.new_id(),
        provider_id: provider,
        external_id: new.external_id,
        name: new.name,
        email: new.email.map(|e| e.to_lowercase()),
        did: new.did,
        member_id: new.member,
        subject_urn: ids::v4(op.app.rng.as_ref()).urn().to_string(),
        created_at: clock::to_millis(op.now),
        erased_at: None,
        erasure_requested_at: None,
    };
    match store::insert_learner(&*tx, &row).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(Error::invalid(
                "input.externalId",
                "TAKEN",
                "a learner with this identifier exists already",
            ));
        }
        other => other?,
    }
    let change = Change {
        provider: Some(provider),
        action: "learner.create",
        target: row.id.to_string(),
        before: None,
        after: Some(state(&row)),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(row)
}

/// What the audit log digests of a learner.
pub(crate) fn state(row: &learner::Model) -> Value {
    json!({
        "externalId": row.external_id, "name": row.name, "email": row.email,
        "did": row.did, "member": row.member_id, "subject": row.subject_urn,
    })
}

/// Checks what can be told of a learner without looking at others.
pub(crate) fn check(new: &NewLearner) -> Result<()> {
    let mut checks = Checks::default();
    checks.text(&new.external_id, 200, "externalId");
    checks.text(&new.name, 200, "name");
    checks.email(new.email.as_deref());
    checks.require(
        new.did.as_deref().is_none_or(is_did),
        "did",
        "BAD_DID",
        "give a DID such as did:web:people.example:ada, or leave it out",
    );
    checks.require(
        new.email.is_some() || new.did.is_some(),
        "email",
        "REQUIRED",
        "give an e-mail address or a DID: the record must be about somebody",
    );
    checks.done()
}

/// A page of the tenant's learners; a learner finds themself only.
pub async fn learners(
    op: &Op,
    filter: &LearnerFilter,
    page: &PageRequest,
) -> Result<Page<learner::Model>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewLearners)?;
    store::learners(&op.read().await?, extent, filter, page).await
}

/// Several of the tenant's learners by id; what the actor does not reach is left out.
pub async fn learners_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<learner::Model>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewLearners)?;
    let ids: Vec<_> = ids
        .iter()
        .copied()
        .filter(|id| extent.covers(*id))
        .collect();
    store::learners_by_id(&op.read().await?, extent.provider, &ids).await
}
