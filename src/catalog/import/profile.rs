//! What a document says of an occupation besides its frameworks.

use std::collections::{HashMap, HashSet};

use crate::catalog::evidence::{
    AiUsage, Cluster, EvidencePack, Feasibility, Figure, Unit, UnitKind,
};
use crate::catalog::model::{Extra, OccupationFacts, Source};
use crate::catalog::profile::{
    Anchor, AnchorKind, Apprenticeship, CipCode, OccupationProfile, RelatedOccupation, Tier,
};
use crate::kernel::json::Json;

use super::fields::{Fields, object, parsed, words};
use super::problem::Problems;

/// Reads a profile of this occupation.
pub(super) fn read(
    mut fields: Fields,
    occupation: OccupationFacts,
    problems: &mut Problems,
) -> Option<OccupationProfile> {
    let mut extras = Vec::new();
    let version = fields.name("version", problems);
    let anchors = anchors(&mut fields, &mut extras, problems);
    let anchor_provider = fields.name_if_any("anchorProvider", problems);
    let titles = |item, path: String, problems: &mut Problems| words(item, &path, problems);
    let related_titles = fields.each("relatedTitles", problems, titles);
    let rapids = fields.each_if_any("rapids", problems, |item, path, problems| {
        let (code, title) = coded(item, path, &mut extras, problems)?;
        Some(Apprenticeship { code, title })
    });
    let cip = fields.each("cip", problems, |item, path, problems| {
        let (code, title) = coded(item, path, &mut extras, problems)?;
        Some(CipCode { code, title })
    });
    let related = related(&mut fields, &mut extras, problems);
    let evidence = match fields.fields_if_any("evidencePack", problems) {
        Some(Some(fields)) => evidence(fields, &mut extras, problems).map(Some),
        other => other.map(|_| None),
    };
    let sources = sources(&mut fields, "sources", &mut extras, problems);
    let notes = fields.each("notes", problems, titles);
    let attribution = fields.text("attribution", problems);
    extras.extend(fields.rest());
    Some(OccupationProfile {
        occupation,
        version: version?,
        anchors: anchors?,
        anchor_provider: anchor_provider?,
        related_titles: related_titles?,
        rapids: rapids?,
        cip: cip?,
        related: related?,
        evidence: evidence?,
        sources: sources?,
        notes: notes?,
        attribution: attribution?,
        extras,
    })
}

/// Reads sources, each with a key of its own.
pub(super) fn sources(
    fields: &mut Fields,
    name: &str,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<Source>> {
    let mut keys = HashSet::new();
    fields.each(name, problems, |item, path, problems| {
        let mut fields = Fields::new(object(item, &path, problems)?, path);
        let key = fields.name("key", problems);
        let label = fields.name("label", problems);
        let mut text = |name| fields.text_if_any(name, problems);
        let (title, release, date) = (text("title"), text("release"), text("date"));
        let (licence, url) = (text("licence"), text("url"));
        let place = fields.at("key");
        extras.extend(fields.rest());
        let key = key?;
        if !keys.insert(key.clone()) {
            let message = format!("the key {key} is there twice");
            problems.add(place, message, "give each its own");
            return None;
        }
        Some(Source {
            key,
            label: label?,
            title: title?,
            release: release?,
            date: date?,
            licence: licence?,
            url: url?,
        })
    })
}

/// Something with a code and perhaps a title.
fn coded(
    item: Json,
    path: String,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<(String, Option<String>)> {
    let mut fields = Fields::new(object(item, &path, problems)?, path);
    let code = fields.name("code", problems);
    let title = fields.text_if_any("title", problems);
    extras.extend(fields.rest());
    Some((code?, title?))
}

/// Reads the anchors: by kind in the order of kinds, each kind numbered from 1.
fn anchors(
    fields: &mut Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<Anchor>> {
    let mut next: HashMap<AnchorKind, u32> = HashMap::new();
    let mut last = None;
    fields.each("anchors", problems, |item, path, problems| {
        let mut fields = Fields::new(object(item, &path, problems)?, path.clone());
        let kind: Option<AnchorKind> = fields.parsed("kind", problems);
        let ordinal = fields.count("ordinal", problems);
        let text = fields.required("text", problems);
        let text = text.and_then(|text| words(text, &fields.at("text"), problems));
        let element = fields.name_if_any("element", problems);
        let importance = fields.decimal_if_any("importance", problems);
        extras.extend(fields.rest());
        let (kind, ordinal) = (kind?, ordinal?);
        let due = next.entry(kind).or_default();
        *due += 1;
        if ordinal != *due || last.is_some_and(|last| last > kind) {
            let message = format!("{kind} {ordinal} is out of order");
            let kinds: Vec<_> = AnchorKind::ALL.iter().map(|kind| kind.as_str()).collect();
            let remedy = format!(
                "put the kinds in the order {}, each numbered from 1",
                kinds.join(", ")
            );
            problems.add(path, message, remedy);
            return None;
        }
        last = Some(kind);
        Some(Anchor {
            kind,
            ordinal,
            text: text?,
            element: element?,
            importance: importance?,
        })
    })
}

fn related(
    fields: &mut Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<RelatedOccupation>> {
    fields.each("relatedOccupations", problems, |item, path, problems| {
        let mut fields = Fields::new(object(item, &path, problems)?, path);
        let ordinal = fields.count("ordinal", problems);
        let soc = fields.parsed("soc", problems);
        let title = fields.text_if_any("title", problems);
        let tier = fields.name_if_any("tier", problems);
        let place = fields.at("tier");
        extras.extend(fields.rest());
        let tier: Option<Tier> = match tier? {
            Some(tier) => Some(parsed(&tier, &place, problems)?),
            None => None,
        };
        Some(RelatedOccupation {
            ordinal: ordinal?,
            soc: soc?,
            title: title?,
            tier,
        })
    })
}

fn evidence(
    mut fields: Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<EvidencePack> {
    let usage = fields.fields_if_any("usage", problems).map(|part| {
        part.map(|mut part| {
            let label = part.name("label", problems);
            let figures = part.each("figures", problems, |item, path, problems| {
                let fields = Fields::new(object(item, &path, problems)?, path);
                figure(fields, extras, problems)
            });
            extras.extend(part.rest());
            Some(AiUsage {
                label: label?,
                figures: figures?,
            })
        })
    });
    let feasibility = fields.fields_if_any("feasibility", problems).map(|part| {
        part.map(|mut part| {
            let label = part.name("label", problems);
            let top_skill = part.name("topSkill", problems);
            let score = part.fields("score", problems);
            let score = score.and_then(|score| figure(score, extras, problems));
            let precision = part.name_if_any("precision", problems);
            extras.extend(part.rest());
            Some(Feasibility {
                label: label?,
                top_skill: top_skill?,
                score: score?,
                precision: precision?,
            })
        })
    });
    let cluster = fields.fields_if_any("cluster", problems).map(|part| {
        part.map(|mut part| {
            let label = part.name("label", problems);
            let name = part.name("name", problems);
            let slug = part.name("slug", problems);
            extras.extend(part.rest());
            Some(Cluster {
                label: label?,
                name: name?,
                slug: slug?,
            })
        })
    });
    extras.extend(fields.rest());
    Some(EvidencePack {
        usage: whole(usage?)?,
        feasibility: whole(feasibility?)?,
        cluster: whole(cluster?)?,
    })
}

/// A part that may be absent, and not unreadable.
fn whole<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

fn figure(mut fields: Fields, extras: &mut Vec<Extra>, problems: &mut Problems) -> Option<Figure> {
    let kind = fields.parsed("kind", problems);
    let label = fields.name("label", problems);
    let number = match fields.decimal_if_any("number", problems) {
        Some(None) => {
            problems.add(fields.at("number"), "the member is missing", "add it");
            None
        }
        number => number.flatten(),
    };
    let unit = fields.parsed("unit", problems);
    let out_of = fields.decimal_if_any("outOf", problems);
    let printed = fields.name("printed", problems);
    let (place, out_of_place) = (fields.at("printed"), fields.at("outOf"));
    extras.extend(fields.rest());
    let (number, out_of, printed) = (number?, out_of?, printed?);
    let unit = match unit? {
        UnitKind::Score => Unit::Score { out_of },
        other if out_of.is_some() => {
            let message = format!("a figure in {other} is out of nothing");
            problems.add(
                out_of_place,
                message,
                "take it out, or write the unit SCORE",
            );
            return None;
        }
        UnitKind::Count => Unit::Count,
        UnitKind::Percent => Unit::Percent,
    };
    let digits = printed.replace([',', ' ', '\u{a0}', '\u{202f}'], "");
    if !digits.contains(number.as_str()) {
        let message = format!("the printed form does not hold the number {number}");
        problems.add(place, message, "write both with the same digits");
        return None;
    }
    Some(Figure {
        kind: kind?,
        label: label?,
        number,
        unit,
        printed,
    })
}
