//! A member who comes with an issuer's token: found again, or, the first time, taken in.

use std::sync::Arc;

use entity::member_identity;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::usual_scopes;
use crate::{
    app::{App, Op},
    identity::{
        actor::{Actor, SignIn},
        audit::{self, Change},
        model::Member,
        oidc::{Issuer, claims::Person},
        store::{self, identities},
    },
    kernel::{
        clock,
        db::{Reach, WriteTx},
        errors::{Error, Result},
        ids,
    },
};

/// Someone whom an issuer vouches for as a member of a provider.
pub(super) struct Comer<'a> {
    /// The tenant.
    pub(super) provider: Uuid,
    /// The issuer.
    pub(super) issuer: &'a Issuer,
    /// The issuer's name of them.
    pub(super) subject: &'a str,
    /// The same two, for the record.
    pub(super) by: SignIn,
    /// Who they are there.
    pub(super) person: Person,
}

impl Comer<'_> {
    /// Them as the member that they are here, in the token's roles.
    pub(super) fn acting_as(&self, member: Uuid) -> Actor {
        Actor::Member {
            provider: self.provider,
            member,
            by: self.by.clone(),
            roles: self.person.roles.clone(),
            scopes: usual_scopes(&self.person.roles),
        }
    }

    /// The member that they are here: the one whom the issuer names by this subject, from the
    /// first time on.
    pub(super) async fn member(&self, app: &Arc<App>) -> Result<Uuid> {
        let reach = Reach::One(self.provider);
        let known = self.known(&app.db.read(reach).await?).await?;
        if let Some(member) = known {
            return Ok(member);
        }
        let _running = app.changes.read().await;
        let id = ids::v4(app.rng.as_ref());
        let op = app.op(Actor::Anonymous, format!("sign-in-{}", id.simple()));
        let tx = app.db.write_tx(reach).await?;
        // Whoever comes at the same moment, here or at another replica, comes one after another.
        audit::lock_provider(&*tx, self.provider).await?;
        if let Some(member) = self.known(&*tx).await? {
            return Ok(member);
        }
        let member = self.take_in(op, &tx).await?;
        tx.commit().await?;
        Ok(member)
    }

    async fn known(&self, c: &impl ConnectionTrait) -> Result<Option<Uuid>> {
        identities::member_identified(c, self.provider, &self.issuer.issuer, self.subject).await
    }

    /// Links them to the member with their e-mail address, or to a new one.
    async fn take_in(&self, op: Op, tx: &WriteTx) -> Result<Uuid> {
        // Without it, someone who has a key already would come as a second person, and could sign
        // off what they observed as the first.
        if self.person.email.is_none() && !self.issuer.takes_unverified {
            let why = "the token does not show a verified e-mail address (email, with \
                       email_verified true), by which a member is known at the first sign-in: have \
                       the issuer send both, or the operator read the settings on \
                       allow-unverified-email";
            return Err(Error::Unauthenticated(why.to_owned()));
        }
        let namesake = match &self.person.email {
            Some(email) => identities::member_by_email(&**tx, self.provider, email).await?,
            None => None,
        };
        // An address that the issuer has given to somebody else meanwhile makes them no one's heir.
        let is_theirs = match namesake {
            Some(member) => {
                !identities::is_identified(&**tx, self.provider, &self.issuer.issuer, member)
                    .await?
            }
            None => false,
        };
        let new = || op.new_id();
        let member = namesake.filter(|_| is_theirs).unwrap_or_else(new);
        let op = Op {
            actor: self.acting_as(member),
            ..op
        };
        if !is_theirs {
            let email = self.person.email.clone().filter(|_| namesake.is_none());
            self.create(&op, tx, member, email).await?;
        }
        let row = member_identity::Model {
            issuer: self.issuer.issuer.clone(),
            subject: self.subject.to_owned(),
            provider_id: self.provider,
            member_id: member,
            created_at: clock::to_millis(op.now),
        };
        let after = json!({"issuer": row.issuer, "subject": row.subject});
        identities::insert_identity(&**tx, row).await?;
        self.record(&op, tx, "member.link", member, after).await?;
        Ok(member)
    }

    /// Adds a member without stored roles: theirs are the token's.
    async fn create(&self, op: &Op, tx: &WriteTx, id: Uuid, email: Option<String>) -> Result<()> {
        let member = Member {
            id,
            provider: self.provider,
            name: self.person.name.clone(),
            email,
            created_at: clock::to_millis(op.now),
            roles: Vec::new(),
        };
        store::insert_member(&**tx, &member).await?;
        let after = json!({"name": member.name, "email": member.email, "roles": []});
        self.record(op, tx, "member.create", id, after).await
    }

    async fn record(
        &self,
        op: &Op,
        tx: &WriteTx,
        action: &str,
        member: Uuid,
        after: serde_json::Value,
    ) -> Result<()> {
        let change = Change {
            provider: Some(self.provider),
            action,
            target: member.to_string(),
            before: None,
            after: Some(after),
        };
        audit::record(&**tx, op, change).await
    }
}
