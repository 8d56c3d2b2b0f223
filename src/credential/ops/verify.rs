//! Verifying on a running installation: what is ours comes from the database,
//! the rest from what the reader gives, or, where the settings allow it, from
//! where the credential says that it is.

use jiff::Timestamp;
use uuid::Uuid;

use super::{issuer, lists};
use crate::{
    app::App,
    catalog::ops::browse,
    credential::{
        fetch::{Fetcher, bring},
        verify::{self, Inspected, Materials, Needs, Report},
    },
    kernel::errors::Result,
};

/// Judges a credential with the materials given and all that this
/// installation itself published.
pub async fn verify_credential(
    app: &App,
    inspected: &Inspected,
    mut materials: Materials,
    at: Timestamp,
) -> Result<Report> {
    let needs = inspected.needs();
    add_own(app, inspected.issuer(), &needs, &mut materials).await?;
    if app.config.verify_online {
        match app.fetcher.get_or_init(Fetcher::new) {
            Ok(fetcher) => bring(fetcher, &needs, &mut materials).await,
            Err(e) => tracing::warn!("{e}"),
        }
    }
    Ok(verify::verify(inspected, &materials, at))
}

async fn add_own(
    app: &App,
    did: Option<&str>,
    needs: &Needs,
    materials: &mut Materials,
) -> Result<()> {
    let base = &app.config.public_url;
    let elsewhere = "it is not one of this service's own, and was not given";
    if let Some(url) = &needs.issuer_url {
        let slug = own(base, "/issuers/", url).and_then(|p| p.strip_suffix("/did.json"));
        let documents = match slug {
            Some(slug) => issuer::documents(app, slug).await?,
            None => None,
        };
        match documents {
            Some(documents) => {
                let bytes = documents.did_document.to_string();
                materials
                    .add_issuer(bytes.as_bytes())
                    .map_err(crate::kernel::errors::Error::internal)?;
            }
            None => materials.note_absent(needs.issuer.clone().unwrap_or_default(), elsewhere),
        }
    }
    if let Some(did) = did
        && let Some(document) = issuer::revoked_did_key(app, did).await?
    {
        materials
            .add_issuer(document.to_string().as_bytes())
            .map_err(crate::kernel::errors::Error::internal)?;
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
                    .map_err(crate::kernel::errors::Error::internal)?;
            }
            None => materials.note_absent(url.clone(), elsewhere),
        }
    }
    for url in &needs.frameworks {
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
