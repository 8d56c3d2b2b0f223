//! Writing a published version back in the format that it was imported from.

use crate::{
    app::App,
    catalog::{
        export,
        ids::{self, FrameworkKey},
        model::{Family, Soc},
        rules::compare_labels,
        store,
    },
    kernel::{
        errors::{Error, Result},
        json::Json,
    },
};

/// A version of an occupation's framework as schemaVersion 1.0: the one with
/// `label`, or the newest.
pub async fn export_framework(
    app: &App,
    soc: &Soc,
    family: Family,
    label: Option<&str>,
) -> Result<Json> {
    let db = app.db.public();
    let missing = |what: String| Error::NotFound(what);
    let rows = {
        let ids: Vec<_> = store::version_ids(db, &[ids::occupation(soc)])
            .await?
            .into_iter()
            .map(|(_, version)| version)
            .collect();
        store::version_rows(db, &ids).await?
    };
    let newest = rows
        .iter()
        .filter(|v| v.family == family.as_str())
        .filter(|v| label.is_none_or(|l| l == v.label))
        .max_by(|a, b| compare_labels(&a.label, &b.label));
    let Some(found) = newest else {
        let version = label.map_or_else(String::new, |l| format!(" {l}"));
        return Err(missing(format!(
            "a published {family} version{version} of {soc}"
        )));
    };
    let framework = ids::framework(None, &FrameworkKey::of_occupation(soc, family));
    let Some(row) = store::version_by_label(db, framework, &found.label).await? else {
        return Err(missing(format!("version {} of {soc}", found.label)));
    };
    Ok(export::v1_0::write(&store::stored_version(db, &row).await?).into())
}
