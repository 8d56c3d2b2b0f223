//! What a learner suggested that the catalog says.

use serde::Serialize;
use uuid::Uuid;

use super::At;

parts! {
    /// Other words that they suggested for a statement or an anchor.
    Correction {
        /// Its id.
        id: Uuid,
        /// The statement it is about.
        statement_id: Option<Uuid>,
        /// The occupation whose anchor it is about.
        occupation_id: Option<Uuid>,
        /// The anchor's kind.
        anchor_kind: Option<String>,
        /// The anchor's place within its kind.
        anchor_ordinal: Option<i32>,
        /// What it said then.
        old_text: String,
        /// What it should say.
        proposed_text: String,
        /// Why.
        reason: String,
        /// What became of it.
        state: String,
        /// Why it was accepted or declined.
        decision_reason: Option<String>,
        /// When it was suggested.
        created_at: At,
        /// When it was decided or withdrawn.
        decided_at: Option<At>,
    }
}
