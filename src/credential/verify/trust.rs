//! The reader's own list of issuers.

use super::inspect::quoted;
use super::materials::Materials;
use super::report::{Check, CheckName};
use crate::kernel::json::Json;

/// An issuer that the reader knows.
#[derive(Debug, Clone)]
pub(super) struct Trusted {
    pub(super) id: String,
    name: String,
    /// Who, besides the issuer itself, may keep its status lists.
    pub(super) status_lists: Vec<String>,
}

impl Trusted {
    /// Reads `{"id":"did:…","name":"…","statusListIssuers":["did:…"]}`.
    pub(super) fn read(entry: &Json) -> Result<Self, String> {
        let text = |name: &str| entry.get(name).and_then(Json::as_str);
        let id = text("id").ok_or("has no id")?;
        let keepers = match entry.get("statusListIssuers") {
            None => Vec::new(),
            Some(keepers) => keepers
                .as_array()
                .and_then(|all| all.iter().map(|id| Some(id.as_str()?.to_owned())).collect())
                .ok_or("has statusListIssuers that are not an array of ids")?,
        };
        Ok(Self {
            id: id.to_owned(),
            name: text("name").unwrap_or(id).to_owned(),
            status_lists: keepers,
        })
    }
}

/// Whether the issuer is on the reader's list. This line never changes the verdict: the list says
/// whom the reader knows, not what is genuine.
pub(super) fn check(issuer: Option<&str>, proven: bool, materials: &Materials) -> Check {
    let name = CheckName::Trust;
    let Some(trusted) = &materials.trusted else {
        return Check::not_applicable(name, "no trust list was given; judge the issuer yourself");
    };
    if !proven {
        return Check::unknown(
            name,
            "who signed is not proven, so the list says nothing",
            None,
        );
    }
    match issuer.and_then(|id| trusted.get(id)) {
        Some(known) => Check::pass(
            name,
            format!("the issuer is on the list as {}", quoted(&known.name)),
        ),
        None => Check::unknown(
            name,
            "the issuer is not on the list; that alone is no fault of the credential",
            None,
        ),
    }
}
