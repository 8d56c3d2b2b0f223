//! Learners: invited by link, reading their own record, given everything about them, and erased.

mod at_machine;
mod backup;
mod browser;
mod erasure;
mod export;
mod invitations;
mod page;
mod scan;
mod ways;

use serde_json::{Value, json};

use crate::support::{Answer, Api, Tenant, cast};

/// A tenant with a demonstration of its learner, and the token of an administrator who may erase.
pub(crate) struct College {
    /// The tenant.
    pub(crate) tenant: Tenant,
    /// The statement that was demonstrated.
    pub(crate) statement: String,
    /// The demonstration.
    pub(crate) demonstration: String,
    /// A key of the administrator with the scope `learners:erase`.
    pub(crate) eraser: String,
}

impl College {
    /// Makes it, over a catalog with the samples.
    pub(crate) async fn create(api: &Api, platform: &str, slug: &str) -> Self {
        let tenant = Tenant::create(api, platform, slug).await;
        let soc = attestry::catalog::samples::SAMPLES[0].soc;
        let statement = cast::statements(api, soc, 1).await.remove(0);
        let demonstration = tenant.demonstration(&statement, true).await;
        let input = json!({
            "memberId": tenant.admin.id, "name": "erasing", "scopes": ["learners:erase"],
        });
        let eraser = cast::key(api, &tenant.admin.token, input).await;
        Self {
            tenant,
            statement,
            demonstration,
            eraser,
        }
    }

    /// Invites a learner; the token of the link.
    pub(crate) async fn invite(&self, learner: &str) -> String {
        let input = json!({"learnerId": learner});
        let made = self.tenant.admin("inviteLearner", "url", input).await;
        let url = made.text("/inviteLearner/url");
        let token = url.rsplit('/').next().expect("it has a path");
        token.to_owned()
    }

    /// Invites a learner, and accepts for them; the text of their key.
    pub(crate) async fn welcome(&self, learner: &str) -> String {
        let token = self.invite(learner).await;
        let accepted = accept(&self.tenant.api, &token).await;
        accepted.text("/acceptInvitation/token")
    }

    /// Erases a learner.
    pub(crate) async fn erase(&self, learner: &str, confirm: &str) -> Answer {
        let input = json!({"learnerId": learner, "confirm": confirm});
        let fields = "learner { id externalId name email did erasedAt }";
        let api = &self.tenant.api;
        api.mutate(&self.eraser, "eraseLearner", fields, input)
            .await
    }
}

/// Accepts an invitation, as nobody known.
pub(crate) async fn accept(api: &Api, token: &str) -> Answer {
    let query = "mutation A($token: String!) { acceptInvitation(input: {token: $token}) {
        token learner { id } userErrors { code message } } }";
    api.send(None, query, json!({"token": token})).await
}

/// Asks as the holder of a key.
pub(crate) async fn ask(api: &Api, key: &str, query: &str, variables: Value) -> Answer {
    api.send(Some(key), query, variables).await
}
