//! Row-level security on PostgreSQL: the second wall between tenants.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::alter::run;

/// Lets a connection see the rows of the tenant that its setting `attestry.tenant` names, and no
/// others: a provider's id, `platform`, or `system` for what the program does on nobody's behalf.
/// Without the setting it sees none. `FORCE` binds the tables' owner, too; nothing binds a
/// superuser, so the service does not connect as one.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What belongs to a tenant by its `provider_id`, and is hidden from platform administrators.
const OWN: &[&str] = &[
    "learner",
    "invitation",
    "assessment_plan",
    "plan_version",
    "plan_statement",
    "assessment",
    "assessment_transition",
    "observation",
    "evidence",
    "evidence_file",
    "decision",
    "demonstration",
    "carry_over",
    "credential",
    "reissue",
    "status_list",
    "signing_key",
    "data_key",
    "bulk_job",
    "bulk_problem",
    "event",
    "webhook",
    "webhook_delivery",
];

/// What platform administrators look after, too.
const SHARED: &[&str] = &["member", "member_identity", "api_key"];

const TENANT: &str = "current_setting('attestry.tenant', true)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for (table, rule) in rules() {
            let steps = [
                format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
                format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"),
                format!("CREATE POLICY tenant ON {table} USING ({rule})"),
            ];
            run(manager, &steps.each_ref().map(String::as_str)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for (table, _) in rules() {
            let steps = [
                format!("DROP POLICY tenant ON {table}"),
                format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"),
                format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
            ];
            run(manager, &steps.each_ref().map(String::as_str)).await?;
        }
        Ok(())
    }
}

/// Each table with the condition under which a row is there.
fn rules() -> Vec<(&'static str, String)> {
    let own = |column: &str| format!("{TENANT} = 'system' OR {column} = {TENANT}");
    let shared =
        |column: &str| format!("{TENANT} IN ('system', 'platform') OR {column} = {TENANT}");
    let mut rules = Vec::new();
    for table in OWN {
        rules.push((*table, own("provider_id::text")));
    }
    for table in SHARED {
        rules.push((*table, shared("provider_id::text")));
    }
    // The parent's own rule decides.
    rules.push((
        "member_role",
        "EXISTS (SELECT 1 FROM member m WHERE m.id = member_id)".to_owned(),
    ));
    rules.push((
        "status_change",
        "EXISTS (SELECT 1 FROM credential c WHERE c.id = credential_id)".to_owned(),
    ));
    // What a tenant's first record decides for all is told in the platform's chain: they write
    // there, see the hash that theirs follows, and read nothing.
    let write = format!("{} OR chain = 'platform'", shared("chain"));
    let record = format!("{}) WITH CHECK ({write}", shared("chain"));
    rules.push(("audit_record", record));
    let head = format!("{} OR chain = 'platform'", shared("chain"));
    rules.push(("audit_head", head));
    rules
}
