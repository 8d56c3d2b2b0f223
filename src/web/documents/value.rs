//! What a version says, as JSON of this program's own.

use serde_json::{Value, json};

use super::Site;
use super::told::anchor_names;
use crate::catalog::model::{Citation, Domain, Source, Split};
use crate::catalog::ops::browse::{LevelContent, Marks, StatementRow, VersionContent};
use crate::catalog::profile::OccupationProfile;

/// A statement with its canonical URL.
pub(super) fn statement(
    site: &Site,
    version: &VersionContent,
    row: &StatementRow,
    marks: &Marks,
    profile: Option<&OccupationProfile>,
) -> Value {
    let cited = |citation: &Citation| {
        let source = version.cited.iter().find(|s| s.key == citation.source);
        json!({
            "source": citation.source,
            "label": source.map(|source| &source.label),
            "title": source.and_then(|source| source.title.as_ref()),
            "locator": citation.locator,
        })
    };
    let anchors = anchor_names(profile, &marks.anchors).into_iter();
    let anchors = anchors
        .map(|(to, text)| json!({"kind": to.kind.as_str(), "ordinal": to.ordinal, "text": text}));
    let domain = domain_of(version, row);
    json!({
        "id": site.url(&format!("/statements/{}", row.id)),
        "code": row.code,
        "text": row.text,
        "title": row.title,
        "description": row.description,
        "isSplitSure": marks.split == Split::Derived,
        "position": row.position,
        "domain": domain.map(|domain| json!({"number": domain.number, "title": domain.title})),
        "citations": marks.citations.iter().map(cited).collect::<Vec<_>>(),
        "anchors": anchors.collect::<Vec<_>>(),
        "replaces": row.replaces_id.map(|id| site.url(&format!("/statements/{id}"))),
    })
}

/// A level without its statements.
pub(super) fn level(level: &LevelContent) -> Value {
    let row = &level.row;
    json!({
        "ordinal": row.ordinal,
        "label": row.label,
        "subtitle": row.subtitle,
        "description": row.description,
    })
}

/// A domain.
pub(super) fn domain(domain: &Domain) -> Value {
    json!({
        "number": domain.number,
        "key": domain.key,
        "title": domain.title,
        "description": domain.description,
    })
}

/// A source.
pub(super) fn source(source: &Source) -> Value {
    json!({
        "key": source.key,
        "label": source.label,
        "title": source.title,
        "release": source.release,
        "date": source.date,
        "licence": source.licence,
        "url": source.url,
    })
}

/// The domain that a statement stands in.
pub(super) fn domain_of<'v>(version: &'v VersionContent, row: &StatementRow) -> Option<&'v Domain> {
    let number = u32::try_from(row.domain).ok()?;
    version
        .domains
        .iter()
        .find(|domain| domain.number == number)
}
