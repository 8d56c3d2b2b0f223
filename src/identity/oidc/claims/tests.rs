use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::settings;

fn issuer(more: &str) -> Issuer {
    let table = format!(
        "issuer = 'https://login.example'\naudience = 'attestry'\n{more}\n[roles]\n\
         'platform' = 'PLATFORM_ADMIN'\n'curator' = 'CURATOR'\n'head' = 'PROVIDER_ADMIN'\n\
         'teacher' = 'ASSESSOR'\n'office' = 'REGISTRAR'\n'student' = 'LEARNER'"
    );
    settings::read(vec![toml::from_str(&table).unwrap()])
        .unwrap()
        .remove(0)
}

const NORTH: &str = "provider = 'north'";

fn identified(claims: Value, more: &str) -> Result<Who, Refusal> {
    let claims = crate::kernel::json::parse(claims.to_string().as_bytes(), &Default::default());
    let identity = identify(&Verified::of(claims.unwrap()), &issuer(more))?;
    assert!(identity.subject.starts_with('u'));
    Ok(identity.who)
}

fn person(claims: Value) -> Person {
    match identified(claims, NORTH).unwrap() {
        Who::Member(person) => person,
        other => panic!("{other:?}"),
    }
}

#[test]
fn roles_are_mapped_wherever_they_stand() {
    let of = |roles: Value| person(json!({"sub": "u", "roles": roles})).roles;
    assert_eq!(of(json!("teacher")), [Role::Assessor]);
    let several = json!(["teacher", "unknown", 7, "head", "teacher"]);
    assert_eq!(of(several), [Role::Assessor, Role::ProviderAdmin]);
    for (claims, path) in [
        (
            json!({"sub": "u", "realm_access": {"roles": ["office"]}}),
            "realm_access.roles",
        ),
        (
            json!({"sub": "u", "https://a.example/roles": "office"}),
            "https://a.example/roles",
        ),
        (
            json!({"sub": "u", "a.b": "office", "a": {"b": "head"}}),
            "a.b",
        ),
    ] {
        let more = format!("{NORTH}\nrole-claim = '{path}'");
        let found = identified(claims, &more).unwrap();
        assert!(matches!(found, Who::Member(p) if p.roles == [Role::Registrar]));
    }
}

#[test]
fn a_token_without_a_role_signs_nobody_in() {
    for roles in [
        Value::Null,
        json!([]),
        json!("root"),
        json!("teacher head"),
        json!({"a": 1}),
    ] {
        let refused = identified(json!({"sub": "u", "roles": roles}), NORTH).unwrap_err();
        assert_eq!(refused, Refusal::NoRole("roles".to_owned()));
    }
}

#[test]
fn the_platform_and_a_provider_do_not_go_together() {
    let of = |roles: Value| identified(json!({"sub": "u", "roles": roles}), NORTH);
    for both in [json!(["platform", "head"]), json!(["curator", "student"])] {
        assert_eq!(
            of(both).unwrap_err(),
            Refusal::MixedRoles("roles".to_owned())
        );
    }
    let platform = |role| Who::Platform { role };
    assert_eq!(of(json!("curator")), Ok(platform(Role::Curator)));
    assert_eq!(
        of(json!(["curator", "platform"])),
        Ok(platform(Role::PlatformAdmin))
    );
}

#[test]
fn a_member_who_learns_too_acts_as_a_member() {
    let person = person(json!({"sub": "u", "roles": ["student", "teacher"]}));
    assert_eq!(person.roles, [Role::Assessor]);
}

#[test]
fn the_tenant_is_the_settings_or_the_tokens() {
    let claims = json!({"sub": "u", "roles": "head", "tenant": "south", "deep": {"t": "west"}});
    for (more, slug) in [
        (NORTH, "north"),
        ("provider-claim = 'tenant'", "south"),
        ("provider-claim = 'deep.t'", "west"),
    ] {
        let found = identified(claims.clone(), more).unwrap();
        assert!(
            matches!(found, Who::Member(p) if p.provider == slug),
            "{more}"
        );
    }
    for tenant in [json!("No Slug"), json!(["north"]), Value::Null] {
        let claims = json!({"sub": "u", "roles": "head", "tenant": tenant});
        let refused = identified(claims, "provider-claim = 'tenant'").unwrap_err();
        assert_eq!(refused, missing("tenant", "a provider's slug"));
    }
}

#[test]
fn only_an_address_that_is_vouched_for_is_kept() {
    let of = |email: Value, verified: Value| {
        let claims = json!({
            "sub": "u", "roles": "head", "email": email, "email_verified": verified,
        });
        person(claims).email
    };
    let good = json!("Ada@North.Example");
    assert_eq!(
        of(good.clone(), json!(true)).as_deref(),
        Some("ada@north.example")
    );
    for verified in [json!(false), json!("true"), json!(1), Value::Null] {
        assert_eq!(of(good.clone(), verified), None);
    }
    for email in [json!("ada"), json!(1), json!("a@b.c\n"), Value::Null] {
        assert_eq!(of(email, json!(true)), None);
    }
}

#[test]
fn names_are_kept_within_bounds() {
    let of = |name: Value| person(json!({"sub": "u1", "roles": "head", "name": name})).name;
    assert_eq!(of(json!("Ada")), "Ada");
    assert_eq!(of(json!("A\u{0}da\n")), "Ada");
    assert_eq!(of(json!("é".repeat(300))).chars().count(), 200);
    for none in [json!("  "), json!(7), Value::Null] {
        assert_eq!(of(none), "u1");
    }
}

#[test]
fn the_subject_is_needed() {
    for sub in [
        Value::Null,
        json!(7),
        json!(""),
        json!(" "),
        json!("a\u{0}"),
        json!("x".repeat(256)),
    ] {
        let refused = identified(json!({"sub": sub, "roles": "head"}), NORTH).unwrap_err();
        assert_eq!(refused, missing("sub", "a text of 1 to 255 characters"));
    }
}

#[test]
fn a_learner_is_named_by_the_providers_own_identifier() {
    let claims = json!({"sub": "u", "roles": ["student"], "number": "2026-001"});
    for (more, expected) in [("", "u"), ("learner-claim = 'number'", "2026-001")] {
        let found = identified(claims.clone(), &format!("{NORTH}\n{more}")).unwrap();
        let learner = Who::Learner {
            provider: "north".to_owned(),
            external_id: expected.to_owned(),
        };
        assert_eq!(found, learner);
    }
    let more = format!("{NORTH}\nlearner-claim = 'absent'");
    let refused = identified(claims, &more).unwrap_err();
    assert_eq!(refused, missing("absent", "a text of 1 to 200 characters"));
}

#[test]
fn paths_have_something_between_their_dots() {
    for bad in ["", ".", "a..b", ".a", "a.", " "] {
        assert_eq!(ClaimPath::new(bad.to_owned()), None, "{bad:?}");
    }
}
