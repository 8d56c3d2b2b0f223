//! `POST /issuers/{slug}/credentials/issue`: credentials that a client wrote.

use attestry::{catalog::samples::SAMPLES, credential::mechanism::Mechanism, kernel::ids};
use axum::http::StatusCode;
use entity::{credential, status_list};
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::{
    Answer, Api, House, Tenant, audit::check_chains, cast, on_each_database, proofs,
};

on_each_database!(
    each_mechanism_secures_what_a_client_wrote,
    a_proof_joins_those_that_are_there,
    a_term_that_would_be_dropped_is_refused,
    a_written_credential_is_revoked_like_any_other,
    the_scope_is_given_by_name_only,
    nobody_issues_as_another,
    what_cannot_be_issued_leaves_nothing,
    a_statement_needs_its_demonstration,
    one_name_issues_once,
);

const PATH: &str = "/issuers/riverside/credentials/issue";
const DID: &str = "did:web:skills.example:issuers:riverside";

/// A college whose administrator has a key for writing credentials.
struct Scene {
    house: House,
    platform: String,
    college: Tenant,
    token: String,
}

impl Scene {
    async fn create(house: House) -> Self {
        let platform = house.with_samples().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let token = writer(&house.api, &platform, &college).await;
        Self {
            house,
            platform,
            college,
            token,
        }
    }

    async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Answer {
        let body = body.to_string().into_bytes();
        let sent = self.house.api.post(path, token, &[], body).await;
        sent.expect("it is in this process")
    }

    async fn issue(&self, body: &Value) -> Answer {
        self.post(PATH, Some(&self.token), body).await
    }

    async fn rows(&self) -> Vec<credential::Model> {
        let db = self.house.app.db.reader();
        let rows = credential::Entity::find().all(db).await;
        rows.expect("they can be read")
    }

    /// How one check of a record ends.
    async fn check(&self, record: &str, name: &str) -> String {
        let verdict = self.house.api.verdict(record).await;
        let checks = verdict.at("/verifyCredential/checks").as_array();
        let check = checks.into_iter().flatten().find(|c| c["name"] == name);
        let outcome = check.and_then(|c| c["outcome"].as_str());
        outcome.unwrap_or_else(|| panic!("{verdict:?}")).to_owned()
    }

    /// The learner's `urn:uuid`, as records name them.
    async fn subject(&self) -> String {
        let (_, id) = ids::parse_global(&self.college.learner).expect("a global id");
        let db = self.house.app.db.reader();
        let row = entity::learner::Entity::find_by_id(id).one(db).await;
        row.expect("it can be read")
            .expect("it is there")
            .subject_urn
    }
}

/// A key of a college's administrator for writing credentials.
async fn writer(api: &Api, platform: &str, college: &Tenant) -> String {
    let input = json!({
        "memberId": college.admin.id, "name": "writer", "scopes": ["credentials:issue-raw"],
    });
    cast::key(api, platform, input).await
}

fn written() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:ada", "name": "Ada"},
    })
}

/// The request for a written credential with a member set.
fn with(member: &str, value: Value) -> Value {
    let mut credential = written();
    credential[member] = value;
    json!({"credential": credential})
}

/// The problem in an answer, by its title, and what is said of it.
fn problem(answer: &Answer) -> (&str, &str) {
    let text = |name| answer.body["problemDetails"][0][name].as_str();
    let problem = text("title").zip(text("detail"));
    problem.unwrap_or_else(|| panic!("no problem: {answer:?}"))
}

/// The secured credential as text, ready to be judged.
fn record(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer.body["verifiableCredential"].to_string()
}

/// The credential within, whatever secures it.
fn claims(answer: &Answer) -> Value {
    let document = &answer.body["verifiableCredential"];
    if document["proof"].is_object() {
        return document.clone();
    }
    let inspected = attestry::credential::verify::inspect(record(answer).as_bytes());
    inspected.expect("a credential").document().clone().into()
}

async fn each_mechanism_secures_what_a_client_wrote(house: House) {
    let scene = Scene::create(house).await;
    for (options, mechanism) in [
        (json!({}), "EDDSA_RDFC_2022"),
        (json!({"type": "DataIntegrityProof"}), "EDDSA_RDFC_2022"),
        (json!({"cryptosuite": "eddsa-rdfc-2022"}), "EDDSA_RDFC_2022"),
        (json!({"cryptosuite": "eddsa-jcs-2022"}), "EDDSA_JCS_2022"),
        (json!({"mechanism": "EDDSA_JCS_2022"}), "EDDSA_JCS_2022"),
        (json!({"mechanism": "vc+jwt"}), "VC_JWT"),
        (json!({"mechanism": "VC_JWT"}), "VC_JWT"),
    ] {
        let answer = scene
            .issue(&json!({"credential": written(), "options": options}))
            .await;
        let claims = claims(&answer);
        assert_eq!(claims["issuer"], DID);
        assert_eq!(claims["credentialSubject"], written()["credentialSubject"]);
        let status = &claims["credentialStatus"];
        assert_eq!(status["type"], "BitstringStatusListEntry");
        assert_eq!(status["statusPurpose"], "revocation");
        let id = claims["id"].as_str().expect("an id");
        let rows = scene.rows().await;
        let row = rows.iter().find(|r| r.document_id == id);
        let row = row.expect("it was recorded");
        assert_eq!(
            (row.mechanism.as_str(), row.state.as_str()),
            (mechanism, "ISSUED")
        );
        assert_eq!((row.learner_id, row.demonstration_id), (None, None));
        let record = record(&answer);
        if mechanism == "VC_JWT" {
            for check in ["signature", "issuer", "time", "status"] {
                assert_eq!(scene.check(&record, check).await, "PASS", "{check}");
            }
        } else {
            assert_eq!(
                proofs::held_by(&scene.house.app, "riverside", &record).await,
                1
            );
            let recorded = row.secured.as_deref().expect("it was signed");
            let recorded: Value = serde_json::from_str(recorded).expect("it is JSON");
            assert_eq!(answer.body["verifiableCredential"], recorded);
        }
    }
    check_chains(&scene.house.app.db).await;
}

async fn a_proof_joins_those_that_are_there(house: House) {
    let scene = Scene::create(house).await;
    let mut first = scene.issue(&json!({"credential": written()})).await.body;
    let first = &mut first["verifiableCredential"];
    // Another's proof under its own id, on which the new one may build.
    let mut theirs = first["proof"].clone();
    theirs["id"] = json!("urn:uuid:9a3b7a52-6d0e-4a9c-8f0e-0c1d2e3f4a5b");
    theirs["verificationMethod"] = json!("did:key:z6MkOther#z6MkOther");
    let mut proven = written();
    proven["proof"] = theirs.clone();
    for (cryptosuite, previous) in [
        ("eddsa-rdfc-2022", None),
        ("eddsa-jcs-2022", None),
        ("eddsa-rdfc-2022", Some(theirs["id"].clone())),
        ("eddsa-jcs-2022", Some(json!([theirs["id"]]))),
    ] {
        let mut request = json!({"credential": proven, "options": {"cryptosuite": cryptosuite}});
        if let Some(previous) = &previous {
            request["options"]["previousProof"] = previous.clone();
        }
        let answer = scene.issue(&request).await;
        let record = record(&answer);
        let proofs = &answer.body["verifiableCredential"]["proof"];
        assert_eq!(proofs[0], theirs, "what is there stays");
        assert_eq!(proofs[1]["previousProof"].is_null(), previous.is_none());
        assert_eq!(
            proofs::held_by(&scene.house.app, "riverside", &record).await,
            1
        );
    }
    for (options, place) in [
        (
            json!({"previousProof": "urn:uuid:unknown"}),
            "previousProof",
        ),
        (json!({"mechanism": "vc+jwt"}), "credential/proof"),
    ] {
        let request = json!({"credential": proven, "options": options});
        let answer = scene.issue(&request).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        let words = answer.body.to_string();
        assert!(
            words.contains(place) || words.contains("unknown"),
            "{words}"
        );
    }
}

async fn a_term_that_would_be_dropped_is_refused(house: House) {
    let scene = Scene::create(house).await;
    for mechanism in Mechanism::ALL {
        let mut request = with(
            "credentialSubject",
            json!({"id": "did:example:ada", "grade": 7}),
        );
        request["options"] = json!({"mechanism": mechanism.as_str()});
        let answer = scene.issue(&request).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        let (title, detail) = problem(&answer);
        assert_eq!(title, "PROOF_GENERATION_ERROR", "{detail}");
        assert!(detail.contains("/credentialSubject/grade"), "{detail}");
        // A context of its own may say what it means.
        let known = "https://www.w3.org/ns/credentials/v2";
        request["credential"]["@context"] =
            json!([known, {"grade": "https://college.example/grade"}]);
        request["credential"]["issuer"] = json!({"id": DID});
        let answer = scene.issue(&request).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        // Contexts that are not known are not fetched, and known terms mean what they mean.
        for context in [
            json!("https://college.example/context"),
            json!({"name": "https://college.example/name"}),
        ] {
            request["credential"]["@context"] = json!([known, context]);
            let answer = scene.issue(&request).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        }
    }
    assert_eq!(scene.rows().await.len(), Mechanism::ALL.len());
}

async fn a_written_credential_is_revoked_like_any_other(house: House) {
    let scene = Scene::create(house).await;
    let subject = scene.subject().await;
    let request = |purpose: &str| {
        let mut request = with("credentialSubject", json!({"id": subject, "name": "Ada"}));
        request["credential"]["id"] = json!(format!("https://college.example/{purpose}"));
        request["options"] = json!({"mechanism": "vc+jwt", "statusPurpose": purpose});
        request
    };
    for (purpose, suspended) in [("revocation", "PASS"), ("suspension", "FAIL")] {
        let answer = scene.issue(&request(purpose)).await;
        let url = format!("https://college.example/{purpose}");
        assert_eq!(claims(&answer)["id"], url);
        let rows = scene.rows().await;
        let row = rows.iter().find(|r| r.document_id == url);
        let id = ids::global("Credential", row.expect("it was recorded").id);
        let query = "query C($id: ID!) { credential(id: $id) {
            urn mechanism jwt demonstration { id } learner { id } } }";
        let admin = Some(scene.college.admin.token.as_str());
        let told = scene.house.api.send(admin, query, json!({"id": id})).await;
        assert_eq!(told.at("/credential/urn"), &json!(url));
        assert_eq!(told.at("/credential/mechanism"), "VC_JWT");
        assert!(told.at("/credential/jwt").is_string());
        assert_eq!(told.at("/credential/demonstration"), &Value::Null);
        // It names a learner of the provider, whose it is therefore.
        assert_eq!(
            told.at("/credential/learner/id"),
            scene.college.learner.as_str()
        );
        let record = record(&answer);
        for (change, outcome) in [
            ("suspendCredential", suspended),
            ("revokeCredential", "FAIL"),
        ] {
            scene.college.change(change, &id).await;
            let judged = scene.check(&record, "status").await;
            assert_eq!(judged, outcome, "{purpose} after {change}");
        }
    }
}

async fn the_scope_is_given_by_name_only(house: House) {
    let scene = Scene::create(house).await;
    let request = json!({"credential": written(), "options": {"mechanism": "vc+jwt"}});
    // The administrator's usual key has every scope of the role but this one.
    for (token, status) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("attestry_nonsense"), StatusCode::UNAUTHORIZED),
        (Some(scene.platform.as_str()), StatusCode::FORBIDDEN),
        (
            Some(scene.college.admin.token.as_str()),
            StatusCode::FORBIDDEN,
        ),
        (
            Some(scene.college.assessors[0].token.as_str()),
            StatusCode::FORBIDDEN,
        ),
    ] {
        let answer = scene.post(PATH, token, &request).await;
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(answer.body["error"]["code"].is_string(), "{answer:?}");
    }
    // A key without it cannot give it, and an assessor cannot have it.
    let named = json!({
        "memberId": scene.college.admin.id, "name": "more", "scopes": ["credentials:issue-raw"],
    });
    let fields = "apiKey { id }";
    let refused = scene.college.admin("createApiKey", fields, named).await;
    assert_eq!(refused.user_errors(), ["SCOPE_NOT_ALLOWED"], "{refused:?}");
    let named = json!({
        "memberId": scene.college.assessors[0].id, "name": "more",
        "scopes": ["credentials:issue-raw"],
    });
    let api = &scene.house.api;
    let refused = api
        .mutate(&scene.platform, "createApiKey", fields, named)
        .await;
    assert_eq!(refused.user_errors(), ["SCOPE_NOT_ALLOWED"], "{refused:?}");
    // And it is for nothing else.
    let nothing = ids::global("Demonstration", uuid::Uuid::nil());
    let input = json!({"demonstrationId": nothing, "idempotencyKey": "k"});
    let refused = api
        .mutate(&scene.token, "issueCredential", "__typename", input)
        .await;
    assert_eq!(refused.code(), Some("FORBIDDEN"), "{refused:?}");
    assert!(scene.rows().await.is_empty());
}

async fn nobody_issues_as_another(house: House) {
    let scene = Scene::create(house).await;
    let (api, platform) = (&scene.house.api, &scene.platform);
    let other = Tenant::create(api, platform, "hillside").await;
    let others = writer(api, platform, &other).await;
    let request = json!({"credential": written(), "options": {"mechanism": "vc+jwt"}});
    let missing = "/issuers/nowhere/credentials/issue";
    let mut answers = Vec::new();
    for (path, token) in [(PATH, &others), (missing, &scene.token), (missing, &others)] {
        let answer = scene.post(path, Some(token), &request).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
        answers.push(answer.body["error"]["message"].clone());
    }
    // Another's issuer is as unknown as one that never was.
    answers.dedup();
    assert_eq!(answers.len(), 1);
    for issuer in [
        json!("did:web:skills.example:issuers:hillside"),
        json!({"id": "did:example:other", "name": "Other"}),
    ] {
        let answer = scene.issue(&with("issuer", issuer)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        assert_eq!(problem(&answer).0, "MALFORMED_VALUE_ERROR");
        assert!(problem(&answer).1.contains("/issuer"), "{answer:?}");
    }
    assert!(scene.rows().await.is_empty());
}

async fn what_cannot_be_issued_leaves_nothing(house: House) {
    let scene = Scene::create(house).await;
    let lists = async || {
        let db = scene.house.app.db.reader();
        status_list::Entity::find()
            .count(db)
            .await
            .expect("a count")
    };
    let option =
        |name: &str, value: Value| json!({"credential": written(), "options": {name: value}});
    for (request, title, place) in [
        (json!([]), "MALFORMED_VALUE_ERROR", "the body"),
        (json!({}), "MALFORMED_VALUE_ERROR", "credential"),
        (
            json!({"credential": written(), "proof": 1}),
            "UNKNOWN_OPTION_PROVIDED",
            "proof",
        ),
        (
            json!({"credential": "text"}),
            "MALFORMED_VALUE_ERROR",
            "credential",
        ),
        (
            json!({"credential": written(), "options": null}),
            "MALFORMED_VALUE_ERROR",
            "options",
        ),
        (
            option("mandatoryPointers", json!([])),
            "UNKNOWN_OPTION_PROVIDED",
            "mandatoryPointers",
        ),
        (
            option("cryptosuite", json!("ecdsa-rdfc-2019")),
            "MALFORMED_VALUE_ERROR",
            "cryptosuite",
        ),
        (
            option("cryptosuite", json!(7)),
            "MALFORMED_VALUE_ERROR",
            "cryptosuite",
        ),
        (
            option("mechanism", json!("JWT")),
            "MALFORMED_VALUE_ERROR",
            "mechanism",
        ),
        (
            option("type", json!("Ed25519Signature2020")),
            "MALFORMED_VALUE_ERROR",
            "type",
        ),
        (
            option("statusPurpose", json!("message")),
            "MALFORMED_VALUE_ERROR",
            "statusPurpose",
        ),
        (
            option("previousProof", json!([1])),
            "MALFORMED_VALUE_ERROR",
            "previousProof",
        ),
        (
            option("credentialId", json!("not a URL")),
            "MALFORMED_VALUE_ERROR",
            "/id",
        ),
        (
            option("demonstrationId", json!("x")),
            "MALFORMED_VALUE_ERROR",
            "demonstrationId",
        ),
        (
            json!({"credential": written(), "options": {"mechanism": "vc+jwt", "cryptosuite": "eddsa-jcs-2022"}}),
            "MALFORMED_VALUE_ERROR",
            "options.mechanism",
        ),
        (
            with("type", json!("Other")),
            "MALFORMED_VALUE_ERROR",
            "/type",
        ),
        (
            with("credentialSubject", json!({})),
            "MALFORMED_VALUE_ERROR",
            "/credentialSubject",
        ),
        (
            with("validFrom", json!("soon")),
            "MALFORMED_VALUE_ERROR",
            "/validFrom",
        ),
    ] {
        let answer = scene.issue(&request).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{request}: {answer:?}"
        );
        let (found, detail) = problem(&answer);
        assert_eq!(found, title, "{request}: {detail}");
        assert!(detail.contains(place), "{request}: {detail}");
    }
    let api = &scene.house.api;
    let send = async |headers: &[(&str, &str)], body: &[u8]| {
        let token = Some(scene.token.as_str());
        let sent = api.post(PATH, token, headers, body.to_vec()).await;
        sent.expect("it is in this process")
    };
    for body in [
        &b"{"[..],
        b"{\"credential\":{},\"credential\":{}}",
        b"\xff",
        b"[1e400]",
    ] {
        let answer = send(&[], body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        assert_eq!(problem(&answer).0, "PARSING_ERROR");
    }
    let limit = scene.house.app.config.http.max_body_bytes;
    let answer = send(&[], &vec![b' '; limit + 1]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{answer:?}");
    let whole = json!({"credential": written()}).to_string();
    let twice = [("idempotency-key", "a"), ("idempotency-key", "b")];
    let long = "k".repeat(201);
    for headers in [
        &twice[..],
        &[("idempotency-key", long.as_str())],
        &[("idempotency-key", "")],
    ] {
        let answer = send(headers, whole.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    }
    assert!(scene.rows().await.is_empty());
    assert_eq!(lists().await, 0, "a place was taken for nothing");
}

async fn a_statement_needs_its_demonstration(house: House) {
    let scene = Scene::create(house).await;
    let statements = cast::statements(&scene.house.api, SAMPLES[0].soc, 2).await;
    let demonstration = scene.college.demonstration(&statements[0], false).await;
    let url = |global: &str| {
        let (_, id) = ids::parse_global(global).expect("a global id");
        format!("https://skills.example/statements/{id}")
    };
    let subject = scene.subject().await;
    let request = |statement: &str, subject: &str, options: Value| {
        let achievement = json!({
            "type": ["Achievement"], "id": "urn:uuid:2b1c0c3e-6a0f-4c43-8c1e-0b9a6f1d2e3f",
            "name": "Brakes", "description": "Adjusts brakes.",
            "criteria": {"narrative": "Seen."},
            "alignment": [{
                "type": ["Alignment"], "targetName": "Brakes", "targetUrl": statement,
            }],
        });
        let mut options = options;
        options["mechanism"] = json!("vc+jwt");
        json!({
            "credential": {
                "@context": [
                    "https://www.w3.org/ns/credentials/v2",
                    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                ],
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
                "name": "Brakes",
                "credentialSubject": {
                    "id": subject, "type": ["AchievementSubject"], "achievement": achievement,
                },
            },
            "options": options,
        })
    };
    let named = json!({"demonstrationId": demonstration});
    let (first, second) = (url(&statements[0]), url(&statements[1]));
    for (statement, subject, options, place) in [
        (
            &first,
            subject.as_str(),
            json!({}),
            "/credentialSubject/achievement/alignment/0/targetUrl",
        ),
        (
            &second,
            &subject,
            named.clone(),
            "/credentialSubject/achievement/alignment/0/targetUrl",
        ),
        (
            &first,
            "did:example:another",
            named.clone(),
            "/credentialSubject/id",
        ),
    ] {
        let answer = scene.issue(&request(statement, subject, options)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
        assert!(problem(&answer).1.contains(place), "{answer:?}");
    }
    let unknown = json!({"demonstrationId": ids::global("Demonstration", uuid::Uuid::nil())});
    let answer = scene.issue(&request(&first, &subject, unknown)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
    assert!(scene.rows().await.is_empty());
    // However a context shortens the address, it means the same.
    let mut short = request(
        "urn:uuid:2b1c0c3e-6a0f-4c43-8c1e-0b9a6f1d2e3f",
        &subject,
        json!({}),
    );
    let prefix = json!({"there": "https://skills.example/statements/"});
    let contexts = short["credential"]["@context"].as_array_mut();
    contexts.expect("an array").push(prefix);
    let id = first.replace("https://skills.example/statements/", "there:");
    short["credential"]["credentialSubject"]["achievement"]["id"] = json!(id);
    let answer = scene.issue(&short).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    assert!(problem(&answer).1.contains("statement"), "{answer:?}");
    assert!(scene.rows().await.is_empty());
    // Elsewhere's statements are none of ours.
    let elsewhere = first.replace("skills.example", "other.example");
    let answer = scene.issue(&request(&elsewhere, &subject, json!({}))).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let answer = scene.issue(&request(&first, &subject, named)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    assert_eq!(claims(&answer)["issuer"]["name"], "The riverside college");
    let (_, demonstration) = ids::parse_global(&demonstration).expect("a global id");
    let rows = scene.rows().await;
    let with = rows
        .iter()
        .filter(|r| r.demonstration_id == Some(demonstration));
    assert_eq!(with.count(), 1);
    assert!(rows.iter().all(|r| r.learner_id.is_some()));
}

async fn one_name_issues_once(house: House) {
    let scene = Scene::create(house).await;
    let request = json!({"credential": written(), "options": {"mechanism": "vc+jwt"}});
    let send = async |key: &str, request: &Value| {
        let body = request.to_string().into_bytes();
        let token = Some(scene.token.as_str());
        let headers = [("idempotency-key", key)];
        let sent = scene.house.api.post(PATH, token, &headers, body).await;
        sent.expect("it is in this process")
    };
    let answers = join_all((0..20).map(|_| send("one", &request))).await;
    for answer in &answers {
        assert_eq!(record(answer), record(&answers[0]));
    }
    assert_eq!(scene.rows().await.len(), 1);
    let mut other = request.clone();
    other["credential"]["credentialSubject"]["name"] = json!("Eve");
    let mut suspendable = request.clone();
    suspendable["options"]["statusPurpose"] = json!("suspension");
    for reused in [other, suspendable] {
        let answer = send("one", &reused).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{answer:?}"
        );
        assert_eq!(problem(&answer).0, "IDEMPOTENCY_KEY_REUSED");
    }
    // Without a name, each request issues anew.
    for _ in 0..2 {
        record(&scene.issue(&request).await);
    }
    assert_eq!(scene.rows().await.len(), 3);
}
