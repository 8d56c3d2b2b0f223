//! Issuing the record of a demonstration.

use entity::credential;
use serde_json::json;
use uuid::Uuid;

use super::{
    order::{Draft, Order, Place},
    prepare_claim::Basis,
    secure::{Securing, prepared},
};
use crate::{
    app::Op,
    credential::{build::build, mechanism::Mechanism},
    identity::policy::{self, Action},
    kernel::{
        digest,
        errors::{Error, Result},
        json,
    },
};

/// What to issue.
#[derive(Debug, Clone)]
pub struct IssueRequest {
    /// The demonstration to attest.
    pub demonstration: Uuid,
    /// How to secure it.
    pub mechanism: Mechanism,
    /// The client's name for this issuance: the same again gives the same credential.
    pub idempotency_key: String,
}

/// Issues the credential for a demonstration, or gives back the one that was
/// issued under the same idempotency key.
pub async fn issue_credential(op: &Op, request: &IssueRequest) -> Result<credential::Model> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::Issue)?;
    let basis = Basis::load(op, tenant, request.demonstration).await?;
    let order = Order {
        provider: basis.provider.clone(),
        idempotency_key: request.idempotency_key.clone(),
        request_digest: asked(request),
        mechanism: request.mechanism,
        purpose: basis.purpose(),
        learner: Some(basis.learner.id),
        demonstration: Some(basis.demonstration.id),
    };
    let write = |place: &Place| {
        let claim = basis.claim(op, place.id, &place.did, place.status.clone())?;
        let document = build(&claim).map_err(Error::internal)?;
        let securing = Securing {
            kid: &place.kid,
            mechanism: request.mechanism,
            created: op.now,
            previous_proof: &[],
        };
        Ok(Draft {
            prepared: prepared(document, &op.app.config.contexts, &securing)?,
            document_id: place.id.urn().to_string(),
            valid_from: claim.valid_from,
            valid_until: claim.valid_until,
        })
    };
    order.issue(op, write).await
}

/// SHA-256 of the request, without the name that it goes by. What was asked for before there was
/// a choice of mechanism was a JWT of the Open Badges profile, and is still known as that.
fn asked(request: &IssueRequest) -> [u8; 32] {
    let demonstration = request.demonstration;
    let asked = match request.mechanism {
        Mechanism::JwtOpenBadges => json!({"demonstration": demonstration}),
        other => json!({"demonstration": demonstration, "mechanism": other.as_str()}),
    };
    digest::sha256(&json::canonical(&asked))
}
