//! Finding occupations by what else they are called.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::sheets::{newest, sheet_of};
use crate::{
    catalog::{
        onet::{Part, Sheet},
        search::Kind,
        store::{
            self,
            search::{self as index, Titles},
        },
    },
    kernel::errors::Result,
};

/// Occupations whose titles are indexed together, each having some dozens of them.
const TOGETHER: usize = 64;

/// Brings the other titles of the catalog's occupations into the index, as the newest table tells
/// them. The caller holds the lock of the platform's audit chain.
pub(super) async fn index(tx: &impl ConnectionTrait) -> Result<()> {
    let all = store::datasets(tx).await?;
    let Some(newest) = newest(&all, Part::AlternateTitles) else {
        return Ok(());
    };
    let occupations = store::all_occupations(tx).await?;
    let occupations: HashMap<String, Uuid> =
        occupations.into_iter().map(|o| (o.soc, o.id)).collect();
    let rows = store::rows_of_dataset(tx, newest.row.id).await?;
    let sheets: Vec<(Uuid, String, Sheet)> = rows
        .into_iter()
        .filter_map(|rows| {
            let occupation = *occupations.get(&rows.subject)?;
            Some((occupation, rows.subject.clone(), sheet_of(&newest, rows)))
        })
        .collect();
    for sheets in sheets.chunks(TOGETHER) {
        let titles: Vec<_> = sheets
            .iter()
            .map(|(occupation, soc, sheet)| Titles {
                occupation: *occupation,
                soc_group: soc.split('-').next().unwrap_or_default(),
                titles: sheet
                    .rows()
                    .map(|row| row.cell("Alternate Title"))
                    .collect(),
            })
            .collect();
        index::index_titles(tx, Kind::Title, &titles).await?;
    }
    Ok(())
}
