//! The terms of Open Badges 3.0 (appendix on its JSON-LD context).

use super::{id, kind, prefix, protected, term};
use crate::credential::rdf::context::definition::Context;

/// Version 3.0.3.
pub(super) fn v3_0_3() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("OpenBadgeCredential", ob!("OpenBadgeCredential")),
        term("Achievement", ob!("Achievement")).within(achievement()),
        term("AchievementCredential", "OpenBadgeCredential"),
        term("AchievementSubject", ob!("AchievementSubject")).within(achievement_subject()),
        term("Address", ob!("Address")).within(address()),
        term("Alignment", schema!("AlignmentObject")).within(alignment()),
        term("Criteria", ob!("Criteria")),
        term("EndorsementCredential", ob!("EndorsementCredential")),
        term("EndorsementSubject", ob!("EndorsementSubject")).within(endorsement_subject()),
        term("Evidence", ob!("Evidence")).within(evidence()),
        term("GeoCoordinates", ob!("GeoCoordinates")).within(geo_coordinates()),
        term("IdentifierEntry", ob!("IdentifierEntry")).within(identifier_entry()),
        term("IdentityObject", ob!("IdentityObject")).within(identity_object()),
        term("Image", ob!("Image")).within(image()),
        term("Profile", ob!("Profile")).within(profile()),
        term("Related", ob!("Related")).within(related()),
        term("Result", ob!("Result")).within(result()),
        term("ResultDescription", ob!("ResultDescription")).within(result_description()),
        term("RubricCriterionLevel", ob!("RubricCriterionLevel")).within(rubric_criterion_level()),
        term("alignment", ob!("alignment")).set(),
        term("description", schema!("description")),
        term("endorsement", ob!("endorsement")).set(),
        term("image", ob!("image")).id(),
        term("inLanguage", schema!("inLanguage")),
        term("name", schema!("name")),
        term("narrative", ob!("narrative")),
        term("url", schema!("url")).of(xsds!("anyURI")),
        term("awardedDate", ob!("awardedDate")).of("xsd:dateTime"),
    ])
}

fn achievement() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("achievementType", ob!("achievementType")),
        term("alignment", ob!("alignment")).set(),
        term("creator", ob!("creator")),
        term("creditsAvailable", ob!("creditsAvailable")).of(xsds!("float")),
        term("criteria", ob!("Criteria")).id(),
        term("fieldOfStudy", ob!("fieldOfStudy")),
        term("humanCode", ob!("humanCode")),
        term("image", ob!("image")).id(),
        term("otherIdentifier", ob!("otherIdentifier")).set(),
        term("related", ob!("related")).set(),
        term("resultDescription", ob!("resultDescription")).set(),
        term("specialization", ob!("specialization")),
        term("tag", schema!("keywords")).set(),
        term("version", ob!("version")),
        term("inLanguage", schema!("inLanguage")),
    ])
}

fn achievement_subject() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("achievement", ob!("achievement")),
        term("activityEndDate", ob!("activityEndDate")).of(xsds!("date")),
        term("activityStartDate", ob!("activityStartDate")).of(xsds!("date")),
        term("creditsEarned", ob!("creditsEarned")).of(xsds!("float")),
        term("identifier", ob!("identifier")).set(),
        term("image", ob!("image")).id(),
        term("licenseNumber", ob!("licenseNumber")),
        term("result", ob!("result")).set(),
        term("role", ob!("role")),
        term("source", ob!("source")).id(),
        term("term", ob!("term")),
    ])
}

fn address() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("addressCountry", schema!("addressCountry")),
        term("addressCountryCode", ob!("CountryCode")),
        term("addressLocality", schema!("addressLocality")),
        term("addressRegion", schema!("addressRegion")),
        term("geo", ob!("GeoCoordinates")),
        term("postOfficeBoxNumber", schema!("postOfficeBoxNumber")),
        term("postalCode", schema!("postalCode")),
        term("streetAddress", schema!("streetAddress")),
    ])
}

fn alignment() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("targetCode", ob!("targetCode")),
        term("targetDescription", schema!("targetDescription")),
        term("targetFramework", schema!("targetFramework")),
        term("targetName", schema!("targetName")),
        term("targetType", ob!("targetType")),
        term("targetUrl", schema!("targetUrl")).of(xsds!("anyURI")),
    ])
}

fn endorsement_subject() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("endorsementComment", ob!("endorsementComment")),
    ])
}

fn evidence() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("audience", schema!("audience")),
        term("genre", schema!("genre")),
    ])
}

fn geo_coordinates() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("latitude", schema!("latitude")),
        term("longitude", schema!("longitude")),
    ])
}

fn identifier_entry() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("identifier", ob!("identifier")),
        term("identifierType", ob!("identifierType")),
    ])
}

fn identity_object() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("hashed", ob!("hashed")).of(xsds!("boolean")),
        term("identityHash", ob!("identityHash")),
        term("identityType", ob!("identityType")),
        term("salt", ob!("salt")),
    ])
}

fn image() -> Context<'static> {
    protected([id(), kind(), term("caption", schema!("caption"))])
}

fn profile() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("additionalName", schema!("additionalName")),
        term("address", ob!("address")).id(),
        term("dateOfBirth", ob!("dateOfBirth")).of(xsds!("date")),
        term("email", schema!("email")),
        term("familyName", schema!("familyName")),
        term("familyNamePrefix", ob!("familyNamePrefix")),
        term("givenName", schema!("givenName")),
        term("honorificPrefix", schema!("honorificPrefix")),
        term("honorificSuffix", schema!("honorificSuffix")),
        term("image", ob!("image")).id(),
        term("otherIdentifier", ob!("otherIdentifier")).set(),
        term("parentOrg", ob!("parentOrg")).id(),
        term("patronymicName", ob!("patronymicName")),
        term("phone", ob!("phone")),
        term("official", ob!("official")),
    ])
}

fn related() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("version", ob!("version")),
        term("inLanguage", schema!("inLanguage")),
    ])
}

fn result() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("achievedLevel", ob!("achievedLevel")).of(xsds!("anyURI")),
        term("resultDescription", ob!("resultDescription")).of(xsds!("anyURI")),
        term("status", ob!("status")),
        term("value", schema!("value")),
    ])
}

fn result_description() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("allowedValue", ob!("allowedValue")).list(),
        term("requiredLevel", ob!("requiredLevel")).of(xsds!("anyURI")),
        term("requiredValue", ob!("requiredValue")),
        term("resultType", ob!("resultType")),
        term("rubricCriterionLevel", ob!("rubricCriterionLevel")).set(),
        term("valueMax", ob!("valueMax")),
        term("valueMin", ob!("valueMin")),
    ])
}

fn rubric_criterion_level() -> Context<'static> {
    protected([
        id(),
        kind(),
        term("level", ob!("level")),
        term("points", ob!("points")),
    ])
}

/// Version 3.0.2, told by how it differs from 3.0.3.
pub(super) fn v3_0_2() -> Context<'static> {
    let image = || [term("image", ob!("Image")).id()];
    v3_0_3()
        .without(["awardedDate", "inLanguage"])
        .with(image())
        .scope("Achievement", |context| {
            context.without(["inLanguage"]).with(image())
        })
        .scope("AchievementSubject", |context| {
            context
                .with([term("achievement", ob!("achievement-0"))])
                .with(image())
        })
        .scope("Profile", |context| context.with(image()))
        .scope("Related", |context| context.without(["inLanguage"]))
}

/// Version 3.0.1, told by how it differs from 3.0.2: nothing is protected, and texts have a
/// datatype. Its terms clash with the protected ones of VC Data Model 2.0.
pub(super) fn v3_0_1() -> Context<'static> {
    v3_0_2()
        .unprotected()
        .with([
            prefix("xsd", "https://www.w3.org/2001/XMLSchema#"),
            term("awardedDate", ob!("awardedDate")).of("xsd:dateTime"),
            term("image", ob!("image")).id(),
        ])
        .scopes(|_, context| {
            context
                .unprotected()
                .without(["id", "type"])
                .datatypes(datatype_3_0_1)
        })
        .scope("IdentifierEntry", |context| {
            context.with([term("identifier", ob!("identifier")).of("xsd:string")])
        })
        .scope("ResultDescription", |context| {
            context.with([term("allowedValue", ob!("allowedValue"))
                .of("xsd:string")
                .set()])
        })
        .datatypes(datatype_3_0_1)
}

/// The datatype of a term in version 3.0.1, from that in 3.0.2.
fn datatype_3_0_1(name: &str, datatype: Option<&str>) -> Option<String> {
    let objects = [
        "achievement",
        "alignment",
        "creator",
        "endorsement",
        "geo",
        "id",
        "identifier",
        "otherIdentifier",
        "related",
        "result",
        "resultDescription",
        "rubricCriterionLevel",
        "type",
        "xsd",
    ];
    match datatype {
        Some(datatype) => Some(datatype.replace("https://www.w3.org/2001/XMLSchema#", "xsd:")),
        None if objects.contains(&name) || name.starts_with(char::is_uppercase) => None,
        None => Some("xsd:string".to_owned()),
    }
}
