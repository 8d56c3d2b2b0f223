//! Signing in with the tokens of an OpenID Connect issuer: another implementation, running.

mod issuer;
mod people;
mod refused;
mod service;

use std::{future::Future, sync::Arc};

use attestry::app::App;
use entity::{member, member_identity};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::{
    peers,
    support::{Answer, Api, House, Tenant},
};
use issuer::{AUDIENCE, Running};

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
