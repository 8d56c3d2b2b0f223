//! Corrections: who suggests, who decides, who sees what became of them.

use attestry::catalog::samples::{SAMPLES, WIDE_SAMPLE};
use entity::correction;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde_json::{Value, json};

use super::Desk;
use crate::onet::release::{import, release, write};
use crate::support::{Answer, Api, House, Tenant, cast, on_each_database};

on_each_database!(
    a_learner_suggests_and_a_curator_accepts_into_the_next_version,
    a_provider_decides_about_its_own_framework,
    an_anchor_is_corrected_until_the_next_profile,
    the_words_of_an_anchor_tell_which_list_it_is_of,
    what_cannot_be_suggested_or_decided_says_why,
);

const CORRECTION: &str = "correction { id state oldText proposedText reason isOwn decisionReason
    provider { slug } anchorKind anchorOrdinal frameworkDraft { id revision }
    statement { id } decidedAt }";
const LIST: &str = "query C($filter: CorrectionFilterInput) { corrections(filter: $filter) {
    nodes { id state decisionReason isOwn reason } } }";

async fn suggest(api: &Api, token: &str, statement: &str, text: &str) -> Answer {
    let input = json!({
        "statementId": statement, "proposedText": text, "reason": "It reads better.",
    });
    api.mutate(token, "suggestCorrection", CORRECTION, input)
        .await
}

/// The id of a correction that was suggested.
async fn suggested(api: &Api, token: &str, statement: &str, text: &str) -> String {
    let made = suggest(api, token, statement, text).await;
    made.text("/suggestCorrection/correction/id")
}

async fn decide(api: &Api, token: &str, name: &str, id: &str) -> Answer {
    let mut input = json!({"correctionId": id});
    if name != "withdrawCorrection" {
        input["reason"] = json!("Thank you.");
    }
    api.mutate(token, name, CORRECTION, input).await
}

/// The corrections that a key sees.
async fn seen(api: &Api, token: &str, filter: Value) -> Vec<Value> {
    let listed = api.send(Some(token), LIST, json!({"filter": filter})).await;
    let nodes = listed.at("/corrections/nodes").as_array().cloned();
    nodes.unwrap_or_else(|| panic!("{listed:?}"))
}

async fn curator(house: &House, platform: &str) -> String {
    let input = json!({"role": "CURATOR", "name": "curator"});
    cast::key(&house.api, platform, input).await
}

async fn a_learner_suggests_and_a_curator_accepts_into_the_next_version(house: House) {
    let platform = house.with_samples().await;
    let curator = curator(&house, &platform).await;
    let a = Tenant::create(&house.api, &platform, "riverside").await;
    let b = Tenant::create(&house.api, &platform, "hillside").await;
    let api = &house.api;
    let statements = cast::statements(api, SAMPLES[0].soc, 3).await;
    let learner = cast::learner_key(&house, &a, &a.learner).await;
    let made = suggest(api, &learner, &statements[0], "Says it in other words.").await;
    let told = made.at("/suggestCorrection/correction");
    assert_eq!(
        (&told["state"], &told["isOwn"]),
        (&json!("OPEN"), &json!(true))
    );
    assert_eq!(told["statement"]["id"], statements[0]);
    let id = made.text("/suggestCorrection/correction/id");
    // Everyone else who is signed in suggests, too.
    for token in [&a.assessors[0].token, &b.admin.token, &platform] {
        suggested(api, token, &statements[1], "Something else.").await;
    }
    let anonymous = api.send(None, LIST, json!({})).await;
    assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"));
    // Each sees their own; a curator, all about the shared catalog, and not who suggested it.
    assert_eq!(seen(api, &learner, json!({})).await.len(), 1);
    assert_eq!(
        seen(api, &a.admin.token, json!({})).await,
        Vec::<Value>::new()
    );
    assert_eq!(seen(api, &a.assessors[0].token, json!({})).await.len(), 1);
    let all = seen(api, &curator, json!({})).await;
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|one| one["isOwn"] == false));
    assert_eq!(seen(api, &platform, json!({"own": true})).await.len(), 1);
    let one = json!({"statementId": statements[0], "state": "OPEN"});
    assert_eq!(seen(api, &curator, one).await.len(), 1);
    // Nobody but curators decides it, and nobody but the learner takes it back.
    for token in [&a.admin.token, &b.admin.token] {
        let refused = decide(api, token, "acceptCorrection", &id).await;
        assert_eq!(refused.code(), Some("NOT_FOUND"), "{refused:?}");
    }
    let refused = decide(api, &learner, "acceptCorrection", &id).await;
    assert_eq!(refused.code(), Some("FORBIDDEN"));
    let refused = decide(api, &curator, "withdrawCorrection", &id).await;
    assert_eq!(refused.code(), Some("NOT_FOUND"));

    let accepted = decide(api, &curator, "acceptCorrection", &id).await;
    let told = accepted.at("/acceptCorrection/correction");
    assert_eq!(told["state"], "ACCEPTED", "{accepted:?}");
    assert_eq!(told["provider"]["slug"], "riverside");
    let draft = accepted.text("/acceptCorrection/correction/frameworkDraft/id");
    assert_eq!(told["frameworkDraft"]["revision"], 2);
    // Another goes into the same draft; accepted once more, it changes nothing.
    let other = suggested(api, &curator, &statements[2], "Another sentence.").await;
    for _ in 0..2 {
        let accepted = decide(api, &curator, "acceptCorrection", &other).await;
        let told = &accepted.at("/acceptCorrection/correction")["frameworkDraft"];
        assert_eq!(told, &json!({"id": draft, "revision": 3}));
    }
    // Who suggested it sees the outcome, and not the draft.
    let query = "{ corrections { nodes { state decisionReason frameworkDraft { id } } } }";
    let own = api.send(Some(&learner), query, json!({})).await;
    let expected = json!([{
        "state": "ACCEPTED", "decisionReason": "Thank you.", "frameworkDraft": null,
    }]);
    assert_eq!(own.at("/corrections/nodes"), &expected);
    // And the next version says it.
    let desk = Desk {
        api,
        token: &curator,
    };
    let published = desk.publish(&draft, 3, "v.99.01").await;
    let version = published.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    let query = "query V($id: ID!) { frameworkVersion(id: $id) { levels { statements { text lineage { id } } } } }";
    let told = api.send(None, query, json!({"id": version})).await;
    let first = told.at("/frameworkVersion/levels/0/statements/0");
    assert_eq!(first["text"], "Says it in other words.");
    assert_eq!(first["lineage"], json!([{"id": statements[0]}]));
    // One that was suggested for the older version finds its way into the version after.
    let late = suggested(api, &learner, &statements[1], "Late, and right.").await;
    let accepted = decide(api, &curator, "acceptCorrection", &late).await;
    let told = accepted.at("/acceptCorrection/correction");
    assert_eq!(told["state"], "ACCEPTED", "{accepted:?}");
    assert_ne!(told["frameworkDraft"]["id"], draft);
    // For words that the draft has changed by then, it does not.
    let later = suggested(api, &learner, &statements[1], "Too late.").await;
    let refused = decide(api, &curator, "acceptCorrection", &later).await;
    assert_eq!(refused.user_errors(), ["TEXT_CHANGED"], "{refused:?}");
}

async fn a_provider_decides_about_its_own_framework(house: House) {
    let platform = house.with_samples().await;
    let curator = curator(&house, &platform).await;
    let a = Tenant::create(&house.api, &platform, "riverside").await;
    let b = Tenant::create(&house.api, &platform, "hillside").await;
    let api = &house.api;
    let desk = Desk::of(&a);
    let version = desk.published("forklift-safety").await;
    let statements = desk.statements(&version).await;
    let learner = cast::learner_key(&house, &b, &b.learner).await;
    let id = suggested(api, &learner, &statements[0], "Looks twice.").await;
    let other = suggested(api, &learner, &statements[1], "Teaches well.").await;
    // The learner's own provider does not decide it, nor do curators, who have no part in it.
    for token in [&b.admin.token, &platform, &curator] {
        assert_eq!(seen(api, token, json!({})).await, Vec::<Value>::new());
        let refused = decide(api, token, "declineCorrection", &id).await;
        assert_eq!(refused.code(), Some("NOT_FOUND"), "{refused:?}");
    }
    // The framework's owner sees what is suggested, and nothing of who suggests it.
    let listed = api.send(Some(&a.admin.token), LIST, json!({})).await;
    let told = listed.body.to_string();
    assert_eq!(
        listed.at("/corrections/nodes").as_array().map(Vec::len),
        Some(2)
    );
    assert!(!told.contains(&b.learner) && !told.contains("Learner of hillside"));
    let accepted = decide(api, &a.admin.token, "acceptCorrection", &id).await;
    let draft = accepted.text("/acceptCorrection/correction/frameworkDraft/id");
    let declined = decide(api, &a.admin.token, "declineCorrection", &other).await;
    assert_eq!(
        declined.at("/declineCorrection/correction/state"),
        "DECLINED"
    );
    let mine = seen(api, &learner, json!({})).await;
    let states: Vec<_> = mine.iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["ACCEPTED", "DECLINED"]);
    assert_eq!(mine[1]["decisionReason"], "Thank you.");
    // What was decided stays so.
    for name in ["acceptCorrection", "declineCorrection"] {
        let (decided, token) = match name {
            "acceptCorrection" => (&other, &a.admin.token),
            _ => (&id, &a.admin.token),
        };
        let refused = decide(api, token, name, decided).await;
        assert_eq!(refused.user_errors(), ["CORRECTION_CLOSED"], "{refused:?}");
    }
    let refused = decide(api, &learner, "withdrawCorrection", &id).await;
    assert_eq!(refused.user_errors(), ["CORRECTION_CLOSED"]);
    let published = desk.publish(&draft, 2, "v.2").await;
    let newer = published.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    let query =
        "query V($id: ID!) { frameworkVersion(id: $id) { levels { statements { text } } } }";
    let told = api.send(None, query, json!({"id": newer})).await;
    let text = told.at("/frameworkVersion/levels/0/statements/0/text");
    assert_eq!(text, "Looks twice.");
}

async fn an_anchor_is_corrected_until_the_next_profile(house: House) {
    let platform = house.bootstrap().await;
    let document = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("samples are UTF-8");
    house.api.import(&platform, document).await;
    let curator = curator(&house, &platform).await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let api = &house.api;
    let assessor = &college.assessors[0].token;
    let query = "query O($soc: String!) { occupation(soc: $soc) {
        anchorCorrections { kind ordinal oldText text acceptedAt } } }";
    let soc = json!({"soc": WIDE_SAMPLE.soc});
    let suggest = async |kind: &str, ordinal: i32| {
        let input = json!({
            "anchor": {"soc": WIDE_SAMPLE.soc, "kind": kind, "ordinal": ordinal},
            "proposedText": "Mends what is broken.", "reason": "The tables say otherwise.",
        });
        api.mutate(assessor, "suggestCorrection", CORRECTION, input)
            .await
    };
    let gone = suggest("TASK", 999).await;
    assert_eq!(gone.code(), Some("NOT_FOUND"), "{gone:?}");
    let gone = suggest("TASK", -1).await;
    assert_eq!(gone.code(), Some("NOT_FOUND"), "{gone:?}");
    let made = suggest("TASK", 1).await;
    let told = made.at("/suggestCorrection/correction");
    assert_eq!(
        (&told["anchorKind"], &told["anchorOrdinal"]),
        (&json!("TASK"), &json!(1))
    );
    let old = made.text("/suggestCorrection/correction/oldText");
    assert!(!old.is_empty());
    let id = made.text("/suggestCorrection/correction/id");
    // A provider's administrator has no say in it.
    let refused = decide(api, &college.admin.token, "acceptCorrection", &id).await;
    assert_eq!(refused.code(), Some("NOT_FOUND"));
    let shown = api.send(None, query, soc.clone()).await;
    assert_eq!(shown.at("/occupation/anchorCorrections"), &json!([]));
    let accepted = decide(api, &curator, "acceptCorrection", &id).await;
    let told = accepted.at("/acceptCorrection/correction");
    assert_eq!(told["state"], "ACCEPTED", "{accepted:?}");
    assert_eq!(told["frameworkDraft"], Value::Null);
    // Anyone sees what was decided.
    let shown = api.send(None, query, soc).await;
    let told = shown.at("/occupation/anchorCorrections/0");
    assert_eq!(told["kind"], "TASK");
    assert_eq!(
        (&told["oldText"], &told["text"]),
        (&json!(old), &json!("Mends what is broken."))
    );
    assert!(told["acceptedAt"].is_string());
    let filter = json!({"soc": WIDE_SAMPLE.soc, "state": "ACCEPTED"});
    assert_eq!(seen(api, assessor, filter).await.len(), 1);
}

async fn the_words_of_an_anchor_tell_which_list_it_is_of(house: House) {
    let platform = house.bootstrap().await;
    let document = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("samples are UTF-8");
    house.api.import(&platform, document).await;
    let folder = tempfile::tempdir().expect("a folder");
    let soc = WIDE_SAMPLE.soc;
    let header = "O*NET-SOC Code\tTitle\tDescription";
    let row = format!("{soc}\tMakers\tMake things.");
    write(folder.path(), "Occupation Data.txt", header, &[row]);
    let header =
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source";
    let row = format!("{soc}\t1\tCount the cups.\tCore\tn/a\t08/2023\tAnalyst");
    write(folder.path(), "Task Statements.txt", header, &[row]);
    let imported = import(&house.app, release(folder.path(), "2.1")).await;
    imported.expect("the release is sound");
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let suggest = async |text: Option<&str>| {
        let input = json!({
            "anchor": {"soc": soc, "kind": "TASK", "ordinal": 1, "text": text},
            "proposedText": "Mends what is broken.", "reason": "It is so.",
        });
        let token = &college.assessors[0].token;
        let api = &house.api;
        api.mutate(token, "suggestCorrection", CORRECTION, input)
            .await
    };
    let old = |made: &Answer| made.text("/suggestCorrection/correction/oldText");
    let published = old(&suggest(None).await);
    // A second one is in the published list alone.
    let second = json!({
        "anchor": {"soc": soc, "kind": "TASK", "ordinal": 2, "text": "Long gone."},
        "proposedText": "Mends what is broken.", "reason": "It is so.",
    });
    let api = &house.api;
    let token = &college.assessors[0].token;
    let refused = api
        .mutate(token, "suggestCorrection", CORRECTION, second)
        .await;
    assert_eq!(refused.user_errors(), ["OTHER_TEXT"], "{refused:?}");
    assert_ne!(published, "Count the cups.");
    assert_eq!(old(&suggest(Some(&published)).await), published);
    let made = suggest(Some("Count the cups.")).await;
    assert_eq!(old(&made), "Count the cups.");
    let refused = suggest(Some("Counts the cups.")).await;
    assert_eq!(refused.user_errors(), ["OTHER_TEXT"], "{refused:?}");
}

async fn what_cannot_be_suggested_or_decided_says_why(house: House) {
    let platform = house.with_samples().await;
    let curator = curator(&house, &platform).await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let api = &house.api;
    let statement = cast::statements(api, SAMPLES[0].soc, 1).await.remove(0);
    let token = &college.assessors[0].token;
    let query = "query S($id: ID!) { statement(id: $id) { text } }";
    let text = api.send(None, query, json!({"id": statement})).await;
    let text = text.text("/statement/text");
    let long = "x".repeat(2_001);
    for (words, code) in [
        ("", "BAD_LENGTH"),
        (" \n", "BAD_LENGTH"),
        (&long, "BAD_LENGTH"),
        (&text, "NO_CHANGE"),
    ] {
        let refused = suggest(api, token, &statement, words).await;
        assert_eq!(refused.user_errors(), [code], "{refused:?}");
    }
    let unclear = json!({"proposedText": "Words.", "reason": "A reason."});
    let refused = api
        .mutate(token, "suggestCorrection", CORRECTION, unclear)
        .await;
    assert_eq!(refused.user_errors(), ["UNCLEAR"]);
    // As many as one may have waiting; one that is taken back makes room.
    let first = suggested(api, token, &statement, "Words.").await;
    let rows = correction::Entity::find().all(house.db()).await;
    let row = rows.expect("the database answers").remove(0);
    for _ in 1..50 {
        let copy = correction::ActiveModel {
            id: Set(house.app.operator().new_id()),
            ..row.clone().into()
        };
        copy.insert(house.db()).await.expect("it can be inserted");
    }
    let refused = suggest(api, token, &statement, "Words.").await;
    assert_eq!(refused.user_errors(), ["TOO_MANY_OPEN"], "{refused:?}");
    for _ in 0..2 {
        let taken = decide(api, token, "withdrawCorrection", &first).await;
        assert_eq!(
            taken.at("/withdrawCorrection/correction/state"),
            "WITHDRAWN"
        );
    }
    suggested(api, token, &statement, "Words.").await;
    let refused = decide(api, &curator, "acceptCorrection", &first).await;
    assert_eq!(refused.user_errors(), ["CORRECTION_CLOSED"]);
    let input = json!({"correctionId": first, "reason": " "});
    let refused = api
        .mutate(&curator, "declineCorrection", CORRECTION, input)
        .await;
    assert_eq!(refused.user_errors(), ["BAD_LENGTH"]);
}
