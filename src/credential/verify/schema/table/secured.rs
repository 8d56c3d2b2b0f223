//! What the credentials of Open Badges 3.0 and CLR 2.0 have in common.

use super::super::class::{Class, Property, Value, many, may, must};
use super::general::{MOMENT, PROOF_MEMBERS, URI};
use super::profile::ISSUER;
use Value::{Object, Text, Token, Types, UriOr, Words};

/// The members that all of these credentials have, but for contexts, types, names and subject.
pub(super) static SECURED: [Property; 8] = [
    must("issuer", UriOr(&ISSUER)),
    must("validFrom", MOMENT),
    many("proof", Object(&PROOF)),
    many("credentialSchema", Object(&SCHEMA)),
    may("credentialStatus", Object(&STATUS)),
    may("refreshService", Object(&REFRESH)),
    many("termsOfUse", Object(&TERMS)),
    many("evidence", Object(&EVIDENCE)),
];

/// The further members of those that stand for themselves, or endorse.
pub(super) const WHOLE: &[Property] = &[
    must("id", URI),
    may("description", Text),
    may("awardedDate", MOMENT),
];

static PROOF: Class = Class::new(
    "a proof with type",
    &[PROOF_MEMBERS, &[may("domain", Text)]],
);

static SCHEMA: Class = Class::new(
    "one object with id and type",
    &[&[must("id", URI), must("type", Token)]],
);

static STATUS: Class = Class::new(
    "one object with type, not in a list",
    &[&[may("id", URI), must("type", Token)]],
);

static REFRESH: Class = Class::new(
    "one object with id and type, not in a list",
    &[&[must("id", URI), must("type", Token)]],
);

static TERMS: Class = Class::new(
    "an object with type",
    &[&[may("id", URI), must("type", Token)]],
);

static EVIDENCE: Class = Class::new(
    "an Evidence",
    &[&[
        may("id", URI),
        must("type", Types(&[&["Evidence"]])),
        may("name", Words),
        may("description", Words),
        may("narrative", Words),
        may("genre", Words),
        may("audience", Words),
    ]],
);
