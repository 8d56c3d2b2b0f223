//! Other words that somebody suggests for a statement or an anchor.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// Other words that somebody suggests for a statement or an anchor.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The provider of who suggested it; empty for those of the platform.
    pub provider_id: Option<Uuid>,
    /// The provider whose framework it is about; empty for shared frameworks and anchors.
    pub owner_id: Option<Uuid>,
    /// Who suggested it, such as `member` or `learner` and their id; `erased` once they are.
    #[sea_orm(column_type = "Text")]
    pub suggested_by: String,
    /// The statement it is about.
    pub statement_id: Option<Uuid>,
    /// The occupation whose anchor it is about.
    pub occupation_id: Option<Uuid>,
    /// The anchor's kind.
    #[sea_orm(column_type = "Text", nullable)]
    pub anchor_kind: Option<String>,
    /// The anchor's place within its kind.
    pub anchor_ordinal: Option<i32>,
    /// What it said when it was suggested.
    #[sea_orm(column_type = "Text")]
    pub old_text: String,
    /// What it should say.
    #[sea_orm(column_type = "Text")]
    pub proposed: String,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// `OPEN`, `ACCEPTED`, `DECLINED` or `WITHDRAWN`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Why it was accepted or declined.
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_reason: Option<String>,
    /// The draft that it went into.
    pub draft_id: Option<Uuid>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it was accepted, declined or withdrawn, Unix milliseconds.
    pub decided_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
