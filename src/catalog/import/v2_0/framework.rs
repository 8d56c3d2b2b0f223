//! One framework of an export.

use std::collections::HashSet;

use crate::catalog::ids::FrameworkKey;
use crate::catalog::model::{
    CaseFacts, Domain, Extra, Family, FrameworkVersion, Level, OccupationFacts,
};
use crate::kernel::json::{Json, pointer_token};

use super::super::fields::{Fields, name_of, object};
use super::super::problem::Problems;
use super::super::profile;
use super::place::rebased;
use super::statement::{Known, statements};
use super::{ALONE, Common, as_json};

/// Members that say how the framework was published: not what it says.
const INFORMATIVE: [&str; 2] = ["state", "publishedAt"];

/// Reads one framework at `path`; its extras are told as those of a framework alone.
pub(super) fn read(
    mut fields: Fields,
    path: &str,
    common: &Common,
    problems: &mut Problems,
) -> Option<FrameworkVersion> {
    let mut extras = Vec::new();
    let family: Option<Family> = fields.parsed("family", problems);
    let about = common.occupation.as_ref().and_then(Option::as_ref);
    let key = match (&common.occupation, family) {
        // What is wrong with these is told already.
        (None, _) | (_, None) => {
            fields.if_any("key");
            None
        }
        (Some(_), Some(family)) => key(&mut fields, about, family, problems),
    };
    let title = fields.name_if_any("title", problems);
    let creator = fields.name_if_any("creator", problems);
    let version = fields.name("version", problems);
    let replaces = fields.name_if_any("replaces", problems);
    let case = kept(&mut fields, "case", CaseFacts::from_json, problems);
    for name in INFORMATIVE {
        fields.if_any(name);
    }
    let description = fields.text("description", problems);
    let context_covered = fields.text("contextCovered", problems);
    let sources = match fields.if_any("sources") {
        Some(value) => object(value, &fields.at("sources"), problems),
        None => common.sources.clone(),
    };
    let attribution = fields.text_if_any("attribution", problems);
    let cited = profile::sources(&mut fields, "citedSources", &mut extras, problems);
    let domains = domains(&mut fields, &mut extras, problems);
    let (cited, domains) = (cited?, domains?);
    let known = Known {
        cited: cited.iter().map(|source| source.key.as_str()).collect(),
        domains: domains.len(),
        anchors: common.anchors.as_ref(),
    };
    let levels = levels(&mut fields, &known, &mut extras, problems);
    extras.extend(fields.rest());
    let extras = rebased(extras, path, ALONE);
    Some(FrameworkVersion {
        occupation: common.occupation.clone()?,
        family: family?,
        key: key?,
        title: title?,
        creator: creator?,
        version: version?,
        replaces: replaces?,
        case: case?,
        description: description?,
        context_covered: context_covered?,
        levels: levels?,
        sources: as_json(sources?),
        attribution: attribution?.or_else(|| common.attribution.clone())?,
        profile: common.profile.clone()?,
        exported_at: common.exported_at.clone()?,
        extras: common.extras.iter().cloned().chain(extras).collect(),
        cited,
        domains,
    })
}

/// The key: one of its own, or else that of the occupation's framework of the family.
fn key(
    fields: &mut Fields,
    about: Option<&OccupationFacts>,
    family: Family,
    problems: &mut Problems,
) -> Option<FrameworkKey> {
    let path = fields.at("key");
    let Some(text) = fields.name_if_any("key", problems)? else {
        let key = about.map(|facts| FrameworkKey::of_occupation(&facts.soc, family));
        if key.is_none() {
            let message = "there is neither an occupation nor a key to tell the framework by";
            problems.add(
                path,
                message,
                "add the occupation, or a key such as custom/welding",
            );
        }
        return key;
    };
    if family != Family::Custom {
        let message = "only a CUSTOM framework has a key of its own";
        problems.add(path, message, "take it out, or write the family CUSTOM");
        return None;
    }
    let key = FrameworkKey::parse_own(&text);
    if key.is_none() {
        let shown = super::super::fields::show(&Json::String(text));
        let message = format!("{shown} is not the key of a framework");
        let remedy = "write custom/ and then up to 100 of the letters a to z, digits and hyphens; or case/ and the identifier of a CASE document";
        problems.add(path, message, remedy);
    }
    key
}

/// A member in the form that the catalog itself writes, if it is there.
pub(super) fn kept<T>(
    fields: &mut Fields,
    name: &str,
    read: impl Fn(&Json) -> Option<T>,
    problems: &mut Problems,
) -> Option<Option<T>> {
    let Some(value) = fields.if_any(name) else {
        return Some(None);
    };
    let found = read(&value);
    if found.is_none() {
        let message = format!("{name} is not as an export writes it");
        problems.add(
            fields.at(name),
            message,
            "take it as it was exported, or take it out",
        );
    }
    found.map(Some)
}

fn domains(
    fields: &mut Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<Domain>> {
    let (mut number, mut keys) = (0, HashSet::new());
    fields.each("domains", problems, |item, path, problems| {
        number += 1;
        let mut fields = Fields::new(object(item, &path, problems)?, path);
        let given = fields.count("number", problems);
        let key = fields.name("key", problems);
        let title = fields.name("title", problems);
        let description = fields.text_if_any("description", problems);
        if let Some(given) = given.filter(|given| *given != number) {
            let message = format!("the domain has the number {given} where {number} belongs");
            let remedy = "number the domains from 1 in their order";
            problems.add(fields.at("number"), message, remedy);
        }
        if let Some(key) = key.clone().filter(|key| !keys.insert(key.clone())) {
            let message = format!("the key {key} is there twice");
            problems.add(fields.at("key"), message, "give each its own");
        }
        extras.extend(fields.rest());
        Some(Domain {
            number,
            key: key?,
            title: title?,
            description: description?,
        })
    })
}

fn levels(
    fields: &mut Fields,
    known: &Known<'_>,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<Level>> {
    let path = fields.at("levels");
    let members = fields.object("levels", problems)?;
    if members.is_empty() {
        problems.add(path, "there is no level", "add at least one level");
        return None;
    }
    let last = members.len();
    let levels: Vec<Option<(bool, Level)>> = (1..)
        .zip(members)
        .map(|(place, (key, value))| {
            let path = format!("{path}{}", pointer_token(&key));
            // An unfit key ends the level: it would be in the path of each of its statements.
            let key = name_of(Json::String(key), &path, problems)?;
            let mut fields = Fields::new(object(value, &path, problems)?, path.clone());
            let ordinal = fields.count_if_any("ordinal", problems);
            let label = fields.name("label", problems);
            let subtitle = fields.name_if_any("subtitle", problems);
            let description = fields.text_if_any("description", problems);
            let statements = statements(&mut fields, known, extras, problems);
            extras.extend(fields.rest());
            let ordinal = ordinal?;
            let level = Level {
                ordinal: ordinal.unwrap_or(place),
                key,
                label: label?,
                subtitle: subtitle?,
                description: description?,
                statements: statements?,
            };
            Some((ordinal.is_some(), level))
        })
        .collect();
    let mut levels: Vec<(bool, Level)> = levels.into_iter().collect::<Option<_>>()?;
    levels.sort_by_key(|(_, level)| level.ordinal);
    let numbered = levels.iter().filter(|(given, _)| *given).count();
    let in_order = (1..).zip(&levels).all(|(n, (_, level))| n == level.ordinal);
    if !in_order || (numbered != 0 && numbered != last) {
        let message = format!("the ordinals of the levels are not those from 1 to {last}");
        let remedy = "number all levels from 1 for the lowest; or none, and put them in order";
        problems.add(path, message, remedy);
        return None;
    }
    Some(levels.into_iter().map(|(_, level)| level).collect())
}
