//! Hostile and honest documents.

mod bombs;
mod introspection;
mod prices;
mod requests;
mod scanning;

use async_graphql::Variables;

use super::{Admitted, Limits, Measure, Refusal, admit};

fn judge(source: &str) -> Result<Admitted, Refusal> {
    admit(source, &Variables::default(), None, &Limits::default())
}

fn cost(source: &str, variables: serde_json::Value, limits: &Limits) -> Result<u64, Refusal> {
    let variables = Variables::from_json(variables);
    admit(source, &variables, None, limits).map(|admitted| admitted.figures.cost)
}

fn refused_by(source: &str) -> Measure {
    match judge(source) {
        Err(Refusal::Limit {
            measure,
            limit,
            actual,
        }) => {
            assert!(actual > limit, "{actual} is not above {limit}");
            measure
        }
        other => panic!("a limit should have refused it: {other:?}"),
    }
}

fn unlimited() -> Limits {
    Limits {
        bytes: usize::MAX,
        tokens: usize::MAX,
        operations: usize::MAX,
        fragments: usize::MAX,
        fields: usize::MAX,
        spreads: usize::MAX,
        aliases: usize::MAX,
        directives: usize::MAX,
        depth: usize::MAX,
        introspection_fields: usize::MAX,
        introspection_depth: usize::MAX,
        introspection_lists: usize::MAX,
        cost: u64::MAX,
        ..Limits::default()
    }
}
