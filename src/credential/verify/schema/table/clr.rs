//! Learner records (CLR 2.0, `ClrCredential`).

use super::super::class::{Class, Position, Value, many, may, must, some};
use super::super::facts::{begins_before_it_ends, has_no_vc_claim, is_identified, relates_once};
use super::achievement::ACHIEVEMENT;
use super::endorsement::ENDORSED;
use super::general::{self, BASE, CREDENTIAL, SHARED, URI};
use super::profile::{IDENTITY_OBJECT, IMAGE};
use super::secured::{SECURED, WHOLE};
use Value::{Contexts, Object, OneOf, Text, Truth, TypeIs, Types};

/// A learner record: credentials of one learner, and how they belong together.
pub(crate) static CLR_CREDENTIAL: Class = Class::new(
    "a ClrCredential",
    &[
        &[
            must(
                "@context",
                Contexts(&[Position::Credentials, Position::Clr, Position::OpenBadges]),
            ),
            must(
                "type",
                Types(&[&["VerifiableCredential"], &["ClrCredential"]]),
            ),
            must("name", Text),
            may("image", Object(&IMAGE)),
            may("partial", Truth),
            must("credentialSubject", Object(&SUBJECT)),
        ],
        WHOLE,
        &SECURED,
        SHARED,
        &ENDORSED,
    ],
)
.with(&[has_no_vc_claim, begins_before_it_ends, relates_once]);

static SUBJECT: Class = Class::new(
    "one ClrSubject with verifiableCredential, and with id or identifier",
    &[&[
        may("id", URI),
        must("type", Types(&[&["ClrSubject"]])),
        some("verifiableCredential", Object(&EMBEDDED)),
        many("identifier", Object(&IDENTITY_OBJECT)),
        many("achievement", Object(&ACHIEVEMENT)),
        many("association", Object(&ASSOCIATION)),
    ]],
)
.with(&[is_identified]);

static EMBEDDED: Class = Class::new(
    "a VerifiableCredential",
    &[
        &[
            must("@context", BASE),
            may("id", URI),
            must("type", CREDENTIAL),
            must("credentialSubject", Object(&general::SUBJECT)),
        ],
        &SECURED,
        SHARED,
    ],
)
.with(&[begins_before_it_ends, relates_once]);

static ASSOCIATION: Class = Class::new(
    "an Association with associationType, sourceId and targetId",
    &[&[
        must("type", TypeIs("Association")),
        must(
            "associationType",
            OneOf(&[
                "exactMatchOf",
                "isChildOf",
                "isParentOf",
                "isPartOf",
                "isPeerOf",
                "isRelatedTo",
                "precedes",
                "replacedBy",
            ]),
        ),
        must("sourceId", URI),
        must("targetId", URI),
    ]],
)
.closed();
