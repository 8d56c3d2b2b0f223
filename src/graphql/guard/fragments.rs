//! The order of fragments: each after those that it spreads.

use std::collections::{BTreeMap, HashMap};

use async_graphql::parser::types::{FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Name, Positioned};

use super::Refusal;

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// The fragments of a document in such an order that each comes after those it spreads.
///
/// Kahn's algorithm, so that neither a long chain of fragments uses the stack nor a
/// circle escapes. Each selection is looked at once.
pub(super) fn order(fragments: &Fragments) -> Result<Vec<(&Name, &FragmentDefinition)>, Refusal> {
    let mut missing: BTreeMap<&Name, usize> = BTreeMap::new();
    let mut spread_by: HashMap<&Name, Vec<&Name>> = HashMap::new();
    for (name, fragment) in fragments {
        let mut spreads = Vec::new();
        collect(&fragment.node.selection_set.node, &mut spreads);
        spreads.retain(|spread| fragments.contains_key(*spread));
        missing.insert(name, spreads.len());
        for spread in spreads {
            spread_by.entry(spread).or_default().push(name);
        }
    }

    let mut ready: Vec<&Name> = missing
        .iter()
        .filter_map(|(name, count)| (*count == 0).then_some(*name))
        .collect();
    let mut order = Vec::with_capacity(fragments.len());
    while let Some(name) = ready.pop() {
        missing.remove(name);
        if let Some(fragment) = fragments.get(name) {
            order.push((name, &fragment.node));
        }
        for spreader in spread_by.remove(name).unwrap_or_default() {
            if let Some(count) = missing.get_mut(spreader) {
                *count -= 1;
                if *count == 0 {
                    ready.push(spreader);
                }
            }
        }
    }
    match missing
        .into_keys()
        .find_map(|name| fragments.get_key_value(name))
    {
        None => Ok(order),
        Some((name, fragment)) => Err(Refusal::FragmentCycle {
            fragment: name.to_string(),
            position: fragment.pos,
        }),
    }
}

fn collect<'d>(set: &'d SelectionSet, spreads: &mut Vec<&'d Name>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => collect(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => collect(&inline.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => spreads.push(&spread.node.fragment_name.node),
        }
    }
}
