//! Learners who sign in, members who come with another's token, bulk jobs, events and webhooks.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    alter::{add_columns, drop_columns, refers, tenant_table},
    index,
};

/// Adds who else may sign in, and what runs besides requests.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 7] = [
    "webhook_delivery",
    "webhook",
    "event",
    "bulk_problem",
    "bulk_job",
    "member_identity",
    "invitation",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "learner", vec![big_integer_null("erased_at")]).await?;
        let more = vec![uuid_null("learner_id"), text_null("platform_role")];
        add_columns(manager, "api_key", more).await?;
        index(manager, "api_key", &["learner_id"], false).await?;
        invitation(manager).await?;
        member_identity(manager).await?;
        bulk(manager).await?;
        events(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        let drop = Index::drop()
            .name("ix_api_key_learner_id")
            .table("api_key")
            .to_owned();
        manager.drop_index(drop).await?;
        // Keys of learners have no holder there, and so open nothing.
        drop_columns(manager, "api_key", &["learner_id", "platform_role"]).await?;
        drop_columns(manager, "learner", &["erased_at"]).await
    }
}

async fn invitation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        uuid("learner_id"),
        blob("digest"),
        big_integer("created_at"),
        big_integer("expires_at"),
        big_integer_null("accepted_at"),
        big_integer_null("revoked_at"),
    ];
    tenant_table(manager, "invitation", columns, &[("learner_id", "learner")]).await?;
    index(manager, "invitation", &["digest"], true).await?;
    index(manager, "invitation", &["learner_id"], false).await
}

async fn member_identity(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "member_identity";
    let create = Table::create()
        .table(table)
        .col(text("issuer"))
        .col(text("subject"))
        .col(uuid("provider_id"))
        .col(uuid("member_id"))
        .col(big_integer("created_at"))
        .primary_key(
            Index::create()
                .col("issuer")
                .col("subject")
                .col("provider_id"),
        )
        .foreign_key(&mut refers(table, "provider_id", "provider"))
        .foreign_key(&mut refers(table, "member_id", "member"))
        .to_owned();
    manager.create_table(create).await
}

async fn bulk(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("kind"),
        uuid_null("plan_id"),
        boolean("skip_bad_lines"),
        boolean("dry_run"),
        text("state"),
        big_integer("total_rows"),
        big_integer("accepted_rows"),
        big_integer("refused_rows"),
        text("created_by"),
        big_integer("created_at"),
        big_integer_null("finished_at"),
    ];
    tenant_table(
        manager,
        "bulk_job",
        columns,
        &[("plan_id", "assessment_plan")],
    )
    .await?;
    index(manager, "bulk_job", &["provider_id", "id"], false).await?;
    let columns = vec![
        uuid("job_id"),
        big_integer("line"),
        text("column_name"),
        text("code"),
        text("message"),
    ];
    tenant_table(manager, "bulk_problem", columns, &[("job_id", "bulk_job")]).await?;
    index(manager, "bulk_problem", &["job_id", "id"], false).await
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![text("kind"), text("payload"), big_integer("created_at")];
    tenant_table(manager, "event", columns, &[]).await?;
    index(manager, "event", &["created_at"], false).await?;
    let columns = vec![
        text("url"),
        blob("sealed_secret"),
        text("kinds"),
        big_integer("created_at"),
        big_integer_null("disabled_at"),
    ];
    tenant_table(manager, "webhook", columns, &[]).await?;
    index(manager, "webhook", &["provider_id", "id"], false).await?;
    let columns = vec![
        uuid("webhook_id"),
        uuid("event_id"),
        text("state"),
        integer("attempts"),
        big_integer("due_at"),
        integer_null("last_status"),
        text_null("last_error"),
        big_integer_null("delivered_at"),
    ];
    let parents = &[("webhook_id", "webhook"), ("event_id", "event")];
    tenant_table(manager, "webhook_delivery", columns, parents).await?;
    index(manager, "webhook_delivery", &["state", "due_at"], false).await?;
    index(manager, "webhook_delivery", &["provider_id", "id"], false).await
}
