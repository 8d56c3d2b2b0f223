//! The proofs in a document: all of them must hold, and one must be that of the signer expected
//! (Data Integrity 1.0, sections 4.4 and 4.5).

use jiff::Timestamp;

use super::hidden;
use super::issuer;
use super::materials::Materials;
use super::report::{Check, CheckName, CheckOutcome, Problem};
use super::securing::Expected;
use crate::credential::proof::{self, Cryptosuite, Proof, ProofError, ProofSet};
use crate::kernel::json::Json;

/// Checks every proof of a document: its form, its signature, and whose it is.
pub(super) fn check(
    document: &Json,
    expected: &Expected<'_>,
    materials: &Materials,
    now: Timestamp,
) -> Vec<Check> {
    let set = match ProofSet::read(document) {
        Ok(set) => set,
        Err(error) => return vec![failed(CheckName::Proof, &error)],
    };
    // Where there is no canonical form, the signature's check tells it, with its place.
    let is_rdf = |proof: &Proof<'_>| proof.cryptosuite() == Ok(Cryptosuite::EddsaRdfc2022);
    if set.iter().any(is_rdf)
        && let Ok(Some(name)) = hidden::first(document, &materials.contexts)
    {
        let reason = format!(
            "the document says more of its {name} than stands under that name: write it as {name}, \
             in the document itself"
        );
        let error = Problem::MALFORMED_VALUE_ERROR;
        return vec![Check::fail(CheckName::Proof, reason, error)];
    }
    let domain: Vec<String> = expected.domain.map(str::to_owned).into_iter().collect();
    let demands = proof::Expected {
        purpose: expected.purpose,
        challenge: expected.challenge,
        domain: &domain,
        now,
    };
    let mut judged: Vec<[Check; 3]> = Vec::new();
    for proof in set.iter() {
        let checks = one(&set, proof, expected, &demands, materials);
        let fails = |check: &Check| {
            check.name == CheckName::Signature && check.outcome == CheckOutcome::Fail
        };
        let is_over = checks.iter().any(fails);
        judged.push(checks);
        // The document does not hold any more: the others would only cost work.
        if is_over {
            break;
        }
    }
    let [forms, signatures, controls] = [0, 1, 2].map(|at| {
        let column = judged.iter().filter_map(move |checks| checks.get(at));
        column.cloned().collect::<Vec<_>>()
    });
    let theirs = |proof: &Proof<'_>| {
        let method = proof.verification_method();
        method.is_some_and(|method| issuer::is_theirs(expected, method, materials))
    };
    let control = match set.iter().find(|proof| theirs(proof)) {
        Some(_) => worst(controls),
        // Their document, where it is at hand, may still say that one of the keys is theirs.
        None => {
            let method = set.iter().find_map(Proof::verification_method);
            let (control, _) = issuer::resolve(expected, method, materials, now);
            Some(control)
        }
    };
    [worst(forms), worst(signatures), control]
        .into_iter()
        .flatten()
        .collect()
}

/// The form, the signature and the control of one proof.
fn one(
    set: &ProofSet<'_>,
    proof: &Proof<'_>,
    expected: &Expected<'_>,
    demands: &proof::Expected<'_>,
    materials: &Materials,
) -> [Check; 3] {
    let form = match proof.check(demands) {
        Ok(()) => Check::pass(CheckName::Proof, told(proof)),
        Err(error) => failed(CheckName::Proof, &error),
    };
    let method = proof.verification_method();
    let expected = match method {
        Some(method) if !issuer::is_theirs(expected, method, materials) => Expected {
            signer: method.split_once('#').map(|(controller, _)| controller),
            ..*expected
        },
        _ => *expected,
    };
    let (control, key) = issuer::resolve(&expected, method, materials, demands.now);
    let name = CheckName::Signature;
    let signature = match key {
        _ if form.outcome == CheckOutcome::Fail => {
            Check::unknown(name, "a malformed proof is not computed", None)
        }
        None => Check::unknown(
            name,
            "the key is not known",
            Problem::CRYPTOGRAPHIC_SECURITY_ERROR,
        ),
        Some(key) => match set.verify(proof, &key, demands, &materials.contexts) {
            Ok(()) => Check::pass(name, "the signature is that of the key named"),
            Err(error) => failed(name, &error),
        },
    };
    [form, signature, control]
}

fn told(proof: &Proof<'_>) -> String {
    let suite = proof.cryptosuite().map_or("", |suite| suite.as_str());
    format!("{suite}, in the form and for the purpose that it must have")
}

fn failed(name: CheckName, error: &ProofError) -> Check {
    Check::fail(name, error.to_string(), Problem::of_proof(error))
}

/// The check that counts most against the document.
fn worst(checks: Vec<Check>) -> Option<Check> {
    let rank = |check: &Check| match check.outcome {
        CheckOutcome::Fail => 0,
        CheckOutcome::Unknown => 1,
        CheckOutcome::Pass | CheckOutcome::NotApplicable => 2,
    };
    // Of equals the first: that of the first proof.
    checks.into_iter().min_by_key(rank)
}
