//! Versions of plans, the states of assessments, corrections, evidence files, carried-over
//! demonstrations.

mod plans;

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    alter::{Kind, add_columns, add_required, drop_columns, run, tenant_table},
    index,
};

/// Makes plans versioned, gives every row its tenant, and adds what assessments go through.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        plans::up(manager).await?;
        assessments(manager).await?;
        observations(manager).await?;
        decisions(manager).await?;
        carry_over(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name) in [
            ("observation", "ix_observation_supersedes_id"),
            ("assessment", "ix_assessment_plan_id_learner_id"),
            (
                "demonstration",
                "ix_demonstration_provider_id_learner_id_statement_id",
            ),
        ] {
            let drop = Index::drop().name(name).table(table).to_owned();
            manager.drop_index(drop).await?;
        }
        for (table, columns) in ADDED {
            drop_columns(manager, table, columns).await?;
        }
        for table in ["carry_over", "evidence_file", "assessment_transition"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        run(
            manager,
            &[
                "UPDATE assessment SET state = 'DECIDED' WHERE state IN ('APPEALED', 'RE_DECIDED', 'WITHDRAWN')",
                "UPDATE assessment SET state = 'OPEN' WHERE state <> 'DECIDED'",
            ],
        )
        .await?;
        plans::down(manager).await
    }
}

/// The columns that tables have more than before.
const ADDED: &[(&str, &[&str])] = &[
    (
        "assessment",
        &["plan_version_id", "planned_for", "agreed_at"],
    ),
    (
        "observation",
        &["provider_id", "criteria", "method", "supersedes_id"],
    ),
    ("evidence", &["provider_id", "file_id"]),
    (
        "decision",
        &["provider_id", "plan_version_id", "member_id", "as_of"],
    ),
    (
        "demonstration",
        &["plan_version_id", "valid_until", "withdrawn_at"],
    ),
];

async fn assessments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // A plan's first version has the plan's own id.
    add_required(
        manager,
        "assessment",
        "plan_version_id",
        Kind::Uuid,
        "plan_id",
    )
    .await?;
    let more = vec![
        big_integer_null("planned_for"),
        big_integer_null("agreed_at"),
    ];
    add_columns(manager, "assessment", more).await?;
    index(manager, "assessment", &["plan_id", "learner_id"], false).await?;
    tenant_table(
        manager,
        "assessment_transition",
        vec![
            uuid("assessment_id"),
            text("from_state"),
            text("to_state"),
            text("actor"),
            text("reason"),
            big_integer("at"),
        ],
        &[("assessment_id", "assessment")],
    )
    .await?;
    let columns = &["assessment_id", "id"];
    index(manager, "assessment_transition", columns, false).await
}

async fn observations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let tenant = "(SELECT a.provider_id FROM assessment a WHERE a.id = observation.assessment_id)";
    add_required(manager, "observation", "provider_id", Kind::Uuid, tenant).await?;
    let more = vec![
        text_null("criteria"),
        text_null("method"),
        uuid_null("supersedes_id"),
    ];
    add_columns(manager, "observation", more).await?;
    // Of two corrections of one observation, only one can be.
    index(manager, "observation", &["supersedes_id"], true).await?;
    tenant_table(
        manager,
        "evidence_file",
        vec![
            blob("digest"),
            text("media_type"),
            big_integer("size"),
            text("name"),
            text("uploaded_by"),
            big_integer("created_at"),
        ],
        &[],
    )
    .await?;
    index(manager, "evidence_file", &["provider_id", "digest"], false).await?;
    let tenant = "(SELECT o.provider_id FROM observation o WHERE o.id = evidence.observation_id)";
    add_required(manager, "evidence", "provider_id", Kind::Uuid, tenant).await?;
    add_columns(manager, "evidence", vec![uuid_null("file_id")]).await
}

async fn decisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let of = |column: &str, table: &str| {
        format!("(SELECT a.{column} FROM assessment a WHERE a.id = {table}.assessment_id)")
    };
    let tenant = of("provider_id", "decision");
    add_required(manager, "decision", "provider_id", Kind::Uuid, &tenant).await?;
    let version = of("plan_id", "decision");
    add_required(manager, "decision", "plan_version_id", Kind::Uuid, &version).await?;
    add_required(manager, "decision", "as_of", Kind::BigInteger, "decided_at").await?;
    add_columns(manager, "decision", vec![uuid_null("member_id")]).await?;
    let version = of("plan_id", "demonstration");
    add_required(
        manager,
        "demonstration",
        "plan_version_id",
        Kind::Uuid,
        &version,
    )
    .await?;
    let more = vec![
        big_integer_null("valid_until"),
        big_integer_null("withdrawn_at"),
    ];
    add_columns(manager, "demonstration", more).await?;
    let columns = &["provider_id", "learner_id", "statement_id"];
    index(manager, "demonstration", columns, false).await
}

async fn carry_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    tenant_table(
        manager,
        "carry_over",
        vec![
            uuid("from_statement_id"),
            uuid("to_statement_id"),
            boolean("accepted"),
            text("reason"),
            text("decided_by"),
            big_integer("decided_at"),
        ],
        &[
            ("from_statement_id", "statement"),
            ("to_statement_id", "statement"),
        ],
    )
    .await?;
    let columns = &["provider_id", "from_statement_id", "to_statement_id"];
    index(manager, "carry_over", columns, true).await
}
