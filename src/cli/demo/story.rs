//! The steps: import, browse, assess, issue, verify, revoke, verify again.

use std::path::Path;

use serde_json::{Value, json};

use super::{
    client::{Client, text},
    people::People,
};
use crate::{catalog::samples::SAMPLES, cli::Stop};

/// What the story made, for the requests that a reader can try afterwards.
pub(super) struct Told {
    pub(super) admin: String,
    pub(super) soc: String,
    pub(super) statement_url: String,
    /// A record that still holds.
    pub(super) valid: String,
    pub(super) valid_id: String,
}

const IMPORT: &str = "mutation($input: ImportFrameworkInput!) {
  importFramework(input: $input) {
    imported { levels statements frameworkVersion { label occupation { soc title } } }
    userErrors { field message }
  }
}";
const BROWSE: &str = "query($soc: String!) {
  occupation(soc: $soc) {
    title
    frameworkVersions(family: MASTERY) {
      label
      levels { label statements { id code title text url } }
    }
  }
}";
const CREATE_PLAN: &str = "mutation($input: CreateAssessmentPlanInput!) {
  createAssessmentPlan(input: $input) { assessmentPlan { id } userErrors { field message } }
}";
const OPEN: &str = "mutation($input: OpenAssessmentInput!) {
  openAssessment(input: $input) { assessment { id } userErrors { field message } }
}";
const OBSERVE: &str = "mutation($input: RecordObservationInput!) {
  recordObservation(input: $input) { observation { id } userErrors { field message } }
}";
const OUTLOOK: &str = "query($id: ID!) {
  assessment(id: $id) { state outlook { statements { requirements { text } } } }
}";
const SUBMIT: &str = "mutation($input: SubmitAssessmentInput!) {
  submitAssessment(input: $input) { assessment { state } userErrors { field message } }
}";
const DECIDE: &str = "mutation($input: DecideAssessmentInput!) {
  decideAssessment(input: $input) {
    assessment { state }
    decision { complete statements { met requirements { text met } } }
    demonstrations { id statement { code } }
    userErrors { field message }
  }
}";
const ISSUE: &str = "mutation($input: IssueCredentialInput!) {
  issueCredential(input: $input) {
    credential { id urn secured statusEntry { purpose index listUrl } }
    userErrors { field message }
  }
}";
const VERIFY: &str = "query($input: VerifyCredentialInput!) {
  verifyCredential(input: $input) {
    outcome issuerName statementText level checks { name outcome reason }
  }
}";
const REVOKE: &str = "mutation($input: CredentialStatusInput!) {
  revokeCredential(input: $input) { credential { state } userErrors { field message } }
}";

/// Tells it all, and writes the records into `directory`. Ends early, with an
/// error, when a step does not do what it should.
pub(super) async fn tell(client: &Client, directory: &Path) -> Result<Told, Stop> {
    let bootstrap = client.bootstrap().await?;
    step(1, "Import: three sample frameworks go into a fresh catalog");
    for sample in &SAMPLES {
        let document = String::from_utf8_lossy(sample.bytes);
        let input = json!({"input": {"document": document}});
        let answer = client.ask(Some(&bootstrap), IMPORT, input).await?;
        let (soc, title) = (
            text(
                &answer,
                "/importFramework/imported/frameworkVersion/occupation/soc",
            )?,
            text(
                &answer,
                "/importFramework/imported/frameworkVersion/occupation/title",
            )?,
        );
        let count = |name: &str| {
            answer
                .pointer(&format!("/importFramework/imported/{name}"))
                .cloned()
        };
        println!(
            "    {soc}  {title}: {} levels, {} statements",
            count("levels").unwrap_or_default(),
            count("statements").unwrap_or_default()
        );
    }

    let soc = SAMPLES[1].soc.to_owned();
    step(
        2,
        "Browse: an occupation, its levels, and two statements to assess",
    );
    let answer = client.ask(None, BROWSE, json!({"soc": soc})).await?;
    let at = |n: usize| format!("/occupation/frameworkVersions/0/levels/1/statements/{n}");
    let mut statements = Vec::new();
    for n in [0, 1] {
        statements.push(text(&answer, &format!("{}/id", at(n)))?);
        println!(
            "    {}  {}",
            text(&answer, &format!("{}/code", at(n)))?,
            text(&answer, &format!("{}/text", at(n)))?
        );
    }
    let statement_url = text(&answer, &format!("{}/url", at(0)))?;

    step(
        3,
        "People: a provider with its keys, two assessors, a learner",
    );
    let people = People::create(client, &bootstrap).await?;

    step(
        4,
        "Assess: two observations by two assessors, each with evidence",
    );
    let demonstrations = assess(client, &people, &statements).await?;

    step(5, "Issue: a signed record for exactly each statement");
    let mut records = Vec::new();
    for (n, demonstration) in demonstrations.iter().enumerate() {
        let input =
            json!({"demonstrationId": demonstration, "idempotencyKey": format!("demo-{n}")});
        let answer = client
            .ask(Some(&people.admin), ISSUE, json!({"input": input}))
            .await?;
        let credential = "/issueCredential/credential";
        let record = text(&answer, &format!("{credential}/secured"))?;
        let file = directory.join(format!("record-{}.json", n + 1));
        std::fs::write(&file, &record).map_err(Stop::usage)?;
        println!(
            "    {}  ({} bytes, in {})",
            text(&answer, &format!("{credential}/urn"))?,
            record.len(),
            file.display()
        );
        records.push((text(&answer, &format!("{credential}/id"))?, record));
    }
    let [(first_id, first), (second_id, second)] = records.as_slice() else {
        return Err(Stop::usage("the story has two records"));
    };

    println!(
        "    each secured by a proof inside the JSON document: {}",
        cryptosuite(first)?
    );

    step(
        6,
        "Verify: the record as it is, and a copy that claims a higher level",
    );
    expect(client, first, "VALID").await?;
    expect(client, &altered(first)?, "INVALID").await?;

    step(7, "Revoke the first record, and verify both again");
    let input = json!({"credentialId": first_id, "reason": "shown in the demo"});
    client
        .ask(Some(&people.admin), REVOKE, json!({"input": input}))
        .await?;
    expect(client, first, "INVALID").await?;
    expect(client, second, "VALID").await?;
    println!("    issuer {}", people.did);
    Ok(Told {
        admin: people.admin,
        soc,
        statement_url,
        valid: second.clone(),
        valid_id: second_id.clone(),
    })
}

fn step(number: u8, title: &str) {
    println!("\n[{number}/7] {title}");
}

async fn assess(
    client: &Client,
    people: &People,
    statements: &[String],
) -> Result<Vec<String>, Stop> {
    let rule = json!({
        "minObservations": 2, "minAssessors": 2, "lowestRating": 3, "evidenceRequired": true,
    });
    let plan = json!({
        "name": "Workshop practice", "statementIds": statements, "method": "OBSERVATION",
        "rule": rule, "validityDays": 730,
    });
    let admin = Some(people.admin.as_str());
    let answer = client
        .ask(admin, CREATE_PLAN, json!({"input": plan}))
        .await?;
    let plan = text(&answer, "/createAssessmentPlan/assessmentPlan/id")?;
    let input = json!({"planId": plan, "learnerId": people.learner});
    let answer = client.ask(admin, OPEN, json!({"input": input})).await?;
    let assessment = text(&answer, "/openAssessment/assessment/id")?;
    for (n, assessor) in people.assessors.iter().enumerate() {
        for statement in statements {
            let input = json!({
                "assessmentId": assessment, "statementId": statement, "rating": 3 + n,
                "context": format!("workshop session {}", n + 1),
                "evidence": [{
                    "kind": "TEXT", "name": "Assessor's note",
                    "value": "Done from start to end without help.",
                }],
            });
            client
                .ask(Some(assessor), OBSERVE, json!({"input": input}))
                .await?;
        }
        let answer = client
            .ask(admin, OUTLOOK, json!({"id": assessment}))
            .await?;
        let outlook = "/assessment/outlook/statements/0/requirements";
        let told = [0, 1].map(|i| text(&answer, &format!("{outlook}/{i}/text")));
        let [observations, assessors] = told;
        println!(
            "    after assessor {}: {} — {}; {}",
            n + 1,
            text(&answer, "/assessment/state")?,
            observations?,
            assessors?
        );
    }
    let assessment = json!({"input": {"assessmentId": assessment}});
    client.ask(admin, SUBMIT, assessment.clone()).await?;
    let decided = client.ask(admin, DECIDE, assessment).await?;
    println!(
        "    decision: {}",
        text(&decided, "/decideAssessment/assessment/state")?
    );
    let found = decided.pointer("/decideAssessment/demonstrations");
    let found = found.and_then(Value::as_array).cloned().unwrap_or_default();
    found.iter().map(|d| text(d, "/id")).collect()
}

async fn expect(client: &Client, record: &str, expected: &str) -> Result<(), Stop> {
    let input = json!({"input": {"credential": record}});
    let answer = client.ask(None, VERIFY, input).await?;
    let report = "/verifyCredential";
    let outcome = text(&answer, &format!("{report}/outcome"))?;
    println!("    {outcome}");
    let checks = answer.pointer(&format!("{report}/checks"));
    for check in checks.and_then(Value::as_array).into_iter().flatten() {
        let (name, result) = (text(check, "/name")?, text(check, "/outcome")?);
        if outcome == "VALID" || result != "PASS" && result != "NOT_APPLICABLE" {
            println!("        {result:<14} {name}: {}", text(check, "/reason")?);
        }
    }
    if outcome == expected {
        return Ok(());
    }
    Err(Stop::refused(format!("this should have been {expected}")))
}

/// How the record says that it is secured.
fn cryptosuite(record: &str) -> Result<String, Stop> {
    let record = serde_json::from_str(record).map_err(Stop::usage)?;
    text(&record, "/proof/cryptosuite")
}

/// A copy of the record that claims a higher level, under the old proof.
fn altered(record: &str) -> Result<String, Stop> {
    let copy = record.replace("Developing", "Advanced");
    if copy == record {
        return Err(Stop::usage("a record that does not name its level"));
    }
    Ok(copy)
}
