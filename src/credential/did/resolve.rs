//! Reading an issuer's documents, to know which keys speak for it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use super::{DidError, parse_multikey};
use crate::kernel::json::{Json, ParseOptions, parse};

/// How many keys of one document are read; no issuer rotates that often.
const MAX_KEYS: usize = 256;

/// A key as its issuer's document presents it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKey {
    /// The verification method's absolute id.
    pub id: String,
    /// The raw Ed25519 public key; `None` for another kind of key.
    pub public: Option<[u8; 32]>,
    /// Whether the document lists it for making assertions.
    pub asserts: bool,
    /// Whether the document marks it as revoked. The date is of no use: who holds a stolen key
    /// also chooses the dates in what it signs.
    pub revoked: bool,
    /// When the key stops being usable, if the document says so.
    pub expires: Option<Timestamp>,
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
    #[error("the issuer document is neither a DID document nor a JWK Set: {0}")]
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
        Ok(Self {
            id: did.to_owned(),
            keys: vec![IssuerKey {
                id: format!("{did}#{text}"),
                public: Some(public),
                asserts: true,
                revoked: false,
                expires: None,
            }],
        })
    }

    /// Reads a DID document or a JWK Set from bytes.
    ///
    /// A JWK Set does not say whose it is: it speaks for the DID that all its `kid`s begin with.
    ///
    /// # Errors
    /// When the bytes are not strict JSON or have neither shape.
    pub fn parse(bytes: &[u8]) -> Result<Self, DocumentError> {
        let json = parse(bytes, &ParseOptions::default())
            .map_err(|error| DocumentError::Json(error.to_string()))?;
        if json.get("keys").is_some() {
            of_jwks(&json)
        } else {
            of_did_document(&json)
        }
    }

    /// The key with this verification method id.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<&IssuerKey> {
        self.keys.iter().find(|key| key.id == id)
    }
}

fn of_did_document(json: &Json) -> Result<IssuerDocument, DocumentError> {
    let id = string(json, "id").ok_or(DocumentError::Shape("it has no id"))?;
    if !id.starts_with("did:") {
        return Err(DocumentError::Shape("its id is not a DID"));
    }
    let mut asserting = Vec::new();
    let mut methods: Vec<&Json> = items(json.get("verificationMethod"));
    for entry in items(json.get("assertionMethod")) {
        match entry {
            Json::String(reference) => asserting.push(absolute(id, reference)),
            embedded => {
                asserting.push(absolute(id, string(embedded, "id").unwrap_or_default()));
                methods.push(embedded);
            }
        }
    }
    if methods.len() > MAX_KEYS || asserting.len() > MAX_KEYS {
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
            public: public_key(method)?,
            asserts: own && asserting.contains(&name),
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

fn of_jwks(json: &Json) -> Result<IssuerDocument, DocumentError> {
    let listed = items(json.get("keys"));
    if listed.len() > MAX_KEYS {
        return Err(DocumentError::Shape("it lists too many keys"));
    }
    let mut document: Option<IssuerDocument> = None;
    for jwk in listed {
        let kid = string(jwk, "kid")
            .ok_or_else(|| DocumentError::Entry("a JWK has no kid".to_owned()))?;
        let (did, _) = kid
            .split_once('#')
            .filter(|(did, _)| did.starts_with("did:"))
            .ok_or_else(|| DocumentError::Entry(format!("the kid {kid:?} is not a DID URL")))?;
        let document = document.get_or_insert_with(|| IssuerDocument {
            id: did.to_owned(),
            keys: Vec::new(),
        });
        if document.id != did {
            return Err(DocumentError::Shape("its keys belong to several DIDs"));
        }
        if document.key(kid).is_some() {
            return Err(DocumentError::Entry(format!("{kid} is defined twice")));
        }
        document.keys.push(IssuerKey {
            id: kid.to_owned(),
            public: jwk_key(jwk)?,
            asserts: matches!(string(jwk, "use"), None | Some("sig")),
            revoked: jwk.get("revoked").is_some(),
            expires: None,
        });
    }
    document.ok_or(DocumentError::Shape("it lists no key"))
}

fn public_key(method: &Json) -> Result<Option<[u8; 32]>, DocumentError> {
    match string(method, "type") {
        Some("Multikey" | "Ed25519VerificationKey2020") => {
            let text = string(method, "publicKeyMultibase").ok_or_else(|| {
                DocumentError::Entry("a Multikey has no publicKeyMultibase".to_owned())
            })?;
            // Multikeys of other kinds are none of ours, and no error.
            Ok(parse_multikey(text).ok())
        }
        Some("JsonWebKey" | "JsonWebKey2020") => match method.get("publicKeyJwk") {
            Some(jwk) => jwk_key(jwk),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn jwk_key(jwk: &Json) -> Result<Option<[u8; 32]>, DocumentError> {
    if jwk.get("d").is_some() {
        return Err(DocumentError::Entry(
            "a JWK holds a private key; its owner must replace it".to_owned(),
        ));
    }
    if string(jwk, "kty") != Some("OKP") || string(jwk, "crv") != Some("Ed25519") {
        return Ok(None);
    }
    let mut key = [0; 32];
    let x = string(jwk, "x").unwrap_or_default();
    match URL_SAFE_NO_PAD.decode_slice(x, &mut key) {
        Ok(32) => Ok(Some(key)),
        _ => Err(DocumentError::Entry(
            "the x of an Ed25519 JWK is not 32 bytes in base64url".to_owned(),
        )),
    }
}

fn expiry(method: &Json) -> Result<Option<Timestamp>, DocumentError> {
    let Some(value) = method.get("expires") else {
        return Ok(None);
    };
    value
        .as_str()
        .and_then(|text| text.parse().ok())
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
