//! Issuing a credential that the client wrote.

use entity::{demonstration, learner, provider};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    lists::list_url,
    order::{Draft, Order, Place},
    secure::{self, Securing, prepared},
};
use crate::{
    app::Op,
    assessment::store as assessments,
    credential::{
        mechanism::Mechanism,
        rdf,
        status::Purpose,
        unsecured::{Fault, Unsecured, complete::Given, mentions::Statements},
        verify::{check_names, schema},
    },
    identity::{
        policy::{self, Action},
        store as people,
    },
    kernel::{
        digest,
        errors::{Error, Problem, Result},
        ids,
        json::Json,
    },
};

/// A credential that the client wrote, and how to issue it.
#[derive(Debug, Clone)]
pub struct RawRequest {
    /// The credential.
    pub credential: Unsecured,
    /// How to secure it.
    pub mechanism: Mechanism,
    /// The ids of the proofs in it on which the new one builds.
    pub previous_proof: Vec<String>,
    /// What a set status bit will mean.
    pub purpose: Purpose,
    /// The demonstration that it attests, where it speaks of a statement of this installation.
    pub demonstration: Option<Uuid>,
    /// The client's name for this issuance; without one, each request issues anew.
    pub idempotency_key: Option<String>,
}

/// A secured credential.
#[derive(Debug, Clone)]
pub struct Secured {
    /// How it is secured.
    pub mechanism: Mechanism,
    /// A JSON document with its proof, or a compact JWT.
    pub text: String,
}

/// Issues a credential of the provider named `slug`, which must be the actor's own.
pub async fn issue_raw(op: &Op, slug: &str, request: &RawRequest) -> Result<Secured> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::IssueRaw)?;
    let provider = own_provider(op, tenant, slug).await?;
    let basis = basis(op, tenant, request).await?;
    refuse_unfounded(op, request, basis.demonstration.as_ref())?;
    let key = request.idempotency_key.clone();
    let order = Order {
        idempotency_key: key.unwrap_or_else(|| ids::v4(op.app.rng.as_ref()).urn().to_string()),
        request_digest: asked(request),
        mechanism: request.mechanism,
        purpose: request.purpose,
        learner: basis.learner.map(|l| l.id),
        demonstration: basis.demonstration.map(|d| d.id),
        provider,
    };
    let write = |place: &Place| draft(op, &order.provider, request, place);
    let issued = order.issue(op, write).await?;
    let text = issued.secured;
    Ok(Secured {
        mechanism: request.mechanism,
        text: text.ok_or_else(|| Error::internal("an issued credential without its text"))?,
    })
}

/// The actor's own provider; under any other name there is none.
async fn own_provider(op: &Op, tenant: Uuid, slug: &str) -> Result<provider::Model> {
    let own = people::provider(&op.read().await?, tenant).await?;
    let own = own.ok_or_else(|| Error::internal("a member without their provider"))?;
    if own.slug == slug {
        return Ok(own);
    }
    Err(Error::NotFound("this issuer".to_owned()))
}

/// Whom and what a credential rests on, where that is recorded here.
struct Basis {
    learner: Option<learner::Model>,
    demonstration: Option<demonstration::Model>,
}

/// Finds the named demonstration, which must be of the credential's one subject; without one, the
/// learner who is the one subject, if there is such a learner.
async fn basis(op: &Op, tenant: Uuid, request: &RawRequest) -> Result<Basis> {
    let db = &op.read().await?;
    let subjects = request.credential.subjects();
    let subject = match subjects.as_slice() {
        [one] => *one,
        _ => None,
    };
    let Some(named) = request.demonstration else {
        let learner = match subject {
            Some(subject) => people::learner_by_subject(db, tenant, subject).await?,
            None => None,
        };
        return Ok(Basis {
            learner,
            demonstration: None,
        });
    };
    let missing = || Error::NotFound("this demonstration".to_owned());
    let found = assessments::demonstration(db, tenant, named).await?;
    let demonstration = found.ok_or_else(missing)?;
    let learner = people::learner(db, tenant, demonstration.learner_id).await?;
    let learner = learner.ok_or_else(|| Error::internal("a demonstration without its learner"))?;
    let is_theirs = |id: &str| id == learner.subject_urn || learner.did.as_deref() == Some(id);
    if !subject.is_some_and(is_theirs) {
        return Err(refused(&Fault {
            place: "/credentialSubject/id".to_owned(),
            reason: "the demonstration that options name is not of this subject: name the learner's DID or urn as the one subject".to_owned(),
        }));
    }
    Ok(Basis {
        learner: Some(learner),
        demonstration: Some(demonstration),
    })
}

/// Refuses to say of a statement of this installation what no demonstration shows.
fn refuse_unfounded(
    op: &Op,
    request: &RawRequest,
    demonstration: Option<&demonstration::Model>,
) -> Result<()> {
    let public_url = &op.app.config.public_url;
    let statements =
        Statements::of(public_url).ok_or_else(|| Error::internal("the public URL is no URL"))?;
    let document = Json::Object(request.credential.members().clone());
    let contexts = &op.app.config.contexts;
    let meant = rdf::dataset(&document, contexts).map_err(secure::refused)?;
    let shown = demonstration.map(|d| d.statement_id);
    let mut mentions = statements
        .mentioned_in(&document)
        .into_iter()
        .chain(statements.meant_by(&meant));
    let Some(unfounded) = mentions.find(|m| shown.is_none() || m.statement != shown) else {
        return Ok(());
    };
    let reason = match shown {
        None => {
            "this is a statement of this service, which is attested by a demonstration only: name it in options.demonstrationId"
        }
        Some(_) => {
            "this is not the statement of the demonstration that options name: leave it out, or issue another credential for it"
        }
    };
    Err(refused(&Fault {
        place: unfounded.place,
        reason: reason.to_owned(),
    }))
}

fn draft(
    op: &Op,
    provider: &provider::Model,
    request: &RawRequest,
    place: &Place,
) -> Result<Draft> {
    let given = Given {
        did: &place.did,
        name: &provider.name,
        id: place.id,
        now: op.now,
        status: &place.status,
        status_base: &list_url(&op.app.config.public_url, ""),
    };
    let completed = request.credential.complete(&given);
    let completed = completed.map_err(|fault| refused(&fault))?;
    check_names(&completed.document, &op.app.config.contexts)
        .map_err(|reason| Error::invalid("credential", "MALFORMED_VALUE_ERROR", reason))?;
    check_form(&completed.document)?;
    let securing = Securing {
        kid: &place.kid,
        mechanism: request.mechanism,
        created: op.now,
        previous_proof: &request.previous_proof,
    };
    Ok(Draft {
        prepared: prepared(completed.document, &op.app.config.contexts, &securing)?,
        document_id: completed.id,
        valid_from: completed.valid_from,
        valid_until: completed.valid_until,
    })
}

/// Refuses what is not of the form of its class. Contexts were looked at before.
fn check_form(document: &Json) -> Result<()> {
    let findings = schema::check(document, &|_| true);
    if findings.count == 0 {
        return Ok(());
    }
    let problems = findings.problems.into_iter();
    let problems = problems.map(|p| {
        let place = format!("credential{}", p.pointer);
        Problem::new(place, "MALFORMED_VALUE_ERROR", p.message)
    });
    Err(Error::Invalid(problems.collect()))
}

fn refused(fault: &Fault) -> Error {
    let place = format!("credential{}", fault.place);
    Error::invalid(place, "MALFORMED_VALUE_ERROR", fault.reason.clone())
}

/// SHA-256 of the request, without the name that it goes by.
fn asked(request: &RawRequest) -> [u8; 32] {
    let credential = Json::Object(request.credential.members().clone());
    let asked = json!({
        "credential": Value::from(credential),
        "mechanism": request.mechanism.as_str(),
        "previousProof": request.previous_proof,
        "statusPurpose": request.purpose.as_str(),
        "demonstration": request.demonstration,
    });
    digest::sha256(&crate::kernel::json::canonical(&asked))
}
