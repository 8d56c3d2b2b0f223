//! Every way in which something personal gets in, each with a text of its own to look for.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    College, ask,
    browser::{Browser, encoded},
    scan::Trace,
};
use crate::support::{Api, Tenant, cast};

/// What names the learner.
pub(crate) const NAME: &str = "Zephyrine-Quill";
/// The provider's identifier of them.
pub(crate) const ROLL: &str = "ROLL-SENTINEL-77190";
/// Their e-mail address.
const EMAIL: &str = "zephyr.sentinel@traces.example";
/// Their DID.
const DID: &str = "did:web:zephyr-subject.example";
/// How they were observed.
const CONTEXT: &str = "contextsentinelone";
/// What the evidence says, where it is, and what it is called.
const EVIDENCE_TEXT: &str = "textsentineltwo";
const EVIDENCE_URL: &str = "https://evidence.example/urlsentinelthree";
const EVIDENCE_NAME: &str = "namesentinelfour";
/// Names that a client gave to issuances and to a document.
const ISSUANCE: &str = "idempotencysentinel";
const DOCUMENT: &str = "urn:example:documentsentinel";
/// What a client wrote about them.
const WRITTEN: &str = "writtensentinelsix";
/// Why a status was changed.
const REASON: &str = "reasonsentinelfive";

/// Why a decision was objected to.
const OBJECTION: &str = "objectionsentinelseven";

/// What rows of imported tables say.
const IMPORTED_CONTEXT: &str = "importedsentineleight";
const IMPORTED_URL: &str = "https://evidence.example/importedsentinelnine";

/// What an uploaded file is called. What it says is in no row: see [`FILE_TEXT`].
const FILE_NAME: &str = "filenamesentinelten.txt";
/// What an uploaded file says.
pub(crate) const FILE_TEXT: &str = "filetextsentineleleven";

/// What they suggested that the catalog says, and why.
const PROPOSED: &str = "proposedsentineltwelve";
const WHY: &str = "whysentinelthirteen";

/// All that rows hold.
pub(crate) const TEXTS: [&str; 18] = [
    PROPOSED,
    WHY,
    FILE_NAME,
    IMPORTED_CONTEXT,
    IMPORTED_URL,
    OBJECTION,
    NAME,
    ROLL,
    EMAIL,
    DID,
    CONTEXT,
    EVIDENCE_TEXT,
    EVIDENCE_URL,
    EVIDENCE_NAME,
    ISSUANCE,
    DOCUMENT,
    WRITTEN,
    REASON,
];

/// What to look for.
pub(crate) fn traces() -> Vec<Trace> {
    TEXTS.map(Trace::of).into()
}

/// A learner who left a trace everywhere.
pub(crate) struct Traced {
    /// Global id.
    pub(crate) id: String,
    /// Their own key.
    pub(crate) key: String,
    /// Signed records about them that were never revoked, of each kind.
    pub(crate) records: Vec<String>,
}

/// Puts the learner in, through every way there is.
pub(crate) async fn enter(api: &Api, browser: &Browser, college: &College) -> Traced {
    let tenant = &college.tenant;
    let input = json!({"externalId": ROLL, "name": NAME, "email": EMAIL, "did": DID});
    let id = tenant.learner(input.clone()).await;
    // Refusals repeat what they refuse.
    let again = tenant.admin("createLearner", "learner { id }", input).await;
    assert_eq!(again.user_errors(), ["TAKEN"]);
    let demonstration = observed(browser, college, &id).await;
    imported(api, browser, college).await;
    let mut records = Vec::new();
    for mechanism in [
        "EDDSA_RDFC_2022",
        "EDDSA_JCS_2022",
        "JWT_OPEN_BADGES",
        "VC_JWT",
    ] {
        let key = format!("{ISSUANCE} {mechanism}");
        let issued = tenant.issue_as(mechanism, &demonstration, &key).await;
        records.push(issued.text("/issueCredential/credential/secured"));
    }
    records.push(written(api, college).await);
    revoked(college, &demonstration).await;
    let key = college.welcome(&id).await;
    suggested(api, college, &key).await;
    looked_at(api, browser, college, &key).await;
    Traced { id, key, records }
}

/// Observes the learner, and decides; the demonstration.
async fn observed(browser: &Browser, college: &College, learner: &str) -> String {
    let tenant = &college.tenant;
    let assessor = &tenant.assessors[0].token;
    let text = format!("Seen: {FILE_TEXT}.\n");
    let uploaded = browser.upload(FILE_NAME, assessor, &text).await;
    assert_eq!(uploaded.status, 201, "{}", uploaded.text);
    let uploaded: Value = serde_json::from_str(&uploaded.text).expect("it is JSON");
    let plan = tenant
        .plan(std::slice::from_ref(&college.statement), true)
        .await;
    let assessment = tenant.open(&plan, learner).await;
    let input = json!({
        "assessmentId": assessment, "statementId": college.statement, "rating": 4,
        "context": CONTEXT,
        "evidence": [
            {"kind": "TEXT", "value": EVIDENCE_TEXT, "name": EVIDENCE_NAME},
            {"kind": "URL", "value": EVIDENCE_URL},
            {"kind": "FILE", "value": "", "fileId": uploaded["file"]},
        ],
    });
    let seen = tenant
        .api
        .mutate(assessor, "recordObservation", "observation { id }", input)
        .await;
    seen.text("/recordObservation/observation/id");
    let decided = tenant.decide(&assessment, "demonstrations { id }").await;
    // Objecting, for a reason that tells who they are; then it is decided anew.
    let input = json!({"assessmentId": assessment, "reason": OBJECTION});
    let appealed = tenant
        .admin("appealAssessment", "assessment { state }", input)
        .await;
    assert_eq!(
        appealed.text("/appealAssessment/assessment/state"),
        "APPEALED"
    );
    let input = json!({"assessmentId": assessment});
    let other = &tenant.assessors[1].token;
    let again = tenant
        .api
        .mutate(other, "decideAssessment", "assessment { state }", input)
        .await;
    assert_eq!(
        again.text("/decideAssessment/assessment/state"),
        "RE_DECIDED"
    );
    decided.text("/decideAssessment/demonstrations/0/id")
}

/// Imports tables with rows about them, good and bad.
async fn imported(api: &Api, browser: &Browser, college: &College) {
    let tenant = &college.tenant;
    let plan = tenant
        .plan(std::slice::from_ref(&college.statement), true)
        .await;
    let (_, statement) =
        attestry::kernel::ids::parse_global(&college.statement).expect("it is an id");
    let people = format!("external_id,name,email\n{ROLL},{NAME},{EMAIL}\n{ROLL},,{EMAIL}\n");
    let row = format!("first@riverside.example,2026-01-02,{IMPORTED_URL},{IMPORTED_CONTEXT}");
    let results = format!(
        "learner,statement,rating,assessor,time,evidence_url,context\n\
         {ROLL},{statement},4,{row}\n{ROLL},{statement},99,{row}\n"
    );
    for (path, rows) in [
        ("/bulk/learners?skipBadLines=true".to_owned(), people),
        (
            format!("/bulk/results?plan={plan}&skipBadLines=true"),
            results,
        ),
    ] {
        let taken = browser.table(&path, &tenant.admin.token, &rows).await;
        assert_eq!(taken.status, 202, "{}", taken.text);
        let told: Value = serde_json::from_str(&taken.text).expect("it is JSON");
        ended(api, tenant, &told["job"]).await;
    }
}

/// Waits until a job has ended.
async fn ended(api: &Api, tenant: &Tenant, job: &Value) {
    let query = "query J($id: ID!) { bulkJob(id: $id) { state } }";
    for _ in 0..600 {
        let told = ask(api, &tenant.admin.token, query, json!({"id": job})).await;
        if matches!(&*told.text("/bulkJob/state"), "DONE" | "REFUSED") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

/// Issues what a client wrote about the learner, under a name that tells who they are.
async fn written(api: &Api, college: &College) -> String {
    let input = json!({
        "memberId": college.tenant.admin.id, "name": "writer",
        "scopes": ["credentials:issue-raw"],
    });
    let writer = cast::key(api, &college.tenant.admin.token, input).await;
    let body = json!({"credential": {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": DOCUMENT,
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": DID, "name": WRITTEN},
    }});
    let body = body.to_string().into_bytes();
    let path = "/issuers/riverside/credentials/issue";
    let issued = api.post(path, Some(&writer), &[], body).await;
    let issued = issued.expect("it answers");
    let secured = &issued.body["verifiableCredential"];
    assert!(secured.is_object(), "{issued:?}");
    secured.to_string()
}

/// One more record, revoked for a reason that tells who it is about.
async fn revoked(college: &College, demonstration: &str) {
    let tenant = &college.tenant;
    let issued = tenant
        .issue(demonstration, &format!("{ISSUANCE} once more"))
        .await;
    let id = issued.text("/issueCredential/credential/id");
    let input = json!({"credentialId": id, "reason": REASON});
    let done = tenant
        .admin("suspendCredential", "credential { state }", input)
        .await;
    assert_eq!(
        done.text("/suspendCredential/credential/state"),
        "SUSPENDED"
    );
}

/// Suggests a correction that tells who they are.
async fn suggested(api: &Api, college: &College, key: &str) {
    let input = json!({
        "statementId": college.statement, "proposedText": PROPOSED, "reason": WHY,
    });
    let fields = "correction { state }";
    let made = api.mutate(key, "suggestCorrection", fields, input).await;
    assert_eq!(made.text("/suggestCorrection/correction/state"), "OPEN");
}

/// Reads the record in every way, so that whatever is logged of that is.
async fn looked_at(api: &Api, browser: &Browser, college: &College, key: &str) {
    let page = browser.submit("/learner", &[("key", key)]).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains(NAME) && page.text.contains(EVIDENCE_TEXT));
    let page = browser.fetch("/learner/export", key).await;
    assert!(page.text.contains(DOCUMENT) && page.text.contains(REASON));
    // Addresses that name them, of pages that there are and are not.
    for path in [
        format!("/invitation/{ROLL}"),
        format!("/{EMAIL}"),
        format!("/learner?{ROLL}"),
    ] {
        browser.open(&path).await;
    }
    let query = "{ learners(externalId: \"ROLL-SENTINEL-77190\") { nodes { name email } } }";
    let path = format!("/graphql?{}", encoded(&[("query", query)]));
    let listed = browser.fetch(&path, &college.tenant.admin.token).await;
    assert!(listed.text.contains(NAME), "{}", listed.text);
    let broken = format!("{{ learners(externalId: \"{ROLL}\") {{ {ROLL} }} }}");
    let refused = ask(api, &college.tenant.admin.token, &broken, json!({})).await;
    assert!(refused.at("").is_null(), "{refused:?}");
    let page = browser
        .submit("/learner/erasure", &[("key", key), ("confirm", "yes")])
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
}
