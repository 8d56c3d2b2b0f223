//! The framework export of `schemaVersion` 1.0.

use crate::catalog::ids::FrameworkKey;
use crate::catalog::model::{Extra, Family, FrameworkVersion, Level, Statement};
use crate::kernel::json::{Json, pointer_token};

use super::fields::{Fields, name_of, object, unfit, words};
use super::occupation;
use super::problem::Problems;

/// Reads the members of an export, `schemaVersion` taken out; `None` if there was any problem.
pub(super) fn read(mut export: Fields, problems: &mut Problems) -> Option<FrameworkVersion> {
    let mut extras = Vec::new();
    let exported_at = export.text_if_any("exportedAt", problems);
    let occupation = export
        .fields("occupation", problems)
        .and_then(|fields| occupation::plain(fields, &mut extras, problems));
    let framework = export
        .fields("framework", problems)
        .and_then(|fields| framework(fields, &mut extras, problems));
    let sources = export.object("sources", problems);
    let attribution = export.text("attribution", problems);
    extras.extend(export.rest());

    let (framework, occupation) = (framework?, occupation?);
    Some(FrameworkVersion {
        key: FrameworkKey::of_occupation(&occupation.soc, Family::Mastery),
        occupation: Some(occupation),
        family: Family::Mastery,
        title: None,
        creator: None,
        version: framework.version,
        replaces: None,
        description: framework.description,
        context_covered: framework.context_covered,
        domains: Vec::new(),
        levels: framework.levels,
        cited: Vec::new(),
        sources: Json::Object(sources?),
        attribution: attribution?,
        profile: None,
        case: None,
        exported_at: exported_at?,
        extras,
    })
}

struct Framework {
    version: String,
    description: String,
    context_covered: String,
    levels: Vec<Level>,
}

fn framework(
    mut fields: Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Framework> {
    let version = fields.name("version", problems);
    let description = fields.text("description", problems);
    let context_covered = fields.text("contextCovered", problems);
    let levels = levels(&mut fields, extras, problems);
    extras.extend(fields.rest());
    Some(Framework {
        version: version?,
        description: description?,
        context_covered: context_covered?,
        levels: levels?,
    })
}

fn levels(
    fields: &mut Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<Level>> {
    let path = fields.at("levels");
    let members = fields.object("levels", problems)?;
    if members.is_empty() {
        problems.add(
            path,
            "there is no level",
            "add at least one level with statements",
        );
        return None;
    }
    let levels: Vec<Option<Level>> = (1..)
        .zip(members)
        .map(|(ordinal, (key, value))| {
            let path = format!("{path}{}", pointer_token(&key));
            // An unfit key ends the level: it would be in the path of each of its statements.
            let key = name_of(Json::String(key), &path, problems)?;
            let members = object(value, &path, problems)?;
            let mut fields = Fields::new(members, path);
            let label = fields.name("label", problems);
            let statements = statements(&mut fields, problems);
            extras.extend(fields.rest());
            Some(Level {
                ordinal,
                key,
                label: label?,
                subtitle: None,
                description: None,
                statements: statements?,
            })
        })
        .collect();
    levels.into_iter().collect()
}

fn statements(fields: &mut Fields, problems: &mut Problems) -> Option<Vec<Statement>> {
    let path = fields.at("statements");
    let items = match fields.required("statements", problems)? {
        Json::Array(items) => items,
        other => return unfit(&other, &path, "an array of strings", problems),
    };
    if items.is_empty() {
        problems.add(
            path,
            "the level has no statement",
            "add at least one statement, or take the level out",
        );
        return None;
    }
    let statements: Vec<Option<Statement>> = (1..)
        .zip(items.into_iter().enumerate())
        .map(|(position, (index, item))| {
            let text = words(item, &format!("{path}/{index}"), problems)?;
            Some(Statement::plain(position, text))
        })
        .collect();
    statements.into_iter().collect()
}
