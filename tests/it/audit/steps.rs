//! Mutations, and the records that they leave.

use std::collections::{BTreeMap, BTreeSet};

use attestry::kernel::ids;
use serde_json::Value;

use super::Scene;
use crate::support::Answer;

/// Mutations that must do something, and the records that they leave.
pub(super) struct Steps<'a> {
    pub(super) scene: &'a Scene,
    /// The tenant's chain.
    own: String,
    /// The mutations that were sent.
    pub(super) seen: BTreeSet<&'static str>,
    before: BTreeMap<String, i64>,
}

impl<'a> Steps<'a> {
    pub(super) async fn begin(scene: &'a Scene) -> Self {
        let (_, provider) = ids::parse_global(&scene.college.provider).expect("it is an id");
        Self {
            scene,
            own: provider.to_string(),
            seen: BTreeSet::new(),
            before: scene.records().await,
        }
    }

    /// Sends a mutation, and holds the chains against what it should add to the platform's and the
    /// tenant's.
    pub(super) async fn step(
        &mut self,
        token: &str,
        name: &'static str,
        fields: &str,
        input: Value,
        (platform, tenant): (i64, i64),
    ) -> Answer {
        let answer = self.scene.send(token, name, fields, input).await;
        assert!(
            answer.code().is_none() && answer.user_errors().is_empty(),
            "{answer:?}"
        );
        self.seen.insert(name);
        let after = self.scene.records().await;
        let before = &self.before;
        let added = |chain: &str| after[chain] - before.get(chain).copied().unwrap_or(0);
        assert_eq!(
            (added("platform"), added(&self.own)),
            (platform, tenant),
            "{name}"
        );
        let total = |chains: &BTreeMap<String, i64>| chains.values().sum::<i64>();
        let elsewhere = total(&after) - total(before) - platform - tenant;
        // A new provider's chain starts with its creation.
        assert_eq!(elsewhere, i64::from(name == "createProvider"), "{name}");
        self.before = after;
        answer
    }
}
