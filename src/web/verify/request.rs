//! What a reader sends: the record, and what they bring along to judge it with.

use std::sync::Arc;

use super::options;
use crate::credential::verify::{Inspected, Kind, MaterialError, Materials, Problem, inspect};
use crate::kernel::json::{Json, ParseOptions, parse};
use crate::kernel::text::excerpt;

/// The VC API wants a request with members or options that are not known refused
/// (VCALM 1.0, sections 2.4 and 3.8), rather than half-heeded.
const UNKNOWN_OPTION: Problem = Problem {
    uri: "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED",
    name: "UNKNOWN_OPTION_PROVIDED",
};

/// What a reader sends to be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// A credential, as `verifiableCredential`.
    Credential,
    /// A presentation, as `verifiablePresentation`.
    Presentation,
}

impl Sent {
    pub(super) const fn member(self) -> &'static str {
        match self {
            Self::Credential => "verifiableCredential",
            Self::Presentation => "verifiablePresentation",
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Credential => Kind::Credential,
            Self::Presentation => Kind::Presentation,
        }
    }
}

/// A record to judge.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) inspected: Arc<Inspected>,
    pub(super) materials: Materials,
    /// The challenge that a presentation must answer.
    pub(super) challenge: Option<String>,
    /// The domain that a presentation must be meant for.
    pub(super) domain: Option<String>,
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

/// Reads `{"verifiableCredential": …, "options": {…}}`, or the same with a
/// `verifiablePresentation`. The record is an object (enveloped or not) or a string with a compact
/// JWT; for its options see [`options::read`].
pub(super) fn read(body: &[u8], sent: Sent) -> Result<Wanted, Rejection> {
    let member = sent.member();
    let body = parse(body, &ParseOptions::default()).map_err(|error| {
        let detail = format!("The body is not strict JSON: {error}");
        Rejection::new(Problem::PARSING_ERROR, detail)
    })?;
    known(&body, "the body", &[member, "options"])?;
    let record = body.get(member).ok_or_else(|| {
        malformed(format!(
            "The member {member} is missing: give the record there."
        ))
    })?;
    if record
        .as_str()
        .is_some_and(|text| text.trim_start().starts_with(['{', '[', '"', '<']))
    {
        return Err(malformed(format!(
            "The member {member} is a text that is no compact JWT: give a JSON document as an object."
        )));
    }
    let inspected =
        inspect(&bytes(record)).map_err(|error| Rejection::new(error.error, error.to_string()))?;
    if inspected.kind() != sent.kind() {
        return Err(malformed(match inspected.kind() {
            Kind::Credential => "This is a credential: send it to /credentials/verify.",
            Kind::Presentation => "This is a presentation: send it to /presentations/verify.",
        }));
    }
    let mut wanted = Wanted {
        inspected: Arc::new(inspected),
        materials: Materials::new(),
        challenge: None,
        domain: None,
        with_credential: false,
    };
    if let Some(options) = body.get("options") {
        options::read(&mut wanted, options, sent)?;
    }
    Ok(wanted)
}

/// The document that a member holds: the text of a string, or anything else in canonical form.
pub(super) fn bytes(value: &Json) -> Vec<u8> {
    match value {
        Json::String(text) => text.clone().into_bytes(),
        other => other.canonical(),
    }
}

pub(super) fn known(value: &Json, what: &str, names: &[&str]) -> Result<(), Rejection> {
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

pub(super) fn malformed(detail: impl Into<String>) -> Rejection {
    Rejection::new(Problem::MALFORMED_VALUE_ERROR, detail)
}

pub(super) fn useless(place: &str, error: &MaterialError) -> Rejection {
    malformed(format!("{place}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::{Sent, read};

    fn refused(body: &str) -> (&'static str, String) {
        let rejection = read(body.as_bytes(), Sent::Credential).expect_err(body);
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
        assert!(read(with("{}").as_bytes(), Sent::Credential).is_ok());
    }
}
