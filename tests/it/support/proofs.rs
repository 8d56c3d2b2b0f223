//! The embedded proofs of what an installation signed, verified by the keys that it publishes.

use std::sync::Arc;

use attestry::{
    app::App,
    credential::{
        did::resolve::IssuerDocument,
        ops::issuer,
        proof::{Expected, ProofSet},
        rdf::Contexts,
    },
    kernel::json::{Json, ParseOptions, parse},
};
use jiff::Timestamp;

/// How many of a document's proofs are those of the issuer `slug`, and hold. Its others are not
/// looked at.
pub(crate) async fn held_by(app: &Arc<App>, slug: &str, document: &str) -> usize {
    let documents = issuer::documents(app, slug)
        .await
        .expect("they can be made");
    let documents = documents.expect("it is known").did_document.to_string();
    let issuer = IssuerDocument::parse(documents.as_bytes()).expect("a DID document");
    held(&issuer, document, app.clock.now())
}

/// The same for an issuer whose name, a did:key, is its key.
pub(crate) fn held_by_own_key(document: &str, now: Timestamp) -> usize {
    let read: Json = parse(document.as_bytes(), &ParseOptions::default()).expect("JSON");
    let did = read.pointer("/issuer/id").and_then(Json::as_str);
    let issuer = IssuerDocument::of_did_key(did.expect("it names its issuer"));
    held(&issuer.expect("a did:key"), document, now)
}

fn held(issuer: &IssuerDocument, document: &str, now: Timestamp) -> usize {
    let document: Json = parse(document.as_bytes(), &ParseOptions::default()).expect("JSON");
    let proofs = ProofSet::read(&document).expect("it has proofs");
    let (expected, contexts) = (Expected::assertion(now), Contexts::pinned());
    let mut held = 0;
    for proof in proofs.iter() {
        let key = proof.verification_method().and_then(|id| issuer.key(id));
        if let Some(key) = key {
            let public = key.public.as_ref().expect("an Ed25519 key");
            let verified = proofs.verify(proof, public, &expected, &contexts);
            verified.unwrap_or_else(|e| panic!("{e}: {}", document.to_text()));
            held += 1;
        }
    }
    held
}
