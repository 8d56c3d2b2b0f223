//! Profiles of occupations: open to anyone.

use std::{collections::HashMap, sync::Arc};

use uuid::Uuid;

use crate::{
    app::App,
    catalog::{rules::compare_labels, store},
    kernel::errors::Result,
};

pub use crate::catalog::store::ProfileContent;

/// Published profiles by id.
pub async fn profiles(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, Arc<ProfileContent>>> {
    let mut out = HashMap::with_capacity(ids.len());
    let mut missing = Vec::new();
    for id in ids {
        match app.profiles.get(*id) {
            Some(profile) => {
                out.insert(*id, profile);
            }
            None => missing.push(*id),
        }
    }
    if !missing.is_empty() {
        for profile in store::profiles(app.db.public(), &missing).await? {
            let profile = Arc::new(profile);
            app.profiles.insert(&profile);
            out.insert(profile.id, profile);
        }
    }
    Ok(out)
}

/// The newest profile of each of these occupations; those without one are left out.
pub async fn newest_profiles(
    app: &App,
    occupations: &[Uuid],
) -> Result<HashMap<Uuid, Arc<ProfileContent>>> {
    let mut newest: HashMap<Uuid, (Uuid, String)> = HashMap::new();
    for (occupation, id, label) in store::profile_labels(app.db.public(), occupations).await? {
        let known = newest.get(&occupation);
        if known.is_none_or(|(_, known)| compare_labels(&label, known).is_gt()) {
            newest.insert(occupation, (id, label));
        }
    }
    let ids: Vec<_> = newest.values().map(|(id, _)| *id).collect();
    let profiles = profiles(app, &ids).await?;
    let of = newest.into_iter();
    Ok(of
        .filter_map(|(occupation, (id, _))| Some((occupation, Arc::clone(profiles.get(&id)?))))
        .collect())
}
