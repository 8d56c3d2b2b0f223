//! An installation in memory, its routes, and a record that it issued.

use std::sync::Arc;

use attestry::app::{App, Op};
use attestry::assessment::model::{Attainment, Method, NewObservation, PlanContent, Rule, Scale};
use attestry::assessment::ops::{conduct, decide, observe, plans};
use attestry::catalog::ops::import::{Imported, import_framework};
use attestry::catalog::samples::SAMPLES;
use attestry::config::{CommonArgs, Config, ServeArgs};
use attestry::credential::custody::MasterKey;
use attestry::credential::mechanism::Mechanism;
use attestry::credential::ops::issue::{IssueRequest, issue_credential};
use attestry::credential::ops::providers::create_provider;
use attestry::identity::actor::{Actor, SignIn};
use attestry::identity::model::{NewLearner, NewMember, NewProvider};
use attestry::identity::ops::{learners::create_learner, members::create_member};
use attestry::identity::policy::{Role, scopes_of};
use attestry::kernel::{clock::SystemClock, db::Db, rng::SystemRng};
use attestry::web::router::router;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

/// What a browser sends when someone follows a link.
pub(super) const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// An installation and its routes.
pub(crate) struct House {
    pub(crate) app: Arc<App>,
    router: Router,
}

/// An answer, its body read.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    /// A header; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| {
            value.to_str().expect("a header of ours is ASCII")
        })
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("bodies are UTF-8")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }
}

impl House {
    /// An empty installation behind `public_url`.
    pub(crate) async fn empty(public_url: &str) -> Self {
        let common = CommonArgs {
            database_url: Some("sqlite::memory:".to_owned()),
            ..CommonArgs::default()
        };
        let serve = ServeArgs {
            public_url: Some(public_url.to_owned()),
            ..ServeArgs::default()
        };
        let config = Config::load(&common, &serve).expect("good settings");
        let db = Db::open(&config.database_url).await.expect("it opens");
        db.migrate().await.expect("it migrates");
        let key = MasterKey::from_bytes([7; 32]);
        let app = App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config);
        let router = router(&app);
        Self { app, router }
    }

    /// The same with the first sample in its catalog.
    pub(super) async fn with_sample(public_url: &str) -> (Self, Imported) {
        let house = Self::empty(public_url).await;
        let imported = house.import(SAMPLES[0].bytes).await;
        (house, imported)
    }

    pub(super) async fn import(&self, bytes: &[u8]) -> Imported {
        let imported = import_framework(&self.app.operator(), bytes).await;
        imported.expect("a good export")
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await;
        let (head, body) = response.expect("infallible").into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("it ends");
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        }
    }

    pub(super) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers.iter().fold(Request::get(path), |r, (name, value)| {
            r.header(*name, *value)
        });
        self.ask(request.body(Body::empty()).expect("a request"))
            .await
    }

    pub(super) async fn page(&self, path: &str) -> Answer {
        self.get(path, &[("accept", BROWSER)]).await
    }

    pub(super) async fn verify(&self, body: &Value) -> Answer {
        let request =
            Request::post("/credentials/verify").header("content-type", "application/json");
        let body = Body::from(body.to_string());
        self.ask(request.body(body).expect("a request")).await
    }

    /// The statements of a version, as its JSON tells them.
    pub(super) async fn statements(&self, version: Uuid) -> Vec<Value> {
        let version = self
            .get(&format!("/frameworks/{version}"), &[])
            .await
            .json();
        let levels = version["levels"].as_array().expect("levels").clone();
        let statements = levels
            .iter()
            .map(|l| l["statements"].as_array().expect("statements"));
        statements.flatten().cloned().collect()
    }
}

/// A record, and its issuer's administrator.
pub(super) struct Issued {
    pub(super) admin: Actor,
    pub(super) id: Uuid,
    pub(super) jwt: String,
}

impl Issued {
    pub(super) fn op(&self, house: &House) -> Op {
        house.app.op(self.admin.clone(), "test")
    }

    /// What the record says, unproven.
    pub(super) fn credential(&self) -> Value {
        let inspected = attestry::credential::verify::inspect(self.jwt.as_bytes());
        inspected.expect("a credential").document().clone().into()
    }
}

/// The uuid at the end of a URL.
pub(super) fn id_of(url: &Value) -> Uuid {
    let last = url.as_str().expect("a URL").rsplit('/').next();
    last.expect("a segment").parse().expect("a uuid")
}

/// A provider of this name with one record for one statement of the version.
pub(super) async fn issue(house: &House, slug: &str, version: Uuid) -> Issued {
    let operator = house.app.operator();
    let provider = NewProvider {
        slug: slug.to_owned(),
        name: "Riverside College".to_owned(),
        url: "https://riverside.example".to_owned(),
    };
    let provider = create_provider(&operator, provider).await.expect("new").id;
    let roles = vec![Role::ProviderAdmin, Role::Assessor];
    let member = NewMember {
        provider: Some(provider),
        name: "Noor Haddad".to_owned(),
        email: None,
        roles: roles.clone(),
    };
    let member = create_member(&operator, member).await.expect("new").id;
    let scopes = scopes_of(&roles);
    let admin = Actor::Member {
        provider,
        member,
        by: SignIn::Key(Uuid::nil()),
        roles,
        scopes,
    };
    let op = house.app.op(admin.clone(), "test");
    let learner = NewLearner {
        external_id: "1".to_owned(),
        name: "Ada Okafor".to_owned(),
        email: Some("ada@riverside.example".to_owned()),
        did: None,
        member: None,
    };
    let learner = create_learner(&op, learner).await.expect("new").id;
    let statement = id_of(&house.statements(version).await[0]["id"]);
    let content = PlanContent {
        statements: vec![statement],
        methods: vec![Method::Observation],
        scale: Scale::default(),
        criteria: Vec::new(),
        rule: Rule::default(),
        validity_days: None,
        suspendable: false,
        attainment: Attainment::default(),
    };
    let name = "Shop floor".to_owned();
    let plan = plans::create_plan(&op, name, content).await;
    let plan = plan.expect("new").row.id;
    let assessment = conduct::open_assessment(&op, plan, learner)
        .await
        .expect("new")
        .id;
    let observation = NewObservation {
        assessment,
        statement,
        rating: Some(3),
        criteria: Vec::new(),
        method: None,
        supersedes: None,
        context: "At the workstand.".to_owned(),
        observed_at: None,
        evidence: Vec::new(),
    };
    observe::record_observation(&op, observation)
        .await
        .expect("seen");
    conduct::submit_assessment(&op, assessment)
        .await
        .expect("submitted");
    let decided = decide::decide_assessment(&op, assessment)
        .await
        .expect("decided");
    let request = IssueRequest {
        demonstration: decided.demonstrations[0].id,
        mechanism: Mechanism::JwtOpenBadges,
        idempotency_key: "first".to_owned(),
    };
    let issued = issue_credential(&op, &request).await.expect("issued");
    let jwt = issued.secured.expect("signed");
    Issued {
        admin,
        id: issued.id,
        jwt,
    }
}

/// A request to verify a record.
pub(super) fn of(record: impl Into<Value>) -> Value {
    json!({"verifiableCredential": record.into()})
}
