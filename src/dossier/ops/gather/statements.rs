//! The statements that a document speaks of, in words.

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;

use crate::{
    app::Op,
    catalog::ops::browse::{self, VersionContent},
    dossier::document::Statement,
    kernel::errors::{Error, Result},
};

/// The published versions that hold them.
pub(super) struct Statements {
    public_url: String,
    versions: HashMap<Uuid, Arc<VersionContent>>,
}

impl Statements {
    /// Reads them.
    pub(super) async fn read(op: &Op, mut ids: Vec<Uuid>) -> Result<Self> {
        ids.sort_unstable();
        ids.dedup();
        Ok(Self {
            public_url: op.app.config.public_url.clone(),
            versions: browse::versions_of_statements(&op.app, &ids).await?,
        })
    }

    /// One of them.
    pub(super) fn told(&self, id: Uuid) -> Result<Statement> {
        let version = self.versions.get(&id);
        let found = version.and_then(|v| Some((v, v.statement(id)?)));
        let (version, (level, statement)) =
            found.ok_or_else(|| Error::internal("a statement without its version"))?;
        let row = &version.row;
        Ok(Statement {
            id,
            url: format!("{}/statements/{id}", self.public_url),
            text: statement.text.clone(),
            level: level.row.label.clone(),
            occupation: row.name()?,
            framework: format!("{} {}", row.family, row.label),
        })
    }
}
