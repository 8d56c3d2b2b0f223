//! Fetching all that judging a credential needs, through the guarded client.

#[cfg(test)]
mod tests;

use futures_util::future::join_all;

use crate::{
    credential::verify::{Materials, Needs},
    fetch::Fetcher,
};

/// What is wanted, and under which name it is missed.
enum Wanted<'a> {
    Issuer { id: &'a str, url: &'a str },
    StatusList(&'a str),
    Framework(&'a str),
}

impl Wanted<'_> {
    fn url(&self) -> &str {
        match self {
            Self::Issuer { url, .. } | Self::StatusList(url) | Self::Framework(url) => url,
        }
    }
}

/// Fetches those of `needs` that are not at hand yet, and then what the status lists among them
/// need in their turn, all at the same time, and adds them. What cannot be had is noted with the
/// reason, so that the report tells it.
pub async fn bring(fetcher: &Fetcher, needs: &Needs, materials: &mut Materials) {
    bring_once(fetcher, needs, materials).await;
    let further = materials.needs_of_lists();
    bring_once(fetcher, &further, materials).await;
}

async fn bring_once(fetcher: &Fetcher, needs: &Needs, materials: &mut Materials) {
    let lacking = materials.lacking(needs);
    let mut wanted = Vec::new();
    for source in &lacking.issuers {
        match &source.url {
            Some(url) => wanted.push(Wanted::Issuer {
                id: &source.id,
                url,
            }),
            None => materials.note_absent(
                &source.id,
                "only did:key, did:jwk, did:web and https names can be looked up: give the \
                 document",
            ),
        }
    }
    wanted.extend(
        lacking
            .status_lists
            .iter()
            .map(|url| Wanted::StatusList(url)),
    );
    wanted.extend(lacking.frameworks.iter().map(|url| Wanted::Framework(url)));
    let answers = join_all(wanted.iter().map(|one| fetcher.get(one.url()))).await;
    for (one, answer) in wanted.iter().zip(answers) {
        let name = match one {
            Wanted::Issuer { id: name, .. }
            | Wanted::StatusList(name)
            | Wanted::Framework(name) => *name,
        };
        let added = answer
            .map_err(|e| e.to_string())
            .and_then(|bytes| add(one, &bytes, materials));
        if let Err(why) = added {
            tracing::debug!(%why, url = one.url(), "not fetched");
            materials.note_absent(name, why);
        }
    }
}

fn add(one: &Wanted<'_>, bytes: &[u8], materials: &mut Materials) -> Result<(), String> {
    match one {
        Wanted::Issuer { id, .. } => materials.add_fetched_issuer(id, bytes),
        Wanted::StatusList(url) => materials.add_fetched_list(url, bytes),
        Wanted::Framework(_) => {
            materials.add_framework(bytes);
            Ok(())
        }
    }
    .map_err(|e| e.to_string())
}
