//! A row of a table of learners.

use super::{
    csv::{Column, Row},
    report::LineProblem,
};
use crate::{identity::model::NewLearner, kernel::errors::Problem};

/// What a table of learners may have.
pub const COLUMNS: &[Column] = &[
    Column::required("external_id"),
    Column::required("name"),
    Column::optional("email"),
    Column::optional("did"),
];

/// What an input's member is called in a table.
const NAMES: &[(&str, &str)] = &[
    ("input.externalId", "external_id"),
    ("input.name", "name"),
    ("input.email", "email"),
    ("input.did", "did"),
];

/// The learner that a row tells of. Names are taken as they are; an address or a DID without the
/// spaces round it, which are no part of either.
#[must_use]
pub fn learner(row: &Row) -> NewLearner {
    let given = |column| Some(row.cell(column).trim().to_owned()).filter(|text| !text.is_empty());
    NewLearner {
        external_id: row.cell("external_id").to_owned(),
        name: row.cell("name").to_owned(),
        email: given("email"),
        did: given("did"),
        member: None,
    }
}

/// What checking a learner found, as problems of its line.
pub fn problems(line: u64, found: &[Problem]) -> impl Iterator<Item = LineProblem> {
    found.iter().map(move |p| {
        let named = NAMES.iter().find(|(field, _)| *field == p.field);
        let column = named.map_or("", |(_, column)| column);
        LineProblem::new(line, column, p.code, p.message.clone())
    })
}
