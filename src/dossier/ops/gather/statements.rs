//! The statements that a document speaks of, in words.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;
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
        let occupation: Value = serde_json::from_str(&row.occupation).map_err(Error::internal)?;
        let title = occupation.get("title").and_then(Value::as_str);
        Ok(Statement {
            id,
            url: format!("{}/statements/{id}", self.public_url),
            text: statement.text.clone(),
            level: level.row.label.clone(),
            occupation: title.unwrap_or_default().to_owned(),
            framework: format!("{} {}", row.family, row.label),
        })
    }
}
