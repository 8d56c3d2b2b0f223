//! The statements of one level.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::catalog::model::{AnchorRef, Citation, Extra, Outline, Split, Statement};
use crate::kernel::ids::hyphenated;
use crate::kernel::json::Json;

use super::super::fields::{Fields, object, show, unfit, words};
use super::super::problem::Problems;
use super::framework::kept;

/// What statements may refer to.
pub(super) struct Known<'a> {
    /// The keys of the sources.
    pub(super) cited: HashSet<&'a str>,
    /// How many domains there are.
    pub(super) domains: usize,
    /// The anchors of the document's profile, where that could be read.
    pub(super) anchors: Option<&'a HashSet<AnchorRef>>,
}

/// Reads the statements: those of no domain first, then by domain, otherwise in their order.
pub(super) fn statements(
    fields: &mut Fields,
    known: &Known<'_>,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Vec<Statement>> {
    let path = fields.at("statements");
    let items = match fields.required("statements", problems)? {
        Json::Array(items) => items,
        other => return unfit(&other, &path, "an array of strings and objects", problems),
    };
    let read: Vec<Option<(Statement, Vec<Extra>)>> = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| statement(item, format!("{path}/{index}"), known, problems))
        .collect();
    let mut read: Vec<(Statement, Vec<Extra>)> = read.into_iter().collect::<Option<_>>()?;
    read.sort_by_key(|(statement, _)| statement.domain);
    let mut positions: HashMap<Option<u32>, u32> = HashMap::new();
    let placed = read
        .into_iter()
        .enumerate()
        .map(|(index, (mut statement, own))| {
            let position = positions.entry(statement.domain).or_default();
            *position += 1;
            statement.position = *position;
            // The statement may have moved, and what belongs to it moves with it.
            let container = format!("{path}/{index}");
            extras.extend(own.into_iter().map(|extra| moved(extra, &container)));
            statement
        });
    Some(placed.collect())
}

/// The extra of a statement, which now stands at `place`: its own containers are one of a fixed
/// number of tokens deep.
fn moved(extra: Extra, place: &str) -> Extra {
    let depth = place.split('/').count();
    let inner: Vec<&str> = extra.container.split('/').skip(depth).collect();
    let mut container = place.to_owned();
    for token in inner {
        container.push('/');
        container.push_str(token);
    }
    Extra { container, ..extra }
}

fn statement(
    item: Json,
    path: String,
    known: &Known<'_>,
    problems: &mut Problems,
) -> Option<(Statement, Vec<Extra>)> {
    let Json::Object(members) = item else {
        let text = words(item, &path, problems)?;
        return Some((Statement::plain(0, text), Vec::new()));
    };
    let mut extras = Vec::new();
    let mut fields = Fields::new(members, path);
    let text = fields.required("text", problems);
    let text = text.and_then(|text| words(text, &fields.at("text"), problems));
    let domain = domain(&mut fields, known, problems);
    let split = split(&mut fields, text.as_deref(), &mut extras, problems);
    let citations = fields.each("citations", problems, |item, path, problems| {
        citation(item, path, known, &mut extras, problems)
    });
    let anchors = fields.each("anchors", problems, |item, path, problems| {
        anchor(item, path, known, &mut extras, problems)
    });
    let replaces = kept(&mut fields, "replaces", uuid, problems);
    let outline = kept(&mut fields, "outline", Outline::from_json, problems);
    extras.extend(fields.rest());
    let statement = Statement {
        domain: domain?,
        position: 0,
        text: text?,
        split: split?,
        citations: citations?,
        anchors: anchors?,
        replaces: replaces?,
        outline: outline?,
    };
    Some((statement, extras))
}

fn uuid(json: &Json) -> Option<Uuid> {
    hyphenated(json.as_str()?)
}

fn domain(fields: &mut Fields, known: &Known<'_>, problems: &mut Problems) -> Option<Option<u32>> {
    let Some(number) = fields.count_if_any("domain", problems)? else {
        return Some(None);
    };
    if usize::try_from(number).is_ok_and(|number| number <= known.domains) {
        return Some(Some(number));
    }
    let message = format!("there is no domain {number}");
    let remedy = format!("write one of the {} domains, or add it", known.domains);
    problems.add(fields.at("domain"), message, remedy);
    None
}

fn split(
    fields: &mut Fields,
    text: Option<&str>,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Split> {
    let Some(mut fields) = fields.fields_if_any("split", problems)? else {
        return Some(Split::Derived);
    };
    let sure = fields.truth("sure", problems);
    let at = fields.count_if_any("at", problems);
    let (place, sure_place) = (fields.at("at"), fields.at("sure"));
    extras.extend(fields.rest());
    let (sure, at) = (sure?, at?);
    if sure {
        let message = "a split that is sure is told by the text itself";
        let remedy = "put a spaced em dash between title and description, and take split out";
        problems.add(sure_place, message, remedy);
        return None;
    }
    let characters = text?.chars().count();
    if at.is_some_and(|at| usize::try_from(at).is_ok_and(|at| at >= characters)) {
        let message = "the description would begin after the end of the text";
        let remedy = "write how many characters stand before the description";
        problems.add(place, message, remedy);
        return None;
    }
    Some(Split::Unsure { at })
}

fn citation(
    item: Json,
    path: String,
    known: &Known<'_>,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<Citation> {
    let mut fields = Fields::new(object(item, &path, problems)?, path);
    let source = fields.name("source", problems);
    let locator = fields.text_if_any("locator", problems);
    let place = fields.at("source");
    extras.extend(fields.rest());
    let source = source?;
    if !known.cited.contains(source.as_str()) {
        let shown = show(&Json::String(source));
        let message = format!("there is no source {shown}");
        let remedy = "add it to the citedSources of the framework, or cite one of these";
        problems.add(place, message, remedy);
        return None;
    }
    Some(Citation {
        source,
        locator: locator?,
    })
}

fn anchor(
    item: Json,
    path: String,
    known: &Known<'_>,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<AnchorRef> {
    let mut fields = Fields::new(object(item, &path, problems)?, path.clone());
    let kind = fields.parsed("kind", problems);
    let ordinal = fields.count("ordinal", problems);
    extras.extend(fields.rest());
    let anchor = AnchorRef {
        kind: kind?,
        ordinal: ordinal?,
    };
    if known
        .anchors
        .is_some_and(|anchors| !anchors.contains(&anchor))
    {
        let message = format!("the profile has no {} {}", anchor.kind, anchor.ordinal);
        let remedy = "add the anchor to the document's profile, or name one that is there";
        problems.add(path, message, remedy);
        return None;
    }
    Some(anchor)
}
