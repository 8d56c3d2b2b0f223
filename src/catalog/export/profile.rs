//! What is published of an occupation besides its frameworks.

use super::extras::Extras;
use crate::catalog::decimal::Decimal;
use crate::catalog::evidence::{EvidencePack, Figure, Unit};
use crate::catalog::model::Source;
use crate::catalog::profile::{Anchor, OccupationProfile, RelatedOccupation};
use crate::kernel::json::{self, Json, Object, ParseOptions};

/// Writes a profile as the member `profile` of a framework export 2.0. The occupation is told
/// elsewhere in that.
#[must_use]
pub fn write(profile: &OccupationProfile) -> Object {
    let extras = Extras::by_container(&profile.extras);
    let mut object = Object::new();
    object.insert("version", profile.version.as_str());
    let anchors = each(&profile.anchors, "/profile/anchors", &extras, anchor);
    object.insert("anchors", anchors);
    object.insert_some("anchorProvider", profile.anchor_provider.as_deref());
    object.insert("relatedTitles", texts(&profile.related_titles));
    if let Some(rapids) = &profile.rapids {
        let rapids = each(rapids, "/profile/rapids", &extras, |one| {
            coded(&one.code, one.title.as_deref())
        });
        object.insert("rapids", rapids);
    }
    let cip = each(&profile.cip, "/profile/cip", &extras, |one| {
        coded(&one.code, one.title.as_deref())
    });
    object.insert("cip", cip);
    let place = "/profile/relatedOccupations";
    object.insert(
        "relatedOccupations",
        each(&profile.related, place, &extras, related),
    );
    if let Some(pack) = &profile.evidence {
        object.insert("evidencePack", evidence(pack, &extras));
    }
    object.insert(
        "sources",
        sources(&profile.sources, "/profile/sources", &extras),
    );
    object.insert("notes", texts(&profile.notes));
    object.insert("attribution", profile.attribution.as_str());
    extras.complete(object, "/profile")
}

/// The items as objects, each with the extras of its place in the array at `pointer`.
pub(super) fn each<T>(
    items: &[T],
    pointer: &str,
    extras: &Extras<'_>,
    write: impl Fn(&T) -> Object,
) -> Vec<Json> {
    let items = items.iter().enumerate();
    items
        .map(|(index, item)| {
            extras
                .complete(write(item), &format!("{pointer}/{index}"))
                .into()
        })
        .collect()
}

/// Writes sources, which stand at `pointer`.
pub(super) fn sources(sources: &[Source], pointer: &str, extras: &Extras<'_>) -> Vec<Json> {
    each(sources, pointer, extras, Source::to_object)
}

fn texts(texts: &[String]) -> Vec<Json> {
    texts.iter().map(|text| text.as_str().into()).collect()
}

fn coded(code: &str, title: Option<&str>) -> Object {
    let mut object = Object::new();
    object.insert("code", code);
    object.insert_some("title", title);
    object
}

fn anchor(anchor: &Anchor) -> Object {
    let mut object = Object::new();
    object.insert("kind", anchor.kind.as_str());
    object.insert("ordinal", anchor.ordinal);
    object.insert("text", anchor.text.as_str());
    object.insert_some("element", anchor.element.as_deref());
    object.insert_some("importance", anchor.importance.as_ref().map(decimal));
    object
}

fn related(related: &RelatedOccupation) -> Object {
    let mut object = Object::new();
    object.insert("ordinal", related.ordinal);
    object.insert("soc", related.soc.as_str());
    object.insert_some("title", related.title.as_deref());
    object.insert_some("tier", related.tier.map(|tier| tier.as_str()));
    object
}

fn evidence(pack: &EvidencePack, extras: &Extras<'_>) -> Object {
    const AT: &str = "/profile/evidencePack";
    let mut object = Object::new();
    if let Some(usage) = &pack.usage {
        let mut part = Object::new();
        part.insert("label", usage.label.as_str());
        let place = format!("{AT}/usage/figures");
        part.insert("figures", each(&usage.figures, &place, extras, figure));
        object.insert("usage", extras.complete(part, &format!("{AT}/usage")));
    }
    if let Some(feasibility) = &pack.feasibility {
        let mut part = Object::new();
        part.insert("label", feasibility.label.as_str());
        part.insert("topSkill", feasibility.top_skill.as_str());
        let score = figure(&feasibility.score);
        part.insert(
            "score",
            extras.complete(score, &format!("{AT}/feasibility/score")),
        );
        part.insert_some("precision", feasibility.precision.as_deref());
        object.insert(
            "feasibility",
            extras.complete(part, &format!("{AT}/feasibility")),
        );
    }
    if let Some(cluster) = &pack.cluster {
        let mut part = Object::new();
        part.insert("label", cluster.label.as_str());
        part.insert("name", cluster.name.as_str());
        part.insert("slug", cluster.slug.as_str());
        object.insert("cluster", extras.complete(part, &format!("{AT}/cluster")));
    }
    extras.complete(object, AT)
}

fn figure(figure: &Figure) -> Object {
    let mut object = Object::new();
    object.insert("kind", figure.kind.as_str());
    object.insert("label", figure.label.as_str());
    object.insert("number", decimal(&figure.number));
    object.insert("unit", figure.unit.kind().as_str());
    if let Unit::Score { out_of: Some(most) } = &figure.unit {
        object.insert("outOf", decimal(most));
    }
    object.insert("printed", figure.printed.as_str());
    object
}

/// The number as a JSON number where that keeps its digits, and otherwise as a string.
fn decimal(number: &Decimal) -> Json {
    let read = json::parse(number.as_str().as_bytes(), &ParseOptions::default());
    match read {
        Ok(Json::Number(same)) if same.to_string() == number.as_str() => Json::Number(same),
        _ => number.as_str().into(),
    }
}
