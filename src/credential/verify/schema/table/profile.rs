//! Whom a credential speaks of: profiles, their names and addresses (Open Badges 3.0, `Profile`).

use super::super::class::{Class, Format, Property, Value, many, may, must};
use super::endorsement::ENDORSED;
use super::general::URI;
use Value::{Extensible, Number, Object, Text, Truth, TypeIs, Types, Words};

/// A person or an organization.
pub(super) static PROFILE: Class = Class::new(
    "a Profile with id",
    &[
        &MEMBERS,
        &[may("name", Words), may("description", Words)],
        &ENDORSED,
    ],
);

/// A profile that issues: VC Data Model 2.0, section 4.6, has no map of languages for its name.
pub(super) static ISSUER: Class = Class::new(
    "a Profile with id",
    &[
        &MEMBERS,
        &[may("name", Text), may("description", Text)],
        &ENDORSED,
    ],
);

static MEMBERS: [Property; 18] = [
    must("id", URI),
    must("type", Types(&[&["Profile"]])),
    may("url", URI),
    may("phone", Words),
    may("email", Value::Format(Format::Email)),
    may("image", Object(&IMAGE)),
    may("address", Object(&ADDRESS)),
    many("otherIdentifier", Object(&IDENTIFIER_ENTRY)),
    may("official", Words),
    may("parentOrg", Object(&PROFILE)),
    may("familyName", Words),
    may("givenName", Words),
    may("additionalName", Words),
    may("patronymicName", Words),
    may("honorificPrefix", Words),
    may("honorificSuffix", Words),
    may("familyNamePrefix", Words),
    may("dateOfBirth", Value::Format(Format::Day)),
];

/// A picture.
pub(super) static IMAGE: Class = Class::new(
    "an Image with id",
    &[&[
        must("id", URI),
        must("type", TypeIs("Image")),
        may("caption", Words),
    ]],
)
.closed();

/// An identifier by which something is known elsewhere.
pub(super) static IDENTIFIER_ENTRY: Class = Class::new(
    "an IdentifierEntry with identifier and identifierType",
    &[&[
        must("type", TypeIs("IdentifierEntry")),
        must("identifier", Words),
        must("identifierType", Extensible(IDENTIFIER_TYPES)),
    ]],
)
.closed();

/// An identifier of the learner, perhaps hashed.
pub(super) static IDENTITY_OBJECT: Class = Class::new(
    "an IdentityObject with hashed, identityHash and identityType",
    &[&[
        must("type", TypeIs("IdentityObject")),
        must("hashed", Truth),
        must("identityHash", Value::Token),
        must("identityType", Extensible(IDENTIFIER_TYPES)),
        may("salt", Text),
    ]],
)
.closed();

const IDENTIFIER_TYPES: &[&str] = &[
    "name",
    "sourcedId",
    "systemId",
    "productId",
    "userName",
    "accountId",
    "emailAddress",
    "nationalIdentityNumber",
    "isbn",
    "issn",
    "lisSourcedId",
    "oneRosterSourcedId",
    "sisSourcedId",
    "ltiContextId",
    "ltiDeploymentId",
    "ltiToolId",
    "ltiPlatformId",
    "ltiUserId",
    "identifier",
];

static ADDRESS: Class = Class::new(
    "an Address",
    &[&[
        must("type", Types(&[&["Address"]])),
        may("addressCountry", Words),
        may("addressCountryCode", Words),
        may("addressRegion", Words),
        may("addressLocality", Words),
        may("streetAddress", Words),
        may("postOfficeBoxNumber", Words),
        may("postalCode", Words),
        may("geo", Object(&COORDINATES)),
    ]],
);

static COORDINATES: Class = Class::new(
    "GeoCoordinates with latitude and longitude",
    &[&[
        must("type", TypeIs("GeoCoordinates")),
        must("latitude", Number),
        must("longitude", Number),
    ]],
);
