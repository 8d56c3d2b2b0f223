//! The facts that concern several members of an object.

use super::checker::Checker;
use super::path::Path;
use super::pinned;
use super::table::general;
use crate::credential::instant::instant;
use crate::credential::verify::inspect::one_or_many;
use crate::kernel::json::{Json, Object};

/// A version 1.1 credential in a JWT stands inside a `vc` claim (VC Data Model 1.1, section 6.3.1);
/// in 2.0 there is none.
pub(super) fn has_no_vc_claim(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    if object.get("vc").is_some() {
        checker.wrong(&Path::Member(at, "vc"), || {
            "is how version 1.1 held a credential; give one of version 2.0, without a vc claim"
                .to_owned()
        });
    }
}

/// `validFrom` is not after `validUntil` (VC Data Model 2.0, section 4.9).
pub(super) fn begins_before_it_ends(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    let moment = |name: &str| object.get(name).and_then(Json::as_str).and_then(instant);
    let Some(until) = moment("validUntil") else {
        return;
    };
    if moment("validFrom").is_some_and(|from| until < from) {
        checker.wrong(&Path::Member(at, "validUntil"), || {
            "is before validFrom; give a later end".to_owned()
        });
    }
}

/// No two related resources have the same id (VC Data Model 2.0, section 5.3).
pub(super) fn relates_once(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    let resources = one_or_many(object.get("relatedResource"));
    if resources.len() < 2 {
        return;
    }
    let Ids(ids) = Ids::of(resources);
    if ids.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        checker.wrong(&Path::Member(at, "relatedResource"), || {
            "names a resource twice; name each once".to_owned()
        });
    }
}

/// A related resource has a digest (VC Data Model 2.0, section 5.3).
pub(super) fn has_digest(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    if object.get("digestSRI").is_none() && object.get("digestMultibase").is_none() {
        checker.wrong(&Path::Member(at, "digestSRI"), || {
            "is missing; give it, or digestMultibase".to_owned()
        });
    }
    if let Some(member) = pinned::differs(object) {
        checker.wrong(&Path::Member(at, member), || {
            "is not that of the published context; give the digest of the file as its authors \
             publish it, or leave the resource out"
                .to_owned()
        });
    }
}

/// A subject is the subject of at least one claim (VC Data Model 2.0, section 4.8).
pub(super) fn has_claims(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    if object.is_empty() {
        checker.wrong(at, || {
            "claims nothing; give the subject at least one member".to_owned()
        });
    }
}

/// A subject has an id or an identifier (Open Badges 3.0, `AchievementSubject`; CLR 2.0,
/// `ClrSubject`).
pub(super) fn is_identified(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    if object.get("id").is_none() && one_or_many(object.get("identifier")).is_empty() {
        checker.wrong(&Path::Member(at, "id"), || {
            "is missing; give it, or an identifier".to_owned()
        });
    }
}

/// What a presentation holds is a credential, or one in an envelope (VC Data Model 2.0,
/// section 4.13).
pub(super) fn is_presentable(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    let is = |name| {
        let types = one_or_many(object.get("type"));
        types.iter().any(|kind| kind.as_str() == Some(name))
    };
    let class = if is("EnvelopedVerifiableCredential") {
        &general::ENVELOPE
    } else {
        &general::PRESENTED
    };
    checker.members(class, object, at);
}

/// An envelope has the base context, alone or in a list (VC Data Model 2.0, section 4.13.1).
pub(super) fn has_base_context(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    let base = crate::credential::CREDENTIALS_CONTEXT;
    let contexts = one_or_many(object.get("@context"));
    if !contexts
        .iter()
        .any(|context| context.as_str() == Some(base))
    {
        checker.wrong(&Path::Member(at, "@context"), || {
            format!("does not name {base}; add it")
        });
    }
}

/// A rubric's required level is one of its levels (Open Badges 3.0, `ResultDescription`).
pub(super) fn requires_own_level(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    let Some(required) = object.get("requiredLevel").and_then(Json::as_str) else {
        return;
    };
    let levels = one_or_many(object.get("rubricCriterionLevel"));
    if !levels.iter().any(|level| id(level) == Some(required)) {
        checker.wrong(&Path::Member(at, "requiredLevel"), || {
            "is not the id of one of the levels in rubricCriterionLevel; name one of them"
                .to_owned()
        });
    }
}

/// What a result names, its achievement describes: the result description, and the level achieved
/// (Open Badges 3.0, `Result`). The level may be one of any of the achievement's descriptions: the
/// specification's own full example is so.
pub(super) fn results_are_described(checker: &mut Checker<'_>, object: &Object, at: &Path<'_>) {
    let results = one_or_many(object.get("result"));
    let linked = |result: &Json| result.get("resultDescription").is_some();
    if !results.iter().any(linked) {
        return;
    }
    let achievement = object.get("achievement");
    let descriptions = one_or_many(achievement.and_then(|node| node.get("resultDescription")));
    let levels = descriptions
        .iter()
        .flat_map(|description| one_or_many(description.get("rubricCriterionLevel")));
    let (levels, descriptions) = (Ids::of(levels), Ids::of(descriptions));
    let list = Path::Member(at, "result");
    for (index, result) in results
        .iter()
        .enumerate()
        .filter(|(_, result)| linked(result))
    {
        let at = match object.get("result") {
            Some(Json::Array(_)) => Path::Item(&list, index),
            _ => list,
        };
        if descriptions.lack(result.get("resultDescription")) {
            checker.wrong(&Path::Member(&at, "resultDescription"), || {
                "is not the id of one of the achievement's result descriptions; name one of them"
                    .to_owned()
            });
        } else if levels.lack(result.get("achievedLevel")) {
            checker.wrong(&Path::Member(&at, "achievedLevel"), || {
                "is not among the levels that the achievement describes; name one of them"
                    .to_owned()
            });
        }
    }
}

fn id(node: &Json) -> Option<&str> {
    node.get("id")?.as_str()
}

/// Ids in order, so that looking up many of them costs no square of time.
struct Ids<'a>(Vec<&'a str>);

impl<'a> Ids<'a> {
    fn of(nodes: impl IntoIterator<Item = &'a Json>) -> Self {
        let mut ids: Vec<&str> = nodes.into_iter().filter_map(id).collect();
        ids.sort_unstable();
        Self(ids)
    }

    /// Whether this is a string, and not one of the ids.
    fn lack(&self, name: Option<&Json>) -> bool {
        let name = name.and_then(Json::as_str);
        name.is_some_and(|name| self.0.binary_search(&name).is_err())
    }
}
