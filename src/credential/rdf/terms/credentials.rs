//! The terms of Verifiable Credentials Data Model 2.0 (appendix B.1).

use super::security::data_integrity_proof;
use super::{id, kind, protected, term};
use crate::credential::rdf::context::definition::Context;

/// `https://www.w3.org/ns/credentials/v2`.
pub(super) fn v2() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("description", schema!("description")),
        term("digestMultibase", sec!("digestMultibase")).of(sec!("multibase")),
        term("digestSRI", cred!("digestSRI")).of(cred!("sriString")),
        term("mediaType", schema!("encodingFormat")),
        term("name", schema!("name")),
        term("VerifiableCredential", cred!("VerifiableCredential")).within(verifiable_credential()),
        term(
            "EnvelopedVerifiableCredential",
            cred!("EnvelopedVerifiableCredential"),
        ),
        term("VerifiablePresentation", cred!("VerifiablePresentation"))
            .within(verifiable_presentation()),
        term(
            "EnvelopedVerifiablePresentation",
            cred!("EnvelopedVerifiablePresentation"),
        ),
        term("JsonSchemaCredential", cred!("JsonSchemaCredential")),
        term("JsonSchema", cred!("JsonSchema")).within(json_schema()),
        term(
            "BitstringStatusListCredential",
            status!("BitstringStatusListCredential"),
        ),
        term("BitstringStatusList", status!("BitstringStatusList")).within(bitstring_status_list()),
        term(
            "BitstringStatusListEntry",
            status!("BitstringStatusListEntry"),
        )
        .within(bitstring_status_list_entry()),
        term("DataIntegrityProof", sec!("DataIntegrityProof")).within(data_integrity_proof()),
        term("...", jwt!("...")),
        term("_sd", jwt!("_sd")).json(),
        term("_sd_alg", jwt!("_sd_alg")),
        term("aud", jwt!("aud")).id(),
        term("cnf", jwt!("cnf")).within(cnf()),
        term("exp", jwt!("exp")).of(xsds!("nonNegativeInteger")),
        term("iat", jwt!("iat")).of(xsds!("nonNegativeInteger")),
        term("iss", jose!("iss")).id(),
        term("jku", jose!("jku")).id(),
        term("kid", jose!("kid")).id(),
        term("nbf", jwt!("nbf")).of(xsds!("nonNegativeInteger")),
        term("sub", jose!("sub")).id(),
        term("x5u", jose!("x5u")).id(),
    ])
}

fn verifiable_credential() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("confidenceMethod", cred!("confidenceMethod")).id(),
        term("credentialSchema", cred!("credentialSchema")).id(),
        term("credentialStatus", cred!("credentialStatus")).id(),
        term("credentialSubject", cred!("credentialSubject")).id(),
        term("description", schema!("description")),
        term("evidence", cred!("evidence")).id(),
        term("issuer", cred!("issuer")).id(),
        term("name", schema!("name")),
        term("proof", sec!("proof")).id().graph(),
        term("refreshService", cred!("refreshService")).id(),
        term("relatedResource", cred!("relatedResource")).id(),
        term("renderMethod", cred!("renderMethod")).id(),
        term("termsOfUse", cred!("termsOfUse")).id(),
        term("validFrom", cred!("validFrom")).of(xsd!("dateTime")),
        term("validUntil", cred!("validUntil")).of(xsd!("dateTime")),
    ])
}

fn verifiable_presentation() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("holder", cred!("holder")).id(),
        term("proof", sec!("proof")).id().graph(),
        term("termsOfUse", cred!("termsOfUse")).id(),
        term("verifiableCredential", cred!("verifiableCredential"))
            .id()
            .graph()
            .forgetting(),
    ])
}

fn json_schema() -> Context<'static> {
    protected([id(), kind(), term("jsonSchema", cred!("jsonSchema")).json()])
}

fn bitstring_status_list() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("encodedList", status!("encodedList")).of(sec!("multibase")),
        term("statusPurpose", status!("statusPurpose")),
        term("ttl", status!("ttl")),
    ])
}

fn bitstring_status_list_entry() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("statusListCredential", status!("statusListCredential")).id(),
        term("statusListIndex", status!("statusListIndex")),
        term("statusPurpose", status!("statusPurpose")),
        term("statusMessage", status!("statusMessage")).within(status_message()),
        term("statusReference", status!("statusReference")).id(),
        term("statusSize", status!("statusSize")).of(xsds!("integer")),
    ])
}

fn status_message() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("message", status!("message")),
        term("status", status!("status")),
    ])
}

fn cnf() -> Context<'static> {
    protected([
        term("kid", jwt!("kid")).id(),
        term("jwk", jwt!("jwk")).json(),
    ])
}
