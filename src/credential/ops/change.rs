//! Revoking, suspending and reinstating.

use entity::{credential, status_change};
use serde_json::json;
use uuid::Uuid;

use super::announce::announce;
use crate::{
    app::Op,
    credential::{status::Purpose, store},
    events::model::EventKind,
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        checks::Checks,
        clock,
        errors::{Error, Result},
    },
};

/// What to do to a credential's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusAction {
    /// Withdraw it for good.
    Revoke,
    /// Withdraw it for a time.
    Suspend,
    /// Let it hold again.
    Reinstate,
}

impl StatusAction {
    const fn kind(self) -> &'static str {
        match self {
            Self::Revoke => "REVOKED",
            Self::Suspend => "SUSPENDED",
            Self::Reinstate => "REINSTATED",
        }
    }
}

/// Changes a credential's status, with a reason. What is revoked stays so;
/// asking for the state that it has already changes nothing.
pub async fn change_status(
    op: &Op,
    id: Uuid,
    action: StatusAction,
    reason: &str,
) -> Result<credential::Model> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::ChangeStatus)?;
    let mut checks = Checks::default();
    checks.text(reason, 1_000, "reason");
    checks.done()?;
    let tx = op.write_tx().await?;
    let Some(row) = store::lock(&*tx, tenant, id).await? else {
        return Err(Error::NotFound("this credential".to_owned()));
    };
    let Some(list) = store::list(&*tx, row.status_list_id).await? else {
        return Err(Error::internal("a credential without its status list"));
    };
    let suspendable = Purpose::parse(&list.purpose) == Some(Purpose::Suspension);
    let Some((state, bit)) = next(&row.state, row.secured.is_some(), suspendable, action)? else {
        return Ok(row);
    };
    store::set_status(&*tx, id, state, bit).await?;
    if bit != row.status_set {
        store::touch(&*tx, list.id).await?;
    }
    let history = status_change::Model {
        id: op.new_id(),
        credential_id: id,
        kind: action.kind().to_owned(),
        reason: reason.to_owned(),
        actor: op.actor.to_string(),
        at: clock::to_millis(op.now),
    };
    store::insert_status_change(&*tx, history).await?;
    let change = Change {
        provider: Some(tenant),
        action: match action {
            StatusAction::Revoke => "credential.revoke",
            StatusAction::Suspend => "credential.suspend",
            StatusAction::Reinstate => "credential.reinstate",
        },
        target: id.to_string(),
        before: Some(json!({"state": row.state, "bit": row.status_set})),
        after: Some(json!({"state": state, "bit": bit, "reason": reason})),
    };
    audit::record(&*tx, op, change).await?;
    announce(&*tx, op, &row, EventKind::CredentialStatusChanged).await?;
    tx.commit().await?;
    Ok(credential::Model {
        state: state.to_owned(),
        status_set: bit,
        ..row
    })
}

/// The state and bit that `action` leads to; `None` when nothing changes.
fn next(
    state: &str,
    signed: bool,
    suspendable: bool,
    action: StatusAction,
) -> Result<Option<(&'static str, bool)>> {
    let refuse = |code, message: &str| Err(Error::invalid("input.credentialId", code, message));
    let holds = if signed { "ISSUED" } else { "INTENDED" };
    match (action, state) {
        (StatusAction::Revoke, "REVOKED")
        | (StatusAction::Suspend, "SUSPENDED")
        | (StatusAction::Reinstate, "ISSUED" | "INTENDED") => Ok(None),
        (_, "WITHDRAWN") => refuse(
            "WITHDRAWN",
            "this credential was withdrawn for good when its learner was erased: nothing more can be done to it",
        ),
        (StatusAction::Revoke, _) => Ok(Some(("REVOKED", true))),
        (_, "REVOKED") => refuse(
            "REVOKED",
            "this credential is revoked, which is for good: issue another",
        ),
        (StatusAction::Suspend, _) if !suspendable => refuse(
            "NOT_SUSPENDABLE",
            "this credential can only be revoked: to suspend records, issue them under a plan that is suspendable",
        ),
        (StatusAction::Suspend, _) => Ok(Some(("SUSPENDED", true))),
        (StatusAction::Reinstate, _) => Ok(Some((holds, false))),
    }
}

#[cfg(test)]
mod tests {
    use super::{StatusAction::*, *};

    #[test]
    fn revoking_is_for_good_and_suspending_is_not() {
        assert_eq!(
            next("ISSUED", true, true, Suspend).unwrap(),
            Some(("SUSPENDED", true))
        );
        assert_eq!(
            next("SUSPENDED", true, true, Reinstate).unwrap(),
            Some(("ISSUED", false))
        );
        assert_eq!(
            next("SUSPENDED", true, true, Revoke).unwrap(),
            Some(("REVOKED", true))
        );
        assert_eq!(next("REVOKED", true, true, Revoke).unwrap(), None);
        for action in [Suspend, Reinstate] {
            assert!(next("REVOKED", true, true, action).is_err());
        }
    }

    #[test]
    fn what_was_never_signed_can_be_revoked_too() {
        assert_eq!(
            next("INTENDED", false, false, Revoke).unwrap(),
            Some(("REVOKED", true))
        );
        assert_eq!(
            next("SUSPENDED", false, true, Reinstate).unwrap(),
            Some(("INTENDED", false))
        );
    }

    #[test]
    fn what_was_withdrawn_with_its_learner_never_changes() {
        for action in [Revoke, Suspend, Reinstate] {
            let Err(Error::Invalid(problems)) = next("WITHDRAWN", true, true, action) else {
                panic!("{action:?} changed a withdrawn record");
            };
            assert_eq!(problems[0].code, "WITHDRAWN");
        }
    }

    #[test]
    fn a_revocation_only_record_is_never_suspended() {
        let Err(Error::Invalid(problems)) = next("ISSUED", true, false, Suspend) else {
            panic!("suspended a revocation-only record");
        };
        assert_eq!(problems[0].code, "NOT_SUSPENDABLE");
    }
}
