//! What a client is told, and given.

use std::io::SeekFrom;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_RANGE, LOCATION, RANGE, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use futures_util::stream::try_unfold;
use serde_json::json;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::{disposition, range};
use crate::assessment::ops::files::StoredFile;
use crate::kernel::{digest, errors::Error, ids};
use crate::web::conditional::Document;
use crate::web::json_response;
use crate::web::middleware::error_response;
use crate::web::request_id::RequestId;

/// Bytes that are read at a time.
const PART: usize = 64 * 1024;

/// 201, with the file's id and what is known of it.
pub(super) fn kept(row: &StoredFile) -> Response {
    let id = ids::global("EvidenceFile", row.id);
    let location = [(LOCATION, format!("/evidence/{id}"))];
    let body = json!({
        "file": id,
        "digest": format!("sha256:{}", digest::hex(&row.digest)),
        "size": row.size,
        "mediaType": row.media_type,
        "name": row.name,
    });
    (location, json_response(StatusCode::CREATED, &body)).into_response()
}

/// Nothing was kept, or there is nothing to give.
pub(super) fn failed(error: &Error, id: &RequestId) -> Response {
    let refuse = |status, code: &str| error_response(status, code, &error.to_string(), Some(id));
    match error {
        Error::Unauthenticated(_) => {
            let response = refuse(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED");
            ([(WWW_AUTHENTICATE, "Bearer")], response).into_response()
        }
        Error::Forbidden(_) => refuse(StatusCode::FORBIDDEN, "FORBIDDEN"),
        Error::NotFound(_) => refuse(StatusCode::NOT_FOUND, "NOT_FOUND"),
        Error::Invalid(problems) => {
            let code = problems.first().map_or("INVALID", |p| p.code);
            refuse(status(code), code)
        }
        Error::Internal(_) => {
            let request_id = id.as_str();
            tracing::error!(request_id, %error, "evidence could not be kept or given out");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            error_response(status, "INTERNAL", "Internal error", Some(id))
        }
    }
}

fn status(code: &str) -> StatusCode {
    match code {
        "TOO_LARGE" => StatusCode::PAYLOAD_TOO_LARGE,
        "UNSUPPORTED_MEDIA_TYPE" | "NOT_OF_ITS_TYPE" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The file, or the part of it that is asked for.
pub(super) async fn given(headers: &HeaderMap, row: &StoredFile, file: File) -> Response {
    let tag = digest::hex(&row.digest);
    let document = Document {
        content_type: "application/octet-stream",
        cache: "no-store",
        tag: &tag,
        modified: None,
    };
    if document.is_held(headers) {
        return document.not_modified();
    }
    let size = u64::try_from(row.size).unwrap_or(0);
    let (status, first, length) = match wanted(headers, &tag, size) {
        None => (StatusCode::OK, 0, size),
        Some(Some((first, last))) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Some(None) => {
            let range = [(CONTENT_RANGE, format!("bytes */{size}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, range).into_response();
        }
    };
    let mut told: Vec<(HeaderName, String)> = vec![
        (CONTENT_TYPE, row.media_type.clone()),
        (CONTENT_LENGTH, length.to_string()),
        (CONTENT_DISPOSITION, disposition::attachment(&row.name)),
        (
            CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'".to_owned(),
        ),
        (CACHE_CONTROL, "no-store".to_owned()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (ETAG, format!("\"{tag}\"")),
    ];
    if status == StatusCode::PARTIAL_CONTENT {
        let last = first + length - 1;
        told.push((CONTENT_RANGE, format!("bytes {first}-{last}/{size}")));
    }
    (status, AppendHeaders(told), bytes(file, first, length)).into_response()
}

/// The range that is asked for: `None` for all, `Some(None)` for one that there is not.
fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Option<Option<(u64, u64)>> {
    let text = |name: HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or_default());
    let quoted = format!("\"{tag}\"");
    // A part of another file would be put to what the reader has.
    if text(IF_RANGE).is_some_and(|held| held != quoted) {
        return None;
    }
    range::parse(text(RANGE)?, size)
}

/// `length` bytes of a file from `first` on, read as the client takes them.
fn bytes(file: File, first: u64, length: u64) -> Body {
    let parts = try_unfold(
        (file, Some(first), length),
        |(mut file, seek, left)| async move {
            if left == 0 {
                return Ok::<_, std::io::Error>(None);
            }
            if let Some(first) = seek {
                file.seek(SeekFrom::Start(first)).await?;
            }
            let mut part = vec![0; PART.min(usize::try_from(left).unwrap_or(PART))];
            let read = file.read(&mut part).await?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            part.truncate(read);
            Ok(Some((part, (file, None, left - read as u64))))
        },
    );
    Body::from_stream(parts)
}
