//! The audit log: reading it, and finding out whether it was tampered with.

use entity::audit_record;
use uuid::Uuid;

use crate::{
    app::Op,
    identity::{
        audit::{self, PLATFORM},
        chain::{Checkpoint, End, Finding, Link, Marks, Walk},
        policy::{self, Action},
        store::{self, log},
    },
    kernel::{
        db::Reach,
        digest::hex,
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

/// Records that are held in memory at a time.
const PAGE: u64 = 1_000;

/// What a check of chains came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many chains were walked.
    pub chains: usize,
    /// How many records they have.
    pub records: u64,
    /// What is wrong; empty for an intact log.
    pub findings: Vec<Finding>,
}

/// How many records [`verify`] will pass.
pub async fn record_count(op: &Op, only: Option<&str>) -> Result<u64> {
    policy::permit_operator(&op.actor)?;
    log::record_count(&op.app.db.read(Reach::System).await?, only).await
}

/// Walks every chain, or only one, from its start to its head, and holds it against what
/// checkpoints tell. `passed` is told how many records each step passed. At the machine only.
pub async fn verify(
    op: &Op,
    only: Option<&str>,
    marks: &Marks,
    mut passed: impl FnMut(u64),
) -> Result<Verified> {
    policy::permit_operator(&op.actor)?;
    let mut chains = log::chains(&op.app.db.read(Reach::System).await?).await?;
    // A chain of which nothing is left, either.
    chains.extend(marks.chains().map(str::to_owned));
    let mut verified = Verified::default();
    for chain in chains
        .iter()
        .filter(|c| only.is_none_or(|only| only == c.as_str()))
    {
        walk(op, chain, marks, &mut verified, &mut passed).await?;
    }
    Ok(verified)
}

async fn walk(
    op: &Op,
    chain: &str,
    marks: &Marks,
    verified: &mut Verified,
    passed: &mut impl FnMut(u64),
) -> Result<()> {
    let mut walk = Walk::new(chain, marks);
    let mut after = i64::MIN;
    let mut is_tried_again = false;
    let head = loop {
        let db = op.app.db.read(Reach::System).await?;
        let rows = log::records_after(&db, chain, after, PAGE).await?;
        for row in &rows {
            after = row.sequence;
            verified.findings.extend(walk.step(link(row)));
        }
        verified.records += rows.len() as u64;
        passed(rows.len() as u64);
        if !rows.is_empty() {
            is_tried_again = false;
            continue;
        }
        let head = log::head(&db, chain).await?.map(end);
        drop(db);
        // Records that came meanwhile are there with their head; those that are not were cut off.
        if is_tried_again || !walk.is_before(head.as_ref()) {
            break head;
        }
        is_tried_again = true;
    };
    verified.findings.extend(walk.end(head.as_ref()));
    verified.chains += 1;
    Ok(())
}

fn link(row: &audit_record::Model) -> Link {
    Link {
        sequence: row.sequence,
        previous: hex(&row.previous_hash),
        hash: hex(&row.hash),
        computed: hex(&audit::hash(row)),
    }
}

fn end(head: entity::audit_head::Model) -> End {
    End {
        chain: head.chain,
        sequence: head.sequence,
        hash: hex(&head.hash),
    }
}

/// Where every chain ends now. At the machine only.
pub async fn checkpoint(op: &Op) -> Result<Checkpoint> {
    policy::permit_operator(&op.actor)?;
    let heads = log::heads(&op.app.db.read(Reach::System).await?).await?;
    Ok(Checkpoint {
        at: op.now.to_string(),
        chains: heads.into_iter().map(end).collect(),
    })
}

/// The chain that the actor may read: their provider's; for the platform's administrators, the
/// platform's, or that of a provider that they name.
async fn readable(op: &Op, named: Option<Uuid>) -> Result<String> {
    policy::permit(&op.actor, Action::ViewAudit)?;
    if op.actor.provider().is_none() && named.is_none() {
        return Ok(PLATFORM.to_owned());
    }
    let provider = policy::permit_for_provider(&op.actor, Action::ViewAudit, named)?;
    match store::provider(op.app.db.public(), provider).await? {
        Some(_) => Ok(provider.to_string()),
        None => Err(Error::NotFound("this provider".to_owned())),
    }
}

/// A page of audit records, in the order of their chain, of one action or one target where these
/// are named.
pub async fn records(
    op: &Op,
    provider: Option<Uuid>,
    action: Option<&str>,
    target: Option<&str>,
    page: &PageRequest,
) -> Result<Page<audit_record::Model>> {
    let chain = readable(op, provider).await?;
    log::records(&op.read().await?, &chain, action, target, page).await
}

/// Where a chain ends.
pub async fn head(op: &Op, provider: Option<Uuid>) -> Result<End> {
    let chain = readable(op, provider).await?;
    let head = log::head(&op.read().await?, &chain).await?;
    Ok(head.map_or_else(
        || End {
            chain,
            sequence: 0,
            hash: "0".repeat(64),
        },
        end,
    ))
}
