//! Levels attained, the gap towards others, and what carries over between versions.

mod college;
mod versions;

use attestry::{
    assessment::ops::attain::{self, Aim},
    catalog::model::Family,
    identity::{
        actor::{Actor, SignIn},
        policy::Scope,
    },
    kernel::ids,
};
use serde_json::{Value, json};

use crate::support::{House, on_each_database};
use college::{College, Holding, OLD, at, standings};

on_each_database!(
    each_kind_of_rule_is_held_against_the_level,
    essentials_are_named_until_they_are_demonstrated,
    what_expires_and_what_is_withdrawn_counts_no_more,
    tenants_and_learners_are_apart,
    a_page_of_learners_tells_each_their_own,
    what_the_catalog_lacks_is_no_gap,
    a_plans_rule_makes_the_level_of_what_was_decided,
);

async fn each_kind_of_rule_is_held_against_the_level(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    for (number, rule, needed, told) in [
        ("1", json!({"kind": "ALL"}), 6, "all 6 statements"),
        (
            "2",
            json!({"kind": "COUNT", "count": 4}),
            4,
            "4 of 6 statements",
        ),
        (
            "3",
            json!({"kind": "SHARE", "percent": 50}),
            3,
            "50 percent of 6 statements, which is 3",
        ),
        // More than the level has, and a plan from before rules were kept.
        (
            "4",
            json!({"kind": "COUNT", "count": 60}),
            6,
            "all 6 statements",
        ),
        ("5", Value::Null, 6, "all 6 statements"),
    ] {
        let learner = college.learner(number).await;
        let plan = college.plan(&house, rule).await;
        for position in 1..=needed {
            let statement = at(OLD, 1, position);
            let holding = Holding::default();
            college
                .demonstrate(&house, &learner, plan, &[statement], holding)
                .await;
            let answer = college.gap(&learner, 1, None).await;
            let gap = answer.at("/learner/gap");
            let more = needed - position;
            assert_eq!(gap["attained"], json!(more == 0), "{told}: {answer:?}");
            assert_eq!(gap["rule"]["text"], json!(told));
            assert_eq!(gap["rule"]["planVersion"]["number"], json!(1));
            let mut text = format!("{position} of 6 demonstrated, {needed} needed");
            if more > 0 {
                text.push_str(&format!(": {more} more"));
            }
            assert_eq!(gap["progress"]["text"], json!(text));
            assert_eq!(
                answer.at("/learner/attainments/0/progress/text"),
                &json!(text)
            );
            assert_eq!(
                answer.at("/learner/attainments/0/attained"),
                &json!(more == 0)
            );
        }
    }
    // Without a plan's rule all are needed.
    let learner = college.learner("6").await;
    let answer = college.gap(&learner, 1, None).await;
    let rule = "all 6 statements, as no plan says otherwise";
    assert_eq!(answer.at("/learner/gap/rule/text"), &json!(rule));
    assert_eq!(answer.at("/learner/gap/rule/planVersion"), &json!(null));
    assert_eq!(answer.at("/learner/attainments"), &json!([]));
}

async fn essentials_are_named_until_they_are_demonstrated(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let (essential, elsewhere) = (at(OLD, 1, 5), at(OLD, 2, 1));
    let rule = json!({"kind": "COUNT", "count": 3, "essentials": [essential, elsewhere]});
    let plan = college.plan(&house, rule).await;
    let learner = college.tenant.learner.clone();
    let holding = Holding::default();
    let first = [at(OLD, 1, 1)];
    college
        .demonstrate(&house, &learner, plan, &first, holding)
        .await;
    let answer = college.gap(&learner, 1, None).await;
    let gap = answer.at("/learner/gap");
    assert_eq!(
        gap["rule"]["text"],
        json!("3 of 6 statements, among them “Hand tools”")
    );
    assert_eq!(gap["rule"]["essentials"], json!([{"position": 5}]));
    let text = "1 of 6 demonstrated, 3 needed: 2 more, among them the essential “Hand tools”";
    assert_eq!(gap["progress"]["text"], json!(text));
    let more = [at(OLD, 1, 2), at(OLD, 1, 3)];
    college
        .demonstrate(&house, &learner, plan, &more, holding)
        .await;
    let answer = college.gap(&learner, 1, None).await;
    let gap = answer.at("/learner/gap");
    let text = "3 of 6 demonstrated, 3 needed: 1 more, the essential “Hand tools”";
    assert_eq!(gap["progress"]["text"], json!(text));
    assert_eq!(
        gap["progress"]["missingEssentials"],
        json!([{"position": 5}])
    );
    assert_eq!(gap["attained"], json!(false));
    college
        .demonstrate(&house, &learner, plan, &[essential], holding)
        .await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(answer.at("/learner/gap/attained"), &json!(true));
    // At the next level the other essential is the one.
    let answer = college.gap(&learner, 2, None).await;
    assert_eq!(answer.at("/learner/gap/rule/kind"), &json!("ALL"));
    assert_eq!(answer.at("/learner/gap/attained"), &json!(false));
    college
        .demonstrate(&house, &learner, plan, &[at(OLD, 2, 2)], holding)
        .await;
    let answer = college.gap(&learner, 2, None).await;
    let essentials = answer.at("/learner/gap/rule/essentials");
    assert_eq!(essentials, &json!([{"position": 1}]));
}

async fn what_expires_and_what_is_withdrawn_counts_no_more(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let plan = college
        .plan(&house, json!({"kind": "COUNT", "count": 2}))
        .await;
    let learner = college.tenant.learner.clone();
    let brief = Holding {
        days: Some(30),
        ..Holding::default()
    };
    let (one, two) = (at(OLD, 1, 1), at(OLD, 1, 2));
    college
        .demonstrate(&house, &learner, plan, &[one], brief)
        .await;
    college
        .demonstrate(&house, &learner, plan, &[two], Holding::default())
        .await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(
        answer.at("/learner/gap/attained"),
        &json!(true),
        "{answer:?}"
    );
    house.clock.pass_days(31);
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(answer.at("/learner/gap/attained"), &json!(false));
    assert_eq!(
        standings(&answer)[..3],
        ["EXPIRED", "DEMONSTRATED", "MISSING"]
    );
    assert!(
        answer
            .at("/learner/gap/statements/0/validUntil")
            .is_string()
    );
    assert!(
        answer
            .at("/learner/gap/statements/0/demonstration/id")
            .is_string()
    );
    // What was demonstrated again holds again.
    college
        .demonstrate(&house, &learner, plan, &[one], brief)
        .await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(answer.at("/learner/gap/attained"), &json!(true));
    college.withdraw(&house, two).await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(standings(&answer)[..2], ["DEMONSTRATED", "MISSING"]);
    assert_eq!(answer.at("/learner/attainments/0/attained"), &json!(false));
    // What was withdrawn is as if it had never been.
    college.withdraw(&house, one).await;
    let answer = college.gap(&learner, 1, None).await;
    assert_eq!(answer.at("/learner/attainments"), &json!([]));
    assert_eq!(answer.at("/learner/gap/rule/planVersion"), &json!(null));
}

async fn tenants_and_learners_are_apart(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let other = College::found(&house, &platform, "hillside").await;
    let plan = college
        .plan(&house, json!({"kind": "COUNT", "count": 1}))
        .await;
    let learner = college.tenant.learner.clone();
    let second = college.learner("2").await;
    for learner in [&learner, &second] {
        let statement = [at(OLD, 1, 1)];
        college
            .demonstrate(&house, learner, plan, &statement, Holding::default())
            .await;
    }
    let answer = other.gap(&learner, 1, None).await;
    assert_eq!(answer.code(), Some("NOT_FOUND"), "{answer:?}");
    // Asked past the schema, too, nothing of another tenant or learner is told.
    let row = |global: &str| ids::parse_global(global).expect("it is an id").1;
    let all = [row(&learner), row(&second)];
    let aims = all.map(|learner| Aim {
        learner,
        soc: college::SOC.to_owned(),
        family: Family::Mastery,
        level: 1,
        label: None,
    });
    let told = async |actor: Actor| {
        let op = house.app.op(actor, "a test");
        let levels = attain::attainments(&op, &all).await.expect("levels");
        let gaps = attain::gaps(&op, &aims).await.expect("gaps");
        let attained = gaps.values().filter(|r| r.attainment.attained).count();
        (levels.len(), gaps.len(), attained)
    };
    let own = Actor::Learner {
        provider: row(&college.tenant.provider),
        learner: row(&learner),
        by: SignIn::Key(uuid::Uuid::nil()),
        scopes: Scope::ALL.to_vec(),
    };
    assert_eq!(told(own).await, (1, 1, 1));
    let member = |college: &College| Actor::Member {
        provider: row(&college.tenant.provider),
        member: row(&college.tenant.admin.id),
        by: SignIn::Key(uuid::Uuid::nil()),
        roles: vec![attestry::identity::policy::Role::ProviderAdmin],
        scopes: Scope::ALL.to_vec(),
    };
    assert_eq!(told(member(&college)).await, (2, 2, 2));
    // Another tenant's ids are ids of nobody: a gap with nothing in it.
    assert_eq!(told(member(&other)).await, (0, 2, 0));
    let op = house.app.operator();
    assert!(attain::attainments(&op, &all).await.is_err());
}

async fn a_page_of_learners_tells_each_their_own(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let plan = college
        .plan(&house, json!({"kind": "COUNT", "count": 3}))
        .await;
    for number in 1..=5u32 {
        let learner = college.learner(&format!("page-{number}")).await;
        let statements: Vec<_> = (1..=number).map(|position| at(OLD, 1, position)).collect();
        college
            .demonstrate(&house, &learner, plan, &statements, Holding::default())
            .await;
    }
    let query = "query P($soc: String!) { learners(first: 10) { nodes {
        externalId
        attainments(soc: $soc, family: MASTERY) { progress { found } attained }
        no: attainments(soc: \"11-1011.00\") { attained }
        none: attainments(family: AI_LITERACY) { attained }
        reached: attainments(attained: true) { attained }
        one: gap(soc: $soc, family: MASTERY, ordinal: 1) { progress { found more } }
        two: gap(soc: $soc, family: MASTERY, ordinal: 2) { progress { found more } }
    } } }";
    let token = Some(college.tenant.admin.token.as_str());
    let answer = house
        .api
        .send(token, query, json!({"soc": college::SOC}))
        .await;
    let nodes = answer.at("/learners/nodes").as_array().expect("a page");
    assert_eq!(nodes.len(), 6);
    for node in nodes {
        let name = node["externalId"].as_str().expect("a text");
        let number: i64 = name
            .strip_prefix("page-")
            .map_or(0, |n| n.parse().expect("a number"));
        let attained = number >= 3;
        let expected = match number {
            0 => json!([]),
            _ => json!([{"progress": {"found": number}, "attained": attained}]),
        };
        assert_eq!(node["attainments"], expected);
        let reached = node["reached"].as_array().expect("a list");
        assert_eq!(reached.len(), usize::from(attained));
        assert_eq!((&node["no"], &node["none"]), (&json!([]), &json!([])));
        assert_eq!(node["one"]["progress"]["found"], json!(number));
        assert_eq!(node["two"]["progress"], json!({"found": 0, "more": 6}));
    }
}

async fn what_the_catalog_lacks_is_no_gap(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let query = "query N($id: ID!) { learner(id: $id) {
        level: gap(soc: \"49-3091.00\", family: MASTERY, ordinal: 9) { attained }
        family: gap(soc: \"49-3091.00\", family: AI_LITERACY, ordinal: 1) { attained }
        occupation: gap(soc: \"11-1011.00\", family: MASTERY, ordinal: 1) { attained }
        code: gap(soc: \"a bicycle\", family: MASTERY, ordinal: 1) { attained }
        label: gap(soc: \"49-3091.00\", family: MASTERY, ordinal: 1, versionLabel: \"v.0\") { attained }
        is: gap(soc: \"49-3091.00\", family: MASTERY, ordinal: 1, versionLabel: \"v.26.11\") { attained }
    } }";
    let token = Some(college.tenant.admin.token.as_str());
    let variables = json!({"id": college.tenant.learner});
    let answer = house.api.send(token, query, variables).await;
    let expected = json!({
        "level": null, "family": null, "occupation": null, "code": null, "label": null,
        "is": {"attained": false},
    });
    assert_eq!(answer.at("/learner"), &expected, "{answer:?}");
}

async fn a_plans_rule_makes_the_level_of_what_was_decided(house: House) {
    let platform = house.with_samples().await;
    let college = College::found(&house, &platform, "riverside").await;
    let tenant = &college.tenant;
    let global = |position| ids::global("Statement", at(OLD, 1, position));
    let statements: Vec<_> = (1..=3).map(global).collect();
    let input = json!({
        "name": "Practical test", "statementIds": statements, "method": "OBSERVATION",
        "rule": {"lowestRating": 3}, "validityDays": 30,
        "attainment": {"kind": "COUNT", "count": 2, "essentialIds": [global(2)]},
    });
    let fields = "assessmentPlan { id }";
    let made = tenant.admin("createAssessmentPlan", fields, input).await;
    let plan = made.text("/createAssessmentPlan/assessmentPlan/id");
    let assessment = tenant.open(&plan, &tenant.learner).await;
    // The third is not good enough.
    for (statement, rating) in statements.iter().zip([3, 4, 2]) {
        let input = json!({
            "assessmentId": assessment, "statementId": statement, "rating": rating,
        });
        let token = &tenant.assessors[0].token;
        let fields = "observation { id }";
        let seen = house
            .api
            .mutate(token, "recordObservation", fields, input)
            .await;
        seen.text("/recordObservation/observation/id");
    }
    let answer = college.gap(&tenant.learner, 1, None).await;
    assert_eq!(
        answer.at("/learner/attainments"),
        &json!([]),
        "nothing is decided"
    );
    tenant.decide(&assessment, "demonstrations { id }").await;
    let answer = college.gap(&tenant.learner, 1, None).await;
    let gap = answer.at("/learner/gap");
    assert_eq!(gap["attained"], json!(true), "{answer:?}");
    assert_eq!(gap["rule"]["planVersion"]["number"], json!(1));
    assert_eq!(gap["rule"]["count"], json!(2));
    assert_eq!(gap["rule"]["essentials"], json!([{"position": 2}]));
    assert_eq!(
        gap["progress"]["text"],
        json!("2 of 6 demonstrated, 2 needed")
    );
    house.clock.pass_days(31);
    let answer = college.gap(&tenant.learner, 1, None).await;
    assert_eq!(standings(&answer)[..3], ["EXPIRED", "EXPIRED", "MISSING"]);
    assert_eq!(answer.at("/learner/gap/attained"), &json!(false));
}
