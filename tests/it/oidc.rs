//! Signing in with the tokens of an OpenID Connect issuer: another implementation, running.

mod issuer;

use std::{future::Future, sync::Arc};

use attestry::{app::App, identity::ops::authenticate::authenticate, kernel::ids::parse_global};
use entity::{audit_record, member, member_identity};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::{
    peers,
    support::{Answer, Api, House, Tenant, audit::check_chains, on_each_database},
};
use issuer::{AUDIENCE, Running, confused};

on_each_database!(
    each_role_signs_in_and_reaches_its_own,
    a_member_is_found_again,
    a_first_sign_in_makes_one_member,
    what_proves_nothing_signs_nobody_in,
    keys_change_and_an_issuer_goes_down,
);

const VIEWER: &str = "{ viewer { kind roles scopes provider { slug } } }";

/// An installation with the provider `riverside`, and an issuer that it trusts.
struct Scene {
    house: House,
    platform: String,
    college: Tenant,
    issuer: Running,
}

impl Scene {
    /// Runs a test in a scene; without peers it is skipped, aloud.
    async fn play<F: Future<Output = ()>>(house: House, test: &str, act: impl FnOnce(Self) -> F) {
        let Some(peers) = peers::folder(test) else {
            return;
        };
        // What the issuer signs is dated by the machine's clock.
        house.clock.catch_up(jiff::Timestamp::now());
        let platform = house.bootstrap().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let issuer = Running::start(&peers);
        let scene = Self {
            house,
            platform,
            college,
            issuer,
        };
        act(scene).await;
    }

    /// A token of the client `id` for this service, with these claims of its own.
    async fn token(&mut self, id: &str, claims: Value) -> String {
        self.token_for(AUDIENCE, id, "RS256", claims).await
    }

    async fn token_for(&mut self, audience: &str, id: &str, alg: &str, claims: Value) -> String {
        let token = self.issuer.token_for(audience, id, alg, claims).await;
        self.house.clock.catch_up(jiff::Timestamp::now());
        token
    }

    /// The installation that trusts the issuer for `riverside`, with further settings.
    fn app(&self, more: &str) -> Arc<App> {
        let table = self
            .issuer
            .table(&format!("provider = 'riverside'\n{more}"));
        self.house.trusting(&[table])
    }

    fn api(&self) -> Api {
        Api::of(&self.app(""))
    }

    async fn members(&self) -> Vec<member::Model> {
        let all = member::Entity::find().all(self.house.db()).await;
        all.expect("they can be read")
    }

    async fn identities(&self) -> Vec<member_identity::Model> {
        let all = member_identity::Entity::find().all(self.house.db()).await;
        all.expect("they can be read")
    }
}

async fn viewer(api: &Api, token: &str) -> Answer {
    api.send(Some(token), VIEWER, json!({})).await
}

/// How a token is refused: 401, with a message that must hold `told`.
async fn refused(api: &Api, token: &str, told: &str) {
    let answer = viewer(api, token).await;
    assert_eq!(answer.status, 401, "{answer:?}");
    assert_eq!(answer.code(), Some("UNAUTHENTICATED"));
    let message = answer.body["errors"][0]["message"].as_str();
    let message = message.expect("a message");
    assert!(message.contains(told), "{message}: it lacks {told:?}");
    assert!(!message.contains(token), "{message}");
}

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

async fn what_proves_nothing_signs_nobody_in(house: House) {
    let name = "what_proves_nothing_signs_nobody_in";
    Scene::play(house, name, async |mut scene| {
        let api = scene.api();
        let teacher = json!({"roles": "teacher"});
        let good = scene.token("t", teacher.clone()).await;
        assert_eq!(viewer(&api, &good).await.at("/viewer/kind"), "MEMBER");

        let elsewhere = scene.token_for("https://other.example", "t", "RS256", teacher.clone());
        refused(
            &api,
            &elsewhere.await,
            "the claim aud does not contain https://skills",
        )
        .await;
        let mut other = Running::start(&peers::folder(name).expect("it was there"));
        let theirs = other.token_for(AUDIENCE, "t", "RS256", teacher).await;
        refused(
            &api,
            &theirs,
            "the claim iss names no issuer that is trusted here",
        )
        .await;
        // The public key as the secret of an HMAC, in each way that it may be written.
        let keys = scene.issuer.keys().await;
        let key = &keys["keys"][0];
        for secret in [key.to_string(), key["n"].to_string(), keys.to_string()] {
            let confused = confused(&good, secret.as_bytes());
            refused(&api, &confused, "the token's alg is not allowed").await;
        }
        let unsigned = good
            .rsplit_once('.')
            .map(|(signed, _)| format!("{signed}."));
        refused(
            &api,
            &unsigned.expect("three parts"),
            "the token's signature is wrong",
        )
        .await;
        let (id, access) = (&good[..good.len() / 2], "not a token at all");
        for broken in [id, access] {
            refused(
                &api,
                broken,
                "neither an API key of this service nor a signed JWT",
            )
            .await;
        }
        let only = scene.app("algorithms = ['ES256']");
        refused(&Api::of(&only), &good, "have it sign with ES256").await;

        for (claims, told) in [
            (json!({}), "claim roles holds none of the roles"),
            (
                json!({"roles": ["guest"]}),
                "claim roles holds none of the roles",
            ),
            (
                json!({"roles": ["root", "admin"]}),
                "a role of the platform beside one within",
            ),
            (
                json!({"roles": "student"}),
                "no learner of the provider has the identifier",
            ),
        ] {
            let token = scene.token("nobody", claims).await;
            refused(&api, &token, told).await;
        }
        let unknown = scene.app("").config.oidc[0].clone();
        let elsewhere = scene.issuer.table("provider = 'hilltop'");
        assert_eq!(unknown.issuer, elsewhere.issuer);
        refused(
            &Api::of(&scene.house.trusting(&[elsewhere])),
            &good,
            "does not exist here",
        )
        .await;

        // Without issuers in its settings, the service takes API keys alone.
        refused(&scene.house.api, &good, "no API key of this service").await;
        scene.house.clock.pass_days(31);
        refused(&api, &good, "the token has expired").await;
        assert_eq!(scene.identities().await.len(), 1);
    })
    .await;
}

async fn keys_change_and_an_issuer_goes_down(house: House) {
    let name = "keys_change_and_an_issuer_goes_down";
    Scene::play(house, name, async |mut scene| {
        let api = scene.api();
        let teacher = || json!({"roles": "teacher"});
        let old = scene.token("t", teacher()).await;
        assert_eq!(viewer(&api, &old).await.at("/viewer/kind"), "MEMBER");

        scene.issuer.rotate();
        let new = scene.token("t", teacher()).await;
        // The keys were fetched a moment ago; they are asked for again half a minute later.
        refused(&api, &new, "no key with the token's kid").await;
        scene.house.clock.pass_seconds(31);
        assert_eq!(viewer(&api, &new).await.at("/viewer/kind"), "MEMBER");
        refused(&api, &old, "no key with the token's kid").await;

        let Scene { house, issuer, .. } = scene;
        drop(issuer);
        house.clock.pass_seconds(12 * 3600);
        assert_eq!(viewer(&api, &new).await.at("/viewer/kind"), "MEMBER");
        house.clock.pass_seconds(13 * 3600);
        refused(&api, &new, "the issuer's keys cannot be had at this moment").await;
    })
    .await;
}
