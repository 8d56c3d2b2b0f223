//! The story's provider, its people and their keys.

use serde_json::{Value, json};

use super::client::{Client, text};
use crate::cli::Stop;

/// Who acts in the story, each by their key.
pub(super) struct People {
    pub(super) admin: String,
    pub(super) assessors: [String; 2],
    pub(super) learner: String,
    pub(super) did: String,
}

const CREATE_PROVIDER: &str = "mutation($input: CreateProviderInput!) {
  createProvider(input: $input) { provider { id slug did } userErrors { field message } }
}";
const CREATE_MEMBER: &str = "mutation($input: CreateMemberInput!) {
  createMember(input: $input) { member { id } userErrors { field message } }
}";
const CREATE_KEY: &str = "mutation($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { token userErrors { field message } }
}";
const CREATE_LEARNER: &str = "mutation($input: CreateLearnerInput!) {
  createLearner(input: $input) { learner { id subjectId } userErrors { field message } }
}";

impl People {
    /// Creates them all, starting from the bootstrap token.
    pub(super) async fn create(client: &Client, bootstrap: &str) -> Result<Self, Stop> {
        let provider = json!({
            "slug": "riverside", "name": "Riverside Training", "url": "https://riverside.example",
        });
        let answer = client
            .ask(Some(bootstrap), CREATE_PROVIDER, json!({"input": provider}))
            .await?;
        let provider = text(&answer, "/createProvider/provider/id")?;
        let did = text(&answer, "/createProvider/provider/did")?;
        println!("    provider  Riverside Training, issuing as {did}");
        let admin = json!({
            "providerId": provider, "name": "Ada Admin",
            "email": "ada@riverside.example", "roles": ["PROVIDER_ADMIN"],
        });
        let admin = member(client, bootstrap, admin).await?;
        let mut assessors = Vec::new();
        for (name, email) in [
            ("Sam Senior", "sam@riverside.example"),
            ("Kim Keen", "kim@riverside.example"),
        ] {
            let input = json!({"name": name, "email": email, "roles": ["ASSESSOR"]});
            assessors.push(member(client, &admin, input).await?);
            println!("    assessor  {name}");
        }
        let learner = json!({
            "externalId": "R-1001", "name": "Lee Learner", "email": "lee@learners.example",
        });
        let answer = client
            .ask(Some(&admin), CREATE_LEARNER, json!({"input": learner}))
            .await?;
        let subject = text(&answer, "/createLearner/learner/subjectId")?;
        println!("    learner   Lee Learner, in records {subject}");
        let assessors = assessors
            .try_into()
            .map_err(|_| Stop::usage("the story has two assessors"))?;
        Ok(Self {
            admin,
            assessors,
            learner: text(&answer, "/createLearner/learner/id")?,
            did,
        })
    }
}

/// Creates a member and gives back the token of their key.
async fn member(client: &Client, token: &str, input: Value) -> Result<String, Stop> {
    let answer = client
        .ask(Some(token), CREATE_MEMBER, json!({"input": input}))
        .await?;
    let key = json!({
        "memberId": text(&answer, "/createMember/member/id")?, "name": "demo", "expiresInDays": 1,
    });
    let answer = client
        .ask(Some(token), CREATE_KEY, json!({"input": key}))
        .await?;
    text(&answer, "/createApiKey/token")
}
