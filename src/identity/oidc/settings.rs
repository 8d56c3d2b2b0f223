//! Which issuers are trusted, and what for: the `[[oidc]]` tables of the settings file.

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, net::IpAddr};

use serde::Deserialize;
use url::{Host, Url};

use super::{Algorithm, claims::ClaimPath};
use crate::{identity::policy::Role, kernel::checks::is_slug};

/// An `[[oidc]]` table as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Table {
    issuer: String,
    audience: String,
    algorithms: Option<Vec<String>>,
    provider: Option<String>,
    provider_claim: Option<String>,
    role_claim: Option<String>,
    #[serde(default)]
    roles: BTreeMap<String, String>,
    name_claim: Option<String>,
    email_claim: Option<String>,
    learner_claim: Option<String>,
    #[serde(default)]
    allow_unverified_email: bool,
    #[serde(default)]
    allow_insecure_http: bool,
}

/// An issuer that is trusted to sign people in.
#[derive(Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its identifier: what `iss` holds, character for character.
    pub issuer: String,
    /// What `aud` must hold: this service's name at the issuer.
    pub audience: String,
    /// The algorithms that it may sign with.
    pub algorithms: Vec<Algorithm>,
    /// Where the tenant comes from; `None` for an issuer of platform roles alone.
    pub provider: Option<Tenant>,
    /// The claim with the roles: a text, or several.
    pub role_claim: ClaimPath,
    /// What the issuer's names of roles mean here.
    pub roles: BTreeMap<String, Role>,
    /// The claim with the person's name.
    pub name_claim: ClaimPath,
    /// The claim with their e-mail address.
    pub email_claim: ClaimPath,
    /// The claim with the provider's own identifier of a learner.
    pub learner_claim: ClaimPath,
    /// Whether members are taken in whose e-mail address it does not vouch for.
    pub takes_unverified: bool,
    /// Whether it is reached on this machine alone, where http will do.
    pub is_local: bool,
}

/// Where the tenant of a sign-in comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tenant {
    /// Everyone whom the issuer signs in is of the provider with this slug.
    Slug(String),
    /// The claim that holds the slug.
    Claim(ClaimPath),
}

impl fmt::Debug for Issuer {
    /// What identifies it. What roles are called, and where, is its operator's own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .field("algorithms", &self.algorithms)
            .finish_non_exhaustive()
    }
}

/// What is wrong with an `[[oidc]]` table, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where: `oidc[0].issuer`, counted from 0.
    pub setting: String,
    /// What is wrong, and what to write.
    pub problem: String,
}

/// Reads the `[[oidc]]` tables.
///
/// # Errors
/// The first thing that cannot be used; an issuer that is named twice.
pub fn read(tables: Vec<Table>) -> Result<Vec<Issuer>, Wrong> {
    let mut issuers: Vec<Issuer> = Vec::new();
    for (at, table) in tables.into_iter().enumerate() {
        let wrong = |(member, problem): Told| Wrong {
            setting: format!("oidc[{at}].{member}"),
            problem,
        };
        let issuer = one(table).map_err(wrong)?;
        if issuers.iter().any(|other| other.issuer == issuer.issuer) {
            let told = "this issuer has a table already: put all that it may do into one";
            return Err(wrong(told_of("issuer", told)));
        }
        issuers.push(issuer);
    }
    Ok(issuers)
}

/// A member of a table, and what is wrong with it.
type Told = (String, String);

fn told_of(member: &str, problem: &str) -> Told {
    (member.to_owned(), problem.to_owned())
}

fn one(table: Table) -> Result<Issuer, Told> {
    let is_local = check_issuer(&table.issuer, table.allow_insecure_http)?;
    if table.audience.trim().is_empty() {
        return Err(told_of("audience", "give what the claim aud must contain"));
    }
    let claim = |member: &str, given: Option<String>, usual: &str| {
        let path = given.unwrap_or_else(|| usual.to_owned());
        ClaimPath::new(path)
            .ok_or_else(|| told_of(member, "give a claim, such as roles or realm_access.roles"))
    };
    let roles = roles(table.roles)?;
    let provider = match (table.provider, table.provider_claim) {
        (Some(_), Some(_)) => {
            let told = "give this or provider, and not both: one of them would not count";
            return Err(told_of("provider-claim", told));
        }
        (Some(slug), None) if is_slug(&slug) => Some(Tenant::Slug(slug)),
        (Some(_), None) => {
            return Err(told_of(
                "provider",
                "give a provider's slug, such as riverside",
            ));
        }
        (None, Some(path)) => Some(Tenant::Claim(claim("provider-claim", Some(path), "")?)),
        (None, None) if roles.values().all(|role| role.is_platforms()) => None,
        (None, None) => {
            let told = "give the slug of the provider to which these people belong, or in \
                        provider-claim the claim that holds it";
            return Err(told_of("provider", told));
        }
    };
    Ok(Issuer {
        algorithms: algorithms(table.algorithms)?,
        provider,
        role_claim: claim("role-claim", table.role_claim, "roles")?,
        roles,
        name_claim: claim("name-claim", table.name_claim, "name")?,
        email_claim: claim("email-claim", table.email_claim, "email")?,
        learner_claim: claim("learner-claim", table.learner_claim, "sub")?,
        issuer: table.issuer,
        audience: table.audience,
        takes_unverified: table.allow_unverified_email,
        is_local,
    })
}

/// Checks an issuer's identifier (OpenID Connect Discovery 1.0, section 3): https, without query
/// or fragment. Whether it may be reached on this machine alone.
fn check_issuer(text: &str, allow_insecure_http: bool) -> Result<bool, Told> {
    let refuse = |problem: &str| told_of("issuer", problem);
    let remedy = "give the issuer's own identifier, such as https://login.example/realms/north, \
                  without query, fragment or user name";
    let url = Url::parse(text).map_err(|_| refuse(remedy))?;
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && !text.contains(char::is_whitespace);
    match url.scheme() {
        "https" if is_plain && url.host().is_some() => Ok(false),
        "http" if is_plain && allow_insecure_http && is_loopback(&url) => Ok(true),
        "http" if is_plain && allow_insecure_http => Err(refuse(
            "allow-insecure-http is for an issuer on this machine, such as \
             http://127.0.0.1:8081: give an https address",
        )),
        "http" if is_plain => Err(refuse(
            "give an https address; for an issuer on this machine, set allow-insecure-http = true",
        )),
        _ => Err(refuse(remedy)),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn algorithms(names: Option<Vec<String>>) -> Result<Vec<Algorithm>, Told> {
    let Some(names) = names else {
        return Ok(Algorithm::DEFAULT.to_vec());
    };
    let read = names.iter().map(|name| Algorithm::parse(name)).collect();
    let read: Option<Vec<_>> = read;
    read.filter(|all| !all.is_empty()).ok_or_else(|| {
        let known = Algorithm::ALL.map(Algorithm::as_str).join(", ");
        ("algorithms".to_owned(), format!("give some of {known}"))
    })
}

fn roles(names: BTreeMap<String, String>) -> Result<BTreeMap<String, Role>, Told> {
    let known = || Role::ALL.map(Role::as_str).join(", ");
    if names.is_empty() {
        let told = format!(
            "say what each of the issuer's roles means here: one of {}",
            known()
        );
        return Err(("roles".to_owned(), told));
    }
    let read = names
        .into_iter()
        .map(|(theirs, ours)| match Role::parse(&ours) {
            Some(role) => Ok((theirs, role)),
            None => Err((
                format!("roles.{theirs:?}"),
                format!("give one of {}", known()),
            )),
        });
    read.collect()
}
