//! The terms of Data Integrity 1.0 (section 2.4) and of Multikey (Controlled Identifiers 1.0, section
//! 2.2.2).

use super::{id, kind, protected, term};
use crate::credential::rdf::context::definition::Context;

/// `https://w3id.org/security/data-integrity/v2`.
pub(super) fn data_integrity_v2() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("proof", sec!("proof")).id().graph(),
        term("DataIntegrityProof", sec!("DataIntegrityProof")).within(data_integrity_proof()),
    ])
}

/// `https://w3id.org/security/multikey/v1`.
pub(super) fn multikey_v1() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("Multikey", sec!("Multikey")).within(multikey()),
    ])
}

/// The scope of a proof, which the credentials context states alike.
pub(super) fn data_integrity_proof() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("challenge", sec!("challenge")),
        term("created", "http://purl.org/dc/terms/created").of(xsd!("dateTime")),
        term("domain", sec!("domain")),
        term("expires", sec!("expiration")).of(xsd!("dateTime")),
        term("nonce", sec!("nonce")),
        term("previousProof", sec!("previousProof")).id(),
        term("proofPurpose", sec!("proofPurpose"))
            .vocab()
            .within(proof_purpose()),
        term("cryptosuite", sec!("cryptosuite")).of(sec!("cryptosuiteString")),
        term("proofValue", sec!("proofValue")).of(sec!("multibase")),
        term("verificationMethod", sec!("verificationMethod")).id(),
    ])
}

fn proof_purpose() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("assertionMethod", sec!("assertionMethod")).id().set(),
        term("authentication", sec!("authenticationMethod"))
            .id()
            .set(),
        term("capabilityInvocation", sec!("capabilityInvocationMethod"))
            .id()
            .set(),
        term("capabilityDelegation", sec!("capabilityDelegationMethod"))
            .id()
            .set(),
        term("keyAgreement", sec!("keyAgreementMethod")).id().set(),
    ])
}

fn multikey() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("controller", sec!("controller")).id(),
        term("revoked", sec!("revoked")).of(xsd!("dateTime")),
        term("expires", sec!("expiration")).of(xsd!("dateTime")),
        term("publicKeyMultibase", sec!("publicKeyMultibase")).of(sec!("multibase")),
        term("secretKeyMultibase", sec!("secretKeyMultibase")).of(sec!("multibase")),
    ])
}
