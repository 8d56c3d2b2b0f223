//! Reading what the newest tables say.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use entity::{dataset, dataset_rows};

use crate::{
    app::App,
    catalog::{
        onet::{Part, Sheet, Source},
        rules::compare_labels,
        store,
    },
    kernel::errors::Result,
};

/// Rows of a part, and what they are to be about: an O*NET-SOC code, for [`Part::Programs`] a SOC
/// code, nothing for a table of terms.
pub type Wanted = (Part, String);

/// The dataset that answers for a part, ready to be read.
pub(super) struct Newest<'a> {
    pub(super) row: &'a dataset::Model,
    source: Arc<Source>,
    columns: Arc<[String]>,
}

/// The dataset that answers for a part: that of the highest release that has one.
pub(super) fn newest(all: &[dataset::Model], part: Part) -> Option<Newest<'_>> {
    let of_part = all.iter().filter(|row| row.part == part.as_str());
    let row = of_part.max_by(|a, b| compare_labels(&a.release, &b.release))?;
    Some(Newest {
        row,
        source: Arc::new(Source {
            part,
            release: row.release.clone(),
        }),
        columns: row.columns.split('\t').map(str::to_owned).collect(),
    })
}

pub(super) fn sheet_of(newest: &Newest<'_>, rows: dataset_rows::Model) -> Sheet {
    Sheet {
        source: Arc::clone(&newest.source),
        columns: Arc::clone(&newest.columns),
        content: rows.content,
    }
}

/// What the newest tables say, in two statements for any number of things wanted. What they say
/// nothing of is left out.
pub async fn sheets(app: &App, wanted: &[Wanted]) -> Result<HashMap<Wanted, Arc<Sheet>>> {
    let c = app.db.public();
    let all = store::datasets(c).await?;
    let parts: BTreeSet<Part> = wanted.iter().map(|(part, _)| *part).collect();
    let newest: HashMap<_, _> = parts
        .into_iter()
        .filter_map(|part| newest(&all, part))
        .map(|newest| (newest.row.id, newest))
        .collect();
    if newest.is_empty() {
        return Ok(HashMap::new());
    }
    let datasets: Vec<_> = newest.keys().copied().collect();
    let subjects: BTreeSet<&String> = wanted.iter().map(|(_, subject)| subject).collect();
    let subjects: Vec<String> = subjects.into_iter().cloned().collect();
    let mut out = HashMap::with_capacity(wanted.len());
    for rows in store::dataset_rows(c, &datasets, &subjects).await? {
        if let Some(newest) = newest.get(&rows.dataset_id) {
            let key = (newest.source.part, rows.subject.clone());
            out.insert(key, Arc::new(sheet_of(newest, rows)));
        }
    }
    Ok(out)
}

/// The tables that answer, by part.
pub async fn sources(app: &App) -> Result<Vec<Arc<Source>>> {
    let all = store::datasets(app.db.public()).await?;
    let newest = Part::ALL.into_iter().filter_map(|part| newest(&all, part));
    Ok(newest.map(|newest| newest.source).collect())
}
