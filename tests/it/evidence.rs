//! Files of evidence: taken in, given out to those who may see them, and removed.

mod kept;
mod refused;

use attestry::{
    catalog::samples::SAMPLES,
    kernel::{digest, ids, rng::SystemRng},
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use entity::api_key;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::support::{Api, House, Tenant, cast};

/// A response of the router.
pub(crate) struct Given {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Given {
    fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{}: {e}: {text}", self.status))
    }

    fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |v| v.to_str().expect("it is ASCII"))
    }
}

/// Sends a request to the router as it is.
async fn send(house: &House, request: Request<Body>) -> Given {
    let Api::Here(router) = &house.api else {
        panic!("it is in this process");
    };
    let Ok(response) = router.clone().oneshot(request).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), usize::MAX).await;
    let bytes = bytes.map_or_else(|_| b"broken off".to_vec(), |b| b.to_vec());
    Given {
        status,
        headers,
        bytes,
    }
}

/// Uploads bytes under a type and a name.
async fn upload(house: &House, token: &str, kind: &str, name: &str, bytes: &[u8]) -> Given {
    let request = Request::post(format!("/evidence?name={name}"))
        .header(header::CONTENT_TYPE, kind)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(bytes.to_vec()));
    send(house, request.expect("it is well-formed")).await
}

/// Asks for a file.
async fn get(house: &House, token: Option<&str>, file: &str, headers: &[(&str, &str)]) -> Given {
    let mut request = Request::get(format!("/evidence/{file}"));
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(
        house,
        request.body(Body::empty()).expect("it is well-formed"),
    )
    .await
}

/// A tenant with a learner whose observation rests on a file, and another learner.
struct Scene {
    house: House,
    platform: String,
    a: Tenant,
    b: Tenant,
    /// A file that `a`'s learner's observation rests on.
    file: String,
}

const TEXT: &[u8] = b"seen at the desk, all morning";

impl Scene {
    async fn set(house: House) -> Self {
        let platform = house.with_samples().await;
        let a = Tenant::create(&house.api, &platform, "riverside").await;
        let b = Tenant::create(&house.api, &platform, "hillside").await;
        let statement = cast::statements(&house.api, SAMPLES[0].soc, 1)
            .await
            .remove(0);
        let plan = a.plan(std::slice::from_ref(&statement), false).await;
        let assessment = a.open(&plan, &a.learner).await;
        let token = &a.assessors[0].token;
        let kept = upload(&house, token, "text/plain", "notes.txt", TEXT).await;
        assert_eq!(kept.status, StatusCode::CREATED, "{:?}", kept.json());
        let file = kept.json()["file"].as_str().expect("its id").to_owned();
        let input = json!({
            "assessmentId": assessment, "statementId": statement, "rating": 3,
            "evidence": [{"kind": "FILE", "value": "", "fileId": file}],
        });
        let fields =
            "observation { id evidence { value file { url size mediaType digest name } } }";
        let seen = house
            .api
            .mutate(token, "recordObservation", fields, input)
            .await;
        let told = seen.at("/recordObservation/observation/evidence/0/file");
        let expected = json!({
            "url": format!("https://skills.example/evidence/{file}"), "size": TEXT.len(),
            "mediaType": "text/plain", "name": "notes.txt",
            "digest": format!("sha256:{}", digest::sha256_hex(TEXT)),
        });
        assert_eq!(told, &expected, "{seen:?}");
        Self {
            house,
            platform,
            a,
            b,
            file,
        }
    }
}

/// A key of a learner, stored as those are that they get for an invitation.
pub(crate) async fn learners_key(house: &House, tenant: &Tenant, learner: &str) -> String {
    let token = attestry::identity::tokens::generate(&SystemRng);
    let id = |global: &str| ids::parse_global(global).expect("an id").1;
    let row = api_key::Model {
        id: Uuid::from_u128(u128::from_le_bytes(attestry::kernel::rng::bytes(
            &SystemRng,
        ))),
        provider_id: Some(id(&tenant.provider)),
        member_id: None,
        learner_id: Some(id(learner)),
        platform_role: None,
        name: "a learner's".to_owned(),
        digest: digest::sha256(token.as_bytes()).to_vec(),
        scopes: attestry::identity::policy::scopes_of(&[attestry::identity::policy::Role::Learner])
            .iter()
            .map(|scope| scope.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        created_at: 0,
        expires_at: i64::MAX,
        revoked_at: None,
    };
    let stored = api_key::Entity::insert(row.into_active_model());
    let stored = stored.exec_without_returning(house.db()).await;
    stored.expect("it can be stored");
    token.as_str().to_owned()
}
