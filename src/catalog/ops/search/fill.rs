//! What the catalog is searched by, where it is not brought up to date by what changes the catalog.

use crate::{
    app::Op,
    catalog::{
        model::Soc,
        search::Kind,
        store::{
            self,
            search::{self as index, Statements, Titles},
        },
    },
    identity::audit,
    kernel::errors::Result,
};

/// Versions, or occupations, that are brought into the index in one transaction.
const TOGETHER: u64 = 32;

/// Brings the index into the form that is read fastest. Called after much was written to it. A
/// search finds the same without: a failure is logged, and is none of what was written.
pub async fn settle(op: &Op) {
    let settled = async {
        let tx = op.write_tx().await?;
        index::settle(&*tx).await?;
        tx.commit().await
    };
    if let Err(error) = settled.await {
        tracing::warn!(%error, "searches may be slow until more is imported: the index could not be brought into its fastest form");
    }
}

/// Brings into the index what of the catalog is not in it: all of a catalog that is older than the
/// index. How much that was, in versions and occupations. Called whenever an installation is
/// opened; where nothing is missing it costs two queries.
pub async fn catch_up(op: &Op) -> Result<usize> {
    let mut done = 0;
    loop {
        let c = op.app.db.public();
        let versions = store::search::unindexed_versions(c, 1).await?;
        let occupations = store::search::unindexed_occupations(c, 1).await?;
        if versions.is_empty() && occupations.is_empty() {
            if done > 0 {
                settle(op).await;
            }
            return Ok(done);
        }
        let tx = op.write_tx().await?;
        // Another replica may do the same: what it did is seen from here on.
        audit::lock_platform(&*tx).await?;
        let occupations = index::unindexed_occupations(&*tx, TOGETHER).await?;
        let titles: Vec<_> = occupations.iter().map(Titles::own).collect();
        index::index_titles(&*tx, Kind::Occupation, &titles).await?;
        let versions = index::unindexed_versions(&*tx, TOGETHER).await?;
        done += versions.len() + occupations.len();
        for version in store::versions_with_statements(&*tx, &versions).await? {
            let about = version.row.occupation_id;
            let known = store::occupations_by_id(&*tx, about.as_slice()).await?;
            let soc: Option<Soc> = known.first().and_then(|o| o.soc.parse().ok());
            let place = Statements {
                version: version.row.id,
                framework: version.row.framework_id,
                family: &version.row.family,
                occupation: about.zip(soc.as_ref().map(Soc::major_group)),
                cited: &version.cited,
            };
            let levels: Vec<_> = version.levels.iter().map(|l| l.row.clone()).collect();
            let statements = version
                .levels
                .iter()
                .flat_map(|l| l.statements.iter().cloned());
            let statements: Vec<_> = statements.collect();
            index::index_statements(&*tx, place, &levels, &statements).await?;
        }
        tx.commit().await?;
    }
}
