//! Who may issue what.

use super::*;

on_each_database!(
    the_scope_is_given_by_name_only,
    nobody_issues_as_another,
    a_statement_needs_its_demonstration,
);

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
    // A key with less than all that is given unasked cannot give it, and an assessor cannot have it.
    let api = &scene.house.api;
    let narrow = json!({
        "memberId": scene.college.admin.id, "name": "narrow", "scopes": ["keys:write"],
    });
    let narrow = cast::key(api, &scene.college.admin.token, narrow).await;
    let named = json!({
        "memberId": scene.college.admin.id, "name": "more", "scopes": ["credentials:issue-raw"],
    });
    let fields = "apiKey { id }";
    let refused = api.mutate(&narrow, "createApiKey", fields, named).await;
    assert_eq!(refused.user_errors(), ["SCOPE_NOT_ALLOWED"], "{refused:?}");
    let named = json!({
        "memberId": scene.college.assessors[0].id, "name": "more",
        "scopes": ["credentials:issue-raw"],
    });
    let refused = scene.college.admin("createApiKey", fields, named).await;
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
    let api = &scene.house.api;
    let other = Tenant::create(api, &scene.platform, "hillside").await;
    let others = writer(api, &other).await;
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
