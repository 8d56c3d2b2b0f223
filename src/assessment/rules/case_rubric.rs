//! A plan's rubric in the form of 1EdTech Competencies and Academic Standards Exchange (CASE) 1.1.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::assessment::model::{Criterion, PlanContent};

/// What a rubric is exported from, besides the plan's content.
#[derive(Debug, Clone, Copy)]
pub struct Rubric<'a> {
    /// The plan's version: identifiers are derived from it (UUIDv5, RFC 9562, section 5.5, in the
    /// namespace of this id), so that each export of a version has the same.
    pub version: Uuid,
    /// The title.
    pub title: &'a str,
    /// Where the installation is found, without a slash at its end.
    pub public_url: &'a str,
    /// When the version was made.
    pub changed_at: Timestamp,
}

/// The plan's rubric as a `CFRubric` (CASE 1.1, section 6, JSON binding): each criterion with a
/// level for each rating of the scale, its score the rating, its quality the label, its
/// description the descriptor. `None` for a plan without criteria.
#[must_use]
pub fn case_rubric(plan: &PlanContent, rubric: Rubric<'_>) -> Option<Value> {
    let id = rubric.id("rubric");
    let criteria = plan.criteria.iter().zip(1..);
    let criteria: Vec<_> = criteria
        .map(|(c, position)| criterion(plan, rubric, id, c, position))
        .collect();
    (!criteria.is_empty()).then(|| {
        json!({
            "identifier": id,
            "uri": rubric.uri(id),
            "title": rubric.title,
            "lastChangeDateTime": rubric.changed_at.to_string(),
            "CFRubricCriteria": criteria,
        })
    })
}

fn criterion(
    plan: &PlanContent,
    rubric: Rubric<'_>,
    parent: Uuid,
    criterion: &Criterion,
    position: i32,
) -> Value {
    let key = &criterion.key;
    let id = rubric.id(&format!("criterion/{key}"));
    let levels = plan.scale.ratings.iter().map(|rating| {
        let value = rating.value;
        let own = rubric.id(&format!("criterion/{key}/level/{value}"));
        let mut level = json!({
            "identifier": own,
            "uri": format!("{}#{own}", rubric.uri(parent)),
            "quality": rating.label,
            "score": value,
            "position": value,
            "rubricCriterionId": id,
            "lastChangeDateTime": rubric.changed_at.to_string(),
        });
        let descriptor = criterion.descriptors.iter().find(|d| d.rating == value);
        if let (Some(descriptor), Some(level)) = (descriptor, level.as_object_mut()) {
            level.insert("description".to_owned(), json!(descriptor.text));
        }
        level
    });
    json!({
        "identifier": id,
        "uri": format!("{}#{id}", rubric.uri(parent)),
        "category": key,
        "description": criterion.name,
        "position": position,
        "rubricId": parent,
        "lastChangeDateTime": rubric.changed_at.to_string(),
        "CFRubricCriterionLevels": levels.collect::<Vec<_>>(),
    })
}

impl Rubric<'_> {
    fn id(&self, part: &str) -> Uuid {
        Uuid::new_v5(&self.version, part.as_bytes())
    }

    fn uri(&self, rubric: Uuid) -> String {
        format!("{}/ims/case/v1p1/CFRubrics/{rubric}", self.public_url)
    }
}

#[cfg(test)]
mod tests;
