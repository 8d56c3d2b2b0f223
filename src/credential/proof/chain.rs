//! How the proofs of a document build on each other (Data Integrity 1.0, sections 4.3 and 4.5).

use super::set::Proof;
use super::{MAX_PROOFS, ProofError};
use crate::kernel::json::Json;
use crate::kernel::text::excerpt;

/// Finds for each proof those on which it builds.
pub(super) fn link(proofs: &mut [Proof<'_>]) -> Result<(), ProofError> {
    for (at, proof) in proofs.iter().enumerate() {
        let id = proof.id()?;
        let earlier = proofs.iter().take(at);
        if id.is_some() && earlier.map(Proof::id).any(|other| other == Ok(id)) {
            return Err(ProofError::DuplicateId {
                place: proof.place.clone(),
            });
        }
    }
    let ids: Vec<Option<String>> = proofs
        .iter()
        .map(|proof| Ok(proof.id()?.map(str::to_owned)))
        .collect::<Result<_, ProofError>>()?;
    for proof in &mut *proofs {
        proof.previous = positions(&ids, &proof.previous_ids()?, &proof.place)?;
    }
    // Whatever rests on nothing left standing is taken away; what remains goes in circles.
    let mut standing: Vec<usize> = (0..proofs.len()).collect();
    loop {
        let rests = |at: &usize| {
            let proof = proofs.get(*at);
            proof.is_some_and(|proof| proof.previous.iter().any(|on| standing.contains(on)))
        };
        let circling: Vec<usize> = standing.iter().copied().filter(rests).collect();
        if circling.len() == standing.len() {
            break;
        }
        standing = circling;
    }
    match standing.first().and_then(|at| proofs.get(*at)) {
        Some(proof) => Err(ProofError::Cycle {
            place: proof.place.clone(),
        }),
        None => Ok(()),
    }
}

/// Those of the proofs in a document that have the wanted ids.
pub(super) fn previous_of<'a>(
    proofs: &'a [Json],
    wanted: &[String],
    place: &str,
) -> Result<Vec<&'a Json>, ProofError> {
    if proofs.len() >= MAX_PROOFS {
        return Err(ProofError::TooMany(proofs.len() + 1));
    }
    let id = |proof: &Json| Some(proof.get("id")?.as_str()?.to_owned());
    let ids: Vec<_> = proofs.iter().map(id).collect();
    let found = positions(&ids, wanted, place)?;
    Ok(found.into_iter().filter_map(|at| proofs.get(at)).collect())
}

/// Where the proofs with the wanted ids are, in the document's order.
fn positions<I: AsRef<str>>(
    ids: &[Option<String>],
    wanted: &[I],
    place: &str,
) -> Result<Vec<usize>, ProofError> {
    let is_wanted = |id: &str| wanted.iter().any(|wanted| wanted.as_ref() == id);
    for id in wanted {
        if !ids
            .iter()
            .any(|there| there.as_deref() == Some(id.as_ref()))
        {
            return Err(ProofError::PreviousMissing {
                place: place.to_owned(),
                id: excerpt(id.as_ref(), 120).into_owned(),
            });
        }
    }
    Ok(ids
        .iter()
        .enumerate()
        .filter(|(_, id)| id.as_deref().is_some_and(is_wanted))
        .map(|(at, _)| at)
        .collect())
}
