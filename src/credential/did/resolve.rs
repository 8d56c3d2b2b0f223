//! Reading an issuer's documents, to know which keys speak for it.

use jiff::Timestamp;

use super::{DidError, jwk, parse_multikey};
use crate::credential::crypto::{BadPublicKey, PublicKey};
use crate::credential::instant::instant;
use crate::kernel::json::{Json, ParseOptions, parse};

/// How many keys of one document are read; no issuer rotates that often.
const MAX_KEYS: usize = 256;

/// A key as its issuer's document presents it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKey {
    /// The verification method's absolute id.
    pub id: String,
    /// The Ed25519 public key, or why there is none to verify with.
    pub public: Result<PublicKey, NoPublicKey>,
    /// Whether the document lists it for making assertions.
    pub asserts: bool,
    /// Whether the document lists it for authentication, as the holder of a presentation.
    pub authenticates: bool,
    /// Whether the document marks it as revoked. The date is of no use: who holds a stolen key
    /// also chooses the dates in what it signs.
    pub revoked: bool,
    /// When the key stops being usable, if the document says so.
    pub expires: Option<Timestamp>,
}

/// Why a verification method has no key to verify with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPublicKey {
    /// It is of another kind than Ed25519.
    #[error("it is not an Ed25519 key")]
    OtherKind,
    /// It is one under which nothing can be proven.
    #[error(transparent)]
    Bad(#[from] BadPublicKey),
}

/// What an issuer's document says: whose it is, and its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerDocument {
    /// The identifier the document speaks for.
    pub id: String,
    /// Its verification methods.
    pub keys: Vec<IssuerKey>,
}

/// Why an issuer's document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is not strict JSON.
    #[error("the issuer document is not strict JSON: {0}; fetch it again from the issuer")]
    Json(String),
    /// It is JSON of another shape.
    #[error("the issuer document is neither a controlled identifier document nor a JWK Set: {0}")]
    Shape(&'static str),
    /// A key or a name in it is malformed.
    #[error("the issuer document has a malformed entry: {0}")]
    Entry(String),
}

impl From<DidError> for DocumentError {
    fn from(error: DidError) -> Self {
        Self::Entry(error.to_string())
    }
}

impl IssuerDocument {
    /// Expands a did:key name into its document, offline (did:key method, section 3.1).
    ///
    /// # Errors
    /// When the name is not an Ed25519 did:key.
    pub fn of_did_key(did: &str) -> Result<Self, DidError> {
        let text = did
            .strip_prefix("did:key:")
            .ok_or_else(|| DidError::Multikey(did.chars().take(80).collect()))?;
        let public = parse_multikey(text)?;
        Ok(Self::of_one_key(did, text, public_key(&public)))
    }

    /// Expands a did:jwk name into its document, offline (did:jwk method, "Read"). The one key has
    /// the fragment `#0`.
    ///
    /// # Errors
    /// When the name is not that of a public Ed25519 key meant for signatures: see
    /// [`jwk::parse_did_jwk`].
    pub fn of_did_jwk(did: &str) -> Result<Self, DidError> {
        let public = jwk::parse_did_jwk(did)?;
        Ok(Self::of_one_key(did, "0", public_key(&public)))
    }

    /// The document of a name that carries its own key: a did:key or did:jwk; `None` for others.
    #[must_use]
    pub fn of_self_contained(name: &str) -> Option<Result<Self, DidError>> {
        if name.starts_with("did:key:") {
            Some(Self::of_did_key(name))
        } else if name.starts_with("did:jwk:") {
            Some(Self::of_did_jwk(name))
        } else {
            None
        }
    }

    fn of_one_key(did: &str, fragment: &str, public: Result<PublicKey, NoPublicKey>) -> Self {
        Self {
            id: did.to_owned(),
            keys: vec![IssuerKey {
                id: format!("{did}#{fragment}"),
                public,
                asserts: true,
                authenticates: true,
                revoked: false,
                expires: None,
            }],
        }
    }

    /// Reads a document that says itself whose it is: a DID document, the controlled identifier
    /// document of an https issuer, or a JWK Set whose `kid`s all begin with the same issuer's id
    /// and `#`.
    ///
    /// # Errors
    /// When the bytes are not strict JSON or have none of these shapes.
    pub fn parse(bytes: &[u8]) -> Result<Self, DocumentError> {
        Self::read(bytes, None)
    }

    /// Reads the document that stands for this issuer, as [`IssuerDocument::parse`] does. Since it
    /// is known whose it is, the `kid`s of a JWK Set may be short: `x` and `#x` both mean the
    /// verification method `issuer#x`.
    ///
    /// # Errors
    /// As for [`IssuerDocument::parse`], and when the document is another's.
    pub fn parse_of(bytes: &[u8], issuer: &str) -> Result<Self, DocumentError> {
        let document = Self::read(bytes, Some(issuer))?;
        if document.id == issuer {
            Ok(document)
        } else {
            Err(DocumentError::Shape("it is the document of another issuer"))
        }
    }

    fn read(bytes: &[u8], issuer: Option<&str>) -> Result<Self, DocumentError> {
        let json = parse(bytes, &ParseOptions::default())
            .map_err(|error| DocumentError::Json(error.to_string()))?;
        if json.get("keys").is_some() {
            of_jwks(&json, issuer)
        } else {
            of_controlled_document(&json)
        }
    }

    /// The key with this verification method id.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<&IssuerKey> {
        self.keys.iter().find(|key| key.id == id)
    }
}

fn of_controlled_document(json: &Json) -> Result<IssuerDocument, DocumentError> {
    let id = string(json, "id").ok_or(DocumentError::Shape("it has no id"))?;
    if !is_issuer_id(id) {
        return Err(DocumentError::Shape(
            "its id is neither a DID nor an https URL",
        ));
    }
    let mut methods: Vec<&Json> = items(json.get("verificationMethod"));
    let mut listed = |relationship: &str| -> Vec<String> {
        let entries = items(json.get(relationship)).into_iter();
        let named = entries.map(|entry| match entry {
            Json::String(reference) => absolute(id, reference),
            embedded => {
                methods.push(embedded);
                absolute(id, string(embedded, "id").unwrap_or_default())
            }
        });
        named.collect()
    };
    let (asserting, authenticating) = (listed("assertionMethod"), listed("authentication"));
    if [methods.len(), asserting.len(), authenticating.len()]
        .iter()
        .any(|count| *count > MAX_KEYS)
    {
        return Err(DocumentError::Shape("it lists too many keys"));
    }
    let mut keys: Vec<IssuerKey> = Vec::with_capacity(methods.len());
    for method in methods {
        let name = string(method, "id")
            .ok_or_else(|| DocumentError::Entry("a verification method has no id".to_owned()))?;
        let name = absolute(id, name);
        if keys.iter().any(|key| key.id == name) {
            return Err(DocumentError::Entry(format!("{name} is defined twice")));
        }
        // A method that another DID controls does not speak for this one.
        let own = string(method, "controller") == Some(id);
        keys.push(IssuerKey {
            public: method_key(method)?,
            asserts: own && asserting.contains(&name),
            authenticates: own && authenticating.contains(&name),
            revoked: method.get("revoked").is_some(),
            expires: expiry(method)?,
            id: name,
        });
    }
    Ok(IssuerDocument {
        id: id.to_owned(),
        keys,
    })
}

fn of_jwks(json: &Json, issuer: Option<&str>) -> Result<IssuerDocument, DocumentError> {
    let listed = items(json.get("keys"));
    if listed.len() > MAX_KEYS {
        return Err(DocumentError::Shape("it lists too many keys"));
    }
    let mut document: Option<IssuerDocument> = None;
    for jwk in listed {
        let kid = string(jwk, "kid")
            .ok_or_else(|| DocumentError::Entry("a JWK has no kid".to_owned()))?;
        let name = method_id_of(issuer, kid).ok_or_else(|| {
            let short: String = kid.chars().take(120).collect();
            DocumentError::Entry(format!("the kid {short:?} does not say whose key it is"))
        })?;
        let (id, _) = name.split_once('#').unwrap_or((&name, ""));
        let document = document.get_or_insert_with(|| IssuerDocument {
            id: id.to_owned(),
            keys: Vec::new(),
        });
        if document.id != id {
            return Err(DocumentError::Shape("its keys belong to several issuers"));
        }
        if document.key(&name).is_some() {
            return Err(DocumentError::Entry(format!("{name} is defined twice")));
        }
        document.keys.push(IssuerKey {
            public: key_of(jwk::public_key(jwk)?),
            asserts: jwk::is_for_signatures(jwk),
            authenticates: jwk::is_for_signatures(jwk),
            revoked: jwk.get("revoked").is_some(),
            expires: None,
            id: name,
        });
    }
    document.ok_or(DocumentError::Shape("it lists no key"))
}

/// The absolute id of the verification method that a JOSE `kid` means (VC-JOSE-COSE, section 4.1):
/// an absolute one as it is, `#x` and `x` as `issuer#x` where the issuer is known. `None` for a
/// `kid` that leaves open whose key it is.
#[must_use]
pub fn method_id_of(issuer: Option<&str>, kid: &str) -> Option<String> {
    let fragment = match kid.split_once('#') {
        Some(("", fragment)) => fragment,
        Some((id, fragment)) => {
            let whole = is_issuer_id(id) && !fragment.is_empty() && !fragment.contains('#');
            return whole.then(|| kid.to_owned());
        }
        None => kid,
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let issuer = issuer.filter(|_| !fragment.is_empty() && fragment.bytes().all(plain))?;
    Some(format!("{issuer}#{fragment}"))
}

fn is_issuer_id(id: &str) -> bool {
    id.starts_with("did:") || id.starts_with("https://")
}

fn method_key(method: &Json) -> Result<Result<PublicKey, NoPublicKey>, DocumentError> {
    let raw = match string(method, "type") {
        Some("Multikey" | "Ed25519VerificationKey2020") => {
            let text = string(method, "publicKeyMultibase").ok_or_else(|| {
                DocumentError::Entry("a Multikey has no publicKeyMultibase".to_owned())
            })?;
            // Multikeys of other kinds are none of ours, and no error.
            parse_multikey(text).ok()
        }
        Some("JsonWebKey" | "JsonWebKey2020") => match method.get("publicKeyJwk") {
            Some(jwk) => jwk::public_key(jwk)?,
            None => None,
        },
        _ => None,
    };
    Ok(key_of(raw))
}

fn key_of(raw: Option<[u8; 32]>) -> Result<PublicKey, NoPublicKey> {
    public_key(&raw.ok_or(NoPublicKey::OtherKind)?)
}

fn public_key(raw: &[u8; 32]) -> Result<PublicKey, NoPublicKey> {
    Ok(PublicKey::from_bytes(raw)?)
}

fn expiry(method: &Json) -> Result<Option<Timestamp>, DocumentError> {
    let Some(value) = method.get("expires") else {
        return Ok(None);
    };
    value
        .as_str()
        .and_then(instant)
        .map(Some)
        .ok_or_else(|| DocumentError::Entry("a key's expires is not a date and time".to_owned()))
}

fn string<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name)?.as_str()
}

fn items(value: Option<&Json>) -> Vec<&Json> {
    match value {
        None => Vec::new(),
        Some(Json::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
    }
}

fn absolute(did: &str, reference: &str) -> String {
    if reference.starts_with('#') {
        format!("{did}{reference}")
    } else {
        reference.to_owned()
    }
}
