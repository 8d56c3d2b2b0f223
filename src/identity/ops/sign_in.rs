//! From an issuer's token to an actor. The roles are those that the token maps to, each time anew:
//! what the issuer takes away is gone with the next token, and roles that are stored here are not
//! added.

mod member;

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    app::App,
    identity::{
        actor::{Actor, SignIn},
        oidc::{
            Issuer, Refusal,
            claims::{Identity, Who, identify},
            judge::judge,
            token::Token,
        },
        policy::{self, Role, Scope},
        store::{self, identities},
    },
    kernel::{
        db::Reach,
        errors::{Error, Result},
    },
};
use member::Comer;

/// The actor of a token, which must be of an issuer that is trusted here.
///
/// # Errors
/// `Unauthenticated`, with the claim and the remedy, for a token that signs nobody in.
pub(super) async fn sign_in(app: &Arc<App>, token: &str) -> Result<Actor> {
    let now = app.clock.now();
    let token = Token::read(token)?;
    let issuer = token.issuer().and_then(|iss| app.issuers.named(iss));
    let issuer = issuer.ok_or(Refusal::Issuer)?;
    let judged = judge(token, issuer, now)?;
    let keys = app.issuers.keys(issuer, judged.key(), now).await?;
    let verified = judged.verify(&keys)?;
    let Identity { subject, who } = identify(&verified, issuer)?;
    let by = SignIn::Issuer {
        issuer: issuer.issuer.as_str().into(),
        subject: subject.as_str().into(),
    };
    match who {
        Who::Platform { role } => Ok(Actor::Platform {
            by,
            role,
            scopes: usual_scopes(&[role]),
        }),
        Who::Learner {
            provider,
            external_id,
        } => {
            let provider = provider_of(app, &provider).await?;
            Ok(Actor::Learner {
                provider,
                learner: learner_of(app, issuer, provider, &external_id).await?,
                by,
                scopes: usual_scopes(&[Role::Learner]),
            })
        }
        Who::Member(person) => {
            let provider = provider_of(app, &person.provider).await?;
            let comer = Comer {
                provider,
                issuer,
                subject: &subject,
                by,
                person,
            };
            let member = comer.member(app).await?;
            Ok(comer.acting_as(member))
        }
    }
}

/// All scopes of these roles but those that are to be asked for by name, for which there is a key.
fn usual_scopes(roles: &[Role]) -> Vec<Scope> {
    let mut scopes = policy::scopes_of(roles);
    scopes.retain(|scope| !scope.is_by_name_only());
    scopes
}

async fn provider_of(app: &App, slug: &str) -> Result<Uuid> {
    let found = store::provider_by_slug(app.db.public(), slug).await?;
    let unknown = || {
        let why = "the token's provider does not exist here: have a platform administrator create \
                   it, or the issuer name another";
        Error::Unauthenticated(why.to_owned())
    };
    Ok(found.ok_or_else(unknown)?.id)
}

async fn learner_of(app: &App, issuer: &Issuer, provider: Uuid, external_id: &str) -> Result<Uuid> {
    let db = app.db.read(Reach::One(provider)).await?;
    let found = identities::learner_by_external_id(&db, provider, external_id).await?;
    found.ok_or_else(|| {
        Error::Unauthenticated(format!(
            "no learner of the provider has the identifier in the token's claim {}: have the \
             provider add them under it",
            issuer.learner_claim.as_str()
        ))
    })
}
