//! Attainment, case by case and by its laws.

mod changes;
mod laws;
mod levels;

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::*;

/// The moment that everything is asked for.
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// The id of the statement at a place of a version.
fn id(version: u128, level: i32, position: i32) -> Uuid {
    let place = u128::try_from(level * 1_000 + position).unwrap();
    Uuid::from_u128(version * 1_000_000 + place)
}

/// A version whose levels have these texts.
fn version<'a>(number: u128, levels: &[&[&'a str]]) -> Version<'a> {
    let levels = (1..).zip(levels);
    let statements = levels.flat_map(|(level, texts)| {
        (1..).zip(*texts).map(move |(position, text)| Place {
            id: id(number, level, position),
            level,
            domain: None,
            position,
            text,
        })
    });
    Version {
        id: Uuid::from_u128(number),
        statements: statements.collect(),
    }
}

/// A demonstration without end, under the plan version 1.
fn held(number: u128, statement: Uuid) -> Held {
    Held {
        id: Uuid::from_u128(number),
        statement,
        plan_version: Uuid::from_u128(1),
        valid_until: None,
    }
}

/// The rule of the plan version 1.
fn rules(kind: RuleKind, essentials: &[Uuid]) -> HashMap<Uuid, AttainmentRule> {
    let rule = AttainmentRule {
        kind,
        essentials: essentials.to_vec(),
    };
    HashMap::from([(Uuid::from_u128(1), rule)])
}
