//! Tables of the assessment room.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index;

/// Creates the tables of the assessment room.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        assessment_plan(manager).await?;
        plan_statement(manager).await?;
        assessment(manager).await?;
        observation(manager).await?;
        evidence(manager).await?;
        decision(manager).await?;
        demonstration(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "demonstration",
            "decision",
            "evidence",
            "observation",
            "assessment",
            "plan_statement",
            "assessment_plan",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

async fn assessment_plan(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("assessment_plan")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(text("name"))
                .col(text("method"))
                .col(integer("min_observations"))
                .col(integer("min_assessors"))
                .col(integer("lowest_rating"))
                .col(boolean("evidence_required"))
                .col(boolean("suspendable"))
                .col(integer_null("validity_days"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("assessment_plan", "provider_id")
                        .to("provider", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "assessment_plan", &["provider_id", "id"], false).await?;
    Ok(())
}

async fn plan_statement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("plan_statement")
                .col(uuid("plan_id"))
                .col(uuid("statement_id"))
                .col(integer("position"))
                .primary_key(Index::create().col("plan_id").col("statement_id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("plan_statement", "plan_id")
                        .to("assessment_plan", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("plan_statement", "statement_id")
                        .to("statement", "id"),
                )
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn assessment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("assessment")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(uuid("plan_id"))
                .col(uuid("learner_id"))
                .col(text("state"))
                .col(big_integer("created_at"))
                .col(big_integer_null("decided_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("assessment", "provider_id")
                        .to("provider", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("assessment", "plan_id")
                        .to("assessment_plan", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("assessment", "learner_id")
                        .to("learner", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "assessment", &["provider_id", "id"], false).await?;
    index(manager, "assessment", &["learner_id"], false).await?;
    Ok(())
}

async fn observation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("observation")
                .col(uuid("id"))
                .col(uuid("assessment_id"))
                .col(uuid("statement_id"))
                .col(uuid("assessor_id"))
                .col(integer("rating"))
                .col(text("context"))
                .col(big_integer("observed_at"))
                .col(big_integer("recorded_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("observation", "assessment_id")
                        .to("assessment", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("observation", "statement_id")
                        .to("statement", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("observation", "assessor_id")
                        .to("member", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "observation", &["assessment_id", "id"], false).await?;
    Ok(())
}

async fn evidence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("evidence")
                .col(uuid("id"))
                .col(uuid("observation_id"))
                .col(text("kind"))
                .col(text("value"))
                .col(text_null("name"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("evidence", "observation_id")
                        .to("observation", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "evidence", &["observation_id"], false).await?;
    Ok(())
}

async fn decision(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("decision")
                .col(uuid("id"))
                .col(uuid("assessment_id"))
                .col(text("decided_by"))
                .col(big_integer("decided_at"))
                .col(text("explanation"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("decision", "assessment_id")
                        .to("assessment", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "decision", &["assessment_id", "id"], false).await?;
    Ok(())
}

async fn demonstration(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("demonstration")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(uuid("learner_id"))
                .col(uuid("statement_id"))
                .col(uuid("assessment_id"))
                .col(uuid("decision_id"))
                .col(big_integer("demonstrated_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("demonstration", "provider_id")
                        .to("provider", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("demonstration", "learner_id")
                        .to("learner", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("demonstration", "statement_id")
                        .to("statement", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("demonstration", "assessment_id")
                        .to("assessment", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("demonstration", "decision_id")
                        .to("decision", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(
        manager,
        "demonstration",
        &["assessment_id", "statement_id"],
        true,
    )
    .await?;
    index(manager, "demonstration", &["provider_id", "id"], false).await?;
    index(manager, "demonstration", &["learner_id"], false).await?;
    Ok(())
}
