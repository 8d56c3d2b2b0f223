use super::*;
use std::io::Write as _;
use std::sync::Arc;

const INDEX: u64 = 94_567;

fn status_with(materials: &Materials) -> (Outcome, CheckOutcome, Option<&'static str>) {
    let report = judge(&jwt(), materials);
    let check = report.check(CheckName::Status).unwrap();
    (
        report.outcome,
        check.outcome,
        check.error.map(|error| error.name),
    )
}

const UNKNOWN: (Outcome, CheckOutcome, Option<&str>) = (
    Outcome::Indeterminate,
    CheckOutcome::Unknown,
    Some("STATUS_VERIFICATION_ERROR"),
);

#[test]
fn a_set_bit_is_invalid() {
    let report = judge(
        &jwt(),
        &materials_with(&list(Purpose::Revocation, &[INDEX])),
    );
    assert_eq!(report.outcome, Outcome::Invalid);
    assert!(
        report
            .check(CheckName::Status)
            .unwrap()
            .reason
            .contains("revoked")
    );

    let mut claim = bound_claim();
    claim.status.purpose = Purpose::Suspension;
    let jwt = secure(&build(&claim).unwrap(), &signer(), Mechanism::JwtOpenBadges);
    let report = judge(&jwt, &materials_with(&list(Purpose::Suspension, &[INDEX])));
    assert_eq!(report.outcome, Outcome::Invalid);
    assert!(
        report
            .check(CheckName::Status)
            .unwrap()
            .reason
            .contains("suspended")
    );
    let report = judge(&jwt, &materials_with(&list(Purpose::Suspension, &[])));
    assert_eq!(report.outcome, Outcome::Valid);
}

#[test]
fn a_bit_that_means_withdrawn_says_so_and_only_where_it_is_set() {
    let reason = |set: &[u64], noted: u64| {
        let mut materials = materials_with(&list(Purpose::Revocation, set));
        materials.note_withdrawn(LIST, [noted]);
        let report = judge(&jwt(), &materials);
        let status = report.check(CheckName::Status).unwrap();
        (report.outcome, status.reason.clone())
    };
    let (outcome, why) = reason(&[INDEX], INDEX);
    assert_eq!(outcome, Outcome::Invalid);
    assert!(why.contains("withdrawn"), "{why}");
    let (outcome, why) = reason(&[INDEX], INDEX + 1);
    assert_eq!(outcome, Outcome::Invalid);
    assert!(why.contains("revoked"), "{why}");
    assert_eq!(reason(&[], INDEX).0, Outcome::Valid);
}

#[test]
fn neighbouring_bits_do_not_matter() {
    let near = list(Purpose::Revocation, &[INDEX - 1, INDEX + 1]);
    assert_eq!(
        judge(&jwt(), &materials_with(&near)).outcome,
        Outcome::Valid
    );
}

#[test]
fn a_missing_list_is_unknown() {
    let mut materials = Materials::new();
    materials
        .add_issuer(did_json().to_string().as_bytes())
        .unwrap();
    materials.note_absent(LIST, "unreachable");
    let expected = (
        Outcome::Indeterminate,
        CheckOutcome::Unknown,
        Some("STATUS_RETRIEVAL_ERROR"),
    );
    assert_eq!(status_with(&materials), expected);
    let report = judge(&jwt(), &materials);
    assert!(
        report
            .check(CheckName::Status)
            .unwrap()
            .reason
            .contains("unreachable")
    );
}

#[test]
fn a_list_that_proves_nothing_is_unknown() {
    let wrong_purpose = list(Purpose::Suspension, &[]);
    assert_eq!(status_with(&materials_with(&wrong_purpose)), UNKNOWN);

    let mut stale = list(Purpose::Revocation, &[]);
    stale.valid_until = "2026-06-01T12:00:00Z".parse().unwrap();
    assert_eq!(status_with(&materials_with(&stale)), UNKNOWN);

    let mut early = list(Purpose::Revocation, &[]);
    early.valid_from = "2026-06-01T12:00:01Z".parse().unwrap();
    assert_eq!(status_with(&materials_with(&early)), UNKNOWN);

    let mut materials = materials();
    let unsigned = list(Purpose::Revocation, &[])
        .credential()
        .unwrap()
        .to_string();
    materials.add_status_list(unsigned.as_bytes()).unwrap();
    assert_eq!(status_with(&materials), UNKNOWN);

    let mut altered = list_jwt(&list(Purpose::Revocation, &[]), &signer());
    let last = altered.pop().unwrap();
    altered.push(if last == 'A' { 'Q' } else { 'A' });
    materials.add_status_list(altered.as_bytes()).unwrap();
    assert_eq!(status_with(&materials), UNKNOWN);
}

#[test]
fn a_list_by_another_issuer_is_unknown() {
    let thief = signer_of("did:web:evil.example", 5);
    let mut foreign = list(Purpose::Revocation, &[]);
    foreign.issuer = "did:web:evil.example".to_owned();
    let mut materials = materials();
    let document = did_document(
        &foreign.issuer,
        &[PublishedKey {
            public: *thief.public(),
            compromised: None,
        }],
    );
    materials
        .add_issuer(document.to_string().as_bytes())
        .unwrap();
    materials
        .add_status_list(list_jwt(&foreign, &thief).as_bytes())
        .unwrap();
    assert_eq!(status_with(&materials), UNKNOWN);

    // Signed by a stranger in the issuer's name.
    let forged = list_jwt(
        &list(Purpose::Revocation, &[]),
        &signer_of(&claim().issuer.id, 5),
    );
    materials.add_status_list(forged.as_bytes()).unwrap();
    assert_eq!(status_with(&materials), UNKNOWN);
}

#[test]
fn a_credential_is_no_list() {
    let mut materials = materials();
    let mut imposter = build(&bound_claim()).unwrap();
    imposter["id"] = json!(LIST);
    let imposter = secure(&imposter, &signer(), Mechanism::VcJwt);
    materials.add_status_list(imposter.as_bytes()).unwrap();
    assert_eq!(status_with(&materials), UNKNOWN);
    // A list is a credential too, and says nothing about any learner.
    let list = list_jwt(&list(Purpose::Revocation, &[]), &signer());
    let report = judge(&list, &materials);
    assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    assert_eq!(report.summary.statement_url, None);
}

fn resigned(change: impl Fn(&mut Value)) -> Materials {
    let mut credential = list(Purpose::Revocation, &[]).credential().unwrap();
    change(&mut credential);
    let mut materials = materials();
    let jwt = secure(&credential, &signer(), Mechanism::VcJwt);
    materials.add_status_list(jwt.as_bytes()).unwrap();
    materials
}

#[test]
fn short_and_broken_lists_are_unknown() {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    zip.write_all(&[0; 128]).unwrap();
    let short = format!("u{}", URL_SAFE_NO_PAD.encode(zip.finish().unwrap()));
    let short = resigned(|list| list["credentialSubject"]["encodedList"] = json!(short));
    let expected = (
        Outcome::Indeterminate,
        CheckOutcome::Unknown,
        Some("STATUS_LIST_LENGTH_ERROR"),
    );
    assert_eq!(status_with(&short), expected);
    for bad in [json!("uAAAA"), json!(7), json!(null), json!("")] {
        let broken = resigned(|list| list["credentialSubject"]["encodedList"] = bad.clone());
        assert_eq!(status_with(&broken), UNKNOWN);
    }
    let undated = resigned(|list| list["validUntil"] = json!("tomorrow"));
    assert_eq!(status_with(&undated), UNKNOWN);
}

fn with_entry(change: impl Fn(&mut Value)) -> Report {
    let mut payload = payload_of(&jwt());
    change(&mut payload["credentialStatus"]);
    judge(&raw(&header(), &payload.to_string()), &materials())
}

#[test]
fn status_entries_are_read_strictly() {
    let status = |report: &Report| outcome(report, CheckName::Status);
    for index in [
        json!("-1"),
        json!("+1"),
        json!("1 "),
        json!(""),
        json!(7),
        json!("99999999999999999999"),
    ] {
        let report = with_entry(|entry| entry["statusListIndex"] = index.clone());
        assert_eq!(status(&report), CheckOutcome::Fail, "{index}");
    }
    let report = with_entry(|entry| entry["statusListIndex"] = json!("131072"));
    assert_eq!(
        report.check(CheckName::Status).unwrap().error,
        Some(Problem::RANGE_ERROR)
    );
    assert_eq!(report.outcome, Outcome::Indeterminate);
    for (name, value) in [
        ("type", json!("StatusList2021Entry")),
        ("statusPurpose", json!("message")),
        ("statusSize", json!(2)),
    ] {
        let report = with_entry(|entry| entry[name] = value.clone());
        assert_eq!(status(&report), CheckOutcome::Unknown, "{name}");
        assert_eq!(report.outcome, Outcome::Indeterminate);
    }
}

#[test]
fn every_entry_of_several_counts() {
    let mut payload = payload_of(&jwt());
    let mut revoked = payload["credentialStatus"].clone();
    revoked["statusListIndex"] = json!("1");
    payload["credentialStatus"] = json!([payload["credentialStatus"], revoked]);
    let report = judge(&raw(&header(), &payload.to_string()), &materials());
    assert_eq!(outcome(&report, CheckName::Status), CheckOutcome::Fail);
    assert_eq!(outcome(&report, CheckName::Form), CheckOutcome::Fail);
    payload["credentialStatus"] = json!(vec![revoked; 9]);
    let report = judge(&raw(&header(), &payload.to_string()), &materials());
    assert_eq!(outcome(&report, CheckName::Status), CheckOutcome::Fail);
}

#[test]
fn without_status_there_is_nothing_to_check() {
    let mut payload = payload_of(&jwt());
    payload.as_object_mut().unwrap().remove("credentialStatus");
    let report = judge(&raw(&header(), &payload.to_string()), &materials());
    assert_eq!(
        outcome(&report, CheckName::Status),
        CheckOutcome::NotApplicable
    );
    assert_eq!(report.outcome, Outcome::Valid);
}

#[test]
fn a_list_verified_before_serves_again() {
    let fresh = materials();
    let jwt_of = |set: &[u64]| list_jwt(&list(Purpose::Revocation, set), &signer());
    let mut materials = Materials::new();
    materials
        .add_issuer(did_json().to_string().as_bytes())
        .unwrap();
    let verified = VerifiedList::verify(jwt_of(&[]).as_bytes(), &fresh, now()).unwrap();
    assert_eq!(verified.id(), LIST);
    materials.add_verified_list(Arc::new(verified));
    assert_eq!(judge(&jwt(), &materials).outcome, Outcome::Valid);
    let verified = VerifiedList::verify(jwt_of(&[INDEX]).as_bytes(), &fresh, now()).unwrap();
    materials.add_verified_list(Arc::new(verified));
    assert_eq!(judge(&jwt(), &materials).outcome, Outcome::Invalid);
    let later = verify(
        &inspect(jwt().as_bytes()).unwrap(),
        &materials,
        "2026-06-03T00:00:00Z".parse::<Timestamp>().unwrap(),
    );
    assert_eq!(outcome(&later, CheckName::Status), CheckOutcome::Unknown);
}
