//! From a bearer token to an actor.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    app::App,
    identity::{
        actor::{Actor, SignIn},
        ops::sign_in,
        policy::{self, Role, Scope},
        store, tokens,
    },
    kernel::{
        clock,
        db::Reach,
        errors::{Error, Result},
    },
};

/// The actor behind `token`, an API key or a token of a trusted issuer. An unknown, expired or revoked token is
/// `Unauthenticated`, never anonymous: a client that means to have rights
/// must learn that it has none.
pub async fn authenticate(app: &Arc<App>, token: Option<&str>) -> Result<Actor> {
    let Some(token) = token else {
        return Ok(Actor::Anonymous);
    };
    if !token.starts_with(tokens::PREFIX) && !app.issuers.is_empty() {
        return sign_in::sign_in(app, token).await;
    }
    let refuse = |why: &str| Err(Error::Unauthenticated(why.to_owned()));
    let Some(digest) = tokens::digest(token) else {
        return refuse("this is no API key of this service: copy it whole, with its prefix");
    };
    let Some(key) = store::api_key_by_digest(&app.db.read(Reach::System).await?, &digest).await?
    else {
        return refuse("this API key is unknown");
    };
    if key.revoked_at.is_some() {
        return refuse("this API key was revoked: ask for another");
    }
    if key.expires_at <= clock::to_millis(app.clock.now()) {
        return refuse("this API key has expired: ask for another");
    }
    let scopes = parse_scopes(&key.scopes);
    match (key.provider_id, key.member_id, key.learner_id) {
        (Some(provider), Some(member), None) => {
            member_actor(app, provider, member, key.id, scopes).await
        }
        (Some(provider), None, Some(learner)) => Ok(Actor::Learner {
            provider,
            learner,
            by: SignIn::Key(key.id),
            scopes: within(scopes, &[Role::Learner]),
        }),
        (None, None, None) => {
            let role = key.platform_role.as_deref().and_then(Role::parse);
            let role = role.unwrap_or(Role::PlatformAdmin);
            Ok(Actor::Platform {
                by: SignIn::Key(key.id),
                role,
                scopes: within(scopes, &[role]),
            })
        }
        _ => refuse("this API key has no holder: ask for another"),
    }
}

/// Those of a key's scopes that these roles can have.
fn within(scopes: Vec<Scope>, roles: &[Role]) -> Vec<Scope> {
    let allowed = policy::scopes_of(roles);
    scopes.into_iter().filter(|s| allowed.contains(s)).collect()
}

async fn member_actor(
    app: &Arc<App>,
    provider: Uuid,
    member: Uuid,
    key: Uuid,
    scopes: Vec<Scope>,
) -> Result<Actor> {
    let Some(found) = store::member(&app.db.read(Reach::System).await?, provider, member).await?
    else {
        return Err(Error::Unauthenticated(
            "the member of this API key is gone: ask for another".to_owned(),
        ));
    };
    // Roles are read afresh, so that a key never outlives a role that was taken away.
    Ok(Actor::Member {
        provider,
        member,
        by: SignIn::Key(key),
        scopes: within(scopes, &found.roles),
        roles: found.roles,
    })
}

/// Reads the stored form of a key's scopes.
#[must_use]
pub fn parse_scopes(text: &str) -> Vec<Scope> {
    text.split_whitespace().filter_map(Scope::parse).collect()
}
