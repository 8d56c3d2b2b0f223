//! Who a token is about: roles, members, learners, tenants.

use attestry::{identity::ops::authenticate::authenticate, kernel::ids::parse_global};
use entity::audit_record;
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{Scene, issuer::AUDIENCE, refused, viewer};
use crate::support::{Api, House, Tenant, audit::check_chains, on_each_database};

on_each_database!(
    each_role_signs_in_and_reaches_its_own,
    a_member_is_found_again,
    a_member_shows_a_verified_address,
    a_first_sign_in_makes_one_member,
);

async fn each_role_signs_in_and_reaches_its_own(house: House) {
    let name = "each_role_signs_in_and_reaches_its_own";
    Scene::play(house, name, async |mut scene| {
        let api = scene.api();
        for (alg, role, kind, ours) in [
            ("RS256", json!("admin"), "MEMBER", "PROVIDER_ADMIN"),
            ("ES256", json!(["teacher", "guest"]), "MEMBER", "ASSESSOR"),
            ("RS256", json!(["office"]), "MEMBER", "REGISTRAR"),
            ("ES256", json!(["librarian"]), "PLATFORM", "CURATOR"),
            ("RS256", json!("root"), "PLATFORM", "PLATFORM_ADMIN"),
            ("RS256", json!(["student"]), "LEARNER", "LEARNER"),
        ] {
            let claims = json!({"roles": role});
            let token = scene.token_for(AUDIENCE, "2026-001", alg, claims).await;
            let seen = viewer(&api, &token).await;
            assert_eq!(seen.at("/viewer/kind"), kind, "{seen:?}");
            assert_eq!(seen.at("/viewer/roles"), &json!([ours]));
            let slug = if kind == "PLATFORM" {
                Value::Null
            } else {
                json!({"slug": "riverside"})
            };
            assert_eq!(seen.at("/viewer/provider"), &slug);
            let scopes = seen.at("/viewer/scopes").as_array().expect("a list");
            assert!(!scopes.is_empty() && !scopes.contains(&json!("credentials:issue-raw")));
        }
        // One person at the issuer is one member, whatever their roles are by and by.
        assert_eq!(scene.identities().await.len(), 1);

        // A learner is the one whom the provider knows by that identifier.
        let token = scene.token("2026-001", json!({"roles": "student"})).await;
        let actor = authenticate(&scene.app(""), Some(&token)).await;
        let own = parse_global(&scene.college.learner).map(|(_, id)| id);
        assert_eq!(actor.expect("it is good").learner(), own);

        // What an administrator does is told with the issuer that vouched for them.
        let token = scene.token("head", json!({"roles": "admin"})).await;
        let input = json!({"externalId": "2", "name": "Two", "email": "two@people.example"});
        let made = api
            .mutate(&token, "createLearner", "learner { id }", input)
            .await;
        assert!(made.user_errors().is_empty(), "{made:?}");
        let records = audit_record::Entity::find()
            .filter(audit_record::Column::Actor.ends_with(format!(" via {}", scene.issuer.url)))
            .order_by_asc(audit_record::Column::Sequence)
            .all(scene.house.db())
            .await;
        let records = records.expect("they can be read");
        let actions: Vec<_> = records.iter().map(|r| r.action.as_str()).collect();
        let taken_in = ["member.create", "member.link"];
        assert_eq!(
            actions,
            [&taken_in[..], &taken_in, &["learner.create"]].concat()
        );
        assert!(records.iter().all(|r| r.actor.starts_with("member ")));
        check_chains(&scene.house.app.db).await;
    })
    .await;
}

async fn a_member_is_found_again(house: House) {
    let name = "a_member_is_found_again";
    Scene::play(house, name, async |mut scene| {
        let api = scene.api();
        let before = scene.members().await.len();
        let email = "First@Riverside.example";
        let vouched = json!({"roles": "teacher", "email": email, "email_verified": true});
        let claimed = json!({"roles": "teacher", "email": email, "name": "Mallory"});

        // An address that the issuer does not vouch for makes nobody its owner.
        let token = scene.token("mallory", claimed).await;
        assert_eq!(viewer(&api, &token).await.at("/viewer/kind"), "MEMBER");
        let members = scene.members().await;
        assert_eq!(members.len(), before + 1);
        let mallory = members
            .iter()
            .find(|m| m.name == "Mallory")
            .expect("a member");
        assert_eq!(mallory.email, None);

        // One that it vouches for does.
        let token = scene.token("first", vouched.clone()).await;
        for _ in 0..2 {
            assert_eq!(viewer(&api, &token).await.at("/viewer/kind"), "MEMBER");
        }
        assert_eq!(scene.members().await.len(), before + 1);
        let (_, first) = parse_global(&scene.college.assessors[0].id).expect("an id");
        let identities = scene.identities().await;
        let linked = identities
            .iter()
            .find(|i| i.subject == "first")
            .expect("it is linked");
        assert_eq!(linked.member_id, first);
        // Their stored roles are not added: the administrator's too has the token's alone.
        let admin = json!({
            "roles": "teacher", "email": "admin@riverside.example", "email_verified": true,
        });
        let token = scene.token("admin", admin).await;
        assert_eq!(
            viewer(&api, &token).await.at("/viewer/roles"),
            &json!(["ASSESSOR"])
        );
        assert_eq!(scene.members().await.len(), before + 1);

        // An address that was given to somebody else is not the way to what the first one did.
        let token = scene.token("heir", vouched).await;
        assert_eq!(viewer(&api, &token).await.at("/viewer/kind"), "MEMBER");
        assert_eq!(scene.members().await.len(), before + 2);
        let identities = scene.identities().await;
        let heir = identities
            .iter()
            .find(|i| i.subject == "heir")
            .expect("it is linked");
        assert_ne!(heir.member_id, first);

        // The same subject at another provider is another member.
        Tenant::create(&scene.house.api, &scene.platform, "hilltop").await;
        let table = scene.issuer.table("provider-claim = 'org.tenant'");
        let shared = Api::of(&scene.house.trusting(&[table]));
        let mut theirs = Vec::new();
        for tenant in ["riverside", "hilltop"] {
            let claims = json!({"roles": "teacher", "org": {"tenant": tenant}});
            let token = scene.token("first", claims).await;
            let seen = viewer(&shared, &token).await;
            assert_eq!(seen.at("/viewer/provider/slug"), tenant, "{seen:?}");
            theirs = scene.identities().await;
            theirs.retain(|i| i.subject == "first");
        }
        assert_eq!(theirs.len(), 2);
        assert_ne!(theirs[0].member_id, theirs[1].member_id);
        assert_ne!(theirs[0].provider_id, theirs[1].provider_id);
        let nowhere = json!({"roles": "teacher", "org": {"tenant": "nowhere"}});
        let token = scene.token("first", nowhere).await;
        refused(&shared, &token, "provider does not exist here").await;
        check_chains(&scene.house.app.db).await;
    })
    .await;
}

async fn a_member_shows_a_verified_address(house: House) {
    let name = "a_member_shows_a_verified_address";
    Scene::play(house, name, async |mut scene| {
        let table = scene.issuer.strict_table("provider = 'riverside'");
        let api = Api::of(&scene.house.trusting(&[table]));
        let before = scene.members().await.len();
        let email = "first@riverside.example";
        for claims in [
            json!({"roles": "teacher"}),
            json!({"roles": "teacher", "email": email}),
            json!({"roles": "teacher", "email": email, "email_verified": "true"}),
        ] {
            let token = scene.token("first", claims).await;
            refused(&api, &token, "verified e-mail address").await;
        }
        assert_eq!(scene.members().await.len(), before);
        assert!(scene.identities().await.is_empty());
        // Once is enough: from then on the subject tells who it is.
        let vouched = json!({"roles": "teacher", "email": email, "email_verified": true});
        for claims in [vouched, json!({"roles": "teacher"})] {
            let token = scene.token("first", claims).await;
            assert_eq!(viewer(&api, &token).await.at("/viewer/kind"), "MEMBER");
        }
        assert_eq!(scene.members().await.len(), before);
        // Learners and the platform's people are known by other claims.
        for role in ["student", "librarian"] {
            let token = scene.token("2026-001", json!({"roles": role})).await;
            let seen = viewer(&api, &token).await;
            assert!(seen.at("/viewer/kind").is_string(), "{seen:?}");
        }
        check_chains(&scene.house.app.db).await;
    })
    .await;
}

async fn a_first_sign_in_makes_one_member(house: House) {
    let name = "a_first_sign_in_makes_one_member";
    Scene::play(house, name, async |mut scene| {
        let before = scene.members().await.len();
        let replicas = [scene.api(), scene.api()];
        let claims = json!({
            "roles": "teacher", "email": "new@people.example", "email_verified": true,
        });
        let token = scene.token("new", claims).await;
        let all = (0..20).map(|i| viewer(&replicas[i % 2], &token));
        for seen in join_all(all).await {
            assert_eq!(seen.at("/viewer/kind"), "MEMBER", "{seen:?}");
        }
        assert_eq!(scene.members().await.len(), before + 1);
        assert_eq!(scene.identities().await.len(), 1);
        check_chains(&scene.house.app.db).await;
    })
    .await;
}
