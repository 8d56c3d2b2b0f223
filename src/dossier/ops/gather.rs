//! From rows to the document.

mod history;
mod statements;

use std::{collections::HashMap, hash::Hash};

use entity::{
    api_key, audit_record, correction, credential, demonstration, invitation, learner, provider,
    status_change,
};

use crate::{
    app::Op,
    credential::ops::lists::list_url,
    dossier::{
        document::{
            ApiKey, At, AuditRecord, Correction, Credential, Demonstration, Dossier, FORMAT,
            Invitation, Learner, Provider, Status, StatusChange, VERSION,
        },
        store::{Of, read},
    },
    identity::store::{self as people, invitations},
    kernel::{
        digest,
        errors::{Error, Result},
    },
};
use history::History;
use statements::Statements;

/// Everything that is stored about a learner.
pub(super) async fn dossier(op: &Op, of: Of, learner: learner::Model) -> Result<Dossier> {
    // The catalog is asked only once no other connection is held.
    let rows = Rows::read(op, of).await?;
    let mut spoken_of: Vec<_> = rows.history.statements().collect();
    spoken_of.extend(rows.demonstrations.iter().map(|d| d.statement_id));
    let statements = Statements::read(op, spoken_of).await?;
    let mut changes = grouped(rows.changes, |c| c.credential_id);
    let credentials = rows.credentials.into_iter().map(|row| {
        let changes = changes.remove(&row.id).unwrap_or_default();
        told_credential(op, row, changes)
    });
    let demonstrations = rows.demonstrations.into_iter();
    Ok(Dossier {
        format: FORMAT,
        version: VERSION,
        exported_at: At(op.now),
        provider: told_provider(rows.provider),
        learner: told_learner(learner),
        api_keys: rows.keys.into_iter().map(told_key).collect(),
        invitations: rows.invitations.into_iter().map(told_invitation).collect(),
        assessments: rows.history.told(op, &statements)?,
        demonstrations: demonstrations
            .map(|row| told_demonstration(row, &statements))
            .collect::<Result<_>>()?,
        credentials: credentials.collect(),
        corrections: rows.corrections.into_iter().map(told_correction).collect(),
        audit_records: rows.audit.into_iter().map(told_audit).collect(),
    })
}

/// All rows about a learner.
struct Rows {
    provider: provider::Model,
    keys: Vec<api_key::Model>,
    invitations: Vec<invitation::Model>,
    history: History,
    demonstrations: Vec<demonstration::Model>,
    credentials: Vec<credential::Model>,
    changes: Vec<status_change::Model>,
    corrections: Vec<correction::Model>,
    audit: Vec<audit_record::Model>,
}

impl Rows {
    async fn read(op: &Op, of: Of) -> Result<Self> {
        let db = op.read().await?;
        let provider = people::provider(&db, of.provider).await?;
        let keys = read::api_keys(&db, of).await?;
        let invitations = invitations::of_learner(&db, of.provider, of.learner).await?;
        let history = History::read(&db, of).await?;
        let demonstrations = read::demonstrations(&db, of).await?;
        let credentials = read::credentials(&db, of).await?;
        let corrections = read::corrections(&db, of).await?;
        let mut targets = vec![of.learner];
        targets.extend(keys.iter().map(|row| row.id));
        targets.extend(invitations.iter().map(|row| row.id));
        targets.extend(history.ids());
        targets.extend(demonstrations.iter().map(|row| row.id));
        targets.extend(credentials.iter().map(|row| row.id));
        targets.extend(corrections.iter().map(|row| row.id));
        Ok(Self {
            provider: provider
                .ok_or_else(|| Error::internal("a learner without their provider"))?,
            keys,
            invitations,
            history,
            demonstrations,
            credentials,
            changes: read::status_changes(&db, of).await?,
            corrections,
            audit: read::audit_records(&db, of.provider, &targets).await?,
        })
    }
}

/// Rows by what they belong to, in their order.
fn grouped<K: Hash + Eq, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

fn told_provider(row: provider::Model) -> Provider {
    Provider {
        id: row.id,
        slug: row.slug,
        name: row.name,
        url: row.url,
    }
}

fn told_learner(row: learner::Model) -> Learner {
    Learner {
        id: row.id,
        external_id: row.external_id,
        name: row.name,
        email: row.email,
        did: row.did,
        subject_urn: row.subject_urn,
        member_id: row.member_id,
        created_at: At::millis(row.created_at),
        erasure_requested_at: row.erasure_requested_at.map(At::millis),
        erased_at: row.erased_at.map(At::millis),
    }
}

fn told_key(row: api_key::Model) -> ApiKey {
    let scopes = row.scopes.split_whitespace();
    ApiKey {
        id: row.id,
        name: row.name,
        scopes: scopes.map(str::to_owned).collect(),
        created_at: At::millis(row.created_at),
        expires_at: At::millis(row.expires_at),
        revoked_at: row.revoked_at.map(At::millis),
    }
}

fn told_invitation(row: invitation::Model) -> Invitation {
    Invitation {
        id: row.id,
        created_at: At::millis(row.created_at),
        expires_at: At::millis(row.expires_at),
        accepted_at: row.accepted_at.map(At::millis),
        revoked_at: row.revoked_at.map(At::millis),
    }
}

fn told_demonstration(row: demonstration::Model, statements: &Statements) -> Result<Demonstration> {
    Ok(Demonstration {
        id: row.id,
        statement: statements.told(row.statement_id)?,
        assessment_id: row.assessment_id,
        decision_id: row.decision_id,
        demonstrated_at: At::millis(row.demonstrated_at),
        valid_until: row.valid_until.map(At::millis),
        withdrawn_at: row.withdrawn_at.map(At::millis),
    })
}

fn told_credential(
    op: &Op,
    row: credential::Model,
    changes: Vec<status_change::Model>,
) -> Credential {
    let changes = changes.into_iter().map(|change| StatusChange {
        id: change.id,
        kind: change.kind,
        reason: change.reason,
        actor: change.actor,
        at: At::millis(change.at),
    });
    Credential {
        id: row.id,
        document_id: row.document_id,
        mechanism: row.mechanism,
        state: row.state,
        demonstration_id: row.demonstration_id,
        idempotency_key: row.idempotency_key,
        status: Status {
            list_url: list_url(&op.app.config.public_url, row.status_list_id),
            index: row.status_index,
            set: row.status_set,
        },
        valid_from: At::millis(row.valid_from),
        valid_until: row.valid_until.map(At::millis),
        created_at: At::millis(row.created_at),
        secured: row.secured,
        secured_sha256: row.secured_digest.as_deref().map(digest::hex),
        status_changes: changes.collect(),
    }
}

fn told_correction(row: correction::Model) -> Correction {
    Correction {
        id: row.id,
        statement_id: row.statement_id,
        occupation_id: row.occupation_id,
        anchor_kind: row.anchor_kind,
        anchor_ordinal: row.anchor_ordinal,
        old_text: row.old_text,
        proposed_text: row.proposed,
        reason: row.reason,
        state: row.state,
        decision_reason: row.decision_reason,
        created_at: At::millis(row.created_at),
        decided_at: row.decided_at.map(At::millis),
    }
}

fn told_audit(row: audit_record::Model) -> AuditRecord {
    AuditRecord {
        id: row.id,
        sequence: row.sequence,
        at: At::millis(row.at),
        actor: row.actor,
        action: row.action,
        target: row.target,
        request_id: row.request_id,
        before: row.before_digest.as_deref().map(digest::hex),
        after: row.after_digest.as_deref().map(digest::hex),
        hash: digest::hex(&row.hash),
    }
}
