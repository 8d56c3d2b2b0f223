//! Reading the audit log, and checking its chains.

use std::collections::BTreeMap;

use attestry::{
    identity::audit,
    kernel::db::{Db, Reach},
};
use entity::{audit_head, audit_record};
use sea_orm::{EntityTrait, QueryOrder};

/// Checks every chain from its start to its head, and counts each one's records.
pub(crate) async fn check_chains(db: &Db) -> BTreeMap<String, i64> {
    let all = db.read(Reach::System).await;
    let db = &all.expect("the database answers");
    let rows = audit_record::Entity::find()
        .order_by_asc(audit_record::Column::Chain)
        .order_by_asc(audit_record::Column::Sequence)
        .all(db)
        .await
        .expect("the log can be read");
    let mut ends: BTreeMap<String, (i64, Vec<u8>)> = BTreeMap::new();
    for row in rows {
        let end = ends
            .entry(row.chain.clone())
            .or_insert_with(|| (0, vec![0; 32]));
        assert_eq!(row.sequence, end.0 + 1, "a gap in the chain {}", row.chain);
        assert_eq!(row.previous_hash, end.1, "a broken link: {row:?}");
        assert_eq!(row.hash, audit::hash(&row), "a changed record: {row:?}");
        *end = (row.sequence, row.hash);
    }
    let heads = audit_head::Entity::find().all(db).await;
    let heads = heads.expect("the heads can be read").into_iter();
    let heads: BTreeMap<_, _> = heads.map(|h| (h.chain, (h.sequence, h.hash))).collect();
    assert_eq!(heads, ends, "the heads are not the ends of the chains");
    ends.into_iter()
        .map(|(chain, end)| (chain, end.0))
        .collect()
}
