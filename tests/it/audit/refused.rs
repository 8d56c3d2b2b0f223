//! Mutations that must leave nothing behind.

use attestry::kernel::ids;
use serde_json::{Value, json};

use super::Scene;

/// One mutation of each that is refused for what is in it, or for who sends it.
pub(super) fn refused(scene: &Scene) -> Vec<(&'static str, Value)> {
    let nothing = ids::global("Credential", uuid::Uuid::nil());
    let status = json!({"credentialId": nothing, "reason": "a reason"});
    let no_key = ids::global("SigningKey", uuid::Uuid::nil());
    let no_hook = ids::global("Webhook", uuid::Uuid::nil());
    let no_plan = ids::global("AssessmentPlan", uuid::Uuid::nil());
    let none = ids::global("Assessment", uuid::Uuid::nil());
    let no_draft = ids::global("FrameworkDraft", uuid::Uuid::nil());
    let no_version = ids::global("FrameworkVersion", uuid::Uuid::nil());
    let no_correction = ids::global("Correction", uuid::Uuid::nil());
    let assessment = json!({"assessmentId": none});
    let with_reason = json!({"assessmentId": none, "reason": "a reason"});
    vec![
        ("importFramework", json!({"document": "{}"})),
        (
            "createFrameworkDraft",
            json!({"framework": {"slug": "Not A Slug"}}),
        ),
        (
            "editFrameworkDraft",
            json!({"draftId": no_draft, "revision": 1, "edits": []}),
        ),
        (
            "publishFrameworkDraft",
            json!({"draftId": no_draft, "revision": 1, "label": "v.1"}),
        ),
        ("discardFrameworkDraft", json!({"draftId": no_draft})),
        (
            "deprecateFrameworkVersion",
            json!({"frameworkVersionId": no_version, "note": "a note"}),
        ),
        (
            "suggestCorrection",
            json!({"statementId": scene.statement, "proposedText": "", "reason": "a reason"}),
        ),
        ("acceptCorrection", json!({"correctionId": no_correction})),
        (
            "declineCorrection",
            json!({"correctionId": no_correction, "reason": "a reason"}),
        ),
        ("withdrawCorrection", json!({"correctionId": no_correction})),
        (
            "createProvider",
            json!({"slug": "riverside", "name": "R", "url": "https://r.example"}),
        ),
        (
            "createMember",
            json!({
                "providerId": scene.college.provider, "name": "T", "roles": ["ASSESSOR"],
                "email": "admin@riverside.example",
            }),
        ),
        (
            "createApiKey",
            json!({
                "memberId": scene.college.assessors[0].id, "name": "k", "scopes": ["credentials:issue"],
            }),
        ),
        (
            "createLearner",
            json!({"externalId": "2026-001", "name": "L", "email": "l@l.example"}),
        ),
        (
            "createAssessmentPlan",
            json!({
                "name": "P", "statementIds": [ids::global("Statement", uuid::Uuid::nil())],
                "method": "INTERVIEW", "rule": {},
            }),
        ),
        (
            "reviseAssessmentPlan",
            json!({"planId": no_plan, "name": "Q"}),
        ),
        ("archiveAssessmentPlan", json!({"planId": no_plan})),
        (
            "planAssessment",
            json!({
                "planId": no_plan, "learnerId": scene.college.learner,
                "plannedFor": "2020-01-01T00:00:00Z",
            }),
        ),
        ("startAssessment", assessment.clone()),
        ("submitAssessment", assessment.clone()),
        ("reopenAssessment", assessment.clone()),
        ("withdrawAssessment", with_reason.clone()),
        ("decideAssessment", assessment.clone()),
        ("appealAssessment", with_reason),
        ("agreeToAssessment", assessment),
        (
            "revokeApiKey",
            json!({"apiKeyId": ids::global("ApiKey", uuid::Uuid::nil())}),
        ),
        (
            "decideCarryOver",
            json!({
                "fromStatementId": scene.statement, "toStatementId": scene.statement,
                "accepted": true, "reason": "a reason",
            }),
        ),
        ("rotateSigningKey", json!({"signingKeyId": no_key})),
        ("retireSigningKey", json!({"signingKeyId": no_key})),
        (
            "markKeyCompromised",
            json!({"signingKeyId": no_key, "reason": "a reason"}),
        ),
        ("reissueCredentials", json!({"signingKeyId": no_key})),
        ("createWebhook", json!({"url": "http://college.example/"})),
        ("disableWebhook", json!({"webhookId": no_hook})),
        ("rotateWebhookSecret", json!({"webhookId": no_hook})),
        (
            "redeliverWebhook",
            json!({"deliveryId": ids::global("WebhookDelivery", uuid::Uuid::nil())}),
        ),
        ("revokeCredential", status.clone()),
        ("suspendCredential", status.clone()),
        ("reinstateCredential", status),
        (
            "issueCredential",
            json!({
                "demonstrationId": ids::global("Demonstration", uuid::Uuid::nil()),
                "idempotencyKey": "k",
            }),
        ),
    ]
}
