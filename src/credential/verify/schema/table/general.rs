//! VC Data Model 2.0, sections 4 and 5: what holds of every credential and presentation.

use super::super::class::{Class, Format, Position, Property, Value, many, may, must, some};
use super::super::facts::{
    begins_before_it_ends, has_base_context, has_claims, has_digest, has_no_vc_claim,
    is_presentable, relates_once,
};
use Value::{AnyTypes, Contexts, Language, Object, Text, Token, Types, UriOr};

pub(super) const URI: Value = Value::Format(Format::Uri);
pub(super) const MOMENT: Value = Value::Format(Format::Moment);
pub(super) const BASE: Value = Contexts(&[Position::Credentials]);
pub(super) const CREDENTIAL: Value = Types(&[&["VerifiableCredential"]]);

/// A credential of any kind.
pub(crate) static VERIFIABLE_CREDENTIAL: Class = Class::new(
    "a VerifiableCredential",
    &[
        &[
            must("@context", BASE),
            may("id", URI),
            must("type", CREDENTIAL),
            must("issuer", UriOr(&NAMED)),
            some("credentialSubject", Object(&SUBJECT)),
            may("validFrom", MOMENT),
            many("credentialStatus", Object(&TYPED)),
            many("refreshService", Object(&TYPED)),
            many("evidence", Object(&TYPED)),
            many("termsOfUse", Object(&TYPED)),
            many("credentialSchema", Object(&SCHEMA)),
            many("proof", Object(&PROOF)),
        ],
        NAMES,
        SHARED,
    ],
)
.with(&[has_no_vc_claim, begins_before_it_ends, relates_once]);

/// A presentation of credentials.
pub(crate) static VERIFIABLE_PRESENTATION: Class = Class::new(
    "a VerifiablePresentation",
    &[&[
        must("@context", BASE),
        may("id", URI),
        must("type", Types(&[&["VerifiablePresentation"]])),
        may("holder", UriOr(&HOLDER)),
        many("verifiableCredential", Object(&CONTAINED)),
        many("termsOfUse", Object(&TYPED)),
        many("proof", Object(&PROOF)),
    ]],
);

/// What a presentation may contain; which of the two it is, its type says.
static CONTAINED: Class = Class::new(
    "a VerifiableCredential or an EnvelopedVerifiableCredential",
    &[],
)
.with(&[is_presentable]);

/// A credential in a presentation, which is judged for itself.
pub(crate) static PRESENTED: Class =
    Class::new("a VerifiableCredential", &[&[must("type", CREDENTIAL)]]);

/// A secured document held in a `data:` URL.
pub(crate) static ENVELOPE: Class = Class::new(
    "an enveloped credential or presentation",
    &[&[
        must("id", Value::Format(Format::DataUrl)),
        must(
            "type",
            Types(&[&[
                "EnvelopedVerifiableCredential",
                "EnvelopedVerifiablePresentation",
            ]]),
        ),
    ]],
)
.with(&[has_base_context]);

/// What stands the same in credentials of every class.
pub(super) const SHARED: &[Property] = &[
    may("validUntil", MOMENT),
    many("relatedResource", Object(&RELATED_RESOURCE)),
];

const NAMES: &[Property] = &[many("name", Language), many("description", Language)];

static NAMED: Class = Class::new(
    "an object with id",
    &[&[must("id", URI), may("type", AnyTypes)], NAMES],
);

static HOLDER: Class = Class::new("an object with id", &[&[must("id", URI)]]);

pub(super) static SUBJECT: Class =
    Class::new("an object that claims something", &[&[may("id", URI)]]).with(&[has_claims]);

static TYPED: Class = Class::new(
    "an object with type",
    &[&[may("id", URI), must("type", AnyTypes)]],
);

static SCHEMA: Class = Class::new(
    "an object with id and type",
    &[&[must("id", URI), must("type", AnyTypes)]],
);

static PROOF: Class = Class::new(
    "a proof with type",
    &[PROOF_MEMBERS, &[many("domain", Text)]],
);

/// The members of a proof, but for its domain (Data Integrity 1.0, section 2.1).
pub(super) const PROOF_MEMBERS: &[Property] = &[
    must("type", Token),
    may("created", MOMENT),
    may("cryptosuite", Token),
    may("challenge", Text),
    may("nonce", Text),
    may("proofPurpose", Token),
    may("proofValue", Token),
    may("verificationMethod", Token),
];

static RELATED_RESOURCE: Class = Class::new(
    "an object with id and digestSRI or digestMultibase",
    &[&[
        must("id", URI),
        may("digestSRI", Value::Format(Format::Integrity)),
        may("digestMultibase", Token),
        may("mediaType", Text),
    ]],
)
.with(&[has_digest]);
