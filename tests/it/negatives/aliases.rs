//! A proof over RDF signs statements, not members: the same statements under other names must not
//! hide what a reader of members looks for.

use attestry::credential::proof::Purpose as Of;
use attestry::credential::status::Purpose;
use attestry::credential::verify::inspect;
use serde_json::{Value, json};

use super::forge::{Issuer, JCS, LIST, RDFC, with};
use super::*;

const CRED: &str = "https://www.w3.org/2018/credentials#";

/// Takes a member away and gives its value.
fn taken(document: &mut Value, name: &str) -> Value {
    let members = document.as_object_mut().expect("an object");
    members.remove(name).expect("a member")
}

/// The proof's own context is not signed under RDF: a forger drops it.
fn bare_proof(document: &mut Value) {
    if let Some(proof) = document["proof"].as_object_mut() {
        proof.remove("@context");
    }
}

fn renamed(document: &Value, name: &str, other: &str, context: Option<Value>) -> Value {
    with(document, |c| {
        let value = taken(c, name);
        c[other] = value;
        bare_proof(c);
        if let Some(context) = context {
            let contexts = c["@context"].as_array_mut().expect("contexts");
            contexts.push(context);
        }
    })
}

fn alias(name: &str, coercion: &str) -> Value {
    json!({"x": {"@id": format!("{CRED}{name}"), "@type": coercion}})
}

#[tokio::test]
async fn a_status_is_not_hidden_under_another_name() {
    let issuer = Issuer::did_key(1);
    let list = issuer.secure(&issuer.list(Purpose::Revocation, &[7]), RDFC);
    let options = json!({"statusListCredentials": {LIST: list}});
    let revoked = issuer.secure(&issuer.listed(json!("7"), "revocation"), RDFC);
    let full = format!("{CRED}credentialStatus");
    let by_id = with(&revoked, |c| {
        let status = taken(c, "credentialStatus");
        let id = c["id"].clone();
        c["@included"] = json!([
            {"id": id, "type": "VerifiableCredential", "credentialStatus": status},
        ]);
        bare_proof(c);
    });
    let cases = vec![
        case_with(
            "as it is",
            revoked.clone(),
            options.clone(),
            Invalid("status"),
        ),
        case_with(
            "full IRI",
            renamed(&revoked, "credentialStatus", &full, None),
            options.clone(),
            Invalid(TRANSFORMATION),
        ),
        case_with(
            "a context's alias",
            renamed(
                &revoked,
                "credentialStatus",
                "x",
                Some(alias("credentialStatus", "@id")),
            ),
            options.clone(),
            Invalid(VALUE),
        ),
        case_with("included", by_id, options, Malformed(VALUE)),
    ];
    run(cases).await;
}

#[tokio::test]
async fn an_end_is_not_hidden_under_another_name() {
    let issuer = Issuer::did_key(1);
    let expired = with(&issuer.badge(), |c| {
        c["validUntil"] = json!("2026-02-01T00:00:00Z")
    });
    let expired = issuer.secure(&expired, RDFC);
    let moment = "http://www.w3.org/2001/XMLSchema#dateTime";
    let full = with(&expired, |c| {
        let end = taken(c, "validUntil");
        c[format!("{CRED}validUntil")] = json!({"@value": end, "@type": moment});
        bare_proof(c);
    });
    let cases = vec![
        case("as it is", expired.clone(), Invalid(RANGE)),
        case("full IRI", full, Invalid(TRANSFORMATION)),
        case(
            "a context's alias",
            renamed(
                &expired,
                "validUntil",
                "x",
                Some(alias("validUntil", moment)),
            ),
            Invalid(VALUE),
        ),
    ];
    run(cases).await;
}

#[tokio::test]
async fn a_list_that_is_over_by_its_exp_is_over() {
    let issuer = Issuer::did_key(1);
    let mut list = issuer.list(Purpose::Revocation, &[]);
    taken(&mut list, "validUntil");
    list["exp"] = json!(1_700_000_000);
    let jwt = issuer.jwt(&issuer.header("vc+jwt").to_string(), &list.to_string());
    let good = issuer.secure(&issuer.listed(json!("7"), "revocation"), JCS);
    let options = json!({"statusListCredentials": {LIST: jwt}});
    run(vec![case_with(
        "exp in 2023",
        good,
        options,
        Indeterminate(STATUS),
    )])
    .await;
}

#[tokio::test]
async fn a_statement_elsewhere_is_not_that_of_the_framework() {
    let issuer = Issuer::did_key(1);
    let id = "00000000-0000-5000-8000-0000000000aa";
    let level = "00000000-0000-0000-0000-000000001002";
    let framework = json!({"format": "attestry-framework/1", "version": "v1", "levels": [
        {"id": level, "ordinal": 2, "label": "Developing", "statements": [
            {"id": id, "code": "1/2", "text": "Keeps a load stable."}]}]});
    let text = framework.to_string();
    let sri = attestry::kernel::digest::sri_sha384(text.as_bytes());
    let url = format!("https://elsewhere.example/x/{id}");
    let badge = with(&issuer.badge(), |c| {
        c["relatedResource"] = json!([{"id": "https://skills.example/frameworks/1.json",
            "type": "RelatedResource", "digestSRI": sri}]);
        c["relatedResource"][0]
            .as_object_mut()
            .expect("it")
            .remove("type");
        let achievement = &mut c["credentialSubject"]["achievement"];
        achievement["id"] = json!(url);
        achievement["humanCode"] = json!("1/2");
        achievement["description"] = json!("Keeps a load stable.");
        achievement["alignment"] = json!([{"type": ["Alignment"], "targetName": "x",
            "targetUrl": url, "targetCode": "1/2", "targetDescription": "Keeps a load stable."}]);
        achievement["resultDescription"] = json!([{"id": "urn:x:1", "type": ["ResultDescription"],
            "name": "Level", "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [{"id": format!("urn:uuid:{level}"),
                "type": ["RubricCriterionLevel"], "name": "Developing", "level": "2"}]}]);
        c["credentialSubject"]["result"] = json!([{"type": ["Result"],
            "resultDescription": "urn:x:1", "achievedLevel": format!("urn:uuid:{level}")}]);
    });
    let options = json!({"frameworks": [text]});
    let record = issuer.secure(&badge, JCS);
    run(vec![case_with(
        "another place",
        record,
        options,
        Invalid(VALUE),
    )])
    .await;
}

#[test]
fn a_document_is_a_credential_or_a_presentation() {
    let holder = Issuer::did_key(2);
    let mut both = Issuer::named("did:web:school.example", 1).badge();
    both["type"] = json!([
        "VerifiableCredential",
        "OpenBadgeCredential",
        "VerifiablePresentation"
    ]);
    both["holder"] = json!(holder.id);
    let mut options = holder.options(JCS);
    options.purpose = Of::Authentication;
    let both = holder.prove(&both, &options);
    assert!(inspect(both.to_string().as_bytes()).is_err());
}

#[tokio::test]
async fn an_envelope_says_nothing_by_itself() {
    let issuer = Issuer::did_key(1);
    let envelope = |media_type: &str| {
        let jwt = issuer.jwt(
            &issuer.header("JWT").to_string(),
            &issuer.claims().to_string(),
        );
        json!({
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": format!("data:{media_type},{jwt}"),
            "type": "EnvelopedVerifiableCredential",
        })
    };
    let good = envelope("application/vc+jwt");
    let more = with(&good, |e| {
        e["issuer"] = json!("did:web:school.example");
        e["credentialSubject"] = json!({"id": "did:example:climber"});
    });
    let cases = vec![
        case("alone", good, Valid),
        case("of Open Badges", envelope("application/jwt"), Valid),
        case("with claims beside it", more, Malformed(VALUE)),
    ];
    run(cases).await;
}

#[test]
fn no_name_that_is_a_key_is_forgotten() {
    let parts: Vec<Value> = (1..=40)
        .map(|seed| Issuer::did_key(seed).secure(&Issuer::did_key(seed).badge(), JCS))
        .collect();
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "verifiableCredential": parts,
    });
    let inspected = inspect(presentation.to_string().as_bytes()).expect("a presentation");
    assert_eq!(inspected.needs().key_names.len(), 40);
}

/// A credential inside would not be judged, if it stood under another name.
#[tokio::test]
async fn a_part_is_not_hidden_under_another_name() {
    let issuer = Issuer::did_key(1);
    let ended = with(&issuer.endorsement(), |e| {
        e["validUntil"] = json!("2026-02-01T00:00:00Z");
    });
    let endorsement = issuer.secure(&ended, RDFC);
    let endorsed = issuer.secure(
        &with(&issuer.badge(), |c| c["endorsement"] = json!([endorsement])),
        RDFC,
    );
    let iri = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement";
    let alias = json!({"x": {"@id": iri, "@type": "@id", "@container": "@graph"}});
    let cases = vec![
        case("as it is", endorsed.clone(), Invalid(RANGE)),
        case(
            "a context's alias",
            renamed(&endorsed, "endorsement", "x", Some(alias)),
            Invalid(TRANSFORMATION),
        ),
        case(
            "full IRI",
            renamed(&endorsed, "endorsement", iri, None),
            Invalid(TRANSFORMATION),
        ),
    ];
    run(cases).await;
}

/// What readers of members and readers of JSON-LD would find in different places.
#[tokio::test]
async fn no_member_stands_under_a_keyword() {
    let issuer = Issuer::did_key(1);
    let mut cases = Vec::new();
    for (name, change) in [
        (
            "an @id beside the id",
            &(|c: &mut Value| c["issuer"]["@id"] = json!("did:example:b")) as &dyn Fn(&mut Value),
        ),
        ("an @type for the type", &|c| {
            let kind = taken(&mut c["issuer"], "type");
            c["issuer"]["@type"] = kind;
        }),
        ("a @set", &|c| {
            let kind = taken(c, "credentialSubject");
            c["credentialSubject"] = json!({"@set": [kind]});
        }),
        ("a @graph", &|c| c["@graph"] = json!([])),
        ("an @included", &|c| c["@included"] = json!([])),
        ("a @reverse", &|c| c["@reverse"] = json!({})),
    ] {
        let document = with(&issuer.badge(), change);
        let by_hand = issuer.proof_by_hand(&document);
        cases.push(case(
            name,
            issuer.prove_by_hand(&document, by_hand),
            Malformed(VALUE),
        ));
        let header = issuer.header("vc+jwt").to_string();
        let jwt = issuer.jwt(&header, &document.to_string());
        cases.push(case(name, jwt, Malformed(VALUE)));
    }
    let proven = with(&issuer.badge(), |c| {
        c["proof"] = json!({"type": "Anything"})
    });
    let jwt = issuer.jwt(&issuer.header("vc+jwt").to_string(), &proven.to_string());
    cases.push(case("a proof inside a JWT", jwt, Invalid(VALUE)));
    let valued = with(&issuer.badge(), |c| {
        c["@context"]
            .as_array_mut()
            .expect("contexts")
            .push(json!({"grade": "https://school.example/#grade"}));
        c["grade"] = json!({"@value": "A", "@type": "https://school.example/#letter"});
    });
    cases.push(case(
        "a value with its type",
        issuer.secure(&valued, RDFC),
        Valid,
    ));
    run(cases).await;
}
