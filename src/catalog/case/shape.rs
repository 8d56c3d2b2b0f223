//! The classes of CASE 1.1 by their members, as the JSON Schema of the standard's `CFPackage` has
//! them: what is no member here may not stand in a package.

/// What a member holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A string.
    Text,
    /// A UUID.
    Uuid,
    /// A URI.
    Uri,
    /// A date and time with its offset (RFC 3339).
    Time,
    /// A date.
    Date,
    /// A whole number.
    Whole,
    /// Any number.
    Number,
    /// Strings.
    Texts,
    /// `LinkURI`: what it names has a UUID.
    Link,
    /// Several of these.
    Links,
    /// `LinkGenURI`: what it names may have any identifier.
    Node,
    /// The version of the standard.
    Version,
    /// How two things are related: one of [`RELATIONS`], or `ext:` and a name.
    Relation,
    /// An object of any form.
    Open,
    /// Objects of any form.
    Opens,
    /// An object of a class.
    One(&'static Class),
    /// Objects of a class.
    Many(&'static Class),
}

/// What becomes of an object without the member.
#[derive(Clone, Copy)]
pub(super) enum Lack {
    /// Nothing: it need not have it.
    Fine,
    /// It is refused.
    Refuse,
    /// It gets the URN of its identifier.
    Urn,
    /// It gets the time when the document was last changed.
    Changed,
    /// It gets its title.
    Title,
    /// It gets its identifier.
    Identifier,
    /// It gets its number among its like.
    Index,
    /// It gets this text.
    Say(&'static str),
}

/// A member of a class.
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) lack: Lack,
}

/// The members of a class.
pub(super) struct Class(pub(super) &'static [Member]);

impl Class {
    pub(super) fn member(&self, name: &str) -> Option<&'static Member> {
        self.0.iter().find(|member| member.name == name)
    }
}

/// How two things may be related.
pub(super) const RELATIONS: [&str; 10] = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
];

/// Members that had another name in other versions of the standard, the old one first.
pub(super) const RENAMED: [(&str, &str); 1] = [("educationalLevel", "educationLevel")];

/// Links from a part to its whole, or to another view of itself: right outside of a package, and
/// known from the package within it.
pub(super) const LINKS_OUT: [&str; 3] = ["CFPackageURI", "CFDocumentURI", "CFItemAssociationURI"];

const fn may(name: &'static str, kind: Kind) -> Member {
    let lack = Lack::Fine;
    Member { name, kind, lack }
}

const fn must(name: &'static str, kind: Kind, lack: Lack) -> Member {
    Member { name, kind, lack }
}

const IDENTIFIER: Member = must("identifier", Kind::Uuid, Lack::Refuse);
const URI: Member = must("uri", Kind::Uri, Lack::Urn);
const CHANGED: Member = must("lastChangeDateTime", Kind::Time, Lack::Changed);
const TITLE: Member = must("title", Kind::Text, Lack::Identifier);
const MAY_TITLE: Member = may("title", Kind::Text);
const DESCRIPTION: Member = may("description", Kind::Text);
const EXTENSIONS: Member = may("extensions", Kind::Open);
const PLACE: Member = may("position", Kind::Whole);
const HIERARCHY: Member = must("hierarchyCode", Kind::Text, Lack::Index);

pub(super) static PACKAGE: Class = Class(&[
    must("CFDocument", Kind::One(&DOCUMENT), Lack::Refuse),
    may("CFItems", Kind::Many(&ITEM)),
    may("CFAssociations", Kind::Many(&ASSOCIATION)),
    may("CFDefinitions", Kind::One(&DEFINITION)),
    may("CFRubrics", Kind::Many(&RUBRIC)),
    EXTENSIONS,
]);

static DOCUMENT: Class = Class(&[
    IDENTIFIER,
    URI,
    may("frameworkType", Kind::Text),
    may("caseVersion", Kind::Version),
    must("creator", Kind::Text, Lack::Say("unknown")),
    must("title", Kind::Text, Lack::Refuse),
    CHANGED,
    may("officialSourceURL", Kind::Uri),
    may("publisher", Kind::Text),
    DESCRIPTION,
    may("subject", Kind::Texts),
    may("subjectURI", Kind::Links),
    may("language", Kind::Text),
    may("version", Kind::Text),
    may("adoptionStatus", Kind::Text),
    may("statusStartDate", Kind::Date),
    may("statusEndDate", Kind::Date),
    may("licenseURI", Kind::Link),
    may("notes", Kind::Text),
    EXTENSIONS,
]);

static ITEM: Class = Class(&[
    IDENTIFIER,
    URI,
    must("fullStatement", Kind::Text, Lack::Refuse),
    may("alternativeLabel", Kind::Text),
    may("CFItemType", Kind::Text),
    may("humanCodingScheme", Kind::Text),
    may("listEnumeration", Kind::Text),
    may("abbreviatedStatement", Kind::Text),
    may("conceptKeywords", Kind::Texts),
    may("conceptKeywordsURI", Kind::Link),
    may("notes", Kind::Text),
    may("subject", Kind::Texts),
    may("subjectURI", Kind::Links),
    may("language", Kind::Text),
    may("educationLevel", Kind::Texts),
    may("CFItemTypeURI", Kind::Link),
    may("licenseURI", Kind::Link),
    may("statusStartDate", Kind::Date),
    may("statusEndDate", Kind::Date),
    CHANGED,
    EXTENSIONS,
]);

static ASSOCIATION: Class = Class(&[
    IDENTIFIER,
    URI,
    must("associationType", Kind::Relation, Lack::Refuse),
    may("sequenceNumber", Kind::Whole),
    must("originNodeURI", Kind::Node, Lack::Refuse),
    must("destinationNodeURI", Kind::Node, Lack::Refuse),
    may("CFAssociationGroupingURI", Kind::Link),
    CHANGED,
    may("notes", Kind::Text),
    EXTENSIONS,
]);

static DEFINITION: Class = Class(&[
    may("CFConcepts", Kind::Many(&CONCEPT)),
    may("CFSubjects", Kind::Many(&SUBJECT)),
    may("CFLicenses", Kind::Many(&LICENSE)),
    may("CFItemTypes", Kind::Many(&ITEM_TYPE)),
    may("CFAssociationGroupings", Kind::Many(&GROUPING)),
    EXTENSIONS,
]);

static CONCEPT: Class = Class(&[
    IDENTIFIER,
    URI,
    TITLE,
    may("keywords", Kind::Text),
    HIERARCHY,
    DESCRIPTION,
    CHANGED,
    EXTENSIONS,
]);

static SUBJECT: Class = Class(&[
    IDENTIFIER,
    URI,
    TITLE,
    HIERARCHY,
    DESCRIPTION,
    CHANGED,
    EXTENSIONS,
]);

static LICENSE: Class = Class(&[
    IDENTIFIER,
    URI,
    TITLE,
    DESCRIPTION,
    must("licenseText", Kind::Text, Lack::Say("")),
    CHANGED,
    EXTENSIONS,
]);

static ITEM_TYPE: Class = Class(&[
    IDENTIFIER,
    URI,
    TITLE,
    must("description", Kind::Text, Lack::Title),
    HIERARCHY,
    may("typeCode", Kind::Text),
    CHANGED,
    EXTENSIONS,
]);

static GROUPING: Class = Class(&[IDENTIFIER, URI, TITLE, DESCRIPTION, CHANGED, EXTENSIONS]);

static RUBRIC: Class = Class(&[
    IDENTIFIER,
    URI,
    MAY_TITLE,
    DESCRIPTION,
    CHANGED,
    may("CFRubricCriteria", Kind::Many(&CRITERION)),
    EXTENSIONS,
]);

static CRITERION: Class = Class(&[
    IDENTIFIER,
    URI,
    may("category", Kind::Text),
    DESCRIPTION,
    may("CFItemURI", Kind::Link),
    may("weight", Kind::Number),
    PLACE,
    may("rubricId", Kind::Uuid),
    CHANGED,
    may("CFRubricCriterionLevels", Kind::Many(&CRITERION_LEVEL)),
    EXTENSIONS,
]);

static CRITERION_LEVEL: Class = Class(&[
    IDENTIFIER,
    URI,
    DESCRIPTION,
    may("quality", Kind::Text),
    may("score", Kind::Number),
    may("feedback", Kind::Text),
    PLACE,
    may("rubricCriterionId", Kind::Uuid),
    CHANGED,
    may("extensions", Kind::Opens),
]);
