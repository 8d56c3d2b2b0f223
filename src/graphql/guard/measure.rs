//! What the parts of a document amount to.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::Pos;
use async_graphql::parser::types::{Directive, Field, Selection, SelectionSet, VariableDefinition};
use async_graphql::{Name, Positioned, Value, Variables};

use super::{Limits, Refusal};

/// The lists below `__schema` and `__type` that lead to types, and so back to these lists:
/// each in another multiplies the answer.
const INTROSPECTION_LISTS: [&str; 5] = [
    "fields",
    "inputFields",
    "interfaces",
    "possibleTypes",
    "types",
];

/// What a selection amounts to, with its fragments expanded. Counts stop at their
/// type's largest value instead of wrapping round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Fields outside introspection, `__typename` included.
    pub fields: usize,
    /// Fragment spreads and inline fragments.
    pub spreads: usize,
    /// Aliases.
    pub aliases: usize,
    /// Directives.
    pub directives: usize,
    /// Depth of the fields: 1 for a field without a selection.
    pub depth: usize,
    /// Fields below `__schema` and `__type`.
    pub introspection_fields: usize,
    /// Depth of the fields below `__schema` and `__type`.
    pub introspection_depth: usize,
    /// Nesting of the lists below `__schema` and `__type`.
    pub introspection_lists: usize,
    /// Cost: one for each field, times the sizes of the lists it is in.
    pub cost: u64,
    /// Nesting of lists by the names that introspection uses; matters only there.
    lists: usize,
}

impl Figures {
    /// The figures of two selections side by side.
    fn beside(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            spreads: self.spreads.saturating_add(other.spreads),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
            introspection_fields: self
                .introspection_fields
                .saturating_add(other.introspection_fields),
            introspection_depth: self.introspection_depth.max(other.introspection_depth),
            introspection_lists: self.introspection_lists.max(other.introspection_lists),
            cost: self.cost.saturating_add(other.cost),
            lists: self.lists.max(other.lists),
        }
    }

    /// The figures of a field over this selection, whose elements number `size`.
    fn under(self, name: &str, size: u64) -> Self {
        if matches!(name, "__schema" | "__type") {
            return Self {
                fields: 1,
                depth: 1,
                introspection_fields: self.introspection_fields.saturating_add(self.fields),
                introspection_depth: self.introspection_depth.max(self.depth),
                introspection_lists: self.introspection_lists.max(self.lists),
                cost: self.cost.saturating_add(1),
                lists: 0,
                ..self
            };
        }
        Self {
            fields: self.fields.saturating_add(1),
            depth: self.depth.saturating_add(1),
            cost: self.cost.saturating_mul(size).saturating_add(1),
            lists: self.lists + usize::from(INTROSPECTION_LISTS.contains(&name)),
            ..self
        }
    }
}

/// Measures definitions, with a memo of the fragments.
pub(super) struct Meter<'d> {
    limits: &'d Limits,
    variables: &'d Variables,
    definitions: &'d [Positioned<VariableDefinition>],
    memo: HashMap<&'d Name, Figures>,
    counted: usize,
    argument_positions: Vec<Pos>,
}

impl<'d> Meter<'d> {
    pub(super) fn new(
        limits: &'d Limits,
        variables: &'d Variables,
        definitions: &'d [Positioned<VariableDefinition>],
    ) -> Self {
        Self {
            limits,
            variables,
            definitions,
            memo: HashMap::new(),
            counted: 0,
            argument_positions: Vec::new(),
        }
    }

    /// The figures of an operation or a fragment. The fragments it spreads must have been
    /// remembered.
    pub(super) fn definition(
        &mut self,
        directives: &[Positioned<Directive>],
        set: &SelectionSet,
    ) -> Result<Figures, Refusal> {
        self.counted += 1;
        let mut figures = self.selection_set(set)?;
        self.directives(directives, &mut figures);
        Ok(figures)
    }

    pub(super) fn remember(&mut self, fragment: &'d Name, figures: Figures) {
        self.memo.insert(fragment, figures);
    }

    /// How many parts were counted, and where argument values begin.
    pub(super) fn finish(self) -> (usize, Vec<Pos>) {
        (self.counted, self.argument_positions)
    }

    /// Recursive, to the depth of the brackets, which the scan has bounded.
    fn selection_set(&mut self, set: &SelectionSet) -> Result<Figures, Refusal> {
        let mut sum = Figures::default();
        for selection in &set.items {
            self.counted += 1;
            let mut figures = match &selection.node {
                Selection::Field(field) => self.field(&field.node)?,
                Selection::InlineFragment(inline) => {
                    spread(self.selection_set(&inline.node.selection_set.node)?)
                }
                Selection::FragmentSpread(named) => {
                    let name = &named.node.fragment_name;
                    let known = self.memo.get(&name.node);
                    spread(*known.ok_or_else(|| Refusal::UnknownFragment {
                        fragment: name.node.to_string(),
                        position: name.pos,
                    })?)
                }
            };
            self.directives(selection.node.directives(), &mut figures);
            sum = sum.beside(figures);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &Field) -> Result<Figures, Refusal> {
        let below = self.selection_set(&field.selection_set.node)?;
        let mut figures = below.under(&field.name.node, self.size(field));
        figures.aliases = figures
            .aliases
            .saturating_add(usize::from(field.alias.is_some()));
        self.arguments(&field.arguments);
        Ok(figures)
    }

    fn directives(&mut self, directives: &[Positioned<Directive>], figures: &mut Figures) {
        figures.directives = figures.directives.saturating_add(directives.len());
        for directive in directives {
            self.arguments(&directive.node.arguments);
        }
    }

    fn arguments<V>(&mut self, arguments: &[(Positioned<Name>, Positioned<V>)]) {
        let positions = arguments.iter().map(|(_, value)| value.pos);
        self.argument_positions.extend(positions);
    }

    /// How many elements a field's answer is taken to have.
    fn size(&self, field: &Field) -> u64 {
        let asked = ["first", "last", "ids"]
            .into_iter()
            .filter_map(|argument| self.asked(field, argument))
            .max();
        let assumed = || self.limits.list_sizes.get(&field.name.node).unwrap_or(1);
        asked
            .map_or_else(assumed, |size| size.min(self.limits.max_page))
            .max(1)
    }

    /// The size that an argument asks for: its number, or the number of its elements
    /// (`ids`); `None` when it is null or absent. Anything else is priced as the largest
    /// page; validation refuses it.
    fn asked(&self, field: &Field, argument: &str) -> Option<u64> {
        let value = field.get_argument(argument)?.node.clone();
        let value = value.into_const_with(|variable| Ok::<_, Infallible>(self.variable(&variable)));
        match value {
            Ok(Value::Null) => None,
            Ok(Value::List(items)) => Some(u64::try_from(items.len()).unwrap_or(u64::MAX)),
            Ok(Value::Number(number)) => Some(number.as_u64().unwrap_or(u64::MAX)),
            Ok(_) => Some(u64::MAX),
            Err(never) => match never {},
        }
    }

    fn variable(&self, name: &Name) -> Value {
        let default = || {
            let mut all = self.definitions.iter().map(|definition| &definition.node);
            let definition = all.find(|definition| definition.name.node == *name)?;
            definition.default_value.as_ref().map(|value| &value.node)
        };
        let value = self.variables.get(name).or_else(default);
        value.cloned().unwrap_or_default()
    }
}

fn spread(figures: Figures) -> Figures {
    Figures {
        spreads: figures.spreads.saturating_add(1),
        ..figures
    }
}
