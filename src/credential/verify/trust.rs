//! The reader's own list of issuers.

use super::inspect::quoted;
use super::materials::Materials;
use super::report::{Check, CheckName};

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
            format!("the issuer is on the list as {}", quoted(known)),
        ),
        None => Check::unknown(
            name,
            "the issuer is not on the list; that alone is no fault of the credential",
            None,
        ),
    }
}
