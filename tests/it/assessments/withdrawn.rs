//! A demonstration that a decision took back, and the credential that was issued for it: whoever
//! can revoke it finds it.

use entity::event;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{By, Desk};
use crate::support::{Answer, House, Tenant, cast, on_each_database};

on_each_database!(what_rests_on_nothing_any_more_is_found);

const DEMONSTRATIONS: &str = "demonstrations { id withdrawnAt statement { id } }";

async fn decide(desk: &Desk, by: By, assessment: &str) -> Answer {
    let input = json!({"assessmentId": assessment});
    desk.send(by, "decideAssessment", DEMONSTRATIONS, input)
        .await
}

/// The ids and states of the credentials that a key finds with these arguments.
async fn found(desk: &Desk, key: &str, arguments: &str) -> Vec<(String, String)> {
    let query = format!("{{ credentials(first: 9, {arguments}) {{ nodes {{ id state }} }} }}");
    let told = desk.college.api.send(Some(key), &query, json!({})).await;
    let nodes = told.at("/credentials/nodes").as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("{told:?}")).iter();
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let mut nodes: Vec<_> = nodes.map(|n| (text(&n["id"]), text(&n["state"]))).collect();
    nodes.sort();
    nodes
}

/// What the newest event of a kind says.
async fn told(house: &House, kind: &str) -> Value {
    let events = event::Entity::find().all(house.db()).await;
    let events = events.expect("they can be read").into_iter();
    let last = events.filter(|e| e.kind == kind).max_by_key(|e| e.id);
    serde_json::from_str(&last.expect("it happened").payload).expect("it is JSON")
}

async fn what_rests_on_nothing_any_more_is_found(house: House) {
    let desk = Desk::set(&house, json!({"agreement": "UNANIMOUS"}), json!({})).await;
    let id = desk.open().await;
    for statement in [0, 1] {
        desk.rate(By::First, &id, statement, 4).await;
    }
    desk.make(By::First, "submitAssessment", &id).await;
    let first = decide(&desk, By::Admin, &id).await;
    let demonstrations = first.at("/decideAssessment/demonstrations").as_array();
    let demonstrations = demonstrations.expect("there are two").clone();
    let of = |n: usize| {
        let own = |d: &&Value| d["statement"]["id"] == desk.statements[n].as_str();
        let own = demonstrations.iter().find(own).expect("both were met");
        own["id"].as_str().expect("it is text").to_owned()
    };
    let issue = async |n: usize| {
        let issued = desk.college.issue(&of(n), &format!("issued {n}")).await;
        issued.text("/issueCredential/credential/id")
    };
    let (upheld, lost) = (issue(0).await, issue(1).await);
    let admin = desk.college.admin.token.as_str();
    let withdrawn = "demonstrationWithdrawn: true";
    let others = "demonstrationWithdrawn: false";
    let is = |id: &str, state: &str| (id.to_owned(), state.to_owned());
    let mut both = [is(&upheld, "ISSUED"), is(&lost, "ISSUED")];
    both.sort();
    assert_eq!(found(&desk, admin, withdrawn).await, []);
    assert_eq!(found(&desk, admin, others).await, both);
    assert!(told(&house, "assessment.decided").await["demonstrationsWithdrawn"].is_null());

    desk.make(By::Admin, "appealAssessment", &id).await;
    desk.rate(By::Second, &id, 1, 1).await;
    let second = decide(&desk, By::Second, &id).await;
    assert!(second.user_errors().is_empty(), "{second:?}");
    let payload = told(&house, "assessment.redecided").await;
    assert_eq!(payload["demonstrationsWithdrawn"], json!([of(1)]));
    assert_eq!(found(&desk, admin, withdrawn).await, [is(&lost, "ISSUED")]);
    assert_eq!(found(&desk, admin, others).await, [is(&upheld, "ISSUED")]);
    assert_eq!(found(&desk, admin, "learnerId: null").await, both);

    desk.college.change("revokeCredential", &lost).await;
    let revoked = [is(&lost, "REVOKED")];
    assert_eq!(found(&desk, admin, withdrawn).await, revoked);

    // With a learner besides; the learner finds their own, another tenant nothing.
    let with = |learner: &str| format!("learnerId: \"{learner}\", {withdrawn}");
    let own = with(&desk.college.learner);
    assert_eq!(found(&desk, admin, &own).await, revoked);
    let input = json!({"externalId": "2", "name": "Another", "email": "b@riverside.example"});
    let another = desk.college.learner(input).await;
    assert_eq!(found(&desk, admin, &with(&another)).await, []);
    for (learner, finds) in [(&desk.college.learner, 1), (&another, 0)] {
        let key = cast::learner_key(&house, &desk.college, learner).await;
        assert_eq!(found(&desk, &key, withdrawn).await.len(), finds);
    }
    let other = Tenant::create(&house.api, &desk.platform, "hillside").await;
    assert_eq!(found(&desk, &other.admin.token, withdrawn).await, []);

    // A later decision may take nothing back, or give back what was taken.
    desk.make(By::Admin, "appealAssessment", &id).await;
    let third = decide(&desk, By::Admin, &id).await;
    assert!(third.user_errors().is_empty(), "{third:?}");
    let payload = told(&house, "assessment.redecided").await;
    assert_eq!(payload["demonstrationsWithdrawn"], json!([]));
    assert_eq!(found(&desk, admin, withdrawn).await, revoked);
}
