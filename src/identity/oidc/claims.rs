//! From what a verified token says to who acts, in which roles.

#[cfg(test)]
mod tests;

use super::{Issuer, Refusal, judge::Verified, settings::Tenant};
use crate::{
    identity::policy::Role,
    kernel::{
        checks::{is_email, is_slug},
        json::Json,
    },
};

/// The longest subject (OpenID Connect Core 1.0, section 2) and learner's identifier, in characters.
const MAX_SUBJECT: usize = 255;
const MAX_EXTERNAL_ID: usize = 200;
/// How much of a name is kept, in characters.
const MAX_NAME: usize = 200;

/// A claim's name, or, where no claim has that name, the way to one inside others:
/// `realm_access.roles`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimPath(String);

impl ClaimPath {
    /// The path that a text means; `None` for one with nothing in it or between its dots.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        let is_whole = text.split('.').all(|name| !name.trim().is_empty());
        is_whole.then_some(Self(text))
    }

    /// What stands there. A claim of the whole name comes first: names may be URLs, with dots.
    #[must_use]
    pub fn find<'a>(&self, claims: &'a Json) -> Option<&'a Json> {
        claims
            .get(&self.0)
            .or_else(|| self.0.split('.').try_fold(claims, |at, name| at.get(name)))
    }

    /// The path as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn text<'a>(&self, claims: &'a Json) -> Option<&'a str> {
        self.find(claims)?.as_str()
    }
}

/// Who signed in, by a verified token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The issuer's name of them (`sub`): never given to anyone else.
    pub subject: String,
    /// What they are here.
    pub who: Who,
}

/// What somebody is here, by a verified token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Someone of the platform.
    Platform {
        /// What they are.
        role: Role,
    },
    /// Someone who works for a provider.
    Member(Person),
    /// A learner.
    Learner {
        /// The provider's slug.
        provider: String,
        /// The provider's own identifier of the learner.
        external_id: String,
    },
}

/// Someone who works for a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The provider's slug.
    pub provider: String,
    /// What they are; never empty.
    pub roles: Vec<Role>,
    /// Their name, or the subject where the token tells none.
    pub name: String,
    /// Their e-mail address in lower case, where the issuer vouches for it.
    pub email: Option<String>,
}

/// Who a verified token of `issuer` is about.
///
/// Whoever has a role of a provider's members acts as one, even where the token says that they are
/// a learner too. Roles of the platform and roles within a provider do not go together.
///
/// # Errors
/// When the token maps to no role, or to both kinds; when a claim that its roles need is missing.
pub fn identify(token: &Verified, issuer: &Issuer) -> Result<Identity, Refusal> {
    let claims = token.claims();
    let subject = bounded(claims.get("sub").and_then(Json::as_str), MAX_SUBJECT);
    let subject = subject.ok_or_else(|| missing("sub", "a text of 1 to 255 characters"))?;
    let held = roles(claims, issuer);
    let at = || issuer.role_claim.0.clone();
    // Of two the first: an administrator may do all that a curator may.
    let platform = Role::ALL
        .into_iter()
        .find(|r| r.is_platforms() && held.contains(r));
    let members: Vec<_> = held.iter().copied().filter(|r| r.is_members()).collect();
    let is_within = held.iter().any(|r| !r.is_platforms());
    let who = match platform {
        Some(_) if is_within => return Err(Refusal::MixedRoles(at())),
        Some(role) => Who::Platform { role },
        None if !members.is_empty() => Who::Member(Person {
            provider: provider(claims, issuer)?,
            roles: members,
            name: name(claims, issuer).unwrap_or_else(|| subject.chars().take(MAX_NAME).collect()),
            email: email(claims, issuer),
        }),
        None if is_within => {
            let path = &issuer.learner_claim;
            let external_id = bounded(path.text(claims), MAX_EXTERNAL_ID);
            let wanted = "a text of 1 to 200 characters";
            Who::Learner {
                provider: provider(claims, issuer)?,
                external_id: external_id.ok_or_else(|| missing(&path.0, wanted))?,
            }
        }
        None => return Err(Refusal::NoRole(at())),
    };
    Ok(Identity { subject, who })
}

/// The roles here that the token's roles mean, each once. Names without a meaning here are passed
/// over: issuers have roles for other services too.
fn roles(claims: &Json, issuer: &Issuer) -> Vec<Role> {
    let named = match issuer.role_claim.find(claims) {
        Some(one @ Json::String(_)) => std::slice::from_ref(one),
        Some(Json::Array(several)) => several.as_slice(),
        _ => &[],
    };
    let mut held: Vec<Role> = Vec::new();
    for role in named.iter().filter_map(Json::as_str) {
        if let Some(role) = issuer.roles.get(role)
            && !held.contains(role)
        {
            held.push(*role);
        }
    }
    held
}

fn provider(claims: &Json, issuer: &Issuer) -> Result<String, Refusal> {
    let (slug, told) = match &issuer.provider {
        Some(Tenant::Slug(slug)) => (Some(slug.as_str()), ""),
        Some(Tenant::Claim(path)) => (path.text(claims), path.0.as_str()),
        None => (None, "provider"),
    };
    let slug = slug.filter(|slug| is_slug(slug)).map(str::to_owned);
    slug.ok_or_else(|| missing(told, "a provider's slug"))
}

fn name(claims: &Json, issuer: &Issuer) -> Option<String> {
    let told = issuer.name_claim.text(claims)?.chars();
    let name: String = told.filter(|c| !c.is_control()).take(MAX_NAME).collect();
    (!name.trim().is_empty()).then_some(name)
}

/// The e-mail address, where `email_verified` is true (OpenID Connect Core 1.0, section 5.1). One
/// that is not vouched for is not kept either: it could be anybody's.
fn email(claims: &Json, issuer: &Issuer) -> Option<String> {
    let is_verified = claims.get("email_verified").and_then(Json::as_bool) == Some(true);
    let email = issuer
        .email_claim
        .text(claims)
        .filter(|email| is_email(email));
    email.filter(|_| is_verified).map(str::to_lowercase)
}

fn bounded(text: Option<&str>, most: usize) -> Option<String> {
    let text = text.filter(|text| !text.trim().is_empty() && text.chars().count() <= most);
    // PostgreSQL keeps no NUL, and no other control character is part of a name.
    text.filter(|text| !text.chars().any(char::is_control))
        .map(str::to_owned)
}

fn missing(claim: &str, wanted: &'static str) -> Refusal {
    Refusal::Claim {
        claim: claim.to_owned(),
        wanted,
    }
}
