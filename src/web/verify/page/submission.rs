//! What the form sends: the record, and what the reader brings along to judge it with.

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};

use crate::credential::verify::{Inspected, MaterialError, Materials, Problem, inspect};
use crate::kernel::text::{excerpt, plain};
use crate::web::media_type::MediaType;

/// The fields of the form.
pub(super) mod field {
    /// The record as text.
    pub(in super::super) const TEXT: &str = "text";
    /// The record as a file.
    pub(in super::super) const FILE: &str = "file";
    /// Issuers' documents.
    pub(in super::super) const ISSUER: &str = "issuer";
    /// Status lists.
    pub(in super::super) const STATUS: &str = "status";
    /// Framework documents.
    pub(in super::super) const FRAMEWORK: &str = "framework";
    /// The list of trusted issuers.
    pub(in super::super) const TRUST: &str = "trust";
    /// The challenge that a presentation must answer.
    pub(in super::super) const CHALLENGE: &str = "challenge";
    /// The domain that a presentation must be meant for.
    pub(in super::super) const DOMAIN: &str = "domain";
}

/// The most parts that are read: more files than any one record needs.
const MAX_PARTS: usize = 64;

/// The most characters of a detail: it may tell what others wrote.
const LONGEST: usize = 1_000;

/// A record to judge.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) inspected: Inspected,
    pub(super) materials: Materials,
    /// The challenge that a presentation must answer.
    pub(super) challenge: Option<String>,
    /// The domain that a presentation must be meant for.
    pub(super) domain: Option<String>,
}

/// Why nothing was judged.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    /// What is the matter, in a few words.
    pub(super) heading: &'static str,
    /// Why, and the remedy.
    pub(super) detail: String,
    /// The specification's problem type, where the record itself is at fault.
    pub(super) problem: Option<Problem>,
}

impl Refused {
    pub(super) fn new(status: StatusCode, heading: &'static str, detail: impl AsRef<str>) -> Self {
        Self {
            status,
            heading,
            detail: plain(&excerpt(detail.as_ref(), LONGEST)),
            problem: None,
        }
    }

    fn form(detail: impl AsRef<str>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "That could not be read", detail)
    }
}

/// The content type, where it is that of a form with files.
pub(super) fn content_type(header: Option<&HeaderValue>) -> Result<HeaderValue, Refused> {
    let is_form = |value: &&HeaderValue| {
        let text = value.to_str().unwrap_or_default();
        MediaType::parse(text).essence == "multipart/form-data"
    };
    header.filter(is_form).cloned().ok_or_else(|| {
        Refused::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "That could not be read",
            "This page takes multipart/form-data, as its own form sends it. Use the form; \
             programs send JSON to /credentials/verify.",
        )
    })
}

/// Reads the form and, of the record in it, as much as judging needs.
pub(super) async fn read(content_type: &HeaderValue, body: Bytes) -> Result<Submission, Refused> {
    let mut parts = multipart(content_type, body).await?;
    let mut record: Option<Bytes> = None;
    let mut materials = Materials::new();
    let (mut challenge, mut domain) = (None, None);
    let mut count = 0;
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        count += 1;
        if count > MAX_PARTS {
            return Err(Refused::form(format!(
                "There are more than {MAX_PARTS} fields and files. Send fewer."
            )));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = bytes(part).await?;
        // What was left empty comes all the same.
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match name.as_str() {
            field::TEXT | field::FILE => {
                if record.replace(bytes).is_some() {
                    return Err(Refused::form(
                        "There are two records, pasted and as a file. Give one at a time.",
                    ));
                }
            }
            field::CHALLENGE => challenge = Some(text(&bytes)?),
            field::DOMAIN => domain = Some(text(&bytes)?),
            name => add(&mut materials, name, &bytes)?,
        }
    }
    let record = record.ok_or_else(|| {
        Refused::new(
            StatusCode::BAD_REQUEST,
            "There is no record",
            "Paste a record, or choose its file, and send the form again.",
        )
    })?;
    let inspected = inspect(&record).map_err(|error| Refused {
        problem: Some(error.error),
        ..Refused::new(
            StatusCode::BAD_REQUEST,
            "This is no record",
            format!(
                "What was given cannot be read as a signed record, so nothing in it can be \
                 relied on: {}.",
                error.reason.trim_end_matches('.')
            ),
        )
    })?;
    Ok(Submission {
        inspected,
        materials,
        challenge,
        domain,
    })
}

async fn multipart(content_type: &HeaderValue, body: Bytes) -> Result<Multipart, Refused> {
    let mut request = Request::new(Body::from(body));
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, content_type.clone());
    // It is bounded already.
    DefaultBodyLimit::disable().apply(&mut request);
    let parts = Multipart::from_request(request, &()).await;
    parts.map_err(|_| Refused::form("The form names no boundary between its fields."))
}

async fn bytes(part: Field<'_>) -> Result<Bytes, Refused> {
    part.bytes().await.map_err(|error| broken(&error))
}

/// A line of text, without the spaces that copying leaves round it.
fn text(bytes: &[u8]) -> Result<String, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::form("A field is not UTF-8."))?;
    Ok(text.trim().to_owned())
}

fn broken(error: &MultipartError) -> Refused {
    Refused::form(format!(
        "The form is not well-formed: {}. Send it again.",
        error.body_text()
    ))
}

fn add(materials: &mut Materials, name: &str, bytes: &[u8]) -> Result<(), Refused> {
    let useless = |what: &str, error: MaterialError| {
        let heading = "A file that was given along cannot be used";
        let detail = format!("{what}: {error}; give another, or leave it out.");
        Err(Refused::new(StatusCode::BAD_REQUEST, heading, detail))
    };
    match name {
        field::ISSUER => match materials.add_issuer(bytes) {
            Ok(_) => Ok(()),
            Err(error) => useless("The issuer's document", error),
        },
        field::STATUS => match materials.add_status_list(bytes) {
            Ok(_) => Ok(()),
            Err(error) => useless("The status list", error),
        },
        field::FRAMEWORK => {
            materials.add_framework(bytes);
            Ok(())
        }
        field::TRUST => match materials.set_trust_list(bytes) {
            Ok(()) => Ok(()),
            Err(error) => useless("The list of trusted issuers", error),
        },
        other => Err(Refused::form(format!(
            "The form has no field named {:?}. Leave it out.",
            excerpt(other, 60)
        ))),
    }
}
