//! What a reader brings along, and asks for besides.

use super::request::{Rejection, Sent, Wanted, bytes, known, malformed, useless};
use crate::kernel::json::Json;

/// The options of either endpoint.
const COMMON: [&str; 7] = [
    "returnCredential",
    "checks",
    "issuerDocuments",
    "statusLists",
    "statusListCredentials",
    "frameworks",
    "trustList",
];
/// Those of presentations alone.
const OF_PRESENTATIONS: [&str; 2] = ["challenge", "domain"];
/// The options that hold several documents.
const LISTS: [&str; 3] = ["issuerDocuments", "statusLists", "frameworks"];

/// Reads the options, all of them optional:
/// - `returnCredential`: whether the answer holds the credential as it was read;
/// - `issuerDocuments`: DID documents or JWK Sets. Whoever gives one vouches for it;
/// - `statusListCredentials`: a map of URL to status list, JSON or a compact JWT, so that nothing
///   needs to be fetched; `statusLists`: the same without URLs, as an array;
/// - `frameworks`: framework documents; a string is taken byte for byte, an object in its
///   canonical form (RFC 8785), which is how they are frozen;
/// - `trustList`: the issuers that the reader trusts;
/// - `checks`: an array of names, as the VC API has it. It changes nothing: every check is made;
/// - `challenge` and `domain`: what a presentation must answer, and be meant for.
pub(super) fn read(wanted: &mut Wanted, options: &Json, sent: Sent) -> Result<(), Rejection> {
    let mut names = COMMON.to_vec();
    if sent == Sent::Presentation {
        names.extend(OF_PRESENTATIONS);
    }
    known(options, "options", &names)?;
    if let Some(value) = options.get("returnCredential") {
        wanted.with_credential = value
            .as_bool()
            .ok_or_else(|| wrong("returnCredential", value, "true or false"))?;
    }
    if let Some(value) = options.get("checks") {
        let names = value
            .as_array()
            .filter(|names| names.iter().all(|name| name.as_str().is_some()));
        names.ok_or_else(|| wrong("checks", value, "an array of names"))?;
    }
    wanted.challenge = text(options, "challenge")?;
    wanted.domain = text(options, "domain")?;
    documents(wanted, options)?;
    if let Some(list) = options.get("trustList") {
        let set = wanted.materials.set_trust_list(&bytes(list));
        set.map_err(|error| useless("options.trustList", &error))?;
    }
    Ok(())
}

fn documents(wanted: &mut Wanted, options: &Json) -> Result<(), Rejection> {
    let materials = &mut wanted.materials;
    for name in LISTS {
        let Some(value) = options.get(name) else {
            continue;
        };
        let items = value
            .as_array()
            .ok_or_else(|| wrong(name, value, "an array"))?;
        for (at, item) in items.iter().enumerate() {
            let bytes = bytes(item);
            let added = match name {
                "issuerDocuments" => materials.add_issuer(&bytes).map(drop),
                "statusLists" => materials.add_status_list(&bytes).map(drop),
                _ => {
                    materials.add_framework(&bytes);
                    Ok(())
                }
            };
            added.map_err(|error| useless(&format!("options.{name}[{at}]"), &error))?;
        }
    }
    if let Some(value) = options.get("statusListCredentials") {
        let lists = value
            .as_object()
            .ok_or_else(|| wrong("statusListCredentials", value, "a map of URL to list"))?;
        for (url, list) in lists.iter() {
            let added = materials.add_fetched_list(url, &bytes(list));
            let place = format!("options.statusListCredentials[{url:?}]");
            added.map_err(|error| useless(&place, &error))?;
        }
    }
    Ok(())
}

fn text(options: &Json, name: &str) -> Result<Option<String>, Rejection> {
    match options.get(name) {
        None => Ok(None),
        Some(Json::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(value) => Err(wrong(name, value, "a text that is not empty")),
    }
}

fn wrong(name: &str, value: &Json, give: &str) -> Rejection {
    malformed(format!("options.{name} is {}: give {give}.", value.kind()))
}
