//! API keys, and the token that starts an installation.

use entity::api_key;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::handover;
use crate::{
    app::Op,
    identity::{
        actor::Actor,
        audit::{self, Change},
        model::{Member, NewApiKey},
        policy::{self, Action, Role, Scope},
        store, tokens,
    },
    kernel::{
        checks::Checks,
        clock,
        db::WriteTx,
        digest,
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

const DAY_MILLIS: i64 = 86_400_000;
const BOOTSTRAP_DAYS: i64 = 30;

/// A key's row and its text, which is shown this once.
pub type Created = (api_key::Model, Zeroizing<String>);

/// Makes an API key for a member, or, without one, for a platform
/// administrator. Its scopes are at most those of the holder and of the caller. For a member a
/// platform administrator makes the first key only: see [`handover`].
pub async fn create_api_key(op: &Op, new: NewApiKey) -> Result<Created> {
    policy::permit(&op.actor, Action::ManageKeys)?;
    let mut checks = Checks::default();
    checks.text(&new.name, 100, "name");
    checks.range(new.days, 1, 400, "expiresInDays");
    checks.done()?;
    let tx = op.write_tx().await?;
    let (holder, allowed) = match (new.member, new.role) {
        (Some(id), None) => {
            let member = reachable(&tx, op, id).await?;
            handover::check(op, &tx, member.provider, "input.memberId").await?;
            handover::check_first(op, &member)?;
            let allowed = grantable(&op.actor, &member.roles);
            (Holder::Member(member.provider, member.id), allowed)
        }
        (Some(_), Some(_)) => {
            return Err(Error::invalid(
                "input.role",
                "NOT_ALLOWED",
                "a member's key has the member's roles: leave the role out",
            ));
        }
        (None, role) => {
            let role = role.unwrap_or(Role::PlatformAdmin);
            (Holder::Platform(role), platform_grantable(&op.actor, role)?)
        }
    };
    let scopes = granted(&new.scopes, &allowed)?;
    let created = build(op, &holder, new.name, &scopes, i64::from(new.days));
    insert(&tx, op, &created.0).await?;
    tx.commit().await?;
    Ok(created)
}

/// The member `id`: any for a platform key, otherwise one of the actor's own provider. Another
/// provider's is as unknown as one that never was.
async fn reachable(tx: &WriteTx, op: &Op, id: Uuid) -> Result<Member> {
    let missing = || Error::NotFound("this member".to_owned());
    let provider = match op.actor.provider() {
        Some(own) => own,
        None => {
            let found = store::member_of_any(&**tx, id).await?;
            found.ok_or_else(missing)?.provider_id
        }
    };
    store::member(&**tx, provider, id)
        .await?
        .ok_or_else(missing)
}

/// What a platform key can be given by `actor`, who must be of the platform too.
fn platform_grantable(actor: &Actor, role: Role) -> Result<Vec<Scope>> {
    if !role.is_platforms() {
        return Err(Error::invalid(
            "input.role",
            "NOT_ALLOWED",
            "a key of the platform is a PLATFORM_ADMIN's or a CURATOR's: for another role name a member",
        ));
    }
    let mut scopes = policy::scopes_of(&[role]);
    match actor {
        Actor::Operator => Ok(scopes),
        Actor::Platform { scopes: held, .. } => {
            scopes.retain(|s| held.contains(s));
            Ok(scopes)
        }
        Actor::Anonymous | Actor::Member { .. } | Actor::Learner { .. } => Err(Error::invalid(
            "input.memberId",
            "REQUIRED",
            "name the member that the key acts as: only a platform key can make another of its kind",
        )),
    }
}

/// What a key of a member with `roles` can be given by `actor`: never more than the actor's own
/// key holds of what the actor's roles could do. A key that has all that it need not have been
/// asked for by name can give what must be.
fn grantable(actor: &Actor, roles: &[Role]) -> Vec<Scope> {
    let mut scopes = policy::scopes_of(roles);
    if let Actor::Member {
        roles: own,
        scopes: held,
        ..
    } = actor
    {
        let could = policy::scopes_of(own);
        let is_whole = could
            .iter()
            .all(|s| s.is_by_name_only() || held.contains(s));
        scopes.retain(|s| {
            held.contains(s) || !could.contains(s) || (is_whole && s.is_by_name_only())
        });
    }
    scopes
}

fn granted(asked: &[Scope], allowed: &[Scope]) -> Result<Vec<Scope>> {
    if asked.is_empty() {
        let usual = allowed.iter().filter(|s| !s.is_by_name_only());
        return Ok(usual.copied().collect());
    }
    match asked.iter().find(|s| !allowed.contains(s)) {
        None => Ok(asked.to_vec()),
        Some(scope) => Err(Error::invalid(
            "input.scopes",
            "SCOPE_NOT_ALLOWED",
            format!(
                "{} is not among what this key can give to this holder: leave it out, or use a key that has it for a holder whose role allows it",
                scope.as_str()
            ),
        )),
    }
}

/// Whom a key acts as.
enum Holder {
    Platform(Role),
    Member(Uuid, Uuid),
    Learner(Uuid, Uuid),
}

/// A key of a learner of `provider`, with all that learners can do, not yet stored.
pub(super) fn of_learner(op: &Op, provider: Uuid, learner: Uuid, days: i64) -> Created {
    let scopes = policy::scopes_of(&[Role::Learner]);
    let holder = Holder::Learner(provider, learner);
    build(op, &holder, "invitation".to_owned(), &scopes, days)
}

fn build(op: &Op, holder: &Holder, name: String, scopes: &[Scope], days: i64) -> Created {
    let token = tokens::generate(op.app.rng.as_ref());
    let now = clock::to_millis(op.now);
    let names: Vec<_> = scopes.iter().map(|s| s.as_str()).collect();
    let (provider_id, member_id, learner_id, platform_role) = match holder {
        Holder::Platform(role) => (None, None, None, Some(role.as_str().to_owned())),
        Holder::Member(provider, member) => (Some(*provider), Some(*member), None, None),
        Holder::Learner(provider, learner) => (Some(*provider), None, Some(*learner), None),
    };
    let row = api_key::Model {
        id: op.new_id(),
        provider_id,
        member_id,
        learner_id,
        platform_role,
        name,
        digest: digest::sha256(token.as_bytes()).to_vec(),
        scopes: names.join(" "),
        created_at: now,
        expires_at: now + days * DAY_MILLIS,
        revoked_at: None,
    };
    (row, token)
}

pub(super) async fn insert(tx: &WriteTx, op: &Op, row: &api_key::Model) -> Result<()> {
    store::insert_api_key(&**tx, row.clone()).await?;
    let change = Change {
        provider: row.provider_id,
        action: "api_key.create",
        target: row.id.to_string(),
        before: None,
        after: Some(state(row)),
    };
    audit::record(&**tx, op, change).await
}

fn state(row: &api_key::Model) -> serde_json::Value {
    json!({
        "member": row.member_id, "learner": row.learner_id, "role": row.platform_role, "name": row.name, "scopes": row.scopes,
        "expiresAt": row.expires_at, "revokedAt": row.revoked_at,
    })
}

/// Stops an API key from working, at once and for good.
pub async fn revoke_api_key(op: &Op, id: Uuid) -> Result<api_key::Model> {
    policy::permit(&op.actor, Action::ManageKeys)?;
    let tx = op.write_tx().await?;
    let Some(row) = store::api_key(&*tx, op.actor.provider(), id).await? else {
        return Err(Error::NotFound("this API key".to_owned()));
    };
    if row.revoked_at.is_some() {
        return Ok(row);
    }
    let at = clock::to_millis(op.now);
    store::revoke_api_key(&*tx, id, at).await?;
    let before = state(&row);
    let row = api_key::Model {
        revoked_at: Some(at),
        ..row
    };
    let change = Change {
        provider: row.provider_id,
        action: "api_key.revoke",
        target: id.to_string(),
        before: Some(before),
        after: Some(state(&row)),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(row)
}

/// A page of a provider's API keys; never their text.
pub async fn api_keys(
    op: &Op,
    provider: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<api_key::Model>> {
    let provider = policy::permit_for_provider(&op.actor, Action::ViewKeys, provider)?;
    store::api_keys(&op.read().await?, provider, page).await
}

/// The token of the first platform administrator: `Some` on an installation
/// that never had a key, `None` ever after.
pub async fn bootstrap(op: &Op) -> Result<Option<Zeroizing<String>>> {
    let tx = op.write_tx().await?;
    if store::has_api_keys(&*tx).await? {
        return Ok(None);
    }
    let holder = Holder::Platform(Role::PlatformAdmin);
    let scopes = granted(&[], &policy::scopes_of(&[Role::PlatformAdmin]))?;
    let name = "bootstrap".to_owned();
    let (row, token) = build(op, &holder, name, &scopes, BOOTSTRAP_DAYS);
    // Two replicas may start at once on an empty database: one of them wins.
    if let Err(e) = store::insert_setting(&*tx, "bootstrap", &row.id.to_string()).await {
        return if crate::kernel::db::is_unique_violation(&e) {
            Ok(None)
        } else {
            Err(e.into())
        };
    }
    insert(&tx, op, &row).await?;
    tx.commit().await?;
    Ok(Some(token))
}
