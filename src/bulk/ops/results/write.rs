//! What a chunk's accepted rows become.

use std::collections::HashMap;

use entity::{assessment, evidence, observation};
use jiff::SignedDuration;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    judge::Judged,
    look_up::{Known, Plan},
};
use crate::{
    assessment::{
        model::State,
        ops::{
            observe::{self, MAX_OBSERVATIONS},
            plans,
        },
    },
    bulk::{ops::fill::Work, report::LineProblem, results::ResultRow, store},
    identity::audit::Digested,
    kernel::{clock, errors::Result, ids},
};

/// The rows that a chunk adds.
pub(super) struct Written {
    open: HashMap<Uuid, Uuid>,
    counts: HashMap<Uuid, u64>,
    /// Ids in the order of the file, behind those of the chunks before.
    ids: std::vec::IntoIter<Uuid>,
    assessments: Vec<assessment::Model>,
    observations: Vec<observation::Model>,
    evidence: Vec<evidence::Model>,
}
