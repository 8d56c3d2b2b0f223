//! A body on its way into a file without a name: nothing of it is left when the process ends,
//! however it ends.

use std::{
    fs::File,
    io::{self, Seek},
    path::Path,
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header::CONTENT_LENGTH},
};
use futures_util::StreamExt;
use tokio::io::AsyncWriteExt;

/// Why a body was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// It is longer than this many bytes.
    #[error("The body is longer than {0} bytes. Split the table, and repeat its first line.")]
    TooLarge(u64),
    /// Nothing came for this many seconds.
    #[error("Nothing came for {0} s. Send it again.")]
    TooSlow(u64),
    /// It broke off.
    #[error("The body cannot be read to its end. Send it again.")]
    Broken,
    /// The machine failed.
    #[error("Internal error")]
    Io(#[from] io::Error),
}

impl Refused {
    /// The status and the code that tell it.
    pub(super) fn told(&self) -> (StatusCode, &'static str) {
        match self {
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE"),
            Self::TooSlow(_) => (StatusCode::REQUEST_TIMEOUT, "TIMEOUT"),
            Self::Broken => (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
            Self::Io(_) => (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL"),
        }
    }
}

/// A body that was taken.
pub(super) struct Spooled {
    /// Everything that was sent, from the start.
    pub(super) file: File,
    /// How many lines that is.
    pub(super) lines: u64,
}

/// Takes a body of at most `most` bytes that never stands still for `seconds`.
pub(super) async fn spool(
    headers: &HeaderMap,
    body: Body,
    folder: &Path,
    most: u64,
    seconds: u64,
) -> Result<Spooled, Refused> {
    let announced = headers.get(CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > most) {
        return Err(Refused::TooLarge(most));
    }
    let mut file = tokio::fs::File::from_std(tempfile::tempfile_in(folder)?);
    let mut parts = body.into_data_stream();
    let (mut bytes, mut lines, mut last) = (0_u64, 0_u64, b'\n');
    let patience = Duration::from_secs(seconds);
    loop {
        let part = match tokio::time::timeout(patience, parts.next()).await {
            Err(_) => return Err(Refused::TooSlow(seconds)),
            Ok(None) => break,
            Ok(Some(Err(_))) => return Err(Refused::Broken),
            Ok(Some(Ok(part))) => part,
        };
        bytes = bytes.saturating_add(part.len() as u64);
        if bytes > most {
            return Err(Refused::TooLarge(most));
        }
        lines += part.iter().filter(|byte| **byte == b'\n').count() as u64;
        last = part.last().copied().unwrap_or(last);
        file.write_all(&part).await?;
    }
    lines += u64::from(last != b'\n');
    file.flush().await?;
    let mut file = file.into_std().await;
    file.rewind()?;
    Ok(Spooled { file, lines })
}
