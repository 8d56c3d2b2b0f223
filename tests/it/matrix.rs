//! Who may ask for which root field, for every root field of schema.graphql: generated, so
//! that a new field fails until it is classified in the permission table.

mod follow;
pub(crate) mod pool;
mod roles;

use attestry::identity::policy::{PUBLIC_FIELDS, RULES, Rule};
use serde_json::{Value, json};

use crate::support::{Answer, Api, House, calls::Sdl, on_each_database};
use follow::Follow;
use pool::Pool;
use roles::{Role, Whose};

on_each_database!(every_field_for_every_role, every_node_for_every_role,);

/// What a table of permissions says of a field.
enum Class {
    Public,
    Ruled(&'static Rule),
}

fn class(field: &str) -> Class {
    let public = PUBLIC_FIELDS.contains(&field);
    let mut rules = RULES.iter().filter(|r| r.fields.contains(&field));
    match (public, rules.next(), rules.next()) {
        (true, None, None) => Class::Public,
        (false, Some(rule), None) => Class::Ruled(rule),
        (false, None, None) => panic!("{field} stands in no row of identity::policy: classify it"),
        _ => panic!("{field} stands in identity::policy more than once"),
    }
}

#[test]
fn the_table_and_the_schema_have_the_same_fields() {
    let schema = Sdl::read().root_fields();
    for field in &schema {
        class(field);
    }
    let ruled = RULES.iter().flat_map(|r| r.fields).chain(PUBLIC_FIELDS);
    for field in ruled {
        assert!(
            schema.iter().any(|f| f == field),
            "the schema has no {field}"
        );
    }
}

async fn every_field_for_every_role(house: House) {
    let pool = Pool::create(&house).await;
    let roles = roles::all(&house, &pool).await;
    let sdl = Sdl::read();
    let follow = Follow::start(&house).await;
    // All that a field gives, a few levels down, is more than one request may ask for.
    let mut config = house.app.config.clone();
    config.limits.fields = 1_000;
    let api = Api::of(&house.set_up(config));
    // What changes status or ends keys comes last, so that what it ends was there for all.
    let mut fields = sdl.root_fields();
    fields.sort_by_key(|f| f.contains(".revoke"));
    let mut wrong = Vec::new();
    let mut trespasses = 0;
    for field in &fields {
        let class = class(field);
        for role in &roles {
            let call = sdl.call(field, &|place| pool.value(place));
            let names_a = pool.is_private(&call.variables);
            let names_anothers = pool.is_another_learners(&call.variables);
            let token = role.token.as_deref();
            let answer = if field.starts_with("Subscription.") {
                follow.ask(token, &call).await
            } else {
                let variables = call.variables.clone();
                api.send(token, &call.document, variables).await
            };
            let permitted = matches!(class, Class::Ruled(rule) if role.refusal(rule).is_none());
            trespasses += usize::from(permitted && names_a && matches!(role.whose, Whose::B));
            if let Err(why) = judge(&class, role, [names_a, names_anothers], &pool, &answer) {
                wrong.push(format!("{field} as {}: {why}: {answer:?}", role.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        trespasses >= 20,
        "only {trespasses} calls of B name what is A's"
    );
}

fn judge(
    class: &Class,
    role: &Role,
    [names_a, names_anothers]: [bool; 2],
    pool: &Pool,
    answer: &Answer,
) -> Result<(), &'static str> {
    let code = answer.code();
    // A path of one is the root field's; further down, something in the answer is denied.
    let path = answer.body.pointer("/errors/0/path");
    let at_root = path.and_then(Value::as_array).is_none_or(|p| p.len() == 1);
    let denied = at_root && matches!(code, Some("UNAUTHENTICATED" | "FORBIDDEN"));
    let expected = match class {
        Class::Public => role.broken.then_some("UNAUTHENTICATED"),
        Class::Ruled(rule) => role.refusal(rule),
    };
    match expected {
        Some(expected) if !denied || code != Some(expected) => {
            return Err("it was not denied as it should");
        }
        None if denied => return Err("it was denied"),
        None if matches!(code, Some("INTERNAL" | "COST_LIMIT")) => return Err("it failed"),
        _ => {}
    }
    let data = answer.at("").as_object();
    let told = data.is_some_and(|fields| fields.values().any(|f| !f.is_null()));
    if expected.is_some() && told {
        return Err("a denial comes with data");
    }
    let shown = matches!(role.whose, Whose::Platform) && matches!(class, Class::Ruled(_));
    let may_know = role.whose.is_of_a() || shown && expected.is_none();
    if !may_know && pool.leaks(&answer.body) {
        return Err("it tells what is A's");
    }
    if matches!(role.whose, Whose::Neighbour) && pool.tells_learners(&answer.body) {
        return Err("it tells what is another learner's");
    }
    if matches!(role.whose, Whose::Learner) && pool.tells_neighbours(&answer.body) {
        return Err("it tells what is another learner's");
    }
    let Class::Ruled(_) = class else {
        return Ok(());
    };
    // Another tenant, or another learner, that names an object: there is no such object.
    let names = match role.whose {
        Whose::B => names_a,
        Whose::Neighbour => names_anothers,
        _ => false,
    };
    if names && expected.is_none() {
        let empty = data.is_some_and(|fields| {
            let mut lists = fields.values().map(|f| &f["nodes"]);
            lists.all(|nodes| *nodes == json!([]))
        });
        if code != Some("NOT_FOUND") && !empty {
            return Err("an object of somebody else was not NOT_FOUND");
        }
    }
    Ok(())
}

/// Which root field lists or gives the objects of a type: whoever may not ask for that
/// does not find them through `node` either.
fn home(kind: &str) -> Option<&'static str> {
    match kind {
        "Occupation" | "FrameworkVersion" | "Statement" | "Provider" => None,
        "Learner" => Some("Query.learner"),
        "AssessmentPlan" => Some("Query.assessmentPlan"),
        "Assessment" => Some("Query.assessment"),
        "Demonstration" => Some("Query.demonstrations"),
        "Credential" => Some("Query.credential"),
        "BulkJob" => Some("Query.bulkJob"),
        other => panic!("{other} is a Node: say here who may see it"),
    }
}

async fn every_node_for_every_role(house: House) {
    let pool = Pool::create(&house).await;
    let roles = roles::all(&house, &pool).await;
    let sdl = Sdl::read();
    let nodes = sdl.nodes();
    let query = "query N($id: ID!) { node(id: $id) { __typename id } }";
    for kind in pool.kinds() {
        let id = pool.id(kind);
        let rule = nodes.contains(&kind).then(|| home(kind).map(class));
        for role in &roles {
            let token = role.token.as_deref();
            let answer = house.api.send(token, query, json!({"id": id})).await;
            let code = answer.code();
            let place = format!("{kind} as {}: {answer:?}", role.name);
            if role.broken {
                assert_eq!(code, Some("UNAUTHENTICATED"), "{place}");
                continue;
            }
            let visible = match &rule {
                // What is no Node is never found.
                None => false,
                Some(None) => true,
                Some(Some(Class::Ruled(rule))) => {
                    let theirs = match role.whose {
                        Whose::A | Whose::Learner => true,
                        Whose::Neighbour => kind == "AssessmentPlan",
                        _ => false,
                    };
                    theirs && role.refusal(rule).is_none()
                }
                Some(Some(Class::Public)) => panic!("{kind} has a public home"),
            };
            if visible {
                assert_eq!(answer.text("/node/id"), id, "{place}");
                assert_eq!(answer.text("/node/__typename"), kind, "{place}");
            } else {
                assert_eq!(code, Some("NOT_FOUND"), "{place}");
                assert_eq!(answer.at("/node"), &Value::Null, "{place}");
            }
        }
    }
}
