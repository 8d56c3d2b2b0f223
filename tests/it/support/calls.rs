//! Calls generated from schema.graphql: each root field with arguments, and everything
//! that it gives a few levels down.

use std::collections::BTreeMap;

use async_graphql::parser::{
    parse_schema,
    types::{
        BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
        TypeSystemDefinition,
    },
};
use serde_json::{Map, Value, json};

/// How many levels of objects a call asks for.
const DEPTH: usize = 3;

/// The schema that clients read.
pub(crate) struct Sdl(BTreeMap<String, TypeDefinition>);

/// Where a value is wanted.
pub(crate) struct Place<'a> {
    /// Name of the argument or input member.
    pub(crate) name: &'a str,
    /// The scalar's name.
    pub(crate) scalar: &'a str,
    /// Whether the call needs one.
    pub(crate) required: bool,
    /// The type that the root field gives.
    pub(crate) output: &'a str,
}

/// One operation over one root field.
pub(crate) struct Call {
    /// The document.
    pub(crate) document: String,
    /// Its variables.
    pub(crate) variables: Value,
}

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

impl Sdl {
    /// Reads the schema of this repository.
    pub(crate) fn read() -> Self {
        let path = crate::files::root().join("schema.graphql");
        let text = std::fs::read_to_string(path).expect("schema.graphql is readable");
        let document = parse_schema(text).expect("schema.graphql is a schema");
        let types = document.definitions.into_iter().filter_map(|d| match d {
            TypeSystemDefinition::Type(t) => Some((t.node.name.node.to_string(), t.node)),
            _ => None,
        });
        Self(types.collect())
    }

    fn fields(&self, kind: &str) -> Vec<&FieldDefinition> {
        let fields = match self.0.get(kind).map(|t| &t.kind) {
            Some(TypeKind::Object(object)) => &object.fields,
            Some(TypeKind::Interface(interface)) => &interface.fields,
            _ => return Vec::new(),
        };
        fields.iter().map(|f| &f.node).collect()
    }

    /// Every root field, as `Query.node`.
    pub(crate) fn root_fields(&self) -> Vec<String> {
        let roots = ["Query", "Mutation", "Subscription"].into_iter();
        let of = |root| self.fields(root).into_iter().map(move |f| (root, f));
        roots
            .flat_map(of)
            .map(|(root, f)| format!("{root}.{}", f.name.node))
            .collect()
    }

    /// The names of the types that have a global id that `node` takes.
    pub(crate) fn nodes(&self) -> Vec<&str> {
        let is_node = |t: &TypeDefinition| match &t.kind {
            TypeKind::Object(o) => o.implements.iter().any(|i| i.node == "Node"),
            _ => false,
        };
        let nodes = self.0.iter().filter(|(_, t)| is_node(t));
        nodes.map(|(name, _)| name.as_str()).collect()
    }

    /// The names and scalars of everything that a root field takes, in its inputs too.
    pub(crate) fn places(&self, path: &str) -> Vec<(String, String)> {
        let found = std::cell::RefCell::new(Vec::new());
        self.call(path, &|place| {
            let seen = (place.name.to_owned(), place.scalar.to_owned());
            found.borrow_mut().push(seen);
            Some(Value::Null)
        });
        found.into_inner()
    }

    /// A call of the root field `path`. `fill` gives each scalar; what is optional and
    /// gets none is left out.
    pub(crate) fn call(&self, path: &str, fill: &dyn Fn(&Place<'_>) -> Option<Value>) -> Call {
        let (root, name) = path.split_once('.').expect("a path has a dot");
        let field = self.fields(root).into_iter().find(|f| f.name.node == name);
        let field = field.unwrap_or_else(|| panic!("the schema has no {path}"));
        let output = named(&field.ty.node);
        let mut variables = Map::new();
        let (mut declared, mut passed) = (Vec::new(), Vec::new());
        for argument in &field.arguments {
            let argument = &argument.node;
            if let Some(value) = self.value(argument, output, fill) {
                let name = argument.name.node.as_str();
                declared.push(format!("${name}: {}", argument.ty.node));
                passed.push(format!("{name}: ${name}"));
                variables.insert(name.to_owned(), value);
            }
        }
        let brackets = |list: Vec<String>| match list.len() {
            0 => String::new(),
            _ => format!("({})", list.join(", ")),
        };
        let document = format!(
            "{} Call{} {{ {name}{} {} }}",
            root.to_lowercase(),
            brackets(declared),
            brackets(passed),
            self.selection(output, DEPTH, &mut BTreeMap::new())
        );
        let variables = Value::Object(variables);
        Call {
            document,
            variables,
        }
    }

    fn is_one_of(&self, input: &str) -> bool {
        let directives = self.0.get(input).map(|t| t.directives.as_slice());
        let mut directives = directives.unwrap_or_default().iter();
        directives.any(|directive| directive.node.name.node == "oneOf")
    }

    fn value(
        &self,
        wanted: &InputValueDefinition,
        output: &str,
        fill: &dyn Fn(&Place<'_>) -> Option<Value>,
    ) -> Option<Value> {
        let (name, ty) = (wanted.name.node.as_str(), &wanted.ty.node);
        let required = !ty.nullable && wanted.default_value.is_none();
        let scalar = named(ty);
        let value = match self.0.get(scalar).map(|t| &t.kind) {
            Some(TypeKind::Enum(kind)) => required.then(|| json!(kind.values[0].node.value.node)),
            Some(TypeKind::InputObject(input)) => {
                let one_of = self.is_one_of(scalar);
                // Of inputs that take exactly one member, the first, which is needed then.
                let most = if one_of { 1 } else { usize::MAX };
                let members = input.fields.iter().take(most).filter_map(|member| {
                    let mut member = member.node.clone();
                    member.ty.node.nullable &= !one_of;
                    let value = self.value(&member, output, fill)?;
                    Some((member.name.node.to_string(), value))
                });
                let members: Map<_, _> = members.collect();
                (required || !members.is_empty()).then_some(Value::Object(members))
            }
            // The built-in scalars are in no schema's text.
            None | Some(TypeKind::Scalar) => {
                let place = Place {
                    name,
                    scalar,
                    required,
                    output,
                };
                fill(&place)
            }
            Some(_) => panic!("{scalar} is no input"),
        };
        assert!(value.is_some() || !required, "{name} needs a value");
        let value = value?;
        let is_list = matches!(ty.base, BaseType::List(_));
        Some(if is_list { json!([value]) } else { value })
    }

    /// Everything that a type gives, down to `depth` levels of objects. Where a type that was asked
    /// for as deeply before comes up again, only its own scalars are asked for, so that the whole
    /// stays within what one request may ask.
    fn selection<'a>(
        &'a self,
        kind: &'a str,
        depth: usize,
        seen: &mut BTreeMap<&'a str, usize>,
    ) -> String {
        let fields = self.fields(kind);
        if fields.is_empty() {
            return String::new();
        }
        let depth = match seen.get(kind) {
            Some(before) if *before >= depth => 0,
            _ => depth,
        };
        let deepest = seen.entry(kind).or_default();
        *deepest = depth.max(*deepest);
        let mut chosen = vec!["__typename".to_owned()];
        for field in fields {
            let inner = named(&field.ty.node);
            let is_object = !self.fields(inner).is_empty();
            let mut arguments = field.arguments.iter().map(|a| &a.node);
            let asks = arguments.any(|a| !a.ty.node.nullable && a.default_value.is_none());
            // A connection tells the same rows twice.
            if field.name.node == "edges" || asks || is_object && depth == 0 {
                continue;
            }
            let below = self.selection(inner, depth.saturating_sub(1), seen);
            chosen.push(format!("{} {below}", field.name.node));
        }
        format!("{{ {} }}", chosen.join(" "))
    }
}
