//! What a reader sends: the record, and what they bring along to judge it with.

use std::sync::Arc;

use crate::credential::verify::{Inspected, MaterialError, Materials, Problem, inspect};
use crate::kernel::json::{Json, ParseOptions, parse};
use crate::kernel::text::excerpt;

/// The VC API wants a request with members or options that are not known refused
/// (VCALM 1.0, sections 2.4 and 3.8), rather than half-heeded.
const UNKNOWN_OPTION: Problem = Problem {
    uri: "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED",
    name: "UNKNOWN_OPTION_PROVIDED",
};

/// A record to judge.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) inspected: Arc<Inspected>,
    pub(super) materials: Materials,
    /// Whether the answer shall hold the credential as it was read.
    pub(super) with_credential: bool,
}

/// Why nothing can be judged.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) problem: Problem,
    /// What is wrong, and the remedy.
    pub(super) detail: String,
}

impl Rejection {
    fn new(problem: Problem, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { problem, detail }
    }
}

/// Reads `{"verifiableCredential": …, "options": {…}}`. The record is an object (enveloped
/// or not) or a string with a compact JWT. Options, all optional:
/// - `returnCredential`: whether the answer holds the credential as it was read;
/// - `issuerDocuments`: DID documents or JWK Sets. Whoever gives one vouches for it;
/// - `statusLists`: compact JWTs, or enveloped credentials;
/// - `frameworks`: framework documents; a string is taken byte for byte, an object in its
///   canonical form (RFC 8785), which is how they are frozen;
/// - `trustList`: the issuers that the reader trusts.
pub(super) fn read(body: &[u8]) -> Result<Wanted, Rejection> {
    let body = parse(body, &ParseOptions::default()).map_err(|error| {
        let detail = format!("The body is not strict JSON: {error}");
        Rejection::new(Problem::PARSING_ERROR, detail)
    })?;
    known(&body, "the body", &["verifiableCredential", "options"])?;
    let record = body.get("verifiableCredential").ok_or_else(|| {
        malformed("The member verifiableCredential is missing: give the record there.")
    })?;
    let inspected =
        inspect(&bytes(record)).map_err(|error| Rejection::new(error.error, error.to_string()))?;
    let mut wanted = Wanted {
        inspected: Arc::new(inspected),
        materials: Materials::new(),
        with_credential: false,
    };
    if let Some(options) = body.get("options") {
        read_options(&mut wanted, options)?;
    }
    Ok(wanted)
}

fn read_options(wanted: &mut Wanted, options: &Json) -> Result<(), Rejection> {
    const LISTS: [&str; 3] = ["issuerDocuments", "statusLists", "frameworks"];
    let names = [LISTS.as_slice(), &["returnCredential", "trustList"]].concat();
    known(options, "options", &names)?;
    if let Some(value) = options.get("returnCredential") {
        wanted.with_credential = value.as_bool().ok_or_else(|| {
            malformed(format!(
                "options.returnCredential is {}: give true or false.",
                value.kind()
            ))
        })?;
    }
    let materials = &mut wanted.materials;
    for name in LISTS {
        let Some(value) = options.get(name) else {
            continue;
        };
        let items = value.as_array().ok_or_else(|| {
            malformed(format!(
                "options.{name} is {}: give an array.",
                value.kind()
            ))
        })?;
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
    if let Some(list) = options.get("trustList") {
        let set = materials.set_trust_list(&bytes(list));
        set.map_err(|error| useless("options.trustList", &error))?;
    }
    Ok(())
}

/// The document that a member holds: the text of a string, or anything else in canonical form.
fn bytes(value: &Json) -> Vec<u8> {
    match value {
        Json::String(text) => text.clone().into_bytes(),
        other => other.canonical(),
    }
}

fn known(value: &Json, what: &str, names: &[&str]) -> Result<(), Rejection> {
    let object = value
        .as_object()
        .ok_or_else(|| malformed(format!("There must be an object for {what}.")))?;
    match object.iter().find(|(name, _)| !names.contains(name)) {
        None => Ok(()),
        Some((name, _)) => Err(Rejection::new(
            UNKNOWN_OPTION,
            format!(
                "{:?} is not known in {what}: leave it out. Known are {}.",
                excerpt(name, 60),
                names.join(", ")
            ),
        )),
    }
}

fn malformed(detail: impl Into<String>) -> Rejection {
    Rejection::new(Problem::MALFORMED_VALUE_ERROR, detail)
}

fn useless(place: &str, error: &MaterialError) -> Rejection {
    malformed(format!("{place}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::read;

    fn refused(body: &str) -> (&'static str, String) {
        let rejection = read(body.as_bytes()).expect_err(body);
        (rejection.problem.name, rejection.detail)
    }

    #[test]
    fn what_cannot_be_understood_is_refused_with_its_place() {
        let with = |options: &str| {
            let record = r#"{"type":"VerifiableCredential"}"#;
            format!(r#"{{"verifiableCredential":{record},"options":{options}}}"#)
        };
        for (body, name, place) in [
            ("", "PARSING_ERROR", "body"),
            ("{\"a\":1,\"a\":1}", "PARSING_ERROR", "body"),
            ("[]", "MALFORMED_VALUE_ERROR", "the body"),
            ("{}", "MALFORMED_VALUE_ERROR", "verifiableCredential"),
            (
                r#"{"verifiableCredential":"a.b"}"#,
                "PARSING_ERROR",
                "no credential",
            ),
            (
                r#"{"verifiableCredential":7}"#,
                "PARSING_ERROR",
                "no credential",
            ),
            (
                r#"{"verifiableCredential":{"type":"Other"}}"#,
                "PARSING_ERROR",
                "no credential",
            ),
            (
                r#"{"credential":{}}"#,
                "UNKNOWN_OPTION_PROVIDED",
                "credential",
            ),
            (&with("[]"), "MALFORMED_VALUE_ERROR", "options"),
            (&with("null"), "MALFORMED_VALUE_ERROR", "options"),
            (
                &with(r#"{"challenge":"x"}"#),
                "UNKNOWN_OPTION_PROVIDED",
                "challenge",
            ),
            (
                &with(r#"{"returnCredential":1}"#),
                "MALFORMED_VALUE_ERROR",
                "options.returnCredential",
            ),
            (
                &with(r#"{"statusLists":{}}"#),
                "MALFORMED_VALUE_ERROR",
                "options.statusLists",
            ),
            (
                &with(r#"{"statusLists":["x"]}"#),
                "MALFORMED_VALUE_ERROR",
                "options.statusLists[0]",
            ),
            (
                &with(r#"{"issuerDocuments":[{"id":"did:web:a.example"},3]}"#),
                "MALFORMED_VALUE_ERROR",
                "options.issuerDocuments[1]",
            ),
            (
                &with(r#"{"trustList":{}}"#),
                "MALFORMED_VALUE_ERROR",
                "options.trustList",
            ),
        ] {
            let (refused_as, detail) = refused(body);
            assert_eq!(refused_as, name, "{body}: {detail}");
            assert!(detail.contains(place), "{body}: {detail}");
        }
        assert!(read(with("{}").as_bytes()).is_ok());
    }
}
