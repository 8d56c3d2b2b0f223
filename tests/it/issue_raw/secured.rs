//! What a client wrote is secured, recorded, revocable, and issued once.

use super::*;

on_each_database!(
    each_mechanism_secures_what_a_client_wrote,
    a_proof_joins_those_that_are_there,
    a_term_that_would_be_dropped_is_refused,
    a_written_credential_is_revoked_like_any_other,
    one_name_issues_once,
);

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
