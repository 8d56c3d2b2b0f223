//! The export: one JSON document with everything that is stored about a learner.
//!
//! Members are never left out: what is empty is `null` or `[]`. Ids are UUIDs, times RFC 3339 in
//! UTC, digests SHA-256 in lower-case hex. `docs/learner-export.md` tells what each member means; a
//! change that a reader could trip over raises [`VERSION`].

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use crate::kernel::clock;

/// What the member `format` says.
pub const FORMAT: &str = "attestry-learner-export";
/// What the member `version` says.
pub const VERSION: u32 = 1;

impl Dossier {
    /// The document's text.
    ///
    /// # Errors
    /// Never for what this room makes.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

/// A moment, written by RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(pub Timestamp);

impl At {
    /// The moment that a stored number of Unix milliseconds means.
    #[must_use]
    pub fn millis(millis: i64) -> Self {
        Self(clock::from_millis(millis))
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        )*
    };
}

mod correction;

pub use correction::Correction;

parts! {
    /// The whole document.
    Dossier {
        /// [`FORMAT`].
        format: &'static str,
        /// [`VERSION`].
        version: u32,
        /// As of when.
        exported_at: At,
        /// The provider that holds all this.
        provider: Provider,
        /// The learner.
        learner: Learner,
        /// The learner's API keys; never their text.
        api_keys: Vec<ApiKey>,
        /// The invitations they were sent; never their links.
        invitations: Vec<Invitation>,
        /// Their assessments, oldest first, with all that belongs to each.
        assessments: Vec<Assessment>,
        /// What they have demonstrated, oldest first.
        demonstrations: Vec<Demonstration>,
        /// The signed records about them.
        credentials: Vec<Credential>,
        /// The corrections of the catalog that they suggested, oldest first.
        corrections: Vec<Correction>,
        /// What was done to any of the above, as the audit log has it.
        audit_records: Vec<AuditRecord>,
    }

    /// A provider.
    Provider {
        /// Its id.
        id: Uuid,
        /// Its name in URLs.
        slug: String,
        /// Its name.
        name: String,
        /// Its own web page.
        url: String,
    }

    /// The learner as a person.
    Learner {
        /// Their id.
        id: Uuid,
        /// The provider's own identifier.
        external_id: String,
        /// Display name.
        name: String,
        /// E-mail address.
        email: Option<String>,
        /// Decentralized identifier.
        did: Option<String>,
        /// What names them in credentials where there is no DID.
        subject_urn: String,
        /// The member of the provider who is this same person.
        member_id: Option<Uuid>,
        /// When they were added.
        created_at: At,
        /// When they asked to be erased.
        erasure_requested_at: Option<At>,
        /// When they were erased.
        erased_at: Option<At>,
    }

    /// An API key.
    ApiKey {
        /// Its id.
        id: Uuid,
        /// What it is for.
        name: String,
        /// What it may be used for.
        scopes: Vec<String>,
        /// When it was made.
        created_at: At,
        /// When it stops working.
        expires_at: At,
        /// When it was revoked.
        revoked_at: Option<At>,
    }

    /// An invitation.
    Invitation {
        /// Its id.
        id: Uuid,
        /// When it was made.
        created_at: At,
        /// Until when it can be accepted.
        expires_at: At,
        /// When it was accepted.
        accepted_at: Option<At>,
        /// When it was revoked.
        revoked_at: Option<At>,
    }

    /// An assessment.
    Assessment {
        /// Its id.
        id: Uuid,
        /// The plan.
        plan: Plan,
        /// Where it stands.
        state: String,
        /// For when it was planned.
        planned_for: Option<At>,
        /// When the learner agreed.
        agreed_at: Option<At>,
        /// When it was made.
        created_at: At,
        /// When it was decided.
        decided_at: Option<At>,
        /// The steps between its states, oldest first.
        transitions: Vec<Transition>,
        /// What was observed, oldest first, corrections and what they correct.
        observations: Vec<Observation>,
        /// What was decided, oldest first.
        decisions: Vec<Decision>,
    }

    /// The version of a plan that an assessment stands under.
    Plan {
        /// The plan's id.
        id: Uuid,
        /// Its name.
        name: String,
        /// The version's id.
        version_id: Uuid,
        /// The version's number, from 1.
        version: i32,
        /// The version's digest.
        digest: String,
    }

    /// A step between two states of an assessment.
    Transition {
        /// Its id.
        id: Uuid,
        /// The state before.
        from: String,
        /// The state after.
        to: String,
        /// Who made it, by their ids.
        actor: String,
        /// Why.
        reason: String,
        /// When.
        at: At,
    }

    /// An observation.
    Observation {
        /// Its id.
        id: Uuid,
        /// What was observed.
        statement: Statement,
        /// The member who observed.
        assessor_id: Uuid,
        /// Their name.
        assessor: Option<String>,
        /// How it was rated.
        rating: i32,
        /// How each criterion was rated.
        criteria: Option<Value>,
        /// The method.
        method: Option<String>,
        /// Where and how it was observed.
        context: String,
        /// The observation that this one corrects.
        supersedes_id: Option<Uuid>,
        /// When it was observed.
        observed_at: At,
        /// When it was recorded.
        recorded_at: At,
        /// What it rests on.
        evidence: Vec<Evidence>,
    }

    /// A statement of a framework.
    Statement {
        /// Its id.
        id: Uuid,
        /// Its canonical URL.
        url: String,
        /// What it says.
        text: String,
        /// The label of its level.
        level: String,
        /// The occupation whose framework it is of.
        occupation: String,
        /// The framework's family, and the label of its version.
        framework: String,
    }

    /// What an observation rests on.
    Evidence {
        /// Its id.
        id: Uuid,
        /// `URL`, `TEXT`, `FILE_DIGEST` or `FILE`.
        kind: String,
        /// The address, the text, or the digest.
        value: String,
        /// What it is called.
        name: Option<String>,
        /// The uploaded file, where it is one.
        file: Option<File>,
    }

    /// An uploaded file.
    File {
        /// Its id.
        id: Uuid,
        /// What it was called when it was uploaded.
        name: String,
        /// Its media type.
        media_type: String,
        /// Its size in bytes.
        size: i64,
        /// Its digest.
        sha256: String,
        /// Where it is, for the same key as this document.
        url: String,
        /// When it was uploaded.
        created_at: At,
    }

    /// A decision over an assessment.
    Decision {
        /// Its id.
        id: Uuid,
        /// The version of the plan by which it was made.
        plan_version_id: Uuid,
        /// Who made it.
        decided_by: String,
        /// The moment as of which observations were counted.
        as_of: At,
        /// When it was made.
        decided_at: At,
        /// Each rule, what counted for it, and what was missing.
        explanation: Value,
    }

    /// What was demonstrated.
    Demonstration {
        /// Its id.
        id: Uuid,
        /// The statement.
        statement: Statement,
        /// The assessment.
        assessment_id: Uuid,
        /// The decision that accepted it.
        decision_id: Uuid,
        /// When.
        demonstrated_at: At,
        /// Until when it holds.
        valid_until: Option<At>,
        /// When it was taken back.
        withdrawn_at: Option<At>,
    }

    /// A signed record.
    Credential {
        /// Its id.
        id: Uuid,
        /// The `id` within the document.
        document_id: String,
        /// How it is secured.
        mechanism: String,
        /// Where it stands.
        state: String,
        /// The demonstration that it attests.
        demonstration_id: Option<Uuid>,
        /// The provider's name for the issuance.
        idempotency_key: String,
        /// Its place in a status list.
        status: Status,
        /// From when it holds.
        valid_from: At,
        /// Until when it holds.
        valid_until: Option<At>,
        /// When it was made.
        created_at: At,
        /// The signed record, as text: JSON or a compact JWT.
        secured: Option<String>,
        /// The digest of the signed record, where the record itself is gone.
        secured_sha256: Option<String>,
        /// Revocations, suspensions and reinstatements, oldest first.
        status_changes: Vec<StatusChange>,
    }

    /// A place in a status list.
    Status {
        /// Where the list is.
        list_url: String,
        /// Which bit.
        index: i32,
        /// Whether the bit is set.
        set: bool,
    }

    /// A revocation, suspension or reinstatement.
    StatusChange {
        /// Its id.
        id: Uuid,
        /// Which of them.
        kind: String,
        /// Why.
        reason: String,
        /// Who did it, by their ids.
        actor: String,
        /// When.
        at: At,
    }

    /// A record of the audit log.
    AuditRecord {
        /// Its id.
        id: Uuid,
        /// Its place in the provider's chain.
        sequence: i64,
        /// When.
        at: At,
        /// Who acted, by their ids.
        actor: String,
        /// What was done.
        action: String,
        /// The id of what it was done to.
        target: String,
        /// The request that asked for it.
        request_id: String,
        /// The digest of the target's state before.
        before: Option<String>,
        /// The digest of the target's state after.
        after: Option<String>,
        /// The record's own hash.
        hash: String,
    }
}
