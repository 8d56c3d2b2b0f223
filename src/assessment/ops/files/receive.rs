//! Taking in a file's bytes, as they come.

use std::{fmt::Display, pin::pin};

use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use super::disk;
use crate::{
    app::Op,
    assessment::files::{HEAD, file_name, fits},
    identity::policy::{self, Action},
    kernel::errors::{Error, Result},
};

/// What a client says of a file that it uploads.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its media type, parameters allowed.
    pub media_type: String,
    /// What its uploader calls it; may be empty.
    pub name: String,
    /// How many bytes it has, where that is announced.
    pub size: Option<u64>,
}

/// A file that came whole, durable under a name for the time being: it is gone when this is dropped.
#[derive(Debug)]
pub struct Received {
    pub(super) temporary: TempPath,
    pub(super) digest: [u8; 32],
    pub(super) media_type: String,
    pub(super) size: i64,
    pub(super) name: String,
}

/// Receives a file, part by part, in memory of one part. Refuses, with codes: `UNSUPPORTED_MEDIA_TYPE`,
/// `TOO_LARGE` (as soon as it is), `EMPTY`, `BROKEN` (the parts end in an error) and
/// `NOT_OF_ITS_TYPE` (its first bytes are not those of the type declared).
pub async fn receive<B, E>(
    op: &Op,
    new: NewFile,
    parts: impl Stream<Item = Result<B, E>>,
) -> Result<Received>
where
    B: AsRef<[u8]>,
    E: Display,
{
    policy::permit_in_tenant(&op.actor, Action::UploadEvidence)?;
    let limits = &op.app.config.evidence;
    let refuse = |problem| Error::Invalid(vec![problem]);
    let media_type = limits.media_type(&new.media_type).map_err(refuse)?;
    limits.size(new.size.unwrap_or(0)).map_err(refuse)?;
    let (mut file, temporary) = disk::temporary(op.app.config.evidence_dir()).await?;
    let (mut size, mut hash, mut head) = (0_u64, Sha256::new(), Vec::with_capacity(HEAD));
    let mut parts = pin!(parts);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|e| {
            Error::invalid(
                "body",
                "BROKEN",
                format!("the file broke off ({e}): send it again"),
            )
        })?;
        let part = part.as_ref();
        size = size.saturating_add(part.len() as u64);
        limits.size(size).map_err(refuse)?;
        head.extend(part.iter().take(HEAD - head.len()));
        hash.update(part);
        file.write_all(part)
            .await
            .map_err(disk::failed("evidence"))?;
    }
    if size == 0 {
        return Err(Error::invalid("body", "EMPTY", "send the file's bytes"));
    }
    if !fits(&media_type, &head) {
        let why = format!("this does not begin as {media_type} does: declare what it is");
        return Err(Error::invalid("body", "NOT_OF_ITS_TYPE", why));
    }
    file.flush().await.map_err(disk::failed("evidence"))?;
    file.sync_all().await.map_err(disk::failed("evidence"))?;
    Ok(Received {
        temporary,
        digest: hash.finalize().into(),
        media_type,
        size: i64::try_from(size).map_err(Error::internal)?,
        name: file_name(&new.name),
    })
}
