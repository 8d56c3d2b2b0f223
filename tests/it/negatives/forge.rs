//! Issuers of our own, their lists, and what a forger with any key could make.

use attestry::credential::crypto::Ed25519Signer;
use attestry::credential::did::document::{PublishedKey, did_document, method_id};
use attestry::credential::did::{did_key, multikey};
use attestry::credential::proof::{Cryptosuite, ProofOptions, value};
use attestry::credential::rdf::Contexts;
use attestry::credential::status::{MINIMUM_LENGTH, Purpose, StatusList};
use attestry::kernel::digest::sha256;
use attestry::kernel::json::{Json, canonical};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

pub(super) const LIST: &str = "https://status.example/lists/1";
pub(super) const RDFC: Cryptosuite = Cryptosuite::EddsaRdfc2022;
pub(super) const JCS: Cryptosuite = Cryptosuite::EddsaJcs2022;

/// Someone with a key, under a name.
pub(super) struct Issuer {
    pub(super) id: String,
    pub(super) key: Ed25519Signer,
}

impl Issuer {
    /// One whose name is the key.
    pub(super) fn did_key(seed: u8) -> Self {
        let key = Ed25519Signer::new(&[seed; 32]);
        Self {
            id: did_key(&key.public()),
            key,
        }
    }

    /// One whose keys stand in a document.
    pub(super) fn named(id: &str, seed: u8) -> Self {
        Self {
            id: id.to_owned(),
            key: Ed25519Signer::new(&[seed; 32]),
        }
    }

    pub(super) fn method(&self) -> String {
        method_id(&self.id, &self.key.public())
    }

    pub(super) fn multikey(&self) -> String {
        multikey(&self.key.public())
    }

    pub(super) fn document(&self) -> Value {
        let key = PublishedKey {
            public: self.key.public(),
            compromised: None,
        };
        did_document(&self.id, &[key])
    }

    /// A badge of this issuer that needs nothing but its signature.
    pub(super) fn badge(&self) -> Value {
        json!({
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": "urn:uuid:6d5b1c0e-7a4e-4b5a-9f40-0c62a4a3d001",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": "Belays a partner on a top rope",
            "issuer": {"id": self.id, "type": ["Profile"], "name": "Cliffside School"},
            "validFrom": "2026-01-15T08:00:00Z",
            "credentialSubject": {
                "id": "did:example:climber",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": "https://cliffside.example/statements/belay",
                    "type": ["Achievement"],
                    "name": "Belays a partner on a top rope",
                    "description": "Ties in, checks the partner, and holds a fall.",
                    "criteria": {"narrative": "Held three falls under the eye of a guide."},
                },
            },
        })
    }

    /// An endorsement by this issuer of the badge's statement.
    pub(super) fn endorsement(&self) -> Value {
        json!({
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": "urn:uuid:6d5b1c0e-7a4e-4b5a-9f40-0c62a4a3d0e1",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "Endorsed by the guild",
            "issuer": {"id": self.id, "type": ["Profile"], "name": "Guild of Guides"},
            "validFrom": "2026-01-15T08:00:00Z",
            "credentialSubject": {
                "id": "https://cliffside.example/statements/belay",
                "type": ["EndorsementSubject"],
                "endorsementComment": "We would climb with them.",
            },
        })
    }

    /// The badge with a place in a status list.
    pub(super) fn listed(&self, index: Value, purpose: &str) -> Value {
        let mut badge = self.badge();
        badge["credentialStatus"] = json!({
            "id": format!("{LIST}#entry"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": index,
            "statusListCredential": LIST,
        });
        badge
    }

    /// The status list of this issuer, with these bits set.
    pub(super) fn list(&self, purpose: Purpose, set: &[u64]) -> Value {
        let now = Timestamp::now();
        let list = StatusList {
            url: LIST.to_owned(),
            issuer: self.id.clone(),
            purpose,
            length: MINIMUM_LENGTH,
            set: set.to_vec(),
            valid_from: now - SignedDuration::from_secs(600),
            valid_until: now + SignedDuration::from_secs(600),
            ttl_ms: 300_000,
        };
        list.credential().expect("a list")
    }

    pub(super) fn options(&self, suite: Cryptosuite) -> ProofOptions {
        let created = Timestamp::now() - SignedDuration::from_secs(60);
        ProofOptions::assertion(suite, &self.method(), created)
    }

    /// The document with this issuer's proof added.
    pub(super) fn secure(&self, document: &Value, suite: Cryptosuite) -> Value {
        self.prove(document, &self.options(suite))
    }

    /// The document with a proof of these options added, signed by this key.
    pub(super) fn prove(&self, document: &Value, options: &ProofOptions) -> Value {
        let Json::Object(document) = Json::from(document.clone()) else {
            panic!("a document is an object");
        };
        let unsigned = options
            .add_to(document, &Contexts::pinned())
            .expect("a document that can be signed");
        let mut document = Value::from(Json::Object(unsigned.document));
        let proof = match &mut document["proof"] {
            Value::Array(proofs) => proofs.last_mut().expect("the new one"),
            one => one,
        };
        proof["proofValue"] = json!(value::encode(&self.key.sign(&unsigned.hash_data)));
        document
    }

    /// A proof with whatever members, over whatever document, with a signature that fits: both
    /// hashed by hand, as `eddsa-jcs-2022` has it.
    pub(super) fn prove_by_hand(&self, document: &Value, mut proof: Value) -> Value {
        let hashes = [sha256(&canonical(&proof)), sha256(&canonical(document))].concat();
        proof["proofValue"] = json!(value::encode(&self.key.sign(&hashes)));
        let mut document = document.clone();
        document["proof"] = proof;
        document
    }

    /// The members of a proof that [`Issuer::prove_by_hand`] makes into a good one.
    pub(super) fn proof_by_hand(&self, document: &Value) -> Value {
        json!({
            "@context": document["@context"],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2026-02-01T00:00:00Z",
            "verificationMethod": self.method(),
            "proofPurpose": "assertionMethod",
        })
    }

    /// The header of a JWT of this issuer.
    pub(super) fn header(&self, typ: &str) -> Value {
        json!({"alg": "EdDSA", "typ": typ, "kid": self.method()})
    }

    /// The badge with the claims that the Open Badges profile demands.
    pub(super) fn claims(&self) -> Value {
        let mut claims = self.badge();
        let from: Timestamp = "2026-01-15T08:00:00Z".parse().expect("a time");
        claims["iss"] = json!(self.id);
        claims["sub"] = claims["credentialSubject"]["id"].clone();
        claims["jti"] = claims["id"].clone();
        claims["nbf"] = json!(from.as_second());
        claims
    }

    /// A JWT of any header and payload, with a signature that fits.
    pub(super) fn jwt(&self, header: &str, payload: &str) -> String {
        let input = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(payload)
        );
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(input.as_bytes()));
        format!("{input}.{signature}")
    }
}

/// A copy with one change.
pub(super) fn with(document: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut copy = document.clone();
    change(&mut copy);
    copy
}
