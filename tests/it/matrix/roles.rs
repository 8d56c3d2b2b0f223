//! Whoever may send a request: each role, in each tenant, and keys that do not do.

use attestry::identity::policy::{self, Rule, Scope};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;

use super::Pool;
use crate::evidence::learners_key;
use crate::support::{House, cast};

/// Whose key it is.
pub(crate) enum Whose {
    Nobody,
    Platform,
    A,
    B,
    /// The learner of A whom A's objects are about.
    Learner,
    /// Another learner of A, who has a record of their own.
    Neighbour,
}

impl Whose {
    /// Whether they belong to tenant A.
    pub(crate) fn is_of_a(&self) -> bool {
        matches!(self, Self::A | Self::Learner | Self::Neighbour)
    }
}

/// Whoever sends a request.
pub(crate) struct Role {
    /// What to call them when something is wrong.
    pub(crate) name: String,
    /// Their key.
    pub(crate) token: Option<String>,
    /// Whose key it is.
    pub(crate) whose: Whose,
    /// Whether the key works no more.
    pub(crate) broken: bool,
    roles: Vec<policy::Role>,
    scopes: Vec<Scope>,
}

impl Role {
    /// How a field under this rule refuses them; `None` where it lets them.
    pub(crate) fn refusal(&self, rule: &Rule) -> Option<&'static str> {
        let may = match self.whose {
            Whose::Nobody => return Some("UNAUTHENTICATED"),
            _ if self.broken => return Some("UNAUTHENTICATED"),
            Whose::Platform | Whose::A | Whose::B | Whose::Learner | Whose::Neighbour => {
                self.roles.iter().any(|r| rule.roles.contains(r))
            }
        };
        let scoped = self.scopes.contains(&rule.scope);
        (!may || !scoped).then_some("FORBIDDEN")
    }
}

/// Everyone.
pub(crate) async fn all(house: &House, pool: &Pool) -> Vec<Role> {
    use policy::Role::{Assessor, Curator, Learner, PlatformAdmin, ProviderAdmin, Registrar};
    let input = json!({"role": "CURATOR", "name": "curator"});
    let curator = cast::key(&house.api, &pool.platform, input).await;
    let mut registrars = Vec::new();
    for tenant in [&pool.a, &pool.b] {
        let input = json!({"name": "Registrar", "roles": ["REGISTRAR"]});
        let made = tenant.admin("createMember", "member { id }", input).await;
        let id = made.text("/createMember/member/id");
        let input = json!({"memberId": id, "name": "registrar"});
        registrars.push(cast::key(&house.api, &tenant.admin.token, input).await);
    }
    let role = |name: &str, token: &str, whose, roles: &[policy::Role]| Role {
        name: name.to_owned(),
        token: Some(token.to_owned()),
        whose,
        broken: false,
        roles: roles.to_vec(),
        // What keys are made with unless they are asked for by name.
        scopes: Scope::ALL
            .iter()
            .copied()
            .filter(|s| !s.is_by_name_only())
            .collect(),
    };
    let (a, b) = (&pool.a, &pool.b);
    let mut all = vec![
        Role {
            token: None,
            ..role("anonymous", "", Whose::Nobody, &[])
        },
        role(
            "platform",
            &pool.platform,
            Whose::Platform,
            &[PlatformAdmin],
        ),
        role("curator", &curator, Whose::Platform, &[Curator]),
        role("registrar of A", &registrars[0], Whose::A, &[Registrar]),
        role("registrar of B", &registrars[1], Whose::B, &[Registrar]),
        role("admin of A", &a.admin.token, Whose::A, &[ProviderAdmin]),
        role(
            "assessor of A",
            &a.assessors[0].token,
            Whose::A,
            &[Assessor],
        ),
        role("admin of B", &b.admin.token, Whose::B, &[ProviderAdmin]),
        role(
            "assessor of B",
            &b.assessors[0].token,
            Whose::B,
            &[Assessor],
        ),
    ];
    for (name, whose, tenant, learner) in [
        ("learner of A", Whose::Learner, a, &a.learner),
        ("another learner of A", Whose::Neighbour, a, &pool.neighbour),
        ("learner of B", Whose::B, b, &b.learner),
    ] {
        let token = learners_key(house, tenant, learner).await;
        all.push(role(name, &token, whose, &[Learner]));
    }
    for (name, whose) in [("expired", 0), ("revoked", 1)] {
        let token = broken(house, pool, whose == 0).await;
        all.push(Role {
            broken: true,
            ..role(name, &token, Whose::A, &[ProviderAdmin])
        });
    }
    // A member of A with both roles, by keys of one scope each.
    let input = json!({"name": "Both", "roles": ["PROVIDER_ADMIN", "ASSESSOR"]});
    let both = a.admin("createMember", "member { id }", input).await;
    let both = both.text("/createMember/member/id");
    for scope in policy::scopes_of(&[ProviderAdmin, Assessor]) {
        let input = json!({"memberId": both, "name": "narrow", "scopes": [scope.as_str()]});
        let token = cast::key(&house.api, &a.admin.token, input).await;
        all.push(Role {
            scopes: vec![scope],
            ..role(scope.as_str(), &token, Whose::A, &[ProviderAdmin, Assessor])
        });
    }
    all
}

/// A key of A's administrator that has expired, or was revoked.
async fn broken(house: &House, pool: &Pool, expired: bool) -> String {
    let input = json!({"memberId": pool.a.admin.id, "name": "broken"});
    let made = pool
        .a
        .admin("createApiKey", "apiKey { id } token", input)
        .await;
    let id = made.text("/createApiKey/apiKey/id");
    if expired {
        let (_, id) = attestry::kernel::ids::parse_global(&id).expect("it is an id");
        let db = house.db();
        let row = entity::api_key::Entity::find_by_id(id).one(db).await;
        let row = row.expect("it can be read").expect("it was made");
        let mut row = row.into_active_model();
        row.expires_at = Set(0);
        row.update(db).await.expect("it can be changed");
    } else {
        let revoked = pool
            .a
            .admin("revokeApiKey", "apiKey { id }", json!({"apiKeyId": id}))
            .await;
        assert!(revoked.user_errors().is_empty(), "{revoked:?}");
    }
    made.text("/createApiKey/token")
}
