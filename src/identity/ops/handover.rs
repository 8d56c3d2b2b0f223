//! Handing a provider over to its own people.
//!
//! A platform administrator starts a provider: its members, and the first key, of one of its
//! administrators. From that key on, or from the first sign-in of a member, who belongs to the
//! provider is its own affair: otherwise whoever looks after the platform could make themself a
//! member, read learners' data, and sign.

use uuid::Uuid;
use zeroize::Zeroizing;

use super::{keys, members};
use crate::{
    app::Op,
    identity::{
        actor::Actor,
        audit,
        model::{Member, NewApiKey, NewMember},
        policy::{self, Role},
        store::{self, identities},
    },
    kernel::{
        db::WriteTx,
        errors::{Error, Result},
    },
};

/// Refuses what a platform administrator is about to do with the people of a provider that has
/// been handed over; `field` is where the input names it. Whoever else is about to hand it over
/// waits until this transaction ends.
pub(super) async fn check(op: &Op, tx: &WriteTx, provider: Uuid, field: &str) -> Result<()> {
    let Actor::Platform { .. } = op.actor else {
        return Ok(());
    };
    audit::lock_provider(&**tx, provider).await?;
    if !store::is_handed_over(&**tx, provider).await? {
        return Ok(());
    }
    Err(Error::invalid(
        field,
        "HANDED_OVER",
        "this provider's administrators look after its people themselves since one of them has a key: ask them; where none can sign in any more, `attestry admit` at the machine lets one in",
    ))
}

/// Refuses a first key that nobody could hand out others with.
pub(super) fn check_first(op: &Op, member: &Member) -> Result<()> {
    match op.actor {
        Actor::Platform { .. } if !member.roles.contains(&Role::ProviderAdmin) => {
            Err(Error::invalid(
                "input.memberId",
                "NOT_ALLOWED",
                "the first key of a provider is a PROVIDER_ADMIN's, who makes those of the others: name such a member",
            ))
        }
        _ => Ok(()),
    }
}

/// At the machine: lets an administrator of a provider in, by a new key that is good for `days`.
/// It is the one with this e-mail address; where there is none, one of this name is added.
///
/// # Errors
/// For a member who is no administrator, and for a new one without a name.
pub async fn admit(
    op: &Op,
    provider: Uuid,
    email: &str,
    name: Option<String>,
    days: i32,
) -> Result<Zeroizing<String>> {
    policy::permit_operator(&op.actor)?;
    let known = known(op, provider, email).await?;
    let member = match (known, name) {
        (Some(member), _) if member.roles.contains(&Role::ProviderAdmin) => member,
        (Some(_), _) => {
            return Err(Error::invalid(
                "email",
                "NOT_ALLOWED",
                "the member with this address is no PROVIDER_ADMIN: give an administrator's, or another address and a name",
            ));
        }
        (None, Some(name)) => {
            let new = NewMember {
                provider: Some(provider),
                name,
                email: Some(email.to_owned()),
                roles: vec![Role::ProviderAdmin],
            };
            members::create_member(op, new).await?
        }
        (None, None) => {
            return Err(Error::invalid(
                "name",
                "REQUIRED",
                "no member has this address: give a name too, and they are added",
            ));
        }
    };
    let new = NewApiKey {
        member: Some(member.id),
        role: None,
        name: "admitted at the machine".to_owned(),
        scopes: Vec::new(),
        days,
    };
    Ok(keys::create_api_key(op, new).await?.1)
}

async fn known(op: &Op, provider: Uuid, email: &str) -> Result<Option<Member>> {
    let db = op.read().await?;
    match identities::member_by_email(&db, provider, &email.to_lowercase()).await? {
        Some(id) => store::member(&db, provider, id).await,
        None => Ok(None),
    }
}
