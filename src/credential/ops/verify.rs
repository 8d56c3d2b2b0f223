//! Verifying on a running installation: what is ours comes from the database,
//! the rest from what the reader gives, or, where the settings allow it, from
//! where the credential says that it is.

use std::sync::Arc;

use uuid::Uuid;

use super::{issuer, lists};
use crate::{
    app::App,
    catalog::ops::browse,
    credential::{
        fetch::bring,
        verify::{self, Asked, Inspected, Materials, Needs, Report},
    },
    fetch::Fetcher,
    kernel::errors::{Error, Result},
};

/// Judges a credential with the materials given and all that this
/// installation itself published. It is judged on a thread of its own, as many at a time as
/// there are processors.
pub async fn verify_credential(
    app: &App,
    inspected: Arc<Inspected>,
    mut materials: Materials,
    asked: impl Into<Asked>,
) -> Result<Report> {
    let asked = asked.into();
    materials.set_contexts(app.config.contexts.clone());
    let needs = inspected.needs();
    add_own(app, &needs, &mut materials).await?;
    let further = materials.needs_of_lists();
    add_own(app, &further, &mut materials).await?;
    if app.config.verify_online {
        match app.fetcher.get_or_init(Fetcher::new) {
            Ok(fetcher) => bring(fetcher, &needs, &mut materials).await,
            Err(e) => tracing::warn!("{e}"),
        }
    }
    judge(app, move || verify::verify(&inspected, &materials, asked)).await
}

/// Runs `work` apart from the threads that serve, in its turn. It goes on to its end, and keeps
/// its place, even when nobody waits for it any more.
async fn judge(app: &App, work: impl FnOnce() -> Report + Send + 'static) -> Result<Report> {
    let turn = Arc::clone(&app.judging).acquire_owned().await;
    let turn = turn.map_err(Error::internal)?;
    let running = tokio::task::spawn_blocking(move || {
        let report = work();
        drop(turn);
        report
    });
    match running.await {
        Ok(report) => Ok(report),
        Err(e) if e.is_panic() => std::panic::resume_unwind(e.into_panic()),
        Err(e) => Err(Error::internal(e)),
    }
}

async fn add_own(app: &App, needs: &Needs, materials: &mut Materials) -> Result<()> {
    let base = &app.config.public_url;
    let elsewhere = "it is not one of this service's own, and was not given";
    // What is ours is known here best, whatever was given along.
    let lacking = materials.lacking(needs);
    for source in &needs.issuers {
        let slug = source
            .url
            .as_deref()
            .and_then(|url| own(base, "/issuers/", url))
            .and_then(|path| path.strip_suffix("/did.json"));
        let documents = match slug {
            Some(slug) => issuer::documents(app, slug).await?,
            None => None,
        };
        match documents {
            Some(documents) => {
                let bytes = documents.did_document.to_string();
                materials
                    .add_issuer(bytes.as_bytes())
                    .map_err(Error::internal)?;
            }
            None if lacking.issuers.contains(source) => {
                materials.note_absent(&source.id, elsewhere);
            }
            None => {}
        }
    }
    for document in issuer::revoked_did_keys(app, &needs.key_names).await? {
        materials
            .add_issuer(document.to_string().as_bytes())
            .map_err(Error::internal)?;
    }
    for url in &needs.status_lists {
        let id = own(base, "/status/", url).and_then(|id| Uuid::try_parse(id).ok());
        let list = match id {
            Some(id) => lists::signed_list(app, id).await?,
            None => None,
        };
        match list {
            Some(list) => {
                materials
                    .add_status_list(list.jwt.as_bytes())
                    .map_err(Error::internal)?;
                materials.note_withdrawn(url.clone(), list.withdrawn.iter().copied());
            }
            None if lacking.status_lists.contains(url) => {
                materials.note_absent(url.clone(), elsewhere);
            }
            None => {}
        }
    }
    for url in &lacking.frameworks {
        let id = own(base, "/frameworks/", url).and_then(|p| p.strip_suffix(".json"));
        if let Some(id) = id.and_then(|id| Uuid::try_parse(id).ok())
            && let Some((bytes, _)) = browse::frozen_document(app, id).await?
        {
            materials.add_framework(&bytes);
        }
    }
    Ok(())
}

/// What follows `path` in a URL of this installation.
fn own<'a>(base: &str, path: &str, url: &'a str) -> Option<&'a str> {
    url.strip_prefix(base)?.strip_prefix(path)
}
