//! Plans and their versions.

use std::collections::BTreeSet;

use entity::{assessment_plan, plan_version};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::Op,
    assessment::{model::PlanContent, rules, store},
    catalog,
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        checks::Checks,
        clock, digest,
        errors::{Error, Result},
        json as strict,
    },
};

/// Creates a plan over published statements, with its first version.
pub async fn create_plan(op: &Op, name: String, content: PlanContent) -> Result<store::Plan> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManagePlans)?;
    check(&name, &content)?;
    let tx = op.write_tx().await?;
    check_statements(&*tx, &content, &[]).await?;
    let row = assessment_plan::Model {
        id: op.new_id(),
        provider_id: provider,
        name,
        newest_version: 1,
        archived_at: None,
        created_at: clock::to_millis(op.now),
    };
    let plan = version(op, row, content)?;
    store::insert_plan(&*tx, &plan).await?;
    let change = Change {
        provider: Some(provider),
        action: "assessment_plan.create",
        target: plan.row.id.to_string(),
        before: None,
        after: Some(told(&plan)),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(plan)
}

/// Changes a plan by `revise`, which is given its name and newest content. A new content makes the
/// next version; assessments that have started keep theirs. When nothing changes, nothing is done.
pub async fn revise_plan(
    op: &Op,
    id: Uuid,
    revise: impl FnOnce(&mut String, &mut PlanContent) + Send,
) -> Result<store::Plan> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManagePlans)?;
    let tx = op.write_tx().await?;
    let old = take(&*tx, provider, id).await?;
    if old.row.archived_at.is_some() {
        let remedy = "this plan is archived: create another";
        return Err(Error::invalid("input.planId", "PLAN_ARCHIVED", remedy));
    }
    let (mut row, mut content) = (old.row.clone(), old.content.clone());
    revise(&mut row.name, &mut content);
    check(&row.name, &content)?;
    check_statements(&*tx, &content, &old.content.statements).await?;
    let plan = if content == old.content {
        store::Plan { row, ..old.clone() }
    } else {
        row.newest_version += 1;
        let plan = version(op, row, content)?;
        store::insert_version(&*tx, &plan).await?;
        plan
    };
    if plan.row == old.row {
        return Ok(plan);
    }
    store::update_plan(&*tx, &plan.row).await?;
    let change = Change {
        provider: Some(provider),
        action: "assessment_plan.revise",
        target: plan.row.id.to_string(),
        before: Some(told(&old)),
        after: Some(told(&plan)),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(plan)
}

/// Puts a plan away: no assessment is opened under it any more; those that are go on. To archive
/// it once more changes nothing.
pub async fn archive_plan(op: &Op, id: Uuid) -> Result<store::Plan> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManagePlans)?;
    let tx = op.write_tx().await?;
    let mut plan = take(&*tx, provider, id).await?;
    if plan.row.archived_at.is_some() {
        return Ok(plan);
    }
    plan.row.archived_at = Some(clock::to_millis(op.now));
    store::update_plan(&*tx, &plan.row).await?;
    let change = Change {
        provider: Some(provider),
        action: "assessment_plan.archive",
        target: plan.row.id.to_string(),
        before: Some(json!({"archivedAt": null})),
        after: Some(json!({"archivedAt": plan.row.archived_at})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(plan)
}

/// A plan, locked until the transaction ends, so that each version has a number of its own.
async fn take(c: &impl ConnectionTrait, provider: Uuid, id: Uuid) -> Result<store::Plan> {
    store::lock_plan(c, provider, id).await?;
    let plan = store::plan(c, provider, id).await?;
    plan.ok_or_else(|| Error::NotFound("this assessment plan".to_owned()))
}

fn check(name: &str, content: &PlanContent) -> Result<()> {
    let mut checks = Checks::default();
    checks.text(name, 200, "name");
    let mut problems = checks.into_problems();
    problems.extend(rules::check_plan(content));
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// That a plan names statements of versions that are published and not deprecated; of those `had`
/// already it may keep any.
async fn check_statements(
    c: &impl ConnectionTrait,
    content: &PlanContent,
    had: &[Uuid],
) -> Result<()> {
    let known = catalog::store::published_statements(c, &content.statements).await?;
    let known: BTreeSet<_> = known.iter().chain(had).collect();
    match content.statements.iter().find(|id| !known.contains(id)) {
        Some(unknown) => Err(Error::invalid(
            "input.statementIds",
            "UNKNOWN_STATEMENT",
            format!(
                "no published statement has the id {unknown}, or its version is deprecated: take ids from the catalog"
            ),
        )),
        None => Ok(()),
    }
}

/// The plan at a version of its newest number, with this content.
fn version(op: &Op, row: assessment_plan::Model, content: PlanContent) -> Result<store::Plan> {
    let told = serde_json::to_value(&content).map_err(Error::internal)?;
    let text = String::from_utf8(strict::canonical(&told)).map_err(Error::internal)?;
    Ok(store::Plan {
        version: plan_version::Model {
            id: op.new_id(),
            provider_id: row.provider_id,
            plan_id: row.id,
            number: row.newest_version,
            digest: digest::sha256(text.as_bytes()).to_vec(),
            content: text,
            created_at: clock::to_millis(op.now),
        },
        row,
        content,
    })
}

fn told(plan: &store::Plan) -> Value {
    json!({
        "name": plan.row.name, "version": plan.version.number,
        "digest": digest::hex(&plan.version.digest),
    })
}
