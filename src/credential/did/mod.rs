//! The issuer's identity: did:key, did:jwk and did:web names, https issuers, and the forms of
//! Ed25519 keys.
//!
//! A did:key or did:jwk name carries its key and needs no document. A did:web name and an https
//! issuer carry none: their keys are in the document that [`document`] writes and [`resolve`]
//! reads, and nowhere else.

pub mod document;
pub mod jwk;
pub mod resolve;
#[cfg(test)]
mod tests;

use url::{Host, Url};

/// The multicodec prefix of an Ed25519 public key, as a varint (Multikey, section 2.2.2 of
/// Controlled Identifiers 1.0).
const ED25519_PUB: [u8; 2] = [0xed, 0x01];

/// Why a DID or a key in Multikey form cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DidError {
    /// The public URL cannot carry a did:web name.
    #[error(
        "the public URL {url} cannot carry a did:web name: {why}; use did:key, or an https URL \
         with a host name"
    )]
    NoWebName {
        /// The URL.
        url: String,
        /// What is in the way.
        why: &'static str,
    },
    /// The slug has characters outside `a-z`, `0-9`, `-` and `_`.
    #[error("the issuer slug {0:?} must be made of a-z, 0-9, - and _ only")]
    Slug(String),
    /// The text is not an Ed25519 key in Multikey form.
    #[error(
        "{0:?} is not an Ed25519 public key in Multikey form: it must be z (base58btc) and 34 \
         bytes that begin with 0xed 0x01"
    )]
    Multikey(String),
    /// The text is not the did:jwk name of a public Ed25519 key.
    #[error("{name:?} is not the did:jwk name of a public Ed25519 key for signatures: {why}")]
    Jwk {
        /// The name, shortened.
        name: String,
        /// What is in the way.
        why: &'static str,
    },
    /// The text is not a did:web name.
    #[error("{0:?} is not a did:web name that stands for an https address")]
    NotWeb(String),
}

/// The Multikey text (`z6Mk…`) of a raw Ed25519 public key.
#[must_use]
pub fn multikey(public: &[u8; 32]) -> String {
    let mut text = String::from("z");
    text.push_str(&bs58::encode([ED25519_PUB.as_slice(), public].concat()).into_string());
    text
}

/// The raw Ed25519 public key of a Multikey text.
///
/// # Errors
/// When the text is anything else: another base, another key type, another length.
pub fn parse_multikey(text: &str) -> Result<[u8; 32], DidError> {
    let refuse = || DidError::Multikey(text.chars().take(80).collect());
    let digits = text.strip_prefix('z').ok_or_else(refuse)?;
    let mut bytes = [0; 34];
    // The buffer bounds the work: base58 of a longer text stops when it is full.
    match bs58::decode(digits).onto(&mut bytes) {
        Ok(34) => {}
        _ => return Err(refuse()),
    }
    let (prefix, key) = bytes.split_first_chunk::<2>().ok_or_else(refuse)?;
    if *prefix != ED25519_PUB {
        return Err(refuse());
    }
    key.try_into().map_err(|_| refuse())
}

/// The did:key name of a raw Ed25519 public key.
#[must_use]
pub fn did_key(public: &[u8; 32]) -> String {
    format!("did:key:{}", multikey(public))
}

/// The did:web name of an issuer below the installation's public URL:
/// `https://host:8443/base` and `slug` give `did:web:host%3A8443:base:issuers:slug`.
///
/// # Errors
/// When the URL is not https, has no domain name (did:web allows no IP addresses), or carries
/// credentials, a query or a fragment; when the slug is not plain.
pub fn did_web(public_url: &Url, slug: &str) -> Result<String, DidError> {
    let refuse = |why| DidError::NoWebName {
        url: public_url.to_string(),
        why,
    };
    if slug.is_empty() || !slug.bytes().all(is_plain) {
        return Err(DidError::Slug(slug.to_owned()));
    }
    if public_url.scheme() != "https" {
        return Err(refuse("it is not https"));
    }
    if public_url.username() != "" || public_url.password().is_some() {
        return Err(refuse("it carries a user name or password"));
    }
    if public_url.query().is_some() || public_url.fragment().is_some() {
        return Err(refuse("it carries a query or a fragment"));
    }
    let Some(Host::Domain(host)) = public_url.host() else {
        return Err(refuse("its host is an IP address"));
    };
    let mut name = format!("did:web:{host}");
    if let Some(port) = public_url.port() {
        name.push_str(&format!("%3A{port}"));
    }
    for segment in public_url.path().split('/').filter(|part| !part.is_empty()) {
        name.push(':');
        name.push_str(&segment.replace(':', "%3A"));
    }
    name.push_str(":issuers:");
    name.push_str(slug);
    Ok(name)
}

/// The https address of a did:web name's document (did:web method, section "Read").
///
/// # Errors
/// When the text is not such a name, or a part of it would change where the address leads.
pub fn did_web_document_url(did: &str) -> Result<Url, DidError> {
    let refuse = || DidError::NotWeb(did.chars().take(200).collect());
    let rest = did.strip_prefix("did:web:").ok_or_else(refuse)?;
    let mut parts = rest.split(':');
    let host = parts
        .next()
        .unwrap_or_default()
        .replace("%3A", ":")
        .replace("%3a", ":");
    if host.is_empty()
        || !host
            .bytes()
            .all(|b| is_plain(b) || b.is_ascii_uppercase() || matches!(b, b'.' | b':'))
    {
        return Err(refuse());
    }
    let path: Vec<&str> = parts.collect();
    let clean = |part: &&str| {
        !part.is_empty()
            && *part != "."
            && *part != ".."
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b))
            && !["%2f", "%2e", "%5c"]
                .iter()
                .any(|bad| part.to_ascii_lowercase().contains(bad))
    };
    if !path.iter().all(clean) {
        return Err(refuse());
    }
    let path = if path.is_empty() {
        ".well-known".to_owned()
    } else {
        path.join("/")
    };
    let url = Url::parse(&format!("https://{host}/{path}/did.json")).map_err(|_| refuse())?;
    match url.host() {
        Some(Host::Domain(_)) => Ok(url),
        _ => Err(refuse()),
    }
}

/// Where the document of an issuer or holder is: for a did:web name by the method's rule, for an
/// https URL there itself (Controlled Identifiers 1.0, section 3.1).
///
/// # Errors
/// When the name is neither.
pub fn document_url(id: &str) -> Result<Url, DidError> {
    if !id.starts_with("https://") {
        return did_web_document_url(id);
    }
    let refuse = || DidError::NotWeb(id.chars().take(200).collect());
    let url = Url::parse(id).map_err(|_| refuse())?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if plain { Ok(url) } else { Err(refuse()) }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
}
