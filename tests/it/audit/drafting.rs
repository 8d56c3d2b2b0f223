//! The records of drafts and corrections.

use serde_json::json;

use super::steps::Steps;

/// The steps of drafts and corrections.
pub(super) async fn drafting(steps: &mut Steps<'_>) {
    let scene = steps.scene;
    let (platform, admin) = (scene.platform.as_str(), scene.college.admin.token.as_str());
    let assessor = scene.college.assessors[0].token.as_str();
    let statement = scene.statement.as_str();
    let draft = "frameworkDraft { id frameworkVersion { id } }";
    let input = json!({"framework": {"slug": "welding", "title": "Welding"}});
    let made = steps
        .step(admin, "createFrameworkDraft", draft, input, (0, 1))
        .await;
    let id = made.text("/createFrameworkDraft/frameworkDraft/id");
    let edits = json!([
        {"putLevel": {"ref": "l1", "label": "Start"}},
        {"putStatement": {"ref": "s1", "level": "l1", "text": "Welds."}},
    ]);
    let input = json!({"draftId": id, "revision": 1, "edits": edits});
    steps
        .step(admin, "editFrameworkDraft", draft, input, (0, 1))
        .await;
    let input = json!({"draftId": id, "revision": 2, "edits": edits});
    steps
        .step(admin, "editFrameworkDraft", draft, input, (0, 0))
        .await;
    // The version, and the draft that it was.
    let input = json!({"draftId": id, "revision": 2, "label": "v.1"});
    let made = steps
        .step(admin, "publishFrameworkDraft", draft, input, (0, 2))
        .await;
    let version = made.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    let input = json!({"baseVersionId": version});
    let made = steps
        .step(admin, "createFrameworkDraft", draft, input, (0, 1))
        .await;
    let input = json!({"draftId": made.text("/createFrameworkDraft/frameworkDraft/id")});
    steps
        .step(admin, "discardFrameworkDraft", draft, input.clone(), (0, 1))
        .await;
    steps
        .step(admin, "discardFrameworkDraft", draft, input, (0, 0))
        .await;
    let input = json!({"frameworkVersionId": version, "note": "Out of use."});
    let fields = "frameworkVersion { id }";
    steps
        .step(
            admin,
            "deprecateFrameworkVersion",
            fields,
            input.clone(),
            (0, 1),
        )
        .await;
    steps
        .step(admin, "deprecateFrameworkVersion", fields, input, (0, 0))
        .await;
    let fields = "correction { id }";
    let mut suggested = Vec::new();
    for words in ["One.", "Two.", "Three."] {
        let input = json!({
            "statementId": statement, "proposedText": words, "reason": "A reason.",
        });
        let made = steps
            .step(assessor, "suggestCorrection", fields, input, (0, 1))
            .await;
        suggested.push(json!({"correctionId": made.text("/suggestCorrection/correction/id")}));
    }
    let withdrawn = suggested.remove(0);
    steps
        .step(
            assessor,
            "withdrawCorrection",
            fields,
            withdrawn.clone(),
            (0, 1),
        )
        .await;
    steps
        .step(assessor, "withdrawCorrection", fields, withdrawn, (0, 0))
        .await;
    // The decision, the draft that is begun for it, and the edit.
    let accepted = suggested.remove(0);
    steps
        .step(
            platform,
            "acceptCorrection",
            fields,
            accepted.clone(),
            (3, 0),
        )
        .await;
    steps
        .step(platform, "acceptCorrection", fields, accepted, (0, 0))
        .await;
    let mut declined = suggested.remove(0);
    declined["reason"] = json!("A reason.");
    steps
        .step(
            platform,
            "declineCorrection",
            fields,
            declined.clone(),
            (1, 0),
        )
        .await;
    steps
        .step(platform, "declineCorrection", fields, declined, (0, 0))
        .await;
}
