//! Tokens that sign nobody in, and keys that change or cannot be had.

use serde_json::json;

use super::{
    Scene,
    issuer::{AUDIENCE, Running, confused},
    refused, viewer,
};
use crate::{
    peers,
    support::{Api, House, on_each_database},
};

on_each_database!(
    what_proves_nothing_signs_nobody_in,
    keys_change_and_an_issuer_goes_down,
);

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
        for broken in [&good.replace('.', ""), "not a token at all"] {
            let told = "neither an API key of this service nor a signed JWT";
            refused(&api, broken, told).await;
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
