//! Issued credentials and the history of their status.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{credential, status_change};
use uuid::Uuid;

use super::{decision::Demonstration, people::Learner, scalars::DateTime};
use crate::{
    credential::{mechanism::Mechanism, ops::lists::list_url},
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    kernel::{digest, ids},
};

/// Where a credential stands.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum CredentialState {
    /// Recorded, and about to be signed.
    Intended,
    /// Signed, and it holds.
    Issued,
    /// Withdrawn for a time.
    Suspended,
    /// Withdrawn for good.
    Revoked,
    /// Withdrawn for good, and no longer kept, because its learner was erased.
    Withdrawn,
}

/// What a set status bit means.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum StatusPurpose {
    /// The credential is withdrawn for good.
    Revocation,
    /// The credential is withdrawn, for a time or for good.
    Suspension,
}

/// How a credential is secured.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "Mechanism")]
pub enum SecuringMechanism {
    /// A proof inside the credential, over its RDF canonical form: what Open Badges
    /// certification and most wallets take.
    #[graphql(name = "EDDSA_RDFC_2022")]
    EddsaRdfc2022,
    /// A proof inside the credential, over its JSON canonical form.
    #[graphql(name = "EDDSA_JCS_2022")]
    EddsaJcs2022,
    /// A compact JWT by the Open Badges 3.0 profile.
    #[graphql(name = "JWT_OPEN_BADGES")]
    JwtOpenBadges,
    /// A compact JWT of the type `vc+jwt`.
    #[graphql(name = "VC_JWT")]
    VcJwt,
}

/// A signed record: of a demonstration, or of anything else that the provider attests.
pub struct Credential(pub credential::Model);

impl Credential {
    fn secured_by(&self) -> Result<Mechanism> {
        let known = Mechanism::parse(&self.0.mechanism);
        known.ok_or_else(|| "an unknown mechanism".into())
    }

    async fn demonstrated(&self, ctx: &Context<'_>, id: Uuid) -> Result<Demonstration> {
        let row = one(&loaders(ctx)?.demonstrations, id).await?;
        let missing = "a credential without its demonstration";
        Ok(Demonstration(row.ok_or(missing)?))
    }

    async fn learns(&self, ctx: &Context<'_>, id: Uuid) -> Result<Learner> {
        let row = one(&loaders(ctx)?.learners, id).await?;
        Ok(Learner(row.ok_or("a credential without its learner")?))
    }

    async fn entry(&self, ctx: &Context<'_>) -> Result<StatusEntry> {
        let op = op(ctx)?;
        let list = one(&loaders(ctx)?.status_lists, self.0.status_list_id).await?;
        let list = list.ok_or("a credential without its status list")?;
        Ok(StatusEntry {
            purpose: match list.purpose.as_str() {
                "revocation" => StatusPurpose::Revocation,
                "suspension" => StatusPurpose::Suspension,
                _ => return Err("an unknown purpose".into()),
            },
            list_url: list_url(&op.app.config.public_url, list.id),
            index: self.0.status_index,
            set: self.0.status_set,
        })
    }
}

/// A signed record: of a demonstration, or of anything else that the provider attests.
#[Object]
impl Credential {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Credential", self.0.id).into()
    }

    /// The id within the document: a `urn:uuid`, unless the client chose another.
    async fn urn(&self) -> &str {
        &self.0.document_id
    }

    /// Where it stands.
    async fn state(&self) -> Result<CredentialState> {
        match self.0.state.as_str() {
            "INTENDED" => Ok(CredentialState::Intended),
            "ISSUED" => Ok(CredentialState::Issued),
            "SUSPENDED" => Ok(CredentialState::Suspended),
            "REVOKED" => Ok(CredentialState::Revoked),
            "WITHDRAWN" => Ok(CredentialState::Withdrawn),
            _ => Err("an unknown state".into()),
        }
    }

    /// How it is secured.
    async fn mechanism(&self) -> Result<SecuringMechanism> {
        Ok(self.secured_by()?.into())
    }

    /// The signed record as text, a JSON document or a compact JWT: what the learner gets.
    /// Empty until it is signed, and once it is withdrawn with its learner.
    async fn secured(&self) -> Option<&str> {
        self.0.secured.as_deref()
    }

    /// The same where it is a compact JWT; empty for a record with its proof inside.
    async fn jwt(&self) -> Result<Option<&str>> {
        let is_jwt = !self.secured_by()?.is_embedded();
        Ok(self.0.secured.as_deref().filter(|_| is_jwt))
    }

    /// SHA-256 of the signed record in lower-case hex, where the record itself is no longer kept.
    async fn secured_digest(&self) -> Option<String> {
        self.0.secured_digest.as_deref().map(digest::hex)
    }

    /// The client's name for the issuance.
    async fn idempotency_key(&self) -> &str {
        &self.0.idempotency_key
    }

    /// The demonstration that it attests; empty where it attests something else.
    async fn demonstration(&self, ctx: &Context<'_>) -> Option<Result<Demonstration>> {
        let id = self.0.demonstration_id?;
        Some(self.demonstrated(ctx, id).await)
    }

    /// The learner whom it is about; empty where it is about nobody that the provider has as one.
    async fn learner(&self, ctx: &Context<'_>) -> Option<Result<Learner>> {
        let id = self.0.learner_id?;
        Some(self.learns(ctx, id).await)
    }

    /// From when it holds.
    async fn valid_from(&self) -> DateTime {
        DateTime::from_millis(self.0.valid_from)
    }

    /// Until when it holds; empty for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.valid_until.map(DateTime::from_millis)
    }

    /// Its place in a status list; needs `credentials:read`.
    async fn status_entry(&self, ctx: &Context<'_>) -> Option<Result<StatusEntry>> {
        Some(self.entry(ctx).await)
    }

    /// Revocations, suspensions and reinstatements, oldest first.
    async fn status_changes(&self, ctx: &Context<'_>) -> Result<Vec<StatusChange>> {
        let rows = one(&loaders(ctx)?.status_changes, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .iter()
            .map(StatusChange::of)
            .collect())
    }
}

/// A credential's place in a Bitstring Status List.
#[derive(SimpleObject)]
pub struct StatusEntry {
    /// What a set bit means.
    pub purpose: StatusPurpose,
    /// Where the list is served.
    pub list_url: String,
    /// Which bit.
    pub index: i32,
    /// Whether the bit is set.
    pub set: bool,
}

/// A revocation, suspension or reinstatement.
#[derive(SimpleObject)]
pub struct StatusChange {
    /// Global id.
    pub id: ID,
    /// `REVOKED`, `SUSPENDED` or `REINSTATED`.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime,
}

impl StatusChange {
    fn of(row: &status_change::Model) -> Self {
        Self {
            id: ids::global("StatusChange", row.id).into(),
            kind: row.kind.clone(),
            reason: row.reason.clone(),
            at: DateTime::from_millis(row.at),
        }
    }
}
