//! Each requirement of the rule, held against what counts.

use std::collections::BTreeSet;

use super::{Court, Signer, agreement::Heard};
use crate::assessment::model::{Agreement, EvidenceKind, Fact, Requirement};

impl Court<'_> {
    /// The requirements of the plan's rule for one statement.
    pub(super) fn requirements(&self, counted: &[&Fact], heard: &Heard) -> Vec<Requirement> {
        let rule = &self.plan.rule;
        let assessors: BTreeSet<_> = counted.iter().map(|f| f.assessor).collect();
        let mut told = vec![
            counts(
                "OBSERVATIONS",
                "observation",
                rule.min_observations,
                counted.len(),
            ),
            counts(
                "ASSESSORS",
                "different assessor",
                rule.min_assessors,
                assessors.len(),
            ),
        ];
        told.extend(rule.evidence_kinds.iter().map(|k| evidence(*k, counted)));
        told.extend(agreement(rule.agreement, rule.lowest_rating, heard));
        told.extend(rule.sign_off.then(|| sign_off(self.signer)));
        told
    }
}

fn requirement(name: &str, needed: i32, found: usize, text: String) -> Requirement {
    let found = whole(found);
    Requirement {
        name: name.to_owned(),
        needed,
        found,
        met: found >= needed,
        text,
    }
}

fn counts(name: &str, noun: &str, needed: i32, found: usize) -> Requirement {
    let plural = if needed == 1 { "" } else { "s" };
    let text = format!("{found} of {needed} {noun}{plural} that count");
    let missing = needed.saturating_sub(whole(found));
    let text = if missing > 0 {
        format!("{text}: {missing} more needed")
    } else {
        text
    };
    requirement(name, needed, found, text)
}

fn evidence(kind: EvidenceKind, counted: &[&Fact]) -> Requirement {
    let found = counted.iter().filter(|f| f.evidence.contains(&kind));
    let found = found.count();
    let kind = kind.as_str();
    let text = if found == 0 {
        format!("no observation that counts has evidence of the kind {kind}: 1 needed")
    } else {
        format!("{found} that count with evidence of the kind {kind}")
    };
    requirement("EVIDENCE_KIND", 1, found, text)
}

/// An assessor who was not heard does not agree: at least one must be in favour.
fn agreement(kind: Agreement, lowest_rating: i32, heard: &Heard) -> Option<Requirement> {
    let (all, found) = (heard.assessors(), heard.in_favour());
    let (needed, who) = match kind {
        Agreement::None => return None,
        Agreement::Majority => (all / 2 + 1, "more than half"),
        Agreement::Unanimous => (all.max(1), "all"),
    };
    let plural = if all == 1 { "" } else { "s" };
    let mut text = format!("{found} of {all} assessor{plural} rated it {lowest_rating} or higher");
    if found < needed {
        text = format!("{text}: {who} must, by their latest ratings");
    }
    Some(requirement("AGREEMENT", whole(needed), found, text))
}

fn sign_off(signer: Option<Signer>) -> Requirement {
    let (found, text) = match signer {
        Some(Signer { observed: false }) => (1, "signed off by someone who observed nothing in it"),
        Some(Signer { observed: true }) => (
            0,
            "whoever decides it observed in it: it needs the sign-off of someone who observed nothing",
        ),
        None => (0, "it needs the sign-off of someone who observed nothing"),
    };
    requirement("SIGN_OFF", 1, found, text.to_owned())
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
