//! One framework of an export.

use super::super::extras::Extras;
use super::super::profile::{each, sources};
use super::{Seal, kept_apart, parted};
use crate::catalog::model::{
    AnchorRef, CaseFacts, Citation, FrameworkVersion, Level, Outline, Split, Statement,
};
use crate::catalog::rules::freeze;
use crate::kernel::json::{Json, Object, pointer_token};

/// Writes a framework that stands at `place`, if there is a `seal` with its owner and digest.
/// Beside others, in a document that gives the sources and the attribution of the `first`, it has
/// its own where these differ.
pub(super) fn framework(
    version: &FrameworkVersion,
    first: Option<&FrameworkVersion>,
    seal: Option<Seal>,
    place: &str,
    apart: &mut Object,
) -> Object {
    let (_, own) = parted(&version.extras);
    let extras = Extras::by_container(kept_apart(&own, place, apart));
    let mut object = Object::new();
    object.insert("family", version.family.as_str());
    if version.has_own_key() {
        object.insert("key", version.key.as_str());
    }
    object.insert_some("title", version.title.as_deref());
    object.insert_some("creator", version.creator.as_deref());
    object.insert("version", version.version.as_str());
    object.insert_some("replaces", version.replaces.as_deref());
    if let Some(Seal { owner }) = seal {
        object.insert_some("owner", owner.map(|id| id.to_string()));
        object.insert("digestSRI", freeze(owner, version).digest_sri);
    }
    object.insert("description", version.description.as_str());
    object.insert("contextCovered", version.context_covered.as_str());
    if !version.domains.is_empty() {
        let domains = each(&version.domains, "/framework/domains", &extras, |domain| {
            let mut object = Object::new();
            object.insert("number", domain.number);
            object.insert("key", domain.key.as_str());
            object.insert("title", domain.title.as_str());
            object.insert_some("description", domain.description.as_deref());
            object
        });
        object.insert("domains", domains);
    }
    let levels: Object = version
        .levels
        .iter()
        .map(|at| (at.key.clone(), level(at, &extras).into()))
        .collect();
    object.insert("levels", levels);
    if first.is_some_and(|first| first.sources != version.sources) {
        object.insert("sources", version.sources.clone());
    }
    if !version.cited.is_empty() {
        let cited = sources(&version.cited, "/framework/citedSources", &extras);
        object.insert("citedSources", cited);
    }
    if first.is_some_and(|first| first.attribution != version.attribution) {
        object.insert("attribution", version.attribution.as_str());
    }
    object.insert_some("case", version.case.as_ref().map(CaseFacts::to_object));
    extras.complete(object, "/framework")
}

fn level(level: &Level, extras: &Extras<'_>) -> Object {
    let place = format!("/framework/levels{}", pointer_token(&level.key));
    let statements = level.statements.iter().enumerate();
    let statements: Vec<Json> = statements
        .map(|(index, at)| statement(at, &format!("{place}/statements/{index}"), extras))
        .collect();
    let mut object = Object::new();
    object.insert("ordinal", level.ordinal);
    object.insert("label", level.label.as_str());
    object.insert_some("subtitle", level.subtitle.as_deref());
    object.insert_some("description", level.description.as_deref());
    object.insert("statements", statements);
    extras.complete(object, &place)
}

fn statement(statement: &Statement, place: &str, extras: &Extras<'_>) -> Json {
    if statement.is_plain() && !extras.any_at(place) {
        return statement.text.as_str().into();
    }
    let mut object = Object::new();
    object.insert("text", statement.text.as_str());
    object.insert_some("domain", statement.domain);
    if let Split::Unsure { at } = statement.split {
        let mut split = Object::new();
        split.insert("sure", false);
        split.insert_some("at", at);
        object.insert("split", extras.complete(split, &format!("{place}/split")));
    }
    if !statement.citations.is_empty() {
        let citations = each(
            &statement.citations,
            &format!("{place}/citations"),
            extras,
            Citation::to_object,
        );
        object.insert("citations", citations);
    }
    if !statement.anchors.is_empty() {
        let anchors = each(
            &statement.anchors,
            &format!("{place}/anchors"),
            extras,
            AnchorRef::to_object,
        );
        object.insert("anchors", anchors);
    }
    object.insert_some("replaces", statement.replaces.map(|id| id.to_string()));
    let outline = statement.outline.as_ref();
    object.insert_some("outline", outline.map(Outline::to_object));
    extras.complete(object, place).into()
}
