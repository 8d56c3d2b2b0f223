//! Storing a chunk of learners.

use std::collections::HashMap;

use entity::learner;
use sea_orm::ConnectionTrait;

use super::{fill::Work, source::Line};
use crate::{
    bulk::{
        csv::Row,
        learners::{self, problems},
        report::LineProblem,
        store,
    },
    identity::{
        audit::Made,
        model::NewLearner,
        ops::learners::{check, state},
    },
    kernel::{
        clock,
        errors::{Error, Result},
        ids,
    },
};

/// A learner, and the line that tells of them.
pub(super) type Told = (u64, NewLearner);

/// Reads a row, as creating a learner checks it.
pub(super) fn parse(row: &Row) -> Line<Told> {
    let new = learners::learner(row);
    match check(&new) {
        Ok(()) => Ok((row.line, new)),
        Err(Error::Invalid(found)) => Err(problems(row.line, &found).collect()),
        Err(other) => {
            let told = other.to_string();
            Err(vec![LineProblem::new(row.line, "", "REFUSED", told)])
        }
    }
}

/// Stores those learners of a chunk whose identifiers are free.
pub(super) async fn store(
    tx: &impl ConnectionTrait,
    work: &mut Work<'_>,
    chunk: Vec<Line<Told>>,
) -> Result<()> {
    let named = chunk
        .iter()
        .flatten()
        .map(|(_, new)| new.external_id.as_str());
    let known = store::learners(tx, work.provider, named).await?;
    let mut known: HashMap<_, _> = known
        .into_iter()
        .map(|l| (l.external_id.clone(), l))
        .collect();
    let mut ids = work.next_ids(chunk.len()).into_iter();
    let mut rows = Vec::new();
    for line in chunk {
        let (line, new) = match line {
            Ok(told) => told,
            Err(problems) => {
                work.report.refuse(problems);
                continue;
            }
        };
        if let Some(there) = known.get(&new.external_id) {
            work.report.refuse([taken(line, there, &new)]);
            continue;
        }
        let row = learner::Model {
            id: ids.next().unwrap_or_else(|| work.op.new_id()),
            provider_id: work.provider,
            external_id: new.external_id,
            name: new.name,
            email: new.email.map(|e| e.to_lowercase()),
            did: new.did,
            member_id: None,
            subject_urn: ids::v4(work.op.app.rng.as_ref()).urn().to_string(),
            created_at: clock::to_millis(work.op.now),
            erased_at: None,
            erasure_requested_at: None,
        };
        work.made
            .push(Made::new("learner.create", row.id, &state(&row)));
        work.report.accept();
        known.insert(row.external_id.clone(), row.clone());
        rows.push(row);
    }
    store::insert_learners(tx, rows).await
}

fn taken(line: u64, there: &learner::Model, new: &NewLearner) -> LineProblem {
    let email = new.email.as_ref().map(|e| e.to_lowercase());
    let is_same = there.name == new.name && there.email == email && there.did == new.did;
    let (code, message) = if is_same {
        (
            "ALREADY_RECORDED",
            "this learner is recorded already, as this line tells it: leave the line out",
        )
    } else {
        (
            "TAKEN",
            "a learner with this identifier exists already, with other particulars: give another identifier, or leave the line out",
        )
    };
    LineProblem::new(line, "external_id", code, message)
}
