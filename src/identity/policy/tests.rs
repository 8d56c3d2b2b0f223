use super::*;
use crate::identity::actor::SignIn;

fn member(roles: &[Role], scopes: &[Scope]) -> Actor {
    Actor::Member {
        provider: Uuid::from_u128(1),
        member: Uuid::from_u128(2),
        by: SignIn::Key(Uuid::from_u128(3)),
        roles: roles.to_vec(),
        scopes: scopes.to_vec(),
    }
}

#[test]
fn each_action_has_exactly_one_row_and_each_field_one_place() {
    let mut fields: Vec<_> = RULES
        .iter()
        .flat_map(|r| r.fields)
        .chain(PUBLIC_FIELDS)
        .collect();
    let count = fields.len();
    fields.sort_unstable();
    fields.dedup();
    assert_eq!(fields.len(), count);
    for (i, rule) in RULES.iter().enumerate() {
        assert!(RULES.iter().skip(i + 1).all(|r| r.action != rule.action));
    }
}

#[test]
fn nobody_without_a_key_may_do_anything() {
    for rule in RULES {
        assert!(matches!(
            permit(&Actor::Anonymous, rule.action),
            Err(Error::Unauthenticated(_))
        ));
    }
}

#[test]
fn role_and_scope_are_both_needed() {
    let issue = Action::Issue;
    assert!(
        permit(
            &member(&[Role::ProviderAdmin], &[Scope::CredentialsIssue]),
            issue
        )
        .is_ok()
    );
    assert!(
        permit(
            &member(&[Role::ProviderAdmin], &[Scope::CredentialsRead]),
            issue
        )
        .is_err()
    );
    assert!(
        permit(
            &member(&[Role::Assessor], &[Scope::CredentialsIssue]),
            issue
        )
        .is_err()
    );
    let platform = Actor::Platform {
        by: SignIn::Key(Uuid::from_u128(9)),
        role: Role::PlatformAdmin,
        scopes: Scope::ALL.to_vec(),
    };
    assert!(permit(&platform, issue).is_err());
    assert!(permit(&platform, Action::CreateProvider).is_ok());
}

#[test]
fn signing_keys_are_their_providers_and_the_machines() {
    let theirs = Uuid::from_u128(8);
    let admin = member(&[Role::ProviderAdmin], &[Scope::SigningKeysWrite]);
    let assessor = member(&[Role::Assessor], Scope::ALL);
    let platform = Actor::Platform {
        by: SignIn::Key(Uuid::from_u128(9)),
        role: Role::PlatformAdmin,
        scopes: Scope::ALL.to_vec(),
    };
    let permit = |actor: &Actor, named| permit_at_machine(actor, Action::ManageSigningKeys, named);
    assert_eq!(permit(&Actor::Operator, Some(theirs)).unwrap(), theirs);
    assert!(permit(&Actor::Operator, None).is_err());
    // What a member names is not looked at: their own provider is the one.
    assert_eq!(permit(&admin, Some(theirs)).unwrap(), Uuid::from_u128(1));
    for other in [&assessor, &platform, &Actor::Anonymous] {
        assert!(permit(other, Some(theirs)).is_err());
    }
    assert!(permit_operator(&Actor::Operator).is_ok());
    for other in [&admin, &platform, &Actor::Anonymous] {
        assert!(permit_operator(other).is_err());
    }
}

#[test]
fn another_tenant_is_not_found() {
    let admin = member(&[Role::ProviderAdmin], Scope::ALL);
    let named = |n| permit_for_provider(&admin, Action::ManageMembers, n);
    assert_eq!(named(None).unwrap(), Uuid::from_u128(1));
    assert_eq!(named(Some(Uuid::from_u128(1))).unwrap(), Uuid::from_u128(1));
    assert!(matches!(
        named(Some(Uuid::from_u128(8))),
        Err(Error::NotFound(_))
    ));
}

#[test]
fn a_learner_reaches_their_own_and_nothing_of_the_tenants() {
    let own = Uuid::from_u128(5);
    let learner = Actor::Learner {
        provider: Uuid::from_u128(1),
        learner: own,
        by: SignIn::Key(Uuid::from_u128(6)),
        scopes: scopes_of(&[Role::Learner]),
    };
    let extent = permit_extent(&learner, Action::ViewAssessments).unwrap();
    assert_eq!(extent.learner, Some(own));
    assert!(extent.covers(own) && !extent.covers(Uuid::from_u128(7)));
    // An operation that does not ask for the extent lets no learner in.
    assert!(permit_in_tenant(&learner, Action::ViewAssessments).is_err());
    assert!(permit_extent(&learner, Action::Observe).is_err());
    let admin = member(&[Role::ProviderAdmin], Scope::ALL);
    let extent = permit_extent(&admin, Action::ViewAssessments).unwrap();
    assert!(extent.learner.is_none() && extent.covers(own));
}

#[test]
fn a_curator_has_the_catalog_and_nothing_else() {
    let theirs = [
        Action::ManageCatalog,
        Action::ManageFrameworks,
        Action::ViewDrafts,
        Action::SuggestCorrection,
        Action::ViewCorrections,
        Action::DecideCorrection,
    ];
    let curator = Actor::Platform {
        by: SignIn::Key(Uuid::from_u128(9)),
        role: Role::Curator,
        scopes: Scope::ALL.to_vec(),
    };
    for rule in RULES {
        let allowed = permit(&curator, rule.action).is_ok();
        assert_eq!(allowed, theirs.contains(&rule.action), "{rule:?}");
    }
}
