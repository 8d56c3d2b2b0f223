//! What a plan's content must be like.

use std::collections::BTreeSet;

use crate::{
    assessment::model::{Attainment, AttainmentKind, Criterion, PlanContent, Rule, Scale},
    kernel::{
        checks::{Checks, is_slug},
        errors::Problem,
    },
};

/// Statements in one plan at most.
const MAX_STATEMENTS: usize = 200;
/// Criteria in one rubric at most.
const MAX_CRITERIA: usize = 20;
/// Ratings on one scale at most.
const MAX_RATINGS: usize = 10;
/// A hundred years.
const MAX_DAYS: i32 = 36_500;

/// All that is wrong with a plan's content, at the fields of the input; empty when nothing is.
/// That the statements are there and published is not looked at.
#[must_use]
pub fn check_plan(plan: &PlanContent) -> Vec<Problem> {
    let mut checks = Checks::default();
    let count = plan.statements.len();
    checks.require(
        (1..=MAX_STATEMENTS).contains(&count),
        "statementIds",
        "BAD_LENGTH",
        &format!("give 1 to {MAX_STATEMENTS} statements"),
    );
    once(&mut checks, &plan.statements, "statementIds", "statement");
    checks.require(
        !plan.methods.is_empty(),
        "methods",
        "REQUIRED",
        "name at least one method by which competence is looked at",
    );
    once(&mut checks, &plan.methods, "methods", "method");
    check_scale(&mut checks, &plan.scale);
    check_criteria(&mut checks, &plan.criteria, &plan.scale);
    check_rule(&mut checks, &plan.rule, &plan.scale);
    if let Some(days) = plan.validity_days {
        checks.range(days, 1, MAX_DAYS, "validityDays");
    }
    check_attainment(&mut checks, plan);
    checks.into_problems()
}

fn once<T: Ord>(checks: &mut Checks, items: &[T], field: &str, noun: &str) {
    let distinct: BTreeSet<_> = items.iter().collect();
    checks.require(
        distinct.len() == items.len(),
        field,
        "DUPLICATE",
        &format!("give each {noun} once"),
    );
}

fn check_scale(checks: &mut Checks, scale: &Scale) {
    let ratings = &scale.ratings;
    checks.require(
        (2..=MAX_RATINGS).contains(&ratings.len()),
        "scale",
        "BAD_LENGTH",
        &format!("give 2 to {MAX_RATINGS} ratings"),
    );
    for (i, (value, rating)) in (1..).zip(ratings).enumerate() {
        checks.require(
            rating.value == value,
            &format!("scale.{i}.value"),
            "OUT_OF_ORDER",
            "number the ratings 1, 2, 3 and so on, from the lowest up",
        );
        line(checks, &rating.label, 60, &format!("scale.{i}.label"));
    }
    let labels: Vec<_> = ratings.iter().map(|r| &r.label).collect();
    once(checks, &labels, "scale", "label");
}

fn check_criteria(checks: &mut Checks, criteria: &[Criterion], scale: &Scale) {
    checks.require(
        criteria.len() <= MAX_CRITERIA,
        "criteria",
        "BAD_LENGTH",
        &format!("give at most {MAX_CRITERIA} criteria"),
    );
    let keys: Vec<_> = criteria.iter().map(|c| &c.key).collect();
    once(checks, &keys, "criteria", "key");
    for (i, criterion) in criteria.iter().enumerate() {
        checks.require(
            is_slug(&criterion.key),
            &format!("criteria.{i}.key"),
            "BAD_KEY",
            "give 2 to 40 lower-case letters, digits and hyphens, such as client-safety",
        );
        line(checks, &criterion.name, 200, &format!("criteria.{i}.name"));
        let rated: Vec<_> = criterion.descriptors.iter().map(|d| d.rating).collect();
        let field = format!("criteria.{i}.descriptors");
        once(checks, &rated, &field, "rating");
        for (j, descriptor) in criterion.descriptors.iter().enumerate() {
            checks.require(
                scale.has(descriptor.rating),
                &format!("{field}.{j}.rating"),
                "OUT_OF_RANGE",
                "describe ratings of the plan's scale",
            );
            checks.text(&descriptor.text, 2_000, &format!("{field}.{j}.text"));
        }
    }
}

fn check_rule(checks: &mut Checks, rule: &Rule, scale: &Scale) {
    checks.range(rule.min_observations, 1, 20, "rule.minObservations");
    checks.range(rule.min_assessors, 1, 20, "rule.minAssessors");
    checks.require(
        rule.min_assessors <= rule.min_observations,
        "rule.minAssessors",
        "OUT_OF_RANGE",
        "there cannot be more assessors than observations: raise minObservations",
    );
    let highest = scale.highest();
    checks.range(rule.lowest_rating, 1, highest, "rule.lowestRating");
    once(checks, &rule.evidence_kinds, "rule.evidenceKinds", "kind");
    if let Some(days) = rule.window_days {
        checks.range(days, 1, MAX_DAYS, "rule.windowDays");
    }
}

fn check_attainment(checks: &mut Checks, plan: &PlanContent) {
    let Attainment {
        kind,
        count,
        percent,
        essentials,
    } = &plan.attainment;
    belongs(
        checks,
        *count,
        *kind == AttainmentKind::Count,
        plan.statements.len(),
        "attainment.count",
    );
    belongs(
        checks,
        *percent,
        *kind == AttainmentKind::Share,
        100,
        "attainment.percent",
    );
    let field = "attainment.essentialIds";
    once(checks, essentials, field, "statement");
    checks.require(
        essentials.iter().all(|id| plan.statements.contains(id)),
        field,
        "NOT_IN_PLAN",
        "name statements of the plan",
    );
}

/// A number from 1 to `highest` where the kind of attainment wants it, and none where not.
fn belongs(checks: &mut Checks, given: Option<i32>, wanted: bool, highest: usize, field: &str) {
    let highest = i32::try_from(highest).unwrap_or(i32::MAX).max(1);
    match given {
        Some(number) if wanted => checks.range(number, 1, highest, field),
        Some(_) => checks.require(
            false,
            field,
            "NOT_WANTED",
            "this kind of attainment has no such number: leave it out",
        ),
        None => checks.require(
            !wanted,
            field,
            "REQUIRED",
            "this kind of attainment needs a number",
        ),
    }
}

/// A text in one line.
fn line(checks: &mut Checks, text: &str, max: usize, field: &str) {
    checks.text(text, max, field);
    checks.require(
        !text.chars().any(char::is_control),
        field,
        "BAD_TEXT",
        "write it in one line",
    );
}

#[cfg(test)]
pub(super) mod tests;
