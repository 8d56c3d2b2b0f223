//! The credentials inside a document: those of a learner record or a presentation, and
//! endorsements. Each is secured for itself, and is judged for itself.

use super::{Inspected, Kind, NotACredential, of_document, of_jwt, refuse};
use crate::credential::verify::report::Problem;
use crate::kernel::json::{Json, Object, pointer_token};

/// How deep credentials may stand in credentials.
const MAX_DEPTH: usize = 4;
/// How many credentials one document may hold.
const MAX_PARTS: usize = 128;

/// The members that hold credentials (VC Data Model 2.0, section 4.13; CLR 2.0, section 5.1.2;
/// Open Badges 3.0, section 5.1.5).
pub(in crate::credential::verify) const HOLDERS: [&str; 3] =
    ["verifiableCredential", "endorsement", "endorsementJwt"];

/// A credential inside another document.
#[derive(Debug, Clone)]
pub(in crate::credential::verify) struct PartRead {
    /// Where it stands, as a JSON Pointer.
    pub(in crate::credential::verify) pointer: String,
    /// What was read there.
    pub(in crate::credential::verify) read: Result<Inspected, NotACredential>,
}

/// Whether no member stands under a keyword that would hide it.
pub(in crate::credential::verify) fn check_names(document: &Json) -> Result<(), NotACredential> {
    walk(document, &mut Vec::new(), &mut Vec::new())
}

/// The credentials that stand directly in this document, `depth` credentials deep.
pub(super) fn read(
    document: &Json,
    kind: Kind,
    depth: usize,
) -> Result<Vec<PartRead>, NotACredential> {
    let mut found = Vec::new();
    walk(document, &mut Vec::new(), &mut found)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    if depth >= MAX_DEPTH {
        return Err(refuse(format!(
            "credentials stand in credentials more than {MAX_DEPTH} deep, which is not followed"
        )));
    }
    if found.len() > MAX_PARTS {
        return Err(refuse(format!(
            "it holds {} credentials, more than the {MAX_PARTS} that are read at once",
            found.len()
        )));
    }
    let read_one = |(pointer, part): (String, &Json)| {
        let read = match part {
            Json::String(jwt) => of_jwt(jwt, depth + 1),
            Json::Object(_) => of_document(part.clone(), depth + 1),
            other => Err(refuse(format!("it is {}", other.kind()))),
        };
        let read = read.and_then(|inspected| match inspected.kind {
            Kind::Presentation if kind == Kind::Credential || depth > 0 => {
                Err(refuse("it is a presentation, which no credential may hold"))
            }
            _ => Ok(inspected),
        });
        PartRead { pointer, read }
    };
    Ok(found.into_iter().map(read_one).collect())
}

/// A step on the way to a node.
#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

/// Finds the members that hold credentials, not looking into those.
fn walk<'a>(
    node: &'a Json,
    at: &mut Vec<Step<'a>>,
    found: &mut Vec<(String, &'a Json)>,
) -> Result<(), NotACredential> {
    match node {
        Json::Object(object) => {
            for (name, value) in object.iter() {
                at.push(Step::Member(name));
                if name.starts_with('@') && !is_plain(name, object) {
                    return Err(NotACredential {
                        reason: format!(
                            "{}: what stands under this name would be overlooked by whoever reads \
                             the members; write it under the name that the contexts give it, such \
                             as id or type",
                            pointer(at)
                        ),
                        error: Problem::MALFORMED_VALUE_ERROR,
                    });
                }
                if name == "@context" {
                    at.pop();
                    continue;
                }
                if HOLDERS.contains(&name) {
                    match value {
                        Json::Array(items) => {
                            let base = pointer(at);
                            let numbered = items.iter().enumerate();
                            found.extend(numbered.map(|(i, item)| (format!("{base}/{i}"), item)));
                        }
                        one => found.push((pointer(at), one)),
                    }
                } else {
                    walk(value, at, found)?;
                }
                at.pop();
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push(Step::Item(index));
                walk(item, at, found)?;
                at.pop();
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether a keyword of JSON-LD may stand as a member here: where contexts are, in a value with its
/// type, language or direction, and in a map of languages.
fn is_plain(name: &str, object: &Object) -> bool {
    match name {
        "@context" | "@value" | "@none" => true,
        "@type" | "@language" | "@direction" => object.get("@value").is_some(),
        _ => false,
    }
}

fn pointer(steps: &[Step<'_>]) -> String {
    steps
        .iter()
        .map(|step| match step {
            Step::Member(name) => pointer_token(name),
            Step::Item(index) => format!("/{index}"),
        })
        .collect()
}
