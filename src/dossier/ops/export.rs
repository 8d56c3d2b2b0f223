//! Giving out everything that is stored about a learner.

use uuid::Uuid;

use super::gather;
use crate::{
    app::Op,
    dossier::{document::Dossier, store::Of},
    identity::{
        policy::{self, Action},
        store as people,
    },
    kernel::errors::{Error, Result},
};

/// Everything about a learner of the tenant; a learner may name themself only.
pub async fn export_learner(op: &Op, learner: Uuid) -> Result<Dossier> {
    let extent = policy::permit_extent(&op.actor, Action::ExportLearner)?;
    if extent.learner.is_some_and(|own| own != learner) {
        return Err(missing());
    }
    whole(op, extent.provider, learner).await
}

/// Everything about the learner whose key asks.
pub async fn own(op: &Op) -> Result<Dossier> {
    let extent = policy::permit_extent(&op.actor, Action::ExportLearner)?;
    let own = extent.learner.ok_or_else(|| {
        Error::Forbidden("this key is not a learner's: name one to export them".to_owned())
    })?;
    whole(op, extent.provider, own).await
}

/// Everything about a learner of `provider`, for the person at the machine.
pub async fn export_at_machine(op: &Op, provider: Uuid, learner: Uuid) -> Result<Dossier> {
    policy::permit_operator(&op.actor)?;
    whole(op, provider, learner).await
}

async fn whole(op: &Op, provider: Uuid, learner: Uuid) -> Result<Dossier> {
    let found = people::learner(&op.read().await?, provider, learner).await?;
    let of = Of { provider, learner };
    gather::dossier(op, of, found.ok_or_else(missing)?).await
}

pub(super) fn missing() -> Error {
    Error::NotFound("this learner".to_owned())
}
