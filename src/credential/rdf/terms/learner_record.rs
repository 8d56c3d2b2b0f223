//! The terms of Comprehensive Learner Record 2.0 (appendix on its JSON-LD context).

use super::{id, kind, open, prefix, term};
use crate::credential::rdf::context::definition::Context;

/// Version 2.0.1.
pub(super) fn v2_0_1() -> Context<'static> {
    open([
        id(),
        kind(),
        term("ClrCredential", clr!("ClrCredential")).within(clr_credential()),
        term("ClrSubject", clr!("ClrSubject")).within(clr_subject()),
        term("Association", clr!("Association")).within(association()),
    ])
}

fn clr_credential() -> Context<'static> {
    open([
        id(),
        kind(),
        term("partial", clr!("partial")).of("xsd:boolean"),
    ])
}

fn clr_subject() -> Context<'static> {
    open([
        id(),
        kind(),
        prefix("cred", "https://www.w3.org/2018/credentials#"),
        prefix("obi", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"),
        term("achievement", clr!("achievement"))
            .of("obi:Achievement")
            .set(),
        term("association", clr!("association"))
            .of(clr!("Association"))
            .set(),
        term("verifiableCredential", clr!("verifiableCredential"))
            .of("cred:verifiableCredential")
            .set(),
        term("identifier", clr!("identifier-1"))
            .of("obi:Identifier")
            .set(),
    ])
}

fn association() -> Context<'static> {
    open([
        term("associationType", clr!("AssociationType")),
        term("sourceId", clr!("sourceId")).of("xsd:anyURI"),
        term("targetId", clr!("targetId")).of("xsd:anyURI"),
    ])
}
