//! Endorsements (Open Badges 3.0, `EndorsementCredential`).

use super::super::class::{Class, Format, Position, Property, Value, many, may, must};
use super::super::facts::{begins_before_it_ends, has_no_vc_claim, relates_once};
use super::general::{SHARED, URI};
use super::secured::{SECURED, WHOLE};
use Value::{Contexts, Object, Text, Types, Words};

/// An endorsement of an achievement, a profile or a credential.
pub(crate) static ENDORSEMENT_CREDENTIAL: Class = Class::new(
    "an EndorsementCredential",
    &[
        &[
            must(
                "@context",
                Contexts(&[Position::Credentials, Position::OpenBadges]),
            ),
            must(
                "type",
                Types(&[&["VerifiableCredential"], &["EndorsementCredential"]]),
            ),
            must("name", Text),
            must("credentialSubject", Object(&SUBJECT)),
        ],
        WHOLE,
        &SECURED,
        SHARED,
    ],
)
.with(&[has_no_vc_claim, begins_before_it_ends, relates_once]);

static SUBJECT: Class = Class::new(
    "an EndorsementSubject with id",
    &[&[
        must("id", URI),
        must("type", Types(&[&["EndorsementSubject"]])),
        may("endorsementComment", Words),
    ]],
);

/// The endorsements of whatever can be endorsed.
pub(super) static ENDORSED: [Property; 2] = [
    many("endorsement", Object(&ENDORSEMENT_CREDENTIAL)),
    many("endorsementJwt", Value::Format(Format::Jws)),
];
