//! From the ratings of a rubric's criteria to the rating of the whole.

use std::collections::BTreeSet;

use crate::{
    assessment::model::{CriterionRating, PlanContent},
    kernel::errors::Problem,
};

/// The rating of the whole: the lowest of the criteria's. `None` without criteria.
#[must_use]
pub fn lowest(criteria: &[CriterionRating]) -> Option<i32> {
    criteria.iter().map(|c| c.rating).min()
}

/// The rating of an observation under `plan`: the lowest of the criteria's where they are rated,
/// else the one given. Fails with all that is wrong, at the fields of the input.
pub fn rate(
    plan: &PlanContent,
    rating: Option<i32>,
    criteria: &[CriterionRating],
) -> Result<i32, Vec<Problem>> {
    let mut problems = Vec::new();
    let highest = plan.scale.highest();
    let out_of_scale = |field: String| {
        let told = format!("give a rating of the plan's scale, from 1 to {highest}");
        Problem::new(field, "OUT_OF_RANGE", told)
    };
    if let Some(rating) = rating
        && !plan.scale.has(rating)
    {
        problems.push(out_of_scale("input.rating".to_owned()));
    }
    for (i, c) in criteria.iter().enumerate() {
        if !plan.scale.has(c.rating) {
            problems.push(out_of_scale(format!("input.criteria.{i}.rating")));
        }
        if plan.criteria.iter().all(|known| known.key != c.key) {
            problems.push(Problem::new(
                format!("input.criteria.{i}.key"),
                "UNKNOWN_CRITERION",
                "the plan's rubric has no such criterion: take the keys from its criteria",
            ));
        }
    }
    let rated: BTreeSet<_> = criteria.iter().map(|c| &c.key).collect();
    if rated.len() != criteria.len() {
        problems.push(Problem::new(
            "input.criteria",
            "DUPLICATE",
            "rate each criterion once",
        ));
    }
    let missing: Vec<_> = plan
        .criteria
        .iter()
        .filter(|c| !rated.contains(&c.key))
        .map(|c| c.key.as_str())
        .collect();
    if !criteria.is_empty() && !missing.is_empty() {
        problems.push(Problem::new(
            "input.criteria",
            "INCOMPLETE",
            format!(
                "rate each criterion of the rubric, or none: {} missing",
                missing.join(", ")
            ),
        ));
    }
    let found = match (rating, lowest(criteria)) {
        (Some(given), Some(lowest)) if given != lowest => {
            problems.push(Problem::new(
                "input.rating",
                "RATING_DIFFERS",
                format!("the lowest of the criteria's ratings is {lowest}: give that, or none"),
            ));
            lowest
        }
        (_, Some(lowest)) => lowest,
        (Some(given), None) => given,
        (None, None) => {
            problems.push(Problem::new(
                "input.rating",
                "REQUIRED",
                "give a rating, or rate each criterion of the plan's rubric",
            ));
            0
        }
    };
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{model::Criterion, rules::check_plan::tests::plan};

    fn rated(ratings: &[(&str, i32)]) -> Vec<CriterionRating> {
        let rating = |(key, rating): &(&str, i32)| CriterionRating {
            key: (*key).to_owned(),
            rating: *rating,
        };
        ratings.iter().map(rating).collect()
    }

    fn with_rubric() -> PlanContent {
        let criterion = |key: &str| Criterion {
            key: key.to_owned(),
            name: key.to_owned(),
            descriptors: Vec::new(),
        };
        PlanContent {
            criteria: vec![criterion("safety"), criterion("speed")],
            ..plan()
        }
    }

    #[test]
    fn the_lowest_criterion_is_the_rating() {
        let plan = with_rubric();
        let both = rated(&[("safety", 4), ("speed", 2)]);
        assert_eq!(rate(&plan, None, &both), Ok(2));
        assert_eq!(rate(&plan, Some(2), &both), Ok(2));
        assert_eq!(rate(&plan, Some(3), &[]), Ok(3));
    }

    #[test]
    fn whatever_does_not_fit_is_told_where_it_stands() {
        let plan = with_rubric();
        let told = |rating, criteria: &[(&str, i32)]| {
            let problems = rate(&plan, rating, &rated(criteria)).unwrap_err();
            let told = problems
                .into_iter()
                .map(|p| format!("{} {}", p.field, p.code));
            told.collect::<Vec<_>>()
        };
        assert_eq!(told(None, &[]), ["input.rating REQUIRED"]);
        assert_eq!(told(Some(5), &[]), ["input.rating OUT_OF_RANGE"]);
        assert_eq!(told(Some(0), &[]), ["input.rating OUT_OF_RANGE"]);
        let both = [("safety", 4), ("speed", 2)];
        assert_eq!(told(Some(4), &both), ["input.rating RATING_DIFFERS"]);
        assert_eq!(told(None, &both[..1]), ["input.criteria INCOMPLETE"]);
        assert_eq!(
            told(
                None,
                &[("safety", 9), ("speed", 2), ("speed", 3), ("style", 1)]
            ),
            [
                "input.criteria.0.rating OUT_OF_RANGE",
                "input.criteria.3.key UNKNOWN_CRITERION",
                "input.criteria DUPLICATE",
            ]
        );
    }
}
